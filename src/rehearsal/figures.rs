//! Plausible figures: a unit keeps its own pace through the year, cumulative figures do not fall.

use rust_decimal::{Decimal, RoundingStrategy};

use super::dice::Dice;
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

/// The pace of a unit in one item, in thousandths of the schedule: the same in every period.
pub(super) fn pace(seed: u64, unit: &UnitId, row: &FormRow) -> u32 {
    let mut dice = Dice::new(seed, &["pace", &unit.0, &row.item.to_string()]);
    // Most keep up, some run ahead, one in six lags.
    match dice.below(12) {
        0 | 1 => dice.between(550, 850),
        2..=4 => dice.between(860, 990),
        _ => dice.between(1_000, 1_250),
    }
}

/// The schedule share of a row in thousandths.
fn share(row: &FormRow) -> Decimal {
    let percent = Decimal::from_f64_retain(row.schedule).unwrap_or_default();
    (percent / Decimal::ONE_HUNDRED).clamp(Decimal::ZERO, Decimal::ONE)
}

fn thousandths(n: u32) -> Decimal {
    Decimal::new(i64::from(n), 3)
}

/// A number that will not be asked about as a jump: below this many times the last one.
const NO_JUMP: u32 = 8;

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
    if !asked.due || (growth && last.is_none() && dice.chance(8)) {
        return last.map_or(Value::NotOut, Value::Number);
    }
    let pace = thousandths(pace(seed, unit, row));
    let done = (share(row) * pace).min(Decimal::new(115, 2));
    let target = asked.target;
    let value = match asked.kind {
        IndicatorKind::Cumulative => target * done,
        IndicatorKind::Growth => {
            // A faster unit stands up to two points above, a slower one below; a little changes every month.
            let about = (pace - Decimal::ONE) * Decimal::from(6);
            target + about + Decimal::new(i64::from(dice.below(5)) - 2, 1)
        }
        IndicatorKind::Level => match asked.base {
            Some(base) => base + (target - base) * done,
            None => target * (Decimal::new(93, 2) + Decimal::new(8, 2) * done),
        },
        IndicatorKind::Ceiling => {
            target * (Decimal::new(205, 2) - pace).clamp(Decimal::new(85, 2), Decimal::new(104, 2))
        }
    };
    let value = rounded(value, asked);
    Value::Number(steady(value, last, asked))
}

/// Not below the last figure where figures add up, and no jump that anybody would ask about.
fn steady(value: Decimal, last: Option<Decimal>, asked: &Figure) -> Decimal {
    let percent = asked.unit == "%";
    // Shares and growth below one percent look like a forgotten factor of a hundred.
    let value =
        if percent && value.abs() < Decimal::ONE { Decimal::ONE } else { value.max(Decimal::ZERO) };
    let Some(last) = last else { return value };
    if asked.kind == IndicatorKind::Growth {
        return value;
    }
    let ceiling = last * Decimal::from(NO_JUMP);
    let value = if last > Decimal::ZERO && value > ceiling { ceiling } else { value };
    value.max(last)
}

/// As many digits as the target has, one more for amounts and percentages; things are counted whole.
fn rounded(value: Decimal, asked: &Figure) -> Decimal {
    let piece = PIECE_UNITS.contains(&asked.unit.as_str());
    let amount = asked.unit == "%" || asked.unit.contains(['万', '亿']) || asked.target.scale() > 0;
    let digits = if piece { 0 } else { asked.target.normalize().scale() + u32::from(amount) };
    value.round_dp_with_strategy(digits, RoundingStrategy::ToZero).normalize()
}

/// 完成进度 of a row without a figure, in whole percent.
pub(super) fn progress(seed: u64, unit: &UnitId, row: &FormRow) -> Decimal {
    let pace = thousandths(pace(seed, unit, row));
    let value = (share(row) * pace * Decimal::ONE_HUNDRED).round().min(Decimal::ONE_HUNDRED);
    let last = match &row.previous {
        Previous::Number(value) => *value,
        _ => Decimal::ZERO,
    };
    // 1 may mean 1 % or all of it: units that know the form avoid it.
    let value = value.max(last);
    if value == Decimal::ONE { Decimal::TWO } else { value.min(Decimal::ONE_HUNDRED) }
}
