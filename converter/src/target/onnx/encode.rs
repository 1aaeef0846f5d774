//! ONNX files, written piece by piece: the elements of initialisers go from where they are to the file, without a copy of the model in
//! between.

use std::io::{self, Write};

use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint};

use crate::proto::{GraphProto, ModelProto, TensorProto};

/// Writes the bytes that [`Message::encode_to_vec`] would give for a model whose initialisers are all raw data, as ours are; of others the fields
/// may come in another order.
pub(super) fn write(mut model: ModelProto, to: &mut dyn Write) -> io::Result<()> {
    let graph = model.graph.take().unwrap_or_default();
    // Fields come in the order of their numbers, and messages one behind the other are one.
    let behind = ModelProto {
        opset_import: std::mem::take(&mut model.opset_import),
        metadata_props: std::mem::take(&mut model.metadata_props),
        functions: std::mem::take(&mut model.functions),
        ..ModelProto::default()
    };
    to.write_all(&model.encode_to_vec())?;
    begin(MODEL_GRAPH, graph.encoded_len(), to)?;
    write_graph(graph, to)?;
    to.write_all(&behind.encode_to_vec())
}

const MODEL_GRAPH: u32 = 7;
const GRAPH_INITIALIZER: u32 = 5;
const TENSOR_RAW_DATA: u32 = 9;

fn write_graph(mut graph: GraphProto, to: &mut dyn Write) -> io::Result<()> {
    let front = GraphProto { node: std::mem::take(&mut graph.node), name: graph.name.take(), ..GraphProto::default() };
    to.write_all(&front.encode_to_vec())?;
    for initializer in std::mem::take(&mut graph.initializer) {
        begin(GRAPH_INITIALIZER, initializer.encoded_len(), to)?;
        write_tensor(initializer, to)?;
    }
    to.write_all(&graph.encode_to_vec())
}

fn write_tensor(mut tensor: TensorProto, to: &mut dyn Write) -> io::Result<()> {
    let raw = tensor.raw_data.take();
    to.write_all(&tensor.encode_to_vec())?;
    if let Some(raw) = raw {
        begin(TENSOR_RAW_DATA, raw.len(), to)?;
        to.write_all(&raw)?;
    }
    Ok(())
}

/// Key and length of a field.
fn begin(field: u32, length: usize, to: &mut dyn Write) -> io::Result<()> {
    let mut start = vec![];
    encode_key(field, WireType::LengthDelimited, &mut start);
    encode_varint(length as u64, &mut start);
    to.write_all(&start)
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::op::Binary;
    use edgeconv_graph::{Builder, Tensor};

    use super::*;
    use crate::target::onnx::{DEFAULT_OPSET, translate};

    #[test]
    fn pieces_are_the_whole() {
        let mut b = Builder::new("sum");
        let x = b.input("x", [3]).unwrap();
        let weights = b.constant("weights", Tensor::vector(vec![1.0, 2.0, 3.0])).unwrap();
        let y = b.node("y", Binary::Add, &[x, weights]).unwrap();
        b.output("y", y);
        let mut graph = b.finish();
        graph.metadata.insert("key".into(), "value".into());
        let model = translate(&graph, DEFAULT_OPSET).unwrap();
        let mut written = vec![];
        write(model.clone(), &mut written).unwrap();
        assert_eq!(written, model.encode_to_vec());
    }
}
