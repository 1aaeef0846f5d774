//! The agent: a program that runs one model in a process of its own, so that a crash in native code is an error here.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use edgeconv_agent::{BenchResult, Job, JobError, Outcome, SessionConfig, Task};
use wait_timeout::ChildExt;

use crate::program::{self, list};
use crate::target::{Remote, RemoteError};

/// Where the agent's output goes, in the job's folder.
const LOG: &str = "agent.log";

/// How much of the agent's output an error shows.
const TAIL_LINES: usize = 20;

/// Why the agent gave no result.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// There is no agent.
    #[error(
        "the program edgeconv-agent is missing, looked for {}: install it beside this program (`cargo build -p edgeconv-agent` \
         builds it), or set EDGECONV_AGENT to its path",
        list(.0)
    )]
    Missing(Vec<PathBuf>),
    /// The agent says why it could not do the job.
    #[error("{0}")]
    Job(String),
    /// There is no agent for boards.
    #[error(
        "the agent for ARMv7 is missing, looked for {}: `make board` builds it, or set EDGECONV_BOARD_AGENT to its path",
        list(.0)
    )]
    NoBoardAgent(Vec<PathBuf>),
    /// A machine elsewhere could not be used.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The job can't be written.
    #[error(transparent)]
    File(#[from] JobError),
    /// The process ended well, but without a result.
    #[error("the agent left no result: {source}{}", tail(log))]
    NoResult {
        /// What is wrong with the result.
        source: JobError,
        /// The end of its output.
        log: String,
    },
    /// The process did not end well.
    #[error("the agent ended with {status}{}", tail(log))]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// The end of its output.
        log: String,
    },
    /// The process took too long and was stopped.
    #[error("the agent was stopped after {} s without a result{}", limit.as_secs_f64(), tail(log))]
    Timeout {
        /// How long it was given.
        limit: Duration,
        /// The end of its output.
        log: String,
    },
    /// The program can't be started or its folder can't be used.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Does jobs in processes of their own.
#[derive(Debug, Clone)]
pub struct Agent {
    place: Place,
    limit: Duration,
}

/// Where the processes run.
#[derive(Debug, Clone)]
enum Place {
    /// Here, by this program with these arguments before the job's folder: the agent, or an emulator of it.
    Here(PathBuf, Vec<OsString>),
    /// Elsewhere.
    Remote(Arc<Remote>),
}

/// The emulator of user-mode programs, and the processor that it knows which is most like a Cortex-A17.
const EMULATOR: [&str; 3] = ["qemu-arm", "-cpu", "cortex-a15"];

impl Agent {
    /// The agent that `EDGECONV_AGENT` names, or else the one beside this program.
    ///
    /// # Errors
    /// If there is none.
    pub fn find() -> Result<Self, AgentError> {
        Self::program().map(Self::at)
    }

    /// The path of the agent for this machine.
    pub(crate) fn program() -> Result<PathBuf, AgentError> {
        program::find("edgeconv-agent", "EDGECONV_AGENT").map_err(AgentError::Missing)
    }

    /// The agent at a path.
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self::in_place(Place::Here(program.into(), vec![]))
    }

    /// The agent for ARMv7 at a path, by an emulator with these options.
    pub(crate) fn emulated(program: PathBuf, options: Vec<String>) -> Self {
        let [emulator, own @ ..] = EMULATOR;
        let own = own.into_iter().map(OsString::from);
        let arguments = own.chain(options.into_iter().map(OsString::from)).chain([program.into_os_string()]);
        Self::in_place(Place::Here(emulator.into(), arguments.collect()))
    }

    /// The agent on another machine.
    pub(crate) fn remote(remote: Remote) -> Self {
        Self::in_place(Place::Remote(Arc::new(remote)))
    }

    fn in_place(place: Place) -> Self {
        Self { place, limit: Duration::from_secs(600) }
    }

    /// Stops a process after `limit` (10 minutes if this is not called).
    pub fn with_time_limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Does a job whose files are in `folder`, with `variables` added to the agent's environment.
    ///
    /// # Errors
    /// If the job fails, or if the process does not end well.
    pub fn perform(&self, job: &Job, folder: &Path, variables: &[(&str, &Path)]) -> Result<Outcome, AgentError> {
        let ended = match &self.place {
            Place::Here(program, arguments) => {
                job.write(folder)?;
                self.run(program, arguments, folder, variables)
            }
            Place::Remote(remote) => remote.perform(job, folder, self.limit),
        };
        match Outcome::read(folder) {
            Ok(Outcome::Error(reason)) => Err(AgentError::Job(reason)),
            // A process that crashes while it ends has written its result before, but is not to be trusted.
            Ok(outcome) => ended.map(|()| outcome),
            Err(source) => {
                ended?;
                Err(AgentError::NoResult { source, log: read_tail(&folder.join(LOG)) })
            }
        }
    }

    /// Measures models ([`Task::Bench`]), with `variables` added to the agent's environment.
    ///
    /// # Errors
    /// If a model can't be run, or if the process does not end well.
    pub fn bench(
        &self,
        task: Task,
        config: SessionConfig,
        variables: &[(&str, &Path)],
    ) -> Result<BenchResult, AgentError> {
        let folder = tempfile::tempdir().map_err(|source| AgentError::Io { path: env::temp_dir(), source })?;
        match self.perform(&Job { task, config }, folder.path(), variables)? {
            Outcome::Bench(result) => Ok(result),
            other => Err(AgentError::Job(format!("the agent answered something else than was asked: {other:?}"))),
        }
    }

    /// Runs the process on `folder`.
    fn run(
        &self,
        program: &Path,
        arguments: &[OsString],
        folder: &Path,
        variables: &[(&str, &Path)],
    ) -> Result<(), AgentError> {
        let io_error = |path: &Path| {
            let path = path.to_owned();
            move |source| AgentError::Io { path, source }
        };
        let log = folder.join(LOG);
        let output = File::create(&log).map_err(io_error(&log))?;
        let errors = output.try_clone().map_err(io_error(&log))?;
        let mut child = Command::new(program)
            .args(arguments)
            .arg(folder)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(io_error(program))?;
        let ended = child.wait_timeout(self.limit).map_err(io_error(program))?;
        match ended {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(AgentError::Failed { status, log: read_tail(&log) }),
            None => {
                // It may have ended by itself just now; either way it is gone after `wait`.
                child.kill().ok();
                child.wait().map_err(io_error(program))?;
                Err(AgentError::Timeout { limit: self.limit, log: read_tail(&log) })
            }
        }
    }
}

