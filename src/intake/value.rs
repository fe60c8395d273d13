//! One grammar per kind of cell (取值规则): percents, figures, statuses, texts. Nothing is ever coerced to 0.

use rust_decimal::Decimal;

use crate::{
    diag::Code,
    model::{Answer, Field, IndicatorKind, decimal_text, normalised},
    template::{Figure, FormSpec},
};

use super::{
    empty_words::{is_ditto, narrative_says_nothing},
    headings::is_hanzi,
    measure::{self, Fit},
    numeral::{self, NumberText},
};

/// What the grammar makes of one typed cell. The same typed text always gives the same judgement, so that a
/// stored one can be judged again.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Judged {
    /// The value taken; none where the cell is blank or withheld.
    pub value: Option<Answer>,
    /// Findings with the values of their texts; where one is an error, the cell is withheld.
    pub findings: Vec<(Code, Vec<(&'static str, String)>)>,
    /// The cell repeats the one above (同上), which alone knows its value.
    pub ditto: bool,
}

impl Judged {
    fn taken(value: Answer) -> Self {
        Self { value: Some(value), ..Self::default() }
    }

    fn refused(code: Code) -> Self {
        Self { findings: vec![(code, Vec::new())], ..Self::default() }
    }

    fn note(&mut self, code: Code, args: Vec<(&'static str, String)>) {
        self.findings.push((code, args));
    }
}

/// Judges what was typed (`raw`) for `field` again by today's rules (复核).
///
/// `figure` is the indicator asked for, where the row has one. A blank is no value and no finding. Texts such as
/// 同上 set [`Judged::ditto`]: their value is that of the cell above. For a cell whose number format shows
/// percentages, `raw` already carries the percent sign.
#[must_use]
pub fn rejudge(field: Field, raw: &str, figure: Option<&Figure>, spec: &FormSpec) -> Judged {
    if is_blank(raw) {
        return Judged::default();
    }
    match field {
        Field::Cumulative => match figure {
            Some(figure) => judge_figure(raw, figure),
            None => Judged::refused(Code::CellNotAsked),
        },
        Field::Progress => judge_progress(raw),
        Field::Status => judge_status(raw, spec),
        _ => judge_text(field, raw, spec),
    }
}

/// Whether nothing can be seen of a text: blanks, line breaks, signs without width.
pub(super) fn is_blank(text: &str) -> bool {
    let stays = |c: char| c.is_ascii_graphic() || is_hanzi(c);
    text.trim().is_empty()
        || !text.is_ascii() && !text.contains(stays) && normalised(text).is_empty()
}

/// 完成进度: 0–100. The percent rule: a % is taken as percent; else 0 < x < 1 is × 100, 1 is 1 %, over 100 is an error.
fn judge_progress(raw: &str) -> Judged {
    let spoken = match numeral::read(raw) {
        NumberText::One(spoken) if spoken.scale == Decimal::ONE && spoken.measure.is_empty() => {
            // 提高8% is no state of things.
            if spoken.change {
                return Judged::refused(Code::NumberAmbiguous);
            }
            spoken
        }
        NumberText::Several => return Judged::refused(Code::NumberAmbiguous),
        NumberText::NotFilled => return Judged::refused(Code::NumberNotFilled),
        _ => return Judged::refused(Code::ProgressNotNumber),
    };
    let mut value = spoken.value;
    let mut judged = Judged::default();
    if !spoken.percent && value > Decimal::ZERO && value < Decimal::ONE {
        value = (value * Decimal::ONE_HUNDRED).normalize();
        judged.note(Code::PercentFraction, vec![("value", decimal_text(value))]);
    } else if !spoken.percent && value == Decimal::ONE {
        judged.note(Code::PercentOne, Vec::new());
    }
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        return Judged::refused(Code::ProgressOutOfRange);
    }
    said_loosely(&mut judged, &spoken, value, "%");
    judged.value = Some(Answer::Number(value.normalize()));
    judged
}

/// 年初至今累计: a number in the indicator's unit, or 未出数.
fn judge_figure(raw: &str, figure: &Figure) -> Judged {
    let unit = figure.unit.as_str();
    let spoken = match numeral::read(raw) {
        NumberText::One(spoken) => spoken,
        NumberText::NotOut(other_words) => {
            let mut judged = Judged::taken(Answer::NotOut);
            if other_words {
                judged.note(Code::NumberFromWords, vec![("value", Answer::NOT_OUT.to_owned())]);
            }
            return judged;
        }
        NumberText::Several => return Judged::refused(Code::NumberAmbiguous),
        NumberText::NotFilled => return Judged::refused(Code::NumberNotFilled),
        NumberText::No => return with_unit_named(Code::FigureNotNumber, unit),
    };
    // 增加5家, 提高3个百分点: what was added is not what there is; only a growth rate is itself a change.
    if spoken.change && figure.kind != IndicatorKind::Growth {
        return Judged::refused(Code::NumberAmbiguous);
    }
    let percent_unit = measure::is_percent(unit);
    let mut judged = Judged::default();
    let value = if spoken.percent || percent_unit {
        // 5.4%, 5.4个百分点 where % is asked; a percentage of anything else is not that thing.
        if !(percent_unit && spoken.measure.is_empty() && spoken.scale == Decimal::ONE) {
            return with_unit_named(Code::MeasureMismatch, unit);
        }
        let value = spoken.value;
        let small = value.abs() < Decimal::ONE && !value.is_zero();
        if !spoken.percent && small {
            judged.note(
                Code::PercentFigureFraction,
                vec![
                    ("value", decimal_text(value)),
                    ("hundredfold", decimal_text(value * Decimal::ONE_HUNDRED)),
                ],
            );
        }
        value
    } else {
        match measure::fit(spoken.value, spoken.scale, &spoken.measure, unit) {
            Fit::Same(value) => value,
            Fit::Converted(value) => {
                judged.note(
                    Code::MeasureConverted,
                    vec![("value", decimal_text(value)), ("measure", unit.to_owned())],
                );
                value
            }
            Fit::OtherCounter(value) => {
                judged.note(
                    Code::MeasureOtherWord,
                    vec![("value", decimal_text(value)), ("measure", unit.to_owned())],
                );
                value
            }
            Fit::Mismatch => {
                // A word that is no unit at all is no number: 30天完成.
                return with_unit_named(Code::MeasureMismatch, unit);
            }
        }
    };
    let may_fall = percent_unit || figure.kind == IndicatorKind::Growth;
    if value < Decimal::ZERO && !may_fall {
        return Judged::refused(Code::FigureNegative);
    }
    said_loosely(&mut judged, &spoken, value, unit);
    if measure::is_counter(unit) && !value.fract().is_zero() {
        judged.note(Code::FigureNotWhole, vec![("measure", unit.to_owned())]);
    }
    judged.value = Some(Answer::Number(value.normalize()));
    judged
}

fn with_unit_named(code: Code, unit: &str) -> Judged {
    let mut judged = Judged::refused(code);
    for (_, args) in &mut judged.findings {
        args.push(("measure", unit.to_owned()));
    }
    judged
}

/// Says that the number was approximate or stood in words; one of the two is enough, and where a conversion was
/// said already the words need not be.
fn said_loosely(judged: &mut Judged, spoken: &numeral::Spoken, value: Decimal, unit: &str) {
    let code = match (spoken.approximate, spoken.words) {
        (true, _) => Code::NumberApproximate,
        (false, true) if judged.findings.is_empty() => Code::NumberFromWords,
        (false, _) => return,
    };
    judged.note(code, vec![("value", measure::with_unit(value, unit))]);
}

/// 办理状态: the office's word, a synonym, or nothing.
fn judge_status(raw: &str, spec: &FormSpec) -> Judged {
    if is_ditto(raw) {
        return Judged { ditto: true, ..Judged::default() };
    }
    let plain = normalised(raw);
    let typed = plain.trim_matches(['。', '.', ';', '；', '、', '“', '”', '"', '√', '✓']);
    let Some(status) = spec.status(typed) else {
        let allowed: Vec<&str> = spec.statuses.iter().map(|s| s.word.as_str()).collect();
        let mut judged = Judged::refused(Code::StatusUnknown);
        for (_, args) in &mut judged.findings {
            args.push(("allowed", allowed.join("、")));
        }
        return judged;
    };
    let mut judged = Judged::taken(Answer::Status(status));
    let word = spec.status_word(status);
    if normalised(word) != plain {
        judged.note(Code::StatusBySynonym, vec![("value", word.to_owned())]);
    }
    judged
}

/// Texts: word for word. 无 in 存在问题 is an answer; in a required narrative a person should look.
fn judge_text(field: Field, raw: &str, spec: &FormSpec) -> Judged {
    if !field.is_personal() && is_ditto(raw) {
        return Judged { ditto: true, ..Judged::default() };
    }
    let text = raw.trim();
    let mut judged = Judged::taken(Answer::Text(text.to_owned()));
    if field == Field::Narrative && narrative_says_nothing(text) {
        judged.note(Code::NarrativeSaysNothing, Vec::new());
    }
    if let Some(limit) = spec.field(field).and_then(|c| c.length) {
        let length = text.chars().count();
        if length > limit as usize {
            judged.note(
                Code::TextLong,
                vec![("length", length.to_string()), ("limit", limit.to_string())],
            );
        }
    }
    judged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comparator, Status};

    fn figure(unit: &str, kind: IndicatorKind) -> Figure {
        Figure {
            name: "指标".into(),
            target: Decimal::from(30),
            comparator: Comparator::AtLeast,
            unit: unit.into(),
            kind,
            base: None,
            tolerance: 0.0,
            due: true,
        }
    }

    fn said(judged: &Judged) -> String {
        let mut out = judged.value.as_ref().map_or("withheld".to_owned(), Answer::stored);
        if judged.ditto {
            out = "ditto".to_owned();
        }
        for (code, _) in &judged.findings {
            out.push(' ');
            out.push_str(code.printed());
        }
        out
    }

    #[test]
    fn the_percent_rule_of_progress() {
        let spec = FormSpec::shipped();
        for (raw, read) in [
            ("50%", "50"),
            ("５０％", "50"),
            ("50", "50"),
            ("0.5", "50 I302"),
            ("0.5%", "0.5"),
            ("1", "1 I303"),
            ("1%", "1"),
            ("100", "100"),
            ("0", "0"),
            ("100.5", "withheld I304"),
            ("120%", "withheld I304"),
            ("-5", "withheld I304"),
            ("百分之五十", "50 I312"),
            ("约50", "50 I311"),
            ("约50%", "50 I311"),
            ("0.85", "85 I302"),
            ("快完成了", "withheld I301"),
            ("未出数", "withheld I301"),
            ("50家", "withheld I301"),
            ("无", "withheld I307"),
            ("50-60", "withheld I313"),
            ("提高8%", "withheld I313"),
            ("", "withheld"),
            ("\u{200b}", "withheld"),
        ] {
            assert_eq!(said(&rejudge(Field::Progress, raw, None, &spec)), read, "{raw}");
        }
    }

    #[test]
    fn figures_in_the_unit_asked_for() {
        let spec = FormSpec::shipped();
        let cumulative = IndicatorKind::Cumulative;
        for (raw, unit, kind, read) in [
            ("30", "家", cumulative, "30"),
            ("30家", "家", cumulative, "30"),
            ("30户", "家", cumulative, "30 I310"),
            ("3.5", "家", cumulative, "3.5 I321"),
            ("2000万", "亿元", cumulative, "0.2 I309"),
            ("5.6万亩", "万亩", cumulative, "5.6"),
            ("56000亩", "万亩", cumulative, "5.6 I309"),
            ("3亿元", "家", cumulative, "withheld I308"),
            ("50%", "家", cumulative, "withheld I308"),
            ("-3", "家", cumulative, "withheld I306"),
            ("-3.2", "%", IndicatorKind::Growth, "-3.2"),
            ("下降3.2%", "%", IndicatorKind::Growth, "-3.2 I312"),
            ("↑8%", "%", IndicatorKind::Growth, "8 I312"),
            ("提高3个百分点", "%", IndicatorKind::Level, "withheld I313"),
            ("增加5家", "家", cumulative, "withheld I313"),
            ("一亿二千万", "万元", cumulative, "12000 I312"),
            ("三万二千", "万亩", cumulative, "3.2 I312"),
            ("2000万", "家", cumulative, "20000000 I309"),
            ("5.4%", "%", IndicatorKind::Growth, "5.4"),
            ("5.4", "%", IndicatorKind::Growth, "5.4"),
            ("0.5", "%", IndicatorKind::Growth, "0.5 I320"),
            ("120", "%", IndicatorKind::Growth, "120"),
            ("约2.4", "万亩", cumulative, "2.4 I311"),
            ("三十", "家", cumulative, "30 I312"),
            ("未出数", "家", cumulative, "未出数"),
            ("数据未公布", "家", cumulative, "未出数 I312"),
            ("无", "家", cumulative, "withheld I307"),
            ("同上", "家", cumulative, "withheld I307"),
            ("明显增加", "家", cumulative, "withheld I305"),
            ("1e40", "家", cumulative, "withheld I305"),
            ("0", "家", cumulative, "0"),
        ] {
            let figure = figure(unit, kind);
            assert_eq!(
                said(&rejudge(Field::Cumulative, raw, Some(&figure), &spec)),
                read,
                "{raw} {unit}"
            );
        }
    }

    #[test]
    fn statuses_and_texts() {
        let spec = FormSpec::shipped();
        for (raw, read) in [
            ("推进中", "推进中"),
            (" 推进中 ", "推进中"),
            ("进行中", "推进中 I315"),
            ("已完成。", "已完成 I315"),
            ("未完成", "withheld I314"),
            ("基本完成", "withheld I314"),
            ("同上", "ditto"),
        ] {
            assert_eq!(said(&rejudge(Field::Status, raw, None, &spec)), read, "{raw}");
        }
        assert_eq!(
            rejudge(Field::Status, "办结", None, &spec).value,
            Some(Answer::Status(Status::Done))
        );
        assert_eq!(said(&rejudge(Field::Problems, "无", None, &spec)), "无");
        for empty in ["无", "见附件1。", "推进中", "。", "12"] {
            let said = said(&rejudge(Field::Narrative, empty, None, &spec));
            assert!(said.ends_with(" I323"), "{said}");
        }
        let full = "已完成招标。";
        assert_eq!(said(&rejudge(Field::Narrative, full, None, &spec)), full);
        assert_eq!(said(&rejudge(Field::Narrative, "〃", None, &spec)), "ditto");
    }
}
