//! What clerks do to plan.xlsx: every wrong edit is answered with sheet, cell and advice, and the rest is read.

use super::{read_book, write_workbook};
use crate::{
    diag::{Code, Diagnostic, Place},
    model::{Change, Plan},
    plan::sample,
    sheet::{Book, Cell, CellValue, parse_cell},
    wording::{self, Lang},
};

/// The sample plan's workbook, opened.
fn book() -> Book {
    static OPENED: std::sync::OnceLock<Book> = std::sync::OnceLock::new();
    let open = || {
        let bytes = write_workbook(&sample::plan()).expect("written");
        crate::sheet::read(&bytes, "plan.xlsx").expect("opened")
    };
    OPENED.get_or_init(open).clone()
}

/// Types a value into a cell; an empty text clears it.
fn set(book: &mut Book, sheet: &str, cell: &str, value: CellValue) {
    let (row, column) = parse_cell(cell).expect("an address");
    let sheet = book.sheets.iter_mut().find(|s| s.name == sheet).expect("a sheet");
    sheet.cells.retain(|c| (c.row, c.column) != (row, column));
    if value != CellValue::Text(String::new()) {
        let at = sheet.cells.partition_point(|c| (c.row, c.column) < (row, column));
        let cell = Cell { row, column, value, percent: false, formula: None };
        sheet.cells.insert(at, cell);
    }
}

fn text(value: &str) -> CellValue {
    CellValue::Text(value.to_owned())
}

fn read(book: &Book) -> (Plan, Vec<Diagnostic>) {
    let read = read_book(book, "plan.xlsx").expect("read");
    (read.value, read.findings)
}

/// One edit and the finding it must bring, at the cell itself.
fn answered(sheet: &str, cell: &str, value: CellValue, code: Code) -> Plan {
    let mut edited = book();
    set(&mut edited, sheet, cell, value);
    let (plan, findings) = read(&edited);
    let found = findings
        .iter()
        .find(|f| f.code == code && f.place.sheet() == Some(sheet) && f.place.cell() == Some(cell));
    assert!(found.is_some(), "{sheet}!{cell} {}: {findings:#?}", code.printed());
    for finding in &findings {
        for lang in [Lang::Zh, Lang::En] {
            for said in [wording::message(finding, lang), wording::advice(finding, lang)] {
                assert!(!said.contains('{'), "{said}");
            }
        }
    }
    plan
}

