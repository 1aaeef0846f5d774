//! Operators whose results share the elements of their operand, and the way back: the operand with other elements in the place of a result.

use edgeconv_graph::DType;

use super::super::program::{Int, Writer};
use super::super::schema::{Argument, Node, Size};
use super::super::weights::is_in_rows;
use super::{Call, Refused, short};
use crate::attributes::{int, ints};

/// How the elements of a result lie in the operand.
#[derive(Clone, Copy)]
enum View {
    /// All of them, in their order.
    Reshape,
    /// The same if elements of the operand lie in rows, else the result is a copy.
    ReshapeOrCopy,
    /// The operand itself if its elements have the type already, else the result is a copy.
    ConvertedOrSame,
    /// With other axes.
    Turned,
    /// A part along an axis.
    Part,
    /// Some of them several times.
    Repeated,
}

const VIEWS: [(&str, View); 33] = [
    ("alias", View::Reshape),
    ("as_strided", View::Reshape),
    ("detach", View::Reshape),
    ("dropout", View::Reshape),
    ("squeeze", View::Reshape),
    ("unflatten", View::Reshape),
    ("unsqueeze", View::Reshape),
    ("view", View::Reshape),
    ("view_as", View::Reshape),
    ("contiguous", View::ReshapeOrCopy),
    ("flatten", View::ReshapeOrCopy),
    ("reshape", View::ReshapeOrCopy),
    ("reshape_as", View::ReshapeOrCopy),
    ("to", View::ConvertedOrSame),
    ("type_as", View::ConvertedOrSame),
    ("mT", View::Turned),
    ("movedim", View::Turned),
    ("numpy_T", View::Turned),
    ("permute", View::Turned),
    ("swapaxes", View::Turned),
    ("swapdims", View::Turned),
    ("t", View::Turned),
    ("transpose", View::Turned),
    ("chunk", View::Part),
    ("narrow", View::Part),
    ("select", View::Part),
    ("slice", View::Part),
    ("split", View::Part),
    ("split_with_sizes", View::Part),
    ("tensor_split", View::Part),
    ("unbind", View::Part),
    ("expand", View::Repeated),
    ("expand_as", View::Repeated),
];

pub(super) fn is_view(target: &str) -> bool {
    view(target).is_some()
}

fn view(target: &str) -> Option<View> {
    let name = short(target).split('.').next().unwrap_or_default();
    let name = name.strip_suffix('_').unwrap_or(name);
    VIEWS.into_iter().find(|(other, _)| *other == name).map(|(_, view)| view)
}

/// Whether the results of a node share the elements of its operand.
///
/// # Errors
/// If the program does not say what they are.
pub(in super::super) fn shares(writer: &Writer<'_>, node: &Node, operand: &str) -> Result<bool, Refused> {
    Ok(match (view(&node.target), node.outputs.first().and_then(Argument::tensor)) {
        (None, _) => false,
        // One of elements in rows is no copy; a copy has its elements in rows.
        (Some(View::ReshapeOrCopy), Some(result)) => {
            is_stored_in_rows(writer, operand)? || !is_stored_in_rows(writer, result)?
        }
        (Some(View::ConvertedOrSame), Some(result)) => writer.meta(operand)?.dtype == writer.meta(result)?.dtype,
        (Some(_), _) => true,
    })
}

/// Whether the elements of a tensor lie one behind the other; so they do where lengths are open, which is how inputs are exported.
fn is_stored_in_rows(writer: &Writer<'_>, name: &str) -> Result<bool, Refused> {
    let meta = writer.meta(name)?;
    let known = |size: &Size| match size {
        Size::AsInt(size) => usize::try_from(*size).ok(),
        Size::AsExpr(_) => None,
    };
    let all = |sizes: &[Size]| sizes.iter().map(known).collect::<Option<Vec<_>>>();
    Ok(all(&meta.sizes).zip(all(&meta.strides)).is_none_or(|(sizes, strides)| is_in_rows(&sizes, &strides)))
}

/// The operand of the view that a call is, one of whose results has these elements.
pub(super) fn put_back(c: &mut Call<'_, '_>, result: usize, value: String) -> Result<String, Refused> {
    let view = view(&c.node.target).ok_or("it is no view")?;
    let whole = c.tensor(if c.source("self").is_ok() { "self" } else { "input" })?;
    match view {
        View::Reshape | View::ReshapeOrCopy | View::ConvertedOrSame => {
            let shape = c.step("Shape", &[&whole], vec![]);
            Ok(c.step("Reshape", &[&value, &shape], vec![]))
        }
        View::Turned => turned_back(c, &value),
        View::Part => part_back(c, result, &whole, value),
        View::Repeated => Err("some of its elements are there several times".into()),
    }
}

