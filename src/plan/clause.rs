//! Finds responsibility clauses (责任分工) in a text: brackets with keys, key lines, verb phrases.

use std::ops::Range;

use super::{
    keys::{Key, key_at},
    text::Text,
    verb,
};

/// What is wrong with a clause's brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Repair {
    /// Opened with one kind of bracket, closed with another.
    Mixed(usize),
    /// Never closed.
    Unclosed(usize),
    /// A bracket too many.
    Stray(usize),
}

/// A field of a clause: a key and where its value stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Field {
    /// What the value is.
    pub(super) key: Key,
    /// Where it stands in the text.
    pub(super) value: Range<usize>,
}

/// A responsibility clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clause {
    /// Where it stands, brackets included.
    pub(super) range: Range<usize>,
    /// Its fields in order.
    pub(super) fields: Vec<Field>,
    /// What had to be repaired.
    pub(super) repairs: Vec<Repair>,
    /// 甲负责: the units of [`Key::Plain`] are said to be in charge, not listed under a key.
    pub(super) verbal: bool,
    /// Stands in brackets, so that the paragraph may go on behind it.
    pub(super) bracketed: bool,
}

impl Clause {
    /// Whether it names units.
    pub(super) fn has_units(&self) -> bool {
        self.fields.iter().any(|f| f.key.is_unit())
    }
}

/// All clauses of `text`, in order. Paragraphs are separated by line ends.
pub(super) fn clauses(text: &Text) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut at = 0;
    // Set once a key line began: blanks and sentence ends before it may open one.
    while at < text.len() {
        let clause = match text.folded[at] {
            '[' | '(' => bracket(text, at),
            _ if opens_line(text, at) => line(text, at),
            _ => None,
        };
        match clause {
            Some(clause) => {
                at = clause.range.end.max(at + 1);
                found.push(clause);
            }
            None => at += 1,
        }
    }
    if found.is_empty() {
        found.extend(verb::sentence(text));
    }
    found
}

/// Whether a key may begin here without a bracket: at a paragraph's start, after a sentence, after blanks.
fn opens_line(text: &Text, at: usize) -> bool {
    let c = &text.folded;
    !c[at].is_whitespace()
        && (at == 0 || matches!(c[at - 1], '\n' | ' ' | '。' | ';' | '!' | ')' | ']'))
}

/// A clause in brackets that begins at `open`.
fn bracket(text: &Text, open: usize) -> Option<Clause> {
    let c = &text.folded;
    let inner = skip_blanks(c, open + 1);
    let square = c[open] == '[';
    let keyed = key_at(text, inner).filter(|(key, _)| key.is_clause() || *key == Key::Other);
    if keyed.is_none() {
        let close = balanced(c, open)?;
        let has_key = (inner..close).any(|at| {
            matches!(c[at - 1], ';' | ',' | '。' | ' ' | '\n')
                && key_at(text, at).is_some_and(|(k, _)| k.is_unit() || k == Key::Leader)
        });
        if !has_key {
            let fields = verb::phrase(text, inner..close)?;
            return Some(Clause {
                range: open..close + 1,
                fields,
                repairs: vec![],
                verbal: true,
                bracketed: true,
            });
        }
    }
    let (end, next, mut repairs) = close_of(text, open, square);
    let fields = fields(text, inner..end);
    if !fields.iter().any(|f| f.key.is_unit() || f.key == Key::Leader || f.key == Key::Person) {
        return None;
    }
    let mut next = next;
    // Closers too many directly behind: 〕]
    loop {
        let after = skip_blanks(c, next);
        match c.get(after) {
            Some(']' | ')') if !c[next..after].contains(&'\n') || after == next => {
                repairs.push(Repair::Stray(after));
                next = after + 1;
            }
            _ => break,
        }
    }
    Some(Clause { range: open..next, fields, repairs, verbal: false, bracketed: true })
}

/// The bracket that balances the one at `open`, whatever its kind, within the paragraph.
fn balanced(c: &[char], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, sign) in c.iter().enumerate().skip(open).take(2000) {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Where the content of a keyed bracket ends, where the text goes on behind it, and what was repaired.
fn close_of(text: &Text, open: usize, square: bool) -> (usize, usize, Vec<Repair>) {
    let c = &text.folded;
    let mut repairs = Vec::new();
    let mut depth = 0usize;
    let mut at = open + 1;
    while at < c.len() {
        match c[at] {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' => {
                let next = skip_blanks(c, at + 1);
                let last = matches!(c.get(next), None | Some('\n' | '。'));
                if !square || last {
                    if square {
                        repairs.push(Repair::Mixed(at));
                    }
                    return (at, at + 1, repairs);
                }
                if !matches!(c.get(next), Some('、' | ',' | ';' | ']' | ')')) {
                    // 〔…）more text: it closes here after all.
                    repairs.push(Repair::Mixed(at));
                    return (at, at + 1, repairs);
                }
                repairs.push(Repair::Stray(at));
            }
            ']' => {
                if !square || kinds_differ(text.chars[open], text.chars[at]) {
                    repairs.push(Repair::Mixed(at));
                }
                return (at, at + 1, repairs);
            }
            // The next number or clause cannot be inside this one.
            '[' if key_at(text, skip_blanks(c, at + 1)).is_some() => break,
            '\n' if depth == 0 && key_at(text, skip_blanks(c, at + 1)).is_none() => {
                let unfinished = c[..at].iter().rev().find(|c| !c.is_whitespace());
                if !unfinished.is_some_and(|c| "、,;:".contains(*c)) {
                    break;
                }
            }
            _ => {}
        }
        at += 1;
    }
    repairs.push(Repair::Unclosed(open));
    (at, at, repairs)
}

