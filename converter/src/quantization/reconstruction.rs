//! Rounding that keeps what a layer gives, rather than its weights: each weight makes up for what the ones before it have lost.
//!
//! Elias Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers", 2022: the squared error of an output
//! is `eᵀ·H·e`, with the differences `e` of its weights and the second moments `H` of what they read. With `H = L·Lᵀ` that is `|Lᵀ·e|²`, whose element `i` reads
//! no weight before `i`: from the last weight to the first, each is rounded next to what brings its element to zero. Means are left
//! to biases, so that `H` has covariances.

use super::Moments;

/// What is added to each variance, as a share of their mean, so that few samples do not decide.
const DAMPING: f64 = 0.01;

/// The factor `L` of the covariances of channels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Factor {
    /// Channels by variance, so that those come first that matter most: the last rows.
    order: Vec<usize>,
    /// Rows of the lower triangle, each up to its diagonal.
    rows: Vec<Vec<f64>>,
}

impl Factor {
    /// `None` if nothing varies.
    pub fn of(moments: &Moments) -> Option<Self> {
        let variance = |channel: usize| moments.covariance(channel, channel).max(0.0);
        let mut order: Vec<_> = (0..moments.channels()).collect();
        order.sort_by(|&a, &b| variance(a).total_cmp(&variance(b)));
        let damping = DAMPING * order.iter().map(|&channel| variance(channel)).sum::<f64>() / order.len() as f64;
        if !(damping > 0.0 && damping.is_finite()) {
            return None;
        }
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(order.len());
        for (index, &channel) in order.iter().enumerate() {
            let mut row = Vec::with_capacity(index + 1);
            for (above, &other) in rows.iter().zip(&order) {
                let known = dot(&row, above);
                row.push((moments.covariance(channel, other) - known) / above[row.len()]);
            }
            let known = dot(&row, &row);
            row.push((variance(channel) + damping - known).max(damping * 1e-6).sqrt());
            rows.push(row);
        }
        Some(Self { order, rows })
    }

    /// Rounds the weights of one output, which read the channels in their order.
    pub fn round(&self, weights: &mut [f32], nearest: impl Fn(f32) -> f32) {
        let mut lost = vec![0.0; weights.len()];
        for (row, &channel) in self.rows.iter().zip(&self.order).rev() {
            let (diagonal, place) = (row[row.len() - 1], row.len() - 1);
            let rounded = nearest((f64::from(weights[channel]) + lost[place] / diagonal) as f32);
            let error = f64::from(weights[channel] - rounded);
            lost.iter_mut().zip(&row[..place]).for_each(|(lost, factor)| *lost += error * factor);
            weights[channel] = rounded;
        }
    }
}

/// The sum of products, as far as both go, in an order that vector instructions can follow.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 4;
    let length = a.len().min(b.len());
    let (a, b) = (a[..length].chunks_exact(LANES), b[..length].chunks_exact(LANES));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    let mut sums = [0.0; LANES];
    for (a, b) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Tensor;

    use super::*;
    use crate::quantization::Observed;

    fn noise(index: usize) -> f32 {
        ((index * 2_654_435_761) % 1009) as f32 / 504.5 - 1.0
    }

    /// Six channels that are mixtures of three.
    fn mixed() -> Tensor {
        let at = |channel: usize, place: usize| {
            (0..3).map(|source| noise(channel * 3 + source + 7) * noise(source * 64 + place)).sum::<f32>()
        };
        let numbers = (0..6).flat_map(|channel| (0..64).map(move |place| (channel, place)));
        Tensor::f32([1, 6, 8, 8], numbers.map(|(channel, place)| at(channel, place)).collect()).unwrap()
    }

    fn error(weights: &[f32], rounded: &[f32], moments: &Moments) -> f64 {
        let lost: Vec<_> = weights.iter().zip(rounded).map(|(a, b)| f64::from(a - b)).collect();
        let pairs = (0..6).flat_map(|a| (0..6).map(move |b| (a, b)));
        pairs.map(|(a, b)| lost[a] * lost[b] * moments.covariance(a, b)).sum()
    }

    #[test]
    fn outputs_lose_less_than_with_the_nearest_integers() {
        let mut seen = Observed::default();
        seen.add(&mixed(), true);
        let moments = seen.moments.unwrap();
        let factor = Factor::of(&moments).unwrap();
        let nearest = |x: f32| (x / 0.1).round() * 0.1;
        let (mut better, mut by_nearest, mut by_factor) = (0, 0.0, 0.0);
        for output in 0..40 {
            let weights: Vec<_> = (0..6).map(|index| noise(output * 6 + index + 1000)).collect();
            let plain: Vec<_> = weights.iter().map(|&x| nearest(x)).collect();
            let mut rounded = weights.clone();
            factor.round(&mut rounded, nearest);
            assert!(rounded.iter().all(|&x| (x - nearest(x)).abs() < 1e-6));
            let errors = [&plain, &rounded].map(|result| error(&weights, result, &moments));
            by_nearest += errors[0];
            by_factor += errors[1];
            better += usize::from(errors[1] <= errors[0]);
        }
        assert!(by_factor < 0.5 * by_nearest && better > 30, "{by_factor} {by_nearest} {better}");
    }

    #[test]
    fn what_does_not_vary_decides_nothing() {
        let mut seen = Observed::default();
        seen.add(&Tensor::f32([1, 2, 2, 2], vec![1.0; 8]).unwrap(), true);
        assert_eq!(Factor::of(&seen.moments.unwrap()), None);
    }
}
