//! The ParC operator (ParC-Net, ECCV 2022) as it replaces the spatial convolution of well-known networks, and what those
//! networks share.
//!
//! Source: ParC-Net, `ParC_ConvNets/*.py`. There the length of kernels and position embeddings is fixed for inputs of
//! 224×224. Here they are interpolated to the height or width of the map with the rule of EdgeFormer, so that every size
//! works; at 224×224 nothing changes.

use edgeconv_graph::op::{
    Binary, CircularConv, Concat, Conv, Flatten, Gemm, GlobalAveragePool, Resize, ResizeMode, Split,
};
use edgeconv_graph::{Builder, Graph, GraphError, Op, ValueId};

use super::ModelError;

type Built = Result<ValueId, GraphError>;

/// Global circular convolutions of two channel halves: the first along the height, the second along the width.
pub(super) struct Parc {
    /// Module names of the two operators.
    pub modules: [&'static str; 2],
    /// Taps of the stored kernels: the side of the map at 224×224.
    pub taps: usize,
    /// Whether position embeddings are added to the operators' input.
    pub pe: bool,
    /// Whether an output channel sees all channels of its half (one group) or only its own.
    pub dense: bool,
}

impl Parc {
    /// The operator on `[N, C, H, W]` with an even number of channels.
    pub fn build(&self, b: &mut Builder, x: ValueId) -> Built {
        let half = b.shape(x)[1] / 2;
        let halves = b.nodes("split", Split { axis: 1, sizes: vec![half; 2] }, &[x])?;
        let vertical = b.scope(self.modules[0], |b| self.convolve(b, 2, halves[0]))?;
        let horizontal = b.scope(self.modules[1], |b| self.convolve(b, 3, halves[1]))?;
        b.node("concat", Concat { axis: 1 }, &[vertical, horizontal])
    }

    fn convolve(&self, b: &mut Builder, axis: usize, x: ValueId) -> Built {
        let (channels, length) = (b.shape(x)[1], b.shape(x)[axis]);
        let group = if self.dense { 1 } else { channels };
        let x = if self.pe {
            let pe = interpolated(b, "pe", self.shape(1, channels, axis), axis, length)?;
            b.node("add_pe", Binary::Add, &[x, pe])?
        } else {
            x
        };
        let kernel = self.shape(channels, channels / group, axis);
        let kernel = interpolated(b, "gcc_conv.weight", kernel, axis, length)?;
        let bias = b.parameter("gcc_conv.bias", [channels])?;
        b.node("gcc_conv", CircularConv { axis, group }, &[x, kernel, bias])
    }

