//! Small good files of every format that edgeconv reads, and the commands that read them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use edgeconv_schema::onnx::NodeProto;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::mutation::Kind;
use crate::onnx::{Model, body, external, floats, indices, int, ints, node, scalar, tensor, text};
use crate::place::{Place, SuiteError};

/// Where a sample's files are while commands read them, in the place.
pub const FOLDER: &str = "given/stranger";

/// Files of one format.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What it is, such as `onnx`.
    pub format: &'static str,
    /// Name and content of each file. Changes are made to the first ones: as many as there are kinds.
    pub files: Vec<(String, Vec<u8>)>,
    /// What files are to whoever changes them.
    pub kinds: Vec<Kind>,
    /// Commands that read the files, in [`FOLDER`], and write into `out`.
    pub commands: &'static [&'static str],
}

const ONNX: &[&str] = &[
    "convert given/stranger/model.onnx -o out/model.mnn --no-check",
    "convert given/stranger/model.onnx -o out/model.onnx --no-check --explain",
    "convert given/stranger/model.onnx -o out/model.mnn --no-check --rewrite approximate --external-weights always",
    "inspect given/stranger/model.onnx --graph",
    "inspect given/stranger/model.onnx --json",
    "diff given/stranger/model.onnx given/stranger/model.onnx",
    "check given/stranger/model.onnx --against given/stranger/model.onnx --timeout 4",
    "check given/stranger/model.onnx --against given/stranger/model.onnx --timeout 4 --engine rten",
];

const MNN: &[&str] = &[
    "inspect given/stranger/model.mnn --graph",
    "inspect given/stranger/model.mnn --html out/page.html",
    "diff given/stranger/model.mnn given/good.onnx",
    "quantize given/stranger/model.mnn --store int4-all -o out/model.mnn --no-check",
    "check given/stranger/model.mnn --against given/good.onnx --timeout 4",
];

const CHECKPOINT: &[&str] = &[
    "inspect given/stranger/checkpoint --graph",
    "export edgeformer-xs --weights given/stranger/checkpoint --size 32 --no-check -o out",
];

const NPY: &[&str] = &[
    "run given/good.mnn --input given/stranger/input.npy --input-name x -o out/results",
    "check given/good.mnn --against given/good.onnx --input given/stranger/input.npy",
    "convert given/good.onnx --value x=given/stranger/input.npy --no-check -o out/model.mnn",
];

/// Commands that read such a file.
pub const NPZ: &[&str] = &["check given/good.mnn --against given/good.onnx --input given/stranger/inputs.npz"];

const RECIPE: &[&str] = &[
    "export edgeformer-xs --recipe given/stranger/recipe.yaml --size 32 --no-check -o out",
    "export edgeformer-xs --recipe given/stranger/recipe.yaml --size 32 --no-check -o out --set model.classification.edge.mode=outer_frame_v1",
];

const GOLDEN: &[&str] = &[
    "check given/good.mnn --against given/stranger",
    "check given/good.mnn --against given/good.onnx --watch-drift given/stranger",
];

const SETTINGS: &[&str] = &["check given/good.mnn --against given/good.onnx --config given/stranger/edgeconv.toml"];

/// Commands that read such a file.
pub const PICTURE: &[&str] = &["run given/edgeformer-xs.mnn --image given/stranger/picture -o out/results"];

/// Commands that read such a file.
pub const REPORT: &[&str] =
    &["run given/edgeformer-xs.mnn --image given/picture.png --report given/stranger/model.report.json -o out/results"];

