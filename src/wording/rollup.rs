//! What is said of many offices together (汇总).

use super::Lang;

/// How a roll-up is counted.
pub const RULE: &str = "各办公室的任务数、已完成数等逐项相加，比率和平均进度由合计数重新计算，不对各家的比率取平均。\
                        上期未统计的办公室在内时，不列变化。汇总只含数量和办公室名称，不含单位、任务和个人信息。";

/// Name of the total line.
pub const TOTAL: &str = "合计";

/// Sheet of offices.
pub const OFFICES: &str = "按办公室";
/// Sheet of judgements and returns.
pub const JUDGED: &str = "判定与报送";
/// Sheet of the on-schedule rate by period.
pub const ON_SCHEDULE_TREND: &str = "达序时率历期";
/// Sheet of the completion rate by period.
pub const COMPLETION_TREND: &str = "完成率历期";
/// Sheet of rules.
pub const RULES: &str = "统计口径";

/// Heads over number and name.
pub const NAME_HEADS: [&str; 2] = ["序号", "办公室"];
/// Head over the sizes.
pub const SIZE: &str = "规模";
/// Offices, units, tasks.
pub const SIZE_HEADS: [&str; 3] = ["办公室", "单位", "任务"];
/// 达序时率.
pub const ON_SCHEDULE: &str = "达序时率";
/// 完成率.
pub const COMPLETION: &str = "完成率";
/// Rate, numerator, denominator, change.
pub const RATE_HEADS: [&str; 4] = ["比率", "项数", "", "较上期\n(点)"];
/// 平均进度.
pub const MEAN: &str = "平均\n进度";
/// Head over the rate of returns.
pub const RETURNED: &str = "报送率";
/// Rate, received, owed.
pub const RETURN_HEADS: [&str; 3] = ["比率", "家次", ""];
/// Head over the classes.
pub const CLASSES: &str = "判定（项）";
/// Head over what is marked.
pub const MARKS: &str = "标注（项）";
/// Missing figures, carried, outside of the mean, confirmed.
pub const MARK_HEADS: [&str; 4] = ["缺报", "沿用", "不计\n平均", "已销号"];
/// Head over the returns.
pub const RETURNS: &str = "报送（家次）";
/// Owed, received, missing, rate, on time, rate.
pub const RETURNS_HEADS: [&str; 6] = ["应报", "已报", "未报", "报送率", "按时", "及时率"];
/// Heads of the two columns that say which row belongs to which group.
pub const KEYS: [&str; 2] = ["编号", "归入"];
/// Units of measure.
pub const MEASURES: &str = "单位：家、项、%、百分点";
/// Percent.
pub const PERCENT: &str = "单位：%";

/// Footnote of 按办公室.
pub const NOTE: &str = "注：粗体行为下级汇总，等于其下各行之和；合计为第一级各行之和。比率、平均进度由合计的项数重新计算，不对各家的比率取平均。\
                        有一家没有上期数的，不列较上期。报送率按应报家次计。点＝百分点，“—”为没有应计的项。";
/// Footnote of 判定与报送.
pub const JUDGED_NOTE: &str = "注：“调整”为已撤销的任务，不进入任何分母；其余各类相加等于任务数。缺报、沿用为任务数。未报＝应报－已报；及时率＝按时÷应报。";
/// Footnote of the sheets by period.
pub const TREND_NOTE: &str = "注：各期比率由当期项数计算（项数在打印区右侧）。有一家没有该期数的，合计和所在的下级汇总不列该期，以“—”表示。";

/// Parts of 统计口径.
pub const PARTS: [&str; 3] = ["一、口径", "二、计入的办公室", "三、未计入的来源"];
/// 报送期.
pub const PERIOD: &str = "报送期";
/// How offices are put together.
pub const HOW: &str = "汇总方法";
/// Whose settings hold.
pub const SETTINGS: &str = "各家设置";
/// That they are the offices' own.
pub const OWN_SETTINGS: &str = "灯的界线、牵头规则、序时曲线、截至日等按各办公室自己的设置判定，见各家综合统计的“统计口径”；各家设置不同时，横向比较要留意。";
/// 程序版本.
pub const PROGRAM: &str = "程序版本";
/// What kind of data.
pub const NATURE: &str = "数据性质";
/// That some are simulated.
pub const SIMULATED: &str = "含模拟数据：由演练产生，不是真实报送，不得用于通报、考核。";
/// Name of the line where nothing was left out.
pub const LEFT_OUT: &str = "未计入";
/// Nothing was left out.
pub const NONE_LEFT_OUT: &str = "没有，所列来源都已计入。";

/// Title of a sheet: `某市重点工作进展汇总：按办公室（2024年3月）`.
#[must_use]
pub fn title(name: &str, sheet: &str, period: &str) -> String {
    let name = if name == TOTAL { "" } else { name };
    format!("{name}重点工作进展汇总：{sheet}（{period}）")
}

