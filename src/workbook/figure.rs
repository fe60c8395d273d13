//! Figures: what a cell counts, as a formula over the long sheets and as a trace that can be followed back.
//!
//! One [`Select`] gives both, so that the formula in a cell and its explanation cannot disagree.

use crate::{
    model::TaskNo,
    sheet::{cell_name, column_name, parse_cell, range_name},
};

/// The long sheets (长表) that formulas count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Table {
    /// One row per task in force.
    Task,
    /// One row per task and leader.
    Leader,
    /// One row per task and unit.
    Unit,
    /// One row per unit that owes a return.
    Returns,
    /// One row per indicator.
    Item,
    /// One row per period and line of a statistic.
    History,
}

impl Table {
    /// All, in the order of the sheets.
    pub(super) const ALL: [Self; 6] =
        [Self::Task, Self::Leader, Self::Unit, Self::Returns, Self::Item, Self::History];

    /// Name of the sheet.
    pub(super) const fn sheet(self) -> &'static str {
        match self {
            Self::Task => "长表_任务",
            Self::Leader => "长表_任务×领导",
            Self::Unit => "长表_任务×单位",
            Self::Returns => "长表_报送",
            Self::Item => "长表_指标",
            Self::History => "长表_历月",
        }
    }

    /// Prefix of the defined names of its columns: `任务_灯`.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Task => "任务",
            Self::Leader => "领导",
            Self::Unit => "单位",
            Self::Returns => "报送",
            Self::Item => "指标",
            Self::History => "历月",
        }
    }
}

/// A value of a cell.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    /// Empty.
    Blank,
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Value {
    /// As the cached result of a formula.
    pub(super) fn as_result(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// A number, or “—”.
    pub(super) fn maybe(value: Option<f64>) -> Self {
        value.map_or_else(|| Self::Text(super::look::NOTHING.to_owned()), Self::Number)
    }

    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A count.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub(super) fn count(count: u64) -> Self {
        Self::Number(count as f64)
    }

    /// 1 or 0.
    pub(super) fn flag(flag: bool) -> Self {
        Self::Number(f64::from(u8::from(flag)))
    }

    /// The number, if it is one.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A condition on one column of a long sheet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Filter {
    /// Column.
    pub(super) column: &'static str,
    /// Value it must have.
    pub(super) want: Want,
}

/// What a column must hold.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Want {
    /// This number; with an address, the formula refers to the cell that holds it.
    Number(f64, Option<String>),
    /// This word.
    Word(&'static str),
}

/// Rows of a long sheet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Select {
    /// Which sheet.
    pub(super) table: Table,
    /// Conditions, all of which hold.
    pub(super) filters: Vec<Filter>,
}

impl Select {
    /// All rows.
    pub(super) const fn all(table: Table) -> Self {
        Self { table, filters: Vec::new() }
    }

    /// Also: this column holds this number.
    pub(super) fn is(mut self, column: &'static str, number: f64) -> Self {
        self.filters.push(Filter { column, want: Want::Number(number, None) });
        self
    }

    /// Also: this column holds the number of that cell.
    pub(super) fn at(mut self, column: &'static str, number: f64, cell: &str) -> Self {
        self.filters.push(Filter { column, want: Want::Number(number, Some(cell.to_owned())) });
        self
    }

    /// Also: this column holds this word.
    pub(super) fn word(mut self, column: &'static str, word: &'static str) -> Self {
        self.filters.push(Filter { column, want: Want::Word(word) });
        self
    }

    fn criteria(&self) -> String {
        let mut out = String::new();
        for filter in &self.filters {
            if !out.is_empty() {
                out.push(',');
            }
            out.push_str(&self.name(filter.column));
            out.push(',');
            match &filter.want {
                Want::Number(_, Some(cell)) => out.push_str(cell),
                Want::Number(number, None) => out.push_str(&number.to_string()),
                Want::Word(word) => {
                    out.push('"');
                    out.push_str(word);
                    out.push('"');
                }
            }
        }
        out
    }

    /// The defined name of a column.
    pub(super) fn name(&self, column: &str) -> String {
        format!("{}_{column}", self.table.prefix())
    }

    /// Formula that counts the rows.
    pub(super) fn count(&self) -> String {
        if self.filters.is_empty() {
            format!("COUNT({})", self.name("编号"))
        } else {
            format!("COUNTIFS({})", self.criteria())
        }
    }

    /// Formula that adds up a column.
    pub(super) fn sum(&self, column: &str) -> String {
        if self.filters.is_empty() {
            format!("SUM({})", self.name(column))
        } else {
            format!("SUMIFS({},{})", self.name(column), self.criteria())
        }
    }

    /// Formula of the mean of a column, “—” where no row has a value.
    pub(super) fn mean(&self, column: &str) -> String {
        let name = self.name(column);
        if self.filters.is_empty() {
            format!("IFERROR(AVERAGE({name}),\"{}\")", super::look::NOTHING)
        } else {
            format!("IFERROR(AVERAGEIFS({name},{}),\"{}\")", self.criteria(), super::look::NOTHING)
        }
    }

