//! Scaling of the loss in mixed precision, as PyTorch's `GradScaler` does it.

use tch::{Kind, TchError, Tensor, no_grad};

/// Keeps small gradients from vanishing in 16-bit floats: the loss is multiplied by a scale, which adapts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LossScaler {
    /// What the loss is multiplied by.
    pub scale: f64,
    /// Steps since it last changed.
    pub good_steps: u64,
}

impl LossScaler {
    pub(crate) const START: Self = Self { scale: 65536.0, good_steps: 0 };

    /// Divides gradients by the scale; whether all of them are finite, and a step may be made.
    pub(crate) fn unscale<'a>(&self, parameters: impl Iterator<Item = &'a Tensor>) -> Result<bool, TchError> {
        let mut finite = true;
        for mut gradient in parameters.map(Tensor::grad).filter(Tensor::defined) {
            no_grad(|| gradient.f_mul_scalar_(1.0 / self.scale).map(drop))?;
            finite &= gradient.f_isfinite()?.f_all()?.f_to_kind(Kind::Int64)?.int64_value(&[]) != 0;
        }
        Ok(finite)
    }

    /// Doubles the scale after 2000 good steps, halves it after a bad one.
    pub(crate) fn update(&mut self, finite: bool) {
        *self = match (finite, self.good_steps + 1) {
            (false, _) => Self { scale: self.scale / 2.0, good_steps: 0 },
            (true, 2000) => Self { scale: self.scale * 2.0, good_steps: 0 },
            (true, good_steps) => Self { good_steps, ..*self },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_adapts() {
        let mut scaler = LossScaler::START;
        scaler.update(false);
        assert_eq!(scaler, LossScaler { scale: 32768.0, good_steps: 0 });
        (0..2000).for_each(|_| scaler.update(true));
        assert_eq!(scaler, LossScaler::START);
    }

    #[test]
    fn infinite_gradients_are_noticed() {
        let parameter = Tensor::from_slice(&[1f32, 2.0]).set_requires_grad(true);
        (&parameter * 65536.0).sum(Kind::Float).backward();
        assert!(LossScaler::START.unscale([&parameter].into_iter()).unwrap());
        assert_eq!(Vec::<f32>::try_from(&parameter.grad()).unwrap(), [1.0, 1.0]);
        (&parameter * f64::INFINITY).sum(Kind::Float).backward();
        assert!(!LossScaler::START.unscale([&parameter].into_iter()).unwrap());
    }
}
