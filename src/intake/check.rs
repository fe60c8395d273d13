//! Checks between cells (核对): required, status against figures, against last period and target.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use crate::{
    diag::Code,
    model::{
        Answer, Comparator, Exact, Field, IndicatorKind, Status, decimal_text, exact,
        normalise_text,
    },
    template::{Figure, Form, FormRow, LastFact, Previous},
};

use super::{
    Expected,
    balance::{Desk, Spot},
    take::{Answers, Got, ROW_FIELDS, heading},
};

/// Growth target, in percent, from which on "far above" is judged: half a percent may well become ten.
const LEAST_GROWTH: Decimal = Decimal::TEN;

/// Shortest narrative that is compared with last period's: 无 or 已完成 may well be said twice.
const SHORTEST_COPIED: usize = 8;

/// Whether any open cell of the table came back filled.
pub(super) fn is_empty(answers: &Answers) -> bool {
    answers
        .iter()
        .flat_map(|row| row.values())
        .all(|got| matches!(got, Got::Absent | Got::Blank(_)))
}

/// Required cells of a form, and how many of them came back with a usable value (完整率).
pub(super) fn completeness(form: &Form, answers: &Answers) -> (u32, u32) {
    let mut count = (0, 0);
    for (row, got) in form.rows.iter().zip(answers) {
        for field in &row.required {
            count.0 += 1;
            count.1 += u32::from(got.get(field).is_some_and(|g| g.value().is_some()));
        }
    }
    count
}

/// Everything that is judged between cells of a return.
pub(super) fn check(desk: &mut Desk<'_>, form: &Form, answers: &Answers, expected: &Expected) {
    for (n, row) in form.rows.iter().enumerate() {
        let status = status_of(form, answers, n);
        required(desk, row, n, answers, status.as_ref(), expected);
        let last = Last::of(row, form, expected);
        if let Some(figure) = &row.figure {
            if let Some(Got::Taken(value, raw, spot)) = answers[n].get(&Field::Cumulative) {
                against_status(desk, row, figure, value, status.as_ref(), expected);
                if let Answer::Number(value) = value {
                    let value = (*value, raw.as_str(), *spot);
                    against_last(
                        desk,
                        row,
                        Some(figure),
                        Field::Cumulative,
                        value,
                        &last,
                        expected,
                    );
                }
            }
        } else if let Some(Got::Taken(Answer::Number(value), raw, spot)) =
            answers[n].get(&Field::Progress)
        {
            progress_against_status(desk, row, *value, status.as_ref());
            let value = (*value, raw.as_str(), *spot);
            against_last(desk, row, None, Field::Progress, value, &last, expected);
        }
        if let Some(Got::Taken(Answer::Text(text), _, spot)) = answers[n].get(&Field::Narrative) {
            copied(desk, row, text, *spot, &last, expected);
        }
    }
}

/// The status of a row's task: the status stands on its first row.
fn status_of(form: &Form, answers: &Answers, n: usize) -> Option<(Status, String, Spot)> {
    let task = form.rows[n].item.task;
    form.rows.iter().zip(answers).filter(|(r, _)| r.item.task == task && r.first).find_map(
        |(_, got)| match got.get(&Field::Status) {
            Some(Got::Taken(Answer::Status(status), raw, spot)) => {
                Some((*status, raw.clone(), *spot))
            }
            _ => None,
        },
    )
}

fn required(
    desk: &mut Desk<'_>,
    row: &FormRow,
    n: usize,
    answers: &Answers,
    status: Option<&(Status, String, Spot)>,
    expected: &Expected,
) {
    for field in ROW_FIELDS.into_iter().filter(|f| row.requires(*f)) {
        let Some(Got::Blank(spot)) = answers[n].get(&field) else { continue };
        let args = vec![("item", row.item.to_string()), ("column", heading(field, expected))];
        match status {
            Some((Status::Done, typed, _)) if field == Field::Cumulative => {
                let args = [args, vec![("status", typed.clone())]].concat();
                desk.cell(Code::DoneWithoutFigure, *spot, "", args);
            }
            _ => desk.cell(Code::RequiredMissing, *spot, "", args),
        }
    }
}

