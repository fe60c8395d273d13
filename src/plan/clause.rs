//! Responsibility clauses (责任分工): who leads, who answers, read from brackets, key lines and verb sentences.

use crate::model::normalise_name;

/// What a clause says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Clause {
    /// 牵头领导.
    pub(super) leaders: Vec<String>,
    /// 牵头单位.
    pub(super) lead_units: Vec<String>,
    /// 责任单位.
    pub(super) responsible: Vec<String>,
    /// Repairs that were needed.
    pub(super) repairs: Vec<Repair>,
}

/// A repair made while reading a clause; each becomes a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Repair {
    /// The opening bracket is not closed by its own kind: what stands there instead.
    Closer(String),
    /// A bracket that belongs to nothing was dropped: the name as written.
    StrayBracket(String),
    /// An open list (等).
    OpenList(String),
    /// A subset nobody named (相关).
    Subset(String),
    /// The first unit of an unmarked list was taken as the lead unit.
    FirstLeads(String),
}

/// What a key stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Key {
    Leader,
    Lead,
    Other,
}

/// Key words, longest first among those that share a beginning. 责任单位 is co-operating beside a lead key; alone it
/// is everybody, and the first may lead.
const KEYS: &[(&str, Key)] = &[
    ("牵头县领导", Key::Leader),
    ("牵头市领导", Key::Leader),
    ("牵头区领导", Key::Leader),
    ("牵头领导", Key::Leader),
    ("责任领导", Key::Leader),
    ("分管领导", Key::Leader),
    ("分线领导", Key::Leader),
    ("领办领导", Key::Leader),
    ("包抓领导", Key::Leader),
    ("指挥长", Key::Leader),
    ("牵头责任单位", Key::Lead),
    ("牵头负责部门", Key::Lead),
    ("牵头单位", Key::Lead),
    ("牵头部门", Key::Lead),
    ("主要责任单位", Key::Lead),
    ("主办单位", Key::Lead),
    ("承办单位", Key::Lead),
    ("汇总单位", Key::Lead),
    ("协同责任单位", Key::Other),
    ("其他责任单位", Key::Other),
    ("责任单位", Key::Other),
    ("责任部门", Key::Other),
    ("配合单位", Key::Other),
    ("协办单位", Key::Other),
    ("协作单位", Key::Other),
    ("会办单位", Key::Other),
];

/// Opening brackets and the closer of each.
const PAIRS: &[(char, char)] =
    &[('〔', '〕'), ('［', '］'), ('[', ']'), ('【', '】'), ('（', '）'), ('(', ')')];

/// Brackets that never belong to a name.
fn foreign(c: char) -> bool {
    matches!(c, '〔' | '〕' | '［' | '］' | '[' | ']' | '【' | '】')
}

