//! Many offices together (汇总): a row per office with the shape of a statistics row, rates from counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Period, Rate};

use super::{
    period::PeriodStats,
    rows::{ClassCounts, LightCounts, Rates, UnitReturns},
};

/// What a mean is made of, so that means of many offices are recomputed and never averaged.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Sum of the progress of tasks that have one, in percent, 未报 as zero.
    pub progress: f64,
    /// How many tasks those are.
    pub counted: u64,
    /// The same over tasks with any fact.
    pub progress_reported: f64,
    /// How many those are.
    pub counted_reported: u64,
}

/// The rates of the period before, for changes.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct LastRates {
    /// 完成率.
    pub completion: Rate,
    /// 达序时率.
    pub on_schedule: Rate,
}

/// The rates of an earlier period, for the trend (历月).
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct PastRates {
    /// The period.
    pub period: Period,
    /// 完成率.
    pub completion: Rate,
    /// 达序时率.
    pub on_schedule: Rate,
}

/// An office, or offices together (汇总的一行).
///
/// Only counts and the office's name: no unit, no task, no person leaves an office by it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RollupRow {
    /// Where it came from: the folder or file as named.
    pub key: String,
    /// Name of the office, or of the offices together.
    pub name: String,
    /// Identity of the office: the id of its key, as every form of it bears; empty for offices together.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub office_id: String,
    /// Some of the data are simulated (模拟数据).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simulated: bool,
    /// Offices in it.
    pub offices: u64,
    /// Units with a part in a task or a return owed.
    pub units: u64,
    /// Tasks in force.
    pub tasks: u64,
    /// Rates.
    #[serde(flatten)]
    pub rates: Rates,
    /// Returns: obligations due, received, on time.
    pub returns: UnitReturns,
    /// What its means are made of.
    pub sums: Sums,
    /// The period before; none where there was none.
    pub last: Option<LastRates>,
    /// Earlier periods of the year that every office in it has, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<PastRates>,
    /// The offices it was put together from, if they are told apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RollupRow>,
}

/// A roll-up (多家办公室汇总): what `rollup --json` prints, and what a higher level takes in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rollup {
    /// The period.
    pub period: Period,
    /// One per source, in the order in which they were named.
    pub rows: Vec<RollupRow>,
    /// All together.
    pub total: RollupRow,
    /// How it is counted.
    #[serde(default)]
    pub rule: String,
}

