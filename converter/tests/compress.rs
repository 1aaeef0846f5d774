//! MNN files that are there, made smaller: what MNN makes of their weights then, and that everything else stays.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod mnn;
mod stored;

use std::fs;
use std::path::Path;

use edgeconv_converter::source::ModelFile;
use edgeconv_converter::target::mnn::{Bits, ExternalWeights, Store, list as mnn_list};
use edgeconv_converter::target::{Mnn, Numbers, list};
use edgeconv_converter::{ConversionError, Report, compress};
use edgeconv_schema::mnn as schema;
use edgeconv_schema::mnn::{DataType, IdstQuan, Net, NetRef, Op, OpParameter, OpType, TensorDescribe, TensorQuantInfo};
use planus::ReadAsRoot;
use stored::{Probe, circulants, decoded, dense, made, made_with, max_error, network, numbers, probes, rows, run};

const INT8: Store = Store::Integers { bits: Bits::Eight, all: true };
const INT4: Store = Store::Integers { bits: Bits::Four, all: true };

fn parsed(bytes: &[u8]) -> Net {
    NetRef::read_as_root(bytes).unwrap().try_into().unwrap()
}

fn written(net: &Net) -> Vec<u8> {
    planus::Builder::new().finish(net, None).to_vec()
}

fn compressed_file(path: &Path, target: &Mnn) -> Result<(Vec<u8>, Report), ConversionError> {
    let result = path.with_extension("small.mnn");
    let report = compress(&ModelFile::read(path)?, target, &result)?;
    Ok((fs::read(result).unwrap(), report))
}

fn compressed(bytes: &[u8], store: Store) -> Result<(Vec<u8>, Report), ConversionError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.mnn");
    fs::write(&path, bytes).unwrap();
    compressed_file(&path, &Mnn { store, ..Mnn::DEFAULT })
}

/// The kernel of the only convolution, as the file has it.
fn with_kernel(bytes: &[u8], change: impl Fn(&mut schema::Convolution2D)) -> Vec<u8> {
    let mut net = parsed(bytes);
    let mains = net.oplists.iter_mut().flatten().filter_map(|op| op.main.as_mut());
    mains.for_each(|main| {
        if let OpParameter::Convolution2D(convolution) = main {
            change(convolution)
        }
    });
    written(&net)
}

#[test]
fn weights_become_what_a_conversion_makes_of_them() {
    for store in [Store::Fp16, INT8, INT4] {
        for (_, probe) in probes() {
            let converted = made(&probe.graph, store);
            let Ok((bytes, report)) = compressed(made(&probe.graph, Store::Float).bytes(), store) else {
                assert_eq!(converted.report().stored, []);
                continue;
            };
            assert_eq!(report.stored, converted.report().stored);
            assert_eq!(report.bytes, bytes.len() as u64);
            assert_eq!(decoded(&probe, &bytes), decoded(&probe, converted.bytes()), "{}", probe.graph.name);
        }
    }
}

#[test]
fn equal_weights_stay_there_once() {
    let (graph, input) = network();
    for store in [Store::Fp16, INT8, INT4] {
        let (bytes, report) = compressed(made(&graph, Store::Float).bytes(), store).unwrap();
        assert_eq!(report.stored, made(&graph, store).report().stored);
        let stored: u64 = report.stored.iter().map(|tensor| tensor.bytes).sum();
        assert!(report.bytes < stored + 5000, "{} {stored}", report.bytes);
        let run = |bytes: &[u8]| run(bytes, &graph, std::slice::from_ref(&input));
        assert_eq!(run(&bytes), run(made(&graph, store).bytes()));
    }
}

#[test]
fn circulant_matrices_are_stored_by_their_first_rows() {
    let (graph, input) = circulants();
    let float = made(&graph, Store::Float);
    let (bytes, report) = compressed(float.bytes(), Store::Fp16).unwrap();
    assert!(bytes.len() < float.bytes().len() / 8, "{} {}", bytes.len(), float.bytes().len());
    assert_eq!(report.stored, made(&graph, Store::Fp16).report().stored);
    let run = |bytes: &[u8]| run(bytes, &graph, std::slice::from_ref(&input));
    assert_eq!(run(&bytes), run(float.bytes()));
}

