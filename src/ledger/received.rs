//! When a return came (收到时间), and whether that was in time.

use std::collections::BTreeMap;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};

use crate::diag::{Checked, Code, Diagnostic, Place};

/// When a file came, and whether that is presumed (推定).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Received {
    /// When.
    pub at: Timestamp,
    /// Nobody noted it: the file's own time, kept within what is possible.
    pub presumed: bool,
}

/// When a file came: as told (`--received-at`), else as noted (收件登记.csv), else the file's own time, which
/// cannot lie before its form was issued nor after now.
#[must_use]
pub fn received_at(
    told: Option<Timestamp>,
    noted: Option<Timestamp>,
    modified: Option<Timestamp>,
    issued: Option<Timestamp>,
    now: Timestamp,
) -> Received {
    if let Some(at) = told.or(noted) {
        return Received { at, presumed: false };
    }
    let at = modified.unwrap_or(now);
    let at = issued.map_or(at, |issued| at.max(issued)).min(now);
    Received { at, presumed: true }
}

/// Days after the due date, by the office's calendar: 0 until 24:00 of the due date.
#[must_use]
pub fn days_late(received: Timestamp, due: Date, offset: Offset) -> i64 {
    let day = offset.to_datetime(received).date();
    due.until(day).map_or(0, |span| i64::from(span.get_days()).max(0))
}

/// Whether the due date is over: its day ends at 24:00 office time.
#[must_use]
pub fn is_over(due: Date, now: Timestamp, offset: Offset) -> bool {
    offset.to_datetime(now).date() > due
}

/// Reads 收件登记.csv: file name and time, in office time.
///
/// Columns: 文件 and 收到时间 under headings that hold those words, or the first two. Dates as the office types
/// them (`2024-04-03 09:30`, `2024/4/3 9:30`, `2024年4月3日 9:30`), a date alone meaning the end of that day.
/// UTF-8 or GB18030. The last row of a file counts. Gives the times by file name.
#[must_use]
pub fn register(bytes: &[u8], file: &str, offset: Offset) -> Checked<BTreeMap<String, Timestamp>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut times = BTreeMap::new();
    let mut findings = Vec::new();
    let mut columns = (0, 1);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    for (n, record) in reader.records().enumerate() {
        let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
        let place = Place::Line { file: file.to_owned(), line };
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                findings.push(Diagnostic::new(Code::RegisterRow, place, e.to_string()));
                continue;
            }
        };
        let at = |word: &str| record.iter().position(|cell| cell.contains(word));
        if n == 0 && at("时间").is_some() {
            columns = (at("文件").unwrap_or(0), at("时间").unwrap_or(1));
            continue;
        }
        let name = record.get(columns.0).unwrap_or_default();
        let typed = record.get(columns.1).unwrap_or_default();
        if name.is_empty() && typed.is_empty() {
            continue;
        }
        match moment(typed, offset) {
            Some(at) if !name.is_empty() => {
                times.insert(name.replace('\\', "/"), at);
            }
            _ => findings.push(
                Diagnostic::new(Code::RegisterRow, place, typed).with("name", name.to_owned()),
            ),
        }
    }
    Checked { value: times, findings }
}

/// A moment as an office types it.
fn moment(typed: &str, offset: Offset) -> Option<Timestamp> {
    if let Ok(at) = typed.parse::<Timestamp>() {
        return Some(at);
    }
    let parts: Vec<i16> = typed
        .split(|c: char| !c.is_ascii_digit())
        .filter(|p| !p.is_empty())
        .map(|p| p.parse().ok())
        .collect::<Option<_>>()?;
    let (date, time) = parts.split_at_checked(3)?;
    let small = |n: i16| i8::try_from(n).ok();
    let date = Date::new(date[0], small(date[1])?, small(date[2])?).ok()?;
    let clock = |n: usize| time.get(n).map_or(Some(0), |v| small(*v));
    let at: DateTime = match time.len() {
        0 => date.at(23, 59, 59, 0),
        2 | 3 => jiff::civil::Time::new(clock(0)?, clock(1)?, clock(2)?, 0).ok()?.on(
            date.year(),
            date.month(),
            date.day(),
        ),
        _ => return None,
    };
    offset.to_timestamp(at).ok()
}
