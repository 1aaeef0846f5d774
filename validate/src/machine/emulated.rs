//! ARMv7 in an emulator of user-mode programs: its agent, and instructions and memory accesses of a model, which are numbers that
//! repeat, but no times.

use std::ffi::OsString;
use std::fs;
use std::iter::Sum;
use std::ops::Add;
use std::path::{Path, PathBuf};
use std::time::Duration;

use edgeconv_agent::{BenchModel, OpTime, SessionConfig, Task, Warmup};
use edgeconv_files::Staging;
use serde::{Serialize, Serializer};

use super::{NoBoardAgent, board_agent};
use crate::engine::{Agent, AgentError, Program};
use crate::program::of_system;

/// The emulator.
const EMULATOR: &str = "qemu-arm";

/// The processor that it knows which is most like a Cortex-A17.
const PROCESSOR: [&str; 2] = ["-cpu", "cortex-a15"];

/// The agent for ARMv7 at a path, by an emulator with these options.
///
/// # Errors
/// If there is no emulator.
pub(super) fn agent(program: PathBuf, options: &[String]) -> Result<Agent, AgentError> {
    let emulator = of_system(EMULATOR).map_err(|error| AgentError::Place(error.into()))?;
    let options = PROCESSOR.into_iter().chain(options.iter().map(String::as_str)).map(OsString::from);
    Ok(Agent::new(Program::new(emulator, options.chain([program.into_os_string()]).collect())))
}

/// What the emulator counted between two marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Instructions.
    pub instructions: u64,
    /// Cycles that the units of a Cortex-A17 need for them at least: for each block of instructions by itself, with operands that are
    /// there in time.
    pub unit_cycles: u64,
    /// The instructions by what they do.
    pub classes: Classes,
    /// Only where caches were simulated.
    #[serde(flatten)]
    pub accesses: Option<Accesses>,
}

/// Instructions by what they do, in the order of [`Classes::NAMES`]. One that accesses memory is a load or a store, even if it also
/// branches; a preload is a load.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(pub [u64; Self::NAMES.len()]);

impl Classes {
    /// Those that the plugin tells apart: `enum class` in `emulator/instruction.h`.
    pub const NAMES: [&str; 9] = [
        "vector_multiply_add",
        "vector_float",
        "vector_integer",
        "scalar_float",
        "divide",
        "load",
        "store",
        "branch",
        "integer",
    ];
}

impl Serialize for Classes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Self::NAMES.into_iter().zip(self.0))
    }
}

impl Add for Classes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|class| self.0[class] + other.0[class]))
    }
}

/// Accesses to memory, and what the caches made of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Accesses {
    /// Instructions' loads.
    pub loads: u64,
    /// Their stores.
    pub stores: u64,
    /// Bytes loaded and stored.
    pub bytes: u64,
    /// Lines that were not in the first-level data cache.
    pub l1_misses: u64,
    /// Lines that were not in the second-level cache either.
    pub l2_misses: u64,
}

impl Accesses {
    /// Bytes that came from memory: a line of 64 for each miss of the second-level cache.
    pub fn memory_bytes(&self) -> u64 {
        64 * self.l2_misses
    }
}

impl Add for Accesses {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            loads: self.loads + other.loads,
            stores: self.stores + other.stores,
            bytes: self.bytes + other.bytes,
            l1_misses: self.l1_misses + other.l1_misses,
            l2_misses: self.l2_misses + other.l2_misses,
        }
    }
}

impl Count {
    /// A line that the plugin wrote, in which accesses are 0 unless it simulated caches.
    fn parse(line: &str, caches: bool) -> Option<Self> {
        let numbers: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
        let (&[instructions, half_cycles, loads, stores, bytes, l1_misses, l2_misses], classes) =
            numbers.split_first_chunk()?;
        let classes = Classes(classes.try_into().ok()?);
        let accesses = caches.then_some(Accesses { loads, stores, bytes, l1_misses, l2_misses });
        Some(Self { instructions, unit_cycles: half_cycles.div_ceil(2), classes, accesses })
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        let add = |a: Self, b: Self| Self {
            instructions: a.instructions + b.instructions,
            unit_cycles: a.unit_cycles + b.unit_cycles,
            classes: a.classes + b.classes,
            accesses: a.accesses.zip(b.accesses).map(|(a, b)| a + b),
        };
        counts.reduce(add).unwrap_or_default()
    }
}

/// What one operator takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpCount {
    /// Name in the model.
    pub name: String,
    /// Type in MNN's vocabulary.
    #[serde(rename = "type")]
    pub op_type: String,
    /// Operations in millions as MNN estimates them.
    pub mflops: f32,
    /// What was counted.
    #[serde(flatten)]
    pub count: Count,
}

/// What a model takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counts {
    /// One run, after one that has filled the caches.
    #[serde(flatten)]
    pub run: Count,
    /// Its operators, if they were asked for.
    pub ops: Vec<OpCount>,
}

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub struct Counting {
    /// How the session runs; on one thread, since the counters are those of one.
    pub config: SessionConfig,
    /// Also simulates the caches.
    pub caches: bool,
    /// Also counts each operator.
    pub profile: bool,
    /// How long it may take.
    pub limit: Duration,
}

