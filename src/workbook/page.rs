//! One sheet being written: cells, figures with their formulas, row heights and print set-up.

use rust_xlsxwriter::{Color, Format, Formula, Url, Worksheet, XlsxError};

use super::{
    figure::{Figure, Trace, Value},
    look,
    view::View,
};
use crate::{
    sheet::{limits::EXCEL_CELL_CHARS, style::Paint},
    wording::workbook as words,
};

/// Result of writing.
pub(super) type Xlsx<T = ()> = Result<T, XlsxError>;

/// Paper of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// A4 landscape: 1,032 px at 100 %.
    A4,
    /// A3 landscape: 1,496 px at 100 %.
    A3,
}

impl Paper {
    const fn code(self) -> u8 {
        match self {
            Self::A4 => 9,
            Self::A3 => 8,
        }
    }
}

/// A sheet being written.
pub(super) struct Page {
    /// The library's sheet, for what needs no wrapper (charts, conditional formats).
    pub(super) ws: Worksheet,
    /// Sheet name.
    pub(super) name: &'static str,
    /// Widths of the printed columns in pixels.
    pub(super) widths: Vec<u32>,
    /// What the cells with figures count.
    pub(super) traces: Vec<Trace>,
    /// What the cells look like, until [`Page::painted`].
    paint: Paint,
}

impl Page {
    /// A sheet with columns of these widths (pixels).
    pub(super) fn new(name: &'static str, widths: &[u32]) -> Xlsx<Self> {
        let mut ws = Worksheet::new();
        ws.set_default_format(&look::normal(), look::NORMAL_ROW, look::NORMAL_COLUMN)?;
        ws.set_name(name)?;
        ws.set_screen_gridlines(false);
        for (column, px) in (0u16..).zip(widths) {
            ws.set_column_width_pixels(column, *px)?;
        }
        Ok(Self { ws, name, widths: widths.to_vec(), traces: Vec::new(), paint: Paint::default() })
    }

    /// The finished sheet: the formats are laid over its cells.
    pub(super) fn painted(mut self) -> Xlsx<Self> {
        std::mem::take(&mut self.paint).lay(&mut self.ws)?;
        Ok(self)
    }

    /// Last printed column.
    pub(super) fn last_column(&self) -> u16 {
        u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Pixels of the columns `first..=last`.
    pub(super) fn px(&self, first: u16, last: u16) -> u32 {
        self.widths.iter().skip(usize::from(first)).take(usize::from(last - first) + 1).sum()
    }

    /// Sets a row's height in pixels.
    pub(super) fn height(&mut self, row: u32, px: u32) -> Xlsx {
        self.ws.set_row_height(row, f64::from(px) * 0.75)?;
        Ok(())
    }

    /// Writes a text, always as a text.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Xlsx {
        if text.is_empty() {
            self.blank(row, column, format);
            return Ok(());
        }
        if text.len() > EXCEL_CELL_CHARS && text.chars().count() > EXCEL_CELL_CHARS {
            self.ws.write_string(row, column, words::too_long(text, EXCEL_CELL_CHARS))?;
        } else {
            self.ws.write_string(row, column, text)?;
        }
        self.paint.cell(row, column, format);
        Ok(())
    }

    /// Writes a text in several faces.
    pub(super) fn rich(
        &mut self,
        row: u32,
        column: u16,
        parts: &[(&Format, &str)],
        format: &Format,
    ) -> Xlsx {
        self.ws.write_rich_string(row, column, parts)?;
        self.paint.cell(row, column, format);
        Ok(())
    }

    /// Writes a number.
    pub(super) fn number(&mut self, row: u32, column: u16, value: f64, format: &Format) -> Xlsx {
        self.ws.write_number(row, column, value)?;
        self.paint.cell(row, column, format);
        Ok(())
    }

    /// Writes a number, or “—” where there is none.
    pub(super) fn maybe(
        &mut self,
        row: u32,
        column: u16,
        value: Option<f64>,
        format: &Format,
    ) -> Xlsx {
        match value {
            Some(value) => self.number(row, column, value, format),
            None => self.text(row, column, look::NOTHING, format),
        }
    }

    /// Writes a gap in points as [`look::gap`] prints it.
    pub(super) fn gap(&mut self, row: u32, column: u16, gap: Option<f64>, format: &Format) -> Xlsx {
        self.maybe(row, column, gap, &format.clone().set_num_format(look::gap(gap)))
    }

    /// Writes an empty cell with a format.
    pub(super) fn blank(&mut self, row: u32, column: u16, format: &Format) {
        self.paint.blank(row, column, format);
    }

    /// Gives all cells of a row a format.
    pub(super) fn fill(&mut self, row: u32, first: u16, last: u16, format: &Format) {
        for column in first..=last {
            self.paint.blank(row, column, format);
        }
    }

    /// Merges cells of a row (heads, titles, notes) and writes a text.
    pub(super) fn merge(&mut self, at: (u32, u16, u32, u16), text: &str, format: &Format) -> Xlsx {
        let (r1, c1, r2, c2) = at;
        if (r1, c1) == (r2, c2) {
            return self.text(r1, c1, text, format);
        }
        self.ws.merge_range(r1, c1, r2, c2, text, format)?;
        self.paint.leave(at);
        Ok(())
    }

