//! By leader (按领导): task-level; a task with several leaders counts for each, and 1/n of it is each one's share.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::model::{Exact, Task};

use super::{
    compute::{Counted as Counts, Judged},
    frame::{Counted, Line, Scope, Stand},
    limits::float,
    rows::LeaderRow,
    section::counted,
};

/// Key of the row of tasks without a leader; a leader has a name, so the empty key is free.
const NOBODY: &str = "";

/// Lines of each leader, and of leader × section.
///
/// A task without a leader stands under 未明确. A member of a collective gets a line beside, which only says so.
pub(super) fn leader_lines(period: u32, judged: &Judged<'_>, lines: &mut Vec<Line>) {
    let in_force = judged.plan.tasks.iter().zip(judged.tasks.iter().map(counted));
    let withdrawn = judged.withdrawn.iter().map(|t| (t, Counted::ADJUSTED));
    for (task, counted) in in_force.chain(withdrawn) {
        let leaders = leaders_of(judged, task);
        let names = leaders.len().max(1);
        let stand = if names == 1 { Stand::Sole } else { Stand::Shared };
        let line = |key: &str, stand: Stand, counted: Option<Counted>| Line {
            period,
            scope: Scope::Leader,
            key: key.to_owned(),
            section: String::new(),
            task: task.no,
            stand,
            counted,
            names: if counted.is_some() { u32::try_from(names).unwrap_or(u32::MAX) } else { 0 },
        };
        let keys = if leaders.is_empty() { vec![NOBODY] } else { leaders.clone() };
        for key in keys {
            let own = line(key, stand, Some(counted));
            let section = task.section.to_string();
            lines.push(Line { scope: Scope::LeaderSection, section, ..own.clone() });
            lines.push(own);
        }
        if counted.class == super::Class::Adjusted {
            continue;
        }
        for member in members_of(judged, &leaders) {
            lines.push(line(member, Stand::Collective, None));
        }
    }
}

/// Leader names of a task: those in office in the period, each once, in the task's order.
fn leaders_of<'a>(judged: &'a Judged<'_>, task: &'a Task) -> Vec<&'a str> {
    let mut leaders: Vec<&str> = Vec::new();
    for name in &task.leaders {
        let name = judged.plan.registry.leader_in_charge(name, judged.period);
        if !name.is_empty() && !leaders.contains(&name) {
            leaders.push(name);
        }
    }
    leaders
}

/// Members, in office in the period, of the collectives among `leaders` who do not lead the task by name.
fn members_of<'a>(judged: &'a Judged<'_>, leaders: &[&str]) -> Vec<&'a str> {
    let registry = &judged.plan.registry;
    let mut members: Vec<&str> = Vec::new();
    for collective in leaders.iter().filter_map(|l| registry.leader(l)).filter(|l| l.collective) {
        for member in &collective.members {
            let member = registry.leader_in_charge(member, judged.period);
            if !members.contains(&member) && !leaders.contains(&member) {
                members.push(member);
            }
        }
    }
    members
}

/// Rows by leader: persons in plan order, then collectives, then 未明确; with the total line.
///
/// Shape: one row per leader with a task, a withdrawn task, or a task of a collective it is a member of.
/// Counting (口径): rows may add up to more than the total; the shares add up to it exactly.
/// Source: docs/definitions.md, 按领导.
pub(super) fn leader_rows(judged: &Judged<'_>, counts: &Counts<'_>) -> (Vec<LeaderRow>, LeaderRow) {
    let mut shares = Exact::zero();
    let mut collective = 0;
    let mut rows: Vec<LeaderRow> = Vec::new();
    for key in order(judged, counts) {
        let counted = counts.of(Scope::Leader, &key, "");
        let share: Exact =
            counted.names.iter().map(|n| Exact::new(BigInt::one(), BigInt::from(*n))).sum();
        if judged.plan.registry.leader(&key).is_some_and(|l| l.collective) {
            collective += counted.stand(Stand::Sole) + counted.stand(Stand::Shared);
        }
        rows.push(LeaderRow {
            key: if key == NOBODY { super::NOBODY_NAME.to_owned() } else { key.clone() },
            name: if key == NOBODY { super::NOBODY_NAME.to_owned() } else { key.clone() },
            sole: counted.stand(Stand::Sole),
            shared: counted.stand(Stand::Shared),
            tasks: counted.rates.completion.due,
            collective: counted.stand(Stand::Collective),
            share: float(&share),
            rates: counted.rates,
        });
        shares += share;
    }
    let rates = counts.of(Scope::Total, "", "").rates;
    let with_others =
        judged.plan.tasks.iter().filter(|t| leaders_of(judged, t).len() > 1).count() as u64;
    let total = LeaderRow {
        key: super::TOTAL_KEY.to_owned(),
        name: super::TOTAL_NAME.to_owned(),
        sole: rates.completion.due - with_others,
        shared: with_others,
        tasks: rates.completion.due,
        collective,
        share: float(&shares),
        rates,
    };
    (rows, total)
}

/// Keys of the rows in order.
fn order(judged: &Judged<'_>, counts: &Counts<'_>) -> Vec<String> {
    let registry = &judged.plan.registry;
    let mut known: Vec<&str> = registry.leaders.iter().map(|l| l.name.as_str()).collect();
    for task in judged.plan.tasks.iter().chain(judged.withdrawn) {
        for name in leaders_of(judged, task) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }
    let is_collective = |name: &&str| registry.leader(name).is_some_and(|l| l.collective);
    let (collectives, persons): (Vec<&str>, Vec<&str>) = known.into_iter().partition(is_collective);
    let present: std::collections::BTreeSet<&str> =
        counts.keys(Scope::Leader).map(|(key, _, _)| key).collect();
    persons
        .into_iter()
        .chain(collectives)
        .chain([NOBODY])
        .filter(|key| present.contains(key))
        .map(str::to_owned)
        .collect()
}
