//! Bringing a file to today's schema.

use rusqlite::Transaction;

use super::{
    schema,
    store::{Fault, Work},
};

/// The schema version of the file; 0 if it has none.
pub(super) fn user_version(tx: &Transaction) -> rusqlite::Result<i64> {
    tx.query_row("PRAGMA user_version", [], |r| r.get(0))
}

/// A database with tables of its own is somebody else's.
pub(super) fn require_empty(tx: &Transaction) -> Work<()> {
    let objects: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    if objects == 0 { Ok(()) } else { Err(Fault::Stranger) }
}

/// Applies the steps from version `found` on. Steps add; rows that are hashed stay as they are.
pub(super) fn migrate(tx: &Transaction, found: i64, steps: &[&str]) -> Work<()> {
    let done = usize::try_from(found).unwrap_or(0);
    for step in steps.iter().skip(done) {
        tx.execute_batch(step)?;
    }
    for table in schema::TABLES {
        for (name, sql) in schema::guards(table) {
            tx.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}; {sql};"))?;
        }
    }
    tx.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{
        diag::{Error, LedgerTrouble},
        ledger::Store,
    };

    fn version(store: &Store) -> i64 {
        store.read(|tx| Ok(user_version(tx)?)).expect("version")
    }

    #[test]
    fn an_older_ledger_is_brought_up_to_date_with_its_chain_intact() {
        let folder = tempfile::tempdir().expect("a folder");
        let now: Timestamp = "2024-04-01T00:00:00Z".parse().expect("a time");
        let path = folder.path().join("ledger.db");
        let mut store = Store::open_or_create(&path, now).expect("a ledger");
        store.mark_simulated(now).expect("marked");
        let head = store.head().expect("head");
        let steps = [
            schema::MIGRATIONS,
            &["ALTER TABLE submission ADD COLUMN note TEXT; CREATE INDEX run_act ON run (act)"],
        ]
        .concat();
        store.write(|tx| migrate(tx, user_version(tx)?, &steps)).expect("migrated");
        assert_eq!(version(&store), schema::VERSION + 1);
        assert_eq!(store.head().expect("head"), head);
        assert!(store.verify().expect("verified").findings.is_empty());
        // A step that fails changes nothing.
        let broken = [steps, vec!["CREATE TABLE extra (x); CREATE TABLE run (x)"]].concat();
        assert!(store.write(|tx| migrate(tx, user_version(tx)?, &broken)).is_err());
        assert_eq!(version(&store), schema::VERSION + 1);
        // The program that knows less leaves it alone.
        drop(store);
        let newer = Store::open(&path).expect_err("too new");
        assert!(matches!(newer, Error::LedgerTrouble { trouble: LedgerTrouble::Newer { .. }, .. }));
    }
}
