//! The loop: batches in, a trained network out (`engine/training_engine.py`).
//!
//! Everything random is derived from the seed, the epoch and the batch, so that a run which goes on from a saved state computes what
//! it would have computed without the interruption, bit by bit.

mod error;
mod examples;
mod measure;
mod objective;
mod resume;
mod scaler;
mod setup;

use std::ops::ControlFlow;
use std::rc::Rc;

use edgeconv_data::{Batch, Loader};
use tch::{Device, Tensor, no_grad};

pub use error::TrainError;
pub use measure::Measured;
pub use setup::{Loaders, device};

use crate::Ema;
use crate::distributed::World;
use crate::metrics::Averages;
use crate::network::{Mode, Network, NetworkError};
use crate::optim::{Optimizer, clip_gradients};
use crate::recipe::Recipe;
use crate::schedule::{BnMomentum, Schedule};
use examples::Examples;
use measure::Measure;
use objective::Objective;
use scaler::LossScaler;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// The epoch, from 0.
    pub epoch: usize,
    /// Batches of the epoch that are done.
    pub batch: usize,
    /// Batches of all epochs that are done.
    pub iteration: usize,
}

/// What is told after each batch.
#[derive(Debug)]
pub struct Told {
    /// How far the run has come.
    pub position: Position,
    /// Batches of the epoch.
    pub batches: usize,
    /// Pictures of the batch.
    pub pictures: usize,
    /// The learning rate of the first group.
    pub learning_rate: f64,
    /// The metrics of the epoch so far.
    pub metrics: Measured,
    /// Pictures that were replaced, and why.
    pub warnings: Vec<String>,
}

/// Asked after each batch whether to go on.
pub type Observer<'a> = dyn FnMut(Told) -> ControlFlow<()> + 'a;

/// A network in training.
pub struct Trainer {
    recipe: Recipe,
    /// The network.
    pub network: Network,
    optimizer: Optimizer,
    schedule: Schedule,
    bn_momentum: Option<BnMomentum>,
    objective: Objective,
    scaler: Option<LossScaler>,
    ema: Option<Ema>,
    device: Device,
    /// The processes of the run.
    pub world: Rc<World>,
    /// Of the epoch's batches that were done before the run was interrupted.
    averages: Averages,
    /// How far the run has come.
    pub position: Position,
}

impl Trainer {
    /// Epochs of the whole run, if each has so many batches. The last one may end early.
    pub fn epochs(&self, batches: usize) -> usize {
        // As `is_done` counts, there is one batch more than the schedule says.
        let batches_of_run = self.schedule.max_iterations().saturating_add(1);
        batches_of_run.div_ceil(batches.max(1)).min(self.schedule.max_epochs())
    }

    /// Whether the run is at its end.
    pub fn is_done(&self) -> bool {
        self.position.epoch >= self.schedule.max_epochs() || self.position.iteration > self.schedule.max_iterations()
    }

    /// Trains for the rest of the epoch; the metrics over it, or `None` if `observer` broke it off between two batches.
    ///
    /// # Errors
    /// If data can't be loaded, or if the loss is not finite.
    pub fn train_epoch(
        &mut self,
        loader: &mut Loader,
        observer: &mut Observer,
    ) -> Result<Option<Measured>, TrainError> {
        let averages = std::mem::take(&mut self.averages);
        let mut measure = self.measure(averages);
        self.optimizer.zero_grad();
        let epoch = self.position.epoch;
        let batches = loader.epoch(epoch);
        let count = batches.len();
        for batch in batches.skip(self.position.batch) {
            if self.position.iteration > self.schedule.max_iterations() {
                break;
            }
            let mut batch = batch?;
            // The rest of an epoch may be a single picture, which BatchNorm can't be trained with.
            if batch.len > 1 || self.recipe.dataset.train_batch_size0 == 1 {
                self.train_batch(&batch, &mut measure)?;
            }
            self.position.batch += 1;
            self.position.iteration += 1;
            let told = Told {
                position: self.position,
                batches: count,
                pictures: batch.len,
                learning_rate: self.learning_rate(1.0),
                metrics: measure.values(),
                warnings: std::mem::take(&mut batch.warnings),
            };
            if self.world.any(observer(told).is_break()) && self.position.batch < count {
                measure.combine(&self.world);
                self.averages = measure.averages().clone();
                return Ok(None);
            }
        }
        measure.combine(&self.world);
        self.position = Position { epoch: epoch + 1, batch: 0, ..self.position };
        Ok(Some(measure.values()))
    }

    fn train_batch(&mut self, batch: &Batch, measure: &mut Measure) -> Result<(), TrainError> {
        let Position { epoch, batch: index, iteration } = self.position;
        if let Some(momentum) = &self.bn_momentum {
            self.network.batch_norm.momentum = momentum.at(epoch, iteration);
        }
        let examples = self.examples(batch)?;
        self.seed_batch(iteration);
        let (pass, loss) = tch::autocast(self.scaler.is_some(), || -> Result<_, TrainError> {
            let pass = self.network.pass(&examples.pictures, &self.world)?;
            let loss = self.objective.loss(&pass.outputs, &examples)?;
            Ok((pass, loss))
        })?;
        let value = loss.f_double_value(&[])?;
        if !value.is_finite() {
            let culprit = self.culprit(&examples, iteration)?;
            return Err(TrainError::NotFinite { loss: value, epoch, batch: index, culprit });
        }
        measure.add(&pass.outputs, &examples, value)?;
        let loss = match self.scaler {
            Some(scaler) => loss.f_mul_scalar(scaler.scale)?,
            None => loss,
        };
        let is_step = (index + 1).is_multiple_of(self.accumulated(epoch));
        self.world.averaging(|average| {
            pass.backward(&loss, &self.world, |learned| -> Result<(), TrainError> {
                let gradients = learned.iter().map(Tensor::grad).filter(|gradient| is_step && gradient.defined());
                Ok(average(gradients.collect())?)
            })
        })?;
        if is_step { self.step(iteration) } else { Ok(()) }
    }