fn turned_back(c: &mut Call<'_, '_>, value: &str) -> Result<String, Refused> {
    let perm = c.turned_axes()?;
    let mut back = vec![0; perm.len()];
    (0..).zip(&perm).for_each(|(place, &axis)| back[axis as usize] = place);
    Ok(c.step("Transpose", &[value], vec![ints("perm", &back)]))
}

fn part_back(c: &mut Call<'_, '_>, result: usize, whole: &str, mut value: String) -> Result<String, Refused> {
    let axis = c.axis("dim", c.rank("self")?)?;
    let (start, end, step) = match short(&c.node.target).split('.').next().unwrap_or_default() {
        "select" | "unbind" => {
            let index = if c.is_given("index") { c.known("index")? } else { result as i64 };
            let axes = c.writer.known_ints(&[axis]);
            value = c.step("Unsqueeze", &[&value, &axes], vec![]);
            (index, if index == -1 { i64::MAX } else { index.saturating_add(1) }, 1)
        }
        "slice" => c.slice()?,
        "narrow" => {
            let (start, length) = (c.known("start")?, c.known("length")?);
            let end = start.saturating_add(length);
            (start, if start < 0 && end >= 0 { i64::MAX } else { end }, 1)
        }
        _ => {
            let lengths = c.result_lengths(axis)?;
            let start = lengths.iter().take(result).fold(0i64, |start, &length| start.saturating_add(length));
            (start, start.saturating_add(lengths.get(result).copied().unwrap_or_default()), 1)
        }
    };
    put(c, whole, &value, axis, (start, end, step))
}

/// A tensor with other elements from `start` to `end` of an axis, in steps.
pub(super) fn put(
    c: &mut Call<'_, '_>,
    whole: &str,
    value: &str,
    axis: i64,
    (start, end, step): (i64, i64, i64),
) -> Result<String, Refused> {
    let axes = c.writer.known_ints(&[axis]);
    // Nothing is left behind the last element.
    let is_last = c.shape("self")?.get(axis as usize).copied().flatten() == Some(end);
    let end = if is_last { i64::MAX } else { end };
    if step == 1 {
        let [zero, from, to, last] = [0, start, end, i64::MAX].map(|int| c.writer.known_ints(&[int]));
        let before = (start != 0).then(|| c.step("Slice", &[whole, &zero, &from, &axes], vec![]));
        let behind = (end < i64::MAX).then(|| c.step("Slice", &[whole, &to, &last, &axes], vec![]));
        let parts: Vec<_> = [before.as_deref(), Some(value), behind.as_deref()].into_iter().flatten().collect();
        return Ok(match &parts[..] {
            [all] => c.step("Identity", &[all], vec![]),
            parts => c.step("Concat", parts, vec![int("axis", axis)]),
        });
    }
    // The places along the axis, for all elements of the part.
    let shape = c.step("Shape", &[value], vec![]);
    let count = c.step("Shape", &[value], vec![int("start", axis), int("end", axis + 1)]);
    let count = c.step("Squeeze", &[&count], vec![]);
    let [zero, one, start, step] = [0, 1, start, step].map(|int| c.scalar(int as f64, DType::I64));
    let places = c.step("Range", &[&zero, &count, &one], vec![]);
    let places = c.step("Mul", &[&places, &step], vec![]);
    let places = c.step("Add", &[&places, &start], vec![]);
    let rank = c.rank("self")?;
    let along: Vec<_> = (0..rank).map(|other| Int::Known(if other == axis { -1 } else { 1 })).collect();
    let places = c.reshaped(&places, &along);
    let places = c.step("Expand", &[&places, &shape], vec![]);
    Ok(c.step("ScatterElements", &[whole, &places, value], vec![int("axis", axis)]))
}

impl Call<'_, '_> {
    /// Start, end and step of a slice: from the front where the length of its axis is known, the end [`i64::MAX`] where it is the last.
    pub fn slice(&self) -> Result<(i64, i64, i64), Refused> {
        let rank = self.rank("self")?;
        let length = self.shape("self")?.get(self.axis("dim", rank)? as usize).copied().flatten();
        let known = |name: &str, otherwise: i64| match self.optional_ints(name)?.as_deref() {
            None => Ok(otherwise),
            Some([Int::Known(known)]) => Ok(*known),
            Some(_) => Err(format!("its argument `{name}` is computed, it has to be known")),
        };
        let (mut start, mut end, step) = (known("start", 0)?, known("end", i64::MAX)?, known("step", 1)?);
        if let Some(length) = length {
            let front = |place: i64| if place < 0 { (place.saturating_add(length)).max(0) } else { place.min(length) };
            (start, end) = (front(start), front(end));
            if end == length {
                end = i64::MAX;
            }
        }
        let is_empty = (start < 0) == (end < 0) && end < start;
        Ok((start, if is_empty { start } else { end }, step))
    }
}
