//! Validations: they prompt and warn, and never block – who is blocked pastes over the rule.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Worksheet, XlsxError,
};

use super::{
    judge::FigureRule,
    layout::{Layout, ranges},
    lists,
    page::TEXTS,
    typed::quoted,
};
use crate::{
    model::{Answer, Field, IndicatorKind},
    template::{Column, ColumnKey, FormRow, LabelKey, printed},
    wording::template as words,
};

/// Characters (UTF-16) of a prompt's title and of its text (ECMA-376 part 1, 18.3.1.32).
const TITLE_UNITS: usize = 32;
const TEXT_UNITS: usize = 255;
/// Characters of a signature.
const SIGNATURE: u32 = 30;

/// Writes every validation of the form.
pub(super) fn write(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    figures(sheet, layout)?;
    percents(sheet, layout)?;
    statuses(sheet, layout)?;
    for field in TEXTS {
        texts(sheet, layout, field)?;
    }
    extras(sheet, layout)?;
    signatures(sheet, layout)?;
    marked(sheet, layout)
}

/// Cuts to so many UTF-16 units, with … where something was cut.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 1;
    let mut out: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect();
    out.push('…');
    out
}

/// A validation that prompts with `title` and `prompt` and warns with `warning`.
fn rule(
    validation: DataValidation,
    title: &str,
    prompt: &str,
    warning: &str,
) -> Result<DataValidation, XlsxError> {
    let mut validation = validation.ignore_blank(true);
    if !prompt.is_empty() {
        validation = validation
            .set_input_title(cut(title, TITLE_UNITS))?
            .set_input_message(cut(prompt, TEXT_UNITS))?;
    }
    if warning.is_empty() {
        return Ok(validation.show_error_message(false));
    }
    validation
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(words::WARNING)?
        .set_error_message(cut(warning, TEXT_UNITS))
}

/// Lays a validation over cells of one column.
fn lay(
    sheet: &mut Worksheet,
    rows: &[u32],
    column: u16,
    validation: DataValidation,
) -> Result<(), XlsxError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
    let validation = validation.set_multi_range(ranges(rows, column));
    sheet.add_data_validation(*first, column, *last, column, &validation).map(|_| ())
}

/// Rows on which a field may be filled and is not marked.
fn open_rows<'a>(layout: &Layout<'a>, field: Field) -> Vec<(u32, &'a FormRow)> {
    let rows = layout.form.rows.iter().enumerate();
    rows.filter(|(_, r)| r.accepts(field) && !r.marked.contains_key(&field))
        .map(|(n, r)| (Layout::row(n), r))
        .collect()
}

/// A number, or 未出数; the prompt names cut-off and unit.
fn figures(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let (Some(column), Some(spec)) =
        (layout.field(Field::Cumulative), layout.spec.field(Field::Cumulative))
    else {
        return Ok(());
    };
    let mut groups: BTreeMap<(bool, &str), Vec<u32>> = BTreeMap::new();
    for (at, row) in open_rows(layout, Field::Cumulative) {
        if let Some(figure) = &row.figure {
            let adds_up = figure.kind == IndicatorKind::Cumulative;
            groups.entry((adds_up, &figure.unit)).or_default().push(at);
        }
    }
    for ((adds_up, measure), rows) in groups {
        let cell = crate::sheet::cell_name(rows[0], u32::from(column));
        let bound = if adds_up {
            format!("AND(ISNUMBER({cell}),{cell}>=0)")
        } else {
            format!("ISNUMBER({cell})")
        };
        let formula = format!("OR({bound},TRIM({cell})={})", quoted(Answer::NOT_OUT));
        let prompt = if adds_up {
            words::prompt_cumulative(layout.form.cut_off, measure)
        } else {
            words::prompt_level(layout.form.cut_off, measure)
        };
        let validation = DataValidation::new().allow_custom(Formula::new(formula));
        let validation = rule(validation, &spec.heading, &prompt, words::WARN_FIGURE)?;
        lay(sheet, &rows, column, validation)?;
    }
    Ok(())
}

fn percents(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let rows: Vec<u32> = open_rows(layout, Field::Progress).iter().map(|(at, _)| *at).collect();
    let (Some(column), Some(spec)) =
        (layout.field(Field::Progress), layout.spec.field(Field::Progress))
    else {
        return Ok(());
    };
    let validation =
        DataValidation::new().allow_decimal_number(DataValidationRule::Between(0.0, 100.0));
    let validation = rule(validation, &spec.heading, words::PROMPT_PERCENT, words::WARN_PERCENT)?;
    lay(sheet, &rows, column, validation)
}

fn statuses(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let rows: Vec<u32> = open_rows(layout, Field::Status).iter().map(|(at, _)| *at).collect();
    let (Some(column), Some(spec)) =
        (layout.field(Field::Status), layout.spec.field(Field::Status))
    else {
        return Ok(());
    };
    let words: Vec<&str> = layout.spec.statuses.iter().map(|s| s.word.as_str()).collect();
    let validation = DataValidation::new().allow_list_formula(Formula::new(lists::STATUSES));
    let warning = words::warn_status(&words);
    lay(sheet, &rows, column, rule(validation, &spec.heading, "", &warning)?)
}

