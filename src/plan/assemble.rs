//! From items with their clauses to a [`Plan`]: numbers, roles, deadlines, figures.

use std::collections::BTreeSet;

use super::{
    clause::Clause,
    due::{due, year_end},
    indicators,
    masthead::Head,
    notes::Notes,
    roles::{Gathered, Roles, gather},
    short,
    structure::{Heading, Structure, prune, without_clauses},
    text::{Spot, Text},
    units::{looks_like_unit, prefix},
};
use crate::{
    diag::Code,
    model::{Plan, Section, Subsection, Task, TaskNo},
};

/// Year of the due dates where nothing states the plan's year; the finding says so.
const FALLBACK_YEAR: i16 = 2024;

/// A task with what is known of it before roles are decided.
#[derive(Debug)]
pub(super) struct Work {
    /// Number as printed.
    pub(super) number: Option<u32>,
    /// Text without clauses, tidy.
    pub(super) text: String,
    /// Text with clauses, and the clauses.
    pub(super) clauses: Option<(Text, Vec<Clause>)>,
    /// Names gathered already (tables).
    pub(super) gathered: Gathered,
    /// Indices of section and subsection.
    pub(super) section: Option<usize>,
    /// Index of the subsection.
    pub(super) subsection: Option<usize>,
    /// Where it stands.
    pub(super) spot: Spot,
}

/// Sections and tasks of a document.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Sections.
    pub(super) sections: Vec<Heading>,
    /// Tasks in order.
    pub(super) works: Vec<Work>,
}

impl Draft {
    /// The draft of a structure.
    pub(super) fn from_structure(found: Structure, clauses: impl Fn(&Text) -> Vec<Clause>) -> Self {
        let works = found
            .items
            .into_iter()
            .map(|item| {
                let clauses = clauses(&item.content);
                Work {
                    number: item.number,
                    text: without_clauses(&item.content, &clauses, 0),
                    spot: item.content.spot(0),
                    clauses: Some((item.content, clauses)),
                    gathered: Gathered::default(),
                    section: item.section,
                    subsection: item.subsection,
                }
            })
            .collect();
        Self { sections: found.sections, works }
    }

    /// Leaves out headings without tasks.
    pub(super) fn prune(&mut self) {
        let places = self.works.iter().map(|w| (w.section, w.subsection)).collect();
        let places = prune(&mut self.sections, places);
        for (work, (section, subsection)) in self.works.iter_mut().zip(places) {
            (work.section, work.subsection) = (section, subsection);
        }
    }
}

/// Makes the plan.
pub(super) fn assemble(
    draft: Draft,
    head: Head,
    first_leads: bool,
    file: &str,
    notes: &mut Notes,
) -> Plan {
    let mut plan =
        Plan { title: head.title, doc_no: head.doc_no, year: head.year, ..Plan::default() };
    if plan.year == 0 && !draft.works.is_empty() {
        notes.say_with(Code::YearUnknown, 0, file, "year", FALLBACK_YEAR.to_string());
    }
    let year = if plan.year == 0 { FALLBACK_YEAR } else { plan.year };
    plan.sections = sections(&draft.sections, notes);
    let numbers = numbers(&draft.works, notes);
    let inherited = inherited(&draft.sections, notes);
    let mut open: Vec<(TaskNo, Spot, String)> = Vec::new();
    for (work, no) in draft.works.into_iter().zip(numbers) {
        let no = TaskNo(no);
        notes.task = Some(no);
        let mut gathered = work.gathered;
        if let Some((text, clauses)) = &work.clauses {
            let count = clauses.iter().filter(|c| c.bracketed && c.has_units()).count();
            if count > 1 {
                notes.say_with(Code::SeveralClauses, work.spot, "", "count", count.to_string());
            }
            gathered.merge(gather(text, clauses, notes));
        }
        let (mut roles, by_rule) = gathered.roles(first_leads);
        if by_rule && let Some(lead) = roles.lead.first() {
            notes.say(Code::FirstLeads, lead.spot, &lead.text);
        }
        if let Some(s) = work.section {
            inherit(&mut roles, &inherited, s, work.subsection, work.spot, notes);
        }
        if roles.open_lead
            && let Some(first) = roles.responsible.first()
        {
            open.push((no, first.spot, first.text.clone()));
        }
        let deadline = roles.deadline.as_deref().map(str::trim).filter(|d| !d.is_empty());
        let due = match deadline.map(|words| (words, due(words, year))) {
            Some((_, Some(date))) => date,
            Some((words, None)) => {
                notes.say(Code::DeadlineUnread, work.spot, words);
                year_end(year)
            }
            None => year_end(year),
        };
        let indicators = indicators::read(no, &as_measured(&work.text));
        for indicator in indicators.iter().filter(|i| !i.adopted) {
            let why = indicator.doubt.clone().unwrap_or_default();
            notes.say_with(Code::IndicatorDoubtful, work.spot, &indicator.quote, "why", why);
        }
        let section = work.section.and_then(|s| plan.sections.get(s));
        let names = |names: Vec<super::names::Name>| names.into_iter().map(|n| n.text).collect();
        plan.tasks.push(Task {
            no,
            section: section.map_or(0, |s| s.no),
            subsection: section.and_then(|s| s.subsections.get(work.subsection?)).map(|b| b.no),
            short: short::task(&work.text),
            text: work.text,
            leaders: names(roles.leaders),
            lead_units: names(roles.lead),
            responsible: names(roles.responsible),
            due,
            indicators,
            from: None,
            until: None,
        });
    }
    notes.task = None;
    if let Some((no, spot, first)) = open.first() {
        notes.task = Some(*no);
        notes.say_with(Code::NoLeadNamed, *spot, first, "count", open.len().to_string());
        notes.task = None;
    }
    restore_prefixes(&mut plan, notes);
    plan
}

