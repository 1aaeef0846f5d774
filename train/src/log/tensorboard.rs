//! Event files of TensorBoard.
//!
//! Source: TensorFlow's `core/util/event.proto`, `core/framework/summary.proto`, `core/lib/io/record_writer.cc`. The crates
//! that write them stand on versions of protobuf and image that are no longer maintained.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use prost::Message;

use super::{LogError, Record, unwritable};

#[derive(Clone, PartialEq, Message)]
struct Event {
    #[prost(double, tag = "1")]
    wall_time: f64,
    #[prost(int64, tag = "2")]
    step: i64,
    #[prost(string, optional, tag = "3")]
    file_version: Option<String>,
    #[prost(message, optional, tag = "5")]
    summary: Option<Summary>,
}

#[derive(Clone, PartialEq, Message)]
struct Summary {
    #[prost(message, repeated, tag = "1")]
    value: Vec<Value>,
}

#[derive(Clone, PartialEq, Message)]
struct Value {
    #[prost(string, tag = "1")]
    tag: String,
    // Optional, as part of a `oneof`: 0 is written as well.
    #[prost(float, optional, tag = "2")]
    simple_value: Option<f32>,
}

/// A file that epochs are added to.
#[derive(Debug)]
pub(super) struct EventFile {
    path: PathBuf,
    file: File,
}

impl EventFile {
    /// The one file of a run, with the given epochs.
    pub(super) fn create(folder: &Path, records: &[Record]) -> Result<Self, LogError> {
        let path = folder.join("events.out.tfevents.edgeconv");
        let start = Event {
            wall_time: records.first().map_or(0.0, |record| record.time),
            file_version: Some("brain.Event:2".into()),
            ..Event::default()
        };
        let contents: Vec<_> =
            std::iter::once(start).chain(records.iter().map(event)).flat_map(|event| framed(&event)).collect();
        let written = edgeconv_files::write(&path, &contents);
        let file = written.and_then(|()| File::options().append(true).open(&path));
        let file = file.map_err(|source| unwritable(&path, source))?;
        Ok(Self { path, file })
    }

    /// Adds an epoch.
    pub(super) fn add(&mut self, record: &Record) -> Result<(), LogError> {
        let written: io::Result<()> = self.file.write_all(&framed(&event(record)));
        written.map_err(|source| unwritable(&self.path, source))
    }
}

fn event(record: &Record) -> Event {
    let value = |(tag, value): (&String, &f64)| Value { tag: tag.clone(), simple_value: Some(*value as f32) };
    Event {
        wall_time: record.time,
        step: record.epoch as i64,
        file_version: None,
        summary: Some(Summary { value: record.values.iter().map(value).collect() }),
    }
}

/// Length, its checksum, the event, its checksum.
fn framed(event: &Event) -> Vec<u8> {
    let event = event.encode_to_vec();
    let length = (event.len() as u64).to_le_bytes();
    [&length[..], &masked_crc(&length), &event, &masked_crc(&event)].concat()
}

fn masked_crc(bytes: &[u8]) -> [u8; 4] {
    crc32c::crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::tests::record;
    use super::*;

    /// The bytes that `torch.utils.tensorboard.SummaryWriter.add_scalar("Train/Loss", 0.5, 3, walltime=1700000003)` of
    /// PyTorch 2.13 with tensorboard 2.21.0 writes after those of the file's start.
    #[test]
    fn events_are_those_of_tensorboard() {
        let expected = [
            &b"\x20\0\0\0\0\0\0\0\x29\xed\xa9\x50\x09\0\0\xc0\x40\xfc\x54\xd9\x41\x10\x03\x2a\x13\x0a\x11\x0a\x0aTrain/Loss"[..],
            b"\x15\0\0\0\x3f\x03\x5c\x4a\xc2",
        ].concat();
        assert_eq!(framed(&event(&record(3, &[("Train/Loss", 0.5)]))), expected);
    }

    #[test]
    fn adding_continues_the_file() {
        let [at_once, added] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let records = [record(0, &[("Val/Top1", 0.0)]), record(1, &[("Val/Top1", 12.5)])];
        let whole = EventFile::create(at_once.path(), &records).unwrap();
        let mut grown = EventFile::create(added.path(), &records[..1]).unwrap();
        grown.add(&records[1]).unwrap();
        assert_eq!(std::fs::read(&grown.path).unwrap(), std::fs::read(&whole.path).unwrap());
    }
}
