//! Nodes whose result is known while the file is read: stored constants, shapes, and arithmetic on them.

use edgeconv_graph::op::{Binary, Concat, Slice};
use edgeconv_graph::{Operator, Tensor, TensorData};

use super::node::Node;
use super::{ImportError, tensor};
use crate::onnx::proto::tensor_proto::DataType;

/// The result of a node, if it is known now.
pub(super) fn evaluate(node: &mut Node<'_, '_>) -> Result<Option<Tensor>, ImportError> {
    if !matches!(node.proto.domain(), "" | "ai.onnx") || node.proto.output.len() != 1 {
        return Ok(None);
    }
    match node.proto.op_type() {
        "Constant" => stored(node).map(Some),
        "Shape" => shape(node).map(Some),
        _ => {
            let known: Option<Vec<Tensor>> = (0..node.proto.input.len())
                .filter(|&index| node.has(index))
                .map(|index| node.constant(index).cloned())
                .collect();
            match known {
                Some(inputs) if !inputs.is_empty() => computed(node, &inputs),
                _ => Ok(None),
            }
        }
    }
}

fn stored(node: &Node<'_, '_>) -> Result<Tensor, ImportError> {
    let value = |name: &str| node.attribute(name);
    if let Some(proto) = value("value").and_then(|attribute| attribute.t.as_ref()) {
        return tensor::read(proto).map_err(|reason| node.unsupported(reason));
    }
    let scalar = |tensor: Tensor| tensor.reshape(vec![]).unwrap_or(tensor);
    if let Some(attribute) = value("value_float") {
        return Ok(Tensor::scalar(attribute.f()));
    }
    if let Some(attribute) = value("value_int") {
        return Ok(scalar(Tensor::indices(vec![attribute.i()])));
    }
    if let Some(attribute) = value("value_ints") {
        return Ok(Tensor::indices(attribute.ints.clone()));
    }
    if let Some(attribute) = value("value_floats") {
        return Ok(Tensor::vector(attribute.floats.clone()));
    }
    Err(node.unsupported("it holds neither numbers nor a tensor"))
}

/// `Shape`, from opset 15 on also of some axes only.
fn shape(node: &mut Node<'_, '_>) -> Result<Tensor, ImportError> {
    let shape = node.shape(0)?;
    let rank = shape.len() as i64;
    let bound = |bound: i64| (if bound < 0 { bound + rank } else { bound }).clamp(0, rank) as usize;
    let (start, end) = (bound(node.int("start", 0)), bound(node.int("end", rank)));
    let dims = shape.get(start..end).unwrap_or_default();
    Ok(Tensor::indices(dims.iter().map(|&dim| dim as i64).collect()))
}

/// Arithmetic on known tensors; `None` for operators that the graph has too, which are evaluated there.
fn computed(node: &Node<'_, '_>, inputs: &[Tensor]) -> Result<Option<Tensor>, ImportError> {
    let first = &inputs[0];
    let whole = |tensor: &Tensor| tensor.as_i64().is_some();
    Ok(match node.proto.op_type() {
        "Identity" => Some(first.clone()),
        "Cast" => Some(cast(node, first)?),
        "Reshape" | "Squeeze" | "Unsqueeze" => {
            let shape = super::operators::movement::target(node, first.shape())?;
            Some(first.reshape(shape).map_err(|error| node.unsupported(error.to_string()))?)
        }
        "ConstantOfShape" => Some(constant_of_shape(node, first)?),
        "Expand" if inputs.len() == 2 => Some(expand(node, first, &inputs[1])?),
        "Where" => select(inputs),
        "Gather" if whole(first) && inputs.len() == 2 => gather(node, first, &inputs[1])?,
        "Concat" if inputs.iter().all(whole) => concat(node, inputs)?,
        "Slice" if whole(first) => slice(node, first)?,
        "Range" if inputs.iter().all(whole) => range(inputs),
        "ReduceProd" if whole(first) => first.as_i64().map(|ints| Tensor::indices(vec![ints.iter().product()])),
        "Floor" => unary(first, f32::floor),
        "Ceil" => unary(first, f32::ceil),
        "Add" | "Sub" | "Mul" | "Div" | "Equal" | "Mod" | "Min" | "Max" if inputs.len() == 2 => {
            arithmetic(node, first, &inputs[1])
        }
        _ => None,
    })
}

