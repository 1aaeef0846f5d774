use std::path::Path;

use bytes::Bytes;
use edgeconv_files::{Budget, Memory};

use super::{Beside, ImportError, NoFiles, Resolve};

/// The bytes of a model, and where the files are that it refers to.
#[derive(Debug)]
pub struct ModelFile {
    name: String,
    bytes: Bytes,
    beside: Box<dyn Resolve>,
}

impl ModelFile {
    /// Reads a file; what it refers to is in its folder.
    ///
    /// # Errors
    /// If the file can't be read, is none, or is larger than the memory that it may take.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        let bytes = edgeconv_files::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
        Ok(Self { name: path.display().to_string(), bytes: bytes.into(), beside: Box::new(Beside::of(path)) })
    }

    /// A model that refers to no files.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::with_files(bytes, NoFiles)
    }

    /// A model whose files `beside` finds.
    pub fn with_files(bytes: impl Into<Vec<u8>>, beside: impl Resolve + 'static) -> Self {
        Self { name: "<bytes>".into(), bytes: Bytes::from(bytes.into()), beside: Box::new(beside) }
    }

    /// What errors call it: its path, if it has one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content, shared.
    pub(crate) fn shared(&self) -> Bytes {
        self.bytes.clone()
    }

    /// What reading it may allocate besides its bytes; the files that it refers to add to it.
    pub(crate) fn budget(&self) -> Budget {
        let bytes = self.bytes.len() as u64;
        let budget = Memory::of_process().budget(bytes);
        // They have been read.
        let _ = budget.take(bytes);
        budget
    }

    /// Where the files are that it refers to.
    pub(crate) fn beside(&self) -> &dyn Resolve {
        self.beside.as_ref()
    }
}