/// The text as figures are read from it: full-width digits and percent signs narrow, half-width stops as sentence
/// ends. One character for one.
fn as_measured(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit =
        |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(c));
    let narrow = |(at, c): (usize, &char)| {
        let between = at > 0 && digit(chars.get(at - 1)) && digit(chars.get(at + 1));
        match c {
            '０'..='９' | '％' | '＋' | '－' => super::text::fold(*c),
            '．' | '.' if between => '.',
            '．' | '.' => '。',
            other => *other,
        }
    };
    chars.iter().enumerate().map(narrow).collect()
}

/// Sections with numbers made unique.
fn sections(headings: &[Heading], notes: &mut Notes) -> Vec<Section> {
    let nos = unique(headings, notes);
    headings
        .iter()
        .zip(nos)
        .map(|(heading, no)| Section {
            no,
            title: heading.title.clone(),
            short: short::section(&heading.title),
            subsections: heading
                .below
                .iter()
                .zip(unique(&heading.below, notes))
                .map(|(sub, no)| Subsection { no, title: sub.title.clone() })
                .collect(),
        })
        .collect()
}

/// The numbers of headings; one used before gets the next free number.
fn unique(headings: &[Heading], notes: &mut Notes) -> Vec<u32> {
    let mut used = BTreeSet::new();
    let printed: BTreeSet<u32> = headings.iter().filter_map(|h| h.number).collect();
    headings
        .iter()
        .map(|heading| {
            let no = heading.number.filter(|n| !used.contains(n)).unwrap_or_else(|| {
                let free =
                    (1..=u32::MAX).find(|n| !used.contains(n) && !printed.contains(n)).unwrap_or(1);
                if heading.number.is_some() {
                    notes.say_with(
                        Code::SectionTwice,
                        heading.spot,
                        &heading.title,
                        "new",
                        free.to_string(),
                    );
                }
                free
            });
            used.insert(no);
            no
        })
        .collect()
}

/// The tasks' numbers: as printed where they are unique, else running through the document.
fn numbers(works: &[Work], notes: &mut Notes) -> Vec<u32> {
    let printed: Vec<Option<u32>> = works.iter().map(|w| w.number).collect();
    let count = u32::try_from(works.len()).unwrap_or(u32::MAX);
    let mut seen = BTreeSet::new();
    let repeated: Vec<usize> =
        (0..works.len()).filter(|n| printed[*n].is_none_or(|no| !seen.insert(no))).collect();
    // One slip of the pen keeps the others' numbers; a list that starts again has no numbers to keep.
    let restarts =
        repeated.iter().any(|n| printed[*n] == Some(1)) || repeated.len() * 10 > works.len();
    if restarts && works.len() > 1 {
        let at = &works[repeated[0]];
        let shown = at.number.map_or_else(|| at.text.chars().take(12).collect(), |n| n.to_string());
        notes.say_with(Code::NumberRestart, at.spot, shown, "count", count.to_string());
        return (1..=count).collect();
    }
    let mut numbers: Vec<u32> = Vec::with_capacity(works.len());
    let mut last = 0;
    for (n, work) in works.iter().enumerate() {
        let no = if let Some(no) = work.number.filter(|_| !repeated.contains(&n)) {
            no
        } else {
            let free = (last + 1..=u32::MAX).find(|no| !seen.contains(no)).unwrap_or(last + 1);
            seen.insert(free);
            let shown = work.number.map_or_else(|| "—".to_owned(), |n| n.to_string());
            notes.say_with(Code::TaskTwice, work.spot, shown, "new", free.to_string());
            free
        };
        if no != last + 1 {
            notes.say_with(
                Code::NumberGap,
                work.spot,
                no.to_string(),
                "expected",
                (last + 1).to_string(),
            );
        }
        last = no;
        numbers.push(no);
    }
    numbers
}

