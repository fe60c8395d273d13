//! Words of the statistics: what each table counts, in one sentence, and the headings of its CSV form.

use super::Lang;

/// The rule a table is counted by, printed as `rule` in JSON and under the table: the words of its definition.
#[must_use]
pub fn rule(by: &str) -> &'static str {
    super::definitions::of(by).map_or("", |d| d.zh)
}

/// 任务分类 in words.
#[must_use]
pub fn class(key: &str) -> &'static str {
    match key {
        "done" => "已完成",
        "ahead" => "超序时",
        "on_track" => "达序时",
        "behind" => "欠序时",
        "overdue" => "逾期未完成",
        "not_started" => "未启动",
        "unreported" => "未报",
        _ => "调整",
    }
}

/// 亮灯 in words.
#[must_use]
pub fn light(key: &str) -> &'static str {
    match key {
        "done" => "已完成",
        "green" => "正常",
        "yellow" => "偏慢",
        "red" => "滞后",
        _ => "无灯",
    }
}

/// What shares in percent are of, and how they were rounded: by largest remainder they add up.
#[must_use]
pub fn share_rule(of: u64, adds_up: bool) -> String {
    let how = if adds_up {
        "按最大余额法取舍，相加等于100.0"
    } else {
        "各自四舍五入，相加可能不等于100.0"
    };
    format!("占比以在册任务 {of} 项为100%，保留一位小数，{how}。")
}

/// 是 or 否.
#[must_use]
pub const fn yes_no(value: bool) -> &'static str {
    if value { "是" } else { "否" }
}

/// What is absent, and a rate with nothing due.
pub const NOTHING_DUE: &str = "—";

/// The last line of a table, Chinese and English.
pub const TOTAL: (&str, &str) = ("合计", "Total");

/// The rule a table is counted by, in the language of the command line.
#[must_use]
pub fn rule_in(by: &str, lang: Lang) -> &'static str {
    super::definitions::of(by).map_or("", |d| lang.pick(d.zh, d.en))
}

/// 任务分类 in words of the command line.
#[must_use]
pub fn class_in(key: &str, lang: Lang) -> &'static str {
    let en = match key {
        "done" => "done",
        "ahead" => "ahead",
        "on_track" => "on track",
        "behind" => "behind",
        "overdue" => "overdue",
        "not_started" => "not started",
        "unreported" => "unreported",
        _ => "adjusted",
    };
    lang.pick(class(key), en)
}

/// 亮灯 in words of the command line.
#[must_use]
pub fn light_in(key: &str, lang: Lang) -> &'static str {
    let en = match key {
        "done" => "done",
        "green" => "green",
        "yellow" => "yellow",
        "red" => "red",
        _ => "none",
    };
    lang.pick(light(key), en)
}

/// 是 or 否 in words of the command line.
#[must_use]
pub const fn yes_no_in(value: bool, lang: Lang) -> &'static str {
    if value { lang.pick("是", "yes") } else { lang.pick("否", "no") }
}

/// Headings of a table on the terminal.
#[must_use]
pub fn terminal_headings(by: &str, lang: Lang) -> Vec<&'static str> {
    let own: &[(&str, &str)] = match by {
        "leader" => {
            &[("牵头领导", "Leader"), ("任务", "Tasks"), ("折算", "Share"), ("集体", "Collective")]
        }
        "unit" => &[
            ("单位", "Unit"),
            ("类别", "Category"),
            ("牵头", "Leads"),
            ("点名责任", "Named"),
            ("集合责任", "Group"),
            ("工作量", "Load"),
        ],
        "section" => &[
            ("序号", "No."),
            ("板块", "Section"),
            ("任务", "Tasks"),
            ("领导", "Leaders"),
            ("牵头单位", "Lead units"),
        ],
        _ => &[
            ("序号", "No."),
            ("任务", "Task"),
            ("判定", "Class"),
            ("进度(%)", "Progress %"),
            ("差距(点)", "Gap"),
            ("灯", "Light"),
            ("缺报", "Incomplete"),
            ("沿用", "Stale"),
            ("牵头单位", "Lead units"),
        ],
    };
    let rates: &[(&str, &str)] = &[
        ("达序时率", "On schedule"),
        ("完成率", "Completion"),
        ("平均进度(%)", "Mean %"),
        ("已完成", "Done"),
        ("绿", "Green"),
        ("黄", "Yellow"),
        ("红", "Red"),
        ("无灯", "None"),
        ("缺报", "Incomplete"),
        ("沿用", "Stale"),
    ];
    let last: &[(&str, &str)] = &[("已报/应报", "Returns"), ("排名", "Rank")];
    let rates = if by == "task" { &[] } else { rates };
    let last = if by == "unit" { last } else { &[] };
    own.iter().chain(rates).chain(last).map(|(zh, en)| lang.pick(zh, en)).collect()
}

/// Headings of a table's CSV form.
#[must_use]
pub fn csv_headings(by: &str) -> Vec<String> {
    let own: &[&str] = match by {
        "leader" => &["牵头领导", "独自牵头", "共同牵头", "合计", "集体", "折算"],
        "unit" => &["单位", "类别", "第一牵头", "其他牵头", "配合", "集合", "工作量"],
        "section" => &["序号", "板块", "任务数", "牵头领导数", "牵头单位数"],
        "office" => &["办公室", "办公室数", "单位数", "任务数"],
        _ => &["任务序号", "判定", "完成进度(%)", "差距(点)", "灯", "缺报项数", "有沿用", "已销号"],
    };
    let rates = [
        "完成率分子",
        "完成率分母",
        "完成率(%)",
        "完成率变化(点)",
        "达序时率分子",
        "达序时率分母",
        "达序时率(%)",
        "达序时率变化(点)",
        "平均进度(%)",
        "平均进度(%)（已报口径）",
        "未计入平均的任务数",
        "缺报任务数",
        "含沿用任务数",
        "已销号",
        "灯：已完成",
        "灯：正常",
        "灯：偏慢",
        "灯：滞后",
        "灯：无",
        "已完成",
        "超序时",
        "达序时",
        "欠序时",
        "逾期未完成",
        "未启动",
        "未报",
        "调整",
    ];
    let mut all: Vec<String> = own.iter().map(|h| (*h).to_owned()).collect();
    if by != "task" {
        all.extend(rates.map(str::to_owned));
    }
    if by == "unit" || by == "office" {
        all.extend(["应报", "已报", "按时"].map(str::to_owned));
    }
    if by == "unit" {
        all.push("排名".to_owned());
    }
    all
}
