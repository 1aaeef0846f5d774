use edgeconv_graph::{GraphError, Node, Patch, Tensor};

use super::affine::Affine;
use super::{Accuracy, AnyConv, Outcome, Pass, View};

/// Folds a BatchNorm, or arithmetic with a constant per channel, into the convolution (plain or circular) that reads its output:
/// `W (scale · x + shift) + b = (W · scale) x + (W · shift + b)`.
///
/// With a shift that is exact only where every output sees all taps: a zero-padded convolution would miss part of `W · shift`
/// near the border, while a circular one has no border.
#[derive(Debug)]
pub struct AffineBeforeConv;

impl Pass for AffineBeforeConv {
    fn name(&self) -> &'static str {
        "affine-before-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Some(conv) = AnyConv::of(node) else { return Ok(Outcome::NoMatch) };
        let Some(before) = view.producer(node.inputs[0]) else { return Ok(Outcome::NoMatch) };
        let Some((data, affine)) = Affine::of(graph, before) else { return Ok(Outcome::NoMatch) };
        if !conv.borderless && affine.shift.iter().any(|&shift| shift != 0.0) {
            return Ok(Outcome::Blocked(format!("zero padding does not see the shift of `{}`", before.name)));
        }
        let Some(kernel) = graph.floats(conv.node.inputs[1]) else {
            return Ok(Outcome::Blocked("the kernel is not known at conversion time".into()));
        };
        let shape = graph.ty(node.inputs[1]).shape.clone();
        let Some(bias) = conv.bias(graph) else {
            return Ok(Outcome::Blocked("the bias is not known at conversion time".into()));
        };
        let mut bias: Vec<f64> = bias.into_iter().map(f64::from).collect();
        let (filters_per_group, channels_per_group) = (shape[0] / conv.group, shape[1]);
        let taps: usize = shape[2..].iter().product();
        let mut folded = Vec::with_capacity(kernel.len());
        for (row, kernel) in kernel.chunks(taps).enumerate() {
            let (filter, offset) = (row / channels_per_group, row % channels_per_group);
            let channel = filter / filters_per_group * channels_per_group + offset;
            folded.extend(kernel.iter().map(|&w| (f64::from(w) * affine.scale[channel]) as f32));
            bias[filter] += kernel.iter().copied().map(f64::from).sum::<f64>() * affine.shift[channel];
        }

        let mut patch = Patch::new(graph);
        let kernel = patch.constant(&graph.value(node.inputs[1]).name, Tensor::f32(shape, folded)?);
        let bias = Tensor::vector(bias.iter().map(|&bias| bias as f32).collect());
        let bias = patch.constant(format!("{}.bias", node.name), bias);
        let new = patch.node(graph, &node.name, node.op.clone(), &[data, kernel, bias])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
