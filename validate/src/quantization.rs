//! Quantised values in ONNX files, and what one step of theirs is.
//!
//! Two engines round what lies in the middle of two steps to different ones, so that results differ by a step where nothing is wrong.

use std::collections::HashMap;
use std::path::Path;

use edgeconv_converter::source::onnx;
use edgeconv_converter::target::Listing;
use edgeconv_graph::{DType, Tensor};
use edgeconv_schema::onnx::{GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto};
use prost::Message;

use crate::engine::NamedTensor;

/// Operators that take or give quantised values, without their domains; those that begin with [`QLINEAR`] do, too.
const OPERATORS: [&str; 11] = [
    "ConvInteger",
    "DequantizeLinear",
    "DynamicQuantizeLSTM",
    "DynamicQuantizeLinear",
    "DynamicQuantizeMatMul",
    "MatMulInteger",
    "MatMulIntegerToFloat",
    "MatMulNBits",
    "QAttention",
    "QGemm",
    "QuantizeLinear",
];

const QLINEAR: &str = "QLinear";

/// Whether a file has quantised values.
pub fn is_quantized(listing: &Listing) -> bool {
    let plain = |op: &str| op.rsplit('.').next().unwrap_or_default().to_owned();
    listing.operators.iter().map(|operator| plain(&operator.op)).any(|op| quantizes(&op))
}

fn quantizes(op: &str) -> bool {
    op.starts_with(QLINEAR) || OPERATORS.contains(&op)
}

/// One step of each value that has one, by name.
pub type Steps = HashMap<String, f64>;

/// Which quantisation is nearest before each value of an ONNX file.
#[derive(Debug, Default)]
pub struct Scales {
    nearest: HashMap<String, Nearest>,
    stored: HashMap<String, f64>,
    /// Scale and zero point of integers with a sign that values become, where they have one of each; `None` if they become different ones.
    integers: HashMap<String, Option<[f32; 2]>>,
}

#[derive(Debug, Clone)]
struct Nearest {
    /// Name of the scale.
    scale: String,
    /// Nodes in between.
    distance: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Integers that stand for real numbers.
    Quantized,
    /// Sums of products of such.
    Accumulated,
    /// Real numbers.
    Real,
}

/// The message in an ONNX file; `None` if it can't be read, which is said where the file is run.
pub(crate) fn message(path: &Path) -> Option<ModelProto> {
    ModelProto::decode(bytes::Bytes::from(edgeconv_files::read(path).ok()?)).ok()
}

/// The tensors that a graph stores, by name.
pub(crate) fn stored(graph: &GraphProto) -> HashMap<&str, &TensorProto> {
    let constants = graph.node.iter().filter(|node| node.op_type() == "Constant").filter_map(|node| {
        Some((node.output.first()?.as_str(), node.attribute.iter().find_map(|attribute| attribute.t.as_ref())?))
    });
    graph.initializer.iter().map(|tensor| (tensor.name(), tensor)).chain(constants).collect()
}

impl Scales {
    /// Those of an ONNX file; none if it can't be read.
    pub fn of(path: &Path) -> Self {
        let model = message(path);
        let mut scales = Self::default();
        model.iter().filter_map(|model| model.graph.as_ref()).for_each(|graph| scales.note(graph));
        scales
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.nearest.is_empty()
    }

    fn note(&mut self, graph: &GraphProto) {
        let stored = stored(graph);
        let mut readers: HashMap<&str, usize> = HashMap::new();
        let read = graph.node.iter().flat_map(|node| node.input.iter().map(String::as_str));
        read.chain(graph.output.iter().map(ValueInfoProto::name))
            .for_each(|name| *readers.entry(name).or_default() += 1);
        for node in &graph.node {
            self.note_integers(node, &stored, &readers);
            for (index, output) in node.output.iter().enumerate() {
                if let Some(nearest) = self.behind(node, index, &|name| stored.contains_key(name)) {
                    self.nearest.insert(output.clone(), nearest);
                }
            }
        }
        for Nearest { scale, .. } in self.nearest.values() {
            let tensor = stored.get(scale.as_str()).and_then(|proto| onnx::tensor(proto).ok());
            self.stored.extend(tensor.map(|tensor| (scale.clone(), tensor.numbers().fold(0.0, f64::max))));
        }
    }

