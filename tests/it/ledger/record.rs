//! What goes in comes out: obligations, states, dump, forms, confirmations, withdrawals.

use std::collections::BTreeMap;

use duban::{
    diag::Error,
    intake::Outcome,
    ledger::{Grant, PrintedRow, State, Taken},
    model::{Answer, Field, ItemNo, TaskNo},
    settings::Settings,
};

use super::*;

fn status(office: &Office, now: &str) -> duban::ledger::Status {
    office
        .store
        .status(p("2024-03"), &plan().registry, &Settings::default(), at(now), None)
        .expect("status")
}

fn issued() -> Office {
    let mut office = Office::new();
    let forms: Vec<_> = ["财政局", "农业农村局", "民政局", "教育局", "住建局"]
        .iter()
        .map(|n| issue(n, "2024-03", "2024-04-05"))
        .collect();
    let done = office
        .store
        .issue(p("2024-03"), ("0123456789ab", b"plan"), &forms, at("2024-03-26T01:00:00Z"))
        .expect("issued");
    assert_eq!((done.obligations, done.forms), (5, 5));
    office
}

#[test]
fn states_follow_the_offices_calendar() {
    let mut office = issued();
    // 24:00 of 5 April in +08:00 is 16:00 UTC.
    let files = vec![
        file(1, "财政局", "2024-03", "2024-04-05T15:59:59Z", vec![]),
        file(2, "农业局", "2024-03", "2024-04-05T16:00:00Z", vec![]),
        refused(file(3, "民政局", "2024-03", "2024-04-01T00:00:00Z", vec![]), Outcome::Unreadable),
    ];
    office.take("2024-03", files, "2024-04-06T00:00:00Z");
    office
        .store
        .grant(&unit("教育局"), p("2024-03"), &Grant::Exempt, "停课", at("2024-04-06T00:00:00Z"))
        .expect("granted");
    let now = status(&office, "2024-04-06T00:00:00Z");
    let states: Vec<_> =
        now.units.iter().map(|u| (u.unit.as_str(), u.state, u.days_late)).collect();
    assert_eq!(
        states,
        [
            ("财政局", State::OnTime, Some(0)),
            ("农业农村局", State::Late, Some(1)),
            ("民政局", State::Unreadable, None),
            ("教育局", State::Exempt, None),
            ("住建局", State::Missing, None),
        ]
    );
    assert_eq!((now.expected, now.received, now.on_time, now.late), (4, 2, 1, 1));
    assert_eq!(now.missing, [unit("住建局")]);
    assert_eq!(now.units[2].errors, 1);
    // Before the due date nobody is missing, and an extension moves it for one unit.
    assert!(status(&office, "2024-04-05T15:00:00Z").missing.is_empty());
    let later = Grant::Extend("2024-04-08".parse().expect("a date"));
    let grant = office.store.grant(
        &unit("农业农村局"),
        p("2024-03"),
        &later,
        "机构改革",
        at("2024-04-06T01:00:00Z"),
    );
    grant.expect("granted");
    assert_eq!(status(&office, "2024-04-06T02:00:00Z").on_time, 2);
    let filings = office
        .store
        .facts(&plan(), &Settings::default(), p("2024-03"), None)
        .expect("facts")
        .filings_of(p("2024-03"));
    // The first quarter is judged by its last month.
    let quarter = office.store.status(
        p("2024-Q1"),
        &plan().registry,
        &Settings::default(),
        at("2024-04-06T02:00:00Z"),
        None,
    );
    assert_eq!(quarter.expect("status").on_time, 2);
    assert_eq!(filings.iter().filter(|f| f.owed).count(), 4);
    assert_eq!(filings.iter().filter(|f| f.on_time).count(), 2);
    // Nothing is granted to a unit that owes nothing.
    let none = office.store.grant(
        &unit("甲"),
        p("2024-03"),
        &Grant::Exempt,
        "",
        at("2024-04-06T00:00:00Z"),
    );
    assert!(matches!(none, Err(Error::Usage { .. })));
}

