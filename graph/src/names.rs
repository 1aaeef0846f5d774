//! Unique names.

use std::collections::{HashMap, HashSet};

/// The names in use in a graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllNames {
    pub values: Names,
    pub nodes: Names,
}

/// Names in use, each by one: those of values or nodes in a graph, or in one of a file's name spaces.
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// For names that were wanted twice: numbers below this one are taken.
    free: HashMap<String, u32>,
}

impl Names {
    /// Takes exactly this name; `false` if it is taken already.
    pub fn claim(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes a name; where it is taken already, the first free number is appended to it.
    pub fn take(&mut self, name: &mut String) {
        if self.taken.contains(name.as_str()) {
            let number = self.free.entry(name.clone()).or_insert(2);
            let mut numbered = format!("{name}#{number}");
            while self.taken.contains(&numbered) {
                *number += 1;
                numbered = format!("{name}#{number}");
            }
            *name = numbered;
        }
        self.taken.insert(name.clone());
    }

    /// Gives a name back.
    pub fn release(&mut self, name: &str) {
        self.taken.remove(name);
        let Some((plain, number)) = name.rsplit_once('#') else { return };
        if let (Some(free), Ok(number)) = (self.free.get_mut(plain), number.parse::<u32>()) {
            *free = number.min(*free);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_free_number_is_appended() {
        let mut names = Names::default();
        let take = |names: &mut Names| {
            let mut name = "a".to_owned();
            names.take(&mut name);
            name
        };
        assert!(names.claim("a"));
        assert!(!names.claim("a"));
        assert_eq!([(); 3].map(|()| take(&mut names)), ["a#2", "a#3", "a#4"]);
        names.release("a#2");
        assert_eq!([(); 2].map(|()| take(&mut names)), ["a#2", "a#5"]);
        names.release("a");
        assert_eq!(take(&mut names), "a");
    }
}
