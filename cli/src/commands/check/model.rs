//! A model file that is run.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_agent::SessionConfig;
use edgeconv_converter::listing::{self, Port};
use edgeconv_converter::mnn;
use edgeconv_graph::TensorType;
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, Rten, Run, onnxruntime};
use edgeconv_validate::golden::{Golden, Sample};
use edgeconv_validate::input;

use super::EngineArg;
use crate::commands::shapes::parse_value;
use crate::commands::writing::{name, sha256};
use crate::failure::Failure;

/// A model file, its inputs, and what runs it.
pub(super) struct Model {
    pub(super) path: PathBuf,
    pub(super) engine: Box<dyn Engine>,
    pub(super) inputs: Vec<Port>,
    /// Names of what its operators compute, but for its outputs.
    pub(super) values: Vec<String>,
    /// Its format, and who wrote it.
    pub(super) format: String,
}

impl Model {
    /// The file with what runs it: ONNX Runtime does not show what is inside.
    pub(super) fn open(path: &Path, wanted: Option<EngineArg>, inside: bool, threads: u16) -> Result<Self, Failure> {
        if !path.is_file() {
            return Err(Failure::Misuse(format!("`{}` does not exist or is no file", path.display())));
        }
        let agent = || Agent::find().map_err(Failure::failed);
        let config = SessionConfig { threads, ..SessionConfig::default() };
        let engine: Box<dyn Engine> = match path.extension().and_then(|ending| ending.to_str()) {
            Some("mnn") => Box::new(NativeEngine::mnn(agent()?, config)),
            Some("onnx") => match (wanted, onnxruntime::find()) {
                (None, _) if inside => Box::new(Rten::new()),
                (Some(EngineArg::Rten), _) | (None, None) => Box::new(Rten::new()),
                (_, Some(library)) => Box::new(NativeEngine::onnxruntime(agent()?, config, library)),
                (Some(EngineArg::Ort), None) => {
                    let how = "set ORT_DYLIB_PATH or install Python's onnxruntime";
                    return Err(Failure::Failed(format!("ONNX Runtime is not here: {how}")));
                }
            },
            _ => {
                let expected = "expected a file that ends in .mnn or .onnx";
                return Err(Failure::Misuse(format!("`{}`: {expected}", path.display())));
            }
        };
        let listing = match path.extension() {
            Some(ending) if ending == "mnn" => {
                let bytes =
                    fs::read(path).map_err(|error| Failure::Misuse(format!("`{}`: {error}", path.display())))?;
                listing::mnn(&bytes).map_err(|error| Failure::Misuse(format!("`{}`: {error}", path.display())))?
            }
            _ => listing::onnx(path).map_err(Failure::misuse)?,
        };
        let returned: HashSet<_> = listing.outputs.into_iter().map(|output| output.name).collect();
        let results = listing.operators.into_iter().flat_map(|operator| operator.outputs).map(|output| output.name);
        let values = results.filter(|name| !name.is_empty() && !returned.contains(name)).collect();
        Ok(Model { path: path.to_owned(), engine, inputs: listing.inputs, values, format: listing.format })
    }

