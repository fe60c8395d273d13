//! Native charts: lights as stacked bars, mean progress against the schedule as a line.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartAxisTickType, ChartDataLabel, ChartDataLabelPosition,
    ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType, ChartPoint,
    ChartSolidFill, ChartType,
};

use super::look;
use crate::{
    sheet::style::{CHARSET_GB2312, HEI, SONG, palette},
    stats::Light,
    wording::workbook as words,
};

/// Pixels of one category: with much fewer, LibreOffice drops every second label.
pub(super) const CATEGORY_PX: u32 = 22;
/// Pixels of the legend above and the axis title below the bars.
pub(super) const AROUND_PX: u32 = 56;

/// Where a stacked chart reads its figures: sheet, rows, columns of the categories and of the five lights.
pub(super) struct Bars<'a> {
    /// Sheet.
    pub(super) sheet: &'a str,
    /// First and last row.
    pub(super) rows: (u32, u32),
    /// Column of the labels.
    pub(super) labels: u16,
    /// Column of 已完成; the other lights follow.
    pub(super) lights: u16,
    /// Counts of the framed lights (已完成, 未报) by row: a frame of nothing would be drawn as a stroke.
    pub(super) framed: &'a [(u64, u64)],
}

fn font(face: &str, size: f64, color: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(face).set_size(size).set_color(color).set_character_set(CHARSET_GB2312);
    font
}

/// Stacked bars of the five lights, first row on top, counts in the bars.
pub(super) fn bars(from: &Bars, size: (u32, u32), legend: bool, axis: Option<&str>) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    chart.set_width(size.0).set_height(size.1);
    chart.set_alt_text(words::CHART_LIGHTS);
    for (offset, light) in (0u16..).zip(look::LIGHTS) {
        let (fill, text) = look::colours(light);
        let mut format = ChartFormat::new();
        let mut white = ChartLine::new();
        white.set_color(look::WHITE).set_width(0.75);
        match light {
            Light::Done => {
                let mut frame = ChartLine::new();
                frame.set_color(look::DONE_FRAME).set_width(1.5);
                format
                    .set_solid_fill(ChartSolidFill::new().set_color(look::WHITE))
                    .set_border(&frame);
            }
            Light::None => {
                let mut frame = ChartLine::new();
                frame.set_color(look::HATCH).set_width(0.75);
                format
                    .set_pattern_fill(
                        ChartPatternFill::new()
                            .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                            .set_foreground_color(look::HATCH)
                            .set_background_color(look::WHITE),
                    )
                    .set_border(&frame);
            }
            _ => {
                format.set_solid_fill(ChartSolidFill::new().set_color(fill)).set_border(&white);
            }
        }
        let ink = if light == Light::Red { look::WHITE } else { text };
        let mut label = ChartDataLabel::new();
        label
            .show_value()
            .set_num_format("0;;;")
            .set_position(ChartDataLabelPosition::Center)
            .set_font(&font(SONG, 9.0, ink));
        let column = from.lights + offset;
        let points: Vec<ChartPoint> = from
            .framed
            .iter()
            .map(|(done, none)| {
                let nothing =
                    (light == Light::Done && *done == 0) || (light == Light::None && *none == 0);
                if nothing {
                    let mut bare = ChartFormat::new();
                    ChartPoint::new().set_format(bare.set_no_fill().set_no_border())
                } else {
                    ChartPoint::new()
                }
            })
            .collect();
        let series = chart.add_series();
        if matches!(light, Light::Done | Light::None) {
            series.set_points(&points);
        }
        series
            .set_name(words::legend(light.key()))
            .set_categories((from.sheet, from.rows.0, from.labels, from.rows.1, from.labels))
            .set_values((from.sheet, from.rows.0, column, from.rows.1, column))
            .set_format(&mut format)
            .set_data_label(&label)
            .set_gap(30)
            .set_overlap(100);
    }
    let mut none = ChartLine::new();
    none.set_hidden(true);
    // Of a bar chart, the library calls the vertical axis y: it carries the categories.
    chart
        .y_axis()
        .set_reverse()
        .set_label_interval(1)
        .set_font(&font(HEI, 9.0, palette::INK))
        .set_major_gridlines(false)
        .set_major_tick_type(ChartAxisTickType::None)
        .set_format(ChartFormat::new().set_line(&none));
    let values = chart.x_axis();
    values.set_major_gridlines(false).set_min(0);
    if let Some(title) = axis {
        values.set_name(title).set_name_font(font(HEI, 9.0, palette::SECONDARY).unset_bold());
    }
    values.set_label_position(ChartAxisLabelPosition::None);
    values.set_major_tick_type(ChartAxisTickType::None);
    values.set_format(ChartFormat::new().set_line(&none));
    if legend {
        chart.legend().set_position(ChartLegendPosition::Top).set_font(&font(
            HEI,
            9.0,
            palette::INK,
        ));
    } else {
        chart.legend().set_hidden();
    }
    bare(&mut chart);
    chart
}

