//! Units of measure (计量单位): 万 and 亿 before them, and which can be converted into which.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use crate::model::{Exact, decimal_text, exact, normalise_text};

/// Factors that stand before a unit, the longest first.
const SCALES: &[(&str, u64)] = &[
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("亿", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];

/// Units with a fixed relation: dimension, name, how many of the dimension's first unit (numerator, denominator).
///
/// 1 公顷 = 15 亩 and 1 平方公里 = 1,500 亩 by definition of the 市亩 (State Council, 1959); 斤 is half a kilogram.
const KNOWN: &[(u8, &str, u64, u64)] = &[
    (1, "元", 1, 1),
    (1, "人民币", 1, 1),
    (2, "亩", 1, 1),
    (2, "公顷", 15, 1),
    (2, "hm2", 15, 1),
    (2, "平方公里", 1_500, 1),
    (2, "平方千米", 1_500, 1),
    (2, "km2", 1_500, 1),
    (2, "平方米", 3, 2_000),
    (2, "平米", 3, 2_000),
    (2, "m2", 3, 2_000),
    (3, "米", 1, 1),
    (3, "m", 1, 1),
    (3, "千米", 1_000, 1),
    (3, "公里", 1_000, 1),
    (3, "km", 1_000, 1),
    (3, "延米", 1, 1),
    (4, "吨", 1, 1),
    (4, "t", 1, 1),
    (4, "公斤", 1, 1_000),
    (4, "千克", 1, 1_000),
    (4, "kg", 1, 1_000),
    (4, "斤", 1, 2_000),
    (5, "千瓦", 1, 1),
    (5, "kw", 1, 1),
    (5, "兆瓦", 1_000, 1),
    (5, "mw", 1_000, 1),
    (5, "gw", 1_000_000, 1),
    (6, "千瓦时", 1, 1),
    (6, "度", 1, 1),
    (6, "kwh", 1, 1),
    (7, "立方米", 1, 1),
    (7, "立方", 1, 1),
    (7, "方", 1, 1),
    (7, "m3", 1, 1),
    (8, "百分点", 1, 1),
    (8, "个百分点", 1, 1),
    (8, "%", 1, 1),
];

/// Words for things counted one by one (量词).
const COUNTERS: &[&str] = &[
    "家", "户", "个", "所", "座", "处", "项", "件", "名", "人", "位", "台", "套", "条", "株", "棵",
    "辆", "批", "场", "次", "人次", "只", "头", "份", "篇", "间", "栋", "幢", "宗", "起", "例",
    "种", "类", "支", "片", "块", "村", "镇", "企业", "项目", "班", "床", "张", "盏", "口", "眼",
    "对", "组", "部", "对次", "场次", "件次", "户次", "家次",
];

/// 万, 亿 … at the start of a text: the factor and what follows; `千` of 千米 and 千瓦 belongs to the unit.
pub(super) fn scale_of(text: &str) -> Option<(Decimal, &str)> {
    if known(&text.to_lowercase()).is_some() {
        return None;
    }
    SCALES.iter().find_map(|(word, factor)| {
        text.strip_prefix(word).map(|rest| (Decimal::from(*factor), rest))
    })
}

/// Whether a text names units of measure and nothing else: 万元, 亿元、%.
pub(super) fn names_measures(text: &str) -> bool {
    let one = |name: &str| {
        let name = normalise_text(name).to_lowercase();
        let base = split(&name).1;
        known(base).is_some() || is_counter(base) || is_percent(base)
    };
    let mut names = text.split(['、', ',', '，', '/']).filter(|n| !n.trim().is_empty()).peekable();
    names.peek().is_some() && names.all(one)
}

/// Whether a text is the name of a unit with a fixed relation to others.
pub(super) fn is_known(name: &str) -> bool {
    known(&name.to_lowercase()).is_some()
}

fn known(name: &str) -> Option<(u8, u64, u64)> {
    KNOWN.iter().find(|(_, n, _, _)| *n == name).map(|(d, _, n, of)| (*d, *n, *of))
}

/// Whether a unit is counted one by one, so that its figures are whole.
pub(super) fn is_counter(unit: &str) -> bool {
    COUNTERS.contains(&normalise_text(unit).as_str())
}

/// Whether a unit of measure is the percent.
pub(super) fn is_percent(unit: &str) -> bool {
    let unit = normalise_text(unit);
    matches!(unit.as_str(), "%" | "百分比" | "百分点" | "个百分点")
}

/// How a typed figure stands to the unit asked for.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Fit {
    /// It is in that unit.
    Same(Decimal),
    /// It was converted.
    Converted(Decimal),
    /// Another word for things counted one by one.
    OtherCounter(Decimal),
    /// No fixed relation.
    Mismatch,
}

