//! Kernels of 8-bit integers on x86, where MNN's maps hold them as bytes that count 128 in excess: see `kernels/bytes.h`.
#![allow(unsafe_code)] // calls of C++, each with its reason

/// `edgeconv_byte_results` of `bytes.h`.
#[repr(C)]
struct RawResults {
    scale: *const f32,
    bias: *const f32,
    low: f32,
    high: f32,
}

/// Sums of bytes on two grids: the nearest integers to first · `scales[0]` + second · `scales[1]` + `bias`, between bounds from 0 to 255.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// Of the first and the second summand.
    pub scales: [f32; 2],
    /// Added to both.
    pub bias: f32,
    /// The least and the largest result.
    pub bounds: [f32; 2],
}

/// `edgeconv_byte_kernels` of `bytes.h`.
#[repr(C)]
struct Table {
    map: unsafe extern "C" fn(*mut u8, *const u8, usize, *const u8),
    widen: unsafe extern "C" fn(*mut f32, *const u8, usize, f32),
    narrow: unsafe extern "C" fn(*mut u8, *const f32, usize, *const RawResults),
    add: unsafe extern "C" fn(*mut u8, *const u8, *const u8, usize, *const Sum),
}

unsafe extern "C" {
    fn edgeconv_byte_kernels_of_lanes(lanes: usize) -> *const Table;
}

/// The kernels for maps that are packed by so many channels.
#[derive(Clone, Copy)]
pub struct ByteKernels {
    table: &'static Table,
    lanes: usize,
}

impl ByteKernels {
    /// The fastest for `lanes` channels, 8 or 16, that this processor can run.
    #[must_use]
    pub fn of_lanes(lanes: usize) -> Option<Self> {
        // SAFETY: the function takes any number, and returns null or a table that lives as long as the program.
        unsafe { edgeconv_byte_kernels_of_lanes(lanes).as_ref() }.map(|table| Self { table, lanes })
    }

    /// What `table` has for each byte.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn map(self, to: &mut [u8], from: &[u8], table: &[u8; 256]) {
        assert_eq!(to.len(), from.len(), "lengths of the source and the result");
        // SAFETY: both slices have that many elements.
        unsafe { (self.table.map)(to.as_mut_ptr(), from.as_ptr(), from.len(), table.as_ptr()) }
    }

    /// Each byte less `zero`.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn widen(self, to: &mut [f32], from: &[u8], zero: f32) {
        assert_eq!(to.len(), from.len(), "lengths of the source and the result");
        // SAFETY: both slices have that many elements.
        unsafe { (self.table.widen)(to.as_mut_ptr(), from.as_ptr(), from.len(), zero) }
    }

    /// The nearest integers to `scale` · sum + `bias` of each channel, between bounds from 0 to 255; sums are \[positions\]\[lanes\].
    ///
    /// # Panics
    /// If the lengths do not fit.
    pub fn narrow(self, to: &mut [u8], sums: &[f32], [scale, bias]: [&[f32]; 2], [low, high]: [f32; 2]) {
        assert_eq!((to.len(), sums.len() % self.lanes), (sums.len(), 0), "lengths of the source and the result");
        assert_eq!((scale.len(), bias.len()), (self.lanes, self.lanes), "a scale and a bias for each channel");
        let results = RawResults { scale: scale.as_ptr(), bias: bias.as_ptr(), low, high };
        // SAFETY: the slices have as many elements as the sizes say.
        unsafe {
            (self.table.narrow)(to.as_mut_ptr(), sums.as_ptr(), sums.len() / self.lanes, &raw const results);
        }
    }

    /// Sums of bytes.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn add(self, to: &mut [u8], first: &[u8], second: &[u8], sum: &Sum) {
        assert_eq!((to.len(), to.len()), (first.len(), second.len()), "lengths of the summands and the result");
        // SAFETY: the slices have that many elements.
        unsafe { (self.table.add)(to.as_mut_ptr(), first.as_ptr(), second.as_ptr(), to.len(), sum) }
    }
}
