//! 台账: what is recorded stays, what counts is computed, and tampering is found.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests make files to spoil, and say why they skip"
)]

mod crash;
mod export;
mod last;
mod merging;
mod record;
mod speed;
mod trace;
mod trouble;
mod verify;

use std::path::{Path, PathBuf};

use duban::{
    diag::{Code, Diagnostic, Place},
    intake::{CellCount, Entry, Outcome, Return},
    ledger::{Fact, FormIssue, Incoming, Run, Store},
    model::{
        Alias, Answer, Field, ItemNo, Period, Plan, Registry, Role, Status, TaskNo, Unit, UnitId,
        parse_decimal,
    },
    settings::Settings,
};
use jiff::Timestamp;

/// A folder with a ledger in it.
struct Office {
    folder: tempfile::TempDir,
    store: Store,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store =
            Store::open_or_create(&folder.path().join("ledger.db"), at("2024-01-02T00:00:00Z"))
                .expect("a ledger");
        Self { folder, store }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    /// Takes files in on one day.
    fn take(&mut self, period: &str, files: Vec<Incoming>, now: &str) -> duban::ledger::Appended {
        let run = Run { period: p(period), files, findings: Vec::new() };
        self.store.append(&run, at(now)).expect("recorded")
    }

    /// What counts at a period: unit, item, field and value.
    fn counts(&self, period: &str) -> Vec<String> {
        counts(&self.store, period)
    }
}

fn counts(store: &Store, period: &str) -> Vec<String> {
    let facts = store.facts(&plan(), &Settings::default(), p(period), None).expect("facts");
    let (same, standing) =
        store.facts_with_sources(&plan(), &Settings::default(), p(period), None).expect("facts");
    assert_eq!(same, facts, "sources change nothing");
    let mut facts = facts.facts;
    for fact in &mut facts {
        let place = |f: &Fact| (f.unit.clone(), f.period, f.item, f.field);
        if let Some(whole) = standing.iter().find(|a| place(&a.fact) == place(fact)) {
            fact.answer = whole.fact.answer.clone();
        }
    }
    facts.sort_by_key(|f| (f.unit.clone(), f.period, f.item, f.field));
    facts
        .iter()
        .map(|f| {
            format!("{} {} {} {} {}", f.period, f.unit, f.item, f.field.key(), f.answer.stored())
        })
        .collect()
}

fn open(path: &Path) -> Store {
    Store::open(path).expect("a ledger")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn p(text: &str) -> Period {
    text.parse().expect("a period")
}

fn unit(name: &str) -> UnitId {
    UnitId(name.to_owned())
}

/// A plan whose registry knows 财政局 (also called 财局), 农业局 and its successor 农业农村局 from 2024-03.
fn plan() -> Plan {
    let known = |name: &str| Unit {
        id: unit(name),
        name: name.to_owned(),
        short: name.to_owned(),
        category: String::new(),
        from: None,
        until: None,
        successor: None,
    };
    let mut old = known("农业局");
    old.until = Some(p("2024-02"));
    old.successor = Some(unit("农业农村局"));
    let alias = Alias {
        name: "财局".to_owned(),
        unit: unit("财政局"),
        adopted: true,
        reason: String::new(),
    };
    let registry = Registry {
        units: vec![known("财政局"), old, known("农业农村局"), known("民政局")],
        aliases: vec![alias],
        ..Registry::default()
    };
    Plan { year: 2024, registry, ..Plan::default() }
}

/// A hash that differs for each seed.
fn sha(seed: u64) -> String {
    format!("{:016x}{:048x}", seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15), seed)
}

/// One cell: item, field, what was typed; nothing typed is a blank cell of a present row.
fn cell(item: &str, field: Field, typed: &str) -> Entry {
    let no: ItemNo = item.parse().expect("an item");
    let value = match field {
        _ if typed.is_empty() => None,
        Field::Cumulative | Field::Progress if typed != Answer::NOT_OUT => {
            Some(Answer::Number(parse_decimal(typed).expect("a number")))
        }
        Field::Cumulative | Field::Progress => Some(Answer::NotOut),
        Field::Status => Some(Answer::Status(Status::from_word(typed).expect("a status"))),
        _ => Some(Answer::Text(typed.to_owned())),
    };
    Entry {
        task: Some(no.task),
        item: Some(no),
        role: Some(Role::Lead),
        field,
        value,
        raw: typed.to_owned(),
        sheet: "填报表".to_owned(),
        cell: format!("K{}", no.task.0 + 5),
    }
}

/// A file of a unit with these cells; `n` makes its bytes its own.
fn file(n: u64, name: &str, period: &str, received: &str, cells: Vec<Entry>) -> Incoming {
    let used = cells.len() as u64;
    Incoming {
        file: format!("returns/{period}/{name}-{n}.xlsx"),
        archive: format!("archive/{period}/{}.xlsx", sha(n)),
        sha256: sha(n),
        size: 9000 + n,
        outcome: Outcome::Accepted,
        unit: Some(unit(name)),
        received_at: at(received),
        presumed: false,
        on_behalf: None,
        answers: Some(Return {
            unit: unit(name),
            period: p(period),
            entries: cells,
            required: 3,
            answered: 2,
            cells: CellCount { seen: used, used, explained: 0 },
        }),
        cells: CellCount { seen: used, used, explained: 0 },
        findings: Vec::new(),
    }
}

/// The same file, refused.
fn refused(mut file: Incoming, outcome: Outcome) -> Incoming {
    file.outcome = outcome;
    file.answers = None;
    let place = Place::File { file: file.file.clone() };
    file.findings = vec![Diagnostic::new(Code::FilePdf, place, "")];
    file
}

/// A form issued to a unit.
fn issue(name: &str, period: &str, due: &str) -> FormIssue {
    FormIssue {
        unit: unit(name),
        period: p(period),
        due: due.parse().expect("a date"),
        plan_version: "0123456789ab".to_owned(),
        form_version: "1".to_owned(),
        digest: format!("digest of {name} {period}"),
        printed: [(ItemNo::whole(TaskNo(1)), duban::ledger::PrintedRow::default())].into(),
    }
}
