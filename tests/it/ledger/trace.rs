//! Every figure can be followed to its cells and to what they replaced.

use duban::{
    ledger::Wanted,
    model::{Answer, Field},
};

use super::*;

#[test]
fn a_figure_is_followed_to_its_cells() {
    let mut office = Office::new();
    let figure = |v: &str| vec![cell("1-1", Field::Cumulative, v)];
    office.take(
        "2024-02",
        vec![file(1, "农业局", "2024-02", "2024-03-01T00:00:00Z", {
            let mut cells = figure("10");
            cells.push(cell("1-1", Field::Narrative, "已开工"));
            cells
        })],
        "2024-03-02T00:00:00Z",
    );
    office.take(
        "2024-03",
        vec![
            file(2, "农业农村局", "2024-03", "2024-04-01T00:00:00Z", figure("200")),
            file(3, "农业农村局", "2024-03", "2024-04-02T00:00:00Z", figure("20")),
            file(
                4,
                "农业农村局",
                "2024-03",
                "2024-04-03T00:00:00Z",
                vec![cell("2", Field::Progress, "")],
            ),
            file(
                5,
                "财政局",
                "2024-03",
                "2024-04-03T00:00:00Z",
                vec![cell("1", Field::Narrative, "配合")],
            ),
        ],
        "2024-04-04T00:00:00Z",
    );
    office.store.withdraw(&sha(3), "误报", at("2024-04-05T00:00:00Z")).expect("withdrawn");

    let wanted = Wanted { tasks: vec![TaskNo(1)], unit: Some(unit("农业农村局")) };
    let rows = office.store.trace(&plan(), p("2024-03"), &wanted, None).expect("traced");
    let told: Vec<_> = rows
        .iter()
        .map(|r| (r.period.to_string(), r.unit.as_str(), r.field.key(), r.holds, r.stale))
        .collect();
    assert_eq!(
        told,
        [
            ("2024-03".to_owned(), "农业农村局", "cumulative", true, false),
            ("2024-02".to_owned(), "农业局", "narrative", false, false),
            ("2024-02".to_owned(), "农业局", "cumulative", false, false),
        ]
    );
    assert_eq!(rows[2].answered_by, Some(unit("农业农村局")));
    let counted = rows[0].counted.as_ref().expect("counted");
    assert_eq!((counted.raw.as_str(), counted.cell.as_str(), counted.submission), ("200", "K6", 2));
    assert_eq!(rows[0].superseded.len(), 1);
    assert_eq!(rows[0].superseded[0].withdrawn.as_deref(), Some("误报"));
    assert_eq!(rows[0].superseded[0].value, Some(Answer::Number(20.into())));

    // Before the successor reports, what its predecessor said holds for it.
    let early = Some(at("2024-03-31T00:00:00Z"));
    let inherited = office.store.trace(&plan(), p("2024-03"), &wanted, early).expect("traced");
    assert!(inherited[1].holds && inherited[1].stale && !inherited[0].holds);

    // A blank cell withdrew nothing and counts for nothing, but it is told.
    let all = office.store.trace(&plan(), p("2024-03"), &Wanted::default(), None).expect("traced");
    let blank = all.iter().find(|r| r.task == TaskNo(2)).expect("told");
    assert!(blank.counted.is_none() && !blank.holds && blank.superseded.len() == 1);
    assert_eq!(all.len(), 5);
    // What holds is what the statistics take.
    let json = serde_json::to_value(&all).expect("json");
    assert_eq!(json[0]["unit"], "农业农村局");
}