/// A limit on the length; where last period's text is known, the prompt shows it.
fn texts(sheet: &mut Worksheet, layout: &Layout<'_>, field: Field) -> Result<(), XlsxError> {
    let (Some(column), Some(spec)) = (layout.field(field), layout.spec.field(field)) else {
        return Ok(());
    };
    let mut plain = Vec::new();
    for (at, row) in open_rows(layout, field) {
        match row.previous_texts.get(&field).filter(|t| !t.trim().is_empty()) {
            None => plain.push(at),
            Some(last) => {
                let prompt = format!("{}{last}", words::LAST_TIME);
                let validation = text_rule(spec, &prompt)?;
                lay(sheet, &[at], column, validation)?;
            }
        }
    }
    lay(sheet, &plain, column, text_rule(spec, &spec.help)?)
}

fn text_rule(column: &Column, prompt: &str) -> Result<DataValidation, XlsxError> {
    match column.length {
        Some(most) => {
            let validation = DataValidation::new()
                .allow_text_length(DataValidationRule::LessThanOrEqualTo(most));
            rule(validation, &column.heading, prompt, &words::warn_length(most))
        }
        None => rule(DataValidation::new().allow_any_value(), &column.heading, prompt, ""),
    }
}

/// Columns the office added: their list, or their length.
fn extras(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    for (n, column) in layout.spec.columns.iter().enumerate() {
        if !matches!(column.key, ColumnKey::Extra(_)) {
            continue;
        }
        let rows: Vec<u32> = layout
            .form
            .rows
            .iter()
            .enumerate()
            .filter(|(_, r)| printed::extra_asked(r, column))
            .map(|(n, _)| Layout::row(n))
            .collect();
        let validation = if column.list.is_empty() {
            text_rule(column, &column.help)?
        } else {
            let list = Formula::new(lists::extra_name(n));
            let validation = DataValidation::new().allow_list_formula(list);
            rule(validation, &column.heading, &column.help, words::WARN_LIST)?
        };
        lay(sheet, &rows, u16::try_from(n).unwrap_or(0), validation)?;
    }
    Ok(())
}

fn signatures(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    for (_, value, field) in layout.signatures() {
        let label = layout.spec.label(LabelKey::Field(field)).map_or("", |l| l.text.as_str());
        let prompt = match layout.form.signed_marked.get(&field) {
            Some(wrong) => wrong,
            None if field == Field::ReviewedBy => words::PROMPT_REVIEWED,
            None => words::PROMPT_SIGNATURE,
        };
        let validation = DataValidation::new()
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(SIGNATURE));
        let validation = rule(validation, label, prompt, &words::warn_length(SIGNATURE))?;
        lay(sheet, &[layout.foot], value.0, validation)?;
    }
    Ok(())
}

/// Marked cells of a correction form: the prompt says what is wrong; the rule stays that of the column.
fn marked(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    for (n, row) in layout.form.rows.iter().enumerate() {
        for (field, wrong) in row.marked.iter().filter(|(f, _)| row.accepts(**f)) {
            let (Some(column), Some(spec)) = (layout.field(*field), layout.spec.field(*field))
            else {
                continue;
            };
            let validation = match field {
                Field::Status => {
                    DataValidation::new().allow_list_formula(Formula::new(lists::STATUSES))
                }
                Field::Cumulative | Field::Progress => {
                    let cell = layout.cell(n, *field);
                    let not_out = quoted(Answer::NOT_OUT);
                    let number = match row.figure.as_ref().map(|f| FigureRule::of(f, &row.previous))
                    {
                        Some(FigureRule::AnyNumber) => format!("ISNUMBER({cell})"),
                        Some(_) => format!("AND(ISNUMBER({cell}),{cell}>=0)"),
                        None => format!("AND(ISNUMBER({cell}),{cell}>=0,{cell}<=100)"),
                    };
                    let formula = format!("OR({number},TRIM({cell})={not_out})");
                    DataValidation::new().allow_custom(Formula::new(formula))
                }
                _ => DataValidation::new().allow_text_length(
                    DataValidationRule::LessThanOrEqualTo(spec.length.unwrap_or(LONGEST)),
                ),
            };
            let warning = match field {
                Field::Cumulative => words::WARN_FIGURE,
                Field::Progress => words::WARN_PERCENT,
                Field::Status => words::WARN_LIST,
                _ => "",
            };
            let validation = rule(validation, words::MARKED, wrong, warning)?;
            lay(sheet, &[Layout::row(n)], column, validation)?;
        }
    }
    Ok(())
}

/// Characters of a cell.
const LONGEST: u32 = 32_767;
