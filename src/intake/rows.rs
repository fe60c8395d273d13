//! Which row is which item (认行): by item number, then text, then order. What a row is in doubt about is withheld.

use std::{cell::OnceCell, collections::BTreeMap, ops::Range};

use crate::{
    diag::Code,
    model::{ItemNo, TaskNo, normalise_text, normalised},
    sheet::CellValue,
    template::{ColumnKey, Form, LabelKey},
};

use super::{
    Expected,
    balance::{Desk, Spot, row_of, rows, shown},
    header::{self, Table},
    items, outside,
    value::is_blank,
};

/// Rows found for a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// Sheet row of each form row; none where it is absent or withheld.
    pub(super) of: Vec<Option<u32>>,
    /// Form rows that are there but withheld, since it is in doubt what they are.
    pub(super) withheld: Vec<bool>,
    /// Rows of 填报人, 联系电话, 审核人.
    pub(super) foot: Vec<u32>,
}

/// A row of the table as it lies on the sheet.
struct Line {
    row: u32,
    /// Form row it stands for.
    item: Option<usize>,
    /// It carries an item number that is not on the form.
    foreign: bool,
    /// Has content in an open column.
    open: bool,
    /// A heading, total or foot row: no item.
    other: bool,
}

/// Printed texts (任务内容) of the rows of a form.
struct Texts<'f> {
    form: &'f Form,
    plain: OnceCell<Vec<String>>,
}

impl Texts<'_> {
    /// All of them, normalised: only where a row does not show its own as it was printed.
    fn plain(&self) -> &[String] {
        self.plain.get_or_init(|| self.form.rows.iter().map(|r| normalise_text(&r.text)).collect())
    }
}

/// Words that name a row of totals.
const TOTALS: [&str; 4] = ["合计", "小计", "总计", "共计"];

/// Longest name of a row of totals: 本页合计, 牵头事项小计.
const TOTAL_CHARS: usize = 8;

/// Matches the rows of a table with the rows of a form.
pub(super) fn find(desk: &mut Desk<'_>, table: &Table, form: &Form, expected: &Expected) -> Rows {
    let texts = Texts { form, plain: OnceCell::new() };
    let by_item: BTreeMap<ItemNo, usize> =
        form.rows.iter().enumerate().map(|(n, r)| (r.item, n)).collect();
    let mut lines = Vec::new();
    let mut foot = Vec::new();
    let sheet = desk.sheet(table.sheet);
    let item_column = table.column(&ColumnKey::Item);
    let renumbered = is_renumbered(desk, table, &by_item);
    for (row, range) in rows(sheet) {
        if row < table.first_row {
            continue;
        }
        let cells = &sheet.cells[range];
        let spot = |column: u32| Spot { sheet: table.sheet, row, column };
        let open = cells.iter().any(|c| {
            table.columns.iter().any(|(k, column, _)| {
                *column == c.column
                    && matches!(k, ColumnKey::Field(_) | ColumnKey::Extra(_))
                    && c.formula.is_none()
            })
        });
        let mut line = Line { row, item: None, foreign: false, open, other: false };
        let item_cell = item_column.and_then(|c| desk.at(spot(c)));
        let judged = item_cell.filter(|_| !renumbered);
        let candidates = judged.map(items::candidates).unwrap_or_default();
        let known: Vec<usize> =
            candidates.items.iter().filter_map(|i| by_item.get(i)).copied().collect();
        let by_text = || text_row(desk, table, row, form, &texts);
        line.item = match known.as_slice() {
            [] => None,
            [one] => Some(*one),
            // A date has several readings: the text decides, else the first.
            many => by_text().filter(|n| many.contains(n)).or(many.first().copied()),
        };
        if let (Some(n), Some(cell)) = (line.item, item_cell) {
            if candidates.from_date || candidates.items.first() != Some(&form.rows[n].item) {
                let found = cell.text();
                let args = vec![("item", form.rows[n].item.to_string())];
                desk.cell(Code::ItemFromDate, spot(cell.column), found, args);
                desk.explained(spot(cell.column));
            } else {
                desk.used(spot(cell.column));
            }
        } else if let Some(n) = by_text() {
            // Before anything else is made of the row: a narrative may well begin with 合计 or 负责人.
            let found = item_cell.map(crate::sheet::Cell::text).unwrap_or_default();
            let column = item_column.unwrap_or(cells[0].column);
            let args = vec![("item", form.rows[n].item.to_string())];
            desk.cell(Code::RowByText, spot(column), found, args);
            desk.explained(spot(column));
            line.item = Some(n);
        } else if header::score(cells, &expected.headings) >= header::FEWEST {
            desk.row(Code::HeadingRepeated, row_range(desk, table.sheet, row), "", vec![]);
            explain_row(desk, table.sheet, row);
            line.other = true;
        } else if is_foot(cells, expected) {
            foot.push(row);
            line.other = true;
        } else if let Some(total) = named(table, cells).find_map(|c| total(&c.value)) {
            desk.row(Code::TotalRow, row_range(desk, table.sheet, row), total, vec![]);
            explain_row(desk, table.sheet, row);
            line.other = true;
        } else {
            line.foreign = !candidates.items.is_empty();
        }
        lines.push(line);
    }
    by_order(desk, table, form, &mut lines);
    let mut found =
        Rows { of: vec![None; form.rows.len()], withheld: vec![false; form.rows.len()], foot };
    settle(desk, table, form, &texts, &mut lines, &mut found);
    unknown(desk, table, &lines, expected);
    found
}

