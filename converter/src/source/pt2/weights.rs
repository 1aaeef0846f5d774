//! Parameters, buffers and constants: views of raw storages, or what `torch.save` writes of them (PyTorch 2.8 and before).

use std::collections::HashMap;

use bytes::Bytes;
use edgeconv_files::Budget;
use edgeconv_graph::DType;
use pytorch_reader::{DType as SavedDType, PytorchReader, Tensor as Saved};
use zip::CompressionMethod;

use super::archive::{Archive, open_zip};
use super::schema::{Payload, Payloads, Size, TensorMeta};
use crate::element_type;
use crate::proto::TensorProto;
use crate::source::ImportError;

/// Element types by PyTorch's numbers in exported programs (`ScalarType` in `torch/_export/serde/schema.py`).
const DTYPES: [(u32, DType); 13] = [
    (1, DType::U8),
    (2, DType::I8),
    (3, DType::I16),
    (4, DType::I32),
    (5, DType::I64),
    (6, DType::F16),
    (7, DType::F32),
    (8, DType::F64),
    (12, DType::Bool),
    (13, DType::BF16),
    (28, DType::U16),
    (34, DType::U32),
    (35, DType::U64),
];

/// The element type that has PyTorch's number.
pub(super) fn dtype(number: u32) -> Result<DType, String> {
    let found = DTYPES.into_iter().find(|&(other, _)| other == number);
    found.map(|(_, dtype)| dtype).ok_or_else(|| format!("elements of PyTorch's type {number} can't be read"))
}

/// The tensors of an archive by the names that its modules give them.
pub(super) struct Weights {
    stored: HashMap<String, Stored>,
}

/// How a tensor is stored.
enum Stored {
    /// As a view of the storage that is an entry in this folder.
    Raw(&'static str, Payload),
    /// In what `torch.save` wrote.
    Saved(Saved),
}

/// The folders of tensors, and the files in their place of PyTorch 2.7 and before.
const FOLDERS: [(&str, &str); 2] =
    [("data/weights", "serialized_state_dict.pt"), ("data/constants", "serialized_constants.pt")];

impl Weights {
    /// What the archive lists.
    ///
    /// # Errors
    /// If a list is damaged, or takes too much memory.
    pub fn of(archive: &mut Archive<'_>) -> Result<Self, ImportError> {
        let mut stored = HashMap::new();
        for (folder, flat) in FOLDERS {
            let mut saved = vec![];
            for name in archive.names(folder) {
                let entry = format!("{folder}/{name}");
                if name.ends_with("_config.json") {
                    let listed: Payloads = archive.json(&entry)?;
                    stored
                        .extend(listed.config.into_iter().map(|(name, payload)| (name, Stored::Raw(folder, payload))));
                } else if name.ends_with(".pt") {
                    saved.push(entry);
                }
            }
            saved.extend(archive.has(flat).then(|| flat.to_owned()));
            for entry in saved {
                stored
                    .extend(state_dict(archive, &entry)?.into_iter().map(|(name, saved)| (name, Stored::Saved(saved))));
            }
        }
        Ok(Self { stored })
    }

    /// One of them.
    ///
    /// # Errors
    /// If it is not listed, or its elements can't be read.
    pub fn tensor(&self, archive: &mut Archive<'_>, name: &str) -> Result<TensorProto, ImportError> {
        let failed = |reason: String| ImportError::Tensor { name: name.to_owned(), reason };
        let (folder, payload) = match self.stored.get(name) {
            None => return Err(failed("the archive does not list it".into())),
            Some(Stored::Saved(saved)) => return in_rows(saved, archive.budget()).map_err(failed),
            Some(Stored::Raw(folder, payload)) => (folder, payload),
        };
        let is_inside = !payload.path_name.is_empty() && !payload.path_name.contains(['/', '\\']);
        if !is_inside {
            return Err(failed(format!("its path `{}` leaves the folder of weights", payload.path_name)));
        }
        let meta = payload.tensor_meta.as_ref().filter(|_| !payload.use_pickle);
        let meta = meta.ok_or_else(|| failed("it is a pickle, which is not read: save plain tensors".into()))?;
        let storage = archive.entry(&format!("{folder}/{}", payload.path_name))?;
        view(meta, &storage, archive.budget()).map_err(failed)
    }
}

/// What a reader may make of each byte of a pickle, in bytes.
const OBJECT: u64 = 128;

/// The tensors of an entry that is itself an archive of `torch.save`. Its pickle is read as data: nothing in it is called.
fn state_dict(archive: &mut Archive<'_>, name: &str) -> Result<HashMap<String, Saved>, ImportError> {
    let content = archive.entry(name)?;
    let wrong = |archive: &Archive<'_>, reason: String| archive.wrong(format!("its entry `{name}`: {reason}"));
    let pickle = pickle_size(&content).map_err(|reason| wrong(archive, reason))?;
    let taken = archive.budget().take(OBJECT.saturating_mul(pickle).saturating_add(content.len() as u64));
    taken.map_err(|source| ImportError::memory(name.to_owned(), source))?;
    let reader = PytorchReader::from_bytes(content.into(), None).map_err(|error| wrong(archive, error.to_string()))?;
    Ok(reader.into_tensors())
}

/// The bytes of the pickles in an archive of `torch.save`, which stores them as they are.
fn pickle_size(content: &Bytes) -> Result<u64, String> {
    if !content.starts_with(b"PK\x03\x04") {
        return Err("it is no archive of torch.save".into());
    }
    let mut zip = open_zip(content).map_err(|error| error.to_string())?;
    let mut size = 0u64;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|error| error.to_string())?;
        if entry.name().is_ok_and(|name| name.ends_with(".pkl")) {
            if entry.compression() != CompressionMethod::Stored || entry.size() > content.len() as u64 {
                return Err("its pickle is compressed, or larger than the file".into());
            }
            size = size.saturating_add(entry.size());
        }
    }
    Ok(size)
}

