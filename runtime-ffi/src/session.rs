//! A model that is ready to run.
#![allow(unsafe_code)] // this crate's purpose; each block says why it is sound

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::ptr::NonNull;

use crate::ffi;

/// What can go wrong between a file and a result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("can't read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The model can't be loaded.
    #[error("MNN can't load the model: {0}")]
    Load(String),
    /// The model has no input or output of that name.
    #[error("the model has no {kind} `{name}`; it has {}", known.join(", "))]
    UnknownTensor {
        /// `input` or `output`.
        kind: &'static str,
        /// The name that was asked for.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// The elements don't fit the input or output.
    #[error("`{name}` takes {expected}, found {found}")]
    WrongElements {
        /// Name of the tensor.
        name: String,
        /// What it has.
        expected: String,
        /// What was given.
        found: String,
    },
    /// An element type that this crate does not read.
    #[error("`{0}` has elements that are neither 32-bit floats nor 32-bit integers")]
    ElementType(String),
    /// MNN reported an error.
    #[error("MNN failed while {doing} (MNN error code {code}: {})", meaning(*code))]
    Mnn {
        /// What it was asked to do.
        doing: &'static str,
        /// The code in `MNN/ErrorCode.hpp`.
        code: i32,
    },
}

/// The text behind an MNN error code (`MNN/ErrorCode.hpp`).
fn meaning(code: i32) -> &'static str {
    match code {
        1 => "out of memory",
        2 => "not supported",
        3 => "shapes don't fit",
        4 => "no implementation for an operator",
        5 => "invalid value",
        10 => "wrong input data",
        20 | 21 => "unsupported tensor",
        _ => "see MNN/ErrorCode.hpp",
    }
}

/// Arithmetic that MNN may use (`BackendConfig::PrecisionMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// MNN's choice.
    Normal = 0,
    /// 32-bit floats.
    #[default]
    High = 1,
    /// 16-bit floats where the CPU has them.
    Low = 2,
}

/// How much of a resource MNN may use (`BackendConfig::MemoryMode`, `PowerMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// MNN's choice.
    #[default]
    Normal = 0,
    /// As much as helps.
    High = 1,
    /// Little.
    Low = 2,
}

/// Session hints (`Interpreter::HintMode`); `None` leaves MNN's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// `WINOGRAD_MEMORY_LEVEL`: 0 no Winograd, 1 the small tiles (most accurate), 3 all.
    pub winograd_memory_level: Option<u8>,
}

/// How a session runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// Number of threads, at least 1.
    pub threads: u16,
    /// Arithmetic.
    pub precision: Precision,
    /// Memory.
    pub memory: Level,
    /// Power.
    pub power: Level,
    /// Hints.
    pub hints: Hints,
}

impl Default for Config {
    fn default() -> Self {
        let (precision, memory, power) = (Precision::default(), Level::default(), Level::default());
        Self { threads: 1, precision, memory, power, hints: Hints::default() }
    }
}

/// Element type of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementType {
    /// 32-bit float.
    F32,
    /// 32-bit integer.
    I32,
}

/// Name, element type and shape (NCHW order) of an input or output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// Name.
    pub name: String,
    /// Element type; `None` if this crate does not read it.
    pub element: Option<ElementType>,
    /// Shape.
    pub shape: Vec<usize>,
}

/// Elements in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub enum TensorData {
    /// 32-bit floats.
    F32(Vec<f32>),
    /// 32-bit integers.
    I32(Vec<i32>),
}

/// Shape (NCHW order) and elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    /// Shape.
    pub shape: Vec<usize>,
    /// Elements.
    pub data: TensorData,
}

/// One operator of a traced run.
#[derive(Debug, Clone, PartialEq)]
pub struct OpTime {
    /// Name in the model, or one that MNN made up for an operator that it split.
    pub name: String,
    /// Operator type in MNN's vocabulary.
    pub op_type: String,
    /// Floating-point operations in millions, as MNN estimates them.
    pub mflops: f32,
    /// Wall time in milliseconds.
    pub ms: f64,
}

