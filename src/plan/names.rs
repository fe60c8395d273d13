//! Lists of names in a clause (单位名单): where they are cut, what is repaired, what does not belong.

use std::ops::Range;

use super::{
    notes::Notes,
    text::{Spot, Text},
    units::{looks_like_unit, open_list},
};
use crate::{diag::Code, model::normalise_name};

/// A name as written in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// Normalised: NFKC, no blanks, full-width brackets.
    pub(super) text: String,
    /// Where it stands.
    pub(super) spot: Spot,
    /// Marked as leading by its own bracket: 区财政局（牵头）.
    pub(super) leads: bool,
}

/// What a list holds besides names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct List {
    /// Names in order.
    pub(super) names: Vec<Name>,
    /// A deadline that stood inside the list.
    pub(super) deadline: Option<String>,
    /// A sentence in the list said that the first name leads.
    pub(super) first_leads: bool,
}

/// Characters of the longest name; what is longer is a sentence that lost its way.
const NAME_CHARS: usize = 60;

/// Cuts the value of a field into names.
pub(super) fn list(text: &Text, range: Range<usize>, people: bool, notes: &mut Notes) -> List {
    let mut out = List::default();
    let value = text.slice(range).trimmed();
    let pieces = pieces(&value, people, notes);
    let mut names: Vec<(String, Range<usize>)> = Vec::new();
    for range in pieces {
        let raw = value.quote(range.clone());
        let plain = value.slice(range.clone()).plain();
        if plain.chars().all(|c| !c.is_alphanumeric()) {
            continue;
        }
        let spot = value.spot(range.start);
        if says_first_leads(&plain) && !plain.contains('(') {
            out.first_leads = true;
            notes.say(Code::SentenceInList, spot, raw);
            continue;
        }
        if is_deadline(&plain) {
            notes.say(Code::SentenceInList, spot, raw.clone());
            out.deadline = Some(raw);
            continue;
        }
        names.push((raw, range));
    }
    join_elided(&mut names);
    if people {
        join_titles(&mut names);
    }
    for (raw, range) in names {
        let spot = value.spot(range.start);
        let whole = normalise_name(&raw);
        let mut name = whole.as_str();
        let mut leads = false;
        if let Some((bare, note)) = name.strip_suffix('）').and_then(|n| n.rsplit_once('（')) {
            if matches!(
                note,
                "牵头" | "牵头单位" | "主办" | "主办单位" | "牵头负责" | "总牵头" | "主要责任单位"
            ) {
                leads = true;
                name = bare;
            } else if matches!(note, "配合" | "配合单位" | "协办" | "协办单位" | "参与")
            {
                name = bare;
            } else if says_first_leads(note) {
                out.first_leads = true;
                notes.say(Code::SentenceInList, spot, note);
                name = bare;
            }
        }
        for ending in ["按职责分工负责", "按照职责分工负责", "按职责分别负责", "分工负责"]
        {
            name = name.strip_suffix(ending).unwrap_or(name);
        }
        if people {
            name = name.strip_suffix("同志").unwrap_or(name);
        }
        if let Some(bare) = open_list(name) {
            notes.say(Code::OpenList, spot, bare);
            name = bare;
        }
        let name = balanced(name.trim_matches(|c: char| "。，、；：:;.*".contains(c)));
        if name.is_empty() {
            continue;
        }
        if name.chars().count() > NAME_CHARS {
            notes.say(Code::NameIsSentence, spot, shortened(&name));
            continue;
        }
        if out.names.iter().any(|n| n.text == name) {
            notes.say(Code::NameTwice, spot, &name);
            continue;
        }
        if !people && (name.contains("相关") || name.contains("有关")) {
            notes.say(Code::Subset, spot, &name);
        }
        out.names.push(Name { text: name, spot, leads });
    }
    out
}

/// The name with its round brackets in pairs: one that never closes is closed, one that never opened goes.
fn balanced(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut depth = 0usize;
    for c in name.chars() {
        match c {
            '（' => depth += 1,
            '）' if depth == 0 => continue,
            '）' => depth -= 1,
            '〔' | '〕' | '[' | ']' | '【' | '】' => continue,
            _ => {}
        }
        out.push(c);
    }
    out.extend(std::iter::repeat_n('）', depth));
    out
}

fn shortened(text: &str) -> String {
    text.chars().take(NAME_CHARS).chain(['…']).collect()
}

