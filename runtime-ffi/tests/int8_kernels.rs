//! Sessions with our kernels compute quantised models to the nearest integer, whatever the weights and operands are.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

mod quantised;

use edgeconv_runtime::{Config, Session};
use edgeconv_session::{Kernels, SessionConfig};
use edgeconv_tensor::Tensor;
use quantised::{Convolution, Grid, Model, hard_swish, nearest};

/// Results so close to the middle between two integers may be either.
const TIE: f64 = 1e-3;

/// By so much MNN's own kernels are off.
const OFF: f64 = 1.0;

/// Integers from −128 to 127 that look random, or the ends of the range: of one sign, or of both.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Numbers {
    Random,
    /// None of which is −128.
    Symmetric,
    Least,
    Most,
    Ends,
}

impl Numbers {
    const ALL: [Self; 5] = [Self::Random, Self::Symmetric, Self::Least, Self::Most, Self::Ends];

    fn some(self, seed: usize, count: usize) -> Vec<i32> {
        let random = |i: usize| (((i + 1 + 1000 * seed) as f64 * 0.618_033_988_749_895).fract() * 256.0) as i32 - 128;
        let number = |i: usize| match self {
            Self::Random => random(i),
            Self::Symmetric => random(i).max(-127),
            Self::Least => -128,
            Self::Most => 127,
            Self::Ends if random(i) < 0 => -128,
            Self::Ends => 127,
        };
        (0..count).map(number).collect()
    }
}

/// What follows a convolution.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Behind {
    Nothing,
    Function,
    Sum,
}

const FROM: Grid = Grid { scale: 0.02, zero: -7 };
const BETWEEN: Grid = Grid { scale: 0.05, zero: 5 };
const END: Grid = Grid { scale: 0.04, zero: -100 };

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
}

#[cfg(not(target_arch = "x86_64"))]
fn has_avx2() -> bool {
    false
}

fn values(grid: Grid, integers: &[i32]) -> Vec<f32> {
    integers.iter().map(|&q| grid.value(q) as f32).collect()
}

struct Case<'a> {
    shape: [usize; 4],
    convolution: &'a Convolution,
    weights: Numbers,
    operands: Numbers,
    behind: Behind,
}

impl Case<'_> {
    /// By how much results may be off: on x86, some are MNN's.
    fn off(&self) -> f64 {
        let is_depthwise = self.convolution.group > 1 && self.behind != Behind::Sum;
        if cfg!(target_arch = "arm") || (is_depthwise && has_avx2()) { TIE } else { OFF }
    }

    fn check(&self, threads: u16) {
        let Self { shape, convolution, weights, operands, behind } = self;
        let off = self.off();
        let terms = convolution.terms();
        // Random sums are neither all the same on their grid, nor all at its ends.
        let scale = 0.05 * BETWEEN.scale
            / (FROM.scale
                * if matches!(weights, Numbers::Random | Numbers::Symmetric) {
                    (terms as f32).sqrt()
                } else {
                    terms as f32
                });
        let integers = weights.some(1, convolution.kernel[0] * terms);
        let bias = values(BETWEEN, &Numbers::Random.some(2, convolution.kernel[0]))
            .iter()
            .map(|bias| bias / 3.3)
            .collect::<Vec<_>>();
        let x = operands.some(3, shape.iter().product());

        let mut model = Model::new(*shape, FROM);
        model.convolution(convolution, &integers, scale, &bias, BETWEEN);
        match behind {
            Behind::Nothing => {}
            Behind::Function => model.hard_swish(BETWEEN, END),
            Behind::Sum => model.sum(END),
        }
        let session = SessionConfig { kernels: Kernels::Edgeconv, threads, ..SessionConfig::default() };
        let mut session = Session::from_bytes(&model.finish(), Config { session, ..Config::default() }).unwrap();
        session.set_input("x", &Tensor::f32(*shape, values(FROM, &x)).unwrap()).unwrap();
        session.run().unwrap();
        let found = session.output("y").unwrap();

        let differences: Vec<_> = x.iter().map(|q| q - FROM.zero).collect();
        let sums = convolution.sums(&integers, &differences, *shape);
        assert_eq!(found.numbers().count(), sums.len());
        let channel = |i: usize| i / (sums.len() / (shape[0] * convolution.kernel[0])) % convolution.kernel[0];
        for (i, (found, &sum)) in found.numbers().zip(&sums).enumerate() {
            let real = f64::from(sum) * f64::from(FROM.scale) * f64::from(scale) + f64::from(bias[channel(i)]);
            let place = BETWEEN.place(if convolution.relu { real.max(0.0) } else { real });
            let result = |by: f64| {
                let q = nearest(place + by);
                match behind {
                    Behind::Nothing => q,
                    Behind::Function => END.nearest(hard_swish(BETWEEN.value(q))),
                    Behind::Sum => nearest(END.place(BETWEEN.value(q) + FROM.value(x[i])) + by),
                }
            };
            let results = [-off, off].map(result);
            let to = if *behind == Behind::Nothing { BETWEEN } else { END };
            let q = to.nearest(found);
            assert!(
                results.iter().min() <= Some(&q) && Some(&q) <= results.iter().max(),
                "{convolution:?} of {shape:?}, {weights:?} {operands:?} {behind:?}, {threads} threads: {q} for {place}, {results:?}, at {i}"
            );
        }
    }
}

