//! `edgeconv export --tune`: measured choices, remembered in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::Rewritten;
use edgeconv_converter::target::Mnn;
use edgeconv_converter::target::mnn::passes::{LOWERINGS, Lowering};
use edgeconv_validate::engine::Agent;
use edgeconv_validate::provenance;
use edgeconv_validate::tune::relative_latencies;
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::{debug, info, warn};

use super::hints::conversion_failure;
use crate::failure::Failure;

/// Cache sizes for which strips are tried.
const CACHE_SIZES: [usize; 4] = [0, 512 << 10, 1 << 20, 2 << 20];

/// What was fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    lowering: Option<Lowering>,
    cache_bytes: usize,
}

/// Lowering and strips that are fastest on this machine: remembered, or else measured with one and with two threads. Files to
/// measure are written into `folder`.
pub fn tune(rewritten: &Rewritten, folder: &Path, progress: &ProgressBar) -> Result<Mnn, Failure> {
    let file = cache_file();
    let mut choices: BTreeMap<String, Choice> = file.as_deref().map(remembered).unwrap_or_default();
    let key = key(rewritten);
    let choice = match choices.get(&key) {
        Some(&choice) => choice,
        None => {
            let choice = measure(rewritten, folder, progress)?;
            choices.insert(key, choice);
            if let Some(file) = &file {
                remember(file, &choices);
            }
            choice
        }
    };
    info!("fastest here: {choice:?}");
    Ok(Mnn { lowering: choice.lowering, cache_bytes: choice.cache_bytes })
}

/// First the lowering, then the strips with it.
fn measure(rewritten: &Rewritten, folder: &Path, progress: &ProgressBar) -> Result<Choice, Failure> {
    progress.set_message("measuring ways to compute circular convolutions");
    let lowerings: Vec<_> = std::iter::once(None).chain(LOWERINGS.map(Some)).collect();
    let with_lowering = |&lowering: &Option<Lowering>| Mnn { lowering, ..Mnn::DEFAULT };
    let best = fastest(rewritten, folder, lowerings.iter().map(with_lowering))?;
    let lowering = lowerings[best];
    progress.set_message("measuring strips");
    let with_cache = |&cache_bytes: &usize| Mnn { lowering, cache_bytes };
    let best = fastest(rewritten, folder, CACHE_SIZES.iter().map(with_cache))?;
    Ok(Choice { lowering, cache_bytes: CACHE_SIZES[best] })
}

/// The index of the fastest variant.
fn fastest(rewritten: &Rewritten, folder: &Path, variants: impl Iterator<Item = Mnn>) -> Result<usize, Failure> {
    let mut files = vec![];
    for (index, mnn) in variants.enumerate() {
        let file = std::path::absolute(folder.join(format!("variant-{index}.mnn"))).map_err(Failure::failed)?;
        let artefact = rewritten.to(&mnn).map_err(conversion_failure)?;
        artefact.write(&file).map_err(Failure::failed)?;
        files.push(file);
    }
    let agent = Agent::find().map_err(Failure::failed)?;
    let ratios = relative_latencies(&agent, &files, &[1, 2]).map_err(Failure::failed)?;
    let best = ratios.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index);
    debug!("relative latencies of the variants: {ratios:.3?}");
    Ok(best)
}

/// Network, input size, rewriting and processor.
fn key(rewritten: &Rewritten) -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu =
        cpus.lines().find(|line| line.starts_with("model name") || line.starts_with("Hardware")).unwrap_or("unknown");
    let (graph, options) = (rewritten.graph(), rewritten.options());
    let text = format!("{graph}{:?}{:?}{cpu}{}", options.rewrite, options.disabled, env!("CARGO_PKG_VERSION"));
    provenance::hex(Sha256::digest(text))
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
    let Ok(bytes) = fs::read(file) else { return BTreeMap::new() };
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
