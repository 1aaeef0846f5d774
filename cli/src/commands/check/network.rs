//! A network of the zoo as the reference, computed by libtorch.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use edgeconv_files::Staging;
use edgeconv_graph::{Graph, TensorType};
use edgeconv_validate::engine::Torch;
use edgeconv_validate::model::Model;
use edgeconv_validate::{program, provenance};
use edgeconv_zoo::{Entry, weights};

use crate::commands::made::unrewritten;
use crate::failure::Failure;

/// What `--against` begins with for a network of the zoo.
const PREFIX: &str = "torch:";

/// Arguments about that network.
#[derive(Args)]
pub(super) struct Network {
    /// Checkpoint of the network, for --against torch:MODEL
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,

    /// Override one option of the network, by its dotted name, for --against torch:MODEL
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,
}

impl Network {
    pub(super) fn weights(&self) -> Option<&Path> {
        self.weights.as_deref()
    }

    /// The network that `--against` names; `None` if that is something else. A graph with the same weights tells of its values.
    pub(super) fn open(&self, against: &Path, candidate: &Model, limit: Duration) -> Result<Option<Model>, Failure> {
        let against = against.to_string_lossy();
        let Some(name) = against.strip_prefix(PREFIX) else {
            return match self.weights.is_some() || !self.overrides.is_empty() {
                true => Err(Failure::Misuse("--weights and --set are for --against torch:MODEL".into())),
                false => Ok(None),
            };
        };
        let weights = self.weights.clone().ok_or_else(|| {
            Failure::Misuse(format!("`{against}` needs --weights, the checkpoint that the candidate was made from"))
        })?;
        let program = program::find_training().map_err(Failure::misuse)?;
        let entry = edgeconv_zoo::find(name).map_err(Failure::misuse)?;
        let graph = self.graph(entry, &weights, candidate)?;
        let folder = Staging::private().map_err(|error| Failure::Failed(format!("no temporary folder: {error}")))?;
        let path = folder.path().join(format!("{name}.onnx"));
        unrewritten(graph)?.write(&path).map_err(Failure::failed)?;
        let torch = Torch { program, network: name.to_owned(), weights, overrides: self.overrides.clone(), limit };
        Model::computed_by(Box::new(torch), path, folder).map(Some).map_err(Failure::failed)
    }

    /// The network for inputs such as the candidate takes.
    fn graph(&self, entry: &'static Entry, file: &Path, candidate: &Model) -> Result<Graph, Failure> {
        let mut options = entry.options();
        for text in &self.overrides {
            options = options.with_override(text).map_err(Failure::misuse)?;
        }
        let shape = candidate.inputs().first().and_then(|port| Some(port.ty.parse::<TensorType>().ok()?.shape));
        let (batch, size) = match shape.as_deref() {
            Some(&[batch, 3, height, width]) => (batch, (height, width)),
            _ => (1, entry.size),
        };
        let mut graph = edgeconv_zoo::build(entry, &options, batch, size).map_err(Failure::misuse)?;
        let checkpoint = weights::read(file).map_err(Failure::misuse)?;
        weights::load(&mut graph, &checkpoint, entry.aliases).map_err(Failure::misuse)?;
        provenance::note_network(&mut graph);
        Ok(graph)
    }
}
