//! The responsibility plan (责任分工方案): sections, tasks, indicators, amendments.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Amendment, Period, Registry};

/// Number of a task in its plan (任务序号), as printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskNo(pub u32);

impl fmt::Display for TaskNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Number of a reporting item (事项编号): `43` for a task reported as one row, `43-1` for an indicator.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ItemNo {
    /// The task.
    pub task: TaskNo,
    /// The indicator's number within the task, from 1; 0 is the task itself.
    pub index: u32,
}

impl ItemNo {
    /// The task as one item.
    #[must_use]
    pub const fn whole(task: TaskNo) -> Self {
        Self { task, index: 0 }
    }
}

impl fmt::Display for ItemNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.index == 0 {
            write!(f, "{}", self.task)
        } else {
            write!(f, "{}-{}", self.task, self.index)
        }
    }
}

impl FromStr for ItemNo {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |digits: &str| -> Result<u32, ()> {
            if (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
                digits.parse().map_err(|_| ())
            } else {
                Err(())
            }
        };
        let (task, index) = match text.split_once('-') {
            Some((task, index)) => (number(task)?, number(index)?),
            None => (number(text)?, 0),
        };
        if task == 0 || (index == 0 && text.contains('-')) {
            return Err(());
        }
        Ok(Self { task: TaskNo(task), index })
    }
}

impl Serialize for ItemNo {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ItemNo {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("not an item number: {text}")))
    }
}

/// A responsibility plan with the office's registry (责任分工方案与单位名录). `plan.xlsx` is its paper form.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// Title as printed, on one line.
    pub title: String,
    /// Document number (文号), e.g. 青禾政发〔2024〕3号; empty if the document has none.
    pub doc_no: String,
    /// Plan year; 0 if nothing says so.
    pub year: i16,
    /// Sections (板块) in order.
    pub sections: Vec<Section>,
    /// Tasks (任务) in order of the document.
    pub tasks: Vec<Task>,
    /// Units, aliases, groups, leaders.
    pub registry: Registry,
    /// Amendments (动态调整) in the order they were entered.
    pub amendments: Vec<Amendment>,
    /// What the importer was unsure of (待核).
    pub doubts: Vec<Doubt>,
}

/// A section (板块) of the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// 1 for 一、.
    pub no: u32,
    /// Heading without its number.
    pub title: String,
    /// Short name (简称) of at most 10 characters, for charts and tables.
    pub short: String,
    /// Subsections; none is usual.
    pub subsections: Vec<Subsection>,
}

/// A subsection of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subsection {
    /// 1 for （一）, within its section.
    pub no: u32,
    /// Heading without its number.
    pub title: String,
}

/// A task (任务事项).
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    /// Number as printed; gaps are kept, nothing is renumbered.
    pub no: TaskNo,
    /// Section number.
    pub section: u32,
    /// Subsection number within the section.
    pub subsection: Option<u32>,
    /// Text without number and clause, page breaks joined.
    pub text: String,
    /// Short title (简称) of at most 20 characters.
    pub short: String,
    /// Leaders (牵头领导) as written, white space and bracket width normalised.
    pub leaders: Vec<String>,
    /// Lead units (牵头单位) as written.
    pub lead_units: Vec<String>,
    /// Responsible units and groups (责任单位) as written.
    pub responsible: Vec<String>,
    /// Due date; 31 December of the plan year unless the plan says otherwise.
    pub due: Date,
    /// Indicators, adopted and doubtful, in order of their item numbers.
    pub indicators: Vec<Indicator>,
    /// First period in force; none means from the beginning.
    pub from: Option<Period>,
    /// Last period in force; none means to the end.
    pub until: Option<Period>,
}

impl Task {
    /// The indicators that count (采用=是).
    pub fn adopted(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(|i| i.adopted)
    }

    /// Whether the task is in force in `period` (`from ≤ p ≤ until`).
    #[must_use]
    pub fn in_force(&self, period: Period) -> bool {
        self.from.is_none_or(|from| from.has_begun_by(period))
            && !self.until.is_some_and(|until| until.is_over_by(period))
    }
}

