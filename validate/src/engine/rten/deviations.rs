//! Where rten is known to compute something else than ONNX says: it is no reference for models with such nodes.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use edgeconv_converter::Conversion;
use edgeconv_converter::source::Interface;
use edgeconv_schema::onnx::tensor_shape_proto::dimension::Value;
use edgeconv_schema::onnx::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, ValueInfoProto, type_proto,
};
use prost::Message;

use crate::engine::NamedTensor;

/// What rten does otherwise.
struct Known {
    operators: &'static [&'static str],
    what: &'static str,
    /// Whether a node of such an operator shows it; one of which too little is known does.
    shows: fn(&Site) -> bool,
}

/// All that is known, of rten 0.27.
const KNOWN: [Known; 6] = [
    Known {
        operators: &["Softmax", "LogSoftmax"],
        what: "before operator set 13, all axes from `axis` on are one row, and rten takes one axis",
        shows: flattens_axes,
    },
    Known {
        operators: &["GRU", "LSTM", "RNN"],
        what: "rten leaves out `sequence_lens`",
        shows: |site| site.input(4).is_some(),
    },
    Known {
        operators: &["Pad"],
        what: "rten reflects wrongly where the padding is wider than the map",
        shows: reflects_widely,
    },
    Known {
        operators: &["MatMul"],
        what: "of matrices by a vector, rten keeps an axis that ONNX drops",
        shows: multiplies_by_vector,
    },
    Known {
        operators: &["AveragePool", "Conv", "MaxPool"],
        what: "with `auto_pad` SAME_LOWER, rten puts the odd element of padding at the end",
        shows: |site| site.attribute("auto_pad").is_some_and(|mode| mode.s() == b"SAME_LOWER"),
    },
    Known {
        operators: &["NonMaxSuppression"],
        what: "rten compares boxes of all classes and pictures with each other, and sorts them otherwise",
        shows: |_| true,
    },
];

/// A node that rten computes otherwise than ONNX says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// Name of the node, or that of its first result if it has none.
    node: String,
    operator: String,
    what: &'static str,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node `{}` ({}): {}", self.node, self.operator, self.what)
    }
}

/// The first node of an ONNX file that rten, given these inputs, computes otherwise than ONNX says. A file that can't be read has
/// none: rten says what is wrong with it.
pub fn first(path: &Path, inputs: &[NamedTensor]) -> Option<Deviation> {
    let model = ModelProto::decode(std::fs::read(path).ok()?.as_slice()).ok()?;
    let shapes = Shapes::new(&model, path, inputs);
    let graph = model.graph.as_ref()?;
    let functions = model.functions.iter().map(|function| (&function.node, opset(&function.opset_import)));
    let nodes = std::iter::once((&graph.node, opset(&model.opset_import))).chain(functions);
    nodes.into_iter().find_map(|(nodes, opset)| first_of(nodes, opset, &shapes))
}

/// The version of ONNX's own operators.
fn opset(sets: &[OperatorSetIdProto]) -> i64 {
    sets.iter().find(|set| is_onnx(set.domain())).map_or(1, OperatorSetIdProto::version)
}

fn is_onnx(domain: &str) -> bool {
    matches!(domain, "" | "ai.onnx")
}

fn first_of(nodes: &[NodeProto], opset: i64, shapes: &Shapes) -> Option<Deviation> {
    nodes.iter().find_map(|node| {
        let inside = node.attribute.iter().flat_map(subgraphs);
        Site { node, opset, shapes }
            .deviation()
            .or_else(|| inside.into_iter().find_map(|graph| first_of(&graph.node, opset, shapes)))
    })
}

/// Bodies of loops and branches.
fn subgraphs(attribute: &AttributeProto) -> impl Iterator<Item = &GraphProto> {
    attribute.g.iter().chain(&attribute.graphs)
}

/// A node with what is around it.
struct Site<'a> {
    node: &'a NodeProto,
    /// The version of ONNX's operators.
    opset: i64,
    shapes: &'a Shapes<'a>,
}

