//! Numbers as people write them (数的写法): digits, Chinese numerals, 万 and 亿, 约 and 余, a unit behind.
//!
//! Purely grammar: what the number is meant to count is judged in [`super::value`].

use rust_decimal::Decimal;

use crate::model::parse_decimal;

use super::{
    empty_words::{folded, is_ditto, says_nothing},
    hanzi::numeral_digit,
    leading_number::{ascii_number_end, leading_number},
    measure,
    number_words::{
        ABOUT_BEFORE, ABOUT_BEHIND, BOUND, FALL_BEFORE, NOT_OUT, NOT_OUT_CHARS, NUMBER_CHARS,
        PLAIN_BEFORE, RAISED, RISE_BEFORE,
    },
};

/// A number found in a text.
#[expect(clippy::struct_excessive_bools, reason = "each is said by itself; no two make a state")]
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Spoken {
    /// The digits or numeral before any 万, 亿.
    pub(super) value: Decimal,
    /// 万, 亿 … written behind (or inside a Chinese numeral), as a factor; 1 where there is none.
    pub(super) scale: Decimal,
    /// `%`, 百分之, 成, ‰: the value is already in percent.
    pub(super) percent: bool,
    /// Unit of measure as written behind, without 万 and 亿; empty where there is none.
    pub(super) measure: String,
    /// 约, 近, 余, 多, 左右, 以上.
    pub(super) approximate: bool,
    /// Chinese numerals, or words around the number (累计完成30家, 30（快报数）).
    pub(super) words: bool,
    /// Said as a change (增长8%, 下降3%, 增加5家, ↑8%): a growth rate may be said so, a total may not.
    pub(super) change: bool,
}

/// What a text in a cell for numbers is.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum NumberText {
    /// One number.
    One(Spoken),
    /// 未出数 in one of its forms; whether it was said in other words.
    NotOut(bool),
    /// 无, —, 同上: not filled.
    NotFilled,
    /// More than one number, a range, a bound.
    Several,
    /// No number.
    No,
}

/// What `text` is, in a cell that is meant for a number.
pub(super) fn read(text: &str) -> NumberText {
    if raised_number(text) {
        return NumberText::Several;
    }
    let plain = folded(text);
    if let Some(value) = plain_number(&plain) {
        return NumberText::One(Spoken {
            value,
            scale: Decimal::ONE,
            percent: false,
            measure: String::new(),
            approximate: false,
            // 1 234 may have been meant as one number; a person should look.
            words: plain.contains(' ') && !plain.starts_with(['+', '-']),
            change: false,
        });
    }
    if says_nothing(text) || is_ditto(text) {
        return NumberText::NotFilled;
    }
    let chars = plain.chars().count();
    if chars > NUMBER_CHARS {
        return NumberText::No;
    }
    let squeezed: String = plain.chars().filter(|c| *c != ' ').collect();
    if !has_digit(&without_dates(&squeezed))
        && chars <= NOT_OUT_CHARS
        && NOT_OUT.iter().any(|w| squeezed.contains(w))
    {
        return NumberText::NotOut(squeezed != crate::model::Answer::NOT_OUT);
    }
    if BOUND.iter().any(|w| squeezed.contains(w)) && has_number(&squeezed) {
        return NumberText::Several;
    }
    // A blank between digits separates thousands or numbers.
    if blank_between_digits(&plain) {
        return NumberText::Several;
    }
    phrase(&squeezed)
}

/// Whether a raised, lowered or circled digit stands where it would be read as part of a number: in m² it does not.
fn raised_number(text: &str) -> bool {
    let mut before = None;
    text.chars().any(|c| {
        let circled = matches!(c, '①'..='⒛' | '⓪'..='⓿' | '❶'..='➓' | '㈠'..='㈩' | '㊀'..='㊉');
        let raised = RAISED.contains(&c) && !before.is_some_and(char::is_alphabetic);
        before = Some(c);
        circled || raised
    })
}

/// A text without the digits that are part of a date: 3月数据未出 has no number.
fn without_dates(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !matches!(c, '年' | '月' | '日' | '季') {
            out += &digits;
        }
        digits.clear();
        out.push(c);
    }
    out + &digits
}

/// Digits as a spreadsheet understands them; blanks are sound only between groups of three.
fn plain_number(plain: &str) -> Option<Decimal> {
    if plain.is_empty() || blank_between_digits(plain) {
        return None;
    }
    parse_decimal(plain)
}

