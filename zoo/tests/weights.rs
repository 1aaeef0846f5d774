//! Checkpoints that torch wrote (see `weights/make_fixtures.py`), broken ones, and ones that do not fit.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic: that is how it fails")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use edgeconv_graph::{Builder, Graph, Tensor, ValueKind};
use edgeconv_zoo::weights::{Alias, Checkpoint, InitName, Initialisation, WeightsError, initialise, load, read};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use safetensors::Dtype;
use safetensors::tensor::TensorView;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/weights").join(name)
}

/// Writes `bytes` to a file that lives as long as the folder.
fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn error(path: impl AsRef<Path>) -> WeightsError {
    read(path).expect_err("this file must be refused")
}

fn values<'a>(checkpoint: &'a Checkpoint, key: &str) -> &'a [f32] {
    checkpoint.tensors[key].as_f32().unwrap()
}

/// The network of the fixtures. `norm` is the module path of its BatchNorm.
fn net(norm: &str, classes: usize) -> Graph {
    let mut b = Builder::new("net");
    b.parameter("conv.weight", [4, 3, 3, 3]).unwrap();
    for leaf in ["weight", "bias"] {
        b.parameter(&format!("{norm}.{leaf}"), [4]).unwrap();
    }
    for leaf in ["running_mean", "running_var"] {
        b.buffer(&format!("{norm}.{leaf}"), [4]).unwrap();
    }
    b.parameter("fc.weight", [classes, 4]).unwrap();
    b.parameter("fc.bias", [classes]).unwrap();
    b.finish()
}

fn tensor<'a>(graph: &'a Graph, name: &str) -> &'a [f32] {
    let (id, _) = graph.values().find(|(_, value)| value.name == name).unwrap();
    graph.floats(id).unwrap()
}

/// A checkpoint that no file holds.
fn checkpoint(tensors: &[(&str, &[usize], f32)]) -> Checkpoint {
    let filled = |shape: &[usize], value| Tensor::f32(shape, vec![value; shape.iter().product()]).unwrap();
    let tensors = tensors.iter().map(|(key, shape, value)| ((*key).to_owned(), filled(shape, *value)));
    Checkpoint { path: "made.pt".into(), tensors: tensors.collect(), notes: vec![] }
}

fn mismatch(graph: &mut Graph, checkpoint: &Checkpoint) -> String {
    let before = graph.clone();
    let error = load(graph, checkpoint, &[]).expect_err("this checkpoint must not fit");
    assert!(matches!(error, WeightsError::Mismatch(_)), "{error}");
    assert_eq!(*graph, before);
    error.to_string()
}

mod formats {
    use super::*;

    #[test]
    fn training_checkpoint_gives_the_ema() {
        let checkpoint = read(fixture("training.pt")).unwrap();
        let note = "read `ema_state_dict` of a training checkpoint, which also holds `model_state_dict`";
        assert_eq!(checkpoint.notes, [note]);
        assert_eq!(checkpoint.tensors.len(), 8);
        // The optimizer has moved the model's own weights away from these.
        assert_eq!(values(&checkpoint, "fc.weight"), [6.0, 6.125, 6.25, 6.375, 6.5, 6.625, 6.75, 6.875]);
        assert_eq!(checkpoint.tensors["norm.num_batches_tracked"].as_i64(), Some(&[0][..]));

        let mut graph = net("norm", 2);
        assert!(load(&mut graph, &checkpoint, &[]).unwrap().is_empty());
        assert_eq!(tensor(&graph, "norm.running_var"), [4.0, 4.125, 4.25, 4.375]);
        assert!(graph.values().all(|(_, value)| value.tensor().is_some()));
    }

    #[test]
    fn every_container_gives_the_same_tensors() {
        let expected = read(fixture("training.pt")).unwrap();
        for (name, note) in [
            ("legacy.pt", None),
            ("protocol4.pt", None),
            ("parallel.pt", Some("dropped the prefix `module.` (DataParallel) from all keys")),
            // Both entries are one object, which the reader sees once.
            ("same_twice.pt", Some("read `model_state_dict` of a training checkpoint")),
            ("half.pt", Some("7 of 8 tensors were float16 and were widened to float32")),
        ] {
            let found = read(fixture(name)).unwrap();
            assert_eq!(found.tensors, expected.tensors, "{name}");
            assert_eq!(found.notes.last().map(String::as_str), note, "{name}");
        }
    }

