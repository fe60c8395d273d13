//! The number a text starts with (开头的数): digits as programs and people write them, or a Chinese numeral.

use rust_decimal::Decimal;

use crate::model::parse_decimal;

use super::hanzi::{chinese_number, numeral_digit, numeral_place};

/// The number a text starts with: value, factor of 万 and 亿 inside a Chinese numeral, rest, whether Chinese.
pub(super) fn leading_number(text: &str) -> Option<(Decimal, Decimal, &str, bool)> {
    let end = ascii_number_end(text);
    if end > 0 {
        let value = parse_decimal(&text[..end])?;
        return Some((value, Decimal::ONE, &text[end..], false));
    }
    let end = text
        .char_indices()
        .find(|(_, c)| numeral_digit(*c).is_none() && numeral_place(*c).is_none() && *c != '点')
        .map_or(text.len(), |(at, _)| at);
    let (value, scale) = chinese_number(&text[..end])?;
    Some((value, scale, &text[end..], true))
}

/// Where the ASCII number at the start of a text ends; 0 if there is none.
pub(super) fn ascii_number_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let start = at;
    let (mut point, mut digits) = (false, 0);
    while let Some(b) = bytes.get(at) {
        match b {
            b'0'..=b'9' => digits += 1,
            b'.' if !point && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => point = true,
            b',' if !point && at > start && group_of_three(&bytes[at + 1..]) => {}
            _ => break,
        }
        at += 1;
    }
    if digits == 0 {
        return 0;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = bytes[at + 1 + sign..].iter().take_while(|b| b.is_ascii_digit()).count();
        if (1..=2).contains(&exponent) {
            at += 1 + sign + exponent;
        }
    }
    at
}

fn group_of_three(rest: &[u8]) -> bool {
    rest.len() >= 3
        && rest[..3].iter().all(u8::is_ascii_digit)
        && !rest.get(3).is_some_and(u8::is_ascii_digit)
}
