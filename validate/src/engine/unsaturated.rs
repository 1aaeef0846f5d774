//! Products of bytes that ONNX Runtime adds up in 16 bits.
//!
//! On x86 processors without VNNI, it multiplies data without sign by weights with sign by an instruction whose sums saturate, so that
//! large weights give wrong results, as its documentation of quantisation says. What `quantize_dynamic` makes by default is such.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use edgeconv_converter::source::onnx;
use edgeconv_graph::DType;
use edgeconv_schema::onnx::tensor_proto::{DataLocation, DataType};
use edgeconv_schema::onnx::{GraphProto, NodeProto, TensorProto};
use prost::Message;

use crate::quantization::{message, stored};

/// Where a product has what tells that its data have no sign (if it has to), its weights, and their zero points.
struct Operands {
    data_zero: Option<usize>,
    weights: usize,
    zero: usize,
}

fn operands(op: &str) -> Option<Operands> {
    let of = |data_zero, weights, zero| Some(Operands { data_zero, weights, zero });
    match op {
        // These have kernels for every pair of types.
        "ConvInteger" | "MatMulInteger" => of(None, 1, 3),
        "DynamicQuantizeMatMul" => of(None, 1, 3),
        "MatMulIntegerToFloat" => of(Some(4), 1, 5),
        "QGemm" | "QLinearConv" | "QLinearMatMul" => of(Some(2), 3, 5),
        _ => None,
    }
}

/// The file with weights that have no sign where their data have none: weights and zero points are 128 more, the products the same.
/// `None` if there are no such weights, or the file can't be read.
pub(super) fn rewrite(path: &Path) -> Option<Vec<u8>> {
    let mut model = message(path)?;
    let graph = model.graph.as_mut()?;
    // What lies beside the file is not beside a copy of it.
    if graph.initializer.iter().any(|tensor| tensor.data_location() == DataLocation::External) {
        return None;
    }
    let (stored, mut added) = (Stored::of(graph), HashMap::new());
    let inputs: Vec<_> = graph.node.iter().map(|node| stored.unsigned_inputs(node, &mut added)).collect();
    let found = !added.is_empty();
    for (node, inputs) in graph.node.iter_mut().zip(inputs) {
        node.input = inputs.unwrap_or_else(|| std::mem::take(&mut node.input));
    }
    graph.initializer.extend(added.into_values());
    found.then(|| model.encode_to_vec())
}

struct Stored<'a> {
    tensors: HashMap<&'a str, &'a TensorProto>,
    /// Zero points of data that are quantised when the network runs, always without sign.
    computed: BTreeSet<&'a str>,
}

impl<'a> Stored<'a> {
    fn of(graph: &'a GraphProto) -> Self {
        let dynamic = graph.node.iter().filter(|node| node.op_type() == "DynamicQuantizeLinear");
        let computed = dynamic.filter_map(|node| node.output.get(2).map(String::as_str)).collect();
        Self { tensors: stored(graph), computed }
    }

    /// The inputs of a node with its weights and their zero points replaced by ones without sign, which are added; `None` if there is nothing
    /// to replace.
    fn unsigned_inputs(&self, node: &NodeProto, added: &mut HashMap<String, TensorProto>) -> Option<Vec<String>> {
        let Operands { data_zero, weights, zero } = operands(node.op_type())?;
        let name = |index: usize| node.input.get(index).map_or("", String::as_str);
        if data_zero.is_some_and(|index| !self.has_no_sign(name(index))) {
            return None;
        }
        let unsigned = self.unsigned(name(weights))?;
        let point = match name(zero) {
            "" => number(format!("{}.zero", unsigned.name())),
            given => self.unsigned(given)?,
        };
        let mut inputs = node.input.clone();
        inputs.resize(inputs.len().max(zero + 1), String::new());
        for (index, tensor) in [(weights, unsigned), (zero, point)] {
            inputs[index] = tensor.name().to_owned();
            added.insert(tensor.name().to_owned(), tensor);
        }
        Some(inputs)
    }

    fn has_no_sign(&self, name: &str) -> bool {
        let stored = self.tensors.get(name).is_some_and(|tensor| tensor.data_type() == DataType::Uint8 as i32);
        stored || self.computed.contains(name)
    }

