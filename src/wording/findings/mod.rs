//! The texts of all findings (问题说明): one table per stage, both languages side by side.
//!
//! `duban explain CODE`, the manual and the messages are all made from these.

mod book;
mod clause;
mod general;
mod intake_cell;
mod intake_file;
mod intake_rows;
mod ledger;
mod manual;
mod plan;
mod registry;
mod sheet;
mod stats;
mod template;
mod words;

pub use general::general_advice;
pub use manual::manual;
pub(crate) use words::word_for;

use super::Lang;
use crate::diag::Code;

/// Everything said about one code, in both languages.
#[derive(Debug)]
pub struct CodeText {
    /// The code.
    pub code: Code,
    /// Chinese.
    pub zh: Twin,
    /// English.
    pub en: Twin,
}

/// One language's texts about a code. `{found}` is what was typed; other `{names}` are the finding's values.
#[derive(Debug)]
pub struct Twin {
    /// A few words, for lists: 完成进度不是数字.
    pub title: &'static str,
    /// The sentence of one finding, cell values in “ ” as typed.
    pub message: &'static str,
    /// What to type or do instead.
    pub advice: &'static str,
    /// What the code means and why it matters, for `explain`.
    pub meaning: &'static str,
    /// One example.
    pub example: &'static str,
}

impl CodeText {
    /// The texts in `lang`.
    #[must_use]
    pub const fn twin(&self, lang: Lang) -> &Twin {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// An entry of a table: title, message, advice, meaning, example in Chinese, then the same in English.
const fn twins(code: Code, zh: [&'static str; 5], en: [&'static str; 5]) -> CodeText {
    const fn twin(texts: [&'static str; 5]) -> Twin {
        let [title, message, advice, meaning, example] = texts;
        Twin { title, message, advice, meaning, example }
    }
    CodeText { code, zh: twin(zh), en: twin(en) }
}

/// All tables, in order of the stages.
fn tables() -> impl Iterator<Item = &'static CodeText> {
    [
        plan::TEXTS,
        clause::TEXTS,
        registry::TEXTS,
        book::TEXTS,
        template::TEXTS,
        sheet::TEXTS,
        intake_file::TEXTS,
        intake_cell::TEXTS,
        intake_rows::TEXTS,
        ledger::TEXTS,
        stats::TEXTS,
    ]
    .into_iter()
    .flatten()
}

/// The text of a code.
///
/// # Panics
/// If a code has no text: a broken promise of our own code, which a test rules out.
#[must_use]
pub fn text(code: Code) -> &'static CodeText {
    match tables().find(|t| t.code == code) {
        Some(text) => text,
        None => panic!("finding code {} has no text in wording/findings", code.printed()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Names in `{ }` of a text.
    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|t| t.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_code_is_explained_once_in_both_languages() {
        for code in Code::ALL {
            let texts: Vec<_> = tables().filter(|t| t.code == *code).collect();
            assert_eq!(texts.len(), 1, "{} must have one text", code.printed());
            let CodeText { zh, en, .. } = texts[0];
            for (zh, en) in [(zh.message, en.message), (zh.advice, en.advice)] {
                assert_eq!(placeholders(zh), placeholders(en), "{}", code.printed());
            }
            for part in
                [zh, en].iter().flat_map(|t| [t.title, t.message, t.advice, t.meaning, t.example])
            {
                assert!(!part.trim().is_empty(), "{} has an empty text", code.printed());
            }
        }
        assert_eq!(tables().count(), Code::ALL.len());
    }
}
