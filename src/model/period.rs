//! Reporting periods (报送期).

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date, civil::ISOWeekDate, civil::Weekday};

/// A reporting period (报送期): a month first of all, or a quarter, half-year, year or ISO week.
///
/// Printed and parsed as `2024-03`, `2024-Q1`, `2024-H1`, `2024`, `2024-W10`. Ordered by its last
/// day, then by its first (a quarter comes after its last month).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Period {
    year: i16,
    span: Span,
}

/// How long a period is and which one of its year.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Span {
    /// Month 1–12 (月).
    Month(i8),
    /// Quarter 1–4 (季度).
    Quarter(i8),
    /// Half-year 1–2 (半年).
    Half(i8),
    /// The whole year (全年).
    Year,
    /// ISO week 1–53 (周).
    Week(i8),
}

/// Years outside this range are typing mistakes, not periods.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2199;

/// What was typed is no period.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a period: {0}")]
pub struct PeriodError(pub String);

impl Period {
    /// The month `month` of `year`.
    ///
    /// # Errors
    /// [`PeriodError`] if the month is not 1–12 or the year is out of range.
    pub fn month(year: i16, month: i8) -> Result<Self, PeriodError> {
        Self::new(year, Span::Month(month))
    }

    /// Whether the returns of this period speak for `longer` where that has none of its own: March for the first
    /// quarter, December for the year. Weeks speak for nothing, and nothing speaks for a month or a week.
    #[must_use]
    pub fn speaks_for(self, longer: Self) -> bool {
        let weekly = matches!(self.span, Span::Week(_));
        let summed = matches!(longer.span, Span::Quarter(_) | Span::Half(_) | Span::Year);
        summed && !weekly && self != longer && self.last_day() == longer.last_day()
    }

    /// A period of any span.
    ///
    /// # Errors
    /// [`PeriodError`] if the year or the number within the year is out of range.
    pub fn new(year: i16, span: Span) -> Result<Self, PeriodError> {
        let sound = match span {
            Span::Month(m) => (1..=12).contains(&m),
            Span::Quarter(q) => (1..=4).contains(&q),
            Span::Half(h) => (1..=2).contains(&h),
            Span::Year => true,
            Span::Week(w) => ISOWeekDate::new(year, w, Weekday::Monday).is_ok(),
        };
        let period = Self { year, span };
        if sound && YEARS.contains(&year) {
            Ok(period)
        } else {
            Err(PeriodError(period.to_string()))
        }
    }

    /// The year the period belongs to.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Its span.
    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    /// First day.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self.span {
            Span::Month(m) => day_one(self.year, m),
            Span::Quarter(q) => day_one(self.year, q * 3 - 2),
            Span::Half(h) => day_one(self.year, h * 6 - 5),
            Span::Year => day_one(self.year, 1),
            Span::Week(w) => ISOWeekDate::new(self.year, w, Weekday::Monday)
                .map_or(Date::ZERO, ISOWeekDate::date),
        }
    }

    /// Last day, which is the data cut-off date (数据截至日) unless the office says otherwise.
    #[must_use]
    pub fn last_day(self) -> Date {
        match self.span {
            Span::Week(_) => self.first_day().saturating_add(6.days()),
            Span::Month(m) => day_one(self.year, m).last_of_month(),
            Span::Quarter(q) => day_one(self.year, q * 3).last_of_month(),
            Span::Half(h) => day_one(self.year, h * 6).last_of_month(),
            Span::Year => day_one(self.year, 12).last_of_month(),
        }
    }

    /// The month its last day falls in, 1–12.
    #[must_use]
    pub fn last_month(self) -> i8 {
        self.last_day().month()
    }

    /// The period of the same span before this one; crosses the year.
    #[must_use]
    pub fn previous(self) -> Self {
        self.containing_same_span(self.first_day().saturating_sub(1.days()))
    }

    /// The period of the same span after this one; crosses the year.
    #[must_use]
    pub fn next(self) -> Self {
        self.containing_same_span(self.last_day().saturating_add(1.days()))
    }

    fn containing_same_span(self, day: Date) -> Self {
        let month = day.month();
        let (year, span) = match self.span {
            Span::Month(_) => (day.year(), Span::Month(month)),
            Span::Quarter(_) => (day.year(), Span::Quarter((month + 2) / 3)),
            Span::Half(_) => (day.year(), Span::Half((month + 5) / 6)),
            Span::Year => (day.year(), Span::Year),
            Span::Week(_) => {
                let week = day.iso_week_date();
                (week.year(), Span::Week(week.week()))
            }
        };
        Self { year, span }
    }

    /// Whether what holds from `self` on holds at the end of `period`: a change of March holds at the end of the
    /// first quarter and in the weeks of March.
    #[must_use]
    pub fn has_begun_by(self, period: Self) -> bool {
        self.first_day() <= period.last_day()
    }

    /// Whether what holds up to `self` no longer holds at the end of `period`: what holds up to March still holds
    /// at the end of the first quarter.
    #[must_use]
    pub fn is_over_by(self, period: Self) -> bool {
        self.last_day() < period.last_day()
    }

    /// Share of the year elapsed at the end of the period, as numerator and denominator:
    /// months over 12, or days over the days of the year for weeks.
    #[must_use]
    pub fn elapsed(self) -> (i64, i64) {
        match self.span {
            Span::Week(_) => {
                let end = self.last_day();
                if end.year() > self.year {
                    (1, 1)
                } else {
                    (i64::from(end.day_of_year()), i64::from(end.days_in_year()))
                }
            }
            _ => (i64::from(self.last_month()), 12),
        }
    }

    /// As a Chinese reader writes it: 2024年3月, 2024年第一季度, 2024年上半年, 2024年, 2024年第10周.
    #[must_use]
    pub fn zh(self) -> String {
        let year = self.year;
        match self.span {
            Span::Month(m) => format!("{year}年{m}月"),
            Span::Quarter(q) => {
                format!(
                    "{year}年第{}季度",
                    ["一", "二", "三", "四"][usize::from(q.unsigned_abs() - 1)]
                )
            }
            Span::Half(1) => format!("{year}年上半年"),
            Span::Half(_) => format!("{year}年下半年"),
            Span::Year => format!("{year}年"),
            Span::Week(w) => format!("{year}年第{w}周"),
        }
    }
}

