//! Norms.

use edgeconv_graph::Node;
use edgeconv_graph::op::{BatchNormalization, LayerNormalization};
use planus::UnionOffset;

use super::scale::Scale;
use super::{InIntegers, Lower, MnnOp, Rule};
use crate::content::Content;
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Shapes};
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Normal distribution of the last axis, then perhaps one factor and one summand for each of its positions.
#[derive(Debug)]
struct LayerNorm<'g> {
    /// Added to the variance.
    epsilon: f32,
    /// Factors and summands.
    affine: Option<[&'g [f32]; 2]>,
}

impl MnnOp for LayerNorm<'_> {
    fn op_type(&self) -> OpType {
        OpType::LayerNorm
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Wrong
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let axis = b.create_vector([-1]);
        let [scale, bias] = self.affine.map_or([None; 2], |affine| affine.map(|list| Some(b.floats(list))));
        let norm = schema::LayerNorm::builder()
            .axis(axis)
            .epsilon(self.epsilon)
            .gamma(scale)
            .beta(bias)
            .group(1)
            .external_as_null()
            .use_rms_norm(false)
            .finish(b);
        Some(OpParameter::create_layer_norm(b, norm))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn weights(&self) -> Vec<Content<'_>> {
        self.affine.iter().flatten().map(|list| Content::of(list)).collect()
    }
}

/// One factor and one summand per channel, computed in double precision.
impl Lower for BatchNormalization {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let [scale, bias, mean, var] = [l.weight(node, 1)?, l.weight(node, 2)?, l.weight(node, 3)?, l.weight(node, 4)?];
        let factor = |c: usize| f64::from(scale[c]) / (f64::from(var[c]) + f64::from(self.epsilon)).sqrt();
        let summand = |c: usize| f64::from(bias[c]) - f64::from(mean[c]) * factor(c);
        let folded = Scale {
            scale: (0..scale.len()).map(|c| factor(c) as f32).collect(),
            bias: (0..scale.len()).map(|c| summand(c) as f32).collect(),
        };
        let data = l.operand(node.inputs[0])?;
        l.finish(node, folded, &[data]);
        Ok(())
    }
}

impl Lower for LayerNormalization {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let (scale, bias) = (l.weight(node, 1)?, l.weight(node, 2)?);
        // A norm over whole maps would otherwise carry two maps of constants.
        let plain = scale.iter().all(|&factor| factor == 1.0) && bias.iter().all(|&summand| summand == 0.0);
        let data = l.operand(node.inputs[0])?;
        l.finish(node, LayerNorm { epsilon: self.epsilon, affine: (!plain).then_some([scale, bias]) }, &[data]);
        Ok(())
    }
}
