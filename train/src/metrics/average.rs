//! Means over an epoch (`metrics/stats.py`).

use std::collections::BTreeMap;

use crate::recipe::Metric;

/// The mean of each metric over pictures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Averages {
    /// Sum over pictures and number of pictures.
    sums: BTreeMap<Metric, (f64, f64)>,
}

impl Averages {
    /// Adds the mean of a metric over `pictures`.
    pub fn add(&mut self, metric: Metric, mean: f64, pictures: usize) {
        let (sum, count) = self.sums.entry(metric).or_default();
        *sum += mean * pictures as f64;
        *count += pictures as f64;
    }

    /// The sums behind the means, always in the same order: what several processes add up.
    pub fn numbers_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.sums.values_mut().flat_map(|(sum, count)| [sum, count])
    }

    /// The sums behind the means, by metric: of mean × pictures, and of pictures.
    pub fn sums(&self) -> impl Iterator<Item = (Metric, [f64; 2])> {
        self.sums.iter().map(|(&metric, &(sum, count))| (metric, [sum, count]))
    }

    /// Goes on from sums, as [`Averages::sums`] gives them.
    pub fn add_sums(&mut self, metric: Metric, [sum, count]: [f64; 2]) {
        let sums = self.sums.entry(metric).or_default();
        *sums = (sums.0 + sum, sums.1 + count);
    }

    /// The mean of a metric; `None` before any picture.
    pub fn get(&self, metric: Metric) -> Option<f64> {
        self.sums.get(&metric).filter(|(_, count)| *count > 0.0).map(|(sum, count)| sum / count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_over_pictures_not_batches() {
        let mut averages = Averages::default();
        assert_eq!(averages.get(Metric::Loss), None);
        averages.add(Metric::Loss, 1.0, 3);
        averages.add(Metric::Loss, 5.0, 1);
        averages.add(Metric::Top1, 50.0, 0);
        assert_eq!(averages.get(Metric::Loss), Some(2.0));
        assert_eq!(averages.get(Metric::Top1), None);
    }
}
