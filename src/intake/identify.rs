//! Whose return it is and for which period (认单位、认报送期): by stamp, then head cell, then file name.

use jiff::civil::Date;

use crate::{
    diag::Code,
    model::{Period, Span, UnitId, normalise_text, normalised},
    sheet::{CellValue, Sheet},
    template::{Form, LabelKey, Stamp, Verdict, targets},
};

use super::{
    Expected, FileFacts,
    balance::{Desk, Spot},
    measure,
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

/// The period a text names: `2024年3月`, `2024-03`, `202403`, `2024.3`, `3月`, `2024年第一季度`, `2024-W10`.
pub(super) fn period_in(text: &str, wanted: Period) -> Option<Period> {
    let plain: Vec<char> = normalise_text(text).chars().collect();
    let year_at = (0..plain.len().saturating_sub(3)).find(|at| {
        let digits: String = plain[*at..at + 4].iter().collect();
        digits.parse::<i16>().is_ok_and(|y| (1990..=2199).contains(&y))
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (*at == 0 || !plain[at - 1].is_ascii_digit())
    });
    let (year, rest) = match year_at {
        Some(at) => {
            let year: String = plain[at..at + 4].iter().collect();
            let rest: String = plain[at + 4..].iter().collect();
            (year.parse().ok()?, rest)
        }
        None => (wanted.year(), plain.iter().collect()),
    };
    let rest = rest.trim_start_matches(['年', '度', '-', '_', '.', '/', '－']);
    let (number, tail) = leading_digits(rest);
    let new = |span: Span| Period::new(year, span).ok();
    let chinese =
        |c: char| "一二三四".chars().position(|d| d == c).map(|n| i8::try_from(n + 1).unwrap_or(0));
    if let Some(tail) = rest.strip_prefix(['Q', 'q']) {
        return new(Span::Quarter(leading_digits(tail).0?));
    }
    if let Some(tail) = rest.strip_prefix(['W', 'w']) {
        return new(Span::Week(leading_digits(tail).0?));
    }
    if let Some(tail) = rest.strip_prefix(['H', 'h']) {
        return new(Span::Half(leading_digits(tail).0?));
    }
    if rest.starts_with("上半年") {
        return new(Span::Half(1));
    }
    if rest.starts_with("下半年") {
        return new(Span::Half(2));
    }
    let ordinal = rest.strip_prefix('第').unwrap_or(rest);
    let (ordinal_number, ordinal_tail) = leading_digits(ordinal);
    if let Some(n) = ordinal_number {
        if ordinal_tail.starts_with("季") {
            return new(Span::Quarter(n));
        }
        if ordinal_tail.starts_with("周") {
            return new(Span::Week(n));
        }
    }
    let mut chars = ordinal.chars();
    if let (Some(n), Some('季')) = (chars.next().and_then(chinese), chars.next()) {
        return new(Span::Quarter(n));
    }
    // 2024年1-3月 is the year up to March.
    let first = tail.strip_prefix('月').unwrap_or(tail);
    let after = first.trim_start_matches(['-', '~', '至', '到', '—', '–']);
    if let (Some(_), Some(last), rest) = (number, leading_digits(after).0, leading_digits(after).1)
        && after.len() < first.len()
        && rest.starts_with('月')
    {
        return new(Span::Month(last));
    }
    match number {
        Some(month) if year_at.is_some() || tail.starts_with('月') => new(Span::Month(month)),
        None if year_at.is_some() && wanted.span() == Span::Year => new(Span::Year),
        None if year_at.is_none() => month_anywhere(&plain, year),
        _ => None,
    }
}

/// A file name without the days in it: 20240402, 2024-04-02, 4月2日 say when it was sent, not for which period. The
/// last day of a month is that of the data, and stays.
fn without_days(name: &str) -> String {
    let plain: Vec<char> = normalise_text(name).chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < plain.len() {
        let day = day_at(&plain[at..]).filter(|_| at == 0 || !plain[at - 1].is_ascii_digit());
        out.push(day.map_or(plain[at], |_| ' '));
        at += day.unwrap_or(1);
    }
    out
}

/// How many characters at the start of a text are a day that is not the last of its month.
fn day_at(text: &[char]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let number = |from: usize, to: usize| text[from..to].iter().collect::<String>().parse().ok();
    let (year, month, day, end): (Option<i16>, Option<i8>, Option<i8>, usize) = match digits(0) {
        8 => (number(0, 4), number(4, 6).and_then(small), number(6, 8).and_then(small), 8),
        first @ (1 | 2 | 4) => {
            let (year, month_at) = if first == 4 { (number(0, 4), 5) } else { (None, 0) };
            let between = (first == 4).then(|| text.get(4)).flatten();
            let months = text.get(month_at..).map_or(0, |_| digits(month_at));
            let day_at = month_at + months + 1;
            let mark = text.get(day_at - 1)?;
            let fits = match between {
                Some('年') | None => *mark == '月',
                Some(between @ ('-' | '.' | '/' | '_')) => mark == between,
                Some(_) => false,
            };
            let days = text.get(day_at..).map_or(0, |_| digits(day_at));
            let end = day_at + days;
            // 4月2日, but 1月3月 and 2024-03-202 are none.
            let closed = *mark != '月' || matches!(text.get(end), Some('日' | '号'));
            if !fits || !closed || !(1..=2).contains(&months) || !(1..=2).contains(&days) {
                return None;
            }
            let month = number(month_at, month_at + months).and_then(small);
            (year, month, number(day_at, end).and_then(small), end + usize::from(*mark == '月'))
        }
        _ => return None,
    };
    // Without a year, a leap year's: 29 February is a last day in any.
    let date = Date::new(year.unwrap_or(2024), month?, day?).ok()?;
    let last = date.day() == date.days_in_month() || date.month() == 2 && date.day() == 28;
    (!last).then_some(end)
}

fn small(n: i16) -> Option<i8> {
    i8::try_from(n).ok()
}

/// `3月份填报` inside a text without a year.
fn month_anywhere(plain: &[char], year: i16) -> Option<Period> {
    let at = plain.iter().position(|c| *c == '月')?;
    let digits: String = plain[..at].iter().rev().take_while(|c| c.is_ascii_digit()).collect();
    let digits: String = digits.chars().rev().collect();
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    Period::month(year, digits.parse().ok()?).ok()
}

/// One or two digits at the start of a text.
fn leading_digits(text: &str) -> (Option<i8>, &str) {
    let end = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    (text[..end].parse().ok(), &text[end..])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_found_in_heads_and_file_names() {
        let wanted: Period = "2024-03".parse().expect("period");
        for (text, found) in [
            ("2024年3月", Some("2024-03")),
            ("2024-03", Some("2024-03")),
            ("区财政局_2024-03_填报表.xlsx", Some("2024-03")),
            ("202402", Some("2024-02")),
            ("2024.3", Some("2024-03")),
            ("2024-03-01", Some("2024-03")),
            ("2024年1-3月", Some("2024-03")),
            ("2024年1月至3月", Some("2024-03")),
            ("2024年3月5月份报", Some("2024-03")),
            ("3月份填报表.xlsx", Some("2024-03")),
            ("财政局2月", Some("2024-02")),
            ("2024年第一季度", Some("2024-Q1")),
            ("2024年上半年", Some("2024-H1")),
            ("2024-W10", Some("2024-W10")),
            ("2024年第10周", Some("2024-W10")),
            ("2024年度重点工作填报表.xlsx", None),
            ("填报表.xlsx", None),
        ] {
            assert_eq!(period_in(text, wanted).map(|p| p.to_string()).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn the_day_a_file_was_sent_is_no_period() {
        for (name, rest) in [
            ("区水利局2024.4.2.xlsx", "区水利局 .xlsx"),
            ("区水利局_2024-04-02.xlsx", "区水利局_ .xlsx"),
            ("区水利局2024.4.2.xlsx", "区水利局 .xlsx"),
            ("填报表（4月2日报）", "填报表( 报)"),
            ("2024年4月2日报3月.xlsx", " 报3月.xlsx"),
            ("2024年3月填报表20240402", "2024年3月填报表 "),
            // What says a period or the day of the data stays.
            ("区水利局_2024-03_填报表.xlsx", "区水利局_2024-03_填报表.xlsx"),
            ("截至2024-03-31", "截至2024-03-31"),
            ("20240331", "20240331"),
            ("202403", "202403"),
            ("2024年1-3月", "2024年1-3月"),
            ("1月至3月", "1月至3月"),
            ("2024-03_2.xlsx", "2024-03_2.xlsx"),
            ("12345678", "12345678"),
        ] {
            assert_eq!(without_days(name), rest, "{name}");
        }
    }
}
