//! Results of an evaluation.

use edgeconv_validate::engine::Ran;
use itertools::Itertools;
use serde::Serialize;

use crate::metrics::{CocoPrecision, SegmentationScores};

/// How good what was computed is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluated {
    /// What computed it: `torch`, `onnx` or `mnn`.
    pub engine: String,
    /// The program that did, and where; `None` without pictures.
    pub ran: Option<Ran>,
    /// The scores over all pictures.
    pub scores: Scores,
    /// What was found in each picture.
    pub pictures: Vec<Pictured>,
}

/// Scores by task.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "task", rename_all = "lowercase")]
pub enum Scores {
    /// Of a classifier.
    Classification(ClassificationScores),
    /// Of a detector.
    Detection(CocoPrecision),
    /// Of a segmenter.
    Segmentation(SegmentationScores),
}

/// Part, in %, of the pictures that are classified right; `None` without pictures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassificationScores {
    /// The class is the likeliest.
    pub top1: Option<f64>,
    /// The class is among the five likeliest.
    pub top5: Option<f64>,
}

/// What was found in a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pictured {
    /// The picture, as its dataset calls it.
    pub picture: String,
    /// What was found.
    #[serde(flatten)]
    pub found: Found,
}

/// What was found in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// The likeliest class.
    Class {
        /// What the picture shows.
        actual: i64,
        /// What it was taken for.
        class: usize,
        /// Softmax over all classes.
        probability: f32,
    },
    /// Objects.
    Boxes {
        /// How many.
        boxes: usize,
        /// The highest score.
        best: Option<f32>,
    },
    /// Classes of pixels.
    Pixels {
        /// Part of the pixels, in %, whose class is right; `None` if none counts.
        accuracy: Option<f64>,
    },
}

/// From so many percent of its pixels on, a picture's accuracy is another one: two engines round, and disagree in a few.
const ACCURACY_STEP: f64 = 0.1;

impl Found {
    /// Whether it is another result: another class, another number of boxes, or another accuracy by 0.1 %.
    pub fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Class { class, .. }, Self::Class { class: other, .. }) => class != other,
            (Self::Boxes { boxes, .. }, Self::Boxes { boxes: other, .. }) => boxes != other,
            (Self::Pixels { accuracy: Some(one) }, Self::Pixels { accuracy: Some(other) }) => {
                (one - other).abs() >= ACCURACY_STEP
            }
            _ => self != other,
        }
    }
}

/// A picture with another result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The picture.
    pub picture: String,
    /// What computed the other result.
    pub engine: String,
    /// What the reference found.
    pub reference: Found,
    /// What was found instead.
    pub found: Found,
}

/// The pictures for which a result differs from the reference's, which is of the same pictures.
pub fn differences(reference: &Evaluated, other: &Evaluated) -> Vec<Difference> {
    let pairs =
        reference.pictures.iter().zip_eq(&other.pictures).filter(|(one, other)| one.found.differs(&other.found));
    let difference = |(one, two): (&Pictured, &Pictured)| Difference {
        picture: two.picture.clone(),
        engine: other.engine.clone(),
        reference: one.found,
        found: two.found,
    };
    pairs.map(difference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_differ_in_what_matters() {
        let class = |class, probability| Found::Class { actual: 0, class, probability };
        assert!(!class(1, 0.5).differs(&class(1, 0.6)) && class(1, 0.5).differs(&class(2, 0.5)));
        let boxes = |boxes| Found::Boxes { boxes, best: Some(0.5) };
        assert!(!boxes(3).differs(&Found::Boxes { boxes: 3, best: None }) && boxes(3).differs(&boxes(4)));
        let pixels = |accuracy| Found::Pixels { accuracy };
        assert!(!pixels(Some(50.0)).differs(&pixels(Some(50.05))) && pixels(Some(50.0)).differs(&pixels(Some(50.2))));
        assert!(pixels(None).differs(&pixels(Some(50.0))) && !pixels(None).differs(&pixels(None)));
    }
}
