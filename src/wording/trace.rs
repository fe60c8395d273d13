//! `trace` for people: rule, counts, and the cells behind them, in both languages.

use serde_json::Value;

use super::Lang;

/// At most this many entries are printed; `--json` has them all.
const MOST_ENTRIES: usize = 60;

/// Fields by their keys, in the order in which they are printed.
const FIELDS: [(&str, &str, &str); 7] = [
    ("cumulative", "年初至今累计", "cumulative"),
    ("progress", "完成进度", "progress"),
    ("status", "办理状态", "status"),
    ("narrative", "进展情况", "narrative"),
    ("problems", "存在问题", "problems"),
    ("coordination", "需协调事项", "coordination"),
    ("next_steps", "下步措施", "next steps"),
];

fn field(key: &str, lang: Lang) -> String {
    let found = FIELDS.iter().find(|f| f.0 == key);
    found.map_or_else(|| key.to_owned(), |(_, zh, en)| lang.pick(zh, en).to_owned())
}

/// The answer of `trace` as text.
#[must_use]
pub fn text(document: &Value, lang: Lang) -> String {
    let mut lines: Vec<String> = Vec::new();
    if let (Some(sheet), Some(cells)) = (document["sheet"].as_str(), document["cells"].as_str()) {
        lines.push(format!("{sheet}!{cells}"));
    }
    if let Some(rule) = document["rule"].as_str() {
        lines.push(format!("{}{rule}", lang.pick("口径：", "Rule: ")));
    }
    for (key, zh, en) in [
        ("completion", "完成率", "completion rate"),
        ("on_schedule", "达序时率", "on-schedule rate"),
    ] {
        let of = &document["figures"][key];
        if of.is_object() {
            lines.push(counted(lang.pick(zh, en), &of["numerator"], &of["denominator"], lang));
        }
    }
    if document["numerator"].is_array() {
        let label = lang.pick("计入", "counted");
        lines.push(counted(label, &document["numerator"], &document["denominator"], lang));
    }
    let entries = document["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !entries.is_empty() {
        lines.push(String::new());
    }
    // Who leads speaks first; figures before words.
    let mut holding: Vec<&Value> = entries.iter().filter(|e| e["holds"] == true).collect();
    holding.sort_by_key(|e| {
        let rank =
            |of: &str, order: &[&str]| order.iter().position(|o| *o == of).unwrap_or(order.len());
        let text = |key: &str| e[key].as_str().unwrap_or_default();
        (
            rank(text("role"), &["lead", "named", "group"]),
            rank(text("field"), FIELDS.map(|f| f.0).as_slice()),
        )
    });
    for entry in holding.iter().take(MOST_ENTRIES) {
        lines.push(cell(entry, lang));
        for older in entry["superseded"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let label = lang.pick("被替代", "superseded");
            lines.push(format!("      {label}  {}", place(older)));
        }
    }
    let holding = holding.len();
    if holding > MOST_ENTRIES {
        lines.push(match lang {
            Lang::Zh => format!("……共 {holding} 条，用 --json 可看全部。"),
            Lang::En => format!("… {holding} in all; --json lists them."),
        });
    }
    lines.join("\n")
}

/// 完成率 2/40：11、32 / 全部 40 项.
fn counted(label: &str, numerator: &Value, denominator: &Value, lang: Lang) -> String {
    let names = |list: &Value| -> Vec<String> {
        list.as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(|v| match v {
                Value::Number(n) => n.to_string(),
                other => ["task", "who", "row"]
                    .iter()
                    .find_map(|k| match &other[*k] {
                        Value::Null => None,
                        Value::String(s) => Some(s.clone()),
                        n => Some(n.to_string()),
                    })
                    .unwrap_or_default(),
            })
            .collect()
    };
    let (above, below) = (names(numerator), names(denominator));
    let separator = lang.pick("、", ", ");
    if denominator.is_array() {
        format!(
            "{label} {}/{}\n  {}{}\n  {}{}",
            above.len(),
            below.len(),
            lang.pick("分子：", "numerator: "),
            above.join(separator),
            lang.pick("分母：", "denominator: "),
            below.join(separator)
        )
    } else {
        format!("{label} {}\n  {}", above.len(), above.join(separator))
    }
}

/// One entry: item, unit, field, value, and where it stands.
fn cell(entry: &Value, lang: Lang) -> String {
    let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let stale = if entry["stale"] == true {
        format!("{}{}", lang.pick("，沿用", ", carried from "), text("period"))
    } else {
        String::new()
    };
    format!(
        "{}  {}  {}{stale}\n      {}",
        text("item"),
        text("unit"),
        field(&text("field"), lang),
        place(&entry["counted"])
    )
}

/// “raw” → value  file ▸ sheet ▸ cell  time.
fn place(cell: &Value) -> String {
    let text = |key: &str| match &cell[key] {
        Value::String(s) => s.clone(),
        Value::Null => "—".to_owned(),
        other => other.to_string(),
    };
    if cell.is_null() {
        return "—".to_owned();
    }
    format!(
        "{} “{}”  {} ▸ {} ▸ {}  {}",
        text("value"),
        text("raw"),
        text("file"),
        text("sheet"),
        text("cell"),
        text("received_at")
    )
}
