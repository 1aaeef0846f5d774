//! A graph as a libtorch module: one interpreter for all networks.
//!
//! - [`Parameters`]: the learned tensors and buffers, under their checkpoint keys.
//! - [`Network`]: builds the graph of a network of the zoo for the size of each batch and computes it, with gradients or without.
//! - [`compute`]: computes any graph once.

mod operator;
mod parameters;
mod pieces;
mod program;
mod sync_batch_norm;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use edgeconv_graph::{Graph, GraphError};
use edgeconv_zoo::weights::{self, Alias, Checkpoint, WeightsError};
use edgeconv_zoo::{Entry, ModelError, Options, build, build_for_training};
use tch::{Device, TchError, Tensor};

use crate::distributed::World;
use crate::state::{State, StateError, to_graph};
use operator::Context;
pub use parameters::{Parameter, Parameters, Role};
pub use pieces::Pass;
use program::Program;

/// Why a network can't be made or computed.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The architecture does not allow the options or the size.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The initialisation or a checkpoint does not fit.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// A tensor has another type than the graph says.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// A node that libtorch can't compute, or not here.
    #[error("node `{node}` ({op}): {reason}")]
    Node {
        /// Name of the node.
        node: String,
        /// Its operator.
        op: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The input is not a batch of pictures.
    #[error("the network takes pictures [N, 3, H, W], found {0:?}")]
    Input(Vec<i64>),
    /// Some state is not there or has another shape.
    #[error("`{name}`: {reason}")]
    State {
        /// Key of the tensor.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A tensor can't be copied from or into a graph.
    #[error(transparent)]
    Tensor(#[from] StateError),
    /// libtorch failed.
    #[error("libtorch: {0}")]
    Torch(#[from] TchError),
}

/// Whether dropouts and the statistics of batches are in effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Dropouts; BatchNorm by the statistics of the batch, which it remembers.
    Train,
    /// Inference: no dropout, no auxiliary head, BatchNorm by the remembered statistics.
    Eval,
}

/// How BatchNorm behaves while it is trained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BatchNormRule {
    /// Weight of a batch in the running statistics.
    pub momentum: f64,
    /// Whether those of convolution layers stay as they are (`model.*.freeze_batch_norm`); the official program does not freeze
    /// those of EdgeFormer's blocks.
    pub frozen: bool,
    /// Whether all processes share their statistics.
    pub synchronised: bool,
}

impl Default for BatchNormRule {
    /// What all published recipes set.
    fn default() -> Self {
        Self { momentum: 0.1, frozen: false, synchronised: false }
    }
}

/// Computes the outputs of a graph of one input, whose weights are in it, showing each value to `inspect` once it is computed.
///
/// # Errors
/// If it has an operator that is not computed here, if libtorch fails, and what `inspect` returns.
pub fn compute(
    graph: Graph,
    input: &Tensor,
    inspect: impl FnMut(&str, &Tensor) -> Result<(), NetworkError>,
) -> Result<Outputs, NetworkError> {
    let parameters = Parameters::of(&graph, Device::Cpu)?;
    let context = Context { mode: Mode::Eval, batch_norm: BatchNormRule::default(), parameters: &parameters };
    Program::new(graph, &parameters)?.run(input, &context, inspect)
}

/// A network of the zoo with its weights.
#[derive(Debug)]
pub struct Network {
    entry: &'static Entry,
    options: Options,
    /// The learned tensors and buffers.
    pub parameters: Parameters,
    /// How BatchNorm is trained.
    pub batch_norm: BatchNormRule,
    programs: RefCell<Programs>,
}

/// By number, height and width of pictures.
type Programs = HashMap<(Mode, [usize; 3]), Rc<Program>>;

type Load = fn(&mut Graph, &Checkpoint, &[Alias]) -> Result<Vec<String>, WeightsError>;

/// The values that a network returns, by name.
pub type Outputs = Vec<(String, Tensor)>;

/// The value of that name.
///
/// # Errors
/// If the network returns none of that name.
pub fn output<'a>(outputs: &'a Outputs, name: &str) -> Result<&'a Tensor, NetworkError> {
    let found = outputs.iter().find(|(output, _)| output == name);
    let missing = || NetworkError::State { name: name.to_owned(), reason: "the network returns no such value".into() };
    found.map(|(_, tensor)| tensor).ok_or_else(missing)
}

impl Network {
    /// A network with its published initialisation.
    ///
    /// # Errors
    /// If the architecture does not allow the options.
    pub fn new(entry: &'static Entry, options: Options, seed: u64, device: Device) -> Result<Self, NetworkError> {
        let mut graph = build_for_training(entry, &options, 1, entry.size)?;
        weights::initialise(&mut graph, &options.model.layer.init, seed)?;
        let parameters = Parameters::of(&graph, device)?;
        Ok(Self { entry, options, parameters, batch_norm: BatchNormRule::default(), programs: RefCell::default() })
    }

    /// Takes the weights of a checkpoint; `backbone`: those of the encoder only. Returns notes for the user.
    ///
    /// # Errors
    /// If it can't be read or does not fit; nothing has changed then.
    pub fn load(&mut self, path: &Path, backbone: bool) -> Result<Vec<String>, NetworkError> {
        let checkpoint = weights::read(path)?;
        self.take(&checkpoint, if backbone { weights::load_backbone } else { weights::load })
    }

