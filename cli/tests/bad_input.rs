//! Mistakes that people make: each gives a clear error, the right exit code, and leaves nothing behind.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::target::onnx;
use edgeconv_graph::op::Unary;
use edgeconv_graph::{Builder, Tensor};
use edgeconv_schema::onnx as proto;
use edgeconv_test_support::{golden, names, outcome, skip_anywhere};
use support::{Files, edgeconv, run, text};

/// Exports `model` with `more` flags into a new folder; expects exit code `code`, an error that contains all of `expected`,
/// and an empty folder.
fn export_fails(model: &str, more: &[&str], code: i32, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let (found, _, error) = run(&[&["export", model, "-o", text(folder.path())], more].concat());
    assert_eq!(found, code, "{model} {more:?}: {error}");
    for text in expected {
        assert!(error.contains(text), "{model} {more:?}: `{text}` is not in: {error}");
    }
    assert_eq!(names(folder.path()), Vec::<String>::new(), "{model} {more:?} left files");
}

fn fails(more: &[&str], code: i32, expected: &[&str]) {
    export_fails("edgeformer-xs", more, code, expected);
}

/// Exports with a weights file of this content.
fn fails_with_weights(name: &str, content: &[u8], expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    fails(&["--weights", text(&file)], 2, &[&[name], expected].concat());
}

/// A .safetensors file with one scalar.
fn checkpoint_with(folder: &Path, key: &str) -> PathBuf {
    let header = format!(r#"{{"{key}":{{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}}}"#);
    let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &1.0_f32.to_le_bytes()].concat();
    let file = folder.join("one-key.safetensors");
    fs::write(&file, bytes).unwrap();
    file
}

#[test]
fn files_that_are_no_checkpoints() {
    fails(&["--weights", "absent.pt"], 2, &["absent.pt"]);
    fails_with_weights("empty.pt", b"", &[]);
    fails_with_weights("garbage.pt", b"certainly no checkpoint", &[]);
    fails_with_weights("garbage.safetensors", &[0xff; 100], &[]);
    // A pickle that would run a shell command when Python loads it.
    let folder = tempfile::tempdir().unwrap();
    let proof = folder.path().join("it-ran");
    let malicious = format!("cposix\nsystem\n(S'touch {}'\ntR.", proof.display());
    fails_with_weights("malicious.pt", malicious.as_bytes(), &["posix.system"]);
    assert!(!proof.exists());
}

#[test]
fn checkpoints_that_do_not_fit() {
    let Some(golden) = golden("") else { return };
    let file = golden.join("edgeformer_s.pt");
    let whole = fs::read(&file).unwrap();
    fails_with_weights("truncated.pt", &whole[..whole.len() / 2], &[]);
    fails(&["--weights", text(&golden.join("mobilevit_s.pt"))], 2, &["mobilevit_s.pt", "another architecture"]);
    let folder = tempfile::tempdir().unwrap();
    let weights = ["--weights", text(&file), "-o", text(folder.path())];
    let (code, _, error) = run(&[&["export", "edgeformer-s", "--classes", "10"], &weights[..]].concat());
    assert_eq!(code, 2);
    assert!(error.contains("1000") && error.contains("--classes 1000"), "{error}");
    assert!(names(folder.path()).is_empty());
    let file = golden.join("ssd_edgeformer_s.pt");
    let classes = ["ssd_edgeformer_s.pt", "has 81 classes, the model 20: use --classes 81"];
    export_fails("ssd-edgeformer-s", &["--classes", "20", "--weights", text(&file)], 2, &classes);
    let file = golden.join("deeplabv3_edgeformer_s.pt");
    let classes = ["deeplabv3_edgeformer_s.pt", "has 21 classes, the model 7: use --classes 21"];
    export_fails("deeplabv3-edgeformer-s", &["--classes", "7", "--weights", text(&file)], 2, &classes);
}

