//! Exact numbers: what was typed is kept as a decimal, what is compared is a fraction.

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
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = if folded.contains(',') { without_grouping(&folded)? } else { folded };
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
    usual_text(text).unwrap_or_else(|| {
        text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
    })
}

/// The same for a text of usual signs only, which are compared one by one: nearly every text of a form is one.
/// None where a sign needs the tables of Unicode.
pub(super) fn usual_text(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Stand for themselves, whatever stands beside them.
            '!'..='~' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '《' | '》' | '“' | '”' => {
                out.push(c);
            }
            // Full-width ASCII (U+FF01 to U+FF5E) in the order of ASCII.
            '！'..='～' => out.push(char::from_u32(u32::from(c) - FULL_WIDTH)?),
            ' ' | '\n' | '\r' | '\t' | '\u{3000}' => {}
            _ => return None,
        }
    }
    Some(out)
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
        assert_eq!(usual, 94 + 0x5200 + 6 + 94 + 5);
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