/// Counts what one run of an `.mnn` file takes on ARMv7.
///
/// # Errors
/// If emulator, plugin or agent are missing, or if the model can't be run.
pub fn count(model: &Path, counting: &Counting) -> Result<Counts, AgentError> {
    let agent = board_agent()?;
    let plugin = plugin(&agent)?;
    let folder = Staging::private().map_err(|source| AgentError::Io { path: std::env::temp_dir(), source })?;
    let out = folder.path().join("counts");
    let caches = if counting.caches { "on" } else { "off" };
    let plugin = format!("{},out={},caches={caches}", plugin.display(), out.display());
    let agent = self::agent(agent, &["-plugin".into(), plugin])?.with_time_limit(counting.limit);
    let models = vec![BenchModel::mnn(model)];
    let warmup = Warmup::exactly(1);
    let task = Task::Bench { models, warmup, runs: 1, profile: counting.profile, cores: vec![] };
    let config = SessionConfig { threads: 1, ..counting.config };
    let result = agent.bench(task, config, &[("EDGECONV_MARKS", Path::new("1"))])?;
    let text = fs::read_to_string(&out).map_err(|source| AgentError::Io { path: out.clone(), source })?;
    let ops = result.models.into_iter().flat_map(|timing| timing.ops).collect();
    read(&text, counting.caches, ops)
        .ok_or_else(|| AgentError::Job(format!("`{}` counted something else than was run", out.display())))
}

/// The warm-up, the run, and then the operators.
fn read(text: &str, caches: bool, ops: Vec<OpTime>) -> Option<Counts> {
    let counts = text.lines().map(|line| Count::parse(line, caches)).collect::<Option<Vec<_>>>()?;
    let (&[_, run], rest) = counts.split_first_chunk()?;
    if rest.len() != ops.len() {
        return None;
    }
    let named =
        |(op, &count): (OpTime, &Count)| OpCount { name: op.name, op_type: op.op_type, mflops: op.mflops, count };
    Some(Counts { run, ops: ops.into_iter().zip(rest).map(named).collect() })
}

/// Whether [`count`] has what it needs.
pub fn can_count() -> bool {
    of_system(EMULATOR).is_ok() && board_agent().is_ok_and(|agent| plugin(&agent).is_ok())
}

/// The plugin beside the agent.
fn plugin(agent: &Path) -> Result<PathBuf, NoBoardAgent> {
    let path = agent.with_file_name("libedgeconv-count.so");
    if path.is_file() { Ok(path) } else { Err(NoBoardAgent(vec![path])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(name: &str) -> OpTime {
        OpTime { name: name.into(), op_type: "Convolution".into(), ms: 0.0, mflops: 1.0, bytes: 0 }
    }

    /// A line with so many instructions, and the other numbers after it.
    fn line(instructions: u64) -> String {
        format!("{instructions} 3 1 2 3 4 5 0 1 0 0 7 0 0 0 0\n")
    }

    const ACCESSES: Accesses = Accesses { loads: 1, stores: 2, bytes: 3, l1_misses: 4, l2_misses: 5 };
    const COUNT: Count = Count {
        instructions: 8,
        unit_cycles: 2,
        classes: Classes([0, 1, 0, 0, 7, 0, 0, 0, 0]),
        accesses: Some(ACCESSES),
    };

    #[test]
    fn lines_are_the_runs_and_then_the_operators() {
        let counts = read(&[9, 8, 7, 1].map(line).concat(), true, vec![op("a"), op("b")]).unwrap();
        assert_eq!(counts.run, COUNT);
        assert_eq!((counts.ops[0].name.as_str(), counts.ops[0].count.instructions), ("a", 7));
    }

    #[test]
    fn without_caches_there_are_no_misses() {
        let counts = read(&[9, 8].map(line).concat(), false, vec![]).unwrap();
        let classes = r#""vector_multiply_add":0,"vector_float":1,"vector_integer":0,"scalar_float":0,"divide":7,"load":0,"store":0,"branch":0,"integer":0"#;
        let expected = format!(r#"{{"instructions":8,"unit_cycles":2,"classes":{{{classes}}},"ops":[]}}"#);
        assert_eq!(serde_json::to_string(&counts).unwrap(), expected);
    }

    #[test]
    fn sums_have_accesses_where_all_have() {
        let without = Count { accesses: None, ..COUNT };
        let twice = Count {
            instructions: 16,
            unit_cycles: 4,
            classes: Classes([0, 2, 0, 0, 14, 0, 0, 0, 0]),
            accesses: Some(ACCESSES + ACCESSES),
        };
        assert_eq!([COUNT, COUNT].into_iter().sum::<Count>(), twice);
        assert_eq!([COUNT, without].into_iter().sum::<Count>(), Count { accesses: None, ..twice });
    }

    #[test]
    fn other_lines_are_refused() {
        for text in ["", &line(1), "1 2\n1 2\n", "1 3 1 2 3 4 5\n".repeat(2).as_str(), line(1).repeat(3).as_str()] {
            assert_eq!(read(text, true, vec![]), None, "{text}");
        }
    }
}
