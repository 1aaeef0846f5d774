//! From the graph's operators to MNN's ops: what the families under [`ops`](super::ops) share.

use std::collections::{HashMap, HashSet};

use edgeconv_graph::op::{Clip, Unary};
use edgeconv_graph::{DType, Graph, Node, NodeId, Op, Sizes, Tensor, TensorType, ValueId, ValueKind};
use edgeconv_session::open::OPEN_KEY;

use super::Mnn;
use super::error::{ExportError, Refusal, Refusals};
use super::net::{Grid, GridBits, Net, Number, Output, TensorId};
use super::ops::{self, Const, Identity, Input, MnnOp, Role};
use crate::content::Content;

/// Most dimensions that MNN's tensors have (`MNN_MAX_TENSOR_DIM`).
const MAX_RANK: usize = 8;

const NOT_EMPTY: &str = "MNN's tensors have at least one element";

/// What a convolution or an arithmetic op does to its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activation {
    /// Nothing.
    None,
    /// `max(x, 0)`.
    Relu,
    /// `clamp(x, 0, 6)`.
    Relu6,
}

/// Lowers a whole graph to what a target's options ask for.
///
/// # Errors
/// All nodes that MNN can't express, or the first constant or output that it can't hold.
pub(super) fn lower<'g>(graph: &'g Graph, target: &Mnn, resizing: Resizing) -> Result<Net<'g>, ExportError> {
    let mut lowering = Lowering { resizing, ..Lowering::new(graph, target, Net::default()) };
    for &input in graph.inputs() {
        let value = graph.value(input);
        if let Some(reason) = unrepresentable(&value.ty) {
            return Err(ExportError::Input { input: value.name.clone(), ty: value.ty.clone(), reason });
        }
        let tensor = lowering.net.op(&value.name, Input(value.ty.dtype.into()), &[], value.ty.shape.clone());
        lowering.net.tensors[tensor.0].grid = Grid::of(value);
        lowering.tensors.insert(input, tensor);
        if graph.users(input).is_empty() && !graph.is_returned(input) && !value.ty.is_empty() {
            // MNN's sessions have only inputs that an op reads.
            lowering.net.op(format!("{}/unread", value.name), Identity, &[tensor], value.ty.shape.clone());
        }
    }
    let refused = lowering.nodes()?;
    if !refused.is_empty() {
        return Err(ExportError::Unsupported(Refusals::of(graph, refused)));
    }
    lowering.outputs()?;
    match graph.sizes.as_deref() {
        Some(sizes) => lower_sizes(sizes, target, lowering.net),
        None => Ok(lowering.net),
    }
}

/// Adds what the model computes of its sizes, as far as MNN can express it.
fn lower_sizes<'g>(sizes: &'g Sizes, target: &Mnn, net: Net<'g>) -> Result<Net<'g>, ExportError> {
    let graph = &sizes.graph;
    let before = net.ops.len();
    let mut lowering = Lowering::new(graph, target, net);
    for &input in graph.inputs() {
        let value = graph.value(input);
        let tensor = lowering.net.tensor(&value.name, value.ty.shape.clone(), value.ty.dtype.into());
        lowering.tensors.insert(input, tensor);
        lowering.net.sizes.given.push(tensor);
    }
    lowering.nodes()?;
    let tensors = &lowering.tensors;
    let contents = sizes.contents.iter().filter_map(|(id, tensor)| Some((*tensors.get(id)?, tensor.clone())));
    lowering.net.sizes.contents = contents.collect();
    lowering.net.sizes.count = lowering.net.ops.len() - before;
    Ok(lowering.net)
}

/// How maps get the nearest samples of others where their size is another one at each size of the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resizing {
    /// By MNN's own op, where that takes the samples that ONNX says: for whole ratios.
    ByInterp,
    /// By tables of indices, for any ratio.
    ByTables,
}

/// The state of lowering a graph.
pub(super) struct Lowering<'g> {
    pub graph: &'g Graph,
    /// Whether the file has to be accurate in sessions without hints, too.
    pub any_session: bool,
    pub resizing: Resizing,
    pub net: Net<'g>,
    /// The tensors that hold the values which are known so far.
    pub tensors: HashMap<ValueId, TensorId>,
    /// Constant numbers by their bits.
    scalars: HashMap<u32, TensorId>,
    /// Constant integers.
    integers: HashMap<i32, TensorId>,
    /// Constants of shapes and indices.
    indices: HashMap<Vec<i32>, TensorId>,
    /// The graph's constants that are stored so far: of those that are equal, and whose integers stand for the same, only the first is.
    stored: HashMap<(Content<'g>, &'g TensorType, Option<GridBits>), TensorId>,
    /// The kernels of convolutions that read them as an operand.
    pub shared_kernels: HashSet<Content<'g>>,
    /// Nodes whose work an earlier op does.
    absorbed: HashSet<NodeId>,
}

