//! One case: a model with its inputs and outputs.

use std::path::{Path, PathBuf};

use edgeconv_converter::source;
use edgeconv_converter::source::ImportError;
use edgeconv_graph::Tensor;

/// A folder of the test data.
#[derive(Debug, Clone)]
pub struct Case {
    /// Name of the folder without `test_`.
    pub name: String,
    /// The model file.
    pub model: PathBuf,
    data: PathBuf,
}

/// Why a case can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The folder can't be listed.
    #[error("can't read `{}`: {source}; expected the folder `node` of ONNX's test data", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An input or output is not a tensor of numbers.
    #[error(transparent)]
    Tensor(#[from] ImportError),
}

impl Case {
    /// All cases of a suite, by name.
    ///
    /// # Errors
    /// If the folder can't be read.
    pub fn all(suite: &Path) -> Result<Vec<Self>, CaseError> {
        let failed = |source| CaseError::Folder { path: suite.to_owned(), source };
        let entries = std::fs::read_dir(suite).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let mut cases: Vec<_> = entries.into_iter().filter_map(|entry| Self::at(&entry.path())).collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(cases)
    }

    fn at(folder: &Path) -> Option<Self> {
        let (model, data) = (folder.join("model.onnx"), folder.join("test_data_set_0"));
        let name = folder.file_name()?.to_str()?;
        let name = name.strip_prefix("test_").unwrap_or(name).to_owned();
        (model.is_file() && data.is_dir()).then_some(Self { name, model, data })
    }

    /// Values of the model's inputs, in their order.
    ///
    /// # Errors
    /// If one is not a tensor of numbers.
    pub fn inputs(&self) -> Result<Vec<Tensor>, CaseError> {
        self.tensors("input")
    }

    /// What the outputs have to be, in their order.
    ///
    /// # Errors
    /// If one is not a tensor of numbers.
    pub fn outputs(&self) -> Result<Vec<Tensor>, CaseError> {
        self.tensors("output")
    }

    fn tensors(&self, kind: &str) -> Result<Vec<Tensor>, CaseError> {
        (0..)
            .map(|index| self.data.join(format!("{kind}_{index}.pb")))
            .take_while(|path| path.is_file())
            .map(|path| Ok(source::onnx::read_tensor(&path)?))
            .collect()
    }
}
