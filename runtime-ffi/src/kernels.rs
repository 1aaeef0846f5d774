//! Kernels for 32-bit floats (`kernels/` beside this folder): what MNN does slowly on small processors.
//!
//! Each function works for any length, and gives NaN for NaN. Functions of one element are within 4 units in the last place
//! of the exact result, [`Unary::Gelu`] within 7, down to the far tails. Beyond those numbers below 1.2e-38, as results, as
//! e^x in between, and on ARMv7 as arguments, may count as 0: for SiLU below -87 that is an error of up to 1.1e-36.
#![allow(unsafe_code)] // calls of C++, each with its reason

use std::ffi::{CStr, c_char, c_int};

/// Instructions that kernels are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isa {
    /// Any processor.
    Portable,
    /// ARMv7 with NEON and VFPv4, AArch64.
    Neon,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512F.
    Avx512,
}

impl Isa {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Portable, Self::Neon, Self::Avx2, Self::Avx512];
}

/// A function of each element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// eˣ.
    Exp,
    /// 1 / (1 + e⁻ˣ).
    Sigmoid,
    /// x / (1 + e⁻ˣ).
    Silu,
    /// Hyperbolic tangent.
    Tanh,
    /// Error function.
    Erf,
    /// x Φ(x), by the error function.
    Gelu,
    /// x · min(max(x + 3, 0), 6) / 6.
    HardSwish,
}

impl Unary {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Exp, Self::Sigmoid, Self::Silu, Self::Tanh, Self::Erf, Self::Gelu, Self::HardSwish];
}

/// How the elements of \[channels, plane\] lie in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Channel by channel.
    RowMajor,
    /// MNN's NC4HW4: \[⌈channels / 4⌉, plane, 4\].
    Packed,
}

impl Layout {
    /// Number of elements, with those beyond the last channel.
    #[must_use]
    pub fn elements(self, channels: usize, plane: usize) -> usize {
        match self {
            Self::RowMajor => channels * plane,
            Self::Packed => channels.next_multiple_of(4) * plane,
        }
    }
}

/// What pooling takes of a plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pool {
    /// The mean.
    Average,
    /// The maximum.
    Max,
}

/// (x - mean) / √(variance + epsilon) · gamma + beta.
#[derive(Debug, Clone, Copy, Default)]
pub struct Norm<'a> {
    /// \[channels\]; 1 if there is none.
    pub gamma: Option<&'a [f32]>,
    /// \[channels\]; 0 if there is none.
    pub beta: Option<&'a [f32]>,
    /// Added to the variance.
    pub epsilon: f32,
}

/// `edgeconv_norm` of `kernels.h`.
#[repr(C)]
struct RawNorm {
    gamma: *const f32,
    beta: *const f32,
    epsilon: f32,
}

impl Norm<'_> {
    fn raw(&self, channels: usize) -> RawNorm {
        let pointer = |values: Option<&[f32]>| {
            values.map_or(std::ptr::null(), |values| {
                assert_eq!(values.len(), channels, "a factor or summand for each channel");
                values.as_ptr()
            })
        };
        RawNorm { gamma: pointer(self.gamma), beta: pointer(self.beta), epsilon: self.epsilon }
    }
}

/// `edgeconv_depthwise` of `kernels.h`.
#[repr(C)]
struct RawDepthwise {
    bias: *const f32,
    width: usize,
    step: usize,
    dilation: usize,
    padding: usize,
    positions: usize,
    results: usize,
    inner_begin: usize,
    inner_end: usize,
    low: f32,
    high: f32,
}

/// A row of a convolution of each channel by itself, of [`Kernels::lanes`] channels.
#[derive(Debug, Clone, Copy)]
pub struct DepthwiseRow<'a> {
    /// \[rows\]\[width\]\[lanes\].
    pub weights: &'a [f32],
    /// \[lanes\].
    pub bias: &'a [f32],
    /// Of the kernel.
    pub width: usize,
    /// Positions from one result to the next.
    pub step: usize,
    /// Positions from one element of the kernel to the next.
    pub dilation: usize,
    /// Positions before the first one, which count as 0.
    pub padding: usize,
    /// The least and the largest result.
    pub bounds: (f32, f32),
}

