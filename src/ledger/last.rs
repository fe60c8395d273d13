//! What a form prints of the time before (上期累计 and last texts).

use std::collections::BTreeMap;

use super::{
    Accepted, Store,
    accepted::within,
    load::{self, Which},
    merge,
    rows::ConfirmationRow,
};
use crate::{
    diag::Result,
    model::{
        Answer, Change, Field, ItemNo, Names, Period, Plan, Role, TaskNo, UnitId, assignments_by,
        report_items_by,
    },
    template::{LastFact, LastFacts, Previous},
};

impl Store {
    /// What is known before `period` of every item of the plan in force, by the unit that answers for it now.
    ///
    /// Figure, 完成进度 and status are the newest of any earlier period of the plan's year; texts are those of the
    /// period just before. A unit that follows another (succession, change of owner) sees its predecessor's
    /// figures where it has none of its own. `plan` is the whole plan with its amendments.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn last_facts(&self, period: Period, plan: &Plan) -> Result<LastFacts> {
        let now = plan.in_force(period);
        let (submissions, entries, confirmations) = self.read(|tx| {
            let (mut submissions, mut entries) = (Vec::new(), Vec::new());
            let earlier = |p: &Period| *p < period && within(*p, period, plan.year);
            for p in load::periods(tx)?.into_iter().filter(earlier) {
                submissions.extend(load::submissions(tx, &Which::Period(p), None)?);
                entries.extend(load::entries(tx, p, None)?);
            }
            Ok((submissions, entries, load::confirmations(tx, None)?))
        })?;
        let current = merge::current(&submissions, &entries, &now.registry)?;
        let accepted = super::accepted::accepted(&submissions, entries, &current, &now.registry);
        Ok(last_facts(&accepted, &confirmations, plan, &now, period))
    }
}

/// The newest value of each unit, item and field.
type Newest<'a> = BTreeMap<(&'a UnitId, ItemNo, Field), &'a Accepted>;

fn last_facts(
    accepted: &[Accepted],
    confirmations: &[ConfirmationRow],
    plan: &Plan,
    now: &Plan,
    period: Period,
) -> LastFacts {
    let mut newest: Newest = BTreeMap::new();
    for a in accepted {
        let kept = newest.entry((&a.fact.unit, a.fact.item, a.fact.field)).or_insert(a);
        if a.fact.period >= kept.fact.period {
            *kept = a;
        }
    }
    let texts = texts_of(accepted, period.previous());
    // The office's last word on each task up to this period.
    let mut word: BTreeMap<TaskNo, bool> = BTreeMap::new();
    for c in confirmations.iter().filter(|c| within(c.period, period, plan.year)) {
        word.insert(c.task, c.confirmed);
    }
    let mut last = LastFacts::new();
    let names = Names::new(&now.registry);
    let ended = ended(now, &names, period);
    for assignment in assignments_by(now, &names, period) {
        let Some(task) = now.task(assignment.task) else { continue };
        let unit = &assignment.unit;
        let items: Vec<ItemNo> = if assignment.role == Role::Lead {
            report_items_by(task, unit, &names, period).iter().map(|i| i.item).collect()
        } else {
            vec![ItemNo::whole(task.no)]
        };
        // Itself first, then whoever it follows.
        let mut speakers = vec![unit.clone()];
        speakers.extend(ended.get(unit).into_iter().flatten().map(|u| (*u).clone()));
        let wrote =
            speakers.iter().find_map(|u| texts.get(&(u, task.no))).cloned().unwrap_or_default();
        if assignment.role == Role::Lead {
            speakers.extend(former_owners(plan, &names, task.no, unit, period));
        }
        for (n, item) in items.iter().enumerate() {
            let fact = LastFact {
                previous: previous(&newest, &speakers, *item),
                texts: if n == 0 { wrote.clone() } else { BTreeMap::new() },
                confirmed: word.get(&task.no).copied().unwrap_or(false),
            };
            if fact != LastFact::default() {
                last.insert((unit.clone(), *item), fact);
            }
        }
    }
    last
}

/// Units that are no more, by the unit that answers for them now.
fn ended<'a>(
    now: &'a Plan,
    names: &Names<'a>,
    period: Period,
) -> BTreeMap<&'a UnitId, Vec<&'a UnitId>> {
    let mut ended: BTreeMap<&UnitId, Vec<&UnitId>> = BTreeMap::new();
    for unit in &now.registry.units {
        let heir = names.in_charge(&unit.id, period);
        if *heir != unit.id {
            ended.entry(heir).or_default().push(&unit.id);
        }
    }
    ended
}

/// Former lead units of a task whose place `unit` took: the k-th that came follows the k-th that went.
fn former_owners(
    plan: &Plan,
    registry: &Names<'_>,
    task: TaskNo,
    unit: &UnitId,
    period: Period,
) -> Vec<UnitId> {
    let ids = |names: &[String]| -> Vec<UnitId> {
        names.iter().filter_map(|n| registry.unit_named(n, period)).cloned().collect()
    };
    let Some(first) = plan.task(task) else { return Vec::new() };
    let mut changes: Vec<_> = plan
        .amendments
        .iter()
        .filter(|a| a.effective.has_begun_by(period))
        .filter_map(|a| match &a.change {
            Change::LeadUnits(no, names) if *no == task => Some((a.effective, names.as_slice())),
            _ => None,
        })
        .collect();
    changes.sort_by_key(|(effective, _)| *effective);
    let mut states: Vec<Vec<UnitId>> = vec![ids(&first.lead_units)];
    states.extend(changes.iter().map(|(_, names)| ids(names)));
    let mut heir = unit.clone();
    let mut found = Vec::new();
    for pair in states.windows(2).rev() {
        let [before, after] = pair else { continue };
        let gone = before.iter().filter(|u| !after.contains(u));
        let came = after.iter().filter(|u| !before.contains(u));
        if let Some((_, old)) = came.zip(gone).find(|(new, _)| **new == heir) {
            found.push(old.clone());
            heir = old.clone();
        }
    }
    found
}

/// What stands in 上期累计: the figure, else 完成进度, else the status of a task without either.
fn previous(newest: &Newest, speakers: &[UnitId], item: ItemNo) -> Previous {
    let fields: &[Field] = if item.index > 0 {
        &[Field::Cumulative]
    } else {
        &[Field::Cumulative, Field::Progress, Field::Status]
    };
    for field in fields {
        let said = speakers.iter().find_map(|unit| newest.get(&(unit, item, *field)));
        match said.map(|a| &a.fact.answer) {
            Some(Answer::Number(value)) => return Previous::Number(*value),
            Some(Answer::NotOut) => return Previous::NotOut,
            Some(Answer::Status(status)) => return Previous::Status(*status),
            Some(Answer::Text(_)) | None => {}
        }
    }
    Previous::None
}

/// Texts of one period, by unit and task.
type Texts<'a> = BTreeMap<(&'a UnitId, TaskNo), BTreeMap<Field, String>>;

fn texts_of(accepted: &[Accepted], period: Period) -> Texts<'_> {
    let mut texts = Texts::new();
    for fact in accepted.iter().map(|a| &a.fact).filter(|f| f.period == period) {
        if !fact.field.is_carried() {
            let of = texts.entry((&fact.unit, fact.item.task)).or_default();
            of.insert(fact.field, fact.answer.stored());
        }
    }
    texts
}
