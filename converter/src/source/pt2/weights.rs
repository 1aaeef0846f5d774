//! Parameters, buffers and constants: views of raw storages.

use std::collections::HashMap;

use bytes::Bytes;
use edgeconv_files::Budget;
use edgeconv_graph::DType;

use super::archive::Archive;
use super::schema::{Payload, Payloads, Size, TensorMeta};
use crate::element_type;
use crate::proto::TensorProto;
use crate::source::ImportError;

/// Element types by PyTorch's numbers in exported programs (`ScalarType` in `torch/_export/serde/schema.py`).
const DTYPES: [(u32, DType); 11] = [
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
];

/// The element type that has PyTorch's number.
pub(super) fn dtype(number: u32) -> Result<DType, String> {
    let found = DTYPES.into_iter().find(|&(other, _)| other == number);
    found.map(|(_, dtype)| dtype).ok_or_else(|| format!("elements of PyTorch's type {number} can't be read"))
}

/// The tensors of an archive by the names that its modules give them.
pub(super) struct Weights {
    payloads: HashMap<String, (String, Payload)>,
}

impl Weights {
    /// What the archive lists.
    pub fn of(archive: &mut Archive<'_>) -> Result<Self, ImportError> {
        let mut payloads = HashMap::new();
        for folder in ["data/weights", "data/constants"] {
            for name in archive.names(folder).into_iter().filter(|name| name.ends_with("_config.json")) {
                let listed: Payloads = archive.json(&format!("{folder}/{name}"))?;
                let listed = listed.config.into_iter();
                payloads.extend(listed.map(|(name, payload)| (name, (folder.to_owned(), payload))));
            }
        }
        Ok(Self { payloads })
    }

    /// One of them.
    pub fn tensor(&self, archive: &mut Archive<'_>, name: &str) -> Result<TensorProto, ImportError> {
        let failed = |reason: String| ImportError::Tensor { name: name.to_owned(), reason };
        let (folder, payload) = self.payloads.get(name).ok_or_else(|| failed("the archive does not list it".into()))?;
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
    Ok(TensorProto {
        dims: sizes.iter().map(|&size| size as i64).collect(),
        data_type: Some(element_type::number(dtype)),
        raw_data: Some(raw),
        ..TensorProto::default()
    })
}

fn is_in_rows(sizes: &[usize], strides: &[usize]) -> bool {
    let mut expected = 1;
    sizes.iter().zip(strides).rev().all(|(&size, &stride)| {
        let fits = size == 1 || stride == expected;
        expected *= size;
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