impl<'g> Lowering<'g> {
    fn new(graph: &'g Graph, target: &Mnn, net: Net<'g>) -> Self {
        Self {
            graph,
            any_session: target.any_session,
            resizing: Resizing::ByInterp,
            net,
            tensors: HashMap::new(),
            scalars: HashMap::new(),
            integers: HashMap::new(),
            indices: HashMap::new(),
            stored: HashMap::new(),
            shared_kernels: if target.share_weights { shared_kernels(graph) } else { HashSet::new() },
            absorbed: HashSet::new(),
        }
    }

    /// Lowers all nodes; those that MNN can't express are returned.
    fn nodes(&mut self) -> Result<Vec<Refusal>, ExportError> {
        let graph = self.graph;
        let mut refused = vec![];
        for &id in graph.order() {
            if self.absorbed.contains(&id) {
                continue;
            }
            let node = graph.node(id);
            match representable(graph, node).and_then(|()| ops::lower(self, node)) {
                Ok(()) => {}
                Err(ExportError::Unsupported(refusals)) => {
                    refused.extend(refusals.into_nodes());
                    self.stand_in(node);
                }
                Err(error @ ExportError::TooWide { .. }) => {
                    refused.push(refusal(node, error.to_string()));
                    self.stand_in(node);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(refused)
    }

    /// For operators that MNN has for floats only.
    ///
    /// # Errors
    /// If an operand or result of `node` is something else, or not a tensor of MNN.
    pub fn floats(&mut self, node: &Node) -> Result<&mut Self, ExportError> {
        let other = |&&id: &&ValueId| self.graph.ty(id).dtype != DType::F32;
        match node.inputs.iter().chain(&node.outputs).find(other) {
            Some(&id) => {
                let value = self.graph.value(id);
                Err(unsupported(node, format!("`{}` is {}, MNN has this for floats only", value.name, value.ty)))
            }
            None => self.numbers(node),
        }
    }

    /// For operators that MNN also has for integers and booleans, as 32-bit integers.
    ///
    /// # Errors
    /// If an operand or result of `node` has no elements: nothing can be computed from those.
    pub fn numbers(&mut self, node: &Node) -> Result<&mut Self, ExportError> {
        for &id in node.inputs.iter().chain(&node.outputs) {
            let value = self.graph.value(id);
            if value.ty.is_empty() {
                let reason = format!("`{}` is {}, {NOT_EMPTY}", value.name, value.ty);
                return Err(unsupported(node, reason));
            }
        }
        Ok(self)
    }

    /// Tensors for what a refused node, and one whose work it does, would compute, so that the nodes behind can be looked at.
    fn stand_in(&mut self, node: &Node) {
        for &id in &node.outputs {
            let value = self.graph.value(id);
            let tensor = self.net.tensor(&value.name, value.ty.shape.clone(), value.ty.dtype.into());
            self.tensors.insert(id, tensor);
            if let Some(user) = self.graph.only_user(id).filter(|user| self.absorbed.contains(user)) {
                self.stand_in(self.graph.node(user));
            }
        }
    }

    /// Names the tensors that hold the graph's outputs, each of them computed by an op of its own.
    fn outputs(&mut self) -> Result<(), ExportError> {
        let computing = self.net.ops.iter().filter(|op| op.kind.role() == Role::Computes);
        let mut computed: HashSet<_> = computing.flat_map(|op| op.outputs.iter().copied()).collect();
        for output in self.graph.outputs() {
            let ty = self.graph.ty(output.value);
            let nothing = ty.is_empty().then(|| NOT_EMPTY.to_owned());
            if let Some(reason) = nothing.or_else(|| unrepresentable(ty)) {
                return Err(ExportError::Output { output: output.name.clone(), ty: ty.clone(), reason });
            }
            let mut tensor = self.operand(output.value)?;
            if !computed.remove(&tensor) {
                let shape = self.net.shape(tensor).to_vec();
                tensor = self.net.op(&output.name, Identity, &[tensor], shape);
            }
            self.net.outputs.push(Output { name: output.name.clone(), tensor });
        }
        Ok(())
    }

    /// Whether the net is one of several that become a file for all sizes of its inputs.
    pub fn is_open(&self) -> bool {
        self.graph.metadata.contains_key(OPEN_KEY)
    }

    /// Dimensions of a value.
    pub fn shape(&self, id: ValueId) -> &'g [usize] {
        &self.graph.ty(id).shape
    }

    /// The tensor that holds a value; a constant is stored at its first use.
    pub fn operand(&mut self, id: ValueId) -> Result<TensorId, ExportError> {
        if let Some(&tensor) = self.tensors.get(&id) {
            return Ok(tensor);
        }
        let value = self.graph.value(id);
        let tensor = value.tensor().ok_or_else(|| ExportError::NoElements { value: value.name.clone() })?;
        let grid = Grid::of(value);
        let key = (Content(tensor.bytes()), &value.ty, grid.map(Grid::bits));
        let stored = match self.stored.get(&key) {
            Some(&same) => same,
            None => {
                let too_wide = || ExportError::TooWide { value: value.name.clone() };
                let elements = match tensor.as_f32() {
                    Some(floats) => Const::Float(floats.into()),
                    None => Const::Int(narrow(tensor).ok_or_else(too_wide)?),
                };
                let stored = self.net.op(&value.name, elements, &[], value.ty.shape.clone());
                self.net.tensors[stored.0].grid = grid;
                stored
            }
        };
        self.stored.insert(key, stored);
        self.tensors.insert(id, stored);
        Ok(stored)
    }

    /// The elements of a float constant.
    pub fn elements(&self, id: ValueId) -> Result<&'g [f32], ExportError> {
        let value = self.graph.value(id);
        let tensor = value.tensor().ok_or_else(|| ExportError::NoElements { value: value.name.clone() })?;
        tensor.as_f32().ok_or_else(|| ExportError::NoFloats { value: value.name.clone() })
    }

    /// The elements of an operand that MNN keeps in the op itself.
    pub fn weight(&self, node: &Node, index: usize) -> Result<&'g [f32], ExportError> {
        let value = self.graph.value(node.inputs[index]);
        if matches!(value.kind, ValueKind::Input | ValueKind::Computed) {
            return Err(unsupported(node, format!("`{}` is computed at run time, MNN needs a constant", value.name)));
        }
        self.elements(node.inputs[index])
    }

