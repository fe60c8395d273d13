//! The row of headings and the columns (认栏): by key, heading, synonym, then by meaning.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    model::{Field, normalise_text},
    sheet::{CellValue, Sheet},
    template::{ColumnKey, FormSpec},
};

use super::balance::rows;

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
    /// Row of the headings; none where they are gone.
    pub(super) heading_row: Option<u32>,
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
    /// The column of a key.
    pub(super) fn column(&self, key: &ColumnKey) -> Option<u32> {
        self.columns.iter().find(|(k, _, _)| k == key).map(|(_, c, _)| *c)
    }
}

/// Known headings (栏目名), normalised.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    known: BTreeMap<String, (ColumnKey, How)>,
}

/// Fewest recognised headings that make a row the row of headings: two could be chance.
const FEWEST: usize = 3;
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
        Self { known }
    }

    /// The column a heading names.
    pub(super) fn find(&self, text: &str) -> Option<(&ColumnKey, How)> {
        if text.len() > LONGEST * 4 {
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
        if plain.is_empty() || plain.chars().count() > LONGEST {
            return None;
        }
        let any = |words: &[&str]| words.iter().any(|w| plain.contains(w));
        let key = match () {
            () if any(&[
                "填报单位",
                "报送期",
                "日期",
                "时间",
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
        spec.column(&key).map(|c| c.key.clone())
    }
}

/// Text as headings are compared; borrowed where nothing needs folding.
fn folded(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if text.chars().all(plain) { Cow::Borrowed(text) } else { Cow::Owned(normalise_text(text)) }
}

/// A heading without what stands in brackets.
fn without_brackets(text: &str) -> String {
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
    let (score, heading_row) = best?;
    let (_, range) = rows.iter().find(|(r, _)| *r == heading_row)?;
    let cells = &sheet.cells[range.clone()];
    let mut claims: Vec<(ColumnKey, u32, How)> = Vec::new();
    let mut unnamed: Vec<(u32, String)> = Vec::new();
    for cell in cells {
        let CellValue::Text(text) = &cell.value else { continue };
        match headings.find(text) {
            Some((key, how)) => claims.push((key.clone(), cell.column, how)),
            None => unnamed.push((cell.column, text.clone())),
        }
    }
    for (column, text) in unnamed {
        if let Some(key) = Headings::by_meaning(&text, spec)
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
        first_row: heading_row + 1,
        columns,
        rivals,
        score,
    })
}

/// Distinct columns a row names.
pub(super) fn score(cells: &[crate::sheet::Cell], headings: &Headings) -> usize {
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
        first_row: first_row?,
        columns,
        rivals: Vec::new(),
        score: hits,
    })
}
