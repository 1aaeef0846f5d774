//! Tensors as `.npy` files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use npyz::{DType, Endianness, NpyFile, NpyHeader, Order, TypeChar, WriterBuilder};

/// Elements in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub enum NpyData {
    /// 32-bit floats.
    F32(Vec<f32>),
    /// 32-bit integers.
    I32(Vec<i32>),
    /// 64-bit integers.
    I64(Vec<i64>),
}

/// Shape and elements.
#[derive(Debug, Clone, PartialEq)]
pub struct NpyTensor {
    /// Dimensions, outermost first.
    pub shape: Vec<usize>,
    /// Elements.
    pub data: NpyData,
}

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
    #[error("`{}` holds {found}; expected float32, int32 or int64 in C order, little endian", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What it holds.
        found: String,
    },
}

impl NpyData {
    /// Number of elements.
    fn len(&self) -> usize {
        match self {
            Self::F32(data) => data.len(),
            Self::I32(data) => data.len(),
            Self::I64(data) => data.len(),
        }
    }

    fn slice(&self, range: Range<usize>) -> Option<Self> {
        Some(match self {
            Self::F32(data) => Self::F32(data.get(range)?.to_vec()),
            Self::I32(data) => Self::I32(data.get(range)?.to_vec()),
            Self::I64(data) => Self::I64(data.get(range)?.to_vec()),
        })
    }

    fn append(&mut self, other: Self) -> Result<(), &'static str> {
        match (self, other) {
            (Self::F32(data), Self::F32(more)) => data.extend(more),
            (Self::I32(data), Self::I32(more)) => data.extend(more),
            (Self::I64(data), Self::I64(more)) => data.extend(more),
            _ => return Err("their types differ"),
        }
        Ok(())
    }
}

impl NpyTensor {
    /// Reads a file.
    ///
    /// # Errors
    /// If it can't be read, is damaged, or has another element type or order than is supported.
    pub fn read(path: &Path) -> Result<Self, NpyError> {
        let bytes = std::fs::read(path).map_err(io_error(path))?;
        Self::parse(&bytes).map_err(|found| NpyError::Content { path: path.to_owned(), found })
    }

    /// The tensor that the bytes of a file are.
    ///
    /// # Errors
    /// What they are instead.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        parse(bytes)
    }

    /// One of `count` equal parts along the first axis, by its index; `None` if it can't be divided so, or has no such part.
    pub fn part(&self, index: usize, count: usize) -> Option<Self> {
        let (first, rest) = self.shape.split_first()?;
        if index >= count || first % count != 0 {
            return None;
        }
        let length = self.data.len() / count;
        let data = self.data.slice(index * length..(index + 1) * length)?;
        Some(Self { shape: [&[first / count], rest].concat(), data })
    }

    /// Tensors of one shape, one behind the other along the first axis.
    ///
    /// # Errors
    /// If there are none, if they differ in shape or type, or if they have no axis.
    pub fn stack(tensors: Vec<Self>) -> Result<Self, String> {
        let count = tensors.len();
        let mut tensors = tensors.into_iter();
        let mut stacked = tensors.next().ok_or("there are no tensors")?;
        let shape = stacked.shape.clone();
        for tensor in tensors {
            if tensor.shape != shape {
                return Err(format!("their shapes differ: {shape:?}, {:?}", tensor.shape));
            }
            stacked.data.append(tensor.data)?;
        }
        match stacked.shape.first_mut() {
            Some(first) => *first *= count,
            None if count == 1 => {}
            None => return Err("they are single numbers".into()),
        }
        Ok(stacked)
    }

    /// Writes a file that appears complete or not at all.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&self, path: &Path) -> Result<(), NpyError> {
        edgeconv_files::write_with(path, |file| self.write_to(file)).map_err(io_error(path))
    }

    /// Writes a file into a temporary folder, which nobody reads after a crash: it is not synced to disk.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write_temporary(&self, path: &Path) -> Result<(), NpyError> {
        File::create(path).and_then(|mut file| self.write_to(&mut file)).map_err(io_error(path))
    }

    fn write_to(&self, file: &mut File) -> std::io::Result<()> {
        let mut file = BufWriter::new(file);
        match &self.data {
            NpyData::F32(data) => write_elements(&mut file, &self.shape, data)?,
            NpyData::I32(data) => write_elements(&mut file, &self.shape, data)?,
            NpyData::I64(data) => write_elements(&mut file, &self.shape, data)?,
        }
        file.flush()
    }
}

fn io_error(path: &Path) -> impl FnOnce(std::io::Error) -> NpyError {
    move |reason| NpyError::Io { path: path.to_owned(), reason }
}

