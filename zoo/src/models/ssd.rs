//! SSD (ECCV 2016) on an encoder, with separable convolutions.

use std::collections::BTreeSet;

use edgeconv_graph::op::{Concat, GlobalAveragePool, Reshape, Split, Transpose};
use edgeconv_graph::{Builder, GraphError, ValueId};

use super::encoder;
use super::stages::OutputStride;
use super::{ModelError, classes};
use crate::layers::{ConvLayer, DepthwiseSeparable};
use crate::options::{ActivationOptions, DetectionOptions, ModelOptions, SsdOptions};

/// One map that an SSD detector finds boxes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorLevel {
    /// Rows of the map.
    pub height: usize,
    /// Columns of the map.
    pub width: usize,
    /// Ratios of width and height, ascending, each once; every ratio gives a wide and a tall anchor.
    pub aspect_ratios: Vec<usize>,
}

impl AnchorLevel {
    /// Anchors of a cell: two squares and two for each ratio.
    pub fn anchors_per_cell(&self) -> usize {
        2 + 2 * self.aspect_ratios.len()
    }

    /// Anchors of the map.
    pub fn anchors(&self) -> usize {
        self.height * self.width * self.anchors_per_cell()
    }
}

/// The levels of an SSD detector for an input of that height and width, in the order of its outputs; their anchors are
/// ordered by rows, columns, and then within a cell.
///
/// # Errors
/// If a level can't be built.
pub fn anchor_levels(ssd: &SsdOptions, (height, width): (usize, usize)) -> Result<Vec<AnchorLevel>, ModelError> {
    let shrink = |stride: usize| (height.div_ceil(stride), width.div_ceil(stride));
    let mut last = shrink(32);
    let levels = levels(ssd)?.into_iter().map(|level| {
        let (height, width) = match level.map {
            Map::Encoder(stride) => shrink(stride),
            Map::Halved(_) => {
                last = (last.0.div_ceil(2), last.1.div_ceil(2));
                last
            }
            Map::Pooled => {
                last = (1, 1);
                last
            }
        };
        AnchorLevel { height, width, aspect_ratios: level.aspect_ratios }
    });
    Ok(levels.collect())
}

/// What the options say about a level.
struct Level {
    map: Map,
    channels: usize,
    aspect_ratios: Vec<usize>,
}

/// Where a level's map comes from.
#[derive(Debug, Clone, Copy)]
enum Map {
    /// A stage of the encoder with this stride.
    Encoder(usize),
    /// Half of the last map; the number is only a name.
    Halved(i64),
    /// The mean over the last map.
    Pooled,
}

fn levels(ssd: &SsdOptions) -> Result<Vec<Level>, ModelError> {
    let SsdOptions { output_strides, proj_channels, anchors_aspect_ratio, .. } = ssd;
    let error = |key, reason| Err(ModelError::Option { key, reason });
    let strides = "model.detection.ssd.output_strides";
    if output_strides.is_empty() {
        return error(strides, "there must be at least one level".into());
    }
    if output_strides.iter().collect::<BTreeSet<_>>().len() < output_strides.len() {
        return error(strides, format!("a level is given twice: {output_strides:?}"));
    }
    let count = output_strides.len();
    if proj_channels.len() != count || proj_channels.contains(&0) {
        let reason = format!("expected {count} positive numbers, one for each output stride, found {proj_channels:?}");
        return error("model.detection.ssd.proj_channels", reason);
    }
    if anchors_aspect_ratio.len() != count || anchors_aspect_ratio.iter().flatten().any(|&ratio| ratio == 0) {
        let reason = format!(
            "expected {count} lists of positive numbers, one for each output stride, found {anchors_aspect_ratio:?}"
        );
        return error("model.detection.ssd.anchors_aspect_ratio", reason);
    }
    let mut levels = vec![];
    for ((&stride, &channels), ratios) in output_strides.iter().zip(proj_channels).zip(anchors_aspect_ratio) {
        let map = match stride {
            8 | 16 | 32 => Map::Encoder(stride.unsigned_abs() as usize),
            33.. => Map::Halved(stride),
            -1 => Map::Pooled,
            _ => return error(strides, format!("expected 8, 16, 32, numbers above 32 or -1, found {stride}")),
        };
        let aspect_ratios = BTreeSet::from_iter(ratios.iter().copied()).into_iter().collect();
        levels.push(Level { map, channels, aspect_ratios });
    }
    Ok(levels)
}

