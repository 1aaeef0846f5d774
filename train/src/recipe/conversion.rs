//! The section `conversion`.

use serde::{Deserialize, Serialize};

/// Key `conversion`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConversionOptions {
    /// Of no effect: extension of Core ML files, which edgeconv does not write.
    pub coreml_extn: String,
}

impl Default for ConversionOptions {
    fn default() -> Self {
        Self { coreml_extn: "mlmodel".into() }
    }
}
