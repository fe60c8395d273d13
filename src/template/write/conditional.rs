//! Conditions: yellow is what is still owed, red is to be checked, ▼ is behind schedule.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet, XlsxError};

use super::{
    head::REQUIRED_SIGNATURES,
    judge::{self, FigureRule},
    layout::{FIRST, Layout, ranges},
    styles::CONDITIONAL,
    typed::{Typed, quoted},
};
use crate::{
    model::{Answer, Field},
    sheet::cell_name,
    template::{ColumnKey, FormRow},
    wording::template as words,
};

/// Writes every condition of the form; the first that holds is on top.
pub(super) fn write(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    missing(sheet, layout)?;
    marked(sheet, layout)?;
    figures(sheet, layout)?;
    percents(sheet, layout)?;
    statuses(sheet, layout)?;
    behind(sheet, layout)?;
    hints(sheet, layout)?;
    head_and_foot(sheet, layout)
}

/// Lays `format` over cells of one column where `formula`, written for the first of them, is true.
fn lay(
    sheet: &mut Worksheet,
    rows: &[u32],
    column: u16,
    formula: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
    let condition = ConditionalFormatFormula::new()
        .set_rule(formula)
        .set_format(format.clone())
        .set_multi_range(ranges(rows, column));
    sheet.add_conditional_format(*first, column, *last, column, &condition).map(|_| ())
}

fn rows_where(layout: &Layout<'_>, pick: impl Fn(&FormRow) -> bool) -> Vec<u32> {
    let rows = layout.form.rows.iter().enumerate();
    rows.filter(|(_, r)| pick(r)).map(|(n, _)| Layout::row(n)).collect()
}

fn missing(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    for (column, at) in layout.spec.columns.iter().zip(0u16..) {
        let ColumnKey::Field(field) = column.key else { continue };
        let rows = rows_where(layout, |r| r.requires(field));
        let Some(first) = rows.first() else { continue };
        let formula = format!("LEN(TRIM({}))=0", cell_name(*first, u32::from(at)));
        lay(sheet, &rows, at, &formula, &CONDITIONAL.missing)?;
    }
    Ok(())
}

/// Marked cells of a correction form stay red until they are changed.
fn marked(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    for (n, row) in layout.form.rows.iter().enumerate() {
        for field in row.marked.keys().filter(|f| judge::is_marked(row, **f)) {
            let (Some(column), Some(raw)) = (layout.field(*field), row.entered.get(field)) else {
                continue;
            };
            let formula = judge::unchanged_formula(&layout.cell(n, *field), raw);
            lay(sheet, &[Layout::row(n)], column, &formula, &CONDITIONAL.error)?;
        }
    }
    Ok(())
}

fn figures(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(column) = layout.field(Field::Cumulative) else { return Ok(()) };
    let mut groups: BTreeMap<FigureRule, Vec<u32>> = BTreeMap::new();
    for (n, row) in layout.form.rows.iter().enumerate() {
        if let Some(figure) = &row.figure
            && row.accepts(Field::Cumulative)
        {
            let rule = FigureRule::of(figure, &row.previous);
            groups.entry(rule).or_default().push(Layout::row(n));
        }
    }
    let previous = layout.spec.place(&ColumnKey::Previous).unwrap_or(0);
    let mut all: Vec<u32> = Vec::new();
    for (rule, rows) in groups {
        let k = cell_name(rows[0], u32::from(column));
        let j = cell_name(rows[0], u32::from(previous));
        lay(sheet, &rows, column, &rule.formula(&k, &j), &CONDITIONAL.error)?;
        all.extend(rows);
    }
    all.sort_unstable();
    let Some(first) = all.first() else { return Ok(()) };
    let k = cell_name(*first, u32::from(column));
    let formula = format!("TRIM({k})={}", quoted(Answer::NOT_OUT));
    lay(sheet, &all, column, &formula, &CONDITIONAL.not_out)
}

