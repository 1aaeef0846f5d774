//! What users say about a model's inputs.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use edgeconv_agent::open::{Dim, OpenShape, parse_shape};

/// `name=X.npy`.
pub fn parse_value(argument: OsString) -> Result<(String, PathBuf), &'static str> {
    let (name, path) = named_file(&argument).ok_or("expected NAME=X.npy such as axes=axes.npy")?;
    Ok((name.to_owned(), path.into()))
}

/// `NAME=FILE`, where only the name has to be UTF-8.
pub fn named_file(argument: &OsStr) -> Option<(&str, &Path)> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let bytes = argument.as_bytes();
        let (name, file) = bytes.split_at(bytes.iter().position(|&byte| byte == b'=')?);
        Some((std::str::from_utf8(name).ok()?, Path::new(OsStr::from_bytes(&file[1..]))))
    }
    #[cfg(not(unix))]
    argument.to_str()?.split_once('=').map(|(name, file)| (name, Path::new(file)))
}

/// `name=Nx3x64..512:32x?`.
pub fn parse_open_input(text: &str) -> Result<(String, OpenShape), String> {
    let expected =
        "expected NAME=SHAPE such as image=1x3x224x224, image=?x3x224x224 or image=1..8x3x64..512:32x64..512:32";
    let (name, shape) = text.split_once('=').ok_or_else(|| expected.to_owned())?;
    let shape = parse_shape(shape).map_err(|error| format!("{error}; {expected}"))?;
    if shape.contains(&Dim::Fixed(0)) { Err(expected.to_owned()) } else { Ok((name.to_owned(), shape)) }
}

/// A shape in which nothing is open.
pub fn fixed_shape(shape: &OpenShape) -> Option<Vec<usize>> {
    let length = |dim: &Dim| match dim {
        Dim::Fixed(length) => Some(*length),
        Dim::Open(_) => None,
    };
    shape.iter().map(length).collect()
}

/// `name=1x3x224x224`.
pub fn parse_input(text: &str) -> Result<(String, Vec<usize>), String> {
    let expected = || "expected NAME=SHAPE such as image=1x3x224x224".to_owned();
    let (name, shape) = text.split_once('=').ok_or_else(expected)?;
    let shape = shape.split('x').map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| expected())?;
    if shape.contains(&0) { Err(expected()) } else { Ok((name.to_owned(), shape)) }
}
