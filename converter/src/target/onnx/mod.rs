//! ONNX files.
//!
//! [`export`] translates a [`Graph`] into the bytes of a file for an operator set; `operators` has one file per family.

mod encode;
mod error;
mod exporter;
mod initializer;
pub(super) mod isolate;
mod list;
mod open;
mod operators;
mod pools;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use edgeconv_graph::{Graph, TensorType};
use edgeconv_session::Settings;
use edgeconv_session::open::{OPEN_KEY, OpenShapes};
use prost::Message;

pub use error::ExportError;
use exporter::Exporter;
pub(crate) use initializer::value_info;
pub(crate) use list::{list, listing};
use open::{AtSize, Sizes};

use super::open::AtSizes;
use super::{Files, GivenValues, Listing, ReadError, SharedWeights, Target, Written};
use crate::open::Others;
use crate::passes::{Pass, WrapCircularConv};
use crate::pipeline::Rewrite;
use crate::proto::ModelProto;
use crate::source::ModelFile;

/// Operator set that suits most runtimes.
pub const DEFAULT_OPSET: i64 = 17;

/// Operator sets that can be written.
pub const OPSETS: RangeInclusive<i64> = 13..=28;

/// ONNX files of one operator set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Onnx {
    /// Operator set, one of [`OPSETS`].
    pub opset: i64,
}

impl Onnx {
    /// Files that most runtimes take.
    pub const DEFAULT: Self = Self { opset: DEFAULT_OPSET };
}

impl Default for Onnx {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Target for Onnx {
    fn name(&self) -> &'static str {
        "ONNX"
    }

    fn ending(&self) -> &'static str {
        "onnx"
    }

    fn legalizations(&self) -> Vec<Box<dyn Pass>> {
        vec![]
    }

    /// None: the file stays close to its source, and each runtime rewrites it for itself.
    fn passes(&self) -> Vec<Box<dyn Pass>> {
        vec![]
    }

    /// ONNX has no wrapping padding.
    fn lowerings(&self, _: Rewrite) -> Vec<Box<dyn Pass>> {
        vec![Box::new(WrapCircularConv)]
    }

    /// 32-bit floats.
    fn session(&self) -> Settings {
        Settings::default()
    }

    fn write(&self, graph: &Graph, others: &Others, to: Files<'_>) -> Result<Written, super::ExportError> {
        let (model, open, open_note) = self.translate(graph, others)?;
        let bytes = size(&model)? as u64;
        let mut operators = BTreeMap::new();
        for node in model.graph.iter().flat_map(|graph| &graph.node) {
            *operators.entry(node.op_type().to_owned()).or_insert(0) += 1;
        }
        encode::write(model, to.model)?;
        Ok(Written {
            bytes,
            weight_bytes: 0,
            operators,
            shared: SharedWeights::default(),
            stored: vec![],
            open,
            open_note,
        })
    }

    fn list(&self, file: &ModelFile) -> Result<Listing, ReadError> {
        Ok(list(file)?)
    }

    fn isolate(&self, file: &ModelFile, values: &[(String, TensorType)]) -> Result<GivenValues, ReadError> {
        Ok(isolate::isolate(file, values)?)
    }

    fn part(&self, isolated: &GivenValues, value: &str) -> Result<Vec<u8>, ReadError> {
        Ok(isolate::part(isolated, value)?)
    }
}

impl Onnx {
    /// The model of a graph, for all sizes if there are others, too; with what is open in it, and why that is less than was asked for.
    fn translate(
        &self,
        graph: &Graph,
        others: &Others,
    ) -> Result<(ModelProto, OpenShapes, Option<String>), ExportError> {
        if others.is_empty() {
            return Ok((translate(graph, self.opset)?, OpenShapes::default(), None));
        }
        let at_size = |graph: &Graph| -> Result<_, ExportError> {
            Ok(AtSize { model: translate(graph, self.opset)?, sizes: self.sizes(graph) })
        };
        let sized = AtSizes::of(at_size(graph)?, others, at_size)?;
        let (AtSize { mut model, .. }, open, note) =
            sized.unified(&others.open, |models| open::unify(models, &others.open))?;
        let entry = model.metadata_props.iter_mut().find(|entry| entry.key() == OPEN_KEY);
        entry.into_iter().for_each(|entry| entry.value = Some(open.to_string()));
        Ok((model, open, note))
    }

    /// What a network computes of its sizes, as far as the operator set has it.
    fn sizes(&self, graph: &Graph) -> Sizes {
        let Some(sizes) = &graph.sizes else { return Sizes::default() };
        let Ok(mut exporter) = Exporter::new(&sizes.graph, self.opset) else { return Sizes::default() };
        for node in sizes.graph.nodes() {
            // What there is no operator for is computed by none.
            _ = operators::add(&mut exporter, node);
        }
        let contents = sizes.contents.iter().map(|(id, tensor)| (exporter.name(*id).to_owned(), tensor.clone()));
        let contents = contents.collect();
        Sizes::of(exporter.finish().graph.unwrap_or_default(), contents)
    }
}

/// The bytes of an ONNX file for an operator set of [`OPSETS`].
///
/// Nodes and values keep their names, outputs get the names that [`Graph::outputs`] gives them. The same graph always gives the same
/// bytes.
///
/// # Errors
/// If the operator set is not supported, if a parameter has no elements, if ONNX has no such operator, if two inputs or outputs have
/// one name, or if the file would be larger than Protocol Buffers allow.
pub fn export(graph: &Graph, opset: i64) -> Result<Vec<u8>, ExportError> {
    let model = translate(graph, opset)?;
    size(&model)?;
    Ok(model.encode_to_vec())
}

/// The weights are shared with the graph, not copied.
fn translate(graph: &Graph, opset: i64) -> Result<ModelProto, ExportError> {
    if !OPSETS.contains(&opset) {
        return Err(ExportError::UnsupportedOpset { found: opset });
    }
    let mut exporter = Exporter::new(graph, opset)?;
    for node in graph.nodes() {
        operators::add(&mut exporter, node)?;
    }
    Ok(exporter.finish())
}

/// The bytes of a file, if Protocol Buffers allow so many.
fn size(model: &ModelProto) -> Result<usize, ExportError> {
    let bytes = model.encoded_len();
    if bytes > i32::MAX as usize { Err(ExportError::TooLarge { bytes }) } else { Ok(bytes) }
}
