//! Paragraphs joined across page breaks, each with its number: what the structure is found from.

use super::{
    blocks::{Block, Grid},
    keys::key_at,
    marks::{Family, Mark, mark},
    notes::Notes,
    text::Text,
};
use crate::diag::Code;

/// A paragraph with its number taken off, or a table.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// A paragraph.
    Para(Para),
    /// A table.
    Table(Grid),
    /// A rule: nothing goes on across it.
    Rule,
}

/// A logical paragraph: page breaks joined.
#[derive(Clone, Debug)]
pub(super) struct Para {
    /// Its number, if it has one.
    pub(super) mark: Option<Mark>,
    /// Its text, number included.
    pub(super) text: Text,
    /// Marked as a heading.
    pub(super) heading: bool,
    /// Ends a document: 抄送, 印发, 附件.
    pub(super) trailer: bool,
}

impl Para {
    /// The text without its number.
    pub(super) fn body(&self) -> Text {
        let from = self.mark.map_or(0, |m| m.len.min(self.text.len()));
        self.text.slice(from..self.text.len())
    }

    /// The family of its number.
    pub(super) fn family(&self) -> Option<Family> {
        self.mark.map(|m| m.family)
    }
}

/// Words that begin the trailer (版记) or an attachment list, blanks taken out.
const TRAILERS: &[&str] = &[
    "抄报:",
    "抄送:",
    "主送:",
    "抄报",
    "抄送",
    "印发机关",
    "(此件公开发布)",
    "(此件主动公开)",
    "此件公开发布",
    "(此件依申请公开)",
    "信息公开选项",
    "附件:",
    "附:",
    "联系人:",
    "联系电话:",
    "主题词",
    "(联系人",
];

/// Characters from which an unnumbered line is a line of running text rather than a title or a signature.
const RUNNING_TEXT: usize = 15;

/// Joins the paragraphs of a document.
pub(super) fn entries(blocks: Vec<Block>, notes: &mut Notes) -> Vec<Entry> {
    let mut joiner = Joiner { entries: Vec::new(), last: [0; 9], highest: [0; 9], begun: false };
    for block in blocks {
        match block {
            Block::Rule => joiner.entries.push(Entry::Rule),
            Block::Table(grid) => joiner.entries.push(Entry::Table(grid)),
            Block::Para { text, heading } => joiner.para(text, heading, notes),
        }
    }
    joiner.entries
}

struct Joiner {
    entries: Vec<Entry>,
    /// Last number seen of each family.
    last: [u32; 9],
    /// Highest number seen of each family: numbers may run on through sections.
    highest: [u32; 9],
    /// Whether a numbered paragraph has been seen: before it stand letterhead and title.
    begun: bool,
}

impl Joiner {
    fn para(&mut self, text: Text, heading: bool, notes: &mut Notes) {
        let mark = mark(&text);
        let trailer = mark.is_none() && is_trailer(&text);
        if !heading && !trailer {
            let expected = [self.last, self.highest];
            if let Some(previous) = self.open_paragraph()
                && goes_on(previous, &text, mark, &expected)
            {
                let quote = around_join(previous, &text);
                previous.append(&text, between_words(previous, &text));
                notes.say(Code::PageBreak, text.spot(0), quote);
                return;
            }
        }
        if let Some(mark) = mark {
            self.begun = true;
            self.last[mark.family as usize] = mark.number;
            let highest = &mut self.highest[mark.family as usize];
            *highest = mark.number.max(*highest);
            // Deeper families start again.
            for family in self.last.iter_mut().skip(mark.family as usize + 1) {
                *family = 0;
            }
        }
        self.entries.push(Entry::Para(Para { mark, text, heading, trailer }));
    }

    /// The text of the last paragraph, if the next one may go on in it.
    fn open_paragraph(&mut self) -> Option<&mut Text> {
        let begun = self.begun;
        match self.entries.last_mut() {
            Some(Entry::Para(p)) if begun && !p.trailer && !p.heading => Some(&mut p.text),
            _ => None,
        }
    }
}

