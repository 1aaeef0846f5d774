//! Cycles that each fall from a maximum, and a last one that falls to the end (`optim/scheduler/cyclic.py`; Mehta et al. 2019,
//! ESPNetv2).

use super::ScheduleError;
use crate::recipe::{CyclicOptions, LastCycle, SchedulerOptions};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cyclic {
    options: CyclicOptions,
    /// Learning rates of the epochs of a cycle.
    cycle: Vec<f64>,
    max_epochs: usize,
}

impl Cyclic {
    pub fn new(options: &SchedulerOptions, max_epochs: usize) -> Result<Self, ScheduleError> {
        let cyclic = &options.cyclic;
        let refuse = |key, reason: &str| Err(ScheduleError { key, reason: reason.into() });
        if options.is_iteration_based {
            return refuse("scheduler.is_iteration_based", "cycles are counted in epochs; expected false");
        }
        if cyclic.epochs_per_cycle == 0 {
            return refuse("scheduler.cyclic.epochs_per_cycle", "expected a number above 0, found 0");
        }
        if cyclic.total_cycles == 0 {
            return refuse("scheduler.cyclic.total_cycles", "expected a number above 0, found 0");
        }
        if cyclic.min_lr < cyclic.last_cycle_end_lr {
            return refuse("scheduler.cyclic.min_lr", "expected no less than `scheduler.cyclic.last_cycle_end_lr`");
        }
        let cycle = cycle(cyclic.min_lr, cyclic.epochs_per_cycle);
        Ok(Self { options: cyclic.clone(), cycle, max_epochs })
    }

    /// The learning rate of an epoch that is not in the warm-up.
    pub fn learning_rate(&self, epoch: usize) -> f64 {
        let last_cycle = self.options.epochs_per_cycle.saturating_mul(self.options.total_cycles - 1);
        if epoch <= last_cycle {
            return self.scale(epoch) * self.cycle[epoch % self.cycle.len()];
        }
        let (start, end) = (self.scale(last_cycle) * self.options.min_lr, self.options.last_cycle_end_lr);
        let (done, span) = ((epoch - last_cycle) as f64, self.max_epochs.saturating_sub(last_cycle) as f64);
        match self.options.last_cycle_type {
            LastCycle::Linear => start - (done + 1.0) * (start - end) / span,
            LastCycle::Cosine => end + (start - end) * super::half_cosine(done / (span + 1.0)),
        }
    }

    /// What the steps up to an epoch multiply learning rates by: step `j`, counted from 0, by γ to the power of `j + 1`.
    fn scale(&self, epoch: usize) -> f64 {
        let steps = self.options.steps.as_deref().unwrap_or_default();
        let reached = (1..).zip(steps).filter(|(_, step)| **step <= epoch);
        reached.map(|(power, _)| self.options.gamma.powi(power)).product()
    }
}

/// The smallest learning rate, and then those from the largest one downwards in equal steps.
fn cycle(min: f64, epochs: usize) -> Vec<f64> {
    let max = min * epochs as f64;
    let step = (max - min) / (epochs.max(2) - 1) as f64;
    let falling = (0..epochs - 1).map(|index| max - index as f64 * step);
    std::iter::once(min).chain(falling).collect()
}
