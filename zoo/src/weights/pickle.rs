//! Which Python callables a pickle names, found without running it.
//!
//! Source: the opcode table in CPython's `pickletools.py`.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use edgeconv_files::{Budget, TooMuch};

/// What stands in the way of trusting a pickle.
#[derive(Debug)]
pub(super) enum Fault {
    /// It names a callable that no state dict needs.
    Callable(String),
    /// It is not a complete pickle.
    Malformed(String),
    /// It makes more objects than fit into the memory that the file may take.
    Memory(TooMuch),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Malformed(format!("the pickle stops in the middle ({error})"))
    }
}

/// Bytes that an object of a pickle takes in its reader, which makes at most one for each opcode.
const OBJECT: u64 = 128;

/// Follows one pickle to its end, leaving `reader` just behind it.
///
/// # Errors
/// If its objects don't fit into the memory that the file may take, or it names a callable other than those that rebuild tensors, numbers and plain containers. Nothing is ever called
/// here; but Python would call it, so the file is not what it claims to be.
pub(super) fn check(reader: &mut impl BufRead, budget: &Budget) -> Result<(), Fault> {
    let mut walker = Walker::default();
    while walker.step(reader)? {
        budget.take(OBJECT).map_err(Fault::Memory)?;
    }
    Ok(())
}

#[derive(Default)]
struct Walker {
    /// The strings that are known to lie on top of the stack, topmost last (two are enough). STACK_GLOBAL takes its module
    /// and name from there; Python's pickler always puts them there right before it.
    strings: Vec<Rc<str>>,
    /// Memo entries; `None` if the entry is not a string.
    memo: HashMap<u32, Option<Rc<str>>>,
}

impl Walker {
    /// Follows one opcode; false after the last.
    fn step(&mut self, reader: &mut impl BufRead) -> Result<bool, Fault> {
        let [opcode] = array(reader)?;
        match opcode {
            b'.' => return Ok(false),
            // PROTO, FRAME: say nothing about the stack.
            0x80 => skip(reader, 1)?,
            0x95 => skip(reader, 8)?,
            // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8
            b'X' => self.push_string(reader, 4)?,
            0x8c => self.push_string(reader, 1)?,
            0x8d => self.push_string(reader, 8)?,
            // MEMOIZE, PUT, BINPUT, LONG_BINPUT
            0x94 => self.put(self.memo.len() as u32),
            b'p' => self.put(index(&line(reader)?)?),
            b'q' => self.put(length(reader, 1)? as u32),
            b'r' => self.put(length(reader, 4)? as u32),
            // GET, BINGET, LONG_BINGET
            b'g' => self.get(index(&line(reader)?)?),
            b'h' => self.get(length(reader, 1)? as u32),
            b'j' => self.get(length(reader, 4)? as u32),
            // GLOBAL, INST, STACK_GLOBAL
            b'c' | b'i' => {
                let (module, name) = (line(reader)?, line(reader)?);
                self.strings.clear();
                check_callable(&module, &name)?;
            }
            0x93 => match std::mem::take(&mut self.strings).as_slice() {
                [module, name] => check_callable(module, name)?,
                _ => return Err(Fault::Callable("a callable whose name is computed".into())),
            },
            other => {
                self.strings.clear();
                skip_argument(reader, other)?;
            }
        }
        Ok(true)
    }

    fn push_string(&mut self, reader: &mut impl BufRead, width: usize) -> Result<(), Fault> {
        let length = length(reader, width)?;
        let mut bytes = vec![];
        if reader.by_ref().take(length).read_to_end(&mut bytes)? as u64 != length {
            return Err(Fault::Malformed("the pickle stops inside a string".into()));
        }
        self.push(String::from_utf8_lossy(&bytes).into());
        Ok(())
    }

    fn push(&mut self, string: Rc<str>) {
        if self.strings.len() == 2 {
            self.strings.remove(0);
        }
        self.strings.push(string);
    }

    fn put(&mut self, index: u32) {
        self.memo.insert(index, self.strings.last().cloned());
    }

    fn get(&mut self, index: u32) {
        match self.memo.get(&index) {
            Some(Some(string)) => self.push(string.clone()),
            _ => self.strings.clear(),
        }
    }
}

