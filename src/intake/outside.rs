//! What lies outside the table (表外): head, foot, instruction sheet, lists, extra sheets and columns.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
};

use crate::{
    diag::Code,
    model::{Answer, Field, normalised},
    sheet::{CellValue, Sheet, cell_name, column_name},
    template::{
        ColumnKey, FORM_NAME, Form, FormSpec, INSTRUCTIONS_NAME, LISTS_NAME, LabelKey,
        PROBLEMS_NAME, STAMP_NAME, write,
    },
    wording::template as words,
};

use super::{
    Entry, Expected,
    balance::{Desk, Spot, row_of},
    header::Table,
    headings::How,
    identify::Said,
    take::{Got, heading},
    value::{is_blank, rejudge},
};

/// Texts duban prints outside the table: by what they are on, so that a unit's own words are told apart.
#[derive(Clone, Debug, Default)]
pub(super) struct PrintedTexts {
    form: Texts,
    others: Texts,
}

/// Texts printed on a sheet.
#[derive(Clone, Debug, Default)]
struct Texts {
    /// As they are compared, the unit's name taken out.
    plain: BTreeSet<String>,
    /// Those that name no unit, as they stand: unchanged ones are found without normalising.
    verbatim: HashSet<String>,
}

impl Texts {
    fn add(&mut self, text: &str, unit_name: &str) {
        let plain = without_name(text, unit_name);
        if !plain.contains(NAME) {
            self.verbatim.insert(text.to_owned());
        }
        self.plain.insert(plain);
    }

    /// Whether a text was printed as it is, but for blanks and the width of signs.
    fn has(&self, text: &str) -> bool {
        self.verbatim.contains(text) || self.plain.contains(normalised(text).as_ref())
    }

    /// The same for a text in which a unit may be named.
    fn has_with_name(&self, text: &str, unit_name: &str) -> bool {
        // An example may name the unit whose form it is: 请区财政局拨付资金。
        self.has(text) || self.plain.contains(&without_name(text, unit_name))
    }
}

impl PrintedTexts {
    /// Learnt from the workbook itself: one form is written and read back, so that writer and reader cannot disagree.
    pub(super) fn of<'a>(forms: impl Iterator<Item = &'a Form>, spec: &FormSpec) -> Self {
        let mut texts = Self::default();
        let Some(sample) = forms.min_by_key(|f| f.rows.len()) else { return texts };
        let mut sample = sample.clone();
        sample.rows.truncate(1);
        let Some(book) =
            write(&sample, spec).ok().and_then(|b| crate::sheet::read(&b, FORM_NAME).ok())
        else {
            return texts;
        };
        for sheet in &book.sheets {
            for cell in &sheet.cells {
                if let CellValue::Text(text) = &cell.value {
                    let printed = match sheet.name.as_str() {
                        FORM_NAME => &mut texts.form,
                        _ => &mut texts.others,
                    };
                    printed.add(text, &sample.unit_name);
                }
            }
        }
        texts
    }
}

/// Whether a row of the form sheet has nothing but what duban prints outside the table: its own note is no extra row.
pub(super) fn all_printed(sheet: &Sheet, row: u32, expected: &Expected) -> bool {
    row_of(sheet, row).iter().all(|c| match &c.value {
        CellValue::Text(text) => expected.printed.form.has(text),
        _ => false,
    })
}

/// A printed text, normalised, with the unit's name taken out: it is the only difference between two units' sheets.
fn without_name(text: &str, unit_name: &str) -> String {
    normalised(text).replace(normalised(unit_name).as_ref(), NAME)
}

/// Stands for the unit's name; no normalised text has it.
const NAME: &str = "\u{1}";

