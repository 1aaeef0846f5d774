//! Every operator with results computed by hand, for tests of the file formats.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeSet;
use std::f32::consts::LN_2;

use edgeconv_graph::op::{
    Arg, BatchNormalization, Binary, Cast, Clip, Concat, Conv, ConvTranspose, Coordinates, CumSum, DepthOrder,
    DepthToSpace, DequantizeLinear, Elu, Expand, Flatten, Gather, Gemm, GlobalAveragePool, LayerNormalization,
    LeakyRelu, MatMul, PRelu, Pad, PadMode, Pool, PoolKind, QuantizeLinear, Reduce, ReduceKind, Reshape, Resize,
    ResizeMode, Rounding, ScatterNd, ScatterReduction, Slice, Softmax, TopK, Transpose, Unary,
};
use edgeconv_graph::{Builder, DType, Graph, Op, Tensor};

/// Takes an operator, its input, its constant operands, and the result.
type Check<'a> = dyn FnMut(Op, &Tensor, &[Tensor], &Tensor) + 'a;

/// Operators without a case here: those that not every engine of these tests has, or that need more than one node, have tests of their
/// own beside the targets, and cases among ONNX's operator tests (`conformance`). Graphs with dropouts are not exported.
const ELSEWHERE: [&str; 34] = [
    "Acos",
    "Acosh",
    "ArgMax",
    "ArgMin",
    "Asin",
    "Asinh",
    "Atanh",
    "BitwiseAnd",
    "BitwiseOr",
    "BitwiseXor",
    "CircularConv",
    "Cos",
    "Cosh",
    "Dropout",
    "GRU",
    "GridSample",
    "LSTM",
    "NonMaxSuppression",
    "Not",
    "RNN",
    "Reciprocal",
    "ReduceMax",
    "ReduceMin",
    "ReduceProd",
    "ReduceSum",
    "RoiAlign",
    "ShiftLeft",
    "ShiftRight",
    "Sin",
    "Sinh",
    "SpaceToDepth",
    "Split",
    "Tan",
    "Where",
];

/// Calls `check` with a graph of one node `node`, its input, and the result, for every operator.
pub fn each(mut check: impl FnMut(&Graph, &Tensor, &Tensor)) {
    let mut checked = BTreeSet::new();
    let mut check = |graph: &Graph, input: &Tensor, expected: &Tensor| {
        checked.extend(graph.histogram().into_keys());
        check(graph, input, expected);
    };
    integers_and_booleans(&mut check);
    quantisation(&mut check);
    let check: &mut Check = &mut |op, input, constants, expected| {
        check(&single(op, input.shape(), constants), input, expected);
    };
    activations(check);
    functions(check);
    arithmetic_broadcasts(check);
    convolution_has_all_attributes(check);
    convolution_without_bias(check);
    transposed_convolution_has_all_attributes(check);
    gemm_transposes_the_weight(check);
    batch_normalization_takes_scale_bias_mean_variance(check);
    movement(check);
    rearrangement(check);
    pooling(check);
    matrix_products_broadcast_their_batch(check);
    layer_normalization_is_over_the_last_axis(check);
    along_an_axis(check);
    interpolation(check);
    let all: BTreeSet<_> = Op::examples().iter().map(|op| op.operator().name()).collect();
    let missing: Vec<_> = all.difference(&checked).filter(|name| !ELSEWHERE.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}: a new operator needs a case, here or in a test of its own");
}

pub fn tensor(shape: &[usize], data: &[f32]) -> Tensor {
    Tensor::f32(shape, data.to_vec()).unwrap()
}

/// `0, 1, 2, …`
pub fn counting(shape: &[usize]) -> Tensor {
    tensor(shape, &(0..shape.iter().product()).map(|i| i as f32).collect::<Vec<_>>())
}

