use edgeconv_graph::{Graph, Node, Op};

/// A map `x · scale + shift` per channel: what a BatchNorm is at inference. In f64, so that folding it costs no accuracy.
pub(crate) struct Affine {
    pub scale: Vec<f64>,
    pub shift: Vec<f64>,
}

impl Affine {
    /// The map that a `BatchNormalization` node computes; `None` for other nodes and for weights that are not loaded.
    pub fn of_batch_norm(graph: &Graph, node: &Node) -> Option<Self> {
        let Op::BatchNormalization(op) = &node.op else { return None };
        let parameter = |index: usize| graph.floats(node.inputs[index]);
        let (gamma, beta, mean, var) = (parameter(1)?, parameter(2)?, parameter(3)?, parameter(4)?);
        let scale: Vec<f64> = gamma
            .iter()
            .zip(var)
            .map(|(&gamma, &var)| f64::from(gamma) / (f64::from(var) + f64::from(op.epsilon)).sqrt())
            .collect();
        let shift = beta
            .iter()
            .zip(mean)
            .zip(&scale)
            .map(|((&beta, &mean), scale)| f64::from(beta) - f64::from(mean) * scale)
            .collect();
        Some(Self { scale, shift })
    }
}
