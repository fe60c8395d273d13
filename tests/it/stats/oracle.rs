//! The oracle: hundreds of random plans and returns, counted by brute force, agree with every statistic.

use std::collections::BTreeMap;

use duban::{
    model::{Answer, Change as AmendedBy, Comparator, Frequency, IndicatorKind, Span},
    settings::{LeadRule, Measure},
    stats::{By, Change, Input, Light, PeriodStats, Rates, compute, json},
};

use super::{
    brute::{TaskFound, tasks},
    random::{Case, case},
    scene::{Scene, q},
    tables::{Table, differences, tables},
    world::scene,
};

/// Random cases tried in all; each is computed over all its periods.
const CASES: u64 = 320;

/// Tests that share the cases, so that they run side by side.
const SLICES: u64 = 4;

pub(super) fn computed(case: &Case) -> PeriodStats {
    compute(&Input {
        plan: &case.plan,
        period: case.period,
        settings: &case.settings,
        facts: &case.facts,
        confirmations: &case.confirmations,
        filings: &case.filings,
    })
    .expect("statistics")
}

/// Tries one slice of the cases.
fn try_slice(slice: u64) {
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for seed in (0..CASES).filter(|s| s % SLICES == slice) {
        let case = case(seed);
        let stats = computed(&case);
        let now = scene(&case, case.period);
        let last = stats.last().map(|rows| scene(&case, rows.period));
        let expected = tables(&now, last.as_ref());
        for (table, by) in expected.iter().zip([By::Leader, By::Unit, By::Section, By::Task]) {
            let found = differences(table, &json(&stats, by));
            wrong.extend(found.iter().map(|d| format!("case {seed}: {d}")));
        }
        let past: Vec<Vec<TaskFound>> =
            stats.past.iter().map(|rows| tasks(&scene(&case, rows.period))).collect();
        let more = [
            watched(&stats, &tasks(&now), &past),
            returned(&stats, &now),
            crossed(&stats, &now, &expected),
            trended(&stats, &case),
        ];
        wrong.extend(more.into_iter().flatten().map(|d| format!("case {seed}: {d}")));
        note(&stats, &mut seen);
        note_rules(&case, &stats, &mut seen);
        if wrong.len() > 20 {
            break;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let wanted = [
        "class done",
        "class unreported",
        "class overdue",
        "class not_started",
        "class behind",
        "class ahead",
        "class on_track",
        "adjusted",
        "light green",
        "light yellow",
        "light red",
        "inherited",
        "stale",
        "incomplete",
        "rank",
        "rank moved",
        "no leader",
        "confirmed",
        "no progress",
        "nothing due",
        "warning",
        "New",
        "Worse",
        "Better",
        "Again",
        "several leaders",
        "several lead units",
        "a group",
        "an amendment",
        "a succession",
        "not published",
        "quarterly",
        "yearly",
        "own curve",
        "office curve",
        "base",
        "about",
        "ceiling",
        "zero target",
        "first speaks",
        "rejected",
        "exempt",
        "ratio lights",
        "month",
        "quarter",
        "half-year",
        "year",
        "cut-off",
    ];
    for name in wanted {
        assert!(seen.contains_key(name), "no case shows: {name}; seen {seen:?}");
    }
}

#[test]
fn brute_force_agrees_on_the_first_slice() {
    try_slice(0);
}

#[test]
fn brute_force_agrees_on_the_second_slice() {
    try_slice(1);
}

#[test]
fn brute_force_agrees_on_the_third_slice() {
    try_slice(2);
}

#[test]
fn brute_force_agrees_on_the_fourth_slice() {
    try_slice(3);
}

/// Which rules a case calls for, in the period that is counted.
fn note_rules(case: &Case, stats: &PeriodStats, seen: &mut BTreeMap<String, u32>) {
    let mut note = |name: &str, is: bool| {
        if is {
            *seen.entry(name.to_owned()).or_default() += 1;
        }
    };
    let plan = case.plan.in_force(case.period);
    for task in &plan.tasks {
        let is_group = |n: &String| plan.registry.groups.iter().any(|g| g.name == *n);
        note("several leaders", task.leaders.len() > 1);
        note("several lead units", task.lead_units.len() > 1);
        note("a group", task.lead_units.iter().chain(&task.responsible).any(is_group));
        for i in task.indicators.iter().filter(|i| i.adopted) {
            note("quarterly", i.frequency == Frequency::Quarterly);
            note("yearly", i.frequency == Frequency::Yearly);
            note("own curve", i.schedule.is_some());
            note("base", i.kind == IndicatorKind::Level && i.base.is_some());
            note("about", i.comparator == Comparator::About);
            note("ceiling", i.kind == IndicatorKind::Ceiling);
            note("zero target", i.target.is_zero());
        }
    }
    for amendment in &case.plan.amendments {
        let succession = matches!(amendment.change, AmendedBy::Succession { .. });
        note(if succession { "a succession" } else { "an amendment" }, true);
    }
    let items = || stats.now.tasks.iter().flat_map(|t| &t.parts).flat_map(|p| &p.items);
    note("not published", items().any(|i| i.answer == Some(Answer::NotOut)));
    note("office curve", !case.settings.rules.schedule.is_empty());
    note("first speaks", case.settings.rules.lead_rule == LeadRule::First);
    note("ratio lights", case.settings.lights.measure == Measure::Ratio);
    note("rejected", case.confirmations.iter().any(|c| c.rejected));
    note("exempt", case.filings.iter().any(|f| !f.owed));
    note("cut-off", !case.settings.deadlines.cut_off.is_empty());
    let span = match case.period.span() {
        Span::Month(_) => "month",
        Span::Quarter(_) => "quarter",
        Span::Half(_) => "half-year",
        Span::Year => "year",
        Span::Week(_) => "week",
    };
    note(span, true);
}

/// Which oddities a case shows: an oracle that never met one would prove nothing about it.
fn note(stats: &PeriodStats, seen: &mut BTreeMap<String, u32>) {
    let mut note = |name: &str, is: bool| {
        if is {
            *seen.entry(name.to_owned()).or_default() += 1;
        }
    };
    let now = &stats.now;
    for task in &now.tasks {
        note(&format!("class {}", task.class.key()), true);
        note(&format!("light {}", task.light.key()), true);
        note("stale", task.stale);
        note("incomplete", task.incomplete);
        note("confirmed", task.confirmed);
        note("no progress", task.progress.is_none());
        note("inherited", task.parts.iter().any(|p| p.inherited_from.is_some()));
    }
    note("adjusted", !now.adjusted.is_empty());
    note("rank", now.units.iter().any(|u| u.rank.is_some()));
    note("rank moved", now.units.iter().any(|u| u.rank_change.is_some_and(|c| c != 0)));
    note("no leader", now.leaders.iter().any(|l| l.key == "未明确"));
    note("nothing due", now.units.iter().any(|u| u.rates.completion.value().is_none()));
    for watch in &stats.watch {
        note("warning", watch.warning);
        if let Some(change) = watch.change {
            let name = format!("{change:?}");
            note(name.split('(').next().unwrap_or(&name), true);
        }
    }
}

/// 预警 and 变化, task by task.
fn watched(stats: &PeriodStats, now: &[TaskFound], past: &[Vec<TaskFound>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (task, watch) in now.iter().zip(&stats.watch) {
        let before: Vec<Option<&TaskFound>> =
            past.iter().rev().map(|p| p.iter().find(|t| t.no == task.no)).collect();
        let last = before.first().copied().flatten();
        let warning = task.whole.light == "green"
            && match (&task.whole.gap, last.and_then(|l| l.whole.gap.as_ref())) {
                (Some(gap), Some(then)) => q(2) * gap < *then,
                _ => false,
            };
        let change = last.and_then(|last| {
            let n = 1 + before
                .iter()
                .take_while(|t| t.is_some_and(|t| t.whole.light == task.whole.light))
                .count();
            match (last.whole.light, task.whole.light) {
                ("yellow", "yellow") | ("red", "red") | ("none", "none") => {
                    Some(Change::Again(u32::try_from(n).expect("few")))
                }
                ("yellow", "red") => Some(Change::Worse),
                ("red", "yellow") | ("yellow" | "red", "green" | "done") => Some(Change::Better),
                (_, "yellow" | "red" | "none") => Some(Change::New),
                _ => None,
            }
        });
        if watch.warning != warning || watch.change != change {
            wrong.push(format!("watch {}: {watch:?}, counted {warning} {change:?}", task.no));
        }
        let light = last.map(|l| l.whole.light);
        if watch.last_light.map(Light::key) != light {
            wrong.push(format!("last light {}: {:?}", task.no, watch.last_light));
        }
    }
    wrong
}

/// 报送率, 及时率, 完整率, 首报合格率, 退改次数 of the total.
fn returned(stats: &PeriodStats, scene: &Scene) -> Vec<String> {
    let owed: Vec<_> = scene.filings.iter().filter(|f| f.owed).collect();
    let received: Vec<_> = owed.iter().filter(|f| f.received).collect();
    let counted = [
        (received.len() as u64, owed.len() as u64),
        (owed.iter().filter(|f| f.on_time).count() as u64, owed.len() as u64),
        (received.iter().map(|f| f.answered).sum(), received.iter().map(|f| f.required).sum()),
        (received.iter().filter(|f| f.clean).count() as u64, received.len() as u64),
        (owed.iter().map(|f| f.later).sum(), 0),
    ];
    let of = stats.now.returns.total;
    let found = [of.received, of.on_time, of.complete, of.first_pass]
        .map(|r| (r.done, r.due))
        .into_iter()
        .chain([(of.later, 0)]);
    let differ = found.zip(counted).any(|(found, counted)| found != counted);
    if differ { vec![format!("returns: {of:?}, counted {counted:?}")] } else { Vec::new() }
}

/// Every cell of leader × section: the counts of the tasks in both; rows add up.
fn crossed(stats: &PeriodStats, scene: &Scene, tables: &[Table]) -> Vec<String> {
    let found = tasks(scene);
    let mut wrong = Vec::new();
    let cross = &stats.leader_by_section;
    for (leader, cells) in cross.rows.iter().zip(&cross.cells) {
        for (section, cell) in cross.columns.iter().zip(cells) {
            let within: Vec<&TaskFound> = scene
                .tasks
                .iter()
                .zip(&found)
                .filter(|(t, _)| {
                    let nobody = leader == "未明确" && t.leaders.is_empty();
                    t.section.to_string() == *section && (nobody || t.leaders.contains(leader))
                })
                .map(|(_, f)| f)
                .collect();
            let done = within.iter().filter(|t| t.whole.class == "done").count() as u64;
            let of = |r: &Rates| (r.completion.done, r.completion.due);
            let expected = (!within.is_empty()).then_some((done, within.len() as u64));
            if cell.as_ref().map(of) != expected {
                wrong.push(format!("{leader} × {section}: {cell:?}, counted {expected:?}"));
            }
        }
    }
    let units = &stats.unit_by_section;
    for (row, cells) in tables[1].rows.iter().zip(&units.cells) {
        let leads: u64 = cells.iter().flatten().map(|r| r.completion.due).sum();
        if row["completion"]["due"] != serde_json::json!(leads) {
            wrong.push(format!("unit × section {}: {leads}", row["key"]));
        }
    }
    wrong
}

/// The trend's points are the total lines of the periods, each computed by itself.
fn trended(stats: &PeriodStats, case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let points = &stats.trends[0].points;
    for point in points {
        let total = tables(&scene(case, point.period), None)[0].total.clone();
        let counted = (&total["completion"]["done"], &total["on_schedule"]["done"]);
        let found =
            (serde_json::json!(point.completion.done), serde_json::json!(point.on_schedule.done));
        if counted != (&found.0, &found.1) {
            wrong.push(format!("trend {}: {found:?}, counted {counted:?}", point.period));
        }
    }
    if points.len() != stats.past.len() + 1 {
        wrong.push(format!("trend has {} points", points.len()));
    }
    wrong
}
