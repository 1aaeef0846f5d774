//! What `edgeconv eval` says.

use std::path::{Path, PathBuf};

use edgeconv_terminal::Failure;
use edgeconv_terminal::output::table;
use edgeconv_vision::Prediction;
use serde::Serialize;

use crate::evaluation::pictures::Predicted;
use crate::evaluation::{Difference, Evaluated, Found, Scores};
use crate::metrics::CocoPrecision;

/// Most differing pictures in a table.
const SHOWN: usize = 20;

/// The JSON document.
#[derive(Serialize)]
pub struct Report {
    pub model: &'static str,
    /// Height and width.
    pub size: (usize, usize),
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub dataset: PathBuf,
    /// How many.
    pub pictures: usize,
    pub notes: Vec<String>,
    /// The reference first.
    pub engines: Vec<Evaluated>,
    pub differences: Vec<Difference>,
}

/// Tables of the scores and of the pictures with different results.
pub fn summary(report: &Report, class_names: &[String]) -> String {
    let Report { model, size: (height, width), dataset, pictures, engines, differences, .. } = report;
    let dataset = dataset.display();
    let mut lines = vec![format!("{model} at {height}×{width}, {pictures} pictures of `{dataset}`")];
    let columns: Vec<_> = engines.iter().map(|engine| rows(&engine.scores, class_names)).collect();
    let header: Vec<_> = std::iter::once("").chain(engines.iter().map(|engine| engine.engine.as_str())).collect();
    let row = |(index, (name, _)): (usize, &(String, String))| {
        let cells = columns.iter().filter_map(|column| column.get(index)).map(|(_, value)| value.clone());
        std::iter::once(name.clone()).chain(cells).collect()
    };
    let first = columns.first().into_iter().flatten().enumerate();
    lines.push(table(&header, first.map(row)).to_string());
    if let [reference, _, ..] = engines.as_slice() {
        lines.push(format!("{} pictures have another result than by {}", differences.len(), reference.engine));
    }
    if !differences.is_empty() {
        let row = |difference: &Difference| {
            let Difference { picture, engine, reference, found } = difference;
            vec![picture.clone(), text(reference), engine.clone(), text(found)]
        };
        let header = ["picture", "reference", "engine", "found"];
        lines.push(table(&header, differences.iter().take(SHOWN).map(row)).to_string());
    }
    if differences.len() > SHOWN {
        lines.push(format!("… and {} more: --json lists all", differences.len() - SHOWN));
    }
    lines.join("\n")
}

/// Names and values of scores.
fn rows(scores: &Scores, class_names: &[String]) -> Vec<(String, String)> {
    let percent = |name: &str, value: Option<f64>| (name.to_owned(), number(value, |value| format!("{value:.2} %")));
    match scores {
        Scores::Classification(scores) => vec![percent("top-1", scores.top1), percent("top-5", scores.top5)],
        Scores::Detection(scores) => coco_rows(scores),
        Scores::Segmentation(scores) => {
            let mut rows = vec![percent("mean IoU", scores.mean_iou), percent("pixel accuracy", scores.accuracy)];
            let classes = class_names.iter().zip(&scores.iou);
            rows.extend(classes.map(|(name, iou)| percent(&format!("IoU {name}"), *iou)));
            rows
        }
    }
}

/// The twelve numbers in the order and with the digits of pycocotools.
fn coco_rows(scores: &CocoPrecision) -> Vec<(String, String)> {
    let [small, medium, large] = scores.precision_by_area;
    let [at_1, at_10, at_100] = scores.recall;
    let [recall_small, recall_medium, recall_large] = scores.recall_by_area;
    let rows = [
        ("mAP, IoU 0.50:0.95", scores.precision),
        ("mAP, IoU 0.50", scores.precision_50),
        ("mAP, IoU 0.75", scores.precision_75),
        ("mAP, small objects", small),
        ("mAP, medium objects", medium),
        ("mAP, large objects", large),
        ("recall, 1 box", at_1),
        ("recall, 10 boxes", at_10),
        ("recall, 100 boxes", at_100),
        ("recall, small objects", recall_small),
        ("recall, medium objects", recall_medium),
        ("recall, large objects", recall_large),
    ];
    rows.map(|(name, value)| (name.to_owned(), number(value, |value| format!("{value:.3}")))).to_vec()
}

fn number(value: Option<f64>, show: impl Fn(f64) -> String) -> String {
    value.map_or_else(|| "–".into(), show)
}

fn text(found: &Found) -> String {
    match found {
        Found::Class { class, probability, .. } => format!("class {class} ({probability:.3})"),
        Found::Boxes { boxes, .. } => format!("{boxes} boxes"),
        Found::Pixels { accuracy } => number(*accuracy, |accuracy| format!("{accuracy:.2} % right")),
    }
}

/// What each engine found in each picture, as a CSV file.
pub fn csv(report: &Report) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(vec![]);
    let found = report.engines.iter().flat_map(|engine| &engine.pictures).map(|pictured| &pictured.found).next();
    let columns: &[&str] = match found {
        None => &[],
        Some(Found::Class { .. }) => &["actual", "class", "probability"],
        Some(Found::Boxes { .. }) => &["boxes", "best"],
        Some(Found::Pixels { .. }) => &["accuracy"],
    };
    writer.write_record(["engine", "picture"].iter().chain(columns)).map_err(Failure::failed)?;
    for engine in &report.engines {
        for pictured in &engine.pictures {
            let cells = [engine.engine.clone(), pictured.picture.clone()].into_iter().chain(cells(&pictured.found));
            writer.write_record(cells).map_err(Failure::failed)?;
        }
    }
    writer.into_inner().map_err(|error| Failure::Failed(error.to_string()))
}

fn cells(found: &Found) -> Vec<String> {
    match found {
        Found::Class { actual, class, probability } => {
            vec![actual.to_string(), class.to_string(), probability.to_string()]
        }
        Found::Boxes { boxes, best } => vec![boxes.to_string(), best.map(|best| best.to_string()).unwrap_or_default()],
        Found::Pixels { accuracy } => vec![accuracy.map(|accuracy| accuracy.to_string()).unwrap_or_default()],
    }
}

/// A line for each picture.
pub fn predicted(results: &[Predicted], file: &Path) -> String {
    let row = |result: &Predicted| {
        let names: Vec<_> = match &result.prediction {
            Prediction::Classification { top } => {
                top.iter().take(1).map(|top| format!("{} ({:.3})", top.name, top.result.probability)).collect()
            }
            Prediction::Detection { detections } => {
                detections.iter().map(|found| format!("{} ({:.2})", found.name, found.result.score)).collect()
            }
            Prediction::Segmentation { classes, .. } => {
                classes.iter().map(|share| format!("{} ({:.1} %)", share.name, 100.0 * share.result.share)).collect()
            }
        };
        vec![result.picture.display().to_string(), names.join(", ")]
    };
    format!("{}\n{}", table(&["picture", "found"], results.iter().map(row)), file.display())
}
