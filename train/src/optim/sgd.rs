//! Stochastic gradient descent with momentum.

use tch::Tensor;

use super::Step;
use crate::recipe::SgdOptions;

#[derive(Debug)]
pub(super) struct Sgd {
    options: SgdOptions,
}

impl Sgd {
    pub fn new(options: SgdOptions) -> Self {
        Self { options }
    }

    pub fn names(&self) -> &'static [&'static str] {
        if self.options.momentum == 0.0 { &[] } else { &["momentum_buffer"] }
    }

    pub fn update(&self, parameter: &mut Tensor, state: &mut [Tensor], step: Step) {
        let SgdOptions { momentum, nesterov } = self.options;
        let mut direction = match step.weight_decay == 0.0 {
            true => step.gradient.shallow_clone(),
            false => step.gradient + &*parameter * step.weight_decay,
        };
        if let [velocity] = state {
            _ = velocity.g_mul_scalar_(momentum);
            *velocity += &direction;
            direction = if nesterov { direction + &*velocity * momentum } else { velocity.shallow_clone() };
        }
        *parameter -= direction * step.learning_rate;
    }
}
