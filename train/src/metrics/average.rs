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
