//! Setting up an office, its plan and its record: `init`, `plan`, `confirm`, `ledger`.

use super::super::Lang;

/// An office folder was made.
#[must_use]
pub fn office_made(dir: &str, with_plan: bool, lang: Lang) -> String {
    match (lang, with_plan) {
        (Lang::Zh, false) => {
            format!("已建好督办文件夹 {dir}。\n下一步：duban -C {dir} plan import 方案文件")
        }
        (Lang::Zh, true) => format!(
            "已建好督办文件夹 {dir}。\n下一步：打开 {dir}/plan.xlsx，看“待核”表逐条确认；再运行 duban -C {dir} template --period 2024-01"
        ),
        (Lang::En, false) => {
            format!("Made the office folder {dir}.\nNext: duban -C {dir} plan import THE-PLAN")
        }
        (Lang::En, true) => format!(
            "Made the office folder {dir}.\nNext: open {dir}/plan.xlsx and go through the sheet 待核; then run duban -C {dir} template --period 2024-01"
        ),
    }
}

/// There is an office in the folder already.
#[must_use]
pub fn office_exists(dir: &str, name: &str) -> (String, String) {
    (
        format!("{dir} 里已经有 {name}，没有改动。请换一个文件夹，或直接用 -C {dir} 使用它。"),
        format!(
            "{dir} has a {name} already; nothing was changed. Choose another folder, or use it with -C {dir}."
        ),
    )
}

/// What a plan holds.
#[derive(Clone, Copy, Debug)]
pub struct PlanCounts {
    /// Sections.
    pub sections: usize,
    /// Subsections.
    pub subsections: usize,
    /// Tasks.
    pub tasks: usize,
    /// Adopted indicators.
    pub indicators: usize,
    /// Doubtful ones.
    pub doubtful: usize,
    /// Units.
    pub units: usize,
    /// Groups.
    pub groups: usize,
    /// Leaders.
    pub leaders: usize,
}

/// What a plan holds, in two lines.
#[must_use]
pub fn plan_counts(n: &PlanCounts, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "板块 {} 个（小节 {} 个），任务 {} 项，量化指标 {} 个（另有 {} 个待核，未采用）；\n单位 {} 个，集合称谓 {} 个，领导 {} 位。",
            n.sections,
            n.subsections,
            n.tasks,
            n.indicators,
            n.doubtful,
            n.units,
            n.groups,
            n.leaders
        ),
        Lang::En => format!(
            "{} sections ({} subsections), {} tasks, {} indicators ({} more are doubtful and not adopted);\n{} units, {} groups, {} leaders.",
            n.sections,
            n.subsections,
            n.tasks,
            n.indicators,
            n.doubtful,
            n.units,
            n.groups,
            n.leaders
        ),
    }
}

/// Where the plan workbook stands.
#[must_use]
pub fn plan_written(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已写好 {path}。请用 Excel 打开，先看“待核”表。"),
        Lang::En => format!("Wrote {path}. Open it in Excel; start with the sheet 待核."),
    }
}

/// A plan.xlsx that was edited is not replaced in silence.
#[must_use]
pub fn plan_edited(path: &str, count: usize) -> (String, String) {
    (
        format!(
            "{path} 与新导入的方案有 {count} 处不同（见上），没有覆盖。确认要全部换成新方案，请加 --force；否则用 -o 另存。"
        ),
        format!(
            "{path} differs from the imported plan in {count} places (above); it was not replaced. Add --force to take the new plan as it is, or -o to write elsewhere."
        ),
    )
}

/// The office's word was recorded.
#[must_use]
pub fn confirmed(task: u32, name: &str, period: &str, confirmed: bool, lang: Lang) -> String {
    match (lang, confirmed) {
        (Lang::Zh, true) => format!("{period}：第{task}项“{name}”已销号。"),
        (Lang::Zh, false) => {
            format!("{period}：第{task}项“{name}”不予认定完成，重新报送前不计完成。")
        }
        (Lang::En, true) => format!("{period}: task {task} “{name}” is confirmed as complete."),
        (Lang::En, false) => format!(
            "{period}: task {task} “{name}” is not accepted as complete until reported anew."
        ),
    }
}

/// The ledger is as it was written.
#[must_use]
pub fn ledger_sound(head: &str, lang: Lang) -> String {
    let head = head.get(..12).unwrap_or(head);
    match lang {
        Lang::Zh => format!("台账完好，没有被改动。校验链末端 {head}。"),
        Lang::En => format!("The ledger is sound; nothing was altered. Head of the chain: {head}."),
    }
}

/// A backup is there already.
#[must_use]
pub fn backup_exists(path: &str) -> (String, String) {
    (
        format!("{path} 已经存在，没有覆盖。请换一个文件名。"),
        format!("{path} exists; it was not replaced. Choose another name."),
    )
}

/// The ledger was backed up.
#[must_use]
pub fn backed_up(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("台账已备份到 {path}。"),
        Lang::En => format!("The ledger was backed up to {path}."),
    }
}

/// A return was taken back.
#[must_use]
pub fn withdrawn(file: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已撤回 {file}：其中的数据不再计入，记录保留。"),
        Lang::En => format!("Withdrew {file}: nothing of it counts any more; the record stays."),
    }
}

/// Parquet was written.
#[must_use]
pub fn exported(files: usize, dir: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已导出 {files} 个 Parquet 文件到 {dir}（不含姓名和电话）。"),
        Lang::En => format!("Exported {files} Parquet files to {dir} (without names and phones)."),
    }
}
