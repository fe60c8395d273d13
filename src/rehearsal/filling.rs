//! One form filled as a careful unit would: figures, status, texts, signatures.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    dice::Dice,
    figures::{self, Value},
};
use crate::{
    model::{Answer, Field, IndicatorKind, Role, Status, TaskNo, decimal_text},
    template::{Form, FormRow, FormSpec},
    wording::rehearsal as words,
};

/// What one task's rows say together.
struct Told {
    /// Every figure is met, and the unit may say so.
    done: bool,
    /// Nothing has begun.
    nothing: bool,
    /// Pace in thousandths, the slowest of its rows.
    pace: u32,
}

/// Fills the open cells of `form`.
pub(super) fn fill(form: &mut Form, spec: &FormSpec, seed: u64) {
    let unit = form.unit.clone();
    let period = form.period;
    let date = words::day(form.cut_off);
    let month = period.zh();
    let mut values: Vec<Option<Value>> = Vec::new();
    for row in &form.rows {
        values.push(match &row.figure {
            Some(asked) if row.accepts(Field::Cumulative) => {
                Some(figures::figure(seed, &unit, row, period, asked))
            }
            None if row.accepts(Field::Progress) => {
                Some(Value::Number(figures::progress(seed, &unit, row)))
            }
            _ => None,
        });
    }
    let mut told: BTreeMap<TaskNo, Told> = BTreeMap::new();
    for (row, value) in form.rows.iter().zip(&values) {
        if row.role == Role::Lead {
            let pace = figures::pace(seed, &unit, row);
            let one = tell(row, *value, period.last_month() == 12, pace);
            told.entry(row.item.task)
                .and_modify(|t| {
                    t.done &= one.done;
                    t.nothing &= one.nothing;
                    t.pace = t.pace.min(one.pace);
                })
                .or_insert(one);
        }
    }
    for (row, value) in form.rows.iter_mut().zip(values) {
        let item = row.item.to_string();
        let mut dice = Dice::new(seed, &["text", &unit.0, &item, &period.to_string()]);
        if let Some(value) = value {
            let field = if row.figure.is_some() { Field::Cumulative } else { Field::Progress };
            row.entered.insert(field, typed(value));
        }
        let state = told.get(&row.item.task).map(|t| status(t, &mut dice));
        if row.accepts(Field::Status)
            && let Some(state) = state
        {
            row.entered.insert(Field::Status, spec.status_word(state).to_owned());
        }
        texts(row, value, state, &date, &month, &mut dice);
    }
    sign(form, seed);
}

/// A value as it is typed.
pub(super) fn typed(value: Value) -> String {
    match value {
        Value::Number(value) => decimal_text(value),
        Value::NotOut => Answer::NOT_OUT.to_owned(),
    }
}

/// What one row says of its task. Growth, levels and ceilings are settled when the year is over.
fn tell(row: &FormRow, value: Option<Value>, december: bool, pace: u32) -> Told {
    let number = match value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    let done = match (&row.figure, number) {
        (None, Some(percent)) => percent >= Decimal::ONE_HUNDRED,
        (Some(asked), Some(value)) => match asked.kind {
            IndicatorKind::Cumulative => value >= asked.target,
            IndicatorKind::Growth | IndicatorKind::Level => december && value >= asked.target,
            IndicatorKind::Ceiling => december && value <= asked.target,
        },
        (_, None) => false,
    };
    let nothing = number.is_none_or(|n| n.is_zero());
    Told { done, nothing, pace }
}

fn status(told: &Told, dice: &mut Dice) -> Status {
    match told {
        Told { done: true, .. } => Status::Done,
        Told { nothing: true, .. } => Status::NotStarted,
        Told { pace: ..800, .. } if dice.chance(60) => Status::Lagging,
        _ => Status::InProgress,
    }
}

/// The texts of a row, none of them a copy of last period's.
fn texts(
    row: &mut FormRow,
    value: Option<Value>,
    state: Option<Status>,
    date: &str,
    month: &str,
    dice: &mut Dice,
) {
    if !row.accepts(Field::Narrative) {
        return;
    }
    let mut pick = |from: &[&'static str]| dice.pick(from).copied().unwrap_or_default();
    let (done, going, helped) = (pick(words::DONE), pick(words::GOING), pick(words::HELPED));
    let (problem, asked, next) =
        (pick(words::PROBLEMS), pick(words::COORDINATION), pick(words::NEXT));
    let lead = row.role == Role::Lead;
    let narrative = match (&row.figure, value) {
        (Some(figure), Some(Value::Number(value))) => {
            let name = shortened(&figure.name);
            words::with_figure(date, &name, &decimal_text(value), &figure.unit, done)
        }
        (Some(figure), _) => words::not_out(date, &shortened(&figure.name), done),
        (None, _) if lead => words::without_figure(date, done, going),
        (None, _) => words::helped(month, helped),
    };
    if lead || row.requires(Field::Narrative) || dice.chance(30) {
        row.entered.insert(Field::Narrative, narrative);
    }
    let troubled = state == Some(Status::Lagging) || (lead && dice.chance(18));
    if troubled {
        row.entered.insert(Field::Problems, words::in_month(month, problem));
        row.entered.insert(Field::NextSteps, words::in_month(month, next));
        if dice.chance(35) {
            row.entered.insert(Field::Coordination, words::in_month(month, asked));
        }
    }
    row.entered.retain(|field, _| row.asked.contains(field));
}

/// Names of indicators in a narrative stay short.
fn shortened(name: &str) -> String {
    name.chars().take(24).collect()
}

/// 填报人, 联系电话, 审核人: invented, the same person every month.
fn sign(form: &mut Form, seed: u64) {
    let mut dice = Dice::new(seed, &["people", &form.unit.0]);
    let mut person = || {
        let surname = dice.pick(words::SURNAMES).copied().unwrap_or_default();
        let given = dice.pick(words::GIVEN).copied().unwrap_or_default();
        format!("{surname}{given}")
    };
    let (filled_by, reviewed_by) = (person(), person());
    // Numbers beginning with 555 are given to nobody.
    let phone = format!("555{:04}", dice.below(10_000));
    form.signed.insert(Field::FilledBy, filled_by);
    form.signed.insert(Field::Phone, phone);
    form.signed.insert(Field::ReviewedBy, reviewed_by);
}
