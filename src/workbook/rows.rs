//! Fills the long sheets from the report.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    figure::{Table, Value},
    long::{Long, Longs},
    look,
    view::{Scope, TaskRow, View},
};
use crate::{
    ledger::Filing,
    model::{Rate, Role, UnitId},
    stats::{Class, LeaderRow, Light, PartStat, PeriodRows, Rates, ReturnRates, State, UnitRow},
};

const TASK: &[&str] = &[
    "板块号",
    "编号",
    "板块",
    "任务",
    "判定",
    "灯",
    "差距",
    "进度",
    "已报进度",
    "已报",
    "跟上",
    "完成",
    "缺报",
    "沿用",
    "销号",
    "无进度",
    "上期判定",
    "上期灯",
    "上期差距",
    "上期跟上",
    "预警",
    "需协调",
    "领导数",
    "方式",
    "牵头单位数",
];
const LEADER: &[&str] = &[
    "编号",
    "领导",
    "任务号",
    "板块号",
    "任务",
    "方式",
    "计入",
    "人数",
    "折算",
    "判定",
    "灯",
    "差距",
    "进度",
    "已报进度",
    "跟上",
    "完成",
    "缺报",
    "沿用",
    "销号",
    "无进度",
    "板块首行",
    "首行",
];
const UNIT: &[&str] = &[
    "编号",
    "单位",
    "类别",
    "任务号",
    "板块号",
    "任务",
    "角色",
    "牵头",
    "权重",
    "判定",
    "灯",
    "差距",
    "进度",
    "已报进度",
    "跟上",
    "完成",
    "缺报",
    "沿用",
    "销号",
    "无进度",
    "上期跟上",
    "板块首行",
    "首行",
];
const RETURNS: &[&str] = &[
    "编号",
    "单位",
    "类别",
    "状态",
    "应报",
    "已收",
    "按时",
    "推定",
    "迟报天数",
    "必填",
    "已填",
    "首报合格",
    "退改次数",
];
const ITEM: &[&str] = &[
    "编号",
    "事项",
    "指标",
    "牵头单位",
    "目标",
    "累计",
    "进度",
    "差距",
    "序时",
    "灯",
    "应报期",
    "已报",
    "达标",
];
const HISTORY: &[&str] = &[
    "编号",
    "报送期",
    "口径",
    "名称",
    "在册",
    "跟上",
    "达序时率",
    "完成",
    "完成率",
    "平均进度",
    "已报口径",
    "已完成",
    "绿",
    "黄",
    "红",
    "无灯",
    "应报",
    "已收",
    "按时",
    "报送率",
    "及时率",
];

/// Order of a row in its block: worst light first, then the task's number.
type Order = (u8, u32);

/// All long sheets of the scope.
pub(super) fn longs(view: &View) -> Longs {
    let (history, places) = history(view);
    let leaders = match view.scope {
        Scope::Office => leaders(view),
        Scope::Leader(_) | Scope::Unit(_) => Vec::new(),
    };
    let tables = vec![
        Long::new(Table::Task, TASK, tasks(view)),
        Long::new(Table::Leader, LEADER, leaders),
        Long::new(Table::Unit, UNIT, units(view)),
        Long::new(Table::Returns, RETURNS, returns(view)),
        Long::new(Table::Item, ITEM, items(view)),
        Long::new(Table::History, HISTORY, history),
    ];
    Longs::new(tables, places)
}

