//! The agent: a program that runs one model in a process of its own, so that a crash in native code is an error here.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use edgeconv_agent::{
    BUILD, BenchResult, Capabilities, Job, JobError, Outcome, READY, SessionConfig, TELEMETRY, Task, owner,
};
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_files::{Memory, Staging};

use crate::process::Running;
use crate::program::{self, list};

/// Where the agent's output goes, in the job's folder.
pub(crate) const LOG: &str = "agent.log";

/// The exit code by which the agent says that it can't read the job.
const NO_JOB: i32 = 2;

/// How much of the agent's output an error shows.
const TAIL_LINES: usize = 20;

/// Why the agent gave no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AgentError {
    /// There is no agent.
    #[error(
        "the program edgeconv-agent is missing, looked for {}: install it beside this program (`cargo build -p edgeconv-agent` \
         builds it), or set EDGECONV_AGENT to its absolute path",
        list(.0)
    )]
    Missing(Vec<PathBuf>),
    /// The agent says why it could not do the job.
    #[error("{}", escaped(.0))]
    Job(String),
    /// The agent says that the model does not take the inputs.
    #[error("the model does not take the inputs: {}", escaped(.0))]
    WrongInputs(String),
    /// The place where the agent runs could not be used.
    #[error(transparent)]
    Place(Box<dyn Error + Send + Sync>),
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
    /// It does not understand the job.
    #[error("the agent does not understand this version of edgeconv: {BUILD}{}", tail(log))]
    Stale {
        /// The end of its output.
        log: String,
    },
    /// The process did not end well.
    #[error("the agent ended with {how}{}", tail(log))]
    Failed {
        /// How it ended.
        how: String,
        /// The end of its output.
        log: String,
    },
    /// It ended as a working agent never does: something else was started, it can't be loaded, or it could not even say what went wrong.
    #[error("the agent did not do its job: it ended with {how}{}", tail_or_reason(log))]
    Broken {
        /// How it ended.
        how: String,
        /// The end of its output.
        log: String,
    },
    /// It did another job.
    #[error("the agent answered something else than was asked: {0:?}")]
    Unexpected(Box<Outcome>),
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

impl AgentError {
    /// Whether the agent could not be tried, so that this says nothing about the job.
    pub(super) fn is_of_start(&self) -> bool {
        match self {
            Self::Missing(_)
            | Self::Place(_)
            | Self::File(_)
            | Self::NoResult { .. }
            | Self::Stale { .. }
            | Self::Broken { .. }
            | Self::Unexpected(_)
            | Self::Io { .. } => true,
            Self::Job(_) | Self::WrongInputs(_) | Self::Failed { .. } | Self::Timeout { .. } => false,
        }
    }
}

/// Where the agent's processes run: here, in an emulator, or on another machine.
pub trait Place: fmt::Debug + Send + Sync {
    /// Writes `job.json` into the folder with the job's files, runs the agent on it, and leaves there what the agent wrote,
    /// with its output in `agent.log`.
    ///
    /// # Errors
    /// If the agent can't be started there.
    fn perform(&self, work: &Work) -> Result<Ending, AgentError>;
}

/// What a process of the agent is given.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// What it has to do.
    pub job: &'a Job,
    /// The folder with the job's files.
    pub folder: &'a Path,
    /// Added to its environment. They name files of this machine: other machines have no use for them.
    pub variables: &'a [(&'a str, &'a Path)],
    /// After so long it is stopped.
    pub limit: Duration,
}

/// How a process of the agent ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with this exit code.
    Exit(i32),
    /// By a signal, or for an unknown reason.
    Killed {
        /// How, for people.
        how: String,
        /// The signal's number, if it is known.
        signal: Option<i32>,
    },
    /// It was stopped because it took too long.
    Timeout,
}

impl Ending {
    /// Whether an engine can have ended the agent's process so: by a panic or a signal, of which shells tell by large codes.
    fn is_of_engine(&self) -> bool {
        const PANIC: i32 = 101;
        // By SIGHUP, SIGINT, SIGKILL and SIGTERM others end a process, be it the system for want of memory.
        const BY_OTHERS: [i32; 4] = [1, 2, 9, 15];
        match *self {
            Self::Exit(code) => code == PANIC || code > 128 && !BY_OTHERS.contains(&(code - 128)),
            Self::Killed { signal, .. } => !signal.is_some_and(|signal| BY_OTHERS.contains(&signal)),
            Self::Timeout => false,
        }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exit(code) => write!(f, "exit code {code}"),
            Self::Killed { how, .. } => f.write_str(how),
            Self::Timeout => f.write_str("a stop"),
        }
    }
}

