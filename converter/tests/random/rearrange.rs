//! Steps that move, repeat and put elements.

use edgeconv_graph::Tensor;
use edgeconv_graph::op::{
    Coordinates, DepthOrder, DepthToSpace, Gather, Pad, PadMode, Resize, ResizeMode, Rounding, ScatterNd,
    ScatterReduction, Slice,
};

use super::{Choices, Random};

impl Random {
    pub(super) fn pad(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let shape = self.shape(data);
        let mode = [PadMode::Constant(0.0), PadMode::Constant(-0.5), PadMode::Edge, PadMode::Reflect][choices[1] % 4];
        // rten repeats elements along the last two axes only.
        let axes = [&[2, 3][..], &[2], &[3], &[1], &[1, 3], &[0, 1, 2, 3]];
        let axes = axes[choices[2] % if matches!(mode, PadMode::Constant(_)) { 6 } else { 3 }];
        let mut pads = vec![[0, 0]; 4];
        for &axis in axes {
            let most = if mode == PadMode::Reflect { shape[axis].min(3) } else { 3 };
            pads[axis] = [choices[3 + axis] % most, choices[3 + axis] / 8 % most];
        }
        self.add(Pad { mode, pads }, &[data]);
    }

    pub(super) fn slice_with_step(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let axis = [1, 2, 3][choices[1] % 3];
        let length = self.shape(data)[axis];
        let start = choices[2] % length;
        self.add(Slice { axis, start, end: length, step: 2 + choices[3] % 2 }, &[data]);
    }

    pub(super) fn depth_to_space(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [_, c, h, w] = self.shape(data);
        let order = [DepthOrder::BlocksFirst, DepthOrder::ChannelsFirst][choices[1] % 2];
        if c % 4 == 0 && h.max(w) < 12 {
            self.add(DepthToSpace { block: 2, order }, &[data]);
        }
    }

    pub(super) fn gather(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let axis = choices[1] % 4;
        let length = self.shape(data)[axis];
        let indices = choices[3..].iter().take(1 + choices[2] % 5).map(|choice| (choice % length) as i64).collect();
        let indices = self.constant(Tensor::indices(indices));
        self.add(Gather { axis }, &[data, indices]);
    }

    pub(super) fn scatter(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, c, h, w] = self.shape(data);
        let indices = self.constant(Tensor::i64([1, 1], vec![(choices[1] % n) as i64]).unwrap());
        let updates = self.random_constant(&[1, c, h, w], 1.0);
        self.add(ScatterNd { reduction: ScatterReduction::None }, &[data, indices, updates]);
    }

    pub(super) fn nearest(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, c, h, w] = self.shape(data);
        let sizes = vec![n, c, h * (1 + choices[1] % 3), w * (1 + choices[2] % 2)];
        let mode = ResizeMode::Nearest(Rounding::Floor);
        if h.max(w) < 12 {
            self.add(Resize { mode, ..Resize::linear(Coordinates::Asymmetric, sizes) }, &[data]);
        }
    }
}
