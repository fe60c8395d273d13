//! Where everything stands on the sheet: columns by their keys, rows by their numbers.

use std::ops::Range;

use crate::{
    model::{Field, TaskNo},
    settings::Paper,
    sheet::{cell_name, style::column_px},
    template::{Column, ColumnKey, Form, FormRow, FormSpec},
};

/// Rows of the head: title, facts, legend, band, headings.
pub(super) const TITLE: u32 = 0;
/// 填报单位, 报送期, 数据截至日, 报送截止日.
pub(super) const FACTS: u32 = 1;
/// What to do, what the colours mean.
pub(super) const LEGEND: u32 = 2;
/// Band over the headings.
pub(super) const BAND: u32 = 3;
/// Headings.
pub(super) const HEADINGS: u32 = 4;
/// First data row.
pub(super) const FIRST: u32 = 5;

/// Least width of the counter in pixels: “还有 300 处未填” at 14 pt.
const COUNTER_PX: f64 = 190.0;

/// Width of 报送截止日 with its date and weekday in pixels, at 10 pt.
const DUE_PX: f64 = 225.0;

/// A block of neighbouring columns.
pub(super) type Span = (u16, u16);

/// Where things stand on one form.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) form: &'a Form,
    pub(super) spec: &'a FormSpec,
    /// First open column (K).
    pub(super) open: u16,
    /// Last open column (Q).
    pub(super) open_last: u16,
    /// 填报提示 (R).
    pub(super) hint: u16,
    /// Rows of each task: neighbouring rows of one task in one role.
    pub(super) tasks: Vec<Range<usize>>,
    /// Last row of the table; the row above [`FIRST`] if there is none.
    pub(super) last: u32,
    /// Row of 填报人, 联系电话, 审核人.
    pub(super) foot: u32,
    /// Row of the note under it.
    pub(super) note: u32,
}

impl<'a> Layout<'a> {
    pub(super) fn new(form: &'a Form, spec: &'a FormSpec) -> Self {
        let count = u32::try_from(form.rows.len()).unwrap_or(u32::MAX);
        let place = |key: &ColumnKey| spec.place(key).unwrap_or(0);
        let open = place(&ColumnKey::Field(Field::Cumulative));
        let hint = place(&ColumnKey::Hint);
        let mut tasks: Vec<Range<usize>> = Vec::new();
        let mut current: Option<TaskNo> = None;
        for (n, row) in form.rows.iter().enumerate() {
            match tasks.last_mut() {
                Some(range) if current == Some(row.item.task) && !row.first => range.end = n + 1,
                _ => tasks.push(n..n + 1),
            }
            current = Some(row.item.task);
        }
        let last = FIRST + count - 1;
        Self {
            form,
            spec,
            open,
            open_last: hint.saturating_sub(1),
            hint,
            tasks,
            last,
            foot: last + 2,
            note: last + 3,
        }
    }

    /// The sheet row of the n-th row of the form.
    pub(super) fn row(n: usize) -> u32 {
        FIRST + u32::try_from(n).unwrap_or(0)
    }

    /// The column of a field, if the office has not dropped it.
    pub(super) fn field(&self, field: Field) -> Option<u16> {
        self.spec.place(&ColumnKey::Field(field))
    }

    /// A cell of the n-th row by field: `K6`.
    pub(super) fn cell(&self, n: usize, field: Field) -> String {
        self.field(field).map_or_else(String::new, |c| cell_name(Self::row(n), u32::from(c)))
    }

    /// A cell of the n-th row by key.
    pub(super) fn key_cell(&self, n: usize, key: &ColumnKey) -> String {
        self.spec.place(key).map_or_else(String::new, |c| cell_name(Self::row(n), u32::from(c)))
    }

    /// Whether a column is hidden on this paper.
    pub(super) fn hidden(&self, column: &Column) -> bool {
        self.form.paper == Paper::A4 && !column.on_a4
    }

    /// Pixels of a column; 0 if it is hidden.
    pub(super) fn px(&self, at: u16) -> f64 {
        match self.spec.columns.get(usize::from(at)) {
            Some(column) if !self.hidden(column) => column_px(column.width),
            _ => 0.0,
        }
    }

    /// Pixels of a block of columns.
    pub(super) fn span_px(&self, (first, last): Span) -> f64 {
        (first..=last).map(|c| self.px(c)).sum()
    }

    /// First and last row, and columns, of the counter: from the right, as many columns as it needs, beside the due date; on a
    /// form with few open columns beside the title.
    pub(super) fn counter(&self) -> ((u32, u32), Span) {
        let mut first = self.hint;
        while first > self.open && self.span_px((first, self.hint)) < COUNTER_PX {
            first -= 1;
        }
        let due = self.open + 2;
        if first > due && self.span_px((due, first - 1)) >= DUE_PX {
            ((FACTS, LEGEND), (first, self.hint))
        } else {
            ((TITLE, TITLE), (first, self.hint))
        }
    }

    /// Whether the small line 领导：…　牵头：… stands under the text.
    pub(super) fn has_leader_line(&self) -> bool {
        self.spec
            .columns
            .iter()
            .any(|c| matches!(c.key, ColumnKey::Leaders | ColumnKey::LeadUnits) && self.hidden(c))
    }

    /// The three signatures: columns of the label, columns of the value, field.
    pub(super) fn signatures(&self) -> [(Span, Span, Field); 3] {
        let at = |key: &ColumnKey| self.spec.place(key).unwrap_or(0);
        let narrative = self.field(Field::Narrative).unwrap_or(self.open + 3);
        let last = self.open_last;
        let target = at(&ColumnKey::Target);
        let (third, value) = if last > narrative {
            ((narrative, narrative), (narrative + 1, last))
        } else {
            ((narrative - 1, narrative - 1), (narrative, narrative))
        };
        let text = at(&ColumnKey::Text);
        [
            ((text, text), (at(&ColumnKey::Role), target - 1), Field::FilledBy),
            ((target, self.open - 1), (self.open, third.0 - 1), Field::Phone),
            (third, value, Field::ReviewedBy),
        ]
    }

    /// The cell of a signature.
    pub(super) fn signature_cell(&self, field: Field) -> Option<(u32, u16)> {
        self.signatures().iter().find(|s| s.2 == field).map(|s| (self.foot, s.1.0))
    }

    /// The first cell a unit fills; where nothing is asked, 填报人.
    pub(super) fn first_open(&self) -> (u32, u16) {
        let open = |n: usize, row: &FormRow| {
            row.asked.iter().filter_map(|f| self.field(*f)).min().map(|c| (Self::row(n), c))
        };
        let rows = self.form.rows.iter().enumerate();
        let required = rows.clone().find(|(_, r)| !r.required.is_empty());
        required
            .or_else(|| rows.clone().find(|(_, r)| !r.asked.is_empty()))
            .and_then(|(n, row)| open(n, row))
            .or_else(|| self.signature_cell(Field::FilledBy))
            .unwrap_or((self.foot, 0))
    }
}

/// Ranges of one column as a validation or condition takes them: `K6:K9 K12`.
pub(super) fn ranges(rows: &[u32], column: u16) -> String {
    let column = u32::from(column);
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match parts.last_mut() {
            Some((_, end)) if *end + 1 == *row => *end = *row,
            _ => parts.push((*row, *row)),
        }
    }
    let names: Vec<String> = parts
        .into_iter()
        .map(|(a, b)| crate::sheet::range_name((a, column), (b, column)))
        .collect();
    names.join(" ")
}