/// How a figure is compared with its target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Comparator {
    /// 以上、不少于.
    #[serde(rename = ">=")]
    AtLeast,
    /// A bare number: a target that may be passed.
    #[serde(rename = "=")]
    Equal,
    /// 不高于、控制在…以内.
    #[serde(rename = "<=")]
    AtMost,
    /// 左右.
    #[serde(rename = "~")]
    About,
}

impl Comparator {
    /// As in JSON: `>=`, `=`, `<=`, `~`.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::About => "~",
        }
    }

    /// As printed before a target; nothing before a bare number.
    #[must_use]
    pub const fn printed(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::Equal => "",
            Self::AtMost => "≤",
            Self::About => "≈",
        }
    }
}

/// What a figure is, which decides how its progress is judged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// 累计量: adds up through the year.
    Cumulative,
    /// 增速: compared in percentage points, never pro-rated.
    Growth,
    /// 水平、占比、存量.
    Level,
    /// 不高于.
    Ceiling,
}

impl IndicatorKind {
    /// As in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Growth => "growth",
            Self::Level => "level",
            Self::Ceiling => "ceiling",
        }
    }
}

/// How often an indicator is reported (报送频率); it is not yet due before its first due month.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Every month.
    #[default]
    Monthly,
    /// Due from March on, at quarter ends.
    Quarterly,
    /// Due from June on.
    HalfYearly,
    /// Due in December.
    Yearly,
}

impl Frequency {
    /// First month of the year in which a figure is due: 1, 3, 6 or 12.
    #[must_use]
    pub const fn first_due_month(self) -> i8 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Yearly => 12,
        }
    }
}

/// A quantitative indicator (量化指标) of a task.
#[derive(Clone, PartialEq, Debug)]
pub struct Indicator {
    /// Item number, given once and never reused.
    pub item: ItemNo,
    /// Short noun phrase.
    pub name: String,
    /// Comparator.
    pub comparator: Comparator,
    /// Target (年度目标).
    pub target: Decimal,
    /// Unit of measure (计量单位), `%` for percents.
    pub unit: String,
    /// Kind.
    pub kind: IndicatorKind,
    /// Base (起点) of a level that is to be raised.
    pub base: Option<Decimal>,
    /// Source unit (数据来源单位) as written; none means the first-named lead unit.
    pub source_unit: Option<String>,
    /// Reporting frequency.
    pub frequency: Frequency,
    /// Own schedule curve: percent due at the end of each month; none means the office's.
    pub schedule: Option<[Decimal; 12]>,
    /// The fragment of the task text it was read from.
    pub quote: String,
    /// 采用: whether it counts. Doubtful ones start as false.
    pub adopted: bool,
    /// Why it is doubtful, in the office's language; none when it is not.
    pub doubt: Option<String>,
}

impl Indicator {
    /// The unit whose figure counts: its source unit, else the first-named lead unit of its task.
    #[must_use]
    pub fn source<'a>(&'a self, task: &'a Task) -> Option<&'a str> {
        self.source_unit.as_deref().or_else(|| task.lead_units.first().map(String::as_str))
    }
}

/// Something the importer was unsure of (待核), with its place in the document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// Printed code of the finding, e.g. `P301`.
    pub code: String,
    /// Line of the document, from 1; none where there is no line.
    pub line: Option<u32>,
    /// Task it concerns.
    pub task: Option<TaskNo>,
    /// Quoted fragment.
    pub quote: String,
    /// What is doubtful and what to do.
    pub note: String,
    /// Sheet and cell of plan.xlsx to look at, e.g. `指标!J12`.
    pub target: String,
    /// 已核: the office has looked.
    pub settled: bool,
}

impl Plan {
    /// The task with that number.
    #[must_use]
    pub fn task(&self, no: TaskNo) -> Option<&Task> {
        self.tasks.iter().find(|t| t.no == no)
    }

    /// The section with that number.
    #[must_use]
    pub fn section(&self, no: u32) -> Option<&Section> {
        self.sections.iter().find(|s| s.no == no)
    }
}
