//! Which classes pixels are taken for (`metrics/confusion_mat.py`).

use itertools::Itertools;
use serde::Serialize;

/// Number of pixels by actual and predicted class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    /// A row per actual class.
    rows: Vec<Vec<u64>>,
}

/// What a confusion matrix says about a segmenter, all in %. Classes without pixels have `None`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentationScores {
    /// Part of the pixels that are predicted right.
    pub accuracy: Option<f64>,
    /// The same of each class's pixels.
    pub recall: Vec<Option<f64>>,
    /// Intersection over union of each class.
    pub iou: Vec<Option<f64>>,
    /// Its mean over the classes that have pixels, actual or predicted. The official program has no number if any class has
    /// none.
    pub mean_iou: Option<f64>,
}

impl ConfusionMatrix {
    /// Nothing yet.
    pub fn new(classes: usize) -> Self {
        Self { rows: vec![vec![0; classes]; classes] }
    }

    /// Adds pixels: the class of each as predicted and as it is. What is not a class, as 255, does not count.
    pub fn add(&mut self, predicted: &[u8], actual: &[u8]) {
        for (predicted, actual) in predicted.iter().zip_eq(actual) {
            let row = self.rows.get_mut(usize::from(*actual));
            if let Some(count) = row.and_then(|row| row.get_mut(usize::from(*predicted))) {
                *count += 1;
            }
        }
    }

    /// What it says.
    pub fn summary(&self) -> SegmentationScores {
        let right: Vec<_> = self.rows.iter().enumerate().map(|(class, row)| row[class]).collect();
        let actual: Vec<u64> = self.rows.iter().map(|row| row.iter().sum()).collect();
        let predicted: Vec<u64> =
            (0..self.rows.len()).map(|class| self.rows.iter().map(|row| row[class]).sum()).collect();
        let unions =
            actual.iter().zip(&predicted).zip(&right).map(|((actual, predicted), both)| actual + predicted - both);
        let iou: Vec<_> = right.iter().zip(unions).map(|(both, either)| percent(*both, either)).collect();
        let present: Vec<_> = iou.iter().flatten().collect();
        SegmentationScores {
            accuracy: percent(right.iter().sum(), actual.iter().sum()),
            recall: right.iter().zip(&actual).map(|(right, actual)| percent(*right, *actual)).collect(),
            mean_iou: (!present.is_empty()).then(|| present.iter().copied().sum::<f64>() / present.len() as f64),
            iou,
        }
    }
}

fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_that_of_the_definition() {
        let mut matrix = ConfusionMatrix::new(4);
        matrix.add(&[0, 1, 1, 1, 0, 0], &[0, 0, 1, 255, 1, 0]);
        matrix.add(&[1, 2], &[1, 1]);
        // Rows: 0 → 2, 1; 1 → 1, 2, 1; nothing is of class 2 or 3, one pixel is taken for 2.
        let summary = matrix.summary();
        assert_eq!(summary.iou, [Some(50.0), Some(40.0), Some(0.0), None]);
        assert_eq!(summary.mean_iou, Some(30.0));
        assert_eq!(summary.recall, [Some(200.0 / 3.0), Some(50.0), None, None]);
        assert_eq!(summary.accuracy, Some(400.0 / 7.0));
    }

    #[test]
    fn without_pixels_there_is_nothing_to_say() {
        let summary = ConfusionMatrix::new(2).summary();
        assert_eq!((summary.accuracy, summary.mean_iou), (None, None));
    }
}