fn tasks(view: &View) -> Vec<Vec<Value>> {
    let mut rows: Vec<(u32, Order, Vec<Value>)> = view
        .tasks
        .iter()
        .map(|row| {
            let stat = row.stat;
            let progress = stat.progress.map_or(Value::Blank, Value::Number);
            let reported = stat.reported();
            let values = vec![
                Value::count(row.task.section.into()),
                Value::count(stat.no.0.into()),
                Value::text(row.section),
                Value::text(row.short()),
                Value::text(look::class_word(stat.class)),
                Value::text(look::light_word(stat.light)),
                stat.gap.map_or(Value::Blank, Value::Number),
                progress.clone(),
                if reported { progress } else { Value::Blank },
                Value::flag(reported),
                Value::flag(keeps_up(stat.class)),
                Value::flag(stat.class == Class::Done),
                Value::flag(stat.incomplete),
                Value::flag(stat.stale),
                Value::flag(stat.confirmed),
                Value::flag(stat.progress.is_none()),
                row.last.map_or(Value::Blank, |l| Value::text(look::class_word(l.class))),
                row.last.map_or(Value::Blank, |l| Value::text(look::light_word(l.light))),
                row.watch.and_then(|w| w.last_gap).map_or(Value::Blank, Value::Number),
                row.last.map_or(Value::Blank, |l| Value::flag(keeps_up(l.class))),
                Value::flag(row.watch.is_some_and(|w| w.warning)),
                Value::flag(!view.lead_texts(row, |t| t.coordination.as_deref()).is_empty()),
                Value::count(row.task.leaders.len() as u64),
                Value::text(manner(row.task.leaders.len())),
                Value::count(stat.parts.len() as u64),
            ];
            (row.task.section, (look::severity(stat.light), stat.no.0), values)
        })
        .collect();
    rows.sort_by_key(|(section, order, _)| (*section, *order));
    rows.into_iter().map(|(_, _, values)| values).collect()
}

/// Whether a class counts as on schedule: 已完成, 超序时, 达序时.
pub(super) const fn keeps_up(class: Class) -> bool {
    matches!(class, Class::Done | Class::Ahead | Class::OnTrack)
}

/// How a task with so many leaders is led: by one (or nobody), or by several.
const fn manner(leaders: usize) -> &'static str {
    if leaders > 1 { "共同" } else { "独自" }
}

fn leaders(view: &View) -> Vec<Vec<Value>> {
    let mut rows: Vec<(usize, bool, Order, Vec<Value>)> = Vec::new();
    for row in &view.tasks {
        let names = &row.task.leaders;
        let order = (look::severity(row.stat.light), row.stat.no.0);
        let mut add = |name: &str, manner: &'static str, counted: bool| {
            let Some(number) = view.leader_number(name) else { return };
            let name =
                view.report.stats.now.leaders.get(number - 1).map_or(name, |l| l.name.as_str());
            let own = names.len().max(1);
            let mut values = vec![
                Value::count(number as u64),
                Value::text(name),
                Value::count(row.stat.no.0.into()),
                Value::count(row.task.section.into()),
                Value::text(row.short()),
                Value::text(manner),
                Value::flag(counted),
                Value::count(own as u64),
                if counted { Value::Number(1.0 / as_f64(own)) } else { Value::Blank },
            ];
            values.extend(judged(row));
            rows.push((number, !counted, order, values));
        };
        if names.is_empty() {
            add(crate::stats::NOBODY_NAME, manner(0), true);
        }
        for name in names {
            add(name, manner(names.len()), true);
        }
        for member in members(view, names) {
            add(member, "集体", false);
        }
    }
    rows.sort_by_key(|(number, outside, order, _)| (*number, *outside, *order));
    first_rows(rows.into_iter().map(|(_, _, _, values)| values).collect(), 3, 6)
}

/// Members of the collectives among `names` who do not lead the task by name, each once.
fn members<'v>(view: &'v View, names: &[String]) -> Vec<&'v str> {
    let registry = &view.report.plan.registry;
    let mut members: Vec<&str> = Vec::new();
    for leader in names.iter().filter_map(|n| registry.leader(n)).filter(|l| l.collective) {
        for member in &leader.members {
            let member = registry.leader_in_charge(member, view.report.period);
            if !members.contains(&member) && !names.iter().any(|n| n == member) {
                members.push(member);
            }
        }
    }
    members
}

