//! One form filled as a careful unit would: figures, status, texts, signatures.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    course::Course,
    dice::Dice,
    figures::{self, Value},
    planted::{Plant, Spot},
};
use crate::{
    diag::Code,
    model::{Answer, Field, IndicatorKind, Period, Role, Status, TaskNo, UnitId, decimal_text},
    template::{Form, FormRow, FormSpec},
    wording::rehearsal::{self as words, Trade},
};

/// What one task's rows say together.
struct Told {
    /// Every figure is met, and the unit may say so.
    done: bool,
    /// Nothing has begun, and it is said so.
    nothing: bool,
    /// Pace in thousandths, the slowest of its rows.
    pace: u32,
}

/// Of a hundred tasks that a unit leads, so many are left out of its returns in the first months.
const SKIPPED: u32 = 3;
/// Units that lead fewer tasks than this forget none.
const FORGETFUL: usize = 3;

/// Fills the open cells of `form`; gives the findings owed for tasks that were left out.
pub(super) fn fill(form: &mut Form, spec: &FormSpec, seed: u64) -> Vec<Plant> {
    let unit = form.unit.clone();
    let period = form.period;
    let day = words::day(form.cut_off);
    let mut values: Vec<Option<Value>> = Vec::new();
    for row in &form.rows {
        values.push(match &row.figure {
            Some(asked) if row.accepts(Field::Cumulative) => {
                Some(figures::figure(seed, &unit, row, period, asked))
            }
            None if row.accepts(Field::Progress) => {
                Some(Value::Number(figures::progress(seed, &unit, row, period)))
            }
            _ => None,
        });
    }
    let mut told: BTreeMap<TaskNo, Told> = BTreeMap::new();
    for (row, value) in form.rows.iter().zip(&values) {
        if row.role == Role::Lead {
            let pace = figures::pace(seed, &unit, row, period);
            let mut one = tell(row, *value, period.last_month() == 12, pace);
            one.nothing &= matches!(Course::of(seed, row.item.task), Course::Waiting(_));
            told.entry(row.item.task)
                .and_modify(|t| {
                    t.done &= one.done;
                    t.nothing &= one.nothing;
                    t.pace = t.pace.min(one.pace);
                })
                .or_insert(one);
        }
    }
    for (row, value) in form.rows.iter_mut().zip(values) {
        let item = row.item.to_string();
        let mut dice = Dice::new(seed, &["text", &unit.0, &item, &period.to_string()]);
        if let Some(value) = value {
            let field = if row.figure.is_some() { Field::Cumulative } else { Field::Progress };
            row.entered.insert(field, typed(value));
        }
        let told = told.get(&row.item.task);
        let state = told.map(|t| status(t, &mut dice));
        if row.accepts(Field::Status)
            && let Some(state) = state
        {
            row.entered.insert(Field::Status, spec.status_word(state).to_owned());
        }
        let behind = told.is_some_and(|t| t.pace < 1_000 && !t.done);
        let said = Said { value, state, behind, day: &day, period };
        texts(row, &said, &mut dice);
    }
    sign(form, seed);
    skip(form, seed)
}

/// Leaves some tasks out in the first months: the unit has not yet worked out that they are its own.
fn skip(form: &mut Form, seed: u64) -> Vec<Plant> {
    let led = form.rows.iter().filter(|r| r.role == Role::Lead && r.first).count();
    if led < FORGETFUL {
        return Vec::new();
    }
    let month = figures::month(form.period);
    let unit = form.unit.clone();
    let mut plants = Vec::new();
    for (at, row) in form.rows.iter_mut().enumerate() {
        if row.role != Role::Lead || row.confirmed || !skipped(seed, &unit, row.item.task, month) {
            continue;
        }
        row.entered.clear();
        for field in &row.required {
            plants.push(Plant::new(
                Code::RequiredMissing,
                Spot::Field(at, *field),
                "",
                "整项没有填",
            ));
        }
    }
    plants
}

/// Whether a unit leaves a task out in a month.
fn skipped(seed: u64, unit: &UnitId, task: TaskNo, month: u32) -> bool {
    let mut dice = Dice::new(seed, &["skipped", &unit.0, &task.to_string()]);
    dice.chance(SKIPPED) && month <= dice.between(2, 5)
}

/// A value as it is typed.
pub(super) fn typed(value: Value) -> String {
    match value {
        Value::Number(value) => decimal_text(value),
        Value::NotOut => Answer::NOT_OUT.to_owned(),
    }
}

