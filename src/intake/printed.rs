//! Printed cells (印好的格): compared with what was sent; live cells are recomputed.

use rust_decimal::Decimal;

use crate::{
    diag::Code,
    model::{Answer, Field, ItemNo, normalised, parse_decimal},
    sheet::{Cell, CellValue},
    template::{ColumnKey, Form, FormRow, Previous, printed_text},
    wording::template::NONE,
};

use super::{
    Expected,
    balance::{Desk, MANY_ALIKE, Spot},
    header::Table,
    rows::Rows,
    take::{Answers, Got, heading},
};

/// Points within which a pasted 完成进度 is the one the form computed: it shows one decimal.
const PASTED_TOLERANCE: f64 = 0.051;

/// 完成进度 of figure rows without its formula: the computed result pasted as a value, or typed over.
pub(super) fn overwritten(
    desk: &mut Desk<'_>,
    table: &Table,
    rows: &Rows,
    form: &Form,
    answers: &Answers,
    expected: &Expected,
) {
    let Some(column) = table.column(&ColumnKey::Field(Field::Progress)) else { return };
    for (n, row) in form.rows.iter().enumerate() {
        let (Some(sheet_row), Some(figure)) = (rows.of[n], &row.figure) else { continue };
        let spot = Spot { sheet: table.sheet, row: sheet_row, column };
        if !desk.is_open(spot) {
            continue;
        }
        let Some(cell) = desk.at(spot) else { continue };
        let total = answers[n].get(&Field::Cumulative);
        if row.accepts(Field::Cumulative)
            && matches!(total, None | Some(Got::Absent | Got::Withheld))
        {
            // Why the total was not taken is said; what was computed from it stands or falls with it.
            desk.explained(spot);
            continue;
        }
        // The form's formula counts only what a program takes for a number; an empty result may come back as 0.
        let figure_cell = table
            .column(&ColumnKey::Field(Field::Cumulative))
            .and_then(|column| desk.at(Spot { column, ..spot }));
        let computed = match figure_cell.map(|c| &c.value) {
            Some(CellValue::Number(_)) => figure_cell
                .and_then(|c| parse_decimal(&c.text()))
                .and_then(|value| super::check::progress(figure, value)),
            _ => None,
        };
        let typed = match &cell.value {
            CellValue::Number(v) if cell.percent => Some(v * 100.0),
            CellValue::Number(v) => Some(*v),
            _ => None,
        };
        // What was taken may be a number typed as text (６．０), which the formula passes over.
        let taken = match total.and_then(Got::value) {
            Some(Answer::Number(value)) => super::check::progress(figure, *value),
            _ => None,
        };
        let near = |a: f64| typed.is_some_and(|b| (a - b).abs() <= PASTED_TOLERANCE);
        let same = near(computed.unwrap_or(0.0)) || taken.is_some_and(near);
        if same {
            desk.used(spot);
        } else {
            let args = vec![
                ("column", heading(Field::Progress, expected)),
                ("item", row.item.to_string()),
                ("from", computed.map_or_else(|| NONE.to_owned(), |v| format!("{v:.1}"))),
            ];
            desk.cell(Code::PrintedChanged, spot, cell.text(), args);
            desk.explained(spot);
        }
    }
}

/// 填报提示: live, recomputed by every program.
pub(super) fn hint(desk: &mut Desk<'_>, spot: Spot) {
    let Some(cell) = desk.at(spot) else { return };
    let live = cell.formula.is_some()
        || match &cell.value {
            CellValue::Number(_) | CellValue::NoResult => true,
            CellValue::Text(text) => {
                let text = text.trim();
                matches!(text, "" | "√" | "请核对")
                    || text.starts_with('缺') && text.ends_with('处')
            }
            _ => false,
        };
    if live {
        desk.used(spot);
    }
}

/// A printed cell that came back blank.
pub(super) struct Cleared {
    spot: Spot,
    column: String,
    printed: String,
}

/// Printed cells of a row that came back blank: many are one finding.
pub(super) fn cleared(desk: &mut Desk<'_>, cells: &[Cleared], item: ItemNo) {
    let item = || ("item", item.to_string());
    if let [first, .., last] = cells
        && cells.len() >= MANY_ALIKE
    {
        let (mut at, mut until) = (first.spot, last.spot);
        for cell in cells {
            at.column = at.column.min(cell.spot.column);
            until.column = until.column.max(cell.spot.column);
        }
        let columns: Vec<&str> = cells.iter().map(|c| c.column.as_str()).collect();
        let args = vec![("column", columns.join("、")), item()];
        let printed: Vec<&str> = cells.iter().map(|c| c.printed.as_str()).collect();
        desk.range(Code::PrintedCleared, at, until, printed.join("、"), args);
        return;
    }
    for cell in cells {
        let args = vec![("column", cell.column.clone()), item()];
        desk.cell(Code::PrintedCleared, cell.spot, cell.printed.clone(), args);
    }
}

/// Compares a printed cell with what was sent; gives it back if it was cleared.
pub(super) fn printed_cell(
    desk: &mut Desk<'_>,
    spot: Spot,
    key: &ColumnKey,
    sent: &Form,
    row: &FormRow,
    expected: &Expected,
) -> Option<Cleared> {
    let printed = printed_text(sent, row, key, &expected.spec)?;
    let cell = desk.at(spot);
    let typed = cell.map(Cell::as_text).unwrap_or_default();
    if typed == printed || same(&typed, &printed, key, row) {
        desk.used(spot);
        return None;
    }
    let column = expected.spec.column(key).map_or_else(String::new, |c| c.heading.clone());
    if typed.trim().is_empty() {
        desk.used(spot);
        let nothing = printed.is_empty() || printed == NONE;
        let printed = printed.into_owned();
        return (!nothing && row.first).then_some(Cleared { spot, column, printed });
    }
    let item = row.item.to_string();
    let args = vec![("column", column), ("item", item), ("from", printed.into_owned())];
    desk.cell(Code::PrintedChanged, spot, typed, args);
    desk.explained(spot);
    None
}

/// Whether a printed cell still says the same: blanks, line breaks and formats do not count.
fn same(typed: &str, printed: &str, key: &ColumnKey, row: &FormRow) -> bool {
    let (a, b) = (normalised(typed), normalised(printed));
    if a == b {
        return true;
    }
    let number = matches!(key, ColumnKey::Target | ColumnKey::Previous);
    if number
        && let (Some(x), Some(y)) = (
            parse_decimal(a.trim_start_matches(['≥', '≤', '=', '约']).trim_end_matches('%')),
            parse_decimal(&b),
        )
    {
        // A percentage shown by its number format alone.
        let hundredfold = x.checked_mul(Decimal::ONE_HUNDRED) == Some(y);
        let percent = matches!(row.previous, Previous::Number(_)) && row.figure.is_none();
        return x == y || percent && hundredfold;
    }
    // The small line under the text may be gone.
    *key == ColumnKey::Text && !a.is_empty() && a == normalised(&row.text)
}