/// A result of an operator inside the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Captured {
    /// Name of the operator.
    pub op: String,
    /// Which of its results.
    pub index: usize,
    /// The value.
    pub tensor: Tensor,
}

/// Which results [`Session::trace`] keeps.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    /// None, only times.
    Nothing,
    /// Those of the operators with these names.
    Ops(&'a [String]),
    /// All.
    All,
}

/// What a traced run shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Operators in order of execution.
    pub ops: Vec<OpTime>,
    /// The wanted results.
    pub captured: Vec<Captured>,
}

/// The version of MNN.
pub fn version() -> String {
    // SAFETY: MNN returns a pointer to a constant string.
    unsafe { text(ffi::edgeconv_mnn_version()) }
}

/// A loaded model with memory for its tensors.
#[derive(Debug)]
pub struct Session {
    raw: NonNull<ffi::RawSession>,
}

const INPUT: c_int = 0;
const OUTPUT: c_int = 1;
const MAX_RANK: usize = 16;

impl Session {
    /// Loads a model file.
    ///
    /// # Errors
    /// If the file can't be read or is no model that MNN can run.
    pub fn from_file(path: &Path, config: Config) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Self::from_bytes(&bytes, config)
    }

    /// Loads a model from memory, which is copied.
    ///
    /// # Errors
    /// If it is no model that MNN can run.
    pub fn from_bytes(bytes: &[u8], config: Config) -> Result<Self, Error> {
        let raw = ffi::RawConfig {
            threads: c_int::from(config.threads.max(1)),
            precision: config.precision as c_int,
            memory: config.memory as c_int,
            power: config.power as c_int,
            winograd_memory_level: config.hints.winograd_memory_level.map_or(-1, c_int::from),
        };
        // SAFETY: pointer and length are those of a slice, which MNN copies; `raw` lives until the call returns.
        let session = unsafe { ffi::edgeconv_open(bytes.as_ptr(), bytes.len(), &raw) };
        let session = NonNull::new(session).ok_or_else(|| Error::Load("out of memory".into()))?;
        let session = Self { raw: session };
        // SAFETY: the pointer is a live session; its error text lives as long.
        let error = unsafe { text(ffi::edgeconv_error(session.raw.as_ptr())) };
        if error.is_empty() { Ok(session) } else { Err(Error::Load(error)) }
    }

    /// The model's inputs.
    pub fn inputs(&self) -> Vec<TensorInfo> {
        self.tensors(INPUT)
    }

    /// The model's outputs.
    pub fn outputs(&self) -> Vec<TensorInfo> {
        self.tensors(OUTPUT)
    }

    /// Gives an input another shape (NCHW order) and prepares the model for it.
    ///
    /// # Errors
    /// If there is no such input, or if the model can't take that shape.
    pub fn resize(&mut self, name: &str, shape: &[usize]) -> Result<(), Error> {
        let index = index_of("input", &self.inputs(), name)?;
        let dims = shape.iter().map(|&dim| c_int::try_from(dim)).collect::<Result<Vec<_>, _>>();
        let dims = dims.map_err(|_| Error::WrongElements {
            name: name.to_owned(),
            expected: "dimensions below 2^31".into(),
            found: format!("{shape:?}"),
        })?;
        // SAFETY: live session, index below the number of inputs, `dims` has as many elements as are told.
        let code = unsafe { ffi::edgeconv_resize(self.raw.as_ptr(), index, dims.as_ptr(), dims.len() as c_int) };
        done("preparing the model for another input shape", code)
    }

    /// Fills an input. MNN reuses the memory of inputs, so each run needs this again.
    ///
    /// # Errors
    /// If there is no such input, or if number or type of the elements differ from its.
    pub fn set_input(&mut self, name: &str, data: &TensorData) -> Result<(), Error> {
        let inputs = self.inputs();
        let index = index_of("input", &inputs, name)?;
        let info = &inputs[index];
        let (pointer, len, element) = match data {
            TensorData::F32(data) => (data.as_ptr().cast::<c_void>(), data.len(), ElementType::F32),
            TensorData::I32(data) => (data.as_ptr().cast::<c_void>(), data.len(), ElementType::I32),
        };
        if info.element != Some(element) || len != info.shape.iter().product() {
            let expected = format!("{:?} elements of shape {:?}", info.element, info.shape);
            let found = format!("{len} elements of type {element:?}");
            return Err(Error::WrongElements { name: name.to_owned(), expected, found });
        }
        // SAFETY: live session, valid index; the pointer is that of a vector of `len` elements of 4 bytes.
        let code = unsafe { ffi::edgeconv_write(self.raw.as_ptr(), index, pointer, len * 4) };
        done("filling an input", code)
    }

    /// Runs the model on the inputs as they were filled.
    ///
    /// # Errors
    /// If MNN reports one.
    pub fn run(&mut self) -> Result<(), Error> {
        // SAFETY: live session.
        done("running the model", unsafe { ffi::edgeconv_run(self.raw.as_ptr()) })
    }

    /// Runs the model operator by operator, with times, and keeps the results that are `wanted`.
    ///
    /// # Errors
    /// If MNN reports one, or if a wanted result has elements that this crate does not read.
    pub fn trace(&mut self, wanted: Wanted) -> Result<Trace, Error> {
        let names = match wanted {
            Wanted::Ops(names) => names,
            Wanted::Nothing | Wanted::All => &[],
        };
        // A name with a zero byte can't be an operator's.
        let names: Vec<_> = names.iter().filter_map(|name| CString::new(name.as_str()).ok()).collect();
        let pointers: Vec<*const c_char> = names.iter().map(|name| name.as_ptr()).collect();
        let all = c_int::from(matches!(wanted, Wanted::All));
        // SAFETY: live session; `pointers` are as many zero-terminated strings as are told, alive during the call.
        let code = unsafe { ffi::edgeconv_trace(self.raw.as_ptr(), pointers.as_ptr(), pointers.len(), all) };
        done("running the model operator by operator", code)?;
        // SAFETY: live session.
        let (ops, captures) =
            unsafe { (ffi::edgeconv_op_count(self.raw.as_ptr()), ffi::edgeconv_capture_count(self.raw.as_ptr())) };
        Ok(Trace {
            ops: (0..ops).map(|index| self.op(index)).collect(),
            captured: (0..captures).map(|position| self.capture(position)).collect::<Result<_, _>>()?,
        })
    }

    /// Reads an output after a run.
    ///
    /// # Errors
    /// If there is no such output, or if its elements have a type that this crate does not read.
    pub fn output(&self, name: &str) -> Result<Tensor, Error> {
        let index = index_of("output", &self.outputs(), name)?;
        // SAFETY: live session, index below the number of outputs; the tensor lives as long as the session.
        unsafe { read(name, ffi::edgeconv_tensor(self.raw.as_ptr(), OUTPUT, index), ffi::edgeconv_read) }
    }

    /// Megabytes that the session holds, if MNN tells.
    pub fn memory_mb(&self) -> Option<f32> {
        // SAFETY: live session.
        let megabytes = unsafe { ffi::edgeconv_memory_mb(self.raw.as_ptr()) };
        (megabytes >= 0.0).then_some(megabytes)
    }

    fn tensors(&self, which: c_int) -> Vec<TensorInfo> {
        // SAFETY: live session; indices below the count; names and tensors live as long as the session.
        unsafe {
            let count = ffi::edgeconv_tensor_count(self.raw.as_ptr(), which);
            let info = |index| {
                let tensor = ffi::edgeconv_tensor(self.raw.as_ptr(), which, index);
                let name = text(ffi::edgeconv_tensor_name(self.raw.as_ptr(), which, index));
                TensorInfo { name, element: element(tensor), shape: shape(tensor) }
            };
            (0..count).map(info).collect()
        }
    }

    fn op(&self, index: usize) -> OpTime {
        let (mut name, mut op_type, mut mflops, mut ms) = (std::ptr::null(), std::ptr::null(), 0.0, 0.0);
        // SAFETY: live session, index below the count; the strings live until the next trace.
        unsafe {
            ffi::edgeconv_op(self.raw.as_ptr(), index, &mut name, &mut op_type, &mut mflops, &mut ms);
            OpTime { name: text(name), op_type: text(op_type), mflops, ms }
        }
    }

    fn capture(&self, position: usize) -> Result<Captured, Error> {
        let (mut op, mut index) = (std::ptr::null(), 0);
        // SAFETY: live session, position below the count; string and tensor live until the next trace.
        unsafe {
            let tensor = ffi::edgeconv_capture(self.raw.as_ptr(), position, &mut op, &mut index);
            let op = text(op);
            let tensor = read(&op, tensor, ffi::edgeconv_read_capture)?;
            Ok(Captured { op, index: index as usize, tensor })
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: made by `edgeconv_open`, closed only here.
        unsafe { ffi::edgeconv_close(self.raw.as_ptr()) }
    }
}

