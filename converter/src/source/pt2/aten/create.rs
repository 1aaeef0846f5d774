//! Tensors that are made of nothing, or of others' shapes.

use edgeconv_graph::DType;

use super::super::program::{Held, Int};
use super::{Added, Call, Entry, Refused, entry};
use crate::attributes::int;

pub(super) const ENTRIES: &[Entry] = &[
    entry("zeros(SymInt[] size, *, ScalarType? dtype=None)", |c| filled(c, Some(0.0))),
    entry("ones(SymInt[] size, *, ScalarType? dtype=None)", |c| filled(c, Some(1.0))),
    entry("empty.memory_format(SymInt[] size, *, ScalarType? dtype=None)", |c| filled(c, Some(0.0))),
    entry("full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None)", |c| filled(c, None)),
    entry("empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None)", |c| filled(c, Some(0.0))),
    entry("empty_permuted(SymInt[] size, int[] physical_layout, *, ScalarType? dtype=None)", |c| filled(c, Some(0.0))),
    entry("new_empty(Tensor self, SymInt[] size)", |c| filled(c, Some(0.0))),
    entry("empty_like(Tensor self)", |c| like(c, Some(0.0))),
    entry("new_zeros(Tensor self, SymInt[] size)", |c| filled(c, Some(0.0))),
    entry("new_ones(Tensor self, SymInt[] size)", |c| filled(c, Some(1.0))),
    entry("new_full(Tensor self, SymInt[] size, Scalar fill_value)", |c| filled(c, None)),
    entry("zeros_like(Tensor self)", |c| like(c, Some(0.0))),
    entry("ones_like(Tensor self)", |c| like(c, Some(1.0))),
    entry("full_like(Tensor self, Scalar fill_value)", |c| like(c, None)),
    entry("fill.Scalar(Tensor self, Scalar value)", |c| like(c, None)),
    entry("fill.Tensor(Tensor self, Tensor value)", |c| copy(c, "value")),
    entry("zero(Tensor self)", |c| like(c, Some(0.0))),
    entry("copy(Tensor self, Tensor src, bool non_blocking=False)", |c| copy(c, "src")),
    entry("scalar_tensor(Scalar s, *, ScalarType? dtype=None)", |c| {
        let (number, to) = (c.float("s")?, c.result_dtype()?);
        let scalar = c.scalar(number, to);
        c.same(scalar)
    }),
    entry("arange(Scalar end, *, ScalarType? dtype=None)", range),
    entry("arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None)", range),
    entry("arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None)", range),
    entry("eye(SymInt n, *, ScalarType? dtype=None)", |c| eye(c, "n")),
    entry("eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None)", |c| eye(c, "m")),
    entry("linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None)", |c| {
        let (start, end, steps, to) = (c.float("start")?, c.float("end")?, c.known("steps")?, c.result_dtype()?);
        let step = (end - start) / (steps.max(2) - 1) as f64;
        let [zero, count, one] = [0.0, steps as f64, 1.0].map(|number| c.scalar(number, DType::I64));
        let (start, step) = (c.scalar(start, to), c.scalar(step, to));
        let places = c.step("Range", &[&zero, &count, &one], vec![]);
        let places = c.as_dtype(places, DType::I64, to);
        let way = c.step("Mul", &[&places, &step], vec![]);
        c.last("Add", &[&way, &start], vec![])
    }),
    entry("meshgrid.indexing(Tensor[] tensors, *, str indexing)", grids),
    entry("meshgrid(Tensor[] tensors)", grids),
    entry("lift_fresh_copy(Tensor self)", |c| c.unary("Identity")),
    entry("detach(Tensor self)", |c| c.unary("Identity")),
    entry("alias(Tensor self)", |c| c.unary("Identity")),
    entry("clone(Tensor self, *, MemoryFormat? memory_format=None)", |c| c.unary("Identity")),
    entry("contiguous(Tensor self, *, MemoryFormat memory_format=contiguous_format)", |c| c.unary("Identity")),
    entry("to.dtype(Tensor self, ScalarType dtype)", convert),
    entry("to.dtype_layout(Tensor self, *, ScalarType? dtype=None)", convert),
    entry("to.device(Tensor self, Device device, ScalarType dtype)", convert),
    entry("to.other(Tensor self, Tensor other)", convert),
    entry("_to_copy(Tensor self, *, ScalarType? dtype=None)", convert),
    entry("type_as(Tensor self, Tensor other)", convert),
    entry("_assert_tensor_metadata(Tensor a)", |_| Ok(vec![])),
];

