//! The section `adjust_bn_momentum`.

use serde::{Deserialize, Serialize};

/// Key `adjust_bn_momentum`: batch normalisation averages over ever more batches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdjustBnMomentumOptions {
    /// Whether it does.
    pub enable: bool,
    /// Shape of the curve.
    pub anneal_type: Annealing,
    /// Momentum at the end.
    pub final_momentum_value: f64,
}

impl Default for AdjustBnMomentumOptions {
    fn default() -> Self {
        Self { enable: false, anneal_type: Annealing::Cosine, final_momentum_value: 1e-6 }
    }
}

/// Value of `adjust_bn_momentum.anneal_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Annealing {
    /// Half a period of a cosine.
    Cosine,
    /// A straight line.
    Linear,
}
