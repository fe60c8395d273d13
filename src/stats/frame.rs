//! The one long frame that every rate is counted from, and the one lazy query that counts it.
//!
//! One line per period × scope × key × task. A scope is what is counted by: the total, a leader, a unit, a section,
//! and the two cross tables.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::{
    diag::{Error, Result},
    model::{Rate, TaskNo},
};

use super::{
    carry::frame_error,
    rows::{Class, ClassCounts, Light, LightCounts, Rates},
};

/// Columns of the frame, with their types, in order.
mod column {
    use polars::prelude::DataType;

    pub(super) const PERIOD: &str = "period";
    pub(super) const SCOPE: &str = "scope";
    pub(super) const KEY: &str = "key";
    pub(super) const SECTION: &str = "section";
    pub(super) const TASK: &str = "task";
    pub(super) const ROLE: &str = "role";
    pub(super) const COUNTS: &str = "counts";
    pub(super) const CLASS: &str = "class";
    pub(super) const LIGHT: &str = "light";
    pub(super) const PROGRESS: &str = "progress";
    pub(super) const REPORTED: &str = "reported";
    pub(super) const INCOMPLETE: &str = "incomplete";
    pub(super) const STALE: &str = "stale";
    pub(super) const CONFIRMED: &str = "confirmed";
    pub(super) const NAMES: &str = "names";

    pub(super) const ALL: [(&str, DataType); 15] = [
        (PERIOD, DataType::UInt32),
        (SCOPE, DataType::String),
        (KEY, DataType::String),
        (SECTION, DataType::String),
        (TASK, DataType::UInt32),
        (ROLE, DataType::String),
        (COUNTS, DataType::Boolean),
        (CLASS, DataType::String),
        (LIGHT, DataType::String),
        (PROGRESS, DataType::Float64),
        (REPORTED, DataType::Boolean),
        (INCOMPLETE, DataType::Boolean),
        (STALE, DataType::Boolean),
        (CONFIRMED, DataType::Boolean),
        (NAMES, DataType::UInt32),
    ];
}

/// What is counted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Scope {
    /// The total line: distinct tasks.
    Total,
    /// Leader.
    Leader,
    /// Unit, over its own parts.
    Unit,
    /// Section.
    Section,
    /// Leader × section.
    LeaderSection,
    /// Unit × section.
    UnitSection,
}

impl Scope {
    const ALL: [Self; 6] = [
        Self::Total,
        Self::Leader,
        Self::Unit,
        Self::Section,
        Self::LeaderSection,
        Self::UnitSection,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Leader => "leader",
            Self::Unit => "unit",
            Self::Section => "section",
            Self::LeaderSection => "leader_section",
            Self::UnitSection => "unit_section",
        }
    }
}

/// How the key stands to the task.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Stand {
    /// It leads alone (leaders), or is the only one counted (total, section).
    Sole,
    /// It leads with others.
    Shared,
    /// The task belongs to a collective it is a member of.
    Collective,
    /// First-named lead unit.
    First,
    /// Lead unit named later.
    Other,
    /// Named as responsible.
    Named,
    /// Member of a group that is.
    Group,
}

impl Stand {
    const ALL: [Self; 7] = [
        Self::Sole,
        Self::Shared,
        Self::Collective,
        Self::First,
        Self::Other,
        Self::Named,
        Self::Group,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Sole => "sole",
            Self::Shared => "shared",
            Self::Collective => "collective",
            Self::First => "first",
            Self::Other => "other",
            Self::Named => "named",
            Self::Group => "group",
        }
    }
}

/// What is counted of a task or part; none where the key only stands beside it.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column that is counted by itself")]
pub(super) struct Counted {
    pub(super) class: Class,
    pub(super) light: Light,
    pub(super) progress: Option<f64>,
    pub(super) reported: bool,
    pub(super) incomplete: bool,
    pub(super) stale: bool,
    pub(super) confirmed: bool,
}

impl Counted {
    /// A withdrawn task: listed as 调整, outside every denominator.
    pub(super) const ADJUSTED: Self = Self {
        class: Class::Adjusted,
        light: Light::None,
        progress: None,
        reported: false,
        incomplete: false,
        stale: false,
        confirmed: false,
    };
}

