//! A network as a model file.

use std::path::{Path, PathBuf};

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Format;
use edgeconv_graph::Graph;
use edgeconv_validate::provenance;

use super::EvaluationError;
use crate::network::Network;

/// The graph of a network for one picture of this size (height, width), with its weights, as it is exported: without dropouts and
/// auxiliary heads.
///
/// # Errors
/// If the network does not take this size.
pub fn graph(network: &Network, size: (usize, usize)) -> Result<Graph, EvaluationError> {
    let mut graph = edgeconv_zoo::build(network.entry(), network.options(), 1, size)?;
    network.parameters.fill(&mut graph)?;
    Ok(graph)
}

/// Writes such a graph into a folder, as `edgeconv export` does; gives the file.
///
/// # Errors
/// If the file can't be written.
pub fn export(graph: &Graph, format: Format, folder: &Path) -> Result<PathBuf, EvaluationError> {
    let mut graph = graph.clone();
    provenance::note_network(&mut graph);
    let path = folder.join(format!("{}.{}", graph.name, format.ending()));
    Conversion::of(graph).rewrite(&Rewrite::Fast.into())?.to(format.target())?.write(&path)?;
    Ok(path)
}
