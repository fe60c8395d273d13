//! What a clerk may type for a number, a date, a period, a choice: pure functions from text to value.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::{ItemNo, Period, Span, normalise_text, parse_decimal};

/// Serials a cell may hold as a date although it is not formatted as one: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// Day 0 of the 1900 date system, leap-year mistake of 1900 included (ECMA-376 part 1, 18.17.4.1).
const EPOCH: Date = jiff::civil::date(1899, 12, 30);

/// A whole number from 0.
pub(super) fn count(text: &str) -> Option<u32> {
    // Nearly always digits alone; nine of them fit.
    if (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let plain = normalise_text(text);
    let digits = plain.trim_start_matches('第').trim_end_matches(['项', '号', '.', '、']);
    parse_decimal(digits).filter(|d| d.scale() == 0).and_then(|d| u32::try_from(d).ok())
}

/// An item number: `43`, `43-1`, also with other dashes.
pub(super) fn item(text: &str) -> Option<ItemNo> {
    let plain: String = normalise_text(text)
        .chars()
        .map(|c| if matches!(c, '–' | '—' | '‐' | '‑' | '−' | '－' | '_') { '-' } else { c })
        .collect();
    plain.trim_start_matches('第').trim_end_matches('项').parse().ok()
}

/// A decimal, thousands separators and one of `units` behind it allowed.
pub(super) fn number(text: &str, unit: &str) -> Option<Decimal> {
    let plain = normalise_text(text);
    let unit = normalise_text(unit);
    let bare = plain.strip_suffix(&unit).filter(|_| !unit.is_empty()).unwrap_or(&plain);
    parse_decimal(bare)
}

/// A date; without a year it is in `year`, without a day the last day of the month.
pub(super) fn date(text: &str, year: i16) -> Option<Date> {
    let plain = normalise_text(text);
    if let Ok(serial) = plain.parse::<i64>() {
        return if SERIALS.contains(&serial) {
            EPOCH.checked_add(jiff::Span::new().days(serial)).ok()
        } else {
            compact_date(&plain)
        };
    }
    // A time of day behind an ISO date says nothing here.
    let day_only = plain.split_once('T').map_or(plain.as_str(), |(day, _)| day);
    let mut parts = Vec::with_capacity(3);
    let mut rest = day_only.trim_end_matches(['前', '底', '末', '止']);
    rest = rest.trim_end_matches("之");
    if rest == "年" || rest.is_empty() {
        return last_day(year, 12);
    }
    let year_said = rest.contains('年') || rest.split(['-', '/', '.']).count() == 3;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        parts.push(rest[..end].parse::<i16>().ok()?);
        let sign = rest[end..].chars().next();
        if sign.is_some_and(|c| !"年月日号-/.".contains(c)) || parts.len() > 3 {
            return None;
        }
        rest = &rest[end + sign.map_or(0, char::len_utf8)..];
    }
    let day =
        |y: i16, m: i16, d: i16| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok();
    match (parts.as_slice(), year_said) {
        ([y, m, d], _) => day(*y, *m, *d),
        ([y], true) => last_day(*y, 12),
        ([y, m], true) => last_day(*y, *m),
        ([y, m], false) if *y > 999 => last_day(*y, *m),
        ([m, d], false) => day(year, *m, *d),
        ([m], false) if day_only.contains('月') => last_day(year, *m),
        _ => None,
    }
}