fn percents(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(column) = layout.field(Field::Progress) else { return Ok(()) };
    let rows = rows_where(layout, |r| r.accepts(Field::Progress));
    let Some(first) = rows.first() else { return Ok(()) };
    let formula = judge::percent_formula(&cell_name(*first, u32::from(column)));
    lay(sheet, &rows, column, &formula, &CONDITIONAL.error)
}

/// Tasks whose figures lie alike share one condition: it counts the rows below the status.
fn statuses(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(column) = layout.field(Field::Status) else { return Ok(()) };
    let mut groups: Vec<(Vec<judge::Block>, Vec<usize>)> = Vec::new();
    for task in &layout.tasks {
        if !layout.form.rows[task.start].accepts(Field::Status) {
            continue;
        }
        let bounds = judge::bounds(&layout.form.rows[task.clone()]);
        match groups.iter_mut().find(|(b, _)| *b == bounds) {
            Some((_, firsts)) => firsts.push(task.start),
            None => groups.push((bounds, vec![task.start])),
        }
    }
    for (bounds, firsts) in groups {
        let formula = judge::status_formula(layout, firsts[0], &bounds);
        let rows: Vec<u32> = firsts.iter().map(|n| Layout::row(*n)).collect();
        lay(sheet, &rows, column, &formula, &CONDITIONAL.error)?;
    }
    Ok(())
}

fn behind(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(column) = layout.field(Field::Progress) else { return Ok(()) };
    let mut groups: Vec<(f64, Vec<u32>)> = Vec::new();
    for (n, row) in layout.form.rows.iter().enumerate() {
        let Some(below) = judge::behind_below(row) else { continue };
        match groups.iter_mut().find(|(b, _)| b.total_cmp(&below).is_eq()) {
            Some((_, rows)) => rows.push(Layout::row(n)),
            None => groups.push((below, vec![Layout::row(n)])),
        }
    }
    for (below, rows) in groups {
        let formula = judge::behind_formula(&cell_name(rows[0], u32::from(column)), below);
        lay(sheet, &rows, column, &formula, &CONDITIONAL.behind)?;
    }
    Ok(())
}

fn hints(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let rows = rows_where(layout, |r| !r.confirmed);
    let Some(first) = rows.first() else { return Ok(()) };
    let r = cell_name(*first, u32::from(layout.hint));
    lay(sheet, &rows, layout.hint, &format!("{r}>0"), &CONDITIONAL.owing)?;
    lay(sheet, &rows, layout.hint, &format!("{r}<0"), &CONDITIONAL.check)
}

fn head_and_foot(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let (rows, (first, last)) = layout.counter();
    let counter = format!("${}${}", crate::sheet::column_name(u32::from(first)), rows.0 + 1);
    let clear = format!("{counter}={}", quoted(words::CLEAR));
    let check = format!("LEFT({counter},1)={}", quoted(words::TO_CHECK.0.trim()));
    for (formula, format) in [(clear, &CONDITIONAL.clear), (check, &CONDITIONAL.check)] {
        let condition =
            ConditionalFormatFormula::new().set_rule(formula.as_str()).set_format(format.clone());
        sheet.add_conditional_format(rows.0, first, rows.1, last, &condition)?;
    }
    for (_, value, field) in layout.signatures() {
        let cell =
            format!("${}${}", crate::sheet::column_name(u32::from(value.0)), layout.foot + 1);
        let mut rules = Vec::new();
        if REQUIRED_SIGNATURES.contains(&field) {
            rules.push((format!("LEN(TRIM({cell}))=0"), &CONDITIONAL.missing));
        }
        if layout.form.signed_marked.contains_key(&field)
            && let Some(raw) = layout.form.signed.get(&field)
            && !Typed::text(Some(raw)).is_blank()
        {
            rules.push((judge::unchanged_formula(&cell, raw), &CONDITIONAL.error));
        }
        for (formula, format) in rules {
            let condition = ConditionalFormatFormula::new()
                .set_rule(formula.as_str())
                .set_format(format.clone());
            sheet.add_conditional_format(layout.foot, value.0, layout.foot, value.1, &condition)?;
        }
    }
    debug_assert!(layout.last + 1 >= FIRST);
    Ok(())
}
