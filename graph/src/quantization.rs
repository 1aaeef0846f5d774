use edgeconv_tensor::Tensor;

use crate::op::{DequantizeLinear, Op, QuantizeLinear};

/// How the integers `q` of a value stand for real numbers: for `(q − zero point) · scale`, as in ONNX.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantization {
    /// Floats `[]`; with an axis, `[L]`, or of the value's rank with one for each block of the axis.
    pub scale: Tensor,
    /// Integers of the value's element type; `None` for 0.
    pub zero_point: Option<Tensor>,
    /// The axis along which scale and zero point differ.
    pub axis: Option<usize>,
    /// Whether floats may also stay what they are, rather than be rounded to what integers stand for.
    pub optional: bool,
}

impl Quantization {
    /// What a quantising operator says of the integers that it makes or reads, if all it says is known; `inputs` are those of its
    /// operands that are.
    pub(crate) fn of(op: &Op, inputs: &[Option<&Tensor>]) -> Option<Self> {
        let (Op::QuantizeLinear(QuantizeLinear { axis, .. }) | Op::DequantizeLinear(DequantizeLinear { axis, .. })) =
            op
        else {
            return None;
        };
        let scale = (*inputs.get(1)?)?.clone();
        let zero_point = match inputs.get(2) {
            Some(zero_point) => Some((*zero_point)?.clone()),
            None => None,
        };
        let per_axis = scale.len() > 1 || zero_point.as_ref().is_some_and(|zero_point| zero_point.len() > 1);
        Some(Self { scale, zero_point, axis: per_axis.then_some(*axis), optional: false })
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_tensor::{Tensor, TensorType};

    use crate::op::{DequantizeLinear, QuantizeLinear};
    use crate::{Builder, DType, Quantization};

    #[test]
    fn values_know_their_quantization() {
        let mut b = Builder::new("quantized");
        let x = b.input("x", [1, 2]).unwrap();
        let scale = b.constant("scale", Tensor::vector(vec![0.5, 0.25])).unwrap();
        let zero = b.constant("zero", Tensor::new([2], vec![3_i8, 0]).unwrap()).unwrap();
        let q = b.node("q", QuantizeLinear { to: DType::I8, axis: 1, block_size: 0 }, &[x, scale, zero]).unwrap();
        let y = b.node("y", DequantizeLinear { axis: 1, block_size: 0 }, &[q, scale, zero]).unwrap();
        let computed = b.typed_input("computed", TensorType::f32([])).unwrap();
        let open = b.node("open", QuantizeLinear { to: DType::U8, axis: 1, block_size: 0 }, &[y, computed]).unwrap();
        b.output("open", open);
        let graph = b.finish();
        let quant = graph.value(q).quant.as_ref();
        let expected = Quantization {
            scale: graph.tensor(scale).unwrap().clone(),
            zero_point: graph.tensor(zero).cloned(),
            axis: Some(1),
            optional: false,
        };
        assert_eq!(quant.map(Box::as_ref), Some(&expected));
        assert_eq!(graph.value(open).quant, None);
    }
}
