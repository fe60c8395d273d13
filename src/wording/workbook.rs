//! Words of the statistic workbooks (统计表), in the office's language.

use jiff::civil::Date;

use crate::model::Period;

/// Shown over a figure that can be clicked.
pub const LINK_TIP: &str = "单击可查看计数的明细行";
/// Stands in page headers while the data are rehearsed.
pub const SIMULATED: &str = "模拟数据";

/// A text longer than a cell holds: what fits, and where the rest is.
#[must_use]
pub fn too_long(text: &str, limit: usize) -> String {
    const TAIL: &str = "……（超出单元格容量，余文见台账）";
    let room = limit - 2 * TAIL.chars().count();
    // Excel counts UTF-16 units: a character outside the basic plane takes two.
    let mut units = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= room
        })
        .collect();
    kept + TAIL
}

/// Page header: office left, sheet right; simulated data say so on every page.
#[must_use]
pub fn page_header(office: &str, sheet: &str, simulated: bool) -> String {
    // A header holds 255 characters; long office names are shortened.
    let office: String = office.chars().take(60).collect();
    let mark = if simulated { format!(" · {SIMULATED}") } else { String::new() };
    let plain = |text: &str| text.replace('&', "&&");
    format!("&L&8&\"宋体,常规\"{}&R&8&\"宋体,常规\"{}{mark}", plain(&office), plain(sheet))
}

/// Page footer: period and cut-off left, page number in the middle, where the rules stand right.
#[must_use]
pub fn page_footer(period: Period, cut_off: Date) -> String {
    format!(
        "&L&8&\"宋体,常规\"报送期 {} · 数据截至 {}月{}日&C&9&\"宋体,常规\"— &P —&R&8&\"宋体,常规\"口径见“统计口径”表",
        period.zh(),
        cut_off.month(),
        cut_off.day()
    )
}

/// A date as printed.
#[must_use]
pub fn date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 上月, 上季, 上周 …: what the period before is called.
#[must_use]
pub const fn last_word(period: Period) -> &'static str {
    match period.span() {
        crate::model::Span::Month(_) => "上月",
        crate::model::Span::Quarter(_) => "上季",
        crate::model::Span::Half(_) => "上半年度",
        crate::model::Span::Year => "上年",
        crate::model::Span::Week(_) => "上周",
    }
}

/// Title of the plan without 关于印发…的通知, quotes and 责任分工方案, for titles of sheets.
#[must_use]
pub fn short_title(title: &str) -> String {
    let inner = match (title.find('《'), title.rfind('》')) {
        (Some(from), Some(to)) if from < to => &title[from + '《'.len_utf8()..to],
        _ => title,
    };
    let whole: String = inner.split_whitespace().collect();
    let short = ["责任分工方案", "任务分工方案", "分工方案", "责任分解方案", "实施方案", "方案"]
        .into_iter()
        .find_map(|tail| whole.strip_suffix(tail))
        .unwrap_or(&whole);
    if short.is_empty() { "重点工作".to_owned() } else { short.to_owned() }
}

/// Section number as the plan prints it: 一, 十二.
#[must_use]
pub fn hanzi(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match number {
        0 | 100.. => number.to_string(),
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number)),
        _ => format!("{}十{}", digit(number / 10), digit(number)),
    }
}

/// What a statistic is, for `trace` and the notes: rule in one sentence.
#[must_use]
pub fn rule(key: &str) -> &'static str {
    match key {
        "tasks" => "在册任务：本期有效的任务，调整（撤销）的不计。",
        "on_schedule" => "达序时率＝（已完成＋超序时＋达序时）÷在册任务。",
        "on_schedule.done" => "跟上序时的任务：判定为已完成、超序时、达序时。",
        "completion" => "完成率＝已完成÷在册任务。",
        "completion.done" => "已完成的任务：各牵头单位均报已完成，应报指标均已报且达标。",
        "mean" => "平均进度：有进度的在册任务取平均，未报按0计；增速、占比等不按序时的不计入。",
        "mean_reported" => "平均进度（已报口径）：只算有报送的任务。",
        "history" => "这一期这条统计的数，按现在的台账重算，见“长表_历月”。",
        "change" => "与上期同一统计相比，单位为百分点。",
        "light" => "按灯计数：灯取任务各项中最差的一项，已完成、未报单列。",
        "class" => "按判定计数。",
        "sole" => "独自牵头的任务。",
        "shared" => "与他人共同牵头的任务，各人名下各计一次。",
        "share" => "折算：几人共同牵头的任务按1/n计。",
        "collective" => "所在集体牵头的任务，不计入个人合计。",
        "lead_first" => "牵头且排名首位的任务。",
        "lead_other" => "牵头但不排首位的任务。",
        "named" => "点名为责任单位的任务。",
        "group" => "以集合称谓（如各镇街）承担的任务。",
        "load" => "工作量：各任务按角色权重相加。",
        "leaders" => "涉及的牵头领导人数（不重复计）。",
        "lead_units" => "涉及的牵头单位数（不重复计）。",
        "received" => "报送率＝已收到有效报送的单位÷应报单位。",
        "on_time" => "及时率＝首次有效报送按时的单位÷应报单位。",
        "complete" => "完整率＝已填的必填格÷已收报送的必填格。",
        "first_clean" => "首报合格率＝首次报送无错误的单位÷已收单位。",
        "returns" => "按报送状态计数。",
        "items" => "按指标计数。",
        "cross" => "交叉计数：同时属于该行和该列的任务。",
        "task" => "这一格说的是一项任务，来源见台账记录。",
        _ => "见“统计口径”表。",
    }
}

