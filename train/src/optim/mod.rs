//! Optimisers (`optim/`).
//!
//! The state of an optimiser is plain tensors with PyTorch's names, so that a run can go on from a file to the bit.

mod adam;
mod clip;
mod groups;
mod sgd;

use std::collections::HashMap;

use itertools::Itertools;
use tch::{Tensor, no_grad};

pub use clip::clip_gradients;
pub use groups::{ParameterGroup, ParameterSet, parameter_groups};

use crate::recipe::{self, OptimOptions};
use adam::Adam;
use sgd::Sgd;

/// An optimiser with its parameters and their state.
#[derive(Debug)]
pub struct Optimizer {
    rule: Rule,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    slots: Vec<Slot>,
    weight_decay: f64,
    lr_multiplier: f64,
}

/// A parameter and what is remembered about it.
#[derive(Debug)]
struct Slot {
    name: String,
    parameter: Tensor,
    /// Updates so far.
    step: i64,
    /// As [`Rule::names`] calls them, each of the parameter's shape.
    state: Vec<Tensor>,
}

/// Where and how far to go.
struct Step<'a> {
    gradient: &'a Tensor,
    /// Updates of this parameter with this one.
    number: i64,
    learning_rate: f64,
    weight_decay: f64,
}

#[derive(Debug)]
enum Rule {
    Sgd(Sgd),
    Adam(Adam),
}

/// State that is not that of the optimiser.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum StateError {
    #[error("the state of the optimiser has no `{0}`; was it saved by another optimiser, or for another model?")]
    Missing(String),
    #[error("`{name}` of the optimiser's state has shape {found:?}, expected {expected:?}")]
    Shape { name: String, found: Vec<i64>, expected: Vec<i64> },
}

impl Optimizer {
    /// The optimiser of a recipe for these parameters.
    pub fn new(options: &OptimOptions, groups: Vec<ParameterGroup>) -> Self {
        let rule = match options.name {
            recipe::Optimizer::Sgd => Rule::Sgd(Sgd::new(options.sgd)),
            recipe::Optimizer::Adam => Rule::Adam(Adam::new(options.adam, options.eps, false)),
            recipe::Optimizer::AdamW => Rule::Adam(Adam::new(options.adamw, options.eps, true)),
        };
        let state = rule.names().len();
        let slot = |(name, parameter): (String, Tensor)| {
            let state = no_grad(|| (0..state).map(|_| parameter.zeros_like()).collect());
            Slot { name, parameter, step: 0, state }
        };
        let group = |group: ParameterGroup| Group {
            slots: group.parameters.into_iter().map(slot).collect(),
            weight_decay: group.weight_decay,
            lr_multiplier: group.lr_multiplier,
        };
        Self { rule, groups: groups.into_iter().map(group).collect() }
    }

    /// What each group multiplies the learning rate by.
    pub fn lr_multipliers(&self) -> impl Iterator<Item = f64> {
        self.groups.iter().map(|group| group.lr_multiplier)
    }

    /// The parameters, group by group.
    pub fn parameters(&self) -> impl Iterator<Item = &Tensor> {
        self.groups.iter().flat_map(|group| &group.slots).map(|slot| &slot.parameter)
    }

    /// Updates every parameter that has a gradient; `learning_rate` is called with a group's multiplier.
    pub fn step(&mut self, learning_rate: impl Fn(f64) -> f64) {
        let rule = &self.rule;
        no_grad(|| {
            for group in &mut self.groups {
                let learning_rate = learning_rate(group.lr_multiplier);
                for slot in &mut group.slots {
                    slot.update(rule, learning_rate, group.weight_decay);
                }
            }
        });
    }

    /// Sets all gradients to 0.
    pub fn zero_grad(&mut self) {
        self.groups.iter_mut().flat_map(|group| &mut group.slots).for_each(|slot| slot.parameter.zero_grad());
    }

    /// The state, in the order of the parameters: `NAME.step`, a number of updates, and what PyTorch's optimiser keeps of the
    /// parameter `NAME`: `NAME.exp_avg`, `NAME.exp_avg_sq` and, with amsgrad, `NAME.max_exp_avg_sq` of Adam and AdamW,
    /// `NAME.momentum_buffer` of SGD with momentum. The tensors change with the next step.
    pub fn state(&self) -> Vec<(String, Tensor)> {
        let slots = self.groups.iter().flat_map(|group| &group.slots);
        let of = |slot: &Slot| {
            let step = (format!("{}.step", slot.name), Tensor::from(slot.step as f32));
            let tensors = slot.keys(&self.rule).into_iter().zip_eq(slot.state.iter().map(Tensor::shallow_clone));
            std::iter::once(step).chain(tensors).collect::<Vec<_>>()
        };
        slots.flat_map(of).collect()
    }

