//! A node of an ONNX file while it is read.

use edgeconv_graph::{DType, Op, Tensor, TensorType, ValueId};

use super::{Advice, ImportError, Importer};
use crate::proto::{AttributeProto, NodeProto};

/// Most numbers of a table that an operator is expressed with.
const MAX_TABLE: usize = 1 << 24;

/// The largest length, step or padding that an attribute may say.
const MAX_LENGTH: usize = i32::MAX as usize;

/// A node, with access to what was imported before.
pub(super) struct Node<'n, 'i> {
    pub proto: &'n NodeProto,
    pub importer: &'i mut Importer,
    /// How many steps were named so far.
    pub steps: usize,
}

impl Node<'_, '_> {
    /// Operator; with its domain if that is not ONNX's.
    pub fn op_type(&self) -> String {
        match self.proto.domain() {
            "" | "ai.onnx" => self.proto.op_type().to_owned(),
            domain => format!("{domain}.{}", self.proto.op_type()),
        }
    }

    /// The name of the first output that has one, which names the node in the graph: ONNX nodes may be nameless.
    pub fn name(&self) -> &str {
        self.proto.output.iter().find(|name| !name.is_empty()).map_or("", String::as_str)
    }

    /// What users know the node by.
    fn label(&self) -> String {
        if self.proto.name().is_empty() { self.name() } else { self.proto.name() }.to_owned()
    }

    /// Version of ONNX's own operator set.
    pub fn opset(&self) -> i64 {
        self.importer.opset
    }

    /// Version of the domain that the operator belongs to.
    pub fn version(&self) -> i64 {
        match self.proto.domain() {
            "" | "ai.onnx" => self.importer.opset,
            domain => self.importer.domains.get(domain).copied().unwrap_or(1),
        }
    }

    /// The error that names this node.
    pub fn unsupported(&self, reason: impl Into<String>) -> ImportError {
        self.refusal(reason.into(), None)
    }

    /// The error that names this node, with what helps.
    pub fn advise(&self, reason: impl Into<String>, advice: Advice) -> ImportError {
        self.refusal(reason.into(), Some(Box::new(advice)))
    }

    fn refusal(&self, reason: String, advice: Option<Box<Advice>>) -> ImportError {
        let (node, op, opset) = (self.label(), self.op_type(), self.version());
        ImportError::Unsupported { node, op, opset, reason, advice }
    }

