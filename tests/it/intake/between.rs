//! Between files: duplicates, conflicts, resubmissions; and that every code is raised by a case.

use duban::{
    diag::{Code, Diagnostic, Place},
    intake::{
        Arrived, Held, OnBehalf, Outcome, Return, Standing, duplicate, may_go_back, settle, unread,
    },
    model::UnitId,
};

use super::scene::{Scene, Spoil, UNIT, facts, said};

#[test]
fn the_same_bytes_twice() {
    let scene = Scene::new();
    let of: UnitId = UnitId(UNIT.into());
    for (path, of, finding) in [
        ("x/b.xlsx", Some(&of), "I120 - b.xlsx"),
        ("x/区工信局.xlsx", Some(&of), "I120 - 区工信局.xlsx"),
        // Two empty files, or one attachment saved under two names: the other unit has sent nothing of its own.
        ("x/区财政局.xlsx", Some(&of), "I126 - 区财政局.xlsx"),
        ("x/区财政局.xlsx", None, "I120 - 区财政局.xlsx"),
    ] {
        let checked = duplicate(path, "a.xlsx", of, &scene.expected);
        assert_eq!(said(&checked), [finding]);
        assert_eq!(checked.value.outcome, Outcome::Duplicate);
    }
}

/// A file of [`UNIT`] that came at an hour of 1 April.
fn file<'a>(path: &'a str, hour: i8, answers: &'a Return) -> Arrived<'a> {
    Arrived {
        path,
        sha256: path,
        received_at: format!("2024-04-01T{hour:02}:00:00Z").parse().expect("a time"),
        outcome: Outcome::Accepted,
        unit: Some(&answers.unit),
        answers: Some(answers),
    }
}

/// What is settled, by path: `=first` for the same bytes, `-` for superseded, then the findings.
fn settled(scene: &Scene, files: &[Arrived<'_>], standing: &Standing) -> Vec<String> {
    let before = [(UnitId(UNIT.into()), standing.clone())].into();
    let mut lines: Vec<String> = files
        .iter()
        .zip(settle(files, before, &scene.expected))
        .map(|(f, s)| {
            let mut line = f.path.to_owned();
            if let Some(first) = s.same_as {
                line += &format!(" ={first}");
            }
            if s.superseded {
                line += " -";
            }
            for f in s.findings {
                let cell = f.place.cell().unwrap_or("-");
                line += &format!(" {} {cell} {}", f.code.printed(), f.found);
            }
            line
        })
        .collect();
    lines.sort();
    lines
}

/// A sound return with some cells typed anew; an empty text clears the cell.
fn answers(scene: &Scene, edits: &[(&str, &str)]) -> Return {
    let mut book = scene.sound();
    for (cell, text) in edits {
        if text.is_empty() { book.clear(cell) } else { book.type_in(cell, text) }
    }
    scene.read(&book).value.returned.expect("taken")
}

/// What counts after one file.
fn held(file: &Arrived<'_>) -> Standing {
    let entries = file.answers.into_iter().flat_map(|a| &a.entries);
    entries
        .filter_map(|e| {
            let held = Held {
                answer: e.value.clone()?,
                received_at: file.received_at,
                sha256: file.sha256.to_owned(),
                file: file.path.to_owned(),
            };
            Some(((e.item, e.field), held))
        })
        .collect()
}

#[test]
fn the_file_received_last_counts_in_whatever_order() {
    let scene = Scene::new();
    let (old, new) = (answers(&scene, &[]), answers(&scene, &[("K6", "9")]));
    let (early, late) = (file("b.xlsx", 1, &old), file("a.xlsx", 2, &new));
    let again = Arrived { path: "c.xlsx", received_at: late.received_at, ..early };
    let expected = ["a.xlsx I421 K6 9", "b.xlsx - I121 - b.xlsx", "c.xlsx =b.xlsx"];
    for files in [[early, late, again], [late, again, early], [again, early, late]] {
        assert_eq!(settled(&scene, &files, &Standing::new()), expected);
    }
    // In two runs, the later file first: the earlier one does not replace it.
    assert_eq!(settled(&scene, &[early], &held(&late)), ["b.xlsx - I121 - b.xlsx"]);
    // Some of its cells the later one does not have: they are taken, and it is said that the others are not.
    let short = answers(&scene, &[("K6", "9"), ("N8", "")]);
    let late = file("a.xlsx", 2, &short);
    assert_eq!(settled(&scene, &[early], &held(&late)), ["b.xlsx I423 - b.xlsx"]);
}

#[test]
fn a_file_with_something_of_its_own_is_not_superseded() {
    let scene = Scene::new();
    let old = answers(&scene, &[]);
    // A withheld cell is no answer: the earlier figure stands.
    let new = answers(&scene, &[("K6", "不清楚"), ("K7", "1.5")]);
    let files = [file("a.xlsx", 1, &old), file("b.xlsx", 2, &new)];
    assert_eq!(settled(&scene, &files, &Standing::new()), ["a.xlsx", "b.xlsx I421 K7 1.5"]);
}

#[test]
fn a_later_return_says_what_it_changes() {
    let scene = Scene::new();
    let old = answers(&scene, &[]);
    let standing = held(&file("a.xlsx", 1, &old));
    assert_eq!(settled(&scene, &[file("b.xlsx", 2, &old)], &standing), ["b.xlsx"]);
    let new = answers(&scene, &[("K6", "9"), ("N8", ""), ("K7", "不清楚"), ("F15", "")]);
    assert_eq!(
        settled(&scene, &[file("b.xlsx", 2, &new)], &standing),
        ["b.xlsx I421 K6 9 I420 N8 事项3本期已开工三处，完成前期手续。"]
    );
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
