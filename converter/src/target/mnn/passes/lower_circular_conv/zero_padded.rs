use edgeconv_graph::op::Conv;
use edgeconv_graph::{GraphError, Patch, ValueId};

use super::Depthwise;

impl Depthwise<'_> {
    /// A depth-wise convolution with `F − 1` zeros before and `K − 1` after, `F` being the length of the axis: its tap `j` stands
    /// for distance `d = j − (F − 1)`, and is the kernel's tap `d mod F`, or zero where the kernel is shorter.
    pub(super) fn zero_padded(&self, patch: &mut Patch) -> Result<ValueId, GraphError> {
        let &Self { graph, node, op, length, taps, .. } = self;
        let mut shape = [op.group, 1, 1, 1];
        shape[op.axis] = length + taps - 1;
        let mut pads = vec![0; 4];
        (pads[op.axis - 2], pads[op.axis]) = (length - 1, taps - 1);
        let mut inputs = node.inputs.clone();
        // Distances 1 − F to K − 1, shifted by F to be positive.
        inputs[1] = self.kernel(patch, shape, 1..length + taps)?;
        patch.node(graph, &node.name, Conv { pads, group: op.group, ..Conv::pointwise() }, &inputs)
    }
}
