//! Proposes which names may mean the same unit, with the reason. Never by edit distance: 区财政局 and 区民政局 are
//! nearer to each other than 区发展和改革局 and 区发改局 (CRATES §0.10).

use std::collections::BTreeMap;

use crate::{
    model::{Alias, Unit},
    wording::book as words,
};

/// Ends of names that one reform turns into another: the same body before and after.
const ORGAN_WORDS: [&str; 4] = ["委员会", "分局", "局", "委"];

/// Ends of names by which bodies are told apart; the longest that fits is the name's kind.
const KINDS: [&str; 22] = [
    "管理委员会",
    "管委会",
    "委员会",
    "办公室",
    "分局",
    "中心",
    "集团",
    "公司",
    "医院",
    "法院",
    "检察院",
    "联合会",
    "合作社",
    "街道办事处",
    "镇政府",
    "大队",
    "支队",
    "部",
    "局",
    "办",
    "委",
    "会",
];

/// Signs of the level of government at the beginning of a name.
const LEVELS: [char; 4] = ['区', '县', '市', '省'];

/// Alias candidates among the units, not adopted; `uses` counts how often each name occurs in the plan.
///
/// Of two names the fuller one is proposed as the unit; where only the kind of body differs, the one used more
/// often in the plan, and of two used equally often the one that comes first.
pub(super) fn candidates(units: &[Unit], uses: &BTreeMap<String, usize>) -> Vec<Alias> {
    let mut found = Vec::new();
    for (at, first) in units.iter().enumerate() {
        for second in &units[at + 1..] {
            let (a, b) = (first.id.as_str(), second.id.as_str());
            if other_organ(a, b) {
                let count = |name: &str| uses.get(name).copied().unwrap_or(0);
                let (alias, unit) =
                    if count(b) > count(a) { (first, second) } else { (second, first) };
                found.push(candidate(
                    alias,
                    unit,
                    words::alias_other_organ(&alias.name, &unit.name),
                ));
                continue;
            }
            let (brief, full) = if a.chars().count() < b.chars().count() {
                (first, second)
            } else {
                (second, first)
            };
            if let Some(reason) = shortened(brief.id.as_str(), full.id.as_str()) {
                found.push(candidate(brief, full, reason));
            }
        }
    }
    found
}

fn candidate(alias: &Unit, unit: &Unit, reason: String) -> Alias {
    Alias { name: alias.id.0.clone(), unit: unit.id.clone(), adopted: false, reason }
}

/// The same name but for the kind of body: 区发展和改革局, 区发展和改革委员会.
fn other_organ(a: &str, b: &str) -> bool {
    ORGAN_WORDS.iter().any(|x| {
        let Some(core) = a.strip_suffix(x) else { return false };
        // 分局 without 分 is the same core with another word, 区公安分 is none.
        let core = core.strip_suffix('分').filter(|_| *x == "局").unwrap_or(core);
        ORGAN_WORDS
            .iter()
            .any(|y| x != y && core.chars().count() >= 3 && b.strip_suffix(y) == Some(core))
    })
}

/// Why `brief` may be short for `full`: letters left out in order, the same kind of body, the same level.
fn shortened(brief: &str, full: &str) -> Option<String> {
    let kind = |name: &str| KINDS.iter().find(|k| name.ends_with(**k)).copied();
    let kind_of_full = kind(full)?;
    if kind(brief) != Some(kind_of_full) {
        return None;
    }
    let bare = |name: &str| -> Vec<char> {
        let body = name.strip_suffix(kind_of_full).unwrap_or(name);
        body.strip_prefix(LEVELS).unwrap_or(body).chars().collect()
    };
    let (short, long) = (bare(brief), bare(full));
    let level = |name: &str| name.chars().next().filter(|c| LEVELS.contains(c));
    if short.len() < 2 || short.len() >= long.len() {
        return None;
    }
    if short.first() == long.first() && level(brief) == level(full) {
        let left_out = left_out(&short, &long)?;
        // Scattered characters are an abbreviation, one piece is an omission.
        return Some(if left_out.len() == 1 && left_out[0].chars().count() <= 2 {
            words::alias_missing(&left_out[0])
        } else {
            words::alias_abbreviation(&left_out.concat())
        });
    }
    // 开发区管委会 for 嘉明经济开发区管委会; 行政执法局 for 综合行政执法局.
    let ends = long.ends_with(&short) && (level(brief).is_none() || level(brief) == level(full));
    let before: String = long[..long.len() - short.len()].iter().collect();
    // 区第二人民医院 is another body than 区人民医院.
    (ends && !before.starts_with('第')).then(|| words::alias_missing(&before))
}

/// The pieces of `long` that `short` leaves out, if its characters occur in order.
fn left_out(short: &[char], long: &[char]) -> Option<Vec<String>> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut rest = short.iter().peekable();
    for c in long {
        if rest.peek() == Some(&c) {
            rest.next();
            if !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
            }
        } else {
            piece.push(*c);
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    rest.peek().is_none().then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::registry::build::unit;

    fn pairs(names: &[(&str, usize)]) -> Vec<(String, String)> {
        let units: Vec<Unit> = names.iter().map(|(n, _)| unit(n)).collect();
        let uses = names.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
        let found = candidates(&units, &uses);
        assert!(found.iter().all(|a| !a.adopted && !a.reason.is_empty()));
        found.into_iter().map(|a| (a.name, a.unit.0)).collect()
    }

    #[test]
    fn the_same_unit_is_proposed_and_not_merged() {
        for (alias, full) in [
            ("区市场监管局", "区市场监督管理局"),
            ("区体育发展中心", "区体育事业发展中心"),
            ("区发改局", "区发展和改革局"),
            ("区人社局", "区人力资源和社会保障局"),
            ("开发区管委会", "嘉明经济开发区管委会"),
            ("区行政执法局", "区综合行政执法局"),
        ] {
            assert_eq!(
                pairs(&[(alias, 1), (full, 2)]),
                [(alias.to_owned(), full.to_owned())],
                "{alias}"
            );
        }
        let wanted = [("区发展和改革委员会".to_owned(), "区发展和改革局".to_owned())];
        assert_eq!(pairs(&[("区发展和改革局", 22), ("区发展和改革委员会", 15)]), wanted);
        assert_eq!(pairs(&[("区发展和改革委员会", 15), ("区发展和改革局", 22)]), wanted);
        assert_eq!(pairs(&[("区公安分局", 1), ("区公安局", 1)]).len(), 1);
    }

    #[test]
    fn different_units_are_not_proposed() {
        assert_eq!(
            pairs(&[
                ("区财政局", 1),
                ("区民政局", 1),
                ("区委组织部", 1),
                ("区委宣传部", 1),
                ("区旅游发展中心", 1),
                ("区体育发展中心", 1),
                ("区水利局", 1),
                ("区统计局", 1),
                ("区文化和旅游局", 1),
                ("区政府办公室", 1),
                ("区生态环境保护委员会办公室", 1),
                ("区人民医院", 1),
                ("区第二人民医院", 1),
                ("国泰集团", 1),
                ("昌泰集团", 1),
            ]),
            [],
        );
    }
}
