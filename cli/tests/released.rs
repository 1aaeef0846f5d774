//! A released checkpoint on real pictures: what users do in the end.
//!
//! Needs files that are not ours to give: the checkpoint of torchvision's MobileNetV2 (EDGECONV_MOBILENETV2, a file) and
//! photographs (EDGECONV_PHOTOS, a folder with JPEG and PNG files).
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_test_support::provided;
use itertools::Itertools;
use serde_json::Value;
use support::{run, text};

fn pictures(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_picture = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jpg" || ending == "png");
    paths.filter(is_picture).collect()
}

/// The five likeliest classes of a picture, likeliest first, and their probabilities.
fn top5(model: &Path, picture: &Path, results: &Path) -> (Vec<u64>, Vec<f64>) {
    let (code, out, error) = run(&["run", text(model), "--image", text(picture), "-o", text(results), "--json"]);
    assert_eq!(code, 0, "{error}");
    let result: Value = serde_json::from_str(&out).unwrap();
    let rows = result["top"].as_array().unwrap().iter();
    rows.map(|row| (row["class"].as_u64().unwrap(), row["probability"].as_f64().unwrap())).unzip()
}

#[test]
fn both_files_of_a_released_classifier_see_the_same() {
    let (Some(weights), Some(photos)) = (provided("EDGECONV_MOBILENETV2"), provided("EDGECONV_PHOTOS")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (code, _, error) = run(&["export", "mobilenetv2", "--weights", text(&weights), "-o", text(folder.path())]);
    assert_eq!(code, 0, "{error}");
    let pictures = pictures(&photos);
    assert!(!pictures.is_empty(), "no .jpg or .png in `{}`", photos.display());
    for picture in pictures {
        let [mnn, onnx] = ["mobilenetv2.mnn", "mobilenetv2.onnx"]
            .map(|file| top5(&folder.path().join(file), &picture, &folder.path().join("results")));
        assert_eq!(mnn.0, onnx.0, "{}", picture.display());
        let difference = mnn.1.iter().zip_eq(&onnx.1).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(difference < 1e-4, "{}: {difference}", picture.display());
    }
}
