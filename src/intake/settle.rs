//! Between files (文件之间): the same bytes twice, several files of one unit, a return that changes an earlier one.

use std::collections::BTreeMap;

use crate::{
    diag::{Checked, Code, Diagnostic, Place},
    model::{Answer, Field, ItemNo},
    template::{FormSpec, LabelKey},
};

use super::{CellCount, FileFacts, Outcome, Reading, Return};

/// A file whose bytes were taken in before, as `first`: it changes nothing.
#[must_use]
pub fn duplicate(path: &str, first: &str) -> Checked<Reading> {
    let place = Place::File { file: path.to_owned() };
    let finding = Diagnostic::new(Code::FileDuplicate, place, "").with("first", first);
    Checked { value: nothing(Outcome::Duplicate), findings: vec![finding] }
}

/// A lock file, hidden file, folder or link: noticed, not opened.
#[must_use]
pub fn ignored(path: &str) -> Checked<Reading> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let finding = Diagnostic::new(Code::FileIgnored, Place::File { file: path.to_owned() }, name);
    Checked { value: nothing(Outcome::Ignored), findings: vec![finding] }
}

fn nothing(outcome: Outcome) -> Reading {
    Reading { outcome, unit: None, undisputed: false, returned: None, cells: CellCount::default() }
}

/// Several files of one unit in one run: for each, in the order given, the finding that a later one counts instead;
/// none for the one that counts.
///
/// Later is: received later; at the same time, the greater hash. The order of the files does not matter.
#[must_use]
pub fn conflicts(unit_name: &str, files: &[&FileFacts]) -> Vec<Option<Diagnostic>> {
    let order = |f: &FileFacts| (f.received_at, f.sha256.clone(), f.path.clone());
    let Some(last) = files.iter().max_by_key(|f| order(f)) else { return Vec::new() };
    files
        .iter()
        .map(|file| {
            (file.path != last.path || file.sha256 != last.sha256).then(|| {
                Diagnostic::new(Code::FileSuperseded, Place::File { file: file.path.clone() }, "")
                    .with("unit", unit_name)
                    .with("count", files.len().to_string())
                    .with("last", last.path.as_str())
            })
        })
        .collect()
}

/// What counted so far of one unit and period, by item and field.
pub type Standing = BTreeMap<(Option<ItemNo>, Field), Answer>;

/// What a later return changes (改动清单): a value withdrawn by a blank cell is a warning, a replaced one a note.
///
/// Absent rows and withheld cells are no entries and change nothing. 填报人 and 联系电话 are not listed.
#[must_use]
pub fn differences(
    before: &Standing,
    now: &Return,
    file: &str,
    spec: &FormSpec,
) -> Vec<Diagnostic> {
    let heading = |field: Field| {
        spec.field(field)
            .map(|c| c.heading.clone())
            .or_else(|| spec.label(LabelKey::Field(field)).map(|l| l.text.clone()))
            .unwrap_or_else(|| field.key().to_owned())
    };
    now.entries
        .iter()
        .filter(|e| !e.field.is_personal())
        .filter_map(|entry| {
            let old = before.get(&(entry.item, entry.field))?;
            if entry.value.as_ref() == Some(old) {
                return None;
            }
            let place = Place::Cell {
                file: file.to_owned(),
                sheet: entry.sheet.clone(),
                cell: entry.cell.clone(),
            };
            let item = entry.item.map_or_else(|| "—".to_owned(), |i| i.to_string());
            let finding = match &entry.value {
                None => Diagnostic::new(Code::ValueWithdrawn, place, old.stored()),
                Some(new) => Diagnostic::new(Code::ValueReplaced, place, new.stored())
                    .with("from", old.stored()),
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
            Code::UnitContradiction | Code::UnitUnknown | Code::UnitsTwo | Code::StampChanged
        )
    })
}
