//! A whole period: who sends what, and when.

use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};
use rayon::prelude::*;

use super::{
    Planted,
    dice::Dice,
    filling, mistakes,
    planted::{Plant, Spot},
};
use crate::{
    diag::Result,
    model::{Period, UnitId},
    template::{FORM_NAME, Form, FormSpec, cell_of, write},
};

/// How a period is rehearsed.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Everything follows from it.
    pub seed: u64,
    /// The period.
    pub period: Period,
    /// Due date.
    pub due: Date,
    /// The office's offset from UTC.
    pub offset: Offset,
    /// Adds the disorder of everyday life: moved columns, pasted values, scans, other formats.
    pub messy: bool,
}

/// A file that a unit sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// File name.
    pub name: String,
    /// The unit that sent it.
    pub unit: UnitId,
    /// When it came.
    pub received_at: Timestamp,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a rehearsal gives.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rehearsal {
    /// Files in order of the forms.
    pub files: Vec<Sent>,
    /// Units that sent nothing.
    pub missing: Vec<UnitId>,
    /// Units whose first file came after the due date.
    pub late: Vec<UnitId>,
    /// The findings that intake owes.
    pub planted: Vec<Planted>,
}

/// Of a hundred units, so many send nothing.
const MISSING: u32 = 5;
/// Of a hundred units, so many are late.
const LATE: u32 = 8;
/// Of a hundred returns, so many have a mistake.
const MISTAKEN: u32 = 14;
/// Late returns come within so many days.
const LATE_DAYS: u32 = 5;

/// Fills forms as units do (演练填报): most on time, some late, some missing, some with mistakes.
///
/// `forms` are the issued forms with their file names. Figures grow from what the forms print as 上期累计, so the
/// periods of a year follow from each other. The same forms and options give the same bytes.
///
/// # Errors
/// [`crate::diag::Error::Workbook`] if the writing library refuses.
pub fn fill(forms: &[(String, Form)], spec: &FormSpec, options: &Options) -> Result<Rehearsal> {
    let sent: Vec<Result<Option<One>>> =
        forms.par_iter().map(|(name, form)| one(name, form, spec, options)).collect();
    let mut out = Rehearsal::default();
    for ((_, form), sent) in forms.iter().zip(sent) {
        let Some(one) = sent? else {
            out.missing.push(form.unit.clone());
            continue;
        };
        if one.late {
            out.late.push(form.unit.clone());
        }
        out.files.push(one.sent);
        out.planted.extend(one.planted);
    }
    out.planted.sort();
    Ok(out)
}

/// What one unit sends.
struct One {
    sent: Sent,
    late: bool,
    planted: Vec<Planted>,
}

fn one(name: &str, form: &Form, spec: &FormSpec, options: &Options) -> Result<Option<One>> {
    let period = options.period.to_string();
    let mut dice = Dice::new(options.seed, &["unit", &form.unit.0, &period]);
    let fate = dice.below(100);
    if fate < MISSING {
        return Ok(None);
    }
    let late = fate < MISSING + LATE;
    let received_at = moment(options, late, &mut dice);
    let mut filled = form.clone();
    filling::fill(&mut filled, spec, options.seed);
    let plants = if dice.chance(MISTAKEN) {
        mistakes::make(&mut filled, spec, &mut dice)
    } else {
        Vec::new()
    };
    let bytes = write(&filled, spec)?;
    let sent = Sent { name: name.to_owned(), unit: form.unit.clone(), received_at, bytes };
    let planted = plants.into_iter().map(|p| place(p, name, &filled, spec)).collect();
    Ok(Some(One { sent, late, planted }))
}

/// A plant on a form as template wrote it.
fn place(plant: Plant, name: &str, form: &Form, spec: &FormSpec) -> Planted {
    plant.placed(name, &form.unit, FORM_NAME, |spot| match spot {
        Spot::Field(row, field) => cell_of(form, spec, Some(*row), *field),
        Spot::File | Spot::Sheet => None,
    })
}

/// When a return comes: in working hours, between the cut-off date and the due date, or some days after that.
fn moment(options: &Options, late: bool, dice: &mut Dice) -> Timestamp {
    let due = options.due;
    let day = if late {
        due.saturating_add(i64::from(dice.between(1, LATE_DAYS)).days())
    } else {
        // The form is issued on the cut-off date; the last days see most returns.
        let first = options.period.last_day().saturating_add(1.days());
        let days = first.until(due).map_or(0, |s| u32::try_from(s.get_days()).unwrap_or(0));
        due.saturating_sub(i64::from(dice.below(days + 1)).days())
    };
    let hour = i8::try_from(dice.between(9, 17)).unwrap_or(12);
    let minute = i8::try_from(dice.below(60)).unwrap_or(0);
    let second = i8::try_from(dice.below(60)).unwrap_or(0);
    options.offset.to_timestamp(day.at(hour, minute, second, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}
