use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use bytes::{Buf, Bytes};
use edgeconv_session::weights_file;

use super::file_buf::FileBuf;
use super::{Folder, ImportError, NoFiles, Resolve};

/// What is read at once of a file: all of most, and of others enough to tell the format.
const BEGINNING: usize = 1 << 20;

/// The bytes of a model, and where the files are that it refers to.
#[derive(Debug)]
pub struct ModelFile {
    name: String,
    /// The content, or of a large file its beginning.
    beginning: Bytes,
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
    /// If the file can't be read.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        let beginning = File::open(path).and_then(|mut file| {
            let mut beginning = vec![];
            file.by_ref().take(BEGINNING as u64).read_to_end(&mut beginning)?;
            let is_large = file.stream_position()? < file.metadata()?.len();
            Ok((beginning, is_large))
        });
        let (beginning, is_large) = beginning.map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self {
            name: path.display().to_string(),
            beginning: beginning.into(),
            large: is_large.then(|| path.to_owned()),
            file_name: path.file_name().map(OsStr::to_owned),
            beside: Box::new(Folder(folder)),
        })
    }

    /// A model that refers to no files.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::with_files(bytes, NoFiles)
    }

    /// A model whose files `beside` finds.
    pub fn with_files(bytes: impl Into<Vec<u8>>, beside: impl Resolve + 'static) -> Self {
        let beginning = Bytes::from(bytes.into());
        Self { name: "<bytes>".into(), beginning, large: None, file_name: None, beside: Box::new(beside) }
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
                let bytes = std::fs::read(path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
                Ok(bytes.into())
            }
        }
    }

    /// Decodes the content, that of a large file while it is read. Parts that become [`Bytes`] have memory of their own, so that they keep no
    /// file in memory, and are aligned for every type of element.
    ///
    /// # Errors
    /// If the file can't be read; the result of `decode` is in the [`Ok`].
    pub(crate) fn decode<T>(&self, decode: impl FnOnce(&mut dyn Buf) -> T) -> Result<T, ImportError> {
        let Some(path) = &self.large else { return Ok(decode(&mut self.beginning())) };
        let decoded = FileBuf::open(path).and_then(|mut buf| {
            let decoded = decode(&mut buf);
            buf.finish().map(|()| decoded)
        });
        decoded.map_err(|source| ImportError::Read { path: path.clone(), source })
    }

    /// Where its weights are, if it is one of MNN that has them in a file beside it.
    pub(crate) fn weights(&self) -> PathBuf {
        weights_file(Path::new(self.file_name.as_deref().unwrap_or("model.mnn".as_ref())))
    }

    /// Where the files are that it refers to.
    pub(crate) fn beside(&self) -> &dyn Resolve {
        self.beside.as_ref()
    }
}
