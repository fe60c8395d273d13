//! The one description of plan.xlsx: which sheets, which columns, what they hold. The writer draws by it, the
//! reader recognises by it.

use crate::wording::book::{self as words, SheetText};

/// A sheet of plan.xlsx with a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::plan) enum SheetKey {
    /// 任务.
    Tasks,
    /// 板块.
    Sections,
    /// 指标.
    Indicators,
    /// 单位.
    Units,
    /// 别称.
    Aliases,
    /// 集合.
    Groups,
    /// 领导.
    Leaders,
    /// 变更.
    Amendments,
    /// 待核.
    Doubts,
}

/// What a column holds, which decides its format and drop-down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    /// A whole number.
    Count,
    /// A decimal number.
    Number,
    /// One short text.
    Text,
    /// A text over several lines.
    Prose,
    /// A date.
    Date,
    /// A period, as text.
    Period,
    /// One of a few words.
    Choice(List),
    /// One name, or several.
    Names(List),
    /// Filled by a formula; never read.
    Auto,
    /// A link to a cell; read as its text.
    Link,
}

/// A list behind a drop-down, kept on the hidden list sheet or taken from the registry, as a defined name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum List {
    /// 是、否.
    YesNo,
    /// Comparators.
    Comparators,
    /// Kinds.
    Kinds,
    /// Frequencies.
    Frequencies,
    /// Changes.
    Changes,
    /// Categories of units.
    Categories,
    /// Names of units, from the sheet 单位.
    Units,
    /// Names of leaders, from the sheet 领导.
    Leaders,
    /// Units and groups.
    UnitsAndGroups,
}

/// Shape of a column; its words stand in [`crate::wording::book`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// What it holds.
    pub(super) holds: Holds,
    /// Width in Excel characters (a Chinese character takes about 2).
    pub(super) width: f64,
    /// A row without it cannot be read.
    pub(super) required: bool,
}

const fn shape(holds: Holds, width: f64) -> Shape {
    Shape { holds, width, required: false }
}

const fn must(holds: Holds, width: f64) -> Shape {
    Shape { holds, width, required: true }
}

/// First row of data, from 0: title, hint and headings stand above.
pub(super) const FIRST_ROW: u32 = 3;
/// Row of the headings, from 0.
pub(super) const HEAD_ROW: u32 = 2;

/// Columns of 任务.
pub(in crate::plan) mod task {
    pub(in crate::plan) const NO: usize = 0;
    pub(in crate::plan) const SECTION: usize = 1;
    pub(in crate::plan) const SUBSECTION: usize = 2;
    pub(in crate::plan) const TEXT: usize = 3;
    pub(in crate::plan) const SHORT: usize = 4;
    pub(in crate::plan) const LEADERS: usize = 5;
    pub(in crate::plan) const LEAD_UNITS: usize = 6;
    pub(in crate::plan) const RESPONSIBLE: usize = 7;
    pub(in crate::plan) const DUE: usize = 8;
    pub(in crate::plan) const FROM: usize = 9;
    pub(in crate::plan) const UNTIL: usize = 10;
}

/// Columns of 板块.
pub(in crate::plan) mod section {
    pub(in crate::plan) const NO: usize = 0;
    pub(in crate::plan) const SUBSECTION: usize = 1;
    pub(in crate::plan) const TITLE: usize = 2;
    pub(in crate::plan) const SHORT: usize = 3;
}

/// Columns of 指标.
pub(in crate::plan) mod indicator {
    pub(in crate::plan) const ITEM: usize = 0;
    // Column 1 shows the task's short title by formula.
    pub(in crate::plan) const NAME: usize = 2;
    pub(in crate::plan) const COMPARATOR: usize = 3;
    pub(in crate::plan) const TARGET: usize = 4;
    pub(in crate::plan) const UNIT: usize = 5;
    pub(in crate::plan) const KIND: usize = 6;
    pub(in crate::plan) const BASE: usize = 7;
    pub(in crate::plan) const SOURCE: usize = 8;
    pub(in crate::plan) const FREQUENCY: usize = 9;
    pub(in crate::plan) const SCHEDULE: usize = 10;
    pub(in crate::plan) const ADOPTED: usize = 11;
    pub(in crate::plan) const DOUBT: usize = 12;
    pub(in crate::plan) const QUOTE: usize = 13;
}