    /// Stored bytes with sign as ones without, 128 more.
    fn unsigned(&self, name: &str) -> Option<TensorProto> {
        let proto = self.tensors.get(name)?;
        let tensor = onnx::tensor(proto).ok().filter(|tensor| tensor.dtype() == DType::I8)?;
        let raw: Vec<u8> = tensor.bytes().iter().map(|byte| byte ^ 0x80).collect();
        Some(bytes(format!("{name}.unsigned"), proto.dims.clone(), raw))
    }
}

/// The zero point of weights that had none.
fn number(name: String) -> TensorProto {
    bytes(name, vec![], vec![128])
}

fn bytes(name: String, dims: Vec<i64>, raw: Vec<u8>) -> TensorProto {
    let data_type = Some(DataType::Uint8 as i32);
    TensorProto { name: Some(name), dims, data_type, raw_data: Some(raw.into()), ..TensorProto::default() }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Tensor;
    use edgeconv_schema::onnx::{ModelProto, OperatorSetIdProto, TypeProto, ValueInfoProto, type_proto};
    use edgeconv_test_support::{found, skip};
    use prost::bytes::Bytes;

    use super::*;
    use crate::engine::{Agent, Engine, NamedTensor, NativeEngine, onnxruntime};

    fn value(name: &str, elem_type: DataType) -> ValueInfoProto {
        let tensor = type_proto::Tensor { elem_type: Some(elem_type as i32), shape: None };
        let r#type = TypeProto { value: Some(type_proto::Value::TensorType(tensor)), ..TypeProto::default() };
        ValueInfoProto { name: Some(name.into()), r#type: Some(r#type), ..ValueInfoProto::default() }
    }

    #[test]
    fn large_weights_with_sign_give_exact_sums() {
        let signed = |name: &str, dims: Vec<i64>, raw: Vec<u8>| TensorProto {
            data_type: Some(DataType::Int8 as i32),
            ..bytes(name.into(), dims, raw)
        };
        let product = |inputs: &[&str], output: &str| NodeProto {
            op_type: Some("MatMulInteger".into()),
            input: inputs.iter().map(|&input| input.into()).collect(),
            output: vec![output.into()],
            ..NodeProto::default()
        };
        let graph = GraphProto {
            name: Some("products".into()),
            node: vec![product(&["x", "w"], "plain"), product(&["x", "w", "", "z"], "shifted")],
            initializer: vec![signed("w", vec![64, 1], vec![127; 64]), signed("z", vec![], vec![0xff])],
            input: vec![value("x", DataType::Uint8)],
            output: vec![value("plain", DataType::Int32), value("shifted", DataType::Int32)],
            ..GraphProto::default()
        };
        let opset_import = vec![OperatorSetIdProto { domain: None, version: Some(17) }];
        let model = ModelProto { ir_version: Some(8), opset_import, graph: Some(graph), ..ModelProto::default() };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("products.onnx");
        std::fs::write(&path, model.encode_to_vec()).unwrap();

        let rewritten = rewrite(&path).unwrap();
        let graph = ModelProto::decode(Bytes::from(rewritten.clone())).unwrap().graph.unwrap();
        assert_eq!(graph.node[0].input, ["x", "w.unsigned", "", "w.unsigned.zero"]);
        assert_eq!(graph.node[1].input, ["x", "w.unsigned", "", "z.unsigned"]);
        std::fs::write(&path, &rewritten).unwrap();
        assert_eq!(rewrite(&path), None, "nothing is left to rewrite");

        std::fs::write(&path, model.encode_to_vec()).unwrap();
        let Some(library) = onnxruntime::find().unwrap() else { return skip("ONNX Runtime is not here") };
        let Some(agent) = found(Agent::find()) else { return };
        let config = edgeconv_agent::SessionConfig { graph_optimizations: false, ..Default::default() };
        let x = NamedTensor { name: "x".into(), tensor: Tensor::new([1, 64], vec![255_u8; 64]).unwrap() };
        let run = NativeEngine::onnxruntime(agent, config, library).run_inside(&path, &[x], &[]).unwrap();
        let sums: Vec<f64> = run.outputs.iter().flat_map(|output| output.tensor.numbers()).collect();
        assert_eq!(sums, [255.0 * 127.0 * 64.0, 255.0 * 128.0 * 64.0]);
        assert!(run.ran.engine.contains("unsigned"), "{}", run.ran.engine);
    }
}
