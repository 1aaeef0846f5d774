//! Files from strangers: what they can't do to whoever runs us on them.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::target::onnx;
use edgeconv_graph::op::{Binary, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_schema::onnx as proto;
use edgeconv_test_support::{names, outcome};
use edgeconv_validate::input;
use prost::Message;
use support::{Files, text};

/// Factors of `x`, by the names of the outputs that they give.
fn scaled(factors: &[(&str, f32)]) -> Graph {
    let mut b = Builder::new("scaled");
    let x = b.input("x", [1, 4]).unwrap();
    for (index, &(name, factor)) in factors.iter().enumerate() {
        let factor = b.constant(&format!("factor{index}"), Tensor::scalar(factor)).unwrap();
        let y = b.node(&format!("y{index}"), Binary::Mul, &[x, factor]).unwrap();
        b.output(name, y);
    }
    b.finish()
}

fn write(files: &Files, name: &str, graph: &Graph) -> PathBuf {
    files.write(name, onnx::export(graph, onnx::DEFAULT_OPSET).unwrap())
}

fn array(files: &Files) -> PathBuf {
    let path = files.path("x.npy");
    input::write(&path, &Tensor::f32([1, 4], vec![1.0, -2.0, 3.0, -4.0]).unwrap()).unwrap();
    path
}

/// A model with one node, after the message was changed.
fn changed(files: &Files, name: &str, change: impl FnOnce(&mut proto::ModelProto)) -> PathBuf {
    let bytes = onnx::export(&scaled(&[("y", 2.0)]), onnx::DEFAULT_OPSET).unwrap();
    let mut model = proto::ModelProto::decode(bytes.as_slice()).unwrap();
    change(&mut model);
    files.write(name, model.encode_to_vec())
}

#[test]
fn outputs_of_similar_names_have_files_of_their_own() {
    let files = Files::new();
    let graph = scaled(&[("a/b", 1.0), ("a_b", 2.0), (r"a\b", 3.0), ("..", 4.0)]);
    let (model, x, out) = (write(&files, "model.onnx", &graph), array(&files), files.path("out"));
    let run = ["run", text(&model), "--input", text(&x), "-o", text(&out)];
    let report = files.report(&run, None);
    assert_eq!(names(&out), ["...npy", "a%2Fb.npy", "a%5Cb.npy", "a_b.npy"]);
    for (entry, factor) in report.as_array().unwrap().iter().zip([1.0, 2.0, 3.0, 4.0]) {
        let file = Path::new(entry["file"].as_str().unwrap());
        assert_eq!(input::read_any(file).unwrap().as_f32().unwrap()[0], factor, "{entry}");
    }
    // Read back under the names of the outputs.
    let check = ["check", text(&model), "--against", text(&out), "--input", text(&x)];
    let (code, table, error) = files.run(&check, None);
    assert_eq!(code, 0, "{error}");
    assert!(table.contains("a/b") && table.contains(r"a\b"), "{table}");
}

#[test]
fn names_act_on_no_terminal_and_no_page() {
    const NAME: &str = "y\u{1b}[2J\nerror: all is well\u{202e}";
    const SHOWN: &str = r"y\u{1b}[2J\nerror: all is well\u{202e}";
    let acts = |text: &str| text.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}');
    let files = Files::new();
    let model = changed(&files, "model.onnx", |model| {
        let graph = model.graph.as_mut().unwrap();
        graph.node[0].output[0] = NAME.into();
        graph.node[0].name = Some(NAME.into());
        graph.output[0].name = Some(NAME.into());
        let entry = proto::StringStringEntryProto { key: Some("k\u{7}".into()), value: Some("v\nk: w".into()) };
        model.metadata_props.push(entry);
    });
    let page = files.path("page.html");
    let (code, out, error) = files.run(&["inspect", text(&model), "--graph", "--html", text(&page)], None);
    assert_eq!(code, 0, "{error}");
    let page = fs::read_to_string(page).unwrap();
    for shown in [&out, &page] {
        assert!(shown.contains(SHOWN) && !acts(shown), "{shown}");
    }
    assert!(out.contains(r"k\u{7}: v\nk: w"), "{out}");
    let (_, json, _) = files.run(&["inspect", text(&model), "--json"], None);
    assert!(!acts(&json), "{json}");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["outputs"][0]["name"], NAME);

    let markdown = files.path("check.md");
    let check = ["check", text(&model), "--against", text(&model), "--markdown", text(&markdown)];
    let (code, out, error) = files.run(&check, None);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains(SHOWN) && !acts(&out), "{out}");
    let markdown = fs::read_to_string(markdown).unwrap();
    assert!(markdown.contains(r"`y\u{1b}[2J\nerror: all is well\u{202e}`") && !acts(&markdown), "{markdown}");

    let unknown = changed(&files, "unknown.onnx", |model| {
        let node = &mut model.graph.as_mut().unwrap().node[0];
        (node.name, node.op_type) = (Some(NAME.into()), Some("No\u{1b}Such".into()));
    });
    let (code, _, error) = files.run(&["convert", text(&unknown), "-o", text(&files.path("y.mnn"))], None);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains(r"\u{1b}") && !acts(&error), "{error}");
    assert_eq!(error.lines().filter(|line| line.starts_with("error:")).count(), 1, "{error}");
}