    pub(super) fn run(&self, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, Failure> {
        self.engine.run(&self.path, inputs).map_err(Failure::failed)
    }

    pub(super) fn run_inside(&self, inputs: &[NamedTensor], names: &[String]) -> Result<Run, Failure> {
        self.engine.run_inside(&self.path, inputs, names).map_err(Failure::failed)
    }

    /// The model with inputs in place of the given values, as bytes, and all of its inputs.
    pub(super) fn isolate(
        &self,
        inputs: &[NamedTensor],
        given: &[NamedTensor],
    ) -> Result<(Vec<u8>, Vec<NamedTensor>), Failure> {
        let shown = self.path.display();
        if !self.format.ends_with("by edgeconv") {
            let reason = "values can be isolated only in .mnn files that edgeconv wrote";
            return Err(Failure::Misuse(format!("`{shown}` is {}: {reason}", self.format)));
        }
        let bytes = fs::read(&self.path).map_err(|error| Failure::Misuse(format!("`{shown}`: {error}")))?;
        let values: Vec<_> = given.iter().map(|value| (value.name.clone(), value.tensor.ty())).collect();
        let isolated = mnn::isolate(&bytes, &values).map_err(|error| Failure::Misuse(format!("`{shown}`: {error}")))?;
        let stand_in = |(name, input): &(String, String)| {
            let value = given.iter().find(|value| value.name == *name)?;
            Some(NamedTensor { name: input.clone(), tensor: value.tensor.clone() })
        };
        let inputs = inputs.iter().cloned().chain(isolated.inputs.iter().filter_map(stand_in)).collect();
        Ok((isolated.bytes, inputs))
    }

    /// Samples that this model has computed.
    pub(super) fn golden(&self, samples: Vec<Sample>) -> Result<Golden, Failure> {
        let unreadable = |error: std::io::Error| Failure::Misuse(format!("`{}`: {error}", self.path.display()));
        Ok(Golden { model: name(&self.path), sha256: sha256(&self.path).map_err(unreadable)?, samples })
    }

    pub(super) fn random(&self, seed: u64) -> Result<Vec<NamedTensor>, Failure> {
        let random = |port: &Port| {
            let ty: TensorType = port.ty.parse().map_err(|_| {
                Failure::Misuse(format!(
                    "input `{}` of `{}` is {}, which is no fixed shape: give it with --input {}=X.npy",
                    port.name,
                    self.path.display(),
                    if port.ty.is_empty() { "of unknown type" } else { &port.ty },
                    port.name
                ))
            })?;
            Ok(NamedTensor { name: port.name.clone(), tensor: input::random_of(&ty, seed) })
        };
        self.inputs.iter().map(random).collect()
    }

    /// The tensors for `NAME=X.npy`, or for `X.npy` where there is one input.
    pub(super) fn named(&self, arguments: &[String]) -> Result<Vec<NamedTensor>, Failure> {
        let names = || self.inputs.iter().map(|port| port.name.as_str()).collect::<Vec<_>>().join(", ");
        let read = |argument: &String| {
            let (name, path) = match (parse_value(argument), self.inputs.as_slice()) {
                (Ok(named), _) => named,
                (Err(_), [only]) => (only.name.clone(), argument.into()),
                (Err(_), _) => {
                    let shown = self.path.display();
                    return Err(Failure::Misuse(format!(
                        "`{shown}` has the inputs {}: give each as NAME=X.npy",
                        names()
                    )));
                }
            };
            if !self.inputs.iter().any(|port| port.name == name) {
                let shown = self.path.display();
                return Err(Failure::Misuse(format!("`{shown}` has no input `{name}`, it has: {}", names())));
            }
            Ok(NamedTensor { name, tensor: input::read_any(&path).map_err(Failure::misuse)? })
        };
        let given = arguments.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
        let given_names: HashSet<_> = given.iter().map(|given| given.name.as_str()).collect();
        match self.inputs.iter().find(|port| !given_names.contains(port.name.as_str())) {
            Some(missing) => Err(Failure::Misuse(format!("--input for `{}` is missing", missing.name))),
            None => Ok(given),
        }
    }

    /// Refuses the inputs of another model.
    pub(super) fn expect(&self, golden: &Golden, inputs: &[NamedTensor]) -> Result<(), Failure> {
        let fits = |port: &Port| {
            let input = inputs.iter().find(|input| input.name == port.name);
            input.is_some_and(|input| port.ty.parse().map_or(true, |ty: TensorType| ty == input.tensor.ty()))
        };
        if inputs.len() == self.inputs.len() && self.inputs.iter().all(fits) {
            return Ok(());
        }
        let show = |name: &str, ty: String| format!("`{name}` {ty}");
        let has: Vec<_> = self.inputs.iter().map(|port| show(&port.name, port.ty.clone())).collect();
        let given: Vec<_> = inputs.iter().map(|input| show(&input.name, input.tensor.ty().to_string())).collect();
        Err(Failure::Misuse(format!(
            "the golden folder was made from another model, `{}` (SHA-256 {}): its inputs are {}, those of `{}` are {}",
            golden.model,
            golden.sha256,
            given.join(", "),
            self.path.display(),
            has.join(", ")
        )))
    }
}