fn filled(c: &mut Call<'_, '_>, number: Option<f64>) -> Added {
    let number = number.map_or_else(|| c.float("fill_value"), Ok)?;
    let size = c.ints("size")?;
    let (to, shape) = (c.result_dtype()?, c.writer.ints(&size));
    let value = c.scalar(number, to);
    c.last("Expand", &[&value, &shape], vec![])
}

fn like(c: &mut Call<'_, '_>, number: Option<f64>) -> Added {
    let given = if c.optional_float("fill_value").ok().flatten().is_some() { "fill_value" } else { "value" };
    let number = number.map_or_else(|| c.float(given), Ok)?;
    let (x, to) = (c.tensor("self")?, c.result_dtype()?);
    let shape = c.step("Shape", &[&x], vec![]);
    let value = c.scalar(number, to);
    c.last("Expand", &[&value, &shape], vec![])
}

/// The elements of another tensor, in the shape and type of the operand.
fn copy(c: &mut Call<'_, '_>, from: &str) -> Added {
    let (x, to) = (c.tensor("self")?, c.dtype("self")?);
    let other = c.operand(from, to)?;
    if c.shape("self")? == c.shape(from)? && c.shape(from)?.iter().all(Option::is_some) {
        return c.last("Identity", &[&other], vec![]);
    }
    let shape = c.step("Shape", &[&x], vec![]);
    c.last("Expand", &[&other, &shape], vec![])
}

fn range(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let bound = |c: &mut Call<'_, '_>, name: &str, otherwise: f64| -> Result<String, Refused> {
        match c.int(name) {
            Ok(Int::Computed(number)) => {
                let number = c.as_dtype(number, DType::I64, to);
                Ok(c.step("Squeeze", &[&number], vec![]))
            }
            _ => {
                let number = c.optional_float(name).ok().flatten().unwrap_or(otherwise);
                Ok(c.scalar(number, to))
            }
        }
    };
    let (start, end, step) = (bound(c, "start", 0.0)?, bound(c, "end", 0.0)?, bound(c, "step", 1.0)?);
    c.last("Range", &[&start, &end, &step], vec![])
}

/// Ones where the row is the column.
fn eye(c: &mut Call<'_, '_>, columns: &str) -> Added {
    let (rows, columns, to) = (c.known("n")?, c.known(columns)?, c.result_dtype()?);
    let [zero, rows, columns, one] = [0, rows, columns, 1].map(|number| c.scalar(number as f64, DType::I64));
    let rows = c.step("Range", &[&zero, &rows, &one], vec![]);
    let columns = c.step("Range", &[&zero, &columns, &one], vec![]);
    let last = c.writer.known_ints(&[1]);
    let rows = c.step("Unsqueeze", &[&rows, &last], vec![]);
    let is_one = c.step("Equal", &[&rows, &columns], vec![]);
    c.last("Cast", &[&is_one], vec![int("to", crate::element_type::number(to).into())])
}

fn grids(c: &mut Call<'_, '_>) -> Added {
    if c.text("indexing").is_some_and(|indexing| indexing != "ij") {
        return Err("its grids are indexed by columns first".into());
    }
    let tensors: Vec<_> = c.tensors("tensors")?.into_iter().flatten().collect();
    let mut lengths = vec![];
    for tensor in &tensors {
        lengths.push(Int::Computed(c.step("Shape", &[tensor], vec![])));
    }
    let shape = c.writer.ints(&lengths);
    let rank = tensors.len();
    let mut grids = vec![];
    for (place, tensor) in tensors.iter().enumerate() {
        let dims: Vec<_> = (0..rank).map(|axis| Int::Known(if axis == place { -1 } else { 1 })).collect();
        let along = c.reshaped(tensor, &dims);
        grids.push(Held::Tensor(c.step("Expand", &[&along, &shape], vec![])));
    }
    Ok(grids)
}

fn convert(c: &mut Call<'_, '_>) -> Added {
    let (x, is, to) = (c.tensor("self")?, c.dtype("self")?, c.result_dtype()?);
    if is == to {
        return c.same(x);
    }
    c.last("Cast", &[&x], vec![int("to", crate::element_type::number(to).into())])
}
