//! Laws: however rows and columns are moved, every value and every reported address is right; nothing panics.

use std::sync::LazyLock;

use duban::{
    intake::Outcome,
    sheet::{Book, Cell, CellValue, cell_name},
};
use proptest::prelude::*;

use super::scene::{Scene, Spoil, said, values};

/// Rows 6 to 13 (from 0: 5 to 12) hold the items, columns A to R the table.
const FIRST: u32 = 5;
const LAST: u32 = 12;
const COLUMNS: u32 = 18;

struct Fixture {
    scene: Scene,
    /// A return with one wrong cell (L8) and one warning (K6).
    book: Book,
    values: std::collections::BTreeMap<String, String>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let scene = Scene::new();
    let mut book = scene.sound();
    book.type_in("L8", "快完成了");
    book.type_in("K6", "约8");
    let checked = scene.read(&book);
    assert_eq!(said(&checked), ["I311 K6 约8", "I301 L8 快完成了"]);
    let values = values(&checked);
    Fixture { scene, book, values }
});

/// Moves every table cell by a row map and a column map; cells above and below stay in their columns.
fn moved(book: &Book, row_of: impl Fn(u32) -> u32, column_of: impl Fn(u32) -> u32) -> Book {
    let mut book = book.clone();
    for cell in &mut book.sheets[0].cells {
        if cell.row >= FIRST - 1 && cell.row <= LAST {
            cell.column = column_of(cell.column);
        }
        cell.row = row_of(cell.row);
    }
    book.sheets[0].cells.sort_by_key(|c| (c.row, c.column));
    book.sheets[0].merged.clear();
    book
}

fn shuffled(n: u32) -> impl Strategy<Value = Vec<u32>> {
    Just((0..n).collect::<Vec<u32>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_rows_and_columns_change_nothing(
        rows in shuffled(LAST - FIRST + 1),
        columns in shuffled(COLUMNS),
        down in 0u32..9,
        right in 0u32..5,
        gaps in prop::collection::vec(0u32..3, 9),
    ) {
        let fixture = &*FIXTURE;
        // Rows shuffled, with blank rows between, the whole table moved.
        let row_of = |row: u32| {
            let place = if (FIRST..=LAST).contains(&row) {
                FIRST + rows[(row - FIRST) as usize]
            } else {
                row
            };
            let before: u32 = gaps.iter().take(place.saturating_sub(FIRST).min(9) as usize).sum();
            place + if place >= FIRST { before } else { 0 } + down
        };
        let column_of = |column: u32| columns.get(column as usize).copied().unwrap_or(column) + right;
        let book = moved(&fixture.book, row_of, column_of);
        let checked = fixture.scene.read(&book);
        prop_assert_eq!(values(&checked), fixture.values.clone());
        let at = |row, column| cell_name(row_of(row), column_of(column));
        let mut expected = vec![
            format!("I301 {} 快完成了", at(7, 11)),
            format!("I311 {} 约8", at(5, 10)),
        ];
        let mut found = said(&checked);
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn whatever_is_typed_is_accounted_for(
        edits in prop::collection::vec((0u32..20, 0u32..20, "[0-9一二三%.万亿家同上无/—()（）年月日 约余\\-]{0,8}"), 0..25),
        kinds in prop::collection::vec(0u8..6, 25),
    ) {
        let fixture = &*FIXTURE;
        let mut book = fixture.book.clone();
        for ((row, column, text), kind) in edits.iter().zip(kinds) {
            let value = match kind {
                0 => CellValue::Error("#REF!".into()),
                1 => CellValue::Number(f64::from(*row) * 1.1),
                2 => CellValue::Date("2024-11-01".into()),
                3 => CellValue::NoResult,
                _ => CellValue::Text(text.clone()),
            };
            book.put(&cell_name(*row, *column), value);
        }
        // `read` checks the balance and every sentence.
        let checked = fixture.scene.read(&book);
        // Nothing that is not typed as zero becomes zero.
        let zero_typed = edits.iter().any(|(_, _, t)| t.contains(['0', '零', '〇'])) || edits.iter().any(|(r, _, _)| *r == 0);
        if !zero_typed {
            prop_assert!(!values(&checked).iter().any(|(k, v)| k.ends_with("cumulative") && v == "0"));
        }
    }

    #[test]
    fn any_book_at_all_is_survived(
        cells in prop::collection::vec((0u32..30, 0u32..30, ".{0,12}"), 0..60),
        name in ".{1,10}",
    ) {
        let fixture = &*FIXTURE;
        let mut book = fixture.book.clone();
        book.sheets.truncate(1);
        book.names.clear();
        book.properties.clear();
        book.sheets[0].name = name;
        let mut made: Vec<Cell> = cells
            .into_iter()
            .map(|(row, column, text)| Cell { row, column, value: CellValue::Text(text), percent: false, formula: None })
            .collect();
        made.sort_by_key(|c| (c.row, c.column));
        made.dedup_by_key(|c| (c.row, c.column));
        book.sheets[0].cells = made;
        book.count();
        let checked = fixture.scene.read_as(&book, "x/新建.xlsx");
        prop_assert_eq!(checked.value.outcome, Outcome::Rejected);
    }
}
