//! Reading a checkpoint file: which format, which of its state dicts, which element types.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use edgeconv_files::{Budget, Memory, Staging};
use edgeconv_graph::{DType, Tensor, TensorType};
use pytorch_reader::{DType as TorchType, MAX_PICKLE_SIZE, PytorchError, PytorchReader};
use safetensors::{Dtype, SafeTensors};
use zip::read::{ArchiveOffset, Config};
use zip::result::ZipResult;
use zip::{ZipArchive, ZipWriter};

use super::WeightsError;
use super::pickle::{self, Fault};

const _: () = assert!(cfg!(target_endian = "little"), "tensors are decoded from little-endian bytes");

/// The keys under which training checkpoints keep a state dict, best first. Moving averages (EMA) come before the weights
/// that the optimizer sees, because published accuracies are those of the averages.
///
/// Source: EdgeFormer `utils/checkpoint_utils.py` (`*_state_dict`), timm (`state_dict`, `state_dict_ema`, `model_ema`),
/// torchvision's references (`model`, `model_ema`).
const STATE_DICTS: [&str; 7] =
    ["ema_state_dict", "state_dict_ema", "model_ema", "ema", "model_state_dict", "state_dict", "model"];

/// One state dict out of a file.
#[derive(Debug)]
pub struct Checkpoint {
    /// The file.
    pub path: PathBuf,
    /// Tensors by key: `f32`, or `i64` if the file holds integers.
    pub tensors: BTreeMap<String, Tensor>,
    /// What a user should know about how the file was read.
    pub notes: Vec<String>,
}