/// Whether a blank stands between digits where no thousands separator stands.
fn blank_between_digits(plain: &str) -> bool {
    if !plain.contains(' ') {
        return false;
    }
    let groups: Vec<&str> = plain.split(' ').collect();
    groups.windows(2).any(|pair| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        digit(pair[0].chars().last()) && digit(pair[1].chars().next()) && {
            let group: String = pair[1].chars().take_while(char::is_ascii_digit).collect();
            group.len() != 3
        }
    })
}

/// Whether a text has any digit or numeral.
fn has_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || numeral_digit(c).is_some())
}

/// A phrase with one number in it.
fn phrase(text: &str) -> NumberText {
    let mut rest = text;
    let (mut approximate, mut words, mut minus, mut change) = (false, false, false, false);
    // Words before the number, in any order.
    loop {
        if let Some(tail) = strip_any(rest, ABOUT_BEFORE) {
            approximate = true;
            rest = tail;
        } else if let Some(tail) = strip_any(rest, FALL_BEFORE) {
            if minus {
                return NumberText::Several;
            }
            (minus, change, words, rest) = (true, true, true, tail);
        } else if let Some(tail) = strip_any(rest, RISE_BEFORE) {
            (change, words, rest) = (true, true, tail);
        } else if let Some(tail) = rest.strip_prefix('负') {
            if minus {
                return NumberText::Several;
            }
            (minus, words, rest) = (true, true, tail);
        } else if let Some(tail) = strip_any(rest, PLAIN_BEFORE) {
            words = true;
            rest = tail;
        } else {
            break;
        }
    }
    let mut percent = false;
    let mut per_thousand = false;
    if let Some(tail) = rest.strip_prefix("百分之") {
        (percent, words, rest) = (true, true, tail);
    } else if let Some(tail) = rest.strip_prefix("千分之") {
        (percent, per_thousand, words, rest) = (true, true, true, tail);
    }
    let Some((mut value, mut scale, tail, chinese)) = leading_number(rest) else {
        if ascii_number_end(rest) == rest.len() && !rest.is_empty() {
            // One number, but too long to be kept exactly.
            return NumberText::No;
        }
        // A number further on in a sentence is not taken out of it; 三四家, 三万二 may mean two numbers.
        let numeral = rest.starts_with(|c| numeral_digit(c).is_some() || c == '几');
        return if has_digit(rest) || numeral { NumberText::Several } else { NumberText::No };
    };
    words |= chinese;
    rest = tail;
    for _ in 0..2 {
        if let Some(tail) = strip_any(rest, &["余", "多", "来"]) {
            approximate = true;
            rest = tail;
        }
        if let Some((factor, tail)) = measure::scale_of(rest) {
            let Some(product) = scale.checked_mul(factor) else { return NumberText::No };
            scale = product;
            rest = tail;
        }
    }
    if let Some(tail) = strip_any(rest, &["个百分点", "百分点", "%"]) {
        percent = true;
        rest = tail;
    } else if let Some(tail) = rest.strip_prefix('‰') {
        (percent, per_thousand) = (true, true);
        rest = tail;
    } else if let Some(tail) = rest.strip_prefix('成') {
        // 八成, 八成五
        let (half, tail) = leading_number(tail)
            .filter(|(v, _, _, chinese)| *chinese && *v < Decimal::TEN)
            .map_or((Decimal::ZERO, tail), |(v, _, t, _)| (v, t));
        value = value * Decimal::TEN + half;
        (percent, words) = (true, true);
        rest = tail;
    }
    let (rest, note) = without_note(rest);
    words |= note;
    let mut measure = rest.trim_end_matches(['。', ';', ',', '、', '!']);
    while let Some(head) = strip_any_end(measure, ABOUT_BEHIND) {
        approximate = true;
        measure = head;
    }
    // The 2 of m2 belongs to the unit.
    let number_again = has_digit(measure) && !measure::is_known(measure);
    if number_again || measure.contains(['(', '-', '/', '~', '、', ',']) && has_number(measure) {
        return NumberText::Several;
    }
    if measure
        .starts_with(['-', '~', '/', '至', '到', '—', '–', '比', '分', ':', '×', 'x', '.', '。'])
        && has_number(measure)
    {
        return NumberText::Several;
    }
    // 十几家, 数十家: no number. 30?, 30%%: no unit either.
    if measure.starts_with(['几', '数']) || measure.contains(['?', '%', '*', '=', '&', '"']) {
        return NumberText::Several;
    }
    if per_thousand {
        value /= Decimal::TEN;
    }
    // 下降-3%: down by a negative number may mean either.
    if minus && value.is_sign_negative() {
        return NumberText::Several;
    }
    if minus {
        value = -value;
    }
    NumberText::One(Spoken {
        value: value.normalize(),
        scale,
        percent,
        measure: measure.to_owned(),
        approximate,
        words,
        change,
    })
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|w| text.strip_prefix(w))
}

