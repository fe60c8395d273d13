//! One spoiled cell at a time: the finding, its place, and that the rest is taken.

use duban::{
    intake::Outcome,
    sheet::{CellValue, parse_cell},
    template::Previous,
};

use super::scene::{Scene, Spoil, last, said, values};

/// Types `text` into `cell` of a sound return and says what is found.
fn typed(cell: &str, text: &str) -> Vec<String> {
    let scene = Scene::new();
    let mut book = scene.sound();
    book.type_in(cell, text);
    said(&scene.read(&book))
}

// Rows: 6 is 2-1, 7 is 2-2, 8 is 3, 9 is 5-1, 10 is 11-1, 11 is 11-2, 12 is 7 (named), 13 is 8 (group).

#[test]
fn cells_are_judged_and_placed() {
    for (cell, text, found) in [
        ("L8", "快完成了", "I301 L8 快完成了"),
        ("L8", "0.25", "I302 L8 0.25"),
        ("L8", "1", "I303 L8 1"),
        ("L8", "120%", "I304 L8 120%"),
        ("K6", "较上月增加", "I305 K6 较上月增加"),
        ("K6", "-8", "I306 K6 -8"),
        ("K6", "无", "I307 K6 无"),
        ("K6", "3亿元", "I308 K6 3亿元"),
        ("K11", "7500万", "I309 K11 7500万"),
        ("K6", "8户", "I310 K6 8户"),
        ("K6", "约8", "I311 K6 约8"),
        ("K6", "八", "I312 K6 八"),
        ("K6", "8-9", "I313 K6 8-9"),
        ("M6", "基本完成", "I314 M6 基本完成"),
        ("M6", "进行中", "I315 M6 进行中"),
        ("K9", "0.08", "I320 K9 0.08"),
        ("K6", "8.5", "I321 K6 8.5"),
        ("N8", "同上", "I322 N8 同上"),
        ("N6", "同上", "I327 N6 同上"),
        ("N6", "无", "I323 N6 无"),
        ("K12", "8", "I324 K12 8"),
        ("H6", "20", "I325 H6 20"),
        ("N6", &"很长的进展".repeat(80), &format!("I328 N6 {}", "很长的进展".repeat(80))),
        ("M6", "已完成", "I404 M6 已完成"),
        ("K6", "300", "I410 K6 300"),
    ] {
        let mut expected = vec![found.to_owned()];
        if (cell, text) == ("M6", "已完成") {
            expected.push("I404 M6 已完成".into());
        }
        assert_eq!(typed(cell, text), expected, "{cell} {text}");
    }
}

#[test]
fn a_withheld_cell_leaves_the_others() {
    let scene = Scene::new();
    let mut book = scene.sound();
    book.type_in("K6", "较上月增加");
    let checked = scene.read(&book);
    assert_eq!(checked.value.outcome, Outcome::Partial);
    let values = values(&checked);
    assert!(!values.contains_key("2-1 cumulative"));
    assert_eq!(values["2-1 status"], "推进中");
    let returned = checked.value.returned.expect("taken");
    assert_eq!((returned.required, returned.answered), (15, 14));
    assert!(!returned.entries.iter().any(|e| e.cell == "K6"), "a withheld cell is no entry");
}

#[test]
fn values_are_taken_as_the_rules_say() {
    for (cell, text, key, value) in [
        ("L8", "50%", "3 progress", "50"),
        ("L8", "0.5", "3 progress", "50"),
        ("L8", "1", "3 progress", "1"),
        ("L8", "百分之五十", "3 progress", "50"),
        ("K11", "7500万", "11-2 cumulative", "0.75"),
        ("K11", "0.75亿元", "11-2 cumulative", "0.75"),
        ("K7", "1.4万亩", "2-2 cumulative", "1.4"),
        ("K6", "１２", "2-1 cumulative", "12"),
        ("K6", "未出数", "2-1 cumulative", "未出数"),
        ("K9", "-3.2", "5-1 cumulative", "-3.2"),
        ("O6", "无", "2-1 problems", "无"),
    ] {
        let scene = Scene::new();
        let mut book = scene.sound();
        book.type_in(cell, text);
        assert_eq!(values(&scene.read(&book))[key], value, "{cell} {text}");
    }
}

