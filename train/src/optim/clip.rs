//! Clipping of gradients.

use tch::{Tensor, no_grad};

/// Scales the gradients of `parameters` so that their L2 norm, all of them together, is `max_norm` at most. Gives the norm that
/// they had; if that is not finite, neither are the gradients afterwards. (`torch.nn.utils.clip_grad_norm_`.)
pub fn clip_gradients<'a>(parameters: impl Iterator<Item = &'a Tensor>, max_norm: f64) -> f64 {
    let mut gradients: Vec<_> = parameters.map(Tensor::grad).filter(Tensor::defined).collect();
    if gradients.is_empty() {
        return 0.0;
    }
    no_grad(|| {
        let norms: Vec<_> = gradients.iter().map(Tensor::norm).collect();
        let norm = Tensor::stack(&norms, 0).norm().double_value(&[]);
        let factor = max_norm / (norm + 1e-6);
        if factor < 1.0 || factor.is_nan() {
            gradients.iter_mut().for_each(|gradient| _ = gradient.g_mul_scalar_(factor));
        }
        norm
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters with the gradients 3 and [0, 4], and one without.
    fn parameters() -> Vec<Tensor> {
        let parameters: Vec<_> = [vec![0f32], vec![0.0, 0.0], vec![0.0]]
            .iter()
            .map(|values| Tensor::from_slice(values).set_requires_grad(true))
            .collect();
        let weighted = &parameters[1] * Tensor::from_slice(&[0f32, 4.0]);
        (&parameters[0] * 3.0 + weighted.sum(tch::Kind::Float)).backward();
        parameters
    }

    fn gradients(parameters: &[Tensor]) -> (f64, f64) {
        (parameters[0].grad().double_value(&[0]), parameters[1].grad().double_value(&[1]))
    }

    #[test]
    fn long_gradients_are_scaled_together() {
        let clipped = parameters();
        assert_eq!(clip_gradients(clipped.iter(), 1.0), 5.0);
        let (first, second) = gradients(&clipped);
        assert!((first - 0.6).abs() < 1e-6 && (second - 0.8).abs() < 1e-6, "{first} {second}");
    }

    #[test]
    fn short_gradients_stay() {
        let kept = parameters();
        assert_eq!(clip_gradients(kept.iter(), 6.0), 5.0);
        assert_eq!(gradients(&kept), (3.0, 4.0));
        assert_eq!(clip_gradients([].into_iter(), 1.0), 0.0);
    }
}