impl Site<'_> {
    fn deviation(&self) -> Option<Deviation> {
        let Self { node, .. } = self;
        let of_node = |known: &&Known| known.operators.contains(&node.op_type()) && (known.shows)(self);
        let known = KNOWN.iter().find(of_node).filter(|_| is_onnx(node.domain()))?;
        let first = node.output.first().map_or("", String::as_str);
        let name = if node.name().is_empty() { first } else { node.name() };
        Some(Deviation { node: name.to_owned(), operator: node.op_type().to_owned(), what: known.what })
    }

    fn attribute(&self, name: &str) -> Option<&AttributeProto> {
        self.node.attribute.iter().find(|attribute| attribute.name() == name)
    }

    /// The name of an operand that is not left out.
    fn input(&self, index: usize) -> Option<&str> {
        self.node.input.get(index).map(String::as_str).filter(|name| !name.is_empty())
    }

    fn input_shape(&self, index: usize) -> Option<Vec<Dim>> {
        self.shapes.of(self.input(index)?)
    }
}

fn flattens_axes(site: &Site) -> bool {
    let axis = site.attribute("axis").map_or(1, AttributeProto::i);
    if site.opset >= 13 || axis == -1 {
        return false;
    }
    let Some(shape) = site.input_shape(0) else { return true };
    let axis = if axis < 0 { axis + shape.len() as i64 } else { axis };
    // Axes of length 1 make no difference.
    shape.iter().skip(axis as usize + 1).any(|&length| length != Some(1))
}

fn reflects_widely(site: &Site) -> bool {
    if site.attribute("mode").map(AttributeProto::s) != Some(b"reflect") {
        return false;
    }
    let after = site.node.output.first().and_then(|output| site.shapes.of(output));
    let (Some(before), Some(after)) = (site.input_shape(0), after) else { return true };
    // Both sides together may be less than the map without its edge, whichever has how much.
    let is_wide = |(before, after): (&Dim, &Dim)| match (before, after) {
        (Some(before), Some(after)) => *after >= 2 * before,
        _ => true,
    };
    before.iter().zip(&after).any(is_wide)
}

fn multiplies_by_vector(site: &Site) -> bool {
    let rank = |index| site.input_shape(index).map(|shape| shape.len());
    match (rank(0), rank(1)) {
        (Some(..=2), _) => false,
        (_, Some(rank)) => rank == 1,
        (_, None) => true,
    }
}

/// A length; `None` if it is not known.
type Dim = Option<usize>;

/// Shapes of a model's values.
struct Shapes<'a> {
    path: &'a Path,
    inputs: &'a [NamedTensor],
    /// What the file says, and what was given.
    stated: HashMap<String, Vec<Dim>>,
    /// What follows from that, which is found out if it is needed.
    inferred: OnceCell<HashMap<String, Vec<Dim>>>,
}

impl<'a> Shapes<'a> {
    fn new(model: &ModelProto, path: &'a Path, inputs: &'a [NamedTensor]) -> Self {
        let mut stated = HashMap::new();
        model.graph.iter().for_each(|graph| state(graph, &mut stated));
        stated.extend(inputs.iter().map(|input| (input.name.clone(), known(input.tensor.shape()))));
        Self { path, inputs, stated, inferred: OnceCell::new() }
    }

    fn of(&self, name: &str) -> Option<Vec<Dim>> {
        let stated = self.stated.get(name);
        if let Some(all) = stated.filter(|shape| shape.iter().all(Option::is_some)) {
            return Some(all.clone());
        }
        let inferred = self.inferred.get_or_init(|| infer(self.path, self.inputs));
        inferred.get(name).or(stated).cloned()
    }
}

fn known(shape: &[usize]) -> Vec<Dim> {
    shape.iter().copied().map(Some).collect()
}

