//! Checkpoints that ask for much: what they hold is written as a pickle, operation by operation.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Bomb, Size};
use crate::place::SuiteError;

const COMMANDS: &[&str] = &[
    "inspect given/stranger/checkpoint",
    "export edgeformer-xs --weights given/stranger/checkpoint --size 32 --no-check -o out",
];

pub fn all(size: &Size) -> Result<Vec<Bomb>, SuiteError> {
    let storage = [1; 16];
    let wide = size.many as u64;
    let views = |count: usize, length: u64, stride: u64| {
        let entries = (0..count).map(|index| [text(&format!("w{index}")), view(length, stride)].concat());
        dictionary(&entries.collect::<Vec<_>>().concat())
    };
    // Each level is a pair of what the one before has remembered.
    let laughs = (0..64_u8).flat_map(|level| [b'h', level, b'h', level, 0x86, b'q', level + 1]);
    let laughs = [text("w"), b")q\0".to_vec(), laughs.collect()].concat();
    let nested = |open: &[u8], close: &[u8]| [open.repeat(100 * size.some), close.repeat(100 * size.some)].concat();
    let long = |operation: &[u8], length: &[u8]| dictionary(&[text("w"), operation.to_vec(), length.to_vec()].concat());
    let remembered = [text("w"), b")r\xff\xff\xff\x7f".to_vec()].concat();
    let pickles = [
        ("a view of one number", views(1, wide, 0)),
        ("a view with steps", views(1, wide, 1 << 20)),
        ("views of one number", views(size.some, 1 << 22, 0)),
        ("pairs of pairs", dictionary(&laughs)),
        ("lists in lists", dictionary(&[text("w"), nested(b"]", b"a")].concat())),
        ("marks", dictionary(&[text("w"), nested(b"(", b"t")].concat())),
        ("a long text", long(b"X", &u32::MAX.to_le_bytes())),
        ("longer bytes", long(b"\x8e", &(1_u64 << 62).to_le_bytes())),
        ("a long integer", long(b"\x8b", &i32::MAX.to_le_bytes())),
        ("a far place in the memo", dictionary(&remembered)),
        ("a frame of much", dictionary(&[b"\x95", &u64::MAX.to_le_bytes()[..], &text("w"), b")"].concat())),
        ("zeros", vec![b'0'; 100 << 20]),
        ("marks without an end", [b"\x80\x02", &vec![b'('; 100 << 20][..]].concat()),
    ];
    let mut bombs = vec![];
    for (name, pickle) in pickles {
        bombs.push(Bomb::file("checkpoint", name, ("checkpoint", archive(&pickle, &storage)?), COMMANDS));
    }
    let legacy = dictionary(&[text("w"), nested(b"]", b"a")].concat());
    bombs.push(Bomb::file("checkpoint", "lists in lists, without an archive", ("checkpoint", legacy), COMMANDS));
    Ok(bombs)
}

/// A dictionary with these keys and values.
fn dictionary(entries: &[u8]) -> Vec<u8> {
    [b"\x80\x02}(", entries, b"u."].concat()
}

fn text(text: &str) -> Vec<u8> {
    [b"X", &(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat()
}

fn integer(number: u64) -> Vec<u8> {
    [b"\x8a\x09", &number.to_le_bytes()[..], b"\0"].concat()
}

/// A vector over the archive's storage `0`, of four floats.
fn view(length: u64, stride: u64) -> Vec<u8> {
    let of_pickle: [&[u8]; 12] = [
        b"ctorch._utils\n_rebuild_tensor_v2\n((",
        &text("storage"),
        b"ctorch\nFloatStorage\n",
        &text("0"),
        &text("cpu"),
        b"K\x04tQK\0",
        &integer(length),
        b"\x85",
        &integer(stride),
        b"\x85\x89",
        b"ccollections\nOrderedDict\n)R",
        b"tR",
    ];
    of_pickle.concat()
}

fn archive(pickle: &[u8], storage: &[u8]) -> Result<Vec<u8>, SuiteError> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    let method = if pickle.len() > 1 << 20 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, content) in [("data.pkl", pickle), ("data/0", storage), ("version", b"3\n")] {
        archive.start_file(format!("archive/{name}"), options).map_err(std::io::Error::other)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish().map_err(std::io::Error::other)?.into_inner())
}
