//! What was typed and cannot be done, with what to type instead (拒绝的理由).

use super::super::Lang;

/// How a command line can be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misuse {
    /// Something required was not typed.
    Missing,
    /// No period.
    Period,
    /// No date.
    Date,
    /// A value that is not allowed.
    Value,
    /// Two options that exclude each other.
    Conflict,
    /// An unknown command or option.
    Unknown,
}

/// What is wrong with the command line and what to type instead.
#[must_use]
pub fn misuse(kind: Misuse, typed: &str, option: &str, allowed: &str, lang: Lang) -> String {
    let hint = |zh: &str, en: &str| {
        if allowed.is_empty() { String::new() } else { format!("{}{allowed}", lang.pick(zh, en)) }
    };
    let what = match (kind, lang) {
        (Misuse::Missing, Lang::Zh) => format!("缺少 {option}。"),
        (Misuse::Missing, Lang::En) => format!("Missing: {option}."),
        (Misuse::Period, Lang::Zh) => {
            format!(
                "“{typed}”不是报送期。请写成 2024-03（也可用 2024-Q1、2024-H1、2024、2024-W10）。"
            )
        }
        (Misuse::Period, Lang::En) => {
            format!("“{typed}” is no period. Write 2024-03 (or 2024-Q1, 2024-H1, 2024, 2024-W10).")
        }
        (Misuse::Date, Lang::Zh) => format!("“{typed}”不是日期。请写成 2024-04-15。"),
        (Misuse::Date, Lang::En) => format!("“{typed}” is no date. Write 2024-04-15."),
        (Misuse::Value, Lang::Zh) => format!("{option} 不能是“{typed}”。{}", hint("可用：", "")),
        (Misuse::Value, Lang::En) => {
            format!("{option} cannot be “{typed}”. {}", hint("", "Allowed: "))
        }
        (Misuse::Conflict, Lang::Zh) => format!("{option} 不能与别的选项同时使用。"),
        (Misuse::Conflict, Lang::En) => {
            format!("{option} cannot be combined with what else was typed.")
        }
        (Misuse::Unknown, Lang::Zh) => format!("不认识“{typed}”。{}", hint("是不是：", "")),
        (Misuse::Unknown, Lang::En) => {
            format!("Unknown: “{typed}”. {}", hint("", "Did you mean: "))
        }
    };
    format!("{}\n{}", what.trim_end(), lang.pick("用法见 duban --help。", "See duban --help."))
}

/// The last line of a run that could not finish.
#[must_use]
pub fn failed(sentence: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("未完成：{sentence}"),
        Lang::En => format!("Not finished: {sentence}"),
    }
}

/// `--now`, `--received-at` or `--as-of` is no time.
#[must_use]
pub fn not_a_time(typed: &str) -> (String, String) {
    (
        format!("“{typed}”不是时间。请写成 2024-03-26T09:00:00。"),
        format!("“{typed}” is no time. Write 2024-03-26T09:00:00."),
    )
}

/// No such finding code.
#[must_use]
pub fn no_such_code(typed: &str) -> (String, String) {
    (
        format!("没有代码“{typed}”。不写代码运行 duban explain 可列出全部。"),
        format!("There is no code “{typed}”. Run duban explain without a code to list them all."),
    )
}

/// There is no plan.xlsx yet.
#[must_use]
pub fn no_plan(dir: &str) -> (String, String) {
    (
        format!("{dir} 里还没有 plan.xlsx。请先运行 duban -C {dir} plan import 方案文件。"),
        format!("{dir} has no plan.xlsx yet. Run duban -C {dir} plan import THE-PLAN first."),
    )
}

/// There is no ledger yet.
#[must_use]
pub fn no_ledger() -> (String, String) {
    (
        "还没有台账。请先运行 duban template --period 2024-03 生成填报表。".to_owned(),
        "There is no ledger yet. Run duban template --period 2024-03 first.".to_owned(),
    )
}

/// No forms were issued for the period.
#[must_use]
pub fn no_forms(period: &str) -> (String, String) {
    (
        format!(
            "{period} 还没有生成过填报表。请先运行 duban template --period {period}，或检查报送期是否写对。"
        ),
        format!(
            "No forms were issued for {period}. Run duban template --period {period} first, or check the period."
        ),
    )
}

/// A longer period is judged by the month at its end, and that has no forms yet.
#[must_use]
pub fn no_forms_at_end(period: &str, month: &str) -> (String, String) {
    (
        format!(
            "{period} 没有单独的填报表，以期末的 {month} 为准，而 {month} 还没有生成过填报表。请用已收过表的报送期，如每月的 2024-03。"
        ),
        format!(
            "{period} has no forms of its own and is judged by {month} at its end, for which none were issued yet. Name a period with returns, such as 2024-03."
        ),
    )
}

