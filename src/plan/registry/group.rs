//! Which names are references to sets (集合称谓) and not units.

/// A set is meant where a name holds one of these.
const SET_WORDS: [&str; 8] =
    ["成员单位", "各部门", "各单位", "有关部门", "有关单位", "相关部门", "相关单位", "全体"];

/// Names of leaders that mean a body of them.
const COLLECTIVE_WORDS: [&str; 7] =
    ["全体", "班子成员", "领导班子", "各位", "各分管", "各副", "党政领导"];

/// Ends of names that are kinds of bodies: alone, or behind a word like 城区, they name a set.
const KINDS: [&str; 12] = [
    "镇政府（街道办事处）",
    "乡镇政府（街道办事处）",
    "乡镇（街道）",
    "镇（街道）",
    "镇街",
    "乡镇",
    "街道办事处",
    "镇政府",
    "平台公司",
    "国有企业",
    "医院",
    "县（市、区）",
];

/// Words before a kind that name no single body.
const QUALIFIERS: [&str; 12] = [
    "",
    "城区",
    "主城区",
    "中心城区",
    "城郊",
    "区属国有",
    "市属国有",
    "县属国有",
    "区属",
    "市属",
    "县属",
    "区属各",
];

/// Whether `name` (normalised) is a reference to a set of units that it does not list.
///
/// 各 (each), 相关 or 有关 (those concerned), an enumeration with 等, the members of a commission, or a mere kind of
/// body (城区街道办事处, 区属国有平台公司) without a name of its own.
pub(super) fn is_group(name: &str) -> bool {
    let each = name.contains('各') && !within_name(name);
    let some = ["相关", "有关", "其他", "其它"].iter().any(|w| {
        name.starts_with(w)
            || name.contains(&format!("区{w}"))
            || name.contains(&format!("市{w}"))
            || name.contains(&format!("县{w}"))
    });
    let listed = enumerates(name);
    let worded = SET_WORDS.iter().any(|w| name.contains(w));
    let kind = KINDS
        .iter()
        .any(|k| name.strip_suffix(k).is_some_and(|before| QUALIFIERS.contains(&before)));
    each || some || listed || worded || kind
}

/// Whether the name of a leader means a body of leaders.
pub(super) fn is_collective(name: &str) -> bool {
    COLLECTIVE_WORDS.iter().any(|w| name.contains(w)) || is_group(name)
}

/// 各 as part of a name (各界人士…联合会) rather than “each”.
fn within_name(name: &str) -> bool {
    name.contains("各界") || name.contains("各族")
}

/// 甲、乙、丙等5个镇政府; 甲局等部门.
fn enumerates(name: &str) -> bool {
    name.match_indices('等').any(|(at, _)| {
        let after = &name[at + '等'.len_utf8()..];
        let digits = after.trim_start_matches(|c: char| {
            c.is_ascii_digit() || "一二三四五六七八九十百".contains(c)
        });
        let counted = digits.len() < after.len()
            && ["个", "家", "镇", "街", "部门", "单位"].iter().any(|w| digits.starts_with(w));
        // 中等职业学校, 高等专科学校 are schools.
        let school = name[..at].ends_with(['高', '中', '初']);
        let kinds = ["有关", "相关", "部门", "单位", "镇", "街道", "乡"];
        counted || (!school && (after.is_empty() || kinds.iter().any(|w| after.starts_with(w))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_told_from_units() {
        for name in [
            "区政府各部门（单位）",
            "各镇政府（街道办事处）",
            "各城区街道办事处",
            "城区街道办事处",
            "相关镇政府（街道办事处）",
            "区政府各相关部门（单位）",
            "区政府各执法部门",
            "区属国有平台公司",
            "各区属医院",
            "区河长制各成员单位",
            "区安全生产委员会成员单位",
            "区重点产业链新能源产业各责任单位",
            "侯营、广平等5个镇政府（街道办事处）",
            "区教育局等部门",
            "市有关单位",
            "各县（市、区）",
        ] {
            assert!(is_group(name), "{name}");
        }
        for name in [
            "区财政局",
            "侯营镇政府",
            "新区街道办事处",
            "开发区管委会",
            "嘉明经济开发区管委会",
            "区人民医院",
            "昌泰集团",
            "区文化和旅游局",
            "市中等职业教育中心",
            "区委统战部",
            "城区供电公司",
        ] {
            assert!(!is_group(name), "{name}");
        }
        assert!(is_collective("区政府全体班子成员"));
        assert!(!is_collective("张三"));
    }
}
