//! Where programs are: ours, and those of the system. Models may come from strangers, and so may what lies around them, so nothing
//! is ever run or loaded from the working folder, from the folders of files that the command line names, or from wherever a relative path leads.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// A program of ours: only where the environment variable `variable` says, or else in the folder of this program or the one above
/// (Cargo puts test programs one folder deeper).
///
/// # Errors
/// If it is not there, or the variable holds no absolute path; the paths that were looked at.
pub fn find(name: &str, variable: &str) -> Result<PathBuf, Vec<PathBuf>> {
    let candidates = candidates(name, env::var_os(variable).as_deref(), env::current_exe().ok().as_deref());
    candidates.iter().find(|path| path.is_absolute() && path.is_file()).cloned().ok_or(candidates)
}

fn candidates(name: &str, variable: Option<&OsStr>, program: Option<&Path>) -> Vec<PathBuf> {
    if let Some(path) = variable {
        return vec![path.into()];
    }
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let folders = program.into_iter().flat_map(|program| program.ancestors().skip(1).take(2));
    folders.map(|folder| folder.join(&name)).collect()
}

/// A program of the system is missing.
#[derive(Debug, thiserror::Error)]
#[error(
    "the program `{0}` is missing in the folders of PATH, of which relative ones, the working folder and those of files on the command line don't \
     count: is it installed?"
)]
pub struct NotInstalled(String);

/// Folders from which nothing is run or loaded, without symbolic links.
static DISTRUSTED: Mutex<Vec<PathBuf>> = Mutex::new(vec![]);

/// From here on, nothing is run or loaded from where arguments of the command line lead, be they `PATH` or `KEY=PATH`: from the folder of a file, also
/// of one that it links to, or from a folder.
pub fn distrust(arguments: impl Iterator<Item = OsString>) {
    let mut distrusted = DISTRUSTED.lock().unwrap_or_else(PoisonError::into_inner);
    for argument in arguments {
        let value = argument.to_str().and_then(|text| text.split_once('=')).map(|(_, value)| PathBuf::from(value));
        for path in [Some(PathBuf::from(argument)), value].into_iter().flatten() {
            distrusted.extend(folders_of(&path));
        }
    }
}

/// The folders that an existing file is in, by its name and by what it links to, or the folder that this is.
fn folders_of(path: &Path) -> Vec<PathBuf> {
    let Ok(place) = fs::canonicalize(path) else { return vec![] };
    if place.is_dir() {
        return vec![place];
    }
    let named = std::path::absolute(path).ok().and_then(|path| fs::canonicalize(path.parent()?).ok());
    named.into_iter().chain(place.parent().map(Into::into)).collect()
}

/// A program of the system: the first of that name in the folders of `PATH` that lies [elsewhere](distrust), as an absolute path.
///
/// # Errors
/// If there is none.
pub fn of_system(name: &str) -> Result<PathBuf, NotInstalled> {
    let found = || Elsewhere::of_process()?.program(name, &env::var_os("PATH")?);
    found().ok_or_else(|| NotInstalled(name.to_owned()))
}

/// Takes relative entries out of the variables by which a program finds others, and libraries: an empty one, as many a script leaves behind,
/// stands for the working folder.
pub fn without_relative_paths(command: &mut Command) {
    for variable in ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"] {
        match env::var_os(variable).and_then(|folders| absolute(&folders)) {
            Some(folders) => command.env(variable, folders),
            None => command.env_remove(variable),
        };
    }
}

/// The absolute entries of a search path, if it has some.
fn absolute(folders: &OsStr) -> Option<OsString> {
    let absolute = env::split_paths(folders).filter(|folder| folder.is_absolute());
    env::join_paths(absolute).ok().filter(|folders| !folders.is_empty())
}

/// Everything outside of some folders, which are without symbolic links.
pub(crate) struct Elsewhere {
    /// With all that is below, unless it counts alone.
    than: PathBuf,
    /// Everything is below the root, and what people install below their home folder.
    alone: bool,
    /// Themselves: what lies below the folder of a file need not have come with it.
    beside: Vec<PathBuf>,
}

impl Elsewhere {
    /// Outside of the working folder, and of those that are [distrusted](distrust). `None` if the working folder is gone.
    pub(crate) fn of_process() -> Option<Self> {
        let beside = DISTRUSTED.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Some(Self { beside, ..Self::than(&env::current_dir().ok()?)? })
    }

    /// `None` if the folder is gone.
    pub(crate) fn than(folder: &Path) -> Option<Self> {
        let than = fs::canonicalize(folder).ok()?;
        let home = env::home_dir().and_then(|home| fs::canonicalize(home).ok());
        let alone = than.parent().is_none() || home.is_some_and(|home| home.starts_with(&than));
        Some(Self { than, alone, beside: vec![] })
    }

