//! The row of headings and the columns (认栏): by key, heading, synonym, then by meaning.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    model::{Field, normalise_text},
    sheet::{Cell, CellValue, Sheet},
    template::{ColumnKey, FormSpec},
};

use super::balance::{Desk, Spot, rows};

/// How a column was recognised.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum How {
    /// By its heading (or key).
    Heading,
    /// By a listed synonym.
    Synonym,
    /// By the words in its heading.
    Meaning,
    /// By its place beside recognised columns.
    Order,
}

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

/// Known headings (栏目名), normalised.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    known: BTreeMap<String, (ColumnKey, How)>,
    /// Hanzi that one of them begins with: most texts of a book begin with another and need not be compared.
    firsts: BTreeSet<char>,
}

/// Fewest recognised headings that make a row the row of headings: two could be chance.
pub(super) const FEWEST: usize = 3;
/// Rows in which the headings are first looked for; a head is never this tall.
const HEAD_ROWS: u32 = 60;
/// Longest heading; longer texts are contents.
const LONGEST: usize = 30;

impl Headings {
    pub(super) fn of(spec: &FormSpec) -> Self {
        let mut known = BTreeMap::new();
        for column in &spec.columns {
            for name in &column.synonyms {
                known.insert(folded(name).into_owned(), (column.key.clone(), How::Synonym));
            }
        }
        for column in &spec.columns {
            for name in [column.heading.as_str(), column.key.name()] {
                known.insert(folded(name).into_owned(), (column.key.clone(), How::Heading));
            }
        }
        known.remove("");
        let firsts = known.keys().filter_map(|name| name.chars().next()).collect();
        Self { known, firsts }
    }

    /// The column a heading names.
    pub(super) fn find(&self, text: &str) -> Option<(&ColumnKey, How)> {
        if text.len() > LONGEST * 4 {
            return None;
        }
        // Folding leaves a hanzi at the beginning as it is.
        if text.chars().next().is_some_and(|c| is_hanzi(c) && !self.firsts.contains(&c)) {
            return None;
        }
        let plain = folded(text);
        let hit = |t: &str| self.known.get(t).map(|(k, how)| (k, *how));
        hit(&plain).or_else(|| {
            // 年初至今累计（截至3月31日）
            let short = without_brackets(&plain);
            let short = short.trim_end_matches(['*', ':', '：', '※']);
            (short != plain).then(|| hit(short)).flatten().map(|(k, _)| (k, How::Synonym))
        })
    }

    /// The column a heading means by the words in it.
    pub(super) fn by_meaning(text: &str, spec: &FormSpec) -> Option<ColumnKey> {
        let plain = folded(text);
        let plain = without_brackets(&plain);
        let plain = plain.as_str();
        if plain.is_empty() || plain.chars().count() > LONGEST {
            return None;
        }
        let any = |words: &[&str]| words.iter().any(|w| plain.contains(w));
        let key = match () {
            () if any(&[
                "填报单位",
                "报送期",
                "日期",
                "备注",
                "附件",
                "佐证",
                "联系",
                "电话",
                "填报人",
            ]) =>
            {
                return None;
            }
            () if any(&["上期", "上月", "上季", "上次"]) => ColumnKey::Previous,
            () if any(&["编号", "序号"]) => ColumnKey::Item,
            () if any(&["协调", "请示", "请求"]) => ColumnKey::Field(Field::Coordination),
            () if any(&["问题", "困难", "原因"]) => ColumnKey::Field(Field::Problems),
            () if any(&["措施", "打算", "下一步", "下步"]) => {
                ColumnKey::Field(Field::NextSteps)
            }
            () if any(&["状态"]) => ColumnKey::Field(Field::Status),
            () if any(&["累计"]) => ColumnKey::Field(Field::Cumulative),
            () if any(&["进度", "完成率", "比例", "百分比", "%"]) => {
                ColumnKey::Field(Field::Progress)
            }
            () if any(&["进展", "情况"]) => ColumnKey::Field(Field::Narrative),
            () if any(&["目标", "任务数"]) => ColumnKey::Target,
            () if any(&["指标"]) => ColumnKey::Indicator,
            () if any(&["计量"]) => ColumnKey::Measure,
            () if any(&["领导"]) => ColumnKey::Leaders,
            () if any(&["牵头"]) => ColumnKey::LeadUnits,
            () if any(&["角色"]) => ColumnKey::Role,
            () if any(&["板块"]) => ColumnKey::Section,
            () if any(&["提示"]) => ColumnKey::Hint,
            () if any(&["任务", "事项"]) => ColumnKey::Text,
            () => return None,
        };
        let number = matches!(
            key,
            ColumnKey::Field(Field::Cumulative | Field::Progress | Field::Status)
                | ColumnKey::Target
        );
        if number && speaks_of_another(plain) {
            return None;
        }
        spec.column(&key).map(|c| c.key.clone())
    }
}

/// Text as headings are compared; borrowed where nothing needs folding.
fn folded(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_graphic() || is_hanzi(c);
    if text.chars().all(plain) { Cow::Borrowed(text) } else { Cow::Owned(normalise_text(text)) }
}

