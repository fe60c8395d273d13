//! Keys of a responsibility clause (责任分工的栏目词): 牵头领导, 牵头单位, 责任单位 and their synonyms.
//!
//! Words are put together from parts, so that 牵头县领导, 包抓领导 or 牵头负责部门 need no list of their own.

use super::text::Text;

/// What stands behind a key, or in a column under it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Key {
    /// Leaders: 牵头领导, 分管领导, 包抓领导, 指挥长.
    Leader,
    /// A person below the leaders: 责任人. Leaders only where no other key names them.
    Person,
    /// Lead units: 牵头单位, 主办单位, 承办单位, 牵头负责部门.
    Lead,
    /// Co-operating units: 配合单位, 协办单位, 其他责任单位.
    Support,
    /// 责任单位: co-operating beside a lead key, everybody where it stands alone.
    Plain,
    /// A deadline: 完成时限.
    Deadline,
    /// More text of the task: 工作目标, 主要措施.
    Wording,
    /// Known, and not ours: 联系人, 备注, 督导单位.
    Other,
}

impl Key {
    /// Whether units stand behind it.
    pub(super) const fn is_unit(self) -> bool {
        matches!(self, Self::Lead | Self::Support | Self::Plain)
    }

    /// Whether it makes a bracket or a line a clause.
    pub(super) const fn is_clause(self) -> bool {
        matches!(
            self,
            Self::Leader | Self::Person | Self::Lead | Self::Support | Self::Plain | Self::Deadline
        )
    }
}

/// Characters of the longest key: 其他协同责任单位（部门）及责任人.
const KEY_CHARS: usize = 16;

/// What `word` means as a key or a heading; blanks and brackets' width do not matter.
pub(super) fn key(word: &str) -> Option<Key> {
    let plain = Text::new(word, 0).plain();
    let bare: String = without_brackets(&plain);
    let w = bare.trim_matches(|c: char| "[]()*:：、.·".contains(c));
    let any = |parts: &[&str]| parts.iter().any(|p| w.contains(p));
    let ends = |parts: &[&str]| parts.iter().any(|p| w.ends_with(p));
    if w.is_empty() || w.chars().count() > KEY_CHARS {
        return None;
    }
    if any(&[
        "时限",
        "期限",
        "完成时间",
        "完成日期",
        "时间节点",
        "时间要求",
        "截止",
        "办结时间",
        "完成时点",
        "时间安排",
    ]) {
        return Some(Key::Deadline);
    }
    if any(&[
        "联系人",
        "联系电话",
        "联系方式",
        "电话",
        "备注",
        "联络员",
        "督导单位",
        "督查单位",
        "监督单位",
        "考核单位",
        "验收单位",
        "填报人",
        "审核人",
    ]) || ends(&["督导领导", "联络领导"])
    {
        return Some(Key::Other);
    }
    let holder = ends(&[
        "单位",
        "部门",
        "处室",
        "科室",
        "机构",
        "主体",
        "地区",
        "单位名称",
        "镇街",
        "县市区",
        "乡镇",
        "责任方",
    ]) || any(&["单位及", "单位和", "单位、", "部门及", "部门和", "部门、", "单位/"]);
    let leads = any(&[
        "牵头",
        "主办",
        "承办",
        "主责",
        "主要责任",
        "汇总",
        "首要责任",
        "第一责任",
        "总责",
        "主抓",
        "主要负责",
    ]);
    let helps = any(&[
        "配合", "协同", "协办", "协作", "会办", "参与", "参加", "其他", "其它", "协助", "支持",
        "参建",
    ]);
    if ends(&[
        "领导",
        "领导同志",
        "领导干部",
        "领导姓名",
        "指挥长",
        "牵头人",
        "领衔人",
        "领办人",
        "包抓人",
        "分管负责人",
        "牵头负责人",
    ]) && !any(&["领导小组", "领导机构"])
    {
        return Some(Key::Leader);
    }
    if ends(&["区长", "县长", "市长", "镇长", "主任"]) && any(&["分管", "牵头", "责任", "包联"])
    {
        return Some(Key::Leader);
    }
    if ends(&["责任人", "负责人", "责任领导人"]) && !holder {
        return Some(Key::Person);
    }
    if holder {
        if leads
            && any(&["及配合", "和配合", "、配合", "/配合", "及责任", "和责任", "、责任", "/责任"])
        {
            return Some(Key::Plain);
        }
        if leads {
            return Some(Key::Lead);
        }
        if helps {
            return Some(Key::Support);
        }
        let plain = any(&[
            "责任",
            "落实",
            "实施",
            "负责",
            "执行",
            "完成单位",
            "建设单位",
            "主管",
            "任务单位",
            "办理单位",
        ]);
        return (plain || matches!(w, "单位" | "部门" | "单位名称")).then_some(Key::Plain);
    }
    match w {
        "牵头" | "主办" | "承办" => return Some(Key::Lead),
        "配合" | "协办" | "协同" | "参与" => return Some(Key::Support),
        "责任" | "责任分工" | "分工" | "任务分工" | "落实" => {
            return Some(Key::Plain);
        }
        _ => {}
    }
    let wording = [
        "目标",
        "目标任务",
        "工作目标",
        "年度目标",
        "任务",
        "任务目标",
        "工作任务",
        "主要任务",
        "重点任务",
        "任务内容",
        "工作内容",
        "主要内容",
        "具体内容",
        "建设内容",
        "工作措施",
        "主要措施",
        "具体措施",
        "推进措施",
        "工作举措",
        "主要举措",
        "具体举措",
        "工作要求",
        "目标要求",
        "进度安排",
        "年度任务",
        "年度目标任务",
        "预期目标",
        "建设规模",
        "建设规模及内容",
    ];
    wording.contains(&w).then_some(Key::Wording)
}

