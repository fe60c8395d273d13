//! Reads plan.xlsx back to a plan: every sheet that is there, every row that can be understood.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::{
    layout::{SheetKey, doubt, indicator, section, task},
    places::{Places, TablePlace},
    read_amendments::amendments,
    read_registry::registry,
    reader::{Bad, Reader},
    table::{Table, other_sheets},
    value,
};
use crate::{
    diag::{Checked, Code, Diagnostic, Error, Place, Result},
    model::{
        Comparator, Doubt, Frequency, Indicator, IndicatorKind, ItemNo, Plan, Section, Subsection,
        Task, TaskNo, normalise_name, normalise_text,
    },
    plan::check::check_at,
    sheet::{Book, Sheet},
    wording::book as words,
};

/// Characters of a task's short title.
pub(in crate::plan) const TASK_SHORT: usize = 20;
/// Characters of a section's or unit's short name.
pub(in crate::plan) const NAME_SHORT: usize = 10;

/// Reads a plan workbook (责任台账) back to the [`Plan`] it holds.
///
/// What [`super::write_workbook`] wrote gives the same plan; after edits, every sheet, row and cell that can be
/// understood is read and the rest is named with sheet, cell and advice. The findings include those of
/// [`crate::plan::check`], placed where the rows stand in this file.
///
/// # Errors
/// [`Error::Document`] if the file cannot be opened or holds none of the sheets.
pub fn read_workbook(bytes: &[u8], file: &str) -> Result<Checked<Plan>> {
    let book = crate::sheet::read(bytes, file)
        .map_err(|finding| Error::Document { file: file.to_owned(), findings: vec![finding] })?;
    read_book(&book, file)
}

/// The same from a workbook that is already open (xls is opened by a worker process).
///
/// # Errors
/// [`Error::Document`] if the workbook holds none of the sheets.
pub fn read_book(book: &Book, file: &str) -> Result<Checked<Plan>> {
    let mut reader = Reader { file, year: 0, findings: Vec::new() };
    let mut plan = Plan::default();
    overview(book, &mut plan, &mut reader);
    let mut tables: BTreeMap<SheetKey, Table> = BTreeMap::new();
    for key in SheetKey::ALL {
        if let Some(table) = Table::find(book, key, file, &mut reader.findings) {
            tables.insert(key, table);
        }
    }
    if tables.is_empty() {
        return Err(Error::Document { file: file.to_owned(), findings: reader.findings });
    }
    other_sheets(book, file, &mut reader.findings);
    let mut stands: BTreeMap<SheetKey, TablePlace> = BTreeMap::new();
    plan.registry = registry(&tables, &mut reader, &mut stands);
    let names = plan.registry.clone();
    let known_units = Known::units(&names);
    let known_leaders = Known::leaders(&names);
    if let Some(table) = tables.get(&SheetKey::Sections) {
        let rows = sections(table, &mut plan, &mut reader);
        stands.insert(SheetKey::Sections, table.stands(rows));
    }
    if let Some(table) = tables.get(&SheetKey::Tasks) {
        let rows = tasks(table, &mut plan, &mut reader, &known_units, &known_leaders);
        stands.insert(SheetKey::Tasks, table.stands(rows));
        if plan.tasks.is_empty() {
            let place = Place::Sheet { file: file.to_owned(), sheet: table.sheet.name.clone() };
            reader.findings.push(Diagnostic::new(Code::PlanEmpty, place, file));
        }
    }
    if let Some(table) = tables.get(&SheetKey::Indicators) {
        let rows = indicators(table, &mut plan, &mut reader);
        stands.insert(SheetKey::Indicators, table.stands(rows));
    }
    if let Some(table) = tables.get(&SheetKey::Amendments) {
        let rows = amendments(table, &mut plan, &mut reader, &known_units, &known_leaders);
        stands.insert(SheetKey::Amendments, table.stands(rows));
    }
    if let Some(table) = tables.get(&SheetKey::Doubts) {
        let rows = doubts(table, &mut plan, &mut reader);
        stands.insert(SheetKey::Doubts, table.stands(rows));
    }
    let places = Places { file: file.to_owned(), tables: stands };
    let mut findings = reader.findings;
    findings.extend(check_at(&plan, &places));
    Ok(Checked { value: plan, findings })
}

