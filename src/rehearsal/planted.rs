//! What was planted in a rehearsal: the findings that intake owes.

use serde::Serialize;

use crate::{diag::Code, model::UnitId};

/// A finding that intake must make (预埋的问题).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Planted {
    /// File name, as in [`super::Sent::name`].
    pub file: String,
    /// The unit whose return it is.
    pub unit: UnitId,
    /// Printed code, e.g. `I401`.
    pub code: &'static str,
    /// Sheet, where the finding is on one.
    pub sheet: Option<String>,
    /// Cell or range, where the finding is in one.
    pub cell: Option<String>,
    /// What was typed there.
    pub found: String,
    /// What was done, in a few words.
    pub what: &'static str,
}

/// A planted finding before its file is written: its place is known by row and field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plant {
    pub(super) code: Code,
    pub(super) spot: Spot,
    pub(super) found: String,
    pub(super) what: &'static str,
}

/// Where a planted finding stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Spot {
    /// The row of signatures: its first label.
    Foot,
    /// A field of a row of the form, by the row's place in the form.
    Field(usize, crate::model::Field),
}

impl Plant {
    pub(super) fn new(
        code: Code,
        spot: Spot,
        found: impl Into<String>,
        what: &'static str,
    ) -> Self {
        Self { code, spot, found: found.into(), what }
    }

    /// The plant in its file: `cell` gives the sheet's name and the cell of a spot.
    pub(super) fn placed(
        self,
        file: &str,
        unit: &UnitId,
        sheet: &str,
        cell: impl Fn(&Spot) -> Option<String>,
    ) -> Planted {
        let cell = cell(&self.spot);
        Planted {
            file: file.to_owned(),
            unit: unit.clone(),
            code: self.code.printed(),
            sheet: Some(sheet.to_owned()),
            cell,
            found: self.found,
            what: self.what,
        }
    }
}
