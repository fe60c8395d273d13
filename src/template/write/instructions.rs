//! The instruction sheet (填表说明), made from the form description: one page of A4 upright.

use std::sync::LazyLock;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::{canvas::Canvas, layout::Layout, page, styles::tint};
use crate::{
    model::{Field, Status},
    sheet::style::{HEI, Measure, SONG, TITLE_FACE, column_px, face, palette},
    template::{Column, ColumnKey, INSTRUCTIONS_NAME, LabelKey},
    wording::template as words,
};

/// Widths of the four columns in Excel characters (`look/FORM.md`).
const WIDTHS: [f64; 4] = [15.29, 7.29, 46.43, 31.29];
/// Sizes of text and of tables.
const TEXT: f64 = 10.5;
const TABLE: f64 = 10.0;

/// Short words of the narrow column stand centred, without indent.
const TABLE_CELL: Measure = Measure { padding: 13.0, ..Measure::FORM };

#[derive(Debug)]
struct Faces {
    title: Format,
    under: Format,
    part: Format,
    rule: Format,
    number: Format,
    bold: Format,
    step: Format,
    head: Format,
    name: Format,
    text: Format,
    example: Format,
    required: Format,
    optional: Format,
    closed: Format,
    word: Format,
    wrong: Format,
    right: Format,
    contact: Format,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let middle = |f: Format| f.set_align(FormatAlign::VerticalCenter);
    let centre = |f: Format| middle(f).set_align(FormatAlign::Center);
    let boxed = |f: Format| f.set_border(FormatBorder::Thin).set_border_color(palette::HAIRLINE);
    let cell = |size: f64| {
        boxed(middle(face(SONG, size)).set_font_color(palette::INK))
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_text_wrap()
    };
    let sample = |colour: u32| {
        boxed(centre(face(SONG, TABLE)).set_font_color(palette::INK)).set_background_color(colour)
    };
    Faces {
        title: centre(face(TITLE_FACE, 20.0)),
        under: centre(face(SONG, TABLE)).set_font_color(palette::SECONDARY).set_shrink(),
        part: middle(face(HEI, 12.0))
            .set_bold()
            .set_font_color(palette::BLUE)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(palette::BLUE),
        rule: Format::new()
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(palette::BLUE),
        number: middle(face(HEI, TEXT)).set_bold().set_font_color(palette::BLUE),
        bold: face(HEI, TEXT).set_bold().set_font_color(palette::INK),
        step: middle(face(SONG, TEXT)).set_font_color(palette::INK),
        head: boxed(centre(face(HEI, TABLE)).set_font_color(palette::INK))
            .set_background_color(palette::PALE_BLUE),
        name: boxed(middle(face(HEI, TABLE)).set_font_color(palette::INK))
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_text_wrap(),
        text: cell(TABLE),
        example: cell(TABLE).set_font_color(palette::SECONDARY),
        required: sample(tint::MISSING).set_border_color(tint::OUTLINE),
        optional: sample(tint::WHITE),
        closed: sample(palette::QUIET).set_font_color(palette::SECONDARY),
        word: boxed(centre(face(HEI, TABLE)).set_font_color(palette::INK)).set_shrink(),
        wrong: cell(TABLE).set_font_color(tint::ERROR),
        right: cell(TABLE).set_font_color(tint::CLEAR),
        contact: middle(face(SONG, TEXT)).set_font_color(palette::SECONDARY).set_shrink(),
    }
});

/// Writes the sheet.
pub(super) fn write(book: &mut Workbook, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(INSTRUCTIONS_NAME)?;
    for (width, at) in WIDTHS.iter().zip(0u16..) {
        sheet.set_column_width(at, *width)?;
    }
    let last = Page { canvas: Canvas::new(sheet), layout, row: 0 }.write()?;
    sheet.set_screen_gridlines(false);
    page::protect(sheet);
    sheet.set_paper_size(9).set_portrait();
    let mm = |n: f64| n / 25.4;
    sheet.set_margins(mm(14.0), mm(14.0), mm(14.0), mm(14.0), mm(6.0), mm(7.0));
    sheet.set_print_fit_to_pages(1, 1);
    sheet.set_print_center_horizontally(true);
    sheet.set_print_area(0, 0, last, 3)?;
    sheet.set_footer(page::footer(layout.form));
    if layout.form.simulated {
        sheet.set_header(page::header());
    }
    Ok(())
}

struct Page<'a> {
    canvas: Canvas<'a>,
    layout: &'a Layout<'a>,
    row: u32,
}

