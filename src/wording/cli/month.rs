//! What the commands of a month say: `template`, `ingest`, `status`, `report`.

use super::super::Lang;
use crate::model::Period;

/// How many findings of each severity.
#[must_use]
pub fn finding_counts(errors: usize, warnings: usize, notes: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("错误 {errors} 条，警告 {warnings} 条，提示 {notes} 条"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {notes} notes"),
    }
}

/// Findings that were counted instead of printed.
#[must_use]
pub fn more_findings(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("……另有 {count} 条同类问题，用 --json 可看全部。"),
        Lang::En => format!("… and {count} more of the same kinds; --json lists them all."),
    }
}

/// A line of a document.
#[must_use]
pub fn line_place(file: &str, line: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{file} ▸ 第{line}行"),
        Lang::En => format!("{file} ▸ line {line}"),
    }
}

/// The period is not over: its figures are compared with the schedule at its end.
#[must_use]
pub fn not_over(period: &str, cut_off: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "提示：{period}到 {cut_off} 才结束，已有的数按那一天的序时进度判断，会显得落后。"
        ),
        Lang::En => format!(
            "Note: {period} ends on {cut_off}; the figures there are so far are judged by the schedule of that day and look behind."
        ),
    }
}

/// A period as a sentence of that language names it: 2024年3月, 2024-03.
#[must_use]
pub fn period_named(period: Period, lang: Lang) -> String {
    match lang {
        Lang::Zh => period.zh(),
        Lang::En => period.to_string(),
    }
}

/// What stands beside the progress bar.
#[must_use]
pub const fn writing_forms(lang: Lang) -> &'static str {
    lang.pick("生成填报表", "writing forms")
}

/// Forms were written.
#[must_use]
pub fn forms_written(count: usize, folder: &str, period: &str, due: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已生成 {period}填报表 {count} 份，在 {folder}/；报送截止日 {due}。"),
        Lang::En => format!("Wrote {count} forms for {period} into {folder}/; due {due}."),
    }
}

/// How much is asked: required cells and tasks by role (lead, named, group), and of a lead's the figures of
/// indicators and the 完成进度 of tasks without one.
#[must_use]
pub fn burden(cells: [u32; 3], tasks: [u32; 3], figures: [u32; 2], lang: Lang) -> String {
    let [lead, named, group] = cells;
    let [lead_tasks, named_tasks, group_tasks] = tasks;
    let [of_indicators, progress] = figures;
    let words = lead.saturating_sub(of_indicators + progress);
    match lang {
        Lang::Zh => format!(
            "必填：牵头 {lead_tasks} 项共 {lead} 格（指标数 {of_indicators} 格，无指标任务的完成进度 {progress} 格，办理状态和进展情况 {words} 格），点名责任 {named_tasks} 项共 {named} 格，集合责任 {group_tasks} 项共 {group} 格。"
        ),
        Lang::En => format!(
            "Required: {lead} cells for {lead_tasks} led tasks ({of_indicators} figures, {progress} progress of tasks without one, {words} status and narrative), {named} for {named_tasks} tasks by name, {group} for {group_tasks} through groups."
        ),
    }
}

/// An archive was written.
#[must_use]
pub fn packed(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已打包 {path}。"),
        Lang::En => format!("Packed {path}."),
    }
}

/// Name of the office's archive of forms.
#[must_use]
pub fn archive_name(period: &str) -> String {
    format!("全部填报表_{period}.zip")
}

/// One unit's line in `status`.
#[derive(Clone, Debug)]
pub struct StateRow {
    /// Unit.
    pub unit: String,
    /// State as in JSON.
    pub state: &'static str,
    /// Received at, office time.
    pub received: Option<String>,
    /// Days late.
    pub days_late: Option<i64>,
    /// Error findings.
    pub errors: u64,
    /// Warning findings.
    pub warnings: u64,
    /// What the office granted, and why.
    pub granted: Option<String>,
}

/// The word for a state of a return.
#[must_use]
pub fn state_word(state: &str, lang: Lang) -> &'static str {
    match state {
        "on_time" => lang.pick("按时", "on time"),
        "late" => lang.pick("迟报", "late"),
        "unreadable" => lang.pick("收到但无法读取", "received, unreadable"),
        "rejected" => lang.pick("收到但被退回", "received, rejected"),
        "missing" => lang.pick("未报", "missing"),
        "not_due" => lang.pick("未到期", "not due yet"),
        _ => lang.pick("免报", "exempt"),
    }
}

