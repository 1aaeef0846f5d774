//! The transforms of each task, in their order.
//!
//! Source: `_training_transforms`, `_validation_transforms` and `_evaluation_transforms` of `data/datasets/*`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use edgeconv_vision::Task;
use edgeconv_vision::preprocessing::Interpolation;

use crate::batch::{Prepared, Target, planes};
use crate::error::DataError;
use crate::matching::{Matcher, Matching};
use crate::options::AugmentationOptions;
use crate::random::Random;
use crate::sample::{Sample, Shows};
use crate::transform::{
    CenterCrop, PhotometricDistort, RandomCrop, RandomFlip, RandomGamma, RandomHorizontalFlip, RandomOrder,
    RandomResize, RandomResizeThenCrop, RandomResizedCrop, RandomVerticalFlip, RelativeBoxes, Resize, ResizePicture,
    SsdCrop, Transform,
};

/// What pictures are loaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Training, with random changes.
    Training,
    /// Validation during training, with the targets of the loss.
    Validation,
    /// Evaluation, with what the picture shows as it is on disk.
    Evaluation {
        /// Whether pictures of detection and segmentation are resized. Those of classification always are.
        resize: bool,
    },
}

/// Turns samples into what a batch holds.
///
/// | | training | validation | evaluation |
/// |---|---|---|---|
/// | classification | `random_resized_crop`, then what is enabled of `random_gamma_correction`, `photo_metric_distort`, flips, in `random_order` if that is | shorter side to S + 32, the central S×S with S the shorter side asked for | the same |
/// | detection | SSD's crop, `photo_metric_distort`, `random_horizontal_flip`, resized, matched | resized, matched | resized if asked for |
/// | segmentation | `random_resize`, `random_crop`, `random_horizontal_flip` | resized | the picture is resized if asked for, its mask not |
///
/// Other transforms that are enabled are an error.
pub struct Pipeline {
    task: Task,
    matching: Option<Matching>,
    purpose: Purpose,
    options: AugmentationOptions,
    /// By height and width of the pictures.
    matchers: Mutex<HashMap<(usize, usize), Arc<Matcher>>>,
}

impl Pipeline {
    /// The pipeline for a task. Boxes are matched to anchors in training and validation, for which detection needs `matching`.
    ///
    /// # Errors
    /// If a transform is enabled that is not there or that the task does not have, or has parameters out of their ranges, or if
    /// `matching` is missing.
    pub fn new(
        task: Task,
        matching: Option<Matching>,
        purpose: Purpose,
        options: &AugmentationOptions,
    ) -> Result<Self, DataError> {
        if purpose == Purpose::Training {
            check_enabled(options, task)?;
            check_ranges(options)?;
        }
        let matches = task == Task::Detection && !matches!(purpose, Purpose::Evaluation { .. });
        if matches && matching.is_none() {
            return Err(DataError::option(
                "model.detection",
                "boxes can't be learned without the anchors of a detector",
            ));
        }
        Ok(Self { task, matching, purpose, options: options.clone(), matchers: Mutex::default() })
    }

    /// What becomes of a sample if the batch has pictures of this size (height, width).
    ///
    /// # Errors
    /// If the sample is not of the task, or if there is no detector for this size.
    pub fn prepare(
        &self,
        sample: Sample,
        size: (usize, usize),
        random: &mut dyn Random,
    ) -> Result<Prepared, DataError> {
        self.check_kind(&sample.shows)?;
        let height_width = |sample: &Sample| (sample.picture.height() as usize, sample.picture.width() as usize);
        let original_size = height_width(&sample);
        let sample = self.transforms(size).iter().fold(sample, |sample, transform| transform.apply(sample, random));
        Ok(Prepared {
            planes: planes(&sample.picture),
            size: height_width(&sample),
            original_size,
            target: self.target(sample.shows, size)?,
        })
    }

    fn check_kind(&self, shows: &Shows) -> Result<(), DataError> {
        let (asked, shown) = (self.task, shows.task());
        if asked == shown {
            return Ok(());
        }
        let reason = format!("{asked:?} was asked for, but `dataset.name` is a dataset for {shown:?}");
        Err(DataError::option("dataset.category", reason.to_lowercase()))
    }

