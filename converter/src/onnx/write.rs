use std::io::{self, Write};
use std::path::Path;

use edgeconv_graph::Graph;
use prost::Message;

use super::export::{ExportError, export};

/// Exports `graph` (see [`export`]) into the file `path`, which appears complete or not at all.
///
/// # Errors
/// If the graph can't be exported, if the file would be larger than Protocol Buffers allow, or if it can't be written.
pub fn write(graph: &Graph, opset: i64, path: &Path) -> Result<(), ExportError> {
    let model = export(graph, opset)?;
    let bytes = model.encoded_len();
    if bytes > i32::MAX as usize {
        return Err(ExportError::TooLarge { bytes });
    }
    write_atomically(path, &model.encode_to_vec())
        .map_err(|source| ExportError::Write { path: path.to_owned(), source })
}

/// Writes a temporary file beside `path` and renames it.
fn write_atomically(path: &Path, contents: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Temporary files are private by default; this one gets the permissions of any new file (less the umask).
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(contents)?;
    file.persist(path)?;
    Ok(())
}
