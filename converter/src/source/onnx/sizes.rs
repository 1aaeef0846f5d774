//! What a network computes of its sizes, while it is read at one of several.
//!
//! Numbers of shapes are known then, and become attributes and constants. What computed them is kept beside the graph, so that targets can
//! have it computed for every size.

use std::collections::HashMap;
use std::sync::Arc;

use edgeconv_graph::{Builder, GraphError, Op, Sizes, Tensor, ValueId};

/// Most elements of a table that are known while a model is read: they are kept to recognise it.
pub(super) const MOST: usize = 1 << 16;

/// The computation so far.
pub(super) struct Arithmetic {
    b: Builder,
    /// What stands for values of the network.
    values: HashMap<ValueId, ValueId>,
    contents: Vec<(ValueId, Tensor)>,
}

/// A value of the network whose elements are known at this size.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub id: ValueId,
    pub name: &'a str,
    pub tensor: &'a Tensor,
    /// Whether it is another one at other sizes.
    pub is_sized: bool,
}

impl Arithmetic {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { b: Builder::new("sizes"), values: HashMap::new(), contents: vec![] }
    }

    /// Whether a value was computed of sizes.
    pub fn has(&self, id: ValueId) -> bool {
        self.values.get(&id).is_some_and(|&value| !self.b.is_constant(value))
    }

    /// Adds an operator on values that are known.
    ///
    /// # Errors
    /// If the operator does not fit them.
    pub fn add(&mut self, name: &str, op: Op, operands: &[Known], results: &[Known]) -> Result<(), GraphError> {
        let operands = operands.iter().map(|&known| self.operand(known)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<_> = results.iter().map(|known| known.name.to_owned()).collect();
        let values = self.b.nodes_as(name, &names, op, &operands)?;
        for (known, value) in results.iter().zip(values) {
            self.values.insert(known.id, value);
            self.keep(value, known.tensor);
        }
        Ok(())
    }

    fn keep(&mut self, value: ValueId, tensor: &Tensor) {
        if tensor.len() <= MOST {
            self.contents.push((value, tensor.clone()));
        }
    }

    fn operand(&mut self, known: Known) -> Result<ValueId, GraphError> {
        if let Some(&value) = self.values.get(&known.id) {
            return Ok(value);
        }
        let value = match known.is_sized {
            true => self.b.typed_input(known.name, known.tensor.ty())?,
            false => self.b.constant(known.name, known.tensor.clone())?,
        };
        self.values.insert(known.id, value);
        if known.is_sized {
            self.keep(value, known.tensor);
        }
        Ok(value)
    }

    /// The whole computation, if there is any.
    pub fn finish(self) -> Option<Arc<Sizes>> {
        let Self { b, contents, .. } = self;
        let is_any = !contents.is_empty();
        is_any.then(|| Arc::new(Sizes { graph: b.finish(), contents }))
    }
}
