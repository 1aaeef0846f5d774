//! What a recipe's model asks of the data.

use edgeconv_data::{DataError, Matching, Task};
use edgeconv_vision::Task as ModelTask;

use super::Recipe;

impl Recipe {
    /// What the data pipeline prepares for the model.
    pub fn data_task(&self) -> Task {
        let detection = self.model.architecture.model.detection.as_ref().zip(self.model.training.detection.as_ref());
        match (self.model.entry.task, detection) {
            (ModelTask::Detection, Some((options, training))) => {
                Task::Detection(Matching { ssd: options.ssd.clone(), iou_threshold: training.ssd.iou_threshold })
            }
            (ModelTask::Segmentation, _) => Task::Segmentation,
            _ => Task::Classification,
        }
    }

    /// Checks that the model has an output for each class of the data.
    ///
    /// # Errors
    /// If it has another number of them.
    pub fn expect_classes(&self, found: usize) -> Result<(), DataError> {
        let key = match self.model.entry.task {
            ModelTask::Classification => "model.classification.n_classes",
            ModelTask::Detection => "model.detection.n_classes",
            ModelTask::Segmentation => "model.segmentation.n_classes",
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
