//! The one long frame that every rate is counted from, and the one lazy query that counts it.
//!
//! One line per period × scope × key × task. A scope is what is counted by: the total, a leader, a unit, a section,
//! and the two cross tables.

use std::collections::{BTreeMap, HashMap, HashSet};

use polars::prelude::*;

use crate::{
    diag::{Error, Result},
    model::{Rate, TaskNo},
};

use super::{
    carry::frame_error,
    rows::{Class, ClassCounts, Light, LightCounts, Rates},
};

/// Columns of the frame besides one per counter.
mod column {
    /// Number of the key a line belongs to: period, scope, key, section.
    pub(super) const AT: &str = "at";
    /// Progress where the line counts and has one.
    pub(super) const PROGRESS: &str = "progress";
    /// The same where something was reported.
    pub(super) const REPORTED: &str = "progress_reported";
    /// Leader names of the task where the line counts; null where there is no share.
    pub(super) const NAMES: &str = "names";
}

/// What is counted by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
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

/// How the key stands to the task.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
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
/// Errors: [`Error::Frame`] if polars refuses.
/// Source: docs/definitions.md, 完成率, 达序时率, 平均进度.
pub(super) fn count(lines: &[Line]) -> Result<BTreeMap<At, Counts>> {
    if lines.is_empty() {
        return Ok(BTreeMap::new());
    }
    let (at, keys) = numbered(lines)?;
    let frame = frame(lines, &at)?;
    let mut sums: Vec<Expr> =
        Counter::all().map(|c| col(c.name()).cast(DataType::UInt32).sum()).collect();
    sums.push(col(column::PROGRESS).mean());
    sums.push(col(column::REPORTED).mean());
    sums.push(col(column::NAMES).drop_nulls().implode(true));
    let out = frame.lazy().group_by([col(column::AT)]).agg(sums).collect().map_err(frame_error)?;
    read(&out, &keys)
}

/// Each line's key as a number, and the keys by number: a query groups numbers faster than names.
fn numbered(lines: &[Line]) -> Result<(Vec<u32>, Vec<At>)> {
    let mut known: HashMap<(u32, Scope, &str, &str), u32> = HashMap::new();
    let mut keys: Vec<At> = Vec::new();
    let mut at = Vec::with_capacity(lines.len());
    for line in lines {
        let key = (line.period, line.scope, line.key.as_str(), line.section.as_str());
        let fresh = u32::try_from(keys.len()).map_err(|e| Error::Frame(e.to_string()))?;
        let number = *known.entry(key).or_insert(fresh);
        if number == fresh {
            keys.push((line.period, line.scope, line.key.clone(), line.section.clone()));
        }
        at.push(number);
    }
    Ok((at, keys))
}

/// What is counted in whole numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Counter {
    /// Tasks in force.
    Due,
    /// Tasks in force without a progress.
    Excluded,
    Incomplete,
    Stale,
    Confirmed,
    Class(Class),
    Light(Light),
    /// Distinct tasks in which the key stands so.
    Stand(Stand),
}

impl Counter {
    fn all() -> impl Iterator<Item = Self> {
        [Self::Due, Self::Excluded, Self::Incomplete, Self::Stale, Self::Confirmed]
            .into_iter()
            .chain(Class::ALL.map(Self::Class))
            .chain(Light::ALL.map(Self::Light))
            .chain(Stand::ALL.map(Self::Stand))
    }

    /// Its column.
    fn name(self) -> String {
        match self {
            Self::Due => "due".to_owned(),
            Self::Excluded => "excluded".to_owned(),
            Self::Incomplete => "incomplete".to_owned(),
            Self::Stale => "stale".to_owned(),
            Self::Confirmed => "confirmed".to_owned(),
            Self::Class(class) => format!("class_{}", class.key()),
            Self::Light(light) => format!("light_{}", light.key()),
            Self::Stand(stand) => format!("stand_{}", stand.name()),
        }
    }

