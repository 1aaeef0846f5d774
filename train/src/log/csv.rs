//! The table of a run: a row for each epoch.

use std::fs::File;
use std::io;
use std::path::Path;

use super::{LogError, Record, names, unwritable};

/// Writes the table. Numbers have as many digits as it takes to read the same ones.
pub(super) fn write(path: &Path, records: &[Record]) -> Result<(), LogError> {
    let names = names(records);
    let cells = |record: &Record| {
        let value = |name: &&str| record.values.get(*name).map(f64::to_string).unwrap_or_default();
        let values = names.iter().map(value).collect::<Vec<_>>();
        [vec![record.epoch.to_string(), record.time.to_string()], values].concat()
    };
    edgeconv_files::write_with(path, |file| {
        let mut table = csv::Writer::from_writer(file);
        table.write_record(["epoch", "time"].iter().chain(&names))?;
        for record in records {
            table.write_record(cells(record))?;
        }
        table.flush()
    })
    .map_err(|source| unwritable(path, source))
}

/// Reads the table; without a file there are no records.
pub(super) fn read(path: &Path) -> Result<Vec<Record>, LogError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(source) => return Err(LogError::File { path: path.into(), action: "read", source }),
    };
    let mut table = csv::Reader::from_reader(file);
    let broken = |line, reason| LogError::Table { path: path.into(), line, reason };
    let header = table.headers().map_err(|error| broken(1, error.to_string()))?.clone();
    let mut records = vec![];
    for row in table.records() {
        let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
        let row = row.map_err(|error| broken(line(error.position()), error.to_string()))?;
        records.push(record(&header, &row).map_err(|reason| broken(line(row.position()), reason))?);
    }
    Ok(records)
}

fn record(header: &csv::StringRecord, row: &csv::StringRecord) -> Result<Record, String> {
    let mut found = Record { epoch: 0, time: 0.0, values: Default::default() };
    for (name, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        let number = || cell.parse().map_err(|_| format!("`{cell}` under `{name}` is not a number"));
        match name {
            "epoch" => found.epoch = cell.parse().map_err(|_| format!("`{cell}` is not an epoch"))?,
            "time" => found.time = number()?,
            name => {
                found.values.insert(name.to_owned(), number()?);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::record;
    use super::*;

    #[test]
    fn numbers_come_back_to_the_last_bit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.csv");
        assert!(read(&path).unwrap().is_empty());
        let records = [
            record(0, &[("Train/Loss", 1.0 / 3.0), ("LR/Group-0", 4e-4)]),
            record(1, &[("Train/Loss", f64::INFINITY), ("Val/Top1, raw \"%\"", 5e-324)]),
        ];
        write(&path, &records).unwrap();
        assert_eq!(read(&path).unwrap(), records);
    }

    #[test]
    fn a_broken_table_says_where() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.csv");
        let error = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read(&path).unwrap_err().to_string()
        };
        assert!(
            error("epoch,time,a\n0,1,2\n1,1,two\n")
                .ends_with("line 3: `two` under `a` is not a number; repair or remove the file")
        );
        assert!(error("epoch,time,a\n-1,1,2\n").contains("line 2: `-1` is not an epoch"));
        assert!(error("epoch,time,a\n0,1\n").contains("line 2"));
    }
}
