//! Operators that the graph does not know.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::Operator;

/// An operator of a target's or a program's own. The graph infers, evaluates and prints it like those that it knows; to passes
/// it is opaque, and a target that does not own it refuses it by its name.
///
/// ```
/// use edgeconv_graph::op::{Custom, OpError, Operator, Work};
/// use edgeconv_graph::{Builder, TensorType};
///
/// /// `x³`, which this program's target has an instruction for.
/// #[derive(Debug, PartialEq)]
/// struct Cube;
///
/// impl Operator for Cube {
///     fn name(&self) -> &'static str {
///         "Cube"
///     }
///
///     fn work(&self) -> Work {
///         Work::Other
///     }
///
///     fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
///         Ok(vec![inputs[0].clone()])
///     }
/// }
///
/// let mut b = Builder::new("cubes");
/// let x = b.input("x", [1, 4])?;
/// let y = b.node("y", Custom::new(Cube), &[x])?;
/// b.output("y", y);
/// # Ok::<(), edgeconv_graph::GraphError>(())
/// ```
#[derive(Clone)]
pub struct Custom(Arc<dyn CustomOperator>);

impl Custom {
    /// Any operator that can be compared.
    pub fn new(op: impl Operator + PartialEq + fmt::Debug + Send + Sync + 'static) -> Self {
        Self(Arc::new(op))
    }

    /// The operator as what it is, for those who own the type `T`; `None` if it is of another type.
    pub fn downcast_ref<T: Operator + 'static>(&self) -> Option<&T> {
        (self.operator() as &dyn Any).downcast_ref()
    }

    pub(super) fn operator(&self) -> &dyn Operator {
        self.0.operator()
    }
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Of the same type, and equal.
impl PartialEq for Custom {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(other.operator())
    }
}

/// What [`Custom`] asks of an operator, in a form that hides its type.
trait CustomOperator: fmt::Debug + Send + Sync {
    fn operator(&self) -> &dyn Operator;

    fn equals(&self, other: &dyn Operator) -> bool;
}

impl<T: Operator + PartialEq + fmt::Debug + Send + Sync + 'static> CustomOperator for T {
    fn operator(&self) -> &dyn Operator {
        self
    }

    fn equals(&self, other: &dyn Operator) -> bool {
        (other as &dyn Any).downcast_ref() == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Attribute, Op, OpError, Work};
    use crate::{Builder, Tensor, TensorType};

    /// `factor · x`.
    #[derive(Debug, PartialEq)]
    struct Times(f32);

    /// The same name and attributes, but another operator.
    #[derive(Debug, PartialEq)]
    struct Other(f32);

    macro_rules! operator {
        ($name:ident) => {
            impl Operator for $name {
                fn name(&self) -> &'static str {
                    "Times"
                }

                fn work(&self) -> Work {
                    Work::Other
                }

                fn attributes(&self) -> Vec<(&'static str, Attribute)> {
                    vec![("factor", self.0.into())]
                }

                fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
                    Ok(vec![inputs[0].clone()])
                }

                fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
                    let scaled = inputs[0].as_f32()?.iter().map(|x| self.0 * x).collect();
                    Some(vec![Tensor::f32(inputs[0].shape(), scaled).ok()?])
                }
            }
        };
    }
    operator!(Times);
    operator!(Other);

    #[test]
    fn the_graph_treats_it_like_its_own() {
        let mut b = Builder::new("own");
        let x = b.input("x", [1, 2]).unwrap();
        let y = b.node("y", Custom::new(Times(2.0)), &[x]).unwrap();
        b.output("y", y);
        let graph = b.finish();
        assert!(graph.to_string().contains("y: f32[1, 2] = Times(x) factor=2"), "{graph}");
        graph.validate().unwrap();
        let result = Op::from(Custom::new(Times(2.0))).operator().evaluate(&[&Tensor::vector(vec![1.0, -3.0])]);
        assert_eq!(result.unwrap()[0].as_f32().unwrap(), [2.0, -6.0]);
    }

    #[test]
    fn it_equals_what_has_the_same_type_and_attributes() {
        let op = Custom::new(Times(2.0));
        assert_eq!(op, Custom::new(Times(2.0)));
        assert_ne!(op, Custom::new(Times(3.0)));
        assert_ne!(op, Custom::new(Other(2.0)));
    }

    #[test]
    fn its_owner_finds_it_again() {
        let op = Custom::new(Times(2.0));
        assert_eq!(op.downcast_ref(), Some(&Times(2.0)));
        assert_eq!(op.downcast_ref::<Other>(), None);
    }
}
