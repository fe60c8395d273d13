//! A whole period: who sends what, and when.

use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};
use rayon::prelude::*;

use super::{
    Planted,
    dice::Dice,
    disorder::{self, DISORDERS, Disorder},
    draft::{At, Draft},
    filling, mistakes, oddities,
    other_files::OTHERS,
    planted::{Plant, Spot},
    workbook,
};
use crate::{
    diag::{Code, Result},
    model::{Field, Period, UnitId},
    sheet::{cell_name, parse_cell, read},
    template::{ColumnKey, FORM_NAME, Form, FormSpec, cell_of, write},
    wording::rehearsal as words,
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

/// Of a hundred units, so many send nothing in a period.
const MISSING: u32 = 4;
/// Of a hundred units, so many send nothing at all in the first months of a year.
const SILENT: u32 = 3;
/// Of a hundred units, so many are late.
const LATE: u32 = 8;
/// Of a hundred returns, so many have a mistake.
const MISTAKEN: u32 = 14;
/// Of a hundred messy returns, so many have an odd answer.
const ODD: u32 = 45;
/// Of a hundred messy returns, so many are something else than a filled form.
const OTHER_FILE: u32 = 10;
/// Of a hundred messy returns, so many are disordered as a whole (those of [`OTHER_FILE`] included).
const DISORDERED: u32 = 60;
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
    let sent: Vec<Result<Option<One>>> = forms
        .par_iter()
        .enumerate()
        .map(|(n, (name, form))| one(n, name, form, spec, options))
        .collect();
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

fn one(
    number: usize,
    name: &str,
    form: &Form,
    spec: &FormSpec,
    options: &Options,
) -> Result<Option<One>> {
    let period = options.period.to_string();
    let mut dice = Dice::new(options.seed, &["unit", &form.unit.0, &period]);
    let fate = dice.below(100);
    if fate < MISSING || silent(form, options) {
        return Ok(None);
    }
    let late = fate < MISSING + LATE;
    let received_at = moment(options, late, &mut dice);
    let done = |name: String, bytes: Vec<u8>, planted: Vec<Planted>| {
        let sent = Sent { name, unit: form.unit.clone(), received_at, bytes };
        Ok(Some(One { sent, late, planted }))
    };
    let disorder = if options.messy { dice.below(100) } else { 100 };
    if disorder < OTHER_FILE {
        let (name, bytes, planted) = other(name, form, spec, &mut dice)?;
        return done(name, bytes, planted);
    }
    let mut filled = form.clone();
    let mut plants = filling::fill(&mut filled, spec, options.seed);
    let more = if dice.chance(MISTAKEN) {
        mistakes::make(&mut filled, spec, &mut dice)
    } else if options.messy && dice.chance(ODD) {
        oddities::make(&mut filled, spec, &mut dice)
    } else {
        Vec::new()
    };
    plants.extend(more);
    let bytes = write(&filled, spec)?;
    if disorder < DISORDERED {
        let file = disordered(number, name, &filled, spec, &bytes, &plants, &mut dice)?;
        if let Some((name, bytes, planted)) = file {
            return done(name, bytes, planted);
        }
    }
    let planted = plants.into_iter().map(|p| place(p, name, &filled, spec)).collect();
    done(name.to_owned(), bytes, planted)
}

/// Whether a unit has not yet begun to report.
fn silent(form: &Form, options: &Options) -> bool {
    let mut dice = Dice::new(options.seed, &["silent", &form.unit.0]);
    dice.chance(SILENT) && super::figures::month(options.period) <= dice.between(2, 4)
}

/// A file as it is sent: name, bytes, what was planted.
type File = (String, Vec<u8>, Vec<Planted>);

/// What comes instead of a filled form: a scan, a file with a password, the empty form, last period's form.
fn other(name: &str, form: &Form, spec: &FormSpec, dice: &mut Dice) -> Result<File> {
    let owes = form.rows.iter().any(|r| !r.required.is_empty());
    let planted = |name: &str, code: Code, on_form: bool, found: String, what| Planted {
        file: name.to_owned(),
        unit: form.unit.clone(),
        code: code.printed(),
        sheet: on_form.then(|| FORM_NAME.to_owned()),
        cell: None,
        found,
        what,
    };
    let kinds = u32::try_from(OTHERS.len()).unwrap_or(0);
    let kind = dice.below(kinds + 2);
    if kind == kinds && owes {
        let planted = planted(name, Code::ReturnEmpty, true, String::new(), "空表发回");
        return Ok((name.to_owned(), write(form, spec)?, vec![planted]));
    }
    if kind >= kinds {
        let mut old = form.clone();
        old.period = form.period.previous();
        old.stamp.period = old.period.to_string();
        let planted = planted(name, Code::PeriodOther, false, old.period.zh(), "发来上期的表");
        return Ok((name.to_owned(), write(&old, spec)?, vec![planted]));
    }
    let other = &OTHERS[usize::try_from(kind).unwrap_or(0)];
    let stem = name.strip_suffix(".xlsx").unwrap_or(name);
    let name = format!("{stem}.{}", other.extension);
    let planted = planted(&name, other.code, false, String::new(), other.what);
    Ok((name, (other.bytes)(&form.unit_name), vec![planted]))
}

/// The return with one disorder; none if the form offers no place for any.
fn disordered(
    number: usize,
    name: &str,
    form: &Form,
    spec: &FormSpec,
    bytes: &[u8],
    plants: &[Plant],
    dice: &mut Dice,
) -> Result<Option<File>> {
    let Some(mut draft) = read(bytes, name).ok().and_then(Draft::of) else { return Ok(None) };
    for plant in plants {
        let cell = place(plant.clone(), name, form, spec).cell.and_then(|c| parse_cell(&c));
        let at = cell.map_or(At::Main, |at| At::Cells(at, at));
        draft.put(plant.code, at, plant.found.clone(), plant.what);
    }
    // The first that fits, beginning with the one thrown.
    let first =
        usize::try_from(dice.below(u32::try_from(DISORDERS.len()).unwrap_or(1))).unwrap_or(0);
    let found = (0..DISORDERS.len())
        .map(|n| DISORDERS[(first + n) % DISORDERS.len()])
        .find(|d| disorder::apply(*d, &mut draft, form, spec, dice));
    let Some(kind) = found else { return Ok(None) };
    let stem = name.strip_suffix(".xlsx").unwrap_or(name);
    Ok(Some(match kind {
        Disorder::OpenDocument => {
            let name = format!("{stem}.ods");
            let bytes = workbook::ods(&draft, &name)?;
            let planted = draft.planted(&name, &form.unit);
            (name, bytes, planted)
        }
        Disorder::Renamed => {
            let name = words::nameless(number + 1);
            let planted = draft.planted(&name, &form.unit);
            (name, bytes.to_vec(), planted)
        }
        _ => {
            let bytes = workbook::xlsx(&draft, name)?;
            (name.to_owned(), bytes, draft.planted(name, &form.unit))
        }
    }))
}

/// A plant on a form as template wrote it.
fn place(plant: Plant, name: &str, form: &Form, spec: &FormSpec) -> Planted {
    plant.placed(name, &form.unit, FORM_NAME, |spot| match spot {
        Spot::Field(row, field) => cell_of(form, spec, Some(*row), *field),
        Spot::Foot => {
            // The first label of the foot stands under 任务内容.
            let (row, _) = parse_cell(&cell_of(form, spec, None, Field::FilledBy)?)?;
            Some(cell_name(row, u32::from(spec.place(&ColumnKey::Text)?)))
        }
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
