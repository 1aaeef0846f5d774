//! Normalisation.

use super::super::program::Int;
use super::{Added, Call, Entry, Refused, entry};
use crate::attributes::{float, int};

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled)",
        batch_norm,
    ),
    entry(
        "_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps)",
        batch_norm,
    ),
    entry(
        "_native_batch_norm_legit.no_stats(Tensor input, Tensor? weight, Tensor? bias, bool training, float momentum, float eps)",
        |c| {
            let normed = by_itself(c)?;
            c.only_first(normed)
        },
    ),
    entry(
        "layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True)",
        layer_norm,
    ),
    entry(
        "native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps)",
        layer_norm,
    ),
    entry(
        "group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True)",
        |c| {
            let groups = c.known("num_groups")?;
            group_norm(c, groups)
        },
    ),
    entry(
        "native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps)",
        |c| {
            let groups = c.known("group")?;
            group_norm(c, groups)
        },
    ),
    entry(
        "instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled)",
        |c| {
            if !c.bool("use_input_stats")? {
                return batch_norm(c);
            }
            let channels = c.channels("input")?;
            let (x, eps) = (c.tensor("input")?, c.float("eps")?);
            let (weight, bias) = (c.or_filled("weight", 1.0, channels)?, c.or_filled("bias", 0.0, channels)?);
            c.last("InstanceNormalization", &[&x, &weight, &bias], vec![float("epsilon", eps)])
        },
    ),
    entry("rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None)", |c| {
        let (x, weight) = (c.tensor("input")?, c.optional("weight")?);
        let eps = c.optional_float("eps")?.unwrap_or(f64::from(f32::EPSILON));
        let count = c.known_ints("normalized_shape")?.len() as i64;
        let axes: Vec<_> = (-count..0).collect();
        let (axes, eps) = (c.writer.known_ints(&axes), c.scalar(eps, c.dtype("input")?));
        let square = c.step("Mul", &[&x, &x], vec![]);
        let mean = c.step("ReduceMean", &[&square, &axes], vec![int("keepdims", 1)]);
        let sum = c.step("Add", &[&mean, &eps], vec![]);
        let root = c.step("Sqrt", &[&sum], vec![]);
        match weight {
            None => c.last("Div", &[&x, &root], vec![]),
            Some(weight) => {
                let normed = c.step("Div", &[&x, &root], vec![]);
                c.last("Mul", &[&normed, &weight], vec![])
            }
        }
    }),
    entry(
        "linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None)",
        |c| {
            let op_type = match c.float("ord")? {
                2.0 => "ReduceL2",
                1.0 => "ReduceL1",
                other => return Err(format!("it is the norm of order {other}")),
            };
            let (x, axes) = (c.tensor("self")?, c.axes("dim", c.rank("self")?)?);
            let axes = c.writer.known_ints(&axes);
            let keep = int("keepdims", c.bool("keepdim")?.into());
            c.last(op_type, &[&x, &axes], vec![keep])
        },
    ),
    entry("dropout(Tensor input, float p, bool train)", dropout),
    entry("feature_dropout(Tensor input, float p, bool train)", dropout),
    entry("alpha_dropout(Tensor input, float p, bool train)", dropout),
    entry("native_dropout(Tensor input, float p, bool? train)", dropout),
];

/// By running statistics; or by those of the input, if there are no others: networks that standardise their weights do it so.
fn batch_norm(c: &mut Call<'_, '_>) -> Added {
    if c.bool("training").unwrap_or(false) {
        if c.optional("running_mean")?.is_some() {
            return Err("it normalises by the batch: export the model in eval mode".into());
        }
        return by_itself(c);
    }
    let channels = c.channels("input")?;
    let (x, eps) = (c.tensor("input")?, c.float("eps")?);
    let (weight, bias) = (c.or_filled("weight", 1.0, channels)?, c.or_filled("bias", 0.0, channels)?);
    let (mean, var) = (c.tensor("running_mean")?, c.tensor("running_var")?);
    let mut results = c.last("BatchNormalization", &[&x, &weight, &bias, &mean, &var], vec![float("epsilon", eps)])?;
    // What training would need.
    results.extend(vec![results[0].clone(); c.result_count().saturating_sub(1)]);
    Ok(results)
}

