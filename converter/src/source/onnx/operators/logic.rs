//! Booleans: comparisons, and what is chosen by them.

use edgeconv_graph::op::{Binary, Cast, Reduce, ReduceKind, Reshape, Slice, Unary, Where};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Equal", binary),
    Entry::new("Less", binary),
    Entry::new("LessOrEqual", binary).since(12),
    Entry::new("Greater", binary),
    Entry::new("GreaterOrEqual", binary).since(12),
    Entry::new("And", binary),
    Entry::new("Or", binary),
    Entry::new("Xor", binary),
    Entry::new("Not", not).since(1),
    Entry::new("IsNaN", is_nan).since(9),
    Entry::new("IsInf", is_inf).since(10),
    Entry::new("Where", select).since(9),
    Entry::new("Trilu", trilu).since(14),
    Entry::new("OneHot", one_hot).since(9),
    Entry::new("Hardmax", hardmax),
];

fn binary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Equal" => Binary::Equal,
        "Less" => Binary::Less,
        "LessOrEqual" => Binary::LessOrEqual,
        "Greater" => Binary::Greater,
        "GreaterOrEqual" => Binary::GreaterOrEqual,
        "And" => Binary::And,
        "Or" => Binary::Or,
        _ => Binary::Xor,
    };
    let (a, b) = (node.input(0)?, node.input(1)?);
    node.finish(op, &[a, b])
}

fn not(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    node.finish(Unary::Not, &[x])
}

/// Only what is not a number differs from itself.
fn is_nan(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let same = node.step("same", Binary::Equal, &[x, x])?;
    node.finish(Unary::Not, &[same])
}

fn is_inf(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let (negative, positive) = (node.int("detect_negative", 1) != 0, node.int("detect_positive", 1) != 0);
    if !negative && !positive {
        let shape = node.shape(0)?;
        let none = Tensor::bool(shape.clone(), vec![false; shape.iter().product()]);
        let none = none.map_err(|error| node.unsupported(error.to_string()))?;
        return node.finish_constant(none);
    }
    let infinity = node.add_number("infinity", if positive { f32::INFINITY } else { f32::NEG_INFINITY })?;
    let compared = if negative && positive { node.step("size", Unary::Abs, &[x])? } else { x };
    node.finish(Binary::Equal, &[compared, infinity])
}

fn select(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let inputs = node.inputs()?;
    node.finish(Where, &inputs)
}

/// `Trilu`: what lies on one side of a diagonal of the last two axes; 0 elsewhere.
fn trilu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let shape = node.shape(0)?;
    let &[.., rows, columns] = shape.as_slice() else {
        return Err(node.unsupported(format!("it needs a matrix, found a tensor of shape {shape:?}")));
    };
    let k = node.ints(1)?.and_then(|k| k.first().copied()).unwrap_or(0);
    let upper = node.int("upper", 1) != 0;
    let mask = if node.importer.is_open {
        compared_mask(node, [rows, columns], k, upper)?
    } else {
        stored_mask(node, [rows, columns], k, upper)?
    };
    let zero = node.add_number_of("zero", node.dtype(x), 0.0)?;
    node.finish(Where, &[mask, x, zero])
}

/// What `Trilu` keeps of a matrix.
fn stored_mask(
    node: &mut Node<'_, '_>,
    [rows, columns]: [usize; 2],
    k: i64,
    upper: bool,
) -> Result<ValueId, ImportError> {
    let side = |row: usize, column: usize| {
        let distance = column as i64 - row as i64;
        if upper { distance >= k } else { distance <= k }
    };
    node.check_table(rows.saturating_mul(columns))?;
    let mask = (0..rows).flat_map(|row| (0..columns).map(move |column| side(row, column))).collect();
    let mask = Tensor::bool([rows, columns], mask).map_err(|error| node.unsupported(error.to_string()))?;
    node.add_constant("mask", mask)
}

