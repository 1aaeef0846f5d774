use std::collections::BTreeMap;

use edgeconv_files::Memory;
use planus::ReadAsRoot;

use crate::target::mnn::ReadError;
use crate::target::mnn::schema::{self, DataType, NetRef, OpParameterRef, OpRef, OpType};
use crate::target::mnn::store::numbers;
use crate::target::{Integers, Listing, Numbers, Operator, Port, Stored};

/// What the attribute `weights` is of a kernel of 8-bit integers around 0.
pub const SYMMETRIC: &str = "int8, symmetric";

/// The attribute of layers that compute in integers.
pub const COMPUTES: &str = "computes";

/// Lists the bytes of an MNN file. Shapes inside of the net are not in the file.
///
/// # Errors
/// If these are not the bytes of an MNN file.
pub fn list(bytes: &[u8]) -> Result<Listing, ReadError> {
    // Tables and texts of such a file can be referred to any number of times.
    let budget = Memory::of_process().budget(bytes.len() as u64);
    let take = |bytes: usize| budget.take((bytes + size_of::<String>()) as u64);
    let net = NetRef::read_as_root(bytes)?;
    let names = net.tensor_name()?.map(|names| names.iter().collect::<Result<Vec<_>, _>>()).transpose()?;
    let names = names.unwrap_or_default();
    let name = |index: i32| usize::try_from(index).ok().and_then(|index| names.get(index)).map_or("", |name| name);
    let info = net.extra_info()?;
    let version = info.map(|info| info.version()).transpose()?.flatten().unwrap_or("unknown");
    let metadata = info.map(|info| info.name()).transpose()?.flatten().unwrap_or_default();
    let entry = |line: &str| line.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
    let mut listing = Listing {
        format: format!("MNN, written by converter version {version}, by {}", net.biz_code()?.unwrap_or("unknown")),
        metadata: metadata.lines().filter_map(entry).collect(),
        inputs: vec![],
        outputs: vec![],
        operators: vec![],
        tensors: vec![],
        weights: Numbers::Float,
        marks: BTreeMap::new(),
    };
    let marks = marks(&net)?;
    if marks.values().any(Option::is_some) {
        listing.weights = Numbers::Int8Values;
        for (&index, &mark) in &marks {
            take(name(index).len())?;
            listing.marks.insert(name(index).to_owned(), mark);
        }
        listing.marks.remove("");
    }
    for op in net.oplists()?.into_iter().flatten() {
        let op = op?;
        let tensors = |indices: Option<planus::Vector<'_, i32>>| {
            let copied = |name: &str| take(name.len()).map(|()| name.to_owned());
            indices.into_iter().flatten().map(|index| copied(name(index))).collect::<Result<Vec<_>, _>>()
        };
        let (inputs, outputs) = (tensors(op.input_indexes()?)?, tensors(op.output_indexes()?)?);
        let first = || outputs.first().cloned().unwrap_or_default();
        match (op.type_()?, op.main()?) {
            (OpType::Input, Some(OpParameterRef::Input(input))) => {
                let ty = tensor_type(input.dtype()?, input.dims()?);
                listing.inputs.push(Port { name: first(), ty });
            }
            (OpType::Const, Some(OpParameterRef::Blob(blob))) => {
                let ty = tensor_type(blob.data_type()?, blob.dims()?);
                if blob.data_type()? == DataType::DtHalf {
                    listing.weights = listing.weights.max(Numbers::Fp16);
                }
                listing.tensors.push(Stored { name: first(), ty, bytes: blob_bytes(&blob)? });
            }
            (_, parameter) => {
                if let Some(OpParameterRef::Convolution2D(convolution)) = parameter
                    && let Some(kernel) = convolution.quan_parameter()?
                {
                    listing.weights = listing.weights.max(numbers(kernel.type_()?, kernel.a_max_or_bits()?));
                }
                let mut operator = operator(&op, inputs, outputs)?;
                let first = op.output_indexes()?.and_then(|outputs| outputs.iter().next());
                let mark = first.and_then(|first| marks.get(&first).copied().flatten());
                operator.attributes.extend(mark.map(|mark| ("integers".to_owned(), mark.to_string())));
                take(operator.name.len())?;
                operator.attributes.values().try_for_each(|value| take(value.len()))?;
                listing.operators.push(operator);
            }
        }
    }
    let in_integers =
        |operator: &Operator| operator.attributes.contains_key("weights") && listing.computes_in_integers(operator);
    let computing: Vec<_> = listing.operators.iter().map(in_integers).collect();
    for (operator, _) in listing.operators.iter_mut().zip(computing).filter(|(_, computes)| *computes) {
        operator.attributes.insert(COMPUTES.to_owned(), "int8".to_owned());
    }
    for output in net.output_name()?.into_iter().flatten() {
        let name = output?;
        take(name.len())?;
        listing.outputs.push(Port { name: name.to_owned(), ty: String::new() });
    }
    Ok(listing)
}