/// The judgement of a task, as the leaders' long sheet repeats it.
fn judged(row: &TaskRow) -> [Value; 11] {
    let stat = row.stat;
    let progress = stat.progress.map_or(Value::Blank, Value::Number);
    [
        Value::text(look::class_word(stat.class)),
        Value::text(look::light_word(stat.light)),
        stat.gap.map_or(Value::Blank, Value::Number),
        progress.clone(),
        if row.stat.reported() { progress } else { Value::Blank },
        Value::flag(keeps_up(stat.class)),
        Value::flag(stat.class == Class::Done),
        Value::flag(stat.incomplete),
        Value::flag(stat.stale),
        Value::flag(stat.confirmed),
        Value::flag(stat.progress.is_none()),
    ]
}

fn part_judged(part: &PartStat, confirmed: bool) -> [Value; 11] {
    let progress = part.progress.map_or(Value::Blank, Value::Number);
    [
        Value::text(look::class_word(part.class)),
        Value::text(look::light_word(part.light)),
        part.gap.map_or(Value::Blank, Value::Number),
        progress.clone(),
        if part.reported { progress } else { Value::Blank },
        Value::flag(keeps_up(part.class)),
        Value::flag(part.class == Class::Done),
        Value::flag(part.incomplete),
        Value::flag(part.items.iter().any(|i| i.stale.is_some())),
        Value::flag(confirmed),
        Value::flag(part.progress.is_none()),
    ]
}

/// Marks the first counted row of each key, and of each key within a section, so that distinct ones can be counted.
fn first_rows(mut rows: Vec<Vec<Value>>, section: usize, counted: usize) -> Vec<Vec<Value>> {
    let mut seen = BTreeSet::new();
    let mut seen_section = BTreeSet::new();
    for row in &mut rows {
        let number = |at: usize| row.get(at).and_then(Value::number).unwrap_or(0.0).to_bits();
        let nobody = row.get(1) == Some(&Value::text(crate::stats::NOBODY_NAME));
        let (key, part) = (number(0), number(section));
        let counts = number(counted) != 0 && !nobody;
        row.push(Value::flag(counts && seen_section.insert((key, part))));
        row.push(Value::flag(counts && seen.insert(key)));
    }
    rows
}

/// The role of a unit in a task, in the words of the tables.
fn role_word(role: Role, order: Option<usize>) -> &'static str {
    match (role, order) {
        (Role::Lead, Some(0)) => "牵头首位",
        (Role::Lead, _) => "牵头其他",
        (Role::Named, _) => "点名责任",
        (Role::Group, _) => "集合责任",
    }
}

fn units(view: &View) -> Vec<Vec<Value>> {
    let weights = view.report.settings.weights;
    let wanted: BTreeMap<_, &TaskRow> = view.tasks.iter().map(|t| (t.task.no, t)).collect();
    let mut rows: Vec<(usize, bool, Order, Vec<Value>)> = Vec::new();
    for assigned in view.assignments {
        let Some(row) = wanted.get(&assigned.task) else { continue };
        let Some(number) = view.unit_number(assigned.unit.as_str()) else { continue };
        let leads = assigned.role == Role::Lead;
        match view.scope {
            Scope::Office => {}
            Scope::Leader(_) if leads => {}
            Scope::Unit(unit) if unit.key == assigned.unit.as_str() => {}
            Scope::Leader(_) | Scope::Unit(_) => continue,
        }
        let part = row.stat.parts.iter().find(|p| p.unit == assigned.unit).filter(|_| leads);
        let weight = match assigned.role {
            Role::Lead => weights.lead,
            Role::Named => weights.named,
            Role::Group => weights.group,
        };
        let category =
            view.report.stats.now.units.get(number - 1).map_or("", |u| u.category.as_str());
        let mut values = vec![
            Value::count(number as u64),
            Value::text(view.unit_name(assigned.unit.as_str())),
            Value::text(category),
            Value::count(assigned.task.0.into()),
            Value::count(row.task.section.into()),
            Value::text(row.short()),
            Value::text(role_word(assigned.role, assigned.lead_order)),
            Value::flag(leads),
            Value::Number(weight),
        ];
        match part {
            Some(part) => {
                values.extend(part_judged(part, row.stat.confirmed));
                let last = row.last.and_then(|l| l.parts.iter().find(|p| p.unit == part.unit));
                values.push(last.map_or(Value::Blank, |l| Value::flag(keeps_up(l.class))));
            }
            None => values.extend(std::iter::repeat_n(Value::Blank, 12)),
        }
        let light = part.map_or(Light::Done, |p| p.light);
        rows.push((number, !leads, (look::severity(light), assigned.task.0), values));
    }
    rows.sort_by_key(|(number, other, order, _)| (*number, *other, *order));
    first_rows(rows.into_iter().map(|(_, _, _, values)| values).collect(), 4, 7)
}

