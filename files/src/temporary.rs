//! Temporary files and folders, and who owns them.
//!
//! Their owner holds a lock (`flock`) on each as long as it lives, so that another process can tell what a killed one has left. Within a
//! process they are listed, for one that a signal ends.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use tempfile::{Builder, NamedTempFile, TempDir};

use crate::journal;
use crate::lock::{self, Lock, Locked};

/// What temporary names begin with. Only a process that was killed leaves one behind.
pub const PREFIX: &str = ".edgeconv-";

/// How often a folder is emptied again that a process which is just ending still writes into, and how long is waited in between.
const TRIES: usize = 50;
const PAUSE: Duration = Duration::from_millis(10);

/// What this process has not finished yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(vec![]);

/// As long as it is held, no thread of this process makes or finishes anything, and none is interrupted by a signal.
pub fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file or folder of this process, as long as this lives.
#[derive(Debug)]
pub struct Owned {
    path: PathBuf,
    lock: Option<Lock>,
}

impl Owned {
    /// Gives the lock back before it is removed.
    pub fn unlock(&mut self) {
        self.lock = None;
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        unfinished().retain(|unfinished| *unfinished != self.path);
    }
}

/// A temporary file in `folder`, with the permissions of any new file. What killed processes have left there is removed.
pub fn file_in(folder: &Path) -> io::Result<(Owned, NamedTempFile)> {
    // Who may not list a folder may still write there.
    remove_leftovers(folder).ok();
    new_file_in(folder)
}

/// The same without a look at what else is there.
pub fn new_file_in(folder: &Path) -> io::Result<(Owned, NamedTempFile)> {
    own(|| builder(0o666).tempfile_in(folder), NamedTempFile::path)
}

/// A temporary folder in `folder`, with these permissions, less the umask. What killed processes have left there is removed.
pub fn folder_in(folder: &Path, mode: u32) -> io::Result<(Owned, TempDir)> {
    remove_leftovers(folder).ok();
    own(|| builder(mode).tempdir_in(folder), TempDir::path)
}

fn own<T>(make: impl Fn() -> io::Result<T>, path: impl Fn(&T) -> &Path) -> io::Result<(Owned, T)> {
    let mut unfinished = unfinished();
    loop {
        let made = make()?;
        let place = path(&made).to_owned();
        let lock = match Lock::of(&place) {
            Locked::Free(lock) if lock.is_at(&place) => Some(lock),
            Locked::Unknown if place.exists() => None,
            Locked::Closed(error) if place.exists() => {
                // Where no file can be opened, neither can a folder, to be emptied.
                let _ = fs::remove_dir(&place);
                return Err(error);
            }
            // Another process took it for a leftover before it was locked.
            Locked::Free(_) | Locked::Held | Locked::Unknown | Locked::Closed(_) => continue,
        };
        unfinished.push(place.clone());
        return Ok((Owned { path: place, lock }, made));
    }
}

/// Temporary files are private by default; ours get the permissions of any new one, less the umask.
fn builder(mode: u32) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// Removes what killed processes of ours have left in a folder: what nobody holds a lock on. A set of files that one of them has begun to move to
/// their places is completed before. What belongs to others, or can't be removed, stays.
///
/// # Errors
/// If the folder can't be listed, or others keep it locked.
pub fn remove_leftovers(folder: &Path) -> io::Result<()> {
    let found = temporaries(folder)?;
    let is_begun = found.iter().any(|path| journal::is_in(path));
    let alone = if is_begun { lock::wait_for(folder)? } else { None };
    remove_abandoned(found, alone.as_ref());
    Ok(())
}

/// The same for one that has locked the folder.
///
/// # Errors
/// If the folder can't be listed.
pub fn complete_sets(folder: &Path, alone: &Lock) -> io::Result<()> {
    remove_abandoned(temporaries(folder)?, Some(alone));
    Ok(())
}

/// Removes those of a folder's temporary files and folders that nobody has locked; sets only by one who has locked the folder.
fn remove_abandoned(found: Vec<PathBuf>, alone: Option<&Lock>) {
    for path in found {
        let Locked::Free(lock) = Lock::of(&path) else { continue };
        if alone.is_some() {
            // What can't be completed stays as if it had not been listed.
            journal::complete(&path).ok();
        } else if journal::is_in(&path) {
            continue;
        }
        remove(&path);
        drop(lock);
    }
}

/// What has a temporary name in a folder. Neither a link nor a device is anything that we have made.
fn temporaries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_ours = |entry: &fs::DirEntry| {
        let has_prefix = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
        has_prefix && entry.file_type().is_ok_and(|kind| kind.is_dir() || kind.is_file())
    };
    // An entry that is gone meanwhile is no leftover.
    Ok(fs::read_dir(folder)?.flatten().filter(is_ours).map(|entry| entry.path()).collect())
}

/// Removes everything temporary that this process has not finished, for one that ends now without unwinding, as by a signal. Until what
/// this returns is dropped, all other threads wait where they would make or finish something.
#[must_use = "other threads go on as soon as this is dropped"]
pub fn remove_unfinished() -> impl Sized {
    let mut all = unfinished();
    // What was made last is in what was made first.
    for path in all.drain(..).rev() {
        remove(&path);
    }
    all
}

fn remove(path: &Path) {
    if !path.is_dir() {
        let _ = fs::remove_file(path);
        return;
    }
    for _ in 0..TRIES {
        match fs::remove_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => sleep(PAUSE),
            _ => return,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn names(folder: &TempDir) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_killed_processes_left_is_removed_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".edgeconv-a1b2c3"), "half of a file").unwrap();
        fs::create_dir_all(folder.path().join(".edgeconv-d4e5f6/inner")).unwrap();
        fs::write(folder.path().join(".edgeconv"), "somebody's").unwrap();
        let (_owned, file) = file_in(folder.path()).unwrap();
        let mut expected = vec![".edgeconv".to_owned(), file.path().file_name().unwrap().to_str().unwrap().to_owned()];
        expected.sort();
        assert_eq!(names(&folder), expected);
    }

    #[test]
    fn what_has_an_owner_stays() {
        let folder = tempfile::tempdir().unwrap();
        let owned = [folder_in(folder.path(), 0o700).unwrap().1.keep(), folder.path().join(".edgeconv-file")];
        fs::write(&owned[1], "").unwrap();
        let _locks = owned.each_ref().map(|path| {
            let Locked::Free(lock) = Lock::of(path) else { panic!("nobody else has it") };
            lock
        });
        remove_leftovers(folder.path()).unwrap();
        assert!(owned.iter().all(|path| path.exists()));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("file"), "somebody's").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join(".edgeconv-link")).unwrap();
        remove_leftovers(folder.path()).unwrap();
        assert_eq!(names(&folder), [".edgeconv-link"]);
        assert_eq!(names(&elsewhere), ["file"]);
    }
}
