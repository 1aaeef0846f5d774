//! Names of tensors.

use std::collections::HashSet;

use super::ExportError;
use super::net::{Kind, Net};

/// Gives the outputs their names, and appends a number to other names that are taken: MNN finds tensors by name.
///
/// # Errors
/// If two inputs or outputs have the same name.
pub(super) fn assign(net: &mut Net) -> Result<(), ExportError> {
    let inputs = net.ops.iter().filter(|op| op.kind == Kind::Input).map(|op| (op.outputs[0], op.name.clone()));
    let outputs = net.outputs.iter().map(|output| (output.tensor, output.name.clone()));
    let public: Vec<_> = inputs.chain(outputs).collect();
    let mut taken = HashSet::new();
    let mut named = vec![false; net.tensors.len()];
    for (tensor, name) in public {
        if !taken.insert(name.clone()) {
            return Err(ExportError::DuplicateName(name));
        }
        named[tensor.0] = true;
        net.tensors[tensor.0].name = name;
    }
    for (tensor, _) in net.tensors.iter_mut().zip(named).filter(|(_, named)| !named) {
        let plain = tensor.name.clone();
        let mut number = 1;
        while !taken.insert(tensor.name.clone()) {
            number += 1;
            tensor.name = format!("{plain}#{number}");
        }
    }
    Ok(())
}
