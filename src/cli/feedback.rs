//! What goes back to the units: a receipt (回执) for every file, and where needed a correction form (退改表).

use std::{collections::BTreeMap, path::PathBuf};

use rayon::prelude::*;

use super::{
    month::Month,
    office::{Office, Stage},
    output::{self, Staged},
};
use crate::{
    diag::{Diagnostic, Result, Severity},
    intake::{self, Expected, Outcome},
    ledger::Incoming,
    model::{Field, ItemNo},
    template::{self, Form, FormSpec, Problem},
    wording::{self, Lang},
};

/// Writes receipts and correction forms of a run; gives how many files.
///
/// A correction form holds values of the same file only and goes only to the unit the file is from beyond doubt.
///
/// # Errors
/// What the system says.
pub(super) fn write(
    office: &Office,
    month: &Month<'_>,
    expected: &Expected,
    files: &[Incoming],
    single: &BTreeMap<String, Vec<Diagnostic>>,
    head: &str,
) -> Result<usize> {
    let spec = &month.spec;
    let staged: Vec<Vec<Staged>> = files
        .par_iter()
        .map(|file| {
            let single = single.get(&file.file).map(Vec::as_slice).unwrap_or_default();
            let out = answer(office, spec, expected, file, single, head)?;
            out.iter().map(|(path, bytes)| output::stage(path, bytes)).collect()
        })
        .collect::<Result<_>>()?;
    let count = staged.iter().map(Vec::len).sum();
    staged.into_iter().flatten().try_for_each(Staged::settle)?;
    Ok(count)
}

/// What goes back for one file: nothing, a receipt, or a receipt and a correction form.
fn answer(
    office: &Office,
    spec: &FormSpec,
    expected: &Expected,
    file: &Incoming,
    single: &[Diagnostic],
    head: &str,
) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let folder = office.folder(Stage::Feedback, expected.period);
    let offset = office.settings.offset();
    let Some(unit) = &file.unit else { return Ok(Vec::new()) };
    // A file whose unit is in dispute goes back to nobody.
    if !intake::may_go_back(&file.findings) {
        return Ok(Vec::new());
    }
    if !matches!(
        file.outcome,
        Outcome::Accepted
            | Outcome::Partial
            | Outcome::Rejected
            | Outcome::Unreadable
            | Outcome::Superseded
    ) {
        return Ok(Vec::new());
    }
    let code: String = file.sha256.chars().take(8).collect();
    let stem = format!("{unit}_{code}");
    let count = |s: Severity| file.findings.iter().filter(|f| f.severity() == s).count();
    let taken =
        file.answers.as_ref().map_or(0, |a| a.entries.iter().filter(|e| e.value.is_some()).count());
    let outcome = output::value(&file.outcome)?.as_str().unwrap_or_default().to_owned();
    let receipt = wording::feedback::Receipt {
        unit: unit.as_str(),
        period: &expected.period.zh(),
        file: file.file.rsplit('/').next().unwrap_or(&file.file),
        code: &code,
        sha256: &file.sha256,
        received: &offset.to_datetime(file.received_at).strftime("%Y-%m-%d %H:%M").to_string(),
        presumed: file.presumed,
        outcome: &outcome,
        taken,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        head,
    };
    let sentences: Vec<String> = file
        .findings
        .iter()
        .filter(|f| f.severity() != Severity::Note)
        .map(|f| {
            let place = wording::feedback::place(f.place.sheet(), f.place.cell());
            format!("{place}{}{}", wording::message(f, Lang::Zh), wording::advice(f, Lang::Zh))
        })
        .collect();
    let text = wording::feedback::receipt(&receipt, &sentences);
    let mut out = vec![(folder.join(format!("{stem}_回执.txt")), text.into_bytes())];
    let mendable = matches!(file.outcome, Outcome::Partial | Outcome::Rejected);
    if count(Severity::Error) == 0 || !mendable {
        return Ok(out);
    }
    if let Some(form) = expected.forms.get(unit).and_then(|forms| forms.last()) {
        let (form, problems) = correction(form, spec, file, single);
        let bytes = template::write_correction(&form, spec, &problems)?;
        out.push((folder.join(format!("{stem}_退改表.xlsx")), bytes));
    }
    Ok(out)
}

/// The form with the file's values put in and what is wrong marked.
///
/// Where many alike were joined into one finding, `single` has each: all their cells are marked, and the one line in
/// the list of problems names their items.
fn correction(
    form: &Form,
    spec: &FormSpec,
    file: &Incoming,
    single: &[Diagnostic],
) -> (Form, Vec<Problem>) {
    let mut form = form.clone();
    for entry in file.answers.iter().flat_map(|a| &a.entries) {
        match entry.item {
            Some(item) => {
                if let Some(row) = form.rows.iter_mut().find(|r| r.item == item) {
                    row.entered.insert(entry.field, entry.raw.clone());
                }
            }
            None => {
                form.signed.insert(entry.field, entry.raw.clone());
            }
        }
    }
    for finding in file.findings.iter().chain(single).filter(|f| f.severity() == Severity::Error) {
        let alone = !finding.args.iter().any(|(name, _)| *name == wording::ALIKE);
        if alone
            && let (Some(item), Some(field)) = subject(finding, spec)
            && let Some(row) = form.rows.iter_mut().find(|r| r.item == item)
        {
            // A withheld cell keeps what was typed, so that the unit sees it.
            if !finding.found.is_empty() {
                row.entered.entry(field).or_insert_with(|| finding.found.clone());
            }
            row.marked.insert(field, wording::message(finding, Lang::Zh));
        }
    }
    let problems = file
        .findings
        .iter()
        .filter(|f| f.severity() != Severity::Note)
        .map(|finding| {
            let (item, field) = subject(finding, spec);
            let mut message = wording::message(finding, Lang::Zh);
            if finding.args.iter().any(|(name, _)| *name == wording::ALIKE) {
                let items: Vec<String> = single
                    .iter()
                    .filter(|s| s.code == finding.code && subject(s, spec).1 == field)
                    .filter_map(|s| subject(s, spec).0)
                    .map(|item| item.to_string())
                    .collect();
                message += &wording::feedback::items(&items);
            }
            Problem {
                item,
                field,
                severity: finding.severity(),
                message,
                advice: wording::advice(finding, Lang::Zh),
            }
        })
        .collect();
    (form, problems)
}

/// The item and field a finding is about, as its values say.
fn subject(finding: &Diagnostic, spec: &FormSpec) -> (Option<ItemNo>, Option<Field>) {
    let arg = |name: &str| finding.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
    let item = arg("item").and_then(|i| i.parse().ok());
    let field = arg("column").and_then(|column| {
        Field::ALL
            .into_iter()
            .find(|f| spec.field(*f).is_some_and(|c| c.names().any(|n| n == column)))
    });
    (item, field)
}
