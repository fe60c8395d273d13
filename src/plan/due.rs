//! Deadlines in words (完成时限): 2024年9月底前, 三季度末, 上半年, 长期坚持.

use jiff::civil::Date;

use super::{
    marks::{chinese, is_numeral},
    text::Text,
};

/// The last day of the plan year (没有写明时限的默认值).
pub(super) fn year_end(year: i16) -> Date {
    Date::new(year, 12, 31).unwrap_or(Date::ZERO)
}

/// The day a deadline ends on; none if the words do not say.
pub(super) fn due(words: &str, year: i16) -> Option<Date> {
    let plain = Text::new(words, 0).plain();
    let chars: Vec<char> = plain.chars().collect();
    if let Some(date) = numeric(&plain) {
        return Some(date);
    }
    let year = year_of(&chars).unwrap_or(year);
    let end = |month: i8| Date::new(year, month, 1).ok().map(Date::last_of_month);
    if let Some(at) = chars.iter().rposition(|c| *c == '月') {
        let month = number_before(&chars, at).and_then(|m| i8::try_from(m).ok());
        if let Some(month) = month.filter(|m| (1..=12).contains(m)) {
            let tail = &chars[at + 1..];
            let word = |w: &str| tail.iter().take(w.chars().count()).copied().eq(w.chars());
            if let Some(day_at) = tail.iter().position(|c| *c == '日' || *c == '号')
                && let Some(day) = number_before(tail, day_at)
            {
                return i8::try_from(day).ok().and_then(|d| Date::new(year, month, d).ok());
            }
            if word("上旬") {
                return Date::new(year, month, 10).ok();
            }
            if word("中旬") {
                return Date::new(year, month, 20).ok();
            }
            // 9月前 may mean the end of August or of September: nobody said so.
            return if tail.first() == Some(&'前') { None } else { end(month) };
        }
    }
    for (words, month) in [
        (&["一季度", "1季度"][..], 3),
        (&["二季度", "2季度", "上半年", "半年前"], 6),
        (&["三季度", "3季度"], 9),
        (
            &[
                "四季度",
                "4季度",
                "下半年",
                "全年",
                "年底",
                "年内",
                "年末",
                "当年",
                "本年",
                "长期",
                "持续",
                "常态",
                "常年",
            ],
            12,
        ),
    ] {
        if words.iter().any(|w| plain.contains(w)) {
            return end(month);
        }
    }
    // 2024年, 2024年完成
    year_of(&chars)
        .and_then(|_| plain.find('年'))
        .filter(|at| !plain[*at..].contains(|c: char| c.is_ascii_digit()))?;
    end(12)
}

/// 2024-09-30, 2024.9.30, 2024/9/30, with or without a day.
fn numeric(plain: &str) -> Option<Date> {
    let head: String =
        plain.chars().take_while(|c| c.is_ascii_digit() || "-./".contains(*c)).collect();
    let parts: Vec<i16> =
        head.split(['-', '.', '/']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let month = |m: i16| i8::try_from(m).ok();
    match parts[..] {
        [year, m, d] if year > 1999 => Date::new(year, month(m)?, month(d)?).ok(),
        [year, m] if year > 1999 => Date::new(year, month(m)?, 1).ok().map(Date::last_of_month),
        _ => None,
    }
}

/// A year 2000–2099 before 年; the last one counts.
fn year_of(chars: &[char]) -> Option<i16> {
    let at = chars.iter().rposition(|c| *c == '年')?;
    number_before(chars, at)
        .and_then(|y| i16::try_from(y).ok())
        .filter(|y| (2000..2100).contains(y))
}

/// The number that ends before `at`: digits or a Chinese numeral.
fn number_before(chars: &[char], at: usize) -> Option<u32> {
    let digits = chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        return chars[at - digits..at].iter().collect::<String>().parse().ok();
    }
    let word = chars[..at].iter().rev().take_while(|c| is_numeral(**c)).count();
    chinese(&chars[at - word..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_in_words_become_days() {
        for (words, day) in [
            ("2024年9月底前", "2024-09-30"),
            ("9月投入使用", "2024-09-30"),
            ("6月30日前完成", "2024-06-30"),
            ("十月底", "2024-10-31"),
            ("２０２５年３月", "2025-03-31"),
            ("2024年12月15日", "2024-12-15"),
            ("3月-9月", "2024-09-30"),
            ("第三季度", "2024-09-30"),
            ("上半年", "2024-06-30"),
            ("长期坚持", "2024-12-31"),
            ("2024年底", "2024-12-31"),
            ("2024.6.30", "2024-06-30"),
            ("2024-09", "2024-09-30"),
            ("2024年", "2024-12-31"),
        ] {
            assert_eq!(due(words, 2024).map(|d| d.to_string()).as_deref(), Some(day), "{words}");
        }
        for words in ["9月前", "尽快", "根据上级安排", "2月31日", ""] {
            assert_eq!(due(words, 2024), None, "{words}");
        }
    }
}
