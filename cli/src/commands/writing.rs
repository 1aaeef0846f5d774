//! What commands that write files share: the time of each step, and errors.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// Seconds per step, in the report's `seconds`.
pub struct Clock {
    start: Instant,
    seconds: BTreeMap<&'static str, f64>,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: Instant::now(), seconds: BTreeMap::new() }
    }

    pub fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(name, start.elapsed());
        result
    }

    /// What adds steps that others have timed.
    pub fn timed(&mut self) -> impl FnMut(&'static str, Duration) + use<'_> {
        |name, took| self.add(name, took)
    }

    fn add(&mut self, name: &'static str, took: Duration) {
        *self.seconds.entry(name).or_default() += took.as_secs_f64();
    }

    pub fn finish(mut self) -> BTreeMap<&'static str, f64> {
        self.seconds.insert("total", self.start.elapsed().as_secs_f64());
        self.seconds
    }
}

/// How this program was called.
pub fn command_line() -> Vec<String> {
    std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect()
}

/// Writes a text file, which appears complete or not at all.
pub fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    edgeconv_files::write(path, text).map_err(|error| not_written(path, &error))
}

/// A result takes the place of a file, never of anything else.
pub fn expect_file(path: &Path) -> Result<(), Failure> {
    edgeconv_files::expect_file(path)
        .map_err(|error| Failure::Misuse(format!("can't write `{}`: {error}", path.display())))
}

pub fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't write into folder `{}`: {error}", folder.display()))
}

pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't read `{}`: {error}", path.display()))
}

pub fn not_written(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("can't write `{}`: {error}", path.display()))
}
