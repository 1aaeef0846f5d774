//! Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), with amsgrad (Reddi et al. 2018).

use tch::Tensor;

use super::Step;
use crate::recipe::AdamOptions;

#[derive(Debug)]
pub(super) struct Adam {
    options: AdamOptions,
    eps: f64,
    /// Whether weight decay shrinks parameters itself (AdamW) instead of being part of the gradient.
    is_decoupled: bool,
}

impl Adam {
    pub fn new(options: AdamOptions, eps: f64, is_decoupled: bool) -> Self {
        Self { options, eps, is_decoupled }
    }

    pub fn names(&self) -> &'static [&'static str] {
        match self.options.amsgrad {
            true => &["exp_avg", "exp_avg_sq", "max_exp_avg_sq"],
            false => &["exp_avg", "exp_avg_sq"],
        }
    }

    pub fn update(&self, parameter: &mut Tensor, state: &mut [Tensor], step: Step) {
        let [mean, mean_square, max_square @ ..] = state else { return };
        let AdamOptions { beta1, beta2, .. } = self.options;
        let gradient = match self.is_decoupled || step.weight_decay == 0.0 {
            true => step.gradient.shallow_clone(),
            false => step.gradient + &*parameter * step.weight_decay,
        };
        if self.is_decoupled && step.weight_decay != 0.0 {
            _ = parameter.g_mul_scalar_(1.0 - step.learning_rate * step.weight_decay);
        }
        _ = mean.lerp_(&gradient, 1.0 - beta1);
        _ = mean_square.lerp_(&gradient.square(), 1.0 - beta2);
        if let [max_square] = max_square {
            *max_square = max_square.maximum(mean_square);
        }
        if step.learning_rate == 0.0 {
            return;
        }
        // −lr/(1 − β1ᵗ) · m / (√v/√(1 − β2ᵗ) + ε), with the factor taken into the denominator: tch has no scaled `addcdiv_`, and
        // this is one pass less over memory.
        let correction = |beta: f64| 1.0 - beta.powi(step.number.min(i64::from(i32::MAX)) as i32);
        let factor = -correction(beta1) / step.learning_rate;
        let square = max_square.first().unwrap_or(mean_square);
        let mut denominator = square.sqrt();
        _ = denominator.g_mul_scalar_(factor / correction(beta2).sqrt());
        _ = denominator.g_add_scalar_(factor * self.eps);
        _ = parameter.addcdiv_(mean, &denominator);
    }
}
