//! 汇总表: the workbook of many offices together.

use duban::{
    sheet::{self, Book},
    stats::{Rollup, RollupRow},
    workbook::{self, Written},
};

use super::{
    golden,
    made::{Invented, report},
    odd, recalculated,
};

const NAME: &str = "汇总_2024-03.xlsx";

/// An office whose plan and returns are invented; the more months before, the longer its history.
fn office(name: &str, months_before: u32, seed: u64) -> RollupRow {
    let invented = Invented { months_before, returns: seed != 3, seed };
    RollupRow::of(name, name, &report(&odd::small(), "2024-03", &invented).stats)
}

/// A province: a city with two districts, one of them silent, a city within a city, and a county without a past.
fn province() -> Rollup {
    let city =
        RollupRow::together("甲市", "甲市", vec![office("一区", 2, 1), office("二区", 2, 3)]);
    let inner = RollupRow::together("开发区", "开发区", vec![office("三区", 2, 4)]);
    let outer = RollupRow::together("乙市", "乙市", vec![inner, office("四区", 1, 5)]);
    rollup("丙省", vec![city, outer, office("直管县", 0, 6)])
}

fn rollup(name: &str, rows: Vec<RollupRow>) -> Rollup {
    let mut total = RollupRow::together("total", name, rows);
    let rows = std::mem::take(&mut total.rows);
    Rollup { period: "2024-03".parse().expect("a period"), rows, total, rule: String::new() }
}

fn written(rollup: &Rollup) -> Written {
    let left_out = [("坏区".to_owned(), "没有方案。".to_owned())];
    let bytes = workbook::rollup(rollup, &left_out, "0.0.0").expect("a workbook");
    (NAME.to_owned(), bytes)
}

fn sheet_names(book: &Book) -> Vec<&str> {
    book.sheets.iter().map(|s| s.name.as_str()).collect()
}

#[test]
fn the_workbook_of_a_province_says_what_it_said() {
    let (name, bytes) = written(&province());
    golden::kept(&name, &bytes);
    assert!(bytes == written(&province()).1);
}

#[test]
fn its_formulas_recalculate_to_what_they_print() {
    recalculated::opened("rollup", vec![written(&province())]);
}

/// One office, none of whose months before are known, and no rows at all.
#[test]
fn the_smallest_roll_ups() {
    let one = rollup("合计", vec![office("一区", 0, 2)]);
    let none = rollup("合计", Vec::new());
    let mut books = Vec::new();
    for (file, of) in [("one.xlsx", &one), ("none.xlsx", &none)] {
        let (_, bytes) = written(of);
        let book = sheet::read(&bytes, file).expect("readable");
        assert_eq!(sheet_names(&book), ["按办公室", "判定与报送", "统计口径"], "{file}");
        books.push((file.to_owned(), bytes));
    }
    recalculated::opened("rollup-small", books);
}