    /// The random numbers of a batch, beside those of its pictures, are the same whenever it is computed.
    fn seed_batch(&self, iteration: usize) {
        tch::manual_seed(setup::batch_seed(self.recipe.common.seed, self.world.rank(), iteration));
    }

    /// Batches in a step of the optimiser (`common.accum_freq`, `common.accum_after_epoch`).
    fn accumulated(&self, epoch: usize) -> usize {
        let common = &self.recipe.common;
        if epoch as i64 > common.accum_after_epoch { common.accum_freq.max(1) } else { 1 }
    }

    fn step(&mut self, iteration: usize) -> Result<(), TrainError> {
        let finite = match self.scaler {
            Some(scaler) => scaler.unscale(self.optimizer.parameters())?,
            None => true,
        };
        if let Some(max_norm) = self.recipe.common.grad_clip {
            clip_gradients(self.optimizer.parameters(), max_norm);
        }
        if finite {
            let (schedule, epoch) = (&self.schedule, self.position.epoch);
            self.optimizer.step(|multiplier| schedule.learning_rate(epoch, iteration, multiplier));
        }
        if let Some(scaler) = &mut self.scaler {
            scaler.update(finite);
        }
        self.optimizer.zero_grad();
        if let Some(ema) = &mut self.ema {
            ema.update(&self.network.parameters.state())?;
        }
        Ok(())
    }

    /// The learning rate of the last batch.
    fn learning_rate(&self, multiplier: f64) -> f64 {
        let Position { epoch, batch, iteration } = self.position;
        // Between two epochs, the last batch is one of the epoch before.
        let epoch = if batch == 0 { epoch.saturating_sub(1) } else { epoch };
        self.schedule.learning_rate(epoch, iteration.saturating_sub(1), multiplier)
    }

    /// The learning rates of the last batch, one for each group of parameters.
    pub fn learning_rates(&self) -> Vec<f64> {
        self.optimizer.lr_multipliers().map(|multiplier| self.learning_rate(multiplier)).collect()
    }

    /// The first value of the forward pass that is not finite.
    fn culprit(&self, examples: &Examples, iteration: usize) -> Result<String, TrainError> {
        let is_finite = |tensor: &Tensor| -> Result<bool, NetworkError> {
            Ok(!tensor.is_floating_point() || tensor.f_isfinite()?.f_all()?.f_int64_value(&[])? != 0)
        };
        for parameter in self.network.parameters.iter() {
            if !is_finite(&parameter.tensor)? {
                return Ok(format!("the parameter `{}` is not finite after the last step", parameter.name));
            }
        }
        let mut first = None;
        self.seed_batch(iteration);
        no_grad(|| {
            self.network.forward_inside(&examples.pictures, Mode::Train, |name, tensor| {
                if first.is_none() && !is_finite(tensor)? {
                    first = Some(name.to_owned());
                }
                Ok(())
            })
        })?;
        Ok(first.map_or("all values of the network are finite, the loss is not".into(), |name| {
            format!("the first value that is not finite is `{name}`")
        }))
    }

    /// The network with the moving average of the weights, if the recipe asks for one.
    ///
    /// # Errors
    /// If libtorch fails.
    pub fn averaged(&self) -> Result<Option<Network>, TrainError> {
        self.ema.as_ref().map(|ema| Ok(self.network.with_state(ema.state())?)).transpose()
    }

    /// Overwrites the weights with their moving average, if the recipe asks for it after this epoch (`ema.copy_at_epoch`); whether it
    /// does.
    ///
    /// # Errors
    /// If libtorch fails.
    pub fn copy_average(&mut self, epoch: usize) -> Result<bool, TrainError> {
        match &self.ema {
            Some(ema) if self.recipe.ema.copy_at_epoch == epoch as i64 => {
                self.network.parameters.state().copy_from(ema.state())?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The metrics of a network on the validation data. With another network than the one in training: the moving average.
    ///
    /// # Errors
    /// If data can't be loaded.
    pub fn validate(
        &mut self,
        loader: &mut Loader,
        network: Option<&Network>,
        observer: &mut Observer,
    ) -> Result<Measured, TrainError> {
        let mut measure = self.measure(Averages::default());
        let network = network.unwrap_or(&self.network);
        // Not shuffled: all epochs are alike.
        let batches = loader.epoch(0);
        let count = batches.len();
        for (index, batch) in batches.enumerate() {
            let batch = batch?;
            let examples = self.examples(&batch)?;
            let outputs = no_grad(|| network.forward(&examples.pictures, Mode::Eval))?;
            let loss = self.objective.loss(&outputs, &examples)?;
            measure.add(&outputs, &examples, loss.f_double_value(&[])?)?;
            let position = Position { batch: index + 1, ..self.position };
            let (metrics, pictures) = (measure.values(), batch.len);
            let warnings = batch.warnings;
            let told = Told { position, batches: count, pictures, learning_rate: 0.0, metrics, warnings };
            if observer(told).is_break() {
                break;
            }
        }
        measure.combine(&self.world);
        Ok(measure.values())
    }

    fn examples(&self, batch: &Batch) -> Result<Examples, TrainError> {
        let preprocessing = self.recipe.preprocessing((batch.height, batch.width));
        Ok(Examples::new(batch, &preprocessing, self.device)?)
    }

    fn measure(&self, averages: Averages) -> Measure {
        Measure::new(&self.recipe.stats.name, self.network.options().classes().unwrap_or(1), averages)
    }
}
