//! `edgeconv export --tune`: measured choices, remembered in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::pipeline::{self, Options};
use edgeconv_converter::target::mnn;
use edgeconv_converter::target::mnn::passes::{LOWERINGS, Lowering};
use edgeconv_graph::Graph;
use edgeconv_validate::engine::Agent;
use edgeconv_validate::provenance;
use edgeconv_validate::tune::relative_latencies;
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::{debug, info, warn};

use crate::failure::Failure;

/// Cache sizes for which strips are tried.
const CACHE_SIZES: [usize; 4] = [0, 512 << 10, 1 << 20, 2 << 20];

/// What was fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    lowering: Option<Lowering>,
    cache_bytes: usize,
}

/// Sets lowering and strips to what is fastest on this machine: remembered, or else measured with one and with two threads.
/// Files to measure are written into `folder`.
pub fn tune(graph: &Graph, options: &mut Options, folder: &Path, progress: &ProgressBar) -> Result<(), Failure> {
    let file = cache_file();
    let mut choices: BTreeMap<String, Choice> = file.as_deref().map(remembered).unwrap_or_default();
    let key = key(graph, options);
    let choice = match choices.get(&key) {
        Some(&choice) => choice,
        None => {
            let choice = measure(graph, options, folder, progress)?;
            choices.insert(key, choice);
            if let Some(file) = &file {
                remember(file, &choices);
            }
            choice
        }
    };
    info!("fastest here: {choice:?}");
    (options.lowering, options.cache_bytes) = (choice.lowering, choice.cache_bytes);
    Ok(())
}

/// First the lowering, then the strips with it.
fn measure(graph: &Graph, options: &Options, folder: &Path, progress: &ProgressBar) -> Result<Choice, Failure> {
    progress.set_message("measuring ways to compute circular convolutions");
    let lowerings: Vec<_> = std::iter::once(None).chain(LOWERINGS.map(Some)).collect();
    let with_lowering = |&lowering: &Option<Lowering>| Options { lowering, ..options.clone() };
    let best = fastest(graph, folder, lowerings.iter().map(with_lowering))?;
    let lowering = lowerings[best];
    progress.set_message("measuring strips");
    let with_cache = |&cache_bytes: &usize| Options { lowering, cache_bytes, ..options.clone() };
    let best = fastest(graph, folder, CACHE_SIZES.iter().map(with_cache))?;
    Ok(Choice { lowering, cache_bytes: CACHE_SIZES[best] })
}

/// The index of the fastest variant.
fn fastest(graph: &Graph, folder: &Path, variants: impl Iterator<Item = Options>) -> Result<usize, Failure> {
    let mut files = vec![];
    for (index, options) in variants.enumerate() {
        let mut graph = graph.clone();
        pipeline::run(&mut graph, &options).map_err(Failure::failed)?;
        let file = std::path::absolute(folder.join(format!("variant-{index}.mnn"))).map_err(Failure::failed)?;
        mnn::write(&graph, &file).map_err(Failure::failed)?;
        files.push(file);
    }
    let agent = Agent::find().map_err(Failure::failed)?;
    let ratios = relative_latencies(&agent, &files, &[1, 2]).map_err(Failure::failed)?;
    let best = ratios.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index);
    debug!("relative latencies of the variants: {ratios:.3?}");
    Ok(best)
}

/// Network, input size, rewriting and processor.
fn key(graph: &Graph, options: &Options) -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu =
        cpus.lines().find(|line| line.starts_with("model name") || line.starts_with("Hardware")).unwrap_or("unknown");
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
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let temporary = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&temporary, choices)?;
        temporary.persist(file)?;
        Ok(())
    };
    if let Err(error) = write() {
        warn!("can't remember the choice in `{}`: {error}", file.display());
    }
}