/// What is typed where, and the finding it must bring.
fn edits() -> Vec<(&'static str, &'static str, CellValue, Code)> {
    vec![
        ("任务", "A5", text("二"), Code::NumberBad),
        ("任务", "A5", CellValue::Number(2.5), Code::NumberBad),
        ("任务", "A5", CellValue::Number(1.0), Code::DuplicateKey),
        ("任务", "A5", text(""), Code::RequiredBlank),
        ("任务", "A5", CellValue::Error("#REF!".into()), Code::CellBroken),
        ("任务", "B5", CellValue::Number(11.0), Code::SectionUnknown),
        ("任务", "C5", CellValue::Number(7.0), Code::SectionUnknown),
        ("任务", "D5", text(""), Code::RequiredBlank),
        ("任务", "E5", text("这个简称实在是太长了长得连图表里都放不下啊"), Code::ShortTooLong),
        ("任务", "F5", text("张申"), Code::LeaderUnknown),
        ("任务", "G5", text("区财政厅"), Code::NameUnknown),
        ("任务", "G5", text(""), Code::NoLeadUnit),
        ("任务", "H5", text("区财政局）"), Code::NameOdd),
        ("任务", "I5", text("尽快"), Code::DateBad),
        ("任务", "J5", text("三月初"), Code::PeriodBad),
        ("板块", "A5", text("甲"), Code::NumberBad),
        ("板块", "A6", CellValue::Number(9.0), Code::SectionUnknown),
        ("指标", "A5", CellValue::Date("2024-02-02".into()), Code::ItemBad),
        ("指标", "A5", text("9-1"), Code::TaskUnknown),
        ("指标", "A5", text("2-1"), Code::DuplicateKey),
        ("指标", "A5", text("2"), Code::ItemBad),
        ("指标", "C5", text(""), Code::RequiredBlank),
        ("指标", "D5", text("大概"), Code::ChoiceBad),
        ("指标", "E5", text("约4.5"), Code::NumberBad),
        ("指标", "E5", text(""), Code::RequiredBlank),
        ("指标", "G5", text("好"), Code::ChoiceBad),
        ("指标", "H5", text("不详"), Code::NumberBad),
        ("指标", "H5", CellValue::Number(9.0), Code::IndicatorOdd),
        ("指标", "I5", text("区文化和旅游局"), Code::SourceNotLead),
        ("指标", "J5", text("有时"), Code::ChoiceBad),
        ("指标", "K5", text("10、20、30"), Code::CurveBad),
        ("指标", "L5", text("也许"), Code::ChoiceBad),
        ("单位", "A5", text("区发展和改革局"), Code::DuplicateKey),
        ("集合", "A5", text("区财政局"), Code::NameBoth),
        ("单位", "B5", text("区发改局"), Code::ShortTwice),
        ("单位", "E5", text("年底"), Code::PeriodBad),
        ("单位", "F5", text("区财政总局"), Code::NameUnknown),
        ("别称", "B4", text("区没有局"), Code::NameUnknown),
        ("别称", "B4", text(""), Code::RequiredBlank),
        ("别称", "C4", text("嗯"), Code::ChoiceBad),
        ("集合", "B4", text("区财政局、区没有局"), Code::NameUnknown),
        ("集合", "B4", text(""), Code::GroupUnresolved),
        ("领导", "A5", text("张甲"), Code::DuplicateKey),
        ("领导", "G5", text("无名氏"), Code::LeaderUnknown),
        ("变更", "A5", text("下个月"), Code::PeriodBad),
        ("变更", "A5", text("2042-03"), Code::ChangeOutside),
        ("变更", "B5", text("改一改"), Code::ChoiceBad),
        ("变更", "C5", text("99"), Code::ChangeObject),
        ("变更", "C6", text("2-9"), Code::ChangeObject),
        ("变更", "D6", text("多一些"), Code::NumberBad),
        ("变更", "D6", text(""), Code::RequiredBlank),
        ("变更", "D5", text("因故"), Code::ChangeExtra),
        ("变更", "D10", text("某日"), Code::DateBad),
        ("变更", "D11", text("区新设局"), Code::ChangeUnit),
        ("变更", "D11", text("区财政局、区政府办公室"), Code::SuccessionCounts),
        ("变更", "C11", text("区老局"), Code::ChangeObject),
        ("方案", "B5", text("今年"), Code::NumberBad),
    ]
}

#[test]
fn a_wrong_cell_is_named_and_the_rest_is_read() {
    let plan = sample::plan();
    for (sheet, cell, value, code) in edits() {
        let read = answered(sheet, cell, value, code);
        assert!(read.tasks.len() + 1 >= plan.tasks.len(), "{sheet}!{cell}");
        assert!(read.registry.units.len() + 1 >= plan.registry.units.len(), "{sheet}!{cell}");
        // Amendments of a task that could not be read are named as well.
        let kept = sheet == "任务" || read.amendments.len() + 1 >= plan.amendments.len();
        assert!(kept, "{sheet}!{cell}");
    }
}

#[test]
fn harmless_edits_are_taken_as_meant() {
    let mut edited = book();
    set(&mut edited, "任务", "A4", text("第1项"));
    set(&mut edited, "任务", "G4", text("区发展和改革局\n区财政局，区科学技术局"));
    set(&mut edited, "任务", "I4", CellValue::Date("2024-09-30T00:00:00".into()));
    set(&mut edited, "任务", "J4", CellValue::Date("2024-03-01".into()));
    set(&mut edited, "指标", "D4", text("≥"));
    set(&mut edited, "指标", "E4", text("1,500家"));
    set(&mut edited, "指标", "L6", text("√"));
    let (plan, _) = read(&edited);
    assert_eq!(plan.tasks[0].no.0, 1);
    assert_eq!(plan.tasks[0].lead_units, ["区发展和改革局", "区财政局", "区科学技术局"]);
    assert_eq!(plan.tasks[0].due.to_string(), "2024-09-30");
    assert_eq!(plan.tasks[0].from, Some(sample::period("2024-03")));
    assert_eq!(plan.tasks[1].indicators[0].target, rust_decimal::Decimal::from(1500));
    assert!(plan.tasks[1].indicators[2].adopted);
}

