//! What rten 0.27 is known to compute otherwise than ONNX says.

use edgeconv_graph::Tensor;
use edgeconv_schema::onnx::NodeProto;
use edgeconv_schema::onnx::tensor_proto::DataType;

use super::site::{Site, is_onnx};
use super::values::Dim;

/// What rten does otherwise.
pub struct Known {
    /// The operators; empty: all.
    operators: &'static [&'static str],
    /// What it does.
    pub what: &'static str,
    /// Where it shows.
    pub shows: Shows,
}

/// Where a deviation shows.
pub enum Shows {
    /// Whatever the elements of the operands are; where too little is known of a node, it does.
    Always(fn(&Site) -> bool),
    /// For some elements of the operands, if at all.
    For(fn(&Site) -> Option<Seen>),
}

/// Whether a deviation shows for these operands.
pub type Seen = Box<dyn Fn(&[Tensor]) -> bool + Send + Sync>;

impl Known {
    /// Whether it is about an operator.
    pub fn concerns(&self, node: &NodeProto) -> bool {
        is_onnx(node.domain()) && (self.operators.is_empty() || self.operators.contains(&node.op_type()))
    }
}

use Shows::{Always, For};

/// All that is known.
pub const KNOWN: &[Known] = &[
    Known { operators: &[], what: "rten computes 64-bit floats in 32 bits", shows: Always(computes_in_64_bits) },
    Known { operators: &[], what: "rten does not have the element type", shows: Always(has_strange_types) },
    Known {
        operators: &[],
        what: "rten makes 32-bit integers of all wider ones, and those here need more",
        shows: Always(reads_wide_integers),
    },
    Known {
        operators: &[
            "Add",
            "CumSum",
            "MatMul",
            "Mul",
            "Pow",
            "ReduceProd",
            "ReduceSum",
            "ReduceSumSquare",
            "Sub",
            "Sum",
        ],
        what: "rten computes 64-bit integers in 32 bits, which may not be enough here",
        shows: For(overflows),
    },
    Known {
        operators: &["Cast"],
        what: "rten makes 32-bit integers of floats, which are not enough here",
        shows: For(casts_to_wide_integers),
    },
    Known {
        operators: &["Cast"],
        what: "rten keeps numbers as booleans, where ONNX makes 1 of everything but 0",
        shows: For(casts_to_booleans),
    },
    Known {
        operators: &["ArgMax", "ArgMin"],
        what: "of several equal elements, rten takes the last and ONNX the first",
        shows: For(ties),
    },
    Known {
        operators: &["Softmax", "LogSoftmax"],
        what: "before operator set 13, all axes from `axis` on are one row, and rten takes one axis",
        shows: Always(flattens_axes),
    },
    Known {
        operators: &["GRU", "LSTM", "RNN"],
        what: "rten leaves out `sequence_lens`",
        shows: Always(|site| site.input(4).is_some()),
    },
    Known {
        operators: &["Pad"],
        what: "rten reflects wrongly where the padding is wider than the map",
        shows: Always(reflects_widely),
    },
    Known {
        operators: &["MatMul"],
        what: "of matrices by a vector, rten keeps an axis that ONNX drops",
        shows: Always(multiplies_by_vector),
    },
    Known {
        operators: &["AveragePool", "Conv", "MaxPool"],
        what: "with `auto_pad` SAME_LOWER, rten puts the odd element of padding at the end",
        shows: Always(|site| site.is("auto_pad", "SAME_LOWER")),
    },
    Known {
        operators: &["NonMaxSuppression"],
        what: "rten compares boxes of all classes and pictures with each other, and sorts them otherwise",
        shows: Always(|_| true),
    },
    Known {
        operators: &["Resize"],
        what: "rten interpolates linearly where `mode` is cubic",
        shows: Always(|site| site.is("mode", "cubic")),
    },
    Known {
        operators: &["Resize"],
        what: "with align_corners, rten rounds the length that `scales` gives before it computes positions",
        shows: Always(aligns_to_fractions),
    },
    Known {
        operators: &["Sign"],
        what: "the sign of 0 is 0, and 1 in rten",
        shows: For(|_| Some(Box::new(|operands| operands.iter().any(|x| x.numbers().any(|number| number == 0.0))))),
    },
    Known {
        operators: &["ReduceMax", "ReduceMin"],
        what: "of no booleans, rten gives integers",
        shows: Always(|site| {
            site.input_type(0) == Some(DataType::Bool) && site.input_shape(0).is_none_or(|shape| !is_filled(&shape))
        }),
    },
    Known {
        operators: &["ConvInteger", "DynamicQuantizeLinear", "MatMulInteger"],
        what: "on some processors, rten's sums of products of 8 bits saturate, and it rounds otherwise",
        shows: Always(|_| true),
    },
];

