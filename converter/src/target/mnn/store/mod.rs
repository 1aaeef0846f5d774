//! How weights are stored: as 32-bit floats, or in fewer bits, which MNN decodes when it loads a file. It computes in floats all the same.
//!
//! - [`circulant`]: matrices that follow from their first rows;
//! - [`separable`]: those that are sums of a row and a column;
//! - [`quantise`]: integers, and the scales that bring them closest to the floats;
//! - [`encoding`]: the bytes as MNN reads them (`IDSTQuan`, and constants of halves), and back.

mod circulant;
mod encoding;
mod quantise;
mod separable;

use std::collections::HashMap;

use serde::Serialize;

use super::net::Net;
use super::ops::MnnOp;
use super::schema::OpType;
use crate::content::Content;
use crate::target::Numbers;

pub(super) use encoding::{Encoded, decode, numbers};

/// How the weights of a file are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Store {
    /// As 32-bit floats.
    #[default]
    Float,
    /// As halves, 16-bit floats.
    Fp16,
    /// Those of convolutions and linear layers as integers with scales, other large ones as halves.
    Integers {
        /// Bits of each.
        bits: Bits,
        /// Also of depthwise and of small convolutions, which lose most by it and take the least room.
        all: bool,
    },
}

/// Bits of an integer that stands for a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bits {
    /// With two floats (the least value, and the step) for each output channel.
    Eight,
    /// With two floats for each block of input channels of an output channel, where these can be divided into blocks.
    Four,
}

/// Elements from which on a tensor is stored as halves.
const LARGE: usize = 256;

/// Elements from which on a kernel is stored as integers: smaller ones are less than a hundredth of the networks that boards run.
const WORTH_INTEGERS: usize = 4096;

/// Elements of a row from which on it is smaller as integers with two floats than as halves.
const ROW_WORTH_INTEGERS: usize = 9;

/// A tensor that can be stored in fewer bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Storable<'n> {
    elements: Content<'n>,
    form: Form,
    /// Those of the integers that it is made of, one for each row.
    steps: Option<Content<'n>>,
    /// Bytes that it takes now.
    bytes: usize,
}

/// What a storable tensor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A kernel `[rows, depth, taps]`.
    Kernel {
        /// Output channels; input channels of a transposed convolution.
        rows: usize,
        /// Input channels, which may be divided into blocks; 1 if they may not.
        depth: usize,
    },
    /// A kernel `[rows, taps]` for each channel.
    Depthwise {
        /// Channels.
        rows: usize,
    },
    /// An operand.
    Constant,
}

impl<'n> Storable<'n> {
    /// A tensor that is stored as floats.
    pub fn new(elements: &'n [f32], form: Form) -> Self {
        Self { elements: Content::of(elements), form, steps: None, bytes: size_of_val(elements) }
    }

    /// The same of a tensor whose elements are integers times one of these steps, if there are such.
    pub fn in_steps(self, steps: Option<&'n [f32]>) -> Self {
        Self { steps: steps.map(Content::of), ..self }
    }

    /// The same, stored in so many bytes.
    pub fn stored_in(self, bytes: usize) -> Self {
        Self { bytes, ..self }
    }

    pub fn is_constant(&self) -> bool {
        self.form == Form::Constant
    }

    fn elements(&self) -> &'n [f32] {
        bytemuck::cast_slice(self.elements.0)
    }
}

/// How one tensor is stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StoredTensor {
    /// The operator that has it, the first one of several.
    pub operator: String,
    /// Operators that have it.
    pub uses: usize,
    /// As what it is stored.
    pub stored: Numbers,
    /// Bytes before: as floats, or as a file had it that was there.
    pub bytes_before: u64,
    /// Bytes in the file.
    pub bytes: u64,
    /// Largest difference of an element.
    pub max_abs_error: f64,
    /// The same as a share of the largest element.
    pub max_rel_error: f64,
    /// Root mean square of the differences as a share of that of the elements.
    pub rms_error: f64,
    /// Why it stayed as floats, if that was not asked for.
    pub note: Option<&'static str>,
}

/// The tensors of a net that are stored in fewer bits than floats have. Equal ones are there once.
#[derive(Debug, Default)]
pub(super) struct StoredWeights<'n> {
    encoded: HashMap<Storable<'n>, Encoded>,
    /// In the order of the ops.
    pub tensors: Vec<StoredTensor>,
}

impl<'n> StoredWeights<'n> {
    /// Encodes what `store` asks for, of the ops of a net.
    pub fn of(net: &'n Net, store: Store) -> Self {
        Self::of_ops(net.ops.iter().map(|op| (op.name.as_str(), &*op.kind)), store)
    }

