//! `trace` for people: rule, counts, judgements, and the cells behind them, in both languages.

use jiff::{Timestamp, tz::Offset};
use serde_json::Value;

use super::{Lang, recheck::outcome_word, stats};

/// At most this many entries, and units with their files, are printed; `--json` has them all.
const MOST_ENTRIES: usize = 60;
/// With at most this many tasks each is explained item by item; with more, a line each.
const MOST_EXPLAINED: usize = 6;
/// Figures have at most six decimals; a smaller gap than they make is none.
const MOST_DECIMALS: usize = 6;

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

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The answer of `trace` as text; times are shown at `offset`.
#[must_use]
pub fn text(document: &Value, offset: Offset, lang: Lang) -> String {
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
    lines.extend(mean(&document["figures"]["mean_progress"], lang));
    // A cell about one task counts nothing: the task itself is told below.
    if document["numerator"].is_array() && document["task"].is_null() {
        let label = lang.pick("计入", "counted");
        lines.push(counted(label, &document["numerator"], &document["denominator"], lang));
    }
    lines.extend(tasks(list(&document["tasks"]), lang));
    lines.extend(returns(list(&document["returns"]), offset, lang));
    lines.extend(entries(list(&document["entries"]), offset, lang));
    lines.join("\n")
}

/// The cells that hold: who leads speaks first; figures before words.
fn entries(entries: &[Value], offset: Offset, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
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
    if !holding.is_empty() {
        lines.push(String::new());
        lines.push(lang.pick("来源：", "Sources:").to_owned());
    }
    for entry in holding.iter().take(MOST_ENTRIES) {
        lines.push(cell(entry, offset, lang));
        for older in list(&entry["superseded"]) {
            let why = match older["withdrawn"].as_str() {
                Some(why) => format!("{}（{why}）", lang.pick("已撤回", "withdrawn")),
                None => lang.pick("被替代", "superseded").to_owned(),
            };
            lines.push(format!("      {why}  {}", place(older, offset, lang)));
        }
    }
    let holding = holding.len();
    if holding > MOST_ENTRIES {
        lines.push(match lang {
            Lang::Zh => format!("……共 {holding} 条，用 --json 可看全部。"),
            Lang::En => format!("… {holding} in all; --json lists them."),
        });
    }
    lines
}

/// 完成率 2/40：11、32 / 全部 40 项.
fn counted(label: &str, numerator: &Value, denominator: &Value, lang: Lang) -> String {
    let names = |of: &Value| -> Vec<String> {
        list(of)
            .iter()
            .map(|v| match v {
                Value::Number(n) => n.to_string(),
                other => {
                    let name = ["task", "who", "row"].iter().find_map(|k| match &other[*k] {
                        Value::Null => None,
                        Value::String(s) => Some(s.clone()),
                        n => Some(n.to_string()),
                    });
                    match other["value"].as_str().filter(|v| !v.is_empty()) {
                        Some(value) => format!("{}（{value}）", name.unwrap_or_default()),
                        None => name.unwrap_or_default(),
                    }
                }
            })
            .collect()
    };
    let joined = |names: &[String]| {
        if names.is_empty() {
            lang.pick("无", "none").to_owned()
        } else {
            names.join(lang.pick("、", ", "))
        }
    };
    let (above, below) = (names(numerator), names(denominator));
    if denominator.is_array() {
        format!(
            "{label} {}/{}\n  {}{}\n  {}{}",
            above.len(),
            below.len(),
            lang.pick("分子：", "numerator: "),
            joined(&above),
            lang.pick("分母：", "denominator: "),
            joined(&below)
        )
    } else {
        format!("{label} {}\n  {}", above.len(), joined(&above))
    }
}

/// One decimal, as every sheet prints it.
fn one(value: &Value) -> Option<String> {
    value.as_f64().map(|v| format!("{v:.1}"))
}

/// A gap with one decimal, or as many as show on which side of the bound it stands.
fn gap(value: &Value) -> Option<String> {
    let gap = value.as_f64()?;
    let shown = (1..=MOST_DECIMALS)
        .map(|decimals| format!("{gap:.decimals$}"))
        .find(|text| text.bytes().any(|b| (b'1'..=b'9').contains(&b)));
    Some(shown.unwrap_or_else(|| "0.0".to_owned()))
}

/// A comparator before its target.
fn comparator(key: &str, lang: Lang) -> &'static str {
    match key {
        ">=" => lang.pick("不少于 ", "at least "),
        "<=" => lang.pick("不超过 ", "at most "),
        "~" => lang.pick("左右 ", "about "),
        _ => lang.pick("达到 ", ""),
    }
}

