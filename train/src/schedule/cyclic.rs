//! Cycles that each fall from a maximum, and a last one that falls to the end (`optim/scheduler/cyclic.py`; Mehta et al. 2019,
//! ESPNetv2).

use crate::recipe::{CyclicOptions, LastCycle};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cyclic {
    options: CyclicOptions,
    /// Learning rates of the epochs of a cycle.
    cycle: Vec<f64>,
    max_epochs: usize,
}

impl Cyclic {
    /// Cycles with options that [`SchedulerOptions::check`](crate::recipe::SchedulerOptions::check) accepts.
    pub fn new(options: &CyclicOptions, max_epochs: usize) -> Self {
        Self { options: options.clone(), cycle: cycle(options.min_lr, options.epochs_per_cycle), max_epochs }
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
