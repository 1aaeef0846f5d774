//! What a model file holds, as it is in the file: nothing is checked, converted or left out.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// A model file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listing {
    /// File format with its version.
    pub format: String,
    /// What the file keeps about the model besides the network.
    pub metadata: BTreeMap<String, String>,
    /// What the user gives.
    pub inputs: Vec<Port>,
    /// What the model returns.
    pub outputs: Vec<Port>,
    /// Operators in the order in which they run, without constants.
    pub operators: Vec<Operator>,
    /// Stored tensors that have a name of their own.
    pub tensors: Vec<Stored>,
    /// The coarsest numbers that weights are stored as where the engine computes in floats, or that it computes in.
    pub weights: Numbers,
    /// What says of values whether they are integers: by name what these stand for, or `None` of floats. Where there are any, MNN gives values
    /// without one that of their neighbours.
    pub marks: BTreeMap<String, Option<Integers>>,
}

/// What the 8-bit integers `q` of a value stand for: floats `(q − zero_point) · scale`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Integers {
    /// From one to the next.
    pub scale: f32,
    /// The integer that stands for 0.
    pub zero_point: f32,
    /// The least integer.
    pub least: f32,
    /// The largest one.
    pub largest: f32,
}

impl Integers {
    /// The least and the largest float that they stand for.
    pub fn bounds(self) -> [f64; 2] {
        [self.least, self.largest].map(|q| f64::from(q - self.zero_point) * f64::from(self.scale))
    }

    /// The float that the nearest integer stands for.
    pub fn rounded(self, float: f64) -> f64 {
        let [scale, zero] = [self.scale, self.zero_point].map(f64::from);
        let q = (float / scale).round_ties_even() + zero;
        (q.clamp(self.least.into(), self.largest.into()) - zero) * scale
    }
}

impl fmt::Display for Integers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (q - {})", self.scale, self.zero_point)
    }
}

/// Numbers that weights are stored as, from the finest to the coarsest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbers {
    /// As they are computed with.
    #[default]
    Float,
    /// 16-bit floats.
    Fp16,
    /// 8-bit integers with scales.
    Int8,
    /// The same, and values are 8-bit integers, too.
    #[serde(rename = "int8-values")]
    Int8Values,
    /// Integers of 4 bits or less with scales.
    Int4,
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Float => "float",
            Self::Fp16 => "fp16",
            Self::Int8 => "int8",
            Self::Int8Values => "int8-values",
            Self::Int4 => "int4",
        })
    }
}

/// A value with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Port {
    /// Name.
    pub name: String,
    /// Element type and shape such as `f32[1, 3, 224, 224]`; empty if the file does not say it.
    #[serde(rename = "type")]
    pub ty: String,
}

/// One operator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operator {
    /// Name; ONNX nodes may have none.
    pub name: String,
    /// Operator in the file's own vocabulary.
    pub op: String,
    /// Names of the operands; an empty one is left out.
    pub inputs: Vec<String>,
    /// Results.
    pub outputs: Vec<Port>,
    /// Attributes as name and printed value.
    pub attributes: BTreeMap<String, String>,
    /// Bytes of weights that are stored in the operator itself.
    pub weight_bytes: u64,
}

/// A stored tensor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// Name.
    pub name: String,
    /// Element type and shape.
    #[serde(rename = "type")]
    pub ty: String,
    /// Size in the file.
    pub bytes: u64,
}

impl Listing {
    /// Number of operators by name.
    pub fn histogram(&self) -> BTreeMap<&str, usize> {
        let mut histogram = BTreeMap::new();
        for operator in &self.operators {
            *histogram.entry(operator.op.as_str()).or_insert(0) += 1;
        }
        histogram
    }

    /// What the integers of a value stand for; `None` of floats, and of what has no mark.
    pub fn integers(&self, value: &str) -> Option<Integers> {
        self.marks.get(value).copied().flatten()
    }

    /// Whether all that an operator reads and gives are integers, but for what is stored.
    pub fn computes_in_integers(&self, operator: &Operator) -> bool {
        let computed = operator.inputs.iter().filter(|name| self.tensors.iter().all(|tensor| tensor.name != **name));
        let mut values = computed.chain(operator.outputs.iter().map(|port| &port.name));
        !operator.inputs.is_empty() && values.all(|name| self.integers(name).is_some())
    }

    /// Whether the user gives a value.
    pub fn is_input(&self, value: &str) -> bool {
        self.inputs.iter().any(|port| port.name == value)
    }

    /// Bytes of all weights.
    pub fn weight_bytes(&self) -> u64 {
        let tensors = self.tensors.iter().map(|tensor| tensor.bytes);
        tensors.chain(self.operators.iter().map(|operator| operator.weight_bytes)).sum()
    }
}