fn cast(node: &Node<'_, '_>, tensor: &Tensor) -> Result<Tensor, ImportError> {
    let to =
        DataType::try_from(node.int("to", 0) as i32).map_err(|_| node.unsupported("its target type is unknown"))?;
    let shape = tensor.shape().to_vec();
    let result = match (to, tensor.data()) {
        (DataType::Float | DataType::Double | DataType::Float16 | DataType::Bfloat16, TensorData::I64(ints)) => {
            Tensor::f32(shape, ints.iter().map(|&x| x as f32).collect())
        }
        (DataType::Bool, TensorData::F32(floats)) => {
            Tensor::i64(shape, floats.iter().map(|&x| i64::from(x != 0.0)).collect())
        }
        (DataType::Int64 | DataType::Int32, TensorData::F32(floats)) => {
            Tensor::i64(shape, floats.iter().map(|&x| x as i64).collect())
        }
        (DataType::Bool, TensorData::I64(ints)) => {
            Tensor::i64(shape, ints.iter().map(|&x| i64::from(x != 0)).collect())
        }
        (DataType::Float | DataType::Double | DataType::Int64 | DataType::Int32, _) => Ok(tensor.clone()),
        (to, _) => return Err(node.unsupported(format!("casting to {} is not supported", to.as_str_name()))),
    };
    result.map_err(|error| node.unsupported(error.to_string()))
}

fn constant_of_shape(node: &Node<'_, '_>, shape: &Tensor) -> Result<Tensor, ImportError> {
    let shape = lengths(node, shape)?;
    let count = shape.iter().try_fold(1usize, |count, &length| count.checked_mul(length));
    let count =
        count.filter(|&count| count < 1 << 31).ok_or_else(|| node.unsupported(format!("{shape:?} is too large")))?;
    let value = match node.attribute("value").and_then(|attribute| attribute.t.as_ref()) {
        Some(proto) => tensor::read(proto).map_err(|reason| node.unsupported(reason))?,
        None => Tensor::vector(vec![0.0]),
    };
    let result = match value.data() {
        TensorData::F32(data) => Tensor::f32(shape, vec![data.first().copied().unwrap_or_default(); count]),
        TensorData::I64(data) => Tensor::i64(shape, vec![data.first().copied().unwrap_or_default(); count]),
    };
    result.map_err(|error| node.unsupported(error.to_string()))
}

fn lengths(node: &Node<'_, '_>, tensor: &Tensor) -> Result<Vec<usize>, ImportError> {
    let ints = tensor.as_i64().unwrap_or_default();
    let lengths = ints.iter().map(|&x| usize::try_from(x)).collect::<Result<Vec<_>, _>>();
    lengths.map_err(|_| node.unsupported(format!("{ints:?} is no shape")))
}

fn expand(node: &Node<'_, '_>, tensor: &Tensor, target: &Tensor) -> Result<Tensor, ImportError> {
    let target = lengths(node, target)?;
    let fitted = Broadcast::of(tensor.shape(), &target)
        .ok_or_else(|| node.unsupported(format!("shape {:?} can't be expanded to {target:?}", tensor.shape())))?;
    let result = match tensor.data() {
        TensorData::F32(data) => Tensor::f32(fitted.shape.clone(), fitted.left().map(|i| data[i]).collect()),
        TensorData::I64(data) => Tensor::i64(fitted.shape.clone(), fitted.left().map(|i| data[i]).collect()),
    };
    result.map_err(|error| node.unsupported(error.to_string()))
}

/// `Where` on integers of one shape, or with single elements.
fn select(inputs: &[Tensor]) -> Option<Tensor> {
    let [condition, yes, no] = inputs else { return None };
    let (condition, yes_data, no_data) = (condition.as_i64()?, yes.as_i64()?, no.as_i64()?);
    let count = condition.len().max(yes_data.len()).max(no_data.len());
    let pick = |data: &[i64], index: usize| if data.len() == 1 { Some(data[0]) } else { data.get(index).copied() };
    let element = |index| if pick(condition, index)? != 0 { pick(yes_data, index) } else { pick(no_data, index) };
    let longest = [inputs[0].shape(), yes.shape(), no.shape()].into_iter().max_by_key(|shape| shape.len())?.to_vec();
    Tensor::i64(longest, (0..count).map(element).collect::<Option<Vec<_>>>()?).ok()
}

/// `Gather` from a vector.
fn gather(node: &Node<'_, '_>, data: &Tensor, indices: &Tensor) -> Result<Option<Tensor>, ImportError> {
    let (Some(data), Some(positions), 1) = (data.as_i64(), indices.as_i64(), data.shape().len()) else {
        return Ok(None);
    };
    let element = |&index: &i64| {
        let index = if index < 0 { index + data.len() as i64 } else { index };
        data.get(usize::try_from(index).ok()?).copied()
    };
    let elements: Option<Vec<_>> = positions.iter().map(element).collect();
    let elements =
        elements.ok_or_else(|| node.unsupported(format!("indices {positions:?} are not all in 0..{}", data.len())))?;
    Ok(Tensor::i64(indices.shape().to_vec(), elements).ok())
}

/// Integers take the way of floats where these are exact: lengths and positions are below 2²⁴.
fn as_floats(tensor: &Tensor) -> Option<Tensor> {
    let data: Option<Vec<_>> = tensor.as_i64()?.iter().map(|&x| (x.abs() < 1 << 24).then_some(x as f32)).collect();
    Tensor::f32(tensor.shape().to_vec(), data?).ok()
}

