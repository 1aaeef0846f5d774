use std::collections::{HashMap, HashSet};

use edgeconv_graph::{DType, TensorType};
use planus::Builder;

use crate::source::{ImportError, ModelFile};
use crate::target::isolate::stand_in;
use crate::target::mnn::ops::needs_blocks;
use crate::target::mnn::schema::{self, DataType, MnnDataFormat, OpParameter, OpType};
use crate::target::mnn::{ReadError, external, list};
use crate::target::{self, GivenValues};

/// The rewritten model, with all weights inside.
pub(super) fn isolate(file: &ModelFile, values: &[(String, TensorType)]) -> Result<GivenValues, target::ReadError> {
    let bytes = list(&file.bytes()?).map_err(|error| error.of_file(file.name()))?.weight_bytes();
    if bytes > i32::MAX as u64 {
        let reason = format!("it has {bytes} bytes of weights, which no single file of MNN can have");
        return Err(ImportError::NotAModel { file: file.name().to_owned(), format: "MNN".into(), reason }.into());
    }
    let mut net = external::read(file)?;
    let mut names = net.tensor_name.take().unwrap_or_default();
    let mut ops = net.oplists.take().unwrap_or_default();
    // MNN computes all shapes when it loads a file: those of given values fit no other shapes of inputs.
    for (name, ty) in values {
        shape_input(&mut ops, &names, name, ty);
    }
    let blocked = blocked(&ops);
    let indices = |list: fn(&schema::Op) -> &Option<Vec<i32>>| -> HashSet<i32> {
        ops.iter().filter(|op| computes(op)).flat_map(|op| list(op).iter().flatten().copied()).collect()
    };
    let (computed, read) = (indices(|op| &op.output_indexes), indices(|op| &op.input_indexes));
    let mut added = vec![];
    let mut stand_ins: HashMap<i32, i32> = HashMap::new();
    let mut inputs = vec![];
    let marks: HashMap<_, _> =
        net.extra_tensor_describe.iter().flatten().map(|tensor| (tensor.index, tensor.clone())).collect();
    let mut copied = vec![];
    let outputs = net.output_name.get_or_insert_default();
    for (name, ty) in values {
        let index = names.iter().position(|other| other == name).map(|index| index as i32);
        let Some(index) = index.filter(|index| computed.contains(index)) else { continue };
        // MNN has no inputs that nothing reads.
        if read.contains(&index) {
            let input = stand_in(name);
            let first = names.len() as i32;
            let tensor = add_input(&mut names, &mut added, &input, ty, blocked.contains(&index));
            // What reads integers is to go on computing in them.
            let mark = marks.get(&index);
            copied.extend((first..=tensor).filter_map(|index| Some(schema::TensorDescribe { index, ..mark?.clone() })));
            stand_ins.insert(index, tensor);
            inputs.push((name.clone(), input));
        }
        if !outputs.contains(name) {
            outputs.push(name.clone());
        }
    }
    for index in ops.iter_mut().flat_map(|op| op.input_indexes.iter_mut().flatten()) {
        *index = stand_ins.get(index).copied().unwrap_or(*index);
    }
    if let Some(marks) = &mut net.extra_tensor_describe {
        marks.append(&mut copied);
    }
    added.append(&mut ops);
    net.tensor_number = names.len() as i32;
    net.tensor_name = Some(names);
    net.oplists = Some(added);
    let mut builder = Builder::new();
    Ok(GivenValues { bytes: builder.finish(net, None).to_vec(), inputs })
}

/// Gives an input of the model, if it is one, this shape.
fn shape_input(ops: &mut [schema::Op], names: &[String], name: &str, ty: &TensorType) {
    for op in ops {
        let result = op.output_indexes.iter().flatten().next().and_then(|&index| names.get(index as usize));
        if let (Some(OpParameter::Input(input)), true) = (&mut op.main, result.is_some_and(|result| result == name)) {
            input.dims = Some(dims(ty));
        }
    }
}

