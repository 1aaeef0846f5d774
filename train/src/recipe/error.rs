//! What can be wrong with a recipe.

use std::path::PathBuf;

/// What is wrong with a recipe. `origin` is the file, or the override.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum RecipeError {
    #[error("can't read the recipe {}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{origin}: not valid YAML: {reason}")]
    Yaml { origin: String, reason: String },
    #[error("{origin}: expected sections (`common:`, `dataset:`, …), found {found}")]
    NoSections { origin: String, found: String },
    #[error("`{0}` is not an override; expected KEY=VALUE, e.g. scheduler.max_epochs=10")]
    NoOverride(String),
    #[error("{origin}: unknown key `{key}`; did you mean `{nearest}`?")]
    UnknownKey { origin: String, key: String, nearest: String },
    /// A value that the key can't have: what is expected, and what was found.
    #[error("{origin}: key `{key}`: {reason}")]
    BadValue { origin: String, key: String, reason: String },
    #[error("can't write the recipe: {0}")]
    Write(String),
}
