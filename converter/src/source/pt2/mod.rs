//! Programs that PyTorch exports: the `.pt2` files of `torch.export.save`.
//!
//! A program is read as the ONNX model that computes the same, whose nodes and values have the names of PyTorch's modules; from there on it goes the
//! way of ONNX files. `archive` and `schema` read the file without running anything in it, `weights` makes tensors of storages, `inline` and `program` go
//! through the graph, `guards` has the sizes that it holds for, `aliases` follows tensors that share elements, and `aten` has the operators, one file per family.

mod aliases;
mod archive;
mod aten;
mod guards;
mod inline;
mod program;
mod schema;
mod weights;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use edgeconv_graph::Graph;
use edgeconv_session::open::OpenShapes;

use super::onnx::{self, Model};
use super::{ImportError, Interface, KnownValue, ModelFile, Source};
use crate::target::Listing;
use archive::Archive;

pub use aten::supported as supported_operators;

/// `.pt2` files.
#[derive(Debug, Clone, Copy)]
pub struct Pt2;

impl Source for Pt2 {
    fn name(&self) -> &'static str {
        "PyTorch"
    }

    /// Of a zip archive, whatever is in it: what it is instead is told when it is read.
    fn recognizes(&self, beginning: &[u8]) -> bool {
        beginning.starts_with(b"PK\x03\x04")
    }

    /// As the ONNX model that it becomes; what is not known has PyTorch's names.
    fn list(&self, file: &ModelFile) -> Result<Listing, ImportError> {
        Ok(program::list(&program::translate(&mut Archive::open(file)?)?))
    }

    fn input_names(&self, file: &ModelFile) -> Result<Vec<String>, ImportError> {
        Ok(onnx::input_names(&model(file)?.proto))
    }

    fn shapes(&self, file: &ModelFile) -> Result<OpenShapes, ImportError> {
        Ok(program::translate(&mut Archive::open(file)?)?.complete()?.shapes)
    }

    fn read(&self, file: &ModelFile, interface: &Interface) -> Result<Graph, ImportError> {
        model(file)?.read(interface)
    }

    fn known(&self, file: &ModelFile, interface: &Interface) -> Result<HashMap<String, KnownValue>, ImportError> {
        model(file)?.known(interface)
    }

    /// None: weights are in the archive.
    fn beside(&self, _: &ModelFile) -> Result<BTreeSet<PathBuf>, ImportError> {
        Ok(BTreeSet::new())
    }

    fn fixed(&self, file: &ModelFile, interface: &Interface) -> Result<Vec<u8>, ImportError> {
        model(file)?.fixed(interface)
    }
}

/// The ONNX model of a file.
fn model(file: &ModelFile) -> Result<Model, ImportError> {
    let mut archive = Archive::open(file)?;
    let proto = program::translate(&mut archive)?.complete()?.proto;
    Ok(Model { file: file.name().to_owned(), proto, budget: archive.into_budget() })
}
