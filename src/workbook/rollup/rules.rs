//! 统计口径: how offices were put together, which ones, and what could not be counted.

use super::{
    super::{
        list, look,
        page::{Page, Xlsx},
    },
    rows::Tree,
};
use crate::{settings::Settings, stats, wording::rollup as words};

const WIDTHS: [u32; 2] = [180, 852];

/// Definitions that no office's settings change.
const KEYS: [&str; 4] = ["completion", "on_schedule", "mean_progress", "returns"];

/// Writes the sheet.
pub(super) fn write(tree: &Tree, left_out: &[(String, String)], program: &str) -> Xlsx<Page> {
    let mut page = Page::new(words::RULES, &WIDTHS)?;
    page.title(&super::title(tree, words::RULES), "", "", 18.0)?;
    let line = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut rules = vec![
        line(words::PERIOD, &tree.rollup.period.zh()),
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
    let counted: Vec<(String, String)> = tree
        .entries
        .iter()
        .filter(|e| e.row.rows.is_empty())
        .map(|e| {
            let row = e.row;
            (row.name.clone(), words::counted(&row.key, row.units, row.tasks, row.simulated))
        })
        .collect();
    let missing: Vec<(String, String)> = if left_out.is_empty() {
        vec![line(words::LEFT_OUT, words::NONE_LEFT_OUT)]
    } else {
        left_out.to_vec()
    };
    let mut row = 2;
    for (title, lines) in words::PARTS.into_iter().zip([rules, counted, missing]) {
        page.height(row, 26)?;
        let format = look::rule_above(look::thin_below(look::hei(11.0)));
        page.merge((row, 0, row, 1), title, &format)?;
        row += 1;
        for (name, text) in lines {
            list::fit(&mut page, row, &[(0, &name), (1, &text)])?;
            page.text(row, 0, &name, &look::hairline(look::hei(list::SIZE).set_text_wrap()))?;
            page.text(row, 1, &text, &list::text())?;
            row += 1;
        }
    }
    list::close(&mut page, row)?;
    super::print(&mut page, tree, row, None)?;
    Ok(page)
}
