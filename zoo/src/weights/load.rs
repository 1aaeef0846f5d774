//! Filling a graph from a checkpoint, and explaining why one does not fit.

use std::collections::{BTreeMap, BTreeSet};

use edgeconv_graph::{Graph, Tensor, TensorType, ValueKind};

use super::checkpoint::Checkpoint;
use super::error::{Mismatch, WeightsError};

/// A module that checkpoints hold twice because the official code stores it under two attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// Prefix of the second copy, e.g. `residual.`.
    pub alias: &'static str,
    /// Prefix of the copy that counts, e.g. `layer_5.0.`.
    pub original: &'static str,
}

/// Fills every parameter and buffer of `graph` with the tensor of its name.
///
/// `*.num_batches_tracked` has no influence on inference and is ignored, and so is the auxiliary head that segmenters have
/// while they are trained, if `graph` has none. Copies under an alias are ignored as well; a copy stands in if the original is missing. Returns
/// notes for the user; `checkpoint` has its own.
///
/// # Errors
/// If tensors are missing, unexpected, or have another shape; the error lists all of them, and `graph` is unchanged.
pub fn load(graph: &mut Graph, checkpoint: &Checkpoint, aliases: &[Alias]) -> Result<Vec<String>, WeightsError> {
    let wanted = wanted(graph);
    let held = held(checkpoint, &wanted).map(|(key, tensor)| (key.to_owned(), tensor)).collect();
    fill(graph, checkpoint, &wanted, held, aliases)
}

/// What the names in the encoder of a detector or segmenter begin with.
const ENCODER: &str = "encoder.";

/// Fills the encoder of a detector or segmenter from the checkpoint of a classifier, or of another network with that
/// encoder; the rest of `graph` stays as it is. `aliases` are those of the model. Returns notes for the user.
///
/// The classifier in the checkpoint is ignored: `classifier.*`, and `conv_1x1_exp.*` if the encoder has none.
///
/// # Errors
/// If tensors are missing, unexpected, or have another shape; the error lists all of them, and `graph` is unchanged.
pub fn load_backbone(
    graph: &mut Graph,
    checkpoint: &Checkpoint,
    aliases: &[Alias],
) -> Result<Vec<String>, WeightsError> {
    let mut wanted = wanted(graph);
    wanted.retain(|name, _| name.starts_with(ENCODER));
    let expands = wanted.keys().any(|name| name.starts_with("encoder.conv_1x1_exp."));
    let has_encoder = checkpoint.tensors.keys().any(|key| key.starts_with(ENCODER));
    let key_in_encoder = |key: &str| match has_encoder {
        true => key.strip_prefix(ENCODER).map(str::to_owned),
        false => Some(key.to_owned()),
    };
    let of_classifier = |key: &str| key.starts_with("classifier.") || (key.starts_with("conv_1x1_exp.") && !expands);
    let held = held(checkpoint, &wanted)
        .filter_map(|(key, tensor)| Some((key_in_encoder(key)?, tensor)))
        .filter(|(key, _)| !of_classifier(key))
        .map(|(key, tensor)| (format!("{ENCODER}{key}"), tensor))
        .collect();
    let mut notes = fill(graph, checkpoint, &wanted, held, aliases)?;
    notes.push("only the encoder is from the checkpoint; the head has its initialisation and must be trained".into());
    Ok(notes)
}

/// The tensors of a checkpoint that a network can have; `wanted`: those that this one has.
fn held<'a>(
    checkpoint: &'a Checkpoint,
    wanted: &BTreeMap<String, TensorType>,
) -> impl Iterator<Item = (&'a str, &'a Tensor)> + use<'a> {
    const AUXILIARY: &str = "seg_head.aux_head.";
    let has_auxiliary = wanted.keys().any(|name| name.starts_with(AUXILIARY));
    let counts = move |key: &str| {
        (has_auxiliary || !key.starts_with(AUXILIARY)) && key.rsplit('.').next() != Some("num_batches_tracked")
    };
    checkpoint.tensors.iter().map(|(key, tensor)| (key.as_str(), tensor)).filter(move |(key, _)| counts(key))
}

