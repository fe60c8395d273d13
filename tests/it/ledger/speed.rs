//! How long recording and asking take. On request: `DUBAN_SPEED=1 cargo test --release`.

use std::time::Instant;

use duban::{model::Field, settings::Settings};

use super::*;

/// Set to measure.
const ASKED: &str = "DUBAN_SPEED";

#[test]
fn a_thousand_returns_and_a_hundred_thousand() {
    if std::env::var(ASKED).is_err() {
        eprintln!("skipped: set {ASKED}=1");
        return;
    }
    let mut office = Office::new();
    let thousand = |period: &str, start: u64| -> Vec<Incoming> {
        (0..1000)
            .map(|n| {
                let cells = (1..=50)
                    .map(|i| match i % 2 {
                        0 => cell(&format!("{i}-1"), Field::Cumulative, &(i * n % 97).to_string()),
                        _ => cell(
                            &i.to_string(),
                            Field::Narrative,
                            "项目已开工建设，完成年度投资的一半，正在办理后续手续",
                        ),
                    })
                    .collect();
                file(start + n, &format!("单位{n}"), period, "2024-04-01T00:00:00Z", cells)
            })
            .collect()
    };
    let run = Run { period: p("2024-03"), files: thousand("2024-03", 0), findings: vec![] };
    let clock = Instant::now();
    office.store.append(&run, at("2024-04-02T00:00:00Z")).expect("recorded");
    eprintln!("1,000 returns of 50 cells recorded: {:?}", clock.elapsed());
    let clock = Instant::now();
    office.store.append(&run, at("2024-04-02T00:00:00Z")).expect("recorded");
    eprintln!("the same again: {:?}", clock.elapsed());
    let clock = Instant::now();
    let facts =
        office.store.facts(&plan(), &Settings::default(), p("2024-03"), None).expect("facts");
    eprintln!("{} facts: {:?}", facts.facts.len(), clock.elapsed());
    let clock = Instant::now();
    let dump = office.store.dump(p("2024-03"), &plan().registry, None).expect("dump");
    eprintln!("dump of {}: {:?}", dump.len(), clock.elapsed());
    let clock = Instant::now();
    assert!(office.store.verify().expect("verified").findings.is_empty());
    eprintln!("verified: {:?}", clock.elapsed());

    // A hundred thousand submissions in other periods.
    for year in 0..100u64 {
        let period = format!("{}-{:02}", 2100 + year / 12, year % 12 + 1);
        let files = thousand(&period, 10_000 + year * 1000)
            .into_iter()
            .map(|mut f| {
                f.answers.as_mut().expect("answers").entries.truncate(2);
                f
            })
            .collect();
        office.take(&period, files, "2024-04-03T00:00:00Z");
    }
    let clock = Instant::now();
    let settings = Settings::default();
    let status = office.store.status(
        p("2024-03"),
        &plan().registry,
        &settings,
        at("2024-05-01T00:00:00Z"),
        None,
    );
    assert_eq!(status.expect("status").units.len(), 1000);
    eprintln!("status among 101,000 submissions: {:?}", clock.elapsed());
    let clock = Instant::now();
    assert!(office.store.verify().expect("verified").findings.is_empty());
    eprintln!("verified: {:?}", clock.elapsed());
}
