//! How a session runs.

/// Arithmetic that MNN may use (`BackendConfig::PrecisionMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// MNN's choice.
    Normal = 0,
    /// 32-bit floats.
    #[default]
    High = 1,
    /// 16-bit floats where the CPU has them.
    Low = 2,
}

/// How much of a resource MNN may use (`BackendConfig::MemoryMode`, `PowerMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// MNN's choice.
    #[default]
    Normal = 0,
    /// As much as helps.
    High = 1,
    /// Little.
    Low = 2,
}

/// Session hints (`Interpreter::HintMode`); `None` leaves MNN's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// `WINOGRAD_MEMORY_LEVEL`: 0 no Winograd, 1 the small tiles (most accurate), 3 all.
    pub winograd_memory_level: Option<u8>,
}

/// Which tensors inside the model can be read after a run, besides the outputs.
///
/// A kept tensor is one more output for MNN: it costs memory, and time where MNN would have needed only a view of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Keep {
    /// None.
    #[default]
    Nothing,
    /// Those with these names.
    Tensors(Vec<String>),
    /// Everything that the model computes.
    All,
}

/// How a session runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Number of threads, at least 1.
    pub threads: u16,
    /// Arithmetic.
    pub precision: Precision,
    /// Memory.
    pub memory: Level,
    /// Power.
    pub power: Level,
    /// Hints.
    pub hints: Hints,
    /// What can be read after a run.
    pub keep: Keep,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            threads: 1,
            precision: Precision::default(),
            memory: Level::default(),
            power: Level::default(),
            hints: Hints::default(),
            keep: Keep::default(),
        }
    }
}
