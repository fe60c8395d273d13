//! Title, document number and year of a plan (标题、文号、年度).

use std::collections::BTreeMap;

use super::{entries::Para, text::Text};

/// What stands at the head of a document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Head {
    /// Title on one line.
    pub(super) title: String,
    /// Document number.
    pub(super) doc_no: String,
    /// Plan year; 0 if nothing says so.
    pub(super) year: i16,
}

/// Paragraphs looked at for title and document number.
const HEAD_PARAGRAPHS: usize = 80;

/// Characters of the longest title.
const TITLE_CHARS: usize = 80;

/// Words that end the title of a plan.
const TITLE_ENDS: [&str; 10] =
    ["方案", "分工", "分解", "清单", "要点", "计划", "分解表", "分工表", "任务表", "台账"];

/// Reads the head of a document.
pub(super) fn read<'a>(paragraphs: impl Iterator<Item = &'a Para> + Clone) -> Head {
    let mut head = Head::default();
    let mut last_short: Option<String> = None;
    for para in paragraphs.clone().take(HEAD_PARAGRAPHS) {
        let text = &para.text;
        if head.doc_no.is_empty() {
            head.doc_no = doc_no(text).unwrap_or_default();
        }
        let said = text.tidy();
        let length = said.chars().count();
        let titled = TITLE_ENDS.iter().any(|w| said.ends_with(w));
        if para.mark.is_some() {
            if !head.title.is_empty() {
                break;
            }
            last_short = None;
            continue;
        }
        let quoted = said.split_once('《').and_then(|(_, t)| t.split_once('》')).map(|(t, _)| t);
        if titled && length <= TITLE_CHARS && !said.ends_with('：') {
            // A title set on two lines: the first one ends in the middle.
            let whole = match last_short.take() {
                Some(before) if length < 12 => format!("{before}{said}"),
                _ => said.clone(),
            };
            head.title = whole;
        } else if let Some(inner) =
            quoted.filter(|t| head.title.is_empty() && TITLE_ENDS.iter().any(|w| t.ends_with(w)))
        {
            inner.clone_into(&mut head.title);
        }
        let plain_line = length <= 40
            && !said.contains(['。', '，', '：', '〔', '《'])
            && !said.ends_with("文件");
        last_short = plain_line.then_some(said);
    }
    head.year = year_in(&head.title)
        .or_else(|| year_in(&head.doc_no))
        .or_else(|| commonest_year(paragraphs))
        .unwrap_or(0);
    head
}

/// A document number such as 青禾政发〔2024〕3号, with its brackets as they should be.
fn doc_no(text: &Text) -> Option<String> {
    let plain = text.plain();
    if plain.chars().count() > 40 {
        return None;
    }
    let open = plain.find(['[', '('])?;
    let before = &plain[..open];
    let rest = &plain[open + 1..];
    let year: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let tail = rest[year.len()..].strip_prefix([']', ')'])?;
    let number: String =
        tail.trim_start_matches('第').chars().take_while(char::is_ascii_digit).collect();
    let sound = year.len() == 4
        && !number.is_empty()
        && tail.ends_with('号')
        && !before.is_empty()
        && before.chars().all(|c| !c.is_ascii_punctuation());
    sound.then(|| format!("{before}〔{year}〕{number}号"))
}

/// A year 2000–2099 that stands before 年 or in the brackets of a document number.
fn year_in(text: &str) -> Option<i16> {
    years(text).next()
}

fn years(text: &str) -> impl Iterator<Item = i16> {
    let chars: Vec<char> = Text::new(text, 0).plain().chars().collect();
    (0..chars.len().saturating_sub(4)).filter_map(move |at| {
        let free = at == 0 || !chars[at - 1].is_ascii_digit();
        let framed = matches!(chars[at + 4], '年' | ']' | ')');
        let digits: String = chars[at..at + 4].iter().collect();
        let year: i16 = digits.parse().ok()?;
        (free && framed && (2000..2100).contains(&year)).then_some(year)
    })
}

/// The year a document speaks of most.
fn commonest_year<'a>(paragraphs: impl Iterator<Item = &'a Para>) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for para in paragraphs {
        for year in years(&para.text.plain()) {
            *counts.entry(year).or_insert(0) += 1;
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}
