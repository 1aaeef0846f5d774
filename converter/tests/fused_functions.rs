//! Functions of elements that take several operators are one in sessions with our kernels.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{assert_close, convolution, open, operators, run, tensor};
use edgeconv_converter::target::mnn::Gelu;
use edgeconv_graph::op::{Binary, Conv, Custom, Unary};
use edgeconv_graph::{Builder, Graph, Tensor, ValueId};
use edgeconv_runtime::Keep;
use edgeconv_runtime::kernels::{Kernels as Own, Unary as Function};
use edgeconv_session::Kernels;

/// What is halved in x/2 · (1 + erf(x/√2)).
#[derive(Debug, Clone, Copy)]
enum Half {
    Operand,
    Sum,
    All,
}

/// GELU by erf in the orders that people write it.
#[derive(Debug, Clone, Copy)]
struct ByErf {
    half: Half,
    /// Whether numbers are divisors.
    divides: bool,
    /// Whether the operands of products and sums are the other way round.
    is_reversed: bool,
    sqrt_2: f32,
}

impl ByErf {
    const USUAL: Self = Self { half: Half::All, divides: true, is_reversed: false, sqrt_2: std::f32::consts::SQRT_2 };

    fn all() -> impl Iterator<Item = Self> {
        let halves = [Half::Operand, Half::Sum, Half::All];
        itertools::iproduct!(halves, [false, true], [false, true]).map(|(half, divides, is_reversed)| Self {
            half,
            divides,
            is_reversed,
            ..Self::USUAL
        })
    }

    fn symmetric(self, b: &mut Builder, name: &str, op: Binary, x: ValueId, y: ValueId) -> ValueId {
        b.node(name, op, &if self.is_reversed { [y, x] } else { [x, y] }).unwrap()
    }

    /// `x / divisor`, or `x · 1/divisor`.
    fn divide(self, b: &mut Builder, name: &str, x: ValueId, divisor: f32) -> ValueId {
        let factor = if self.divides { divisor } else { divisor.recip() };
        let factor = b.constant(&format!("{name}.factor"), Tensor::f32([], vec![factor]).unwrap()).unwrap();
        if self.divides {
            b.node(name, Binary::Div, &[x, factor]).unwrap()
        } else {
            self.symmetric(b, name, Binary::Mul, x, factor)
        }
    }

    /// The result, and the error function in it.
    fn build(self, b: &mut Builder, x: ValueId) -> (ValueId, ValueId) {
        let one = b.constant("one", Tensor::f32([], vec![1.0]).unwrap()).unwrap();
        let scaled = self.divide(b, "scaled", x, self.sqrt_2);
        let erf = b.node("erf", Unary::Erf, &[scaled]).unwrap();
        let sum = self.symmetric(b, "sum", Binary::Add, erf, one);
        let gelu = match self.half {
            Half::Operand => {
                let half = self.divide(b, "half", x, 2.0);
                self.symmetric(b, "gelu", Binary::Mul, half, sum)
            }
            Half::Sum => {
                let half = self.divide(b, "half", sum, 2.0);
                self.symmetric(b, "gelu", Binary::Mul, half, x)
            }
            Half::All => {
                let product = self.symmetric(b, "product", Binary::Mul, x, sum);
                self.divide(b, "gelu", product, 2.0)
            }
        };
        (gelu, erf)
    }
}

/// All ways in which files compute GELU.
#[derive(Debug, Clone, Copy)]
enum Form {
    Erf(ByErf),
    Sigmoid,
    Operator,
}

impl Form {
    fn all() -> impl Iterator<Item = Self> {
        ByErf::all().map(Self::Erf).chain([Self::Sigmoid, Self::Operator])
    }

    fn build(self, b: &mut Builder, x: ValueId) -> ValueId {
        match self {
            Self::Erf(form) => form.build(b, x).0,
            Self::Sigmoid => b.node("gelu", Custom::new(Gelu::BySigmoid), &[x]).unwrap(),
            Self::Operator => b.node("gelu", Unary::Gelu, &[x]).unwrap(),
        }
    }
}

/// A function of maps of one shape, behind a convolution where there is one.
fn network(
    shape: &[usize],
    conv: Option<(Conv, &[usize])>,
    function: impl Fn(&mut Builder, ValueId) -> ValueId,
) -> Graph {
    let mut b = Builder::new("network");
    let mut x = b.input("x", shape).unwrap();
    if let Some((conv, kernel)) = conv {
        x = convolution(&mut b, "conv", conv, x, kernel);
    }
    let y = function(&mut b, x);
    b.output("y", y);
    b.finish()
}

