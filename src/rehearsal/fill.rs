//! A month of returns: who sends what, when, and with which mistakes.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};
use rayon::prelude::*;
use serde::Serialize;

use super::{
    answers::answer,
    chance::Chance,
    mistakes::{self, Kind},
};
use crate::{
    diag::Result,
    model::{Period, UnitId},
    template::{self, Form, FormSpec},
};

/// What a rehearsal needs to know besides the forms.
#[derive(Clone, Debug)]
pub struct Options {
    /// The seed: the same seed gives the same files.
    pub seed: u64,
    /// The period.
    pub period: Period,
    /// Due date.
    pub due: Date,
    /// The office's offset from UTC.
    pub offset: Offset,
    /// With the disorder of real returns.
    pub messy: bool,
}

/// A returned workbook.
#[derive(Clone, PartialEq, Debug)]
pub struct Sent {
    /// File name.
    pub name: String,
    /// Who sent it.
    pub unit: UnitId,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it came.
    pub received_at: Timestamp,
}

/// Something planted on purpose, and the finding it must yield.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Planted {
    /// File name.
    pub file: String,
    /// Who sent it.
    pub unit: UnitId,
    /// What kind of thing.
    pub kind: Kind,
    /// Printed code of the finding.
    pub code: &'static str,
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// What was typed.
    pub found: String,
}

/// A month of returns.
#[derive(Clone, PartialEq, Debug)]
pub struct Rehearsal {
    /// Returned workbooks in order of their names.
    pub files: Vec<Sent>,
    /// Units that sent nothing.
    pub missing: Vec<UnitId>,
    /// Units whose return came after the due date.
    pub late: Vec<UnitId>,
    /// What was planted.
    pub planted: Vec<Planted>,
}

/// Share of units that send nothing in a month.
const MISSING: f64 = 0.05;
/// Share of units that are late.
const LATE: f64 = 0.09;
/// Share of returns with a mistake.
const MISTAKEN: f64 = 0.12;

/// Fills `forms` (each with its file name) the way units do.
///
/// # Errors
/// What the workbook writer says.
pub fn fill(forms: &[(String, Form)], spec: &FormSpec, options: &Options) -> Result<Rehearsal> {
    let period = options.period.to_string();
    let sent: Vec<Result<Option<One>>> =
        forms.par_iter().map(|(name, form)| one(name, form, spec, options, &period)).collect();
    let mut rehearsal =
        Rehearsal { files: Vec::new(), missing: Vec::new(), late: Vec::new(), planted: Vec::new() };
    for ((_, form), sent) in forms.iter().zip(sent) {
        match sent? {
            Some(one) => {
                if one.late {
                    rehearsal.late.push(form.unit.clone());
                }
                rehearsal.planted.extend(one.planted);
                rehearsal.files.push(one.sent);
            }
            None => rehearsal.missing.push(form.unit.clone()),
        }
    }
    rehearsal.files.sort_by(|a, b| a.name.cmp(&b.name));
    rehearsal.planted.sort_by(|a, b| (&a.file, &a.cell).cmp(&(&b.file, &b.cell)));
    Ok(rehearsal)
}

/// What one unit sends.
struct One {
    sent: Sent,
    late: bool,
    planted: Vec<Planted>,
}

fn one(
    name: &str,
    form: &Form,
    spec: &FormSpec,
    options: &Options,
    period: &str,
) -> Result<Option<One>> {
    let mut chance = Chance::new(options.seed, &["return", form.unit.as_str(), period]);
    if chance.happens(MISSING) {
        return Ok(None);
    }
    let late = chance.happens(LATE);
    let days = if late { chance.between(0.2, 4.0) } else { -chance.between(0.1, 4.5) };
    let mut filled = form.clone();
    answer(&mut filled, spec, options.seed);
    let mistake =
        if chance.happens(MISTAKEN) { mistakes::plant(&mut filled, &mut chance) } else { None };
    let placed = mistake.map(|m| Planted {
        file: name.to_owned(),
        unit: form.unit.clone(),
        kind: m.kind,
        code: m.code.printed(),
        sheet: template::FORM_NAME.to_owned(),
        cell: template::cell_of(&filled, spec, Some(m.row), m.field).unwrap_or_default(),
        found: m.found,
    });
    let bytes = template::write(&filled, spec)?;
    Ok(Some(One {
        sent: Sent {
            name: name.to_owned(),
            unit: form.unit.clone(),
            bytes,
            received_at: moment(options, days),
        },
        late,
        planted: placed.into_iter().collect(),
    }))
}

/// A whole second `days` after the end of the due date (before it, if negative).
#[expect(clippy::cast_possible_truncation, reason = "a few days in seconds")]
fn moment(options: &Options, days: f64) -> Timestamp {
    let end = options.due.tomorrow().unwrap_or(options.due);
    let end = options
        .offset
        .to_timestamp(end.to_datetime(jiff::civil::Time::midnight()))
        .unwrap_or(Timestamp::UNIX_EPOCH);
    end.saturating_add(SignedDuration::from_secs((days * 86_400.0) as i64)).unwrap_or(end)
}
