use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// Which sample [`ResizeMode::Nearest`] takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// The nearest one, in the middle the one before.
    PreferFloor,
    /// The nearest one, in the middle the one after.
    PreferCeil,
    /// The one before.
    Floor,
    /// The one after.
    Ceil,
}

impl Rounding {
    /// ONNX's name of the `nearest_mode`.
    pub fn name(self) -> &'static str {
        match self {
            Rounding::PreferFloor => "round_prefer_floor",
            Rounding::PreferCeil => "round_prefer_ceil",
            Rounding::Floor => "floor",
            Rounding::Ceil => "ceil",
        }
    }

    fn round(self, position: f64) -> f64 {
        match self {
            Rounding::PreferFloor => (position - 0.5).ceil(),
            Rounding::PreferCeil => (position + 0.5).floor(),
            Rounding::Floor => position.floor(),
            Rounding::Ceil => position.ceil(),
        }
    }
}

/// The samples that make an output, and their weights.
pub type Taps = Vec<(usize, f32)>;

/// How [`Resize`] finds values between the samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResizeMode {
    /// It takes one of them.
    Nearest(Rounding),
    /// Linear interpolation.
    Linear,
    /// Cubic convolution.
    Cubic {
        /// Keys' coefficient, ONNX `cubic_coeff_a`: −0.75 in most frameworks, −0.5 in some.
        coefficient: f32,
    },
}

impl ResizeMode {
    /// ONNX's name of the `mode`.
    pub fn name(self) -> &'static str {
        match self {
            ResizeMode::Nearest(_) => "nearest",
            ResizeMode::Linear => "linear",
            ResizeMode::Cubic { .. } => "cubic",
        }
    }

    /// What an output at `position` between `length` samples is made of. `shrink`: how much further than usual samples count,
    /// below 1 for antialiasing. `exclude_outside`: whether samples outside have no weight; else they are the first and the last.
    pub fn taps(self, position: f64, length: usize, shrink: f64, exclude_outside: bool) -> Taps {
        let last = length.saturating_sub(1) as f64;
        let clamped = |sample: f64| sample.clamp(0.0, last) as usize;
        let support = match self {
            ResizeMode::Nearest(rounding) => return vec![(clamped(rounding.round(position)), 1.0)],
            ResizeMode::Linear => 1.0 / shrink,
            ResizeMode::Cubic { .. } => 2.0 / shrink,
        };
        let first = (position - support).floor() as i64;
        let samples = (first..=(position + support).ceil() as i64).map(|sample| sample as f64);
        let inside = |sample: &f64| !exclude_outside || (0.0..=last).contains(sample);
        let weighted = samples.filter(inside).map(|sample| (sample, self.kernel((sample - position) * shrink)));
        let weighted: Vec<_> = weighted.filter(|&(_, weight)| weight != 0.0).collect();
        let sum: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        weighted.into_iter().map(|(sample, weight)| (clamped(sample), (weight / sum) as f32)).collect()
    }

    /// The weight of a sample at this distance, for interpolation.
    fn kernel(self, distance: f64) -> f64 {
        let x = distance.abs();
        match self {
            ResizeMode::Nearest(_) | ResizeMode::Linear => (1.0 - x).max(0.0),
            ResizeMode::Cubic { coefficient } => {
                let a = f64::from(coefficient);
                match x {
                    _ if x <= 1.0 => ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0,
                    _ if x < 2.0 => ((a * x - 5.0 * a) * x + 8.0 * a) * x - 4.0 * a,
                    _ => 0.0,
                }
            }
        }
    }
}

/// Where the outputs of [`Resize`] lie between the samples: ONNX's `coordinate_transformation_mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coordinates {
    /// Samples are the centres of pixels: PyTorch's `align_corners = false`.
    HalfPixel,
    /// The same, with the middle of the output in the middle of the data where the scale leaves a rest.
    HalfPixelSymmetric,
    /// The same as [`Coordinates::HalfPixel`], but a single output is the first sample.
    PytorchHalfPixel,
    /// The first and the last output are the first and the last sample.
    AlignCorners,
    /// Samples are the left edges of pixels.
    Asymmetric,
    /// Outputs are the centres of pixels, samples their left edges.
    TfHalfPixelForNn,
}