#[test]
fn checkpoints_of_another_task() {
    let folder = tempfile::tempdir().unwrap();
    let detector = checkpoint_with(folder.path(), "ssd_heads.0.loc_cls_layer.block.conv.bias");
    let expected = ["one-key.safetensors", "is for detection", "choose a model for detection"];
    fails(&["--weights", text(&detector)], 2, &expected);
    export_fails("deeplabv3-edgeformer-xs", &["--weights", text(&detector)], 2, &expected);
    let backbone = checkpoint_with(folder.path(), "conv_1.block.conv.weight");
    let expected = ["one-key.safetensors", "it holds a backbone", "--backbone-weights"];
    export_fails("ssd-edgeformer-xs", &["--weights", text(&backbone)], 2, &expected);
    export_fails("deeplabv3-mobilevit-xxs", &["--weights", text(&backbone)], 2, &expected);
    let expected = ["`edgeformer-xs` is a classifier", "use --weights"];
    fails(&["--backbone-weights", text(&backbone)], 2, &expected);
    let both = ["--backbone-weights", "a.pt", "--weights", "b.pt"];
    export_fails("ssd-edgeformer-xs", &both, 2, &["cannot be used with"]);
    let missing = ["one-key.safetensors", "missing in the checkpoint", "encoder.conv_1.block.conv.weight expected"];
    export_fails("ssd-edgeformer-xs", &["--backbone-weights", text(&backbone)], 2, &missing);
}

#[test]
fn sizes_that_the_network_can_not_take() {
    fails(&["--size", "0"], 2, &["at least 1"]);
    fails(&["--size", "64x0"], 2, &["at least 1"]);
    fails(&["--size", "large"], 2, &["192x320"]);
    fails(&["--size", "-3"], 2, &[]);
    fails(&["--size", "1000000"], 2, &["2^31"]);
    fails(&["--size", "288", "--set", "model.classification.edge.instance_kernel=crop"], 2, &["1 to 256"]);
    let stride = ["500x512", "model.segmentation.output_stride=16", "multiple of 16, e.g. 512x512"];
    export_fails("deeplabv3-edgeformer-xs", &["--size", "500x512"], 2, &stride);
    export_fails("parc-convnext-xt", &["--size", "224x31"], 2, &["224x31", "at least 32"]);
}

#[test]
fn wrong_options() {
    fails(&["--classes", "0"], 2, &["at least one class"]);
    fails(&["--batch", "0"], 2, &["--batch"]);
    fails(&["--frobnicate"], 2, &["--frobnicate"]);
    fails(&["--set", "model.classification.edge.kernal=gcc"], 2, &["model.classification.edge.kernel"]);
    fails(&["--set", "model.classification.edge.kernel=dense"], 2, &["gcc_ca"]);
    let another = ["`model.classification.parc`", "another network", "choose the model `resnet50`"];
    export_fails("parc-resnet50", &["--set", "model.classification.parc=false"], 2, &another);
    fails(&["--recipe", "absent.yaml"], 2, &["absent.yaml"]);
    let folder = tempfile::tempdir().unwrap();
    let recipe = folder.path().join("wide.yaml");
    fs::write(&recipe, "model:\n  layer:\n    linear_init_std_dev: 2147483600\n").unwrap();
    fails(&["--recipe", text(&recipe)], 2, &["wide.yaml`: an initialisation has standard deviation 2147483600"]);
    fails(&["--opset", "3"], 1, &["3"]);
    fails(&["--format", "tflite"], 2, &["onnx"]);
}

#[test]
fn an_unknown_model_gets_a_suggestion() {
    let (code, _, error) = run(&["export", "edgefromer-s", "-o", "unused"]);
    assert_eq!(code, 2);
    assert!(error.contains("unknown model `edgefromer-s`; did you mean `edgeformer-s`"), "{error}");
    assert!(!Path::new("unused").exists());
}

#[test]
fn a_folder_that_can_not_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (code, _, error) = run(&["export", "edgeformer-xs", "-o", text(&file.join("sub"))]);
    assert_eq!(code, 2);
    assert!(error.contains("can't write `") && error.contains("Not a directory"), "{error}");
}

