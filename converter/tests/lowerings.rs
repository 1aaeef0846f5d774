//! Every lowering of a circular convolution gives what the definition says, in rten and in MNN.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod mnn;
mod rten;

use edgeconv_converter::passes;
use edgeconv_converter::target::mnn::passes::{LOWERINGS, LowerCircularConv, Lowering};
use edgeconv_converter::target::onnx::DEFAULT_OPSET;
use edgeconv_graph::op::CircularConv;
use edgeconv_graph::{Builder, Graph, Tensor};
use itertools::Itertools;
use proptest::prelude::*;

/// A circular convolution and its operands.
#[derive(Debug, Clone)]
struct Case {
    shape: [usize; 4],
    axis: usize,
    taps: usize,
    /// Output channels of a depth-wise convolution: 1 per channel.
    filters_per_group: usize,
    channels_per_group: usize,
    bias: bool,
}

impl Case {
    fn kernel_shape(&self) -> [usize; 4] {
        let filters = self.shape[1] / self.channels_per_group * self.filters_per_group;
        let mut shape = [filters, self.channels_per_group, 1, 1];
        shape[self.axis] = self.taps;
        shape
    }

    fn input(&self) -> Tensor {
        numbers(1, &self.shape, 1.0)
    }

    fn kernel(&self) -> Tensor {
        numbers(2, &self.kernel_shape(), (1.0 / (self.taps * self.channels_per_group) as f32).sqrt())
    }

    fn bias(&self) -> Tensor {
        numbers(3, &self.kernel_shape()[..1], 1.0)
    }

    fn graph(&self) -> Graph {
        let mut b = Builder::new("circular");
        let mut inputs = vec![b.input("x", self.shape).unwrap(), b.constant("kernel", self.kernel()).unwrap()];
        if self.bias {
            inputs.push(b.constant("bias", self.bias()).unwrap());
        }
        let group = self.shape[1] / self.channels_per_group;
        let y = b.node("gcc", CircularConv { axis: self.axis, group }, &inputs).unwrap();
        b.output("y", y);
        b.finish()
    }

    /// `y[i] = bias + Σ_c Σ_k kernel[c][k] · x[c][(i + k) mod F]`, in double precision.
    fn definition(&self) -> Vec<f64> {
        let [n, c, h, w] = self.shape;
        let (x, kernel, bias) = (self.input(), self.kernel(), self.bias());
        let (x, kernel, bias) = (x.as_f32().unwrap(), kernel.as_f32().unwrap(), bias.as_f32().unwrap());
        let filters = self.kernel_shape()[0];
        let mut result = vec![];
        for index in 0..n * filters * h * w {
            let (image, filter, row, column) =
                (index / (filters * h * w), index / (h * w) % filters, index / w % h, index % w);
            let mut sum = if self.bias { f64::from(bias[filter]) } else { 0.0 };
            for offset in 0..self.channels_per_group {
                let channel = filter / self.filters_per_group * self.channels_per_group + offset;
                for tap in 0..self.taps {
                    let (r, s) = if self.axis == 2 { ((row + tap) % h, column) } else { (row, (column + tap) % w) };
                    let weight = kernel[(filter * self.channels_per_group + offset) * self.taps + tap];
                    sum += f64::from(weight) * f64::from(x[((image * c + channel) * h + r) * w + s]);
                }
            }
            result.push(sum);
        }
        result
    }
}

/// Numbers in [−scale, scale) that look random and are always the same.
fn numbers(seed: usize, shape: &[usize], scale: f32) -> Tensor {
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 5003.5 - 1.0;
    Tensor::f32(shape, (0..shape.iter().product()).map(|i| scale * number(i)).collect()).unwrap()
}

fn lowered(case: &Case, lowering: Lowering) -> Graph {
    let mut graph = case.graph();
    let report = passes::run(&LowerCircularConv { lowering: Some(lowering), in_integers: false }, &mut graph).unwrap();
    assert_eq!(report.applied, 1);
    graph.validate().unwrap();
    graph
}