/// Whether the unit counted its rows 1, 2, 3 … over the item numbers: then a number that happens to be an item's
/// says nothing, and rows go by their texts.
fn is_renumbered(desk: &Desk<'_>, table: &Table, by_item: &BTreeMap<ItemNo, usize>) -> bool {
    let Some(column) = table.column(&ColumnKey::Item) else { return false };
    let cells = desk.sheet(table.sheet).cells.iter();
    let typed = cells.filter(|c| c.column == column && c.row >= table.first_row);
    let (mut last, mut foreign) = (0_u32, false);
    for cell in typed {
        // Labels, headings and notes stand in the column too.
        let Ok(number) = normalised(&cell.as_text()).parse::<u32>() else { continue };
        if number != last + 1 {
            return false;
        }
        last = number;
        foreign |= !by_item.contains_key(&ItemNo { task: TaskNo(number), index: 0 });
    }
    last >= FEWEST_COUNTED && foreign
}

/// Rows counted 1, 2, 3 from which on a column of numbers is a count: fewer could be items.
const FEWEST_COUNTED: u32 = 3;

/// Whether a row holds signatures.
fn is_foot(cells: &[crate::sheet::Cell], expected: &Expected) -> bool {
    cells.iter().any(|c| match &c.value {
        CellValue::Text(text) => matches!(expected.label(text), Some((LabelKey::Field(_), _))),
        _ => false,
    })
}

/// Cells that may name a row: those in no column for answers.
fn named<'c>(
    table: &Table,
    cells: &'c [crate::sheet::Cell],
) -> impl Iterator<Item = &'c crate::sheet::Cell> {
    cells.iter().filter(|cell| {
        !table
            .columns
            .iter()
            .any(|(k, column, _)| *column == cell.column && matches!(k, ColumnKey::Field(_)))
    })
}

/// The name of a row of totals.
fn total(value: &CellValue) -> Option<String> {
    let CellValue::Text(text) = value else { return None };
    let plain = normalised(text);
    let plain = plain.trim_end_matches([':', '：', '。']);
    let short = plain.chars().count() <= TOTAL_CHARS;
    let total = TOTALS.iter().any(|t| plain.starts_with(t) || plain.ends_with(t));
    (short && (total || plain == "累计")).then(|| text.clone())
}

/// The form row whose printed text (and indicator) a row shows, if it is exactly one.
fn text_row(
    desk: &Desk<'_>,
    table: &Table,
    row: u32,
    form: &Form,
    texts: &Texts<'_>,
) -> Option<usize> {
    let text = |key: &ColumnKey| {
        let column = table.column(key)?;
        desk.at(Spot { sheet: table.sheet, row, column }).map(|c| normalise_text(&c.as_text()))
    };
    let typed = text(&ColumnKey::Text)?;
    let mut hits: Vec<usize> = texts
        .plain()
        .iter()
        .enumerate()
        .filter(|(_, text)| same_text(&typed, text))
        .map(|(n, _)| n)
        .collect();
    if hits.len() > 1
        && let Some(indicator) = text(&ColumnKey::Indicator)
    {
        hits.retain(|n| {
            form.rows[*n].figure.as_ref().is_some_and(|f| normalised(&f.name) == indicator)
        });
    }
    match hits.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Whether a typed text is the printed one, with or without the small line under it.
fn same_text(typed: &str, printed: &str) -> bool {
    !printed.is_empty()
        && typed.strip_prefix(printed).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with("领导:") || rest.starts_with("牵头:")
        })
}

