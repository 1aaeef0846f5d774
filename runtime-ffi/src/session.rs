//! A model that is ready to run.
#![allow(unsafe_code)] // this crate's purpose; each block says why it is sound

use std::ffi::{CStr, CString, c_char, c_int};
use std::path::Path;
use std::ptr::NonNull;

use edgeconv_session::{Kernels, Level, Precision, SessionConfig};
use edgeconv_tensor::{DType, Element, Tensor};

use crate::config::{Config, Keep};
use crate::error::{Error, ErrorKind};
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
    keep_all: bool,
}

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
    /// Loads a model file, whose weights may be in the file beside it ([`weights_file`](edgeconv_session::weights_file)).
    ///
    /// # Errors
    /// If a file can't be read or is not a model that MNN can run, or has no tensor that [`Config::keep`] names.
    pub fn from_file(path: &Path, config: Config) -> Result<Self, Error> {
        let path = c_string(path.as_os_str().as_encoded_bytes())?;
        // SAFETY: the path is a zero-terminated string, and configuration and place are valid until the call returns.
        Self::open(&config, |raw, session| unsafe { ffi::edgeconv_open(path.as_ptr(), raw, session) })
    }

    /// Loads a model from memory, which is copied; its weights are inside.
    ///
    /// # Errors
    /// If it is not a model that MNN can run, or has no tensor that [`Config::keep`] names.
    pub fn from_bytes(bytes: &[u8], config: Config) -> Result<Self, Error> {
        let (model, size) = (bytes.as_ptr().cast(), bytes.len());
        // SAFETY: pointer and length are those of a slice; configuration and place are valid until the call returns.
        Self::open(&config, |raw, session| unsafe { ffi::edgeconv_open_memory(model, size, raw, session) })
    }

    fn open(
        config: &Config,
        open: impl FnOnce(*const ffi::RawConfig, *mut *mut ffi::RawSession) -> c_int,
    ) -> Result<Self, Error> {
        let names = match &config.keep {
            Keep::Tensors(names) => names.as_slice(),
            Keep::Nothing | Keep::All => &[],
        };
        let names = names.iter().map(|name| c_string(name.as_bytes())).collect::<Result<Vec<_>, _>>()?;
        let keep: Vec<*const c_char> = names.iter().map(|name| name.as_ptr()).collect();
        let keep_all = config.keep == Keep::All;
        let SessionConfig { threads, memory, settings, kernels, .. } = config.session;
        let raw = ffi::RawConfig {
            threads: c_int::from(threads.max(1)),
            precision: precision(settings.precision),
            memory: memory_mode(memory),
            winograd_memory_level: settings.hints.winograd_memory_level.map_or(-1, c_int::from),
            own_kernels: c_int::from(kernels == Kernels::Edgeconv),
            keep: keep.as_ptr(),
            keep_count: keep.len(),
            keep_all: c_int::from(keep_all),
        };
        // SAFETY: C's standard output is changed before MNN writes to it.
        unsafe { ffi::edgeconv_buffer_lines() };
        let mut session = std::ptr::null_mut();
        done(open(&raw, &mut session))?;
        let raw = NonNull::new(session).ok_or_else(|| Error::new(ErrorKind::Failed, "there is no session"))?;
        Ok(Self { raw, keep_all })
    }

    /// The instructions that our kernels are written for, such as `AVX2`, if operators are computed by them; `None` if all are MNN's.
    pub fn kernels(&self) -> Option<String> {
        // SAFETY: live session; the result is null or a constant string.
        unsafe {
            let name = ffi::edgeconv_kernels_of(self.pointer());
            (!name.is_null()).then(|| text(name))
        }
    }

    /// The model's inputs.
    pub fn inputs(&self) -> Vec<TensorInfo> {
        self.infos(ffi::INPUTS)
    }

    /// The model's outputs.
    pub fn outputs(&self) -> Vec<TensorInfo> {
        self.infos(ffi::OUTPUTS)
    }

    /// Gives inputs other shapes and prepares the model for them, all at once because one may only fit with the other.
    ///
    /// # Errors
    /// If there is no such input; if the file was not made for these shapes, which changes nothing; or if an operator does not fit them: the session then needs
    /// another resize before a run.
    pub fn resize(&mut self, shapes: &[(&str, &[usize])]) -> Result<(), Error> {
        let names = shapes.iter().map(|(name, _)| c_string(name.as_bytes())).collect::<Result<Vec<_>, _>>()?;
        let raw = names.iter().zip(shapes).map(|(name, (_, shape))| ffi::RawShape {
            name: name.as_ptr(),
            rank: shape.len(),
            shape: shape.as_ptr(),
        });
        let raw: Vec<_> = raw.collect();
        // SAFETY: live session; names and shapes, with as many dimensions as are told, live until the call returns.
        done(unsafe { ffi::edgeconv_resize(self.raw.as_ptr(), raw.as_ptr(), raw.len()) })
    }

    /// Fills an input with 32-bit floats or integers; of the tensor's shape only the number of elements counts. MNN reuses the memory of inputs, so each run needs this again.
    ///
    /// # Errors
    /// If there is no such input, or if number or type of the elements differ from its.
    pub fn set_input(&mut self, name: &str, data: &Tensor) -> Result<(), Error> {
        let element = match data.dtype() {
            DType::F32 => ffi::FLOAT32,
            DType::I32 => ffi::INT32,
            other => return Err(Error::new(ErrorKind::BadArgument, format!("input `{name}` can't be {other}"))),
        };
        let (name, elements) = (c_string(name.as_bytes())?, data.bytes().as_ptr().cast());
        // SAFETY: live session, zero-terminated name; the elements have 32 bits and are as many as are told.
        done(unsafe { ffi::edgeconv_set_input(self.raw.as_ptr(), name.as_ptr(), element, elements, data.len()) })
    }

    /// Runs the model.
    ///
    /// # Errors
    /// If an input was not filled since the last run, or if MNN reports an error.
    pub fn run(&mut self) -> Result<(), Error> {
        // SAFETY: live session.
        done(unsafe { ffi::edgeconv_run(self.raw.as_ptr()) })
    }

    /// Runs the model and measures each operator.
    ///
    /// # Errors
    /// If an input was not filled since the last run, or if MNN reports an error.
    pub fn profile(&mut self) -> Result<Vec<OpTime>, Error> {
        // SAFETY: live session.
        done(unsafe { ffi::edgeconv_profile(self.raw.as_ptr()) })?;
        // SAFETY: live session.
        let count = unsafe { ffi::edgeconv_op_count(self.pointer()) };
        (0..count).map(|index| self.op(index)).collect()
    }

    /// Reads an output, or a tensor that [`Config::keep`] names, after a run.
    ///
    /// # Errors
    /// If there is no such output, if the model was not run, or if its elements have a type that this crate does not read.
    pub fn output(&self, name: &str) -> Result<Tensor, Error> {
        let mut outputs = self.infos(ffi::OUTPUTS).into_iter().chain(self.infos(ffi::KEPT));
        // The library says what is wrong with a name that is none.
        let unknown = || TensorInfo { name: name.to_owned(), dtype: Some(DType::F32), shape: vec![0] };
        self.fetch(&outputs.find(|output| output.name == name).unwrap_or_else(unknown))
    }

    /// Reads the tensors that [`Config::keep`] names, in order of computation or as they were named. [`Keep::All`] leaves out
    /// what MNN folded into constants when it loaded the model.
    ///
    /// # Errors
    /// If the model was not run, or if one was folded or has elements of a type that this crate does not read.
    pub fn kept(&self) -> Result<Vec<Kept>, Error> {
        let kept =
            self.described(ffi::KEPT).map(|(info, op)| Ok(Kept { tensor: self.fetch(&info)?, name: info.name, op }));
        let is_folded = |error: &Error| error.kind() == ErrorKind::Folded;
        kept.filter(|kept| !(self.keep_all && kept.as_ref().is_err_and(is_folded))).collect()
    }

    /// Megabytes that the session holds, if MNN tells.
    pub fn memory_mb(&self) -> Option<f32> {
        let megabytes = self.costs().memory_mb;
        (megabytes >= 0.0).then_some(megabytes)
    }

    /// How long it took to get here.
    pub fn times(&self) -> OpenTimes {
        let ffi::RawCosts { load_ms, create_ms, .. } = self.costs();
        OpenTimes { load_ms, create_ms }
    }

    fn costs(&self) -> ffi::RawCosts {
        let mut costs = ffi::RawCosts { memory_mb: -1.0, ..ffi::RawCosts::default() };
        // SAFETY: live session, and a place for what it costs. It does not fail then.
        unsafe { ffi::edgeconv_describe_costs(self.pointer(), &mut costs) };
        costs
    }

    fn pointer(&self) -> *const ffi::RawSession {
        self.raw.as_ptr()
    }

    fn infos(&self, role: c_int) -> Vec<TensorInfo> {
        self.described(role).map(|(info, _)| info).collect()
    }

    /// The tensors of a role with the names of the operators that compute them.
    fn described(&self, role: c_int) -> impl Iterator<Item = (TensorInfo, String)> + '_ {
        // SAFETY: live session.
        let count = unsafe { ffi::edgeconv_count(self.pointer(), role) };
        (0..count).map(move |index| {
            let mut raw = ffi::RawTensor {
                name: c"".as_ptr(),
                producer: c"".as_ptr(),
                element: -1,
                rank: 0,
                shape: [0; ffi::MAX_RANK],
            };
            // SAFETY: live session, index below the count, and a place for the description, whose names live as long as the session. It
            // does not fail then.
            let (name, producer) = unsafe {
                ffi::edgeconv_describe(self.pointer(), role, index, &mut raw);
                (text(raw.name), text(raw.producer))
            };
            let dtype = match raw.element {
                ffi::FLOAT32 => Some(DType::F32),
                ffi::INT32 => Some(DType::I32),
                _ => None,
            };
            (TensorInfo { name, dtype, shape: raw.shape[..raw.rank.min(ffi::MAX_RANK)].to_vec() }, producer)
        })
    }

    fn fetch(&self, info: &TensorInfo) -> Result<Tensor, Error> {
        let (shape, len) = (info.shape.clone(), info.shape.iter().product());
        let tensor = match info.dtype {
            Some(DType::I32) => Tensor::new(shape, self.elements(&info.name, ffi::INT32, vec![0_i32; len])?),
            // Of another type the library says that it can't be read.
            _ => Tensor::new(shape, self.elements(&info.name, ffi::FLOAT32, vec![0_f32; len])?),
        };
        tensor.map_err(|error| Error::new(ErrorKind::Failed, error.to_string()))
    }

    /// `T` must be what `element` stands for.
    fn elements<T: Element>(&self, name: &str, element: c_int, mut elements: Vec<T>) -> Result<Vec<T>, Error> {
        let (name, place) = (c_string(name.as_bytes())?, elements.as_mut_ptr().cast());
        // SAFETY: live session, zero-terminated name; there is room for as many elements as are told, and any bits are a float or an
        // integer.
        done(unsafe { ffi::edgeconv_fetch(self.pointer(), name.as_ptr(), element, place, elements.len()) })?;
        Ok(elements)
    }

    /// `index` must be below the number of profiled operators.
    fn op(&self, index: usize) -> Result<OpTime, Error> {
        let null = std::ptr::null();
        let mut op = ffi::RawOp { name: null, op_type: null, mflops: 0.0, ms: 0.0, bytes: 0 };
        // SAFETY: live session, and a place for the description, whose texts live until the next profile.
        unsafe {
            done(ffi::edgeconv_describe_op(self.pointer(), index, &mut op))?;
            let (name, op_type) = (text(op.name), text(op.op_type));
            Ok(OpTime { name, op_type, mflops: op.mflops, ms: op.ms, bytes: op.bytes })
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: opened by the library, closed only here.
        unsafe { ffi::edgeconv_close(self.raw.as_ptr()) }
    }
}

fn c_string(bytes: &[u8]) -> Result<CString, Error> {
    let zero = |_| Error::new(ErrorKind::BadArgument, "names of files and tensors can't have a zero byte");
    CString::new(bytes).map_err(zero)
}

/// The error behind an `edgeconv_status`.
fn done(status: c_int) -> Result<(), Error> {
    let kind = match status {
        ffi::OK => return Ok(()),
        1 => ErrorKind::BadArgument,
        2 => ErrorKind::BadFile,
        3 => ErrorKind::BadModel,
        4 => ErrorKind::BadShape,
        5 => ErrorKind::NotReady,
        6 => ErrorKind::Folded,
        _ => ErrorKind::Failed,
    };
    // SAFETY: the text lives until this thread's next call that fails.
    Err(Error::new(kind, unsafe { text(ffi::edgeconv_error()) }))
}

/// # Safety
/// `pointer` must be a zero-terminated string.
unsafe fn text(pointer: *const c_char) -> String {
    // SAFETY: by the function's contract.
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}
