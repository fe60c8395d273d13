//! Plausible figures: a task keeps its course through the year, cumulative figures do not fall.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{course::Course, dice::Dice};
use crate::{
    model::{IndicatorKind, Period, UnitId},
    plan::PIECE_UNITS,
    template::{Figure, FormRow, Previous},
};

/// What stands in a figure's cell.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Value {
    /// A number.
    Number(Decimal),
    /// 未出数.
    NotOut,
}

/// The month a period ends in.
pub(super) fn month(period: Period) -> u32 {
    u32::try_from(period.last_month()).unwrap_or(12)
}

/// The pace of a unit in one item, in thousandths of the schedule.
pub(super) fn pace(seed: u64, unit: &UnitId, row: &FormRow, period: Period) -> u32 {
    Course::of(seed, row.item.task).pace(seed, unit, row.item, month(period))
}

/// The share of the year's work that is done at the end of a period.
fn done(seed: u64, unit: &UnitId, row: &FormRow, period: Period) -> Decimal {
    if let Course::Early(last) = Course::of(seed, row.item.task) {
        return (Decimal::from(month(period)) / Decimal::from(last)).min(Decimal::ONE);
    }
    (share(row) * thousandths(pace(seed, unit, row, period))).min(Decimal::new(115, 2))
}

/// The schedule share of a row.
fn share(row: &FormRow) -> Decimal {
    let percent = Decimal::from_f64_retain(row.schedule).unwrap_or_default();
    (percent / Decimal::ONE_HUNDRED).clamp(Decimal::ZERO, Decimal::ONE)
}

fn thousandths(n: u32) -> Decimal {
    Decimal::new(i64::from(n), 3)
}

/// A number that will not be asked about as a jump: below this many times the last one.
const NO_JUMP: u32 = 8;

/// Of a hundred growth figures never reported before, so many are not out: early in the year the statistics lag.
const fn not_out(month: u32) -> u32 {
    match month {
        1 => 45,
        2 => 25,
        _ => 10,
    }
}

/// The figure of a row in `period`.
pub(super) fn figure(
    seed: u64,
    unit: &UnitId,
    row: &FormRow,
    period: Period,
    asked: &Figure,
) -> Value {
    let last = match &row.previous {
        Previous::Number(value) => Some(*value),
        _ => None,
    };
    let mut dice =
        Dice::new(seed, &["figure", &unit.0, &row.item.to_string(), &period.to_string()]);
    let growth = asked.kind == IndicatorKind::Growth;
    if !asked.due || (growth && last.is_none() && dice.chance(not_out(month(period)))) {
        return last.map_or(Value::NotOut, Value::Number);
    }
    let done = done(seed, unit, row, period);
    // How far a rate or a level stands from its target: a quarter faster or slower at most.
    let quarter = Decimal::new(25, 2);
    let pace = thousandths(pace(seed, unit, row, period));
    let ahead = (pace - Decimal::ONE).clamp(-quarter, quarter);
    let target = asked.target;
    let value = match asked.kind {
        IndicatorKind::Cumulative => target * done,
        IndicatorKind::Growth => {
            // Up to a point and a half above or below; a little changes every month.
            let about = ahead * Decimal::from(6);
            target + about + Decimal::new(i64::from(dice.below(4)), 1)
        }
        IndicatorKind::Level => match asked.base {
            Some(base) => base + (target - base) * done,
            None => target + target * ahead / Decimal::TEN,
        },
        IndicatorKind::Ceiling => target - target * ahead / Decimal::from(5),
    };
    let value = rounded(value, asked, ahead >= Decimal::ZERO);
    Value::Number(steady(value, last, asked))
}

/// Not below the last figure where figures add up, and no jump that anybody would ask about.
fn steady(value: Decimal, last: Option<Decimal>, asked: &Figure) -> Decimal {
    let percent = asked.unit == "%";
    // Shares and growth below one percent look like a forgotten factor of a hundred.
    let value =
        if percent && value.abs() < Decimal::ONE { Decimal::ONE } else { value.max(Decimal::ZERO) };
    let share = percent && asked.kind == IndicatorKind::Level;
    let value = if share { value.min(asked.target.max(Decimal::ONE_HUNDRED)) } else { value };
    let Some(last) = last else { return value };
    let ceiling = last * Decimal::from(NO_JUMP);
    match asked.kind {
        IndicatorKind::Growth => value,
        IndicatorKind::Cumulative if last > Decimal::ZERO => value.min(ceiling).max(last),
        IndicatorKind::Cumulative => value.max(last),
        _ if last > Decimal::ZERO => value.min(ceiling),
        _ => value,
    }
}

/// As many digits as the target has, one more for amounts and percentages; things are counted whole. Who keeps up
/// counts a thing just begun, who is behind does not.
fn rounded(value: Decimal, asked: &Figure, up: bool) -> Decimal {
    let piece = PIECE_UNITS.contains(&asked.unit.as_str());
    let amount = asked.unit == "%" || asked.unit.contains(['万', '亿']) || asked.target.scale() > 0;
    let digits = if piece { 0 } else { asked.target.normalize().scale() + u32::from(amount) };
    let way = match asked.kind {
        IndicatorKind::Ceiling => RoundingStrategy::ToZero,
        _ if up => RoundingStrategy::AwayFromZero,
        _ => RoundingStrategy::ToZero,
    };
    value.round_dp_with_strategy(digits, way).normalize()
}

/// 完成进度 of a row without a figure, in whole percent.
pub(super) fn progress(seed: u64, unit: &UnitId, row: &FormRow, period: Period) -> Decimal {
    let exact = done(seed, unit, row, period) * Decimal::ONE_HUNDRED;
    let value = if pace(seed, unit, row, period) >= 1_000 { exact.ceil() } else { exact.floor() };
    let last = match &row.previous {
        Previous::Number(value) => *value,
        _ => Decimal::ZERO,
    };
    // 1 may mean 1 % or all of it: units that know the form avoid it.
    let value = value.max(last);
    if value == Decimal::ONE { Decimal::TWO } else { value.min(Decimal::ONE_HUNDRED) }
}
