//! From the net to the bytes of a file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};
use std::ops::{Deref, DerefMut};

use edgeconv_files::name::escaped;
use planus::{Builder, Offset};

use super::ExportError;
use super::external::{External, is_worth_it};
use super::net::{Grid, Net, Number, Op, Tensor, TensorId};
use super::ops::{MnnOp, Role};
use super::schema::{self, DataType, IdstQuan, MnnDataFormat, NetSource};
use super::store::{Encoded, StoredWeights};
use crate::content::Content;

/// What MNN reports as the version of the converter: the one whose format is written.
const VERSION: &str = "3.6.1";

/// A file while it is written. Weights that are equal are written once: what needs them again refers to the same vector.
pub(super) struct Writer<'n> {
    builder: Builder,
    /// The file beside it, if there is one.
    external: Option<External<'n>>,
    /// What is not stored as floats.
    stored: &'n StoredWeights<'n>,
    floats: HashMap<Content<'n>, Offset<[f32]>>,
    integers: HashMap<Content<'n>, Offset<[i32]>>,
    /// Bytes of kernels.
    signed: HashMap<Content<'n>, Offset<[i8]>>,
    /// Bytes of constants.
    bytes: HashMap<Content<'n>, Offset<[u8]>>,
    /// Kernels that are not floats.
    kernels: HashMap<Vec<Content<'n>>, Offset<IdstQuan>>,
}

impl<'n> Writer<'n> {
    pub fn new(capacity: usize, stored: &'n StoredWeights<'n>, external: Option<&'n mut dyn Write>) -> Self {
        Self {
            builder: Builder::with_capacity(capacity),
            external: external.map(External::new),
            stored,
            floats: HashMap::new(),
            integers: HashMap::new(),
            signed: HashMap::new(),
            bytes: HashMap::new(),
            kernels: HashMap::new(),
        }
    }

    /// Where an op finds its weights in the file beside the model; `None` if they are to be written into the op.
    pub fn external(&mut self, op: &'n dyn MnnOp) -> Option<Offset<[i64]>> {
        let external = self.external.as_mut().filter(|_| self.stored.can_be_external(op))?;
        let place = external.place(self.stored.vectors(op))?;
        Some(self.builder.create_vector(place))
    }

    /// What stands for the weights of an op; `None` if they are floats.
    pub fn encoded(&self, op: &'n dyn MnnOp) -> Option<&'n Encoded> {
        self.stored.get(op)
    }

    /// How a kernel is stored that is not floats, with its bytes unless they are external.
    pub fn kernel(&mut self, encoded: &'n Encoded, external: bool) -> Offset<IdstQuan> {
        if external {
            return encoded.write(&mut self.builder, external);
        }
        let write = || encoded.write(&mut self.builder, external);
        *self.kernels.entry(encoded.vectors()).or_insert_with(write)
    }

    /// The file so far, and how many bytes are in the one beside it.
    ///
    /// # Errors
    /// If that could not be written.
    pub fn finish(self) -> io::Result<(Builder, u64)> {
        let external = self.external.map_or(Ok(0), External::finish)?;
        Ok((self.builder, external))
    }

    /// The vector that holds these bytes of a kernel.
    pub fn signed(&mut self, bytes: &'n [i8]) -> Offset<[i8]> {
        let write = || self.builder.create_vector(bytes);
        *self.signed.entry(Content::of(bytes)).or_insert_with(write)
    }

    /// The vector that holds these bytes.
    pub fn bytes(&mut self, bytes: &'n [u8]) -> Offset<[u8]> {
        let write = || self.builder.create_vector(bytes);
        *self.bytes.entry(Content(bytes)).or_insert_with(write)
    }

    /// The vector that holds these floats.
    pub fn floats(&mut self, floats: &'n [f32]) -> Offset<[f32]> {
        let write = || self.builder.create_vector(floats);
        *self.floats.entry(Content::of(floats)).or_insert_with(write)
    }

    /// The vector that holds these integers.
    pub fn integers(&mut self, integers: &'n [i32]) -> Offset<[i32]> {
        let write = || self.builder.create_vector(integers);
        *self.integers.entry(Content::of(integers)).or_insert_with(write)
    }
}

impl Deref for Writer<'_> {
    type Target = Builder;

    fn deref(&self) -> &Builder {
        &self.builder
    }
}

impl DerefMut for Writer<'_> {
    fn deref_mut(&mut self) -> &mut Builder {
        &mut self.builder
    }
}

