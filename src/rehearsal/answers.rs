//! What one unit answers in one period: figures that grow from last period's, and words that fit them.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy, prelude::FromPrimitive, prelude::ToPrimitive};

use super::{chance::Chance, phrases};
use crate::{
    model::{Answer, Field, IndicatorKind, Role, Status, decimal_text},
    template::{Figure, Form, FormRow, FormSpec, Previous},
};

/// How a unit works through the year, drawn once per unit and seed.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Its progress as a multiple of the schedule.
    factor: f64,
}

/// Share of tasks that run well behind whatever the unit's pace.
const STUCK: f64 = 0.12;
/// Share of tasks that run well ahead.
const AHEAD: f64 = 0.15;
/// Share of tasks finished in the first months.
const EARLY: f64 = 0.04;
/// Share of growth figures that are not published yet outside quarter ends.
const NOT_OUT: f64 = 0.12;

/// Fills every open cell of `form` as its unit would.
pub(super) fn answer(form: &mut Form, spec: &FormSpec, seed: u64) {
    let pace =
        Pace { factor: Chance::new(seed, &["pace", form.unit.as_str()]).between(0.85, 1.25) };
    let period = form.period;
    let elapsed = {
        let (months, of) = period.elapsed();
        100.0 * f64::from(i32::try_from(months).unwrap_or(0))
            / f64::from(i32::try_from(of).unwrap_or(1))
    };
    let unit = form.unit.as_str().to_owned();
    let mut task = 0..0;
    while task.end < form.rows.len() {
        let start = task.end;
        let no = form.rows[start].item.task;
        let end = form.rows[start..]
            .iter()
            .position(|r| r.item.task != no)
            .map_or(form.rows.len(), |n| start + n);
        task = start..end;
        let rows = &mut form.rows[start..end];
        if rows[0].confirmed {
            continue;
        }
        match rows[0].role {
            Role::Lead => lead(rows, spec, seed, &unit, pace, elapsed, &period.to_string()),
            Role::Named => {
                help(&mut rows[0], phrases::HELPING, 1.0, seed, &unit, &period.to_string());
            }
            Role::Group => {
                help(&mut rows[0], phrases::LOCAL, 0.45, seed, &unit, &period.to_string());
            }
        }
    }
    let mut person = Chance::new(seed, &["person", &unit]);
    let mut name = || format!("{}{}", person.pick(phrases::FAMILY), person.pick(phrases::GIVEN));
    form.signed = BTreeMap::from([(Field::FilledBy, name()), (Field::ReviewedBy, name())]);
    let number = Chance::new(seed, &["phone", &unit]).below(10_000_000);
    form.signed.insert(Field::Phone, format!("0000-{number:07}"));
}

/// A co-operating row.
fn help(row: &mut FormRow, bank: &[&str], probability: f64, seed: u64, unit: &str, period: &str) {
    let mut chance = Chance::new(seed, &["help", unit, &row.item.to_string(), period]);
    if chance.happens(probability) {
        let text = fresh(&mut chance, bank, row.previous_texts.get(&Field::Narrative));
        row.entered.insert(Field::Narrative, text);
    }
}

/// A phrase that is not word for word last period's.
fn fresh(chance: &mut Chance, bank: &[&str], last: Option<&String>) -> String {
    let first = chance.below(bank.len());
    let at = if last.is_some_and(|l| l == bank[first]) { (first + 1) % bank.len() } else { first };
    bank[at].to_owned()
}

