//! 走势: the on-schedule rate of each row period by period, as a small line; from the fourth period on.

use rust_xlsxwriter::{ChartEmptyCells, FormatAlign, Sparkline};

use super::{
    block::Line,
    figure::{Figure, Value},
    history,
    long::Longs,
    look,
    page::{Page, Xlsx},
    view::View,
};
use crate::sheet::style::palette;

/// Fewer points than this are a decoration, not a trend.
const FROM: usize = 4;
/// More points than this would not be told apart in a cell.
const MOST: usize = 12;
/// Width of the column in pixels.
pub(super) const PX: u32 = 66;
/// Heading of the column.
pub(super) const HEAD: &str = "走势";

/// The column of a sheet, with its figures right of the print area.
pub(super) struct Spark {
    /// Column of the lines.
    column: u16,
    /// First column of the figures behind them.
    data: u16,
    /// How many periods back each point lies, oldest first.
    backs: Vec<usize>,
}

impl Spark {
    /// The column, if there are periods enough; its heads over the figures are written at once.
    pub(super) fn new(
        page: &mut Page,
        view: &View,
        head: u32,
        column: u16,
        data: u16,
    ) -> Xlsx<Option<Self>> {
        let labels = labels(view);
        if labels.is_empty() {
            return Ok(None);
        }
        let format = look::grey(9.0).set_align(FormatAlign::Center);
        for (at, (_, label)) in (data..).zip(&labels) {
            page.text(head, at, label, &format)?;
        }
        Ok(Some(Self { column, data, backs: labels.into_iter().map(|(back, _)| back).collect() }))
    }

    /// The line of a row.
    pub(super) fn row(
        &self,
        page: &mut Page,
        longs: &Longs,
        row: u32,
        line: Line,
        key: (&'static str, &str),
    ) -> Xlsx {
        let format = look::grey(9.0).set_align(FormatAlign::Center).set_num_format(look::RATE);
        for (at, back) in (self.data..).zip(&self.backs) {
            let (kind, key) = key;
            let value = longs.past_value(*back, kind, key, "达序时率");
            if let (Some(past), Some(value)) = (longs.past(*back, kind, key, "达序时率"), value)
            {
                let figure =
                    Figure::of(past.cell.clone(), "history", &past.select(), None, "达序时率");
                page.figure(row, at, &figure, &Value::Number(value), &format)?;
            }
        }
        page.blank(row, self.column, &line.name());
        let last = self.data + u16::try_from(self.backs.len()).unwrap_or(1) - 1;
        let sparkline = Sparkline::new()
            .set_range((page.name, row, self.data, row, last))
            .set_custom_min(0)
            .set_custom_max(1)
            .show_empty_cells_as(ChartEmptyCells::Gaps)
            .set_sparkline_color(palette::BLUE)
            .show_last_point(true)
            .set_last_point_color(palette::BLUE)
            .set_line_weight(1.5);
        page.ws.add_sparkline(row, self.column, &sparkline)?;
        Ok(())
    }
}

/// How many columns the sheet needs for the lines: one or none.
pub(super) fn columns(view: &View) -> usize {
    usize::from(!labels(view).is_empty())
}

/// The periods shown, oldest first: how far back, and their name.
fn labels(view: &View) -> Vec<(usize, String)> {
    let report = view.report;
    let mut labels: Vec<(usize, String)> = std::iter::once(report.period)
        .chain(report.stats.past.iter().rev().map(|p| p.period))
        .filter(|p| p.year() == report.period.year())
        .map(history::label)
        .enumerate()
        .take(MOST)
        .collect();
    labels.reverse();
    if labels.len() < FROM { Vec::new() } else { labels }
}
