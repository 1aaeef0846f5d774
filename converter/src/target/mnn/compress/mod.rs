//! Weights of a file that is there, whoever wrote it, in fewer bits. Everything else stays as it was, but for large constants that follow
//! from less.

mod fold;

use std::collections::BTreeMap;
use std::io::Write;

use edgeconv_session::open::OpenShapes;
use planus::{Builder, Offset, UnionOffset, WriteAsOffset, WriteAsUnion};

use super::net::Shapes;
use super::ops::MnnOp;
use super::schema::{self, DataType, OpParameter, OpType, ScaleStorageType};
use super::store::{self, Form, Storable, Store, StoredWeights};
use super::write::{self, Writer};
use super::{ExportError, Mnn, external, histogram, list};
use crate::content::Content;
use crate::source::ModelFile;
use crate::target::{Files, Numbers, SharedWeights, Written};
use crate::{ConversionError, target};

/// Writes a file again, with its weights as `target` wants them stored.
///
/// # Errors
/// If it is not a model, if no weights would take less room so, and if the result can't be written.
pub(crate) fn compress(file: &ModelFile, target: &Mnn, to: Files<'_>) -> Result<Written, ConversionError> {
    let mut net = external::read(file)?;
    let mut marks = net.extra_tensor_describe.iter().flatten().filter_map(|tensor| tensor.quant_info.as_ref());
    if marks.any(|mark| list::is_of_integers(mark.type_)) {
        return Err(failed(ExportError::InIntegers));
    }
    let ops = net.oplists.take().unwrap_or_default();
    let ops = fold::fold(&mut net, ops).map_err(failed)?;
    let ops: Vec<_> = ops.into_iter().map(|op| Kept::new(op, target.store)).collect();
    let stored = StoredWeights::of_ops(ops.iter().map(|op| (op.name(), op as &dyn MnnOp)), target.store);
    if stored.is_empty() {
        return Err(failed(ExportError::NothingToStore { found: found(&ops) }));
    }
    let (builder, weight_bytes) = write(&net, &ops, &stored, target, to.weights).map_err(failed)?;
    let bytes = builder.as_slice();
    let operators = histogram(bytes).map_err(|error| failed(ExportError::ReadBack(error)))?;
    to.model.write_all(bytes).map_err(target::ExportError::Write)?;
    let bytes = bytes.len() as u64;
    Ok(Written {
        bytes,
        weight_bytes,
        operators,
        shared: SharedWeights::default(),
        stored: stored.tensors.clone(),
        open: OpenShapes::default(),
        open_note: None,
    })
}

fn failed(error: ExportError) -> ConversionError {
    target::ExportError::from(error).into()
}

/// How many operators store weights as what.
fn found(ops: &[Kept]) -> String {
    let mut counts = BTreeMap::new();
    ops.iter().filter_map(Kept::numbers).for_each(|numbers| *counts.entry(numbers).or_insert(0) += 1);
    let counts: Vec<_> = counts.iter().map(|(numbers, count)| format!("{count} as {numbers}")).collect();
    if counts.is_empty() { "none at all".to_owned() } else { counts.join(", ") }
}

/// An op of a file.
#[derive(Debug)]
struct Kept {
    op: schema::Op,
    /// What its weights are, if they are to be stored in fewer bits.
    form: Option<Form>,
    /// The floats that these stand for, if the file has other numbers.
    decoded: Option<Vec<f32>>,
}

impl Kept {
    fn new(op: schema::Op, store: Store) -> Self {
        let mut kept = Self { op, form: None, decoded: None };
        let numbers = kept.numbers().filter(|&numbers| numbers < store.coarsest() && kept.op.external_path.is_none());
        let Some(numbers) = numbers else { return kept };
        kept.decoded = kept.kernel().and_then(store::decode);
        let count = kept.floats().map_or(0, <[f32]>::len);
        kept.form = kept.form(count).filter(|&form| store.is_coarser(form, count, numbers));
        kept.decoded = kept.decoded.filter(|_| kept.form.is_some());
        kept
    }

    fn name(&self) -> &str {
        self.op.name.as_deref().unwrap_or_default()
    }

    /// As what its weights are stored; `None` if it has none, or computes in integers, or only with what is not 0.
    fn numbers(&self) -> Option<Numbers> {
        match self.op.main.as_ref()? {
            OpParameter::Convolution2D(convolution) => {
                let is_plain = convolution.symmetric_quan.is_none() && convolution.sparse_parameter.is_none();
                let kernel = convolution.quan_parameter.as_deref();
                let numbers =
                    kernel.map_or(Numbers::Float, |kernel| store::numbers(kernel.type_, kernel.a_max_or_bits));
                is_plain.then_some(numbers)
            }
            OpParameter::Blob(blob) if self.op.type_ == OpType::Const => match blob.data_type {
                DataType::DtFloat => Some(Numbers::Float),
                DataType::DtHalf => Some(Numbers::Fp16),
                _ => None,
            },
            _ => None,
        }
    }

