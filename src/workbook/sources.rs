//! 数字来源: the file, sheet and cell every counted value came from.

use std::collections::BTreeMap;

use super::{
    Source, list, look,
    page::{Page, Paper, Xlsx},
    text,
    view::{Scope, View},
};
use crate::{
    model::{Field, Period, TaskNo},
    sheet::cell_name,
};

/// Sheet name.
pub(super) const SHEET: &str = "数字来源";
const WIDTHS: [u32; 10] = [56, 160, 120, 70, 110, 110, 208, 60, 50, 88];
/// First row of the body, from 0.
const FIRST: u32 = 3;

/// Where each task's sources begin on the sheet.
pub(super) struct Places(BTreeMap<TaskNo, (u32, String)>);

impl Places {
    /// Places of the sources the scope shows.
    pub(super) fn new(view: &View) -> Self {
        let mut places = BTreeMap::new();
        for (row, source) in (FIRST..).zip(shown(view)) {
            places
                .entry(source.item.task)
                .or_insert_with(|| (row, format!("{}!{}", source.sheet, source.cell)));
        }
        Self(places)
    }

    /// Link target and text for a task: `'数字来源'!A9`, `填报表!K15`.
    pub(super) fn of_task(&self, no: TaskNo) -> Option<(String, String)> {
        let (row, cell) = self.0.get(&no)?;
        Some((format!("'{SHEET}'!{}", cell_name(*row, 0)), cell.clone()))
    }
}

/// Sources of the scope in order of the plan: task, lead units first, item, field.
fn shown<'a>(view: &View<'a>) -> Vec<&'a Source> {
    let tasks: BTreeMap<TaskNo, usize> =
        view.tasks.iter().enumerate().map(|(at, t)| (t.task.no, at)).collect();
    let mut sources: Vec<(usize, usize, &Source)> = view
        .report
        .sources
        .iter()
        .filter(|s| !s.field.is_personal())
        .filter_map(|s| {
            let at = *tasks.get(&s.item.task)?;
            let parts = &view.tasks[at].stat.parts;
            let lead = parts.iter().position(|p| p.unit == s.unit);
            let visible = match view.scope {
                Scope::Office => true,
                Scope::Leader(_) => lead.is_some(),
                Scope::Unit(unit) => unit.key == s.unit.as_str(),
            };
            visible.then_some((at, lead.unwrap_or(usize::MAX), s))
        })
        .collect();
    sources.sort_by(|a, b| {
        let key = |s: &(usize, usize, &Source)| (s.0, s.1, s.2.item, s.2.field);
        key(a).cmp(&key(b)).then_with(|| a.2.unit.cmp(&b.2.unit))
    });
    sources.into_iter().map(|(_, _, s)| s).collect()
}

/// Writes the sheet.
pub(super) fn write(view: &View) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "每个计入的数都有一行", 18.0)?;
    list::head(
        &mut page,
        2,
        &[
            "事项编号",
            "<任务",
            "<填报单位",
            "<项目",
            "<采用的值",
            "<原文",
            "<文件",
            "工作表",
            "单元格",
            "收到时间",
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let offset = view.report.settings.offset();
    let mut row = FIRST;
    for source in shown(view) {
        let task = view.tasks.iter().find(|t| t.task.no == source.item.task);
        let short = task.map_or("", |t| t.short());
        let unit = view.unit_name(source.unit.as_str());
        let mut field = field_word(source.field).to_owned();
        if source.period != view.report.period {
            field.push_str(&carried(source.period));
        }
        let received =
            offset.to_datetime(source.received_at).strftime("%-m月%-d日 %H:%M").to_string();
        // Long texts are quoted in 任务明细 and stand whole in the file named here.
        let value = look::fitted(&source.value, WIDTHS[4], list::SIZE, 3);
        let raw = look::fitted(&source.raw, WIDTHS[5], list::SIZE, 3);
        let short = look::fitted(short, WIDTHS[1], list::SIZE, 2);
        list::fit(
            &mut page,
            row,
            &[
                (0, &source.item.to_string()),
                (1, &short),
                (2, unit),
                (3, &field),
                (4, &value),
                (5, &raw),
                (6, &source.file),
                (7, &source.sheet),
                (9, &received),
            ],
        )?;
        page.about_task(row, 0, page.last_column(), source.item.task);
        page.text(row, 0, &source.item.to_string(), &list::centred_grey())?;
        page.text(row, 1, &short, &list::text())?;
        page.text(row, 2, unit, &list::text())?;
        page.text(row, 3, &field, &list::text())?;
        page.text(row, 4, &value, &list::text())?;
        page.text(row, 5, &raw, &list::grey())?;
        page.text(row, 6, &source.file, &list::grey())?;
        page.text(row, 7, &source.sheet, &list::centred_grey())?;
        page.text(row, 8, &source.cell, &list::centred())?;
        page.text(row, 9, &received, &list::centred_grey())?;
        row += 1;
    }
    if row == FIRST {
        row = page.empty(row, "没有计入任何报送的数，因此没有来源。")?;
    } else {
        page.ws.autofilter(2, 0, row - 1, page.last_column())?;
    }
    list::close(&mut page, row)?;
    page.print(view, Paper::A4, row, Some((0, 2)), false)?;
    Ok(page)
}

/// `（沿用2月）`.
fn carried(period: Period) -> String {
    format!("\n（沿用{}）", period.zh())
}

/// A field in the form's words.
pub(super) const fn field_word(field: Field) -> &'static str {
    match field {
        Field::Cumulative => "累计",
        Field::Progress => "完成进度",
        Field::Status => "办理状态",
        Field::Narrative => "进展情况",
        Field::Problems => "存在问题",
        Field::Coordination => "需协调事项",
        Field::NextSteps => "下步措施",
        Field::FilledBy => "填报人",
        Field::Phone => "联系电话",
        Field::ReviewedBy => "审核人",
    }
}
