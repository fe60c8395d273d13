//! Between files (文件之间): the same bytes twice, several files of one unit, a return that changes an earlier one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    diag::{Checked, Code, Diagnostic, Place},
    model::{Answer, Field, ItemNo, UnitId},
    template::FormSpec,
};

use super::{CellCount, Expected, Outcome, Reading, Return, identify};

/// A file whose bytes were taken in before, as `first` of the unit `of`: it changes nothing. Where its name is that
/// of another unit, that unit has sent nothing of its own yet, and that is said.
#[must_use]
pub fn duplicate(
    path: &str,
    first: &str,
    of: Option<&UnitId>,
    expected: &Expected,
) -> Checked<Reading> {
    let place = Place::File { file: path.to_owned() };
    let name = path.rsplit('/').next().unwrap_or(path);
    let other = identify::unit_of_path(path, expected).filter(|unit| Some(*unit) != of);
    let finding = match (of, other) {
        (Some(of), Some(other)) => Diagnostic::new(Code::FileSameAsOther, place, name)
            .with("unit", expected.name_of(of))
            .with("other", expected.name_of(other)),
        _ => Diagnostic::new(Code::FileDuplicate, place, name),
    };
    let finding = finding.with("first", first);
    let value = Reading {
        outcome: Outcome::Duplicate,
        unit: None,
        undisputed: false,
        returned: None,
        single: Vec::new(),
        cells: CellCount::default(),
    };
    Checked { value, findings: vec![finding] }
}

/// A file of a run as it was read, before it is known what the others say (收到的一份).
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// File as it was found.
    pub path: &'a str,
    /// Hash of its bytes, hex; empty where it was not opened.
    pub sha256: &'a str,
    /// When it came.
    pub received_at: Timestamp,
    /// What became of it by itself.
    pub outcome: Outcome,
    /// The unit it is from.
    pub unit: Option<&'a UnitId>,
    /// What was taken from it.
    pub answers: Option<&'a Return>,
}

/// What the other files of the run make of one (与其他报送的关系).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Settled {
    /// The file with the same bytes that came before it in the run: it counts, this one is a duplicate.
    pub same_as: Option<String>,
    /// Later files of its unit report every cell of it anew.
    pub superseded: bool,
    /// That it is superseded, and what it changes of what its unit reported before.
    pub findings: Vec<Diagnostic>,
}

/// Settles a run (一批报送的先后与取舍): same bytes once, the later return counts, every change is listed.
///
/// Shape: one [`Settled`] per file, in the order given. That order changes nothing else: files follow one another
/// by the time they came, then by hash, then by path. `standing` is what the ledger holds of the period per unit;
/// units without anything need not be in it.
#[must_use]
pub fn settle(
    files: &[Arrived<'_>],
    mut standing: BTreeMap<UnitId, Standing>,
    expected: &Expected,
) -> Vec<Settled> {
    let mut settled = vec![Settled::default(); files.len()];
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|n| (files[*n].received_at, files[*n].sha256, files[*n].path));
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut by_unit: BTreeMap<&UnitId, Vec<usize>> = BTreeMap::new();
    for n in order {
        let file = &files[n];
        if matches!(file.outcome, Outcome::Ignored | Outcome::Duplicate) {
            continue;
        }
        if let Some(earlier) = first.get(file.sha256) {
            settled[n].same_as = Some((*earlier).to_owned());
            continue;
        }
        first.insert(file.sha256, file.path);
        if let (Some(unit), Some(_)) = (file.unit, file.answers) {
            by_unit.entry(unit).or_default().push(n);
        }
    }
    for (unit, of_unit) in by_unit {
        let name = expected.name_of(unit);
        superseded(files, &of_unit, name, &mut settled);
        let before = standing.entry(unit.clone()).or_default();
        let newest = of_unit.last().copied();
        for n in of_unit {
            let file = &files[n];
            let Some(answers) = file.answers else { continue };
            if !settled[n].superseded
                && let Some((last, count, all)) = outlasted(file, answers, before)
            {
                settled[n].superseded = all;
                settled[n].findings.push(if all {
                    replaced(file, name, 2, last)
                } else {
                    let place = Place::File { file: file.path.to_owned() };
                    Diagnostic::new(Code::ValuesOutlasted, place, file.path)
                        .with("last", last)
                        .with("count", count.to_string())
                });
            }
            let found = differences(before, file, answers, &expected.spec);
            settled[n].findings.extend(found);
            // Most units send one file: nothing of the run is compared with the newest of a unit.
            if Some(n) == newest {
                break;
            }
            for entry in &answers.entries {
                let cell = (entry.item, entry.field);
                if before.get(&cell).is_some_and(|held| held.outlasts(file)) {
                    continue;
                }
                match &entry.value {
                    Some(answer) => before.insert(
                        cell,
                        Held {
                            answer: answer.clone(),
                            received_at: file.received_at,
                            sha256: file.sha256.to_owned(),
                            file: file.path.to_owned(),
                        },
                    ),
                    None => before.remove(&cell),
                };
            }
        }
    }
    settled
}

