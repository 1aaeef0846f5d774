use std::collections::HashSet;

/// The names that a file uses already, in one of its name spaces (such as ONNX's values and nodes).
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Takes exactly this name; `false` if it is gone.
    pub(super) fn claim(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// `name`, or with the first free number appended if it is taken.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 1;
        while !self.claim(&candidate) {
            number += 1;
            candidate = format!("{name}#{number}");
        }
        candidate
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut names = Names::default();
        assert!(names.claim("a"));
        assert!(!names.claim("a"));
        assert_eq!([names.unique("a"), names.unique("a"), names.unique("b")], ["a#2", "a#3", "b"]);
    }
}
