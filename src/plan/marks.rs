//! Numbers before a paragraph (序号): which family they are of, and which number.

use super::text::Text;

/// A family of numbers, outermost first. The task level is found per document among these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Family {
    /// 第一部分、第一章、第一篇.
    Part,
    /// 第一节.
    Chapter,
    /// 一、
    Numeral,
    /// （一）
    NumeralInBrackets,
    /// 第一条、第1项、任务1：
    Article,
    /// 1.
    Digits,
    /// 1.1
    Decimal,
    /// （1）、1）
    DigitsInBrackets,
    /// ①
    Circled,
}

/// A number before a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// Its family.
    pub(super) family: Family,
    /// Its number.
    pub(super) number: u32,
    /// Characters it takes, blanks after it included.
    pub(super) len: usize,
}

/// Digits of the longest number; what is longer is a figure or a telephone number.
const MARK_DIGITS: usize = 4;

/// The number at the beginning of `text`, if there is one.
pub(super) fn mark(text: &Text) -> Option<Mark> {
    let c = &text.folded;
    let start = c.iter().take_while(|c| c.is_whitespace()).count();
    let found = bracketed(c, start)
        .or_else(|| ordinal(c, start))
        .or_else(|| numeral(c, start))
        .or_else(|| digits(c, start))
        .or_else(|| circled(c, start))?;
    let blanks = c[found.len..].iter().take_while(|c| c.is_whitespace()).count();
    Some(Mark { len: found.len + blanks, ..found })
}

fn bracketed(c: &[char], start: usize) -> Option<Mark> {
    if c.get(start) != Some(&'(') {
        return None;
    }
    let inner = start + 1;
    let close = c[inner..].iter().take(8).position(|c| *c == ')')? + inner;
    let word: Vec<char> = c[inner..close].iter().copied().filter(|c| !c.is_whitespace()).collect();
    let (family, number) = if let Some(n) = chinese(&word) {
        (Family::NumeralInBrackets, n)
    } else {
        // （2024） is a year.
        (Family::DigitsInBrackets, arabic(&word).filter(|n| *n < 1000)?)
    };
    let len = close + 1 + usize::from(c.get(close + 1) == Some(&'、'));
    Some(Mark { family, number, len })
}

/// 第一部分, 第3条, 任务5：
fn ordinal(c: &[char], start: usize) -> Option<Mark> {
    let task = c.get(start..start + 2).is_some_and(|w| w == ['任', '务'] || w == ['事', '项']);
    if !task && c.get(start) != Some(&'第') {
        return None;
    }
    let from = start + if task { 2 } else { 1 };
    let length = c[from..]
        .iter()
        .take(8)
        .take_while(|c| c.is_ascii_digit() || is_numeral(**c) || **c == ' ')
        .count();
    let word: Vec<char> = c[from..from + length].iter().copied().filter(|c| *c != ' ').collect();
    let number = chinese(&word).or_else(|| arabic(&word))?;
    let mut end = from + length;
    let family = if task {
        (c.get(end) == Some(&':') || c.get(end) == Some(&'、')).then_some(Family::Article)?
    } else {
        match (c.get(end)?, c.get(end + 1)) {
            ('部', Some('分')) => {
                end += 1;
                Family::Part
            }
            ('章' | '篇', _) => Family::Part,
            ('节', _) => Family::Chapter,
            ('条' | '项', Some(' ' | ':' | '、' | '.')) => Family::Article,
            _ => return None,
        }
    };
    end += 1;
    end += usize::from(matches!(c.get(end), Some(':' | '、' | '.')));
    Some(Mark { family, number, len: end })
}

fn numeral(c: &[char], start: usize) -> Option<Mark> {
    let length = c[start..].iter().take(6).take_while(|c| is_numeral(**c)).count();
    let number = chinese(&c[start..start + length])?;
    let mut end = start + length;
    end += c[end..].iter().take(2).take_while(|c| **c == ' ').count();
    // 一、二、三产业 is a list and no number.
    let list = c.get(end) == Some(&'、')
        && c.get(end + 1).is_some_and(|c| is_numeral(*c))
        && c.get(end + 2).is_some_and(|c| *c == '、' || *c == '产' || *c == '次');
    (matches!(c.get(end), Some('、' | '.')) && !list).then_some(Mark {
        family: Family::Numeral,
        number,
        len: end + 1,
    })
}

fn digits(c: &[char], start: usize) -> Option<Mark> {
    let length = c[start..].iter().take(MARK_DIGITS + 1).take_while(|c| c.is_ascii_digit()).count();
    let number = arabic(&c[start..start + length])?;
    let mut end = start + length;
    end += c[end..].iter().take(2).take_while(|c| **c == ' ').count();
    let family = match c.get(end)? {
        ')' => Family::DigitsInBrackets,
        '、' => Family::Digits,
        '.' => return after_point(c, number, end),
        _ => return None,
    };
    Some(Mark { family, number, len: end + 1 })
}

