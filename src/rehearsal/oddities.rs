//! Odd answers in single cells, on a form that is otherwise as it was sent.

use rust_decimal::Decimal;

use super::{
    dice::Dice,
    planted::{Plant, Spot},
};
use crate::{
    diag::Code,
    model::{Field, Status, decimal_text},
    template::{Form, FormRow, FormSpec},
    wording::rehearsal as words,
};

/// Kinds of odd answers.
const KINDS: u32 = 11;

/// Puts one odd answer into a filled form; none if the form offers no place for the one thrown.
pub(super) fn make(form: &mut Form, spec: &FormSpec, dice: &mut Dice) -> Vec<Plant> {
    let kind = dice.below(KINDS);
    let candidates: Vec<usize> =
        (0..form.rows.len()).filter(|n| answer(kind, form, *n, spec).is_some()).collect();
    let Some(at) = dice.pick(&candidates).copied() else { return Vec::new() };
    let Some((field, typed, code, what)) = answer(kind, form, at, spec) else { return Vec::new() };
    form.rows[at].entered.insert(field, typed.clone());
    code.map(|code| Plant::new(code, Spot::Field(at, field), typed, what)).into_iter().collect()
}

/// An odd answer: field, what is typed, the finding it owes, and in a few words what it is.
type Odd = (Field, String, Option<Code>, &'static str);

/// The odd answer of a kind on a row, if it fits there and owes no second finding.
fn answer(kind: u32, form: &Form, at: usize, spec: &FormSpec) -> Option<Odd> {
    let row = &form.rows[at];
    let number = |field: Field| row.entered.get(&field).and_then(|v| v.parse::<Decimal>().ok());
    let going =
        status(form, row, spec).is_some_and(|s| matches!(s, Status::InProgress | Status::Lagging));
    let progress =
        number(Field::Progress).filter(|p| *p > Decimal::ONE && *p < Decimal::ONE_HUNDRED);
    let figure = number(Field::Cumulative).filter(|v| *v > Decimal::ONE);
    let unit = row.figure.as_ref().map_or("", |f| f.unit.as_str());
    let things = !unit.is_empty() && unit != "%";
    Some(match kind {
        0 => {
            let value = progress?;
            let typed = decimal_text(value / Decimal::ONE_HUNDRED);
            (Field::Progress, typed, Some(Code::PercentFraction), "百分数写成小数")
        }
        1 => {
            let wide: String = decimal_text(progress?).chars().map(full_width).collect();
            (Field::Progress, format!("{wide}％"), None, "全角百分数")
        }
        2 => {
            let value = decimal_text(progress.or(figure.filter(|_| things))?);
            let field = if progress.is_some() { Field::Progress } else { Field::Cumulative };
            (field, format!("约{value}"), Some(Code::NumberApproximate), "约数")
        }
        3 if things => {
            let typed = format!("{}{unit}", decimal_text(figure?));
            (Field::Cumulative, typed, None, "数字带单位")
        }
        4 if going => {
            figure?;
            (Field::Cumulative, "无".to_owned(), Some(Code::NumberNotFilled), "数字栏写无")
        }
        5 if going && row.accepts(Field::Status) => {
            (Field::Status, words::BASICALLY_DONE.to_owned(), Some(Code::StatusUnknown), "自造状态")
        }
        6 if row.accepts(Field::Status) && status(form, row, spec) == Some(Status::InProgress) => (
            Field::Status,
            words::UNDER_WAY.to_owned(),
            Some(Code::StatusBySynonym),
            "状态用同义词",
        ),
        7 => {
            let copied = row.previous_texts.get(&Field::Narrative)?;
            let long = copied.chars().count() >= 12 && row.accepts(Field::Narrative);
            let copied = long.then(|| copied.clone())?;
            (Field::Narrative, copied, Some(Code::TextCopied), "照抄上期文字")
        }
        8 => {
            let above = form.rows.get(at.checked_sub(1)?)?;
            let both = above.entered.contains_key(&Field::Narrative)
                && row.entered.contains_key(&Field::Narrative);
            both.then_some(())?;
            (Field::Narrative, "同上".to_owned(), Some(Code::DittoTaken), "写同上")
        }
        9 if going && things => {
            let value = figure?;
            let typed = format!("{}-{}", decimal_text(value), decimal_text(value + Decimal::TEN));
            (Field::Cumulative, typed, Some(Code::NumberAmbiguous), "写成区间")
        }
        10 if going => {
            progress?;
            (Field::Progress, "120".to_owned(), Some(Code::ProgressOutOfRange), "超过100")
        }
        _ => return None,
    })
}

/// The status entered for a row's task.
fn status(form: &Form, row: &FormRow, spec: &FormSpec) -> Option<Status> {
    let first = form.rows.iter().find(|r| r.item.task == row.item.task && r.first)?;
    spec.status(first.entered.get(&Field::Status)?)
}

/// 5 as ５.
fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