/// A batch norm without statistics of its own, as networks use it on their weights.
fn by_itself(c: &mut Call<'_, '_>) -> Added {
    let (x, eps, rank, dtype) = (c.tensor("input")?, c.float("eps")?, c.rank("input")?, c.dtype("input")?);
    let axes: Vec<_> = (0..rank).filter(|&axis| axis != 1).collect();
    let (axes, eps, keep) = (c.writer.known_ints(&axes), c.scalar(eps, dtype), int("keepdims", 1));
    let mean = c.step("ReduceMean", &[&x, &axes], vec![keep.clone()]);
    let off = c.step("Sub", &[&x, &mean], vec![]);
    let square = c.step("Mul", &[&off, &off], vec![]);
    let var = c.step("ReduceMean", &[&square, &axes], vec![keep]);
    let sum = c.step("Add", &[&var, &eps], vec![]);
    let root = c.step("Sqrt", &[&sum], vec![]);
    let mut value = c.step("Div", &[&off, &root], vec![]);
    for (name, op_type) in [("weight", "Mul"), ("bias", "Add")] {
        if let Some(operand) = c.for_channels(name, rank)? {
            value = c.step(op_type, &[&value, &operand], vec![]);
        }
    }
    c.same(value)
}

fn layer_norm(c: &mut Call<'_, '_>) -> Added {
    let shape = c.known_ints("normalized_shape")?;
    let (x, eps) = (c.tensor("input")?, c.float("eps")?);
    let weight = match c.optional("weight")? {
        Some(weight) => weight,
        None => c.filled(1.0, &shape)?,
    };
    let bias = c.optional("bias")?;
    let operands: Vec<_> = [Some(&x), Some(&weight), bias.as_ref()].into_iter().flatten().map(String::as_str).collect();
    let attributes = vec![int("axis", -(shape.len() as i64)), float("epsilon", eps)];
    let mut results = c.last("LayerNormalization", &operands, attributes)?;
    results.extend(vec![results[0].clone(); c.result_count().saturating_sub(1)]);
    Ok(results)
}

/// Instances of groups are normalised, then each channel gets its factor.
fn group_norm(c: &mut Call<'_, '_>, groups: i64) -> Added {
    let (x, eps, rank) = (c.tensor("input")?, c.float("eps")?, c.rank("input")?);
    let source = c.source("input")?.to_owned();
    let shape = (0..rank).map(|axis| c.length(&source, axis)).collect::<Result<Vec<_>, _>>()?;
    let grouped = c.reshaped(&x, &[Int::Known(0), Int::Known(groups), Int::Known(-1)]);
    let (ones, zeros) = (c.filled(1.0, &[groups])?, c.filled(0.0, &[groups])?);
    let normed = c.step("InstanceNormalization", &[&grouped, &ones, &zeros], vec![float("epsilon", eps)]);
    let (weight, bias) = (c.for_channels("weight", rank)?, c.for_channels("bias", rank)?);
    let target = c.writer.ints(&shape);
    let steps = [weight.map(|weight| ("Mul", weight)), bias.map(|bias| ("Add", bias))];
    let steps: Vec<_> = steps.into_iter().flatten().collect();
    let Some(((last, operand), before)) = steps.split_last() else {
        let results = c.last("Reshape", &[&normed, &target], vec![])?;
        return c.only_first(results);
    };
    let mut value = c.step("Reshape", &[&normed, &target], vec![]);
    for (op_type, operand) in before {
        value = c.step(op_type, &[&value, operand], vec![]);
    }
    let results = c.last(last, &[&value, operand], vec![])?;
    c.only_first(results)
}

fn dropout(c: &mut Call<'_, '_>) -> Added {
    if c.bool("train")? && c.float("p")? > 0.0 {
        return Err("it drops elements: export the model in eval mode".into());
    }
    let x = c.tensor("input")?;
    c.same(x)
}

impl Call<'_, '_> {
    fn channels(&self, name: &str) -> Result<i64, Refused> {
        self.shape(name)?.get(1).copied().flatten().ok_or_else(|| "its number of channels is open".into())
    }

    /// One number in a shape, in the element type of the input.
    fn filled(&mut self, number: f64, shape: &[i64]) -> Result<String, Refused> {
        let number = self.scalar(number, self.dtype("input")?);
        let shape = self.writer.known_ints(shape);
        Ok(self.step("Expand", &[&number, &shape], vec![]))
    }

    fn or_filled(&mut self, name: &str, number: f64, channels: i64) -> Result<String, Refused> {
        match self.optional(name)? {
            Some(tensor) => Ok(tensor),
            None => self.filled(number, &[channels]),
        }
    }

    /// A number for each channel, for maps of this rank.
    fn for_channels(&mut self, name: &str, rank: i64) -> Result<Option<String>, Refused> {
        let Some(tensor) = self.optional(name)? else { return Ok(None) };
        let axes: Vec<_> = (1..rank - 1).collect();
        if axes.is_empty() {
            return Ok(Some(tensor));
        }
        let axes = self.writer.known_ints(&axes);
        Ok(Some(self.step("Unsqueeze", &[&tensor, &axes], vec![])))
    }
}
