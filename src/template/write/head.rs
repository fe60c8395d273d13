//! Head and foot: title, facts, legend, bands, headings, counter, signatures, note.

use rust_xlsxwriter::{Format, Formula, XlsxError};

use super::{
    canvas::Canvas,
    fitting,
    layout::{BAND, FACTS, FIRST, HEADINGS, LEGEND, Layout, TITLE},
    styles::FIXED,
    typed::Typed,
};
use crate::{
    model::{Field, IndicatorKind},
    sheet::{
        cell_name, range_name,
        style::{HEI, Measure, face, palette, row_height},
    },
    template::{ColumnKey, LabelKey},
    wording::template as words,
};

/// Size of the unit's name, largest first: the first that fits is taken.
const NAME_SIZES: [f64; 3] = [12.0, 10.5, 9.0];
/// Least height of the row of facts, in points.
const FACTS_HEIGHT: f64 = 23.0;

/// Writes rows 1 to 5; `hints` are the values of 填报提示, for the counter's result.
pub(super) fn write(
    canvas: &mut Canvas<'_>,
    layout: &Layout<'_>,
    hints: &[i64],
) -> Result<(), XlsxError> {
    let form = layout.form;
    let title = if form.simulated {
        format!("{}（{}）", form.title, words::SIMULATED)
    } else {
        form.title.clone()
    };
    let (rows, (first, _)) = layout.counter();
    let last = if rows.0 == TITLE { first - 1 } else { layout.hint };
    canvas.merge((TITLE, 0, TITLE, last), &title, &FIXED.title)?;
    canvas.height(TITLE, 28.0)?;
    facts(canvas, layout)?;
    legend(canvas, layout)?;
    headings(canvas, layout)?;
    counter(canvas, layout, hints)
}

/// A head cell: label and value in one cell, running over its empty neighbours.
fn fact(
    canvas: &mut Canvas<'_>,
    layout: &Layout<'_>,
    column: u16,
    key: LabelKey,
    value: &str,
    face: &Format,
) -> Result<(), XlsxError> {
    let label = layout.spec.label(key).map_or("", |l| l.printed.as_str());
    let label = format!("{label}：");
    let value = fitting(value);
    let parts = [(&FIXED.label, label.as_str()), (face, &*value)];
    canvas.parts(FACTS, column, &parts, &FIXED.left)
}

fn facts(canvas: &mut Canvas<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let form = layout.form;
    let at = |key: &ColumnKey| layout.spec.place(key).unwrap_or(0);
    let role = at(&ColumnKey::Role);
    // The name has the room up to 报送期; what does not fit at the smallest size is wrapped.
    let room = layout.span_px((0, role - 1));
    let label = layout.spec.label(LabelKey::Unit).map_or("", |l| l.printed.as_str());
    let label_px = Measure::FORM.text_width(&format!("{label}：")) * 10.0 * 4.0 / 3.0;
    let width = Measure::FORM.text_width(&form.unit_name);
    let fits = |size: &&f64| width * **size * 4.0 / 3.0 + label_px + 6.0 <= room;
    let mut height = FACTS_HEIGHT;
    if let Some(size) = NAME_SIZES.iter().find(fits) {
        let name = face(HEI, *size).set_bold().set_font_color(palette::INK);
        fact(canvas, layout, 0, LabelKey::Unit, &form.unit_name, &name)?;
    } else {
        let size = NAME_SIZES[2];
        let text = format!("{label}：{}", form.unit_name);
        let lines = Measure::FORM.lines(&text, room, 10.0);
        height = height.max(row_height(lines, 10.0));
        let name = face(HEI, size).set_bold().set_font_color(palette::INK);
        canvas.merge((FACTS, 0, FACTS, role - 1), "", &FIXED.left_wrapped)?;
        let label = format!("{label}：");
        let value = fitting(&form.unit_name);
        let parts = [(&FIXED.label, label.as_str()), (&name, &*value)];
        canvas.parts(FACTS, 0, &parts, &FIXED.left_wrapped)?;
    }
    fact(canvas, layout, role, LabelKey::Period, &form.period.zh(), &FIXED.value)?;
    let measure = at(&ColumnKey::Measure);
    fact(canvas, layout, measure, LabelKey::CutOff, &words::date(form.cut_off), &FIXED.value)?;
    let due = words::date_with_weekday(form.due);
    fact(canvas, layout, layout.open + 2, LabelKey::Due, &due, &FIXED.value)?;
    canvas.height(FACTS, height)
}

