//! Mistakes that units make on a form that is otherwise as it was sent.

use rust_decimal::Decimal;

use super::{
    dice::Dice,
    planted::{Plant, Spot},
};
use crate::{
    diag::Code,
    model::{Field, IndicatorKind, Role, Status, decimal_text},
    template::{Form, FormRow, FormSpec, Previous},
};

/// Makes one mistake on a filled form; none if the form offers no place for the one thrown.
pub(super) fn make(form: &mut Form, spec: &FormSpec, dice: &mut Dice) -> Vec<Plant> {
    let kind = dice.below(7);
    let candidates: Vec<usize> =
        (0..form.rows.len()).filter(|n| fits(kind, &form.rows[*n], form, spec)).collect();
    let Some(at) = dice.pick(&candidates).copied() else { return Vec::new() };
    if kind == 6 {
        form.signed.remove(&Field::Phone);
        return vec![Plant::new(Code::ContactMissing, Spot::Foot, "联系电话", "没有填电话")];
    }
    let row = &mut form.rows[at];
    let mut plant = |field: Field, typed: &str, code: Code, what: &'static str| {
        if typed.is_empty() {
            row.entered.remove(&field);
        } else {
            row.entered.insert(field, typed.to_owned());
        }
        vec![Plant::new(code, Spot::Field(at, field), typed, what)]
    };
    match kind {
        0 => plant(Field::Narrative, "", Code::RequiredMissing, "漏填进展情况"),
        1 => plant(Field::Progress, "快完成了", Code::ProgressNotNumber, "进度写成文字"),
        2 => {
            let done = spec.status_word(Status::Done).to_owned();
            plant(Field::Status, &done, Code::DoneNotMet, "未达目标却选已完成")
        }
        3 => {
            let Previous::Number(last) = row.previous else { return Vec::new() };
            let fallen = (last / Decimal::from(3)).trunc();
            plant(Field::Cumulative, &decimal_text(fallen), Code::BelowLast, "填成当月数")
        }
        4 => plant(Field::Cumulative, "较上月明显增加", Code::FigureNotNumber, "数字写成文字"),
        _ => plant(Field::Status, "", Code::RequiredMissing, "漏选办理状态"),
    }
}

/// Whether a row offers a place for a kind of mistake, and for no second finding with it.
fn fits(kind: u32, row: &FormRow, form: &Form, spec: &FormSpec) -> bool {
    let open = |field: Field| row.entered.contains_key(&field);
    let status = form
        .rows
        .iter()
        .find(|r| r.item.task == row.item.task && r.first)
        .and_then(|r| r.entered.get(&Field::Status))
        .and_then(|word| spec.status(word));
    let going = matches!(status, Some(Status::InProgress | Status::Lagging));
    let figure = row.figure.as_ref();
    let number = row.entered.get(&Field::Cumulative).and_then(|v| v.parse::<Decimal>().ok());
    match kind {
        0 => row.requires(Field::Narrative) && open(Field::Narrative),
        1 => open(Field::Progress) && going,
        // One row, so that the contradiction is with one figure.
        2 => {
            let alone = form.rows.iter().filter(|r| r.item.task == row.item.task).count() == 1;
            let short = figure.zip(number).is_some_and(|(f, n)| {
                f.kind == IndicatorKind::Cumulative && n * Decimal::TWO < f.target
            });
            alone && open(Field::Status) && going && short
        }
        3 => {
            let large = matches!(row.previous, Previous::Number(last) if last >= Decimal::from(9));
            figure.is_some_and(|f| f.kind == IndicatorKind::Cumulative)
                && number.is_some()
                && large
                && going
        }
        4 => number.is_some() && going,
        5 => row.requires(Field::Status) && open(Field::Status),
        _ => row.role == Role::Lead && form.signed.contains_key(&Field::Phone),
    }
}
