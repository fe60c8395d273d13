//! A unit's part of a task (牵头单位的一份): its items judged, its progress, whether it is complete.

use jiff::civil::Date;
use num_bigint::BigInt;
use num_traits::Zero;
use rust_decimal::Decimal;

use crate::{
    ledger::{Confirmation, Fact},
    model::{
        Answer, Exact, Field, Indicator, ItemNo, Names, Period, ReportItem, Status, Task, TaskNo,
        UnitId, exact, report_items_by,
    },
    plan::{due_now, schedule_share},
    settings::Settings,
};

use super::{
    carry::{Carried, moment},
    class::{Finding, Gap, classify, worst_light},
    inherit::{Inheritance, Predecessor},
    judge::{self, Measured},
    limits::{Limits, Scale, float, percent},
    rows::{ItemStat, PartStat},
};

/// Everything a period's judgement rests on.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The names of the registry in force in the period.
    pub(super) names: &'a Names<'a>,
    pub(super) period: Period,
    pub(super) cut_off: Date,
    pub(super) settings: &'a Settings,
    pub(super) limits: &'a Limits,
    pub(super) carried: &'a Carried<'a>,
    pub(super) inheritance: &'a Inheritance<'a>,
    /// The newest word of the office on each task up to the period.
    pub(super) confirmations: &'a std::collections::BTreeMap<TaskNo, &'a Confirmation>,
}

/// A part with its exact figures.
#[derive(Clone, Debug)]
pub(super) struct JudgedPart {
    pub(super) stat: PartStat,
    pub(super) progress: Option<Exact>,
    /// Gap of each item that has one.
    pub(super) gaps: Vec<Gap>,
    /// Some fact it rests on is carried from an earlier period.
    pub(super) stale: bool,
}

/// What is known of one field.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    newest: Option<&'a Fact>,
    figure: Option<&'a Fact>,
}

impl Known<'_> {
    fn number(&self) -> Option<Decimal> {
        match self.figure?.answer {
            Answer::Number(value) => Some(value),
            _ => None,
        }
    }

    fn not_out(&self) -> bool {
        self.newest.is_some_and(|f| f.answer == Answer::NotOut)
    }
}

/// Judges the part of `unit` in `task`.
///
/// Progress: mean of P capped to 0–100 over the due items on the schedule, one not reported counting 0; none where
/// there is no such item. Complete: status done, every due figure reported and met, not rejected since.
/// Source: docs/definitions.md, 单位的一份.
pub(super) fn judge_part(task: &Task, unit: &UnitId, context: &Context<'_>) -> JudgedPart {
    let facts = PartFacts::new(task, unit, context);
    let status_fact = facts.status();
    let status = status_fact.and_then(|f| match f.answer {
        Answer::Status(status) => Some(status),
        _ => None,
    });
    let mut items = Vec::new();
    let mut gaps = Vec::new();
    let mut on_schedule: Vec<Exact> = Vec::new();
    let mut figures_met = true;
    let mut missing = false;
    let mut used: Vec<&Fact> = status_fact.into_iter().collect();
    for ReportItem { item, indicator, .. } in
        report_items_by(task, unit, context.names, context.period)
    {
        let judged = judge_item(item, indicator, task, status, &facts, context);
        used.extend(judged.known.newest);
        used.extend(judged.known.figure);
        if judged.stat.due && judged.scale == Scale::OnSchedule {
            on_schedule.push(judged.progress.as_ref().map_or_else(Exact::zero, judge::capped));
        }
        if judged.stat.due && indicator.is_some() {
            figures_met &= judged.stat.met == Some(true);
        }
        let unanswered = judged.stat.due && judged.progress.is_none();
        missing |= unanswered || judged.known.not_out();
        gaps.extend(judged.gap);
        items.push(judged.stat);
    }
    let reported = facts.any();
    let progress = mean(&on_schedule);
    let complete = status == Some(Status::Done)
        && figures_met
        && !is_rejected(context.confirmations.get(&task.no).copied(), status_fact);
    // A lead unit may owe no figure yet and still have reported nothing.
    let incomplete = missing || !reported;
    let stale = used.iter().any(|f| f.period.last_day() < context.period.last_day());
    let finding = Finding {
        complete,
        reported,
        overdue: context.cut_off > task.due,
        says_not_started: reported && status == Some(Status::NotStarted),
        progress: progress.as_ref(),
        gaps: &gaps,
        incomplete,
    };
    let class = classify(&finding, context.limits);
    let light = worst_light(class, &gaps);
    let inherited_from = used.iter().map(|f| &f.unit).find(|u| *u != unit).cloned();
    let stat = PartStat {
        unit: unit.clone(),
        reported,
        complete,
        progress: progress.as_ref().map(float),
        items,
        status,
        incomplete,
        inherited_from,
        class,
        light,
        gap: gaps.iter().map(|gap| &gap.points).min().map(float),
    };
    JudgedPart { stat, progress, gaps, stale }
}

