//! Exact numbers: what was typed is kept as a decimal, what is compared is a fraction.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// An exact fraction: every comparison with a target or a bound is made between these.
pub type Exact = BigRational;

/// The exact fraction a decimal stands for.
#[must_use]
pub fn exact(value: Decimal) -> Exact {
    let scale = BigInt::from(10u8).pow(value.scale());
    BigRational::new(BigInt::from(value.mantissa()), scale)
}

/// Reads a plain decimal number (`12`, `-3.50`, `1,234.5`, full-width digits, `1.2e3`); no units, no words.
#[must_use]
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let folded: Cow<'_, str> = if text.bytes().all(|b| b.is_ascii_graphic()) {
        text.into()
    } else {
        text.nfkc().filter(|c| !c.is_whitespace()).collect()
    };
    let plain = if folded.contains(',') { without_grouping(&folded)?.into() } else { folded };
    let digits = plain.trim_start_matches(['+', '-']);
    let sound = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    if !sound {
        return None;
    }
    let value = if plain.contains(['e', 'E']) {
        Decimal::from_scientific(&plain).ok()?
    } else {
        plain.parse::<Decimal>().ok()?
    };
    Some(value.normalize())
}

/// Takes thousands separators out, if they stand where they should (1,234,567.8).
fn without_grouping(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let first = groups.next()?;
    let sound =
        (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3) && !fraction.contains(',');
    sound.then(|| text.replace(',', ""))
}

/// A decimal as people write it: no trailing zeros, no exponent.
#[must_use]
pub fn decimal_text(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Text as it is compared: NFKC, blanks of every kind removed.
#[must_use]
pub fn normalise_text(text: &str) -> String {
    normalised(text).into_owned()
}

/// Text as it is compared ([`normalise_text`]), borrowed where it stands as it is: most short texts of a form do.
#[must_use]
pub fn normalised(text: &str) -> Cow<'_, str> {
    usual_text(text).unwrap_or_else(|| {
        Cow::Owned(text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect())
    })
}

/// The same for a text of usual signs only, which are compared one by one: nearly every text of a form is one.
/// None where a sign needs the tables of Unicode.
pub(super) fn usual_text(text: &str) -> Option<Cow<'_, str>> {
    let (mut run, mut rest) = text.split_at(unchanged(text.as_bytes()));
    if rest.is_empty() {
        return Some(Cow::Borrowed(run));
    }
    let mut out = String::with_capacity(text.len());
    loop {
        out.push_str(run);
        let mut signs = rest.chars();
        match signs.next() {
            None => return Some(Cow::Owned(out)),
            // Full-width ASCII (U+FF01 to U+FF5E) in the order of ASCII.
            Some(c @ '！'..='～') => out.push(char::from_u32(u32::from(c) - FULL_WIDTH)?),
            Some(' ' | '\n' | '\r' | '\t' | '\u{3000}') => {}
            Some(_) => return None,
        }
        (run, rest) = signs.as_str().split_at(unchanged(signs.as_str().as_bytes()));
    }
}

/// How many bytes at the start of a text are signs that stand for themselves, whatever stands beside them: printable
/// ASCII, the unified ideographs U+4E00 to U+9FFF, and `、。《》〔〕‘’“”–—·×÷√▼≤≥`.
///
/// By bytes: nearly every sign of every return passes through here.
fn unchanged(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match &bytes[at..] {
            [b'!'..=b'~', ..] => 1,
            [0xe4, 0xb8..=0xbf, _, ..]
            | [0xe5..=0xe9, _, _, ..]
            | [0xe3, 0x80, 0x81 | 0x82 | 0x8a | 0x8b | 0x94 | 0x95, ..]
            | [0xe2, 0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d, ..]
            | [0xe2, 0x88, 0x9a, ..]
            | [0xe2, 0x89, 0xa4 | 0xa5, ..]
            | [0xe2, 0x96, 0xbc, ..] => 3,
            [0xc3, 0x97 | 0xb7, ..] | [0xc2, 0xb7, ..] => 2,
            _ => return at,
        };
    }
}

/// From a full-width sign to its ASCII twin.
const FULL_WIDTH: u32 = '！' as u32 - '!' as u32;

/// Zero-width and control signs that word processors leave behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_texts_are_normalised_as_unicode_says() {
        let by_tables = |text: &str| -> String {
            text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
        };
        let mut usual = 0;
        for c in '\0'..=char::MAX {
            let text = format!("区{c}a");
            if let Some(normalised) = usual_text(&text) {
                usual += 1;
                assert_eq!(normalised, by_tables(&text), "{c:?}");
            }
        }
        assert_eq!(usual, 94 + 0x5200 + 19 + 94 + 5);
    }

    #[test]
    fn plain_numbers_are_read_exactly() {
        for (text, value) in [
            ("2.40", "2.4"),
            ("１，２３４．５", "1234.5"),
            ("-3", "-3"),
            ("1.2e3", "1200"),
            (" 5 000 ", "5000"),
        ] {
            assert_eq!(parse_decimal(text).map(decimal_text).as_deref(), Some(value), "{text}");
        }
        for text in ["", "2000万", "约50", "12,34", "1.2.3", "e5", "-", "50%"] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }
}
