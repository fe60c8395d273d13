//! What a form prints of the time before (上期累计 and last texts).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Transaction;

use super::{
    Fact, Store,
    accepted::{said, within},
    load::{self, Detail, Which},
    merge,
    rows::{EntryRow, SubmissionRow},
    store::{Fault, Work},
};
use crate::{
    diag::Result,
    model::{
        Answer, Change, Field, ItemNo, Names, Period, Plan, Registry, Role, Task, TaskNo, UnitId,
        assignments_by, report_items_by,
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
        let earlier = |p: &Period| *p < period && within(*p, period, plan.year);
        self.read(|tx| {
            let periods: Vec<Period> =
                load::periods(tx)?.into_iter().rev().filter(earlier).collect();
            let confirmations = load::confirmations(tx, None)?;
            // Before anything was reported or confirmed, nothing is known of anybody.
            if periods.is_empty() && confirmations.is_empty() {
                return Ok(LastFacts::new());
            }
            let now = plan.in_force(period);
            let index = Names::new(&now.registry);
            let asked = asked(plan, &now, &index, period);
            let mut known = Known::default();
            let mut open: Option<BTreeSet<&UnitId>> = None;
            for p in periods {
                let of_period = match &open {
                    // The period before is read as a whole.
                    None => {
                        let submissions = load::submissions(tx, &Which::Period(p), None)?;
                        let detail =
                            if p == period.previous() { Detail::Said } else { Detail::Values };
                        (submissions, load::entries_in(tx, p, None, detail)?)
                    }
                    // Before that, only units whose figures have not been met with yet.
                    Some(open) => sent_by(tx, p, open, &index)?,
                };
                let values = said(&of_period.0, of_period.1, &index).map_err(Fault::Refused)?;
                known.learn(values, period.previous());
                let units = known.open(&asked);
                if units.is_empty() {
                    break;
                }
                open = Some(units);
            }
            // The office's last word on each task up to this period.
            let mut word: BTreeMap<TaskNo, bool> = BTreeMap::new();
            for c in confirmations.iter().filter(|c| within(c.period, period, plan.year)) {
                word.insert(c.task, c.confirmed);
            }
            Ok(last_facts(&asked, &known, &word))
        })
    }
}

/// Submissions of a period, with their values, of some units alone.
fn sent_by(
    tx: &Transaction,
    period: Period,
    units: &BTreeSet<&UnitId>,
    index: &Names<'_>,
) -> Work<(Vec<SubmissionRow>, Vec<EntryRow>)> {
    let (mut submissions, mut entries) = (Vec::new(), Vec::new());
    for (id, sender) in load::senders(tx, period)? {
        if sender.is_some_and(|u| units.contains(&merge::resolved_by(index, &u))) {
            submissions.extend(load::submissions(tx, &Which::One(id), None)?);
            entries.extend(load::values_of(tx, id)?);
        }
    }
    Ok((submissions, entries))
}

/// What one assignment's rows are to print.
struct Asked {
    unit: UnitId,
    task: TaskNo,
    items: Vec<ItemNo>,
    /// Itself first, then whoever it follows.
    speakers: Vec<UnitId>,
    /// How many of them speak for its texts: units that ended, not former owners of the task.
    writers: usize,
    /// It leads the task: figures are asked for.
    leads: bool,
}

/// Everything that is to be printed, in order of the assignments.
fn asked(plan: &Plan, now: &Plan, index: &Names<'_>, period: Period) -> Vec<Asked> {
    let tasks: BTreeMap<TaskNo, &Task> = now.tasks.iter().map(|t| (t.no, t)).collect();
    let ended = ended(&now.registry, index, period);
    let mut all = Vec::new();
    for assignment in assignments_by(now, index, period) {
        let Some(task) = tasks.get(&assignment.task) else { continue };
        let unit = assignment.unit;
        let leads = assignment.role == Role::Lead;
        let items: Vec<ItemNo> = if leads {
            report_items_by(task, &unit, index, period).iter().map(|i| i.item).collect()
        } else {
            vec![ItemNo::whole(task.no)]
        };
        let mut speakers = vec![unit.clone()];
        speakers.extend(ended.get(&unit).into_iter().flatten().map(|u| (*u).clone()));
        let writers = speakers.len();
        if leads {
            speakers.extend(former_owners(plan, index, task.no, &unit, period));
        }
        all.push(Asked { unit, task: task.no, items, speakers, writers, leads });
    }
    all
}

