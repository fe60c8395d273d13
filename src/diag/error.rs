//! What stops the work.

use std::path::PathBuf;

/// Result of work that can be stopped.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What stops the work (exit code 2). Its sentence in both languages is made by [`crate::wording::errors`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such file or folder.
    #[error("not found: {path}", path = .0.display())]
    NotFound(PathBuf),
    /// A folder where a file is meant.
    #[error("a folder, not a file: {path}", path = .0.display())]
    IsFolder(PathBuf),
    /// A file where a folder is meant.
    #[error("a file, not a folder: {path}", path = .0.display())]
    IsFile(PathBuf),
    /// Reading or writing failed.
    #[error("{path}: {cause}", path = .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A settings file (`duban.toml`, `form.toml` …) is broken.
    #[error("{file}:{line}: {problem}")]
    Settings {
        /// Which file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, in the settings reader's words.
        problem: String,
        /// What is allowed there.
        allowed: String,
    },
    /// Not an office folder.
    #[error("no office folder: {path}", path = .0.display())]
    NotAnOffice(PathBuf),
    /// Refused, because it would overwrite something that duban did not make.
    #[error("not made by duban, left alone: {path}", path = .0.display())]
    Foreign(PathBuf),
    /// A document that cannot be used at all; the findings say why.
    #[error("cannot use {file}")]
    Document {
        /// Which file.
        file: String,
        /// Why.
        findings: Vec<super::Diagnostic>,
    },
    /// What was typed on the command line does not fit: (zh, en).
    #[error("{en}")]
    Usage {
        /// The sentence in Chinese.
        zh: String,
        /// The sentence in English.
        en: String,
    },
    /// The ledger refused.
    #[error("ledger: {0}")]
    Ledger(String),
    /// The ledger is in use by another process.
    #[error("ledger in use: {path}", path = .0.display())]
    LedgerBusy(PathBuf),
    /// Writing a workbook failed inside the writing library.
    #[error("workbook {name}: {cause}")]
    Workbook {
        /// Which workbook.
        name: String,
        /// What the library says.
        cause: String,
    },
    /// The ledger file cannot be used or written.
    #[error("ledger {path}: {trouble:?}", path = .path.display())]
    LedgerTrouble {
        /// Which ledger.
        path: PathBuf,
        /// Why.
        trouble: LedgerTrouble,
    },
    /// A data frame is not as promised.
    #[error("frame: {0}")]
    Frame(String),
}

/// Why a ledger file cannot be used or written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LedgerTrouble {
    /// The file or its folder may only be read.
    ReadOnly,
    /// No room left on the disk; the ledger is as it was before the run.
    DiskFull,
    /// The file is something else.
    NotALedger,
    /// Written by a newer duban.
    Newer {
        /// Schema version of the file.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The file is there already.
    Exists,
    /// The file is damaged, in `SQLite`'s words.
    Damaged(String),
    /// The medium failed while reading or writing, in `SQLite`'s words.
    Medium(String),
    /// A stored value cannot be read back: column and value.
    Value {
        /// Table and column.
        column: String,
        /// What stands there.
        found: String,
    },
    /// The ledger refused a change to what was recorded.
    AppendOnly,
}

impl Error {
    /// An [`Error`] for a failed operation on `path`; missing files get their own variant.
    #[must_use]
    pub fn io(path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        let path = path.into();
        if cause.kind() == std::io::ErrorKind::NotFound {
            Self::NotFound(path)
        } else {
            Self::Io { path, cause }
        }
    }
}