fn computes_in_64_bits(site: &Site) -> bool {
    let is_double = |ty: Option<DataType>| ty == Some(DataType::Double);
    // Nothing is computed in a cast of what is in the file or an input, and all other floats have fewer bits.
    let rounds = || site.node.op_type() == "Cast" && site.output_type() == Some(DataType::Float);
    match (0..site.node.input.len()).any(|index| is_double(site.input_type(index))) {
        true => !rounds(),
        false => is_double(site.output_type()) && site.node.op_type() != "Constant",
    }
}

fn has_strange_types(site: &Site) -> bool {
    let is_strange = |name: &str| site.scope.values.is_of_strange_type(name);
    let from = site.input_type(0);
    // Inputs of other integers are given to rten as 32-bit ones: all the same to a cast.
    let is_plain_cast = site.node.op_type() == "Cast"
        && matches!(from, Some(DataType::Int16 | DataType::Uint16 | DataType::Uint32 | DataType::Uint64));
    site.node.output.iter().any(|name| is_strange(name)) || !is_plain_cast && site.inputs().any(is_strange)
}

/// Beyond 32 bits, a slice ends at the end; what only arranges elements passes them on.
fn reads_wide_integers(site: &Site) -> bool {
    let is_bound = |index: usize| site.node.op_type() == "Slice" && matches!(index, 1 | 2);
    let is_wide = |index: usize| site.input(index).is_some_and(|name| site.scope.values.is_wide(name));
    (0..site.node.input.len()).any(|index| !is_bound(index) && is_wide(index))
}

/// The least magnitude that 32-bit integers don't have.
const BEYOND: f64 = 2_147_483_648.0;

fn largest(tensor: &Tensor) -> f64 {
    tensor.numbers().fold(0.0, |largest, number| number.abs().max(largest))
}

fn overflows(site: &Site) -> Option<Seen> {
    let is_wide = matches!(site.output_type(), Some(DataType::Int64 | DataType::Uint64 | DataType::Uint32));
    if !is_wide || site.inputs().all(|name| site.scope.values.is_fixed(name)) {
        return None;
    }
    let op = site.node.op_type().to_owned();
    Some(Box::new(move |operands| bound(&op, operands) >= BEYOND))
}

/// What the results of an operator can be at most.
fn bound(op: &str, operands: &[Tensor]) -> f64 {
    let each = || operands.iter().map(largest);
    let first = || operands.first().map_or(0.0, largest);
    let count = operands.first().map_or(0, Tensor::len) as f64;
    match op {
        "Mul" => each().product(),
        "Pow" => first().powf(operands.get(1).map_or(0.0, largest)),
        "ReduceProd" => first().max(1.0).powf(count),
        "ReduceSumSquare" => first().powi(2) * count,
        "MatMul" => each().product::<f64>() * count,
        "CumSum" | "ReduceSum" => first() * count,
        _ => each().sum(),
    }
}

