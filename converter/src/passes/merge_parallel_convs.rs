use edgeconv_graph::op::{Binary, Conv};
use edgeconv_graph::{Graph, Node, Op, Patch, Tensor, ValueId};

use super::affine::Affine;
use super::{Accuracy, AnyConv, Pass, Stop, used_once};

/// The sum of two convolutions of one map is one convolution, if the kernel of one has a place for all taps of the other. A norm
/// of the map, and the map itself, are 1×1 convolutions too: the branches that RepVGG and MobileOne are trained with become one.
#[derive(Debug)]
pub struct MergeParallelConvs;

impl Pass for MergeParallelConvs {
    fn name(&self) -> &'static str {
        "merge-parallel-convs"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let (Op::Binary(Binary::Add), &[a, b]) = (&node.op, node.inputs.as_slice()) else {
            return Err(Stop::NoMatch);
        };
        if graph.ty(a) != graph.ty(b) {
            return Err(Stop::NoMatch); // one of the two is repeated
        }
        let mut parallel = false;
        for (large, small) in [(a, b), (b, a)] {
            let Some(large) = Branch::of_conv(graph, large) else { continue };
            let Some(small) = large.beside(graph, small) else { continue };
            parallel = true;
            let Some(sum) = large.plus(&small) else { continue };
            let mut patch = Patch::new(graph);
            let narrow = |numbers: &[f64]| numbers.iter().map(|&number| number as f32).collect::<Vec<_>>();
            let kernel = Tensor::f32(sum.shape, narrow(&sum.kernel))?;
            let kernel = patch.constant(format!("{}.weight", node.name), kernel);
            let bias = patch.constant(format!("{}.bias", node.name), Tensor::vector(narrow(&sum.bias)));
            let new = patch.node(graph, &node.name, sum.conv, &[sum.data, kernel, bias])?;
            patch.redirect(node.outputs[0], new);
            return Ok(patch);
        }
        if parallel {
            return Err(Stop::Blocked("neither of the two kernels has a place for all taps of the other".into()));
        }
        Err(Stop::NoMatch)
    }
}

/// A convolution of the map `data`, with its kernel `[M, C/group, height, width]` and its bias `[M]`.
struct Branch {
    data: ValueId,
    conv: Conv,
    shape: Vec<usize>,
    kernel: Vec<f64>,
    bias: Vec<f64>,
}

impl Branch {
    /// The convolution that computes a value which nothing else uses, if its weights are known.
    fn of_conv(graph: &Graph, value: ValueId) -> Option<Self> {
        let node = graph.producer_node(value).filter(|_| used_once(graph, value) && graph.ty(value).rank() == 4)?;
        let Op::Conv(conv) = &node.op else { return None };
        let widen = |numbers: &[f32]| numbers.iter().copied().map(f64::from).collect();
        Some(Self {
            data: node.inputs[0],
            conv: conv.clone(),
            shape: graph.ty(node.inputs[1]).shape.clone(),
            kernel: widen(graph.floats(node.inputs[1])?),
            bias: widen(&AnyConv::of(graph, node)?.bias()?),
        })
    }

    /// Another value as a convolution of the same map into as many channels, with the same groups and steps.
    fn beside(&self, graph: &Graph, value: ValueId) -> Option<Self> {
        let other = Self::of_conv(graph, value).or_else(|| self.affine_beside(graph, value))?;
        let same = other.data == self.data
            && other.shape[..2] == self.shape[..2]
            && (other.conv.group, &other.conv.strides) == (self.conv.group, &self.conv.strides);
        same.then_some(other)
    }

    /// The map itself, or a norm of it, as a 1×1 convolution with the groups of this one.
    fn affine_beside(&self, graph: &Graph, value: ValueId) -> Option<Self> {
        let (filters, width) = (self.shape[0], self.shape[1]);
        if filters != width * self.conv.group {
            return None;
        }
        let affine = if value == self.data {
            Affine { scale: vec![1.0; filters], shift: vec![0.0; filters] }
        } else {
            let node = graph.producer_node(value).filter(|_| used_once(graph, value))?;
            Affine::of(graph, node).filter(|&(data, _)| data == self.data)?.1
        };
        let mut kernel = vec![0.0; filters * width];
        for (filter, &scale) in affine.scale.iter().enumerate() {
            kernel[filter * width + filter % width] = scale;
        }
        let conv = Conv { group: self.conv.group, ..Conv::pointwise() };
        Some(Self { data: self.data, conv, shape: vec![filters, width, 1, 1], kernel, bias: affine.shift })
    }

    /// This convolution with the other's taps added to its own, if it has some in all of their places.
    fn plus(mut self, other: &Self) -> Option<Self> {
        // Where the other's taps are in this kernel.
        let places = |axis: usize| -> Option<Vec<usize>> {
            let first = self.conv.pads[axis].checked_sub(other.conv.pads[axis])?;
            let place = |tap: usize| {
                let reach = first + tap * other.conv.dilations[axis];
                let dilation = self.conv.dilations[axis];
                (reach.is_multiple_of(dilation) && reach / dilation < self.shape[axis + 2]).then_some(reach / dilation)
            };
            (0..other.shape[axis + 2]).map(place).collect()
        };
        let (rows, columns) = (places(0)?, places(1)?);
        let [taps, width] = [self.shape[2] * self.shape[3], self.shape[3]];
        let places: Vec<_> =
            rows.iter().flat_map(|row| columns.iter().map(move |column| row * width + column)).collect();
        for (own, other) in self.kernel.chunks_mut(taps).zip(other.kernel.chunks(places.len())) {
            places.iter().zip(other).for_each(|(&place, weight)| own[place] += weight);
        }
        self.bias.iter_mut().zip(&other.bias).for_each(|(own, other)| *own += other);
        Some(self)
    }
}