    /// The same of any ops, each with its name.
    pub fn of_ops(ops: impl Iterator<Item = (&'n str, &'n (dyn MnnOp + 'n))>, store: Store) -> Self {
        let mut stored = Self::default();
        let mut seen: HashMap<Storable<'n>, usize> = HashMap::new();
        for (name, op) in ops {
            let Some(storable) = op.storable() else { continue };
            if let Some(&index) = seen.get(&storable) {
                let same: &mut StoredTensor = &mut stored.tensors[index];
                same.uses += 1;
                continue;
            }
            let in_steps = storable.steps.map(|Content(steps)| Coarse::InSteps(bytemuck::cast_slice(steps)));
            let Some(coarse) = in_steps.or(store.of(storable.form, storable.elements().len())) else { continue };
            seen.insert(storable, stored.tensors.len());
            let (tensor, encoded) = encode(name, &storable, coarse);
            stored.tensors.push(tensor);
            stored.encoded.extend(encoded.map(|encoded| (storable, encoded)));
        }
        stored
    }

    /// Whether all weights stay as they are.
    pub fn is_empty(&self) -> bool {
        self.encoded.is_empty()
    }

    /// What stands for the weights of an op; `None` if they are floats.
    pub fn get<'s>(&'s self, op: &'s dyn MnnOp) -> Option<&'s Encoded> {
        self.encoded.get(&op.storable()?)
    }

    /// Whether MNN can read the weights of an op from the file beside the model. It takes no constants of halves
    /// from there, and what stands in front of 4-bit integers has to be known before a model is loaded.
    pub fn can_be_external(&self, op: &dyn MnnOp) -> bool {
        op.can_be_external() && self.get(op).is_none_or(|encoded| op.op_type() != OpType::Const && encoded.is_plain())
    }

    /// The vectors that an op stores.
    pub fn vectors<'s>(&'s self, op: &'s dyn MnnOp) -> Vec<Content<'s>> {
        let floats = op.weights();
        match self.get(op) {
            Some(encoded) => encoded.vectors().into_iter().chain(floats.into_iter().skip(1)).collect(),
            None => floats,
        }
    }
}

/// Puts less in place of large constants that follow from less. MNN computes them once, when it loads a model.
pub(super) fn fold(net: &mut Net) {
    for op in std::mem::take(&mut net.ops) {
        let elements = op.kind.storable().filter(Storable::is_constant).map(|storable| storable.elements());
        let matrices = match *net.shape(op.outputs[0]) {
            [.., height, width] => elements.filter(|elements| elements.len() >= LARGE).zip(Some([height, width])),
            _ => None,
        };
        let rows = matrices.and_then(|(elements, size)| circulant::first_rows(elements, size));
        let parts = matrices.and_then(|(elements, size)| separable::Parts::of(elements, size));
        match (rows, parts) {
            (Some(rows), _) => circulant::unroll(net, &op, rows),
            (None, Some(parts)) => parts.add_up(net, &op),
            (None, None) => net.ops.push(op),
        }
    }
}

impl Store {
    /// As what a tensor of so many elements is to be stored, if that is something else than floats.
    fn of(self, form: Form, count: usize) -> Option<Coarse<'static>> {
        let halves = (count >= LARGE).then_some(Coarse::Halves);
        let (rows, is_robust) = match form {
            Form::Kernel { rows, .. } => (rows, count >= WORTH_INTEGERS),
            Form::Depthwise { rows } => (rows, false),
            Form::Constant => return if self == Self::Float { None } else { halves },
        };
        match self {
            Self::Float => None,
            Self::Integers { bits, all } if (all || is_robust) && count / rows >= ROW_WORTH_INTEGERS => {
                Some(Coarse::Integers(bits))
            }
            Self::Fp16 | Self::Integers { .. } => halves,
        }
    }

    /// The coarsest numbers that it asks for.
    pub(super) fn coarsest(self) -> Numbers {
        match self {
            Self::Float => Numbers::Float,
            Self::Fp16 => Numbers::Fp16,
            Self::Integers { bits: Bits::Eight, .. } => Numbers::Int8,
            Self::Integers { bits: Bits::Four, .. } => Numbers::Int4,
        }
    }

    /// Whether a tensor of so many elements that is stored as these numbers is to be stored as coarser ones.
    pub(super) fn is_coarser(self, form: Form, count: usize, than: Numbers) -> bool {
        self.of(form, count).is_some_and(|coarse| Numbers::from(coarse) > than)
    }
}

/// Numbers of fewer bits than floats have.
#[derive(Debug, Clone, Copy)]
enum Coarse<'n> {
    Halves,
    Integers(Bits),
    /// 8-bit integers times the step of their row.
    InSteps(&'n [f32]),
}

impl From<Coarse<'_>> for Numbers {
    fn from(coarse: Coarse) -> Self {
        match coarse {
            Coarse::Halves => Self::Fp16,
            Coarse::Integers(Bits::Eight) | Coarse::InSteps(_) => Self::Int8,
            Coarse::Integers(Bits::Four) => Self::Int4,
        }
    }
}

/// A tensor in other numbers, and what is to be said about it; as floats if these can't hold it.
fn encode(operator: &str, storable: &Storable, coarse: Coarse) -> (StoredTensor, Option<Encoded>) {
    let floats = storable.elements();
    let encoded = match coarse {
        Coarse::Halves => Encoded::halves(floats),
        Coarse::Integers(bits) => Encoded::integers(floats, storable.form, bits),
        Coarse::InSteps(steps) => Ok(Encoded::symmetric(floats, steps)),
    };
    let bytes_before = storable.bytes as u64;
    let mut tensor = StoredTensor {
        operator: operator.to_owned(),
        uses: 1,
        stored: Numbers::Float,
        bytes_before,
        bytes: bytes_before,
        max_abs_error: 0.0,
        max_rel_error: 0.0,
        rms_error: 0.0,
        note: None,
    };
    match encoded {
        Err(note) => (StoredTensor { note: Some(note), ..tensor }, None),
        Ok((encoded, error)) => {
            tensor.stored = coarse.into();
            tensor.bytes = encoded.vectors().iter().map(|Content(bytes)| bytes.len() as u64).sum();
            (tensor.max_abs_error, tensor.max_rel_error, tensor.rms_error) = (error.max_abs, error.max_rel, error.rms);
            (tensor, Some(encoded))
        }
    }
}
