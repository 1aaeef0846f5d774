//! Operators that look up values between the pixels, at places that the data say.

use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, TensorType};

/// What [`GridSample`] takes outside of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GridPadding {
    /// Zeros.
    Zeros,
    /// The nearest pixel.
    Border,
}

/// ONNX `GridSample`: data `[N, C, H, W]` at the places `[N, H', W', 2]` (x, then y, from −1 to 1), or data `[N, C, D, H, W]` at
/// the places `[N, D', H', W', 3]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridSample {
    /// Whether values between pixels are interpolated; else the nearest pixel is taken, in the middle the one after.
    pub linear: bool,
    /// What lies outside.
    pub padding: GridPadding,
    /// Whether −1 and 1 are the centres of the first and last pixel, or their outer edges.
    pub align_corners: bool,
}

impl Operator for GridSample {
    fn name(&self) -> &'static str {
        "GridSample"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let padding = match self.padding {
            GridPadding::Zeros => "zeros",
            GridPadding::Border => "border",
        };
        let mode = if self.linear { "linear" } else { "nearest" };
        vec![("align_corners", self.align_corners.into()), ("mode", mode.into()), ("padding_mode", padding.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 2)?;
        let (data, grid) = (inputs[0], inputs[1]);
        let rank = data.rank();
        let fits = matches!(rank, 4 | 5)
            && grid.rank() == rank
            && grid.shape[0] == data.shape[0]
            && grid.shape[rank - 1] == rank - 2
            && [data, grid].iter().all(|ty| ty.dtype == DType::F32);
        if !fits {
            return Err(op_error!("{data} can't be sampled at {grid}"));
        }
        Ok(vec![TensorType::f32([&data.shape[..2], &grid.shape[1..rank - 1]].concat())])
    }
}

/// ONNX `RoiAlign` with `mode = avg`: data `[N, C, H, W]`, boxes `[R, 4]` (x, y, x, y of two corners) and the index of each box's
/// map `[R]` give `[R, C, height, width]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoiAlign {
    /// Height and width of the result.
    pub size: [usize; 2],
    /// Places that are looked up per cell and direction; 0: as many as there are pixels.
    pub sampling_ratio: usize,
    /// Pixels per unit of the boxes.
    pub spatial_scale: f32,
    /// Whether the centre of the first pixel is at one half, `coordinate_transformation_mode = half_pixel`; else it is at 0.
    pub half_pixel: bool,
}

impl Operator for RoiAlign {
    fn name(&self) -> &'static str {
        "RoiAlign"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![
            ("half_pixel", self.half_pixel.into()),
            ("output_size", self.size.as_slice().into()),
            ("sampling_ratio", self.sampling_ratio.into()),
            ("spatial_scale", self.spatial_scale.into()),
        ]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 3, 3)?;
        let [data, boxes, maps] = [inputs[0], inputs[1], inputs[2]];
        let count = boxes.shape.first().copied().unwrap_or_default();
        let fits = data.rank() == 4
            && boxes.shape == [count, 4]
            && maps.shape == [count]
            && maps.dtype == DType::I64
            && [data, boxes].iter().all(|ty| ty.dtype == DType::F32);
        if !fits {
            return Err(op_error!("no boxes {boxes} on the maps {maps} of {data}"));
        }
        Ok(vec![TensorType::f32([count, data.shape[1], self.size[0], self.size[1]])])
    }
}