fn convolution(kernel: [usize; 4], pads: usize, strides: usize, dilations: usize) -> Convolution {
    Convolution { kernel, group: 1, pads: [pads; 4], strides, dilations, relu: false }
}

fn depthwise(
    channels: usize,
    [height, width]: [usize; 2],
    pads: usize,
    strides: usize,
    dilations: usize,
) -> Convolution {
    Convolution { group: channels, ..convolution([channels, 1, height, width], pads, strides, dilations) }
}

fn check_all(cases: &[([usize; 4], Convolution)]) {
    for (shape, convolution) in cases {
        for (weights, operands) in
            Numbers::ALL.into_iter().flat_map(|weights| Numbers::ALL.map(|operands| (weights, operands)))
        {
            for behind in [Behind::Nothing, Behind::Function] {
                let case = Case { shape: *shape, convolution, weights, operands, behind };
                case.check(if weights == operands { 2 } else { 1 });
            }
        }
    }
}

#[test]
fn convolutions_are_exact_with_any_weights_and_operands() {
    let uneven = Convolution { pads: [0, 3, 0, 1], ..convolution([7, 6, 1, 5], 0, 1, 1) };
    check_all(&[
        ([1, 3, 5, 7], convolution([2, 3, 1, 1], 0, 1, 1)),
        ([1, 16, 16, 20], Convolution { relu: true, ..convolution([64, 16, 1, 1], 0, 1, 1) }),
        ([3, 5, 9, 11], convolution([37, 5, 1, 1], 0, 1, 1)),
        ([1, 33, 1, 1], convolution([70, 33, 1, 1], 0, 1, 1)),
        ([2, 8, 1, 50], convolution([1, 8, 1, 1], 0, 1, 1)),
        ([1, 200, 4, 5], convolution([12, 200, 1, 1], 0, 1, 1)),
        ([1, 12, 8, 8], convolution([8, 12, 1, 1], 0, 2, 1)),
        ([1, 3, 16, 18], convolution([16, 3, 3, 3], 1, 2, 1)),
        ([1, 8, 14, 14], convolution([24, 8, 3, 3], 1, 1, 1)),
        ([2, 20, 9, 7], convolution([11, 20, 3, 3], 2, 1, 2)),
        ([1, 6, 9, 12], uneven),
    ]);
}

#[test]
fn large_convolutions_of_3x3_are_exact_with_any_weights_and_operands() {
    check_all(&[
        ([1, 32, 8, 8], convolution([32, 32, 3, 3], 1, 1, 1)),
        ([2, 37, 7, 9], convolution([45, 37, 3, 3], 1, 1, 1)),
        ([1, 34, 13, 30], convolution([32, 34, 3, 3], 0, 1, 1)),
    ]);
}