/// Names the registry knows, normalised, so that lists in cells are taken apart rightly.
#[derive(Debug)]
pub(super) struct Known {
    names: HashSet<String>,
    /// Bytes of the longest: whole lists are asked for too, and are told by their length.
    longest: usize,
}

impl Known {
    /// Units, groups and all other names of units.
    pub(super) fn units(names: &crate::model::Registry) -> Self {
        let units = names.units.iter().map(|u| u.name.as_str());
        let groups = names.groups.iter().map(|g| g.name.as_str());
        let aliases = names.aliases.iter().map(|a| a.name.as_str());
        Self::of(units.chain(groups).chain(aliases))
    }

    /// Leaders.
    pub(super) fn leaders(names: &crate::model::Registry) -> Self {
        Self::of(names.leaders.iter().map(|l| l.name.as_str()))
    }

    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: HashSet<String> = names.map(normalise_name).collect();
        let longest = names.iter().map(String::len).max().unwrap_or(0);
        Self { names, longest }
    }

    /// Whether a normalised name is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        name.len() <= self.longest && self.names.contains(name)
    }
}

/// Title, document number and year from the first sheet, by their labels.
fn overview(book: &Book, plan: &mut Plan, reader: &mut Reader) {
    let Some(sheet) = book.sheets.iter().find(|s| normalise_text(&s.name) == words::OVERVIEW)
    else {
        reader.say_file(Code::SheetMissing, words::OVERVIEW);
        return;
    };
    plan.title = labelled(sheet, words::TITLE).map(|(_, t)| t).unwrap_or_default();
    plan.doc_no = labelled(sheet, words::DOC_NO).map(|(_, t)| t).unwrap_or_default();
    if let Some((at, typed)) = labelled(sheet, words::YEAR) {
        let year = value::count(typed.trim_end_matches('年'))
            .and_then(|y| i16::try_from(y).ok())
            .filter(|y| (1..=9999).contains(y));
        if let Some(year) = year {
            plan.year = year;
        } else {
            let place = Place::Cell {
                file: reader.file.to_owned(),
                sheet: sheet.name.clone(),
                cell: crate::sheet::cell_name(at.0, at.1),
            };
            let finding = Diagnostic::new(Code::NumberBad, place, typed);
            reader.findings.push(finding.with("column", words::YEAR));
        }
    }
    reader.year = plan.year;
}

/// The first filled cell right of a label, with its place.
fn labelled(sheet: &Sheet, label: &str) -> Option<((u32, u32), String)> {
    let at = sheet.cells.iter().find(|c| normalise_text(&c.text()) == label)?;
    let value = sheet
        .cells
        .iter()
        .find(|c| c.row == at.row && c.column > at.column && !c.text().trim().is_empty())?;
    Some(((value.row, value.column), value.text().trim().to_owned()))
}

/// Sections and subsections, in the order of the rows.
fn sections(table: &Table, plan: &mut Plan, reader: &mut Reader) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut seen: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for &row in &table.rows {
        let (no, sub) =
            (reader.count(table, row, section::NO), reader.count(table, row, section::SUBSECTION));
        let (Ok(no), Ok(sub)) = (no, sub) else { continue };
        let Some(no) = no else {
            reader.blank((table, row, section::NO), "");
            continue;
        };
        if let Some(first) = seen.insert((no, sub.unwrap_or(0)), row) {
            let found = sub.map_or(no.to_string(), |s| format!("{no}-{s}"));
            let column = if sub.is_some() { section::SUBSECTION } else { section::NO };
            reader.twice((table, row, column), &found, first);
            continue;
        }
        let title = reader.text(table, row, section::TITLE);
        if title.is_empty() {
            reader.blank((table, row, section::TITLE), "");
        }
        if let Some(sub) = sub {
            if let Some(parent) = plan.sections.iter_mut().find(|s| s.no == no) {
                parent.subsections.push(Subsection { no: sub, title });
            } else {
                reader.say(Code::SectionUnknown, (table, row, section::NO), &no.to_string());
                reader.with("task", "—");
            }
            continue;
        }
        let short = short(reader, (table, row, section::SHORT), NAME_SHORT);
        plan.sections.push(Section { no, title, short, subsections: Vec::new() });
        rows.push(row);
    }
    rows
}

