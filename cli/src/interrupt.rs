//! Ctrl+C.

use std::io;
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tracing::debug;

/// From here on, a signal that ends the program removes its unfinished files first.
pub fn leave_nothing_behind() {
    if let Err(error) = wait_for_signals() {
        debug!("a signal will leave unfinished files behind: {error}");
    }
}

fn wait_for_signals() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            edgeconv_files::remove_unfinished();
            // The program ends as it would have, so that whoever started it sees the signal.
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}
