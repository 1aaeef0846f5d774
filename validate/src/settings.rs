//! `edgeconv.toml`: what a project says about its checks, beside its models and under version control.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::compare::Tolerance;
use crate::tolerances::{Metric, Patterns};

/// The name of the file that is read if no other is named.
pub const FILE: &str = "edgeconv.toml";

/// The file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// About `edgeconv check`.
    #[serde(default)]
    pub check: CheckSettings,
}

/// What the flags of `edgeconv check` say otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckSettings {
    /// What has to be small.
    pub metric: Option<Metric>,
    /// Absolute tolerance of all outputs.
    pub atol: Option<f64>,
    /// Relative tolerance of all outputs.
    pub rtol: Option<f64>,
    /// Number of random inputs.
    pub samples: Option<u64>,
    /// Their seed.
    pub seed: Option<u64>,
    /// Lowest and highest number for inputs.
    pub ranges: BTreeMap<String, [f32; 2]>,
    /// Tolerances of outputs, by patterns for their names.
    pub outputs: BTreeMap<String, Allowed>,
    /// Tolerances of values inside, by patterns for their names.
    pub layers: BTreeMap<String, Allowed>,
}

/// `1e-3`, or `{ atol = 1e-3, rtol = 1e-4 }`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Allowed {
    /// The absolute part.
    Absolute(f64),
    /// Both parts.
    Parts(Parts),
}

/// Parts of a tolerance; what is absent is 0.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// The absolute part.
    #[serde(default)]
    atol: f64,
    /// The relative part.
    #[serde(default)]
    rtol: f64,
}

impl From<Allowed> for Tolerance {
    fn from(allowed: Allowed) -> Self {
        match allowed {
            Allowed::Absolute(atol) => Tolerance { atol, rtol: 0.0 },
            Allowed::Parts(Parts { atol, rtol }) => Tolerance { atol, rtol },
        }
    }
}

/// Settings that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file can't be read.
    #[error("`{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It says something else than what is known.
    #[error("`{}`: {source}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What, and where.
        source: Box<toml::de::Error>,
    },
    /// A tolerance or range that nothing can keep.
    #[error("`{}`: {what}", path.display())]
    Number {
        /// The file.
        path: PathBuf,
        /// Which number.
        what: String,
    },
}

impl Settings {
    /// Reads the file.
    ///
    /// # Errors
    /// If it can't be read, or has keys or numbers that make no sense.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text =
            edgeconv_files::read_text(path).map_err(|source| SettingsError::Read { path: path.to_owned(), source })?;
        let settings: Self = toml::from_str(&text)
            .map_err(|source| SettingsError::Content { path: path.to_owned(), source: Box::new(source) })?;
        match settings.check.nonsense() {
            Some(what) => Err(SettingsError::Number { path: path.to_owned(), what }),
            None => Ok(settings),
        }
    }
}

impl CheckSettings {
    /// Which number makes no sense.
    fn nonsense(&self) -> Option<String> {
        let negative = |number: f64| !(number >= 0.0 && number.is_finite());
        let tolerances = self.outputs.iter().chain(&self.layers);
        let patterns = tolerances.flat_map(|(name, &allowed)| {
            let Tolerance { atol, rtol } = allowed.into();
            [(name.as_str(), atol), (name.as_str(), rtol)]
        });
        let all = [("atol", self.atol.unwrap_or(0.0)), ("rtol", self.rtol.unwrap_or(0.0))].into_iter().chain(patterns);
        let tolerance = all.into_iter().find(|&(_, number)| negative(number));
        let tolerance = tolerance.map(|(name, found)| format!("the tolerance `{name}` is {found}, expected 0 or more"));
        let range = self.ranges.iter().find(|(_, [low, high])| low >= high || !(high - low).is_finite());
        let range = range.map(|(name, found)| format!("the range `{name}` is {found:?}, expected [low, high]"));
        let samples = (self.samples == Some(0)).then(|| "`samples` is 0, expected 1 or more".to_owned());
        tolerance.or(range).or(samples)
    }

    /// Tolerances of outputs.
    pub fn outputs(&self) -> Patterns {
        self.outputs.iter().map(|(name, &allowed)| (name.clone(), allowed.into())).collect()
    }

    /// Tolerances of values inside.
    pub fn layers(&self) -> Patterns {
        self.layers.iter().map(|(name, &allowed)| (name.clone(), allowed.into())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<CheckSettings, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::write(&path, text).unwrap();
        Settings::read(&path).map(|settings| settings.check).map_err(|error| error.to_string())
    }

    #[test]
    fn all_keys_are_read() {
        let settings = read(
            "[check]\nmetric = \"cosine\"\natol = 1e-4\nsamples = 3\n[check.ranges]\nimage = [-2.1, 2.6]\n\
             [check.outputs]\nboxes = 1e-3\nscores = { rtol = 1e-2 }\n[check.layers]\n\"stage.*\" = 0.5\n",
        );
        let settings = settings.unwrap();
        assert_eq!((settings.metric, settings.atol, settings.samples), (Some(Metric::Cosine), Some(1e-4), Some(3)));
        assert_eq!(settings.ranges["image"], [-2.1, 2.6]);
        let expected = [("boxes", 1e-3, 0.0), ("scores", 0.0, 1e-2)];
        let expected = expected.map(|(name, atol, rtol)| (name.to_owned(), Tolerance { atol, rtol }));
        assert_eq!(settings.outputs(), expected);
        assert_eq!(settings.layers()[0].0, "stage.*");
    }

    #[test]
    fn mistakes_are_errors_that_say_where() {
        let error = read("[check]\natoll = 1\n").unwrap_err();
        assert!(error.contains("edgeconv.toml") && error.contains("atoll") && error.contains("line 2"), "{error}");
        let error = read("[check.outputs]\nboxes = -1.0\n").unwrap_err();
        assert!(error.contains("`boxes` is -1, expected 0 or more"), "{error}");
        let error = read("[check.ranges]\nimage = [1, 0]\n").unwrap_err();
        assert!(error.contains("`image`"), "{error}");
        assert!(read("[check]\nsamples = 0\n").unwrap_err().contains("`samples` is 0"));
    }
}
