//! The pages of `check` and `bench`, looked at in a browser.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_converter::target;
use edgeconv_graph::Builder;
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_test_support::{ARMV7, skip};
use edgeconv_validate::input::random;
use support::{run, text};

/// Chromium without a window.
fn browser(arguments: &[&str]) -> Option<std::process::Output> {
    let common = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--window-size=1200,1600"];
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(|program| Command::new(program).args(common).args(arguments).output().ok())
}

/// A page's content after its scripts have run, after it was looked at; `None` without a browser.
fn look(page: &Path) -> Option<String> {
    let url = format!("file://{}", text(page));
    // Browsers that share a profile wait for each other.
    let profile = format!("--user-data-dir={}", text(&page.with_extension("profile")));
    let Some(output) = browser(&[&profile, "--dump-dom", &url]) else {
        skip("needs a browser (Debian: chromium)");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("CONSOLE"), "{said}");
    let picture = page.with_extension("png");
    browser(&[&profile, &format!("--screenshot={}", text(&picture)), &url]).unwrap();
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

/// A name that is markup and ends an attribute, where it isn't escaped.
const HOSTILE: &str = "a'\"><img src=x onerror=alert(1)>";

/// A network whose names are hostile, in files that are, too.
fn hostile(folder: &Path) -> [PathBuf; 2] {
    let mut b = Builder::new(HOSTILE);
    let input = b.input(HOSTILE, [1, 4, 8, 8]).unwrap();
    let weight = b.constant(&format!("{HOSTILE}.weight"), random(&[4, 4, 1, 1], 1)).unwrap();
    let conv = b.node(&format!("{HOSTILE}.conv"), Conv::pointwise(), &[input, weight]).unwrap();
    let sigmoid = b.node(&format!("{HOSTILE}.sigmoid"), Unary::Sigmoid, &[conv]).unwrap();
    b.output(&format!("{HOSTILE}.output"), sigmoid);
    let graph = b.finish();
    let [onnx, mnn] = ["onnx", "mnn"].map(|ending| folder.join(format!("{HOSTILE}.{ending}")));
    fs::write(&onnx, target::onnx::export(&graph, target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    fs::write(&mnn, target::mnn::export(&graph).unwrap()).unwrap();
    [onnx, mnn]
}

#[test]
fn names_are_text_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let [onnx, mnn] = hostile(folder.path());
    let page = folder.path().join("page.html");
    let bench = ["bench", text(&mnn), text(&mnn), "--profile", "--runs", "2", "--processes", "2", "--warmup", "0"];
    let mut commands = vec![
        vec!["inspect", text(&onnx)],
        vec!["inspect", text(&mnn)],
        vec!["diff", text(&onnx), text(&mnn)],
        vec!["check", text(&mnn), "--against", text(&onnx), "--layers"],
        bench.to_vec(),
    ];
    if ARMV7.is_here() {
        commands.push(vec!["bench", text(&mnn), text(&mnn), "--profile", "--target", "qemu"]);
    }
    for command in commands {
        let (code, _, error) = run(&[&command[..], &["--html", text(&page)]].concat());
        assert_eq!(code, 0, "{command:?}: {error}");
        let content = fs::read_to_string(&page).unwrap();
        assert!(content.contains("&quot;&gt;&lt;img src=x"), "{command:?} shows no name: {content}");
        assert!(!content.contains("<img") && !content.contains("\"&gt;"), "{command:?}: {content}");
    }
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
    if !edgeconv_validate::machine::emulated::Emulated::default().can_count() {
        return skip("needs qemu-arm (Debian: qemu-user) and `make board`");
    }
    let folder = tempfile::tempdir().unwrap();
    let [model, _] = exported(folder.path());
    let (page, numbers) = (folder.path().join("counts.html"), folder.path().join("counts.csv"));
    let bench = ["bench", text(&model), text(&model), "--target", "qemu", "--profile", "--html", text(&page)];
    let (code, _, error) = run(&[&bench[..], &["--csv", text(&numbers)]].concat());
    assert_eq!(code, 0, "{error}");
    let numbers = fs::read_to_string(numbers).unwrap();
    let (header, rows) = numbers.split_once('\n').unwrap();
    assert!(header.starts_with("file,operator,type,instructions") && rows.lines().count() > 100, "{numbers}");
    let Some(content) = look(&page) else { return };
    assert!(content.contains("Side by side") && content.contains("<td>layer_3.1</td>"), "{content}");
}