#[test]
fn depthwise_convolutions_are_exact_with_any_weights_and_operands() {
    let uneven = Convolution { pads: [0, 3, 0, 1], ..depthwise(6, [1, 5], 0, 1, 1) };
    check_all(&[
        ([1, 7, 13, 17], depthwise(7, [3, 3], 1, 1, 1)),
        ([2, 20, 34, 30], Convolution { relu: true, ..depthwise(20, [3, 3], 1, 2, 1) }),
        ([1, 8, 16, 16], depthwise(8, [3, 3], 1, 1, 1)),
        ([1, 16, 21, 9], depthwise(16, [5, 5], 4, 1, 2)),
        ([1, 4, 12, 12], depthwise(4, [3, 3], 1, 3, 1)),
        ([1, 6, 9, 12], uneven),
        ([1, 6, 40, 1], depthwise(6, [7, 1], 0, 1, 1)),
        ([2, 5, 70, 3], depthwise(5, [66, 1], 0, 1, 1)),
        ([1, 8, 32, 20], Convolution { pads: [31, 0, 31, 0], ..depthwise(8, [63, 1], 0, 1, 1) }),
        ([2, 7, 5, 33], Convolution { pads: [0, 32, 0, 32], ..depthwise(7, [1, 65], 0, 1, 1) }),
        ([1, 4, 3, 3], Convolution { pads: [0, 9, 0, 9], ..depthwise(4, [1, 2], 0, 1, 1) }),
        ([1, 9, 11, 25], Convolution { pads: [2, 8, 2, 8], ..depthwise(9, [2, 5], 0, 1, 4) }),
        ([1, 6, 4, 29], Convolution { pads: [0, 12, 0, 11], ..depthwise(6, [1, 9], 0, 1, 3) }),
        ([2, 5, 27, 6], Convolution { pads: [11, 2, 12, 1], ..depthwise(5, [10, 1], 0, 1, 2) }),
    ]);
}

/// Rows so far apart that few of them are in the map, and that as many as lie between the first and the last need more than 2 GB.
#[test]
fn depthwise_convolutions_with_large_dilations_are_exact() {
    let far = |kernel: [usize; 2], dilations: usize| {
        let [top, left] = kernel.map(|size| (size - 1) / 2 * dilations);
        Convolution { pads: [top, left, top, left], ..depthwise(6, kernel, 0, 1, dilations) }
    };
    check_all(&[
        ([1, 6, 5, 7], far([3, 3], 9)),
        ([2, 6, 7, 9], Convolution { strides: 2, ..far([3, 3], 5) }),
        ([1, 6, 5, 7], far([3, 1], 32768)),
        ([1, 6, 20, 3], far([3, 3], 32768)),
        ([1, 6, 9, 3], far([9, 1], 17)),
    ]);
}

/// A quantised map plus a constant, both of which may be repeated along axes, and then the same with maps of other sizes.
fn check_sum_with(constant_shape: [usize; 4], shapes: &[[usize; 4]], threads: u16) {
    const CONSTANT: Grid = Grid { scale: 0.03, zero: 11 };
    let off = if cfg!(target_arch = "arm") { TIE } else { OFF };
    let constant: Vec<f32> =
        Numbers::Random.some(4, constant_shape.iter().product()).iter().map(|&q| q as f32 / 40.0).collect();
    let mut model = Model::new(shapes[0], FROM);
    model.sum_with(&constant, constant_shape, CONSTANT, END);
    let session = SessionConfig { kernels: Kernels::Edgeconv, threads, ..SessionConfig::default() };
    let mut session = Session::from_bytes(&model.finish(), Config { session, ..Config::default() })
        .unwrap_or_else(|error| panic!("{:?} and {constant_shape:?}: {error}", shapes[0]));
    for &shape in shapes {
        let what = format!("{shape:?} and {constant_shape:?} by {threads} threads");
        session.resize(&[("x", &shape)]).unwrap_or_else(|error| panic!("{what}: {error}"));
        let x = Numbers::Random.some(3, shape.iter().product());
        session.set_input("x", &Tensor::f32(shape, values(FROM, &x)).unwrap()).unwrap();
        session.run().unwrap();
        let found = session.output("y").unwrap();
        let size = [0, 1, 2, 3].map(|axis| shape[axis].max(constant_shape[axis]));
        assert_eq!(found.shape(), size, "{what}");
        for (i, found) in found.numbers().enumerate() {
            let (x, constant) = (x[repeated(i, size, shape)], constant[repeated(i, size, constant_shape)]);
            let place = |by: f64| {
                let summand = nearest(CONSTANT.place(f64::from(constant)) + by);
                nearest(END.place(FROM.value(x) + CONSTANT.value(summand)) + by)
            };
            let q = END.nearest(found);
            assert!((place(-off)..=place(off)).contains(&q), "{what}: {q} at {i}");
        }
    }
}

