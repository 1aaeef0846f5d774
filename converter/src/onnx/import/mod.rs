//! ONNX files become graphs.
//!
//! All shapes are fixed, so they are known while the nodes are read one after the other: what depends on constants and shapes
//! only is evaluated at once, and only operators on data get into the graph. `operators` has one file per family.

mod error;
mod node;
mod operators;
mod tensor;

use std::collections::HashMap;
use std::path::Path;

use edgeconv_graph::{Builder, DType, Graph, Op, Tensor, TensorType, ValueId};
use prost::Message;

use super::proto::{GraphProto, ModelProto, NodeProto, ValueInfoProto, tensor_shape_proto, type_proto};
pub use error::ImportError;
use node::Node;
pub use operators::{Accuracy, Entry as SupportedOperator, supported as supported_operators};

/// Shapes of inputs by name.
pub type InputShapes = HashMap<String, Vec<usize>>;

/// Reads an ONNX file. `shapes` fixes the shapes of inputs that have open dimensions in the file.
///
/// # Errors
/// If the file can't be read, a shape is open or contradicts the file, or a node can't be imported; the error names it.
pub fn read(path: &Path, shapes: &InputShapes) -> Result<Graph, ImportError> {
    let bytes = std::fs::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
    let no_model = |reason: String| ImportError::NoModel { path: path.to_owned(), reason };
    let model = ModelProto::decode(bytes::Bytes::from(bytes)).map_err(|error| no_model(error.to_string()))?;
    let Some(graph) = &model.graph else { return Err(no_model("it holds no graph".into())) };
    let opset = model.opset_import.iter().find(|set| matches!(set.domain(), "" | "ai.onnx"));
    let Some(opset) = opset.map(|set| set.version()) else {
        return Err(no_model("it does not say which operator set it uses".into()));
    };
    import(graph, opset, shapes)
}

fn import(graph: &GraphProto, opset: i64, shapes: &InputShapes) -> Result<Graph, ImportError> {
    let name = graph.name.clone().unwrap_or_default();
    let mut importer = Importer { b: Builder::new(name), values: HashMap::new(), opset };
    for proto in &graph.initializer {
        let tensor = tensor::read(proto);
        let tensor = tensor.map_err(|reason| ImportError::Tensor { name: proto.name().to_owned(), reason })?;
        let id = importer.b.constant(proto.name(), tensor)?;
        importer.values.insert(proto.name().to_owned(), id);
    }
    importer.add_inputs(graph, shapes)?;
    for proto in &graph.node {
        importer.node(proto)?;
    }
    for output in &graph.output {
        let missing =
            || ImportError::Tensor { name: output.name().into(), reason: "no node computes this output".into() };
        let &id = importer.values.get(output.name()).ok_or_else(missing)?;
        importer.b.output(output.name(), id);
    }
    Ok(importer.b.finish())
}

/// The graph so far.
struct Importer {
    b: Builder,
    /// Values of the graph by their names in the file.
    values: HashMap<String, ValueId>,
    opset: i64,
}

impl Importer {
    fn add_inputs(&mut self, graph: &GraphProto, shapes: &InputShapes) -> Result<(), ImportError> {
        // Before IR version 4, initialisers are listed among the inputs.
        let inputs: Vec<_> = graph.input.iter().filter(|input| !self.values.contains_key(input.name())).collect();
        if let Some((name, shape)) =
            shapes.iter().find(|(name, _)| inputs.iter().all(|input| input.name() != name.as_str()))
        {
            let names: Vec<_> = inputs.iter().map(|input| format!("`{}`", input.name())).collect();
            let reason = format!("the model has no such input, it has: {}", names.join(", "));
            return Err(ImportError::BadShape { name: name.clone(), shape: shape.clone(), reason });
        }
        for input in inputs {
            let shape = input_shape(input, shapes.get(input.name()))?;
            let id = self.b.typed_input(input.name(), TensorType::new(input_dtype(input)?, shape))?;
            self.values.insert(input.name().to_owned(), id);
        }
        Ok(())
    }

    fn node(&mut self, proto: &NodeProto) -> Result<(), ImportError> {
        operators::import(&mut Node { proto, importer: self })
    }

    /// Applies an operator: now if all operands are known and the graph can evaluate it, else at run time.
    fn apply(&mut self, name: &str, op: Op, inputs: &[ValueId]) -> Result<Vec<ValueId>, ImportError> {
        let known: Option<Vec<_>> = inputs.iter().map(|&id| self.b.tensor(id)).collect();
        let fits = |known: &Vec<&Tensor>| {
            let types: Vec<_> = known.iter().map(|tensor| tensor.ty()).collect();
            op.operator().infer(&types.iter().collect::<Vec<_>>()).is_ok()
        };
        match known.filter(fits).and_then(|known| op.operator().evaluate(&known)) {
            Some(results) if results.len() == 1 => {
                results.into_iter().map(|result| Ok(self.b.constant(name, result)?)).collect()
            }
            Some(results) => {
                let add = |(index, result)| Ok(self.b.constant(&format!("{name}.{index}"), result)?);
                results.into_iter().enumerate().map(add).collect()
            }
            None => Ok(self.b.nodes(name, op, inputs)?),
        }
    }
}

/// The element type of an input: whole numbers of every width are 64-bit integers, floats of every width 32-bit floats.
fn input_dtype(input: &ValueInfoProto) -> Result<DType, ImportError> {
    let elem_type = match input.r#type.as_ref().and_then(|ty| ty.value.as_ref()) {
        Some(type_proto::Value::TensorType(tensor)) => tensor.elem_type(),
        _ => return Err(ImportError::Tensor { name: input.name().to_owned(), reason: "it is no tensor".into() }),
    };
    tensor::dtype(elem_type).map_err(|reason| ImportError::Tensor { name: input.name().to_owned(), reason })
}

/// The shape of an input: as the file has it, with open dimensions as given.
fn input_shape(input: &ValueInfoProto, given: Option<&Vec<usize>>) -> Result<Vec<usize>, ImportError> {
    use tensor_shape_proto::dimension::Value;
    let dims = match input.r#type.as_ref().and_then(|ty| ty.value.as_ref()) {
        Some(type_proto::Value::TensorType(tensor)) => tensor.shape.as_ref().map(|shape| &shape.dim),
        _ => None,
    };
    let fixed = |value: &Option<Value>| match value {
        Some(Value::DimValue(length)) => usize::try_from(*length).ok().filter(|&length| length > 0),
        _ => None,
    };
    let name = input.name().to_owned();
    let known: Option<Vec<Option<usize>>> = dims.map(|dims| dims.iter().map(|dim| fixed(&dim.value)).collect());
    match (known, given) {
        (Some(known), None) if known.iter().all(Option::is_some) => Ok(known.into_iter().flatten().collect()),
        (known, None) => {
            let dim = |dim: &Option<usize>| dim.map_or("?".to_owned(), |length| length.to_string());
            let shape = known.map_or("unknown".into(), |known| known.iter().map(dim).collect::<Vec<_>>().join("x"));
            Err(ImportError::OpenShape { name, shape })
        }
        (Some(known), Some(given)) => {
            let fits = known.len() == given.len()
                && known.iter().zip(given).all(|(known, given)| known.is_none_or(|known| known == *given));
            let reason = || format!("the file has {known:?}");
            if fits {
                Ok(given.clone())
            } else {
                Err(ImportError::BadShape { name, shape: given.clone(), reason: reason() })
            }
        }
        (None, Some(given)) => Ok(given.clone()),
    }
}
