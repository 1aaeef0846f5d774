//! From the graph's operators to MNN's ops; one file per family, as in the graph.
//!
//! What is lowered here is right for tensors in any layout; [`layout`](super::layout) decides on those afterwards.

mod activation;
mod along_axis;
mod conv;
mod detection;
mod elementwise;
mod gelu;
mod index;
mod integer;
mod linear;
mod logic;
mod movement;
mod norm;
mod pool;
mod reduce;
mod resize;
mod sample;

use std::collections::{HashMap, HashSet};

use edgeconv_graph::op::{Clip, ResizeMode, Unary};
use edgeconv_graph::{Consumers, DType, Graph, Node, Op, Tensor, TensorData, ValueId, ValueKind};

use super::ExportError;
use super::net::{Activation, Elements, Kind, Net, Number, Op as NetOp, Output, TensorId};

/// Most dimensions that MNN's tensors have (`MNN_MAX_TENSOR_DIM`).
const MAX_RANK: usize = 8;

/// Lowers a whole graph.
pub(super) fn lower(graph: &Graph) -> Result<Net<'_>, ExportError> {
    let mut lowering = Lowering {
        graph,
        consumers: graph.consumers(),
        net: Net::default(),
        tensors: HashMap::new(),
        scalars: HashMap::new(),
        integers: HashMap::new(),
        indices: HashMap::new(),
        absorbed: HashSet::new(),
    };
    for &input in graph.inputs() {
        let value = graph.value(input);
        if value.ty.rank() > MAX_RANK {
            return Err(ExportError::Input { input: value.name.clone(), ty: value.ty.clone() });
        }
        let tensor = lowering.net.op(&value.name, Kind::Input(value.ty.dtype.into()), &[], value.ty.shape.clone());
        lowering.tensors.insert(input, tensor);
    }
    for (index, node) in graph.nodes().iter().enumerate() {
        if !lowering.absorbed.contains(&index) {
            lowering.node(node)?;
        }
    }
    lowering.outputs()?;
    Ok(lowering.net)
}

/// The state of lowering a graph.
struct Lowering<'g> {
    graph: &'g Graph,
    consumers: Consumers,
    net: Net<'g>,
    /// The tensors that hold the values which are known so far.
    tensors: HashMap<ValueId, TensorId>,
    /// Constant numbers by their bits.
    scalars: HashMap<u32, TensorId>,
    /// Constant whole numbers.
    integers: HashMap<i32, TensorId>,
    /// Constants of shapes and indices.
    indices: HashMap<Vec<i32>, TensorId>,
    /// Nodes whose work an earlier op does.
    absorbed: HashSet<usize>,
}

impl<'g> Lowering<'g> {
    fn node(&mut self, node: &'g Node) -> Result<(), ExportError> {
        self.expect_tensors(node)?;
        match &node.op {
            Op::Arg(op) => along_axis::arg(self, node, op),
            Op::BatchNormalization(op) => norm::batch_normalization(self, node, op),
            Op::Binary(op) => elementwise::binary(self, node, *op),
            Op::Cast(op) => logic::cast(self, node, op),
            Op::Clip(op) => elementwise::clip(self, node, op),
            Op::Concat(op) => movement::concat(self, node, op),
            Op::Conv(op) => conv::conv(self, node, op),
            Op::Elu(op) => activation::elu(self, node, op),
            Op::ConvTranspose(op) => conv::conv_transpose(self, node, op),
            Op::CumSum(op) => along_axis::cum_sum(self, node, op),
            Op::DepthToSpace(op) => movement::depth_to_space(self, node, op),
            Op::Dropout(_) => Err(unsupported(node, "a graph for training can't be exported")),
            Op::Expand(op) => movement::expand(self, node, op),
            Op::Flatten(_) | Op::Reshape(_) => movement::reshape(self, node),
            Op::Gemm(_) => linear::gemm(self, node),
            Op::Gather(op) => index::gather(self, node, op),
            Op::GridSample(op) => sample::grid_sample(self, node, op),
            Op::LayerNormalization(op) => norm::layer_normalization(self, node, op),
            Op::LeakyRelu(op) => activation::leaky_relu(self, node, op),
            Op::MatMul(_) => linear::mat_mul(self, node),
            Op::NonMaxSuppression(op) => detection::non_max_suppression(self, node, op),
            Op::PRelu(_) => activation::p_relu(self, node),
            Op::Pad(op) => movement::pad(self, node, op),
            Op::Pool(op) => pool::pool(self, node, op),
            Op::Reduce(op) => reduce::reduce(self, node, op),
            Op::Resize(op) => resize::resize(self, node, op),
            Op::RoiAlign(op) => sample::roi_align(self, node, op),
            Op::ScatterNd(op) => index::scatter_nd(self, node, op),
            Op::SpaceToDepth(op) => movement::space_to_depth(self, node, op),
            Op::Softmax(op) => reduce::softmax(self, node, op),
            Op::TopK(op) => along_axis::top_k(self, node, op),
            Op::Transpose(op) => movement::transpose(self, node, op),
            Op::GlobalAveragePool(_) => pool::global_average_pool(self, node),
            Op::Slice(op) => movement::slice(self, node, op),
            Op::Split(op) => movement::split(self, node, op),
            Op::Unary(op) => elementwise::unary(self, node, *op),
            Op::Where(_) => logic::select(self, node),
            Op::Custom(_) => Err(unsupported(node, "MNN has no such op")),
            Op::CircularConv(_) => Err(unsupported(node, "a pass has to turn it into a convolution first")),
        }
    }

