//! What has to be known to use a model on pictures: beside its file, in the report, or in the file itself.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use edgeconv_files::name::{escaped, escaped_json};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::preprocessing::ChannelOrder;
use crate::{BoxCoder, Preprocessing, Task};

/// What has to be known to use a model on pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// Name of the input.
    pub input: String,
    /// How a picture becomes an input.
    pub preprocessing: Preprocessing,
    /// How the outputs become a result; `None` if nobody said so.
    pub decoding: Option<Decoding>,
    /// Names of the classes by index; empty if they have none.
    pub class_names: Vec<String>,
}

/// How the outputs of a model become a result, by its task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "lowercase")]
pub enum Decoding {
    /// See [`crate::classification`].
    Classification {
        /// Name of the logits `[1, classes]`.
        output: String,
    },
    /// See [`crate::detection`]: outputs `locations` and `confidences`.
    Detection(BoxCoder),
    /// See [`crate::segmentation`].
    Segmentation {
        /// Name of the logits `[1, classes, H, W]`.
        output: String,
    },
}

impl Decoding {
    /// Of a classifier of the zoo.
    pub fn classification() -> Self {
        Self::Classification { output: LOGITS.to_owned() }
    }

    /// Of a segmenter of the zoo.
    pub fn segmentation() -> Self {
        Self::Segmentation { output: LOGITS.to_owned() }
    }

    /// What the model is for.
    pub fn task(&self) -> Task {
        match self {
            Self::Classification { .. } => Task::Classification,
            Self::Detection(_) => Task::Detection,
            Self::Segmentation { .. } => Task::Segmentation,
        }
    }
}

/// The output of classifiers and segmenters of the zoo.
const LOGITS: &str = "logits";

/// Where a model's metadata keep its card.
pub const CARD_KEY: &str = "edgeconv.card";

/// A report or a file that does not tell how to use the model.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// A file can't be read.
    #[error(
        "`{}`: {source}; it tells how to use the model on pictures: `edgeconv export` writes it beside the model, keep them \
         together or name it by --report; `edgeconv convert` puts it into the model, given --mean, --std, --channels, --resize or --labels", path.display()
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
    task: Option<Task>,
    input: Input,
    /// The output that is decoded, if it is not that of the zoo's networks.
    output: Option<String>,
    preprocessing: Preprocessing,
    anchors: Option<String>,
    #[serde(default)]
    class_names: Vec<String>,
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

/// In a line.
impl fmt::Display for ModelCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (height, width) = self.preprocessing.size();
        let task = self.decoding.as_ref().map_or("no task", |decoding| decoding.task().name());
        let channels = match self.preprocessing.channels {
            ChannelOrder::Bgr => "BGR",
            ChannelOrder::Rgb => "RGB",
        };
        write!(f, "{task}, pictures of {height} x {width}, {channels}, {} class names", self.class_names.len())
    }
}

impl ModelCard {
    /// The card of a model file whose metadata these are: of the report beside it, if there is one, else its own.
    ///
    /// # Errors
    /// If there is neither, or if it says something else.
    pub fn of(model: &Path, metadata: &BTreeMap<String, String>) -> Result<Self, CardError> {
        let report = report_of(model);
        match metadata.get(CARD_KEY) {
            Some(json) if !report.is_file() => serde_json::from_str(json)
                .map_err(|error| CardError::Content { path: model.to_owned(), reason: error.to_string() }),
            _ => Self::read(&report),
        }
    }

    /// Puts it into the metadata of a model.
    pub fn note(&self, metadata: &mut BTreeMap<String, String>) {
        let json = serde_json::to_string(self).unwrap_or_default();
        // A line of text, whatever names the classes have.
        metadata.insert(CARD_KEY.to_owned(), escaped_json(&json).into_owned());
    }