/// A folder on a file system of 1 MB, made in a mount namespace of its own.
#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=1M tmpfs '{0}' && '{1}' export edgeformer-xs --size 32 -o '{0}'; code=$?; ls -A '{0}' >&2; exit $code",
        text(folder.path()),
        env!("CARGO_BIN_EXE_edgeconv")
    );
    let output =
        std::process::Command::new("unshare").args(["--mount", "--map-root-user", "sh", "-c", &script]).output();
    let (code, _, error) = match output {
        Ok(output) => outcome(output),
        Err(error) => return skip_anywhere(format_args!("no `unshare` to mount a small file system with: {error}")),
    };
    if error.contains("unshare:") || error.contains("mount:") {
        return skip_anywhere(format_args!("a small file system can't be mounted here: {error}"));
    }
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("No space left") && error.contains("edgeformer-xs.onnx"), "{error}");
    assert!(!error.lines().any(|line| line.starts_with("edgeformer-xs")), "files were left: {error}");
}

#[test]
fn a_model_that_crashes_or_is_damaged_is_an_error_message() {
    let folder = tempfile::tempdir().unwrap();
    let export = ["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", text(folder.path())];
    assert_eq!(run(&export).0, 0);
    let file = folder.path().join("edgeformer-xs.mnn");
    let whole = fs::read(&file).unwrap();
    for damaged in [&whole[..whole.len() / 2], &whole[..10], &[], b"not a model at all, but long enough to be read"] {
        fs::write(&file, damaged).unwrap();
        let (code, _, error) = run(&["bench", text(&file), "--runs", "1", "--warmup", "0"]);
        assert_eq!(code, 1, "{error}");
        assert!(error.contains("edgeformer-xs.mnn"), "{error}");
    }
}

#[test]
fn without_the_agent_the_error_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = edgeconv();
    command.env("EDGECONV_AGENT", folder.path().join("absent"));
    command.args(["export", "edgeformer-xs", "--size", "32", "-o", text(folder.path())]);
    let (code, _, error) = outcome(command.output().unwrap());
    assert_eq!(code, 1);
    assert!(error.contains("edgeconv-agent") && error.contains("--no-check"), "{error}");
    assert!(names(folder.path()).is_empty());
}

/// The end to write to of a pipe that nobody reads.
fn closed_pipe() -> std::io::PipeWriter {
    let (_, writer) = std::io::pipe().unwrap();
    writer
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for command in [&["models"][..], &["models", "--json"], &["--help"], &["export", "--help"]] {
        let (code, _, error) = outcome(edgeconv().args(command).stdout(closed_pipe()).output().unwrap());
        assert_eq!((code, error.as_str()), (0, ""), "{command:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let export = ["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", text(folder.path())];
    assert_eq!(outcome(edgeconv().args(export).stderr(closed_pipe()).output().unwrap()).0, 0);
    assert_eq!(outcome(edgeconv().args(["export", "absent", "-o", "x"]).stderr(closed_pipe()).output().unwrap()).0, 2);
}

#[test]
fn a_conversion_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (missing, garbage, out) = (path("missing.onnx"), path("garbage.onnx"), path("out.mnn"));
    std::fs::write(&garbage, "not a model").unwrap();
    let convert = |source: &std::path::Path, out: &std::path::Path, more: &[&str]| {
        let (code, _, error) = run(&[&["convert", text(source), "-o", text(out)], more].concat());
        (code, error)
    };
    let (code, error) = convert(&missing, &out, &[]);
    assert!(code == 2 && error.contains("missing.onnx"), "{error}");
    let (code, error) = convert(&garbage, &out, &[]);
    assert!(code == 2 && error.contains("is not an ONNX or PyTorch model"), "{error}");
    let (code, error) = convert(&garbage, &path("out.txt"), &[]);
    assert!(code == 2 && error.contains("expected a name that ends in .onnx or .mnn"), "{error}");
    let (code, error) = convert(&garbage, &out, &["--input", "x"]);
    assert!(code == 2 && error.contains("expected NAME=SHAPE"), "{error}");
    assert!(!out.exists());
    fs::create_dir(&out).unwrap();
    let (code, error) = convert(&missing, &out, &[]);
    assert!(code == 2 && error.contains("out.mnn`: it is a folder; expected the name of a file"), "{error}");
    let empty = path("empty.onnx");
    fs::write(&empty, "").unwrap();
    let (code, _, error) = run(&["inspect", text(&empty)]);
    assert!(code == 2 && error.contains("empty.onnx` is not an ONNX model: it has no graph"), "{error}");
}

/// `y = Relu(x)`, `x` of this shape in the graph and `[?, 3]` in the file.
fn open_model(files: &Files, shape: [usize; 2]) -> PathBuf {
    let mut b = Builder::new("model");
    let x = b.input("x", shape).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    let z = b.node("z", Unary::Neg, &[y]).unwrap();
    b.output("z", z);
    let bytes = onnx::export(&b.finish(), onnx::DEFAULT_OPSET).unwrap();
    let mut model: proto::ModelProto = prost::Message::decode(bytes.as_slice()).unwrap();
    let graph = model.graph.as_mut().unwrap();
    graph.value_info.clear();
    graph.output[0].r#type = None;
    let Some(proto::type_proto::Value::TensorType(ty)) = &mut graph.input[0].r#type.as_mut().unwrap().value else {
        panic!("no tensor");
    };
    ty.shape.as_mut().unwrap().dim[0].value = None;
    files.write("open.onnx", prost::Message::encode_to_vec(&model))
}

