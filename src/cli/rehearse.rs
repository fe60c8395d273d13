//! A rehearsed period: forms at its end, returns around the due date, intake after it, by a clock that is set.

use std::path::Path;

use jiff::{ToSpan, civil::Time};

use super::{
    clock::Clock,
    ingest::{self, Given, Ingested},
    office::{Office, Stage},
    simulate, templates,
};
use crate::{diag::Result, model::Period, settings::Settings, wording::Lang};

/// Intake happens this many days after the due date, when the last late return is in.
const DAYS_AFTER: i64 = 6;

/// The office at nine in the morning of `date`.
fn at(dir: &Path, date: jiff::civil::Date) -> Result<Office> {
    Office::at(dir, &Clock::fixed(&date.to_datetime(Time::constant(9, 0, 0, 0)).to_string()))
}

/// The settings, which know when a period is over and when its returns are due.
fn settings(dir: &Path, period: Period) -> Result<Settings> {
    Ok(at(dir, period.last_day())?.settings)
}

/// Writes the forms of a period and fills them as units would.
///
/// # Errors
/// What [`templates::write`] and [`simulate::write`] say.
pub(super) fn send(
    dir: &Path,
    period: Period,
    seed: u64,
    messy: bool,
    lang: Lang,
) -> Result<(templates::Written, simulate::Written)> {
    let office = at(dir, settings(dir, period)?.cut_off(period))?;
    let forms = templates::write(&office, period, None, lang)?;
    let sent = simulate::write(&office, period, seed, messy)?;
    Ok((forms, sent))
}

/// Takes the returns of a rehearsed period in; gives the office as of that day, too.
///
/// # Errors
/// What [`ingest::take`] says.
pub(super) fn take(dir: &Path, period: Period, lang: Lang) -> Result<(Office, Ingested)> {
    let due = settings(dir, period)?.due(period);
    let office = at(dir, due.saturating_add(DAYS_AFTER.days()))?;
    let returns = office.folder(Stage::Returns, period);
    let taken = ingest::take(&office, period, &[returns], &Given::default(), lang)?;
    Ok((office, taken))
}