impl Coordinates {
    /// ONNX's name.
    pub fn name(self) -> &'static str {
        match self {
            Coordinates::HalfPixel => "half_pixel",
            Coordinates::HalfPixelSymmetric => "half_pixel_symmetric",
            Coordinates::PytorchHalfPixel => "pytorch_half_pixel",
            Coordinates::AlignCorners => "align_corners",
            Coordinates::Asymmetric => "asymmetric",
            Coordinates::TfHalfPixelForNn => "tf_half_pixel_for_nn",
        }
    }
}

/// ONNX `Resize` to fixed sizes.
///
/// GCC's kernels and position embeddings are resized with aligned corners to the feature's size, for each axis
/// separately. Those are constants, so no run-time interpolation reaches an output file.
#[derive(Debug, Clone, PartialEq)]
pub struct Resize {
    /// Interpolation.
    pub mode: ResizeMode,
    /// Where the outputs lie.
    pub coordinates: Coordinates,
    /// The new shape, all axes.
    pub sizes: Vec<usize>,
    /// The scale of each axis, if it is not the ratio of its sizes.
    pub scales: Option<Vec<f32>>,
    /// Whether samples outside of the data have no weight; else they are the first and the last one.
    pub exclude_outside: bool,
    /// Whether a smaller output is the mean of more samples.
    pub antialias: bool,
}

impl Resize {
    /// Linear interpolation.
    pub fn linear(coordinates: Coordinates, sizes: Vec<usize>) -> Self {
        Self { mode: ResizeMode::Linear, coordinates, sizes, scales: None, exclude_outside: false, antialias: false }
    }

    /// The given scale of an axis.
    fn given_scale(&self, axis: usize) -> Option<f64> {
        Some(self.scales.as_ref()?[axis].into())
    }

    /// Where output `i` lies between the `length` samples of an axis.
    pub fn position(&self, axis: usize, length: usize, i: usize) -> f64 {
        let size = self.sizes[axis];
        let (x, count) = (i as f64, size as f64);
        if self.given_scale(axis).map_or(size == length, |scale| scale == 1.0) {
            return x;
        }
        let length = length as f64;
        // Multiplied first, the quotient of sizes is exact where it is an integer or a half.
        let unscaled = |x: f64| match self.given_scale(axis) {
            // In 32 bits, as ONNX Runtime does it: so 3 / 0.6 is 5.
            Some(scale) => (x as f32 / scale as f32).into(),
            None => x * length / count,
        };
        match self.coordinates {
            Coordinates::AlignCorners | Coordinates::PytorchHalfPixel if size == 1 => 0.0,
            Coordinates::AlignCorners => x * (length - 1.0) / (count - 1.0),
            Coordinates::HalfPixel | Coordinates::PytorchHalfPixel => unscaled(x + 0.5) - 0.5,
            Coordinates::HalfPixelSymmetric => {
                let whole = self.given_scale(axis).map_or(count, |scale| scale * length);
                let rest = length as f32 / 2.0 * (1.0 - count as f32 / whole as f32);
                f64::from(rest + unscaled(x + 0.5) as f32 - 0.5)
            }
            Coordinates::Asymmetric => unscaled(x),
            Coordinates::TfHalfPixelForNn => unscaled(x + 0.5),
        }
    }

    /// The same, in 32 bits as PyTorch computes it, for what the zoo's models use.
    fn position_like_pytorch(&self, axis: usize, length: usize, i: usize) -> Option<f32> {
        let size = self.sizes[axis];
        match self.coordinates {
            _ if self.mode != ResizeMode::Linear || self.scales.is_some() => None,
            Coordinates::AlignCorners if size > 1 => Some(i as f32 * ((length - 1) as f32 / (size - 1) as f32)),
            Coordinates::HalfPixel => {
                let scale = length as f32 / size as f32;
                Some(((i as f32 + 0.5) * scale - 0.5).max(0.0))
            }
            _ => None,
        }
    }

    /// Whether each size is the product of length and given scale, rounded down, as ONNX computes it from scales.
    pub fn follows_scales(&self, shape: &[usize]) -> bool {
        let Some(scales) = &self.scales else { return false };
        let product = |(axis, &size): (usize, &usize)| (shape[axis] as f32 * scales[axis]) as usize == size;
        self.sizes.iter().enumerate().all(product)
    }

