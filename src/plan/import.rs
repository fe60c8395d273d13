//! From the bytes of a plan document to a [`Plan`].

use jiff::civil::Date;

use super::{
    clause::{self, Clause, Repair},
    indicators,
    items::{Block, blocks},
    short,
    text::{decode, lines, tidy},
};
use crate::{
    diag::{Checked, Code, Diagnostic, Error, Place, Result},
    model::{Plan, Section, Subsection, Task, TaskNo},
};

/// Reads a responsibility plan (责任分工方案) from the bytes of a document; `file` is its name in findings.
///
/// # Errors
/// [`Error::Document`] if nothing can be read as a plan; its findings say why and what to do instead.
pub fn import(bytes: &[u8], file: &str) -> Result<Checked<Plan>> {
    let refuse = |finding: Box<Diagnostic>| Error::Document {
        file: file.to_owned(),
        findings: vec![*finding],
    };
    let text = decode(bytes, file).map_err(refuse)?;
    let mut checked = from_lines(&blocks(&lines(&text)), file);
    if checked.value.tasks.is_empty() {
        let mut findings = checked.findings;
        findings.push(Diagnostic::new(
            Code::PlanEmpty,
            Place::File { file: file.to_owned() },
            file,
        ));
        return Err(Error::Document { file: file.to_owned(), findings });
    }
    // The importer's doubts first: `build` appends its own and gives each the cell of plan.xlsx to look at.
    checked.value.doubts = super::review::doubts(&checked.findings);
    checked.findings.extend(super::registry::build(&mut checked.value));
    Ok(checked)
}

/// The plan that the blocks of a document make.
fn from_lines(blocks: &[Block], file: &str) -> Checked<Plan> {
    let mut plan = Plan::default();
    let mut findings = Vec::new();
    let at = |line: u32| Place::Line { file: file.to_owned(), line };
    masthead(blocks, &mut plan);
    let year = if plan.year == 0 { 2024 } else { plan.year };
    let due = Date::new(year, 12, 31).unwrap_or(Date::ZERO);
    let mut last = 0;
    for block in blocks {
        match block {
            Block::Section { no, title, line } => {
                if plan.section(*no).is_some() {
                    findings.push(Diagnostic::new(Code::SectionTwice, at(*line), title.as_str()));
                    continue;
                }
                plan.sections.push(Section {
                    no: *no,
                    title: title.clone(),
                    short: short::section(title),
                    subsections: Vec::new(),
                });
            }
            Block::Subsection { no, title, .. } => {
                if let Some(section) = plan.sections.last_mut() {
                    section.subsections.push(Subsection { no: *no, title: title.clone() });
                }
            }
            Block::Item { no, text, line, joined } => {
                let (body, clause) = clause::split(text);
                // A numbered paragraph without a clause is no task.
                let Some(clause) = clause else { continue };
                if plan.task(TaskNo(*no)).is_some() {
                    findings.push(Diagnostic::new(Code::TaskTwice, at(*line), no.to_string()));
                    continue;
                }
                if *no != last + 1 {
                    findings.push(
                        Diagnostic::new(Code::NumberGap, at(*line), no.to_string())
                            .with("expected", (last + 1).to_string()),
                    );
                }
                last = *no;
                for (line, seam) in joined {
                    findings.push(
                        Diagnostic::new(Code::PageBreak, at(*line), seam.as_str())
                            .with("task", no.to_string()),
                    );
                }
                repairs(&clause, *no, &at(*line), &mut findings);
                let text = tidy(&body);
                let no = TaskNo(*no);
                let indicators = indicators::read(no, &text);
                for indicator in indicators.iter().filter(|i| !i.adopted) {
                    let why = indicator.doubt.clone().unwrap_or_default();
                    findings.push(
                        Diagnostic::new(
                            Code::IndicatorDoubtful,
                            at(*line),
                            indicator.quote.as_str(),
                        )
                        .with("task", no.to_string())
                        .with("why", why),
                    );
                }
                let section = plan.sections.last();
                plan.tasks.push(Task {
                    no,
                    section: section.map_or(0, |s| s.no),
                    subsection: section.and_then(|s| s.subsections.last()).map(|s| s.no),
                    short: short::task(&text),
                    text,
                    leaders: clause.leaders,
                    lead_units: clause.lead_units,
                    responsible: clause.responsible,
                    due,
                    indicators,
                    from: None,
                    until: None,
                });
            }
            Block::Prose { .. } => {}
        }
    }
    // Sections without a task (basic principles and the like) stay out.
    let used: Vec<u32> = plan.tasks.iter().map(|t| t.section).collect();
    plan.sections.retain(|s| used.contains(&s.no));
    Checked { value: plan, findings }
}

/// Title, document number and year, from what stands before the first section.
fn masthead(blocks: &[Block], plan: &mut Plan) {
    let mut titles: Vec<String> = Vec::new();
    for block in blocks {
        let Block::Prose { text, heading, .. } = block else { break };
        let said = tidy(text);
        if plan.doc_no.is_empty()
            && said.chars().count() < 40
            && said.contains('〔')
            && said.ends_with('号')
        {
            plan.doc_no.clone_from(&said);
        }
        let named = ["方案", "分工", "分解", "清单", "要点", "计划"]
            .iter()
            .any(|w| said.ends_with(w) || said.ends_with(&format!("{w}》")));
        if (*heading || said.chars().count() < 60) && named && !said.ends_with('：') {
            titles.push(said.clone());
        }
    }
    // The plan's own heading stands last; a covering notice quotes it in 《 》.
    if let Some(title) = titles.last() {
        let quoted = title.split_once('《').and_then(|(_, t)| t.split_once('》')).map(|(t, _)| t);
        quoted.unwrap_or(title).clone_into(&mut plan.title);
    }
    plan.year = year_in(&plan.title).or_else(|| year_in(&plan.doc_no)).unwrap_or(0);
}

/// A year 2000–2099 followed by 年 or standing in 〔 〕.
fn year_in(text: &str) -> Option<i16> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(5).enumerate().find_map(|(n, w)| {
        let digits: String = w[..4].iter().collect();
        let framed = matches!(w[4], '年' | '〕' | ']' | '］')
            && n.checked_sub(1).is_none_or(|b| !chars[b].is_ascii_digit());
        let year: i16 = digits.parse().ok()?;
        (framed && (2000..2100).contains(&year)).then_some(year)
    })
}

/// Repairs of a clause as findings.
fn repairs(clause: &Clause, task: u32, place: &Place, into: &mut Vec<Diagnostic>) {
    for repair in &clause.repairs {
        let (code, found) = match repair {
            Repair::Closer(found) => (Code::ClauseCloser, found),
            Repair::StrayBracket(found) => (Code::StrayBracket, found),
            Repair::OpenList(found) => (Code::OpenList, found),
            Repair::Subset(found) => (Code::Subset, found),
            Repair::FirstLeads(found) => (Code::FirstLeads, found),
        };
        into.push(
            Diagnostic::new(code, place.clone(), found.as_str()).with("task", task.to_string()),
        );
    }
}