/// Skips the argument of an opcode that neither names a callable nor leaves a Unicode string on the stack.
fn skip_argument(reader: &mut impl BufRead, opcode: u8) -> Result<(), Fault> {
    match opcode {
        // No argument: marks, containers, stack and build operations, None, True, False, out-of-band buffers.
        b'('
        | b'0'
        | b'1'
        | b'2'
        | b'N'
        | b'R'
        | b'b'
        | b'd'
        | b'}'
        | b'e'
        | b']'
        | b'l'
        | b't'
        | b')'
        | b's'
        | b'u'
        | b'a'
        | b'o'
        | b'Q'
        | 0x81
        | 0x85..=0x89
        | 0x8f..=0x92
        | 0x97
        | 0x98 => Ok(()),
        // INT, LONG, FLOAT, STRING, UNICODE, PERSID
        b'I' | b'L' | b'F' | b'S' | b'V' | b'P' => line(reader).map(drop),
        // BININT1, EXT1; BININT2, EXT2; BININT, EXT4; BINFLOAT
        b'K' | 0x82 => skip(reader, 1),
        b'M' | 0x83 => skip(reader, 2),
        b'J' | 0x84 => skip(reader, 4),
        b'G' => skip(reader, 8),
        // SHORT_BINSTRING, SHORT_BINBYTES, LONG1; BINSTRING, BINBYTES, LONG4; BINBYTES8, BYTEARRAY8
        b'U' | b'C' | 0x8a => skip_counted(reader, 1),
        b'T' | b'B' | 0x8b => skip_counted(reader, 4),
        0x8e | 0x96 => skip_counted(reader, 8),
        other => Err(Fault::Malformed(format!("0x{other:02x} is not a pickle opcode"))),
    }
}

fn check_callable(module: &str, name: &str) -> Result<(), Fault> {
    let identifier = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '<' | '>'));
    if !identifier(module) || !identifier(name) {
        return Err(Fault::Malformed("the pickle names something that no Python module can hold".into()));
    }
    if is_data(module, name) { Ok(()) } else { Err(Fault::Callable(format!("{module}.{name}"))) }
}

/// Whether `module.name` only rebuilds data: tensors, storages, numbers, and plain containers around them.
fn is_data(module: &str, name: &str) -> bool {
    let storage = name.ends_with("Storage") && name.chars().all(char::is_alphanumeric);
    match module {
        "collections" => matches!(name, "OrderedDict" | "Counter"),
        "builtins" | "__builtin__" => matches!(name, "set" | "frozenset" | "bytearray" | "complex"),
        "_codecs" => name == "encode",
        "argparse" => name == "Namespace",
        "pathlib" | "pathlib._local" => name.ends_with("Path"),
        "torch" => storage || is_dtype(name) || matches!(name, "Size" | "Tensor" | "device"),
        "torch.storage" | "torch.cuda" => storage,
        "torch._utils" => matches!(
            name,
            "_rebuild_tensor"
                | "_rebuild_tensor_v2"
                | "_rebuild_tensor_v3"
                | "_rebuild_parameter"
                | "_rebuild_parameter_with_state"
        ),
        "torch._tensor" => name == "_rebuild_from_type_v2",
        "torch.nn.parameter" => name == "Parameter",
        "torch.serialization" => name == "_get_layout",
        "numpy" => is_dtype(name) || matches!(name, "dtype" | "ndarray" | "bool_"),
        "numpy.core.multiarray" | "numpy._core.multiarray" => matches!(name, "scalar" | "_reconstruct"),
        "numpy.dtypes" => name.ends_with("DType"),
        _ => false,
    }
}

/// Names of element types in torch and numpy: `float32`, `uint8`, `bfloat16`, ….
fn is_dtype(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(letters, "float" | "bfloat" | "int" | "uint" | "complex" | "bool" | "half" | "double" | "long" | "short")
}

fn array<const N: usize>(reader: &mut impl BufRead) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A little-endian unsigned number of `width` bytes.
fn length(reader: &mut impl BufRead, width: usize) -> io::Result<u64> {
    let mut bytes = [0; 8];
    reader.read_exact(&mut bytes[..width])?;
    Ok(u64::from_le_bytes(bytes))
}

