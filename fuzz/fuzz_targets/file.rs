//! Bytes as a file.

use std::io::Write;
use std::path::Path;

/// Calls `read` with the path of a file that holds `bytes`.
pub fn with_file(bytes: &[u8], read: impl FnOnce(&Path)) {
    let mut file = tempfile::NamedTempFile::new().expect("no temporary file");
    file.write_all(bytes).expect("the temporary file can't be written");
    read(file.path());
}
