//! Signals that end a program.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use edgeconv_validate::process;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXCPU, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tracing::debug;

/// From here on, a signal that ends the program, also that of a limit on processor time, ends those that it has started, and removes its unfinished files
/// first. A limit on the size of files is an error where one is written.
pub fn leave_nothing_behind() {
    if let Err(error) = report_large_files().and_then(|()| wait_for_signals()) {
        debug!("a signal will leave unfinished files behind: {error}");
    }
}

/// The system's default for a file that is too large is to end the program; with a handler, writing fails.
fn report_large_files() -> io::Result<()> {
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(drop)
}

fn wait_for_signals() -> io::Result<()> {
    // `nohup` has it ignored.
    let signals = [SIGHUP, SIGINT, SIGTERM, SIGXCPU].into_iter().filter(|&signal| !is_ignored(signal));
    let mut signals = Signals::new(signals)?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Other threads learn of neither, and wait.
            let _ended = process::end_all();
            let _removed = edgeconv_files::remove_unfinished();
            // The program ends as it would have, so that whoever started it sees the signal.
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// Whether whoever started this program wants it to ignore a signal.
pub fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
