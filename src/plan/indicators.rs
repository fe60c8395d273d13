//! Quantitative indicators (量化指标) in the text of a task, with the traps of official prose avoided.

use rust_decimal::Decimal;

use crate::model::{Comparator, Frequency, Indicator, IndicatorKind, ItemNo, TaskNo, decimal_text};

/// Why an indicator is doubtful: it starts as 采用=否 and stands in 待核.
const TOTAL: &str = "总数：可能跨年度，不一定是当年任务量";
const PLACES: &str = "地点或对象个数，不一定是任务量";
const SCOPE: &str = "涉及范围，不一定是任务量";
const THRESHOLD: &str = "门槛：只限定计入哪些项目";
const IN_NAME: &str = "项目名称中的数";

/// Orders of magnitude that stand between a number and its unit.
const MAGNITUDES: &[&str] = &["万亿", "亿", "千万", "百万", "万", "千"];

/// Units of measure, longest first where one begins like another.
const UNITS: &[&str] = &[
    "微克/立方米",
    "毫克/立方米",
    "个百分点",
    "平方公里",
    "平方千米",
    "立方米",
    "平方米",
    "人次",
    "公里",
    "千米",
    "千瓦",
    "兆瓦",
    "公顷",
    "美元",
    "亩",
    "元",
    "斤",
    "吨",
    "米",
    "家",
    "个",
    "条",
    "座",
    "项",
    "处",
    "所",
    "套",
    "户",
    "人",
    "名",
    "株",
    "台",
    "辆",
    "件",
    "场",
    "次",
    "片",
    "眼",
    "头",
    "只",
    "宗",
    "批",
    "支",
    "间",
    "栋",
    "张",
    "对",
    "棵",
    "盏",
    "部",
    "艘",
    "根",
    "例",
    "篇",
    "本",
];

/// A number in the text with what surrounds it.
struct Figure {
    start: usize,
    end: usize,
    value: Decimal,
    unit: String,
    comparator: Comparator,
    threshold: bool,
}

/// Reads the indicators of a task from its text (already tidied). Adopted ones are numbered first.
pub(super) fn read(task: TaskNo, text: &str) -> Vec<Indicator> {
    let chars: Vec<char> = text.chars().collect();
    let figures = figures(&chars);
    let mut found: Vec<Indicator> = Vec::new();
    let mut subject = String::new();
    for (n, figure) in figures.iter().enumerate() {
        let next = figures.get(n + 1).map_or(chars.len(), |f| f.start);
        // A threshold is part of the name of what is counted behind it.
        let previous = figures[..n].iter().rev().find(|f| !f.threshold).map_or(0, |f| f.end);
        let phrase = phrase_before(&chars, figure.start, previous);
        let mut name = name_of(&chars, figure, &phrase, next);
        if matches!(name.as_str(), "增速" | "增幅" | "增长" | "产量" | "占比" | "比重")
            && !subject.is_empty()
        {
            name = format!("{subject}{name}");
        }
        // 省级示范机构1家、市级2家: the noun is carried over.
        if name.ends_with('级')
            && let Some((_, noun)) = found.last().and_then(|i| i.name.split_once('级'))
        {
            name.push_str(noun);
        }
        subject = subject_of(&name);
        let kind = kind_of(figure, &phrase, &name);
        let doubt = doubt_of(&chars, figure, &phrase, &name);
        let from = quote_start(&chars, figure.start, previous);
        found.push(Indicator {
            item: ItemNo::whole(task),
            name: if name.is_empty() { format!("第{}项数量指标", n + 1) } else { name },
            comparator: figure.comparator,
            target: figure.value,
            unit: figure.unit.clone(),
            kind,
            base: None,
            source_unit: None,
            frequency: Frequency::Monthly,
            schedule: None,
            quote: chars[from..quote_end(&chars, figure.end)].iter().collect(),
            adopted: doubt.is_none(),
            doubt: doubt.map(str::to_owned),
        });
    }
    found.sort_by_key(|i| !i.adopted);
    for (index, indicator) in (1u32..).zip(&mut found) {
        indicator.item.index = index;
    }
    found
}

