//! Programs with a time limit.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use edgeconv_files::Memory;
use wait_timeout::ChildExt;

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

/// Runs a program to its end; `None` if it took longer than `limit` and was killed.
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
        None => Stdio::null(),
    };
    let (stdout, stderr) = (out.try_clone().map_err(failed)?, error.try_clone().map_err(failed)?);
    let command = command.envs(Memory::environment());
    let mut child = command.stdin(stdin).stdout(stdout).stderr(stderr).spawn().map_err(failed)?;
    let Some(status) = wait(&mut child, limit).map_err(failed)? else { return Ok(None) };
    let said = Said {
        ok: status.success(),
        code: status.code(),
        out: contents(&mut out).map_err(failed)?,
        error: String::from_utf8_lossy(&contents(&mut error).map_err(failed)?).into_owned(),
    };
    Ok(Some(said))
}

/// How a process ended; `None` if it took longer than `limit` and was killed.
pub(crate) fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        // It may have ended by itself just now; either way it is gone after `wait`.
        child.kill().ok();
        child.wait()?;
    }
    Ok(status)
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
    fn what_is_missing_is_named() {
        let error = |program: &str, input: Option<&Path>| {
            run(Command::new(program), input, Duration::from_secs(1)).err().unwrap().to_string()
        };
        assert!(error("no-such-program", None).contains("`no-such-program` can't be started"));
        assert!(error("cat", Some(Path::new("absent"))).starts_with("`absent`: "));
    }
}
