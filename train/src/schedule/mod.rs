//! How the learning rate and the momentum of batch normalisations change (`optim/scheduler/`).
//!
//! Both depend on the epoch and the batch alone, so a run that goes on needs no state of them.

mod bn_momentum;
mod cosine;
mod cyclic;
mod polynomial;

pub use bn_momentum::BnMomentum;

use crate::recipe::{ScheduleError, Scheduler, SchedulerOptions};
use crate::round::round;
use cyclic::Cyclic;

/// Stands for "as many as there are" in runs that end by the other of epochs and iterations.
const UNLIMITED: usize = 10_000_000;

/// The learning rate of every batch, and the end of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    options: SchedulerOptions,
    cyclic: Option<Cyclic>,
}

impl Schedule {
    /// The schedule with these options.
    ///
    /// # Errors
    /// If the options of the cyclic schedule contradict each other.
    pub fn new(options: &SchedulerOptions) -> Result<Self, ScheduleError> {
        options.check()?;
        let cyclic = match options.name {
            Scheduler::Cyclic => Some(Cyclic::new(&options.cyclic, max_epochs(options))),
            Scheduler::Cosine | Scheduler::Polynomial => None,
        };
        Ok(Self { options: options.clone(), cyclic })
    }

    /// Number of epochs after which the run ends.
    pub fn max_epochs(&self) -> usize {
        max_epochs(&self.options)
    }

    /// Number of batches after which the run ends.
    pub fn max_iterations(&self) -> usize {
        max_iterations(&self.options)
    }

    /// The learning rate of a batch for parameters with that multiplier, rounded to 8 decimals. `iteration` counts the
    /// batches of all epochs; both start at 0.
    pub fn learning_rate(&self, epoch: usize, iteration: usize, multiplier: f64) -> f64 {
        round(self.base(epoch, iteration).max(0.0) * multiplier, 8)
    }

    fn base(&self, epoch: usize, iteration: usize) -> f64 {
        let options = &self.options;
        if iteration < options.warmup_iterations {
            let (start, end) = (options.warmup_init_lr, self.peak());
            return start + iteration as f64 * (end - start) / options.warmup_iterations as f64;
        }
        match (&self.cyclic, options.name) {
            (Some(cyclic), _) => cyclic.learning_rate(epoch),
            (None, Scheduler::Polynomial) => {
                polynomial::learning_rate(&options.polynomial, polynomial::progress(options, epoch, iteration))
            }
            (None, _) => cosine::learning_rate(&options.cosine, cosine::progress(options, epoch, iteration)),
        }
    }

    /// What the warm-up ends with.
    fn peak(&self) -> f64 {
        match self.options.name {
            Scheduler::Cosine => self.options.cosine.max_lr,
            Scheduler::Polynomial => self.options.polynomial.start_lr,
            Scheduler::Cyclic => self.options.cyclic.min_lr,
        }
    }
}

fn max_epochs(options: &SchedulerOptions) -> usize {
    if options.is_iteration_based { UNLIMITED } else { options.max_epochs.unwrap_or(300) }
}

fn max_iterations(options: &SchedulerOptions) -> usize {
    if options.is_iteration_based { options.max_iterations.unwrap_or(300_000) } else { UNLIMITED }
}

/// Batches since the end of the warm-up.
fn since_warmup(options: &SchedulerOptions, iteration: usize) -> f64 {
    iteration.saturating_sub(options.warmup_iterations) as f64
}

