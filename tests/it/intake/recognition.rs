//! Sheets, columns and rows that were moved, renamed, sorted, copied or lost; and whose form it is.

use duban::{
    intake::Outcome,
    model::UnitId,
    sheet::{Book, Cell, CellValue, Sheet},
    template::{FormSpec, Key, LastFacts},
};

use super::scene::{Scene, Spoil, UNIT, period, plan, said, values};

fn spoiled(spoil: impl Fn(&mut Book)) -> (Vec<String>, usize) {
    let scene = Scene::new();
    let mut book = scene.sound();
    spoil(&mut book);
    book.count();
    let checked = scene.read(&book);
    (said(&checked), values(&checked).len())
}

/// Values of a sound return: 17 cells and two signatures.
const ALL: usize = 17;

#[test]
fn a_sound_return_has_so_many_values() {
    assert_eq!(spoiled(|_| {}), (vec![], ALL));
}

#[test]
fn moved_and_inserted_columns_and_rows_are_followed() {
    // The table moved down and right.
    assert_eq!(
        spoiled(|b| {
            b.shift_rows(0, 7);
            for cell in &mut b.form().cells {
                cell.column += 3;
            }
        }),
        (vec![], ALL)
    );
    // Blank rows inside.
    assert_eq!(spoiled(|b| b.shift_rows(8, 4)), (vec![], ALL));
    // A column of their own between.
    let (found, taken) = spoiled(|b| {
        for cell in &mut b.form().cells {
            if cell.column >= 14 {
                cell.column += 1;
            }
        }
        b.type_in("O5", "备注");
        b.type_in("O6", "无");
        b.type_in("O9", "见附件");
    });
    assert_eq!(found, ["I211 O5:O9 备注"]);
    assert_eq!(taken, ALL);
}

#[test]
fn renamed_headings() {
    assert_eq!(spoiled(|b| b.type_in("Q5", "下一步打算")).0, ["I206 Q5 下一步打算"]);
    assert_eq!(
        spoiled(|b| b.type_in("K5", "1-3月累计数（截至3月底）情况")).0,
        ["I207 K5 1-3月累计数（截至3月底）情况"]
    );
}

#[test]
fn lost_columns_are_one_finding() {
    let drop = |columns: &'static [u32]| {
        move |b: &mut Book| {
            b.form().cells.retain(|c| c.row < 4 || c.row > 12 || !columns.contains(&c.column));
        }
    };
    let (found, taken) = spoiled(drop(&[12]));
    assert_eq!(found, ["I208 A5 办理状态"]);
    assert_eq!(taken, ALL - 4);
    assert_eq!(spoiled(drop(&[1, 14])).0, ["I209 A5 板块、存在问题"]);
}

#[test]
fn a_column_twice() {
    let copy = |change: bool| {
        move |b: &mut Book| {
            let cells: Vec<Cell> = b
                .form()
                .cells
                .iter()
                .filter(|c| c.column == 13 && (4..13).contains(&c.row))
                .cloned()
                .collect();
            for mut cell in cells {
                cell.column = 20;
                if change && cell.row == 6 {
                    cell.value = CellValue::Text("另一种说法".into());
                }
                if change && cell.row == 5 {
                    cell.value = CellValue::Text("改过的说法".into());
                }
                b.form().cells.push(cell);
            }
            b.form().cells.sort_by_key(|c| (c.row, c.column));
        }
    };
    assert_eq!(spoiled(copy(false)), (vec![], ALL));
    let (found, taken) = spoiled(copy(true));
    assert_eq!(found, ["I210 N5:U13 进展情况"]);
    assert_eq!(taken, ALL - 5);
}

