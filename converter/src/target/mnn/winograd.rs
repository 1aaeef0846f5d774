//! Where MNN convolves by Winograd's algorithm, and how accurately: a tile of the result is computed at once, and the larger the
//! tile, the larger the numbers that cancel out. Tiles that read 4×4 or 6×6 elements cost a digit or two, those of 8×8 three to four.
//!
//! Source: MNN 3.6.1, `ConvolutionPackWinograd.cpp`, which chooses what saves most operations.

/// Side of what a tile reads, in the tiles that are inaccurate.
pub(super) const INACCURATE: usize = 8;

/// The sides that MNN has.
const SIDES: [usize; 3] = [4, 6, INACCURATE];

/// Most and fewest rows of a result that a tile computes.
const ROWS: [usize; 2] = [2, 8];

/// What a convolution with a square kernel, stride 1 and one group does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dense {
    /// Side of the kernel.
    pub kernel: usize,
    /// Channels of the data.
    pub inputs: usize,
    /// Channels of the result.
    pub outputs: usize,
    /// Height and width of the result.
    pub map: [usize; 2],
}

impl Dense {
    /// Side of what a tile reads in a session with the hint `WINOGRAD_MEMORY_LEVEL` 1, which allows the smallest one only.
    pub fn smallest_tile(self) -> usize {
        self.kernel + ROWS[0] - 1
    }

    /// The same in a session without hints and with one thread; more threads never take larger ones. `None` if MNN convolves directly.
    pub fn default_tile(self) -> Option<usize> {
        let [height, width] = self.map;
        let most = ((height * width) as f32).sqrt() as usize;
        let rows = |side: usize| (side + 1).saturating_sub(self.kernel);
        let possible = SIDES.into_iter().filter(|&side| (ROWS[0]..=most.clamp(ROWS[0], ROWS[1])).contains(&rows(side)));
        let best = possible.map(|side| (self.saving(side, rows(side)), side)).rev().max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|&(saving, _)| saving >= 1.0).map(|(_, side)| side)
    }

    /// How many times fewer operations tiles take than a direct convolution.
    fn saving(self, side: usize, rows: usize) -> f32 {
        let [kernel, inputs, outputs, side, rows_f] =
            [self.kernel, self.inputs, self.outputs, side, rows].map(|n| n as f32);
        let [height, width] = self.map;
        let direct = (height * width) as f32 * 2.0 * inputs * outputs * kernel * kernel;
        let products = 2.0 * side * side * inputs * outputs;
        let transforms = 2.0 * side * side * side * inputs + (side + rows_f) * rows_f * 2.0 * side * outputs;
        direct / ((products + transforms) * (height.div_ceil(rows) * width.div_ceil(rows)) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_grow_with_channels_and_maps() {
        let tile = |kernel, channels, side| {
            Dense { kernel, inputs: channels, outputs: channels, map: [side, side] }.default_tile()
        };
        assert_eq!(tile(3, 128, 28), Some(8));
        assert_eq!(tile(5, 128, 28), Some(8));
        assert_eq!(tile(3, 128, 4), Some(6));
        assert_eq!(tile(3, 1, 28), None);
        assert_eq!(tile(9, 128, 28), None);
    }
}