/// Mean of exact values; none of none.
pub(super) fn mean(values: &[Exact]) -> Option<Exact> {
    (!values.is_empty())
        .then(|| values.iter().sum::<Exact>() / Exact::from_integer(BigInt::from(values.len())))
}

/// Whether a rejected confirmation still stands against a claim: the claim is neither for a later period nor
/// received after the rejection.
fn is_rejected(word: Option<&Confirmation>, claim: Option<&Fact>) -> bool {
    let Some(word) = word.filter(|w| w.rejected) else { return false };
    !claim.is_some_and(|f| f.period > word.period || f.received_at > word.at)
}

/// One item, judged.
struct JudgedItem<'a> {
    stat: ItemStat,
    progress: Option<Exact>,
    gap: Option<Gap>,
    scale: Scale,
    known: Known<'a>,
}

fn judge_item<'a>(
    item: ItemNo,
    indicator: Option<&Indicator>,
    task: &Task,
    status: Option<Status>,
    facts: &PartFacts<'a>,
    context: &Context<'_>,
) -> JudgedItem<'a> {
    let limits = context.limits;
    let scale = Scale::of(indicator);
    let t = schedule_share(indicator, task, context.period, context.settings) * percent(100);
    let known =
        facts.known(item, if indicator.is_some() { Field::Cumulative } else { Field::Progress });
    let number = known.number();
    let mut by_status = false;
    let (progress, met, full_gap) = match indicator {
        Some(indicator) => match number.map(exact) {
            Some(a) => (
                Some(judge::progress(indicator, &a, limits)),
                Some(judge::is_met(indicator, &a, limits)),
                Some(judge::gap(indicator, &a, &t, limits)),
            ),
            None => (None, None, None),
        },
        None => match judge::qualitative(number, status, &t) {
            Some((p, set)) => {
                by_status = set;
                let gap = &p - &t;
                (Some(p), None, Some(gap))
            }
            None => (None, None, None),
        },
    };
    // 未出数 without an earlier figure: answered, and not yet due.
    let due = due_now(indicator, context.period) && !(known.not_out() && progress.is_none());
    let gap = full_gap.filter(|_| due).zip(progress.as_ref()).map(|(points, progress)| {
        let met = met == Some(true);
        let measured = Measured { gap: &points, progress, t: &t, scale, met };
        let light = judge::light(measured, limits);
        Gap { points, scale, light }
    });
    let carried_from = known
        .figure
        .or(known.newest)
        .filter(|f| f.period.last_day() < context.period.last_day())
        .map(|f| f.period.to_string());
    let stat = ItemStat {
        item,
        value: number.map(|n| float(&exact(n))),
        progress: progress.as_ref().map(float),
        gap: gap.as_ref().map(|gap| float(&gap.points)),
        answer: known.newest.map(|f| f.answer.clone()),
        due,
        met,
        on_schedule: scale == Scale::OnSchedule,
        light: gap.as_ref().map(|gap| gap.light),
        stale: carried_from,
        by_status,
        schedule: float(&t),
    };
    JudgedItem { stat, progress, gap, scale, known }
}

/// The facts of a unit's part, its own and those it took over.
struct PartFacts<'a> {
    carried: &'a Carried<'a>,
    task: TaskNo,
    unit: UnitId,
    at: i64,
    last_day: Date,
    predecessors: Vec<Predecessor>,
}

impl<'a> PartFacts<'a> {
    fn new(task: &Task, unit: &UnitId, context: &Context<'a>) -> Self {
        Self {
            carried: context.carried,
            task: task.no,
            unit: unit.clone(),
            at: moment(context.period),
            last_day: context.period.last_day(),
            predecessors: context.inheritance.of(task, unit),
        }
    }

    /// The newest fact among the unit's own and its predecessors'; its own if both are of one period.
    fn pick(
        &self,
        whole_only: bool,
        find: impl Fn(&UnitId, i64) -> Option<&'a Fact>,
    ) -> Option<&'a Fact> {
        let mut best = find(&self.unit, self.at);
        for p in self.predecessors.iter().filter(|p| p.whole || !whole_only) {
            let found = find(&p.unit, self.at.min(p.up_to));
            if let Some(found) = found
                && best.is_none_or(|b| moment(b.period) < moment(found.period))
            {
                best = Some(found);
            }
        }
        best
    }

    fn known(&self, item: ItemNo, field: Field) -> Known<'a> {
        let whole_only = field != Field::Cumulative;
        Known {
            newest: self.pick(whole_only, |u, at| self.carried.newest(u, item, field, at)),
            figure: self.pick(whole_only, |u, at| self.carried.figure(u, item, field, at)),
        }
    }

    fn status(&self) -> Option<&'a Fact> {
        self.pick(true, |u, at| self.carried.status(u, self.task, at))
    }

    fn any(&self) -> bool {
        let has = |unit: &UnitId, at| self.carried.any(unit, self.task, at, self.last_day);
        has(&self.unit, self.at)
            || self.predecessors.iter().any(|p| p.whole && has(&p.unit, self.at.min(p.up_to)))
    }
}