/// 平均进度：(20.0 + 30.0) / 2.
fn mean(of: &Value, lang: Lang) -> Option<String> {
    let over = list(&of["over"]);
    if !of.is_object() || over.len() + list(&of["excluded"]).len() < 2 {
        return None;
    }
    let separator = lang.pick("、", ", ");
    let told: Vec<String> = over
        .iter()
        .map(|t| format!("{}（{}）", t["task"], one(&t["progress"]).unwrap_or_default()))
        .collect();
    let sum: f64 = over.iter().filter_map(|t| t["progress"].as_f64()).sum();
    #[expect(clippy::cast_precision_loss, reason = "tasks are few")]
    let count = over.len() as f64;
    let value = if over.is_empty() { "—".to_owned() } else { format!("{:.1}%", sum / count) };
    let left: Vec<String> = list(&of["excluded"]).iter().map(ToString::to_string).collect();
    let left = if left.is_empty() {
        String::new()
    } else {
        format!("\n  {}{}", lang.pick("不计入：", "left out: "), left.join(separator))
    };
    Some(format!(
        "{} {value} = {:.1}/{}\n  {}{}{left}",
        lang.pick("平均进度", "mean progress"),
        sum,
        over.len(),
        lang.pick("各项进度：", "progress of each: "),
        told.join(separator)
    ))
}

/// How each task was judged.
fn tasks(tasks: &[Value], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if !tasks.is_empty() {
        lines.push(String::new());
        lines.push(lang.pick("判定：", "Judged:").to_owned());
    }
    for task in tasks {
        let name = task["name"].as_str().unwrap_or_default();
        lines.push(match lang {
            Lang::Zh => format!("第{}项 {name}  {}", task["no"], judgement(task, lang)),
            Lang::En => format!("task {} {name}  {}", task["no"], judgement(task, lang)),
        });
        if tasks.len() > MOST_EXPLAINED {
            continue;
        }
        for part in list(&task["parts"]) {
            let unit = part["unit"].as_str().unwrap_or_default();
            let from = match part["inherited_from"].as_str() {
                Some(from) => format!("{}{from}", lang.pick("，承接", ", inherited from ")),
                None => String::new(),
            };
            lines.push(format!("  {unit}{from}  {}", judgement(part, lang)));
            lines.extend(list(&part["items"]).iter().map(|i| format!("    {}", item(i, lang))));
        }
    }
    lines
}

/// Class, progress, gap and light of a task or a part.
fn judgement(of: &Value, lang: Lang) -> String {
    let (class, light) = (&of["class"], &of["light"]);
    let key = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let word = |zh: &str, en: String| if lang == Lang::Zh { zh.to_owned() } else { en };
    let mut said = vec![word(stats::class(&key(class)), key(class).replace('_', " "))];
    if let Some(progress) = one(&of["progress"]) {
        said.push(format!("{} {progress}%", lang.pick("进度", "progress")));
    }
    if let Some(gap) = gap(&of["gap"]) {
        said.push(format!("{} {gap} {}", lang.pick("差距", "gap"), lang.pick("点", "points")));
    }
    said.push(word(stats::light(&key(light)), key(light)));
    said.join(lang.pick("，", ", "))
}

/// One item: the figure, the target, and the arithmetic between them.
fn item(of: &Value, lang: Lang) -> String {
    let text = |key: &str| of[key].as_str().unwrap_or_default();
    let number = text("item");
    // The task itself as one item has no name of its own: its figure is 完成进度.
    let (name, unit) = match of["name"].as_str() {
        Some(name) => (name, text("unit")),
        None => (lang.pick("完成进度", "progress"), "%"),
    };
    let value = match of["value"].as_f64() {
        Some(value) => format!("{value}{unit}"),
        None if of["not_out"] == true => lang.pick("未出数", "not published yet").to_owned(),
        None => lang.pick("未报", "not reported").to_owned(),
    };
    let mut said = vec![format!("{number} {name}{}{value}", lang.pick("：", ": "))];
    if let Some(target) = of["target"].as_str() {
        let comparator = comparator(text("comparator"), lang);
        said.push(format!("{}{comparator}{target}{unit}", lang.pick("目标", "target ")));
    }
    if let Some(base) = of["base"].as_str() {
        said.push(format!("{} {base}", lang.pick("起点", "base")));
    }
    if let Some(progress) = one(&of["progress"]) {
        said.push(format!("P {progress}%"));
    }
    if of["on_schedule"] == true
        && let Some(schedule) = one(&of["schedule"])
    {
        said.push(format!("{} {schedule}%", lang.pick("序时", "schedule")));
    }
    if let Some(gap) = gap(&of["gap"]) {
        said.push(format!("{} {gap}", lang.pick("差距", "gap")));
    }
    if of["due"] == false {
        said.push(lang.pick("本期不应报", "not due").to_owned());
    }
    if of["by_status"] == true {
        said.push(lang.pick("按状态", "by status").to_owned());
    }
    if let Some(stale) = of["stale"].as_str() {
        said.push(format!("{}{stale}", lang.pick("沿用", "carried from ")));
    }
    said.join(lang.pick("，", ", "))
}

