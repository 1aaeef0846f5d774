//! The section `scheduler`.

use serde::{Deserialize, Serialize};

/// Key `scheduler`: how the learning rate changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SchedulerOptions {
    /// Which curve.
    pub name: Scheduler,
    /// Of no effect: the learning rate before the scheduler sets it.
    pub lr: f64,
    /// Number of epochs, unless `is_iteration_based`; 300 if there is none.
    pub max_epochs: Option<usize>,
    /// Number of batches if `is_iteration_based`; 300 000 if there is none.
    pub max_iterations: Option<usize>,
    /// Batches of warm-up.
    pub warmup_iterations: usize,
    /// Learning rate at their start.
    pub warmup_init_lr: f64,
    /// Whether the run ends, and the learning rate changes, by batches instead of by epochs.
    pub is_iteration_based: bool,
    /// Key `scheduler.cosine`.
    pub cosine: CosineOptions,
    /// Key `scheduler.polynomial`.
    pub polynomial: PolynomialOptions,
    /// Key `scheduler.cyclic`.
    pub cyclic: CyclicOptions,
}

impl Default for SchedulerOptions {
    fn default() -> Self {
        Self {
            name: Scheduler::Cosine,
            lr: 0.1,
            max_epochs: None,
            max_iterations: None,
            warmup_iterations: 0,
            warmup_init_lr: 1e-7,
            is_iteration_based: false,
            cosine: CosineOptions::default(),
            polynomial: PolynomialOptions::default(),
            cyclic: CyclicOptions::default(),
        }
    }
}

/// Options of a scheduler that make no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("key `{key}`: {reason}")]
pub struct ScheduleError {
    /// The key of the recipe.
    pub key: &'static str,
    /// Why not, and what it can be.
    pub reason: String,
}

impl SchedulerOptions {
    /// # Errors
    /// If the options of the cyclic schedule contradict each other.
    pub fn check(&self) -> Result<(), ScheduleError> {
        if self.name != Scheduler::Cyclic {
            return Ok(());
        }
        let cyclic = &self.cyclic;
        let refuse = |key, reason: &str| Err(ScheduleError { key, reason: reason.into() });
        if self.is_iteration_based {
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
        Ok(())
    }
}

/// Value of `scheduler.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheduler {
    /// Half a period of a cosine.
    Cosine,
    /// A power of what is left.
    Polynomial,
    /// Cycles that each fall from a maximum, and a last one that falls to the end.
    Cyclic,
}

/// Key `scheduler.cosine`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CosineOptions {
    /// Learning rate at the end.
    pub min_lr: f64,
    /// Learning rate after the warm-up.
    pub max_lr: f64,
}

impl Default for CosineOptions {
    fn default() -> Self {
        Self { min_lr: 1e-5, max_lr: 0.1 }
    }
}

/// Key `scheduler.polynomial`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolynomialOptions {
    /// The power.
    pub power: f64,
    /// Learning rate after the warm-up.
    pub start_lr: f64,
    /// Learning rate at the end.
    pub end_lr: f64,
}

impl Default for PolynomialOptions {
    fn default() -> Self {
        Self { power: 2.5, start_lr: 0.1, end_lr: 1e-5 }
    }
}

/// Key `scheduler.cyclic`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CyclicOptions {
    /// Learning rate at the end of a cycle; it starts at `epochs_per_cycle` times that.
    pub min_lr: f64,
    /// Learning rate at the end of the last cycle.
    pub last_cycle_end_lr: f64,
    /// Number of cycles.
    pub total_cycles: usize,
    /// Epochs in each but the last, which has all epochs that are left.
    pub epochs_per_cycle: usize,
    /// Epochs at which the learning rates get smaller.
    pub steps: Option<Vec<usize>>,
    /// What they are multiplied by then: the first time once, the second time twice, and so on.
    pub gamma: f64,
    /// Shape of the last cycle.
    pub last_cycle_type: LastCycle,
}

impl Default for CyclicOptions {
    fn default() -> Self {
        Self {
            min_lr: 0.1,
            last_cycle_end_lr: 1e-3,
            total_cycles: 11,
            epochs_per_cycle: 5,
            steps: None,
            gamma: 0.5,
            last_cycle_type: LastCycle::Linear,
        }
    }
}

/// Value of `scheduler.cyclic.last_cycle_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastCycle {
    /// A straight line.
    Linear,
    /// Half a period of a cosine.
    Cosine,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_that_make_no_sense_are_refused() {
        let error = |change: fn(&mut SchedulerOptions)| {
            let mut options = SchedulerOptions { name: Scheduler::Cyclic, ..SchedulerOptions::default() };
            change(&mut options);
            options.check().unwrap_err().key
        };
        assert_eq!(error(|options| options.cyclic.min_lr = 1e-4), "scheduler.cyclic.min_lr");
        assert_eq!(error(|options| options.cyclic.epochs_per_cycle = 0), "scheduler.cyclic.epochs_per_cycle");
        assert_eq!(error(|options| options.cyclic.total_cycles = 0), "scheduler.cyclic.total_cycles");
        assert_eq!(error(|options| options.is_iteration_based = true), "scheduler.is_iteration_based");
    }
}