/// The word of a return's state.
pub(super) const fn state_word(state: State) -> &'static str {
    match state {
        State::OnTime => "按时",
        State::Late => "迟报",
        State::Unreadable => "无法读取",
        State::Rejected => "退回",
        State::Missing => "未报",
        State::NotDue => "未到期",
        State::Exempt => "免报",
    }
}

/// Units whose returns the scope shows: all, a leader's lead units, or the unit itself.
fn returning<'a>(view: &View<'a>) -> Vec<&'a Filing> {
    let leads: BTreeSet<&UnitId> =
        view.tasks.iter().flat_map(|t| t.stat.parts.iter().map(|p| &p.unit)).collect();
    view.report
        .filings
        .iter()
        .filter(|f| match view.scope {
            Scope::Office => true,
            Scope::Leader(_) => leads.contains(&f.unit),
            Scope::Unit(unit) => unit.key == f.unit.as_str(),
        })
        .collect()
}

fn returns(view: &View) -> Vec<Vec<Value>> {
    let mut rows: Vec<(usize, Vec<Value>)> = returning(view)
        .into_iter()
        .enumerate()
        .map(|(at, filing)| {
            let number = view
                .unit_number(filing.unit.as_str())
                .unwrap_or(view.report.stats.now.units.len() + 1 + at);
            let category =
                view.report.plan.registry.unit(&filing.unit).map_or("", |u| u.category.as_str());
            let state = view.state(&filing.unit);
            let values = vec![
                Value::count(number as u64),
                Value::text(view.unit_name(filing.unit.as_str())),
                Value::text(category),
                state.map_or(Value::Blank, |s| Value::text(state_word(s.state))),
                Value::flag(filing.owed),
                Value::flag(filing.owed && filing.received),
                Value::flag(filing.owed && filing.on_time),
                Value::flag(filing.estimated),
                state.and_then(|s| s.days_late).map_or(Value::Blank, |d| {
                    Value::Number(f64::from(i32::try_from(d).unwrap_or(i32::MAX)))
                }),
                Value::count(filing.required),
                Value::count(filing.answered),
                Value::flag(filing.received && filing.first_clean),
                Value::count(filing.later),
            ];
            (number, values)
        })
        .collect();
    rows.sort_by_key(|(number, _)| *number);
    rows.into_iter().map(|(_, values)| values).collect()
}

fn items(view: &View) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for row in &view.tasks {
        for (part, item) in row.items().filter(|(_, i)| i.item.index > 0) {
            if let Scope::Unit(unit) = view.scope
                && unit.key != part.unit.as_str()
            {
                continue;
            }
            let indicator = row.task.indicators.iter().find(|i| i.item == item.item);
            let name = indicator.map_or("", |i| i.name.as_str());
            let target = indicator
                .and_then(|i| crate::model::decimal_text(i.target).parse::<f64>().ok())
                .map_or(Value::Blank, Value::Number);
            rows.push(vec![
                Value::count(row.task.no.0.into()),
                Value::text(item.item.to_string()),
                Value::text(name),
                Value::text(view.unit_name(part.unit.as_str())),
                target,
                item.value.map_or(Value::Blank, Value::Number),
                item.progress.map_or(Value::Blank, Value::Number),
                item.gap.map_or(Value::Blank, Value::Number),
                Value::Number(item.schedule),
                item.light.map_or(Value::Blank, |l| Value::text(look::light_word(l))),
                Value::flag(item.due),
                Value::flag(item.value.is_some()),
                Value::flag(item.met == Some(true)),
            ]);
        }
    }
    rows
}

