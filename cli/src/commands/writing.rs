//! What commands that write files share: the time of each step, and errors.

use std::collections::BTreeMap;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use same_file::is_same_file;

use crate::failure::Failure;

/// Seconds per step, in the report's `seconds`. Steps may run beside each other.
pub struct Clock {
    start: Instant,
    seconds: Mutex<BTreeMap<&'static str, f64>>,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: Instant::now(), seconds: Mutex::default() }
    }

    pub fn step<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(name, start.elapsed());
        result
    }

    /// What adds steps that others have timed.
    pub fn timed(&self) -> impl FnMut(&'static str, Duration) + use<'_> {
        |name, took| self.add(name, took)
    }

    fn add(&self, name: &'static str, took: Duration) {
        *self.seconds().entry(name).or_default() += took.as_secs_f64();
    }

    pub fn finish(self) -> BTreeMap<&'static str, f64> {
        self.seconds().insert("total", self.start.elapsed().as_secs_f64());
        std::mem::take(&mut self.seconds())
    }

    fn seconds(&self) -> MutexGuard<'_, BTreeMap<&'static str, f64>> {
        self.seconds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What two works give, which are done beside each other if they may be `at_once`, and there may be another thread.
pub fn both<A: Send, B>(at_once: bool, first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    if !at_once {
        return (first(), second());
    }
    let first = Mutex::new(Some(first));
    let run = || {
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        first.map(|first| first())
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, run);
        let second = second();
        let first = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic)),
            Err(_) => run(),
        };
        (first.unwrap_or_else(|| unreachable!("it is taken once")), second)
    })
}

/// The name of a file without its folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// How this program was called.
pub fn command_line() -> Vec<String> {
    std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect()
}

/// Writes a text file, which appears complete or not at all.
pub fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    edgeconv_files::write(path, text).map_err(|error| not_written(path, &error))
}

/// The results that a command is asked for, each behind the argument that names it: a result takes the place of a file, never of anything else, and
/// neither that of another result nor that of an input.
///
/// # Errors
/// A misuse, before anything is done.
pub fn expect_results<'a>(
    results: impl IntoIterator<Item = (&'a str, Option<&'a Path>)>,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let results: Vec<_> = results.into_iter().filter_map(|(argument, path)| Some((argument, path?))).collect();
    let inputs: Vec<_> = inputs.into_iter().collect();
    for (index, &(argument, path)) in results.iter().enumerate() {
        let shown = path.display();
        edgeconv_files::expect_file(path)
            .map_err(|error| Failure::Misuse(format!("can't write `{shown}`: {error}")))?;
        if let Some(input) = inputs.iter().find(|input| are_one_file(path, input)) {
            let input = input.display();
            let text =
                format!("{argument} `{shown}` would replace the input `{input}`: name another file for the result");
            return Err(Failure::Misuse(text));
        }
        if let Some((other, same)) = results[..index].iter().find(|(_, other)| are_one_file(path, other)) {
            let same = same.display();
            let text = format!("{other} `{same}` and {argument} `{shown}` are one file: name one for each result");
            return Err(Failure::Misuse(text));
        }
    }
    Ok(())
}

/// Whether two paths lead to one place, also where there is no file yet.
fn are_one_file(a: &Path, b: &Path) -> bool {
    // A pipe is no file, and opening it would wait.
    let are_files = a.is_file() && b.is_file();
    a == b
        || place(a).is_some_and(|place_of_a| Some(place_of_a) == place(b))
        || are_files && is_same_file(a, b).unwrap_or(false)
}

/// A path whose folder has no links and no `..` any more; `None` if there is no such folder.
fn place(path: &Path) -> Option<PathBuf> {
    Some(edgeconv_files::folder_of(path).canonicalize().ok()?.join(path.file_name()?))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests fail by panicking
mod tests {
    use super::*;

    #[test]
    fn results_are_files_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (model, copy, page) = (path("a.mnn"), path("b.mnn"), path("a.html"));
        std::fs::write(&model, "a").unwrap();
        std::fs::write(&copy, "a").unwrap();
        let other = path("b.html");
        expect_results([("-o", Some(&*page)), ("--html", Some(&*other)), ("--csv", None)], [&*model, &*copy]).unwrap();
        let around = path("sub/../a.html");
        std::fs::create_dir(path("sub")).unwrap();
        let refused = |results: &[(&str, &Path)], inputs: &[&Path]| match expect_results(
            results.iter().map(|&(argument, path)| (argument, Some(path))),
            inputs.iter().copied(),
        ) {
            Err(Failure::Misuse(text)) => text,
            other => format!("{other:?}"),
        };
        let text = refused(&[("--csv", &page), ("--html", &around)], &[]);
        assert!(text.contains("a.html` and --html `") && text.contains("sub/../a.html` are one file"), "{text}");
        let text = refused(&[("-o", &path("sub/../a.mnn"))], &[&copy, &model]);
        assert!(text.contains("sub/../a.mnn` would replace the input `"), "{text}");
        #[cfg(unix)]
        {
            std::fs::hard_link(&model, path("c.mnn")).unwrap();
            let text = refused(&[("-o", &path("c.mnn"))], &[&model]);
            assert!(text.contains("would replace the input"), "{text}");
            std::os::unix::fs::symlink(&model, path("link.mnn")).unwrap();
            let text = refused(&[("-o", &model)], &[&path("link.mnn")]);
            assert!(text.contains("would replace the input"), "{text}");
        }
    }
}
