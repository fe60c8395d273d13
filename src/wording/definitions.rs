//! The definitions of every statistic (统计口径), in words and as formulas an office can quote.
//!
//! docs/definitions.md, the `rule` of `stats --json` and the sheet 统计口径 are made from this table. Names in
//! { } are numbers of the settings.

/// One definition, in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Key: of a table (`leader` …) or of a statistic.
    pub key: &'static str,
    /// Chinese name.
    pub zh_name: &'static str,
    /// English name.
    pub en_name: &'static str,
    /// In words, Chinese.
    pub zh: &'static str,
    /// Formula; empty where words say it all.
    pub formula: &'static str,
    /// In words, English.
    pub en: &'static str,
}

/// Short form for the table below.
const fn d(
    key: &'static str,
    zh_name: &'static str,
    en_name: &'static str,
    formula: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Definition {
    Definition { key, zh_name, en_name, zh, formula, en }
}

/// Every definition, in the order in which one needs the other.
pub const ALL: &[Definition] = &[
    d(
        "in_force",
        "在办任务",
        "tasks in force",
        "起 ≤ 报送期 ≤ 止",
        "统计期末有效的任务，动态调整已计入。季度、半年、全年、周一律按期末时点统计。已撤销的任务列为“调整”，保留撤销前的内容，不进入任何分母。",
        "Tasks effective at the end of the period, amendments applied. Quarters, halves, years and weeks are judged as at their end. Withdrawn tasks are listed as 调整 as they last stood and stand outside every denominator.",
    ),
    d(
        "fact",
        "采信值与沿用",
        "facts and carrying forward",
        "",
        "每个单位、每个事项、每个栏目取最近一期的最后一次有效报送。累计数、完成进度、办理状态本期没有的，沿用以前各期，标明“沿用”（任务、牵头单位的任一份有沿用的，就标明；填“未出数”的沿用前期数）；进展情况、存在问题、需协调事项、下步措施只算本期。季度、半年、全年没有单独报送的，以期末那个月为本期。单位更名、合并或者任务换了牵头单位的，新单位报送前沿用原单位的数，标明“承接”。",
        "For each unit, item and field the newest accepted value, cell by cell. Figures, progress and status are carried forward and marked stale (a task if anything in any lead unit's part is, whatever the lead rule; 未出数 carries the earlier figure); the four texts count in their own period only. A quarter, half or year without returns of its own takes the month at its end as its own. A successor, by succession of units or change of owner, takes over the facts until it reports.",
    ),
    d(
        "schedule",
        "序时进度",
        "schedule share t",
        "t = 已过月数 / 12 × 100",
        "截至期末全年任务应当完成的百分比。依次取：指标自己的曲线；年度目标不超过{small}件的累计指标，十二月以前为0、十二月为100；本单位设定的曲线；按月均分（周按天数）。任务到期年度以后为100。",
        "Percent of the year's target due at the end of the period. First that applies: the indicator's own curve; 0 until December for a cumulative target of at most {small} pieces; the office's curve; months elapsed / 12 (days for weeks).",
    ),
    d(
        "progress",
        "完成进度",
        "item progress P",
        "累计量、增速、水平：P = 100·a/T；有起点的水平：P = 100·(a − B)/(T − B)；不高于：a ≤ T 时 P = 100，否则 P = 100·T/a",
        "a为累计数，T为年度目标，B为起点。目标为0（或者等于起点）时，达标为100，否则为0。比较用精确分数，不用四舍五入后的数。",
        "a is the figure, T the target, B the base. With T = 0 (or T = B) P is 100 if met, else 0. Comparisons are made between exact fractions, never between rounded numbers.",
    ),
    d(
        "qualitative",
        "定性事项",
        "items without a target",
        "按状态：已完成100，未启动0，推进中t，进展滞后max(0, t − 10)",
        "没有量化指标的事项取填报的完成进度；没有填的按办理状态推定，标明“按状态”。",
        "The reported progress; without one by status: done 100, not started 0, in progress t, lagging max(0, t − 10), marked 按状态.",
    ),
    d(
        "gap",
        "差距",
        "gap in points",
        "累计量、有起点的水平、定性事项：P − t；增速：a − T；水平：以%计的 a − T，其他 100·(a − T)/T；不高于：以%计的 T − a，其他 100·(T − a)/T",
        "单位为百分点，负数为落后。“左右”在容差以内的，差距不低于0。目标为0且不以%计的，差距为 P − 100。任务的差距取已报事项中最小的。",
        "In percentage points, negative is behind. A 左右 that is met has a gap of at least 0. With T = 0 and no %, the gap is P − 100. A task's gap is the smallest of its reported items.",
    ),
    d(
        "met",
        "达标",
        "met",
        "以上、不少于、直接给数：a ≥ T；不高于：a ≤ T；左右：|a − T| ≤ {about}% × |T|",
        "“左右”的容差为{about}%，上下都算。",
        "`>=` and `=` are met at a ≥ T, `<=` at a ≤ T, `~` within {about} % of T on either side.",
    ),
    d(
        "due",
        "应报事项",
        "due items",
        "",
        "按季、半年、全年报送的指标，在当年第一个应报月份以前不算应报，不计差距，不进入平均。填“未出数”的是有效答复：没有以前的数可沿用的，不算应报；有的，按沿用的数算。两种情形任务都标缺报。有目标而没有数的，不论自报什么状态，都是未报。",
        "A quarterly, half-yearly or yearly figure is not due before its first due month: no gap, not in a mean. 未出数 is an accepted answer: not due unless an earlier figure is carried; the task is incomplete either way. A target without a figure is not reported, whatever the status says.",
    ),
    d(
        "part",
        "单位的一份",
        "a unit's part of a task",
        "进度 = 应报的序时事项 P（限于0–100）的平均",
        "一个牵头单位在一项任务中承担的事项：由它提供数据的指标；没有的，任务本身算一个定性事项。序时事项指差距按 P − t 计的事项，应报未报的按0计入；没有序时事项的，没有进度（“—”），不进入任何平均。完成：自报已完成，并且应报的指标都已报、都达标，也没有被退回。被退回的，重新报送或者以后各期报送后再算。",
        "The items a lead unit answers for: the indicators whose source it is, else the task as one qualitative item. Progress is the mean of P, capped to 0–100, over due items whose gap is P − t, one not reported counting 0; none without such an item. Complete: status done, every due figure reported and met, no rejection since the claim.",
    ),
    d(
        "lead_rule",
        "多个牵头单位",
        "several lead units",
        "",
        "默认（all）：任务进度为各牵头单位有进度的各份的平均，什么都没报的按0计；各份都完成才算完成。另一种（first）：以排名第一的单位为准，它什么都没报时以下一个为准。应报事项或者牵头单位有未报的，任务标缺报。本次采用：{lead_rule}。",
        "`all` (default): the mean over the parts that have a progress, one that reported nothing counting 0; complete when every part is. `first`: the first-named part that reported anything speaks. A task is incomplete when a due item or a lead unit has not reported. In use: {lead_rule}.",
    ),
    d(
        "class",
        "任务分类",
        "task class",
        "",
        "依次取第一个符合的：已完成；未报（牵头单位都没有报送）；逾期未完成（数据截至日晚于办结时限）；未启动（已报的都说未启动，且没有进度）；欠序时（有已报事项差距小于0）；超序时（没有缺报，至少有一个差距，且都不低于：序时事项{ahead_on_schedule}点，增速和以%计的水平{ahead_growth}点，其他水平和不高于{ahead_level}点）；达序时。单位自报与系统判定并列。",
        "First that applies: 已完成; 未报 (no lead unit has any fact); 逾期未完成 (cut-off after the due date); 未启动 (every reported part says so and there is no progress); 欠序时 (a reported gap below 0); 超序时 (nothing missing, at least one gap, every gap at least {ahead_on_schedule} on the schedule, {ahead_growth} for growth and levels in %, {ahead_level} for other levels and ceilings); 达序时.",
    ),
    d(
        "light",
        "亮灯",
        "lights",
        "已完成 + 绿 + 黄 + 红 + 无灯 = 在办任务",
        "取已报事项中最差的：{bands}。逾期未完成为红；未报，以及已报但没有可比差距的，不亮灯；已完成单列。",
        "The worst light of the task's reported items: {bands_en}. 逾期 is red; 未报, or reported without any gap, has none; 已完成 is counted apart.",
    ),
    d(
        "completion",
        "完成率",
        "completion rate",
        "完成率 = 已完成 / 在办任务",
        "分子、分母同时列示；分母为0时印“—”。变化为与上一期相差的百分点。",
        "Numerator and denominator are printed; with nothing due, “—”. Changes are points against the last period.",
    ),
    d(
        "on_schedule",
        "达序时率",
        "on-schedule rate",
        "达序时率 = (已完成 + 超序时 + 达序时) / 在办任务",
        "跟上序时进度的任务占在办任务的比重。",
        "The share of tasks in force that keep up.",
    ),
    d(
        "mean_progress",
        "平均进度",
        "mean progress",
        "平均进度 = Σ任务进度 / 有进度的在办任务数",
        "未报的按0计；“已报口径”只计有报送的。没有进度的任务（只有增速、占比等全年比较的指标）不计入，列出其数量。",
        "未报 counts as zero; the reported mean covers those with any fact. Tasks without a progress stay out and their number is printed.",
    ),
    d(
        "leader",
        "按领导",
        "by leader",
        "折算 = Σ 1/n，n为该任务牵头领导数",
        "按任务计：一项任务由几位领导共同牵头的，每人各计一项，各行相加可能大于合计；折算按1/n分摊，各行相加等于合计。领导集体作为一个名称单列一行，其任务不计入成员的任务数，只在“集体”栏列示。没有牵头领导的列入“未明确”。合计按不重复的任务计。",
        "Task-level. A task with several leaders counts for each, so rows may add up to more than the total; shares of 1/n add up to it exactly. A collective counts as one name with a row of its own; a member's tasks of the collective stand beside. Tasks without a leader stand under 未明确.",
    ),
    d(
        "unit",
        "按单位",
        "by unit",
        "",
        "按本单位在其牵头任务中承担的一份计，判定规则与任务相同。没有任务的单位不列。各行相加可能大于合计；合计行的比率按不重复的任务、以任务整体的判定计，四类任务数为有这类单位的任务数，工作量和报送数为各行之和。",
        "The same rules over the unit's own part of the tasks it leads. Units without a task are not listed. Rows may add up to more than the total, whose rates are task-level over distinct tasks; its four counts are tasks with such a unit, its load and returns are sums.",
    ),
    d(
        "load",
        "工作量",
        "workload",
        "工作量 = {lead} × 牵头 + {named} × 配合 + {group} × 集合",
        "同一任务中有几种角色的取最高的：牵头、配合、集合。",
        "A unit with several roles in a task has the highest: lead, named, group.",
    ),
    d(
        "section",
        "按板块",
        "by section",
        "",
        "按任务计，每项任务属于一个板块，各行相加等于合计；牵头领导、牵头单位按不重复的人数、家数计，各行相加可能大于合计。",
        "Task-level; sections add up to the total. Leaders and lead units are counted once each, so they may not.",
    ),
    d(
        "task",
        "按任务",
        "by task",
        "",
        "任务进度为各牵头单位进度的平均，进度只看按序时考核的事项；已撤销的任务列为“调整”，不进入任何分母。合计行的进度为在办任务的平均进度，差距为最大的落后点数。",
        "A task's progress is the mean over its lead units' parts; withdrawn tasks are listed as 调整. The total's progress is the mean, its gap the worst.",
    ),
    d(
        "returns",
        "报送率、及时率、完整率、首报合格率、退改次数",
        "returns",
        "报送率 = 已报 / 应报；及时率 = 首次可读报送按时 / 应报；完整率 = 必填格中有有效值的 / 已报表的必填格；首报合格率 = 首次报送无错误的 / 已报",
        "应报不含经批准免报的；已报指至少有一次被采信或者部分采信；退改次数为首次以后的报送次数。季度、半年、全年为其中各月之和。收到时间为推定的另计其数。",
        "Obligations leave out exemptions; received means at least one accepted or partial return; later returns are counted as corrections. Quarters, halves and years add up their months. Estimated times are counted beside.",
    ),
    d(
        "scoring",
        "报送扣分",
        "deductions",
        "扣分 = {late} × 迟报次数 + {missing} × 未报次数",
        "按本单位设定的分值，默认不扣分。迟报指已报而首次可读报送不按时，未报指应报而没有一次被采信。",
        "By the office's own scheme, nothing by default: late is received but not on time, missing is owed and not received.",
    ),
    d(
        "rank",
        "排名",
        "ranks",
        "",
        "在单位类别内，先比达序时率，再比平均进度；不牵头任务的另排，先比及时率，再比完整率。相同的并列，其后名次顺延（1、1、3）。牵头任务（或应报）少于{min_due}的不排名，少于{min_units}家的类别不排名。",
        "Within a category by on-schedule rate, then mean progress; units that lead nothing apart, by 及时率, then 完整率. Ties share a rank (1, 1, 3). Not ranked: fewer than {min_due} due, categories under {min_units} units.",
    ),
    d(
        "warning",
        "预警",
        "early warning",
        "差距 + (差距 − 上期差距) < 0",
        "本期仍为绿灯，照本期走势下期将转黄。",
        "Still green, but no longer next period at this pace.",
    ),
    d(
        "change",
        "变化",
        "change of light",
        "",
        "与上期的灯比较：新增（上期不是黄灯、红灯或未报，本期是）；加重（黄转红）；减轻（红转黄，或者转绿、完成）；连续n期（同样的黄灯、红灯或未报已有n期）。",
        "Against the last light: 新增, 加重 (yellow to red), 减轻 (red to yellow, or to green or done), 连续n期 (the same yellow, red or none for n periods).",
    ),
    d(
        "shares",
        "占比",
        "shares in percent",
        "占比 = 分子 / 分母 × 100",
        "保留一位小数，各自四舍五入，相加可能不等于100.0；选用最大余额法的，相加等于100.0，并在表上注明。分母随占比列示。",
        "One decimal, each rounded half up; with largest-remainder rounding they add up to 100.0, which the sheet says. The denominator is printed beside.",
    ),
];

/// The definition with that key.
#[must_use]
pub fn of(key: &str) -> Option<&'static Definition> {
    ALL.iter().find(|d| d.key == key)
}