/// The typed figure `value` × `scale` of `typed` in `unit`.
pub(super) fn fit(value: Decimal, scale: Decimal, typed: &str, unit: &str) -> Fit {
    let unit = normalise_text(unit).to_lowercase();
    let typed = typed.to_lowercase();
    let (unit_scale, unit_base) = split(&unit);
    if typed.is_empty() {
        return match () {
            () if scale == Decimal::ONE || scale == unit_scale => Fit::Same(value),
            () => converted(value, scale, (1, 1), unit_scale, (1, 1)),
        };
    }
    if typed == unit_base || typed == unit {
        return match () {
            () if scale == unit_scale || (scale == Decimal::ONE && typed == unit) => {
                Fit::Same(value)
            }
            () => converted(value, scale, (1, 1), unit_scale, (1, 1)),
        };
    }
    match (known(&typed), known(unit_base)) {
        (Some((d1, n1, of1)), Some((d2, n2, of2))) if d1 == d2 => {
            let same = (n1, of1, scale) == (n2, of2, unit_scale);
            if same {
                Fit::Same(value)
            } else {
                converted(value, scale, (n1, of1), unit_scale, (n2, of2))
            }
        }
        _ if is_counter(&typed) && is_counter(unit_base) => {
            match converted(value, scale, (1, 1), unit_scale, (1, 1)) {
                Fit::Converted(value) => Fit::OtherCounter(value),
                other => other,
            }
        }
        _ => Fit::Mismatch,
    }
}

/// 万亩 as its factor and 亩.
fn split(unit: &str) -> (Decimal, &str) {
    scale_of(unit).unwrap_or((Decimal::ONE, unit))
}

fn converted(
    value: Decimal,
    scale: Decimal,
    from: (u64, u64),
    unit_scale: Decimal,
    to: (u64, u64),
) -> Fit {
    let ratio = |(n, of): (u64, u64)| exact(Decimal::from(n)) / exact(Decimal::from(of));
    let result: Exact = exact(value) * exact(scale) * ratio(from) / (exact(unit_scale) * ratio(to));
    match to_decimal(&result) {
        Some(value) => Fit::Converted(value),
        None => Fit::Mismatch,
    }
}

/// Digits kept behind the point where a conversion does not come out even.
const CONVERTED_DIGITS: u32 = 10;

/// A fraction as a decimal, rounded where it does not come out even.
fn to_decimal(value: &Exact) -> Option<Decimal> {
    let factor = num_bigint::BigInt::from(10u64.pow(CONVERTED_DIGITS));
    let scaled = (value * factor).round().to_integer().to_i128()?;
    Decimal::try_from_i128_with_scale(scaled, CONVERTED_DIGITS).ok().map(|d| d.normalize())
}

/// A value with its unit, for messages.
pub(super) fn with_unit(value: Decimal, unit: &str) -> String {
    format!("{}{unit}", decimal_text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().expect("decimal")
    }

    #[test]
    fn measures_are_told_from_names() {
        for (text, yes) in
            [("万元", true), ("亿元、%", true), ("家", true), ("区财政局", false), ("", false)]
        {
            assert_eq!(names_measures(text), yes, "{text}");
        }
    }

    #[test]
    fn figures_are_brought_to_the_unit_asked_for() {
        for (value, scale, typed, unit, fits) in [
            ("2000", "10000", "", "亿元", Fit::Converted(dec("0.2"))),
            ("2000", "10000", "", "万元", Fit::Same(dec("2000"))),
            ("2000", "1", "", "万元", Fit::Same(dec("2000"))),
            ("5.6", "10000", "亩", "万亩", Fit::Same(dec("5.6"))),
            ("56000", "1", "亩", "万亩", Fit::Converted(dec("5.6"))),
            ("5.6", "10000", "亩", "公顷", Fit::Converted(dec("3733.3333333333"))),
            ("2", "1", "平方公里", "亩", Fit::Converted(dec("3000"))),
            ("12", "1", "千米", "公里", Fit::Same(dec("12"))),
            ("30", "1", "家", "家", Fit::Same(dec("30"))),
            ("30", "1", "户", "家", Fit::OtherCounter(dec("30"))),
            ("3", "100000000", "元", "家", Fit::Mismatch),
            ("3", "1", "只眼", "家", Fit::Mismatch),
            ("20", "10000", "千瓦", "万千瓦", Fit::Same(dec("20"))),
            ("200", "1", "兆瓦", "万千瓦", Fit::Converted(dec("20"))),
            ("5", "1", "亿元", "亿元", Fit::Same(dec("5"))),
        ] {
            assert_eq!(
                fit(dec(value), dec(scale), typed, unit),
                fits,
                "{value} {scale} {typed} {unit}"
            );
        }
    }
}
