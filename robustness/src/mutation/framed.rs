//! Changes to content that has its length, or a checksum, beside it: both fit what they belong to, mostly.

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::{change_bytes, extreme, overwrite, text};

/// `.npy`: magic and version (8 bytes), the length of the header (2 bytes in version 1), the header, elements.
pub fn change_npy(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    let (start, rest) = bytes.split_at_checked(8)?;
    let (length, rest) = rest.split_at_checked(2)?;
    let (header, elements) = rest.split_at_checked(u16::from_le_bytes(length.try_into().ok()?).into())?;
    let (header, elements) = change_part(header, elements, random);
    let length = u16::try_from(header.len()).unwrap_or(u16::MAX);
    Some([start, &length.to_le_bytes(), &header, &elements].concat())
}

/// `.safetensors`: the length of the header (8 bytes), the header, elements.
pub fn change_safetensors(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    let (length, rest) = bytes.split_at_checked(8)?;
    let length = u64::from_le_bytes(length.try_into().ok()?).try_into().ok()?;
    let (header, elements) = rest.split_at_checked(length)?;
    let (header, elements) = change_part(header, elements, random);
    let length = if random.random_ratio(1, 16) { extreme(random).cast_unsigned() } else { header.len() as u64 };
    Some([&length.to_le_bytes(), &header[..], &elements].concat())
}

fn change_part(header: &[u8], elements: &[u8], random: &mut ChaCha8Rng) -> (Vec<u8>, Vec<u8>) {
    if random.random_ratio(3, 4) {
        (text::change(header, random), elements.to_vec())
    } else {
        (header.to_vec(), change_bytes(elements.to_vec(), random))
    }
}

/// PNG: a signature (8 bytes), then chunks of a length (4 bytes, big-endian), a type (4 bytes), data and a checksum (4 bytes).
pub fn change_png(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    let (signature, mut rest) = bytes.split_at_checked(8)?;
    let mut chunks = vec![];
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (chunk, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()? + 4)?;
        chunks.push(chunk.to_vec());
        rest = after.get(4..)?;
    }
    let copy = chunks.choose(random)?.clone();
    let index = random.random_range(0..chunks.len());
    match random.random_range(0..4) {
        0 => chunks[index] = copy,
        1 => chunks.insert(index, copy),
        2 => {
            // Numbers of a PNG file are big-endian; those of its first chunk are width and height.
            let position = 4 + 4 * random.random_range(0..2);
            let number = (extreme(random) as u32).swap_bytes().into();
            overwrite(&mut chunks[0], position, number, 4);
        }
        _ => {
            let kept = 4.min(chunks[index].len());
            let data = change_bytes(chunks[index].split_off(kept), random);
            chunks[index].extend(data);
        }
    }
    let framed = chunks.iter().map(|chunk| {
        let length = u32::try_from(chunk.len().saturating_sub(4)).unwrap_or(u32::MAX);
        [&length.to_be_bytes()[..], chunk, &crc32fast::hash(chunk).to_be_bytes()].concat()
    });
    Some([signature.to_vec(), framed.collect::<Vec<_>>().concat()].concat())
}
