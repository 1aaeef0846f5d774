//! What users say about a model's inputs.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use edgeconv_agent::open::{Dim, OpenShape, OpenShapes, lengths_text, parse_shape};
use edgeconv_converter::open::default_shapes;
use edgeconv_converter::target::Port;
use edgeconv_files::name::escaped;
use edgeconv_graph::TensorType;
use edgeconv_validate::input;
use edgeconv_validate::model::Model;
use edgeconv_validate::sizes::Shapes;

use crate::failure::Failure;

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

/// The arguments that fix what is open at the size that a file has until a session changes it.
pub fn one_size(open: &OpenShapes) -> String {
    let shapes = default_shapes(open);
    let argument = |(name, shape): (&String, &Vec<usize>)| format!("--input {name}={}", lengths_text(shape));
    shapes.iter().map(argument).collect::<Vec<_>>().join(" ")
}

/// `name=2x3x160x192`, unless that is a file.
pub fn given_shape(argument: &OsStr) -> Option<(String, Vec<usize>)> {
    let text = argument.to_str().filter(|text| !Path::new(text).is_file())?;
    let (name, shape) = text.rsplit_once('=').filter(|(_, shape)| !Path::new(shape).is_file())?;
    parse_input(&format!("{name}={shape}")).ok()
}

/// The types of random inputs: those that the file says, with these shapes where it is open.
pub fn random_types(model: &Model, shapes: &Shapes) -> Result<Vec<(String, TensorType)>, Failure> {
    let about = |text: String| Failure::Misuse(escaped(&text).into_owned()).about(model.path());
    let names: Vec<_> = model.inputs().iter().map(|port| port.name.as_str()).collect();
    if let Some(unknown) = shapes.keys().find(|name| !names.contains(&name.as_str())) {
        return Err(about(format!("it has no input `{unknown}`, it has: {}", names.join(", "))));
    }
    let ty = |port: &Port| {
        let ty = input::typed(port, shapes.get(&port.name)).ok_or_else(|| about(not_fixed(port)))?;
        Ok((port.name.clone(), ty))
    };
    let types = model.inputs().iter().map(ty).collect::<Result<Vec<_>, Failure>>()?;
    let all = types.iter().map(|(name, ty)| (name.clone(), ty.shape.clone())).collect();
    model.expect_shapes(&all).map_err(Failure::misuse)?;
    Ok(types)
}

/// That an input has to get a shape.
fn not_fixed(Port { name, ty }: &Port) -> String {
    let ty = if ty.is_empty() { "of unknown type" } else { ty };
    format!(
        "input `{name}` is {ty}, which is not a fixed shape: give it one with --input {name}=1x3x224x224, or numbers with --input {name}=X.npy"
    )
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
    let (name, shape) = text.rsplit_once('=').ok_or_else(expected)?;
    let shape = shape.split('x').map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| expected())?;
    if shape.contains(&0) { Err(expected()) } else { Ok((name.to_owned(), shape)) }
}
