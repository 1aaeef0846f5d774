//! What the encoders of EdgeFormer and MobileViT have in common: MobileNetV2 blocks, and three stages with a body of their own.

use edgeconv_graph::{Builder, GraphError, ValueId};

use crate::layers::{ConvLayer, InvertedResidual};
use crate::options::Activation;

/// The stride of the last map where it is not 32.
///
/// As in the official code, a stage that keeps the resolution is dilated only if the one before does so too, and only in
/// its first block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputStride {
    Eight,
    Sixteen,
    ThirtyTwo,
}

impl OutputStride {
    /// Stride and dilation of the first block of stages 3, 4 and 5.
    fn steps(self) -> [(usize, usize); 3] {
        match self {
            Self::Eight => [(2, 1), (1, 1), (1, 2)],
            Self::Sixteen => [(2, 1), (2, 1), (1, 1)],
            Self::ThirtyTwo => [(2, 1), (2, 1), (2, 1)],
        }
    }

    /// Size of the outputs of stages 3, 4 and 5 relative to the input's.
    pub fn strides(self) -> [usize; 3] {
        match self {
            Self::Eight => [8, 8, 8],
            Self::Sixteen => [8, 16, 16],
            Self::ThirtyTwo => [8, 16, 32],
        }
    }
}

/// Widths of an encoder.
pub(crate) struct Widths {
    pub stem: usize,
    pub stem_kernel: usize,
    /// By how much the MobileNetV2 blocks expand.
    pub expand: usize,
    pub layer_1: usize,
    pub layer_2: usize,
    /// Outputs of stages 3, 4 and 5.
    pub stages: [usize; 3],
}

/// The outputs of stages 3, 4 and 5: maps `[N, C, H, W]` with an eighth, 16th and 32nd of the input's sides, rounded up,
/// where no other output stride is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Features {
    pub layer_3: ValueId,
    pub layer_4: ValueId,
    pub layer_5: ValueId,
    act: Activation,
}

impl Features {
    /// What the 1×1 convolution after the last stage makes of it.
    pub fn expanded(&self, b: &mut Builder) -> Result<ValueId, GraphError> {
        let channels = (4 * b.shape(self.layer_5)[1]).min(960);
        ConvLayer::pointwise(channels, Some(self.act)).build(b, "conv_1x1_exp", self.layer_5)
    }
}

impl Widths {
    /// The encoder. `body` builds what follows the first block of a stage, given the stage's index from 0.
    pub fn features(
        &self,
        b: &mut Builder,
        act: Activation,
        output_stride: OutputStride,
        x: ValueId,
        body: impl Fn(&mut Builder, usize, ValueId) -> Result<ValueId, GraphError>,
    ) -> Result<Features, GraphError> {
        let block = |out, stride| InvertedResidual { expand: self.expand, out, stride, dilation: 1, act };
        let stem = ConvLayer { kernel: self.stem_kernel, stride: 2, ..ConvLayer::spatial(self.stem, act) };
        let x = stem.build(b, "conv_1", x)?;
        let x = block(self.layer_1, 1).build(b, "layer_1.0", x)?;
        let x = block(self.layer_2, 2).build(b, "layer_2.0", x)?;
        let x = block(self.layer_2, 1).build(b, "layer_2.1", x)?;
        let x = block(self.layer_2, 1).build(b, "layer_2.2", x)?;
        let stage = |b: &mut Builder, index: usize, x| {
            let (stride, dilation) = output_stride.steps()[index];
            b.scope(format!("layer_{}", index + 3), |b| {
                let first = InvertedResidual { dilation, ..block(self.stages[index], stride) };
                let x = first.build(b, "0", x)?;
                b.scope("1", |b| body(b, index, x))
            })
        };
        let layer_3 = stage(b, 0, x)?;
        let layer_4 = stage(b, 1, layer_3)?;
        let layer_5 = stage(b, 2, layer_4)?;
        Ok(Features { layer_3, layer_4, layer_5, act })
    }
}
