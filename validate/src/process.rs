//! The programs that this process starts: each has a time limit, and none outlives it.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use edgeconv_files::Memory;
use wait_timeout::ChildExt;

use crate::program::NotInstalled;

/// A program that could not be run.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// It is not there, or the system refuses.
    #[error("`{program}` can't be started: {source}; is it installed?")]
    Start {
        /// The program.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// It is not installed.
    #[error(transparent)]
    Missing(#[from] NotInstalled),
    /// The file for its standard input can't be read.
    #[error("`{}`: {source}", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What a program printed and how it ended.
pub struct Said {
    /// Whether its exit code is 0.
    pub ok: bool,
    /// Its exit code, if it ended by itself.
    pub code: Option<i32>,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub error: String,
}

/// Runs a program to its end; `None` if it took longer than `limit` and was killed. Without an `input`, its standard input is a pipe that is
/// empty, and that closes when this process ends.
///
/// # Errors
/// If it can't be started, or `input` can't be read.
pub fn run(mut command: Command, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, ProcessError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |source| ProcessError::Start { program: program.clone(), source };
    // Into files, since a full pipe would block a program that nobody reads while waiting for its end.
    let (mut out, mut error) = (tempfile::tempfile().map_err(failed)?, tempfile::tempfile().map_err(failed)?);
    let stdin = match input {
        Some(path) => {
            let unreadable = |source| ProcessError::Input { path: path.to_owned(), source };
            Stdio::from(File::open(path).map_err(unreadable)?)
        }
        None => Stdio::piped(),
    };
    let (stdout, stderr) = (out.try_clone().map_err(failed)?, error.try_clone().map_err(failed)?);
    command.envs(Memory::environment());
    let child = Running::start(command.stdin(stdin).stdout(stdout).stderr(stderr)).map_err(failed)?;
    let Some(status) = child.wait(limit).map_err(failed)? else { return Ok(None) };
    let said = Said {
        ok: status.success(),
        code: status.code(),
        out: contents(&mut out).map_err(failed)?,
        error: String::from_utf8_lossy(&contents(&mut error).map_err(failed)?).into_owned(),
    };
    Ok(Some(said))
}

/// The programs that run now, by their process ids.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(vec![]);

fn running() -> MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends all programs that this process has started, for one that ends now without unwinding, as by a signal. Until what this returns is
/// dropped, all other threads wait where they would start a program, or learn how one ended.
#[must_use = "other threads go on as soon as this is dropped"]
pub fn end_all() -> impl Sized {
    let mut all = running();
    all.drain(..).for_each(end);
    all
}

/// Ends a program and what it has started.
#[cfg(unix)]
fn end(id: u32) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;
    // It may have ended by itself just now.
    let _ = i32::try_from(id).map(|id| killpg(Pid::from_raw(id), Signal::SIGKILL));
}

/// Elsewhere it ends with its standard input.
#[cfg(not(unix))]
fn end(_: u32) {}

/// A program that runs in a process group of its own, and ends with this process: also where that is killed, if it is ours and told that it has an
/// [`owner`](edgeconv_agent::owner).
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    /// Open as long as this process lives.
    _stdin: Option<ChildStdin>,
}

impl Running {
    /// Starts a program.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let mut running = running();
        // Waiting with a limit takes a pipe, and panics where no more files may be opened; standard input takes another.
        drop([io::pipe()?, io::pipe()?]);
        // A signal of the terminal is for its owner, who ends it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn()?;
        running.push(child.id());
        // Waiting would close it.
        let _stdin = child.stdin.take();
        Ok(Self { child, _stdin })
    }

    /// How it ended; `None` if it took longer than `limit` and was killed.
    pub(crate) fn wait(mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        let status = self.child.wait_timeout(limit)?;
        if status.is_none() {
            end(self.child.id());
            // It may have ended by itself just now; either way it is gone after `wait`.
            self.child.kill().ok();
            self.child.wait()?;
        }
        Ok(status)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let id = self.child.id();
        running().retain(|running| *running != id);
    }
}

fn contents(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str, input: Option<&Path>, limit: Duration) -> Option<Said> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, input, limit).unwrap()
    }

    #[test]
    fn both_outputs_and_the_exit_code_come_back() {
        let input = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(input.path(), "given").unwrap();
        let said = shell("cat; echo why >&2; exit 3", Some(input.path()), Duration::from_secs(30)).unwrap();
        assert_eq!(
            (said.ok, said.code, said.out.as_slice(), said.error.as_str()),
            (false, Some(3), &b"given"[..], "why\n")
        );
    }

    #[test]
    fn what_hangs_is_killed() {
        assert!(shell("exec sleep 60", None, Duration::from_millis(300)).is_none());
    }

    #[test]
    fn what_hangs_is_killed_with_what_it_has_started() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("id");
        let script = format!("sleep 60 & echo $! >{}; wait", file.display());
        assert!(shell(&script, None, Duration::from_millis(500)).is_none());
        let id: i32 = std::fs::read_to_string(file).unwrap().trim().parse().unwrap();
        let is_there = || std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
        let mut tries = 0..500;
        while is_there() {
            assert!(tries.next().is_some(), "it goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = |program: &str, input: Option<&Path>| {
            run(Command::new(program), input, Duration::from_secs(1)).err().unwrap().to_string()
        };
        assert!(error("no-such-program", None).contains("`no-such-program` can't be started"));
        assert!(error("cat", Some(Path::new("absent"))).starts_with("`absent`: "));
    }
}