/// Leaders and units named in the headings, by section and subsection.
type Inherited = Vec<(Roles, Vec<Roles>)>;

fn inherited(headings: &[Heading], notes: &mut Notes) -> Inherited {
    let mut of = |heading: &Heading| {
        let mut all = Gathered::default();
        all.merge(gather(&heading.text, &heading.clauses, notes));
        all.roles(false).0
    };
    headings.iter().map(|h| (of(h), h.below.iter().map(&mut of).collect())).collect()
}

/// Gives a task without leaders (or without any unit) those of its headings, the nearest first.
fn inherit(
    roles: &mut Roles,
    from: &Inherited,
    section: usize,
    sub: Option<usize>,
    spot: Spot,
    notes: &mut Notes,
) {
    let Some((outer, inner)) = from.get(section) else { return };
    let inner = sub.and_then(|b| inner.get(b));
    let sources = || inner.into_iter().chain(std::iter::once(outer));
    if roles.leaders.is_empty()
        && let Some(source) = sources().find(|r| !r.leaders.is_empty())
    {
        roles.leaders.clone_from(&source.leaders);
        let names: Vec<&str> = source.leaders.iter().map(|n| n.text.as_str()).collect();
        notes.say(Code::LeaderInherited, spot, names.join("、"));
    }
    if roles.lead.is_empty()
        && let Some(source) = sources().find(|r| !r.lead.is_empty())
    {
        roles.lead.clone_from(&source.lead);
        roles.responsible.retain(|n| !source.lead.iter().any(|l| l.text == n.text));
        roles.open_lead = false;
    }
    if roles.responsible.is_empty()
        && let Some(source) = sources().find(|r| !r.responsible.is_empty())
    {
        roles.responsible.clone_from(&source.responsible);
    }
}

/// 省甲厅、乙厅: puts an omitted prefix back where the plan names the whole unit elsewhere, else proposes it.
fn restore_prefixes(plan: &mut Plan, notes: &mut Notes) {
    let known: BTreeSet<String> = plan
        .tasks
        .iter()
        .flat_map(|t| t.lead_units.iter().chain(&t.responsible))
        .filter(|n| prefix(n).is_some())
        .cloned()
        .collect();
    let mut proposed = BTreeSet::new();
    for task in &mut plan.tasks {
        notes.task = Some(task.no);
        for list in [&mut task.lead_units, &mut task.responsible] {
            let mut last: Option<char> = None;
            for at in 0..list.len() {
                if let Some(own) = prefix(&list[at]) {
                    last = Some(own);
                    continue;
                }
                let Some(place) = last.filter(|_| omits_prefix(&list[at])) else {
                    last = None;
                    continue;
                };
                let full = format!("{place}{}", list[at]);
                let restored = known.contains(&full) && !list.contains(&full);
                if !restored && !proposed.insert(list[at].clone()) {
                    continue;
                }
                let code = if restored { Code::PrefixRestored } else { Code::PrefixProposed };
                notes.say_prefix(code, &list[at], place, &full);
                if restored {
                    list[at] = full;
                }
            }
        }
    }
    notes.task = None;
}

/// Whether a name may have lost its prefix: a unit's name without any word for a place in it.
fn omits_prefix(name: &str) -> bool {
    looks_like_unit(name)
        && name.chars().count() <= 12
        && !name.contains(['省', '市', '区', '县', '镇', '乡', '街', '各', '国', '中', '全'])
        && !name.contains("公司")
        && !name.contains("集团")
        && !name.contains("银行")
        && !name.contains("相关")
        && !name.contains("有关")
}
