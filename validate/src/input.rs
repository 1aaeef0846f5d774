//! What models are run on.

use std::io::Read;
use std::path::{Path, PathBuf};

use edgeconv_agent::{NpyError, npy};
use edgeconv_converter::target::Port;
use edgeconv_files::name::escaped;
use edgeconv_files::{Memory, TooMuch};
use edgeconv_graph::{DType, Graph, Tensor, TensorType};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::engine::NamedTensor;

/// Inputs that can't be given to a model.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The file can't be read, or holds something else than a tensor of a supported type.
    #[error(transparent)]
    File(#[from] NpyError),
    /// The file is not a collection of tensors.
    #[error("`{}` can't be used: {reason}; expected a .npz file with arrays of floats, integers or booleans", path.display(), reason = escaped(.reason))]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The tensor has numbers that the model's input can't have.
    #[error("input `{name}` is {found} with numbers that {expected}, which the model takes, does not have", name = escaped(.name))]
    Numbers {
        /// Name of the input.
        name: String,
        /// What the model takes.
        expected: DType,
        /// What was given.
        found: TensorType,
    },
    /// Random inputs would take more memory than the model's file may.
    #[error("random inputs, most of them for `{name}` ({ty}), are too large: {source}, or fix smaller shapes", name = escaped(.name))]
    TooLarge {
        /// Name of the largest input.
        name: String,
        /// Its type.
        ty: TensorType,
        /// How much all of them would take.
        source: TooMuch,
    },
}

/// Bytes that inputs of one run take at least, even without elements.
const SAMPLE: usize = 256;

/// Whether so many times random inputs of these types may be made, for a model whose file or weights take so many bytes: engines copy them, and compute much
/// larger values from them.
///
/// # Errors
/// If all of them together take more memory than the model may.
pub fn may_be_made<'a>(
    inputs: impl Iterator<Item = (&'a str, &'a TensorType)> + Clone,
    samples: u64,
    stored: u64,
) -> Result<(), InputError> {
    let bytes = inputs.clone().map(|(_, ty)| ty.bytes()).fold(0, usize::saturating_add).max(SAMPLE) as u64;
    let taken = Memory::of_process().budget(stored).take(bytes.saturating_mul(samples));
    match (taken, inputs.max_by_key(|(_, ty)| ty.bytes())) {
        (Err(source), Some((name, ty))) => Err(InputError::TooLarge { name: name.to_owned(), ty: ty.clone(), source }),
        _ => Ok(()),
    }
}

/// Reads a tensor of any type from a `.npy` file.
///
/// # Errors
/// If the file can't be read.
pub fn read_any(path: &Path) -> Result<Tensor, InputError> {
    Ok(npy::read(path)?)
}

/// Inputs as the element types that a model declares for them, and a note for each one that had another; inputs whose type it does
/// not say stay as they are.
///
/// # Errors
/// If an input that the model takes as integers has numbers that aren't such integers, or one that it takes as floats has numbers that
/// would become infinite; floats are rounded.
pub fn as_declared(inputs: Vec<NamedTensor>, declared: &[Port]) -> Result<(Vec<NamedTensor>, Vec<String>), InputError> {
    let (mut cast, mut notes) = (vec![], vec![]);
    for NamedTensor { name, tensor } in inputs {
        let port = declared.iter().find(|port| port.name == name);
        let (found, expected) = (tensor.ty(), port.and_then(element_type).unwrap_or(tensor.dtype()));
        if found.dtype != expected {
            notes.push(format!(
                "input `{}` was cast from {} to {expected}, which the model takes",
                escaped(&name),
                found.dtype
            ));
        }
        let wrong = || InputError::Numbers { name: name.clone(), expected, found };
        cast.push(NamedTensor { tensor: as_type(&tensor, expected).ok_or_else(wrong)?, name });
    }
    Ok((cast, notes))
}

/// The type of an input, with this shape in place of the file's; `None` if neither is known.
pub fn typed(port: &Port, shape: Option<&Vec<usize>>) -> Option<TensorType> {
    match shape {
        Some(shape) => Some(TensorType::new(element_type(port)?, shape.clone())),
        None => port.ty.parse().ok(),
    }
}

/// The element type that a file says, if that is one which tensors have.
fn element_type(port: &Port) -> Option<DType> {
    port.ty.split('[').next()?.parse().ok()
}

