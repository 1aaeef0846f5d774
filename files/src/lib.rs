//! Writes files that appear complete or not at all: under a temporary name beside their place, with the permissions of any
//! other new file (the umask's), synced to disk, and renamed. Whatever happens meanwhile, a full disk or a loss of power, an
//! older file survives.
//!
//! [`write()`] is for one file, [`Staging`] for several that belong together. A program that a signal ends calls [`remove_unfinished`];
//! what a killed one leaves is removed, or completed, by the next that writes there.
//!
//! A result takes the place of a file, never of anything else: see [`expect_file`].
//!
//! Files are read within the [`Memory`] that they may take ([`read`]), and [`name::escaped`] shows names that come from them.

#[cfg(unix)]
mod journal;
mod lock;
mod memory;
pub mod name;
mod read;
mod temporary;

pub use memory::{Budget, MAX_MEMORY, Memory, TooMuch, parse_bytes, stored};
pub use read::{expect_fits, open, open_beside, open_inside, read, read_text};

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use temporary::Owned;
pub use temporary::{remove_leftovers, remove_unfinished};

/// Writes a file with these contents, or leaves an older one as it is.
///
/// # Errors
/// If the folder is missing or not writable, if `path` is no place for a file ([`expect_file`]), or the disk is full; nothing is left
/// behind then.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> io::Result<()> {
    write_with(path, |file| file.write_all(contents.as_ref()))
}

/// Like [`write()`], with contents that `fill` writes.
///
/// # Errors
/// Those of [`write()`] and of `fill`.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    expect_file(path)?;
    let folder = folder_of(path);
    let (_owned, mut file) = temporary::file_in(folder)?;
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
    let (_owned, mut file) = temporary::new_file_in(folder_of(path))?;
    file.write_all(contents.as_ref())?;
    file.persist(path)?;
    Ok(())
}

/// Whether a result can be written to `path`: where there is nothing, or a file. A link is not followed, since it may lead anywhere, and
/// devices and pipes would be replaced by a file. Folders on the way may be links.
///
/// # Errors
/// What is there instead.
pub fn expect_file(path: &Path) -> io::Result<()> {
    let kind = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?.file_type(),
    };
    let found = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => "is a folder",
        () if kind.is_symlink() => "is a link, which is not followed",
        () => "is a device, pipe or socket",
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it {found}; expected the name of a file, or a new one")))
}

/// A temporary folder in which files are made that appear in their places later. What isn't published is removed with it.
#[derive(Debug)]
pub struct Staging {
    folder: TempDir,
    /// The folder that published files will be in, as the user calls it.
    target: PathBuf,
    owned: Owned,
}

/// A file that did not get to its place.
#[derive(Debug)]
pub struct NotPublished {
    /// The place.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl fmt::Display for NotPublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't write `{}`: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for NotPublished {}

impl Staging {
    /// A staging folder inside of `folder`, for files that will be in it.
    ///
    /// # Errors
    /// If `folder` is missing or not writable.
    pub fn inside(folder: &Path) -> io::Result<Self> {
        Self::with_mode(folder, 0o777)
    }

    /// The same for a folder that may be missing: it appears with the files in it, so that nothing is left of a command that fails or is killed.
    ///
    /// # Errors
    /// If `folder`, or the nearest one around it that exists, is not writable; or if nobody can tell where a missing one would be.
    pub fn for_folder(folder: &Path) -> io::Result<Self> {
        // Without single dots.
        let target: PathBuf = folder.components().collect();
        for missing in missing(&target) {
            expect_place(missing)?;
        }
        let around = missing(&target).last().map_or(target.as_path(), folder_of);
        let mut staging = Self::inside(around)?;
        staging.target = target;
        Ok(staging)
    }