/// What is said of tensors, by their index.
fn marks(net: &NetRef<'_>) -> Result<BTreeMap<i32, Option<Integers>>, planus::Error> {
    let mut marks = BTreeMap::new();
    for tensor in net.extra_tensor_describe()?.into_iter().flatten() {
        let tensor = tensor?;
        if let Some(info) = tensor.quant_info()? {
            let integers = || {
                Ok::<_, planus::Error>(Integers {
                    scale: info.scale()?,
                    zero_point: info.zero()?,
                    least: info.min()?.unwrap_or(f32::from(i8::MIN)),
                    largest: info.max()?,
                })
            };
            marks.insert(tensor.index()?, is_of_integers(info.type_()?).then(integers).transpose()?);
        }
    }
    Ok(marks)
}

/// Whether a mark of this type says that a tensor is computed in integers; the marks of MNN's own tools have no type.
pub(super) fn is_of_integers(mark: DataType) -> bool {
    matches!(mark, DataType::DtInt8 | DataType::DtInvalid)
}

fn operator(op: &OpRef<'_>, inputs: Vec<String>, outputs: Vec<String>) -> Result<Operator, planus::Error> {
    let (attributes, weight_bytes) = match op.main()? {
        Some(parameter) => details(&parameter)?,
        None => Default::default(),
    };
    Ok(Operator {
        name: op.name()?.unwrap_or_default().to_owned(),
        op: format!("{:?}", op.type_()?),
        inputs,
        outputs: outputs.into_iter().map(|name| Port { name, ty: String::new() }).collect(),
        attributes: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        weight_bytes,
    })
}

