//! Programs that a signal ends at a random moment: no process, no half-written file and, at the latest after the next start, no temporary
//! folder is left.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use edgeconv_agent::NpyError;
use edgeconv_validate::input;
use edgeconv_validate::program;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use tempfile::TempDir;
use wait_timeout::ChildExt;

/// By which a process and all that it has started are found.
const MARK: &str = "EDGECONV_ROBUSTNESS";

/// A command that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// How long a process may take to end after the one that started it.
const GRACE: Duration = Duration::from_secs(2);

/// Signals that end a program.
const SIGNALS: [Signal; 4] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGKILL];

/// Why the suite could not be run.
#[derive(Debug, thiserror::Error)]
pub enum SignalsError {
    /// There is no program.
    #[error("`{}` is missing: `cargo build --workspace` builds it", .0.first().map_or("edgeconv".into(), |path| path.display().to_string()))]
    Program(Vec<PathBuf>),
    /// A command that nobody interrupts fails.
    #[error("`edgeconv {command}` ended with {how}: {said}")]
    Command {
        /// Its arguments.
        command: String,
        /// Its exit code.
        how: String,
        /// What it said.
        said: String,
    },
    /// A file can't be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The input can't be written.
    #[error(transparent)]
    Input(#[from] NpyError),
}

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// How many were ended, by command and signal.
    pub ended: BTreeMap<String, usize>,
    /// How many had finished before.
    pub finished: usize,
    /// Temporary files and folders that killed programs have left; the next start has removed them.
    pub leftovers: usize,
    /// How often SIGKILL came between two renames of one set, so that files of two runs are there: only the next run mends that.
    pub split: usize,
    /// What should not have been left.
    pub problems: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, ended, finished, leftovers, split, problems } = self;
        for (what, count) in ended {
            writeln!(f, "{what:16} {count:4}")?;
        }
        let count = ended.values().sum::<usize>();
        writeln!(f, "{count} commands got a signal (seed {seed}), {finished} of them had finished before")?;
        writeln!(f, "{split} sets of files were split by SIGKILL between two renames")?;
        writeln!(f, "{leftovers} temporary files or folders of killed ones were removed by the next start")?;
        write!(f, "{} problems", problems.len())?;
        problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

/// A command that writes results.
struct Scenario {
    name: &'static str,
    arguments: &'static [&'static str],
    /// What it writes into the folder `out`.
    results: &'static [&'static str],
}

const SCENARIOS: [Scenario; 5] = [
    Scenario {
        name: "export",
        arguments: &["export", "edgeformer-xs", "--size", "32", "--seed", "2", "-o", "out"],
        results: &["edgeformer-xs.mnn", "edgeformer-xs.onnx", "edgeformer-xs.report.json"],
    },
    Scenario {
        name: "convert",
        arguments: &["convert", "given/edgeformer-xs.onnx", "-o", "out/converted.mnn"],
        results: &["converted.mnn"],
    },
    Scenario {
        name: "check",
        arguments: &[
            "check",
            "given/edgeformer-xs.mnn",
            "--against",
            "given/edgeformer-xs.onnx",
            "--save-golden",
            "out/golden",
            "--html",
            "out/check.html",
        ],
        results: &["check.html", "golden"],
    },
    Scenario {
        name: "bench",
        arguments: &["bench", "given/edgeformer-xs.mnn", "--runs", "30", "--processes", "2", "--csv", "out/bench.csv"],
        results: &["bench.csv"],
    },
    Scenario {
        name: "run",
        arguments: &["run", "given/edgeformer-xs.mnn", "--input", "given/input.npy", "-o", "out/results"],
        results: &["results"],
    },
];

/// Where commands are run.
struct Place {
    program: PathBuf,
    folder: TempDir,
}

