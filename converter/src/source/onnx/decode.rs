//! Model files, with tensors that lie in files beside them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{Read, SeekFrom};
use std::path::{Component, Path, PathBuf};

use bytes::Bytes;
use edgeconv_files::Budget;
use prost::Message;

use super::sort::sort_nodes;
use super::tensor::bytes;
use crate::proto::tensor_proto::DataLocation;
use crate::proto::{GraphProto, ModelProto, NodeProto, TensorProto};
use crate::source::{ImportError, ModelFile, Parts, Resolve};

/// Reads a model, with what else may be allocated for it; afterwards all tensors hold their elements, and nodes come after those whose
/// results they read.
pub(crate) fn decode_whole(file: &ModelFile) -> Result<(ModelProto, Budget), ImportError> {
    let mut model = decode(file, Parts::All)?;
    let mut external = External::of(file);
    each_tensor(&mut model, &mut |tensor| external.load(tensor))?;
    let budget = external.budget;
    let mut functions = model.functions.iter_mut().map(|function| &mut function.node);
    let nodes = model.graph.iter_mut().map(|graph| &mut graph.node).chain(&mut functions);
    nodes.into_iter().try_for_each(sort_nodes).map_err(|reason| not_a_model(file.name(), reason))?;
    Ok((model, budget))
}

/// Locations of the files beside a model that hold elements of its tensors.
pub(super) fn locations(file: &ModelFile) -> Result<BTreeSet<PathBuf>, ImportError> {
    let (mut model, mut locations) = (decode(file, Parts::Small)?, BTreeSet::new());
    each_tensor(&mut model, &mut |tensor| {
        locations.extend(location(tensor)?);
        Ok(())
    })?;
    Ok(locations)
}

/// The bytes of a model with nothing beside it, as far as they may be allocated.
pub(crate) fn encode(model: &ModelProto, budget: &Budget) -> Result<Vec<u8>, ImportError> {
    let name = || model.graph.as_ref().map_or("", |graph| graph.name()).to_owned();
    budget.take(model.encoded_len() as u64).map_err(|source| ImportError::memory(name(), source))?;
    Ok(model.encode_to_vec())
}

/// Reads a model without the files beside it.
pub(crate) fn decode(file: &ModelFile, parts: Parts) -> Result<ModelProto, ImportError> {
    file.decode(parts, |content| ModelProto::decode(content))?
        .map_err(|error| not_a_model(file.name(), error.to_string()))
}

/// The error that these are not the bytes of an ONNX model.
pub(crate) fn not_a_model(file: &str, reason: String) -> ImportError {
    ImportError::NotAModel { file: file.to_owned(), format: "ONNX".into(), reason }
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

type Visit<'a> = dyn FnMut(&mut TensorProto) -> Result<(), ImportError> + 'a;

fn each_tensor(model: &mut ModelProto, visit: &mut Visit<'_>) -> Result<(), ImportError> {
    model.graph.iter_mut().try_for_each(|graph| each_of_graph(graph, visit))?;
    model.functions.iter_mut().try_for_each(|function| each_of_nodes(&mut function.node, visit))
}

fn each_of_graph(graph: &mut GraphProto, visit: &mut Visit<'_>) -> Result<(), ImportError> {
    graph.initializer.iter_mut().try_for_each(&mut *visit)?;
    each_of_nodes(&mut graph.node, visit)
}

fn each_of_nodes(nodes: &mut [NodeProto], visit: &mut Visit<'_>) -> Result<(), ImportError> {
    for attribute in nodes.iter_mut().flat_map(|node| &mut node.attribute) {
        attribute.t.iter_mut().try_for_each(&mut *visit)?;
        attribute.g.iter_mut().try_for_each(|graph| each_of_graph(graph, visit))?;
    }
    Ok(())
}

/// Elements in files beside a model (ONNX: docs/ExternalData.md).
struct External<'a> {
    beside: &'a dyn Resolve,
    budget: Budget,
    /// The files so far.
    files: HashSet<PathBuf>,
    /// Their parts so far, by location, offset and length: several tensors may share one.
    parts: HashMap<(PathBuf, u64, u64), Bytes>,
}

