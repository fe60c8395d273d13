//! What is live on the form: each condition once as a formula and once as its result.
//!
//! 完成进度 (L), 填报提示 (R) and the counter are formulas; the results written beside them are computed here,
//! so that a reader that does not calculate sees the same.

use rust_decimal::prelude::ToPrimitive;

use super::{
    layout::Layout,
    typed::{Typed, quoted},
};
use crate::{
    model::{Answer, Comparator, Field, IndicatorKind, Status},
    template::{ColumnKey, Figure, FormRow, Previous},
};

/// Results of the live cells of one row.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Judged {
    /// 完成进度 of a row with a figure, in percent.
    pub(super) progress: Option<f64>,
    /// Required cells that are empty.
    pub(super) missing: u32,
    /// Something contradicts.
    pub(super) wrong: bool,
}

impl Judged {
    /// What stands in 填报提示.
    pub(super) fn hint(self) -> i64 {
        match (self.missing, self.wrong) {
            (0, true) => -1,
            (n, _) => i64::from(n),
        }
    }
}

/// How a figure's cell contradicts the row; figures of one kind share a condition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum FigureRule {
    /// A cumulative figure is not below last period's.
    NotBelowLast,
    /// A cumulative figure without a last one is not negative.
    NotNegative,
    /// Growth, level, ceiling: any number.
    AnyNumber,
}

impl FigureRule {
    pub(super) fn of(figure: &Figure, previous: &Previous) -> Self {
        match (figure.kind, previous) {
            (IndicatorKind::Cumulative, Previous::Number(_)) => Self::NotBelowLast,
            (IndicatorKind::Cumulative, _) => Self::NotNegative,
            _ => Self::AnyNumber,
        }
    }

    /// True where cell `k` contradicts; `j` is 上期累计.
    pub(super) fn formula(self, k: &str, j: &str) -> String {
        let text =
            format!("AND(ISTEXT({k}),TRIM({k})<>\"\",TRIM({k})<>{})", quoted(Answer::NOT_OUT));
        match self {
            Self::NotBelowLast => format!("OR(AND(ISNUMBER({k}),{k}<{j}),{text})"),
            Self::NotNegative => format!("OR(AND(ISNUMBER({k}),{k}<0),{text})"),
            Self::AnyNumber => text,
        }
    }

    fn wrong(self, typed: Typed<'_>, previous: &Previous) -> bool {
        match typed {
            Typed::Blank => false,
            Typed::Text(_) => !typed.is_blank() && !typed.is_not_out(),
            Typed::Number(k) => match (self, previous) {
                (Self::NotBelowLast, Previous::Number(last)) => {
                    last.to_f64().is_some_and(|last| k < last)
                }
                (Self::NotNegative, _) => k < 0.0,
                _ => false,
            },
        }
    }
}

/// True where the percentage of a qualitative item is not 0 to 100.
pub(super) fn percent_formula(l: &str) -> String {
    format!("IF(ISNUMBER({l}),OR({l}<0,{l}>100),LEN(TRIM({l}))>0)")
}

fn percent_wrong(typed: Typed<'_>) -> bool {
    match typed {
        Typed::Blank => false,
        Typed::Number(l) => !(0.0..=100.0).contains(&l),
        Typed::Text(_) => !typed.is_blank(),
    }
}

/// Progress of a figure as the form computes it, in percent.
fn progress(figure: &Figure, k: f64) -> Option<f64> {
    let target = figure.target.to_f64()?;
    let base = figure.base.and_then(|b| b.to_f64()).unwrap_or(0.0);
    let full = |met: bool| if met { 100.0 } else { 0.0 };
    Some(match figure.kind {
        IndicatorKind::Ceiling if k <= target => 100.0,
        IndicatorKind::Ceiling => target / k * 100.0,
        _ if is_same(target, base) => full(k >= target),
        _ if figure.base.is_some() => (k - base) / (target - base) * 100.0,
        _ => k / target * 100.0,
    })
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() < f64::EPSILON
}

