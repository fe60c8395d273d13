//! The tables of a period, counted by brute force, in the shape of `stats --json`.

use serde_json::{Map, Value as Json, json};

use super::{
    brute::{Found, TaskFound, float, tasks},
    scene::{Filing, Q, Scene, frac, q},
};

/// A table: rows and total.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub by: &'static str,
    pub rows: Vec<Json>,
    pub total: Json,
}

/// The four tables of a scene; `last` gives the rates that changes are measured against.
pub(super) fn tables(scene: &Scene, last: Option<&Scene>) -> Vec<Table> {
    let mut now = plain(scene);
    if let Some(last) = last {
        let then = plain(last);
        for (table, before) in now.iter_mut().zip(&then) {
            for row in &mut table.rows {
                let key = row.get("key").cloned();
                let earlier = before.rows.iter().find(|r| r.get("key") == key.as_ref());
                change(row, earlier.unwrap_or(&Json::Null));
            }
            change(&mut table.total, &before.total);
        }
    }
    now
}

/// Puts the change in points of both rates, and of the rank in places, into a row.
fn change(row: &mut Json, last: &Json) {
    for name in ["completion", "on_schedule"] {
        let value = |of: &Json| of.get(name).and_then(|r| r.get("value")).and_then(Json::as_f64);
        let points = value(row).zip(value(last)).map(|(now, then)| (now - then) * 100.0);
        if row.get(name).is_some() {
            row[name]["change"] = json!(points);
        }
    }
    let rank = |of: &Json| of.get("rank").and_then(Json::as_i64);
    if row.get("rank").is_some() {
        row["rank_change"] = json!(rank(row).zip(rank(last)).map(|(now, then)| then - now));
    }
}

fn plain(scene: &Scene) -> Vec<Table> {
    let found = tasks(scene);
    vec![
        by_leader(scene, &found),
        by_unit(scene, &found),
        by_section(scene, &found),
        by_task(scene, &found),
    ]
}

