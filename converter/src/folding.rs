//! What is computed at conversion time, within the memory that a model's file may take: a small file can ask for tensors that fit into no
//! memory.

use edgeconv_files::{Budget, Memory};
use edgeconv_graph::{Op, Tensor, TensorType};

/// Most elements of the results of one node, unless they are no more than those of an operand.
const PER_NODE: usize = 1 << 25;

/// The same for integers that no operand has while a model is read: these are grids of positions, of which rarely more is asked for than
/// the shape.
const GRID: usize = 1 << 16;

/// Results of so many elements are free: shapes and counts have to be known.
const FREE: usize = 64;

/// Bytes for each element of operands and results that operators take while they evaluate, at most: lists of positions and of weights, and
/// numbers before they are rounded.
const MEANWHILE: usize = 64;

/// A result that has elements of its operand several times, such as a bias for each pair of positions, may make a file this much larger.
pub(crate) const COPIES: u64 = 1 << 16;

/// Together, larger ones may make it larger by this share of its weights: files stay below 1.1 of their source's weights.
const GROWTH: u64 = 24;

/// Computes what is known at conversion time.
#[derive(Debug)]
pub(crate) struct Folding {
    budget: Budget,
    grid: usize,
    /// How much larger the file may get.
    growth: Budget,
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
    /// The file would get too large.
    #[error("its results repeat elements of its operand, which would make the file {0} bytes larger")]
    Copies(u64),
}

impl Folding {
    /// While a model is read, and the size of its weights is not known.
    pub fn of_source(budget: Budget) -> Self {
        Self { budget, grid: GRID, growth: Memory::Bytes(0).budget(0) }
    }

    /// While a graph is rewritten that has so many bytes of weights.
    pub fn of_graph(budget: Budget, weights: u64) -> Self {
        Self { budget, grid: PER_NODE, growth: Memory::Bytes(weights / GROWTH).budget(0) }
    }

    /// What may still be allocated.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The results of an operator on constants. Nothing is allocated for results that are too large.
    pub fn evaluate(&self, op: &Op, operands: &[&Tensor]) -> Result<Vec<Tensor>, Unfolded> {
        let types: Vec<_> = operands.iter().map(|tensor| tensor.ty()).collect();
        let results = op.operator().infer(&types.iter().collect::<Vec<_>>()).map_err(|_| Unfolded::NotEvaluated)?;
        let count = |types: &[TensorType]| types.iter().map(TensorType::len).fold(0, usize::saturating_add);
        let elements = count(&results);
        let largest = types.iter().map(TensorType::len).max().unwrap_or_default();
        let is_grid = results.iter().all(|ty| ty.dtype.is_integer());
        let most = if is_grid { self.grid } else { PER_NODE };
        if elements > most.max(largest) {
            return Err(Unfolded::TooLarge(elements));
        }
        let touched = elements.saturating_add(count(&types));
        if touched <= FREE {
            return op.operator().evaluate(operands).ok_or(Unfolded::NotEvaluated);
        }
        let kept = results.iter().map(TensorType::bytes).fold(0, usize::saturating_add) as u64;
        let meanwhile = touched.saturating_mul(MEANWHILE) as u64;
        self.budget.take(kept.saturating_add(meanwhile)).map_err(|_| Unfolded::TooLarge(elements))?;
        let results = op.operator().evaluate(operands);
        self.budget.give_back(if results.is_some() { meanwhile } else { kept + meanwhile });
        results.ok_or(Unfolded::NotEvaluated)
    }

    /// Whether constants in place of an operator's results would make the file not much larger: results that repeat elements of its first operand,
    /// which has so many bytes.
    pub fn expect_small(&self, op: &Op, operand: usize, results: &[TensorType]) -> Result<(), Unfolded> {
        let kept = results.iter().map(TensorType::bytes).fold(0, usize::saturating_add);
        let more = kept.saturating_sub(operand) as u64;
        if more <= COPIES || !matches!(op, Op::Gather(_) | Op::Expand(_)) {
            return Ok(());
        }
        self.growth.take(more).map_err(|_| Unfolded::Copies(more))
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::DType;
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
        let folding = || Folding::of_graph(Memory::ByFiles.budget(0), 0);
        assert_eq!(folding().evaluate(&expand(huge), &[&one]), Err(Unfolded::TooLarge(huge)));
        assert_eq!(folding().evaluate(&expand(2), &[&one]), Ok(vec![Tensor::vector(vec![1.0; 2])]));
    }

    #[test]
    fn what_is_repeated_makes_files_little_larger() {
        let (megabyte, of) = (1 << 18, |weights: u64| Folding::of_graph(Memory::ByFiles.budget(0), weights));
        let small = |folding: &Folding, length| {
            folding.expect_small(&expand(length), 4, &[TensorType::new(DType::F32, [length])])
        };
        let refused = Err(Unfolded::Copies((4 << 18) - 4));
        assert_eq!(small(&of(20 << 20), megabyte), refused);
        let folding = of(30 << 20);
        assert_eq!((small(&folding, megabyte), small(&folding, megabyte)), (Ok(()), refused.clone()));
        assert_eq!(small(&folding, 1 << 14), Ok(()));
        assert_eq!(small(&Folding::of_source(Memory::ByFiles.budget(0)), megabyte), refused);
    }

    #[test]
    fn many_results_count_together() {
        let budget = Memory::Bytes(25_000).budget(0);
        let folding = Folding::of_graph(budget, 0);
        let one = Tensor::vector(vec![1.0]);
        assert!(folding.evaluate(&expand(300), &[&one]).is_ok());
        assert!(folding.evaluate(&expand(300), &[&one]).is_ok(), "what is needed meanwhile is given back");
        folding.budget().take(3_000).unwrap();
        assert_eq!(folding.evaluate(&expand(300), &[&one]), Err(Unfolded::TooLarge(300)));
        assert!(folding.evaluate(&expand(200), &[&one]).is_ok());
        assert!(folding.evaluate(&expand(FREE - 1), &[&one]).is_ok());
    }
}