/// What a point after digits means: 1.坚持, 1.2024年, 1.1 坚持; but 5.5% is a figure.
fn after_point(c: &[char], number: u32, point: usize) -> Option<Mark> {
    let after = point + 1;
    let length = c[after..].iter().take_while(|c| c.is_ascii_digit()).count();
    let behind = c.get(after + length);
    if length == 0 || (length == 4 && behind == Some(&'年')) {
        return Some(Mark { family: Family::Digits, number, len: after });
    }
    // 1.1 is a number only if something sets it apart from the text: a blank, a point, 、.
    let apart = matches!(behind, Some(' ' | '.' | '、'));
    let whole = point.checked_sub(2).is_none_or(|p| c[..=p].len() <= 2);
    if !(apart && whole && length <= 2) {
        return None;
    }
    let second = arabic(&c[after..after + length])?;
    let len = after + length + 1;
    Some(Mark { family: Family::Decimal, number: number * 100 + second, len })
}

fn circled(c: &[char], start: usize) -> Option<Mark> {
    let sign = *c.get(start)? as u32;
    let number = match sign {
        0x2460..=0x2473 => sign - 0x2460 + 1,
        0x2474..=0x2487 => sign - 0x2474 + 1,
        0x2776..=0x277f => sign - 0x2776 + 1,
        // ⒈ … ⒛ stand for 1. … 20.
        0x2488..=0x249b => {
            let number = sign - 0x2488 + 1;
            return Some(Mark { family: Family::Digits, number, len: start + 1 });
        }
        // ㈠ … ㈩ stand for （一） … （十）.
        0x3220..=0x3229 => {
            let number = sign - 0x3220 + 1;
            return Some(Mark { family: Family::NumeralInBrackets, number, len: start + 1 });
        }
        _ => return None,
    };
    Some(Mark { family: Family::Circled, number, len: start + 1 })
}

/// A sign of a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百廿卅".contains(c)
}

/// A Chinese numeral up to 999: 三, 十二, 二十, 一百零五, 一〇五, 廿三.
pub(super) fn chinese(word: &[char]) -> Option<u32> {
    if word.is_empty() || word.len() > 6 {
        return None;
    }
    let digit =
        |c: char| "零一二三四五六七八九".chars().position(|d| d == c).or((c == '〇').then_some(0));
    let has_tens = word.iter().any(|c| "十百廿卅".contains(*c));
    let mut total = 0u32;
    let mut pending = None;
    for c in word {
        if let Some(d) = digit(*c) {
            let d = u32::try_from(d).ok()?;
            if has_tens {
                pending = Some(d);
            } else {
                total = total * 10 + d;
            }
            continue;
        }
        let (scale, default) = match c {
            '十' => (10, 1),
            '百' => (100, 1),
            '廿' => (10, 2),
            '卅' => (10, 3),
            _ => return None,
        };
        total += pending.take().filter(|d| *d > 0).unwrap_or(default) * scale;
    }
    total += pending.unwrap_or(0);
    (total > 0).then_some(total)
}

fn arabic(word: &[char]) -> Option<u32> {
    let fits = (1..=MARK_DIGITS).contains(&word.len()) && word.iter().all(char::is_ascii_digit);
    fits.then(|| word.iter().collect::<String>().parse().ok()).flatten().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Option<(Family, u32)> {
        mark(&Text::new(text, 1)).map(|m| (m.family, m.number))
    }

    #[test]
    fn numbers_of_every_family_are_seen() {
        for (text, family, number) in [
            ("一、目标", Family::Numeral, 1),
            ("二十一、目标", Family::Numeral, 21),
            ("（十二）推动", Family::NumeralInBrackets, 12),
            ("( 三 ) 推动", Family::NumeralInBrackets, 3),
            ("㈢推动", Family::NumeralInBrackets, 3),
            ("100.坚持", Family::Digits, 100),
            ("７．坚持", Family::Digits, 7),
            ("3、坚持", Family::Digits, 3),
            ("113.2024年燃气", Family::Digits, 113),
            ("1.2 坚持", Family::Decimal, 102),
            ("（4）坚持", Family::DigitsInBrackets, 4),
            ("4）坚持", Family::DigitsInBrackets, 4),
            ("⑤坚持", Family::Circled, 5),
            ("第三部分 产业", Family::Part, 3),
            ("第十条　坚持", Family::Article, 10),
            ("任务6：坚持", Family::Article, 6),
        ] {
            assert_eq!(seen(text), Some((family, number)), "{text}");
        }
    }

    #[test]
    fn figures_and_lists_are_no_numbers() {
        for text in [
            "5.5%以上",
            "2024年燃气",
            "一二三产业融合",
            "一、二产业",
            "第十四届运动会",
            "1500亩以上",
            "3.5万亩",
            "（二期）工程",
            "（2024）第1号",
            "",
        ] {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
