//! Whose return it is and for which period (认单位、认报送期): by stamp, then head cell, then file name.

use crate::{
    diag::Code,
    model::{Period, UnitId, normalised},
    sheet::{CellValue, Sheet},
    template::{Form, LabelKey, Stamp, Verdict, targets},
};

use super::{
    Expected, FileFacts,
    balance::{Desk, Spot},
    measure,
    said_period::{period_in, without_days},
};

/// What a head cell says: where its value stands, and what it is.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Said {
    /// Cells of label and value.
    pub(super) cells: Vec<(u32, u32)>,
    /// The value as typed, without its label.
    pub(super) value: String,
}

/// Facts of the head (表头): what stands beside each printed label above the table.
pub(super) fn head(sheet: &Sheet, below: u32, expected: &Expected) -> Vec<(LabelKey, Said)> {
    let mut found: Vec<(LabelKey, Said)> = Vec::new();
    for (n, cell) in sheet.cells.iter().enumerate().take_while(|(_, c)| c.row < below) {
        let CellValue::Text(text) = &cell.value else { continue };
        let Some((key, value)) = expected.label(text) else { continue };
        if matches!(key, LabelKey::Field(_)) || found.iter().any(|(k, _)| *k == key) {
            continue;
        }
        let mut said = Said { cells: vec![(cell.row, cell.column)], value: value.to_owned() };
        if said.value.is_empty() {
            // The value stands in the next cell, unless that is a label too.
            let next = sheet.cells.get(n + 1).filter(|c| c.row == cell.row);
            if let Some(next) = next.filter(|c| !c.text().contains(['：', ':'])) {
                said.value = next.text();
                said.cells.push((next.row, next.column));
            }
        }
        // 单位：万元 above a table is what its figures count in.
        if key == LabelKey::Unit && measure::names_measures(&said.value) {
            continue;
        }
        found.push((key, said));
    }
    found
}

/// Whose file it is.
#[derive(Clone, Debug)]
pub(super) struct Whose<'a> {
    pub(super) unit: UnitId,
    /// The form answers are read by: the latest issue.
    pub(super) form: &'a Form,
    /// The form that was filled in: the issue with the same stamp, else the latest.
    pub(super) sent: &'a Form,
}

/// Why a file is refused before its table is read: the finding was made; the unit, as far as known.
pub(super) struct Refused(pub(super) Option<UnitId>);