/// A name that would be three lines, of which two are commands of CI systems, and markup.
const LINES: &str = "y\n::error file=x::a\n##[error]b [l](http://e) <img> @user #1 | `c` \u{200b}\u{fffe}";
const LINES_SHOWN: &str = r"y\n::error file=x::a\n\u{23}#[error]b [l](http://e) <img> @user #1 | `c` \u{200b}\u{fffe}";

/// No line is one that a name has made.
fn expect_own_lines(text: &str) {
    let forged = |line: &str| line.trim_start().starts_with("::error file=x") || line.contains("##[");
    assert!(!text.lines().any(forged), "{text}");
}

#[test]
fn names_make_no_lines_of_their_own() {
    let files = Files::new();
    let model = changed(&files, "model.onnx", |model| {
        model.producer_name = Some(LINES.into());
        let graph = model.graph.as_mut().unwrap();
        graph.node[0].name = Some(LINES.into());
        graph.node[0].input[0] = LINES.into();
        graph.input[0].name = Some(LINES.into());
    });
    let (x, page) = (array(&files), files.path("page.html"));
    let [candidate, other] = [("candidate.onnx", 2.0), ("other.onnx", 3.0)]
        .map(|(name, factor)| write(&files, name, &scaled(&[(LINES, factor)])));
    let [model, x, candidate, other, page] = [&model, &x, &candidate, &other, &page].map(|path| text(path));
    let unknown = changed(&files, "unknown.onnx", |model| {
        let node = &mut model.graph.as_mut().unwrap().node[0];
        (node.name, node.op_type) = (Some(LINES.into()), Some("NoSuch".into()));
    });
    let golden = files.path("golden");
    let golden = text(&golden);
    for (expected, arguments) in [
        (0, &["inspect", model, "--graph", "--html", page][..]),
        (0, &["diff", candidate, model]),
        (2, &["run", model, "--input", x, "--input-name", "x", "-o", "out"]),
        (2, &["check", model, "--against", model, "--input", "nope=x.npy"]),
        (1, &["convert", text(&unknown), "-o", "unknown.mnn"]),
        (1, &["check", candidate, "--against", other, "--layers", "--bisect", "fault", "--html", "check.html"]),
        (0, &["check", candidate, "--against", candidate, "--save-golden", golden]),
        (1, &["check", other, "--watch-drift", golden]),
    ] {
        let (code, out, error) = files.run(arguments, None);
        assert_eq!(code, expected, "{arguments:?}: {out}{error}");
        assert!([&out, &error].iter().any(|text| text.contains(LINES_SHOWN)), "{arguments:?}: {out}{error}");
        expect_own_lines(&out);
        expect_own_lines(&error);
    }
    for page in [page, text(&files.path("check.html"))] {
        expect_own_lines(&fs::read_to_string(page).unwrap());
    }
    // Files of a stranger's folder as arguments, by a star.
    for arguments in [&[LINES][..], &["operators", LINES], &["inspect", "--graph", model, LINES]] {
        let (code, out, error) = files.run(arguments, None);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {error}");
        expect_own_lines(&error);
    }
    let (_, json, _) = files.run(&["inspect", candidate, "--json"], None);
    expect_own_lines(&json);
    assert!(json.contains(r"\u200b"), "{json}");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["outputs"][0]["name"], LINES);
}