/// Numbers that carry a unit of measure and are neither code, date, ordinal nor threshold.
fn figures(chars: &[char]) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len()
            && (chars[at].is_ascii_digit()
                || (chars[at] == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit)))
        {
            at += 1;
        }
        let digits: String = chars[start..at].iter().collect();
        let glued = start.checked_sub(1).map(|b| chars[b]);
        let code = glued.is_some_and(|c| {
            c.is_ascii_alphabetic() || matches!(c, '+' | '·' | '-' | '第' | '—' | '/')
        }) || chars
            .get(at)
            .is_some_and(|c| matches!(c, '+' | '·' | '-') || c.is_ascii_alphabetic());
        let Some((unit, end)) = unit_at(chars, at).filter(|_| !code) else { continue };
        let Ok(value) = digits.parse::<Decimal>() else { continue };
        let before: String = chars[start.saturating_sub(5)..start].iter().collect();
        // 过10亿元项目: the threshold belongs to the name of what is counted.
        let over = ["过", "超", "超过", "亿元以上", "单体"].iter().any(|w| before.ends_with(w));
        let noun_follows =
            chars.get(end).is_some_and(|c| !is_delimiter(*c)) && !following(chars, end).0;
        let threshold = over && noun_follows && !unit.ends_with('个') && !unit.ends_with('家');
        let (comparator, end) =
            if threshold { (Comparator::AtLeast, end) } else { comparator(&before, chars, end) };
        found.push(Figure { start, end, value: value.normalize(), unit, comparator, threshold });
        at = end;
    }
    found
}

/// The unit of measure that begins at `at`, with its order of magnitude, and where it ends.
fn unit_at(chars: &[char], at: usize) -> Option<(String, usize)> {
    let starts = |from: usize, word: &str| {
        let len = word.chars().count();
        chars
            .get(from..from + len)
            .is_some_and(|w| w.iter().copied().eq(word.chars()))
            .then_some(from + len)
    };
    if let Some(end) = starts(at, "%").or_else(|| starts(at, "％")) {
        return Some(("%".to_owned(), end));
    }
    let (magnitude, at) =
        MAGNITUDES.iter().find_map(|m| starts(at, m).map(|end| (*m, end))).unwrap_or(("", at));
    UNITS.iter().find_map(|u| starts(at, u).map(|end| (format!("{magnitude}{u}"), end)))
}

/// Whether 以上、左右… stands at `at`, and where it ends.
fn following(chars: &[char], at: usize) -> (bool, usize) {
    ["及以上", "以上", "左右", "以内", "以下"]
        .iter()
        .find_map(|w| {
            let len = w.chars().count();
            chars
                .get(at..at + len)
                .filter(|s| s.iter().copied().eq(w.chars()))
                .map(|_| (true, at + len))
        })
        .unwrap_or((false, at))
}

/// The comparator from the words before and after, and where the figure ends.
fn comparator(before: &str, chars: &[char], end: usize) -> (Comparator, usize) {
    let (found, after) = following(chars, end);
    if found {
        let word: String = chars[end..after].iter().collect();
        let comparator = match word.as_str() {
            "左右" => Comparator::About,
            "以内" | "以下" => Comparator::AtMost,
            _ => Comparator::AtLeast,
        };
        return (comparator, after);
    }
    let ends = |words: &[&str]| words.iter().any(|w| before.ends_with(w));
    if ends(&["不超过", "不高于", "不大于", "低于", "少于"]) && !ends(&["不低于", "不少于"])
    {
        return (Comparator::AtMost, end);
    }
    if ends(&["不少于", "不低于", "超过", "突破", "高于", "至少"]) {
        return (Comparator::AtLeast, end);
    }
    if ends(&["约"]) {
        return (Comparator::About, end);
    }
    (Comparator::Equal, end)
}

fn is_delimiter(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '、' | ',' | ';' | ':' | '！' | '？' | '（' | '）' | '(' | ')'
    )
}