/// MNN's own tools say nothing of the type of their marks, and mean integers.
#[test]
fn files_that_compute_in_integers_are_refused_whoever_wrote_them() {
    let (graph, _) = network();
    for (type_, is_refused) in [(DataType::DtInt8, true), (DataType::DtInvalid, true), (DataType::DtFloat, false)] {
        let mut net = parsed(made(&graph, Store::Float).bytes());
        let mark = TensorQuantInfo { scale: 0.5, zero: 3.0, min: None, max: 127.0, type_ };
        let described =
            |index| TensorDescribe { index, quant_info: Some(Box::new(mark.clone())), ..Default::default() };
        net.extra_tensor_describe = Some((0..3).map(described).collect());
        let bytes = written(&net);
        let weights = mnn_list(&bytes).unwrap().weights;
        assert_eq!(weights == Numbers::Int8Values, is_refused, "{type_:?}");
        match compressed(&bytes, INT8) {
            Ok((bytes, _)) => assert!(!is_refused && parsed(&bytes).extra_tensor_describe == net.extra_tensor_describe),
            Err(error) => {
                let error = error.to_string();
                assert!(is_refused && error.contains("it computes in 8-bit integers"), "{type_:?}: {error}");
            }
        }
    }
}

/// A network whose kernel is a convolution's, as others store it.
fn foreign(kernel: impl Fn(&[f32]) -> IdstQuan) -> (Probe, Vec<u8>) {
    let probe = dense([64, 80, 1], rows(64, 80));
    let bytes = with_kernel(made(&probe.graph, Store::Float).bytes(), |convolution| {
        convolution.quan_parameter = Some(Box::new(kernel(&convolution.weight.take().unwrap())));
    });
    (probe, bytes)
}

/// Integers of so many bits, behind their shape and their values.
fn codebook(values: &[i8], bits: usize, indices: &[usize]) -> Vec<i8> {
    let mut bytes = vec![2, 64, 0, 80, 0, values.len() as u8];
    bytes.extend(values.iter().map(|&value| value as u8));
    let digits: Vec<_> = indices.iter().flat_map(|index| (0..bits).rev().map(move |bit| index >> bit & 1)).collect();
    bytes.extend(
        digits
            .chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |sum, (place, &digit)| sum | (digit as u8) << (7 - place))),
    );
    bytes.into_iter().map(|byte| byte as i8).collect()
}

/// What the report says of the error is measured from our decoding: MNN's has to be the same.
#[test]
fn integers_of_others_are_stored_more_coarsely() {
    let steps = || (0..64).map(|row| 1.0 / 64.0 + row as f32).collect::<Vec<f32>>();
    let pairs = || steps().iter().flat_map(|&step| [-3.0 * step, step]).collect::<Vec<f32>>();
    let indices = |count: usize| (0..64 * 80).map(|index| index * 31 % count).collect::<Vec<_>>();
    let kernel = |type_, buffer, alpha| IdstQuan {
        type_,
        buffer: Some(buffer),
        alpha: Some(alpha),
        quant_scale: 1.0,
        ..IdstQuan::default()
    };
    let bytes = || indices(256).iter().map(|&index| index as u8 as i8).collect::<Vec<_>>();
    let linear: Vec<i8> = (-16..16).collect();
    let cases = [
        // One step for each channel.
        kernel(4, bytes(), steps()),
        IdstQuan { quant_scale: 0.5, ..kernel(4, bytes(), steps()) },
        // The least value, too, as new and old files have it.
        IdstQuan { read_type: 64, a_min: -128, ..kernel(4, bytes(), pairs()) },
        IdstQuan { quant_scale: 0.0, ..kernel(4, bytes(), pairs()) },
        // Five bits, and values that are not evenly spaced.
        IdstQuan {
            read_type: 64,
            a_min: -16,
            a_max_or_bits: 5,
            ..kernel(1, codebook(&linear, 5, &indices(32)), pairs())
        },
        IdstQuan { a_max_or_bits: 8, ..kernel(1, codebook(&[90, -7, 3, 0, 1], 3, &indices(5)), steps()) },
        // Halves.
        kernel(
            3,
            numbers(1, 64 * 80)
                .iter()
                .flat_map(|&float| half::f16::from_f32(float).to_le_bytes())
                .map(|byte| byte as i8)
                .collect(),
            vec![],
        ),
    ];
    for (index, case) in cases.into_iter().enumerate() {
        let (probe, file) = foreign(|_| case.clone());
        let before = decoded(&probe, &file);
        let (small, report) = compressed(&file, INT4).unwrap();
        let tensor = &report.stored[0];
        assert_eq!((report.stored.len(), tensor.stored), (1, Numbers::Int4), "{index}");
        assert_eq!(max_error(&before, &decoded(&probe, &small)), tensor.max_abs_error, "{index}");
        assert!(tensor.max_rel_error < 0.1, "{index}: {tensor:?}");
        let held =
            |kernel: &IdstQuan| kernel.buffer.iter().flatten().count() + 4 * kernel.alpha.iter().flatten().count();
        assert_eq!(tensor.bytes_before, held(&case) as u64, "{index}");
    }
}

