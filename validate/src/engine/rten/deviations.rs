//! Where rten computes something else than ONNX says, in a model: it is no reference for that.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use edgeconv_graph::{Tensor, TensorType};
use edgeconv_schema::onnx::NodeProto;

use super::known::{KNOWN, Seen, Shows};
use super::site::{Scope, Site, opset, subgraphs};
use super::values::Values;
use crate::engine::{NamedTensor, Run};
use crate::quantization::message;

/// A node that rten computes otherwise than ONNX says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// Name of the node, or that of its first result if it has none.
    node: String,
    operator: String,
    what: &'static str,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node `{}` ({}): {}", self.node, self.operator, self.what)
    }
}

impl Deviation {
    fn of(node: &NodeProto, what: &'static str) -> Self {
        let first = node.output.first().map_or("", String::as_str);
        let name = if node.name().is_empty() { first } else { node.name() };
        Self { node: name.to_owned(), operator: node.op_type().to_owned(), what }
    }
}

/// What is known of the model that was asked for last: a check runs it on several samples, and reads it once.
#[derive(Default)]
pub struct Deviations {
    last: Mutex<Option<(Question, Answer)>>,
}

/// A model, and the types of its inputs. Shapes may depend on integers among the inputs: the first ones count.
#[derive(PartialEq)]
struct Question {
    model: PathBuf,
    types: Vec<(String, TensorType)>,
}

type Answer = Result<Arc<Watched>, Deviation>;

impl Deviations {
    /// What has to be watched while rten runs an ONNX file on these inputs. Of a file that can't be read, nothing: rten says what is
    /// wrong with it.
    ///
    /// # Errors
    /// The first node that rten computes otherwise than ONNX says, whatever the elements of its operands are.
    pub fn watched(&self, model: &Path, inputs: &[NamedTensor]) -> Answer {
        let types = inputs.iter().map(|input| (input.name.clone(), input.tensor.ty())).collect();
        let question = Question { model: model.to_owned(), types };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.as_ref() {
            Some((known, answer)) if *known == question => answer.clone(),
            _ => {
                let answer = watched(model, inputs).map(Arc::new);
                *last = Some((question, answer.clone()));
                answer
            }
        }
    }
}

fn watched(path: &Path, inputs: &[NamedTensor]) -> Result<Watched, Deviation> {
    let model = message(path);
    let Some((model, graph)) = model.as_ref().and_then(|model| Some((model, model.graph.as_ref()?))) else {
        return Ok(Watched::default());
    };
    let values = Values::new(model, path, inputs);
    let mut watched = Watched {
        computed: graph.node.iter().flat_map(|node| node.output.iter().cloned()).collect(),
        outputs: graph.output.iter().map(|output| output.name().to_owned()).collect(),
        watches: vec![],
    };
    watched.look_at(&graph.node, &Scope { opset: opset(&model.opset_import), values: &values, inside: false })?;
    for function in &model.functions {
        let scope = Scope { opset: opset(&function.opset_import), values: &values, inside: true };
        watched.look_at(&function.node, &scope)?;
    }
    Ok(watched)
}

/// Nodes that rten computes otherwise than ONNX says for some elements of their operands.
#[derive(Default)]
pub struct Watched {
    /// What nodes of the model compute.
    computed: HashSet<String>,
    outputs: HashSet<String>,
    watches: Vec<Watch>,
}

struct Watch {
    deviation: Deviation,
    operands: Vec<Operand>,
    shows: Seen,
}

enum Operand {
    Stored(Tensor),
    Named(String),
}

impl Watched {
    fn look_at(&mut self, nodes: &[NodeProto], scope: &Scope) -> Result<(), Deviation> {
        for node in nodes {
            let site = Site { node, scope };
            for known in KNOWN.iter().filter(|known| known.concerns(node)) {
                let deviation = || Deviation::of(node, known.what);
                match known.shows {
                    Shows::Always(shows) if shows(&site) => return Err(deviation()),
                    Shows::Always(_) => {}
                    Shows::For(elements) => match elements(&site) {
                        None => {}
                        // What is inside of a loop or a branch can't be seen.
                        Some(_) if scope.inside => return Err(deviation()),
                        Some(shows) => {
                            self.watches.push(Watch { deviation: deviation(), operands: operands(&site), shows });
                        }
                    },
                }
            }
            let inside = Scope { inside: true, ..*scope };
            for graph in node.attribute.iter().flat_map(subgraphs) {
                self.look_at(&graph.node, &inside)?;
            }
        }
        Ok(())
    }

    /// Names of the values that have to be returned, besides the model's outputs.
    pub fn values(&self) -> HashSet<String> {
        let named = self.watches.iter().flat_map(|watch| &watch.operands).filter_map(|operand| match operand {
            Operand::Named(name) if self.computed.contains(name) && !self.outputs.contains(name) => Some(name.clone()),
            _ => None,
        });
        named.collect()
    }

    /// Looks at what rten has computed, in the order of the nodes: the operands of the first one that deviates are right.
    ///
    /// # Errors
    /// That node.
    pub fn check(&self, run: &Run, inputs: &[NamedTensor]) -> Result<(), Deviation> {
        let find = |operand: &'_ Operand| match operand {
            Operand::Stored(tensor) => Some(tensor.clone()),
            Operand::Named(name) => {
                let mut values = run.inside.iter().chain(&run.outputs).chain(inputs);
                values.find(|value| value.name == *name).map(|value| value.tensor.clone())
            }
        };
        for watch in &self.watches {
            let operands: Option<Vec<_>> = watch.operands.iter().map(find).collect();
            if operands.is_none_or(|operands| (watch.shows)(&operands)) {
                return Err(watch.deviation.clone());
            }
        }
        Ok(())
    }
}

fn operands(site: &Site) -> Vec<Operand> {
    let names = (0..site.node.input.len()).filter_map(|index| site.input(index));
    let operand = |name: &str| site.scope.values.stored(name).map_or(Operand::Named(name.to_owned()), Operand::Stored);
    names.map(operand).collect()
}
