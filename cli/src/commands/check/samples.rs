//! What the models are run on.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_files::name::{self, escaped};
use edgeconv_graph::{Tensor, TensorType};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::golden::Golden;
use edgeconv_validate::input;
use edgeconv_validate::model::Model;
use edgeconv_validate::settings::CheckSettings;

use crate::commands::pictures;
use crate::commands::shapes::{given_shape, named_file, random_types};
use crate::failure::Failure;

/// The archives of a folder that another program wrote.
pub(super) const INPUTS: &str = "inputs.npz";
const OUTPUTS: &str = "outputs.npz";

/// Arguments about inputs.
#[derive(Args)]
pub(super) struct Inputs {
    /// Input: .npy, .npz with an array for each input (by name, or in the model's order if they have none), or a picture (.jpg, .png) that is prepared as the model's report says.
    /// Elements of another type than the model's are cast. Without its name where the model has one input; several times for several samples. Or the shape of
    /// random numbers for an input with open dimensions, such as image=2x3x160x192 [default: random numbers of the model's shapes]
    #[arg(long = "input", value_name = "[NAME=]FILE|NAME=SHAPE")]
    given: Vec<OsString>,

    /// How pictures become inputs, as `edgeconv export` reports it [default: MODEL.report.json beside a model]
    #[arg(long, value_name = "FILE.report.json", requires = "given")]
    report: Option<PathBuf>,

    /// Number of random inputs [default: 1]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    samples: Option<u64>,

    /// Seed of the random inputs [default: 0]
    #[arg(long)]
    seed: Option<u64>,

    /// Random numbers from LOW to HIGH, such as -2.1..2.6 for normalised pictures, or 0..30522 for tokens [default: 0..1]
    #[arg(long = "range", value_name = "[NAME=]LOW..HIGH", allow_hyphen_values = true, value_parser = parse_range)]
    ranges: Vec<(Option<String>, [f32; 2])>,
}

impl Inputs {
    /// The inputs of each sample: those of the golden folder if there is one.
    pub(super) fn read(
        &self,
        model: &Model,
        golden: Option<&Golden>,
        settings: &CheckSettings,
    ) -> Result<Vec<Vec<NamedTensor>>, Failure> {
        if let Some(golden) = golden {
            if !self.given.is_empty() {
                return Err(Failure::Misuse("the golden folder has inputs of its own: leave out --input".into()));
            }
            return golden.samples.iter().map(|sample| of_golden(model, golden, &sample.inputs)).collect();
        }
        if self.are_given() {
            self.expect_no_random()?;
            return self.named(model);
        }
        let seed = self.seed.or(settings.seed).unwrap_or(0);
        let samples = self.samples.or(settings.samples).unwrap_or(1);
        self.random(model, samples, seed, settings)
    }

    /// Takes those of a folder with outputs, if they are there and no others are named.
    pub(super) fn or_of(&mut self, folder: &Path) {
        let archive = folder.join(INPUTS);
        if !self.are_given() && archive.is_file() {
            self.given.push(archive.into());
        }
    }