/// Ends `count` commands.
///
/// # Errors
/// If there is no program, or if it fails by itself.
pub fn run(count: usize, seed: u64) -> Result<Report, SignalsError> {
    let place = Place::new()?;
    let mut took = vec![];
    for scenario in &SCENARIOS {
        place.clear()?;
        let start = Instant::now();
        place.finish(scenario)?;
        took.push((scenario, start.elapsed()));
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut report = Report { seed, ended: BTreeMap::new(), finished: 0, leftovers: 0, split: 0, problems: vec![] };
    for index in 0..count {
        let (scenario, whole) = took[random.random_range(0..took.len())];
        let signal = SIGNALS.choose(&mut random).copied().unwrap_or(Signal::SIGKILL);
        let moment = whole.mul_f64(random.random_range(0.0..1.0));
        place.clear()?;
        let case = Case { place: &place, scenario, signal, mark: format!("{}-{index}", std::process::id()) };
        let found = case.interrupt(moment, &mut report)?;
        let milliseconds = moment.as_millis();
        let say = |problem| format!("{} {index} with {signal} after {milliseconds} ms: {problem}", scenario.name);
        report.problems.extend(found.into_iter().map(say));
        *report.ended.entry(format!("{} {signal}", scenario.name)).or_default() += 1;
    }
    Ok(report)
}

impl Place {
    /// With a model and an input.
    fn new() -> Result<Self, SignalsError> {
        let program = program::find("edgeconv", "EDGECONV").map_err(SignalsError::Program)?;
        let place = Self { program, folder: tempfile::tempdir()? };
        fs::create_dir(place.path("temporary"))?;
        place.complete(&["export", "edgeformer-xs", "--size", "32", "--seed", "1", "--no-check", "-o", "given"])?;
        input::write(&place.path("given/input.npy"), &input::random(&[1, 3, 32, 32], 1))?;
        Ok(place)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Begins anew, with older results.
    fn clear(&self) -> io::Result<()> {
        for folder in ["out", "temporary"] {
            if self.path(folder).exists() {
                fs::remove_dir_all(self.path(folder))?;
            }
            fs::create_dir(self.path(folder))?;
        }
        for name in SCENARIOS[0].results {
            fs::copy(self.path("given").join(name), self.path("out").join(name))?;
        }
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.folder.path()).env("TMPDIR", self.path("temporary"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn complete(&self, arguments: &[&str]) -> Result<(), SignalsError> {
        let output = self.command(arguments).stderr(Stdio::piped()).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let failed = || SignalsError::Command { command: arguments.join(" "), how: output.status.to_string(), said };
        if output.status.success() { Ok(()) } else { Err(failed()) }
    }

    /// Runs a command to its end.
    fn finish(&self, scenario: &Scenario) -> Result<(), SignalsError> {
        if self.path("out/golden").exists() {
            fs::remove_dir_all(self.path("out/golden"))?;
        }
        self.complete(scenario.arguments)
    }

    /// What is in the folders for results and temporary files, and is no result.
    fn leftovers(&self, scenario: &Scenario) -> io::Result<Vec<String>> {
        let mut found = unfinished(&self.path("temporary"), &[])?;
        let results: Vec<_> = SCENARIOS[0].results.iter().chain(scenario.results).copied().collect();
        found.extend(unfinished(&self.path("out"), &results)?);
        Ok(found)
    }

    /// Which seed each exported file has; empty for files of neither.
    fn seeds(&self) -> io::Result<Vec<String>> {
        let report = fs::read(self.path("out/edgeformer-xs.report.json"))?;
        let report: serde_json::Value = serde_json::from_slice(&report)?;
        let mut seeds = vec![report["weights"]["seed"].to_string()];
        for name in ["edgeformer-xs.mnn", "edgeformer-xs.onnx"] {
            let is_old = fs::read(self.path("out").join(name))? == fs::read(self.path("given").join(name))?;
            seeds.push(if is_old { "1" } else { "2" }.to_owned());
        }
        Ok(seeds)
    }
}

/// A command that gets a signal.
struct Case<'a> {
    place: &'a Place,
    scenario: &'a Scenario,
    signal: Signal,
    /// The value of [`MARK`].
    mark: String,
}

impl Case<'_> {
    /// Sends the signal at that moment, and looks for what should not have been left.
    fn interrupt(&self, moment: Duration, report: &mut Report) -> Result<Vec<String>, SignalsError> {
        let mut problems = vec![];
        let mut child = self.place.command(self.scenario.arguments).env(MARK, &self.mark).spawn()?;
        sleep(moment);
        let had_ended = child.try_wait()?.is_some();
        report.finished += usize::from(had_ended);
        if !had_ended {
            kill(Pid::from_raw(child.id().cast_signed()), self.signal).map_err(io::Error::from)?;
        }
        match child.wait_timeout(LIMIT)? {
            Some(status) => problems.extend(self.wrong_end(status)),
            None => {
                child.kill()?;
                child.wait()?;
                problems.push(format!("it did not end within {} s", LIMIT.as_secs()));
            }
        }
        let orphans = self.orphans()?;
        if !orphans.is_empty() {
            problems.push(format!("these processes went on: {}", orphans.join(", ")));
        }
        let seeds = self.place.seeds()?;
        let is_split = seeds.iter().any(|seed| *seed != seeds[0]);
        if is_split && self.signal == Signal::SIGKILL {
            report.split += 1;
        } else if is_split {
            problems.push(format!("report, MNN and ONNX file are of the seeds {}", seeds.join(", ")));
        }
        let left = self.place.leftovers(self.scenario)?;
        if self.signal == Signal::SIGKILL {
            report.leftovers += left.len();
            self.place.finish(self.scenario)?;
            let left = self.place.leftovers(self.scenario)?;
            if !left.is_empty() {
                problems.push(format!("after the next start there are: {}", left.join(", ")));
            }
        } else if !left.is_empty() {
            problems.push(format!("it left: {}", left.join(", ")));
        }
        Ok(problems)
    }

    /// It ends well if it had finished, else by its signal.
    fn wrong_end(&self, status: ExitStatus) -> Option<String> {
        use std::os::unix::process::ExitStatusExt;
        let as_expected = status.success() || status.signal() == Some(self.signal as i32);
        (!as_expected).then(|| format!("it ended with {status}"))
    }

    /// Processes that outlive the command.
    fn orphans(&self) -> io::Result<Vec<String>> {
        let start = Instant::now();
        loop {
            let found = marked(&self.mark)?;
            if found.is_empty() || start.elapsed() > GRACE {
                return Ok(found);
            }
            sleep(Duration::from_millis(10));
        }
    }
}

/// Processes with that mark in their environment, which they take over from the one that started them. (`/proc`, so Linux only.)
fn marked(mark: &str) -> io::Result<Vec<String>> {
    let entry = format!("{MARK}={mark}");
    let mut found = vec![];
    for process in fs::read_dir("/proc")? {
        let path = process?.path();
        // Others' processes can't be read, and some end meanwhile.
        let Ok(environment) = fs::read(path.join("environ")) else { continue };
        if environment.split(|&byte| byte == 0).any(|variable| variable == entry.as_bytes()) {
            found.push(fs::read_to_string(path.join("comm")).unwrap_or_default().trim().to_owned());
        }
    }
    Ok(found)
}

/// What is in a folder and is none of these results, and what in those is temporary or an empty folder.
fn unfinished(folder: &Path, results: &[&str]) -> io::Result<Vec<String>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned()))?;
        if !results.contains(&name.as_str()) || is_unfinished(&path)? {
            found.push(name);
        }
    }
    Ok(found)
}

fn is_unfinished(path: &Path) -> io::Result<bool> {
    if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
        return Ok(true);
    }
    if !path.is_dir() {
        return Ok(false);
    }
    let inside = fs::read_dir(path)?.map(|entry| is_unfinished(&entry?.path())).collect::<io::Result<Vec<_>>>()?;
    Ok(inside.is_empty() || inside.contains(&true))
}