    /// For each output of an axis of `length` samples what it is made of.
    pub fn taps(&self, axis: usize, length: usize) -> Vec<Taps> {
        (0..self.sizes[axis]).map(|i| self.taps_of(axis, length, i)).collect()
    }

    /// Whether the outputs of an axis of `length` samples are these samples.
    pub fn keeps(&self, axis: usize, length: usize) -> bool {
        let is_sample = |i: usize| {
            let taps = self.taps_of(axis, length, i);
            taps.iter().all(|&(sample, weight)| sample == i || weight == 0.0)
        };
        self.sizes[axis] == length && (0..length).all(is_sample)
    }

    fn taps_of(&self, axis: usize, length: usize, i: usize) -> Taps {
        let ratio = self.given_scale(axis).unwrap_or(self.sizes[axis] as f64 / length as f64);
        let shrink = if self.antialias { ratio.min(1.0) } else { 1.0 };
        if let (Some(position), true) = (self.position_like_pytorch(axis, length, i), shrink == 1.0) {
            let last = length.saturating_sub(1);
            let low = (position as usize).min(last);
            let weight = position - low as f32;
            return vec![(low, 1.0 - weight), ((low + 1).min(last), weight)];
        }
        self.mode.taps(self.position(axis, length, i), length, shrink, self.exclude_outside)
    }
}

