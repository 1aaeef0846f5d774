//! What a recipe's model asks of the data.

use edgeconv_data::{DataError, Matching};
use edgeconv_vision::Task;

use super::Recipe;

impl Recipe {
    /// How the data pipeline matches boxes to the anchors of the model; `None` if that is not a detector.
    pub fn matching(&self) -> Option<Matching> {
        let options = self.model.architecture.model.detection.as_ref()?;
        let training = self.model.training.detection.as_ref()?;
        Some(Matching { ssd: options.ssd.clone(), iou_threshold: training.ssd.iou_threshold })
    }

    /// Checks that the model has an output for each class of the data.
    ///
    /// # Errors
    /// If it has another number of them.
    pub fn expect_classes(&self, found: usize) -> Result<(), DataError> {
        let key = match self.model.entry.task {
            Task::Classification => "model.classification.n_classes",
            Task::Detection => "model.detection.n_classes",
            Task::Segmentation => "model.segmentation.n_classes",
        };
        match self.model.architecture.classes() {
            Some(classes) if classes != found => {
                let reason = format!("the network has {classes} classes, the data has {found}: set {key}={found}");
                Err(DataError::Option { key: key.into(), reason })
            }
            _ => Ok(()),
        }
    }
}
