//! Dimensions of a model's inputs that are open: one file for all sizes.
//!
//! Written as `1x3xHxW`, `?x3x224x224` or `1..8x3x64..512:32x64..512:32`, with a name in front of a range where two dimensions are one:
//! `N:1..8`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dim {
    /// Of this length.
    Fixed(usize),
    /// Of any of these lengths.
    Open(Open),
}

/// The lengths that a dimension may have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Open {
    /// Dimensions of one name have one length.
    pub name: Option<String>,
    /// The least one, at least 1.
    pub least: usize,
    /// The greatest one; `None`: any.
    pub most: Option<usize>,
    /// All are multiples of this.
    pub step: usize,
}

impl Open {
    /// Any length.
    pub const ANY: Self = Self { name: None, least: 1, most: None, step: 1 };

    /// Whether a dimension may have this length.
    pub fn allows(&self, length: usize) -> bool {
        length >= self.least && self.most.is_none_or(|most| length <= most) && length % self.step == 0
    }
}

impl Dim {
    /// Whether the dimension may have this length.
    pub fn allows(&self, length: usize) -> bool {
        match self {
            Self::Fixed(fixed) => *fixed == length,
            Self::Open(open) => open.allows(length),
        }
    }
}

impl fmt::Display for Dim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = match self {
            Self::Fixed(length) => return write!(f, "{length}"),
            Self::Open(open) => open,
        };
        let is_any = Open { name: None, ..open.clone() } == Open::ANY;
        match (&open.name, is_any) {
            (None, true) => return f.write_str("?"),
            (Some(name), true) => return f.write_str(name),
            (Some(name), false) => write!(f, "{name}:")?,
            (None, false) => {}
        }
        write!(f, "{}..", open.least)?;
        open.most.map_or(Ok(()), |most| write!(f, "{most}"))?;
        if open.step == 1 { Ok(()) } else { write!(f, ":{}", open.step) }
    }
}

impl FromStr for Dim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "`{text}` is no dimension: expected a length, `?`, a name, or lengths such as 1..8, 64.. or 64..512:32"
            )
        };
        if text == "?" {
            return Ok(Self::Open(Open::ANY));
        }
        if let Ok(length) = text.parse() {
            return Ok(Self::Fixed(length));
        }
        let (name, range) = if text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            let (name, range) = text.split_once(':').map_or((text, None), |(name, range)| (name, Some(range)));
            (Some(name.to_owned()), range)
        } else {
            (None, Some(text))
        };
        if name.as_ref().is_some_and(|name| !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
            return Err(wrong());
        }
        let any = Open { name, ..Open::ANY };
        let Some(range) = range else { return Ok(Self::Open(any)) };
        let (range, step) = range.split_once(':').map_or((range, "1"), |(range, step)| (range, step));
        let (least, most) = range.split_once("..").ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<usize>().ok().filter(|&number| number > 0).ok_or_else(wrong);
        let least = if least.is_empty() { 1 } else { number(least)? };
        let most = if most.is_empty() { None } else { Some(number(most)?) };
        let open = Open { least, most, step: number(step)?, ..any };
        if open.lengths().next().is_none() {
            return Err(format!("`{text}`: there is no such length"));
        }
        Ok(Self::Open(open))
    }
}

impl Open {
    /// All lengths, in ascending order; without an end if there is none.
    pub fn lengths(&self) -> impl Iterator<Item = usize> {
        let most = self.most.unwrap_or(usize::MAX);
        let first = self.least.div_ceil(self.step).saturating_mul(self.step);
        (first..=most).step_by(self.step)
    }
}

/// The dimensions of an input, outermost first.
pub type OpenShape = Vec<Dim>;

/// The dimensions of all inputs of a model, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenShapes(pub BTreeMap<String, OpenShape>);

/// As text, by input.
impl Serialize for OpenShapes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, shape)| (name, shape_text(shape))))
    }
}

/// Where files keep which of their inputs' dimensions are open.
pub const OPEN_KEY: &str = "edgeconv.open";

impl OpenShapes {
    /// What the metadata of a file say; `None` if nothing is open in it, or it is not one of ours.
    pub fn noted(metadata: &BTreeMap<String, String>) -> Option<Self> {
        metadata.get(OPEN_KEY)?.parse().ok()
    }

    /// Notes it in the metadata of a file.
    pub fn note(&self, metadata: &mut BTreeMap<String, String>) {
        metadata.insert(OPEN_KEY.to_owned(), self.to_string());
    }