/// A short name, with a finding if it is longer than `limit`.
pub(super) fn short(reader: &mut Reader, at: (&Table, u32, usize), limit: usize) -> String {
    let short = reader.text(at.0, at.1, at.2);
    if short.chars().count() > limit {
        reader.say(Code::ShortTooLong, at, &short);
        reader.with("limit", limit.to_string());
    }
    short
}

/// Tasks, in the order of the rows.
fn tasks(
    table: &Table,
    plan: &mut Plan,
    reader: &mut Reader,
    units: &Known,
    leaders: &Known,
) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    let end_of_year = Date::new(plan.year, 12, 31).unwrap_or(Date::ZERO);
    for &row in &table.rows {
        let no = match reader.count(table, row, task::NO) {
            Ok(Some(no)) if no > 0 => no,
            Ok(Some(_)) => {
                reader.say(Code::NumberBad, (table, row, task::NO), "0");
                continue;
            }
            Ok(None) => {
                reader.blank((table, row, task::NO), "");
                continue;
            }
            Err(Bad) => continue,
        };
        if let Some(first) = seen.get(&no) {
            reader.twice((table, row, task::NO), &no.to_string(), *first);
            continue;
        }
        seen.insert(no, row);
        let text = reader.text(table, row, task::TEXT);
        if text.is_empty() {
            reader.blank((table, row, task::TEXT), "");
            continue;
        }
        let period = |reader: &mut Reader, column| reader.period(table, row, column).ok().flatten();
        let task = Task {
            no: TaskNo(no),
            section: reader.count(table, row, task::SECTION).ok().flatten().unwrap_or(0),
            subsection: reader.count(table, row, task::SUBSECTION).ok().flatten(),
            text,
            short: short(reader, (table, row, task::SHORT), TASK_SHORT),
            leaders: reader.names(table, row, task::LEADERS, &|n| leaders.has(n)),
            lead_units: reader.names(table, row, task::LEAD_UNITS, &|n| units.has(n)),
            responsible: reader.names(table, row, task::RESPONSIBLE, &|n| units.has(n)),
            due: reader.date(table, row, task::DUE).ok().flatten().unwrap_or(end_of_year),
            indicators: Vec::new(),
            from: period(reader, task::FROM),
            until: period(reader, task::UNTIL),
        };
        plan.tasks.push(task);
        rows.push(row);
    }
    rows
}

/// Indicators into their tasks; gives the rows in the order of the plan.
fn indicators(table: &Table, plan: &mut Plan, reader: &mut Reader) -> Vec<u32> {
    let mut seen: BTreeMap<ItemNo, u32> = BTreeMap::new();
    let tasks: HashMap<TaskNo, usize> =
        plan.tasks.iter().enumerate().map(|(at, t)| (t.no, at)).collect();
    for &row in &table.rows {
        let item = match reader.item(table, row, indicator::ITEM) {
            Ok(Some(item)) => item,
            Ok(None) => {
                reader.blank((table, row, indicator::ITEM), "");
                continue;
            }
            Err(Bad) => continue,
        };
        if let Some(first) = seen.get(&item) {
            reader.twice((table, row, indicator::ITEM), &item.to_string(), *first);
            continue;
        }
        let Some(&at) = tasks.get(&item.task) else {
            // Without any task each indicator would be said for one cause.
            if !plan.tasks.is_empty() {
                reader.say(Code::TaskUnknown, (table, row, indicator::ITEM), &item.to_string());
            }
            continue;
        };
        if let Some(read) = one_indicator(table, row, item, reader) {
            seen.insert(item, row);
            plan.tasks[at].indicators.push(read);
        }
    }
    plan.tasks
        .iter()
        .flat_map(|t| &t.indicators)
        .filter_map(|i| seen.get(&i.item).copied())
        .collect()
}

