//! Titles of columns (栏目标题): in one row of headings, or in two.

use std::{borrow::Cow, collections::BTreeSet, ops::Range};

use crate::{
    sheet::{Cell, CellValue, Sheet},
    template::ColumnKey,
};

use super::{
    headings::{Headings, How},
    meaning::speaks_of_another,
};

/// The title of a column: what it may be called, the likeliest first.
pub(super) struct Title<'s> {
    /// The column.
    pub(super) column: u32,
    /// Texts, the likeliest first.
    pub(super) texts: Vec<Cow<'s, str>>,
}

impl Title<'_> {
    /// The key its texts name, and how.
    pub(super) fn find<'h>(&self, headings: &'h Headings) -> Option<(&'h ColumnKey, How)> {
        self.texts.iter().find_map(|t| headings.find(t))
    }
}

/// Titles of the columns from the best row of headings (how many columns it names, and its number), or from it and
/// a neighbour where headings stand in two rows: a heading broken over both, or a common one (完成情况) above
/// several. Gives top row, lowest row, titles.
pub(super) fn titles<'s>(
    sheet: &'s Sheet,
    rows: &[(u32, Range<usize>)],
    (named, best): (usize, u32),
    headings: &Headings,
) -> (u32, u32, Vec<Title<'s>>) {
    let cells = |row: u32| -> &'s [Cell] {
        rows.iter().find(|(r, _)| *r == row).map_or(&[], |(_, range)| &sheet.cells[range.clone()])
    };
    let single: Vec<Title<'s>> = cells(best)
        .iter()
        .filter_map(|c| match &c.value {
            CellValue::Text(text) => Some(Title { column: c.column, texts: vec![text.into()] }),
            _ => None,
        })
        .collect();
    if headings.are_all(named) {
        return (best, best, single);
    }
    let known = keys(&single, headings);
    let above = best.checked_sub(1).map(|above| (above, best));
    for (upper, lower) in [Some((best, best + 1)), above].into_iter().flatten() {
        let both = in_two_rows(cells(upper), cells(lower), upper, &sheet.merged);
        let more = keys(&both, headings);
        if more.len() > known.len() && known.iter().all(|key| more.contains(key)) {
            return (upper, lower, both);
        }
    }
    (best, best, single)
}

/// The columns that titles name, each once.
fn keys<'h>(titles: &[Title<'_>], headings: &'h Headings) -> Vec<&'h ColumnKey> {
    let mut keys: Vec<&ColumnKey> =
        titles.iter().filter_map(|t| t.find(headings)).map(|(k, _)| k).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Titles that stand in two rows; none if the lower one holds anything but text, as a row of answers does.
fn in_two_rows<'s>(
    upper: &'s [Cell],
    lower: &'s [Cell],
    upper_row: u32,
    merged: &[(u32, u32, u32, u32)],
) -> Vec<Title<'s>> {
    if lower.is_empty() || lower.iter().any(|c| text(c).is_none()) {
        return Vec::new();
    }
    let own = |cells: &'s [Cell], column: u32| -> Option<&'s str> {
        cells.iter().find(|c| c.column == column).and_then(text)
    };
    // The common heading above a column: its own cell's, or that of the merged range it is in.
    let group = |column: u32| {
        own(upper, column).or_else(|| {
            let (_, from, _, _) = merged.iter().find(|(r1, c1, r2, c2)| {
                (*r1..=*r2).contains(&upper_row) && (*c1..=*c2).contains(&column)
            })?;
            own(upper, *from)
        })
    };
    let columns: BTreeSet<u32> = upper.iter().chain(lower).map(|c| c.column).collect();
    columns
        .into_iter()
        .filter_map(|column| {
            let texts = match (group(column), own(lower, column)) {
                (Some(group), Some(name)) => {
                    let whole = Cow::Owned(format!("{group}{name}"));
                    // 去年同期 above 累计 is not this year's.
                    if speaks_of_another(group) { vec![whole] } else { vec![whole, name.into()] }
                }
                (None, Some(name)) => vec![name.into()],
                (_, None) => vec![own(upper, column)?.into()],
            };
            Some(Title { column, texts })
        })
        .collect()
}

/// The text of a cell that holds nothing else.
fn text(cell: &Cell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) if cell.formula.is_none() => Some(text),
        _ => None,
    }
}
