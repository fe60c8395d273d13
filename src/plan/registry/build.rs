//! Builds the registry of an imported plan.

use std::collections::BTreeMap;

use super::{alias, category, group, short};
use crate::{
    diag::Diagnostic,
    model::{Group, Leader, Plan, Registry, Unit, UnitId, normalise_name},
    plan::{check, review::review},
};

/// Fills `plan.registry` from the names its tasks use: units and groups in the order in which they first occur,
/// leaders in plan order, categories and short names by rule, alias candidates not adopted.
///
/// A registry that is there already is replaced. Gives the findings of [`crate::plan::check`]: groups without
/// members, probable aliases, names that look broken. They are appended to `plan.doubts`, where every doubt
/// without a target then gets the cell of plan.xlsx to look at: call it last, with the importer's doubts in place.
pub fn build(plan: &mut Plan) -> Vec<Diagnostic> {
    let mut names = Registry::default();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for task in &plan.tasks {
        for name in task.lead_units.iter().chain(&task.responsible) {
            let id = normalise_name(name);
            let count = uses.entry(id.clone()).or_insert(0);
            *count += 1;
            if *count > 1 || id.is_empty() {
                continue;
            }
            if group::is_group(&id) {
                names.groups.push(Group { name: id, members: Vec::new() });
            } else {
                names.units.push(unit(&id));
            }
        }
        for name in &task.leaders {
            let name = normalise_name(name);
            if !name.is_empty() && names.leader(&name).is_none() {
                let collective = group::is_collective(&name);
                names.leaders.push(Leader {
                    name,
                    post: String::new(),
                    from: None,
                    until: None,
                    successor: None,
                    collective,
                    members: Vec::new(),
                });
            }
        }
    }
    short::assign(&mut names.units);
    names.aliases = alias::candidates(&names.units, &uses);
    plan.registry = names;
    let findings = check(plan);
    review(plan, &findings);
    findings
}

/// A unit of that name with its proposed category; short names are given to all units together.
pub(in crate::plan) fn unit(name: &str) -> Unit {
    Unit {
        id: UnitId(normalise_name(name)),
        name: name.to_owned(),
        short: String::new(),
        category: category::propose(name).to_owned(),
        from: None,
        until: None,
        successor: None,
    }
}
