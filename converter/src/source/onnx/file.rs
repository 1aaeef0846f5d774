//! Model files, with tensors that lie in files beside them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Component, Path};

use prost::Message;

use super::ImportError;
use crate::proto::tensor_proto::DataLocation;
use crate::proto::{GraphProto, ModelProto, NodeProto, TensorProto};

/// Reads a model; afterwards all tensors hold their elements.
pub(crate) fn read(path: &Path) -> Result<ModelProto, ImportError> {
    let mut model = decode(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    if let Some(graph) = &mut model.graph {
        load_graph(graph, folder)?;
    }
    model.functions.iter_mut().try_for_each(|function| load_nodes(&mut function.node, folder))?;
    Ok(model)
}

/// Reads a model file without the files beside it.
pub(crate) fn decode(path: &Path) -> Result<ModelProto, ImportError> {
    let bytes = std::fs::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
    let no_model =
        |error: prost::DecodeError| ImportError::NoModel { path: path.to_owned(), reason: error.to_string() };
    ModelProto::decode(bytes::Bytes::from(bytes)).map_err(no_model)
}

fn load_graph(graph: &mut GraphProto, folder: &Path) -> Result<(), ImportError> {
    graph.initializer.iter_mut().try_for_each(|tensor| load(tensor, folder))?;
    load_nodes(&mut graph.node, folder)
}

fn load_nodes(nodes: &mut [NodeProto], folder: &Path) -> Result<(), ImportError> {
    for attribute in nodes.iter_mut().flat_map(|node| &mut node.attribute) {
        attribute.t.iter_mut().try_for_each(|tensor| load(tensor, folder))?;
        attribute.g.iter_mut().try_for_each(|graph| load_graph(graph, folder))?;
    }
    Ok(())
}

/// Reads the elements of a tensor that says in which file they are (ONNX: docs/ExternalData.md).
fn load(tensor: &mut TensorProto, folder: &Path) -> Result<(), ImportError> {
    if tensor.data_location != Some(DataLocation::External.into()) {
        return Ok(());
    }
    let failed = |reason: String| ImportError::Tensor { name: tensor.name().to_owned(), reason };
    let entry = |key: &str| tensor.external_data.iter().find(|entry| entry.key() == key).map(|entry| entry.value());
    let number = |key: &str| {
        let parse = |text: &str| text.parse::<u64>().map_err(|_| failed(format!("{key} `{text}` is no number")));
        entry(key).map(parse).transpose()
    };
    let location = Path::new(entry("location").ok_or_else(|| failed("it does not say in which file it is".into()))?);
    if !location.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(failed(format!("`{}` is not beside the model or below", location.display())));
    }
    let path = folder.join(location);
    let unreadable = |source| ImportError::Read { path: path.clone(), source };
    let mut file = File::open(&path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let offset = number("offset")?.unwrap_or(0);
    let rest = size.checked_sub(offset);
    let length = number("length")?.or(rest).filter(|&length| rest.is_some_and(|rest| length <= rest));
    let Some(length) = length else {
        let reason = format!("`{}` has {size} bytes, which is too short for it", path.display());
        return Err(failed(reason));
    };
    file.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(length as usize);
    file.take(length).read_to_end(&mut bytes).map_err(unreadable)?;
    tensor.raw_data = Some(bytes.into());
    tensor.data_location = None;
    Ok(())
}