/// The formula of 完成进度: empty until the figure is a number. Dividing first makes a met target exactly 100.
pub(super) fn progress_formula(figure: &Figure, k: &str, h: &str) -> String {
    let target = figure.target.to_f64().unwrap_or(0.0);
    let base = figure.base.and_then(|b| b.to_f64());
    let value = match figure.kind {
        IndicatorKind::Ceiling => format!("IF({k}<={h},100,{h}/{k}*100)"),
        _ if is_same(target, base.unwrap_or(0.0)) => format!("IF({k}>={h},100,0)"),
        _ => match base {
            Some(base) => format!("({k}-({base}))/({h}-({base}))*100"),
            None => format!("{k}/{h}*100"),
        },
    };
    format!("IF(ISNUMBER({k}),{value},\"\")")
}

/// The percentage from which a figure's target is met; none where progress cannot say it (a target below 0).
pub(super) fn met_from(figure: &Figure) -> Option<f64> {
    if figure.target.is_sign_negative() && !figure.target.is_zero() {
        return None;
    }
    Some(if figure.comparator == Comparator::About { 100.0 - figure.tolerance } else { 100.0 })
}

/// The percentage below which ▼ marks a row as behind: the schedule share where progress is measured against it,
/// the target elsewhere; none where nothing is due.
pub(super) fn behind_below(row: &FormRow) -> Option<f64> {
    if row.confirmed {
        return None;
    }
    match &row.figure {
        None => row.accepts(Field::Progress).then_some(row.schedule),
        Some(figure) if !figure.due => None,
        Some(figure) => {
            let met = met_from(figure)?;
            let on_schedule = figure.kind == IndicatorKind::Cumulative
                || (figure.kind == IndicatorKind::Level && figure.base.is_some());
            Some(if on_schedule { row.schedule.min(met) } else { met })
        }
    }
    .filter(|below| *below > 0.0)
}

/// True where the percentage in `l` is below `below`, to a millionth of a point.
pub(super) fn behind_formula(l: &str, below: f64) -> String {
    format!("AND(ISNUMBER({l}),ROUND(N({l})-{below},6)<0)")
}

/// Neighbouring rows of a task with one bound: first, last, percentage from which the target is met.
pub(super) type Block = (usize, usize, f64);

/// The rows of a task whose target `met_from` can judge, as blocks with one bound: what 已完成 is held against.
pub(super) fn bounds(rows: &[FormRow]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let Some(bound) = row.figure.as_ref().and_then(met_from) else { continue };
        match blocks.last_mut() {
            Some((_, end, b)) if *end + 1 == n && is_same(*b, bound) => *end = n,
            _ => blocks.push((n, n, bound)),
        }
    }
    blocks
}

/// True where the status is none of the list, or 已完成 while a figure of the task is short of its target.
///
/// `first` is the row of the form on which the status stands; the blocks are counted from it.
pub(super) fn status_formula(layout: &Layout<'_>, first: usize, blocks: &[Block]) -> String {
    let m = layout.cell(first, Field::Status);
    let unknown = format!("AND(TRIM({m})<>\"\",COUNTIF({},TRIM({m}))=0)", super::lists::STATUSES);
    if blocks.is_empty() {
        return unknown;
    }
    let short: Vec<String> = blocks
        .iter()
        .map(|(a, b, bound)| {
            let from = layout.cell(first + a, Field::Progress);
            let to = layout.cell(first + b, Field::Progress);
            format!("COUNTIF({from}:{to},\"<{bound}\")")
        })
        .collect();
    let done = quoted(layout.spec.status_word(Status::Done));
    format!("OR({unknown},AND(TRIM({m})={done},{}>0))", short.join("+"))
}

/// True while a cell marked in a correction form still holds what was marked.
pub(super) fn unchanged_formula(cell: &str, raw: &str) -> String {
    let head: String = raw.chars().take(MARKED_CHARS).collect();
    if head.len() == raw.len() {
        format!("{cell}&\"\"={}", quoted(raw))
    } else {
        format!("LEFT({cell},{})={}", head.encode_utf16().count(), quoted(&head))
    }
}

/// Characters of a marked text that are compared: a string of a formula holds 255, quotes doubled.
const MARKED_CHARS: usize = 100;