    /// Most ops are for floats, nothing can be computed from no elements, and tensors have few dimensions.
    fn expect_tensors(&self, node: &Node) -> Result<(), ExportError> {
        for &id in node.inputs.iter().chain(&node.outputs) {
            let ty = self.graph.ty(id);
            if ty.rank() > MAX_RANK {
                let name = &self.graph.value(id).name;
                return Err(unsupported(
                    node,
                    format!("`{name}` is {ty}, MNN's tensors have at most {MAX_RANK} dimensions"),
                ));
            }
            if ty.is_empty() || ty.dtype != DType::F32 && !takes_integers(&node.op) {
                let name = &self.graph.value(id).name;
                return Err(unsupported(node, format!("`{name}` is {ty}, expected floats and at least one of them")));
            }
        }
        Ok(())
    }

    /// Names the tensors that hold the graph's outputs, each of them computed by an op of its own.
    fn outputs(&mut self) -> Result<(), ExportError> {
        for output in self.graph.outputs() {
            let ty = self.graph.ty(output.value);
            if ty.is_empty() || ty.rank() > MAX_RANK {
                return Err(ExportError::Output { output: output.name.clone(), ty: ty.clone() });
            }
            let mut tensor = self.operand(output.value)?;
            let stored = |op: &NetOp| matches!(op.kind, Kind::Input(_) | Kind::Const(_)) && op.outputs[0] == tensor;
            let returned = |other: &Output| other.tensor == tensor;
            if self.net.ops.iter().any(stored) || self.net.outputs.iter().any(returned) {
                let shape = self.net.shape(tensor).to_vec();
                tensor = self.net.op(&output.name, Kind::Identity, &[tensor], shape);
            }
            self.net.outputs.push(Output { name: output.name.clone(), tensor });
        }
        Ok(())
    }

