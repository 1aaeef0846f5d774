//! What a command finds around it, for faults to change.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::{Pid, geteuid};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use wait_timeout::ChildExt;

use crate::place::{Mark, Place};
use crate::scenario::Scenario;

/// A command that takes longer hangs.
pub const LIMIT: Duration = Duration::from_secs(20);

/// Something that happens while the command runs.
type Meanwhile = Box<dyn FnOnce(&Place) -> io::Result<()>>;

/// What a command finds around it.
pub struct Surroundings<'a> {
    /// Where it runs.
    pub place: &'a Place,
    /// Which command it is.
    pub scenario: &'a Scenario,
    /// What is drawn.
    pub random: &'a mut ChaCha8Rng,
    /// What was drawn, for people.
    pub how: String,
    /// How long the command takes otherwise.
    whole: Duration,
    arguments: Vec<&'static str>,
    /// A program that starts the command, and its arguments.
    starter: Vec<OsString>,
    variables: Vec<(&'static str, Option<OsString>)>,
    meanwhile: Option<(Duration, Meanwhile)>,
    stdout: Stdio,
    stderr: Option<Stdio>,
}

/// How a command ended.
pub struct Ended {
    /// `None` if it was killed after [`LIMIT`].
    pub status: Option<ExitStatus>,
    /// What it wrote to stderr.
    pub said: String,
    /// Whether it could write there.
    pub is_heard: bool,
}

impl Ended {
    /// Its exit code, if it ended by itself.
    pub fn code(&self) -> Option<i32> {
        self.status?.code().filter(|code| *code < 128)
    }

    /// Whether it has succeeded, but could not check its result, and says so.
    pub fn is_unproven(&self) -> bool {
        self.code() == Some(0) && self.said.contains("warning: not checked: ")
    }

    /// The signal that ended it, which a shell in between reports as an exit code.
    pub fn signal(&self) -> Option<Signal> {
        let status = self.status?;
        let number = status.signal().or_else(|| status.code()?.checked_sub(128))?;
        Signal::try_from(number).ok()
    }
}

impl<'a> Surroundings<'a> {
    /// Those in which everything is there.
    pub fn new(place: &'a Place, scenario: &'a Scenario, whole: Duration, random: &'a mut ChaCha8Rng) -> Self {
        let (arguments, starter, variables) = (scenario.arguments.to_vec(), vec![], vec![]);
        let (stdout, stderr) = (Stdio::null(), None);
        Self {
            place,
            scenario,
            random,
            how: String::new(),
            whole,
            arguments,
            starter,
            variables,
            meanwhile: None,
            stdout,
            stderr,
        }
    }

    /// A number from a range, noted.
    pub fn draw(&mut self, what: &str, range: std::ops::Range<u64>) -> u64 {
        let drawn = self.random.random_range(range);
        self.how = format!("{what} {drawn}");
        drawn
    }

    /// Gives an option of the command another value.
    pub fn ask(&mut self, option: &str, value: &'static str) {
        let given = self.arguments.iter().position(|argument| *argument == option);
        given.and_then(|index| self.arguments.get_mut(index + 1)).into_iter().for_each(|argument| *argument = value);
    }

    /// Starts the command by a program with these arguments.
    pub fn start_by(&mut self, words: &[&str]) {
        self.starter.extend(words.iter().map(Into::into));
    }

    /// Starts it by a shell that has these redirections.
    pub fn redirect(&mut self, redirections: &str) {
        self.start_by(&["sh", "-c", &format!("exec \"$@\" {redirections}"), "sh"]);
    }

    /// Sets a variable, or takes it away.
    pub fn set(&mut self, variable: &'static str, value: Option<PathBuf>) {
        self.variables.push((variable, value.map(Into::into)));
    }

    /// Lets something happen at a random moment while the command runs.
    pub fn meanwhile(&mut self, act: impl FnOnce(&Place) -> io::Result<()> + 'static) {
        let moment = self.whole.mul_f64(self.random.random_range(0.0..1.0));
        self.how = format!("after {} ms", moment.as_millis());
        self.meanwhile = Some((moment, Box::new(act)));
    }

    /// Makes stdout a pipe that nobody reads any more.
    pub fn abandon_stdout(&mut self) -> io::Result<()> {
        self.stdout = abandoned()?;
        Ok(())
    }

    /// Makes stderr one.
    pub fn abandon_stderr(&mut self) -> io::Result<()> {
        self.stderr = Some(abandoned()?);
        Ok(())
    }

    /// Where nobody has more rights than the owner of a file: the administrator has them by capabilities.
    pub fn without_capabilities(&mut self) {
        if geteuid().is_root() {
            self.start_by(&["setpriv", "--bounding-set=-all", "--inh-caps=-all"]);
        }
    }

    /// Runs the command.
    pub fn run(self, mark: &Mark) -> io::Result<Ended> {
        let heard = self.place.path("said");
        let is_heard = self.stderr.is_none();
        let stderr = self.stderr.map_or_else(|| File::create(&heard).map(Into::into), Ok)?;
        let plain = self.place.command(&self.arguments);
        let words = self.starter.iter().map(OsString::as_os_str).chain([plain.get_program()]).chain(plain.get_args());
        let words: Vec<_> = words.collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(self.place.path("")).process_group(0);
        command.stdin(Stdio::null()).stdout(self.stdout).stderr(stderr);
        let given = plain.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned)));
        let own = self.variables.into_iter().map(|(name, value)| (name.into(), value));
        for (name, value) in given.chain(own) {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let mut child = mark.put_on(&mut command).spawn()?;
        if let Some((moment, act)) = self.meanwhile {
            sleep(moment);
            act(self.place)?;
        }
        let status = child.wait_timeout(LIMIT)?;
        if status.is_none() {
            killpg(Pid::from_raw(child.id().cast_signed()), Signal::SIGKILL).map_err(io::Error::from)?;
            child.wait()?;
        }
        let said = if is_heard { String::from_utf8_lossy(&fs::read(heard)?).into_owned() } else { String::new() };
        Ok(Ended { status, said, is_heard })
    }
}

/// A pipe whose reader is gone.
fn abandoned() -> io::Result<Stdio> {
    io::pipe().map(|(_, writer)| writer.into())
}

/// Takes the right to write into a folder, or to read a file.
pub fn take_rights(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// Gives it back, and makes folders that are missing, so that the place can be looked at and cleared.
pub fn mend(place: &Place) -> io::Result<()> {
    let folders = ["out", "temporary", "out/results"].map(|folder| place.path(folder));
    folders[..2].iter().try_for_each(fs::create_dir_all)?;
    folders.iter().filter(|folder| folder.is_dir()).try_for_each(|folder| take_rights(folder, 0o755))
}