/// One node on one input and constants, output `y`.
pub fn single(op: impl Into<Op>, input: &[usize], constants: &[Tensor]) -> Graph {
    let mut b = Builder::new("single");
    let mut inputs = vec![b.input("x", input).unwrap()];
    for (index, constant) in constants.iter().enumerate() {
        inputs.push(b.constant(&format!("c{index}"), constant.clone()).unwrap());
    }
    let y = b.node("node", op, &inputs).unwrap();
    b.output("y", y);
    b.finish()
}

fn activations(check: &mut Check) {
    let x = tensor(&[1, 5], &[-4.0, -1.5, 0.0, 1.5, 4.0]);
    check(Unary::Relu.into(), &x, &[], &tensor(&[1, 5], &[0.0, 0.0, 0.0, 1.5, 4.0]));
    check(Unary::Identity.into(), &x, &[], &x);
    check(Unary::HardSigmoid.into(), &x, &[], &tensor(&[1, 5], &[0.0, 0.25, 0.5, 0.75, 1.0]));
    check(Unary::HardSwish.into(), &x, &[], &tensor(&[1, 5], &[0.0, -0.375, 0.0, 1.125, 4.0]));
    check(Clip { min: -1.0, max: 1.5 }.into(), &x, &[], &tensor(&[1, 5], &[-1.0, -1.0, 0.0, 1.5, 1.5]));
    let sigmoid = [0.017_986_21, 0.182_425_52, 0.5, 0.817_574_5, 0.982_013_8];
    check(Unary::Sigmoid.into(), &x, &[], &tensor(&[1, 5], &sigmoid));
    let silu = [-0.071_944_84, -0.273_638_28, 0.0, 1.226_361_7, 3.928_055];
    check(Unary::Silu.into(), &x, &[], &tensor(&[1, 5], &silu));
    let gelu = [-0.000_126_684_97, -0.100_210_8, 0.0, 1.399_789_2, 3.999_873_4];
    check(Unary::Gelu.into(), &x, &[], &tensor(&[1, 5], &gelu));
    let gelu = [-0.000_070_247_4, -0.100_428_7, 0.0, 1.399_571_3, 3.999_93];
    check(Unary::GeluTanh.into(), &x, &[], &tensor(&[1, 5], &gelu));
    check(Unary::Abs.into(), &x, &[], &tensor(&[1, 5], &[4.0, 1.5, 0.0, 1.5, 4.0]));
    check(Unary::Neg.into(), &x, &[], &tensor(&[1, 5], &[4.0, 1.5, 0.0, -1.5, -4.0]));
    check(Unary::Exp.into(), &x, &[], &tensor(&[1, 5], &[0.018_315_64, 0.223_130_16, 1.0, 4.481_689, 54.598_15]));
    let tanh = [-0.999_329_3, -0.905_148_27, 0.0, 0.905_148_27, 0.999_329_3];
    check(Unary::Tanh.into(), &x, &[], &tensor(&[1, 5], &tanh));
    let erf = [-1.0, -0.966_105_15, 0.0, 0.966_105_15, 1.0];
    check(Unary::Erf.into(), &x, &[], &tensor(&[1, 5], &erf));
    let powers = tensor(&[1, 3], &[1.0, 0.135_335_28, 20.085_537]);
    check(Unary::Log.into(), &powers, &[], &tensor(&[1, 3], &[0.0, -2.0, 3.0]));
    let squares = tensor(&[1, 4], &[0.0, 0.25, 9.0, 1e4]);
    check(Unary::Sqrt.into(), &squares, &[], &tensor(&[1, 4], &[0.0, 0.5, 3.0, 100.0]));
}