/// What one row says of its task. Growth, levels and ceilings are settled when the year is over.
fn tell(row: &FormRow, value: Option<Value>, december: bool, pace: u32) -> Told {
    let number = match value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    let done = match (&row.figure, number) {
        (None, Some(percent)) => percent >= Decimal::ONE_HUNDRED,
        (Some(asked), Some(value)) => match asked.kind {
            IndicatorKind::Cumulative => value >= asked.target,
            IndicatorKind::Growth | IndicatorKind::Level => december && value >= asked.target,
            IndicatorKind::Ceiling => december && value <= asked.target,
        },
        (_, None) => false,
    };
    let nothing = number.is_none_or(|n| n.is_zero());
    Told { done, nothing, pace }
}

fn status(told: &Told, dice: &mut Dice) -> Status {
    match told {
        Told { done: true, .. } => Status::Done,
        Told { nothing: true, .. } => Status::NotStarted,
        Told { pace: ..700, .. } if dice.chance(70) => Status::Lagging,
        _ => Status::InProgress,
    }
}

/// What a row has to say.
struct Said<'a> {
    value: Option<Value>,
    state: Option<Status>,
    behind: bool,
    day: &'a str,
    period: Period,
}

/// The texts of a row, none of them a copy of last period's.
fn texts(row: &mut FormRow, said: &Said, dice: &mut Dice) {
    if !row.accepts(Field::Narrative) {
        return;
    }
    let rate = row.figure.as_ref().is_some_and(|f| f.kind == IndicatorKind::Growth);
    let trade = if rate { Trade::Economy } else { words::trade(&row.text) };
    let mut pick = |from: &[&'static str]| dice.pick(from).copied().unwrap_or_default();
    let (did, going, helped) = (pick(trade.did()), pick(words::GOING), pick(words::HELPED));
    let (problem, asked, next) = (pick(trade.problems()), pick(trade.asks()), pick(trade.next()));
    let (finished, waiting) = (pick(words::FINISHED), pick(words::WAITING));
    let lead = row.role == Role::Lead;
    let day = said.day;
    let narrative = match (&row.figure, said.value) {
        (Some(figure), Some(Value::Number(value))) => {
            let name = shortened(&figure.name);
            let what = match said.state {
                Some(Status::Done) => finished,
                Some(Status::NotStarted) => waiting,
                _ => did,
            };
            words::with_figure(day, &name, &decimal_text(value), &figure.unit, rate, what)
        }
        (Some(figure), _) => words::not_out(day, &shortened(&figure.name), did),
        (None, _) if lead => match said.state {
            Some(Status::Done) => words::finished(day, finished),
            Some(Status::NotStarted) => words::finished(day, waiting),
            _ => words::without_figure(day, did, if said.behind { "" } else { going }),
        },
        (None, _) => words::helped(&said.period.zh(), helped),
    };
    if lead || row.requires(Field::Narrative) || dice.chance(30) {
        row.entered.insert(Field::Narrative, narrative);
    }
    let late = matches!(said.state, Some(Status::Lagging | Status::NotStarted));
    let troubled = lead && (late || dice.chance(if said.behind { 70 } else { 7 }));
    if troubled {
        let number = dice.between(2, 9);
        // A request names a day of the month after the report, so that it can be met.
        let by = words::day_of(said.period.last_month() % 12 + 1, dice.between(2, 5) * 5);
        row.entered.insert(Field::Problems, words::filled(problem, number, &by));
        row.entered.insert(Field::NextSteps, words::filled(next, number, &by));
        if dice.chance(if late { 75 } else { 45 }) {
            row.entered.insert(Field::Coordination, words::filled(asked, number, &by));
        }
    }
    row.entered.retain(|field, _| row.asked.contains(field));
}

/// Names of indicators in a narrative stay short.
fn shortened(name: &str) -> String {
    name.chars().take(24).collect()
}

/// 填报人, 联系电话, 审核人: invented, the same person every month.
fn sign(form: &mut Form, seed: u64) {
    let mut dice = Dice::new(seed, &["people", &form.unit.0]);
    let mut person = || {
        let surname = dice.pick(words::SURNAMES).copied().unwrap_or_default();
        let given = dice.pick(words::GIVEN).copied().unwrap_or_default();
        format!("{surname}{given}")
    };
    let (filled_by, reviewed_by) = (person(), person());
    // Numbers beginning with 555 are given to nobody.
    let phone = format!("555{:04}", dice.below(10_000));
    form.signed.insert(Field::FilledBy, filled_by);
    form.signed.insert(Field::Phone, phone);
    form.signed.insert(Field::ReviewedBy, reviewed_by);
}
