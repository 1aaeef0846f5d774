//! Jobs on a machine elsewhere: files go into one folder there, which is removed in any case.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use edgeconv_agent::{Job, Task};

use super::board_agent;
use crate::engine::{Agent, AgentError};
use crate::provenance::sha256;

/// How long a command may take that does nothing but look, and how much longer than its bytes need one that moves files.
const PATIENCE: Duration = Duration::from_secs(120);

/// The slowest link that moves files, in bytes per second.
const SLOWEST: u64 = 50_000;

/// How long other jobs on the board are waited for.
const WAIT: Duration = Duration::from_secs(1800);

/// What is put after the limit that the board itself keeps, for the way back.
const GRACE: Duration = Duration::from_secs(20);

/// A job that was not done elsewhere.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The program that reaches the target is not here.
    #[error("`{program}` can't be started: {source}; install it, or choose another --target")]
    Program {
        /// The program.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// A command failed there.
    #[error("{target}: {what} failed: {said}")]
    Command {
        /// The target.
        target: String,
        /// What was tried.
        what: &'static str,
        /// What was printed.
        said: String,
    },
    /// A command did not end.
    #[error("{target}: {what} took more than {} s: is the connection lost?", limit.as_secs())]
    Timeout {
        /// The target.
        target: String,
        /// What was tried.
        what: &'static str,
        /// How long it was given.
        limit: Duration,
    },
    /// Files were not moved in time.
    #[error(
        "{target}: {what} ({:.1} MB) took more than {} s: the link is slower than {} kB/s, or lost",
        *bytes as f64 / 1e6, limit.as_secs(), SLOWEST / 1000
    )]
    Slow {
        /// The target.
        target: String,
        /// What was tried.
        what: &'static str,
        /// How much there was to move.
        bytes: u64,
        /// How long it was given.
        limit: Duration,
    },
    /// The machine is none that there is an agent for.
    #[error(
        "{target} is a machine of type `{machine}`, expected armv7l, armv8l, aarch64 (with 32-bit programs) or {}",
        std::env::consts::ARCH
    )]
    Machine {
        /// The target.
        target: String,
        /// What `uname -m` says.
        machine: String,
    },
    /// A file here can't be used.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What a command printed and how it ended.
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

/// How a shell on another machine is reached.
pub trait Shell: std::fmt::Debug + Send + Sync {
    /// Runs a command for its POSIX shell, with `input` as its standard input; `None` if it took longer than `limit`.
    fn run(&self, command: &str, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, RemoteError>;

    /// Where files may be made and executed, for a shell to expand.
    fn cache(&self) -> &'static str;
}

/// A machine elsewhere.
#[derive(Debug)]
pub struct Remote {
    shell: Box<dyn Shell>,
    name: String,
}

impl Remote {
    /// The machine behind a shell; errors name it.
    pub(super) fn new(shell: Box<dyn Shell>, name: String) -> Self {
        Self { shell, name }
    }

    /// Does a job there: its folder goes there, and what the agent wrote comes back into it.
    pub(crate) fn perform(&self, job: &Job, folder: &Path, limit: Duration) -> Result<(), AgentError> {
        let job = with_models(job, folder)?;
        job.write(folder)?;
        let agent = self.agent()?;
        let place = self.text("making a folder", &format!("mktemp -d {}/job.XXXXXX", self.shell.cache()))?;
        let _removed = Folder { remote: self, place: &place };
        let archive = pack(folder)?;
        self.send("sending files", &format!("tar -xf - -C {place}"), archive.path())?;
        // The board itself stops an agent that hangs, also when the connection is gone.
        let seconds = limit.as_secs().max(1);
        // One job at a time: others wait for the lock, which the system gives back when its holder ends, however it ends.
        let lock = format!("{}/lock", self.shell.cache());
        let job = format!("echo $$ >agent.pid; exec timeout {seconds} {agent} . >agent.log 2>&1");
        let command = format!(
            "cd {place} || exit 1; command -v flock >/dev/null || flock() {{ shift; \"$@\"; }}; \
             flock {lock} sh -c '{job}' & echo $! >lock.pid; wait $!; echo $? >agent.code"
        );
        self.run("running the agent", &command, None, WAIT + limit + GRACE)?;
        self.fetch(&place, folder)?;
        self.expect_end(folder, limit)
    }