fn functions(check: &mut Check) {
    let x = tensor(&[1, 5], &[-2.0, -0.5, 0.0, 0.5, 3.0]);
    check(LeakyRelu { alpha: 0.25 }.into(), &x, &[], &tensor(&[1, 5], &[-0.5, -0.125, 0.0, 0.5, 3.0]));
    check(Elu { alpha: 1.0 }.into(), &x, &[], &tensor(&[1, 5], &[-0.864_664_7, -0.393_469_34, 0.0, 0.5, 3.0]));
    check(Elu { alpha: 2.0 }.into(), &x, &[], &tensor(&[1, 5], &[-1.729_329_4, -0.786_938_7, 0.0, 0.5, 3.0]));
    let softplus = [0.126_928_01, 0.474_077, LN_2, 0.974_077, 3.048_587_3];
    check(Unary::Softplus.into(), &x, &[], &tensor(&[1, 5], &softplus));
    // rten takes the sign of 0 for 1.
    check(Unary::Sign.into(), &tensor(&[1, 2], &[-2.0, 0.5]), &[], &tensor(&[1, 2], &[-1.0, 1.0]));
    check(Unary::Floor.into(), &x, &[], &tensor(&[1, 5], &[-2.0, -1.0, 0.0, 0.0, 3.0]));
    check(Unary::Ceil.into(), &x, &[], &tensor(&[1, 5], &[-2.0, 0.0, 0.0, 1.0, 3.0]));
    check(Unary::Atan.into(), &x, &[], &tensor(&[1, 5], &[-1.107_148_7, -0.463_647_6, 0.0, 0.463_647_6, 1.249_045_8]));
    let ties = [-2.5, -1.5, -0.7, 0.5, 1.5, 2.5, 8_388_607.5, -4_194_304.5, 1e10];
    let even = [-2.0, -2.0, -1.0, 0.0, 2.0, 2.0, 8_388_608.0, -4_194_304.0, 1e10];
    check(Unary::Round.into(), &tensor(&[1, 9], &ties), &[], &tensor(&[1, 9], &even));
    // One slope per channel, one per column, and one for all.
    let x = tensor(&[1, 3, 1, 2], &[-1.0, 1.0, -2.0, 2.0, -3.0, -4.0]);
    let per_channel = tensor(&[3, 1, 1], &[0.5, 2.0, -1.0]);
    check(PRelu.into(), &x, &[per_channel], &tensor(&[1, 3, 1, 2], &[-0.5, 1.0, -4.0, 2.0, 3.0, 4.0]));
    let per_column = Tensor::vector(vec![10.0, 0.5]);
    check(PRelu.into(), &x, &[per_column], &tensor(&[1, 3, 1, 2], &[-10.0, 1.0, -20.0, 2.0, -30.0, -2.0]));
    let one = Tensor::vector(vec![0.5]);
    check(PRelu.into(), &x, &[one], &tensor(&[1, 3, 1, 2], &[-0.5, 1.0, -1.0, 2.0, -1.5, -2.0]));
    let base = tensor(&[1, 3], &[2.0, 9.0, 0.5]);
    let exponents = Tensor::vector(vec![3.0, 0.5, -1.0]);
    check(Binary::Pow.into(), &base, &[exponents], &tensor(&[1, 3], &[8.0, 3.0, 2.0]));
    let divisors = Tensor::vector(vec![3.0, -3.0]);
    check(Binary::Fmod.into(), &tensor(&[2, 1], &[5.0, -5.0]), &[divisors], &tensor(&[2, 2], &[2.0, 2.0, -2.0, -2.0]));
}

