//! Integers in place of floats.

use half::f16;

use super::Bits;

/// The floats that integers stand for: evenly spaced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Affine {
    /// What the least integer stands for.
    pub least: f32,
    /// From one integer to the next; 0 if all are the same.
    pub step: f32,
}

/// How far decoded floats are from those that they stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Error {
    /// Largest difference.
    pub max_abs: f64,
    /// The same as a share of the largest float.
    pub max_rel: f64,
    /// Root mean square of the differences as a share of that of the floats.
    pub rms: f64,
}

/// The shares of the whole range that are tried. What lies outside is clamped, while the steps for everything else get finer. Smaller
/// shares lower the mean squared error of weights further, and raise that of outputs: large weights matter most (`docs/store.md`).
const SHARES: [f64; 3] = [1.0, 0.97, 0.94];

/// By how much more squares may be to count as the same.
const WORSE: f64 = 1.1;

impl Affine {
    /// What integers stand for in a block of finite floats: of several ranges that with the least squares.
    pub fn of(block: &[f32], bits: Bits) -> Self {
        let (least, largest) = block.iter().fold((f32::MAX, f32::MIN), |(a, b), &x| (a.min(x), b.max(x)));
        let range = f64::from(largest) - f64::from(least);
        let middle = f64::from(least) + range / 2.0;
        let shrunk = |share: f64| {
            let step = (share * range / f64::from(bits.steps())) as f32;
            Self { least: if share == 1.0 { least } else { (middle - share * range / 2.0) as f32 }, step }
        };
        let candidates = SHARES.into_iter().map(shrunk).flat_map(|affine| [affine, affine.refined(block, bits)]);
        let measured = candidates.map(|affine| (affine.loss(block, bits), affine));
        let best = measured.min_by(|(a, _), (b, _)| a.total_cmp(b));
        best.map_or(Self { least, step: 0.0 }, |(_, affine)| affine)
    }

    /// The same with numbers that 16-bit floats can hold, unless the block loses by it.
    pub fn in_halves(self, block: &[f32], bits: Bits) -> Option<Self> {
        let [least, step] = [self.least, self.step].map(|float| f16::from_f32(float).to_f32());
        let rounded = Self { least, step };
        (rounded.loss(block, bits) <= WORSE * self.loss(block, bits)).then_some(rounded)
    }

    /// Exactly what MNN computes (`ConvolutionCommon::load`), which takes the least integer into the least value first.
    pub fn decode(self, integer: i8, bits: Bits) -> f32 {
        let zero = self.least - bits.least() as f32 * self.step;
        f32::from(integer) * self.step + zero
    }

    /// The integer that stands for what is closest to a float.
    pub fn encode(self, float: f32, bits: Bits) -> i8 {
        if self.step == 0.0 {
            return 0;
        }
        let steps = ((f64::from(float) - f64::from(self.least)) / f64::from(self.step)).round();
        (steps.clamp(0.0, bits.steps().into()) as i32 + bits.least()) as i8
    }

    /// The sum of the squares of what a block loses.
    fn loss(self, block: &[f32], bits: Bits) -> f64 {
        let loss = |&float: &f32| {
            let difference = f64::from(float) - f64::from(self.decode(self.encode(float, bits), bits));
            difference * difference
        };
        block.iter().map(loss).sum()
    }

    /// The closest line through what the integers of a block stand for now.
    fn refined(self, block: &[f32], bits: Bits) -> Self {
        let count = block.len() as f64;
        let (mut x, mut xx, mut y, mut xy) = (0.0, 0.0, 0.0, 0.0);
        for &float in block {
            let index = f64::from(i32::from(self.encode(float, bits)) - bits.least());
            let float = f64::from(float);
            (x, xx, y, xy) = (x + index, xx + index * index, y + float, xy + index * float);
        }
        let spread = count * xx - x * x;
        let step = (count * xy - x * y) / spread;
        if spread <= 0.0 || step <= 0.0 {
            return self;
        }
        Self { least: ((y - step * x) / count) as f32, step: step as f32 }
    }
}

impl Error {
    /// That of decoded floats.
    pub fn of(floats: &[f32], decoded: &[f32]) -> Self {
        let (mut max_abs, mut largest, mut squares, mut all) = (0.0, 0.0, 0.0, 0.0);
        for (&float, &decoded) in floats.iter().zip(decoded) {
            let (float, difference) = (f64::from(float), f64::from(float) - f64::from(decoded));
            max_abs = difference.abs().max(max_abs);
            largest = float.abs().max(largest);
            (squares, all) = (squares + difference * difference, all + float * float);
        }
        let share = |part: f64, whole: f64| if part == 0.0 { 0.0 } else { part / whole };
        Self { max_abs, max_rel: share(max_abs, largest), rms: share(squares, all).sqrt() }
    }
}
