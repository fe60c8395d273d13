//! The row of headings and the columns (认栏) of a sheet.

use std::collections::BTreeMap;

use crate::{
    model::normalised,
    sheet::{Cell, CellValue, Sheet},
    template::{ColumnKey, FormSpec},
};

use super::{
    balance::{Desk, Spot, rows},
    headings::{Headings, How},
    meaning::is_measured,
    titles::titles,
};

/// The table on a sheet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Table {
    pub(super) sheet: usize,
    /// Row of the headings, the lower one where they stand in two; none where they are gone.
    pub(super) heading_row: Option<u32>,
    /// First row of the table with its headings: what stands above is the head.
    pub(super) top: u32,
    /// First row that may hold data.
    pub(super) first_row: u32,
    /// Recognised columns.
    pub(super) columns: Vec<(ColumnKey, u32, How)>,
    /// Columns that claim a key another column has better or equal claims to: key and column.
    pub(super) rivals: Vec<(ColumnKey, u32)>,
    /// How many headings were recognised.
    pub(super) score: usize,
}

impl Table {
    /// Where the heading of a column stands: in the lower row of headings, else in the upper.
    pub(super) fn title(&self, desk: &Desk<'_>, column: u32) -> Option<Spot> {
        let spot = |row: u32| Spot { sheet: self.sheet, row, column };
        let low = spot(self.heading_row?);
        Some(if desk.at(low).is_none() && desk.at(spot(self.top)).is_some() {
            spot(self.top)
        } else {
            low
        })
    }

    /// The column of a key.
    pub(super) fn column(&self, key: &ColumnKey) -> Option<u32> {
        self.columns.iter().find(|(k, _, _)| k == key).map(|(_, c, _)| *c)
    }
}

/// Fewest recognised headings that make a row the row of headings: two could be chance.
pub(super) const FEWEST: usize = 3;
/// Rows in which the headings are first looked for; a head is never this tall.
const HEAD_ROWS: u32 = 60;

/// The table of a sheet, if a row of it has the headings of the form.
pub(super) fn find(
    sheet: &Sheet,
    number: usize,
    headings: &Headings,
    spec: &FormSpec,
) -> Option<Table> {
    let rows = rows(sheet);
    let mut best: Option<(usize, u32)> = None;
    for (row, range) in &rows {
        if *row > HEAD_ROWS && best.is_some() {
            break;
        }
        // A row of few cells names few columns: not even its texts are looked at.
        if range.len() < FEWEST {
            continue;
        }
        let score = score(&sheet.cells[range.clone()], headings);
        if score >= FEWEST && best.is_none_or(|(b, _)| score > b) {
            best = Some((score, *row));
        }
        if headings.are_all(score) {
            break;
        }
    }
    let best = best?;
    let (top, heading_row, titles) = titles(sheet, &rows, best, headings);
    let mut claims: Vec<(ColumnKey, u32, How)> = Vec::new();
    let mut unnamed: Vec<(u32, &str)> = Vec::new();
    for title in &titles {
        match title.find(headings) {
            Some((key, how)) => claims.push((key.clone(), title.column, how)),
            None => unnamed.extend(title.texts.last().map(|t| (title.column, t.as_ref()))),
        }
    }
    for (column, text) in unnamed {
        if let Some(key) = headings.by_meaning(text, spec)
            && !claims.iter().any(|(k, _, how)| *k == key && *how < How::Meaning)
        {
            claims.push((key, column, How::Meaning));
        }
    }
    let (columns, rivals) = settled(claims);
    let open = columns.iter().any(|(k, _, _)| k.is_open());
    open.then_some(Table {
        sheet: number,
        heading_row: Some(heading_row),
        top,
        first_row: heading_row + 1,
        columns,
        rivals,
        score: best.0,
    })
}

/// Distinct columns a row names; 0 where they can only be fewer than [`FEWEST`].
pub(super) fn score(cells: &[Cell], headings: &Headings) -> usize {
    let texts = cells.iter().filter_map(|c| match &c.value {
        CellValue::Text(text) if headings.may_name(text) => Some(text),
        _ => None,
    });
    // Fewer are no row of headings, and how many they are does not matter.
    if texts.clone().nth(FEWEST - 1).is_none() {
        return 0;
    }
    let mut keys: Vec<&ColumnKey> =
        texts.filter_map(|t| headings.find(t).map(|(k, _)| k)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

/// Columns and rivals.
type Settled = (Vec<(ColumnKey, u32, How)>, Vec<(ColumnKey, u32)>);

/// One column per key: the best claim, then the leftmost; the others with an equal claim are rivals.
fn settled(claims: Vec<(ColumnKey, u32, How)>) -> Settled {
    let mut columns: Vec<(ColumnKey, u32, How)> = Vec::new();
    let mut rivals = Vec::new();
    for (key, column, how) in claims {
        match columns.iter_mut().find(|(k, _, _)| *k == key) {
            None => columns.push((key, column, how)),
            Some(held) if how < held.2 => *held = (key, column, how),
            Some(held) if how == held.2 => rivals.push((key, column)),
            Some(_) => {}
        }
    }
    // Of two texts the left one will do, of two numbers neither.
    let firm = |key: &ColumnKey, how: How| how != How::Meaning || is_measured(key);
    rivals.retain(|(k, _)| columns.iter().any(|(key, _, how)| key == k && firm(key, *how)));
    (columns, rivals)
}

/// The table of a sheet whose headings are gone: found by the printed texts of the form, read in the order sent.
///
/// `texts` are the printed task texts, normalised. Sound only where every text stands in one column, and the column
/// lies as far from the left of the item numbers as it was sent.
pub(super) fn without_headings(
    sheet: &Sheet,
    number: usize,
    texts: &[String],
    items: &[String],
    spec: &FormSpec,
) -> Option<Table> {
    let text_place = u32::from(spec.place(&ColumnKey::Text)?);
    let item_place = u32::from(spec.place(&ColumnKey::Item)?);
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    let mut numbered: BTreeMap<u32, usize> = BTreeMap::new();
    let mut first_row = None;
    for cell in &sheet.cells {
        let CellValue::Text(text) = &cell.value else { continue };
        if items.contains(text) {
            *numbered.entry(cell.column).or_default() += 1;
        } else if text.chars().count() >= 4 {
            let plain = normalised(text);
            if texts.iter().any(|t| plain.starts_with(t.as_str())) {
                *found.entry(cell.column).or_default() += 1;
                first_row = first_row.or(Some(cell.row));
            }
        }
    }
    let (text_column, hits) = found.into_iter().max_by_key(|(_, n)| *n)?;
    let (item_column, numbers) = numbered.into_iter().max_by_key(|(_, n)| *n)?;
    let offset = text_column.checked_sub(text_place)?;
    if hits == 0 || numbers == 0 || item_column.checked_sub(item_place)? != offset {
        return None;
    }
    let columns = spec
        .columns
        .iter()
        .zip(0u32..)
        .map(|(c, at)| (c.key.clone(), at + offset, How::Order))
        .collect();
    Some(Table {
        sheet: number,
        heading_row: None,
        top: first_row?,
        first_row: first_row?,
        columns,
        rivals: Vec::new(),
        score: hits,
    })
}
