//! Weights as MNN reads them, and back. What MNN makes of them is in `ConvolutionCommon::load` for kernels, in `initConstTensors` for operands.

use std::borrow::Cow;

use half::f16;
use planus::{Builder, Offset};

use super::quantise::{Affine, Error};
use super::{Bits, Form};
use crate::content::Content;
use crate::target::Numbers;
use crate::target::mnn::schema::{IdstQuan, ScaleStorageType};

/// What the field `type` of an `IDSTQuan` says of its buffer.
mod buffer_type {
    /// Bytes behind a shape and a set of values: integers of any number of bits.
    pub const CODEBOOK: i32 = 1;
    /// 16-bit floats.
    pub const HALVES: i32 = 3;
    /// 8-bit integers.
    pub const BYTES: i32 = 4;
    /// Integers that are not 0, with their places.
    pub const SPARSE: i32 = 2;
}

/// A tensor in fewer bits than floats have.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::target::mnn) struct Encoded {
    kind: Kind,
    /// What `IDSTQuan` has in its buffer.
    buffer: Vec<u8>,
    scales: Scales,
}

/// For each row, or block of it: the least value, and the step.
#[derive(Debug, Clone, PartialEq)]
enum Scales {
    Floats(Vec<f32>),
    /// The bits of 16-bit floats.
    Halves(Vec<u16>),
}

