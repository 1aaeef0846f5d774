//! How a command fails.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use edgeconv_files::name::escaped;

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// A check failed, or something is impossible: exit code 1.
    Failed(String),
    /// The command was used wrongly, or an input can't be read: exit code 2.
    Misuse(String),
}

impl Failure {
    /// A failure with everything that caused it, most specific first.
    pub fn failed(error: impl Error) -> Self {
        Failure::Failed(chain(&error))
    }

    /// A misuse with everything that caused it, most specific first.
    pub fn misuse(error: impl Error) -> Self {
        Failure::Misuse(chain(&error))
    }

    /// The same, of which the text says now which file it is about.
    #[must_use]
    pub fn about(self, file: &Path) -> Self {
        let named = |text| format!("`{}`: {text}", file.display());
        match self {
            Failure::Failed(text) => Failure::Failed(named(text)),
            Failure::Misuse(text) => Failure::Misuse(named(text)),
        }
    }

    /// The process's exit code.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Failed(_) => ExitCode::from(1),
            Failure::Misuse(_) => ExitCode::from(2),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Failed(text) | Failure::Misuse(text) => f.write_str(text),
        }
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Many errors repeat their cause in their own text.
        let more = error.to_string();
        if !text.contains(&more) && !text.contains(&*escaped(&more)) {
            text = format!("{text}: {}", escaped(&more));
        }
        cause = error.source();
    }
    text
}
