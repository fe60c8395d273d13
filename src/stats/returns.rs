//! How returns came in (报送情况): 报送率, 及时率, 完整率, 首报合格率, 退改次数.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use polars::prelude::*;
use serde::Serialize;

use crate::{
    diag::{Error, Result},
    ledger::Filing,
    model::{Exact, Period, Rate, Registry, Span},
    settings::Scoring,
};

use super::{
    carry::frame_error,
    limits::{exact_typed, float},
};

/// The returns of a unit, a category or all units in one period.
///
/// Counting (口径): only obligations that are not exempt; quarters, halves and years add up their months.
/// Source: docs/definitions.md, 报送率.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
pub struct ReturnRates {
    /// 报送率 = received / obligations due.
    pub received: Rate,
    /// 及时率 = first readable return on time / obligations due.
    pub on_time: Rate,
    /// 完整率 = required cells with a usable value / required cells of received returns.
    pub complete: Rate,
    /// 首报合格率 = first returns without an error / received.
    pub first_pass: Rate,
    /// 退改次数 = later returns.
    pub later: u64,
    /// Received at an estimated time (推定).
    pub estimated: u64,
}

impl ReturnRates {
    /// Points deducted (报送扣分): for each late and each missing return, by the office's scheme; 0 or below.
    #[must_use]
    pub fn deduction(&self, scoring: Scoring) -> f64 {
        let count = |n: u64| Exact::from_integer(BigInt::from(n));
        let late = count(self.received.done.saturating_sub(self.on_time.done));
        let missing = count(self.received.due.saturating_sub(self.received.done));
        float(&(late * exact_typed(scoring.late) + missing * exact_typed(scoring.missing)))
    }

    /// The same rates with their changes in points against `last`.
    #[must_use]
    pub fn against(self, last: Option<&Self>) -> Self {
        Self {
            received: self.received.against(last.map(|l| l.received)),
            on_time: self.on_time.against(last.map(|l| l.on_time)),
            complete: self.complete.against(last.map(|l| l.complete)),
            first_pass: self.first_pass.against(last.map(|l| l.first_pass)),
            ..self
        }
    }
}

/// The returns of one period: all units, by category, by unit.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Returns {
    /// All units.
    pub total: ReturnRates,
    /// By category.
    pub categories: BTreeMap<String, ReturnRates>,
    /// By unit id.
    pub units: BTreeMap<String, ReturnRates>,
}

/// Whether the filing belongs to `period`: its own, or for a quarter, half-year or year one of its months.
fn belongs(filing: &Filing, period: Period) -> bool {
    let within = filing.period.first_day() >= period.first_day()
        && filing.period.last_day() <= period.last_day();
    match period.span() {
        Span::Month(_) | Span::Week(_) => filing.period == period,
        _ => within && matches!(filing.period.span(), Span::Month(_)) || filing.period == period,
    }
}

mod column {
    pub(super) const PERIOD: &str = "period";
    pub(super) const SCOPE: &str = "scope";
    pub(super) const KEY: &str = "key";
    pub(super) const OWED: &str = "owed";
    pub(super) const RECEIVED: &str = "received";
    pub(super) const ON_TIME: &str = "on_time";
    pub(super) const REQUIRED: &str = "required";
    pub(super) const ANSWERED: &str = "answered";
    pub(super) const CLEAN: &str = "clean";
    pub(super) const LATER: &str = "later";
    pub(super) const ESTIMATED: &str = "estimated";
    pub(super) const COUNTS: [&str; 8] =
        [OWED, RECEIVED, ON_TIME, REQUIRED, ANSWERED, CLEAN, LATER, ESTIMATED];
}

const TOTAL: &str = "total";
const CATEGORY: &str = "category";
const UNIT: &str = "unit";