/// Unified ideographs of the first plane, which no form of normalisation changes.
fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// A heading without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| match c {
            '(' | '（' | '[' | '【' => {
                depth += 1;
                false
            }
            ')' | '）' | ']' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

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
        let score = score(&sheet.cells[range.clone()], headings);
        if score >= FEWEST && best.is_none_or(|(b, _)| score > b) {
            best = Some((score, *row));
        }
    }
    let (score, best_row) = best?;
    let (top, heading_row, titles) = titles(sheet, &rows, best_row, headings);
    let mut claims: Vec<(ColumnKey, u32, How)> = Vec::new();
    let mut unnamed: Vec<(u32, &str)> = Vec::new();
    for title in &titles {
        match title.find(headings) {
            Some((key, how)) => claims.push((key.clone(), title.column, how)),
            None => unnamed.extend(title.texts.last().map(|t| (title.column, t.as_str()))),
        }
    }
    for (column, text) in unnamed {
        if let Some(key) = Headings::by_meaning(text, spec)
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
        score,
    })
}

/// The title of a column: what it may be called, the likeliest first.
struct Title {
    column: u32,
    texts: Vec<String>,
}

impl Title {
    fn find<'h>(&self, headings: &'h Headings) -> Option<(&'h ColumnKey, How)> {
        self.texts.iter().find_map(|t| headings.find(t))
    }
}

/// Titles of the columns from the best row of headings, or from it and a neighbour where headings stand in two
/// rows: a heading broken over both, or a common one (完成情况) above several. Gives top row, lowest row, titles.
fn titles(
    sheet: &Sheet,
    rows: &[(u32, Range<usize>)],
    best: u32,
    headings: &Headings,
) -> (u32, u32, Vec<Title>) {
    let cells = |row: u32| -> &[Cell] {
        rows.iter().find(|(r, _)| *r == row).map_or(&[], |(_, range)| &sheet.cells[range.clone()])
    };
    let keys = |titles: &[Title]| -> BTreeSet<ColumnKey> {
        titles.iter().filter_map(|t| t.find(headings)).map(|(k, _)| k.clone()).collect()
    };
    let single: Vec<Title> = cells(best)
        .iter()
        .filter_map(|c| match &c.value {
            CellValue::Text(text) => Some(Title { column: c.column, texts: vec![text.clone()] }),
            _ => None,
        })
        .collect();
    let known = keys(&single);
    let above = best.checked_sub(1).map(|above| (above, best));
    for (upper, lower) in [Some((best, best + 1)), above].into_iter().flatten() {
        let both = in_two_rows(cells(upper), cells(lower), upper, &sheet.merged);
        let more = keys(&both);
        if more.len() > known.len() && more.is_superset(&known) {
            return (upper, lower, both);
        }
    }
    (best, best, single)
}

/// Titles that stand in two rows; none if the lower one holds anything but text, as a row of answers does.
fn in_two_rows(
    upper: &[Cell],
    lower: &[Cell],
    upper_row: u32,
    merged: &[(u32, u32, u32, u32)],
) -> Vec<Title> {
    let text = |cell: &Cell| match &cell.value {
        CellValue::Text(text) if cell.formula.is_none() => Some(text.clone()),
        _ => None,
    };
    if lower.is_empty() || lower.iter().any(|c| text(c).is_none()) {
        return Vec::new();
    }
    let own = |cells: &[Cell], column: u32| -> Option<String> {
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
                    let whole = format!("{group}{name}");
                    // 去年同期 above 累计 is not this year's.
                    if speaks_of_another(&group) { vec![whole] } else { vec![whole, name] }
                }
                (None, Some(name)) => vec![name],
                (_, None) => vec![own(upper, column)?],
            };
            Some(Title { column, texts })
        })
        .collect()
}

/// Words in a heading that say that the column is about another time, another kind of figure or a duty.
const ANOTHER: &[&str] = &[
    "去年",
    "上年",
    "往年",
    "同期",
    "历年",
    "本月",
    "当月",
    "当期",
    "本季",
    "本周",
    "新增",
    "计划",
    "预计",
    "预期",
    "安排",
    "要求",
    "时限",
    "时间",
    "节点",
    "序时",
    "应完成",
    "考核",
    "排名",
    "环比",
    "同比",
    "增减",
    "差距",
    "欠",
    "剩余",
];

/// Whether a heading speaks of something else than what a form asks: no number is read from under it by its meaning.
fn speaks_of_another(text: &str) -> bool {
    ANOTHER.iter().any(|word| text.contains(word))
}

/// Distinct columns a row names.
pub(super) fn score(cells: &[Cell], headings: &Headings) -> usize {
    let mut keys: Vec<&ColumnKey> = cells
        .iter()
        .filter_map(|c| match &c.value {
            CellValue::Text(text) => headings.find(text).map(|(k, _)| k),
            _ => None,
        })
        .collect();
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
    rivals.retain(|(k, _)| columns.iter().any(|(key, _, how)| key == k && *how != How::Meaning));
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
            let plain = normalise_text(text);
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