fn legend(canvas: &mut Canvas<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let spec = layout.spec;
    let parts = [
        (&FIXED.act, spec.words.task_first.as_str()),
        (&FIXED.plain, spec.words.task_rest.as_str()),
    ];
    canvas.parts(LEGEND, 0, &parts, &FIXED.left)?;
    canvas.put(LEGEND, layout.open - 1, words::COLOURS, &FIXED.right)?;
    canvas.put(LEGEND, layout.open, words::REQUIRED, &FIXED.sample_missing)?;
    canvas.put(LEGEND, layout.open + 1, words::OPTIONAL, &FIXED.sample_open)?;
    canvas.put(LEGEND, layout.open + 2, words::CLOSED, &FIXED.sample_closed)?;
    let behind = words::behind(common_share(layout));
    let behind = format!("{behind}　");
    let parts = [
        (&FIXED.amber, "▼"),
        (&FIXED.secondary, behind.as_str()),
        (&FIXED.red, words::RED.0),
        (&FIXED.secondary, words::RED.1),
    ];
    canvas.parts(LEGEND, layout.open + 3, &parts, &FIXED.left)?;
    canvas.height(LEGEND, 21.0)
}

/// The schedule share most rows on the schedule have, in percent; none if there are no such rows.
fn common_share(layout: &Layout<'_>) -> Option<f64> {
    let mut shares: Vec<f64> = layout
        .form
        .rows
        .iter()
        .filter(|r| match &r.figure {
            Some(figure) => figure.kind == IndicatorKind::Cumulative && figure.due,
            None => r.accepts(Field::Progress),
        })
        .map(|r| r.schedule)
        .collect();
    shares.sort_by(f64::total_cmp);
    let runs = shares.chunk_by(|a, b| a.total_cmp(b).is_eq());
    runs.max_by_key(|run| run.len()).and_then(|run| run.first().copied()).filter(|s| *s > 0.0)
}

fn headings(canvas: &mut Canvas<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let spec = layout.spec;
    for (column, at) in spec.columns.iter().zip(0u16..) {
        let open = column.key.is_open();
        let (band, head) = if open {
            (&FIXED.band_open, &FIXED.head_open)
        } else {
            (&FIXED.band_printed, &FIXED.head_printed)
        };
        canvas.put(BAND, at, "", band)?;
        let size = if open { 9.5 } else { 9.0 };
        canvas.put(HEADINGS, at, &broken(column.printed.as_str(), layout.px(at), size), head)?;
    }
    let words = &spec.words;
    canvas.merge((BAND, 0, BAND, layout.open - 1), &words.printed, &FIXED.band_printed)?;
    let (first, last) = (layout.open, layout.open_last);
    canvas.merge((BAND, first, BAND, last), &words.open, &FIXED.band_open)?;
    canvas.put(BAND, layout.hint, &words.automatic, &FIXED.band_printed)?;
    canvas.height(BAND, 16.0)?;
    let lines = spec.columns.iter().zip(0u16..).map(|(c, at)| {
        let size = if c.key.is_open() { 9.5 } else { 9.0 };
        if layout.px(at) > 0.0 { heading_lines(&c.printed, layout.px(at), size) } else { 1 }
    });
    let most = lines.max().unwrap_or(2);
    let height = if most <= 2 { 29.0 } else { row_height(most, 9.5) };
    canvas.height(HEADINGS, height)
}

/// Cells of headings have hardly any margin.
const HEADING: Measure = Measure { padding: 6.0, ..Measure::FORM };

