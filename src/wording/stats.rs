//! Words of the statistics: what each table counts, in one sentence, and the headings of its CSV form.

use crate::settings::Rounding;

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

/// What shares in percent are of, and how they were rounded.
#[must_use]
pub fn share_rule(of: u64, rounding: Rounding) -> String {
    let how = match rounding {
        Rounding::Plain => "各自四舍五入，相加可能不等于100.0",
        Rounding::LargestRemainder => "按最大余额法取舍，相加等于100.0",
    };
    format!("占比以在册任务 {of} 项为100%，保留一位小数，{how}。")
}

/// 是 or 否.
#[must_use]
pub const fn yes_no(value: bool) -> &'static str {
    if value { "是" } else { "否" }
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
