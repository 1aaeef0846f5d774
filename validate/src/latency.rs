//! Statistics of measured times.

use serde::Serialize;

/// A summary of repeated measurements, in the unit of the samples (milliseconds everywhere in edgeconv).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Number of measurements.
    pub runs: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Half of the measurements are at most this long.
    pub median: f64,
    /// 90 % of the measurements are at most this long.
    pub p90: f64,
    /// The shortest measurement.
    pub min: f64,
}

impl Summary {
    /// The summary of `samples`, or `None` if there are none.
    pub fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let min = *sorted.first()?;
        let mean = samples.iter().sum::<f64>() / samples.len() as f64;
        Some(Self { runs: samples.len(), mean, median: quantile(&sorted, 0.5), p90: quantile(&sorted, 0.9), min })
    }
}

/// The quantile `q` in 0..=1 of a non-empty ascending list, linear between the two nearest samples (NumPy's default).
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let position = q * (sorted.len() - 1) as f64;
    let low = position as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (sorted[high] - sorted[low]) * (position - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_numpy() {
        let summary = Summary::of(&[4.0, 1.0, 3.0, 2.0]).unwrap();
        assert_eq!((summary.runs, summary.mean, summary.median, summary.min), (4, 2.5, 2.5, 1.0));
        assert!((summary.p90 - 3.7).abs() < 1e-12, "{}", summary.p90);
    }

    #[test]
    fn one_sample_is_everything() {
        assert_eq!(Summary::of(&[7.0]), Some(Summary { runs: 1, mean: 7.0, median: 7.0, p90: 7.0, min: 7.0 }));
        assert_eq!(Summary::of(&[]), None);
    }
}
