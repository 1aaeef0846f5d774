//! Real numbers as integers of few bits, and back.

use edgeconv_tensor::{DType, Tensor, TensorType};

use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};

/// ONNX `QuantizeLinear`: `saturate(round(x / scale) + zero point)` of floats `x`, a scale, and a zero point that may be left out (0).
///
/// Scale and zero point are single numbers, `[L]` with one for each index of `axis`, or of the data's rank with one for each
/// `block_size` indices of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantizeLinear {
    /// The integers that it makes, of at most 16 bits; a zero point has the same type.
    pub to: DType,
    /// The axis along which scale and zero point may differ.
    pub axis: usize,
    /// Length of the blocks of that axis that share them; 0: there are none.
    pub block_size: usize,
}

/// ONNX `DequantizeLinear`: `(x − zero point) · scale` of integers or small floats `x`, as 32-bit floats; operands as for
/// [`QuantizeLinear`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DequantizeLinear {
    /// The axis along which scale and zero point may differ.
    pub axis: usize,
    /// Length of the blocks of that axis that share them; 0: there are none.
    pub block_size: usize,
}

impl Operator for QuantizeLinear {
    fn name(&self) -> &'static str {
        "QuantizeLinear"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let to = ("output_dtype", self.to.name().into());
        attributes(self.axis, self.block_size).into_iter().chain([to]).collect()
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (x, scale) = (inputs[0], inputs[1]);
        if x.dtype != DType::F32 || scale.dtype != DType::F32 {
            return Err(op_error!("expected floats and a scale of floats, found {x} and {scale}"));
        }
        if !self.to.is_integer() || self.to.bits() > 16 {
            return Err(op_error!("nothing is quantised to {}", self.to));
        }
        expect_parameters(self.to, &x.shape, self.axis, self.block_size, &inputs[1..])?;
        Ok(vec![TensorType { dtype: self.to, shape: x.shape.clone() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let x = inputs[0];
        let range = self.to.range()?;
        let (min, max) = (*range.start() as f32, *range.end() as f32);
        let [scale, zero_point] = parameters(x.shape(), self.axis, self.block_size, &inputs[1..])?;
        let quantize = |(index, x): (usize, &f32)| {
            let rounded = (x / scale(index)).round_ties_even() + zero_point(index);
            rounded.max(min).min(max) as i128
        };
        let integers = x.as_f32()?.iter().enumerate().map(quantize);
        Some(vec![Tensor::from_integers(self.to, x.shape(), integers).ok()?])
    }
}

impl Operator for DequantizeLinear {
    fn name(&self) -> &'static str {
        "DequantizeLinear"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        attributes(self.axis, self.block_size)
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (x, scale) = (inputs[0], inputs[1]);
        let readable =
            if x.dtype.is_integer() { x.dtype.bits() <= 32 } else { x.dtype.is_float() && x.dtype.bits() <= 8 };
        if !readable || scale.dtype != DType::F32 {
            return Err(op_error!("expected quantised numbers and a scale of floats, found {x} and {scale}"));
        }
        expect_parameters(x.dtype, &x.shape, self.axis, self.block_size, &inputs[1..])?;
        Ok(vec![TensorType::f32(x.shape.clone())])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let x = inputs[0];
        let floats = x.cast(DType::F32)?;
        let [scale, zero_point] = parameters(x.shape(), self.axis, self.block_size, &inputs[1..])?;
        let dequantize = |(index, x): (usize, &f32)| (x - zero_point(index)) * scale(index);
        let real = floats.as_f32()?.iter().enumerate().map(dequantize).collect();
        Some(vec![Tensor::f32(x.shape(), real).ok()?])
    }
}

fn attributes(axis: usize, block_size: usize) -> Vec<(&'static str, Attribute)> {
    let block_size = (block_size > 0).then(|| ("block_size", block_size.into()));
    [("axis", axis.into())].into_iter().chain(block_size).collect()
}

/// Checks that scale and zero point fit data of `shape`.
fn expect_parameters(
    dtype: DType,
    shape: &[usize],
    axis: usize,
    block_size: usize,
    parameters: &[&TensorType],
) -> Result<(), OpError> {
    if let Some(zero_point) = parameters.get(1).filter(|zero_point| zero_point.dtype != dtype) {
        return Err(op_error!("expected a zero point of type {dtype}, found {zero_point}"));
    }
    let unfit = |parameter: &&&TensorType| position(shape, axis, block_size, &parameter.shape).is_none();
    match parameters.iter().find(unfit) {
        Some(parameter) => Err(op_error!("{parameter} does not fit axis {axis} of data of shape {shape:?}")),
        None => Ok(()),
    }
}

/// The number that belongs to the element at an index.
type Lookup = Box<dyn Fn(usize) -> f32>;

/// For each element of data of `shape`: scale and zero point.
fn parameters(shape: &[usize], axis: usize, block_size: usize, parameters: &[&Tensor]) -> Option<[Lookup; 2]> {
    let lookup = |parameter: &Tensor| -> Option<Lookup> {
        let position = position(shape, axis, block_size, parameter.shape())?;
        let numbers: Vec<_> = parameter.numbers().map(|x| x as f32).collect();
        Some(Box::new(move |index| numbers[position(index)]))
    };
    let zero_point = match parameters.get(1) {
        Some(zero_point) => lookup(zero_point)?,
        None => Box::new(|_| 0.0),
    };
    Some([lookup(parameters.first()?)?, zero_point])
}

/// Where the element for an index into data of `shape` stands in a parameter; `None` if its shape does not fit.
fn position(
    shape: &[usize],
    axis: usize,
    block_size: usize,
    parameter: &[usize],
) -> Option<impl Fn(usize) -> usize + 'static> {
    let single = parameter.iter().product::<usize>() == 1;
    let length = shape.get(axis).copied();
    // Data without this axis has single parameters.
    let inner: usize = shape.get(axis + 1..).unwrap_or_default().iter().product();
    let blocks =
        length.and_then(|length| Some(length.div_ceil(if block_size == 0 { return None } else { block_size })));
    let (row, block) = match (single, length, blocks) {
        (true, ..) => (1, usize::MAX),
        (false, Some(length), None) if parameter == [length] => (length, 1),
        (false, Some(_), Some(blocks)) if parameter.len() == shape.len() => {
            let expected = shape.iter().enumerate().map(|(index, &length)| if index == axis { blocks } else { length });
            if !expected.eq(parameter.iter().copied()) {
                return None;
            }
            (blocks, block_size)
        }
        _ => return None,
    };
    let length = length.unwrap_or(1);
    let blocked = blocks.is_some();
    Some(move |index: usize| {
        if single {
            return 0;
        }
        let (outer, along, inside) = (index / (length * inner), index / inner % length, index % inner);
        if blocked { (outer * row + along / block) * inner + inside } else { along }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PER_TENSOR: (usize, usize) = (1, 0);

    fn quantize(to: DType, (axis, block_size): (usize, usize), inputs: &[&Tensor]) -> Vec<i128> {
        let op = QuantizeLinear { to, axis, block_size };
        let types: Vec<_> = inputs.iter().map(|input| input.ty()).collect();
        let ty = op.infer(&types.iter().collect::<Vec<_>>()).unwrap().remove(0);
        let result = op.evaluate(inputs).unwrap().remove(0);
        assert_eq!(result.ty(), ty);
        result.integers().unwrap().collect()
    }

    fn dequantize((axis, block_size): (usize, usize), inputs: &[&Tensor]) -> Vec<f64> {
        DequantizeLinear { axis, block_size }.evaluate(inputs).unwrap()[0].numbers().collect()
    }

    #[test]
    fn quantizing_rounds_to_even_and_saturates() {
        let x = Tensor::vector(vec![0.0, 1.0, 3.0, 5.0, 1000.0, -1000.0]);
        let (scale, zero) = (Tensor::scalar(2.0), Tensor::single(128_u8));
        assert_eq!(quantize(DType::U8, PER_TENSOR, &[&x, &scale, &zero]), [128, 128, 130, 130, 255, 0]);
        assert_eq!(quantize(DType::I4, PER_TENSOR, &[&x, &scale]), [0, 0, 2, 2, 7, -8]);
    }

    #[test]
    fn each_index_of_an_axis_may_have_its_own_scale() {
        let x = Tensor::new([2, 2, 1], vec![1_i8, 2, 3, 4]).unwrap();
        let (scale, zero) = (Tensor::vector(vec![0.5, 10.0]), Tensor::new([2], vec![1_i8, 0]).unwrap());
        assert_eq!(dequantize((1, 0), &[&x, &scale, &zero]), [0.0, 20.0, 1.0, 40.0]);
        assert_eq!(dequantize((0, 0), &[&x, &scale, &zero]), [0.0, 0.5, 30.0, 40.0]);
    }

    #[test]
    fn blocks_of_an_axis_share_a_scale() {
        let x = Tensor::new([1, 3, 2], vec![1_u8, 2, 3, 4, 5, 6]).unwrap();
        let scale = Tensor::f32([1, 2, 2], vec![1.0, 10.0, 100.0, 1000.0]).unwrap();
        assert_eq!(dequantize((1, 2), &[&x, &scale]), [1.0, 20.0, 3.0, 40.0, 500.0, 6000.0]);
    }

    #[test]
    fn parameters_that_do_not_fit_are_errors() {
        let op = QuantizeLinear { to: DType::U8, axis: 1, block_size: 0 };
        let x = TensorType::f32([2, 3]);
        let error = |parameters: &[&TensorType]| op.infer(&[&[&x], parameters].concat()).unwrap_err().to_string();
        assert_eq!(error(&[&TensorType::f32([2])]), "f32[2] does not fit axis 1 of data of shape [2, 3]");
        let zero = TensorType::new(DType::I8, []);
        assert_eq!(error(&[&TensorType::f32([]), &zero]), "expected a zero point of type u8, found i8[]");
        let wide = QuantizeLinear { to: DType::I32, axis: 1, block_size: 0 };
        assert_eq!(wide.infer(&[&x, &TensorType::f32([])]).unwrap_err().to_string(), "nothing is quantised to i32");
    }
}
