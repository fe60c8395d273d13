//! Whole returns: sound, empty, and what is taken from them.

use duban::intake::Outcome;

use super::scene::{Scene, UNIT, said, values};

#[test]
fn a_sound_return_is_taken_without_a_word() {
    let scene = Scene::new();
    let checked = scene.read(&scene.sound());
    assert_eq!(said(&checked), Vec::<String>::new());
    assert_eq!(checked.value.outcome, Outcome::Accepted);
    let returned = checked.value.returned.clone().expect("taken");
    assert_eq!((returned.required, returned.answered), (15, 15));
    let values = values(&checked);
    assert_eq!(values["2-2 cumulative"], "1.4");
    assert_eq!(values["3 progress"], "25");
    assert_eq!(values["11-1 status"], "推进中");
    assert_eq!(values["filled_by"], "王小禾");
    // Blank open cells of present rows are entries without a value.
    assert!(returned.entries.iter().any(|e| e.value.is_none() && e.cell == "O6"));
    assert_eq!(checked.value.cells.explained, 0);
}

#[test]
fn an_empty_form_is_no_return() {
    let scene = Scene::new();
    let checked = scene.read(&scene.book(&scene.form(UNIT)));
    assert_eq!(said(&checked), ["I418 -"]);
    assert_eq!(checked.value.outcome, Outcome::Rejected);
    assert_eq!(checked.value.returned, None);
}

#[test]
fn a_unit_that_owes_nothing_may_send_an_empty_form() {
    let scene = Scene::new();
    let book = scene.book(&scene.form("城关镇人民政府"));
    let checked = scene.read_as(&book, "returns/2024-03/城关镇.xlsx");
    assert_eq!(said(&checked), ["I419 C8 填报人、联系电话"]);
    assert_eq!(checked.value.outcome, Outcome::Accepted);
}
