//! The tensors of a model, an optimiser or a moving average, by name.

use edgeconv_graph as graph;
use edgeconv_graph::DType;
use edgeconv_zoo::weights::Checkpoint;
use indexmap::IndexMap;
use tch::{Kind, TchError, Tensor, no_grad};

/// Named tensors in a fixed order. Those of a model have the keys of official checkpoints, such as
/// `layer_1.0.block.exp_1x1.block.norm.running_mean`.
///
/// A tensor is a handle: what a state was made from sees what is written into it.
#[derive(Debug, Default)]
pub struct State(IndexMap<String, Tensor>);

/// Why tensors could not be copied or converted.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// libtorch refuses.
    #[error("tensor `{name}`: {source}")]
    Torch {
        /// Name of the tensor.
        name: String,
        /// What it says.
        source: TchError,
    },
    /// A tensor has elements of a type that has no place here.
    #[error("tensor `{name}` has elements of type {found:?}: expected {expected}")]
    ElementType {
        /// Name of the tensor.
        name: String,
        /// Its element type.
        found: Kind,
        /// What would do.
        expected: &'static str,
    },
    /// Two states do not have the same tensors.
    #[error("the tensors do not fit those of this run: {}; use the recipe that they were trained with", .0.join(", "))]
    Mismatch(Vec<String>),
}

impl State {
    /// The tensor of that name.
    pub fn get(&self, name: &str) -> Option<&Tensor> {
        self.0.get(name)
    }

    /// Adds a tensor at the end, or puts it in the place of the one with that name.
    pub fn insert(&mut self, name: impl Into<String>, tensor: Tensor) {
        self.0.insert(name.into(), tensor);
    }

    /// Names and tensors in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Tensor)> {
        self.0.iter().map(|(name, tensor)| (name.as_str(), tensor))
    }

    /// Names and tensors in order; writing into a tensor changes the model that it belongs to.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut Tensor)> {
        self.0.iter_mut().map(|(name, tensor)| (name.as_str(), tensor))
    }

    /// Number of tensors.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no tensors.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same tensors under other handles.
    pub fn shallow_clone(&self) -> Self {
        self.iter().map(|(name, tensor)| (name.to_owned(), tensor.shallow_clone())).collect()
    }

    /// Copies of all tensors, which need no gradients.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn deep_copy(&self) -> Result<Self, StateError> {
        let copy = |(name, tensor): (&str, &Tensor)| {
            let mut copy =
                tensor.f_detach().and_then(|tensor| tensor.f_empty_like()).map_err(|source| torch(name, source))?;
            no_grad(|| copy.f_copy_(tensor)).map_err(|source| torch(name, source))?;
            Ok((name.to_owned(), copy))
        };
        self.iter().map(copy).collect()
    }

    /// Copies the elements of `source` into the tensors here, wherever those are.
    ///
    /// # Errors
    /// If names, shapes or element types differ; nothing is copied then.
    pub fn copy_from(&mut self, source: &Self) -> Result<(), StateError> {
        self.check_same_tensors(source)?;
        for (name, tensor) in &mut self.0 {
            let Some(source) = source.get(name) else { continue };
            no_grad(|| tensor.f_copy_(source)).map_err(|source| torch(name, source))?;
        }
        Ok(())
    }

    /// Checks that `other` has tensors of the same names, shapes and element types, in whatever order.
    ///
    /// # Errors
    /// If it has not; the error names the first few that differ.
    pub fn check_same_tensors(&self, other: &Self) -> Result<(), StateError> {
        let missing = self.iter().filter(|(name, _)| other.get(name).is_none());
        let unexpected = other.iter().filter(|(name, _)| self.get(name).is_none());
        let both = self.iter().filter_map(|(name, here)| Some((name, here, other.get(name)?)));
        let different = both.filter(|(_, here, there)| (here.kind(), here.size()) != (there.kind(), there.size()));
        let all: Vec<_> = missing
            .map(|(name, _)| format!("`{name}` is missing"))
            .chain(unexpected.map(|(name, _)| format!("`{name}` is unexpected")))
            .chain(different.map(|(name, here, there)| {
                format!("`{name}` must be {}, found {}", description(here), description(there))
            }))
            .collect();
        match all.len() {
            0 => Ok(()),
            count => {
                let mut listed: Vec<_> = all.into_iter().take(5).collect();
                listed.extend((count > 5).then(|| format!("and {} more", count - 5)));
                Err(StateError::Mismatch(listed))
            }
        }
    }

    /// What [`edgeconv_zoo::weights::read`] found.
    ///
    /// # Errors
    /// If libtorch has no memory for it.
    pub fn from_checkpoint(checkpoint: &Checkpoint) -> Result<Self, StateError> {
        let tensor = |(name, tensor): (&String, &graph::Tensor)| Ok((name.clone(), from_graph(name, tensor)?));
        checkpoint.tensors.iter().map(tensor).collect()
    }
}