    /// A folder for files that nobody else reads, where the system has such.
    ///
    /// # Errors
    /// If that place is missing or not writable.
    pub fn private() -> io::Result<Self> {
        // Programs that run in other folders find it, too.
        let named = std::env::temp_dir();
        // A variable that is empty names none.
        let folder = if named.as_os_str().is_empty() { Path::new("/tmp") } else { &named };
        Self::with_mode(&std::path::absolute(folder)?, 0o700)
    }

    /// A staging folder beside `path`, for a file or folder that will be there.
    ///
    /// # Errors
    /// If the folder around `path` is missing or not writable.
    pub fn beside(path: &Path) -> io::Result<Self> {
        Self::inside(folder_of(path))
    }

    fn with_mode(around: &Path, mode: u32) -> io::Result<Self> {
        let (owned, folder) = temporary::folder_in(around, mode)?;
        Ok(Self { folder, target: around.to_owned(), owned })
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

    /// Moves files to their places in the folder that this one is for, as one set: if others publish the same names there at the same time, all
    /// files are in the end of one of them, and if this process is killed meanwhile, the next that writes there completes the set. `names` are those
    /// of each file here and there.
    ///
    /// # Errors
    /// If there is no such file, if it can't be synced or renamed, or if there is something else than a file in its place ([`expect_file`]). All
    /// but a failure to rename leaves every older file.
    pub fn publish_files<N: AsRef<OsStr>>(&self, names: &[(N, N)]) -> Result<(), NotPublished> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            |source| NotPublished { path, source }
        };
        let folder = &self.target;
        let names: Vec<_> = names.iter().map(|(staged, name)| (staged.as_ref(), name.as_ref())).collect();
        let places: Vec<_> = names.iter().map(|(staged, name)| (self.path().join(staged), folder.join(name))).collect();
        for ((staged, place), (_, name)) in places.iter().zip(&names) {
            let ready = expect_plain_name(name).and_then(|()| expect_file(place));
            ready.and_then(|()| File::open(staged)?.sync_all()).map_err(failed(place))?;
        }
        if !folder.exists() {
            return self.publish_with_folder(&names).map_err(failed(folder));
        }
        let alone = lock::wait_for(folder).map_err(failed(folder))?;
        // What somebody had begun before is older. Who may not list a folder may still write there.
        alone.as_ref().and_then(|alone| temporary::complete_sets(folder, alone).ok());
        if places.len() > 1 {
            journal::write(self.path(), &names).map_err(failed(folder))?;
        }
        {
            // A signal waits until the set is complete.
            let _uninterrupted = temporary::unfinished();
            for (staged, place) in &places {
                fs::rename(staged, place).map_err(failed(place))?;
            }
        }
        sync_folder(folder).map_err(failed(folder))
    }

    /// The same with a folder that does not exist yet: it is made here, and moved to its place with what is in it.
    fn publish_with_folder(&self, names: &[(&OsStr, &OsStr)]) -> io::Result<()> {
        let [made, wrapped] = [MADE, WRAPPED].map(|name| self.path().join(name));
        fs::create_dir(&made)?;
        for (staged, name) in names {
            fs::rename(self.path().join(staged), made.join(name))?;
        }
        sync_tree(&made)?;
        while let Some(outermost) = missing(&self.target).last() {
            // With the folders around it that are missing, too.
            let inside = self.target.strip_prefix(outermost).ok().filter(|inside| !inside.as_os_str().is_empty());
            let inner = inside.map_or(wrapped.clone(), |inside| wrapped.join(inside));
            fs::create_dir_all(folder_of(&inner))?;
            fs::rename(&made, &inner)?;
            match rename(&wrapped, outermost) {
                Ok(()) => return sync_folder(folder_of(outermost)),
                Err(error) if !outermost.exists() => return Err(error),
                // Somebody else has made it meanwhile.
                Err(_) => fs::rename(&inner, &made)?,
            }
            if wrapped.exists() {
                fs::remove_dir_all(&wrapped)?;
            }
        }
        // Files of two commands must not mix.
        let staging = Self::inside(&self.target)?;
        for (_, name) in names {
            fs::rename(made.join(name), staging.path().join(name))?;
        }
        staging.publish_files(&Vec::from_iter(names.iter().map(|(_, name)| (name, name)))).map_err(|error| error.source)
    }

