//! What a model file was made from: how a check tells a later version of a model from another model.

use std::collections::BTreeMap;
use std::io::{self, BufReader};
use std::path::Path;

use edgeconv_agent::weights_file;
use edgeconv_converter::source;
use edgeconv_graph::Graph;
use sha2::{Digest, Sha256};

/// Where files keep the SHA-256 of what they were made from.
const KEY: &str = "edgeconv.source";

/// Notes the [hash](sha256_of_model) of the file that a graph was read from, unless that one was made from another.
pub fn note_file(graph: &mut Graph, sha256: String) {
    graph.metadata.entry(KEY.to_owned()).or_insert(sha256);
}

/// Notes a network with its weights, before anything is rewritten.
pub fn note_network(graph: &mut Graph) {
    let mut hasher = Sha256::new();
    hasher.update(graph.to_string());
    for (_, value) in graph.values() {
        if let Some(tensor) = value.tensor() {
            hasher.update(tensor.bytes());
        }
    }
    graph.metadata.insert(KEY.to_owned(), hex(hasher.finalize()));
}

/// What a model's metadata say; `None` in files of others.
pub fn noted(metadata: &BTreeMap<String, String>) -> Option<&str> {
    metadata.get(KEY).map(String::as_str)
}

/// The SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// If it can't be read.
pub fn sha256(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut BufReader::with_capacity(1 << 16, edgeconv_files::open(path)?), &mut hasher)?;
    Ok(hex(hasher.finalize()))
}

/// The SHA-256 of a model, in hexadecimal: that of its file; where other files hold parts of it, that of the hashes of all of them.
///
/// # Errors
/// If one of them can't be read.
pub fn sha256_of_model(path: &Path) -> io::Result<String> {
    let mut beside = source::files_beside(path).map_err(io::Error::other)?;
    beside.extend(Some(weights_file(path)).filter(|weights| weights.is_file()));
    let own = sha256(path)?;
    if beside.is_empty() {
        return Ok(own);
    }
    let mut hasher = Sha256::new();
    hasher.update(own);
    for file in beside {
        expect_stored(&file)?;
        hasher.update(sha256(&file)?);
    }
    Ok(hex(hasher.finalize()))
}

/// A sparse file can be longer than anybody waits for.
fn expect_stored(path: &Path) -> io::Result<()> {
    let fits = edgeconv_files::expect_fits(&edgeconv_files::open(path)?.metadata()?);
    fits.map_err(|error| io::Error::other(format!("`{}` is sparse: read as a whole, {error}", path.display())))
}

/// A hash as people write it.
pub fn hex(hash: impl AsRef<[u8]>) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::op::Unary;
    use edgeconv_graph::{Builder, Tensor};

    use super::*;

    fn network(bias: f32) -> Graph {
        let mut b = Builder::new("network");
        let x = b.input("x", [2]).unwrap();
        let bias = b.constant("bias", Tensor::vector(vec![bias, 0.0])).unwrap();
        let y = b.node("sum", edgeconv_graph::op::Binary::Add, &[x, bias]).unwrap();
        let y = b.node("y", Unary::Relu, &[y]).unwrap();
        b.output("y", y);
        let mut graph = b.finish();
        note_network(&mut graph);
        graph
    }

    #[test]
    fn weights_tell_networks_apart() {
        assert_eq!(noted(&network(1.0).metadata), noted(&network(1.0).metadata));
        assert_ne!(noted(&network(1.0).metadata), noted(&network(2.0).metadata));
    }

    #[test]
    fn the_first_source_stays() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let sha256 = sha256_of_model(file.path()).unwrap();
        let mut graph = network(1.0);
        let before = graph.metadata.clone();
        note_file(&mut graph, sha256.clone());
        assert_eq!(graph.metadata, before);
        graph.metadata.clear();
        note_file(&mut graph, sha256);
        // The SHA-256 of nothing.
        assert!(noted(&graph.metadata).unwrap().starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
    }
}