impl RollupRow {
    /// The row of one office from its statistics.
    #[must_use]
    pub fn of(key: &str, name: &str, stats: &PeriodStats) -> Self {
        let now = &stats.now;
        let mut sums = Sums::default();
        for (task, progress) in now.tasks.iter().filter_map(|t| Some((t, t.progress?))) {
            sums.progress += progress;
            sums.counted += 1;
            if task.reported() {
                sums.progress_reported += progress;
                sums.counted_reported += 1;
            }
        }
        Self {
            key: key.to_owned(),
            name: name.to_owned(),
            office_id: String::new(),
            simulated: false,
            offices: 1,
            units: now.units.len() as u64,
            tasks: now.tasks.len() as u64,
            rates: now.total.clone(),
            returns: now.unit_total.returns,
            sums,
            last: stats.past.last().map(|last| LastRates {
                completion: without_change(last.total.completion),
                on_schedule: without_change(last.total.on_schedule),
            }),
            past: stats
                .past
                .iter()
                .filter(|past| past.period.year() == now.period.year())
                .map(|past| PastRates {
                    period: past.period,
                    completion: without_change(past.total.completion),
                    on_schedule: without_change(past.total.on_schedule),
                })
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Offices together: counts are added up, rates and means recomputed from them.
    ///
    /// Counting (口径): a change is told only where every row has a period before.
    #[must_use]
    pub fn together(key: &str, name: &str, rows: Vec<Self>) -> Self {
        let mut all = Self { key: key.to_owned(), name: name.to_owned(), ..Self::default() };
        let mut last = (!rows.is_empty()).then(LastRates::default);
        for row in &rows {
            all.simulated |= row.simulated;
            add(&mut all.offices, row.offices);
            add(&mut all.units, row.units);
            add(&mut all.tasks, row.tasks);
            let (into, of) = (&mut all.rates, &row.rates);
            into.completion = sum(into.completion, of.completion);
            into.on_schedule = sum(into.on_schedule, of.on_schedule);
            add(&mut into.mean_excluded, of.mean_excluded);
            add(&mut into.incomplete, of.incomplete);
            add(&mut into.stale, of.stale);
            add(&mut into.confirmed, of.confirmed);
            into.lights = lights(into.lights, of.lights);
            into.classes = classes(into.classes, of.classes);
            add(&mut all.returns.obligations, row.returns.obligations);
            add(&mut all.returns.received, row.returns.received);
            add(&mut all.returns.on_time, row.returns.on_time);
            all.sums.progress += row.sums.progress;
            all.sums.progress_reported += row.sums.progress_reported;
            add(&mut all.sums.counted, row.sums.counted);
            add(&mut all.sums.counted_reported, row.sums.counted_reported);
            last = last.zip(row.last).map(|(all, of)| LastRates {
                completion: sum(all.completion, of.completion),
                on_schedule: sum(all.on_schedule, of.on_schedule),
            });
        }
        all.past = past_of(&rows);
        let rates = &mut all.rates;
        rates.mean_progress = mean(all.sums.progress, all.sums.counted);
        rates.mean_progress_reported = mean(all.sums.progress_reported, all.sums.counted_reported);
        rates.completion = rates.completion.against(last.map(|l| l.completion));
        rates.on_schedule = rates.on_schedule.against(last.map(|l| l.on_schedule));
        all.last = last;
        all.rows = rows;
        all
    }

    /// Returns received of those owed (报送率).
    #[must_use]
    pub fn returned(&self) -> Rate {
        Rate::new(self.returns.received, self.returns.obligations)
    }

    /// Returns on time of those owed (及时率).
    #[must_use]
    pub fn on_time(&self) -> Rate {
        Rate::new(self.returns.on_time, self.returns.obligations)
    }

    /// Whether its counts agree with each other, as those of every roll-up do.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let (l, c, due) = (self.rates.lights, self.rates.classes, self.rates.completion.due);
        let added = |of: &[u64]| of.iter().try_fold(0u64, |sum, n| sum.checked_add(*n));
        let lights = added(&[l.done, l.green, l.yellow, l.red, l.none]);
        let classes =
            added(&[c.done, c.ahead, c.on_track, c.behind, c.overdue, c.not_started, c.unreported]);
        let within = |rate: Rate| rate.done <= rate.due && rate.due == due;
        due == self.tasks
            && lights == Some(due)
            && classes == Some(due)
            && within(self.rates.completion)
            && within(self.rates.on_schedule)
            && self.returns.received <= self.returns.obligations
            && self.returns.on_time <= self.returns.received
            && self.sums.counted_reported <= self.sums.counted
            && self.sums.counted <= due
            && [self.sums.progress, self.sums.progress_reported].iter().all(|s| s.is_finite())
            && self.past.iter().all(|p| {
                p.completion.done <= p.completion.due && p.on_schedule.done <= p.on_schedule.due
            })
            && self.rows.iter().all(Self::is_sound)
    }

    /// An office that is counted twice: both rows, each with the same identity and name.
    ///
    /// The name is part of it, because a folder that was copied to begin another office has the same key.
    #[must_use]
    pub fn counted_twice(rows: &[Self]) -> Option<(&Self, &Self)> {
        let mut seen: BTreeMap<(&str, &str), &Self> = BTreeMap::new();
        let mut waiting: Vec<&Self> = rows.iter().rev().collect();
        while let Some(row) = waiting.pop() {
            waiting.extend(row.rows.iter().rev());
            if row.office_id.is_empty() {
                continue;
            }
            if let Some(first) = seen.insert((&row.office_id, &row.name), row) {
                return Some((first, row));
            }
        }
        None
    }
}

/// Earlier periods that every row has, added up.
fn past_of(rows: &[RollupRow]) -> Vec<PastRates> {
    let Some((first, others)) = rows.split_first() else { return Vec::new() };
    let of = |row: &RollupRow, period| row.past.iter().find(|p| p.period == period).copied();
    let together = |all: PastRates, row: &RollupRow| {
        of(row, all.period).map(|past| PastRates {
            period: all.period,
            completion: sum(all.completion, past.completion),
            on_schedule: sum(all.on_schedule, past.on_schedule),
        })
    };
    first.past.iter().filter_map(|past| others.iter().try_fold(*past, together)).collect()
}

fn add(into: &mut u64, of: u64) {
    *into = into.saturating_add(of);
}

fn without_change(rate: Rate) -> Rate {
    Rate { change: None, ..rate }
}

fn sum(a: Rate, b: Rate) -> Rate {
    Rate::new(a.done.saturating_add(b.done), a.due.saturating_add(b.due))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn mean(sum: f64, count: u64) -> Option<f64> {
    (count > 0).then(|| sum / count as f64)
}

fn lights(mut a: LightCounts, b: LightCounts) -> LightCounts {
    add(&mut a.done, b.done);
    add(&mut a.green, b.green);
    add(&mut a.yellow, b.yellow);
    add(&mut a.red, b.red);
    add(&mut a.none, b.none);
    a
}

fn classes(mut a: ClassCounts, b: ClassCounts) -> ClassCounts {
    add(&mut a.done, b.done);
    add(&mut a.ahead, b.ahead);
    add(&mut a.on_track, b.on_track);
    add(&mut a.behind, b.behind);
    add(&mut a.overdue, b.overdue);
    add(&mut a.not_started, b.not_started);
    add(&mut a.unreported, b.unreported);
    add(&mut a.adjusted, b.adjusted);
    a
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An office whose counts agree: how many tasks are in each class, the progress of some of them.
    fn office() -> impl Strategy<Value = RollupRow> {
        let counts = prop::array::uniform7(0..50u64);
        let last = prop::option::of((0..20u64, 20..40u64));
        (counts, prop::collection::vec(0..=100u32, 0..9), 0..30u64, last).prop_map(
            |(
                [done, ahead, on_track, behind, overdue, not_started, unreported],
                progress,
                owed,
                last,
            )| {
                let tasks = done + ahead + on_track + behind + overdue + not_started + unreported;
                let progress: Vec<f64> = progress
                    .into_iter()
                    .take(usize::try_from(tasks).expect("few"))
                    .map(f64::from)
                    .collect();
                let mut row = RollupRow { offices: 1, tasks, ..RollupRow::default() };
                row.rates.completion = Rate::new(done, tasks);
                row.rates.on_schedule = Rate::new(done + ahead + on_track, tasks);
                row.rates.classes = ClassCounts {
                    done,
                    ahead,
                    on_track,
                    behind,
                    overdue,
                    not_started,
                    unreported,
                    adjusted: 1,
                };
                row.rates.lights = LightCounts {
                    done,
                    green: tasks - done - unreported,
                    none: unreported,
                    ..LightCounts::default()
                };
                row.returns =
                    UnitReturns { obligations: owed, received: owed / 2, on_time: owed / 3 };
                row.sums.progress = progress.iter().sum();
                row.sums.counted = progress.len() as u64;
                row.rates.mean_progress = mean(row.sums.progress, row.sums.counted);
                row.last = last.map(|(done, due)| LastRates {
                    completion: Rate::new(done, due),
                    on_schedule: Rate::new(due, due),
                });
                row.past = last
                    .map(|(done, due)| PastRates {
                        period: "2024-02".parse().expect("a period"),
                        completion: Rate::new(done, due),
                        on_schedule: Rate::new(due, due),
                    })
                    .into_iter()
                    .collect();
                row
            },
        )
    }

    proptest! {
        /// District → province and district → city → province give the same, through JSON, too.
        #[test]
        fn levels_change_nothing(offices in prop::collection::vec(office(), 1..8), at in 0..8usize) {
            let (one, two) = offices.split_at(at.min(offices.len()));
            let flat = RollupRow::together("", "", offices.clone());
            let cities: Vec<RollupRow> = [one, two]
                .into_iter()
                .filter(|of| !of.is_empty())
                .map(|of| {
                    let city = RollupRow::together("", "", of.to_vec());
                    let text = serde_json::to_string(&city).expect("JSON");
                    serde_json::from_str(&text).expect("read back")
                })
                .collect();
            let mut nested = RollupRow::together("", "", cities);
            prop_assert!(flat.is_sound() && nested.is_sound());
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            prop_assert!(near(nested.rates.mean_progress, flat.rates.mean_progress));
            nested.rates.mean_progress = flat.rates.mean_progress;
            nested.sums.progress = flat.sums.progress;
            nested.rows.clone_from(&flat.rows);
            prop_assert_eq!(&nested, &flat);
            // Rates are from counts: the done of all over the due of all.
            let done: u64 = offices.iter().map(|o| o.rates.completion.done).sum();
            let due: u64 = offices.iter().map(|o| o.tasks).sum();
            prop_assert_eq!((flat.rates.completion.done, flat.rates.completion.due), (done, due));
        }

        /// Whatever level an office stands at, the second row of it is seen; another name is another office.
        #[test]
        fn an_office_counted_twice_is_seen(
            offices in prop::collection::vec(office(), 2..6),
            at in 0..6usize,
            deep in any::<bool>(),
        ) {
            let mut offices = offices;
            for (n, office) in offices.iter_mut().enumerate() {
                office.office_id = "one key".to_owned();
                office.name = format!("office {n}");
            }
            prop_assert!(RollupRow::counted_twice(&offices).is_none());
            let again = offices[at % offices.len()].clone();
            offices.push(if deep { RollupRow::together("", "city", vec![again]) } else { again });
            let (first, second) = RollupRow::counted_twice(&offices).expect("twice");
            prop_assert_eq!(&first.name, &second.name);
            prop_assert_eq!(&first.name, &format!("office {}", at % (offices.len() - 1)));
        }

        #[test]
        fn counts_that_disagree_are_noticed(office in office(), more in 1..9u64) {
            prop_assert!(office.is_sound());
            let mut odd = office.clone();
            odd.rates.classes.behind += more;
            prop_assert!(!odd.is_sound());
            let mut odd = office.clone();
            odd.returns.received = odd.returns.obligations + more;
            prop_assert!(!odd.is_sound());
            prop_assert!(!RollupRow::together("", "", vec![office, odd]).is_sound());
        }
    }
}
