//! States as `.safetensors` files.
//!
//! Anything reads the tensors. What the format lacks is kept as JSON under the key `edgeconv` of its metadata: the order
//! of the tensors, a checksum of their elements, and metadata of ours. One key, because the order of several would be
//! another in each file: equal states give equal bytes.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use ::safetensors::tensor::TensorView;
use ::safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};
use tch::{Kind, Tensor};

use super::CheckpointError;
use crate::state::{self, State, StateError};

const _: () = assert!(cfg!(target_endian = "little"), "elements are stored as they are in memory");

/// What a file says about its tensors, by names such as `epoch`.
pub type Metadata = BTreeMap<String, String>;

/// Key in the format's own metadata.
const KEY: &str = "edgeconv";

#[derive(Serialize, Deserialize)]
struct Header {
    order: Vec<String>,
    crc32: u32,
    metadata: Metadata,
}

/// Writes a state. The file appears complete or not at all.
///
/// # Errors
/// If the file cannot be written, or if a tensor has complex or quantised elements.
pub fn write(path: &Path, state: &State, metadata: &Metadata) -> Result<(), CheckpointError> {
    let tensor_error = |source| CheckpointError::Tensor { path: path.into(), source };
    let elements = state.iter().map(|(name, tensor)| state::bytes(name, tensor));
    let elements = elements.collect::<Result<Vec<_>, _>>().map_err(tensor_error)?;
    let views = state.iter().zip(&elements).map(|((name, tensor), bytes)| Ok((name, view(name, tensor, bytes)?)));
    let views = views.collect::<Result<Vec<_>, _>>().map_err(tensor_error)?;
    let header = Header {
        order: state.iter().map(|(name, _)| name.to_owned()).collect(),
        crc32: checksum(elements.iter().map(Vec::as_slice)),
        metadata: metadata.clone(),
    };
    let unwritable = |source| CheckpointError::Unwritable { path: path.into(), source };
    let header = serde_json::to_string(&header).map_err(|error| unwritable(error.into()))?;
    let contents = ::safetensors::serialize(views, Some(HashMap::from([(KEY.to_owned(), header)])))
        .map_err(|error| unwritable(std::io::Error::other(error)))?;
    edgeconv_files::write(path, &contents).map_err(unwritable)
}

/// Reads a state into the memory of the processor. Files that others wrote have their tensors in order of their places in
/// the file, and no metadata.
///
/// # Errors
/// If the file cannot be read, or is damaged.
pub fn read(path: &Path) -> Result<(State, Metadata), CheckpointError> {
    let contents = std::fs::read(path).map_err(|source| CheckpointError::Unreadable { path: path.into(), source })?;
    parse(&contents).map_err(|reason| {
        let instead = "copy it again, or use another".into();
        CheckpointError::Damaged { path: path.into(), reason, instead }
    })
}

fn parse(contents: &[u8]) -> Result<(State, Metadata), String> {
    let tensors = SafeTensors::deserialize(contents).map_err(|error| error.to_string())?;
    let (_, info) = SafeTensors::read_metadata(contents).map_err(|error| error.to_string())?;
    let header = info.metadata().as_ref().and_then(|metadata| metadata.get(KEY));
    let Some(header) = header else {
        let names = info.offset_keys();
        let state = names.iter().map(|name| Ok((name.clone(), tensor(&tensors, name)?)));
        return Ok((state.collect::<Result<_, String>>()?, Metadata::new()));
    };
    let header: Header = serde_json::from_str(header).map_err(|error| error.to_string())?;
    let views = header.order.iter().map(|name| tensors.tensor(name).map_err(|error| error.to_string()));
    let views = views.collect::<Result<Vec<_>, _>>()?;
    if views.len() != tensors.len() {
        return Err(format!("it names {} tensors and holds {}", views.len(), tensors.len()));
    }
    if checksum(views.iter().map(TensorView::data)) != header.crc32 {
        return Err("its elements are not those that were written".into());
    }
    let state = header.order.iter().map(|name| Ok((name.clone(), tensor(&tensors, name)?)));
    Ok((state.collect::<Result<_, String>>()?, header.metadata))
}

fn checksum<'a>(parts: impl Iterator<Item = &'a [u8]>) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    parts.for_each(|part| hasher.update(part));
    hasher.finalize()
}

fn view<'a>(name: &str, tensor: &Tensor, bytes: &'a [u8]) -> Result<TensorView<'a>, StateError> {
    let found = tensor.kind();
    let unknown = || StateError::ElementType { name: name.into(), found, expected: "floats, integers or booleans" };
    let dtype = DTYPES.iter().find(|(kind, _)| *kind == found).map(|&(_, dtype)| dtype).ok_or_else(unknown)?;
    let shape_error = |error| state::torch(name, tch::TchError::Shape(format!("{error}")));
    TensorView::new(dtype, state::shape(tensor), bytes).map_err(shape_error)
}

