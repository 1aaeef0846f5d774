//! Half a period of a cosine (`optim/scheduler/cosine.py`; Loshchilov and Hutter 2017).

use crate::recipe::{CosineOptions, SchedulerOptions};

/// The part of the run that is over. It stays below 1: the last epoch's number is one less than that of the epochs.
pub(super) fn progress(options: &SchedulerOptions, epoch: usize, iteration: usize) -> f64 {
    if options.is_iteration_based {
        let span = super::since_warmup(options, super::max_iterations(options)) + 1.0;
        super::since_warmup(options, iteration) / span
    } else {
        epoch as f64 / super::max_epochs(options) as f64
    }
}

pub(super) fn learning_rate(options: &CosineOptions, progress: f64) -> f64 {
    options.min_lr + (options.max_lr - options.min_lr) * super::half_cosine(progress)
}
