//! Weights in a file beside the model (`model.mnn.weight`), where MNN looks for them by itself.
//!
//! An op that has weights there says in `external` where: an offset, and the bytes of each of its vectors, which lie one behind the other.
//! MNN reads them when it makes the op, so that it holds them once, in its own layout. A model whose weights are inside is
//! in memory as a file as well, and can't be larger than 2 GiB.

use std::collections::HashMap;
use std::io::{self, SeekFrom, Write};

use super::schema::{self, DataType, OpParameter};
use crate::content::Content;
use crate::source::{ImportError, ModelFile, ReadSeek};
use crate::target::ReadError;

/// When the weights of a model are in a file beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExternalWeights {
    /// If the model would be larger than [`LARGE`].
    #[default]
    Large,
    /// If there are weights that are worth it.
    Always,
    /// In no case.
    Never,
}

/// Bytes from which on a model is large: twice as many are more than boards have to spare.
pub const LARGE: usize = 256 << 20;

/// Bytes from which on an op's weights are worth a place of their own.
const WORTH_IT: usize = 1 << 9;

impl ExternalWeights {
    /// Whether a model that would have so many bytes has its weights beside it.
    pub(super) fn applies(self, bytes: usize) -> bool {
        match self {
            Self::Large => bytes > LARGE,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// The file beside a model, while it is written. Equal weights are there once.
pub(super) struct External<'n> {
    to: &'n mut dyn Write,
    written: u64,
    places: HashMap<Vec<Content<'n>>, u64>,
    error: io::Result<()>,
}

impl<'n> External<'n> {
    pub fn new(to: &'n mut dyn Write) -> Self {
        Self { to, written: 0, places: HashMap::new(), error: Ok(()) }
    }

    /// Writes the vectors of an op, if that is worth it; returns where they are, as the op says it in `external`.
    pub fn place(&mut self, vectors: Vec<Content<'n>>) -> Option<Vec<i64>> {
        if !is_worth_it(&vectors) {
            return None;
        }
        let lengths: Vec<_> = vectors.iter().map(|Content(bytes)| bytes.len() as i64).collect();
        let offset = match self.places.get(&vectors) {
            Some(&offset) => offset,
            None => self.write(vectors),
        };
        Some([offset as i64].into_iter().chain(lengths).collect())
    }

    fn write(&mut self, vectors: Vec<Content<'n>>) -> u64 {
        let offset = self.written;
        for Content(bytes) in &vectors {
            if self.error.is_ok() {
                self.error = self.to.write_all(bytes);
            }
            self.written += bytes.len() as u64;
        }
        self.places.insert(vectors, offset);
        offset
    }

    /// The bytes that were written.
    pub fn finish(self) -> io::Result<u64> {
        self.error.map(|()| self.written)
    }
}

/// Takes the weights beside a model into it.
///
/// # Errors
/// If they can't be read, or are too many for one file.
pub(super) fn take_in(net: &mut schema::Net, file: &ModelFile) -> Result<(), ReadError> {
    let wrong = |reason: String| {
        ReadError::from(ImportError::NotAModel { file: file.name().to_owned(), format: "MNN".into(), reason })
    };
    let mut all: usize = 0;
    for op in net.oplists.iter_mut().flatten() {
        let place = match &mut op.main {
            Some(OpParameter::Convolution2D(convolution)) => convolution.external.take(),
            Some(OpParameter::Blob(blob)) => blob.external.take(),
            _ => None,
        };
        let Some(place) = place.filter(|place| place.len() > 1) else { continue };
        let numbers: Option<Vec<_>> = place.iter().map(|&number| usize::try_from(number).ok()).collect();
        let numbers = numbers.ok_or_else(|| wrong("it has weights at a negative offset".into()))?;
        all = numbers[1..].iter().fold(all, |sum, &length| sum.saturating_add(length));
        if all > i32::MAX as usize {
            return Err(wrong(format!(
                "with its weights it has {all} bytes or more, which no single file of MNN can have"
            )));
        }
        let mut vectors = Vectors::open(file, numbers[0], numbers[1..].to_vec())?;
        match &mut op.main {
            Some(OpParameter::Convolution2D(convolution)) => match &mut convolution.quan_parameter {
                Some(kernel) => {
                    kernel.buffer = vectors.next()?;
                    kernel.alpha = vectors.next()?;
                    convolution.bias = vectors.next()?;
                }
                None => {
                    convolution.weight = vectors.next()?;
                    convolution.bias = vectors.next()?;
                }
            },
            Some(OpParameter::Blob(blob)) if blob.data_type == DataType::DtInt32 => {
                blob.int32s = vectors.next()?;
            }
            Some(OpParameter::Blob(blob)) if blob.data_type == DataType::DtFloat => {
                blob.float32s = vectors.next()?;
            }
            _ => {
                return Err(wrong(
                    "it has constants in a file beside it that are neither floats nor 32-bit integers".into(),
                ));
            }
        }
    }
    Ok(())
}

/// The vectors of an op that lie one behind the other in the file beside a model.
struct Vectors<'f> {
    file: &'f ModelFile,
    beside: Box<dyn ReadSeek>,
    lengths: std::vec::IntoIter<usize>,
}

impl<'f> Vectors<'f> {
    fn open(file: &'f ModelFile, offset: usize, lengths: Vec<usize>) -> Result<Self, ReadError> {
        let failed = |source| failed(file, source);
        let mut beside = file.beside().open(&file.weights()).map_err(failed)?;
        let size = beside.seek(SeekFrom::End(0)).map_err(failed)?;
        let end = lengths.iter().fold(offset as u64, |end, &length| end.saturating_add(length as u64));
        if end > size {
            let reason = format!("it is cut off, or that of another model: expected {end} bytes or more, found {size}");
            return Err(failed(io::Error::new(io::ErrorKind::UnexpectedEof, reason)));
        }
        beside.seek(SeekFrom::Start(offset as u64)).map_err(failed)?;
        Ok(Self { file, beside, lengths: lengths.into_iter() })
    }

    /// The next one, of whole numbers.
    fn next<T: bytemuck::Pod>(&mut self) -> Result<Option<Vec<T>>, ReadError> {
        let Some(length) = self.lengths.next() else { return Ok(None) };
        let mut numbers = vec![T::zeroed(); length / size_of::<T>()];
        let bytes = bytemuck::cast_slice_mut(&mut numbers);
        self.beside.read_exact(bytes).map_err(|source| failed(self.file, source))?;
        Ok(Some(numbers))
    }
}

fn failed(file: &ModelFile, source: io::Error) -> ReadError {
    ImportError::Read { path: file.beside().path(&file.weights()), source }.into()
}

/// Whether an op's vectors go to the file beside the model, if there is one.
pub(super) fn is_worth_it(vectors: &[Content<'_>]) -> bool {
    vectors.iter().map(|Content(bytes)| bytes.len()).sum::<usize>() >= WORTH_IT
}
