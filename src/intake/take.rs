//! Taking cells (采信): each open cell of each recognised row is judged; printed cells are compared with what was sent.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    diag::{Code, Severity},
    model::{Answer, Field, decimal_text, normalise_text, normalised, parse_decimal},
    sheet::{Cell, CellValue, cell_name},
    template::{ColumnKey, Form, FormRow},
};

use super::{
    Entry, Expected,
    balance::{Desk, Spot},
    header::Table,
    printed,
    rows::Rows,
    value::{is_blank, rejudge},
};

/// What came back in one open cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) enum Got {
    /// The row or the column is not there, or the row is withheld.
    #[default]
    Absent,
    /// Present and blank.
    Blank(Spot),
    /// Not taken.
    Withheld,
    /// Taken: the value, what was typed, and where.
    Taken(Answer, String, Spot),
}

impl Got {
    /// The value, if one was taken.
    pub(super) fn value(&self) -> Option<&Answer> {
        match self {
            Self::Taken(value, _, _) => Some(value),
            _ => None,
        }
    }
}

/// What came back, by form row and field.
pub(super) type Answers = Vec<BTreeMap<Field, Got>>;

/// Fields of a row, in the order of the form.
pub(super) const ROW_FIELDS: [Field; 7] = [
    Field::Cumulative,
    Field::Progress,
    Field::Status,
    Field::Narrative,
    Field::Problems,
    Field::Coordination,
    Field::NextSteps,
];

/// Judges every cell of the recognised rows.
pub(super) fn take(
    desk: &mut Desk<'_>,
    table: &Table,
    rows: &Rows,
    form: &Form,
    sent: &Form,
    expected: &Expected,
) -> Answers {
    let mut answers: Answers = vec![BTreeMap::new(); form.rows.len()];
    let mut order: Vec<(u32, usize)> =
        rows.of.iter().enumerate().filter_map(|(n, row)| row.map(|row| (row, n))).collect();
    order.sort_unstable();
    // The cell above, for 同上: by field, what was last taken.
    let mut above: BTreeMap<Field, Answer> = BTreeMap::new();
    let disputed: Vec<&ColumnKey> = rival_keys(desk, table, &order);
    for (row, n) in order {
        let form_row = &form.rows[n];
        let sent_row = sent.rows.iter().find(|r| r.item == form_row.item).unwrap_or(form_row);
        let mut cleared = Vec::new();
        for (key, column, _) in &table.columns {
            let spot = Spot { sheet: table.sheet, row, column: *column };
            match key {
                ColumnKey::Item | ColumnKey::Extra(_) => {}
                ColumnKey::Hint => printed::hint(desk, spot),
                ColumnKey::Field(field) if disputed.contains(&key) => {
                    let _ = field;
                    desk.explained(spot);
                }
                ColumnKey::Field(field) => {
                    let got = if form_row.accepts(*field) {
                        open_cell(desk, table, spot, *field, form_row, expected, &above)
                    } else {
                        closed_cell(desk, spot, *field, form_row, expected);
                        continue;
                    };
                    match &got {
                        Got::Taken(value, _, _) => {
                            above.insert(*field, value.clone());
                        }
                        _ => {
                            above.remove(field);
                        }
                    }
                    answers[n].insert(*field, got);
                }
                other => {
                    let blank = printed::printed_cell(desk, spot, other, sent, sent_row, expected);
                    cleared.extend(blank);
                }
            }
        }
        printed::cleared(desk, &cleared, form_row.item);
    }
    printed::overwritten(desk, table, rows, form, &answers, expected);
    answers
}

