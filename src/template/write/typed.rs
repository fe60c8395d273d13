//! What a unit has typed into a cell, as a spreadsheet would hold it: a number where it looks like one, else text.

use crate::model::Answer;

/// Content of an open cell.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Typed<'a> {
    /// Nothing.
    Blank,
    /// A plain number.
    Number(f64),
    /// Anything else, word for word.
    Text(&'a str),
}

/// Digits a spreadsheet keeps of a number; more stay text, so that nothing typed is lost.
const DIGITS: usize = 15;

impl<'a> Typed<'a> {
    /// What a cell for figures holds when `text` was typed.
    pub(super) fn figure(text: Option<&'a String>) -> Self {
        match text {
            None => Self::Blank,
            Some(text) if text.is_empty() => Self::Blank,
            Some(text) => plain_number(text).map_or(Self::Text(text), Self::Number),
        }
    }

    /// What a cell for text holds.
    pub(super) fn text(text: Option<&'a String>) -> Self {
        match text {
            Some(text) if !text.is_empty() => Self::Text(text),
            _ => Self::Blank,
        }
    }

    /// Whether `TRIM` leaves nothing of it.
    pub(super) fn is_blank(self) -> bool {
        match self {
            Self::Blank => true,
            Self::Number(_) => false,
            Self::Text(text) => text.chars().all(|c| c == ' '),
        }
    }

    /// Whether it says that the figure is not out.
    pub(super) fn is_not_out(self) -> bool {
        matches!(self, Self::Text(text) if text.trim_matches(' ') == Answer::NOT_OUT)
    }
}

/// A number without sign of thousands, unit, percent or exponent, of at most 15 digits.
fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    (all(whole) && all(fraction) && whole.len() + fraction.len() <= DIGITS)
        .then(|| text.parse().ok())
        .flatten()
}

/// A text as a string of a formula.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_numbers_become_numbers() {
        for (text, number) in [("2.4", 2.4), ("-3", -3.0), ("0", 0.0), ("12.50", 12.5)] {
            assert_eq!(Typed::figure(Some(&text.to_owned())), Typed::Number(number));
        }
        for text in [
            "2.4万亩",
            "1,234",
            "50%",
            "1e5",
            "２",
            "=1+1",
            "+1",
            "1.",
            ".5",
            " 1",
            "NaN",
            "inf",
            "1234567890123456",
            "-",
        ] {
            assert_eq!(Typed::figure(Some(&text.to_owned())), Typed::Text(text), "{text}");
        }
    }
}
