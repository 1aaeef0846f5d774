//! A power of what is left (`optim/scheduler/polynomial.py`).

use crate::recipe::{PolynomialOptions, SchedulerOptions};

/// The part of the run that is over. The official program does not take the warm-up off the number of iterations.
pub(super) fn progress(options: &SchedulerOptions, epoch: usize, iteration: usize) -> f64 {
    let progress = if options.is_iteration_based {
        super::since_warmup(options, iteration) / super::max_iterations(options) as f64
    } else {
        epoch as f64 / super::max_epochs(options) as f64
    };
    progress.min(1.0)
}

pub(super) fn learning_rate(options: &PolynomialOptions, progress: f64) -> f64 {
    (options.start_lr - options.end_lr) * (1.0 - progress).powf(options.power) + options.end_lr
}
