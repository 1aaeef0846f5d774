//! Android's `adb`.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::remote::Shell;
use crate::process::{self, ProcessError, Said};
use crate::program;

/// An Android device.
#[derive(Debug)]
pub(super) struct Adb {
    pub(super) serial: Option<String>,
}

impl Shell for Adb {
    fn run(&self, command: &str, input: Option<&Path>, limit: Duration) -> Result<Option<Said>, ProcessError> {
        let mut adb = Command::new(program::of_system("adb")?);
        program::without_relative_paths(&mut adb);
        if let Some(serial) = &self.serial {
            adb.args(["-s", serial]);
        }
        // Without a terminal, bytes stay as they are.
        adb.args(["shell", "-T", command]);
        process::run(adb, input, limit)
    }

    fn cache(&self) -> &'static str {
        "/data/local/tmp/edgeconv"
    }
}
