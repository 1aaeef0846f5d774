//! Which models there are.

use edgeconv_graph::Graph;

use crate::models::{ModelError, edgeformer};
use crate::options::{Fusion, Options, Scale};
use crate::weights::Alias;

/// What a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// `logits` `[N, classes]`.
    Classification,
}

/// A model of the zoo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The name in commands and files.
    pub name: &'static str,
    /// What it computes.
    pub task: Task,
    /// Height and width of the published evaluation.
    pub size: (usize, usize),
    /// Checkpoint prefixes that hold the same tensors again.
    pub aliases: &'static [Alias],
    scale: Scale,
    fusion: Fusion,
}

/// Every model of the zoo.
pub const ENTRIES: &[Entry] = &[
    edgeformer_entry("edgeformer-xs", Scale::Xs, Fusion::Add),
    edgeformer_entry("edgeformer-s", Scale::S, Fusion::Concat),
    edgeformer_entry("edgeformer-h", Scale::H, Fusion::Concat),
];

const fn edgeformer_entry(name: &'static str, scale: Scale, fusion: Fusion) -> Entry {
    Entry { name, task: Task::Classification, size: (256, 256), aliases: edgeformer::ALIASES, scale, fusion }
}

impl Entry {
    /// The published options.
    pub fn options(&self) -> Options {
        Options::published(self.scale, self.fusion)
    }
}

/// No model has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown model `{name}`; did you mean `{nearest}`? `edgeconv models` lists all")]
pub struct UnknownModel {
    /// The name that was asked for.
    pub name: String,
    /// The name that is most like it.
    pub nearest: &'static str,
}

/// Looks a model up by name.
///
/// # Errors
/// If there is none; the error suggests the nearest name.
pub fn find(name: &str) -> Result<&'static Entry, UnknownModel> {
    ENTRIES.iter().find(|entry| entry.name == name).ok_or_else(|| UnknownModel {
        name: name.to_owned(),
        nearest: ENTRIES.iter().map(|entry| entry.name).fold(ENTRIES[0].name, |best, other| {
            if strsim::jaro_winkler(name, other) > strsim::jaro_winkler(name, best) { other } else { best }
        }),
    })
}

/// Builds a model for input `[batch, 3, height, width]`.
///
/// # Errors
/// If the network can't take that input, or if options contradict each other.
pub fn build(entry: &Entry, options: &Options, batch: usize, size: (usize, usize)) -> Result<Graph, ModelError> {
    edgeformer::build(entry.name, &options.model, batch, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_model_gets_a_suggestion() {
        assert_eq!(find("edgeformer-s").unwrap().name, "edgeformer-s");
        assert_eq!(find("edgefromer-h").unwrap_err().nearest, "edgeformer-h");
        assert_eq!(find("EdgeFormer_XS").unwrap_err().name, "EdgeFormer_XS");
    }
}