#[test]
fn sheets_renamed_added_and_copied() {
    assert_eq!(spoiled(|b| b.form().name = "Sheet1".into()).0, ["I202 - Sheet1"]);
    let note = |text: &str| Cell {
        row: 0,
        column: 0,
        value: CellValue::Text(text.into()),
        percent: false,
        formula: None,
    };
    assert_eq!(
        spoiled(|b| b.sheets.push(Sheet {
            name: "附件".into(),
            cells: vec![note("项目清单")],
            ..Sheet::default()
        }))
        .0,
        ["I204 - 附件"]
    );
    assert_eq!(
        spoiled(|b| {
            let mut copy = b.sheets[0].clone();
            copy.name = "填报表 (2)".into();
            b.sheets.push(copy);
        })
        .0,
        ["I203 - 填报表 (2)"]
    );
    assert_eq!(
        spoiled(|b| {
            let mut copy = b.sheets[0].clone();
            copy.name = "财政局".into();
            for cell in &mut copy.cells {
                if (cell.row, cell.column) == (1, 0) {
                    cell.value = CellValue::Text("填报单位：区财政局".into());
                }
            }
            b.sheets.push(copy);
        })
        .0,
        ["I508 - 财政局"]
    );
    // A remark on the instruction sheet is not lost.
    assert_eq!(
        spoiled(|b| {
            let sheet = b.sheets.iter_mut().find(|s| s.name == "填表说明").expect("instructions");
            let mut cell = note("数据为快报数");
            cell.row = 60;
            sheet.cells.push(cell);
        })
        .0,
        ["I217 A61 数据为快报数"]
    );
}

#[test]
fn rows_without_numbers() {
    let (found, taken) = spoiled(|b| b.clear("A8"));
    assert_eq!(found, ["I212 A8"]);
    assert_eq!(taken, ALL);
    let (found, taken) = spoiled(|b| {
        for column in ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"] {
            b.clear(&format!("{column}8"));
        }
    });
    assert_eq!(found[0], "I213 A8");
    assert_eq!(taken, ALL);
    // The heading row is gone, the printed cells stand where they stood.
    let (found, taken) = spoiled(|b| b.form().cells.retain(|c| c.row != 4));
    assert_eq!(found, ["I205 A6:A13"]);
    assert_eq!(taken, ALL);
}

#[test]
fn dates_are_item_numbers_again() {
    let (found, taken) = spoiled(|b| b.put("A10", CellValue::Date("2024-11-01".into())));
    assert_eq!(found, ["I214 A10 2024-11-01"]);
    assert_eq!(taken, ALL);
    let (found, _) = spoiled(|b| b.put("A11", CellValue::Number(45_598.0)));
    assert_eq!(found, ["I214 A11 45598"]);
}

#[test]
fn rows_that_are_no_items() {
    let (found, taken) = spoiled(|b| {
        b.shift_rows(8, 2);
        b.type_in("A9", "合计");
        b.type_in("K9", "16");
        b.type_in("C10", "一、牵头事项");
    });
    assert_eq!(found, ["I216 A9:K9 合计", "I422 C10 一、牵头事项"]);
    assert_eq!(taken, ALL);
    let (found, _) = spoiled(|b| {
        let head: Vec<Cell> = b.form().cells.iter().filter(|c| c.row == 4).cloned().collect();
        b.shift_rows(8, 1);
        b.form().cells.extend(head.into_iter().map(|c| Cell { row: 8, ..c }));
        b.form().cells.sort_by_key(|c| (c.row, c.column));
    });
    assert_eq!(found, ["I215 A9:R9"]);
    let (found, _) = spoiled(|b| b.type_in("A30", "注：3月数据为快报数"));
    assert_eq!(found, ["I217 A30 注：3月数据为快报数"]);
}

/// Copies sheet row `from` (from 0) to row `to`.
fn copy_row(b: &mut Book, from: u32, to: u32) {
    let cells: Vec<Cell> = b.form().cells.iter().filter(|c| c.row == from).cloned().collect();
    b.shift_rows(to, 1);
    b.form().cells.extend(cells.into_iter().map(|c| Cell { row: to, ..c }));
    b.form().cells.sort_by_key(|c| (c.row, c.column));
}

