//! Lists of names in one cell: how they are joined, how what a clerk typed is taken apart.
//!
//! Names may contain the separator themselves (侯营、广平等5个镇政府), so names the registry knows are recognised
//! whole, and a name that would not survive stands between 【 】 on a line of its own.

use crate::model::normalise_name;

/// Separates names in a cell, as in official documents.
const JOINT: &str = "、";

/// Signs that separate names, after [`normalise_name`].
const SEPARATORS: [char; 4] = ['、', '，', ';', '/'];

/// One cell's text for `names`; [`split`] gives them back.
pub(super) fn join(names: &[String], known: &dyn Fn(&str) -> bool) -> String {
    let plain = names.join(JOINT);
    if split(&plain, known) == names {
        return plain;
    }
    names.iter().map(|n| format!("【{n}】")).collect::<Vec<_>>().join("\n")
}

/// The names in a cell. `known` says whether the registry knows a normalised name.
pub(super) fn split(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(inner) = line.strip_prefix('【').and_then(|l| l.strip_suffix('】')) {
            names.push(normalise_name(inner));
            continue;
        }
        let whole = normalise_name(line);
        if whole.is_empty() {
        } else if known(&whole) {
            names.push(whole);
        } else if let Some(pieces) = by_blanks(line, known) {
            names.extend(pieces);
        } else {
            names.extend(by_separators(&whole, known));
        }
    }
    names
}

/// Names separated by blanks only, if all of them are known: a blank inside a name is a stray one.
fn by_blanks(line: &str, known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    line.split_whitespace().nth(1)?;
    let pieces: Vec<String> = line.split_whitespace().map(normalise_name).collect();
    pieces.iter().all(|p| known(p)).then_some(pieces)
}

/// Splits at separators outside brackets; the longest run that is a known name stays whole.
fn by_separators(line: &str, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let cuts = cuts(line);
    let mut names = Vec::new();
    let mut at = 0;
    while at < cuts.len() {
        let (start, _) = cuts[at];
        let longest = (at + 1..cuts.len()).rev().find(|&to| known(&line[start..cuts[to].1]));
        let to = longest.unwrap_or(at);
        let name = &line[start..cuts[to].1];
        if !name.is_empty() {
            names.push(name.to_owned());
        }
        at = to + 1;
    }
    names
}

/// Pieces between separators as byte ranges; separators inside balanced brackets do not count.
fn cuts(line: &str) -> Vec<(usize, usize)> {
    let balanced = {
        let mut depth = 0i32;
        let sound = line.chars().all(|c| {
            depth += i32::from(c == '（') - i32::from(c == '）');
            depth >= 0
        });
        sound && depth == 0
    };
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0i32);
    for (at, c) in line.char_indices() {
        if balanced {
            depth += i32::from(c == '（') - i32::from(c == '）');
        }
        if depth == 0 && SEPARATORS.contains(&c) {
            pieces.push((start, at));
            start = at + c.len_utf8();
        }
    }
    pieces.push((start, line.len()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> bool {
        ["区财政局", "区民政局", "侯营、广平等5个镇政府（街道办事处）", "各县（市、区）"]
            .contains(&name)
    }

    #[test]
    fn what_a_clerk_types_is_taken_apart() {
        for (text, names) in [
            ("区财政局、区民政局", vec!["区财政局", "区民政局"]),
            ("区财政局，区民政局；新局,又一局", vec!["区财政局", "区民政局", "新局", "又一局"]),
            ("区财政局\n 区民政局、", vec!["区财政局", "区民政局"]),
            ("区财政局 区民政局", vec!["区财政局", "区民政局"]),
            ("区 财政局", vec!["区财政局"]),
            (
                "区财政局、侯营、广平等5个镇政府(街道办事处)、区民政局",
                vec!["区财政局", "侯营、广平等5个镇政府（街道办事处）", "区民政局"],
            ),
            ("各县(市、区)、各乡（镇、街道）", vec!["各县（市、区）", "各乡（镇、街道）"]),
            ("", vec![]),
            ("、，", vec![]),
        ] {
            assert_eq!(split(text, &known), names, "{text}");
        }
    }

    #[test]
    fn names_survive_whatever_they_contain() {
        for names in [
            vec!["侯营、广平等5个镇政府（街道办事处）", "区财政局"],
            vec!["甲、乙等3个镇政府", "区财政局"],
            vec!["【甲】", "乙，丙"],
            vec!["半边（甲、乙", "丙"],
            vec![],
        ] {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            assert_eq!(split(&join(&names, &known), &known), names);
        }
    }
}
