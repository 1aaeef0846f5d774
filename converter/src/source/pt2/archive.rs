//! The zip archive that an exported program lies in.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use bytes::Bytes;
use edgeconv_files::Budget;
use serde::de::DeserializeOwned;
use zip::{CompressionMethod, ZipArchive};

use crate::source::{ImportError, ModelFile};

/// The entries of an archive, under the folder that its name is.
pub(super) struct Archive<'f> {
    file: &'f ModelFile,
    bytes: Bytes,
    zip: ZipArchive<Cursor<Bytes>>,
    root: String,
    budget: Budget,
}

impl<'f> Archive<'f> {
    /// Opens an archive of `torch.export.save`.
    ///
    /// # Errors
    /// If it is none; what it is instead, where that is known.
    pub fn open(file: &'f ModelFile) -> Result<Self, ImportError> {
        let bytes = file.bytes()?;
        let zip = ZipArchive::new(Cursor::new(bytes.clone())).map_err(|error| not_pt2(file, error.to_string()))?;
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

    /// The names of entries in a folder.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let folder = format!("{}/{folder}/", self.root);
        let names = self.zip.file_names().filter_map(Result::ok);
        names.filter_map(|name| Some(name.strip_prefix(&folder)?.to_owned())).collect()
    }

    /// An entry; shares the file's memory if it is stored as it is.
    pub fn entry(&mut self, name: &str) -> Result<Bytes, ImportError> {
        let wrong = |reason: String| not_pt2(self.file, format!("its entry `{name}`: {reason}"));
        let mut entry = self.zip.by_name(&format!("{}/{name}", self.root)).map_err(|error| wrong(error.to_string()))?;
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
        // What is parsed takes several times its text.
        let taken = self.budget.take(4 * content.len() as u64);
        taken.map_err(|source| ImportError::memory(name.to_owned(), source))?;
        serde_json::from_slice(&content).map_err(|error| not_pt2(self.file, format!("its entry `{name}`: {error}")))
    }

    /// The error that something in it is not as it should be.
    pub fn wrong(&self, reason: impl Into<String>) -> ImportError {
        not_pt2(self.file, reason.into())
    }
}

pub(super) fn not_pt2(file: &ModelFile, reason: String) -> ImportError {
    ImportError::NotAModel { file: file.name().to_owned(), format: "ExportedProgram (PyTorch's .pt2)".into(), reason }
}

/// The folder of an archive that holds an exported program; else what the archive is.
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
        return Ok(name.trim_end_matches("/archive_format").to_owned());
    }
    Err(if ends("serialized_exported_program.json") {
        "it was saved by a PyTorch before 2.8: load it there and save it again by a later one".into()
    } else if ends("/constants.pkl") || ends("/code/__torch__.py") {
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