/// Counts the returns of each period, in one lazy query.
///
/// Errors: [`Error::Frame`] if polars refuses.
pub(super) fn returns(
    filings: &[Filing],
    periods: &[Period],
    registry: &Registry,
) -> Result<Vec<Returns>> {
    let mut all = vec![Returns::default(); periods.len()];
    let categories: BTreeMap<&str, &str> =
        registry.units.iter().map(|u| (u.id.as_str(), u.category.as_str())).collect();
    let mut lines: Vec<(u32, &str, &str, &Filing)> = Vec::new();
    for (at, period) in (0u32..).zip(periods) {
        for filing in filings.iter().filter(|f| f.owed && belongs(f, *period)) {
            let unit = filing.unit.as_str();
            lines.push((at, TOTAL, "", filing));
            lines.push((at, CATEGORY, categories.get(unit).copied().unwrap_or(""), filing));
            lines.push((at, UNIT, unit, filing));
        }
    }
    if lines.is_empty() {
        return Ok(all);
    }
    let flag = |value: fn(&Filing) -> bool| {
        lines.iter().map(|l| u64::from(value(l.3))).collect::<Vec<_>>()
    };
    let number = |value: fn(&Filing) -> u64| lines.iter().map(|l| value(l.3)).collect::<Vec<_>>();
    let frame = df!(
        column::PERIOD => lines.iter().map(|l| l.0).collect::<Vec<_>>(),
        column::SCOPE => lines.iter().map(|l| l.1).collect::<Vec<_>>(),
        column::KEY => lines.iter().map(|l| l.2).collect::<Vec<_>>(),
        column::OWED => flag(|_| true),
        column::RECEIVED => flag(|f| f.received),
        column::ON_TIME => flag(|f| f.on_time),
        column::REQUIRED => number(|f| if f.received { f.required } else { 0 }),
        column::ANSWERED => number(|f| if f.received { f.answered } else { 0 }),
        column::CLEAN => flag(|f| f.received && f.first_clean),
        column::LATER => number(|f| f.later),
        column::ESTIMATED => flag(|f| f.received && f.estimated),
    )
    .map_err(frame_error)?;
    let out = frame
        .lazy()
        .group_by([column::PERIOD, column::SCOPE, column::KEY].map(col))
        .agg(column::COUNTS.map(|name| col(name).sum()))
        .collect()
        .map_err(frame_error)?;
    let periods = out.column(column::PERIOD).and_then(|c| c.u32()).map_err(frame_error)?;
    let text = |name: &str| out.column(name).and_then(|c| c.str()).map_err(frame_error);
    let (scopes, keys) = (text(column::SCOPE)?, text(column::KEY)?);
    let mut counts = Vec::new();
    for name in column::COUNTS {
        counts.push(out.column(name).and_then(|c| c.u64()).map_err(frame_error)?);
    }
    for row in 0..out.height() {
        let count = |name: &str| {
            let at = column::COUNTS.iter().position(|n| *n == name);
            at.and_then(|at| counts[at].get(row)).unwrap_or(0)
        };
        let (owed, received) = (count(column::OWED), count(column::RECEIVED));
        let rates = ReturnRates {
            received: Rate::new(received, owed),
            on_time: Rate::new(count(column::ON_TIME), owed),
            complete: Rate::new(count(column::ANSWERED), count(column::REQUIRED)),
            first_pass: Rate::new(count(column::CLEAN), received),
            later: count(column::LATER),
            estimated: count(column::ESTIMATED),
        };
        let (Some(period), Some(scope), Some(key)) =
            (periods.get(row), scopes.get(row), keys.get(row))
        else {
            return Err(Error::Frame("returns without a key".to_owned()));
        };
        let Some(of) = all.get_mut(period as usize) else { continue };
        match scope {
            CATEGORY => _ = of.categories.insert(key.to_owned(), rates),
            UNIT => _ = of.units.insert(key.to_owned(), rates),
            _ => of.total = rates,
        }
    }
    Ok(all)
}