fn day_one(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).unwrap_or(Date::ZERO)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.span {
            Span::Month(m) => write!(f, "{year}-{m:02}"),
            Span::Quarter(q) => write!(f, "{year}-Q{q}"),
            Span::Half(h) => write!(f, "{year}-H{h}"),
            Span::Year => write!(f, "{year}"),
            Span::Week(w) => write!(f, "{year}-W{w:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let bad = || PeriodError(text.to_owned());
        let typed = text.trim();
        let (year, rest) = match typed.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (typed, None),
        };
        if year.len() != 4 {
            return Err(bad());
        }
        let year: i16 = year.parse().map_err(|_| bad())?;
        let number = |digits: &str| -> Result<i8, PeriodError> {
            if (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
                digits.parse().map_err(|_| bad())
            } else {
                Err(bad())
            }
        };
        let span = match rest.map(|r| (r, r.split_at_checked(1))) {
            None => Span::Year,
            Some((_, Some(("Q" | "q", n)))) => Span::Quarter(number(n)?),
            Some((_, Some(("H" | "h", n)))) => Span::Half(number(n)?),
            Some((_, Some(("W" | "w", n)))) => Span::Week(number(n)?),
            Some((month, _)) => Span::Month(number(month)?),
        };
        Self::new(year, span).map_err(|_| bad())
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.last_day(), std::cmp::Reverse(self.first_day()))
            .cmp(&(other.last_day(), std::cmp::Reverse(other.first_day())))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_printed_alike() {
        for text in ["2024-03", "2024-Q1", "2024-H2", "2024", "2024-W10"] {
            assert_eq!(text.parse::<Period>().map(|p| p.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "24-03", "2024-13", "2024-0", "2024-W54", "2024-Q5", "2024-3月", "-"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_quarter_is_judged_at_its_end() {
        let p = |text: &str| text.parse::<Period>().expect("a period");
        assert!(
            p("2024-03").has_begun_by(p("2024-Q1")) && p("2024-03").has_begun_by(p("2024-W10"))
        );
        assert!(
            !p("2024-04").has_begun_by(p("2024-Q1")) && !p("2024-04").has_begun_by(p("2024-03"))
        );
        assert!(!p("2024-03").is_over_by(p("2024-Q1")) && !p("2024-03").is_over_by(p("2024-03")));
        assert!(p("2024-02").is_over_by(p("2024-Q1")) && p("2024-02").is_over_by(p("2024-03")));
    }

    #[test]
    fn previous_crosses_the_year() {
        let p: Period = "2024-01".parse().expect("a period");
        assert_eq!(p.previous().to_string(), "2023-12");
        assert_eq!(p.elapsed(), (1, 12));
    }
}
