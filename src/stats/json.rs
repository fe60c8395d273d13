//! `stats --json` and `stats --csv`: the shapes that outside checks rely on (docs: DESIGN §3).

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::wording::stats as words;

use super::{
    period::{By, PeriodStats},
    rollup::{Rollup, RollupRow},
    rows::{Light, Rates},
    shares::{class_shares, counted_classes},
};

/// One table as JSON: `{period, by, rows, total, shares, rule}`.
///
/// Shape: rows as the serde form of [`crate::stats`]' rows; by task, tasks in force and withdrawn ones in plan order.
/// Units: percents 0–100 unrounded; a rate is `{done, due, value, change}` with value a fraction and change in points.
/// `total` counts distinct tasks and has the shape of a row.
#[must_use]
pub fn json(stats: &PeriodStats, by: By) -> Value {
    let now = &stats.now;
    let (rows, total) = match by {
        By::Leader => (values(&now.leaders), value(&now.leader_total)),
        By::Unit => (values(&now.units), value(&now.unit_total)),
        By::Section => (values(&now.sections), value(&now.section_total)),
        By::Task => (task_rows(stats), task_total(stats)),
    };
    json!({
        "period": now.period.to_string(),
        "by": by.key(),
        "rows": rows,
        "total": total,
        "shares": class_share_values(stats),
        "rule": words::rule(by.key()),
    })
}

/// The shares of the classes in the tasks in force: what they are of, how they were rounded, and in percent with
/// one decimal; null where no task is in force.
fn class_share_values(stats: &PeriodStats) -> Value {
    let classes = &stats.now.total.classes;
    let shares = class_shares(classes, stats.now.rounding);
    let mut percents = Map::new();
    for (n, (key, _)) in counted_classes(classes).into_iter().enumerate() {
        let percent = shares.tenths.get(n).map(|t| tenths(*t));
        percents.insert(key.to_owned(), json!(percent));
    }
    json!({
        "of": shares.of,
        "rounding": shares.rounding,
        "classes": percents,
        "rule": words::share_rule(shares.of, shares.rounding.adds_up()),
    })
}

/// Tenths of a percent as a percent.
#[expect(clippy::cast_precision_loss, reason = "at most 1000")]
fn tenths(tenths: u64) -> f64 {
    tenths as f64 / 10.0
}

fn value<T: Serialize>(row: &T) -> Value {
    // Rows hold numbers, texts and lists: they always have a JSON form (a float that is no number becomes null).
    serde_json::to_value(row).unwrap_or(Value::Null)
}

fn values<T: Serialize>(rows: &[T]) -> Vec<Value> {
    rows.iter().map(value).collect()
}