    /// The files that are read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files().map(|argument| parts(argument).1).chain(self.report.as_deref())
    }

    /// Whether the user named files.
    pub(super) fn are_given(&self) -> bool {
        self.files().next().is_some()
    }

    fn files(&self) -> impl Iterator<Item = &OsString> {
        self.given.iter().filter(|argument| given_shape(argument).is_none())
    }

    /// That nothing is said of random numbers where there are files.
    fn expect_no_random(&self) -> Result<(), Failure> {
        let shapes = self.given.len() > self.files().count();
        let said = [
            (self.samples.is_some(), "--samples"),
            (self.seed.is_some(), "--seed"),
            (!self.ranges.is_empty(), "--range"),
            (shapes, "--input NAME=SHAPE"),
        ];
        match said.into_iter().find(|(is_said, _)| *is_said) {
            Some((_, argument)) => {
                Err(misuse(format!("{argument} is for random numbers: leave it, or --input FILE, out")))
            }
            None => Ok(()),
        }
    }

    fn random(
        &self,
        model: &Model,
        samples: u64,
        seed: u64,
        settings: &CheckSettings,
    ) -> Result<Vec<Vec<NamedTensor>>, Failure> {
        let names = || model.inputs().iter().map(|port| port.name.as_str()).collect::<Vec<_>>();
        let known = |name: &String| names().contains(&name.as_str());
        let given = self.ranges.iter().filter_map(|(name, _)| name.as_ref());
        if let Some(name) = given.chain(settings.ranges.keys()).find(|name| !known(name)) {
            let shown = model.path().display();
            return Err(misuse(format!("`{shown}` has no input `{name}`, it has: {}", names().join(", "))));
        }
        let range = |name: &str| {
            let own = self.ranges.iter().find(|(given, _)| given.as_deref() == Some(name));
            let all = || self.ranges.iter().find(|(given, _)| given.is_none());
            own.or_else(all).map(|(_, range)| *range).or(settings.ranges.get(name).copied())
        };
        let shapes = self.given.iter().filter_map(|argument| given_shape(argument)).collect();
        let types = random_types(model, &shapes)?;
        let named = types.iter().map(|(name, ty)| (name.as_str(), ty));
        let stored = fs::metadata(model.path()).map_or(0, |metadata| edgeconv_files::stored(&metadata));
        input::may_be_made(named.clone(), samples, stored)
            .map_err(|error| Failure::misuse(error).about(model.path()))?;
        let tensor = |(name, ty): (&str, &TensorType), seed| {
            let tensor = match range(name) {
                Some(range) => input::random_in(ty, seed, range),
                None => input::random_of(ty, seed),
            };
            NamedTensor { name: name.to_owned(), tensor }
        };
        let sample = |index| named.clone().map(|input| tensor(input, seed.wrapping_add(index))).collect();
        Ok((0..samples).map(sample).collect())
    }

    /// The tensors in the named files, one sample for each file of an input.
    fn named(&self, model: &Model) -> Result<Vec<Vec<NamedTensor>>, Failure> {
        let mut given: BTreeMap<String, Vec<Tensor>> = BTreeMap::new();
        for argument in self.files() {
            for NamedTensor { name, tensor } in self.file(model, argument)? {
                given.entry(name).or_default().push(tensor);
            }
        }
        let shown = model.path().display();
        if let Some(missing) = model.inputs().iter().find(|port| !given.contains_key(&port.name)) {
            return Err(misuse(format!("--input for `{}` of `{shown}` is missing", missing.name)));
        }
        let counts: HashSet<_> = given.values().map(Vec::len).collect();
        let [count] = counts.into_iter().collect::<Vec<_>>()[..] else {
            let counts = given.iter().map(|(name, tensors)| format!("{} for `{name}`", tensors.len()));
            let counts = counts.collect::<Vec<_>>().join(", ");
            return Err(misuse(format!("there are {counts}: each input needs as many files")));
        };
        let sample = |index: usize| {
            let tensor = |(name, tensors): (&String, &Vec<Tensor>)| NamedTensor {
                name: name.clone(),
                tensor: tensors[index].clone(),
            };
            given.iter().map(tensor).collect()
        };
        Ok((0..count).map(sample).collect())
    }

    /// What `NAME=FILE` or `FILE` holds.
    fn file(&self, model: &Model, argument: &OsStr) -> Result<Vec<NamedTensor>, Failure> {
        let names: Vec<_> = model.inputs().iter().map(|port| port.name.as_str()).collect();
        let shown = model.path().display();
        let (name, path) = parts(argument);
        let name = name.map(str::to_owned);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        if ending == "npz" && name.is_none() {
            let arrays = input::in_order(input::read_npz(path).map_err(Failure::misuse)?, model.inputs());
            if let Some(unknown) = arrays.iter().find(|array| !names.contains(&array.name.as_str())) {
                let (path, name, names) = (path.display(), &unknown.name, names.join(", "));
                return Err(misuse(format!("`{path}` has an array `{name}`; `{shown}` has the inputs: {names}")));
            }
            return Ok(arrays);
        }
        let name = match (name, names.as_slice()) {
            (Some(name), names) if names.contains(&name.as_str()) => name,
            (Some(name), names) => {
                return Err(misuse(format!("`{shown}` has no input `{name}`, it has: {}", names.join(", "))));
            }
            (None, &[only]) => only.to_owned(),
            (None, names) => {
                let names = names.join(", ");
                return Err(misuse(format!("`{shown}` has the inputs {names}: give each as NAME=FILE")));
            }
        };
        let tensor = match ending.as_str() {
            "jpg" | "jpeg" | "png" => self.picture(model, path)?,
            _ => input::read_any(path).map_err(Failure::misuse)?,
        };
        Ok(vec![NamedTensor { name, tensor }])
    }

    fn picture(&self, model: &Model, path: &Path) -> Result<Tensor, Failure> {
        let card = pictures::card(model.path(), &model.listing().metadata, self.report.as_deref());
        pictures::prepared(path, &card.map_err(Failure::misuse)?)
    }
}

