//! Results for pictures of which nobody knows what they show (`eval_det.py` and `eval_seg.py`, modes `single_image` and
//! `image_folder`).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use edgeconv_graph::Tensor;
use edgeconv_vision::{Decoding, Prediction, RgbImage, Task, labels, picture, preprocess};
use edgeconv_zoo::anchors::box_coder;
use serde::Serialize;

use super::{EvaluationError, Predictor, input_size, row_of};
use crate::recipe::Recipe;

/// Endings of the names of pictures.
const ENDINGS: [&str; 3] = ["png", "jpg", "jpeg"];

/// Most pictures in memory: photographs take many times as much as what becomes of them.
const AT_ONCE: usize = 16;

/// What a picture shows.
#[derive(Debug, Serialize)]
pub struct Predicted {
    /// The picture's file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub picture: PathBuf,
    /// What was found.
    #[serde(flatten)]
    pub prediction: Prediction,
    /// The files that were written.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub files: Vec<PathBuf>,
}

/// The picture at `path`, or those in the folder at `path`, by name. Folders within are left out.
///
/// # Errors
/// If there are none, or if two have names that differ in their endings only: their results would have the same names.
pub fn list(path: &Path) -> Result<Vec<PathBuf>, EvaluationError> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let wrong = |reason: String| EvaluationError::Pictures { path: path.to_owned(), reason };
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| wrong(format!("expected a picture or a folder of pictures: {error}")))?;
    let mut pictures: Vec<_> = entries.into_iter().map(|entry| entry.path()).filter(|path| is_picture(path)).collect();
    pictures.sort();
    if pictures.is_empty() {
        return Err(wrong(format!("there are no pictures (*.{})", ENDINGS.join(", *."))));
    }
    let mut stems = HashMap::new();
    for picture in &pictures {
        if let Some(other) = stems.insert(stem(picture), picture) {
            let names =
                [other, picture].map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
            return Err(wrong(format!(
                "the results of `{}` would overwrite each other: rename one",
                names.join("` and `")
            )));
        }
    }
    Ok(pictures)
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    path.is_file() && ENDINGS.contains(&ending.as_str())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Writes what a predictor finds in pictures into a folder, as [`Prediction::write`] does: lists of classes; boxes and masks, drawn
/// on the pictures. `progress` is told how many pictures are done.
///
/// # Errors
/// If a picture can't be read, if the outputs can't be computed or are none of the task, or if results can't be written.
pub fn predict(
    recipe: &Recipe,
    predictor: &dyn Predictor,
    pictures: &[PathBuf],
    folder: &Path,
    progress: impl Fn(usize),
) -> Result<Vec<Predicted>, EvaluationError> {
    let decoding = decoding(recipe)?;
    let classes = recipe.model.architecture.classes().unwrap_or_default();
    let class_names = labels::names(recipe.model.entry.task, classes);
    let mut predicted = vec![];
    for paths in pictures.chunks(predictor.at_once().clamp(1, AT_ONCE)) {
        let loaded = paths.iter().map(|path| picture::read(path)).collect::<Result<Vec<_>, _>>()?;
        let run = predictor.predict(&input(recipe, &loaded)?)?;
        for (row, (path, picture)) in paths.iter().zip(&loaded).enumerate() {
            let wrong = |reason| EvaluationError::Output { picture: path.display().to_string(), reason };
            let outputs = row_of(&run.outputs, row, paths.len()).map_err(wrong)?;
            let find = |name: &str| outputs.iter().find(|output| output.name == name).map(|output| &output.tensor);
            let prediction = Prediction::new(&decoding, class_names, find, Some(picture))
                .map_err(|error| wrong(error.to_string()))?;
            let files = prediction.write(folder, &stem(path), Some(picture))?;
            predicted.push(Predicted { picture: path.clone(), prediction, files });
        }
        progress(predicted.len());
    }
    Ok(predicted)
}

fn decoding(recipe: &Recipe) -> Result<Decoding, EvaluationError> {
    Ok(match (recipe.model.entry.task, &recipe.model.architecture.model.detection) {
        (Task::Detection, Some(detection)) => Decoding::Detection(box_coder(&detection.ssd, input_size(recipe))?),
        (Task::Segmentation, _) => Decoding::segmentation(),
        _ => Decoding::classification(),
    })
}

fn input(recipe: &Recipe, pictures: &[RgbImage]) -> Result<Tensor, EvaluationError> {
    let (height, width) = input_size(recipe);
    let preprocessing = recipe.preprocessing((height, width));
    let mut elements = vec![];
    for picture in pictures {
        elements.extend_from_slice(preprocess(picture, &preprocessing)?.as_f32().unwrap_or_default());
    }
    Ok(Tensor::f32([pictures.len(), 3, height, width], elements)?)
}

#[cfg(test)]
mod tests {
    use itertools::Itertools;

    use super::super::testing::{Told, classifier, grey, named};
    use super::*;

    #[test]
    fn pictures_of_a_folder_are_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let list = || list(folder.path()).map_err(|error| error.to_string());
        assert!(list().unwrap_err().ends_with("there are no pictures (*.png, *.jpg, *.jpeg)"));
        for name in ["b.png", "a.PNG", "c/d.png"] {
            grey(&folder.path().join(name), (8, 8), 9);
        }
        std::fs::write(folder.path().join("a.txt"), "").unwrap();
        assert_eq!(list().unwrap(), ["a.PNG", "b.png"].map(|name| folder.path().join(name)));
        assert_eq!(super::list(&folder.path().join("b.png")).unwrap(), [folder.path().join("b.png")]);
        grey(&folder.path().join("b.jpg"), (8, 8), 9);
        assert!(
            list().unwrap_err().ends_with("the results of `b.jpg` and `b.png` would overwrite each other: rename one")
        );
        assert!(super::list(Path::new("absent")).unwrap_err().to_string().contains("`absent`: expected a picture or"));
    }

    #[test]
    fn results_are_written_beside_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let pictures: Vec<_> = ["x.png", "y.png", "z.png"].map(|name| folder.path().join(name)).to_vec();
        for (picture, level) in pictures.iter().zip_eq([0, 100, 200]) {
            grey(picture, (80, 100), level);
        }
        let recipe = classifier(folder.path(), &[]);
        let outputs = |pictures: &Tensor| {
            let rows: Vec<_> = (0..pictures.shape()[0]).flat_map(|row| [row as f32, 0.5, 0.0]).collect();
            assert_eq!(pictures.shape()[1..], [3, 64, 64]);
            vec![named("logits", &[rows.len() / 3, 3], rows)]
        };
        let results = folder.path().join("results");
        std::fs::create_dir(&results).unwrap();
        let predicted = predict(&recipe, &Told { outputs, at_once: 2 }, &pictures, &results, |_| {}).unwrap();
        let classes: Vec<_> = predicted
            .iter()
            .map(|predicted| match &predicted.prediction {
                Prediction::Classification { top } => top[0].result.class,
                other => panic!("{other:?}"),
            })
            .collect();
        // The third is the first of the second call.
        assert_eq!(classes, [1, 0, 1]);
        assert_eq!(predicted[2].files, [results.join("z.top5.json")]);
        assert!(results.join("x.top5.json").is_file());
    }
}