    fn transforms(&self, size: (usize, usize)) -> Vec<Box<dyn Transform>> {
        let AugmentationOptions { random_resized_crop, random_resize, resize, .. } = &self.options;
        // The transforms know no other filter that a recipe could ask for.
        let [Interpolation::Bilinear, Interpolation::Bilinear, Interpolation::Bilinear] =
            [random_resized_crop.interpolation, random_resize.interpolation, resize.interpolation];
        let square = size.0.min(size.1);
        match (self.task, self.purpose) {
            (Task::Classification, Purpose::Training) => self.classification(size),
            (Task::Classification, _) => {
                let margin = self.options.center_crop.margin;
                vec![Box::new(CenterCrop { shorter: square + margin, side: square })]
            }
            (Task::Detection, Purpose::Training) => vec![
                Box::new(SsdCrop),
                Box::new(PhotometricDistort(self.options.photo_metric_distort)),
                Box::new(RandomHorizontalFlip { p: self.options.random_horizontal_flip.p }),
                Box::new(RelativeBoxes),
                Box::new(Resize(size)),
            ],
            (Task::Detection, Purpose::Validation) => vec![Box::new(RelativeBoxes), Box::new(Resize(size))],
            (Task::Segmentation, Purpose::Training) => self.segmentation(size),
            (Task::Segmentation, Purpose::Validation) => vec![Box::new(Resize(size))],
            (_, Purpose::Evaluation { resize: true }) => vec![Box::new(ResizePicture(size))],
            (_, Purpose::Evaluation { resize: false }) => vec![],
        }
    }

    fn classification(&self, size: (usize, usize)) -> Vec<Box<dyn Transform>> {
        let crop = self.options.random_resized_crop;
        let mut transforms: Vec<Box<dyn Transform>> =
            vec![Box::new(RandomResizedCrop { size, scale: crop.scale, aspect_ratio: crop.aspect_ratio })];
        let extras = self.extras();
        match self.options.random_order.enable {
            true => {
                transforms.push(Box::new(RandomOrder { transforms: extras, part: self.options.random_order.apply_k }))
            }
            false => transforms.extend(extras),
        }
        transforms
    }

    fn extras(&self) -> Vec<Box<dyn Transform>> {
        let options = &self.options;
        let (horizontal, vertical) = (options.random_horizontal_flip, options.random_vertical_flip);
        let mut extras: Vec<Box<dyn Transform>> = vec![];
        if options.random_gamma_correction.enable {
            let gamma = options.random_gamma_correction;
            extras.push(Box::new(RandomGamma { gamma: gamma.gamma, p: gamma.p }));
        }
        if options.photo_metric_distort.enable {
            extras.push(Box::new(PhotometricDistort(options.photo_metric_distort)));
        }
        match (horizontal.enable, vertical.enable) {
            (true, true) => extras.push(Box::new(RandomFlip)),
            (true, false) => extras.push(Box::new(RandomHorizontalFlip { p: horizontal.p })),
            (false, true) => extras.push(Box::new(RandomVerticalFlip { p: vertical.p })),
            (false, false) => {}
        }
        extras
    }

    fn segmentation(&self, size: (usize, usize)) -> Vec<Box<dyn Transform>> {
        let (resize, crop) = (self.options.random_resize, self.options.random_crop);
        vec![
            Box::new(RandomResizeThenCrop {
                resize: RandomResize { min: resize.min_size, max: resize.max_size },
                crop: RandomCrop { size, mask_fill: crop.mask_fill, resize_if_needed: crop.resize_if_needed },
            }),
            Box::new(RandomHorizontalFlip { p: self.options.random_horizontal_flip.p }),
        ]
    }

    fn target(&self, shows: Shows, size: (usize, usize)) -> Result<Target, DataError> {
        Ok(match (shows, &self.matching, self.purpose) {
            (Shows::Class(class), ..) => Target::Class(class),
            (Shows::Mask(mask), ..) => Target::Mask(mask),
            (Shows::Objects(objects), Some(matching), Purpose::Training | Purpose::Validation) => {
                Target::Anchors(self.matcher(matching, size)?.matched(&objects))
            }
            (Shows::Objects(objects), ..) => Target::Objects(objects),
        })
    }

    fn matcher(&self, matching: &Matching, size: (usize, usize)) -> Result<Arc<Matcher>, DataError> {
        let mut matchers = self.matchers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(matcher) = matchers.get(&size) {
            return Ok(matcher.clone());
        }
        let matcher = Matcher::new(matching, size)
            .map_err(|error| DataError::option("model.detection.ssd", format!("there are no anchors: {error}")))?;
        Ok(matchers.entry(size).or_insert(Arc::new(matcher)).clone())
    }
}