impl DepthwiseRow<'_> {
    /// The results, \[results\]\[lanes\], of rows of the source, \[positions\]\[lanes\] each.
    ///
    /// # Panics
    /// If the lengths do not fit.
    pub fn run(&self, kernels: Kernels, results: &mut [f32], rows: &[&[f32]]) {
        let lanes = kernels.lanes();
        let positions = rows.first().map_or(0, |row| row.len() / lanes);
        assert!(rows.iter().all(|row| row.len() == positions * lanes), "rows of {positions} positions");
        assert_eq!(
            (self.weights.len(), self.bias.len()),
            (rows.len() * self.width * lanes, lanes),
            "weights and biases"
        );
        assert!(results.len() % lanes == 0 && self.width > 0 && self.step > 0, "{} results", results.len());
        let count = results.len() / lanes;
        let reach = (self.width - 1) * self.dilation;
        let inner_end =
            (positions + self.padding).checked_sub(reach + 1).map_or(0, |last| count.min(last / self.step + 1));
        let raw = RawDepthwise {
            bias: self.bias.as_ptr(),
            width: self.width,
            step: self.step,
            dilation: self.dilation,
            padding: self.padding,
            positions,
            results: count,
            inner_begin: self.padding.div_ceil(self.step).min(inner_end),
            inner_end,
            low: self.bounds.0,
            high: self.bounds.1,
        };
        let pointers: Vec<_> = rows.iter().map(|row| row.as_ptr()).collect();
        let (rows, weights) = (pointers.as_ptr(), self.weights.as_ptr());
        // SAFETY: the slices have as many elements as the sizes say; the kernel reads no positions but those of the rows.
        unsafe { (kernels.0.depthwise_row)(results.as_mut_ptr(), rows, pointers.len(), weights, &raw const raw) }
    }
}

/// `edgeconv_product` of `kernels.h`.
#[repr(C)]
struct RawProduct {
    weights: *const f32,
    depth: usize,
    groups: usize,
    src_stride: usize,
    dst_stride: usize,
    low: f32,
    high: f32,
    function: Option<RowsFn>,
}

/// A product of matrices: a convolution of 1 × 1 over a map \[depth, positions\] that gives \[channels, positions\], both packed
/// as \[groups of [`Kernels::lanes`] channels\]\[positions\]\[lanes\].
pub struct Product {
    table: &'static Table,
    weights: Vec<f32>,
    depth: usize,
    channels: usize,
}

impl Product {
    /// Of `weights` \[channels\]\[depth\] and a `bias` for each channel; nothing where there is no such kernel.
    ///
    /// # Panics
    /// If the lengths do not fit.
    #[must_use]
    pub fn new(kernels: Kernels, weights: &[f32], bias: &[f32]) -> Option<Self> {
        let channels = bias.len();
        assert!(channels > 0 && weights.len() % channels == 0, "{} weights for {channels} channels", weights.len());
        let (table, depth) = (kernels.0, weights.len() / channels);
        table.product.map(|_| Self { table, weights: table.packed(weights, bias), depth, channels })
    }

    /// The product, with results between `low` and `high`, then SiLU of them if `silu`.
    ///
    /// # Panics
    /// If a length is not that of packed maps of `positions`.
    pub fn multiply(&self, dst: &mut [f32], src: &[f32], positions: usize, (low, high): (f32, f32), silu: bool) {
        let Some(function) = self.table.product else { return };
        let lanes = self.table.lanes;
        let groups = self.channels.div_ceil(lanes);
        let lengths = (groups * lanes * positions, self.depth.next_multiple_of(lanes) * positions);
        assert_eq!((dst.len(), src.len()), lengths, "lengths of the result and the source");
        let raw = RawProduct {
            weights: self.weights.as_ptr(),
            depth: self.depth,
            groups,
            src_stride: lanes * positions,
            dst_stride: lanes * positions,
            low,
            high,
            function: silu.then_some(self.table.silu_rows),
        };
        // SAFETY: the slices have as many elements as the sizes say, which are those of the packed weights.
        unsafe { function(dst.as_mut_ptr(), src.as_ptr(), positions, &raw const raw) }
    }
}