    /// Takes over a copy of a state, as [`Optimizer::state`] gives it.
    ///
    /// # Errors
    /// If something is missing or has another shape; the optimiser is as before then.
    pub fn load_state(&mut self, state: &HashMap<String, Tensor>) -> Result<(), StateError> {
        let rule = &self.rule;
        let slots = || self.groups.iter().flat_map(|group| &group.slots);
        for slot in slots() {
            find(state, &format!("{}.step", slot.name), &[])?;
            for key in slot.keys(rule) {
                find(state, &key, &slot.parameter.size())?;
            }
        }
        for slot in self.groups.iter_mut().flat_map(|group| &mut group.slots) {
            slot.step = find(state, &format!("{}.step", slot.name), &[])?.double_value(&[]) as i64;
            for (key, tensor) in slot.keys(rule).iter().zip_eq(&mut slot.state) {
                let found = find(state, key, &slot.parameter.size())?;
                no_grad(|| tensor.copy_(found));
            }
        }
        Ok(())
    }
}

impl Slot {
    fn update(&mut self, rule: &Rule, learning_rate: f64, weight_decay: f64) {
        let gradient = self.parameter.grad();
        if !gradient.defined() {
            return;
        }
        self.step += 1;
        let step = Step { gradient: &gradient, number: self.step, learning_rate, weight_decay };
        match rule {
            Rule::Sgd(sgd) => sgd.update(&mut self.parameter, &mut self.state, step),
            Rule::Adam(adam) => adam.update(&mut self.parameter, &mut self.state, step),
        }
    }

    /// The names of the state in files.
    fn keys(&self, rule: &Rule) -> Vec<String> {
        rule.names().iter().map(|name| format!("{}.{name}", self.name)).collect()
    }
}

impl Rule {
    /// PyTorch's names of what is kept of a parameter.
    fn names(&self) -> &'static [&'static str] {
        match self {
            Self::Sgd(sgd) => sgd.names(),
            Self::Adam(adam) => adam.names(),
        }
    }
}

fn find<'a>(state: &'a HashMap<String, Tensor>, name: &str, expected: &[i64]) -> Result<&'a Tensor, StateError> {
    let tensor = state.get(name).ok_or_else(|| StateError::Missing(name.into()))?;
    match tensor.size() == expected {
        true => Ok(tensor),
        false => Err(StateError::Shape { name: name.into(), found: tensor.size(), expected: expected.into() }),
    }
}

#[cfg(test)]
mod tests {
    use tch::Kind;
    use tch::nn::{self, OptimizerConfig};

    use super::*;
    use crate::recipe::{AdamOptions, SgdOptions};

    const RATES: [f64; 6] = [0.1, 0.05, 0.0, 0.2, 0.1, 0.1];

    fn start() -> Tensor {
        Tensor::from_slice(&[0.5f32, -1.25, 2.0, 1e-3])
    }

    /// Some function of the parameters with gradients of very different sizes, one of them 0.
    fn loss(parameter: &Tensor, step: usize) -> Tensor {
        let weights = Tensor::from_slice(&[1.0f32, 100.0, 1e-4, 0.0]) * (step as f64 - 1.5);
        (parameter.pow_tensor_scalar(2) * weights + parameter.sin()).sum(Kind::Float) * 0.5
    }

    fn ours(options: &OptimOptions) -> (Optimizer, Tensor) {
        let parameter = start().set_requires_grad(true);
        let group = ParameterGroup {
            parameters: vec![("p".into(), parameter.shallow_clone())],
            weight_decay: options.weight_decay,
            lr_multiplier: 1.0,
        };
        (Optimizer::new(options, vec![group]), parameter)
    }

    fn train(optimizer: &mut Optimizer, parameter: &Tensor, steps: std::ops::Range<usize>) {
        for step in steps {
            optimizer.zero_grad();
            loss(parameter, step).backward();
            optimizer.step(|multiplier| RATES[step] * multiplier);
        }
    }

    fn values(tensor: &Tensor) -> Vec<f32> {
        Vec::try_from(tensor).unwrap()
    }

    /// Compares with an optimiser of libtorch.
    fn compare(options: &OptimOptions, theirs: impl OptimizerConfig) {
        let (mut optimizer, parameter) = ours(options);
        train(&mut optimizer, &parameter, 0..6);
        let store = nn::VarStore::new(tch::Device::Cpu);
        let reference = store.root().var_copy("p", &start());
        let mut theirs = theirs.build(&store, 0.1).unwrap();
        for (step, rate) in RATES.into_iter().enumerate() {
            theirs.set_lr(rate);
            theirs.backward_step(&loss(&reference, step));
        }
        let (ours, theirs) = (values(&parameter), values(&reference));
        assert!(ours.iter().all(|value| value.is_finite()) && ours != values(&start()));
        for (ours, theirs) in ours.iter().zip_eq(&theirs) {
            assert!((ours - theirs).abs() <= 2e-6 * theirs.abs().max(1.0), "{options:?}: {ours} {theirs}");
        }
    }

