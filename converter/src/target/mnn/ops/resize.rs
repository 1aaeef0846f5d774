//! Resizing.

use edgeconv_graph::op::{Coordinates, Resize, ResizeMode};
use edgeconv_graph::{DType, Node};
use planus::UnionOffset;

use super::broadcast::BroadcastTo;
use super::index::Gather;
use super::input::Const;
use super::matmul::MatMul;
use super::pad::Pad;
use super::reshape::Reshape;
use super::slice::StridedSlice;
use super::{InIntegers, Lower, MnnOp, Reads, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, Resizing, unsupported};
use crate::target::mnn::net::{Shapes, TensorId};
use crate::target::mnn::schema::{self, CoordinateTransformationMode, OpParameter, OpType, PadValueMode};
use crate::target::mnn::write::Writer;

/// What MNN's interpolation does between samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interpolation {
    /// Takes the sample before.
    Floor,
    /// Takes the nearest one, in the middle the one before.
    Nearest,
    /// Linear.
    Linear,
    /// Cubic with the coefficient −0.75.
    Cubic,
}

/// Interpolation of `[N, C, H, W]` to the output's height and width; the second input, if there is one, holds the four
/// scales, else they are the ratios of the sizes.
#[derive(Debug)]
struct Interp {
    /// Between the samples.
    method: Interpolation,
    /// Where the outputs lie.
    coordinates: CoordinateTransformationMode,
}

impl MnnOp for Interp {
    fn op_type(&self) -> OpType {
        OpType::Interp
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Wrong
    }

    fn parameter(&self, b: &mut Writer, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let resize_type = match self.method {
            Interpolation::Floor => 1,
            Interpolation::Linear => 2,
            Interpolation::Cubic => 3,
            Interpolation::Nearest => 4,
        };
        let interp = schema::Interp {
            output_height: shapes.outputs[0][2] as i32,
            output_width: shapes.outputs[0][3] as i32,
            resize_type,
            ctm: self.coordinates,
            ..Default::default()
        };
        Some(OpParameter::create_interp(b, &interp))
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// Resizing: by MNN's Interp where that takes the samples that ONNX says, height and width at once or each axis for itself; else
/// the nearest samples by their indices, and weighted ones by a matrix for each axis.
impl Lower for Resize {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        // Only nearest samples stay integers.
        let l = if matches!(self.mode, ResizeMode::Nearest(_)) { l.numbers(node)? } else { l.floats(node)? };
        let shape = l.shape(node.inputs[0]);
        let mut data = l.operand(node.inputs[0])?;
        let is_sized = l.graph.value(node.outputs[0]).sized;
        let may_change = |axis: usize| is_sized && axis >= 2 || !self.keeps(axis, shape[axis]);
        let axes: Vec<_> = (0..shape.len()).filter(|&axis| may_change(axis)).collect();
        // MNN computes the sizes from given scales.
        let by_interp =
            l.graph.ty(node.inputs[0]).dtype == DType::F32 && (self.scales.is_none() || self.follows_scales(shape));
        let is_nearest = matches!(self.mode, ResizeMode::Nearest(_)) && self.scales.is_none();
        let by_interp = by_interp && !(is_sized && is_nearest && l.resizing == Resizing::ByTables);
        if let ([_, _, height, width], true) = (shape, by_interp) {
            let plan = if axes.iter().all(|&axis| axis >= 2) { plan(self, &[(2, *height), (3, *width)]) } else { None };
            match plan {
                Some(_) if [*height, *width] == [1, 1] => {
                    let target = l.indices(self.sizes.iter().copied());
                    l.finish(node, BroadcastTo, &[data, target]);
                    return Ok(());
                }
                Some(plan) => {
                    let inputs = operands(l, node, self, [2, 3].map(Some), data);
                    l.finish(node, plan, &inputs);
                    return Ok(());
                }
                None if axes.iter().all(|&axis| axis >= 2) && is_whole_cubic(self, shape) => {
                    enlarge_cubic(l, node, self, data);
                    return Ok(());
                }
                None => {}
            }
        }
        for axis in axes {
            data = resize_axis(l, node, self, data, axis, by_interp)?;
        }
        l.alias(node, data);
        Ok(())
    }
}

/// Whether height and width grow by integer factors, by MNN's cubic interpolation but for the samples before the first one.
fn is_whole_cubic(op: &Resize, shape: &[usize]) -> bool {
    let plain = matches!(op.mode, ResizeMode::Cubic { coefficient: -0.75 }) && !op.exclude_outside;
    let half_pixel = matches!(op.coordinates, Coordinates::HalfPixel | Coordinates::PytorchHalfPixel);
    let whole = op.scales.is_none() && (2..4).all(|axis| op.sizes[axis].is_multiple_of(shape[axis]));
    plain && half_pixel && whole
}

/// Enlarges maps with one more row and column in front, which are cut off afterwards: MNN rounds positions before the first
/// sample wrongly.
fn enlarge_cubic<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &'g Resize, data: TensorId) {
    let shape = l.shape(node.inputs[0]);
    let factors = [2, 3].map(|axis| op.sizes[axis] / shape[axis]);
    let [rows, columns] = factors.map(|factor| usize::from(factor > 1));
    let pads = l.indices([0, 0, 0, 0, rows, 0, columns, 0]);
    let mut padded = shape.to_vec();
    padded[2] += rows;
    padded[3] += columns;
    let [height, width] = [padded[2] * factors[0], padded[3] * factors[1]];
    let data = l.helper(node, "padded", Pad(PadValueMode::Edge), &[data, pads], padded);
    let interp = Interp { method: Interpolation::Cubic, coordinates: CoordinateTransformationMode::HalfPixels };
    let enlarged = l.helper(node, "enlarged", interp, &[data], [shape[0], shape[1], height, width]);
    let begin = l.indices([height - op.sizes[2], width - op.sizes[3]]);
    let [end, axes] = [[height, width], [2, 3]].map(|indices| l.indices(indices));
    l.finish(node, StridedSlice, &[enlarged, begin, end, axes]);
}