/// How many operators on elements a session runs.
fn count(graph: &Graph, keep: Keep, x: &[Tensor]) -> usize {
    let on_elements = ["UnaryOp", "BinaryOp", "Scale"];
    let ran = operators(&mut open(graph, Kernels::Edgeconv, 1, keep), graph, x);
    ran.iter().filter(|op| on_elements.contains(&op.as_str())).count()
}

/// Numbers in [-6, 6).
fn wide(shape: &[usize]) -> Tensor {
    let numbers = tensor(shape, 3).numbers().map(|x| x as f32 * 6.0).collect::<Vec<_>>();
    Tensor::f32(shape, numbers).unwrap()
}

#[test]
fn gelu_is_one_operator() {
    for shape in [[1, 1, 5, 7], [2, 3, 4, 4], [1, 5, 1, 1], [2, 17, 9, 3], [1, 64, 20, 20]] {
        let x = wide(&shape);
        let mut exact = vec![0.0; x.len()];
        Own::best().map(Function::Gelu, &mut exact, x.as_f32().unwrap());
        for form in Form::all() {
            let graph = network(&shape, None, |b, x| form.build(b, x));
            for threads in [1, 2] {
                let what = format!("{shape:?} {form:?} {threads}");
                let x = std::slice::from_ref(&x);
                let found = run(&graph, Kernels::Edgeconv, threads, x);
                assert_eq!(found[0].as_f32().unwrap(), exact, "{what}");
                assert_close(&run(&graph, Kernels::Mnn, threads, x), &found, &what);
                assert_eq!(count(&graph, Keep::Nothing, x), 1, "{what}");
            }
        }
    }
}

#[test]
fn gelu_and_the_convolution_in_front_are_one_operator() {
    let same = |group: usize| Conv { pads: vec![1; 4], group, ..Conv::pointwise() };
    let cases = [
        ([1, 3, 5, 7], Conv::pointwise(), vec![1, 3, 1, 1]),
        ([2, 5, 9, 11], Conv::pointwise(), vec![17, 5, 1, 1]),
        ([1, 16, 24, 24], Conv::pointwise(), vec![64, 16, 1, 1]),
        ([2, 17, 10, 6], same(17), vec![17, 1, 3, 3]),
        ([1, 8, 14, 14], same(1), vec![5, 8, 3, 3]),
    ];
    for (shape, conv, kernel) in cases {
        let x = [wide(&shape)];
        for form in Form::all() {
            let graph = network(&shape, Some((conv.clone(), &kernel)), |b, x| form.build(b, x));
            for threads in [1, 2] {
                let what = format!("{shape:?} {kernel:?} {form:?} {threads}");
                let expected = run(&graph, Kernels::Mnn, threads, &x);
                assert_close(&run(&graph, Kernels::Edgeconv, threads, &x), &expected, &what);
            }
            assert_eq!(count(&graph, Keep::Nothing, &x), 0, "{shape:?} {kernel:?} {form:?}");
        }
    }
}

#[test]
fn sessions_with_gelu_are_resized() {
    for form in Form::all() {
        let graph = network(&[1, 8, 20, 24], Some((Conv::pointwise(), &[13, 8, 1, 1])), |b, x| form.build(b, x));
        let mut own = open(&graph, Kernels::Edgeconv, 2, Keep::Nothing);
        let mut mnns = open(&graph, Kernels::Mnn, 1, Keep::Nothing);
        for shape in [[1, 8, 7, 5], [2, 8, 40, 40], [1, 8, 20, 24]] {
            let x = [wide(&shape)];
            own.resize(&[("x", &shape)]).unwrap();
            mnns.resize(&[("x", &shape)]).unwrap();
            let expected = mnn::run_session(&mut mnns, &graph, &x);
            assert_close(&mnn::run_session(&mut own, &graph, &x), &expected, &format!("{form:?} {shape:?}"));
        }
    }
}

