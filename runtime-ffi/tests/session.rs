//! Sessions over tiny models (see `models/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use std::path::Path;

use edgeconv_runtime::{Config, Error, ErrorKind, Keep, Session, TensorInfo, version};
use edgeconv_session::{Hints, SessionConfig, Settings};
use edgeconv_tensor::{DType, Tensor};

const SIZES: &[u8] = include_bytes!("models/sizes.mnn");
const CONV: &[u8] = include_bytes!("models/conv.mnn");
const GATHER: &[u8] = include_bytes!("models/gather.mnn");
const UNARY: &[u8] = include_bytes!("models/unary.mnn");

fn open(model: &[u8], keep: Keep) -> Session {
    Session::from_bytes(model, Config { keep, ..Config::default() }).unwrap()
}

fn load_error(model: &[u8], keep: Keep) -> String {
    let error = Session::from_bytes(model, Config { keep, ..Config::default() }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadModel, "{error}");
    error.to_string().strip_prefix("MNN can't load the model: ").unwrap().to_owned()
}

#[track_caller]
fn assert_fails<T: std::fmt::Debug>(result: Result<T, Error>, kind: ErrorKind, message: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
}

const NOT_RUN: &str = "the model was not run since its inputs were filled or resized";

fn f32s(data: impl IntoIterator<Item = f32>) -> Tensor {
    Tensor::vector(data.into_iter().collect())
}

fn i32s(data: Vec<i32>) -> Tensor {
    Tensor::new([data.len()], data).unwrap()
}

fn image(len: usize, seed: usize) -> Vec<f32> {
    (0..len).map(|i| ((i * 7 + seed) % 11) as f32 - 5.0).collect()
}

/// What the convolution in `conv.mnn` computes: [2, h, w] → [3, h, w].
fn convolution(x: &[f32], h: usize, w: usize) -> Vec<f32> {
    let at = |c: usize, row: isize, column: isize| {
        let inside = (0..h as isize).contains(&row) && (0..w as isize).contains(&column);
        if inside { x[(c * h + row as usize) * w + column as usize] } else { 0.0 }
    };
    let weight = |o: usize, c: usize, k: usize| ((((o * 2 + c) * 9 + k) % 7) as f32 - 3.0) / 4.0;
    let mut y = vec![];
    for o in 0..3 {
        for position in 0..h * w {
            let (row, column) = ((position / w) as isize, (position % w) as isize);
            let terms = (0..18).map(|i| {
                let (c, k) = (i / 9, i % 9);
                weight(o, c, k) * at(c, row + (k / 3) as isize - 1, column + (k % 3) as isize - 1)
            });
            y.push(o as f32 / 2.0 + terms.sum::<f32>());
        }
    }
    y
}

/// [3, h·w] → [h·w, 3] and ReLU.
fn last_relu(conv: &[f32]) -> Vec<f32> {
    let area = conv.len() / 3;
    (0..conv.len()).map(|i| conv[i % 3 * area + i / 3].max(0.0)).collect()
}

#[track_caller]
fn assert_close(found: &Tensor, shape: &[usize], expected: &[f32]) {
    let data = found.as_f32().unwrap();
    assert_eq!(found.shape(), shape);
    assert_eq!(data.len(), expected.len());
    for (index, (found, expected)) in data.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < 1e-4, "element {index}: {found}, expected {expected}");
    }
}