/// Keys of two columns whose contents differ: neither is taken. Where they agree, the first is.
fn rival_keys<'t>(
    desk: &mut Desk<'_>,
    table: &'t Table,
    order: &[(u32, usize)],
) -> Vec<&'t ColumnKey> {
    let mut disputed = Vec::new();
    for (key, column) in &table.rivals {
        let Some(first) = table.column(key) else { continue };
        let spot = |row: u32, column: u32| Spot { sheet: table.sheet, row, column };
        let text = |desk: &Desk<'_>, row, column| {
            desk.at(spot(row, column)).map(|c| normalise_text(&c.as_text()))
        };
        let differ = order.iter().any(|(row, _)| {
            let (a, b) = (text(desk, *row, first), text(desk, *row, *column));
            b.is_some() && a != b
        });
        let first_row = table.heading_row.unwrap_or(table.first_row);
        let last_row = order.last().map_or(first_row, |(row, _)| *row);
        if differ && matches!(key, ColumnKey::Field(_)) {
            let heading = desk.at(spot(first_row, *column)).map(Cell::text).unwrap_or_default();
            let args = vec![("column", heading.clone())];
            let (low, high) = (first.min(*column), first.max(*column));
            desk.range(
                Code::ColumnTwice,
                spot(first_row, low),
                spot(last_row, high),
                heading,
                args,
            );
            disputed.push(key);
        }
        // The second column repeats the first or is named in the finding.
        for (row, _) in order {
            let at = spot(*row, *column);
            if differ && matches!(key, ColumnKey::Field(_)) {
                desk.explained(at);
                desk.explained(spot(*row, first));
            } else if !differ {
                desk.used(at);
            }
        }
        desk.used(spot(first_row, *column));
    }
    disputed
}

/// What was typed, as it is stored: a percentage keeps its sign even where only the number format shows it.
fn raw_text(cell: &Cell) -> String {
    match (&cell.value, cell.percent) {
        (CellValue::Number(_), true) => match parse_decimal(&cell.text()) {
            Some(value) => match value.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) => format!("{}%", decimal_text(percent)),
                None => cell.text(),
            },
            None => cell.text(),
        },
        _ => cell.text(),
    }
}

/// Judges one open cell.
fn open_cell(
    desk: &mut Desk<'_>,
    table: &Table,
    spot: Spot,
    field: Field,
    row: &FormRow,
    expected: &Expected,
    above: &BTreeMap<Field, Answer>,
) -> Got {
    let column = || heading(field, expected);
    let cell = desk.at(spot);
    let Some(cell) = cell.filter(|c| !is_blank(&c.as_text()) || c.formula.is_some()) else {
        if let Some(cell) = cell {
            // A blank or two typed into a cell.
            desk.used(Spot { column: cell.column, ..spot });
        }
        return merged_above(desk, spot, field, above).map_or(Got::Blank(spot), |value| {
            let args = vec![("column", column()), ("value", value.stored())];
            desk.cell(Code::DittoTaken, spot, "", args);
            Got::Taken(value, String::new(), spot)
        });
    };
    let number = matches!(field, Field::Cumulative | Field::Progress);
    let refused = match &cell.value {
        CellValue::Error(text) => Some((Code::CellError, text.clone())),
        CellValue::NoResult => {
            let formula = cell.formula.as_deref().unwrap_or_default();
            Some((Code::FormulaWithoutResult, format!("={formula}")))
        }
        CellValue::Text(text) if text.is_empty() => {
            let formula = cell.formula.as_deref().unwrap_or_default();
            Some((Code::FormulaWithoutResult, format!("={formula}")))
        }
        CellValue::Date(text) if number => Some((Code::NumberIsDate, text.clone())),
        _ => None,
    };
    if let Some((code, found)) = refused {
        desk.cell(code, spot, found, vec![("column", column())]);
        desk.explained(spot);
        return Got::Withheld;
    }
    let mut raw = raw_text(cell);
    if let (Field::Cumulative, Some(other)) = (field, other_measure(desk, table, spot.row, row)) {
        // A bare number counts in the unit that stands beside it, also where the unit typed it over.
        if parse_decimal(&raw).is_some() {
            raw += &other;
        }
    }
    let judged = rejudge(field, &raw, row.figure.as_ref(), &expected.spec);
    let mut value = judged.value;
    let mut withheld = false;
    for (code, mut args) in judged.findings {
        args.push(("column", column()));
        args.push(("item", row.item.to_string()));
        withheld |= code.severity() == Severity::Error;
        // Only the owner of the row's narrative owes one.
        if code == Code::NarrativeSaysNothing && !row.requires(field) {
            continue;
        }
        desk.cell(code, spot, raw.clone(), args);
    }
    if judged.ditto {
        value = above.get(&field).cloned();
        let code = if value.is_some() { Code::DittoTaken } else { Code::DittoWithoutSource };
        let stored = value.as_ref().map(Answer::stored).unwrap_or_default();
        desk.cell(code, spot, raw.clone(), vec![("column", column()), ("value", stored)]);
    }
    let Some(value) = value.filter(|_| !withheld) else {
        desk.explained(spot);
        return Got::Withheld;
    };
    if let Some(formula) = &cell.formula {
        let args = vec![("column", column()), ("formula", format!("={formula}"))];
        desk.cell(Code::FormulaResultUsed, spot, raw.clone(), args);
    }
    desk.used(spot);
    Got::Taken(value, raw, spot)
}

