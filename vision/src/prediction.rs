//! What a model says about a picture, with names, in files.

use std::path::{Path, PathBuf};

use edgeconv_graph::Tensor;
use image::{DynamicImage, GrayImage, RgbImage};
use serde::Serialize;

use crate::card::Decoding;
use crate::classification::{self, Ranked};
use crate::detection::{self, Detection};
use crate::output::OutputError;
use crate::picture::{self, PictureError};
use crate::segmentation::{self, Share};
use crate::{draw, labels};

/// How many classes a classifier's result lists.
const TOP: usize = 5;
/// How much of an overlay is colour: `evaluation.segmentation.overlay_mask_weight`.
const OVERLAY_WEIGHT: f32 = 0.5;

/// A result with the name of its class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named<T> {
    /// Name of the class.
    pub name: String,
    /// The result.
    #[serde(flatten)]
    pub result: T,
}

/// What a model says about a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "task", rename_all = "lowercase")]
pub enum Prediction {
    /// The most likely classes, at most five, most likely first.
    Classification {
        /// The classes.
        top: Vec<Named<Ranked>>,
    },
    /// Objects, class by class; in pixels if the picture is known, else relative to it.
    Detection {
        /// The objects.
        detections: Vec<Named<Detection>>,
    },
    /// The class of every pixel.
    Segmentation {
        /// The classes and their parts of the picture, largest first.
        classes: Vec<Named<Share>>,
        /// Index of the class at every pixel; of the picture if it is known, else of the network's output.
        #[serde(skip)]
        mask: GrayImage,
    },
}

impl Prediction {
    /// What the outputs of a model say; `output` looks them up by name, `class_names` has the name of each class that has one. With the picture,
    /// results are in its pixels.
    ///
    /// # Errors
    /// If an output is missing, or is not what a model for this task gives.
    pub fn new<'a>(
        decoding: &Decoding,
        class_names: &[impl AsRef<str>],
        output: impl Fn(&str) -> Option<&'a Tensor>,
        picture: Option<&RgbImage>,
    ) -> Result<Self, OutputError> {
        let find = |name: &str| output(name).ok_or_else(|| OutputError::Missing { output: name.to_owned() });
        match decoding {
            Decoding::Classification { output } => {
                let top = classification::top(find(output)?, TOP).map_err(|error| error.of(output))?;
                Ok(Self::Classification { top: named(top, class_names, |ranked| ranked.class) })
            }
            Decoding::Segmentation { output } => {
                let mask = segmentation::mask(find(output)?, picture.map(RgbImage::dimensions));
                let mask = mask.map_err(|error| error.of(output))?;
                let classes = named(segmentation::shares(&mask), class_names, |share| share.class);
                Ok(Self::Segmentation { classes, mask })
            }
            Decoding::Detection(coder) => {
                let confidences = find("confidences")?;
                let mut detections = detection::decode(find("locations")?, confidences, coder)?;
                if let Some(picture) = picture {
                    for object in &mut detections {
                        *object = object.in_pixels(picture.width(), picture.height());
                    }
                }
                Ok(Self::Detection { detections: named(detections, class_names, |object| object.class) })
            }
        }
    }

    /// Writes the result into a folder, as files whose names begin with `stem`: `top5.json` for a classifier; `boxes.json`
    /// and, drawn on the picture if it is known, `boxes.png` for a detector; `mask.png` (8-bit indices) and `overlay.png`
    /// for a segmenter. Gives their paths.
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn write(&self, folder: &Path, stem: &str, picture: Option<&RgbImage>) -> Result<Vec<PathBuf>, PictureError> {
        let path = |ending: &str| folder.join(format!("{stem}.{ending}"));
        let json = |ending: &str| write_json(&path(ending), self).map(|()| path(ending));
        let png =
            |ending: &str, picture: DynamicImage| picture::write_png(&path(ending), picture).map(|()| path(ending));
        Ok(match (self, picture) {
            (Self::Classification { .. }, _) => vec![json("top5.json")?],
            (Self::Detection { .. }, None) => vec![json("boxes.json")?],
            (Self::Detection { detections }, Some(picture)) => {
                vec![json("boxes.json")?, png("boxes.png", draw_boxes(picture, detections).into())?]
            }
            (Self::Segmentation { mask, .. }, None) => vec![png("mask.png", mask.clone().into())?],
            (Self::Segmentation { mask, .. }, Some(picture)) => {
                let overlay = draw::overlay(picture, mask, OVERLAY_WEIGHT);
                vec![png("mask.png", mask.clone().into())?, png("overlay.png", overlay.into())?]
            }
        })
    }
}

fn write_json(path: &Path, prediction: &Prediction) -> Result<(), PictureError> {
    let json = serde_json::to_vec_pretty(prediction).map_err(std::io::Error::other);
    json.and_then(|json| edgeconv_files::write(path, json))
        .map_err(|source| PictureError::Io { path: path.to_owned(), source })
}

fn named<T>(results: Vec<T>, names: &[impl AsRef<str>], class: impl Fn(&T) -> usize) -> Vec<Named<T>> {
    results.into_iter().map(|result| Named { name: labels::name(names, class(&result)), result }).collect()
}

