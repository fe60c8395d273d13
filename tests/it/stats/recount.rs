//! Recounting `stats --json` from the JSON of `plan show --period` and `ledger dump` alone.
//!
//! [`recount`] takes the documents as printed and says where the statistics differ. What the two documents do not
//! hold is compared only where it is handed over beside them: returns (`status --json`) and confirmations.

use std::collections::BTreeMap;

use duban::model::Period;
use num_bigint::BigInt;
use serde_json::Value as Json;

use super::{
    scene::{Adjusted, Fact, Figure, Filing, Item, Part, Q, Scene, Task, Value, Word, dec, frac},
    tables::{differences, tables},
};

/// The documents of an office, by period as printed.
#[derive(Default)]
pub(crate) struct Documents {
    /// `plan show --period P --json`; the period's own, and the last period's for the changes.
    pub(crate) shows: BTreeMap<String, Json>,
    /// `ledger dump --period P --json` of every period of the year up to the one asked for.
    pub(crate) dumps: BTreeMap<String, Json>,
    /// `status --period P --json`, where returns are to be compared.
    pub(crate) statuses: BTreeMap<String, Json>,
    /// Confirmations as (task, period, rejected, RFC 3339 time), where there are any.
    pub(crate) words: Vec<(u32, String, bool, String)>,
}

/// Where the tables of `stats --json` differ from a recount; empty if in no figure.
///
/// `stats` holds any of the four tables. The rules are the shipped ones (`duban.toml` as `init` writes it).
pub(crate) fn recount(period: &str, documents: &Documents, stats: &[Json]) -> Vec<String> {
    let now = scene(period, documents);
    let before = parsed(period).previous().to_string();
    let asked = documents.dumps.contains_key(&before);
    let last = (asked && documents.shows.contains_key(&before)).then(|| scene(&before, documents));
    let mut wrong = Vec::new();
    for found in stats {
        let mut counted = tables(&now, last.as_ref());
        let Some(table) = counted.iter_mut().find(|t| found["by"] == t.by) else {
            wrong.push(format!("unknown table {}", found["by"]));
            continue;
        };
        if found["period"] != period {
            wrong.push(format!("period {}", found["period"]));
        }
        for row in table.rows.iter_mut().chain([&mut table.total]) {
            if let Json::Object(row) = row {
                // Ranks rest on 完整率, which no document holds.
                row.remove("rank");
                row.remove("rank_change");
                if documents.statuses.is_empty() {
                    row.remove("returns");
                }
            }
        }
        wrong.extend(differences(table, found));
    }
    wrong
}

fn parsed(period: &str) -> Period {
    period.parse().expect("a period")
}

fn list(of: &Json) -> impl Iterator<Item = &Json> {
    of.as_array().into_iter().flatten()
}

fn text(of: &Json) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

fn texts(of: &Json) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in list(of).filter_map(Json::as_str) {
        if !all.iter().any(|n| n == name) {
            all.push(name.to_owned());
        }
    }
    all
}

/// A number as printed, taken as the decimal it says.
fn exact(of: &Json) -> Option<Q> {
    of.is_number().then(|| dec(&of.to_string()))
}

/// A schedule share in percent: the twelfth (or hundredth of one) that the printed float is nearest to.
fn share(of: &Json) -> Q {
    let whole = (of.as_f64().expect("a schedule") * 12e6).round();
    let digits: BigInt = format!("{whole:.0}").parse().expect("digits");
    Q::new(digits, BigInt::from(12_000_000))
}

fn scene(period: &str, documents: &Documents) -> Scene {
    let show = &documents.shows[period];
    let asked = parsed(period);
    let groups: BTreeMap<String, Vec<String>> =
        list(&show["groups"]).map(|g| (text(&g["name"]), texts(&g["members"]))).collect();
    let mut scene = Scene {
        sections: list(&show["sections"])
            .filter_map(|s| u32::try_from(s["no"].as_u64()?).ok())
            .collect(),
        units: list(&show["units"]).map(|u| (text(&u["id"]), text(&u["category"]))).collect(),
        leaders: list(&show["leaders"])
            .map(|l| (text(&l["name"]), (l["collective"] == true).then(|| texts(&l["members"]))))
            .collect(),
        ..Scene::default()
    };
    for task in list(&show["tasks"]) {
        scene.tasks.push(one_task(task, &groups, asked));
    }
    for no in list(&show["withdrawn"]) {
        // As it last stood: in the newest earlier document that shows it.
        let task = documents
            .shows
            .values()
            .rev()
            .find_map(|s| list(&s["tasks"]).find(|t| t["no"] == *no))
            .expect("an earlier plan show holds the withdrawn task");
        let stood = one_task(task, &groups, asked);
        scene.adjusted.push(Adjusted {
            no: stood.no,
            section: stood.section,
            leaders: stood.leaders,
            leads: stood.parts.into_iter().map(|p| p.unit).collect(),
        });
    }
    for (of, dump) in &documents.dumps {
        if parsed(of) <= asked {
            scene.facts.extend(list(dump).filter_map(|row| fact(row, asked)));
        }
    }
    scene.filings = documents.statuses.get(period).map(filings).unwrap_or_default();
    scene.words = documents
        .words
        .iter()
        .filter(|(_, of, _, _)| parsed(of) <= asked)
        .map(|(task, of, rejected, at)| Word {
            task: *task,
            when: number(parsed(of)),
            rejected: *rejected,
            at: seconds(at),
        })
        .collect();
    scene
}

