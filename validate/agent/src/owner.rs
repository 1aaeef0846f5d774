//! The process that started this one, and that it must not outlive.

/// The variable that a program of ours gets if it has an owner, whose end closes its standard input.
pub const VARIABLE: &str = "EDGECONV_OWNED";

/// From here on this process ends with its owner, if it has one: at once, however the owner ends, and without a trace.
pub fn end_with_it() {
    if std::env::var_os(VARIABLE).is_some() {
        // The kernel's word reaches also a process that is stopped, where it is given; the pipe knows of an owner that is gone already.
        #[cfg(target_os = "linux")]
        let _ = nix::sys::prctl::set_pdeathsig(nix::sys::signal::Signal::SIGKILL);
        let _ = std::thread::Builder::new().name("owner".into()).spawn(wait_for_the_end);
    }
}

fn wait_for_the_end() {
    // Nobody writes into it.
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    // Other threads are in native code, which an orderly exit would tear down under them.
    #[cfg(unix)]
    let _ = nix::sys::signal::raise(nix::sys::signal::Signal::SIGKILL);
    std::process::abort();
}