/// Whether a cell shows a printed text sign by sign, with or without the small line under it: then it is
/// [`same_text`], and nothing need be normalised.
fn as_printed(typed: &str, printed: &str) -> bool {
    !printed.is_empty()
        && typed.strip_prefix(printed).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with("\n领导：") || rest.starts_with("\n牵头：")
        })
}

/// Rows without number and text between recognised rows, where their count fits exactly.
fn by_order(desk: &mut Desk<'_>, table: &Table, form: &Form, lines: &mut [Line]) {
    let known: Vec<(usize, usize)> =
        lines.iter().enumerate().filter_map(|(at, l)| l.item.map(|n| (at, n))).collect();
    let taken: Vec<usize> = known.iter().map(|(_, n)| *n).collect();
    // Lines and items between two known ones, and before the first: places after the one, up to the other.
    let mut gaps: Vec<(Range<usize>, Range<usize>)> =
        known.first().map(|(at, n)| (0..*at, 0..*n)).into_iter().collect();
    gaps.extend(known.windows(2).map(|p| (p[0].0 + 1..p[1].0, p[0].1 + 1..p[1].1)));
    for (places, items) in gaps {
        let between: Vec<usize> =
            places.filter(|at| !lines[*at].other && !lines[*at].foreign).collect();
        let due = items.len();
        let missing: Vec<usize> = items.filter(|n| !taken.contains(n)).collect();
        let fits = between.len() == missing.len() && missing.len() == due;
        if between.is_empty() || !fits || !between.iter().any(|at| lines[*at].open) {
            continue;
        }
        for (at, n) in between.into_iter().zip(missing) {
            lines[at].item = Some(n);
            let column = table.column(&ColumnKey::Item).unwrap_or(0);
            let spot = Spot { sheet: table.sheet, row: lines[at].row, column };
            let found = desk.at(spot).map(crate::sheet::Cell::text).unwrap_or_default();
            let args = vec![("item", form.rows[n].item.to_string())];
            desk.cell(Code::RowByOrder, spot, found, args);
            desk.explained(spot);
        }
    }
}

/// One sheet row per form row; disputes and contradicting repetitions are withheld.
fn settle(
    desk: &mut Desk<'_>,
    table: &Table,
    form: &Form,
    texts: &Texts<'_>,
    lines: &mut [Line],
    found: &mut Rows,
) {
    for line in lines.iter_mut() {
        let Some(n) = line.item else { continue };
        if let Some(other) = disputed_with(desk, table, line.row, n, texts) {
            let other = text_row(desk, table, line.row, form, texts).unwrap_or(other);
            let place = row_range(desk, table.sheet, line.row);
            let args = vec![("other", form.rows[other].item.to_string())];
            desk.row(Code::RowDisputed, place, form.rows[n].item.to_string(), args);
            explain_row(desk, table.sheet, line.row);
            found.withheld[n] = true;
            found.withheld[other] = true;
            (line.item, line.other) = (None, true);
        }
    }
    for n in 0..form.rows.len() {
        let all: Vec<u32> = lines.iter().filter(|l| l.item == Some(n)).map(|l| l.row).collect();
        match all.as_slice() {
            [] => {}
            [one] => found.of[n] = Some(*one),
            many => found.of[n] = repeated(desk, table, form, n, many, found),
        }
    }
}

/// Another task whose text stands in the row of this item.
fn disputed_with(
    desk: &Desk<'_>,
    table: &Table,
    row: u32,
    n: usize,
    texts: &Texts<'_>,
) -> Option<usize> {
    let column = table.column(&ColumnKey::Text)?;
    let cell = desk.at(Spot { sheet: table.sheet, row, column })?;
    let typed = cell.as_text();
    if as_printed(&typed, &texts.form.rows[n].text) {
        return None;
    }
    let (typed, texts) = (normalised(&typed), texts.plain());
    if same_text(&typed, &texts[n]) {
        return None;
    }
    (0..texts.len()).find(|other| texts[*other] != texts[n] && same_text(&typed, &texts[*other]))
}

