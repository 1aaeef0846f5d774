use edgeconv_graph::Tensor;
use edgeconv_graph::op::{BatchNormalization, LayerNormalization};

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("BatchNormalization", batch_normalization, "Scale, or folded", Accuracy::Rounding)
        .limits("inference only"),
    Entry::new("LayerNormalization", layer_normalization, "LayerNorm", Accuracy::Rounding)
        .since(17)
        .limits("last axis; one output"),
];

fn batch_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    if node.int("training_mode", 0) != 0 {
        return Err(node.unsupported("it is in training mode; export the model for inference"));
    }
    let inputs = node.inputs()?;
    let epsilon = node.float("epsilon", 1e-5);
    node.finish(BatchNormalization { epsilon }, &inputs)
}

/// `LayerNormalization` over the last axis.
fn layer_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", -1), shape.len())?;
    if axis + 1 != shape.len() || node.proto.output.len() > 1 {
        return Err(node.unsupported("only the last axis can be normalised, with one output"));
    }
    let epsilon = node.float("epsilon", 1e-5);
    let mut inputs = node.inputs()?;
    if inputs.len() == 2 {
        inputs.push(node.add_constant("bias", Tensor::vector(vec![0.0; shape[axis]]))?);
    }
    node.finish(LayerNormalization { epsilon }, &inputs)
}
