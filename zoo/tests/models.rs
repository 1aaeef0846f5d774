//! Every model of the zoo with its checkpoint, and with checkpoints of others.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic: that is how it fails")]

use edgeconv_graph::{Graph, Tensor, ValueKind};
use edgeconv_zoo::weights::{Checkpoint, initialise, load, load_backbone, read};
use edgeconv_zoo::{ENTRIES, Entry, build, find};

fn golden(name: &str) -> Option<Checkpoint> {
    edgeconv_test_support::golden(name).map(|path| read(path).unwrap())
}

fn published(model: &str) -> (&'static Entry, Graph) {
    let entry = find(model).unwrap();
    (entry, build(entry, &entry.options(), 1, entry.size).unwrap())
}

fn is_filled(graph: &Graph, prefix: &str) -> bool {
    let stored = |kind: &ValueKind| matches!(kind, ValueKind::Parameter(_) | ValueKind::Buffer(_));
    let mut values = graph.values().map(|(_, value)| value).filter(|value| stored(&value.kind));
    values.all(|value| value.tensor().is_some() == value.name.starts_with(prefix))
}

/// A checkpoint of the shapes that `graph` wants, with its keys changed.
fn checkpoint(graph: &Graph, key: impl Fn(&str) -> Option<String>) -> Checkpoint {
    let zeros = |shape: &[usize]| Tensor::f32(shape, vec![0.0; shape.iter().product()]).unwrap();
    let stored = |kind: &ValueKind| matches!(kind, ValueKind::Parameter(_) | ValueKind::Buffer(_));
    let values = graph.values().map(|(_, value)| value).filter(|value| stored(&value.kind));
    let tensors = values.filter_map(|value| Some((key(&value.name)?, zeros(&value.ty.shape)))).collect();
    Checkpoint { path: "made.pt".into(), tensors, notes: vec![] }
}

#[test]
fn golden_checkpoints_fit_their_models() {
    for (file, model) in [
        ("edgeformer_s.pt", "edgeformer-s"),
        ("mobilevit_s.pt", "mobilevit-s"),
        ("ssd_edgeformer_s.pt", "ssd-edgeformer-s"),
        ("deeplabv3_edgeformer_s.pt", "deeplabv3-edgeformer-s"),
    ] {
        let Some(checkpoint) = golden(file) else { continue };
        let (entry, mut graph) = published(model);
        assert!(load(&mut graph, &checkpoint, entry.aliases).unwrap().is_empty(), "{model}");
        assert!(is_filled(&graph, ""), "{model}");
    }
}

#[test]
fn every_model_can_be_initialised() {
    for entry in ENTRIES {
        let options = entry.options();
        let mut graph = build(entry, &options, 2, entry.size).unwrap();
        graph.validate().unwrap();
        initialise(&mut graph, &options.model.layer.init, 0).unwrap();
        assert!(is_filled(&graph, ""), "{}", entry.name);
    }
}

#[test]
fn dynamic_kernels_can_be_initialised() {
    let entry = find("edgeformer-xs").unwrap();
    let options = entry.options().with_override("model.classification.edge.kernel=gcc_dk_ca").unwrap();
    let mut graph = build(entry, &options, 1, entry.size).unwrap();
    initialise(&mut graph, &options.model.layer.init, 0).unwrap();
    assert!(is_filled(&graph, ""));
}

#[test]
fn the_backbone_comes_from_a_classifier() {
    for (classifier, model) in [("edgeformer-xs", "ssd-edgeformer-xs"), ("mobilevit-xxs", "deeplabv3-mobilevit-xxs")] {
        let checkpoint = checkpoint(&published(classifier).1, |name| Some(name.to_owned()));
        let (entry, mut graph) = published(model);
        let notes = load_backbone(&mut graph, &checkpoint, entry.aliases).unwrap();
        assert!(notes[0].contains("only the encoder"), "{notes:?}");
        assert!(is_filled(&graph, "encoder."), "{model}");
    }
}

