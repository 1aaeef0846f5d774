//! Batches as tensors.

use edgeconv_data::{Batch, Targets};
use edgeconv_vision::Preprocessing;
use tch::{Device, Kind, TchError, Tensor};

use crate::input::normalised;

/// A batch on the device.
#[derive(Debug)]
pub(crate) struct Examples {
    /// `[N, 3, H, W]`, as the exported network takes them: for EdgeFormer and MobileViT blue, green, red, 0 to 1
    /// (`data/transforms/image.py`).
    pub pictures: Tensor,
    /// What they show.
    pub targets: Expected,
}

/// What a network is to say about a batch.
#[derive(Debug)]
pub(crate) enum Expected {
    /// `[N]`, integers.
    Classes(Tensor),
    /// Integers `[N, anchors]` and floats `[N, anchors, 4]`.
    Anchors {
        /// Classes, 0 where there is nothing.
        labels: Tensor,
        /// Offsets of the boxes.
        offsets: Tensor,
    },
    /// `[N, H, W]`, integers.
    Masks(Tensor),
    /// Nothing that a loss is computed from.
    Nothing,
}

impl Examples {
    /// A batch for a network that takes pictures prepared like that.
    pub(crate) fn new(batch: &Batch, preprocessing: &Preprocessing, device: Device) -> Result<Self, TchError> {
        let (len, height, width) = (batch.len as i64, batch.height as i64, batch.width as i64);
        let bytes = |bytes: &[u8], shape: &[i64]| Tensor::f_from_data_size(bytes, shape, Kind::Uint8)?.f_to(device);
        let longs = |numbers: &[i64], shape: &[i64]| Tensor::f_from_slice(numbers)?.f_reshape(shape)?.f_to(device);
        let pictures = normalised(&batch.pictures, batch.height * batch.width, preprocessing);
        let pictures = Tensor::f_from_slice(&pictures)?.f_reshape([len, 3, height, width])?.f_to(device)?;
        let targets = match &batch.targets {
            Targets::Classes(classes) => Expected::Classes(longs(classes, &[len])?),
            Targets::Anchors { labels, offsets } => Expected::Anchors {
                labels: longs(labels, &[len, -1])?,
                offsets: Tensor::f_from_slice(offsets)?.f_reshape([len, -1, 4])?.f_to(device)?,
            },
            Targets::Masks(masks) => Expected::Masks(bytes(masks, &[len, height, width])?.f_to_kind(Kind::Int64)?),
            Targets::Objects(_) => Expected::Nothing,
        };
        Ok(Self { pictures, targets })
    }

    /// Number of pictures.
    pub(crate) fn len(&self) -> usize {
        self.pictures.size().first().map_or(0, |&len| len as usize)
    }
}
