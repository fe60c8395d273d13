//! Help texts and their headings (帮助).

use super::super::Lang;

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
    "rollup --output" "另写汇总表（.xlsx）" "also write the workbook (.xlsx)";
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
