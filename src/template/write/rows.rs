//! The data rows: printed words, open cells, live cells, and heights that cut nothing off.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, Formula, XlsxError};

use super::{
    canvas::Canvas,
    judge,
    layout::Layout,
    styles::{Edge, FIXED, Look, cell},
    typed::Typed,
};
use crate::{
    model::{Comparator, Field, Role, decimal_text},
    sheet::style::{Measure, row_height},
    template::{Column, ColumnKey, FormRow, Previous, printed},
    wording::template as words,
};

/// Characters that 进展情况 leaves room for: on a task's first row, for a co-operating unit.
const ROOM: [u32; 2] = [55, 33];
/// Least height of a row in points.
const LEAST: f64 = 21.0;
/// Highest row a spreadsheet has, in points (Excel specifications: 409).
const HIGHEST: f64 = 409.0;
/// Sizes in which the task text is tried until it fits into the highest row.
const SIZES: [(f64, Look); 4] =
    [(9.0, Look::Words9), (8.0, Look::Words8), (7.0, Look::Words7), (6.5, Look::Words65)];
/// Size of the small line under the task text.
const LEADER_SIZE: f64 = 8.5;
/// Size of what units type.
const TYPED_SIZE: f64 = 9.5;
/// Characters of a text in two faces; a longer one goes without the small line, far below the limit of a cell.
const RICH_CHARS: usize = 10_000;
/// Centred words have no indent.
const CENTRED: Measure = Measure { padding: 7.0, ..Measure::FORM };

/// Writes all data rows; gives the value of 填报提示 of each, for the counter.
pub(super) fn write(canvas: &mut Canvas<'_>, layout: &Layout<'_>) -> Result<Vec<i64>, XlsxError> {
    let mut hints = Vec::with_capacity(layout.form.rows.len());
    for task in &layout.tasks {
        let rows = &layout.form.rows[task.clone()];
        let judged = judge::judge(layout, rows);
        let bounds = judge::bounds(rows);
        let text = TaskText::of(layout, &rows[0]);
        for (at, row) in rows.iter().enumerate() {
            let n = task.start + at;
            let writer = Line {
                layout,
                n,
                row,
                edge: Edge { first: at == 0, last: Layout::row(n) == layout.last, heavy: false },
                text: &text,
                judged: judged[at],
            };
            writer.write(canvas, &bounds)?;
            hints.push(if row.confirmed { 0 } else { judged[at].hint() });
        }
    }
    Ok(hints)
}

/// How the text of a task stands in its first row.
struct TaskText {
    look: Look,
    /// Height in points, small line included.
    height: f64,
    /// The small line under it; empty where the columns it repeats are printed.
    line: String,
}

impl TaskText {
    fn of(layout: &Layout<'_>, row: &FormRow) -> Self {
        let px = layout.spec.place(&ColumnKey::Text).map_or(100.0, |c| layout.px(c));
        let line = if layout.has_leader_line() { printed::leader_line(row) } else { String::new() };
        let small = if line.is_empty() { 0 } else { Measure::FORM.lines(&line, px, LEADER_SIZE) };
        let mut fit = Self { look: SIZES[0].1, height: HIGHEST, line };
        for (size, look) in SIZES {
            let lines = Measure::FORM.lines(&row.text, px, size);
            fit.height = row_height(lines, size) + f64::from(small) * LEADER_SIZE.min(size) * 1.46;
            fit.look = look;
            if fit.height <= HIGHEST {
                break;
            }
        }
        fit
    }
}

struct Line<'a> {
    layout: &'a Layout<'a>,
    n: usize,
    row: &'a FormRow,
    edge: Edge,
    text: &'a TaskText,
    judged: judge::Judged,
}

