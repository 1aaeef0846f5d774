//! The functions of `include/edgeconv.h`; each comment there holds here.
#![allow(unsafe_code)] // declarations; the blocks that call them say why they may

use std::ffi::{c_char, c_double, c_float, c_int, c_void};

pub const OK: c_int = 0;

pub const INPUTS: c_int = 0;
pub const OUTPUTS: c_int = 1;
pub const KEPT: c_int = 2;

pub const FLOAT32: c_int = 0;
pub const INT32: c_int = 1;

pub const MAX_RANK: usize = 8;

#[repr(C)]
pub struct RawSession {
    opaque: [u8; 0],
}

#[repr(C)]
pub struct RawConfig {
    pub threads: c_int,
    pub precision: c_int,
    pub memory: c_int,
    pub winograd_memory_level: c_int,
    pub own_kernels: c_int,
    pub keep: *const *const c_char,
    pub keep_count: usize,
    pub keep_all: c_int,
}

#[repr(C)]
pub struct RawTensor {
    pub name: *const c_char,
    pub producer: *const c_char,
    pub element: c_int,
    pub rank: usize,
    pub shape: [usize; MAX_RANK],
}

#[repr(C)]
pub struct RawShape {
    pub name: *const c_char,
    pub rank: usize,
    pub shape: *const usize,
}

#[repr(C)]
pub struct RawOp {
    pub name: *const c_char,
    pub op_type: *const c_char,
    pub mflops: c_float,
    pub ms: c_double,
    pub bytes: u64,
}

#[repr(C)]
#[derive(Default)]
pub struct RawCosts {
    pub load_ms: c_double,
    pub create_ms: c_double,
    pub memory_mb: c_float,
}

unsafe extern "C" {
    pub fn edgeconv_error() -> *const c_char;
    pub fn edgeconv_mnn_version() -> *const c_char;
    pub fn edgeconv_open(path: *const c_char, config: *const RawConfig, session: *mut *mut RawSession) -> c_int;
    pub fn edgeconv_open_memory(
        model: *const c_void,
        size: usize,
        config: *const RawConfig,
        session: *mut *mut RawSession,
    ) -> c_int;
    pub fn edgeconv_close(session: *mut RawSession);
    pub fn edgeconv_kernels_of(session: *const RawSession) -> *const c_char;
    pub fn edgeconv_count(session: *const RawSession, role: c_int) -> usize;
    pub fn edgeconv_describe(session: *const RawSession, role: c_int, index: usize, tensor: *mut RawTensor) -> c_int;
    pub fn edgeconv_resize(session: *mut RawSession, shapes: *const RawShape, count: usize) -> c_int;
    pub fn edgeconv_set_input(
        session: *mut RawSession,
        name: *const c_char,
        element: c_int,
        data: *const c_void,
        count: usize,
    ) -> c_int;
    pub fn edgeconv_run(session: *mut RawSession) -> c_int;
    pub fn edgeconv_fetch(
        session: *const RawSession,
        name: *const c_char,
        element: c_int,
        data: *mut c_void,
        count: usize,
    ) -> c_int;
    pub fn edgeconv_profile(session: *mut RawSession) -> c_int;
    pub fn edgeconv_op_count(session: *const RawSession) -> usize;
    pub fn edgeconv_describe_op(session: *const RawSession, index: usize, op: *mut RawOp) -> c_int;
    pub fn edgeconv_describe_costs(session: *const RawSession, costs: *mut RawCosts) -> c_int;
    /// In `stdout.c`.
    pub fn edgeconv_buffer_lines();
}
