//! Commands that lack something: room, rights, files, programs, processor time. Each fails with an error that names what and why, or does without;
//! older results stay whole, and nothing else is left.

mod fault;
mod surroundings;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use crate::place::{Mark, Place, SuiteError, copy};
use crate::scenario::{self, PRINTING, Scenario, WRITING};
use fault::{Ends, FAULTS, Fault};
use surroundings::{Ended, Surroundings};

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// How many commands were run, by fault.
    pub ran: BTreeMap<&'static str, usize>,
    /// How many of them failed, as they should or may.
    pub failed: usize,
    /// Faults that could not be tried here, and why.
    pub skipped: BTreeMap<&'static str, String>,
    /// What should not have happened.
    pub problems: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, ran, failed, skipped, problems } = self;
        for (what, count) in ran {
            writeln!(f, "{what:32} {count:4}")?;
        }
        for (what, why) in skipped {
            writeln!(f, "{what:32} skipped: {why}")?;
        }
        let count = ran.values().sum::<usize>();
        writeln!(f, "{count} commands lacked something (seed {seed}), {failed} of them failed")?;
        write!(f, "{} problems", problems.len())?;
        problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

/// The contents of files, by their names in a folder.
type Contents = BTreeMap<String, Vec<u8>>;

/// Disturbs `count` commands, by each fault in turn.
///
/// # Errors
/// If there is no program, or if it fails by itself.
pub fn run(count: usize, seed: u64) -> Result<Report, SuiteError> {
    let suite = Suite::new()?;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut report = Report { seed, ran: BTreeMap::new(), failed: 0, skipped: BTreeMap::new(), problems: vec![] };
    let (here, elsewhere): (Vec<_>, Vec<_>) = FAULTS.iter().partition(|fault| (fault.needs.is_here)());
    report.skipped = elsewhere.iter().map(|fault| (fault.name, format!("it needs {}", fault.needs.what))).collect();
    // The first ones differ from seed to seed, where there are fewer commands than faults.
    let first = random.random_range(0..here.len());
    for (index, fault) in here.iter().cycle().skip(first).take(count).enumerate() {
        let scenarios: Vec<_> = WRITING.iter().chain(&PRINTING).filter(|scenario| (fault.concerns)(scenario)).collect();
        let Some(scenario) = scenarios.choose(&mut random) else { continue };
        let (how, found) = suite.disturb(fault, scenario, index, &mut random, &mut report)?;
        let say = |problem| format!("{} {index}, {} ({how}): {problem}", scenario.name, fault.name);
        report.problems.extend(found.into_iter().map(say));
        *report.ran.entry(fault.name).or_default() += 1;
    }
    Ok(report)
}

/// A place, and what undisturbed commands do there.
struct Suite {
    place: Place,
    /// How long each command takes, by its name.
    took: BTreeMap<&'static str, Duration>,
    /// What undisturbed commands write.
    expected: Contents,
}

impl Suite {
    fn new() -> Result<Self, SuiteError> {
        let place = Place::with_model()?;
        let mut took = BTreeMap::new();
        for scenario in WRITING.iter().chain(&PRINTING) {
            let start = Instant::now();
            place.complete(scenario.arguments)?;
            took.insert(scenario.name, start.elapsed());
        }
        let expected = contents(&place.path("out"))?;
        copy(&place.path("given"), &place.path("kept"))?;
        Ok(Self { place, took, expected })
    }

    /// Begins anew, with older results.
    fn clear(&self) -> io::Result<()> {
        self.place.clear()?;
        fs::remove_dir_all(self.place.path("given"))?;
        copy(&self.place.path("kept"), &self.place.path("given"))?;
        for name in WRITING[0].results {
            fs::copy(self.place.path("given").join(name), self.place.path("out").join(name))?;
        }
        fs::write(self.place.path("out/converted.mnn"), "older")?;
        fs::write(self.place.path("out/bench.csv"), "older")?;
        fs::write(self.place.path("out/check.html"), "older")?;
        fs::create_dir(self.place.path("out/results"))?;
        fs::write(self.place.path("out/results/older.npy"), "older")
    }

