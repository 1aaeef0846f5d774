//! `--tune`: measured choices, remembered in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::Rewritten;
use edgeconv_converter::target::Mnn;
use edgeconv_converter::target::mnn::passes::Lowering;
use edgeconv_files::Staging;
use edgeconv_validate::tune::{self, Step, TuneError};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::hints::conversion_failure;
use crate::failure::Failure;

/// What was fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    lowering: Option<Lowering>,
    cache_bytes: usize,
}

/// Lowering and strips that are fastest on this machine: remembered, or else measured, with files in `staging`.
pub fn tune(rewritten: &Rewritten, staging: &Staging, progress: &ProgressBar) -> Result<Mnn, Failure> {
    let file = cache_file();
    let mut choices: BTreeMap<String, Choice> = file.as_deref().map(remembered).unwrap_or_default();
    let key = tune::key(rewritten);
    let choice = match choices.get(&key) {
        Some(&choice) => choice,
        None => {
            let choice = measure(rewritten, staging, progress)?;
            choices.insert(key, choice);
            if let Some(file) = &file {
                remember(file, &choices);
            }
            choice
        }
    };
    info!("fastest here: {choice:?}");
    Ok(Mnn { lowering: choice.lowering, cache_bytes: choice.cache_bytes, ..Mnn::DEFAULT })
}

fn measure(rewritten: &Rewritten, staging: &Staging, progress: &ProgressBar) -> Result<Choice, Failure> {
    let step = |step: Step| {
        progress.set_message(match step {
            Step::Lowerings => "measuring ways to compute circular convolutions",
            Step::Strips => "measuring strips",
        });
    };
    let Mnn { lowering, cache_bytes, .. } = tune::fastest(rewritten, staging, step).map_err(|error| match error {
        TuneError::Conversion(error) => conversion_failure(error),
        error => Failure::failed(error),
    })?;
    Ok(Choice { lowering, cache_bytes })
}

fn cache_file() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = variable("EDGECONV_CACHE")
        .or_else(|| Some(variable("XDG_CACHE_HOME")?.join("edgeconv")))
        .or_else(|| Some(variable("HOME")?.join(".cache/edgeconv")))?;
    Some(folder.join("tune.json"))
}

/// What the file holds; a damaged one is as good as none, and is written anew.
fn remembered(file: &Path) -> BTreeMap<String, Choice> {
    let Ok(bytes) = edgeconv_files::read(file) else { return BTreeMap::new() };
    serde_json::from_slice(&bytes).unwrap_or_else(|error| {
        warn!("`{}` is damaged, measuring anew: {error}", file.display());
        BTreeMap::new()
    })
}

fn remember(file: &Path, choices: &BTreeMap<String, Choice>) {
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        edgeconv_files::write(file, serde_json::to_vec_pretty(choices)?)
    };
    if let Err(error) = write() {
        warn!("can't remember the choice in `{}`: {error}", file.display());
    }
}
