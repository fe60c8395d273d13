//! 统计口径: every rule in force, its settings, what was left out, and the versions the figures rest on.

use super::{
    list, look,
    page::{Page, Paper, Xlsx},
    text,
    view::{Scope, View},
};
use crate::{
    settings::LeadRule,
    stats::{self, Rates},
    wording::{stats as stats_words, workbook as words},
};

/// Sheet name.
pub(super) const SHEET: &str = "统计口径";
const WIDTHS: [u32; 2] = [180, 852];

/// Writes the sheet.
pub(super) fn write(view: &View) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "", 18.0)?;
    let mut row = 2;
    for (title, lines) in [
        ("一、依据", basis(view)),
        ("二、口径", definitions(view)),
        ("三、本期计入与不计入", left_out(view)),
    ] {
        page.height(row, 26)?;
        let format = look::rule_above(look::thin_below(look::hei(11.0)));
        page.merge((row, 0, row, 1), title, &format)?;
        row += 1;
        for (name, text) in lines {
            list::fit(&mut page, row, &[(0, &name), (1, &text)])?;
            page.text(row, 0, &name, &look::hairline(look::hei(list::SIZE).set_text_wrap()))?;
            page.text(row, 1, &text, &list::text())?;
            row += 1;
        }
    }
    list::close(&mut page, row)?;
    page.print(view, Paper::A4, row, None, false)?;
    Ok(page)
}

type Lines = Vec<(String, String)>;

fn line(name: &str, text: impl Into<String>) -> (String, String) {
    (name.to_owned(), text.into())
}

fn basis(view: &View) -> Lines {
    let report = view.report;
    let versions = &report.versions;
    let plan = &report.plan;
    let mut lines = vec![
        line(
            "方案",
            if plan.doc_no.is_empty() {
                plan.title.clone()
            } else {
                format!("{}（{}）", plan.title, plan.doc_no)
            },
        ),
        line("报送期", report.period.zh()),
        line("数据截至日", words::date(view.cut_off())),
        line("报送截止日", words::date(report.settings.due(report.period))),
        line("序时进度", text::schedule(view)),
    ];
    if let Some(at) = report.as_of {
        let time = report.settings.offset().to_datetime(at);
        lines.push(line("台账截至", time.strftime("%Y年%-m月%-d日 %H:%M").to_string()));
    }
    let or_unknown =
        |text: &str| if text.is_empty() { look::NOTHING.to_owned() } else { text.to_owned() };
    lines.push(line("方案版本", or_unknown(&versions.plan)));
    lines.push(line("台账校验码", or_unknown(&versions.ledger)));
    lines.push(line("程序版本", or_unknown(&versions.program)));
    if report.simulated {
        lines.push(line("数据性质", "模拟数据：由演练产生，不是真实报送，不得用于通报、考核。"));
    }
    lines
}

