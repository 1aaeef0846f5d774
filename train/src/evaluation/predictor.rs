//! What computes outputs for pictures.

use std::path::Path;

use edgeconv_graph::Tensor;
use edgeconv_validate::engine::{NamedTensor, Ran, Run};
use tch::{Device, no_grad};

use super::EvaluationError;
use crate::network::{Mode, Network, NetworkError};
use crate::recipe::Recipe;
use crate::state::{from_graph, to_graph};

/// Computes outputs for pictures.
pub trait Predictor {
    /// What it is: `torch`, `onnx` or `mnn`.
    fn name(&self) -> &str;

    /// How many pictures at once are a good number.
    fn at_once(&self) -> usize;

    /// The outputs, by name and one row per picture, for pictures `[N, 3, H, W]`.
    ///
    /// # Errors
    /// If they can't be computed.
    fn predict(&self, pictures: &Tensor) -> Result<Run, EvaluationError>;
}

/// A network, computed by libtorch.
pub struct Torch {
    network: Network,
    device: Device,
    at_once: usize,
}

impl Torch {
    /// A recipe's network with the weights of a checkpoint, or of the one that the recipe names as `pretrained` for its task, or
    /// else with its initialisation. Also returns notes for the user.
    ///
    /// # Errors
    /// If the checkpoint can't be read or does not fit.
    pub fn open(
        recipe: &Recipe,
        weights: Option<&Path>,
        device: Device,
    ) -> Result<(Self, Vec<String>), EvaluationError> {
        let model = &recipe.model;
        let mut network = Network::new(model.entry, model.architecture.clone(), recipe.common.seed, device)?;
        let notes = match weights.or_else(|| model.training.pretrained()) {
            Some(path) => network.load(path, false)?,
            None => vec![format!(
                "there are no weights (--weights): {} gets its initialisation (seed {}), it is not trained",
                model.entry.name, recipe.common.seed
            )],
        };
        Ok((Self { network, device, at_once: recipe.dataset.eval_batch_size0 }, notes))
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    fn outputs(&self, pictures: &Tensor) -> Result<Vec<NamedTensor>, NetworkError> {
        let pictures = from_graph("input", pictures)?.to_device(self.device);
        let outputs = no_grad(|| self.network.forward(&pictures, Mode::Eval))?;
        outputs.into_iter().map(|(name, tensor)| Ok(NamedTensor { tensor: to_graph(&name, &tensor)?, name })).collect()
    }
}

impl Predictor for Torch {
    fn name(&self) -> &str {
        "torch"
    }

    fn at_once(&self) -> usize {
        self.at_once
    }

    fn predict(&self, pictures: &Tensor) -> Result<Run, EvaluationError> {
        Ok(Run { outputs: self.outputs(pictures)?, inside: vec![], ran: Ran::by("libtorch", None) })
    }
}
