//! Programs that a signal ends at a random moment: no process, no half-written file and, at the latest after the next start, no temporary
//! folder is left.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::process::ExitStatus;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use wait_timeout::ChildExt;

use crate::place::{Mark, Place, SuiteError};

/// A command that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// Signals that end a program.
const SIGNALS: [Signal; 4] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGKILL];

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

/// Ends `count` commands.
///
/// # Errors
/// If there is no program, or if it fails by itself.
pub fn run(count: usize, seed: u64) -> Result<Report, SuiteError> {
    let place = Place::with_model()?;
    let mut took = vec![];
    for scenario in &SCENARIOS {
        clear(&place)?;
        let start = Instant::now();
        finish(&place, scenario)?;
        took.push((scenario, start.elapsed()));
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut report = Report { seed, ended: BTreeMap::new(), finished: 0, leftovers: 0, split: 0, problems: vec![] };
    for index in 0..count {
        let (scenario, whole) = took[random.random_range(0..took.len())];
        let signal = SIGNALS.choose(&mut random).copied().unwrap_or(Signal::SIGKILL);
        let moment = whole.mul_f64(random.random_range(0.0..1.0));
        clear(&place)?;
        let case = Case { place: &place, scenario, signal, mark: Mark::new(index) };
        let found = case.interrupt(moment, &mut report)?;
        let milliseconds = moment.as_millis();
        let say = |problem| format!("{} {index} with {signal} after {milliseconds} ms: {problem}", scenario.name);
        report.problems.extend(found.into_iter().map(say));
        *report.ended.entry(format!("{} {signal}", scenario.name)).or_default() += 1;
    }
    Ok(report)
}

/// Begins anew, with older results.
fn clear(place: &Place) -> io::Result<()> {
    place.clear()?;
    for name in SCENARIOS[0].results {
        fs::copy(place.path("given").join(name), place.path("out").join(name))?;
    }
    Ok(())
}

/// Runs a command to its end.
fn finish(place: &Place, scenario: &Scenario) -> Result<(), SuiteError> {
    if place.path("out/golden").exists() {
        fs::remove_dir_all(place.path("out/golden"))?;
    }
    place.complete(scenario.arguments)
}

/// What is in the folders for results and temporary files, and is no result.
fn leftovers(place: &Place, scenario: &Scenario) -> io::Result<Vec<String>> {
    let results: Vec<_> = SCENARIOS[0].results.iter().chain(scenario.results).copied().collect();
    place.leftovers(&results)
}

/// Which seed each exported file has; empty for files of neither.
fn seeds(place: &Place) -> io::Result<Vec<String>> {
    let report = fs::read(place.path("out/edgeformer-xs.report.json"))?;
    let report: serde_json::Value = serde_json::from_slice(&report)?;
    let mut seeds = vec![report["weights"]["seed"].to_string()];
    for name in ["edgeformer-xs.mnn", "edgeformer-xs.onnx"] {
        let is_old = fs::read(place.path("out").join(name))? == fs::read(place.path("given").join(name))?;
        seeds.push(if is_old { "1" } else { "2" }.to_owned());
    }
    Ok(seeds)
}

/// A command that gets a signal.
struct Case<'a> {
    place: &'a Place,
    scenario: &'a Scenario,
    signal: Signal,
    mark: Mark,
}

impl Case<'_> {
    /// Sends the signal at that moment, and looks for what should not have been left.
    fn interrupt(&self, moment: Duration, report: &mut Report) -> Result<Vec<String>, SuiteError> {
        let mut problems = vec![];
        let mut child = self.mark.put_on(&mut self.place.command(self.scenario.arguments)).spawn()?;
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
        let orphans = self.mark.orphans()?;
        if !orphans.is_empty() {
            problems.push(format!("these processes went on: {}", orphans.join(", ")));
        }
        let seeds = seeds(self.place)?;
        let is_split = seeds.iter().any(|seed| *seed != seeds[0]);
        if is_split && self.signal == Signal::SIGKILL {
            report.split += 1;
        } else if is_split {
            problems.push(format!("report, MNN and ONNX file are of the seeds {}", seeds.join(", ")));
        }
        let left = leftovers(self.place, self.scenario)?;
        if self.signal == Signal::SIGKILL {
            report.leftovers += left.len();
            finish(self.place, self.scenario)?;
            let left = leftovers(self.place, self.scenario)?;
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
}
