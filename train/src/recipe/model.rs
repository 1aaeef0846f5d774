//! The section `model`.

use edgeconv_vision::Task;
use edgeconv_zoo::options::OptionsError;
use edgeconv_zoo::{ENTRIES, Entry, Options};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::keys::{self, Source};
use super::{ModelTraining, RecipeError};

/// Key `model`: a model of the zoo with its options, and those that training adds to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The model of the zoo.
    pub entry: &'static Entry,
    /// Its options.
    pub architecture: Options,
    /// The options that matter in training only.
    pub training: ModelTraining,
}

/// The key that tells the families of the zoo apart.
const FAMILY: &str = "model.classification.name";

impl Model {
    /// A model as published.
    pub fn new(entry: &'static Entry) -> Self {
        let architecture = entry.options();
        let training = ModelTraining::new(&architecture.model);
        Self { entry, architecture, training }
    }

    /// The published model that a section describes. It is a detector or a segmenter if the section has options of one.
    pub(super) fn published(section: &Map<String, Value>, source: &Source) -> Result<Self, RecipeError> {
        let task = match (section.contains_key("detection"), section.contains_key("segmentation")) {
            (false, false) => Task::Classification,
            (true, false) => Task::Detection,
            (false, true) => Task::Segmentation,
            (true, true) => return Err(source.bad_value("model", "expected `detection` or `segmentation`, found both")),
        };
        let of_task = ENTRIES.iter().filter(|entry| entry.task == task);
        let entries = of_task.map(|entry| (entry, keys::tree(&entry.options().model))).collect();
        let mut entries = select(entries, FAMILY, section, source)?;
        if let Some((entry, _)) = entries.first() {
            let selector = entry.options().model.classification.family.selector();
            entries = select(entries, selector, section, source)?;
        }
        let first = entries.first().map(|(entry, _)| Self::new(entry));
        first.ok_or_else(|| source.bad_value(FAMILY, "the zoo has no such model"))
    }

    /// This model with the options that a section sets.
    pub(super) fn with_section(mut self, section: &Map<String, Value>, source: &Source) -> Result<Self, RecipeError> {
        let recipe = serde_json::json!({ "model": section }).to_string(); // JSON is YAML
        self.architecture = self.architecture.with_recipe(&recipe).map_err(|error| match error {
            OptionsError::BadValue { key, value, reason } => {
                source.bad_value(&key, format!("it can't be {value}: {reason}"))
            }
            other => source.bad_value("model", other.to_string()),
        })?;
        let mut training = keys::tree(&self.training);
        keys::replace(&mut training, section);
        self.training = keys::deserialize(training, "model.", source)?;
        Ok(self)
    }

    /// The keys of the section.
    pub(super) fn keys(&self) -> Map<String, Value> {
        let mut tree = keys::tree(&self.architecture.model);
        keys::fill(&mut tree, keys::tree(&self.training));
        tree
    }
}

impl Default for Model {
    fn default() -> Self {
        Self::new(edgeconv_zoo::find("edgeformer-s").unwrap_or(&ENTRIES[0]))
    }
}

impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.keys().serialize(serializer)
    }
}

type Candidate = (&'static Entry, Map<String, Value>);

/// The models for which the key `selector` has the value that it has in the section `model`, if it has several.
fn select(
    mut entries: Vec<Candidate>,
    selector: &str,
    section: &Map<String, Value>,
    source: &Source,
) -> Result<Vec<Candidate>, RecipeError> {
    let in_section = selector.trim_start_matches("model.");
    let mut values: Vec<_> =
        entries.iter().filter_map(|(_, options)| keys::get(options, in_section)).cloned().collect();
    values.dedup();
    let names = || values.iter().map(|value| value.to_string()).collect::<Vec<_>>().join(", ");
    match keys::get(section, in_section) {
        Some(value) if values.contains(value) => {
            entries.retain(|(_, options)| keys::get(options, in_section) == Some(value));
        }
        Some(value) if !values.is_empty() => {
            return Err(source.bad_value(selector, format!("expected one of {}, found {value}", names())));
        }
        None if values.len() > 1 => {
            return Err(source.bad_value(selector, format!("it is missing; expected one of {}", names())));
        }
        // An option of other families, or there is no choice.
        _ => {}
    }
    Ok(entries)
}
