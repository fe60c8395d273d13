//! Parquet read back equals the ledger.

use std::io::Cursor;

use duban::model::{Field, Role, Task};
use polars::prelude::*;
use polars_io::{SerReader, parquet::read::ParquetReader};

use super::*;

#[test]
fn parquet_read_back_equals_the_ledger() {
    let mut office = Office::new();
    let form = issue("财政局", "2024-03", "2024-04-05");
    office
        .store
        .issue(p("2024-03"), ("0123456789ab", b"plan"), &[form], at("2024-03-26T00:00:00Z"))
        .expect("issued");
    let phone = duban::intake::Entry {
        task: None,
        item: None,
        role: None::<Role>,
        ..cell("1", Field::Phone, "0635-1234567")
    };
    let files = vec![
        file(
            1,
            "财局",
            "2024-03",
            "2024-04-01T00:00:00Z",
            vec![
                cell("1-1", Field::Cumulative, "30.50"),
                cell("1-1", Field::Status, "推进中"),
                cell("2", Field::Progress, "未出数"),
                phone,
            ],
        ),
        file(
            2,
            "财政局",
            "2024-03",
            "2024-04-02T00:00:00Z",
            vec![cell("1-1", Field::Cumulative, "31")],
        ),
    ];
    office.take("2024-03", files, "2024-04-02T01:00:00Z");
    let mut plan = plan();
    plan.tasks = vec![Task {
        no: TaskNo(1),
        section: 1,
        subsection: None,
        text: "建成项目30个".into(),
        short: "建成项目".into(),
        leaders: vec!["甲".into(), "乙".into()],
        lead_units: vec!["财政局".into()],
        responsible: vec![],
        due: "2024-12-31".parse().expect("a date"),
        indicators: vec![],
        from: None,
        until: None,
    }];
    let files = office.store.export(&plan, None).expect("exported");
    let names: Vec<&str> = files.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(
        names,
        ["entries", "submissions", "obligations", "plan"]
            .map(|t| format!("{t}/period=2024-03/part.parquet"))
    );
    let frame =
        |n: usize| ParquetReader::new(Cursor::new(files[n].1.clone())).finish().expect("parquet");
    let text = |f: &DataFrame, name: &str| -> Vec<Option<String>> {
        f.column(name)
            .and_then(|c| c.str().cloned())
            .expect(name)
            .iter()
            .map(|v| v.map(str::to_owned))
            .collect()
    };

    let dump = office.store.dump(p("2024-03"), &plan.registry, None).expect("dump");
    let dump: Vec<_> = dump.iter().filter(|r| !r.field.is_personal()).collect();
    let entries = frame(0);
    assert_eq!(entries.height(), dump.len());
    assert_eq!(entries.height(), 4, "the telephone stays here");
    let all = |f: fn(&duban::ledger::DumpRow) -> Option<String>| {
        dump.iter().map(|r| f(r)).collect::<Vec<_>>()
    };
    assert_eq!(text(&entries, "unit"), all(|r| Some(r.unit.0.clone())));
    assert_eq!(text(&entries, "item"), all(|r| r.item.map(|i| i.to_string())));
    assert_eq!(text(&entries, "field"), all(|r| Some(r.field.key().to_owned())));
    assert_eq!(
        text(&entries, "value"),
        all(|r| r.value.as_ref().map(duban::model::Answer::stored))
    );
    assert_eq!(text(&entries, "raw"), all(|r| Some(r.raw.clone())));
    assert_eq!(text(&entries, "cell"), all(|r| Some(r.cell.clone())));
    let superseded: Vec<_> = entries
        .column("superseded")
        .and_then(|c| c.bool().cloned())
        .expect("bool")
        .iter()
        .collect();
    assert_eq!(superseded, dump.iter().map(|r| Some(r.superseded)).collect::<Vec<_>>());
    let numbers: Vec<_> =
        entries.column("number").and_then(|c| c.f64().cloned()).expect("f64").iter().collect();
    assert_eq!(numbers, [Some(30.5), None, None, Some(31.0)]);

    let submissions = frame(1);
    let rows = office.store.submissions(p("2024-03"), None).expect("rows");
    assert_eq!(
        text(&submissions, "sha256"),
        rows.iter().map(|s| Some(s.sha256.clone())).collect::<Vec<_>>()
    );
    assert_eq!(text(&submissions, "unit"), [Some("财政局".to_owned()), Some("财政局".to_owned())]);
    assert_eq!(text(&frame(2), "due"), [Some("2024-04-05".to_owned())]);
    assert_eq!(text(&frame(3), "leaders"), [Some("甲、乙".to_owned())]);
    // The same ledger gives the same bytes.
    assert_eq!(office.store.export(&plan, None).expect("exported"), files);
}