/// The unit of measure typed over the printed one (改了计量单位), if it is another.
fn other_measure(desk: &Desk<'_>, table: &Table, row: u32, of: &FormRow) -> Option<String> {
    let column = table.column(&ColumnKey::Measure)?;
    let CellValue::Text(typed) = &desk.at(Spot { sheet: table.sheet, row, column })?.value else {
        return None;
    };
    let printed = &of.figure.as_ref()?.unit;
    let (typed, printed) = (normalised(typed), normalised(printed));
    let none = is_blank(&typed) || typed == crate::wording::template::NONE;
    (!none && typed != printed).then(|| typed.into_owned())
}

/// The value of the cell a text or status cell is merged with upwards.
fn merged_above(
    desk: &Desk<'_>,
    spot: Spot,
    field: Field,
    above: &BTreeMap<Field, Answer>,
) -> Option<Answer> {
    if matches!(field, Field::Cumulative | Field::Progress) {
        return None;
    }
    let inside = desk.sheet(spot.sheet).merged.iter().any(|(r1, c1, r2, c2)| {
        *r1 < spot.row && spot.row <= *r2 && *c1 <= spot.column && spot.column <= *c2
    });
    inside.then(|| above.get(&field).cloned()).flatten()
}

/// A cell the row does not ask: blank, the form's own formula, or something typed that is not taken.
fn closed_cell(desk: &mut Desk<'_>, spot: Spot, field: Field, row: &FormRow, expected: &Expected) {
    let Some(cell) = desk.at(spot) else { return };
    let live = field == Field::Progress && row.figure.is_some();
    if cell.as_text().trim().is_empty() || live && cell.formula.is_some() {
        desk.used(spot);
        return;
    }
    if live {
        // A pasted result is compared with what the figure gives, once the figure is known.
        return;
    }
    let args = vec![("column", heading(field, expected)), ("item", row.item.to_string())];
    desk.cell(Code::CellNotAsked, spot, cell.text(), args);
    desk.explained(spot);
}

/// Heading of a field's column.
pub(super) fn heading(field: Field, expected: &Expected) -> String {
    expected
        .spec
        .field(field)
        .map(|c| c.heading.clone())
        .or_else(|| {
            let key = crate::template::LabelKey::Field(field);
            expected.spec.label(key).map(|l| l.text.clone())
        })
        .unwrap_or_else(|| field.key().to_owned())
}

/// The entries of a return, in order of the form.
pub(super) fn entries(desk: &Desk<'_>, form: &Form, answers: Answers) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(answers.iter().map(BTreeMap::len).sum());
    for (row, mut got) in form.rows.iter().zip(answers) {
        for field in ROW_FIELDS {
            let (value, raw, spot) = match got.remove(&field) {
                Some(Got::Blank(spot)) => (None, String::new(), spot),
                Some(Got::Taken(value, raw, spot)) => (Some(value), raw, spot),
                _ => continue,
            };
            entries.push(Entry {
                task: Some(row.item.task),
                item: Some(row.item),
                role: Some(row.role),
                field,
                value,
                raw,
                sheet: desk.sheet(spot.sheet).name.clone(),
                cell: cell_name(spot.row, spot.column),
            });
        }
    }
    entries
}