    /// Notes what 8-bit integers a node makes of a value, or a value of. A value that others read as it was before stays floats.
    fn note_integers(
        &mut self,
        node: &NodeProto,
        stored: &HashMap<&str, &TensorProto>,
        readers: &HashMap<&str, usize>,
    ) {
        let single = |index: usize| {
            let tensor = onnx::tensor(stored.get(node.input.get(index)?.as_str())?).ok()?;
            (tensor.len() == 1).then_some(tensor)
        };
        let value = match node.op_type() {
            "QuantizeLinear" => node.input.first().filter(|name| readers.get(name.as_str()) == Some(&1)),
            // Stored integers are weights.
            "DequantizeLinear" => {
                let is_stored = node.input.first().is_none_or(|name| stored.contains_key(name.as_str()));
                node.output.first().filter(|_| !is_stored)
            }
            _ => None,
        };
        let (Some(value), Some(scale)) = (value, single(1)) else { return };
        let zero = single(2);
        if !zero.as_ref().is_none_or(|zero| [DType::I8, DType::U8].contains(&zero.dtype())) {
            return;
        }
        // Without a zero point they have no sign.
        let without_sign = zero.as_ref().is_none_or(|zero| zero.dtype() == DType::U8);
        let number = |tensor: &Tensor| tensor.numbers().next().unwrap_or_default() as f32;
        let zero = zero.as_ref().map_or(0.0, number) - if without_sign { 128.0 } else { 0.0 };
        let integers = Some([number(&scale), zero]);
        let noted = self.integers.entry(value.clone()).or_insert(integers);
        *noted = noted.filter(|_| *noted == integers);
    }

    /// Scale and zero point of the integers with a sign that a value becomes; nothing if it becomes none, or different ones.
    pub fn integers(&self, value: &str) -> Option<[f32; 2]> {
        self.integers.get(value).copied().flatten()
    }

    /// What is nearest before a result of a node.
    fn behind(&self, node: &NodeProto, index: usize, is_stored: &dyn Fn(&str) -> bool) -> Option<Nearest> {
        let named = |names: &[String], index: usize| names.get(index).filter(|name| !name.is_empty()).cloned();
        let at = |scale: Option<String>, kind| scale.map(|scale| Nearest { scale, distance: 0, kind });
        let op = node.op_type();
        match op {
            "QuantizeLinear" => at(named(&node.input, 1), Kind::Quantized),
            "DynamicQuantizeLinear" if index == 0 => at(named(&node.output, 1), Kind::Quantized),
            "DynamicQuantizeLinear" => None,
            // Weights are stored, and the same in every engine.
            "DequantizeLinear" if node.input.first().is_some_and(|name| is_stored(name)) => None,
            "DequantizeLinear" => at(named(&node.input, 1), Kind::Real),
            op if op.starts_with(QLINEAR) || op == "QGemm" => {
                at(named(&node.input, scale_of_result(op)), Kind::Quantized)
            }
            "ArgMax" | "ArgMin" | "NonMaxSuppression" | "NonZero" | "Shape" | "Size" => None,
            "TopK" if index == 1 => None,
            _ => {
                let operands = node.input.iter().filter_map(|name| self.nearest.get(name));
                let nearest = operands.min_by_key(|nearest| nearest.distance)?;
                let kind = match op {
                    "MatMulInteger" | "ConvInteger" => Kind::Accumulated,
                    _ if arranges(op) => nearest.kind,
                    _ => Kind::Real,
                };
                Some(Nearest { distance: nearest.distance + 1, kind, ..nearest.clone() })
            }
        }
    }

