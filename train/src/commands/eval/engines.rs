//! What `edgeconv eval` computes with.

use std::path::{Path, PathBuf};

use edgeconv_agent::SessionConfig;
use edgeconv_converter::target::Format;
use edgeconv_graph::Graph;
use edgeconv_terminal::Failure;
use edgeconv_validate::machine::Machine;
use tempfile::TempDir;
use tracing::warn;

use super::{EngineArg, Eval, failure};
use crate::evaluation::{ModelFile, Predictor, Torch, export, graph, input_size};
use crate::recipe::Recipe;
use crate::trainer::device;

/// Predictors in the order that was asked for.
pub struct Engines {
    torch: Option<Torch>,
    files: Vec<ModelFile>,
    order: Vec<EngineArg>,
    /// What is to be known about the weights.
    pub notes: Vec<String>,
    /// Holds the exported files.
    _folder: TempDir,
}

impl Engines {
    pub fn open(arguments: &Eval, recipe: &Recipe, order: &[EngineArg]) -> Result<Self, Failure> {
        let given = given(arguments, order)?;
        let is_exported = |format| !given.iter().any(|(of, _)| *of == format);
        let mut torch = None;
        if order.iter().any(|engine| engine.format().is_none_or(is_exported)) {
            let device = device(&arguments.device, 0).map_err(Failure::misuse)?;
            torch = Some(Torch::open(recipe, arguments.weights.as_deref(), device).map_err(failure)?);
        } else if let Some(weights) = &arguments.weights {
            let (weights, reason) = (weights.display(), "model files have weights of their own: leave out --weights");
            return Err(Failure::Misuse(format!("`{weights}`: {reason}")));
        }
        let (torch, notes) = torch.map_or((None, vec![]), |(torch, notes)| (Some(torch), notes));
        for note in &notes {
            warn!("{note}");
        }
        let graph = match &torch {
            Some(torch) => graph(torch.network(), input_size(recipe)).map_err(failure)?,
            None => bare(recipe)?,
        };
        let folder = tempfile::tempdir().map_err(|error| Failure::Failed(format!("no temporary folder: {error}")))?;
        let mut files = vec![];
        for format in order.iter().filter_map(|engine| engine.format()) {
            let path = match given.iter().find(|(of, _)| *of == format) {
                Some((_, path)) => path.clone(),
                None => export(&graph, format, folder.path()).map_err(failure)?,
            };
            files.push(open(arguments, &path, format, &graph)?);
        }
        Ok(Self { torch, files, order: order.to_vec(), notes, _folder: folder })
    }

    pub fn iter(&self) -> impl Iterator<Item = &dyn Predictor> {
        let mut files = self.files.iter();
        self.order.iter().filter_map(move |engine| match engine.format() {
            None => self.torch.as_ref().map(|torch| torch as &dyn Predictor),
            Some(_) => files.next().map(|file| file as &dyn Predictor),
        })
    }
}

/// The engine for a file.
pub fn of_file(path: &Path) -> Result<EngineArg, Failure> {
    match Format::expect(path).map_err(Failure::misuse)? {
        Format::Onnx => Ok(EngineArg::Onnx),
        Format::Mnn => Ok(EngineArg::Mnn),
    }
}

/// The files that the user named, each of which has to be of use.
fn given(arguments: &Eval, order: &[EngineArg]) -> Result<Vec<(Format, PathBuf)>, Failure> {
    let mut given: Vec<(Format, PathBuf)> = vec![];
    for path in &arguments.models {
        let engine = of_file(path)?;
        let misuse = |reason: &str| Err(Failure::Misuse(format!("`{}`: {reason}", path.display())));
        let Some(format) = engine.format().filter(|_| order.contains(&engine)) else {
            return misuse("no --engine runs it: add one, or leave out --model");
        };
        if given.iter().any(|(of, _)| *of == format) {
            return misuse("there is another --model of this format already");
        }
        given.push((format, path.clone()));
    }
    Ok(given)
}

/// The network's graph without weights.
fn bare(recipe: &Recipe) -> Result<Graph, Failure> {
    let model = &recipe.model;
    edgeconv_zoo::build(model.entry, &model.architecture, 1, input_size(recipe)).map_err(Failure::misuse)
}

fn open(arguments: &Eval, path: &Path, format: Format, graph: &Graph) -> Result<ModelFile, Failure> {
    let machine = match format {
        Format::Onnx => Machine::Local,
        Format::Mnn => arguments.target.machine.clone(),
    };
    let config =
        SessionConfig { threads: arguments.threads, kernels: arguments.kernels.choice(), ..SessionConfig::default() };
    ModelFile::open(path, graph, machine, config, arguments.input.as_ref()).map_err(failure)
}
