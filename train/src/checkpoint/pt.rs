//! States as PyTorch files, for the official program and others in Python.
//!
//! Source: PyTorch's `torch/serialization.py`: a zip archive with a pickle of the state dict, and the elements of each tensor
//! in an entry of its own, uncompressed and aligned.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use edgeconv_zoo::weights::Alias;
use tch::Kind;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipError};

use super::CheckpointError;
use super::pickle::{self, Entry};
use crate::state::{self, State, StateError};

/// What PyTorch aligns elements to.
const ALIGNMENT: u16 = 64;

/// Writes a state as `torch.save(model.state_dict(), path)` would. The file appears complete or not at all.
///
/// What the official program holds under two names, its strict `load_state_dict` wants twice: for each tensor under an
/// alias' original name there is an entry under the alias, of the same elements, where the official program has it.
///
/// # Errors
/// If the file cannot be written, or if a tensor has elements of a type that PyTorch's storages lack.
pub fn write(path: &Path, state: &State, aliases: &[Alias]) -> Result<(), CheckpointError> {
    let tensor_error = |source| CheckpointError::Tensor { path: path.into(), source };
    let elements = state.iter().map(|(name, tensor)| state::bytes(name, tensor));
    let elements = elements.collect::<Result<Vec<_>, _>>().map_err(tensor_error)?;
    let pickle = pickle(state, aliases).map_err(tensor_error)?;
    let root = path.file_stem().unwrap_or_default().to_string_lossy();
    edgeconv_files::write_with(path, |file| archive(file, &root, &pickle, &elements))
        .map_err(|source| CheckpointError::Unwritable { path: path.into(), source })
}

fn archive(file: &mut File, root: &str, pickle: &[u8], elements: &[Vec<u8>]) -> io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(file));
    let mut add = |name: &str, contents: &[u8]| -> Result<(), ZipError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(u32::try_from(contents.len()).is_err())
            .with_alignment(ALIGNMENT);
        archive.start_file(format!("{root}/{name}"), options)?;
        Ok(archive.write_all(contents)?)
    };
    add("data.pkl", pickle)?;
    add("byteorder", b"little")?;
    for (index, elements) in elements.iter().enumerate() {
        add(&format!("data/{index}"), elements)?;
    }
    add("version", b"3\n")?;
    archive.finish()?.flush()
}

/// The pickle of a state whose tensors are in files that have the numbers of their places.
fn pickle(state: &State, aliases: &[Alias]) -> Result<Vec<u8>, StateError> {
    let shapes: Vec<_> = state.iter().map(|(_, tensor)| state::shape(tensor)).collect();
    let mut keys: Vec<(String, usize)> =
        state.iter().enumerate().map(|(place, (name, _))| (name.to_owned(), place)).collect();
    for alias in aliases {
        let copies: Vec<_> = keys.iter().filter_map(|(key, place)| Some((renamed(key, alias)?, *place))).collect();
        let place = place(&keys, alias);
        keys.splice(place..place, copies);
    }
    let storages = state.iter().map(|(name, tensor)| storage(name, tensor.kind())).collect::<Result<Vec<_>, _>>()?;
    let entries = keys.iter().filter_map(|(key, place)| {
        Some(Entry { key, storage: storages.get(*place)?, file: *place, shape: shapes.get(*place)? })
    });
    Ok(pickle::state_dict(&entries.collect::<Vec<_>>()))
}

fn renamed(key: &str, Alias { alias, original }: &Alias) -> Option<String> {
    key.strip_prefix(original).map(|rest| format!("{alias}{rest}"))
}

/// Where the copies under an alias go: EdgeFormer's `residual.` is assigned when `layer_3.` is made, so it is before that.
fn place(keys: &[(String, usize)], Alias { alias, original }: &Alias) -> usize {
    let stage = format!("{}layer_3.", alias.strip_suffix("residual.").unwrap_or(alias));
    let position = |prefix: &str| keys.iter().position(|(key, _)| key.starts_with(prefix));
    position(&stage).or_else(|| position(original)).unwrap_or(keys.len())
}

