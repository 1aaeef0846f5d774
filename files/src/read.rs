//! Files are read if they are files, and no further than their length and the memory that they may take.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use crate::folder_of;
use crate::memory::{Memory, stored};

/// Opens a regular file, also through links. What lies there by the same name may be a pipe that nobody writes to, or a device without
/// an end.
///
/// # Errors
/// If it can't be opened, or is something else.
pub fn open(path: &Path) -> io::Result<File> {
    // Before it is opened: for a pipe, that waits for who writes.
    expect_file(fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    expect_file(file.metadata()?.file_type())?;
    Ok(file)
}

/// Opens a regular file that lies in one of these folders or below, by its location relative to the first of them.
///
/// # Errors
/// If the location leads out of there, by itself or through a link, or is no regular file.
pub fn open_inside(folders: &[&Path], location: &Path) -> io::Result<File> {
    let outside = || io::Error::new(ErrorKind::InvalidInput, "it is not beside the file that names it, or below");
    let stays = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    let Some(folder) = folders.first().filter(|_| location.components().all(stays)) else { return Err(outside()) };
    let file = fs::canonicalize(folder.join(location))?;
    let folders = folders.iter().map(fs::canonicalize).collect::<io::Result<Vec<_>>>()?;
    if folders.iter().any(|folder| file.starts_with(folder)) { open(&file) } else { Err(outside()) }
}

/// Opens a regular file that a model refers to, by its location relative to the model: it has to lie in the model's folder or below, or, where
/// the model is a link, in the folder that this leads to, as in caches that keep files by their hashes.
///
/// # Errors
/// As of [`open_inside`].
pub fn open_beside(model: &Path, location: &Path) -> io::Result<File> {
    let real = fs::canonicalize(model);
    let real = real.as_ref().map_or(model, PathBuf::as_path);
    open_inside(&[folder_of(model), folder_of(real)], location)
}

/// The content of a regular file.
///
/// # Errors
/// If it can't be read, is not a regular file, or does not fit into the memory that this process may take for it.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let metadata = file.metadata()?;
    expect_fits(&metadata)?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // It may be growing.
    file.take(metadata.len()).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What people write by hand is shorter.
const TEXT: u64 = 16_000_000;

/// The content of a regular file that people write by hand: settings, recipes, lists.
///
/// # Errors
/// If it can't be read, is not a regular file, has more than 16 MB, or is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let file = open(path)?;
    let length = file.metadata()?.len();
    if length > TEXT {
        let reason = format!("it has {} MB, expected a text of at most {}", length / 1_000_000, TEXT / 1_000_000);
        return Err(io::Error::new(ErrorKind::InvalidInput, reason));
    }
    let mut text = String::new();
    file.take(TEXT).read_to_string(&mut text)?;
    Ok(text)
}

/// Expects a file that fits as a whole into the memory that this process may take for it: a sparse one can be longer than any disk.
///
/// # Errors
/// If it does not.
pub fn expect_fits(metadata: &Metadata) -> io::Result<()> {
    Memory::of_process().budget(stored(metadata)).fits(metadata.len()).map_err(io::Error::other)
}

fn expect_file(found: FileType) -> io::Result<()> {
    if found.is_file() {
        return Ok(());
    }
    Err(io::Error::new(ErrorKind::InvalidInput, format!("it is {}, expected a file", describe(found))))
}

fn describe(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if found.is_fifo() {
            return "a pipe";
        }
        if found.is_char_device() || found.is_block_device() {
            return "a device";
        }
        if found.is_socket() {
            return "a socket";
        }
    }
    if found.is_dir() { "a folder" } else { "something else" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let found = |path: &Path| open(path).unwrap_err().to_string();
        assert_eq!(found(folder.path()), "it is a folder, expected a file");
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert_eq!(found(&pipe), "it is a pipe, expected a file");
            assert_eq!(found(Path::new("/dev/zero")), "it is a device, expected a file");
        }
        assert_eq!(open(&folder.path().join("absent")).unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn texts_have_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, "[check]").unwrap();
        assert_eq!(read_text(&path).unwrap(), "[check]");
        File::options().write(true).open(&path).unwrap().set_len(3_000_000_000).unwrap();
        assert_eq!(read_text(&path).unwrap_err().to_string(), "it has 3000 MB, expected a text of at most 16");
        assert_eq!(read_text(folder.path()).unwrap_err().to_string(), "it is a folder, expected a file");
    }

    #[test]
    #[cfg(unix)]
    fn nothing_is_read_outside_of_a_folder() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("model");
        std::fs::create_dir_all(folder.join("data")).unwrap();
        std::fs::write(outer.path().join("secret"), "secret").unwrap();
        std::fs::write(folder.join("data/weights"), "weights").unwrap();
        symlink("data/weights", folder.join("link")).unwrap();
        symlink("../secret", folder.join("out")).unwrap();
        symlink(outer.path(), folder.join("up")).unwrap();
        let opens = |folders: &[&Path], location: &str| open_inside(folders, Path::new(location));
        for location in ["data/weights", "./data/weights", "link"] {
            assert!(opens(&[&folder], location).is_ok(), "{location}");
        }
        for location in ["../secret", "data/../../secret", "out", "up/secret", "/etc/hostname"] {
            let error = opens(&[&folder], location).unwrap_err().to_string();
            assert_eq!(error, "it is not beside the file that names it, or below", "{location}");
        }
        for location in [".", "data", ""] {
            assert_eq!(opens(&[&folder], location).unwrap_err().to_string(), "it is a folder, expected a file");
        }
        assert!(opens(&[&folder, outer.path()], "out").is_ok(), "another folder may hold it, too");
    }

    #[test]
    fn what_does_not_fit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, [7; 100]).unwrap();
        assert_eq!(read(&path).unwrap(), [7; 100]);
        File::options().write(true).open(&path).unwrap().set_len(1 << 40).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.starts_with("it wants 1099511.6 MB of memory"), "{error}");
    }
}
