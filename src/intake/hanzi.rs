//! Chinese numerals (汉字数字): 三十二点五, 三百万, 一二三.

use rust_decimal::Decimal;

/// The digit a character stands for.
pub(super) fn numeral_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The place a character stands for: 十, 百, 千, 万, 亿.
pub(super) fn numeral_place(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

/// A Chinese numeral: value, and the factor of 万 and 亿 it ends with (三百万 is 300 and 10,000). One with 万 or 亿
/// inside is given in 万 (三万二千 is 3.2 and 10,000): like one that ends so, it says what it counts in.
///
/// None for what may mean two things: 三四 (three or four), 三万二 (32,000 or 30,002).
pub(super) fn chinese_number(text: &str) -> Option<(Decimal, Decimal)> {
    let (whole, fraction) = match text.split_once('点') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    if whole.is_empty() {
        return None;
    }
    let mut end = whole.trim_end_matches(['万', '亿', '萬', '億']);
    // 一亿二千万 is one number, not 一亿二千 times ten thousand.
    let inside = end.contains(['万', '亿', '萬', '億']);
    if inside {
        end = whole;
    }
    let mut scale = 1u64;
    for c in whole[end.len()..].chars() {
        scale = scale.checked_mul(numeral_place(c)?)?;
    }
    let value = if end.is_empty() { None } else { chinese_whole(end) }?;
    let mut value = Decimal::from(value);
    if let Some(fraction) = fraction {
        let mut factor = Decimal::ONE;
        let digits = fraction.trim_end_matches(['万', '亿', '萬', '億']);
        if digits.is_empty() || digits.chars().count() > 10 {
            return None;
        }
        for c in digits.chars() {
            factor /= Decimal::TEN;
            value += factor * Decimal::from(numeral_digit(c)?);
        }
        for c in fraction[digits.len()..].chars() {
            scale = scale.checked_mul(numeral_place(c)?)?;
        }
    }
    if inside {
        value = value.checked_div(Decimal::from(WAN))?.normalize();
        scale = scale.checked_mul(WAN)?;
    }
    Some((value, Decimal::from(scale)))
}

/// 三千零二十一, 一二三, 一亿二千万.
fn chinese_whole(text: &str) -> Option<u64> {
    if text.chars().all(|c| numeral_digit(c).is_some()) {
        let digits: Vec<u32> = text.chars().filter_map(numeral_digit).collect();
        // 三四家 is three or four of them.
        let either = digits.len() == 2 && digits[0] > 0 && digits[1] == digits[0] + 1;
        if either || digits.len() > LONGEST_DIGITS {
            return None;
        }
        return digits.iter().try_fold(0u64, |n, d| n.checked_mul(10)?.checked_add(u64::from(*d)));
    }
    let (mut total, mut section, mut digit) = (0u64, 0u64, None::<u64>);
    // The last place, and the last large one: places must fall within a section, large ones over all.
    let (mut place, mut large) = (u64::MAX, u64::MAX);
    let mut zero = false;
    for c in text.chars() {
        if let Some(d) = numeral_digit(c) {
            if digit.is_some() {
                return None;
            }
            if d == 0 {
                zero = true;
            } else {
                digit = Some(u64::from(d));
            }
            continue;
        }
        let here = numeral_place(c)?;
        if here < WAN {
            if here >= place {
                return None;
            }
            // 十二 starts with 十.
            section = section.checked_add(digit.unwrap_or(1).checked_mul(here)?)?;
            place = here;
        } else {
            section = section.checked_add(digit.unwrap_or(0))?;
            if here >= large || section == 0 {
                return None;
            }
            total = total.checked_add(section.checked_mul(here)?)?;
            (section, large, place) = (0, here, u64::MAX);
        }
        (digit, zero) = (None, false);
    }
    // 一百二, 三万二: 120 or 102, 32,000 or 30,002. After 十 there is no doubt, after 零 neither.
    let last = if place == u64::MAX { large } else { place };
    if digit.is_some() && !zero && last != u64::MAX && last > 10 {
        return None;
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

/// 万, from which on places multiply all that stands before them.
const WAN: u64 = 10_000;

/// Most digits of a numeral without places: more would not be kept exactly.
const LONGEST_DIGITS: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;

    /// The numeral of a number below 10^12, written by the rules taught in school.
    fn written(n: u64) -> String {
        const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        if n == 0 {
            return "零".into();
        }
        let mut out = String::new();
        let mut gap = false;
        for (large, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
            let section = n / large % 10_000;
            if section == 0 {
                gap |= !out.is_empty();
                continue;
            }
            gap |= !out.is_empty() && section < 1_000;
            for (place, sign) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let d = section / place % 10;
                if d == 0 {
                    gap |= !out.is_empty() && section >= place && !section.is_multiple_of(place);
                    continue;
                }
                if gap {
                    out.push('零');
                    gap = false;
                }
                out.push(DIGITS[usize::try_from(d).unwrap_or(0)]);
                out += sign;
            }
            out += name;
        }
        out
    }

    #[test]
    fn every_numeral_is_the_number_it_was_written_from() {
        let some = (0..400).chain((0..4_000).map(|n| n * 7_919 % 1_000_003 * 131));
        for n in some.filter(|n| *n < 1_000_000_000_000) {
            let text = written(n);
            let (value, scale) = chinese_number(&text).unwrap_or_else(|| panic!("{n} {text}"));
            assert_eq!(value * scale, Decimal::from(n), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_numbers_is_none() {
        for text in ["三四", "五六", "三万二", "一百二", "两千五", "二三十", "十七八", "万千", "亿"]
        {
            assert_eq!(chinese_number(text), None, "{text}");
        }
        for (text, value) in
            [("二五", 25), ("二〇二四", 2024), ("十", 10), ("百", 100), ("三百零五", 305)]
        {
            let (n, scale) = chinese_number(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(n * scale, Decimal::from(value), "{text}");
        }
    }
}
