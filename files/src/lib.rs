//! Writes files that appear complete or not at all: under a temporary name beside their place, with the permissions of any
//! other new file (the umask's), synced to disk, and renamed. Whatever happens meanwhile, a full disk or a loss of power, an
//! older file survives.
//!
//! [`write()`] is for one file, [`Staging`] for several that belong together. A program that a signal ends calls [`remove_unfinished`].

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, TempDir};

/// What temporary names begin with. Only a process that was killed leaves one behind.
const PREFIX: &str = ".edgeconv-";

/// Writes a file with these contents, or leaves an older one as it is.
///
/// # Errors
/// If the folder is missing or not writable, or the disk is full; nothing is left behind then.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> io::Result<()> {
    write_with(path, |file| file.write_all(contents.as_ref()))
}

/// Like [`write()`], with contents that `fill` writes.
///
/// # Errors
/// Those of [`write()`] and of `fill`.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = folder_of(path);
    let mut file = builder(0o666).tempfile_in(folder)?;
    let _unfinished = Unfinished::new(file.path());
    fill(file.as_file_mut())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder)
}

/// Like [`write()`] for a file that another process reads now and nobody later, as those of a job: it also appears complete or not at
/// all, but is not synced, which takes longer than many a job.
///
/// # Errors
/// Those of [`write()`].
pub fn write_unsynced(path: &Path, contents: impl AsRef<[u8]>) -> io::Result<()> {
    let mut file = builder(0o666).tempfile_in(folder_of(path))?;
    let _unfinished = Unfinished::new(file.path());
    file.write_all(contents.as_ref())?;
    file.persist(path)?;
    Ok(())
}

/// Removes what killed processes have left in a folder. Only for a folder that nobody else is writing to.
///
/// # Errors
/// If something can't be listed or removed.
pub fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let remove = if entry.file_type()?.is_dir() { fs::remove_dir_all } else { fs::remove_file };
        remove(&entry.path())?;
    }
    Ok(())
}

/// What this process has not finished yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(vec![]);

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file or folder, as long as this lives.
#[derive(Debug)]
struct Unfinished(PathBuf);

impl Unfinished {
    fn new(path: &Path) -> Self {
        unfinished().push(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
    }
}

/// Removes everything temporary that this process has not finished, for one that ends now without unwinding, as by a signal. Errors leave
/// something behind.
pub fn remove_unfinished() {
    for path in std::mem::take(&mut *unfinished()) {
        if path.is_dir() {
            // Another thread may have written a file meanwhile.
            let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_dir_all(&path));
        } else {
            let _ = fs::remove_file(&path);
        }
    }
}

/// A temporary folder in which files are made that appear in their places later. What isn't published is removed with it.
#[derive(Debug)]
pub struct Staging {
    folder: TempDir,
    _unfinished: Unfinished,
}

impl Staging {
    /// A staging folder inside of `folder`, for files that will be in it.
    ///
    /// # Errors
    /// If `folder` is missing or not writable.
    pub fn inside(folder: &Path) -> io::Result<Self> {
        builder(0o777).tempdir_in(folder).map(Self::new)
    }

    /// A folder for files that nobody else reads, where the system has such.
    ///
    /// # Errors
    /// If that place is missing or not writable.
    pub fn private() -> io::Result<Self> {
        builder(0o700).tempdir().map(Self::new)
    }

    fn new(folder: TempDir) -> Self {
        Self { _unfinished: Unfinished::new(folder.path()), folder }
    }

