//! The section `optim`.

use serde::{Deserialize, Serialize};

/// Key `optim`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptimOptions {
    /// Which optimiser.
    pub name: Optimizer,
    /// What Adam and AdamW add to the denominator. The official program always takes the default.
    pub eps: f64,
    /// Weight decay.
    pub weight_decay: f64,
    /// Whether tensors of one axis (biases and normalisations) are left without it.
    pub no_decay_bn_filter_bias: bool,
    /// Key `optim.adam`.
    pub adam: AdamOptions,
    /// Key `optim.adamw`.
    pub adamw: AdamOptions,
    /// Key `optim.sgd`.
    pub sgd: SgdOptions,
}

impl Default for OptimOptions {
    fn default() -> Self {
        Self {
            name: Optimizer::Sgd,
            eps: 1e-8,
            weight_decay: 4e-5,
            no_decay_bn_filter_bias: false,
            adam: AdamOptions::default(),
            adamw: AdamOptions::default(),
            sgd: SgdOptions::default(),
        }
    }
}

/// Value of `optim.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Optimizer {
    /// Stochastic gradient descent with momentum.
    Sgd,
    /// Adam (Kingma and Ba 2015).
    Adam,
    /// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
    AdamW,
}

/// Keys `optim.adam` and `optim.adamw`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdamOptions {
    /// Part of the mean gradient that a step keeps.
    pub beta1: f64,
    /// Part of the mean squared gradient that a step keeps.
    pub beta2: f64,
    /// Whether the denominator is the largest mean square so far (Reddi et al. 2018).
    pub amsgrad: bool,
}

impl Default for AdamOptions {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.98, amsgrad: false }
    }
}

/// Key `optim.sgd`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SgdOptions {
    /// Part of the velocity that a step keeps.
    pub momentum: f64,
    /// Whether the gradient is taken to be the one after the step (Nesterov).
    pub nesterov: bool,
}

impl Default for SgdOptions {
    fn default() -> Self {
        Self { momentum: 0.9, nesterov: false }
    }
}
