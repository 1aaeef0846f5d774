//! Sets of files that get their names at once, also where the process that renames them is killed in between: before the first rename it lists them
//! in its staging folder, and the next that writes into the same folder renames the others.
//!
//! Strangers' archives and shared folders may hold staging folders that we have not made. A list counts only if it and its folder are one's own
//! and no links, and what it names only if it is the very file that was listed: by its inode and the time of its last change, which the system sets,
//! so that nobody who packs an archive can know them. Names lead nowhere else, and what was put in a place since then stays.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use nix::fcntl::OFlag;
use nix::unistd::geteuid;

use crate::is_plain_name;

/// The list's name in its staging folder.
const NAME: &str = ".edgeconv-set";

/// A longer list is none that we have written.
const LONGEST: u64 = 1 << 20;

/// A file of a set.
struct Listed {
    inode: u64,
    changed: Time,
    /// Its name in the staging folder.
    staged: OsString,
    /// Its name in the folder around that.
    name: OsString,
}

/// Seconds and nanoseconds.
type Time = (i64, i64);

fn changed(metadata: &Metadata) -> Time {
    (metadata.ctime(), metadata.ctime_nsec())
}

/// Lists files that are to be renamed: their names in the staging folder, and in the folder around it.
///
/// # Errors
/// If there is no such file, or the list can't be written.
pub fn write(staging: &Path, names: &[(&OsStr, &OsStr)]) -> io::Result<()> {
    let mut list = vec![];
    for (staged, name) in names {
        let metadata = fs::symlink_metadata(staging.join(staged))?;
        let (seconds, nanoseconds) = changed(&metadata);
        list.extend_from_slice(format!("{} {seconds} {nanoseconds}", metadata.ino()).as_bytes());
        for name in [staged, name] {
            list.push(0);
            list.extend_from_slice(name.as_bytes());
        }
        list.push(0);
    }
    crate::write(&staging.join(NAME), list)
}

/// Whether a staging folder of one's own has a list.
pub fn is_in(staging: &Path) -> bool {
    metadata(staging).is_some_and(|found| found.is_dir() && is_own(&found)) && staging.join(NAME).is_file()
}