/// Where a key with its colon stands: (start, end of the colon, key), in characters.
fn keys_in(text: &[char]) -> Vec<(usize, usize, Key)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let hit = KEYS.iter().find_map(|(word, key)| {
            let mut end = at;
            for sign in word.chars() {
                while text.get(end).is_some_and(|c| c.is_whitespace()) && end > at {
                    end += 1;
                }
                if text.get(end) != Some(&sign) {
                    return None;
                }
                end += 1;
            }
            while text.get(end).is_some_and(|c| c.is_whitespace()) {
                end += 1;
            }
            matches!(text.get(end), Some('：' | ':')).then_some((end + 1, *key))
        });
        match hit {
            Some((end, key)) => {
                found.push((at, end, key));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Splits a paragraph into its text and its clauses; no clause gives none.
pub(super) fn split(paragraph: &str) -> (String, Option<Clause>) {
    let chars: Vec<char> = paragraph.chars().collect();
    let keys = keys_in(&chars);
    if let Some((first, _, _)) = keys.first() {
        return labelled(&chars, &keys, *first);
    }
    bracketed(&chars)
}

/// A clause with keys: from the bracket before the first key (if there is one) to the end of its last value.
fn labelled(
    chars: &[char],
    keys: &[(usize, usize, Key)],
    first: usize,
) -> (String, Option<Clause>) {
    let opened = chars[..first]
        .iter()
        .rposition(|c| !c.is_whitespace())
        .filter(|at| opener(chars[*at]).is_some());
    let start = opened.unwrap_or(first);
    let mut text: String = chars[..start].iter().collect();
    let mut clause = Clause::default();
    let has_lead = keys.iter().any(|(_, _, k)| *k == Key::Lead);
    for (n, (_, value_at, key)) in keys.iter().enumerate() {
        let last = n + 1 == keys.len();
        let end = keys.get(n + 1).map_or(chars.len(), |(next, _, _)| *next);
        let mut value: Vec<char> = chars[*value_at..end].to_vec();
        if last {
            let rest = cut_at_close(&mut value, opened.map(|at| chars[at]), &mut clause.repairs);
            text.push_str(&rest);
        } else {
            // Several clauses in one task: what stands between a closer and the next opener is text.
            between_clauses(&mut value, &mut text);
        }
        let mut names = names(&value, &mut clause.repairs);
        match key {
            Key::Leader => add(&mut clause.leaders, names),
            Key::Lead => add(&mut clause.lead_units, names),
            Key::Other if has_lead => add(&mut clause.responsible, names),
            Key::Other => {
                if clause.lead_units.is_empty() && !names.is_empty() {
                    let lead = names.remove(0);
                    clause.repairs.push(Repair::FirstLeads(lead.clone()));
                    clause.lead_units.push(lead);
                }
                add(&mut clause.responsible, names);
            }
        }
    }
    let named = clause.lead_units.clone();
    clause.responsible.retain(|n| !named.contains(n));
    (text, Some(clause))
}

fn add(into: &mut Vec<String>, names: Vec<String>) {
    for name in names {
        if !into.contains(&name) {
            into.push(name);
        }
    }
}

fn opener(c: char) -> Option<char> {
    PAIRS.iter().find(|(open, _)| *open == c).map(|(_, close)| *close)
}

/// Cuts the last value of a clause where the clause closes, and gives what follows it as text.
fn cut_at_close(value: &mut Vec<char>, opened: Option<char>, repairs: &mut Vec<Repair>) -> String {
    let Some(open) = opened else {
        return String::new();
    };
    let close = opener(open).unwrap_or('〕');
    // The first closer that no bracket of a name accounts for.
    let mut depth = 0i32;
    let mut at = None;
    for (n, sign) in value.iter().enumerate() {
        match sign {
            '（' | '(' => depth += 1,
            '）' | ')' if depth > 0 => depth -= 1,
            '）' | ')' | '〕' | '］' | ']' | '】' => {
                at = Some(n);
                break;
            }
            _ => {}
        }
    }
    let Some(at) = at else {
        repairs.push(Repair::Closer(String::new()));
        return String::new();
    };
    let mut tail = at;
    while value
        .get(tail)
        .is_some_and(|c| c.is_whitespace() || foreign(*c) || matches!(c, '）' | ')'))
    {
        tail += 1;
    }
    let closers: String = value[at..tail].iter().filter(|c| !c.is_whitespace()).collect();
    if closers.chars().ne([close]) {
        repairs.push(Repair::Closer(closers));
    }
    let rest: String = value[tail..].iter().collect();
    value.truncate(at);
    rest.trim().trim_start_matches(['。', '；', ';']).to_owned()
}

/// Takes text between two clauses of one task out of a value.
fn between_clauses(value: &mut Vec<char>, text: &mut String) {
    let mut depth = 0i32;
    for n in 0..value.len() {
        match value[n] {
            '（' | '(' => depth += 1,
            '）' | ')' if depth > 0 => depth -= 1,
            '）' | ')' | '〕' | '］' | ']' | '】' => {
                let rest: String = value[n + 1..].iter().collect();
                let rest = rest.trim().trim_end_matches(|c| opener(c).is_some());
                text.push_str(rest);
                value.truncate(n);
                return;
            }
            _ => {}
        }
    }
}

/// A bracket without keys at the end: （X牵头，Y、Z按职责分工负责）, （甲、乙负责）.
fn bracketed(chars: &[char]) -> (String, Option<Clause>) {
    let whole = || (chars.iter().collect::<String>(), None);
    let Some(end) = chars.iter().rposition(|c| !c.is_whitespace() && *c != '。') else {
        return whole();
    };
    let inside_text = |from: usize, to: usize| -> String { chars[from..to].iter().collect() };
    let says = |t: &str| {
        t.contains("牵头") || t.contains("负责") || t.contains("配合") || t.contains("承办")
    };
    let (start, body) = if PAIRS.iter().any(|(_, close)| *close == chars[end]) {
        // The opener that matches the last closer, brackets inside counted.
        let mut depth = 0i32;
        let mut open = None;
        for n in (0..=end).rev() {
            if PAIRS.iter().any(|(_, close)| *close == chars[n]) {
                depth += 1;
            } else if opener(chars[n]).is_some() {
                depth -= 1;
                if depth == 0 {
                    open = Some(n);
                    break;
                }
            }
        }
        let Some(open) = open else { return whole() };
        (open, inside_text(open + 1, end))
    } else {
        return whole();
    };
    if !says(&body) {
        return whole();
    }
    let Some(clause) = verbs(&body) else { return whole() };
    (inside_text(0, start), Some(clause))
}

/// Reads a verb sentence: A牵头，B、C配合; A、B分别牵头; A、B按职责分工负责; A、B等负责.
pub(super) fn verbs(sentence: &str) -> Option<Clause> {
    let mut clause = Clause::default();
    let chars: Vec<char> = sentence.chars().collect();
    let mut pending: Vec<char> = Vec::new();
    let mut has_lead = false;
    for part in split_top(&chars, &['，', ',', '；', ';', '。']) {
        let text: String = part.iter().collect();
        let text = text.trim();
        if let Some(at) = text.find("牵头") {
            let mut value: Vec<char> = std::mem::take(&mut pending);
            value.extend(text[..at].trim_end_matches("分别").chars());
            let names = names(&value, &mut clause.repairs);
            add(&mut clause.lead_units, names);
            has_lead = true;
            let after = text[at + "牵头".len()..].trim_start_matches("负责");
            if !after.is_empty() {
                pending.extend(after.chars());
            }
            continue;
        }
        let verb = VERBS.iter().filter_map(|v| text.find(v).map(|at| (at, *v))).min();
        if let Some((at, _)) = verb {
            let mut value: Vec<char> = std::mem::take(&mut pending);
            if !value.is_empty() {
                value.push('、');
            }
            value.extend(text[..at].chars());
            let mut names = names(&value, &mut clause.repairs);
            if !has_lead && clause.lead_units.is_empty() && !names.is_empty() {
                let lead = names.remove(0);
                if !names.is_empty() {
                    clause.repairs.push(Repair::FirstLeads(lead.clone()));
                }
                clause.lead_units.push(lead);
            }
            add(&mut clause.responsible, names);
        } else {
            if !pending.is_empty() {
                pending.push('、');
            }
            pending.extend(text.chars());
        }
    }
    let rest = names(&pending, &mut clause.repairs);
    add(&mut clause.responsible, rest);
    (!clause.lead_units.is_empty()).then_some(clause)
}

/// Phrases that end a list of units in a verb sentence.
const VERBS: &[&str] = &[
    "按职责分工负责",
    "按照职责分工负责",
    "按职责负责",
    "按职责分工",
    "分工负责",
    "分别负责",
    "共同负责",
    "负责",
    "配合",
    "协助",
    "参与",
    "承办",
];

/// Splits at separators outside round brackets.
fn split_top<'a>(chars: &'a [char], separators: &[char]) -> Vec<&'a [char]> {
    let mut parts = Vec::new();
    let (mut from, mut depth) = (0, 0i32);
    for (n, sign) in chars.iter().enumerate() {
        match sign {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = (depth - 1).max(0),
            c if depth == 0 && separators.contains(c) => {
                parts.push(&chars[from..n]);
                from = n + 1;
            }
            _ => {}
        }
    }
    parts.push(&chars[from..]);
    parts
}

