//! What users say about a model's inputs.

use std::path::PathBuf;

/// `name=X.npy`.
pub fn parse_value(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("expected NAME=X.npy such as axes=axes.npy")?;
    Ok((name.to_owned(), path.into()))
}

/// `name=1x3x224x224`.
pub fn parse_input(text: &str) -> Result<(String, Vec<usize>), String> {
    let expected = || "expected NAME=SHAPE such as image=1x3x224x224".to_owned();
    let (name, shape) = text.split_once('=').ok_or_else(expected)?;
    let shape = shape.split('x').map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| expected())?;
    if shape.contains(&0) { Err(expected()) } else { Ok((name.to_owned(), shape)) }
}