impl Line<'_> {
    fn write(&self, canvas: &mut Canvas<'_>, bounds: &[judge::Block]) -> Result<(), XlsxError> {
        let at = Layout::row(self.n);
        let mut height = LEAST;
        for (column, place) in self.layout.spec.columns.iter().zip(0u16..) {
            height = height.max(self.height(column, place));
            self.cell(canvas, column, (at, place), bounds)?;
        }
        canvas.height(at, height.min(HIGHEST))
    }

    fn cell(
        &self,
        canvas: &mut Canvas<'_>,
        column: &Column,
        (at, place): (u32, u16),
        bounds: &[judge::Block],
    ) -> Result<(), XlsxError> {
        let row = self.row;
        let edge = Edge { heavy: place == self.layout.open, ..self.edge };
        let style = |look| cell(look, edge);
        let words = |canvas: &mut Canvas<'_>, text: &str, look| -> Result<(), XlsxError> {
            canvas.put(at, place, text, style(look))
        };
        match &column.key {
            ColumnKey::Item => {
                let look = if row.first { Look::ItemFirst } else { Look::Item };
                words(canvas, &row.item.to_string(), look)
            }
            ColumnKey::Text if row.first => self.text(canvas, (at, place), style(self.text.look)),
            ColumnKey::Role if row.first => {
                let look = if row.role == Role::Lead { Look::RoleLead } else { Look::Role };
                words(canvas, self.layout.spec.role_word(row.role), look)
            }
            ColumnKey::Section | ColumnKey::Leaders | ColumnKey::LeadUnits if row.first => {
                words(canvas, &printed::shared(row, &column.key), Look::Leaders)
            }
            ColumnKey::Role => words(canvas, self.layout.spec.role_word(row.role), Look::Repeated),
            ColumnKey::Text | ColumnKey::Section | ColumnKey::Leaders | ColumnKey::LeadUnits => {
                words(canvas, &printed::shared(row, &column.key), Look::Repeated)
            }
            ColumnKey::Indicator => words(
                canvas,
                printed::indicator(row),
                if row.figure.is_some() { Look::Words9 } else { Look::Muted },
            ),
            ColumnKey::Target => match &row.figure {
                None => words(canvas, words::NONE, Look::Muted),
                Some(figure) => {
                    let look = match figure.comparator {
                        Comparator::Equal => Look::TargetPlain,
                        Comparator::AtLeast => Look::TargetAtLeast,
                        Comparator::AtMost => Look::TargetAtMost,
                        Comparator::About => Look::TargetAbout,
                    };
                    number(canvas, at, place, figure.target, style(look))
                }
            },
            ColumnKey::Measure => match &row.figure {
                None => words(canvas, words::NONE, Look::Muted),
                Some(figure) => words(canvas, &figure.unit, Look::Measure),
            },
            ColumnKey::Previous => match &row.previous {
                _ if row.role != Role::Lead => words(canvas, words::NONE, Look::Muted),
                Previous::Number(value) => {
                    let look = if row.figure.is_some() { Look::Number } else { Look::Percent };
                    number(canvas, at, place, *value, style(look))
                }
                other => {
                    let text = printed::previous_word(other, self.layout.spec);
                    words(canvas, text, Look::Muted)
                }
            },
            ColumnKey::Field(field) => self.field(canvas, *field, (at, place), edge),
            ColumnKey::Extra(name) => {
                if printed::extra_asked(row, column) {
                    let text = row.entered_extra.get(name).map_or("", String::as_str);
                    words(canvas, text, Look::OpenText)
                } else {
                    words(canvas, "", Look::Closed)
                }
            }
            ColumnKey::Hint if row.confirmed => words(canvas, words::CONFIRMED, Look::Confirmed),
            ColumnKey::Hint => {
                let formula = judge::hint_formula(self.layout, self.n, row, bounds);
                let formula = Formula::new(formula).set_result(self.judged.hint().to_string());
                canvas.formula(at, place, formula, style(Look::Hint))
            }
        }
    }

    fn field(
        &self,
        canvas: &mut Canvas<'_>,
        field: Field,
        (at, place): (u32, u16),
        edge: Edge,
    ) -> Result<(), XlsxError> {
        let row = self.row;
        if field == Field::Progress
            && !row.confirmed
            && let Some(figure) = &row.figure
        {
            let k = self.layout.cell(self.n, Field::Cumulative);
            let h = self.layout.key_cell(self.n, &ColumnKey::Target);
            let result = self.judged.progress.map_or_else(String::new, |p| p.to_string());
            let formula = Formula::new(judge::progress_formula(figure, &k, &h)).set_result(result);
            return canvas.formula(at, place, formula, cell(Look::AutoPercent, edge));
        }
        if !row.accepts(field) {
            return canvas.put(at, place, "", cell(Look::Closed, edge));
        }
        let look = match field {
            Field::Cumulative => Look::OpenFigure,
            Field::Progress => Look::OpenPercent,
            Field::Status => Look::OpenStatus,
            _ => Look::OpenText,
        };
        match judge::typed(row, field) {
            Typed::Blank => canvas.put(at, place, "", cell(look, edge)),
            Typed::Text(text) => canvas.put(at, place, text, cell(look, edge)),
            Typed::Number(value) => canvas.number(at, place, value, cell(look, edge)),
        }
    }

    /// The task text with the small line under it.
    fn text(
        &self,
        canvas: &mut Canvas<'_>,
        (at, place): (u32, u16),
        format: &Format,
    ) -> Result<(), XlsxError> {
        let line = &self.text.line;
        if line.is_empty() || self.row.text.is_empty() {
            let text = if self.row.text.is_empty() { words::NONE } else { &self.row.text };
            return canvas.put(at, place, text, format);
        }
        let line = format!("\n{line}");
        let (text, line) = (super::fitting(&self.row.text), super::fitting(&line));
        if text.chars().count() + line.chars().count() > RICH_CHARS {
            return canvas.put(at, place, &text, format);
        }
        let parts = [(format, &*text), (&FIXED.leader_line, &*line)];
        canvas.parts(at, place, &parts, format)
    }

    /// Height this cell asks for, in points.
    fn height(&self, column: &Column, place: u16) -> f64 {
        let row = self.row;
        let px = self.layout.px(place);
        if px <= 0.0 {
            return 0.0;
        }
        let wrapped =
            |measure: &Measure, text: &str, size| row_height(measure.lines(text, px, size), size);
        match &column.key {
            ColumnKey::Text if row.first => self.text.height,
            ColumnKey::Indicator if row.figure.is_some() => {
                wrapped(&Measure::FORM, printed::indicator(row), 9.0)
            }
            ColumnKey::Measure => {
                row.figure.as_ref().map_or(0.0, |f| wrapped(&CENTRED, &f.unit, 9.0))
            }
            ColumnKey::Role if row.first => {
                wrapped(&CENTRED, self.layout.spec.role_word(row.role), 9.0)
            }
            ColumnKey::Section | ColumnKey::Leaders | ColumnKey::LeadUnits if row.first => {
                wrapped(&CENTRED, &printed::shared(row, &column.key), 9.0)
            }
            ColumnKey::Field(field) if row.accepts(*field) => {
                let text = row.entered.get(field).map_or("", String::as_str);
                let typed = match field {
                    Field::Cumulative | Field::Progress | Field::Status => 0.0,
                    _ => wrapped(&Measure::FORM, text, TYPED_SIZE),
                };
                let room = match (field, row.role) {
                    (Field::Narrative, Role::Lead) => ROOM[0],
                    (Field::Narrative, Role::Named) => ROOM[1],
                    _ => 0,
                };
                let capacity = Measure::FORM.capacity(px, TYPED_SIZE).floor();
                let lines = (f64::from(room) / capacity).ceil().to_u32().unwrap_or(1).max(1);
                typed.max(row_height(lines, TYPED_SIZE))
            }
            ColumnKey::Extra(name) if printed::extra_asked(row, column) => {
                let text = row.entered_extra.get(name).map_or("", String::as_str);
                wrapped(&Measure::FORM, text, TYPED_SIZE)
            }
            _ => 0.0,
        }
    }
}

/// A printed number; one that a spreadsheet cannot hold exactly is printed as text.
fn number(
    canvas: &mut Canvas<'_>,
    row: u32,
    column: u16,
    value: rust_decimal::Decimal,
    format: &Format,
) -> Result<(), XlsxError> {
    match value.to_f64() {
        Some(number) => canvas.number(row, column, number, format),
        None => canvas.put(row, column, &decimal_text(value), format),
    }
}