/// Renames the other files of a set of which some, but not all, are in their places. The folder around the staging folder has to be locked.
///
/// # Errors
/// If one can't be renamed.
pub fn complete(staging: &Path) -> io::Result<()> {
    let Some((files, written)) = read(staging) else { return Ok(()) };
    let folder = crate::folder_of(staging);
    let is_placed = |file: &Listed| metadata(&folder.join(&file.name)).is_some_and(|found| found.ino() == file.inode);
    let is_staged = |file: &Listed| {
        let found = metadata(&staging.join(&file.staged));
        found.is_some_and(|found| is_own_file(&found) && (found.ino(), changed(&found)) == (file.inode, file.changed))
    };
    let is_vacant = |file: &Listed| match fs::symlink_metadata(folder.join(&file.name)) {
        Ok(found) => found.is_file() && changed(&found) <= written,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    let (placed, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| is_placed(file));
    if placed.is_empty() || !others.iter().all(|file| is_staged(file) && is_vacant(file)) {
        return Ok(());
    }
    for file in others {
        fs::rename(staging.join(&file.staged), folder.join(&file.name))?;
    }
    crate::sync_folder(folder)
}

/// The list of a staging folder, and when it was written, if both are one's own.
fn read(staging: &Path) -> Option<(Vec<Listed>, Time)> {
    if !is_in(staging) {
        return None;
    }
    let flags = (OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits();
    let file = File::options().read(true).custom_flags(flags).open(staging.join(NAME)).ok()?;
    let found = file.metadata().ok().filter(is_own_file)?;
    let mut list = vec![];
    file.take(LONGEST).read_to_end(&mut list).ok()?;
    let parts: Vec<_> = list.strip_suffix(&[0])?.split(|&byte| byte == 0).collect();
    let files = parts.chunks(3).map(parse).collect::<Option<_>>()?;
    Some((files, changed(&found)))
}

fn parse(parts: &[&[u8]]) -> Option<Listed> {
    let &[identity, staged, name] = parts else { return None };
    let [staged, name] = [staged, name].map(|name| OsString::from_vec(name.to_vec()));
    let mut numbers = std::str::from_utf8(identity).ok()?.split(' ');
    let inode = numbers.next()?.parse().ok()?;
    let changed = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    (is_plain_name(&staged) && is_plain_name(&name)).then_some(Listed { inode, changed, staged, name })
}

fn metadata(path: &Path) -> Option<Metadata> {
    fs::symlink_metadata(path).ok()
}

fn is_own(found: &Metadata) -> bool {
    found.uid() == geteuid().as_raw()
}

fn is_own_file(found: &Metadata) -> bool {
    found.is_file() && is_own(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use edgeconv_test_support::skip_anywhere;
    use tempfile::TempDir;

    use super::*;
    use crate::temporary;

    const FILES: [&str; 3] = ["a.mnn", "a.onnx", "a.json"];

    /// A folder as one that was killed leaves it, who had renamed the first of its files, which are new.
    struct Killed {
        folder: TempDir,
        staging: PathBuf,
    }

    impl Killed {
        fn new() -> Self {
            let killed = Self::before_the_first();
            fs::rename(killed.staging.join(FILES[0]), killed.path(FILES[0])).unwrap();
            killed
        }

        /// The same of one that had renamed none.
        fn before_the_first() -> Self {
            let folder = tempfile::tempdir().unwrap();
            FILES.iter().for_each(|name| fs::write(folder.path().join(name), "old").unwrap());
            let (owned, staging) = temporary::folder_in(folder.path(), 0o777).unwrap();
            let (_, staging) = (drop(owned), staging.keep());
            FILES.iter().for_each(|name| fs::write(staging.join(name), "new").unwrap());
            let killed = Self { folder, staging };
            killed.list(&FILES.map(|name| (name, name)));
            killed
        }

        fn list(&self, names: &[(&str, &str)]) {
            let names: Vec<_> = names.iter().map(|(staged, name)| (OsStr::new(staged), OsStr::new(name))).collect();
            write(&self.staging, &names).unwrap();
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        /// What the files hold after the next start, which writes another file.
        fn after_the_next(&self) -> [String; 3] {
            crate::write(&self.path("other"), "").unwrap();
            assert!(!self.staging.exists());
            FILES.map(|name| fs::read_to_string(self.path(name)).unwrap())
        }
    }

    #[test]
    fn the_next_that_writes_there_completes_a_set() {
        assert_eq!(Killed::new().after_the_next(), ["new"; 3]);
        let killed = Killed::new();
        FILES[1..].iter().for_each(|name| fs::remove_file(killed.path(name)).unwrap());
        assert_eq!(killed.after_the_next(), ["new"; 3]);
    }

    #[test]
    fn who_publishes_the_same_names_replaces_all_of_them() {
        let killed = Killed::new();
        // It began before the other was killed.
        let staging = {
            let _busy = crate::lock::Lock::of(&killed.staging);
            crate::Staging::inside(killed.folder.path()).unwrap()
        };
        assert!(killed.staging.exists());
        FILES[..2].iter().for_each(|name| staging.write(name, "newer").unwrap());
        staging.publish_files(&[FILES[0], FILES[1]].map(|name| (name, name))).unwrap();
        assert!(!killed.staging.exists());
        drop(staging);
        assert_eq!(killed.after_the_next(), ["newer", "newer", "new"]);
    }

    #[test]
    fn a_set_of_which_nothing_is_in_its_place_is_given_up() {
        assert_eq!(Killed::before_the_first().after_the_next(), ["old"; 3]);
    }

    #[test]
    fn a_set_of_which_something_is_missing_is_given_up() {
        let killed = Killed::new();
        fs::remove_file(killed.staging.join(FILES[2])).unwrap();
        assert_eq!(killed.after_the_next(), ["new", "old", "old"]);
    }

    #[test]
    fn what_was_put_there_since_stays() {
        let killed = Killed::new();
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(killed.path(FILES[1]), "mended").unwrap();
        assert_eq!(killed.after_the_next(), ["new", "mended", "old"]);
        for put in [|path: &Path| fs::create_dir(path).unwrap(), |path: &Path| symlink("absent", path).unwrap()] {
            let killed = Killed::new();
            fs::remove_file(killed.path(FILES[1])).unwrap();
            put(&killed.path(FILES[1]));
            crate::write(&killed.path("other"), "").unwrap();
            assert!(!killed.path(FILES[1]).is_file());
            assert_eq!(fs::read_to_string(killed.path(FILES[2])).unwrap(), "old");
        }
    }

    #[test]
    fn a_list_that_others_have_packed_moves_nothing() {
        let killed = Killed::new();
        // As an archive unpacks it: the same contents in other files.
        let list = fs::read(killed.staging.join(NAME)).unwrap();
        let unpacked = Killed::new();
        fs::write(unpacked.staging.join(NAME), list).unwrap();
        assert_eq!(unpacked.after_the_next(), ["new", "old", "old"]);
        // Written anew since it was listed.
        let killed = Killed::new();
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(killed.staging.join(FILES[1]), "another").unwrap();
        assert_eq!(killed.after_the_next(), ["new", "old", "old"]);
    }

    #[test]
    fn names_that_lead_elsewhere_are_not_followed() {
        let outer = tempfile::tempdir().unwrap();
        let outside = outer.path().join("secret").into_os_string().into_string().unwrap();
        fs::write(&outside, "secret").unwrap();
        let after = |staged: &str, name: &str| {
            let killed = Killed::new();
            killed.list(&[(staged, name)]);
            let placed = fs::metadata(killed.path(FILES[0])).unwrap().ino();
            let one = fs::read(killed.staging.join(NAME)).unwrap();
            let list = [format!("{placed} 0 0\0{0}\0{0}\0", FILES[0]).into_bytes(), one].concat();
            fs::write(killed.staging.join(NAME), list).unwrap();
            killed.after_the_next()
        };
        assert_eq!(after("a.onnx", "a.onnx"), ["new", "new", "old"]);
        for (staged, name) in
            [("a.onnx", outside.as_str()), ("a.onnx", "../a.onnx"), (&outside, "a.onnx"), ("../a.json", "a.onnx")]
        {
            assert_eq!(after(staged, name), ["new", "old", "old"], "{staged} {name}");
            assert_eq!(fs::read_to_string(&outside).unwrap(), "secret");
        }
    }

    #[test]
    fn what_others_own_is_left_alone() {
        if !geteuid().is_root() {
            return skip_anywhere("only the administrator can give files away");
        }
        for file in ["", NAME, FILES[2]] {
            let killed = Killed::new();
            nix::unistd::chown(&killed.staging.join(file), Some(65534.into()), None).unwrap();
            assert_eq!(killed.after_the_next(), ["new", "old", "old"], "{file}");
        }
    }

    #[test]
    fn links_are_not_followed() {
        let killed = Killed::new();
        let elsewhere = killed.path("elsewhere");
        fs::rename(killed.staging.join(NAME), &elsewhere).unwrap();
        symlink(&elsewhere, killed.staging.join(NAME)).unwrap();
        assert_eq!(killed.after_the_next(), ["new", "old", "old"]);

        let killed = Killed::new();
        fs::rename(&killed.staging, killed.path("elsewhere")).unwrap();
        symlink("elsewhere", &killed.staging).unwrap();
        crate::write(&killed.path("other"), "").unwrap();
        assert_eq!(fs::read_to_string(killed.path(FILES[1])).unwrap(), "old");
        assert!(killed.path("elsewhere").join(FILES[1]).exists());
    }

    #[test]
    fn what_is_no_list_is_none() {
        for list in [&b""[..], b"\0", b"1 2\0a\0b\0", b"1 2 3\0a\0b", b"1 2 3\0a\0", b"-1 2 3\0a\0b\0", &[255; 64]] {
            let killed = Killed::new();
            fs::write(killed.staging.join(NAME), list).unwrap();
            assert_eq!(killed.after_the_next(), ["new", "old", "old"]);
        }
    }
}