impl Scales {
    fn content(&self) -> Content<'_> {
        match self {
            Self::Floats(floats) => Content::of(floats),
            Self::Halves(halves) => Content::of(halves),
        }
    }

    fn floats(&self) -> Cow<'_, [f32]> {
        match self {
            Self::Floats(floats) => floats.into(),
            Self::Halves(halves) => decode_halves(bytemuck::cast_slice(halves)).into(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Halves,
    Integers {
        bits: Bits,
        rows: usize,
        count: usize,
    },
    /// 8-bit integers around 0: the scales are steps.
    Symmetric,
}

/// Largest block of input channels times taps that shares a scale in 4 bits. With half of it files
/// are a thirtieth larger, and outputs hardly better.
const BLOCK: usize = 256;

/// MNN's kernels for integers take blocks of a multiple of so many channels.
const BLOCK_STEP: usize = 16;

impl Bits {
    fn count(self) -> u32 {
        match self {
            Self::Eight => 8,
            Self::Four => 4,
        }
    }

    /// The least integer.
    pub fn least(self) -> i32 {
        -(1 << (self.count() - 1))
    }

    /// The number of steps between the least and the largest integer.
    pub fn steps(self) -> u32 {
        (1 << self.count()) - 1
    }
}

impl Encoded {
    /// As 16-bit floats, and how far these are off.
    ///
    /// # Errors
    /// Why these can't hold the tensor.
    pub(super) fn halves(floats: &[f32]) -> Result<(Self, Error), &'static str> {
        let halves: Vec<_> = floats.iter().map(|&float| f16::from_f32(float)).collect();
        if floats.iter().any(|float| !float.is_finite()) {
            return Err("it has infinities or NaN");
        }
        if halves.iter().any(|half| !half.is_finite()) {
            return Err("it has values above 65504, which halves can't hold");
        }
        let buffer = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        let encoded = Self { kind: Kind::Halves, buffer, scales: Scales::Floats(vec![]) };
        let error = Error::of(floats, &encoded.decode());
        // Half a last bit, as a share of any number from 2^-14 on; smaller ones have fewer bits.
        if error.rms > f64::from(f16::EPSILON) / 2.0 {
            return Err("its values are so small that halves would lose most of their digits");
        }
        Ok((encoded, error))
    }

    /// As integers with scales, and how far these are off.
    ///
    /// # Errors
    /// Why these can't hold the tensor.
    pub(super) fn integers(floats: &[f32], form: Form, bits: Bits) -> Result<(Self, Error), &'static str> {
        if floats.iter().any(|float| !float.is_finite()) {
            return Err("it has infinities or NaN");
        }
        let (rows, blocks) = blocks(form, bits, floats.len());
        let blocks = || floats.chunks(floats.len() / (rows * blocks));
        let affines: Vec<_> = blocks().map(|block| Affine::of(block, bits)).collect();
        let (affines, scales) = match in_halves(&affines, blocks(), bits) {
            Some((affines, halves)) => (affines, Scales::Halves(halves)),
            None => {
                let floats = affines.iter().flat_map(|affine| [affine.least, affine.step]).collect();
                (affines, Scales::Floats(floats))
            }
        };
        let encode =
            |(affine, block): (&Affine, &[f32])| block.iter().map(|&float| affine.encode(float, bits)).collect();
        let integers = affines.iter().zip(blocks()).flat_map(|pair| -> Vec<i8> { encode(pair) }).collect::<Vec<_>>();
        let count = integers.len();
        let buffer = match bits {
            Bits::Eight => bytemuck::cast_slice(&integers).to_vec(),
            Bits::Four => codebook([rows, count / rows], bits, &integers),
        };
        let encoded = Self { kind: Kind::Integers { bits, rows, count }, buffer, scales };
        let error = Error::of(floats, &encoded.decode());
        match error.rms.is_finite() {
            true => Ok((encoded, error)),
            false => Err("its values are so large that MNN would decode infinities"),
        }
    }

    /// Of a tensor whose rows are made of 8-bit integers times one step each; and how far these are off.
    pub(super) fn symmetric(floats: &[f32], steps: &[f32]) -> (Self, Error) {
        let rows = floats.chunks(floats.len() / steps.len()).zip(steps);
        let integers = rows.flat_map(|(row, step)| row.iter().map(move |x| (x / step).round() as i8));
        let buffer = integers.map(|integer| integer as u8).collect();
        let encoded = Self { kind: Kind::Symmetric, buffer, scales: Scales::Floats(steps.to_vec()) };
        let error = Error::of(floats, &encoded.decode());
        (encoded, error)
    }

    /// What is written: the buffer, and the scales, of which halves have none.
    pub fn vectors(&self) -> Vec<Content<'_>> {
        vec![Content(&self.buffer), self.scales.content()]
    }

    /// Whether the buffer is nothing but the numbers.
    pub fn is_plain(&self) -> bool {
        !matches!(self.kind, Kind::Integers { bits: Bits::Four, .. })
    }

    /// The bytes as the elements of a constant: halves.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// Writes how a convolution's kernel is stored, with the bytes unless they are `external`.
    pub fn write(&self, b: &mut Builder, external: bool) -> Offset<IdstQuan> {
        let buffer: &[i8] = bytemuck::cast_slice(&self.buffer);
        let buffer = (!external).then(|| b.create_vector(buffer));
        let mut header = IdstQuan::default();
        let (mut floats, mut halves) = (None, None);
        match &self.scales {
            Scales::Floats(scales) if external || scales.is_empty() => {}
            Scales::Floats(scales) => floats = Some(b.create_vector(scales.as_slice())),
            Scales::Halves(scales) => {
                header.scale_storage = ScaleStorageType::Fp16;
                halves = Some(b.create_vector(scales.as_slice()));
            }
        }
        match self.kind {
            Kind::Halves => header.type_ = buffer_type::HALVES,
            Kind::Symmetric => {
                header.type_ = buffer_type::BYTES;
                header.quant_scale = 1.0;
                header.a_max_or_bits = Bits::Eight.count() as i32;
            }
            Kind::Integers { bits, rows, count } => {
                header.type_ = if bits == Bits::Eight { buffer_type::BYTES } else { buffer_type::CODEBOOK };
                header.quant_scale = 1.0;
                header.a_max_or_bits = bits.count() as i32;
                header.a_min = bits.least();
                // Says that scales come with least values.
                header.read_type = rows as i32;
                header.shape_int32 = is_wide([rows, count / rows]);
            }
        }
        IdstQuan::builder()
            .buffer(buffer)
            .alpha(floats)
            .type_(header.type_)
            .use_int32_as_default()
            .quant_scale(header.quant_scale)
            .scale_in_as_default()
            .scale_out_as_default()
            .a_max_or_bits(header.a_max_or_bits)
            .a_min(header.a_min)
            .read_type(header.read_type)
            .has_scale_int_as_default()
            .shape_int32(header.shape_int32)
            .weight_size_as_default()
            .index_as_null()
            .alpha_fp16(halves)
            .scale_storage(header.scale_storage)
            .finish(b)
    }

    /// The floats that MNN makes of it, to the last bit.
    pub fn decode(&self) -> Vec<f32> {
        match self.kind {
            Kind::Halves => decode_halves(&self.buffer),
            Kind::Symmetric => {
                let steps = self.scales.floats();
                let rows = self.buffer.chunks(self.buffer.len() / steps.len()).zip(steps.iter());
                rows.flat_map(|(row, step)| row.iter().map(move |&integer| f32::from(integer as i8) * step)).collect()
            }
            Kind::Integers { bits, count, .. } => {
                let integers = match bits {
                    Bits::Eight => bytemuck::cast_slice(&self.buffer).to_vec(),
                    Bits::Four => nibbles(&self.buffer[self.buffer.len() - count.div_ceil(2)..], count),
                };
                let scales = self.scales.floats();
                let blocks = integers.chunks(count / (scales.len() / 2)).zip(scales.chunks(2));
                let floats = blocks.flat_map(|(block, scale)| {
                    let affine = Affine { least: scale[0], step: scale[1] };
                    block.iter().map(move |&integer| affine.decode(integer, bits))
                });
                floats.collect()
            }
        }
    }
}