/// A text argument, without its newline.
fn line(reader: &mut impl BufRead) -> Result<String, Fault> {
    let mut bytes = vec![];
    reader.read_until(b'\n', &mut bytes)?;
    match bytes.pop() {
        Some(b'\n') => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        _ => Err(Fault::Malformed("the pickle stops inside a line".into())),
    }
}

/// A memo index in text form.
fn index(text: &str) -> Result<u32, Fault> {
    text.parse().map_err(|_| Fault::Malformed(format!("`{text}` is not a memo index")))
}

fn skip_counted(reader: &mut impl BufRead, width: usize) -> Result<(), Fault> {
    let length = length(reader, width)?;
    skip(reader, length)
}

fn skip(reader: &mut impl BufRead, length: u64) -> Result<(), Fault> {
    let skipped = io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
    if skipped == length { Ok(()) } else { Err(Fault::Malformed("the pickle stops inside a value".into())) }
}

#[cfg(test)]
mod tests {
    use edgeconv_files::Memory;

    use super::*;

    fn check(pickle: &[u8]) -> Result<(), Fault> {
        super::check(&mut &pickle[..], &Memory::Bytes(20 * OBJECT).budget(0))
    }

    fn callable(pickle: &[u8]) -> Option<String> {
        match check(pickle) {
            Ok(()) => None,
            Err(Fault::Callable(name)) => Some(name),
            Err(fault) => panic!("{fault:?}"),
        }
    }

    #[test]
    fn more_objects_than_fit_into_memory_are_refused() {
        let nones = |count: usize| [b"\x80\x02(".as_slice(), &vec![b'N'; count], b"l."].concat();
        assert!(check(&nones(10)).is_ok());
        assert!(matches!(check(&nones(20)), Err(Fault::Memory(_))));
    }

    #[test]
    fn names_the_callable_in_every_spelling() {
        // os.system("true") in protocol 0, as INST, in protocol 2 and in protocol 4.
        assert_eq!(callable(b"cposix\nsystem\n(S'true'\ntR.").as_deref(), Some("posix.system"));
        assert_eq!(callable(b"(S'true'\nios\nsystem\n.").as_deref(), Some("os.system"));
        assert_eq!(callable(b"\x80\x02cos\nsystem\nX\x04\0\0\0true\x85R.").as_deref(), Some("os.system"));
        assert_eq!(
            callable(b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94.").as_deref(),
            Some("os.system")
        );
        // The names come from the memo.
        let memo = b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94N\x30h\0h\x01\x93.";
        assert_eq!(callable(memo).as_deref(), Some("os.system"));
    }

    #[test]
    fn a_callable_that_is_dropped_again_still_counts() {
        assert_eq!(callable(b"\x80\x02cos\nsystem\nX\x04\0\0\0true\x85R0}.").as_deref(), Some("os.system"));
    }

    #[test]
    fn a_hidden_name_is_refused() {
        // The name passes through a tuple or a dictionary, so only running the pickle would tell.
        let hidden = b"\x80\x04\x8c\x02os\x8c\x06system\x85\x93.";
        assert_eq!(callable(hidden).as_deref(), Some("a callable whose name is computed"));
    }

    #[test]
    fn attributes_of_allowed_modules_are_not_allowed() {
        for (module, name) in [
            ("torch", "load"),
            ("torch.storage", "_load_from_bytes"),
            ("torch._utils", "_rebuild_tensor_v2.__globals__"),
            ("torch", "hub.Storage"),
            ("builtins", "getattr"),
            ("builtins", "eval"),
            ("numpy", "load"),
            ("__main__", "OrderedDict"),
        ] {
            assert!(!is_data(module, name), "{module}.{name}");
        }
    }

    #[test]
    fn truncated_pickles_are_malformed() {
        let whole = b"\x80\x02}X\x01\0\0\0aK\x01s.";
        assert!(check(whole).is_ok());
        for end in 0..whole.len() {
            assert!(matches!(check(&whole[..end]), Err(Fault::Malformed(_))), "{end}");
        }
    }
}