/// How the returns came in, with every file.
fn returns(units: &[Value], offset: Offset, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if !units.is_empty() {
        lines.push(String::new());
        lines.push(lang.pick("报送：", "Returns:").to_owned());
    }
    for unit in units.iter().take(MOST_ENTRIES) {
        let text = |key: &str| unit[key].as_str().unwrap_or_default();
        let state = super::cli::state_word(text("state"), lang);
        let why = text("exempt").to_owned() + text("extended");
        let why = if why.is_empty() { why } else { format!("（{why}）") };
        lines.push(format!(
            "{}  {state}{why}  {} {}",
            text("unit"),
            lang.pick("截止", "due"),
            text("due")
        ));
        for file in list(&unit["files"]) {
            let text = |key: &str| file[key].as_str().unwrap_or_default();
            let mut said = vec![
                text("file").to_owned(),
                time(&file["received_at"], file["presumed"] == true, offset, lang),
                outcome_word(text("outcome"), lang).to_owned(),
            ];
            if let Some(why) = file["withdrawn"].as_str() {
                said.push(format!("{}（{why}）", lang.pick("已撤回", "withdrawn")));
            }
            if file["rejudged"] == true {
                said.push(lang.pick("后经复核改判", "judged again later").to_owned());
            }
            lines.push(format!("      {}", said.join("  ")));
        }
    }
    if units.len() > MOST_ENTRIES {
        lines.push(match lang {
            Lang::Zh => format!("……共 {} 家，用 --json 可看全部。", units.len()),
            Lang::En => format!("… {} units in all; --json lists them.", units.len()),
        });
    }
    lines
}

/// One entry: item, unit, field, value, and where it stands.
fn cell(entry: &Value, offset: Offset, lang: Lang) -> String {
    let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let stale = if entry["stale"] == true {
        format!("{}{}", lang.pick("，沿用", ", carried from "), text("period"))
    } else {
        String::new()
    };
    let heir = match entry["answered_by"].as_str() {
        Some(heir) => {
            format!("{}{heir}{}", lang.pick("（由", " (inherited by "), lang.pick("承接）", ")"))
        }
        None => String::new(),
    };
    format!(
        "{}  {}{heir}  {}{stale}\n      {}",
        text("item"),
        text("unit"),
        field(&text("field"), lang),
        place(&entry["counted"], offset, lang)
    )
}

/// “raw” → value  file ▸ sheet ▸ cell  time. The value is left out where it is what was typed.
fn place(cell: &Value, offset: Offset, lang: Lang) -> String {
    if cell.is_null() {
        return "—".to_owned();
    }
    let text = |key: &str| match &cell[key] {
        Value::String(s) => s.clone(),
        Value::Null => lang.pick("空", "blank").to_owned(),
        other => other.to_string(),
    };
    let (raw, value) = (text("raw"), text("value"));
    let read = if raw == value { String::new() } else { format!(" → {value}") };
    let behalf = match cell["on_behalf"].as_str() {
        Some(who) => format!("  {}（{who}）", lang.pick("代填", "entered for")),
        None => String::new(),
    };
    format!(
        "“{raw}”{read}  {} ▸ {} ▸ {}  {}{behalf}",
        text("file"),
        text("sheet"),
        text("cell"),
        time(&cell["received_at"], cell["presumed"] == true, offset, lang),
    )
}

/// When a file came, in office time.
fn time(at: &Value, presumed: bool, offset: Offset, lang: Lang) -> String {
    let typed = at.as_str().unwrap_or_default();
    let shown = typed.parse::<Timestamp>().map_or_else(
        |_| typed.to_owned(),
        |at| offset.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string(),
    );
    let label = lang.pick("收到", "received");
    if presumed {
        format!("{label} {shown}{}", lang.pick("（推定）", " (presumed)"))
    } else {
        format!("{label} {shown}")
    }
}
