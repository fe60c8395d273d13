//! An invented district of any size.
//!
//! Per unit about as many rows as in the sample plan: 1.4 tasks, 1.7 leading roles, 2 named, 4 as a member of a group.

use std::collections::BTreeSet;

use duban::model::{
    Comparator, Frequency, Group, Indicator, IndicatorKind, ItemNo, Leader, Plan, Registry,
    Section, Task, TaskNo, Unit, UnitId,
};

/// Leaders of the invented district.
const LEADERS: usize = 10;
/// Sections of its plan.
const SECTIONS: u32 = 10;
/// Units of one group.
const GROUP: usize = 20;

fn unit_name(n: usize) -> String {
    format!("青禾第{n:05}局")
}

fn leader_name(n: usize) -> String {
    format!("领导{}", char::from(b'A' + u8::try_from(n).unwrap_or_default()))
}

/// A plan for so many units, ten tasks for every seven of them.
pub(crate) fn plan(units: usize) -> Plan {
    let count = units * 10 / 7;
    let tasks = (0..count).map(|n| task(n, units)).collect();
    let sections = (1..=SECTIONS)
        .map(|no| Section {
            no,
            title: format!("第{no}板块重点工作"),
            short: format!("板块{no}"),
            subsections: Vec::new(),
        })
        .collect();
    Plan {
        title: "青禾区2024年政府重点工作责任分工方案".to_owned(),
        doc_no: "青禾政发〔2024〕3号".to_owned(),
        year: 2024,
        sections,
        tasks,
        registry: registry(units),
        ..Plan::default()
    }
}

fn registry(units: usize) -> Registry {
    const CATEGORIES: [&str; 3] = ["党群部门", "区政府部门", "镇街"];
    let id = |n: usize| UnitId(unit_name(n));
    Registry {
        units: (0..units)
            .map(|n| Unit {
                id: id(n),
                name: unit_name(n),
                short: format!("{n:05}局"),
                category: CATEGORIES[n % CATEGORIES.len()].to_owned(),
                from: None,
                until: None,
                successor: None,
            })
            .collect(),
        groups: (0..units.div_ceil(GROUP))
            .map(|g| Group {
                name: format!("第{g}片各单位"),
                members: (g * GROUP..units.min((g + 1) * GROUP)).map(id).collect(),
            })
            .collect(),
        leaders: (0..LEADERS)
            .map(|n| Leader {
                name: leader_name(n),
                post: "副区长".to_owned(),
                from: None,
                until: None,
                successor: None,
                collective: false,
                members: Vec::new(),
            })
            .collect(),
        ..Registry::default()
    }
}

fn task(n: usize, units: usize) -> Task {
    let no = TaskNo(u32::try_from(n + 1).unwrap_or(u32::MAX));
    let mut leads = vec![unit_name(n % units)];
    if n.is_multiple_of(5) {
        leads.push(unit_name((n * 7 + 3) % units));
    }
    let mut responsible = vec![unit_name((n * 3 + 1) % units)];
    if n.is_multiple_of(3) {
        responsible.push(unit_name((n * 11 + 5) % units));
    }
    if n.is_multiple_of(7) {
        responsible.push(format!("第{}片各单位", n / 7 % units.div_ceil(GROUP)));
    }
    let mut seen = BTreeSet::new();
    leads.retain(|name| seen.insert(name.clone()));
    responsible.retain(|name| seen.insert(name.clone()));
    Task {
        no,
        section: no.0 % SECTIONS + 1,
        subsection: None,
        text: format!(
            "完成第{no}项重点工作，新建改造项目{}个，组织开展专项检查和业务培训，完善工作台账，按月通报进展情况，确保年底前全部办结见效。",
            n % 40 + 5
        ),
        short: format!("第{no}项重点工作"),
        leaders: vec![leader_name(n % LEADERS)],
        lead_units: leads,
        responsible,
        due: jiff::civil::date(2024, 12, 31),
        indicators: if n.is_multiple_of(2) { vec![indicator(no, n)] } else { Vec::new() },
        from: None,
        until: None,
    }
}

fn indicator(task: TaskNo, n: usize) -> Indicator {
    Indicator {
        item: ItemNo { task, index: 1 },
        name: "新建改造项目".to_owned(),
        comparator: Comparator::AtLeast,
        target: u32::try_from(n % 40 + 5).unwrap_or_default().into(),
        unit: "个".to_owned(),
        kind: IndicatorKind::Cumulative,
        base: None,
        source_unit: None,
        frequency: Frequency::Monthly,
        schedule: None,
        quote: String::new(),
        adopted: true,
        doubt: None,
    }
}
