//! Weights in a file beside the model (`model.mnn.weight`), where MNN looks for them by itself.
//!
//! An op that has weights there says in `external` where: an offset, and the bytes of each of its vectors, which lie one behind the other.
//! MNN reads them when it makes the op, so that it holds them once, in its own layout. A model whose weights are inside is
//! in memory as a file as well, and can't be larger than 2 GiB.

use std::collections::HashMap;
use std::io::{self, SeekFrom, Write};

use edgeconv_files::Memory;
use planus::ReadAsRoot;

use super::schema::{self, DataType, NetRef, OpParameter, ScaleStorageType};
use super::{ReadError, list};
use crate::content::Content;
use crate::source::{ImportError, ModelFile, ReadSeek};

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

/// The tables of a file, with the weights beside it taken in.
///
/// # Errors
/// If they can't be read, or are not an MNN model.
pub(super) fn read(file: &ModelFile) -> Result<schema::Net, ImportError> {
    let bytes = file.bytes()?;
    let beside = file.beside().open(&file.weights()).and_then(|mut beside| beside.seek(SeekFrom::End(0)));
    let mut net = tables(&bytes, beside.unwrap_or_default()).map_err(|error| error.of_file(file.name()))?;
    take_in(&mut net, file)?;
    Ok(net)
}

/// The tables of a file, which may have so many bytes of weights beside it.
///
/// # Errors
/// If they can't be read, or take more memory than such files may.
pub(super) fn tables(bytes: &[u8], beside: u64) -> Result<schema::Net, ReadError> {
    let budget = Memory::of_process().budget(bytes.len() as u64);
    budget.add_file(beside);
    // Each operator gets weights of its own, also where the file has them once.
    budget.take(list(bytes)?.weight_bytes())?;
    Ok(NetRef::read_as_root(bytes)?.try_into()?)
}

/// Takes the weights beside a model into it. Those of operators that name a file of their own stay there.
///
/// # Errors
/// If they can't be read.
fn take_in(net: &mut schema::Net, file: &ModelFile) -> Result<(), ImportError> {
    let wrong =
        |reason: &str| ImportError::NotAModel { file: file.name().into(), format: "MNN".into(), reason: reason.into() };
    for op in net.oplists.iter_mut().flatten().filter(|op| op.external_path.is_none()) {
        let Some(parameter) = &mut op.main else { continue };
        let place = external(parameter).and_then(Option::take).filter(|place| place.len() > 1);
        let Some(place) = place else { continue };
        let numbers: Option<Vec<_>> = place.iter().map(|&number| usize::try_from(number).ok()).collect();
        let numbers = numbers.ok_or_else(|| wrong("it has weights at a negative offset"))?;
        let mut vectors = Vectors::open(file, numbers[0], numbers[1..].to_vec())?;
        match parameter {
            OpParameter::Convolution2D(convolution) => match &mut convolution.quan_parameter {
                Some(kernel) => {
                    kernel.buffer = vectors.next()?;
                    match kernel.scale_storage {
                        ScaleStorageType::Fp32 => kernel.alpha = vectors.next()?,
                        ScaleStorageType::Fp16 => kernel.alpha_fp16 = vectors.next()?,
                    }
                    convolution.bias = vectors.next()?;
                    // An empty one would say that the kernel is sparse.
                    kernel.index = vectors.next()?.filter(|index| !index.is_empty());
                }
                None => (convolution.weight, convolution.bias) = (vectors.next()?, vectors.next()?),
            },
            OpParameter::Scale(scale) => (scale.scale_data, scale.bias_data) = (vectors.next()?, vectors.next()?),
            OpParameter::LayerNorm(norm) => (norm.gamma, norm.beta) = (vectors.next()?, vectors.next()?),
            OpParameter::Blob(blob) if blob.data_type == DataType::DtInt32 => blob.int32s = vectors.next()?,
            OpParameter::Blob(blob) if blob.data_type == DataType::DtFloat => blob.float32s = vectors.next()?,
            _ => return Err(wrong("it has constants in a file beside it that are neither floats nor 32-bit integers")),
        }
    }
    Ok(())
}

/// Where an operator says that its weights are in the file beside the model, if it is of a type that can have some there.
fn external(parameter: &mut OpParameter) -> Option<&mut Option<Vec<i64>>> {
    Some(match parameter {
        OpParameter::Convolution2D(convolution) => &mut convolution.external,
        OpParameter::Blob(blob) => &mut blob.external,
        OpParameter::Scale(scale) => &mut scale.external,
        OpParameter::LayerNorm(norm) => &mut norm.external,
        _ => return None,
    })
}

/// The vectors of an op that lie one behind the other in the file beside a model.
struct Vectors<'f> {
    file: &'f ModelFile,
    beside: Box<dyn ReadSeek>,
    lengths: std::vec::IntoIter<usize>,
}

impl<'f> Vectors<'f> {
    fn open(file: &'f ModelFile, offset: usize, lengths: Vec<usize>) -> Result<Self, ImportError> {
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

    /// The next vector, without bytes at its end that make no whole number.
    fn next<T: bytemuck::Pod>(&mut self) -> Result<Option<Vec<T>>, ImportError> {
        let Some(length) = self.lengths.next() else { return Ok(None) };
        let mut numbers = vec![T::zeroed(); length / size_of::<T>()];
        let bytes = bytemuck::cast_slice_mut(&mut numbers);
        self.beside.read_exact(bytes).map_err(|source| failed(self.file, source))?;
        Ok(Some(numbers))
    }
}

fn failed(file: &ModelFile, source: io::Error) -> ImportError {
    ImportError::Read { path: file.beside().path(&file.weights()), source }
}

/// Whether an op's vectors go to the file beside the model, if there is one.
pub(super) fn is_worth_it(vectors: &[Content<'_>]) -> bool {
    vectors.iter().map(|Content(bytes)| bytes.len()).sum::<usize>() >= WORTH_IT
}