/// A file taken in before that came after this one and has some of its values anew: the file, how many values, and
/// whether they are all it has.
fn outlasted<'s>(
    file: &Arrived<'_>,
    answers: &Return,
    before: &'s Standing,
) -> Option<(&'s str, usize, bool)> {
    let values: Vec<_> =
        answers.entries.iter().filter(|e| e.value.is_some() && !e.field.is_personal()).collect();
    let held: Vec<&Held> = values
        .iter()
        .filter_map(|e| before.get(&(e.item, e.field)))
        .filter(|held| held.outlasts(file))
        .collect();
    let last = held.iter().max_by_key(|h| (h.received_at, &h.sha256))?;
    Some((last.file.as_str(), held.len(), held.len() == values.len()))
}

/// That a later file of its unit counts instead of this one.
fn replaced(file: &Arrived<'_>, unit: &str, count: usize, last: &str) -> Diagnostic {
    Diagnostic::new(Code::FileSuperseded, Place::File { file: file.path.to_owned() }, file.path)
        .with("unit", unit)
        .with("count", count.to_string())
        .with("last", last)
}

/// Which of a unit's files, in the order in which they came, later ones replace as a whole.
fn superseded(files: &[Arrived<'_>], of_unit: &[usize], unit: &str, settled: &mut [Settled]) {
    let [_, .., last] = of_unit else { return };
    let cells =
        |n: usize| files[n].answers.into_iter().flat_map(|a| &a.entries).map(|e| (e.item, e.field));
    let mut later: BTreeSet<(Option<ItemNo>, Field)> = cells(*last).collect();
    for n in of_unit.iter().rev().skip(1) {
        if cells(*n).all(|cell| later.contains(&cell)) {
            settled[*n].superseded = true;
            let found = replaced(&files[*n], unit, of_unit.len(), files[*last].path);
            settled[*n].findings.push(found);
        }
        later.extend(cells(*n));
    }
}

/// What counted so far of one unit and period, by item and field.
pub type Standing = BTreeMap<(Option<ItemNo>, Field), Held>;

/// A value that counts so far, and the file that brought it.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// The value.
    pub answer: Answer,
    /// When its file came.
    pub received_at: Timestamp,
    /// Hash of the file.
    pub sha256: String,
    /// The file.
    pub file: String,
}

impl Held {
    /// Whether it came after a file: then that file does not replace it. At the same time, the greater hash is later.
    fn outlasts(&self, file: &Arrived<'_>) -> bool {
        (self.received_at, self.sha256.as_str()) > (file.received_at, file.sha256)
    }
}

/// What a later return changes (改动清单): a value withdrawn by a blank cell is a warning, a replaced one a note.
///
/// Absent rows and withheld cells are no entries and change nothing. 填报人 and 联系电话 are not listed.
fn differences(
    before: &Standing,
    file: &Arrived<'_>,
    now: &Return,
    spec: &FormSpec,
) -> Vec<Diagnostic> {
    let heading = |field: Field| {
        spec.field(field).map_or_else(|| field.key().to_owned(), |column| column.heading.clone())
    };
    now.entries
        .iter()
        .filter(|e| !e.field.is_personal())
        .filter_map(|entry| {
            let held = before.get(&(entry.item, entry.field))?;
            if entry.value.as_ref() == Some(&held.answer) || held.outlasts(file) {
                return None;
            }
            let place = Place::Cell {
                file: file.path.to_owned(),
                sheet: entry.sheet.clone(),
                cell: entry.cell.clone(),
            };
            let item = entry.item.map_or_else(|| "—".to_owned(), |i| i.to_string());
            let finding = match &entry.value {
                None => Diagnostic::new(Code::ValueWithdrawn, place, held.answer.stored()),
                Some(new) => Diagnostic::new(Code::ValueReplaced, place, new.stored())
                    .with("from", held.answer.stored()),
            };
            Some(finding.with("item", item).with("column", heading(entry.field)))
        })
        .collect()
}

/// Whether what goes back to a unit (回执、退改表) may be sent without asking: nothing in the file disputes the unit.
#[must_use]
pub fn may_go_back(findings: &[Diagnostic]) -> bool {
    !findings.iter().any(|f| {
        matches!(
            f.code,
            Code::UnitContradiction
                | Code::UnitUnknown
                | Code::UnitDisputed
                | Code::UnitsTwo
                | Code::StampChanged
        )
    })
}
