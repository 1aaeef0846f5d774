//! The JSON of an exported program, as `torch/_export/serde/schema.py` of PyTorch lays it out (major version 8); what is of no use here is left out.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// `models/NAME.json`.
#[derive(Debug, Deserialize)]
pub struct Program {
    pub graph_module: GraphModule,
    pub schema_version: Version,
    #[serde(default)]
    pub torch_version: Option<String>,
    #[serde(default)]
    pub range_constraints: BTreeMap<String, Range>,
    /// Conditions in Python on the sizes of inputs.
    #[serde(default)]
    pub guards_code: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Version {
    pub major: u64,
    pub minor: u64,
}

/// The lengths that a symbol may have.
#[derive(Debug, Deserialize)]
pub struct Range {
    pub min_val: Option<i64>,
    pub max_val: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct GraphModule {
    pub graph: Graph,
    pub signature: Signature,
}

#[derive(Debug, Deserialize)]
pub struct Graph {
    /// Of a part: what it takes of the graph around it.
    #[serde(default)]
    pub inputs: Vec<Argument>,
    pub outputs: Vec<Argument>,
    pub nodes: Vec<Node>,
    pub tensor_values: HashMap<String, TensorMeta>,
}

#[derive(Debug, Deserialize)]
pub struct Node {
    /// Such as `torch.ops.aten.conv2d.default`.
    pub target: String,
    pub inputs: Vec<NamedArgument>,
    pub outputs: Vec<Argument>,
    #[serde(default)]
    pub metadata: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
pub struct NamedArgument {
    pub name: String,
    pub arg: Argument,
}

/// One entry: the type (`as_tensor`, `as_ints`, …), and the value.
#[derive(Debug, Clone, Deserialize)]
pub struct Argument(pub BTreeMap<String, Value>);

#[derive(Debug, Clone, Deserialize)]
pub struct TensorMeta {
    /// PyTorch's number for the element type.
    pub dtype: u32,
    pub sizes: Vec<Size>,
    pub strides: Vec<Size>,
    pub storage_offset: Size,
}

/// A length that is known, or an expression over symbols.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    AsInt(i64),
    AsExpr(Expression),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Expression {
    pub expr_str: String,
    /// Its value in the example that the program was traced with.
    #[serde(default)]
    hint: Option<BTreeMap<String, Value>>,
}

impl Expression {
    /// The length in the example that the program was traced with.
    pub fn example(&self) -> Option<usize> {
        usize::try_from(self.hint.as_ref()?.get("as_int")?.as_u64()?).ok()
    }
}

#[derive(Debug, Deserialize)]
pub struct Signature {
    pub input_specs: Vec<InputSpec>,
    pub output_specs: Vec<OutputSpec>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputSpec {
    UserInput { arg: Argument },
    Parameter { arg: Name, parameter_name: String },
    Buffer { arg: Name, buffer_name: String },
    TensorConstant { arg: Name, tensor_constant_name: String },
    ConstantInput(IgnoredAny),
    CustomObj(IgnoredAny),
    Token(IgnoredAny),
}

#[derive(Debug, Deserialize)]
pub struct Name {
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputSpec {
    UserOutput(IgnoredAny),
    #[serde(untagged)]
    Other(BTreeMap<String, Value>),
}

/// `data/weights/NAME_weights_config.json`, or the same of constants.
#[derive(Debug, Deserialize)]
pub struct Payloads {
    pub config: HashMap<String, Payload>,
}

#[derive(Debug, Deserialize)]
pub struct Payload {
    pub path_name: String,
    #[serde(default)]
    pub use_pickle: bool,
    pub tensor_meta: Option<TensorMeta>,
}

impl Argument {
    /// Its type and value.
    pub fn part(&self) -> (&str, &Value) {
        self.0.iter().next().map_or(("as_none", &Value::Null), |(kind, value)| (kind.as_str(), value))
    }

    /// The names of all tensors in it: one, or those of a list.
    pub fn all_tensors(&self) -> impl Iterator<Item = &str> {
        self.tensor().into_iter().chain(self.tensors().unwrap_or_default().into_iter().flatten())
    }

    /// The names of all tensors in it, or of the number that it is.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let number = match self.part() {
            ("as_sym_int" | "as_sym_float" | "as_sym_bool", value) => value.get("as_name").and_then(Value::as_str),
            _ => None,
        };
        self.all_tensors().chain(number)
    }

    /// The name of a tensor.
    pub fn tensor(&self) -> Option<&str> {
        match self.part() {
            ("as_tensor", value) => value.get("name")?.as_str(),
            _ => None,
        }
    }

    /// The names of tensors, `None` where one of them is left out.
    pub fn tensors(&self) -> Option<Vec<Option<&str>>> {
        match self.part() {
            ("as_tensors", Value::Array(all)) => {
                Some(all.iter().map(|value| value.get("name").and_then(Value::as_str)).collect())
            }
            ("as_optional_tensors", Value::Array(all)) => Some(
                all.iter()
                    .map(|value| value.get("as_tensor").and_then(|value| value.get("name")).and_then(Value::as_str))
                    .collect(),
            ),
            _ => None,
        }
    }
}
