//! Average precision of detection by the rules of COCO, computed by the crate `hotcoco`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hotcoco::{Annotation, COCO, COCOeval, IouType};
use serde::Serialize;

/// A box that a detector has found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DetectedBox {
    /// The picture's `id` in the annotations.
    pub image: u64,
    /// The category's `id` in the annotations.
    pub category: u64,
    /// Left, top, right, bottom in pixels of the original picture.
    pub corners: [f32; 4],
    /// Its probability.
    pub score: f32,
}

/// What a set of annotated pictures is evaluated against.
pub struct CocoEvaluation {
    path: PathBuf,
    annotations: Arc<COCO>,
    /// The pictures that count; none: all.
    pictures: Vec<u64>,
}

/// The twelve numbers of COCO, 0 to 1, or `None` where no annotation is of that kind. A box is right if it overlaps an annotated
/// one (intersection over union) by a threshold; small areas are up to 32² pixels, large ones from 96² on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CocoPrecision {
    /// Mean average precision, over thresholds from 0.5 to 0.95: what is called mAP.
    pub precision: Option<f64>,
    /// The same with threshold 0.5.
    pub precision_50: Option<f64>,
    /// The same with threshold 0.75.
    pub precision_75: Option<f64>,
    /// Mean average precision of small, medium and large objects.
    pub precision_by_area: [Option<f64>; 3],
    /// Mean recall with at most 1, 10 and 100 boxes per picture.
    pub recall: [Option<f64>; 3],
    /// Mean recall of small, medium and large objects, with at most 100 boxes per picture.
    pub recall_by_area: [Option<f64>; 3],
}

/// Why detections can't be evaluated.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum CocoError {
    #[error("can't read the annotations {}: {reason}", path.display())]
    Read { path: PathBuf, reason: String },
    #[error("{}: there is no {what} {id}, of which a box was found", path.display())]
    Unknown { path: PathBuf, what: &'static str, id: u64 },
    #[error("can't evaluate against {}: {reason}", path.display())]
    Evaluate { path: PathBuf, reason: String },
}

impl CocoEvaluation {
    /// Reads annotations such as `instances_val2017.json`.
    ///
    /// # Errors
    /// If the file can't be read or is none of COCO's.
    pub fn read(path: &Path) -> Result<Self, CocoError> {
        let annotations =
            COCO::new(path).map_err(|error| CocoError::Read { path: path.to_owned(), reason: error.to_string() })?;
        Ok(Self { path: path.to_owned(), annotations: Arc::new(annotations), pictures: vec![] })
    }

    /// Only the pictures with these ids count, of which there must be some; else all do.
    pub fn among(self, pictures: Vec<u64>) -> Self {
        Self { pictures, ..self }
    }

    /// The twelve numbers for the boxes found in the pictures.
    ///
    /// # Errors
    /// If a box is of a picture or category that is not in the file, or has a score that is not a number.
    pub fn evaluate(&self, boxes: &[DetectedBox]) -> Result<CocoPrecision, CocoError> {
        let error = |error: hotcoco::Error| CocoError::Evaluate { path: self.path.clone(), reason: error.to_string() };
        let found = boxes.iter().map(|found| self.annotation(found)).collect::<Result<_, _>>()?;
        let detections = self.annotations.load_res_anns(found).map_err(error)?;
        let mut evaluation = COCOeval::new(Arc::clone(&self.annotations), detections, IouType::Bbox);
        if !self.pictures.is_empty() {
            evaluation.params.img_ids.clone_from(&self.pictures);
        }
        evaluation.evaluate().map_err(error)?;
        evaluation.accumulate();
        _ = evaluation.summarize_lines(); // computes the statistics, and prints nothing
        match evaluation.stats() {
            Some(&[precision, at_50, at_75, p1, p2, p3, r1, r10, r100, a1, a2, a3]) => Ok(CocoPrecision {
                precision: some(precision),
                precision_50: some(at_50),
                precision_75: some(at_75),
                precision_by_area: [p1, p2, p3].map(some),
                recall: [r1, r10, r100].map(some),
                recall_by_area: [a1, a2, a3].map(some),
            }),
            _ => Err(CocoError::Evaluate { path: self.path.clone(), reason: "there are no statistics".into() }),
        }
    }