fn index_of(kind: &'static str, tensors: &[TensorInfo], name: &str) -> Result<usize, Error> {
    tensors.iter().position(|tensor| tensor.name == name).ok_or_else(|| {
        let known = tensors.iter().map(|tensor| tensor.name.clone()).collect();
        Error::UnknownTensor { kind, name: name.to_owned(), known }
    })
}

fn done(doing: &'static str, code: c_int) -> Result<(), Error> {
    if code == 0 { Ok(()) } else { Err(Error::Mnn { doing, code }) }
}

/// # Safety
/// `pointer` must be a zero-terminated string.
unsafe fn text(pointer: *const c_char) -> String {
    // SAFETY: by the function's contract.
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

/// # Safety
/// `tensor` must be a live MNN tensor.
unsafe fn element(tensor: *const c_void) -> Option<ElementType> {
    // SAFETY: by the function's contract.
    match unsafe { ffi::edgeconv_element(tensor) } {
        0 => Some(ElementType::F32),
        1 => Some(ElementType::I32),
        _ => None,
    }
}

/// # Safety
/// `tensor` must be a live MNN tensor.
unsafe fn shape(tensor: *const c_void) -> Vec<usize> {
    let mut dims = [0; MAX_RANK];
    // SAFETY: by the function's contract; `dims` has the room that is told.
    let rank = unsafe { ffi::edgeconv_shape(tensor, dims.as_mut_ptr(), MAX_RANK as c_int) };
    dims[..usize::try_from(rank).unwrap_or(0).min(MAX_RANK)]
        .iter()
        .map(|&dim| usize::try_from(dim).unwrap_or(0))
        .collect()
}

/// Copies elements out of a tensor: one of the shim's functions for that.
type Copy = unsafe extern "C" fn(*const c_void, *mut c_void, usize) -> c_int;

/// # Safety
/// `tensor` must be a live MNN tensor of the kind that `copy` takes.
unsafe fn read(name: &str, tensor: *const c_void, copy: Copy) -> Result<Tensor, Error> {
    // SAFETY: by the function's contract; the vectors have the bytes that are told.
    unsafe {
        let shape = shape(tensor);
        let len: usize = shape.iter().product();
        let data = match element(tensor).ok_or_else(|| Error::ElementType(name.to_owned()))? {
            ElementType::F32 => {
                let mut data = vec![0f32; len];
                done("reading a result", copy(tensor, data.as_mut_ptr().cast(), len * 4))?;
                TensorData::F32(data)
            }
            ElementType::I32 => {
                let mut data = vec![0i32; len];
                done("reading a result", copy(tensor, data.as_mut_ptr().cast(), len * 4))?;
                TensorData::I32(data)
            }
        };
        Ok(Tensor { shape, data })
    }
}
