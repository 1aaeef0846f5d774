//! The moving average of a model (`cvnets/misc/averaging_utils.py`).

use edgeconv_zoo::weights::Alias;
use tch::{Kind, TchError, Tensor, no_grad};

use crate::state::{self, State, StateError};

/// A copy of a model's parameters and statistics that follows them slowly: after each step `e ← (1 − m)·e + m·w`, from the
/// first value of `w` on.
///
/// Counters (`num_batches_tracked`) follow as well, and are cut off to integers each time: from 0 they stay there until
/// `m` times the model's counter reaches 1.
#[derive(Debug)]
pub struct Ema {
    state: State,
    /// All elements of one type, which the tensors in `state` are parts of: two operations rather than two for each tensor.
    flat: Vec<Flat>,
    momentum: f64,
    aliases: Vec<Alias>,
}

#[derive(Debug)]
struct Flat {
    kind: Kind,
    elements: Tensor,
}

impl Ema {
    /// A copy of `model`, on its device.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn new(model: &State, momentum: f64) -> Result<Self, StateError> {
        let mut state = model.shallow_clone();
        let mut flat: Vec<Flat> = vec![];
        for kind in model.iter().map(|(_, tensor)| tensor.kind()) {
            if flat.iter().all(|flat| flat.kind != kind) {
                flat.push(Flat { kind, elements: join(model, kind)? });
            }
        }
        for flat in &flat {
            flat.split(&mut state)?;
        }
        Ok(Self { state, flat, momentum, aliases: vec![] })
    }

    /// Updates what is under these original names twice, as the official program does with `residual.*`, which is
    /// `layer_5.0.*` under another name. An oversight there: the effective momentum of those tensors is `2m − m²`.
    pub fn with_second_update(mut self, aliases: &[Alias]) -> Self {
        self.aliases = aliases.to_vec();
        self
    }

    /// The average. Its tensors change with the next update.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Goes on from `state`, as it was read from a file.
    ///
    /// # Errors
    /// If its tensors are not those of the model.
    pub fn load(&mut self, state: &State) -> Result<(), StateError> {
        self.state.copy_from(state)
    }

    /// Takes one step towards `model`, which has tensors as those that the average was made from, in their order.
    ///
    /// # Errors
    /// If it has not.
    pub fn update(&mut self, model: &State) -> Result<(), StateError> {
        let here = self.state.iter().map(|(name, tensor)| (name, tensor.size()));
        if !here.eq(model.iter().map(|(name, tensor)| (name, tensor.size()))) {
            self.state.check_same_tensors(model)?;
            return Err(StateError::Mismatch(vec!["they are in another order".into()]));
        }
        for flat in &mut self.flat {
            let new = join(model, flat.kind)?;
            follow(&mut flat.elements, &new, self.momentum).map_err(|source| state::torch(&flat.name(), source))?;
        }
        let aliases = &self.aliases;
        let is_aliased = |name: &str| aliases.iter().any(|alias| name.starts_with(alias.original));
        for (name, average) in self.state.iter_mut().filter(|(name, _)| is_aliased(name)) {
            if let Some(new) = model.get(name) {
                follow(average, new, self.momentum).map_err(|source| state::torch(name, source))?;
            }
        }
        Ok(())
    }
}

impl Flat {
    /// Replaces the tensors of this type in `state` by parts of the elements.
    fn split(&self, state: &mut State) -> Result<(), StateError> {
        let mut start = 0;
        for (name, tensor) in state.iter_mut().filter(|(_, tensor)| tensor.kind() == self.kind) {
            let length = tensor.numel() as i64;
            let part = self.elements.f_narrow(0, start, length).and_then(|part| part.f_view(tensor.size().as_slice()));
            *tensor = part.map_err(|source| state::torch(name, source))?;
            start += length;
        }
        Ok(())
    }

    /// For errors, which are about all tensors.
    fn name(&self) -> String {
        format!("all of type {:?}", self.kind)
    }
}

/// All elements of one type, in order.
fn join(state: &State, kind: Kind) -> Result<Tensor, StateError> {
    let mut parts = vec![];
    for (name, tensor) in state.iter().filter(|(_, tensor)| tensor.kind() == kind) {
        parts.push(no_grad(|| tensor.f_detach()?.f_reshape(-1)).map_err(|source| state::torch(name, source))?);
    }
    Tensor::f_cat(&parts, 0).map_err(|source| state::torch(&format!("all of type {kind:?}"), source))
}