/// Refuses transforms that would be ignored.
fn check_enabled(options: &AugmentationOptions, task: Task) -> Result<(), DataError> {
    use Task::{Classification, Detection, Segmentation};
    let all: [(&str, bool, &[Task]); 18] = [
        ("random_resized_crop", options.random_resized_crop.enable, &[Classification]),
        ("random_horizontal_flip", options.random_horizontal_flip.enable, &[Classification, Detection, Segmentation]),
        ("random_vertical_flip", options.random_vertical_flip.enable, &[Classification]),
        ("random_resize", options.random_resize.enable, &[Segmentation]),
        ("random_crop", options.random_crop.enable, &[Segmentation]),
        ("resize", options.resize.enable, &[Classification, Detection, Segmentation]),
        ("center_crop", options.center_crop.enable, &[Classification]),
        ("photo_metric_distort", options.photo_metric_distort.enable, &[Classification, Detection]),
        ("random_gamma_correction", options.random_gamma_correction.enable, &[Classification]),
        ("random_order", options.random_order.enable, &[Classification]),
        ("box_percent_coords", options.box_percent_coords.enable, &[Detection]),
        ("random_rotate", options.random_rotate.enable, &[]),
        ("random_blur", options.random_blur.enable, &[]),
        ("random_translate", options.random_translate.enable, &[]),
        ("random_jpeg_compress", options.random_jpeg_compress.enable, &[]),
        ("random_gauss_noise", options.random_gauss_noise.enable, &[]),
        ("random_scale", options.random_scale.enable, &[]),
        ("random_zoom_out", options.random_zoom_out.enable, &[]),
    ];
    for (name, enabled, tasks) in all {
        if enabled && !tasks.contains(&task) {
            let reason = match tasks {
                [] => "this transform is not there yet: switch it off".into(),
                _ => format!("{task:?} has no such transform: switch it off").to_lowercase(),
            };
            return Err(DataError::option(&format!("image_augmentation.{name}.enable"), reason));
        }
    }
    let never = [
        ("box_absolute_coords.enable", options.box_absolute_coords.enable),
        ("resize.no_maintain_aspect_ratio", options.resize.no_maintain_aspect_ratio),
    ];
    match never.into_iter().find(|(_, enabled)| *enabled) {
        Some((name, _)) => {
            Err(DataError::option(&format!("image_augmentation.{name}"), "it is not there: switch it off"))
        }
        None => Ok(()),
    }
}