    /// Whether a line counts; `first` says that no earlier line has the same key, task and stand.
    fn holds(self, line: &Line, first: bool) -> bool {
        if let Self::Stand(stand) = self {
            return first && line.stand == stand;
        }
        let Some(counted) = &line.counted else { return false };
        if let Self::Class(class) = self {
            return counted.class == class;
        }
        counted.class != Class::Adjusted
            && match self {
                Self::Due | Self::Class(_) | Self::Stand(_) => true,
                Self::Excluded => counted.progress.is_none(),
                Self::Incomplete => counted.incomplete,
                Self::Stale => counted.stale,
                Self::Confirmed => counted.confirmed,
                Self::Light(light) => counted.light == light,
            }
    }
}

/// The line's task as it is counted, unless it is withdrawn or only stood beside.
fn in_force(line: &Line) -> Option<&Counted> {
    line.counted.as_ref().filter(|c| c.class != Class::Adjusted)
}

/// One row per line: its key's number, what it adds to each counter, its progress and its leaders' number.
fn frame(lines: &[Line], at: &[u32]) -> Result<DataFrame> {
    let mut seen = HashSet::new();
    let first: Vec<bool> = lines
        .iter()
        .zip(at)
        .map(|(line, at)| {
            // A withdrawn task is listed, and stands for nobody.
            let withdrawn = line.counted.is_some_and(|c| c.class == Class::Adjusted);
            !withdrawn && seen.insert((*at, line.task, line.stand))
        })
        .collect();
    let progress = |line: &Line| in_force(line).and_then(|c| c.progress);
    let reported = |line: &Line| in_force(line).filter(|c| c.reported).and_then(|c| c.progress);
    let names = |line: &Line| in_force(line).map(|_| line.names).filter(|n| *n > 0);
    let mut columns = vec![
        Column::new(column::AT.into(), at),
        Column::new(column::PROGRESS.into(), lines.iter().map(progress).collect::<Vec<_>>()),
        Column::new(column::REPORTED.into(), lines.iter().map(reported).collect::<Vec<_>>()),
        Column::new(column::NAMES.into(), lines.iter().map(names).collect::<Vec<_>>()),
    ];
    for counter in Counter::all() {
        let adds: Vec<bool> =
            lines.iter().zip(&first).map(|(line, first)| counter.holds(line, *first)).collect();
        columns.push(Column::new(counter.name().into(), adds));
    }
    DataFrame::new(lines.len(), columns).map_err(frame_error)
}

fn read(out: &DataFrame, keys: &[At]) -> Result<BTreeMap<At, Counts>> {
    let number = |name: &str| out.column(name).and_then(|c| c.u32()).map_err(frame_error);
    let float = |name: &str| out.column(name).and_then(|c| c.f64()).map_err(frame_error);
    let at = number(column::AT)?;
    let (mean, mean_reported) = (float(column::PROGRESS)?, float(column::REPORTED)?);
    let names = out.column(column::NAMES).and_then(|c| c.list()).map_err(frame_error)?;
    let mut by_counter = BTreeMap::new();
    for counter in Counter::all() {
        by_counter.insert(counter, number(&counter.name())?);
    }
    let mut all = BTreeMap::new();
    for row in 0..out.height() {
        let count = |c: Counter| by_counter.get(&c).and_then(|c| c.get(row)).map_or(0, u64::from);
        let class = |c: Class| count(Counter::Class(c));
        let light = |l: Light| count(Counter::Light(l));
        let (done, due) = (class(Class::Done), count(Counter::Due));
        let keeping_up = done + class(Class::Ahead) + class(Class::OnTrack);
        let rates = Rates {
            completion: Rate::new(done, due),
            on_schedule: Rate::new(keeping_up, due),
            mean_progress: mean.get(row),
            mean_progress_reported: mean_reported.get(row),
            mean_excluded: count(Counter::Excluded),
            incomplete: count(Counter::Incomplete),
            stale: count(Counter::Stale),
            confirmed: count(Counter::Confirmed),
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
        let key = at.get(row).and_then(|at| keys.get(at as usize));
        let key = key.ok_or_else(|| Error::Frame("a count without a key".to_owned()))?;
        let stands = Stand::ALL.map(|s| count(Counter::Stand(s)));
        all.insert(key.clone(), Counts { rates, stands, names: of_names });
    }
    Ok(all)
}