/// Where the line chart reads its figures.
pub(super) struct Trend<'a> {
    /// Sheet.
    pub(super) sheet: &'a str,
    /// First and last row, one per period of the year.
    pub(super) rows: (u32, u32),
    /// Columns: period, schedule, mean progress.
    pub(super) columns: (u16, u16, u16),
    /// Which row is this period's, from 0.
    pub(super) newest: usize,
}

/// Mean progress (solid) against the schedule (dashed), 0–100 %.
pub(super) fn trend(from: &Trend, size: (u32, u32)) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    chart.set_width(size.0).set_height(size.1);
    chart.set_alt_text(words::CHART_TREND);
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    let (first, last) = from.rows;
    let (periods, schedule, mean) = from.columns;
    let hidden = || ChartDataLabel::new().set_hidden().to_custom();
    let points = (last - first + 1) as usize;

    let mut dashed = ChartLine::new();
    dashed.set_color(palette::SECONDARY).set_width(1.25).set_dash_type(ChartLineDashType::Dash);
    // The dashed line is named on itself, two thirds along, so no legend is needed.
    let named = points * 2 / 3;
    let mut labels: Vec<ChartDataLabel> = (0..points).map(|_| hidden()).collect();
    if points > 3
        && let Some(label) = labels.get_mut(named)
    {
        let mut text = ChartDataLabel::new();
        // The space keeps the word off the line, which rises from left to right.
        let beside = format!("{}\u{3000}", words::SCHEDULE_SHORT);
        text.set_value(beside.as_str()).set_font(&font(HEI, 9.0, palette::SECONDARY));
        *label = text.to_custom();
    }
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::Left);
    chart
        .add_series()
        .set_name(words::SCHEDULE)
        .set_categories((from.sheet, first, periods, last, periods))
        .set_values((from.sheet, first, schedule, last, schedule))
        .set_format(ChartFormat::new().set_line(&dashed))
        .set_data_label(&label)
        .set_custom_data_labels(&labels);

    let mut solid = ChartLine::new();
    solid.set_color(palette::BLUE).set_width(2.5);
    let mut fill = ChartSolidFill::new();
    fill.set_color(palette::BLUE);
    let mut marker = ChartMarker::new();
    marker
        .set_type(ChartMarkerType::Circle)
        .set_size(7)
        .set_format(ChartFormat::new().set_solid_fill(&fill).set_line(&solid));
    let values: Vec<ChartDataLabel> = (0..points)
        .map(|at| if at == from.newest { ChartDataLabel::new().to_custom() } else { hidden() })
        .collect();
    let mut label = ChartDataLabel::new();
    label
        .show_value()
        .set_num_format("0.0\"%\"")
        .set_position(ChartDataLabelPosition::Above)
        .set_font(font(HEI, 9.5, palette::BLUE).set_bold());
    chart
        .add_series()
        .set_name(words::MEAN_PROGRESS)
        .set_categories((from.sheet, first, periods, last, periods))
        .set_values((from.sheet, first, mean, last, mean))
        .set_format(ChartFormat::new().set_line(&solid))
        .set_marker(&marker)
        .set_data_label(&label)
        .set_custom_data_labels(&values);

    let mut grid = ChartLine::new();
    grid.set_color(look::GRID).set_width(0.5);
    let mut axis = ChartLine::new();
    axis.set_color(palette::SECONDARY).set_width(0.75);
    let mut none = ChartLine::new();
    none.set_hidden(true);
    chart
        .x_axis()
        .set_font(&font(SONG, 9.0, palette::INK))
        .set_label_interval(if points > 14 { 4 } else { 1 })
        .set_major_tick_type(ChartAxisTickType::None)
        .set_format(ChartFormat::new().set_line(&axis));
    chart
        .y_axis()
        .set_min(0)
        .set_max(100)
        .set_major_unit(25)
        .set_num_format("0\"%\"")
        .set_font(&font(SONG, 9.0, palette::SECONDARY))
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid)
        .set_major_tick_type(ChartAxisTickType::None)
        .set_format(ChartFormat::new().set_line(&none));
    chart.legend().set_hidden();
    bare(&mut chart);
    chart
}

/// No frame, no fill, no title inside: the cell above is the title.
fn bare(chart: &mut Chart) {
    chart.title().set_hidden();
    chart.chart_area().set_format(ChartFormat::new().set_no_border().set_no_fill());
    chart.plot_area().set_format(ChartFormat::new().set_no_fill());
}
