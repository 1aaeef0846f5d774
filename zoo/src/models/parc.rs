//! The ParC operator (ParC-Net, ECCV 2022) as it replaces spatial convolutions of well-known networks.
//!
//! Source: ParC-Net, `ParC_ConvNets/*.py`. There the length of kernels and position embeddings is fixed for inputs of
//! 224×224. Here they are interpolated to the height or width of the map with the rule of EdgeFormer, so that every size
//! works; at 224×224 nothing changes.

use edgeconv_graph::op::{Binary, CircularConv, Concat, Split};
use edgeconv_graph::{Builder, Graph, GraphError, Op, ValueId};

use crate::layers::interpolated;

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

/// What users must know about a freshly built network: whether its circular kernels are not the published ones.
pub(crate) fn note(graph: &Graph) -> Option<String> {
    let resized = |op: &Op| matches!(op, Op::Resize(_));
    graph.nodes().any(|node| resized(&node.op)).then(|| {
        "the published network takes 224x224; for this input size its circular kernels and position embeddings were \
         interpolated, an extension without published reference numbers"
            .into()
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::weights::initialise;
    use crate::{ModelError, find};
    use edgeconv_graph::ValueKind;

    const PARC: [&str; 3] = ["parc-convnext-xt", "parc-mobilenetv2", "parc-resnet50"];

    pub fn build(name: &str, classes: usize, batch: usize, size: (usize, usize)) -> Result<Graph, ModelError> {
        let entry = find(name).unwrap();
        let mut options = entry.options();
        options.set_classes(classes);
        crate::build(entry, &options, batch, size)
    }

    /// The published network.
    pub fn published(name: &str) -> Graph {
        build(name, 1000, 1, find(name).unwrap().size).unwrap()
    }

    fn note(name: &str, size: (usize, usize)) -> Option<String> {
        find(name).unwrap().note(&build(name, 1000, 1, size).unwrap())
    }

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
        let cases: [(&str, u64, usize, u64); 6] = [
            ("parc-convnext-xt", 7_412_824, 198, 1_139_222_400),
            ("convnext-xt", 7_438_360, 182, 1_143_964_032),
            ("parc-mobilenetv2", 3_532_136, 332, 301_997_312),
            ("mobilenetv2", 3_504_872, 314, 300_774_272),
            ("parc-resnet50", 23_737_640, 340, 3_941_466_112),
            ("resnet50", 25_557_032, 320, 4_089_184_256),
        ];
        for (name, parameters, entries, macs) in cases {
            let graph = published(name);
            graph.validate().unwrap();
            assert_eq!(graph.parameter_count(), parameters, "{name}");
            assert_eq!(state_dict_entries(&graph), entries, "{name}");
            assert_eq!(graph.macs(), macs, "{name}");
            assert_eq!(note(name, (224, 224)), None, "{name}");
        }
    }

    #[test]
    fn circular_convolutions_and_classes_have_the_official_sizes() {
        let cases: [(&str, u64, u64); 3] = [
            ("parc-convnext-xt", 1_712_256, 7_031_674),
            ("parc-mobilenetv2", 4_017_216, 2_263_946),
            ("parc-resnet50", 314_703_872, 21_709_130),
        ];
        for (name, circular_macs, parameters) in cases {
            let graph = build(name, 10, 1, (224, 224)).unwrap();
            let circular = graph.nodes().filter(|node| matches!(node.op, Op::CircularConv(_)));
            assert_eq!(circular.map(|node| graph.node_macs(node)).sum::<u64>(), circular_macs);
            assert_eq!(graph.parameter_count(), parameters);
            assert_eq!(graph.ty(graph.outputs()[0].value).shape, [1, 10]);
        }
    }

    #[test]
    fn kernels_and_embeddings_get_the_height_or_width_of_the_map() {
        for (name, h, w) in [
            ("parc-convnext-xt", "stages.2.6.gcc_H", "stages.2.6.gcc_W"),
            ("parc-mobilenetv2", "features.9.gcc_H", "features.9.gcc_W"),
            ("parc-resnet50", "layer3.3.parc_H", "layer3.3.parc_W"),
        ] {
            let graph = build(name, 1000, 2, (256, 320)).unwrap();
            graph.validate().unwrap();
            for (module, axis, length) in [(h, 2, 16), (w, 3, 20)] {
                for leaf in ["pe", "gcc_conv.weight"] {
                    let stored = shape(&graph, &format!("{module}.{leaf}")).unwrap();
                    let mut expected = stored.to_vec();
                    assert_eq!(expected[axis], 14, "{module}.{leaf}");
                    expected[axis] = length;
                    assert_eq!(shape(&graph, &format!("{module}.{leaf}.instance")).unwrap(), expected);
                }
                let node = graph.nodes().find(|node| node.name == format!("{module}.gcc_conv")).unwrap();
                assert!(matches!(&node.op, Op::CircularConv(conv) if conv.axis == axis), "{module}");
            }
            assert!(note(name, (256, 320)).unwrap().contains("interpolated"));
            assert_eq!(note(name.trim_start_matches("parc-"), (256, 320)), None);
        }
    }

    /// Official maps are 14 and 7 at some sizes besides 224: the published kernels fit as they are.
    #[test]
    fn sizes_with_the_published_maps_need_no_interpolation() {
        for (name, fits, too_far) in
            [("parc-convnext-xt", [224, 239], [223, 240]), ("parc-mobilenetv2", [209, 224], [208, 225])]
        {
            let note_at = |side| note(name, (side, 224));
            assert!(fits.iter().all(|&side| note_at(side).is_none()));
            assert!(too_far.iter().all(|&side| note_at(side).is_some()));
        }
    }

    #[test]
    fn impossible_inputs_say_what_works() {
        for name in PARC {
            let error = |classes, batch, size| build(name, classes, batch, size).unwrap_err().to_string();
            assert!(error(1000, 1, (0, 224)).contains("must be at least 1"));
            assert!(error(0, 1, (224, 224)).contains("at least one class"));
            // More elements in the input, in a map behind it, and than any machine can count.
            for side in [30_000, 20_000, usize::MAX] {
                assert!(error(1000, 1, (side, side)).contains("2^31"), "{side}");
            }
        }
        assert!(build("parc-convnext-xt", 1000, 1, (32, 224)).is_ok());
        let error = build("parc-convnext-xt", 1000, 1, (224, 31)).unwrap_err().to_string();
        assert!(error.contains("at least 32"), "{error}");
        assert!(build("parc-mobilenetv2", 1000, 1, (1, 1)).is_ok());
        assert!(build("parc-resnet50", 1000, 1, (1, 1)).is_ok());
    }

    #[test]
    fn every_family_has_its_initialisation() {
        let uniform = |fan_in: f64| (3.0 * fan_in).powf(-0.5);
        let cases: [(&str, &[(&str, f64)]); 3] = [
            (
                "parc-convnext-xt",
                &[
                    ("stages.0.0.dwconv.weight", 0.02),
                    ("stages.2.6.gcc_H.gcc_conv.weight", 0.02),
                    ("stages.2.6.gcc_H.pe", 0.02),
                    ("stages.2.6.pwconv1.weight", 0.02),
                    ("head.weight", 0.02),
                    ("head.bias", 0.0),
                ],
            ),
            (
                "parc-mobilenetv2",
                &[
                    ("features.9.gcc_H.gcc_conv.weight", (2.0_f64 / (192.0 * 14.0)).sqrt()),
                    ("features.9.gcc_H.gcc_conv.bias", 0.0),
                    ("classifier.1.weight", 0.01),
                    ("classifier.1.bias", 0.0),
                ],
            ),
            (
                "parc-resnet50",
                &[
                    ("layer3.3.parc_H.gcc_conv.weight", (2.0_f64 / (128.0 * 14.0)).sqrt()),
                    ("layer3.3.parc_H.gcc_conv.bias", uniform(128.0 * 14.0)),
                    ("fc.weight", uniform(2048.0)),
                    ("fc.bias", uniform(2048.0)),
                ],
            ),
        ];
        for (name, expected) in cases {
            let mut graph = published(name);
            initialise(&mut graph, &find(name).unwrap().options().model.layer.init, 0).unwrap();
            for &(key, std) in expected {
                let (id, _) = graph.values().find(|(_, value)| value.name == key).unwrap();
                let values = graph.floats(id).unwrap();
                let squares: f64 = values.iter().map(|&value| f64::from(value).powi(2)).sum();
                let found = (squares / values.len() as f64).sqrt();
                assert!((found - std).abs() <= 0.1 * std, "{name} {key}: {found} instead of {std}");
            }
        }
    }
}