fn read_tail(log: &Path) -> String {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

fn tail(log: &str) -> String {
    if log.is_empty() { "; it printed nothing".to_owned() } else { format!("; it printed last:\n{log}") }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use edgeconv_agent::Warmup;

    use super::*;

    /// Does a job with a shell script as the agent.
    fn run(script: &str, limit: Duration) -> Result<Outcome, AgentError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("script.sh"), script).unwrap();
        let agent = Agent::at(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fake-agent")).with_time_limit(limit);
        agent.perform(&job(), folder.path(), &[("MODE", Path::new("test"))])
    }

    fn job() -> Job {
        let task = Task::bench(vec![], Warmup::exactly(0), 0);
        Job { task, config: SessionConfig::default() }
    }

    /// A result of nothing.
    const BENCH: &str = r#"{"bench": {"models": [], "host": {"cpu": "", "machine": "", "cores": 2, "kernel": ""}, "before": {}, "after": {},
        "warmup": 0, "stable": true}}"#;

    const LONG: Duration = Duration::from_secs(60);

    /// A script that writes `result.json`.
    fn answer(json: &str) -> String {
        format!("test -f $1/job.json && echo '{json}' > $1/result.json;")
    }

    #[test]
    fn the_outcome_is_what_the_agent_wrote() {
        let outcome = run(&answer(BENCH), LONG).unwrap();
        assert!(matches!(outcome, Outcome::Bench(result) if result.models.is_empty()));
    }

    #[test]
    fn variables_reach_the_agent() {
        let outcome = run(&format!("test $MODE = test || exit 1; {}", answer(BENCH)), LONG);
        assert!(outcome.is_ok(), "{outcome:?}");
    }

    #[test]
    fn the_agent_says_why_a_job_failed() {
        let error = run(&format!("{} exit 1", answer(r#"{"error": "no such model"}"#)), LONG).unwrap_err();
        assert!(matches!(&error, AgentError::Job(reason) if reason == "no such model"), "{error}");
    }

    #[test]
    fn a_crash_after_the_result_is_a_crash() {
        let script = format!("{} kill -SEGV $$", answer(BENCH));
        assert!(matches!(run(&script, LONG), Err(AgentError::Failed { .. })));
    }

    #[test]
    fn a_missing_or_broken_result_is_an_error() {
        let error = run("echo done", LONG).unwrap_err().to_string();
        assert!(error.contains("result.json`: ") && error.ends_with("; it printed last:\ndone"), "{error}");
        let error = run(&answer("{"), LONG).unwrap_err().to_string();
        assert!(error.contains("result.json`") && error.ends_with("; it printed nothing"), "{error}");
    }

    #[test]
    fn a_crash_says_which_signal_and_what_was_printed() {
        let error = run("echo loading; echo resizing >&2; kill -SEGV $$", LONG).unwrap_err().to_string();
        assert!(error.contains("SIGSEGV") && error.ends_with("loading\nresizing"), "{error}");
    }

    #[test]
    fn only_the_end_of_the_output_is_shown() {
        let error = run("for i in $(seq 100); do echo line $i; done; exit 3", LONG).unwrap_err().to_string();
        assert!(error.contains("exit status: 3") && !error.contains("line 80\n"), "{error}");
        assert!(error.contains("line 81\n") && error.ends_with("line 100"), "{error}");
    }

    #[test]
    fn a_process_that_hangs_is_stopped() {
        let error = run("echo waiting; exec sleep 60", Duration::from_millis(500)).unwrap_err().to_string();
        assert_eq!(error, "the agent was stopped after 0.5 s without a result; it printed last:\nwaiting");
    }

    #[test]
    fn a_program_that_can_not_start_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = Agent::at("absent/edgeconv-agent").perform(&job(), folder.path(), &[]).unwrap_err().to_string();
        assert!(error.starts_with("`absent/edgeconv-agent`: "), "{error}");
    }

    #[test]
    fn a_missing_agent_says_where_it_was_looked_for_and_how_to_get_it() {
        let error = AgentError::Missing(vec!["/a".into(), "/b".into()]).to_string();
        assert!(
            error.contains("looked for `/a`, `/b`: ") && error.contains("cargo build -p edgeconv-agent"),
            "{error}"
        );
    }
}
