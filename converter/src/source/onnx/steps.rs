//! Steps that operators are expressed in.

use edgeconv_graph::op::{Binary, Cast, Expand, Gather, Reduce, ReduceKind, Reshape, Slice, Split, Transpose};
use edgeconv_graph::{DType, Op, Tensor, ValueId};

use super::ImportError;
use super::node::Node;
use super::operators;
use crate::proto::{AttributeProto, NodeProto};

impl Node<'_, '_> {
    /// Applies an operator that helps to express the node, under a name of its own.
    pub fn apply(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> Result<ValueId, ImportError> {
        let op = op.into();
        let suffix = self.suffix(op.operator().name());
        self.step(&suffix, op, inputs)
    }

    /// Applies an operator with several results that helps to express the node, under a name of its own.
    pub fn apply_all(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> Result<Vec<ValueId>, ImportError> {
        let op = op.into();
        let suffix = self.suffix(op.operator().name());
        let name = self.importer.free_name(format!("{}.{suffix}", self.name()))?;
        self.importer.apply(&name, &[], op, inputs)
    }

    /// Adds a constant under a name of its own.
    pub fn store(&mut self, tensor: Tensor) -> Result<ValueId, ImportError> {
        let suffix = self.suffix("constant");
        self.add_constant(&suffix, tensor)
    }

    /// Adds a constant of floats.
    pub fn store_floats(&mut self, shape: impl Into<Vec<usize>>, data: Vec<f32>) -> Result<ValueId, ImportError> {
        let tensor = Tensor::f32(shape, data).map_err(|error| self.unsupported(error.to_string()))?;
        self.store(tensor)
    }

    /// Adds a constant of 64-bit integers.
    pub fn store_ints(&mut self, shape: impl Into<Vec<usize>>, data: Vec<i64>) -> Result<ValueId, ImportError> {
        let tensor = Tensor::i64(shape, data).map_err(|error| self.unsupported(error.to_string()))?;
        self.store(tensor)
    }

    /// Adds the number `[]` as a constant of an element type.
    pub fn store_number(&mut self, dtype: DType, number: f32) -> Result<ValueId, ImportError> {
        let suffix = self.suffix(match dtype {
            DType::F32 => "number",
            DType::Bool => "truth",
            _ => "constant",
        });
        self.add_number_of(&suffix, dtype, number)
    }

    fn suffix(&mut self, what: &str) -> String {
        self.steps += 1;
        format!("{}{}", what.to_lowercase(), self.steps)
    }

    /// Shape of a value.
    pub fn dims(&self, id: ValueId) -> Vec<usize> {
        self.importer.b.shape(id).to_vec()
    }

    /// Refuses a value of another rank.
    pub fn expect_rank(&self, id: ValueId, rank: usize) -> Result<(), ImportError> {
        let ty = self.importer.b.ty(id);
        if ty.rank() == rank {
            return Ok(());
        }
        Err(self.unsupported(format!("an operand is {ty}, expected {rank} dimensions")))
    }

    /// Element type of a value.
    pub fn dtype(&self, id: ValueId) -> DType {
        self.importer.b.ty(id).dtype
    }

    /// An operand, if it is there.
    pub fn optional(&self, index: usize) -> Result<Option<ValueId>, ImportError> {
        if self.has(index) { self.input(index).map(Some) } else { Ok(None) }
    }

    /// The same elements in another shape. Of several reshapes in a row one is left: what works on one axis is expressed by
    /// what works on two, one node after the other.
    pub fn reshape(&mut self, x: ValueId, shape: impl Into<Vec<usize>>) -> Result<ValueId, ImportError> {
        let shape = shape.into();
        let source = self.importer.reshaped.get(&x).copied().unwrap_or(x);
        if let Some(same) = [x, source].into_iter().find(|&id| self.dims(id) == shape) {
            return Ok(same);
        }
        let result = self.apply(Reshape { shape }, &[source])?;
        self.importer.reshaped.insert(result, source);
        Ok(result)
    }

    /// Repeated to fill a shape.
    pub fn expand(&mut self, x: ValueId, shape: &[usize]) -> Result<ValueId, ImportError> {
        if self.dims(x) == shape { Ok(x) } else { self.apply(Expand { shape: shape.to_vec() }, &[x]) }
    }

    /// Another order of the axes.
    pub fn transpose(&mut self, x: ValueId, perm: impl Into<Vec<usize>>) -> Result<ValueId, ImportError> {
        let perm = perm.into();
        if perm.is_sorted() { Ok(x) } else { self.apply(Transpose { perm }, &[x]) }
    }

    /// A part of an axis.
    pub fn slice(&mut self, x: ValueId, axis: usize, start: usize, end: usize) -> Result<ValueId, ImportError> {
        // Without such an axis the graph says what is wrong.
        let whole = self.dims(x).get(axis).is_some_and(|&length| (start, end) == (0, length));
        if whole { Ok(x) } else { self.apply(Slice { axis, start, end, step: 1 }, &[x]) }
    }

    /// Equal parts of an axis.
    pub fn pieces(&mut self, x: ValueId, axis: usize, count: usize) -> Result<Vec<ValueId>, ImportError> {
        if count == 1 {
            return Ok(vec![x]);
        }
        let size = self.dims(x)[axis] / count;
        self.apply_all(Split { axis, sizes: vec![size; count] }, &[x])
    }

    /// Elements of an axis at known positions, which replace it.
    pub fn gather(
        &mut self,
        x: ValueId,
        axis: usize,
        shape: impl Into<Vec<usize>>,
        positions: impl IntoIterator<Item = usize>,
    ) -> Result<ValueId, ImportError> {
        let shape = shape.into();
        self.check_table(shape.iter().fold(1, |count: usize, &length| count.saturating_mul(length)))?;
        let indices = self.store_ints(shape, positions.into_iter().map(|position| position as i64).collect())?;
        self.apply(Gather { axis }, &[x, indices])
    }

    /// A reduction; the axes keep the length 1.
    pub fn reduce(&mut self, kind: ReduceKind, x: ValueId, axes: &[usize]) -> Result<ValueId, ImportError> {
        if axes.is_empty() { Ok(x) } else { self.apply(Reduce { kind, axes: axes.to_vec() }, &[x]) }
    }

    /// Mean over axes, which keep the length 1; what is left without it; and the mean of the squares of that.
    pub fn moments(&mut self, x: ValueId, axes: &[usize]) -> Result<(ValueId, ValueId, ValueId), ImportError> {
        let mean = self.reduce(ReduceKind::Mean, x, axes)?;
        let centred = self.apply(Binary::Sub, &[x, mean])?;
        let squares = self.apply(Binary::Mul, &[centred, centred])?;
        let variance = self.reduce(ReduceKind::Mean, squares, axes)?;
        Ok((mean, centred, variance))
    }

    /// The result of another of ONNX's own operators with the attributes of this node.
    pub fn call(&mut self, op: &str, operands: &[ValueId]) -> Result<ValueId, ImportError> {
        self.call_with(op, self.proto.attribute.clone(), operands)
    }

    /// The result of another of ONNX's own operators, in the form of its newest version or the file's.
    pub fn call_with(
        &mut self,
        op: &str,
        attribute: Vec<AttributeProto>,
        operands: &[ValueId],
    ) -> Result<ValueId, ImportError> {
        let name = self.importer.free_name(format!("{}.{}", self.name(), op.to_lowercase()))?;
        let names = (0..operands.len()).map(|index| self.importer.free_name(format!("{name}.{index}")));
        let names = names.collect::<Result<_, _>>()?;
        let proto = NodeProto {
            op_type: Some(op.to_owned()),
            domain: None,
            output: vec![name.clone()],
            input: names,
            attribute,
            ..self.proto.clone()
        };
        self.importer.values.extend(proto.input.iter().cloned().zip(operands.iter().copied()));
        operators::import_any(&mut Node { proto: &proto, importer: self.importer, steps: 0 })?;
        self.importer.values.get(&name).copied().ok_or_else(|| self.unsupported("it has no result"))
    }

    /// Another element type.
    pub fn cast(&mut self, x: ValueId, to: DType) -> Result<ValueId, ImportError> {
        if self.dtype(x) == to { Ok(x) } else { self.apply(Cast { to }, &[x]) }
    }

    /// A function of a value and a number of its element type.
    pub fn with_number(&mut self, op: Binary, x: ValueId, number: f32) -> Result<ValueId, ImportError> {
        let number = self.store_number(self.dtype(x), number)?;
        self.apply(op, &[x, number])
    }
}
