//! Evaluation: how good a network is on a dataset, as libtorch computes it and as exported files do.
//!
//! - [`Predictor`]: what computes outputs: a [`Torch`] network, or a [`ModelFile`].
//! - [`Evaluation`]: the pictures of a dataset, and what a predictor is measured by.
//! - [`Evaluated`]: the scores, and what was found in each picture; [`differences`] between two of them.
//! - [`export`]: a network as a model file.
//! - [`pictures`]: results for pictures that belong to no dataset.
//!
//! Networks have one input size. Pictures of detection and segmentation are always resized to that of the sampler, as the official
//! programs do with `resize-input-images`; without it they would feed pictures of any size, which EdgeFormer can't take.

mod classification;
mod detection;
mod error;
mod export;
mod model_file;
pub mod pictures;
mod predictor;
mod result;
mod scorer;
mod segmentation;
#[cfg(test)]
mod testing;

use std::sync::Arc;

use edgeconv_data::dataset::{self, Coco, Dataset, Part};
use edgeconv_data::options::{BadPictures, DatasetName};
use edgeconv_data::sampler::{BatchPlan, Sampler, Share};
use edgeconv_data::{Batch, DataError, Loader, LoaderOptions, Pipeline, Purpose, worker_count};
use edgeconv_graph::Tensor;
use edgeconv_validate::engine::NamedTensor;
use edgeconv_vision::Task;
use edgeconv_zoo::anchors::box_coder;

use crate::input::normalised;
use crate::metrics::CocoEvaluation;
use crate::recipe::Recipe;

pub use error::EvaluationError;
pub use export::{export, graph};
pub use model_file::{InputShape, ModelFile};
pub use predictor::{Predictor, Torch};
pub use result::{ClassificationScores, Difference, Evaluated, Found, Pictured, Scores, differences};
use scorer::Scorer;

/// The evaluated pictures of a recipe's dataset, one by one: results don't depend on a batch size.
pub struct Evaluation<'a> {
    recipe: &'a Recipe,
    dataset: Arc<dyn Dataset>,
    /// The dataset again, if it is COCO.
    coco: Option<Arc<Coco>>,
    indices: Vec<usize>,
}

/// Height and width of the input in a recipe's evaluation: those of the batch sampler, or the base of those that vary
/// (`create_eval_loader` in `data/__init__.py`). Classifiers take the largest square within.
pub fn input_size(recipe: &Recipe) -> (usize, usize) {
    let (height, width) = recipe.sampler.base_size();
    match recipe.model.entry.task {
        Task::Classification => (height.min(width), height.min(width)),
        Task::Detection | Task::Segmentation => (height, width),
    }
}

impl<'a> Evaluation<'a> {
    /// Opens the recipe's validation data. With a `limit`, so many pictures are evaluated, spread over the dataset.
    ///
    /// # Errors
    /// If it is not there, is for another task, or has other classes than the network.
    pub fn open(recipe: &'a Recipe, limit: Option<usize>) -> Result<Self, EvaluationError> {
        let coco = match recipe.model.entry.task {
            Task::Detection => Some(Arc::new(open_coco(recipe)?)),
            Task::Classification | Task::Segmentation => None,
        };
        let dataset: Arc<dyn Dataset> = match &coco {
            Some(coco) => coco.clone(),
            None => dataset::open(&recipe.dataset, Part::Validation)?.into(),
        };
        recipe.expect_classes(dataset.class_names().len())?;
        let indices = spread(dataset.len(), limit.unwrap_or(usize::MAX));
        Ok(Self { recipe, dataset, coco, indices })
    }

    /// Names of the classes by index.
    pub fn class_names(&self) -> &[String] {
        self.dataset.class_names()
    }

    /// Number of evaluated pictures.
    pub fn len(&self) -> usize {
        self.indices.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.indices.is_empty()
    }

    /// Evaluates what a predictor computes; `progress` is told how many pictures are done.
    ///
    /// # Errors
    /// If a picture can't be read, or if the outputs can't be computed or are none of the task.
    pub fn run(&self, predictor: &dyn Predictor, progress: impl Fn(usize)) -> Result<Evaluated, EvaluationError> {
        let mut scorer = self.scorer()?;
        let mut loader = self.loader()?;
        let (mut pictures, mut ran) = (vec![], None);
        let mut batches = loader.epoch(0).peekable();
        let mut waiting = vec![];
        while let Some(batch) = batches.next() {
            waiting.push(batch?);
            if waiting.len() < predictor.at_once() && batches.peek().is_some() {
                continue;
            }
            let run = predictor.predict(&self.input(&waiting)?)?;
            for (row, picture) in waiting.iter().enumerate() {
                let name = picture.indices.first().map(|&index| self.dataset.picture_name(index)).unwrap_or_default();
                let found = row_of(&run.outputs, row, waiting.len()).and_then(|outputs| scorer.add(picture, &outputs));
                let wrong = |reason| EvaluationError::Output { picture: name.clone(), reason };
                pictures.push(Pictured { found: found.map_err(wrong)?, picture: name });
            }
            ran = Some(run.ran);
            waiting.clear();
            progress(pictures.len());
        }
        Ok(Evaluated { engine: predictor.name().to_owned(), ran, scores: scorer.scores()?, pictures })
    }

    fn scorer(&self) -> Result<Box<dyn Scorer>, EvaluationError> {
        let classes = self.dataset.class_names().len();
        let model = &self.recipe.model.architecture.model;
        Ok(match (self.recipe.model.entry.task, &self.coco, &model.detection) {
            (Task::Detection, Some(coco), Some(detection)) => {
                let coder = box_coder(&detection.ssd, input_size(self.recipe))?;
                let ids = self.indices.iter().filter_map(|&index| coco.image_id(index)).collect();
                let annotations = CocoEvaluation::read(coco.annotations())?.among(ids);
                Box::new(detection::Detection::new(coco.clone(), annotations, coder))
            }
            (Task::Segmentation, ..) => Box::new(segmentation::Segmentation::new(classes)),
            _ => Box::new(classification::Classification::default()),
        })
    }

