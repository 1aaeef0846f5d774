use std::collections::BTreeMap;

use edgeconv_converter::source::onnx::COUNTED;
use edgeconv_graph::Operator;
use edgeconv_graph::op::Slice;

use crate::engine::NamedTensor;

/// The outputs of a file whose rows are fewer than they have place for: another output counts them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, (usize, String)>);

impl Counts {
    /// What the metadata of a graph or a file say.
    pub fn noted(metadata: &BTreeMap<String, String>) -> Self {
        let counted = metadata.iter().filter_map(|(key, value)| {
            let (axis, count) = value.split_once(' ')?;
            Some((key.strip_prefix(COUNTED)?.to_owned(), (axis.parse().ok()?, count.to_owned())))
        });
        Self(counted.collect())
    }

    /// Leaves out the rows behind those that are counted, and the counts.
    pub fn trim(&self, outputs: &mut Vec<NamedTensor>) {
        for (name, (axis, count)) in &self.0 {
            let count =
                outputs.iter().find(|output| output.name == *count).and_then(|count| count.tensor.numbers().next());
            let output = outputs.iter_mut().find(|output| output.name == *name);
            if let (Some(count), Some(output)) = (count, output) {
                let slice = Slice { axis: *axis, start: 0, end: count as usize, step: 1 };
                if let Some(rows) = slice.evaluate(&[&output.tensor]).and_then(|mut rows| rows.pop()) {
                    output.tensor = rows;
                }
            }
        }
        outputs.retain(|output| self.0.values().all(|(_, count)| *count != output.name));
    }
}
