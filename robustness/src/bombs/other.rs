//! Files of other formats that ask for much.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Bomb, Size, pickle};
use crate::place::{Place, SuiteError};
use crate::samples::{NPZ, PICTURE, REPORT, npy};

const MNN: &[&str] = &[
    "inspect given/stranger/model.mnn --graph",
    "check given/stranger/model.mnn --against given/good.onnx --timeout 4",
    "bench given/stranger/model.mnn --runs 1",
];
const NPY: &[&str] = &[
    "check given/good.mnn --against given/good.onnx --input given/stranger/input.npy",
    "convert given/good.onnx --value x=given/stranger/input.npy --no-check -o out/model.mnn",
];
const SAFETENSORS: &[&str] = &["inspect given/stranger/checkpoint"];
const RECIPE: &[&str] = &["export edgeformer-xs --recipe given/stranger/recipe.yaml --size 32 --no-check -o out"];
const GOLDEN: &[&str] = &["check given/good.mnn --against given/stranger"];

pub fn all(place: &Place, size: &Size) -> Result<Vec<Bomb>, SuiteError> {
    let mut bombs = pickle::all(size)?;
    bombs.extend(mnn(place, size)?);
    bombs.extend(arrays(size)?);
    bombs.extend(safetensors(size));
    bombs.extend(recipes(size));
    bombs.extend(pictures(place)?);
    bombs.extend(json(place, size)?);
    Ok(bombs)
}

