//! `--precision`.

use clap::ValueEnum;
use edgeconv_agent::Precision;

/// Arithmetic that MNN may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PrecisionArg {
    /// 32-bit floats
    High,
    /// MNN's default, which is that as well
    Normal,
    /// 16-bit floats on processors that compute with them (AArch64 from ARMv8.2 on)
    Low,
}

impl From<PrecisionArg> for Precision {
    fn from(precision: PrecisionArg) -> Self {
        match precision {
            PrecisionArg::High => Precision::High,
            PrecisionArg::Normal => Precision::Normal,
            PrecisionArg::Low => Precision::Low,
        }
    }
}
