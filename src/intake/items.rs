//! Item numbers as they come back (认编号): typed anew, full-width, or turned into a date by a program.

use jiff::civil::Date;

use crate::{
    model::{ItemNo, TaskNo, normalised},
    sheet::{Cell, CellValue},
};

/// Item numbers a cell may stand for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Candidates {
    /// Possible items, the likeliest first.
    pub(super) items: Vec<ItemNo>,
    /// They were read back from a date.
    pub(super) from_date: bool,
}

/// Spreadsheet serials of the years 1930 to 2100: a number in between may be an item number turned into a date.
const SERIALS: std::ops::RangeInclusive<i32> = 10_959..=73_415;

/// The items a cell may stand for.
pub(super) fn candidates(cell: &Cell) -> Candidates {
    match &cell.value {
        CellValue::Text(text) => of_text(text),
        CellValue::Number(number) => of_number(*number, cell),
        CellValue::Date(text) => of_date(text.get(..10).and_then(|d| d.parse().ok())),
        _ => Candidates::default(),
    }
}

fn of_text(text: &str) -> Candidates {
    if let Ok(item) = text.parse() {
        return Candidates { items: vec![item], from_date: false };
    }
    let plain = normalised(text);
    if !plain.bytes().any(|b| b.is_ascii_digit()) {
        // Neither number nor date: a label under the table.
        return Candidates::default();
    }
    let plain = plain.trim_start_matches(['第', '\'']).trim_end_matches(['项', '.', '、', '号']);
    let dashed = plain.replace(['—', '–', '−', '‐', '－', '_', '~', 'ー'], "-").replace("--", "-");
    if let Ok(item) = dashed.parse() {
        return Candidates { items: vec![item], from_date: false };
    }
    // 43.0 and 43.00 are 43; 43(1) is 43-1.
    if let Some((whole, zeros)) = dashed.split_once('.')
        && zeros.bytes().all(|b| b == b'0')
        && let Ok(item) = whole.parse()
    {
        return Candidates { items: vec![item], from_date: false };
    }
    if let Some((task, rest)) = dashed.split_once('(')
        && let Some(index) = rest.strip_suffix(')')
        && let Ok(item) = format!("{task}-{index}").parse()
    {
        return Candidates { items: vec![item], from_date: false };
    }
    of_date(date_in(&dashed))
}

fn of_number(number: f64, cell: &Cell) -> Candidates {
    if let Ok(item) = cell.text().parse::<ItemNo>() {
        let mut items = vec![item];
        let serial = of_date(date_of_serial(number));
        items.extend(serial.items);
        return Candidates { items, from_date: false };
    }
    of_date(date_of_serial(number))
}

/// The day a spreadsheet serial of the 1900 system stands for.
fn date_of_serial(number: f64) -> Option<Date> {
    if number.fract() != 0.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a value outside is no serial")]
    let serial = number as i32;
    if !SERIALS.contains(&serial) {
        return None;
    }
    Date::constant(1899, 12, 30).checked_add(jiff::Span::new().days(serial)).ok()
}

/// A date as programs print one: `2024-11-01`, `2024/11/1`, `11月1日`, `1-Nov`, `Nov-11`.
fn date_in(text: &str) -> Option<Date> {
    if let Ok(date) = text.get(..10).unwrap_or(text).parse() {
        return Some(date);
    }
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let number = |at: usize| numbers.get(at).and_then(|n| n.parse::<i16>().ok());
    let small = |n: i16| i8::try_from(n).ok();
    if text.contains('月') || text.contains('/') {
        let (year, month, day) = match numbers.len() {
            2 if numbers[0].len() == 4 => (number(0)?, number(1)?, 1),
            2 => (2000, number(0)?, number(1)?),
            3 => (number(0)?, number(1)?, number(2)?),
            _ => return None,
        };
        return Date::new(year, small(month)?, small(day)?).ok();
    }
    let lower = text.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| lower.contains(m))?;
    let month = i8::try_from(month + 1).ok()?;
    let n = number(0)?;
    // 11-Nov is the eleventh; Jan-43 is January 1943.
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        Date::new(2000, month, small(n)?).ok()
    } else {
        Date::new(if n < 30 { 2000 + n } else { 1900 + n }, month, 1).ok()
    }
}

/// Month names of English programs.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What was typed before a program made a date of it: 11-1 became 1 November, 43-1 January 1943.
fn of_date(date: Option<Date>) -> Candidates {
    let Some(date) = date else { return Candidates::default() };
    let number = |n: i8| u32::from(n.unsigned_abs());
    let mut items = vec![ItemNo { task: TaskNo(number(date.month())), index: number(date.day()) }];
    let year = u32::from(date.year().unsigned_abs()) % 100;
    if date.day() == 1 && year > 0 {
        items.push(ItemNo { task: TaskNo(year), index: number(date.month()) });
    }
    // Day first, as programs in other regions read it.
    if date.day() <= 12 && date.day() != date.month() {
        items.push(ItemNo { task: TaskNo(number(date.day())), index: number(date.month()) });
    }
    Candidates { items, from_date: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: CellValue) -> (String, bool) {
        let cell = Cell { row: 0, column: 0, value, percent: false, formula: None };
        let found = candidates(&cell);
        let items: Vec<String> = found.items.iter().map(ToString::to_string).collect();
        (items.join(" "), found.from_date)
    }

    #[test]
    fn item_numbers_come_back_in_many_spellings() {
        for (text, items) in [
            ("43-1", "43-1"),
            ("４３－１", "43-1"),
            ("43—1", "43-1"),
            (" 43 ", "43"),
            ("第43项", "43"),
            ("43.0", "43"),
            ("43(1)", "43-1"),
            ("合计", ""),
            ("", ""),
        ] {
            assert_eq!(read(CellValue::Text(text.into())), (items.to_owned(), false), "{text}");
        }
        assert_eq!(read(CellValue::Number(43.0)), ("43".into(), false));
    }

    #[test]
    fn dates_are_read_back() {
        for value in [
            CellValue::Date("2024-11-01".into()),
            CellValue::Text("2024/11/1".into()),
            CellValue::Text("11月1日".into()),
            CellValue::Text("2024年11月1日".into()),
            CellValue::Number(45_597.0),
        ] {
            let (items, from_date) = read(value.clone());
            assert!(items.split(' ').any(|i| i == "11-1"), "{value:?}: {items}");
            assert!(from_date || matches!(value, CellValue::Number(_)));
        }
        let (items, _) = read(CellValue::Date("1943-01-01".into()));
        assert!(items.split(' ').any(|i| i == "43-1"), "{items}");
        assert_eq!(read(CellValue::Text("1-Nov".into())).0, "11-1 1-11");
    }
}