/// The names in a value: split at 、，；and line breaks outside brackets, cleaned of remnants.
fn names(value: &[char], repairs: &mut Vec<Repair>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in split_top(value, &['、', '，', ',', '；', ';', '\n']) {
        let text: String = part.iter().collect();
        let name =
            normalise_name(text.trim_matches(|c: char| c.is_whitespace() || "。.：:".contains(c)));
        let clean = without_strays(&name);
        if clean != name {
            repairs.push(Repair::StrayBracket(name.clone()));
        }
        if clean.is_empty() {
            continue;
        }
        // 甲、乙、丙等5个镇政府: elided names are one group.
        if let Some(group) = elided(&found, &clean) {
            found.retain(|n| has_suffix(n));
            found.push(group);
            continue;
        }
        let (clean, open) = open_list(&clean);
        if open {
            repairs.push(Repair::OpenList(clean.clone()));
        }
        if clean.contains("相关") || clean.contains("有关") {
            repairs.push(Repair::Subset(clean.clone()));
        }
        if !clean.is_empty() && !found.contains(&clean) {
            found.push(clean);
        }
    }
    found
}

/// 等 or 等部门 or 等有关部门负责 at the end of a list: an open list; the name without it.
fn open_list(name: &str) -> (String, bool) {
    for tail in ["等有关部门", "等相关部门", "等部门", "等单位", "等"] {
        if let Some(stem) = name.strip_suffix(tail).filter(|s| !s.is_empty()) {
            return (stem.to_owned(), true);
        }
    }
    (name.to_owned(), false)
}

