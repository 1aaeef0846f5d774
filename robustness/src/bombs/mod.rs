//! Small files that ask for much: memory, time, or depth.

mod onnx;
mod other;
mod pickle;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::place::{Place, SuiteError, emptied};
use crate::samples::{self, FOLDER};
use crate::trial::{Report, Trial};

/// Commands for an ONNX file.
const ONNX: &[&str] = &[
    "convert given/stranger/model.onnx -o out/model.mnn --no-check",
    "inspect given/stranger/model.onnx --graph",
    "check given/stranger/model.onnx --against given/stranger/model.onnx --timeout 4",
];

/// Files that ask for much.
struct Bomb {
    /// Of what kind, such as `onnx`.
    kind: &'static str,
    /// What it does.
    name: String,
    files: Vec<(&'static str, Content)>,
    /// Commands that read it, in [`FOLDER`], and write into `out`.
    commands: Vec<&'static str>,
}

enum Content {
    Bytes(Vec<u8>),
    /// So long, and without anything in it.
    Sparse(u64),
}

impl Bomb {
    fn onnx(name: &str, model: Vec<u8>) -> Self {
        let files = vec![("model.onnx", Content::Bytes(model))];
        Self { kind: "onnx", name: name.into(), files, commands: ONNX.to_vec() }
    }

    /// One file.
    fn file(kind: &'static str, name: &str, file: (&'static str, Vec<u8>), commands: &[&'static str]) -> Self {
        Self { kind, name: name.into(), files: vec![(file.0, Content::Bytes(file.1))], commands: commands.to_vec() }
    }
}

/// How much bombs ask for, drawn at random.
struct Size {
    /// More elements than fit into memory.
    many: i64,
    /// As many iterations, nodes or levels.
    some: usize,
}

impl Size {
    fn draw(random: &mut ChaCha8Rng) -> Self {
        Self { many: 1 << random.random_range(29..45), some: random.random_range(500..3000) }
    }
}

/// Tries `rounds` times all bombs, or those whose name has `only` in it, each time of other sizes. Those with which something goes wrong are
/// kept in a folder, if one is named.
///
/// # Errors
/// If there is no program, or if it fails with good files.
pub fn run(rounds: usize, seed: u64, only: &str, keep: Option<&Path>) -> Result<Report, SuiteError> {
    let place = Place::with_model()?;
    samples::all(&place)?;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut report = Report::new(seed);
    for round in 0..rounds {
        let size = Size::draw(&mut random);
        for (index, bomb) in all(&place, &size)?.iter().enumerate().filter(|(_, bomb)| bomb.name.contains(only)) {
            bomb.write(&place)?;
            for &command in &bomb.commands {
                place.clear()?;
                let names = bomb.files.iter().map(|(name, _)| name);
                let folder = keep.map(|folder| folder.join(format!("{round}-{index}")));
                let (outcome, problems) = Trial::new(&place, command, names, index).run(folder)?;
                let say = |problem| {
                    format!("{}, {} ({round}-{index}), `edgeconv {command}`: {problem}", bomb.kind, bomb.name)
                };
                report.note(bomb.kind, outcome, problems.into_iter().map(say).collect());
            }
        }
    }
    Ok(report)
}

fn all(place: &Place, size: &Size) -> Result<Vec<Bomb>, SuiteError> {
    let mut bombs = onnx::all(size);
    bombs.extend(other::all(place, size)?);
    Ok(bombs)
}

impl Bomb {
    fn write(&self, place: &Place) -> io::Result<()> {
        let folder = place.path(FOLDER);
        emptied(&folder)?;
        for (name, content) in &self.files {
            let mut file = File::create(folder.join(name))?;
            match content {
                Content::Bytes(bytes) => file.write_all(bytes)?,
                Content::Sparse(length) => file.set_len(*length)?,
            }
        }
        Ok(())
    }
}