/// From 1 to 0 as `progress` goes from 0 to 1, in half a period of a cosine.
fn half_cosine(progress: f64) -> f64 {
    0.5 * (1.0 + (std::f64::consts::PI * progress).cos())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::{CosineOptions, CyclicOptions, LastCycle};

    fn edgeformer_s() -> SchedulerOptions {
        SchedulerOptions {
            max_epochs: Some(300),
            warmup_iterations: 3000,
            warmup_init_lr: 4e-4,
            cosine: CosineOptions { min_lr: 4e-4, max_lr: 4e-3 },
            ..SchedulerOptions::default()
        }
    }

    fn rates<const N: usize>(options: &SchedulerOptions, at: [(usize, usize); N]) -> [f64; N] {
        let schedule = Schedule::new(options).unwrap();
        at.map(|(epoch, iteration)| schedule.learning_rate(epoch, iteration, 1.0))
    }

    #[test]
    fn warm_up_and_cosine_are_those_of_the_published_run() {
        // From the official scheduler with the recipe of EdgeFormer-S.
        let late = 1_000_000;
        let at = [(0, 0), (0, 1), (0, 1500), (1, 2999), (2, 3000), (10, late), (150, late), (299, late)];
        let expected = [0.0004, 0.0004012, 0.0022, 0.0039988, 0.00399961, 0.00399014, 0.0022, 0.0004001];
        assert_eq!(rates(&edgeformer_s(), at), expected);
        let schedule = Schedule::new(&edgeformer_s()).unwrap();
        assert_eq!(schedule.learning_rate(2, 3000, 10.0), 0.03999605); // 0.003999605…, rounded after the multiplication
        assert_eq!((schedule.max_epochs(), schedule.max_iterations()), (300, 10_000_000));
    }

    #[test]
    fn a_run_by_iterations_falls_by_iterations() {
        let by_iterations = SchedulerOptions { is_iteration_based: true, max_iterations: Some(5000), ..edgeformer_s() };
        // 1 − 1000/2001 of the half period left, and the end, computed by hand: cos(π·1000/2001), cos(π·2000/2001).
        assert_eq!(rates(&by_iterations, [(7, 3000), (7, 4000), (9, 5000)]), [0.004, 0.00220141, 0.0004]);
        assert_eq!(Schedule::new(&by_iterations).unwrap().max_iterations(), 5000);
        let polynomial = SchedulerOptions { name: Scheduler::Polynomial, warmup_iterations: 0, ..by_iterations };
        // (0.1 − 1e-5)·0.5^2.5 + 1e-5
        assert_eq!(rates(&polynomial, [(0, 0), (0, 2500), (0, 5000), (0, 6000)]), [0.1, 0.0176859, 1e-5, 1e-5]);
    }

    #[test]
    fn cycles_jump_to_the_maximum_and_shrink_at_steps() {
        let cyclic = CyclicOptions {
            min_lr: 0.1,
            last_cycle_end_lr: 0.01,
            total_cycles: 3,
            epochs_per_cycle: 5,
            steps: Some(vec![5, 7]),
            gamma: 0.5,
            last_cycle_type: LastCycle::Linear,
        };
        let linear = SchedulerOptions {
            name: Scheduler::Cyclic,
            max_epochs: Some(15),
            warmup_iterations: 2,
            cyclic,
            ..SchedulerOptions::default()
        };
        let of = |options: &SchedulerOptions| -> Vec<f64> {
            let schedule = Schedule::new(options).unwrap();
            (0..15).map(|epoch| schedule.learning_rate(epoch, 2, 1.0)).collect()
        };
        // Worked out from the definition: at 5 everything halves, at 7 what is left is quartered; epochs 11 to 14 are the last cycle.
        let first = [0.1, 0.5, 0.4, 0.3, 0.2, 0.05, 0.25, 0.05, 0.0375, 0.025, 0.0125];
        assert_eq!(of(&linear)[..11], first);
        assert_eq!(of(&linear)[11..], [0.0115, 0.011, 0.0105, 0.01]);
        let mut cosine = linear.clone();
        cosine.cyclic.last_cycle_type = LastCycle::Cosine;
        // 0.01 + 0.00125·(1 + cos(π·k/6))
        assert_eq!(of(&cosine)[11..], [0.01233253, 0.011875, 0.01125, 0.010625]);
        assert_eq!(rates(&linear, [(0, 0), (0, 1)]), [1e-7, 0.05000005]);
    }
}