/// A text with the numbers of the settings put in.
#[must_use]
pub fn fill(text: &str, numbers: &[(&str, String)]) -> String {
    let mut out = text.to_owned();
    for (name, value) in numbers {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

/// The bands of the lights in words, Chinese and English: lower bounds of 绿 and 黄 on the schedule, for growth and
/// levels in %, for other levels and ceilings.
#[must_use]
pub fn bands(bounds: [(f64, f64); 3], ratio: bool) -> (String, String) {
    let zh = ["序时事项", "增速和以%计的水平", "其他水平和不高于"];
    let en = ["on the schedule", "growth and levels in %", "other levels and ceilings"];
    let (measure, unit) = if ratio { ("完成比例", "%") } else { ("差距", "点") };
    let zh = zh.iter().zip(bounds).map(|(name, (green, yellow))| {
        format!("{name}{measure}不低于{green}{unit}为绿、不低于{yellow}{unit}为黄、再低为红")
    });
    let measure = if ratio { "ratio in %" } else { "gap" };
    let en = en.iter().zip(bounds).map(|(name, (green, yellow))| {
        format!("{name} {measure} ≥ {green} green, ≥ {yellow} yellow, red below")
    });
    let mut zh = zh.collect::<Vec<_>>().join("；");
    if ratio {
        zh.push_str(
            "（完成比例：序时事项为完成进度与序时进度之比，其他为完成进度，达标的不低于100%）",
        );
    }
    (zh, en.collect::<Vec<_>>().join("; "))
}

/// Head of docs/definitions.md.
pub const TITLE: &str = "# 统计口径 · Definitions\n\n下列口径由程序自己的一张表生成，`stats --json` 的 `rule` 与本文一字不差。文中的数为默认设置。\n\nGenerated from the program's own table; the `rule` of `stats --json` and this page say the same. Numbers are those of the shipped settings. Every comparison with a target or a bound is made between exact fractions; percents are 0–100, gaps and changes are percentage points.\n";