    fn shape(&self, first: usize, second: usize, axis: usize) -> [usize; 4] {
        let mut shape = [first, second, 1, 1];
        shape[axis] = self.taps;
        shape
    }
}

/// A parameter of `shape`, linearly interpolated with aligned corners to `length` along `axis`.
fn interpolated(b: &mut Builder, name: &str, shape: [usize; 4], axis: usize, length: usize) -> Built {
    let stored = b.parameter(name, shape)?;
    if shape[axis] == length {
        return Ok(stored);
    }
    let mut sizes = shape.to_vec();
    sizes[axis] = length;
    b.node(&format!("{name}.instance"), Resize { mode: ResizeMode::LinearAlignCorners, sizes }, &[stored])
}

/// What users must know about a freshly built network: whether its circular kernels are not the published ones.
pub(crate) fn note(graph: &Graph) -> Option<String> {
    let resized = |op: &Op| matches!(op, Op::Resize(_));
    graph.nodes().iter().any(|node| resized(&node.op)).then(|| {
        "the published network takes 224x224; for this input size its circular kernels and position embeddings were \
         interpolated, an extension without published reference numbers"
            .into()
    })
}

/// MNN counts the elements of a tensor in 32 bits.
const LARGEST_TENSOR: usize = i32::MAX as usize;

/// Starts a network: its input `input` `[batch, 3, H, W]`, of which each side must be at least `smallest`.
pub(super) fn input(
    b: &mut Builder,
    n_classes: usize,
    batch: usize,
    (height, width): (usize, usize),
    smallest: usize,
) -> Result<ValueId, ModelError> {
    if n_classes == 0 {
        let reason = "there must be at least one class".into();
        return Err(ModelError::Option { key: "model.classification.n_classes", reason });
    }
    if height < smallest || width < smallest {
        let reason = format!("each side must be at least {smallest}; the published size is 224x224");
        return Err(ModelError::Size { height, width, reason });
    }
    let elements = [batch, height, width].iter().try_fold(3usize, |n, &dim| n.checked_mul(dim));
    if elements.is_none_or(|n| n > LARGEST_TENSOR) {
        return Err(too_large(batch, (height, width)));
    }
    Ok(b.input("input", [batch, 3, height, width])?)
}

/// Ends a network: its output `logits` `[batch, classes]`.
pub(super) fn finish(mut b: Builder, logits: ValueId, batch: usize, size: (usize, usize)) -> Result<Graph, ModelError> {
    b.output("logits", logits);
    let graph = b.finish();
    // The input was small enough for this product not to overflow.
    if graph.values().any(|(_, value)| value.ty.len() > LARGEST_TENSOR) {
        return Err(too_large(batch, size));
    }
    Ok(graph)
}

fn too_large(batch: usize, (height, width): (usize, usize)) -> ModelError {
    let reason = format!("with batch {batch} a tensor would have more than 2^31 elements; use a smaller size or batch");
    ModelError::Size { height, width, reason }
}

/// Mean over the map: `[N, C, H, W]` to `[N, C]`.
pub(super) fn global_pool(b: &mut Builder, x: ValueId) -> Built {
    let y = b.node("global_pool", GlobalAveragePool, &[x])?;
    b.node("flatten", Flatten { axis: 1 }, &[y])
}

/// A linear layer with bias on `[N, C]`.
pub(super) fn linear(b: &mut Builder, name: &str, out: usize, x: ValueId) -> Built {
    let channels = b.shape(x)[1];
    let weight = b.parameter(&format!("{name}.weight"), [out, channels])?;
    let bias = b.parameter(&format!("{name}.bias"), [out])?;
    b.node(name, Gemm, &[x, weight, bias])
}

/// A square convolution with "same" zero padding: `(kernel − 1) / 2` on each side.
pub(super) fn same(kernel: usize, stride: usize, group: usize) -> Conv {
    Conv { strides: vec![stride; 2], pads: vec![(kernel - 1) / 2; 4], dilations: vec![1; 2], group }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::models::{convnext, mobilenetv2, resnet};
    use crate::weights::{Initialisation, initialise};
    use edgeconv_graph::ValueKind;

    type Build = fn(&str, bool, usize, usize, (usize, usize)) -> Result<Graph, ModelError>;

    const FAMILIES: [Build; 3] = [convnext::build, mobilenetv2::build, resnet::build];

    /// Parameters and buffers; for each BatchNorm, checkpoints hold a counter besides.
    fn state_dict_entries(graph: &Graph) -> usize {
        let stored = |kind: &ValueKind| matches!(kind, ValueKind::Parameter(_) | ValueKind::Buffer(_));
        let norms = graph.histogram().get("BatchNormalization").copied().unwrap_or_default();
        graph.values().filter(|(_, value)| stored(&value.kind)).count() + norms
    }

    pub fn shape<'a>(graph: &'a Graph, name: &str) -> Option<&'a [usize]> {
        graph.values().find(|(_, value)| value.name == name).map(|(_, value)| value.ty.shape.as_slice())
    }

    /// The counts that were measured with the official networks.
    #[test]
    fn sizes_are_those_of_the_official_networks() {
        let cases: [(Build, bool, u64, usize, u64); 6] = [
            (convnext::build, true, 7_412_824, 198, 1_139_222_400),
            (convnext::build, false, 7_438_360, 182, 1_143_964_032),
            (mobilenetv2::build, true, 3_532_136, 332, 301_997_312),
            (mobilenetv2::build, false, 3_504_872, 314, 300_774_272),
            (resnet::build, true, 23_737_640, 340, 3_941_466_112),
            (resnet::build, false, 25_557_032, 320, 4_089_184_256),
        ];
        for (index, (build, parc, parameters, entries, macs)) in cases.into_iter().enumerate() {
            let graph = build("model", parc, 1000, 1, (224, 224)).unwrap();
            graph.validate().unwrap();
            assert_eq!(graph.parameter_count(), parameters, "case {index}");
            assert_eq!(state_dict_entries(&graph), entries, "case {index}");
            assert_eq!(graph.macs(), macs, "case {index}");
            assert_eq!(note(&graph), None, "case {index}");
        }
    }

    #[test]
    fn circular_convolutions_and_classes_have_the_official_sizes() {
        let cases: [(Build, u64, u64); 3] = [
            (convnext::build, 1_712_256, 7_031_674),
            (mobilenetv2::build, 4_017_216, 2_263_946),
            (resnet::build, 314_703_872, 21_709_130),
        ];
        for (build, circular_macs, parameters) in cases {
            let graph = build("model", true, 10, 1, (224, 224)).unwrap();
            let circular = graph.nodes().iter().filter(|node| matches!(node.op, Op::CircularConv(_)));
            assert_eq!(circular.map(|node| graph.node_macs(node)).sum::<u64>(), circular_macs);
            assert_eq!(graph.parameter_count(), parameters);
            assert_eq!(graph.ty(graph.outputs()[0].value).shape, [1, 10]);
        }
    }

    #[test]
    fn kernels_and_embeddings_get_the_height_or_width_of_the_map() {
        for (build, h, w) in [
            (convnext::build as Build, "stages.2.6.gcc_H", "stages.2.6.gcc_W"),
            (mobilenetv2::build, "features.9.gcc_H", "features.9.gcc_W"),
            (resnet::build, "layer3.3.parc_H", "layer3.3.parc_W"),
        ] {
            let graph = build("model", true, 1000, 2, (256, 320)).unwrap();
            graph.validate().unwrap();
            for (module, axis, length) in [(h, 2, 16), (w, 3, 20)] {
                for leaf in ["pe", "gcc_conv.weight"] {
                    let stored = shape(&graph, &format!("{module}.{leaf}")).unwrap();
                    let mut expected = stored.to_vec();
                    assert_eq!(expected[axis], 14, "{module}.{leaf}");
                    expected[axis] = length;
                    assert_eq!(shape(&graph, &format!("{module}.{leaf}.instance")).unwrap(), expected);
                }
                let node = graph.nodes().iter().find(|node| node.name == format!("{module}.gcc_conv")).unwrap();
                assert!(matches!(&node.op, Op::CircularConv(conv) if conv.axis == axis), "{module}");
            }
            assert!(note(&graph).unwrap().contains("interpolated"));
            assert_eq!(note(&build("model", false, 1000, 1, (256, 320)).unwrap()), None);
        }
    }

    /// Official maps are 14 and 7 at some sizes besides 224: the published kernels fit as they are.
    #[test]
    fn sizes_with_the_published_maps_need_no_interpolation() {
        for (build, fits, too_far) in
            [(convnext::build as Build, [224, 239], [223, 240]), (mobilenetv2::build, [209, 224], [208, 225])]
        {
            let note_at = |side| note(&build("model", true, 1000, 1, (side, 224)).unwrap());
            assert!(fits.iter().all(|&side| note_at(side).is_none()));
            assert!(too_far.iter().all(|&side| note_at(side).is_some()));
        }
    }

    #[test]
    fn impossible_inputs_say_what_works() {
        for build in FAMILIES {
            let error = |classes, batch, size| build("model", true, classes, batch, size).unwrap_err().to_string();
            assert!(error(1000, 1, (0, 224)).contains("each side must be at least"));
            assert!(error(0, 1, (224, 224)).contains("at least one class"));
            // More elements in the input, in a map behind it, and than any machine can count.
            for side in [30_000, 20_000, usize::MAX] {
                assert!(error(1000, 1, (side, side)).contains("2^31"), "{side}");
            }
        }
        assert!(convnext::build("model", true, 1000, 1, (32, 224)).is_ok());
        let error = convnext::build("model", true, 1000, 1, (224, 31)).unwrap_err().to_string();
        assert!(error.contains("at least 32"), "{error}");
        assert!(mobilenetv2::build("model", true, 1000, 1, (1, 1)).is_ok());
        assert!(resnet::build("model", true, 1000, 1, (1, 1)).is_ok());
    }

    #[test]
    fn every_parameter_has_an_initial_value() {
        for build in FAMILIES {
            let mut graph = build("model", true, 10, 1, (224, 224)).unwrap();
            initialise(&mut graph, &Initialisation::PUBLISHED, 0).unwrap();
        }
    }
}