    /// The conditions as text: `编号=3@X7;灯=红`, with the cell that holds a number behind it.
    fn written(&self) -> String {
        let parts: Vec<String> = self
            .filters
            .iter()
            .map(|f| match &f.want {
                Want::Number(number, Some(cell)) => {
                    format!("{}={number}@{}", f.column, cell.replace('$', ""))
                }
                Want::Number(number, None) => format!("{}={number}", f.column),
                Want::Word(word) => format!("{}={word}", f.column),
            })
            .collect();
        parts.join(";")
    }
}

/// What the cells with a figure say, kept on the very hidden sheet [`super::trace::SHEET`].
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Trace {
    /// Sheet.
    pub(super) sheet: String,
    /// Cell or range.
    pub(super) cells: String,
    /// Statistic: a key of `wording::workbook::rule`.
    pub(super) rule: &'static str,
    /// Prefix of the long sheet counted; empty for cells about one task.
    pub(super) table: &'static str,
    /// Conditions of the numerator (or of the rows counted, added up or averaged).
    pub(super) numerator: String,
    /// Conditions of the denominator; none where there is no denominator.
    pub(super) denominator: Option<String>,
    /// Column added up or averaged.
    pub(super) column: &'static str,
    /// Task, for cells about one task.
    pub(super) task: Option<TaskNo>,
}

impl Trace {
    /// The same, of the figure in this cell: a number that stands in the figure's own row is named by its column alone
    /// (`编号=@X`), so that the rows of a table are explained alike and share one line.
    pub(super) fn of_cell(mut self, sheet: &str, row: u32, column: u16) -> Self {
        sheet.clone_into(&mut self.sheet);
        self.cells = cell_name(row, u32::from(column));
        self.numerator = by_row(&self.numerator, row);
        self.denominator = self.denominator.map(|filters| by_row(&filters, row));
        self
    }

    /// Cells of a row that speak of one task.
    pub(super) fn of_task(sheet: &str, row: u32, first: u16, last: u16, no: TaskNo) -> Self {
        Self {
            sheet: sheet.to_owned(),
            cells: range_name((row, u32::from(first)), (row, u32::from(last))),
            rule: "task",
            task: Some(no),
            ..Self::default()
        }
    }
}

/// Conditions as a figure in `row` writes them.
fn by_row(filters: &str, row: u32) -> String {
    let own = |filter: &str| {
        let Some((plain, cell)) = filter.rsplit_once('@') else { return filter.to_owned() };
        match (plain.split_once('='), parse_cell(cell)) {
            (Some((name, _)), Some((at, column))) if at == row => {
                format!("{name}=@{}", column_name(column))
            }
            _ => plain.to_owned(),
        }
    };
    filters.split(';').map(own).collect::<Vec<_>>().join(";")
}

/// A figure of a summary sheet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Figure {
    /// Formula without the leading `=`.
    pub(super) formula: String,
    /// What it counts.
    pub(super) trace: Option<Trace>,
    /// Where a click leads: `'长表_任务'!A4`.
    pub(super) link: Option<String>,
}

impl Figure {
    /// A formula that repeats what a row of a task says; the row's own trace explains it.
    pub(super) fn plain(formula: impl Into<String>) -> Self {
        Self { formula: formula.into(), trace: None, link: None }
    }

    /// A count of rows.
    pub(super) fn count(select: &Select, rule: &'static str) -> Self {
        Self::of(select.count(), rule, select, None, "")
    }

    /// A sum of a column.
    pub(super) fn sum(select: &Select, column: &'static str, rule: &'static str) -> Self {
        Self::of(select.sum(column), rule, select, None, column)
    }

    /// A mean of a column.
    pub(super) fn mean(select: &Select, column: &'static str, rule: &'static str) -> Self {
        Self::of(select.mean(column), rule, select, None, column)
    }

    /// A rate of two counts; with the cells that hold them, the formula divides those.
    pub(super) fn rate(
        done: &Select,
        due: &Select,
        cells: Option<(&str, &str)>,
        rule: &'static str,
    ) -> Self {
        let nothing = super::look::NOTHING;
        let formula = if let Some((n, d)) = cells {
            format!("IF({d}=0,\"{nothing}\",{n}/{d})")
        } else {
            let (n, d) = (done.count(), due.count());
            format!("IF({d}=0,\"{nothing}\",{n}/{d})")
        };
        Self::of(formula, rule, done, Some(due), "")
    }

    /// A formula with the rows it rests on.
    pub(super) fn of(
        formula: String,
        rule: &'static str,
        done: &Select,
        due: Option<&Select>,
        column: &'static str,
    ) -> Self {
        let trace = Trace {
            rule,
            table: done.table.prefix(),
            numerator: done.written(),
            denominator: due.map(Select::written),
            column,
            ..Trace::default()
        };
        Self { formula, trace: Some(trace), link: None }
    }

    /// The on-schedule rate inside a text.
    pub(super) fn rate_text(formula: String, done: &Select, due: &Select) -> Self {
        Self::of(formula, "on_schedule", done, Some(due), "")
    }

    /// With a link.
    pub(super) fn to(mut self, link: Option<String>) -> Self {
        self.link = link;
        self
    }
}