impl Page<'_> {
    /// Writes everything; gives the last row.
    fn write(mut self) -> Result<u32, XlsxError> {
        let form = self.layout.form;
        self.across(words::INSTRUCTIONS, 34.0, &FACES.title)?;
        let due = words::date_with_weekday(form.due);
        let label = self.layout.spec.label(LabelKey::Due).map_or("", |l| l.printed.as_str());
        let under = format!("{}　{}　　{label}：{due}", form.unit_name, form.period.zh());
        self.across(&under, 20.0, &FACES.under)?;
        self.part(0)?;
        self.steps()?;
        self.part(1)?;
        self.columns()?;
        self.part(2)?;
        self.statuses()?;
        self.part(3)?;
        self.mistakes()?;
        self.gap(8.0)?;
        self.across(&words::contact(&form.contact, &form.doc_no), 22.0, &FACES.contact)?;
        self.canvas.done()?;
        Ok(self.row - 1)
    }

    fn across(&mut self, text: &str, height: f64, format: &Format) -> Result<(), XlsxError> {
        self.canvas.merge((self.row, 0, self.row, 3), text, format)?;
        self.next(height)
    }

    fn next(&mut self, height: f64) -> Result<(), XlsxError> {
        self.canvas.height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn gap(&mut self, height: f64) -> Result<(), XlsxError> {
        self.next(height)
    }

    fn part(&mut self, n: usize) -> Result<(), XlsxError> {
        self.gap(10.0)?;
        self.canvas.put(self.row, 0, words::PARTS[n], &FACES.part)?;
        for at in 1..4 {
            self.canvas.put(self.row, at, "", &FACES.rule)?;
        }
        self.next(22.0)?;
        self.gap(5.0)
    }

    fn steps(&mut self) -> Result<(), XlsxError> {
        for (n, (first, rest)) in self.layout.spec.steps.iter().enumerate() {
            let number = format!("{}　", n + 1);
            let parts = [
                (&FACES.number, number.as_str()),
                (&FACES.bold, first.as_str()),
                (&FACES.step, rest.as_str()),
            ];
            self.canvas.parts(self.row, 0, &parts, &FACES.step)?;
            self.next(22.0)?;
        }
        Ok(())
    }

    /// Height of a row of a table: the tallest of its wrapped cells.
    fn table_row(&mut self, cells: &[(u16, u16, &str, &Format)]) -> Result<(), XlsxError> {
        let mut lines = 1;
        for (first, last, text, format) in cells {
            let px: f64 = (*first..=*last).map(|c| column_px(WIDTHS[usize::from(c)])).sum();
            lines = lines.max(TABLE_CELL.lines(text, px, TABLE));
            self.canvas.merge((self.row, *first, self.row, *last), text, format)?;
        }
        self.next(f64::from(lines).mul_add(TABLE * 1.46, 9.0))
    }

    fn columns(&mut self) -> Result<(), XlsxError> {
        let heads = words::COLUMN_HEADS;
        let head = &FACES.head;
        self.table_row(&[
            (0, 0, heads[0], head),
            (1, 1, heads[1], head),
            (2, 2, heads[2], head),
            (3, 3, heads[3], head),
        ])?;
        for column in self.layout.spec.columns.iter().filter(|c| c.key.is_open()) {
            let (word, format) = asked_word(column);
            let example = match column.key {
                ColumnKey::Field(Field::Status) if column.example.is_empty() => {
                    self.layout.spec.status_word(Status::InProgress)
                }
                _ => &column.example,
            };
            self.table_row(&[
                (0, 0, &column.heading, &FACES.name),
                (1, 1, word, format),
                (2, 2, &column.help, &FACES.text),
                (3, 3, example, &FACES.example),
            ])?;
        }
        let (help, example) = words::SIGNATURES;
        let label = |field| self.layout.spec.label(LabelKey::Field(field)).map_or("", |l| &l.text);
        let name = format!("{}、{}", label(Field::FilledBy), label(Field::Phone));
        self.table_row(&[
            (0, 0, &name, &FACES.name),
            (1, 1, words::REQUIRED, &FACES.required),
            (2, 2, help, &FACES.text),
            (3, 3, example, &FACES.example),
        ])
    }

    fn statuses(&mut self) -> Result<(), XlsxError> {
        for status in &self.layout.spec.statuses {
            self.table_row(&[
                (0, 0, &status.word, &FACES.word),
                (1, 3, &status.meaning, &FACES.text),
            ])?;
        }
        Ok(())
    }

    fn mistakes(&mut self) -> Result<(), XlsxError> {
        let heads = words::MISTAKE_HEADS;
        let head = &FACES.head;
        self.table_row(&[(0, 1, heads[0], head), (2, 2, heads[1], head), (3, 3, heads[2], head)])?;
        for mistake in &self.layout.spec.mistakes {
            let name = match &mistake.column {
                None => words::WHOLE_SHEET,
                // A mistake in a column the office dropped is not printed.
                Some(key) => match self.layout.spec.column(key) {
                    Some(column) => &column.heading,
                    None => continue,
                },
            };
            self.table_row(&[
                (0, 1, name, &FACES.name),
                (2, 2, &format!("×　{}", mistake.wrong), &FACES.wrong),
                (3, 3, &format!("√　{}", mistake.right), &FACES.right),
            ])?;
        }
        Ok(())
    }
}

/// 必填, 选填 or 自动, in the form's own fills.
fn asked_word(column: &Column) -> (&'static str, &'static Format) {
    match column.key {
        // Most rows have a figure, and there it is computed.
        ColumnKey::Field(Field::Progress) => (words::AUTOMATIC, &FACES.closed),
        _ if column.required.is_empty() => (words::OPTIONAL, &FACES.optional),
        _ => (words::REQUIRED, &FACES.required),
    }
}
