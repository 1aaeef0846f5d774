//! Statistics of measured times.

use itertools::Itertools;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use crate::statistics::{median, quantile};

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
    /// 99 % of the measurements are at most this long.
    pub p99: f64,
    /// The shortest measurement.
    pub min: f64,
    /// Standard deviation (of the sample, divided by `runs − 1`; 0 for one measurement).
    pub std: f64,
}

impl Summary {
    /// The summary of `samples`, or `None` if there are none.
    pub fn of(samples: &[f64]) -> Option<Self> {
        let min = samples.iter().copied().reduce(f64::min)?;
        let mean = samples.iter().sum::<f64>() / samples.len() as f64;
        let squares: f64 = samples.iter().map(|sample| (sample - mean).powi(2)).sum();
        let std = (squares / (samples.len() - 1).max(1) as f64).sqrt();
        let mut samples = samples.to_vec();
        let mut quantile = |q| quantile(&mut samples, q);
        let (median, p90, p99) = (quantile(0.5)?, quantile(0.9)?, quantile(0.99)?);
        Some(Self { runs: samples.len(), mean, median, p90, p99, min, std })
    }
}

/// How long one program takes in terms of another, measured in turn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// Median of the ratios of the pairs.
    pub median: f64,
    /// Lower end of the 95 % confidence interval of the median.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

impl Ratio {
    /// The ratio `a / b` of samples that were taken in pairs, or `None` if there are none. The interval is the
    /// distribution-free one between order statistics (binomial, normal approximation).
    pub fn of(a: &[f64], b: &[f64]) -> Option<Self> {
        let mut ratios: Vec<_> = a.iter().zip_eq(b).map(|(a, b)| a / b).collect();
        ratios.sort_by(f64::total_cmp);
        let last = ratios.len().checked_sub(1)?;
        let middle = ratios.len() as f64 / 2.0;
        let spread = 1.96 * (ratios.len() as f64).sqrt() / 2.0;
        let low = ratios[(middle - spread).floor().max(0.0) as usize];
        let high = ratios[((middle + spread).ceil() as usize).min(last)];
        Some(Self { median: median(&mut ratios)?, low, high })
    }
}

/// How a program that was measured in several processes compares with another one that was measured in the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Verdict {
    /// The ratio of the times; the interval is one of 99 %.
    #[serde(flatten)]
    pub ratio: Ratio,
    /// What can be said.
    pub verdict: Difference,
}

/// What a measurement shows of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It takes less time.
    Faster,
    /// It takes more time.
    Slower,
    /// It takes as much, or the difference drowns in noise.
    NoneShown,
}

/// Less than this does not count as a difference: where files and threads happen to lie in memory makes as much.
const MARGIN: f64 = 0.01;

/// Number of bootstrap samples.
const RESAMPLES: usize = 2000;

impl Verdict {
    /// The verdict on `a / b` from samples `[process][run]` that were taken in pairs; `None` without any.
    ///
    /// Runs of one process share its luck (placement in memory, cores), so that the bootstrap draws processes first, and runs of
    /// each then.
    pub fn of(a: &[Vec<f64>], b: &[Vec<f64>]) -> Option<Self> {
        let ratios = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip_eq(b).map(|(a, b)| a / b).collect::<Vec<_>>();
        let processes: Vec<_> = a.iter().zip_eq(b).map(ratios).filter(|ratios| !ratios.is_empty()).collect();
        if processes.is_empty() {
            return None;
        }
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let mut medians: Vec<f64> =
            (0..RESAMPLES).filter_map(|_| median(&mut resample(&processes, &mut rng))).collect();
        let ratio = Ratio {
            median: median(&mut processes.concat())?,
            low: quantile(&mut medians, 0.005)?,
            high: quantile(&mut medians, 0.995)?,
        };
        let verdict = match ratio {
            Ratio { low, .. } if low > 1.0 + MARGIN => Difference::Slower,
            Ratio { high, .. } if high < 1.0 - MARGIN => Difference::Faster,
            _ => Difference::NoneShown,
        };
        Some(Self { ratio, verdict })
    }
}

/// As many processes, drawn with replacement, with as many runs of each.
fn resample(processes: &[Vec<f64>], rng: &mut ChaCha8Rng) -> Vec<f64> {
    let mut drawn = vec![];
    for _ in 0..processes.len() {
        let process = &processes[rng.random_range(0..processes.len())];
        drawn.extend((0..process.len()).map(|_| process[rng.random_range(0..process.len())]));
    }
    drawn
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
    fn the_ratio_of_pairs_ignores_what_hits_both() {
        let b: Vec<f64> = (0..100).map(|i| 10.0 + f64::from(i % 7)).collect();
        let a: Vec<f64> = b.iter().map(|b| 0.5 * b).collect();
        assert_eq!(Ratio::of(&a, &b), Some(Ratio { median: 0.5, low: 0.5, high: 0.5 }));
        let ratio = Ratio::of(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0; 5]).unwrap();
        assert_eq!((ratio.low, ratio.median, ratio.high), (1.0, 3.0, 5.0));
        assert_eq!(Ratio::of(&[], &[]), None);
    }

    /// Times of five processes around a mean, each with some luck of its own.
    fn processes(mean: f64, luck: f64) -> Vec<Vec<f64>> {
        let run = |process: usize, run: usize| {
            mean * (1.0 + luck * (process as f64 - 2.0)) * (1.0 + 0.02 * ((run * 7 % 20) as f64 / 20.0))
        };
        (0..5).map(|process| (0..20).map(|index| run(process, index)).collect()).collect()
    }

    #[test]
    fn verdicts_need_more_than_the_luck_of_processes() {
        let verdict = |a: &[Vec<f64>], b: &[Vec<f64>]| Verdict::of(a, b).unwrap().verdict;
        let base = processes(10.0, 0.0);
        assert_eq!(verdict(&base, &base), Difference::NoneShown);
        assert_eq!(verdict(&processes(10.5, 0.0), &base), Difference::Slower);
        assert_eq!(verdict(&processes(9.5, 0.0), &base), Difference::Faster);
        // Processes differ by up to 6 % anyway.
        assert_eq!(verdict(&processes(10.1, 0.03), &base), Difference::NoneShown);
        assert_eq!(Verdict::of(&[], &[]), None);
    }

    #[test]
    fn one_sample_is_everything() {
        let summary = Summary { runs: 1, mean: 7.0, median: 7.0, p90: 7.0, p99: 7.0, min: 7.0, std: 0.0 };
        assert_eq!(Summary::of(&[7.0]), Some(summary));
        assert_eq!(Summary::of(&[]), None);
    }
}
