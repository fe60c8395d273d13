//! The period a text says (报送期): 2024年3月, 2024-03, 一季度, 3月份, in a head cell or a file name.

use jiff::civil::Date;

use crate::model::{Period, Span, normalise_text};

/// The period a text names: `2024年3月`, `2024-03`, `202403`, `2024.3`, `3月`, `2024年第一季度`, `2024-W10`.
pub(super) fn period_in(text: &str, wanted: Period) -> Option<Period> {
    let plain: Vec<char> = normalise_text(text).chars().collect();
    let year_at = (0..plain.len().saturating_sub(3)).find(|at| {
        let digits: String = plain[*at..at + 4].iter().collect();
        digits.parse::<i16>().is_ok_and(|y| (1990..=2199).contains(&y))
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (*at == 0 || !plain[at - 1].is_ascii_digit())
    });
    let (year, rest) = match year_at {
        Some(at) => {
            let year: String = plain[at..at + 4].iter().collect();
            let rest: String = plain[at + 4..].iter().collect();
            (year.parse().ok()?, rest)
        }
        None => (wanted.year(), plain.iter().collect()),
    };
    let rest = rest.trim_start_matches(['年', '度', '-', '_', '.', '/', '－']);
    let (number, tail) = leading_digits(rest);
    let new = |span: Span| Period::new(year, span).ok();
    let chinese =
        |c: char| "一二三四".chars().position(|d| d == c).map(|n| i8::try_from(n + 1).unwrap_or(0));
    if let Some(tail) = rest.strip_prefix(['Q', 'q']) {
        return new(Span::Quarter(leading_digits(tail).0?));
    }
    if let Some(tail) = rest.strip_prefix(['W', 'w']) {
        return new(Span::Week(leading_digits(tail).0?));
    }
    if let Some(tail) = rest.strip_prefix(['H', 'h']) {
        return new(Span::Half(leading_digits(tail).0?));
    }
    if rest.starts_with("上半年") {
        return new(Span::Half(1));
    }
    if rest.starts_with("下半年") {
        return new(Span::Half(2));
    }
    let ordinal = rest.strip_prefix('第').unwrap_or(rest);
    let (ordinal_number, ordinal_tail) = leading_digits(ordinal);
    if let Some(n) = ordinal_number {
        if ordinal_tail.starts_with("季") {
            return new(Span::Quarter(n));
        }
        if ordinal_tail.starts_with("周") {
            return new(Span::Week(n));
        }
    }
    let mut chars = ordinal.chars();
    if let (Some(n), Some('季')) = (chars.next().and_then(chinese), chars.next()) {
        return new(Span::Quarter(n));
    }
    // 2024年1-3月 is the year up to March.
    let first = tail.strip_prefix('月').unwrap_or(tail);
    let after = first.trim_start_matches(['-', '~', '至', '到', '—', '–']);
    if let (Some(_), Some(last), rest) = (number, leading_digits(after).0, leading_digits(after).1)
        && after.len() < first.len()
        && rest.starts_with('月')
    {
        return new(Span::Month(last));
    }
    match number {
        Some(month) if year_at.is_some() || tail.starts_with('月') => new(Span::Month(month)),
        None if year_at.is_some() && wanted.span() == Span::Year => new(Span::Year),
        None if year_at.is_none() => month_anywhere(&plain, year),
        _ => None,
    }
}

/// A file name without the days in it: 20240402, 2024-04-02, 4月2日 say when it was sent, not for which period. The
/// last day of a month is that of the data, and stays.
pub(super) fn without_days(name: &str) -> String {
    let plain: Vec<char> = normalise_text(name).chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < plain.len() {
        let day = day_at(&plain[at..]).filter(|_| at == 0 || !plain[at - 1].is_ascii_digit());
        out.push(day.map_or(plain[at], |_| ' '));
        at += day.unwrap_or(1);
    }
    out
}

