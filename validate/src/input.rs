//! What models are run on.

use std::io::Read;
use std::path::{Path, PathBuf};

use edgeconv_agent::{NpyError, npy};
use edgeconv_graph::{DType, Graph, Tensor, TensorType};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::engine::NamedTensor;

/// A `.npy` file that is not an input for a model.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The file can't be read, or holds something else than a tensor of a supported type.
    #[error(transparent)]
    File(#[from] NpyError),
    /// The file is not a collection of tensors.
    #[error("`{}` can't be used: {reason}; expected a .npz file with arrays of floats, integers or booleans", path.display())]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The tensor has another type or shape than the model's input.
    #[error("`{}` holds {found}, but the model takes {expected}: save an array of that type and shape", path.display())]
    Type {
        /// The file.
        path: PathBuf,
        /// What the model takes.
        expected: TensorType,
        /// What the file holds.
        found: TensorType,
    },
}

/// Reads a tensor of any type from a `.npy` file.
///
/// # Errors
/// If the file can't be read.
pub fn read_any(path: &Path) -> Result<Tensor, InputError> {
    Ok(npy::read(path)?)
}

/// Reads an input of the type `expected` from a `.npy` file; integers of another size will do if they fit.
///
/// # Errors
/// If the file can't be read, or holds a tensor of another type or shape.
pub fn read(path: &Path, expected: &TensorType) -> Result<Tensor, InputError> {
    let tensor = read_any(path)?;
    let converted = tensor.converted(expected.dtype).filter(|tensor| tensor.shape() == expected.shape);
    let wrong = || InputError::Type { path: path.to_owned(), expected: expected.clone(), found: tensor.ty() };
    converted.ok_or_else(wrong)
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
pub fn random_inputs(graph: &Graph, seed: u64) -> Vec<NamedTensor> {
    let input = |&id| {
        let value = graph.value(id);
        NamedTensor { name: value.name.clone(), tensor: random_of(&value.ty, seed) }
    };
    graph.inputs().iter().map(input).collect()
}

/// Reads the tensors of a `.npz` file, named as in there.
///
/// # Errors
/// If it can't be read, or one of them has an unsupported type.
pub fn read_npz(path: &Path) -> Result<Vec<NamedTensor>, InputError> {
    let damaged = |reason: String| InputError::Archive { path: path.to_owned(), reason };
    let file = std::fs::File::open(path).map_err(|error| damaged(error.to_string()))?;
    let mut archive = zip::ZipArchive::new(file).map_err(|error| damaged(error.to_string()))?;
    let mut tensors = vec![];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let name = entry.name().map_err(|error| damaged(error.to_string()))?;
        let name = name.trim_end_matches(".npy").to_owned();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        let tensor = npy::parse(bytes).map_err(|found| damaged(format!("array `{name}` is {found}")))?;
        tensors.push(NamedTensor { name, tensor });
    }
    Ok(tensors)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(read(&path, &tensor.ty()).unwrap(), tensor);
        }
    }

    #[test]
    fn another_type_or_shape_is_an_error_that_says_both() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        write(&path, &random(&[1, 8, 8, 3], 1)).unwrap();
        let error = read(&path, &TensorType::f32([1, 3, 8, 8])).unwrap_err().to_string();
        assert!(error.contains("x.npy` holds f32[1, 8, 8, 3], but the model takes f32[1, 3, 8, 8]"), "{error}");
        write(&path, &Tensor::indices(vec![1, 2])).unwrap();
        let error = read(&path, &TensorType::f32([2])).unwrap_err().to_string();
        assert!(error.contains("holds i64[2], but the model takes f32[2]"), "{error}");
    }

    #[test]
    fn a_missing_or_truncated_file_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        let ty = TensorType::f32([1, 3, 8, 8]);
        assert!(read(&path, &ty).unwrap_err().to_string().contains("x.npy"));
        write(&path, &random(&ty.shape, 1)).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 8]).unwrap();
        assert!(read(&path, &ty).unwrap_err().to_string().contains("x.npy"));
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
