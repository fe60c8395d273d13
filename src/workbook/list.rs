//! Dense lists: one head row, wrapped texts, row heights that fit.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder,
};

use super::{
    look,
    page::{Page, Xlsx},
};
use crate::stats::Light;

/// Size of list text.
pub(super) const SIZE: f64 = 9.5;
/// Pixels of one line of list text.
const LINE: u32 = 19;

/// Writes a head row of 40 px; a heading that starts with `<` stands left.
pub(super) fn head(page: &mut Page, row: u32, titles: &[&str]) -> Xlsx {
    page.height(row, 40)?;
    let centred = look::rule_above(look::thin_below(look::head()));
    let left = look::rule_above(look::thin_below(look::head_left()));
    for (column, title) in (0u16..).zip(titles) {
        match title.strip_prefix('<') {
            Some(title) => page.text(row, column, title, &left)?,
            None => page.text(row, column, title, &centred)?,
        }
    }
    Ok(())
}

/// Wrapped text of a list.
pub(super) fn text() -> Format {
    look::hairline(look::song(SIZE).set_text_wrap())
}

/// Wrapped grey text.
pub(super) fn grey() -> Format {
    look::hairline(look::grey(SIZE).set_text_wrap())
}

/// Centred text.
pub(super) fn centred() -> Format {
    text().set_align(FormatAlign::Center)
}

/// Centred grey text.
pub(super) fn centred_grey() -> Format {
    grey().set_align(FormatAlign::Center)
}

/// A number with this format, right-aligned.
pub(super) fn number(format: &str) -> Format {
    look::hairline(look::song(SIZE).set_align(FormatAlign::Right).set_num_format(format))
}

/// Sets a row as high as its longest text needs; `texts` are (column, text).
pub(super) fn fit(page: &mut Page, row: u32, texts: &[(u16, &str)]) -> Xlsx {
    let lines = texts
        .iter()
        .map(|(column, text)| {
            let px = page.widths.get(usize::from(*column)).copied().unwrap_or(60);
            look::lines(text, px, SIZE)
        })
        .max()
        .unwrap_or(1);
    page.height(row, (lines * LINE + 5).min(540))
}

/// Cell of a light: word on its colour.
pub(super) fn light(light: Light) -> Format {
    let format = look::severe(centred(), light);
    match light {
        Light::None => format
            .set_border(FormatBorder::Dashed)
            .set_border_color(crate::sheet::style::palette::INK),
        _ => format,
    }
}

/// Recolours a column of light words, so that a recalculated cell changes with its word.
pub(super) fn paint(page: &mut Page, column: u16, first: u32, last: u32) -> Xlsx {
    if last < first {
        return Ok(());
    }
    for light in [Light::Green, Light::Yellow, Light::Red, Light::Done] {
        let (fill, ink) = look::colours(light);
        let mut format = Format::new().set_font_color(ink);
        if fill != look::WHITE {
            format = format.set_background_color(fill);
        }
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(look::light_word(light)))
            .set_format(format);
        page.ws.add_conditional_format(first, column, last, column, &rule)?;
    }
    Ok(())
}

/// Closes a list with the medium rule.
pub(super) fn close(page: &mut Page, row: u32) -> Xlsx {
    page.height(row, 6)?;
    let last = page.last_column();
    let rule = Format::new()
        .set_border_top(FormatBorder::Medium)
        .set_border_top_color(crate::sheet::style::palette::INK);
    page.fill(row, 0, last, &rule);
    Ok(())
}