    fn loader(&self) -> Result<Loader, EvaluationError> {
        let purpose = Purpose::Evaluation { resize: true };
        let pipeline = Pipeline::new(
            self.recipe.model.entry.task,
            self.recipe.matching(),
            purpose,
            &self.recipe.image_augmentation,
        )?;
        let options = LoaderOptions {
            workers: worker_count(self.recipe.dataset.workers, Share::WHOLE)?,
            seed: self.recipe.common.seed,
            // Another picture in its place would count twice.
            bad_pictures: BadPictures::Fatal,
            share: Share::WHOLE,
        };
        let sampler = OneByOne { size: input_size(self.recipe), indices: self.indices.clone() };
        Ok(Loader::new(self.dataset.clone(), Box::new(sampler), pipeline, options))
    }

    /// The input `[N, 3, H, W]` for pictures.
    fn input(&self, pictures: &[Batch]) -> Result<Tensor, EvaluationError> {
        let (height, width) = input_size(self.recipe);
        let preprocessing = self.recipe.preprocessing((height, width));
        let levels: Vec<_> = pictures.iter().flat_map(|picture| &picture.pictures).copied().collect();
        let input = normalised(&levels, height * width, &preprocessing);
        Ok(Tensor::f32([pictures.len(), 3, height, width], input)?)
    }
}

fn open_coco(recipe: &Recipe) -> Result<Coco, EvaluationError> {
    let options = &recipe.dataset;
    match options.name {
        DatasetName::Coco | DatasetName::CocoSsd if options.root_val.as_os_str().is_empty() => {
            Err(option("dataset.root_val", "the folder of the pictures is not set"))
        }
        DatasetName::Coco | DatasetName::CocoSsd => Ok(Coco::open(&options.root_val, Part::Validation)?),
        _ => Err(option("dataset.name", "a detector is evaluated on `coco`")),
    }
}

fn option(key: &str, reason: impl Into<String>) -> EvaluationError {
    DataError::Option { key: key.into(), reason: reason.into() }.into()
}

/// At most `limit` of `len` indices, evenly spaced: datasets are often sorted by class.
fn spread(len: usize, limit: usize) -> Vec<usize> {
    let count = len.min(limit);
    (0..count).map(|position| (position as u128 * len as u128 / count as u128) as usize).collect()
}

/// Batches of one picture, since those of evaluation may show masks of different sizes.
struct OneByOne {
    size: (usize, usize),
    indices: Vec<usize>,
}

impl Sampler for OneByOne {
    fn batches(&mut self, _epoch: usize) -> Vec<BatchPlan> {
        self.indices.iter().map(|&index| BatchPlan { size: self.size, indices: vec![index] }).collect()
    }
}

/// The outputs `[1, …]` of one of `count` pictures.
fn row_of(outputs: &[NamedTensor], row: usize, count: usize) -> Result<Vec<NamedTensor>, String> {
    let of = |NamedTensor { name, tensor }: &NamedTensor| {
        let wrong = || format!("output `{name}` is {}, expected floats for each of {count} pictures", tensor.ty());
        let (elements, length) = (tensor.as_f32().ok_or_else(wrong)?, tensor.len() / count.max(1));
        let rest = match tensor.shape() {
            [first, rest @ ..] if *first == count => rest,
            _ => return Err(wrong()),
        };
        let elements = elements.get(row * length..(row + 1) * length).ok_or_else(wrong)?;
        let tensor = Tensor::f32([&[1], rest].concat(), elements.to_vec()).map_err(|_| wrong())?;
        Ok(NamedTensor { name: name.clone(), tensor })
    };
    outputs.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_spreads_over_the_dataset() {
        assert_eq!(spread(10, 4), [0, 2, 5, 7]);
        assert_eq!(spread(3, 9), [0, 1, 2]);
        assert!(spread(0, 5).is_empty() && spread(5, 0).is_empty());
    }

    #[test]
    fn each_picture_has_its_row() {
        let output = |shape: &[usize]| {
            let data = (0..shape.iter().product::<usize>()).map(|x| x as f32).collect();
            [NamedTensor { name: "y".into(), tensor: Tensor::f32(shape, data).unwrap() }]
        };
        let row = row_of(&output(&[2, 3]), 1, 2).unwrap();
        assert_eq!(row[0].tensor, Tensor::f32([1, 3], vec![3.0, 4.0, 5.0]).unwrap());
        let error = row_of(&output(&[1, 6]), 1, 2).unwrap_err();
        assert_eq!(error, "output `y` is f32[1, 6], expected floats for each of 2 pictures");
    }

    #[test]
    fn the_input_is_that_of_the_sampler() {
        let size = |name: &str, overrides: &[&str]| {
            let path = format!("{}/../configs/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
            let overrides: Vec<_> = overrides.iter().map(|text| text.to_string()).collect();
            input_size(&Recipe::read(path.as_ref(), &overrides).unwrap())
        };
        assert_eq!(size("classification/edgeformer_s", &["sampler.vbs.crop_size_height=320"]), (256, 256));
        assert_eq!(size("detection/ssd_edgeformer_s", &[]), (320, 320));
        assert_eq!(size("segmentation/deeplabv3_edgeformer_s", &["sampler.bs.crop_size_width=256"]), (512, 256));
    }
}
