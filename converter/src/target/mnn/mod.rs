//! MNN model files.
//!
//! [`export`] translates a [`Graph`] into the bytes of an `.mnn` file. The steps:
//!
//! 1. `passes`: quantised values and integers of fewer bits are expressed in what MNN has;
//! 2. `lower`: the graph's operators become MNN's ops, as one file per family under `ops` says (`net` holds them);
//!    `open` makes one net of those of several sizes;
//! 3. `layout`: ops that convert between memory layouts are inserted, and the result is checked;
//! 4. `transposes`: moves that MNN would misread are kept apart; `grids`: what is computed in integers;
//! 5. `names`: every tensor gets a name of its own;
//! 6. `store`: weights are brought into fewer bits, if that is asked for;
//! 7. `write`: the net becomes a FlatBuffer of the schema `mnn.fbs` in `edgeconv-schema`.
//!
//! `compress` stores the weights of a file that is there in fewer bits.

mod compress;
mod error;
mod expressions;
mod external;
mod gelu;
mod grids;
mod isolate;
mod layout;
mod list;
mod lower;
mod min_cut;
mod names;
mod net;
mod open;
mod ops;
pub mod passes;
mod store;
mod target;
mod transposes;
mod winograd;
mod write;

pub(crate) use edgeconv_schema::mnn as schema;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use edgeconv_graph::op::ResizeMode;
use edgeconv_graph::{Graph, Node, Op};
use edgeconv_session::open::OpenShapes;
use planus::errors::ErrorKind;
use planus::{Builder, ReadAsRoot};

use self::lower::Resizing;
use self::net::Net;
use self::store::StoredWeights;
use super::SharedWeights;
use super::open::AtSizes;
use crate::open::{Others, default_shapes};
use crate::passes::{Pass, Stop};

pub(crate) use compress::compress;
pub use error::{ExportError, ReadError, Refusal, Refusals};
pub use expressions::{Agreement, EXPRESSIONS, Expression, expression};
pub use external::{ExternalWeights, LARGE};
pub use gelu::Gelu;
pub use layout::LayoutError;
pub use list::{COMPUTES, SYMMETRIC, list};
pub(crate) use lower::activation_behind;
pub use store::{Bits, Store, StoredTensor};
pub use target::{DEFAULT_CACHE_BYTES, Mnn};

/// The bytes of an `.mnn` file for MNN 3.6, in 32-bit floats, with all weights inside.
///
/// Inputs and outputs are row-major `[N, C, H, W]` under the names that they have in the graph, and of fixed shape. Ops are
/// named like the graph's nodes; tensors like its values, except that an output goes by its public name. The same graph
/// gives the same bytes.
///
/// # Errors
/// If some nodes can't be expressed (all of them are named), weights are missing, names clash, or the file would be too large.
pub fn export(graph: &Graph) -> Result<Vec<u8>, ExportError> {
    let target = Mnn { external_weights: ExternalWeights::Never, ..Mnn::DEFAULT };
    Ok(serialize(graph, &Others::default(), &target, &mut io::sink())?.builder.as_slice().to_vec())
}

/// The number of operators of each type (MNN's vocabulary) in an `.mnn` file, whoever wrote it, without constants.
///
/// # Errors
/// If the bytes are not an MNN model.
pub fn histogram(bytes: &[u8]) -> Result<BTreeMap<String, usize>, ReadError> {
    Ok(count(bytes)?)
}

fn count(bytes: &[u8]) -> Result<BTreeMap<String, usize>, planus::Error> {
    let mut histogram = BTreeMap::new();
    for op in schema::NetRef::read_as_root(bytes)?.oplists()?.into_iter().flatten() {
        let name = match op?.type_() {
            Ok(schema::OpType::Const) => continue,
            Ok(known) => format!("{known:?}"),
            // Files of MNN's own converter have types that this one never writes.
            Err(planus::Error { error_kind: ErrorKind::UnknownEnumTag { source }, .. }) => source.tag.to_string(),
            Err(error) => return Err(error),
        };
        *histogram.entry(name).or_insert(0) += 1;
    }
    Ok(histogram)
}

