//! What to do about a code in general (一般怎么办): the advice of its findings, where no finding is at hand.

use super::{
    Lang, text,
    words::{every_kind_of_file, every_reason},
};
use crate::diag::Code;

/// Words for the values of a finding, where there is none: name, Chinese, English. Quotes around a value go with it.
const GENERAL: &[(&str, &str, &str)] = &[
    ("allowed", "未启动、推进中、进展滞后、已完成", "未启动, 推进中, 进展滞后, 已完成"),
    ("found", "这个单位", "this unit"),
    ("full", "所猜的那个单位", "the unit it was taken for"),
    ("hint", "", ""),
    ("hundredfold", "5.5", "5.5"),
    ("item", "43-1", "43-1"),
    ("last", "较晚的那一份", "the later file"),
    ("measure", "本行的计量单位", "the unit of measure of the row"),
    ("other", "另一个单位", "the other unit"),
    ("sheet", "采信的那张表", "the sheet that was taken"),
    ("stamp", "标识所说的单位", "the unit of the stamp"),
    ("unit", "所认的单位", "the unit it was taken for"),
    ("wanted", "写出时的各栏", "those it was written with"),
];

/// What to do about a code, as `explain` and the manual say it.
#[must_use]
pub fn general_advice(code: Code, lang: Lang) -> String {
    let advice = text(code).twin(lang).advice;
    match code {
        Code::FileUnknown => return every_kind_of_file(lang),
        Code::ArchiveEntrySkipped => return every_reason(lang),
        _ => {}
    }
    GENERAL.iter().fold(advice.to_owned(), |advice, (name, zh, en)| {
        let words = lang.pick(zh, en);
        advice.replace(&format!("“{{{name}}}”"), words).replace(&format!("{{{name}}}"), words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody can do what a sentence with a hole in it says.
    #[test]
    fn every_code_says_what_to_do() {
        for code in Code::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let said = general_advice(*code, lang);
                assert!(!said.contains(['{', '}']), "{}: {said}", code.printed());
                let twin = text(*code).twin(lang);
                let fixed = [twin.title, twin.meaning, twin.example];
                assert!(fixed.iter().all(|t| !t.contains('{')), "{}", code.printed());
            }
        }
    }
}
