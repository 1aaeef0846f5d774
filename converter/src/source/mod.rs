//! Where graphs come from: one folder per file format.
//!
//! [`Source`] is what a format has to answer; [`of`] finds the format of a file by its content. A source refuses only what it can't
//! read: what a target can't express is that target's error.

mod error;
mod file_buf;
mod model_file;
mod resolve;
mod sized;

pub mod onnx;
pub mod pt2;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use edgeconv_graph::{Graph, Tensor};
use edgeconv_session::open::OpenShapes;

use crate::target::Listing;

pub use error::{Advice, ImportError};
pub(crate) use file_buf::Parts;
pub use model_file::ModelFile;
pub use onnx::Onnx;
pub use pt2::Pt2;
pub use resolve::{Beside, NoFiles, ReadSeek, Resolve};
pub use sized::{KnownValue, SizedValues};

/// What the user says about a model's inputs and outputs, by name.
#[derive(Debug, Clone, Default)]
pub struct Interface {
    /// Shapes of inputs that have open dimensions in the file. A value inside becomes an input of this shape, and what computes it is
    /// left out.
    pub shapes: HashMap<String, Vec<usize>>,
    /// Inputs that become constants, such as shapes and axes that a model takes as inputs.
    pub values: HashMap<String, Tensor>,
    /// What the model returns instead of its own outputs, such as what goes into nodes that a target can't have; empty: its own.
    pub outputs: Vec<String>,
    /// The operator set that the model has, if its file says another one.
    pub opset: Option<i64>,
    /// If the model is read at several sizes of its inputs: values that are known for one of them, but differ. What is computed from these stays
    /// computed.
    pub sized: Option<Arc<SizedValues>>,
}

/// A format that graphs are read from.
pub trait Source: std::fmt::Debug + Sync {
    /// Its name, as people write it.
    fn name(&self) -> &'static str;

    /// Whether a file belongs to it, by the beginning of its content: what it is named does not matter.
    fn recognizes(&self, beginning: &[u8]) -> bool;

    /// Lists what is in a file; nothing has to be supported, as far as the file has names for it.
    ///
    /// # Errors
    /// If the file holds no such model.
    fn list(&self, file: &ModelFile) -> Result<Listing, ImportError>;

    /// Names of a model's inputs, in the file's order.
    ///
    /// # Errors
    /// If the file holds no such model.
    fn input_names(&self, file: &ModelFile) -> Result<Vec<String>, ImportError>;

    /// The shapes of a model's inputs, as the file has them.
    ///
    /// # Errors
    /// If the file holds no such model.
    fn shapes(&self, file: &ModelFile) -> Result<OpenShapes, ImportError>;

    /// Reads a model.
    ///
    /// # Errors
    /// If the file holds no such model, a shape is open or contradicts the file, or a node can't be read; the error names it.
    fn read(&self, file: &ModelFile, interface: &Interface) -> Result<Graph, ImportError>;

    /// What of a model's values is known when it is read.
    ///
    /// # Errors
    /// As [`Source::read`].
    fn known(&self, file: &ModelFile, interface: &Interface) -> Result<HashMap<String, KnownValue>, ImportError>;

    /// Locations, relative to the model, of the files that hold parts of it.
    ///
    /// # Errors
    /// If the file holds no such model, or one of them is not beside it.
    fn beside(&self, file: &ModelFile) -> Result<BTreeSet<PathBuf>, ImportError>;

    /// The bytes of an ONNX file, with nothing beside it, that computes what the model does with the inputs, outputs and operator set that the
    /// interface says, to compare a converted model with.
    ///
    /// # Errors
    /// If the file holds no such model, or nothing in it has such a name.
    fn fixed(&self, file: &ModelFile, interface: &Interface) -> Result<Vec<u8>, ImportError>;
}

/// Every format that can be read.
pub const SOURCES: [&dyn Source; 2] = [&Onnx, &Pt2];

/// The files beside a model that hold parts of it, in the order of their names; none if the file is of no format that can be read.
///
/// # Errors
/// If the file can't be read, or says of one of them that it is elsewhere.
pub fn files_beside(path: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let file = ModelFile::read(path)?;
    let Ok(source) = of(&file) else { return Ok(vec![]) };
    let locations = source.beside(&file)?;
    Ok(locations.iter().map(|location| file.beside().path(location)).collect())
}

/// The format of a file, by its content.
///
/// # Errors
/// If it is none of [`SOURCES`].
pub fn of(file: &ModelFile) -> Result<&'static dyn Source, ImportError> {
    let found = SOURCES.into_iter().find(|source| source.recognizes(file.beginning()));
    found.ok_or_else(|| ImportError::NotAModel {
        file: file.name().to_owned(),
        format: SOURCES.map(Source::name).join(" or "),
        reason: "its content is something else".into(),
    })
}