/// Without what stands in round brackets: 责任单位（部门） is 责任单位.
fn without_brackets(word: &str) -> String {
    let mut depth = 0usize;
    word.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// A key with its colon at `at`: what it means, and where its value begins.
pub(super) fn key_at(text: &Text, at: usize) -> Option<(Key, usize)> {
    let c = &text.folded;
    let mut end = at;
    let mut seen = 0;
    loop {
        let sign = *c.get(end)?;
        if sign == ':' {
            break;
        }
        let part =
            !sign.is_ascii() || sign.is_whitespace() || sign == '(' || sign == ')' || sign == '/';
        if !part || "。,;、[]“”".contains(sign) || seen > KEY_CHARS + 8 {
            // 牵头、责任单位： holds the list sign; nothing else does.
            if !(sign == '、' && c.get(end + 1).is_some_and(|n| "责配牵主".contains(*n))) {
                return None;
            }
        }
        seen += 1;
        end += 1;
    }
    let word: String = c[at..end].iter().collect();
    let meaning = key(&word)?;
    // A sentence that happens to end in a key word (…加强对责任单位：) is no key.
    Some((meaning, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_mean_the_same() {
        for (meaning, words) in [
            (
                Key::Leader,
                "牵头领导 责任领导 分管领导 分线领导 领办领导 包抓领导 牵头县领导 牵头市领导 牵头区领导 指挥长 县级分管领导",
            ),
            (
                Key::Lead,
                "牵头单位 牵头责任单位 主要责任单位 主办单位 承办单位 牵头负责部门 汇总单位 牵 头 单 位 牵头单位（部门）",
            ),
            (
                Key::Support,
                "配合单位 协同责任单位 协办单位 协作单位 会办单位 其他责任单位 参与单位 配合部门",
            ),
            (Key::Plain, "责任单位 责任部门 落实单位 实施单位 牵头及责任单位"),
            (Key::Deadline, "完成时限 完成时间 时限要求 办结时限"),
            (Key::Person, "责任人"),
        ] {
            let words: Vec<&str> = if meaning == Key::Lead {
                words.split(' ').filter(|w| w.chars().count() > 1).chain(["牵 头 单 位"]).collect()
            } else {
                words.split(' ').collect()
            };
            for word in words {
                assert_eq!(key(word), Some(meaning), "{word}");
            }
        }
        for word in ["成员单位", "有关要求", "领导小组", "区财政局", "同志们", ""]
        {
            assert_eq!(key(word), None, "{word}");
        }
    }
}