/// `model` with the only place that has these 32-bit integers in a row changed.
fn patched(model: &[u8], from: &[i32], to: &[i32]) -> Vec<u8> {
    let bytes = |values: &[i32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>();
    let (from, to) = (bytes(from), bytes(to));
    let places: Vec<_> = (0..=model.len() - from.len()).filter(|&at| model[at..].starts_with(&from)).collect();
    let [place] = places[..] else { panic!("{} places", places.len()) };
    let mut model = model.to_vec();
    model[place..place + to.len()].copy_from_slice(&to);
    model
}

#[test]
fn inputs_and_outputs_are_listed() {
    let session = open(CONV, Keep::Nothing);
    let info =
        |name: &str, shape: &[usize]| TensorInfo { name: name.into(), dtype: Some(DType::F32), shape: shape.into() };
    assert_eq!(session.inputs(), [info("x", &[1, 2, 4, 6])]);
    assert_eq!(session.outputs(), [info("y", &[1, 4, 6, 3]), info("z", &[1, 3, 1, 2, 1, 2, 1, 6])]);
    let inputs = open(GATHER, Keep::Nothing).inputs();
    assert_eq!(inputs[2], TensorInfo { name: "i".into(), dtype: Some(DType::I32), shape: vec![2] });
}

#[test]
fn runs_give_the_right_numbers_each_time_the_input_is_filled() {
    for threads in [1, 2] {
        let settings = Settings { hints: Hints { winograd_memory_level: Some(0) }, ..Settings::default() };
        let session = SessionConfig { threads, settings, ..SessionConfig::default() };
        let config = Config { session, ..Config::default() };
        let mut session = Session::from_bytes(CONV, config).unwrap();
        for seed in 0..3 {
            let x = image(48, seed);
            session.set_input("x", &f32s(x.clone())).unwrap();
            session.run().unwrap();
            let conv = convolution(&x, 4, 6);
            assert_close(&session.output("y").unwrap(), &[1, 4, 6, 3], &last_relu(&conv));
            assert_close(&session.output("z").unwrap(), &[1, 3, 1, 2, 1, 2, 1, 6], &conv);
        }
    }
}

#[test]
fn integer_inputs_select_rows() {
    let mut session = open(GATHER, Keep::Nothing);
    session.set_input("a", &f32s((0..12).map(|x| x as f32))).unwrap();
    session.set_input("b", &f32s((0..12).map(|x| 100.0 * x as f32))).unwrap();
    session.set_input("i", &i32s(vec![2, 0])).unwrap();
    session.run().unwrap();
    assert_close(&session.output("y").unwrap(), &[2, 3], &[606.0, 707.0, 808.0, 0.0, 101.0, 202.0]);
}

#[test]
fn a_run_without_freshly_filled_inputs_is_an_error() {
    let mut session = open(CONV, Keep::Nothing);
    let not_filled = "input `x` was not filled since the last run or resize";
    assert_fails(session.output("y"), ErrorKind::NotReady, NOT_RUN);
    assert_fails(session.run(), ErrorKind::NotReady, not_filled);
    session.set_input("x", &f32s(image(48, 0))).unwrap();
    session.run().unwrap();
    assert_fails(session.run(), ErrorKind::NotReady, not_filled);
    assert_fails(session.profile(), ErrorKind::NotReady, not_filled);
    session.set_input("x", &f32s(image(48, 0))).unwrap();
    assert_fails(session.output("y"), ErrorKind::NotReady, NOT_RUN);
}

#[test]
fn inputs_can_be_resized() {
    let mut session = open(CONV, Keep::Nothing);
    for (h, w) in [(8, 10), (2, 2), (4, 6)] {
        session.resize(&[("x", &[1, 2, h, w])]).unwrap();
        let x = image(2 * h * w, h);
        session.set_input("x", &f32s(x.clone())).unwrap();
        session.run().unwrap();
        let conv = convolution(&x, h, w);
        assert_close(&session.output("y").unwrap(), &[1, h, w, 3], &last_relu(&conv));
        assert_close(&session.output("z").unwrap(), &[1, 3, 1, 2, 1, 2, 1, h * w / 4], &conv);
    }
}

#[test]
fn inputs_that_depend_on_each_other_are_resized_together() {
    let mut session = open(GATHER, Keep::Nothing);
    session.resize(&[("a", &[5, 7]), ("b", &[5, 7]), ("i", &[1])]).unwrap();
    session.set_input("a", &f32s((0..35).map(|x| x as f32))).unwrap();
    session.set_input("b", &f32s([0.5; 35])).unwrap();
    session.set_input("i", &i32s(vec![4])).unwrap();
    session.run().unwrap();
    let expected: Vec<_> = (28..35).map(|x| x as f32 + 0.5).collect();
    assert_close(&session.output("y").unwrap(), &[1, 7], &expected);
}

#[test]
fn a_shape_that_does_not_fit_is_an_error_and_another_resize_repairs_it() {
    let mut session = open(CONV, Keep::Nothing);
    // `z` needs an area that is a multiple of 4.
    let message = "the model can't take `x` of shape [1, 2, 3, 5]: an operator in it does not fit such shapes";
    assert_fails(session.resize(&[("x", &[1, 2, 3, 5])]), ErrorKind::BadShape, message);
    assert!(session.set_input("x", &f32s(image(30, 0))).is_err());
    assert!(session.run().is_err());
    session.resize(&[("x", &[1, 2, 2, 2])]).unwrap();
    session.set_input("x", &f32s(image(8, 0))).unwrap();
    session.run().unwrap();
    assert_close(&session.output("y").unwrap(), &[1, 2, 2, 3], &last_relu(&convolution(&image(8, 0), 2, 2)));
}

/// `sizes.mnn` with some bytes of its text replaced by as many others.
fn sizes(from: &str, to: &str) -> Session {
    assert_eq!(from.len(), to.len());
    let mut model = SIZES.to_vec();
    let place = model.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    model[place..][..to.len()].copy_from_slice(to.as_bytes());
    open(&model, Keep::Nothing)
}

fn resize_pair(session: &mut Session, x: &[usize], pair: &[usize]) -> Result<(), Error> {
    session.resize(&[("x", x), ("my pair", pair)])
}

#[test]
fn files_of_ours_are_resized_to_what_they_take() {
    let mut session = open(SIZES, Keep::Nothing);
    for (batch, height) in [(4, 2), (1, 8), (2, 6)] {
        resize_pair(&mut session, &[batch, 3, height, 4], &[batch, 2]).unwrap();
        session.set_input("x", &f32s(image(batch * 12 * height, 1))).unwrap();
        session.set_input("my pair", &f32s(image(2 * batch, 1))).unwrap();
        session.run().unwrap();
        let minus: Vec<_> = image(2 * batch, 1).into_iter().map(|x| -x).collect();
        assert_close(&session.output("z").unwrap(), &[batch, 2], &minus);
    }
    let takes = "it was made for `x` of N:1..4x3x2..8:2x4";
    for x in [[5, 3, 8, 4], [0, 3, 8, 4], [1, 3, 7, 4], [1, 3, 10, 4], [1, 4, 8, 4], [1, 3, 8, 5]] {
        let error = resize_pair(&mut session, &x, &[1, 2]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BadShape);
        assert!(x[0] == 0 || error.to_string().contains(takes), "{x:?}: {error}");
    }
    assert_fails(
        session.resize(&[("x", &[3, 3, 8, 4])]),
        ErrorKind::BadShape,
        "the model can't take `x` of shape [3, 3, 8, 4]: N is 2 in `my pair` and 3 in `x`, expected one length",
    );
    assert_fails(
        resize_pair(&mut session, &[2, 3, 8], &[2, 2]),
        ErrorKind::BadShape,
        "the model can't take `x` of shape [2, 3, 8], `my pair` of shape [2, 2]: it was made for `x` of N:1..4x3x2..8:2x4",
    );
    // Nothing was changed by that.
    session.set_input("x", &f32s(image(2 * 12 * 6, 1))).unwrap();
    session.set_input("my pair", &f32s(image(4, 1))).unwrap();
    session.run().unwrap();
}

#[test]
fn fixed_files_of_ours_say_so() {
    let mut session = sizes("edgeconv.open=", "edgeconv.none=");
    resize_pair(&mut session, &[1, 3, 8, 4], &[1, 2]).unwrap();
    assert_fails(
        session.resize(&[("x", &[2, 3, 8, 6])]),
        ErrorKind::BadShape,
        "the model can't take `x` of shape [2, 3, 8, 6]: it was made for `x` of 1x3x8x4 alone; `edgeconv convert` with --input x=?x3x8x? makes one that is \
         open",
    );
    // One that only says so was made by somebody else.
    let mut other = open(CONV, Keep::Nothing);
    other.resize(&[("x", &[2, 2, 8, 10])]).unwrap();
}

#[test]
fn what_a_damaged_file_says_of_sizes_counts_for_nothing() {
    for (from, to) in
        [("N:1..4x3", "N:1..4y3"), ("2..8:2", "2..8:0"), ("2..8:2", "......"), ("1..4", "9..4"), ("x=N", "x N")]
    {
        let mut session = sizes(from, to);
        assert!(resize_pair(&mut session, &[2, 3, 8, 4], &[2, 2]).is_err(), "{from} {to}");
        resize_pair(&mut session, &[1, 3, 8, 4], &[1, 2]).unwrap();
    }
}

#[test]
fn shapes_that_mnn_can_not_represent_are_errors() {
    let mut session = open(CONV, Keep::Nothing);
    for shape in [&[1; 9][..], &[1, 2, 0, 6], &[1, 2, 1 << 20, 1 << 20], &[usize::MAX, 2, 2, 2]] {
        let message = format!(
            "input `x` can't have the shape {shape:?}: MNN takes up to 8 dimensions, none of them 0, and below 512 MiB"
        );
        assert_fails(session.resize(&[("x", shape)]), ErrorKind::BadShape, &message);
    }
}

#[test]
fn wrong_names_and_elements_are_errors_that_say_what_is_right() {
    let mut session = open(CONV, Keep::Nothing);
    let error = session.set_input("q", &f32s([])).unwrap_err().to_string();
    assert_eq!(error, "the model has no input `q`; it has x");
    assert_eq!(session.resize(&[("q", &[1])]).unwrap_err().to_string(), error);
    let error = session.output("q").unwrap_err().to_string();
    assert_eq!(error, "the model has no output `q`; it has y, z");
    let error = session.set_input("x", &f32s([1.0; 47])).unwrap_err().to_string();
    assert_eq!(error, "input `x` of shape [1, 2, 4, 6] takes 48 elements, found 47");
    let error = session.set_input("x", &i32s(vec![0; 48])).unwrap_err().to_string();
    assert_eq!(error, "input `x` has elements of type f32, found i32");
}

#[test]
fn a_profile_lists_the_operators() {
    let mut session = open(CONV, Keep::Nothing);
    session.set_input("x", &f32s(image(48, 0))).unwrap();
    let ops = session.profile().unwrap();
    let conv = ops.iter().find(|op| op.name == "conv").unwrap();
    assert_eq!(conv.op_type, "Convolution");
    // 4·6 positions, 3·2 channels, 3·3 taps
    assert!((conv.mflops - 1296e-6).abs() < 1e-9, "{conv:?}");
    assert!(ops.iter().any(|op| op.op_type == "ReLU"), "{ops:?}");
    assert!(ops.iter().all(|op| (0.0..1e3).contains(&op.ms)), "{ops:?}");
    assert_close(&session.output("y").unwrap(), &[1, 4, 6, 3], &last_relu(&convolution(&image(48, 0), 4, 6)));
}

#[test]
fn tensors_inside_the_model_can_be_kept() {
    let x = image(48, 3);
    let conv = convolution(&x, 4, 6);
    let moved: Vec<_> = (0..72).map(|i| conv[i % 3 * 24 + i / 3]).collect();
    let names = ["moved", "conv_packed"].map(String::from).to_vec();
    let mut session = open(CONV, Keep::Tensors(names));
    assert_fails(session.kept(), ErrorKind::NotReady, NOT_RUN);
    session.set_input("x", &f32s(x.clone())).unwrap();
    session.run().unwrap();
    let kept = session.kept().unwrap();
    assert_eq!(
        kept.iter().map(|kept| (&*kept.name, &*kept.op)).collect::<Vec<_>>(),
        [("moved", "last"), ("conv_packed", "conv")]
    );
    assert_close(&kept[0].tensor, &[1, 4, 6, 3], &moved);
    assert_close(&kept[1].tensor, &[1, 3, 4, 6], &conv);
    assert_eq!(session.outputs().len(), 2);

    let mut session = open(CONV, Keep::All);
    session.set_input("x", &f32s(x.clone())).unwrap();
    session.run().unwrap();
    let kept = session.kept().unwrap();
    let names: Vec<_> = kept.iter().map(|kept| &*kept.name).collect();
    assert_eq!(names, ["packed", "conv_packed", "conv", "moved", "y", "z"]);
    assert_close(&kept[0].tensor, &[1, 2, 4, 6], &x);
    assert_close(&kept[2].tensor, &[1, 3, 4, 6], &conv);
    assert_close(&kept[4].tensor, &[1, 4, 6, 3], &last_relu(&conv));
}

#[test]
fn only_computed_tensors_can_be_kept() {
    for name in ["nothing", "x", "split_dims"] {
        let reason = load_error(CONV, Keep::Tensors(vec![name.into()]));
        assert_eq!(reason, format!("it computes no tensor `{name}`"));
    }
}

#[test]
fn other_files_are_errors() {
    let garbage: Vec<u8> = (0..4000u32).map(|i| (i * i % 251) as u8).collect();
    for bytes in [&[][..], &[0; 3], &[0; 4096], b"{\"a\": 1}", &garbage] {
        assert!(load_error(bytes, Keep::Nothing).starts_with("it is not an MNN model"));
    }
}

#[test]
fn truncated_files_are_errors() {
    for model in [CONV, GATHER] {
        for len in 0..model.len() - 4 {
            load_error(&model[..len], Keep::Nothing);
        }
    }
}

#[test]
fn wrong_tensor_indexes_are_errors() {
    // The operands of `add` and of `pick`.
    let reason = |from: &[i32], to: &[i32]| load_error(&patched(GATHER, from, to), Keep::Nothing);
    assert_eq!(reason(&[2, 0, 1], &[2, 0, 6]), "operator `add` refers to a tensor that does not exist");
    assert_eq!(reason(&[2, 0, 1], &[2, 0, -2]), "operator `add` refers to a tensor that does not exist");
    assert_eq!(reason(&[2, 0, 1], &[2, 0, i32::MAX]), "operator `add` refers to a tensor that does not exist");
    assert_eq!(reason(&[2, 0, 1], &[2, 0, 5]), "operator `add` uses a tensor before it is computed");
    let absent = "operator `pick` leaves an optional input out, which MNN sessions can't";
    assert_eq!(reason(&[3, 3, 2, 4], &[3, 3, 2, -1]), absent);
}

#[test]
fn shapes_and_elements_that_disagree_are_errors() {
    let dims = [1, 3, 1, 2, 1, 2, 1, -1];
    let reason = load_error(&patched(CONV, &[[8].as_slice(), &dims].concat(), &[7]), Keep::Nothing);
    assert_eq!(reason, "operator `dims` has fewer elements than its shape says");
}

/// MNN would read them as those of its own kind.
#[test]
fn parameters_of_another_operator_are_errors() {
    let [unary_op, binary_op, pooling, scale] = [101, 7, 47, 77];
    let of_hardswish = |op_type| [op_type, 20, 1, 7];
    for op_type in [binary_op, pooling, scale] {
        let reason = load_error(&patched(UNARY, &of_hardswish(unary_op), &of_hardswish(op_type)), Keep::Nothing);
        assert_eq!(reason, "operator `hardswish` lacks its parameters, or has those of another kind of operator");
    }
}

#[test]
fn an_unreadable_file_is_named() {
    let error = Session::from_file(Path::new("absent.mnn"), Config::default()).unwrap_err().to_string();
    assert!(error.starts_with("`absent.mnn`: "), "{error}");
}

#[test]
fn mnn_tells_its_version_and_memory() {
    assert_eq!(version(), "3.6.1");
    assert!(open(CONV, Keep::Nothing).memory_mb().is_some_and(|megabytes| megabytes > 0.0));
}