/// One line of the frame.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Index of the period.
    pub(super) period: u32,
    pub(super) scope: Scope,
    /// Leader name, unit id, section number; empty for the total.
    pub(super) key: String,
    /// Section number in the cross tables, else empty.
    pub(super) section: String,
    pub(super) task: TaskNo,
    pub(super) stand: Stand,
    pub(super) counted: Option<Counted>,
    /// Leader names of the task (n of share 1/n); 0 where there is no share.
    pub(super) names: u32,
}

/// Where a count belongs: period, scope, key, section.
pub(super) type At = (u32, Scope, String, String);

/// What the query counts for one key.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) rates: Rates,
    /// Distinct tasks by stand, in order of [`Stand::ALL`].
    stands: [u64; 7],
    /// n of each task that has a share, for Σ 1/n.
    pub(super) names: Vec<u32>,
}

impl Counts {
    /// Distinct tasks in which the key stands so.
    pub(super) fn stand(&self, stand: Stand) -> u64 {
        self.stands[stand as usize]
    }
}

/// Counts every key of every scope in every period, in one lazy query.
///
/// Rates keep done and due; means are over tasks that have a progress.
/// Errors: [`Error::Frame`] if a column is not as promised or polars refuses.
/// Source: docs/definitions.md, 完成率, 达序时率, 平均进度.
pub(super) fn count(lines: &[Line]) -> Result<BTreeMap<At, Counts>> {
    if lines.is_empty() {
        return Ok(BTreeMap::new());
    }
    let frame = frame(lines)?;
    check(&frame)?;
    let keys = [column::PERIOD, column::SCOPE, column::KEY, column::SECTION];
    let out =
        frame.lazy().group_by(keys.map(col)).agg(counters()).collect().map_err(frame_error)?;
    read(&out)
}

fn frame(lines: &[Line]) -> Result<DataFrame> {
    fn of<T>(lines: &[Line], value: impl Fn(&Line) -> T) -> Vec<T> {
        lines.iter().map(value).collect()
    }
    let flag = |value: fn(&Counted) -> bool| of(lines, |l| l.counted.as_ref().is_some_and(value));
    df!(
        column::PERIOD => of(lines, |l| l.period),
        column::SCOPE => of(lines, |l| l.scope.name()),
        column::KEY => lines.iter().map(|l| l.key.as_str()).collect::<Vec<_>>(),
        column::SECTION => lines.iter().map(|l| l.section.as_str()).collect::<Vec<_>>(),
        column::TASK => of(lines, |l| l.task.0),
        column::ROLE => of(lines, |l| l.stand.name()),
        column::COUNTS => flag(|c| c.class != Class::Adjusted),
        column::CLASS => of(lines, |l| l.counted.map_or("", |c| c.class.key())),
        column::LIGHT => of(lines, |l| l.counted.map_or("", |c| c.light.key())),
        column::PROGRESS => of(lines, |l| l.counted.and_then(|c| c.progress)),
        column::REPORTED => flag(|c| c.reported),
        column::INCOMPLETE => flag(|c| c.incomplete),
        column::STALE => flag(|c| c.stale),
        column::CONFIRMED => flag(|c| c.confirmed),
        column::NAMES => of(lines, |l| l.names),
    )
    .map_err(frame_error)
}

/// The frame is as promised: names and types, checked once.
fn check(frame: &DataFrame) -> Result<()> {
    let found = frame.schema();
    let sound = found.len() == column::ALL.len()
        && column::ALL.iter().all(|(name, kind)| found.get(name) == Some(kind));
    if sound { Ok(()) } else { Err(Error::Frame(format!("unexpected columns: {found:?}"))) }
}

/// Name of a counter of a class, light or stand.
fn counter(kind: &str, name: &str) -> String {
    format!("{kind}_{name}")
}

const DUE: &str = "due";
const MEAN: &str = "mean";
const MEAN_REPORTED: &str = "mean_reported";
const EXCLUDED: &str = "excluded";

