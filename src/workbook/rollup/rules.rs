//! 统计口径: how offices were put together, which ones, and what could not be counted.

use super::{
    super::{
        page::{Page, Xlsx},
        rules::{Lines, WIDTHS, line, parts},
    },
    rows::Tree,
};
use crate::{settings::Settings, stats, wording::rollup as words};

/// Definitions that no office's settings change.
const KEYS: [&str; 4] = ["completion", "on_schedule", "mean_progress", "returns"];

/// Writes the sheet.
pub(super) fn write(tree: &Tree, left_out: &[(String, String)], program: &str) -> Xlsx<Page> {
    let mut page = Page::new(words::RULES, &WIDTHS)?;
    page.title(&super::title(tree, words::RULES), "", "", 18.0)?;
    let mut rules = vec![
        line(words::PERIOD, tree.rollup.period.zh()),
        line(words::HOW, words::RULE),
        line(words::SETTINGS, words::OWN_SETTINGS),
    ];
    rules.extend(
        stats::definitions(&Settings::default())
            .into_iter()
            .filter(|d| KEYS.contains(&d.key))
            .map(|d| (d.zh_name.to_owned(), format!("{}\n{}", d.zh, d.formula).trim().to_owned())),
    );
    rules.push(line(words::PROGRAM, program));
    if tree.rollup.total.simulated {
        rules.push(line(words::NATURE, words::SIMULATED));
    }
    let counted: Lines = tree
        .entries
        .iter()
        .filter(|e| e.row.rows.is_empty())
        .map(|e| {
            let row = e.row;
            (row.name.clone(), words::counted(&row.key, row.units, row.tasks, row.simulated))
        })
        .collect();
    let missing: Lines = if left_out.is_empty() {
        vec![line(words::LEFT_OUT, words::NONE_LEFT_OUT)]
    } else {
        left_out.to_vec()
    };
    let row = parts(&mut page, words::PARTS.into_iter().zip([rules, counted, missing]))?;
    super::print(&mut page, tree, row, None)?;
    Ok(page)
}