/// The graph without quantised values and arithmetic on integers that MNN does not have, which are gone already behind the
/// [pipeline](crate::pipeline::run_for).
fn legalized(graph: &Graph) -> Result<Cow<'_, Graph>, ExportError> {
    let mut legal = Cow::Borrowed(graph);
    for pass in [&passes::KeepIntegers as &dyn Pass, &passes::QuantizeInFloats, &passes::WrapIntegers] {
        if legal.nodes().any(|node| !matches!(pass.visit(&legal, node), Err(Stop::NoMatch))) {
            crate::passes::run(pass, legal.to_mut())?;
        }
    }
    Ok(legal)
}

/// A file, and what there is to tell of it.
struct Serialized {
    builder: Builder,
    /// Bytes in the file beside it.
    weight_bytes: u64,
    shared: SharedWeights,
    /// How weights are stored that were asked for in fewer bits.
    stored: Vec<StoredTensor>,
    /// What is open in its inputs.
    open: OpenShapes,
    /// Why that is less than was asked for.
    open_note: Option<String>,
}

/// Makes a file, and writes the one beside it to `external` if the target has it there.
fn serialize(
    graph: &Graph,
    others: &Others,
    target: &Mnn,
    external: &mut dyn Write,
) -> Result<Serialized, ExportError> {
    let graph = &*legalized(graph)?;
    let (mut net, open, open_note) = lowered(graph, others, target)?;
    if target.store != Store::Float {
        store::fold(&mut net);
    }
    let mut net = grids::settle(transposes::split(layout::convert(net)), target.store);
    layout::verify(&net)?;
    names::assign(&mut net)?;
    let stored = StoredWeights::of(&net, target.store);
    let names = net.tensors.iter().map(|tensor| tensor.name.len()).sum();
    let capacity = |is_external| write::capacity(net.ops.iter().map(|op| &*op.kind), names, &stored, is_external);
    let is_external = target.external_weights.applies(capacity(false));
    let bytes = write::expect_fits(capacity(is_external))?;
    let external: Option<&mut dyn Write> = if is_external { Some(external) } else { None };
    let mut metadata = Cow::Borrowed(&graph.metadata);
    if open != others.open {
        open.note(metadata.to_mut());
    }
    let (builder, weight_bytes) = write::serialize(&net, &stored, &metadata, bytes, external)?;
    let (shared, stored) = (net.shared_weights(), stored.tensors.clone());
    Ok(Serialized { builder, weight_bytes, shared, stored, open, open_note })
}

/// The net of a graph, for all sizes if it is given at others, too; with what is open in it, and why that is less than was asked for.
fn lowered<'g>(
    graph: &'g Graph,
    others: &'g Others,
    target: &Mnn,
) -> Result<(Net<'g>, OpenShapes, Option<String>), ExportError> {
    if others.is_empty() {
        return Ok((lower::lower(graph, target, Resizing::ByInterp)?, OpenShapes::default(), None));
    }
    let default = default_shapes(&others.open);
    let unified = |resizing| -> Result<_, ExportError> {
        let lower = |graph| lower::lower(graph, target, resizing);
        let sized = AtSizes::of(lower(graph)?, others, lower)?;
        Ok(sized.unified(&others.open, |nets| open::unify(nets, &default))?)
    };
    let by_interp = unified(Resizing::ByInterp);
    let is_nearest = |node: &Node| matches!(&node.op, Op::Resize(op) if matches!(op.mode, ResizeMode::Nearest(_)));
    let is_as_asked = by_interp.as_ref().is_ok_and(|(_, _, note)| note.is_none());
    if is_as_asked || !graph.nodes().any(is_nearest) {
        return by_interp;
    }
    // Tables take longer than MNN's own op.
    let steps = |found: &(Net, OpenShapes, Option<String>)| found.1.steps();
    match (unified(Resizing::ByTables), by_interp) {
        (Ok(tables), by_interp) if by_interp.as_ref().map_or(true, |other| steps(&tables) < steps(other)) => Ok(tables),
        (_, by_interp) => by_interp,
    }
}
