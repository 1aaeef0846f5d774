use edgeconv_graph::op::{
    Recurrent, RecurrentActivation as Activation, RecurrentCell as Cell, RecurrentDirection as Direction,
    RecurrentOperand as Operand,
};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("RNN", recurrent), Entry::new("GRU", recurrent), Entry::new("LSTM", recurrent)];

/// Where the first operand stands that may be left out.
const OPTIONAL: usize = 3;

fn recurrent(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let flag = |name: &str| node.int(name, 0) != 0;
    let cell = match node.proto.op_type() {
        "RNN" => Cell::Rnn,
        "GRU" => Cell::Gru { linear_before_reset: flag("linear_before_reset") },
        _ => Cell::Lstm { input_forget: flag("input_forget") },
    };
    let direction = match node.text("direction", "forward").as_str() {
        "forward" => Direction::Forward,
        "reverse" => Direction::Reverse,
        "bidirectional" => Direction::Bidirectional,
        other => return Err(node.unsupported(format!("direction `{other}` is unknown"))),
    };
    let recurrence = node.shape(2)?;
    let &[.., hidden] = recurrence.as_slice() else {
        let reason = "recurrence weights without dimensions, expected [directions, gates · hidden, hidden]";
        return Err(node.unsupported(reason));
    };
    let optional = Operand::ALL.into_iter().zip(OPTIONAL..).filter(|&(_, index)| node.has(index));
    let layer = Recurrent {
        activations: activations(node, cell, direction)?,
        clip: Some(node.float("clip", 0.0)).filter(|&clip| clip > 0.0),
        batch_first: flag("layout"),
        optional: optional.map(|(operand, _)| operand).collect(),
        ..Recurrent::new(cell, direction, hidden)
    };
    let operands = node.inputs()?;
    node.finish(layer, &operands)
}

/// The functions of all directions. Those that have parameters take them one after the other from the lists, and ONNX's defaults behind
/// their ends.
fn activations(node: &Node<'_, '_>, cell: Cell, direction: Direction) -> Result<Vec<Activation>, ImportError> {
    let expected = cell.functions().repeat(direction.reversed().len());
    let Some(given) = node.attribute("activations").filter(|attribute| !attribute.strings.is_empty()) else {
        return Ok(expected);
    };
    let floats = |name: &str| node.attribute(name).map(|attribute| attribute.floats.clone()).unwrap_or_default();
    let mut alphas = floats("activation_alpha").into_iter();
    let mut betas = floats("activation_beta").into_iter();
    let mut activations = vec![];
    for name in &given.strings {
        let name = String::from_utf8_lossy(name);
        let mut alpha = |default: f32| alphas.next().unwrap_or(default);
        let mut beta = |default: f32| betas.next().unwrap_or(default);
        activations.push(match name.to_ascii_lowercase().as_str() {
            "affine" => Activation::Affine { alpha: alpha(1.0), beta: beta(0.0) },
            "elu" => Activation::Elu { alpha: alpha(1.0) },
            "hardsigmoid" => Activation::HardSigmoid { alpha: alpha(0.2), beta: beta(0.5) },
            "leakyrelu" => Activation::LeakyRelu { alpha: alpha(0.01) },
            "relu" => Activation::Relu,
            "scaledtanh" => Activation::ScaledTanh { alpha: alpha(1.0), beta: beta(1.0) },
            "sigmoid" => Activation::Sigmoid,
            "softplus" => Activation::Softplus,
            "softsign" => Activation::Softsign,
            "tanh" => Activation::Tanh,
            "thresholdedrelu" => Activation::ThresholdedRelu { alpha: alpha(1.0) },
            _ => return Err(node.unsupported(format!("the activation `{name}` is unknown"))),
        });
    }
    if activations.len() == expected.len() {
        return Ok(activations);
    }
    Err(node.unsupported(format!("{} activations, expected {}", activations.len(), expected.len())))
}
