//! Judging one item: its progress, its gap, whether it is met, its light. Exact fractions throughout.

use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

use crate::{
    model::{Comparator, Exact, Indicator, Status, exact},
    settings::Measure,
};

use super::{
    limits::{Limits, Rule, Scale, is_percent, percent},
    rows::Light,
};

/// How many points below the schedule a qualitative item stands whose unit says 进展滞后.
const LAGGING_POINTS: i64 = 10;

/// Progress P (完成进度) of a figure `a` against its target T, in percent, uncapped.
///
/// cumulative, growth, level: 100·a/T. Level with a base B: 100·(a − B)/(T − B). Ceiling: 100 if a ≤ T, else 100·T/a.
/// T = 0 (or T = B): 100 if met, else 0.
/// Source: docs/definitions.md, 完成进度.
pub(super) fn progress(indicator: &Indicator, a: &Exact, limits: &Limits) -> Exact {
    let target = exact(indicator.target);
    let by_met = || if is_met(indicator, a, limits) { percent(100) } else { percent(0) };
    match Rule::of(indicator) {
        Rule::Ceiling if *a <= target => percent(100),
        Rule::Ceiling if a.is_zero() => percent(0),
        Rule::Ceiling => percent(100) * target / a,
        Rule::Raised(base) if base == target => by_met(),
        Rule::Raised(base) => percent(100) * (a - &base) / (target - &base),
        Rule::Cumulative | Rule::Growth | Rule::Level if target.is_zero() => by_met(),
        Rule::Cumulative | Rule::Growth | Rule::Level => percent(100) * a / target,
    }
}

/// Gap (差距) of a figure in points; negative is behind. `t` is the schedule share in percent.
///
/// cumulative, level with a base: P − t. growth: a − T. level: a − T if it is in %, else 100·(a − T)/T.
/// Ceiling: T − a if it is in %, else 100·(T − a)/T. With T = 0 and no %, P − 100. A 左右 that is met has at least 0.
/// Source: docs/definitions.md, 差距.
pub(super) fn gap(indicator: &Indicator, a: &Exact, t: &Exact, limits: &Limits) -> Exact {
    let target = exact(indicator.target);
    let relative = |difference: Exact| {
        if target.is_zero() {
            progress(indicator, a, limits) - percent(100)
        } else {
            percent(100) * difference / target.abs()
        }
    };
    let gap = match Rule::of(indicator) {
        Rule::Cumulative | Rule::Raised(_) => progress(indicator, a, limits) - t,
        Rule::Growth => a - &target,
        Rule::Level if is_percent(indicator) => a - &target,
        Rule::Level => relative(a - &target),
        Rule::Ceiling if is_percent(indicator) => &target - a,
        Rule::Ceiling => relative(&target - a),
    };
    if indicator.comparator == Comparator::About && is_met(indicator, a, limits) {
        gap.max(Exact::zero())
    } else {
        gap
    }
}

/// Whether a figure meets its target (达标).
///
/// `>=` and `=`: a ≥ T. `<=` and ceilings: a ≤ T. `~` (左右): within the tolerance of T, 5 % by default.
/// Source: docs/definitions.md, 达标.
pub(super) fn is_met(indicator: &Indicator, a: &Exact, limits: &Limits) -> bool {
    let target = exact(indicator.target);
    if indicator.comparator == Comparator::About {
        return (a - &target).abs() <= &limits.about * target.abs();
    }
    match Rule::of(indicator) {
        Rule::Ceiling => *a <= target,
        _ => *a >= target,
    }
}

/// Progress P of an item without a target (定性事项), and whether it was set by status (按状态).
///
/// The reported 完成进度; without one by status: 已完成 100, 未启动 0, 推进中 t, 进展滞后 max(0, t − 10).
/// Source: docs/definitions.md, 定性事项.
pub(super) fn qualitative(
    progress: Option<Decimal>,
    status: Option<Status>,
    t: &Exact,
) -> Option<(Exact, bool)> {
    if let Some(progress) = progress {
        return Some((exact(progress), false));
    }
    let by_status = match status? {
        Status::Done => percent(100),
        Status::NotStarted => percent(0),
        Status::InProgress => t.clone(),
        Status::Lagging => (t - percent(LAGGING_POINTS)).max(Exact::zero()),
    };
    Some((by_status, true))
}

/// Progress capped to 0–100, as means count it.
pub(super) fn capped(progress: &Exact) -> Exact {
    progress.clone().max(percent(0)).min(percent(100))
}

/// What the light of an item is found from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured<'a> {
    /// Points.
    pub(super) gap: &'a Exact,
    /// Progress in percent.
    pub(super) progress: &'a Exact,
    /// Schedule share in percent.
    pub(super) t: &'a Exact,
    /// Scale.
    pub(super) scale: Scale,
    /// The target is met.
    pub(super) met: bool,
}

/// Light (亮灯) of an item: 绿 if it is at least the band's green bound, 黄 at least the yellow one, else 红.
///
/// By points: the gap. By ratio: on the schedule 100·P/t (100 where t = 0), else P; a target met has at least 100.
/// Source: docs/definitions.md, 亮灯.
pub(super) fn light(measured: Measured<'_>, limits: &Limits) -> Light {
    let (green, yellow) = limits.band(measured.scale);
    let ratio = || {
        let ratio = match measured.scale {
            Scale::OnSchedule if measured.t.is_zero() => percent(100),
            Scale::OnSchedule => percent(100) * measured.progress / measured.t,
            Scale::Growth | Scale::Level => measured.progress.clone(),
        };
        if measured.met { ratio.max(percent(100)) } else { ratio }
    };
    let value = match limits.measure {
        Measure::Points => measured.gap.clone(),
        Measure::Ratio => ratio(),
    };
    if value >= *green {
        Light::Green
    } else if value >= *yellow {
        Light::Yellow
    } else {
        Light::Red
    }
}
