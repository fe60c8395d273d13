//! Clauses in words (牵头、配合、负责): 区甲局牵头，区乙局、区丙局按职责分工负责.

use std::ops::Range;

use super::{
    clause::{Clause, Field},
    keys::Key,
    names::is_deadline,
    text::Text,
    units::{looks_like_person, looks_like_unit, open_list},
};

/// What a verb makes of the names before it, longest first.
const VERBS: &[(&str, Key)] = &[
    ("牵头并组织实施", Key::Lead),
    ("共同牵头负责", Key::Lead),
    ("分别牵头负责", Key::Lead),
    ("牵头组织实施", Key::Lead),
    ("牵头抓好落实", Key::Lead),
    ("牵头推进落实", Key::Lead),
    ("共同牵头", Key::Lead),
    ("分别牵头", Key::Lead),
    ("联合牵头", Key::Lead),
    ("总牵头", Key::Lead),
    ("牵头负责", Key::Lead),
    ("牵头落实", Key::Lead),
    ("牵头推进", Key::Lead),
    ("牵头", Key::Lead),
    ("主办", Key::Lead),
    ("承办", Key::Lead),
    ("按照各自职责分工负责", Key::Plain),
    ("按照职责分工负责", Key::Plain),
    ("根据职责分工负责", Key::Plain),
    ("按各自职责分工负责", Key::Plain),
    ("按职责分工分别负责", Key::Plain),
    ("按职责分工负责", Key::Plain),
    ("按职责分工落实", Key::Plain),
    ("按职责分工配合", Key::Support),
    ("按职责配合", Key::Support),
    ("按职责落实", Key::Plain),
    ("按职责负责", Key::Plain),
    ("按职能分工负责", Key::Plain),
    ("按分工负责", Key::Plain),
    ("分工负责", Key::Plain),
    ("分别负责", Key::Plain),
    ("共同负责", Key::Plain),
    ("具体负责", Key::Plain),
    ("负责落实", Key::Plain),
    ("负责", Key::Plain),
    ("积极配合", Key::Support),
    ("密切配合", Key::Support),
    ("协同配合", Key::Support),
    ("配合落实", Key::Support),
    ("配合", Key::Support),
    ("协助", Key::Support),
    ("协办", Key::Support),
    ("协同", Key::Support),
    ("参与", Key::Support),
    ("参加", Key::Support),
    ("按职责分工", Key::Plain),
];

/// Verbs with their names behind them: 会同区乙局.
const BEFORE: &[&str] = &["会同"];

/// Characters of the longest unbracketed verb sentence read.
const SENTENCE_CHARS: usize = 400;

/// Reads `range` as a verb phrase; none unless every part of it is names with a verb.
pub(super) fn phrase(text: &Text, range: Range<usize>) -> Option<Vec<Field>> {
    let c = &text.folded;
    let mut fields: Vec<Field> = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    let mut pending = None;
    while at < range.end {
        let Some((word, key)) = verb_at(c, at, range.end) else {
            if let Some(word) = BEFORE.iter().find(|w| starts(c, at, range.end, w)) {
                let names = trim(c, start..at);
                // 甲局会同乙局负责: the names before lead.
                if !names.is_empty() {
                    if !are_names(text, &names) {
                        return None;
                    }
                    fields.push(Field { key: Key::Lead, value: names });
                }
                at += word.chars().count();
                start = at;
                pending = Some(Key::Support);
                continue;
            }
            at += 1;
            continue;
        };
        let names = trim(c, start..at);
        let key = pending.take().unwrap_or(key);
        at += word.chars().count();
        start = at;
        if names.is_empty() {
            // 牵头负责, 牵头，负责…: the verb belongs to the names before it.
            if fields.is_empty() {
                return None;
            }
            continue;
        }
        if !are_names(text, &names) {
            return None;
        }
        fields.push(Field { key: as_person(text, &names, key), value: names });
    }
    let rest = trim(c, start..range.end);
    let tail: String = c[rest.clone()].iter().filter(|c| !c.is_whitespace()).collect();
    if let Some(key) = pending {
        if !rest.is_empty() && are_names(text, &rest) {
            fields.push(Field { key, value: rest });
        } else if !tail.is_empty() {
            return None;
        }
    } else if is_deadline(&tail) {
        fields.push(Field { key: Key::Deadline, value: rest });
    } else if !matches!(
        tail.as_str(),
        "" | "落实" | "实施" | "持续推进" | "长期坚持" | "抓好落实" | "组织实施" | "推进落实"
    ) {
        // 区甲局负责，各镇政府: names without a verb after those in charge co-operate.
        if fields.is_empty() || !are_units(text, &rest) {
            return None;
        }
        fields.push(Field { key: Key::Support, value: rest });
    }
    fields.iter().any(|f| f.key.is_unit() || f.key == Key::Leader).then_some(fields)
}

