//! What stops the work is said plainly, and leaves the ledger as it was.

use duban::{
    diag::{Error, LedgerTrouble},
    ledger::Store,
    model::Field,
    wording::{Lang, errors::sentence},
};
use rusqlite::Connection;

use super::*;

fn trouble(result: Result<impl Sized, Error>) -> LedgerTrouble {
    match result.map(|_| ()) {
        Err(error @ Error::LedgerTrouble { .. }) => {
            for lang in [Lang::Zh, Lang::En] {
                assert!(sentence(&error, lang).contains("ledger.db"));
            }
            let Error::LedgerTrouble { trouble, .. } = error else { unreachable!() };
            trouble
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn strangers_and_newer_ledgers_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.db");
    let now = at("2024-04-01T00:00:00Z");
    assert!(matches!(Store::open(&path), Err(Error::NotFound(_))));
    assert!(matches!(Store::open_to_read(&path), Err(Error::NotFound(_))));
    assert!(matches!(Store::open(folder.path()), Err(Error::IsFolder(_))));

    std::fs::write(&path, "方案".repeat(400)).expect("written");
    assert_eq!(trouble(Store::open_or_create(&path, now)), LedgerTrouble::NotALedger);
    std::fs::remove_file(&path).expect("removed");
    Connection::open(&path).and_then(|c| c.execute_batch("CREATE TABLE t (x)")).expect("made");
    assert_eq!(trouble(Store::open_or_create(&path, now)), LedgerTrouble::NotALedger);
    assert_eq!(trouble(Store::open(&path)), LedgerTrouble::NotALedger);
    std::fs::remove_file(&path).expect("removed");

    drop(Store::open_or_create(&path, now).expect("a ledger"));
    Connection::open(&path).and_then(|c| c.execute_batch("PRAGMA user_version = 99")).expect("set");
    assert!(matches!(trouble(Store::open(&path)), LedgerTrouble::Newer { found: 99, .. }));
    assert!(matches!(trouble(Store::open_to_read(&path)), LedgerTrouble::Newer { found: 99, .. }));
}

#[test]
fn a_full_disk_leaves_the_ledger_as_it_was() {
    let mut office = Office::new();
    office.take(
        "2024-03",
        vec![file(1, "财政局", "2024-03", "2024-04-01T00:00:00Z", vec![])],
        "2024-04-01T00:00:00Z",
    );
    let head = office.store.head().expect("head");
    // SQLite reports a file that may not grow exactly as it reports a full disk.
    office.store.limit_pages_for_tests(40);
    let text = "进".repeat(2000);
    let cells = (1..200).map(|n| cell(&n.to_string(), Field::Narrative, &text)).collect();
    let run = Run {
        period: p("2024-03"),
        files: vec![file(2, "民政局", "2024-03", "2024-04-01T00:00:00Z", cells)],
        findings: vec![],
    };
    let full = office.store.append(&run, at("2024-04-02T00:00:00Z"));
    assert_eq!(trouble(full), LedgerTrouble::DiskFull);
    let fresh = open(&office.path());
    assert_eq!(fresh.head().expect("head"), head);
    assert!(fresh.verify().expect("verified").findings.is_empty());
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let mut office = Office::new();
    office.take(
        "2024-03",
        vec![file(1, "财政局", "2024-03", "2024-04-01T00:00:00Z", vec![])],
        "2024-04-01T00:00:00Z",
    );
    let path = office.path();
    let mode = |folder: u32, file: u32| {
        let set = |p: &std::path::Path, m| {
            std::fs::set_permissions(p, std::fs::Permissions::from_mode(m)).expect("set");
        };
        set(&path, file);
        set(office.folder.path(), folder);
    };
    mode(0o555, 0o444);
    if std::fs::OpenOptions::new().append(true).open(&path).is_ok() {
        mode(0o755, 0o644);
        eprintln!("skipped: this user may write everywhere (root)");
        return;
    }
    let read = Store::open_to_read(&path).and_then(|s| s.submissions(p("2024-03"), None));
    let written = Store::open(&path).and_then(|mut s| s.mark_simulated(at("2024-04-02T00:00:00Z")));
    mode(0o755, 0o644);
    assert_eq!(read.expect("read").len(), 1);
    assert_eq!(trouble(written), LedgerTrouble::ReadOnly);
}

#[test]
fn two_at_once_end_like_one_after_the_other() {
    let office = Office::new();
    let path = office.path();
    std::thread::scope(|scope| {
        for unit in ["财政局", "民政局"] {
            let path = &path;
            scope.spawn(move || {
                for n in 0..10u64 {
                    let n = if unit == "财政局" { 2 * n } else { 2 * n + 1 };
                    let f = file(
                        n,
                        unit,
                        "2024-03",
                        "2024-04-01T00:00:00Z",
                        vec![cell("1-1", Field::Cumulative, &n.to_string())],
                    );
                    // Both also bring the same file: one of them records it.
                    let both = file(1000, "教育局", "2024-03", "2024-04-01T00:00:00Z", vec![]);
                    let run = Run { period: p("2024-03"), files: vec![f, both], findings: vec![] };
                    open(path).append(&run, at("2024-04-02T00:00:00Z")).expect("recorded");
                }
            });
        }
    });
    assert_eq!(office.store.submissions(p("2024-03"), None).expect("rows").len(), 21);
    assert!(office.store.verify().expect("verified").findings.is_empty());
}

#[test]
fn a_ledger_in_use_says_so() {
    let mut office = Office::new();
    office.store.wait_for_tests(std::time::Duration::from_millis(50));
    let other = Connection::open(office.path()).expect("open");
    other.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    assert!(matches!(
        office.store.mark_simulated(at("2024-04-01T00:00:00Z")),
        Err(Error::LedgerBusy(_))
    ));
    other.execute_batch("ROLLBACK").expect("free");
    office.store.mark_simulated(at("2024-04-01T00:00:00Z")).expect("free again");
}
