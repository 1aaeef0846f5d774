//! Emulated processors of user-mode programs: their agents, and instructions and memory accesses of a model, which are numbers that
//! repeat, but no times.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::iter::Sum;
use std::ops::Add;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use edgeconv_agent::{BenchModel, OpTime, SessionConfig, Task, Warmup};
use edgeconv_files::Staging;
use serde::{Serialize, Serializer};

use super::{Architecture, NoBoardAgent};
use crate::engine::{Agent, AgentError, Program};
use crate::program::of_system;

/// A processor that QEMU emulates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Emulated {
    /// Its instruction set.
    pub architecture: Architecture,
    /// QEMU's name of it, such as `cortex-a53` or `max`, which has all that QEMU knows.
    pub processor: Option<String>,
}

impl FromStr for Emulated {
    type Err = ();

    /// `aarch64`, or `aarch64:max`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (architecture, processor) = text.split_once(':').map_or((text, None), |(text, cpu)| (text, Some(cpu)));
        // An option of the emulator, or several, would be something else.
        let is_name = |name: &str| name.starts_with(char::is_alphanumeric) && !name.contains(',');
        match processor {
            Some(name) if !is_name(name) => Err(()),
            name => Ok(Self { architecture: architecture.parse()?, processor: name.map(str::to_owned) }),
        }
    }
}

impl fmt::Display for Emulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.architecture, &self.processor) {
            (Architecture::Armv7, None) => f.write_str("qemu"),
            (architecture, None) => write!(f, "qemu:{}", architecture.name()),
            (architecture, Some(processor)) => write!(f, "qemu:{}:{processor}", architecture.name()),
        }
    }
}

impl Emulated {
    /// The emulator.
    fn program(&self) -> &'static str {
        match self.architecture {
            Architecture::Armv7 => "qemu-arm",
            Architecture::Aarch64 => "qemu-aarch64",
        }
    }

    /// What QEMU emulates: for ARMv7 what it knows that is most like a Cortex-A17, for AArch64 a processor with nothing that came after
    /// ARMv8.0.
    fn processor(&self) -> &str {
        self.processor.as_deref().unwrap_or(match self.architecture {
            Architecture::Armv7 => "cortex-a15",
            Architecture::Aarch64 => "cortex-a72",
        })
    }

    /// The caches that are simulated.
    pub fn caches(&self) -> Caches {
        match self.architecture {
            Architecture::Armv7 => CORTEX_A17,
            Architecture::Aarch64 => CORTEX_A72,
        }
    }

    /// The agent, by the emulator with these options.
    ///
    /// # Errors
    /// If there is no emulator, or no agent.
    pub(super) fn agent(&self, options: &[String]) -> Result<Agent, AgentError> {
        let emulator = of_system(self.program()).map_err(|error| AgentError::Place(error.into()))?;
        let processor = ["-cpu", self.processor()].into_iter();
        let options = processor.chain(options.iter().map(String::as_str)).map(OsString::from);
        let program = self.architecture.agent()?.into_os_string();
        Ok(Agent::new(Program::new(emulator, options.chain([program]).collect())))
    }

    /// The plugin beside the agent.
    fn plugin(&self) -> Result<PathBuf, NoBoardAgent> {
        let path = self.architecture.agent()?.with_file_name("libedgeconv-count.so");
        match path.is_file() {
            true => Ok(path),
            false => Err(NoBoardAgent { architecture: self.architecture, candidates: vec![path] }),
        }
    }

    /// Whether [`count`] has what it needs.
    pub fn can_count(&self) -> bool {
        of_system(self.program()).is_ok() && self.plugin().is_ok()
    }
}

/// Two levels of data caches with lines of 64 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caches {
    l1: Cache,
    l2: Cache,
}

/// A cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cache {
    kilobytes: u32,
    ways: u32,
}

/// Its Technical Reference Manual; the second level is the RK3288's.
const CORTEX_A17: Caches = Caches { l1: Cache { kilobytes: 32, ways: 4 }, l2: Cache { kilobytes: 1024, ways: 16 } };

/// Its Technical Reference Manual; the second level is the Raspberry Pi 4's.
const CORTEX_A72: Caches = Caches { l1: Cache { kilobytes: 32, ways: 2 }, l2: Cache { kilobytes: 1024, ways: 16 } };

impl fmt::Display for Caches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { l1, l2 } = self;
        write!(f, "{} KB {}-way, {} KB {}-way", l1.kilobytes, l1.ways, l2.kilobytes, l2.ways)
    }
}