/// The place of what belongs to a place in a larger tensor, if axes of length 1 are repeated.
fn repeated(mut place: usize, size: [usize; 4], shape: [usize; 4]) -> usize {
    let (mut own, mut stride) = (0, 1);
    for axis in (0..4).rev() {
        own += stride * if shape[axis] == 1 { 0 } else { place % size[axis] };
        stride *= shape[axis];
        place /= size[axis];
    }
    own
}

#[test]
fn sums_with_constants_are_rounded() {
    for shape in [[1, 8, 16, 16], [2, 5, 7, 3], [1, 13, 9, 33]] {
        [1, 2].into_iter().for_each(|threads| check_sum_with(shape, &[shape], threads));
    }
}

#[test]
fn constants_and_maps_are_repeated() {
    for (constant, shape) in [
        ([1, 8, 1, 1], [2, 8, 6, 5]),
        ([1, 5, 7, 3], [3, 5, 7, 3]),
        ([1, 5, 1, 3], [2, 5, 7, 3]),
        ([1, 1, 7, 1], [2, 5, 7, 3]),
        ([1, 1, 1, 1], [2, 6, 4, 4]),
        ([1, 6, 4, 4], [1, 6, 1, 1]),
        ([1, 6, 4, 4], [2, 1, 4, 4]),
        ([2, 5, 7, 3], [1, 5, 1, 3]),
        ([1, 6, 4, 4], [1, 1, 1, 1]),
    ] {
        [1, 2].into_iter().for_each(|threads| check_sum_with(constant, &[shape], threads));
    }
}

#[test]
fn sums_with_constants_are_resized() {
    check_sum_with([1, 5, 7, 3], &[[1, 5, 7, 3], [4, 5, 7, 3], [1, 5, 7, 3], [2, 5, 1, 3]], 2);
    check_sum_with([1, 9, 1, 1], &[[1, 9, 6, 5], [3, 9, 2, 11], [1, 9, 1, 1]], 2);
    check_sum_with([2, 5, 7, 3], &[[2, 5, 7, 3], [1, 5, 1, 3], [1, 5, 7, 3], [2, 5, 7, 3]], 1);
}

#[test]
fn channel_attention_is_rounded() {
    let shapes = [[1, 8, 16, 16], [2, 5, 7, 3], [1, 13, 40, 33], [3, 2, 1, 1]];
    for (shape, has_sum) in shapes.into_iter().flat_map(|shape| [false, true].map(|has_sum| (shape, has_sum))) {
        for threads in [1, 2] {
            check_attention(shape, has_sum, threads);
        }
    }
}

