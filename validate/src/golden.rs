//! Inputs and outputs of a model in a folder, to compare later versions with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use edgeconv_agent::NpyError;
use edgeconv_files::Staging;
use edgeconv_files::name::escaped;
use serde::{Deserialize, Serialize};

use crate::Selections;
use crate::compare::Tolerance;
use crate::engine::NamedTensor;
use crate::input::{self, InputError};
use crate::model::Model;
use crate::provenance;

/// What was run once: inputs, and what came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Inputs of both models.
    pub inputs: Vec<NamedTensor>,
    /// What the reference returned.
    pub outputs: Vec<NamedTensor>,
    /// What the candidate returned.
    pub found: Vec<NamedTensor>,
}

/// A folder of samples: `golden.json` names the models and a `.npy` file for each tensor.
#[derive(Debug, Clone, PartialEq)]
pub struct Golden {
    /// What computed the outputs.
    pub reference: ModelFile,
    /// What was compared with it.
    pub candidate: ModelFile,
    /// What was run.
    pub samples: Vec<Sample>,
    /// How far outputs may be off, where that was said.
    pub tolerances: BTreeMap<String, Tolerance>,
    /// Outputs that are rows of selected boxes.
    pub selections: Selections,
}

/// A model file, to be recognised later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Name of the file.
    pub file: String,
    /// Its SHA-256, in hexadecimal; if parts of it are in other files, of all of them.
    pub sha256: String,
    /// The SHA-256 of what it was made from; of a file that does not say it, its own.
    pub source: String,
}

impl ModelFile {
    /// The file of a model.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn of(model: &Model) -> Result<Self, GoldenError> {
        let path = model.path();
        let sha256 =
            provenance::sha256_of_model(path).map_err(|source| GoldenError::Io { path: path.to_owned(), source })?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = model.source().unwrap_or(&sha256).to_owned();
        Ok(Self { file, sha256, source })
    }
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
    #[error("`{}` is not a list of samples that edgeconv wrote: {}", path.display(), escaped(&source.to_string()))]
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
    reference: ModelFile,
    candidate: ModelFile,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    tolerances: BTreeMap<String, Tolerance>,
    #[serde(default, skip_serializing_if = "Selections::is_empty")]
    selections: Selections,
    samples: Vec<Files>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    inputs: BTreeMap<String, PathBuf>,
    outputs: BTreeMap<String, PathBuf>,
    found: BTreeMap<String, PathBuf>,
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
        let text = edgeconv_files::read(&path).map_err(|source| GoldenError::Io { path: path.clone(), source })?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|source| GoldenError::Manifest { path, source })?;
        let tensors = |files: BTreeMap<String, PathBuf>| {
            let read = |(name, file): (String, PathBuf)| {
                let path = folder.join(&file);
                // Whoever wrote the folder must not have others read for them.
                edgeconv_files::open_inside(&[folder], &file)
                    .map_err(|source| GoldenError::Io { path: path.clone(), source })?;
                Ok(NamedTensor { name, tensor: input::read_any(&path)? })
            };
            files.into_iter().map(read).collect::<Result<Vec<_>, GoldenError>>()
        };
        let sample = |files: Files| {
            let [inputs, outputs, found] = [files.inputs, files.outputs, files.found].map(tensors);
            Ok(Sample { inputs: inputs?, outputs: outputs?, found: found? })
        };
        let Manifest { reference, candidate, tolerances, selections, samples } = manifest;
        let samples = samples.into_iter().map(sample).collect::<Result<_, GoldenError>>()?;
        Ok(Self { reference, candidate, samples, tolerances, selections })
    }

    /// Writes a folder, which appears complete or not at all.
    ///
    /// # Errors
    /// If the folder is there already, or a file can't be written.
    pub fn write(&self, folder: &Path) -> Result<(), GoldenError> {
        if folder.exists() {
            return Err(GoldenError::Exists(folder.to_owned()));
        }
        let io = |path: &Path, source| GoldenError::Io { path: path.to_owned(), source };
        let staging = Staging::beside(folder).map_err(|source| io(folder, source))?;
        let mut samples = vec![];
        for (index, sample) in self.samples.iter().enumerate() {
            let write = |kind: &str, tensors: &[NamedTensor]| {
                let mut files = BTreeMap::new();
                for (number, NamedTensor { name, tensor }) in tensors.iter().enumerate() {
                    // Names of tensors may not be names of files.
                    let file = PathBuf::from(format!("sample-{index}-{kind}-{number}.npy"));
                    edgeconv_agent::npy::write_temporary(tensor, &staging.path().join(&file))?;
                    files.insert(name.clone(), file);
                }
                Ok::<_, GoldenError>(files)
            };
            samples.push(Files {
                inputs: write("input", &sample.inputs)?,
                outputs: write("output", &sample.outputs)?,
                found: write("found", &sample.found)?,
            });
        }
        let manifest = Manifest {
            reference: self.reference.clone(),
            candidate: self.candidate.clone(),
            tolerances: self.tolerances.clone(),
            selections: self.selections.clone(),
            samples,
        };
        let path = staging.path().join(MANIFEST);
        let text = serde_json::to_vec_pretty(&manifest)
            .map_err(|source| GoldenError::Manifest { path: path.clone(), source })?;
        staging.write(MANIFEST, text).map_err(|source| io(&path, source))?;
        staging.publish(folder).map_err(|source| io(folder, source))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use edgeconv_graph::Tensor;

    use super::*;

    fn golden() -> Golden {
        let named = |name: &str, tensor: Tensor| NamedTensor { name: name.to_owned(), tensor };
        let sample = |x: f32| Sample {
            inputs: vec![named("in/put", Tensor::vector(vec![x]))],
            outputs: vec![named("a", Tensor::vector(vec![-x])), named("b", Tensor::indices(vec![1, 2]))],
            found: vec![named("a", Tensor::vector(vec![-x]))],
        };
        let model = |file: &str| ModelFile { file: file.into(), sha256: "00".into(), source: "01".into() };
        let tolerances = BTreeMap::from([("a".to_owned(), Tolerance { atol: 1e-3, rtol: 0.0 })]);
        let samples = vec![sample(1.0), sample(2.0)];
        let selections = Selections::default();
        Golden { reference: model("m.onnx"), candidate: model("m.mnn"), samples, tolerances, selections }
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
        assert!(error.contains("golden.json` is not a list of samples"), "{error}");
    }
}