    /// Writes a figure: its formula with the statistics' result as cached value, its trace, and a link to the rows it
    /// counts.
    pub(super) fn figure(
        &mut self,
        row: u32,
        column: u16,
        figure: &Figure,
        cached: &Value,
        format: &Format,
    ) -> Xlsx {
        if let Some(link) = &figure.link {
            let url = Url::new(format!("internal:{link}")).set_tip(words::LINK_TIP);
            self.ws.write_url_with_options(row, column, &url, "", "", Some(format))?;
        }
        let formula = Formula::new(figure.formula.as_str()).set_result(cached.as_result());
        self.ws.write_formula(row, column, formula)?;
        self.paint.cell(row, column, format);
        if let Some(trace) = &figure.trace {
            self.traces.push(trace.clone().of_cell(self.name, row, column));
        }
        Ok(())
    }

    /// Says that the cells `first..=last` of a row speak of one task.
    pub(super) fn about_task(&mut self, row: u32, first: u16, last: u16, no: crate::model::TaskNo) {
        self.traces.push(Trace::of_task(self.name, row, first, last, no));
    }

    /// A link to a place in this workbook, shown as `text`.
    pub(super) fn link(
        &mut self,
        row: u32,
        column: u16,
        place: &str,
        text: &str,
        format: &Format,
    ) -> Xlsx {
        let url = Url::new(format!("internal:{place}"));
        self.ws.write_url_with_options(row, column, &url, text, "", Some(format))?;
        self.paint.leave((row, column, row, column));
        Ok(())
    }

    /// Title and sub-line: rows 0 and 1. The medium rule under them belongs to the table's head.
    pub(super) fn title(&mut self, title: &str, left: &str, right: &str, size: f64) -> Xlsx {
        let last = self.last_column();
        let total = self.px(0, last);
        let lines = look::lines(title, total, size).min(2);
        self.height(0, (if size > 20.0 { 52 } else { 36 }) * lines)?;
        self.merge((0, 0, 0, last), title, &look::title(size).set_text_wrap())?;
        let sub = if size > 20.0 { 13.0 } else { 9.0 };
        self.height(1, if size > 20.0 { 28 } else { 20 })?;
        let grey = look::grey(sub);
        // The right half takes what its text needs.
        let mut split = last;
        let mut room = self.widths.get(usize::from(last)).copied().unwrap_or(0);
        while split > 1 && look::lines(right, room, sub) > 1 {
            split -= 1;
            room += self.widths[usize::from(split)];
        }
        self.merge((1, 0, 1, split.saturating_sub(1)), left, &grey)?;
        let right_format = grey.set_align(rust_xlsxwriter::FormatAlign::Right);
        self.merge((1, split, 1, last), right, &right_format)
    }

    /// A footnote over all printed columns; gives the row after it.
    pub(super) fn note(&mut self, row: u32, text: &str) -> Xlsx<u32> {
        let last = self.last_column();
        let format = look::grey(9.0).set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::Top);
        // Signs and digits of a note are wider in some faces than they are measured.
        let lines = look::lines(text, self.px(0, last) * 97 / 100, 9.0);
        self.height(row, lines * 17 + 6)?;
        self.merge((row, 0, row, last), text, &format)?;
        Ok(row + 1)
    }

    /// Why a sheet has no rows: sheets that would be empty say so instead of vanishing.
    pub(super) fn empty(&mut self, row: u32, text: &str) -> Xlsx<u32> {
        let last = self.last_column();
        self.height(row, 30)?;
        self.merge((row, 0, row, last), text, &look::rule_below(look::grey(10.5)))?;
        Ok(row + 1)
    }

    /// Print set-up: paper, margins, header and footer, print area down to `last_row`, repeated head rows.
    ///
    /// Margins 12 mm left and right, 14 mm above and below; one page wide, `one_page` also high.
    pub(super) fn print(
        &mut self,
        view: &View,
        paper: Paper,
        last_row: u32,
        repeat: Option<(u32, u32)>,
        one_page: bool,
    ) -> Xlsx {
        let report = view.report;
        let office = &report.settings.office.name;
        let header = words::page_header(office, self.name, report.simulated);
        let footer = words::page_footer(report.period, view.cut_off());
        self.print_with((&header, &footer), paper, last_row, repeat, one_page)
    }

    /// [`Page::print`] with header and footer as given.
    pub(super) fn print_with(
        &mut self,
        (header, footer): (&str, &str),
        paper: Paper,
        last_row: u32,
        repeat: Option<(u32, u32)>,
        one_page: bool,
    ) -> Xlsx {
        const MM: f64 = 1.0 / 25.4;
        let last_column = self.last_column();
        let ws = &mut self.ws;
        ws.set_paper_size(paper.code());
        ws.set_landscape();
        ws.set_margins(12.0 * MM, 12.0 * MM, 14.0 * MM, 14.0 * MM, 6.5 * MM, 6.5 * MM);
        ws.set_print_center_horizontally(true);
        ws.set_print_fit_to_pages(1, u16::from(one_page));
        ws.set_print_area(0, 0, last_row, last_column)?;
        if let Some((first, last)) = repeat {
            ws.set_repeat_rows(first, last)?;
        }
        ws.set_header(header);
        ws.set_footer(footer);
        Ok(())
    }

    /// Print set-up and look of a long sheet: many columns, no finery, but printable.
    pub(super) fn tab(&mut self, color: u32) {
        self.ws.set_tab_color(Color::RGB(color));
    }
}