#[test]
fn repeated_disputed_unknown_and_missing_rows() {
    let (found, taken) = spoiled(|b| copy_row(b, 7, 8));
    assert_eq!(found, ["I413 A9:R9 3"]);
    assert_eq!(taken, ALL);
    let (found, taken) = spoiled(|b| {
        copy_row(b, 7, 8);
        b.type_in("L9", "60");
    });
    assert_eq!(found, ["I412 A8:R9 3"]);
    assert_eq!(taken, ALL - 3);
    let (found, taken) = spoiled(|b| b.type_in("A8", "7"));
    assert_eq!(found[0], "I414 A8:R8 7");
    assert!(taken < ALL);
    let (found, taken) = spoiled(|b| {
        copy_row(b, 7, 13);
        b.type_in("A14", "99");
        b.type_in("C14", "自己加的任务");
    });
    assert_eq!(found, ["I415 A14:R14 99"]);
    assert_eq!(taken, ALL);
    let (found, _) = spoiled(|b| b.form().cells.retain(|c| ![7, 12].contains(&c.row)));
    assert_eq!(found, ["I416 A5 3", "I417 A5 8"]);
}

#[test]
fn printed_cells_changed_or_cleared() {
    assert_eq!(spoiled(|b| b.type_in("H6", "20")).0, ["I325 H6 20"]);
    assert_eq!(spoiled(|b| b.clear("G6")).0, ["I326 G6 认定专精特新企业"]);
    assert_eq!(spoiled(|b| b.type_in("L6", "99")).0, ["I325 L6 99"]);
    // The computed result pasted as a value is what the form printed.
    assert_eq!(spoiled(|b| b.put("L6", CellValue::Number(26.666_666_7))).0, Vec::<String>::new());
}

#[test]
fn missing_signatures() {
    assert_eq!(spoiled(|b| b.clear("F15")).0, ["I419 C15 填报人"]);
}

fn without_stamp(b: &mut Book) {
    b.sheets.retain(|s| s.name != "_duban");
    b.names.clear();
    b.properties.clear();
}

fn read_as(path: &str, spoil: impl Fn(&mut Book)) -> (Vec<String>, Outcome, Option<String>) {
    let scene = Scene::new();
    let mut book = scene.sound();
    spoil(&mut book);
    book.count();
    let checked = scene.read_as(&book, path);
    let unit = checked.value.unit.clone().map(|u| u.0);
    (said(&checked), checked.value.outcome, unit)
}

#[test]
fn whose_form_it_is() {
    let ours = Some(UNIT.to_owned());
    // Head and file name, without a stamp.
    let (found, outcome, unit) = read_as("x/区工信局3月.xlsx", without_stamp);
    assert_eq!((found, outcome, unit), (vec!["I218 -".into()], Outcome::Accepted, ours.clone()));
    // The file name alone.
    let (found, _, unit) = read_as("x/区工信局3月.xlsx", |b| {
        without_stamp(b);
        b.form().cells.retain(|c| c.row != 1);
    });
    assert_eq!((found, unit), (vec!["I218 -".into(), "I510 -".into()], ours.clone()));
    // Nothing at all.
    let (found, outcome, unit) = read_as("x/新建.xlsx", |b| {
        without_stamp(b);
        b.form().cells.retain(|c| c.row != 1);
    });
    assert_eq!((found, outcome, unit), (vec!["I501 -".into()], Outcome::Rejected, None));
    // No period anywhere.
    let (found, ..) = read_as("x/区工信局.xlsx", |b| {
        without_stamp(b);
        b.form().cells.retain(|c| c.row != 1 || c.column == 0);
    });
    assert_eq!(found, ["I218 -", "I506 -"]);
    // Contradictions.
    let (found, _, unit) = read_as("x/区财政局_2024-03.xlsx", |_| {});
    assert_eq!((found, unit), (vec!["I502 -  区工业和信息化局".replace("  ", " ")], ours.clone()));
    let (found, ..) = read_as("x/a.xlsx", |b| b.type_in("A2", "填报单位：区财政局"));
    assert_eq!(found, ["I502 A2 区财政局"]);
    // Head and file name agree against the stamp: another unit's form was borrowed.
    let (found, outcome, unit) =
        read_as("x/区财政局.xlsx", |b| b.type_in("A2", "填报单位：区财政局"));
    assert_eq!((found, outcome, unit), (vec!["I511 - 区财政局".into()], Outcome::Rejected, None));
    let (found, ..) = read_as("x/a.xlsx", |b| b.type_in("A2", "填报单位：区工信局"));
    assert_eq!(found, ["I509 A2 区工信局"]);
    let (found, ..) = read_as("x/区工信局_2024-02.xlsx", |_| {});
    assert_eq!(found, ["I505 - 区工信局_2024-02.xlsx"]);
    // No form of ours.
    let (found, outcome, _) =
        read_as("x/区工信局.xlsx", |b| b.sheets.retain(|s| s.name != "填报表"));
    assert_eq!((found, outcome), (vec!["I201 -".into()], Outcome::Rejected));
}

