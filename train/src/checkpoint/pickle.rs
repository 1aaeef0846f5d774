//! The few opcodes of Python's pickle protocol 2 that a PyTorch state dict needs.
//!
//! Source: Python's `pickletools.py`, and `torch/serialization.py`, `torch/_utils.py` for what is built with them. No crate
//! writes persistent ids, which is how the pickle refers to tensors' elements.

/// The elements of a tensor in a file of their own, and the tensor itself.
pub(super) struct Entry<'a> {
    /// Key in the state dict.
    pub key: &'a str,
    /// Name of PyTorch's class, such as `FloatStorage`.
    pub storage: &'static str,
    /// Number of the file with the elements.
    pub file: usize,
    /// Dimensions; the elements are in row-major order.
    pub shape: &'a [usize],
}

/// The pickle of an `OrderedDict` of tensors.
pub(super) fn state_dict(entries: &[Entry]) -> Vec<u8> {
    let mut pickle = Pickle(vec![0x80, 2]);
    pickle.ordered_dict();
    pickle.tuple_start();
    for entry in entries {
        pickle.text(entry.key);
        pickle.tensor(entry);
    }
    pickle.opcode(b'u'); // SETITEMS
    pickle.opcode(b'.'); // STOP
    pickle.0
}

struct Pickle(Vec<u8>);

impl Pickle {
    fn opcode(&mut self, opcode: u8) {
        self.0.push(opcode);
    }

    /// GLOBAL: a function or class.
    fn global(&mut self, module: &str, name: &str) {
        self.0.extend(format!("c{module}\n{name}\n").into_bytes());
    }

    /// REDUCE: calls the function below the tuple of its arguments.
    fn call(&mut self) {
        self.opcode(b'R');
    }

    /// MARK: what follows, up to [`Self::tuple_end`], is a tuple.
    fn tuple_start(&mut self) {
        self.opcode(b'(');
    }

    /// TUPLE.
    fn tuple_end(&mut self) {
        self.opcode(b't');
    }

    /// BINUNICODE. Keys are far shorter than 4 GiB.
    fn text(&mut self, text: &str) {
        self.opcode(b'X');
        self.0.extend((text.len() as u32).to_le_bytes());
        self.0.extend(text.as_bytes());
    }

    /// BININT or, where that has too few bits, LONG1.
    fn integer(&mut self, value: usize) {
        match i32::try_from(value) {
            Ok(value) => {
                self.opcode(b'J');
                self.0.extend(value.to_le_bytes());
            }
            Err(_) => {
                self.0.extend([0x8a, 8]);
                self.0.extend((value as u64).to_le_bytes());
            }
        }
    }

    fn integers(&mut self, values: impl IntoIterator<Item = usize>) {
        self.tuple_start();
        values.into_iter().for_each(|value| self.integer(value));
        self.tuple_end();
    }

    fn ordered_dict(&mut self) {
        self.global("collections", "OrderedDict");
        self.opcode(b')'); // EMPTY_TUPLE
        self.call();
    }

    /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)`.
    fn tensor(&mut self, entry: &Entry) {
        self.global("torch._utils", "_rebuild_tensor_v2");
        self.tuple_start();
        self.storage(entry);
        self.integer(0);
        self.integers(entry.shape.iter().copied());
        self.integers(strides(entry.shape));
        self.opcode(0x89); // NEWFALSE
        self.ordered_dict();
        self.tuple_end();
        self.call();
    }

    /// BINPERSID of `("storage", class, file, device, element count)`.
    fn storage(&mut self, entry: &Entry) {
        self.tuple_start();
        self.text("storage");
        self.global("torch", entry.storage);
        self.text(&entry.file.to_string());
        self.text("cpu");
        self.integer(entry.shape.iter().product());
        self.tuple_end();
        self.opcode(b'Q');
    }
}

/// Distance of neighbours along each axis, in elements.
fn strides(shape: &[usize]) -> Vec<usize> {
    (1..=shape.len()).map(|next| shape.iter().skip(next).product()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes are those of `pickle.dumps(…, protocol=2)` in Python, less its BINPUTs and with BININT for each integer.
    #[test]
    fn a_state_dict_of_one_scalar() {
        let entry = Entry { key: "n", storage: "LongStorage", file: 0, shape: &[] };
        let expected = [
            &b"\x80\x02ccollections\nOrderedDict\n)R(X\x01\0\0\0nctorch._utils\n_rebuild_tensor_v2\n(("[..],
            b"X\x07\0\0\0storagectorch\nLongStorage\nX\x01\0\0\x000X\x03\0\0\0cpuJ\x01\0\0\0tQJ\0\0\0\0(t(t\x89",
            b"ccollections\nOrderedDict\n)RtRu.",
        ];
        assert_eq!(state_dict(&[entry]), expected.concat());
    }

    #[test]
    fn strides_are_in_elements() {
        assert_eq!(strides(&[2, 3, 4]), [12, 4, 1]);
        assert!(strides(&[]).is_empty());
    }

    #[test]
    fn large_integers_have_more_bits() {
        let mut pickle = Pickle(vec![]);
        pickle.integer(1 << 31);
        assert_eq!(pickle.0, [0x8a, 8, 0, 0, 0, 0x80, 0, 0, 0, 0]);
    }
}