/// As what a file stores a kernel, whoever wrote it, by the fields `type` and `aMaxOrBits` of an `IDSTQuan`.
pub(in crate::target::mnn) fn numbers(buffer: i32, bits: i32) -> Numbers {
    match buffer {
        buffer_type::HALVES => Numbers::Fp16,
        buffer_type::BYTES => Numbers::Int8,
        // Older files do not say how many bits.
        buffer_type::CODEBOOK | buffer_type::SPARSE if (1..=4).contains(&bits) => Numbers::Int4,
        buffer_type::CODEBOOK | buffer_type::SPARSE => Numbers::Int8,
        _ => Numbers::Float,
    }
}

/// The floats that MNN makes of a kernel as a file stores it, whoever wrote it; `None` of what is kept for kernels of integers alone, of sparse
/// kernels, and of what is damaged.
pub(in crate::target::mnn) fn decode(kernel: &IdstQuan) -> Option<Vec<f32>> {
    let buffer: &[u8] = bytemuck::cast_slice(kernel.buffer.as_deref()?);
    if kernel.index.is_some() || kernel.has_scale_int {
        return None;
    }
    let integers = match kernel.type_ {
        buffer_type::HALVES => return Some(decode_halves(buffer)),
        buffer_type::BYTES => bytemuck::cast_slice(buffer).to_vec(),
        buffer_type::CODEBOOK => from_codebook(buffer, kernel.shape_int32)?,
        _ => return None,
    };
    let mut scales = match kernel.scale_storage {
        ScaleStorageType::Fp32 => kernel.alpha.clone()?,
        ScaleStorageType::Fp16 => decode_halves(bytemuck::cast_slice(kernel.alpha_fp16.as_deref()?)),
    };
    // Files of old versions have neither of these.
    let is_old = kernel.type_ == buffer_type::BYTES && kernel.a_min == 0 && kernel.quant_scale.abs() < 1e-6;
    let factor = if is_old { 1.0 } else { kernel.quant_scale };
    if kernel.read_type == 0 && !is_old {
        scales = scales.iter().flat_map(|&step| [0.0, step]).collect();
    } else {
        let least = if kernel.a_min == 0 { -128.0 } else { (kernel.a_min as f32).min(0.0) };
        scales.chunks_exact_mut(2).for_each(|scale| scale[0] -= least * scale[1]);
    }
    let count = integers.len();
    if scales.is_empty() || count % (scales.len() / 2) != 0 {
        return None;
    }
    let blocks = integers.chunks(count / (scales.len() / 2)).zip(scales.chunks(2));
    let floats = blocks.flat_map(|(block, scale)| {
        let (zero, step) = (scale[0] * factor, scale[1] * factor);
        block.iter().map(move |&integer| f32::from(integer) * step + zero)
    });
    Some(floats.collect())
}

fn decode_halves(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(2).map(|pair| f16::from_le_bytes([pair[0], pair[1]]).to_f32()).collect()
}