/// Serialises a net whose tensors have unique names; `capacity` is what [`capacity`] says. Returns also how many bytes went to `external`, the
/// file beside the model, if there is to be one.
///
/// # Errors
/// If that file can't be written.
pub(super) fn serialize<'n>(
    net: &'n Net,
    stored: &'n StoredWeights<'n>,
    metadata: &BTreeMap<String, String>,
    capacity: usize,
    external: Option<&'n mut dyn Write>,
) -> io::Result<(Builder, u64)> {
    let mut writer = Writer::new(capacity, stored, external);
    let ops: Vec<_> = net.ops.iter().map(|op| write_op(&mut writer, net, op)).collect();
    let (mut builder, external) = writer.finish()?;
    let b = &mut builder;
    let names: Vec<_> = net.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
    let marks = marks(net);
    let outputs: Vec<_> = net.outputs.iter().map(|output| output.name.as_str()).collect();
    // MNN reads the version only, and does not know a place for anything else.
    // An entry is a line: what a foreign file says must not become several, or another one.
    let entry =
        |(key, value): (&String, &String)| format!("{}={}\n", escaped(key).replace('=', "\\u{3d}"), escaped(value));
    let metadata = (!metadata.is_empty()).then(|| metadata.iter().map(entry).collect());
    let info = schema::ExtraInfo { version: Some(VERSION.to_owned()), name: metadata, ..Default::default() };
    let root = schema::Net::builder()
        .biz_code("edgeconv")
        .extra_tensor_describe((!marks.is_empty()).then_some(marks))
        .extra_info(&info)
        .oplists(ops)
        .output_name(outputs)
        .prefer_forward_type(schema::ForwardType::Cpu)
        .source_type(NetSource::Onnx)
        .tensor_name(names)
        .tensor_number(net.tensors.len() as i32)
        .usage(schema::Usage::Inference)
        .subgraphs_as_null()
        // Random in MNN's own converter; its users tell caches apart by it. Ours is the same for the same bytes.
        .mnn_uuid("edgeconv")
        .finish(b);
    b.finish(root, None);
    Ok((builder, external))
}

/// What says of every tensor whether it is computed in integers, if any is: MNN passes marks on to those without one.
fn marks(net: &Net) -> Vec<schema::TensorDescribe> {
    if !net.is_quantized() {
        return vec![];
    }
    let stored = net.ops.iter().filter(|op| op.kind.role() == Role::Constant).flat_map(|op| &op.outputs);
    let stored: HashSet<_> = stored.map(|output| output.0).collect();
    let tensors = net.tensors.iter().enumerate();
    let is_marked = |index: &usize, tensor: &Tensor| tensor.grid.is_some() || !stored.contains(index);
    let computed = tensors.filter(|(index, tensor)| tensor.number == Number::Float && is_marked(index, tensor));
    let mark = |(index, tensor): (usize, &Tensor)| schema::TensorDescribe {
        index: index as i32,
        quant_info: Some(Box::new(tensor.grid.map_or_else(floats, integers))),
        ..Default::default()
    };
    computed.map(mark).collect()
}

fn integers(grid: Grid) -> schema::TensorQuantInfo {
    schema::TensorQuantInfo {
        scale: grid.step,
        zero: grid.zero.into(),
        min: Some(grid.least.into()),
        max: i8::MAX.into(),
        type_: DataType::DtInt8,
    }
}

fn floats() -> schema::TensorQuantInfo {
    schema::TensorQuantInfo { type_: DataType::DtFloat, ..Default::default() }
}

/// Estimate of the size in bytes, which is hardly ever too small, so that what is written need not be moved: of the whole model, or of what
/// is not in the file beside it. `names` are the bytes of those of tensors.
pub(super) fn capacity<'n>(
    ops: impl ExactSizeIterator<Item = &'n dyn MnnOp>,
    names: usize,
    stored: &'n StoredWeights,
    external: bool,
) -> usize {
    let mut written = HashSet::new();
    let tables = 512 * (ops.len() + 1);
    let beside = |op: &dyn MnnOp| external && stored.can_be_external(op) && is_worth_it(&stored.vectors(op));
    let inside = ops.filter(|&op| !beside(op));
    let weights = inside.flat_map(|op| stored.vectors(op)).filter(|&weights| written.insert(weights));
    let weights: usize = weights.map(|Content(bytes)| bytes.len()).sum();
    weights + 2 * names + tables
}

/// The size of a file that MNN can read.
///
/// # Errors
/// If it is larger.
pub(super) fn expect_fits(bytes: usize) -> Result<usize, ExportError> {
    if bytes > i32::MAX as usize { Err(ExportError::TooLarge { bytes }) } else { Ok(bytes) }
}

fn write_op<'n>(b: &mut Writer<'n>, net: &Net, op: &'n Op) -> Offset<schema::Op> {
    let parameter = op.kind.parameter(b, &net.shapes(op));
    let index = |ids: &[TensorId]| ids.iter().map(|id| id.0 as i32).collect::<Vec<_>>();
    schema::Op::builder()
        .input_indexes(index(&op.inputs))
        .main(parameter)
        .name(op.name.as_str())
        .output_indexes(index(&op.outputs))
        .type_(op.kind.op_type())
        .default_dimention_format(MnnDataFormat::Nchw)
        .external_path_as_null()
        .finish(b)
}