/// Other numbers, other shapes, and values that somebody reads on the way.
#[test]
fn what_is_no_gelu_stays() {
    let shape = [1, 6, 5, 4];
    let x = [wide(&shape)];
    let check = |graph: &Graph, operators: usize, what: &str| {
        assert_eq!(count(graph, Keep::Nothing, &x), operators, "{what}");
        assert_close(&run(graph, Kernels::Edgeconv, 1, &x), &run(graph, Kernels::Mnn, 1, &x), what);
    };
    let usual = ByErf::USUAL;
    check(&network(&shape, None, |b, x| usual.build(b, x).0), 1, "GELU itself");
    check(&network(&shape, None, |b, x| ByErf { sqrt_2: 1.414, ..usual }.build(b, x).0), 5, "a rough root");

    let erf_with = |b: &mut Builder, erf: ValueId, x: ValueId, factor: Tensor| {
        let one = b.constant("one", Tensor::f32([], vec![1.0]).unwrap()).unwrap();
        let factor = b.constant("factor", factor).unwrap();
        let sum = b.node("sum", Binary::Add, &[erf, one]).unwrap();
        let product = b.node("product", Binary::Mul, &[x, sum]).unwrap();
        b.node("gelu", Binary::Mul, &[product, factor]).unwrap()
    };
    let halves = Tensor::f32([1, 6, 1, 1], vec![0.5; 6]).unwrap();
    let per_channel = network(&shape, None, |b, x| {
        let scaled = usual.divide(b, "scaled", x, usual.sqrt_2);
        let erf = b.node("erf", Unary::Erf, &[scaled]).unwrap();
        erf_with(b, erf, x, halves.clone())
    });
    check(&per_channel, 5, "a factor for each channel");
    let half = Tensor::f32([], vec![0.5]).unwrap();
    let of_another = network(&shape, None, |b, x| {
        let other = b.node("other", Unary::Tanh, &[x]).unwrap();
        let scaled = usual.divide(b, "scaled", other, usual.sqrt_2);
        let erf = b.node("erf", Unary::Erf, &[scaled]).unwrap();
        erf_with(b, erf, x, half.clone())
    });
    check(&of_another, 6, "two operands");
}

#[test]
fn values_inside_of_gelu_that_somebody_needs_are_computed() {
    let shape = [1, 6, 5, 4];
    let x = [wide(&shape)];
    let build = |b: &mut Builder| {
        let x = b.input("x", shape).unwrap();
        let (gelu, erf) = ByErf::USUAL.build(b, x);
        b.output("gelu", gelu);
        erf
    };

    let mut b = Builder::new("output");
    let erf = build(&mut b);
    b.output("erf", erf);
    let output = b.finish();

    let mut b = Builder::new("shared");
    let erf = build(&mut b);
    let other = b.node("other", Unary::Neg, &[erf]).unwrap();
    b.output("other", other);
    let shared = b.finish();

    let mut b = Builder::new("closed");
    build(&mut b);
    let closed = b.finish();

    for (graph, keep, operators) in [
        (&output, Keep::Nothing, 5),
        (&shared, Keep::Nothing, 6),
        (&closed, Keep::Nothing, 1),
        (&closed, Keep::Tensors(vec!["erf".into()]), 5),
        (&closed, Keep::All, 5),
    ] {
        assert_eq!(count(graph, keep, &x), operators, "{}", &graph.name);
        assert_close(&run(graph, Kernels::Edgeconv, 1, &x), &run(graph, Kernels::Mnn, 1, &x), &graph.name);
    }
    for form in [Form::Erf(ByErf::USUAL), Form::Sigmoid] {
        let graph = network(&shape, Some((Conv::pointwise(), &[5, 6, 1, 1])), |b, x| form.build(b, x));
        let kept = |kernels| {
            let mut session = open(&graph, kernels, 1, Keep::All);
            mnn::run_session(&mut session, &graph, &x);
            session.kept().unwrap()
        };
        let (ours, mnns) = (kept(Kernels::Edgeconv), kept(Kernels::Mnn));
        assert_eq!(ours.len(), mnns.len());
        for (ours, mnns) in ours.iter().zip(&mnns) {
            assert_eq!((&ours.name, &ours.op), (&mnns.name, &mnns.op));
            assert_close(std::slice::from_ref(&ours.tensor), std::slice::from_ref(&mnns.tensor), &ours.name);
        }
    }
}

/// Feed-forward networks as in transformers, and functions that no convolution is in front of.
#[test]
fn several_gelus_share_their_constants() {
    let mut b = Builder::new("several");
    let mut x = b.input("x", [1, 12, 9, 5]).unwrap();
    for index in 0..3 {
        let wide = convolution(&mut b, &format!("wide{index}"), Conv::pointwise(), x, &[31, 12, 1, 1]);
        let gelu = b.node(&format!("gelu{index}"), Custom::new(Gelu::BySigmoid), &[wide]).unwrap();
        let narrow = convolution(&mut b, &format!("narrow{index}"), Conv::pointwise(), gelu, &[12, 31, 1, 1]);
        let sum = b.node(&format!("sum{index}"), Binary::Add, &[narrow, x]).unwrap();
        x = b.node(&format!("again{index}"), Custom::new(Gelu::BySigmoid), &[sum]).unwrap();
    }
    b.output("y", x);
    let (graph, x) = (b.finish(), [wide(&[1, 12, 9, 5])]);
    assert_close(&run(&graph, Kernels::Edgeconv, 2, &x), &run(&graph, Kernels::Mnn, 1, &x), "several");
    // The three behind the sums, which are parts of chains.
    assert_eq!(count(&graph, Keep::Nothing, &x), 3);
}