    /// The name of an operand that is there.
    fn operand(&self, index: usize) -> Option<&str> {
        self.proto.input.get(index).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Whether an operand is there.
    pub fn has(&self, index: usize) -> bool {
        self.operand(index).is_some()
    }

    /// Whether the model asks for this result.
    pub fn wants(&self, index: usize) -> bool {
        self.proto.output.get(index).is_some_and(|name| !name.is_empty())
    }

    /// An operand that is a tensor.
    pub fn input(&self, index: usize) -> Result<ValueId, ImportError> {
        let id = self.any_input(index)?;
        if self.importer.sequences.contains_key(&id) {
            return Err(self.unsupported(format!("operand {index} is a sequence of tensors, expected one tensor")));
        }
        Ok(id)
    }

    /// An operand, which may be a sequence.
    pub fn any_input(&self, index: usize) -> Result<ValueId, ImportError> {
        let Some(name) = self.operand(index) else {
            return Err(self.unsupported(format!("operand {index} is missing")));
        };
        let id = self.importer.values.get(name).copied();
        id.ok_or_else(|| self.unsupported(format!("operand `{name}` is computed by no node before this one")))
    }

    /// All operands that are there.
    pub fn inputs(&self) -> Result<Vec<ValueId>, ImportError> {
        (0..self.proto.input.len()).filter(|&index| self.has(index)).map(|index| self.input(index)).collect()
    }

    /// Element type and shape of an operand.
    pub fn ty(&self, index: usize) -> Result<TensorType, ImportError> {
        Ok(self.importer.b.ty(self.input(index)?).clone())
    }

    /// Shape of an operand.
    pub fn shape(&self, index: usize) -> Result<Vec<usize>, ImportError> {
        Ok(self.ty(index)?.shape)
    }

    /// An operand that is known now.
    pub fn constant(&self, index: usize) -> Option<&Tensor> {
        self.importer.tensor(self.input(index).ok()?)
    }

    /// An operand that has to be known now; `None` if it is left out.
    pub fn known(&self, index: usize) -> Result<Option<&Tensor>, ImportError> {
        let Some(name) = self.operand(index) else { return Ok(None) };
        self.input(index)?;
        let operand = || name.to_owned();
        self.constant(index).map(Some).ok_or_else(|| self.unknown(operand()))
    }

    /// Refuses a float of less than 16 bits that is not known now: no target computes with them.
    pub fn expect_computable(&self, index: usize) -> Result<(), ImportError> {
        let dtype = self.ty(index)?.dtype;
        let small = dtype.is_float() && dtype.bits() < 16;
        if small && self.constant(index).is_none() { Err(self.unknown_operand(index)) } else { Ok(()) }
    }

    /// The error that this operand is not known at conversion time.
    pub fn unknown_operand(&self, index: usize) -> ImportError {
        self.unknown(self.operand(index).unwrap_or_default().to_owned())
    }

    /// Refuses to write out a table that would be larger than files should be.
    pub fn check_table(&self, count: usize) -> Result<(), ImportError> {
        if count <= MAX_TABLE {
            return Ok(());
        }
        Err(self.unsupported(format!("it needs a table of {count} numbers, supported are {MAX_TABLE}")))
    }

    /// The error that an operand is not known at conversion time.
    fn unknown(&self, operand: String) -> ImportError {
        let (node, op, opset) = (self.label(), self.op_type(), self.version());
        let b = &self.importer.b;
        let id = self.importer.values.get(&operand).copied();
        let mut inputs = id.map(|id| b.inputs_of(id)).unwrap_or_default();
        // Shapes, counts and thresholds can have fixed values.
        let is_data = |&id: &ValueId| b.ty(id).dtype.is_float() && b.ty(id).len() > 1;
        if id.is_some_and(|id| b.is_computed(id)) && inputs.iter().any(is_data) {
            inputs.clear();
        }
        let inputs = inputs.into_iter().map(|id| b.name(id).to_owned()).collect();
        ImportError::Unknown { node, op, opset, operand, inputs, open: Box::default() }
    }

    /// Whether one of a few elements of an operand is another one at other sizes of the inputs.
    pub fn differs(&self, index: usize, element: usize) -> bool {
        self.operand(index).is_some_and(|name| self.importer.differing.differs(name, element))
    }

    /// Whether an operand is known, but computed of sizes, in a model that is read at several of them.
    pub fn is_of_sizes(&self, index: usize) -> bool {
        self.importer.is_open && self.input(index).is_ok_and(|id| self.importer.is_of_sizes(id))
    }

    /// An operand of integers that has to be known now; `None` if it is left out.
    pub fn ints(&self, index: usize) -> Result<Option<Vec<i64>>, ImportError> {
        let Some(known) = self.known(index)? else { return Ok(None) };
        let ints = known.to_i64().map(std::borrow::Cow::into_owned);
        ints.map(Some).ok_or_else(|| self.unsupported(format!("operand {index} is {}, expected integers", known.ty())))
    }

    /// Floats that have to be known now; `None` if they are left out.
    pub fn floats(&self, index: usize) -> Result<Option<Vec<f32>>, ImportError> {
        let Some(known) = self.known(index)? else { return Ok(None) };
        let floats = known.as_f32().map(<[f32]>::to_vec);
        floats.map(Some).ok_or_else(|| self.unsupported(format!("operand {index} is {}, expected floats", known.ty())))
    }

    /// A number that has to be known now; `None` if it is left out.
    pub fn number(&self, index: usize) -> Result<Option<f32>, ImportError> {
        let Some(known) = self.known(index)? else { return Ok(None) };
        let single = known.len() == 1 && known.dtype() != DType::Bool;
        let number = known.cast(DType::F32).and_then(|floats| floats.as_f32()?.first().copied());
        number
            .filter(|_| single)
            .map(Some)
            .ok_or_else(|| self.unsupported(format!("operand {index} is {}, expected a number", known.ty())))
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&AttributeProto> {
        self.proto.attribute.iter().find(|attribute| attribute.name() == name)
    }

    /// An integer attribute.
    pub fn int(&self, name: &str, default: i64) -> i64 {
        self.attribute(name).and_then(|attribute| attribute.i).unwrap_or(default)
    }

    /// A float attribute.
    pub fn float(&self, name: &str, default: f32) -> f32 {
        self.attribute(name).and_then(|attribute| attribute.f).unwrap_or(default)
    }

    /// A text attribute.
    pub fn text(&self, name: &str, default: &str) -> String {
        let text = self.attribute(name).and_then(|attribute| attribute.s.as_deref());
        text.map_or_else(|| default.to_owned(), |text| String::from_utf8_lossy(text).into_owned())
    }

    /// An attribute that is a list of integers.
    pub fn list(&self, name: &str) -> Option<Vec<i64>> {
        self.attribute(name).map(|attribute| attribute.ints.clone())
    }

    /// The same as lengths or positions.
    pub fn lengths(&self, name: &str) -> Result<Option<Vec<usize>>, ImportError> {
        let Some(list) = self.list(name) else { return Ok(None) };
        // Of those within 32 bits, products of two and their sums can be counted.
        let length = |&x: &i64| usize::try_from(x).ok().filter(|&length| length <= MAX_LENGTH);
        let lengths = list.iter().map(length).collect::<Option<Vec<_>>>();
        lengths.map(Some).ok_or_else(|| {
            self.unsupported(format!("{name} = {list:?} has an element that is negative or above {MAX_LENGTH}"))
        })
    }

    /// An axis that may be counted from the end.
    pub fn axis(&self, axis: i64, rank: usize) -> Result<usize, ImportError> {
        let from_start = if axis < 0 { axis + rank as i64 } else { axis };
        usize::try_from(from_start)
            .ok()
            .filter(|&axis| axis < rank)
            .ok_or_else(|| self.unsupported(format!("axis {axis} does not exist in a tensor of {rank} dimensions")))
    }

    /// Applies an operator whose results are the node's.
    pub fn finish(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> Result<(), ImportError> {
        let name = self.name().to_owned();
        let results = self.importer.apply(&name, &self.proto.output, op.into(), inputs)?;
        self.results(&results)
    }

    /// The node's result is a value that is there already.
    pub fn result(&mut self, id: ValueId) -> Result<(), ImportError> {
        self.results(&[id])
    }

    /// The node's results are values that are there already; trailing ones that nobody asked for may be missing in the file.
    pub fn results(&mut self, ids: &[ValueId]) -> Result<(), ImportError> {
        let wanted = self.proto.output.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        if wanted > ids.len() {
            let found = ids.len();
            return Err(self.unsupported(format!("it has {wanted} outputs, only the first {found} are supported")));
        }
        for (output, &id) in self.proto.output.iter().zip(ids) {
            self.importer.name_value(output, id);
        }
        Ok(())
    }

    /// The node's result is known now.
    pub fn finish_constant(&mut self, tensor: Tensor) -> Result<(), ImportError> {
        let name = self.name().to_owned();
        let id = self.importer.constant(&name, tensor)?;
        self.result(id)
    }

    /// Applies an operator that helps to express the node.
    pub fn step(&mut self, suffix: &str, op: impl Into<Op>, inputs: &[ValueId]) -> Result<ValueId, ImportError> {
        let name = self.importer.free_name(format!("{}.{suffix}", self.name()))?;
        let results = self.importer.apply(&name, &[], op.into(), inputs)?;
        results.first().copied().ok_or_else(|| self.unsupported("it has no results"))
    }

    /// Adds a constant that helps to express the node.
    pub fn add_constant(&mut self, suffix: &str, tensor: Tensor) -> Result<ValueId, ImportError> {
        let name = self.importer.free_name(format!("{}.{suffix}", self.name()))?;
        self.importer.made(&name, tensor)
    }

    /// Adds a constant number `[]` of an element type that helps to express the node.
    pub fn add_number_of(&mut self, suffix: &str, dtype: DType, number: f32) -> Result<ValueId, ImportError> {
        let tensor = Tensor::scalar(number).cast(dtype);
        let tensor = tensor.ok_or_else(|| self.unsupported(format!("there are no numbers of type {dtype}")))?;
        self.add_constant(suffix, tensor)
    }

    /// Adds a constant 64-bit integer `[]` that helps to express the node.
    pub fn add_integer(&mut self, suffix: &str, number: i64) -> Result<ValueId, ImportError> {
        self.add_constant(suffix, Tensor::integer(number))
    }

    /// Adds a constant boolean `[]` that helps to express the node.
    pub fn add_bool(&mut self, suffix: &str, value: bool) -> Result<ValueId, ImportError> {
        let scalar = Tensor::bool([], vec![value]).map_err(|error| self.unsupported(error.to_string()))?;
        self.add_constant(suffix, scalar)
    }

    /// Adds a constant number `[]` that helps to express the node.
    pub fn add_number(&mut self, suffix: &str, number: f32) -> Result<ValueId, ImportError> {
        self.add_constant(suffix, Tensor::scalar(number))
    }
}
