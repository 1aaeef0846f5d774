//! Jobs on a machine elsewhere: files go into one folder there, which is removed in any case.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use edgeconv_agent::{BenchModel, Job, Task, weights_file};
use edgeconv_files::Staging;

use super::Architecture;
use crate::engine::{Agent, AgentError, Ending, LOG, Place, Work};
use crate::process::{ProcessError, Said};
use crate::provenance::sha256;

/// How long a command may take that does nothing but look, and how much longer than its bytes need one that moves files.
const PATIENCE: Duration = Duration::from_secs(120);

/// The slowest link that moves files, in bytes per second.
const SLOWEST: u64 = 50_000;

/// How long other jobs on the board are waited for.
const WAIT: Duration = Duration::from_secs(1800);

/// What is put after the limit that the board itself keeps, for the way back.
const GRACE: Duration = Duration::from_secs(20);

/// Where the exit code of the agent is written, in the job's folder.
const CODE: &str = "agent.code";

/// The file that a job's folder is sent as.
const ARCHIVE: &str = "job.tar";

/// Makes the folder `$cache`, and fails unless it is a folder, no link, of this user and for nobody else. (`S`: it gives its group to
/// what is in it; behind the mode may come a sign for further attributes.)
const PRIVATE_FOLDER: &str = r#"umask 077
fail() { echo "$cache: $1" >&2; exit 1; }
case $cache in /*) ;; *) fail "expected an absolute path: set HOME or XDG_CACHE_HOME on this machine";; esac
mkdir -p "$cache" || exit 1
[ -L "$cache" ] || chmod 700 "$cache" 2>/dev/null
set -- $(ls -ldn "$cache")
case "$1 $3" in
    drwx--[-S]---*" $(id -u)") ;;
    *) fail "expected a folder of user $(id -u) with mode 700, found $1 of user $3: remove it, or set XDG_CACHE_HOME on this machine";;
esac"#;

/// Prints the first bytes of a program of the machine's own, which say how many bits it has. (Where the kernel does not name the running one,
/// the shell's.)
const PROGRAM_HEADER: &str = "head -c 5 /proc/self/exe 2>/dev/null || head -c 5 /bin/sh; echo";

/// A job that was not done elsewhere.
#[derive(Debug, thiserror::Error)]
enum RemoteError {
    /// The program that reaches the machine can't be run.
    #[error(transparent)]
    Program(#[from] ProcessError),
    /// A command failed there.
    #[error("{name}: {what} failed: {said}")]
    Command {
        /// The machine.
        name: String,
        /// What was tried.
        what: &'static str,
        /// What was printed.
        said: String,
    },
    /// A command did not end.
    #[error("{name}: {what} took more than {} s: is the connection lost?", limit.as_secs())]
    Timeout {
        /// The machine.
        name: String,
        /// What was tried.
        what: &'static str,
        /// How long it was given.
        limit: Duration,
    },
    /// Files were not moved in time.
    #[error(
        "{name}: {what} ({:.1} MB) took more than {} s: the link is slower than {} kB/s, or lost",
        *bytes as f64 / 1e6, limit.as_secs(), SLOWEST / 1000
    )]
    Slow {
        /// The machine.
        name: String,
        /// What was tried.
        what: &'static str,
        /// How much there was to move.
        bytes: u64,
        /// How long it was given.
        limit: Duration,
    },
    /// There is no agent for machines of its type.
    #[error(
        "{name} is a machine of type `{machine}` with programs of {bits} bits, expected armv7l, armv8l, aarch64 or {}",
        std::env::consts::ARCH
    )]
    Machine {
        /// The machine.
        name: String,
        /// What `uname -m` says.
        machine: String,
        /// Of its own programs.
        bits: u32,
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

/// How a shell on another machine is reached.
pub(super) trait Shell: std::fmt::Debug + Send + Sync {
    /// Runs a command for its POSIX shell, with `input` as its standard input; `None` if it took longer than `limit`.
    fn run(&self, command: &str, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, ProcessError>;

    /// The folder for files that are made and executed, as a word for a shell to expand.
    fn cache(&self) -> &'static str;
}

impl From<RemoteError> for AgentError {
    fn from(error: RemoteError) -> Self {
        AgentError::Place(Box::new(error))
    }
}

/// A machine elsewhere.
#[derive(Debug)]
pub(super) struct Remote {
    shell: Box<dyn Shell>,
    name: String,
}

impl Place for Remote {
    /// The folder goes there, and what the agent wrote comes back into it.
    fn perform(&self, work: &Work) -> Result<Ending, AgentError> {
        let Work { job, folder, limit, .. } = *work;
        with_models(job, folder)?.write(folder)?;
        let cache = self.cache()?;
        let agent = self.agent(&cache)?;
        let place = self.text("making a folder", &format!("mktemp -d {}/job.XXXXXX", quoted(&cache.path)))?;
        let place = quoted(&place);
        let _removed = Folder { remote: self, place: &place };
        let archive = pack(folder)?;
        self.send("sending files", &format!("tar -xf - -C {place}"), &archive.path().join(ARCHIVE))?;
        // The board itself stops an agent that hangs, also when the connection is gone.
        let seconds = limit.as_secs().max(1);
        // One job at a time: others wait for the lock, which the system gives back when its holder ends, however it ends.
        let job = format!("echo $$ >agent.pid; exec timeout {seconds} ../{agent} . >{LOG} 2>&1");
        // Standard input is open as long as this process lives and is connected.
        let command = format!(
            "cd {place} || exit 1; command -v flock >/dev/null || flock() {{ shift; \"$@\"; }}; exec 3<&0; \
             flock ../lock sh -c '{job}' & job=$!; echo $job >lock.pid; \
             (while read -r _; do :; done <&3; {}) >/dev/null 2>&1 & watch=$!; \
             wait $job; echo $? >{CODE}; kill $watch; true",
            stopped(&place)
        );
        self.run("running the agent", &command, None, WAIT + limit + GRACE)?;
        self.fetch(&place, folder)?;
        Ok(ending(&fs::read_to_string(folder.join(CODE)).unwrap_or_default()))
    }
}

/// The folder on a machine where everything of ours is.
struct Cache {
    /// What `uname -m` says of the machine.
    machine: String,
    /// Of its own programs: 64 or 32.
    bits: u32,
    path: String,
}

impl Remote {
    /// The machine behind a shell; errors name it.
    pub(super) fn new(shell: Box<dyn Shell>, name: String) -> Self {
        Self { shell, name }
    }

    /// Makes the folder, which has to be the user's own and nobody else's: from there programs are run.
    fn cache(&self) -> Result<Cache, RemoteError> {
        const WHAT: &str = "asking for the machine";
        let command = format!(
            "cache={}; {PRIVATE_FOLDER}; uname -m; printf '%s\\n' \"$cache\"; {PROGRAM_HEADER}",
            self.shell.cache()
        );
        let said = self.run(WHAT, &command, None, PATIENCE)?;
        let lines = String::from_utf8_lossy(&said.out);
        let mut lines = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        match (lines.next(), lines.next()) {
            (Some(machine), Some(path)) => {
                let bits = if lines.next().as_deref() == Some("\u{7f}ELF\u{2}") { 64 } else { 32 };
                Ok(Cache { machine, bits, path })
            }
            (machine, _) => {
                let said = machine.unwrap_or_else(|| "it printed nothing".into());
                Err(RemoteError::Command { name: self.name.clone(), what: WHAT, said })
            }
        }
    }

    /// The name of the agent there, which is sent if it is not there with the bytes that it has here.
    fn agent(&self, cache: &Cache) -> Result<String, AgentError> {
        let Cache { machine, bits, .. } = cache;
        let program = match Architecture::of_system(machine, *bits) {
            Some(architecture) => architecture.agent()?,
            None if machine == std::env::consts::ARCH => Agent::program()?,
            None => {
                let (name, machine) = (self.name.clone(), machine.clone());
                return Err(RemoteError::Machine { name, machine, bits: *bits }.into());
            }
        };
        let hash = sha256(&program).map_err(|source| RemoteError::Io { path: program.clone(), source })?;
        let name = format!("agent-{}", &hash[..16]);
        let path = quoted(&format!("{}/{name}", cache.path));
        let found = || self.text("looking for the agent", &format!("sha256sum {path} 2>/dev/null || echo unknown"));
        let is_it = |found: &str| found.split_whitespace().next() == Some(&hash);
        if !is_it(&found()?) {
            let command = format!("umask 077; cat >{path}.$$ && chmod 700 {path}.$$ && mv -f {path}.$$ {path}");
            self.send("sending the agent", &command, &program)?;
            let sent = found()?;
            // A board without the program to ask for has what was just sent.
            if !is_it(&sent) && sent != "unknown" {
                let said = format!("its SHA-256 there is {sent}, expected {hash}");
                return Err(RemoteError::Command { name: self.name.clone(), what: "sending the agent", said }.into());
            }
        }
        Ok(name)
    }

    fn fetch(&self, place: &str, folder: &Path) -> Result<(), AgentError> {
        let results = format!("cd {place} && tar -cf - $(ls | grep -v -e '^input-' -e '^model-')");
        let size = self.text("asking for the size of the results", &format!("({results}) | wc -c"))?;
        let said = self.transfer("fetching results", &results, None, size.parse().unwrap_or(0))?;
        let unpacked = tar::Archive::new(said.out.as_slice()).unpack(folder);
        Ok(unpacked.map_err(|source| RemoteError::Io { path: folder.to_owned(), source })?)
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
            RemoteError::Timeout { name, what, limit } => RemoteError::Slow { name, what, bytes, limit },
            error => error,
        })
    }

    /// The first line that a command prints.
    fn text(&self, what: &'static str, command: &str) -> Result<String, RemoteError> {
        let said = self.run(what, command, None, PATIENCE)?;
        let text = String::from_utf8_lossy(&said.out);
        let line = text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned);
        line.ok_or_else(|| RemoteError::Command { name: self.name.clone(), what, said: "it printed nothing".into() })
    }

    fn run(
        &self,
        what: &'static str,
        command: &str,
        input: Option<&Path>,
        limit: Duration,
    ) -> Result<Said, RemoteError> {
        let name = || self.name.clone();
        match self.shell.run(command, input, limit)? {
            None => Err(RemoteError::Timeout { name: name(), what, limit }),
            Some(said) if said.ok => Ok(said),
            Some(said) => {
                let printed = [said.error.trim(), String::from_utf8_lossy(&said.out).trim()].join("\n");
                let code = said.code.map_or("a signal".into(), |code| format!("exit code {code}"));
                let text = if printed.trim().is_empty() { code } else { format!("{} ({code})", printed.trim()) };
                Err(RemoteError::Command { name: name(), what, said: text })
            }
        }
    }
}

/// How the agent ended there, by the exit code of `timeout`.
fn ending(code: &str) -> Ending {
    match code.trim().parse() {
        // What the many versions of `timeout` say.
        Ok(124 | 143) => Ending::Timeout,
        Ok(137) => Ending::Killed { how: "exit code 137: killed, perhaps for lack of memory".into(), signal: Some(9) },
        Ok(code) => Ending::Exit(code),
        Err(_) => Ending::Killed { how: "an unknown exit code".into(), signal: None },
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
        let _ = self.remote.run("removing the folder", &stopped(self.place), None, PATIENCE);
    }
}

/// Ends what runs in a job's folder, and removes it. What ends may write a last file meanwhile.
fn stopped(place: &str) -> String {
    format!(
        "kill $(cat {place}/lock.pid {place}/agent.pid) 2>/dev/null; for i in 1 2 3; do rm -rf {place} && break; sleep 1; done"
    )
}

/// A text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The job with its models as files of the folder.
fn with_models(job: &Job, folder: &Path) -> Result<Job, RemoteError> {
    let take = |index: usize, model: &Path| {
        let ending = model.extension().and_then(|ending| ending.to_str()).unwrap_or("mnn");
        let file = PathBuf::from(format!("model-{index}.{ending}"));
        let (weights, staged) = (weights_file(model), folder.join(&file));
        let copy = |from: &Path, to: &Path| {
            fs::copy(from, to).map(drop).map_err(|source| RemoteError::Io { path: from.to_owned(), source })
        };
        copy(model, &staged)?;
        if weights.is_file() {
            copy(&weights, &weights_file(&staged))?;
        }
        Ok::<_, RemoteError>(file)
    };
    let mut job = job.clone();
    match &mut job.task {
        Task::Run { model, .. } => *model = take(0, model)?,
        Task::Bench { models, .. } => {
            for (index, BenchModel { model, .. }) in models.iter_mut().enumerate() {
                *model = take(index, model)?;
            }
        }
        Task::Capabilities => {}
    }
    Ok(job)
}

/// The folder's files as an archive.
fn pack(folder: &Path) -> Result<Staging, RemoteError> {
    let failed = |source| RemoteError::Io { path: folder.to_owned(), source };
    let packed = Staging::private().map_err(failed)?;
    let mut archive = tar::Builder::new(File::create(packed.path().join(ARCHIVE)).map_err(failed)?);
    archive.append_dir_all(".", folder).map_err(failed)?;
    archive.finish().map_err(failed)?;
    Ok(packed)
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
        fn run(&self, command: &str, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, ProcessError> {
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

    /// What a shell says of a folder for our files, which it makes.
    #[cfg(unix)]
    fn private_folder(cache: &Path) -> Result<String, String> {
        let script = format!("cache=$1; {PRIVATE_FOLDER}; echo \"$cache\"");
        let mut shell = std::process::Command::new("sh");
        let output = shell.args(["-c", &script, "sh"]).arg(cache).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().trim().to_owned();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let cache = home.path().join("my cache/edgeconv");
        assert_eq!(private_folder(&cache).as_deref(), Ok(cache.to_str().unwrap()));
        assert_eq!(mode(&cache), 0o700);
        // An older one, of which others could read.
        fs::set_permissions(&cache, fs::Permissions::from_mode(0o777)).unwrap();
        private_folder(&cache).unwrap();
        assert_eq!(mode(&cache), 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_another_user_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let link = home.path().join("edgeconv");
        fs::create_dir(home.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink("elsewhere", &link).unwrap();
        let error = private_folder(&link).unwrap_err();
        assert!(error.contains("expected a folder of user") && error.contains("found lrwx"), "{error}");
        assert!(private_folder(Path::new("relative")).unwrap_err().contains("expected an absolute path"));
        // Somebody's whom only root can make.
        let foreign = home.path().join("foreign");
        fs::create_dir(&foreign).unwrap();
        if std::os::unix::fs::chown(&foreign, Some(1), Some(1)).is_err() {
            return edgeconv_test_support::skip_anywhere("only root can give a folder to another user");
        }
        let error = private_folder(&foreign).unwrap_err();
        assert!(error.contains("found drwx------") && error.contains("of user 1: "), "{error}");
    }

    #[test]
    fn words_are_quoted() {
        assert_eq!(quoted("/my cache/$x"), "'/my cache/$x'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn exit_codes_are_those_of_timeout() {
        assert_eq!(ending("0\n"), Ending::Exit(0));
        assert_eq!(ending("2"), Ending::Exit(2));
        assert_eq!([ending("124"), ending("143")], [Ending::Timeout, Ending::Timeout]);
        assert!(matches!(ending("137"), Ending::Killed { how, .. } if how.contains("lack of memory")));
        assert!(matches!(ending(""), Ending::Killed { .. }));
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