/// Nothing of the plan is in force in the period.
#[must_use]
pub fn no_tasks_in_force(period: &str) -> (String, String) {
    (
        format!(
            "{period} 没有有效的任务。请检查报送期是否写对，以及 plan.xlsx 的“任务”“变更”两表。"
        ),
        format!(
            "No task is in force in {period}. Check the period, and the sheets 任务 and 变更 of plan.xlsx."
        ),
    )
}

/// The period lies before the year of the plan.
#[must_use]
pub fn before_the_plan(period: &str, year: i16) -> (String, String) {
    (
        format!("plan.xlsx 是 {year} 年的方案，不能生成 {period} 的填报表。请检查报送期是否写对。"),
        format!("plan.xlsx is the plan of {year}; it has no forms for {period}. Check the period."),
    )
}

/// The unit is not in the registry; `near` are names that look like it.
#[must_use]
pub fn no_such_unit(typed: &str, near: &[&str]) -> (String, String) {
    let (zh, en) = match near {
        [] => (String::new(), String::new()),
        near => (
            format!("是不是“{}”？", near.join("”“")),
            format!(" Did you mean “{}”?", near.join("” or “")),
        ),
    };
    (
        format!("单位名录里没有“{typed}”。{zh}请照 plan.xlsx“单位”表里的名称或简称写。"),
        format!(
            "There is no unit “{typed}”.{en} Write its name or short name as in the sheet 单位 of plan.xlsx."
        ),
    )
}

/// The task is of the plan, but not in force in the period.
#[must_use]
pub fn task_not_in_force(task: u32, period: &str) -> (String, String) {
    (
        format!(
            "第{task}项任务在 {period} 不在册（已撤销，或者不在起止期内）。请检查报送期，以及 plan.xlsx 的“变更”表。"
        ),
        format!(
            "Task {task} is not in force in {period} (withdrawn, or outside its term). Check the period, and the sheet 变更 of plan.xlsx."
        ),
    )
}

/// The unit owes nothing in the period.
#[must_use]
pub fn owes_nothing(typed: &str, period: &str) -> (String, String) {
    (
        format!("“{typed}”在 {period} 没有应报的任务。"),
        format!("“{typed}” owes no return for {period}."),
    )
}

/// No such task in the period.
#[must_use]
pub fn no_such_task(task: u32, period: &str) -> (String, String) {
    (
        format!("{period} 没有第{task}项任务。请运行 duban plan show --period {period} 查看序号。"),
        format!("There is no task {task} in {period}. See duban plan show --period {period}."),
    )
}

/// A period must be named.
#[must_use]
pub fn no_period() -> (String, String) {
    (
        "请用 --period 写明报送期，如 2024-03。".to_owned(),
        "Name the period with --period, e.g. 2024-03.".to_owned(),
    )
}

/// More periods than the year has.
#[must_use]
pub fn beyond_the_year(first: &str, left: usize) -> (String, String) {
    (
        format!("从 {first} 起，方案年度内只有 {left} 期。请把 --periods 改为不超过 {left}。"),
        format!(
            "From {first} on the plan's year has {left} periods; --periods can be at most {left}."
        ),
    )
}

/// `trace` needs something to trace.
#[must_use]
pub fn trace_wanted() -> (String, String) {
    (
        "请写明要追溯什么：--period 2024-03 --task 43（可加 --unit），或 --unit、--leader，或统计表文件和单元格。".to_owned(),
        "Say what to trace: --period 2024-03 --task 43 (with --unit), or --unit, or --leader, or a workbook and a cell.".to_owned(),
    )
}

/// `trace` of a workbook needs a cell.
#[must_use]
pub fn cell_wanted() -> (String, String) {
    (
        "请写明单元格，例如 duban trace 综合统计_2024-03.xlsx '按领导!F6'。".to_owned(),
        "Name a cell, e.g. duban trace 综合统计_2024-03.xlsx '按领导!F6'.".to_owned(),
    )
}

/// The cell holds no figure of ours.
#[must_use]
pub fn cell_unexplained(cell: &str, file: &str) -> (String, String) {
    (
        format!("{file} 的 {cell} 不是可以追溯的数字。请写工作表名和单元格，例如 '按领导!F6'。"),
        format!(
            "{cell} of {file} is no figure that can be traced. Write sheet and cell, e.g. '按领导!F6'."
        ),
    )
}

/// The leader leads nothing in the period.
#[must_use]
pub fn leads_nothing(leader: &str, period: &str) -> (String, String) {
    (
        format!("“{leader}”在 {period} 没有牵头的任务。请照 plan.xlsx“领导”表里的姓名写。"),
        format!(
            "“{leader}” leads no task in {period}. Write the name as in the sheet 领导 of plan.xlsx."
        ),
    )
}