/// `edgeconv_picture` of `kernels.h`.
#[repr(C)]
struct RawPicture {
    weights: *const f32,
    groups: usize,
    width: usize,
    step: usize,
    results: usize,
    dst_stride: usize,
    low: f32,
    high: f32,
    function: Option<RowsFn>,
}

/// A row of a convolution of pictures whose channels lie one behind the other.
pub struct PictureRow {
    table: &'static Table,
    weights: Vec<f32>,
    channels: usize,
    rows: usize,
    width: usize,
}

impl PictureRow {
    /// Of `weights` \[channels\]\[rows\]\[width\] and a `bias` for each channel.
    ///
    /// # Panics
    /// If the lengths do not fit.
    #[must_use]
    pub fn new(kernels: Kernels, weights: &[f32], bias: &[f32], width: usize) -> Self {
        let channels = bias.len();
        assert!(channels > 0 && width > 0, "{channels} channels, a kernel {width} wide");
        let rows = weights.len() / (channels * width);
        assert_eq!(weights.len(), channels * rows * width, "weights");
        Self { table: kernels.0, weights: kernels.0.packed(weights, bias), channels, rows, width }
    }

    /// The results of rows of a picture, `step` elements from one to the next, \[groups of [`Kernels::lanes`] channels\]\[results\]\[lanes\],
    /// between `low` and `high`, then SiLU of them if `silu`.
    ///
    /// # Panics
    /// If the lengths do not fit.
    pub fn run(&self, results: &mut [f32], rows: &[&[f32]], step: usize, (low, high): (f32, f32), silu: bool) {
        let Table { lanes, picture_row, silu_rows, .. } = *self.table;
        let groups = self.channels.div_ceil(lanes);
        let count = results.len() / (groups * lanes);
        assert_eq!(results.len(), count * groups * lanes, "results");
        assert!(count > 0 && rows.len() == self.rows, "{count} results of {} rows", rows.len());
        assert!(rows.iter().all(|row| row.len() >= (count - 1) * step + self.width), "rows for {count} results");
        let raw = RawPicture {
            weights: self.weights.as_ptr(),
            groups,
            width: self.width,
            step,
            results: count,
            dst_stride: count * lanes,
            low,
            high,
            function: silu.then_some(silu_rows),
        };
        let pointers: Vec<_> = rows.iter().map(|row| row.as_ptr()).collect();
        // SAFETY: the slices have as many elements as the sizes say, which are those of the packed weights.
        unsafe { picture_row(results.as_mut_ptr(), pointers.as_ptr(), pointers.len(), &raw const raw) }
    }
}

type PoolFn = unsafe extern "C" fn(*mut f32, *const f32, usize, usize);
type GroupNormFn = unsafe extern "C" fn(*mut f32, *const f32, usize, usize, usize, *const RawNorm);
type RowsFn = unsafe extern "C" fn(*mut f32, usize, usize, usize);
type UnaryFn = unsafe extern "C" fn(*mut f32, *const f32, usize);

