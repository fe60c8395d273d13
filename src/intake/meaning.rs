//! What a heading means by its words (按意思认栏), where it is no known name.
//!
//! A number under a wrong heading is a wrong figure: 累计目标, 累计完成率 and 1-2月累计 in March are not this year's total,
//! 未完成率 is no progress. So a heading of an answer must say nothing else than what the column asks; what is in doubt
//! is an unknown column, which is said.

use crate::{
    model::{Field, normalised},
    template::{ColumnKey, FormSpec},
};

use super::headings::{Headings, LONGEST, without_brackets};

impl Headings {
    /// The column a heading means by the words in it.
    pub(super) fn by_meaning(&self, text: &str, spec: &FormSpec) -> Option<ColumnKey> {
        let whole = normalised(text);
        let plain = without_brackets(&whole);
        let plain = plain.as_ref();
        if plain.is_empty() || plain.chars().count() > LONGEST {
            return None;
        }
        let any = |words: &[&str]| words.iter().any(|w| plain.contains(w));
        let only = |words: &[&str]| self.says_only(plain, words);
        let key = match () {
            () if any(OTHERS) => return None,
            () if any(LAST_PERIOD) => {
                // 上月存在问题 is no column of the form.
                let previous = spec.column(&ColumnKey::Previous).filter(|_| !any(TEXTS))?;
                return Some(previous.key.clone());
            }
            () if any(&["编号", "序号"]) => ColumnKey::Item,
            () if any(&["协调", "请示", "请求"]) => ColumnKey::Field(Field::Coordination),
            () if any(&["问题", "困难", "原因"]) => ColumnKey::Field(Field::Problems),
            () if any(&["措施", "打算", "下一步", "下步"]) => {
                ColumnKey::Field(Field::NextSteps)
            }
            () if any(&["状态"]) && only(OF_STATUS) => ColumnKey::Field(Field::Status),
            // 任务数 is what was asked, not what was done.
            () if any(&["累计"]) && !any(&["任务数"]) && only(OF_TOTAL) => {
                ColumnKey::Field(Field::Cumulative)
            }
            () if any(&["进度", "完成率", "比例", "百分比", "%"]) && only(OF_PROGRESS) => {
                ColumnKey::Field(Field::Progress)
            }
            () if any(&["进展", "情况"]) && only(OF_NARRATIVE) => {
                ColumnKey::Field(Field::Narrative)
            }
            () if any(ANSWERS) => return None,
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
        let another = match &key {
            key if is_measured(key) || *key == ColumnKey::Target => speaks_of_another(&whole),
            ColumnKey::Field(_) => PAST.iter().any(|word| whole.contains(word)),
            _ => false,
        };
        if another { None } else { spec.column(&key).map(|c| c.key.clone()) }
    }

    /// Whether nothing is left of a heading without these words and without the months up to the period's end.
    fn says_only(&self, heading: &str, words: &[&str]) -> bool {
        let mut rest = heading;
        'words: while !rest.is_empty() {
            for word in words.iter().chain(ALWAYS) {
                if let Some(after) = rest.strip_prefix(word) {
                    rest = after;
                    continue 'words;
                }
            }
            match self.after_months(rest) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        true
    }

    /// What follows 2024年, 1-3月 or 3月31日 at the start of a text; none for months that end another period.
    fn after_months<'t>(&self, text: &'t str) -> Option<&'t str> {
        let number = |text: &'t str| -> Option<(u16, &'t str)> {
            let end = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
            Some((text[..end].parse().ok()?, &text[end..]))
        };
        let (first, after) = number(text)?;
        if let Some(after) = after.strip_prefix('年') {
            return (first > 12).then_some(after);
        }
        let month = |n: u16| u16::try_from(self.month) == Ok(n);
        let named = after.strip_prefix('月');
        let rest = named.unwrap_or(after);
        let span = rest.strip_prefix(['-', '—', '–', '~', '至', '到']).and_then(number);
        let (last, after) = match span {
            Some((last, after)) if first == 1 => (last, after.strip_prefix('月')?),
            Some(_) => return None,
            None => (first, named?),
        };
        let day = number(after).and_then(|(_, after)| after.strip_prefix('日'));
        month(last).then(|| day.unwrap_or(after))
    }
}

/// Columns that a form has elsewhere, or that units add.
const OTHERS: &[&str] =
    &["填报单位", "报送期", "日期", "备注", "附件", "佐证", "联系", "电话", "填报人"];

