//! Changes to zip archives: to what their directory says, and to files inside, with checksums that fit.

use std::io::{Cursor, Read, Write};

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Kind, extreme, mutate, overwrite};

/// A signature, and where numbers stand behind it: offsets and widths in bytes.
type Record = (&'static [u8], &'static [(usize, usize)]);

/// What an archive holds besides its files: entries of the directory, its end, and headers of files.
const DIRECTORY: [Record; 3] = [
    // Method, checksum, sizes, lengths of names, offset.
    (b"PK\x01\x02", &[(8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)]),
    // Entries, size and offset of the directory.
    (b"PK\x05\x06", &[(8, 2), (10, 2), (12, 4), (16, 4), (20, 2)]),
    // Of a file: method, checksum, sizes, lengths.
    (b"PK\x03\x04", &[(8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)]),
];

/// The archive with one change; `None` if it is none.
pub fn change(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    if random.random() { change_directory(bytes, random) } else { change_inside(bytes, random) }
}

fn change_directory(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    let (signature, numbers) = DIRECTORY.choose(random)?;
    let places: Vec<_> = bytes.windows(4).enumerate().filter(|(_, window)| window == signature).collect();
    let (start, _) = places.choose(random)?;
    let (offset, width) = numbers.choose(random)?;
    let mut bytes = bytes.to_vec();
    overwrite(&mut bytes, start + offset, extreme(random), *width);
    Some(bytes)
}

fn change_inside(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.is_empty() {
        return None;
    }
    let chosen = random.random_range(0..archive.len());
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    let method = if random.random() { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default().compression_method(method);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut content = vec![];
        // A damaged size may be anything.
        file.by_ref().take(1 << 24).read_to_end(&mut content).ok()?;
        if index == chosen {
            let kind = match name.rsplit('.').next() {
                Some("pkl") => Kind::Pickle,
                Some("npy") => Kind::Npy,
                _ => Kind::Bytes,
            };
            content = mutate(kind, &content, random);
        }
        writer.start_file(name, options).ok()?;
        writer.write_all(&content).ok()?;
    }
    writer.finish().ok().map(Cursor::into_inner)
}