/// Reads a state dict from a PyTorch file (zip archive, or the stream that PyTorch wrote before 1.6) or a `.safetensors`
/// file, told apart by content.
///
/// In a training checkpoint the EMA weights are taken if there are any (a note says so), else the model's. A prefix
/// `module.` on all keys (DataParallel) is dropped. Other float types become `f32` (with a note), integers `i64`.
/// Nothing in the file is ever executed.
///
/// # Errors
/// If the file cannot be read, is not a checkpoint, is damaged, or would run code in Python; if it holds no state dict, or
/// one with unknown element types or with NaN or infinity; or if it would take more memory than it may.
pub fn read(path: impl AsRef<Path>) -> Result<Checkpoint, WeightsError> {
    let path = path.as_ref();
    let format = format(path)?;
    let stored = open(path)?.metadata().map(|metadata| edgeconv_files::stored(&metadata));
    let budget = Memory::of_process().budget(stored.map_err(|error| unreadable(path, error))?);
    match format {
        Format::Zip => {
            check_zip(path, &budget)?;
            let copy = readable(path)?;
            let file = copy.as_ref().map_or_else(|| path.to_owned(), |folder| folder.path().join(COPY));
            read_pytorch(path, &file, budget)
        }
        Format::Pickle => {
            check_stream(path, &budget)?;
            read_pytorch(path, path, budget)
        }
        Format::Safetensors => read_safetensors(path, budget),
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Format {
    Zip,
    Pickle,
    Safetensors,
}

/// Tells the format by the first bytes.
fn format(path: &Path) -> Result<Format, WeightsError> {
    if path.is_dir() {
        return Err(WeightsError::NotACheckpoint { path: path.into(), found: "a directory".into() });
    }
    let mut start = vec![];
    open(path)?.take(262).read_to_end(&mut start).map_err(|error| unreadable(path, error))?;
    let header_length = start.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let found = match start.as_slice() {
        [] => "an empty file".into(),
        [b'P', b'K', 3, 4, ..] => return Ok(Format::Zip),
        [_, _, _, _, _, _, _, _, b'{', ..] if header_length.is_some_and(|length| length < 1 << 32) => {
            return Ok(Format::Safetensors);
        }
        // PROTO, or what pickles of protocol 0 and 1 begin with.
        [0x80 | b'(' | b'}' | b']' | b'c', ..] => return Ok(Format::Pickle),
        [..] if start.ends_with(b"ustar") => {
            "a tar archive (PyTorch before 0.1.10: save it again with a later one)".into()
        }
        [..] => describe(&start),
    };
    Err(WeightsError::NotACheckpoint { path: path.into(), found })
}

/// The first line of a text file, such as an error page or a Git LFS pointer, or the first bytes.
fn describe(start: &[u8]) -> String {
    match start.utf8_chunks().next() {
        Some(text) if text.valid().len() >= start.len().min(8) => {
            let line: String = text.valid().lines().next().unwrap_or_default().chars().take(60).collect();
            format!("a text file that begins with {line:?}")
        }
        _ => format!("a file that begins with the bytes {:02x?}", &start[..start.len().min(8)]),
    }
}

/// The entries of an archive that begins where its file does, as all of PyTorch's do.
fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, WeightsError> {
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    ZipArchive::with_config(config, BufReader::new(open(path)?)).map_err(|error| damaged(path, error))
}

/// The file that a copy of an archive is, in its folder.
const COPY: &str = "checkpoint.pt";

/// A copy of an archive for the reader, if that needs one: it lets the `zip` crate guess where an archive begins, which is wrong where the first entry
/// of the list is as long as the ZIP64 records that PyTorch writes behind it, 76 bytes, as those of files with a name of 21 letters are.
fn readable(path: &Path) -> Result<Option<Staging>, WeightsError> {
    if ZipArchive::new(BufReader::new(open(path)?)).is_ok() {
        return Ok(None);
    }
    let folder = Staging::private().map_err(|error| unreadable(path, error))?;
    let copy = File::create(folder.path().join(COPY)).map_err(|error| unreadable(path, error))?;
    let mut entries = archive(path)?;
    let copied = || -> ZipResult<()> {
        let mut writer = ZipWriter::new(copy);
        for index in 0..entries.len() {
            writer.raw_copy_file(entries.by_index_raw(index)?)?;
        }
        writer.finish().map(drop)
    };
    copied().map_err(|error| damaged(path, error))?;
    Ok(Some(folder))
}

/// Checks the pickles in a zip archive.
fn check_zip(path: &Path, budget: &Budget) -> Result<(), WeightsError> {
    let mut archive = archive(path)?;
    let mut pickles = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| damaged(path, error))?;
        let is_pickle = entry.name().is_ok_and(|name| name.ends_with("data.pkl"));
        if is_pickle {
            pickles += 1;
            let mut reader = BufReader::new(entry.take(MAX_PICKLE_SIZE));
            pickle::check(&mut reader, budget).map_err(|fault| refused(path, fault))?;
        }
    }
    match pickles {
        0 => Err(WeightsError::NotACheckpoint { path: path.into(), found: "a zip archive without data.pkl".into() }),
        _ => Ok(()),
    }
}

/// Checks the pickles at the start of a file: the only one, or the five of PyTorch's old format, which are magic number,
/// protocol, system info, the object, and the keys of the storages that follow.
fn check_stream(path: &Path, budget: &Budget) -> Result<(), WeightsError> {
    let mut reader = BufReader::new(open(path)?);
    let is_text = reader.fill_buf().map_err(|error| unreadable(path, error))?.first() != Some(&0x80);
    for index in 0..5 {
        match pickle::check(&mut reader, budget) {
            Ok(()) => {}
            // What follows the first pickle need not be one; if it should, the reader finds out as well.
            Err(Fault::Malformed(_)) if index > 0 => break,
            Err(Fault::Malformed(_)) if is_text => {
                let found = "a file that is neither a pickle nor an archive".into();
                return Err(WeightsError::NotACheckpoint { path: path.into(), found });
            }
            Err(fault) => return Err(refused(path, fault)),
        }
    }
    Ok(())
}

