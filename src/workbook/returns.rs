//! 报送情况: who returned, who is late, who is missing, how good the returns are, and a text to remind with.

use jiff::Timestamp;
use rust_xlsxwriter::FormatAlign;

use super::{
    by_unit,
    figure::{Figure, Select, Table, Value},
    list,
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::View,
};
use crate::{
    ledger::Filing,
    model::Rate,
    stats::{State, UnitState},
    wording::{Lang, grants, workbook as words},
};

/// Sheet name.
pub(super) const SHEET: &str = "报送情况";
const WIDTHS: [u32; 12] = [38, 212, 110, 70, 130, 70, 60, 60, 70, 70, 76, 66];

/// Sums of the returns shown.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    /// 应报.
    pub(super) owed: u64,
    /// 已收.
    pub(super) received: u64,
    /// 按时.
    pub(super) on_time: u64,
    /// 必填格 of received returns.
    pub(super) required: u64,
    answered: u64,
    clean: u64,
    later: u64,
    estimated: u64,
}

/// Sums over returns that are owed.
pub(super) fn sums<'a>(filings: impl IntoIterator<Item = &'a Filing>) -> Sums {
    let mut sums = Sums::default();
    for filing in filings {
        let flag = |f: bool| u64::from(f);
        sums.owed += flag(filing.owed);
        sums.received += flag(filing.owed && filing.received);
        sums.on_time += flag(filing.owed && filing.on_time);
        sums.required += filing.required;
        sums.answered += filing.answered;
        sums.clean += flag(filing.received && filing.first_clean);
        sums.later += filing.later;
        sums.estimated += flag(filing.estimated);
    }
    sums
}

/// Rows of `长表_报送` that are owed.
pub(super) fn owed() -> Select {
    Select::all(Table::Returns).is("应报", 1.0)
}

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    let due = view.report.settings.due(view.report.period);
    let sub = format!("报送截止 {} 24:00", words::date(due));
    page.title(&text::title(view, SHEET), &sub, "单位：家、天、格", 18.0)?;
    let shown: Vec<&Filing> = view.report.filings.iter().collect();
    let mut row = summary(&mut page, longs, &sums(shown.iter().copied()))?;
    text::section_heading(&mut page, row, &reminder_heading(view))?;
    row += 1;
    let reminder = reminder(view);
    let lines = look::lines(&reminder, page.px(0, page.last_column()), 10.5);
    page.height(row, (lines * 21 + 10).min(540))?;
    let last_column = page.last_column();
    let format = look::song(10.5).set_text_wrap().set_align(FormatAlign::Top);
    page.merge((row, 0, row, last_column), &reminder, &format)?;
    row += 1;
    text::section_heading(&mut page, row, "逐家报送情况（未报、无法读取、退回、迟报在前）")?;
    row += 1;
    let head = row;
    list::head(
        &mut page,
        head,
        &[
            "序",
            "<单位",
            "<类别",
            "状态",
            "收到时间",
            "迟报\n(天)",
            "错误",
            "警告",
            "必填\n(格)",
            "已填\n(格)",
            "完整率",
            "退改\n(次)",
        ],
    )?;
    row += 1;
    let first = row;
    for (serial, filing) in (1u32..).zip(ordered(view)) {
        unit_row(&mut page, view, row, serial, filing)?;
        row += 1;
    }
    if row == first {
        row = page.empty(row, "本期没有单位应报（尚未下发填报表）。")?;
    }
    list::close(&mut page, row)?;
    let last = page.note(row + 1, &note(view))?;
    page.print(view, Paper::A4, last - 1, Some((head, head)), false)?;
    Ok(page)
}

