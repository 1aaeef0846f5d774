//! Why a checkpoint does not fit a model.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use edgeconv_files::name::escaped;
use edgeconv_graph::TensorType;

/// All the keys that do not fit, in one error.
#[derive(Debug)]
pub struct Mismatch {
    /// The checkpoint.
    pub path: PathBuf,
    /// Name of the model.
    pub model: String,
    /// Number of classes, if the model is a detector.
    pub detector_classes: Option<usize>,
    /// Number of parameters and buffers of the model.
    pub wanted: usize,
    /// Number of tensors of the checkpoint that count: without aliases and batch counters.
    pub held: usize,
    /// What the model has and the checkpoint lacks: name, expected type.
    pub missing: Vec<(String, TensorType)>,
    /// What the checkpoint has and the model lacks: key, found type.
    pub unexpected: Vec<(String, TensorType)>,
    /// What both have with different types: name, expected type, found type.
    pub different: Vec<(String, TensorType, TensorType)>,
}

impl std::error::Error for Mismatch {}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, model, wanted, missing, unexpected, different, .. } = self;
        write!(
            f,
            "the checkpoint `{}` does not fit the model `{model}`: of its {wanted} tensors {} are missing and {} have another \
             shape, and {} more are unexpected",
            path.display(),
            missing.len(),
            different.len(),
            unexpected.len()
        )?;
        if let Some(hint) = hint(self) {
            write!(f, "\n{}", escaped(&hint))?;
        }
        let lines = |pairs: &[(String, TensorType)]| pairs.iter().map(|(name, ty)| format!("{name} {ty}")).collect();
        write_group(f, "missing in the checkpoint", lines(missing))?;
        write_group(f, "unexpected in the checkpoint", lines(unexpected))?;
        let different =
            different.iter().map(|(name, expected, found)| format!("{name} expected {expected}, found {found}"));
        write_group(f, "of another shape", different.collect())
    }
}

/// How many keys of a group are listed.
const LISTED: usize = 20;

fn write_group(f: &mut fmt::Formatter<'_>, title: &str, lines: Vec<String>) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    write!(f, "\n{title}:")?;
    for line in lines.iter().take(LISTED) {
        write!(f, "\n  {}", escaped(line))?;
    }
    match lines.len().saturating_sub(LISTED) {
        0 => Ok(()),
        more => write!(f, "\n  … and {more} more"),
    }
}

/// The likely reason for a mismatch, and what to do about it.
fn hint(mismatch: &Mismatch) -> Option<String> {
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
