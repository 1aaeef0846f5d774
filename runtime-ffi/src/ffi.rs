//! The functions of `shim.cpp`; each comment there holds here.
#![allow(unsafe_code)] // declarations; the blocks that call them say why they may

use std::ffi::{c_char, c_float, c_int, c_void};

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
    pub keep: *const *const c_char,
    pub keep_count: usize,
    pub keep_all: c_int,
    pub weights: *const c_char,
    pub own_kernels: c_int,
}

unsafe extern "C" {
    pub fn edgeconv_mnn_version() -> *const c_char;
    pub fn edgeconv_load(data: *const u8, size: usize, config: *const RawConfig) -> *mut RawSession;
    pub fn edgeconv_create(session: *mut RawSession, config: *const RawConfig);
    pub fn edgeconv_error(session: *const RawSession) -> *const c_char;
    pub fn edgeconv_session_kernels(session: *const RawSession) -> *const c_char;
    pub fn edgeconv_close(session: *mut RawSession);
    pub fn edgeconv_count(session: *const RawSession, which: c_int) -> usize;
    pub fn edgeconv_name(session: *const RawSession, which: c_int, index: usize) -> *const c_char;
    pub fn edgeconv_producer(session: *const RawSession, index: usize) -> *const c_char;
    pub fn edgeconv_shape(
        session: *const RawSession,
        which: c_int,
        index: usize,
        dims: *mut c_int,
        capacity: c_int,
    ) -> c_int;
    pub fn edgeconv_element(session: *const RawSession, which: c_int, index: usize) -> c_int;
    pub fn edgeconv_resize(session: *mut RawSession, index: usize, dims: *const c_int, rank: usize) -> c_int;
    pub fn edgeconv_prepare(session: *mut RawSession) -> c_int;
    pub fn edgeconv_write(session: *mut RawSession, index: usize, data: *const c_void, bytes: usize) -> c_int;
    pub fn edgeconv_read(
        session: *const RawSession,
        which: c_int,
        index: usize,
        data: *mut c_void,
        bytes: usize,
    ) -> c_int;
    pub fn edgeconv_run(session: *mut RawSession) -> c_int;
    pub fn edgeconv_profile(session: *mut RawSession) -> c_int;
    pub fn edgeconv_op_count(session: *const RawSession) -> usize;
    pub fn edgeconv_op(
        session: *const RawSession,
        index: usize,
        name: *mut *const c_char,
        op_type: *mut *const c_char,
        mflops: *mut c_float,
        ms: *mut f64,
        bytes: *mut u64,
    );
    pub fn edgeconv_times(session: *const RawSession, load_ms: *mut f64, create_ms: *mut f64);
    pub fn edgeconv_memory_mb(session: *const RawSession) -> c_float;
}
