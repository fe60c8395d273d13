//! The ledger file: opening, locking, and what each failure means.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, config::DbConfig, params,
};

use super::{
    chain,
    migrate::{migrate, require_empty, user_version},
    rows::Act,
    schema,
};
use crate::{
    diag::{Error, LedgerTrouble, Result},
    model::Period,
};

/// How long a run waits for another process before it says that the ledger is in use: an ingest of a thousand
/// files holds the lock for well under a second.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// The ledger (台账) of one office: a `SQLite` file that only grows.
///
/// Writing methods take the time as an argument and are one transaction each: after a kill, a full disk or an
/// error, the file is as it was before. Reading methods see one consistent state.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the ledger at `path` for writing and makes it if it is not there.
    ///
    /// # Errors
    /// [`Error::LedgerTrouble`] if the place cannot be written or the file is no ledger; [`Error::LedgerBusy`].
    pub fn open_or_create(path: &Path, now: Timestamp) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Self::connect(path, flags)?;
        if store.version()? == 0 {
            store.write(|tx| {
                // Another process may have made it while this one waited for the lock.
                if user_version(tx)? == 0 {
                    require_empty(tx)?;
                    migrate(tx, 0, schema::MIGRATIONS)?;
                    tx.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
                    let run = add_run(tx, Act::Create, None, now)?;
                    chain::close_run(tx, run)?;
                }
                Ok(())
            })?;
        }
        store.bring_up_to_date()?;
        Ok(store)
    }

    /// Opens an existing ledger for writing; an older one is brought up to date.
    ///
    /// # Errors
    /// As [`Store::open_or_create`], and [`Error::NotFound`].
    pub fn open(path: &Path) -> Result<Self> {
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        store.bring_up_to_date()?;
        Ok(store)
    }

    /// Opens an existing ledger for reading; the file and its folder may be write-protected.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_to_read(path: &Path) -> Result<Self> {
        let opened = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|store| store.version().map(|version| (store, version)));
        let (store, version) = match opened {
            // A run that was killed left its journal: undoing it needs writing.
            Err(Error::LedgerTrouble { trouble: LedgerTrouble::ReadOnly, .. }) => {
                return Self::open(path);
            }
            other => other?,
        };
        match version {
            0 => Err(store.none_yet()),
            schema::VERSION => store.recognise().map(|()| store),
            // Reading needs today's tables.
            found if found < schema::VERSION => Self::open(path),
            found => Err(store.trouble(LedgerTrouble::Newer { found, known: schema::VERSION })),
        }
    }

    /// Whether simulated data were ever entered: everything printed says 模拟数据.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn simulated(&self) -> Result<bool> {
        self.read(|tx| {
            let sql = "SELECT EXISTS (SELECT 1 FROM run WHERE act = ?1)";
            Ok(tx.query_row(sql, [Act::Simulate.key()], |r| r.get(0))?)
        })
    }

    /// Marks the ledger as holding simulated data, for good. Doing it twice is doing it once.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn mark_simulated(&mut self, now: Timestamp) -> Result<()> {
        if self.simulated()? {
            return Ok(());
        }
        self.write(|tx| {
            let run = add_run(tx, Act::Simulate, None, now)?;
            chain::close_run(tx, run)?;
            Ok(())
        })
    }

    /// When the last run of ingest (or a withdrawal) was recorded: the default of `--as-of`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn last_ingest(&self) -> Result<Option<Timestamp>> {
        self.read(|tx| {
            let sql = "SELECT max(at) FROM run WHERE act IN ('ingest', 'recheck', 'withdraw')";
            let at: Option<String> = tx.query_row(sql, [], |r| r.get(0))?;
            at.map(|text| parse_time("run.at", &text)).transpose()
        })
    }

    /// Head of the chain, hex: 64 zeros in an empty ledger. Printed on receipts and in 口径与来源.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn head(&self) -> Result<String> {
        self.read(|tx| Ok(chain::head(tx)?))
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the file from growing beyond `pages`, as a full disk does.
    #[doc(hidden)]
    pub fn limit_pages_for_tests(&self, pages: u32) {
        let _ = self.conn.pragma_update(None, "max_page_count", pages);
    }

    /// Another patience with other processes than [`BUSY_WAIT`].
    #[doc(hidden)]
    pub fn wait_for_tests(&self, wait: Duration) {
        let _ = self.conn.busy_timeout(wait);
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::IsFolder(path.to_owned()));
        }
        if !flags.contains(OpenFlags::SQLITE_OPEN_CREATE) && !path.exists() {
            return Err(Error::NotFound(path.to_owned()));
        }
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty() && !f.exists()) {
            return Err(Error::NotFound(folder.to_owned()));
        }
        let fail = |e: rusqlite::Error| explain(path, &e);
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(fail)?;
        conn.busy_timeout(BUSY_WAIT).map_err(fail)?;
        // Plans do not depend on bound values; without this promise some statements are planned anew at each use.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fail)?;
        // Tables and triggers of a file from elsewhere must not reach anything but themselves.
        conn.execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; \
             PRAGMA synchronous = FULL;",
        )
        .map_err(fail)?;
        // Asking for the journal mode reads the file, so this is where a stranger's file shows.
        let mode: String = conn.query_row("PRAGMA journal_mode", [], |r| r.get(0)).map_err(fail)?;
        if mode == "wal" {
            conn.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(fail)?;
        }
        conn.set_prepared_statement_cache_capacity(64);
        Ok(Self { conn, path: path.to_owned() })
    }

    fn version(&self) -> Result<i64> {
        self.read(|tx| Ok(user_version(tx)?))
    }

    /// Refuses a database that is not a ledger.
    fn recognise(&self) -> Result<()> {
        let id: i32 =
            self.read(|tx| Ok(tx.query_row("PRAGMA application_id", [], |r| r.get(0))?))?;
        if id == schema::APPLICATION_ID {
            Ok(())
        } else {
            Err(self.trouble(LedgerTrouble::NotALedger))
        }
    }

    fn bring_up_to_date(&mut self) -> Result<()> {
        let found = self.version()?;
        if found == 0 {
            return Err(self.none_yet());
        }
        self.recognise()?;
        if found > schema::VERSION {
            return Err(self.trouble(LedgerTrouble::Newer { found, known: schema::VERSION }));
        }
        if found < schema::VERSION {
            self.write(|tx| {
                let found = user_version(tx)?;
                migrate(tx, found, schema::MIGRATIONS)
            })?;
        }
        Ok(())
    }

    /// A file without a version: an empty one is what a killed first run leaves, so there is no ledger yet.
    fn none_yet(&self) -> Error {
        match self.read(require_empty) {
            Ok(()) => Error::NotFound(self.path.clone()),
            Err(stranger) => stranger,
        }
    }

    fn trouble(&self, trouble: LedgerTrouble) -> Error {
        Error::LedgerTrouble { path: self.path.clone(), trouble }
    }

    /// Runs `work` on one consistent state of the file.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Transaction) -> Work<T>) -> Result<T> {
        let done = self.conn.unchecked_transaction().map_err(Fault::from).and_then(|tx| work(&tx));
        done.map_err(|fault| fault.on(&self.path))
    }

    /// Runs `work` as one transaction: all of it is recorded, or nothing.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> Work<T>) -> Result<T> {
        self.write_if(|tx| Ok((true, work(tx)?)))
    }

    /// As [`Store::write`], but only recorded if `work` says so; what it gives is given either way.
    pub(super) fn write_if<T>(
        &mut self,
        work: impl FnOnce(&Transaction) -> Work<(bool, T)>,
    ) -> Result<T> {
        let run = |conn: &mut Connection| -> Work<T> {
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (keep, value) = work(&tx)?;
            if keep {
                tx.commit()?;
            } else {
                tx.rollback()?;
            }
            Ok(value)
        };
        run(&mut self.conn).map_err(|fault| fault.on(&self.path))
    }

    /// The connection, for a backup.
    pub(super) const fn conn(&self) -> &Connection {
        &self.conn
    }
}

