//! What is known of a model's values before it runs.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use edgeconv_converter::Conversion;
use edgeconv_converter::source::{Interface, onnx};
use edgeconv_graph::{DType, Tensor};
use edgeconv_schema::onnx::tensor_proto::DataType;
use edgeconv_schema::onnx::tensor_shape_proto::dimension::Value;
use edgeconv_schema::onnx::{
    AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, type_proto,
};

use super::site::{attribute, subgraphs};
use crate::engine::NamedTensor;

/// The element types that rten has, or computes in one that it has.
const TYPES: [DataType; 8] = [
    DataType::Bool,
    DataType::Double,
    DataType::Float,
    DataType::Float16,
    DataType::Int32,
    DataType::Int64,
    DataType::Int8,
    DataType::Uint8,
];

/// A length; `None` if it is not known.
pub type Dim = Option<usize>;

/// Shapes, element types and stored elements of a model's values.
pub struct Values<'a> {
    path: &'a Path,
    inputs: &'a [NamedTensor],
    /// What the file says, and what was given.
    shapes: HashMap<String, Vec<Dim>>,
    /// What follows from that, which is found out if it is needed.
    inferred: OnceCell<HashMap<String, Vec<Dim>>>,
    /// By ONNX's numbers: newer ones may have no name here.
    types: HashMap<&'a str, i32>,
    stored: HashMap<&'a str, &'a TensorProto>,
    /// Nodes that return integers which their attributes say.
    constants: HashMap<&'a str, &'a NodeProto>,
    /// What follows from shapes and stored tensors alone, whatever the elements of the inputs are.
    fixed: HashSet<&'a str>,
}

impl<'a> Values<'a> {
    pub fn new(model: &'a ModelProto, path: &'a Path, inputs: &'a [NamedTensor]) -> Self {
        let mut values = Self {
            path,
            inputs,
            shapes: HashMap::new(),
            inferred: OnceCell::new(),
            types: HashMap::new(),
            stored: HashMap::new(),
            constants: HashMap::new(),
            fixed: HashSet::new(),
        };
        model.graph.iter().for_each(|graph| values.note_graph(graph));
        model.functions.iter().for_each(|function| values.note_nodes(&function.node));
        values.shapes.extend(inputs.iter().map(|input| (input.name.clone(), known(input.tensor.shape()))));
        values
    }

    pub fn shape(&self, name: &str) -> Option<Vec<Dim>> {
        let stated = self.shapes.get(name);
        if let Some(all) = stated.filter(|shape| shape.iter().all(Option::is_some)) {
            return Some(all.clone());
        }
        let inferred = self.inferred.get_or_init(|| infer(self.path, self.inputs));
        inferred.get(name).or(stated).cloned()
    }

    /// The element type, if it is known and has a name.
    pub fn element_type(&self, name: &str) -> Option<DataType> {
        self.types.get(name).and_then(|&ty| DataType::try_from(ty).ok())
    }

    /// Whether the element type is known, and none that rten has: it takes others for those, where it takes them at all.
    pub fn is_of_strange_type(&self, name: &str) -> bool {
        self.types.get(name).is_some_and(|ty| TYPES.iter().all(|&known| i32::from(known) != *ty))
    }

    /// The tensor, if it is in the file.
    pub fn stored(&self, name: &str) -> Option<Tensor> {
        let tensor = || self.stored.get(name).and_then(|proto| onnx::tensor(proto).ok());
        let integers = |attribute: &AttributeProto| match attribute.name() {
            "value_int" => Some(Tensor::integer(attribute.i())),
            "value_ints" => Some(Tensor::indices(attribute.ints.clone())),
            _ => None,
        };
        let constant = || self.constants.get(name).and_then(|node| node.attribute.iter().find_map(integers));
        tensor().or_else(constant)
    }

    /// Whether a tensor of integers is in the file, and has some that need more than 32 bits.
    pub fn is_wide(&self, name: &str) -> bool {
        let is_integer = matches!(self.element_type(name), Some(DataType::Int64 | DataType::Uint64 | DataType::Uint32));
        let wide = |tensor: &Tensor| tensor.converted(DType::I32).is_none();
        is_integer && self.stored(name).is_some_and(|tensor| wide(&tensor))
    }

    /// Whether a value follows from shapes and stored tensors alone.
    pub fn is_fixed(&self, name: &str) -> bool {
        self.fixed.contains(name)
    }

    /// Notes what a graph and its subgraphs say.
    fn note_graph(&mut self, graph: &'a GraphProto) {
        for info in graph.value_info.iter().chain(&graph.input).chain(&graph.output) {
            self.shapes.extend(shape_of(info).map(|shape| (info.name().to_owned(), shape)));
            self.types.extend(element_type_of(info).map(|ty| (info.name(), ty)));
        }
        graph.initializer.iter().for_each(|tensor| self.note_stored(tensor.name(), tensor));
        self.note_nodes(&graph.node);
    }

    fn note_stored(&mut self, name: &'a str, tensor: &'a TensorProto) {
        let dim = |&dim: &i64| usize::try_from(dim).ok();
        self.shapes.insert(name.to_owned(), tensor.dims.iter().map(dim).collect());
        self.types.insert(name, tensor.data_type());
        self.stored.insert(name, tensor);
        self.fixed.insert(name);
    }