/// Columns of 单位.
pub(in crate::plan) mod unit {
    pub(in crate::plan) const NAME: usize = 0;
    pub(in crate::plan) const SHORT: usize = 1;
    pub(in crate::plan) const CATEGORY: usize = 2;
    pub(in crate::plan) const FROM: usize = 3;
    pub(in crate::plan) const UNTIL: usize = 4;
    pub(in crate::plan) const SUCCESSOR: usize = 5;
}

/// Columns of 别称.
pub(in crate::plan) mod alias {
    pub(in crate::plan) const NAME: usize = 0;
    pub(in crate::plan) const UNIT: usize = 1;
    pub(in crate::plan) const ADOPTED: usize = 2;
    pub(in crate::plan) const REASON: usize = 3;
}

/// Columns of 集合.
pub(in crate::plan) mod group {
    pub(in crate::plan) const NAME: usize = 0;
    pub(in crate::plan) const MEMBERS: usize = 1;
}

/// Columns of 领导.
pub(in crate::plan) mod leader {
    pub(in crate::plan) const NAME: usize = 0;
    pub(in crate::plan) const POST: usize = 1;
    pub(in crate::plan) const COLLECTIVE: usize = 2;
    pub(in crate::plan) const MEMBERS: usize = 3;
    pub(in crate::plan) const FROM: usize = 4;
    pub(in crate::plan) const UNTIL: usize = 5;
    pub(in crate::plan) const SUCCESSOR: usize = 6;
}

/// Columns of 变更.
pub(in crate::plan) mod amendment {
    pub(in crate::plan) const EFFECTIVE: usize = 0;
    pub(in crate::plan) const CHANGE: usize = 1;
    pub(in crate::plan) const OBJECT: usize = 2;
    pub(in crate::plan) const VALUE: usize = 3;
    pub(in crate::plan) const REASON: usize = 4;
}

/// Columns of 待核.
pub(in crate::plan) mod doubt {
    pub(in crate::plan) const CODE: usize = 0;
    pub(in crate::plan) const LINE: usize = 1;
    pub(in crate::plan) const TASK: usize = 2;
    pub(in crate::plan) const QUOTE: usize = 3;
    pub(in crate::plan) const NOTE: usize = 4;
    pub(in crate::plan) const TARGET: usize = 5;
    pub(in crate::plan) const SETTLED: usize = 6;
}

impl SheetKey {
    /// All, in the order of the tabs.
    pub(in crate::plan) const ALL: [Self; 9] = [
        Self::Tasks,
        Self::Sections,
        Self::Indicators,
        Self::Units,
        Self::Aliases,
        Self::Groups,
        Self::Leaders,
        Self::Amendments,
        Self::Doubts,
    ];

    /// Its words.
    pub(in crate::plan) const fn text(self) -> &'static SheetText {
        match self {
            Self::Tasks => &words::TASKS,
            Self::Sections => &words::SECTIONS,
            Self::Indicators => &words::INDICATORS,
            Self::Units => &words::UNITS,
            Self::Aliases => &words::ALIASES,
            Self::Groups => &words::GROUPS,
            Self::Leaders => &words::LEADERS,
            Self::Amendments => &words::AMENDMENTS,
            Self::Doubts => &words::DOUBTS,
        }
    }

    /// Its columns.
    pub(super) const fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Tasks => &TASK_SHAPES,
            Self::Sections => &SECTION_SHAPES,
            Self::Indicators => &INDICATOR_SHAPES,
            Self::Units => &UNIT_SHAPES,
            Self::Aliases => &ALIAS_SHAPES,
            Self::Groups => &GROUP_SHAPES,
            Self::Leaders => &LEADER_SHAPES,
            Self::Amendments => &AMENDMENT_SHAPES,
            Self::Doubts => &DOUBT_SHAPES,
        }
    }
}

