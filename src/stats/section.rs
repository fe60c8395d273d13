//! By section (按板块) and the total line: task-level, distinct tasks.

use super::{
    compute::{Counted as Counts, Judged},
    frame::{Counted, Line, Scope, Stand},
    rows::{Rates, SectionRow},
    task::JudgedTask,
};

/// What is counted of a task.
pub(super) fn counted(task: &JudgedTask) -> Counted {
    Counted {
        class: task.stat.class,
        light: task.stat.light,
        progress: task.stat.progress,
        reported: task.reported,
        incomplete: task.stat.incomplete,
        stale: task.stat.stale,
        confirmed: task.stat.confirmed,
    }
}

/// Lines of the total and of each section: one per task in force and per withdrawn task.
pub(super) fn section_lines(period: u32, judged: &Judged<'_>, lines: &mut Vec<Line>) {
    let in_force = judged.plan.tasks.iter().zip(judged.tasks.iter().map(counted));
    let withdrawn = judged.withdrawn.iter().map(|t| (t, Counted::ADJUSTED));
    for (task, counted) in in_force.chain(withdrawn) {
        let line = Line {
            period,
            scope: Scope::Total,
            key: String::new(),
            section: String::new(),
            task: task.no,
            stand: Stand::Sole,
            counted: Some(counted),
            names: 0,
        };
        let key = task.section.to_string();
        lines.push(Line { scope: Scope::Section, key, ..line.clone() });
        lines.push(line);
    }
}

/// Rows by section in plan order, with the total line.
///
/// Shape: one row per section of the plan; `tasks` in force, distinct leaders (未明确 is none) and lead units.
/// Source: docs/definitions.md, 按板块.
pub(super) fn section_rows(
    judged: &Judged<'_>,
    counts: &Counts<'_>,
) -> (Rates, Vec<SectionRow>, SectionRow) {
    let leading = |scope: Scope, section: Option<&str>| {
        let mut keys: Vec<&str> = counts
            .keys(scope)
            .filter(|(key, of, c)| {
                !key.is_empty() && section.is_none_or(|s| s == *of) && c.rates.completion.due > 0
            })
            .map(|(key, _, _)| key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len() as u64
    };
    let row = |key: String, name: String, scope: Scope, section: Option<&str>| {
        let rates = counts.of(scope, section.unwrap_or(""), "").rates;
        SectionRow {
            key,
            name,
            tasks: rates.completion.due,
            leaders: leading(Scope::LeaderSection, section),
            lead_units: leading(Scope::UnitSection, section),
            rates,
        }
    };
    let sections = judged
        .plan
        .sections
        .iter()
        .map(|s| {
            let key = s.no.to_string();
            row(key.clone(), s.title.clone(), Scope::Section, Some(&key))
        })
        .collect();
    let total = row(super::TOTAL_KEY.to_owned(), super::TOTAL_NAME.to_owned(), Scope::Total, None);
    (total.rates.clone(), sections, total)
}