/// Finds out whose file it is, says where the sources disagree, and refuses what cannot be attributed.
pub(super) fn whose<'a>(
    desk: &mut Desk<'_>,
    sheet: usize,
    head: &[(LabelKey, Said)],
    stamp: Option<Stamp>,
    file: &FileFacts,
    expected: &'a Expected,
) -> Result<Whose<'a>, Refused> {
    let said = |key: LabelKey| head.iter().find(|(k, _)| *k == key).map(|(_, s)| s);
    let head_unit = said(LabelKey::Unit);
    let by_stamp = stamp.as_ref().and_then(|s| expected.unit(&s.unit));
    let by_head = head_unit.and_then(|s| expected.unit(&s.value));
    let mut by_name = unit_of_path(&file.path, expected);
    let by_office = file.on_behalf.as_ref().and_then(|o| expected.unit(&o.name));
    let Some(unit) = by_office.or(by_stamp).or(by_head).or(by_name).cloned() else {
        let found = stamp
            .map_or_else(|| head_unit.map_or_else(String::new, |s| s.value.clone()), |s| s.unit);
        desk.on_file(Code::UnitUnknown, found, vec![]);
        return Err(Refused(None));
    };
    // A name that also says to whom the file goes does not speak against the unit it is from.
    let file_name = file.path.rsplit('/').next().unwrap_or_default();
    if by_name != Some(&unit) && expected.units_within(file_name).contains(&&unit) {
        by_name = Some(&unit);
    }
    if let Some(on_behalf) = &file.on_behalf {
        let args = vec![("reason", on_behalf.reason.clone())];
        desk.on_file(Code::FiledOnBehalf, on_behalf.name.clone(), args);
    }
    // Head and file name agree with one another against the stamp.
    let borrowed = by_head.filter(|h| {
        by_office.is_none() && by_name == Some(*h) && by_stamp.is_some_and(|s| s != *h)
    });
    if borrowed.is_none() {
        contradictions(desk, sheet, &unit, by_stamp, head_unit, by_head, by_name, expected);
    }
    if stamp.is_none() {
        desk.on_file(Code::StampMissing, "", vec![]);
        // A head that names nobody known was said above.
        let unsaid = head_unit.is_none_or(|s| s.value.trim().is_empty());
        if unsaid && by_office.is_none() {
            desk.on_file(
                Code::UnitByFileName,
                "",
                vec![("unit", expected.name_of(&unit).to_owned())],
            );
        }
    }
    period(desk, sheet, said(LabelKey::Period), stamp.as_ref(), file, expected)
        .map_err(|()| Refused(Some(unit.clone())))?;
    let Some(issues) = expected.forms.get(&unit) else {
        desk.on_file(Code::UnitWithoutForm, expected.name_of(&unit), vec![]);
        return Err(Refused(Some(unit)));
    };
    let (Some(form), Some(first)) = (issues.last(), issues.first()) else {
        desk.on_file(Code::UnitWithoutForm, expected.name_of(&unit), vec![]);
        return Err(Refused(Some(unit)));
    };
    // A stamp is checked against what was sent to the unit it names: after a succession, or where the office enters
    // a form for another unit, that is not the unit the return is taken for.
    let own = stamp.as_ref().and_then(|s| expected.forms.get(&UnitId(s.unit.clone())));
    let (issues, first) = own.and_then(|o| Some((o, o.first()?))).unwrap_or((issues, first));
    let sent = match &stamp {
        None => form,
        Some(stamp) => match check_stamp(desk, stamp, issues, first, expected) {
            Ok(sent) => sent.unwrap_or(form),
            Err(()) => return Err(Refused(Some(unit))),
        },
    };
    if let Some(other) = borrowed {
        let args = vec![("stamp", expected.name_of(&unit).to_owned())];
        desk.on_file(Code::UnitDisputed, expected.name_of(other), args);
        return Err(Refused(None));
    }
    Ok(Whose { unit, form, sent })
}

/// The unit a path names: its file name, then the folders above it.
pub(super) fn unit_of_path<'a>(path: &str, expected: &'a Expected) -> Option<&'a UnitId> {
    path.rsplit('/').take(3).find_map(|part| expected.unit_within(part))
}

/// Says where stamp, head and file name name different units.
#[expect(clippy::too_many_arguments, reason = "one finding from everything that names a unit")]
fn contradictions(
    desk: &mut Desk<'_>,
    sheet: usize,
    unit: &UnitId,
    by_stamp: Option<&UnitId>,
    head: Option<&Said>,
    by_head: Option<&UnitId>,
    by_name: Option<&UnitId>,
    expected: &Expected,
) {
    let typed = head.map(|s| s.value.trim()).filter(|v| !v.is_empty());
    let named = |id: Option<&UnitId>| id.map_or("—", |id| expected.name_of(id)).to_owned();
    let head_differs = typed.is_some() && by_head != Some(unit);
    let differs = |id: Option<&UnitId>| id.is_some_and(|id| id != unit);
    let disputed = differs(by_stamp) || head_differs || differs(by_name);
    let spot = head.and_then(|s| s.cells.last()).map(|(row, column)| Spot {
        sheet,
        row: *row,
        column: *column,
    });
    if disputed {
        let args = vec![
            ("stamp", named(by_stamp)),
            ("head", typed.unwrap_or("—").to_owned()),
            ("name", named(by_name)),
            ("unit", expected.name_of(unit).to_owned()),
        ];
        let found = typed.unwrap_or_default().to_owned();
        match spot.filter(|_| head_differs) {
            Some(spot) => {
                desk.cell(Code::UnitContradiction, spot, found, args);
                desk.explained(spot);
            }
            None => desk.on_file(Code::UnitContradiction, found, args),
        }
    } else if let (Some(typed), Some(spot)) = (typed, spot) {
        let name = expected.name_of(unit);
        if normalised(typed) != normalised(name) {
            desk.cell(Code::UnitByOtherName, spot, typed, vec![("unit", name.to_owned())]);
        }
    }
}