/// Whether a sentence says that the first name of each list leads (首位为牵头单位).
pub(super) fn says_first_leads(plain: &str) -> bool {
    plain.contains("牵头")
        && [
            "第一位",
            "首位",
            "排第一",
            "第一个",
            "列第一",
            "排名第一",
            "排在最前",
            "排名在前",
            "列首",
        ]
        .iter()
        .any(|w| plain.contains(w))
}

/// Whether a piece of a list is a deadline: 2024年12月底前完成, 12月底.
pub(super) fn is_deadline(plain: &str) -> bool {
    let time = plain.contains(|c: char| c.is_ascii_digit())
        && ["月", "年底", "季度", "日前"].iter().any(|w| plain.contains(w));
    let words = ["全年", "年内", "年底前", "长期坚持", "持续推进", "常年坚持"]
        .iter()
        .any(|w| plain.starts_with(w));
    (time || words)
        && (plain.ends_with("完成")
            || plain.ends_with('前')
            || plain.ends_with('底')
            || plain.ends_with('日')
            || plain.ends_with("推进")
            || plain.ends_with("坚持")
            || plain.ends_with("到位")
            || plain.ends_with("使用")
            || plain.ends_with('月')
            || plain.ends_with("全年"))
        && !plain.ends_with('局')
}

