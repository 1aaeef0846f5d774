//! Inputs and outputs of a model in a folder, to compare later versions with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_agent::NpyError;
use serde::{Deserialize, Serialize};

use crate::engine::NamedTensor;
use crate::input::{self, InputError};

/// What was run once: inputs, and what came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Inputs of the model.
    pub inputs: Vec<NamedTensor>,
    /// What it returned.
    pub outputs: Vec<NamedTensor>,
}

/// A folder of samples: `golden.json` names the model and a `.npy` file for each tensor.
#[derive(Debug, Clone, PartialEq)]
pub struct Golden {
    /// File name of the model that computed the outputs.
    pub model: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// What was run.
    pub samples: Vec<Sample>,
}

/// A folder that can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GoldenError {
    /// A file of it can't be read or written.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// `golden.json` has another content than expected.
    #[error("`{}` is no list of samples that --save-golden wrote: {source}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A tensor can't be read.
    #[error(transparent)]
    Read(#[from] InputError),
    /// A tensor can't be written.
    #[error(transparent)]
    Write(#[from] NpyError),
    /// The folder to be written is there.
    #[error("`{}` is there already: remove it, or name another folder", .0.display())]
    Exists(PathBuf),
}

/// The list of files.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    model: String,
    sha256: String,
    samples: Vec<Files>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    inputs: BTreeMap<String, PathBuf>,
    outputs: BTreeMap<String, PathBuf>,
}

const MANIFEST: &str = "golden.json";

impl Golden {
    /// Whether a folder was written by [`Golden::write`].
    pub fn is_in(folder: &Path) -> bool {
        folder.join(MANIFEST).is_file()
    }

    /// Reads a folder.
    ///
    /// # Errors
    /// If a file is missing or damaged.
    pub fn read(folder: &Path) -> Result<Self, GoldenError> {
        let path = folder.join(MANIFEST);
        let text = fs::read(&path).map_err(|source| GoldenError::Io { path: path.clone(), source })?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|source| GoldenError::Manifest { path, source })?;
        let tensors = |files: BTreeMap<String, PathBuf>| {
            let read = |(name, file): (String, PathBuf)| {
                Ok(NamedTensor { name, tensor: input::read_any(&folder.join(file))? })
            };
            files.into_iter().map(read).collect::<Result<Vec<_>, GoldenError>>()
        };
        let sample = |files: Files| Ok(Sample { inputs: tensors(files.inputs)?, outputs: tensors(files.outputs)? });
        let samples = manifest.samples.into_iter().map(sample).collect::<Result<_, GoldenError>>()?;
        Ok(Self { model: manifest.model, sha256: manifest.sha256, samples })
    }

    /// Writes a folder, which appears complete or not at all.
    ///
    /// # Errors
    /// If the folder is there already, or a file can't be written.
    pub fn write(&self, folder: &Path) -> Result<(), GoldenError> {
        if folder.exists() {
            return Err(GoldenError::Exists(folder.to_owned()));
        }
        let around = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let io = |path: &Path, source| GoldenError::Io { path: path.to_owned(), source };
        let staging = tempfile::Builder::new().prefix(".golden-").tempdir_in(around);
        let staging = staging.map_err(|source| io(around, source))?;
        let mut samples = vec![];
        for (index, sample) in self.samples.iter().enumerate() {
            let write = |kind: &str, tensors: &[NamedTensor]| {
                let mut files = BTreeMap::new();
                for (number, NamedTensor { name, tensor }) in tensors.iter().enumerate() {
                    // Names of tensors may not be names of files.
                    let file = PathBuf::from(format!("sample-{index}-{kind}-{number}.npy"));
                    input::write(&staging.path().join(&file), tensor)?;
                    files.insert(name.clone(), file);
                }
                Ok::<_, GoldenError>(files)
            };
            samples.push(Files { inputs: write("input", &sample.inputs)?, outputs: write("output", &sample.outputs)? });
        }
        let manifest = Manifest { model: self.model.clone(), sha256: self.sha256.clone(), samples };
        let path = staging.path().join(MANIFEST);
        let text = serde_json::to_vec_pretty(&manifest)
            .map_err(|source| GoldenError::Manifest { path: path.clone(), source })?;
        fs::write(&path, text).map_err(|source| io(&path, source))?;
        fs::rename(staging.path(), folder).map_err(|source| io(folder, source))
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Tensor;

    use super::*;

    fn golden() -> Golden {
        let named = |name: &str, tensor: Tensor| NamedTensor { name: name.to_owned(), tensor };
        let sample = |x: f32| Sample {
            inputs: vec![named("in/put", Tensor::vector(vec![x]))],
            outputs: vec![named("a", Tensor::vector(vec![-x])), named("b", Tensor::indices(vec![1, 2]))],
        };
        Golden { model: "m.onnx".into(), sha256: "00".into(), samples: vec![sample(1.0), sample(2.0)] }
    }

    #[test]
    fn a_folder_gives_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("golden");
        assert!(!Golden::is_in(&path));
        golden().write(&path).unwrap();
        assert!(Golden::is_in(&path));
        assert_eq!(Golden::read(&path).unwrap(), golden());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = golden().write(&path).unwrap_err().to_string();
        assert!(error.contains("is there already"), "{error}");
    }

    #[test]
    fn damaged_folders_are_errors_that_name_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("golden");
        golden().write(&path).unwrap();
        fs::remove_file(path.join("sample-1-output-0.npy")).unwrap();
        assert!(Golden::read(&path).unwrap_err().to_string().contains("sample-1-output-0.npy"));
        fs::write(path.join(MANIFEST), "{}").unwrap();
        let error = Golden::read(&path).unwrap_err().to_string();
        assert!(error.contains("golden.json` is no list of samples"), "{error}");
    }
}