    /// Moves the whole folder to its place, where there must be nothing, or an empty folder.
    ///
    /// # Errors
    /// If something can't be synced, or the folder can't be renamed.
    pub fn publish(self, target: &Path) -> io::Result<()> {
        sync_tree(self.path())?;
        rename(self.path(), target)?;
        sync_folder(folder_of(target))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // To remove a folder takes an open file, and there may be no more than this one.
        self.owned.unlock();
    }
}

/// The name in a staging folder of a folder that is made with the files in it, and of the outermost one around it.
const MADE: &str = ".edgeconv-made";
const WRAPPED: &str = ".edgeconv-wrapped";

/// Whether a missing folder can be made where its path says.
fn expect_place(missing: &Path) -> io::Result<()> {
    let found = match missing.components().next_back() {
        Some(Component::ParentDir) => "what is in front of `..` does not exist",
        _ if fs::symlink_metadata(missing).is_ok() => "it is a link to nothing",
        _ => return Ok(()),
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("`{}`: {found}", name::escaped_path(missing))))
}

/// Those of a folder and the folders around it that don't exist, the outermost last.
fn missing(folder: &Path) -> impl Iterator<Item = &Path> {
    folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
}

/// A signal that ends this process waits until it is done: it would remove what is in the folder.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let _uninterrupted = temporary::unfinished();
    fs::rename(from, to)
}

/// The folder that `path` is in; that of a bare name is the working folder.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a name leads to nothing but a file of that name that is not temporary.
fn is_plain_name(name: &OsStr) -> bool {
    let mut parts = Path::new(name).components();
    let is_one = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    is_one && !name.as_encoded_bytes().starts_with(temporary::PREFIX.as_bytes())
}

fn expect_plain_name(name: &OsStr) -> io::Result<()> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "expected the name of a file, and no temporary one");
    is_plain_name(name).then_some(()).ok_or_else(refused)
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

/// Elsewhere nothing tells whether somebody was killed, and what has begun is left as it is.
#[cfg(not(unix))]
mod journal {
    use super::{OsStr, Path, io};

    pub fn write(_: &Path, _: &[(&OsStr, &OsStr)]) -> io::Result<()> {
        Ok(())
    }

    pub fn is_in(_: &Path) -> bool {
        false
    }

