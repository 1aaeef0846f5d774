//! Small datasets, and predictors that say what they are told to.

use std::path::Path;

use edgeconv_graph::Tensor;
use edgeconv_validate::engine::{NamedTensor, Ran, Run};
use edgeconv_vision::{RgbImage, picture};

use super::{EvaluationError, Predictor};
use crate::recipe::Recipe;

/// A recipe with these sections, whose pictures to evaluate are in `root`.
pub fn recipe(yaml: &str, root: &Path, overrides: &[&str]) -> Recipe {
    let root = format!("dataset.root_val={}", root.display());
    let overrides: Vec<_> = std::iter::once(root).chain(overrides.iter().map(|text| text.to_string())).collect();
    Recipe::parse("r.yaml", yaml, &overrides).unwrap()
}

/// EdgeFormer for 3 classes and pictures of 64×64.
pub fn classifier(root: &Path, overrides: &[&str]) -> Recipe {
    let yaml = "
dataset: {eval_batch_size0: 2, workers: 1}
sampler: {bs: {crop_size_width: 64, crop_size_height: 64}}
model: {classification: {name: edgeformer, n_classes: 3, edge: {scale: scale_xs}}}
";
    recipe(yaml, root, overrides)
}

/// Writes a picture of one grey level, with a darker edge.
pub fn grey(path: &Path, (height, width): (u32, u32), level: u8) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let picture = RgbImage::from_fn(width, height, |x, _| [if x < width / 4 { level / 2 } else { level }; 3].into());
    picture::write_png(path, picture).unwrap();
}

/// Five pictures of three classes.
pub fn five(root: &Path) {
    for (name, level) in [("a/0.png", 0), ("a/1.png", 100), ("b/0.png", 100), ("b/1.png", 100), ("c/0.png", 200)] {
        grey(&root.join(name), (70, 90), level);
    }
}

/// Outputs for pictures.
pub struct Told<F: Fn(&Tensor) -> Vec<NamedTensor>> {
    pub outputs: F,
    pub at_once: usize,
}

impl<F: Fn(&Tensor) -> Vec<NamedTensor>> Predictor for Told<F> {
    fn name(&self) -> &str {
        "told"
    }

    fn at_once(&self) -> usize {
        self.at_once
    }

    fn predict(&self, pictures: &Tensor) -> Result<Run, EvaluationError> {
        Ok(Run { outputs: (self.outputs)(pictures), inside: vec![], ran: Ran::by("told", None) })
    }
}

/// An output with this shape.
pub fn named(name: &str, shape: &[usize], data: Vec<f32>) -> NamedTensor {
    NamedTensor { name: name.into(), tensor: Tensor::f32(shape, data).unwrap() }
}

/// The lower right element of each picture `[N, 3, H, W]`.
pub fn levels(pictures: &Tensor) -> Vec<f32> {
    let count = pictures.shape()[0];
    pictures
        .as_f32()
        .unwrap()
        .chunks(pictures.len() / count)
        .map(|picture| picture[picture.len() - 1] * 255.0)
        .collect()
}