fn casts_to_wide_integers(site: &Site) -> Option<Seen> {
    let to = matches!(site.output_type(), Some(DataType::Int64 | DataType::Uint64 | DataType::Uint32));
    let from = !matches!(
        site.input_type(0),
        Some(DataType::Bool | DataType::Int8 | DataType::Uint8 | DataType::Int32 | DataType::Int64)
    );
    let is_fixed = site.inputs().all(|name| site.scope.values.is_fixed(name));
    (to && from && !is_fixed)
        .then(|| Box::new(|operands: &[Tensor]| operands.iter().any(|x| largest(x) >= BEYOND)) as Seen)
}

fn casts_to_booleans(site: &Site) -> Option<Seen> {
    let from = site.input_type(0) != Some(DataType::Bool);
    let is_boolean = |number: f64| number == 0.0 || number == 1.0;
    (site.output_type() == Some(DataType::Bool) && from)
        .then(|| Box::new(move |operands: &[Tensor]| !operands.iter().all(|x| x.numbers().all(is_boolean))) as Seen)
}

fn ties(site: &Site) -> Option<Seen> {
    let (axis, smallest) = (site.integer("axis", 0), site.node.op_type() == "ArgMin");
    Some(Box::new(move |operands| operands.first().is_none_or(|operand| has_ties(operand, axis, smallest))))
}

/// Whether the largest (or smallest) element along an axis is there more than once.
fn has_ties(tensor: &Tensor, axis: i64, smallest: bool) -> bool {
    let shape = tensor.shape();
    let axis = if axis < 0 { axis + shape.len() as i64 } else { axis } as usize;
    let Some(&length) = shape.get(axis) else { return false };
    let inner: usize = shape[axis + 1..].iter().product();
    let numbers: Vec<_> = tensor.numbers().map(|number| if smallest { -number } else { number }).collect();
    let lane = |start: usize| (0..length).map(move |index| start + index * inner);
    let starts = (0..numbers.len()).filter(|position| (position / inner.max(1)).is_multiple_of(length));
    let mut lanes = starts.map(|start| {
        let best = lane(start).map(|position| numbers[position]).fold(f64::NEG_INFINITY, f64::max);
        lane(start).filter(|&position| numbers[position] == best).count()
    });
    lanes.any(|count| count > 1)
}

fn flattens_axes(site: &Site) -> bool {
    let axis = site.integer("axis", 1);
    if site.scope.opset >= 13 || axis == -1 {
        return false;
    }
    let Some(shape) = site.input_shape(0) else { return true };
    let axis = if axis < 0 { axis + shape.len() as i64 } else { axis };
    // Axes of length 1 make no difference.
    shape.iter().skip(axis as usize + 1).any(|&length| length != Some(1))
}

fn reflects_widely(site: &Site) -> bool {
    if !site.is("mode", "reflect") {
        return false;
    }
    let (Some(before), Some(after)) = (site.input_shape(0), site.output_shape()) else { return true };
    // Both sides together may be less than the map without its edge, whichever has how much.
    let is_wide = |(before, after): (&Dim, &Dim)| match (before, after) {
        (Some(before), Some(after)) => *after >= 2 * before,
        _ => true,
    };
    before.iter().zip(&after).any(is_wide)
}

fn is_filled(shape: &[Dim]) -> bool {
    shape.iter().all(|length| length.is_some_and(|length| length > 0))
}

fn aligns_to_fractions(site: &Site) -> bool {
    if !site.is("coordinate_transformation_mode", "align_corners") {
        return false;
    }
    let Some(name) = site.input(2) else { return false };
    let (Some(shape), Some(scales)) = (site.input_shape(0), site.scope.values.stored(name)) else { return true };
    let is_whole = |(length, scale): (&Dim, f64)| length.is_some_and(|length| (length as f64 * scale).fract() == 0.0);
    // Empty, if sizes are given.
    !shape.iter().zip(scales.numbers()).all(is_whole)
}

fn multiplies_by_vector(site: &Site) -> bool {
    let rank = |index| site.input_shape(index).map(|shape| shape.len());
    match (rank(0), rank(1)) {
        (Some(..=2), _) => false,
        (_, Some(rank)) => rank == 1,
        (_, None) => true,
    }
}
