//! A pass of training that goes back piece by piece, for several processes.
//!
//! tch has no hooks into the backward pass, where gradients of later layers could be sent while those of earlier ones are computed, and
//! where a BatchNorm over all processes has to talk with them. So the graph is cut into pieces: what one piece computes, the next
//! one takes as a leaf of its own, and the gradient of that leaf is where the way back of the piece begins.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use edgeconv_graph::{Graph, Node, NodeId, Op, ValueId, ValueKind};
use tch::{TchError, Tensor};

use super::operator::Context;
use super::program::Program;
use super::sync_batch_norm::SyncBatchNorm;
use super::{NetworkError, Outputs};
use crate::distributed::{BUCKET_ELEMENTS, World};

/// Outputs in training, and the way back from them.
#[derive(Debug)]
pub struct Pass {
    /// What the network returns.
    pub outputs: Outputs,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    /// What later pieces or the outputs need, each with the leaf that they take for it.
    values: Vec<(Tensor, Tensor)>,
    /// Of a piece that is one BatchNorm over all processes, whose value has no way back of its own.
    batch_norm: Option<SyncBatchNorm>,
    /// Learned tensors that no earlier piece uses.
    learned: Vec<Tensor>,
}

impl Pass {
    /// One that goes back in one piece.
    pub(super) fn whole(outputs: Outputs) -> Self {
        Self { outputs, pieces: vec![] }
    }

    /// The outputs for an input.
    pub(super) fn new(
        program: &Program,
        input: &Tensor,
        context: &Context,
        world: &World,
    ) -> Result<Self, NetworkError> {
        let graph = program.graph();
        let mut computed = HashMap::new();
        let (mut pieces, mut used) = (vec![], HashSet::new());
        for range in cuts(graph, context) {
            let nodes = &graph.order()[range.clone()];
            let batch_norm = match nodes {
                &[node] if is_synchronised(graph, graph.node(node), context) => {
                    let node = graph.node(node);
                    let (y, batch_norm) = SyncBatchNorm::forward(program, node, input, context, &computed, world)?;
                    computed.insert(node.outputs[0], y);
                    Some(batch_norm)
                }
                _ => {
                    program.compute(range, input, context, &mut computed, &mut |_, _| Ok(()))?;
                    None
                }
            };
            let mut values = vec![];
            for id in nodes.iter().flat_map(|&node| &graph.node(node).outputs) {
                // What only this piece needs is forgotten already.
                let Some(value) = computed.get_mut(id) else { continue };
                if value.requires_grad() || batch_norm.is_some() {
                    let leaf = value.f_detach()?.set_requires_grad(true);
                    values.push((std::mem::replace(value, leaf.shallow_clone()), leaf));
                }
            }
            let learned = learned(graph, nodes, context, &mut used);
            pieces.push(Piece { values, batch_norm, learned });
        }
        Ok(Self { outputs: program.outputs(input, context, &computed)?, pieces })
    }

    /// Adds the gradients of `loss`, which was computed from the outputs, to those of the parameters. `complete` gets learned tensors
    /// as soon as their gradients are complete, of the last layers first; nothing, if there is one process.
    ///
    /// # Errors
    /// If libtorch fails, or what `complete` returns.
    pub fn backward<E: From<TchError>>(
        self,
        loss: &Tensor,
        world: &World,
        mut complete: impl FnMut(Vec<Tensor>) -> Result<(), E>,
    ) -> Result<(), E> {
        loss.f_backward()?;
        drop(self.outputs);
        for piece in self.pieces.into_iter().rev() {
            let gradient = |(value, leaf): (Tensor, Tensor)| (value, leaf.grad());
            let gradients = piece.values.into_iter().map(gradient).filter(|(_, gradient)| gradient.defined());
            match piece.batch_norm {
                None => backward(gradients)?,
                Some(batch_norm) => {
                    for (_, gradient) in gradients {
                        backward(batch_norm.backward(&gradient, world)?.into_iter())?;
                    }
                }
            }
            complete(piece.learned)?;
        }
        Ok(())
    }
}

/// Adds gradients to those of what the tensors were computed from. tch's `backward` takes none: their dot product with the tensors
/// has them as gradients.
fn backward(gradients: impl Iterator<Item = (Tensor, Tensor)>) -> Result<(), TchError> {
    let mut total: Option<Tensor> = None;
    for (tensor, gradient) in gradients {
        let dot = tensor.f_reshape(-1)?.f_dot(&gradient.f_reshape(-1)?)?;
        total = Some(match total {
            Some(total) => total.f_add(&dot)?,
            None => dot,
        });
    }
    total.map_or(Ok(()), |total| total.f_backward())
}