/// `average ← (1 − momentum)·average + momentum·new`.
fn follow(average: &mut Tensor, new: &Tensor, momentum: f64) -> Result<(), TchError> {
    no_grad(|| {
        if average.is_floating_point() {
            let _ = average.f_lerp_(new, momentum)?;
        } else {
            let float = average.f_mul_scalar(1.0 - momentum)?.f_add(&new.f_mul_scalar(momentum)?)?;
            average.f_copy_(&float)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use itertools::Itertools;

    use super::*;

    fn model(step: i64) -> State {
        let x = step as f32;
        let weight = Tensor::from_slice(&[1.0 + 0.1 * x, 2.0 - 0.3 * x, -0.5 + 1e-3 * x]).reshape([3, 1]);
        [
            ("conv.weight", weight.set_requires_grad(true)),
            ("norm.num_batches_tracked", Tensor::from(1000 * step)),
            ("layer_5.0.weight", weight.shallow_clone()),
            ("layer_5.0.num_batches_tracked", Tensor::from(1000 * step)),
        ]
        .map(|(name, tensor)| (name.to_owned(), tensor))
        .into_iter()
        .collect()
    }

    fn values(state: &State, name: &str) -> Vec<f64> {
        Vec::try_from(state.get(name).unwrap().to_kind(Kind::Double).reshape(-1)).unwrap()
    }

    fn close(found: &[f64], expected: [f64; 3]) {
        // Rounding of up to six steps, of which each moves the numbers by 1e-4 and more.
        let is_close = |(a, b): (&f64, f64)| (a - b).abs() <= 3.0 * f64::from(f32::EPSILON) * b.abs();
        assert!(found.iter().zip_eq(expected).all(is_close), "{found:?} {expected:?}");
    }

    /// PyTorch 2.13: `e.copy_(e * (1 - m) + m * w)` three times, with m = 5e-4.
    const ONCE: [f64; 3] = [1.000_299_930_572_509_8, 1.999_100_208_282_470_7, -0.499_996_960_163_116_46];

    /// The same with each step done twice.
    const TWICE: [f64; 3] = [1.000_599_265_098_571_8, 1.998_201_489_448_547_4, -0.499_993_920_326_232_9];

    #[test]
    fn it_follows_as_the_official_one_does() {
        let mut ema = Ema::new(&model(0), 5e-4).unwrap();
        for step in 1..=3 {
            ema.update(&model(step)).unwrap();
        }
        close(&values(ema.state(), "conv.weight"), ONCE);
        close(&values(ema.state(), "layer_5.0.weight"), ONCE);
        assert_eq!(values(ema.state(), "norm.num_batches_tracked"), [2.0]);
        assert_eq!(ema.state().get("conv.weight").unwrap().size(), [3, 1]);
    }

    #[test]
    fn the_official_second_update_on_request() {
        let aliases = [Alias { alias: "residual.", original: "layer_5.0." }];
        let mut ema = Ema::new(&model(0), 5e-4).unwrap().with_second_update(&aliases);
        for step in 1..=3 {
            ema.update(&model(step)).unwrap();
        }
        close(&values(ema.state(), "conv.weight"), ONCE);
        close(&values(ema.state(), "layer_5.0.weight"), TWICE);
        assert_eq!(values(ema.state(), "layer_5.0.num_batches_tracked"), [3.0]);
    }

    #[test]
    fn it_goes_on_from_a_copy_to_the_bit_and_leaves_the_model_alone() {
        let model_before = model(0);
        let mut ema = Ema::new(&model_before, 5e-4).unwrap();
        ema.update(&model(1)).unwrap();
        let saved = ema.state().deep_copy().unwrap();
        ema.update(&model(2)).unwrap();
        let mut resumed = Ema::new(&model(7), 5e-4).unwrap();
        resumed.load(&saved).unwrap();
        resumed.update(&model(2)).unwrap();
        for (name, _) in saved.iter() {
            assert_eq!(values(resumed.state(), name), values(ema.state(), name), "{name}");
        }
        assert_eq!(values(&model_before, "conv.weight"), values(&model(0), "conv.weight"));
    }

    #[test]
    fn another_model_is_an_error() {
        let mut ema = Ema::new(&model(0), 5e-4).unwrap();
        let other: State = [("conv.weight".to_owned(), Tensor::from(1f32))].into_iter().collect();
        assert!(ema.update(&other).unwrap_err().to_string().contains("`layer_5.0.weight` is missing"));
        assert!(ema.load(&other).is_err());
        let mut reversed: Vec<_> = model(0).into_iter().collect();
        reversed.reverse();
        assert!(ema.update(&reversed.into_iter().collect()).unwrap_err().to_string().contains("in another order"));
    }
}
