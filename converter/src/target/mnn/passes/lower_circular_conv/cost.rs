use super::Lowering;

/// Beyond this length circulant matrices, which grow with its square, make the file too large.
const CIRCULANT_TO: usize = 48;

/// A depth-wise circular convolution, per channel.
pub(super) struct Size {
    /// Length of the axis.
    pub length: usize,
    /// Length of the other axis.
    pub across: usize,
    /// Number of taps.
    pub taps: usize,
}

impl Size {
    /// The lowering that should take the least time in MNN 3.6.
    pub(super) fn fastest(&self) -> Lowering {
        let allowed = |lowering: &Lowering| *lowering != Lowering::Circulant || self.length <= CIRCULANT_TO;
        let fastest =
            super::LOWERINGS.into_iter().filter(allowed).min_by(|&a, &b| self.cost(a).total_cmp(&self.cost(b)));
        fastest.unwrap_or(Lowering::SliceConcat) // which is always allowed
    }

    /// The convolution with fewer multiplications: in integers, what else there is to do takes little.
    pub(super) fn fastest_in_integers(&self) -> Lowering {
        if self.taps_inside() <= self.length * self.taps { Lowering::ZeroPadded } else { Lowering::SliceConcat }
    }

    /// Time for one channel in units that differ between machines, about a nanosecond.
    ///
    /// Multiplications, elements and channels each have their price, changes of layout included. The prices are fitted to what
    /// the benchmark `lowerings` measures (sides 7 to 64) on two x86-64 machines with one and two threads, which disagree on the
    /// fastest from 12 to 28; `--tune` measures on the target.
    fn cost(&self, lowering: Lowering) -> f64 {
        let (multiplications, prices) = match lowering {
            Lowering::SliceConcat => (self.length * self.taps, [0.054, 0.35, 26.0]),
            Lowering::ZeroPadded => (self.taps_inside(), [0.066, 0.11, 18.0]),
            Lowering::Circulant => (self.length * self.length, [0.037, 0.23, 118.0]),
        };
        let amounts = [multiplications * self.across, self.length * self.across, 1];
        amounts.iter().zip(prices).map(|(&amount, price)| amount as f64 * price).sum()
    }

    /// How many of the doubled taps fall on the map and not on the zeros around it, over one line: output `i` looks back to the
    /// beginning, and `K − 1` ahead at most.
    fn taps_inside(&self) -> usize {
        (0..self.length).map(|i| (i + self.taps).min(self.length)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fastest(length: usize, across: usize, taps: usize) -> Lowering {
        Size { length, across, taps }.fastest()
    }

    #[test]
    fn long_kernels_are_matrices_short_ones_convolutions() {
        for (side, expected) in [
            (7, Lowering::ZeroPadded),
            (16, Lowering::ZeroPadded),
            (32, Lowering::Circulant),
            (48, Lowering::Circulant),
            (64, Lowering::SliceConcat),
        ] {
            assert_eq!(fastest(side, side, side), expected, "{side}");
        }
        // Doubled taps and matrices don't get cheaper with fewer taps.
        assert_eq!(fastest(32, 32, 3), Lowering::SliceConcat);
        // A matrix costs too much for few columns.
        assert_eq!(fastest(20, 4, 20), Lowering::ZeroPadded);
    }

    #[test]
    fn in_integers_all_are_convolutions() {
        let fastest = |taps| Size { length: 32, across: 32, taps }.fastest_in_integers();
        assert_eq!((fastest(32), fastest(3)), (Lowering::ZeroPadded, Lowering::SliceConcat));
    }
}
