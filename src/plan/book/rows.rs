//! The rows of each sheet of plan.xlsx as values, before anything is drawn.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    layout::{FIRST_ROW, SheetKey},
    names,
    read::Known,
    read_amendments::in_words,
};
use crate::{
    model::{Comparator, Frequency, Indicator, IndicatorKind, Period, Plan, Task, decimal_text},
    wording::book as words,
};

/// Content of a cell to be written.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number that a spreadsheet keeps exactly.
    Number(f64),
    /// A date.
    Date(Date),
    /// A formula and its result.
    Formula(String, String),
    /// A link to `sheet!cell`, shown as such.
    Link(String),
}

/// Dates a spreadsheet can hold: from March 1900, because of its leap-year mistake, to 9999.
const FIRST_DATE: Date = jiff::civil::date(1900, 3, 1);

impl Value {
    fn text(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }

    fn count(count: u32) -> Self {
        Self::Number(f64::from(count))
    }

    /// A decimal as number where a spreadsheet keeps all its digits, else as text.
    fn decimal(value: Decimal) -> Self {
        let text = decimal_text(value);
        let number: f64 = text.parse().unwrap_or(f64::NAN);
        // Spreadsheets keep 15 significant digits.
        let kept: f64 = format!("{number:.14e}").parse().unwrap_or(f64::NAN);
        if format!("{kept}") == text { Self::Number(number) } else { Self::Text(text) }
    }

    fn date(date: Date) -> Self {
        if date >= FIRST_DATE { Self::Date(date) } else { Self::Text(date.to_string()) }
    }

    fn period(period: Option<Period>) -> Self {
        period.map_or(Self::Blank, |p| Self::Text(p.to_string()))
    }

    fn yes_no(yes: bool) -> Self {
        Self::Text(if yes { words::YES } else { words::NO }.to_owned())
    }

    /// As it is shown, for measuring.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Link(text) | Self::Formula(_, text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

/// The rows of a sheet.
pub(super) fn rows(plan: &Plan, key: SheetKey) -> Vec<Vec<Value>> {
    let units = Known::units(&plan.registry);
    let leaders = Known::leaders(&plan.registry);
    let list = |names: &[String]| Value::text(&names::join(names, &|n| units.has(n)));
    let people = |names: &[String]| Value::text(&names::join(names, &|n| leaders.has(n)));
    match key {
        SheetKey::Tasks => {
            let row = |t: &Task| {
                vec![
                    Value::count(t.no.0),
                    if t.section == 0 { Value::Blank } else { Value::count(t.section) },
                    t.subsection.map_or(Value::Blank, Value::count),
                    Value::text(&t.text),
                    Value::text(&t.short),
                    people(&t.leaders),
                    list(&t.lead_units),
                    list(&t.responsible),
                    Value::date(t.due),
                    Value::period(t.from),
                    Value::period(t.until),
                ]
            };
            plan.tasks.iter().map(row).collect()
        }
        SheetKey::Sections => sections(plan),
        SheetKey::Indicators => {
            let all = plan.tasks.iter().flat_map(|t| t.indicators.iter().map(move |i| (t, i)));
            (FIRST_ROW + 1..).zip(all).map(|(row, (t, i))| indicator(row, t, i)).collect()
        }
        SheetKey::Units => {
            let row = |u: &crate::model::Unit| {
                vec![
                    Value::text(&u.name),
                    Value::text(&u.short),
                    Value::text(&u.category),
                    Value::period(u.from),
                    Value::period(u.until),
                    u.successor.as_ref().map_or(Value::Blank, |s| Value::text(s.as_str())),
                ]
            };
            plan.registry.units.iter().map(row).collect()
        }
        SheetKey::Aliases => {
            let row = |a: &crate::model::Alias| {
                vec![
                    Value::text(&a.name),
                    Value::text(a.unit.as_str()),
                    Value::yes_no(a.adopted),
                    Value::text(&a.reason),
                ]
            };
            plan.registry.aliases.iter().map(row).collect()
        }
        SheetKey::Groups => {
            let row = |g: &crate::model::Group| {
                let members: Vec<String> = g.members.iter().map(|m| m.0.clone()).collect();
                vec![Value::text(&g.name), list(&members)]
            };
            plan.registry.groups.iter().map(row).collect()
        }
        SheetKey::Leaders => {
            let row = |l: &crate::model::Leader| {
                vec![
                    Value::text(&l.name),
                    Value::text(&l.post),
                    Value::yes_no(l.collective),
                    people(&l.members),
                    Value::period(l.from),
                    Value::period(l.until),
                    l.successor.as_deref().map_or(Value::Blank, Value::text),
                ]
            };
            plan.registry.leaders.iter().map(row).collect()
        }
        SheetKey::Amendments => {
            let known = |n: &str| units.has(n) || leaders.has(n);
            let row = |a: &crate::model::Amendment| {
                let (which, object, value) = in_words(&a.change, &known);
                let value = match &a.change {
                    crate::model::Change::Target(_, target) => Value::decimal(*target),
                    crate::model::Change::Due(_, due) => Value::date(*due),
                    _ => Value::text(&value),
                };
                vec![
                    Value::Text(a.effective.to_string()),
                    Value::Text(words::CHANGES[which][0].to_owned()),
                    Value::text(&object),
                    value,
                    Value::text(&a.reason),
                ]
            };
            plan.amendments.iter().map(row).collect()
        }
        SheetKey::Doubts => {
            let row = |d: &crate::model::Doubt| {
                vec![
                    Value::text(&d.code),
                    d.line.map_or(Value::Blank, Value::count),
                    d.task.map_or(Value::Blank, |t| Value::count(t.0)),
                    Value::text(&d.quote),
                    Value::text(&d.note),
                    if d.target.is_empty() { Value::Blank } else { Value::Link(d.target.clone()) },
                    Value::yes_no(d.settled),
                ]
            };
            plan.doubts.iter().map(row).collect()
        }
    }
}

/// The rows of a sheet as texts with their keys, for comparing two plans; automatic columns are blank.
pub(in crate::plan) fn sheet_fields(plan: &Plan, key: SheetKey) -> Vec<(String, Vec<String>)> {
    let fields = |row: Vec<Value>| -> Vec<String> {
        row.into_iter()
            .map(|v| if matches!(v, Value::Formula(..)) { String::new() } else { v.shown() })
            .collect()
    };
    let name = |row: &[String]| match key {
        SheetKey::Sections if !row[1].is_empty() => format!("{}-{}", row[0], row[1]),
        // One name may be proposed for several units.
        SheetKey::Aliases => format!("{} → {}", row[0], row[1]),
        SheetKey::Amendments => row[..3].join(" "),
        _ => row[0].clone(),
    };
    rows(plan, key).into_iter().map(fields).map(|row| (name(&row), row)).collect()
}

fn sections(plan: &Plan) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for section in &plan.sections {
        rows.push(vec![
            Value::count(section.no),
            Value::Blank,
            Value::text(&section.title),
            Value::text(&section.short),
        ]);
        for sub in &section.subsections {
            rows.push(vec![
                Value::count(section.no),
                Value::count(sub.no),
                Value::text(&sub.title),
                Value::Blank,
            ]);
        }
    }
    rows
}