impl Operator for Resize {
    fn name(&self) -> &'static str {
        "Resize"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let mut mode = format!("{}, {}", self.mode.name(), self.coordinates.name());
        match self.mode {
            ResizeMode::Nearest(rounding) => mode += &format!(", {}", rounding.name()),
            ResizeMode::Linear => {}
            ResizeMode::Cubic { coefficient } => mode += &format!(", {coefficient}"),
        }
        for (name, set) in [("exclude_outside", self.exclude_outside), ("antialias", self.antialias)] {
            if set {
                mode += &format!(", {name}");
            }
        }
        let mut attributes = vec![("mode", mode.into()), ("sizes", self.sizes.as_slice().into())];
        attributes.extend(self.scales.as_ref().map(|scales| ("scales", scales.as_slice().into())));
        attributes
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let ty = inputs[0];
        let fits = ty.rank() == self.sizes.len()
            && !self.sizes.contains(&0)
            && !ty.is_empty()
            && self.scales.as_ref().is_none_or(|scales| scales.len() == ty.rank());
        if !fits {
            return Err(op_error!("{ty} can't be resized to {:?}", self.sizes));
        }
        if ty.dtype != DType::F32 && !matches!(self.mode, ResizeMode::Nearest(_)) {
            return Err(op_error!("{ty} can't be interpolated"));
        }
        Ok(vec![TensorType { dtype: ty.dtype, shape: self.sizes.clone() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let mut tensor = inputs[0].clone();
        // What shrinks comes first, so that nothing in between is larger than data or result.
        let mut axes: Vec<_> = (0..self.sizes.len()).collect();
        axes.sort_by_key(|&axis| self.sizes[axis] > tensor.shape()[axis]);
        for axis in axes {
            let length = tensor.shape()[axis];
            if !self.keeps(axis, length) {
                tensor = resize_axis(&tensor, axis, &self.taps(axis, length))?;
            }
        }
        Some(vec![tensor])
    }
}

/// Computes the outputs of one axis.
fn resize_axis(tensor: &Tensor, axis: usize, taps: &[Taps]) -> Option<Tensor> {
    let mut shape = tensor.shape().to_vec();
    let length = shape[axis];
    let inner: usize = shape[axis + 1..].iter().product();
    shape[axis] = taps.len();
    let Some(data) = tensor.as_f32() else {
        let outer: usize = shape[..axis].iter().product();
        let samples = (0..outer).flat_map(|row| taps.iter().map(move |taps| Some(row * length + taps.first()?.0)));
        let samples = samples.collect::<Option<Vec<_>>>()?;
        return tensor.pick(shape, samples.into_iter().flat_map(|sample| sample * inner..(sample + 1) * inner));
    };
    let mut resized = Vec::with_capacity(shape.iter().product());
    for row in data.chunks(length * inner) {
        for taps in taps {
            let blend = |j| taps.iter().map(|&(sample, weight)| weight * row[sample * inner + j]).sum::<f32>();
            resized.extend((0..inner).map(blend));
        }
    }
    Tensor::f32(shape, resized).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resize(data: &[f32], size: usize) -> Vec<f32> {
        apply(&Resize::linear(Coordinates::AlignCorners, vec![1, 1, size, 1]), data)
    }

    fn apply(op: &Resize, data: &[f32]) -> Vec<f32> {
        let kernel = Tensor::f32([1, 1, data.len(), 1], data.to_vec()).unwrap();
        assert!(op.infer(&[&kernel.ty()]).is_ok());
        op.evaluate(&[&kernel]).unwrap()[0].as_f32().unwrap().to_vec()
    }

    #[test]
    fn corners_stay_and_the_rest_is_linear() {
        assert_eq!(resize(&[0.0, 1.0, 4.0], 5), [0.0, 0.5, 1.0, 2.5, 4.0]);
        assert_eq!(resize(&[0.0, 0.5, 1.0, 2.5, 4.0], 3), [0.0, 1.0, 4.0]);
    }

    #[test]
    fn half_pixels_keep_the_borders() {
        let to = |size| Resize::linear(Coordinates::HalfPixel, vec![1, 1, size, 1]);
        assert_eq!(apply(&to(4), &[0.0, 4.0]), [0.0, 1.0, 3.0, 4.0]);
        assert_eq!(apply(&to(3), &[5.0]), [5.0, 5.0, 5.0]);
    }

    #[test]
    fn one_sample_is_the_first() {
        assert_eq!(resize(&[3.0, 7.0], 1), [3.0]);
        assert_eq!(resize(&[3.0], 3), [3.0, 3.0, 3.0]);
    }

    #[test]
    fn the_nearest_sample() {
        let data = [0.0, 1.0, 2.0, 3.0];
        let to = |size, coordinates, rounding| {
            let mode = ResizeMode::Nearest(rounding);
            apply(&Resize { mode, ..Resize::linear(coordinates, vec![1, 1, size, 1]) }, &data)
        };
        assert_eq!(to(6, Coordinates::Asymmetric, Rounding::Floor), [0.0, 0.0, 1.0, 2.0, 2.0, 3.0]);
        assert_eq!(to(6, Coordinates::Asymmetric, Rounding::Ceil), [0.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
        // At 0.5 and 2.5.
        assert_eq!(to(2, Coordinates::HalfPixel, Rounding::PreferFloor), [0.0, 2.0]);
        assert_eq!(to(2, Coordinates::HalfPixel, Rounding::PreferCeil), [1.0, 3.0]);
    }

    #[test]
    fn a_given_scale_decides_where_the_outputs_lie() {
        // 3 · 0.7 = 2.1 leaves two outputs, at 0.5 / 0.7 − 0.5 and 1.5 / 0.7 − 0.5.
        let op = Resize {
            scales: Some(vec![1.0, 1.0, 0.7, 1.0]),
            ..Resize::linear(Coordinates::HalfPixel, vec![1, 1, 2, 1])
        };
        let result = apply(&op, &[0.0, 7.0, 14.0]);
        assert!((result[0] - 1.5).abs() < 1e-5 && (result[1] - 11.5).abs() < 1e-5, "{result:?}");
    }

    #[test]
    fn cubic_and_antialiased_weights_sum_to_one() {
        let cubic = ResizeMode::Cubic { coefficient: -0.75 };
        for (mode, antialias) in [(cubic, false), (cubic, true), (ResizeMode::Linear, true)] {
            let op = Resize { mode, antialias, ..Resize::linear(Coordinates::HalfPixel, vec![1, 1, 3, 1]) };
            for value in apply(&op, &[2.0; 8]) {
                assert!((value - 2.0).abs() < 1e-6);
            }
        }
        // The weights of four samples are 1, 3, 3 and 1 of 8.
        let op = Resize { antialias: true, ..Resize::linear(Coordinates::HalfPixel, vec![1, 1, 4, 1]) };
        assert_eq!(apply(&op, &[0.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0, 0.0]), [0.0, 3.0, 1.0, 0.0]);
    }
}
