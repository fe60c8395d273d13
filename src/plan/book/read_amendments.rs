//! Amendments and the rows of the sheet 变更: read here, and put into words for the writer.

use std::collections::BTreeMap;

use super::{
    layout::amendment,
    names,
    read::Known,
    reader::{Bad, Reader},
    table::Table,
    value,
};
use crate::{
    diag::Code,
    model::{
        Amendment, Change, ItemNo, Period, Plan, Succession, TaskNo, UnitId, decimal_text,
        normalise_name,
    },
    wording::book as words,
};

/// Reads the rows that can be understood into the plan; gives their rows.
pub(super) fn amendments(
    table: &Table,
    plan: &mut Plan,
    reader: &mut Reader,
    units: &Known,
    leaders: &Known,
) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut seen: BTreeMap<(Period, usize, String), u32> = BTreeMap::new();
    for &row in &table.rows {
        let effective = reader.period(table, row, amendment::EFFECTIVE);
        let which = reader.choice((table, row, amendment::CHANGE), &words::CHANGES);
        let object = reader.text(table, row, amendment::OBJECT);
        if effective == Ok(None) {
            reader.blank((table, row, amendment::EFFECTIVE), "");
        }
        if which == Ok(None) {
            reader.blank((table, row, amendment::CHANGE), "");
        }
        if object.is_empty() {
            reader.blank((table, row, amendment::OBJECT), "");
        }
        let (Ok(Some(effective)), Ok(Some(which)), false) = (effective, which, object.is_empty())
        else {
            continue;
        };
        let mut line = Line { table, row, which, plan, reader, units, leaders, object: &object };
        let Ok(change) = line.change() else { continue };
        let (_, object, _) = in_words(&change, &|_| false);
        if seen.insert((effective, which, object.clone()), row).is_some() {
            reader.say(Code::ChangeTwice, (table, row, amendment::OBJECT), &object);
            reader.with("change", words::CHANGES[which][0]);
            reader.with("period", effective.to_string());
        }
        let reason = reader.text(table, row, amendment::REASON);
        plan.amendments.push(Amendment { effective, change, reason });
        rows.push(row);
    }
    rows
}

/// One row while it is read.
struct Line<'r, 'f> {
    table: &'r Table<'r>,
    row: u32,
    which: usize,
    plan: &'r Plan,
    reader: &'r mut Reader<'f>,
    units: &'r Known,
    leaders: &'r Known,
    object: &'r str,
}

impl Line<'_, '_> {
    /// The change the row describes.
    fn change(&mut self) -> Result<Change, Bad> {
        Ok(match self.which {
            0 => self.no_value(Change::Add)?,
            1 => self.no_value(Change::Withdraw)?,
            2 => {
                let (item, unit) = self.item()?;
                let at = (self.table, self.row, amendment::VALUE);
                match self.reader.number(at, &unit) {
                    Ok(Some(target)) => Change::Target(item, target),
                    Ok(None) => return Err(self.value_missing()),
                    Err(Bad) => return Err(Bad),
                }
            }
            3 => Change::LeadUnits(self.task()?, self.names(self.units)?),
            4 => Change::Responsible(self.task()?, self.names(self.units)?),
            5 => Change::Leaders(self.task()?, self.names(self.leaders)?),
            6 => {
                let task = self.task()?;
                match self.reader.date(self.table, self.row, amendment::VALUE) {
                    Ok(Some(due)) => Change::Due(task, due),
                    Ok(None) => return Err(self.value_missing()),
                    Err(Bad) => return Err(Bad),
                }
            }
            _ => self.succession()?,
        })
    }

    /// A change of a task that needs nothing else.
    fn no_value(&mut self, change: impl Fn(TaskNo) -> Change) -> Result<Change, Bad> {
        let task = self.task()?;
        let extra = self.reader.text(self.table, self.row, amendment::VALUE);
        if !extra.is_empty() {
            self.say(Code::ChangeExtra, amendment::VALUE, &extra);
        }
        Ok(change(task))
    }

    /// The task the object names.
    fn task(&mut self) -> Result<TaskNo, Bad> {
        match value::count(self.object).map(TaskNo) {
            Some(no) if self.plan.task(no).is_some() => Ok(no),
            _ => Err(self.object_bad(&words::TASKS)),
        }
    }