    #[test]
    fn every_element_type_and_layout() {
        let checkpoint = read(fixture("kinds.pt")).unwrap();
        let counting = [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0];
        for key in ["float32", "float16", "bfloat16", "parameter"] {
            assert_eq!(values(&checkpoint, key), counting, "{key}");
        }
        assert_eq!(values(&checkpoint, "float64"), counting.map(|value| (f64::from(value) / 3.0) as f32));
        for (key, expected) in [
            ("int64", [-2, -1, 0, 1, 2, 3]),
            ("int32", [-2, -1, 0, 1, 2, 3]),
            ("int16", [-2, -1, 0, 1, 2, 3]),
            ("int8", [-2, -1, 0, 1, 2, 3]),
            ("uint8", [2, 1, 0, 1, 2, 3]),
            ("bool", [0, 0, 0, 1, 1, 1]),
        ] {
            assert_eq!(checkpoint.tensors[key].as_i64(), Some(&expected[..]), "{key}");
        }
        let expected: [(&str, &[usize], &[f32]); 5] = [
            ("transposed", &[3, 2], &[-2.0, 1.0, -1.0, 2.0, 0.0, 3.0]),
            ("column", &[2], &[-1.0, 2.0]),
            ("expanded", &[2, 3], &[-2.0, -1.0, 0.0, -2.0, -1.0, 0.0]),
            ("scalar", &[], &[2.5]),
            ("none", &[0], &[]),
        ];
        for (key, shape, numbers) in expected {
            assert_eq!(checkpoint.tensors[key].shape(), shape, "{key}");
            assert_eq!(values(&checkpoint, key), numbers, "{key}");
        }
        assert_eq!(values(&checkpoint, "permuted")[..7], [0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 1.0]);
        assert_eq!(
            checkpoint.notes,
            [
                "1 of 17 tensors were bfloat16 and were widened to float32",
                "1 of 17 tensors were float16 and were widened to float32",
                "1 of 17 tensors were float64 and were rounded to float32"
            ]
        );
    }

    /// A PyTorch file with a view of one number in this shape.
    fn view(folder: &tempfile::TempDir, length: i32) -> PathBuf {
        view_named(folder, "archive", length)
    }

