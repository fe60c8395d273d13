//! What a number format makes of a number: plain, percent, date or duration – and dates as text.

use std::{cell::RefCell, rc::Rc};

use jiff::{ToSpan, civil::Date};

use super::{CellValue, limits::CELL_FORMATS, xml};

/// What a number format shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Look {
    /// A number.
    #[default]
    Plain,
    /// A percentage: 0.85 is shown as 85 %.
    Percent,
    /// A date, a time, or both.
    Date,
    /// Hours beyond 24: `[h]:mm`.
    Duration,
}

impl Look {
    /// A built-in format by its number (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are the East Asian dates).
    pub(super) const fn builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Duration,
            _ => Self::Plain,
        }
    }

    /// A format by its code; quoted and escaped characters, colours and locales do not count.
    pub(super) fn of_code(code: &str) -> Self {
        let mut look = Self::Plain;
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    for quoted in chars.by_ref() {
                        if quoted == '"' {
                            break;
                        }
                    }
                }
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let elapsed = !inside.is_empty()
                        && inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S'));
                    if elapsed {
                        return Self::Duration;
                    }
                }
                '%' => return Self::Percent,
                // E+00 is an exponent, e or E alone an era year.
                'e' | 'E' if matches!(chars.peek(), Some('+' | '-')) => {}
                'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'm' | 'M' => look = Self::Date,
                // The word General, and its Chinese twin G/通用格式.
                'G' | 'g' => {
                    while chars.peek().is_some_and(|c| c.is_alphabetic() || *c == '/') {
                        chars.next();
                    }
                }
                // Only the first section decides: 0.0;-0.0;"—".
                ';' if look != Self::Plain => return look,
                _ => {}
            }
        }
        look
    }

    /// A number under this format as a cell holds it.
    pub(super) fn value(self, number: f64, date1904: bool) -> CellValue {
        let text = match self {
            Self::Plain | Self::Percent => None,
            Self::Date => date_text(number, date1904),
            Self::Duration => duration_text(number),
        };
        text.map_or(CellValue::Number(number), CellValue::Date)
    }
}

/// A `styles.xml` with its looks.
type Kept = (Vec<u8>, Rc<[Look]>);