/// Says what the stacked bars show, for readers who hear the page.
pub const CHART_LIGHTS: &str =
    "各行任务按灯计数的堆积条形图：已完成、正常（绿）、偏慢（黄）、滞后（红）、未报";
/// Says what the line shows.
pub const CHART_TREND: &str = "平均进度（实线）与序时进度（虚线）的折线图";
/// The dashed line.
pub const SCHEDULE: &str = "序时进度";
/// The dashed line, named on itself.
pub const SCHEDULE_SHORT: &str = "序时";
/// The solid line.
pub const MEAN_PROGRESS: &str = "平均进度";

/// The words of a light in a chart's legend.
#[must_use]
pub fn legend(light: &str) -> &'static str {
    match light {
        "done" => "已完成",
        "green" => "正常（绿）",
        "yellow" => "偏慢（黄）",
        "red" => "滞后（红）",
        _ => "未报（无灯）",
    }
}

/// An empty long sheet.
pub const LONG_EMPTY: &str = "（没有行）";

/// What a long sheet is for.
#[must_use]
pub fn long_note(prefix: &str) -> &'static str {
    match prefix {
        "任务" => {
            "每项任务一行，按板块、再按灯（红在前）排列。1＝是，0＝否；空＝没有数。汇总表的公式数的就是这些行。"
        }
        "领导" => {
            "每项任务、每位牵头领导一行，按领导、再按灯（红在前）排列。计入＝0 的是所在集体的任务，不计入个人合计。"
        }
        "单位" => {
            "每项任务、每个单位一行，按单位、再按灯（红在前）排列。牵头＝1 的行按本单位的部分判定。"
        }
        "报送" => "每个应报或报送过的单位一行。",
        "指标" => "每个指标一行，按方案顺序。",
        _ => "每期、每条统计一行：本期在前，往期在后。较上期的变化从这里取上期的数。",
    }
}

/// Stands under a head figure that has no period before.
pub const NO_LAST: &str = "无上期可比";

/// Number format of the strip: word, count and measure in one cell. Tasks without a light are mostly those not
/// reported; a reported one may have none while nothing of it is due.
#[must_use]
pub fn strip_format(light: &str, all_unreported: bool) -> &'static str {
    match light {
        "none" if all_unreported => "\"未报  \"0\" 项\"",
        "done" => "\"已完成  \"0\" 项\"",
        "green" => "\"绿 · 正常  \"0\" 项\"",
        "yellow" => "\"黄 · 偏慢  \"0\" 项\"",
        "red" => "\"红 · 滞后  \"0\" 项\"",
        _ => "\"未报等无灯  \"0\" 项\"",
    }
}

/// Number format of a legend's cell on the wall chart: words and count.
#[must_use]
pub fn legend_format(class: &str, light: &str) -> &'static str {
    match (class, light) {
        ("done", _) => "\"已完成 \"0",
        ("ahead", _) => "\"超序时 \"0",
        ("on_track", _) => "\"达序时 \"0",
        ("behind", "yellow") => "\"欠序时（黄） \"0",
        ("behind", _) => "\"欠序时（红） \"0",
        ("not_started", _) => "\"未启动 \"0",
        ("overdue", _) => "\"逾期 \"0",
        ("unreported", _) => "\"未报 \"0",
        _ => "\"调整 \"0",
    }
}

/// No leader of that name in the statistics of the period.
pub const NO_SUCH_LEADER: &str = "本期没有这位牵头领导";

/// No unit of that name in the statistics of the period.
pub const NO_SUCH_UNIT: &str = "本期没有这个单位";

/// File name of the office's workbook.
#[must_use]
pub fn office_file(period: Period) -> String {
    format!("综合统计_{period}.xlsx")
}

/// File name of a leader's workbook; characters no file system takes are left out.
#[must_use]
pub fn leader_file(name: &str, period: Period) -> String {
    format!("领导_{}_{period}.xlsx", safe(name))
}

/// File name of a unit's workbook.
#[must_use]
pub fn unit_file(name: &str, period: Period) -> String {
    format!("单位_{}_{period}.xlsx", safe(name))
}

/// A name as part of a file name: Windows refuses these characters, and file systems more than 255 bytes.
fn safe(name: &str) -> String {
    const BYTES: usize = 180;
    let mut out = String::new();
    for c in name.chars() {
        let c = if c.is_control() || "<>:\"/\\|?*".contains(c) { '_' } else { c };
        if out.len() + c.len_utf8() > BYTES {
            break;
        }
        out.push(c);
    }
    let trimmed = out.trim_matches(['.', ' ']);
    if trimmed.is_empty() { "_".to_owned() } else { trimmed.to_owned() }
}