/// One row of 指标; `row` is its number as Excel counts.
fn indicator(row: u32, task: &Task, i: &Indicator) -> Vec<Value> {
    let comparator = match i.comparator {
        Comparator::AtLeast => 0,
        Comparator::Equal => 1,
        Comparator::AtMost => 2,
        Comparator::About => 3,
    };
    let kind = match i.kind {
        IndicatorKind::Cumulative => 0,
        IndicatorKind::Growth => 1,
        IndicatorKind::Level => 2,
        IndicatorKind::Ceiling => 3,
    };
    let frequency = match i.frequency {
        Frequency::Monthly => 0,
        Frequency::Quarterly => 1,
        Frequency::HalfYearly => 2,
        Frequency::Yearly => 3,
    };
    let curve = i.schedule.map(|s| s.map(decimal_text).join("、")).unwrap_or_default();
    vec![
        Value::Text(i.item.to_string()),
        Value::Formula(short_formula(row), task.short.clone()),
        Value::text(&i.name),
        Value::Text(words::COMPARATORS[comparator][0].to_owned()),
        Value::decimal(i.target),
        Value::text(&i.unit),
        Value::Text(words::KINDS[kind][0].to_owned()),
        i.base.map_or(Value::Blank, Value::decimal),
        Value::text(i.source_unit.as_deref().unwrap_or_default()),
        Value::Text(words::FREQUENCIES[frequency][0].to_owned()),
        Value::text(&curve),
        Value::yes_no(i.adopted),
        Value::text(i.doubt.as_deref().unwrap_or_default()),
        Value::text(&i.quote),
    ]
}

/// Short title of the task whose item number stands in column A of `row`.
pub(super) fn short_formula(row: u32) -> String {
    let tasks = words::TASKS.name;
    format!(
        "=IFERROR(INDEX('{tasks}'!$E:$E,MATCH(VALUE(LEFT(A{row},FIND(\"-\",A{row})-1)),'{tasks}'!$A:$A,0)),\"\")"
    )
}
