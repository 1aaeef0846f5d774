//! Intersection over union of segmenters at the resolution of the masks (`eval_seg.py`, mode `validation_set`).

use edgeconv_data::{Batch, Targets};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_vision::segmentation::mask;
use itertools::Itertools;

use super::EvaluationError;
use super::result::{Found, Scores};
use super::scorer::{Scorer, output};
use crate::metrics::ConfusionMatrix;

/// Counts pixels by actual and predicted class.
pub(super) struct Segmentation {
    classes: usize,
    pixels: ConfusionMatrix,
}

impl Segmentation {
    pub(super) fn new(classes: usize) -> Self {
        Self { classes, pixels: ConfusionMatrix::new(classes) }
    }
}

impl Scorer for Segmentation {
    fn add(&mut self, picture: &Batch, outputs: &[NamedTensor]) -> Result<Found, String> {
        let (Targets::Masks(actual), &[(height, width)]) = (&picture.targets, &picture.original_sizes[..]) else {
            return Err("it has no mask".into());
        };
        let size = Some((width as u32, height as u32));
        let predicted = mask(output(outputs, "logits")?, size).map_err(|error| error.to_string())?.into_raw();
        if predicted.len() != actual.len() {
            return Err(format!("its mask has {} pixels, the picture {}", actual.len(), predicted.len()));
        }
        self.pixels.add(&predicted, actual);
        let counts = |actual: &u8| usize::from(*actual) < self.classes;
        let pairs = predicted.iter().zip_eq(actual).filter(|(_, actual)| counts(actual));
        let (mut all, mut right) = (0u64, 0u64);
        for (predicted, actual) in pairs {
            all += 1;
            right += u64::from(predicted == actual);
        }
        Ok(Found::Pixels { accuracy: (all > 0).then(|| 100.0 * right as f64 / all as f64) })
    }

    fn scores(self: Box<Self>) -> Result<Scores, EvaluationError> {
        Ok(Scores::Segmentation(self.pixels.summary()))
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Tensor;
    use edgeconv_vision::{GrayImage, picture};

    use super::super::Evaluation;
    use super::super::testing::{Told, grey, named, recipe};
    use super::*;

    const YAML: &str = "
dataset: {name: pascal, category: segmentation, workers: 1}
loss: {category: segmentation}
sampler: {bs: {crop_size_width: 64, crop_size_height: 64}}
model: {classification: {name: edgeformer, edge: {scale: scale_xs}}, segmentation: {name: encoder_decoder}}
";

    #[test]
    fn masks_are_compared_at_their_own_size() {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().join("VOC2012");
        // Two sizes: a batch of both could not be loaded.
        for (name, (height, width)) in [("x", (4, 10)), ("y", (6, 5))] {
            grey(&base.join(format!("{name}.png")), (height, width), 90);
            // Left half 1, right half 2; the first row does not count.
            let mask = GrayImage::from_fn(width, height, |x, y| {
                [if y == 0 {
                    255
                } else if x < width / 2 {
                    1
                } else {
                    2
                }]
                .into()
            });
            picture::write_png(&base.join(format!("{name}-mask.png")), mask).unwrap();
        }
        std::fs::create_dir(base.join("list")).unwrap();
        std::fs::write(base.join("list/val.txt"), "x.png x-mask.png\ny.png y-mask.png\n").unwrap();
        let recipe = recipe(YAML, root.path(), &[]);
        // Left 1, right 3.
        let outputs = |pictures: &Tensor| {
            let count = pictures.shape()[0];
            let one: Vec<_> = (0..42).map(|i| if i == 2 || i == 7 { 1.0 } else { 0.0 }).collect();
            vec![named("logits", &[count, 21, 1, 2], one.repeat(count))]
        };
        let evaluation = Evaluation::open(&recipe, None).unwrap();
        let evaluated = evaluation.run(&Told { outputs, at_once: 2 }, |_| {}).unwrap();
        let found: Vec<_> = evaluated.pictures.iter().map(|picture| picture.found).collect();
        // PyTorch's nearest takes columns 0, 0, 0, 1, 1 of 2 for 5, the mask has 1, 1, 2, 2, 2.
        assert_eq!(found, [50.0, 40.0].map(|accuracy| Found::Pixels { accuracy: Some(accuracy) }));
        let Scores::Segmentation(scores) = evaluated.scores else { panic!("other scores") };
        // Class 1: 15 + 10 of 15 + 15 pixels; 2 and 3 are never right.
        let part = 100.0 * 25.0 / 30.0;
        assert_eq!(scores.iou[..5], [None, Some(part), Some(0.0), Some(0.0), None]);
        assert!((scores.mean_iou.unwrap() - part / 3.0).abs() < 1e-9);
        assert_eq!(scores.accuracy, Some(100.0 * 25.0 / 55.0));
    }
}