impl<'a> External<'a> {
    fn of(file: &'a ModelFile) -> Self {
        Self { beside: file.beside(), budget: file.budget(), files: HashSet::new(), parts: HashMap::new() }
    }

    /// Reads the elements of a tensor that says in which file they are.
    fn load(&mut self, tensor: &mut TensorProto) -> Result<(), ImportError> {
        let Some(location) = location(tensor)? else { return Ok(()) };
        let unreadable = |source| ImportError::Read { path: self.beside.path(&location), source };
        let mut file = self.beside.open(&location).map_err(unreadable)?;
        let size = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        if self.files.insert(location.clone()) {
            self.budget.add_file(file.stored().map_err(unreadable)?);
        }
        let (offset, length) = range(tensor, size).map_err(|reason| {
            let reason = format!("`{}` has {size} bytes, {reason}", self.beside.path(&location).display());
            failed(tensor, reason)
        })?;
        let part = (location.clone(), offset, length);
        if !self.parts.contains_key(&part) {
            let name = || tensor.name().to_owned();
            self.budget.take(length).map_err(|source| ImportError::memory(name(), source))?;
            file.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
            let mut bytes = vec![0; length as usize];
            file.read_exact(&mut bytes).map_err(unreadable)?;
            self.parts.insert(part.clone(), bytes.into());
        }
        tensor.raw_data = self.parts.get(&part).cloned();
        tensor.data_location = None;
        Ok(())
    }
}

fn failed(tensor: &TensorProto, reason: String) -> ImportError {
    ImportError::Tensor { name: tensor.name().to_owned(), reason }
}

/// What a tensor says of the file that its elements are in.
fn entry<'a>(tensor: &'a TensorProto, key: &str) -> Result<Option<&'a str>, String> {
    let mut entries = tensor.external_data.iter().filter(|entry| entry.key() == key);
    let first = entries.next().map(|entry| entry.value());
    match entries.next() {
        Some(second) => Err(format!("says `{}` and `{}` as its {key}", first.unwrap_or_default(), second.value())),
        None => Ok(first),
    }
}

/// In which file the elements of a tensor are, if it is another one than the model's.
fn location(tensor: &TensorProto) -> Result<Option<PathBuf>, ImportError> {
    if tensor.data_location != Some(DataLocation::External.into()) {
        return Ok(None);
    }
    let location = entry(tensor, "location").map_err(|reason| failed(tensor, format!("it {reason}")))?;
    let location = Path::new(location.ok_or_else(|| failed(tensor, "it does not say in which file it is".into()))?);
    if location.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Ok(Some(location.to_owned()));
    }
    Err(failed(tensor, format!("`{}` is not beside the model or below", location.display())))
}

/// Offset and length of a tensor's elements in a file of this size.
fn range(tensor: &TensorProto, size: u64) -> Result<(u64, u64), String> {
    let number = |key: &str| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let parse = |text: &str| text.parse::<u64>().ok().filter(|_| is_number(text));
        let parse = |text: &str| parse(text).ok_or_else(|| format!("but {key} `{text}` is not a number"));
        entry(tensor, key).map_err(|reason| format!("but it {reason}"))?.map(parse).transpose()
    };
    let offset = number("offset")?.unwrap_or(0);
    let rest = size.checked_sub(offset);
    // Without a length it is as long as the shape says; what is wrong with a shape is said where that is read.
    let length = number("length")?.or_else(|| bytes(tensor)).or(rest);
    let length = length.filter(|&length| rest.is_some_and(|rest| length <= rest));
    length.map(|length| (offset, length)).ok_or_else(|| "which is too short for it".into())
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
