//! Every figure of every sheet that people read explains itself from its workbook alone.

use std::collections::BTreeMap;

use duban::{
    sheet::{self, Book, CellValue, cell_name},
    workbook::{self, explain_cell},
};

use super::{
    made::{Invented, report, sample_plan},
    odd,
};

/// Statistics whose figure is the number of rows counted.
const COUNTS: [&str; 16] = [
    "tasks",
    "on_schedule.done",
    "completion.done",
    "light",
    "class",
    "sole",
    "shared",
    "collective",
    "lead_first",
    "lead_other",
    "named",
    "group",
    "leaders",
    "lead_units",
    "cross",
    "items",
];

/// Asks for the formula cells of the sheets that people read: the first two of every column, and every `step`-th;
/// gives how many were asked.
fn explained(name: &str, bytes: &[u8], step: usize) -> usize {
    let book: Book = sheet::read(bytes, name).expect("readable");
    let mut asked = 0;
    let mut seen = 0_usize;
    let mut columns: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    let shown = book.sheets.iter().filter(|s| !s.name.starts_with(['长', '_']));
    for sheet in shown {
        for cell in sheet.cells.iter().filter(|c| c.formula.is_some()) {
            let known = columns.entry((&sheet.name, cell.column)).or_default();
            (*known, seen) = (*known + 1, seen + 1);
            if *known > 2 && !seen.is_multiple_of(step) {
                continue;
            }
            let at = format!("{}!{}", sheet.name, cell_name(cell.row, cell.column));
            let said = explain_cell(&book, &at);
            let said = said.unwrap_or_else(|| panic!("{name} {at} does not explain itself"));
            assert!(!said.rule.is_empty() && said.rule != "见“统计口径”表。", "{name} {at}");
            if said.task.is_none() {
                assert!(said.table.is_some(), "{name} {at} names no long sheet");
            }
            // Where the figure is a count, as many rows are named as it says.
            if let CellValue::Number(value) = &cell.value
                && COUNTS.contains(&said.statistic.as_str())
                && said.column.is_none()
            {
                let rows = said.numerator.len();
                assert!(
                    (*value - f64::from(u32::try_from(rows).expect("few"))).abs() < 1e-9,
                    "{name} {at} says {value}, its trace names {rows} rows of {:?}",
                    said.statistic
                );
            }
            asked += 1;
        }
    }
    asked
}

#[test]
fn every_figure_of_every_workbook_explains_itself() {
    let plan = sample_plan();
    let invented = Invented { months_before: 3, returns: true, seed: 11 };
    let mut report = report(&plan, "2024-04", &invented);
    report.settings.ranking.leaders_see_ranking = true;
    let (name, bytes) = workbook::office(&report).expect("a workbook");
    assert!(explained(&name, &bytes, 97) > 200);
    let leader = &report.stats.now.leaders[1].key;
    let (name, bytes) = workbook::leader(&report, leader).expect("a workbook");
    assert!(explained(&name, &bytes, 11) > 100);
    let unit = report.plan.registry.units[0].id.clone();
    let (name, bytes) = workbook::unit(&report, &unit).expect("a workbook");
    assert!(explained(&name, &bytes, 3) > 20);
}

#[test]
fn so_do_those_of_odd_plans() {
    let silent = Invented { months_before: 0, returns: false, seed: 1 };
    for plan in [odd::one(), odd::small()] {
        for (name, bytes) in workbook::all(&report(&plan, "2024-02", &silent)).expect("workbooks") {
            assert!(explained(&name, &bytes, 1) > 0);
        }
    }
}

/// Trends stand from the fourth period on: with three months there is no such column.
#[test]
fn a_trend_needs_four_periods() {
    let plan = sample_plan();
    let heads = |before: u32, period: &str| -> Vec<String> {
        let invented = Invented { months_before: before, returns: true, seed: 11 };
        let (name, bytes) = workbook::office(&report(&plan, period, &invented)).expect("written");
        let book = sheet::read(&bytes, &name).expect("readable");
        ["按领导", "按单位"]
            .into_iter()
            .filter_map(|wanted| book.sheets.iter().find(|s| s.name == wanted))
            .filter(|s| s.cells.iter().any(|c| c.row == 2 && c.text() == "走势"))
            .map(|s| s.name.clone())
            .collect()
    };
    assert_eq!(heads(2, "2024-03"), Vec::<String>::new());
    assert_eq!(heads(3, "2024-04"), ["按领导", "按单位"]);
}

/// Leaders see no colleague unless the office's settings say so.
#[test]
fn colleagues_are_ranked_only_where_settings_allow() {
    let invented = Invented { months_before: 1, returns: true, seed: 3 };
    let mut report = report(&odd::small(), "2024-03", &invented);
    let own = report.stats.now.leaders[0].key.clone();
    let other = report.stats.now.leaders[1].name.clone();
    for allowed in [false, true] {
        report.settings.ranking.leaders_see_ranking = allowed;
        let (name, bytes) = workbook::leader(&report, &own).expect("written");
        let book = sheet::read(&bytes, &name).expect("readable");
        let ranks = book.sheets.iter().find(|s| s.name == "领导排名");
        let named = |s: &duban::sheet::Sheet| s.cells.iter().any(|c| c.text() == other);
        assert_eq!(ranks.is_some_and(named), allowed);
    }
}
