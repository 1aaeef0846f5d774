//! Intersection over union during training (`metrics/intersection_over_union.py`).

use itertools::Itertools;

/// The class of pixels that don't count.
const IGNORED: u8 = 255;

/// Intersection over union of each class, as the official program has it in training and validation: areas of a batch are
/// weighted by its size, and a class that is nowhere counts as 0. [`super::ConfusionMatrix`] is what is published.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningIou {
    /// Weighted areas of each class.
    intersections: Vec<f64>,
    unions: Vec<f64>,
}

impl RunningIou {
    /// Nothing yet.
    pub fn new(classes: usize) -> Self {
        Self { intersections: vec![0.0; classes], unions: vec![0.0; classes] }
    }

    /// Adds a batch of `pictures`: the class of each pixel as predicted and as it is, 255 where it does not count.
    pub fn add(&mut self, predicted: &[u8], actual: &[u8], pictures: usize) {
        let mut areas = vec![[0u64; 3]; self.unions.len()];
        for (predicted, actual) in predicted.iter().zip_eq(actual).filter(|(_, actual)| **actual != IGNORED) {
            let mut count = |class: u8, what: usize| {
                if let Some(areas) = areas.get_mut(usize::from(class)) {
                    areas[what] += 1;
                }
            };
            count(*predicted, 0);
            count(*actual, 1);
            if predicted == actual {
                count(*actual, 2);
            }
        }
        let sums = self.intersections.iter_mut().zip(&mut self.unions);
        for ((intersection, union), [predicted, actual, both]) in sums.zip(areas) {
            *intersection += (both * pictures as u64) as f64;
            *union += ((predicted + actual - both) as f64 + 1e-7) * pictures as f64;
        }
    }

    /// The weighted areas, always in the same order: what several processes add up.
    pub fn numbers_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.intersections.iter_mut().chain(&mut self.unions)
    }

    /// Mean over all classes, in %.
    pub fn mean(&self) -> f64 {
        let ratios = self
            .intersections
            .iter()
            .zip(&self.unions)
            .map(|(both, either)| if *either > 0.0 { both / either } else { 0.0 });
        100.0 * ratios.sum::<f64>() / self.unions.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_add_up_over_batches_by_their_size() {
        let mut iou = RunningIou::new(3);
        // Class 0: 1 of 2, class 1: 1 of 3; the ignored pixel counts for neither, class 2 is nowhere.
        iou.add(&[0, 1, 1, 1, 0], &[0, 0, 1, 255, 1], 1);
        assert!((iou.mean() - 100.0 * (1.0 / 3.0 + 1.0 / 3.0) / 3.0).abs() < 1e-4);
        // Twice the weight: class 0 has (1 + 2·2) of (3 + 2·2).
        iou.add(&[0, 0], &[0, 0], 2);
        assert!((iou.mean() - 100.0 * (5.0 / 7.0 + 1.0 / 3.0) / 3.0).abs() < 1e-4, "{}", iou.mean());
    }

    #[test]
    fn a_class_that_the_network_lacks_is_wrong_wherever_it_is() {
        let mut iou = RunningIou::new(2);
        iou.add(&[0, 0, 1], &[0, 7, 1], 1);
        assert!((iou.mean() - 75.0).abs() < 1e-4);
    }
}
