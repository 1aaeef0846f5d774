//! Values that are known when a model is read at one size of its inputs, but are others at other sizes.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use edgeconv_graph::Tensor;

/// Most elements that are told apart.
const FEW: usize = 64;

/// What is kept of a value at one size, to compare it with the same at others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownValue {
    shape: Vec<usize>,
    content: u64,
    /// The bytes of each element, if they are few.
    elements: Vec<Vec<u8>>,
}

impl KnownValue {
    /// Of its elements.
    pub fn of(tensor: &Tensor) -> Self {
        let mut hasher = DefaultHasher::new();
        tensor.bytes().hash(&mut hasher);
        let width = tensor.bytes().len() / tensor.len().max(1);
        let elements = tensor.bytes().chunks(width.max(1)).map(<[u8]>::to_vec);
        let elements = if tensor.len() <= FEW { elements.collect() } else { vec![] };
        Self { shape: tensor.shape().to_vec(), content: hasher.finish(), elements }
    }
}

/// The values of a model that differ between sizes, by name.
#[derive(Debug, Clone, Default)]
pub struct SizedValues(HashMap<String, SizedValue>);

#[derive(Debug, Clone, Default)]
struct SizedValue {
    /// Whether it has another shape at each size.
    is_table: bool,
    /// Which elements differ, if they are few.
    elements: Vec<bool>,
}

impl SizedValues {
    /// What differs between what is known at several sizes.
    pub fn of(sizes: impl IntoIterator<Item = HashMap<String, KnownValue>>) -> Self {
        let mut first: HashMap<String, KnownValue> = HashMap::new();
        let mut differing: HashMap<String, SizedValue> = HashMap::new();
        for (name, known) in sizes.into_iter().flatten() {
            let Some(first) = first.get(&name) else {
                first.insert(name, known);
                continue;
            };
            if *first != known {
                let value = differing.entry(name).or_default();
                value.is_table |= first.shape != known.shape;
                value.elements.resize(first.elements.len(), false);
                let differs = first.elements.iter().zip(&known.elements).map(|(a, b)| a != b);
                value.elements.iter_mut().zip(differs).for_each(|(value, differs)| *value |= differs);
            }
        }
        Self(differing)
    }

    /// Whether a value differs.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether it has another shape at each size: not numbers, but a table of them.
    pub fn is_table(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value.is_table)
    }

    /// Whether one of a few elements differs.
    pub fn differs(&self, name: &str, element: usize) -> bool {
        self.0.get(name).and_then(|value| value.elements.get(element)).copied().unwrap_or(false)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests fail by panicking
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart_by_elements_and_shapes() {
        let at = |height: i64| {
            let values = [
                ("shape", Tensor::indices(vec![1, 3, height])),
                ("channels", Tensor::indices(vec![3])),
                ("rows", Tensor::indices((0..height).collect())),
            ];
            values.map(|(name, tensor)| (name.to_owned(), KnownValue::of(&tensor))).into()
        };
        let sized = SizedValues::of([at(5), at(7), at(7)]);
        assert_eq!(["shape", "channels", "rows"].map(|name| sized.has(name)), [true, false, true]);
        assert_eq!(["shape", "channels", "rows"].map(|name| sized.is_table(name)), [false, false, true]);
        assert_eq!([0, 1, 2].map(|element| sized.differs("shape", element)), [false, false, true]);
    }
}