/// Checks that the file is for the period being taken in.
fn period(
    desk: &mut Desk<'_>,
    sheet: usize,
    head: Option<&Said>,
    stamp: Option<&Stamp>,
    file: &FileFacts,
    expected: &Expected,
) -> Result<(), ()> {
    let wanted = expected.period;
    let by_stamp = stamp.and_then(|s| s.period.parse::<Period>().ok());
    let by_head = head.and_then(|s| period_in(&s.value, wanted));
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let by_name = period_in(&without_days(name), wanted);
    let Some(period) = by_stamp.or(by_head).or(by_name) else {
        desk.on_file(Code::PeriodUnsaid, "", vec![("period", wanted.zh())]);
        return Ok(());
    };
    if period != wanted {
        desk.on_file(Code::PeriodOther, period.zh(), vec![("period", wanted.zh())]);
        return Err(());
    }
    let zh = |p: Option<Period>| p.map_or("—".to_owned(), Period::zh);
    let typed = head.map(|s| s.value.trim().to_owned()).filter(|v| !v.is_empty());
    let head_differs = typed.is_some() && by_head != Some(period);
    if head_differs || by_name.is_some_and(|p| p != period) {
        let args = vec![
            ("stamp", zh(by_stamp)),
            ("head", typed.clone().unwrap_or("—".to_owned())),
            ("name", zh(by_name)),
            ("period", period.zh()),
        ];
        let spot = head.and_then(|s| s.cells.last()).filter(|_| head_differs);
        match spot {
            Some((row, column)) => {
                let spot = Spot { sheet, row: *row, column: *column };
                desk.cell(Code::PeriodContradiction, spot, typed.unwrap_or_default(), args);
                desk.explained(spot);
            }
            None => desk.on_file(Code::PeriodContradiction, name.to_owned(), args),
        }
    }
    Ok(())
}

/// Checks the stamp; gives the issue it belongs to, none if it is of an issue no longer at hand.
fn check_stamp<'a>(
    desk: &mut Desk<'_>,
    stamp: &Stamp,
    issues: &'a [Form],
    first: &'a Form,
    expected: &Expected,
) -> Result<Option<&'a Form>, ()> {
    let sent = issues.iter().rev().find(|f| f.stamp == *stamp);
    if sent.is_none() {
        let same_plan = issues.iter().rev().find(|f| f.stamp.plan_version == stamp.plan_version);
        let judged = same_plan.unwrap_or(first);
        let verdict = expected.key.as_ref().map(|k| k.verify(stamp, targets(&judged.rows)));
        match verdict {
            Some(Verdict::Sound) => {}
            Some(Verdict::Changed) if same_plan.is_some() => {
                desk.on_file(Code::StampChanged, stamp.unit.clone(), vec![]);
                return Err(());
            }
            Some(Verdict::Changed | Verdict::OtherKey) | None => {
                desk.on_file(Code::StampUnchecked, stamp.key_id.clone(), vec![]);
            }
        }
    }
    let latest = issues.last();
    let outdated = stamp.form_version != expected.spec.version
        || latest.is_some_and(|f| f.stamp.plan_version != stamp.plan_version);
    if outdated {
        let found = format!("{} / {}", stamp.form_version, stamp.plan_version);
        desk.on_file(Code::FormOutdated, found, vec![]);
    }
    Ok(sent)
}
