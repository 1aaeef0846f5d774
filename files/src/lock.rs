//! Locks on files and folders (`flock`), which the system gives back when their holder ends, however it ends.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a lock is waited for that others hold for a moment.
const PATIENCE: Duration = Duration::from_secs(60);

const PAUSE: Duration = Duration::from_millis(5);

/// A lock on a file or folder, as long as this lives.
#[derive(Debug)]
pub struct Lock {
    #[cfg(unix)]
    file: nix::fcntl::Flock<File>,
}

/// Whether something is locked.
pub enum Locked {
    /// It was not, and now it is.
    Free(Lock),
    /// Somebody holds the lock.
    Held,
    /// Its file system knows no locks.
    Unknown,
    /// It can't be opened.
    Closed(io::Error),
}

#[cfg(unix)]
impl Lock {
    /// Locks a file or folder, if nobody else has.
    pub fn of(path: &Path) -> Locked {
        use nix::errno::Errno;
        use nix::fcntl::{Flock, FlockArg, OFlag};
        use std::os::unix::fs::OpenOptionsExt;

        // Neither a link is followed, nor a pipe waited for, that somebody puts there meanwhile.
        let flags = (OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits();
        let file = match File::options().read(true).custom_flags(flags).open(path) {
            Ok(file) => file,
            Err(error) => return Locked::Closed(error),
        };
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(file) => Locked::Free(Self { file }),
            Err((_, Errno::EWOULDBLOCK)) => Locked::Held,
            Err(_) => Locked::Unknown,
        }
    }

    /// Whether this path leads to what is locked.
    pub fn is_at(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;

        let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
        let here = self.file.metadata().map(identity);
        let there = std::fs::symlink_metadata(path).map(identity);
        here.ok().zip(there.ok()).is_some_and(|(here, there)| here == there)
    }
}

#[cfg(not(unix))]
impl Lock {
    pub fn of(_: &Path) -> Locked {
        Locked::Unknown
    }

    pub fn is_at(&self, _: &Path) -> bool {
        true
    }
}

/// Waits until nobody else has locked a folder; `None` where there are no locks.
///
/// # Errors
/// If it takes more than a minute.
pub fn wait_for(folder: &Path) -> io::Result<Option<Lock>> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match Lock::of(folder) {
            Locked::Free(lock) => return Ok(Some(lock)),
            Locked::Unknown | Locked::Closed(_) => return Ok(None),
            Locked::Held => sleep(PAUSE),
        }
    }
    Err(io::Error::new(io::ErrorKind::WouldBlock, "another program has locked the folder for more than a minute"))
}