fn is_trailer(text: &Text) -> bool {
    let plain = text.plain();
    let dated = plain.ends_with("印发") && plain.contains('年') && plain.chars().count() < 40;
    dated || TRAILERS.iter().any(|t| plain.starts_with(t))
}

/// Whether `next` goes on in `previous`: it ends in the middle of a sentence or of a clause.
fn goes_on(previous: &Text, next: &Text, mark: Option<Mark>, before: &[[u32; 9]; 2]) -> bool {
    let Some(end) = previous.folded.iter().rev().find(|c| !c.is_whitespace()) else { return false };
    if key_at(next, 0).is_some() {
        return false;
    }
    let inside = inside_clause(previous);
    if let Some(mark) = mark {
        // A number in sequence begins its own paragraph, whatever stands before it.
        let in_sequence = before.iter().any(|last| mark.number == last[mark.family as usize] + 1)
            || mark.number == 1
            || mark.family < Family::Digits;
        if in_sequence || !(inside || is_running(previous) && mid_sentence(*end)) {
            return false;
        }
        return true;
    }
    if inside {
        return true;
    }
    if opens_clause(next) {
        return false;
    }
    match key_line_end(previous) {
        Some(open) => open,
        None => mid_sentence(*end) && is_running(previous),
    }
}

/// Long enough not to be a heading without a full stop.
fn is_running(text: &Text) -> bool {
    text.len() >= RUNNING_TEXT && text.folded.iter().any(|c| ",。;".contains(*c))
}

fn mid_sentence(end: char) -> bool {
    !matches!(end, '。' | '!' | '?' | ';' | ':' | ']' | ')' | '”' | '…' | '.')
}

/// Whether a bracket with a key is open at the end of the text.
fn inside_clause(text: &Text) -> bool {
    let c = &text.folded;
    let mut at = c.len();
    let mut closers = 0usize;
    while at > 0 {
        at -= 1;
        match c[at] {
            ']' => return false,
            ')' => closers += 1,
            '(' if closers > 0 => closers -= 1,
            // 〔…）at the end of the paragraph: closed with another kind.
            '[' if closers > 0 && ends_with_closer(c) => return false,
            '[' | '(' => {
                let inner = at + 1 + c[at + 1..].iter().take_while(|c| c.is_whitespace()).count();
                if key_at(text, inner).is_some_and(|(k, _)| k.is_clause()) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

fn ends_with_closer(c: &[char]) -> bool {
    c.iter().rev().find(|c| !c.is_whitespace() && **c != '。') == Some(&')')
}

/// Whether a paragraph begins with a clause of its own.
fn opens_clause(text: &Text) -> bool {
    matches!(text.folded.first(), Some('[' | '('))
        && key_at(text, 1 + text.folded[1..].iter().take_while(|c| c.is_whitespace()).count())
            .is_some()
}

/// Whether `text` is a key line that goes on in the next paragraph; none if it is no key line.
fn key_line_end(text: &Text) -> Option<bool> {
    let (key, _) = key_at(text, 0)?;
    if !key.is_clause() {
        return None;
    }
    let end = text.folded.iter().rev().find(|c| !c.is_whitespace())?;
    if matches!(end, '、' | ',') {
        return Some(true);
    }
    let plain = text.plain();
    let last = plain.rsplit(['、', ',', ';', ':']).next().unwrap_or_default();
    let whole = !key.is_unit()
        || super::units::looks_like_unit(last)
        || super::units::open_list(last).is_some();
    Some(!whole && mid_sentence(*end))
}

/// A blank between two Latin words that a line end separated.
fn between_words(previous: &Text, next: &Text) -> Option<char> {
    let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
    (letter(previous.chars.last()) && letter(next.chars.first())).then_some(' ')
}

/// What stands on both sides of a joined break.
fn around_join(previous: &Text, next: &Text) -> String {
    let before = previous.quote(previous.len().saturating_sub(6)..previous.len());
    format!("{before}{}", next.quote(0..next.len().min(6)))
}