/// `status` for people: counts (expected, received, on time, late), then every unit that needs a look, then the rest.
#[must_use]
pub fn status(period: &str, due: &str, counts: [u64; 4], rows: &[StateRow], lang: Lang) -> String {
    let [expected, received, on_time, late] = counts;
    let mut text = match lang {
        Lang::Zh => format!(
            "{period}：截止 {due}，应报 {expected}，已报 {received}（按时 {on_time}，迟报 {late}），未报 {}。\n",
            expected.saturating_sub(received)
        ),
        Lang::En => format!(
            "{period}: due {due}; {expected} owed, {received} received ({on_time} on time, {late} late), {} outstanding.\n",
            expected.saturating_sub(received)
        ),
    };
    let mut groups: Vec<&'static str> =
        vec!["missing", "rejected", "unreadable", "late", "not_due", "on_time", "exempt"];
    groups.retain(|g| rows.iter().any(|r| r.state == *g));
    for group in groups {
        let of: Vec<&StateRow> = rows.iter().filter(|r| r.state == group).collect();
        text.push_str(&format!("\n{} {}\n", state_word(group, lang), of.len()));
        for row in of {
            let mut line = format!("  {}", row.unit);
            if let Some(at) = &row.received {
                line.push_str(&format!("  {at}"));
            }
            if let Some(days) = row.days_late.filter(|d| *d > 0 && row.state != "exempt") {
                line.push_str(&match lang {
                    Lang::Zh => format!("  迟 {days} 天"),
                    Lang::En => format!("  {days} d late"),
                });
            }
            if row.errors + row.warnings > 0 {
                line.push_str(&match lang {
                    Lang::Zh => format!("  错误 {}，警告 {}", row.errors, row.warnings),
                    Lang::En => format!("  errors {}, warnings {}", row.errors, row.warnings),
                });
            }
            if let Some(granted) = &row.granted {
                line.push_str(&format!("  {granted}"));
            }
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// What stands beside the progress bar of intake.
#[must_use]
pub const fn reading_returns(lang: Lang) -> &'static str {
    lang.pick("收表", "reading returns")
}

/// What stands beside the progress bar of the report.
#[must_use]
pub const fn writing_reports(lang: Lang) -> &'static str {
    lang.pick("生成统计表", "writing workbooks")
}

/// A run of intake: files seen, accepted, partial, not usable, set aside; and values taken in.
#[must_use]
pub fn ingested(period: &str, counts: [usize; 5], entries: usize, lang: Lang) -> String {
    let [files, accepted, partial, refused, aside] = counts;
    match lang {
        Lang::Zh => format!(
            "{period}：共 {files} 个文件，全部入账 {accepted}，部分入账 {partial}，不能入账 {refused}，重复或无关 {aside}；入账 {entries} 格。"
        ),
        Lang::En => format!(
            "{period}: {files} files; {accepted} accepted, {partial} in part, {refused} not usable, {aside} duplicate or no returns; {entries} values taken in."
        ),
    }
}

/// Receipts and correction forms were written.
#[must_use]
pub fn feedback_written(count: usize, folder: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("回执和退改表 {count} 份，在 {folder}/。"),
        Lang::En => format!("{count} receipts and correction forms in {folder}/."),
    }
}

/// Statistic workbooks were written.
#[must_use]
pub fn reported(files: &[String], folder: &str, lang: Lang) -> String {
    let mut text = match lang {
        Lang::Zh => format!("统计表 {} 份，在 {folder}/：\n", files.len()),
        Lang::En => format!("{} statistic workbooks in {folder}/:\n", files.len()),
    };
    for file in files {
        text.push_str(&format!("  {file}\n"));
    }
    text
}

/// Workbooks of the period that an earlier run left.
#[must_use]
pub fn left_over(names: &[String], lang: Lang) -> String {
    let names = names.join("、");
    match lang {
        Lang::Zh => format!(
            "提示：{names} 是以前生成的，这次没有重新生成，数字可能已旧；不再需要的请自行删除。"
        ),
        Lang::En => format!(
            "Note: {names} stands there from an earlier run and was not written anew; its figures may be old. Delete it if it is no longer needed."
        ),
    }
}

/// Workbooks were written before anything came in.
#[must_use]
pub const fn nothing_received(lang: Lang) -> &'static str {
    lang.pick(
        "提示：本期还没有收到任何报送，统计表里的任务都是未报或沿用以前的数。",
        "Note: nothing has been received for this period yet; every task stands as not reported or as carried from before.",
    )
}

/// A workbook of the set is open in another program.
#[must_use]
pub fn held_open(path: &str, lock: &str) -> (String, String) {
    (
        format!(
            "{path} 正在别的程序里打开（有 {lock}），这次没有写任何统计表，原来的一套保持不变。请关闭后再运行。"
        ),
        format!(
            "{path} is open in another program ({lock} is there); nothing was written and the old set stays. Close it and run again."
        ),
    )
}
