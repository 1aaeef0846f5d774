//! Tensors as `.npy` files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use edgeconv_files::name::escaped;
use edgeconv_tensor::{DType, Element, Tensor, TensorType};
use npyz::{Endianness, NpyHeader, Order, TypeChar, WriterBuilder};

/// A `.npy` file that can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum NpyError {
    /// The file can't be read or written.
    #[error("`{}`: {reason}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// The file holds something else.
    #[error("`{}` holds {}; expected floats, integers or booleans in C order, little endian", path.display(), escaped(found))]
    Content {
        /// The file.
        path: PathBuf,
        /// What it holds.
        found: String,
    },
}

/// Reads a file.
///
/// # Errors
/// If it can't be read, is damaged, or has another element type or order than is supported.
pub fn read(path: &Path) -> Result<Tensor, NpyError> {
    let bytes = edgeconv_files::read(path).map_err(io_error(path))?;
    parse(bytes).map_err(|found| NpyError::Content { path: path.to_owned(), found })
}

/// The tensor that the bytes of a file are.
///
/// # Errors
/// What they are instead.
pub fn parse(mut bytes: Vec<u8>) -> Result<Tensor, String> {
    let mut rest = bytes.as_slice();
    if nesting(header_of(rest)) > NESTING {
        return Err(format!("a header with brackets more than {NESTING} deep"));
    }
    let header = NpyHeader::from_reader(&mut rest).map_err(|error| format!("no .npy header ({error})"))?;
    let dtype = header.dtype();
    let known = element_type(&dtype).ok_or_else(|| format!("elements of type {}", dtype.descr()))?;
    if header.shape().len() > MAX_DIMENSIONS {
        return Err(format!("a tensor of {} dimensions, more than {MAX_DIMENSIONS}", header.shape().len()));
    }
    if header.order() != Order::C && header.shape().len() > 1 {
        return Err("a tensor in Fortran order".into());
    }
    let (shape, length) = (header.shape().to_vec(), rest.len());
    let ty = TensorType::new(known, shape.iter().map(|&dim| dim as usize).collect::<Vec<_>>());
    // In place: a tensor is not held twice.
    bytes.drain(..bytes.len() - length);
    let wrong = |_| format!("{length} bytes of elements, which a tensor of shape {shape:?} does not have");
    Tensor::from_bytes(ty, bytes).map_err(wrong)
}

/// As in NumPy.
const MAX_DIMENSIONS: usize = 64;

/// How deep brackets are in headers: a dictionary, a list of fields, a field, its shape. What parses them takes twice as long for each further one.
const NESTING: usize = 4;

/// The text after magic, version and length.
fn header_of(bytes: &[u8]) -> &[u8] {
    let (start, length) = match *bytes {
        [_, _, _, _, _, _, 1, _, a, b, ..] => (10, u16::from_le_bytes([a, b]).into()),
        [_, _, _, _, _, _, _, _, a, b, c, d, ..] => (12, u32::from_le_bytes([a, b, c, d]) as usize),
        _ => return &[],
    };
    let rest = &bytes[start..];
    &rest[..length.min(rest.len())]
}