#[test]
fn stamps_are_checked() {
    let scene = Scene::new();
    // Another period's form.
    let february =
        Scene::of(&plan(), &scene.spec, &LastFacts::new(), period().previous(), "0123456789ab");
    let checked = scene.read_as(&february.sound(), "x/a.xlsx");
    assert_eq!(said(&checked), ["I504 - 2024年2月"]);
    assert_eq!(checked.value.outcome, Outcome::Rejected);
    assert_eq!(checked.value.unit, Some(UnitId(UNIT.into())));
    // An earlier issue of the plan.
    let earlier = Scene::of(&plan(), &scene.spec, &LastFacts::new(), period(), "ba9876543210");
    let mut both = Scene::new();
    both.expected.forms.get_mut(&UnitId(UNIT.into())).expect("forms").insert(0, earlier.form(UNIT));
    assert_eq!(said(&both.read(&earlier.sound())), ["I220 - 1 / ba9876543210"]);
    // A changed stamp.
    let mut book = scene.sound();
    for sheet in book.sheets.iter_mut().filter(|s| s.name == "_duban") {
        for cell in &mut sheet.cells {
            if let CellValue::Text(text) = &mut cell.value {
                *text = text.replace(UNIT, "区财政局");
            }
        }
    }
    assert_eq!(said(&scene.read(&book)), ["I507 - 区财政局"]);
    // Another key.
    let mut other = Scene::new();
    other.expected = other.expected.with_key(Key::new([9; 32]));
    let mut issued = other.form(UNIT);
    issued.stamp.digest = "00".into();
    other.expected.forms.insert(UnitId(UNIT.into()), vec![issued]);
    let found = said(&other.read(&scene.sound()));
    assert!(found[0].starts_with("I219 - demo"), "{found:?}");
    // A unit without a form.
    let mut none = Scene::new();
    none.expected.forms.remove(&UnitId(UNIT.into()));
    assert_eq!(said(&none.read(&scene.sound())), [format!("I503 - {UNIT}")]);
}

#[test]
fn columns_the_office_added_stay_in_the_archive() {
    let spec =
        FormSpec::parse("[column.evidence]\nheading = \"佐证材料\"\n", "form.toml").expect("spec");
    let scene = Scene::of(&plan(), &spec, &LastFacts::new(), period(), "0123456789ab");
    let mut form = scene.filled(UNIT);
    form.rows[0].entered_extra.insert("evidence".into(), "见附件1".into());
    let checked = scene.read(&scene.book(&form));
    assert_eq!(said(&checked), ["I221 R6 佐证材料"]);
    assert_eq!(values(&checked).len(), ALL);
}
