//! Where suites run commands, and what these must not leave there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use edgeconv_agent::NpyError;
use edgeconv_validate::input;
use edgeconv_validate::program;
use tempfile::TempDir;

/// How long a process may take to end after the one that started it.
const GRACE: Duration = Duration::from_secs(2);

/// Why a suite could not be run.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// There is no program.
    #[error("`{}` is missing: `cargo build --workspace` builds it", .0.first().map_or("edgeconv".into(), |path| path.display().to_string()))]
    Program(Vec<PathBuf>),
    /// A command that nothing disturbs fails.
    #[error("`edgeconv {command}` ended with {how}: {said}")]
    Command {
        /// Its arguments.
        command: String,
        /// Its exit code.
        how: String,
        /// What it said.
        said: String,
    },
    /// One of the cases can't be tried.
    #[error("case {case}: {source}")]
    Case {
        /// Number of the case.
        case: usize,
        /// Why.
        source: Box<SuiteError>,
    },
    /// A file can't be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The input can't be written.
    #[error(transparent)]
    Input(#[from] NpyError),
}

/// A folder in which commands are run: they find in `given` what they read, write into `out`, and take `temporary` for temporary files.
pub struct Place {
    program: PathBuf,
    folder: TempDir,
}

impl Place {
    /// With empty folders.
    ///
    /// # Errors
    /// If there is no program, or the folders can't be made.
    pub fn new() -> Result<Self, SuiteError> {
        let program = program::find("edgeconv", "EDGECONV").map_err(SuiteError::Program)?;
        let place = Self { program, folder: tempfile::tempdir()? };
        fs::create_dir(place.path("given"))?;
        place.clear()?;
        Ok(place)
    }

    /// With a model as ONNX and MNN file (`given/edgeformer-xs.*`), and an input for it (`given/input.npy`, `[1, 3, 32, 32]`).
    ///
    /// # Errors
    /// As [`new`](Self::new), and if the model can't be exported.
    pub fn with_model() -> Result<Self, SuiteError> {
        let place = Self::new()?;
        place.complete(&["export", "edgeformer-xs", "--size", "32", "--seed", "1", "--no-check", "-o", "given"])?;
        input::write(&place.path("given/input.npy"), &input::random(&[1, 3, 32, 32], 1))?;
        Ok(place)
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Empties `out` and `temporary`.
    ///
    /// # Errors
    /// If that fails.
    pub fn clear(&self) -> io::Result<()> {
        ["out", "temporary"].iter().try_for_each(|folder| emptied(&self.path(folder)))
    }

    /// `edgeconv` with these arguments, in the folder.
    pub fn command<A: AsRef<str>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments.iter().map(AsRef::as_ref)).current_dir(self.folder.path());
        command.env("TMPDIR", self.path("temporary"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// If it fails.
    pub fn complete(&self, arguments: &[&str]) -> Result<(), SuiteError> {
        let output = self.command(arguments).stderr(Stdio::piped()).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let failed = || SuiteError::Command { command: arguments.join(" "), how: output.status.to_string(), said };
        if output.status.success() { Ok(()) } else { Err(failed()) }
    }

    /// What is in the folders for results and temporary files, and is none of these results.
    ///
    /// # Errors
    /// If they can't be listed.
    pub fn leftovers(&self, results: &[&str]) -> io::Result<Vec<String>> {
        let mut found = unfinished(&self.path("temporary"), &[])?;
        found.extend(unfinished(&self.path("out"), results)?);
        Ok(found)
    }
}

/// Empties a folder, or makes it.
///
/// # Errors
/// If that fails.
pub fn emptied(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir(folder)
}

/// Copies a folder of files.
///
/// # Errors
/// If that fails.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// What is in a folder and is none of these results, and what in those is temporary or an empty folder.
fn unfinished(folder: &Path, results: &[&str]) -> io::Result<Vec<String>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned()))?;
        if !results.contains(&name.as_str()) || is_unfinished(&path)? {
            found.push(name);
        }
    }
    Ok(found)
}

fn is_unfinished(path: &Path) -> io::Result<bool> {
    if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
        return Ok(true);
    }
    if !path.is_dir() {
        return Ok(false);
    }
    let inside = fs::read_dir(path)?.map(|entry| is_unfinished(&entry?.path())).collect::<io::Result<Vec<_>>>()?;
    Ok(inside.is_empty() || inside.contains(&true))
}

/// By which a process and all that it starts are found: a variable of their environment. (`/proc`, so Linux only.)
pub struct Mark(String);

impl Mark {
    const VARIABLE: &str = "EDGECONV_ROBUSTNESS";

    /// That of a suite's case.
    pub fn new(index: usize) -> Self {
        Self(format!("{}-{index}", std::process::id()))
    }

    /// Marks the process of a command, before it is started.
    pub fn put_on<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env(Self::VARIABLE, &self.0)
    }

    /// That marked processes go on after a moment of grace, when the first of them has ended.
    ///
    /// # Errors
    /// If processes can't be listed.
    pub fn orphans(&self) -> io::Result<Option<String>> {
        let start = Instant::now();
        loop {
            let found = self.processes()?;
            if found.is_empty() || start.elapsed() > GRACE {
                return Ok((!found.is_empty()).then(|| format!("these processes went on: {}", found.join(", "))));
            }
            sleep(Duration::from_millis(10));
        }
    }

    fn processes(&self) -> io::Result<Vec<String>> {
        let entry = format!("{}={}", Self::VARIABLE, self.0);
        let mut found = vec![];
        for process in fs::read_dir("/proc")? {
            let path = process?.path();
            // Others' processes can't be read, and some end meanwhile.
            let Ok(environment) = fs::read(path.join("environ")) else { continue };
            if environment.split(|&byte| byte == 0).any(|variable| variable == entry.as_bytes()) {
                found.push(fs::read_to_string(path.join("comm")).unwrap_or_default().trim().to_owned());
            }
        }
        Ok(found)
    }
}
