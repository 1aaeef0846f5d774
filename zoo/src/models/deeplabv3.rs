//! DeepLabv3 (2017) on an encoder.

use edgeconv_graph::op::{Concat, DropoutUnit, GlobalAveragePool};
use edgeconv_graph::{Builder, GraphError, ValueId};

use super::encoder;
use super::stages::OutputStride;
use super::{ModelError, classes, sides};
use crate::layers::{ConvLayer, DepthwiseSeparable, dropout, dropout_of, resize};
use crate::options::{Activation, Deeplabv3Options, ModelOptions, SegmentationOptions};

/// Builds encoder and head: input `x` `[N, 3, H, W]`, output `logits` `[N, classes, H, W]`.
pub(crate) fn build(
    b: &mut Builder,
    options: &ModelOptions,
    segmentation: &SegmentationOptions,
    x: ValueId,
) -> Result<(), ModelError> {
    let classes = classes("model.segmentation.n_classes", Some(segmentation.n_classes))?;
    let output_stride = output_stride(segmentation)?;
    check_pyramid(&segmentation.deeplabv3)?;
    let (height, width) = sides(b, x);
    check_size(segmentation.output_stride, (height, width))?;

    let (last, auxiliary) = b.scope("encoder", |b| -> Result<_, ModelError> {
        let features = encoder::features(b, options.classification.family, output_stride, x)?;
        let last = if segmentation.use_level5_exp { features.expanded(b)? } else { features.layer_5 };
        Ok((last, features.layer_4))
    })?;
    let act = segmentation.activation.name;
    let ratio = segmentation.classifier_dropout;
    let logits = b.scope("seg_head", |b| -> Result<_, GraphError> {
        let y = b.scope("aspp.aspp_layer", |b| pyramid(b, &segmentation.deeplabv3, act, last))?;
        let y = dropout_of(b, "classifier.dropout", DropoutUnit::Channel, ratio, y)?;
        let y = ConvLayer::linear(classes).build(b, "classifier.classifier", y)?;
        resize(b, "classifier.up", (height, width), y)
    })?;
    b.output("logits", logits);
    if segmentation.use_aux_head && b.is_for_training() {
        let logits = b.scope("seg_head.aux_head", |b| auxiliary_head(b, act, classes, auxiliary))?;
        b.output("auxiliary", logits);
    }
    Ok(())
}

fn output_stride(segmentation: &SegmentationOptions) -> Result<OutputStride, ModelError> {
    match segmentation.output_stride {
        8 => Ok(OutputStride::Eight),
        16 => Ok(OutputStride::Sixteen),
        32 => Ok(OutputStride::ThirtyTwo),
        other => {
            let reason = format!("expected 8, 16 or 32, found {other}");
            Err(ModelError::Option { key: "model.segmentation.output_stride", reason })
        }
    }
}

/// The head enlarges its map by the output stride, so that other sizes would not give logits for each pixel.
fn check_size(stride: usize, (height, width): (usize, usize)) -> Result<(), ModelError> {
    if height.is_multiple_of(stride) && width.is_multiple_of(stride) {
        return Ok(());
    }
    let [nearest_height, nearest_width] = [height, width].map(|side| side.next_multiple_of(stride));
    let reason = format!(
        "with model.segmentation.output_stride={stride} each side must be a multiple of {stride}, e.g. \
         {nearest_height}x{nearest_width}"
    );
    Err(ModelError::Size { height, width, reason })
}

fn check_pyramid(pyramid: &Deeplabv3Options) -> Result<(), ModelError> {
    let error = |key, reason: &str| Err(ModelError::Option { key, reason: reason.into() });
    if pyramid.aspp_rates.contains(&0) {
        return error("model.segmentation.deeplabv3.aspp_rates", "rates must be at least 1");
    }
    if pyramid.aspp_out_channels == 0 {
        return error("model.segmentation.deeplabv3.aspp_out_channels", "there must be at least one channel");
    }
    Ok(())
}

/// Dropout in the auxiliary head.
const AUXILIARY_DROPOUT: f64 = 0.1;