/// Where the phrase that ends at `end` begins, not before `floor`; quotation marks keep their inside together.
fn phrase_start(chars: &[char], end: usize, floor: usize) -> usize {
    let mut quoted = 0i32;
    for n in (floor..end).rev() {
        match chars[n] {
            '”' => quoted += 1,
            '“' if quoted > 0 => quoted -= 1,
            c if quoted == 0 && is_delimiter(c) => return n + 1,
            _ => {}
        }
    }
    floor
}

/// The phrase in front of a figure.
fn phrase_before(chars: &[char], start: usize, floor: usize) -> String {
    let short: String = chars[phrase_start(chars, start, floor)..start].iter().collect();
    // 新增甲贷、乙贷4.1亿元: both are counted; a long list is not a name.
    let mut from = start;
    while from > floor && !(is_delimiter(chars[from - 1]) && chars[from - 1] != '、') {
        from -= 1;
    }
    let list: String = chars[from..start].iter().collect();
    let list = list.trim_start_matches('、');
    let fits = list.contains('、') && list.chars().count() <= LONGEST_LIST && !list.ends_with('等');
    if fits { list.to_owned() } else { short }
}

/// Characters of a list that still makes a name.
const LONGEST_LIST: usize = 16;

fn quote_start(chars: &[char], start: usize, floor: usize) -> usize {
    phrase_start(chars, start, floor)
}

fn quote_end(chars: &[char], end: usize) -> usize {
    (end..chars.len()).find(|n| is_delimiter(chars[*n])).unwrap_or(chars.len())
}

/// Verbs and adverbs in front of the thing that is counted.
const VERBS: &[&str] = &[
    "全年",
    "年内",
    "力争",
    "确保",
    "争取",
    "争创",
    "全力",
    "累计",
    "完成",
    "实现",
    "推动",
    "推进",
    "打造",
    "培育",
    "创建",
    "开展",
    "启动",
    "实施",
    "加快",
    "建成",
    "建设",
    "新建",
    "提升改造",
    "改造提升",
    "引进",
    "招引",
    "招录",
    "认证",
    "申报",
    "抓好",
    "达到",
    "其中",
    "涉及",
    "包括",
    "主要",
    "对",
    "为",
    "新认定",
    "认定",
    "推广",
];

/// Words between the thing and its number.
const LINKS: &[&str] = &[
    "不少于",
    "不低于",
    "不超过",
    "不高于",
    "稳定在",
    "保持在",
    "控制在",
    "达到",
    "达",
    "超过",
    "突破",
    "至少",
    "约",
    "为",
    "到",
    "在",
];

/// A verb stays where less than this many characters would be left: 建设规模, 招录教师.
const SHORTEST_NOUN: usize = 3;

/// The name of what is counted: the noun in front of the number, or the one behind it.
fn name_of(chars: &[char], figure: &Figure, phrase: &str, next: usize) -> String {
    let mut before = phrase.trim();
    while let Some(rest) = LINKS.iter().find_map(|l| before.strip_suffix(l)) {
        before = rest;
    }
    let mut noun = before;
    while let Some(rest) = VERBS
        .iter()
        .find_map(|v| noun.strip_prefix(v))
        .filter(|r| r.chars().count() >= SHORTEST_NOUN || r.is_empty())
    {
        noun = rest;
    }
    let after_start = figure.end;
    let follows = chars.get(after_start).is_some_and(|c| !is_delimiter(*c));
    if follows && figure.unit != "%" {
        let end = (after_start..next.max(after_start))
            .find(|n| {
                is_delimiter(chars[*n]) || (matches!(chars[*n], '和' | '及') && *n > after_start)
            })
            .unwrap_or(next.max(after_start).min(chars.len()));
        let after: String = chars[after_start..end].iter().collect();
        let after = after.trim_start_matches('的').trim();
        if !after.is_empty() {
            return after.to_owned();
        }
    }
    if !noun.is_empty() {
        return noun.trim_start_matches(['的', '以']).to_owned();
    }
    // 完成1万户、20公里的老旧管网更新: the noun stands behind the next figure.
    let measure = figure.unit.trim_start_matches(['万', '亿', '千']);
    if chars.get(figure.end) == Some(&'、') {
        let end = (next..chars.len())
            .find(|n| matches!(chars[*n], '，' | '。' | '；'))
            .unwrap_or(chars.len());
        let later: String = chars[next.min(end)..end].iter().collect();
        let later = later.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let later = MAGNITUDES.iter().find_map(|m| later.strip_prefix(m)).unwrap_or(later);
        let later = UNITS
            .iter()
            .find_map(|u| later.strip_prefix(u))
            .unwrap_or(later)
            .trim_start_matches('的');
        if !later.is_empty() && !later.contains('、') {
            return format!("{later}（{measure}）");
        }
    }
    format!("{measure}数")
}