fn heading_lines(text: &str, px: f64, size: f64) -> u32 {
    HEADING.lines(text, px, size)
}

/// A heading in two lines of like length, where the office wrote it as one that does not fit.
fn broken(text: &str, px: f64, size: f64) -> String {
    if text.contains('\n') || px <= 0.0 || heading_lines(text, px, size) != 2 {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let at = text
        .chars()
        .position(|c| matches!(c, '(' | '（'))
        .filter(|n| *n > 0)
        .unwrap_or(chars.len().div_ceil(2));
    let (a, b) = chars.split_at(at);
    a.iter().chain(['\n'].iter()).chain(b).collect()
}

/// The counter: how many required cells are empty, else how many rows to check, else all clear.
fn counter(canvas: &mut Canvas<'_>, layout: &Layout<'_>, hints: &[i64]) -> Result<(), XlsxError> {
    let (rows, (first, last)) = layout.counter();
    canvas.merge((rows.0, first, rows.1, last), "", &FIXED.counter)?;
    let hint = u32::from(layout.hint);
    let all = range_name((FIRST, hint), (layout.last.max(FIRST), hint));
    let must: Vec<String> = REQUIRED_SIGNATURES
        .iter()
        .filter_map(|f| layout.signature_cell(*f))
        .map(|(row, column)| format!("(LEN(TRIM({}))=0)", cell_name(row, u32::from(column))))
        .collect();
    let owing = format!("SUMIF({all},\">0\")+{}", must.join("+"));
    let (before, after) = words::OWING;
    let (check_before, check_after) = words::TO_CHECK;
    let formula = format!(
        "IF({owing}>0,\"{before}\"&({owing})&\"{after}\",IF(COUNTIF({all},\"<0\")>0,\"{check_before}\"&COUNTIF({all},\"<0\")&\"{check_after}\",\"{}\"))",
        words::CLEAR
    );
    let blank = REQUIRED_SIGNATURES
        .iter()
        .filter(|f| Typed::text(layout.form.signed.get(f)).is_blank())
        .count();
    let owed: i64 =
        hints.iter().filter(|h| **h > 0).sum::<i64>() + i64::try_from(blank).unwrap_or(0);
    let wrong = hints.iter().filter(|h| **h < 0).count();
    let result = if owed > 0 {
        format!("{before}{owed}{after}")
    } else if wrong > 0 {
        format!("{check_before}{wrong}{check_after}")
    } else {
        words::CLEAR.to_owned()
    };
    let formula = Formula::new(formula).set_result(result);
    canvas.formula(rows.0, first, formula, &FIXED.counter)
}

/// Signatures that must be typed; 审核人 signs on paper.
pub(super) const REQUIRED_SIGNATURES: [Field; 2] = [Field::FilledBy, Field::Phone];

/// Writes the row of signatures and the note under it.
pub(super) fn foot(canvas: &mut Canvas<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    canvas.height(layout.foot - 1, 10.0)?;
    for (label, value, field) in layout.signatures() {
        let text = layout.spec.label(LabelKey::Field(field)).map_or("", |l| l.printed.as_str());
        // The text stands in the last cell of its block and runs to the left over empty ones.
        canvas.put(layout.foot, label.1, &format!("{text}："), &FIXED.foot_label)?;
        canvas.merge((layout.foot, value.0, layout.foot, value.1), "", &FIXED.foot_value)?;
        if let Typed::Text(text) = Typed::text(layout.form.signed.get(&field)) {
            canvas.put(layout.foot, value.0, text, &FIXED.foot_value)?;
        }
    }
    canvas.height(layout.foot, 26.0)?;
    let heading = |key: &ColumnKey| layout.spec.column(key).map_or("", |c| c.heading.as_str());
    let note = words::note(
        heading(&ColumnKey::Field(Field::Progress)).trim_end_matches("(%)"),
        heading(&ColumnKey::Field(Field::Cumulative)),
        heading(&ColumnKey::Target),
    );
    canvas.put(layout.note, 0, &note, &FIXED.note)?;
    canvas.height(layout.note, 18.0)
}