#[test]
fn what_is_as_coarse_already_stays_to_the_last_bit() {
    let probe = dense([64, 80, 1], rows(64, 80));
    for (from, to) in [(INT4, INT8), (INT8, Store::Fp16), (INT8, INT8), (INT4, INT4), (Store::Fp16, Store::Fp16)] {
        let error = compressed(made(&probe.graph, from).bytes(), to).unwrap_err().to_string();
        assert!(error.starts_with("no weights of it would take less room so: it has 1 as "), "{error}");
    }
    let small = dense([4, 5, 1], rows(4, 5));
    let error = compressed(made(&small.graph, Store::Float).bytes(), Store::Fp16).unwrap_err().to_string();
    assert!(error.ends_with("it has 1 as float"), "{error}");
}

/// A model with everything that files of others may have.
fn strange(bytes: &[u8]) -> Net {
    let mut net = parsed(bytes);
    let attribute = schema::Attribute { key: Some("factor".into()), f: 2.5, i: -1, ..Default::default() };
    let extra = schema::Extra {
        type_: Some("Custom".into()),
        engine: Some("here".into()),
        info: Some(vec![1, -2, 3]),
        attr: Some(vec![attribute.clone()]),
        vector: true,
    };
    let plugin = schema::Plugin { type_: Some("Other".into()), attr: Some(vec![attribute]) };
    let crop = schema::Crop { axis: 3, offset: Some(vec![1, 2]) };
    let batch_norm = schema::BatchNorm { channels: 2, slope_data: Some(vec![1.0, 2.0]), ..Default::default() };
    let quantised = schema::Convolution2D {
        symmetric_quan: Some(Box::new(schema::QuantizedFloatParam { weight: Some(vec![5; 9]), ..Default::default() })),
        quan_parameter: Some(Box::new(IdstQuan { type_: 4, buffer: Some(vec![7; 9]), ..Default::default() })),
        ..Default::default()
    };
    let sparse = schema::Convolution2D {
        sparse_parameter: Some(Box::new(schema::SparseCommon { method: schema::SparseAlgo::SimdOc, args: None })),
        weight: Some(vec![0.5; 5000]),
        ..Default::default()
    };
    let op = |type_, main| Op {
        type_,
        main: Some(main),
        name: Some(format!("{type_:?}")),
        input_indexes: Some(vec![0, -1]),
        output_indexes: Some(vec![0]),
        external_path: Some("elsewhere".into()),
        ..Op::default()
    };
    let ops = vec![
        op(OpType::Extra, OpParameter::Extra(Box::new(extra))),
        op(OpType::Plugin, OpParameter::Plugin(Box::new(plugin))),
        op(OpType::Crop, OpParameter::Crop(Box::new(crop))),
        op(OpType::BatchNorm, OpParameter::BatchNorm(Box::new(batch_norm))),
        op(OpType::Convolution, OpParameter::Convolution2D(Box::new(quantised))),
        op(OpType::Convolution, OpParameter::Convolution2D(Box::new(sparse))),
    ];
    let quant =
        schema::TensorQuantInfo { scale: 0.1, zero: 3.0, min: Some(-127.0), max: 1.0, type_: DataType::DtFloat };
    let region = schema::Region { origin: 2, size: Some(vec![1, 2, 3]), ..Default::default() };
    net.extra_tensor_describe = Some(vec![schema::TensorDescribe {
        index: 1,
        name: Some("x".into()),
        regions: Some(vec![region]),
        quant_info: Some(Box::new(quant)),
        ..Default::default()
    }]);
    net.subgraphs = Some(vec![schema::SubGraphProto {
        name: Some("body".into()),
        inputs: Some(vec![0]),
        nodes: Some(ops.clone()),
        ..Default::default()
    }]);
    net.extra_info = Some(Box::new(schema::ExtraInfo {
        buffer: Some(vec![9; 20]),
        name: Some("a=b\n".into()),
        ..Default::default()
    }));
    (net.biz_code, net.mnn_uuid) = (Some("somebody".into()), Some("1234".into()));
    (net.source_type, net.usage) = (schema::NetSource::Torch, schema::Usage::InferenceStatic);
    net.oplists.as_mut().unwrap().extend(ops);
    net
}