/// Several rows of one item: the one to take, if they do not contradict each other.
fn repeated(
    desk: &mut Desk<'_>,
    table: &Table,
    form: &Form,
    n: usize,
    many: &[u32],
    found: &mut Rows,
) -> Option<u32> {
    let answers = |row: u32| -> Vec<Option<String>> {
        table
            .columns
            .iter()
            .filter(|(k, _, _)| matches!(k, ColumnKey::Field(f) if form.rows[n].accepts(*f)))
            .map(|(_, column, _)| {
                desk.at(Spot { sheet: table.sheet, row, column: *column })
                    .map(|c| normalise_text(&c.as_text()))
            })
            .collect()
    };
    let said: Vec<(u32, Vec<Option<String>>)> = many.iter().map(|r| (*r, answers(*r))).collect();
    let filled: Vec<&(u32, Vec<Option<String>>)> =
        said.iter().filter(|(_, a)| a.iter().any(Option::is_some)).collect();
    let take = filled.first().map_or(many[0], |(row, _)| *row);
    let alike = filled.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let args = vec![("item", form.rows[n].item.to_string()), ("count", many.len().to_string())];
    let (first, last) = (many[0], many[many.len() - 1]);
    let (at, _) = row_range(desk, table.sheet, first);
    let (_, until) = row_range(desk, table.sheet, last);
    let item = form.rows[n].item.to_string();
    if alike {
        let spare: Vec<u32> = many.iter().copied().filter(|r| *r != take).collect();
        for row in spare {
            let place = row_range(desk, table.sheet, row);
            desk.row(Code::RowsTwiceAlike, place, item.clone(), args.clone());
            explain_row(desk, table.sheet, row);
        }
        return Some(take);
    }
    desk.row(Code::RowsTwice, (at, until), item, args);
    for row in many {
        explain_row(desk, table.sheet, *row);
    }
    found.withheld[n] = true;
    None
}

/// Rows nobody knows: with answers they are withheld and said; without, passed over.
fn unknown(desk: &mut Desk<'_>, table: &Table, lines: &[Line], expected: &Expected) {
    let last = lines.iter().filter(|l| l.item.is_some()).map(|l| l.row).max();
    for line in lines.iter().filter(|l| l.item.is_none() && !l.other) {
        if outside::all_printed(desk.sheet(table.sheet), line.row, expected) {
            continue;
        }
        let place = row_range(desk, table.sheet, line.row);
        let text = |desk: &Desk<'_>, key: &ColumnKey| {
            let column = table.column(key)?;
            let cell = desk.at(Spot { sheet: table.sheet, row: line.row, column })?;
            Some(cell.text()).filter(|t| !is_blank(t))
        };
        let name = text(desk, &ColumnKey::Item).or_else(|| text(desk, &ColumnKey::Text));
        let answers = form_answers(desk, table, line.row);
        let below = last.is_none_or(|last| line.row > last);
        // A remark below the table may lie under any column; inside it, an answer without an item is one lost.
        let meant = answers >= 2 || line.foreign || answers == 1 && !below;
        let code = match () {
            () if answers > 0 && meant => Code::ItemUnknown,
            () if !below || line.foreign => Code::RowExtra,
            // It stands below the table and is named with whatever else lies outside it.
            () => continue,
        };
        let first = || {
            let cells = row_of(desk.sheet(table.sheet), line.row);
            cells.iter().map(shown).find(|t| !is_blank(t))
        };
        let found = name.or_else(first).unwrap_or_default();
        desk.row(code, place, found, vec![]);
        explain_row(desk, table.sheet, line.row);
    }
}

/// Cells with content in columns for answers.
fn form_answers(desk: &Desk<'_>, table: &Table, row: u32) -> usize {
    table
        .columns
        .iter()
        .filter(|(k, column, _)| {
            matches!(k, ColumnKey::Field(_))
                && desk
                    .at(Spot { sheet: table.sheet, row, column: *column })
                    .is_some_and(|c| c.formula.is_none() && !is_blank(&c.as_text()))
        })
        .count()
}

/// First and last cell of a row.
fn row_range(desk: &Desk<'_>, sheet: usize, row: u32) -> (Spot, Spot) {
    let columns = row_of(desk.sheet(sheet), row).iter().map(|c| c.column);
    let (low, high) = columns.fold((u32::MAX, 0), |(a, b), c| (a.min(c), b.max(c)));
    (Spot { sheet, row, column: low.min(high) }, Spot { sheet, row, column: high })
}

/// The whole row is inside a finding.
fn explain_row(desk: &mut Desk<'_>, sheet: usize, row: u32) {
    for cell in row_of(desk.sheet(sheet), row) {
        desk.explained(Spot { sheet, row, column: cell.column });
    }
}
