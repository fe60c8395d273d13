//! Puts the sheets of each kind of workbook together.

use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{
    Report, Written, by_leader, by_section, by_unit, coordination, cross, detail,
    figure::Table,
    history, indicators, laggards, leader_front, leader_ranks, leader_units,
    long::Longs,
    long_sheet, look, overview,
    page::{Page, Xlsx},
    red_black, returns, rows, rules,
    sources::{self, Places},
    trace, unit_front,
    view::{Scope, View},
    wall,
};
use crate::{
    diag::{Error, Result},
    model::{Assignment, UnitId, assignments},
    wording::workbook as words,
};

/// Place of 领导排名 among a leader's sheets: after those of the own tasks.
const RANKS_AT: usize = 7;

/// A sheet to be written.
type Job<'a> = Box<dyn Fn() -> Xlsx<Page> + Sync + Send + 'a>;

/// Writes the office's workbook.
pub(super) fn office(report: &Report, assigned: &[Assignment]) -> Result<Written> {
    let view = View::new(report, Scope::Office, assigned);
    let longs = rows::longs(&view);
    let places = Places::new(&view);
    let jobs: Vec<Job> = vec![
        Box::new(|| overview::write(&view, &longs)),
        Box::new(|| by_leader::write(&view, &longs)),
        Box::new(|| by_unit::write(&view, &longs)),
        Box::new(|| by_section::write(&view, &longs)),
        Box::new(|| wall::write(&view, &longs)),
        Box::new(|| detail::write(&view, &longs, &places)),
        Box::new(|| indicators::write(&view, &longs)),
        Box::new(|| laggards::write(&view)),
        Box::new(|| coordination::write(&view)),
        Box::new(|| returns::write(&view, &longs)),
        Box::new(|| red_black::write(&view)),
        Box::new(|| cross::by_leader(&view, &longs)),
        Box::new(|| cross::by_unit(&view, &longs)),
        Box::new(|| rules::write(&view)),
        Box::new(|| history::write(&view, &longs)),
        Box::new(|| sources::write(&view)),
    ];
    let name = words::office_file(report.period);
    let title = words::short_title(&report.plan.title);
    bind(&view, &longs, &jobs, &name, &title)
}

/// Writes a leader's workbook.
pub(super) fn leader(report: &Report, assigned: &[Assignment], key: &str) -> Result<Written> {
    let row = report.stats.now.leaders.iter().find(|l| l.key == key).ok_or_else(|| {
        Error::Workbook { name: key.to_owned(), cause: words::NO_SUCH_LEADER.to_owned() }
    })?;
    let view = View::new(report, Scope::Leader(row), assigned);
    let longs = rows::longs(&view);
    let places = Places::new(&view);
    let mut jobs: Vec<Job> = vec![
        Box::new(|| leader_front::write(&view, &longs, row)),
        Box::new(|| coordination::write(&view)),
        Box::new(|| laggards::write(&view)),
        Box::new(|| detail::write(&view, &longs, &places)),
        Box::new(|| indicators::write(&view, &longs)),
        Box::new(|| leader_units::write(&view, &longs)),
        Box::new(|| by_section::write(&view, &longs)),
        Box::new(|| rules::write(&view)),
        Box::new(|| history::write(&view, &longs)),
        Box::new(|| sources::write(&view)),
    ];
    if report.settings.ranking.leaders_see_ranking {
        let colleagues: Job = Box::new(|| leader_ranks::write(&view, &longs, row));
        jobs.insert(RANKS_AT, colleagues);
    }
    let name = words::leader_file(&row.name, report.period);
    bind(&view, &longs, &jobs, &name, &row.name)
}

/// Writes a unit's workbook.
pub(super) fn unit(report: &Report, assigned: &[Assignment], id: &UnitId) -> Result<Written> {
    let row = report.stats.now.units.iter().find(|u| u.key == id.0).ok_or_else(|| {
        Error::Workbook { name: id.0.clone(), cause: words::NO_SUCH_UNIT.to_owned() }
    })?;
    let view = View::new(report, Scope::Unit(row), assigned);
    let longs = rows::longs(&view);
    let jobs: Vec<Job> = vec![
        Box::new(|| unit_front::write(&view, &longs, row)),
        Box::new(|| indicators::write(&view, &longs)),
        Box::new(|| rules::write(&view)),
        Box::new(|| history::write(&view, &longs)),
        Box::new(|| sources::write(&view)),
    ];
    let name = words::unit_file(&row.name, report.period);
    bind(&view, &longs, &jobs, &name, &row.name)
}