/// PyTorch's class for elements of that type.
fn storage(name: &str, kind: Kind) -> Result<&'static str, StateError> {
    Ok(match kind {
        Kind::Float => "FloatStorage",
        Kind::Double => "DoubleStorage",
        Kind::Half => "HalfStorage",
        Kind::BFloat16 => "BFloat16Storage",
        Kind::Int64 => "LongStorage",
        Kind::Int => "IntStorage",
        Kind::Int16 => "ShortStorage",
        Kind::Int8 => "CharStorage",
        Kind::Uint8 => "ByteStorage",
        Kind::Bool => "BoolStorage",
        found => {
            let expected = "floats, integers or booleans";
            return Err(StateError::ElementType { name: name.into(), found, expected });
        }
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use edgeconv_test_support::provided;
    use edgeconv_zoo::weights;
    use tch::{Device, Tensor};

    use super::*;

    /// All tensors of EdgeFormer-S with random numbers, and the counters that the graph lacks.
    fn edgeformer() -> State {
        let entry = edgeconv_zoo::find("edgeformer-s").unwrap();
        let graph = edgeconv_zoo::build(entry, &entry.options(), 1, (256, 256)).unwrap();
        let mut state = State::default();
        for (_, value) in graph.values() {
            if matches!(value.kind, edgeconv_graph::ValueKind::Parameter(_) | edgeconv_graph::ValueKind::Buffer(_)) {
                let shape: Vec<_> = value.ty.shape.iter().map(|&length| length as i64).collect();
                state.insert(&value.name, Tensor::randn(shape, (Kind::Float, Device::Cpu)));
                if let Some(norm) = value.name.strip_suffix("running_var") {
                    state.insert(format!("{norm}num_batches_tracked"), Tensor::from(state.len() as i64));
                }
            }
        }
        state
    }

    fn aliases() -> &'static [Alias] {
        edgeconv_zoo::find("edgeformer-s").unwrap().aliases
    }

    #[test]
    fn the_zoo_reads_every_bit_and_both_copies() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint_ema_best.pt");
        let state = edgeformer();
        write(&path, &state, aliases()).unwrap();
        let checkpoint = weights::read(&path).unwrap();
        // Architecture reference: 557 entries, 18 of them under `residual.`.
        assert_eq!((state.len(), checkpoint.tensors.len()), (539, 557));
        for (name, tensor) in state.iter() {
            assert_eq!(checkpoint.tensors[name], crate::to_graph(name, tensor).unwrap(), "{name}");
        }
        let weight = "block.red_1x1.block.conv.weight";
        assert_eq!(
            checkpoint.tensors[&format!("residual.{weight}")],
            checkpoint.tensors[&format!("layer_5.0.{weight}")]
        );
    }

    #[test]
    fn entries_are_stored_aligned_and_equal_states_give_equal_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let state: State = [("a", Tensor::from_slice(&[1f32; 3])), ("b", Tensor::from(2_i64))]
            .map(|(name, tensor)| (name.to_owned(), tensor))
            .into_iter()
            .collect();
        let paths = ["1", "2"].map(|number| folder.path().join(number).join("weights.pt"));
        for path in &paths {
            std::fs::create_dir(path.parent().unwrap()).unwrap();
            write(path, &state, &[]).unwrap();
        }
        assert_eq!(std::fs::read(&paths[0]).unwrap(), std::fs::read(&paths[1]).unwrap());
        let mut archive = zip::ZipArchive::new(File::open(&paths[0]).unwrap()).unwrap();
        for (name, size) in [("data/0", 12), ("data/1", 8), ("byteorder", 6), ("version", 2)] {
            let entry = archive.by_name(&format!("weights/{name}")).unwrap();
            assert_eq!((entry.compression(), entry.size()), (CompressionMethod::Stored, size), "{name}");
            assert_eq!(entry.data_start().unwrap() % u64::from(ALIGNMENT), 0, "{name}");
        }
    }

    /// Prints shape, element type and sum of some entries, the order of the first keys of each module, and whether the two
    /// copies share their elements.
    const SCRIPT: &str = "
import sys, torch
state = torch.load(sys.argv[1], weights_only=True)
print(type(state).__name__, len(state))
for key in sys.argv[2:]:
    tensor = state[key]
    print(key, tuple(tensor.shape), tensor.dtype, tensor.is_contiguous(), tensor.double().sum().item().hex())
modules = list(dict.fromkeys(key.split('.')[0] for key in state))
print(' '.join(modules))
a, b = (state[f'{prefix}.block.red_1x1.block.norm.weight'] for prefix in ('residual', 'layer_5.0'))
print(a.data_ptr() == b.data_ptr())
";

    #[test]
    fn pytorch_reads_the_file() {
        // A Python that has PyTorch, of 3 GB.
        let Some(python) = provided("EDGECONV_PYTHON") else { return };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint_last.pt");
        let mut state = edgeformer();
        let exact = Tensor::from_slice(&[0.5f32, -2.0, 1024.25, 3.0, 0.0, 0.0]).reshape([2, 3]);
        state.insert("exact", exact.shallow_clone());
        state.insert("transposed", exact.tr());
        state.insert("half", exact.to_kind(Kind::Half));
        write(&path, &state, aliases()).unwrap();
        let keys = ["exact", "transposed", "half", "conv_1.block.norm.num_batches_tracked"];
        let output = Command::new(&python).args(["-c", SCRIPT]).arg(&path).args(keys).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let expected = "\
OrderedDict 560
exact (2, 3) torch.float32 True 0x1.0070000000000p+10
transposed (3, 2) torch.float32 True 0x1.0070000000000p+10
half (2, 3) torch.float16 True 0x1.0060000000000p+10
conv_1.block.norm.num_batches_tracked () torch.int64 True 0x1.4000000000000p+2
conv_1 layer_1 layer_2 residual layer_3 layer_4 layer_5 conv_1x1_exp classifier exact transposed half
True
";
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    }
}