/// Fills what is `wanted` of `graph` with what is `held`, if that fits.
fn fill(
    graph: &mut Graph,
    checkpoint: &Checkpoint,
    wanted: &BTreeMap<String, TensorType>,
    mut held: BTreeMap<String, &Tensor>,
    aliases: &[Alias],
) -> Result<Vec<String>, WeightsError> {
    let notes = aliases.iter().filter_map(|alias| resolve(alias, &mut held, wanted)).collect();
    if let Some(mismatch) = compare(graph, checkpoint, wanted, &held) {
        return Err(WeightsError::Mismatch(Box::new(mismatch)));
    }
    graph.fill_parameters(|value| held.get(&value.name).copied().cloned())?;
    Ok(notes)
}

/// The parameters and buffers of a graph with their types.
fn wanted(graph: &Graph) -> BTreeMap<String, TensorType> {
    let values = graph.values().map(|(_, value)| value);
    let stored = values.filter(|value| matches!(value.kind, ValueKind::Parameter(_) | ValueKind::Buffer(_)));
    stored.map(|value| (value.name.clone(), value.ty.clone())).collect()
}

/// Drops the copies of wanted tensors under an alias from `held`; notes if they tell something else than the originals.
fn resolve(
    Alias { alias, original }: &Alias,
    held: &mut BTreeMap<String, &Tensor>,
    wanted: &BTreeMap<String, TensorType>,
) -> Option<String> {
    let mut differing = 0;
    for name in wanted.keys() {
        let Some(copy) = name.strip_prefix(original).map(|rest| format!("{alias}{rest}")) else { continue };
        let Some(copy) = held.remove(&copy) else { continue };
        differing += usize::from(*held.entry(name.clone()).or_insert(copy) != copy);
    }
    (differing > 0).then(|| {
        format!("{differing} tensors under `{alias}` differ from those under `{original}`, which are the ones used")
    })
}

/// Everything that does not fit, if anything.
fn compare(
    graph: &Graph,
    checkpoint: &Checkpoint,
    wanted: &BTreeMap<String, TensorType>,
    held: &BTreeMap<String, &Tensor>,
) -> Option<Mismatch> {
    let confidences = graph.outputs().iter().find(|output| output.name == "confidences");
    let mut mismatch = Mismatch {
        path: checkpoint.path.clone(),
        model: graph.name.clone(),
        detector_classes: confidences.and_then(|output| graph.ty(output.value).shape.last().copied()),
        wanted: wanted.len(),
        held: held.len(),
        missing: vec![],
        unexpected: vec![],
        different: vec![],
    };
    for (name, expected) in wanted {
        match held.get(name).map(|tensor| tensor.ty()) {
            None => mismatch.missing.push((name.clone(), expected.clone())),
            Some(found) if found != *expected => mismatch.different.push((name.clone(), expected.clone(), found)),
            Some(_) => {}
        }
    }
    let unexpected = held.iter().filter(|(key, _)| !wanted.contains_key(*key));
    mismatch.unexpected = unexpected.map(|(key, tensor)| (key.clone(), tensor.ty())).collect();
    let fits = mismatch.missing.is_empty() && mismatch.unexpected.is_empty() && mismatch.different.is_empty();
    (!fits).then_some(mismatch)
}

/// The likely reason for a mismatch, and what to do about it.
pub(super) fn hint(mismatch: &Mismatch) -> Option<String> {
    let Mismatch { model, wanted, missing, different, .. } = mismatch;
    let hint = other_classes(mismatch).or_else(|| other_task(mismatch)).or_else(|| other_prefix(mismatch));
    if hint.is_some() {
        return hint;
    }
    let matching = wanted - missing.len() - different.len();
    (2 * matching < *wanted).then(|| {
        format!(
            "Only {matching} of {wanted} tensors match: the checkpoint probably belongs to another architecture or size than \
             `{model}`."
        )
    })
}

impl Mismatch {
    /// Whether only numbers of rows differ, as they do in output layers: the checkpoint has another number of classes.
    pub fn is_of_classes(&self) -> bool {
        other_classes(self).is_some()
    }
}