/// What is in it: offices, units, tasks; how many sources are not.
#[must_use]
pub fn sub_line([offices, units, tasks]: [u64; 3], left_out: usize) -> String {
    let missing = match left_out {
        0 => String::new(),
        n => format!(" · 另有 {n} 处未计入，见“{RULES}”"),
    };
    format!("计入 {offices} 家办公室、{units} 家单位、{tasks} 项任务{missing}")
}

/// Head over the counts of a period.
#[must_use]
pub fn counts_of(period: &str) -> String {
    format!("{period}项数")
}

/// An office that is counted, as 统计口径 lists it.
#[must_use]
pub fn counted(source: &str, units: u64, tasks: u64, simulated: bool) -> String {
    let mark = if simulated { "，模拟数据" } else { "" };
    format!("{units} 家单位，{tasks} 项任务{mark}。来源：{source}")
}

/// Page header: whose roll-up left, sheet right.
#[must_use]
pub fn page_header(name: &str, sheet: &str, simulated: bool) -> String {
    super::workbook::page_header(if name == TOTAL { "" } else { name }, sheet, simulated)
}

/// Page footer: period left, page number in the middle, where the rules stand right.
#[must_use]
pub fn page_footer(period: &str) -> String {
    format!(
        "&L&8&\"宋体,常规\"报送期 {period}&C&9&\"宋体,常规\"— &P —&R&8&\"宋体,常规\"口径见“{RULES}”表"
    )
}

/// The workbook was written.
#[must_use]
pub fn written(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已写好汇总表 {path}。"),
        Lang::En => format!("Wrote the roll-up workbook {path}."),
    }
}

/// The same office in two places.
#[must_use]
pub fn same_office(name: &str, first: &str, second: &str) -> (String, String) {
    (
        format!(
            "“{name}”在 {first} 和 {second} 里是同一家办公室，会重复计数。请去掉一个；如果确是两家（文件夹是复制来的），请在 duban.toml 的 [office] name 写各自的名称。"
        ),
        format!(
            "{name} in {first} and in {second} is the same office and would be counted twice. Leave one out; if they are two (one folder was copied from the other), give each its own [office] name in duban.toml."
        ),
    )
}

/// An office or file that could not be counted or taken in.
#[must_use]
pub fn failed(source: &str, why: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("未计入 {source}：{why}"),
        Lang::En => format!("Left out {source}: {why}"),
    }
}

/// Nothing that could be counted.
#[must_use]
pub fn nothing() -> (String, String) {
    (
        "没有任何一家办公室可以处理，原因见上。".to_owned(),
        "None of the offices could be worked on; the reasons stand above.".to_owned(),
    )
}

/// A folder without any office in it.
#[must_use]
pub fn no_office(path: &str) -> (String, String) {
    (
        format!(
            "{path} 里没有办公室（没有 duban.toml）。请写办公室文件夹、装着办公室的文件夹，或 rollup --json 的结果。"
        ),
        format!(
            "There is no office in {path} (no duban.toml). Name an office folder, a folder of offices, or what rollup --json printed."
        ),
    )
}

/// The same source twice.
#[must_use]
pub fn twice(path: &str) -> (String, String) {
    (
        format!("{path} 写了两次，会重复计数。请去掉一个。"),
        format!("{path} is named twice and would be counted twice; leave one out."),
    )
}

/// A file that is no roll-up, or whose counts disagree.
#[must_use]
pub fn not_a_rollup(path: &str) -> (String, String) {
    (
        format!("{path} 不是 duban rollup --json 的结果，或其中的数对不上。请重新汇总后再用。"),
        format!(
            "{path} is not what duban rollup --json prints, or its counts disagree; make it anew."
        ),
    )
}

/// A roll-up of another period.
#[must_use]
pub fn other_period(path: &str, found: &str, wanted: &str) -> (String, String) {
    (
        format!("{path} 是 {found} 的汇总，这里要的是 {wanted}。"),
        format!("{path} is a roll-up of {found}; {wanted} is asked for."),
    )
}

/// One office taken in, among many: files, taken in, errors, warnings.
#[must_use]
pub fn taken(office: &str, [files, taken, errors, warnings]: [usize; 4], lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("{office}：文件 {files}，入账 {taken}，错误 {errors}，警告 {warnings}。")
        }
        Lang::En => {
            format!(
                "{office}: {files} files, {taken} taken in, {errors} errors, {warnings} warnings."
            )
        }
    }
}

/// All offices taken in: offices, of them failed, files, entries.
#[must_use]
pub fn all_taken([offices, failed, files, entries]: [usize; 4], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "共 {offices} 家办公室（未能处理 {failed} 家），文件 {files} 个，入账 {entries} 格。"
        ),
        Lang::En => format!(
            "{offices} offices ({failed} could not be worked on), {files} files, {entries} cells taken in."
        ),
    }
}
