//! Between files: duplicates, conflicts, resubmissions; and that every code is raised by a case.

use std::collections::BTreeSet;

use duban::{
    diag::{Code, Diagnostic, Place},
    intake::{
        OnBehalf, Outcome, Standing, conflicts, differences, duplicate, ignored, may_go_back,
        unread,
    },
};

use super::scene::{Scene, Spoil, UNIT, facts, said};

#[test]
fn the_same_bytes_twice() {
    let checked = duplicate(&facts("b.xlsx").path, "a.xlsx");
    assert_eq!(said(&checked), ["I120 -"]);
    assert_eq!(checked.value.outcome, Outcome::Duplicate);
    let checked = ignored("returns/2024-03/~$a.xlsx");
    assert_eq!(said(&checked), ["I122 - ~$a.xlsx"]);
}

#[test]
fn the_file_received_last_counts_in_whatever_order() {
    let mut early = facts("b.xlsx");
    early.received_at = "2024-04-01T00:00:00Z".parse().expect("time");
    let late = facts("a.xlsx");
    let codes = |files: &[&duban::intake::FileFacts]| {
        let mut codes: Vec<(String, bool)> = files
            .iter()
            .zip(conflicts(UNIT, files))
            .map(|(f, finding)| {
                (f.path.clone(), finding.is_some_and(|f| f.code == Code::FileSuperseded))
            })
            .collect();
        codes.sort();
        codes
    };
    let expected = [("a.xlsx".to_owned(), false), ("b.xlsx".to_owned(), true)];
    assert_eq!(codes(&[&early, &late]), expected);
    assert_eq!(codes(&[&late, &early]), expected);
}

#[test]
fn a_later_return_says_what_it_changes() {
    let scene = Scene::new();
    let first = scene.read(&scene.sound()).value.returned.expect("taken");
    let standing: Standing = first
        .entries
        .iter()
        .filter_map(|e| e.value.clone().map(|v| ((e.item, e.field), v)))
        .collect();
    assert!(differences(&standing, &first, "a.xlsx", &scene.spec).is_empty());
    let mut book = scene.sound();
    book.type_in("K6", "9");
    book.clear("N8");
    book.type_in("K7", "不清楚");
    book.clear("F15");
    let second = scene.read(&book).value.returned.expect("taken");
    let found: Vec<String> = differences(&standing, &second, "b.xlsx", &scene.spec)
        .iter()
        .map(|f| format!("{} {} {}", f.code.printed(), f.place.cell().unwrap_or("-"), f.found))
        .collect();
    assert_eq!(found, ["I421 K6 9", "I420 N8 事项3本期已开工三处，完成前期手续。"]);
}

#[test]
fn a_file_that_cannot_be_read_still_has_a_unit() {
    let scene = Scene::new();
    let place = Place::File { file: "区财政局.pdf".into() };
    let finding = Diagnostic::new(Code::FilePdf, place, "");
    let checked = unread(&facts("returns/2024-03/区财政局.pdf"), finding, &scene.expected);
    assert_eq!(checked.value.outcome, Outcome::Unreadable);
    assert_eq!(checked.value.unit.map(|u| u.0).as_deref(), Some("区财政局"));
}

#[test]
fn the_office_enters_a_form_for_a_unit() {
    let scene = Scene::new();
    let mut file = facts("x/电话记录.xlsx");
    file.on_behalf =
        Some(OnBehalf { name: "区工信局".into(), reason: "扫描件照录".into() });
    let checked = duban::intake::read_return(&scene.sound(), &file, &scene.expected);
    assert_eq!(said(&checked), ["I123 - 区工信局"]);
    assert!(may_go_back(&checked.findings));
}

/// Every intake code stands in a case of this room (or, for what stops a file, of `sheet`).
#[test]
fn every_code_is_raised_by_a_case() {
    let cases = [
        include_str!("between.rs"),
        include_str!("cells.rs"),
        include_str!("recognition.rs"),
        include_str!("whole.rs"),
    ]
    .concat();
    let raised: BTreeSet<&str> = cases
        .split('"')
        .filter_map(|t| t.split_whitespace().next())
        .filter(|t| t.len() == 4)
        .collect();
    let named = |code: Code| cases.contains(&format!("Code::{code:?}"));
    // I101–I119 and what stops a file before it is read belong to `sheet` and `cli`.
    let ours = |c: &&Code| {
        let printed = c.printed();
        printed.starts_with('I') && (printed > "I2" || ("I120"..="I123").contains(&printed))
    };
    for code in Code::ALL.iter().filter(ours) {
        assert!(
            raised.contains(code.printed()) || named(*code),
            "{} {code:?} is raised by no case",
            code.printed()
        );
    }
}
