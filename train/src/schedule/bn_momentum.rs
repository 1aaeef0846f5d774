//! The momentum of batch normalisations (`engine/utils.py`).

use crate::recipe::{AdjustBnMomentumOptions, Annealing, SchedulerOptions};
use crate::round::round;

/// The momentum of batch normalisations falls during the run: their statistics become means over ever more batches.
#[derive(Debug, Clone, PartialEq)]
pub struct BnMomentum {
    annealing: AdjustBnMomentumOptions,
    schedule: SchedulerOptions,
    start: f64,
}

impl BnMomentum {
    /// The curve from the momentum `start`, or `None` if the recipe has it constant.
    pub fn new(annealing: &AdjustBnMomentumOptions, schedule: &SchedulerOptions, start: f64) -> Option<Self> {
        annealing.enable.then(|| Self { annealing: annealing.clone(), schedule: schedule.clone(), start })
    }

    /// The momentum of a batch, rounded to 6 decimals; during the warm-up that of the start.
    pub fn at(&self, epoch: usize, iteration: usize) -> f64 {
        if iteration < self.schedule.warmup_iterations {
            return self.start;
        }
        let (done, span) = if self.schedule.is_iteration_based {
            let span = super::since_warmup(&self.schedule, super::max_iterations(&self.schedule));
            (super::since_warmup(&self.schedule, iteration), span)
        } else {
            (epoch as f64, super::max_epochs(&self.schedule) as f64)
        };
        let progress = (done / span.max(1.0)).min(1.0);
        let left = match self.annealing.anneal_type {
            Annealing::Cosine => super::half_cosine(progress),
            Annealing::Linear => 1.0 - progress,
        };
        let end = self.annealing.final_momentum_value;
        round(end + (self.start - end) * left, 6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn momentum_falls_to_its_final_value() {
        let schedule = SchedulerOptions { max_epochs: Some(4), warmup_iterations: 10, ..SchedulerOptions::default() };
        let of = |annealing: AdjustBnMomentumOptions, schedule: &SchedulerOptions, at: [(usize, usize); 4]| {
            let momentum = BnMomentum::new(&annealing, schedule, 0.1).unwrap();
            at.map(|(epoch, iteration)| momentum.at(epoch, iteration))
        };
        let cosine = AdjustBnMomentumOptions { enable: true, ..AdjustBnMomentumOptions::default() };
        let linear = AdjustBnMomentumOptions { anneal_type: Annealing::Linear, ..cosine.clone() };
        // 1e-6 + 0.0499995·(1 + cos(π/4)) and so on.
        let by_epoch = [(3, 9), (1, 20), (2, 20), (4, 50)];
        assert_eq!(of(cosine.clone(), &schedule, by_epoch), [0.1, 0.085355, 0.050001, 1e-6]);
        assert_eq!(of(linear.clone(), &schedule, by_epoch), [0.1, 0.075, 0.050001, 1e-6]);
        let schedule = SchedulerOptions { is_iteration_based: true, max_iterations: Some(110), ..schedule };
        assert_eq!(of(linear, &schedule, [(0, 10), (0, 35), (0, 110), (0, 200)]), [0.1, 0.075, 1e-6, 1e-6]);
        assert!(BnMomentum::new(&AdjustBnMomentumOptions::default(), &schedule, 0.1).is_none());
    }
}