/// `长表_历月` and where each line stands in it: this period first, then back in time.
type Places = BTreeMap<(usize, &'static str, String), usize>;

fn history(view: &View) -> (Vec<Vec<Value>>, Places) {
    let mut rows = Vec::new();
    let mut places = Places::new();
    let report = view.report;
    let periods = std::iter::once(&report.stats.now).chain(report.stats.past.iter().rev());
    for (back, of) in periods.enumerate() {
        let label = of.period.to_string();
        for (kind, key, name, rates, returns) in lines(view, of) {
            places.insert((back, kind, key), rows.len());
            let number = rows.len() as u64 + 1;
            rows.push(line(number, &label, kind, &name, rates, returns));
        }
    }
    (rows, places)
}

type Line<'a> = (&'static str, String, String, &'a Rates, Option<&'a ReturnRates>);

/// The lines of one period that the scope may see.
fn lines<'a>(view: &View, of: &'a PeriodRows) -> Vec<Line<'a>> {
    let total: Line =
        ("合计", String::new(), "合计".to_owned(), &of.total, Some(&of.returns.total));
    let unit = |u: &'a UnitRow| -> Line<'a> {
        ("单位", u.key.clone(), u.name.clone(), &u.rates, of.returns.units.get(&u.key))
    };
    let leader = |l: &'a LeaderRow| -> Line<'a> {
        ("领导", l.key.clone(), l.name.clone(), &l.rates, None)
    };
    let mut lines = vec![total];
    match view.scope {
        Scope::Office => {
            lines.extend(of.leaders.iter().map(leader));
            lines.extend(of.units.iter().map(unit));
            lines.extend(
                of.sections.iter().map(|s| ("板块", s.key.clone(), s.name.clone(), &s.rates, None)),
            );
        }
        Scope::Leader(row) => {
            let all = view.report.settings.ranking.leaders_see_ranking;
            lines.extend(of.leaders.iter().filter(|l| all || l.key == row.key).map(leader));
        }
        Scope::Unit(row) => {
            lines.extend(of.units.iter().filter(|u| u.key == row.key).map(unit));
        }
    }
    lines
}

fn line(
    number: u64,
    period: &str,
    kind: &str,
    name: &str,
    rates: &Rates,
    returns: Option<&ReturnRates>,
) -> Vec<Value> {
    let lights = rates.lights;
    let number_or_blank = |value: Option<f64>| value.map_or(Value::Blank, Value::Number);
    let count =
        |pick: fn(&ReturnRates) -> u64| returns.map_or(Value::Blank, |r| Value::count(pick(r)));
    let share =
        |pick: fn(&ReturnRates) -> Rate| number_or_blank(returns.and_then(|r| pick(r).value()));
    vec![
        Value::count(number),
        Value::text(period),
        Value::text(kind),
        Value::text(name),
        Value::count(rates.on_schedule.due),
        Value::count(rates.on_schedule.done),
        number_or_blank(rates.on_schedule.value()),
        Value::count(rates.completion.done),
        number_or_blank(rates.completion.value()),
        number_or_blank(rates.mean_progress),
        number_or_blank(rates.mean_progress_reported),
        Value::count(lights.done),
        Value::count(lights.green),
        Value::count(lights.yellow),
        Value::count(lights.red),
        Value::count(lights.none),
        count(|r| r.received.due),
        count(|r| r.received.done),
        count(|r| r.on_time.done),
        share(|r| r.received),
        share(|r| r.on_time),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
