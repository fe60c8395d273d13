//! Schedule share (序时进度): how much of a target should be done by the end of a period.

use num_bigint::BigInt;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use crate::{
    model::{Exact, Indicator, IndicatorKind, Period, Span, Task, exact, parse_decimal},
    settings::Settings,
};

/// Units of measure that count pieces (件数单位): a thing is there or it is not, so two of them cannot be a
/// quarter done in March. Lengths, areas, money and percents are not among them, nor is 万户 or 万人次.
pub const PIECE_UNITS: &[&str] = &[
    "家", "个", "条", "座", "项", "处", "所", "套", "件", "名", "人", "次", "场", "户", "台", "辆",
    "部", "只", "份", "幢", "栋", "间", "块", "片", "宗", "起", "批", "类", "支", "组", "期", "届",
    "种", "株", "眼", "口", "艘", "架", "门", "篇", "村", "镇", "站", "对", "张", "面", "段", "轮",
    "班", "店", "家次", "人次", "场次", "户次", "个村", "个点",
];

/// Share of the year's target due at the end of `period` (序时进度 t), a fraction 0–1.
///
/// The first that applies: the indicator's own curve; 0 … 0, 100 for a cumulative target of at most
/// `rules.small_target_pieces` pieces ([`PIECE_UNITS`]); the office's curve; months elapsed / 12 (days for weeks).
/// Within a month a curve rises evenly by days. After the year the task is due in, the share is 1.
/// Source: docs/definitions.md, 序时进度.
#[must_use]
pub fn schedule_share(
    indicator: Option<&Indicator>,
    task: &Task,
    period: Period,
    settings: &Settings,
) -> Exact {
    if period.year() > task.due.year() {
        return Exact::one();
    }
    if let Some(curve) = indicator.and_then(|i| i.schedule.as_ref()) {
        return on_curve(&curve.map(exact), period);
    }
    if indicator.is_some_and(|i| is_small(i, settings)) {
        let mut curve: [Exact; 12] = std::array::from_fn(|_| Exact::zero());
        curve[11] = hundred();
        return on_curve(&curve, period);
    }
    let office: Vec<Exact> = settings.rules.schedule.iter().map(|v| exact_f64(*v)).collect();
    if let Ok(curve) = <[Exact; 12]>::try_from(office) {
        return on_curve(&curve, period);
    }
    let (elapsed, whole) = period.elapsed();
    Exact::new(BigInt::from(elapsed), BigInt::from(whole))
}

/// Whether a figure of the item is due in `period` (是否应报): a quarterly or half-yearly indicator is not yet
/// due before its first due month of the year, and from then on always.
#[must_use]
pub fn due_now(indicator: Option<&Indicator>, period: Period) -> bool {
    indicator.is_none_or(|i| i.frequency.first_due_month() <= end_of(period).0)
}

/// Whether the target is so few pieces that it is due at the year's end.
fn is_small(indicator: &Indicator, settings: &Settings) -> bool {
    indicator.kind == IndicatorKind::Cumulative
        && PIECE_UNITS.contains(&indicator.unit.as_str())
        && exact(indicator.target) <= exact_f64(settings.rules.small_target_pieces)
}

/// Month and day a period ends on, within its own year: a last week that ends in January ends the year.
fn end_of(period: Period) -> (i8, i8) {
    let end = period.last_day();
    if end.year() > period.year() { (12, 31) } else { (end.month(), end.day()) }
}

/// The curve's value at the end of the period, as a fraction.
fn on_curve(curve: &[Exact; 12], period: Period) -> Exact {
    let (month, day) = end_of(period);
    let at = usize::from(month.unsigned_abs()).clamp(1, 12) - 1;
    let reached = &curve[at];
    let share = if matches!(period.span(), Span::Week(_)) {
        let before = if at == 0 { Exact::zero() } else { curve[at - 1].clone() };
        let days = if month == 12 { 31 } else { period.last_day().days_in_month() };
        let part = Exact::new(BigInt::from(day), BigInt::from(days));
        &before + (reached - &before) * part
    } else {
        reached.clone()
    };
    share / hundred()
}

