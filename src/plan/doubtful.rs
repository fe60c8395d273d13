//! What makes a name, a figure or a succession doubtful: the rules behind the checks of a plan.

use super::book::{indicator, task};
use crate::{
    model::{
        Comparator, Indicator, IndicatorKind, Named, Names, Period, Plan, Registry, Task, UnitId,
        decimal_text, normalise_name,
    },
    wording::book as words,
};

/// Signs that no name of a unit holds: remnants of a clause cut in the wrong place.
const REMNANTS: [char; 12] = ['〔', '〕', '[', ']', '【', '】', '：', ':', '；', ';', '。', '!'];

/// Characters above which a name is thought to be a piece of text; the longest real group name seen has 32.
const LONG_NAME: usize = 40;

/// Most edits between a mistyped name and what was meant. Only a suggestion: nothing is ever merged by it.
const NEAR: usize = 2;

/// Whether a name looks like a piece of text: remnants of brackets, brackets that do not close, too long.
pub(super) fn is_odd(name: &str) -> bool {
    let mut depth = 0i32;
    let balanced = name.chars().all(|c| {
        depth += i32::from(c == '（') - i32::from(c == '）');
        depth >= 0
    }) && depth == 0;
    !balanced || name.contains(REMNANTS) || name.chars().count() > LONG_NAME
}

/// Names of units and groups nearest to a name nobody knows, the nearest first.
#[must_use]
pub fn near_units<'a>(registry: &'a Registry, name: &str) -> Vec<&'a str> {
    near(registry, name, true)
}

/// Up to two known names nearest to a name nobody knows, for the message; empty if none is near.
pub(super) fn nearest(registry: &Registry, name: &str, is_unit: bool) -> String {
    let names: Vec<String> =
        near(registry, name, is_unit).iter().take(2).map(|k| format!("“{k}”")).collect();
    if names.is_empty() { String::new() } else { format!(" → {}", names.join("、")) }
}

fn near<'a>(registry: &'a Registry, name: &str, is_unit: bool) -> Vec<&'a str> {
    let known: Vec<&str> = if is_unit {
        let units = registry.units.iter().map(|u| u.name.as_str());
        units.chain(registry.groups.iter().map(|g| g.name.as_str())).collect()
    } else {
        registry.leaders.iter().map(|l| l.name.as_str()).collect()
    };
    let wanted = normalise_name(name);
    // A two-character name one edit away is any other name.
    let allowed = NEAR.min(wanted.chars().count().saturating_sub(1) / 2);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|k| (strsim::osa_distance(&wanted, &normalise_name(k)), k))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, k)| k).collect()
}

/// Whether following `next` from `start` leads back to it.
pub(super) fn circles<'a, T: PartialEq>(start: &'a T, next: impl Fn(&T) -> Option<&'a T>) -> bool {
    let mut current = next(start);
    // Longer than any registry: a circle that does not hold `start` is reported at its own members.
    for _ in 0..10_000 {
        match current {
            Some(id) if id == start => return true,
            Some(id) => current = next(id),
            None => return false,
        }
    }
    false
}

/// Whether a unit is among the lead units of a task, now or by an amendment.
pub(super) fn leads(plan: &Plan, names: &Names<'_>, task: &Task, unit: &UnitId) -> bool {
    let is = |name: &String| matches!(names.resolve(name), Named::Unit(u) if u.id == *unit);
    let amended = plan.amendments.iter().any(|a| match &a.change {
        crate::model::Change::LeadUnits(no, names) => *no == task.no && names.iter().any(is),
        _ => false,
    });
    amended || task.lead_units.iter().any(is)
}

/// The section or subsection of a task that does not exist: column and number.
pub(super) fn section_of(plan: &Plan, t: &Task) -> Option<(usize, String)> {
    let Some(section) = plan.section(t.section) else {
        let none = t.section == 0 && plan.sections.is_empty();
        return (!none).then(|| (task::SECTION, t.section.to_string()));
    };
    let sub = t.subsection?;
    let known = section.subsections.iter().any(|s| s.no == sub);
    (!known).then(|| (task::SUBSECTION, sub.to_string()))
}

/// What contradicts itself in an indicator: column, what stands there, what it does not go with.
pub(super) fn contradiction(i: &Indicator) -> Option<(usize, String, String)> {
    let word = |column: usize| words::INDICATORS.columns[column].heading;
    let comparator = match i.comparator {
        Comparator::AtLeast => words::COMPARATORS[0][0],
        Comparator::Equal => words::COMPARATORS[1][0],
        Comparator::AtMost => words::COMPARATORS[2][0],
        Comparator::About => words::COMPARATORS[3][0],
    };
    let ceiling = i.kind == IndicatorKind::Ceiling;
    if ceiling && i.comparator == Comparator::AtLeast {
        let other = format!("{}：{}", word(indicator::KIND), words::KINDS[3][0]);
        return Some((indicator::COMPARATOR, comparator.to_owned(), other));
    }
    if !ceiling && i.comparator == Comparator::AtMost {
        let other = format!("{}：{}", word(indicator::COMPARATOR), comparator);
        let kind = match i.kind {
            IndicatorKind::Cumulative => words::KINDS[0][0],
            IndicatorKind::Growth => words::KINDS[1][0],
            _ => words::KINDS[2][0],
        };
        return Some((indicator::KIND, kind.to_owned(), other));
    }
    let base = i.base?;
    let target = decimal_text(i.target);
    if i.kind != IndicatorKind::Level {
        let other = word(indicator::KIND).to_owned();
        return Some((indicator::BASE, decimal_text(base), other));
    }
    (base >= i.target).then(|| {
        (indicator::BASE, decimal_text(base), format!("{}：{target}", word(indicator::TARGET)))
    })
}

/// Tasks that still name a unit which is split from `effective` on, in plan order.
pub(super) fn unassigned(plan: &Plan, old: &[UnitId], effective: Period) -> Vec<String> {
    let then = plan.in_force(effective);
    let named = |name: &String| matches!(then.registry.resolve(name), Named::Unit(u) if old.contains(&u.id));
    then.tasks
        .iter()
        .filter(|t| t.lead_units.iter().chain(&t.responsible).any(named))
        .map(|t| t.no.to_string())
        .collect()
}
