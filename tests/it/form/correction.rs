//! Correction forms (退改表): the unit's values kept, failing cells marked, a first sheet that lists them with links.

use std::io::Read;

use duban::{
    diag::Severity,
    model::Field,
    sheet::{Cell, read},
    template::{FormSpec, PROBLEMS_NAME, Problem, write_correction},
};

use super::sample;

#[test]
fn problems_stand_first_and_lead_to_their_cells() {
    let spec = FormSpec::shipped();
    let forms = sample::sample_forms("2024-03");
    let mut form = sample::form_of(&forms, "区农业农村局").clone();
    let row = &mut form.rows[0];
    row.entered.insert(Field::Cumulative, "2.4万亩".into());
    row.entered.insert(Field::Status, "基本\"完成\"".into());
    row.entered.insert(Field::Narrative, "已完成。".repeat(60));
    row.entered_extra.insert("none".into(), "x".into());
    for field in [Field::Cumulative, Field::Status, Field::Narrative] {
        row.marked.insert(field, "请按要求填写。".into());
    }
    form.signed.insert(Field::Phone, "不知道".into());
    form.signed_marked.insert(Field::Phone, "请填电话号码。".into());
    let problem = |item, field, message: &str| Problem {
        item,
        field,
        severity: Severity::Error,
        message: message.into(),
        advice: "只写数字，例如 2.4。".into(),
    };
    let item = form.rows[0].item;
    let problems = [
        problem(Some(item), Some(Field::Cumulative), "年初至今累计填写的是“2.4万亩”，应为数字。"),
        problem(Some(item), Some(Field::Status), "=办理状态"),
        problem(None, Some(Field::Phone), "联系电话填写的是“不知道”。"),
        problem(None, None, "表头被改动。"),
    ];
    let bytes = write_correction(&form, &spec, &problems).expect("a workbook");
    let book = read(&bytes, "back.xlsx").expect("readable");
    assert_eq!(book.sheets[0].name, PROBLEMS_NAME);
    let texts: Vec<String> = book.sheets[0].cells.iter().map(Cell::text).collect();
    for wanted in ["K6", "M6", "=办理状态", "整张表", "联系电话", "错误"] {
        assert!(texts.iter().any(|t| t == wanted), "{wanted} in {texts:?}");
    }
    let data = book.sheets.iter().find(|s| s.name == "填报表").expect("the form");
    assert_eq!(data.at(5, 10).map(Cell::text).as_deref(), Some("2.4万亩"));
    assert_eq!(data.at(5, 17).map(Cell::text).as_deref(), Some("-1"));
    let hint = data.at(5, 17).and_then(|c| c.formula.clone()).expect("live");
    assert!(hint.contains("K6&\"\"=\"2.4万亩\"") && hint.contains("LEFT(N6,100)"), "{hint}");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    let mut sheet = String::new();
    archive
        .by_name("xl/worksheets/sheet1.xml")
        .expect("sheet")
        .read_to_string(&mut sheet)
        .expect("text");
    assert_eq!(sheet.matches("<hyperlink ").count(), 3);
    assert!(sheet.contains("location=\"'填报表'!K6\""));
    super::look("退改表.xlsx", &bytes);
}
