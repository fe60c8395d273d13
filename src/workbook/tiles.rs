//! A task as a tile: letter, number, gap and short title on the fill of its light.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::{look, text, view::TaskRow};
use crate::{
    sheet::style::palette,
    stats::{Class, Light},
};

/// Where a tile's neighbours have frames of their own: the white border is left out towards them, or it would erase
/// the frame.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each side")]
pub(super) struct Neighbours {
    /// The tile to the left is framed.
    pub(super) left: bool,
    /// The tile to the right is framed.
    pub(super) right: bool,
    /// The tile above is framed.
    pub(super) above: bool,
    /// The tile below is framed.
    pub(super) below: bool,
}

/// Whether tiles of a light have a frame.
pub(super) const fn is_framed(light: Light) -> bool {
    matches!(light, Light::Done | Light::None)
}

/// Which sides of a cell belong to its tile's outline.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    /// Left side.
    pub(super) left: bool,
    /// Right side.
    pub(super) right: bool,
}

/// The fill and borders of a cell of a tile.
pub(super) fn paint(format: Format, light: Light, near: Neighbours, sides: Sides) -> Format {
    let mut format = look::severe(format, light);
    let (own, color) = match light {
        Light::Done => (Some(FormatBorder::Medium), look::DONE_FRAME),
        Light::None => (Some(FormatBorder::Dashed), palette::INK),
        _ => (None, look::WHITE),
    };
    let style = |taken: bool| match own {
        Some(border) => Some(border),
        None if taken => None,
        None => Some(FormatBorder::Medium),
    };
    if let Some(border) = style(near.above) {
        format = format.set_border_top(border).set_border_top_color(color);
    }
    if let Some(border) = style(near.below) {
        format = format.set_border_bottom(border).set_border_bottom_color(color);
    }
    if sides.left
        && let Some(border) = style(near.left)
    {
        format = format.set_border_left(border).set_border_left_color(color);
    }
    if sides.right
        && let Some(border) = style(near.right)
    {
        format = format.set_border_right(border).set_border_right_color(color);
    }
    format
}

/// `32 −25.0 缺报2项`: number, gap and marks of a tile.
pub(super) fn figures(task: &TaskRow) -> (String, String) {
    let number = task.stat.no.to_string();
    // What is done has no distance to go.
    let gap = task.stat.gap.filter(|_| task.stat.class != Class::Done);
    let mut rest = gap.map(text::points).unwrap_or_default();
    if task.stat.incomplete && task.stat.reported() {
        let missing = task.stat.missing();
        let mark = if missing == 0 { "缺报".to_owned() } else { format!("缺报{missing}项") };
        if !rest.is_empty() {
            rest.push(' ');
        }
        rest.push_str(&mark);
    }
    (number, rest)
}

/// Text of a tile, left and wrapped.
pub(super) fn text_format(size: f64, light: Light) -> Format {
    look::song(size)
        .set_font_color(look::colours(light).1)
        .set_text_wrap()
        .set_align(FormatAlign::Left)
}