fn strip_any_end<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|w| text.strip_suffix(w))
}

/// Takes a note in brackets at the end away, if it has no number.
fn without_note(text: &str) -> (&str, bool) {
    if let Some((head, note)) = text.split_once('(')
        && note.ends_with(')')
        && !has_digit(note)
    {
        return (head, true);
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::decimal_text;

    fn one(text: &str) -> String {
        match read(text) {
            NumberText::One(s) => {
                let mut out = decimal_text(s.value);
                if s.scale != Decimal::ONE {
                    out += "*";
                    out += &decimal_text(s.scale);
                }
                if s.percent {
                    out += "%";
                }
                out += &s.measure;
                if s.approximate {
                    out += " about";
                }
                if s.words {
                    out += " words";
                }
                if s.change {
                    out += " change";
                }
                out
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, read) in [
            ("2.4", "2.4"),
            ("1,234.5", "1234.5"),
            ("１，２３４", "1234"),
            ("5 000", "5000 words"),
            ("- 3", "-3"),
            ("30\u{a0}", "30"),
            ("-3.2", "-3.2"),
            ("1.2E+3", "1200"),
            ("50%", "50%"),
            ("５０％", "50%"),
            ("50 %", "50%"),
            ("百分之五十", "50% words"),
            ("百分之八十五点五", "85.5% words"),
            ("千分之五", "0.5% words"),
            ("五成", "50% words"),
            ("八成五", "85% words"),
            ("约50", "50 about"),
            ("50余", "50 about"),
            ("50余家", "50家 about"),
            ("50左右", "50 about"),
            ("50家左右", "50家 about"),
            ("近50家", "50家 about"),
            ("2000万", "2000*10000"),
            ("5.6万亩", "5.6*10000亩"),
            ("3.2亿元", "3.2*100000000元"),
            ("300余万元", "300*10000元 about"),
            ("三百万", "300*10000 words"),
            ("三十二", "32 words"),
            ("十二", "12 words"),
            ("三千零二十一", "3021 words"),
            ("两万", "2*10000 words"),
            ("三十二点五", "32.5 words"),
            ("累计完成30家", "30家 words"),
            ("30家（快报数）", "30家 words"),
            ("同比下降3.2%", "-3.2% words change"),
            ("增长5.4个百分点", "5.4% words change"),
            ("↑8%", "8% words change"),
            ("负3.2%", "-3.2% words"),
            ("廿三", "23 words"),
            ("一亿二千万", "12000*10000 words"),
            ("两亿零三百万", "20300*10000 words"),
            ("三万两千", "3.2*10000 words"),
            ("150m²", "150m2"),
            ("30家。", "30家"),
        ] {
            assert_eq!(one(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_single_number_is_not_taken_for_one() {
        for text in [
            "50-60",
            "50~60",
            "3至5",
            "1/2",
            "30（其中新增5）",
            "不足50",
            "50以下",
            "30家，另在建5家",
            "5 6",
            "3月完成30",
            "12,34",
            "30家5个",
            "三四家",
            "十几家",
            "几十家",
            "三万二",
            "3²",
            "①",
            "30?",
            "30%%",
            "下降-3%",
        ] {
            assert_eq!(read(text), NumberText::Several, "{text}");
        }
        for text in ["快完成了", "较上月明显增加", "TRUE", "是", "正常"] {
            assert_eq!(read(text), NumberText::No, "{text}");
        }
        for text in ["无", "暂无", "/", "—", "——", "同上", "〃", "N/A", "-", "无。"] {
            assert_eq!(read(text), NumberText::NotFilled, "{text}");
        }
        assert_eq!(read("未出数"), NumberText::NotOut(false));
        assert_eq!(read("数据尚未公布"), NumberText::NotOut(true));
        assert_eq!(read("3月数据未出"), NumberText::NotOut(true));
    }
}
