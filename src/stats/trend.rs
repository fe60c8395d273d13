//! Trends (趋势): the headline figures of every period, of the total and of each leader, unit and section.

use serde::Serialize;

use super::{
    period::{By, PeriodRows},
    rows::{ClassCounts, LightCounts, Rates},
};
use crate::model::{Period, Rate};

/// The history of one key.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Trend {
    /// By what; none for the total line.
    pub by: Option<By>,
    /// Key of the row; empty for the total line.
    pub key: String,
    /// One point per period in which the row exists, oldest first.
    pub points: Vec<TrendPoint>,
}

/// The headline figures of one period.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TrendPoint {
    /// The period.
    pub period: Period,
    /// 序时进度 of the year in percent.
    pub schedule: f64,
    /// Completion rate.
    pub completion: Rate,
    /// On-schedule rate.
    pub on_schedule: Rate,
    /// Mean progress in percent.
    pub mean_progress: Option<f64>,
    /// Mean progress of those that reported.
    pub mean_progress_reported: Option<f64>,
    /// Lights.
    pub lights: LightCounts,
    /// Classes.
    pub classes: ClassCounts,
}

fn point(of: &PeriodRows, rates: &Rates) -> TrendPoint {
    TrendPoint {
        period: of.period,
        schedule: of.schedule,
        completion: rates.completion,
        on_schedule: rates.on_schedule,
        mean_progress: rates.mean_progress,
        mean_progress_reported: rates.mean_progress_reported,
        lights: rates.lights,
        classes: rates.classes,
    }
}

/// Every history, the total first; rows in the order in which they first appear.
pub(super) fn trends<'a>(periods: impl Iterator<Item = &'a PeriodRows>) -> Vec<Trend> {
    let mut all = vec![Trend { by: None, key: String::new(), points: Vec::new() }];
    let mut places: std::collections::BTreeMap<(&str, String), usize> =
        std::collections::BTreeMap::new();
    for of in periods {
        all[0].points.push(point(of, &of.total));
        let leaders = of.leaders.iter().map(|r| (By::Leader, &r.key, &r.rates));
        let units = of.units.iter().map(|r| (By::Unit, &r.key, &r.rates));
        let sections = of.sections.iter().map(|r| (By::Section, &r.key, &r.rates));
        for (by, key, rates) in leaders.chain(units).chain(sections) {
            let at = *places.entry((by.key(), key.clone())).or_insert_with(|| {
                all.push(Trend { by: Some(by), key: key.clone(), points: Vec::new() });
                all.len() - 1
            });
            all[at].points.push(point(of, rates));
        }
    }
    all
}
