//! A node of an ONNX file while it is read.

use edgeconv_graph::{Op, Tensor, ValueId};

use super::{ImportError, Importer};
use crate::onnx::proto::{AttributeProto, NodeProto};

/// A node, with access to what was imported before.
pub(super) struct Node<'n, 'i> {
    pub proto: &'n NodeProto,
    pub importer: &'i mut Importer,
}

impl Node<'_, '_> {
    /// Operator; with its domain if that is not ONNX's.
    pub fn op_type(&self) -> String {
        match self.proto.domain() {
            "" | "ai.onnx" => self.proto.op_type().to_owned(),
            domain => format!("{domain}.{}", self.proto.op_type()),
        }
    }

    /// The name of the first output, which names the node in the graph: ONNX nodes may be nameless.
    pub fn name(&self) -> &str {
        self.proto.output.first().map_or("", String::as_str)
    }

    /// The error that names this node.
    pub fn unsupported(&self, reason: impl Into<String>) -> ImportError {
        let node = if self.proto.name().is_empty() { self.name() } else { self.proto.name() };
        ImportError::Unsupported {
            node: node.to_owned(),
            op: self.op_type(),
            opset: self.importer.opset,
            reason: reason.into(),
        }
    }

    /// The name of an operand that is there.
    fn operand(&self, index: usize) -> Option<&str> {
        self.proto.input.get(index).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Whether an operand is there.
    pub fn has(&self, index: usize) -> bool {
        self.operand(index).is_some()
    }

    /// An operand.
    pub fn input(&mut self, index: usize) -> Result<ValueId, ImportError> {
        let Some(name) = self.operand(index).map(ToOwned::to_owned) else {
            return Err(self.unsupported(format!("operand {index} is missing")));
        };
        match self.importer.value(&name)? {
            Some(id) => Ok(id),
            None => Err(self.unsupported(format!("operand `{name}` is computed by no node before this one"))),
        }
    }

    /// All operands from `first` on.
    pub fn inputs(&mut self, first: usize) -> Result<Vec<ValueId>, ImportError> {
        (first..self.proto.input.len())
            .filter(|&index| self.has(index))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|index| self.input(index))
            .collect()
    }

    /// Shape of an operand.
    pub fn shape(&mut self, index: usize) -> Result<Vec<usize>, ImportError> {
        let id = self.input(index)?;
        Ok(self.importer.b.shape(id).to_vec())
    }

    /// An operand that is known now.
    pub fn constant(&self, index: usize) -> Option<&Tensor> {
        self.operand(index).and_then(|name| self.importer.constants.get(name))
    }

    /// An operand of integers that has to be known now; `None` if it is left out.
    pub fn ints(&self, index: usize) -> Result<Option<Vec<i64>>, ImportError> {
        let Some(name) = self.operand(index) else { return Ok(None) };
        let known = self.constant(index).and_then(Tensor::as_i64);
        let reason = || format!("`{name}` has to be known at conversion time, but depends on data");
        known.map(|ints| Some(ints.to_vec())).ok_or_else(|| self.unsupported(reason()))
    }

    /// A number that has to be known now; `None` if it is left out.
    pub fn number(&self, index: usize) -> Result<Option<f32>, ImportError> {
        let Some(name) = self.operand(index) else { return Ok(None) };
        let known = self.constant(index).and_then(Tensor::as_f32).and_then(|numbers| numbers.first());
        let reason = || format!("`{name}` has to be a number that is known at conversion time");
        known.map(|&number| Some(number)).ok_or_else(|| self.unsupported(reason()))
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
        let lengths = list.iter().map(|&x| usize::try_from(x)).collect::<Result<Vec<_>, _>>();
        lengths.map(Some).map_err(|_| self.unsupported(format!("{name} = {list:?} has a negative element")))
    }

    /// An axis that may be counted from the end.
    pub fn axis(&self, axis: i64, rank: usize) -> Result<usize, ImportError> {
        let from_start = if axis < 0 { axis + rank as i64 } else { axis };
        usize::try_from(from_start)
            .ok()
            .filter(|&axis| axis < rank)
            .ok_or_else(|| self.unsupported(format!("axis {axis} does not exist in a tensor of {rank} dimensions")))
    }

    /// Adds an operator whose result is the node's.
    pub fn finish(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> Result<(), ImportError> {
        let name = self.name().to_owned();
        let id = self.importer.b.node(&name, op, inputs)?;
        self.importer.values.insert(name, id);
        Ok(())
    }

    /// Adds an operator that helps to express the node.
    pub fn step(&mut self, suffix: &str, op: impl Into<Op>, inputs: &[ValueId]) -> Result<ValueId, ImportError> {
        let name = format!("{}.{suffix}", self.name());
        Ok(self.importer.b.node(&name, op, inputs)?)
    }

    /// Adds a constant that the node has as an attribute.
    pub fn add_constant(&mut self, suffix: &str, tensor: Tensor) -> Result<ValueId, ImportError> {
        let name = format!("{}.{suffix}", self.name());
        Ok(self.importer.b.constant(&name, tensor)?)
    }
}
