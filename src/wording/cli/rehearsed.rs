//! What `simulate` and `demo` say.

use super::super::Lang;

/// A rehearsal was written.
#[must_use]
pub fn simulated(
    files: usize,
    missing: usize,
    late: usize,
    planted: usize,
    manifest: &str,
    lang: Lang,
) -> String {
    match lang {
        Lang::Zh => format!(
            "已模拟 {files} 份报送（迟报 {late} 份，另有 {missing} 个单位未报），埋下 {planted} 处差错，清单见 {manifest}。台账已标为模拟数据。"
        ),
        Lang::En => format!(
            "Simulated {files} returns ({late} late; {missing} units sent nothing) with {planted} mistakes planted, listed in {manifest}. The ledger is marked as simulated."
        ),
    }
}

/// A period of an invented office: its name, forms, returns and, if it was taken in, errors and warnings.
pub type InventedPeriod = (String, usize, usize, Option<(usize, usize)>);

/// An invented office was made: its size, and its periods.
#[must_use]
pub fn office_invented(
    dir: &str,
    (units, tasks): (usize, usize),
    periods: &[InventedPeriod],
    lang: Lang,
) -> String {
    let mut text = match lang {
        Lang::Zh => format!(
            "已在 {dir} 编好演练用办公室：{units} 个单位，{tasks} 项任务，全部为模拟数据。\n"
        ),
        Lang::En => format!(
            "Made a rehearsal office in {dir}: {units} units, {tasks} tasks, all of it simulated.\n"
        ),
    };
    for (period, forms, returns, taken) in periods {
        text += &match (lang, taken) {
            (Lang::Zh, Some((errors, warnings))) => format!(
                "  {period}：填报表 {forms} 份，报送 {returns} 份，已收（错误 {errors}，警告 {warnings}）。\n"
            ),
            (Lang::Zh, None) => format!(
                "  {period}：填报表 {forms} 份，报送 {returns} 份，待 duban ingest 收取。\n"
            ),
            (Lang::En, Some((errors, warnings))) => format!(
                "  {period}: {forms} forms, {returns} returns, taken in ({errors} errors, {warnings} warnings).\n"
            ),
            (Lang::En, None) => {
                format!("  {period}: {forms} forms, {returns} returns, waiting for duban ingest.\n")
            }
        };
    }
    text
}

/// What the marker file of a demo folder says.
pub const DEMO_MARK: &str = "这个文件夹由 duban demo 生成，再次演示时会整个重做。\nMade by duban demo; the next demo replaces it as a whole.\n";

/// One month of the demo.
#[derive(Clone, Debug)]
pub struct DemoMonth {
    /// The month, 2024年1月.
    pub period: String,
    /// Forms written.
    pub forms: usize,
    /// Returns received.
    pub returns: usize,
    /// Error findings.
    pub errors: usize,
    /// Warning findings.
    pub warnings: usize,
    /// Statistic workbooks, relative to the folder.
    pub reports: Vec<String>,
}

/// The end of a demo: what happened, and which files to open.
#[must_use]
pub fn demo_done(dir: &str, months: &[DemoMonth], lang: Lang) -> String {
    let mut text = String::new();
    for m in months {
        text.push_str(&match lang {
            Lang::Zh => format!(
                "{}：发出填报表 {} 份，收回 {} 份，错误 {} 条、警告 {} 条，统计表 {} 份\n",
                m.period,
                m.forms,
                m.returns,
                m.errors,
                m.warnings,
                m.reports.len()
            ),
            Lang::En => format!(
                "{}: {} forms sent, {} returned, {} errors, {} warnings, {} statistic workbooks\n",
                m.period,
                m.forms,
                m.returns,
                m.errors,
                m.warnings,
                m.reports.len()
            ),
        });
    }
    text.push_str(lang.pick("\n请打开看看：\n", "\nOpen these:\n"));
    let newest = months.last().and_then(|m| m.reports.first());
    let opened: [(String, &str); 5] = [
        (
            format!("{dir}/{}", newest.map_or("reports", String::as_str)),
            lang.pick("给领导的综合统计", "the statistics for the leaders"),
        ),
        (format!("{dir}/reports/2024-03/"), lang.pick("每位领导一册", "one workbook per leader")),
        (
            format!("{dir}/templates/2024-03/"),
            lang.pick("各单位收到的填报表", "the forms units receive"),
        ),
        (
            format!("{dir}/feedback/2024-03/"),
            lang.pick("回执和退改表", "receipts and correction forms"),
        ),
        (format!("{dir}/plan.xlsx"), lang.pick("核定的方案", "the reviewed plan")),
    ];
    for (path, what) in opened {
        text.push_str(&format!("  {path}  {what}\n"));
    }
    text.push_str(&match lang {
        Lang::Zh => {
            format!("\n想知道一个数字从哪里来：duban -C {dir} trace --period 2024-03 --task 11\n")
        }
        Lang::En => format!(
            "\nWhere a figure comes from: duban -C {dir} trace --period 2024-03 --task 11\n"
        ),
    });
    text
}
