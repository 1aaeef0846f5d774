//! What a student learns from a teacher (Hinton et al. 2015; `loss_fn/distillation/vanilla_distillation_loss.py`).

use tch::{Kind, Reduction, TchError, Tensor};

use super::cross_entropy;
use crate::recipe::{DistillationLossOptions, DistillationType};
use crate::round::round;

/// The loss against labels and a teacher. It has a state if the weights are adaptive.
#[derive(Debug, Clone, PartialEq)]
pub struct Distillation {
    options: DistillationLossOptions,
    ignored: i64,
    balance: Balance,
}

/// Adaptive weight of the loss against the teacher; that of the loss against labels is 1.
#[derive(Debug, Clone, PartialEq)]
struct Balance {
    batches: usize,
    label_sum: f64,
    teacher_sum: f64,
    weight: f64,
}

impl Distillation {
    /// The loss of a recipe; labels that are `ignored` don't count.
    pub fn new(options: &DistillationLossOptions, ignored: i64) -> Self {
        let balance = Balance { batches: 0, label_sum: 0.0, teacher_sum: 0.0, weight: 1.0 };
        Self { options: options.clone(), ignored, balance }
    }

    /// The loss of the logits `student` `[N, classes]` against the classes `labels` `[N]` and the logits `teacher`
    /// `[N, classes]`.
    ///
    /// # Errors
    /// If student and teacher have other classes, or a label is none of them.
    pub fn loss(&mut self, student: &Tensor, teacher: &Tensor, labels: &Tensor) -> Result<Tensor, TchError> {
        let label_loss = cross_entropy(student, labels, None, self.ignored)?;
        let teacher_loss = match self.options.vanilla_distillation_type {
            DistillationType::Soft => soft(student, teacher, self.options.vanilla_tau)?,
            DistillationType::Hard => cross_entropy(student, &teacher.f_argmax(1, false)?, None, self.ignored)?,
        };
        if self.options.vanilla_adaptive_weight_balance {
            self.rebalance(&label_loss, &teacher_loss);
            return Ok(label_loss + teacher_loss * self.balance.weight);
        }
        let alpha = self.options.vanilla_alpha;
        Ok(label_loss * alpha + teacher_loss * (1.0 - alpha))
    }

    /// Over the first batches, the losses are made to have the same size on average.
    fn rebalance(&mut self, label_loss: &Tensor, teacher_loss: &Tensor) {
        let balance = &mut self.balance;
        if balance.batches >= self.options.vanilla_accum_iterations {
            return;
        }
        balance.batches += 1;
        balance.label_sum += label_loss.double_value(&[]);
        balance.teacher_sum += teacher_loss.double_value(&[]);
        if balance.batches.is_multiple_of(self.options.vanilla_weight_update_freq.max(1)) {
            balance.weight = round(balance.label_sum / (balance.teacher_sum + 1e-7), 3);
        }
    }
}

/// Mean over pictures and classes of the Kullback–Leibler divergence from the teacher's to the student's probabilities at a
/// temperature, times the square of that.
fn soft(student: &Tensor, teacher: &Tensor, temperature: f64) -> Result<Tensor, TchError> {
    let log_probabilities = |logits: &Tensor| (logits / temperature).log_softmax(-1, Kind::Float);
    let divergence = log_probabilities(student).f_kl_div(&log_probabilities(teacher), Reduction::Mean, true)?;
    Ok(divergence * (temperature * temperature))
}

#[cfg(test)]
mod tests {
    use itertools::Itertools;

    use super::*;

    fn losses(options: DistillationLossOptions, batches: usize) -> Vec<f64> {
        let student = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 0.5, -1.0, 0.0]).view([2, 3]);
        let teacher = Tensor::from_slice(&[0.0f32, 4.0, 1.0, 2.0, -2.0, 1.0]).view([2, 3]);
        let labels = Tensor::from_slice(&[2i64, 0]);
        let mut distillation = Distillation::new(&options, -1);
        (0..batches).map(|_| distillation.loss(&student, &teacher, &labels).unwrap().double_value(&[])).collect()
    }

    fn assert_close(losses: &[f64], expected: &[f64]) {
        assert!(losses.iter().zip_eq(expected).all(|(loss, expected)| (loss - expected).abs() < 2e-6), "{losses:?}");
    }

    // Expected values are from the definitions in NumPy, float64.

    #[test]
    fn a_soft_teacher_gives_probabilities() {
        let options = DistillationLossOptions { vanilla_alpha: 0.3, vanilla_tau: 2.0, ..Default::default() };
        assert_close(&losses(options, 1), &[0.370_298_6]);
    }

    #[test]
    fn a_hard_teacher_gives_classes() {
        let vanilla_distillation_type = DistillationType::Hard;
        let options = DistillationLossOptions { vanilla_alpha: 0.3, vanilla_distillation_type, ..Default::default() };
        assert_close(&losses(options, 1), &[0.855_868_3]);
    }

    #[test]
    fn adaptive_weights_balance_the_losses() {
        let options = DistillationLossOptions {
            vanilla_adaptive_weight_balance: true,
            vanilla_weight_update_freq: 2,
            vanilla_accum_iterations: 3,
            ..Default::default()
        };
        assert_close(&losses(options, 4), &[0.708_479_9, 1.011_789_6, 1.011_789_6, 1.011_789_6]);
    }
}
