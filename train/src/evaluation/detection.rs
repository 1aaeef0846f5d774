//! Precision of detectors by the rules of COCO (`eval_det.py`, mode `validation_set`).

use std::sync::Arc;

use edgeconv_data::Batch;
use edgeconv_data::dataset::Coco;
use edgeconv_validate::engine::NamedTensor;
use edgeconv_vision::BoxCoder;
use edgeconv_vision::detection::decode;

use super::EvaluationError;
use super::result::{Found, Scores};
use super::scorer::{Scorer, output};
use crate::metrics::{CocoEvaluation, DetectedBox};

/// Gathers boxes in pixels of the pictures on disk, under the ids of COCO.
pub(super) struct Detection {
    coco: Arc<Coco>,
    annotations: CocoEvaluation,
    coder: BoxCoder,
    boxes: Vec<DetectedBox>,
}

impl Detection {
    pub(super) fn new(coco: Arc<Coco>, annotations: CocoEvaluation, coder: BoxCoder) -> Self {
        Self { coco, annotations, coder, boxes: vec![] }
    }
}

impl Scorer for Detection {
    fn add(&mut self, picture: &Batch, outputs: &[NamedTensor]) -> Result<Found, String> {
        let unknown = || "it is not in the annotations".to_owned();
        let image = picture.indices.first().and_then(|&index| self.coco.image_id(index)).ok_or_else(unknown)?;
        let (height, width) = picture.original_sizes.first().copied().ok_or_else(unknown)?;
        let (locations, confidences) = (output(outputs, "locations")?, output(outputs, "confidences")?);
        let detections = decode(locations, confidences, &self.coder).map_err(|error| error.to_string())?;
        for detection in &detections {
            let category = self.coco.category_ids().get(detection.class).copied();
            let category = category.ok_or_else(|| format!("there is no category for class {}", detection.class))?;
            let corners = detection.in_pixels(width as u32, height as u32).corners;
            self.boxes.push(DetectedBox { image, category, corners, score: detection.score });
        }
        let best = detections.iter().map(|detection| detection.score).reduce(f32::max);
        Ok(Found::Boxes { boxes: detections.len(), best })
    }

    fn scores(self: Box<Self>) -> Result<Scores, EvaluationError> {
        Ok(Scores::Detection(self.annotations.evaluate(&self.boxes)?))
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Tensor;
    use serde_json::json;

    use super::super::testing::{Told, grey, named, recipe};
    use super::super::{Evaluation, input_size};
    use super::*;
    use crate::metrics::CocoPrecision;
    use crate::recipe::Recipe;

    const YAML: &str = "
dataset: {name: coco_ssd, category: detection, workers: 1}
loss: {category: detection}
sampler: {bs: {crop_size_width: 320, crop_size_height: 320}}
model:
  classification: {name: edgeformer, edge: {scale: scale_s}}
  detection: {name: ssd, n_classes: 3}
";
    /// The anchor at which the detector of the tests finds something: one whose box reaches over no border.
    const ANCHOR: usize = 1260;

    /// A dataset of two pictures of another size than the network's, with an object of category 90 at that anchor.
    fn dataset() -> (tempfile::TempDir, Recipe, BoxCoder) {
        let root = tempfile::tempdir().unwrap();
        let recipe = recipe(YAML, root.path(), &[]);
        let ssd = &recipe.model.architecture.model.detection.as_ref().unwrap().ssd;
        let coder = edgeconv_zoo::anchors::box_coder(ssd, input_size(&recipe)).unwrap();
        let [x, y, width, height] = coder.anchors[ANCHOR];
        assert!(x > width / 2.0 && x + width / 2.0 < 1.0 && y > height / 2.0 && y + height / 2.0 < 1.0);
        let bbox = [(x - width / 2.0) * 200.0, (y - height / 2.0) * 100.0, width * 200.0, height * 100.0];
        let object = |id: u64, image: u64| json!({"id": id, "image_id": image, "category_id": 90, "bbox": bbox, "area": bbox[2] * bbox[3], "iscrowd": 0});
        let image = |id: u64| json!({"id": id, "file_name": format!("{id}.png"), "width": 200, "height": 100});
        let annotations = json!({
            "images": [image(9), image(5)],
            "annotations": [object(1, 5), object(2, 9)],
            "categories": [{"id": 90, "name": "toothbrush"}, {"id": 3, "name": "car"}],
        });
        std::fs::create_dir(root.path().join("annotations")).unwrap();
        std::fs::write(root.path().join("annotations/instances_val2017.json"), annotations.to_string()).unwrap();
        for id in [9, 5] {
            grey(&root.path().join(format!("images/val2017/{id}.png")), (100, 200), 90);
        }
        (root, recipe, coder)
    }

    /// Class 2 at the anchor, in the first `found` pictures of each call.
    fn outputs(coder: &BoxCoder, found: usize) -> impl Fn(&Tensor) -> Vec<NamedTensor> {
        let anchors = coder.anchors.len();
        move |pictures| {
            let count = pictures.shape()[0];
            let mut confidences = [10.0, 0.0, 0.0].repeat(count * anchors);
            for picture in 0..found.min(count) {
                confidences[(picture * anchors + ANCHOR) * 3 + 2] = 20.0;
            }
            vec![
                named("locations", &[count, anchors, 4], vec![0.0; count * anchors * 4]),
                named("confidences", &[count, anchors, 3], confidences),
            ]
        }
    }

    fn precision(scores: Scores) -> CocoPrecision {
        let Scores::Detection(precision) = scores else { panic!("other scores") };
        precision
    }

    #[test]
    fn boxes_are_those_of_the_pictures_on_disk() {
        let (_root, recipe, coder) = dataset();
        let evaluation = Evaluation::open(&recipe, None).unwrap();
        let evaluated = evaluation.run(&Told { outputs: outputs(&coder, 2), at_once: 2 }, |_| {}).unwrap();
        let names: Vec<_> = evaluated.pictures.iter().map(|pictured| pictured.picture.as_str()).collect();
        assert_eq!(names, ["9.png", "5.png"]);
        for pictured in &evaluated.pictures {
            assert!(
                matches!(pictured.found, Found::Boxes { boxes: 1, best: Some(best) } if best > 0.99),
                "{pictured:?}"
            );
        }
        let precision = precision(evaluated.scores);
        assert_eq!((precision.precision, precision.recall[0]), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn only_evaluated_pictures_count() {
        let (_root, recipe, coder) = dataset();
        let run = |limit| {
            let predictor = Told { outputs: outputs(&coder, 1), at_once: 2 };
            precision(Evaluation::open(&recipe, limit).unwrap().run(&predictor, |_| {}).unwrap().scores)
        };
        // Of both pictures, one has its box; of the first alone, all have.
        assert_eq!(run(None).recall[2], Some(0.5));
        assert_eq!(run(Some(1)).recall[2], Some(1.0));
    }

    #[test]
    fn other_datasets_and_classes_are_refused() {
        let (root, _, _) = dataset();
        let error = |text: &str| Evaluation::open(&recipe(YAML, root.path(), &[text]), None).err().unwrap().to_string();
        assert_eq!(error("dataset.name=imagenet"), "option `dataset.name`: a detector is evaluated on `coco`");
        assert_eq!(error("dataset.root_val=''"), "option `dataset.root_val`: the folder of the pictures is not set");
        assert!(error("model.detection.n_classes=81").contains("81 classes, the data has"));
    }
}
