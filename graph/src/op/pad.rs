use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// What [`Pad`] adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PadMode {
    /// This number; of integers the one without fraction, of booleans whether it is not 0.
    Constant(f32),
    /// The elements mirrored at the first and last one, which are not repeated.
    Reflect,
    /// The first and last element.
    Edge,
}

/// ONNX `Pad`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pad {
    /// What is added.
    pub mode: PadMode,
    /// For each axis the number of elements added before and after it.
    pub pads: Vec<[usize; 2]>,
}

impl Pad {
    /// The element of the data that stands at each index of a padded axis; `None` for the constant.
    fn sources(&self, axis: usize, length: usize) -> Vec<Option<usize>> {
        let [before, after] = self.pads[axis];
        let last = length as isize - 1;
        let source = |index: isize| match self.mode {
            _ if (0..=last).contains(&index) => Some(index),
            PadMode::Constant(_) => None,
            PadMode::Reflect => Some(last - (last - index.abs()).abs()),
            PadMode::Edge => Some(index.clamp(0, last)),
        };
        (0..before + length + after).map(|index| source(index as isize - before as isize).map(|i| i as usize)).collect()
    }

    /// The number that is added, as a tensor `[]`.
    pub fn constant(&self, dtype: DType) -> Option<Tensor> {
        let PadMode::Constant(value) = self.mode else { return None };
        Tensor::scalar(value).cast(dtype)
    }
}

impl Operator for Pad {
    fn name(&self) -> &'static str {
        "Pad"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let mode = match self.mode {
            PadMode::Constant(value) => format!("constant, {value}"),
            PadMode::Reflect => "reflect".to_owned(),
            PadMode::Edge => "edge".to_owned(),
        };
        vec![("mode", mode.into()), ("pads", format!("{:?}", self.pads).into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let shape = &inputs[0].shape;
        // The reflection stays within the data.
        let limit = |length: usize| match self.mode {
            PadMode::Constant(_) => usize::MAX,
            PadMode::Reflect => length.saturating_sub(1),
            PadMode::Edge => length.saturating_mul(usize::MAX),
        };
        let fits = |(&length, pads): (&usize, &[usize; 2])| pads.iter().all(|&pad| pad <= limit(length));
        if self.pads.len() != shape.len() || !shape.iter().zip(&self.pads).all(fits) {
            return Err(op_error!("{} can't be padded by {:?}", inputs[0], self.pads));
        }
        let padded = shape
            .iter()
            .zip(&self.pads)
            .map(|(length, [before, after])| length.saturating_add(*before).saturating_add(*after));
        Ok(vec![TensorType { dtype: inputs[0].dtype, shape: padded.collect() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let data = inputs[0];
        let shape: Vec<_> = data.shape().iter().zip(&self.pads).map(|(length, [a, b])| a + length + b).collect();
        let mut positions = vec![Some(0)];
        for (axis, &length) in data.shape().iter().enumerate() {
            let sources = self.sources(axis, length);
            let along = |&position: &Option<usize>| {
                sources.iter().map(move |&source| Some(position? * length + source?)).collect::<Vec<_>>()
            };
            positions = positions.iter().flat_map(along).collect();
        }
        let mut parts = vec![data.clone()];
        parts.extend(self.constant(data.dtype()));
        let all = Tensor::join([parts.iter().map(Tensor::len).sum::<usize>()], &parts)?;
        Some(vec![all.pick(shape, positions.into_iter().map(|position| position.unwrap_or(data.len())))?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pad(mode: PadMode, data: &[f32], pads: [usize; 2]) -> Vec<f32> {
        let data = Tensor::f32([1, data.len()], data.to_vec()).unwrap();
        let op = Pad { mode, pads: vec![[0, 0], pads] };
        let ty = op.infer(&[&data.ty()]).unwrap().remove(0);
        let result = op.evaluate(&[&data]).unwrap().remove(0);
        assert_eq!(result.ty(), ty);
        result.as_f32().unwrap().to_vec()
    }

    #[test]
    fn all_modes() {
        let data = [1.0, 2.0, 3.0];
        assert_eq!(pad(PadMode::Constant(9.0), &data, [1, 2]), [9.0, 1.0, 2.0, 3.0, 9.0, 9.0]);
        assert_eq!(pad(PadMode::Edge, &data, [1, 4]), [1.0, 1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0]);
        assert_eq!(pad(PadMode::Reflect, &data, [2, 1]), [3.0, 2.0, 1.0, 2.0, 3.0, 2.0]);
        let wide = Pad { mode: PadMode::Reflect, pads: vec![[0, 3]] };
        assert!(wide.infer(&[&TensorType::f32([3])]).is_err());
    }

    #[test]
    fn a_corner_is_padded_once() {
        let data = Tensor::i64([1, 1], vec![5]).unwrap();
        let op = Pad { mode: PadMode::Constant(7.0), pads: vec![[1, 0], [0, 1]] };
        assert_eq!(op.evaluate(&[&data]).unwrap(), [Tensor::i64([2, 2], vec![7, 7, 5, 7]).unwrap()]);
    }
}
