//! Words of the command line: help of every command and option, in both languages.

use super::Lang;
use crate::model::Period;

/// Help of one command or option: the path of commands and the option's name, `ingest --received-at`.
#[derive(Debug)]
pub struct Help {
    /// Where it belongs: `""` is the program, `plan import` a command, `plan import --output` an option or
    /// positional argument by its name.
    pub path: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// The help of `path` in `lang`, if there is one.
#[must_use]
pub fn help(path: &str, lang: Lang) -> Option<&'static str> {
    HELP.iter().find(|h| h.path == path).map(|h| lang.pick(h.zh, h.en))
}

macro_rules! help {
    ($($path:literal $zh:literal $en:literal;)*) => { &[$(Help { path: $path, zh: $zh, en: $en },)*] };
}

/// Every help text.
pub const HELP: &[Help] = help! {
    "" "督办：把责任分工方案变成填报表，收回、汇总，再给领导出统计表" "duban: from a responsibility plan to forms, from returns to the statistic workbooks leaders read";
    "--directory" "督办文件夹（含 duban.toml）" "the office folder (with duban.toml)";
    "--lang" "语言：zh-CN 或 en" "language: zh-CN or en";
    "--now" "当作现在的时间，如 2024-03-26T09:00:00（演练和测试用）" "the time to take as now, e.g. 2024-03-26T09:00:00 (rehearsals and tests)";
    "--help" "显示帮助" "print help";
    "--version" "显示版本" "print version";
    "init" "新建一个督办文件夹" "make an office folder";
    "init --dir" "新文件夹" "the new folder";
    "init --plan" "同时导入这份责任分工方案（.md .txt .docx .xlsx）" "import this responsibility plan at once (.md .txt .docx .xlsx)";
    "init --registry" "同时套用这份单位名录（.toml）" "apply this registry of units at once (.toml)";
    "init --json" "输出 JSON" "print JSON";
    "plan" "方案：导入、查看、检查、比较" "the plan: import, show, check, compare";
    "plan import" "把方案文件变成待核的 plan.xlsx" "turn a plan document into a plan.xlsx to review";
    "plan import --file" "方案文件（.md .txt .docx .xlsx .xls .ods）" "the plan document (.md .txt .docx .xlsx .xls .ods)";
    "plan import --output" "写到哪里（默认督办文件夹里的 plan.xlsx）" "where to write (default: plan.xlsx of the office folder)";
    "plan import --registry" "同时套用这份单位名录（.toml）" "apply this registry of units at once (.toml)";
    "plan import --force" "覆盖已经改过的 plan.xlsx" "replace a plan.xlsx that has been edited";
    "plan import --json" "输出 JSON" "print JSON";
    "plan show" "显示方案；加 --period 只看该期有效的内容" "show the plan; with --period what is in force then";
    "plan show --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "plan show --json" "输出 JSON" "print JSON";
    "plan check" "检查 plan.xlsx，说明每一处问题和改法" "check plan.xlsx and say what to mend where";
    "plan check --json" "输出 JSON" "print JSON";
    "plan diff" "比较两份方案" "compare two plans";
    "plan diff --old" "旧的 plan.xlsx 或方案文件" "the old plan.xlsx or plan document";
    "plan diff --new" "新的 plan.xlsx 或方案文件" "the new plan.xlsx or plan document";
    "plan diff --json" "输出 JSON" "print JSON";
    "template" "给每个应报单位生成填报表，并登记应报" "write a form for every unit that owes a return, and record what is owed";
    "template --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "template --unit" "只生成这个单位的表" "only this unit's form";
    "template --zip" "打包：office 全部打成一个包，unit 每单位一个包" "pack: office = one archive of all, unit = one archive each";
    "template --json" "输出 JSON" "print JSON";
    "ingest" "收回填报表：核对、入账，退回有错的地方" "take returns in: check them, record them, say what to mend";
    "ingest --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "ingest --paths" "文件、文件夹或压缩包；不写时取 returns/<报送期>/" "files, folders, zips; default returns/<period>/";
    "ingest --offices" "多家办公室的文件夹（或装着它们的文件夹）：各收各的，互不影响" "folders of many offices (or folders of such): each takes in its own returns";
    "ingest --json" "输出 JSON" "print JSON";
    "ingest --received-at" "收到的时间（不写时看收件登记.csv，再看文件时间）" "when it was received (default: 收件登记.csv, then the file's time)";
    "ingest --on-behalf" "督查室代填：替哪个单位" "entered by the office on behalf of this unit";
    "ingest --reason" "代填原因" "why the office entered it";
    "ingest --recheck" "复核：用现行规则重新判断已收的报送，只列出会改判的格" "judge what was taken in again by today's rules, and list the cells that would be judged otherwise";
    "ingest --apply" "把复核的结果记入台账（原来的判断保留）" "record what the recheck found (the earlier judgement is kept)";
    "status" "谁已报、谁迟报、谁未报" "who returned, who is late, who is missing";
    "status --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "status --json" "输出 JSON" "print JSON";
    "stats" "统计：完成率、序时、工作量" "statistics: completion, schedule, workload";
    "stats --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "stats --by" "按领导、单位、板块或任务" "by leader, unit, section or task";
    "stats --json" "输出 JSON" "print JSON";
    "stats --csv" "输出 CSV" "print CSV";
    "report" "生成给领导看的统计表" "write the statistic workbooks";
    "report --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "report --as-of" "截至时间（默认最近一次入账）" "as of when (default: the last ingest)";
    "report --for" "另给这些单位出单位册；不写名字则全部" "also a workbook for these units; all if none is named";
    "report --json" "输出 JSON" "print JSON";
    "rollup" "汇总多家办公室：每家一行，加合计" "many offices together: a row for each, and the total";
    "rollup --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "rollup --sources" "办公室文件夹、装着办公室的文件夹，或下一级 rollup --json 的结果" "office folders, folders of offices, or what rollup --json printed at a lower level";
    "rollup --name" "合计行的名称，如 某市" "name of the total line";
    "rollup --json" "输出 JSON" "print JSON";
    "rollup --csv" "输出 CSV" "print CSV";
    "trace" "一个数字从哪里来" "where a figure comes from";
    "trace --workbook" "统计表文件" "a statistic workbook";
    "trace --cell" "表中的单元格，如 '按领导!F5'" "a cell of it, e.g. '按领导!F5'";
    "trace --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "trace --task" "任务序号" "task number";
    "trace --unit" "单位" "unit";
    "trace --leader" "领导" "leader";
    "trace --json" "输出 JSON" "print JSON";
    "ledger" "台账：查看、导出、核验、备份、撤回" "the ledger: dump, export, verify, back up, withdraw";
    "ledger dump" "列出入账的每一格及其出处" "every cell taken in, with its source";
    "ledger dump --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "ledger dump --json" "输出 JSON" "print JSON";
    "ledger dump --csv" "输出 CSV" "print CSV";
    "ledger export" "导出 Parquet（不含姓名电话）" "export Parquet (without names and phones)";
    "ledger export --dir" "导出到哪个文件夹" "the folder to write";
    "ledger verify" "核验台账没有被改动" "check that nothing in the ledger was altered";
    "ledger verify --json" "输出 JSON" "print JSON";
    "ledger backup" "备份台账" "back the ledger up";
    "ledger backup --file" "备份文件" "the backup file";
    "ledger withdraw" "撤回一份误收的报送（留痕）" "take a mistaken return back, visibly";
    "ledger withdraw --sha" "该文件的 sha256（前几位即可）" "sha256 of the file (its first digits will do)";
    "ledger withdraw --reason" "撤回原因" "why";
    "confirm" "销号：督查室认定任务完成，或不予认定" "the office's word on a completed task";
    "confirm --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "confirm --task" "任务序号" "task number";
    "confirm --reject" "不予认定" "reject the claim";
    "confirm --reason" "理由" "why";
    "exempt" "免报：这个单位本期不用报" "exempt a unit from the period's return";
    "exempt --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "exempt --unit" "单位" "unit";
    "exempt --reason" "理由（报表和核查都显示）" "why (shown in reports and audits)";
    "exempt --undo" "取消免报" "take the exemption back";
    "exempt --json" "输出 JSON" "print JSON";
    "extend" "延期：这个单位本期晚些报" "give a unit more time for the period's return";
    "extend --period" "报送期，如 2024-03" "period, e.g. 2024-03";
    "extend --unit" "单位" "unit";
    "extend --until" "延到哪一天（当日 24:00 前算按时），如 2024-04-15" "the last day that is in time, e.g. 2024-04-15";
    "extend --reason" "理由（报表和核查都显示）" "why (shown in reports and audits)";
    "extend --undo" "取消延期" "take the extension back";
    "extend --json" "输出 JSON" "print JSON";
    "explain" "解释一个问题代码；不写代码则列出全部" "explain a finding code; without one, list them all";
    "explain --code" "代码，如 I301" "a code, e.g. I301";
    "simulate" "演练：像各单位那样填好填报表，或（加 --units）在空文件夹里编一个任意规模的办公室" "rehearse: fill the forms as units would, or (with --units) make an office of any size in an empty folder";
    "simulate --period" "报送期，如 2024-03；加 --units 时是第一期，默认 2024-01" "period, e.g. 2024-03; with --units the first one, 2024-01 unless named";
    "simulate --units" "单位数：在 -C 指定的空文件夹里编出方案、填报表和报送" "units: makes plan, forms and returns in the empty folder named by -C";
    "simulate --tasks" "任务数" "tasks";
    "simulate --periods" "期数；最后一期的报送留给 ingest，之前各期都收好" "periods; the last one's returns wait for ingest, those before are taken in";
    "simulate --seed" "随机种子，相同则结果相同" "seed; the same seed gives the same files";
    "simulate --messy" "带上真实世界的各种不规范" "with the disorder of real returns";
    "simulate --json" "输出 JSON" "print JSON";
    "demo" "用自带的样例走完三个月" "three months on the sample plan in one command";
    "demo --dir" "演示文件夹（新建，或上次演示留下的）" "the demo folder (new, or left by an earlier demo)";
};