/// How many characters at the start of a text are a day that is not the last of its month.
fn day_at(text: &[char]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let number = |from: usize, to: usize| text[from..to].iter().collect::<String>().parse().ok();
    let (year, month, day, end): (Option<i16>, Option<i8>, Option<i8>, usize) = match digits(0) {
        8 => (number(0, 4), number(4, 6).and_then(small), number(6, 8).and_then(small), 8),
        first @ (1 | 2 | 4) => {
            let (year, month_at) = if first == 4 { (number(0, 4), 5) } else { (None, 0) };
            let between = (first == 4).then(|| text.get(4)).flatten();
            let months = text.get(month_at..).map_or(0, |_| digits(month_at));
            let day_at = month_at + months + 1;
            let mark = text.get(day_at - 1)?;
            let fits = match between {
                Some('年') | None => *mark == '月',
                Some(between @ ('-' | '.' | '/' | '_')) => mark == between,
                Some(_) => false,
            };
            let days = text.get(day_at..).map_or(0, |_| digits(day_at));
            let end = day_at + days;
            // 4月2日, but 1月3月 and 2024-03-202 are none.
            let closed = *mark != '月' || matches!(text.get(end), Some('日' | '号'));
            if !fits || !closed || !(1..=2).contains(&months) || !(1..=2).contains(&days) {
                return None;
            }
            let month = number(month_at, month_at + months).and_then(small);
            (year, month, number(day_at, end).and_then(small), end + usize::from(*mark == '月'))
        }
        _ => return None,
    };
    // Without a year, a leap year's: 29 February is a last day in any.
    let date = Date::new(year.unwrap_or(2024), month?, day?).ok()?;
    let last = date.day() == date.days_in_month() || date.month() == 2 && date.day() == 28;
    (!last).then_some(end)
}

fn small(n: i16) -> Option<i8> {
    i8::try_from(n).ok()
}

/// `3月份填报` inside a text without a year.
fn month_anywhere(plain: &[char], year: i16) -> Option<Period> {
    let at = plain.iter().position(|c| *c == '月')?;
    let digits: String = plain[..at].iter().rev().take_while(|c| c.is_ascii_digit()).collect();
    let digits: String = digits.chars().rev().collect();
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    Period::month(year, digits.parse().ok()?).ok()
}

/// One or two digits at the start of a text.
fn leading_digits(text: &str) -> (Option<i8>, &str) {
    let end = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    (text[..end].parse().ok(), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_found_in_heads_and_file_names() {
        let wanted: Period = "2024-03".parse().expect("period");
        for (text, found) in [
            ("2024年3月", Some("2024-03")),
            ("2024-03", Some("2024-03")),
            ("区财政局_2024-03_填报表.xlsx", Some("2024-03")),
            ("202402", Some("2024-02")),
            ("2024.3", Some("2024-03")),
            ("2024-03-01", Some("2024-03")),
            ("2024年1-3月", Some("2024-03")),
            ("2024年1月至3月", Some("2024-03")),
            ("2024年3月5月份报", Some("2024-03")),
            ("3月份填报表.xlsx", Some("2024-03")),
            ("财政局2月", Some("2024-02")),
            ("2024年第一季度", Some("2024-Q1")),
            ("2024年上半年", Some("2024-H1")),
            ("2024-W10", Some("2024-W10")),
            ("2024年第10周", Some("2024-W10")),
            ("2024年度重点工作填报表.xlsx", None),
            ("填报表.xlsx", None),
        ] {
            assert_eq!(period_in(text, wanted).map(|p| p.to_string()).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn the_day_a_file_was_sent_is_no_period() {
        for (name, rest) in [
            ("区水利局2024.4.2.xlsx", "区水利局 .xlsx"),
            ("区水利局_2024-04-02.xlsx", "区水利局_ .xlsx"),
            ("区水利局2024.4.2.xlsx", "区水利局 .xlsx"),
            ("填报表（4月2日报）", "填报表( 报)"),
            ("2024年4月2日报3月.xlsx", " 报3月.xlsx"),
            ("2024年3月填报表20240402", "2024年3月填报表 "),
            // What says a period or the day of the data stays.
            ("区水利局_2024-03_填报表.xlsx", "区水利局_2024-03_填报表.xlsx"),
            ("截至2024-03-31", "截至2024-03-31"),
            ("20240331", "20240331"),
            ("202403", "202403"),
            ("2024年1-3月", "2024年1-3月"),
            ("1月至3月", "1月至3月"),
            ("2024-03_2.xlsx", "2024-03_2.xlsx"),
            ("12345678", "12345678"),
        ] {
            assert_eq!(without_days(name), rest, "{name}");
        }
    }
}