/// `None` if this type does not have all the numbers; floats are rounded.
fn as_type(tensor: &Tensor, to: DType) -> Option<Tensor> {
    let cast = tensor.cast(to)?;
    let has_all = match to {
        // Everything but 0 is true.
        DType::Bool => true,
        to if to.is_float() => {
            cast.numbers().zip(tensor.numbers()).all(|(to, from)| to.is_finite() == from.is_finite())
        }
        _ => cast.numbers().eq(tensor.numbers()),
    };
    has_all.then_some(cast)
}

/// Writes a tensor to a `.npy` file.
///
/// # Errors
/// If the file can't be written.
pub fn write(path: &Path, tensor: &Tensor) -> Result<(), NpyError> {
    npy::write(tensor, path)
}

/// Random numbers, uniform in `[0, 1)`: the range that the official preprocessing gives. The same seed and shape give the
/// same tensor on every machine.
#[allow(clippy::expect_used)] // there are as many numbers as the shape has elements
pub fn random(shape: &[usize], seed: u64) -> Tensor {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let count = shape.iter().product();
    Tensor::f32(shape, (0..count).map(|_| rng.random()).collect()).expect("one number per element")
}

/// Random elements of any type: floats as [`random`] gives them, integers 0 and 1, which are valid wherever indices or counts
/// are taken, and booleans.
#[allow(clippy::expect_used)] // there are as many elements as the shape has
pub fn random_of(ty: &TensorType, seed: u64) -> Tensor {
    let floats = random(&ty.shape, seed);
    if ty.dtype.is_float() {
        return of_type(floats, ty.dtype);
    }
    let booleans = floats.as_f32().unwrap_or_default().iter().map(|&x| x < 0.5).collect();
    of_type(Tensor::bool(ty.shape.clone(), booleans).expect("one value per element"), ty.dtype)
}

/// Random elements from `low` to below `high`; integers may be any in between.
#[allow(clippy::expect_used)] // there are as many elements as the shape has
pub fn random_in(ty: &TensorType, seed: u64, [low, high]: [f32; 2]) -> Tensor {
    let scale = |x: &f32| low + (high - low) * x;
    let unit = random(&ty.shape, seed);
    let numbers = unit.as_f32().unwrap_or_default().iter().map(scale);
    if ty.dtype == DType::Bool {
        return random_of(ty, seed);
    }
    let floor = |x: f32| if ty.dtype.is_integer() { x.floor() } else { x };
    of_type(Tensor::f32(ty.shape.clone(), numbers.map(floor).collect()).expect("one number per element"), ty.dtype)
}

/// Random elements as ones of another type; those that nothing is rounded to stay floats, which no engine takes then.
fn of_type(tensor: Tensor, dtype: DType) -> Tensor {
    tensor.cast(dtype).unwrap_or(tensor)
}

/// Random elements, as [`random_of`] gives them, for each input of a network.
///
/// # Errors
/// If they are too large.
pub fn random_inputs(graph: &Graph, seed: u64) -> Result<Vec<NamedTensor>, InputError> {
    let inputs = graph.inputs().iter().map(|&id| graph.value(id));
    let weights = graph.values().filter_map(|(_, value)| value.tensor()).map(|tensor| tensor.bytes().len() as u64);
    may_be_made(inputs.clone().map(|value| (value.name.as_str(), &value.ty)), 1, weights.sum())?;
    Ok(inputs.map(|value| NamedTensor { name: value.name.clone(), tensor: random_of(&value.ty, seed) }).collect())
}

/// Reads the tensors of a `.npz` file, named as in there.
///
/// # Errors
/// If it can't be read, or one of them has an unsupported type.
pub fn read_npz(path: &Path) -> Result<Vec<NamedTensor>, InputError> {
    let damaged = |reason: String| InputError::Archive { path: path.to_owned(), reason };
    let file = edgeconv_files::open(path).map_err(|error| damaged(error.to_string()))?;
    let stored = file.metadata().map(|metadata| edgeconv_files::stored(&metadata));
    let budget = Memory::of_process().budget(stored.map_err(|error| damaged(error.to_string()))?);
    let mut archive = zip::ZipArchive::new(file).map_err(|error| damaged(error.to_string()))?;
    let mut tensors = vec![];
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let name = entry.name().map_err(|error| damaged(error.to_string()))?;
        let name = name.trim_end_matches(".npy").to_owned();
        // A few compressed bytes can say that they are any number.
        let size = entry.size();
        budget.take(size).map_err(|error| damaged(format!("array `{name}`: {error}")))?;
        let mut bytes = Vec::with_capacity(size as usize);
        entry.take(size).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        let tensor = npy::parse(bytes).map_err(|found| damaged(format!("array `{name}` is {found}")))?;
        tensors.push(NamedTensor { name, tensor });
    }
    Ok(tensors)
}