fn tensor(tensors: &SafeTensors, name: &str) -> Result<Tensor, String> {
    let view = tensors.tensor(name).map_err(|error| error.to_string())?;
    let kind = DTYPES.iter().find(|(_, dtype)| *dtype == view.dtype()).map(|&(kind, _)| kind);
    let kind = kind.ok_or_else(|| format!("`{name}` has elements of type {:?}", view.dtype()))?;
    let shape: Vec<_> = view.shape().iter().map(|&length| length as i64).collect();
    // The number of bytes was checked against the shape above; libtorch relies on it.
    Tensor::f_from_data_size(view.data(), &shape, kind).map_err(|error| error.to_string())
}

/// Element types of libtorch and of the format.
const DTYPES: [(Kind, Dtype); 10] = [
    (Kind::Float, Dtype::F32),
    (Kind::Int64, Dtype::I64),
    (Kind::Double, Dtype::F64),
    (Kind::Half, Dtype::F16),
    (Kind::BFloat16, Dtype::BF16),
    (Kind::Int, Dtype::I32),
    (Kind::Int16, Dtype::I16),
    (Kind::Int8, Dtype::I8),
    (Kind::Uint8, Dtype::U8),
    (Kind::Bool, Dtype::BOOL),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights whose bits matter (signed zero, subnormal, NaN with a payload), counters beyond 2^53, an empty tensor.
    fn state() -> State {
        let floats = [-0.0, f32::from_bits(1), f32::from_bits(0x7fc0_1234), 1.0 / 3.0, f32::MAX, -1.5];
        [
            ("z.weight", Tensor::from_slice(&floats).reshape([3, 2]).set_requires_grad(true)),
            ("a.num_batches_tracked", Tensor::from((1_i64 << 53) + 1)),
            ("a.empty", Tensor::zeros([0, 4], (Kind::Float, tch::Device::Cpu))),
            ("a.transposed", Tensor::from_slice(&floats).reshape([2, 3]).tr()),
        ]
        .map(|(name, tensor)| (name.to_owned(), tensor))
        .into_iter()
        .collect()
    }

    fn contents(state: &State) -> Vec<(String, Kind, Vec<i64>, Vec<u8>)> {
        let content = |(name, tensor): (&str, &Tensor)| {
            (name.to_owned(), tensor.kind(), tensor.size(), state::bytes(name, tensor).unwrap())
        };
        state.iter().map(content).collect()
    }

    #[test]
    fn every_bit_the_order_and_the_metadata_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a", "b"].map(|name| folder.path().join(name));
        let metadata = Metadata::from(["epoch", "score"].map(|key| (key.to_owned(), format!("{key} \"1\""))));
        for path in &paths {
            write(path, &state(), &metadata).unwrap();
        }
        let (found, found_metadata) = read(&paths[0]).unwrap();
        assert_eq!(contents(&found), contents(&state()));
        assert_eq!(found_metadata, metadata);
        assert_eq!(std::fs::read(&paths[0]).unwrap(), std::fs::read(&paths[1]).unwrap());
    }

    #[test]
    fn every_element_type_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let tensor = |kind| Tensor::from_slice(&[0_i64, 1, 5]).to_kind(kind);
        let state: State = DTYPES.iter().map(|&(kind, _)| (format!("{kind:?}"), tensor(kind))).collect();
        write(&path, &state, &Metadata::new()).unwrap();
        assert_eq!(contents(&read(&path).unwrap().0), contents(&state));
        let complex = Tensor::from_slice(&[1f32]).to_kind(Kind::ComplexFloat);
        let error = write(&path, &[("c".to_owned(), complex)].into_iter().collect(), &Metadata::new()).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("tensor `c` has elements of type ComplexFloat: expected floats, integers or booleans")
        );
        assert_eq!(contents(&read(&path).unwrap().0), contents(&state));
    }

    #[test]
    fn others_read_the_file_and_we_read_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weights.safetensors");
        let state: State = [("w".to_owned(), Tensor::from_slice(&[1f32, 2.0]))].into_iter().collect();
        write(&path, &state, &Metadata::new()).unwrap();
        let checkpoint = edgeconv_zoo::weights::read(&path).unwrap();
        assert_eq!(checkpoint.tensors["w"].as_f32(), Some(&[1.0, 2.0][..]));

        let bytes = [3f32, 4.0].map(f32::to_le_bytes).concat();
        let views = ["y", "x"].map(|name| (name, TensorView::new(Dtype::F32, vec![2], &bytes).unwrap()));
        std::fs::write(&path, ::safetensors::serialize(views, None).unwrap()).unwrap();
        let (found, metadata) = read(&path).unwrap();
        assert_eq!(found.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(Vec::<f32>::try_from(found.get("y").unwrap()).unwrap(), [3.0, 4.0]);
        assert!(metadata.is_empty());
    }

    #[test]
    fn damage_is_found_wherever_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write(&path, &state(), &Metadata::new()).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for length in [0, 4, 100, whole.len() - 1] {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(matches!(read(&path), Err(CheckpointError::Damaged { .. })), "{length} bytes");
        }
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 4;
        std::fs::write(&path, flipped).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(
            error.ends_with("its elements are not those that were written; copy it again, or use another"),
            "{error}"
        );
        assert!(matches!(read(&folder.path().join("b")), Err(CheckpointError::Unreadable { .. })));
    }
}
