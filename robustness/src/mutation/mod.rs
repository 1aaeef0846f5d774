//! Changes to files that programs of no good will, bad disks and broken downloads make: to bytes, and to what bytes mean in a format.

mod archive;
mod framed;
mod protobuf;
mod text;

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// Numbers that readers may fail on.
const EXTREME: [i64; 12] =
    [0, -1, 1, 2, i64::MAX, i64::MIN, 1 << 31, (1 << 31) - 1, -(1 << 31), (1 << 32) - 1, 1 << 40, 1 << 62];

/// What a file is to whoever changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No structure that is known.
    Bytes,
    /// Text with numbers, words and lines: JSON, YAML, TOML.
    Text,
    /// Protocol Buffers.
    Protobuf,
    /// FlatBuffers.
    FlatBuffers,
    /// A zip archive.
    Zip,
    /// A pickle.
    Pickle,
    /// `.npy`: text with its length before it, then elements.
    Npy,
    /// `.safetensors`: JSON with its length before it, then elements.
    Safetensors,
    /// PNG: chunks with lengths and checksums.
    Png,
}

/// A file with one to three changes.
pub fn mutate(kind: Kind, bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..*[1, 1, 1, 2, 3].choose(random).unwrap_or(&1) {
        // A third of the changes knows nothing of the format.
        let kind = if random.random_ratio(1, 3) { Kind::Bytes } else { kind };
        bytes = once(kind, bytes, random);
    }
    bytes
}

fn once(kind: Kind, bytes: Vec<u8>, random: &mut ChaCha8Rng) -> Vec<u8> {
    match kind {
        Kind::Bytes => change_bytes(bytes, random),
        Kind::Text => text::change(&bytes, random),
        Kind::Protobuf => protobuf::change(&bytes, random).unwrap_or(bytes),
        Kind::FlatBuffers => change_words(bytes, random),
        Kind::Zip => archive::change(&bytes, random).unwrap_or(bytes),
        Kind::Pickle => change_pickle(bytes, random),
        Kind::Npy => framed::change_npy(&bytes, random).unwrap_or(bytes),
        Kind::Safetensors => framed::change_safetensors(&bytes, random).unwrap_or(bytes),
        Kind::Png => framed::change_png(&bytes, random).unwrap_or(bytes),
    }
}

fn extreme(random: &mut ChaCha8Rng) -> i64 {
    *EXTREME.choose(random).unwrap_or(&0)
}

/// A part of so many bytes at most.
fn range(length: usize, most: usize, random: &mut ChaCha8Rng) -> std::ops::Range<usize> {
    let start = random.random_range(0..=length);
    start..(start + random.random_range(0..=most)).min(length)
}

fn change_bytes(mut bytes: Vec<u8>, random: &mut ChaCha8Rng) -> Vec<u8> {
    let length = bytes.len();
    if length == 0 {
        return vec![random.random()];
    }
    let position = random.random_range(0..length);
    match random.random_range(0..8) {
        0 => bytes[position] ^= 1 << random.random_range(0..8),
        1 => bytes[position] = random.random(),
        2 => bytes.truncate(length.saturating_sub(random.random_range(1..=3))),
        3 => bytes.truncate(position),
        4 => drop(bytes.drain(range(length, 64, random))),
        5 => {
            let part = bytes[range(length, 256, random)].to_vec();
            bytes.splice(position..position, part);
        }
        6 => {
            let part = bytes[range(length, 64, random)].to_vec();
            let end = (position + part.len()).min(length);
            bytes.splice(position..end, part);
        }
        _ => overwrite(&mut bytes, position, extreme(random), *[1, 2, 4, 8].choose(random).unwrap_or(&4)),
    }
    bytes
}

/// Puts the low `width` bytes of a number, in little-endian order, over what is there.
fn overwrite(bytes: &mut [u8], position: usize, number: i64, width: usize) {
    for (byte, new) in bytes.iter_mut().skip(position).zip(number.to_le_bytes().into_iter().take(width)) {
        *byte = new;
    }
}

/// Changes an aligned word, mostly one that may be an offset (it points into the file).
fn change_words(mut bytes: Vec<u8>, random: &mut ChaCha8Rng) -> Vec<u8> {
    let word = |position: usize| {
        bytes.get(position..position + 4)?.try_into().ok().map(|word: [u8; 4]| i64::from(i32::from_le_bytes(word)))
    };
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let words: Vec<_> = (0..bytes.len()).step_by(4).filter_map(|position| Some((position, word(position)?))).collect();
    let points_inside =
        |&&(position, word): &&(usize, i64)| word != 0 && (0..length).contains(&(position as i64 + word));
    let pointers: Vec<_> = words.iter().filter(points_inside).copied().collect();
    let from = if random.random_ratio(3, 4) && !pointers.is_empty() { &pointers } else { &words };
    let Some(&(position, old)) = from.choose(random) else { return change_bytes(bytes, random) };
    let new = match random.random_range(0..4) {
        0 => extreme(random),
        1 => old + [-4, -1, 1, 4][random.random_range(0..4)],
        2 => words.choose(random).map_or(0, |&(_, other)| other),
        _ => length - position as i64 + random.random_range(-8..8),
    };
    overwrite(&mut bytes, position, new, 4);
    bytes
}

/// Changes a number, a length or an operation of a pickle.
fn change_pickle(mut bytes: Vec<u8>, random: &mut ChaCha8Rng) -> Vec<u8> {
    /// BININT, BININT1, BININT2, BINUNICODE, BINPUT, LONG_BINPUT, BINGET, LONG1; how many bytes follow.
    const NUMBERS: [(u8, usize); 8] =
        [(b'J', 4), (b'K', 1), (b'M', 2), (b'X', 4), (b'q', 1), (b'r', 4), (b'h', 1), (0x8a, 1)];
    const OPERATIONS: &[u8] = b"()].}0122abcdeghijlopqrstuKMJNRQ\x81\x85\x86\x87\x88\x89\x8a\x93\x94";
    let numbers: Vec<_> = (0..bytes.len())
        .filter_map(|position| Some((position + 1, NUMBERS.iter().find(|(code, _)| *code == bytes[position])?.1)))
        .collect();
    let (Some(&(position, width)), Some(&operation)) = (numbers.choose(random), OPERATIONS.choose(random)) else {
        return change_bytes(bytes, random);
    };
    if random.random() {
        overwrite(&mut bytes, position, extreme(random), width);
    } else {
        bytes[position - 1] = operation;
    }
    bytes
}
