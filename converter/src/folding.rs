//! How much may be computed at conversion time: a small file can ask for tensors that fit into no memory.

use std::cell::Cell;

use edgeconv_graph::{Op, Tensor, TensorType};

/// Most elements of the results of one node, unless they are no more than those of an operand.
const PER_NODE: usize = 1 << 25;

/// The same for integers that no operand has while a model is read: these are grids of positions, of which rarely more is asked for than
/// the shape.
const GRID: usize = 1 << 16;

/// Most elements of the results of all nodes.
const IN_ALL: usize = 1 << 28;

/// Results of so many elements are free: shapes and counts have to be known.
const FREE: usize = 64;

/// What may still be computed at conversion time.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<usize>,
    grid: usize,
}

/// Why a node with known operands is not computed at conversion time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfolded {
    /// The operator can't be evaluated, or not on these operands.
    #[error("this operator is not evaluated at conversion time")]
    NotEvaluated,
    /// The results would be too large.
    #[error("its results have {0} elements, which is more than are computed at conversion time")]
    TooLarge(usize),
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: Cell::new(IN_ALL), grid: PER_NODE }
    }
}

impl Budget {
    /// What may be computed while a model is read.
    pub fn of_source() -> Self {
        Self { grid: GRID, ..Self::default() }
    }

    /// The results of an operator on constants. Nothing is allocated for results that are too large.
    pub fn evaluate(&self, op: &Op, operands: &[&Tensor]) -> Result<Vec<Tensor>, Unfolded> {
        let types: Vec<_> = operands.iter().map(|tensor| tensor.ty()).collect();
        let results = op.operator().infer(&types.iter().collect::<Vec<_>>()).map_err(|_| Unfolded::NotEvaluated)?;
        let elements = results.iter().map(TensorType::len).fold(0, usize::saturating_add);
        let largest = types.iter().map(TensorType::len).max().unwrap_or_default();
        let is_grid = results.iter().all(|ty| ty.dtype.is_integer());
        let most = if is_grid { self.grid } else { PER_NODE };
        if elements > most.max(largest) || (elements > FREE && elements > self.left.get()) {
            return Err(Unfolded::TooLarge(elements));
        }
        let results = op.operator().evaluate(operands).ok_or(Unfolded::NotEvaluated)?;
        if elements > FREE {
            self.left.set(self.left.get() - elements);
        }
        Ok(results)
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::op::Expand;

    use super::*;

    fn expand(length: usize) -> Op {
        Expand { shape: vec![length] }.into()
    }

    #[test]
    fn what_expands_to_more_than_fits_into_memory_is_left() {
        // Evaluating it would end the test.
        let huge = usize::MAX / 16;
        let one = Tensor::vector(vec![1.0]);
        assert_eq!(Budget::default().evaluate(&expand(huge), &[&one]), Err(Unfolded::TooLarge(huge)));
        assert_eq!(Budget::default().evaluate(&expand(2), &[&one]), Ok(vec![Tensor::vector(vec![1.0; 2])]));
    }

    #[test]
    fn many_results_count_together() {
        let budget = Budget { left: Cell::new(500), ..Budget::default() };
        let one = Tensor::vector(vec![1.0]);
        assert!(budget.evaluate(&expand(300), &[&one]).is_ok());
        assert_eq!(budget.evaluate(&expand(300), &[&one]), Err(Unfolded::TooLarge(300)));
        assert!(budget.evaluate(&expand(200), &[&one]).is_ok());
        assert!(budget.evaluate(&expand(FREE), &[&one]).is_ok());
    }
}