/// Words for the period before.
const LAST_PERIOD: &[&str] = &["上期", "上月", "上季", "上次"];

/// Words that say that a column holds texts or a status.
const TEXTS: &[&str] =
    &["问题", "困难", "原因", "措施", "打算", "协调", "进展", "情况", "状态", "计划"];

/// Words of which one makes a column one for answers: no printed column is recognised by the rest of its heading.
const ANSWERS: &[&str] = &["状态", "累计", "进度", "完成率", "比例", "百分比", "%", "进展", "情况"];

/// Words that may stand in any heading of an answer.
const ALWAYS: &[&str] = &[
    "本年度",
    "本年",
    "今年",
    "本期",
    "截至",
    "截止",
    "目前",
    "当前",
    "现",
    "至今",
    "以来",
    "年初",
    "实际",
    "工作",
    "任务",
    "事项",
    "项目",
    "总体",
    "完成",
    "情况",
    "的",
    "到",
    "至",
    "底",
    "末",
    "份",
    "已",
];

/// Words of a heading that asks for this year's total.
const OF_TOTAL: &[&str] =
    &["累计", "指标", "数量", "数值", "数据", "数", "量", "值", "总", "合计", "实绩"];

/// Words of a heading that asks for a percentage.
const OF_PROGRESS: &[&str] =
    &["进度", "百分比", "比例", "率", "%", "累计", "整体", "形象", "工程", "推进", "办理", "占比"];

/// Words of a heading that asks for a status.
const OF_STATUS: &[&str] = &["状态", "办理", "进度", "进展", "推进", "落实", "办结"];

/// Words of a heading that asks what was done.
const OF_NARRATIVE: &[&str] = &[
    "进展",
    "进度",
    "推进",
    "落实",
    "开展",
    "办理",
    "实施",
    "建设",
    "主要",
    "具体",
    "最新",
    "本月",
    "当月",
    "阶段性",
    "阶段",
    "简要",
    "文字",
    "说明",
    "描述",
    "成效",
    "做法",
    "取得",
    "和",
    "及",
    "与",
    "、",
];

/// Words for another year.
const PAST: &[&str] = &["去年", "上年", "往年", "历年"];

/// Whether a column holds what is counted: its heading must not speak of anything else.
pub(super) const fn is_measured(key: &ColumnKey) -> bool {
    matches!(key, ColumnKey::Field(Field::Cumulative | Field::Progress | Field::Status))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_only_from_under_a_heading_that_asks_for_it() {
        use Field::{Cumulative, NextSteps, Problems, Progress, Status};
        let spec = FormSpec::shipped();
        let march = Headings::of(&spec, 3);
        for (text, field) in [
            ("1-3月累计", Cumulative),
            ("1月至3月累计完成数", Cumulative),
            ("3月累计", Cumulative),
            ("2024年累计完成情况", Cumulative),
            ("截至3月31日累计数", Cumulative),
            ("实际累计", Cumulative),
            ("累计完成率", Progress),
            ("形象进度", Progress),
            ("完成率（%）", Progress),
            ("目前状态", Status),
            ("主要工作进展情况", Field::Narrative),
            ("本月进展情况", Field::Narrative),
            ("当前存在的主要困难", Problems),
            ("下步计划", NextSteps),
        ] {
            assert_eq!(march.by_meaning(text, &spec), Some(ColumnKey::Field(field)), "{text}");
        }
        for text in [
            "累计目标",
            "累计任务数",
            "累计增速",
            "累计投诉",
            "累计未完成",
            "3月累计（计划）",
            "2月累计",
            "1-2月累计",
            "2-3月累计",
            "截至2月底累计",
            "累计3",
            "未完成率",
            "目标进度",
            "资金拨付比例",
            "满意率比例",
            "审核状态",
            "去年进展情况",
            "预计完成情况",
            "整改情况",
            "去年存在问题",
            "上月存在问题",
            "上月进展情况",
        ] {
            assert_eq!(march.by_meaning(text, &spec), None, "{text}");
        }
        for (text, found) in [
            ("年初至今累计（截至3月31日）", true),
            ("年初至今累计（去年同期）", false),
            ("完成进度（序时）", false),
            ("下步措施（计划）", true),
        ] {
            assert_eq!(march.find(text).is_some(), found, "{text}");
        }
    }
}