/// The layout of a help page.
#[must_use]
pub const fn help_template(lang: Lang) -> &'static str {
    lang.pick(
        "{about}\n\n用法：{usage}\n\n{all-args}\n",
        "{about}\n\nUsage: {usage}\n\n{all-args}\n",
    )
}

/// Heading over the commands.
#[must_use]
pub const fn commands_heading(lang: Lang) -> &'static str {
    lang.pick("命令", "Commands")
}

/// Placeholder for a command in the usage line.
#[must_use]
pub const fn command_value_name(lang: Lang) -> &'static str {
    lang.pick("命令", "COMMAND")
}

/// Heading over positional arguments.
#[must_use]
pub const fn arguments_heading(lang: Lang) -> &'static str {
    lang.pick("参数", "Arguments")
}

/// Heading over options.
#[must_use]
pub const fn options_heading(lang: Lang) -> &'static str {
    lang.pick("选项", "Options")
}

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

/// How many findings of each severity.
#[must_use]
pub fn finding_counts(errors: usize, warnings: usize, notes: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("错误 {errors} 条，警告 {warnings} 条，提示 {notes} 条"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {notes} notes"),
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

/// A period as a sentence of that language names it: 2024年3月, 2024-03.
#[must_use]
pub fn period_named(period: Period, lang: Lang) -> String {
    match lang {
        Lang::Zh => period.zh(),
        Lang::En => period.to_string(),
    }
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