    /// Reads a report and, for a detector, the file with the anchors that it names.
    ///
    /// # Errors
    /// If one of them can't be read, or if something is missing.
    pub fn read(report_file: &Path) -> Result<Self, CardError> {
        let report: Report = read_json(report_file)?;
        let incomplete = |reason: &str| CardError::Content { path: report_file.to_owned(), reason: reason.to_owned() };
        let output = report.output.unwrap_or_else(|| LOGITS.to_owned());
        let decoding = match (report.task, &report.anchors) {
            (None, _) => None,
            (Some(Task::Classification), _) => Some(Decoding::Classification { output }),
            (Some(Task::Segmentation), _) => Some(Decoding::Segmentation { output }),
            (Some(Task::Detection), None) => return Err(incomplete("a detector needs `anchors`, the name of a file")),
            // Only a name: the report does not point to files elsewhere.
            (Some(Task::Detection), Some(name))
                if Path::new(name).file_name().is_none_or(|last| last != name.as_str()) =>
            {
                return Err(incomplete("`anchors` must be the name of a file beside the report"));
            }
            (Some(Task::Detection), Some(name)) => {
                Some(Decoding::Detection(read_json(&report_file.with_file_name(name))?))
            }
        };
        let Input { name: input, shape } = report.input;
        let (height, width) = report.preprocessing.size();
        if shape != [1, 3, height, width] {
            return Err(incomplete(&format!(
                "the input is {shape:?}, but pictures become [1, 3, {height}, {width}], one at a time"
            )));
        }
        Ok(Self { input, preprocessing: report.preprocessing, decoding, class_names: report.class_names })
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
        assert_eq!((card.decoding, card.input.as_str()), (Some(Decoding::segmentation()), "input"));
        let coder = json!({ "center_variance": 0.1, "size_variance": 0.2, "iou_threshold": 0.5, "score_threshold": 0.05,
            "boxes_per_class": 200, "anchors": [[0.5, 0.5, 1.0, 1.0]] });
        let card = read(&report("detection"), Some(&coder)).unwrap();
        assert!(matches!(card.decoding, Some(Decoding::Detection(coder)) if coder.anchors == [[0.5, 0.5, 1.0, 1.0]]));
    }

    #[test]
    fn what_is_missing_is_said() {
        let error = ModelCard::read(Path::new("absent.report.json")).unwrap_err().to_string();
        assert!(error.contains("absent.report.json") && error.contains("--report"), "{error}");
        let error = |report: &Value| read(report, None).unwrap_err();
        assert!(error(&json!({ "model": "x" })).contains("missing field `input`"));
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
    fn a_model_carries_its_card() {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("x.mnn");
        let card = ModelCard {
            input: "image".into(),
            preprocessing: Preprocessing::imagenet((64, 96)),
            decoding: Some(Decoding::Classification { output: "prob".into() }),
            class_names: vec!["cat\n\u{202e}".into(), "dog".into()],
        };
        let mut metadata = BTreeMap::new();
        card.note(&mut metadata);
        assert!(!metadata[CARD_KEY].contains(['\n', '\u{202e}']), "{}", metadata[CARD_KEY]);
        assert_eq!(ModelCard::of(&model, &metadata).unwrap(), card);
        // What lies beside the model was meant for it later.
        std::fs::write(report_of(&model), report("segmentation").to_string()).unwrap();
        assert_eq!(ModelCard::of(&model, &metadata).unwrap().input, "input");
        metadata.insert(CARD_KEY.into(), "{}".into());
        std::fs::remove_file(report_of(&model)).unwrap();
        assert!(ModelCard::of(&model, &metadata).unwrap_err().to_string().contains("missing field `input`"));
    }

    #[test]
    fn a_batch_takes_no_picture() {
        let mut report = report("segmentation");
        report["input"]["shape"] = json!([2, 3, 64, 96]);
        let error = read(&report, None).unwrap_err();
        assert!(error.contains("the input is [2, 3, 64, 96], but pictures become [1, 3, 64, 96]"), "{error}");
    }
}