/// What a following 增速 or 产量 is about.
fn subject_of(name: &str) -> String {
    for cut in ["占", "比重", "增长", "增速", "增幅"] {
        if let Some((subject, _)) = name.split_once(cut).filter(|(s, _)| !s.is_empty()) {
            return subject.to_owned();
        }
    }
    if let Some(crop) = name.strip_suffix("种植面积").or_else(|| name.strip_suffix("播种面积"))
    {
        return crop.to_owned();
    }
    String::new()
}

/// The kind, by unit and words.
fn kind_of(figure: &Figure, phrase: &str, name: &str) -> IndicatorKind {
    let says = |words: &[&str]| words.iter().any(|w| phrase.contains(w) || name.contains(w));
    if figure.comparator == Comparator::AtMost || says(&["控制在", "不超过", "不高于"]) {
        return IndicatorKind::Ceiling;
    }
    if figure.unit == "%" || figure.unit.ends_with("百分点") {
        return if says(&["增长", "增速", "增幅", "提高", "增加"]) && !says(&["占比", "比重"])
        {
            IndicatorKind::Growth
        } else {
            IndicatorKind::Level
        };
    }
    if says(&["稳定在", "保持在", "累计建成", "总量", "保有量", "存量"]) {
        return IndicatorKind::Level;
    }
    IndicatorKind::Cumulative
}

/// Why a figure is doubtful, if it is.
fn doubt_of(chars: &[char], figure: &Figure, phrase: &str, name: &str) -> Option<&'static str> {
    let sentence_end =
        (figure.end..chars.len()).find(|n| matches!(chars[*n], '。' | '；')).unwrap_or(chars.len());
    let sentence_start =
        (0..figure.start).rev().find(|n| matches!(chars[*n], '。' | '；')).map_or(0, |n| n + 1);
    let sentence: String = chars[sentence_start..sentence_end].iter().collect();
    let lead: String = chars[sentence_start..figure.start].iter().collect();
    if figure.threshold {
        return Some(THRESHOLD);
    }
    if phrase.contains("总投资") || phrase.ends_with("总额") || name.starts_with("总投资") {
        return Some(TOTAL);
    }
    // The first sentence of a project names it.
    if sentence_start == 0
        && ["项目", "工程"].iter().any(|w| sentence.ends_with(w))
        && !sentence.contains('，')
    {
        return Some(IN_NAME);
    }
    if lead.contains("涉及") || phrase.contains("建筑面积") {
        return Some(SCOPE);
    }
    let after: String = chars[figure.end..chars.len().min(figure.end + 4)].iter().collect();
    if figure.unit.ends_with('个') {
        let places =
            ["镇街", "镇（", "镇(", "街道", "村庄", "行政村", "新村", "乡镇", "县（", "园区"];
        if places.iter().any(|p| after.starts_with(p)) {
            return Some(PLACES);
        }
        // 甲、乙2个片区: names without 等, then their count.
        let list: String =
            chars[phrase_start(chars, figure.start, 0)..figure.start].iter().collect();
        let listed =
            figure.start >= 2 && lead.contains('、') && !list.is_empty() && !list.contains('等');
        let few = list.chars().count() <= 4 && decimal_text(figure.value).len() == 1;
        if listed && few && !VERBS.contains(&list.as_str()) && !list.contains("级") {
            return Some(PLACES);
        }
    }
    None
}
