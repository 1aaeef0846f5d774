//! The zip archive that an exported program lies in.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use bytes::Bytes;
use edgeconv_files::Budget;
use serde::de::DeserializeOwned;
use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::source::{ImportError, ModelFile};

/// An archive, whose entries lie under the folder that its name is, or under none (PyTorch 2.7 and before).
pub(super) struct Archive<'f> {
    file: &'f ModelFile,
    bytes: Bytes,
    zip: ZipArchive<Cursor<Bytes>>,
    /// Ends in a slash, or is empty.
    root: String,
    budget: Budget,
}

/// Bytes that parsed JSON takes for each of its text, such as a list of numbers of one digit.
const PARSED: u64 = 32;

/// The program in archives of PyTorch 2.7 and before.
const FLAT_PROGRAM: &str = "serialized_exported_program.json";

impl<'f> Archive<'f> {
    /// Opens an archive of `torch.export.save`.
    ///
    /// # Errors
    /// If it is none; what it is instead, where that is known.
    pub fn open(file: &'f ModelFile) -> Result<Self, ImportError> {
        let bytes = file.bytes()?;
        let zip = open_zip(bytes.clone()).map_err(|error| not_pt2(file, error.to_string()))?;
        let names: Vec<_> = zip.file_names().filter_map(Result::ok).collect();
        let root = root(&names).map_err(|reason| not_pt2(file, reason))?;
        Ok(Self { file, bytes, zip, root, budget: file.budget() })
    }

    /// What else may be allocated.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The same, when nothing is read any more.
    pub fn into_budget(self) -> Budget {
        self.budget
    }

    /// The entry that is the program.
    pub fn program(&self) -> Result<String, ImportError> {
        if self.root.is_empty() {
            return Ok(FLAT_PROGRAM.to_owned());
        }
        let names: Vec<_> = self.names("models").into_iter().filter(|name| name.ends_with(".json")).collect();
        match &names[..] {
            [name] => Ok(format!("models/{name}")),
            _ => Err(self.wrong(format!("it holds {} programs, expected one in models/", names.len()))),
        }
    }

    /// Whether it has an entry.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(&format!("{}{name}", self.root)).is_some()
    }

    /// The names of entries in a folder.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let folder = format!("{}{folder}/", self.root);
        let names = self.zip.file_names().filter_map(Result::ok);
        names.filter_map(|name| Some(name.strip_prefix(&folder)?.to_owned())).collect()
    }

    /// An entry; shares the file's memory if it is stored as it is.
    pub fn entry(&mut self, name: &str) -> Result<Bytes, ImportError> {
        let wrong = |reason: String| not_pt2(self.file, format!("its entry `{name}`: {reason}"));
        let mut entry = self.zip.by_name(&format!("{}{name}", self.root)).map_err(|error| wrong(error.to_string()))?;
        let size = entry.size();
        if entry.compression() == CompressionMethod::Stored && entry.compressed_size() == size {
            let start = entry.data_start().unwrap_or(u64::MAX);
            let end = start.checked_add(size).filter(|&end| end <= self.bytes.len() as u64);
            let end = end.ok_or_else(|| wrong("it goes on behind the end of the file".into()))?;
            return Ok(self.bytes.slice(start as usize..end as usize));
        }
        self.budget.take(size).map_err(|source| ImportError::memory(name.to_owned(), source))?;
        let mut content = vec![];
        // It may unpack to more than it says.
        entry.by_ref().take(size + 1).read_to_end(&mut content).map_err(|error| wrong(error.to_string()))?;
        if content.len() as u64 != size {
            return Err(wrong(format!("it does not unpack to the {size} bytes that it says")));
        }
        Ok(content.into())
    }

    /// An entry that is JSON.
    pub fn json<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, ImportError> {
        let content = self.entry(name)?;
        let taken = self.budget.take(PARSED * content.len() as u64);
        taken.map_err(|source| ImportError::memory(name.to_owned(), source))?;
        serde_json::from_slice(&content).map_err(|error| not_pt2(self.file, format!("its entry `{name}`: {error}")))
    }

    /// The error that something in it is not as it should be.
    pub fn wrong(&self, reason: impl Into<String>) -> ImportError {
        not_pt2(self.file, reason.into())
    }
}

/// Opens a zip archive that begins where the bytes begin.
///
/// Where that is not said, the `zip` crate takes it from the size of the list of entries, and is off by the 76 bytes of the ZIP64 records that PyTorch
/// writes behind the list: that is found out unless the first entry of the list has as many, as `resnet18/data/weights/weight_0` has.
pub(super) fn open_zip<B: AsRef<[u8]>>(bytes: B) -> Result<ZipArchive<Cursor<B>>, ZipError> {
    ZipArchive::with_config(Config { archive_offset: ArchiveOffset::Known(0) }, Cursor::new(bytes))
}

pub(super) fn not_pt2(file: &ModelFile, reason: String) -> ImportError {
    ImportError::NotAModel { file: file.name().to_owned(), format: "ExportedProgram (PyTorch's .pt2)".into(), reason }
}

/// The folder of an archive that holds an exported program, with its slash; else what the archive is.
fn root(names: &[Cow<'_, str>]) -> Result<String, String> {
    let has = |part: &str| names.iter().any(|name| name.contains(part));
    let ends = |end: &str| names.iter().any(|name| name.ends_with(end));
    if has("/data/aotinductor/") {
        return Err(
            "it is a package of AOTInductor, compiled for one machine: save the program itself, by torch.export.save"
                .into(),
        );
    }
    if let Some(name) = names.iter().find(|name| name.ends_with("/archive_format")) {
        return Ok(name.trim_end_matches("archive_format").to_owned());
    }
    if names.iter().any(|name| name == FLAT_PROGRAM) {
        return Ok(String::new());
    }
    Err(if ends("/constants.pkl") || ends("/code/__torch__.py") {
        "it is TorchScript (torch.jit): export the model by torch.export.export, and save that by torch.export.save"
            .into()
    } else if ends("/data.pkl") {
        "it is a pickle (torch.save), which holds weights, or refers to Python code: export the model by torch.export.export, and save that by \
         torch.export.save; the weights of a network of the zoo are for `edgeconv export --weights`"
            .into()
    } else {
        "it is a zip archive of something else".into()
    })
}