fn is_synchronised(graph: &Graph, node: &Node, context: &Context) -> bool {
    matches!(node.op, Op::BatchNormalization(_)) && context.batch_norm.synchronised && context.trains(graph, node)
}

/// The pieces' nodes. Each piece has as many elements to learn as are sent at once.
fn cuts(graph: &Graph, context: &Context) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = vec![];
    let (mut start, mut elements) = (0, 0);
    for (index, node) in graph.nodes().enumerate() {
        if is_synchronised(graph, node, context) {
            cuts.extend([start..index, index..index + 1]);
        } else {
            let learned = node.inputs.iter().map(|&id| graph.value(id)).filter(|value| is_learned(&value.kind));
            elements += learned.map(|value| value.ty.shape.iter().product::<usize>()).sum::<usize>();
            if elements < BUCKET_ELEMENTS {
                continue;
            }
            cuts.push(start..index + 1);
        }
        (start, elements) = (index + 1, 0);
    }
    cuts.push(start..graph.nodes().len());
    cuts.retain(|range| !range.is_empty());
    cuts
}

fn is_learned(kind: &ValueKind) -> bool {
    matches!(kind, ValueKind::Parameter(_))
}

/// The learned tensors of nodes, without those that are `used` already.
fn learned(graph: &Graph, nodes: &[NodeId], context: &Context, used: &mut HashSet<ValueId>) -> Vec<Tensor> {
    let ids = nodes.iter().flat_map(|&node| graph.node(node).inputs.iter().copied());
    let new = ids.filter(|&id| is_learned(&graph.value(id).kind) && used.insert(id));
    let tensors = new.filter_map(|id| context.parameters.get(&graph.value(id).name));
    tensors.filter(|tensor| tensor.requires_grad()).map(Tensor::shallow_clone).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use edgeconv_zoo::find;
    use tch::{Device, Kind};

    use super::*;
    use crate::network::{Mode, Network, output};

    /// Gradients and statistics after a pass, by name.
    fn after(synchronised: bool, pass: impl FnOnce(&Network, &Tensor)) -> BTreeMap<String, (Tensor, Tensor)> {
        let entry = find("mobilevit-xxs").unwrap();
        let mut options = entry.options();
        options.set_classes(3);
        let mut network = Network::new(entry, options, 3, Device::Cpu).unwrap();
        network.batch_norm.synchronised = synchronised;
        network.parameters.set_kind(Kind::Double);
        tch::manual_seed(1);
        let pictures = Tensor::rand([2, 3, 32, 32], (Kind::Double, Device::Cpu));
        pass(&network, &pictures);
        let all = network.parameters.iter();
        all.map(|parameter| (parameter.name.clone(), (parameter.tensor.grad(), parameter.tensor.copy()))).collect()
    }

    fn loss(outputs: &Outputs) -> Tensor {
        output(outputs, "logits").unwrap().square().mean(Kind::Double)
    }

    fn difference(a: &Tensor, b: &Tensor) -> f64 {
        let greatest = |tensor: &Tensor| tensor.abs().max().to_kind(Kind::Double).double_value(&[]);
        greatest(&(a - b)) / greatest(b).max(1e-3)
    }

    /// Dropouts draw the same numbers in pieces: they are in the same order.
    #[test]
    fn pieces_have_the_gradients_of_the_whole() {
        let expected = after(false, |network, pictures| {
            tch::manual_seed(2);
            loss(&network.forward(pictures, Mode::Train).unwrap()).backward();
        });
        for synchronised in [false, true] {
            let mut completed = 0_i64;
            let found = after(synchronised, |network, pictures| {
                tch::manual_seed(2);
                let pass = network.pass_in_pieces(pictures, &World::single()).unwrap();
                assert!(pass.pieces.len() > if synchronised { 30 } else { 0 }, "{}", pass.pieces.len());
                let loss = loss(&pass.outputs);
                let count = |learned: Vec<Tensor>| {
                    completed += learned.len() as i64;
                    Ok::<_, TchError>(())
                };
                pass.backward(&loss, &World::single(), count).unwrap();
            });
            for (name, (gradient, value)) in &expected {
                let (other_gradient, other_value) = &found[name];
                assert_eq!(gradient.defined(), other_gradient.defined(), "{name}");
                if gradient.defined() {
                    completed -= 1;
                    assert!(difference(other_gradient, gradient) < 1e-9, "gradient of {name}");
                }
                assert!(difference(other_value, value) < 1e-9, "{name}");
            }
            assert_eq!(completed, 0);
        }
    }
}
