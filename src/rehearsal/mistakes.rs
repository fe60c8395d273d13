//! Mistakes that units make, planted one by one so that a test can ask for exactly their findings.

use serde::Serialize;

use super::chance::Chance;
use crate::{
    diag::Code,
    model::{Field, IndicatorKind, Role},
    template::{Form, Previous},
};

/// What kind of thing was planted in a return.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words where a figure belongs.
    WordsForFigure,
    /// A required text left empty.
    NarrativeMissing,
    /// A cumulative figure below last period's.
    BelowLast,
    /// 已完成 while a figure is short of its target.
    DoneTooEarly,
    /// 0.45 under a percent heading.
    FractionForPercent,
    /// 130 under a percent heading.
    OverHundred,
    /// A status that is not on the list.
    UnknownStatus,
}

/// A mistake planted in one cell.
pub(super) struct Mistake {
    /// What kind.
    pub(super) kind: Kind,
    /// The finding it must yield.
    pub(super) code: Code,
    /// Row of the form, from 0.
    pub(super) row: usize,
    /// Column.
    pub(super) field: Field,
    /// What was typed.
    pub(super) found: String,
}

/// Plants one mistake of the kind drawn, if the form has a row for it.
pub(super) fn plant(form: &mut Form, chance: &mut Chance) -> Option<Mistake> {
    let kinds = [
        Kind::WordsForFigure,
        Kind::NarrativeMissing,
        Kind::BelowLast,
        Kind::DoneTooEarly,
        Kind::FractionForPercent,
        Kind::OverHundred,
        Kind::UnknownStatus,
    ];
    let first = chance.below(kinds.len());
    (0..kinds.len()).find_map(|n| plant_kind(form, kinds[(first + n) % kinds.len()], chance))
}

fn plant_kind(form: &mut Form, kind: Kind, chance: &mut Chance) -> Option<Mistake> {
    let rows: Vec<usize> = (0..form.rows.len()).filter(|at| fits(form, *at, kind)).collect();
    let row = *rows.get(chance.below(rows.len()))?;
    let (code, field, found) = match kind {
        Kind::WordsForFigure => (Code::FigureNotNumber, Field::Cumulative, "快完成了".to_owned()),
        Kind::NarrativeMissing => (Code::RequiredMissing, Field::Narrative, String::new()),
        Kind::BelowLast => {
            let Previous::Number(last) = form.rows[row].previous else { return None };
            let less = (last / rust_decimal::Decimal::TWO).trunc();
            (Code::BelowLast, Field::Cumulative, crate::model::decimal_text(less))
        }
        Kind::DoneTooEarly => (Code::DoneNotMet, Field::Status, "已完成".to_owned()),
        Kind::FractionForPercent => (Code::PercentFraction, Field::Progress, "0.45".to_owned()),
        Kind::OverHundred => (Code::ProgressOutOfRange, Field::Progress, "130".to_owned()),
        Kind::UnknownStatus => (Code::StatusUnknown, Field::Status, "还行".to_owned()),
    };
    let entered = &mut form.rows[row].entered;
    if found.is_empty() {
        entered.remove(&field);
    } else {
        entered.insert(field, found.clone());
    }
    Some(Mistake { kind, code, row, field, found })
}

/// Whether a mistake of this kind can be made on the row without making a second one.
fn fits(form: &Form, at: usize, kind: Kind) -> bool {
    let row = &form.rows[at];
    if row.role != Role::Lead || row.confirmed {
        return false;
    }
    let number = row.entered.get(&Field::Cumulative).is_some_and(|t| t.parse::<f64>().is_ok());
    let cumulative = row.figure.as_ref().is_some_and(|f| f.kind == IndicatorKind::Cumulative);
    let status = |word: &str| row.entered.get(&Field::Status).is_some_and(|s| s == word);
    match kind {
        Kind::WordsForFigure => number && row.first && !status("已完成"),
        Kind::NarrativeMissing => row.first,
        Kind::BelowLast => {
            let large =
                matches!(row.previous, Previous::Number(v) if v >= rust_decimal::Decimal::TEN);
            cumulative && number && large && !done(form, at)
        }
        Kind::DoneTooEarly => row.first && row.figure.is_some() && number && status("推进中"),
        Kind::FractionForPercent => {
            let small = matches!(row.previous, Previous::None)
                || matches!(row.previous, Previous::Number(v) if v <= rust_decimal::Decimal::from(45));
            row.figure.is_none() && row.accepts(Field::Progress) && small && status("推进中")
        }
        Kind::OverHundred => {
            row.figure.is_none() && row.accepts(Field::Progress) && status("推进中")
        }
        Kind::UnknownStatus => row.first && row.accepts(Field::Status) && !status("已完成"),
    }
}

/// Whether the unit says that the task of row `at` is done.
fn done(form: &Form, at: usize) -> bool {
    let task = form.rows[at].item.task;
    form.rows.iter().any(|r| {
        r.item.task == task && r.entered.get(&Field::Status).is_some_and(|s| s == "已完成")
    })
}