    /// Runs a command with a fault: what exactly it was, and what should not have happened.
    fn disturb(
        &self,
        fault: &Fault,
        scenario: &Scenario,
        index: usize,
        random: &mut ChaCha8Rng,
        report: &mut Report,
    ) -> Result<(String, Vec<String>), SuiteError> {
        self.clear()?;
        let older = contents(&self.place.path("out"))?;
        let whole = self.took[scenario.name];
        let mut surroundings = Surroundings::new(&self.place, scenario, whole, random);
        (fault.inflict)(&mut surroundings)?;
        let how = surroundings.how.clone();
        let mark = Mark::new(index);
        let ended = surroundings.run(&mark)?;
        report.failed += usize::from(ended.code().is_some_and(|code| code != 0));
        let mut problems = wrong_end(fault, scenario, &ended);
        problems.extend(mark.orphans()?);
        let is_kept = self.place.path("out").exists();
        surroundings::mend(&self.place)?;
        let left = self.place.leftovers(&scenario::results())?;
        if !left.is_empty() {
            problems.push(format!("there are: {}", left.join(", ")));
        }
        // An unproven result may be there or not, as the command defines.
        if is_kept && !ended.is_unproven() {
            let is_done = ended.code() == Some(0) || fault.is_late;
            problems.extend(self.wrong_results(scenario, is_done, &older)?);
        }
        Ok((how, problems))
    }

    /// What a command that has failed should not have changed, or one that has not should have written.
    fn wrong_results(&self, scenario: &Scenario, is_done: bool, older: &Contents) -> io::Result<Vec<String>> {
        let found = contents(&self.place.path("out"))?;
        if !is_done {
            let changed = older.iter().filter(|(name, content)| found.get(*name) != Some(content));
            let more = found.keys().filter(|name| !older.contains_key(*name));
            let say = |name: &String| format!("`{name}` is not as it was");
            return Ok(changed.map(|(name, _)| say(name)).chain(more.map(say)).collect());
        }
        let is_of = |name: &str| scenario.results.iter().any(|result| Path::new(name).starts_with(result));
        let wrong = self.expected.iter().filter(|(name, content)| {
            let is_the_same = |found: &Vec<u8>| if is_fixed(name) { found == *content } else { found != b"older" };
            is_of(name) && !found.get(*name).is_some_and(is_the_same)
        });
        Ok(wrong.map(|(name, _)| format!("it is done, and `{name}` is missing or not what it is otherwise")).collect())
    }
}

/// Whether a result is always the same; others have times in them, or the last bits of the engine that was there.
fn is_fixed(name: &str) -> bool {
    [".mnn", ".onnx"].iter().any(|ending| name.ends_with(ending)) || name.starts_with("results/")
}

/// How a command should not have ended, with this fault.
fn wrong_end(fault: &Fault, scenario: &Scenario, ended: &Ended) -> Vec<String> {
    let said = ended.said.trim();
    let mut problems = vec![];
    let mut expect = |holds: bool, problem: String| {
        if !holds {
            problems.push(problem);
        }
    };
    let Some(status) = ended.status else {
        return vec![format!("it did not end within {} s", surroundings::LIMIT.as_secs())];
    };
    if said.contains("panicked at") {
        return vec![format!("it panicked: {said}")];
    }
    if let Some(signal) = ended.signal() {
        return vec![format!("it ended by {signal}: {said}")];
    }
    let is_expected = match fault.ends {
        Ends::Well => status.success(),
        Ends::Failing => matches!(ended.code(), Some(1 | 2)) || ended.is_unproven(),
        Ends::Either => matches!(ended.code(), Some(0..=2)),
    };
    expect(is_expected, format!("it ended with {}: {said}", shown(status)));
    if ended.is_heard && (ended.code() != Some(0) || ended.is_unproven()) {
        let has = |words: &[&str]| words.is_empty() || words.iter().any(|word| said.contains(word));
        expect(said.contains("error: ") || ended.is_unproven(), format!("it does not say `error:`: {said}"));
        expect(has(fault.says), format!("it does not say why: {said}"));
        let named: Vec<_> =
            fault.names.iter().copied().chain(fault.names_input.then_some(scenario.input).flatten()).collect();
        expect(has(&named), format!("it does not say what: {said}"));
    }
    problems
}

fn shown(status: ExitStatus) -> String {
    status.code().map_or(status.to_string(), |code| format!("exit code {code}"))
}

/// The files below a folder, by their paths there.
fn contents(folder: &Path) -> io::Result<Contents> {
    let mut found = Contents::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            found.extend(
                contents(&entry.path())?.into_iter().map(|(inner, content)| (format!("{name}/{inner}"), content)),
            );
        } else if entry.file_type()?.is_file() {
            found.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(found)
}
