//! Constants by what they hold: those that are equal are stored once.

use std::hash::{Hash, Hasher};

/// The bytes of a constant as a key. Only their beginning is hashed, which tells trained weights apart; all of them are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content<'a>(pub &'a [u8]);

/// Bytes that are hashed.
const BEGINNING: usize = 256;

impl Hash for Content<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
        self.0[..self.0.len().min(BEGINNING)].hash(state);
    }
}

impl<'a> Content<'a> {
    /// That of a list of numbers.
    pub fn of<T: bytemuck::NoUninit>(numbers: &'a [T]) -> Self {
        Self(bytemuck::cast_slice(numbers))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn what_differs_in_one_byte_is_not_equal() {
        let (zeros, mut other) = ([0_u8; 1000], [0_u8; 1000]);
        other[999] = 1;
        let contents: HashSet<_> = [&zeros[..], &other, &zeros[..999], &[0; 1000]].map(Content).into_iter().collect();
        assert_eq!(contents.len(), 3);
    }
}