#[test]
fn reasons_of_what_is_not_checked_are_one_line() {
    let files = Files::new();
    let mut b = Builder::new("network");
    let x = b.input("x", [3]).unwrap();
    // Random inputs are below 1, where it is no number.
    let y = b.node(LINES, Unary::Acosh, &[x]).unwrap();
    b.output(LINES, y);
    write(&files, "nan.onnx", &b.finish());
    let (code, out, error) = files.run(&["convert", "nan.onnx", "-o", "nan.mnn"], None);
    assert_eq!(code, 0, "{error}");
    for said in [out, error] {
        assert!(said.contains("not checked: ") && said.contains(LINES_SHOWN), "{said}");
        expect_own_lines(&said);
    }
}

#[test]
fn reports_take_names_as_text() {
    let files = Files::new();
    let [candidate, other] = [("candidate.onnx", 2.0), ("other.onnx", 3.0)]
        .map(|(name, factor)| write(&files, name, &scaled(&[(LINES, factor)])));
    let check =
        ["check", text(&candidate), "--against", text(&other), "--markdown", "check.md", "--junit", "check.xml"];
    let (code, _, error) = files.run(&check, None);
    assert_eq!(code, 1, "{error}");
    let markdown = fs::read_to_string(files.path("check.md")).unwrap();
    let row = format!("\n| `` {} `` | 1 | ", LINES_SHOWN.replace('|', r"\u{7c}"));
    assert!(markdown.contains(&row), "{markdown}");
    let junit = fs::read_to_string(files.path("check.xml")).unwrap();
    assert!(junit.contains(r"y\n::error file=x::a\n\u{23}#[error]b") && junit.contains(r"\u{200b}\u{fffe}"), "{junit}");
    assert!(!junit.contains(['\u{fffe}', '\u{200b}']), "{junit}");
}

#[test]
fn no_result_replaces_an_input_or_another_result() {
    let files = Files::new();
    let model = write(&files, "a.onnx", &scaled(&[("y", 2.0)]));
    let before = fs::read(&model).unwrap();
    for (arguments, parts) in [
        (&["convert", "a.onnx", "-o", "./a.onnx"][..], ["-o `./a.onnx`", "the input `a.onnx`"]),
        (&["inspect", "a.onnx", "--html", "a.onnx"], ["--html `a.onnx`", "the input `a.onnx`"]),
        (&["diff", "a.onnx", "a.onnx", "--html", "a.onnx"], ["--html `a.onnx`", "the input `a.onnx`"]),
        (&["check", "a.onnx", "--against", "a.onnx", "--html", "a.onnx"], ["--html `a.onnx`", "the input `a.onnx`"]),
        (&["check", "a.onnx", "--against", "a.onnx", "--html", "r", "--junit", "./r"], ["--junit `./r`", "--html `r`"]),
        (&["bench", "a.onnx", "--csv", "b", "--html", "b"], ["--csv `b`", "--html `b`"]),
    ] {
        let (code, _, error) = files.run(arguments, None);
        assert!(code == 2 && parts.iter().all(|part| error.contains(part)), "{arguments:?}: {error}");
        assert_eq!(fs::read(&model).unwrap(), before, "{arguments:?}");
        assert_eq!(names(files.folder()), ["a.onnx"], "{arguments:?}");
    }
    array(&files);
    let run = ["run", "a.onnx", "--input", "y.npy", "--input-name", "x", "-o", "."];
    fs::rename(files.path("x.npy"), files.path("y.npy")).unwrap();
    let (code, _, error) = files.run(&run, None);
    assert!(code == 2 && error.contains("-o `./y.npy` would replace the input `y.npy`"), "{error}");
}