/// `NAME=FILE`, or `FILE`, whose name may have an equals sign, too.
fn parts(argument: &OsStr) -> (Option<&str>, &Path) {
    match named_file(argument) {
        Some((name, path)) if !Path::new(argument).is_file() => (Some(name), path),
        _ => (None, Path::new(argument)),
    }
}

/// Samples as the element types that a model declares, and a note for each input that had another.
pub(super) fn as_declared(
    samples: Vec<Vec<NamedTensor>>,
    model: &Model,
) -> Result<(Vec<Vec<NamedTensor>>, BTreeSet<String>), Failure> {
    let (mut cast, mut notes) = (vec![], BTreeSet::new());
    for sample in samples {
        let (sample, of_sample) = input::as_declared(sample, model.inputs()).map_err(Failure::misuse)?;
        cast.push(sample);
        notes.extend(of_sample);
    }
    Ok((cast, notes))
}

/// Those inputs of a golden sample that the model has.
fn of_golden(model: &Model, golden: &Golden, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, Failure> {
    if model.takes(inputs) {
        let known = |input: &&NamedTensor| model.inputs().iter().any(|port| port.name == input.name);
        return Ok(inputs.iter().filter(known).cloned().collect());
    }
    let show = |(name, ty): (&str, String)| format!("`{name}` {ty}");
    let has: Vec<_> = model.inputs().iter().map(|port| show((&port.name, port.ty.clone()))).collect();
    let given: Vec<_> = inputs.iter().map(|input| show((&input.name, input.tensor.ty().to_string()))).collect();
    Err(misuse(format!(
        "the golden folder was made from another model, `{}` (SHA-256 {}): its inputs are {}, those of `{}` are {}",
        golden.reference.file,
        golden.reference.sha256,
        given.join(", "),
        model.path().display(),
        has.join(", ")
    )))
}

/// The tensors of a folder: those of an archive, by name or in the order of the model's outputs, or else files that are named like them, as `run -o`
/// writes them.
pub(super) fn read_outputs(folder: &Path, model: &Model) -> Result<Vec<NamedTensor>, Failure> {
    let archive = folder.join(OUTPUTS);
    if archive.is_file() {
        let outputs = input::read_npz(&archive).map_err(Failure::misuse)?;
        return match outputs.is_empty() {
            true => Err(Failure::Misuse(format!("`{}` has no arrays", archive.display()))),
            false => Ok(input::in_order(outputs, &model.listing().outputs)),
        };
    }
    let unreadable = |error: std::io::Error| Failure::Misuse(format!("`{}`: {error}", folder.display()));
    let mut outputs = vec![];
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "npy") {
            let name = name::of_file_stem(&path.file_stem().unwrap_or_default().to_string_lossy());
            outputs.push(NamedTensor { name, tensor: input::read_any(&path).map_err(Failure::misuse)? });
        }
    }
    if outputs.is_empty() {
        return Err(Failure::Misuse(format!("`{}` has no .npy files and no {OUTPUTS}", folder.display())));
    }
    outputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(outputs)
}

/// A misuse whose message, with the names in it, is one line.
fn misuse(text: String) -> Failure {
    Failure::Misuse(escaped(&text).into_owned())
}

/// `0..1`, `-2.1..2.6`, `tokens=0..30522`.
fn parse_range(text: &str) -> Result<(Option<String>, [f32; 2]), String> {
    let expected = || "expected LOW..HIGH or NAME=LOW..HIGH such as image=-2.1..2.6".to_owned();
    let (name, range) = match text.rsplit_once('=') {
        Some((name, range)) => (Some(name.to_owned()), range),
        None => (None, text),
    };
    let (low, high) = range.split_once("..").ok_or_else(expected)?;
    let number = |text: &str| text.parse::<f32>().ok().filter(|number| number.is_finite()).ok_or_else(expected);
    let range = [number(low)?, number(high)?];
    if range[0] < range[1] { Ok((name, range)) } else { Err(expected()) }
}