/// Resizes one axis.
fn resize_axis<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &'g Resize,
    data: TensorId,
    axis: usize,
    by_interp: bool,
) -> Result<TensorId, ExportError> {
    let shape = l.net.shape(data).to_vec();
    let (length, size) = (shape[axis], op.sizes[axis]);
    let (outer, inner) = (shape[..axis].iter().product(), shape[axis + 1..].iter().product());
    let name = |step: &str| format!("{step} {axis}");
    let result = [&shape[..axis], &[size], &shape[axis + 1..]].concat();
    let taps = op.taps(axis, length);
    if let (Some(plan), true) = (plan(op, &[(axis, length)]), by_interp) {
        let maps = l.helper(node, &name("maps"), Reshape, &[data], [1, outer, length, inner]);
        let inputs = operands(l, node, op, [Some(axis), None], maps);
        let resized = l.helper(node, &name("resized maps"), plan, &inputs, [1, outer, size, inner]);
        return Ok(l.helper(node, &name("resized"), Reshape, &[resized], result));
    }
    if matches!(op.mode, ResizeMode::Nearest(_)) {
        let indices = l.indices(taps.iter().flatten().map(|&(sample, _)| sample));
        return Ok(l.helper(node, &name("resized"), Gather { axis }, &[data, indices], result));
    }
    if size * length > 1 << 24 {
        return Err(unsupported(node, format!("{} from {length} to {size} has no fast form in MNN", op.mode.name())));
    }
    // Rows times a matrix are one product, a matrix times maps is one for each.
    let last = inner == 1;
    let mut weights = vec![0.0; size * length];
    for (output, taps) in taps.iter().enumerate() {
        let place = |sample: usize| if last { sample * size + output } else { output * length + sample };
        taps.iter().for_each(|&(sample, weight)| weights[place(sample)] += weight);
    }
    let matrix = Const::Float(weights.into());
    let (sides, data_shape, result_shape) = match last {
        true => (vec![length, size], vec![outer, length], vec![outer, size]),
        false => (vec![1, size, length], vec![outer, length, inner], vec![outer, size, inner]),
    };
    let matrix = l.helper(node, &name("weights"), matrix, &[], sides);
    let rows = l.helper(node, &name("rows"), Reshape, &[data], data_shape);
    let factors = if last { [rows, matrix] } else { [matrix, rows] };
    let product = l.helper(node, &name("product"), MatMul, &factors, result_shape);
    Ok(l.helper(node, &name("resized"), Reshape, &[product], result))
}

/// The inputs of an Interp, for maps of which height and width are these axes.
fn operands(l: &mut Lowering<'_>, node: &Node, op: &Resize, axes: [Option<usize>; 2], data: TensorId) -> Vec<TensorId> {
    let mut inputs = vec![data];
    if let Some(scales) = &op.scales {
        let [height, width] = axes.map(|axis| axis.map_or(1.0, |axis| scales[axis]));
        let scales = Const::Float(vec![1.0, 1.0, height, width].into());
        inputs.push(l.helper(node, &format!("scales {height} {width}"), scales, &[], [4]));
    }
    inputs
}

