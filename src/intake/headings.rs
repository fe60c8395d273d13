//! What a heading names (栏目名): by key, heading, synonym, then by the words in it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    model::{Field, normalised},
    template::{ColumnKey, FormSpec},
};

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

/// Known headings (栏目名), normalised.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    known: BTreeMap<String, (ColumnKey, How)>,
    /// How many columns the form has: no row names more.
    columns: usize,
    /// Hanzi that one of them begins with: most texts of a book begin with another and need not be compared.
    firsts: BTreeSet<char>,
}

/// Longest heading; longer texts are contents.
const LONGEST: usize = 30;

impl Headings {
    pub(super) fn of(spec: &FormSpec) -> Self {
        let mut known = BTreeMap::new();
        for column in &spec.columns {
            for name in &column.synonyms {
                known.insert(normalised(name).into_owned(), (column.key.clone(), How::Synonym));
            }
        }
        for column in &spec.columns {
            for name in [column.heading.as_str(), column.key.name()] {
                known.insert(normalised(name).into_owned(), (column.key.clone(), How::Heading));
            }
        }
        known.remove("");
        let firsts = known.keys().filter_map(|name| name.chars().next()).collect();
        Self { known, columns: spec.columns.len(), firsts }
    }

    /// Whether so many columns are all there are.
    pub(super) fn are_all(&self, columns: usize) -> bool {
        columns >= self.columns
    }

    /// Whether a text may name a column, at one look: most texts of a book are too long or begin otherwise.
    pub(super) fn may_name(&self, text: &str) -> bool {
        // Normalising leaves these signs at the beginning as they are.
        let stays = |c: char| is_hanzi(c) || matches!(c, '×' | '√');
        text.len() <= LONGEST * 4
            && text.chars().next().is_some_and(|c| !stays(c) || self.firsts.contains(&c))
    }

    /// The column a heading names.
    pub(super) fn find(&self, text: &str) -> Option<(&ColumnKey, How)> {
        if !self.may_name(text) {
            return None;
        }
        let plain = normalised(text);
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
        let plain = normalised(text);
        let plain = without_brackets(&plain);
        let plain = plain.as_ref();
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

/// Unified ideographs of the first plane, which no form of normalisation changes.
pub(super) fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What opens and what closes a bracket.
const OPENING: [char; 4] = ['(', '（', '[', '【'];
const CLOSING: [char; 4] = [')', '）', ']', '】'];

/// A heading without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    let bracket = |c: char| OPENING.contains(&c) || CLOSING.contains(&c);
    if !text.contains(bracket) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0u32;
    let outside = text.chars().filter(|c| {
        if OPENING.contains(c) {
            depth += 1;
        } else if CLOSING.contains(c) {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && !bracket(*c)
    });
    Cow::Owned(outside.collect())
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
pub(super) fn speaks_of_another(text: &str) -> bool {
    ANOTHER.iter().any(|word| text.contains(word))
}