fn signal_of(status: ExitStatus) -> Option<i32> {
    #[cfg(unix)]
    return std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    return None;
}

/// A program of this machine as a place: the agent, or an emulator of it.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

impl Program {
    /// A program that takes the job's folder after these arguments.
    pub fn new(path: impl Into<PathBuf>, arguments: Vec<OsString>) -> Self {
        Self { path: path.into(), arguments }
    }
}

impl Place for Program {
    fn perform(&self, work: &Work) -> Result<Ending, AgentError> {
        let Work { job, folder, variables, limit } = *work;
        job.write(folder)?;
        let io_error = |path: &Path| {
            let path = path.to_owned();
            move |source| AgentError::Io { path, source }
        };
        let log = folder.join(LOG);
        let output = File::create(&log).map_err(io_error(&log))?;
        let errors = output.try_clone().map_err(io_error(&log))?;
        let mut command = Command::new(&self.path);
        command
            .args(&self.arguments)
            .arg(folder)
            .envs(variables.iter().copied())
            .envs(Memory::environment())
            .env(TELEMETRY, "1")
            .env(owner::VARIABLE, "1")
            .current_dir(folder);
        program::without_relative_paths(&mut command);
        command.stdin(Stdio::piped()).stdout(output).stderr(errors);
        let running = Running::start(&mut command).map_err(io_error(&self.path))?;
        let status = running.wait(limit).map_err(io_error(&self.path))?;
        Ok(status.map_or(Ending::Timeout, |status| match status.code() {
            Some(code) => Ending::Exit(code),
            None => Ending::Killed { how: status.to_string(), signal: signal_of(status) },
        }))
    }
}

/// Does jobs in processes of their own.
#[derive(Debug, Clone)]
pub struct Agent {
    place: Arc<dyn Place>,
    limit: Duration,
}

impl Agent {
    /// The agent that works in a place.
    pub fn new(place: impl Place + 'static) -> Self {
        Self { place: Arc::new(place), limit: Duration::from_secs(600) }
    }

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
        Self::new(Program::new(program, vec![]))
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
        let ending = self.place.perform(&Work { job, folder, variables, limit: self.limit })?;
        let source = match Outcome::read(folder) {
            Ok(Outcome::Error(reason)) => return Err(AgentError::Job(reason)),
            Ok(Outcome::WrongInputs(reason)) => return Err(AgentError::WrongInputs(reason)),
            Ok(Outcome::Place(reason)) => return Err(AgentError::Place(escaped(&reason).into())),
            // A process that crashes while it ends has written its result before, but is not to be trusted.
            Ok(outcome) if ending == Ending::Exit(0) => return Ok(outcome),
            Ok(_) => None,
            Err(source) => Some(source),
        };
        let Log { ready, end: log } = Log::read(&folder.join(LOG));
        Err(match (ending, source) {
            (Ending::Exit(0), Some(source)) => AgentError::NoResult { source, log },
            (Ending::Exit(NO_JOB), _) => AgentError::Stale { log },
            (Ending::Timeout, _) => AgentError::Timeout { limit: self.limit, log },
            (ending, _) if ready && ending.is_of_engine() => AgentError::Failed { how: ending.to_string(), log },
            (ending, _) => AgentError::Broken { how: ending.to_string(), log },
        })
    }

    /// Measures models ([`Task::Bench`]), with `variables` added to the agent's environment.
    ///
    /// # Errors
    /// If a model can't be run, if the process does not end well, or if it measured something else than was asked.
    pub fn bench(
        &self,
        task: Task,
        config: SessionConfig,
        variables: &[(&str, &Path)],
    ) -> Result<BenchResult, AgentError> {
        let asked = match &task {
            Task::Bench { models, runs, .. } => vec![*runs; models.len()],
            Task::Run { .. } | Task::Capabilities => vec![],
        };
        let is_asked =
            |result: &BenchResult| result.models.iter().map(|timing| timing.samples_ms.len()).eq(asked.iter().copied());
        match self.perform_alone(&Job { task, config }, variables)? {
            Outcome::Bench(result) if is_asked(&result) => Ok(result),
            other => Err(AgentError::Unexpected(Box::new(other))),
        }
    }

    /// What the agent can do where it runs: its engines, and the processor. ONNX Runtime is among the engines if a variable
    /// `ORT_DYLIB_PATH` names its library.
    ///
    /// # Errors
    /// If it does not answer.
    pub fn capabilities(&self, variables: &[(&str, &Path)]) -> Result<Capabilities, AgentError> {
        let job = Job { task: Task::Capabilities, config: SessionConfig::default() };
        match self.perform_alone(&job, variables)? {
            Outcome::Capabilities(capabilities) => Ok(capabilities),
            other => Err(AgentError::Unexpected(Box::new(other))),
        }
    }

    /// Does a job that has no files.
    fn perform_alone(&self, job: &Job, variables: &[(&str, &Path)]) -> Result<Outcome, AgentError> {
        let folder = Staging::private().map_err(|source| AgentError::Io { path: env::temp_dir(), source })?;
        self.perform(job, folder.path(), variables)
    }
}

