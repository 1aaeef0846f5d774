//! Where the windows of convolutions and pools lie.

use super::super::ImportError;
use super::super::node::Node;

/// Windows over spatial axes; every list has one element per axis.
#[derive(Debug, Clone)]
pub(super) struct Windows {
    /// Number of taps.
    pub kernel: Vec<usize>,
    /// Distance of the windows.
    pub strides: Vec<usize>,
    /// Distance of the taps.
    pub dilations: Vec<usize>,
    /// Padding before the data.
    pub begins: Vec<usize>,
    /// Padding behind the data.
    pub ends: Vec<usize>,
    /// The part of `ends` that the last window reaches because the number of windows is rounded up.
    pub overhang: Vec<usize>,
}

impl Windows {
    /// Windows at every position of data without padding.
    pub fn plain(kernel: Vec<usize>) -> Self {
        let all = |number| vec![number; kernel.len()];
        let (strides, begins) = (all(1), all(0));
        Self { dilations: strides.clone(), strides, ends: begins.clone(), overhang: begins.clone(), begins, kernel }
    }

    /// What the attributes say for a kernel over data of these spatial lengths.
    pub fn of(node: &Node<'_, '_>, lengths: &[usize], kernel: Vec<usize>) -> Result<Self, ImportError> {
        let axes = kernel.len();
        let strides = node.lengths("strides")?.unwrap_or_else(|| vec![1; axes]);
        let dilations = node.lengths("dilations")?.unwrap_or_else(|| vec![1; axes]);
        let pads = node.lengths("pads")?.unwrap_or_else(|| vec![0; 2 * axes]);
        let lists = [lengths.len(), strides.len(), dilations.len(), pads.len() / 2];
        if axes == 0 || lists != [axes; 4] || strides.contains(&0) || dilations.contains(&0) || kernel.contains(&0) {
            let reason = format!(
                "kernel {kernel:?}, strides {strides:?}, dilations {dilations:?} or pads {pads:?} are not those of data with \
                 the spatial axes {lengths:?}"
            );
            return Err(node.unsupported(reason));
        }
        let (begins, ends) = pads.split_at(axes);
        let (begins, ends) = (begins.to_vec(), ends.to_vec());
        let mut windows = Self { kernel, strides, dilations, begins, ends, overhang: vec![0; axes] };
        match node.text("auto_pad", "NOTSET").as_str() {
            "NOTSET" | "" => {}
            "VALID" => (windows.begins, windows.ends) = (vec![0; axes], vec![0; axes]),
            same @ ("SAME_UPPER" | "SAME_LOWER") => {
                for (axis, &length) in lengths.iter().enumerate() {
                    let reach = length.div_ceil(windows.strides[axis]).saturating_sub(1) * windows.strides[axis];
                    let total = (reach + windows.reach(axis)).saturating_sub(length);
                    // The odd one comes at the end, or at the beginning.
                    let (less, more) = (total / 2, total.div_ceil(2));
                    (windows.begins[axis], windows.ends[axis]) =
                        if same == "SAME_UPPER" { (less, more) } else { (more, less) };
                }
            }
            other => return Err(node.unsupported(format!("auto_pad {other} is unknown"))),
        }
        if let Some(axis) = (0..axes).find(|&axis| windows.padded(lengths, axis) < windows.reach(axis)) {
            let reason = format!("the window is longer than the padded data on spatial axis {axis} of {lengths:?}");
            return Err(node.unsupported(reason));
        }
        Ok(windows)
    }

    /// Rounds the number of windows up, but none begins behind the data.
    pub fn round_up(&mut self, lengths: &[usize]) {
        for axis in 0..self.kernel.len() {
            let stride = self.strides[axis];
            let rest = self.padded(lengths, axis) - self.reach(axis);
            let mut last = rest.div_ceil(stride) * stride;
            if last >= self.begins[axis] + lengths[axis] {
                last -= stride;
            }
            self.overhang[axis] = last.saturating_sub(rest);
            self.ends[axis] += self.overhang[axis];
        }
    }

    /// From the first tap of a window to its last.
    fn reach(&self, axis: usize) -> usize {
        self.dilations[axis] * (self.kernel[axis] - 1) + 1
    }

    fn padded(&self, lengths: &[usize], axis: usize) -> usize {
        self.begins[axis] + lengths[axis] + self.ends[axis]
    }

    /// Number of windows on an axis.
    pub fn count(&self, lengths: &[usize], axis: usize) -> usize {
        (self.padded(lengths, axis) - self.reach(axis)) / self.strides[axis] + 1
    }

    /// Position of each tap of a window, counted from the start of the padding.
    pub fn taps(&self, axis: usize, window: usize) -> impl Iterator<Item = usize> {
        let (start, step) = (window * self.strides[axis], self.dilations[axis]);
        (0..self.kernel[axis]).map(move |tap| start + tap * step)
    }

    /// Positions in the data that a window reads on an axis; `None` is padding.
    pub fn positions(&self, axis: usize, length: usize, window: usize) -> Vec<Option<usize>> {
        let begin = self.begins[axis];
        self.taps(axis, window).map(|tap| tap.checked_sub(begin).filter(|&position| position < length)).collect()
    }

    /// All begins, then all ends, as ONNX has them.
    pub fn pads(&self) -> Vec<usize> {
        [self.begins.as_slice(), self.ends.as_slice()].concat()
    }

    /// The windows over some of the axes only.
    pub fn over(&self, axes: std::ops::Range<usize>) -> Self {
        let part = |list: &[usize]| list[axes.clone()].to_vec();
        Self {
            kernel: part(&self.kernel),
            strides: part(&self.strides),
            dilations: part(&self.dilations),
            begins: part(&self.begins),
            ends: part(&self.ends),
            overhang: part(&self.overhang),
        }
    }

    /// The same with an axis before or behind the others on which every element is a window.
    pub fn beside_single(&self, before: bool) -> Self {
        let extend = |list: &[usize], element: usize| {
            if before { [&[element], list].concat() } else { [list, &[element]].concat() }
        };
        Self {
            kernel: extend(&self.kernel, 1),
            strides: extend(&self.strides, 1),
            dilations: extend(&self.dilations, 1),
            begins: extend(&self.begins, 0),
            ends: extend(&self.ends, 0),
            overhang: extend(&self.overhang, 0),
        }
    }
}
