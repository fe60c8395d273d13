//! The plan as a person reads it on a terminal.

use std::fmt::Write;

use crate::{
    model::{Period, Plan, Task, decimal_text},
    wording::{Lang, cli as words},
};

/// The plan in lines: sections, tasks, who leads, what is measured. With `period` only what is in force then.
#[must_use]
pub fn show_text(plan: &Plan, period: Option<Period>, lang: Lang) -> String {
    let shown = period.map_or_else(|| plan.clone(), |p| plan.in_force(p));
    let mut text = format!("{}\n{}\n", shown.title, shown.doc_no);
    let mut section = 0;
    let mut subsection = None;
    for task in &shown.tasks {
        if task.section != section {
            section = task.section;
            subsection = None;
            let title = shown.section(section).map_or("", |s| s.title.as_str());
            line(&mut text, 0, &words::section_line(section, title, lang));
        }
        if task.subsection != subsection {
            subsection = task.subsection;
            let title = shown
                .section(section)
                .and_then(|s| s.subsections.iter().find(|sub| Some(sub.no) == subsection))
                .map_or("", |s| s.title.as_str());
            line(&mut text, 1, title);
        }
        show_task(&mut text, task, lang);
    }
    text
}

fn show_task(text: &mut String, task: &Task, lang: Lang) {
    line(text, 1, &format!("{}  {}", task.no, task.short));
    line(text, 3, &words::clause_line(&task.leaders, &task.lead_units, &task.responsible, lang));
    for i in &task.indicators {
        let target = format!("{} {}{}", i.comparator.sign(), decimal_text(i.target), i.unit);
        line(
            text,
            3,
            &words::indicator_line(&i.item.to_string(), &i.name, &target, i.adopted, lang),
        );
    }
}

fn line(text: &mut String, depth: usize, content: &str) {
    if !content.is_empty() {
        // Writing into a string cannot fail.
        let _infallible = writeln!(text, "{:indent$}{content}", "", indent = depth * 2);
    }
}