/// Builds encoder and heads: input `x` `[N, 3, H, W]`, outputs `confidences` `[N, anchors, classes]` and `locations`
/// `[N, anchors, 4]`.
pub(crate) fn build(
    b: &mut Builder,
    options: &ModelOptions,
    detection: &DetectionOptions,
    x: ValueId,
) -> Result<(), ModelError> {
    let levels = levels(&detection.ssd)?;
    let classes = classes("model.detection.n_classes", Some(detection.n_classes))?;
    let Some(act) = options.activation else {
        let reason = "a detector must have one".into();
        return Err(ModelError::Option { key: "model.activation.name", reason });
    };
    let features =
        b.scope("encoder", |b| encoder::features(b, options.classification.family, OutputStride::ThirtyTwo, x))?;
    let mut last = features.layer_5;
    let mut heads = vec![];
    for (index, level) in levels.iter().enumerate() {
        let map = match level.map {
            Map::Encoder(8) => features.layer_3,
            Map::Encoder(16) => features.layer_4,
            Map::Encoder(_) => features.layer_5,
            Map::Halved(_) | Map::Pooled => {
                last = b.scope("extra_layers", |b| extra_layer(b, level, act, last))?;
                last
            }
        };
        heads.push(b.scope("ssd_heads", |b| b.scope(index, |b| head(b, level, classes, act, map)))?);
    }
    let joined = b.node("outputs", Concat { axis: 1 }, &heads)?;
    let outputs = b.nodes("split", Split { axis: 2, sizes: vec![4, classes] }, &[joined])?;
    b.output("confidences", outputs[1]);
    b.output("locations", outputs[0]);
    Ok(())
}

/// Makes the map of a level that the encoder does not have.
fn extra_layer(b: &mut Builder, level: &Level, act: ActivationOptions, x: ValueId) -> Result<ValueId, GraphError> {
    match level.map {
        Map::Halved(stride) => {
            let pointwise = ConvLayer::pointwise(level.channels, Some(act.name));
            DepthwiseSeparable { stride: 2, dilation: 1, pointwise }.build(b, &format!("os_{stride}"), x)
        }
        _ => b.scope("os_-1", |b| {
            let y = b.node("0", GlobalAveragePool, &[x])?;
            let pointwise = ConvLayer { norm: false, ..ConvLayer::pointwise(level.channels, Some(act.name)) };
            pointwise.build(b, "1", y)
        }),
    }
}