#[test]
fn a_percentage_typed_into_a_target_is_understood() {
    let mut edited = book();
    set(&mut edited, "指标", "E5", CellValue::Number(0.08));
    let sheet = edited.sheets.iter_mut().find(|s| s.name == "指标").expect("a sheet");
    let cell = sheet.cells.iter_mut().find(|c| (c.row, c.column) == (4, 4)).expect("the cell");
    cell.percent = true;
    let (plan, _) = read(&edited);
    assert_eq!(plan.tasks[1].indicators[1].target, rust_decimal::Decimal::from(8));
    // The first indicator counts 家: 8% of what?
    set(&mut edited, "指标", "E4", CellValue::Number(0.08));
    let sheet = edited.sheets.iter_mut().find(|s| s.name == "指标").expect("a sheet");
    let cell = sheet.cells.iter_mut().find(|c| (c.row, c.column) == (3, 4)).expect("the cell");
    cell.percent = true;
    let (_, findings) = read(&edited);
    assert!(findings.iter().any(|f| f.code == Code::NumberBad && f.found == "8%"), "{findings:?}");
}

#[test]
fn columns_may_move_and_be_added() {
    let mut edited = book();
    for sheet in edited.sheets.iter_mut().filter(|s| s.name == "任务") {
        for cell in &mut sheet.cells {
            // Columns A and G change places, a new one comes in front.
            cell.column = match cell.column {
                0 => 7,
                6 => 1,
                other => other + 1,
            };
        }
        sheet.cells.sort_by_key(|c| (c.row, c.column));
    }
    set(&mut edited, "任务", "A3", text("备注"));
    set(&mut edited, "任务", "A5", text("已电话核实"));
    let (plan, findings) = read(&edited);
    assert_eq!(plan, sample::plan());
    let ignored: Vec<_> = findings.iter().filter(|f| f.code == Code::ColumnIgnored).collect();
    assert_eq!(ignored.len(), 1);
    assert_eq!(ignored[0].found, "备注");
    // Findings stand where the columns stand now.
    let split = findings.iter().find(|f| f.code == Code::NoLeader).expect("task 5 has no leader");
    assert_eq!(split.place.cell(), Some("G7"));
}

#[test]
fn rows_may_be_inserted_and_sorted() {
    let mut edited = book();
    for sheet in edited.sheets.iter_mut().filter(|s| s.name == "任务") {
        for cell in sheet.cells.iter_mut().filter(|c| c.row >= 3) {
            cell.row = 20 - cell.row;
        }
        sheet.cells.sort_by_key(|c| (c.row, c.column));
    }
    let (plan, _) = read(&edited);
    let mut wanted = sample::plan();
    wanted.tasks.reverse();
    assert_eq!(plan, wanted);
}

#[test]
fn a_deleted_sheet_or_heading_is_said_once_and_the_rest_is_read() {
    for name in ["任务", "板块", "指标", "单位", "别称", "集合", "领导", "变更", "待核", "方案"]
    {
        let mut edited = book();
        edited.sheets.retain(|s| s.name != name);
        let (plan, findings) = read(&edited);
        let said: Vec<_> = findings.iter().filter(|f| f.code == Code::SheetMissing).collect();
        assert_eq!(said.len(), 1, "{name}");
        assert_eq!(said[0].place, Place::File { file: "plan.xlsx".into() });
        if name != "任务" {
            assert_eq!(plan.tasks.len(), 4, "{name}");
        }
    }
    let mut edited = book();
    edited.sheets.iter_mut().filter(|s| s.name == "单位").for_each(|s| s.name = "单位名录".into());
    let (plan, findings) = read(&edited);
    assert_eq!(plan.tasks.len(), 4);
    assert!(findings.iter().any(|f| f.code == Code::SheetIgnored));
    // One cause, one message: not every name is called unknown.
    assert!(
        !findings.iter().any(|f| f.code == Code::NameUnknown && f.place.sheet() == Some("任务"))
    );

    let mut edited = book();
    edited
        .sheets
        .iter_mut()
        .filter(|s| s.name == "集合")
        .for_each(|s| s.cells.retain(|c| c.row != 2));
    let (_, findings) = read(&edited);
    assert!(findings.iter().any(|f| f.code == Code::HeadMissing && f.found == "集合"));

    let mut edited = book();
    set(&mut edited, "任务", "A3", text(""));
    let (plan, findings) = read(&edited);
    assert!(plan.tasks.is_empty());
    assert!(findings.iter().any(|f| f.code == Code::PlanColumnMissing && f.found == "序号"));

    let mut edited = book();
    set(&mut edited, "指标", "H3", text(""));
    let (plan, findings) = read(&edited);
    assert_eq!(plan.tasks[1].indicators.len(), 3);
    assert!(findings.iter().any(|f| f.code == Code::ColumnGone && f.found == "起点值"));
}

#[test]
fn a_workbook_of_something_else_is_refused() {
    let mut other = book();
    other.sheets.retain(|s| s.name == "_列表");
    assert!(read_book(&other, "x.xlsx").is_err());
    assert!(super::read_workbook(b"not a workbook", "x.xlsx").is_err());
}

