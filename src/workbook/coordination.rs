//! 需协调事项: what units ask to be settled, word for word.

use super::{
    laggards, list, look,
    page::{Page, Paper, Xlsx},
    text,
    view::{TaskRow, View},
};

/// Sheet name.
pub(super) const SHEET: &str = "需协调事项";
const WIDTHS: [u32; 9] = [38, 190, 96, 150, 40, 64, 56, 218, 180];
const FIRST: u32 = 3;

/// Tasks with something to coordinate: by light, worst first, then by gap.
pub(super) fn of<'v, 'a>(view: &'v View<'a>) -> Vec<&'v TaskRow<'a>> {
    let mut tasks: Vec<&TaskRow> = view
        .tasks
        .iter()
        .filter(|t| !view.lead_texts(t, |x| x.coordination.as_deref()).is_empty())
        .collect();
    laggards::sort_worst_first(&mut tasks);
    tasks.sort_by_key(|t| look::severity(t.stat.light));
    tasks
}

/// Writes the sheet.
pub(super) fn write(view: &View) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    let tasks = of(view);
    let sub = format!("{} · {} 项，照录单位原文", text::sub_line(view), tasks.len());
    page.title(&text::title(view, SHEET), &sub, "单位：百分点", 18.0)?;
    list::head(
        &mut page,
        2,
        &[
            "序号",
            "<任务",
            "<牵头领导",
            "<牵头单位",
            "灯",
            "状态",
            "差距\n(点)",
            "<需协调事项",
            "<下步措施",
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let mut row = FIRST;
    for task in tasks {
        let stat = task.stat;
        let leaders = task.leaders();
        let units = view.lead_names(task);
        let asked = view.lead_texts(task, |t| t.coordination.as_deref());
        let next = view.lead_texts(task, |t| t.next_steps.as_deref());
        let next = if next.is_empty() { look::NOTHING.to_owned() } else { next };
        let class = look::class_word(stat.class);
        list::fit(
            &mut page,
            row,
            &[(1, task.short()), (2, &leaders), (3, &units), (5, class), (7, &asked), (8, &next)],
        )?;
        page.about_task(row, 0, page.last_column(), stat.no);
        page.number(row, 0, f64::from(stat.no.0), &list::centred_grey())?;
        page.text(row, 1, task.short(), &list::text())?;
        page.text(row, 2, &leaders, &list::text())?;
        page.text(row, 3, &units, &list::text())?;
        page.text(row, 4, look::light_word(stat.light), &list::light(stat.light))?;
        page.text(row, 5, class, &list::centred())?;
        let gap = list::centred().set_num_format(look::POINTS);
        page.gap(row, 6, stat.gap, &gap)?;
        page.text(row, 7, &asked, &list::text())?;
        page.text(row, 8, &next, &list::text())?;
        row += 1;
    }
    if row == FIRST {
        row = page.empty(row, "本期没有单位提出需协调事项。")?;
    }
    list::close(&mut page, row)?;
    page.print(view, Paper::A4, row, Some((0, 2)), false)?;
    Ok(page)
}