fn number(period: Period) -> i64 {
    super::world::number(period)
}

fn seconds(time: &str) -> i64 {
    time.parse::<jiff::Timestamp>().expect("a time").as_second()
}

fn one_task(task: &Json, groups: &BTreeMap<String, Vec<String>>, asked: Period) -> Task {
    let leads: Vec<String> =
        texts(&task["lead_unit_ids"]).into_iter().filter(|u| !groups.contains_key(u)).collect();
    let mut named = texts(&task["responsible_ids"]);
    named.retain(|u| !groups.contains_key(u) && !leads.contains(u));
    let mut group: Vec<String> = Vec::new();
    for name in texts(&task["lead_unit_ids"]).iter().chain(&texts(&task["responsible_ids"])) {
        group.extend(groups.get(name).into_iter().flatten().cloned());
    }
    group.retain(|u| !leads.contains(u) && !named.contains(u));
    let source = |i: &Json| {
        let said = text(&i["source_unit_id"]);
        if leads.contains(&said) { said } else { leads.first().cloned().unwrap_or_default() }
    };
    let parts = leads
        .iter()
        .map(|unit| {
            let mut items: Vec<Item> = list(&task["indicators"])
                .filter(|i| source(i) == *unit)
                .map(|i| Item {
                    item: text(&i["item"]),
                    figure: Some(Figure {
                        kind: text(&i["kind"]),
                        sign: text(&i["comparator"]),
                        target: exact(&i["target"]).expect("a target"),
                        percent: i["unit"] == "%",
                        base: exact(&i["base"]),
                        due: i["due_now"] == true,
                    }),
                    t: share(&i["schedule"]),
                })
                .collect();
            if items.is_empty() {
                let t = if task["schedule"].is_number() {
                    share(&task["schedule"])
                } else {
                    frac(100 * i64::from(asked.last_month()), 12)
                };
                items.push(Item { item: task["no"].to_string(), figure: None, t });
            }
            Part { unit: unit.clone(), items, follows: Vec::new() }
        })
        .collect();
    let due: jiff::civil::Date = text(&task["due"]).parse().expect("a due date");
    Task {
        no: u32::try_from(task["no"].as_u64().expect("a number")).expect("small"),
        section: u32::try_from(task["section"].as_u64().expect("a section")).expect("small"),
        leaders: texts(&task["leaders"]),
        parts,
        named,
        group,
        overdue: asked.last_day() > due,
    }
}

fn fact(row: &Json, asked: Period) -> Option<Fact> {
    let value = match &row["value"] {
        Json::Null => return None,
        Json::String(word) if word == "未出数" => Value::NotOut,
        Json::String(word) => Value::Word(word.clone()),
        number => Value::Number(exact(number)?),
    };
    let of = parsed(row["period"].as_str()?);
    (row["superseded"] == false && row["task"].is_number()).then(|| Fact {
        unit: text(&row["unit"]),
        task: u32::try_from(row["task"].as_u64().unwrap_or(0)).unwrap_or(0),
        item: text(&row["item"]),
        field: text(&row["field"]),
        value,
        when: number(of),
        current: of.last_day() == asked.last_day(),
        received: seconds(&text(&row["received_at"])),
    })
}

fn filings(status: &Json) -> Vec<Filing> {
    list(&status["units"])
        .map(|u| {
            let state = text(&u["state"]);
            Filing {
                unit: text(&u["unit"]),
                owed: state != "exempt",
                received: state == "on_time" || state == "late",
                on_time: state == "on_time",
                clean: false,
                required: 0,
                answered: 0,
                later: 0,
            }
        })
        .collect()
}

mod tests {
    use std::{fs, path::Path};

    use duban::{
        ledger::Fact,
        model::{Answer, Change, decimal_text},
        plan::show_json,
        stats::{By, json},
        wording::Lang,
    };
    use serde_json::json;

    use super::*;
    use crate::stats::{
        oracle::computed,
        random::{Case, case},
    };