#[test]
fn writing_the_same_forms_again_adds_nothing() {
    let mut office = issued();
    let head = office.store.head().expect("head");
    let form = issue("财政局", "2024-03", "2024-04-30");
    let again = office
        .store
        .issue(
            p("2024-03"),
            ("0123456789ab", b"plan"),
            std::slice::from_ref(&form),
            at("2024-03-27T01:00:00Z"),
        )
        .expect("issued");
    assert_eq!((again.obligations, again.forms), (0, 0));
    assert_eq!(office.store.head().expect("head"), head);
    // A form that prints something else is a new issue; its obligation stands as it was.
    let mut changed = form;
    changed.printed = BTreeMap::from([(
        "2-1".parse::<ItemNo>().expect("an item"),
        PrintedRow { number: Some("30".into()), confirmed: true, ..PrintedRow::default() },
    )]);
    let third = office
        .store
        .issue(
            p("2024-03"),
            ("0123456789ab", b"plan"),
            &[changed.clone()],
            at("2024-03-28T01:00:00Z"),
        )
        .expect("issued");
    assert_eq!((third.obligations, third.forms), (0, 1));
    let issues = office.store.form_issues(p("2024-03")).expect("issues");
    assert_eq!(issues.len(), 6);
    assert_eq!(
        issues.iter().rfind(|i| i.issue.unit == unit("财政局")).map(|i| &i.issue),
        Some(&changed)
    );
    assert_eq!(
        office.store.obligations(p("2024-03"), None).expect("rows")[0].due.to_string(),
        "2024-04-05"
    );
    assert_eq!(
        office.store.plan_content("0123456789ab").expect("content").as_deref(),
        Some(&b"plan"[..])
    );
}

#[test]
fn the_dump_has_every_cell_and_says_what_was_superseded() {
    let mut office = Office::new();
    let first = file(
        1,
        "财政局",
        "2024-03",
        "2024-04-01T00:00:00Z",
        vec![
            cell("1-1", Field::Cumulative, "30"),
            cell("1-2", Field::Cumulative, "2.50"),
            cell("1-1", Field::Status, "推进中"),
            cell("1-1", Field::Problems, "无"),
            cell("2", Field::Progress, "未出数"),
        ],
    );
    // A later return: a new figure, a blank that withdraws, an absent row that leaves.
    let second = file(
        2,
        "财局",
        "2024-03",
        "2024-04-02T00:00:00Z",
        vec![cell("1-1", Field::Cumulative, "35"), cell("1-1", Field::Problems, "")],
    );
    office.take("2024-03", vec![second, first], "2024-04-02T01:00:00Z");
    let dump = office.store.dump(p("2024-03"), &plan().registry, None).expect("dump");
    let seen: Vec<_> = dump
        .iter()
        .map(|r| {
            let item = r.item.map_or_else(String::new, |i| i.to_string());
            (item, r.field.key(), r.raw.as_str(), r.superseded)
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("1-1".to_owned(), "cumulative", "30", true),
            ("1-2".to_owned(), "cumulative", "2.50", false),
            ("1-1".to_owned(), "status", "推进中", false),
            ("1-1".to_owned(), "problems", "无", true),
            ("2".to_owned(), "progress", "未出数", false),
            ("1-1".to_owned(), "cumulative", "35", false),
        ]
    );
    let json = serde_json::to_value(&dump[1]).expect("json");
    let keys: Vec<&str> = json.as_object().expect("object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "period",
            "unit",
            "task",
            "item",
            "role",
            "field",
            "value",
            "raw",
            "file",
            "sha256",
            "sheet",
            "cell",
            "received_at",
            "superseded"
        ]
    );
    assert_eq!(json["value"], 2.5);
    assert_eq!(json["task"], 1);
    assert_eq!(json["role"], "lead");
    assert_eq!(json["received_at"], "2024-04-01T00:00:00Z");
    assert_eq!(serde_json::to_value(&dump[4]).expect("json")["value"], "未出数");
    assert_eq!(serde_json::to_value(&dump[2]).expect("json")["value"], "推进中");
    assert_eq!(serde_json::to_value(&dump[0]).expect("json")["value"], 30);
    assert_eq!(dump[5].unit, unit("财政局"));
}

#[test]
fn what_is_withdrawn_does_not_count_and_may_come_again() {
    let mut office = Office::new();
    let good = || {
        file(
            1,
            "财政局",
            "2024-03",
            "2024-04-01T00:00:00Z",
            vec![cell("1-1", Field::Cumulative, "30")],
        )
    };
    let wrong = file(
        2,
        "财政局",
        "2024-03",
        "2024-04-02T00:00:00Z",
        vec![cell("1-1", Field::Cumulative, "300")],
    );
    office.take("2024-03", vec![good(), wrong], "2024-04-02T01:00:00Z");
    assert_eq!(office.counts("2024-03"), ["2024-03 财政局 1-1 cumulative 300"]);
    let gone = office
        .store
        .withdraw(&sha(2)[..12], "填错单位", at("2024-04-03T00:00:00Z"))
        .expect("withdrawn");
    assert_eq!(gone.len(), 1);
    assert_eq!(office.counts("2024-03"), ["2024-03 财政局 1-1 cumulative 30"]);
    let dump = office.store.dump(p("2024-03"), &plan().registry, None).expect("dump");
    assert_eq!(dump.iter().map(|r| r.superseded).collect::<Vec<_>>(), [false, true]);
    // As the office knew it before.
    let before = office
        .store
        .facts(&plan(), &Settings::default(), p("2024-03"), Some(at("2024-04-02T12:00:00Z")))
        .expect("facts");
    assert_eq!(before.facts[0].answer, Answer::Number(300.into()));
    for typed in ["zzzzzz", "12", &sha(2)] {
        assert!(
            matches!(
                office.store.withdraw(typed, "", at("2024-04-03T00:00:00Z")),
                Err(Error::Usage { .. })
            ),
            "{typed}"
        );
    }
    // The good one again is a duplicate; the withdrawn one may come again.
    assert!(matches!(
        office.take("2024-03", vec![good()], "2024-04-04T00:00:00Z").files[..],
        [Taken::Duplicate(1)]
    ));
    let again = file(
        2,
        "财政局",
        "2024-03",
        "2024-04-02T00:00:00Z",
        vec![cell("1-1", Field::Cumulative, "31")],
    );
    assert!(matches!(
        office.take("2024-03", vec![again], "2024-04-04T00:00:00Z").files[..],
        [Taken::Recorded(3)]
    ));
    assert_eq!(office.counts("2024-03"), ["2024-03 财政局 1-1 cumulative 31"]);
    assert!(office.store.verify().expect("verified").findings.is_empty());
}

