//! One command on files from strangers: how it ended, what it took, and what of that should not be.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use edgeconv_files::Memory;
use serde::Serialize;

use crate::place::{Mark, Place, SuiteError, copy};
use crate::samples::FOLDER;

/// A command that computes longer hangs.
const LIMIT: Duration = Duration::from_secs(20);

/// So does one that takes longer in all, however much else the machine does.
const PATIENCE: Duration = Duration::from_secs(120);

/// Units of processor time in `/proc`, for each second: the same on all Linux systems.
const TICKS: u64 = 100;

/// How often memory is looked at.
const INTERVAL: Duration = Duration::from_millis(1);

/// Characters of a message that a report shows.
const SHOWN: usize = 300;

/// More characters than a message needs.
const MESSAGE: usize = 10_000;

/// What programs take without any file, in bytes: their own code and data, and the libraries of engines.
const PROGRAM: u64 = 128_000_000;

/// What the agent may take besides: threads and libraries of engines reserve it.
const RESERVED: u64 = 512_000_000;

/// What decoding may take for each byte of a Protocol Buffers or FlatBuffers message, by `docs/security.md`: some hundred for two.
const DECODED: u64 = 200;

/// A command, and the files from strangers that it reads.
pub struct Trial<'a> {
    /// Where it runs; `out` and `temporary` are empty.
    place: &'a Place,
    /// Its arguments.
    arguments: Vec<&'a str>,
    /// Paths of the files; an error names one of them.
    files: Vec<String>,
    /// Which case of the suite it is.
    index: usize,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It did what it was asked to.
    Done,
    /// The file is not usable, or a check failed.
    Refused,
    /// An engine, software of others, ended in its own process, or took too long there; the error says so.
    Engine,
    /// Something that may not happen.
    Problem,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Engine => "engine ended",
            Self::Problem => "problem",
        })
    }
}

/// What came of a suite.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// How commands ended, by format or kind.
    pub ended: BTreeMap<String, BTreeMap<Outcome, usize>>,
    /// What should not have been, and how to see it again.
    pub problems: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (format, outcomes) in &self.ended {
            let counts: Vec<_> = outcomes.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
            writeln!(f, "{format:16} {}", counts.join(", "))?;
        }
        let count = self.ended.values().flat_map(BTreeMap::values).sum::<usize>();
        write!(f, "{count} files (seed {}), {} problems", self.seed, self.problems.len())?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl Report {
    /// Of nothing yet.
    pub fn new(seed: u64) -> Self {
        Self { seed, ended: BTreeMap::new(), problems: vec![] }
    }

    /// Counts a command.
    pub fn note(&mut self, format: &str, outcome: Outcome, problems: Vec<String>) {
        *self.ended.entry(format.to_owned()).or_default().entry(outcome).or_default() += 1;
        self.problems.extend(problems);
    }
}

/// What was seen of a command.
struct Seen {
    /// `None` if it was stopped because it took too long.
    status: Option<ExitStatus>,
    /// Most resident memory in bytes, of each program.
    peaks: BTreeMap<String, u64>,
    /// What it wrote to stderr.
    said: String,
}

impl<'a> Trial<'a> {
    /// A command that reads files of these names in [`FOLDER`].
    pub fn new(place: &'a Place, command: &'a str, names: impl Iterator<Item: fmt::Display>, index: usize) -> Self {
        let files = names.map(|name| format!("{FOLDER}/{name}"));
        // A golden folder is named by itself.
        let files = files.chain([FOLDER.to_owned()]).collect();
        Self { place, arguments: command.split(' ').collect(), files, index }
    }

    /// Runs the command, and returns how it ended and what should not have been; then the files are kept in a folder, if one is named.
    ///
    /// # Errors
    /// If it can't be started or looked at, or the files can't be copied.
    pub fn run(&self, folder: Option<PathBuf>) -> Result<(Outcome, Vec<String>), SuiteError> {
        let (outcome, problems) = self.found()?;
        if let Some(folder) = folder.filter(|_| !problems.is_empty()) {
            copy(&self.place.path(FOLDER), &folder)?;
        }
        Ok((outcome, problems))
    }

    fn found(&self) -> Result<(Outcome, Vec<String>), SuiteError> {
        let mark = Mark::new(self.index);
        let seen = self.watch(&mark)?;
        let mut problems: Vec<_> = self.wrong_end(&seen).into_iter().chain(self.wrong_memory(&seen)?).collect();
        problems.extend(mark.orphans()?);
        // What was killed here can't tidy up.
        let left = seen.status.map(|status| self.left(status.success())).transpose()?.unwrap_or_default();
        if !left.is_empty() {
            problems.push(format!("it left: {}", left.join(", ")));
        }
        let outcome = match seen.status.and_then(|status| status.code()) {
            _ if !problems.is_empty() => Outcome::Problem,
            Some(0) => Outcome::Done,
            _ if seen.said.contains("the agent ended with") || seen.said.contains("the agent was stopped") => {
                Outcome::Engine
            }
            _ => Outcome::Refused,
        };
        Ok((outcome, problems))
    }