thread_local! {
    /// The `styles.xml` last read, newest last.
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// So many are kept: forms of one period differ in which number formats they need.
const KEPT_STYLES: usize = 16;
/// A larger `styles.xml` than this is not kept; one of a form has 20 KB.
const KEPT_BYTES: usize = 64 << 10;

/// Looks of the cell formats of a `styles.xml`, by format number.
///
/// Returns of one office come from few programs, so that most have the very same styles as one before: those are not
/// walked through again (a tenth of reading a form).
pub(super) fn looks_of(styles: Vec<u8>) -> Result<Rc<[Look]>, xml::Broken> {
    KEPT.with_borrow_mut(|kept| {
        if let Some(at) = kept.iter().position(|(bytes, _)| *bytes == styles) {
            kept[at..].rotate_left(1);
            return Ok(Rc::clone(&kept[kept.len() - 1].1));
        }
        let looks: Rc<[Look]> = cell_looks(&styles)?.into();
        if styles.len() <= KEPT_BYTES {
            if kept.len() == KEPT_STYLES {
                kept.remove(0);
            }
            kept.push((styles, Rc::clone(&looks)));
        }
        Ok(looks)
    })
}

fn cell_looks(styles: &[u8]) -> Result<Vec<Look>, xml::Broken> {
    let mut scanner = xml::Scanner::new(styles);
    let mut custom: Vec<(u32, Look)> = Vec::new();
    let mut looks = Vec::new();
    while let Some(token) = scanner.next()? {
        let xml::Token::Start(tag) = token else { continue };
        match tag.name {
            b"numFmt" if custom.len() < CELL_FORMATS => {
                let id = tag.get(b"numFmtId").and_then(number);
                let code = tag.get(b"formatCode").map(xml::decode);
                if let (Some(id), Some(code)) = (id, code) {
                    custom.push((id, Look::of_code(&code)));
                }
            }
            // What stands between, and after, says nothing about numbers.
            b"fonts" | b"fills" | b"borders" | b"cellStyleXfs" | b"dxfs" => {
                scanner.skip_element(tag)?;
            }
            b"cellXfs" => {
                let outside = scanner.depth() - 1;
                while scanner.depth() > outside {
                    let Some(token) = scanner.next()? else { return Err(xml::Broken) };
                    if let xml::Token::Start(tag) = token
                        && tag.name == b"xf"
                        && looks.len() < CELL_FORMATS
                    {
                        let id = tag.get(b"numFmtId").and_then(number).unwrap_or(0);
                        let own = custom.iter().find(|(n, _)| *n == id).map(|(_, look)| *look);
                        looks.push(own.unwrap_or(Look::builtin(id)));
                    }
                }
                break;
            }
            _ => {}
        }
    }
    Ok(looks)
}

/// A plain whole number in an attribute.
pub(super) fn number(raw: &[u8]) -> Option<u32> {
    let digits = raw.trim_ascii();
    if digits.is_empty() || digits.len() > 10 {
        return None;
    }
    digits.iter().try_fold(0_u32, |sum, b| {
        let digit = b.is_ascii_digit().then(|| u32::from(b - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// Seconds of a day.
const DAY: i64 = 86_400;
/// 31 December 9999, the last day spreadsheets know.
const LAST_SERIAL: f64 = 2_958_466.0;

/// A date serial as `2024-03-31`, `2024-03-31T09:00:00`, or `09:00:00` for a time alone; none if it is no date.
///
/// The 1900 system counts a 29 February 1900 that never was (serial 60), for the sake of a spreadsheet of 1983.
pub(super) fn date_text(serial: f64, date1904: bool) -> Option<String> {
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    let (days, seconds) = split(serial)?;
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if days == 0 && !date1904 {
        return Some(clock);
    }
    let date = match (date1904, days) {
        (true, _) => Date::constant(1904, 1, 1).checked_add(days.days()).ok()?.to_string(),
        (false, 60) => "1900-02-29".to_owned(),
        (false, ..60) => Date::constant(1899, 12, 31).checked_add(days.days()).ok()?.to_string(),
        (false, _) => Date::constant(1899, 12, 30).checked_add(days.days()).ok()?.to_string(),
    };
    Some(if seconds == 0 { date } else { format!("{date}T{clock}") })
}

/// Hours, minutes and seconds of a duration: `30:00:00`.
fn duration_text(serial: f64) -> Option<String> {
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    let (days, seconds) = split(serial)?;
    let hours = days * 24 + seconds / 3600;
    Some(format!("{hours:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60))
}

/// Whole days and the seconds of the last one, rounded to the second.
fn split(serial: f64) -> Option<(i64, i64)> {
    let seconds = (serial * 86_400.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "below 2.6e11, checked by the callers")]
    let seconds = seconds.is_finite().then_some(seconds as i64)?;
    Some((seconds / DAY, seconds % DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for (code, look) in [
            ("General", Look::Plain),
            ("G/通用格式", Look::Plain),
            ("0.00%", Look::Percent),
            ("0\"%\"", Look::Plain),
            ("0\\%", Look::Plain),
            ("#,##0.00_);[Red](#,##0.00)", Look::Plain),
            ("0.00E+00", Look::Plain),
            ("yyyy\"年\"m\"月\"d\"日\"", Look::Date),
            ("[$-804]yyyy-mm-dd;@", Look::Date),
            ("[DBNum1][$-804]m\"月\"d\"日\"", Look::Date),
            ("[h]:mm", Look::Duration),
            ("h:mm:ss AM/PM", Look::Date),
            ("\"≥\"General", Look::Plain),
            ("\"▼ \"0.0", Look::Plain),
            ("@", Look::Plain),
            ("0\"万元\"", Look::Plain),
            ("0.0%;-0.0%;\"—\"", Look::Percent),
        ] {
            assert_eq!(Look::of_code(code), look, "{code}");
        }
    }

    #[test]
    fn serials_become_dates() {
        for (serial, date1904, text) in [
            (45_382.0, false, Some("2024-03-31")),
            (43_920.0, true, Some("2024-03-31")),
            (45_382.375, false, Some("2024-03-31T09:00:00")),
            (0.375, false, Some("09:00:00")),
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, Some("1900-02-29")),
            (61.0, false, Some("1900-03-01")),
            (-1.0, false, None),
            (3e6, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(date_text(serial, date1904).as_deref(), text, "{serial}");
        }
        assert_eq!(duration_text(1.25).as_deref(), Some("30:00:00"));
    }
}
