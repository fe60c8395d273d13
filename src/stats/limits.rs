//! The bounds of the settings as exact fractions, made once per run.

use num_bigint::BigInt;
use num_traits::Zero;
use rust_decimal::Decimal;

use crate::{
    model::{Exact, Indicator, IndicatorKind, exact, parse_decimal},
    settings::{Band, Measure, Settings},
};

/// What an item's gap is measured on, which decides its band of lights and its `d` of 超序时.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Scale {
    /// gap = P − t: cumulative figures, levels with a base, qualitative items.
    OnSchedule,
    /// Growth, and levels in %: the gap is in the figure's own points.
    Growth,
    /// Other levels, and ceilings.
    Level,
}

impl Scale {
    /// The scale of an item; none is a qualitative item.
    pub(super) fn of(indicator: Option<&Indicator>) -> Self {
        let Some(indicator) = indicator else { return Self::OnSchedule };
        match Rule::of(indicator) {
            Rule::Cumulative | Rule::Raised(_) => Self::OnSchedule,
            Rule::Growth => Self::Growth,
            Rule::Level if is_percent(indicator) => Self::Growth,
            Rule::Level | Rule::Ceiling => Self::Level,
        }
    }
}

/// Which of the five rules of DESIGN §5 judges a figure.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Rule {
    /// 累计量.
    Cumulative,
    /// 增速.
    Growth,
    /// 水平、占比、存量.
    Level,
    /// A level raised from this base (起点).
    Raised(Exact),
    /// 不高于.
    Ceiling,
}

impl Rule {
    /// The rule of an indicator: its kind, and for a level its base. A comparator 不高于 makes a ceiling of any kind.
    pub(super) fn of(indicator: &Indicator) -> Self {
        if indicator.comparator == crate::model::Comparator::AtMost {
            return Self::Ceiling;
        }
        match (indicator.kind, indicator.base) {
            (IndicatorKind::Cumulative, _) => Self::Cumulative,
            (IndicatorKind::Growth, _) => Self::Growth,
            (IndicatorKind::Level, Some(base)) => Self::Raised(exact(base)),
            (IndicatorKind::Level, None) => Self::Level,
            (IndicatorKind::Ceiling, _) => Self::Ceiling,
        }
    }
}

/// Whether the figure itself is a percentage, so that differences are points.
pub(super) fn is_percent(indicator: &Indicator) -> bool {
    matches!(indicator.unit.trim(), "%" | "％")
}

/// The bounds of [`Settings`], exact.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// Share of the target within which 左右 is met, as a fraction.
    pub(super) about: Exact,
    /// What the bands are compared with.
    pub(super) measure: Measure,
    ahead: [Exact; 3],
    bands: [(Exact, Exact); 3],
}

impl Limits {
    /// The bounds as typed in the settings: 0.1 is one tenth, not the nearest binary fraction.
    pub(super) fn of(settings: &Settings) -> Self {
        let rules = &settings.rules;
        let band = |b: Band| (exact_typed(b.green), exact_typed(b.yellow));
        let lights = &settings.lights;
        Self {
            about: exact_typed(rules.about_tolerance) / percent(100),
            measure: lights.measure,
            ahead: [rules.ahead_on_schedule, rules.ahead_growth, rules.ahead_level]
                .map(exact_typed),
            bands: [band(lights.on_schedule), band(lights.growth), band(lights.level)],
        }
    }

    /// Points ahead that make 超序时 on a scale.
    pub(super) fn ahead(&self, scale: Scale) -> &Exact {
        &self.ahead[scale as usize]
    }

    /// Lower bounds of 绿 and 黄 on a scale.
    pub(super) fn band(&self, scale: Scale) -> (&Exact, &Exact) {
        let (green, yellow) = &self.bands[scale as usize];
        (green, yellow)
    }
}

/// A number from a settings file as it was typed.
pub(super) fn exact_typed(value: f64) -> Exact {
    exact(parse_decimal(&value.to_string()).unwrap_or(Decimal::ZERO))
}

/// A whole number of percent.
pub(super) fn percent(value: i64) -> Exact {
    Exact::from_integer(BigInt::from(value))
}

/// The nearest float of a fraction, for printing and for means; nothing is compared after this.
pub(super) fn float(value: &Exact) -> f64 {
    use num_traits::ToPrimitive;
    if value.is_zero() { 0.0 } else { value.to_f64().unwrap_or(f64::NAN) }
}
