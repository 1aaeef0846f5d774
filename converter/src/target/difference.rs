use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{Listing, Operator};

/// How two model files differ. Operators are matched by the value that they compute: its name is the same in both files if
/// one was made from the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// For each operator how often the first and the second file have it, where that differs.
    pub histogram: BTreeMap<String, (usize, usize)>,
    /// Number of operators that are the same in both.
    pub same: usize,
    /// All others, in the order of the files.
    pub changes: Vec<Change>,
}

/// One operator that is not the same in both files.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Change {
    /// Only the first file computes this value.
    Removed(Operator),
    /// Only the second file computes this value.
    Added(Operator),
    /// Both compute it, in different ways.
    Changed {
        /// In the first file.
        before: Operator,
        /// In the second file.
        after: Operator,
    },
}

/// Compares two files.
pub fn difference(a: &Listing, b: &Listing) -> Difference {
    let mut histogram: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (op, count) in a.histogram() {
        histogram.entry(op.to_owned()).or_default().0 = count;
    }
    for (op, count) in b.histogram() {
        histogram.entry(op.to_owned()).or_default().1 = count;
    }
    histogram.retain(|_, (a, b)| a != b);
    let after: HashMap<_, _> = b.operators.iter().map(|operator| (key(operator), operator)).collect();
    let before: HashMap<_, _> = a.operators.iter().map(|operator| (key(operator), operator)).collect();
    let mut same = 0;
    let mut changes = vec![];
    for operator in &a.operators {
        match after.get(key(operator)) {
            Some(other) if alike(operator, other) => same += 1,
            Some(&other) => changes.push(Change::Changed { before: operator.clone(), after: other.clone() }),
            None => changes.push(Change::Removed(operator.clone())),
        }
    }
    let added = b.operators.iter().filter(|operator| !before.contains_key(key(operator)));
    changes.extend(added.map(|operator| Change::Added(operator.clone())));
    Difference { histogram, same, changes }
}

fn key(operator: &Operator) -> &str {
    operator.outputs.first().map_or("", |output| output.name.as_str())
}

/// The name of a node has no meaning.
fn alike(a: &Operator, b: &Operator) -> bool {
    (&a.op, &a.inputs, &a.attributes) == (&b.op, &b.inputs, &b.attributes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::{Numbers, Port};

    fn listing(operators: &[(&str, &str, &str)]) -> Listing {
        let operator = |&(op, input, output): &(&str, &str, &str)| Operator {
            name: String::new(),
            op: op.to_owned(),
            inputs: vec![input.to_owned()],
            outputs: vec![Port { name: output.to_owned(), ty: String::new() }],
            attributes: BTreeMap::new(),
            weight_bytes: 0,
        };
        let operators = operators.iter().map(operator).collect();
        Listing {
            format: String::new(),
            metadata: BTreeMap::new(),
            inputs: vec![],
            outputs: vec![],
            operators,
            tensors: vec![],
            weights: Numbers::Float,
            marks: BTreeMap::new(),
        }
    }

    #[test]
    fn operators_are_matched_by_what_they_compute() {
        let before = listing(&[("Conv", "x", "a"), ("Sigmoid", "a", "b"), ("Mul", "b", "c")]);
        let after = listing(&[("Conv", "x", "a"), ("Silu", "a", "c"), ("Identity", "c", "d")]);
        let difference = difference(&before, &after);
        assert_eq!(difference.same, 1);
        let names = ["Identity", "Mul", "Sigmoid", "Silu"];
        assert!(difference.histogram.keys().eq(names), "{:?}", difference.histogram);
        assert!(matches!(&difference.changes[..],
            [Change::Removed(sigmoid), Change::Changed { before: mul, after: silu }, Change::Added(identity)]
            if sigmoid.op == "Sigmoid" && mul.op == "Mul" && silu.op == "Silu" && identity.op == "Identity"));
    }
}
