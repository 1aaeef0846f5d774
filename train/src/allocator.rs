//! How the system's allocator is used.

/// glibc's settings (`mallopt(3)`): all tensors come from its heap, and what is freed stays there.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SETTINGS: [(&str, &str); 2] = [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "17179869184")];

/// Lets glibc keep the memory that a step of training frees: otherwise it goes back to the system, and the next step gets it again page by page,
/// which takes a tenth of the time. glibc reads such settings when a program starts, so this one starts again with them, once; users'
/// own settings stay as they are.
pub fn keep_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::os::unix::process::CommandExt;

        let is_set = |name: &str| std::env::var_os(name).is_some();
        if SETTINGS.iter().any(|(name, _)| is_set(name)) || is_set("GLIBC_TUNABLES") {
            return;
        }
        let mut arguments = std::env::args_os();
        if let (Ok(program), Some(name)) = (std::env::current_exe(), arguments.next()) {
            // It returns only if the program can't be started, which then goes on without the settings.
            let _ = std::process::Command::new(program).arg0(name).args(arguments).envs(SETTINGS).exec();
        }
    }
}