type Details = (BTreeMap<&'static str, String>, u64);

/// The parameters that tell ops of one type apart, and the bytes of the weights.
fn details(parameter: &OpParameterRef<'_>) -> Result<Details, planus::Error> {
    let mut bytes = 0;
    let list = |list: Option<planus::Vector<'_, i32>>| format!("{:?}", list.into_iter().flatten().collect::<Vec<_>>());
    let attributes = match parameter {
        OpParameterRef::Convolution2D(convolution) => {
            let floats = |list: Option<planus::Vector<'_, f32>>| list.map_or(0, |list| 4 * list.len() as u64);
            bytes = floats(convolution.weight()?) + floats(convolution.bias()?) + external(convolution.external()?);
            let mut attributes =
                convolution.common()?.map(|common| common_2d(&common)).transpose()?.unwrap_or_default();
            if let Some(kernel) = convolution.quan_parameter()? {
                bytes += kernel.buffer()?.map_or(0, <[i8]>::len) as u64 + floats(kernel.alpha()?);
                let numbers = numbers(kernel.type_()?, kernel.a_max_or_bits()?);
                // Those that MNN computes with as integers.
                let around_0 = numbers == Numbers::Int8 && kernel.read_type()? == 0;
                attributes.push(("weights", if around_0 { SYMMETRIC.to_owned() } else { numbers.to_string() }));
            }
            attributes
        }
        OpParameterRef::Pool(pool) => vec![
            ("type", format!("{:?}", pool.type_()?)),
            ("global", pool.is_global()?.to_string()),
            ("kernel", format!("{:?}", [pool.kernel_y()?, pool.kernel_x()?])),
            ("strides", format!("{:?}", [pool.stride_y()?, pool.stride_x()?])),
            ("pads", list(pool.pads()?)),
        ],
        OpParameterRef::Scale(scale) => {
            bytes = 8 * u64::try_from(scale.channels()?).unwrap_or_default();
            vec![("channels", scale.channels()?.to_string())]
        }
        OpParameterRef::BinaryOp(binary) => vec![("operation", format!("{:?}", binary.op_type()?))],
        OpParameterRef::UnaryOp(unary) => vec![("operation", format!("{:?}", unary.op_type()?))],
        OpParameterRef::ReductionParam(reduction) => {
            vec![("operation", format!("{:?}", reduction.operation()?)), ("axes", list(reduction.dim()?))]
        }
        OpParameterRef::Axis(axis) => vec![("axis", axis.axis()?.to_string())],
        OpParameterRef::Permute(permute) => vec![("perm", list(permute.dims()?))],
        OpParameterRef::Reshape(reshape) => vec![("shape", list(reshape.dims()?))],
        OpParameterRef::Relu(relu) => vec![("slope", relu.slope()?.to_string())],
        OpParameterRef::Relu6(clamp) => {
            vec![("min", clamp.min_value()?.to_string()), ("max", clamp.max_value()?.to_string())]
        }
        OpParameterRef::TensorConvertInfo(convert) => {
            vec![("from", format!("{:?}", convert.source()?)), ("to", format!("{:?}", convert.dest()?))]
        }
        OpParameterRef::Interp(interp) => vec![
            ("size", format!("{:?}", [interp.output_height()?, interp.output_width()?])),
            ("mode", interp.resize_type()?.to_string()),
            ("coordinates", format!("{:?}", interp.ctm()?)),
        ],
        _ => vec![],
    };
    Ok((attributes.into_iter().collect(), bytes))
}

fn common_2d(common: &schema::Convolution2DCommonRef<'_>) -> Result<Vec<(&'static str, String)>, planus::Error> {
    let activation = match (common.relu()?, common.relu6()?) {
        (true, _) => "relu",
        (_, true) => "relu6",
        _ => "none",
    };
    let pads: Vec<_> = common.pads()?.into_iter().flatten().collect();
    Ok(vec![
        ("kernel", format!("{:?}", [common.kernel_y()?, common.kernel_x()?])),
        ("strides", format!("{:?}", [common.stride_y()?, common.stride_x()?])),
        ("dilations", format!("{:?}", [common.dilate_y()?, common.dilate_x()?])),
        ("pads", format!("{pads:?}")),
        ("group", common.group()?.to_string()),
        ("channels", format!("{:?}", [common.input_count()?, common.output_count()?])),
        ("activation", activation.to_owned()),
    ])
}

/// Bytes in the file beside the model: an offset stands in front of the lengths.
fn external(place: Option<planus::Vector<'_, i64>>) -> u64 {
    let lengths = place.into_iter().flatten().skip(1).map(|length| u64::try_from(length).unwrap_or_default());
    lengths.fold(0, u64::saturating_add)
}

fn blob_bytes(blob: &schema::BlobRef<'_>) -> Result<u64, planus::Error> {
    let floats = blob.float32s()?.map_or(0, |data| data.len());
    let ints = blob.int32s()?.map_or(0, |data| data.len());
    let bytes = blob.uint8s()?.map_or(0, |data| data.len());
    Ok((4 * (floats + ints) + bytes) as u64 + external(blob.external()?))
}

fn tensor_type(data_type: DataType, dims: Option<planus::Vector<'_, i32>>) -> String {
    let element = match data_type {
        DataType::DtFloat => "f32",
        DataType::DtInt32 => "i32",
        DataType::DtInt8 => "i8",
        DataType::DtUint8 => "u8",
        DataType::DtHalf => "f16",
        _ => "?",
    };
    format!("{element}{:?}", dims.into_iter().flatten().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use planus::{Builder, WriteAsOffset};

    use super::*;

    #[test]
    fn an_operator_that_is_there_once_is_not_listed_any_number_of_times() {
        let net = |times: usize| {
            let mut b = Builder::new();
            let op = schema::Op {
                input_indexes: Some(vec![0; 100]),
                output_indexes: Some(vec![0]),
                type_: OpType::UnaryOp,
                ..schema::Op::default()
            };
            let op = op.prepare(&mut b);
            let root = schema::Net::builder()
                .biz_code_as_null()
                .extra_tensor_describe_as_null()
                .extra_info_as_null()
                .oplists(vec![op; times])
                .output_name_as_null()
                .prefer_forward_type(schema::ForwardType::Cpu)
                .source_type(schema::NetSource::Onnx)
                .tensor_name(vec!["n".repeat(10_000).as_str()])
                .tensor_number(1)
                .usage(schema::Usage::Inference)
                .subgraphs_as_null()
                .mnn_uuid_as_null()
                .finish(&mut b);
            b.finish(root, None).to_vec()
        };
        assert_eq!(list(&net(10)).unwrap().operators.len(), 10);
        let error = list(&net(1_000)).unwrap_err();
        assert!(error.reason().contains("refer to each other so often that it wants"), "{error}");
    }
}
