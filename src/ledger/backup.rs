//! A copy of the ledger made while it may be in use (台账备份).

use std::path::Path;

use rusqlite::{Connection, OpenFlags, backup::Backup};

use super::{Store, store::explain};
use crate::diag::{Error, LedgerTrouble, Result};

/// Pages copied at a time; the whole copy is one consistent state all the same.
const PAGES: i32 = 1024;

impl Store {
    /// Copies the ledger to `to`, which must not exist. Written beside and renamed when it is whole.
    ///
    /// # Errors
    /// [`LedgerTrouble::Exists`], or what keeps the place from being written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            let trouble = LedgerTrouble::Exists;
            return Err(Error::LedgerTrouble { path: to.to_owned(), trouble });
        }
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let io = |cause| Error::io(to, cause);
        if part.exists() {
            std::fs::remove_file(part).map_err(io)?;
        }
        let copied = self.copy(part);
        let named = copied.and_then(|()| std::fs::rename(part, to).map_err(io));
        if named.is_err() && part.exists() {
            // The first failure is what the office has to know.
            let _ = std::fs::remove_file(part);
        }
        named
    }

    fn copy(&self, to: &Path) -> Result<()> {
        let fail = |e: rusqlite::Error| explain(to, &e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut copy = Connection::open_with_flags(to, flags).map_err(fail)?;
        copy.execute_batch("PRAGMA synchronous = FULL").map_err(fail)?;
        let backup = Backup::new(self.conn(), &mut copy).map_err(fail)?;
        backup.run_to_completion(PAGES, std::time::Duration::from_millis(5), None).map_err(fail)
    }
}