/// All samples; `given` gets the good files that commands take beside them.
///
/// # Errors
/// If files can't be made, read or written.
pub fn all(place: &Place) -> Result<Vec<Sample>, SuiteError> {
    let mut samples = vec![];
    for (name, model) in models() {
        let onnx = model.bytes();
        samples.push(Sample::new("onnx", &[("model.onnx", &onnx, Kind::Protobuf)], ONNX));
        let path = format!("given/{name}.onnx");
        fs::write(place.path(&path), &onnx)?;
        for (format, storage) in [("mnn", "never"), ("mnn-weights", "always")] {
            place.clear()?;
            place.complete(&["convert", &path, "--no-check", "--external-weights", storage, "-o", "out/model.mnn"])?;
            let mnn = fs::read(place.path("out/model.mnn"))?;
            let weights = place.path("out/model.mnn.weight");
            if !weights.exists() {
                samples.push(Sample::new(format, &[("model.mnn", &mnn, Kind::FlatBuffers)], MNN));
                continue;
            }
            let files =
                [("model.mnn", &mnn[..], Kind::FlatBuffers), ("model.mnn.weight", &fs::read(weights)?, Kind::Bytes)];
            samples.push(Sample::new(format, &files, MNN));
        }
    }
    let data: Vec<u8> = ramp(4 * 3 * 9).iter().flat_map(|number| number.to_le_bytes()).collect();
    let files = [("model.onnx", &outside().bytes()[..], Kind::Protobuf), ("weights.bin", &data, Kind::Bytes)];
    samples.push(Sample::new("onnx-data", &files, ONNX));
    samples.extend(checkpoints()?);
    samples.extend(inputs()?);
    samples.extend(texts(place)?);
    place.clear()?;
    Ok(samples)
}

/// ONNX files in a folder and those below it, as ONNX's own operator tests.
///
/// # Errors
/// If they can't be read.
pub fn in_folder(folder: &Path) -> Result<Vec<Sample>, SuiteError> {
    let mut samples = vec![];
    let mut entries =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            samples.extend(in_folder(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "onnx") {
            samples.push(Sample::new("onnx", &[("model.onnx", &fs::read(path)?, Kind::Protobuf)], ONNX));
        }
    }
    Ok(samples)
}