fn check_ranges(options: &AugmentationOptions) -> Result<(), DataError> {
    let distort = &options.photo_metric_distort;
    let [shorter_min, shorter_max] = [options.random_resize.min_size, options.random_resize.max_size].map(|x| x as f64);
    // Name, lower and upper end of the range, what they have to be within.
    for (name, low, high, within) in [
        (
            "random_resized_crop.scale",
            options.random_resized_crop.scale[0],
            options.random_resized_crop.scale[1],
            1e-4..=1.0,
        ),
        (
            "random_resized_crop.aspect_ratio",
            options.random_resized_crop.aspect_ratio[0],
            options.random_resized_crop.aspect_ratio[1],
            0.01..=100.0,
        ),
        ("random_horizontal_flip.p", 0.0, options.random_horizontal_flip.p, 0.0..=1.0),
        ("random_vertical_flip.p", 0.0, options.random_vertical_flip.p, 0.0..=1.0),
        ("random_resize.min_size", shorter_min, shorter_max, 1.0..=16384.0),
        ("photo_metric_distort.p", 0.0, distort.p, 0.0..=1.0),
        ("photo_metric_distort.alpha_min", distort.alpha_min, distort.alpha_max, 0.0..=1e3),
        ("photo_metric_distort.beta_min", distort.beta_min, distort.beta_max, -1.0..=1.0),
        ("photo_metric_distort.gamma_min", distort.gamma_min, distort.gamma_max, 0.0..=1e3),
        ("photo_metric_distort.delta_min", distort.delta_min, distort.delta_max, -1.0..=1.0),
        ("random_gamma_correction.p", 0.0, options.random_gamma_correction.p, 0.0..=1.0),
        (
            "random_gamma_correction.gamma",
            options.random_gamma_correction.gamma[0],
            options.random_gamma_correction.gamma[1],
            0.0..=100.0,
        ),
        ("random_order.apply_k", 1e-6, options.random_order.apply_k, 1e-6..=1.0),
    ] {
        if !(within.contains(&low) && within.contains(&high) && low <= high) {
            let reason = format!("{low} to {high} is not a range within {} to {}", within.start(), within.end());
            return Err(DataError::option(&format!("image_augmentation.{name}"), reason));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::RgbImage;

    use super::*;
    use crate::random::SampleRandom;
    use crate::sample::Object;
    use crate::transform::test::{Told, masked, picture};

    fn pipeline(task: Task, purpose: Purpose, options: &AugmentationOptions) -> Pipeline {
        let detection = edgeconv_zoo::find("ssd-edgeformer-s").unwrap().options().model.detection.unwrap();
        let matching = Matching { ssd: detection.ssd, iou_threshold: 0.5 };
        Pipeline::new(task, Some(matching), purpose, options).unwrap()
    }

    fn classified(picture: RgbImage) -> Sample {
        Sample { picture, shows: Shows::Class(4) }
    }

    fn with_objects() -> Sample {
        let corners = [6.0, 4.0, 32.0, 24.0];
        Sample { picture: picture(48, 64), shows: Shows::Objects(vec![Object { class: 7, corners }]) }
    }

    #[test]
    fn training_gives_pictures_of_the_size_asked_for() {
        let options = AugmentationOptions::default();
        for position in 0..20 {
            let mut random = SampleRandom::new(1, 2, position);
            for (task, sample) in [
                (Task::Classification, classified(picture(50, 30))),
                (Task::Segmentation, masked(50, 30)),
                (Task::Detection, with_objects()),
            ] {
                let pipeline = pipeline(task, Purpose::Training, &options);
                let prepared = pipeline.prepare(sample, (96, 64), &mut random).unwrap();
                assert_eq!((prepared.size, prepared.planes.len()), ((96, 64), 96 * 64 * 3));
            }
        }
    }

    #[test]
    fn validation_of_classification_cuts_out_the_centre() {
        let pipeline = pipeline(Task::Classification, Purpose::Validation, &AugmentationOptions::default());
        let prepared = pipeline.prepare(classified(picture(100, 75)), (64, 64), &mut Told(vec![])).unwrap();
        let resized = edgeconv_vision::resize::bilinear(&picture(100, 75), (128, 96), 32..96, 16..80);
        assert_eq!(prepared.planes, planes(&resized));
        assert_eq!((prepared.target, prepared.original_size), (Target::Class(4), (100, 75)));
    }

    #[test]
    fn validation_of_detection_matches_anchors() {
        let pipeline = pipeline(Task::Detection, Purpose::Validation, &AugmentationOptions::default());
        let prepared = pipeline.prepare(with_objects(), (320, 320), &mut Told(vec![])).unwrap();
        let Target::Anchors(matched) = prepared.target else { panic!("no anchors") };
        assert_eq!((prepared.size, matched.labels.len()), ((320, 320), 3232));
        assert!(matched.labels.contains(&7));
    }

    #[test]
    fn evaluation_leaves_alone_what_pictures_show() {
        let evaluation = |resize| Purpose::Evaluation { resize };
        let options = AugmentationOptions::default();
        for (resize, size) in [(false, (48, 64)), (true, (32, 32))] {
            let detection = pipeline(Task::Detection, evaluation(resize), &options);
            let prepared = detection.prepare(with_objects(), (32, 32), &mut Told(vec![])).unwrap();
            assert_eq!((prepared.size, prepared.original_size), (size, (48, 64)));
            let Shows::Objects(objects) = with_objects().shows else { panic!("no objects") };
            assert_eq!(prepared.target, Target::Objects(objects));
            let segmentation = pipeline(Task::Segmentation, evaluation(resize), &options);
            let prepared = segmentation.prepare(masked(48, 64), (32, 32), &mut Told(vec![])).unwrap();
            let Target::Mask(mask) = prepared.target else { panic!("no mask") };
            assert_eq!((prepared.size, mask.dimensions()), (size, (64, 48)));
        }
    }

    #[test]
    fn a_dataset_of_another_task_is_an_error() {
        let pipeline = pipeline(Task::Segmentation, Purpose::Validation, &AugmentationOptions::default());
        let error = pipeline.prepare(with_objects(), (32, 32), &mut Told(vec![])).unwrap_err().to_string();
        let expected = "segmentation was asked for, but `dataset.name` is a dataset for detection";
        assert_eq!(error, format!("option `dataset.category`: {expected}"));
    }

    #[test]
    fn what_would_be_ignored_is_refused() {
        let error = |task, change: &dyn Fn(&mut AugmentationOptions)| {
            let mut options = AugmentationOptions::default();
            change(&mut options);
            Pipeline::new(task, None, Purpose::Training, &options).err().unwrap().to_string()
        };
        assert_eq!(
            error(Task::Classification, &|options| options.random_rotate.enable = true),
            "option `image_augmentation.random_rotate.enable`: this transform is not there yet: switch it off"
        );
        assert_eq!(
            error(Task::Segmentation, &|options| options.random_gamma_correction.enable = true),
            "option `image_augmentation.random_gamma_correction.enable`: segmentation has no such transform: switch it off"
        );
        let aspect = error(Task::Classification, &|options| options.resize.no_maintain_aspect_ratio = true);
        assert!(aspect.starts_with("option `image_augmentation.resize.no_maintain_aspect_ratio`"), "{aspect}");
        let range = error(Task::Classification, &|options| options.random_resized_crop.scale = [0.5, 0.1]);
        assert!(range.ends_with("random_resized_crop.scale`: 0.5 to 0.1 is not a range within 0.0001 to 1"), "{range}");
        let nan = error(Task::Classification, &|options| options.random_horizontal_flip.p = f64::NAN);
        assert!(nan.contains("random_horizontal_flip.p`: 0 to NaN is not a range"), "{nan}");
        let anchors = error(Task::Detection, &|_| {});
        assert!(anchors.starts_with("option `model.detection`: boxes can't be learned without"), "{anchors}");
    }
}
