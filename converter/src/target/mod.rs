//! What graphs become: one folder per file format.
//!
//! [`Target`] is what a format has to answer: its own passes, its files, and what is in those. [`Format`] names the ones that are
//! here.
//!
//! - [`onnx`]: ONNX files.
//! - [`mnn`]: MNN files.
//! - [`isolate`]: model files in which errors stay where they are made.

mod difference;
mod error;
mod format;
mod listing;
mod open;

pub mod isolate;
pub mod mnn;
pub mod onnx;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::Write;

use edgeconv_graph::{Graph, TensorType};
use edgeconv_session::Settings;
use edgeconv_session::open::OpenShapes;
use serde::Serialize;

pub use difference::{Change, Difference, difference};
pub use error::{ExportError, ReadError};
pub use format::{Format, list};
pub use listing::{Integers, Listing, Numbers, Operator, Port, Stored};
pub use mnn::Mnn;
pub use onnx::Onnx;
pub use open::{Fixed, OpenError};

use crate::open::Others;
use crate::passes::Pass;
use crate::pipeline::Rewrite;
use crate::source::ModelFile;

/// A format that graphs are written in.
pub trait Target: Debug + Sync {
    /// Its name, as people write it.
    fn name(&self) -> &'static str;

    /// The ending of its files, without the dot.
    fn ending(&self) -> &'static str;

    /// Passes that express the element types and quantised values which it does not have; they run before its others, at every
    /// level of rewriting.
    fn legalizations(&self) -> Vec<Box<dyn Pass>>;

    /// Passes that pay on this target, in order; they run behind those of [`pipeline`](crate::pipeline), as far as the level of
    /// rewriting allows.
    fn passes(&self) -> Vec<Box<dyn Pass>>;

    /// Passes that express what it has no operators for; they run last, at every level of rewriting.
    fn lowerings(&self, rewrite: Rewrite) -> Vec<Box<dyn Pass>>;

    /// What its files want to be run with: what they are checked, tuned and measured with.
    fn session(&self) -> Settings;

    /// Writes a graph, for all sizes if there are `others`; the same graph gives the same bytes. Weights go to where they are written to without
    /// being held in between.
    ///
    /// # Errors
    /// If weights are missing, it can't express the graph at some size, or what it writes to fails.
    fn write(&self, graph: &Graph, others: &Others, to: Files<'_>) -> Result<Written, ExportError>;

    /// Lists what is in a file.
    ///
    /// # Errors
    /// If the file is not one of this format.
    fn list(&self, file: &ModelFile) -> Result<Listing, ReadError>;

    /// Rewrites a file: whatever reads one of these values reads an input instead. The values are outputs of the result.
    ///
    /// # Errors
    /// If the file is not one of this format.
    fn isolate(&self, file: &ModelFile, values: &[(String, TensorType)]) -> Result<GivenValues, ReadError>;

    /// The part of such a file that one value needs, as a model of its own, in which given values are inputs under their own names.
    ///
    /// # Errors
    /// If the file is not one of this format.
    fn part(&self, isolated: &GivenValues, value: &str) -> Result<Vec<u8>, ReadError>;
}

/// Where a model is written to.
pub struct Files<'a> {
    /// Its file.
    pub model: &'a mut dyn Write,
    /// The file beside it for weights, if the target puts some there.
    pub weights: &'a mut dyn Write,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// Size of the file.
    pub bytes: u64,
    /// Size of the file beside it, with weights; 0 if all are inside.
    pub weight_bytes: u64,
    /// Number of operators of each type, in the format's own vocabulary, without constants.
    pub operators: BTreeMap<String, usize>,
    /// What it stores once that a session holds several times.
    pub shared: SharedWeights,
    /// How it stores weights that were asked for in fewer bits than floats have.
    pub stored: Vec<mnn::StoredTensor>,
    /// What is open in its inputs; none if its shapes are fixed.
    pub open: OpenShapes,
    /// Why that is less than was asked for.
    pub open_note: Option<String>,
}

/// Weights that a file stores once for several convolutions, each of which holds a copy in a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SharedWeights {
    /// Convolutions whose kernel others have, too.
    pub convolutions: usize,
    /// Bytes of the copies in a session besides the first ones.
    pub copied_bytes: u64,
}

/// A file that reads values as inputs that it would compute.
#[derive(Debug, Clone)]
pub struct GivenValues {
    /// Its content.
    pub bytes: Vec<u8>,
    /// For each value that is in the file: its name, and the input that stands for it.
    pub inputs: Vec<(String, String)>,
}