fn as_ints(tensor: &Tensor) -> Option<Tensor> {
    Tensor::i64(tensor.shape().to_vec(), tensor.as_f32()?.iter().map(|&x| x as i64).collect()).ok()
}

fn concat(node: &Node<'_, '_>, inputs: &[Tensor]) -> Result<Option<Tensor>, ImportError> {
    let axis = node.axis(node.int("axis", 0), inputs[0].shape().len())?;
    let Some(floats) = inputs.iter().map(as_floats).collect::<Option<Vec<_>>>() else { return Ok(None) };
    let joined = Concat { axis }.evaluate(&floats.iter().collect::<Vec<_>>());
    Ok(joined.and_then(|joined| as_ints(joined.first()?)))
}

fn slice(node: &Node<'_, '_>, data: &Tensor) -> Result<Option<Tensor>, ImportError> {
    let Some(mut floats) = as_floats(data) else { return Ok(None) };
    for Slice { axis, start, end } in super::operators::movement::slices(node, data.shape())? {
        let Some(part) = (Slice { axis, start, end }).evaluate(&[&floats]) else { return Ok(None) };
        floats = part.into_iter().next().unwrap_or(floats);
    }
    Ok(as_ints(&floats))
}

fn range(inputs: &[Tensor]) -> Option<Tensor> {
    let mut numbers = inputs.iter().map(|input| input.as_i64()?.first().copied());
    let (start, limit, step) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let mut elements = vec![];
    let mut next = start;
    while (step > 0 && next < limit) || (step < 0 && next > limit) {
        elements.push(next);
        next = next.checked_add(step).filter(|_| elements.len() < 1 << 24)?;
    }
    Some(Tensor::indices(elements))
}

fn unary(tensor: &Tensor, function: fn(f32) -> f32) -> Option<Tensor> {
    Tensor::f32(tensor.shape().to_vec(), tensor.as_f32()?.iter().map(|&x| function(x)).collect()).ok()
}

fn arithmetic(node: &Node<'_, '_>, a: &Tensor, b: &Tensor) -> Option<Tensor> {
    let operator = node.proto.op_type();
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64()) {
        let fitted = Broadcast::of(a.shape(), b.shape())?;
        let pairs = fitted.left().zip(fitted.right()).map(|(i, j)| whole(operator, x[i], y[j]));
        return Tensor::i64(fitted.shape.clone(), pairs.collect::<Option<Vec<_>>>()?).ok();
    }
    let binary = match operator {
        "Add" => Binary::Add,
        "Sub" => Binary::Sub,
        "Mul" => Binary::Mul,
        "Div" => Binary::Div,
        _ => return None,
    };
    binary.evaluate(&[a, b])?.pop()
}

/// `None` for a division by zero and what does not fit.
fn whole(operator: &str, a: i64, b: i64) -> Option<i64> {
    match operator {
        "Add" => a.checked_add(b),
        "Sub" => a.checked_sub(b),
        "Mul" => a.checked_mul(b),
        "Div" => a.checked_div(b),
        "Mod" => a.checked_rem_euclid(b),
        "Min" => Some(a.min(b)),
        "Max" => Some(a.max(b)),
        "Equal" => Some(i64::from(a == b)),
        _ => None,
    }
}

/// Two shapes brought to one, with the element that each position reads.
struct Broadcast {
    shape: Vec<usize>,
    strides: [Vec<usize>; 2],
}

impl Broadcast {
    fn of(a: &[usize], b: &[usize]) -> Option<Self> {
        let rank = a.len().max(b.len());
        let dim = |shape: &[usize], axis: usize| (axis + shape.len()).checked_sub(rank).map_or(1, |i| shape[i]);
        let length = |axis| match (dim(a, axis), dim(b, axis)) {
            (x, y) if x == y => Some(x),
            (1, y) => Some(y),
            (x, 1) => Some(x),
            _ => None,
        };
        let shape = (0..rank).map(length).collect::<Option<Vec<_>>>()?;
        let strides = [a, b].map(|operand| {
            let mut strides = vec![0; rank];
            let mut stride = 1;
            for axis in (0..rank).rev() {
                let length = dim(operand, axis);
                strides[axis] = if length == 1 { 0 } else { stride };
                stride *= length;
            }
            strides
        });
        Some(Self { shape, strides })
    }

    fn left(&self) -> impl Iterator<Item = usize> + '_ {
        self.reads(0)
    }

    fn right(&self) -> impl Iterator<Item = usize> + '_ {
        self.reads(1)
    }

    fn reads(&self, operand: usize) -> impl Iterator<Item = usize> + '_ {
        let place = move |mut index: usize| {
            let mut place = 0;
            for (length, stride) in self.shape.iter().zip(&self.strides[operand]).rev() {
                place += index % length * stride;
                index /= length;
            }
            place
        };
        (0..self.shape.iter().product()).map(place)
    }
}