/// `edgeconv_kernel_table` of `kernels.h`.
#[repr(C)]
struct Table {
    name: *const c_char,
    exp: UnaryFn,
    sigmoid: UnaryFn,
    silu: UnaryFn,
    tanh: UnaryFn,
    erf: UnaryFn,
    gelu: UnaryFn,
    hard_swish: UnaryFn,
    sigmoid_rows: RowsFn,
    silu_rows: RowsFn,
    tanh_rows: RowsFn,
    gelu_rows: RowsFn,
    hard_swish_rows: RowsFn,
    hard_sigmoid: unsafe extern "C" fn(*mut f32, *const f32, usize, f32, f32),
    softmax: UnaryFn,
    layer_norm: unsafe extern "C" fn(*mut f32, *const f32, usize, *const RawNorm),
    layer_norm_packed: unsafe extern "C" fn(*mut f32, *const f32, usize, usize, *const RawNorm),
    group_norm: GroupNormFn,
    group_norm_packed: GroupNormFn,
    average_pool: PoolFn,
    average_pool_packed: PoolFn,
    max_pool: PoolFn,
    max_pool_packed: PoolFn,
    lanes: usize,
    depthwise_row: unsafe extern "C" fn(*mut f32, *const *const f32, usize, *const f32, *const RawDepthwise),
    pack_product: unsafe extern "C" fn(*mut f32, *const f32, *const f32, usize, usize),
    picture_row: unsafe extern "C" fn(*mut f32, *const *const f32, usize, *const RawPicture),
    product: Option<unsafe extern "C" fn(*mut f32, *const f32, usize, *const RawProduct)>,
}

impl Table {
    /// `weights` \[channels\]\[depth\] and a `bias` for each channel, as the kernels for groups of channels take them.
    fn packed(&self, weights: &[f32], bias: &[f32]) -> Vec<f32> {
        let depth = weights.len() / bias.len();
        let mut packed = vec![0.0; bias.len().next_multiple_of(self.lanes) * (1 + depth)];
        // SAFETY: the slices have as many elements as `kernels.h` asks for.
        unsafe { (self.pack_product)(packed.as_mut_ptr(), weights.as_ptr(), bias.as_ptr(), depth, bias.len()) };
        packed
    }
}

unsafe extern "C" {
    fn edgeconv_kernels() -> *const Table;
    fn edgeconv_kernels_for(isa: c_int) -> *const Table;
}

