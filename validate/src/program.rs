//! Where our other programs are.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A program of ours: only where the environment variable `variable` says, or else in the folder of this program or the one above
/// (Cargo puts test programs one folder deeper).
///
/// # Errors
/// If it is not there; the paths that were looked at.
pub fn find(name: &str, variable: &str) -> Result<PathBuf, Vec<PathBuf>> {
    let candidates = candidates(name, env::var_os(variable).as_deref(), env::current_exe().ok().as_deref());
    candidates.iter().find(|path| path.is_file()).cloned().ok_or(candidates)
}

fn candidates(name: &str, variable: Option<&OsStr>, program: Option<&Path>) -> Vec<PathBuf> {
    if let Some(path) = variable {
        return vec![path.into()];
    }
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let folders = program.into_iter().flat_map(|program| program.ancestors().skip(1).take(2));
    folders.map(|folder| folder.join(&name)).collect()
}

/// Paths as an error shows them.
pub(crate) fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}

/// The program for training is missing.
#[derive(Debug, thiserror::Error)]
#[error(
    "the program edgeconv-train is missing, looked for {}: `make train` builds it (it needs libtorch), or set \
     EDGECONV_TRAIN to its path",
    list(.0)
)]
pub struct NoTraining(Vec<PathBuf>);

/// The program for training, which needs libtorch: as [`find`] looks for it, by `EDGECONV_TRAIN`, or on `PATH`.
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
        let name = format!("{NAME}{}", env::consts::EXE_SUFFIX);
        let folders = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&folders).map(|folder| folder.join(&name)).find(|path| path.is_file());
        on_path.ok_or_else(|| {
            looked.push(Path::new("$PATH").join(&name));
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

    #[test]
    fn a_missing_program_says_how_to_build_it() {
        let error = NoTraining(vec!["/a".into(), "/b".into()]).to_string();
        assert!(error.contains("looked for `/a`, `/b`: `make train` builds it"), "{error}");
    }
}
