//! Estimates of a board's latency where there is no board. They rank files; they are not measurements.

use std::path::{Path, PathBuf};

use edgeconv_agent::{BenchModel, OpTime, Task, Warmup};
use serde::Serialize;

use crate::bench::board_model;
use crate::engine::{Agent, AgentError};
use crate::machine::emulated::{Counting, Emulated, count};
use crate::model::ModelError;

/// A system on a chip that estimates are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Soc {
    /// Rockchip RK3288: Cortex-A17 at 1.8 GHz.
    Rk3288,
}

/// An estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Milliseconds of one run, on the scale of the latencies that are published.
    pub ms: f64,
    /// How far estimates of this kind are off for the networks that they were calibrated on, as a share.
    pub error: f64,
    /// What it was made from.
    pub from: Source,
}

/// The estimate for a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// The file.
    pub file: PathBuf,
    /// The estimate.
    #[serde(flatten)]
    pub estimate: Estimate,
}

/// What an estimate is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Cycles of the processor's units, and cache misses, that an emulator counted.
    Emulator,
    /// Operations and bytes of each operator: without an emulator.
    Roofline,
}

// From counts: what the units of a Cortex-A17 need, for how long as the pipeline descriptions in GCC say (`emulator/cortex_a17.h`),
// and what a line from memory takes at 4.5 GB/s, which boards with this processor reach. One factor for both is calibrated on the
// published latencies of EdgeFormer-S, 353 ms, and MobileViT-S, 457 ms, taken as 224 × 224 and 1.8 GHz, which the paper does not say,
// and on the counts of unrewritten files: 792.8 and 947.1 million cycles, 6.78 and 7.73 million misses. It misses them by 4.4 %; from
// one of them alone it would miss the other by 9 %. Two factors would meet both, but with a negative time for a miss. That it is less
// than 1 is no property of the processor: the units of one core can't be as fast as was published.
const HERTZ: f64 = 1.8e9;
const CYCLES_PER_MISS: f64 = 25.0;
const CALIBRATION: f64 = 0.69;
const EMULATOR_ERROR: f64 = 0.05;

// The same two latencies, and each operator as its operations at a rate or its bytes at 4.5 GB/s, whichever takes longer: 371 and 441 ms.
const BYTES_PER_MS: f64 = 4.5e6;
const OPERATIONS_PER_MS: f64 = 4.0e6;
const ROOFLINE_ERROR: f64 = 0.06;

impl Soc {
    /// Its name, and what is assumed of it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rk3288 => "RK3288 (1.8 GHz, as the published latencies)",
        }
    }

    /// Estimates of files: from what an emulator counts, or, without one, from the operators of a profile. `progress` is told which
    /// file is next.
    ///
    /// # Errors
    /// If a file can't be run by MNN.
    pub fn predict(
        self,
        files: &[PathBuf],
        counting: &Counting,
        progress: impl Fn(&Path),
    ) -> Result<Vec<Prediction>, ModelError> {
        let emulated = Emulated::default().can_count();
        let prediction = |file: &PathBuf| {
            let path = board_model(file)?;
            progress(file);
            let estimate = if emulated { self.counted(&path, counting)? } else { self.profiled(path, counting)? };
            Ok(Prediction { file: file.clone(), estimate })
        };
        files.iter().map(prediction).collect()
    }

    fn counted(self, path: &Path, counting: &Counting) -> Result<Estimate, AgentError> {
        let counting = Counting { emulated: Emulated::default(), caches: true, profile: false, ..counting.clone() };
        let counts = count(path, &counting)?.run;
        let (Some(cycles), Some(accesses)) = (counts.unit_cycles, counts.accesses) else {
            return Err(AgentError::Job("the emulator counted no cycles and cache misses".into()));
        };
        Ok(self.from_counts(cycles, accesses.l2_misses))
    }

    fn profiled(self, path: PathBuf, counting: &Counting) -> Result<Estimate, AgentError> {
        let models = vec![BenchModel::mnn(path)];
        let task = Task::Bench { models, warmup: Warmup::exactly(1), runs: 1, profile: true, cores: vec![] };
        let result = Agent::find()?.bench(task, counting.config, &[])?;
        Ok(self.from_ops(&result.models.into_iter().flat_map(|timing| timing.ops).collect::<Vec<_>>()))
    }

    /// From what an emulator counted: cycles of the processor's units, and misses of the second-level cache.
    pub fn from_counts(self, unit_cycles: u64, l2_misses: u64) -> Estimate {
        let cycles = unit_cycles as f64 + CYCLES_PER_MISS * l2_misses as f64;
        Estimate { ms: 1e3 * CALIBRATION * cycles / HERTZ, error: EMULATOR_ERROR, from: Source::Emulator }
    }

    /// From the operators of a profile, made anywhere.
    pub fn from_ops(self, ops: &[OpTime]) -> Estimate {
        let ms = |op: &OpTime| (1e6 * f64::from(op.mflops) / OPERATIONS_PER_MS).max(op.bytes as f64 / BYTES_PER_MS);
        Estimate { ms: ops.iter().map(ms).sum(), error: ROOFLINE_ERROR, from: Source::Roofline }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unrewritten files at 224 × 224, counted.
    fn published(unit_cycles: u64, l2_misses: u64, ms: f64) {
        let estimate = Soc::Rk3288.from_counts(unit_cycles, l2_misses);
        assert!((estimate.ms / ms - 1.0).abs() < estimate.error, "{estimate:?}, published {ms}");
    }

    #[test]
    fn published_latencies_are_met_within_the_stated_error() {
        published(792_770_000, 6_780_000, 353.0);
        published(947_150_000, 7_730_000, 457.0);
    }

    #[test]
    fn cycles_and_misses_add_up() {
        let ms = |unit_cycles: u64, l2_misses: u64| Soc::Rk3288.from_counts(unit_cycles, l2_misses).ms;
        assert!((ms(1_800_000, 0) - CALIBRATION).abs() < 1e-9);
        assert!((ms(0, 72_000) - CALIBRATION).abs() < 1e-9);
        assert!((ms(1_800_000, 72_000) - 2.0 * CALIBRATION).abs() < 1e-9);
    }

    #[test]
    fn an_operator_takes_what_limits_it() {
        let op =
            |mflops: f32, bytes: u64| OpTime { name: String::new(), op_type: String::new(), ms: 0.0, mflops, bytes };
        let ms = |op: OpTime| Soc::Rk3288.from_ops(&[op]).ms;
        assert!((ms(op(4.0, 0)) - 1.0).abs() < 1e-6);
        assert!((ms(op(4.0, 45_000_000)) - 10.0).abs() < 1e-9);
    }
}
