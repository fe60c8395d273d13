//! Formats of the form, made once per program and shared by every workbook.

use std::sync::LazyLock;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::sheet::style::{HEI, SONG, TITLE_FACE, YAHEI, face, palette};

/// Colours of the form alone (`look/FORM.md`).
pub(super) mod tint {
    /// Printed cells.
    pub(crate) const PRINTED: u32 = 0xF5_F7_F9;
    /// Open, required, empty.
    pub(crate) const MISSING: u32 = 0xFF_F6_D6;
    /// Its outline.
    pub(crate) const OUTLINE: u32 = 0xB7_79_1F;
    /// To check.
    pub(crate) const ERROR: u32 = 0xA3_22_19;
    /// Behind it.
    pub(crate) const ERROR_FILL: u32 = 0xFB_E7_E4;
    /// Owing, behind schedule.
    pub(crate) const AMBER: u32 = 0x8A_4B_08;
    /// Clear.
    pub(crate) const CLEAR: u32 = 0x1E_6B_3A;
    /// Behind it.
    pub(crate) const CLEAR_FILL: u32 = 0xE6_F2_EA;
    /// Line above a task's first row and under the last.
    pub(crate) const TASK_LINE: u32 = 0x7C_8A_99;
    /// Open cells.
    pub(crate) const WHITE: u32 = 0xFF_FF_FF;
}

/// What a data cell looks like, but for its lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub(super) enum Look {
    ItemFirst,
    Item,
    Words9,
    Words8,
    Words7,
    Words65,
    Repeated,
    RoleLead,
    Role,
    Leaders,
    Measure,
    TargetPlain,
    TargetAtLeast,
    TargetAtMost,
    TargetAbout,
    Muted,
    Number,
    Percent,
    OpenFigure,
    OpenPercent,
    AutoPercent,
    OpenStatus,
    OpenText,
    Closed,
    Hint,
    Confirmed,
}

/// All looks, in order.
const LOOKS: [Look; 26] = [
    Look::ItemFirst,
    Look::Item,
    Look::Words9,
    Look::Words8,
    Look::Words7,
    Look::Words65,
    Look::Repeated,
    Look::RoleLead,
    Look::Role,
    Look::Leaders,
    Look::Measure,
    Look::TargetPlain,
    Look::TargetAtLeast,
    Look::TargetAtMost,
    Look::TargetAbout,
    Look::Muted,
    Look::Number,
    Look::Percent,
    Look::OpenFigure,
    Look::OpenPercent,
    Look::AutoPercent,
    Look::OpenStatus,
    Look::OpenText,
    Look::Closed,
    Look::Hint,
    Look::Confirmed,
];

/// Lines around a data cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Edge {
    /// First row of its task.
    pub(super) first: bool,
    /// Last row of the table.
    pub(super) last: bool,
    /// First open column: the heavy line stands left of it.
    pub(super) heavy: bool,
}

const EDGES: usize = 8;

static CELLS: LazyLock<Vec<Format>> = LazyLock::new(|| {
    LOOKS
        .iter()
        .flat_map(|look| {
            (0..EDGES).map(|n| {
                let edge = Edge { first: n & 1 > 0, last: n & 2 > 0, heavy: n & 4 > 0 };
                lined(base(*look), *look, edge)
            })
        })
        .collect()
});

/// The format of a data cell.
pub(super) fn cell(look: Look, edge: Edge) -> &'static Format {
    let n = usize::from(edge.first) | usize::from(edge.last) << 1 | usize::from(edge.heavy) << 2;
    &CELLS[look as usize * EDGES + n]
}