/// The stretches between separators. Brackets that do not balance are repaired here.
fn pieces(value: &Text, people: bool, notes: &mut Notes) -> Vec<Range<usize>> {
    let c = &value.folded;
    let blanks_separate = blanks_separate(value, people);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let cut = |pieces: &mut Vec<Range<usize>>, start: usize, end: usize| {
        if start < end && value.chars[start..end].iter().any(|c| !c.is_whitespace()) {
            pieces.push(start..end);
        }
    };
    while at < c.len() {
        match c[at] {
            '(' => {
                if let Some(close) = closing(c, at) {
                    at = close;
                } else {
                    // 各镇政府（街道办事处、开发区管委会: the bracket never closes; the name ends at the separator.
                    notes.say(
                        Code::StrayBracket,
                        value.spot(at),
                        value.quote(start..c.len().min(at + 12)),
                    );
                }
            }
            '、' | ',' | ';' | '/' | '。' | '·' if c[at] != '·' || people => {
                if c[at] == ';' {
                    notes.say(Code::SemicolonInList, value.spot(at), value.quote(start..at));
                }
                cut(&mut pieces, start, at);
                start = at + 1;
            }
            // A name that a narrow column broke goes on in the next line.
            '\n' if !people && !looks_like_unit(&value.slice(start..at).plain()) => {}
            '\n' => {
                cut(&mut pieces, start, at);
                start = at + 1;
            }
            ' ' if blanks_separate => {
                cut(&mut pieces, start, at);
                start = at + 1;
            }
            '以' if c.get(at + 1) == Some(&'及') && at > start => {
                cut(&mut pieces, start, at);
                start = at + 2;
                at += 1;
            }
            '和' | '及' | '与' if !people && splits_here(value, start, at) => {
                cut(&mut pieces, start, at);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    cut(&mut pieces, start, c.len());
    pieces
}

/// The matching closer of the round bracket at `open`.
fn closing(c: &[char], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, sign) in c.iter().enumerate().skip(open).take(80) {
        match sign {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether blanks separate the names: nothing else does, and every piece is a whole name.
fn blanks_separate(value: &Text, people: bool) -> bool {
    let has_other = value.folded.iter().any(|c| "、,;/".contains(*c));
    let plain: String = value.folded.iter().map(|c| if *c == '\n' { ' ' } else { *c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.len() < 2 {
        return false;
    }
    if people {
        return !has_other && words.iter().all(|w| (2..=4).contains(&w.chars().count()));
    }
    words.iter().all(|w| {
        let last = w.rsplit(['、', ',', ';', '/']).next().unwrap_or(w);
        looks_like_unit(last) || last.is_empty()
    })
}

/// 区委办和区政府办 is two names, 区住房和城乡建设局 one.
fn splits_here(value: &Text, start: usize, at: usize) -> bool {
    let c = &value.folded;
    let left: String = c[start..at].iter().filter(|c| !c.is_whitespace()).collect();
    let next = c[at + 1..].iter().find(|c| !c.is_whitespace());
    looks_like_unit(&left) && next.is_some_and(|n| "区县市省州旗各".contains(*n))
}

/// 侯营、广平、沙镇等3个镇政府 is one name: elided names that share an ending.
fn join_elided(names: &mut Vec<(String, Range<usize>)>) {
    let mut at = 0;
    while at < names.len() {
        if let Some(count) = elided_count(&names[at].0) {
            // The piece with 等 holds the last name itself.
            let mut from = at;
            while from > 0 && at - from + 1 < count && is_elided(&names[from - 1].0) {
                from -= 1;
            }
            if from < at {
                let joined = names[from..=at].iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>();
                let whole = (joined.join("、"), names[from].1.start..names[at].1.end);
                names.splice(from..=at, [whole]);
                at = from;
            }
        }
        at += 1;
    }
}

/// The number in 等5个镇政府.
fn elided_count(name: &str) -> Option<usize> {
    let (_, tail) = name.split_once('等')?;
    let digits: String = tail.chars().take_while(char::is_ascii_digit).collect();
    let count = if digits.is_empty() {
        let word: Vec<char> = tail.chars().take_while(|c| super::marks::is_numeral(*c)).collect();
        super::marks::chinese(&word)? as usize
    } else {
        digits.parse().ok()?
    };
    let rest = tail.trim_start_matches(|c: char| c.is_ascii_digit() || super::marks::is_numeral(c));
    (rest.starts_with(['个', '家']) && rest.chars().count() > 2).then_some(count)
}

/// A place name without the word for what it is: 侯营, 沙镇; not 区财政局.
fn is_elided(name: &str) -> bool {
    const WHOLE: [&str; 10] =
        ["局", "委", "办", "政府", "办事处", "中心", "公司", "委员会", "分局", "单位"];
    name.chars().count() <= 8 && !WHOLE.iter().any(|w| name.ends_with(w)) && !name.contains('（')
}

/// 区委常委、常务副区长李四 is one person.
fn join_titles(names: &mut Vec<(String, Range<usize>)>) {
    const TITLES: [&str; 12] = [
        "常委",
        "书记",
        "主任",
        "区长",
        "县长",
        "市长",
        "部长",
        "党组成员",
        "主席",
        "副主任",
        "局长",
        "秘书长",
    ];
    let mut at = 0;
    while at + 1 < names.len() {
        if TITLES.iter().any(|t| names[at].0.ends_with(t)) {
            let whole = (
                format!("{}、{}", names[at].0, names[at + 1].0),
                names[at].1.start..names[at + 1].1.end,
            );
            names.splice(at..=at + 1, [whole]);
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::notes::Source;

    fn split(text: &str, people: bool) -> Vec<String> {
        let mut notes = Notes::new("x", Source::Lines);
        let text = Text::new(text, 1);
        list(&text, 0..text.len(), people, &mut notes).names.into_iter().map(|n| n.text).collect()
    }

    #[test]
    fn lists_are_cut_where_clerks_mean_it() {
        for (text, names) in [
            (
                "区住房和城乡建设局、区商务局，各镇政府(街道办事处)",
                "区住房和城乡建设局|区商务局|各镇政府（街道办事处）",
            ),
            ("区财政局 区审计局\n区统计局", "区财政局|区审计局|区统计局"),
            ("区委办和区政府办", "区委办|区政府办"),
            (
                "侯营、广平、沙镇、梁水镇、道口铺等5个镇政府（街道办事处）",
                "侯营、广平、沙镇、梁水镇、道口铺等5个镇政府（街道办事处）",
            ),
            ("区财政局、侯营、广平等2个镇政府", "区财政局|侯营、广平等2个镇政府"),
            ("区财政局、区审计局等部门", "区财政局|区审计局"),
            ("区财政局，2024年12月底前完成", "区财政局"),
            ("各县(市、区)、区财政局", "各县（市、区）|区财政局"),
            ("区 财 政 局、区审计局", "区财政局|区审计局"),
            ("各镇政府（街道办事处、开发区管委会", "各镇政府（街道办事处）|开发区管委会"),
        ] {
            assert_eq!(split(text, false).join("|"), names, "{text}");
        }
        assert_eq!(split("王　冻、李四", true).join("|"), "王冻|李四");
        assert_eq!(split("张三 李四", true).join("|"), "张三|李四");
    }
}