    /// Names of scales that the model computes, and that have to be returned besides its outputs.
    pub fn computed(&self) -> Vec<String> {
        let names = self.nearest.values().map(|nearest| &nearest.scale).filter(|name| !self.stored.contains_key(*name));
        let mut names: Vec<_> = names.cloned().collect();
        names.sort();
        names.dedup();
        names
    }

    /// One step of each of these values, where the scale is in the file or among them.
    pub fn steps<'a>(&self, values: impl Iterator<Item = &'a NamedTensor> + Clone) -> Steps {
        let seen = |name: &str| {
            let tensor = values.clone().find(|value| value.name == name).map(|value| &value.tensor);
            tensor.map(|tensor| tensor.numbers().fold(0.0, f64::max))
        };
        let step = |name: &str| {
            let nearest = self.nearest.get(name)?;
            match nearest.kind {
                Kind::Quantized => Some(1.0),
                Kind::Accumulated => None,
                Kind::Real => self.stored.get(&nearest.scale).copied().or_else(|| seen(&nearest.scale)),
            }
        };
        values.clone().filter_map(|value| Some((value.name.clone(), step(&value.name)?))).collect()
    }
}

/// Which operand is the scale of the result.
fn scale_of_result(op: &str) -> usize {
    match op {
        "QLinearConcat" => 0,
        "QLinearAdd" | "QLinearConv" | "QLinearMatMul" | "QLinearMul" => 6,
        "QGemm" => 7,
        // With one operand of data.
        _ => 3,
    }
}

/// Whether an operator returns elements of its operands as they are.
fn arranges(op: &str) -> bool {
    matches!(
        op,
        "Concat"
            | "DepthToSpace"
            | "Expand"
            | "Flatten"
            | "Gather"
            | "Identity"
            | "MaxPool"
            | "Pad"
            | "Reshape"
            | "Slice"
            | "SpaceToDepth"
            | "Split"
            | "Squeeze"
            | "Tile"
            | "Transpose"
            | "Unsqueeze"
    )
}

#[cfg(test)]
mod tests {
    use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
    use edgeconv_graph::op::{Binary, DequantizeLinear, QuantizeLinear, Transpose, Unary};
    use edgeconv_graph::{Builder, DType, Tensor};

    use super::*;

    #[test]
    fn a_step_is_that_of_the_nearest_quantisation() {
        let mut b = Builder::new("network");
        let x = b.input("x", [2, 3]).unwrap();
        let scale = b.constant("scale", Tensor::scalar(0.25)).unwrap();
        let zero = b.constant("zero", Tensor::single(0_u8)).unwrap();
        let quantize = QuantizeLinear { to: DType::U8, axis: 1, block_size: 0 };
        let q = b.node("q", quantize, &[x, scale, zero]).unwrap();
        let d = b.node("d", DequantizeLinear { axis: 1, block_size: 0 }, &[q, scale, zero]).unwrap();
        let turned = b.node("turned", Transpose { perm: vec![1, 0] }, &[d]).unwrap();
        let s = b.node("s", Unary::Sigmoid, &[turned]).unwrap();
        let before = b.node("before", Binary::Add, &[x, x]).unwrap();
        [("q", q), ("s", s), ("before", before)].into_iter().for_each(|(name, value)| b.output(name, value));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("network.onnx");
        std::fs::write(&path, export(&b.finish(), DEFAULT_OPSET).unwrap()).unwrap();
        assert!(is_quantized(&edgeconv_converter::target::list(&path).unwrap()));
        let scales = Scales::of(&path);
        let values =
            ["q", "turned", "s", "before"].map(|name| NamedTensor { name: name.into(), tensor: Tensor::scalar(1.0) });
        let steps = scales.steps(values.iter());
        let of = |name: &str| steps.get(name).copied();
        assert_eq!([of("q"), of("turned"), of("s"), of("before")], [Some(1.0), Some(0.25), Some(0.25), None]);
        assert!(scales.computed().is_empty());
    }
}
