//! Brings networks from where they come from to files for runtimes: source → graph → target.
//!
//! # A tour
//!
//! - [`Conversion`] is the whole way: open a file or take a graph, [fix](Opened::fix) what is open in it,
//!   [rewrite](Conversion::rewrite) it, and make an [`Artefact`] for each [target](target::Target).
//! - [`compress`] stores the weights of an MNN file that is there in fewer bits.
//! - [`source`] has a folder per format that graphs are read from ([`source::Source`]). A source refuses only what it can't read.
//! - [`passes`] has a file per rewrite that every target gains from; [`pipeline`] lists them in order, with a line of why.
//!   [`passes::Pass`] is what a pass has to answer: a patch for a node, or why there is none.
//! - [`quantization`] computes a graph for a target in 8-bit integers, from what was seen of its values.
//! - [`target`] has a folder per format that graphs are written in ([`target::Target`]): with passes of its own
//!   ([`target::mnn::passes`]), its writer, and what reads its files again to list, compare and take them apart.
//!
//! ```no_run
//! use edgeconv_converter::pipeline::Rewrite;
//! use edgeconv_converter::source::Interface;
//! use edgeconv_converter::target::Mnn;
//! use edgeconv_converter::{Conversion, ConversionError};
//!
//! # fn main() -> Result<(), ConversionError> {
//! let interface = Interface { shapes: [("image".into(), vec![1, 3, 224, 224])].into(), ..Interface::default() };
//! Conversion::open("model.onnx")?.fix(&interface)?.rewrite(&Rewrite::Fast.into())?.to(&Mnn::default())?.write("model.mnn")
//! # }
//! ```
//!
//! The folder `examples` has programs: converting bytes, a pass and an operator of one's own, what became of each value.

mod attributes;
mod content;
mod conversion;
mod element_type;
mod folding;

pub use conversion::{Artefact, Conversion, ConversionError, ForTarget, Opened, Report, Rewritten, compress};
pub(crate) use edgeconv_schema::onnx as proto;

pub mod open;
pub mod passes;
pub mod pipeline;
pub mod quantization;
pub mod source;
pub mod target;