    fn watch(&self, mark: &Mark) -> Result<Seen, SuiteError> {
        let errors = self.place.path("stderr");
        let mut command = self.place.command(&self.arguments);
        if matches!(self.arguments[..], ["bench" | "check" | "run", ..]) {
            // Engines would take what the machine has free.
            command.env("EDGECONV_MAX_MEMORY", self.budget()?.to_string());
        }
        command.stderr(File::create(&errors)?);
        let start = Instant::now();
        let mut child = mark.put_on(&mut command).spawn()?;
        let mut peaks = BTreeMap::new();
        let mut status = None;
        while status.is_none() && start.elapsed() < PATIENCE && computed(&child) < LIMIT {
            note_peaks(&child, &mut peaks);
            sleep(INTERVAL);
            status = child.try_wait()?;
        }
        if status.is_none() {
            child.kill()?;
            child.wait()?;
        }
        let said = String::from_utf8_lossy(&fs::read(&errors)?).into_owned();
        Ok(Seen { status, peaks, said })
    }

    /// How it should not end.
    fn wrong_end(&self, seen: &Seen) -> Option<String> {
        let Some(status) = seen.status else { return Some(format!("it did not end within {} s", LIMIT.as_secs())) };
        if let Some(panic) = seen.said.lines().find(|line| line.contains("panicked at")) {
            return Some(format!("it panicked: {panic}"));
        }
        let error = seen.said.find("error").map_or(&*seen.said, |start| &seen.said[start..]);
        let shown: String = error.lines().next().unwrap_or("nothing").chars().take(SHOWN).collect();
        match status.code() {
            None => Some(format!("it ended by signal {}, and said: {shown}", status.signal().unwrap_or_default())),
            Some(0) => None,
            Some(1 | 2) if error.chars().count() > MESSAGE => Some(format!("its error is too long: {shown}…")),
            Some(1 | 2) => (!self.is_named(error)).then(|| format!("its error does not name the file: {shown}")),
            Some(code) => Some(format!("it ended with exit code {code}, and said: {shown}")),
        }
    }

    /// Whether an error says which file it is about: a damaged one, or one on the command line that does not go with it.
    fn is_named(&self, error: &str) -> bool {
        let given = self.arguments.iter().copied().filter(|argument| argument.contains('/'));
        let names = self.files.iter().map(String::as_str).chain(given).filter_map(|file| Path::new(file).file_name());
        names.into_iter().any(|name| error.contains(&*name.to_string_lossy()))
    }

    /// Bytes that `--max-memory` allows by default.
    fn budget(&self) -> io::Result<u64> {
        Ok(Memory::ByFiles.budget(self.stored()?).limit())
    }

    /// Bytes that the files take on the disk.
    fn stored(&self) -> io::Result<u64> {
        let stored = |file: &String| Ok(edgeconv_files::stored(&fs::metadata(self.place.path(file))?));
        self.files.iter().map(stored).sum()
    }

    /// Which program took more than that, and what it takes anyway.
    fn wrong_memory(&self, seen: &Seen) -> io::Result<Option<String>> {
        let budget = self.budget()? + PROGRAM + DECODED * self.stored()?;
        let limit = |program: &str| if program == "edgeconv-agent" { budget + RESERVED } else { budget };
        let over = seen.peaks.iter().find(|(program, peak)| **peak > limit(program));
        let megabytes = |bytes: u64| bytes / 1_000_000;
        Ok(over
            .map(|(program, &peak)| format!("{program} took {} of {} MB", megabytes(peak), megabytes(limit(program)))))
    }

    /// What is left in the folders: of a command that fails, anything.
    fn left(&self, is_done: bool) -> io::Result<Vec<String>> {
        let results: Vec<_> = if is_done { names(&self.place.path("out"))? } else { vec![] };
        self.place.leftovers(&results.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    names.filter(|name| !name.as_ref().is_ok_and(|name| name.starts_with('.'))).collect()
}

/// Processor time of a process so far.
fn computed(process: &Child) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).unwrap_or_default();
    // Behind the name in brackets, which may have spaces, these are the 12th and 13th field.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}

/// Notes the most memory so far of a process and those that it has started, by program.
fn note_peaks(child: &Child, peaks: &mut BTreeMap<String, u64>) {
    let mut processes = vec![child.id().to_string()];
    while let Some(process) = processes.pop() {
        let folder = Path::new("/proc").join(process);
        // Each may end meanwhile.
        for thread in fs::read_dir(folder.join("task")).into_iter().flatten().flatten() {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            processes.extend(children.split_whitespace().map(str::to_owned));
        }
        let status = fs::read_to_string(folder.join("status")).unwrap_or_default();
        let field = |name| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
        let (Some(program), Some(peak)) = (field("Name:"), field("VmHWM:")) else { continue };
        let peak = peak.parse().unwrap_or(0) * 1024;
        peaks.entry(program.to_owned()).and_modify(|highest| *highest = peak.max(*highest)).or_insert(peak);
    }
}
