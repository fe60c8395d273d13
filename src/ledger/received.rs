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
        let place = |line: Option<u64>| Place::Line {
            file: file.to_owned(),
            line: line.and_then(|l| u32::try_from(l).ok()).unwrap_or(0),
        };
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                let place = place(e.position().map(csv::Position::line));
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
        let place = place(record.position().map(csv::Position::line));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn told_before_noted_before_presumed_within_what_is_possible() {
        let (issued, now) = (at("2024-03-26T00:00:00Z"), at("2024-04-03T00:00:00Z"));
        let told = at("2024-04-01T00:00:00Z");
        let noted = Some(at("2024-04-02T00:00:00Z"));
        let presumed =
            |modified: Option<&str>| received_at(None, None, modified.map(at), Some(issued), now);
        assert_eq!(received_at(Some(told), noted, None, Some(issued), now).at, told);
        assert!(!received_at(None, noted, None, Some(issued), now).presumed);
        assert_eq!(presumed(Some("2024-03-30T00:00:00Z")).at, at("2024-03-30T00:00:00Z"));
        assert_eq!(presumed(Some("2020-01-01T00:00:00Z")).at, issued);
        assert_eq!(presumed(Some("2030-01-01T00:00:00Z")).at, now);
        assert!(presumed(None).presumed && presumed(None).at == now);
    }

    #[test]
    fn the_register_is_read_as_offices_write_it() {
        let office = Offset::from_seconds(8 * 3600).expect("an offset");
        let csv = "\u{feff}序号,文件名,收到时间\r\n1,财政局.xlsx,2024-04-03 09:30\n2,a\\民政局.xls,2024年4月3日 9:30:15\n\
                   3,教育局.xlsx,2024/4/5\n4,住建局.xlsx,昨天下午\n,,\n5,财政局.xlsx,2024-04-04T01:00:00Z\n";
        let read = register(csv.as_bytes(), "收件登记.csv", office);
        assert_eq!(read.value["财政局.xlsx"], at("2024-04-04T01:00:00Z"), "the last row counts");
        assert_eq!(read.value["a/民政局.xls"], at("2024-04-03T01:30:15Z"));
        assert_eq!(read.value["教育局.xlsx"], at("2024-04-05T15:59:59Z"));
        assert_eq!(read.findings.len(), 1);
        let place = Place::Line { file: "收件登记.csv".into(), line: 5 };
        assert_eq!(
            (&read.findings[0].place, read.findings[0].found.as_str()),
            (&place, "昨天下午")
        );
        let gb = encoding_rs::GB18030.encode(csv.trim_start_matches('\u{feff}')).0.into_owned();
        assert_eq!(register(&gb, "收件登记.csv", office).value, read.value);
        assert!(register(b"\xff\xfe\x00,\"", "收件登记.csv", office).value.is_empty());
    }
}