fn counters() -> Vec<Expr> {
    let counted = || col(column::COUNTS);
    let sum = |e: Expr, name: &str| e.cast(DataType::UInt32).sum().alias(name);
    let mut all = vec![
        sum(counted(), DUE),
        col(column::PROGRESS).filter(counted()).mean().alias(MEAN),
        col(column::PROGRESS)
            .filter(counted().and(col(column::REPORTED)))
            .mean()
            .alias(MEAN_REPORTED),
        sum(counted().and(col(column::PROGRESS).is_null()), EXCLUDED),
        sum(counted().and(col(column::INCOMPLETE)), column::INCOMPLETE),
        sum(counted().and(col(column::STALE)), column::STALE),
        sum(counted().and(col(column::CONFIRMED)), column::CONFIRMED),
        col(column::NAMES).filter(counted().and(col(column::NAMES).gt(lit(0u32)))).implode(true),
    ];
    for class in Class::ALL {
        let is = col(column::CLASS).eq(lit(class.key()));
        all.push(sum(is, &counter("class", class.key())));
    }
    for light in Light::ALL {
        let is = counted().and(col(column::LIGHT).eq(lit(light.key())));
        all.push(sum(is, &counter("light", light.key())));
    }
    for stand in Stand::ALL {
        let in_force = col(column::CLASS).neq(lit(Class::Adjusted.key()));
        let is = in_force.and(col(column::ROLE).eq(lit(stand.name())));
        all.push(col(column::TASK).filter(is).n_unique().alias(counter("stand", stand.name())));
    }
    all
}

fn read(out: &DataFrame) -> Result<BTreeMap<At, Counts>> {
    let text = |name: &str| out.column(name).and_then(|c| c.str()).map_err(frame_error);
    let number = |name: &str| out.column(name).and_then(|c| c.u32()).map_err(frame_error);
    let float = |name: &str| out.column(name).and_then(|c| c.f64()).map_err(frame_error);
    let (periods, scopes) = (number(column::PERIOD)?, text(column::SCOPE)?);
    let (keys, sections) = (text(column::KEY)?, text(column::SECTION)?);
    let (mean, mean_reported) = (float(MEAN)?, float(MEAN_REPORTED)?);
    let names = out.column(column::NAMES).and_then(|c| c.list()).map_err(frame_error)?;
    let mut by_name = BTreeMap::new();
    for name in counter_names() {
        by_name.insert(name.clone(), number(&name)?);
    }
    let mut all = BTreeMap::new();
    for row in 0..out.height() {
        let count = |name: &str| by_name.get(name).and_then(|c| c.get(row)).map_or(0, u64::from);
        let class = |c: Class| count(&counter("class", c.key()));
        let light = |l: Light| count(&counter("light", l.key()));
        let (done, due) = (class(Class::Done), count(DUE));
        let keeping_up = done + class(Class::Ahead) + class(Class::OnTrack);
        let rates = Rates {
            completion: Rate::new(done, due),
            on_schedule: Rate::new(keeping_up, due),
            mean_progress: mean.get(row),
            mean_progress_reported: mean_reported.get(row),
            mean_excluded: count(EXCLUDED),
            incomplete: count(column::INCOMPLETE),
            stale: count(column::STALE),
            confirmed: count(column::CONFIRMED),
            lights: LightCounts {
                done: light(Light::Done),
                green: light(Light::Green),
                yellow: light(Light::Yellow),
                red: light(Light::Red),
                none: light(Light::None),
            },
            classes: ClassCounts {
                done,
                ahead: class(Class::Ahead),
                on_track: class(Class::OnTrack),
                behind: class(Class::Behind),
                overdue: class(Class::Overdue),
                not_started: class(Class::NotStarted),
                unreported: class(Class::Unreported),
                adjusted: class(Class::Adjusted),
            },
        };
        let of_names = names.get_as_series(row);
        let of_names = match &of_names {
            Some(series) => series.u32().map_err(frame_error)?.iter().flatten().collect(),
            None => Vec::new(),
        };
        let scope = Scope::ALL.into_iter().find(|s| Some(s.name()) == scopes.get(row));
        let (Some(period), Some(scope), Some(key), Some(section)) =
            (periods.get(row), scope, keys.get(row), sections.get(row))
        else {
            return Err(Error::Frame("a count without a key".to_owned()));
        };
        let counts = Counts {
            rates,
            stands: Stand::ALL.map(|s| count(&counter("stand", s.name()))),
            names: of_names,
        };
        all.insert((period, scope, key.to_owned(), section.to_owned()), counts);
    }
    Ok(all)
}

/// Names of all whole-number counters.
fn counter_names() -> Vec<String> {
    let plain =
        [DUE, EXCLUDED, column::INCOMPLETE, column::STALE, column::CONFIRMED].map(str::to_owned);
    plain
        .into_iter()
        .chain(Class::ALL.map(|c| counter("class", c.key())))
        .chain(Light::ALL.map(|l| counter("light", l.key())))
        .chain(Stand::ALL.map(|s| counter("stand", s.name())))
        .collect()
}