fn dims(ty: &TensorType) -> Vec<i32> {
    ty.shape.iter().map(|&dim| dim as i32).collect()
}

/// Adds an input, and its conversion where channels are wanted in blocks; returns the tensor to be read.
fn add_input(names: &mut Vec<String>, ops: &mut Vec<schema::Op>, input: &str, ty: &TensorType, in_blocks: bool) -> i32 {
    let dtype = if ty.dtype == DType::F32 { DataType::DtFloat } else { DataType::DtInt32 };
    let dims = Some(dims(ty));
    let parameter = schema::Input { dims, dtype, dformat: MnnDataFormat::Nchw };
    let tensor = add(names, input);
    ops.push(op(input, OpType::Input, OpParameter::Input(Box::new(parameter)), None, tensor));
    if !in_blocks {
        return tensor;
    }
    let name = format!("{input}/NC4HW4");
    let info = schema::TensorConvertInfo { source: MnnDataFormat::Nchw, dest: MnnDataFormat::Nc4hw4 };
    let converted = add(names, &name);
    let parameter = OpParameter::TensorConvertInfo(Box::new(info));
    ops.push(op(&name, OpType::ConvertTensor, parameter, Some(tensor), converted));
    converted
}

/// The ops that an output needs.
pub(super) fn part(isolated: &GivenValues, output: &str) -> Result<Vec<u8>, ReadError> {
    let mut net = external::tables(&isolated.bytes, 0)?;
    let mut names = net.tensor_name.take().unwrap_or_default();
    let find = |names: &[String], name: &str| names.iter().position(|other| other == name);
    let mut needed: HashSet<i32> = find(&names, output).map(|index| index as i32).into_iter().collect();
    let mut kept = vec![];
    // Operands are computed before the ops that read them.
    for op in net.oplists.take().unwrap_or_default().into_iter().rev() {
        if op.output_indexes.iter().flatten().any(|index| needed.contains(index)) {
            needed.extend(op.input_indexes.iter().flatten());
            kept.push(op);
        }
    }
    kept.reverse();
    for (value, input) in &isolated.inputs {
        if let (Some(computed), Some(given)) = (find(&names, value), find(&names, input))
            && needed.contains(&(given as i32))
        {
            names.swap(computed, given);
        }
    }
    net.tensor_name = Some(names);
    net.oplists = Some(kept);
    net.output_name = Some(vec![output.to_owned()]);
    let mut builder = Builder::new();
    Ok(builder.finish(net, None).to_vec())
}

fn add(names: &mut Vec<String>, name: &str) -> i32 {
    names.push(name.to_owned());
    names.len() as i32 - 1
}

fn op(name: &str, op_type: OpType, parameter: OpParameter, input: Option<i32>, output: i32) -> schema::Op {
    schema::Op {
        input_indexes: Some(input.into_iter().collect()),
        main: Some(parameter),
        name: Some(name.to_owned()),
        output_indexes: Some(vec![output]),
        type_: op_type,
        default_dimention_format: MnnDataFormat::Nchw,
        external_path: None,
    }
}

/// Whether an op computes something from others.
fn computes(op: &schema::Op) -> bool {
    !matches!(op.type_, OpType::Input | OpType::Const)
}

/// The tensors with channels in blocks (NC4HW4): what some ops prescribe, and others take over from their operands.
fn blocked(ops: &[schema::Op]) -> HashSet<i32> {
    let mut blocked = HashSet::new();
    for op in ops {
        let inputs = op.input_indexes.iter().flatten();
        let is_blocked = match &op.main {
            Some(OpParameter::TensorConvertInfo(info)) => info.dest == MnnDataFormat::Nc4hw4,
            _ => needs_blocks(op.type_) || inputs.into_iter().any(|index| blocked.contains(index)),
        };
        if is_blocked {
            blocked.extend(op.output_indexes.iter().flatten().copied());
        }
    }
    blocked
}
