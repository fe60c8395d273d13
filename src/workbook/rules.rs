//! 统计口径: every rule in force, its settings, what was left out, and the versions the figures rest on.

use super::{
    list, look,
    page::{Page, Paper, Xlsx},
    returns, text,
    view::{Scope, View},
};
use crate::{
    stats::{self, Rates},
    wording::{stats as stats_words, workbook as words},
};

/// Sheet name.
pub(super) const SHEET: &str = "统计口径";
/// Of names and texts.
pub(super) const WIDTHS: [u32; 2] = [180, 852];

/// Writes the sheet.
pub(super) fn write(view: &View) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "", 18.0)?;
    let row = parts(
        &mut page,
        [
            ("一、依据", basis(view)),
            ("二、口径", definitions(view)),
            ("三、本期计入与不计入", left_out(view)),
        ],
    )?;
    page.print(view, Paper::A4, row, None, false)?;
    Ok(page)
}

/// Name and text of each line of a part.
pub(super) type Lines = Vec<(String, String)>;

/// Writes the parts under the title, each with its heading, and closes the list; gives the row after it.
pub(super) fn parts<'t>(
    page: &mut Page,
    parts: impl IntoIterator<Item = (&'t str, Lines)>,
) -> Xlsx<u32> {
    let mut row = 2;
    for (title, lines) in parts {
        page.height(row, 26)?;
        let format = look::rule_above(look::thin_below(look::hei(11.0)));
        page.merge((row, 0, row, 1), title, &format)?;
        row += 1;
        for (name, text) in lines {
            list::fit(page, row, &[(0, &name), (1, &text)])?;
            page.text(row, 0, &name, &look::hairline(look::hei(list::SIZE).set_text_wrap()))?;
            page.text(row, 1, &text, &list::text())?;
            row += 1;
        }
    }
    list::close(page, row)?;
    Ok(row)
}

pub(super) fn line(name: &str, text: impl Into<String>) -> (String, String) {
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

/// The rules in force with their settings: the sentences of docs/definitions.md and of `stats --json`.
fn definitions(view: &View) -> Lines {
    let mut lines: Lines = stats::definitions(&view.report.settings)
        .into_iter()
        .map(|d| {
            let formula =
                if d.formula.is_empty() { String::new() } else { format!("\n{}", d.formula) };
            line(d.zh_name, format!("{}{formula}", d.zh))
        })
        .collect();
    lines.push(line("符号", "“—”：没有应计的项或没有数，不是0。“·”：0项。点：百分点。"));
    lines
}

/// `已完成 2 项 14.3%、…；占比以在册任务 14 项为100% …`.
fn class_shares(view: &View) -> String {
    let classes = &view.rates().classes;
    let rounding = view.report.settings.rules.share_rounding;
    let shares = stats::class_shares(classes, rounding);
    let rule = stats_words::share_rule(shares.of, rounding.adds_up());
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
    let doubtful =
        view.tasks.iter().flat_map(|t| &t.task.indicators).filter(|i| !i.adopted).count();
    lines.push(line(
        "未采用的指标",
        format!("{doubtful} 个（方案台账中“采用”为“否”），不填报，不计入任何统计。"),
    ));
    if matches!(view.scope, Scope::Office) {
        lines.extend(office_denominators(view));
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

/// Denominators that only the office's workbook has: returns and ranks.
fn office_denominators(view: &View) -> Lines {
    let report = view.report;
    let sums = returns::sums(&report.filings);
    let ranked = report.stats.now.units.iter().filter(|u| u.rank.is_some()).count();
    vec![
        line(
            "报送",
            format!(
                "应报 {} 家，为报送率、及时率的分母；已收 {} 家，为首报合格率的分母；已收报送的必填格 {} 格，为完整率的分母。",
                sums.owed, sums.received, sums.required
            ),
        ),
        line(
            "排名",
            format!(
                "参加排名 {ranked} 家，不排名 {} 家（在册任务或应报不足，或同类单位太少）。",
                report.stats.now.units.len() - ranked
            ),
        ),
    ]
}