/// Four rates with their counts; gives the next row.
fn summary(page: &mut Page, longs: &Longs, sums: &Sums) -> Xlsx<u32> {
    let titles = ["", "<项目", "率", "分子", "分母", "<说明"];
    page.height(2, 26)?;
    let above = look::rule_above(look::thin_below(look::head()));
    page.merge((2, 0, 2, 1), "项目", &above)?;
    for (column, title) in [(2, "比率"), (3, "分子"), (4, "分母")] {
        page.text(2, column, title, &above)?;
    }
    let left = above.clone().set_align(FormatAlign::Left);
    page.merge((2, 5, 2, 11), "算法", &left)?;
    debug_assert_eq!(titles.len(), 6);
    let received = owed().is("已收", 1.0);
    let on_time = owed().is("按时", 1.0);
    let clean = Select::all(Table::Returns).is("首报合格", 1.0);
    let all = Select::all(Table::Returns);
    let owed = owed();
    let rates = [
        ("报送率", "received", Rate::new(sums.received, sums.owed), (&received, ""), (&owed, "")),
        ("及时率", "on_time", Rate::new(sums.on_time, sums.owed), (&on_time, ""), (&owed, "")),
        (
            "完整率",
            "complete",
            Rate::new(sums.answered, sums.required),
            (&all, "已填"),
            (&all, "必填"),
        ),
        (
            "首报合格率",
            "first_clean",
            Rate::new(sums.clean, sums.received),
            (&clean, ""),
            (&received, ""),
        ),
    ];
    let mut row = 3;
    for (name, rule, rate, done, due) in rates {
        page.height(row, 24)?;
        let body = |f| look::hairline(f);
        page.merge((row, 0, row, 1), name, &body(look::hei(10.5)))?;
        let centred = body(look::song(10.5).set_align(FormatAlign::Center));
        let cells = (format!("D{}", row + 1), format!("E{}", row + 1));
        let mut figure = Figure::rate(done.0, due.0, Some((&cells.0, &cells.1)), rule);
        if let Some(trace) = &mut figure.trace {
            trace.column = done.1;
        }
        let format = centred.clone().set_num_format(look::RATE).set_bold();
        page.figure(row, 2, &figure, &Value::maybe(rate.value()), &format)?;
        for (column, (select, added), count) in [(3, done, rate.done), (4, due, rate.due)] {
            let formula = if added.is_empty() { select.count() } else { select.sum(added) };
            let figure = Figure::of(formula, rule, select, None, added).to(longs.link(select));
            page.figure(row, column, &figure, &Value::count(count), &centred)?;
        }
        page.merge((row, 5, row, 11), words::rule(rule), &body(look::grey(9.5)))?;
        row += 1;
    }
    page.height(row, 24)?;
    let closing = |f| look::rule_below(f);
    page.merge((row, 0, row, 1), "退改次数", &closing(look::hei(10.5)))?;
    let format = closing(look::song(10.5).set_align(FormatAlign::Center));
    let figure = Figure::sum(&all, "退改次数", "returns");
    page.figure(row, 2, &figure, &Value::count(sums.later), &format)?;
    page.fill(row, 3, 4, &format);
    let said = match sums.estimated {
        0 => "首次报送之后又报的次数。".to_owned(),
        n => format!("首次报送之后又报的次数。另有 {n} 家的收到时间按文件时间推定。"),
    };
    page.merge((row, 5, row, 11), &said, &closing(look::grey(9.5)))?;
    Ok(row + 1)
}

/// How urgent a state is: missing first.
const fn urgency(state: State) -> u8 {
    match state {
        State::Missing => 0,
        State::Unreadable => 1,
        State::Rejected => 2,
        State::Late => 3,
        State::NotDue => 4,
        State::OnTime => 5,
        State::Exempt => 6,
    }
}

fn ordered<'a>(view: &View<'a>) -> Vec<&'a Filing> {
    let mut filings: Vec<&Filing> = view.report.filings.iter().collect();
    filings.sort_by_key(|f| view.state(&f.unit).map_or(7, |s| urgency(s.state)));
    filings
}

/// When a return came, in office time: `4月6日 11:14`, with 推定 where the file's own time had to serve.
pub(super) fn moment(view: &View, at: Timestamp, estimated: bool) -> String {
    let time = view.report.settings.offset().to_datetime(at).strftime("%-m月%-d日 %H:%M");
    if estimated { format!("{time}（推定）") } else { time.to_string() }
}