    /// Takes the weights of a checkpoint to go on training from. It may have another number of classes: the output layers then stay
    /// as they are. Returns notes for the user.
    ///
    /// # Errors
    /// If it can't be read or does not fit otherwise; nothing has changed then.
    pub fn load_for_finetuning(&mut self, path: &Path) -> Result<Vec<String>, NetworkError> {
        let mut checkpoint = weights::read(path)?;
        let mismatch = match self.take(&checkpoint, weights::load) {
            Err(NetworkError::Weights(WeightsError::Mismatch(mismatch))) if mismatch.is_of_classes() => mismatch,
            other => return other,
        };
        let names: Vec<_> = mismatch.different.iter().map(|(name, ..)| name.clone()).collect();
        for name in &names {
            if let Some(tensor) = self.parameters.get(name) {
                checkpoint.tensors.insert(name.clone(), to_graph(name, tensor)?);
            }
        }
        let mut notes = self.take(&checkpoint, weights::load)?;
        notes.push(format!("the checkpoint has other classes: {} keep their initialisation", names.join(", ")));
        Ok(notes)
    }

    fn take(&mut self, checkpoint: &Checkpoint, load: Load) -> Result<Vec<String>, NetworkError> {
        let mut graph = self.graph(1, self.entry.size)?;
        self.parameters.fill(&mut graph)?;
        let mut notes = checkpoint.notes.clone();
        notes.extend(load(&mut graph, checkpoint, self.entry.aliases)?);
        self.parameters.take(&graph)?;
        Ok(notes)
    }

    /// The same network with other weights, such as a moving average, which it shares with `state`.
    ///
    /// # Errors
    /// If one is missing.
    pub fn with_state(&self, state: &State) -> Result<Self, NetworkError> {
        Ok(Self {
            entry: self.entry,
            options: self.options.clone(),
            parameters: self.parameters.with_state(state)?,
            batch_norm: self.batch_norm,
            programs: RefCell::default(),
        })
    }

    /// The zoo's entry.
    pub fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// The options that it is built with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The graph that is trained with batches of this size, without weights.
    ///
    /// # Errors
    /// If the architecture does not allow the size.
    pub fn graph(&self, batch: usize, size: (usize, usize)) -> Result<Graph, NetworkError> {
        Ok(build_for_training(self.entry, &self.options, batch, size)?)
    }

    /// Computes the outputs for pictures `[N, 3, H, W]`.
    ///
    /// # Errors
    /// If the architecture does not allow the size, or libtorch fails.
    pub fn forward(&self, pictures: &Tensor, mode: Mode) -> Result<Outputs, NetworkError> {
        self.forward_inside(pictures, mode, |_, _| Ok(()))
    }

    /// The same, showing each value to `inspect` once it is computed.
    ///
    /// # Errors
    /// As [`Self::forward`], and what `inspect` returns.
    pub fn forward_inside(
        &self,
        pictures: &Tensor,
        mode: Mode,
        inspect: impl FnMut(&str, &Tensor) -> Result<(), NetworkError>,
    ) -> Result<Outputs, NetworkError> {
        let program = self.program(pictures, mode)?;
        program.run(pictures, &self.context(mode), inspect)
    }

    /// Computes the outputs for pictures `[N, 3, H, W]` in training, with the way back to the gradients: in pieces if there are several
    /// processes.
    ///
    /// # Errors
    /// As [`Self::forward`].
    pub fn pass(&self, pictures: &Tensor, world: &World) -> Result<Pass, NetworkError> {
        match world.size() {
            1 => Ok(Pass::whole(self.forward(pictures, Mode::Train)?)),
            _ => self.pass_in_pieces(pictures, world),
        }
    }

    fn pass_in_pieces(&self, pictures: &Tensor, world: &World) -> Result<Pass, NetworkError> {
        let program = self.program(pictures, Mode::Train)?;
        Pass::new(&program, pictures, &self.context(Mode::Train), world)
    }

    fn context(&self, mode: Mode) -> Context<'_> {
        Context { mode, batch_norm: self.batch_norm, parameters: &self.parameters }
    }

    /// The program for pictures of this shape.
    fn program(&self, pictures: &Tensor, mode: Mode) -> Result<Rc<Program>, NetworkError> {
        let [batch, 3, height, width] = *pictures.size() else { return Err(NetworkError::Input(pictures.size())) };
        let size = [batch as usize, height as usize, width as usize];
        if let Some(program) = self.programs.borrow().get(&(mode, size)) {
            return Ok(program.clone());
        }
        let (batch, size_of_pictures) = (size[0], (size[1], size[2]));
        let graph = match mode {
            Mode::Train => self.graph(batch, size_of_pictures)?,
            Mode::Eval => build(self.entry, &self.options, batch, size_of_pictures)?,
        };
        let program = Rc::new(Program::new(graph, &self.parameters)?);
        self.programs.borrow_mut().insert((mode, size), program.clone());
        Ok(program)
    }
}