/// Comparisons and arithmetic on integers, `[1, 6]` and `[3, 1]` so that both are repeated, between casts from and to floats.
fn integers_and_booleans(check: &mut dyn FnMut(&Graph, &Tensor, &Tensor)) {
    use Binary::{And, Div, Equal, Fmod, Greater, GreaterOrEqual, Less, LessOrEqual, Max, Min, Mod, Or, Sub, Xor};
    let (a, b) = ([-7.0, -2.0, 0.0, 1.0, 2.0, 7.0], [-2.0, 2.0, 3.0]);
    let x = tensor(&[1, 6], &a);
    let mut check = |ty: DType, op: Binary, function: &dyn Fn(f32, f32) -> f32| {
        let mut builder = Builder::new("pairs");
        let x_id = builder.input("x", [1, 6]).unwrap();
        let y_id = builder.constant("c", tensor(&[3, 1], &b)).unwrap();
        let mut operand = |name: &str, id| match ty {
            DType::F32 => id,
            to => builder.node(name, Cast { to }, &[id]).unwrap(),
        };
        let operands = [operand("a", x_id), operand("b", y_id)];
        let result = builder.node("node", op, &operands).unwrap();
        let y = builder.node("floats", Cast { to: DType::F32 }, &[result]).unwrap();
        builder.output("y", y);
        let expected: Vec<f32> = b.iter().flat_map(|&b| a.map(|a| function(a, b))).collect();
        check(&builder.finish(), &x, &tensor(&[3, 6], &expected));
    };
    let truth = |yes: bool| f32::from(u8::from(yes));
    for ty in [DType::F32, DType::I64] {
        check(ty, Less, &|a, b| truth(a < b));
        check(ty, LessOrEqual, &|a, b| truth(a <= b));
        check(ty, Greater, &|a, b| truth(a > b));
        check(ty, GreaterOrEqual, &|a, b| truth(a >= b));
        check(ty, Equal, &|a, b| truth(a == b));
        check(ty, Min, &f32::min);
        check(ty, Max, &f32::max);
        check(ty, Sub, &|a, b| a - b);
        check(ty, Fmod, &|a, b| a % b);
    }
    check(DType::I64, Div, &|a, b| (a / b).trunc());
    check(DType::I64, Mod, &|a, b| a - b * (a / b).floor());
    check(DType::Bool, And, &|a, b| truth(a != 0.0 && b != 0.0));
    check(DType::Bool, Or, &|a, b| truth(a != 0.0 || b != 0.0));
    check(DType::Bool, Xor, &|a, b| truth((a != 0.0) != (b != 0.0)));
}

/// From floats to integers of 8 bits and back, with one scale, and with one for each channel.
fn quantisation(check: &mut dyn FnMut(&Graph, &Tensor, &Tensor)) {
    let x = tensor(&[1, 2, 3], &[-100.0, 0.6, 1.5, 2.5, 100.0, 1000.0]);
    let mut check = |scale: Tensor, zero: Option<Tensor>, expected: &[f32]| {
        let to = zero.as_ref().map_or(DType::U8, Tensor::dtype);
        let mut b = Builder::new("quantized");
        let mut parameters = vec![b.constant("scale", scale).unwrap()];
        let input = b.input("x", [1, 2, 3]).unwrap();
        parameters.extend(zero.map(|zero| b.constant("zero", zero).unwrap()));
        let integers = [&[input], parameters.as_slice()].concat();
        let integers = b.node("integers", QuantizeLinear { to, axis: 1, block_size: 0 }, &integers).unwrap();
        let floats = [&[integers], parameters.as_slice()].concat();
        let y = b.node("y", DequantizeLinear { axis: 1, block_size: 0 }, &floats).unwrap();
        b.output("y", y);
        check(&b.finish(), &x, &tensor(&[1, 2, 3], expected));
    };
    check(Tensor::scalar(1.0), None, &[0.0, 1.0, 2.0, 2.0, 100.0, 255.0]);
    let zero = Tensor::single(5_u8);
    check(Tensor::scalar(0.5), Some(zero), &[-2.5, 0.5, 1.5, 2.5, 100.0, 125.0]);
    let (scales, zeros) = (Tensor::vector(vec![1.0, 10.0]), Tensor::new([2], vec![0_i8, -3]).unwrap());
    check(scales, Some(zeros), &[-100.0, 1.0, 2.0, 0.0, 100.0, 1000.0]);
}

