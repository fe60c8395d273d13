//! Forms of a real plan, where it lies beside the repository; elsewhere the reason is printed and the test ends.
#![expect(clippy::print_stderr, reason = "a skipped test says why")]
#![expect(clippy::disallowed_methods, reason = "the plan lies outside the repository")]

use duban::{
    plan,
    sheet::read,
    template::{FormSpec, LastFacts, printed_text, required_cells, stamp_of, write},
};

use super::sample;

/// Beside the repository, or beside the folder of its worktrees.
const PLACES: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/plan/dongchangfu-2024.md"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/plan/dongchangfu-2024.md"),
];

#[test]
fn forms_of_a_real_plan_are_written_and_read_back() {
    let Some(bytes) = PLACES.iter().find_map(|place| std::fs::read(place).ok()) else {
        eprintln!("skipped: none of {PLACES:?}");
        return;
    };
    let plan = plan::import(&bytes, "plan.md").expect("a plan").value;
    let spec = FormSpec::shipped();
    let forms = sample::forms_of(&plan, "2024-03", &spec, &LastFacts::new());
    assert!(forms.len() > 50, "{}", forms.len());
    for form in &forms {
        let count = required_cells(form);
        assert!(count.cells[1] <= count.tasks[1] && count.cells[2] == 0, "{}", form.unit_name);
        let bytes = write(form, &spec).expect("a workbook");
        super::look(&format!("真_{}.xlsx", form.unit_name), &bytes);
        let book = read(&bytes, "form.xlsx").expect("readable");
        assert_eq!(stamp_of(&book).as_ref(), Some(&form.stamp));
        for (row, at) in form.rows.iter().zip(5..) {
            for (column, place) in spec.columns.iter().zip(0..) {
                let Some(text) = printed_text(form, row, &column.key, &spec) else { continue };
                let found = book.sheets[0].at(at, place).map(duban::sheet::Cell::text);
                assert_eq!(found.unwrap_or_default(), text, "{} {}", form.unit_name, row.item);
            }
        }
    }
}
