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
/// `*.num_batches_tracked` has no influence on inference and is ignored. Copies under an alias are ignored as well; a copy
/// stands in if the original is missing. Returns notes for the user; `checkpoint` has its own.
///
/// # Errors
/// If tensors are missing, unexpected, or have another shape; the error lists all of them, and `graph` is unchanged.
pub fn load(graph: &mut Graph, checkpoint: &Checkpoint, aliases: &[Alias]) -> Result<Vec<String>, WeightsError> {
    let wanted = wanted(graph);
    let mut held: BTreeMap<&str, &Tensor> =
        checkpoint.tensors.iter().map(|(key, tensor)| (key.as_str(), tensor)).collect();
    held.retain(|key, _| key.rsplit('.').next() != Some("num_batches_tracked"));
    let mut notes = vec![];
    for alias in aliases {
        notes.extend(resolve(alias, &mut held, &wanted));
    }
    if let Some(mismatch) = compare(graph, checkpoint, &wanted, &held) {
        return Err(WeightsError::Mismatch(Box::new(mismatch)));
    }
    graph.fill_parameters(|value| held.get(value.name.as_str()).copied().cloned())?;
    Ok(notes)
}

/// The parameters and buffers of a graph with their types.
fn wanted(graph: &Graph) -> BTreeMap<String, TensorType> {
    let values = graph.values().map(|(_, value)| value);
    let stored = values.filter(|value| matches!(value.kind, ValueKind::Parameter(_) | ValueKind::Buffer(_)));
    stored.map(|value| (value.name.clone(), value.ty.clone())).collect()
}

/// Drops the copies of wanted tensors under an alias from `held`; notes if they tell something else than the originals.
fn resolve<'a>(
    Alias { alias, original }: &Alias,
    held: &mut BTreeMap<&'a str, &'a Tensor>,
    wanted: &'a BTreeMap<String, TensorType>,
) -> Option<String> {
    let mut differing = 0;
    for name in wanted.keys() {
        let Some(copy) = name.strip_prefix(original).map(|rest| format!("{alias}{rest}")) else { continue };
        let Some(copy) = held.remove(copy.as_str()) else { continue };
        differing += usize::from(*held.entry(name).or_insert(copy) != copy);
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
    held: &BTreeMap<&str, &Tensor>,
) -> Option<Mismatch> {
    let mut mismatch = Mismatch {
        path: checkpoint.path.clone(),
        model: graph.name.clone(),
        wanted: wanted.len(),
        held: held.len(),
        missing: vec![],
        unexpected: vec![],
        different: vec![],
    };
    for (name, expected) in wanted {
        match held.get(name.as_str()).map(|tensor| tensor.ty()) {
            None => mismatch.missing.push((name.clone(), expected.clone())),
            Some(found) if found != *expected => mismatch.different.push((name.clone(), expected.clone(), found)),
            Some(_) => {}
        }
    }
    let unexpected = held.iter().filter(|(key, _)| !wanted.contains_key(**key));
    mismatch.unexpected = unexpected.map(|(key, tensor)| ((*key).to_owned(), tensor.ty())).collect();
    let fits = mismatch.missing.is_empty() && mismatch.unexpected.is_empty() && mismatch.different.is_empty();
    (!fits).then_some(mismatch)
}

/// The likely reason for a mismatch, and what to do about it.
pub(super) fn hint(mismatch: &Mismatch) -> Option<String> {
    let Mismatch { model, wanted, missing, different, .. } = mismatch;
    if let Some(hint) = other_classes(mismatch).or_else(|| other_prefix(mismatch)) {
        return Some(hint);
    }
    let matching = wanted - missing.len() - different.len();
    (2 * matching < *wanted).then(|| {
        format!(
            "Only {matching} of {wanted} tensors match: the checkpoint probably belongs to another architecture or size than \
             `{model}`."
        )
    })
}

/// If only numbers of rows differ, as they do in output layers.
fn other_classes(Mismatch { missing, unexpected, different, .. }: &Mismatch) -> Option<String> {
    let rows = different.iter().map(|(_, expected, found)| match (&*expected.shape, &*found.shape) {
        ([model, rest @ ..], [checkpoint, same @ ..]) if rest == same => Some((*model, *checkpoint)),
        _ => None,
    });
    let rows = Vec::from_iter(rows.collect::<Option<BTreeSet<_>>>()?);
    match rows.as_slice() {
        _ if !missing.is_empty() || !unexpected.is_empty() => None,
        [(model, checkpoint)] => {
            Some(format!("The checkpoint has {checkpoint} classes, the model {model}: use --classes {checkpoint}."))
        }
        _ => Some(
            "Only output layers differ: the checkpoint has another number of classes; set it with --classes.".into(),
        ),
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
