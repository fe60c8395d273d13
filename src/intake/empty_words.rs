//! Words that say nothing (空话): 无, 同上, 正在推进; and how short texts are compared with them.

use std::borrow::Cow;

use crate::model::normalised;

use super::{hanzi::numeral_digit, headings::is_hanzi};

/// Words that fill a cell without saying anything (没有内容的字).
const NOTHING: &[&str] = &[
    "无",
    "暂无",
    "没有",
    "无数据",
    "暂无数据",
    "未填",
    "空",
    "不详",
    "不涉及",
    "未涉及",
    "不适用",
    "无此项",
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "―",
    "─",
    "/",
    "//",
    "\\",
    "...",
    "…",
    "……",
    "......",
    "n/a",
    "na",
    "nil",
    "none",
    "null",
    "x",
    "×",
    "*",
    "?",
    "??",
    "、",
    "。",
    ".",
];

/// Words that repeat the cell above.
const DITTO: &[&str] = &[
    "同上",
    "〃",
    "″",
    "\"",
    "\"\"",
    "''",
    "′′",
    "”",
    "〞",
    "同前",
    "同上行",
    "同上一行",
    "同上表",
];

/// Hanzi, letters and digits in the longest of [`NOTHING`] and [`DITTO`].
const LONGEST_WORD: usize = 4;

/// Text of a short cell as it is compared: full-width signs folded, blanks kept as single spaces.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    let kept = |c: char| c.is_ascii_graphic() || is_hanzi(c) && !matches!(c, '廿' | '卅');
    if text.chars().all(kept) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !(c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        {
            match c {
                '﹪' => out.push('%'),
                '−' | '﹣' => out.push('-'),
                '廿' => out.push_str("二十"),
                '卅' => out.push_str("三十"),
                other => out.push(other),
            }
        }
    }
    Cow::Owned(out.trim().to_owned())
}

/// Whether a text is more than any of [`NOTHING`] and [`DITTO`], whatever is folded: these signs stay. Narratives are.
fn is_more_than_a_word(text: &str) -> bool {
    let stays = |c: &char| c.is_ascii_alphanumeric() || is_hanzi(*c);
    text.chars().filter(stays).nth(LONGEST_WORD).is_some()
}

/// Whether a text says nothing: 无, —, /.
pub(super) fn says_nothing(text: &str) -> bool {
    if is_more_than_a_word(text) {
        return false;
    }
    let plain = folded(text).to_ascii_lowercase();
    let plain = plain.trim_end_matches(['。', ';', ',', '!']);
    NOTHING.contains(&plain) || plain.is_empty() && !text.trim().is_empty()
}

/// Whether a text repeats the cell above: 同上, 〃.
pub(super) fn is_ditto(text: &str) -> bool {
    if is_more_than_a_word(text) {
        return false;
    }
    let plain = folded(text);
    DITTO.contains(&plain.trim_end_matches(['。', ';']))
}

/// Whether a narrative says nothing about the work: 无, a word from the drop-down, a reference to elsewhere.
pub(super) fn narrative_says_nothing(text: &str) -> bool {
    if says_nothing(text) || !text.chars().any(char::is_alphabetic) {
        return true;
    }
    let plain = normalised(text);
    let plain = plain.trim_end_matches(['。', '.', ';', ',', '!']);
    EMPTY_WORDS.contains(&plain)
        || ["见附件", "详见附件", "见附表", "详见附表"].iter().any(|w| {
            plain.strip_prefix(w).is_some_and(|rest| !rest.chars().any(is_han_outside_numbers))
        })
}

/// A Chinese character other than those that number attachments.
fn is_han_outside_numbers(c: char) -> bool {
    is_hanzi(c) && numeral_digit(c).is_none()
}

/// Narratives that say nothing (空话), as the instruction sheet names them.
const EMPTY_WORDS: &[&str] = &[
    "推进中",
    "正在推进",
    "正在推进中",
    "进行中",
    "正在进行",
    "按计划推进",
    "有序推进",
    "正常推进",
    "进展顺利",
    "正常",
    "已完成",
    "完成",
    "未启动",
    "进展滞后",
    "按上期",
    "同上期",
    "与上期相同",
    "与上月相同",
    "无进展",
    "无变化",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_the_longest() {
        let signs = |word: &&str| word.chars().filter(|c| c.is_alphanumeric()).count();
        assert_eq!(NOTHING.iter().chain(DITTO).map(signs).max(), Some(LONGEST_WORD));
    }
}