impl Sample {
    fn new(format: &'static str, files: &[(&str, &[u8], Kind)], commands: &'static [&'static str]) -> Self {
        let (files, kinds) = files.iter().map(|&(name, bytes, kind)| ((name.to_owned(), bytes.to_vec()), kind)).unzip();
        Self { format, files, kinds, commands }
    }
}

fn ramp(count: usize) -> Vec<f32> {
    (0..count).map(|index| index as f32 / count as f32 - 0.5).collect()
}

/// `good`, which others are compared with, and models with what readers have code of its own for.
fn models() -> Vec<(&'static str, Model)> {
    let chain = |nodes: Vec<NodeProto>| Model::new(nodes).input("x", &[1, 3, 8, 8]);
    let weights = || floats("w", &[4, 3, 3, 3], &ramp(108));
    let good = vec![
        node("Conv", &["x", "w", "b"], &["c"], vec![ints("pads", &[1, 1, 1, 1]), ints("strides", &[2, 2])]),
        node("Relu", &["c"], &["r"], vec![]),
        node("GlobalAveragePool", &["r"], &["p"], vec![]),
        node("Flatten", &["p"], &["f"], vec![]),
        node("Gemm", &["f", "g"], &["y"], vec![int("transB", 1)]),
    ];
    let good = chain(good).constant(weights()).constant(floats("b", &[4], &ramp(4)));
    let good = good.constant(floats("g", &[2, 4], &ramp(8))).output("y", 2);
    let shapes = vec![
        node("Shape", &["x"], &["s"], vec![]),
        node("Gather", &["s", "one"], &["n"], vec![]),
        node("Concat", &["n", "rest"], &["to"], vec![int("axis", 0)]),
        node("Reshape", &["x", "to"], &["t"], vec![]),
        node("Slice", &["t", "start", "end", "one"], &["l"], vec![]),
        node("Resize", &["x", "", "scales"], &["z"], vec![text("mode", "nearest")]),
        node("Transpose", &["z"], &["y"], vec![ints("perm", &[0, 2, 3, 1])]),
    ];
    let shapes =
        chain(shapes).constant(indices("one", &[1])).constant(indices("rest", &[-1])).constant(indices("start", &[0]));
    let shapes = shapes.constant(indices("end", &[2])).constant(floats("scales", &[4], &[1.0, 1.0, 2.0, 2.0]));
    let shapes = shapes.output("y", 4).output("l", 2);
    let quantised = vec![
        node("QuantizeLinear", &["x", "scale", "zero"], &["q"], vec![]),
        node("DequantizeLinear", &["q", "scale", "zero"], &["d"], vec![]),
        node("DequantizeLinear", &["w8", "scales", "zeros"], &["w"], vec![int("axis", 0)]),
        node("Conv", &["d", "w"], &["y"], vec![]),
    ];
    let quantised =
        chain(quantised).constant(floats("scale", &[], &[0.02])).constant(tensor("zero", 2, &[], vec![128]));
    let quantised = quantised.constant(tensor("w8", 3, &[2, 3, 1, 1], vec![1, 2, 3, 4, 5, 250]));
    let quantised =
        quantised.constant(floats("scales", &[2], &[0.1, 0.2])).constant(tensor("zeros", 3, &[2], vec![0, 0]));
    let inside = vec![node("Add", &["state", "b"], &["next"], vec![]), node("Identity", &["go"], &["goes"], vec![])];
    let yes = body("then_branch", &[], vec![node("Relu", &["last"], &["a"], vec![])], &["a"]);
    let no = body("else_branch", &[], vec![node("Neg", &["last"], &["n"], vec![])], &["n"]);
    let control = vec![
        node(
            "Loop",
            &["count", "", "x"],
            &["last"],
            vec![body("body", &["i", "go", "state"], inside, &["goes", "next"])],
        ),
        node("If", &["yes"], &["y"], vec![yes, no]),
    ];
    let control = chain(control).constant(scalar("count", 3)).constant(tensor("yes", 9, &[], vec![1]));
    let control = control.constant(floats("b", &[1], &[0.5])).output("y", 4);
    let sequences = vec![
        node("SplitToSequence", &["x"], &["s"], vec![int("axis", 1)]),
        node("SequenceAt", &["s", "one"], &["a"], vec![]),
        node("ConcatFromSequence", &["s"], &["c"], vec![int("axis", 1)]),
        node("Mul", &["a", "c"], &["y"], vec![]),
    ];
    let sequences = chain(sequences).constant(scalar("one", 1)).output("y", 4);
    let recurrent = vec![node("GRU", &["s", "w", "r"], &["y"], vec![int("hidden_size", 2)])];
    let recurrent = Model::new(recurrent).input("s", &[3, 1, 4]).constant(floats("w", &[1, 6, 4], &ramp(24)));
    let recurrent = recurrent.constant(floats("r", &[1, 6, 2], &ramp(12))).output("y", 4);
    vec![
        ("good", good),
        ("shapes", shapes),
        ("quantised", quantised.output("y", 4)),
        ("control", control),
        ("sequences", sequences),
        ("recurrent", recurrent),
    ]
}

/// A model with weights beside it, in `weights.bin`.
fn outside() -> Model {
    let location = [("location", "weights.bin"), ("offset", "0"), ("length", "432")];
    let model = Model::new(vec![node("Conv", &["x", "w"], &["y"], vec![])]).input("x", &[1, 3, 8, 8]);
    model.constant(external("w", &[4, 3, 3, 3], &location)).output("y", 4)
}

/// What PyTorch has written, in its current and its old format, and a `.safetensors` file.
fn checkpoints() -> Result<Vec<Sample>, SuiteError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../zoo/tests/weights");
    let mut samples = vec![];
    for name in ["training.pt", "kinds.pt", "module.pt", "protocol4.pt", "half.pt", "complex.pt", "legacy.pt"] {
        let kind = if name == "legacy.pt" { Kind::Pickle } else { Kind::Zip };
        samples.push(Sample::new("checkpoint", &[("checkpoint", &fs::read(folder.join(name))?, kind)], CHECKPOINT));
    }
    let header = r#"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"I64","shape":[],"data_offsets":[24,32]},"c":{"dtype":"F16","shape":[4],"data_offsets":[32,40]}}"#;
    let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &[1; 40]].concat();
    samples.push(Sample::new("safetensors", &[("checkpoint", &bytes, Kind::Safetensors)], CHECKPOINT));
    Ok(samples)
}