/// What stands in the open cells of a row.
pub(super) fn typed(row: &FormRow, field: Field) -> Typed<'_> {
    match field {
        Field::Cumulative | Field::Progress => Typed::figure(row.entered.get(&field)),
        _ => Typed::text(row.entered.get(&field)),
    }
}

/// Results of the live cells of one task's rows.
pub(super) fn judge(layout: &Layout<'_>, rows: &[FormRow]) -> Vec<Judged> {
    let mut all: Vec<Judged> = rows.iter().map(|row| judge_row(layout, row)).collect();
    let short = bounds(rows)
        .iter()
        .any(|(a, b, bound)| all[*a..=*b].iter().any(|j| j.progress.is_some_and(|p| p < *bound)));
    if let (Some(row), Some(first)) = (rows.first(), all.first_mut())
        && row.accepts(Field::Status)
        && let Typed::Text(word) = typed(row, Field::Status)
    {
        let word = word.trim_matches(' ');
        let known = layout.spec.statuses.iter().any(|s| s.word.eq_ignore_ascii_case(word));
        let done = word == layout.spec.status_word(Status::Done);
        first.wrong |= !word.is_empty() && (!known || (done && short));
    }
    all
}

fn judge_row(layout: &Layout<'_>, row: &FormRow) -> Judged {
    let missing = row.required.iter().filter(|f| layout.field(**f).is_some());
    let missing = missing.filter(|f| typed(row, **f).is_blank()).count();
    let mut judged =
        Judged { missing: u32::try_from(missing).unwrap_or(u32::MAX), ..Judged::default() };
    if let Some(figure) = &row.figure
        && row.accepts(Field::Cumulative)
    {
        let k = typed(row, Field::Cumulative);
        if let Typed::Number(k) = k {
            judged.progress = progress(figure, k);
        }
        judged.wrong |= FigureRule::of(figure, &row.previous).wrong(k, &row.previous);
    }
    if row.accepts(Field::Progress) {
        judged.wrong |= percent_wrong(typed(row, Field::Progress));
    }
    judged.wrong |= row.marked.keys().any(|f| is_marked(row, *f));
    judged
}

/// Whether a marked field has a cell that can be compared with what was typed.
pub(super) fn is_marked(row: &FormRow, field: Field) -> bool {
    row.accepts(field) && row.marked.contains_key(&field) && !typed(row, field).is_blank()
}

/// The formula of 填报提示: how many required cells are empty; if none, −1 where something contradicts.
pub(super) fn hint_formula(
    layout: &Layout<'_>,
    n: usize,
    row: &FormRow,
    blocks: &[Block],
) -> String {
    let cell = |field| layout.cell(n, field);
    let required: Vec<String> =
        row.required.iter().map(|f| cell(*f)).filter(|c| !c.is_empty()).collect();
    let mut wrong = Vec::new();
    if let Some(figure) = &row.figure
        && row.accepts(Field::Cumulative)
    {
        let j = layout.key_cell(n, &ColumnKey::Previous);
        let rule = FigureRule::of(figure, &row.previous);
        wrong.push(rule.formula(&cell(Field::Cumulative), &j));
    }
    if row.accepts(Field::Progress) {
        wrong.push(percent_formula(&cell(Field::Progress)));
    }
    if row.accepts(Field::Status) {
        wrong.push(status_formula(layout, n, blocks));
    }
    for field in row.marked.keys().filter(|f| is_marked(row, **f)) {
        if let Some(raw) = row.entered.get(field) {
            wrong.push(unchanged_formula(&cell(*field), raw));
        }
    }
    let wrong = match wrong.as_slice() {
        [] => "0".to_owned(),
        [one] => format!("IF({one},-1,0)"),
        many => format!("IF(OR({}),-1,0)", many.join(",")),
    };
    if required.is_empty() {
        return wrong;
    }
    let filled: Vec<String> = required.iter().map(|c| format!("LEN(TRIM({c}))>0")).collect();
    let empty: Vec<String> = required.iter().map(|c| format!("(LEN(TRIM({c}))=0)")).collect();
    let test = if let [one] = filled.as_slice() {
        one.clone()
    } else {
        format!("AND({})", filled.join(","))
    };
    // A single comparison would give TRUE, which no number format shows.
    format!("IF({test},{wrong},{}+0)", empty.join("+"))
}