/// Attention on a map that is the input times a number for each channel, and its sum with the input.
fn check_attention(shape: [usize; 4], has_sum: bool, threads: u16) {
    const PRODUCT: Grid = Grid { scale: 0.013, zero: 20 };
    let (channels, area) = (shape[1], shape[2] * shape[3]);
    let convolution = depthwise(channels, [1, 1], 0, 1, 1);
    let integers = Numbers::Random.some(1, channels);
    let scale = 1.0 / 128.0;
    let x = Numbers::Random.some(3, shape.iter().product());
    let weights: Vec<f32> =
        Numbers::Random.some(4, channels * channels).iter().map(|&q| q as f32 / 128.0 / channels as f32).collect();
    let bias: Vec<f32> = Numbers::Random.some(5, channels).iter().map(|&q| q as f32 / 256.0 + 0.5).collect();

    let mut model = Model::new(shape, FROM);
    model.convolution(&convolution, &integers, scale, &vec![0.0; channels], BETWEEN);
    model.attention(&weights, &bias, PRODUCT);
    if has_sum {
        model.sum(END);
    }
    let session = SessionConfig { kernels: Kernels::Edgeconv, threads, ..SessionConfig::default() };
    let mut session = Session::from_bytes(&model.finish(), Config { session, ..Config::default() }).unwrap();
    session.set_input("x", &Tensor::f32(shape, values(FROM, &x)).unwrap()).unwrap();
    session.run().unwrap();
    let found = session.output("y").unwrap();
    if cfg!(target_arch = "arm") {
        session.set_input("x", &Tensor::f32(shape, values(FROM, &x)).unwrap()).unwrap();
        let ran: Vec<_> = session.profile().unwrap().into_iter().map(|op| op.op_type).collect();
        assert!(!ran.contains(&"Pooling".to_owned()), "{ran:?}");
    }

    // The nearest integer may be another one where a place is close to the middle, here and in means.
    let off = if cfg!(target_arch = "arm") { 0.01 } else { 1.01 };
    let place = |i: usize| {
        let real = FROM.value(x[i]) * f64::from(integers[i / area % channels]) * f64::from(scale);
        BETWEEN.place(real)
    };
    let map = |i: usize| BETWEEN.value(nearest(place(i)));
    let mean = |n: usize, c: usize| (0..area).map(|i| map((n * channels + c) * area + i)).sum::<f64>() / area as f64;
    let gate = |means: &[f64], o: usize| {
        let terms = means.iter().zip(&weights[o * channels..]).map(|(mean, &weight)| mean * f64::from(weight));
        (terms.sum::<f64>() + f64::from(bias[o])).clamp(0.0, 1.0)
    };
    let gates: Vec<f64> = (0..shape[0])
        .flat_map(|n| {
            let means: Vec<_> = (0..channels).map(|c| mean(n, c)).collect();
            (0..channels).map(|o| gate(&means, o)).collect::<Vec<_>>()
        })
        .collect();
    for (i, found) in found.numbers().enumerate() {
        let gate = gates[i / area];
        let results = [-off, off].map(|off| {
            let product = nearest(PRODUCT.place(BETWEEN.value(nearest(place(i) + off)) * gate) + off);
            if has_sum { nearest(END.place(PRODUCT.value(product) + FROM.value(x[i])) + off) } else { product }
        });
        let q = if has_sum { END } else { PRODUCT }.nearest(found);
        assert!(
            results.iter().min() <= Some(&q) && Some(&q) <= results.iter().max(),
            "{shape:?} {has_sum}, {threads} threads: {q}, {results:?}, at {i}"
        );
    }
}

#[test]
fn sums_are_rounded() {
    for (shape, channels) in [([1, 8, 16, 16], 8), ([2, 5, 7, 3], 5)] {
        let convolution = convolution([channels, channels, 1, 1], 0, 1, 1);
        for threads in [1, 2] {
            Case {
                shape,
                convolution: &convolution,
                weights: Numbers::Random,
                operands: Numbers::Random,
                behind: Behind::Sum,
            }
            .check(threads);
        }
    }
}

/// Its convolutions have scales with their weights, and biases where those of floats are.
#[test]
fn files_as_of_mnns_own_quantiser_run() {
    let convolution = convolution([8, 3, 3, 3], 1, 1, 1);
    let (shape, weights) = ([1, 3, 6, 5], Numbers::Random.some(1, 8 * convolution.terms()));
    let x = Tensor::f32(shape, values(FROM, &Numbers::Random.some(3, 3 * 6 * 5))).unwrap();
    let [expected, found] = [false, true].map(|is_noted| {
        let mut model = Model::new(shape, FROM);
        model.convolution(&convolution, &weights, 0.01, &[0.3; 8], BETWEEN);
        if is_noted {
            model.noted_as_by_mnn();
        }
        let session = SessionConfig { kernels: Kernels::Mnn, ..SessionConfig::default() };
        let mut session = Session::from_bytes(&model.finish(), Config { session, ..Config::default() }).unwrap();
        session.set_input("x", &x).unwrap();
        session.run().unwrap();
        session.output("y").unwrap()
    });
    assert_eq!(found, expected);
}