/// The tensor in a file; an error says what the file holds instead.
fn parse(bytes: &[u8]) -> Result<NpyTensor, String> {
    let mut rest = bytes;
    let header = NpyHeader::from_reader(&mut rest).map_err(|error| format!("no .npy header ({error})"))?;
    let dtype = header.dtype();
    let unsupported = || format!("elements of type {}", dtype.descr());
    let (kind, size) = match &dtype {
        DType::Plain(plain) if plain.endianness() != Endianness::Big => (plain.type_char(), plain.size_field()),
        _ => return Err(unsupported()),
    };
    if header.order() != Order::C && header.shape().len() > 1 {
        return Err("a tensor in Fortran order".into());
    }
    let shape = header.shape().to_vec();
    let stored = shape.iter().try_fold(size, |product, &dim| product.checked_mul(dim));
    if stored != Some(rest.len() as u64) {
        return Err(format!("{} bytes of elements, which a tensor of shape {shape:?} does not have", rest.len()));
    }
    let file = NpyFile::with_header(header, rest);
    let data = match (kind, size) {
        (TypeChar::Float, 4) => file.into_vec().map(NpyData::F32),
        (TypeChar::Int, 4) => file.into_vec().map(NpyData::I32),
        (TypeChar::Int, 8) => file.into_vec().map(NpyData::I64),
        _ => return Err(unsupported()),
    };
    let data = data.map_err(|error| error.to_string())?;
    Ok(NpyTensor { shape: shape.into_iter().map(|dim| dim as usize).collect(), data })
}

fn write_elements<T: npyz::AutoSerialize + Copy>(
    file: &mut impl Write,
    shape: &[usize],
    data: &[T],
) -> std::io::Result<()> {
    let shape: Vec<_> = shape.iter().map(|&dim| dim as u64).collect();
    let mut writer = npyz::WriteOptions::new().default_dtype().shape(&shape).writer(file).begin_nd()?;
    writer.extend(data.iter().copied())?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(shape: &[usize], data: &[f32]) -> NpyTensor {
        NpyTensor { shape: shape.to_vec(), data: NpyData::F32(data.to_vec()) }
    }

    #[test]
    fn parts_of_the_first_axis_stack_to_the_whole() {
        let whole = floats(&[4, 1], &[0.0, 1.0, 2.0, 3.0]);
        assert_eq!(whole.part(1, 2), Some(floats(&[2, 1], &[2.0, 3.0])));
        for count in [1, 2, 4] {
            let parts = (0..count).map(|index| whole.part(index, count).unwrap()).collect();
            assert_eq!(NpyTensor::stack(parts).unwrap(), whole);
        }
        assert_eq!((whole.part(0, 3), whole.part(2, 2), whole.part(0, 0)), (None, None, None));
        assert_eq!(floats(&[], &[1.0]).part(0, 1), None);
    }

    #[test]
    fn what_differs_does_not_stack() {
        let error = |tensors: &[NpyTensor]| NpyTensor::stack(tensors.to_vec()).unwrap_err();
        assert_eq!(error(&[floats(&[1], &[1.0]), floats(&[2], &[1.0; 2])]), "their shapes differ: [1], [2]");
        let whole = NpyTensor { shape: vec![1], data: NpyData::I32(vec![1]) };
        assert_eq!(error(&[floats(&[1], &[1.0]), whole]), "their types differ");
        let number = floats(&[], &[1.0]);
        assert_eq!(error(&[number.clone(), number.clone()]), "they are single numbers");
        assert_eq!(NpyTensor::stack(vec![number.clone()]), Ok(number));
        assert_eq!(error(&[]), "there are no tensors");
    }

    #[test]
    fn tensors_survive_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        for data in [NpyData::F32(vec![1.5, -2.0]), NpyData::I32(vec![3, -4]), NpyData::I64(vec![5, 1 << 40])] {
            let tensor = NpyTensor { shape: vec![1, 2], data };
            tensor.write(&path).unwrap();
            assert_eq!(NpyTensor::read(&path).unwrap(), tensor);
        }
    }

    #[test]
    fn shapes_from_scalars_to_empty_tensors_survive() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        for shape in [vec![], vec![1; 8], vec![3, 0, 2]] {
            let data = NpyData::F32(vec![0.5; shape.iter().product()]);
            let tensor = NpyTensor { shape, data };
            tensor.write(&path).unwrap();
            assert_eq!(NpyTensor::read(&path).unwrap(), tensor);
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
        let error = NpyTensor::read(&path).unwrap_err().to_string();
        let (place, reason) = error.split_once("x.npy` holds ").unwrap();
        assert!(place.starts_with('`'), "{error}");
        let (found, expected) = reason.rsplit_once("; ").unwrap();
        assert_eq!(expected, "expected float32, int32 or int64 in C order, little endian");
        found.to_owned()
    }

    #[test]
    fn other_contents_are_errors_that_say_what_was_found() {
        let header = |descr: &str, fortran: &str, shape: &str| {
            format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}")
        };
        assert_eq!(error(&header("<f8", "False", "(2,)"), 16), "elements of type '<f8'");
        assert_eq!(error(&header(">f4", "False", "(2,)"), 8), "elements of type '>f4'");
        assert_eq!(error(&header("<f4", "True", "(2, 3)"), 24), "a tensor in Fortran order");
        let short = error(&header("<f4", "False", "(2, 3)"), 23);
        assert_eq!(short, "23 bytes of elements, which a tensor of shape [2, 3] does not have");
        let long = error(&header("<i8", "False", "(2,)"), 17);
        assert_eq!(long, "17 bytes of elements, which a tensor of shape [2] does not have");
        assert!(error("garbage", 0).starts_with("no .npy header ("));
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
        assert!(NpyTensor::read(&path).unwrap_err().to_string().contains("x.npy"));
        for bytes in [&b""[..], b"garbage", b"\x93NUMPY\x01\x00\xff\xff"] {
            std::fs::write(&path, bytes).unwrap();
            assert!(NpyTensor::read(&path).unwrap_err().to_string().contains("x.npy` holds no .npy header"));
        }
    }
}