/// The same, computed from positions: those of a matrix of another size are others, but alike.
fn compared_mask(
    node: &mut Node<'_, '_>,
    [rows, columns]: [usize; 2],
    k: i64,
    upper: bool,
) -> Result<ValueId, ImportError> {
    let (row, column) =
        (along(node, 0, 2, (0..rows as i64).collect())?, along(node, 1, 2, (0..columns as i64).collect())?);
    let k = node.add_integer("k", k)?;
    let diagonal = node.step("diagonal", Binary::Add, &[row, k])?;
    let compare = if upper { Binary::GreaterOrEqual } else { Binary::LessOrEqual };
    node.step("mask", compare, &[column, diagonal])
}

/// `OneHot`: a new axis, with the second of two values where its position is the index, and the first elsewhere.
fn one_hot(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let mut indices = node.input(0)?;
    if node.ty(0)?.dtype != DType::I64 {
        indices = node.step("whole", Cast { to: DType::I64 }, &[indices])?;
    }
    let depth = node.number(1)?.map_or(0, |depth| depth as i64);
    let axis = node.axis(node.int("axis", -1), shape.len() + 1)?;
    let values = node.input(2)?;
    if depth < 1 || node.shape(2)? != [2] {
        return Err(node.unsupported(format!("depth {depth} and {} don't fit, expected two values", node.ty(2)?)));
    }
    node.check_table(depth as usize)?;
    // Negative ones are counted from the end.
    let (zero, count) = (node.add_integer("zero", 0)?, node.add_integer("count", depth)?);
    let negative = node.step("negative", Binary::Less, &[indices, zero])?;
    let from_end = node.step("from_end", Binary::Add, &[indices, count])?;
    let position = node.step("position", Where, &[negative, from_end, indices])?;
    let mut one_column = shape;
    one_column.insert(axis, 1);
    let rank = one_column.len();
    let position = node.step("column", Reshape { shape: one_column }, &[position])?;
    let positions = along(node, axis, rank, (0..depth).collect())?;
    let hot = node.step("hot", Binary::Equal, &[position, positions])?;
    let off = node.step("off", Slice { axis: 0, start: 0, end: 1, step: 1 }, &[values])?;
    let on = node.step("on", Slice { axis: 0, start: 1, end: 2, step: 1 }, &[values])?;
    node.finish(Where, &[hot, on, off])
}

/// A constant vector along one axis of a tensor.
fn along(node: &mut Node<'_, '_>, axis: usize, rank: usize, numbers: Vec<i64>) -> Result<ValueId, ImportError> {
    let mut shape = vec![1; rank];
    shape[axis] = numbers.len();
    let numbers = Tensor::i64(shape, numbers).map_err(|error| node.unsupported(error.to_string()))?;
    node.add_constant("positions", numbers)
}

/// `Hardmax`: 1 at the first of the largest elements, 0 elsewhere. Before opset 13, all axes from `axis` on are one.
fn hardmax(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut x = node.input(0)?;
    let shape = node.shape(0)?;
    let together = node.importer.opset < 13;
    let mut axis = node.axis(node.int("axis", if together { 1 } else { -1 }), shape.len())?;
    if together {
        let rows = shape[..axis].iter().product();
        let flat = vec![rows, shape[axis..].iter().product()];
        x = node.step("flat", Reshape { shape: flat }, &[x])?;
        axis = 1;
    }
    let dims = node.importer.b.shape(x).to_vec();
    let (length, rank) = (dims[axis] as i64, dims.len());
    let largest = node.step("largest", Reduce { kind: ReduceKind::Max, axes: vec![axis] }, &[x])?;
    let is_largest = node.step("is_largest", Binary::Equal, &[x, largest])?;
    let positions = along(node, axis, rank, (0..length).collect())?;
    let positions = node.step("places", Cast { to: DType::F32 }, &[positions])?;
    let behind = node.add_number("behind", length as f32)?;
    let candidates = node.step("candidates", Where, &[is_largest, positions, behind])?;
    let first = node.step("first", Reduce { kind: ReduceKind::Min, axes: vec![axis] }, &[candidates])?;
    let hot = node.step("hot", Binary::Equal, &[positions, first])?;
    if !together {
        return node.finish(Cast { to: DType::F32 }, &[hot]);
    }
    let hot = node.step("number", Cast { to: DType::F32 }, &[hot])?;
    node.finish(Reshape { shape }, &[hot])
}