/// The kernels for one set of instructions.
#[derive(Clone, Copy)]
pub struct Kernels(&'static Table);

// SAFETY: a table is constant: a text and addresses of functions without state.
unsafe impl Send for Kernels {}
// SAFETY: as above.
unsafe impl Sync for Kernels {}

impl Kernels {
    /// The fastest that this processor can run.
    #[must_use]
    pub fn best() -> Self {
        // SAFETY: the function has no preconditions, and returns a table that lives as long as the program.
        Self(unsafe { &*edgeconv_kernels() })
    }

    /// Those for `isa`, if this processor can run them.
    #[must_use]
    pub fn of(isa: Isa) -> Option<Self> {
        // SAFETY: the function takes any number, and returns null or a table that lives as long as the program.
        unsafe { edgeconv_kernels_for(isa as c_int).as_ref() }.map(Self)
    }

    /// Name of the instructions: `AVX-512`.
    #[must_use]
    pub fn name(self) -> &'static str {
        // SAFETY: the name of a table is a string literal.
        unsafe { CStr::from_ptr(self.0.name) }.to_str().unwrap_or_default()
    }

    /// Floats of a vector.
    #[must_use]
    pub fn lanes(self) -> usize {
        self.0.lanes
    }

    fn unary(self, function: Unary) -> UnaryFn {
        match function {
            Unary::Exp => self.0.exp,
            Unary::Sigmoid => self.0.sigmoid,
            Unary::Silu => self.0.silu,
            Unary::Tanh => self.0.tanh,
            Unary::Erf => self.0.erf,
            Unary::Gelu => self.0.gelu,
            Unary::HardSwish => self.0.hard_swish,
        }
    }

    /// `function` of each element.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn map(self, function: Unary, dst: &mut [f32], src: &[f32]) {
        assert_eq!(dst.len(), src.len(), "lengths of the source and the result");
        // SAFETY: both slices have that many elements.
        unsafe { self.unary(function)(dst.as_mut_ptr(), src.as_ptr(), src.len()) }
    }

    /// [`map`](Self::map) in place.
    pub fn map_in_place(self, function: Unary, data: &mut [f32]) {
        let pointer = data.as_mut_ptr();
        // SAFETY: the slice has that many elements, and a kernel may have its source as its result.
        unsafe { self.unary(function)(pointer, pointer, data.len()) }
    }

    /// min(max(`alpha` · x + `beta`, 0), 1) of each element.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn hard_sigmoid(self, dst: &mut [f32], src: &[f32], alpha: f32, beta: f32) {
        assert_eq!(dst.len(), src.len(), "lengths of the source and the result");
        // SAFETY: both slices have that many elements.
        unsafe { (self.0.hard_sigmoid)(dst.as_mut_ptr(), src.as_ptr(), src.len(), alpha, beta) }
    }

    /// Softmax of one row, in place.
    pub fn softmax(self, data: &mut [f32]) {
        let pointer = data.as_mut_ptr();
        // SAFETY: the slice has that many elements, and a kernel may have its source as its result.
        unsafe { (self.0.softmax)(pointer, pointer, data.len()) }
    }

    /// Normalises one row in place, each element being a channel.
    ///
    /// # Panics
    /// If gamma or beta is not as long as the row.
    pub fn layer_norm(self, data: &mut [f32], norm: &Norm) {
        let (pointer, norm) = (data.as_mut_ptr(), norm.raw(data.len()));
        // SAFETY: the slices have that many elements, and a kernel may have its source as its result.
        unsafe { (self.0.layer_norm)(pointer, pointer, data.len(), &raw const norm) }
    }

    /// Normalises the channels at each position of a [`Layout::Packed`] tensor in place.
    ///
    /// # Panics
    /// If a length is not that of `channels` and `plane`.
    pub fn layer_norm_packed(self, data: &mut [f32], channels: usize, plane: usize, norm: &Norm) {
        assert_eq!(data.len(), Layout::Packed.elements(channels, plane), "number of elements");
        let (pointer, norm) = (data.as_mut_ptr(), norm.raw(channels));
        // SAFETY: the slices have as many elements as the sizes say, and a kernel may have its source as its result.
        unsafe { (self.0.layer_norm_packed)(pointer, pointer, channels, plane, &raw const norm) }
    }

    /// Normalises `groups` of channels in place, each over all its channels and positions.
    ///
    /// # Panics
    /// If a length is not that of `channels` and `plane`, or `groups` does not divide `channels`.
    pub fn group_norm(
        self,
        layout: Layout,
        data: &mut [f32],
        channels: usize,
        plane: usize,
        groups: usize,
        norm: &Norm,
    ) {
        assert_eq!(data.len(), layout.elements(channels, plane), "number of elements");
        assert!(groups > 0 && channels % groups == 0, "{groups} groups of {channels} channels");
        let (pointer, norm) = (data.as_mut_ptr(), norm.raw(channels));
        let function = match layout {
            Layout::RowMajor => self.0.group_norm,
            Layout::Packed => self.0.group_norm_packed,
        };
        // SAFETY: the slices have as many elements as the sizes say, and a kernel may have its source as its result.
        unsafe { function(pointer, pointer, channels, plane, groups, &raw const norm) }
    }

    /// One number for each channel, of its whole plane: `dst` is \[channels\], or packed with a plane of 1.
    ///
    /// # Panics
    /// If a length is not that of `channels` and `plane`.
    pub fn pool(self, pool: Pool, layout: Layout, dst: &mut [f32], src: &[f32], channels: usize, plane: usize) {
        let lengths = (layout.elements(channels, 1), layout.elements(channels, plane));
        assert_eq!((dst.len(), src.len()), lengths, "lengths of the result and the source");
        let function = match (pool, layout) {
            (Pool::Average, Layout::RowMajor) => self.0.average_pool,
            (Pool::Average, Layout::Packed) => self.0.average_pool_packed,
            (Pool::Max, Layout::RowMajor) => self.0.max_pool,
            (Pool::Max, Layout::Packed) => self.0.max_pool_packed,
        };
        // SAFETY: the slices have as many elements as the sizes say.
        unsafe { function(dst.as_mut_ptr(), src.as_ptr(), channels, plane) }
    }
}
