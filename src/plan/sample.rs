//! A small plan by hand, for tests: every kind of row once.

use jiff::civil::date;
use rust_decimal::Decimal;

use crate::model::{
    Alias, Amendment, Change, Comparator, Doubt, Frequency, Group, Indicator, IndicatorKind,
    ItemNo, Leader, Period, Plan, Section, Subsection, Succession, Task, TaskNo, UnitId,
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

/// A task with these names.
pub(crate) fn task(no: u32, leaders: &[&str], lead: &[&str], responsible: &[&str]) -> Task {
    Task {
        no: TaskNo(no),
        section: 1,
        subsection: None,
        text: format!("第{no}项：推进某项工作，按时完成。"),
        short: format!("某项工作{no}"),
        leaders: names(leaders),
        lead_units: names(lead),
        responsible: names(responsible),
        due: date(2024, 12, 31),
        indicators: Vec::new(),
        from: None,
        until: None,
    }
}

/// An indicator of a task.
pub(crate) fn indicator(task: u32, index: u32) -> Indicator {
    Indicator {
        item: ItemNo { task: TaskNo(task), index },
        name: "新增高新技术企业".into(),
        comparator: Comparator::AtLeast,
        target: Decimal::from(15),
        unit: "家".into(),
        kind: IndicatorKind::Cumulative,
        base: None,
        source_unit: None,
        frequency: Frequency::Monthly,
        schedule: None,
        quote: "新增高新技术企业15家以上".into(),
        adopted: true,
        doubt: None,
    }
}

/// A period.
pub(crate) fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

/// The plan.
pub(crate) fn plan() -> Plan {
    let mut plan = Plan {
        title: "2024年区政府重点工作责任分工方案".into(),
        doc_no: "青禾政发〔2024〕3号".into(),
        year: 2024,
        sections: vec![
            Section {
                no: 1,
                title: "主要预期目标".into(),
                short: "预期目标".into(),
                subsections: vec![],
            },
            Section {
                no: 2,
                title: "聚焦产业升级、集群培育".into(),
                short: "产业升级".into(),
                subsections: vec![
                    Subsection { no: 1, title: "坚持改革惠商".into() },
                    Subsection { no: 2, title: "坚持创新聚智".into() },
                ],
            },
        ],
        ..Plan::default()
    };
    plan.tasks = vec![
        task(
            1,
            &["张甲"],
            &["区发展和改革局"],
            &["区政府各部门（单位）", "各镇政府（街道办事处）"],
        ),
        task(2, &["张甲", "李乙"], &["区科学技术局", "区财政局"], &["区发展和改革委员会"]),
        task(
            3,
            &["区政府全体班子成员"],
            &["区政府办公室"],
            &["东村、西村等2个镇政府（街道办事处）", "区财政局"],
        ),
        task(5, &[], &["区文化和旅游局"], &[]),
    ];
    plan.tasks[1].section = 2;
    plan.tasks[1].subsection = Some(2);
    plan.tasks[3].due = date(2024, 9, 30);
    plan.tasks[3].from = Some(period("2024-Q2"));
    let mut level = indicator(2, 2);
    level.name = "数字经济占比".into();
    level.comparator = Comparator::About;
    level.target = "4.50".parse().expect("a number");
    level.unit = "%".into();
    level.kind = IndicatorKind::Level;
    level.base = Some("3.9".parse().expect("a number"));
    level.source_unit = Some("区财政局".into());
    level.frequency = Frequency::HalfYearly;
    let mut doubtful = indicator(2, 3);
    doubtful.adopted = false;
    doubtful.doubt = Some("可能是已列指标的合计".into());
    doubtful.kind = IndicatorKind::Growth;
    doubtful.schedule =
        Some(std::array::from_fn(|m| Decimal::from(m) * Decimal::from(5) + Decimal::new(5, 1)));
    doubtful.target = "123456789012345678.9".parse().expect("a number");
    plan.tasks[1].indicators = vec![indicator(2, 1), level, doubtful];
    let _ = super::registry::build(&mut plan);
    let unit = super::registry::build_unit;
    plan.registry.units.push(unit("区文旅发展局"));
    plan.registry.units.push(unit("东村镇政府"));
    plan.registry.units[0].from = Some(period("2024-01"));
    plan.registry.units[1].until = Some(period("2024-11"));
    plan.registry.units[1].successor = Some(UnitId("区财政局".into()));
    plan.registry.aliases.push(Alias {
        name: "区科技局".into(),
        unit: UnitId("区科学技术局".into()),
        adopted: true,
        reason: "日常简称".into(),
    });
    plan.registry.groups[0].members =
        vec![UnitId("区财政局".into()), UnitId("区科学技术局".into())];
    plan.registry.groups.push(Group { name: "无人用的集合".into(), members: vec![] });
    plan.registry.leaders[0].until = Some(period("2024-05"));
    plan.registry.leaders[0].successor = Some("王丙".into());
    plan.registry.leaders[2].members = names(&["张甲", "李乙"]);
    plan.registry.leaders.push(Leader {
        name: "王丙".into(),
        post: "副区长".into(),
        from: Some(period("2024-06")),
        until: None,
        successor: None,
        collective: false,
        members: vec![],
    });
    plan.amendments = amendments();
    plan.doubts = vec![
        Doubt {
            code: "P401".into(),
            line: Some(37),
            task: Some(TaskNo(2)),
            quote: "总投资961亿元".into(),
            note: "可能是总数，不是本年目标。".into(),
            target: "指标!A6".into(),
            settled: false,
        },
        Doubt {
            code: "P502".into(),
            line: None,
            task: None,
            quote: String::new(),
            note: "两行\n说明".into(),
            target: String::new(),
            settled: true,
        },
    ];
    plan
}

/// One amendment of each kind.
fn amendments() -> Vec<Amendment> {
    let ids = |names: &[&str]| names.iter().map(|n| UnitId((*n).to_owned())).collect::<Vec<_>>();
    let item = ItemNo { task: TaskNo(2), index: 1 };
    let succession = |kind, old: &[&str], new: &[&str]| Change::Succession {
        kind,
        old: ids(old),
        new: ids(new),
    };
    let changes = [
        ("2024-02", Change::Add(TaskNo(3))),
        ("2024-10", Change::Withdraw(TaskNo(1))),
        ("2024-07", Change::Target(item, "20.5".parse().expect("a number"))),
        ("2024-06", Change::LeadUnits(TaskNo(2), names(&["区财政局", "区科学技术局"]))),
        ("2024-06", Change::Responsible(TaskNo(2), names(&["各镇政府（街道办事处）"]))),
        ("2024-06", Change::Leaders(TaskNo(2), names(&["李乙"]))),
        ("2024-Q3", Change::Due(TaskNo(2), date(2024, 11, 30))),
        ("2024-08", succession(Succession::Rename, &["区文化和旅游局"], &["区文旅发展局"])),
        ("2024-09", succession(Succession::Absorb, &["区政府办公室"], &["区财政局"])),
        ("2024-09", succession(Succession::Merge, &["东村镇政府", "区政府办公室"], &["区财政局"])),
        (
            "2024-11",
            succession(Succession::Split, &["区科学技术局"], &["区财政局", "区文旅发展局"]),
        ),
    ];
    let reason = |(effective, change)| Amendment {
        effective: period(effective),
        change,
        reason: "区政府第12次常务会议".into(),
    };
    changes.map(reason).into()
}