/// One indicator; none if something it cannot do without is missing.
fn one_indicator(table: &Table, row: u32, item: ItemNo, reader: &mut Reader) -> Option<Indicator> {
    let unit = reader.text(table, row, indicator::UNIT);
    let unit = if normalise_text(&unit) == "%" { "%".to_owned() } else { unit };
    let target = match reader.number((table, row, indicator::TARGET), &unit) {
        Ok(Some(target)) => Some(target),
        Ok(None) => {
            reader.blank((table, row, indicator::TARGET), "");
            None
        }
        Err(Bad) => None,
    };
    let name = reader.text(table, row, indicator::NAME);
    if name.is_empty() {
        reader.blank((table, row, indicator::NAME), "");
    }
    let comparator = reader.choice((table, row, indicator::COMPARATOR), &words::COMPARATORS);
    let kind = reader.choice((table, row, indicator::KIND), &words::KINDS);
    let base = reader.number((table, row, indicator::BASE), &unit).ok().flatten();
    let source = reader.name(table, row, indicator::SOURCE);
    let frequency = reader.choice((table, row, indicator::FREQUENCY), &words::FREQUENCIES);
    let schedule = reader.curve(table, row, indicator::SCHEDULE).ok().flatten();
    let adopted = reader.yes_no((table, row, indicator::ADOPTED), true);
    let doubt = reader.text(table, row, indicator::DOUBT);
    let quote = reader.text(table, row, indicator::QUOTE);
    let comparators =
        [Comparator::AtLeast, Comparator::Equal, Comparator::AtMost, Comparator::About];
    let kinds = [
        IndicatorKind::Cumulative,
        IndicatorKind::Growth,
        IndicatorKind::Level,
        IndicatorKind::Ceiling,
    ];
    let frequencies =
        [Frequency::Monthly, Frequency::Quarterly, Frequency::HalfYearly, Frequency::Yearly];
    // A wrong comparator or kind would judge the figure wrongly: the row waits until it is mended.
    Some(Indicator {
        item,
        name: Some(name).filter(|n| !n.is_empty())?,
        comparator: comparators[comparator.ok()?.unwrap_or(1)],
        target: target?,
        unit,
        kind: kinds[kind.ok()?.unwrap_or(0)],
        base,
        source_unit: Some(source).filter(|s| !s.is_empty()),
        frequency: frequencies[frequency.unwrap_or(None).unwrap_or(0)],
        schedule,
        quote,
        adopted,
        doubt: Some(doubt).filter(|d| !d.is_empty()),
    })
}

/// What the importer was unsure of.
fn doubts(table: &Table, plan: &mut Plan, reader: &mut Reader) -> Vec<u32> {
    for &row in &table.rows {
        let task = reader.count(table, row, doubt::TASK).ok().flatten();
        plan.doubts.push(Doubt {
            code: reader.text(table, row, doubt::CODE),
            line: reader.count(table, row, doubt::LINE).ok().flatten(),
            task: task.filter(|t| *t > 0).map(TaskNo),
            quote: reader.text(table, row, doubt::QUOTE),
            note: reader.text(table, row, doubt::NOTE),
            target: reader.text(table, row, doubt::TARGET),
            settled: reader.yes_no((table, row, doubt::SETTLED), false),
        });
    }
    table.rows.clone()
}
