//! From the net to the bytes of a file.

use std::collections::BTreeMap;

use planus::{Builder, Offset};

use super::net::{Net, Op, TensorId};
use super::schema::{self, MnnDataFormat, NetSource};

/// What MNN reports as the version of the converter: the one whose format is written.
const VERSION: &str = "3.6.1";

/// Serialises a net whose tensors have unique names; `capacity` is what [`capacity`] says.
pub(super) fn serialize(net: &Net, metadata: &BTreeMap<String, String>, capacity: usize) -> Builder {
    let mut builder = Builder::with_capacity(capacity);
    let b = &mut builder;
    let ops: Vec<_> = net.ops.iter().map(|op| write_op(b, net, op)).collect();
    let names: Vec<_> = net.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
    let outputs: Vec<_> = net.outputs.iter().map(|output| output.name.as_str()).collect();
    // MNN reads the version only, and does not know a place for anything else.
    let metadata =
        (!metadata.is_empty()).then(|| metadata.iter().map(|(key, value)| format!("{key}={value}\n")).collect());
    let info = schema::ExtraInfo { version: Some(VERSION.to_owned()), name: metadata, ..Default::default() };
    let root = schema::Net::builder()
        .biz_code("edgeconv")
        .extra_tensor_describe_as_null()
        .extra_info(&info)
        .oplists(ops)
        .output_name(outputs)
        .prefer_forward_type(schema::ForwardType::Cpu)
        .source_type(NetSource::Onnx)
        .tensor_name(names)
        .tensor_number(net.tensors.len() as i32)
        .usage(schema::Usage::Inference)
        .subgraphs_as_null()
        // Random in MNN's own converter; its users tell caches apart by it. Ours is the same for the same bytes.
        .mnn_uuid("edgeconv")
        .finish(b);
    b.finish(root, None);
    builder
}

/// Upper estimate of the size in bytes, so that the weights are written once and never moved.
pub(super) fn capacity(net: &Net) -> usize {
    let weights: usize = net.ops.iter().map(|op| 4 * op.kind.weights()).sum();
    let names: usize = net.tensors.iter().map(|tensor| 2 * tensor.name.len()).sum();
    weights + names + 512 * (net.ops.len() + 1)
}

fn write_op(b: &mut Builder, net: &Net, op: &Op) -> Offset<schema::Op> {
    let parameter = op.kind.parameter(b, &net.shapes(op));
    let index = |ids: &[TensorId]| ids.iter().map(|id| id.0 as i32).collect::<Vec<_>>();
    schema::Op::builder()
        .input_indexes(index(&op.inputs))
        .main(parameter)
        .name(op.name.as_str())
        .output_indexes(index(&op.outputs))
        .type_(op.kind.op_type())
        .default_dimention_format(MnnDataFormat::Nchw)
        .external_path_as_null()
        .finish(b)
}