    /// The same with one set of lengths for all dimensions of a name: those that each of them allows.
    ///
    /// # Errors
    /// Which name has none.
    pub fn agreed(mut self) -> Result<Self, String> {
        let mut names: BTreeMap<String, Open> = BTreeMap::new();
        for dim in self.0.values().flatten() {
            let Dim::Open(open @ Open { name: Some(name), .. }) = dim else { continue };
            let agreed = names.entry(name.clone()).or_insert_with(|| Open { name: Some(name.clone()), ..Open::ANY });
            agreed.least = agreed.least.max(open.least);
            agreed.most = agreed.most.into_iter().chain(open.most).min();
            agreed.step = agreed.step / gcd(agreed.step, open.step) * open.step;
        }
        if let Some((name, _)) = names.iter().find(|(_, open)| open.lengths().next().is_none()) {
            return Err(format!("no length is left for {name}, whose bounds exclude each other: {self}"));
        }
        for dim in self.0.values_mut().flatten() {
            if let Dim::Open(open) = dim
                && let Some(agreed) = open.name.as_ref().and_then(|name| names.get(name))
            {
                *open = agreed.clone();
            }
        }
        Ok(self)
    }

    /// Gives all dimensions that have the name of one of these the length at its place.
    pub fn fix_names(&mut self, dims: &[Dim], lengths: &[usize]) {
        for (dim, &length) in dims.iter().zip(lengths) {
            let Dim::Open(Open { name: Some(name), .. }) = dim else { continue };
            for other in self.0.values_mut().flatten() {
                if matches!(other, Dim::Open(open) if open.name.as_ref() == Some(name)) {
                    *other = Dim::Fixed(length);
                }
            }
        }
    }

    /// Whether any dimension is open.
    pub fn is_open(&self) -> bool {
        self.0.values().flatten().any(|dim| matches!(dim, Dim::Open(_)))
    }

    /// What the lengths of open dimensions are multiples of, added up: the less, the more lengths are possible.
    pub fn steps(&self) -> usize {
        let open = self.0.values().flatten().filter_map(|dim| match dim {
            Dim::Open(open) => Some(open.step),
            Dim::Fixed(_) => None,
        });
        open.sum()
    }

    /// Whether more is open than the number of samples.
    pub fn has_open_maps(&self) -> bool {
        self.0.values().flat_map(|shape| shape.iter().skip(1)).any(|dim| matches!(dim, Dim::Open(_)))
    }

    /// The name under which the length of a dimension is one with others.
    pub fn symbol(input: &str, axis: usize, open: &Open) -> String {
        open.name.clone().unwrap_or_else(|| format!("{input}[{axis}]"))
    }

    /// The shapes of all inputs with a length for each open dimension, one for all of a name: by the place of the name among all, and its first axis.
    pub fn with_lengths(&self, length: impl Fn(usize, usize, &Open) -> usize) -> BTreeMap<String, Vec<usize>> {
        let mut places: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut shapes = BTreeMap::new();
        for (input, shape) in &self.0 {
            let mut lengths = Vec::with_capacity(shape.len());
            for (axis, dim) in shape.iter().enumerate() {
                lengths.push(match dim {
                    Dim::Fixed(length) => *length,
                    Dim::Open(open) => {
                        let count = places.len();
                        let place = places.entry(Self::symbol(input, axis, open)).or_insert((count, axis));
                        length(place.0, place.1, open)
                    }
                });
            }
            shapes.insert(input.clone(), lengths);
        }
        shapes
    }