/// The figure against what the unit says of the task.
fn against_status(
    desk: &mut Desk<'_>,
    row: &FormRow,
    figure: &Figure,
    value: &Answer,
    status: Option<&(Status, String, Spot)>,
    expected: &Expected,
) {
    let Some((status, typed, spot)) = status else { return };
    let spot = *spot;
    let item = ("item", row.item.to_string());
    match (status, value) {
        (Status::Done, Answer::NotOut) => {
            let args = vec![item, ("column", heading(Field::Cumulative, expected))];
            desk.cell(Code::DoneNotOut, spot, typed.clone(), args);
        }
        (Status::Done, Answer::Number(value)) if !met(figure, *value) => {
            let args = vec![
                item,
                ("value", with_unit(*value, figure)),
                (
                    "target",
                    format!("{}{}", figure.comparator.printed(), with_unit(figure.target, figure)),
                ),
            ];
            desk.cell(Code::DoneNotMet, spot, typed.clone(), args);
        }
        (Status::NotStarted, Answer::Number(value))
            if figure.kind == IndicatorKind::Cumulative && *value > Decimal::ZERO =>
        {
            let args = vec![item, ("value", with_unit(*value, figure))];
            desk.cell(Code::NotStartedWithProgress, spot, typed.clone(), args);
        }
        _ => {}
    }
}

/// The percentage of a qualitative item against what the unit says of it.
fn progress_against_status(
    desk: &mut Desk<'_>,
    row: &FormRow,
    value: Decimal,
    status: Option<&(Status, String, Spot)>,
) {
    let Some((status, typed, spot)) = status else { return };
    let code = match status {
        Status::Done if value < Decimal::ONE_HUNDRED => Code::DoneBelowFull,
        Status::InProgress | Status::Lagging if value >= Decimal::ONE_HUNDRED => Code::FullNotDone,
        Status::NotStarted if value > Decimal::ZERO => Code::NotStartedWithProgress,
        _ => return,
    };
    let shown = if code == Code::NotStartedWithProgress {
        format!("{}%", decimal_text(value))
    } else {
        decimal_text(value)
    };
    let args = vec![("item", row.item.to_string()), ("value", shown)];
    desk.cell(code, *spot, typed.clone(), args);
}

/// What is known of last period: the ledger's word, else what the form printed.
struct Last<'a> {
    previous: &'a Previous,
    narrative: Option<&'a str>,
}

impl<'a> Last<'a> {
    fn of(row: &'a FormRow, form: &'a Form, expected: &'a Expected) -> Self {
        let known: Option<&LastFact> = expected.last.get(&(form.unit.clone(), row.item));
        match known {
            Some(fact) => Self {
                previous: &fact.previous,
                narrative: fact.texts.get(&Field::Narrative).map(String::as_str),
            },
            None => Self {
                previous: &row.previous,
                narrative: row.previous_texts.get(&Field::Narrative).map(String::as_str),
            },
        }
    }
}

