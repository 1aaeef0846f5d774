//! Good files of every format that edgeconv reads, changed at random: a command does what it can with each, or says what is wrong with which
//! file; it never panics, hangs, takes more memory than it may, or leaves something behind.

use std::fs;
use std::io;
use std::path::PathBuf;

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::mutation::mutate;
use crate::place::{Place, SuiteError, emptied};
use crate::samples::{self, FOLDER, Sample};
use crate::trial::{Outcome, Report, Trial};

/// Which mutants are tried.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// How many.
    pub count: usize,
    /// The seed of them all.
    pub seed: u64,
    /// The number of the first: each can be made without those before it.
    pub first: usize,
    /// Only of this format.
    pub format: Option<String>,
    /// A folder with further ONNX files to change.
    pub models: Option<PathBuf>,
    /// Where files with problems are kept.
    pub keep: Option<PathBuf>,
}

/// Tries mutants.
///
/// # Errors
/// If there is no program, or if it fails with good files.
pub fn run(selection: &Selection) -> Result<Report, SuiteError> {
    let place = Place::with_model()?;
    let mut samples = samples::all(&place)?;
    if let Some(folder) = &selection.models {
        samples.extend(samples::in_folder(folder)?);
    }
    let mut formats: Vec<_> = samples.iter().map(|sample| sample.format).collect();
    formats.sort_unstable();
    formats.dedup();
    if let Some(wanted) = &selection.format {
        formats.retain(|format| format == wanted);
    }
    if formats.is_empty() {
        let wanted = selection.format.as_deref().unwrap_or_default();
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("there is no format `{wanted}`")).into());
    }
    let mut report = Report::new(selection.seed);
    for index in selection.first..selection.first + selection.count {
        let mut random = ChaCha8Rng::seed_from_u64(selection.seed);
        random.set_stream(index as u64);
        let Some(format) = formats.choose(&mut random) else { continue };
        let of_format: Vec<_> = samples.iter().filter(|sample| sample.format == *format).collect();
        let Some(sample) = of_format.choose(&mut random) else { continue };
        let mutant = Mutant { place: &place, sample, index };
        let ended = mutant.run(&mut random, selection);
        let (outcome, problems) = ended.map_err(|source| SuiteError::Case { case: index, source: source.into() })?;
        report.note(format, outcome, problems);
    }
    Ok(report)
}

struct Mutant<'a> {
    place: &'a Place,
    sample: &'a Sample,
    index: usize,
}

impl Mutant<'_> {
    fn run(&self, random: &mut ChaCha8Rng, selection: &Selection) -> Result<(Outcome, Vec<String>), SuiteError> {
        self.place.clear()?;
        self.write(random)?;
        let command = self.sample.commands.choose(random).copied().unwrap_or_default();
        let names = self.sample.files.iter().map(|(name, _)| name);
        let folder = selection.keep.as_ref().map(|folder| folder.join(self.index.to_string()));
        let (outcome, problems) = Trial::new(self.place, command, names, self.index).run(folder)?;
        let Selection { seed, format, models, .. } = selection;
        let again = format!("--seed {seed} --first {} --count 1", self.index);
        let again = format.iter().fold(again, |again, format| format!("{again} --format {format}"));
        let again = models.iter().fold(again, |again, models| format!("{again} --models {}", models.display()));
        let say =
            |problem| format!("{}, `edgeconv {command}`: {problem} (again by {again} --keep DIR)", self.sample.format);
        Ok((outcome, problems.into_iter().map(say).collect()))
    }

    /// Writes the files, one of them changed.
    fn write(&self, random: &mut ChaCha8Rng) -> io::Result<()> {
        let folder = self.place.path(FOLDER);
        emptied(&folder)?;
        let changed = random.random_range(0..self.sample.kinds.len());
        for (index, (name, bytes)) in self.sample.files.iter().enumerate() {
            if index == changed {
                fs::write(folder.join(name), mutate(self.sample.kinds[index], bytes, random))?;
            } else {
                fs::write(folder.join(name), bytes)?;
            }
        }
        Ok(())
    }
}
