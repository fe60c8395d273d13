//! What is said of many offices together (汇总).

use super::Lang;

/// How a roll-up is counted.
pub const RULE: &str = "各办公室的任务数、已完成数等逐项相加，比率和平均进度由合计数重新计算，不对各家的比率取平均。\
                        上期未统计的办公室在内时，不列变化。汇总只含数量和办公室名称，不含单位、任务和个人信息。";

/// Name of the total line.
pub const TOTAL: &str = "合计";

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
