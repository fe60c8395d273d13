//! Reads single cells of a table as typed values; what cannot be read is placed, explained and left out.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{names, table::Table, value};
use crate::{
    diag::{Code, Diagnostic, Place},
    model::{ItemNo, Period, normalise_name},
    sheet::{Cell, CellValue, cell_name},
};

/// A cell's value: none if it is blank, an error if it was bad and has been reported.
pub(super) type Got<T> = Result<Option<T>, Bad>;

/// A cell that could not be read; a finding says why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bad;

/// Collects findings while tables are read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// File, as findings name it.
    pub(super) file: &'a str,
    /// Year of the plan, for dates and periods typed without one.
    pub(super) year: i16,
    /// What was noticed.
    pub(super) findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// A finding at a cell of a table.
    pub(super) fn say(&mut self, code: Code, at: (&Table, u32, usize), found: &str) {
        let (table, row, column) = at;
        let place = table.place(self.file, row, column);
        let finding = Diagnostic::new(code, place, found).with("column", table.heading(column));
        self.findings.push(finding);
    }

    /// The last finding with one more value for its text.
    pub(super) fn with(&mut self, name: &'static str, value: impl Into<String>) {
        if let Some(last) = self.findings.last_mut() {
            last.args.push((name, value.into()));
        }
    }

    /// The cell's text, trimmed; empty if it is blank or broken.
    pub(super) fn text(&mut self, table: &Table, row: u32, column: usize) -> String {
        let typed = self.typed(table, row, column).ok().flatten();
        typed.map(|(_, text)| text.into_owned()).unwrap_or_default()
    }

    /// A name, normalised.
    pub(super) fn name(&mut self, table: &Table, row: u32, column: usize) -> String {
        let typed = self.typed(table, row, column).ok().flatten();
        typed.map(|(_, text)| normalise_name(&text)).unwrap_or_default()
    }

    /// A list of names.
    pub(super) fn names(
        &mut self,
        table: &Table,
        row: u32,
        column: usize,
        known: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let typed = self.typed(table, row, column).ok().flatten();
        typed.map(|(_, text)| names::split(&text, known)).unwrap_or_default()
    }

    /// A whole number.
    pub(super) fn count(&mut self, table: &Table, row: u32, column: usize) -> Got<u32> {
        self.parsed(table, row, column, Code::NumberBad, value::count)
    }

    /// A decimal; `unit` may stand behind it.
    pub(super) fn number(&mut self, at: (&Table, u32, usize), unit: &str) -> Got<Decimal> {
        let (table, row, column) = at;
        let Some((cell, text)) = self.typed(table, row, column)? else { return Ok(None) };
        let read = value::number(&text, unit);
        // A cell shown as 8% holds 0.08; with any other unit a percentage is a slip.
        let read = match (cell.percent, unit) {
            (false, _) => read,
            (true, "%") => read.and_then(|d| d.checked_mul(Decimal::ONE_HUNDRED)),
            (true, _) => None,
        };
        let shown = if cell.percent {
            percent_shown(&cell.value).unwrap_or_else(|| text.into_owned())
        } else {
            text.into_owned()
        };
        read.map_or_else(
            || {
                self.say(Code::NumberBad, at, &shown);
                Err(Bad)
            },
            |d| Ok(Some(d.normalize())),
        )
    }

    /// A date.
    pub(super) fn date(&mut self, table: &Table, row: u32, column: usize) -> Got<Date> {
        let year = self.year;
        self.parsed(table, row, column, Code::DateBad, |t| value::date(t, year))
    }

    /// A period.
    pub(super) fn period(&mut self, table: &Table, row: u32, column: usize) -> Got<Period> {
        let year = self.year;
        self.parsed(table, row, column, Code::PeriodBad, |t| value::period(t, year))
    }

    /// An item number with an index.
    pub(super) fn item(&mut self, table: &Table, row: u32, column: usize) -> Got<ItemNo> {
        self.parsed(table, row, column, Code::ItemBad, |t| value::item(t).filter(|i| i.index > 0))
    }

    /// A schedule curve.
    pub(super) fn curve(&mut self, table: &Table, row: u32, column: usize) -> Got<[Decimal; 12]> {
        self.parsed(table, row, column, Code::CurveBad, value::curve)
    }

    /// Which of `words`.
    pub(super) fn choice(&mut self, at: (&Table, u32, usize), words: &[&[&str]]) -> Got<usize> {
        let (table, row, column) = at;
        let got = self.parsed(table, row, column, Code::ChoiceBad, |t| value::choice(t, words));
        if got.is_err() {
            let printed: Vec<&str> = words.iter().map(|w| w[0]).collect();
            self.with("allowed", printed.join("、"));
        }
        got
    }

    /// 是 or 否; blank is `default`.
    pub(super) fn yes_no(&mut self, at: (&Table, u32, usize), default: bool) -> bool {
        use crate::wording::book::{NO_WORDS, YES_WORDS};
        match self.choice(at, &[YES_WORDS, NO_WORDS]) {
            Ok(Some(which)) => which == 0,
            Ok(None) => default,
            // What was typed is neither: the cautious answer, so that nothing is adopted by a slip.
            Err(Bad) => false,
        }
    }

    /// Says that a required cell is blank; `hint` is added to the advice.
    pub(super) fn blank(&mut self, at: (&Table, u32, usize), hint: &str) {
        self.say(Code::RequiredBlank, at, "");
        self.with("hint", hint);
    }

    /// Says that a key occurs twice; `first` is the row it stood in before.
    pub(super) fn twice(&mut self, at: (&Table, u32, usize), found: &str, first: u32) {
        self.say(Code::DuplicateKey, at, found);
        let column = at.0.columns[at.2].unwrap_or(0);
        self.with("first", cell_name(first, column));
    }

    /// Any value read from a cell's text.
    fn parsed<T>(
        &mut self,
        table: &Table,
        row: u32,
        column: usize,
        code: Code,
        read: impl Fn(&str) -> Option<T>,
    ) -> Got<T> {
        let Some((_, text)) = self.typed(table, row, column)? else { return Ok(None) };
        if let Some(value) = read(&text) {
            return Ok(Some(value));
        }
        self.say(code, (table, row, column), &text);
        Err(Bad)
    }

    /// The cell and its trimmed text; error values and formulas without a result are reported.
    fn typed<'c>(
        &mut self,
        table: &Table<'c>,
        row: u32,
        column: usize,
    ) -> Got<(&'c Cell, Cow<'c, str>)> {
        let Some(cell) = table.cell(row, column) else { return Ok(None) };
        match &cell.value {
            CellValue::Error(error) => {
                self.say(Code::CellBroken, (table, row, column), error);
                Err(Bad)
            }
            CellValue::NoResult => {
                let formula = format!("={}", cell.formula.as_deref().unwrap_or_default());
                self.say(Code::CellBroken, (table, row, column), &formula);
                Err(Bad)
            }
            CellValue::Text(text) | CellValue::Date(text) if !text.contains('\r') => {
                Ok(Some((cell, Cow::Borrowed(text.trim()))))
            }
            _ => {
                let text = cell.text().replace("\r\n", "\n").replace('\r', "\n");
                Ok(Some((cell, Cow::Owned(text.trim().to_owned()))))
            }
        }
    }

    /// A finding about the whole file.
    pub(super) fn say_file(&mut self, code: Code, found: &str) {
        let place = Place::File { file: self.file.to_owned() };
        self.findings.push(Diagnostic::new(code, place, found));
    }
}

/// `0.08` as the cell shows it: 8%.
fn percent_shown(value: &CellValue) -> Option<String> {
    match value {
        CellValue::Number(n) => Some(format!("{}%", (n * 1e10).round() / 1e8)),
        _ => None,
    }
}
