//! A network of the zoo, or that of a file (a program of PyTorch, ONNX), as the reference, computed by libtorch.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use edgeconv_converter::Conversion;
use edgeconv_converter::source::Interface;
use edgeconv_files::Staging;
use edgeconv_graph::{Graph, TensorType};
use edgeconv_validate::engine::Torch;
use edgeconv_validate::model::Model;
use edgeconv_validate::{program, provenance};
use edgeconv_zoo::weights;

use crate::commands::hints::file_failure;
use crate::commands::made::unrewritten;
use crate::commands::writing::unreadable;
use crate::failure::Failure;

/// What `--against` begins with for a network that libtorch computes.
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
        let is_described = self.weights.is_some() || !self.overrides.is_empty();
        let against = against.to_string_lossy();
        let Some(name) = against.strip_prefix(PREFIX) else {
            return match is_described {
                true => Err(Failure::Misuse("--weights and --set are for --against torch:MODEL".into())),
                false => Ok(None),
            };
        };
        let (graph, arguments) = if Path::new(name).is_file() {
            if is_described {
                return Err(Failure::Misuse(format!("`{name}` has its weights: leave out --weights and --set")));
            }
            let file = std::path::absolute(name).map_err(|error| unreadable(Path::new(name), &error))?;
            (graph_of(Path::new(name), candidate)?, vec!["--file".into(), file.into()])
        } else {
            let weights = self.weights.clone().ok_or_else(|| {
                let missing = "the checkpoint that the candidate was made from; a program of PyTorch (.pt2) or an ONNX file of that name would have its own";
                Failure::Misuse(format!("`{against}` needs --weights, {missing}"))
            })?;
            (self.graph(name, &weights, candidate)?, self.arguments(name, weights))
        };
        let program = program::find_training().map_err(Failure::misuse)?;
        let folder = Staging::private().map_err(|error| Failure::Failed(format!("no temporary folder: {error}")))?;
        let path = folder.path().join("network.onnx");
        unrewritten(graph)?.write(&path).map_err(Failure::failed)?;
        let torch = Torch { program, network: name.to_owned(), arguments, limit };
        Model::computed_by(Box::new(torch), path, folder).map(Some).map_err(Failure::failed)
    }

    /// What tells the program which network of the zoo it is.
    fn arguments(&self, name: &str, weights: PathBuf) -> Vec<OsString> {
        let named: [OsString; 4] = ["--model".into(), name.into(), "--weights".into(), weights.into()];
        named.into_iter().chain(self.overrides.iter().flat_map(|text| ["--set".into(), text.into()])).collect()
    }

    /// The network of the zoo for inputs such as the candidate takes.
    fn graph(&self, name: &str, file: &Path, candidate: &Model) -> Result<Graph, Failure> {
        let entry = edgeconv_zoo::find(name).map_err(Failure::misuse)?;
        let mut options = entry.options();
        for text in &self.overrides {
            options = options.with_override(text).map_err(Failure::misuse)?;
        }
        let shape = shapes(candidate).next().map(|(_, shape)| shape);
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

/// The shapes of the candidate's inputs, as far as they are fixed.
fn shapes(candidate: &Model) -> impl Iterator<Item = (String, Vec<usize>)> {
    candidate.inputs().iter().filter_map(|port| Some((port.name.clone(), port.ty.parse::<TensorType>().ok()?.shape)))
}

/// The network of a file for inputs such as the candidate takes.
fn graph_of(file: &Path, candidate: &Model) -> Result<Graph, Failure> {
    let read = || {
        let opened = Conversion::open(file)?;
        let names = opened.input_names()?;
        let shapes = shapes(candidate).filter(|(name, _)| names.contains(name)).collect();
        opened.fix(&Interface { shapes, ..Interface::default() })
    };
    let mut conversion = read().map_err(|error| file_failure(file, error))?;
    let sha256 = provenance::sha256_of_model(file).map_err(|error| unreadable(file, &error))?;
    provenance::note_file(conversion.graph_mut(), sha256);
    Ok(conversion.graph().clone())
}
