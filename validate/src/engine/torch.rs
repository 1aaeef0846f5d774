//! A network, computed by libtorch in a process of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use edgeconv_agent::{NpyError, npy, owner};
use edgeconv_files::Staging;
use serde::Deserialize;

use super::{Engine, EngineError, NamedTensor, Ran, Run};
use crate::process::{self, ProcessError, Said};
use crate::program::without_relative_paths;

/// Computes a network, whatever the model file: the program `edgeconv-train` does, since libtorch is too large for this
/// one.
#[derive(Debug, Clone)]
pub struct Torch {
    /// The program; see [`crate::program::find_training`].
    pub program: PathBuf,
    /// What the network is called in errors.
    pub network: String,
    /// What tells the program which network it is.
    pub arguments: Vec<OsString>,
    /// How long it may take.
    pub limit: Duration,
}

/// Its `values.json`.
#[derive(Deserialize)]
struct Values {
    outputs: Vec<Value>,
    inside: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    name: String,
    file: PathBuf,
}

/// Why there are no values.
#[derive(Debug, thiserror::Error)]
enum TorchError {
    #[error("libtorch takes the input of the network, one tensor; found {0}")]
    Inputs(usize),
    #[error(transparent)]
    Program(#[from] ProcessError),
    #[error("it took more than {} s", .0.as_secs())]
    Timeout(Duration),
    #[error("{0}")]
    Said(String),
    #[error("values.json: {0}")]
    Values(#[from] serde_json::Error),
    #[error(transparent)]
    Npy(#[from] NpyError),
    #[error("no folder for temporary files: {0}")]
    Folder(#[from] std::io::Error),
}

impl Torch {
    fn forward(&self, inputs: &[NamedTensor], names: &[String]) -> Result<Run, TorchError> {
        let [input] = inputs else { return Err(TorchError::Inputs(inputs.len())) };
        let folder = Staging::private()?;
        let (file, results) = (folder.path().join("input.npy"), folder.path().join("results"));
        npy::write_temporary(&input.tensor, &file)?;
        let mut command = Command::new(&self.program);
        command.env(owner::VARIABLE, "1");
        without_relative_paths(&mut command);
        command.args(["forward", "--quiet"]).args(&self.arguments);
        command.arg("--input").arg(&file).arg("-o").arg(&results);
        if !names.is_empty() {
            command.arg("--inside").arg(names.join(","));
        }
        match process::run(command, None, self.limit)? {
            None => return Err(TorchError::Timeout(self.limit)),
            Some(Said { ok: false, error, .. }) => {
                return Err(TorchError::Said(error.trim().trim_start_matches("error: ").to_owned()));
            }
            Some(_) => {}
        }
        let values: Values = serde_json::from_slice(&std::fs::read(results.join("values.json"))?)?;
        let read = |value: Value| Ok(NamedTensor { tensor: npy::read(&results.join(value.file))?, name: value.name });
        let tensors = |values: Vec<Value>| values.into_iter().map(read).collect::<Result<_, TorchError>>();
        let ran = Ran::by("libtorch", None);
        Ok(Run { outputs: tensors(values.outputs)?, inside: tensors(values.inside)?, ran })
    }

    fn failed(&self, error: TorchError) -> EngineError {
        let model = PathBuf::from(format!("torch:{}", self.network));
        EngineError::Run { engine: self.name(), model, reason: error.to_string() }
    }
}

impl Engine for Torch {
    fn name(&self) -> &'static str {
        "torch"
    }

    fn run_inside(&self, _model: &Path, inputs: &[NamedTensor], names: &[String]) -> Result<Run, EngineError> {
        self.forward(inputs, names).map_err(|error| self.failed(error))
    }

    /// A batch of any size is one run.
    fn run_parts(&self, _model: &Path, inputs: &[NamedTensor], _runs: usize) -> Result<Run, EngineError> {
        self.forward(inputs, &[]).map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use edgeconv_graph::Tensor;

    use super::*;

    /// Runs a shell script in place of the program.
    fn run(script: &str) -> Result<Run, EngineError> {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let torch = Torch {
            program,
            network: "edgeformer-s".into(),
            arguments: ["--model", "edgeformer-s", "--weights", "w.pt"].map(OsString::from).into(),
            limit: Duration::from_secs(60),
        };
        let input = NamedTensor { name: "input".into(), tensor: Tensor::vector(vec![1.0, 2.0]) };
        torch.run_inside(Path::new("any.onnx"), &[input], &["p".into(), "q".into()])
    }

    #[test]
    fn values_are_what_the_program_wrote() {
        let script = "test \"$*\" = \"forward --quiet --model edgeformer-s --weights w.pt --input ${8} -o ${10} --inside p,q\" || exit 1
            mkdir ${10} && cp ${8} ${10}/y.npy
            echo '{\"outputs\": [{\"name\": \"y\", \"shape\": [2], \"file\": \"y.npy\"}], \"inside\": []}' >${10}/values.json";
        let run = run(script).unwrap();
        assert_eq!(run.outputs, [NamedTensor { name: "y".into(), tensor: Tensor::vector(vec![1.0, 2.0]) }]);
        assert_eq!((run.inside, run.ran.engine.as_str()), (vec![], "libtorch"));
    }

    #[test]
    fn what_the_program_says_is_the_reason() {
        let error = run("echo 'error: `w.pt` does not fit' >&2; exit 2").unwrap_err().to_string();
        assert_eq!(error, "torch can't run `torch:edgeformer-s`: `w.pt` does not fit");
        let error = run("exit 0").unwrap_err().to_string();
        assert!(error.starts_with("torch can't run `torch:edgeformer-s`: "), "{error}");
    }
}