    /// A fact as `ledger dump` prints it.
    fn dumped(f: &Fact) -> Json {
        let value = match &f.answer {
            Answer::Number(n) => serde_json::from_str(&decimal_text(*n)).expect("a number"),
            other => json!(other.stored()),
        };
        json!({"period": f.period, "unit": f.unit, "task": f.item.task, "item": f.item,
            "role": "lead", "field": f.field, "value": value, "received_at": f.received_at,
            "superseded": false})
    }

    fn printed(case: &Case, period: Period) -> Documents {
        let mut documents = Documents::default();
        let mut at = period;
        while at.year() == period.year() {
            let show = show_json(&case.plan, Some(at), &case.settings, &[], Lang::Zh);
            documents.shows.insert(at.to_string(), show);
            let of: Vec<Json> = case.facts.iter().filter(|f| f.period == at).map(dumped).collect();
            if !of.is_empty() {
                documents.dumps.insert(at.to_string(), json!(of));
            }
            at = at.previous();
        }
        for c in &case.confirmations {
            let at = c.at.to_string();
            documents.words.push((c.task.0, c.period.to_string(), c.rejected, at));
        }
        documents
    }

    #[test]
    fn two_documents_are_enough_to_recount_every_figure() {
        let mut recounted = 0;
        for seed in 5_000..5_060_u64 {
            let mut case = case(seed);
            // Documents are printed by the month.
            let last = case.period.last_month();
            case.period = duban::model::Period::month(2024, last).expect("a month");
            // Successions and other rules stand in no document; the oracle covers them.
            let owners =
                |c: &Change| matches!(c, Change::LeadUnits(..) | Change::Succession { .. });
            case.plan.amendments.retain(|a| !owners(&a.change));
            case.plan.registry.units.iter_mut().for_each(|u| u.until = None);
            case.plan.registry.leaders.iter_mut().for_each(|l| l.until = None);
            let schedule = case.settings.rules.schedule.clone();
            case.settings = duban::settings::Settings::default();
            case.settings.rules.schedule = schedule;
            case.filings.clear();
            if case.facts.len() > 400 {
                continue;
            }
            let stats = computed(&case);
            let tables = By::ALL.map(|by| json(&stats, by));
            let documents = printed(&case, case.period);
            let shown = |no: &duban::model::TaskNo| {
                documents.shows.values().any(|s| list(&s["tasks"]).any(|t| t["no"] == no.0))
            };
            if !stats.now.adjusted.iter().all(shown) {
                continue; // withdrawn before it was ever in force: no document shows it
            }
            let wrong = recount(&case.period.to_string(), &documents, &tables);
            assert!(wrong.is_empty(), "case {seed}:\n{}", wrong.join("\n"));
            recounted += 1;
        }
        assert!(recounted > 25, "{recounted}");
    }

    #[test]
    fn a_wrong_figure_is_found() {
        let case = case(5_003);
        let stats = computed(&case);
        let mut table = json(&stats, By::Section);
        table["total"]["tasks"] = json!(999);
        let documents = printed(&case, case.period);
        let wrong = recount(&case.period.to_string(), &documents, &[table]);
        assert!(wrong.iter().any(|w| w.contains("999")), "{wrong:?}");
    }

    /// Recounts an office from a folder of printed documents: `show-P.json`, `dump-P.json`, `status-P.json`,
    /// `stats-P-BY.json`, for as many periods as there are.
    #[test]
    #[allow(
        clippy::disallowed_methods,
        clippy::print_stderr,
        reason = "reads what the command printed"
    )]
    fn an_office_given_by_environment_recounts() {
        let Ok(folder) = std::env::var("DUBAN_RECOUNT") else {
            eprintln!("skipped: DUBAN_RECOUNT names no folder of printed documents");
            return;
        };
        let mut documents = Documents::default();
        let mut stats: BTreeMap<String, Vec<Json>> = BTreeMap::new();
        for entry in fs::read_dir(Path::new(&folder)).expect("the folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let read = || -> Json {
                serde_json::from_str(&fs::read_to_string(&path).expect("text")).expect("JSON")
            };
            if let Some(period) = name.strip_prefix("show-") {
                documents.shows.insert(period.to_owned(), read());
            } else if let Some(period) = name.strip_prefix("dump-") {
                documents.dumps.insert(period.to_owned(), read());
            } else if let Some(period) = name.strip_prefix("status-") {
                documents.statuses.insert(period.to_owned(), read());
            } else if let Some((period, _)) =
                name.strip_prefix("stats-").and_then(|n| n.rsplit_once('-'))
            {
                stats.entry(period.to_owned()).or_default().push(read());
            }
        }
        assert!(!stats.is_empty(), "no stats-P-BY.json in {folder}");
        for (period, tables) in &stats {
            let wrong = recount(period, &documents, tables);
            assert!(wrong.is_empty(), "{period}:\n{}", wrong.join("\n"));
        }
    }
}
