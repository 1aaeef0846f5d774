//! Tensors as `.npy` files.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use npyz::{DType, NpyFile, Order, TypeChar, WriterBuilder};

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
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
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

impl NpyTensor {
    /// Reads a file.
    ///
    /// # Errors
    /// If it can't be read, is damaged, or has another element type or order than is supported.
    pub fn read(path: &Path) -> Result<Self, NpyError> {
        let io = |source| NpyError::Io { path: path.to_owned(), source };
        let content = |found: String| NpyError::Content { path: path.to_owned(), found };
        let file = NpyFile::new(BufReader::new(File::open(path).map_err(io)?)).map_err(io)?;
        let dims = file.shape().iter().map(|&dim| usize::try_from(dim)).collect::<Result<Vec<_>, _>>();
        let shape = dims.map_err(|_| content(format!("a tensor of shape {:?}", file.shape())))?;
        if file.order() != Order::C && shape.len() > 1 {
            return Err(content("a tensor in Fortran order".into()));
        }
        let dtype = file.dtype();
        let (kind, bytes) = match &dtype {
            DType::Plain(ty) if ty.endianness() != npyz::Endianness::Big => (ty.type_char(), ty.size_field()),
            other => return Err(content(format!("elements of type {}", other.descr()))),
        };
        let data = match (kind, bytes) {
            (TypeChar::Float, 4) => NpyData::F32(file.into_vec().map_err(io)?),
            (TypeChar::Int, 4) => NpyData::I32(file.into_vec().map_err(io)?),
            (TypeChar::Int, 8) => NpyData::I64(file.into_vec().map_err(io)?),
            _ => return Err(content(format!("elements of type {}", dtype.descr()))),
        };
        Ok(Self { shape, data })
    }

    /// Writes a file, under a temporary name that is renamed at the end.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&self, path: &Path) -> Result<(), NpyError> {
        self.write_renamed(path).map_err(|source| NpyError::Io { path: path.to_owned(), source })
    }

    fn write_renamed(&self, path: &Path) -> std::io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
        match &self.data {
            NpyData::F32(data) => write_elements(&mut file, &self.shape, data)?,
            NpyData::I32(data) => write_elements(&mut file, &self.shape, data)?,
            NpyData::I64(data) => write_elements(&mut file, &self.shape, data)?,
        }
        file.flush()?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.persist(path)?;
        Ok(())
    }
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
    fn other_files_are_errors_that_name_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        assert!(NpyTensor::read(&path).unwrap_err().to_string().contains("x.npy"));
        std::fs::write(&path, b"garbage").unwrap();
        assert!(NpyTensor::read(&path).is_err());
        let mut file = vec![];
        let options = npyz::WriteOptions::new().default_dtype().shape(&[2]);
        let mut writer = options.writer(&mut file).begin_nd().unwrap();
        writer.extend([1.0f64, 2.0]).unwrap();
        writer.finish().unwrap();
        std::fs::write(&path, &file).unwrap();
        let error = NpyTensor::read(&path).unwrap_err().to_string();
        assert!(error.contains("<f8") && error.contains("expected float32"), "{error}");
    }
}