/// The elements of a tensor that `torch.save` wrote.
fn in_rows(saved: &Saved, budget: &Budget) -> Result<TensorProto, String> {
    let dtype = match saved.dtype() {
        SavedDType::F64 => DType::F64,
        SavedDType::F32 => DType::F32,
        SavedDType::F16 => DType::F16,
        SavedDType::BF16 => DType::BF16,
        SavedDType::I64 => DType::I64,
        SavedDType::I32 => DType::I32,
        SavedDType::I16 => DType::I16,
        SavedDType::I8 => DType::I8,
        SavedDType::U64 => DType::U64,
        SavedDType::U32 => DType::U32,
        SavedDType::U16 => DType::U16,
        SavedDType::U8 => DType::U8,
        SavedDType::Bool => DType::Bool,
    };
    budget.take(saved.byte_len() as u64).map_err(|error| error.to_string())?;
    let raw = saved.read().map_err(|error| error.to_string())?;
    Ok(proto(saved.shape(), dtype, raw.into()))
}

fn proto(shape: &[usize], dtype: DType, raw: Bytes) -> TensorProto {
    TensorProto {
        dims: shape.iter().map(|&size| size as i64).collect(),
        data_type: Some(element_type::number(dtype)),
        raw_data: Some(raw),
        ..TensorProto::default()
    }
}

/// A view of a storage, in rows.
fn view(meta: &TensorMeta, storage: &Bytes, budget: &Budget) -> Result<TensorProto, String> {
    let dtype = dtype(meta.dtype)?;
    let width = dtype.bits().div_ceil(8);
    let known = |size: &Size| match size {
        Size::AsInt(number) => usize::try_from(*number).map_err(|_| format!("a size of {number}")),
        Size::AsExpr(expression) => Err(format!("a size of {}", expression.expr_str)),
    };
    let all = |sizes: &[Size]| sizes.iter().map(known).collect::<Result<Vec<_>, _>>();
    let (sizes, strides, offset) = (all(&meta.sizes)?, all(&meta.strides)?, known(&meta.storage_offset)?);
    if sizes.len() != strides.len() {
        return Err(format!("{} sizes and {} strides", sizes.len(), strides.len()));
    }
    let too_large = || "it is larger than its storage".to_owned();
    let count = sizes.iter().try_fold(1usize, |count, &size| count.checked_mul(size)).ok_or_else(too_large)?;
    let last = sizes
        .iter()
        .zip(&strides)
        .try_fold(offset, |last, (&size, &stride)| last.checked_add(size.saturating_sub(1).checked_mul(stride)?));
    let end = last.and_then(|last| last.checked_add(1)?.checked_mul(width)).ok_or_else(too_large)?;
    if count > 0 && end > storage.len() {
        return Err(format!("it ends at byte {end} of a storage of {}", storage.len()));
    }
    let raw = match count {
        0 => Bytes::new(),
        _ if is_in_rows(&sizes, &strides) => storage.slice(offset * width..(offset + count) * width),
        _ => {
            // And the places of its elements.
            budget.take((count as u64).saturating_mul(width as u64 + 8)).map_err(|error| error.to_string())?;
            gathered(storage, width, offset, &sizes, &strides).into()
        }
    };
    Ok(proto(&sizes, dtype, raw))
}

pub(super) fn is_in_rows(sizes: &[usize], strides: &[usize]) -> bool {
    let mut expected = Some(1usize);
    sizes.iter().zip(strides).rev().all(|(&size, &stride)| {
        let fits = size == 1 || Some(stride) == expected;
        expected = expected.and_then(|expected| expected.checked_mul(size));
        fits
    })
}

/// The elements of a view, of which none lies outside.
fn gathered(storage: &[u8], width: usize, offset: usize, sizes: &[usize], strides: &[usize]) -> Vec<u8> {
    let mut places = vec![offset];
    for (&size, &stride) in sizes.iter().zip(strides) {
        places = places.into_iter().flat_map(|place| (0..size).map(move |index| place + index * stride)).collect();
    }
    places.into_iter().flat_map(|place| storage[place * width..][..width].to_vec()).collect()
}
