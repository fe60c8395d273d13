//! `ingest --recheck`: today's rules against what an older judgement left in the ledger.

use duban::{
    diag::Severity,
    intake::{CellCount, Outcome, Return},
    ledger::{Incoming, Run, Store},
    model::{Answer, Field},
};

use super::*;

const RECHECK: [&str; 6] = ["ingest", "-p", "2024-03", "--recheck", "--now", "2024-05-01T09:00:00"];

/// What an older program might have made of a file: one figure ten times too large, one text withheld.
fn as_an_older_program(office: &Office, unit: &str) -> (String, String) {
    let mut store = Store::open(&office.path("ledger.db")).expect("a ledger");
    let period = "2024-03".parse().expect("a period");
    let row = store
        .submissions(period, None)
        .expect("submissions")
        .into_iter()
        .find(|s| s.unit.as_ref().is_some_and(|u| u.as_str() == unit))
        .expect("its return");
    let mut entries: Vec<_> =
        store.entries_of(row.id).expect("entries").into_iter().map(|e| e.entry).collect();
    let figure = entries.iter_mut().find(|e| e.field == Field::Cumulative).expect("a figure");
    let Some(Answer::Number(number)) = &mut figure.value else { panic!("{figure:?}") };
    *number *= rust_decimal::Decimal::TEN;
    let figure = figure.cell.clone();
    let text = entries.iter().position(|e| e.field == Field::Narrative).expect("a text");
    let text = entries.remove(text).cell;
    let incoming = Incoming {
        file: row.file.clone(),
        archive: row.archive.clone(),
        sha256: row.sha256.clone(),
        size: row.size,
        outcome: Outcome::Partial,
        unit: row.unit.clone(),
        received_at: row.received_at,
        presumed: row.presumed,
        on_behalf: None,
        answers: Some(Return {
            unit: row.unit.clone().expect("a unit"),
            period,
            entries,
            required: row.required,
            answered: row.answered,
            cells: row.cells,
        }),
        cells: CellCount::default(),
        findings: vec![],
    };
    let run = Run { period, files: vec![incoming], findings: vec![] };
    store.append_rechecked(&run, row.recorded_at).expect("recorded");
    (figure, text)
}

#[test]
fn a_recheck_shows_what_is_judged_otherwise_and_records_it_only_when_asked() {
    let office = Office::new();
    assert!(office.run(&INGEST).status.success());
    let first = office.dump();
    let at = ["status", "-p", "2024-03", "--now", "2024-05-01T09:00:00", "--json"];
    let came = office.json(&at);
    let same = office.json(&[&RECHECK[..], &["--json"]].concat());
    assert_eq!(same["files"], serde_json::json!([]));
    assert_eq!(same["summary"]["checked"], 4);

    let (figure, text) = as_an_older_program(&office, "区工业和信息化局");
    let old = office.dump();
    let head = office.json(&["ledger", "verify", "--json"])["head"].clone();
    let shown = office.json(&[&RECHECK[..], &["--json"]].concat());
    let files = shown["files"].as_array().expect("files");
    assert_eq!(files.len(), 1);
    assert_eq!(files[0]["path"], "returns/2024-03/区工业和信息化局_2024-03_填报表.xlsx");
    assert_eq!(files[0]["outcome"], serde_json::json!({"recorded": "partial", "now": "accepted"}));
    let cells = files[0]["cells"].as_array().expect("cells");
    let of = |cell: &str| cells.iter().find(|c| c["cell"] == cell).expect("the cell");
    assert_eq!(cells.len(), 2);
    assert_eq!(of(&figure)["otherwise"], "changed");
    let ratio = of(&figure)["recorded"].as_f64().zip(of(&figure)["now"].as_f64());
    assert!(ratio.is_some_and(|(then, now)| (then - now * 10.0).abs() < 1e-9), "{cells:?}");
    assert_eq!(of(&text)["otherwise"], "taken");
    assert_eq!(of(&text)["recorded"], Value::Null);
    assert_eq!(of(&text)["now"], of(&text)["raw"]);
    let told = office.done(&RECHECK);
    assert!(told.contains(&format!("填报表 ▸ {figure}")) && told.contains("--apply"), "{told}");
    assert_eq!(old, office.dump(), "looking changes nothing");
    assert_eq!(head, office.json(&["ledger", "verify", "--json"])["head"]);

    let applied = office.json(&[&RECHECK[..], &["--apply", "--json"]].concat());
    assert_eq!((&applied["applied"], &applied["summary"]["differing"]), (&true.into(), &1.into()));
    let in_force = |rows: &[String]| -> Vec<String> {
        rows.iter().filter(|r| r.contains("\"superseded\":false")).cloned().collect()
    };
    assert_eq!(in_force(&office.dump()), in_force(&first), "today's judgement counts");
    assert!(office.dump().len() > first.len(), "the older judgements are kept");
    assert_eq!(office.json(&["ledger", "verify", "--json"])["sound"], true);
    let again = office.json(&[&RECHECK[..], &["--json"]].concat());
    assert_eq!(again["files"], serde_json::json!([]));
    // When the file came did not change, so neither did its being on time.
    let status = office.json(&at);
    for key in ["received", "on_time", "late", "missing"] {
        assert_eq!(status[key], came[key], "{key}");
    }
}

#[test]
fn an_original_that_is_missing_or_altered_is_named_and_left_alone() {
    let office = Office::new();
    assert!(office.run(&INGEST).status.success());
    as_an_older_program(&office, "区工业和信息化局");
    let kept = files(&office.path("archive/2024-03"));
    for (n, path) in kept.iter().enumerate() {
        if n == 0 {
            fs::remove_file(path).expect("removed");
        } else {
            fs::write(path, "altered").expect("written");
        }
    }
    let before = office.dump();
    let output = office.run(&[&RECHECK[..], &["--apply", "--json"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = told["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), kept.len());
    assert!(findings.iter().all(|f| f["severity"] == serde_json::json!(Severity::Error)));
    assert_eq!(told["summary"]["checked"], 0);
    assert_eq!(before, office.dump());
}
