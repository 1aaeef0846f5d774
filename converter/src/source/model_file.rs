use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::{Buf, Bytes};
use edgeconv_files::{Budget, Memory};
use edgeconv_session::weights_file;

use super::file_buf::{FileBuf, Parts};
use super::{Beside, ImportError, NoFiles, Resolve};

/// What is read at once of a file: all of most, and of others enough to tell the format.
const BEGINNING: usize = 1 << 20;

/// The bytes of a model, and where the files are that it refers to.
#[derive(Debug)]
pub struct ModelFile {
    name: String,
    /// The content, or of a large file its beginning.
    beginning: Bytes,
    /// Length of all of it.
    size: u64,
    /// The file, if there is more in it.
    large: Option<PathBuf>,
    /// Its name in its folder, if it is in one.
    file_name: Option<OsString>,
    beside: Box<dyn Resolve>,
}

impl ModelFile {
    /// Opens a file; what it refers to is in its folder. A large one is read when it is needed.
    ///
    /// # Errors
    /// If the file can't be read, is none, or is larger than the memory that it may take.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        let failed = |source| ImportError::Read { path: path.to_owned(), source };
        let mut file = edgeconv_files::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        edgeconv_files::expect_fits(&metadata).map_err(failed)?;
        let mut beginning = vec![];
        file.by_ref().take(BEGINNING as u64).read_to_end(&mut beginning).map_err(failed)?;
        let is_large = beginning.len() as u64 != metadata.len();
        Ok(Self {
            name: path.display().to_string(),
            beginning: beginning.into(),
            size: metadata.len(),
            large: is_large.then(|| path.to_owned()),
            file_name: path.file_name().map(OsStr::to_owned),
            beside: Box::new(Beside::of(path)),
        })
    }

    /// A model that refers to no files.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::with_files(bytes, NoFiles)
    }

    /// A model whose files `beside` finds.
    pub fn with_files(bytes: impl Into<Vec<u8>>, beside: impl Resolve + 'static) -> Self {
        let beginning = Bytes::from(bytes.into());
        let size = beginning.len() as u64;
        Self { name: "<bytes>".into(), beginning, size, large: None, file_name: None, beside: Box::new(beside) }
    }

    /// What errors call it: its path, if it has one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content, of a large file at least its first mebibyte: its format can be told by it.
    pub fn beginning(&self) -> &[u8] {
        &self.beginning
    }

    /// The content as a whole.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn bytes(&self) -> Result<Bytes, ImportError> {
        match &self.large {
            None => Ok(self.beginning.clone()),
            Some(path) => {
                let bytes = edgeconv_files::read(path);
                Ok(bytes.map_err(|source| ImportError::Read { path: path.clone(), source })?.into())
            }
        }
    }

    /// Decodes the content; of a large file, which is read meanwhile, these parts. Parts that become [`Bytes`] have memory of their own, so that
    /// they keep no file in memory, and are aligned for every type of element.
    ///
    /// # Errors
    /// If the file can't be read; the result of `decode` is in the [`Ok`].
    pub(crate) fn decode<T>(&self, parts: Parts, decode: impl FnOnce(&mut dyn Buf) -> T) -> Result<T, ImportError> {
        let Some(path) = &self.large else { return Ok(decode(&mut self.beginning())) };
        let decoded = FileBuf::open(path, parts).and_then(|mut buf| {
            let decoded = decode(&mut buf);
            buf.finish().map(|()| decoded)
        });
        decoded.map_err(|source| ImportError::Read { path: path.clone(), source })
    }

    /// Where its weights are, if it is one of MNN that has them in a file beside it.
    pub(crate) fn weights(&self) -> PathBuf {
        weights_file(Path::new(self.file_name.as_deref().unwrap_or("model.mnn".as_ref())))
    }

    /// What reading it may allocate besides its bytes; the files that it refers to add to it.
    pub(crate) fn budget(&self) -> Budget {
        let budget = Memory::of_process().budget(self.size);
        // It is read, too.
        let _ = budget.take(self.size);
        budget
    }

    /// Where the files are that it refers to.
    pub(crate) fn beside(&self) -> &dyn Resolve {
        self.beside.as_ref()
    }
}