    /// A kernel that is not stored as floats.
    fn kernel(&self) -> Option<&schema::IdstQuan> {
        match self.op.main.as_ref()? {
            OpParameter::Convolution2D(convolution) => convolution.quan_parameter.as_deref(),
            _ => None,
        }
    }

    fn floats(&self) -> Option<&[f32]> {
        let stored = match self.op.main.as_ref()? {
            OpParameter::Convolution2D(convolution) => &convolution.weight,
            OpParameter::Blob(blob) => &blob.float32s,
            _ => return None,
        };
        self.decoded.as_deref().or(stored.as_deref())
    }

    /// What its weights are, of which there are so many; `None` if they are none that MNN would decode, or another number of them.
    fn form(&self, count: usize) -> Option<Form> {
        let size = |number: i32| usize::try_from(number).ok().filter(|&size| size > 0);
        let common = match self.op.main.as_ref()? {
            OpParameter::Blob(blob) => {
                let dims = blob.dims.iter().flatten().map(|&dim| size(dim));
                return (dims.product::<Option<usize>>() == Some(count)).then_some(Form::Constant);
            }
            OpParameter::Convolution2D(convolution) => convolution.common.as_deref()?,
            _ => return None,
        };
        let taps = size(common.kernel_y)?.checked_mul(size(common.kernel_x)?)?;
        let rows = match self.op.type_ {
            OpType::Deconvolution => size(common.input_count)?,
            _ => size(common.output_count)?,
        };
        let depth = count / rows / taps;
        if depth * rows * taps != count {
            return None;
        }
        match self.op.type_ {
            OpType::Convolution if common.group <= 1 => Some(Form::Kernel { rows, depth }),
            OpType::Convolution | OpType::Deconvolution => Some(Form::Kernel { rows, depth: 1 }),
            OpType::ConvolutionDepthwise | OpType::DeconvolutionDepthwise => Some(Form::Depthwise { rows }),
            _ => None,
        }
    }

    fn write<'n>(&'n self, b: &mut Writer<'n>) -> Offset<schema::Op> {
        let parameter = self.parameter(b, &Shapes::default());
        let op = &self.op;
        schema::Op::builder()
            .input_indexes(&op.input_indexes)
            .main(parameter)
            .name(&op.name)
            .output_indexes(&op.output_indexes)
            .type_(op.type_)
            .default_dimention_format(op.default_dimention_format)
            .external_path(&op.external_path)
            .finish(b)
    }
}

impl MnnOp for Kept {
    fn op_type(&self) -> OpType {
        self.op.type_
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(match self.op.main.as_ref()? {
            OpParameter::Convolution2D(convolution) => {
                let convolution = self.convolution(convolution, b);
                OpParameter::create_convolution2_d(b, convolution)
            }
            OpParameter::Blob(blob) => {
                let blob = self.blob(blob, b);
                OpParameter::create_blob(b, blob)
            }
            other => other.prepare(b),
        })
    }

    /// Where weights are not floats, which stay in the model, only an estimate of what they take.
    fn weights(&self) -> Vec<Content<'_>> {
        let bias = match &self.op.main {
            Some(OpParameter::Convolution2D(convolution)) => convolution.bias.as_deref(),
            _ => None,
        };
        let kernel = self.kernel().and_then(|kernel| kernel.buffer.as_deref()).map(Content::of);
        let weights = self.floats().map(Content::of).or(kernel);
        weights.into_iter().chain(bias.map(Content::of)).collect()
    }

    fn storable(&self) -> Option<Storable<'_>> {
        let storable = Storable::new(self.floats()?, self.form?);
        let scales = |kernel: &schema::IdstQuan| match kernel.scale_storage {
            ScaleStorageType::Fp32 => kernel.alpha.as_deref().map_or(0, size_of_val),
            ScaleStorageType::Fp16 => kernel.alpha_fp16.as_deref().map_or(0, size_of_val),
        };
        let bytes = |kernel: &schema::IdstQuan| kernel.buffer.as_deref().map_or(0, size_of_val) + scales(kernel);
        Some(self.kernel().map_or(storable, |kernel| storable.stored_in(bytes(kernel))))
    }

    fn can_be_external(&self) -> bool {
        self.form.is_some() && self.decoded.is_none()
    }
}

