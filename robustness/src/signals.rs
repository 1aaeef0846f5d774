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
use crate::scenario::{self, Scenario, WRITING};

/// A command that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// Signals that end a program.
const SIGNALS: [Signal; 5] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGXCPU, Signal::SIGKILL];

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
    /// How often SIGKILL came between two renames of one set, so that files of two runs were there: the next start has completed it.
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
        writeln!(
            f,
            "{split} sets of files were split by SIGKILL between two renames, and completed by the next start"
        )?;
        writeln!(f, "{leftovers} temporary files or folders of killed ones were removed by the next start")?;
        write!(f, "{} problems", problems.len())?;
        problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

/// What is started after a command was killed: another that writes into the same folder.
const NEXT: &Scenario = &WRITING[1];

/// Ends `count` commands.
///
/// # Errors
/// If there is no program, or if it fails by itself.
pub fn run(count: usize, seed: u64) -> Result<Report, SuiteError> {
    let place = Place::with_model()?;
    let mut took = vec![];
    for scenario in &WRITING {
        clear(&place)?;
        let start = Instant::now();
        place.complete(scenario.arguments)?;
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
    for name in WRITING[0].results {
        fs::copy(place.path("given").join(name), place.path("out").join(name))?;
    }
    Ok(())
}

/// What is in the folders for results and temporary files, and is no result.
fn leftovers(place: &Place) -> io::Result<Vec<String>> {
    place.leftovers(&scenario::results())
}

/// That files of two runs lie in the folder for results, if so.
fn split(place: &Place) -> io::Result<Option<String>> {
    let seeds = seeds(place)?;
    let is_split = seeds.iter().any(|seed| *seed != seeds[0]);
    Ok(is_split.then(|| format!("report, MNN and ONNX file are of the seeds {}", seeds.join(", "))))
}

/// Which seed each exported file has.
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
        problems.extend(self.mark.orphans()?);
        let (mut split, mut left) = (split(self.place)?, leftovers(self.place)?);
        let mut when = "";
        if self.signal == Signal::SIGKILL {
            report.split += usize::from(split.is_some());
            report.leftovers += left.len();
            self.place.complete(NEXT.arguments)?;
            (split, left) = (self::split(self.place)?, leftovers(self.place)?);
            when = "after the next start, ";
        }
        problems.extend(split.map(|split| format!("{when}{split}")));
        if !left.is_empty() {
            problems.push(format!("{when}there are: {}", left.join(", ")));
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
