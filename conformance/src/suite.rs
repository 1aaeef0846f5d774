//! Running all cases.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use edgeconv_validate::engine::Engine;

use crate::{Case, Outcome, run};

/// What another converter makes of the cases, by name: passed or not.
pub type Peer = BTreeMap<String, bool>;

/// Runs the cases, as many at once as there are processors; calls `done` after each.
pub fn run_all(cases: &[Case], engine: &(dyn Engine + Sync), done: &(dyn Fn() + Sync)) -> BTreeMap<String, Outcome> {
    let next = Mutex::new(cases.iter());
    let outcomes = Mutex::new(BTreeMap::new());
    let lock_is_free = |poisoned: std::sync::PoisonError<_>| poisoned.into_inner();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(case) = next.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next() else {
                        return;
                    };
                    let outcome = run(case, engine);
                    outcomes.lock().unwrap_or_else(lock_is_free).insert(case.name.clone(), outcome);
                    done();
                }
            });
        }
    });
    outcomes.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Reads what `scripts/stock-node-tests.sh` printed: a line `NAME<tab>pass` or `NAME<tab>REASON` for each case.
///
/// # Errors
/// If the file can't be read.
pub fn read_peer(path: &Path) -> std::io::Result<Peer> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(lines.map(|(name, result)| (name.to_owned(), result == "pass")).collect())
}
