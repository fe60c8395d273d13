//! Words printed on the form and its instruction sheet, beside those that `templates/form.toml` lets an office change.

/// Nothing to print here.
pub const NONE: &str = "—";
/// Last period gave no figure.
pub const NOT_REPORTED: &str = "未报";
/// An item without an indicator.
pub const QUALITATIVE: &str = "定性事项";
/// A task the office has confirmed as complete.
pub const CONFIRMED: &str = "已销号";
/// Simulated data, in every header.
pub const SIMULATED: &str = "模拟数据";
/// Before the samples of colours.
pub const COLOURS: &str = "颜色说明：";
/// Must be filled.
pub const REQUIRED: &str = "必填";
/// May be filled.
pub const OPTIONAL: &str = "选填";
/// Is not asked.
pub const CLOSED: &str = "不填";
/// Computed by the form.
pub const AUTOMATIC: &str = "自动";
/// What red means, in two parts: the red word and the rest.
pub const RED: (&str, &str) = ("红字", "请核对");
/// The counter when nothing is owed.
pub const CLEAR: &str = "√ 已填齐";

/// 领导：….
#[must_use]
pub fn led_by(leaders: &str) -> String {
    format!("领导：{leaders}")
}

/// 牵头：….
#[must_use]
pub fn lead_unit(units: &str) -> String {
    format!("牵头：{units}")
}

/// After the first of many leaders.
#[must_use]
pub fn more_leaders(count: usize) -> String {
    format!("等{count}人")
}

/// After the first of many units.
#[must_use]
pub fn more_units(count: usize) -> String {
    format!("等{count}个单位")
}

/// Before and after the number of required cells that are empty.
pub const OWING: (&str, &str) = ("还有 ", " 处未填");
/// Before and after the number of rows to check.
pub const TO_CHECK: (&str, &str) = ("有 ", " 处请核对");

/// Beside ▼ in the legend; the share is named where the rows agree on one.
#[must_use]
pub fn behind(share: Option<f64>) -> String {
    share.map_or_else(|| "低于序时进度".to_owned(), |s| format!("低于序时进度{s:.0}%"))
}

/// 周一 … 周日, from 0.
pub const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// A date as a Chinese reader writes it.
#[must_use]
pub fn date(day: jiff::civil::Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A date with its weekday.
#[must_use]
pub fn date_with_weekday(day: jiff::civil::Date) -> String {
    let n = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    format!("{}（{}）", date(day), WEEKDAYS.get(n).copied().unwrap_or(""))
}

/// How 完成进度 is judged, under the table, with the headings the office uses.
#[must_use]
pub fn note(progress: &str, figure: &str, target: &str) -> String {
    format!(
        "注：累计类指标的{progress}＝{figure}÷{target}，低于序时进度标▼；增速、水平、上限类指标与{target}直接比较，未达到的标▼。数据未出写“未出数”。"
    )
}

/// Prompt of a cumulative figure.
#[must_use]
pub fn prompt_cumulative(cut_off: jiff::civil::Date, measure: &str) -> String {
    format!(
        "填1月1日至{}月{}日的累计数（{measure}），不是本月新增。只写数字；数据未出写“未出数”。",
        cut_off.month(),
        cut_off.day()
    )
}

/// Prompt of another figure.
#[must_use]
pub fn prompt_level(cut_off: jiff::civil::Date, measure: &str) -> String {
    format!(
        "填截至{}月{}日的数（{measure}）。只写数字，不带单位；数据未出写“未出数”。",
        cut_off.month(),
        cut_off.day()
    )
}

/// Title of every warning of the form.
pub const WARNING: &str = "请核对";
/// Warning on a figure.
pub const WARN_FIGURE: &str =
    "这里应填一个数字（累计数不为负），不带单位和文字；数据未出写“未出数”。仍要保留所填内容吗？";
/// Warning on a percentage.
pub const WARN_PERCENT: &str = "完成进度应为0到100之间的数字，例如 45。仍要保留所填内容吗？";
/// Warning on a status.
#[must_use]
pub fn warn_status(words: &[&str]) -> String {
    format!("请从下拉框中选择：{}。仍要保留所填内容吗？", words.join("、"))
}
/// Warning on a word of a list.
pub const WARN_LIST: &str = "请从下拉框中选择。仍要保留所填内容吗？";
/// Warning on a text that is too long.
#[must_use]
pub fn warn_length(most: u32) -> String {
    format!("请控制在{most}字以内。仍要保留所填内容吗？")
}
/// Prompt of a percentage.
pub const PROMPT_PERCENT: &str = "本单位估计的完成百分比，填0到100的数字，例如 45。";
/// Prompt of 填报人 and 联系电话.
pub const PROMPT_SIGNATURE: &str = "必填，便于核对数据时联系。";
/// Prompt of 审核人.
pub const PROMPT_REVIEWED: &str = "打印后由审核人签字，也可先填姓名。";
/// Before last period's text.
pub const LAST_TIME: &str = "上期：";
/// Title of the prompt of a marked cell in a correction form.
pub const MARKED: &str = "请更正";

/// Title of the instruction sheet.
pub const INSTRUCTIONS: &str = "填表说明";
/// Its parts.
pub const PARTS: [&str; 4] =
    ["一、三步完成", "二、各栏怎么填", "三、办理状态怎么选", "四、容易填错的地方"];
/// Heads of the table of columns.
pub const COLUMN_HEADS: [&str; 4] = ["栏目", "填不填", "填什么", "例"];
/// Heads of the table of mistakes.
pub const MISTAKE_HEADS: [&str; 3] = ["栏目", "不要这样填", "请这样填"];
/// The whole sheet, in the table of mistakes.
pub const WHOLE_SHEET: &str = "整张表";
/// Signatures in the table of columns: what to fill in, and an example.
pub const SIGNATURES: (&str, &str) =
    ("在表格最后一行，便于核对数据时联系。", "王小禾　0635-×××××××");
/// Whom to ask, and what the form rests on.
#[must_use]
pub fn contact(office: &str, doc_no: &str) -> String {
    match (office.is_empty(), doc_no.is_empty()) {
        (_, true) => format!("咨询：{office}"),
        (true, false) => format!("依据：{doc_no}"),
        (false, false) => format!("咨询：{office}　　依据：{doc_no}"),
    }
}

/// Title of the first sheet of a correction form.
pub const PROBLEMS: &str = "问题清单";
/// Its column heads.
pub const PROBLEM_HEADS: [&str; 6] = ["序号", "位置", "栏目", "程度", "问题", "怎么改"];
/// What to do with a correction form.
#[must_use]
pub fn problems_lead(count: usize) -> String {
    format!(
        "上次报来的表有 {count} 处需要更正，已填内容都保留在“填报表”中。点“位置”可跳到对应的格子，改好后按原文件名发回。"
    )
}
/// A problem without a cell.
pub const NO_CELL: &str = "整张表";