/// What MNN's parameters hold weights in, written with these stored once where several ops have them.
impl Kept {
    fn convolution<'n>(&'n self, is: &'n schema::Convolution2D, b: &mut Writer<'n>) -> Offset<schema::Convolution2D> {
        let common = is.common.as_deref().map(|common| common.prepare(b));
        let sparse = is.sparse_parameter.as_deref().map(|sparse| sparse.prepare(b));
        let symmetric = is.symmetric_quan.as_deref().map(|symmetric| symmetric.prepare(b));
        let place = b.external(self);
        let is_beside = place.is_some();
        let (weight, kernel) = match b.encoded(self) {
            Some(encoded) => (None, Some(b.kernel(encoded, is_beside))),
            None => (is.weight.as_deref(), is.quan_parameter.as_deref().map(|kernel| write_kernel(kernel, b))),
        };
        let [weight, bias] =
            [weight, is.bias.as_deref()].map(|floats| floats.filter(|_| !is_beside).map(|floats| b.floats(floats)));
        let place = place.or_else(|| is.external.as_ref().map(|place| b.create_vector(place)));
        schema::Convolution2D::builder()
            .common(common)
            .weight(weight)
            .bias(bias)
            .quan_parameter(kernel)
            .symmetric_quan(symmetric)
            .sparse_parameter(sparse)
            .external(place)
            .finish(b)
    }

    fn blob<'n>(&'n self, is: &'n schema::Blob, b: &mut Writer<'n>) -> Offset<schema::Blob> {
        let place = b.external(self);
        let halves = b.encoded(self);
        let floats =
            is.float32s.as_deref().filter(|_| place.is_none() && halves.is_none()).map(|floats| b.floats(floats));
        let integers = is.int32s.as_deref().map(|integers| b.integers(integers));
        let bytes = halves.map(store::Encoded::bytes).or(is.uint8s.as_deref()).map(|bytes| b.bytes(bytes));
        let place = place.or_else(|| is.external.as_ref().map(|place| b.create_vector(place)));
        schema::Blob::builder()
            .dims(&is.dims)
            .data_format(is.data_format)
            .data_type(if halves.is_some() { DataType::DtHalf } else { is.data_type })
            .uint8s(bytes)
            .int8s(&is.int8s)
            .int32s(integers)
            .int64s(&is.int64s)
            .float32s(floats)
            .strings(&is.strings)
            .external(place)
            .finish(b)
    }
}

/// A kernel as it was.
fn write_kernel<'n>(is: &'n schema::IdstQuan, b: &mut Writer<'n>) -> Offset<schema::IdstQuan> {
    let buffer = is.buffer.as_deref().map(|buffer| b.signed(buffer));
    let alpha = is.alpha.as_deref().map(|alpha| b.floats(alpha));
    schema::IdstQuan::builder()
        .buffer(buffer)
        .alpha(alpha)
        .type_(is.type_)
        .use_int32(is.use_int32)
        .quant_scale(is.quant_scale)
        .scale_in(is.scale_in)
        .scale_out(is.scale_out)
        .a_max_or_bits(is.a_max_or_bits)
        .a_min(is.a_min)
        .read_type(is.read_type)
        .has_scale_int(is.has_scale_int)
        .shape_int32(is.shape_int32)
        .weight_size(is.weight_size)
        .index(&is.index)
        .alpha_fp16(&is.alpha_fp16)
        .scale_storage(is.scale_storage)
        .finish(b)
}

/// The file, and how many bytes went to `beside`.
fn write<'n>(
    net: &schema::Net,
    ops: &'n [Kept],
    stored: &'n StoredWeights<'n>,
    target: &Mnn,
    beside: &'n mut dyn Write,
) -> Result<(Builder, u64), ExportError> {
    let names = net.tensor_name.iter().flatten().map(String::len).sum();
    let capacity = |is_external| write::capacity(ops.iter().map(|op| op as &dyn MnnOp), names, stored, is_external);
    let is_external = target.external_weights.applies(capacity(false));
    let bytes = write::expect_fits(capacity(is_external))?;
    let mut writer = Writer::new(bytes, stored, if is_external { Some(beside) } else { None });
    let ops: Vec<_> = ops.iter().map(|op| op.write(&mut writer)).collect();
    let (mut builder, weight_bytes) = writer.finish()?;
    let b = &mut builder;
    let root = schema::Net::builder()
        .biz_code(&net.biz_code)
        .extra_tensor_describe(&net.extra_tensor_describe)
        .extra_info(&net.extra_info)
        .oplists(ops)
        .output_name(&net.output_name)
        .prefer_forward_type(net.prefer_forward_type)
        .source_type(net.source_type)
        .tensor_name(&net.tensor_name)
        .tensor_number(net.tensor_number)
        .usage(net.usage)
        .subgraphs(&net.subgraphs)
        .mnn_uuid(&net.mnn_uuid)
        .finish(b);
    b.finish(root, None);
    Ok((builder, weight_bytes))
}