#[test]
fn what_is_asked_for_and_can_not_be() {
    let files = Files::new();
    let (model, out) = (open_model(&files, [2, 3]), files.path("out.mnn"));
    let convert = |more: &[&str]| run(&[&["convert", text(&model), "-o", text(&out), "--json"], more].concat());
    let (code, json, error) = convert(&["--input", "x=2x4"]);
    assert!(code == 2 && error.contains("the file has [?, 3]"), "{error}");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["error"].as_str().is_some_and(|reason| error.contains(reason)), "{json}");
    let (code, _, error) = convert(&["--input", "x=2x3", "--end-at", "y,z,y"]);
    assert!(code == 2 && error.contains("end at `y` twice"), "{error}");
    let (code, _, error) = convert(&["--input", "x=500000000x3"]);
    assert!(
        code == 2
            && error.contains("open.onnx`: `x` can't be read: it wants 6000.0 MB of memory")
            && error.contains("--max-memory"),
        "{error}"
    );
    let number = files.path("x.npy");
    edgeconv_validate::input::write(&number, &Tensor::new([2, 3], vec![1e300_f64; 6]).unwrap()).unwrap();
    let (code, _, error) = convert(&["--value", &format!("x={}", text(&number))]);
    assert!(code == 2 && error.contains("with numbers that f32, which the model takes, does not have"), "{error}");
    assert_eq!(names(files.folder()), ["open.onnx", "x.npy"]);
}

/// A file of a kilobyte that asks for more memory than there is ends the process that runs it, not ours.
#[test]
fn a_model_that_fills_the_memory_is_an_error_message() {
    let files = Files::new();
    let mut b = Builder::new("model");
    let x = b.input("x", [1]).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    b.output("y", y);
    let bytes = onnx::export(&b.finish(), onnx::DEFAULT_OPSET).unwrap();
    let mut model: proto::ModelProto = prost::Message::decode(bytes.as_slice()).unwrap();
    let graph = model.graph.as_mut().unwrap();
    let shape = proto::TensorProto {
        name: Some("shape".into()),
        data_type: Some(proto::tensor_proto::DataType::Int64.into()),
        dims: vec![2],
        int64_data: vec![1 << 30, 1 << 30],
        ..Default::default()
    };
    graph.initializer.push(shape);
    let node = |op: &str, input: &[&str], output: &str| proto::NodeProto {
        op_type: Some(op.into()),
        input: input.iter().map(|&name| name.to_owned()).collect(),
        output: vec![output.to_owned()],
        ..Default::default()
    };
    graph.node = vec![node("ConstantOfShape", &["shape"], "huge"), node("Mul", &["x", "huge"], "y")];
    graph.output[0].r#type = None;
    let path = files.write("huge.onnx", prost::Message::encode_to_vec(&model));
    let check = ["check", text(&path), "--against", text(&path), "--engine", "rten"];
    let (code, _, error) = run(&check);
    assert!(code == 1 && error.starts_with("error: rten can't run `") && error.contains("huge.onnx"), "{error}");
}