    /// The same under a name that its entries have before their own.
    fn view_named(folder: &tempfile::TempDir, archive_name: &str, length: i32) -> PathBuf {
        use std::io::Write;
        let pickle = [
            b"\x80\x02}X\x01\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"
                .as_slice(),
            b"X\x01\0\0\x000X\x03\0\0\0cpuK\x01tQK\0J",
            &length.to_le_bytes(),
            b"\x85K\0\x85\x89ccollections\nOrderedDict\n)RtRs.",
        ];
        let path = folder.path().join("view.pt");
        let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, content) in
            [("data.pkl", pickle.concat()), ("data/0", 2.5_f32.to_le_bytes().to_vec()), ("version", b"3\n".to_vec())]
        {
            let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            archive.start_file(format!("{archive_name}/{name}"), options).unwrap();
            archive.write_all(&content).unwrap();
        }
        archive.finish().unwrap();
        path
    }

    /// Puts the ZIP64 records into an archive that PyTorch writes into each.
    fn add_zip64_records(path: &std::path::Path) {
        let mut bytes = std::fs::read(path).unwrap();
        let end = bytes.split_off(bytes.len() - 22);
        let number = |at: usize, length: usize| (0..length).rev().fold(0, |sum, i| sum << 8 | u64::from(end[at + i]));
        let (entries, size, offset) = (number(10, 2), number(12, 4), number(16, 4));
        bytes.extend(0x0606_4b50_u32.to_le_bytes());
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend([entries, entries, size, offset].iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(0x0706_4b50_u32.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend((offset + size).to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(end);
        std::fs::write(path, bytes).unwrap();
    }

    #[test]
    fn archives_with_names_of_any_length_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for letters in 1..40 {
            let path = view_named(&folder, &"n".repeat(letters), 3);
            add_zip64_records(&path);
            assert_eq!(values(&read(&path).unwrap(), "w"), [2.5; 3], "{letters} letters");
        }
    }

    #[test]
    fn views_that_are_larger_than_memory_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(values(&read(view(&folder, 3)).unwrap(), "w"), [2.5; 3]);
        let error = error(view(&folder, 1 << 28)).to_string();
        assert!(error.contains("view.pt`, tensor `w`: it wants 1073.7 MB of memory"), "{error}");
    }

    #[test]
    fn safetensors_are_known_by_their_content() {
        let folder = tempfile::tempdir().unwrap();
        let (floats, count) = ([1.0_f32, -2.0].map(f32::to_le_bytes), 3_i64.to_le_bytes());
        let bytes = safetensors([
            ("module.fc.bias", Dtype::F32, &[2], floats.as_flattened()),
            ("module.norm.num_batches_tracked", Dtype::I64, &[], &count),
        ]);
        let checkpoint = read(file(&folder, "misnamed.pt", &bytes)).unwrap();
        assert_eq!(values(&checkpoint, "fc.bias"), [1.0, -2.0]);
        assert_eq!(checkpoint.tensors["norm.num_batches_tracked"].as_i64(), Some(&[3][..]));
        assert_eq!(checkpoint.notes.len(), 1);
    }

    #[test]
    fn golden_checkpoint() {
        let Some(path) = edgeconv_test_support::golden("edgeformer_s.pt") else { return };
        let checkpoint = read(path).unwrap();
        assert!(checkpoint.notes.is_empty());
        let floats: Vec<&[f32]> = checkpoint.tensors.values().filter_map(Tensor::as_f32).collect();
        assert_eq!((checkpoint.tensors.len(), floats.len()), (557, 474));
        // What torch says about the same file.
        let sum = |values: &[f32]| values.iter().map(|&value| f64::from(value)).sum::<f64>();
        let kernel = &checkpoint.tensors["layer_3.1.spatial_global_rep.0.meta_kernel_1_H"];
        assert_eq!(kernel.shape(), [96, 1, 32, 1]);
        assert_eq!(kernel.as_f32().unwrap()[..3], [0.042_302_7, -0.025_033_992, 0.122_897_305]);
        assert!((sum(kernel.as_f32().unwrap()) - 13.723969710496021).abs() < 1e-9);
        assert!((sum(values(&checkpoint, "classifier.fc.bias")) + 5.194732874631882).abs() < 1e-9);
        let magnitude: f64 = floats.iter().flat_map(|values| values.iter()).map(|&value| f64::from(value.abs())).sum();
        assert!((magnitude - 328068.71504773584).abs() < 1e-6);

        // Its own keys, less the aliases, make a graph that it fits.
        let alias = Alias { alias: "residual.", original: "layer_5.0." };
        let mut graph = graph_of(&checkpoint.tensors, alias.alias);
        assert!(load(&mut graph, &checkpoint, &[alias]).unwrap().is_empty());
        assert_eq!(graph.parameter_count(), 5_037_088);
        let refused = mismatch(&mut graph, &checkpoint);
        assert!(
            refused.contains("of its 459 tensors 0 are missing and 0 have another shape, and 15 more"),
            "{refused}"
        );
    }

    /// A graph with the parameters and buffers of a state dict.
    fn graph_of(tensors: &BTreeMap<String, Tensor>, without: &str) -> Graph {
        let mut b = Builder::new("edgeformer-s");
        for (key, tensor) in tensors.iter().filter(|(key, _)| !key.starts_with(without)) {
            if key.contains(".running_") {
                b.buffer(key, tensor.shape()).unwrap();
            } else if tensor.as_f32().is_some() {
                b.parameter(key, tensor.shape()).unwrap();
            }
        }
        b.finish()
    }
}

fn safetensors<const N: usize>(tensors: [(&str, Dtype, &[usize], &[u8]); N]) -> Vec<u8> {
    let views = tensors.map(|(name, dtype, shape, data)| (name, TensorView::new(dtype, shape.to_vec(), data).unwrap()));
    safetensors::serialize(views, None).unwrap()
}

mod refused {
    use super::*;