    fn annotation(&self, found: &DetectedBox) -> Result<Annotation, CocoError> {
        let unknown = |what, id| Err(CocoError::Unknown { path: self.path.clone(), what, id });
        if self.annotations.get_img(found.image).is_none() {
            return unknown("picture", found.image);
        }
        if self.annotations.get_cat(found.category).is_none() {
            return unknown("category", found.category);
        }
        let [left, top, right, bottom] = found.corners.map(f64::from);
        Ok(Annotation {
            image_id: found.image,
            category_id: found.category,
            bbox: Some([left, top, right - left, bottom - top]),
            score: Some(f64::from(found.score)),
            ..Annotation::default()
        })
    }
}

/// COCO has −1 for "none of them".
fn some(number: f64) -> Option<f64> {
    (number >= 0.0).then_some(number)
}

#[cfg(test)]
mod tests {
    use itertools::Itertools;

    use super::*;

    const ANNOTATIONS: &str = r#"{
        "images": [{"id": 7, "width": 200, "height": 200}, {"id": 9, "width": 200, "height": 200}],
        "categories": [{"id": 1, "name": "cat"}, {"id": 5, "name": "dog"}],
        "annotations": [
            {"id": 1, "image_id": 7, "category_id": 1, "bbox": [10, 10, 20, 20], "area": 400, "iscrowd": 0},
            {"id": 2, "image_id": 7, "category_id": 5, "bbox": [50, 60, 70, 40], "area": 2800, "iscrowd": 0},
            {"id": 3, "image_id": 9, "category_id": 1, "bbox": [20, 20, 120, 110], "area": 13200, "iscrowd": 0},
            {"id": 4, "image_id": 9, "category_id": 1, "bbox": [0, 0, 100, 100], "area": 10000, "iscrowd": 1}
        ]
    }"#;

    fn evaluation() -> (tempfile::NamedTempFile, CocoEvaluation) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), ANNOTATIONS).unwrap();
        let evaluation = CocoEvaluation::read(file.path()).unwrap();
        (file, evaluation)
    }

    fn found(image: u64, category: u64, corners: [f32; 4], score: f32) -> DetectedBox {
        DetectedBox { image, category, corners, score }
    }

    #[test]
    fn the_numbers_are_those_of_pycocotools() {
        let boxes = [
            found(7, 1, [11.0, 10.0, 30.0, 31.0], 0.9),
            found(7, 1, [100.0, 100.0, 130.0, 130.0], 0.8),
            found(7, 5, [50.0, 55.0, 110.0, 100.0], 0.7),
            found(9, 1, [25.0, 22.0, 150.0, 125.0], 0.6),
            found(9, 1, [5.0, 5.0, 80.0, 90.0], 0.95),
        ];
        let precision = evaluation().1.evaluate(&boxes).unwrap();
        let found = [precision.precision, precision.precision_50, precision.precision_75];
        let found = [found, precision.precision_by_area, precision.recall, precision.recall_by_area].concat();
        // pycocotools 2.0.11
        let expected = [0.642739273927, 0.917491749175, 0.917491749175, 0.9, 0.6, 0.7, 0.525, 0.7, 0.7, 0.9, 0.6, 0.7];
        for (found, expected) in found.iter().zip_eq(expected) {
            assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} {expected}");
        }
    }

    #[test]
    fn some_pictures_may_count_only() {
        let found = [found(7, 1, [10.0, 10.0, 30.0, 30.0], 0.9), found(9, 1, [0.0, 0.0, 1.0, 1.0], 0.95)];
        let (_file, evaluation) = evaluation();
        assert!(evaluation.evaluate(&found).unwrap().precision < Some(0.5));
        let evaluation = evaluation.among(vec![7]);
        // The cat is found, the dog is not.
        let precision = evaluation.evaluate(&found).unwrap().precision.unwrap();
        assert!((precision - 0.5).abs() < 1e-9, "{precision}");
    }

    #[test]
    fn without_boxes_nothing_is_found() {
        let precision = evaluation().1.evaluate(&[]).unwrap();
        assert_eq!((precision.precision, precision.recall), (Some(0.0), [Some(0.0); 3]));
    }

    #[test]
    fn boxes_must_be_of_the_annotated_pictures() {
        let (_file, evaluation) = evaluation();
        let error = |found| evaluation.evaluate(&[found]).unwrap_err().to_string();
        assert!(error(found(8, 1, [0.0, 0.0, 1.0, 1.0], 0.5)).contains("there is no picture 8"));
        assert!(error(found(7, 2, [0.0, 0.0, 1.0, 1.0], 0.5)).contains("there is no category 2"));
        assert!(error(found(7, 1, [0.0, 0.0, 1.0, 1.0], f32::NAN)).contains("NaN"));
        assert!(CocoEvaluation::read(Path::new("nowhere.json")).err().unwrap().to_string().contains("nowhere.json"));
    }
}