impl IntoIterator for State {
    type Item = (String, Tensor);
    type IntoIter = indexmap::map::IntoIter<String, Tensor>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(String, Tensor)> for State {
    /// Of several tensors with one name the last counts, in the place of the first.
    fn from_iter<I: IntoIterator<Item = (String, Tensor)>>(tensors: I) -> Self {
        Self(tensors.into_iter().collect())
    }
}

/// What libtorch calls an element type; `None` if it does not compute with it.
pub(crate) fn kind_of(dtype: DType) -> Option<Kind> {
    Some(match dtype {
        DType::F32 => Kind::Float,
        DType::F64 => Kind::Double,
        DType::F16 => Kind::Half,
        DType::BF16 => Kind::BFloat16,
        DType::I64 => Kind::Int64,
        DType::I32 => Kind::Int,
        DType::I16 => Kind::Int16,
        DType::I8 => Kind::Int8,
        DType::U8 => Kind::Uint8,
        DType::Bool => Kind::Bool,
        _ => return None,
    })
}

/// A tensor of a graph as one of libtorch. `name` is for the error.
///
/// # Errors
/// If libtorch has no memory for it.
pub fn from_graph(name: &str, tensor: &graph::Tensor) -> Result<Tensor, StateError> {
    let found = tensor.dtype();
    let kind = kind_of(found)
        .ok_or_else(|| torch(name, TchError::Kind(format!("libtorch computes with no elements of type {found}"))))?;
    let shape: Vec<_> = tensor.shape().iter().map(|&length| length as i64).collect();
    Tensor::f_from_data_size(tensor.bytes(), &shape, kind).map_err(|source| torch(name, source))
}

/// A tensor of libtorch as one of a graph. `name` is for the error.
///
/// # Errors
/// If its elements are neither `f32` nor `i64`.
pub fn to_graph(name: &str, tensor: &Tensor) -> Result<graph::Tensor, StateError> {
    fn elements<T: tch::kind::Element + Copy>(name: &str, tensor: &Tensor) -> Result<Vec<T>, StateError> {
        let mut elements = vec![T::ZERO; tensor.numel()];
        tensor.f_copy_data(&mut elements, tensor.numel()).map_err(|source| torch(name, source))?;
        Ok(elements)
    }
    let converted = match tensor.kind() {
        Kind::Float => graph::Tensor::f32(shape(tensor), elements(name, tensor)?),
        Kind::Int64 => graph::Tensor::i64(shape(tensor), elements(name, tensor)?),
        found => return Err(StateError::ElementType { name: name.into(), found, expected: "float32 or int64" }),
    };
    converted.map_err(|error| torch(name, TchError::Shape(error.to_string())))
}

/// Dimensions.
pub(crate) fn shape(tensor: &Tensor) -> Vec<usize> {
    tensor.size().into_iter().map(|length| length.unsigned_abs() as usize).collect()
}

/// Elements in row-major order, as the machine stores them.
pub(crate) fn bytes(name: &str, tensor: &Tensor) -> Result<Vec<u8>, StateError> {
    let count = tensor.numel();
    let mut bytes = vec![0; count * tensor.kind().elt_size_in_bytes()];
    tensor.f_copy_data_u8(&mut bytes, count).map_err(|source| torch(name, source))?;
    Ok(bytes)
}

/// The error of a tensor.
pub(crate) fn torch(name: &str, source: TchError) -> StateError {
    StateError::Torch { name: name.to_owned(), source }
}

fn description(tensor: &Tensor) -> String {
    format!("{:?}{:?}", tensor.kind(), tensor.size())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let weight = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0]).reshape([2, 2]).set_requires_grad(true);
        [("weight", weight), ("count", Tensor::from(7_i64))]
            .map(|(name, tensor)| (name.to_owned(), tensor))
            .into_iter()
            .collect()
    }

    #[test]
    fn a_deep_copy_is_independent_and_needs_no_gradient() {
        let original = state();
        let copy = original.deep_copy().unwrap();
        let _ = no_grad(|| original.get("weight").unwrap().shallow_clone().fill_(0.0));
        let weight = copy.get("weight").unwrap();
        assert_eq!(Vec::<f32>::try_from(weight.reshape(-1)).unwrap(), [1.0, 2.0, 3.0, 4.0]);
        assert!(!weight.requires_grad());
        assert_eq!(copy.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["weight", "count"]);
    }

    #[test]
    fn copying_writes_into_the_model_whatever_the_order() {
        let model = state();
        let source: State = [
            ("count".to_owned(), Tensor::from(8_i64)),
            ("weight".to_owned(), Tensor::from_slice(&[5f32, 6.0, 7.0, 8.0]).reshape([2, 2])),
        ]
        .into_iter()
        .collect();
        model.shallow_clone().copy_from(&source).unwrap();
        let weight = model.get("weight").unwrap();
        assert_eq!(to_graph("weight", weight).unwrap().as_f32(), Some(&[5.0, 6.0, 7.0, 8.0][..]));
        assert!(weight.requires_grad());
        assert_eq!(model.get("count").unwrap().int64_value(&[]), 8);
    }

    #[test]
    fn what_does_not_fit_is_listed_and_nothing_is_copied() {
        let mut model = state();
        let source: State =
            [("weight", Tensor::zeros([2, 3], (Kind::Float, tch::Device::Cpu))), ("bias", Tensor::from(0f32))]
                .map(|(name, tensor)| (name.to_owned(), tensor))
                .into_iter()
                .collect();
        let error = model.copy_from(&source).unwrap_err().to_string();
        assert_eq!(
            error,
            "the tensors do not fit those of this run: `count` is missing, `bias` is unexpected, `weight` must be \
             Float[2, 2], found Float[2, 3]; use the recipe that they were trained with"
        );
        assert_eq!(model.get("count").unwrap().int64_value(&[]), 7);
    }

    #[test]
    fn tensors_go_to_graphs_and_back() {
        for tensor in [
            graph::Tensor::f32([2, 3], vec![1.0, -0.5, f32::MIN_POSITIVE, 3.0, 4.0, 1e30]).unwrap(),
            graph::Tensor::integer(i64::MAX),
        ] {
            assert_eq!(to_graph("t", &from_graph("t", &tensor).unwrap()).unwrap(), tensor);
        }
        let error = to_graph("t", &Tensor::from(true)).unwrap_err().to_string();
        assert_eq!(error, "tensor `t` has elements of type Bool: expected float32 or int64");
    }
}