    #[test]
    fn what_is_no_checkpoint() {
        let folder = tempfile::tempdir().unwrap();
        let missing = error(folder.path().join("missing.pt"));
        assert!(matches!(missing, WeightsError::Unreadable { .. }), "{missing}");
        assert!(missing.to_string().contains("missing.pt`: No such file"), "{missing}");

        let zip = |name: &str, content: &[u8]| archive(&[(name, content)]);
        for (content, found) in [
            (&b""[..], "an empty file"),
            (b"PK", "a text file that begins with \"PK\""),
            (b"<!DOCTYPE html>\n<html>", "a text file that begins with \"<!DOCTYPE html>\""),
            (b"version https://git-lfs.github.com/spec/v1\noid", "begins with \"version https://git-lfs"),
            (b"common:\n  seed: 0\n", "a file that is neither a pickle nor an archive"),
            (b"\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7", "begins with the bytes [ff, fe, fd"),
            (&zip("readme.txt", b"hello"), "a zip archive without data.pkl"),
        ] {
            let error = error(file(&folder, "x.pt", content));
            assert!(matches!(error, WeightsError::NotACheckpoint { .. }), "{error}");
            assert!(error.to_string().contains(found), "{error}");
        }
        let directory = error(folder.path()).to_string();
        assert!(directory.ends_with("found a directory"), "{directory}");
    }

    #[test]
    fn what_holds_no_usable_weights() {
        let folder = tempfile::tempdir().unwrap();
        let tensor = error(fixture("tensor.pt")).to_string();
        assert!(
            tensor.contains("Expected a dictionary at the root of the PyTorch file, found torch.Tensor"),
            "{tensor}"
        );
        let complex = error(fixture("complex.pt")).to_string();
        assert!(complex.contains("ComplexFloatStorage"), "{complex}");

        let empty = error(file(&folder, "empty.pt", b"\x80\x02}.")).to_string();
        assert!(empty.contains("expected named float tensors, found no tensors"), "{empty}");
        let bytes = safetensors([("fc.bias", Dtype::U64, &[1], &[0; 8])]);
        let unsigned = error(file(&folder, "u64.safetensors", &bytes)).to_string();
        assert!(unsigned.contains("`fc.bias`") && unsigned.contains("elements of type U64"), "{unsigned}");

        let (nan, big) = ([0.0, f32::NAN].map(f32::to_le_bytes), f64::MAX.to_le_bytes());
        let bytes = safetensors([
            ("fc.bias", Dtype::F32, &[2], nan.as_flattened()),
            ("fc.weight", Dtype::F64, &[1], &big),
            ("fine", Dtype::F32, &[1], &[0; 4]),
        ]);
        let error = error(file(&folder, "nan.safetensors", &bytes));
        assert!(error.to_string().contains("2 of 3 tensors"), "{error}");
        assert!(error.to_string().contains("first: fc.bias, fc.weight;"), "{error}");
    }

    const MAGIC: &[u8] = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.";
    const SYSTEM_INFO: &[u8] = b"\x80\x02}q\0X\x0d\0\0\0little_endianq\x01\x88s.";