/// Result of work inside a transaction.
pub(super) type Work<T> = std::result::Result<T, Fault>;

/// What can go wrong inside a transaction.
#[derive(Debug)]
pub(super) enum Fault {
    /// The database failed.
    Sql(rusqlite::Error),
    /// A stored value cannot be read back.
    Value { column: &'static str, found: String },
    /// The file is something else.
    Stranger,
    /// What was asked for cannot be done.
    Refused(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Sql(cause)
    }
}

impl Fault {
    /// The error it is for the ledger at `path`.
    pub(super) fn on(self, path: &Path) -> Error {
        let trouble = match self {
            Self::Sql(cause) => return explain(path, &cause),
            Self::Refused(error) => return error,
            Self::Value { column, found } => {
                LedgerTrouble::Value { column: column.to_owned(), found }
            }
            Self::Stranger => LedgerTrouble::NotALedger,
        };
        Error::LedgerTrouble { path: path.to_owned(), trouble }
    }
}

/// What a failure of `SQLite` on `path` means for the office.
pub(super) fn explain(path: &Path, cause: &rusqlite::Error) -> Error {
    let path = path.to_owned();
    let words = cause.to_string();
    let trouble = match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            return Error::LedgerBusy(path);
        }
        // A journal that cannot be made beside the file is a folder that may only be read.
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            LedgerTrouble::ReadOnly
        }
        Some(ErrorCode::DiskFull) => LedgerTrouble::DiskFull,
        Some(ErrorCode::NotADatabase) => LedgerTrouble::NotALedger,
        Some(ErrorCode::DatabaseCorrupt) => LedgerTrouble::Damaged(words),
        Some(ErrorCode::SystemIoFailure) => LedgerTrouble::Medium(words),
        Some(ErrorCode::ConstraintViolation) if words.contains(schema::REFUSAL) => {
            LedgerTrouble::AppendOnly
        }
        _ => return Error::Ledger(words),
    };
    Error::LedgerTrouble { path, trouble }
}

/// Adds a run and gives its number.
pub(super) fn add_run(
    tx: &Transaction,
    act: Act,
    period: Option<Period>,
    now: Timestamp,
) -> Work<i64> {
    let sql = "INSERT INTO run (at, act, period, program) VALUES (?1, ?2, ?3, ?4)";
    let period = period.map(|p| p.to_string());
    let program = concat!("duban ", env!("CARGO_PKG_VERSION"));
    tx.prepare_cached(sql)?.execute(params![time_text(now), act.key(), period, program])?;
    Ok(tx.last_insert_rowid())
}

/// A time as the ledger stores it: UTC, milliseconds, fixed width.
///
/// Finer parts of a file's time are cut off, before they are ever compared.
pub(super) fn time_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Reads back what [`time_text`] wrote.
pub(super) fn parse_time(column: &'static str, text: &str) -> Work<Timestamp> {
    text.parse().map_err(|_| Fault::Value { column, found: text.to_owned() })
}

/// Reads back a value stored as text.
pub(super) fn parse<T: std::str::FromStr>(column: &'static str, text: &str) -> Work<T> {
    text.parse().map_err(|_| Fault::Value { column, found: text.to_owned() })
}