/// The rules in force with their settings.
fn definitions(view: &View) -> Lines {
    let settings = &view.report.settings;
    let rules = &settings.rules;
    let lights = &settings.lights;
    let n = text::number;
    let bands = |name: &str, band: crate::settings::Band| {
        format!(
            "{name}：差距不低于{}点为绿，不低于{}点为黄，再低为红",
            n(band.green),
            n(band.yellow)
        )
    };
    vec![
        line(
            "采用的数",
            "每个单位每个事项取最近一次被采用的值。累计、进度、状态本期未报的沿用前期（标“沿用”）；进展情况等文字只用本期的。",
        ),
        line("累计类指标", "完成进度＝累计÷年度目标；差距＝完成进度－序时进度。"),
        line("增速类指标", "差距＝增速－目标，单位百分点，不按序时折算。"),
        line(
            "水平、占比类指标",
            "差距＝水平－目标（单位为%时），否则为相差的百分比；有起点的按起点到目标的进度与序时比。",
        ),
        line(
            "不高于类指标",
            "不超过目标即为100%；差距＝目标－数值（单位为%时），否则为相差的百分比。",
        ),
        line("“左右”类目标", format!("相差在{}%以内即为达标。", rules.about_tolerance)),
        line(
            "定性任务",
            "完成进度取单位所报；没有填进度的按办理状态折算（标“按状态”）：已完成100，未启动0，推进中等于序时，进展滞后为序时减10点。",
        ),
        line(
            "序时进度",
            if rules.schedule.is_empty() {
                format!(
                    "按月均分（n/12）；目标不超过{}件的累计指标年底到期；季度、半年指标在首个应报月之前不计。",
                    rules.small_target_pieces
                )
            } else {
                "按本单位设定的各月末百分比；个别指标另有曲线的从其曲线；季度、半年指标在首个应报月之前不计。".to_owned()
            },
        ),
        line(
            "多个牵头单位",
            match rules.lead_rule {
                LeadRule::All => {
                    "任务的进度取各牵头单位的平均，未报的按0计；各牵头单位都完成，任务才算完成。"
                }
                LeadRule::First => "以排名首位的牵头单位所报为准；首位未报的，看下一位。",
            },
        ),
        line(
            "判定",
            format!(
                "依次判定，先符合的为准：已完成；未报（没有一个牵头单位报过）；逾期未完成；未启动；欠序时（有一项差距为负）；超序时（各项差距不低于{}点，增速、占比不低于{}点，其他水平和上限不低于{}点）；达序时。有缺报的任务最好为达序时。",
                n(rules.ahead_on_schedule),
                n(rules.ahead_growth),
                n(rules.ahead_level)
            ),
        ),
        line(
            "已完成",
            "各牵头单位均报已完成，且应报指标都已报并达标；与数字不符的不算。已销号为督查室确认的，另计。",
        ),
        line(
            "亮灯",
            format!(
                "取任务各项中最差的灯。{}；{}；{}。逾期亮红灯；未报不亮灯；已完成单列。五项相加等于在册任务。",
                bands("按序时", lights.on_schedule),
                bands("增速、占比", lights.growth),
                bands("其他水平、上限", lights.level)
            ),
        ),
        line("预警", "目前为绿灯，但差距加上本期的变化小于0。"),
        line("达序时率", words::rule("on_schedule")),
        line("完成率", words::rule("completion")),
        line(
            "平均进度",
            "在册任务中有进度的取平均，未报按0计；已报口径只算有报送的。增速、占比等不按序时的不计入。",
        ),
        line(
            "按领导",
            "几人共同牵头的任务各计一次，折算按1/n；集体为一个名字，单列一行，成员的“集体”数不计入合计。",
        ),
        line(
            "按单位",
            format!(
                "按本单位牵头的部分判定。工作量＝牵头×{}＋点名责任×{}＋集合责任×{}。",
                settings.weights.lead, settings.weights.named, settings.weights.group
            ),
        ),
        line(
            "排名",
            format!(
                "同类单位按达序时率、再按平均进度；并列名次相同；在册任务少于{}项的、不足{}家的类别不排名。不牵头任务的单位按及时率、完整率另排。",
                settings.ranking.min_due, settings.ranking.min_units
            ),
        ),
        line(
            "报送",
            format!(
                "{}{}{}{}",
                words::rule("received"),
                words::rule("on_time"),
                words::rule("complete"),
                words::rule("first_clean")
            ),
        ),
        line("符号", "“—”：没有应计的项或没有数，不是0。“·”：0项。点：百分点。"),
    ]
}

/// `已完成 2 项 14.3%、…；占比以在册任务 14 项为100% …`.
fn class_shares(view: &View) -> String {
    let classes = &view.rates().classes;
    let rounding = view.report.settings.rules.share_rounding;
    let shares = stats::class_shares(classes, rounding);
    let rule = stats_words::share_rule(shares.of, rounding);
    let said: Vec<String> = stats::counted_classes(classes)
        .into_iter()
        .zip(&shares.tenths)
        .map(|((key, count), tenths)| {
            let word = stats_words::class(key);
            format!("{word} {count} 项 {}.{}%", tenths / 10, tenths % 10)
        })
        .collect();
    if said.is_empty() { "—".to_owned() } else { format!("{}。{rule}", said.join("、")) }
}

/// Denominators and what stands outside them.
fn left_out(view: &View) -> Lines {
    let rates: &Rates = view.rates();
    let total = rates.on_schedule.due;
    let mut lines = vec![
        line("在册任务", format!("{total} 项，为达序时率、完成率的分母。")),
        line("各类占比", class_shares(view)),
        line(
            "平均进度",
            format!(
                "计入 {} 项，不计入 {} 项（增速、占比等不按序时的，或尚未到期的）。",
                total - rates.mean_excluded.min(total),
                rates.mean_excluded
            ),
        ),
        line(
            "缺报",
            format!("{} 项任务有应报未报的指标或牵头单位，最好判为达序时。", rates.incomplete),
        ),
        line("沿用", format!("{} 项任务用了前期的数。", rates.stale)),
        line("已销号", format!("{} 项。", rates.confirmed)),
    ];
    if matches!(view.scope, Scope::Office) {
        let withdrawn = &view.report.withdrawn;
        let text = if withdrawn.is_empty() {
            "没有。".to_owned()
        } else {
            let numbers: Vec<String> = withdrawn.iter().map(|t| t.no.to_string()).collect();
            format!("{} 项，不计入：第{}项。", withdrawn.len(), numbers.join("、"))
        };
        lines.push(line("调整（撤销）的任务", text));
    }
    lines.push(line("公式", "汇总表的数都是公式，数的是“长表”各页；单击数字可到明细行。改动长表中的判定、灯，各表随之重算。"));
    lines
}