    /// Pickles made by Python of objects whose `__reduce__` calls `os.system`, in every protocol and container.
    #[test]
    fn what_would_run_code() {
        let folder = tempfile::tempdir().unwrap();
        let witness = folder.path().join("witness");
        let command = format!("touch '{}'", witness.display());
        let length = u8::try_from(command.len()).unwrap();
        let protocol_0 = format!("cposix\nsystem\np0\n(V{command}\np1\ntp2\nRp3\n.").into_bytes();
        let argument = [&b"X"[..], &[length, 0, 0, 0], command.as_bytes()].concat();
        let protocol_2 = [b"\x80\x02cposix\nsystem\nq\0", argument.as_slice(), b"q\x01\x85q\x02Rq\x03."].concat();
        // A state dict is built after the call, so that nothing of it is left in the result.
        let dropped = [b"\x80\x02cposix\nsystem\nq\0", argument.as_slice(), b"\x85R0}q\x04."].concat();
        let argument = [&b"\x8c"[..], &[length], command.as_bytes()].concat();
        let start = b"\x80\x04\x95\x2a\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system\x94\x93\x94";
        let protocol_4 = [&start[..], &argument, b"\x94\x85\x94R\x94."].concat();

        let legacy = [MAGIC, SYSTEM_INFO, &protocol_2].concat();
        let legacy_keys = [MAGIC, SYSTEM_INFO, b"\x80\x02}.", &protocol_2].concat();
        let zip = archive(&[("archive/data.pkl", &protocol_2), ("archive/version", b"3")]);
        let zip_dropped = archive(&[("archive/data.pkl", &dropped)]);
        for bytes in [&protocol_0, &protocol_2, &dropped, &protocol_4, &legacy, &legacy_keys, &zip, &zip_dropped] {
            let error = error(file(&folder, "evil.pt", bytes));
            assert!(matches!(error, WeightsError::Code { .. }), "{error}");
            assert!(error.to_string().contains("its pickle calls posix.system, and edgeconv runs no code"), "{error}");
            assert!(!witness.exists());
        }
        let module = error(fixture("module.pt")).to_string();
        assert!(module.contains("calls __main__.Net") && module.contains("model.state_dict()"), "{module}");
    }