/// Head cells: compared with what was sent; everything else above the table that duban printed.
pub(super) fn head(
    desk: &mut Desk<'_>,
    table: &Table,
    said: &[(LabelKey, Said)],
    sent: &Form,
    expected: &Expected,
) {
    for (key, said) in said {
        let printed = match key {
            LabelKey::CutOff => words::date(sent.cut_off),
            LabelKey::Due => words::date(sent.due),
            LabelKey::Unit | LabelKey::Period | LabelKey::Field(_) => String::new(),
        };
        let spots: Vec<Spot> = said
            .cells
            .iter()
            .map(|(row, column)| Spot { sheet: table.sheet, row: *row, column: *column })
            .collect();
        let same = printed.is_empty()
            || said.value.trim().is_empty()
            || digits(&said.value).starts_with(&digits(&printed));
        for spot in &spots {
            if desk.is_open(*spot) {
                desk.used(*spot);
            }
        }
        if let (false, Some(spot)) = (same, spots.last()) {
            let column = expected.spec.label(*key).map_or_else(String::new, |l| l.text.clone());
            let args = vec![("column", column), ("item", "—".to_owned()), ("from", printed)];
            desk.cell(Code::PrintedChanged, *spot, said.value.clone(), args);
            desk.explained(*spot);
        }
    }
}

/// The numbers of a date: 2024年3月31日, 2024-03-31 and 2024/3/31 have the same.
fn digits(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}

/// Headings: used where recognised; what was recognised by other than its heading is noted.
pub(super) fn headings(
    desk: &mut Desk<'_>,
    table: &Table,
    last_row: u32,
    form: &Form,
    expected: &Expected,
) {
    let Some(row) = table.heading_row else {
        let spot = Spot { sheet: table.sheet, row: table.first_row, column: 0 };
        desk.range(Code::HeadingsMissing, spot, Spot { row: last_row, ..spot }, "", vec![]);
        return;
    };
    for (key, column, how) in &table.columns {
        let spot =
            table.title(desk, *column).unwrap_or(Spot { sheet: table.sheet, row, column: *column });
        let code = match how {
            How::Heading | How::Order => None,
            How::Synonym => Some(Code::ColumnBySynonym),
            How::Meaning => Some(Code::ColumnByMeaning),
        };
        if let Some(code) = code {
            let found = desk.at(spot).map(crate::sheet::Cell::text).unwrap_or_default();
            let name = expected.spec.column(key).map_or_else(String::new, |c| c.heading.clone());
            desk.cell(code, spot, found, vec![("column", name)]);
        }
        desk.used(spot);
    }
    if table.top < row {
        // A common heading above several, or the first half of one.
        for column in columns_of(desk, table.sheet, table.top) {
            desk.used(Spot { sheet: table.sheet, row: table.top, column });
        }
    }
    missing_columns(desk, table, row, form, expected);
}

/// Columns that are gone: a required one is an error, the others one note.
fn missing_columns(desk: &mut Desk<'_>, table: &Table, row: u32, form: &Form, expected: &Expected) {
    let mut optional = Vec::new();
    let spot = Spot { sheet: table.sheet, row, column: 0 };
    for column in &expected.spec.columns {
        if table.column(&column.key).is_some() {
            continue;
        }
        match &column.key {
            ColumnKey::Hint | ColumnKey::Extra(_) => {}
            ColumnKey::Field(field) => {
                let required = form.rows.iter().filter(|r| r.requires(*field)).count();
                if required > 0 {
                    let args = vec![("count", required.to_string())];
                    desk.range(Code::ColumnMissing, spot, spot, column.heading.clone(), args);
                } else if form.rows.iter().any(|r| r.accepts(*field)) {
                    optional.push(column.heading.as_str());
                }
            }
            _ => optional.push(column.heading.as_str()),
        }
    }
    if !optional.is_empty() {
        desk.range(Code::ColumnMissingOptional, spot, spot, optional.join("、"), vec![]);
    }
}

