//! Plans that are unlike the sample.

use duban::model::{
    Comparator, Frequency, Group, Indicator, IndicatorKind, ItemNo, Leader, Plan, Section, Task,
    TaskNo, Unit, UnitId, normalise_name,
};
use jiff::civil::date;

fn unit(name: &str, category: &str) -> Unit {
    Unit {
        id: UnitId(normalise_name(name)),
        name: name.to_owned(),
        short: String::new(),
        category: category.to_owned(),
        from: None,
        until: None,
        successor: None,
    }
}

fn leader(name: &str) -> Leader {
    Leader {
        name: name.to_owned(),
        post: String::new(),
        from: None,
        until: None,
        successor: None,
        collective: false,
        members: vec![],
    }
}

fn task(no: u32, section: u32, leaders: &[&str], leads: &[&str], named: &[&str]) -> Task {
    let names = |n: &[&str]| n.iter().map(|n| (*n).to_owned()).collect();
    Task {
        no: TaskNo(no),
        section,
        subsection: None,
        text: format!("第{no}项工作，按时完成。"),
        short: format!("第{no}项工作"),
        leaders: names(leaders),
        lead_units: names(leads),
        responsible: names(named),
        due: date(2024, 12, 31),
        indicators: vec![],
        from: None,
        until: None,
    }
}

fn indicator(task: u32, index: u32, kind: IndicatorKind, target: i64, unit: &str) -> Indicator {
    Indicator {
        item: ItemNo { task: TaskNo(task), index },
        name: format!("指标{index}"),
        comparator: Comparator::AtLeast,
        target: target.into(),
        unit: unit.to_owned(),
        kind,
        base: None,
        source_unit: None,
        frequency: Frequency::Monthly,
        schedule: None,
        quote: String::new(),
        adopted: true,
        doubt: None,
    }
}

fn section(no: u32, title: &str) -> Section {
    Section {
        no,
        title: title.to_owned(),
        short: title.chars().take(6).collect(),
        subsections: vec![],
    }
}

/// One leader, one unit, one task.
pub(crate) fn one() -> Plan {
    let mut plan = Plan { title: "2024年重点工作".to_owned(), year: 2024, ..Plan::default() };
    plan.sections.push(section(1, "重点工作"));
    plan.tasks.push(task(1, 1, &["甲"], &["某局"], &[]));
    plan.registry.units.push(unit("某局", "部门"));
    plan.registry.leaders.push(leader("甲"));
    plan
}

/// Six tasks in two sections, a collective, a group, a task without a leader.
pub(crate) fn small() -> Plan {
    let mut plan = Plan {
        title: "某区2024年重点工作责任分工方案".to_owned(),
        doc_no: "某政发〔2024〕1号".to_owned(),
        year: 2024,
        ..Plan::default()
    };
    plan.sections = vec![section(1, "产业发展"), section(2, "民生改善")];
    plan.tasks = vec![
        task(1, 1, &["张三"], &["甲局"], &["乙局"]),
        task(2, 1, &["张三", "李四"], &["甲局", "乙局"], &["各镇街"]),
        task(3, 1, &["班子全体"], &["丙中心"], &[]),
        task(4, 2, &["李四"], &["乙局"], &["甲局"]),
        task(5, 2, &[], &["丁街道"], &[]),
        task(6, 2, &["张三"], &["甲局"], &["各镇街"]),
    ];
    plan.tasks[0].indicators = vec![
        indicator(1, 1, IndicatorKind::Cumulative, 30, "家"),
        indicator(1, 2, IndicatorKind::Growth, 8, "%"),
    ];
    plan.tasks[5].indicators = vec![indicator(6, 1, IndicatorKind::Growth, 6, "%")];
    plan.registry.units = vec![
        unit("甲局", "部门"),
        unit("乙局", "部门"),
        unit("丙中心", "部门"),
        unit("丁街道", "镇街"),
        unit("戊镇", "镇街"),
    ];
    plan.registry.groups.push(Group {
        name: "各镇街".to_owned(),
        members: vec![UnitId("丁街道".to_owned()), UnitId("戊镇".to_owned())],
    });
    plan.registry.leaders = vec![
        leader("张三"),
        leader("李四"),
        Leader {
            collective: true,
            members: vec!["张三".to_owned(), "李四".to_owned()],
            ..leader("班子全体")
        },
    ];
    plan
}

/// Names of 60 characters, and names that mean something to a spreadsheet.
pub(crate) fn long_names() -> Plan {
    let mut plan = small();
    let long = "特别长的单位名称用来检查版面".repeat(5).chars().take(60).collect::<String>();
    let leader_name: String = "领导姓名很长".repeat(10);
    for (old, new) in [("甲局", long.as_str()), ("乙局", "=1+1*?~\"引号\"&<标签>")] {
        for task in &mut plan.tasks {
            for name in task.lead_units.iter_mut().chain(&mut task.responsible) {
                if name == old {
                    new.clone_into(name);
                }
            }
        }
        for unit in plan.registry.units.iter_mut().filter(|u| u.name == old) {
            new.clone_into(&mut unit.name);
            unit.id = UnitId(normalise_name(new));
        }
    }
    for task in &mut plan.tasks {
        task.short = "二十个字的任务简称看看格子里放得下不".repeat(2);
        task.text = "任务全文很长，".repeat(80);
        for name in task.leaders.iter_mut().filter(|n| *n == "张三") {
            name.clone_from(&leader_name);
        }
    }
    plan.registry.leaders[0].name.clone_from(&leader_name);
    plan.sections[0].title = "板块名称也可以很长".repeat(6);
    plan.sections[0].short.clear();
    plan
}

/// A large plan.
pub(crate) fn large(tasks: u32, units: u32) -> Plan {
    let mut plan = Plan { title: "大方案".to_owned(), year: 2024, ..Plan::default() };
    let unit_name = |n: u32| format!("第{n}单位");
    plan.registry.units = (1..=units)
        .map(|n| unit(&unit_name(n), ["部门", "镇街", "企业"][(n % 3) as usize]))
        .collect();
    plan.registry.leaders = (1..=20).map(|n| leader(&format!("领导{n}"))).collect();
    plan.sections = (1..=12).map(|n| section(n, &format!("板块{n}"))).collect();
    plan.tasks = (1..=tasks)
        .map(|no| {
            let (a, b, c) = (
                unit_name(no % units + 1),
                unit_name(no * 7 % units + 1),
                unit_name(no * 13 % units + 1),
            );
            let mut task = task(
                no,
                no * 12 / (tasks + 1) + 1,
                &[&format!("领导{}", no % 20 + 1)],
                &if no % 3 == 0 && a != b {
                    vec![a.as_str(), b.as_str()]
                } else {
                    vec![a.as_str()]
                },
                &[&c],
            );
            if no % 2 == 0 {
                task.indicators = vec![indicator(no, 1, IndicatorKind::Cumulative, 40, "公里")];
            }
            task
        })
        .collect();
    plan
}
