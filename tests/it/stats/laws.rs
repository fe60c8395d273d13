//! Laws of the statistics: they hold whatever the plan and the returns.

use duban::stats::{By, Light, PeriodRows, Rates, json};
use proptest::prelude::*;

use super::{
    oracle::computed,
    random::{Dice, case},
};

/// Cases per law; each is a plan of a few tasks over a few months.
const CASES: u32 = 24;

/// Rates, lights and classes of one line hang together.
fn sound(rates: &Rates) {
    for rate in [rates.completion, rates.on_schedule] {
        assert!(rate.done <= rate.due);
        assert_eq!(rate.value().is_none(), rate.due == 0, "nothing due has no value");
        assert!(rate.value().is_none_or(|v| (0.0..=1.0).contains(&v)));
    }
    let c = rates.classes;
    let due = rates.completion.due;
    let classes =
        c.done + c.ahead + c.on_track + c.behind + c.overdue + c.not_started + c.unreported;
    assert_eq!(classes, due, "classes partition the tasks in force");
    let l = rates.lights;
    assert_eq!(l.done + l.green + l.yellow + l.red + l.none, due, "lights partition them too");
    assert!(rates.mean_progress.is_none_or(|m| (0.0..=100.0).contains(&m)));
    assert!(rates.mean_excluded <= due && rates.incomplete <= due && rates.confirmed <= due);
    assert_eq!(rates.mean_progress.is_none(), rates.mean_excluded == due);
    if let (Some(all), Some(reported)) = (rates.mean_progress, rates.mean_progress_reported) {
        assert!(all <= reported + 1e-9, "未报 counts as zero");
    }
}

fn check(rows: &PeriodRows) {
    sound(&rows.total);
    for r in rows.leaders.iter().chain([&rows.leader_total]) {
        sound(&r.rates);
        assert_eq!((r.tasks, r.tasks), (r.sole + r.shared, r.rates.completion.due));
    }
    for r in rows.units.iter().chain([&rows.unit_total]) {
        sound(&r.rates);
        assert!(r.returns.received <= r.returns.obligations);
    }
    let mut sections = 0;
    for r in &rows.sections {
        sound(&r.rates);
        sections += r.tasks;
    }
    assert_eq!(sections, rows.section_total.tasks, "sections add up to the tasks in force");
    let shares: f64 = rows.leaders.iter().map(|l| l.share).sum();
    #[expect(clippy::cast_precision_loss, reason = "a handful of tasks")]
    let tasks = rows.tasks.len() as f64;
    assert!((shares - tasks).abs() < 1e-9, "shares add up to the tasks in force");
    assert!(
        (rows.leader_total.share - tasks).abs() < f64::EPSILON,
        "exactly, before they are floats"
    );
    for task in &rows.tasks {
        assert_eq!(
            task.reported(),
            task.class != duban::stats::Class::Unreported || task.parts.iter().any(|p| p.reported)
        );
        assert_eq!(task.incomplete, task.missing() > 0 || task.parts.is_empty());
        assert!(task.reported() || task.light == Light::None, "未报 has no light");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_hang_together(seed in 1_000_u64..1_000_000) {
        let stats = computed(&case(seed));
        for rows in stats.past.iter().chain([&stats.now]) {
            check(rows);
        }
    }

    #[test]
    fn shuffling_what_comes_in_changes_nothing(seed in 1_000_u64..1_000_000) {
        let mut case = case(seed);
        let before = computed(&case);
        let mut dice = Dice::new(seed);
        case.facts = dice.shuffled(&case.facts);
        case.filings = dice.shuffled(&case.filings);
        case.confirmations = dice.shuffled(&case.confirmations);
        let after = computed(&case);
        prop_assert_eq!(&before, &after);
        prop_assert_eq!(json(&before, By::Unit).to_string(), json(&after, By::Unit).to_string());
    }

    #[test]
    fn later_returns_do_not_change_an_earlier_period(seed in 1_000_u64..1_000_000) {
        let mut case = case(seed);
        let whole = computed(&case);
        if let Some(last) = whole.past.last() {
            case.period = last.period;
            prop_assert_eq!(&computed(&case).now, last);
        }
    }
}
