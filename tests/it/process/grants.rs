//! Exemptions and extensions: granted, seen everywhere, taken back.

use duban::sheet;

use super::*;

const AFTER: [&str; 6] = ["status", "-p", "2024-03", "--now", "2024-04-12T09:00:00", "--json"];

fn unit<'a>(status: &'a Value, name: &str) -> &'a Value {
    let units = status["units"].as_array().expect("units");
    units.iter().find(|u| u["unit"] == name).unwrap_or_else(|| panic!("{name} is not in {status}"))
}

fn obligations(office: &Office, unit: &str) -> Value {
    let stats = office.json(&["stats", "-p", "2024-03", "--by", "unit", "--json"]);
    let rows = stats["rows"].as_array().expect("rows");
    rows.iter().find(|r| r["key"] == unit).expect("a row")["returns"].clone()
}

#[test]
fn a_grant_is_seen_in_status_statistics_and_report_until_it_is_taken_back() {
    let office = Office::new();
    fs::remove_file(office.path("returns/2024-03/区民政局_2024-03_填报表.xlsx")).expect("a return");
    // Everything came five days late.
    let late = [&INGEST[..], &["--received-at", "2024-04-10T10:00:00"]].concat();
    assert!(office.run(&late).status.success());
    let before = office.json(&AFTER);
    assert_eq!(before["expected"], 4);
    assert_eq!(before["missing"], serde_json::json!(["区民政局"]));
    assert_eq!(unit(&before, "区发展和改革局")["state"], "late");

    office.done(&["exempt", "-p", "2024-03", "--unit", "区民政局", "--reason", "机构改革"]);
    let granted = office.json(&[
        "extend",
        "-p",
        "2024-03",
        "--unit",
        "区发展和改革局",
        "--until",
        "2024-04-20",
        "--reason",
        "系统停机",
        "--json",
    ]);
    assert_eq!(granted["due"], "2024-04-20");
    let status = office.json(&AFTER);
    assert_eq!((&status["expected"], &status["on_time"]), (&3.into(), &1.into()));
    assert_eq!(status["missing"], serde_json::json!([]));
    let exempt = unit(&status, "区民政局");
    assert_eq!((&exempt["state"], &exempt["exempt"]), (&"exempt".into(), &"机构改革".into()));
    let extended = unit(&status, "区发展和改革局");
    assert_eq!((&extended["state"], &extended["due"]), (&"on_time".into(), &"2024-04-20".into()));
    assert_eq!(extended["extended"], "系统停机");
    let told = office.done(&["status", "-p", "2024-03", "--now", "2024-04-12T09:00:00"]);
    assert!(told.contains("区民政局  （机构改革）"), "{told}");
    assert!(told.contains("延期到 2024-04-20（系统停机）"), "{told}");
    assert_eq!(obligations(&office, "区民政局")["obligations"], 0);
    assert_eq!(obligations(&office, "区发展和改革局")["on_time"], 1);

    office.done(&["report", "-p", "2024-03", "--now", "2024-04-12T10:00:00"]);
    let bytes = fs::read(office.path("reports/2024-03/综合统计_2024-03.xlsx")).expect("a report");
    let book = sheet::read(&bytes, "综合统计_2024-03.xlsx").expect("readable");
    let sheet = book.sheets.iter().find(|s| s.name == "报送情况").expect("the sheet");
    let shown = |part: &str| sheet.cells.iter().any(|c| c.text().contains(part));
    assert!(shown("免报 1 家不计入应报：区民政局（机构改革）"));
    assert!(shown("区发展和改革局延期到 2024年4月20日（系统停机）"));
    assert!(shown("免报") && shown("迟5天"));

    // Saying it again adds nothing; taking it back brings the obligation back as first set.
    let head = office.json(&["ledger", "verify", "--json"])["head"].clone();
    office.done(&["exempt", "-p", "2024-03", "--unit", "区民政局", "--reason", "机构改革"]);
    assert_eq!(head, office.json(&["ledger", "verify", "--json"])["head"]);
    office.done(&["exempt", "-p", "2024-03", "--unit", "区民政局", "--undo", "--reason", "误登"]);
    office.done(&[
        "extend",
        "-p",
        "2024-03",
        "--unit",
        "区发展和改革局",
        "--undo",
        "--reason",
        "误登",
    ]);
    assert_eq!(office.json(&AFTER), before);
    assert_ne!(head, office.json(&["ledger", "verify", "--json"])["head"]);
}

#[test]
fn what_cannot_be_granted_is_refused_plainly_and_records_nothing() {
    let office = Office::new();
    let head = || office.json(&["ledger", "verify", "--json"])["head"].clone();
    let before = head();
    let on = |more: &[&'static str]| -> Vec<&'static str> {
        let mut words = vec![more[0], "-p", "2024-03", "--unit", "区民政局"];
        words.extend(&more[1..]);
        words
    };
    office.refused(&on(&["exempt"]), "--reason");
    office.refused(&on(&["exempt", "--reason", " "]), "--reason");
    office.refused(&on(&["exempt", "--undo", "--reason", "x"]), "没有免报");
    office.refused(&on(&["extend", "--undo", "--reason", "x"]), "没有延期");
    office.refused(&on(&["extend", "--reason", "x"]), "--until");
    office.refused(&on(&["extend", "--until", "下周", "--reason", "x"]), "2024-04-15");
    office.refused(&on(&["extend", "--until", "2024-04-05", "--reason", "x"]), "2024-04-05");
    office.refused(&["exempt", "-p", "2024-03", "--unit", "区水利局", "--reason", "x"], "区水利局");
    office.refused(&["exempt", "-p", "2024-05", "--unit", "区民政局", "--reason", "x"], "2024-05");
    assert_eq!(before, head());
    office.done(&on(&["exempt", "--reason", "机构改革"]));
    office.refused(&on(&["extend", "--until", "2024-04-20", "--reason", "x"]), "已经免报");
}