/// Writes all workbooks of a period.
pub(super) fn all(report: &Report) -> Result<Vec<Written>> {
    let assigned = assignments(&report.plan, report.period);
    let leaders = &report.stats.now.leaders;
    let (first, rest) = rayon::join(
        || office(report, &assigned),
        || {
            leaders
                .par_iter()
                .map(|l| leader(report, &assigned, &l.key))
                .collect::<Result<Vec<_>>>()
        },
    );
    Ok(told_apart(std::iter::once(first?).chain(rest?).collect()))
}

/// Names that differ in more than upper and lower case.
pub(super) fn told_apart(books: Vec<Written>) -> Vec<Written> {
    let count = books.len();
    let mut apart: Vec<Written> = Vec::with_capacity(count);
    for (name, bytes) in books {
        let taken = |name: &str| apart.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
        let name = match name.strip_suffix(".xlsx") {
            Some(stem) if taken(&name) => (2..=count + 1)
                .map(|n| format!("{stem}_{n}.xlsx"))
                .find(|name| !taken(name))
                .unwrap_or(name),
            _ => name,
        };
        apart.push((name, bytes));
    }
    apart
}

/// Binds the sheets, the long sheets and the explanations into one file.
fn bind(view: &View, longs: &Longs, jobs: &[Job], name: &str, title: &str) -> Result<Written> {
    let failed =
        |cause: XlsxError| Error::Workbook { name: name.to_owned(), cause: cause.to_string() };
    let pages: Vec<Page> =
        jobs.par_iter().map(|job| job()?.painted()).collect::<Xlsx<Vec<Page>>>().map_err(failed)?;
    let needed = |table: Table| long_sheet::needed(view, table);
    let long_pages: Vec<Page> = longs
        .all()
        .par_iter()
        .filter(|l| needed(l.table))
        .map(|l| long_sheet::write(view, l)?.painted())
        .collect::<Xlsx<Vec<Page>>>()
        .map_err(failed)?;
    let mut book = crate::sheet::style::book();
    book.set_default_format(&look::normal(), look::NORMAL_ROW, look::NORMAL_COLUMN)
        .map_err(failed)?;
    properties(&mut book, view, title).map_err(failed)?;
    let mut traces = Vec::new();
    for mut page in pages.into_iter().chain(long_pages) {
        traces.append(&mut page.traces);
        book.push_worksheet(page.ws);
    }
    for long in longs.all().iter().filter(|l| needed(l.table)) {
        long_sheet::define(&mut book, long).map_err(failed)?;
    }
    trace::write(&mut book, &traces).map_err(failed)?;
    let bytes = book.save_to_buffer().map_err(failed)?;
    Ok((name.to_owned(), bytes))
}

/// Document properties; the creation date comes from the report, so that the same report gives the same bytes.
fn properties(book: &mut Workbook, view: &View, title: &str) -> Xlsx {
    let report = view.report;
    let date = report.period.last_day();
    let (year, month, day) = (
        u16::try_from(date.year()).unwrap_or(1990),
        u8::try_from(date.month()).unwrap_or(1),
        u8::try_from(date.day()).unwrap_or(1),
    );
    let properties = DocProperties::new()
        .set_title(format!("{title} {}", report.period.zh()))
        .set_author(report.settings.office.name.as_str())
        .set_comment(if report.simulated { words::SIMULATED } else { "" })
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
    book.set_properties(&properties);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one_to_a_file_system_get_numbers() {
        let named = |name: &str| (name.to_owned(), Vec::new());
        let books = ["甲.xlsx", "a.xlsx", "A.xlsx", "甲.xlsx", "甲_2.xlsx"].map(named);
        let names: Vec<String> = told_apart(books.into()).into_iter().map(|b| b.0).collect();
        assert_eq!(names, ["甲.xlsx", "a.xlsx", "A_2.xlsx", "甲_2.xlsx", "甲_2_2.xlsx"]);
    }
}