/// MNN files whose numbers were changed: shapes of inputs, lengths of vectors.
fn mnn(place: &Place, size: &Size) -> Result<Vec<Bomb>, SuiteError> {
    let good = fs::read(place.path("given/good.mnn"))?;
    let words = |numbers: &[i32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
    let replaced = |from: &[i32], to: &[i32]| {
        let (from, to) = (words(from), words(to));
        let mut bytes = good.clone();
        let places: Vec<_> = good.windows(from.len()).enumerate().filter(|(_, window)| *window == from).collect();
        for (start, _) in places {
            bytes[start..start + to.len()].copy_from_slice(&to);
        }
        bytes
    };
    let large = i32::try_from(size.some).unwrap_or(i32::MAX) << 8;
    let files = [
        ("an input of huge sides", replaced(&[4, 1, 3, 8, 8], &[4, 1, 3, large, large])),
        ("an input whose size overflows", replaced(&[4, 1, 3, 8, 8], &[4, i32::MAX, i32::MAX, i32::MAX, i32::MAX])),
        ("an input of a negative size", replaced(&[4, 1, 3, 8, 8], &[4, -1, -3, -8, -8])),
        ("more dimensions than there are", replaced(&[4, 1, 3, 8, 8], &[1 << 30, 1, 3, 8, 8])),
        ("an endless input", [good.clone(), vec![0; 100]].concat().into_iter().rev().collect()),
    ];
    Ok(files.into_iter().map(|(name, bytes)| Bomb::file("mnn", name, ("model.mnn", bytes), MNN)).collect())
}

/// `.npy` and `.npz` files that say more than they hold, and that hold more than they take.
fn arrays(size: &Size) -> Result<Vec<Bomb>, SuiteError> {
    let root = 1 << (size.many.ilog2() / 2);
    let shapes: [(&str, Vec<i64>); 5] = [
        ("a huge array", vec![size.many]),
        ("a huge square", vec![root, root]),
        ("more elements than can be counted", vec![1 << 40, 1 << 40]),
        ("nothing times much", vec![0, 1 << 40, 1 << 40]),
        ("many dimensions", vec![1; 10_000]),
    ];
    let mut bombs: Vec<_> =
        shapes.iter().map(|(name, shape)| Bomb::file("npy", name, ("input.npy", npy(shape, &[1.0])), NPY)).collect();
    let header = [b"\x93NUMPY\x02\x00", &u32::MAX.to_le_bytes()[..], b"{'descr': '<f4'"].concat();
    bombs.push(Bomb::file("npy", "a huge header", ("input.npy", header), NPY));
    let zeros = vec![0; 32 << 20];
    let zeros = |megabytes: usize| (0..megabytes / 32).map(|_| &zeros[..]).collect::<Vec<_>>();
    let length = 1 << 30;
    let start = npy(&[length / 4], &[]);
    let whole = [vec![&start[..]], zeros(1024)].concat();
    bombs.push(Bomb::file("npz", "a gigabyte of zeros", ("inputs.npz", npz(&[whole])?), NPZ));
    let some = npy(&[(256 << 20) / 4], &[]);
    let parts = vec![[vec![&some[..]], zeros(256)].concat(); 4];
    bombs.push(Bomb::file("npz", "some arrays of zeros", ("inputs.npz", npz(&parts)?), NPZ));
    let one = npy(&[1], &[1.0]);
    bombs.push(Bomb::file("npz", "many arrays", ("inputs.npz", npz(&vec![vec![&one[..]]; size.some])?), NPZ));
    // The directory says that the only array is huge.
    let mut lying = npz(&[vec![&one[..]]])?;
    if let Some(start) = lying.windows(4).position(|window| window == b"PK\x01\x02") {
        lying[start + 24..start + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    }
    bombs.push(Bomb::file("npz", "an array that is said to be huge", ("inputs.npz", lying), NPZ));
    Ok(bombs)
}

/// An archive of arrays, each in pieces.
fn npz(arrays: &[Vec<&[u8]>]) -> Result<Vec<u8>, SuiteError> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (index, pieces) in arrays.iter().enumerate() {
        let name = if index == 0 { "x.npy".to_owned() } else { format!("x{index}.npy") };
        archive.start_file(name, SimpleFileOptions::default()).map_err(std::io::Error::other)?;
        for piece in pieces {
            archive.write_all(piece)?;
        }
    }
    Ok(archive.finish().map_err(std::io::Error::other)?.into_inner())
}

fn safetensors(size: &Size) -> Vec<Bomb> {
    let file = |length: u64, header: &str| [&length.to_le_bytes(), header.as_bytes(), &[1; 64]].concat();
    let whole = |header: &str| file(header.len() as u64, header);
    let tensor = |shape: &str, end: u64| format!(r#"{{"dtype":"F32","shape":{shape},"data_offsets":[0,{end}]}}"#);
    let (open, close) = ("[".repeat(100 * size.some), "]".repeat(100 * size.some));
    let many: Vec<_> = (0..10 * size.some).map(|index| format!(r#""t{index}":{}"#, tensor("[1]", 4))).collect();
    let huge = tensor(&format!("[{}]", size.many), 4 * size.many as u64);
    [
        ("a huge header", file(1 << 62, "{}")),
        ("a large header", file(1 << 30, "{}")),
        ("a huge tensor", whole(&format!(r#"{{"w":{huge}}}"#))),
        ("a tensor that overflows", whole(&format!(r#"{{"w":{}}}"#, tensor("[4294967296,4294967296,4294967296]", 4)))),
        ("lists in lists", whole(&format!(r#"{{"w":{open}{close}}}"#))),
        ("tensors in one place", whole(&format!("{{{}}}", many.join(",")))),
    ]
    .map(|(name, bytes)| Bomb::file("safetensors", name, ("checkpoint", bytes), SAFETENSORS))
    .into()
}

fn recipes(size: &Size) -> Vec<Bomb> {
    let laughs: String = (1..40)
        .map(|level| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", ")))
        .collect();
    let words: String = (1..30)
        .map(|level| format!("a{level}: &a{level} {{<<: *a{}, k{level}: [*a{0}, *a{0}]}}\n", level - 1))
        .collect();
    let indented: String = (0..size.some).map(|level| format!("{}k:\n", " ".repeat(level))).collect();
    [
        ("lists of aliases", format!("a0: &a0 [lol]\n{laughs}")),
        ("mappings of aliases", format!("a0: &a0 {{k: v}}\n{words}")),
        ("an alias of itself", "a: &a [*a, *a]\n".into()),
        ("lists in lists", format!("model: {}{}\n", "[".repeat(100 * size.some), "]".repeat(100 * size.some))),
        ("mappings in mappings", indented),
        ("a long text", format!("model: {}\n", "x".repeat(10 << 20))),
        ("many keys", (0..20 * size.some).map(|index| format!("k{index}: {index}\n")).collect()),
        ("many documents", "---\na: 1\n".repeat(20 * size.some)),
        ("many anchors", (0..10 * size.some).map(|index| format!("k{index}: &a{index} 1\n")).collect()),
    ]
    .map(|(name, text): (_, String)| Bomb::file("recipe", name, ("recipe.yaml", text.into_bytes()), RECIPE))
    .into()
}

/// Pictures that say that they are huge, and with texts that unpack to much.
fn pictures(place: &Place) -> Result<Vec<Bomb>, SuiteError> {
    let png = fs::read(place.path("given/picture.png"))?;
    let of_size = |width: u32, height: u32| {
        let mut bytes = png.clone();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let checksum = crc32fast::hash(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
        bytes
    };
    let mut compressed = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::best());
    compressed.write_all(&vec![0; 512 << 20])?;
    let zeros = compressed.finish()?;
    let with_chunk = |name: &[u8; 4], start: &[u8]| {
        let data = [name, start, &zeros].concat();
        let chunk =
            [&((data.len() - 4) as u32).to_be_bytes(), &data[..], &crc32fast::hash(&data).to_be_bytes()].concat();
        [&png[..33], &chunk, &png[33..]].concat()
    };
    let mut jpeg = Cursor::new(vec![]);
    image::RgbImage::new(16, 16).write_to(&mut jpeg, image::ImageFormat::Jpeg).map_err(std::io::Error::other)?;
    let mut jpeg = jpeg.into_inner();
    // Marker, length (2 bytes), bits, height and width of the frame.
    if let Some(start) = jpeg.windows(2).position(|window| window == [0xff, 0xc0]) {
        jpeg[start + 5..start + 9].fill(0xff);
    }
    let pictures = [
        ("a huge PNG", of_size(0x7fff_ffff, 0x7fff_ffff)),
        ("a large PNG", of_size(60_000, 60_000)),
        ("a wide PNG", of_size(0x7fff_ffff, 1)),
        ("an empty PNG", of_size(0, 0)),
        ("a PNG with a profile that unpacks to much", with_chunk(b"iCCP", b"p\0\0")),
        ("a PNG with a text that unpacks to much", with_chunk(b"zTXt", b"t\0\0")),
        ("a PNG with data that unpacks to much", with_chunk(b"IDAT", b"")),
        ("a huge JPEG", jpeg),
    ];
    Ok(pictures.map(|(name, bytes)| Bomb::file("picture", name, ("picture", bytes), PICTURE)).into())
}

/// Reports that ask for huge pictures, golden folders that ask for many samples.
fn json(place: &Place, size: &Size) -> Result<Vec<Bomb>, SuiteError> {
    let report = fs::read_to_string(place.path("given/edgeformer-xs.report.json"))?;
    let sized = |from: &str, to: &str| report.replace(&format!(": {from}"), &format!(": {to}"));
    let (open, close) = ("[".repeat(100 * size.some), "]".repeat(100 * size.some));
    let nested = format!("{open}{close}");
    let reports = [
        ("a picture of huge sides", sized("32", "3000000000")),
        ("a picture of large sides", sized("64", "60000")),
        ("a picture without sides", sized("32", "0")),
        ("lists in lists", sized("null", &nested)),
    ];
    let golden = [
        ("lists in lists", nested.clone()),
        ("an empty list", "[]".into()),
        ("many samples", format!(r#"{{"samples": [{}]}}"#, vec!["{}"; 100 * size.some].join(","))),
    ];
    let reports =
        reports.map(|(name, text)| Bomb::file("report", name, ("model.report.json", text.into_bytes()), REPORT));
    let golden = golden.map(|(name, text)| Bomb::file("golden", name, ("golden.json", text.into_bytes()), GOLDEN));
    Ok(reports.into_iter().chain(golden).collect())
}
