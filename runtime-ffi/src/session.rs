//! A model that is ready to run.
#![allow(unsafe_code)] // this crate's purpose; each block says why it is sound

use std::ffi::{CStr, CString, c_char, c_int};
use std::path::Path;
use std::ptr::NonNull;

use edgeconv_session::{Kernels, Level, Precision, SessionConfig, weights_file};
use edgeconv_tensor::{DType, Element, Tensor};

use crate::config::{Config, Keep};
use crate::error::Error;
use crate::ffi;
use crate::tensor::TensorInfo;

/// The version of MNN.
pub fn version() -> String {
    // SAFETY: MNN returns a pointer to a constant string.
    unsafe { text(ffi::edgeconv_mnn_version()) }
}

/// One operator of a profiled run.
#[derive(Debug, Clone, PartialEq)]
pub struct OpTime {
    /// Name in the model, or one that MNN made up for an operator that it split.
    pub name: String,
    /// Operator type in MNN's vocabulary.
    pub op_type: String,
    /// Operations in millions as MNN estimates them (a multiply-accumulate of a convolution is one).
    pub mflops: f32,
    /// Wall time in milliseconds.
    pub ms: f64,
    /// Bytes of the tensors that it reads and writes, without weights.
    pub bytes: u64,
}

/// How long it took to get a session, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenTimes {
    /// Reading the model from memory.
    pub load_ms: f64,
    /// Creating the session: weights are brought into their layout, memory is reserved.
    pub create_ms: f64,
}

/// A tensor inside the model, see [`Keep`].
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Name of the tensor.
    pub name: String,
    /// Name of the operator that computes it.
    pub op: String,
    /// The value.
    pub tensor: Tensor,
}

/// A loaded model with memory for its tensors.
#[derive(Debug)]
pub struct Session {
    raw: NonNull<ffi::RawSession>,
    /// For each input, whether it was filled since the last run.
    filled: Vec<bool>,
    /// Whether the tensors hold the results of a run.
    ran: bool,
    keep_all: bool,
}

const INPUTS: c_int = 0;
const OUTPUTS: c_int = 1;
const KEPT: c_int = 2;
/// What `edgeconv_read` returns for a tensor that has no memory (`NO_EXECUTION`).
const NO_MEMORY: c_int = 4;
const MAX_RANK: usize = 8;
/// MNN counts bytes with 31 bits, and may round a single channel up to 4.
const MAX_ELEMENTS: usize = (1 << 31) / 4 / 4 - 1;

/// The number of a `BackendConfig::PrecisionMode`.
fn precision(precision: Precision) -> c_int {
    match precision {
        Precision::Normal => 0,
        Precision::High => 1,
        Precision::Low => 2,
    }
}

/// The number of a `BackendConfig::MemoryMode`.
fn memory_mode(level: Level) -> c_int {
    match level {
        Level::Normal => 0,
        Level::High => 1,
        Level::Low => 2,
    }
}