    /// Checks the shapes that inputs are to have.
    ///
    /// # Errors
    /// Which one does not fit, and what would.
    pub fn expect(&self, shapes: &BTreeMap<String, Vec<usize>>) -> Result<(), String> {
        let mut lengths: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        for (input, shape) in shapes {
            let Some(open) = self.0.get(input) else { continue };
            if open.len() != shape.len() || !open.iter().zip(shape).all(|(dim, &length)| dim.allows(length)) {
                return Err(format!("`{input}` is {}, the model takes {}", lengths_text(shape), shape_text(open)));
            }
            for (axis, (dim, &length)) in open.iter().zip(shape).enumerate() {
                let Dim::Open(open) = dim else { continue };
                let symbol = Self::symbol(input, axis, open);
                let (first, other) = *lengths.entry(symbol.clone()).or_insert((length, input));
                if first != length {
                    return Err(format!(
                        "{symbol} is {first} in `{other}` and {length} in `{input}`, expected one length"
                    ));
                }
            }
        }
        Ok(())
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

/// Lengths as users write them.
pub fn lengths_text(shape: &[usize]) -> String {
    shape.iter().map(ToString::to_string).collect::<Vec<_>>().join("x")
}

/// A shape as users write it.
pub fn shape_text(shape: &[Dim]) -> String {
    shape.iter().map(ToString::to_string).collect::<Vec<_>>().join("x")
}

/// Reads a shape such as `Nx3x64..512:32xW`; `x` stands between dimensions only, so names have none.
///
/// # Errors
/// Which dimension can't be read.
pub fn parse_shape(text: &str) -> Result<OpenShape, String> {
    if text.is_empty() {
        return Ok(vec![]);
    }
    text.split('x').map(str::parse).collect()
}

impl fmt::Display for OpenShapes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inputs: Vec<_> = self.0.iter().map(|(name, shape)| format!("{name}={}", shape_text(shape))).collect();
        f.write_str(&inputs.join(" "))
    }
}

impl FromStr for OpenShapes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut shapes = BTreeMap::new();
        // Names may have spaces.
        let mut name = String::new();
        for word in text.split(' ').filter(|_| !text.is_empty()) {
            match word.rsplit_once('=') {
                Some((end, shape)) => {
                    shapes.insert(std::mem::take(&mut name) + end, parse_shape(shape)?);
                }
                None => name = name + word + " ",
            }
        }
        if name.is_empty() { Ok(Self(shapes)) } else { Err(format!("`{}` is not NAME=SHAPE", name.trim_end())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_as_they_are_written() {
        for text in ["1x3x224x224", "?x3xHxW", "N:1..8x3x64..512:32x64..:32", "", "5"] {
            assert_eq!(parse_shape(text).map(|shape| shape_text(&shape)).as_deref(), Ok(text));
        }
        for text in ["1xx2", "8..1", "1..8:16", "a-b", "-1", "0..0", "1..8:0", "N:", "3."] {
            assert!(parse_shape(text).is_err(), "{text}");
        }
    }

    #[test]
    fn dimensions_of_one_name_get_one_length() {
        let shapes: OpenShapes = "a=Nx3xH b=NxHx?".parse().unwrap();
        let shapes = shapes.with_lengths(|place, axis, _| 100 * axis + place);
        assert_eq!(shapes, [("a".to_owned(), vec![0, 3, 201]), ("b".to_owned(), vec![0, 201, 202])].into());
    }

    #[test]
    fn dimensions_of_one_name_have_the_bounds_of_all() {
        let agreed = |text: &str| text.parse::<OpenShapes>().unwrap().agreed().map(|shapes| shapes.to_string());
        assert_eq!(agreed("a=N:1..8x3xH b=Nx3xH:64..:32").as_deref(), Ok("a=N:1..8x3xH:64..:32 b=N:1..8x3xH:64..:32"));
        assert_eq!(agreed("a=N:2..:2 b=N:1..9:3").as_deref(), Ok("a=N:2..9:6 b=N:2..9:6"));
        assert!(agreed("a=N:1..2 b=N:8..9").unwrap_err().contains("no length is left for N"));
    }

    #[test]
    fn lengths_fit_or_not() {
        let shapes: OpenShapes = "x=N:1..8x3x64..512:32 y=Nx4".parse().unwrap();
        let expect = |x: [usize; 3], y: [usize; 2]| {
            shapes.expect(&[("x".to_owned(), x.to_vec()), ("y".to_owned(), y.to_vec())].into())
        };
        assert_eq!(expect([2, 3, 96], [2, 4]), Ok(()));
        assert_eq!(expect([9, 3, 96], [9, 4]).unwrap_err(), "`x` is 9x3x96, the model takes N:1..8x3x64..512:32");
        assert!(expect([2, 3, 100], [2, 4]).is_err());
        assert!(expect([2, 3, 96], [3, 4]).unwrap_err().contains("N is 2"));
        assert_eq!(shapes.to_string().parse(), Ok(shapes));
        for text in ["my picture=?x3 y=1..8", "a=b=Nx2"] {
            assert_eq!(text.parse::<OpenShapes>().unwrap().to_string(), text);
        }
        assert_eq!("a=?x3 b".parse::<OpenShapes>().unwrap_err(), "`b` is not NAME=SHAPE");
    }
}
