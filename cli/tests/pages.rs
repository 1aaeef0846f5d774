//! The pages of `check` and `bench`, looked at in a browser.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{run, text};

/// Chromium without a window.
fn browser(arguments: &[&str]) -> Option<std::process::Output> {
    let common = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--window-size=1200,1600"];
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(|program| Command::new(program).args(common).args(arguments).output().ok())
}

/// A page's content after its scripts have run, after it was looked at; `None`, after saying why, without a browser.
fn look(page: &Path) -> Option<String> {
    let url = format!("file://{}", text(page));
    let Some(output) = browser(&["--dump-dom", &url]) else {
        println!("skipped: needs a browser (Debian: chromium)");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("CONSOLE"), "{said}");
    let picture = page.with_extension("png");
    browser(&[&format!("--screenshot={}", text(&picture)), &url]).unwrap();
    let picture = edgeconv_vision::picture::read(&picture).unwrap();
    let colors: HashSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
    // Text alone is grey.
    assert!(colors.iter().any(|[r, _, b]| r.abs_diff(*b) > 60), "nothing is drawn in {}", page.display());
    Some(String::from_utf8(output.stdout).unwrap())
}

/// EdgeFormer-XS for 64 × 64, as `.mnn` and `.onnx`.
fn exported(folder: &Path) -> [PathBuf; 2] {
    let (code, _, error) = run(&["export", "edgeformer-xs", "--size", "64", "--no-check", "-o", text(folder)]);
    assert_eq!(code, 0, "{error}");
    ["edgeformer-xs.mnn", "edgeformer-xs.onnx"].map(|name| folder.join(name))
}

#[test]
fn a_check_shows_errors_by_depth() {
    let folder = tempfile::tempdir().unwrap();
    let [model, reference] = exported(folder.path());
    let page = folder.path().join("check.html");
    let check = ["check", text(&model), "--against", text(&reference), "--layers", "--html", text(&page)];
    let (code, _, error) = run(&check);
    assert_eq!(code, 0, "{error}");
    let Some(content) = look(&page) else { return };
    assert!(content.matches("<circle").count() > 50 && content.contains("id=\"filter\""), "{content}");
}

#[test]
fn a_bench_shows_distributions_ratios_and_operators() {
    let folder = tempfile::tempdir().unwrap();
    let [model, _] = exported(folder.path());
    let page = folder.path().join("bench.html");
    let few = ["--runs", "4", "--processes", "2", "--warmup", "1"];
    let bench = ["bench", text(&model), text(&model), "--profile", "--html", text(&page)];
    let (code, _, error) = run(&[&bench[..], &few].concat());
    assert_eq!(code, 0, "{error}");
    let Some(content) = look(&page) else { return };
    assert!(content.matches("<svg").count() == 2 && content.contains("Side by side"), "{content}");
}

#[test]
fn counts_are_shown_by_module_and_side_by_side() {
    if !edgeconv_validate::target::can_count() {
        println!("skipped: needs qemu-arm and the agent of `make board`");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [model, _] = exported(folder.path());
    let (page, numbers) = (folder.path().join("counts.html"), folder.path().join("counts.csv"));
    let bench = ["bench", text(&model), text(&model), "--target", "qemu", "--profile", "--html", text(&page)];
    let (code, _, error) = run(&[&bench[..], &["--csv", text(&numbers)]].concat());
    assert_eq!(code, 0, "{error}");
    let numbers = std::fs::read_to_string(numbers).unwrap();
    let (header, rows) = numbers.split_once('\n').unwrap();
    assert!(header.starts_with("file,operator,type,instructions") && rows.lines().count() > 100, "{numbers}");
    let Some(content) = look(&page) else { return };
    assert!(content.contains("Side by side") && content.contains("<td>layer_3.1</td>"), "{content}");
}