    /// Dimensions of a value.
    fn shape(&self, id: ValueId) -> &'g [usize] {
        &self.graph.ty(id).shape
    }

    /// The tensor that holds a value; a constant is stored at its first use.
    fn operand(&mut self, id: ValueId) -> Result<TensorId, ExportError> {
        if let Some(&tensor) = self.tensors.get(&id) {
            return Ok(tensor);
        }
        let value = self.graph.value(id);
        let elements = match value.tensor().map(Tensor::data) {
            Some(TensorData::F32(elements)) => Elements::Float(elements.as_slice().into()),
            Some(TensorData::I64(elements)) => Elements::Int(narrow(elements).ok_or_else(|| {
                let value = value.name.clone();
                ExportError::TooWide { value }
            })?),
            Some(TensorData::Bool(elements)) => Elements::Int(elements.iter().map(|&x| x.into()).collect()),
            None => return Err(ExportError::NoElements { value: value.name.clone() }),
        };
        let tensor = self.net.op(&value.name, Kind::Const(elements), &[], value.ty.shape.clone());
        self.tensors.insert(id, tensor);
        Ok(tensor)
    }

    /// The elements of a float constant.
    fn elements(&self, id: ValueId) -> Result<&'g [f32], ExportError> {
        let value = self.graph.value(id);
        match value.tensor().map(Tensor::data) {
            Some(TensorData::F32(elements)) => Ok(elements),
            Some(TensorData::I64(_) | TensorData::Bool(_)) => Err(ExportError::NoFloats { value: value.name.clone() }),
            None => Err(ExportError::NoElements { value: value.name.clone() }),
        }
    }

    /// The elements of an operand that MNN keeps in the op itself.
    fn weight(&self, node: &Node, index: usize) -> Result<&'g [f32], ExportError> {
        let value = self.graph.value(node.inputs[index]);
        if matches!(value.kind, ValueKind::Input | ValueKind::Computed) {
            return Err(unsupported(node, format!("`{}` is computed at run time, MNN needs a constant", value.name)));
        }
        self.elements(node.inputs[index])
    }

    /// A constant number, `[]`.
    fn scalar(&mut self, number: f32) -> TensorId {
        let net = &mut self.net;
        let add = || net.op(number.to_string(), Kind::Const(Elements::Float(vec![number].into())), &[], []);
        *self.scalars.entry(number.to_bits()).or_insert_with(add)
    }

    /// A constant whole number, `[]`.
    fn integer(&mut self, number: i32) -> TensorId {
        let net = &mut self.net;
        let add = || net.op(number.to_string(), Kind::Const(Elements::Int(vec![number])), &[], []);
        *self.integers.entry(number).or_insert_with(add)
    }

    /// A constant vector of integers.
    fn indices(&mut self, indices: impl IntoIterator<Item = usize>) -> TensorId {
        // Dimensions are far below 2³¹: all elements together fit into memory.
        let indices: Vec<_> = indices.into_iter().map(|index| index as i32).collect();
        let net = &mut self.net;
        let add = |indices: &Vec<i32>| {
            net.op(format!("{indices:?}"), Kind::Const(Elements::Int(indices.clone())), &[], [indices.len()])
        };
        *self.indices.entry(indices).or_insert_with_key(add)
    }

    /// Adds an op that helps to lower `node`.
    fn helper(
        &mut self,
        node: &Node,
        suffix: &str,
        kind: Kind<'g>,
        inputs: &[TensorId],
        shape: impl Into<Vec<usize>>,
    ) -> TensorId {
        self.net.op(format!("{}/{suffix}", node.name), kind, inputs, shape)
    }

    /// Adds an op with several results that helps to lower `node`.
    fn helpers(
        &mut self,
        node: &Node,
        suffix: &str,
        kind: Kind<'g>,
        inputs: &[TensorId],
        results: &[(Vec<usize>, Number)],
    ) -> Vec<TensorId> {
        let name = format!("{}/{suffix}", node.name);
        let results = results.iter().enumerate();
        let tensors = results.map(|(index, (shape, number))| {
            let name = format!("{name}.{index}");
            self.net.tensor(name, shape.clone(), *number)
        });
        let outputs: Vec<_> = tensors.collect();
        self.net.ops.push(NetOp { name, kind, inputs: inputs.to_vec(), outputs: outputs.clone() });
        outputs
    }

    /// If nothing but one of these activations uses the result of `node`: that activation, which is done with it, and its result.
    fn absorb_activation(&mut self, node: &Node, offered: &[Activation]) -> (Activation, ValueId) {
        let plain = (Activation::None, node.outputs[0]);
        let Some(index) = self.consumers.only(node.outputs[0]) else { return plain };
        let user = &self.graph.nodes()[index];
        let activation = match user.op {
            Op::Unary(Unary::Relu) => Activation::Relu,
            Op::Clip(Clip { min: 0.0, max: 6.0 }) => Activation::Relu6,
            _ => return plain,
        };
        if !offered.contains(&activation) {
            return plain;
        }
        self.absorbed.insert(index);
        (activation, user.outputs[0])
    }

    /// Adds the op that computes the results of `node`.
    fn finish(&mut self, node: &Node, kind: Kind<'g>, inputs: &[TensorId]) {
        self.finish_as(&node.name, &node.outputs, kind, inputs);
    }

    /// Adds an op that computes `values`.
    fn finish_as(&mut self, name: &str, values: &[ValueId], kind: Kind<'g>, inputs: &[TensorId]) {
        let outputs: Vec<_> = values
            .iter()
            .map(|&id| {
                let value = self.graph.value(id);
                let tensor = self.net.tensor(value.original_name(), value.ty.shape.clone(), value.ty.dtype.into());
                self.tensors.insert(id, tensor);
                tensor
            })
            .collect();
        self.net.ops.push(NetOp { name: name.to_owned(), kind, inputs: inputs.to_vec(), outputs });
    }

    /// The first result of `node` is what `tensor` holds already.
    fn alias(&mut self, node: &Node, tensor: TensorId) {
        self.tensors.insert(node.outputs[0], tensor);
    }
}

/// Whether an op also works on whole numbers and truth values, as 32-bit integers.
fn takes_integers(op: &Op) -> bool {
    match op {
        Op::Unary(op) => matches!(op, Unary::Abs | Unary::Neg | Unary::Sign | Unary::Not | Unary::Identity),
        Op::Resize(op) => matches!(op.mode, ResizeMode::Nearest(_)),
        Op::Arg(_)
        | Op::Binary(_)
        | Op::Cast(_)
        | Op::Concat(_)
        | Op::CumSum(_)
        | Op::DepthToSpace(_)
        | Op::Expand(_)
        | Op::Flatten(_)
        | Op::Gather(_)
        | Op::NonMaxSuppression(_)
        | Op::Pad(_)
        | Op::Reduce(_)
        | Op::Reshape(_)
        | Op::RoiAlign(_)
        | Op::ScatterNd(_)
        | Op::Slice(_)
        | Op::SpaceToDepth(_)
        | Op::Split(_)
        | Op::TopK(_)
        | Op::Transpose(_)
        | Op::Where(_) => true,
        _ => false,
    }
}

/// The same numbers in 32 bits. ONNX writes "to the end" as the largest or smallest number there is.
fn narrow(numbers: &[i64]) -> Option<Vec<i32>> {
    let narrow = |&number: &i64| match number {
        i64::MAX => Some(i32::MAX),
        i64::MIN => Some(i32::MIN),
        number => i32::try_from(number).ok(),
    };
    numbers.iter().map(narrow).collect()
}

/// The error that names `node`.
fn unsupported(node: &Node, reason: impl Into<String>) -> ExportError {
    let op = node.op.operator().name();
    ExportError::Unsupported { node: node.name.clone(), op, reason: reason.into() }
}
