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
use super::{Advice, ImportError, OPSETS};
use crate::proto::NodeProto;

/// An ONNX operator that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its name in the ONNX specification.
    pub name: &'static str,
    /// The first operator set whose definition is read.
    pub since: i64,
    /// The operator set that it came with, if it was a later one than the first.
    introduced: i64,
    /// What of it is not supported; empty if nothing.
    pub limits: &'static str,
    import: fn(&mut Node<'_, '_>) -> Result<(), ImportError>,
}

impl Entry {
    const fn new(name: &'static str, import: fn(&mut Node<'_, '_>) -> Result<(), ImportError>) -> Self {
        Self { name, since: 7, introduced: 1, limits: "", import }
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

    /// For an operator that came with this operator set.
    const fn since(mut self, opset: i64) -> Self {
        self.introduced = opset;
        self.form(opset)
    }

    /// For an operator whose definition from this operator set on is read, of several that there were.
    const fn form(mut self, opset: i64) -> Self {
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
    microsoft::attention::OPERATORS,
    microsoft::quantized::OPERATORS,
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
        Some(entry) if node.version() < entry.introduced => {
            Err(contradiction(node, entry.introduced, "the operator exists only"))
        }
        Some(entry) if node.version() < entry.since => {
            let reason =
                format!("its form before opset {} is not read: export the model with a newer one", entry.since);
            Err(node.unsupported(reason))
        }
        _ => import_any(node),
    }
}

/// The error that something about a node, which is so since an operator set, contradicts the set that the file says. Which of both is
/// right can't be told: other nodes may mean something else in another set.
fn contradiction(node: &Node<'_, '_>, since: i64, what: &str) -> ImportError {
    let reason = format!(
        "{what} since operator set {since}, but the file says that it has set {}; exporters leave such files where their conversion to \
         another set failed (PyTorch 2.15 asked for 26 to 28): {}",
        node.version(),
        remedy(since)
    );
    node.advise(reason, Advice::ReadAs(since))
}

/// How to get a file that does not contradict itself.
fn remedy(since: i64) -> String {
    const LAST_THAT_PYTORCH_WRITES: i64 = 25;
    match since {
        ..LAST_THAT_PYTORCH_WRITES => format!("export the model with set {since} to {LAST_THAT_PYTORCH_WRITES}"),
        _ => format!("export the model with set {since}"),
    }
}

/// The operator set that an operator came with.
pub(super) fn introduced(node: &NodeProto) -> i64 {
    let own = matches!(node.domain(), "" | "ai.onnx");
    find(node.op_type()).filter(|_| own).map_or(1, |entry| entry.introduced)
}

/// The same, whatever the version is.
pub(super) fn import_any(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let operator = node.op_type();
    match find(&operator) {
        Some(entry) => (entry.import)(node),
        None if operator.contains('.') => {
            let reason = match node.proto.domain() {
                "com.microsoft.nchwc" => "ONNX Runtime writes it for the processor that it runs on, where all of its optimisations are on: save the \
                                          model at the level `extended`"
                    .to_owned(),
                domain => format!(
                    "it belongs to the domain {domain}, whose operators only the programs know that they were made for"
                ),
            };
            Err(node.unsupported(reason))
        }
        None => match random_shape(node)? {
            Some(shape) => {
                let value = node.name().to_owned();
                Err(node.advise(
                    "it draws random numbers, which differ in every run and every engine",
                    Advice::MakeInput { value, shape },
                ))
            }
            None => Err(node.unsupported(why_not(&operator))),
        },
    }
}

fn find(operator: &str) -> Option<&'static Entry> {
    FAMILIES.iter().flat_map(|family| family.iter()).find(|entry| entry.name == operator)
}

/// The shape of the result of an operator that draws random numbers; `None` for all others.
fn random_shape(node: &Node<'_, '_>) -> Result<Option<Vec<usize>>, ImportError> {
    Ok(match node.op_type().as_str() {
        "Bernoulli" | "RandomNormalLike" | "RandomUniformLike" => Some(node.shape(0)?),
        "RandomNormal" | "RandomUniform" => node.lengths("shape")?,
        "Multinomial" => {
            let samples = usize::try_from(node.int("sample_size", 1)).unwrap_or_default();
            node.shape(0)?.first().map(|&rows| vec![rows, samples])
        }
        _ => None,
    })
}

/// Why an operator is not in the lists.
fn why_not(operator: &str) -> &'static str {
    match operator {
        "MaxRoiPool" => "there is no operator for the largest elements of boxes; RoiAlign with mode avg is supported",
        "ImageDecoder" | "RegexFullMatch" | "StringConcat" | "StringNormalizer" | "StringSplit" | "TfIdfVectorizer" => {
            "there are neither texts nor files in a graph; do this in front of the model"
        }
        _ => "there is no such operator here",
    }
}
