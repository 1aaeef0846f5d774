//! Reading programs that PyTorch exported: an archive, or the JSON of a program alone, whose weights are then zeros.
#![no_main]

use std::io::{Cursor, Write};

use edgeconv_converter::source::{Interface, ModelFile, Pt2, Source};
use serde_json::{Map, Value, json};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let archive = if bytes.starts_with(b"PK") { bytes.to_vec() } else { archive(bytes) };
    let file = ModelFile::from_bytes(archive);
    let _ = Pt2.shapes(&file);
    let _ = Pt2.read(&file, &Interface::default()).map(|graph| graph.validate());
});

/// The archive of a program, with all its weights in one storage.
fn archive(program: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let weights = json!({"config": weights(program).unwrap_or_default()}).to_string();
    for (name, content) in [
        ("m/archive_format", b"pt2".as_slice()),
        ("m/models/m.json", program),
        ("m/data/weights/m_weights_config.json", weights.as_bytes()),
        ("m/data/weights/zeros", &[0; 4096]),
    ] {
        zip.start_file(name, stored).expect("a new entry");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

/// What a program says of the tensors that it takes from its archive.
fn weights(program: &[u8]) -> Option<Map<String, Value>> {
    let program: Value = serde_json::from_slice(program).ok()?;
    let module = program.get("graph_module")?;
    let values = module.get("graph")?.get("tensor_values")?;
    let weight = |spec: &Value| {
        let (kind, spec) = spec.as_object()?.iter().next()?;
        let meta = values.get(spec.get("arg")?.get("name")?.as_str()?)?;
        let name = spec.get(format!("{kind}_name"))?.as_str()?;
        Some((name.to_owned(), json!({"path_name": "zeros", "tensor_meta": meta})))
    };
    Some(module.get("signature")?.get("input_specs")?.as_array()?.iter().filter_map(weight).collect())
}