/// The surest objects are drawn last, on top of the others.
fn draw_boxes(picture: &RgbImage, detections: &[Named<Detection>]) -> RgbImage {
    let mut drawn = picture.clone();
    let mut order: Vec<_> = detections.iter().collect();
    order.sort_by(|a, b| a.result.score.total_cmp(&b.result.score));
    for Named { name, result } in order {
        let color = draw::color(result.class as u8);
        draw::labelled_box(&mut drawn, &result.corners, &format!("{name}: {:.2}", result.score), color);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;
    use crate::BoxCoder;

    fn names(files: &[PathBuf]) -> Vec<&str> {
        files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect()
    }

    #[test]
    fn a_classifier_lists_five_classes() {
        let folder = tempfile::tempdir().unwrap();
        let logits = Tensor::f32([1, 7], (0..7).map(|class| class as f32).collect()).unwrap();
        let decoding = Decoding::classification();
        let found = |names: &[&str]| {
            Prediction::new(&decoding, names, |name| (name == "logits").then_some(&logits), None).unwrap()
        };
        let Prediction::Classification { top } = found(&["a", "b", "c", "d", "e", "f", "g"]) else { panic!("no list") };
        assert_eq!(top[0].name, "g");
        let found = found(&[]);
        let files = found.write(folder.path(), "photo", None).unwrap();
        assert_eq!(names(&files), ["photo.top5.json"]);
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&files[0]).unwrap()).unwrap();
        assert_eq!((&json["task"], json["top"].as_array().unwrap().len()), (&"classification".into(), 5));
        assert_eq!((&json["top"][0]["name"], &json["top"][0]["class"]), (&"class 6".into(), &6.into()));
        let missing = Prediction::new(&decoding, &labels::VOC, |_| None, None).unwrap_err();
        assert!(missing.to_string().contains("no output `logits`"), "{missing}");
    }

    #[test]
    fn a_detector_s_boxes_are_in_pixels_and_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let coder = BoxCoder {
            center_variance: 0.1,
            size_variance: 0.2,
            iou_threshold: 0.5,
            score_threshold: 0.05,
            boxes_per_class: 200,
            anchors: vec![[0.5, 0.5, 0.5, 0.5]],
        };
        let mut logits = vec![0.0; 81];
        logits[17] = 20.0;
        let (locations, confidences) =
            (Tensor::f32([1, 1, 4], vec![0.0; 4]).unwrap(), Tensor::f32([1, 1, 81], logits).unwrap());
        let output = |name: &str| Some(if name == "locations" { &locations } else { &confidences });
        let picture = RgbImage::from_pixel(80, 40, Rgb([7; 3]));
        let decoding = Decoding::Detection(coder);
        let found = Prediction::new(&decoding, &labels::COCO, output, Some(&picture)).unwrap();
        let files = found.write(folder.path(), "photo", Some(&picture)).unwrap();
        assert_eq!(names(&files), ["photo.boxes.json", "photo.boxes.png"]);
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&files[0]).unwrap()).unwrap();
        assert_eq!(json["detections"][0]["box"], serde_json::json!([20.0, 10.0, 60.0, 30.0]));
        assert_eq!(json["detections"][0]["name"], "dog");
        let drawn = picture::read(&files[1]).unwrap();
        assert_eq!((drawn.get_pixel(20, 29), drawn.get_pixel(5, 5)), (&draw::color(17), &Rgb([7; 3])));
        let relative = Prediction::new(&decoding, &labels::COCO, output, None).unwrap();
        let Prediction::Detection { detections } = relative else { panic!("{relative:?}") };
        assert_eq!(detections[0].result.corners, [0.25, 0.25, 0.75, 0.75]);
    }

    #[test]
    fn a_segmenter_s_mask_has_the_picture_s_size() {
        let folder = tempfile::tempdir().unwrap();
        // Left background, right class 15.
        let logits = (0..42).map(|i| if i == 0 || i == 31 { 1.0 } else { 0.0 }).collect();
        let logits = Tensor::f32([1, 21, 1, 2], logits).unwrap();
        let picture = RgbImage::from_pixel(6, 3, Rgb([100; 3]));
        let decoding = Decoding::segmentation();
        let found = Prediction::new(&decoding, &labels::VOC, |_| Some(&logits), Some(&picture)).unwrap();
        let files = found.write(folder.path(), "photo", Some(&picture)).unwrap();
        assert_eq!(names(&files), ["photo.mask.png", "photo.overlay.png"]);
        let mask = image::open(&files[0]).unwrap();
        assert_eq!(mask.as_luma8().unwrap().as_raw()[..6], [0, 0, 0, 15, 15, 15]);
        let overlay = picture::read(&files[1]).unwrap();
        assert_eq!((overlay.get_pixel(0, 0).0, overlay.get_pixel(5, 2).0), ([50; 3], [146, 114, 114]));
        let Prediction::Segmentation { classes, .. } = found else { panic!("{found:?}") };
        assert_eq!((classes[1].name.as_str(), classes[1].result.share), ("person", 0.5));
    }
}
