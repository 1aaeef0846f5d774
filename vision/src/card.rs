//! What the report of an export says about the use of the model.

use std::path::{Path, PathBuf};

use edgeconv_files::name::escaped;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{BoxCoder, Preprocessing, Task};

/// What has to be known to use a model on pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelCard {
    /// Name of the input.
    pub input: String,
    /// How a picture becomes an input.
    pub preprocessing: Preprocessing,
    /// How the outputs become a result.
    pub decoding: Decoding,
}

/// How the outputs of a model become a result, by its task.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoding {
    /// See [`crate::classification`].
    Classification,
    /// See [`crate::detection`].
    Detection(BoxCoder),
    /// See [`crate::segmentation`].
    Segmentation,
}

/// A report that does not tell how to use the model.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// A file can't be read.
    #[error(
        "`{}`: {source}; it tells how to use the model on pictures: `edgeconv export` writes it beside the model, keep them \
         together or name it by --report", path.display()
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds something else.
    #[error("`{}` does not tell how to use the model on pictures: {}; export the model again", path.display(), escaped(reason))]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong or missing.
        reason: String,
    },
}

/// The part of `MODEL.report.json` that is needed.
#[derive(Deserialize)]
struct Report {
    task: Task,
    input: Input,
    preprocessing: Preprocessing,
    anchors: Option<String>,
}

#[derive(Deserialize)]
struct Input {
    name: String,
    shape: Vec<usize>,
}

/// Where the report of a model file is expected: beside it, `MODEL.report.json`.
pub fn report_of(model: &Path) -> PathBuf {
    model.with_extension("report.json")
}

impl ModelCard {
    /// Reads a report and, for a detector, the file with the anchors that it names.
    ///
    /// # Errors
    /// If one of them can't be read, or if something is missing.
    pub fn read(report_file: &Path) -> Result<Self, CardError> {
        let report: Report = read_json(report_file)?;
        let incomplete = |reason: &str| CardError::Content { path: report_file.to_owned(), reason: reason.to_owned() };
        let decoding = match (report.task, &report.anchors) {
            (Task::Classification, _) => Decoding::Classification,
            (Task::Segmentation, _) => Decoding::Segmentation,
            (Task::Detection, None) => return Err(incomplete("a detector needs `anchors`, the name of a file")),
            // Only a name: the report does not point to files elsewhere.
            (Task::Detection, Some(name)) if Path::new(name).file_name().is_none_or(|last| last != name.as_str()) => {
                return Err(incomplete("`anchors` must be the name of a file beside the report"));
            }
            (Task::Detection, Some(name)) => Decoding::Detection(read_json(&report_file.with_file_name(name))?),
        };
        let Input { name: input, shape } = report.input;
        let (height, width) = report.preprocessing.size();
        if shape != [1, 3, height, width] {
            return Err(incomplete(&format!(
                "the input is {shape:?}, but pictures become [1, 3, {height}, {width}], one at a time"
            )));
        }
        Ok(Self { input, preprocessing: report.preprocessing, decoding })
    }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, CardError> {
    let bytes = edgeconv_files::read(path).map_err(|source| CardError::Io { path: path.to_owned(), source })?;
    serde_json::from_slice(&bytes)
        .map_err(|error| CardError::Content { path: path.to_owned(), reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn report(task: &str) -> Value {
        let preprocessing = Preprocessing::exact((64, 96));
        json!({ "model": "x", "task": task, "input": { "name": "input", "shape": [1, 3, 64, 96] },
            "preprocessing": preprocessing, "anchors": "x.anchors.json" })
    }

    fn read(report: &Value, anchors: Option<&Value>) -> Result<ModelCard, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = report_of(&folder.path().join("x.mnn"));
        assert_eq!(path.file_name().unwrap(), "x.report.json");
        std::fs::write(&path, report.to_string()).unwrap();
        if let Some(anchors) = anchors {
            std::fs::write(folder.path().join("x.anchors.json"), anchors.to_string()).unwrap();
        }
        ModelCard::read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn a_report_is_a_card() {
        let card = read(&report("segmentation"), None).unwrap();
        assert_eq!((card.decoding, card.input.as_str()), (Decoding::Segmentation, "input"));
        let coder = json!({ "center_variance": 0.1, "size_variance": 0.2, "iou_threshold": 0.5, "score_threshold": 0.05,
            "boxes_per_class": 200, "anchors": [[0.5, 0.5, 1.0, 1.0]] });
        let card = read(&report("detection"), Some(&coder)).unwrap();
        assert!(matches!(card.decoding, Decoding::Detection(coder) if coder.anchors == [[0.5, 0.5, 1.0, 1.0]]));
    }

    #[test]
    fn what_is_missing_is_said() {
        let error = ModelCard::read(Path::new("absent.report.json")).unwrap_err().to_string();
        assert!(error.contains("absent.report.json") && error.contains("--report"), "{error}");
        let error = |report: &Value| read(report, None).unwrap_err();
        assert!(error(&json!({ "model": "x" })).contains("missing field `task`"));
        assert!(error(&report("detection")).contains("x.anchors.json"));
        let with = |key: &str, value: Value| {
            let mut report = report("detection");
            report[key] = value;
            error(&report)
        };
        assert!(with("anchors", Value::Null).contains("a detector needs `anchors`"));
        for elsewhere in ["../x.json", "/x.json", "..", ""] {
            assert!(with("anchors", json!(elsewhere)).contains("beside the report"), "{elsewhere}");
        }
    }

    #[test]
    fn a_batch_takes_no_picture() {
        let mut report = report("segmentation");
        report["input"]["shape"] = json!([2, 3, 64, 96]);
        let error = read(&report, None).unwrap_err();
        assert!(error.contains("the input is [2, 3, 64, 96], but pictures become [1, 3, 64, 96]"), "{error}");
    }
}