/// The predictions for a map `[N, C, H, W]`: `[N, anchors, 4 + classes]`, the box first.
fn head(
    b: &mut Builder,
    level: &Level,
    classes: usize,
    act: ActivationOptions,
    x: ValueId,
) -> Result<ValueId, GraphError> {
    let predictions = 4 + classes;
    let anchors_per_cell = 2 + 2 * level.aspect_ratios.len();
    let output = ConvLayer::linear(anchors_per_cell * predictions);
    let y = match level.map {
        Map::Pooled => output.build(b, "loc_cls_layer", x)?,
        _ => {
            let projected = match b.shape(x)[1] == level.channels {
                true => x,
                false => ConvLayer::pointwise(level.channels, Some(act.name)).build(b, "proj_layer", x)?,
            };
            DepthwiseSeparable { stride: 1, dilation: 1, pointwise: output }.build(b, "loc_cls_layer", projected)?
        }
    };
    let [batch, height, width] = [0, 2, 3].map(|axis| b.shape(y)[axis]);
    let y = b.node("channels_last", Transpose { perm: vec![0, 2, 3, 1] }, &[y])?;
    let shape = vec![batch, height * width * anchors_per_cell, predictions];
    b.node("anchors", Reshape { shape }, &[y])
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Graph;

    use super::*;
    use crate::{Options, build, find};

    fn options(model: &str, overrides: &[&str]) -> Options {
        let published = find(model).unwrap().options();
        overrides.iter().fold(published, |options, text| options.with_override(text).unwrap())
    }

    fn graph(model: &str, overrides: &[&str], size: (usize, usize)) -> Result<Graph, ModelError> {
        build(find(model).unwrap(), &options(model, overrides), 1, size)
    }

    fn ssd(model: &str, overrides: &[&str]) -> SsdOptions {
        options(model, overrides).model.detection.unwrap().ssd
    }

    #[test]
    fn parameters_are_the_published_ones() {
        let cases = [("ssd-edgeformer-s", 5_197_282), ("ssd-mobilevit-s", 5_738_826), ("ssd-mobilevit-xs", 2_742_042)];
        for (model, parameters) in cases {
            let graph = graph(model, &[], (320, 320)).unwrap();
            graph.validate().unwrap();
            assert_eq!(graph.parameter_count(), parameters, "{model}");
            let shapes =
                graph.outputs().iter().map(|output| (output.name.as_str(), graph.ty(output.value).shape.clone()));
            let expected = [("confidences", vec![1, 3232, 81]), ("locations", vec![1, 3232, 4])];
            assert!(shapes.eq(expected), "{model}");
        }
    }

    #[test]
    fn the_published_levels() {
        let levels = anchor_levels(&ssd("ssd-edgeformer-s", &[]), (320, 320)).unwrap();
        let sides = levels.iter().map(|level| (level.height, level.width, level.anchors_per_cell()));
        assert!(sides.eq([(20, 20, 6), (10, 10, 6), (5, 5, 6), (3, 3, 6), (2, 2, 6), (1, 1, 4)]));
    }

    #[test]
    fn levels_agree_with_the_network() {
        let other = [
            "model.detection.ssd.output_strides=[8, 32, -1, 64]",
            "model.detection.ssd.proj_channels=[96, 64, 32, 48]",
            "model.detection.ssd.anchors_aspect_ratio=[[3, 2, 3], [], [2], [2]]",
        ];
        for (overrides, size) in [(&[][..], (320, 320)), (&[], (300, 513)), (&[], (1, 40)), (&other, (200, 330))] {
            let levels = anchor_levels(&ssd("ssd-edgeformer-xs", overrides), size).unwrap();
            let graph = graph("ssd-edgeformer-xs", overrides, size).unwrap();
            graph.validate().unwrap();
            let anchors: usize = levels.iter().map(AnchorLevel::anchors).sum();
            assert_eq!(graph.ty(graph.outputs()[1].value).shape, [1, anchors, 4], "{size:?} {overrides:?}");
        }
    }

    #[test]
    fn levels_that_cannot_be_built_are_errors() {
        for (text, reason) in [
            ("model.detection.ssd.output_strides=[16, 32]", "expected 2 positive numbers"),
            ("model.detection.ssd.output_strides=[4, 32, 64, 128, 256, -1]", "found 4"),
            ("model.detection.ssd.output_strides=[16, 16, 64, 128, 256, -1]", "twice"),
            ("model.detection.ssd.output_strides=[]", "at least one level"),
            ("model.detection.ssd.proj_channels=[512, 256, 256, 128, 128, 0]", "positive"),
            ("model.detection.ssd.anchors_aspect_ratio=[[2, 3]]", "expected 6 lists"),
            ("model.detection.n_classes=0", "at least one class"),
        ] {
            let error = graph("ssd-edgeformer-xs", &[text], (320, 320)).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
