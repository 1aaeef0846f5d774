//! Results whose number of rows depends on data. They get as many rows as there may be, and those that there are come first; what the
//! model returns of them is filled up, and a count says how many rows there are.

use edgeconv_graph::op::{Binary, Cast, Gather, Reduce, ReduceKind, Reshape, TopK, Where};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::node::Node;
use super::{ImportError, Importer, operators};

/// How a value's rows are bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rows {
    /// The axis along which they lie.
    pub axis: usize,
    /// Whether each row is there: `[rows]`, first those that are.
    pub there: ValueId,
}

/// Operators that compute each element from those at the same place of all operands, which are broadcast.
const ELEMENTWISE: &[&str] = &[
    "Abs",
    "Add",
    "And",
    "Cast",
    "CastLike",
    "Ceil",
    "Clip",
    "Cos",
    "Div",
    "Elu",
    "Equal",
    "Erf",
    "Exp",
    "Floor",
    "Greater",
    "GreaterOrEqual",
    "HardSigmoid",
    "Identity",
    "LeakyRelu",
    "Less",
    "LessOrEqual",
    "Log",
    "Max",
    "Min",
    "Mod",
    "Mul",
    "Neg",
    "Not",
    "Or",
    "Pow",
    "Reciprocal",
    "Relu",
    "Round",
    "Sigmoid",
    "Sign",
    "Sin",
    "Softplus",
    "Sqrt",
    "Sub",
    "Tanh",
    "Where",
    "Xor",
];

impl Node<'_, '_> {
    /// The positions `[rows]` of those elements of a boolean vector that are true, in their order, then of the others; and which rows
    /// those are.
    pub fn first_true(&mut self, there: ValueId) -> Result<(ValueId, ValueId), ImportError> {
        let count = self.dims(there).iter().product::<usize>();
        // The keys are floats that hold every integer up to there.
        self.check_table(count)?;
        // True ones in front, and all in their order: no two keys are equal.
        let keys = |first: usize| (0..count).map(|row| first as f32 - row as f32).collect();
        let in_front = self.store_floats([count], keys(count))?;
        let behind = self.store_floats([count], keys(0))?;
        let keys = self.apply(Where, &[there, in_front, behind])?;
        let sorted = self.apply_all(TopK { k: count, axis: 0, largest: true }, &[keys])?;
        let (&[keys, order], zero) = (sorted.as_slice(), self.store_number(DType::F32, 0.0)?) else {
            return Err(self.unsupported("sorting has two results"));
        };
        Ok((order, self.apply(Binary::Greater, &[keys, zero])?))
    }
}

/// The rows of a selection of boxes `[rows, 3]` that are there, first, and zeros: what operators read of a selection. What the model
/// returns of it is the selection itself, in which rows without a box stand behind those of each class.
fn selected(node: &mut Node<'_, '_>, selection: ValueId) -> Result<ValueId, ImportError> {
    let count = node.dims(selection)[0];
    let boxes = node.slice(selection, 1, 2, 3)?;
    let boxes = node.reshape(boxes, [count])?;
    let zero = node.store_number(DType::I64, 0.0)?;
    let there = node.apply(Binary::GreaterOrEqual, &[boxes, zero])?;
    let (order, there) = node.first_true(there)?;
    let rows = node.apply(Gather { axis: 0 }, &[selection, order])?;
    let column = node.reshape(there, [count, 1])?;
    let rows = node.apply(Where, &[column, rows, zero])?;
    node.importer.bounded.insert(rows, Rows { axis: 0, there });
    Ok(rows)
}