/// Rates over tasks or parts: (found, confirmed).
fn rates(of: &[(&Found, bool)], adjusted: usize) -> Map<String, Json> {
    let count = |is: &dyn Fn(&Found) -> bool| of.iter().filter(|(f, _)| is(f)).count();
    let class = |name: &str| count(&|f| f.class == name);
    let light = |name: &str| count(&|f| f.light == name);
    let due = of.len();
    let rate = |done: usize| {
        let value = (due > 0).then(|| float(&frac(done as i64, due as i64)));
        json!({"done": done, "due": due, "value": value, "change": null})
    };
    let mean = |reported_only: bool| {
        let mut sum = q(0);
        let mut n = 0;
        for (f, _) in of {
            if let Some(p) = &f.progress
                && (f.reported || !reported_only)
            {
                sum += p;
                n += 1;
            }
        }
        (n > 0).then(|| float(&(sum / q(n))))
    };
    let all = json!({
        "completion": rate(class("done")),
        "on_schedule": rate(class("done") + class("ahead") + class("on_track")),
        "mean_progress": mean(false),
        "mean_progress_reported": mean(true),
        "mean_excluded": count(&|f| f.progress.is_none()),
        "incomplete": count(&|f| f.incomplete),
        "stale": count(&|f| f.stale),
        "confirmed": of.iter().filter(|(_, confirmed)| *confirmed).count(),
        "lights": {"done": light("done"), "green": light("green"), "yellow": light("yellow"),
            "red": light("red"), "none": light("none")},
        "classes": {"done": class("done"), "ahead": class("ahead"), "on_track": class("on_track"),
            "behind": class("behind"), "overdue": class("overdue"),
            "not_started": class("not_started"), "unreported": class("unreported"),
            "adjusted": adjusted},
    });
    match all {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

fn row(own: Json, rates: Map<String, Json>) -> Json {
    let mut row = own;
    if let Json::Object(map) = &mut row {
        map.extend(rates);
    }
    row
}

fn whole<'a>(found: impl IntoIterator<Item = &'a TaskFound>) -> Vec<(&'a Found, bool)> {
    found.into_iter().map(|t| (&t.whole, t.confirmed)).collect()
}

fn by_leader(scene: &Scene, found: &[TaskFound]) -> Table {
    let mut names: Vec<String> = Vec::new();
    let is_collective = |name: &str| scene.leaders.iter().any(|(n, of)| n == name && of.is_some());
    let mut known: Vec<&str> = scene.leaders.iter().map(|(n, _)| n.as_str()).collect();
    let all =
        scene.tasks.iter().map(|t| &t.leaders).chain(scene.adjusted.iter().map(|t| &t.leaders));
    for leaders in all {
        known.extend(leaders.iter().map(String::as_str));
    }
    for wanted in [false, true] {
        for name in &known {
            if is_collective(name) == wanted && !names.iter().any(|n| n == name) {
                names.push((*name).to_owned());
            }
        }
    }
    names.push("未明确".to_owned());
    let leads = |leaders: &[String], name: &str| {
        leaders.iter().any(|l| l == name) || (leaders.is_empty() && name == "未明确")
    };
    let mut rows = Vec::new();
    let mut shares = q(0);
    let mut collectives = 0;
    for name in &names {
        let own: Vec<usize> =
            (0..scene.tasks.len()).filter(|i| leads(&scene.tasks[*i].leaders, name)).collect();
        let adjusted = scene.adjusted.iter().filter(|t| leads(&t.leaders, name)).count();
        let collective = scene
            .tasks
            .iter()
            .filter(|t| {
                !leads(&t.leaders, name)
                    && t.leaders.iter().any(|l| {
                        scene.leaders.iter().any(|(n, members)| {
                            n == l && members.as_ref().is_some_and(|m| m.contains(name))
                        })
                    })
            })
            .count();
        if own.is_empty() && adjusted == 0 && collective == 0 {
            continue;
        }
        let n = |i: &usize| scene.tasks[*i].leaders.len().max(1);
        let sole = own.iter().filter(|i| n(i) == 1).count();
        let mut share = q(0);
        for i in &own {
            share += frac(1, n(i) as i64);
        }
        if is_collective(name) {
            collectives += own.len();
        }
        shares += &share;
        let of = whole(own.iter().map(|i| &found[*i]));
        rows.push(row(
            json!({"key": name, "name": name, "sole": sole, "shared": own.len() - sole,
                "tasks": own.len(), "collective": collective, "share": float(&share)}),
            rates(&of, adjusted),
        ));
    }
    let shared = scene.tasks.iter().filter(|t| t.leaders.len() > 1).count();
    assert_eq!(shares, q(scene.tasks.len() as i64), "shares add up to the tasks in force exactly");
    let total = row(
        json!({"sole": scene.tasks.len() - shared, "shared": shared, "tasks": scene.tasks.len(),
            "collective": collectives, "share": scene.tasks.len()}),
        rates(&whole(found), scene.adjusted.len()),
    );
    Table { by: "leader", rows, total }
}

/// What a unit is ranked by.
struct Standing {
    key: String,
    category: String,
    leads: u64,
    first: (u64, u64),
    mean: Option<Q>,
    on_time: (u64, u64),
    complete: (u64, u64),
}

fn by_unit(scene: &Scene, found: &[TaskFound]) -> Table {
    let filed = |unit: Option<&str>| -> Vec<&Filing> {
        scene.filings.iter().filter(|f| f.owed && unit.is_none_or(|u| u == f.unit)).collect()
    };
    let mut rows = Vec::new();
    let mut standings = Vec::new();
    let mut loads = q(0);
    for (unit, category) in &scene.units {
        let mut parts: Vec<(&Found, bool)> = Vec::new();
        let mut counts = [0_i64; 4];
        for (task, found) in scene.tasks.iter().zip(found) {
            let lead = task.parts.iter().position(|p| p.unit == *unit);
            if let Some(at) = lead {
                counts[usize::from(at > 0)] += 1;
                parts.push((&found.parts[at], found.confirmed));
            } else if task.named.contains(unit) {
                counts[2] += 1;
            } else if task.group.contains(unit) {
                counts[3] += 1;
            }
        }
        let adjusted = scene.adjusted.iter().filter(|t| t.leads.contains(unit)).count();
        let filings = filed(Some(unit));
        if counts.iter().sum::<i64>() == 0 && adjusted == 0 && filings.is_empty() {
            continue;
        }
        let [w_lead, w_named, w_group] = &scene.rules.weights;
        let load =
            q(counts[0] + counts[1]) * w_lead + q(counts[2]) * w_named + q(counts[3]) * w_group;
        loads += &load;
        let of = rates(&parts, adjusted);
        let progresses: Vec<&Q> = parts.iter().filter_map(|(f, _)| f.progress.as_ref()).collect();
        let keeping =
            parts.iter().filter(|(f, _)| ["done", "ahead", "on_track"].contains(&f.class)).count()
                as u64;
        let received = filings.iter().filter(|f| f.received).count() as u64;
        let on_time = filings.iter().filter(|f| f.on_time).count() as u64;
        let cells = |pick: fn(&Filing) -> u64| {
            filings.iter().filter(|f| f.received).map(|f| pick(f)).sum::<u64>()
        };
        standings.push(Standing {
            key: unit.clone(),
            category: category.clone(),
            leads: parts.len() as u64,
            first: (keeping, parts.len() as u64),
            mean: (!progresses.is_empty()).then(|| {
                progresses.iter().fold(q(0), |sum, p| sum + *p) / q(progresses.len() as i64)
            }),
            on_time: (on_time, filings.len() as u64),
            complete: (cells(|f| f.answered), cells(|f| f.required)),
        });
        rows.push(row(
            json!({"key": unit, "category": category, "lead_first": counts[0],
                "lead_other": counts[1], "named": counts[2], "group": counts[3],
                "load": float(&load), "rank": null, "rank_change": null,
                "returns": {"obligations": filings.len(), "received": received, "on_time": on_time}}),
            of,
        ));
    }
    for row in &mut rows {
        let key = row["key"].as_str().expect("key").to_owned();
        row["rank"] = json!(rank(scene, &standings, &key));
    }
    let some =
        |is: &dyn Fn(&super::scene::Task) -> bool| scene.tasks.iter().filter(|t| is(t)).count();
    let all = filed(None);
    let total = row(
        json!({"lead_first": some(&|t| !t.parts.is_empty()), "lead_other": some(&|t| t.parts.len() > 1),
            "named": some(&|t| !t.named.is_empty()), "group": some(&|t| !t.group.is_empty()),
            "load": float(&loads),
            "returns": {"obligations": all.len(), "received": all.iter().filter(|f| f.received).count(),
                "on_time": all.iter().filter(|f| f.on_time).count()}}),
        rates(&whole(found), scene.adjusted.len()),
    );
    Table { by: "unit", rows, total }
}

/// One more than the number of units of the category that stand better; none where the unit is not ranked.
fn rank(scene: &Scene, all: &[Standing], key: &str) -> Option<usize> {
    let own = all.iter().find(|s| s.key == key)?;
    let category: Vec<&Standing> = all.iter().filter(|s| s.category == own.category).collect();
    let ranked = |s: &Standing| {
        if s.leads > 0 {
            s.leads >= scene.rules.min_due
        } else {
            s.on_time.1 >= scene.rules.min_due
        }
    };
    if category.len() < scene.rules.min_units || !ranked(own) {
        return None;
    }
    let share = |(done, due): (u64, u64)| (due > 0).then(|| frac(done as i64, due as i64));
    let score = |s: &Standing| {
        if s.leads > 0 {
            (share(s.first), s.mean.clone())
        } else {
            (share(s.on_time), share(s.complete))
        }
    };
    let better = category
        .iter()
        .filter(|s| ranked(s) && (s.leads > 0) == (own.leads > 0) && score(s) > score(own))
        .count();
    Some(better + 1)
}

fn by_section(scene: &Scene, found: &[TaskFound]) -> Table {
    let line = |section: Option<u32>| {
        let within = |s: u32| section.is_none_or(|wanted| wanted == s);
        let mut leaders: Vec<&String> = Vec::new();
        let mut units: Vec<&String> = Vec::new();
        for task in scene.tasks.iter().filter(|t| within(t.section)) {
            leaders.extend(&task.leaders);
            units.extend(task.parts.iter().map(|p| &p.unit));
        }
        for list in [&mut leaders, &mut units] {
            list.sort();
            list.dedup();
        }
        let of = whole(found.iter().filter(|t| within(t.section)));
        let adjusted = scene.adjusted.iter().filter(|t| within(t.section)).count();
        row(
            json!({"tasks": of.len(), "leaders": leaders.len(), "lead_units": units.len()}),
            rates(&of, adjusted),
        )
    };
    let rows = scene
        .sections
        .iter()
        .map(|no| {
            let mut row = line(Some(*no));
            row["key"] = json!(no.to_string());
            row
        })
        .collect();
    Table { by: "section", rows, total: line(None) }
}

fn by_task(scene: &Scene, found: &[TaskFound]) -> Table {
    let opt = |value: &Option<Q>| value.as_ref().map(float);
    let mut rows: Vec<Json> = Vec::new();
    for task in found {
        let parts: Vec<Json> = task
            .parts
            .iter()
            .map(|p| {
                let items: Vec<Json> = p
                    .items
                    .iter()
                    .map(|i| {
                        json!({"item": i.item, "value": opt(&i.value),
                            "progress": opt(&i.progress), "gap": opt(&i.gap)})
                    })
                    .collect();
                json!({"unit": p.key, "reported": p.reported, "complete": p.complete,
                    "progress": opt(&p.progress), "class": p.class, "light": p.light,
                    "incomplete": p.incomplete, "items": items})
            })
            .collect();
        let whole = &task.whole;
        rows.push(json!({"no": task.no, "class": whole.class, "progress": opt(&whole.progress),
            "gap": opt(&whole.gap), "light": whole.light, "incomplete": whole.incomplete,
            "stale": whole.stale, "confirmed": task.confirmed, "parts": parts}));
    }
    for task in &scene.adjusted {
        rows.push(json!({"no": task.no, "class": "adjusted", "progress": null, "gap": null,
            "light": "none", "incomplete": false, "stale": false, "parts": []}));
    }
    rows.sort_by_key(|r| r["no"].as_u64());
    let total = row(json!({"tasks": found.len()}), rates(&whole(found), scene.adjusted.len()));
    Table { by: "task", rows, total }
}

/// Where a table of `stats --json` differs from the counted one; empty if in nothing.
pub(super) fn differences(expected: &Table, found: &Json) -> Vec<String> {
    let mut all = Vec::new();
    if found["by"] != json!(expected.by) {
        all.push(format!("by: {}", found["by"]));
    }
    let rows = found["rows"].as_array().map_or(&[][..], Vec::as_slice);
    if rows.len() != expected.rows.len() {
        all.push(format!("{} rows instead of {}", rows.len(), expected.rows.len()));
    }
    for (n, (row, found)) in expected.rows.iter().zip(rows).enumerate() {
        compare(row, found, &format!("{} row {n}", expected.by), &mut all);
    }
    compare(&expected.total, &found["total"], &format!("{} total", expected.by), &mut all);
    all
}

/// Floats agree within this: both are nearest floats of sums taken in another order.
const CLOSE: f64 = 1e-9;

fn compare(expected: &Json, found: &Json, at: &str, all: &mut Vec<String>) {
    match (expected, found) {
        (Json::Object(map), Json::Object(_)) => {
            for (key, value) in map {
                compare(value, &found[key], &format!("{at}.{key}"), all);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (n, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{at}[{n}]"), all);
            }
        }
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            let near = (a - b).abs() <= CLOSE * (1.0 + a.abs());
            if !near {
                all.push(format!("{at}: counted {a}, found {b}"));
            }
        }
        (a, b) if a == b => {}
        (a, b) => all.push(format!("{at}: counted {a}, found {b}")),
    }
}
