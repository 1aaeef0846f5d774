//! Files that a model refers to, such as weights that lie beside it.

use std::fmt::Debug;
use std::fs;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// What can be read from any position on.
pub trait ReadSeek: Read + Seek {
    /// Bytes that it takes where it is stored, which are fewer than its length if it is sparse.
    ///
    /// # Errors
    /// If that can't be said.
    fn stored(&mut self) -> io::Result<u64>;
}

impl ReadSeek for fs::File {
    fn stored(&mut self) -> io::Result<u64> {
        Ok(edgeconv_files::stored(&self.metadata()?))
    }
}

impl<T: AsRef<[u8]>> ReadSeek for Cursor<T> {
    fn stored(&mut self) -> io::Result<u64> {
        self.seek(SeekFrom::End(0))
    }
}

/// Finds the files that a model refers to.
pub trait Resolve: Debug + Send + Sync {
    /// Opens the file at a location relative to the model, which lies beside it or below.
    ///
    /// # Errors
    /// If there is no such file, or it lies elsewhere.
    fn open(&self, location: &Path) -> io::Result<Box<dyn ReadSeek>>;

    /// What errors call that file.
    fn path(&self, location: &Path) -> PathBuf {
        location.to_owned()
    }
}

/// Regular files in the folder of a model. Links that lead elsewhere are refused, as ONNX Runtime does; but where the model itself is one,
/// they may lead to its folder, as in caches that keep files by their hashes.
#[derive(Debug, Clone)]
pub struct Beside {
    model: PathBuf,
}

impl Beside {
    /// The files beside this one.
    pub fn of(model: &Path) -> Self {
        Self { model: model.to_owned() }
    }
}

impl Resolve for Beside {
    fn open(&self, location: &Path) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(edgeconv_files::open_beside(&self.model, location)?))
    }

    fn path(&self, location: &Path) -> PathBuf {
        edgeconv_files::folder_of(&self.model).join(location)
    }
}

/// There are none: the model was given as bytes.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Resolve for NoFiles {
    fn open(&self, _: &Path) -> io::Result<Box<dyn ReadSeek>> {
        Err(io::Error::new(io::ErrorKind::NotFound, "the model was given as bytes, without the files beside it"))
    }
}