fn arithmetic_broadcasts(check: &mut Check) {
    let x = tensor(&[2, 1], &[6.0, 9.0]);
    let c = Tensor::vector(vec![1.0, 2.0, 4.0]);
    check(Binary::Add.into(), &x, std::slice::from_ref(&c), &tensor(&[2, 3], &[7.0, 8.0, 10.0, 10.0, 11.0, 13.0]));
    check(Binary::Sub.into(), &x, std::slice::from_ref(&c), &tensor(&[2, 3], &[5.0, 4.0, 2.0, 8.0, 7.0, 5.0]));
    check(Binary::Mul.into(), &x, std::slice::from_ref(&c), &tensor(&[2, 3], &[6.0, 12.0, 24.0, 9.0, 18.0, 36.0]));
    check(Binary::Div.into(), &x, &[c], &tensor(&[2, 3], &[6.0, 3.0, 1.5, 9.0, 4.5, 2.25]));
}

fn convolution_has_all_attributes(check: &mut Check) {
    // Groups, unequal strides, dilation and one-sided padding all change the result.
    let op = Conv { strides: vec![1, 2], pads: vec![1, 0, 0, 0], dilations: vec![2, 1], group: 2 };
    let kernel = tensor(&[2, 1, 2, 1], &[1.0, 10.0, 1.0, 100.0]);
    let bias = Tensor::vector(vec![0.5, 0.0]);
    // Rows −1 (padding) and 1, then 0 and 2; columns 0 and 2.
    let expected = [30.5, 50.5, 60.5, 82.5, 1200.0, 1400.0, 1509.0, 1711.0];
    check(op.into(), &counting(&[1, 2, 3, 3]), &[kernel, bias], &tensor(&[1, 2, 2, 2], &expected));
}

fn convolution_without_bias(check: &mut Check) {
    let kernel = tensor(&[1, 2, 1, 1], &[1.0, -1.0]);
    check(Conv::pointwise().into(), &counting(&[1, 2, 1, 2]), &[kernel], &tensor(&[1, 1, 1, 2], &[-2.0, -2.0]));
}

fn transposed_convolution_has_all_attributes(check: &mut Check) {
    // Rows 0 and 3 of the first channel, 1 and 4 of the second, of which the first row is cut off and one is added.
    let op = ConvTranspose {
        strides: vec![3, 1],
        pads: vec![1, 0, 0, 0],
        dilations: vec![1, 2],
        output_padding: vec![1, 0],
        group: 2,
    };
    let kernel = tensor(&[2, 1, 2, 2], &[1.0, 2.0, 10.0, 20.0, 1.0, 0.0, 0.0, 3.0]);
    let bias = Tensor::vector(vec![0.5, 0.0]);
    let x = tensor(&[1, 2, 2, 1], &[1.0, 2.0, 3.0, 4.0]);
    let first = [10.5, 0.5, 20.5, 0.5, 0.5, 0.5, 2.5, 0.5, 4.5, 20.5, 0.5, 40.5, 0.5, 0.5, 0.5];
    let second = [0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 12.0, 0.0, 0.0, 0.0];
    check(op.into(), &x, &[kernel, bias], &tensor(&[1, 2, 5, 3], &[first, second].concat()));
}