    /// The first program of this name in a search path.
    pub(crate) fn program(&self, name: &str, search_path: &OsStr) -> Option<PathBuf> {
        let name = format!("{name}{}", env::consts::EXE_SUFFIX);
        let mut programs = self.folders(search_path).map(|folder| folder.join(&name));
        // Of a link, as in a virtual environment, both its own folder and the program that it links to count.
        programs.find(|program| is_program(program) && self.place_of(program).is_some())
    }

    /// The folders of a search path that are there.
    pub(crate) fn folders(&self, search_path: &OsStr) -> impl Iterator<Item = PathBuf> {
        env::split_paths(search_path).filter_map(|folder| self.place_of(&folder)).collect::<Vec<_>>().into_iter()
    }

    /// What an absolute path of an existing file or folder stands for, if that is elsewhere.
    pub(crate) fn place_of(&self, path: &Path) -> Option<PathBuf> {
        let place = fs::canonicalize(path).ok().filter(|_| path.is_absolute())?;
        let is_in = |folder: &PathBuf| place == *folder || place.is_file() && place.parent() == Some(folder);
        let is_here = if self.alone { is_in(&self.than) } else { place.starts_with(&self.than) };
        (!is_here && !self.beside.iter().any(is_in)).then_some(place)
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Paths as an error shows them.
pub(crate) fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}

/// The program for training is missing.
#[derive(Debug, thiserror::Error)]
#[error(
    "the program edgeconv-train is missing, looked for {}: `make train` builds it (it needs libtorch), or set \
     EDGECONV_TRAIN to its absolute path",
    list(.0)
)]
pub struct NoTraining(Vec<PathBuf>);

/// The program for training, which needs libtorch: as [`find`] looks for it, by `EDGECONV_TRAIN`, or by [`of_system`].
///
/// # Errors
/// If there is none.
pub fn find_training() -> Result<PathBuf, NoTraining> {
    const NAME: &str = "edgeconv-train";
    const VARIABLE: &str = "EDGECONV_TRAIN";
    find(NAME, VARIABLE).or_else(|mut looked| {
        if env::var_os(VARIABLE).is_some() {
            return Err(NoTraining(looked));
        }
        of_system(NAME).map_err(|_| {
            looked.push(Path::new("$PATH").join(NAME));
            NoTraining(looked)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_beside_this_one_or_one_folder_up() {
        let exe = Path::new("/opt/target/debug/deps/test-1");
        let beside = ["/opt/target/debug/deps/edgeconv-agent", "/opt/target/debug/edgeconv-agent"].map(PathBuf::from);
        assert_eq!(candidates("edgeconv-agent", None, Some(exe)), beside);
        let variable = Some(OsStr::new("/elsewhere"));
        assert_eq!(candidates("edgeconv-agent", variable, Some(exe)), [PathBuf::from("/elsewhere")]);
    }

    #[cfg(unix)]
    #[test]
    fn relative_and_empty_entries_are_left_out() {
        let of = |folders: &str| absolute(OsStr::new(folders));
        assert_eq!(of(":/usr/lib:.:lib:/opt/lib:"), Some("/usr/lib:/opt/lib".into()));
        assert_eq!([of(""), of(":"), of("lib")], [None, None, None]);
    }

    #[cfg(unix)]
    #[test]
    fn folders_of_arguments_are_those_of_files() {
        let outer = tempfile::tempdir().unwrap();
        let outer = fs::canonicalize(outer.path()).unwrap();
        let [folder, real] = ["folder", "real"].map(|name| outer.join(name));
        [&folder, &real].iter().for_each(|folder| fs::create_dir(folder).unwrap());
        fs::write(real.join("model"), "").unwrap();
        std::os::unix::fs::symlink("../real/model", folder.join("link")).unwrap();
        assert_eq!(folders_of(&folder), std::slice::from_ref(&folder));
        assert_eq!(folders_of(&real.join("model")), [real.clone(), real.clone()]);
        assert_eq!(folders_of(&folder.join("link")), [folder, real]);
        assert!(folders_of(&outer.join("absent")).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_below_the_root_is_not_all_distrusted() {
        let elsewhere = Elsewhere::than(Path::new("/")).unwrap();
        assert!(elsewhere.program("sh", OsStr::new("/bin")).is_some());
        assert_eq!(elsewhere.place_of(Path::new("/")), None);
    }

    #[test]
    fn what_is_not_installed_says_where_it_was_looked_for() {
        let error = of_system("no-such-program").unwrap_err().to_string();
        assert!(error.starts_with("the program `no-such-program` is missing in the folders of PATH"), "{error}");
    }

    #[test]
    fn a_missing_program_says_how_to_build_it() {
        let error = NoTraining(vec!["/a".into(), "/b".into()]).to_string();
        assert!(error.contains("looked for `/a`, `/b`: `make train` builds it"), "{error}");
    }
}
