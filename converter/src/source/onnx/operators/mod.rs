//! From ONNX's operators to the graph's; one file per family, each with the list of what it reads.

mod activation;
mod along_axis;
mod arithmetic;
mod attention;
mod cast;
mod col2im;
mod constant;
mod control;
mod conv;
mod conv_transpose;
mod crop_and_resize;
mod deform_conv;
mod det;
mod einsum;
mod index;
mod linear;
mod linear_attention;
mod logic;
mod loss;
mod microsoft;
mod movement;
mod nms;
mod norm;
mod normalize;
mod pad;
mod pool;
mod pool_indices;
mod quantize;
mod recurrent;
mod reduce;
mod reshape;
mod resize;
mod rotary;
mod sample;
mod scatter;
mod select;
mod sequence;
mod slice;
mod sliding;
mod softmax;
mod spectrum;
mod unique;
mod window;

use super::node::Node;
use super::{ImportError, OPSETS};

/// An ONNX operator that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its name in the ONNX specification.
    pub name: &'static str,
    /// The first operator set whose definition is read.
    pub since: i64,
    /// What of it is not supported; empty if nothing.
    pub limits: &'static str,
    import: fn(&mut Node<'_, '_>) -> Result<(), ImportError>,
}

impl Entry {
    const fn new(name: &'static str, import: fn(&mut Node<'_, '_>) -> Result<(), ImportError>) -> Self {
        Self { name, since: 7, limits: "", import }
    }

    /// The first and the last version of its domain that is read.
    pub fn versions(&self) -> [i64; 2] {
        let last = if self.name.contains('.') { 1 } else { *OPSETS.end() };
        [self.since.max(*OPSETS.start()), last]
    }

    const fn limits(mut self, limits: &'static str) -> Self {
        self.limits = limits;
        self
    }

    const fn since(mut self, opset: i64) -> Self {
        self.since = opset;
        self
    }
}

/// All operators, family by family.
const FAMILIES: &[&[Entry]] = &[
    activation::OPERATORS,
    along_axis::OPERATORS,
    arithmetic::OPERATORS,
    attention::OPERATORS,
    cast::OPERATORS,
    col2im::OPERATORS,
    constant::OPERATORS,
    control::OPERATORS,
    conv::OPERATORS,
    conv_transpose::OPERATORS,
    deform_conv::OPERATORS,
    det::OPERATORS,
    einsum::OPERATORS,
    index::OPERATORS,
    linear::OPERATORS,
    linear_attention::OPERATORS,
    logic::OPERATORS,
    loss::OPERATORS,
    microsoft::OPERATORS,
    movement::OPERATORS,
    nms::OPERATORS,
    norm::OPERATORS,
    normalize::OPERATORS,
    pad::OPERATORS,
    pool::OPERATORS,
    pool_indices::OPERATORS,
    quantize::OPERATORS,
    recurrent::OPERATORS,
    reduce::OPERATORS,
    reshape::OPERATORS,
    resize::OPERATORS,
    rotary::OPERATORS,
    sample::OPERATORS,
    scatter::OPERATORS,
    select::OPERATORS,
    sequence::OPERATORS,
    slice::OPERATORS,
    softmax::OPERATORS,
    spectrum::OPERATORS,
    unique::OPERATORS,
    window::OPERATORS,
];

/// The ONNX operators that can be read, in alphabetical order.
pub fn supported() -> Vec<Entry> {
    let mut entries: Vec<_> = FAMILIES.iter().flat_map(|family| family.iter().copied()).collect();
    entries.sort_by_key(|entry| entry.name);
    entries
}

/// Adds what a node computes to the graph, if the version of its operator can be read.
pub(super) fn import(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    match find(&node.op_type()) {
        Some(entry) if node.version() < entry.since => {
            let reason =
                format!("its form before opset {} is not read: export the model with a newer one", entry.since);
            Err(node.unsupported(reason))
        }
        _ => import_any(node),
    }
}

/// The same, whatever the version is.
pub(super) fn import_any(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let operator = node.op_type();
    match find(&operator) {
        Some(entry) => (entry.import)(node),
        None if operator.contains('.') => {
            let domain = node.proto.domain();
            let reason = format!(
                "it belongs to the domain {domain}, whose operators only the programs know that they were made for"
            );
            Err(node.unsupported_here(&reason))
        }
        None => Err(node.unsupported(why_not(&operator))),
    }
}

fn find(operator: &str) -> Option<&'static Entry> {
    FAMILIES.iter().flat_map(|family| family.iter()).find(|entry| entry.name == operator)
}

/// Why an operator is not in the lists.
fn why_not(operator: &str) -> &'static str {
    match operator {
        "Bernoulli" | "Multinomial" | "RandomNormal" | "RandomNormalLike" | "RandomUniform" | "RandomUniformLike" => {
            "it draws random numbers, which differ in every run and every engine: make its result an input of the model"
        }
        "MaxRoiPool" => "there is no operator for the largest elements of boxes; RoiAlign with mode avg is supported",
        "ImageDecoder" | "RegexFullMatch" | "StringConcat" | "StringNormalizer" | "StringSplit" | "TfIdfVectorizer" => {
            "there are neither texts nor files in a graph; do this in front of the model"
        }
        _ => "there is no such operator here",
    }
}
