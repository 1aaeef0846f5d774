//! Sums, means and the like along axes.

use edgeconv_graph::DType;

use super::{Added, Call, Entry, entry};
use crate::attributes::int;

pub(super) const ENTRIES: &[Entry] = &[
    entry("mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None)", |c| {
        c.reduced("ReduceMean")
    }),
    entry("mean(Tensor self, *, ScalarType? dtype=None)", |c| c.reduced("ReduceMean")),
    entry("sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None)", |c| {
        c.reduced("ReduceSum")
    }),
    entry("sum(Tensor self, *, ScalarType? dtype=None)", |c| c.reduced("ReduceSum")),
    entry("prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None)", |c| {
        c.reduced("ReduceProd")
    }),
    entry("prod(Tensor self, *, ScalarType? dtype=None)", |c| c.reduced("ReduceProd")),
    entry("any(Tensor self)", |c| c.reduced_logic("ReduceMax")),
    entry("any.dim(Tensor self, int dim, bool keepdim=False)", |c| c.reduced_logic("ReduceMax")),
    entry("any.dims(Tensor self, int[]? dim=None, bool keepdim=False)", |c| c.reduced_logic("ReduceMax")),
    entry("all(Tensor self)", |c| c.reduced_logic("ReduceMin")),
    entry("all.dim(Tensor self, int dim, bool keepdim=False)", |c| c.reduced_logic("ReduceMin")),
    entry("all.dims(Tensor self, int[]? dim=None, bool keepdim=False)", |c| c.reduced_logic("ReduceMin")),
    entry("amax(Tensor self, int[1] dim=[], bool keepdim=False)", |c| c.reduced("ReduceMax")),
    entry("amin(Tensor self, int[1] dim=[], bool keepdim=False)", |c| c.reduced("ReduceMin")),
    entry("max(Tensor self)", |c| c.reduced("ReduceMax")),
    entry("min(Tensor self)", |c| c.reduced("ReduceMin")),
    entry("logsumexp(Tensor self, int[1] dim, bool keepdim=False)", |c| c.reduced("ReduceLogSumExp")),
    entry("max.dim(Tensor self, int dim, bool keepdim=False)", |c| with_place(c, "ReduceMax", "ArgMax")),
    entry("min.dim(Tensor self, int dim, bool keepdim=False)", |c| with_place(c, "ReduceMin", "ArgMin")),
    entry("argmax(Tensor self, int? dim=None, bool keepdim=False)", |c| place(c, "ArgMax")),
    entry("argmin(Tensor self, int? dim=None, bool keepdim=False)", |c| place(c, "ArgMin")),
    entry("var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False)", |c| {
        spread(c, false)
    }),
    entry("var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False)", |c| spread(c, false)),
    entry("std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False)", |c| {
        spread(c, true)
    }),
    entry("std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False)", |c| spread(c, true)),
    entry("var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False)", |c| {
        spread_and_mean(c, false)
    }),
    entry("std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False)", |c| {
        spread_and_mean(c, true)
    }),
    entry("var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False)", |c| {
        spread_and_mean(c, false)
    }),
    entry("std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False)", |c| {
        spread_and_mean(c, true)
    }),
];

fn with_place(c: &mut Call<'_, '_>, op_type: &str, places: &str) -> Added {
    let (x, axis) = (c.tensor("self")?, c.axis("dim", c.rank("self")?)?);
    let keep = int("keepdims", c.bool("keepdim")?.into());
    let index = c.step(places, &[&x], vec![int("axis", axis), keep.clone()]);
    let axes = c.writer.known_ints(&[axis]);
    let mut results = c.last(op_type, &[&x, &axes], vec![keep])?;
    results.push(super::Held::Tensor(index));
    Ok(results)
}

fn place(c: &mut Call<'_, '_>, op_type: &str) -> Added {
    let (x, rank) = (c.tensor("self")?, c.rank("self")?);
    if c.optional_ints("dim")?.is_none() {
        let flat = c.reshaped(&x, &[super::Int::Known(-1)]);
        return c.last(op_type, &[&flat], vec![int("axis", 0), int("keepdims", 0)]);
    }
    let attributes = vec![int("axis", c.axis("dim", rank)?), int("keepdims", c.bool("keepdim")?.into())];
    c.last(op_type, &[&x], attributes)
}

/// Variance, or its root: of so many elements less the correction.
fn spread(c: &mut Call<'_, '_>, is_root: bool) -> Added {
    let (x, shape) = (c.tensor("self")?, c.shape("self")?);
    let axes = c.axes("dim", shape.len() as i64)?;
    let mut lengths = axes.iter().map(|&axis| shape.get(axis as usize).copied().flatten());
    let count = lengths.try_fold(1i64, |count, length| count.checked_mul(length?));
    let count = count.ok_or("the number of its elements is open")? as f64;
    let correction = match c.optional_float("correction") {
        Ok(Some(correction)) => correction,
        _ => f64::from(u8::from(c.bool("unbiased").unwrap_or(true))),
    };
    let axes = c.writer.known_ints(&axes);
    let mean = c.step("ReduceMean", &[&x, &axes], vec![int("keepdims", 1)]);
    let off = c.step("Sub", &[&x, &mean], vec![]);
    let square = c.step("Mul", &[&off, &off], vec![]);
    let keep = int("keepdims", c.bool("keepdim")?.into());
    let mut var = c.step("ReduceMean", &[&square, &axes], vec![keep]);
    if correction != 0.0 {
        let factor = c.scalar(count / (count - correction), c.result_dtype()?);
        var = c.step("Mul", &[&var, &factor], vec![]);
    }
    c.last(if is_root { "Sqrt" } else { "Identity" }, &[&var], vec![])
}

fn spread_and_mean(c: &mut Call<'_, '_>, is_root: bool) -> Added {
    let mut results = spread(c, is_root)?;
    let (x, axes) = (c.tensor("self")?, c.axes("dim", c.rank("self")?)?);
    let axes = c.writer.known_ints(&axes);
    let mean = c.step("ReduceMean", &[&x, &axes], vec![int("keepdims", c.bool("keepdim")?.into())]);
    results.push(super::Held::Tensor(mean));
    Ok(results)
}

impl Call<'_, '_> {
    fn reduced(&mut self, op_type: &str) -> Added {
        let to = self.result_dtype()?;
        let (x, rank) = (self.operand("self", to)?, self.rank("self")?);
        let keep = int("keepdims", self.bool("keepdim").unwrap_or(false).into());
        let axes = self.axes("dim", rank)?;
        let axes = self.writer.known_ints(&axes);
        self.last(op_type, &[&x, &axes], vec![keep])
    }

    /// Of what is true, in integers.
    fn reduced_logic(&mut self, op_type: &str) -> Added {
        let (x, rank) = (self.operand("self", DType::Bool)?, self.rank("self")?);
        let keep = int("keepdims", self.bool("keepdim").unwrap_or(false).into());
        let axes = self.axes("dim", rank)?;
        let axes = self.writer.known_ints(&axes);
        let x = self.cast(&x, DType::I32);
        let reduced = self.step(op_type, &[&x, &axes], vec![keep]);
        self.last("Cast", &[&reduced], vec![int("to", crate::element_type::number(DType::Bool).into())])
    }
}
