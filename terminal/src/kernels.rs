//! `--kernels`, which every program has that runs models.

use clap::{Args, ValueEnum};
use edgeconv_session::Kernels;

/// Whose kernels MNN's sessions compute by.
#[derive(Debug, Clone, Copy, Args)]
pub struct KernelsOption {
    /// What computes .mnn files: edgeconv's own kernels in MNN where there are some, or MNN alone
    #[arg(long, value_name = "WHOSE", default_value = "edgeconv")]
    kernels: Whose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Whose {
    Edgeconv,
    Mnn,
}

impl KernelsOption {
    /// What sessions are told.
    pub fn choice(self) -> Kernels {
        match self.kernels {
            Whose::Edgeconv => Kernels::Edgeconv,
            Whose::Mnn => Kernels::Mnn,
        }
    }
}
