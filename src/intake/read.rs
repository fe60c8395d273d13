//! Reading one file (读取): whose it is, where its table lies, what is in it, and what is wrong with it.

use crate::{
    diag::{Checked, Code, Diagnostic, Severity},
    model::{UnitId, normalise_text, normalised},
    sheet::Book,
    template::{FORM_NAME, Form, LabelKey, Stamp, stamp_of},
};

use super::{
    CellCount, Entry, Expected, FileFacts, Outcome, Reading, Return,
    balance::{Closed, Desk, Spot},
    check,
    header::{self, Table},
    identify::{self, Said, Whose},
    outside, rows,
    settle::may_go_back,
    take,
};

/// Reads one returned workbook (读取一份报送) by the forms that were sent.
///
/// Pure per file: neither the order of files nor another file changes what comes out. A cell with an error is
/// withheld, the others are taken; blank open cells of present rows are entries without a value; absent rows and
/// withheld cells are no entries. Every non-blank cell is used or inside a finding: `seen = used + explained`.
/// Outcomes: `Accepted`, `Partial` (any finding is an error), `Rejected` (nothing taken).
#[must_use]
pub fn read_return(book: &Book, file: &FileFacts, expected: &Expected) -> Checked<Reading> {
    let mut desk = Desk::new(&file.path, book);
    let stamp = stamp_of(book);
    let tables = find_tables(book, stamp.as_ref(), expected);
    let Some(table) = choose(book, &tables) else {
        desk.on_file(Code::FormSheetMissing, "", vec![]);
        let unit = stamp.as_ref().and_then(|s| expected.unit(&s.unit));
        let unit = unit.or_else(|| identify::unit_of_path(&file.path, expected)).cloned();
        return refused(desk, unit);
    };
    let head = identify::head(desk.sheet(table.sheet), table.top, expected);
    let whose = match identify::whose(&mut desk, table.sheet, &head, stamp, file, expected) {
        Ok(whose) => whose,
        Err(identify::Refused(unit)) => return refused(desk, unit),
    };
    read_table(desk, book, &tables, table, &head, &whose, expected)
}

fn read_table(
    mut desk: Desk<'_>,
    book: &Book,
    tables: &[Table],
    table: &Table,
    head: &[(LabelKey, Said)],
    whose: &Whose<'_>,
    expected: &Expected,
) -> Checked<Reading> {
    let form = whose.form;
    let name = &book.sheets[table.sheet].name;
    if normalised(name) != FORM_NAME {
        let args = vec![("sheet", FORM_NAME.to_owned())];
        desk.on_sheet(Code::FormSheetByContent, table.sheet, name.clone(), args);
    }
    let rows = rows::find(&mut desk, table, form, expected);
    let last_row = rows.of.iter().flatten().max().copied().unwrap_or(table.first_row);
    outside::head(&mut desk, table, head, whose.sent, expected);
    outside::headings(&mut desk, table, last_row, form, expected);
    let answers = take::take(&mut desk, table, &rows, form, whose.sent, expected);
    outside::fixed(&mut desk, table, form, expected);
    outside::other_columns(&mut desk, table, last_row, expected);
    other_tables(&mut desk, tables, table, whose, expected);
    outside::other_sheets(&mut desk, table.sheet, book.sheets.len(), whose.sent, expected);
    let (required, answered) = check::completeness(form, &answers);
    if required > 0 && check::is_empty(&answers) && !rows.withheld.contains(&true) {
        desk.keep_file_findings();
        let args = vec![("count", required.to_string())];
        desk.on_sheet(Code::ReturnEmpty, table.sheet, "", args);
        return refused(desk, Some(whose.unit.clone()));
    }
    missing_items(&mut desk, table, form, &rows);
    check::check(&mut desk, form, &answers, expected);
    let mut entries = take::entries(&desk, form, answers);
    entries.extend(outside::foot(&mut desk, table, &rows.foot, expected));
    finish(desk, whose, entries, required, answered, expected)
}

fn finish(
    desk: Desk<'_>,
    whose: &Whose<'_>,
    entries: Vec<Entry>,
    required: u32,
    answered: u32,
    expected: &Expected,
) -> Checked<Reading> {
    let Closed { findings, single, cells } = desk.close();
    let errors = findings.iter().any(|f| f.severity() == Severity::Error);
    let outcome = match () {
        () if entries.is_empty() => Outcome::Rejected,
        () if errors => Outcome::Partial,
        () => Outcome::Accepted,
    };
    let unit = whose.unit.clone();
    let returned = (outcome != Outcome::Rejected).then(|| Return {
        unit: unit.clone(),
        period: expected.period,
        entries,
        required,
        answered,
        cells,
    });
    let undisputed = may_go_back(&findings);
    let reading = Reading { outcome, unit: Some(unit), undisputed, returned, single, cells };
    Checked { value: reading, findings }
}