/// Whether two brackets are of different kinds: 〔 with ].
fn kinds_differ(open: char, close: char) -> bool {
    let pairs = ["〔〕", "【】", "［］", "[]", "﹝﹞", "〖〗", "『』", "{}", "｛｝", "「」"];
    pairs.iter().find(|p| p.starts_with(open)).is_some_and(|p| !p.ends_with(close))
}

/// Key lines from `at` to the end of the paragraph.
fn line(text: &Text, at: usize) -> Option<Clause> {
    let (key, _) = key_at(text, at)?;
    let c = &text.folded;
    let starts_line = at == 0 || c[at - 1] == '\n';
    if !(key.is_clause() || (starts_line && key == Key::Other)) {
        return None;
    }
    let end = c[at..].iter().position(|c| *c == '\n').map_or(c.len(), |n| n + at);
    let fields = fields(text, at..end);
    // A deadline alone is a clause only on a line of its own.
    let named =
        fields.iter().any(|f| f.key.is_unit() || matches!(f.key, Key::Leader | Key::Person));
    if !named && !starts_line {
        return None;
    }
    Some(Clause { range: at..end, fields, repairs: vec![], verbal: false, bracketed: false })
}

/// Cuts a clause into fields: one ends only where a known key and a colon follow.
fn fields(text: &Text, range: Range<usize>) -> Vec<Field> {
    let c = &text.folded;
    let mut fields: Vec<Field> = Vec::new();
    let mut at = range.start;
    let mut depth = 0usize;
    while at < range.end {
        match c[at] {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let boundary = at == range.start
            || matches!(c[at - 1], ';' | ',' | '、' | '。' | '\n' | ' ' | ']' | ')' | '[' | '|');
        if boundary
            && depth == 0
            && !c[at].is_whitespace()
            && let Some((key, value)) = key_at(text, at).filter(|(_, value)| *value <= range.end)
        {
            if let Some(last) = fields.last_mut() {
                last.value.end = at;
            }
            fields.push(Field { key, value: value..range.end });
            at = value;
            continue;
        }
        at += 1;
    }
    for field in &mut fields {
        let value = &c[field.value.clone()];
        let blank =
            value.iter().rev().take_while(|c| c.is_whitespace() || ";,。、|".contains(**c)).count();
        field.value.end -= blank;
    }
    fields
}

fn skip_blanks(c: &[char], from: usize) -> usize {
    from + c[from.min(c.len())..].iter().take_while(|c| c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let text = Text::new(text, 1);
        clauses(&text)
            .iter()
            .flat_map(|c| {
                c.fields.iter().map(|f| format!("{:?}={}", f.key, text.quote(f.value.clone())))
            })
            .collect()
    }

    #[test]
    fn brackets_of_every_kind_are_clauses() {
        let want = ["Leader=张三", "Lead=区甲局", "Plain=区乙局，各镇政府（街道办事处）"];
        for (open, close) in [
            ("〔", "〕"),
            ("（", "）"),
            ("【", "】"),
            ("[", "]"),
            ("〔", "]"),
            ("〔", "）"),
            ("〔", ""),
        ] {
            let text = format!(
                "做好工作。{open}牵头领导：张三；牵头单位：区甲局；责任单位：区乙局，各镇政府（街道办事处）{close}"
            );
            assert_eq!(seen(&text), want, "{text}");
        }
        assert_eq!(
            seen("做好。(牵头领导:张三;牵头单位:区甲局;责任单位:区乙局)〕"),
            ["Leader=张三", "Lead=区甲局", "Plain=区乙局"]
        );
    }

    #[test]
    fn one_comma_separates_fields_and_names() {
        assert_eq!(
            seen("做好。[牵头单位：省甲厅，省乙厅，配合单位：省丙厅，各市]"),
            ["Lead=省甲厅，省乙厅", "Support=省丙厅，各市"]
        );
    }

    #[test]
    fn key_lines_and_one_line_of_keys() {
        let want = ["Leader=张三", "Lead=区甲局", "Support=区乙局、区丙局"];
        assert_eq!(
            seen("做好。\n牵头领导：张三\n牵头单位：区甲局\n配合单位：区乙局、区丙局"),
            want
        );
        assert_eq!(
            seen("做好。\n牵头领导：张三　牵头单位：区甲局　配合单位：区乙局、区丙局"),
            want
        );
        assert_eq!(
            seen("做好。牵头领导：张三；牵头单位：区甲局；配合单位：区乙局、区丙局。"),
            want
        );
    }

    #[test]
    fn brackets_without_a_key_are_text() {
        for text in [
            "做好（二期）工作",
            "由市里（牵头的项目）落实",
            "第一责任人（主要负责人）到位",
            "建设单位要负责",
        ] {
            assert!(seen(text).is_empty(), "{text}: {:?}", seen(text));
        }
    }
}
