//! What differs between two plans (方案对比): added, removed and changed, part by part.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::book::{SheetKey, sheet_fields};
use crate::{
    model::Plan,
    wording::{Lang, plan as words},
};

/// What kind of difference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Differs {
    /// Only in the new plan.
    Added,
    /// Only in the old plan.
    Removed,
    /// In both, with another content.
    Changed,
}

/// One difference between two plans.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Difference {
    /// Kind.
    pub kind: Differs,
    /// Sheet of plan.xlsx it concerns: 任务, 指标, 单位 ….
    pub sheet: &'static str,
    /// Key of the row: task number, item number, name.
    pub key: String,
    /// Heading of the column, for changes; empty where a whole row was added or removed.
    pub column: &'static str,
    /// Content in the old plan; for a removed row what it was.
    pub old: String,
    /// Content in the new plan; for an added row what it is.
    pub new: String,
    /// An item number that stands for something else now: name and unit of measure both changed. Figures already
    /// reported under it would be misread.
    pub reused: bool,
}

/// The differences from `old` to `new`: sheet by sheet, rows in the order of the plans.
///
/// Doubts (待核) are no part of the plan's content and are left out.
#[must_use]
pub fn diff(old: &Plan, new: &Plan) -> Vec<Difference> {
    let mut all = Vec::new();
    head(old, new, &mut all);
    for key in SheetKey::ALL.into_iter().filter(|k| *k != SheetKey::Doubts) {
        sheet(key, old, new, &mut all);
    }
    all
}

/// What a clerk's work on `current` would lose if `fresh`, a new import, took its place: rows that are missing in
/// it and cells that differ (改动会丢失).
///
/// Rows that `fresh` adds lose nothing. Empty means that nothing is lost.
#[must_use]
pub fn lost_by_import(current: &Plan, fresh: &Plan) -> Vec<Difference> {
    let mut lost = diff(current, fresh);
    lost.retain(|d| match d.kind {
        Differs::Added => false,
        Differs::Removed => true,
        Differs::Changed => !d.old.is_empty(),
    });
    let settled = |plan: &Plan| plan.doubts.iter().filter(|d| d.settled).count();
    let (before, after) = (settled(current), settled(fresh));
    if before > after {
        let text = SheetKey::Doubts.text();
        lost.push(Difference {
            kind: Differs::Changed,
            sheet: text.name,
            key: String::new(),
            column: text.columns[super::book::doubt::SETTLED].heading,
            old: before.to_string(),
            new: after.to_string(),
            reused: false,
        });
    }
    lost
}

/// Title, document number and year.
fn head(old: &Plan, new: &Plan, all: &mut Vec<Difference>) {
    use crate::wording::book::{DOC_NO, OVERVIEW, TITLE, YEAR};
    let parts = [
        (TITLE, old.title.clone(), new.title.clone()),
        (DOC_NO, old.doc_no.clone(), new.doc_no.clone()),
        (YEAR, old.year.to_string(), new.year.to_string()),
    ];
    for (column, old, new) in parts.into_iter().filter(|(_, old, new)| old != new) {
        let (kind, sheet, key) = (Differs::Changed, OVERVIEW, String::new());
        all.push(Difference { kind, sheet, key, column, old, new, reused: false });
    }
}

/// Differences of one sheet.
fn sheet(key: SheetKey, old: &Plan, new: &Plan, all: &mut Vec<Difference>) {
    let name = key.text().name;
    let (old, new) = (keyed(sheet_fields(old, key)), keyed(sheet_fields(new, key)));
    let olds: BTreeMap<&str, &Vec<String>> = old.iter().map(|(k, v)| (k.as_str(), v)).collect();
    let news: BTreeMap<&str, &Vec<String>> = new.iter().map(|(k, v)| (k.as_str(), v)).collect();
    let whole = |kind, key: &str, fields: &[String]| {
        let said = summary(fields);
        let (old, new) =
            if kind == Differs::Added { (String::new(), said) } else { (said, String::new()) };
        Difference { kind, sheet: name, key: key.to_owned(), column: "", old, new, reused: false }
    };
    for (row, fields) in &old {
        let Some(now) = news.get(row.as_str()) else {
            all.push(whole(Differs::Removed, row, fields));
            continue;
        };
        let reused = key == SheetKey::Indicators && reused(fields, now);
        for (at, (before, after)) in fields.iter().zip(now.iter()).enumerate() {
            if before != after {
                all.push(Difference {
                    kind: Differs::Changed,
                    sheet: name,
                    key: row.clone(),
                    column: key.text().columns[at].heading,
                    old: before.clone(),
                    new: after.clone(),
                    reused,
                });
            }
        }
    }
    for (row, fields) in &new {
        if !olds.contains_key(row.as_str()) {
            all.push(whole(Differs::Added, row, fields));
        }
    }
}

/// Rows by their keys; equal keys get a number, so that nothing is hidden.
fn keyed(rows: Vec<(String, Vec<String>)>) -> Vec<(String, Vec<String>)> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    rows.into_iter()
        .map(|(key, fields)| {
            let count = seen.entry(key.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { (key, fields) } else { (format!("{key}（{count}）"), fields) }
        })
        .collect()
}

