//! Tensors in buckets: few large messages instead of many small ones.

use tch::{Kind, TchError, Tensor, no_grad};

use super::{BUCKET_ELEMENTS, WorldError};

/// Tensors that wait to be sent.
#[derive(Default)]
pub(super) struct Bucket {
    tensors: Vec<Tensor>,
    elements: usize,
}

impl Bucket {
    pub(super) fn add(&mut self, tensor: Tensor) -> Result<(), WorldError> {
        if tensor.kind() != Kind::Float {
            return Err(WorldError::ElementType(tensor.kind()));
        }
        self.elements += tensor.numel();
        self.tensors.push(tensor);
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        self.elements >= BUCKET_ELEMENTS
    }

    /// What is in it, which it is not any more.
    pub(super) fn take(&mut self) -> Vec<Tensor> {
        std::mem::take(self).tensors
    }
}

/// A copy of all elements.
pub(super) fn gather(tensors: &[Tensor]) -> Result<Vec<f32>, TchError> {
    let flat = tensors.iter().map(|tensor| tensor.f_detach()?.f_reshape(-1)).collect::<Result<Vec<_>, _>>()?;
    Vec::try_from(Tensor::f_cat(&flat, 0)?)
}

/// Copies `elements` back into the tensors.
pub(super) fn scatter(elements: &[f32], tensors: &mut [Tensor]) -> Result<(), TchError> {
    let Some(first) = tensors.first() else { return Ok(()) };
    let flat = Tensor::f_from_slice(elements)?.f_to_device(first.device())?;
    let mut start = 0;
    for tensor in tensors {
        let count = tensor.numel() as i64;
        let part = flat.f_narrow(0, start, count)?.f_reshape(tensor.size())?;
        no_grad(|| tensor.f_copy_(&part))?;
        start += count;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tch::Device;

    use super::*;

    #[test]
    fn a_bucket_is_full_from_a_size_on() {
        let mut bucket = Bucket::default();
        for size in [1, BUCKET_ELEMENTS as i64 - 2, 1] {
            assert!(!bucket.is_full());
            bucket.add(Tensor::zeros([size], (Kind::Float, Device::Cpu))).unwrap();
        }
        assert!(bucket.is_full() && bucket.take().len() == 3 && !bucket.is_full() && bucket.take().is_empty());
        let error = bucket.add(Tensor::from(1_i64)).unwrap_err();
        assert_eq!(error.to_string(), "gradients to average must have elements of type Float, found Int64");
    }

    #[test]
    fn elements_go_out_and_come_back() {
        let mut tensors = [
            Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0]).reshape([2, 2]).tr(),
            Tensor::from(5f32).set_requires_grad(true),
        ];
        assert_eq!(gather(&tensors).unwrap(), [1.0, 3.0, 2.0, 4.0, 5.0]);
        scatter(&[2.0, 6.0, 4.0, 8.0, 10.0], &mut tensors).unwrap();
        assert_eq!(Vec::<f32>::try_from(tensors[0].reshape(-1)).unwrap(), [2.0, 6.0, 4.0, 8.0]);
        assert_eq!(tensors[1].double_value(&[]), 10.0);
    }
}
