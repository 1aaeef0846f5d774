//! Files as what messages are decoded from.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use bytes::{Buf, Bytes};
use edgeconv_graph::aligned_bytes;

/// What is read ahead.
const BLOCK: usize = 1 << 16;

/// What is read of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    /// Everything.
    All,
    /// Its outline: parts of more than a block, as the elements of large tensors, are skipped, and empty.
    Small,
}

/// A file that is read block by block. What is taken out of it as [`Bytes`] has memory of its own.
///
/// [`Buf`] knows no errors: after one, there are zeros, and [`finish`](Self::finish) tells.
#[derive(Debug)]
pub(super) struct FileBuf {
    file: File,
    block: Vec<u8>,
    /// What is taken of the block.
    taken: usize,
    /// Bytes of the file behind the block.
    behind: usize,
    parts: Parts,
    error: Option<io::Error>,
}

impl FileBuf {
    /// Opens a file, to read these parts of it.
    pub fn open(path: &Path, parts: Parts) -> io::Result<Self> {
        let file = File::open(path)?;
        let behind = usize::try_from(file.metadata()?.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let mut buf = Self { file, block: vec![], taken: 0, behind, parts, error: None };
        buf.fill();
        Ok(buf)
    }

    /// What went wrong, if something did.
    pub fn finish(self) -> io::Result<()> {
        self.error.map_or(Ok(()), Err)
    }

    /// Reads the next block.
    fn fill(&mut self) {
        self.block.resize(self.behind.min(BLOCK), 0);
        self.taken = 0;
        self.behind -= self.block.len();
        let read = self.file.read_exact(&mut self.block);
        self.note(read);
    }

    fn note(&mut self, result: io::Result<()>) {
        if let (Err(error), None) = (result, &self.error) {
            self.error = Some(error);
        }
    }
}

impl Buf for FileBuf {
    fn remaining(&self) -> usize {
        self.chunk().len() + self.behind
    }

    fn chunk(&self) -> &[u8] {
        &self.block[self.taken..]
    }

    fn advance(&mut self, count: usize) {
        let here = self.chunk().len();
        if count < here {
            self.taken += count;
            return;
        }
        let skipped = count - here;
        assert!(skipped <= self.behind, "{skipped} bytes behind the end");
        if skipped > 0 {
            let sought = self.file.seek(SeekFrom::Current(skipped as i64));
            self.note(sought.map(drop));
            self.behind -= skipped;
        }
        self.fill();
    }

    fn copy_to_bytes(&mut self, length: usize) -> Bytes {
        assert!(length <= self.remaining(), "{length} bytes, of which {} are there", self.remaining());
        if self.parts == Parts::Small && length > BLOCK {
            self.advance(length);
            return Bytes::new();
        }
        let read = aligned_bytes(length, |room| {
            let (here, behind) = room.split_at_mut(length.min(self.chunk().len()));
            here.copy_from_slice(&self.chunk()[..here.len()]);
            let read = self.file.read_exact(behind);
            self.note(read);
            self.behind -= behind.len();
            self.taken += here.len();
            Ok::<_, Infallible>(())
        });
        if self.chunk().is_empty() {
            self.fill();
        }
        read.unwrap_or_else(|never| match never {})
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// A file of three blocks and a bit, in which each byte follows from its place.
    fn file() -> (tempfile::NamedTempFile, Vec<u8>) {
        let bytes: Vec<u8> = (0..3 * BLOCK + 5).map(|index| (index % 251) as u8).collect();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        (file, bytes)
    }

    #[test]
    fn every_way_to_take_bytes_gives_those_of_the_file() {
        let (file, bytes) = file();
        let mut buf = FileBuf::open(file.path(), Parts::All).unwrap();
        let mut at = 0;
        // Inside of a block, to its end, beyond it, over a whole one, to the end of the file.
        for length in [0, 3, BLOCK - 3, 7, BLOCK + 9, BLOCK - 11] {
            assert_eq!(buf.copy_to_bytes(length), bytes[at..at + length], "{length}");
            at += length;
        }
        assert_eq!((buf.remaining(), buf.chunk()), (0, &[][..]));
        let mut buf = FileBuf::open(file.path(), Parts::All).unwrap();
        at = 0;
        for length in [5, BLOCK - 5, 1, 2 * BLOCK] {
            buf.advance(length);
            at += length;
            assert_eq!((buf.remaining(), buf.chunk()[0]), (bytes.len() - at, bytes[at]), "{length}");
        }
        buf.finish().unwrap();
    }

    #[test]
    fn an_outline_is_without_large_parts() {
        let (file, bytes) = file();
        let mut buf = FileBuf::open(file.path(), Parts::Small).unwrap();
        assert_eq!(buf.copy_to_bytes(5), bytes[..5]);
        assert!(buf.copy_to_bytes(2 * BLOCK).is_empty());
        assert_eq!(buf.copy_to_bytes(BLOCK), bytes[2 * BLOCK + 5..][..BLOCK]);
        buf.finish().unwrap();
    }

    #[test]
    fn parts_are_aligned_for_every_type() {
        let mut buf = FileBuf::open(file().0.path(), Parts::All).unwrap();
        buf.advance(1);
        assert_eq!(buf.copy_to_bytes(BLOCK).as_ptr().align_offset(8), 0);
    }

    #[test]
    fn a_file_that_gets_shorter_meanwhile_is_an_error() {
        let (file, bytes) = file();
        let mut buf = FileBuf::open(file.path(), Parts::All).unwrap();
        file.as_file().set_len(BLOCK as u64 + 1).unwrap();
        assert_eq!(buf.copy_to_bytes(bytes.len()).len(), bytes.len());
        assert_eq!(buf.finish().unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