/// The rows of a task the unit leads.
fn lead(
    rows: &mut [FormRow],
    spec: &FormSpec,
    seed: u64,
    unit: &str,
    pace: Pace,
    elapsed: f64,
    period: &str,
) {
    let no = rows[0].item.task.to_string();
    // The task's own luck lasts the year; the month's luck is small.
    let mut luck = Chance::new(seed, &["task", unit, &no]);
    let early = luck.happens(EARLY);
    let factor = match luck.unit() {
        x if x < STUCK => pace.factor * luck.between(0.15, 0.6),
        x if x < STUCK + AHEAD => pace.factor * luck.between(1.3, 2.0),
        _ => pace.factor * luck.between(0.9, 1.25),
    };
    let mut month = Chance::new(seed, &["month", unit, &no, period]);
    let share = if early {
        1.0
    } else {
        (elapsed / 100.0 * factor * month.between(0.93, 1.08)).clamp(0.0, 1.0)
    };
    let mut all_met = true;
    for row in rows.iter_mut() {
        if let Some(figure) = row.figure.clone() {
            let value = figure_of(&figure, &row.previous, share, &mut month, elapsed);
            all_met &= matches!(&value, Answer::Number(v) if met(&figure, *v));
            row.entered.insert(Field::Cumulative, value.stored());
        } else if row.accepts(Field::Progress) {
            let last = match &row.previous {
                Previous::Number(value) => value.to_f64().unwrap_or(0.0),
                _ => 0.0,
            };
            let progress = (share * 100.0).round().max(last).min(100.0);
            all_met &= progress >= 100.0;
            row.entered.insert(Field::Progress, format!("{progress}"));
        }
    }
    let gap = share * 100.0 - elapsed;
    let status = if all_met {
        Status::Done
    } else if share <= 0.01 {
        Status::NotStarted
    } else if gap < -8.0 {
        Status::Lagging
    } else {
        Status::InProgress
    };
    let first = &mut rows[0];
    let word = spec.status_word(status).to_owned();
    first.entered.insert(Field::Status, word);
    let bank = match status {
        Status::Done => phrases::DONE,
        Status::InProgress => phrases::GOING,
        Status::NotStarted | Status::Lagging => phrases::SLOW,
    };
    let narrative = fresh(&mut month, bank, first.previous_texts.get(&Field::Narrative));
    first.entered.insert(Field::Narrative, narrative);
    let slow = matches!(status, Status::Lagging | Status::NotStarted);
    if month.happens(if slow { 0.75 } else { 0.15 }) {
        first.entered.insert(Field::Problems, month.pick(phrases::PROBLEMS).to_owned());
    } else if month.happens(0.1) {
        first.entered.insert(Field::Problems, "无".to_owned());
    }
    if month.happens(if slow { 0.5 } else { 0.05 }) {
        first.entered.insert(Field::Coordination, month.pick(phrases::COORDINATION).to_owned());
    }
    if status != Status::Done && month.happens(0.5) {
        first.entered.insert(Field::NextSteps, month.pick(phrases::NEXT).to_owned());
    }
}

/// Whether a figure meets its target, as the unit sees it.
fn met(figure: &Figure, value: Decimal) -> bool {
    match figure.kind {
        IndicatorKind::Ceiling => value <= figure.target,
        _ => value >= figure.target,
    }
}

/// The figure a unit reports.
fn figure_of(
    figure: &Figure,
    last: &Previous,
    share: f64,
    chance: &mut Chance,
    elapsed: f64,
) -> Answer {
    let target = figure.target.to_f64().unwrap_or(0.0);
    let value = match figure.kind {
        IndicatorKind::Growth => {
            let quarter_end = (elapsed / 25.0).fract().abs() < 0.01;
            if !quarter_end && chance.happens(NOT_OUT) {
                return Answer::NotOut;
            }
            target + (share * 100.0 - elapsed).clamp(-20.0, 20.0) / 10.0 + chance.between(-0.6, 0.9)
        }
        IndicatorKind::Level => {
            target
                * (1.0
                    + (share * 100.0 - elapsed).clamp(-20.0, 20.0) / 400.0
                    + chance.between(-0.015, 0.02))
        }
        IndicatorKind::Ceiling => target * chance.between(0.82, 1.04),
        IndicatorKind::Cumulative => target * share,
    };
    // As many decimals as the target has, one more for amounts and percents; whole pieces stay whole.
    let decimals = match figure.kind {
        IndicatorKind::Cumulative
            if figure.target.scale() == 0 && target < 1000.0 && is_piece(&figure.unit) =>
        {
            0
        }
        IndicatorKind::Cumulative if target >= 1000.0 => 0,
        _ => figure.target.normalize().scale().max(1),
    };
    let exact = Decimal::from_f64(value).unwrap_or_default();
    let rounded =
        exact.round_dp_with_strategy(decimals, RoundingStrategy::ToZero).max(Decimal::ZERO);
    let value = match (figure.kind, last) {
        (IndicatorKind::Cumulative, Previous::Number(last)) => rounded.max(*last),
        _ => rounded,
    };
    debug_assert!(!decimal_text(value).is_empty());
    Answer::Number(value)
}

/// Units of measure that are counted in whole pieces.
fn is_piece(unit: &str) -> bool {
    crate::plan::PIECE_UNITS.contains(&unit)
}