#[test]
fn a_percent_format_is_taken_as_percent() {
    let scene = Scene::new();
    let mut book = scene.sound();
    book.put("L8", CellValue::Number(0.85));
    let (row, column) = parse_cell("L8").expect("cell");
    for cell in &mut book.form().cells {
        if (cell.row, cell.column) == (row, column) {
            cell.percent = true;
        }
    }
    let checked = scene.read(&book);
    assert_eq!(said(&checked), Vec::<String>::new());
    assert_eq!(values(&checked)["3 progress"], "85");
    let raw = checked.value.returned.expect("taken");
    assert!(raw.entries.iter().any(|e| e.cell == "L8" && e.raw == "85%"));
}

#[test]
fn errors_dates_and_formulas() {
    let scene = Scene::new();
    for (value, formula, found) in [
        (CellValue::Error("#N/A".into()), None, "I316 K6 #N/A"),
        (CellValue::NoResult, Some("SUM(A1:A2)"), "I317 K6 =SUM(A1:A2)"),
        (CellValue::Number(8.0), Some("4+4"), "I318 K6 8"),
        (CellValue::Date("2024-03-05".into()), None, "I319 K6 2024-03-05"),
        (CellValue::Bool(true), None, "I305 K6 TRUE"),
    ] {
        let mut book = scene.sound();
        book.put("K6", value);
        let (row, column) = parse_cell("K6").expect("cell");
        for cell in &mut book.form().cells {
            if (cell.row, cell.column) == (row, column) {
                cell.formula = formula.map(str::to_owned);
            }
        }
        assert_eq!(said(&scene.read(&book)), [found]);
    }
}

#[test]
fn what_contradicts_is_said_once() {
    let scene = Scene::with(&last(&[
        ("2-1", Previous::Number(9.into()), "本期召开两次调度会，已摸排企业四十家。"),
        ("3", Previous::Number(40.into()), ""),
        ("11-1", Previous::Number(2.into()), ""),
    ]));
    for (edits, found) in [
        (vec![("K6", "8")], vec!["I408 K6 8", "I408 L8 25"]),
        (vec![("K10", "20"), ("K6", "9"), ("L8", "40")], vec!["I409 K10 20"]),
        (
            vec![("N6", "本期召开两次调度会, 已摸排企业四十家。"), ("K6", "10"), ("L8", "41")],
            vec!["I411 N6 本期召开两次调度会, 已摸排企业四十家。"],
        ),
        (vec![("K6", "10"), ("L8", "100")], vec!["I406 M8 推进中"]),
        (vec![("K6", "10"), ("L8", "50"), ("M8", "已完成")], vec!["I405 M8 已完成"]),
        (vec![("K6", "10"), ("L8", "50"), ("M8", "未启动")], vec!["I407 M8 未启动"]),
        (
            vec![("K6", "未出数"), ("L8", "50"), ("M6", "已完成"), ("K7", "5.6")],
            vec!["I403 M6 已完成"],
        ),
    ] {
        let mut book = scene.sound();
        for (cell, text) in &edits {
            book.type_in(cell, text);
        }
        assert_eq!(said(&scene.read(&book)), found, "{edits:?}");
    }
}

#[test]
fn required_cells_left_empty() {
    let scene = Scene::new();
    let mut book = scene.sound();
    book.clear("K6");
    book.clear("N8");
    assert_eq!(said(&scene.read(&book)), ["I401 K6", "I401 N8"]);
    book.type_in("M6", "已完成");
    book.type_in("K7", "5.6");
    assert_eq!(said(&scene.read(&book)), ["I402 K6", "I401 N8"]);
}

#[test]
fn one_cause_one_message() {
    let scene = Scene::new();
    let mut book = scene.sound();
    for row in 6..=11 {
        book.type_in(&format!("H{row}"), "1");
    }
    let checked = scene.read(&book);
    assert_eq!(said(&checked), ["I325 H6:H11 1"]);
    let text = duban::wording::message(&checked.findings[0], duban::wording::Lang::Zh);
    assert!(text.ends_with("同类问题共 6 处。"), "{text}");
}