/// What was found so far, newest periods first.
#[derive(Default)]
struct Known {
    /// The newest value of each unit, item and field.
    newest: BTreeMap<UnitId, BTreeMap<(ItemNo, Field), Answer>>,
    /// Texts of the period before.
    texts: BTreeMap<UnitId, BTreeMap<TaskNo, BTreeMap<Field, String>>>,
}

impl Known {
    /// Adds the values of the next older period.
    fn learn(&mut self, values: Vec<Fact>, before: Period) {
        for fact in values {
            if fact.field.is_carried() {
                let of = self.newest.entry(fact.unit).or_default();
                of.entry((fact.item, fact.field)).or_insert(fact.answer);
            } else if fact.period == before {
                let of = self.texts.entry(fact.unit).or_default();
                let of = of.entry(fact.item.task).or_default();
                of.insert(fact.field, fact.answer.stored());
            }
        }
    }

    /// The units some of whose own figures have not been met with yet, and those they follow.
    fn open<'a>(&self, asked: &'a [Asked]) -> BTreeSet<&'a UnitId> {
        let met = |unit: &UnitId, item: ItemNo| {
            let field = if item.index > 0 { Field::Cumulative } else { Field::Progress };
            self.newest.get(unit).is_some_and(|of| of.contains_key(&(item, field)))
        };
        asked
            .iter()
            .filter(|a| a.leads && !a.items.iter().all(|item| met(&a.unit, *item)))
            .flat_map(|a| &a.speakers)
            .collect()
    }

    /// What stands in 上期累计: the figure, else 完成进度, else the status of a task without either.
    fn previous(&self, speakers: &[UnitId], item: ItemNo) -> Previous {
        let fields: &[Field] = if item.index > 0 {
            &[Field::Cumulative]
        } else {
            &[Field::Cumulative, Field::Progress, Field::Status]
        };
        for field in fields {
            let said = |unit: &UnitId| self.newest.get(unit)?.get(&(item, *field));
            match speakers.iter().find_map(said) {
                Some(Answer::Number(value)) => return Previous::Number(*value),
                Some(Answer::NotOut) => return Previous::NotOut,
                Some(Answer::Status(status)) => return Previous::Status(*status),
                Some(Answer::Text(_)) | None => {}
            }
        }
        Previous::None
    }
}

fn last_facts(asked: &[Asked], known: &Known, word: &BTreeMap<TaskNo, bool>) -> LastFacts {
    let mut last = LastFacts::new();
    for Asked { unit, task, items, speakers, writers, .. } in asked {
        let wrote = |unit: &UnitId| known.texts.get(unit)?.get(task);
        let texts = speakers[..*writers].iter().find_map(wrote).cloned().unwrap_or_default();
        for (n, item) in items.iter().enumerate() {
            let fact = LastFact {
                previous: known.previous(speakers, *item),
                texts: if n == 0 { texts.clone() } else { BTreeMap::new() },
                confirmed: word.get(task).copied().unwrap_or(false),
            };
            if fact != LastFact::default() {
                last.insert((unit.clone(), *item), fact);
            }
        }
    }
    last
}

/// Units that are no more, by the unit that answers for them now, in registry order.
fn ended<'a>(
    registry: &'a Registry,
    index: &Names<'a>,
    period: Period,
) -> BTreeMap<&'a UnitId, Vec<&'a UnitId>> {
    let mut ended: BTreeMap<&UnitId, Vec<&UnitId>> = BTreeMap::new();
    for unit in &registry.units {
        let heir = index.in_charge(&unit.id, period);
        if *heir != unit.id {
            ended.entry(heir).or_default().push(&unit.id);
        }
    }
    ended
}

/// Former lead units of a task whose place `unit` took: the k-th that came follows the k-th that went.
fn former_owners(
    plan: &Plan,
    index: &Names<'_>,
    task: TaskNo,
    unit: &UnitId,
    period: Period,
) -> Vec<UnitId> {
    let ids = |names: &[String]| -> Vec<UnitId> {
        names.iter().filter_map(|n| index.unit_named(n, period)).cloned().collect()
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