fn hundred() -> Exact {
    Exact::from_integer(BigInt::from(100))
}

/// A number from a settings file as it was typed: 8.3 is 83/10, not the nearest binary fraction.
fn exact_f64(value: f64) -> Exact {
    exact(parse_decimal(&value.to_string()).unwrap_or(Decimal::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comparator, Frequency, ItemNo, TaskNo};

    fn task() -> Task {
        Task {
            no: TaskNo(1),
            section: 1,
            subsection: None,
            text: String::new(),
            short: String::new(),
            leaders: vec![],
            lead_units: vec![],
            responsible: vec![],
            due: jiff::civil::date(2024, 12, 31),
            indicators: vec![],
            from: None,
            until: None,
        }
    }

    fn indicator(target: i64, unit: &str) -> Indicator {
        Indicator {
            item: ItemNo { task: TaskNo(1), index: 1 },
            name: "示范点".into(),
            comparator: Comparator::Equal,
            target: Decimal::from(target),
            unit: unit.into(),
            kind: IndicatorKind::Cumulative,
            base: None,
            source_unit: None,
            frequency: Frequency::Monthly,
            schedule: None,
            quote: String::new(),
            adopted: true,
            doubt: None,
        }
    }

    fn share(i: Option<&Indicator>, period: &str, settings: &Settings) -> String {
        schedule_share(i, &task(), period.parse().expect("period"), settings).to_string()
    }

    #[test]
    fn the_year_elapses_evenly_unless_said_otherwise() {
        let plain = Settings::default();
        assert_eq!(share(None, "2024-03", &plain), "1/4");
        assert_eq!(share(None, "2024-Q3", &plain), "3/4");
        assert_eq!(share(None, "2024", &plain), "1");
        assert_eq!(share(None, "2024-W10", &plain), "35/183"); // 10 March is day 70 of 366
        assert_eq!(share(None, "2025-01", &plain), "1");
        let mut bent = Settings::default();
        bent.rules.schedule =
            vec![5.0, 10.0, 18.3, 30.0, 45.0, 60.0, 66.0, 72.0, 80.0, 87.0, 94.0, 100.0];
        assert_eq!(share(None, "2024-06", &bent), "3/5");
        assert_eq!(share(None, "2024-03", &bent), "183/1000");
    }

    #[test]
    fn few_pieces_are_due_at_the_end_but_not_few_kilometres() {
        let plain = Settings::default();
        assert_eq!(share(Some(&indicator(2, "家")), "2024-11", &plain), "0");
        assert_eq!(share(Some(&indicator(2, "家")), "2024-12", &plain), "1");
        assert_eq!(share(Some(&indicator(3, "家")), "2024-06", &plain), "1/2");
        assert_eq!(share(Some(&indicator(2, "公里")), "2024-06", &plain), "1/2");
        assert_eq!(share(Some(&indicator(1, "万户")), "2024-06", &plain), "1/2");
    }

    #[test]
    fn an_own_curve_comes_first() {
        let mut i = indicator(2, "家");
        i.schedule = Some(std::array::from_fn(|m| Decimal::from(if m < 5 { 0 } else { 100 })));
        assert_eq!(share(Some(&i), "2024-05", &Settings::default()), "0");
        assert_eq!(share(Some(&i), "2024-06", &Settings::default()), "1");
        // Week 24 ends on 16 June: 16 of June's 30 days.
        assert_eq!(share(Some(&i), "2024-W24", &Settings::default()), "8/15");
    }

    #[test]
    fn a_quarterly_figure_is_not_due_before_march() {
        let mut i = indicator(20, "家");
        i.frequency = Frequency::Quarterly;
        let due = |i: &Indicator, p: &str| due_now(Some(i), p.parse().expect("period"));
        assert!(!due(&i, "2024-02") && due(&i, "2024-03") && due(&i, "2024-04"));
        i.frequency = Frequency::HalfYearly;
        assert!(!due(&i, "2024-05") && due(&i, "2024-Q2"));
        assert!(due_now(None, "2024-01".parse().expect("period")));
    }
}
