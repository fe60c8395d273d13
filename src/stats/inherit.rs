//! Whose facts a lead unit takes over (承接): by succession of units, or because the task changed owners.

use std::collections::BTreeMap;

use crate::model::{Amendment, Change, Names, Period, Plan, Task, TaskNo, UnitId};

use super::carry::moment;

/// A unit whose facts stand in for those of the unit in charge, cell by cell, until that one reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Predecessor {
    /// The unit that reported.
    pub(super) unit: UnitId,
    /// Facts up to this moment count: after an owner changed, what the old one says counts no more.
    pub(super) up_to: i64,
    /// Whether status and 完成进度 pass over too, or only the figures of indicators that moved.
    pub(super) whole: bool,
}

/// Who preceded whom, for one plan in one period.
#[derive(Debug)]
pub(super) struct Inheritance<'a> {
    /// Units that are no more, by the unit now in charge, in registry order.
    ended: BTreeMap<&'a UnitId, Vec<&'a UnitId>>,
    /// Changes of lead units in force, by task, earliest first.
    changes: BTreeMap<TaskNo, Vec<(Period, &'a [String])>>,
    names: &'a Names<'a>,
    first: &'a Plan,
    period: Period,
}

impl<'a> Inheritance<'a> {
    /// `first` is the whole plan as entered, `now` the plan in force in `period`.
    pub(super) fn new(
        first: &'a Plan,
        now: &'a Plan,
        names: &'a Names<'a>,
        period: Period,
    ) -> Self {
        let mut ended: BTreeMap<&UnitId, Vec<&UnitId>> = BTreeMap::new();
        for unit in &now.registry.units {
            let heir = names.in_charge(&unit.id, period);
            if *heir != unit.id {
                ended.entry(heir).or_default().push(&unit.id);
            }
        }
        let mut amendments: Vec<&Amendment> =
            first.amendments.iter().filter(|a| a.effective.has_begun_by(period)).collect();
        amendments.sort_by_key(|a| a.effective);
        let mut changes: BTreeMap<TaskNo, Vec<(Period, &[String])>> = BTreeMap::new();
        for amendment in amendments {
            if let Change::LeadUnits(no, names) = &amendment.change {
                changes.entry(*no).or_default().push((amendment.effective, names));
            }
        }
        Self { ended, changes, names, first, period }
    }

    /// The predecessors of `unit` in `task`, nearest first.
    ///
    /// A unit that came new takes over wholly from the unit whose place it took (the k-th that came from the k-th
    /// that went); of the others that went, figures alone, because an indicator may have moved with the change.
    pub(super) fn of(&self, task: &Task, unit: &UnitId) -> Vec<Predecessor> {
        let mut all: Vec<Predecessor> = Vec::new();
        self.add_ended(&mut all, unit, i64::MAX, true);
        let Some(changes) = self.changes.get(&task.no) else { return all };
        let Some(entered) = self.first.task(task.no) else { return all };
        // Walk back through the changes: whoever is an heir so far looks for whom it followed.
        let mut heirs: Vec<(UnitId, bool)> = vec![(unit.clone(), true)];
        for at in (0..changes.len()).rev() {
            let (effective, after) = changes[at];
            let before = if at == 0 { entered.lead_units.as_slice() } else { changes[at - 1].1 };
            let (before, after) = (self.units(before), self.units(after));
            let gone: Vec<&UnitId> = before.iter().filter(|u| !after.contains(u)).collect();
            let came: Vec<&UnitId> = after.iter().filter(|u| !before.contains(u)).collect();
            let up_to = moment(effective.previous());
            let mut found: Vec<(UnitId, bool)> = Vec::new();
            for (heir, whole) in &heirs {
                let place = came.iter().position(|u| *u == heir);
                if place.is_none() && !after.contains(heir) {
                    continue;
                }
                let paired = place.and_then(|k| gone.get(k).copied());
                let others = gone.iter().copied().filter(|u| Some(*u) != paired);
                for (old, full) in
                    paired.map(|u| (u, *whole)).into_iter().chain(others.map(|u| (u, false)))
                {
                    add(&mut all, old, up_to, full);
                    self.add_ended(&mut all, old, up_to, full);
                    if !found.iter().any(|(u, _)| u == old) {
                        found.push((old.clone(), full));
                    }
                }
            }
            heirs.extend(found);
        }
        all.retain(|p| p.unit != *unit);
        all
    }

    /// Units of a list of names, today's.
    fn units(&self, names: &[String]) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = Vec::new();
        for name in names {
            if let Some(unit) = self.names.unit_named(name, self.period)
                && !units.contains(unit)
            {
                units.push(unit.clone());
            }
        }
        units
    }

    fn add_ended(&self, all: &mut Vec<Predecessor>, heir: &UnitId, up_to: i64, whole: bool) {
        for unit in self.ended.get(heir).into_iter().flatten() {
            add(all, unit, up_to, whole);
        }
    }
}

/// Adds a predecessor once; the nearest relation stands.
fn add(all: &mut Vec<Predecessor>, unit: &UnitId, up_to: i64, whole: bool) {
    if !all.iter().any(|p| p.unit == *unit) {
        all.push(Predecessor { unit: unit.clone(), up_to, whole });
    }
}