    /// The indicator the object names, and its unit of measure.
    fn item(&mut self) -> Result<(ItemNo, String), Bad> {
        let Some(item) = value::item(self.object).filter(|i| i.index > 0) else {
            return Err(self.object_bad(&words::INDICATORS));
        };
        let found =
            self.plan.task(item.task).and_then(|t| t.indicators.iter().find(|i| i.item == item));
        match found.map(|i| i.unit.clone()) {
            Some(unit) => Ok((item, unit)),
            None => Err(self.object_bad(&words::INDICATORS)),
        }
    }

    /// The names the change puts in force.
    fn names(&mut self, known: &Known) -> Result<Vec<String>, Bad> {
        let names = self.reader.names(self.table, self.row, amendment::VALUE, &|n| known.has(n));
        if names.is_empty() { Err(self.value_missing()) } else { Ok(names) }
    }

    /// Units succeed one another; all of them stand on the sheet 单位.
    fn succession(&mut self) -> Result<Change, Bad> {
        let kind = SUCCESSIONS[self.which - FIRST_SUCCESSION];
        let known = |n: &str| self.units.has(n);
        let old = names::split(self.object, &known);
        let new = self.reader.names(self.table, self.row, amendment::VALUE, &known);
        if new.is_empty() {
            return Err(self.value_missing());
        }
        let registry = &self.plan.registry;
        let stranger = |names: &[String]| {
            names.iter().find(|n| registry.unit(&UnitId((*n).clone())).is_none()).cloned()
        };
        let (strange_old, strange_new) = (stranger(&old), stranger(&new));
        if strange_old.is_some() {
            return Err(self.object_bad(&words::UNITS));
        }
        if let Some(name) = strange_new {
            self.say(Code::ChangeUnit, amendment::VALUE, &name);
            return Err(Bad);
        }
        let counts = match kind {
            Succession::Rename => old.len() == 1 && new.len() == 1,
            Succession::Absorb => new.len() == 1,
            Succession::Merge => old.len() > 1 && new.len() == 1,
            Succession::Split => old.len() == 1 && new.len() > 1,
        };
        if !counts || old.is_empty() {
            let found = new.join("、");
            self.say(Code::SuccessionCounts, amendment::VALUE, &found);
            self.reader.with("old", old.join("、"));
            return Err(Bad);
        }
        let ids = |names: Vec<String>| names.into_iter().map(UnitId).collect();
        Ok(Change::Succession { kind, old: ids(old), new: ids(new) })
    }

    fn say(&mut self, code: Code, column: usize, found: &str) {
        self.reader.say(code, (self.table, self.row, column), found);
        self.reader.with("change", words::CHANGES[self.which][0]);
    }

    fn object_bad(&mut self, sheet: &words::SheetText) -> Bad {
        let object = self.object.to_owned();
        self.say(Code::ChangeObject, amendment::OBJECT, &object);
        self.reader.with("sheet", sheet.name);
        Bad
    }

    fn value_missing(&mut self) -> Bad {
        self.reader.blank((self.table, self.row, amendment::VALUE), "");
        Bad
    }
}

/// Place of 单位更名 among the changes.
const FIRST_SUCCESSION: usize = 7;

/// Successions in the order of [`words::CHANGES`].
const SUCCESSIONS: [Succession; 4] =
    [Succession::Rename, Succession::Absorb, Succession::Merge, Succession::Split];

/// A change as its row says it: place among [`words::CHANGES`], object, new value.
pub(in crate::plan) fn in_words(
    change: &Change,
    known: &dyn Fn(&str) -> bool,
) -> (usize, String, String) {
    let list = |names: &[String]| names::join(names, known);
    let ids = |ids: &[UnitId]| {
        let names: Vec<String> = ids.iter().map(|id| normalise_name(id.as_str())).collect();
        names::join(&names, known)
    };
    match change {
        Change::Add(no) => (0, no.to_string(), String::new()),
        Change::Withdraw(no) => (1, no.to_string(), String::new()),
        Change::Target(item, target) => (2, item.to_string(), decimal_text(*target)),
        Change::LeadUnits(no, names) => (3, no.to_string(), list(names)),
        Change::Responsible(no, names) => (4, no.to_string(), list(names)),
        Change::Leaders(no, names) => (5, no.to_string(), list(names)),
        Change::Due(no, due) => (6, no.to_string(), due.to_string()),
        Change::Succession { kind, old, new } => {
            let at = SUCCESSIONS.iter().position(|k| k == kind).unwrap_or(0);
            (FIRST_SUCCESSION + at, ids(old), ids(new))
        }
    }
}
