//! GCC blocks of any kind: rewritten they compute the same, in the operators that their algebra needs.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod rten;

use edgeconv_converter::passes::PassReport;
use edgeconv_converter::pipeline::{self, Options, Rewrite};
use edgeconv_converter::target::Mnn;
use edgeconv_converter::target::mnn::passes::Lowering;
use edgeconv_converter::target::onnx::DEFAULT_OPSET;
use edgeconv_graph::op::{BatchNormalization, Binary, CircularConv, Concat, Conv, GlobalAveragePool, Split, Unary};
use edgeconv_graph::{Builder, Graph, Tensor, ValueId};
use itertools::Itertools;
use proptest::prelude::*;

/// What a block consists of.
#[derive(Debug, Clone)]
struct Block {
    half: usize,
    height: usize,
    width: usize,
    pe: bool,
    bias: bool,
    attention: bool,
    /// A channel shuffle between the two stages of circular convolutions.
    mid_mix: bool,
    blocks: usize,
    seed: u64,
}

/// Builds blocks with random weights.
struct Weights {
    b: Builder,
    state: u64,
}

impl Weights {
    /// A number in [−1, 1).
    fn next(&mut self) -> f32 {
        // Knuth's MMIX generator; its high bits are good enough for weights.
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn constant(&mut self, name: &str, shape: &[usize], scale: f32) -> ValueId {
        let len = shape.iter().product();
        let data = (0..len).map(|_| scale * self.next()).collect();
        self.b.constant(name, Tensor::f32(shape, data).unwrap()).unwrap()
    }

    fn norm(&mut self, name: &str, x: ValueId) -> ValueId {
        let channels = self.b.shape(x)[1];
        let parts = ["weight", "bias", "mean"].map(|part| self.constant(&format!("{name}.{part}"), &[channels], 1.0));
        let var = (0..channels).map(|_| 1.1 + self.next()).collect();
        let var = self.b.constant(&format!("{name}.var"), Tensor::vector(var)).unwrap();
        let inputs = [x, parts[0], parts[1], parts[2], var];
        self.b.node(name, BatchNormalization { epsilon: 1e-5 }, &inputs).unwrap()
    }

    fn gcc(&mut self, name: &str, axis: usize, bias: bool, x: ValueId) -> ValueId {
        let (channels, length) = (self.b.shape(x)[1], self.b.shape(x)[axis]);
        let mut kernel = [channels, 1, 1, 1];
        kernel[axis] = length;
        let mut inputs = vec![x, self.constant(&format!("{name}.kernel"), &kernel, (length as f32).powf(-0.5))];
        if bias {
            inputs.push(self.constant(&format!("{name}.bias"), &[channels], 1.0));
        }
        self.b.node(name, CircularConv { axis, group: channels }, &inputs).unwrap()
    }

    fn add_pe(&mut self, name: &str, axis: usize, x: ValueId) -> ValueId {
        let mut shape = [1, self.b.shape(x)[1], 1, 1];
        shape[axis] = self.b.shape(x)[axis];
        let pe = self.constant(&format!("{name}.pe"), &shape, 1.0);
        self.b.node(name, Binary::Add, &[x, pe]).unwrap()
    }

    fn pointwise(&mut self, name: &str, out: usize, x: ValueId) -> ValueId {
        let channels = self.b.shape(x)[1];
        let weight = self.constant(&format!("{name}.weight"), &[out, channels, 1, 1], (channels as f32).powf(-0.5));
        let bias = self.constant(&format!("{name}.bias"), &[out], 1.0);
        self.b.node(name, Conv::pointwise(), &[x, weight, bias]).unwrap()
    }

    fn split(&mut self, name: &str, sizes: Vec<usize>, x: ValueId) -> Vec<ValueId> {
        self.b.nodes(name, Split { axis: 1, sizes }, &[x]).unwrap()
    }

    fn concat(&mut self, name: &str, parts: &[ValueId]) -> ValueId {
        self.b.node(name, Concat { axis: 1 }, parts).unwrap()
    }

    /// Interleaves the channels of two values: out\[2j\] = a\[j\], out\[2j + 1\] = c\[j\]; returns the halves.
    fn shuffle(&mut self, name: &str, a: ValueId, c: ValueId) -> [ValueId; 2] {
        let half = self.b.shape(a)[1];
        let single = |w: &mut Self, part: &str, x| w.split(&format!("{name}.{part}"), vec![1; half], x);
        let (a, c) = (single(self, "a", a), single(self, "c", c));
        let mixed: Vec<_> = a.into_iter().zip_eq(c).flat_map(|(a, c)| [a, c]).collect();
        let mixed = self.concat(name, &mixed);
        let halves = self.split(&format!("{name}.halves"), vec![half; 2], mixed);
        [halves[0], halves[1]]
    }

    fn block(&mut self, block: &Block, n: usize, x: ValueId) -> ValueId {
        let name = |part: &str| format!("{n}.{part}");
        let halves = self.split(&name("split"), vec![block.half; 2], x);
        let (mut y1, mut y2) = (halves[0], halves[1]);
        if block.pe {
            (y1, y2) = (self.add_pe(&name("pe_1_H"), 2, y1), self.add_pe(&name("pe_1_W"), 3, y2));
        }
        (y1, y2) = (self.norm(&name("norm_1"), y1), self.norm(&name("norm_2"), y2));
        (y1, y2) = (self.gcc(&name("gcc_1_H"), 2, block.bias, y1), self.gcc(&name("gcc_1_W"), 3, block.bias, y2));
        if block.mid_mix {
            [y1, y2] = self.shuffle(&name("mid_mix"), y1, y2);
        }
        if block.pe {
            (y1, y2) = (self.add_pe(&name("pe_2_W"), 3, y1), self.add_pe(&name("pe_2_H"), 2, y2));
        }
        (y1, y2) = (self.gcc(&name("gcc_2_W"), 3, block.bias, y1), self.gcc(&name("gcc_2_H"), 2, block.bias, y2));
        let y1 = self.b.node(&name("add_1"), Binary::Add, &[halves[0], y1]).unwrap();
        let y2 = self.b.node(&name("add_2"), Binary::Add, &[halves[1], y2]).unwrap();
        let mixed = self.concat(&name("concat"), &[y1, y2]);
        let y = self.norm(&name("ffn.0"), mixed);
        let y = self.pointwise(&name("ffn.1"), 3 * block.half, y);
        let y = self.b.node(&name("ffn.2"), Unary::HardSwish, &[y]).unwrap();
        let mut y = self.pointwise(&name("ffn.4"), 2 * block.half, y);
        if block.attention {
            let gate = self.b.node(&name("pool"), GlobalAveragePool, &[y]).unwrap();
            let gate = self.pointwise(&name("ca.0"), 2, gate);
            let gate = self.norm(&name("ca.1"), gate);
            let gate = self.b.node(&name("ca.2"), Unary::HardSwish, &[gate]).unwrap();
            let gate = self.pointwise(&name("ca.3"), 2 * block.half, gate);
            let gate = self.b.node(&name("ca.5"), Unary::HardSigmoid, &[gate]).unwrap();
            y = self.b.node(&name("ca.mul"), Binary::Mul, &[y, gate]).unwrap();
        }
        self.b.node(&name("add"), Binary::Add, &[mixed, y]).unwrap()
    }
}

fn build(block: &Block) -> Graph {
    let mut w = Weights { b: Builder::new("blocks"), state: block.seed };
    let mut x = w.b.input("x", [1, 2 * block.half, block.height, block.width]).unwrap();
    for n in 0..block.blocks {
        x = w.block(block, n, x);
    }
    w.b.output("y", x);
    w.b.finish()
}

/// Rewrites a graph as for MNN, whose passes leave operators that ONNX has, and runs it by rten.
fn run(graph: &Graph, options: impl Into<Options>, seed: u64) -> (Vec<f32>, Graph, Vec<PassReport>) {
    run_as(Mnn::DEFAULT, graph, options, seed)
}

fn run_as(mnn: Mnn, graph: &Graph, options: impl Into<Options>, seed: u64) -> (Vec<f32>, Graph, Vec<PassReport>) {
    let (mut graph, options) = (graph.clone(), options.into());
    let mut reports = pipeline::run(&mut graph, &options).unwrap();
    reports.extend(pipeline::run_for(&mnn, &mut graph, &options).unwrap());
    graph.validate().unwrap();
    let shape = graph.ty(graph.inputs()[0]).shape.clone();
    let mut numbers = Weights { b: Builder::new("input"), state: seed };
    let data = (0..shape.iter().product()).map(|_| numbers.next()).collect();
    let y = rten::run_graph(&graph, DEFAULT_OPSET, &Tensor::f32(shape, data).unwrap());
    (y.as_f32().unwrap().to_vec(), graph, reports)
}

fn blocks() -> impl Strategy<Value = Block> {
    let sizes = (2..10usize, 1..12usize, 1..12usize, 1..3usize);
    let options = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (sizes, options, any::<u64>()).prop_map(|((half, height, width, blocks), (pe, bias, attention, mid_mix), seed)| {
        Block { half, height, width, pe, bias, attention, mid_mix, blocks, seed }
    })
}

proptest! {
    #![proptest_config(edgeconv_test_support::cases(200))]

    #[test]
    fn rewritten_blocks_compute_the_same(block in blocks()) {
        let graph = build(&block);
        let (expected, _, _) = run(&graph, Rewrite::None, block.seed);
        let largest = expected.iter().fold(1f32, |largest, y| largest.max(y.abs()));
        for rewrite in [Rewrite::Exact, Rewrite::Fast] {
            let (found, rewritten, reports) = run(&graph, rewrite, block.seed);
            for (found, expected) in found.iter().zip_eq(&expected) {
                prop_assert!((found - expected).abs() <= 1e-4 * largest, "expected {}, found {}", expected, found);
            }
            if rewrite == Rewrite::Fast {
                let split = rewritten.histogram().contains_key("Split");
                prop_assert_eq!(split, block.mid_mix);
                let merge = reports.iter().find(|report| report.name == "merge-halves").unwrap();
                prop_assert_eq!(merge.applied, if block.mid_mix { 0 } else { block.blocks });
                let blocked: Vec<_> = merge.blocked.iter().filter(|blocked| blocked.node.ends_with(".concat")).collect();
                prop_assert_eq!(blocked.len(), if block.mid_mix { block.blocks } else { 0 });
                prop_assert!(blocked.iter().all(|blocked| blocked.reason.ends_with("differ")), "{:?}", blocked);
            }
        }
    }
}

#[test]
fn any_pass_can_be_left_out() {
    let block = Block {
        half: 3,
        height: 4,
        width: 5,
        pe: true,
        bias: true,
        attention: true,
        mid_mix: false,
        blocks: 2,
        seed: 5,
    };
    let graph = build(&block);
    let (expected, _, _) = run(&graph, Rewrite::None, 5);
    for name in pipeline::pass_names() {
        let options = Options { disabled: vec![name.to_owned()], ..Rewrite::Fast.into() };
        let (found, _, reports) = run(&graph, options, 5);
        assert!(reports.iter().all(|report| report.name != name));
        for (found, expected) in found.iter().zip_eq(&expected) {
            assert!((found - expected).abs() <= 1e-4 * expected.abs().max(1.0), "without {name}: {expected}, {found}");
        }
    }
}

/// The operators of one block, without those of the wraps: as many as the algebra needs.
#[test]
fn a_block_has_no_more_operators_than_its_algebra_needs() {
    let block = Block {
        half: 4,
        height: 6,
        width: 5,
        pe: false,
        bias: true,
        attention: true,
        mid_mix: false,
        blocks: 1,
        seed: 1,
    };
    let mnn = Mnn { lowering: Some(Lowering::SliceConcat), ..Mnn::DEFAULT };
    let histogram = |block: &Block| run_as(mnn, &build(block), Rewrite::Fast, 1).1.histogram();
    // Two circular convolutions, two of the FFN, two of the attention; both shortcuts.
    let expected = [
        ("Add", 2),
        ("Clip", 1),
        ("Concat", 2),
        ("Conv", 6),
        ("GlobalAveragePool", 1),
        ("HardSwish", 2),
        ("Mul", 1),
        ("Slice", 2),
    ];
    assert_eq!(histogram(&block).into_iter().collect::<Vec<_>>(), expected);
    // Position embeddings cost one addition of a constant map.
    assert_eq!(histogram(&Block { pe: true, ..block })["Add"], 3);
}
