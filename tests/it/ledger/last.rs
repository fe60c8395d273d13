//! What a form prints of the time before.

use duban::{
    model::{
        Amendment, Change, Comparator, Field, Frequency, Indicator, IndicatorKind, Succession, Task,
    },
    template::{LastFacts, Previous},
};

use super::*;

/// Task 1 with an indicator led by 农业局, task 2 without led by 财政局, which also helps with task 1.
fn months() -> Plan {
    let task = |no: u32, lead: &str, helper: &str| Task {
        no: TaskNo(no),
        section: 1,
        subsection: None,
        text: "建成项目30个".into(),
        short: "建成项目".into(),
        leaders: vec![],
        lead_units: vec![lead.into()],
        responsible: vec![helper.into()],
        due: "2024-12-31".parse().expect("a date"),
        indicators: vec![],
        from: None,
        until: None,
    };
    let mut plan = Plan {
        tasks: vec![task(1, "农业局", "财政局"), task(2, "财政局", "民政局")],
        ..plan()
    };
    for unit in &mut plan.registry.units {
        (unit.until, unit.successor) = (None, None);
    }
    plan.tasks[0].indicators.push(Indicator {
        item: "1-1".parse().expect("an item"),
        name: "项目".into(),
        comparator: Comparator::AtLeast,
        target: 30.into(),
        unit: "个".into(),
        kind: IndicatorKind::Cumulative,
        base: None,
        source_unit: None,
        frequency: Frequency::Monthly,
        schedule: None,
        quote: String::new(),
        adopted: true,
        doubt: None,
    });
    plan
}

fn last(office: &Office, plan: &Plan, period: &str) -> LastFacts {
    office.store.last_facts(p(period), plan).expect("last facts")
}

fn reported() -> Office {
    let mut office = Office::new();
    office.take(
        "2024-01",
        vec![
            file(
                1,
                "农业局",
                "2024-01",
                "2024-02-01T00:00:00Z",
                vec![
                    cell("1-1", Field::Cumulative, "5"),
                    cell("1-1", Field::Narrative, "一月进展"),
                ],
            ),
            file(
                2,
                "财政局",
                "2024-01",
                "2024-02-01T00:00:00Z",
                vec![cell("2", Field::Status, "推进中"), cell("1", Field::Narrative, "配合一月")],
            ),
        ],
        "2024-02-02T00:00:00Z",
    );
    office.take(
        "2024-02",
        vec![
            file(
                3,
                "农业局",
                "2024-02",
                "2024-03-01T00:00:00Z",
                vec![cell("1-1", Field::Narrative, "二月进展")],
            ),
            file(
                4,
                "财政局",
                "2024-02",
                "2024-03-01T00:00:00Z",
                vec![cell("2", Field::Progress, "未出数")],
            ),
        ],
        "2024-03-02T00:00:00Z",
    );
    office
}

fn of<'a>(last: &'a LastFacts, name: &str, item: &str) -> &'a duban::template::LastFact {
    &last[&(unit(name), item.parse().expect("an item"))]
}

#[test]
fn figures_are_carried_and_texts_are_last_months() {
    let office = reported();
    let february = last(&office, &months(), "2024-02");
    assert_eq!(of(&february, "农业局", "1-1").previous, Previous::Number(5.into()));
    assert_eq!(of(&february, "农业局", "1-1").texts[&Field::Narrative], "一月进展");
    assert_eq!(of(&february, "财政局", "2").previous, Previous::Status(Status::InProgress));
    assert_eq!(of(&february, "财政局", "1").texts[&Field::Narrative], "配合一月");
    assert_eq!(february.len(), 3, "民政局 reported nothing");
    let march = last(&office, &months(), "2024-03");
    assert_eq!(of(&march, "农业局", "1-1").previous, Previous::Number(5.into()));
    assert_eq!(of(&march, "农业局", "1-1").texts[&Field::Narrative], "二月进展");
    assert_eq!(of(&march, "财政局", "2").previous, Previous::NotOut);
    assert!(last(&office, &months(), "2024-01").is_empty(), "nothing before the first month");
}

#[test]
fn a_successor_and_a_new_owner_see_the_figures_of_the_one_before() {
    let office = reported();
    let mut renamed = months();
    renamed.amendments.push(Amendment {
        effective: p("2024-03"),
        change: Change::Succession {
            kind: Succession::Rename,
            old: vec![unit("农业局")],
            new: vec![unit("农业农村局")],
        },
        reason: String::new(),
    });
    let march = last(&office, &renamed, "2024-03");
    assert_eq!(of(&march, "农业农村局", "1-1").previous, Previous::Number(5.into()));
    assert_eq!(of(&march, "农业农村局", "1-1").texts[&Field::Narrative], "二月进展");

    let mut moved = months();
    moved.amendments.push(Amendment {
        effective: p("2024-03"),
        change: Change::LeadUnits(TaskNo(1), vec!["民政局".into()]),
        reason: String::new(),
    });
    let march = last(&office, &moved, "2024-03");
    assert_eq!(of(&march, "民政局", "1-1").previous, Previous::Number(5.into()));
    assert!(of(&march, "民政局", "1-1").texts.is_empty(), "nobody sees what another unit wrote");
}

#[test]
fn a_confirmed_task_is_marked_until_it_is_rejected() {
    let mut office = reported();
    office
        .store
        .confirm(TaskNo(2), p("2024-02"), true, "", at("2024-03-05T00:00:00Z"))
        .expect("confirmed");
    assert!(of(&last(&office, &months(), "2024-03"), "财政局", "2").confirmed);
    office
        .store
        .confirm(TaskNo(2), p("2024-02"), false, "材料不全", at("2024-03-06T00:00:00Z"))
        .expect("rejected");
    assert!(!of(&last(&office, &months(), "2024-03"), "财政局", "2").confirmed);
}
