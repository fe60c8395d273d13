//! Tampering behind duban's back is refused by the guards, and found when the guards were dropped.

use duban::{
    diag::{Code, Error, LedgerTrouble},
    model::Field,
};
use rusqlite::Connection;

use super::*;

fn filled() -> Office {
    let mut office = Office::new();
    let form = issue("财政局", "2024-03", "2024-04-05");
    office
        .store
        .issue(p("2024-03"), ("0123456789ab", b"plan"), &[form], at("2024-03-26T00:00:00Z"))
        .expect("issued");
    for n in 1..4 {
        let mut f = file(
            n,
            "财政局",
            "2024-03",
            &format!("2024-04-0{n}T00:00:00Z"),
            vec![cell("1-1", Field::Cumulative, "30"), cell("1-1", Field::Narrative, "已开工")],
        );
        f.findings =
            vec![Diagnostic::new(Code::RegisterRow, Place::Absent { who: "x".into() }, "y")];
        office.take("2024-03", vec![f], "2024-04-04T00:00:00Z");
    }
    office
}

/// Alters the file with the triggers dropped, and gives the codes that verifying finds.
fn tampered(sql: &str) -> Vec<&'static str> {
    let office = filled();
    assert!(office.store.verify().expect("verified").findings.is_empty());
    let conn = Connection::open(office.path()).expect("open");
    let mut names =
        conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").expect("sql");
    let triggers: Vec<(String, String)> = names
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
        .expect("names")
        .collect::<Result<_, _>>()
        .expect("names");
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
    }
    conn.execute_batch(sql).expect("altered");
    for (_, sql) in &triggers {
        conn.execute_batch(sql).expect("put back");
    }
    let mut codes: Vec<_> = office
        .store
        .verify()
        .expect("verified")
        .findings
        .iter()
        .map(|f| f.code.printed())
        .collect();
    codes.dedup();
    codes
}

#[test]
fn every_change_behind_our_back_is_found() {
    for (sql, code) in [
        ("UPDATE entry SET value = '300' WHERE submission = 2 AND n = 0", "L103"),
        ("UPDATE entry SET raw = '300' WHERE submission = 2 AND n = 0", "L103"),
        ("DELETE FROM entry WHERE submission = 1 AND n = 1", "L103"),
        ("UPDATE submission SET received_at = '2024-03-01T00:00:00.000Z' WHERE id = 3", "L103"),
        ("UPDATE submission SET unit = '民政局' WHERE id = 1", "L103"),
        ("DELETE FROM finding WHERE submission = 2", "L103"),
        ("UPDATE obligation SET due = '2024-05-05'", "L103"),
        ("UPDATE form_issue SET printed = '{}'", "L103"),
        ("UPDATE plan_version SET content = x'00'", "L103"),
        ("UPDATE run SET at = '2023-01-01T00:00:00.000Z' WHERE id = 2", "L103"),
        ("INSERT INTO withdrawal (run, submission, reason) VALUES (1, 2, '')", "L103"),
        (
            "INSERT INTO confirmation (run, period, task, confirmed, reason) VALUES (2, '2024-03', 1, 1, '')",
            "L103",
        ),
        (
            "INSERT INTO entry VALUES (1, 9, 1, '1-1', 'lead', 'cumulative', '99', '99', '填报表', 'K6')",
            "L103",
        ),
        (
            "INSERT INTO run (at, act, period, program) VALUES ('2024-05-01T00:00:00.000Z', 'ingest', NULL, 'x')",
            "L104",
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE submission SET presumed = 7 WHERE id = 1",
            "L101",
        ),
        ("PRAGMA foreign_keys = OFF; DELETE FROM submission WHERE id = 3", "L106"),
        ("DELETE FROM link WHERE seq = 3", "L102"),
        ("UPDATE link SET digest = head WHERE seq = 4", "L102"),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE submission = 3; DELETE FROM finding WHERE submission = 3; \
          DELETE FROM submission WHERE id = 3; DELETE FROM link WHERE kind = 'submission' AND subject = 3",
            "L102",
        ),
    ] {
        assert!(tampered(sql).contains(&code), "{sql}: {:?}", tampered(sql));
    }
}

#[test]
fn the_guards_refuse_every_change_and_deletion() {
    let office = filled();
    let conn = Connection::open(office.path()).expect("open");
    conn.execute_batch("PRAGMA recursive_triggers = ON").expect("set");
    for table in [
        "run",
        "plan_version",
        "submission",
        "entry",
        "finding",
        "obligation",
        "form_issue",
        "link",
    ] {
        let column: String = conn
            .query_row(&format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"), [], |r| {
                r.get(0)
            })
            .expect("a column");
        for sql in [
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
        ] {
            let error = conn.execute_batch(&sql).expect_err(&sql).to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
    }
    assert!(office.store.verify().expect("verified").findings.is_empty());
    // Taking the guards away is found by itself.
    conn.execute_batch("DROP TRIGGER entry_no_update").expect("dropped");
    let found = office.store.verify().expect("verified").findings;
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::LedgerGuardMissing]);
}

#[test]
fn printed_heads_are_known_and_a_shortened_ledger_is_not() {
    let mut office = filled();
    let before = office.store.head().expect("head");
    office.take(
        "2024-03",
        vec![file(9, "民政局", "2024-03", "2024-04-01T00:00:00Z", vec![])],
        "2024-04-05T00:00:00Z",
    );
    let after = office.store.head().expect("head");
    assert_ne!(before, after);
    for head in [&before, &after, &after[..12].to_owned()] {
        assert!(office.store.knows_head(head).expect("read"));
    }
    assert!(!office.store.knows_head(&after[..8]).expect("read"), "too short to mean anything");
    assert!(!office.store.knows_head("000000000000ffff").expect("read"));
}

#[test]
fn a_backup_is_the_same_ledger() {
    let office = filled();
    let to = office.folder.path().join("backup.db");
    office.store.backup(&to).expect("copied");
    let copy = open(&to);
    assert_eq!(copy.verify().expect("verified"), {
        let mut here = office.store.verify().expect("verified");
        here.findings.clear();
        here
    });
    assert_eq!(super::counts(&copy, "2024-03"), office.counts("2024-03"));
    let again = office.store.backup(&to);
    assert!(
        matches!(again, Err(Error::LedgerTrouble { trouble: LedgerTrouble::Exists, .. })),
        "{again:?}"
    );
    assert!(!office.folder.path().join("backup.db.part").exists());
}
