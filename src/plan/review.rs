//! The list of doubts (待核): each with the cell of plan.xlsx to look at.

use super::{
    book::{Places, SheetKey, indicator, task},
    check::PLAN_FILE,
};
use crate::{
    diag::{Code, Diagnostic, Place, Severity},
    model::{Doubt, Plan, TaskNo, normalise_text},
    wording::{self, Lang},
};

/// An importer's findings as doubts: line, task, what was found, what to do.
pub(super) fn doubts(findings: &[Diagnostic]) -> Vec<Doubt> {
    let doubt = |finding: &Diagnostic| {
        let arg = |name: &str| finding.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v);
        let line = match finding.place {
            Place::Line { line, .. } => Some(line),
            _ => None,
        };
        Doubt {
            code: finding.code.printed().to_owned(),
            line,
            task: arg("task").and_then(|t| t.parse().ok()).map(TaskNo),
            quote: finding.found.clone(),
            note: said(finding),
            target: String::new(),
            settled: false,
        }
    };
    findings.iter().map(doubt).collect()
}

/// Message and advice in the office's language, on a line each.
fn said(finding: &Diagnostic) -> String {
    let (message, advice) =
        (wording::message(finding, Lang::Zh), wording::advice(finding, Lang::Zh));
    format!("{message}\n{advice}")
}

/// Appends a doubt for every finding a person should look at, puts what needs a decision before mere repairs, and
/// gives every doubt without a target the cell that holds what it speaks of.
pub(super) fn review(plan: &mut Plan, findings: &[Diagnostic]) {
    for finding in findings.iter().filter(|f| f.severity() != Severity::Note) {
        let Place::Cell { sheet, cell, .. } = &finding.place else { continue };
        plan.doubts.push(Doubt {
            code: finding.code.printed().to_owned(),
            line: None,
            task: None,
            quote: finding.found.clone(),
            note: said(finding),
            target: format!("{sheet}!{cell}"),
            settled: false,
        });
    }
    plan.doubts.sort_by_key(|d| Code::from_printed(&d.code).map(Code::severity));
    let places = Places::canonical(plan, PLAN_FILE);
    let targets: Vec<Option<String>> =
        plan.doubts.iter().map(|d| target(plan, d, &places)).collect();
    for (doubt, target) in plan.doubts.iter_mut().zip(targets) {
        if let Some(target) = target.filter(|_| doubt.target.is_empty()) {
            doubt.target = target;
        }
    }
}

/// The cell a doubt speaks of: the indicator its quote is of, else the part of the task it is about.
fn target(plan: &Plan, doubt: &Doubt, places: &Places) -> Option<String> {
    let no = doubt.task?;
    let at = plan.tasks.iter().position(|t| t.no == no)?;
    let place = match doubt.code.get(..2) {
        Some("P4") => {
            let before: usize = plan.tasks[..at].iter().map(|t| t.indicators.len()).sum();
            let quote = normalise_text(&doubt.quote);
            let fits = |i: &crate::model::Indicator| {
                let own = normalise_text(&i.quote);
                !quote.is_empty() && (own.contains(&quote) || quote.contains(&own))
            };
            let own = &plan.tasks[at].indicators;
            // Doubtful ones first: the same words may stand in a sound one too.
            let found = own
                .iter()
                .position(|i| !i.adopted && fits(i))
                .or_else(|| own.iter().position(fits));
            match found {
                Some(i) => places.place(SheetKey::Indicators, before + i, indicator::ADOPTED),
                None => places.place(SheetKey::Tasks, at, task::TEXT),
            }
        }
        Some("P3") => places.place(SheetKey::Tasks, at, clause_column(plan, at, &doubt.quote)),
        _ => places.place(SheetKey::Tasks, at, task::TEXT),
    };
    match place {
        Place::Cell { sheet, cell, .. } => Some(format!("{sheet}!{cell}")),
        _ => None,
    }
}

/// The column of a task whose names a quoted fragment of the clause mentions.
fn clause_column(plan: &Plan, at: usize, quote: &str) -> usize {
    let quote = crate::model::normalise_name(quote);
    let t = &plan.tasks[at];
    [
        (task::RESPONSIBLE, &t.responsible),
        (task::LEAD_UNITS, &t.lead_units),
        (task::LEADERS, &t.leaders),
    ]
    .into_iter()
    .find(|(_, names)| names.iter().any(|n| quote.contains(n.as_str()) || n.contains(&quote)))
    .map_or(task::LEAD_UNITS, |(column, _)| column)
}