fn nesting(header: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in header {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The element type for one of NumPy.
fn element_type(dtype: &npyz::DType) -> Option<DType> {
    let npyz::DType::Plain(plain) = dtype else { return None };
    if plain.endianness() == Endianness::Big {
        return None;
    }
    match (plain.type_char(), plain.size_field()) {
        (TypeChar::Float, 2) => Some(DType::F16),
        (TypeChar::Float, 4) => Some(DType::F32),
        (TypeChar::Float, 8) => Some(DType::F64),
        (TypeChar::Int, 1) => Some(DType::I8),
        (TypeChar::Int, 2) => Some(DType::I16),
        (TypeChar::Int, 4) => Some(DType::I32),
        (TypeChar::Int, 8) => Some(DType::I64),
        (TypeChar::Uint, 1) => Some(DType::U8),
        (TypeChar::Uint, 2) => Some(DType::U16),
        (TypeChar::Uint, 4) => Some(DType::U32),
        (TypeChar::Uint, 8) => Some(DType::U64),
        (TypeChar::Bool, 1) => Some(DType::Bool),
        _ => None,
    }
}

/// Writes a file that appears complete or not at all.
///
/// # Errors
/// If it can't be written.
pub fn write(tensor: &Tensor, path: &Path) -> Result<(), NpyError> {
    edgeconv_files::write_with(path, |file| write_to(tensor, file)).map_err(io_error(path))
}

/// Writes a file into a temporary folder, which nobody reads after a crash: it is not synced to disk.
///
/// # Errors
/// If it can't be written.
pub fn write_temporary(tensor: &Tensor, path: &Path) -> Result<(), NpyError> {
    File::create(path).and_then(|mut file| write_to(tensor, &mut file)).map_err(io_error(path))
}

/// Types that NumPy lacks become the next larger ones.
fn write_to(tensor: &Tensor, file: &mut File) -> std::io::Result<()> {
    match tensor.dtype() {
        DType::F32 => write_elements::<f32>(tensor, file),
        DType::F64 => write_elements::<f64>(tensor, file),
        DType::F16 => write_elements::<half::f16>(tensor, file),
        DType::I64 => write_elements::<i64>(tensor, file),
        DType::I32 => write_elements::<i32>(tensor, file),
        DType::I16 => write_elements::<i16>(tensor, file),
        DType::I8 => write_elements::<i8>(tensor, file),
        DType::U64 => write_elements::<u64>(tensor, file),
        DType::U32 => write_elements::<u32>(tensor, file),
        DType::U16 => write_elements::<u16>(tensor, file),
        DType::U8 => write_elements::<u8>(tensor, file),
        DType::Bool => write_elements::<bool>(tensor, file),
        DType::I4 | DType::I2 => write_as(tensor, DType::I8, file),
        DType::U4 | DType::U2 => write_as(tensor, DType::U8, file),
        _ => write_as(tensor, DType::F32, file),
    }
}

fn write_as(tensor: &Tensor, dtype: DType, file: &mut File) -> std::io::Result<()> {
    let wide = tensor.cast(dtype).ok_or_else(|| std::io::Error::other(format!("{} is no {dtype}", tensor.ty())))?;
    write_to(&wide, file)
}

fn write_elements<T: Element + npyz::AutoSerialize>(tensor: &Tensor, file: &mut File) -> std::io::Result<()> {
    let shape: Vec<_> = tensor.shape().iter().map(|&dim| dim as u64).collect();
    let mut file = BufWriter::new(file);
    let mut writer = npyz::WriteOptions::new().default_dtype().shape(&shape).writer(&mut file).begin_nd()?;
    writer.extend(tensor.elements::<T>().unwrap_or_default().iter().copied())?;
    writer.finish()?;
    file.flush()
}

fn io_error(path: &Path) -> impl FnOnce(std::io::Error) -> NpyError {
    move |reason| NpyError::Io { path: path.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_survive_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        for &dtype in DType::ALL {
            let tensor = Tensor::from_bytes(TensorType::new(dtype, [1, 2]), vec![1; dtype.bytes(2)]).unwrap();
            write(&tensor, &path).unwrap();
            let found = read(&path).unwrap();
            assert!(found.numbers().eq(tensor.numbers()), "{dtype}");
            let same = dtype.bits() >= 8 && !dtype.is_float() || matches!(dtype, DType::F32 | DType::F64 | DType::F16);
            assert!(!same || found == tensor, "{dtype}");
        }
    }

    #[test]
    fn shapes_from_scalars_to_empty_tensors_survive() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        for shape in [vec![], vec![1; 8], vec![3, 0, 2]] {
            let tensor = Tensor::f32(shape.clone(), vec![0.5; shape.iter().product()]).unwrap();
            write(&tensor, &path).unwrap();
            assert_eq!(read(&path).unwrap(), tensor);
        }
    }

    /// The error for a file with this header and so many bytes of elements.
    fn error(header: &str, elements: usize) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        let mut file = b"\x93NUMPY\x01\x00".to_vec();
        file.extend((header.len() as u16).to_le_bytes());
        file.extend(header.as_bytes());
        file.extend(vec![0; elements]);
        std::fs::write(&path, file).unwrap();
        let error = read(&path).unwrap_err().to_string();
        let (place, reason) = error.split_once("x.npy` holds ").unwrap();
        assert!(place.starts_with('`'), "{error}");
        let (found, expected) = reason.rsplit_once("; ").unwrap();
        assert_eq!(expected, "expected floats, integers or booleans in C order, little endian");
        found.to_owned()
    }

    #[test]
    fn other_contents_are_errors_that_say_what_was_found() {
        let header = |descr: &str, fortran: &str, shape: &str| {
            format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}")
        };
        assert_eq!(error(&header("<c8", "False", "(2,)"), 16), "elements of type '<c8'");
        assert_eq!(error(&header(">f4", "False", "(2,)"), 8), "elements of type '>f4'");
        assert_eq!(error(&header("<f4", "True", "(2, 3)"), 24), "a tensor in Fortran order");
        let short = error(&header("<f4", "False", "(2, 3)"), 23);
        assert_eq!(short, "23 bytes of elements, which a tensor of shape [2, 3] does not have");
        let long = error(&header("<i8", "False", "(2,)"), 17);
        assert_eq!(long, "17 bytes of elements, which a tensor of shape [2] does not have");
        assert!(error("garbage", 0).starts_with("no .npy header ("));
        let many = error(&header("<f4", "False", &format!("({})", "1, ".repeat(65))), 4);
        assert_eq!(many, "a tensor of 65 dimensions, more than 64");
        let nested = error(&header("<f4", "False", &format!("(2, {}{})", "[".repeat(1000), "]".repeat(1000))), 8);
        assert_eq!(nested, "a header with brackets more than 4 deep");
    }

    #[test]
    fn huge_shapes_are_errors() {
        for shape in ["(4294967296, 4294967296)", "(9223372036854775807,)"] {
            let found = error(&format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"), 4);
            assert!(found.contains("does not have") || found.starts_with("no .npy header"), "{found}");
        }
    }

    #[test]
    fn other_files_are_errors_that_name_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        assert!(read(&path).unwrap_err().to_string().contains("x.npy"));
        for bytes in [&b""[..], b"garbage", b"\x93NUMPY\x01\x00\xff\xff"] {
            std::fs::write(&path, bytes).unwrap();
            assert!(read(&path).unwrap_err().to_string().contains("x.npy` holds no .npy header"));
        }
    }
}
