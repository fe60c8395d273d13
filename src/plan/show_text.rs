//! `plan show`: a plan for people to read on a terminal.

use std::fmt::Write as _;

use super::schedule::schedule_share;
use crate::{
    model::{Comparator, Indicator, Period, Plan, Task, decimal_text},
    settings::Settings,
    wording::{Lang, plan as words},
};

/// The plan as `plan show` prints it: sections, tasks with who leads and what is measured, and what is still open.
///
/// With `period` only what is in force then, and each figure's schedule share.
#[must_use]
pub fn show_text(plan: &Plan, period: Option<Period>, settings: &Settings, lang: Lang) -> String {
    let shown = period.map_or_else(|| plan.with_terms(), |p| plan.in_force(p));
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line(&shown.title);
    line(&words::show_head(&shown.doc_no, shown.year, &super::version(plan), lang));
    if let Some(period) = period {
        line(&words::show_period(period, lang));
    }
    let (mut section, mut subsection) = (None, None);
    for task in &shown.tasks {
        if section != Some(task.section) {
            section = Some(task.section);
            subsection = None;
            if let Some(s) = shown.section(task.section) {
                line("");
                line(&words::show_section(s.no, &s.title, lang));
            }
        }
        if subsection != task.subsection {
            subsection = task.subsection;
            let known = shown
                .section(task.section)
                .and_then(|s| s.subsections.iter().find(|b| Some(b.no) == task.subsection));
            if let Some(sub) = known {
                line(&words::show_subsection(sub.no, &sub.title, lang));
            }
        }
        line(&one_task(task, lang));
        for i in &task.indicators {
            let share = period.map(|p| schedule_share(Some(i), task, p, settings));
            line(&one_indicator(i, share.as_ref(), lang));
        }
    }
    let withdrawn: Vec<String> = period
        .map(|p| plan.withdrawn(p).iter().map(|t| t.no.to_string()).collect())
        .unwrap_or_default();
    line("");
    if !withdrawn.is_empty() {
        line(&words::show_withdrawn(&withdrawn.join("、"), lang));
    }
    line(&totals(&shown, lang));
    let names = &plan.registry;
    let open = plan.doubts.iter().filter(|d| !d.settled).count();
    let groups = names.groups.iter().filter(|g| g.members.is_empty()).count();
    let aliases = names
        .aliases
        .iter()
        .filter(|a| !a.adopted && names.units.iter().any(|u| u.id.as_str() == a.name))
        .count();
    if open + groups + aliases > 0 {
        line(&words::show_open(open, groups, aliases, lang));
    }
    out
}

/// Number, short title, who leads, who helps, until when.
fn one_task(task: &Task, lang: Lang) -> String {
    let join = |names: &[String]| {
        if names.is_empty() { "—".to_owned() } else { names.join("、") }
    };
    let mut out = format!("{:>5}  {}", task.no, task.short);
    let who = words::show_who(
        &join(&task.leaders),
        &join(&task.lead_units),
        &join(&task.responsible),
        lang,
    );
    let _ = write!(out, "\n       {who}");
    let term = words::show_term(
        task.due,
        task.from.map(|p| p.to_string()).as_deref(),
        task.until.map(|p| p.to_string()).as_deref(),
        lang,
    );
    let _ = write!(out, "\n       {term}");
    out
}

/// Item number, name, target, whether it counts.
fn one_indicator(i: &Indicator, share: Option<&crate::model::Exact>, lang: Lang) -> String {
    let sign = match i.comparator {
        Comparator::AtLeast => "≥",
        Comparator::Equal => "",
        Comparator::AtMost => "≤",
        Comparator::About => "≈",
    };
    let target = format!("{sign}{}{}", decimal_text(i.target), i.unit);
    let mut out = format!("       {}  {}  {target}", i.item, i.name);
    if let Some(share) = share {
        use num_traits::ToPrimitive;
        let percent = share.to_f64().unwrap_or_default() * 100.0;
        let _ = write!(out, "  {}", words::show_schedule(percent, lang));
    }
    if !i.adopted {
        let _ = write!(out, "  {}", words::show_doubtful(i.doubt.as_deref(), lang));
    }
    out
}

/// Counts of the plan shown.
fn totals(plan: &Plan, lang: Lang) -> String {
    let sum = |count: fn(&Task) -> usize| plan.tasks.iter().map(count).sum::<usize>();
    words::show_totals(
        &words::PlanCounts {
            sections: plan.sections.len(),
            subsections: plan.sections.iter().map(|s| s.subsections.len()).sum(),
            tasks: plan.tasks.len(),
            leaders: sum(|t| t.leaders.len()),
            lead_units: sum(|t| t.lead_units.len()),
            responsible: sum(|t| t.responsible.len()),
            adopted: sum(|t| t.adopted().count()),
            doubtful: sum(|t| t.indicators.len() - t.adopted().count()),
            units: plan.registry.own_units().count(),
            groups: plan.registry.groups.len(),
        },
        lang,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample;

    #[test]
    fn both_languages_say_the_same_things() {
        let plan = sample::plan();
        for (lang, said) in [
            (
                Lang::Zh,
                ["牵头单位：区科学技术局、区财政局", "2-1  新增高新技术企业  ≥15家", "4 项任务"],
            ),
            (Lang::En, ["lead: 区科学技术局、区财政局", "2-1  新增高新技术企业  ≥15家", "4 tasks"]),
        ] {
            let text = show_text(&plan, None, &Settings::default(), lang);
            for part in said {
                assert!(text.contains(part), "{part}\n{text}");
            }
        }
        let later =
            show_text(&plan, Some(sample::period("2024-10")), &Settings::default(), Lang::Zh);
        assert!(later.contains("≥20.5家") && later.contains("已撤销：第 1 项"), "{later}");
    }
}