const TASK_SHAPES: [Shape; 11] = [
    must(Holds::Count, 6.5),
    shape(Holds::Count, 6.5),
    shape(Holds::Count, 6.5),
    must(Holds::Prose, 52.0),
    shape(Holds::Prose, 22.0),
    shape(Holds::Names(List::Leaders), 12.0),
    must(Holds::Names(List::Units), 24.0),
    shape(Holds::Names(List::UnitsAndGroups), 32.0),
    shape(Holds::Date, 12.5),
    shape(Holds::Period, 9.5),
    shape(Holds::Period, 9.5),
];

const SECTION_SHAPES: [Shape; 4] = [
    must(Holds::Count, 8.0),
    shape(Holds::Count, 8.0),
    must(Holds::Prose, 72.0),
    shape(Holds::Text, 24.0),
];

const INDICATOR_SHAPES: [Shape; 14] = [
    must(Holds::Text, 10.0),
    shape(Holds::Auto, 22.0),
    must(Holds::Prose, 26.0),
    shape(Holds::Choice(List::Comparators), 9.0),
    must(Holds::Number, 10.5),
    shape(Holds::Text, 10.5),
    shape(Holds::Choice(List::Kinds), 8.5),
    shape(Holds::Number, 9.0),
    shape(Holds::Names(List::Units), 22.0),
    shape(Holds::Choice(List::Frequencies), 10.5),
    shape(Holds::Prose, 18.0),
    shape(Holds::Choice(List::YesNo), 8.0),
    shape(Holds::Prose, 24.0),
    shape(Holds::Prose, 38.0),
];

const UNIT_SHAPES: [Shape; 6] = [
    must(Holds::Text, 36.0),
    shape(Holds::Text, 22.0),
    shape(Holds::Choice(List::Categories), 20.0),
    shape(Holds::Period, 11.0),
    shape(Holds::Period, 11.0),
    shape(Holds::Names(List::Units), 30.0),
];

const ALIAS_SHAPES: [Shape; 4] = [
    must(Holds::Text, 30.0),
    must(Holds::Names(List::Units), 32.0),
    shape(Holds::Choice(List::YesNo), 9.0),
    shape(Holds::Prose, 56.0),
];

const GROUP_SHAPES: [Shape; 2] = [must(Holds::Prose, 38.0), shape(Holds::Names(List::Units), 88.0)];

const LEADER_SHAPES: [Shape; 7] = [
    must(Holds::Text, 24.0),
    shape(Holds::Prose, 36.0),
    shape(Holds::Choice(List::YesNo), 8.5),
    shape(Holds::Names(List::Leaders), 34.0),
    shape(Holds::Period, 11.0),
    shape(Holds::Period, 11.0),
    shape(Holds::Names(List::Leaders), 14.0),
];

const AMENDMENT_SHAPES: [Shape; 5] = [
    must(Holds::Period, 11.0),
    must(Holds::Choice(List::Changes), 17.0),
    must(Holds::Text, 30.0),
    shape(Holds::Prose, 40.0),
    shape(Holds::Prose, 40.0),
];

const DOUBT_SHAPES: [Shape; 7] = [
    shape(Holds::Text, 8.0),
    shape(Holds::Count, 8.0),
    shape(Holds::Count, 8.0),
    shape(Holds::Prose, 46.0),
    shape(Holds::Prose, 62.0),
    shape(Holds::Link, 14.0),
    shape(Holds::Choice(List::YesNo), 8.5),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_has_its_words_and_headings_are_unique() {
        for key in SheetKey::ALL {
            let text = key.text();
            assert_eq!(text.columns.len(), key.shapes().len(), "{}", text.name);
            let mut seen = BTreeSet::new();
            for column in text.columns {
                for name in std::iter::once(&column.heading).chain(column.synonyms) {
                    assert!(seen.insert(*name), "{}: {name} twice", text.name);
                }
            }
        }
    }
}
