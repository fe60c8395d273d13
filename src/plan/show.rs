//! `plan show`: a plan as JSON (DESIGN §3) for other programs.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::schedule::{due_now, schedule_share};
use crate::{
    diag::{Code, Diagnostic},
    model::{
        Doubt, Group, Indicator, Leader, Named, Period, Plan, Registry, Task, Unit, decimal_text,
    },
    settings::Settings,
    wording::{Lang, finding_json},
};

/// The plan as `plan show --json` prints it.
///
/// Without `period` all tasks, units and leaders with their terms, as the plan was issued; with it only what is in
/// force then, amendments applied. Units: `schedule` is percent 0–100, the item's t(p); without `period` it is the
/// item's own curve (12 percents) or null, and `due_now` is null. Names are as written; `lead_unit_ids` and
/// `responsible_ids` beside them are the unit in charge (in `period`), the name of a group, or null.
#[must_use]
pub fn show_json(
    plan: &Plan,
    period: Option<Period>,
    settings: &Settings,
    findings: &[Diagnostic],
    lang: Lang,
) -> Value {
    let shown = period.map_or_else(|| plan.with_terms(), |p| plan.in_force(p));
    let show = Show { plan: &shown, period, settings };
    let tasks: Vec<Value> = shown.tasks.iter().map(|t| show.task(t)).collect();
    let in_term = |from: Option<Period>, until: Option<Period>| {
        period.is_none_or(|p| {
            from.is_none_or(|f| f.has_begun_by(p)) && until.is_none_or(|u| !u.is_over_by(p))
        })
    };
    let names = &shown.registry;
    let units: Vec<Value> =
        names.own_units().filter(|u| in_term(u.from, u.until)).map(|u| unit(names, u)).collect();
    let leaders: Vec<Value> =
        names.leaders.iter().filter(|l| in_term(l.from, l.until)).map(leader).collect();
    let withdrawn: Vec<u32> =
        period.map(|p| plan.withdrawn(p).iter().map(|t| t.no.0).collect()).unwrap_or_default();
    json!({
        "title": shown.title,
        "doc_no": shown.doc_no,
        "year": shown.year,
        "version": super::version(plan),
        "period": period,
        "sections": shown.sections.iter().map(|s| json!({
            "no": s.no,
            "title": s.title,
            "short": s.short,
            "subsections": s.subsections.iter()
                .map(|b| json!({ "no": b.no, "title": b.title })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "tasks": tasks,
        "units": units,
        "groups": names.groups.iter().map(|g| show.group(g)).collect::<Vec<_>>(),
        "leaders": leaders,
        "withdrawn": withdrawn,
        "findings": all_findings(plan, findings, lang),
    })
}

/// The findings, and what still stands in 待核 and is not among them: repairs and doubts of the import.
fn all_findings(plan: &Plan, findings: &[Diagnostic], lang: Lang) -> Vec<Value> {
    let mut all: Vec<Value> = findings.iter().map(|f| finding_json(f, lang)).collect();
    let said =
        |d: &Doubt| findings.iter().any(|f| f.code.printed() == d.code && f.found == d.quote);
    for doubt in plan.doubts.iter().filter(|d| !d.settled && !said(d)) {
        let Some(code) = Code::from_printed(&doubt.code) else { continue };
        let (sheet, cell) = doubt.target.split_once('!').unzip();
        let (message, advice) = doubt.note.split_once('\n').unwrap_or((&doubt.note, ""));
        all.push(json!({
            "code": code.printed(),
            "severity": code.severity(),
            "sheet": sheet,
            "cell": cell,
            "line": doubt.line,
            "found": doubt.quote,
            "message": message,
            "advice": advice,
        }));
    }
    all
}

/// What is shown, and for when.
struct Show<'a> {
    plan: &'a Plan,
    period: Option<Period>,
    settings: &'a Settings,
}

impl Show<'_> {
    fn task(&self, task: &Task) -> Value {
        let figures = |adopted: bool| -> Vec<Value> {
            let wanted = task.indicators.iter().filter(|i| i.adopted == adopted);
            wanted.map(|i| self.indicator(task, i)).collect()
        };
        let ids = |names: &[String]| names.iter().map(|n| self.id(n)).collect::<Vec<_>>();
        json!({
            "no": task.no,
            "section": task.section,
            "subsection": task.subsection,
            "text": task.text,
            "short": task.short,
            "leaders": task.leaders,
            "lead_units": task.lead_units,
            "lead_unit_ids": ids(&task.lead_units),
            "responsible": task.responsible,
            "responsible_ids": ids(&task.responsible),
            "due": task.due.to_string(),
            "schedule": self.schedule(None, task),
            "indicators": figures(true),
            "doubtful_indicators": figures(false),
            "from": task.from,
            "until": task.until,
        })
    }

    fn indicator(&self, task: &Task, i: &Indicator) -> Value {
        let source = i.source(task);
        json!({
            "item": i.item,
            "name": i.name,
            "comparator": i.comparator,
            "target": number(i.target),
            "unit": i.unit,
            "kind": i.kind,
            "base": i.base.map(number),
            "source_unit": source,
            "source_unit_id": source.map(|s| self.id(s)),
            "frequency": i.frequency,
            "quote": i.quote,
            "schedule": self.schedule(Some(i), task),
            "due_now": self.period.map(|p| due_now(Some(i), p)),
            "doubt": i.doubt,
        })
    }

    /// t(p) in percent; without a period the item's own curve.
    fn schedule(&self, i: Option<&Indicator>, task: &Task) -> Value {
        match self.period {
            Some(period) => {
                let share = schedule_share(i, task, period, self.settings);
                let hundred = num_rational::BigRational::from_integer(100.into());
                json!((share * hundred).to_f64())
            }
            None => json!(i.and_then(|i| i.schedule).map(|curve| curve.map(number))),
        }
    }

    /// The unit in charge, a group's name, or null.
    fn id(&self, name: &str) -> Value {
        let names = &self.plan.registry;
        match names.resolve(name) {
            Named::Unit(unit) => {
                let id = self.period.map_or(&unit.id, |p| names.in_charge(&unit.id, p));
                json!(id)
            }
            Named::Group(group) => json!(group.name),
            Named::Unknown => Value::Null,
        }
    }

    fn group(&self, group: &Group) -> Value {
        let mut members: Vec<Value> = Vec::with_capacity(group.members.len());
        for id in group.members.iter().map(|m| self.id(m.as_str())) {
            if !id.is_null() && !members.contains(&id) {
                members.push(id);
            }
        }
        json!({ "name": group.name, "members": members, "resolved": !members.is_empty() })
    }
}

fn unit(names: &Registry, unit: &Unit) -> Value {
    let aliases: Vec<&str> = names
        .aliases
        .iter()
        .filter(|a| a.adopted && a.unit == unit.id)
        .map(|a| a.name.as_str())
        .collect();
    json!({
        "id": unit.id,
        "name": unit.name,
        "short": unit.short,
        "category": unit.category,
        "aliases": aliases,
        "from": unit.from,
        "until": unit.until,
        "successor": unit.successor,
    })
}

fn leader(leader: &Leader) -> Value {
    json!({
        "name": leader.name,
        "post": leader.post,
        "collective": leader.collective,
        "members": leader.members,
        "from": leader.from,
        "until": leader.until,
        "successor": leader.successor,
    })
}

/// A decimal as a JSON number; whole numbers without a fraction.
fn number(value: Decimal) -> Value {
    let text = decimal_text(value);
    text.parse::<i64>().map_or_else(|_| json!(text.parse::<f64>().ok()), |whole| json!(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample;

    fn shown(period: Option<&str>) -> Value {
        let plan = sample::plan();
        let period = period.map(sample::period);
        show_json(&plan, period, &Settings::default(), &super::super::check(&plan), Lang::Zh)
    }

    #[test]
    fn the_whole_plan_has_the_promised_shape() {
        let all = shown(None);
        let keys: Vec<&String> = all.as_object().expect("an object").keys().collect();
        for key in [
            "title", "doc_no", "year", "sections", "tasks", "units", "groups", "leaders",
            "findings",
        ] {
            assert!(keys.iter().any(|k| *k == key), "{key}");
        }
        let task = &all["tasks"][1];
        assert_eq!(task["no"], 2);
        assert_eq!(task["due"], "2024-12-31");
        assert_eq!(task["lead_unit_ids"], json!(["区科学技术局", "区财政局"]));
        let level = &task["indicators"][1];
        assert_eq!(level["item"], "2-2");
        assert_eq!(level["comparator"], "~");
        assert_eq!(level["target"], 4.5);
        assert_eq!(level["kind"], "level");
        assert_eq!(level["source_unit"], "区财政局");
        assert_eq!(level["schedule"], Value::Null);
        assert_eq!(level["due_now"], Value::Null);
        assert_eq!(task["indicators"][0]["source_unit"], "区科学技术局");
        let doubtful = &task["doubtful_indicators"][0];
        assert_eq!(doubtful["schedule"].as_array().map(Vec::len), Some(12));
        // Terms that amendments set are shown without a period too.
        assert_eq!(all["tasks"][0]["until"], "2024-09");
        assert_eq!(all["groups"][0]["resolved"], true);
        assert_eq!(all["groups"][1]["resolved"], false);
    }

    #[test]
    fn in_a_period_only_what_is_in_force() {
        let march = shown(Some("2024-03"));
        let numbers = |v: &Value| -> Vec<u64> {
            v["tasks"].as_array().into_iter().flatten().filter_map(|t| t["no"].as_u64()).collect()
        };
        assert_eq!(numbers(&march), [1, 2, 3]);
        assert_eq!(march["tasks"][1]["indicators"][0]["schedule"], 25.0);
        assert_eq!(march["tasks"][1]["indicators"][1]["due_now"], false);
        let later = shown(Some("2024-10"));
        assert_eq!(numbers(&later), [2, 3, 5]);
        assert_eq!(later["withdrawn"], json!([1]));
        let task = &later["tasks"][0];
        assert_eq!(task["indicators"][0]["target"], 20.5);
        assert_eq!(task["lead_units"], json!(["区财政局", "区科学技术局"]));
        // Task 2 is led by 李乙 alone by then; task 3's unit went over to 区财政局.
        assert_eq!(task["leaders"], json!(["李乙"]));
        assert_eq!(later["tasks"][1]["lead_unit_ids"], json!(["区财政局"]));
        assert_eq!(later["tasks"][2]["lead_unit_ids"], json!(["区文旅发展局"]));
        assert_eq!(shown(Some("2024-07"))["tasks"][0]["leaders"], json!(["王丙"]));
    }
}
