//! The section `ema`.

use serde::{Deserialize, Serialize};

/// Key `ema`: exponential moving average of the weights (`cvnets/misc/averaging_utils.py`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmaOptions {
    /// Whether there is one.
    pub enable: bool,
    /// Part of the average that a step replaces, 0 to 1.
    pub momentum: f64,
    /// The epoch after which the model takes over the average, −1 for never.
    pub copy_at_epoch: i64,
}

impl Default for EmaOptions {
    fn default() -> Self {
        Self { enable: false, momentum: 1e-4, copy_at_epoch: -1 }
    }
}