/// Atrous spatial pyramid pooling: a 1×1 branch, three dilated 3×3 branches and one of the mean over the map, joined by a
/// 1×1 convolution.
fn pyramid(b: &mut Builder, options: &Deeplabv3Options, act: Activation, x: ValueId) -> Result<ValueId, GraphError> {
    let pointwise = ConvLayer::pointwise(options.aspp_out_channels, Some(act));
    let joined = b.scope("convs", |b| {
        let mut branches = vec![pointwise.build(b, "0", x)?];
        for (index, &dilation) in options.aspp_rates.iter().enumerate() {
            let path = (index + 1).to_string();
            branches.push(match options.aspp_sep_conv {
                true => DepthwiseSeparable { stride: 1, dilation, pointwise }.build(b, &path, x)?,
                false => ConvLayer { kernel: 3, dilation, ..pointwise }.build(b, &path, x)?,
            });
        }
        let pooled = b.scope("4", |b| {
            let y = b.node("aspp_pool.global_pool", GlobalAveragePool, &[x])?;
            let y = pointwise.build(b, "aspp_pool.conv_1x1", y)?;
            resize(b, "up", sides(b, x), y)
        })?;
        branches.push(pooled);
        b.node("concat", Concat { axis: 1 }, &branches)
    })?;
    let y = pointwise.build(b, "project", joined)?;
    dropout(b, "dropout", options.aspp_dropout, y)
}

/// A head on stage 4 that only training has: logits `[N, classes, H/stride, W/stride]`.
fn auxiliary_head(b: &mut Builder, act: Activation, classes: usize, x: ValueId) -> Result<ValueId, GraphError> {
    let channels = (b.shape(x)[1] / 4).max(256);
    let y = ConvLayer::spatial(channels, act).build(b, "aux_projection", x)?;
    let y = dropout_of(b, "dropout", DropoutUnit::Channel, AUXILIARY_DROPOUT, y)?;
    ConvLayer::linear(classes).build(b, "aux_classifier", y)
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Graph;

    use super::*;
    use crate::{build, find};

    fn graph(model: &str, overrides: &[&str], size: (usize, usize)) -> Result<Graph, ModelError> {
        let entry = find(model).unwrap();
        let options = overrides.iter().fold(entry.options(), |options, text| options.with_override(text).unwrap());
        build(entry, &options, 1, size)
    }

    #[test]
    fn parameters_are_the_published_ones() {
        let cases = [
            ("deeplabv3-edgeformer-s", 5_816_397),
            ("deeplabv3-mobilevit-s", 6_357_941),
            ("deeplabv3-mobilevit-xs", 2_944_069),
        ];
        for (model, parameters) in cases {
            for stride in [8, 16, 32] {
                let stride = format!("model.segmentation.output_stride={stride}");
                let graph = graph(model, &[&stride], (512, 256)).unwrap();
                graph.validate().unwrap();
                assert_eq!(graph.parameter_count(), parameters, "{model}");
                assert_eq!(graph.ty(graph.outputs()[0].value).shape, [1, 21, 512, 256]);
            }
        }
    }

    #[test]
    fn the_output_stride_is_that_of_the_last_map() {
        for stride in [8, 16, 32] {
            let text = format!("model.segmentation.output_stride={stride}");
            let graph = graph("deeplabv3-edgeformer-xs", &[&text], (128, 160)).unwrap();
            let name = "seg_head.aspp.aspp_layer.convs.concat";
            let (_, map) = graph.values().find(|(_, value)| value.name == name).unwrap();
            assert_eq!(map.ty.shape, [1, 5 * 256, 128 / stride, 160 / stride]);
        }
    }

    #[test]
    fn options_change_the_head() {
        let parameters = |text: &str| graph("deeplabv3-edgeformer-s", &[text], (64, 64)).unwrap().parameter_count();
        // Three times 3×3 from 160 to 256 channels becomes depth-wise with a norm and 1×1.
        let separable = parameters("model.segmentation.deeplabv3.aspp_sep_conv=true");
        assert_eq!(5_816_397 - separable, 3 * (9 * 160 * 256 - (9 * 160 + 2 * 160 + 160 * 256)));
        // The expansion to 640 channels, and five branches that read as many more.
        let expanded = parameters("model.segmentation.use_level5_exp=true");
        assert_eq!(expanded - 5_816_397, 103_680 + (1 + 3 * 9 + 1) * 480 * 256);
    }

    #[test]
    fn what_cannot_be_built_is_an_error() {
        for (text, size, reason) in [
            ("model.segmentation.output_stride=16", (500, 512), "multiple of 16, e.g. 512x512"),
            ("model.segmentation.output_stride=8", (500, 512), "multiple of 8, e.g. 504x512"),
            ("model.segmentation.output_stride=4", (512, 512), "expected 8, 16 or 32"),
            ("model.segmentation.n_classes=0", (512, 512), "at least one class"),
            ("model.segmentation.deeplabv3.aspp_rates=[0, 1, 2]", (512, 512), "at least 1"),
            ("model.segmentation.deeplabv3.aspp_out_channels=0", (512, 512), "at least one channel"),
            ("model.classification.edge.instance_kernel=crop", (256, 256), "each side can be 1 to 128"),
        ] {
            let error = graph("deeplabv3-edgeformer-xs", &[text], size).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
