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

    /// Bytes of all weights.
    pub fn weight_bytes(&self) -> u64 {
        let tensors = self.tensors.iter().map(|tensor| tensor.bytes);
        tensors.chain(self.operators.iter().map(|operator| operator.weight_bytes)).sum()
    }
}