/// Tasks in force and withdrawn ones (调整), by number.
fn task_rows(stats: &PeriodStats) -> Vec<Value> {
    let mut rows: Vec<(u32, Value)> = stats.now.tasks.iter().map(|t| (t.no.0, value(t))).collect();
    rows.extend(stats.now.adjusted.iter().map(|no| (no.0, adjusted(no.0))));
    rows.sort_by_key(|(no, _)| *no);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn adjusted(no: u32) -> Value {
    json!({
        "no": no,
        "class": "adjusted",
        "progress": null,
        "gap": null,
        "light": Light::None.key(),
        "incomplete": false,
        "stale": false,
        "confirmed": false,
        "parts": [],
    })
}

/// The total in the shape of a task's row, with the rates beside: progress is the mean, gap the worst.
fn task_total(stats: &PeriodStats) -> Value {
    let now = &stats.now;
    let worst = now.tasks.iter().filter_map(|t| t.gap).min_by(f64::total_cmp);
    let mut total = Map::new();
    for (key, of) in [
        ("no", Value::Null),
        ("class", Value::Null),
        ("progress", json!(now.total.mean_progress)),
        ("gap", json!(worst)),
        ("light", Value::Null),
        ("parts", json!([])),
        ("tasks", json!(now.total.completion.due)),
    ] {
        total.insert(key.to_owned(), of);
    }
    if let Value::Object(rates) = value(&now.total) {
        total.extend(rates);
    }
    Value::Object(total)
}

/// One table as CSV for spreadsheet programs: BOM, headings in the office's language, every text cell defused.
///
/// Shape: one line per row and a last line for the total; rates as count, denominator and percent.
#[must_use]
pub fn csv(stats: &PeriodStats, by: By) -> String {
    let now = &stats.now;
    let mut table: Vec<Vec<String>> = vec![words::csv_headings(by.key())];
    match by {
        By::Leader => {
            for r in now.leaders.iter().chain([&now.leader_total]) {
                let mut line = vec![r.name.clone()];
                line.extend([r.sole, r.shared, r.tasks, r.collective].map(|n| n.to_string()));
                line.push(number(Some(r.share)));
                line.extend(rates(&r.rates));
                table.push(line);
            }
        }
        By::Unit => {
            for r in now.units.iter().chain([&now.unit_total]) {
                let mut line = vec![r.name.clone(), r.category.clone()];
                line.extend([r.lead_first, r.lead_other, r.named, r.group].map(|n| n.to_string()));
                line.push(number(Some(r.load)));
                line.extend(rates(&r.rates));
                let returns = [r.returns.obligations, r.returns.received, r.returns.on_time];
                line.extend(returns.map(|n| n.to_string()));
                line.push(r.rank.map(|n| n.to_string()).unwrap_or_default());
                table.push(line);
            }
        }
        By::Section => {
            for r in now.sections.iter().chain([&now.section_total]) {
                let mut line = vec![r.key.clone(), r.name.clone()];
                line.extend([r.tasks, r.leaders, r.lead_units].map(|n| n.to_string()));
                line.extend(rates(&r.rates));
                table.push(line);
            }
        }
        By::Task => {
            for t in &now.tasks {
                table.push(vec![
                    t.no.to_string(),
                    words::class(t.class.key()).to_owned(),
                    number(t.progress),
                    number(t.gap),
                    words::light(t.light.key()).to_owned(),
                    t.missing().to_string(),
                    words::yes_no(t.stale).to_owned(),
                    words::yes_no(t.confirmed).to_owned(),
                ]);
            }
        }
    }
    csv_text(&table)
}

/// A roll-up as CSV, as [`csv()`] writes tables: one line per source, offices of a source indented under it, then the
/// total.
#[must_use]
pub fn rollup_csv(rollup: &Rollup) -> String {
    fn lines(row: &RollupRow, depth: usize, table: &mut Vec<Vec<String>>) {
        let mut line = vec![format!("{}{}", "　".repeat(depth), row.name)];
        line.extend([row.offices, row.units, row.tasks].map(|n| n.to_string()));
        line.extend(rates(&row.rates));
        let returns = row.returns;
        line.extend(
            [returns.obligations, returns.received, returns.on_time].map(|n| n.to_string()),
        );
        table.push(line);
        for row in &row.rows {
            lines(row, depth + 1, table);
        }
    }
    let mut table: Vec<Vec<String>> = vec![words::csv_headings("office")];
    for row in &rollup.rows {
        lines(row, 0, &mut table);
    }
    lines(&RollupRow { rows: Vec::new(), ..rollup.total.clone() }, 0, &mut table);
    csv_text(&table)
}

/// Lines of cells as CSV.
fn csv_text(table: &[Vec<String>]) -> String {
    let mut out = String::from('\u{feff}');
    for line in table {
        let cells: Vec<String> = line.iter().map(|cell| csv_cell(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// The cells of the rates, in the order of the headings.
fn rates(of: &Rates) -> Vec<String> {
    let mut cells = Vec::new();
    for rate in [of.completion, of.on_schedule] {
        cells.push(rate.done.to_string());
        cells.push(rate.due.to_string());
        cells.push(number(rate.value().map(|v| v * 100.0)));
        cells.push(number(rate.change));
    }
    cells.push(number(of.mean_progress));
    cells.push(number(of.mean_progress_reported));
    cells.extend([of.mean_excluded, of.incomplete, of.stale, of.confirmed].map(|n| n.to_string()));
    let lights = of.lights;
    cells.extend(
        [lights.done, lights.green, lights.yellow, lights.red, lights.none].map(|n| n.to_string()),
    );
    let c = of.classes;
    cells.extend(
        [c.done, c.ahead, c.on_track, c.behind, c.overdue, c.not_started, c.unreported, c.adjusted]
            .map(|n| n.to_string()),
    );
    cells
}

/// A number without an exponent; nothing stays an empty cell.
fn number(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// A cell as CSV: a leading = + - @ is defused unless the cell is a number, quotes where they are needed.
fn csv_cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if risky { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
