//! What a run tells about itself: a table, event files of TensorBoard and a page in its folder, and a bar on the terminal.

mod csv;
mod page;
mod progress;
mod tensorboard;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

pub use progress::BatchProgress;
use tensorboard::EventFile;

/// Name of the table in the folder of a run.
pub const TABLE: &str = "log.csv";

/// Name of the page in the folder of a run.
pub const PAGE: &str = "report.html";

/// Name of the folder of event files in the folder of a run, as the official program calls it.
pub const EVENTS: &str = "tb_logs";

/// What an epoch came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The epoch, from 0.
    pub epoch: usize,
    /// When it ended: seconds since 1970.
    pub time: f64,
    /// Numbers by the official tags: `Train/Loss`, `Val/Top1`, `Val_EMA/Top1`, `LR/Group-0`. What is after the slash says
    /// what is drawn in one plot.
    pub values: IndexMap<String, f64>,
}

/// The records of a run, in memory and in its folder.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    title: String,
    records: Vec<Record>,
    events: EventFile,
}

/// Why a record could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The operating system refuses.
    #[error("can't {action} `{}`: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What could not be done with it.
        action: &'static str,
        /// What the operating system says.
        source: io::Error,
    },
    /// The table is not one that a run wrote.
    #[error("`{}`, line {line}: {reason}; repair or remove the file", .path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// Line in the file, from 1.
        line: u64,
        /// What is wrong there.
        reason: String,
    },
    /// The curves can't be drawn.
    #[error("can't draw the curves: {0}")]
    Plot(String),
}

impl Log {
    /// Goes on with the records in the folder, except those of `epoch` and later ones, which are run again. `title` is
    /// that of the page.
    ///
    /// # Errors
    /// If files cannot be read or written, or the table is broken.
    pub fn open(folder: &Path, title: &str, epoch: usize) -> Result<Self, LogError> {
        let mut records = csv::read(&folder.join(TABLE))?;
        records.retain(|record| record.epoch < epoch);
        let events = folder.join(EVENTS);
        fs::create_dir_all(&events)
            .and_then(|()| edgeconv_files::remove_leftovers(&events))
            .map_err(|source| unwritable(&events, source))?;
        let events = EventFile::create(&events, &records)?;
        Ok(Self { folder: folder.into(), title: title.into(), records, events })
    }

    /// The epochs so far.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Adds an epoch to all files.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn add(&mut self, record: Record) -> Result<(), LogError> {
        self.events.add(&record)?;
        self.records.push(record);
        csv::write(&self.folder.join(TABLE), &self.records)?;
        page::write(&self.folder.join(PAGE), &self.title, &self.records)
    }
}

/// Names of all values, in order of appearance.
fn names(records: &[Record]) -> Vec<&str> {
    let all = records.iter().flat_map(|record| record.values.keys().map(String::as_str));
    all.collect::<indexmap::IndexSet<_>>().into_iter().collect()
}

fn unwritable(path: &Path, source: io::Error) -> LogError {
    LogError::File { path: path.into(), action: "write", source }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn record(epoch: usize, values: &[(&str, f64)]) -> Record {
        let values = values.iter().map(|&(name, value)| (name.to_owned(), value)).collect();
        Record { epoch, time: 1.7e9 + epoch as f64, values }
    }

    #[test]
    fn a_resumed_run_drops_what_it_runs_again() {
        let folder = tempfile::tempdir().unwrap();
        let epoch = |epoch: usize| record(epoch, &[("Train/Loss", 1.0 / (epoch + 3) as f64), ("Val/Top1", 50.0)]);
        let mut log = Log::open(folder.path(), "run", 0).unwrap();
        for number in 0..4 {
            log.add(epoch(number)).unwrap();
        }
        drop(log);
        let mut log = Log::open(folder.path(), "run", 2).unwrap();
        assert_eq!(log.records(), [epoch(0), epoch(1)]);
        let again = record(2, &[("Train/Loss", 0.125), ("Val_EMA/Top1", f64::NAN)]);
        log.add(again).unwrap();
        let table = fs::read_to_string(folder.path().join(TABLE)).unwrap();
        assert_eq!(
            table,
            "epoch,time,Train/Loss,Val/Top1,Val_EMA/Top1\n0,1700000000,0.3333333333333333,50,\n1,1700000001,0.25,50,\n\
             2,1700000002,0.125,,NaN\n"
        );
        assert!(folder.path().join(PAGE).exists());
    }
}