/// Scales as halves, and what these stand for, if no block loses by it. 8-bit integers always do: they are finer than halves.
fn in_halves<'f>(
    affines: &[Affine],
    blocks: impl Iterator<Item = &'f [f32]>,
    bits: Bits,
) -> Option<(Vec<Affine>, Vec<u16>)> {
    if bits == Bits::Eight {
        return None;
    }
    let rounded = affines.iter().zip(blocks).map(|(affine, block)| affine.in_halves(block, bits));
    let rounded = rounded.collect::<Option<Vec<_>>>()?;
    let halves = rounded.iter().flat_map(|affine| [affine.least, affine.step]);
    let halves = halves.map(|float| f16::from_f32(float).to_bits()).collect();
    Some((rounded, halves))
}

/// The rows of a tensor, and the blocks of each that have scales of their own.
fn blocks(form: Form, bits: Bits, count: usize) -> (usize, usize) {
    match form {
        Form::Constant => (1, 1),
        Form::Depthwise { rows } => (rows, 1),
        Form::Kernel { rows, .. } if bits == Bits::Eight => (rows, 1),
        Form::Kernel { rows, depth } => {
            let taps = count / rows / depth;
            let steps = (BLOCK_STEP..=depth).step_by(BLOCK_STEP).filter(|block| depth % block == 0);
            let fitting = steps.clone().filter(|block| block * taps <= BLOCK).max();
            (rows, fitting.or(steps.min()).map_or(1, |block| depth / block))
        }
    }
}

/// Whether a shape is written in 32 bits.
fn is_wide(shape: [usize; 2]) -> bool {
    shape.iter().any(|&length| length > u16::MAX.into())
}

/// Integers behind their shape and all values that they can have: two in a byte, the first one above.
fn codebook(shape: [usize; 2], bits: Bits, integers: &[i8]) -> Vec<u8> {
    let wide = is_wide(shape);
    let mut bytes = vec![shape.len() as u8];
    for length in shape {
        // Shapes of MNN's tensors are below 2³¹.
        bytes.extend_from_slice(&(length as u32).to_le_bytes()[..if wide { 4 } else { 2 }]);
    }
    bytes.push((bits.steps() + 1) as u8);
    bytes.extend((0..=bits.steps()).map(|index| (bits.least() + index as i32) as u8));
    let nibble = |integer: i8| (i32::from(integer) - bits.least()) as u8;
    bytes.extend(integers.chunks(2).map(|pair| nibble(pair[0]) << 4 | pair.get(1).map_or(0, |&second| nibble(second))));
    bytes
}

/// The integers behind their shape and all values that they can have, in as few bits as number those: the first one in the upper bits of a byte.
fn from_codebook(bytes: &[u8], is_wide: bool) -> Option<Vec<i8>> {
    let (&rank, bytes) = bytes.split_first()?;
    let (shape, bytes) = bytes.split_at_checked(usize::from(rank) * if is_wide { 4 } else { 2 })?;
    let length = |bytes: &[u8]| bytes.iter().rev().fold(0_usize, |length, &byte| length << 8 | usize::from(byte));
    let count = shape.chunks(if is_wide { 4 } else { 2 }).map(length).try_fold(1_usize, usize::checked_mul)?;
    let (&values, bytes) = bytes.split_first()?;
    let (values, packed) = bytes.split_at_checked(if values == 0 { 256 } else { values.into() })?;
    let mut values: Vec<i8> = bytemuck::cast_slice(values).to_vec();
    // MNN numbers them in this order, too.
    values.sort_unstable();
    let bits = values.len().next_power_of_two().trailing_zeros().max(1) as usize;
    if packed.len() < count.checked_mul(bits)?.div_ceil(8) {
        return None;
    }
    let integer = |index: usize| {
        let bit = |bit: usize| usize::from(packed[bit / 8] >> (7 - bit % 8) & 1);
        let number = (index * bits..(index + 1) * bits).fold(0, |number, at| number << 1 | bit(at));
        values.get(number).copied()
    };
    (0..count).map(integer).collect()
}

fn nibbles(bytes: &[u8], count: usize) -> Vec<i8> {
    let integer = |nibble: u8| nibble as i8 + Bits::Four.least() as i8;
    bytes.iter().flat_map(|&byte| [integer(byte >> 4), integer(byte & 15)]).take(count).collect()
}
