//! Filling a graph from a checkpoint.

use std::collections::BTreeMap;

use edgeconv_graph::{Graph, Tensor, TensorType, ValueKind};

use super::checkpoint::Checkpoint;
use super::error::WeightsError;
use super::mismatch::Mismatch;

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
