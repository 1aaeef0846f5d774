//! Large constants that follow from less, in a file that is there.

use std::collections::BTreeMap;

use crate::target::mnn::net::{Net, Output};
use crate::target::mnn::ops::Const;
use crate::target::mnn::schema::{self, DataType, MnnDataFormat, OpParameter, OpType};
use crate::target::mnn::store::{self, StoredWeights};
use crate::target::mnn::{ExportError, external, layout, names, write};

/// Puts ops that compute such constants in their place.
pub(super) fn fold(net: &mut schema::Net, ops: Vec<schema::Op>) -> Result<Vec<schema::Op>, ExportError> {
    let Some(names) = &mut net.tensor_name else { return Ok(ops) };
    let mut all = Vec::with_capacity(ops.len());
    for op in ops {
        let Some(steps) = steps(&op)? else {
            all.push(op);
            continue;
        };
        let (added, result) = (names.len() as i32 - 1, op.output_indexes.iter().flatten().copied().next());
        // The first tensor is the constant, those behind it come behind all others.
        let place = |index: i32| if index == 0 { result.unwrap_or_default() } else { added + index };
        names.extend(steps.tensor_name.into_iter().flatten().skip(1));
        for mut step in steps.oplists.into_iter().flatten() {
            for indices in [&mut step.input_indexes, &mut step.output_indexes] {
                indices.iter_mut().flatten().for_each(|index| *index = place(*index));
            }
            all.push(step);
        }
    }
    net.tensor_number = if net.tensor_number > 0 { names.len() as i32 } else { 0 };
    Ok(all)
}

/// The ops that compute a constant, and their tensors, of which it is the first; `None` if it does not follow from less.
fn steps(op: &schema::Op) -> Result<Option<schema::Net>, ExportError> {
    let Some(mut net) = net_of(op) else { return Ok(None) };
    store::fold(&mut net);
    if net.ops.len() == 1 {
        return Ok(None);
    }
    let mut net = layout::convert(net);
    names::assign(&mut net)?;
    let stored = StoredWeights::default();
    let capacity = write::capacity(net.ops.iter().map(|op| &*op.kind), 0, &stored, false);
    let (builder, _) = write::serialize(&net, &stored, &BTreeMap::new(), capacity, None)?;
    external::tables(builder.as_slice(), 0).map(Some).map_err(ExportError::ReadBack)
}

/// A net that gives a constant of the file, if that is one of floats in rows.
fn net_of(op: &schema::Op) -> Option<Net<'_>> {
    let Some(OpParameter::Blob(blob)) = &op.main else { return None };
    let is_plain = op.type_ == OpType::Const
        && op.external_path.is_none()
        && blob.external.is_none()
        && blob.data_type == DataType::DtFloat
        && blob.data_format == MnnDataFormat::Nchw
        && op.output_indexes.as_ref().is_some_and(|outputs| outputs.len() == 1);
    let floats = blob.float32s.as_deref().filter(|_| is_plain)?;
    let size = |&dim: &i32| usize::try_from(dim).ok().filter(|&size| size > 0);
    let shape = blob.dims.iter().flatten().map(size).collect::<Option<Vec<_>>>()?;
    if shape.iter().product::<usize>() != floats.len() {
        return None;
    }
    let (mut net, name) = (Net::default(), op.name.clone().unwrap_or_default());
    let tensor = net.op(name.clone(), Const::Float(floats.into()), &[], shape);
    net.outputs.push(Output { name, tensor });
    Some(net)
}