/// The agent's output.
struct Log {
    /// Whether it had read its job.
    ready: bool,
    /// The last lines.
    end: String,
}

impl Log {
    fn read(path: &Path) -> Self {
        let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let (said, lines): (Vec<_>, Vec<_>) = text.lines().partition(|&line| line == READY);
        Self { ready: !said.is_empty(), end: lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n") }
    }
}

/// An agent that works says what is wrong, if there is room for it.
fn tail_or_reason(log: &str) -> String {
    if !log.is_empty() {
        return tail(log);
    }
    let folder = escaped_path(&env::temp_dir());
    format!("{}: is it a working edgeconv-agent, and is there room for files in `{folder}` (TMPDIR)?", tail(log))
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
    const BENCH: &str = r#"{"protocol": 5, "bench": {"models": [], "host": {"cpu": "", "machine": "", "cores": 2, "kernel": ""}, "before": {}, "after": {},
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
        let error =
            run(&format!("{} exit 1", answer(r#"{"protocol": 5, "error": "no such model"}"#)), LONG).unwrap_err();
        assert!(matches!(&error, AgentError::Job(reason) if reason == "no such model"), "{error}");
    }

    #[test]
    fn an_agent_of_another_version_is_to_be_built_again() {
        let rebuild = "`cargo build -p edgeconv-agent`";
        let error = run("echo 'unknown field `protocol`'; exit 2", LONG).unwrap_err();
        assert!(matches!(error, AgentError::Stale { .. }), "{error}");
        let error = error.to_string();
        assert!(error.contains(rebuild) && error.ends_with("unknown field `protocol`"), "{error}");
        for result in
            [BENCH.replace("5, ", "1, "), BENCH.replace("\"protocol\": 5, ", ""), BENCH.replace("models", "files")]
        {
            let error = run(&answer(&result), LONG).unwrap_err().to_string();
            assert!(error.contains("result.json") && error.contains(rebuild), "{error}");
        }
    }

    #[test]
    fn a_crash_after_the_result_is_a_crash() {
        let script = format!("echo '{READY}'; {} kill -SEGV $$", answer(BENCH));
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
        let crash = "echo loading; echo resizing >&2; kill -SEGV $$";
        let error = run(&format!("echo '{READY}'; {crash}"), LONG).unwrap_err();
        assert!(!error.is_of_start(), "{error}");
        let error = error.to_string();
        assert!(error.contains("SIGSEGV") && error.ends_with("it printed last:\nloading\nresizing"), "{error}");
        // What ends before it has read the job is no working agent.
        let error = run(crash, LONG).unwrap_err();
        assert!(error.is_of_start() && error.to_string().contains("SIGSEGV"), "{error}");
    }

    #[test]
    fn only_the_end_of_the_output_is_shown() {
        let error = run("for i in $(seq 100); do echo line $i; done; exit 3", LONG).unwrap_err().to_string();
        assert!(error.contains("exit code 3") && !error.contains("line 80\n"), "{error}");
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
