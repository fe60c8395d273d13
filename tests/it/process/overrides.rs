//! An office's own form: the whole month follows it, and a broken one is refused before anything is written.

use duban::sheet;

use super::*;

const OWN: &str = "\
[column.cumulative]
heading = \"本期累计完成\"
[column.coordination]
drop = true
[column.evidence]
heading = \"佐证材料\"
after = \"next_steps\"
list = [\"有\", \"无\"]
[column.narrative]
required = [\"lead\"]
[status.in_progress]
word = \"正在推进\"
[status.lagging]
drop = true
[label.phone]
text = \"手机\"
[role]
named = \"协办\"
";

#[test]
fn a_month_follows_the_offices_own_form() {
    let office = Office::new();
    fs::write(office.path("form.toml"), OWN).expect("written");
    let issued =
        office.json(&["template", "-p", "2024-04", "--now", "2024-04-30T09:00:00", "--json"]);
    let required = &issued["required"];
    assert_eq!((&required["lead"]["cells"], &required["named"]["cells"]), (&9.into(), &0.into()));
    let name = "templates/2024-04/区工业和信息化局_2024-04_填报表.xlsx";
    let book = sheet::read(&fs::read(office.path(name)).expect("a form"), name).expect("readable");
    let form = book.sheets.iter().find(|s| s.name == "填报表").expect("the form");
    let headings: Vec<String> =
        form.cells.iter().filter(|c| c.row == 4).map(|c| c.text().replace('\n', "")).collect();
    for heading in ["本期累计完成", "佐证材料"] {
        assert!(headings.iter().any(|h| h == heading), "{headings:?}");
    }
    assert!(!headings.iter().any(|h| h == "需协调事项"), "{headings:?}");
    office.done(&["simulate", "-p", "2024-04", "--now", "2024-04-30T09:00:00"]);
    let taken = office.json(&["ingest", "-p", "2024-04", "--now", "2024-05-12T09:00:00", "--json"]);
    assert_eq!(taken["summary"]["accepted"], 4, "{taken}");
    assert_eq!(taken["summary"]["errors"], 0, "{taken}");
    let dump = office.json(&["ledger", "dump", "-p", "2024-04", "--json"]);
    let reworded: Vec<&Value> = dump
        .as_array()
        .expect("a list")
        .iter()
        .filter(|r| r["field"] == "status" && r["raw"] == "正在推进")
        .collect();
    assert!(!reworded.is_empty(), "{dump}");
    assert!(reworded.iter().all(|r| r["value"] == "推进中"), "the meaning stays: {reworded:?}");
    office.done(&["report", "-p", "2024-04", "--now", "2024-05-12T10:00:00"]);
}

#[test]
fn a_broken_form_is_refused_with_its_line_and_nothing_is_written() {
    let office = Office::new();
    for (text, line, allowed) in [
        ("[column.cumulative]\ndrop = true\n", 2, "problems, coordination, next_steps"),
        ("[column.cumulativ]\nheading = \"累计\"\n", 1, "cumulative"),
        ("[column.cumulative]\nheading = \"完成进度(%)\"\n", 1, "与别的栏不同的名称"),
        ("[status.done]\ndrop = true\n", 2, "not_started, lagging"),
        ("[status.nearly]\nword = \"快完成\"\n", 1, "in_progress"),
        ("\n[column.evidence]\nheading = \"佐证\"\nrequired = [\"lead\"]\n", 4, "asked"),
        ("[column.evidence]\nheading = \"佐证\"\nlist = \"有\"\n", 3, "列表"),
        ("[column.narrative]\nrequired = [\"leader\"]\n", 2, "named"),
        ("[column.narrative]\nwidth = 900\n", 2, "3–60"),
        ("[status.in_progress]\nword = \"已完成\"\n", 1, "与别的状态不同的说法"),
        ("[column.evidence]\nheading = \"佐证\"\nafter = \"item\"\n", 3, "narrative"),
        ("[label.fax]\ntext = \"传真\"\n", 1, "phone"),
    ] {
        fs::write(office.path("form.toml"), text).expect("written");
        let output = office.run(&["template", "-p", "2024-04"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        let said = said(&output);
        assert!(said.contains(&format!("form.toml 第 {line} 行")), "{text}: {said}");
        assert!(said.contains(allowed), "{text}: {said}");
    }
    assert!(!office.path("templates/2024-04").exists());
}
