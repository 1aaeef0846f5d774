//! Tensors in buckets: few large messages instead of many small ones.

use std::ops::Range;

use tch::{TchError, Tensor, no_grad};

/// Elements of a bucket, unless one tensor has more.
const ELEMENTS: usize = 2 << 20;

/// Consecutive tensors with at most that many elements together, and how many they have.
pub(super) fn split(tensors: &[Tensor]) -> Vec<(Range<usize>, usize)> {
    let mut buckets: Vec<(Range<usize>, usize)> = vec![];
    for (index, count) in tensors.iter().map(Tensor::numel).enumerate() {
        match buckets.last_mut() {
            Some((range, total)) if *total + count <= ELEMENTS => {
                range.end = index + 1;
                *total += count;
            }
            _ => buckets.push((index..index + 1, count)),
        }
    }
    buckets
}

/// Copies all elements into `elements`, which has as many.
pub(super) fn gather(tensors: &[Tensor], elements: &mut [f32]) -> Result<(), TchError> {
    let flat = tensors.iter().map(|tensor| tensor.f_detach()?.f_reshape(-1)).collect::<Result<Vec<_>, _>>()?;
    Tensor::f_cat(&flat, 0)?.f_copy_data(elements, elements.len())
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
    use tch::{Device, Kind};

    use super::*;

    #[test]
    fn buckets_are_full_and_hold_every_tensor_once() {
        let sizes = [1 << 20, 1 << 20, 1, 3 << 20, 5];
        let tensors = sizes.map(|size: i64| Tensor::zeros([size], (Kind::Float, Device::Cpu)));
        assert_eq!(split(&tensors), [(0..2, 2 << 20), (2..3, 1), (3..4, 3 << 20), (4..5, 5)]);
        assert!(split(&[]).is_empty());
    }

    #[test]
    fn elements_go_out_and_come_back() {
        let mut tensors = [
            Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0]).reshape([2, 2]).tr(),
            Tensor::from(5f32).set_requires_grad(true),
        ];
        let mut elements = [0.0; 5];
        gather(&tensors, &mut elements).unwrap();
        assert_eq!(elements, [1.0, 3.0, 2.0, 4.0, 5.0]);
        scatter(&elements.map(|x| 2.0 * x), &mut tensors).unwrap();
        assert_eq!(Vec::<f32>::try_from(tensors[0].reshape(-1)).unwrap(), [2.0, 6.0, 4.0, 8.0]);
        assert_eq!(tensors[1].double_value(&[]), 10.0);
    }
}
