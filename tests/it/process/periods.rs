//! Quarters, half-years, years and weeks at the command line: accepted, or refused with the reason.

use super::*;

#[test]
fn longer_periods_are_answered_as_at_their_end_or_refused_with_the_reason() {
    let office = Office::new();
    assert!(office.run(&INGEST).status.success());
    let now = ["--now", "2024-04-12T09:00:00"];
    let ask = |words: &[&'static str]| office.run(&[words, &now].concat());
    let json = |words: &[&'static str]| -> Value {
        serde_json::from_slice(&ask(words).stdout).expect("JSON")
    };
    // The first quarter has no forms of its own: March speaks for it.
    for period in ["2024-Q1", "2024-03"] {
        let status = json(&["status", "-p", period, "--json"]);
        assert_eq!((&status["expected"], &status["received"]), (&4.into(), &4.into()), "{period}");
        for by in ["leader", "unit", "section", "task"] {
            let stats = json(&["stats", "-p", period, "--by", by, "--json"]);
            assert_eq!(stats["period"], period);
            assert!(stats["rows"].as_array().is_some_and(|r| !r.is_empty()), "{period} {by}");
        }
        assert!(ask(&["plan", "show", "-p", period, "--json"]).status.success(), "{period}");
        let trace = json(&["trace", "-p", period, "--task", "1", "--json"]);
        assert!(trace["entries"].as_array().is_some_and(|e| !e.is_empty()), "{trace}");
        let report = json(&["report", "-p", period, "--json"]);
        let files = report["files"].as_array().expect("files");
        assert_eq!(files.len(), 3, "{report}");
    }
    let task = |period: &'static str| {
        json(&["stats", "-p", period, "--by", "task", "--json"])["rows"].clone()
    };
    assert_eq!(task("2024-Q1"), task("2024-03"), "as at the end of the period");
    // A period that is not over is answered, and said not to be over.
    for period in ["2024-H1", "2024", "2024-Q2"] {
        let stats = ask(&["stats", "-p", period, "--by", "task", "--json"]);
        assert!(stats.status.success(), "{period}: {}", said(&stats));
        assert!(said(&stats).contains("才结束"), "{period}: {}", said(&stats));
        assert!(ask(&["plan", "show", "-p", period]).status.success(), "{period}");
    }
    let over = ask(&["stats", "-p", "2024-Q1", "--by", "task"]);
    assert!(!said(&over).contains("才结束"), "{}", said(&over));
    for words in [["status", "-p"], ["report", "-p"]] {
        let output = ask(&[&words[..], &["2024-H1"]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("2024-06"), "names the month it waits for: {output:?}");
    }
    // A week is a period of its own: nothing speaks for it until its forms are out.
    let week = ask(&["status", "-p", "2024-W13"]);
    assert_eq!(week.status.code(), Some(2));
    assert!(said(&week).contains("template --period 2024-W13"), "{}", said(&week));
    assert!(ask(&["stats", "-p", "2024-W13", "--by", "task", "--json"]).status.success());
    assert!(ask(&["template", "-p", "2024-W13"]).status.success());
    let week = json(&["status", "-p", "2024-W13", "--json"]);
    assert_eq!(week["expected"], 4);
    // What is granted is granted for the forms that were issued.
    let quarter = ["exempt", "-p", "2024-Q1", "--unit", "区民政局", "--reason", "x"];
    office.refused(&quarter, "没有应报");
    office.refused(&["ingest", "-p", "2024-Q1", "--recheck"], "2024-Q1");
}