impl Session {
    /// Loads a model file, whose weights may be in the file beside it ([`weights_file`]).
    ///
    /// # Errors
    /// If a file can't be read or is not a model that MNN can run, or has no tensor that [`Config::keep`] names.
    pub fn from_file(path: &Path, config: Config) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|reason| Error::Read { path: path.to_owned(), reason })?;
        Self::open(bytes, Some(&weights_file(path)), config)
    }

    /// Loads a model from memory, which is copied; its weights are inside.
    ///
    /// # Errors
    /// If it is not a model that MNN can run, or has no tensor that [`Config::keep`] names.
    pub fn from_bytes(bytes: &[u8], config: Config) -> Result<Self, Error> {
        Self::open(bytes, None, config)
    }

    fn open(bytes: impl AsRef<[u8]>, weights: Option<&Path>, config: Config) -> Result<Self, Error> {
        let names = match &config.keep {
            Keep::Tensors(names) => names.as_slice(),
            Keep::Nothing | Keep::All => &[],
        };
        let names = names.iter().map(|name| CString::new(name.as_str())).collect::<Result<Vec<_>, _>>();
        let names = names.map_err(|_| Error::Load("a tensor's name can't have a zero byte".into()))?;
        let keep: Vec<*const c_char> = names.iter().map(|name| name.as_ptr()).collect();
        let weights = weights.map(|path| CString::new(path.as_os_str().as_encoded_bytes())).transpose();
        let weights = weights.map_err(|_| Error::Load("the name of a file can't have a zero byte".into()))?;
        let SessionConfig { threads, memory, settings, kernels, .. } = config.session;
        let raw = ffi::RawConfig {
            threads: c_int::from(threads.max(1)),
            precision: precision(settings.precision),
            memory: memory_mode(memory),
            winograd_memory_level: settings.hints.winograd_memory_level.map_or(-1, c_int::from),
            keep: keep.as_ptr(),
            keep_count: keep.len(),
            keep_all: c_int::from(config.keep == Keep::All),
            weights: weights.as_ref().map_or(std::ptr::null(), |path| path.as_ptr()),
            own_kernels: c_int::from(kernels == Kernels::Edgeconv),
        };
        let content = bytes.as_ref();
        // SAFETY: pointer and length are those of a slice, which MNN copies; `raw`, and the zero-terminated strings that it
        // points to, live until the call returns.
        let session = unsafe { ffi::edgeconv_load(content.as_ptr(), content.len(), &raw) };
        // A large model is not to be held while its weights are brought into MNN's layout.
        drop(bytes);
        let pointer = NonNull::new(session).ok_or_else(|| Error::Load("out of memory".into()))?;
        let mut session = Self { raw: pointer, filled: vec![], ran: false, keep_all: config.keep == Keep::All };
        session.expect_no_error()?;
        // SAFETY: live session that was loaded without an error; `raw` as above.
        unsafe { ffi::edgeconv_create(session.raw.as_ptr(), &raw) };
        session.expect_no_error()?;
        session.filled = vec![false; session.count(INPUTS)];
        Ok(session)
    }

    fn expect_no_error(&self) -> Result<(), Error> {
        // SAFETY: live session; its error text lives as long.
        let error = unsafe { text(ffi::edgeconv_error(self.pointer())) };
        if error.is_empty() { Ok(()) } else { Err(Error::Load(error)) }
    }

    /// The instructions that our kernels are written for, such as `AVX2`, if operators are computed by them; `None` if all are MNN's.
    pub fn kernels(&self) -> Option<String> {
        // SAFETY: live session; the result is null or a constant string.
        unsafe {
            let name = ffi::edgeconv_session_kernels(self.pointer());
            (!name.is_null()).then(|| text(name))
        }
    }

    /// The model's inputs.
    pub fn inputs(&self) -> Vec<TensorInfo> {
        self.infos(INPUTS)
    }

    /// The model's outputs.
    pub fn outputs(&self) -> Vec<TensorInfo> {
        self.infos(OUTPUTS)
    }

    /// Gives inputs other shapes and prepares the model for them, all at once because one may only fit with the other.
    ///
    /// # Errors
    /// If there is no such input, or if the model can't take these shapes; it then needs another resize before a run.
    pub fn resize(&mut self, shapes: &[(&str, &[usize])]) -> Result<(), Error> {
        let resizes = shapes.iter().map(|(name, shape)| Ok((self.index(INPUTS, name)?, *name, dims(name, shape)?)));
        let resizes = resizes.collect::<Result<Vec<_>, Error>>()?;
        self.filled.fill(false);
        self.ran = false;
        for (index, name, dims) in resizes {
            // SAFETY: live session, index below the number of inputs, `dims` has as many elements as are told.
            let code = unsafe { ffi::edgeconv_resize(self.raw.as_ptr(), index, dims.as_ptr(), dims.len()) };
            done(|| format!("resizing `{name}`"), code)?;
        }
        // SAFETY: live session.
        let code = unsafe { ffi::edgeconv_prepare(self.raw.as_ptr()) };
        if code != 0 {
            let inputs: Vec<_> = shapes.iter().map(|(name, shape)| format!("`{name}` of shape {shape:?}")).collect();
            return Err(Error::Resize { inputs: inputs.join(", ") });
        }
        Ok(())
    }

    /// Fills an input with 32-bit floats or integers; of the tensor's shape only the number of elements counts. MNN reuses the memory of inputs, so each run needs this again.
    ///
    /// # Errors
    /// If there is no such input, or if number or type of the elements differ from its.
    pub fn set_input(&mut self, name: &str, data: &Tensor) -> Result<(), Error> {
        let index = self.index(INPUTS, name)?;
        let info = self.info(INPUTS, index);
        let expected = info.dtype.ok_or_else(|| Error::ElementType(name.to_owned()))?;
        if expected != data.dtype() {
            return Err(Error::InputType { name: name.to_owned(), expected, found: data.dtype() });
        }
        if data.len() != info.shape.iter().product() {
            return Err(Error::ElementCount { name: name.to_owned(), shape: info.shape, found: data.len() });
        }
        let bytes = data.bytes();
        // SAFETY: live session, valid index; the pointer is that of a slice with this many bytes.
        let code = unsafe { ffi::edgeconv_write(self.raw.as_ptr(), index, bytes.as_ptr().cast(), bytes.len()) };
        done(|| format!("filling `{name}`"), code)?;
        self.filled[index] = true;
        self.ran = false;
        Ok(())
    }

    /// Runs the model.
    ///
    /// # Errors
    /// If an input was not filled since the last run, or if MNN reports an error.
    pub fn run(&mut self) -> Result<(), Error> {
        self.use_inputs()?;
        // SAFETY: live session.
        done(|| "running the model".into(), unsafe { ffi::edgeconv_run(self.raw.as_ptr()) })?;
        self.ran = true;
        Ok(())
    }

    /// Runs the model and measures each operator.
    ///
    /// # Errors
    /// If an input was not filled since the last run, or if MNN reports an error.
    pub fn profile(&mut self) -> Result<Vec<OpTime>, Error> {
        self.use_inputs()?;
        // SAFETY: live session.
        done(|| "profiling the model".into(), unsafe { ffi::edgeconv_profile(self.raw.as_ptr()) })?;
        self.ran = true;
        // SAFETY: live session.
        let count = unsafe { ffi::edgeconv_op_count(self.pointer()) };
        Ok((0..count).map(|index| self.op(index)).collect())
    }

    /// Reads an output after a run.
    ///
    /// # Errors
    /// If there is no such output, if the model was not run, or if its elements have a type that this crate does not read.
    pub fn output(&self, name: &str) -> Result<Tensor, Error> {
        let index = self.index(OUTPUTS, name)?;
        self.read(OUTPUTS, index)
    }

    /// Reads the tensors that [`Config::keep`] names, in order of computation or as they were named. [`Keep::All`] leaves out
    /// what MNN folded into constants when it loaded the model.
    ///
    /// # Errors
    /// If the model was not run, or if one was folded or has elements of a type that this crate does not read.
    pub fn kept(&self) -> Result<Vec<Kept>, Error> {
        let kept = |index| {
            let tensor = self.read(KEPT, index)?;
            // SAFETY: live session, index below the number of kept tensors; the text lives as long as the session.
            let op = unsafe { text(ffi::edgeconv_producer(self.pointer(), index)) };
            Ok(Kept { name: self.info(KEPT, index).name, op, tensor })
        };
        let kept = (0..self.count(KEPT)).map(kept);
        kept.filter(|kept| !(self.keep_all && matches!(kept, Err(Error::Folded(_))))).collect()
    }

    /// Megabytes that the session holds, if MNN tells.
    pub fn memory_mb(&self) -> Option<f32> {
        // SAFETY: live session.
        let megabytes = unsafe { ffi::edgeconv_memory_mb(self.pointer()) };
        (megabytes >= 0.0).then_some(megabytes)
    }

    /// How long it took to get here.
    pub fn times(&self) -> OpenTimes {
        let (mut load_ms, mut create_ms) = (0.0, 0.0);
        // SAFETY: live session.
        unsafe { ffi::edgeconv_times(self.pointer(), &mut load_ms, &mut create_ms) };
        OpenTimes { load_ms, create_ms }
    }

    fn pointer(&self) -> *const ffi::RawSession {
        self.raw.as_ptr()
    }

    /// Checks that all inputs are filled, and notes that a run uses them up.
    fn use_inputs(&mut self) -> Result<(), Error> {
        if let Some(index) = self.filled.iter().position(|filled| !filled) {
            return Err(Error::NotFilled(self.info(INPUTS, index).name));
        }
        self.filled.fill(false);
        self.ran = false;
        Ok(())
    }

    fn count(&self, which: c_int) -> usize {
        // SAFETY: live session.
        unsafe { ffi::edgeconv_count(self.pointer(), which) }
    }

    fn infos(&self, which: c_int) -> Vec<TensorInfo> {
        (0..self.count(which)).map(|index| self.info(which, index)).collect()
    }

    fn index(&self, which: c_int, name: &str) -> Result<usize, Error> {
        let infos = self.infos(which);
        infos.iter().position(|info| info.name == name).ok_or_else(|| Error::UnknownTensor {
            kind: if which == INPUTS { "input" } else { "output" },
            name: name.to_owned(),
            known: infos.into_iter().map(|info| info.name).collect(),
        })
    }

    /// `index` must be below `self.count(which)`.
    fn info(&self, which: c_int, index: usize) -> TensorInfo {
        let mut dims = [0; MAX_RANK];
        // SAFETY: live session, valid index; names live as long as the session; `dims` has the room that is told.
        let (name, element, rank) = unsafe {
            let name = text(ffi::edgeconv_name(self.pointer(), which, index));
            let element = ffi::edgeconv_element(self.pointer(), which, index);
            (name, element, ffi::edgeconv_shape(self.pointer(), which, index, dims.as_mut_ptr(), MAX_RANK as c_int))
        };
        let dtype = match element {
            0 => Some(DType::F32),
            1 => Some(DType::I32),
            _ => None,
        };
        let rank = usize::try_from(rank).unwrap_or(0).min(MAX_RANK);
        let shape = dims[..rank].iter().map(|&dim| usize::try_from(dim).unwrap_or(0)).collect();
        TensorInfo { name, dtype, shape }
    }

    /// `index` must be below `self.count(which)`.
    fn read(&self, which: c_int, index: usize) -> Result<Tensor, Error> {
        if !self.ran {
            return Err(Error::NotRun);
        }
        let TensorInfo { name, dtype, shape } = self.info(which, index);
        let len: usize = shape.iter().product();
        let read = match dtype {
            Some(DType::F32) => Tensor::new(shape, self.elements(which, index, &name, vec![0_f32; len])?),
            Some(DType::I32) => Tensor::new(shape, self.elements(which, index, &name, vec![0_i32; len])?),
            _ => return Err(Error::ElementType(name)),
        };
        Ok(read?)
    }

    /// Reads into `elements`, whose type must be the tensor's.
    fn elements<T: Element>(
        &self,
        which: c_int,
        index: usize,
        name: &str,
        mut elements: Vec<T>,
    ) -> Result<Vec<T>, Error> {
        let bytes = size_of_val(elements.as_slice());
        let pointer = elements.as_mut_ptr().cast();
        // SAFETY: live session, valid index; the pointer has room for `bytes`, and any bits are a float or an integer.
        let code = unsafe { ffi::edgeconv_read(self.pointer(), which, index, pointer, bytes) };
        if code == NO_MEMORY {
            return Err(Error::Folded(name.to_owned()));
        }
        done(|| format!("reading `{name}`"), code)?;
        Ok(elements)
    }

    /// `index` must be below the number of profiled operators.
    fn op(&self, index: usize) -> OpTime {
        let (mut name, mut op_type) = (std::ptr::null(), std::ptr::null());
        let (mut mflops, mut ms, mut bytes) = (0.0, 0.0, 0);
        // SAFETY: live session, valid index; the texts live until the next profile.
        unsafe {
            ffi::edgeconv_op(self.pointer(), index, &mut name, &mut op_type, &mut mflops, &mut ms, &mut bytes);
            OpTime { name: text(name), op_type: text(op_type), mflops, ms, bytes }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: made by `edgeconv_load`, closed only here.
        unsafe { ffi::edgeconv_close(self.raw.as_ptr()) }
    }
}

/// A shape as MNN takes it.
fn dims(name: &str, shape: &[usize]) -> Result<Vec<c_int>, Error> {
    let error = || Error::Shape { name: name.to_owned(), shape: shape.to_vec() };
    let elements = shape.iter().try_fold(1usize, |product, &dim| product.checked_mul(dim)).ok_or_else(error)?;
    if shape.len() > MAX_RANK || elements == 0 || elements > MAX_ELEMENTS {
        return Err(error());
    }
    shape.iter().map(|&dim| c_int::try_from(dim).map_err(|_| error())).collect()
}

fn done(doing: impl FnOnce() -> String, code: c_int) -> Result<(), Error> {
    if code == 0 { Ok(()) } else { Err(Error::Mnn { doing: doing(), code }) }
}

/// # Safety
/// `pointer` must be a zero-terminated string.
unsafe fn text(pointer: *const c_char) -> String {
    // SAFETY: by the function's contract.
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}