/// Arrays and pictures.
fn inputs() -> Result<Vec<Sample>, SuiteError> {
    let npy = npy(&[1, 3, 8, 8], &ramp(192));
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    archive.start_file("x.npy", SimpleFileOptions::default()).map_err(std::io::Error::other)?;
    archive.write_all(&npy)?;
    let npz = archive.finish().map_err(std::io::Error::other)?.into_inner();
    let [png, jpeg] = [image::ImageFormat::Png, image::ImageFormat::Jpeg].map(picture);
    Ok(vec![
        Sample::new("npy", &[("input.npy", &npy, Kind::Npy)], NPY),
        Sample::new("npz", &[("inputs.npz", &npz, Kind::Zip)], NPZ),
        Sample::new("picture", &[("picture", &png?, Kind::Png)], PICTURE),
        Sample::new("picture", &[("picture", &jpeg?, Kind::Bytes)], PICTURE),
    ])
}

/// An array of floats in version 1 of the format.
pub fn npy(shape: &[i64], data: &[f32]) -> Vec<u8> {
    let shape: String = shape.iter().map(|length| format!("{length}, ")).collect();
    let mut header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}");
    let filling = 63 - (10 + header.len()) % 64;
    header.extend(std::iter::repeat_n(' ', filling));
    header.push('\n');
    let length = u16::try_from(header.len()).unwrap_or(u16::MAX).to_le_bytes();
    let elements: Vec<u8> = data.iter().flat_map(|number| number.to_le_bytes()).collect();
    [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), &elements].concat()
}

fn picture(format: image::ImageFormat) -> Result<Vec<u8>, SuiteError> {
    let picture = image::RgbImage::from_fn(24, 16, |x, y| image::Rgb([x as u8 * 10, y as u8 * 15, 90]));
    let mut bytes = Cursor::new(vec![]);
    picture.write_to(&mut bytes, format).map_err(std::io::Error::other)?;
    Ok(bytes.into_inner())
}

/// Recipes, settings, golden folders and reports.
fn texts(place: &Place) -> Result<Vec<Sample>, SuiteError> {
    let recipe = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../configs/classification/edgeformer_xs.yaml"))?;
    let settings = "[check]\nmetric = \"max\"\natol = 1e-3\nsamples = 2\nseed = 3\n\n[check.ranges]\nx = [0.0, 1.0]\n\n[check.outputs]\ny = { atol = 1e-3 }\n";
    place.complete(&["convert", "given/good.onnx", "--no-check", "-o", "given/good.mnn"])?;
    place.clear()?;
    place.complete(&["check", "given/good.mnn", "--against", "given/good.onnx", "--save-golden", "out/golden"])?;
    let mut golden = vec![];
    for entry in fs::read_dir(place.path("out/golden"))? {
        let entry = entry?;
        golden.push((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?));
    }
    golden.sort_by_key(|(name, _)| name.clone() != "golden.json");
    let report = fs::read(place.path("given/edgeformer-xs.report.json"))?;
    fs::write(place.path("given/picture.png"), picture(image::ImageFormat::Png)?)?;
    Ok(vec![
        Sample::new("recipe", &[("recipe.yaml", &recipe, Kind::Text)], RECIPE),
        Sample::new("settings", &[("edgeconv.toml", settings.as_bytes(), Kind::Text)], SETTINGS),
        Sample::new("report", &[("model.report.json", &report, Kind::Text)], REPORT),
        Sample { format: "golden", files: golden, kinds: vec![Kind::Text], commands: GOLDEN },
    ])
}