fn operators(case: &Case, lowering: Lowering) -> Vec<&'static str> {
    lowered(case, lowering).nodes().map(|node| node.op.operator().name()).collect()
}

/// Mostly depth-wise; along both axes, as many taps as the axis is long or fewer.
fn cases() -> impl Strategy<Value = Case> {
    let sizes = (1usize..3, 1usize..6, 1usize..14, 1usize..14, 2usize..4);
    let groups = prop_oneof![4 => Just((1usize, 1usize)), 1 => (1usize..4, 1usize..4)];
    (sizes, groups, any::<bool>(), prop_oneof![Just(1.0), 0.0..1.0f64]).prop_map(
        |((n, groups, h, w, axis), (filters_per_group, channels_per_group), bias, share)| {
            let shape = [n, groups * channels_per_group, h, w];
            let taps = ((shape[axis] as f64 * share).ceil() as usize).max(1);
            Case { shape, axis, taps, filters_per_group, channels_per_group, bias }
        },
    )
}

proptest! {
    #![proptest_config(edgeconv_test_support::cases(300))]

    #[test]
    fn lowerings_follow_the_definition(case in cases()) {
        let expected = case.definition();
        for lowering in LOWERINGS {
            let graph = lowered(&case, lowering);
            let input = case.input();
            for (engine, found) in [
                ("rten", rten::run_graph(&graph, DEFAULT_OPSET, &input)),
                ("mnn", mnn::run(&graph, std::slice::from_ref(&input)).remove(0)),
            ] {
                for (found, expected) in found.as_f32().unwrap().iter().zip_eq(&expected) {
                    prop_assert!((f64::from(*found) - expected).abs() <= 1e-5, "{lowering:?} in {engine}: expected {expected}, found {found}");
                }
            }
        }
    }
}

#[test]
fn each_lowering_has_its_operators() {
    let case = Case { shape: [1, 3, 5, 4], axis: 2, taps: 5, filters_per_group: 1, channels_per_group: 1, bias: true };
    assert_eq!(operators(&case, Lowering::SliceConcat), ["Slice", "Concat", "Conv"]);
    assert_eq!(operators(&case, Lowering::ZeroPadded), ["Conv"]);
    assert_eq!(operators(&case, Lowering::Circulant), ["MatMul", "Add"]);
    assert_eq!(operators(&Case { bias: false, ..case.clone() }, Lowering::Circulant), ["MatMul"]);
    let kernel = |graph: &Graph| graph.ty(graph.node(graph.order()[0]).inputs[1]).shape.clone();
    assert_eq!(kernel(&lowered(&case, Lowering::ZeroPadded)), [3, 1, 9, 1]);
    assert_eq!(kernel(&lowered(&Case { taps: 2, ..case }, Lowering::ZeroPadded)), [3, 1, 6, 1]);
}

#[test]
fn what_does_not_fit_is_sliced_and_joined() {
    let case = Case { shape: [1, 4, 5, 4], axis: 3, taps: 4, filters_per_group: 1, channels_per_group: 2, bias: false };
    assert_eq!(operators(&case, Lowering::Circulant), ["Slice", "Concat", "Conv"]);
    // A kernel that is only known at run time.
    let mut b = Builder::new("dynamic");
    let inputs = [b.input("x", [1, 2, 4, 4]).unwrap(), b.input("kernel", [2, 1, 4, 1]).unwrap()];
    let y = b.node("gcc", CircularConv { axis: 2, group: 2 }, &inputs).unwrap();
    b.output("y", y);
    let graph = b.finish();
    for lowering in [Some(Lowering::ZeroPadded), Some(Lowering::Circulant), None] {
        let mut graph = graph.clone();
        passes::run(&LowerCircularConv { lowering, in_integers: false }, &mut graph).unwrap();
        assert!(graph.histogram().contains_key("Slice"), "{lowering:?}");
    }
}
