//! What today's rules would judge otherwise (复核): a stored judgement against a new one of the same bytes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{EntryRow, dump};
use crate::{
    intake::Entry,
    model::{Answer, Field, ItemNo},
};

/// How a cell is judged otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// Taken in then and now, with another value.
    Changed,
    /// Taken in then, withheld now.
    Withheld,
    /// Withheld then, taken in now.
    Taken,
    /// The same value, but for another item or field.
    Moved,
}

impl Otherwise {
    /// The name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Withheld => "withheld",
            Self::Taken => "taken",
            Self::Moved => "moved",
        }
    }
}

/// A cell that today's rules judge otherwise.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Rejudged {
    /// How.
    pub otherwise: Otherwise,
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// What was typed.
    pub raw: String,
    /// Item then, or now if it was not taken in then.
    pub item: Option<ItemNo>,
    /// Field likewise.
    pub field: Field,
    /// Value as recorded.
    #[serde(serialize_with = "dump::answer")]
    pub recorded: Option<Answer>,
    /// Value by today's rules.
    #[serde(serialize_with = "dump::answer")]
    pub now: Option<Answer>,
}

/// Compares what was recorded of a file with what today's rules take in from the same bytes, cell by cell; gives
/// the cells that differ, in order of sheet and cell. Nothing is changed.
#[must_use]
pub fn rejudged(recorded: &[EntryRow], now: &[Entry]) -> Vec<Rejudged> {
    let mut cells: BTreeMap<Address, (Option<&Entry>, Option<&Entry>)> = BTreeMap::new();
    for row in recorded {
        cells.entry(address(&row.entry)).or_default().0 = Some(&row.entry);
    }
    for entry in now {
        cells.entry(address(entry)).or_default().1 = Some(entry);
    }
    cells.into_values().filter_map(compared).collect()
}

/// Sheet, row, column, and the cell as written for addresses that are none.
type Address = (String, Option<(u32, u32)>, String);

fn address(entry: &Entry) -> Address {
    (entry.sheet.clone(), crate::sheet::parse_cell(&entry.cell), entry.cell.clone())
}

fn compared((then, now): (Option<&Entry>, Option<&Entry>)) -> Option<Rejudged> {
    let blank = |e: &Entry| e.value.is_none() && e.raw.trim().is_empty();
    let (otherwise, told) = match (then, now) {
        (Some(then), Some(now)) if then.value != now.value => (Otherwise::Changed, then),
        (Some(then), Some(now)) if (then.item, then.field) != (now.item, now.field) => {
            (Otherwise::Moved, then)
        }
        (Some(then), None) if !blank(then) => (Otherwise::Withheld, then),
        (None, Some(now)) if !blank(now) => (Otherwise::Taken, now),
        _ => return None,
    };
    Some(Rejudged {
        otherwise,
        sheet: told.sheet.clone(),
        cell: told.cell.clone(),
        raw: told.raw.clone(),
        item: told.item,
        field: told.field,
        recorded: then.and_then(|e| e.value.clone()),
        now: now.and_then(|e| e.value.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(cell: &str, value: Option<i64>) -> Entry {
        Entry {
            task: None,
            item: "1-1".parse().ok(),
            role: None,
            field: Field::Cumulative,
            value: value.map(|v| Answer::Number(v.into())),
            raw: value.map_or_else(String::new, |v| format!("{v}家")),
            sheet: "填报表".into(),
            cell: cell.into(),
        }
    }

    #[test]
    fn only_what_differs_is_told_in_order_of_the_sheet() {
        let then = [("K10", Some(30)), ("K9", Some(2)), ("K8", Some(5)), ("K7", None)];
        let recorded: Vec<EntryRow> = then
            .into_iter()
            .enumerate()
            .map(|(n, (cell, value))| EntryRow {
                submission: 1,
                n: u32::try_from(n).expect("few"),
                entry: entry(cell, value),
            })
            .collect();
        let mut moved = entry("K8", Some(5));
        moved.item = "1-2".parse().ok();
        let now = [entry("K10", Some(3)), moved, entry("K6", Some(1))];
        let told: Vec<_> =
            rejudged(&recorded, &now).into_iter().map(|r| (r.cell, r.otherwise)).collect();
        assert_eq!(
            told,
            [
                ("K6".to_owned(), Otherwise::Taken),
                ("K8".to_owned(), Otherwise::Moved),
                ("K9".to_owned(), Otherwise::Withheld),
                ("K10".to_owned(), Otherwise::Changed),
            ]
        );
        assert!(rejudged(&recorded, &then.map(|(c, v)| entry(c, v))).is_empty());
    }
}