#[test]
fn everything_else_stays() {
    let (graph, _) = network();
    let before = strange(made(&graph, Store::Float).bytes());
    let (bytes, report) = compressed(&written(&before), INT8).unwrap();
    assert_eq!(report.operators["Plugin"], 1);
    let stored: Vec<_> = report.stored.iter().map(|tensor| tensor.operator.as_str()).collect();
    assert_eq!(stored, ["first", "depthwise", "offsets"]);
    let without = |mut net: Net| {
        let ops = net.oplists.iter_mut().flatten().filter(|op| op.external_path.is_none());
        for main in ops.filter_map(|op| op.main.as_mut()) {
            match main {
                OpParameter::Convolution2D(convolution) => {
                    (convolution.weight, convolution.quan_parameter) = (None, None);
                }
                OpParameter::Blob(blob) if blob.int32s.is_none() => {
                    (blob.float32s, blob.uint8s, blob.data_type) = (None, None, schema::DataType::DtFloat);
                }
                _ => {}
            }
        }
        net
    };
    assert_eq!(without(parsed(&bytes)), without(before));
}

#[test]
fn weights_beside_a_file_are_taken_in_and_may_be_put_there() {
    let (graph, input) = network();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.mnn");
    let beside = Mnn { external_weights: ExternalWeights::Always, ..Mnn::DEFAULT };
    made_with(graph.clone(), beside).write(&path).unwrap();
    for store in [Store::Fp16, INT8, INT4] {
        let converted = made(&graph, store);
        let (inside, report) = compressed_file(&path, &Mnn { store, ..Mnn::DEFAULT }).unwrap();
        assert_eq!((&report.stored, report.weight_bytes), (&converted.report().stored, 0));
        let run = |bytes: &[u8]| run(bytes, &graph, std::slice::from_ref(&input));
        assert_eq!(run(&inside), run(converted.bytes()));
        let (outside, report) = compressed_file(&path, &Mnn { store, ..beside }).unwrap();
        // Neither 4-bit integers nor constants of halves can be there.
        assert_eq!(report.weight_bytes > 0, store != INT4, "{report:?}");
        assert_eq!(outside.len() < inside.len(), store != INT4);
        let listing = list(&path.with_extension("small.mnn")).unwrap();
        assert_eq!(listing.weights, report.stored.iter().map(|tensor| tensor.stored).max().unwrap());
    }
    fs::remove_file(path.with_extension("mnn.weight")).unwrap();
    let error = compressed_file(&path, &Mnn { store: INT8, ..Mnn::DEFAULT }).unwrap_err().to_string();
    assert!(error.contains("model.mnn.weight"), "{error}");
}

#[test]
fn what_is_no_model_is_refused() {
    for bytes in [&b"not a model at all"[..], b"", &[0; 64]] {
        let error = compressed(bytes, INT8).unwrap_err().to_string();
        assert!(error.contains("model.mnn` is not an MNN model") || error.ends_with("it has none at all"), "{error}");
    }
    let (graph, _) = network();
    let bytes = made(&graph, Store::Float);
    let error = compressed(&bytes.bytes()[..bytes.bytes().len() / 2], INT8).unwrap_err().to_string();
    assert!(error.contains("is not an MNN model"), "{error}");
}
