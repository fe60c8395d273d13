//! `duban explain`: what a finding code means and what to do.

use super::{Context, Ended, args::ExplainArgs, output};
use crate::{
    diag::{Code, Error, Result},
    wording::{self, findings},
};

/// Prints the explanation of one code, or the list of all.
pub(super) fn run(context: &Context, args: &ExplainArgs) -> Result<Ended> {
    let lang = context.lang;
    let Some(typed) = &args.code else {
        let mut list = String::new();
        for code in Code::ALL {
            let word = wording::severity_word(code.severity(), lang);
            let title = findings::text(*code).twin(lang).title;
            list.extend([code.printed(), "  ", word, "  ", title, "\n"]);
        }
        output::print(&list);
        return Ok(Ended::Clean);
    };
    let Some(code) = Code::from_printed(typed) else {
        let (zh, en) = wording::cli::no_such_code(typed);
        return Err(Error::Usage { zh, en });
    };
    let text = findings::text(code).twin(lang);
    let word = wording::severity_word(code.severity(), lang);
    let [example, advice] =
        [lang.pick("例如：", "Example: "), lang.pick("怎么办：", "What to do: ")];
    output::print(&format!(
        "{}  {word}  {}\n\n{}\n\n{example}{}\n{advice}{}\n",
        code.printed(),
        text.title,
        text.meaning,
        text.example,
        findings::general_advice(code, lang)
    ));
    Ok(Ended::Clean)
}
