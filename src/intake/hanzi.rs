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

/// A Chinese numeral: value, and the factor of 万 and 亿 it ends with (三百万 is 300 and 10,000).
pub(super) fn chinese_number(text: &str) -> Option<(Decimal, Decimal)> {
    let (whole, fraction) = match text.split_once('点') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    if whole.is_empty() {
        return None;
    }
    let end = whole.trim_end_matches(['万', '亿', '萬', '億']);
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
    Some((value, Decimal::from(scale)))
}

/// 三千零二十一, 一二三, 三十二万五.
fn chinese_whole(text: &str) -> Option<u64> {
    if text.chars().all(|c| numeral_digit(c).is_some()) {
        if text.chars().count() > 15 {
            return None;
        }
        return text
            .chars()
            .try_fold(0u64, |n, c| n.checked_mul(10)?.checked_add(u64::from(numeral_digit(c)?)));
    }
    let (mut total, mut section, mut digit) = (0u64, 0u64, None::<u64>);
    for c in text.chars() {
        if let Some(d) = numeral_digit(c) {
            if digit.is_some_and(|d| d != 0) {
                return None;
            }
            digit = Some(u64::from(d));
        } else {
            let place = numeral_place(c)?;
            if place < 10_000 {
                // 十二 starts with 十.
                section = section.checked_add(digit.unwrap_or(1).checked_mul(place)?)?;
            } else {
                section = section.checked_add(digit.unwrap_or(0))?;
                total = total.checked_add(section)?.checked_mul(place)?;
                section = 0;
            }
            digit = None;
        }
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}
