//! Names of tensors.

use std::collections::HashSet;

use edgeconv_graph::Names;

use super::ExportError;
use super::net::{Net, Op};
use super::ops::Role;

/// Gives the outputs their names, and appends a number to other names that are taken: MNN finds tensors by name. It looks for inputs and
/// for outputs separately, so that an input may be returned under its own name: of two tensors with one name it takes the last one as the
/// output.
///
/// # Errors
/// If two inputs or two outputs have the same name.
pub(super) fn assign(net: &mut Net) -> Result<(), ExportError> {
    let is_input = |op: &&Op| op.kind.role() == Role::Input;
    let inputs: Vec<_> = net.ops.iter().filter(is_input).map(|op| (op.outputs[0], op.name.clone())).collect();
    let outputs: Vec<_> = net.outputs.iter().map(|output| (output.tensor, output.name.clone())).collect();
    let mut names = Names::default();
    let mut named = vec![false; net.tensors.len()];
    for side in [inputs, outputs] {
        let mut own = HashSet::new();
        for (tensor, name) in side {
            names.claim(&name);
            named[tensor.0] = true;
            net.tensors[tensor.0].name.clone_from(&name);
            if !own.insert(name.clone()) {
                return Err(ExportError::DuplicateName(name));
            }
        }
    }
    for (tensor, _) in net.tensors.iter_mut().zip(named).filter(|(_, named)| !named) {
        names.take(&mut tensor.name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::mnn::net::{Number, Output};
    use crate::target::mnn::ops::{Input, Relu};

    /// input `x` → `a` → `b`, returned as `outputs`.
    fn chain(outputs: [&str; 2]) -> Net<'static> {
        let mut net = Net::default();
        let x = net.op("x", Input(Number::Float), &[], [1]);
        let a = net.op("a", Relu { slope: 0.0 }, &[x], [1]);
        let b = net.op("b", Relu { slope: 0.0 }, &[a], [1]);
        let c = net.op("a", Relu { slope: 0.0 }, &[b], [1]);
        net.outputs =
            outputs.into_iter().zip([b, c]).map(|(name, tensor)| Output { name: name.into(), tensor }).collect();
        net
    }

    #[test]
    fn outputs_come_first() {
        let mut net = chain(["a", "y"]);
        assign(&mut net).unwrap();
        let names: Vec<_> = net.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["x", "a#2", "a", "y"]);
    }

    #[test]
    fn public_names_are_not_changed() {
        assert!(matches!(assign(&mut chain(["y", "y"])), Err(ExportError::DuplicateName(_))));
        let mut net = chain(["x", "y"]);
        assign(&mut net).unwrap();
        let names: Vec<_> = net.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["x", "a", "x", "y"], "an input is looked for among the inputs");
    }
}
