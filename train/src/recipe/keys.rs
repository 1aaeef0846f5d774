//! Trees of keys and values, with which recipes are read.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::RecipeError;

/// Where the keys of a recipe come from.
pub(super) struct Source {
    file: String,
    /// Key and text of each override.
    overrides: Vec<(String, String)>,
}

impl Source {
    /// The error that `key` has a value that it can't have.
    pub fn bad_value(&self, key: &str, reason: impl Into<String>) -> RecipeError {
        RecipeError::BadValue { origin: self.origin(key), key: key.into(), reason: reason.into() }
    }

    /// The last override of this key or of a section that it is in, else the file.
    fn origin(&self, key: &str) -> String {
        let holds = |of: &str| key.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        let found = self.overrides.iter().rev().find(|(of, _)| holds(of));
        found.map_or_else(|| self.file.clone(), |(_, text)| format!("--set {text}"))
    }
}

/// The tree of a YAML text with overrides.
pub(super) fn parse(name: &str, yaml: &str, overrides: &[String]) -> Result<(Map<String, Value>, Source), RecipeError> {
    let mut source = Source { file: name.into(), overrides: vec![] };
    let mut tree = match value(name, yaml)? {
        Value::Object(tree) => tree,
        Value::Null => Map::new(),
        found => return Err(RecipeError::NoSections { origin: name.into(), found: found.to_string() }),
    };
    for text in overrides {
        let (key, yaml) = text.split_once('=').ok_or_else(|| RecipeError::NoOverride(text.clone()))?;
        set(&mut tree, key, value(&format!("--set {text}"), yaml)?);
        source.overrides.push((key.into(), text.clone()));
    }
    Ok((tree, source))
}

fn value(origin: &str, yaml: &str) -> Result<Value, RecipeError> {
    serde_saphyr::from_str(yaml).map_err(|error| RecipeError::Yaml { origin: origin.into(), reason: error.to_string() })
}

/// Sets a dotted key; what is in its way becomes a section.
pub(super) fn set(tree: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => _ = tree.insert(key.into(), value),
        Some((section, rest)) => {
            let slot = tree.entry(section).or_insert(Value::Null);
            if !slot.is_object() {
                *slot = Map::new().into();
            }
            if let Value::Object(inner) = slot {
                set(inner, rest, value);
            }
        }
    }
}

/// The tree of a value that has sections.
pub(super) fn tree(of: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(of) {
        Ok(Value::Object(tree)) => tree,
        // Structs of strings, numbers, lists and structs always have one.
        _ => Map::new(),
    }
}

/// What is at a dotted key.
pub(super) fn get<'a>(tree: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    match key.split_once('.') {
        None => tree.get(key),
        Some((section, rest)) => get(tree.get(section)?.as_object()?, rest),
    }
}

/// Adds what `tree` does not have yet.
pub(super) fn fill(tree: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        match (tree.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => fill(inner, value),
            (Some(_), _) => {}
            (None, value) => _ = tree.insert(key, value),
        }
    }
}

/// Replaces the values in `tree` for which `by` has another.
pub(super) fn replace(tree: &mut Map<String, Value>, by: &Map<String, Value>) {
    for (key, slot) in tree {
        match (slot, by.get(key)) {
            (Value::Object(inner), Some(Value::Object(by))) => replace(inner, by),
            (slot, Some(by)) => *slot = by.clone(),
            (_, None) => {}
        }
    }
}

/// Checks that `tree` has keys of `known` only, and sections where that has them. An empty section of `known` may hold
/// anything.
pub(super) fn check(tree: &Map<String, Value>, known: &Map<String, Value>, source: &Source) -> Result<(), RecipeError> {
    check_section("", tree, known, known, source)
}

fn check_section(
    prefix: &str,
    tree: &Map<String, Value>,
    section: &Map<String, Value>,
    known: &Map<String, Value>,
    source: &Source,
) -> Result<(), RecipeError> {
    for (key, value) in tree {
        let path = format!("{prefix}{key}");
        match (section.get(key), value) {
            (None, _) => {
                let origin = source.origin(&path);
                return Err(RecipeError::UnknownKey { origin, nearest: nearest(&path, known), key: path });
            }
            (Some(Value::Object(section)), Value::Object(tree)) => {
                if !section.is_empty() {
                    check_section(&format!("{path}."), tree, section, known, source)?;
                }
            }
            (Some(Value::Object(_)), found) => {
                return Err(source.bad_value(&path, format!("expected a section of keys, found {found}")));
            }
            (Some(_), Value::Object(_)) => {
                return Err(source.bad_value(&path, "expected a value, found a section of keys"));
            }
            (Some(_), _) => {}
        }
    }
    Ok(())
}

/// The known key or section that is most like `key`.
fn nearest(key: &str, known: &Map<String, Value>) -> String {
    let similarity = |path: &String| (strsim::normalized_levenshtein(path, key) * 1e6) as u64;
    paths("", known).into_iter().max_by_key(similarity).unwrap_or_default()
}

fn paths(prefix: &str, tree: &Map<String, Value>) -> Vec<String> {
    let below = |(key, value): (&String, &Value)| {
        let path = format!("{prefix}{key}");
        let mut below = value.as_object().map(|tree| paths(&format!("{path}."), tree)).unwrap_or_default();
        below.push(path);
        below
    };
    tree.iter().flat_map(below).collect()
}

/// The value that a tree, which is at `prefix` of the recipe, describes.
pub(super) fn deserialize<T: DeserializeOwned>(
    tree: Map<String, Value>,
    prefix: &str,
    source: &Source,
) -> Result<T, RecipeError> {
    serde_path_to_error::deserialize(Value::Object(tree))
        .map_err(|error| source.bad_value(&format!("{prefix}{}", error.path()), error.inner().to_string()))
}
