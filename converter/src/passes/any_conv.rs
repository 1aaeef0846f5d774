use edgeconv_graph::op::{CircularConv, Conv, ConvTranspose};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};

use super::affine::Affine;

/// What the kinds of convolution have in common: data `[N, C, …]`, a kernel, and perhaps a bias `[M]`.
///
/// This is the one place that knows which channels a kernel connects: that of a convolution (plain or circular) is
/// `[M, C/group, taps…]`, that of a transposed one is `[C, M/group, taps…]`.
pub(crate) struct AnyConv<'a> {
    graph: &'a Graph,
    node: &'a Node,
    group: usize,
    transposed: bool,
    /// Whether every output sees the same number of real inputs, so that a constant input gives a constant output.
    borderless: bool,
}

impl<'a> AnyConv<'a> {
    /// `None` for nodes that are not convolutions.
    pub(crate) fn of(graph: &'a Graph, node: &'a Node) -> Option<Self> {
        let (group, transposed, borderless) = match &node.op {
            Op::Conv(Conv { group, pads, .. }) => (*group, false, pads.iter().all(|&pad| pad == 0)),
            Op::CircularConv(CircularConv { group, .. }) => (*group, false, true),
            // Near the border fewer elements of the input reach an output.
            Op::ConvTranspose(ConvTranspose { group, .. }) => (*group, true, false),
            _ => return None,
        };
        Some(Self { graph, node, group, transposed, borderless })
    }

    pub(crate) fn is_borderless(&self) -> bool {
        self.borderless
    }

    /// Whether each channel of the result is computed from the same channel of the data.
    pub(crate) fn is_depthwise(&self) -> bool {
        self.group == self.inputs() && self.group == self.outputs()
    }

    /// The bias, zeros if there is none; `None` if it is not known at conversion time.
    pub(crate) fn bias(&self) -> Option<Vec<f32>> {
        match self.node.inputs.get(2) {
            Some(&id) => self.graph.floats(id).map(<[f32]>::to_vec),
            None => Some(vec![0.0; self.outputs()]),
        }
    }

    /// The input and the output channel that are connected by each filter (run of `taps…`), in the order of the kernel.
    fn connections(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, columns) =
            if self.transposed { (self.inputs(), self.outputs()) } else { (self.outputs(), self.inputs()) };
        let (rows_per_group, columns_per_group) = (rows / self.group, columns / self.group);
        let transposed = self.transposed;
        (0..rows * columns_per_group).map(move |filter| {
            let row = filter / columns_per_group;
            let column = row / rows_per_group * columns_per_group + filter % columns_per_group;
            if transposed { (row, column) } else { (column, row) }
        })
    }

    /// Each filter with the input and the output channel that it connects; `None` if the kernel is not known at conversion time.
    fn filters(&self) -> Option<impl Iterator<Item = (&'a [f32], (usize, usize))> + use<'a>> {
        let taps: usize = self.kernel_shape()[2..].iter().product();
        Some(self.graph.floats(self.node.inputs[1])?.chunks_exact(taps.max(1)).zip(self.connections()))
    }

    /// Adds this convolution with `affine` applied to its result: `scale · (W x + b) + shift = (scale · W) x + (scale · b + shift)`.
    /// `None` if kernel or bias are not known at conversion time.
    pub(crate) fn followed_by(&self, patch: &mut Patch, affine: &Affine) -> Result<Option<ValueId>, GraphError> {
        let (Some(filters), Some(bias)) = (self.filters(), self.bias()) else { return Ok(None) };
        let kernel = filters.flat_map(|(taps, (_, output))| scaled(taps, affine.scale[output])).collect();
        let bias = bias.iter().zip(affine.scale.iter().zip(&affine.shift));
        let bias = bias.map(|(&bias, (scale, shift))| (f64::from(bias) * scale + shift) as f32).collect();
        self.with_weights(patch, self.node.inputs[0], kernel, bias).map(Some)
    }

    /// Adds this convolution of `data` with `affine` applied to that: `W (scale · x + shift) + b = (W · scale) x + (W · shift + b)`,
    /// which is right for a shift if the convolution is borderless. `None` if kernel or bias are not known at conversion time.
    pub(crate) fn preceded_by(
        &self,
        patch: &mut Patch,
        affine: &Affine,
        data: ValueId,
    ) -> Result<Option<ValueId>, GraphError> {
        let (Some(filters), Some(bias)) = (self.filters(), self.bias()) else { return Ok(None) };
        let mut bias: Vec<f64> = bias.into_iter().map(f64::from).collect();
        let mut kernel = vec![];
        for (taps, (input, output)) in filters {
            kernel.extend(scaled(taps, affine.scale[input]));
            bias[output] += taps.iter().copied().map(f64::from).sum::<f64>() * affine.shift[input];
        }
        let bias = bias.into_iter().map(|bias| bias as f32).collect();
        self.with_weights(patch, data, kernel, bias).map(Some)
    }

    /// Adds this convolution of `data` with another kernel and bias.
    fn with_weights(
        &self,
        patch: &mut Patch,
        data: ValueId,
        kernel: Vec<f32>,
        bias: Vec<f32>,
    ) -> Result<ValueId, GraphError> {
        let (graph, node) = (self.graph, self.node);
        let kernel = Tensor::f32(self.kernel_shape(), kernel)?;
        let kernel = patch.constant(&graph.value(node.inputs[1]).name, kernel);
        let bias = patch.constant(format!("{}.bias", node.name), Tensor::vector(bias));
        patch.node(graph, &node.name, node.op.clone(), &[data, kernel, bias])
    }

    fn kernel_shape(&self) -> &'a [usize] {
        &self.graph.ty(self.node.inputs[1]).shape
    }

    fn inputs(&self) -> usize {
        self.graph.ty(self.node.inputs[0]).shape[1]
    }

    fn outputs(&self) -> usize {
        self.graph.ty(self.node.outputs[0]).shape[1]
    }
}

fn scaled(taps: &[f32], scale: f64) -> impl Iterator<Item = f32> {
    taps.iter().map(move |&weight| (f64::from(weight) * scale) as f32)
}