/// The group that elided names and their last member make, if `last` says 等N个…
fn elided(before: &[String], last: &str) -> Option<String> {
    let (stem, tail) = last.split_once('等')?;
    let counted =
        tail.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if counted.len() == tail.len() || !(counted.starts_with('个') || counted.starts_with('家')) {
        return None;
    }
    let stems: Vec<&str> = before.iter().map(String::as_str).filter(|n| !has_suffix(n)).collect();
    (!stems.is_empty() && !stem.is_empty()).then(|| format!("{}、{last}", stems.join("、")))
}

/// Ends like the name of a unit by itself.
fn has_suffix(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "局",
        "委",
        "办",
        "部",
        "院",
        "会",
        "中心",
        "政府",
        "办事处",
        "公司",
        "集团",
        "单位",
        "部门",
        "处",
        "站",
        "社",
        "联",
        "室",
        "）",
    ];
    ENDS.iter().any(|e| name.ends_with(e))
}

/// A name without brackets that belong to nothing.
fn without_strays(name: &str) -> String {
    let mut kept: Vec<Option<char>> = name.chars().map(|c| (!foreign(c)).then_some(c)).collect();
    let mut open: Vec<usize> = Vec::new();
    for (n, sign) in kept.iter_mut().enumerate() {
        match sign {
            Some('（') => open.push(n),
            Some('）') if open.pop().is_none() => *sign = None,
            _ => {}
        }
    }
    for n in open {
        kept[n] = None;
    }
    kept.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Clause) {
        let (text, clause) = split(text);
        (text, clause.expect("a clause"))
    }

    #[test]
    fn labelled_brackets_in_both_punctuations() {
        for text in [
            "抓好甲事。〔牵头领导：张三、李四；牵头单位：区甲局；责任单位：区乙局，各镇政府(街道办事处)、管委会〕",
            "抓好甲事。[牵头领导:张三、李四;牵头单位:区甲局;责任单位:区乙局,各镇政府（街道办事处）、管委会]",
            "抓好甲事。〔牵头领导：张三、李四；牵头单位：区甲局；责任单位：区乙局；各镇政府(街道办事处)、管委会 ] ]",
        ] {
            let (body, clause) = read(text);
            assert_eq!(body, "抓好甲事。");
            assert_eq!(clause.leaders, ["张三", "李四"]);
            assert_eq!(clause.lead_units, ["区甲局"]);
            assert_eq!(clause.responsible, ["区乙局", "各镇政府（街道办事处）", "管委会"]);
        }
    }

    #[test]
    fn stray_closers_and_elided_groups() {
        let (_, clause) = read("甲。〔牵头单位：区甲局；责任单位：区人民医院)〕");
        assert_eq!(clause.responsible, ["区人民医院"]);
        assert!(!clause.repairs.is_empty());
        let (_, clause) =
            read("甲。〔牵头单位：区甲局；责任单位：东、南、西等3个镇政府（街道办事处）〕");
        assert_eq!(clause.responsible, ["东、南、西等3个镇政府（街道办事处）"]);
    }

    #[test]
    fn verb_sentences() {
        let (body, clause) = read("抓好乙事。（省甲厅牵头，省乙厅、省丙厅按职责分工负责）");
        assert_eq!(body, "抓好乙事。");
        assert_eq!(clause.lead_units, ["省甲厅"]);
        assert_eq!(clause.responsible, ["省乙厅", "省丙厅"]);
        let (_, clause) = read("丙（甲部、乙部等有关部门负责）");
        assert_eq!(
            (clause.lead_units, clause.responsible),
            (vec!["甲部".to_owned()], vec!["乙部".to_owned()])
        );
        assert_eq!(split("丁（一期）").1, None);
    }
}