/// `20240331`.
fn compact_date(digits: &str) -> Option<Date> {
    if digits.len() != 8 {
        return None;
    }
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

fn last_day(year: i16, month: i16) -> Option<Date> {
    Some(Date::new(year, i8::try_from(month).ok()?, 1).ok()?.last_of_month())
}

/// A period; without a year it is in `year`.
/// A period with its year, in the ways people write it: 2024年3月, 2024/3, 202403, 2024年第一季度.
#[must_use]
pub fn period_typed(text: &str) -> Option<Period> {
    let dated = normalise_text(text).bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    if dated { period(text, 0) } else { None }
}

pub(super) fn period(text: &str, year: i16) -> Option<Period> {
    let plain = normalise_text(text).to_uppercase();
    if let Ok(period) = plain.parse() {
        return Some(period);
    }
    let (year, rest) = match plain.split_once('年') {
        Some((y, rest)) if y.len() == 4 => (y.parse().ok()?, rest.to_owned()),
        Some((y, _)) if y.ends_with(|c: char| c.is_ascii_digit()) => return None,
        _ => match (plain.get(..4), plain.get(4..)) {
            (Some(y), Some(rest))
                if y.bytes().all(|b| b.is_ascii_digit())
                    && rest.starts_with(['-', '.', '/', '0', '1', 'Q', 'H', 'W']) =>
            {
                (y.parse().ok()?, rest.trim_start_matches(['-', '.', '/']).to_owned())
            }
            _ => (year, plain.clone()),
        },
    };
    let rest = rest.trim_end_matches(['份', '起']).trim_start_matches('第');
    let small = |digits: &str| -> Option<i8> {
        match digits {
            "一" => Some(1),
            "二" => Some(2),
            "三" => Some(3),
            "四" => Some(4),
            _ => (digits.len() <= 2).then(|| digits.parse().ok()).flatten(),
        }
    };
    let span = match rest {
        "" | "全年" => Span::Year,
        "上半年" => Span::Half(1),
        "下半年" => Span::Half(2),
        _ => {
            if let Some(n) = rest.strip_suffix("季度").or_else(|| rest.strip_prefix('Q')) {
                Span::Quarter(small(n)?)
            } else if let Some(n) = rest.strip_prefix('H') {
                Span::Half(small(n)?)
            } else if let Some(n) = rest.strip_suffix('周').or_else(|| rest.strip_prefix('W')) {
                Span::Week(small(n)?)
            } else if let Some(n) = rest.strip_suffix('月') {
                Span::Month(small(n)?)
            } else if rest.len() == 2 || plain != rest {
                // 202403, 2024.3; a lone “3” is no period. A date in the month (2024-03-31) is one.
                let month = rest.split(['-', '/', '.']).next().unwrap_or(rest);
                Span::Month(small(month)?)
            } else {
                return None;
            }
        }
    };
    Period::new(year, span).ok()
}

/// Which of `words` was typed; each has several spellings, and a longer answer may begin with one of them.
pub(super) fn choice(text: &str, words: &[&[&str]]) -> Option<usize> {
    // Nearly always chosen from the list as it is printed; no two choices have a spelling in common.
    words.iter().position(|w| w.contains(&text)).or_else(|| spelt(text, words))
}

/// The same by the normal form of every spelling.
fn spelt(text: &str, words: &[&[&str]]) -> Option<usize> {
    let plain = normalise_text(text).to_lowercase();
    words.iter().position(|w| w.iter().any(|w| normalise_text(w).to_lowercase() == plain))
}

/// A schedule curve: 12 percents, not falling, 0 to 100.
pub(super) fn curve(text: &str) -> Option<[Decimal; 12]> {
    let marks = |c: char| {
        matches!(c, '、' | '，' | ',' | ';' | '；' | '/' | '%' | '％') || c.is_whitespace()
    };
    let values: Option<Vec<Decimal>> =
        text.split(marks).filter(|p| !p.is_empty()).map(parse_decimal).collect();
    let values: [Decimal; 12] = values?.try_into().ok()?;
    let rising = values.windows(2).all(|w| w[0] <= w[1]);
    let bounded = values.iter().all(|v| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(v));
    (rising && bounded).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::book as words;

    #[test]
    fn dates_in_the_ways_people_write_them() {
        for (text, wanted) in [
            ("2024-12-31", Some("2024-12-31")),
            ("2024/9/5", Some("2024-09-05")),
            ("2024.9.5", Some("2024-09-05")),
            ("2024年9月5日前", Some("2024-09-05")),
            ("2024-12-31T00:00:00", Some("2024-12-31")),
            ("20240905", Some("2024-09-05")),
            ("45657", Some("2024-12-31")),
            ("9月底", Some("2024-09-30")),
            ("9月15日", Some("2024-09-15")),
            ("２０２４年６月", Some("2024-06-30")),
            ("2024-06", Some("2024-06-30")),
            ("年底", Some("2024-12-31")),
            ("2024年", Some("2024-12-31")),
            ("尽快", None),
            ("2024-13-01", None),
            ("2024-02-30", None),
            ("12", None),
        ] {
            assert_eq!(date(text, 2024).map(|d| d.to_string()).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn periods_in_the_ways_people_write_them() {
        for (text, wanted) in [
            ("2024-03", Some("2024-03")),
            ("2024年3月", Some("2024-03")),
            ("2024年3月份", Some("2024-03")),
            ("2024.3", Some("2024-03")),
            ("202403", Some("2024-03")),
            ("3月", Some("2024-03")),
            ("2024-03-01", Some("2024-03")),
            ("2024年第一季度", Some("2024-Q1")),
            ("一季度", Some("2024-Q1")),
            ("2024q2", Some("2024-Q2")),
            ("上半年", Some("2024-H1")),
            ("2024年", Some("2024")),
            ("2024", Some("2024")),
            ("3", None),
            ("三月初", None),
            ("2024-13", None),
            ("24年3月", None),
        ] {
            assert_eq!(period(text, 2024).map(|p| p.to_string()).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_spelling_is_of_one_choice() {
        let yes_no: &[&[&str]] = &[words::YES_WORDS, words::NO_WORDS];
        for table in [&words::COMPARATORS[..], &words::KINDS, &words::FREQUENCIES, yes_no] {
            for (at, spellings) in table.iter().enumerate() {
                for word in *spellings {
                    assert_eq!((choice(word, table), spelt(word, table)), (Some(at), Some(at)));
                }
            }
        }
    }

    #[test]
    fn numbers_choices_items_and_curves() {
        assert_eq!(number("1,200家", "家").map(|d| d.to_string()).as_deref(), Some("1200"));
        assert_eq!(number("8％", "%").map(|d| d.to_string()).as_deref(), Some("8"));
        assert_eq!(number("约8", "家"), None);
        assert_eq!(choice("≥", &words::COMPARATORS), Some(0));
        assert_eq!(choice("＝", &words::COMPARATORS), Some(1));
        assert_eq!(choice("√", &[words::YES_WORDS, words::NO_WORDS]), Some(0));
        assert_eq!(item("43－1").map(|i| i.to_string()).as_deref(), Some("43-1"));
        assert_eq!(item("43—"), None);
        assert_eq!(count("第43项"), Some(43));
        assert!(curve("0,0,10,20,30,40,50,60,70,80,90,100").is_some());
        assert!(curve("0,0,10,5,30,40,50,60,70,80,90,100").is_none());
        assert!(curve("1,2,3").is_none());
    }
}