/// What the emulator counted between two marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Instructions.
    pub instructions: u64,
    /// Cycles that the units of a Cortex-A17 need for them at least: for each block of instructions by itself, with operands that are
    /// there in time. Only on ARMv7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_cycles: Option<u64>,
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
    fn parse(line: &str, counting: &Counting) -> Option<Self> {
        let numbers: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
        let (&[instructions, half_cycles, loads, stores, bytes, l1_misses, l2_misses], classes) =
            numbers.split_first_chunk()?;
        let classes = Classes(classes.try_into().ok()?);
        let accesses = counting.caches.then_some(Accesses { loads, stores, bytes, l1_misses, l2_misses });
        let unit_cycles = (counting.emulated.architecture == Architecture::Armv7).then(|| half_cycles.div_ceil(2));
        Some(Self { instructions, unit_cycles, classes, accesses })
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        let add = |a: Self, b: Self| Self {
            instructions: a.instructions + b.instructions,
            unit_cycles: a.unit_cycles.zip(b.unit_cycles).map(|(a, b)| a + b),
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
#[derive(Debug, Clone)]
pub struct Counting {
    /// The processor.
    pub emulated: Emulated,
    /// How the session runs; on one thread, since the counters are those of one.
    pub config: SessionConfig,
    /// Also simulates the caches.
    pub caches: bool,
    /// Also counts each operator.
    pub profile: bool,
    /// How long it may take.
    pub limit: Duration,
}

/// Counts what one run of an `.mnn` file takes.
///
/// # Errors
/// If emulator, plugin or agent are missing, or if the model can't be run.
pub fn count(model: &Path, counting: &Counting) -> Result<Counts, AgentError> {
    let emulated = &counting.emulated;
    let plugin = emulated.plugin()?;
    let folder = Staging::private().map_err(|source| AgentError::Io { path: std::env::temp_dir(), source })?;
    let out = folder.path().join("counts");
    let mut options = format!("{},out={}", plugin.display(), out.display());
    if counting.caches {
        let Caches { l1, l2 } = emulated.caches();
        options += &format!(",caches={}:{}:{}:{}", l1.kilobytes, l1.ways, l2.kilobytes, l2.ways);
    }
    let agent = emulated.agent(&["-plugin".into(), options])?.with_time_limit(counting.limit);
    let models = vec![BenchModel::mnn(model)];
    let warmup = Warmup::exactly(1);
    let task = Task::Bench { models, warmup, runs: 1, profile: counting.profile, cores: vec![] };
    let config = SessionConfig { threads: 1, ..counting.config };
    let result = agent.bench(task, config, &[("EDGECONV_MARKS", Path::new("1"))])?;
    let text = fs::read_to_string(&out).map_err(|source| AgentError::Io { path: out.clone(), source })?;
    let ops = result.models.into_iter().flat_map(|timing| timing.ops).collect();
    read(&text, counting, ops)
        .ok_or_else(|| AgentError::Job(format!("`{}` counted something else than was run", out.display())))
}

/// The warm-up, the run, and then the operators.
fn read(text: &str, counting: &Counting, ops: Vec<OpTime>) -> Option<Counts> {
    let counts = text.lines().map(|line| Count::parse(line, counting)).collect::<Option<Vec<_>>>()?;
    let (&[_, run], rest) = counts.split_first_chunk()?;
    if rest.len() != ops.len() {
        return None;
    }
    let named =
        |(op, &count): (OpTime, &Count)| OpCount { name: op.name, op_type: op.op_type, mflops: op.mflops, count };
    Some(Counts { run, ops: ops.into_iter().zip(rest).map(named).collect() })
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
    fn counting(caches: bool) -> Counting {
        let config = SessionConfig::default();
        Counting { emulated: Emulated::default(), config, caches, profile: true, limit: Duration::ZERO }
    }

    const COUNT: Count = Count {
        instructions: 8,
        unit_cycles: Some(2),
        classes: Classes([0, 1, 0, 0, 7, 0, 0, 0, 0]),
        accesses: Some(ACCESSES),
    };

    #[test]
    fn lines_are_the_runs_and_then_the_operators() {
        let counts = read(&[9, 8, 7, 1].map(line).concat(), &counting(true), vec![op("a"), op("b")]).unwrap();
        assert_eq!(counts.run, COUNT);
        assert_eq!((counts.ops[0].name.as_str(), counts.ops[0].count.instructions), ("a", 7));
    }

    #[test]
    fn without_caches_there_are_no_misses() {
        let counts = read(&[9, 8].map(line).concat(), &counting(false), vec![]).unwrap();
        let classes = r#""vector_multiply_add":0,"vector_float":1,"vector_integer":0,"scalar_float":0,"divide":7,"load":0,"store":0,"branch":0,"integer":0"#;
        let expected = format!(r#"{{"instructions":8,"unit_cycles":2,"classes":{{{classes}}},"ops":[]}}"#);
        assert_eq!(serde_json::to_string(&counts).unwrap(), expected);
    }

    #[test]
    fn sums_have_accesses_where_all_have() {
        let without = Count { accesses: None, ..COUNT };
        let twice = Count {
            instructions: 16,
            unit_cycles: Some(4),
            classes: Classes([0, 2, 0, 0, 14, 0, 0, 0, 0]),
            accesses: Some(ACCESSES + ACCESSES),
        };
        assert_eq!([COUNT, COUNT].into_iter().sum::<Count>(), twice);
        assert_eq!([COUNT, without].into_iter().sum::<Count>(), Count { accesses: None, ..twice });
    }

    #[test]
    fn other_lines_are_refused() {
        for text in ["", &line(1), "1 2\n1 2\n", "1 3 1 2 3 4 5\n".repeat(2).as_str(), line(1).repeat(3).as_str()] {
            assert_eq!(read(text, &counting(true), vec![]), None, "{text}");
        }
    }
}
