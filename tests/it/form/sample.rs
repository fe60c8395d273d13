//! The sample plan as a value, read from `samples/tasks.tsv`: these tests are about forms, not about importing.

use std::collections::{BTreeMap, BTreeSet};

use duban::{
    model::{
        Alias, Comparator, Frequency, Group, Indicator, IndicatorKind, ItemNo, Leader, Period,
        Plan, Registry, Section, Task, TaskNo, Unit, UnitId, normalise_name, parse_decimal,
    },
    settings::Settings,
    template::{Form, FormSpec, Issue, Key, LastFact, LastFacts, forms},
};

const PLAN: &str = include_str!("../../../samples/plan.md");
const TASKS: &str = include_str!("../../../samples/tasks.tsv");
const REGISTRY: &str = include_str!("../../../samples/registry.toml");

/// A period as text.
pub(crate) fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

/// Forms of the sample plan without last facts.
pub(crate) fn sample_forms(text: &str) -> Vec<Form> {
    forms_of(&plan(), text, &FormSpec::shipped(), &LastFacts::new())
}

/// Forms of a plan.
pub(crate) fn forms_of(plan: &Plan, text: &str, spec: &FormSpec, last: &LastFacts) -> Vec<Form> {
    forms(&Issue {
        plan,
        plan_version: "0123456789ab",
        period: period(text),
        settings: &Settings::default(),
        spec,
        last,
        key: &Key::demo(1),
        simulated: true,
    })
}

/// Last facts for every item with a figure: half of its target.
pub(crate) fn half_done(forms: &[Form]) -> LastFacts {
    let mut last = LastFacts::new();
    for form in forms {
        for row in &form.rows {
            let mut fact = LastFact::default();
            if let Some(figure) = &row.figure {
                let half = figure.target / rust_decimal::Decimal::from(2);
                fact.previous = duban::template::Previous::Number(half);
            }
            last.insert((form.unit.clone(), row.item), fact);
        }
    }
    last
}

/// The form of a unit.
pub(crate) fn form_of<'a>(forms: &'a [Form], unit: &str) -> &'a Form {
    forms.iter().find(|f| f.unit_name == unit).unwrap_or_else(|| panic!("no form for {unit}"))
}

/// The sample plan.
pub(crate) fn plan() -> Plan {
    let texts = task_texts();
    let mut tasks = Vec::new();
    let mut sections = BTreeSet::new();
    for line in TASKS.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let no: u32 = cells[0].parse().expect("number");
        let section: u32 = cells[1].parse().expect("section");
        sections.insert(section);
        let names = |text: &str, by: char| -> Vec<String> {
            text.split(by).filter(|t| !t.is_empty()).map(str::to_owned).collect()
        };
        tasks.push(Task {
            no: TaskNo(no),
            section,
            subsection: cells[2].parse().ok(),
            text: texts.get(&no).cloned().unwrap_or_default(),
            short: String::new(),
            leaders: names(cells[3], '、'),
            lead_units: names(cells[4], '；'),
            responsible: names(cells[5], '；'),
            due: jiff::civil::date(2024, 12, 31),
            indicators: indicators(no, cells.get(6).copied().unwrap_or("")),
            from: None,
            until: None,
        });
    }
    Plan {
        title: "青禾区2024年政府重点工作责任分工方案".into(),
        doc_no: "青禾政发〔2024〕3号".into(),
        year: 2024,
        sections: sections
            .into_iter()
            .map(|no| Section {
                no,
                title: format!("板块{no}"),
                short: format!("板块{no}"),
                subsections: vec![],
            })
            .collect(),
        tasks,
        registry: registry(),
        amendments: vec![],
        doubts: vec![],
    }
}

/// Texts by number: from `N.` to the clause.
fn task_texts() -> BTreeMap<u32, String> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    let mut current = None;
    for line in PLAN.lines() {
        let line = line.trim();
        if let Some((number, rest)) = line.split_once(['.', '．'])
            && let Ok(no) = number.parse::<u32>()
        {
            current = Some(no);
            texts.insert(no, rest.trim().to_owned());
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(text) = current.and_then(|no| texts.get_mut(&no)) {
            text.push_str(line);
        }
    }
    for text in texts.values_mut() {
        let end = text.find(['〔', '［', '【']).or_else(|| text.find("（牵头领导"));
        if let Some(end) = end {
            text.truncate(end);
        }
    }
    texts
}

fn indicators(task: u32, text: &str) -> Vec<Indicator> {
    text.split('；')
        .filter(|t| !t.is_empty())
        .zip(1..)
        .map(|(figure, index)| {
            let p: Vec<&str> = figure.split('|').collect();
            Indicator {
                item: ItemNo { task: TaskNo(task), index },
                name: p[0].into(),
                comparator: match p[1] {
                    ">=" => Comparator::AtLeast,
                    "<=" => Comparator::AtMost,
                    "~" => Comparator::About,
                    _ => Comparator::Equal,
                },
                target: parse_decimal(p[2]).expect("target"),
                unit: p[3].into(),
                kind: match p[4] {
                    "growth" => IndicatorKind::Growth,
                    "level" => IndicatorKind::Level,
                    "ceiling" => IndicatorKind::Ceiling,
                    _ => IndicatorKind::Cumulative,
                },
                base: None,
                source_unit: None,
                frequency: Frequency::Monthly,
                schedule: None,
                quote: String::new(),
                adopted: true,
                doubt: None,
            }
        })
        .collect()
}

fn registry() -> Registry {
    let table: toml::Table = REGISTRY.parse().expect("registry.toml");
    let entries = |key: &str| table[key].as_array().expect("tables").clone();
    let text = |entry: &toml::Value, key: &str| {
        entry.get(key).and_then(toml::Value::as_str).unwrap_or("").to_owned()
    };
    let ids = |entry: &toml::Value, key: &str| -> Vec<UnitId> {
        entry
            .get(key)
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .map(|n| UnitId(normalise_name(n)))
            .collect()
    };
    Registry {
        units: entries("unit")
            .iter()
            .map(|u| Unit {
                id: UnitId(normalise_name(&text(u, "name"))),
                name: text(u, "name"),
                short: text(u, "short"),
                category: text(u, "category"),
                from: None,
                until: None,
                successor: None,
            })
            .collect(),
        aliases: entries("alias")
            .iter()
            .map(|a| Alias {
                name: text(a, "name"),
                unit: UnitId(normalise_name(&text(a, "unit"))),
                adopted: true,
                reason: String::new(),
            })
            .collect(),
        groups: entries("group")
            .iter()
            .map(|g| Group { name: text(g, "name"), members: ids(g, "members") })
            .collect(),
        leaders: entries("leader")
            .iter()
            .map(|l| Leader {
                name: text(l, "name"),
                post: text(l, "post"),
                from: None,
                until: None,
                successor: None,
                collective: false,
                members: vec![],
            })
            .collect(),
    }
}