fn unit_row(page: &mut Page, view: &View, row: u32, serial: u32, filing: &Filing) -> Xlsx {
    let name = view.unit_name(filing.unit.as_str());
    let category = view.report.plan.registry.unit(&filing.unit).map_or("", |u| u.category.as_str());
    list::fit(page, row, &[(1, name), (2, category)])?;
    page.number(row, 0, f64::from(serial), &list::centred_grey())?;
    page.text(row, 1, name, &list::text())?;
    page.text(row, 2, category, &list::grey())?;
    let state = view.state(&filing.unit);
    let (word, loud) = by_unit::returned(view, &filing.unit);
    let format = if loud { list::centred().set_bold() } else { list::centred_grey() };
    page.text(row, 3, &word, &format)?;
    let at = state
        .and_then(|s| s.received_at)
        .map_or_else(|| look::NOTHING.to_owned(), |at| moment(view, at, filing.estimated));
    page.text(row, 4, &at, &list::centred())?;
    let late = state.and_then(|s| s.days_late).filter(|d| *d > 0);
    let count = look::hairline(look::song(list::SIZE).set_align(FormatAlign::Center))
        .set_num_format(look::LIGHT_COUNT);
    #[expect(clippy::cast_precision_loss, reason = "days stay small")]
    page.maybe(row, 5, late.map(|d| d as f64), &count)?;
    let received = filing.received;
    let cells = [
        (6, state.map(|s| s.errors)),
        (7, state.map(|s| s.warnings)),
        (8, received.then_some(filing.required)),
        (9, received.then_some(filing.answered)),
        (11, received.then_some(filing.later)),
    ];
    for (column, value) in cells {
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        page.maybe(row, column, value.map(|v| v as f64), &count)?;
    }
    let rate = Rate::new(filing.answered, filing.required).value().filter(|_| received);
    let format = list::centred().set_num_format(look::RATE);
    match (rate, view.unit_number(filing.unit.as_str())) {
        (Some(value), Some(number)) => {
            let formula = format!("J{n}/I{n}", n = row + 1);
            #[expect(clippy::cast_precision_loss, reason = "a counting number")]
            let own = Select::all(Table::Returns).is("编号", number as f64);
            let figure = Figure::of(formula, "complete", &own, Some(&own), "已填");
            page.figure(row, 10, &figure, &Value::Number(value), &format)
        }
        (Some(value), None) => page.number(row, 10, value, &format),
        (None, _) => page.text(row, 10, look::NOTHING, &format),
    }
}

fn in_state<'a>(view: &View<'a>, states: &[State]) -> Vec<&'a str> {
    view.report
        .states
        .iter()
        .filter(|s| states.contains(&s.state))
        .map(|s| view.unit_name(s.unit.as_str()))
        .collect()
}

fn reminder_heading(view: &View) -> String {
    match in_state(view, &[State::Missing, State::Unreadable, State::Rejected]).len() {
        0 => "催报：没有需要催报的单位".to_owned(),
        n => format!("催报：{n} 家，下面的话可以直接粘贴发送"),
    }
}

/// A text to paste into a message.
fn reminder(view: &View) -> String {
    let missing = in_state(view, &[State::Missing]);
    let unusable = in_state(view, &[State::Unreadable, State::Rejected]);
    let period = view.report.period.zh();
    let due = words::date(view.report.settings.due(view.report.period));
    if missing.is_empty() && unusable.is_empty() {
        return format!("{period}报送没有缺口。");
    }
    let mut said = String::new();
    if !missing.is_empty() {
        text::add(
            &mut said,
            format_args!(
                "请以下 {} 家单位尽快报送{period}任务进展（截止日 {due}，至今未收到）：{}。",
                missing.len(),
                missing.join("、")
            ),
        );
    }
    if !unusable.is_empty() {
        text::add(
            &mut said,
            format_args!(
                "请以下 {} 家单位重新报送（收到的文件无法采用）：{}。",
                unusable.len(),
                unusable.join("、")
            ),
        );
    }
    let phone = &view.report.settings.office.phone;
    if !phone.is_empty() {
        text::add(&mut said, format_args!("咨询电话：{phone}。"));
    }
    said
}

fn note(view: &View) -> String {
    let states = || view.report.states.iter();
    let name = |s: &'_ UnitState| view.unit_name(s.unit.as_str()).to_owned();
    let exempt: Vec<(String, String)> =
        states().filter_map(|s| Some((s.exempt.clone()?, name(s)))).collect();
    let extended: Vec<(String, String)> = states()
        .filter(|s| s.exempt.is_none())
        .filter_map(|s| {
            let why = s.extended.as_deref()?;
            Some((grants::extended_because(&words::date(s.due), why, Lang::Zh), name(s)))
        })
        .collect();
    format!(
        "注：已收＝至少有一份全部或部分采用的报送；按时＝首次可读报送不晚于截止日 24:00。{}收到而无法读取的，既不算未报，也不算已收。",
        grants::in_note(&exempt, &extended)
    )
}