    /// How the agent ended there: by itself, with a result or the reason why there is none.
    fn expect_end(&self, folder: &Path, limit: Duration) -> Result<(), AgentError> {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let log = read("agent.log");
        match read("agent.code").trim() {
            "0" | "1" => Ok(()),
            // What the many versions of `timeout` say.
            "124" | "143" => Err(AgentError::Timeout { limit, log }),
            code => {
                let why = if code == "137" { "killed, perhaps for lack of memory" } else { log.trim() };
                let said = format!("the agent ended with exit code {code}: {why}");
                Err(RemoteError::Command { target: self.name.clone(), what: "running the model", said }.into())
            }
        }
    }

    /// The path of the agent there, which is sent if this version of it is not there yet.
    fn agent(&self) -> Result<String, AgentError> {
        let machine = self.text("asking for the machine", &format!("mkdir -p {} && uname -m", self.shell.cache()))?;
        let program = match machine.as_str() {
            "armv7l" | "armv8l" | "aarch64" => board_agent()?,
            same if same == std::env::consts::ARCH => Agent::program()?,
            _ => return Err(RemoteError::Machine { target: self.name.clone(), machine }.into()),
        };
        let hash = sha256(&program).map_err(|source| RemoteError::Io { path: program.clone(), source })?;
        let path = format!("{}/agent-{}", self.shell.cache(), &hash[..16]);
        if self.text("looking for the agent", &format!("test -x {path} && echo there || echo missing"))? != "there" {
            let command = format!("cat >{path}.$$ && chmod 755 {path}.$$ && mv {path}.$$ {path}");
            self.send("sending the agent", &command, &program)?;
        }
        Ok(path)
    }

    fn fetch(&self, place: &str, folder: &Path) -> Result<(), AgentError> {
        let results = format!("cd {place} && tar -cf - $(ls | grep -v -e '^input-' -e '^model-')");
        let size = self.text("asking for the size of the results", &format!("({results}) | wc -c"))?;
        let said = self.transfer("fetching results", &results, None, size.parse().unwrap_or(0))?;
        let unpacked = tar::Archive::new(said.out.as_slice()).unpack(folder);
        unpacked.map_err(|source| RemoteError::Io { path: folder.to_owned(), source })?;
        Ok(())
    }

    fn send(&self, what: &'static str, command: &str, file: &Path) -> Result<(), RemoteError> {
        let metadata = fs::metadata(file).map_err(|source| RemoteError::Io { path: file.to_owned(), source })?;
        self.transfer(what, command, Some(file), metadata.len()).map(drop)
    }

    /// Runs a command that so many bytes go to or come from.
    fn transfer(
        &self,
        what: &'static str,
        command: &str,
        input: Option<&Path>,
        bytes: u64,
    ) -> Result<Said, RemoteError> {
        let limit = PATIENCE + Duration::from_secs(bytes / SLOWEST);
        self.run(what, command, input, limit).map_err(|error| match error {
            RemoteError::Timeout { target, what, limit } => RemoteError::Slow { target, what, bytes, limit },
            error => error,
        })
    }

    /// The first line that a command prints.
    fn text(&self, what: &'static str, command: &str) -> Result<String, RemoteError> {
        let said = self.run(what, command, None, PATIENCE)?;
        let text = String::from_utf8_lossy(&said.out);
        let line = text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned);
        line.ok_or_else(|| RemoteError::Command { target: self.name.clone(), what, said: "it printed nothing".into() })
    }