/// Arrays under the names of ports: those that NumPy calls `arr_0`, `arr_1` and so on, since nobody named them, are the ports in their order.
pub fn in_order(mut arrays: Vec<NamedTensor>, ports: &[Port]) -> Vec<NamedTensor> {
    let known = |name: &str| ports.iter().any(|port| port.name == name);
    for array in arrays.iter_mut().filter(|array| !known(&array.name)) {
        let place = array.name.strip_prefix("arr_").and_then(|place| place.parse::<usize>().ok());
        if let Some(port) = place.and_then(|place| ports.get(place)) {
            array.name.clone_from(&port.name);
        }
    }
    arrays
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_without_names_are_ports_in_their_order() {
        let named = |names: &[&str], ports: &[&str]| {
            let arrays = names.iter().map(|&name| NamedTensor { name: name.into(), tensor: Tensor::indices(vec![]) });
            let ports: Vec<_> = ports.iter().map(|&name| Port { name: name.into(), ty: String::new() }).collect();
            in_order(arrays.collect(), &ports).into_iter().map(|array| array.name).collect::<Vec<_>>()
        };
        assert_eq!(named(&["arr_1", "arr_0", "arr_2"], &["a", "b"]), ["b", "a", "arr_2"]);
        assert_eq!(named(&["b", "arr_0", "other"], &["a", "b"]), ["b", "a", "other"]);
        assert_eq!(named(&["arr_1", "arr_0"], &["arr_1", "arr_0"]), ["arr_1", "arr_0"]);
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(random(&[1, 3, 8, 8], 7), random(&[1, 3, 8, 8], 7));
        assert_ne!(random(&[1, 3, 8, 8], 7), random(&[1, 3, 8, 8], 8));
    }

    #[test]
    fn an_input_survives_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        for tensor in [random(&[1, 3, 4, 5], 1), Tensor::indices(vec![1, -2])] {
            write(&path, &tensor).unwrap();
            assert_eq!(read_any(&path).unwrap(), tensor);
        }
    }

    #[test]
    fn inputs_become_what_the_model_declares() {
        let declared = |ty: &str| vec![Port { name: "x".into(), ty: ty.into() }];
        let cast = |tensor: Tensor, ty: &str| {
            as_declared(vec![NamedTensor { name: "x".into(), tensor }], &declared(ty))
                .map(|(mut inputs, notes)| (inputs.swap_remove(0).tensor, notes))
                .map_err(|error| error.to_string())
        };
        let (tensor, notes) = cast(Tensor::new([2], vec![0.5_f64, 3.0]).unwrap(), "f32[n]").unwrap();
        assert_eq!((tensor, notes.len()), (Tensor::vector(vec![0.5, 3.0]), 1));
        assert_eq!(notes[0], "input `x` was cast from f64 to f32, which the model takes");
        let (tensor, notes) = cast(Tensor::vector(vec![0.0, 200.0]), "u8[2]").unwrap();
        assert_eq!((tensor, notes.len()), (Tensor::new([2], vec![0_u8, 200]).unwrap(), 1));
        let (tensor, _) = cast(Tensor::new([2], vec![0_u8, 255]).unwrap(), "bool[2]").unwrap();
        assert_eq!(tensor, Tensor::bool([2], vec![false, true]).unwrap());
        let (tensor, notes) = cast(Tensor::new([1], vec![7_i16]).unwrap(), "f16[1]").unwrap();
        assert_eq!((tensor.ty().to_string(), notes.len()), ("f16[1]".into(), 1));
        // What is the same, or not known, stays.
        for ty in ["f32[1]", "", "string[1]"] {
            assert_eq!(cast(Tensor::vector(vec![1.5]), ty), Ok((Tensor::vector(vec![1.5]), vec![])), "{ty}");
        }
        let infinite = cast(Tensor::vector(vec![f32::INFINITY, f32::NAN]), "f16[2]").unwrap().0;
        assert!(infinite.numbers().all(|number| !number.is_finite()));
        let error = cast(Tensor::new([1], vec![1e300_f64]).unwrap(), "f32[1]").unwrap_err();
        assert!(error.starts_with("input `x` is f64[1] with numbers that f32"), "{error}");
        for (numbers, ty) in
            [(vec![0.5], "i64[1]"), (vec![-1.0], "u8[1]"), (vec![300.0], "i8[1]"), (vec![1e6], "f16[1]")]
        {
            let error = cast(Tensor::vector(numbers), ty).unwrap_err();
            assert!(error.starts_with("input `x` is f32[1] with numbers that "), "{error}");
        }
    }

    #[test]
    fn a_missing_or_truncated_file_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        assert!(read_any(&path).unwrap_err().to_string().contains("x.npy"));
        write(&path, &random(&[1, 3, 8, 8], 1)).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 8]).unwrap();
        assert!(read_any(&path).unwrap_err().to_string().contains("x.npy"));
    }

    #[test]
    fn a_range_is_kept() {
        let floats = random_in(&TensorType::f32([1000]), 0, [-2.0, 3.0]);
        let floats = floats.as_f32().unwrap();
        assert!(floats.iter().all(|x| (-2.0..3.0).contains(x)) && floats.iter().any(|x| *x < -1.0));
        let whole = random_in(&TensorType::new(DType::I64, [1000]), 0, [0.0, 10.0]);
        let whole = whole.as_i64().unwrap();
        assert!((0..10).all(|wanted| whole.contains(&wanted)) && whole.iter().all(|x| (0..10).contains(x)));
    }

    #[test]
    fn what_fills_the_memory_is_not_made() {
        // Half of what a file of no bytes may take.
        let [small, half, huge] = [1, 64_000_000, usize::MAX].map(|length| TensorType::f32([length]));
        assert!(may_be_made([("a", &half), ("b", &half)].into_iter(), 1, 0).is_ok());
        let three = || [("a", &half), ("b", &half), ("c", &small)].into_iter();
        let error = may_be_made(three(), 1, 0).unwrap_err().to_string();
        assert!(
            error.starts_with("random inputs, most of them for `b` (f32[64000000]), are too large: it wants"),
            "{error}"
        );
        assert!(may_be_made(three(), 1, 1).is_ok(), "a larger file may take more");
        assert!(may_be_made([("a", &half)].into_iter(), 4, 0).is_err(), "all samples count");
        assert!(may_be_made([("a", &huge), ("b", &huge)].into_iter(), 1, 0).is_err());
    }

    #[test]
    fn archives_that_unpack_to_more_than_memory_are_refused() {
        use std::io::Write;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npz");
        let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        archive.start_file("x.npy", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&[0; 100]).unwrap();
        archive.finish().unwrap();
        // The directory at the end says how many bytes the entry has.
        let mut bytes = std::fs::read(&path).unwrap();
        let entry = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bytes[entry + 24..entry + 28].copy_from_slice(&4_000_000_000_u32.to_le_bytes());
        std::fs::write(&path, bytes).unwrap();
        let error = read_npz(&path).unwrap_err().to_string();
        assert!(error.contains("x.npz") && error.contains("array `x`: it wants 4000.0 MB of memory"), "{error}");
    }

    #[test]
    fn archives_hold_named_tensors() {
        use std::io::Write;
        let folder = tempfile::tempdir().unwrap();
        let (npy, path) = (folder.path().join("x.npy"), folder.path().join("x.npz"));
        write(&npy, &random(&[2, 3], 1)).unwrap();
        let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        archive.start_file("in/put.npy", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&std::fs::read(&npy).unwrap()).unwrap();
        archive.finish().unwrap();
        let tensors = read_npz(&path).unwrap();
        assert_eq!(tensors, [NamedTensor { name: "in/put".into(), tensor: random(&[2, 3], 1) }]);
        let error = read_npz(&npy).unwrap_err().to_string();
        assert!(error.contains("x.npy") && error.contains("expected a .npz file"), "{error}");
    }

    #[test]
    fn numbers_fill_the_unit_interval() {
        let tensor = random(&[100, 100], 0);
        let data = tensor.as_f32().unwrap();
        assert!(data.iter().all(|x| (0.0..1.0).contains(x)));
        let mean = data.iter().sum::<f32>() / 1e4;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
    }
}