#[test]
fn the_backbone_comes_from_another_task() {
    let detector = checkpoint(&published("ssd-mobilevit-xxs").1, |name| Some(name.to_owned()));
    let (entry, mut graph) = published("deeplabv3-mobilevit-xxs");
    load_backbone(&mut graph, &detector, entry.aliases).unwrap();
    assert!(is_filled(&graph, "encoder."));
}

#[test]
fn the_expansion_is_loaded_where_the_encoder_has_it() {
    let classifier = checkpoint(&published("mobilevit-xxs").1, |name| Some(name.to_owned()));
    let entry = find("deeplabv3-mobilevit-xxs").unwrap();
    let options = entry.options().with_override("model.segmentation.use_level5_exp=true").unwrap();
    let mut graph = build(entry, &options, 1, entry.size).unwrap();
    load_backbone(&mut graph, &classifier, entry.aliases).unwrap();
    assert!(is_filled(&graph, "encoder."));
}

#[test]
fn a_golden_backbone_fits() {
    let Some(checkpoint) = golden("edgeformer_s.pt") else { return };
    let (entry, mut graph) = published("ssd-edgeformer-s");
    let notes = load_backbone(&mut graph, &checkpoint, entry.aliases).unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(is_filled(&graph, "encoder."));
}

#[test]
fn a_backbone_of_another_size_is_refused_whole() {
    let classifier = checkpoint(&published("mobilevit-xs").1, |name| Some(name.to_owned()));
    let (entry, mut graph) = published("ssd-mobilevit-xxs");
    let before = graph.clone();
    let error = load_backbone(&mut graph, &classifier, entry.aliases).unwrap_err().to_string();
    assert!(error.contains("another architecture or size"), "{error}");
    assert_eq!(graph, before);

    let (entry, mut graph) = published("mobilevit-xs");
    let error = load_backbone(&mut graph, &classifier, entry.aliases).unwrap_err().to_string();
    assert!(error.contains("no encoder"), "{error}");
}

#[test]
fn checkpoints_of_another_task_are_recognised() {
    let hint = |held: &str, model: &str| {
        let checkpoint = checkpoint(&published(held).1, |name| Some(name.to_owned()));
        let (entry, mut graph) = published(model);
        load(&mut graph, &checkpoint, entry.aliases).unwrap_err().to_string()
    };
    for (held, model, expected) in [
        ("ssd-edgeformer-xs", "edgeformer-xs", "is for detection, as its keys `ssd_heads.*` show"),
        ("deeplabv3-edgeformer-xs", "ssd-edgeformer-xs", "is for segmentation, as its keys `seg_head.*` show"),
        ("edgeformer-xs", "ssd-edgeformer-xs", "no `ssd_heads.*`: it holds a backbone. Use it with --backbone-weights"),
        ("mobilevit-xxs", "deeplabv3-mobilevit-xxs", "no `seg_head.*`: it holds a backbone"),
    ] {
        let error = hint(held, model);
        assert!(error.contains(expected), "{held} in {model}: {error}");
    }
}

#[test]
fn the_class_count_of_a_detector_is_recognised() {
    let checkpoint = checkpoint(&published("ssd-edgeformer-xs").1, |name| Some(name.to_owned()));
    let entry = find("ssd-edgeformer-xs").unwrap();
    let mut options = entry.options();
    options.set_classes(20);
    let mut graph = edgeconv_zoo::build(entry, &options, 1, (320, 320)).unwrap();
    let error = load(&mut graph, &checkpoint, entry.aliases).unwrap_err().to_string();
    assert!(error.contains("The checkpoint has 81 classes, the model 20: use --classes 81."), "{error}");
}

#[test]
fn the_auxiliary_head_of_training_is_ignored() {
    let (entry, mut graph) = published("deeplabv3-mobilevit-xxs");
    let mut checkpoint = checkpoint(&graph, |name| Some(name.to_owned()));
    let bias = Tensor::vector(vec![0.0; 21]);
    checkpoint.tensors.insert("seg_head.aux_head.aux_classifier.block.conv.bias".into(), bias);
    assert!(load(&mut graph, &checkpoint, entry.aliases).unwrap().is_empty());
    assert!(is_filled(&graph, ""));
}