    fn adam_options(name: recipe::Optimizer, amsgrad: bool) -> OptimOptions {
        let adam = AdamOptions { beta1: 0.9, beta2: 0.98, amsgrad };
        OptimOptions { name, weight_decay: 0.05, adam, adamw: adam, ..OptimOptions::default() }
    }

    #[test]
    fn adam_and_adamw_are_those_of_libtorch() {
        for amsgrad in [false, true] {
            let (adam, adamw) = (nn::adam(0.9, 0.98, 0.05), nn::adamw(0.9, 0.98, 0.05));
            compare(&adam_options(recipe::Optimizer::Adam, amsgrad), adam.amsgrad(amsgrad));
            compare(&adam_options(recipe::Optimizer::AdamW, amsgrad), adamw.amsgrad(amsgrad));
        }
        let options = OptimOptions { eps: 0.1, ..adam_options(recipe::Optimizer::AdamW, false) };
        compare(&options, nn::adamw(0.9, 0.98, 0.05).eps(0.1));
    }

    #[test]
    fn sgd_is_that_of_libtorch() {
        for (momentum, nesterov) in [(0.0, false), (0.9, false), (0.9, true)] {
            let sgd = SgdOptions { momentum, nesterov };
            let options = OptimOptions { weight_decay: 0.01, sgd, ..OptimOptions::default() };
            compare(&options, nn::sgd(momentum, 0.0, 0.01, nesterov));
        }
    }

    #[test]
    fn a_run_goes_on_from_a_saved_state_to_the_bit() {
        for options in [adam_options(recipe::Optimizer::AdamW, true), OptimOptions::default()] {
            let (mut optimizer, parameter) = ours(&options);
            train(&mut optimizer, &parameter, 0..3);
            let state: HashMap<_, _> =
                optimizer.state().into_iter().map(|(name, tensor)| (name, tensor.copy())).collect();
            let (mut resumed, copy) = ours(&options);
            no_grad(|| copy.shallow_clone().copy_(&parameter));
            resumed.load_state(&state).unwrap();

            train(&mut optimizer, &parameter, 3..6);
            train(&mut resumed, &copy, 3..6);
            assert_eq!(values(&copy), values(&parameter));
            for ((name, ours), (same, theirs)) in optimizer.state().iter().zip_eq(resumed.state()) {
                assert!(*name == same && ours.equal(&theirs), "{name}");
            }
        }
    }

    #[test]
    fn the_state_has_pytorchs_names() {
        let names = |options: &OptimOptions| {
            let state = ours(options).0.state();
            state.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        let adamw = names(&adam_options(recipe::Optimizer::AdamW, true));
        assert_eq!(adamw, ["p.step", "p.exp_avg", "p.exp_avg_sq", "p.max_exp_avg_sq"]);
        assert_eq!(names(&OptimOptions::default()), ["p.step", "p.momentum_buffer"]);
        let sgd = SgdOptions { momentum: 0.0, nesterov: false };
        assert_eq!(names(&OptimOptions { sgd, ..OptimOptions::default() }), ["p.step"]);
    }

    #[test]
    fn a_foreign_state_is_refused_whole() {
        let (mut optimizer, parameter) = ours(&adam_options(recipe::Optimizer::AdamW, false));
        train(&mut optimizer, &parameter, 0..2);
        let mut state: HashMap<_, _> =
            optimizer.state().into_iter().map(|(name, tensor)| (name, tensor.copy())).collect();
        state.insert("p.step".into(), Tensor::from(9f32));
        state.insert("p.exp_avg_sq".into(), Tensor::zeros([3], (Kind::Float, tch::Device::Cpu)));
        let error = optimizer.load_state(&state).unwrap_err().to_string();
        assert_eq!(error, "`p.exp_avg_sq` of the optimiser's state has shape [3], expected [4]");
        state.remove("p.exp_avg_sq");
        assert!(optimizer.load_state(&state).unwrap_err().to_string().contains("has no `p.exp_avg_sq`"));
        assert_eq!(optimizer.state()[0].1.double_value(&[]), 2.0);
    }

    #[test]
    fn parameters_without_gradient_stay() {
        let (mut optimizer, parameter) = ours(&adam_options(recipe::Optimizer::AdamW, false));
        optimizer.step(|_| 0.1);
        assert_eq!(values(&parameter), values(&start()));
        assert_eq!(optimizer.state()[0].1.double_value(&[]), 0.0);
    }
}
