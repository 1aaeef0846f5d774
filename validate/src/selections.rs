use std::borrow::Cow;

use edgeconv_converter::target::Listing;
use edgeconv_graph::op::NonMaxSuppression;
use edgeconv_graph::{Graph, Node, Op};
use serde::{Deserialize, Serialize};

use crate::engine::NamedTensor;

/// The outputs of a model that are rows of selected boxes: MNN's have rows without a box at their end, ONNX's have not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Selections(Vec<String>);

impl Selections {
    /// Those of a graph.
    pub fn of(graph: &Graph) -> Self {
        let selects = |node: &Node| matches!(node.op, Op::NonMaxSuppression(_));
        let outputs = graph.outputs().iter().filter(|output| graph.producer_node(output.value).is_some_and(selects));
        Self(outputs.map(|output| output.name.clone()).collect())
    }

    /// Those of an ONNX file.
    pub fn listed(listing: &Listing) -> Self {
        let selecting = listing.operators.iter().filter(|operator| operator.op == "NonMaxSuppression");
        Self(selecting.flat_map(|operator| &operator.outputs).map(|output| output.name.clone()).collect())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Outputs without the rows without a box.
    pub fn trimmed<'a>(&self, outputs: &'a [NamedTensor]) -> Cow<'a, [NamedTensor]> {
        let mut outputs = Cow::Borrowed(outputs);
        if !self.is_empty() {
            self.trim(outputs.to_mut());
        }
        outputs
    }

    /// Leaves out the rows without a box.
    pub fn trim(&self, outputs: &mut [NamedTensor]) {
        for output in outputs.iter_mut().filter(|output| self.0.contains(&output.name)) {
            if let Some(used) = NonMaxSuppression::used(&output.tensor) {
                output.tensor = used;
            }
        }
    }
}
