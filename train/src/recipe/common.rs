//! The section `common`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Key `common`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommonOptions {
    /// Seed of everything random.
    pub seed: u64,
    /// Folder of all results. The official default is a folder of its authors.
    pub results_loc: PathBuf,
    /// Name of the run's folder in there.
    pub run_label: String,
    /// The checkpoint to go on from.
    pub resume: Option<PathBuf>,
    /// Weights to start from.
    pub finetune: Option<PathBuf>,
    /// Averaged weights to start from.
    pub finetune_ema: Option<PathBuf>,
    /// Whether to compute in half precision where that is safe.
    pub mixed_precision: bool,
    /// Batches whose gradients make up one step of the optimiser.
    pub accum_freq: usize,
    /// That holds for epochs after this one.
    pub accum_after_epoch: i64,
    /// Batches between two lines of the log.
    pub log_freq: usize,
    /// Whether to go on from the checkpoint in the run's folder.
    pub auto_resume: bool,
    /// Largest L2 norm of all gradients together.
    pub grad_clip: Option<f64>,
    /// How many of the best checkpoints are kept and averaged.
    pub k_best_checkpoints: usize,
}

impl Default for CommonOptions {
    fn default() -> Self {
        Self {
            seed: 0,
            results_loc: "results".into(),
            run_label: "run_1".into(),
            resume: None,
            finetune: None,
            finetune_ema: None,
            mixed_precision: false,
            accum_freq: 1,
            accum_after_epoch: 0,
            log_freq: 100,
            auto_resume: false,
            grad_clip: None,
            k_best_checkpoints: 5,
        }
    }
}