/// What a file holds, which is the checkpoint at `path` or a copy of it.
fn read_pytorch(path: &Path, file: &Path, budget: Budget) -> Result<Checkpoint, WeightsError> {
    let reader = PytorchReader::new(file).map_err(|error| match error {
        PytorchError::Io(error) if error.raw_os_error().is_some() => unreadable(path, error),
        error => damaged(path, error),
    })?;
    let tensors = reader.into_tensors();
    let mut state_dict = StateDict::choose(path, budget, tensors.keys().map(String::as_str));
    for (name, tensor) in &tensors {
        if let Some(key) = name.strip_prefix(&state_dict.prefix) {
            let dtype = torch_type(tensor.dtype());
            let read = || tensor.read().map_err(|error| damaged(path, error));
            state_dict.insert(key.to_owned(), dtype, tensor.shape(), read)?;
        }
    }
    state_dict.finish()
}

fn torch_type(dtype: TorchType) -> Dtype {
    match dtype {
        TorchType::F64 => Dtype::F64,
        TorchType::F32 => Dtype::F32,
        TorchType::F16 => Dtype::F16,
        TorchType::BF16 => Dtype::BF16,
        TorchType::I64 => Dtype::I64,
        TorchType::I32 => Dtype::I32,
        TorchType::I16 => Dtype::I16,
        TorchType::I8 => Dtype::I8,
        TorchType::U64 => Dtype::U64,
        TorchType::U32 => Dtype::U32,
        TorchType::U16 => Dtype::U16,
        TorchType::U8 => Dtype::U8,
        TorchType::Bool => Dtype::BOOL,
    }
}

fn read_safetensors(path: &Path, budget: Budget) -> Result<Checkpoint, WeightsError> {
    let bytes = edgeconv_files::read(path).map_err(|error| unreadable(path, error))?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(|error| damaged(path, error))?;
    let mut state_dict = StateDict::choose(path, budget, tensors.names().into_iter());
    for (name, view) in tensors.iter() {
        if let Some(key) = name.strip_prefix(&state_dict.prefix) {
            state_dict.insert(key.to_owned(), view.dtype(), view.shape(), || Ok(view.data().to_vec()))?;
        }
    }
    state_dict.finish()
}

/// The state dict that is being read.
struct StateDict {
    /// What the names of its tensors begin with in the file, dots of nested dicts included.
    prefix: String,
    checkpoint: Checkpoint,
    /// Number of tensors by what happened to their elements.
    conversions: BTreeMap<&'static str, usize>,
    /// Keys of the tensors with NaN or infinity.
    not_finite: Vec<String>,
    budget: Budget,
}