/// How MNN's Interp resizes these axes of these lengths as ONNX says, if it does.
fn plan(op: &Resize, axes: &[(usize, usize)]) -> Option<Interp> {
    let smaller = axes.iter().any(|&(axis, length)| op.sizes[axis] < length);
    if op.antialias && (smaller || op.scales.is_some()) {
        return None;
    }
    match op.mode {
        ResizeMode::Nearest(_) => nearest(op, axes),
        ResizeMode::Linear => Some(Interp { method: Interpolation::Linear, coordinates: coordinates(op, axes)? }),
        // MNN cuts off fractions where it should round down: samples before the first one get wrong weights.
        ResizeMode::Cubic { coefficient } => {
            let starts_inside = |&(axis, length): &(usize, usize)| op.position(axis, length, 0) >= 0.0;
            let plain = coefficient == -0.75 && !op.exclude_outside && axes.iter().all(starts_inside);
            if plain {
                Some(Interp { method: Interpolation::Cubic, coordinates: coordinates(op, axes)? })
            } else {
                None
            }
        }
    }
}

/// MNN's name of the coordinates, for these axes.
fn coordinates(op: &Resize, axes: &[(usize, usize)]) -> Option<CoordinateTransformationMode> {
    match op.coordinates {
        Coordinates::HalfPixel => Some(CoordinateTransformationMode::HalfPixels),
        // They differ for a single output only.
        Coordinates::PytorchHalfPixel if axes.iter().all(|&(axis, length)| op.sizes[axis] > 1 || length == 1) => {
            Some(CoordinateTransformationMode::HalfPixels)
        }
        Coordinates::HalfPixelSymmetric if op.scales.is_none() => Some(CoordinateTransformationMode::HalfPixels),
        // The last one would move axes that keep their size.
        Coordinates::PytorchHalfPixel | Coordinates::HalfPixelSymmetric | Coordinates::TfHalfPixelForNn => None,
        Coordinates::AlignCorners => Some(CoordinateTransformationMode::AlignCorners),
        Coordinates::Asymmetric => Some(CoordinateTransformationMode::Asymmetric),
    }
}

/// Which of MNN's two nearest samples, with which of its coordinates, is ONNX's in every case.
fn nearest(op: &Resize, axes: &[(usize, usize)]) -> Option<Interp> {
    let modes = [
        CoordinateTransformationMode::Asymmetric,
        CoordinateTransformationMode::HalfPixels,
        CoordinateTransformationMode::AlignCorners,
        CoordinateTransformationMode::TensorflowHalfPixels,
    ];
    let methods = [Interpolation::Floor, Interpolation::Nearest];
    let plans = modes.iter().flat_map(|&coordinates| methods.map(|method| Interp { method, coordinates }));
    plans.into_iter().find(|plan| axes.iter().all(|&(axis, length)| takes_the_same(plan, op, axis, length)))
}

/// Whether MNN takes the samples that ONNX takes; MNN computes positions in 32 bits as a multiple and an offset, which some
/// processors round once and some twice. (`CPUResize.hpp`, `ConvertUtils.hpp`)
fn takes_the_same(plan: &Interp, op: &Resize, axis: usize, length: usize) -> bool {
    let size = op.sizes[axis];
    let ratio = op.scales.as_ref().map_or(length as f32 / size as f32, |scales| 1.0 / scales[axis]);
    let (factor, offset) = match plan.coordinates {
        CoordinateTransformationMode::HalfPixels => (ratio, 0.5 * ratio - 0.5),
        CoordinateTransformationMode::TensorflowHalfPixels => (ratio, 0.5 * ratio),
        CoordinateTransformationMode::AlignCorners if size == 1 => (0.0, 0.0),
        CoordinateTransformationMode::AlignCorners => ((length - 1) as f32 / (size - 1) as f32, 0.0),
        _ => (ratio, 0.0),
    };
    let shift = if plan.method == Interpolation::Nearest { 0.499 } else { 0.0 };
    let sample = |position: f32| (position + shift).floor().clamp(0.0, (length - 1) as f32) as usize;
    op.taps(axis, length).iter().flatten().enumerate().all(|(i, &(expected, _))| {
        let x = i as f32;
        sample(x * factor + offset) == expected && sample(x.mul_add(factor, offset)) == expected
    })
}
