//! A list whose elements keep their places.

use std::ops::{Index, IndexMut};

/// Elements by a number that they keep for life; that of a removed one is not used again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slots<T>(Vec<Option<T>>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<T> Slots<T> {
    /// The number that the next element gets.
    pub fn len(&self) -> u32 {
        self.0.len() as u32
    }

    /// Adds an element; its number.
    pub fn push(&mut self, element: T) -> u32 {
        self.0.push(Some(element));
        self.len() - 1
    }

    /// Takes an element out, if it is still there.
    pub fn remove(&mut self, id: u32) -> Option<T> {
        self.0.get_mut(id as usize)?.take()
    }

    /// An element, if it is still there.
    pub fn get(&self, id: u32) -> Option<&T> {
        self.0.get(id as usize)?.as_ref()
    }

    /// An element, if it is still there.
    pub fn get_mut(&mut self, id: u32) -> Option<&mut T> {
        self.0.get_mut(id as usize)?.as_mut()
    }

    /// All elements with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(&self.0).filter_map(|(id, element)| Some((id, element.as_ref()?)))
    }

    /// All elements.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flatten()
    }
}

impl<T> Index<u32> for Slots<T> {
    type Output = T;

    fn index(&self, id: u32) -> &T {
        match &self.0[id as usize] {
            Some(element) => element,
            None => unreachable!("{id} was removed from the graph"),
        }
    }
}

impl<T> IndexMut<u32> for Slots<T> {
    fn index_mut(&mut self, id: u32) -> &mut T {
        match &mut self.0[id as usize] {
            Some(element) => element,
            None => unreachable!("{id} was removed from the graph"),
        }
    }
}
