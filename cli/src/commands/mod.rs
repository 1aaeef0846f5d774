//! One file per command.

pub mod bench;
pub mod export;
pub mod models;
pub mod run;
mod tune;

/// A hash as people write it.
fn hex(hash: impl AsRef<[u8]>) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