impl StateDict {
    /// Chooses among the state dicts of a file that holds tensors of these names.
    fn choose<'a>(path: &Path, budget: Budget, names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut notes = vec![];
        let mut prefix = String::new();
        let holds =
            |key: &&str| names.clone().any(|name| name.strip_prefix(*key).is_some_and(|rest| rest.starts_with('.')));
        let present: Vec<_> = STATE_DICTS.into_iter().filter(holds).collect();
        if let [chosen, others @ ..] = present.as_slice() {
            prefix = format!("{chosen}.");
            notes.push(match others {
                [] => format!("read `{chosen}` of a training checkpoint"),
                _ => format!("read `{chosen}` of a training checkpoint, which also holds `{}`", others.join("`, `")),
            });
        }
        let mut keys = names.filter_map(|name| name.strip_prefix(&prefix)).peekable();
        if keys.peek().is_some() && keys.all(|key| key.starts_with("module.")) {
            prefix += "module.";
            notes.push("dropped the prefix `module.` (DataParallel) from all keys".into());
        }
        let checkpoint = Checkpoint { path: path.into(), tensors: BTreeMap::new(), notes };
        Self { prefix, checkpoint, conversions: BTreeMap::new(), not_finite: vec![], budget }
    }

    /// Adds a tensor, whose bytes `read` gives, little-endian and in row-major order. A view can have far more elements than the file.
    fn insert(
        &mut self,
        key: String,
        dtype: Dtype,
        shape: &[usize],
        read: impl FnOnce() -> Result<Vec<u8>, WeightsError>,
    ) -> Result<(), WeightsError> {
        let path = &self.checkpoint.path;
        let Some(stored) = element_type(dtype) else {
            return Err(WeightsError::ElementType { path: path.clone(), key, found: dtype.to_string() });
        };
        let [stored, kept] = [stored, kept_as(stored)].map(|dtype| TensorType::new(dtype, shape));
        let meanwhile = if stored == kept { 0 } else { stored.bytes() as u64 };
        let needed = (kept.bytes() as u64).saturating_add(meanwhile);
        let too_much = |source| WeightsError::Memory { path: path.clone(), key: Some(key.clone()), source };
        self.budget.take(needed).map_err(too_much)?;
        let tensor = Tensor::from_bytes(stored, read()?).map(|tensor| tensor.cast(kept.dtype).unwrap_or(tensor));
        let tensor = tensor.map_err(|error| damaged(path, format!("`{key}`: {error}")))?;
        self.budget.give_back(meanwhile);
        if let Some(conversion) = conversion(dtype) {
            *self.conversions.entry(conversion).or_default() += 1;
        }
        if tensor.as_f32().is_some_and(|values| !values.iter().all(|value| value.is_finite())) {
            self.not_finite.push(key.clone());
        }
        self.checkpoint.tensors.insert(key, tensor);
        Ok(())
    }

    fn finish(self) -> Result<Checkpoint, WeightsError> {
        let Self { mut checkpoint, conversions, not_finite: mut keys, .. } = self;
        let (path, total) = (checkpoint.path.clone(), checkpoint.tensors.len());
        if !checkpoint.tensors.values().any(|tensor| tensor.as_f32().is_some()) {
            let found = if total == 0 { "no tensors".into() } else { format!("{total} tensors of integers") };
            return Err(WeightsError::NoStateDict { path, found });
        }
        if !keys.is_empty() {
            keys.sort();
            return Err(WeightsError::NotFinite { path, keys, total });
        }
        checkpoint
            .notes
            .extend(conversions.iter().map(|(what, count)| format!("{count} of {total} tensors were {what}")));
        Ok(checkpoint)
    }
}

/// What decoding does to the values of float tensors, if anything.
fn conversion(dtype: Dtype) -> Option<&'static str> {
    match dtype {
        Dtype::F16 => Some("float16 and were widened to float32"),
        Dtype::BF16 => Some("bfloat16 and were widened to float32"),
        Dtype::F64 => Some("float64 and were rounded to float32"),
        _ => None,
    }
}

/// The element type in a file, if `f32` or `i64` can stand for it.
fn element_type(dtype: Dtype) -> Option<DType> {
    Some(match dtype {
        Dtype::F32 => DType::F32,
        Dtype::F64 => DType::F64,
        Dtype::F16 => DType::F16,
        Dtype::BF16 => DType::BF16,
        Dtype::I64 => DType::I64,
        Dtype::I32 => DType::I32,
        Dtype::U32 => DType::U32,
        Dtype::I16 => DType::I16,
        Dtype::U16 => DType::U16,
        Dtype::I8 => DType::I8,
        Dtype::U8 => DType::U8,
        Dtype::BOOL => DType::Bool,
        _ => return None,
    })
}

/// What stands for an element type: `f32` for floats, `i64` for integers and booleans.
fn kept_as(dtype: DType) -> DType {
    if dtype.is_float() { DType::F32 } else { DType::I64 }
}

fn open(path: &Path) -> Result<File, WeightsError> {
    edgeconv_files::open(path).map_err(|error| unreadable(path, error))
}

fn unreadable(path: &Path, error: io::Error) -> WeightsError {
    WeightsError::Unreadable { path: path.into(), reason: error.to_string() }
}

fn damaged(path: &Path, reason: impl ToString) -> WeightsError {
    WeightsError::Damaged { path: path.into(), reason: reason.to_string() }
}

fn refused(path: &Path, fault: Fault) -> WeightsError {
    match fault {
        Fault::Callable(callable) => WeightsError::Code { path: path.into(), callable },
        Fault::Malformed(reason) => damaged(path, reason),
        Fault::Memory(source) => WeightsError::Memory { path: path.into(), key: None, source },
    }
}