/// If only numbers of rows differ, as they do in output layers.
fn other_classes(Mismatch { missing, unexpected, different, detector_classes, .. }: &Mismatch) -> Option<String> {
    let rows = different.iter().map(|(_, expected, found)| match (&*expected.shape, &*found.shape) {
        ([model, rest @ ..], [checkpoint, same @ ..]) if rest == same => Some((*model, *checkpoint)),
        _ => None,
    });
    let rows = rows.collect::<Option<BTreeSet<_>>>()?;
    if !missing.is_empty() || !unexpected.is_empty() {
        return None;
    }
    let classes = BTreeSet::from_iter(rows.iter().map(|&(model, checkpoint)| match *detector_classes {
        Some(classes) => Some((classes, classes_of_detector(classes, model, checkpoint)?)),
        None => Some((model, checkpoint)),
    }));
    match Vec::from_iter(classes).as_slice() {
        [Some((model, checkpoint))] => {
            Some(format!("The checkpoint has {checkpoint} classes, the model {model}: use --classes {checkpoint}."))
        }
        _ => Some(
            "Only output layers differ: the checkpoint has another number of classes; set it with --classes.".into(),
        ),
    }
}

/// Classes of a checkpoint of an SSD detector by the rows of an output layer: 4 + classes for each anchor.
fn classes_of_detector(model_classes: usize, model_rows: usize, rows: usize) -> Option<usize> {
    let anchors = model_rows / (4 + model_classes);
    let exact = anchors * (4 + model_classes) == model_rows && rows.is_multiple_of(anchors);
    (rows / anchors.max(1)).checked_sub(4).filter(|&classes| exact && classes > 0)
}

/// If model and checkpoint have the heads of different tasks.
fn other_task(Mismatch { wanted, missing, unexpected, .. }: &Mismatch) -> Option<String> {
    if *wanted == 0 {
        return Some(
            "The model has no encoder, so that no backbone can be loaded: load the weights as a whole.".into(),
        );
    }
    const HEADS: [(&str, &str); 3] =
        [("ssd_heads.", "detection"), ("seg_head.", "segmentation"), ("classifier.", "classification")];
    let head = |names: &[(String, TensorType)]| {
        HEADS.into_iter().find(|(head, _)| names.iter().any(|(name, _)| name.starts_with(head)))
    };
    match (head(missing)?, head(unexpected)) {
        ((_, model), Some((module, checkpoint))) if checkpoint != "classification" => Some(format!(
            "The checkpoint is for {checkpoint}, as its keys `{module}*` show, and the model for {model}: choose a model \
             for {checkpoint}."
        )),
        ((module, "detection" | "segmentation"), _) => Some(format!(
            "The checkpoint has no `{module}*`: it holds a backbone. Use it with --backbone-weights, which leaves the head \
             at its initialisation."
        )),
        _ => None,
    }
}

/// If most keys fit once a prefix is added or dropped.
fn other_prefix(Mismatch { wanted, held, missing, unexpected, .. }: &Mismatch) -> Option<String> {
    let task = |prefix: &str, with: &str, without: &str| match prefix {
        "encoder." => format!("{with} is for detection or segmentation, {without} for classification"),
        _ => "save the state dict of the network itself, without the module around it".into(),
    };
    if let Some(prefix) = common_prefix(unexpected, missing, (*wanted).min(*held)) {
        let task = task(prefix, "the checkpoint", "the model");
        return Some(format!("The keys of the checkpoint begin with `{prefix}`, those of the model do not: {task}."));
    }
    let prefix = common_prefix(missing, unexpected, (*wanted).min(*held))?;
    let task = task(prefix, "the model", "the checkpoint");
    Some(format!("The names in the model begin with `{prefix}`, the keys of the checkpoint do not: {task}."))
}

/// The first component that turns most names of `without` into names of `with`.
fn common_prefix<'a>(
    with: &'a [(String, TensorType)],
    without: &[(String, TensorType)],
    total: usize,
) -> Option<&'a str> {
    let without: BTreeSet<_> = without.iter().map(|(name, _)| name.as_str()).collect();
    let prefixes: BTreeSet<_> = with.iter().filter_map(|(name, _)| name.split_inclusive('.').next()).collect();
    prefixes.into_iter().find(|&prefix| {
        let matching =
            with.iter().filter_map(|(name, _)| name.strip_prefix(prefix)).filter(|rest| without.contains(rest));
        2 * matching.count() > total
    })
}
