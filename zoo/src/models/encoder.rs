//! What EdgeFormer and MobileViT have in common: MobileNetV2 blocks, three stages with a body of their own, a classifier;
//! and the encoder that the stages are for detection and segmentation.

use edgeconv_graph::{Builder, GraphError, ValueId};

use super::{ModelError, classes, convnext, edgeformer, mobilenetv2, mobilevit, resnet};
use crate::layers::{ConvLayer, InvertedResidual, dropout, fully_connected, global_pool};
use crate::options::{Activation, ClassificationOptions, Family};

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

/// The encoder of a family for input `x` `[N, 3, H, W]`.
pub(crate) fn features(
    b: &mut Builder,
    family: Family,
    output_stride: OutputStride,
    x: ValueId,
) -> Result<Features, ModelError> {
    match family {
        Family::Edgeformer { activation, edge } => edgeformer::features(b, activation.name, &edge, output_stride, x),
        Family::Mobilevit { activation, mit } => mobilevit::features(b, activation.name, &mit, output_stride, x),
        _ => {
            let reason = "only edgeformer and mobilevit can be encoders of a detector or segmenter".into();
            Err(ModelError::Option { key: "model.classification.name", reason })
        }
    }
}

/// Builds a classifier: input `x` `[N, 3, H, W]`, output `logits` `[N, classes]`.
pub(crate) fn classify(b: &mut Builder, options: &ClassificationOptions, x: ValueId) -> Result<(), ModelError> {
    let classes = classes("model.classification.n_classes", options.n_classes)?;
    let ratio = options.classifier_dropout;
    let logits = match options.family {
        Family::ConvnextXt { parc } => convnext::classify(b, parc, classes, options.drop_path_rate, x)?,
        Family::Mobilenetv2 { parc } => mobilenetv2::classify(b, parc, classes, ratio, x)?,
        Family::Resnet50 { parc } => resnet::classify(b, parc, classes, x)?,
        family => {
            let x = features(b, family, OutputStride::ThirtyTwo, x)?.expanded(b)?;
            b.scope("classifier", |b| classifier(b, classes, ratio, x))?
        }
    };
    b.output("logits", logits);
    Ok(())
}

/// Mean over the map, dropout, then a linear layer.
fn classifier(b: &mut Builder, classes: usize, ratio: f64, x: ValueId) -> Result<ValueId, GraphError> {
    let y = global_pool(b, x)?;
    let y = dropout(b, "dropout", ratio, y)?;
    fully_connected(b, "fc", classes, y)
}