    #[test]
    fn what_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let tensors = safetensors([("fc.bias", Dtype::F32, &[2], &[0; 8])]);
        for whole in [fs::read(fixture("training.pt")).unwrap(), fs::read(fixture("legacy.pt")).unwrap(), tensors] {
            for end in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
                let path = file(&folder, "cut.pt", &whole[..end]);
                let error = error(&path).to_string();
                assert!(error.contains("cut.pt`"), "{error}");
            }
        }
    }

    /// Flips a few bytes: an error or, where a checksum guards them, the very same numbers; never a panic.
    #[test]
    fn what_is_garbled() {
        let folder = tempfile::tempdir().unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(edgeconv_test_support::seed(1));
        let tensors =
            safetensors([("fc.bias", Dtype::F32, &[2], &[0; 8]), ("fc.weight", Dtype::F16, &[1, 2], &[0; 4])]);
        let sources = [("training.pt", true), ("protocol4.pt", true), ("legacy.pt", false)];
        let sources = sources.map(|(name, checked)| (fs::read(fixture(name)).unwrap(), checked));
        for (whole, has_checksums) in sources.into_iter().chain([(tensors, false)]) {
            let expected = read(file(&folder, "whole.pt", &whole)).unwrap();
            let mut refused = 0;
            for _ in 0..300 {
                let mut bytes = whole.clone();
                for _ in 0..rng.random_range(1..4) {
                    let index = rng.random_range(0..bytes.len());
                    bytes[index] = rng.random();
                }
                match read(file(&folder, "garbled.pt", &bytes)) {
                    Err(_) => refused += 1,
                    Ok(found) => assert!(!has_checksums || found.tensors == expected.tensors),
                }
            }
            assert!(refused > 30, "only {refused} of 300 garbled files were refused");
        }
    }

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, content) in entries {
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

mod fit {
    use super::*;

    #[test]
    fn everything_that_does_not_fit_is_listed() {
        let mut checkpoint = read(fixture("training.pt")).unwrap();
        let mut graph = net("bn", 3);
        let count = Tensor::i64([4], vec![0; 4]).unwrap();
        checkpoint.tensors.insert("bn.weight".into(), count);
        let message = mismatch(&mut graph, &checkpoint);
        let expected = format!(
            "the checkpoint `{}` does not fit the model `net`: of its 7 tensors 3 are missing and 3 have another shape, and \
             4 more are unexpected
Only 1 of 7 tensors match: the checkpoint probably belongs to another architecture or size than `net`.
missing in the checkpoint:
  bn.bias f32[4]
  bn.running_mean f32[4]
  bn.running_var f32[4]
unexpected in the checkpoint:
  norm.bias f32[4]
  norm.running_mean f32[4]
  norm.running_var f32[4]
  norm.weight f32[4]
of another shape:
  bn.weight expected f32[4], found i64[4]
  fc.bias expected f32[3], found f32[2]
  fc.weight expected f32[3, 4], found f32[2, 4]",
            fixture("training.pt").display()
        );
        assert_eq!(message, expected);
    }

    #[test]
    fn another_number_of_classes_is_recognised() {
        let message = mismatch(&mut net("norm", 1000), &read(fixture("training.pt")).unwrap());
        assert!(message.contains("The checkpoint has 2 classes, the model 1000: use --classes 2.\n"), "{message}");

        // A detector has several output layers, with a multiple of the number of classes each.
        let mut b = Builder::new("ssd");
        b.parameter("heads.0.weight", [510, 8]).unwrap();
        b.parameter("heads.1.weight", [340, 8]).unwrap();
        let held = checkpoint(&[("heads.0.weight", &[36, 8], 0.0), ("heads.1.weight", &[24, 8], 0.0)]);
        let message = mismatch(&mut b.finish(), &held);
        assert!(message.contains("another number of classes; set it with --classes.\n"), "{message}");
    }

    #[test]
    fn a_prefix_is_recognised() {
        let names: Vec<String> = (0..50).map(|index| format!("layer.{index}.weight")).collect();
        let graph = |prefix: &str| {
            let mut b = Builder::new("model");
            for name in &names {
                b.parameter(&format!("{prefix}{name}"), [2]).unwrap();
            }
            b.finish()
        };
        let checkpoint = |prefix: &str| {
            let keys: Vec<_> = names.iter().map(|name| format!("{prefix}{name}")).collect();
            let tensors: Vec<_> = keys.iter().map(|key| (key.as_str(), &[2_usize][..], 0.0)).collect();
            checkpoint(&tensors)
        };
        let message = mismatch(&mut graph(""), &checkpoint("encoder."));
        assert!(
            message.contains("the checkpoint is for detection or segmentation, the model for classification"),
            "{message}"
        );
        assert!(message.contains("layer.26.weight f32[2]\n  … and 30 more\n"), "{message}");
        let message = mismatch(&mut graph("encoder."), &checkpoint(""));
        assert!(message.contains("the model is for detection or segmentation, the checkpoint for"), "{message}");
        let message = mismatch(&mut graph(""), &checkpoint("net."));
        assert!(message.contains("The keys of the checkpoint begin with `net.`"), "{message}");
    }

    #[test]
    fn aliases_yield_to_the_originals() {
        let alias = Alias { alias: "residual.", original: "layer_5.0." };
        let mut b = Builder::new("model");
        b.parameter("layer_5.0.a", [2]).unwrap();
        b.parameter("layer_5.0.b", [2]).unwrap();
        let graph = b.finish();
        let original: [(&str, &[usize], f32); 2] = [("layer_5.0.a", &[2], 1.0), ("layer_5.0.b", &[2], 2.0)];
        let fill = |tensors: &[(&str, &[usize], f32)]| {
            let mut graph = graph.clone();
            let notes = load(&mut graph, &checkpoint(tensors), &[alias]).map_err(|error| error.to_string())?;
            Ok::<_, String>((notes, [tensor(&graph, "layer_5.0.a")[0], tensor(&graph, "layer_5.0.b")[0]]))
        };
        let with = |extra: (&'static str, f32)| fill(&[original[0], original[1], (extra.0, &[2], extra.1)]);
        assert_eq!(fill(&original), Ok((vec![], [1.0, 2.0])));
        assert_eq!(with(("residual.a", 1.0)), Ok((vec![], [1.0, 2.0])));
        let note = "1 tensors under `residual.` differ from those under `layer_5.0.`, which are the ones used";
        assert_eq!(with(("residual.a", 5.0)), Ok((vec![note.to_owned()], [1.0, 2.0])));
        // A copy of nothing is unexpected; a copy alone stands in.
        assert!(with(("residual.c", 1.0)).unwrap_err().contains("unexpected in the checkpoint:\n  residual.c f32[2]"));
        assert_eq!(fill(&[original[0], ("residual.b", &[2], 3.0)]), Ok((vec![], [1.0, 3.0])));
    }
}

mod initialisation {
    use super::*;

    fn drawn(init: &Initialisation, seed: u64, parameters: &[(&str, &[usize])]) -> Graph {
        let mut b = Builder::new("model");
        for (name, shape) in parameters {
            b.parameter(name, *shape).unwrap();
        }
        let mut graph = b.finish();
        initialise(&mut graph, init, seed).unwrap();
        graph
    }

    /// Standard deviation and largest magnitude.
    fn statistics(values: &[f32]) -> (f64, f64) {
        let square: f64 = values.iter().map(|&value| f64::from(value).powi(2)).sum();
        let largest = values.iter().fold(0.0, |largest: f32, value| largest.max(value.abs()));
        ((square / values.len() as f64).sqrt(), largest.into())
    }

    #[test]
    fn the_numbers_have_the_published_spread() {
        let shapes: [(&str, &[usize]); 4] = [
            ("conv.weight", &[128, 64, 3, 3]),
            ("block.meta_kernel_1_H", &[960, 1, 32, 1]),
            ("block.meta_pe_1_H", &[1, 960, 32, 1]),
            ("fc.weight", &[100, 640]),
        ];
        let graph = drawn(&Initialisation::PUBLISHED, 0, &shapes);
        for (name, std, bound) in [
            ("conv.weight", (2.0_f64 / (128.0 * 9.0)).sqrt(), 0.3),
            ("block.meta_kernel_1_H", 1.0 / 96.0_f64.sqrt(), 1.0 / 32.0_f64.sqrt()),
            ("block.meta_pe_1_H", 1.0, 6.0),
            ("fc.weight", 0.02, 0.12),
        ] {
            let values = tensor(&graph, name);
            let (found, largest) = statistics(values);
            assert!((found / std - 1.0).abs() < 0.02, "{name}: {found} for {std}");
            assert!(largest <= bound && largest > 3.0_f64.sqrt() * std * 0.99, "{name}: {largest}");
            let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / values.len() as f64;
            assert!(mean.abs() < 5.0 * std / (values.len() as f64).sqrt(), "{name}: mean {mean}");
        }
        let wide = Initialisation { linear: InitName::TruncNormal, linear_std: Some(2.0), ..Initialisation::PUBLISHED };
        let (_, largest) = statistics(tensor(&drawn(&wide, 0, &shapes), "fc.weight"));
        assert!((1.9..=2.0).contains(&largest), "{largest}");
    }

    #[test]
    fn a_seed_fixes_each_parameter_by_itself() {
        let init = Initialisation::PUBLISHED;
        let few = drawn(&init, 7, &[("a.weight", &[2, 3])]);
        let many = drawn(&init, 7, &[("b.weight", &[2, 3]), ("a.weight", &[2, 3])]);
        let other = drawn(&init, 8, &[("a.weight", &[2, 3])]);
        assert_eq!(tensor(&few, "a.weight"), tensor(&many, "a.weight"));
        assert_ne!(tensor(&many, "a.weight"), tensor(&many, "b.weight"));
        assert_ne!(tensor(&few, "a.weight"), tensor(&other, "a.weight"));
        // These numbers are a promise: exported demo models must not change between versions.
        assert_eq!(tensor(&few, "a.weight"), PROMISE);
    }

    const PROMISE: [f32; 6] = [0.0070627574, 0.025614947, 0.049387645, 0.015448043, -0.026137058, -0.010305759];

    #[test]
    fn a_whole_net_is_filled() {
        let mut graph = net("norm", 2);
        initialise(&mut graph, &Initialisation::default(), 0).unwrap();
        let stored = |kind: &ValueKind| matches!(kind, ValueKind::Parameter(Some(_)) | ValueKind::Buffer(Some(_)));
        assert!(graph.values().all(|(_, value)| stored(&value.kind)));
        assert_eq!(tensor(&graph, "norm.running_var"), [1.0; 4]);
        assert_eq!(tensor(&graph, "norm.running_mean"), [0.0; 4]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let mut b = Builder::new("model");
        b.parameter("block.temperature", [2, 3]).unwrap();
        let mut graph = b.finish();
        let error = initialise(&mut graph, &Initialisation::PUBLISHED, 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "no initialisation is known for `block.temperature` f32[2, 3]; load weights instead"
        );
        let init = Initialisation { linear_std: Some(f32::NAN), ..Initialisation::PUBLISHED };
        assert!(matches!(initialise(&mut graph, &init, 0), Err(WeightsError::StandardDeviation(_))));
    }
}