/// Columns of the table nobody knows, and those the office added: one finding each, with the range.
pub(super) fn other_columns(
    desk: &mut Desk<'_>,
    table: &Table,
    last_row: u32,
    expected: &Expected,
) {
    let sheet = table.sheet;
    for (key, column, _) in &table.columns {
        let ColumnKey::Extra(_) = key else { continue };
        let cells: Vec<Spot> = data_cells(desk, table, *column, last_row);
        if let (Some(first), Some(last)) = (cells.first().copied(), cells.last().copied()) {
            let name = expected.spec.column(key).map_or_else(String::new, |c| c.heading.clone());
            let args = vec![("column", name.clone()), ("count", cells.len().to_string())];
            desk.range(Code::OfficeColumn, first, last, name, args);
            desk.all_explained(&cells);
        }
    }
    let Some(heading_row) = table.heading_row else { return };
    let known: BTreeSet<u32> = table.columns.iter().map(|(_, c, _)| *c).collect();
    let mut columns: BTreeSet<u32> = desk
        .open_cells(sheet)
        .iter()
        .filter(|(s, _)| (heading_row..=last_row).contains(&s.row) && !known.contains(&s.column))
        .map(|(s, _)| s.column)
        .collect();
    while let Some(column) = columns.pop_first() {
        let head = Spot { sheet, row: heading_row, column };
        let title = desk.at(head).filter(|_| desk.is_open(head)).map(crate::sheet::Cell::text);
        let cells = data_cells(desk, table, column, last_row);
        // A column without a heading goes by its letter, as the program shows it.
        let (head, title) = match (title, cells.first()) {
            (Some(title), _) => (head, title),
            (None, Some(first)) if cells.len() > 1 => (*first, column_name(column)),
            (None, _) => continue,
        };
        let last = cells.last().copied().unwrap_or(head);
        let args = vec![("count", cells.len().to_string())];
        desk.range(Code::ColumnUnknown, head, last, title, args);
        desk.explained(head);
        desk.all_explained(&cells);
    }
}

/// Columns in which a row has cells.
fn columns_of(desk: &Desk<'_>, sheet: usize, row: u32) -> Vec<u32> {
    row_of(desk.sheet(sheet), row).iter().map(|c| c.column).collect()
}

/// Undecided cells of a column in the rows of the table.
fn data_cells(desk: &Desk<'_>, table: &Table, column: u32, last_row: u32) -> Vec<Spot> {
    desk.open_cells(table.sheet)
        .into_iter()
        .map(|(s, _)| s)
        .filter(|s| s.column == column && (table.first_row..=last_row).contains(&s.row))
        .collect()
}