/// The last sentence of a paragraph as a clause without brackets: …。区甲局牵头，区乙局配合。
pub(super) fn sentence(text: &Text) -> Option<Clause> {
    let c = &text.folded;
    let mut end = c.len();
    while end > 0 && (c[end - 1].is_whitespace() || "。;.".contains(c[end - 1])) {
        end -= 1;
    }
    let from = end.saturating_sub(SENTENCE_CHARS);
    let start =
        c[from..end].iter().rposition(|c| "。;!\n".contains(*c)).map_or(from, |n| from + n + 1);
    if start == 0 || start == from && from > 0 {
        return None; // the whole text, or a sentence too long: no clause beside a task
    }
    let fields = phrase(text, start..end)?;
    Some(Clause { range: start..c.len(), fields, repairs: vec![], verbal: true, bracketed: false })
}

fn verb_at(c: &[char], at: usize, end: usize) -> Option<(&'static str, Key)> {
    VERBS.iter().find(|(word, _)| starts(c, at, end, word)).copied()
}

fn starts(c: &[char], at: usize, end: usize, word: &str) -> bool {
    let mut pos = at;
    word.chars().all(|w| {
        let same = pos < end && c[pos] == w;
        pos += 1;
        same
    })
}

/// Without separators, blanks and 由 at the ends.
fn trim(c: &[char], range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    while start < end && (c[start].is_whitespace() || "、,;。由请并与和:".contains(c[start]))
    {
        start += 1;
    }
    while end > start && (c[end - 1].is_whitespace() || "、,;。".contains(c[end - 1])) {
        end -= 1;
    }
    start..end
}

/// Whether the stretch is a list of units or people, and nothing else.
fn are_names(text: &Text, range: &Range<usize>) -> bool {
    all_pieces(text, range, |piece| {
        let bare = piece.trim_end_matches("同志");
        looks_like_unit(bare) || looks_like_person(bare) || is_elided_place(bare) || titled(bare)
    })
}

/// Whether the stretch is a list of units, and nothing else.
fn are_units(text: &Text, range: &Range<usize>) -> bool {
    all_pieces(text, range, looks_like_unit)
}

fn all_pieces(text: &Text, range: &Range<usize>, is: impl Fn(&str) -> bool) -> bool {
    let plain = text.slice(range.clone()).plain();
    let plain = open_list(&plain).unwrap_or(&plain).to_owned();
    let mut depth = 0usize;
    let pieces = plain.split(|c| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0 && "、,;".contains(c)
    });
    pieces.filter(|p| !p.is_empty()).all(is)
}

/// 侯营 in 侯营、广平等2个镇政府.
fn is_elided_place(name: &str) -> bool {
    (2..=4).contains(&name.chars().count())
        && !["推进", "加强", "统筹", "落实", "有关", "全面"].contains(&name)
}

/// 副区长张三.
fn titled(name: &str) -> bool {
    ["区长", "县长", "市长", "书记", "主任", "常委"].iter().any(|t| name.contains(t))
        && name.chars().count() <= 14
}

/// People who lead are leaders: 张三牵头.
fn as_person(text: &Text, range: &Range<usize>, key: Key) -> Key {
    let plain = text.slice(range.clone()).plain();
    let first = plain.split(['、', ',']).next().unwrap_or_default();
    let first = first.trim_end_matches("同志");
    if key == Key::Lead && (looks_like_person(first) || titled(first)) { Key::Leader } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Option<Vec<String>> {
        let text = Text::new(text, 1);
        let fields = phrase(&text, 0..text.len())?;
        Some(
            fields.iter().map(|f| format!("{:?}={}", f.key, text.quote(f.value.clone()))).collect(),
        )
    }

    #[test]
    fn verbs_say_who_leads() {
        for (text, want) in [
            ("省甲厅牵头，省乙厅、丙厅按职责分工负责", "Lead=省甲厅|Plain=省乙厅、丙厅"),
            ("区甲局牵头，区乙局、区丙局配合", "Lead=区甲局|Support=区乙局、区丙局"),
            ("区甲局、区乙局分别牵头", "Lead=区甲局、区乙局"),
            ("甲部、乙部等有关部门负责", "Plain=甲部、乙部等有关部门"),
            ("由区甲局牵头，会同区乙局、区丙局负责", "Lead=区甲局|Support=区乙局、区丙局"),
            ("区甲局会同区乙局负责", "Lead=区甲局|Support=区乙局"),
            (
                "区甲局、区乙局等按职责分工负责，各县（市、区）人民政府",
                "Plain=区甲局、区乙局等|Support=各县（市、区）人民政府",
            ),
            ("区甲局牵头负责，2024年12月底前完成", "Lead=区甲局|Deadline=2024年12月底前完成"),
            ("区甲局牵头，区乙局牵头，区丙局配合", "Lead=区甲局|Lead=区乙局|Support=区丙局"),
            ("张三牵头，区甲局负责", "Leader=张三|Plain=区甲局"),
        ] {
            assert_eq!(seen(text).map(|f| f.join("|")).as_deref(), Some(want), "{text}");
        }
        for text in
            ["牵头抓总", "加强领导，落实各方负责制", "坚持主要领导负责", "推动项目由专人负责到底"]
        {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
