//! What stands in the printed cells: the writer writes it, intake compares with it.

use std::borrow::Cow;

use super::{Column, ColumnKey, Form, FormRow, FormSpec, Previous, RowKind, spec::row_kinds};
use crate::{
    model::{Role, decimal_text},
    settings::Paper,
    wording::template as words,
};

/// The text a printed cell was sent with, as [`crate::sheet::Cell::text`] gives it back; none for open columns
/// and for 填报提示, which is live.
///
/// On A4 the first row of a task has a small last line 领导：…　牵头：… under 任务内容. A number stands without
/// its comparator, which is part of the cell's format.
#[must_use]
pub fn printed_text<'a>(
    form: &Form,
    row: &'a FormRow,
    key: &ColumnKey,
    spec: &'a FormSpec,
) -> Option<Cow<'a, str>> {
    let none = Cow::Borrowed(words::NONE);
    Some(match key {
        ColumnKey::Item => Cow::Owned(row.item.to_string()),
        ColumnKey::Text if row.first && row.text.is_empty() => none,
        ColumnKey::Text if row.first && has_leader_line(form, spec) => match leader_line(row) {
            line if line.is_empty() => shared(row, key),
            line => Cow::Owned([row.text.as_str(), "\n", &line].concat()),
        },
        ColumnKey::Section | ColumnKey::Text | ColumnKey::Leaders | ColumnKey::LeadUnits => {
            shared(row, key)
        }
        ColumnKey::Role => Cow::Borrowed(spec.role_word(row.role)),
        ColumnKey::Indicator => Cow::Borrowed(indicator(row)),
        ColumnKey::Target => match &row.figure {
            Some(figure) => Cow::Owned(decimal_text(figure.target)),
            None => none,
        },
        ColumnKey::Measure => row.figure.as_ref().map_or(none, |f| Cow::Borrowed(&f.unit)),
        ColumnKey::Previous => match &row.previous {
            _ if row.role != Role::Lead => none,
            Previous::Number(value) => Cow::Owned(decimal_text(*value)),
            other => Cow::Borrowed(previous_word(other, spec)),
        },
        ColumnKey::Field(_) | ColumnKey::Hint | ColumnKey::Extra(_) => return None,
    })
}

/// Whether the small line stands under the text: where the columns it replaces are hidden.
fn has_leader_line(form: &Form, spec: &FormSpec) -> bool {
    form.paper == Paper::A4
        && spec
            .columns
            .iter()
            .any(|c| matches!(c.key, ColumnKey::Leaders | ColumnKey::LeadUnits) && !c.on_a4)
}

/// 领导：…　牵头：…, as far as there are any; a long list ends with how many there are.
pub(super) fn leader_line(row: &FormRow) -> String {
    let leaders = words::led_by(&short_list(&row.leaders, words::more_leaders));
    let units = words::lead_unit(&short_list(&row.lead_units, words::more_units));
    match (row.leaders.is_empty(), row.lead_units.is_empty()) {
        (true, true) => String::new(),
        (false, true) => leaders,
        (true, false) => units,
        (false, false) => leaders + "　" + &units,
    }
}

/// Characters of a list in the small line: two lines of it. The whole list stands in its hidden column.
const LIST_CHARS: usize = 40;

fn short_list(list: &str, more: fn(usize) -> String) -> Cow<'_, str> {
    if list.chars().count() <= LIST_CHARS {
        return Cow::Borrowed(list);
    }
    let names: Vec<&str> = list.split('、').collect();
    let mut used = 0;
    let fits = |name: &&&str| {
        used += name.chars().count() + 1;
        used <= LIST_CHARS
    };
    let shown = names.iter().take_while(fits).count();
    let head: String = match shown {
        0 => names[0].chars().take(LIST_CHARS).collect(),
        n => names[..n].join("、"),
    };
    Cow::Owned(format!("{head}{}", more(names.len())))
}

/// Texts every row of a task has. Rows after the first keep them unseen, on one line: more lines would show.
pub(super) fn shared<'a>(row: &'a FormRow, key: &ColumnKey) -> Cow<'a, str> {
    let text = match key {
        ColumnKey::Section => &row.section,
        ColumnKey::Leaders => &row.leaders,
        ColumnKey::LeadUnits => &row.lead_units,
        _ => &row.text,
    };
    if row.first || !text.contains(['\n', '\r']) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.split(['\n', '\r']).collect::<Vec<_>>().join(" "))
    }
}

/// 量化指标: its name, 定性事项, or — for a unit that does not lead.
pub(super) fn indicator(row: &FormRow) -> &str {
    match (&row.figure, row.role) {
        (Some(figure), _) => &figure.name,
        (None, Role::Lead) => words::QUALITATIVE,
        (None, _) => words::NONE,
    }
}

/// 上期累计 where it is no number.
pub(super) fn previous_word<'a>(previous: &Previous, spec: &'a FormSpec) -> &'a str {
    match previous {
        Previous::Status(status) => spec.status_word(*status),
        Previous::NotOut => crate::model::Answer::NOT_OUT,
        Previous::None | Previous::Number(_) => words::NOT_REPORTED,
    }
}

/// Whether a column the office added is open on this row.
pub(super) fn extra_asked(row: &FormRow, column: &Column) -> bool {
    let kinds: Vec<RowKind> = row_kinds(row.role, row.first, row.figure.is_some());
    !row.confirmed && column.asked.iter().any(|k| kinds.contains(k))
}
