use edgeconv_graph::Node;
use edgeconv_graph::op::{BatchNormalization, LayerNormalization};

use super::Lowering;
use crate::target::mnn::ExportError;
use crate::target::mnn::net::Kind;

/// One factor and one summand per channel, computed in double precision.
pub(super) fn batch_normalization<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &BatchNormalization,
) -> Result<(), ExportError> {
    let [scale, bias, mean, var] = [l.weight(node, 1)?, l.weight(node, 2)?, l.weight(node, 3)?, l.weight(node, 4)?];
    let factor = |c: usize| f64::from(scale[c]) / (f64::from(var[c]) + f64::from(op.epsilon)).sqrt();
    let summand = |c: usize| f64::from(bias[c]) - f64::from(mean[c]) * factor(c);
    let kind = Kind::Scale {
        scale: (0..scale.len()).map(|c| factor(c) as f32).collect(),
        bias: (0..scale.len()).map(|c| summand(c) as f32).collect(),
    };
    let data = l.operand(node.inputs[0])?;
    l.finish(node, kind, &[data]);
    Ok(())
}

pub(super) fn layer_normalization<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &LayerNormalization,
) -> Result<(), ExportError> {
    let (scale, bias) = (l.weight(node, 1)?, l.weight(node, 2)?);
    // A norm over whole maps would otherwise carry two maps of constants.
    let plain = scale.iter().all(|&factor| factor == 1.0) && bias.iter().all(|&summand| summand == 0.0);
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::LayerNorm { epsilon: op.epsilon, affine: (!plain).then_some([scale, bias]) }, &[data]);
    Ok(())
}