    pub fn complete(_: &Path) -> io::Result<()> {
        Ok(())
    }
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
        staging.publish_files(&[("a", "folder")]).unwrap_err();
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
        staging.publish_files(&[("a", "result")]).unwrap();
        drop(staging);
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(count(&folder), 1);
    }

    #[test]
    fn nothing_of_a_set_appears_if_one_has_no_place() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let staging = Staging::inside(folder.path()).unwrap();
        ["a", "b"].iter().for_each(|name| staging.write(name, "new").unwrap());
        let error = staging.publish_files(&[("a", "a"), ("b", "b")]).unwrap_err().to_string();
        assert!(error.contains("b`: it is a folder"), "{error}");
        drop(staging);
        assert_eq!(count(&folder), 1);
    }

    #[test]
    fn a_folder_appears_with_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a/b/c");
        drop(Staging::for_folder(&target).unwrap());
        assert_eq!(count(&folder), 0);
        let [first, second] = [(); 2].map(|()| Staging::for_folder(&target).unwrap());
        for (staging, content) in [(&first, "first"), (&second, "second")] {
            ["x", "y"].iter().for_each(|name| staging.write(name, content).unwrap());
            assert!(!folder.path().join("a").exists() || content == "second");
            staging.publish_files(&[("x", "x"), ("y", "z")]).unwrap();
            assert!(["x", "z"].iter().all(|name| fs::read_to_string(target.join(name)).unwrap() == content));
        }
        drop((first, second));
        assert_eq!((count(&folder), fs::read_dir(&target).unwrap().count()), (1, 2));
        for inside_of_a_file in ["x", "x/inner"] {
            Staging::for_folder(&target.join(inside_of_a_file)).unwrap_err();
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_of_missing_folders_are_as_they_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::os::unix::fs::symlink("nowhere", path("link")).unwrap();
        for (name, reason) in [("a/../b", "`..`"), ("a/b/../../c", "`..`"), ("link", "a link"), ("link/b", "a link")] {
            let error = Staging::for_folder(&path(name)).unwrap_err().to_string();
            assert!(error.contains(reason), "{name}: {error}");
        }
        assert_eq!(count(&folder), 1);
        fs::create_dir(path("real")).unwrap();
        for (name, made) in [("a/.", "a"), ("./b/./c/", "b/c"), ("real/../d", "d"), ("real", "real")] {
            let staging = Staging::for_folder(&path(name)).unwrap();
            staging.write("x", name).unwrap();
            staging.publish_files(&[("x", "x")]).unwrap();
            assert_eq!(fs::read_to_string(path(made).join("x")).unwrap(), name);
        }
    }

    #[test]
    fn several_appear_in_one_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..30 {
            std::thread::scope(|scope| {
                for writer in 0..6 {
                    let target = folder.path().join(format!("{round}/deep/{}/{writer}", writer % 2));
                    scope.spawn(move || {
                        let staging = Staging::for_folder(&target).unwrap();
                        staging.write("a", writer.to_string()).unwrap();
                        staging.publish_files(&[("a", "a")]).unwrap();
                        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), writer.to_string());
                    });
                }
            });
        }
        assert_eq!(count(&folder), 30);
    }

    #[test]
    fn sets_of_the_same_names_do_not_mix_in_a_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..20 {
            let target = folder.path().join(format!("{round}/results"));
            std::thread::scope(|scope| {
                for writer in 0..4 {
                    let target = &target;
                    scope.spawn(move || {
                        let staging = Staging::for_folder(target).unwrap();
                        ["a", "b"].iter().for_each(|name| staging.write(name, format!("{writer}")).unwrap());
                        staging.publish_files(&[("a", "a"), ("b", "b")]).unwrap();
                    });
                }
            });
            let contents = ["a", "b"].map(|name| fs::read_to_string(target.join(name)).unwrap());
            assert_eq!(contents[0], contents[1]);
            assert_eq!(fs::read_dir(&target).unwrap().count(), 2);
        }
        assert_eq!(count(&folder), 20);
    }

    #[test]
    fn sets_of_the_same_names_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["a", "b", "c", "d"];
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let folder = folder.path();
                scope.spawn(move || {
                    for round in 0..20 {
                        let staging = Staging::inside(folder).unwrap();
                        names.iter().for_each(|name| staging.write(name, format!("{writer} {round}")).unwrap());
                        staging.publish_files(&names.map(|name| (name, name))).unwrap();
                    }
                });
            }
        });
        let contents = names.map(|name| fs::read_to_string(folder.path().join(name)).unwrap());
        assert!(contents.iter().all(|content| *content == contents[0]), "{contents:?}");
        assert_eq!(count(&folder), names.len());
    }

    #[cfg(unix)]
    #[test]
    fn only_files_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("target"), "old").unwrap();
        std::os::unix::fs::symlink("target", path("link")).unwrap();
        std::os::unix::fs::symlink("absent", path("dangling")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        for (name, reason) in [("link", "is a link"), ("dangling", "is a link"), ("socket", "socket"), ("", "folder")] {
            let error = write(&path(name), "new").unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        assert_eq!(fs::read(path("target")).unwrap(), b"old");
        assert_eq!(count(&folder), 4);
        fs::create_dir(path("real")).unwrap();
        std::os::unix::fs::symlink("real", path("way")).unwrap();
        write(&path("way/file"), "new").unwrap();
        assert_eq!(fs::read(path("real/file")).unwrap(), b"new");
    }
}