#[test]
fn a_refused_file_is_judged_again_and_the_last_verdict_counts() {
    let mut office = Office::new();
    let good = || {
        file(
            1,
            "财政局",
            "2024-03",
            "2024-04-01T00:00:00Z",
            vec![cell("1-1", Field::Cumulative, "30")],
        )
    };
    let bad = || refused(good(), Outcome::Rejected);
    office.take("2024-03", vec![bad()], "2024-04-01T01:00:00Z");
    let same = office.take("2024-03", vec![bad()], "2024-04-01T02:00:00Z");
    assert_eq!((same.run, same.files), (None, vec![Taken::Duplicate(1)]));
    office.take("2024-03", vec![good()], "2024-04-01T03:00:00Z");
    assert_eq!(office.counts("2024-03"), ["2024-03 财政局 1-1 cumulative 30"]);
    // A recheck by newer rules withholds the figure: nothing of the earlier judgement counts.
    let mut rechecked = good();
    rechecked.answers.as_mut().expect("answers").entries.clear();
    let run = Run { period: p("2024-03"), files: vec![rechecked], findings: vec![] };
    office.store.append_rechecked(&run, at("2024-04-05T00:00:00Z")).expect("recorded");
    assert!(office.counts("2024-03").is_empty());
    let known = office.store.known(&sha(1), p("2024-03")).expect("read").expect("known");
    assert_eq!((known.revision, known.received_at), (2, at("2024-04-01T00:00:00Z")));
    assert_eq!(
        office
            .store
            .submissions(p("2024-03"), None)
            .expect("rows")
            .iter()
            .filter(|s| s.stands())
            .count(),
        1
    );
}

#[test]
fn confirmations_and_findings_come_back_as_they_went_in() {
    let mut office = Office::new();
    let mut odd = file(1, "财政局", "2024-03", "2024-04-01T00:00:00Z", vec![]);
    let place =
        Place::Cell { file: odd.file.clone(), sheet: "填报表".into(), cell: "F12".into() };
    let code = Code::from_printed("I301").expect("a code");
    odd.findings = vec![
        Diagnostic::new(code, place, "快完成了").with("column", "完成进度").with("unused", "x"),
        Diagnostic::new(
            Code::RegisterRow,
            Place::Line { file: "收件登记.csv".into(), line: 3 },
            "昨天",
        )
        .with("name", "a.xlsx"),
    ];
    let stored = odd.findings.clone();
    office.take("2024-03", vec![odd], "2024-04-01T01:00:00Z");
    let rows = office.store.findings_of(1).expect("findings");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].args["unused"], "x");
    assert_eq!(rows[1].diagnostic(), Some(stored[1].clone()));
    assert_eq!(rows[0].diagnostic().expect("known").place, stored[0].place);
    office
        .store
        .confirm(TaskNo(7), p("2024-03"), true, "", at("2024-04-08T00:00:00Z"))
        .expect("confirmed");
    office
        .store
        .confirm(TaskNo(7), p("2024-03"), false, "材料不全", at("2024-04-09T00:00:00Z"))
        .expect("rejected");
    let words = office.store.confirmations().expect("confirmations");
    assert_eq!(words.iter().map(|c| c.confirmed).collect::<Vec<_>>(), [true, false]);
    assert!(!office.store.simulated().expect("read"));
    office.store.mark_simulated(at("2024-04-09T00:00:00Z")).expect("marked");
    assert!(office.store.simulated().expect("read"));
    assert_eq!(office.store.last_ingest().expect("read"), Some(at("2024-04-01T01:00:00Z")));
}