    fn note_nodes(&mut self, nodes: &'a [NodeProto]) {
        for node in nodes {
            node.attribute.iter().flat_map(subgraphs).for_each(|graph| self.note_graph(graph));
            if let (Some(first), Some(tensor)) = (node.output.first(), constant(node)) {
                self.note_stored(first, tensor);
                continue;
            }
            if node.op_type() == "Constant" {
                self.constants.extend(node.output.first().map(|first| (first.as_str(), node)));
            }
            let types: Vec<_> = (0..node.output.len()).map(|index| self.result_type(node, index)).collect();
            for (output, ty) in node.output.iter().zip(types) {
                if let Some(ty) = ty {
                    self.types.entry(output).or_insert(ty);
                }
            }
            if self.follows_from_shapes(node) {
                self.fixed.extend(node.output.iter().map(String::as_str));
            }
        }
    }

    fn follows_from_shapes(&self, node: &NodeProto) -> bool {
        let from_operands = || node.input.iter().all(|name| self.is_fixed(name) || name.is_empty());
        // Graphs inside may read what is not among the operands.
        let is_plain = || !is_random(node) && node.attribute.iter().flat_map(subgraphs).next().is_none();
        matches!(node.op_type(), "Shape" | "Size") || from_operands() && is_plain()
    }

    /// The element type of a result, where the operator or an operand says it.
    fn result_type(&self, node: &NodeProto, index: usize) -> Option<i32> {
        let operand = |index: usize| self.types.get(node.input.get(index)?.as_str()).copied();
        let stated = |name: &str| Some(attribute(node, name)?.i() as i32).filter(|&ty| ty != 0);
        let is = |ty: DataType| Some(i32::from(ty));
        match node.op_type() {
            "Cast" | "BitCast" => stated("to"),
            "Shape" | "Size" | "ArgMax" | "ArgMin" | "NonZero" | "NonMaxSuppression" => is(DataType::Int64),
            "TopK" if index == 1 => is(DataType::Int64),
            "Equal" | "Greater" | "GreaterOrEqual" | "Less" | "LessOrEqual" | "And" | "Or" | "Not" | "Xor"
            | "IsNaN" | "IsInf" => is(DataType::Bool),
            "Where" | "CastLike" | "DequantizeLinear" => operand(1),
            "OneHot" => operand(2),
            "Constant" if attribute(node, "value_float").or(attribute(node, "value_floats")).is_some() => {
                is(DataType::Float)
            }
            "Constant" => is(DataType::Int64),
            "ConstantOfShape" => match attribute(node, "value").and_then(|value| value.t.as_ref()) {
                Some(tensor) => Some(tensor.data_type()),
                None => is(DataType::Float),
            },
            "EyeLike" | "RandomNormalLike" | "RandomUniformLike" => stated("dtype").or(operand(0)),
            "RandomNormal" | "RandomUniform" | "HannWindow" | "HammingWindow" | "BlackmanWindow" => {
                stated("dtype").or(stated("output_datatype")).or(is(DataType::Float))
            }
            "QuantizeLinear" => operand(2).or(stated("output_dtype")).or(is(DataType::Uint8)),
            "DynamicQuantizeLinear" => is(if index == 1 { DataType::Float } else { DataType::Uint8 }),
            "MatMulInteger" | "ConvInteger" => is(DataType::Int32),
            "If" | "Loop" | "Scan" => None,
            _ => operand(0),
        }
    }
}

/// The tensor of a node that does nothing but to return it.
fn constant(node: &NodeProto) -> Option<&TensorProto> {
    node.attribute.iter().find_map(|attribute| attribute.t.as_ref()).filter(|_| node.op_type() == "Constant")
}

fn is_random(node: &NodeProto) -> bool {
    node.op_type().starts_with("Random") || matches!(node.op_type(), "Bernoulli" | "Multinomial" | "Dropout")
}

fn known(shape: &[usize]) -> Vec<Dim> {
    shape.iter().copied().map(Some).collect()
}

fn tensor_type(info: &ValueInfoProto) -> Option<&type_proto::Tensor> {
    match &info.r#type.as_ref()?.value {
        Some(type_proto::Value::TensorType(tensor)) => Some(tensor),
        _ => None,
    }
}

fn element_type_of(info: &ValueInfoProto) -> Option<i32> {
    Some(tensor_type(info)?.elem_type()).filter(|&ty| ty != i32::from(DataType::Undefined))
}

/// `None` if not even the rank is said.
fn shape_of(info: &ValueInfoProto) -> Option<Vec<Dim>> {
    let dim = |value: &Option<Value>| match value {
        Some(Value::DimValue(length)) => usize::try_from(*length).ok(),
        Some(Value::DimParam(_)) | None => None,
    };
    Some(tensor_type(info)?.shape.as_ref()?.dim.iter().map(|length| dim(&length.value)).collect())
}

/// What our own graph of the model says; nothing if there is none.
fn infer(path: &Path, inputs: &[NamedTensor]) -> HashMap<String, Vec<Dim>> {
    // Shapes may depend on the integers.
    let integers = inputs.iter().filter(|input| input.tensor.dtype().is_integer());
    let interface = Interface {
        shapes: inputs.iter().map(|input| (input.name.clone(), input.tensor.shape().to_vec())).collect(),
        values: integers.map(|input| (input.name.clone(), input.tensor.clone())).collect(),
        ..Interface::default()
    };
    let Ok(conversion) = Conversion::open(path).and_then(|opened| opened.fix(&interface)) else {
        return HashMap::new();
    };
    let values = conversion.graph().values();
    values.map(|(_, value)| (value.origin.as_ref().unwrap_or(&value.name).clone(), known(&value.ty.shape))).collect()
}