#[test]
fn a_split_is_asked_for_task_by_task() {
    let plan = sample::plan();
    let findings = crate::plan::check(&plan);
    let split = findings.iter().find(|f| f.code == Code::SplitOpen).expect("said");
    assert!(split.args.contains(&("tasks", "2".to_owned())), "{split:?}");
    let mut assigned = plan.clone();
    let mut change = assigned.amendments[0].clone();
    change.effective = sample::period("2024-11");
    change.change = Change::LeadUnits(crate::model::TaskNo(2), vec!["区财政局".into()]);
    assigned.amendments.push(change);
    assert!(!crate::plan::check(&assigned).iter().any(|f| f.code == Code::SplitOpen));
}

#[test]
fn circles_and_double_aliases_are_found() {
    let mut plan = sample::plan();
    let (a, b) = (plan.registry.units[0].id.clone(), plan.registry.units[2].id.clone());
    plan.registry.units[0].successor = Some(b);
    plan.registry.units[2].successor = Some(a);
    plan.registry.leaders[3].successor = Some("张甲".into());
    let mut second = plan.registry.aliases[1].clone();
    second.unit = plan.registry.units[0].id.clone();
    plan.registry.aliases.push(second);
    let codes: Vec<Code> = crate::plan::check(&plan).iter().map(|f| f.code).collect();
    assert_eq!(codes.iter().filter(|c| **c == Code::SuccessionCircle).count(), 4);
    assert!(codes.contains(&Code::AliasConflict));
}

/// A plan that has at once what can be wrong with a plan but not with one cell of its workbook.
fn contradicting() -> Plan {
    let mut plan = sample::plan();
    let (a, b) = (plan.registry.units[0].id.clone(), plan.registry.units[2].id.clone());
    let mut own_name = plan.registry.aliases[1].clone();
    (own_name.name, own_name.adopted) = (plan.registry.units[2].name.clone(), false);
    let mut second = plan.registry.aliases[1].clone();
    second.unit = a.clone();
    plan.registry.aliases.extend([own_name, second]);
    plan.registry.units[0].successor = Some(b);
    plan.registry.units[2].successor = Some(a);
    plan.registry.leaders.iter_mut().for_each(|l| l.members.clear());
    plan.tasks[0].from = Some(sample::period("2024-06"));
    plan.tasks[0].until = Some(sample::period("2024-02"));
    plan
}

/// Every code about names, plan.xlsx and amendments (P5–P7) is raised: not by naming it, by bringing it about.
#[test]
fn every_code_of_a_plan_workbook_is_raised() {
    let mut raised: Vec<Code> = Vec::new();
    let mut hear = |findings: Vec<Diagnostic>| raised.extend(findings.iter().map(|f| f.code));
    for (sheet, cell, value, _) in edits() {
        let mut edited = book();
        set(&mut edited, sheet, cell, value);
        hear(read(&edited).1);
    }
    for (cell, value) in [("A3", ""), ("Z3", "自加的栏目"), ("Z3", "序号")] {
        let mut edited = book();
        set(&mut edited, "任务", cell, text(value));
        hear(read(&edited).1);
    }
    let mut edited = book();
    set(&mut edited, "指标", "H3", text(""));
    edited.sheets.retain(|s| s.name != "板块");
    for sheet in &mut edited.sheets {
        match sheet.name.as_str() {
            "单位" => sheet.name = "单位名录".into(),
            "集合" => sheet.cells.retain(|c| c.row != 2),
            _ => {}
        }
    }
    hear(read(&edited).1);
    let mut twice = sample::plan();
    twice.amendments.push(twice.amendments[0].clone());
    let bytes = write_workbook(&twice).expect("written");
    hear(read(&crate::sheet::read(&bytes, "plan.xlsx").expect("opened")).1);
    hear(crate::plan::check(&contradicting()));
    hear(crate::plan::check(&sample::plan()));
    let names = "[[group]]\nname = \"各镇\"\nmembers = [\"没有的镇政府\"]\n";
    let mut plan = sample::plan();
    hear(crate::plan::apply_registry(&mut plan, names, "registry.toml").expect("read"));
    let ours = Code::ALL.iter().filter(|c| ("P5".."P8").contains(&c.printed()));
    let missing: Vec<&str> = ours.filter(|c| !raised.contains(c)).map(|c| c.printed()).collect();
    assert!(missing.is_empty(), "brought about by nothing: {missing:?}");
}
