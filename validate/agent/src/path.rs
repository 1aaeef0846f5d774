//! Paths in JSON, which is UTF-8 where paths need not be.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// For `serialize_with` in a report: bytes that are no text become `U+FFFD`, as on a terminal.
///
/// # Errors
/// Those of the serializer.
pub fn shown<S: Serializer>(paths: &impl Shown, serializer: S) -> Result<S::Ok, S::Error> {
    paths.shown(serializer)
}

/// What [`shown`] takes.
pub trait Shown {
    /// Serializes it.
    ///
    /// # Errors
    /// Those of the serializer.
    fn shown<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Shown for PathBuf {
    fn shown<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_string_lossy().serialize(serializer)
    }
}

impl Shown for Option<PathBuf> {
    fn shown<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(|path| path.to_string_lossy()).serialize(serializer)
    }
}

impl Shown for Vec<PathBuf> {
    fn shown<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|path| path.to_string_lossy()))
    }
}

/// A path as text, or else as the system's own units.
#[derive(Deserialize)]
#[serde(untagged)]
enum Exact {
    Text(PathBuf),
    Units(OsString),
}

/// For `with` in a job: every path comes back as it was.
pub(crate) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    match path.to_str() {
        Some(text) => text.serialize(serializer),
        None => path.as_os_str().serialize(serializer),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match Exact::deserialize(deserializer)? {
        Exact::Text(path) => path,
        Exact::Units(units) => units.into(),
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use serde_json::json;

    use super::*;
    use crate::BenchModel;

    #[test]
    fn jobs_keep_every_path() {
        for name in [b"model.mnn".to_vec(), b"f\xfcr.mnn".to_vec(), "für.mnn".into()] {
            let model = BenchModel::mnn(OsString::from_vec(name));
            let json = serde_json::to_string(&model).unwrap();
            assert_eq!(serde_json::from_str::<BenchModel>(&json).unwrap(), model, "{json}");
        }
        assert_eq!(serde_json::to_value(BenchModel::mnn("a.mnn")).unwrap()["model"], "a.mnn");
    }

    #[test]
    fn reports_show_every_path() {
        #[derive(Serialize)]
        struct Report {
            #[serde(serialize_with = "shown")]
            one: PathBuf,
            #[serde(serialize_with = "shown")]
            none: Option<PathBuf>,
            #[serde(serialize_with = "shown")]
            all: Vec<PathBuf>,
        }
        let one = PathBuf::from(OsString::from_vec(b"f\xfcr".to_vec()));
        let report = Report { one: one.clone(), none: None, all: vec![one, "a".into()] };
        assert_eq!(json!(report), json!({ "one": "f\u{fffd}r", "none": null, "all": ["f\u{fffd}r", "a"] }));
    }
}