/// Imports a node, also one that reads values whose rows are bounded.
pub(super) fn import(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let selections: Vec<_> = (node.proto.input.iter())
        .filter_map(|name| {
            let id = *node.importer.values.get(name)?;
            Some((name.clone(), id, *node.importer.selections.get(&id)?))
        })
        .collect();
    for (name, id, rows) in &selections {
        let rows = match rows {
            Some(rows) => *rows,
            None => selected(node, *id)?,
        };
        node.importer.selections.insert(*id, Some(rows));
        node.importer.values.insert(name.clone(), rows);
    }
    operators::import(node)?;
    follow(node)?;
    node.importer.values.extend(selections.into_iter().map(|(name, id, _)| (name, id)));
    Ok(())
}

/// Says of the results of a node that has been imported how their rows are bounded, if those of operands are.
///
/// # Errors
/// If the rows that are not there would mix with the others.
fn follow(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    if matches!(node.proto.op_type(), "If" | "Loop" | "Scan") {
        // The nodes inside are followed.
        return Ok(());
    }
    let operand = |index: usize| -> Option<(usize, ValueId, Rows)> {
        let id = node.any_input(index).ok()?;
        Some((index, id, *node.importer.bounded.get(&id)?))
    };
    let bounded: Vec<_> = (0..node.proto.input.len()).filter(|&index| node.has(index)).filter_map(operand).collect();
    let Some(&(_, _, Rows { there, .. })) = bounded.first() else { return Ok(()) };
    let wanted = node.proto.output.clone();
    let results: Vec<_> = wanted.iter().filter_map(|name| node.importer.values.get(name).copied()).collect();
    for result in results {
        // The operand itself, or what an earlier reshape of it read.
        let known = node.importer.bounded.contains_key(&result);
        if known && !matches!(node.proto.op_type(), "Compress" | "NonZero") {
            continue;
        }
        let rows =
            result_axis(node, &bounded, result).filter(|_| bounded.iter().all(|(_, _, rows)| rows.there == there));
        let Some(axis) = rows else {
            let names = bounded.iter().map(|&(index, ..)| format!("`{}`", node.proto.input[index])).collect::<Vec<_>>();
            let reason = format!(
                "how many rows {} has depends on data, and this operator does not keep those apart that are not there",
                names.join(", ")
            );
            return Err(node.unsupported(reason));
        };
        let (before, after) = (node.dims(there)[0], node.dims(result)[axis]);
        let there = if before == after { there } else { node.slice(there, 0, 0, after)? };
        node.importer.bounded.insert(result, Rows { axis, there });
    }
    Ok(())
}

/// The axis of a result along which rows of operands lie; `None` if they do not come through as they are.
fn result_axis(node: &Node<'_, '_>, bounded: &[(usize, ValueId, Rows)], result: ValueId) -> Option<usize> {
    let (&(index, operand, Rows { axis, .. }), shape) = (bounded.first()?, node.dims(result));
    let from = node.dims(operand);
    let only = bounded.len() == 1;
    let op = node.proto.op_type();
    let own_axis = |default: i64| node.axis(node.int("axis", default), from.len()).ok();
    let found = match op {
        "Gather" if only && index == 1 => own_gather_axis(node)? + axis,
        "Gather" if only && index == 0 => {
            let along = own_axis(0).filter(|&along| along != axis)?;
            let indices = node.dims(node.input(1).ok()?).len();
            if along > axis { axis } else { axis + indices - 1 }
        }
        "GatherND" if only && index == 1 && node.int("batch_dims", 0) == 0 && axis + 1 < from.len() => axis,
        "Squeeze" | "Unsqueeze" | "Reshape" | "Flatten" if only && index == 0 => {
            let before: usize = from[..axis].iter().product();
            (0..shape.len()).find(|&at| shape[at] == from[axis] && shape[..at].iter().product::<usize>() == before)?
        }
        "Transpose" => {
            let perm = node.list("perm").unwrap_or_else(|| (0..from.len() as i64).rev().collect());
            perm.iter().position(|&from| from == axis as i64)?
        }
        "Concat" => {
            let all = bounded.len() == node.proto.input.len() && bounded.iter().all(|(_, _, rows)| rows.axis == axis);
            Some(axis).filter(|&axis| all && own_axis(0) != Some(axis))?
        }
        "Split" => Some(axis).filter(|&axis| own_axis(0) != Some(axis))?,
        "Slice" if index == 0 => Some(axis).filter(|_| begins_at_first_row(node, axis, from.len()))?,
        "Softmax" | "LogSoftmax" if node.opset() >= 13 => Some(axis).filter(|&axis| own_axis(-1) != Some(axis))?,
        "MatMul" if only && index == 0 && axis + 2 == from.len() => shape.len().checked_sub(2)?,
        op if ELEMENTWISE.contains(&op) => {
            let at = axis + shape.len() - from.len();
            let aligned = |&(_, id, rows): &(usize, ValueId, Rows)| rows.axis + shape.len() - node.dims(id).len() == at;
            Some(at).filter(|_| bounded.iter().all(aligned))?
        }
        _ => return None,
    };
    // Fewer rows are the first ones.
    (shape.get(found)? <= &from[axis]).then_some(found)
}

