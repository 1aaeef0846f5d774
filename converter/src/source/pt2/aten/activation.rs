//! Functions of each element that networks learn around.

use super::super::schema::Node;
use super::{Added, Call, Entry, entry};
use crate::attributes::{float, int, string};

pub(super) const ENTRIES: &[Entry] = &[
    entry("relu(Tensor self)", |c| c.unary("Relu")),
    entry("relu6(Tensor self)", |c| c.clamped(0.0, 6.0)),
    entry("hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1)", |c| {
        let (least, most) = (c.float("min_val")?, c.float("max_val")?);
        c.clamped(least, most)
    }),
    entry("hardswish(Tensor self)", |c| c.unary("HardSwish")),
    entry("hardsigmoid(Tensor self)", |c| {
        let x = c.tensor("self")?;
        c.last("HardSigmoid", &[&x], vec![float("alpha", 1.0 / 6.0), float("beta", 0.5)])
    }),
    entry("silu(Tensor self)", |c| {
        let x = c.tensor("self")?;
        let gate = c.step("Sigmoid", &[&x], vec![]);
        c.last("Mul", &[&x, &gate], vec![])
    }),
    entry("sigmoid(Tensor self)", |c| c.unary("Sigmoid")),
    entry("tanh(Tensor self)", |c| c.unary("Tanh")),
    entry("softsign(Tensor self)", |c| c.unary("Softsign")),
    entry("mish(Tensor self)", |c| c.unary("Mish")),
    entry("gelu(Tensor self, *, str approximate='none')", |c| {
        let (x, approximate) = (c.tensor("self")?, c.text("approximate").unwrap_or_default());
        c.last("Gelu", &[&x], vec![string("approximate", &approximate)])
    }),
    entry("elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1)", |c| {
        let (x, alpha) = (c.tensor("self")?, c.float("alpha")?);
        if (c.float("scale")?, c.float("input_scale")?) != (1.0, 1.0) {
            return Err("its scales are other than 1".into());
        }
        c.last("Elu", &[&x], vec![float("alpha", alpha)])
    }),
    entry("celu(Tensor self, Scalar alpha=1.0)", |c| {
        let (x, alpha) = (c.tensor("self")?, c.float("alpha")?);
        c.last("Celu", &[&x], vec![float("alpha", alpha)])
    }),
    entry("selu(Tensor self)", |c| c.unary("Selu")),
    entry("leaky_relu(Tensor self, Scalar negative_slope=0.01)", |c| {
        let (x, slope) = (c.tensor("self")?, c.float("negative_slope")?);
        c.last("LeakyRelu", &[&x], vec![float("alpha", slope)])
    }),
    entry("prelu(Tensor self, Tensor weight)", prelu),
    entry("_prelu_kernel(Tensor self, Tensor weight)", |c| {
        let (x, slope) = (c.tensor("self")?, c.tensor("weight")?);
        c.last("PRelu", &[&x, &slope], vec![])
    }),
    entry("softplus(Tensor self, Scalar beta=1, Scalar threshold=20)", |c| {
        let (x, beta, threshold) = (c.tensor("self")?, c.float("beta")?, c.float("threshold")?);
        let dtype = c.result_dtype()?;
        // From there on it is its operand, to the last place.
        let is_cut = threshold < SOFTPLUS_IS_SAME;
        if beta == 1.0 && !is_cut {
            return c.last("Softplus", &[&x], vec![]);
        }
        let (beta, threshold) = (c.scalar(beta, dtype), c.scalar(threshold, dtype));
        let scaled = c.step("Mul", &[&x, &beta], vec![]);
        let plus = c.step("Softplus", &[&scaled], vec![]);
        if !is_cut {
            return c.last("Div", &[&plus, &beta], vec![]);
        }
        let plus = c.step("Div", &[&plus, &beta], vec![]);
        let is_above = c.step("Greater", &[&scaled, &threshold], vec![]);
        c.last("Where", &[&is_above, &x, &plus], vec![])
    }),
    entry("log_sigmoid(Tensor self)", |c| {
        let x = c.tensor("self")?;
        let gate = c.step("Sigmoid", &[&x], vec![]);
        c.last("Log", &[&gate], vec![])
    }),
    entry("softmax.int(Tensor self, int dim, ScalarType? dtype=None)", |c| c.softmax("Softmax")),
    entry("_softmax(Tensor self, int dim, bool half_to_float)", |c| c.softmax("Softmax")),
    entry("_safe_softmax(Tensor self, int dim, ScalarType? dtype=None)", safe_softmax),
    entry("log_softmax.int(Tensor self, int dim, ScalarType? dtype=None)", |c| c.softmax("LogSoftmax")),
    entry("_log_softmax(Tensor self, int dim, bool half_to_float)", |c| c.softmax("LogSoftmax")),
    entry("glu(Tensor self, int dim=-1)", |c| {
        let x = c.tensor("self")?;
        let axis = c.axis("dim", c.rank("self")?)?;
        let halves = c.split(&x, 2, axis);
        let gate = c.step("Sigmoid", &[&halves[1]], vec![]);
        c.last("Mul", &[&halves[0], &gate], vec![])
    }),
    entry("hardshrink(Tensor self, Scalar lambd=0.5)", |c| {
        let (x, bound) = (c.tensor("self")?, c.float("lambd")?);
        c.last("Shrink", &[&x], vec![float("lambd", bound), float("bias", 0.0)])
    }),
    entry("softshrink(Tensor self, Scalar lambd=0.5)", |c| {
        let (x, bound) = (c.tensor("self")?, c.float("lambd")?);
        c.last("Shrink", &[&x], vec![float("lambd", bound), float("bias", bound)])
    }),
    entry("threshold(Tensor self, Scalar threshold, Scalar value)", |c| {
        let (x, dtype) = (c.tensor("self")?, c.dtype("self")?);
        let (threshold, value) = (c.float("threshold")?, c.float("value")?);
        let (threshold, value) = (c.scalar(threshold, dtype), c.scalar(value, dtype));
        let above = c.step("Greater", &[&x, &threshold], vec![]);
        c.last("Where", &[&above, &x, &value], vec![])
    }),
];