fn gemm_transposes_the_weight(check: &mut Check) {
    let weight = tensor(&[3, 2], &[1.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
    let bias = Tensor::vector(vec![10.0, 20.0, 30.0]);
    check(Gemm.into(), &tensor(&[1, 2], &[4.0, 5.0]), &[weight, bias], &tensor(&[1, 3], &[14.0, 25.0, 53.0]));
}

fn batch_normalization_takes_scale_bias_mean_variance(check: &mut Check) {
    let parameters = [vec![2.0, 1.0], vec![0.5, -1.0], vec![1.0, 2.0], vec![3.0, 15.0]].map(Tensor::vector);
    let op = BatchNormalization { epsilon: 1.0 };
    let x = tensor(&[1, 2, 1, 2], &[1.0, 3.0, 2.0, 10.0]);
    check(op.into(), &x, &parameters, &tensor(&[1, 2, 1, 2], &[0.5, 2.5, -1.0, 1.0]));
}

fn movement(check: &mut Check) {
    let x = counting(&[1, 2, 3]);
    check(Flatten { axis: 1 }.into(), &x, &[], &counting(&[1, 6]));
    check(Reshape { shape: vec![3, 2] }.into(), &x, &[], &counting(&[3, 2]));
    check(Reshape { shape: vec![6] }.into(), &x, &[], &counting(&[6]));
    check(Slice { axis: 2, start: 1, end: 3, step: 1 }.into(), &x, &[], &tensor(&[1, 2, 2], &[1.0, 2.0, 4.0, 5.0]));
    let tail = tensor(&[1, 1, 3], &[7.0, 8.0, 9.0]);
    let joined = tensor(&[1, 3, 3], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 9.0]);
    check(Concat { axis: 1 }.into(), &x, &[tail], &joined);
    let column = counting(&[2, 1]);
    check(Expand { shape: vec![2, 3] }.into(), &column, &[], &tensor(&[2, 3], &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]));
    check(Expand { shape: vec![2, 2, 1] }.into(), &column, &[], &tensor(&[2, 2, 1], &[0.0, 1.0, 0.0, 1.0]));
    let turned = tensor(&[3, 1, 2], &[0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    check(Transpose { perm: vec![2, 0, 1] }.into(), &x, &[], &turned);
    let indices = Tensor::i64([2, 2], vec![2, 0, 1, 2]).unwrap();
    let picked = tensor(&[1, 2, 2, 2], &[2.0, 0.0, 1.0, 2.0, 5.0, 3.0, 4.0, 5.0]);
    check(Gather { axis: 2 }.into(), &x, &[indices], &picked);
}

fn rearrangement(check: &mut Check) {
    let x = counting(&[1, 2, 3]);
    check(Slice { axis: 2, start: 0, end: 3, step: 2 }.into(), &x, &[], &tensor(&[1, 2, 2], &[0.0, 2.0, 3.0, 5.0]));
    let pad = |mode| Pad { mode, pads: vec![[0, 0], [0, 0], [2, 1]] };
    let padded = |row: [f32; 12]| tensor(&[1, 2, 6], &row);
    let zeros = [9.0, 9.0, 0.0, 1.0, 2.0, 9.0, 9.0, 9.0, 3.0, 4.0, 5.0, 9.0];
    check(pad(PadMode::Constant(9.0)).into(), &x, &[], &padded(zeros));
    check(pad(PadMode::Edge).into(), &x, &[], &padded([0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 5.0, 5.0]));
    check(pad(PadMode::Reflect).into(), &x, &[], &padded([2.0, 1.0, 0.0, 1.0, 2.0, 1.0, 5.0, 4.0, 3.0, 4.0, 5.0, 4.0]));
    let x = counting(&[1, 8, 1, 1]);
    for (order, expected) in [
        (DepthOrder::BlocksFirst, [0.0, 2.0, 4.0, 6.0, 1.0, 3.0, 5.0, 7.0]),
        (DepthOrder::ChannelsFirst, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]),
    ] {
        check(DepthToSpace { block: 2, order }.into(), &x, &[], &tensor(&[1, 2, 2, 2], &expected));
    }
    let indices = Tensor::i64([2, 1], vec![2, 0]).unwrap();
    let updates = tensor(&[2, 2], &[10.0, 20.0, 30.0, 40.0]);
    let op = ScatterNd { reduction: ScatterReduction::None };
    check(op.into(), &counting(&[3, 2]), &[indices, updates], &tensor(&[3, 2], &[30.0, 40.0, 2.0, 3.0, 10.0, 20.0]));
}

fn pooling(check: &mut Check) {
    let x = tensor(&[1, 1, 1, 3], &[0.0, 1.0, 5.0]);
    check(GlobalAveragePool.into(), &x, &[], &tensor(&[1, 1, 1, 1], &[2.0]));
    // All below zero: padding with zeros would win.
    let x = tensor(&[1, 1, 3, 4], &[-9.0, -8.0, -7.0, -6.0, -5.0, -4.0, -3.0, -2.0, -12.0, -11.0, -10.0, -1.0]);
    let windows = Pool { kind: PoolKind::Max, kernel: [2, 3], strides: [1, 2], pads: [1, 0, 0, 1] };
    let expected = [-7.0, -6.0, -3.0, -2.0, -3.0, -1.0];
    check(windows.into(), &x, &[], &tensor(&[1, 1, 3, 2], &expected));
    let x = tensor(&[1, 1, 2, 3], &[4.0, 8.0, 12.0, 16.0, 20.0, 24.0]);
    let means = Pool { kind: PoolKind::Average, kernel: [2, 2], strides: [1, 2], pads: [1, 0, 0, 1] };
    check(means.into(), &x, &[], &tensor(&[1, 1, 2, 2], &[6.0, 12.0, 12.0, 18.0]));
}

fn matrix_products_broadcast_their_batch(check: &mut Check) {
    // [2, 2, 2, 3] times [1, 2, 3, 1] and times [2, 3, 1].
    let x = counting(&[2, 2, 2, 3]);
    let column = [1.0, 10.0, 100.0, 2.0, 20.0, 200.0];
    let expected: Vec<f32> =
        (0..8).map(|row: usize| (0..3).map(|k| (row * 3 + k) as f32 * column[row / 2 % 2 * 3 + k]).sum()).collect();
    for shape in [&[1, 2, 3, 1][..], &[2, 3, 1]] {
        check(MatMul.into(), &x, &[tensor(shape, &column)], &tensor(&[2, 2, 2, 1], &expected));
    }
    // As many matrices on both sides, but each with each.
    let right = tensor(&[1, 2, 1, 1], &[1.0, 10.0]);
    check(
        MatMul.into(),
        &tensor(&[2, 1, 1, 1], &[3.0, 5.0]),
        &[right],
        &tensor(&[2, 2, 1, 1], &[3.0, 30.0, 5.0, 50.0]),
    );
}

fn layer_normalization_is_over_the_last_axis(check: &mut Check) {
    // Mean 2 and variance 5, mean 3 and variance 0.
    let x = tensor(&[1, 2, 4], &[-1.0, 1.0, 3.0, 5.0, 3.0, 3.0, 3.0, 3.0]);
    let (scale, bias) = (Tensor::vector(vec![1.0, 2.0, 1.0, -1.0]), Tensor::vector(vec![0.0, 0.0, 10.0, 1.0]));
    let op = LayerNormalization { epsilon: 4.0 };
    let expected = [-1.0, -2.0 / 3.0, 10.0 + 1.0 / 3.0, 0.0, 0.0, 0.0, 10.0, 1.0];
    check(op.into(), &x, &[scale, bias], &tensor(&[1, 2, 4], &expected));
}

fn along_an_axis(check: &mut Check) {
    let softmax = [0.090_030_57, 0.244_728_48, 0.665_240_94];
    check(Softmax { axis: 2 }.into(), &tensor(&[1, 1, 3], &[1.0, 2.0, 3.0]), &[], &tensor(&[1, 1, 3], &softmax));
    check(Softmax { axis: 1 }.into(), &tensor(&[1, 3, 1], &[101.0, 102.0, 103.0]), &[], &tensor(&[1, 3, 1], &softmax));
    let x = counting(&[1, 2, 2, 3]);
    check(
        Reduce { kind: ReduceKind::Mean, axes: vec![3] }.into(),
        &x,
        &[],
        &tensor(&[1, 2, 2, 1], &[1.0, 4.0, 7.0, 10.0]),
    );
    check(Reduce { kind: ReduceKind::Mean, axes: vec![1, 3] }.into(), &x, &[], &tensor(&[1, 1, 2, 1], &[4.0, 7.0]));
    let x = tensor(&[2, 3], &[1.0, 4.0, 2.0, 8.0, 5.0, 7.0]);
    let sums = tensor(&[2, 3], &[6.0, 2.0, 0.0, 12.0, 7.0, 0.0]);
    check(CumSum { axis: 1, exclusive: true, reverse: true }.into(), &x, &[], &sums);
    let sums = tensor(&[2, 3], &[1.0, 4.0, 2.0, 9.0, 9.0, 9.0]);
    check(CumSum { axis: 0, exclusive: false, reverse: false }.into(), &x, &[], &sums);
    let best = tensor(&[2, 2], &[4.0, 2.0, 8.0, 7.0]);
    check(TopK { k: 2, axis: 1, largest: true }.into(), &x, &[], &best);
    check(TopK { k: 1, axis: 0, largest: false }.into(), &x, &[], &tensor(&[1, 3], &[1.0, 4.0, 2.0]));
}

/// Of equal elements the first counts, also where not all of them are wanted; rten takes another one.
pub fn positions(mut check: impl FnMut(&Graph, &Tensor, &Tensor)) {
    let x = tensor(&[2, 5], &[2.0, 3.0, 2.0, 3.0, 2.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let top = |k, largest| Op::from(TopK { k, axis: 1, largest });
    let expected: [(Op, &[usize], &[f32]); 6] = [
        (Arg { largest: true, axis: 1 }.into(), &[2, 1], &[1.0, 2.0]),
        (Arg { largest: false, axis: 0 }.into(), &[1, 5], &[1.0; 5]),
        (top(1, true), &[2, 1], &[1.0, 2.0]),
        (top(3, true), &[2, 3], &[1.0, 3.0, 0.0, 2.0, 0.0, 1.0]),
        (top(4, false), &[2, 4], &[0.0, 2.0, 4.0, 1.0, 0.0, 1.0, 3.0, 4.0]),
        (top(5, true), &[2, 5], &[1.0, 3.0, 0.0, 2.0, 4.0, 2.0, 0.0, 1.0, 3.0, 4.0]),
    ];
    for (op, shape, positions) in expected {
        let mut b = Builder::new("positions");
        let input = b.input("x", [2, 5]).unwrap();
        let found = b.nodes("node", op, &[input]).unwrap().pop().unwrap();
        let y = b.node("floats", Cast { to: DType::F32 }, &[found]).unwrap();
        b.output("y", y);
        check(&b.finish(), &x, &tensor(shape, positions));
    }
}

fn interpolation(check: &mut Check) {
    let resize = |sizes: [usize; 4]| Resize::linear(Coordinates::HalfPixel, sizes.to_vec());
    let x = tensor(&[1, 1, 2, 2], &[0.0, 4.0, 8.0, 12.0]);
    let row = |first: f32| [first, first + 1.0, first + 3.0, first + 4.0];
    let expected = [row(0.0), row(2.0), row(6.0), row(8.0)].concat();
    check(resize([1, 1, 4, 4]).into(), &x, &[], &tensor(&[1, 1, 4, 4], &expected));
    check(resize([1, 1, 2, 1]).into(), &x, &[], &tensor(&[1, 1, 2, 1], &[2.0, 10.0]));
    let mode = ResizeMode::Nearest(Rounding::Floor);
    let nearest = Resize { mode, ..Resize::linear(Coordinates::Asymmetric, vec![1, 1, 3, 4]) };
    let rows = [0.0, 0.0, 4.0, 4.0, 0.0, 0.0, 4.0, 4.0, 8.0, 8.0, 12.0, 12.0];
    check(nearest.into(), &x, &[], &tensor(&[1, 1, 3, 4], &rows));
    let pixel = tensor(&[1, 2, 1, 1], &[3.0, 5.0]);
    check(resize([1, 2, 1, 2]).into(), &pixel, &[], &tensor(&[1, 2, 1, 2], &[3.0, 3.0, 5.0, 5.0]));
}