/// A number against last period's, and against the target where there is none.
fn against_last(
    desk: &mut Desk<'_>,
    row: &FormRow,
    figure: Option<&Figure>,
    field: Field,
    (value, raw, spot): (Decimal, &str, Spot),
    last: &Last<'_>,
    expected: &Expected,
) {
    let kind = figure.map(|f| f.kind);
    let grows = matches!(kind, None | Some(IndicatorKind::Cumulative));
    let unit = figure.map_or("%", |f| f.unit.as_str());
    let args = |name: &'static str, other: Decimal| {
        vec![
            ("item", row.item.to_string()),
            ("column", heading(field, expected)),
            (name, format!("{}{unit}", decimal_text(other))),
            ("measure", unit.to_owned()),
            ("factor", decimal_text(factor(expected).normalize())),
        ]
    };
    let many = |base: Decimal| {
        // Exactly where it may be so: most values are not even above the base.
        base > Decimal::ZERO
            && value > base
            && factor(expected) > Decimal::ONE
            && exact(value) >= exact(base) * exact(factor(expected))
    };
    let last = match last.previous {
        Previous::Number(last) => Some(*last),
        _ => None,
    };
    match last {
        Some(last) if grows && value < last => {
            desk.cell(Code::BelowLast, spot, raw, args("last", last));
        }
        // Growth rates jump; a percentage is capped at 100 and jumps from small beginnings.
        Some(last) if figure.is_some() && kind != Some(IndicatorKind::Growth) && many(last) => {
            desk.cell(Code::JumpAgainstLast, spot, raw, args("last", last));
        }
        // A rate of growth has no base to jump from; 800 % where 8 % is the target is most likely a slip.
        _ if kind == Some(IndicatorKind::Growth) => {
            if let Some(figure) = figure
                && many(figure.target.max(LEAST_GROWTH))
            {
                desk.cell(Code::FarAboveTarget, spot, raw, args("target", figure.target));
            }
        }
        _ if last.is_none_or(|l| l.is_zero()) => {
            if let Some(figure) = figure
                && many(figure.target)
            {
                desk.cell(Code::FarAboveTarget, spot, raw, args("target", figure.target));
            }
        }
        _ => {}
    }
}

/// The office's jump factor as a decimal.
fn factor(expected: &Expected) -> Decimal {
    Decimal::try_from(expected.settings.rules.jump_factor).unwrap_or(Decimal::TEN)
}

/// A narrative that is word for word last period's.
fn copied(
    desk: &mut Desk<'_>,
    row: &FormRow,
    text: &str,
    spot: Spot,
    last: &Last<'_>,
    expected: &Expected,
) {
    let Some(before) = last.narrative else { return };
    let now = normalise_text(text);
    if now.chars().count() >= SHORTEST_COPIED && now == normalise_text(before) {
        let args =
            vec![("item", row.item.to_string()), ("column", heading(Field::Narrative, expected))];
        desk.cell(Code::TextCopied, spot, text, args);
    }
}

/// Whether a figure meets its target (DESIGN §5), exactly.
fn met(figure: &Figure, value: Decimal) -> bool {
    let (a, t) = (exact(value), exact(figure.target));
    match (figure.kind, figure.comparator) {
        (IndicatorKind::Ceiling, _) | (_, Comparator::AtMost) => a <= t,
        (_, Comparator::About) => {
            let tolerance = Decimal::try_from(figure.tolerance).unwrap_or_default();
            let share: Exact = exact(tolerance) / exact(Decimal::ONE_HUNDRED);
            let bound = if t >= exact(Decimal::ZERO) { &t - &t * &share } else { &t + &t * &share };
            a >= bound
        }
        _ => a >= t,
    }
}

/// Progress of a figure in percent as the form computes it, uncapped.
pub(super) fn progress(figure: &Figure, value: Decimal) -> Option<f64> {
    let (a, t) = (value.to_f64()?, figure.target.to_f64()?);
    let base = figure.base.and_then(|b| b.to_f64()).unwrap_or(0.0);
    Some(match figure.kind {
        IndicatorKind::Ceiling if a <= t => 100.0,
        IndicatorKind::Ceiling => t / a * 100.0,
        _ if (t - base).abs() < f64::EPSILON => {
            if a >= t {
                100.0
            } else {
                0.0
            }
        }
        _ => (a - base) / (t - base) * 100.0,
    })
}

fn with_unit(value: Decimal, figure: &Figure) -> String {
    format!("{}{}", decimal_text(value), figure.unit)
}
