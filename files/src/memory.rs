//! How much memory the content of files may take: a file of a few bytes can ask for tensors that fit into no memory.

use std::fmt;
use std::fs::Metadata;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much memory the content of files may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// Four times what the files take on the disk, and 512 MB.
    ByFiles,
    /// So many bytes.
    Bytes(u64),
}

/// What files may take besides their size.
const BASE: u64 = 512_000_000;

/// What [`Memory::limit_process`] says, in bytes.
static LIMIT: OnceLock<u64> = OnceLock::new();

/// The variable that says it to this process and to those that it starts.
pub const MAX_MEMORY: &str = "EDGECONV_MAX_MEMORY";

impl Memory {
    /// How much this process may take for files: so many bytes as [`limit_process`](Self::limit_process) or the variable
    /// `EDGECONV_MAX_MEMORY` say, else by the size of the files.
    pub fn of_process() -> Self {
        let said = || std::env::var(MAX_MEMORY).ok().and_then(|text| parse_bytes(&text).ok());
        LIMIT.get().copied().or_else(said).map_or(Self::ByFiles, Self::Bytes)
    }

    /// Lets this process, and those that it starts, take so many bytes for files. The first call counts.
    pub fn limit_process(bytes: u64) {
        let _ = LIMIT.set(bytes);
    }

    /// The environment by which processes that this one starts know how much they may take.
    pub fn environment() -> Option<(&'static str, String)> {
        LIMIT.get().map(|bytes| (MAX_MEMORY, bytes.to_string()))
    }

    /// What may be allocated for files that take so many bytes on the disk.
    pub fn budget(self, stored: u64) -> Budget {
        let limit = match self {
            Self::ByFiles => BASE,
            Self::Bytes(bytes) => bytes,
        };
        let budget = Budget { memory: self, limit: limit.into(), used: 0.into() };
        budget.add_file(stored);
        budget
    }
}

/// Bytes as people write them: `65536`, `512K`, `1M`, `4G`.
///
/// # Errors
/// If they are written otherwise, or are too many to be counted.
pub fn parse_bytes(text: &str) -> Result<u64, String> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[number.len()..].to_ascii_uppercase().as_str() {
        "" => Some(0),
        "K" => Some(10),
        "M" => Some(20),
        "G" => Some(30),
        _ => None,
    };
    let number = number.parse::<u64>().ok();
    let bytes = number.zip(shift).and_then(|(number, shift)| number.checked_mul(1 << shift));
    bytes.ok_or_else(|| "expected bytes such as 512K, 1M or 4G".into())
}

/// What may still be allocated for the content of files.
#[derive(Debug)]
pub struct Budget {
    memory: Memory,
    limit: AtomicU64,
    used: AtomicU64,
}

/// The content of a file asks for more memory than it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch {
    /// Bytes that are asked for.
    pub wanted: u64,
    /// Bytes that were taken before.
    pub used: u64,
    /// Bytes that may be taken in all.
    pub limit: u64,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [wanted, used, limit] = [self.wanted, self.used, self.limit].map(readable);
        write!(f, "it wants {wanted} of memory, where {used} of {limit} are taken: allow more if you trust the file")
    }
}

impl std::error::Error for TooMuch {}

fn readable(bytes: u64) -> String {
    if bytes < 100_000 { format!("{bytes} bytes") } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}

impl Budget {
    /// Another file belongs to the model, which takes so many bytes on the disk.
    pub fn add_file(&self, stored: u64) {
        if self.memory == Memory::ByFiles {
            let more = |limit: u64| Some(limit.saturating_add(stored.saturating_mul(4)));
            let _ = self.limit.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }

    /// Counts bytes that are going to be allocated.
    ///
    /// # Errors
    /// If these are too many; they are not counted then.
    pub fn take(&self, bytes: u64) -> Result<(), TooMuch> {
        let limit = self.limit();
        let add = |used: u64| used.checked_add(bytes).filter(|&used| used <= limit);
        let taken = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        taken.map(|_| ()).map_err(|used| TooMuch { wanted: bytes, used, limit })
    }

    /// Bytes that were taken are free again.
    pub fn give_back(&self, bytes: u64) {
        let less = |used: u64| Some(used.saturating_sub(bytes));
        let _ = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }

    /// Whether something of so many bytes may exist at all, whatever was taken before.
    ///
    /// # Errors
    /// If it may not.
    pub fn fits(&self, bytes: u64) -> Result<(), TooMuch> {
        let limit = self.limit();
        if bytes <= limit { Ok(()) } else { Err(TooMuch { wanted: bytes, used: 0, limit }) }
    }

    /// Bytes that may be taken in all.
    pub fn limit(&self) -> u64 {
        self.limit.load(Ordering::Relaxed)
    }
}

/// The bytes that a file takes on the disk: a sparse one can be longer than any disk.
pub fn stored(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    let blocks = std::os::unix::fs::MetadataExt::blocks(metadata).saturating_mul(512);
    #[cfg(not(unix))]
    let blocks = u64::MAX;
    metadata.len().min(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_counts_together() {
        let budget = Memory::Bytes(10).budget(1_000);
        assert_eq!(budget.take(6), Ok(()));
        assert_eq!(budget.take(5), Err(TooMuch { wanted: 5, used: 6, limit: 10 }));
        assert_eq!(budget.take(u64::MAX), Err(TooMuch { wanted: u64::MAX, used: 6, limit: 10 }));
        assert_eq!(budget.take(4), Ok(()));
        budget.give_back(1);
        assert_eq!((budget.take(2).is_ok(), budget.take(1).is_ok()), (false, true));
        assert!(budget.fits(10).is_ok() && budget.fits(11).is_err());
    }

    #[test]
    fn larger_files_may_take_more() {
        let budget = Memory::ByFiles.budget(1_000_000);
        assert_eq!(budget.limit(), 516_000_000);
        budget.add_file(1_000_000);
        assert_eq!(budget.limit(), 520_000_000);
        assert_eq!(Memory::ByFiles.budget(u64::MAX).limit(), u64::MAX);
        let error = budget.take(1 << 32).unwrap_err().to_string();
        assert!(error.starts_with("it wants 4295.0 MB of memory, where 0 bytes of 520.0 MB are taken"), "{error}");
    }

    #[test]
    fn bytes_have_units() {
        for (text, bytes) in [("0", 0), ("65536", 65536), ("512K", 512 << 10), ("2m", 2 << 20), ("4G", 4 << 30)] {
            assert_eq!(parse_bytes(text), Ok(bytes), "{text}");
        }
        for text in ["", "K", "-1", "1T", "1.5G", "18446744073709551615G"] {
            assert!(parse_bytes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sparse_files_take_little() {
        let file = tempfile::tempfile().unwrap();
        file.set_len(1 << 40).unwrap();
        assert!(stored(&file.metadata().unwrap()) < 1 << 20);
    }
}
