//! Encoders by family, for detection and segmentation; and classifiers.

use edgeconv_graph::{Builder, GraphError, ValueId};

use super::stages::{Features, OutputStride};
use super::{ModelError, classes, convnext, edgeformer, mobilenetv2, mobilevit, resnet};
use crate::layers::{dropout, fully_connected, global_pool};
use crate::options::{ClassificationOptions, Family};

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
        family @ (Family::Edgeformer { .. } | Family::Mobilevit { .. }) => {
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