#[test]
fn a_file_can_not_loosen_its_own_tolerance() {
    let files = Files::new();
    let reference = write(&files, "reference.onnx", &scaled(&[("y", 1.0)]));
    // Off by twice what rounding may leave.
    let mut graph = scaled(&[("y", 1.000_3)]);
    graph.metadata.insert("edgeconv.accuracy".into(), "approximate".into());
    let candidate = write(&files, "candidate.onnx", &graph);
    let check = ["check", text(&candidate), "--against", text(&reference)];
    let (code, out, error) = files.run(&check, None);
    assert_eq!(code, 1, "{out}{error}");
    assert!(out.contains("note: ") && out.contains("--rewrite approximate allows for it"), "{out}");
    let (code, out, error) = files.run(&[&check[..], &["--rewrite", "approximate"]].concat(), None);
    assert_eq!(code, 0, "{out}{error}");
    assert!(!out.contains("note: "), "{out}");
}

#[test]
fn memory_is_limited_by_the_file_or_by_the_user() {
    let files = Files::new();
    let mut b = Builder::new("relu");
    let x = b.input("x", [1, 64]).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    b.output("y", y);
    let (model, out) = (write(&files, "model.onnx", &b.finish()), files.path("out.mnn"));
    let convert = ["convert", text(&model), "-o", text(&out)];
    assert_eq!(files.run(&convert, None).0, 0);
    fs::remove_file(&out).unwrap();
    let (code, _, error) = files.run(&[&convert[..], &["--max-memory", "10"]].concat(), None);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("model.onnx") && error.contains(" of memory, where 0 bytes of 10 bytes"), "{error}");
    assert!(!out.exists());

    let huge = changed(&files, "huge.onnx", |model| {
        let graph = model.graph.as_mut().unwrap();
        let dims = vec![1];
        let shape = proto::TensorProto {
            name: Some("shape".into()),
            dims,
            data_type: Some(7),
            int64_data: vec![1 << 38],
            ..Default::default()
        };
        graph.initializer.push(shape);
        let node = &mut graph.node[0];
        (node.op_type, node.input) = (Some("ConstantOfShape".into()), vec!["shape".into()]);
    });
    let (code, _, error) = files.run(&["convert", text(&huge), "-o", text(&out)], None);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("(ConstantOfShape)") && error.contains("--max-memory 4G"), "{error}");
}

#[test]
#[cfg(unix)]
fn nothing_outside_of_the_folder_is_read() {
    let files = Files::new();
    let folder = files.path("model");
    fs::create_dir(&folder).unwrap();
    let secret = files.write("secret", 2.0_f32.to_le_bytes());
    std::os::unix::fs::symlink(&secret, folder.join("link")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    for (location, expected) in [("link", "it is not beside"), ("pipe", "it is a pipe"), (".", "it is a folder")] {
        let model = changed(&files, "model/model.onnx", |model| {
            let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
            tensor.raw_data = None;
            tensor.data_location = Some(proto::tensor_proto::DataLocation::External.into());
            let entry = proto::StringStringEntryProto { key: Some("location".into()), value: Some(location.into()) };
            tensor.external_data = vec![entry];
        });
        for command in ["convert", "check"] {
            let out = files.path("out.mnn");
            let other = if command == "check" { ["--against", text(&model)] } else { ["-o", text(&out)] };
            let (code, _, error) = files.run(&[command, text(&model), other[0], other[1], "--quiet"], None);
            // A check has nothing to read of a file beside the model before an engine does.
            assert!(command == "check" || (code == 2 && error.contains(expected)), "{command} {location}: {error}");
            assert!(!out.exists());
        }
    }

    let model = write(&files, "good.onnx", &scaled(&[("y", 2.0)]));
    let golden = files.path("golden");
    let check = ["check", text(&model), "--against", text(&model), "--save-golden", text(&golden)];
    assert_eq!(files.run(&check, None).0, 0);
    let manifest = golden.join("golden.json");
    let outside = fs::read_to_string(&manifest).unwrap().replace("sample-0-output-0.npy", "../x.npy");
    array(&files);
    fs::write(&manifest, outside).unwrap();
    let (code, _, error) = files.run(&["check", text(&model), "--against", text(&golden)], None);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("../x.npy") && error.contains("it is not beside"), "{error}");
}

