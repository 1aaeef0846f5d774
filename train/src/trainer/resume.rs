//! What a run needs to go on, taken from a trainer and given back to it.

use std::collections::HashMap;

use super::scaler::LossScaler;
use super::{Position, TrainError, Trainer};
use crate::checkpoint::run_state::{LossScale, Progress, RunState};
use crate::metrics::Averages;
use crate::recipe::Metric;
use crate::state::State;

impl Trainer {
    /// The state between two batches, with the best values of the deciding metric so far. Its tensors are those of the run: they
    /// change when it goes on.
    pub fn state(&self, best: Option<f64>, ema_best: Option<f64>) -> RunState {
        let Position { epoch, batch, iteration } = self.position;
        let sums = self.averages.sums().map(|(metric, sums)| (metric.name().to_owned(), sums));
        let loss_scale = self.scaler.map(|LossScaler { scale, good_steps }| LossScale { scale, good_steps });
        RunState {
            model: self.network.parameters.state(),
            ema: self.ema.as_ref().map(|ema| ema.state().shallow_clone()),
            optimizer: self.optimizer.state().into_iter().collect(),
            progress: Progress {
                epoch,
                batch,
                iterations: iteration as u64,
                sums: sums.collect(),
                best,
                ema_best,
                loss_scale,
                seed: self.recipe.common.seed,
                world_size: self.world.size(),
            },
        }
    }

    /// Goes on from a state. Returns notes for the user.
    ///
    /// # Errors
    /// If it is one of another model, optimiser or seed; the trainer is of no use then.
    pub fn resume(&mut self, state: &RunState) -> Result<Vec<String>, TrainError> {
        let mut notes = vec![];
        self.network.parameters.state().copy_from(&state.model)?;
        match (&mut self.ema, &state.ema) {
            (Some(ema), Some(state)) => ema.load(state)?,
            (Some(ema), None) => {
                ema.load(&state.model)?;
                notes.push("the checkpoint has no moving average: a new one begins".into());
            }
            (None, _) => {}
        }
        self.optimizer.load_state(&tensors(&state.optimizer))?;
        let progress = &state.progress;
        if let (Some(scaler), Some(saved)) = (&mut self.scaler, progress.loss_scale) {
            *scaler = LossScaler { scale: saved.scale, good_steps: saved.good_steps };
        }
        if progress.seed != self.recipe.common.seed {
            return Err(TrainError::Data(format!(
                "key `common.seed`: the run began with {0}, found {1}; set it to {0} to go on",
                progress.seed, self.recipe.common.seed
            )));
        }
        let mut position =
            Position { epoch: progress.epoch, batch: progress.batch, iteration: progress.iterations as usize };
        let (saved, here) = (progress.world_size.max(1), self.world.size());
        if saved != here {
            // The same pictures come in the same order, more or fewer of them in a step.
            position.batch = position.batch * saved / here;
            notes.push(format!(
                "the run had {saved} processes and goes on with {here}: its steps have another size now"
            ));
        }
        self.position = position;
        // Sums over all processes: one of them has them.
        self.averages = if self.world.is_leader() { averages(progress) } else { Averages::default() };
        Ok(notes)
    }
}

fn tensors(state: &State) -> HashMap<String, tch::Tensor> {
    state.iter().map(|(name, tensor)| (name.to_owned(), tensor.shallow_clone())).collect()
}

/// What the batches of the broken-off epoch came to.
fn averages(progress: &Progress) -> Averages {
    let mut averages = Averages::default();
    for metric in [Metric::Loss, Metric::Top1, Metric::Top5, Metric::Iou] {
        if let Some(sums) = progress.sums.get(metric.name()) {
            averages.add_sums(metric, *sums);
        }
    }
    averages
}