    /// A constant number, `[]`.
    pub fn scalar(&mut self, number: f32) -> TensorId {
        let net = &mut self.net;
        let add = || net.op(number.to_string(), Const::Float(vec![number].into()), &[], []);
        *self.scalars.entry(number.to_bits()).or_insert_with(add)
    }

    /// A constant integer, `[]`.
    pub fn integer(&mut self, number: i32) -> TensorId {
        let net = &mut self.net;
        let add = || net.op(number.to_string(), Const::Int(vec![number]), &[], []);
        *self.integers.entry(number).or_insert_with(add)
    }

    /// A constant vector of integers.
    pub fn indices(&mut self, indices: impl IntoIterator<Item = usize>) -> TensorId {
        // Dimensions are far below 2³¹: all elements together fit into memory.
        let indices: Vec<_> = indices.into_iter().map(|index| index as i32).collect();
        let net = &mut self.net;
        let add =
            |indices: &Vec<i32>| net.op(format!("{indices:?}"), Const::Int(indices.clone()), &[], [indices.len()]);
        *self.indices.entry(indices).or_insert_with_key(add)
    }

    /// Adds an op that helps to lower `node`.
    pub fn helper(
        &mut self,
        node: &Node,
        suffix: &str,
        kind: impl MnnOp + 'g,
        inputs: &[TensorId],
        shape: impl Into<Vec<usize>>,
    ) -> TensorId {
        self.net.op(format!("{}/{suffix}", node.name), kind, inputs, shape)
    }

    /// Adds an op with several results that helps to lower `node`.
    pub fn helpers(
        &mut self,
        node: &Node,
        suffix: &str,
        kind: impl MnnOp + 'g,
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
        self.net.push(name, kind, inputs, outputs.clone());
        outputs
    }

    /// If nothing but one of these activations uses the result of `node`: that activation, which is done with it, and its result.
    pub fn absorb_activation(&mut self, node: &Node, offered: &[Activation]) -> (Activation, ValueId) {
        let plain = (Activation::None, node.outputs[0]);
        let Some((activation, id)) = activation_behind(self.graph, node) else { return plain };
        let user = self.graph.node(id);
        let [before, behind] = [node, user].map(|node| Grid::of(self.graph.value(node.outputs[0])));
        // In integers MNN clamps below only.
        let is_clamped =
            behind.is_none_or(|grid| activation == Activation::Relu || grid.real(i8::MAX) <= 6.0 + grid.step / 2.0);
        if before.is_some() || !is_clamped {
            return plain;
        }
        if !offered.contains(&activation) {
            return plain;
        }
        self.absorbed.insert(id);
        (activation, user.outputs[0])
    }