/// Where ln(1 + exp(x)) is x in 32-bit floats.
const SOFTPLUS_IS_SAME: f64 = 17.0;

/// Where all is −∞, as in a row that a mask leaves nothing of, it gives zeros; without a mask there is no such row.
fn safe_softmax(c: &mut Call<'_, '_>) -> Added {
    let is_masked = |node: &Node| {
        ["add", "where", "masked_fill", "sub"].iter().any(|name| super::short(&node.target).starts_with(name))
    };
    if !c.producer("self")?.is_some_and(is_masked) {
        return c.softmax("Softmax");
    }
    let (x, axis, dtype) = (c.tensor("self")?, c.axis("dim", c.rank("self")?)?, c.dtype("self")?);
    let (axes, nothing, zero) =
        (c.writer.known_ints(&[axis]), c.scalar(f64::NEG_INFINITY, dtype), c.scalar(0.0, dtype));
    let most = c.step("ReduceMax", &[&x, &axes], vec![int("keepdims", 1)]);
    let is_there = c.step("Greater", &[&most, &nothing], vec![]);
    let shares = c.step("Softmax", &[&x], vec![int("axis", axis)]);
    c.last("Where", &[&is_there, &shares, &zero], vec![])
}

/// One slope for each channel.
fn prelu(c: &mut Call<'_, '_>) -> Added {
    let (x, mut slope) = (c.tensor("self")?, c.tensor("weight")?);
    let rank = c.rank("self")?;
    if rank > 2 && c.shape("weight")?.first() != Some(&Some(1)) {
        let axes: Vec<_> = (1..rank - 1).collect();
        let axes = c.writer.known_ints(&axes);
        slope = c.step("Unsqueeze", &[&slope, &axes], vec![]);
    }
    c.last("PRelu", &[&x, &slope], vec![])
}

impl Call<'_, '_> {
    /// An operator of one tensor.
    pub fn unary(&mut self, op_type: &str) -> Added {
        let x = self.tensor("self")?;
        self.last(op_type, &[&x], vec![])
    }

    fn clamped(&mut self, least: f64, most: f64) -> Added {
        let (x, dtype) = (self.tensor("self")?, self.dtype("self")?);
        let [least, most] = [least, most].map(|bound| self.scalar(bound, dtype));
        self.last("Clip", &[&x, &least, &most], vec![])
    }

    fn softmax(&mut self, op_type: &str) -> Added {
        let (is, to) = (self.dtype("self")?, self.result_dtype()?);
        let x = self.tensor("self")?;
        let x = self.as_dtype(x, is, to);
        let axis = self.axis("dim", self.rank("self")?)?;
        self.last(op_type, &[&x], vec![int("axis", axis)])
    }

    /// Equal parts along an axis.
    pub fn split(&mut self, tensor: &str, parts: usize, axis: i64) -> Vec<String> {
        let name = format!("{}/part", self.name());
        let names = vec![name.as_str(); parts];
        let attributes = vec![int("axis", axis), int("num_outputs", parts as i64)];
        self.writer.emit_all(&names, "Split", &[tensor], attributes)
    }
}