    /// A staging folder beside `path`, for a file or folder that will be there.
    ///
    /// # Errors
    /// If the folder around `path` is missing or not writable.
    pub fn beside(path: &Path) -> io::Result<Self> {
        Self::inside(folder_of(path))
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into it, which is synced when it is published.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn write(&self, name: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> io::Result<()> {
        fs::write(self.path().join(name), contents)
    }

    /// Moves one file to its place.
    ///
    /// # Errors
    /// If there is no such file, or it can't be synced or renamed; an older file at `target` remains then.
    pub fn publish_file(&self, name: impl AsRef<Path>, target: &Path) -> io::Result<()> {
        let staged = self.path().join(name);
        File::open(&staged)?.sync_all()?;
        fs::rename(staged, target)?;
        sync_folder(folder_of(target))
    }

    /// Moves files that belong together to their places, which are in one folder. All are synced before the first is moved, so that a loss of
    /// power can hardly come in between.
    ///
    /// # Errors
    /// If there is no such file, or one can't be synced or renamed.
    pub fn publish_files(&self, files: &[(&Path, &Path)]) -> io::Result<()> {
        for (name, _) in files {
            File::open(self.path().join(name))?.sync_all()?;
        }
        for (name, target) in files {
            fs::rename(self.path().join(name), target)?;
        }
        files.first().map_or(Ok(()), |(_, target)| sync_folder(folder_of(target)))
    }

    /// Moves the whole folder to its place, where there must be nothing, or an empty folder.
    ///
    /// # Errors
    /// If something can't be synced, or the folder can't be renamed.
    pub fn publish(self, target: &Path) -> io::Result<()> {
        sync_tree(self.path())?;
        fs::rename(self.path(), target)?;
        sync_folder(folder_of(target))
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

/// The folder that `path` is in; that of a bare name is the working folder.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A rename lasts once the folder is on the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened as a file.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { sync_tree(&entry.path())? } else { File::open(entry.path())?.sync_all()? }
    }
    sync_folder(folder)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn count(folder: &TempDir) -> usize {
        fs::read_dir(folder.path()).unwrap().count()
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions())
    }

    #[test]
    fn a_file_that_cannot_be_finished_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, "old").unwrap();
        let full = write_with(&path, |file| {
            file.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(count(&folder), 1);
    }

    #[test]
    fn a_file_that_cannot_be_renamed_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("folder");
        fs::create_dir(&target).unwrap();
        write(&target, "new").unwrap_err();
        let staging = Staging::beside(&target).unwrap();
        staging.write("a", "new").unwrap();
        staging.publish_file("a", &target).unwrap_err();
        drop(staging);
        assert!(target.is_dir());
        assert_eq!(count(&folder), 1);
        write(&folder.path().join("missing/a"), "new").unwrap_err();
    }

    #[cfg(unix)]
    #[test]
    fn files_and_folders_have_the_permissions_of_the_umask() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("usual"), "").unwrap();
        fs::create_dir(path("usual folder")).unwrap();
        write(&path("written"), "").unwrap();
        let staging = Staging::inside(folder.path()).unwrap();
        staging.write("inner", "").unwrap();
        staging.publish(&path("staged")).unwrap();
        assert_eq!(mode(&path("written")), mode(&path("usual")));
        assert_eq!(mode(&path("staged/inner")), mode(&path("usual")));
        assert_eq!(mode(&path("staged")), mode(&path("usual folder")));
    }

    #[test]
    fn staged_files_appear_when_they_are_published() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("result");
        fs::write(&target, "old").unwrap();
        let staging = Staging::beside(&target).unwrap();
        staging.write("a", "new").unwrap();
        staging.write("scratch", "").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        staging.publish_file("a", &target).unwrap();
        drop(staging);
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(count(&folder), 1);
    }

    #[test]
    fn what_a_signal_interrupts_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (staging, published) = (Staging::inside(folder.path()).unwrap(), Staging::inside(folder.path()).unwrap());
        staging.write("half", "of a file").unwrap();
        published.publish(&folder.path().join("result")).unwrap();
        remove_unfinished();
        assert_eq!(count(&folder), 1);
        drop(staging);
    }

    #[test]
    fn what_killed_processes_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".edgeconv-a1b2c3"), "half of a file").unwrap();
        fs::create_dir_all(folder.path().join(".edgeconv-d4e5f6/inner")).unwrap();
        fs::write(folder.path().join(".edgeconv"), "ours").unwrap();
        remove_leftovers(folder.path()).unwrap();
        assert_eq!(count(&folder), 1);
    }
}
