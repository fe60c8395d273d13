//! `duban stats` on the terminal: the columns a reader looks for first; `--csv` and `--json` have all of them.

use serde_json::Value;

use super::render;
use crate::{
    model::{Plan, TaskNo},
    wording::{Lang, stats as words},
};

/// The table of `document`, the JSON of [`crate::stats::json`], with the rule it is counted by.
pub(super) fn text(document: &Value, in_force: &Plan, lang: Lang) -> String {
    let by = document["by"].as_str().unwrap_or_default();
    let headings = words::terminal_headings(by, lang);
    let mut rows = vec![headings.iter().map(|h| (*h).to_owned()).collect()];
    let total = &document["total"];
    let each = document["rows"].as_array().into_iter().flatten();
    for row in each.chain(std::iter::once(total)) {
        let mut line = match by {
            "leader" => leader(row),
            "unit" => unit(row),
            "section" => section(row),
            _ => task(row, in_force, lang),
        };
        if std::ptr::eq(row, total) {
            mark_total(&mut line, by, lang);
        }
        rows.push(line);
    }
    format!("{}\n{}", render::aligned(&rows), words::rule_in(by, lang))
}

fn leader(row: &Value) -> Vec<String> {
    let mut line = vec![
        word(&row["name"]),
        number(&row["tasks"]),
        number(&row["share"]),
        number(&row["collective"]),
    ];
    line.extend(rates(row));
    line
}

fn unit(row: &Value) -> Vec<String> {
    let led = row["lead_first"].as_u64().unwrap_or(0) + row["lead_other"].as_u64().unwrap_or(0);
    let mut line = vec![
        word(&row["name"]),
        word(&row["category"]),
        led.to_string(),
        number(&row["named"]),
        number(&row["group"]),
        number(&row["load"]),
    ];
    line.extend(rates(row));
    let returns = &row["returns"];
    line.push(format!("{}/{}", number(&returns["received"]), number(&returns["obligations"])));
    line.push(number(&row["rank"]));
    line
}

fn section(row: &Value) -> Vec<String> {
    let mut line = vec![
        word(&row["key"]),
        word(&row["name"]),
        number(&row["tasks"]),
        number(&row["leaders"]),
        number(&row["lead_units"]),
    ];
    line.extend(rates(row));
    line
}

fn task(row: &Value, in_force: &Plan, lang: Lang) -> Vec<String> {
    let no = row["no"].as_u64().and_then(|n| u32::try_from(n).ok());
    let named = no.and_then(|n| in_force.task(TaskNo(n)));
    let flag = |key: &str| match row[key].as_bool() {
        Some(set) => words::yes_no_in(set, lang).to_owned(),
        None => number(&row[key]),
    };
    vec![
        number(&row["no"]),
        named.map(|t| t.short.clone()).unwrap_or_default(),
        row["class"].as_str().map_or_else(String::new, |c| words::class_in(c, lang).to_owned()),
        number(&row["progress"]),
        number(&row["gap"]),
        row["light"].as_str().map_or_else(String::new, |l| words::light_in(l, lang).to_owned()),
        flag("incomplete"),
        flag("stale"),
        named.map(|t| t.lead_units.join("、")).unwrap_or_default(),
    ]
}

/// 达序时率, 完成率, 平均进度, the lights, 缺报, 沿用.
fn rates(row: &Value) -> Vec<String> {
    let mut line =
        vec![rate(&row["on_schedule"]), rate(&row["completion"]), number(&row["mean_progress"])];
    let lights = ["done", "green", "yellow", "red", "none"];
    line.extend(lights.map(|light| number(&row["lights"][light])));
    line.push(number(&row["incomplete"]));
    line.push(number(&row["stale"]));
    line
}

/// A rate with its counts: 32.5% 39/120; nothing due is —.
fn rate(of: &Value) -> String {
    let counts = format!("{}/{}", number(&of["done"]), number(&of["due"]));
    match of["value"].as_f64() {
        Some(value) => format!("{:.1}% {counts}", value * 100.0),
        None => words::NOTHING_DUE.to_owned(),
    }
}

/// A number with at most one decimal; what is absent is —.
fn number(value: &Value) -> String {
    match (value.as_u64(), value.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(number)) => {
            let text = format!("{number:.1}");
            text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
        }
        (None, None) => words::NOTHING_DUE.to_owned(),
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The last line says that it is the total, and nothing that only a row has.
fn mark_total(line: &mut [String], by: &str, lang: Lang) {
    let total = lang.pick(words::TOTAL.0, words::TOTAL.1);
    if let Some(first) = line.first_mut() {
        total.clone_into(first);
    }
    if by == "section"
        && let Some(name) = line.get_mut(1)
    {
        name.clear();
    }
    if by == "unit"
        && let Some(rank) = line.last_mut()
    {
        rank.clear();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rate_keeps_its_counts_and_nothing_due_is_a_dash() {
        assert_eq!(rate(&json!({"done": 39, "due": 120, "value": 0.325})), "32.5% 39/120");
        assert_eq!(rate(&json!({"done": 0, "due": 0, "value": null})), "—");
        assert_eq!(number(&json!(24.166)), "24.2");
        assert_eq!(number(&json!(-25.0)), "-25");
    }

    #[test]
    fn the_table_has_a_line_per_row_and_a_total_in_both_languages() {
        let lights = json!({"done": 1, "green": 0, "yellow": 0, "red": 0, "none": 0});
        let one = json!({"done": 1, "due": 1, "value": 1.0});
        let row = json!({
            "key": "张三", "name": "张三", "tasks": 1, "share": 0.5, "collective": 0,
            "completion": one, "on_schedule": one, "mean_progress": 100.0, "lights": lights,
            "incomplete": 0, "stale": 0,
        });
        let document = json!({"by": "leader", "rows": [row], "total": row});
        for lang in [Lang::Zh, Lang::En] {
            let text = text(&document, &Plan::default(), lang);
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines[0].starts_with(words::terminal_headings("leader", lang)[0]), "{text}");
            assert!(lines[1].starts_with("张三") && lines[1].contains("100.0% 1/1"), "{text}");
            assert!(lines[2].starts_with(lang.pick("合计", "Total")), "{text}");
            assert!(!words::rule_in("leader", lang).is_empty() && text.lines().count() > 4);
        }
    }
}
