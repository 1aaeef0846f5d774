//! Model files, with tensors that lie in files beside them.

use std::io::{Read, SeekFrom};
use std::path::{Component, Path};

use prost::Message;

use super::sort::sort_nodes;
use crate::proto::tensor_proto::DataLocation;
use crate::proto::{GraphProto, ModelProto, NodeProto, TensorProto};
use crate::source::{ImportError, ModelFile, Resolve};

/// Reads a model; afterwards all tensors hold their elements, and nodes come after those whose results they read.
pub(crate) fn decode_whole(file: &ModelFile) -> Result<ModelProto, ImportError> {
    let mut model = decode(file)?;
    let beside = file.beside();
    if let Some(graph) = &mut model.graph {
        load_graph(graph, beside)?;
    }
    model.functions.iter_mut().try_for_each(|function| load_nodes(&mut function.node, beside))?;
    let mut functions = model.functions.iter_mut().map(|function| &mut function.node);
    let nodes = model.graph.iter_mut().map(|graph| &mut graph.node).chain(&mut functions);
    nodes.into_iter().try_for_each(sort_nodes).map_err(|reason| not_a_model(file, reason))?;
    Ok(model)
}

/// Reads a model without the files beside it.
pub(crate) fn decode(file: &ModelFile) -> Result<ModelProto, ImportError> {
    file.decode(|content| ModelProto::decode(content))?.map_err(|error| not_a_model(file, error.to_string()))
}

/// The error that these are not the bytes of an ONNX model.
pub(crate) fn not_a_model(file: &ModelFile, reason: String) -> ImportError {
    ImportError::NotAModel { file: file.name().to_owned(), format: "ONNX".into(), reason }
}

/// Whether bytes are those of a `ModelProto`, perhaps cut off: its fields have the types that onnx.proto gives them, and one says
/// that it is a model. Protocol Buffers have no signature.
pub(super) fn recognizes(mut bytes: &[u8]) -> bool {
    const IR_VERSION: u64 = 1;
    const MODEL_VERSION: u64 = 5;
    const GRAPH: u64 = 7;
    let mut is_model = false;
    while !bytes.is_empty() {
        let Ok(key) = prost::encoding::decode_varint(&mut bytes) else { break };
        let (field, wire_type) = (key >> 3, key & 7);
        // Integers, or strings, messages and lists of them.
        let expected = if matches!(field, IR_VERSION | MODEL_VERSION) { 0 } else { 2 };
        if field == 0 || wire_type != expected {
            return false;
        }
        is_model |= matches!(field, IR_VERSION | GRAPH);
        let Ok(number) = prost::encoding::decode_varint(&mut bytes) else { break };
        if wire_type == 2 {
            let length = usize::try_from(number).unwrap_or(usize::MAX);
            bytes = bytes.get(length..).unwrap_or_default();
        }
    }
    is_model
}

fn load_graph(graph: &mut GraphProto, beside: &dyn Resolve) -> Result<(), ImportError> {
    graph.initializer.iter_mut().try_for_each(|tensor| load(tensor, beside))?;
    load_nodes(&mut graph.node, beside)
}

fn load_nodes(nodes: &mut [NodeProto], beside: &dyn Resolve) -> Result<(), ImportError> {
    for attribute in nodes.iter_mut().flat_map(|node| &mut node.attribute) {
        attribute.t.iter_mut().try_for_each(|tensor| load(tensor, beside))?;
        attribute.g.iter_mut().try_for_each(|graph| load_graph(graph, beside))?;
    }
    Ok(())
}

/// Reads the elements of a tensor that says in which file they are (ONNX: docs/ExternalData.md).
fn load(tensor: &mut TensorProto, beside: &dyn Resolve) -> Result<(), ImportError> {
    if tensor.data_location != Some(DataLocation::External.into()) {
        return Ok(());
    }
    let failed = |reason: String| ImportError::Tensor { name: tensor.name().to_owned(), reason };
    let entry = |key: &str| tensor.external_data.iter().find(|entry| entry.key() == key).map(|entry| entry.value());
    let number = |key: &str| {
        let parse = |text: &str| text.parse::<u64>().map_err(|_| failed(format!("{key} `{text}` is not a number")));
        entry(key).map(parse).transpose()
    };
    let location = Path::new(entry("location").ok_or_else(|| failed("it does not say in which file it is".into()))?);
    if !location.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(failed(format!("`{}` is not beside the model or below", location.display())));
    }
    let unreadable = |source| ImportError::Read { path: beside.path(location), source };
    let mut file = beside.open(location).map_err(unreadable)?;
    let size = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let offset = number("offset")?.unwrap_or(0);
    let rest = size.checked_sub(offset);
    let length = number("length")?.or(rest).filter(|&length| rest.is_some_and(|rest| length <= rest));
    let Some(length) = length else {
        let reason = format!("`{}` has {size} bytes, which is too short for it", beside.path(location).display());
        return Err(failed(reason));
    };
    file.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(length as usize);
    file.take(length).read_to_end(&mut bytes).map_err(unreadable)?;
    tensor.raw_data = Some(bytes.into());
    tensor.data_location = None;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_told_by_their_content() {
        let model = ModelProto { ir_version: Some(8), graph: Some(GraphProto::default()), ..ModelProto::default() };
        let bytes = model.encode_to_vec();
        assert!(recognizes(&bytes));
        assert!(recognizes(&bytes[..bytes.len() - 1]), "cut off");
        let pickle = b"\x80\x02}q\x00.";
        // The offset of an MNN file's root, and an empty protobuf field.
        let flatbuffer = [40, 0, 0, 0, 0, 0, 0, 0];
        for other in [&b""[..], b"not a model", b"PK\x03\x04", pickle, &flatbuffer] {
            assert!(!recognizes(other), "{other:?}");
        }
    }
}