/// Name and unit of measure both differ under one item number.
fn reused(old: &[String], new: &[String]) -> bool {
    use super::book::indicator::{NAME, UNIT};
    old[NAME] != new[NAME] && old[UNIT] != new[UNIT]
}

/// A row in a few words: its filled fields but the key, shortened.
fn summary(fields: &[String]) -> String {
    let filled = fields.iter().skip(1).filter(|f| !f.is_empty());
    filled.map(|f| clipped(f)).collect::<Vec<_>>().join(" · ")
}

/// At most [`CLIP`] characters of a text.
fn clipped(text: &str) -> String {
    let mut out: String = text.chars().take(CLIP).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

/// Characters of a field shown in a summary.
const CLIP: usize = 40;

/// The differences as `plan diff --json` prints them.
#[must_use]
pub fn diff_json(differences: &[Difference]) -> Value {
    let count = |kind| differences.iter().filter(|d| d.kind == kind).count();
    json!({
        "differences": differences,
        "summary": {
            "added": count(Differs::Added),
            "removed": count(Differs::Removed),
            "changed": count(Differs::Changed),
        },
    })
}

/// The differences for people, one line each, sheet by sheet.
#[must_use]
pub fn diff_text(differences: &[Difference], lang: Lang) -> String {
    if differences.is_empty() {
        return format!("{}\n", words::no_difference(lang));
    }
    let mut out = String::new();
    let mut last = "";
    for d in differences {
        if d.sheet != last {
            out.push_str(&words::diff_sheet(d.sheet, lang));
            out.push('\n');
            last = d.sheet;
        }
        let line = match d.kind {
            Differs::Added => words::diff_added(&d.key, &d.new, lang),
            Differs::Removed => words::diff_removed(&d.key, &d.old, lang),
            Differs::Changed => {
                words::diff_changed(&d.key, d.column, &clipped(&d.old), &clipped(&d.new), lang)
            }
        };
        out.push_str("  ");
        out.push_str(&line);
        if d.reused {
            out.push_str(words::diff_reused(lang));
        }
        out.push('\n');
    }
    let count = |kind| differences.iter().filter(|d| d.kind == kind).count();
    let (added, removed, changed) =
        (count(Differs::Added), count(Differs::Removed), count(Differs::Changed));
    out.push_str(&words::diff_total(added, removed, changed, lang));
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample;

    #[test]
    fn every_kind_of_edit_is_told() {
        let old = sample::plan();
        assert!(diff(&old, &old).is_empty());
        let mut new = old.clone();
        new.title.push('改');
        new.tasks[0].lead_units = vec!["区财政局".into()];
        new.tasks.remove(2);
        new.tasks.push(sample::task(9, &[], &[], &[]));
        new.tasks[1].indicators[0].name = "别的指标".into();
        new.tasks[1].indicators[0].unit = "亩".into();
        new.registry.aliases[0].adopted = true;
        let found = diff(&old, &new);
        let short: Vec<(Differs, &str, &str, &str)> =
            found.iter().map(|d| (d.kind, d.sheet, d.key.as_str(), d.column)).collect();
        assert_eq!(
            short,
            [
                (Differs::Changed, "方案", "", "方案标题"),
                (Differs::Changed, "任务", "1", "牵头单位"),
                (Differs::Removed, "任务", "3", ""),
                (Differs::Added, "任务", "9", ""),
                (Differs::Changed, "指标", "2-1", "指标名称"),
                (Differs::Changed, "指标", "2-1", "计量单位"),
                (Differs::Changed, "别称", "区发展和改革委员会 → 区发展和改革局", "采用"),
            ]
        );
        assert!(found[4].reused);
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(diff_text(&found, lang).lines().count(), 7 + 4 + 1, "headings and total");
        }
        assert_eq!(diff_json(&found)["summary"]["changed"], 5);
    }

    #[test]
    fn an_import_says_what_it_would_lose() {
        let edited = sample::plan();
        let mut fresh = edited.clone();
        assert!(lost_by_import(&edited, &fresh).is_empty());
        fresh.tasks.push(sample::task(9, &[], &[], &[]));
        assert!(lost_by_import(&edited, &fresh).is_empty(), "a new task loses nothing");
        fresh.registry.groups[0].members.clear();
        fresh.amendments.pop();
        fresh.doubts[1].settled = false;
        let lost = lost_by_import(&edited, &fresh);
        let sheets: Vec<&str> = lost.iter().map(|d| d.sheet).collect();
        assert_eq!(sheets, ["集合", "变更", "待核"]);
        // A proposal that a new import would only repeat or fill in loses nothing either.
        let mut bare = edited.clone();
        bare.registry.groups[1].members.clear();
        fresh = edited.clone();
        fresh.registry.groups[1].members = edited.registry.groups[0].members.clone();
        assert!(lost_by_import(&bare, &fresh).is_empty());
    }
}
