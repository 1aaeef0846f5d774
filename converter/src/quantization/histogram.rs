//! What values were seen of a tensor, and which range of them is worth integers.

/// Bins of a histogram: even, so that two neighbours can become one.
const BINS: usize = 4096;

/// Levels of 8-bit integers from −127 on, less one.
const STEPS: f64 = 254.0;

/// The numbers of a tensor over some runs. Bins of one width lie around 0; they get wider when a number is outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    counts: Vec<u64>,
    /// Numbers from −bound to bound have bins.
    bound: f32,
    least: f32,
    largest: f32,
}

/// How the range of numbers is chosen that 8-bit integers stand for; what is outside is clamped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// All that were seen.
    MinMax,
    /// All but this share at either end, such as 1e-4.
    Percentile(f64),
    /// The one with the smallest mean squared error.
    Mse,
    /// The one whose distribution tells least apart from that of the floats (Kullback-Leibler).
    Kl,
}

/// Numbers that integers stand for, 0 among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// At most 0.
    pub least: f32,
    /// At least 0.
    pub largest: f32,
}

impl Range {
    /// From one integer to the next.
    pub fn step(self) -> f32 {
        let step = (f64::from(self.largest) - f64::from(self.least)) / STEPS;
        if step > 0.0 { (step as f32).max(f32::MIN_POSITIVE) } else { 1.0 }
    }

    /// The integer that stands for 0, from −127 to 127.
    pub fn zero(self) -> i8 {
        (-f64::from(i8::MAX) - f64::from(self.least) / f64::from(self.step())).round() as i8
    }

    /// What holds both.
    pub fn union(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), largest: self.largest.max(other.largest) }
    }

    fn scaled(self, share: f64) -> Self {
        let scaled = |bound: f32| (f64::from(bound) * share) as f32;
        Self { least: scaled(self.least), largest: scaled(self.largest) }
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; BINS], bound: 0.0, least: f32::INFINITY, largest: f32::NEG_INFINITY }
    }
}

impl Histogram {
    /// Adds finite numbers.
    pub fn add(&mut self, numbers: &[f32]) {
        let (least, largest) =
            numbers.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), &x| (a.min(x), b.max(x)));
        (self.least, self.largest) = (self.least.min(least), self.largest.max(largest));
        let farthest = least.abs().max(largest.abs());
        if self.bound == 0.0 {
            self.bound = farthest;
        }
        while farthest > self.bound {
            self.widen();
        }
        let per_bin = if self.bound > 0.0 { (BINS / 2) as f32 / self.bound } else { 0.0 };
        for &number in numbers {
            let bin = (number * per_bin + (BINS / 2) as f32) as usize;
            self.counts[bin.min(BINS - 1)] += 1;
        }
    }

    /// Bins of twice the width: pairs of neighbours lie in the middle half.
    fn widen(&mut self) {
        let mut counts = vec![0; BINS];
        for (pair, count) in self.counts.chunks(2).zip(&mut counts[BINS / 4..]) {
            *count = pair[0] + pair[1];
        }
        self.counts = counts;
        self.bound *= 2.0;
    }

    /// The least and the largest number; `None` if there were none.
    pub fn extremes(&self) -> Option<(f32, f32)> {
        (self.least <= self.largest).then_some((self.least, self.largest))
    }

    /// The range that a method chooses; of no numbers, 0 alone.
    pub fn range(&self, method: Method) -> Range {
        let whole = match self.extremes() {
            Some((least, largest)) => Range { least: least.min(0.0), largest: largest.max(0.0) },
            None => Range { least: 0.0, largest: 0.0 },
        };
        match method {
            Method::MinMax => whole,
            Method::Percentile(share) => self.without_tails(share, whole),
            Method::Mse => best(whole, |range| self.squared_error(range)),
            Method::Kl => best(whole, |range| self.divergence(range)),
        }
    }

    /// The number in the middle of a bin.
    fn middle(&self, bin: usize) -> f64 {
        (bin as f64 + 0.5 - (BINS / 2) as f64) * f64::from(self.bound) / (BINS / 2) as f64
    }

    fn total(&self) -> f64 {
        self.counts.iter().sum::<u64>() as f64
    }

    fn without_tails(&self, share: f64, whole: Range) -> Range {
        let tail = (share * self.total()) as u64;
        let end = |mut bins: Box<dyn Iterator<Item = usize>>| {
            let mut passed = 0;
            bins.find(|&bin| {
                passed += self.counts[bin];
                passed > tail
            })
        };
        let bound = |bin: Option<usize>| bin.map_or(0.0, |bin| self.middle(bin) as f32);
        let (least, largest) = (bound(end(Box::new(0..BINS))), bound(end(Box::new((0..BINS).rev()))));
        Range { least: least.clamp(whole.least, 0.0), largest: largest.clamp(0.0, whole.largest) }
    }

    /// The sum of the squared differences between the numbers and what integers make of them. Inside it is what rounding leaves of any
    /// numbers that are spread over many steps; outside, the distance to the bound.
    fn squared_error(&self, range: Range) -> f64 {
        let (least, largest) = (f64::from(range.least), f64::from(range.largest));
        let step = f64::from(range.step());
        let error = |(bin, &count): (usize, &u64)| {
            let number = self.middle(bin);
            let outside = (least - number).max(number - largest).max(0.0);
            count as f64 * if outside > 0.0 { outside * outside } else { step * step / 12.0 }
        };
        self.counts.iter().enumerate().map(error).sum()
    }

    /// The divergence of the distribution that integers leave from that of the numbers, in nats. A level has the same share of all bins that it stands
    /// for and that are not empty; what is outside counts to the levels at the ends.
    fn divergence(&self, range: Range) -> f64 {
        let (least, step) = (f64::from(range.least), f64::from(range.step()));
        let level = |bin: usize| ((self.middle(bin) - least) / step).round().clamp(0.0, STEPS) as usize;
        let inside = |bin: usize| (least..=f64::from(range.largest)).contains(&self.middle(bin));
        let mut levels = vec![(0.0, 0.0); STEPS as usize + 1];
        let occupied = || (0..BINS).filter(|&bin| self.counts[bin] > 0);
        for bin in occupied() {
            let (count, bins) = &mut levels[level(bin)];
            *count += if inside(bin) { self.counts[bin] as f64 } else { 0.0 };
            *bins += 1.0;
        }
        let (total, kept) = (self.total(), levels.iter().map(|(count, _)| count).sum::<f64>());
        let term = |bin: usize| {
            let (count, bins) = levels[level(bin)];
            let (p, q) = (self.counts[bin] as f64 / total, (count / bins / kept).max(1e-12));
            p * (p / q).ln()
        };
        occupied().map(term).sum()
    }
}

/// The best of some shares of the whole range, of which the last is a twentieth.
fn best(whole: Range, loss: impl Fn(Range) -> f64) -> Range {
    let candidates = (1..=100).rev().map(|share| whole.scaled(f64::from(share) / 100.0)).take(96);
    let measured = candidates.map(|range| (loss(range), range));
    measured.min_by(|(a, _), (b, _)| a.total_cmp(b)).map_or(whole, |(_, range)| range)
}
