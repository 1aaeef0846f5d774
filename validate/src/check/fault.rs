//! What computes a wrong value, as a model of its own.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use edgeconv_converter::target::isolate::isolate;
use edgeconv_converter::target::{Format, Listing, Operator};
use edgeconv_files::Staging;
use serde::Serialize;

use super::layers::IsolatedRun;
use super::{CheckError, Layers, Parity};
use crate::Selections;
use crate::engine::NamedTensor;
use crate::golden::{Golden, GoldenError, ModelFile, Sample};
use crate::model::Model;

/// A value that is computed wrongly from right ones.
#[derive(Debug, Clone, Serialize)]
pub struct Fault {
    /// Its name in both files.
    pub value: String,
    /// The right values that it is computed from.
    pub from: Vec<String>,
    /// The reference's nodes between them.
    pub nodes: Vec<NodeName>,
    /// The candidate's operators between them.
    pub operators: Vec<NodeName>,
    /// A folder with `reproducer.mnn` or `.onnx` and `golden/`, if one was wanted.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub reproducer: Option<PathBuf>,
}

/// A node of a model file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeName {
    /// Name; that of its first result if it has none.
    pub name: String,
    /// Operator, in the file's own vocabulary.
    pub op: String,
}

impl Fault {
    /// Names what computes a value of isolated models.
    pub fn of(value: &str, layers: &Layers, candidate: &Model, reference: &Model) -> Self {
        let given: HashSet<_> = layers.given().collect();
        let (nodes, from) = region(reference.listing(), value, &given);
        let (operators, _) = region(candidate.listing(), value, &given);
        Self { value: value.to_owned(), from, nodes, operators, reproducer: None }
    }

    /// Writes what computes the value into a new folder: the candidate's part as `reproducer.mnn` (or `.onnx`), that of an ONNX
    /// reference as `reference.onnx`, and the inputs and expected output of both as `golden`.
    ///
    /// # Errors
    /// If the folder is there already, or something can't be written.
    pub fn write(
        &mut self,
        wrong: &Parity,
        layers: &Layers,
        (candidate, reference): (&Model, &Model),
        folder: &Path,
    ) -> Result<(), CheckError> {
        let (Some(run), Some((found, expected))) = (&layers.isolated, layers.both(&self.value)) else { return Ok(()) };
        if folder.exists() {
            return Err(GoldenError::Exists(folder.to_owned()).into());
        }
        let io = |source| CheckError::Write { path: folder.to_owned(), source };
        let staging = Staging::beside(folder).map_err(io)?;
        let part = part(run, &self.value, candidate)?;
        let name = format!("reproducer.{}", run.model.format().ending());
        staging.write(&name, part).map_err(io)?;
        if let Some(part) = self.reference_part(layers, reference)? {
            staging.write("reference.onnx", part).map_err(io)?;
        }
        let inputs = run.inputs.iter().filter_map(|input| self.input(input, run));
        let sample = Sample { inputs: inputs.collect(), outputs: vec![expected.clone()], found: vec![found.clone()] };
        let golden = Golden {
            reference: ModelFile::of(reference)?,
            candidate: ModelFile::of(candidate)?,
            samples: vec![sample],
            tolerances: BTreeMap::from([(self.value.clone(), wrong.tolerance)]),
            selections: Selections::default(),
        };
        golden.write(&staging.path().join("golden"))?;
        staging.publish(folder).map_err(io)?;
        self.reproducer = Some(folder.to_owned());
        Ok(())
    }

    /// An input of the isolated model under the name of the value that it stands for, if this fault needs it.
    fn input(&self, input: &NamedTensor, run: &IsolatedRun) -> Option<NamedTensor> {
        let stands_for = run.model.inputs().iter().find(|(_, stand_in)| *stand_in == input.name);
        let name = stands_for.map_or(&input.name, |(value, _)| value);
        self.from.contains(name).then(|| NamedTensor { name: name.clone(), tensor: input.tensor.clone() })
    }

    /// The nodes of an ONNX reference.
    fn reference_part(&self, layers: &Layers, reference: &Model) -> Result<Option<Vec<u8>>, CheckError> {
        if reference.format() != Format::Onnx {
            return Ok(None);
        }
        let broken = |source| CheckError::isolate(reference, source);
        let given = layers.given().filter_map(|name| layers.expected().get(name));
        let types: Vec<_> = given.map(|value| (value.name.clone(), value.tensor.ty())).collect();
        let isolated = isolate(reference.path(), &types).map_err(broken)?;
        isolated.part(&self.value).map(Some).map_err(broken)
    }
}

fn part(run: &IsolatedRun, value: &str, candidate: &Model) -> Result<Vec<u8>, CheckError> {
    let broken = |source| CheckError::isolate(candidate, source);
    run.model.part(value).map_err(broken)
}

/// The nodes that compute a value from given ones and from the model's inputs, and which of these.
fn region(listing: &Listing, value: &str, given: &HashSet<&str>) -> (Vec<NodeName>, Vec<String>) {
    let mut needed = HashSet::from([value]);
    let mut nodes = vec![];
    let mut from = vec![];
    // Operands are computed before the nodes that read them.
    for operator in listing.operators.iter().rev() {
        if !operator.outputs.iter().any(|output| needed.contains(output.name.as_str())) {
            continue;
        }
        nodes.push(named(operator));
        for input in operator.inputs.iter().map(String::as_str) {
            let is_input = listing.inputs.iter().any(|port| port.name == input);
            if !given.contains(input) && !is_input {
                needed.insert(input);
            } else if !from.iter().any(|name| name == input) {
                from.push(input.to_owned());
            }
        }
    }
    nodes.reverse();
    from.reverse();
    (nodes, from)
}

fn named(operator: &Operator) -> NodeName {
    let result = operator.outputs.first().map(|output| output.name.clone()).unwrap_or_default();
    let name = if operator.name.is_empty() { result } else { operator.name.clone() };
    NodeName { name, op: operator.op.clone() }
}