/// 填报人, 联系电话, 审核人: taken as entries of the whole form; missing ones are one finding.
pub(super) fn foot(
    desk: &mut Desk<'_>,
    table: &Table,
    foot_rows: &[u32],
    expected: &Expected,
) -> Vec<Entry> {
    let mut got: Vec<(Field, Got)> = Vec::new();
    let mut place = None;
    for row in foot_rows {
        let cells: Vec<(u32, Cow<'_, str>)> =
            row_of(desk.sheet(table.sheet), *row).iter().map(|c| (c.column, c.as_text())).collect();
        let label_of = |text: &str| match expected.label(text) {
            Some((LabelKey::Field(field), value)) => Some((field, value.to_owned())),
            _ => None,
        };
        for (n, (column, text)) in cells.iter().enumerate() {
            let spot = Spot { sheet: table.sheet, row: *row, column: *column };
            let Some((field, value)) = label_of(text) else { continue };
            place = place.or(Some(spot));
            if got.iter().any(|(f, g)| *f == field && g.value().is_some()) {
                continue;
            }
            desk.used(spot);
            let answer = if value.is_empty() {
                let next = cells.get(n + 1).filter(|(_, t)| label_of(t).is_none());
                match next {
                    Some((column, text)) if !is_blank(text) => {
                        let at = Spot { column: *column, ..spot };
                        signature(desk, at, field, expected)
                    }
                    _ => Got::Blank(Spot { column: column + 1, ..spot }),
                }
            } else {
                Got::Taken(Answer::Text(value.clone()), value, spot)
            };
            got.retain(|(f, _)| *f != field);
            got.push((field, answer));
        }
    }
    let missing: Vec<String> = [Field::FilledBy, Field::Phone]
        .into_iter()
        .filter(|f| !got.iter().any(|(g, a)| g == f && a.value().is_some()))
        .map(|f| heading(f, expected))
        .collect();
    if !missing.is_empty() {
        match place {
            Some(spot) => desk.cell(Code::ContactMissing, spot, missing.join("、"), vec![]),
            None => desk.on_sheet(Code::ContactMissing, table.sheet, missing.join("、"), vec![]),
        }
    }
    got.sort_by_key(|(f, _)| *f);
    got.into_iter()
        .filter_map(|(field, got)| {
            let (value, raw, spot) = match got {
                Got::Blank(spot) => (None, String::new(), spot),
                Got::Taken(value, raw, spot) => (Some(value), raw, spot),
                _ => return None,
            };
            let sheet = desk.sheet(table.sheet).name.clone();
            let cell = cell_name(spot.row, spot.column);
            Some(Entry { task: None, item: None, role: None, field, value, raw, sheet, cell })
        })
        .collect()
}

fn signature(desk: &mut Desk<'_>, spot: Spot, field: Field, expected: &Expected) -> Got {
    let Some(cell) = desk.at(spot) else { return Got::Blank(spot) };
    if let CellValue::Error(text) = &cell.value {
        desk.cell(Code::CellError, spot, text.clone(), vec![("column", heading(field, expected))]);
        desk.explained(spot);
        return Got::Withheld;
    }
    let raw = cell.text();
    desk.used(spot);
    match rejudge(field, &raw, None, &expected.spec).value {
        Some(value) => Got::Taken(value, raw, spot),
        None => Got::Blank(spot),
    }
}

/// What duban printed on the form sheet outside the table: title, legend, bands, counter, note.
pub(super) fn fixed(desk: &mut Desk<'_>, table: &Table, form: &Form, expected: &Expected) {
    desk.use_printed(table.sheet, |cell| {
        let live = cell.formula.is_some() && cell.row < table.top;
        let printed = |text: &String| {
            *text == form.title
                || expected.printed.form.has(text)
                || is_title_or_note(&normalised(text), form)
        };
        live || matches!(&cell.value, CellValue::Text(text) if printed(text))
    });
}

/// Whether a text, normalised, is what stands on the form sheet in words of its own: title, counter, mark.
fn is_title_or_note(plain: &str, form: &Form) -> bool {
    let counter = [words::OWING, words::TO_CHECK]
        .iter()
        .any(|(before, after)| plain.starts_with(before.trim()) && plain.ends_with(after.trim()));
    counter
        || plain.starts_with("▼低于序时进度")
        || plain == normalised(words::CLEAR)
        || plain == normalised(&form.title)
        || plain == normalised(&format!("{}（{}）", form.title, words::SIMULATED))
}

/// Sheets other than the form: what duban printed on them is used, the rest is named.
pub(super) fn other_sheets(
    desk: &mut Desk<'_>,
    form_sheet: usize,
    count: usize,
    sent: &Form,
    expected: &Expected,
) {
    for sheet in (0..count).filter(|s| *s != form_sheet) {
        let name = desk.sheet(sheet).name.as_str();
        let ours = [INSTRUCTIONS_NAME, LISTS_NAME, STAMP_NAME, PROBLEMS_NAME]
            .iter()
            .any(|n| name.eq_ignore_ascii_case(n));
        if !ours {
            let open = desk.open_cells(sheet).len();
            if open > 0 {
                desk.on_sheet(Code::SheetExtra, sheet, name, vec![("count", open.to_string())]);
                desk.explain_sheet(sheet);
            }
            continue;
        }
        // The stamp is checked by its digest, the list of problems goes by the receipt it came with.
        let whole = name.eq_ignore_ascii_case(STAMP_NAME) || name == PROBLEMS_NAME;
        desk.use_printed(sheet, |cell| match &cell.value {
            _ if whole => true,
            CellValue::Text(text) => expected.printed.others.has_with_name(text, &sent.unit_name),
            _ => false,
        });
    }
}
