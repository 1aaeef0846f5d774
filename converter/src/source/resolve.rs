//! Files that a model refers to, such as weights that lie beside it.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

/// What can be read from any position on.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Finds the files that a model refers to.
pub trait Resolve: Debug + Send + Sync {
    /// Opens the file at a location relative to the model, which lies beside it or below.
    ///
    /// # Errors
    /// If there is no such file.
    fn open(&self, location: &Path) -> io::Result<Box<dyn ReadSeek>>;

    /// What errors call that file.
    fn path(&self, location: &Path) -> PathBuf {
        location.to_owned()
    }
}

/// Files in a folder.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

impl Resolve for Folder {
    fn open(&self, location: &Path) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(File::open(self.path(location))?))
    }

    fn path(&self, location: &Path) -> PathBuf {
        self.0.join(location)
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