    /// Adds the op that computes the results of `node`.
    pub fn finish(&mut self, node: &Node, kind: impl MnnOp + 'g, inputs: &[TensorId]) {
        self.finish_as(&node.name, &node.outputs, kind, inputs);
    }

    /// Adds an op that computes `values`.
    pub fn finish_as(&mut self, name: &str, values: &[ValueId], kind: impl MnnOp + 'g, inputs: &[TensorId]) {
        let outputs: Vec<_> = values
            .iter()
            .map(|&id| {
                let value = self.graph.value(id);
                let tensor = self.net.tensor(value.original_name(), value.ty.shape.clone(), value.ty.dtype.into());
                self.net.tensors[tensor.0].grid = Grid::of(value);
                self.tensors.insert(id, tensor);
                tensor
            })
            .collect();
        self.net.push(name, kind, inputs, outputs);
    }

    /// The first result of `node` is what `tensor` holds already.
    pub fn alias(&mut self, node: &Node, tensor: TensorId) {
        self.tensors.insert(node.outputs[0], tensor);
    }
}

/// An activation that convolutions can compute, and the node of it, if nothing else uses the result of `node`.
pub(crate) fn activation_behind(graph: &Graph, node: &Node) -> Option<(Activation, NodeId)> {
    let user = graph.only_user(node.outputs[0])?;
    let activation = match graph.node(user).op {
        Op::Unary(Unary::Relu) => Activation::Relu,
        Op::Clip(Clip { min: 0.0, max: 6.0 }) => Activation::Relu6,
        _ => return None,
    };
    Some((activation, user))
}

/// The kernels that several convolutions have; those of groups are small.
fn shared_kernels(graph: &Graph) -> HashSet<Content<'_>> {
    let (mut seen, mut shared) = (HashSet::new(), HashSet::new());
    for node in graph.nodes().filter(|node| matches!(&node.op, Op::Conv(conv) if conv.group == 1)) {
        let kernel = graph.tensor(node.inputs[1]).map(|kernel| Content(kernel.bytes()));
        shared.extend(kernel.filter(|&kernel| !seen.insert(kernel)));
    }
    shared
}

/// Integers and booleans in 32 bits. ONNX writes "to the end" as the largest or smallest 64-bit integer.
fn narrow(tensor: &Tensor) -> Option<Vec<i32>> {
    if let Some(booleans) = tensor.as_bool() {
        return Some(booleans.iter().map(|&x| x.into()).collect());
    }
    let narrow = |number: &i64| match *number {
        i64::MAX => Some(i32::MAX),
        i64::MIN => Some(i32::MIN),
        number => i32::try_from(number).ok(),
    };
    tensor.to_i64()?.iter().map(narrow).collect()
}

/// Refuses a node with an operand or result that no tensor of MNN can hold.
fn representable(graph: &Graph, node: &Node) -> Result<(), ExportError> {
    let mut values = node.inputs.iter().chain(&node.outputs).map(|&id| graph.value(id));
    let reason = values.find_map(|value| Some((value, unrepresentable(&value.ty)?)));
    match reason {
        Some((value, reason)) => Err(unsupported(node, format!("`{}` is {}, {reason}", value.name, value.ty))),
        None => Ok(()),
    }
}

/// Why no tensor of MNN can hold a value, if that is so.
fn unrepresentable(ty: &TensorType) -> Option<String> {
    let count = ty.shape.iter().fold(1, |count: usize, &length| count.saturating_mul(length.max(1)));
    if ty.rank() > MAX_RANK {
        Some(format!("MNN's tensors have at most {MAX_RANK} dimensions"))
    } else if count >= 1 << 31 {
        Some("MNN counts less than 2³¹ elements".to_owned())
    } else if ty.dtype.is_float() && ty.dtype != DType::F32 {
        Some("MNN's floats have 32 bits".to_owned())
    } else {
        None
    }
}

/// The error that names `node`.
pub(super) fn unsupported(node: &Node, reason: impl Into<String>) -> ExportError {
    ExportError::Unsupported(refusal(node, reason).into())
}

/// What is wrong with `node`.
pub(super) fn refusal(node: &Node, reason: impl Into<String>) -> Refusal {
    Refusal { node: node.name.clone(), op: node.op.operator().name(), reason: reason.into() }
}
