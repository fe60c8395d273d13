//! `trace` as an auditor uses it: rule, lists, judgement, and every cell with what it superseded.

use super::*;

fn numbers(of: &Value) -> Vec<u64> {
    of.as_array().expect("a list").iter().map(|n| n.as_u64().expect("a number")).collect()
}

#[test]
fn a_task_a_unit_a_leader_and_published_cells_lead_to_the_returns() {
    let office = Office::new();
    assert!(office.run(&INGEST).status.success());
    // Everybody reports again, otherwise: the first returns are superseded.
    office.done(&["simulate", "-p", "2024-03", "--seed", "2", "--now", "2024-03-31T09:00:00"]);
    let again = office.run(&[
        "ingest",
        "-p",
        "2024-03",
        "--now",
        "2024-04-13T09:00:00",
        "--received-at",
        "2024-04-12T18:30:00",
    ]);
    assert!(again.status.success(), "{}", said(&again));
    let at = ["--now", "2024-04-13T10:00:00"];
    let json = |words: &[&str]| office.json(&[words, &["--json"], &at].concat());
    let told = |words: &[&str]| office.done(&[words, &at].concat());

    let task = json(&["trace", "-p", "2024-03", "--task", "1"]);
    let of_status = |e: &&Value| {
        e["unit"] == "区工业和信息化局" && e["field"] == "status" && e["holds"] == true
    };
    let entry = task["entries"].as_array().expect("entries").iter().find(of_status).expect("one");
    assert_eq!(entry["counted"]["received_at"], "2024-04-12T10:30:00Z");
    for key in ["file", "archive", "sha256", "sheet", "cell", "raw", "recorded_at"] {
        assert!(entry["counted"][key].as_str().is_some_and(|t| !t.is_empty()), "{key}: {entry}");
    }
    assert_eq!(entry["superseded"].as_array().map(Vec::len), Some(1), "{entry}");
    let item = &task["tasks"][0]["parts"][0]["items"][0];
    assert_eq!((&item["item"], &item["target"]), (&"1-1".into(), &"30".into()), "{item}");
    let text = told(&["trace", "-p", "2024-03", "--task", "1"]);
    for part in ["第1项", "30家", "收到 2024-04-12 18:30", "被替代", "▸ 填报表 ▸"] {
        assert!(text.contains(part), "{part}: {text}");
    }

    // Numerators and denominators are those of stats, and the tasks in them those of the leader.
    for (by, option, key) in
        [("leader", "--leader", "许承泽"), ("unit", "--unit", "区工业和信息化局")]
    {
        let trace = json(&["trace", "-p", "2024-03", option, key]);
        let stats = json(&["stats", "-p", "2024-03", "--by", by]);
        let rows = stats["rows"].as_array().expect("rows");
        let row = rows.iter().find(|r| r["key"] == key).expect("a row");
        for rate in ["completion", "on_schedule"] {
            let of = &trace["figures"][rate];
            assert_eq!(row[rate]["done"], numbers(&of["numerator"]).len(), "{by} {rate}");
            assert_eq!(row[rate]["due"], numbers(&of["denominator"]).len(), "{by} {rate}");
        }
        let mean = &trace["figures"]["mean_progress"];
        let over = mean["over"].as_array().expect("a list");
        let sum: f64 = over.iter().map(|t| t["progress"].as_f64().expect("a number")).sum();
        let count = f64::from(u32::try_from(over.len()).expect("few"));
        match row["mean_progress"].as_f64() {
            Some(value) => assert!((value - sum / count).abs() < 1e-9, "{by}: {mean}"),
            None => assert!(over.is_empty(), "{by}: {mean}"),
        }
        assert_eq!(row["mean_excluded"], numbers(&mean["excluded"]).len());
        assert_eq!(trace["row"], *row, "{by}: the row as published");
    }
    let unit = json(&["trace", "-p", "2024-03", "--unit", "区工业和信息化局"]);
    assert_eq!(unit["returns"][0]["files"].as_array().map(Vec::len), Some(2), "{unit}");

    office.done(&[&["report", "-p", "2024-03"][..], &at].concat());
    let book = "reports/2024-03/综合统计_2024-03.xlsx";
    let returns = json(&["trace", book, "报送情况!C4"]);
    let counted = returns["numerator"].as_array().expect("a list").len();
    assert_eq!(counted, 4, "{returns}");
    assert_eq!(returns["returns"].as_array().map(Vec::len), Some(4));
    let text = told(&["trace", book, "任务明细!A5"]);
    assert!(text.contains("判定：") && !text.contains("计入 0"), "{text}");
    office.refused(&["trace", book, "总览!A1"], "A1");
    office.refused(&["trace", book, "没有这张表!A1"], "没有这张表");
}