fn own_gather_axis(node: &Node<'_, '_>) -> Option<usize> {
    let rank = node.dims(node.input(0).ok()?).len();
    node.axis(node.int("axis", 0), rank).ok()
}

/// Whether a slice leaves an axis as it is, or keeps its first rows.
fn begins_at_first_row(node: &Node<'_, '_>, axis: usize, rank: usize) -> bool {
    let list = |index: usize, name: &str| node.ints(index).ok().flatten().or_else(|| node.list(name));
    let Some(starts) = list(1, "starts") else { return false };
    let axes = list(3, "axes").unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = list(4, "steps").unwrap_or_else(|| vec![1; starts.len()]);
    let of_rows = axes.iter().position(|&other| node.axis(other, rank).ok() == Some(axis));
    of_rows.is_none_or(|at| starts.get(at) == Some(&0) && steps.get(at) == Some(&1))
}

/// Key of the metadata, followed by the name of an output, that say along which axis its rows lie, and which output counts them.
pub const COUNTED: &str = "edgeconv.counted.";

impl Importer {
    /// Returns a value whose rows are bounded: −1 (integers), 0 (floats) or false where no row is. The number of those that are there,
    /// `[1]`, is to be returned under its own name.
    pub(super) fn bounded_output(
        &mut self,
        name: &str,
        value: ValueId,
        rows: Rows,
    ) -> Result<(String, ValueId), ImportError> {
        let ty = self.b.ty(value).clone();
        let nothing = match ty.dtype {
            DType::Bool => Tensor::single(false),
            dtype if dtype.is_float() => Tensor::scalar(0.0),
            dtype => Tensor::integer(-1).converted(dtype).unwrap_or(Tensor::integer(0)),
        };
        let mut own = |what: &str| self.free_name(format!("{name}.{what}"));
        let (nothing_name, there_name, filled_name) = (own("nothing")?, own("there")?, own("filled")?);
        let (ones_name, sum_name, counted) = (own("ones")?, own("sum")?, own("count")?);
        let b = &mut self.b;
        let nothing = b.constant(&nothing_name, nothing)?;
        let mut shape = vec![1; ty.rank()];
        shape[rows.axis] = ty.shape[rows.axis];
        let there = b.node(&there_name, Reshape { shape }, &[rows.there])?;
        let filled = b.node(&filled_name, Where, &[there, value, nothing])?;
        b.output(name, filled);
        let ones = b.node(&ones_name, Cast { to: DType::F32 }, &[rows.there])?;
        let sum = b.node(&sum_name, Reduce { kind: ReduceKind::Sum, axes: vec![0] }, &[ones])?;
        let count = b.node(&counted, Cast { to: DType::I64 }, &[sum])?;
        self.metadata.insert(format!("{COUNTED}{name}"), format!("{} {counted}", rows.axis));
        Ok((counted, count))
    }
}
