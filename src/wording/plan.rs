//! Words of `plan show` and `plan diff` on the command line, in both languages.

use super::Lang;

/// Nothing differs.
#[must_use]
pub const fn no_difference(lang: Lang) -> &'static str {
    lang.pick("两份方案没有差别。", "The plans do not differ.")
}

/// Heading of the differences of one sheet.
#[must_use]
pub fn diff_sheet(sheet: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("【{sheet}】"),
        Lang::En => format!("[{sheet}]"),
    }
}

/// A row only the new plan has.
#[must_use]
pub fn diff_added(key: &str, new: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("＋ {key}：新增（{new}）"),
        Lang::En => format!("+ {key}: added ({new})"),
    }
}

/// A row only the old plan has.
#[must_use]
pub fn diff_removed(key: &str, old: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("－ {key}：没有了（原为：{old}）"),
        Lang::En => format!("- {key}: gone (was: {old})"),
    }
}

/// A cell that differs.
#[must_use]
pub fn diff_changed(key: &str, column: &str, old: &str, new: &str, lang: Lang) -> String {
    let shown = |text: &str| match (text.is_empty(), lang) {
        (false, _) => format!("“{text}”"),
        (true, Lang::Zh) => "空白".to_owned(),
        (true, Lang::En) => "blank".to_owned(),
    };
    let key = if key.is_empty() { String::new() } else { format!("{key} ") };
    match lang {
        Lang::Zh => format!("＊ {key}{column}：{} 改为 {}", shown(old), shown(new)),
        Lang::En => format!("* {key}{column}: {} became {}", shown(old), shown(new)),
    }
}

/// Warns that an item number means something else now.
#[must_use]
pub const fn diff_reused(lang: Lang) -> &'static str {
    lang.pick(
        "　※ 同一编号换了指标，以前的数会对不上，请另编新号。",
        "  (!) The number stands for another indicator now; earlier figures would be misread: give it a new number.",
    )
}

/// The last line.
#[must_use]
pub fn diff_total(added: usize, removed: usize, changed: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("合计：新增 {added} 处，减少 {removed} 处，改动 {changed} 处。"),
        Lang::En => format!("In all: {added} added, {removed} removed, {changed} changed."),
    }
}

/// Document number, year and version, under the title.
#[must_use]
pub fn show_head(doc_no: &str, year: i16, version: &str, lang: Lang) -> String {
    let version = version.get(..12).unwrap_or(version);
    let doc_no = if doc_no.is_empty() { "—" } else { doc_no };
    match lang {
        Lang::Zh => format!("文号：{doc_no}　年度：{year}　版本：{version}"),
        Lang::En => format!("number: {doc_no}   year: {year}   version: {version}"),
    }
}

/// For which period the plan is shown.
#[must_use]
pub fn show_period(period: crate::model::Period, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("以下为 {} 有效的内容。", period.zh()),
        Lang::En => format!("In force in {period}."),
    }
}

/// Heading of a section.
#[must_use]
pub fn show_section(no: u32, title: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("板块{no}　{title}"),
        Lang::En => format!("Section {no}  {title}"),
    }
}

/// Heading of a subsection.
#[must_use]
pub fn show_subsection(no: u32, title: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("  （{no}）{title}"),
        Lang::En => format!("  ({no}) {title}"),
    }
}

/// Who leads and who helps.
#[must_use]
pub fn show_who(leaders: &str, lead: &str, others: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("牵头领导：{leaders}　牵头单位：{lead}　责任单位：{others}"),
        Lang::En => format!("leader: {leaders}   lead: {lead}   responsible: {others}"),
    }
}

/// Due date and term.
#[must_use]
pub fn show_term(
    due: jiff::civil::Date,
    from: Option<&str>,
    until: Option<&str>,
    lang: Lang,
) -> String {
    let mut out = match lang {
        Lang::Zh => format!("完成时限：{due}"),
        Lang::En => format!("due: {due}"),
    };
    if let Some(from) = from {
        out += &match lang {
            Lang::Zh => format!("　自 {from} 起"),
            Lang::En => format!("   from {from}"),
        };
    }
    if let Some(until) = until {
        out += &match lang {
            Lang::Zh => format!("　至 {until} 止"),
            Lang::En => format!("   until {until}"),
        };
    }
    out
}

/// Schedule share of an item.
#[must_use]
pub fn show_schedule(percent: f64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("序时 {percent:.1}%"),
        Lang::En => format!("schedule {percent:.1}%"),
    }
}

/// Behind an indicator that does not count.
#[must_use]
pub fn show_doubtful(why: Option<&str>, lang: Lang) -> String {
    match (lang, why) {
        (Lang::Zh, Some(why)) => format!("〔未采用：{why}〕"),
        (Lang::Zh, None) => "〔未采用〕".to_owned(),
        (Lang::En, Some(why)) => format!("[not adopted: {why}]"),
        (Lang::En, None) => "[not adopted]".to_owned(),
    }
}

/// Tasks withdrawn by the period.
#[must_use]
pub fn show_withdrawn(tasks: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已撤销：第 {tasks} 项。"),
        Lang::En => format!("Withdrawn: tasks {tasks}."),
    }
}

/// What a plan holds, counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanCounts {
    /// Sections.
    pub sections: usize,
    /// Subsections.
    pub subsections: usize,
    /// Tasks.
    pub tasks: usize,
    /// Task–leader pairs.
    pub leaders: usize,
    /// Task–lead-unit pairs.
    pub lead_units: usize,
    /// Task–responsible pairs.
    pub responsible: usize,
    /// Indicators that count.
    pub adopted: usize,
    /// Indicators that do not.
    pub doubtful: usize,
    /// Units.
    pub units: usize,
    /// Groups.
    pub groups: usize,
}

/// The counts in a sentence.
#[must_use]
pub fn show_totals(counts: &PlanCounts, lang: Lang) -> String {
    let PlanCounts {
        sections,
        subsections,
        tasks,
        leaders,
        lead_units,
        responsible,
        adopted,
        doubtful,
        units,
        groups,
    } = counts;
    match lang {
        Lang::Zh => format!(
            "共 {tasks} 项任务，{sections} 个板块、{subsections} 个小节；牵头领导 {leaders} 人次，牵头单位 {lead_units} 个次，责任单位 {responsible} 个次；采用指标 {adopted} 个，存疑 {doubtful} 个；单位 {units} 个，集合 {groups} 个。"
        ),
        Lang::En => format!(
            "{tasks} tasks in {sections} sections and {subsections} subsections; {leaders} task–leader, {lead_units} task–lead-unit and {responsible} task–responsible pairs; {adopted} indicators, {doubtful} doubtful; {units} units, {groups} groups."
        ),
    }
}

/// What the office should still look at.
#[must_use]
pub fn show_open(doubts: usize, groups: usize, aliases: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "还需核对：待核 {doubts} 处，没有成员的集合 {groups} 个，可能的别称 {aliases} 个。请打开 plan.xlsx 处理。"
        ),
        Lang::En => format!(
            "Still to look at: {doubts} doubts, {groups} groups without members, {aliases} probable aliases. Open plan.xlsx."
        ),
    }
}
