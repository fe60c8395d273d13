//! Our reader against calamine's over generated workbooks: what both can say must be the same.

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use duban::sheet::{Cell, CellValue, read};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::Cursor;

/// What a generated cell holds.
#[derive(Clone, Debug)]
enum Made {
    Number(f64),
    Percent(f64),
    Text(String),
    Bool(bool),
    Date(u16),
    Formula(f64),
    Said(String),
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![
        (-1e12..1e12).prop_map(Made::Number),
        (0..1000_i32).prop_map(|n| Made::Number(f64::from(n))),
        (0.0..2.0).prop_map(Made::Percent),
        "[a-z0-9\\.,%万元推进中“”<>&'_x ]{1,12}".prop_map(Made::Text),
        any::<bool>().prop_map(Made::Bool),
        (1..60_000_u16).prop_map(Made::Date),
        (-1e6..1e6).prop_map(Made::Formula),
        "[a-z中]{0,4}".prop_map(Made::Said),
    ]
}

fn write(cells: &[(u32, u16, Made)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let sheet = book.add_worksheet();
    for (row, column, cell) in cells {
        match cell {
            Made::Number(n) => sheet.write(*row, *column, *n),
            Made::Percent(n) => sheet.write_with_format(*row, *column, *n, &percent),
            Made::Text(text) => sheet.write_string(*row, *column, text),
            Made::Bool(b) => sheet.write(*row, *column, *b),
            Made::Date(serial) => {
                let day = ExcelDateTime::from_serial_datetime(f64::from(*serial)).expect("date");
                sheet.write_with_format(*row, *column, &day, &date)
            }
            Made::Formula(n) => {
                sheet.write_formula(*row, *column, Formula::new("=A1+1").set_result(n.to_string()))
            }
            Made::Said(text) => {
                sheet.write_formula(*row, *column, Formula::new("=T(\"x\")").set_result(text))
            }
        }
        .expect("cell");
    }
    book.save_to_buffer().expect("workbook")
}

/// Whether our cell says what calamine says.
fn same(ours: &Cell, theirs: &Data) -> bool {
    match (&ours.value, theirs) {
        (CellValue::Number(a), Data::Float(b)) => a.to_bits() == b.to_bits(),
        (CellValue::Text(a), Data::String(b)) => a.trim_ascii() == b.trim_ascii(),
        (CellValue::Bool(a), Data::Bool(b)) => a == b,
        (CellValue::Date(a), Data::DateTime(b)) => {
            let (year, month, day, ..) = b.to_ymd_hms_milli();
            *a == format!("{year:04}-{month:02}-{day:02}")
        }
        (CellValue::Error(a), Data::Error(b)) => *a == b.to_string(),
        (CellValue::NoResult, _) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn both_readers_say_the_same(cells in proptest::collection::vec((0..40_u32, 0..20_u16, made()), 0..80)) {
        let cells: std::collections::BTreeMap<(u32, u16), Made> =
            cells.into_iter().map(|(r, c, m)| ((r, c), m)).collect();
        let flat: Vec<_> = cells.iter().map(|((r, c), m)| (*r, *c, m.clone())).collect();
        let bytes = write(&flat);
        let ours = read(&bytes, "f").expect("readable");
        let mut theirs: Xlsx<_> = open_workbook_from_rs(Cursor::new(&bytes)).expect("calamine");
        let range = theirs.worksheet_range("Sheet1").expect("sheet");
        for (row, column, cell) in &flat {
            let mine = ours.sheets[0].at(*row, u32::from(*column));
            let other = range.get_value((*row, u32::from(*column)));
            match (mine, cell) {
                (Some(mine), _) => {
                    let other = other.unwrap_or(&Data::Empty);
                    let empty_result = matches!(&mine.value, CellValue::Text(t) if t.is_empty());
                    prop_assert!(same(mine, other) || empty_result, "{mine:?} {other:?}");
                    prop_assert_eq!(mine.percent, matches!(cell, Made::Percent(_)));
                    prop_assert_eq!(mine.formula.is_some(), matches!(cell, Made::Formula(_) | Made::Said(_)));
                }
                (None, Made::Text(text)) => prop_assert!(text.trim().is_empty()),
                (None, other) => prop_assert!(false, "lost {other:?}"),
            }
        }
        prop_assert_eq!(ours.cells_seen, ours.sheets[0].cells.len() as u64);
    }
}