#[test]
fn the_hash_of_a_model_covers_the_files_beside_it() {
    let files = Files::new();
    let model = changed(&files, "model.onnx", |model| {
        let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
        tensor.raw_data = None;
        tensor.data_location = Some(proto::tensor_proto::DataLocation::External.into());
        let entry = proto::StringStringEntryProto { key: Some("location".into()), value: Some("weights.bin".into()) };
        tensor.external_data = vec![entry];
    });
    let hash = |factor: f32| {
        files.write("weights.bin", factor.to_le_bytes());
        let out = files.path("out.mnn");
        let (code, _, error) = files.run(&["convert", text(&model), "-o", text(&out)], None);
        assert_eq!(code, 0, "{error}");
        let (_, listing, _) = files.run(&["inspect", text(&out), "--json"], None);
        let listing: serde_json::Value = serde_json::from_str(&listing).unwrap();
        listing["metadata"]["edgeconv.source"].as_str().unwrap().to_owned()
    };
    assert_ne!(hash(2.0), hash(3.0));
    assert_eq!(hash(2.0), hash(2.0));
}

/// A model whose one weight is in `weights.bin`, at an offset.
fn beside(files: &Files, offset: u64) -> PathBuf {
    changed(files, "model.onnx", |model| {
        let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
        tensor.raw_data = None;
        tensor.data_location = Some(proto::tensor_proto::DataLocation::External.into());
        let entries = [("location", "weights.bin".to_owned()), ("offset", offset.to_string())];
        let entry =
            |(key, value): (&str, String)| proto::StringStringEntryProto { key: Some(key.into()), value: Some(value) };
        tensor.external_data = entries.map(entry).into();
    })
}

#[test]
#[cfg(unix)]
fn nobody_waits_for_sparse_files() {
    let files = Files::new();
    let model = beside(&files, 1 << 39);
    let weights = fs::File::create(files.path("weights.bin")).unwrap();
    weights.set_len(1 << 40).unwrap();
    let (code, _, error) = files.run(&["convert", text(&model), "-o", text(&files.path("out.mnn"))], None);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("weights.bin` is sparse: read as a whole, it wants 1099511.6 MB"), "{error}");
    // Settings, which every command reads, are no longer than people write them.
    let settings = fs::File::create(files.path("edgeconv.toml")).unwrap();
    settings.set_len(3 << 30).unwrap();
    let (code, _, error) = files.run(&["check", text(&model), "--against", text(&model)], None);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("edgeconv.toml") && error.contains("expected a text of at most 16"), "{error}");
}

#[test]
fn a_limit_that_is_none_is_misuse() {
    let files = Files::new();
    let model = write(&files, "model.onnx", &scaled(&[("y", 2.0)]));
    for limit in ["garbage", "-5G", "1.5G"] {
        let mut command = files.command(&["inspect", text(&model)], None);
        let (code, _, error) = outcome(command.env("EDGECONV_MAX_MEMORY", limit).output().unwrap());
        assert!(code == 2 && error.contains(limit) && error.contains("--max-memory"), "{limit}: {code} {error}");
    }
}

#[test]
#[cfg(unix)]
fn weights_outside_of_the_folder_are_not_run() {
    let files = Files::new();
    let mut b = Builder::new("sums");
    let x = b.input("x", [1, 2000]).unwrap();
    let weights = b.constant("weights", Tensor::vector((0..2000).map(|index| index as f32).collect())).unwrap();
    let y = b.node("y", Binary::Add, &[x, weights]).unwrap();
    b.output("y", y);
    let model = write(&files, "model.onnx", &b.finish());
    fs::create_dir(files.path("folder")).unwrap();
    let out = files.path("folder/out.mnn");
    let convert = ["convert", text(&model), "-o", text(&out), "--external-weights", "always"];
    assert_eq!(files.run(&convert, None).0, 0);
    let check = ["check", text(&out), "--against", text(&model)];
    assert_eq!(files.run(&check, None).0, 0);
    let weights = files.path("folder/out.mnn.weight");
    fs::rename(&weights, files.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", &weights).unwrap();
    let (code, _, error) = files.run(&check, None);
    assert!(code != 0 && error.contains("out.mnn.weight") && error.contains("it is not beside"), "{code}: {error}");
}