fn centred(format: Format) -> Format {
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

fn filled(format: Format, colour: u32) -> Format {
    format.set_background_color(colour)
}

fn words(size: f64) -> Format {
    let format = face(SONG, size).set_font_color(palette::INK).set_align(FormatAlign::Left);
    filled(format, tint::PRINTED)
        .set_align(FormatAlign::VerticalCenter)
        .set_indent(1)
        .set_text_wrap()
}

fn figures(size: f64) -> Format {
    centred(face(YAHEI, size)).set_shrink()
}

fn base(look: Look) -> Format {
    let printed = |format: Format| filled(format, tint::PRINTED);
    match look {
        Look::ItemFirst => {
            printed(centred(face(HEI, 10.0)).set_bold().set_font_color(palette::INK))
                .set_num_format("@")
                .set_shrink()
        }
        Look::Item => printed(centred(face(HEI, 10.0)).set_font_color(palette::INK))
            .set_num_format("@")
            .set_shrink(),
        Look::Words9 => words(9.0),
        Look::Words8 => words(8.0),
        Look::Words7 => words(7.0),
        Look::Words65 => words(6.5),
        Look::Repeated => {
            printed(face(SONG, 9.0)).set_num_format(";;;").set_align(FormatAlign::Fill)
        }
        Look::RoleLead => printed(centred(face(SONG, 9.0)).set_bold().set_font_color(palette::INK))
            .set_text_wrap(),
        Look::Role | Look::Leaders | Look::Measure => {
            printed(centred(face(SONG, 9.0)).set_font_color(palette::INK)).set_text_wrap()
        }
        Look::TargetAtLeast => {
            printed(figures(9.5).set_font_color(palette::INK)).set_num_format("\"≥\"General")
        }
        Look::TargetAtMost => {
            printed(figures(9.5).set_font_color(palette::INK)).set_num_format("\"≤\"General")
        }
        Look::TargetAbout => {
            printed(figures(9.5).set_font_color(palette::INK)).set_num_format("\"约\"General")
        }
        Look::Muted => {
            printed(centred(face(SONG, 8.5)).set_font_color(palette::SECONDARY)).set_text_wrap()
        }
        Look::TargetPlain | Look::Number => printed(figures(9.5).set_font_color(palette::INK)),
        Look::Percent => {
            printed(figures(9.5).set_font_color(palette::INK)).set_num_format("General\"%\"")
        }
        Look::OpenFigure | Look::OpenPercent => {
            filled(figures(11.0).set_bold(), tint::WHITE).set_unlocked()
        }
        Look::AutoPercent => {
            printed(figures(9.5).set_font_color(palette::INK)).set_num_format("0.0")
        }
        Look::OpenStatus => filled(centred(face(YAHEI, 9.5)).set_shrink(), tint::WHITE)
            .set_num_format("@")
            .set_unlocked(),
        Look::OpenText => filled(face(YAHEI, 9.5), tint::WHITE)
            .set_num_format("@")
            .set_align(FormatAlign::Left)
            .set_align(FormatAlign::VerticalCenter)
            .set_indent(1)
            .set_text_wrap()
            .set_unlocked(),
        Look::Closed => filled(face(YAHEI, 9.5), palette::QUIET),
        Look::Hint => printed(centred(face(SONG, 9.0)).set_font_color(tint::CLEAR))
            .set_num_format("\"缺\"0\"处\";\"请核对\";\"√\";@"),
        Look::Confirmed => {
            filled(centred(face(SONG, 9.0)).set_font_color(palette::SECONDARY), palette::QUIET)
        }
    }
}

/// Lines: thin between columns, hair between items of a task, a darker one above a task and under the last row,
/// the heavy one left of the open columns. A closed cell is part of one quiet block; a repeated text looks merged.
fn lined(mut format: Format, look: Look, edge: Edge) -> Format {
    let thin = FormatBorder::Thin;
    if look != Look::Closed {
        format = side(format, Side::Left, thin, palette::HAIRLINE);
        format = side(format, Side::Right, thin, palette::HAIRLINE);
    }
    if edge.first {
        format = side(format, Side::Top, thin, tint::TASK_LINE);
    } else if !matches!(look, Look::Closed | Look::Repeated) {
        format = side(format, Side::Top, FormatBorder::Hair, palette::HAIRLINE);
    }
    if edge.last {
        format = side(format, Side::Bottom, thin, tint::TASK_LINE);
    }
    if edge.heavy {
        format = side(format, Side::Left, FormatBorder::Medium, palette::BLUE);
    }
    format
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

fn side(format: Format, side: Side, line: FormatBorder, colour: u32) -> Format {
    match side {
        Side::Left => format.set_border_left(line).set_border_left_color(colour),
        Side::Right => format.set_border_right(line).set_border_right_color(colour),
        Side::Top => format.set_border_top(line).set_border_top_color(colour),
        Side::Bottom => format.set_border_bottom(line).set_border_bottom_color(colour),
    }
}

/// Formats of head, foot and instruction sheet.
#[derive(Debug)]
pub(super) struct Fixed {
    pub(super) title: Format,
    pub(super) left: Format,
    pub(super) left_wrapped: Format,
    pub(super) right: Format,
    pub(super) label: Format,
    pub(super) value: Format,
    pub(super) act: Format,
    pub(super) plain: Format,
    pub(super) amber: Format,
    pub(super) red: Format,
    pub(super) secondary: Format,
    pub(super) leader_line: Format,
    pub(super) sample_missing: Format,
    pub(super) sample_open: Format,
    pub(super) sample_closed: Format,
    pub(super) counter: Format,
    pub(super) band_printed: Format,
    pub(super) band_open: Format,
    pub(super) head_printed: Format,
    pub(super) head_open: Format,
    pub(super) foot_label: Format,
    pub(super) foot_value: Format,
    pub(super) note: Format,
}

/// Those formats.
pub(super) static FIXED: LazyLock<Fixed> = LazyLock::new(|| {
    let left =
        |format: Format| format.set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter);
    let boxed = |format: Format, colour: u32| {
        format.set_border(FormatBorder::Thin).set_border_color(colour)
    };
    let sample = || centred(face(SONG, 9.0)).set_font_color(palette::INK);
    let label = || face(SONG, 10.0).set_font_color(palette::SECONDARY);
    Fixed {
        title: centred(face(TITLE_FACE, 19.0)).set_shrink(),
        left: left(label()),
        left_wrapped: left(label()).set_text_wrap(),
        right: label().set_align(FormatAlign::Right).set_align(FormatAlign::VerticalCenter),
        label: label(),
        value: face(HEI, 10.0).set_font_color(palette::INK),
        act: face(HEI, 10.0).set_bold().set_font_color(palette::BLUE),
        plain: face(SONG, 10.0).set_font_color(palette::INK),
        amber: face(HEI, 9.0).set_bold().set_font_color(tint::AMBER),
        red: face(HEI, 9.0).set_bold().set_font_color(tint::ERROR),
        secondary: face(SONG, 9.0).set_font_color(palette::SECONDARY),
        leader_line: face(SONG, 8.5).set_font_color(palette::SECONDARY),
        sample_missing: boxed(filled(sample(), tint::MISSING), tint::OUTLINE),
        sample_open: boxed(filled(sample(), tint::WHITE), palette::HAIRLINE),
        sample_closed: boxed(
            filled(sample().set_font_color(palette::SECONDARY), palette::QUIET),
            palette::HAIRLINE,
        ),
        counter: boxed(
            filled(
                centred(face(HEI, 14.0)).set_bold().set_font_color(tint::AMBER).set_shrink(),
                tint::MISSING,
            ),
            tint::OUTLINE,
        ),
        band_printed: boxed(
            filled(centred(face(HEI, 9.0)).set_font_color(palette::SECONDARY), palette::PALE_BLUE),
            palette::HAIRLINE,
        ),
        band_open: boxed(
            filled(centred(face(HEI, 9.0)).set_bold().set_font_color(Color::White), palette::BLUE),
            palette::BLUE,
        ),
        head_printed: boxed(
            filled(
                centred(face(HEI, 9.0)).set_font_color(palette::INK).set_text_wrap(),
                palette::PALE_BLUE,
            ),
            palette::HAIRLINE,
        ),
        head_open: boxed(
            filled(
                centred(face(HEI, 9.5)).set_bold().set_font_color(Color::White).set_text_wrap(),
                palette::BLUE,
            ),
            0x5B_7D_9E,
        ),
        foot_label: label().set_align(FormatAlign::Right).set_align(FormatAlign::VerticalCenter),
        foot_value: centred(face(YAHEI, 10.0))
            .set_shrink()
            .set_num_format("@")
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(tint::TASK_LINE)
            .set_unlocked(),
        note: left(face(SONG, 8.5).set_font_color(palette::SECONDARY)),
    }
});

/// Formats laid over cells by condition.
#[derive(Debug)]
pub(super) struct Conditional {
    pub(super) missing: Format,
    pub(super) error: Format,
    pub(super) behind: Format,
    pub(super) not_out: Format,
    pub(super) owing: Format,
    pub(super) check: Format,
    pub(super) clear: Format,
}

/// Those formats.
pub(super) static CONDITIONAL: LazyLock<Conditional> = LazyLock::new(|| {
    let outlined = |f: Format, c: u32| f.set_border(FormatBorder::Thin).set_border_color(c);
    let error = || {
        Format::new().set_bold().set_font_color(tint::ERROR).set_background_color(tint::ERROR_FILL)
    };
    Conditional {
        missing: outlined(Format::new().set_background_color(tint::MISSING), tint::OUTLINE),
        error: error(),
        behind: Format::new()
            .set_bold()
            .set_font_color(tint::AMBER)
            .set_num_format("\"▼ \"0.0;\"▼ -\"0.0"),
        not_out: Format::new().set_font_color(palette::SECONDARY),
        owing: Format::new().set_bold().set_font_color(tint::AMBER),
        check: error(),
        clear: outlined(
            Format::new().set_font_color(tint::CLEAR).set_background_color(tint::CLEAR_FILL),
            tint::CLEAR,
        ),
    }
});