    fn run(
        &self,
        what: &'static str,
        command: &str,
        input: Option<&Path>,
        limit: Duration,
    ) -> Result<Said, RemoteError> {
        let target = || self.name.clone();
        match self.shell.run(command, input, limit)? {
            None => Err(RemoteError::Timeout { target: target(), what, limit }),
            Some(said) if said.ok => Ok(said),
            Some(said) => {
                let printed = [said.error.trim(), String::from_utf8_lossy(&said.out).trim()].join("\n");
                let code = said.code.map_or("a signal".into(), |code| format!("exit code {code}"));
                let text = if printed.trim().is_empty() { code } else { format!("{} ({code})", printed.trim()) };
                Err(RemoteError::Command { target: target(), what, said: text })
            }
        }
    }
}

/// Removes a folder elsewhere when it is dropped.
struct Folder<'a> {
    remote: &'a Remote,
    place: &'a str,
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        // If even that fails, the connection is lost, which is reported already.
        // After a lost connection the agent may still be running; what ends may write a last file while its folder is removed.
        let command = format!(
            "kill $(cat {0}/lock.pid {0}/agent.pid) 2>/dev/null; for i in 1 2 3; do rm -rf {0} && exit; sleep 1; done",
            self.place
        );
        let _ = self.remote.run("removing the folder", &command, None, PATIENCE);
    }
}

/// The job with its models as files of the folder.
fn with_models(job: &Job, folder: &Path) -> Result<Job, RemoteError> {
    let take = |index: usize, model: &Path| {
        let ending = model.extension().and_then(|ending| ending.to_str()).unwrap_or("mnn");
        let file = PathBuf::from(format!("model-{index}.{ending}"));
        fs::copy(model, folder.join(&file)).map_err(|source| RemoteError::Io { path: model.to_owned(), source })?;
        Ok(file)
    };
    let mut job = job.clone();
    match &mut job.task {
        Task::Run { model, .. } => *model = take(0, model)?,
        Task::Bench { models, .. } => {
            for (index, (_, model)) in models.iter_mut().enumerate() {
                *model = take(index, model)?;
            }
        }
    }
    Ok(job)
}

/// The folder's files as an archive.
fn pack(folder: &Path) -> Result<tempfile::NamedTempFile, RemoteError> {
    let failed = |source| RemoteError::Io { path: folder.to_owned(), source };
    let file = tempfile::NamedTempFile::new().map_err(failed)?;
    let mut archive = tar::Builder::new(file.reopen().map_err(failed)?);
    archive.append_dir_all(".", folder).map_err(failed)?;
    archive.finish().map_err(failed)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Over which no file gets through in time.
    #[derive(Debug)]
    struct SlowLink {
        limits: Arc<Mutex<Vec<Duration>>>,
    }

    impl Shell for SlowLink {
        fn run(&self, command: &str, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, RemoteError> {
            if input.is_some() {
                self.limits.lock().unwrap().push(limit);
                return Ok(None);
            }
            let out = if command.contains("uname") { std::env::consts::ARCH } else { "there" };
            Ok(Some(Said { ok: true, code: Some(0), out: out.into(), error: String::new() }))
        }

        fn cache(&self) -> &'static str {
            "/tmp"
        }
    }

    #[test]
    fn files_get_time_by_their_size_and_a_slower_link_is_an_error() {
        let limits = Arc::new(Mutex::new(vec![]));
        let remote = Remote::new(Box::new(SlowLink { limits: limits.clone() }), "ssh://board".into());
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(24_400_000).unwrap();
        let error = remote.send("sending files", "tar -xf -", file.path()).unwrap_err().to_string();
        assert_eq!(
            error,
            "ssh://board: sending files (24.4 MB) took more than 608 s: the link is slower than 50 kB/s, or lost"
        );
        assert_eq!(*limits.lock().unwrap(), [Duration::from_secs(120 + 488)]);
    }
}
