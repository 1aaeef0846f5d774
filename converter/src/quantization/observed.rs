//! What is seen of values over some runs.

use edgeconv_graph::Tensor;

use super::Histogram;

/// Positions of a map whose channels are multiplied with each other, of each tensor: neighbours tell little more.
const POSITIONS: usize = 64;

/// What was seen of a value over some runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// All its numbers.
    pub histogram: Histogram,
    /// The channels of a map `[N, C, …]`.
    pub channels: Vec<Channel>,
    /// How these vary together, if that was asked for.
    pub moments: Option<Moments>,
}

/// The numbers of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Channel {
    /// The least one.
    pub least: f32,
    /// The largest one.
    pub largest: f32,
    sum: f64,
    count: u64,
}

impl Default for Channel {
    fn default() -> Self {
        Self { least: f32::INFINITY, largest: f32::NEG_INFINITY, sum: 0.0, count: 0 }
    }
}

impl Channel {
    /// The mean; 0 of no numbers.
    pub fn mean(&self) -> f64 {
        self.sum / self.count.max(1) as f64
    }

    fn add(&mut self, numbers: &[f32]) {
        for &number in numbers {
            self.least = self.least.min(number);
            self.largest = self.largest.max(number);
            self.sum += f64::from(number);
        }
        self.count += numbers.len() as u64;
    }
}

impl Observed {
    /// Adds a tensor of finite numbers, and how its channels vary together if it is read by a layer that rounds by it.
    pub fn add(&mut self, tensor: &Tensor, with_moments: bool) {
        let Some(numbers) = tensor.as_f32() else { return };
        self.histogram.add(numbers);
        let &[batch, channels, ..] = tensor.shape() else { return };
        let plane = numbers.len() / (batch * channels).max(1);
        if plane == 0 {
            return;
        }
        self.channels.resize(channels, Channel::default());
        for (index, numbers) in numbers.chunks(plane).enumerate() {
            self.channels[index % channels].add(numbers);
        }
        if !with_moments {
            return;
        }
        let moments = self.moments.get_or_insert_with(|| Moments::of(channels));
        // Tokens along the batch are positions of one map.
        let as_map = || tensor.reshape([batch, channels]).ok()?.transposed(&[1, 0]);
        match (plane == 1).then(as_map).flatten() {
            Some(tokens) => moments.add(tokens.as_f32().unwrap_or_default(), batch),
            None => numbers.chunks(plane * channels).for_each(|map| moments.add(map, plane)),
        }
    }
}

/// Sums and products of the channels of maps, at some of their positions.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// `[C]`.
    sums: Vec<f64>,
    /// `[C, C]`, below the diagonal and on it.
    products: Vec<f64>,
    count: u64,
}

impl Moments {
    fn of(channels: usize) -> Self {
        Self { sums: vec![0.0; channels], products: vec![0.0; channels * channels], count: 0 }
    }

    /// Adds a map `[C, positions]`.
    fn add(&mut self, map: &[f32], positions: usize) {
        let step = positions.div_ceil(POSITIONS);
        // Others of each map.
        let first = self.count as usize % step;
        let rows: Vec<Vec<f32>> =
            map.chunks(positions).map(|channel| channel[first..].iter().step_by(step).copied().collect()).collect();
        let channels = rows.len();
        for (index, row) in rows.iter().enumerate() {
            self.sums[index] += row.iter().map(|&x| f64::from(x)).sum::<f64>();
            let products = &mut self.products[index * channels..][..=index];
            products.iter_mut().zip(&rows).for_each(|(product, other)| *product += f64::from(dot(row, other)));
        }
        self.count += rows.first().map_or(0, |row| row.len() as u64);
    }

    /// How many channels there are.
    pub fn channels(&self) -> usize {
        self.sums.len()
    }

    /// The covariance of two channels.
    pub fn covariance(&self, a: usize, b: usize) -> f64 {
        let count = self.count.max(1) as f64;
        let product = self.products[a.max(b) * self.channels() + a.min(b)];
        product / count - self.sums[a] / count * (self.sums[b] / count)
    }
}

/// The sum of products, in an order that vector instructions can follow.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (a, b) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two channels, the second twice the first less 1.
    fn related() -> Tensor {
        let first: Vec<f32> = (0..40).map(|index| ((index * 7) % 11) as f32).collect();
        let second = first.iter().map(|x| 2.0 * x - 1.0);
        Tensor::f32([1, 2, 5, 8], first.iter().copied().chain(second).collect()).unwrap()
    }

    #[test]
    fn channels_have_ranges_means_and_covariances() {
        let mut seen = Observed::default();
        seen.add(&related(), true);
        let [first, second] = [seen.channels[0], seen.channels[1]];
        assert_eq!([first.least, first.largest, second.least, second.largest], [0.0, 10.0, -1.0, 19.0]);
        assert!((second.mean() - (2.0 * first.mean() - 1.0)).abs() < 1e-9);
        let moments = seen.moments.unwrap();
        let [variance, mixed, other] = [(0, 0), (0, 1), (1, 1)].map(|(a, b)| moments.covariance(a, b));
        assert!(variance > 1.0 && (mixed - 2.0 * variance).abs() < 1e-4 && (other - 4.0 * variance).abs() < 1e-4);
    }

    #[test]
    fn tokens_vary_together_as_positions_do() {
        let maps = related();
        let tokens = maps.reshape([2, 40]).unwrap().transposed(&[1, 0]).unwrap().reshape([40, 2, 1, 1]).unwrap();
        let [of_maps, of_tokens] = [maps, tokens].map(|tensor| {
            let mut seen = Observed::default();
            seen.add(&tensor, true);
            (seen.channels, seen.moments)
        });
        assert_eq!(of_tokens, of_maps);
    }

    #[test]
    fn what_is_no_map_has_no_channels() {
        let mut seen = Observed::default();
        seen.add(&Tensor::vector(vec![1.0, -2.0]), true);
        assert_eq!((seen.histogram.extremes(), seen.channels.len(), seen.moments), (Some((-2.0, 1.0)), 0, None));
    }
}