/// Nothing is taken: every cell is inside the finding that says why.
fn refused(mut desk: Desk<'_>, unit: Option<UnitId>) -> Checked<Reading> {
    desk.explain_file();
    let Closed { findings, single, cells } = desk.close();
    let undisputed = unit.is_some() && may_go_back(&findings);
    let reading =
        Reading { outcome: Outcome::Rejected, unit, undisputed, returned: None, single, cells };
    Checked { value: reading, findings }
}

/// A file that could not be opened (收到但读不了): received, with the reason; its unit by the file name.
#[must_use]
pub fn unread(file: &FileFacts, finding: Diagnostic, expected: &Expected) -> Checked<Reading> {
    let by_office = file.on_behalf.as_ref().and_then(|o| expected.unit(&o.name));
    let unit = by_office.or_else(|| identify::unit_of_path(&file.path, expected)).cloned();
    let undisputed = unit.is_some();
    let reading = Reading {
        outcome: Outcome::Unreadable,
        unit,
        undisputed,
        returned: None,
        single: Vec::new(),
        cells: CellCount::default(),
    };
    Checked { value: reading, findings: vec![finding] }
}

/// Every table of the form in the book; where no sheet has headings, one found by its printed contents.
fn find_tables(book: &Book, stamp: Option<&Stamp>, expected: &Expected) -> Vec<Table> {
    let tables: Vec<Table> = book
        .sheets
        .iter()
        .enumerate()
        .filter_map(|(n, sheet)| header::find(sheet, n, &expected.headings, &expected.spec))
        .collect();
    if !tables.is_empty() {
        return tables;
    }
    let forms = match stamp.and_then(|s| expected.unit(&s.unit)) {
        Some(unit) => expected.forms.get(unit).map(Vec::as_slice).unwrap_or_default(),
        None => &[],
    };
    let Some(form) = forms.last() else { return tables };
    let texts: Vec<String> = form.rows.iter().map(|r| normalise_text(&r.text)).collect();
    let items: Vec<String> = form.rows.iter().map(|r| r.item.to_string()).collect();
    book.sheets
        .iter()
        .enumerate()
        .filter_map(|(n, s)| header::without_headings(s, n, &texts, &items, &expected.spec))
        .collect()
}

/// The table to read: on the sheet named as sent, else the one with the most headings, else the first.
fn choose<'t>(book: &Book, tables: &'t [Table]) -> Option<&'t Table> {
    let named = |t: &&Table| normalised(&book.sheets[t.sheet].name) == FORM_NAME;
    tables
        .iter()
        .find(named)
        .or_else(|| tables.iter().max_by_key(|t| (t.score, std::cmp::Reverse(t.sheet))))
}

/// Other sheets that look like the form: another unit's, or a copy.
fn other_tables(
    desk: &mut Desk<'_>,
    tables: &[Table],
    table: &Table,
    whose: &Whose<'_>,
    expected: &Expected,
) {
    for other in tables.iter().filter(|t| t.sheet != table.sheet) {
        let sheet = desk.sheet(other.sheet);
        let head = identify::head(sheet, other.top, expected);
        let typed = head.iter().find(|(k, _)| *k == LabelKey::Unit).map(|(_, s)| s.value.clone());
        let unit = typed.as_deref().and_then(|t| expected.unit(t));
        let name = sheet.name.clone();
        match (typed.clone(), unit) {
            (Some(typed), unit) if unit != Some(&whose.unit) && !typed.trim().is_empty() => {
                let args =
                    vec![("other", typed), ("unit", expected.name_of(&whose.unit).to_owned())];
                desk.on_sheet(Code::UnitsTwo, other.sheet, name, args);
            }
            _ => {
                let args = vec![("sheet", desk.sheet(table.sheet).name.clone())];
                desk.on_sheet(Code::FormSheetCopy, other.sheet, name, args);
            }
        }
        desk.explain_sheet(other.sheet);
    }
}

/// Items of the form that are not in the table: one finding for those that owe something, one for the others.
fn missing_items(desk: &mut Desk<'_>, table: &Table, form: &Form, rows: &rows::Rows) {
    let absent = |owing: bool| -> Vec<String> {
        form.rows
            .iter()
            .enumerate()
            .filter(|(n, r)| {
                rows.of[*n].is_none() && !rows.withheld[*n] && r.required.is_empty() != owing
            })
            .map(|(_, r)| r.item.to_string())
            .collect()
    };
    let row = table.heading_row.unwrap_or(table.first_row);
    let spot = Spot { sheet: table.sheet, row, column: 0 };
    for (owing, code) in [(true, Code::ItemsMissing), (false, Code::ItemsMissingOptional)] {
        let items = absent(owing);
        if !items.is_empty() {
            desk.range(code, spot, spot, items.join("、"), vec![]);
        }
    }
}