/// Collects what a graph and its subgraphs say.
fn state(graph: &GraphProto, stated: &mut HashMap<String, Vec<Dim>>) {
    let infos = graph.value_info.iter().chain(&graph.input).chain(&graph.output);
    stated.extend(infos.filter_map(|info| Some((info.name().to_owned(), shape_of(info)?))));
    let constants = graph.node.iter().filter(|node| node.op_type() == "Constant").filter_map(|node| {
        Some((node.output.first()?.clone(), node.attribute.iter().find_map(|attribute| attribute.t.as_ref())?))
    });
    let stored = graph.initializer.iter().map(|tensor| (tensor.name().to_owned(), tensor)).chain(constants);
    let dim = |&dim: &i64| usize::try_from(dim).ok();
    stated.extend(stored.map(|(name, tensor)| (name, tensor.dims.iter().map(dim).collect())));
    let inside = graph.node.iter().flat_map(|node| &node.attribute).flat_map(subgraphs);
    inside.for_each(|graph| state(graph, stated));
}

/// `None` if not even the rank is said.
fn shape_of(info: &ValueInfoProto) -> Option<Vec<Dim>> {
    let Some(type_proto::Value::TensorType(tensor)) = &info.r#type.as_ref()?.value else { return None };
    let dim = |value: &Option<Value>| match value {
        Some(Value::DimValue(length)) => usize::try_from(*length).ok(),
        Some(Value::DimParam(_)) | None => None,
    };
    Some(tensor.shape.as_ref()?.dim.iter().map(|length| dim(&length.value)).collect())
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

#[cfg(test)]
mod tests {
    use edgeconv_graph::{DType, Tensor};
    use edgeconv_schema::onnx::{TensorProto, TensorShapeProto, TypeProto, tensor_shape_proto};

    use super::*;
    use crate::engine::{Engine, EngineError, Rten};

    fn node(op: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> NodeProto {
        NodeProto {
            op_type: Some(op.into()),
            input: inputs.iter().map(|&name| name.to_owned()).collect(),
            output: vec!["y".into()],
            attribute: attributes,
            ..Default::default()
        }
    }

    fn integer(name: &str, value: i64) -> AttributeProto {
        AttributeProto { name: Some(name.into()), i: Some(value), r#type: Some(2), ..Default::default() }
    }

    fn text(name: &str, value: &str) -> AttributeProto {
        AttributeProto {
            name: Some(name.into()),
            s: Some(value.to_owned().into()),
            r#type: Some(3),
            ..Default::default()
        }
    }

    fn info(name: &str, tensor: Option<&Tensor>) -> ValueInfoProto {
        let dim = |&length: &usize| tensor_shape_proto::Dimension {
            value: Some(Value::DimValue(length as i64)),
            ..Default::default()
        };
        let elem_type = Some(if tensor.is_some_and(|tensor| tensor.dtype() == DType::I32) { 6 } else { 1 });
        let shape = tensor.map(|tensor| TensorShapeProto { dim: tensor.shape().iter().map(dim).collect() });
        let ty = TypeProto {
            value: Some(type_proto::Value::TensorType(type_proto::Tensor { elem_type, shape })),
            ..Default::default()
        };
        ValueInfoProto { name: Some(name.into()), r#type: Some(ty), ..Default::default() }
    }

    /// A model of these nodes, the last one of which computes `y`, with its inputs and 64-bit constants.
    struct Case {
        folder: tempfile::TempDir,
        inputs: Vec<NamedTensor>,
    }

    impl Case {
        fn new(opset: i64, nodes: Vec<NodeProto>, inputs: &[(&str, Tensor)], constants: &[(&str, &[i64])]) -> Self {
            let constant = |&(name, numbers): &(&str, &[i64])| TensorProto {
                name: Some(name.into()),
                data_type: Some(7),
                dims: vec![numbers.len() as i64],
                int64_data: numbers.to_vec(),
                ..Default::default()
            };
            let graph = GraphProto {
                name: Some("case".into()),
                node: nodes,
                input: inputs.iter().map(|(name, tensor)| info(name, Some(tensor))).collect(),
                output: vec![info("y", None)],
                initializer: constants.iter().map(constant).collect(),
                ..Default::default()
            };
            let opset_import = vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(opset) }];
            let model = ModelProto { ir_version: Some(8), opset_import, graph: Some(graph), ..Default::default() };
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("case.onnx"), model.encode_to_vec()).unwrap();
            let named = |(name, tensor): &(&str, Tensor)| NamedTensor { name: (*name).into(), tensor: tensor.clone() };
            Self { folder, inputs: inputs.iter().map(named).collect() }
        }

        fn deviation(&self) -> Option<String> {
            first(&self.folder.path().join("case.onnx"), &self.inputs).map(|deviation| deviation.to_string())
        }

        /// What rten gives for `y`, right or not.
        fn rten(&self) -> Tensor {
            Rten::new().run(&self.folder.path().join("case.onnx"), &self.inputs).unwrap().swap_remove(0).tensor
        }
    }

    fn softmax(opset: i64, axis: i64, shape: &[usize]) -> Case {
        let x = Tensor::f32(shape, vec![0.0; shape.iter().product()]).unwrap();
        Case::new(opset, vec![node("Softmax", &["x"], vec![integer("axis", axis)])], &[("x", x)], &[])
    }

    #[test]
    fn softmax_over_several_axes() {
        let wrong = softmax(11, 1, &[1, 2, 2]);
        assert!(wrong.deviation().unwrap().starts_with("node `y` (Softmax): before operator set 13"));
        assert!(softmax(11, -2, &[1, 2, 2]).deviation().is_some());
        // Four elements are one row.
        assert_ne!(wrong.rten().as_f32().unwrap(), [0.25; 4]);
        for right in [softmax(13, 1, &[1, 2, 2]), softmax(11, -1, &[1, 2, 2]), softmax(11, 1, &[1, 2, 1, 1])] {
            assert_eq!(right.deviation(), None);
        }
    }

    fn lstm(lengths: &str) -> Case {
        let ones = |shape: &[usize]| Tensor::f32(shape, vec![1.0; shape.iter().product()]).unwrap();
        let inputs = [("x", ones(&[2, 1, 1])), ("w", ones(&[1, 4, 1])), ("r", ones(&[1, 4, 1]))];
        let lens = [("lens", Tensor::new([1], vec![1_i32]).unwrap())];
        let inputs: Vec<_> = inputs.into_iter().chain(lens.into_iter().filter(|_| !lengths.is_empty())).collect();
        let node = node("LSTM", &["x", "w", "r", "", lengths], vec![integer("hidden_size", 1)]);
        Case::new(14, vec![node], &inputs, &[])
    }

    #[test]
    fn lengths_of_sequences() {
        assert!(lstm("lens").deviation().unwrap().contains("`sequence_lens`"));
        // What is behind a sequence's end is 0.
        assert_ne!(lstm("lens").rten().as_f32().unwrap()[1], 0.0);
        assert_eq!(lstm("").deviation(), None);
    }

    fn pad(mode: &str, left: i64) -> Case {
        let x = Tensor::f32([1, 1, 2, 3], vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let node = node("Pad", &["x", "pads"], vec![text("mode", mode)]);
        Case::new(13, vec![node], &[("x", x)], &[("pads", &[0, 0, 0, left, 0, 0, 0, 0])])
    }

    #[test]
    fn padding_wider_than_the_map() {
        assert!(pad("reflect", 4).deviation().unwrap().contains("wider than the map"));
        // To and fro, as NumPy has it.
        assert_ne!(pad("reflect", 4).rten().as_f32().unwrap()[..7], [0.0, 1.0, 2.0, 1.0, 0.0, 1.0, 2.0]);
        assert_eq!((pad("reflect", 2).deviation(), pad("edge", 4).deviation()), (None, None));
    }

    fn product(left: &[usize], nodes: Vec<NodeProto>) -> Case {
        let ones = |shape: &[usize]| Tensor::f32(shape, vec![1.0; shape.iter().product()]).unwrap();
        Case::new(13, nodes, &[("m", ones(left)), ("v", ones(&[2]))], &[])
    }

    #[test]
    fn matrices_by_a_vector() {
        let multiply = |vector: &str| node("MatMul", &["m", vector], vec![]);
        let wrong = product(&[2, 1, 2], vec![multiply("v")]);
        assert!(wrong.deviation().unwrap().contains("an axis that ONNX drops"));
        assert_ne!(wrong.rten().shape(), [2, 1]);
        assert_eq!(product(&[3, 2], vec![multiply("v")]).deviation(), None);
        // The rank of what is computed is inferred.
        let mut relu = node("Relu", &["v"], vec![]);
        relu.output = vec!["positive".into()];
        assert!(product(&[2, 1, 2], vec![relu, multiply("positive")]).deviation().is_some());
        let mut square = node("Relu", &["m"], vec![]);
        square.output = vec!["positive".into()];
        let by_matrix = node("MatMul", &["m", "positive"], vec![]);
        assert_eq!(product(&[2, 2, 2], vec![square, by_matrix]).deviation(), None);
    }

    #[test]
    fn odd_padding_in_front() {
        let pool = |mode: &str| {
            let pair = |name: &str, ints: [i64; 2]| AttributeProto {
                name: Some(name.into()),
                ints: ints.to_vec(),
                r#type: Some(7),
                ..Default::default()
            };
            let attributes = vec![text("auto_pad", mode), pair("kernel_shape", [1, 2]), pair("strides", [1, 1])];
            let x = Tensor::f32([1, 1, 1, 3], vec![1.0, 2.0, 3.0]).unwrap();
            Case::new(12, vec![node("MaxPool", &["x"], attributes)], &[("x", x)], &[])
        };
        assert!(pool("SAME_LOWER").deviation().unwrap().contains("at the end"));
        assert_ne!(pool("SAME_LOWER").rten().as_f32().unwrap(), [1.0, 2.0, 3.0]);
        assert_eq!(pool("SAME_UPPER").deviation(), None);
    }

    #[test]
    fn boxes_of_several_classes() {
        let boxes = Tensor::f32([1, 1, 4], vec![0.0, 0.0, 1.0, 1.0]).unwrap();
        let scores = Tensor::f32([1, 2, 1], vec![0.9, 0.8]).unwrap();
        let node = node("NonMaxSuppression", &["boxes", "scores", "most"], vec![]);
        let case = Case::new(11, vec![node], &[("boxes", boxes), ("scores", scores)], &[("most", &[5])]);
        assert!(case.deviation().is_some());
        // The box is selected for each class.
        assert_ne!(case.rten().shape(), [2, 3]);
    }

    #[test]
    fn a_reference_refuses_them() {
        let case = softmax(11, 1, &[1, 2, 2]);
        let path = case.folder.path().join("case.onnx");
        let error = Rten::by_definition().run(&path, &case.inputs).unwrap_err();
        assert!(matches!(error, EngineError::Deviates { .. }), "{error}");
        assert!(error.to_string().contains("rten 0.") && error.to_string().contains("(Softmax)"), "{error}");
        let trusted = crate::engine::Trusted::new(Err("ONNX Runtime is not here".into()));
        let error = trusted.run(&path, &case.inputs).unwrap_err();
        assert!(matches!(error, EngineError::Unproven { .. }), "{error}");
        assert!(error.to_string().contains("ONNX Runtime is not here; rten 0."), "{error}");
        let right = softmax(13, 1, &[1, 2, 2]);
        let run = trusted.run_inside(&right.folder.path().join("case.onnx"), &right.inputs, &[]).unwrap();
        assert!(run.ran.engine.starts_with("rten 0.") && run.ran.instead_of.is_none(), "{:?}", run.ran);
    }

    /// rten computes them when it loads the model, and forgets their names.
    #[test]
    fn outputs_that_are_shapes_keep_their_names() {
        let x = Tensor::f32([3, 5], vec![0.0; 15]).unwrap();
        let case = Case::new(13, vec![node("Shape", &["x"], vec![])], &[("x", x)], &[]);
        let outputs = Rten::new().run(&case.folder.path().join("case.onnx"), &case.inputs).unwrap();
        let numbers: Vec<_> = outputs[0].tensor.numbers().collect();
        assert_eq!((outputs[0].name.as_str(), numbers), ("y", vec![3.0, 5.0]));
    }
}
