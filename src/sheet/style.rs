//! The look shared by every workbook duban writes: faces, colours, and how much room Chinese text takes.
//!
//! Takes texts, column widths and sizes; gives line counts and row heights, because written heights do not grow by
//! themselves and the writing library's own fitting counts a hanzi as 8 of its 15 pixels. No disk, no clock.

mod paint;

use rust_xlsxwriter::{Format, Workbook};
use unicode_width::UnicodeWidthChar;

pub use self::paint::Paint;

/// Title face (小标宋), named as official typography asks; any Song face serves where it is absent.
pub const TITLE_FACE: &str = "方正小标宋简体";
/// Text face (宋体).
pub const SONG: &str = "宋体";
/// Heading face (黑体).
pub const HEI: &str = "黑体";
/// Face of figures and of what units type (微软雅黑).
pub const YAHEI: &str = "微软雅黑";
/// Character set GB2312 of a font record, so that Windows picks a Chinese face when the named one is missing.
pub const CHARSET_GB2312: u8 = 134;

/// Colours (RGB) used by forms and statistic workbooks alike.
pub mod palette {
    /// Ink and rules.
    pub const INK: u32 = 0x1F_29_33;
    /// Secondary text.
    pub const SECONDARY: u32 = 0x55_60_6C;
    /// Hairlines and thin column borders.
    pub const HAIRLINE: u32 = 0xC3_CB_D4;
    /// Quiet blocks: heads of statistic tables, cells not asked for.
    pub const QUIET: u32 = 0xEB_EF_F3;
    /// The one blue: headings over open columns, head figures, links.
    pub const BLUE: u32 = 0x24_50_7A;
    /// Headings over printed columns, data bars.
    pub const PALE_BLUE: u32 = 0xDD_E4_EB;
}

/// Pixels of a column `chars` wide, where the Normal style's digits are 7 pixels (ECMA-376 part 1, 18.3.1.13).
#[must_use]
pub fn column_px(chars: f64) -> f64 {
    chars.mul_add(7.0, 5.0)
}

/// The column width in characters that shows as `px` pixels: the inverse of [`column_px`].
#[must_use]
pub fn column_chars(px: f64) -> f64 {
    ((px - 5.0) / 7.0).max(0.0)
}

/// Effort of packing a workbook, of 9. Measured on forms: level 1 takes 0.29 of the time of the usual level 6 and
/// leaves them 1.29 times as large (24 KB for 19), which no mail box minds.
pub const PACKING: u8 = 1;

/// A new workbook, to be packed with little effort ([`PACKING`]).
#[must_use]
pub fn book() -> Workbook {
    let mut book = Workbook::new();
    book.set_zip_compression_level(PACKING);
    book
}

/// A format in `face` at `size` points, with the Chinese character set.
#[must_use]
pub fn face(face: &str, size: f64) -> Format {
    Format::new().set_font_name(face).set_font_size(size).set_font_charset(CHARSET_GB2312)
}

/// How much room text takes in one kind of workbook.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measure {
    /// Width of an ASCII character in full-width squares; the greater, the more room is left.
    pub ascii: f64,
    /// Pixels of a cell that text cannot use (inner margins, indent).
    pub padding: f64,
    /// Pixels of a full-width square per point of size.
    pub square: f64,
}

impl Measure {
    /// Forms (`look/FORM.md`): indent 1 takes 17 px, an ASCII character 0.56, a square 4/3 px per point.
    pub const FORM: Self = Self { ascii: 0.56, padding: 17.0, square: 4.0 / 3.0 };
    /// Statistic workbooks (`look/WORKBOOKS.md`): no indent, ASCII 0.5, a square 1.34 px per point.
    pub const WORKBOOK: Self = Self { ascii: 0.5, padding: 6.0, square: 1.34 };

    /// Width of one line of text in full-width squares.
    ///
    /// CJK quotes, dashes, ellipses and middle dots count as one square, as Chinese faces draw them.
    #[must_use]
    pub fn text_width(&self, text: &str) -> f64 {
        text.chars().map(|c| self.char_width(c)).sum()
    }

    fn char_width(&self, c: char) -> f64 {
        // Nearly all characters are one of these two kinds; the table is asked for the others.
        if is_hanzi(c) {
            return 1.0;
        }
        if matches!(c, ' '..='~') {
            return self.ascii;
        }
        match c.width_cjk() {
            None | Some(0) => 0.0,
            Some(1) => self.ascii,
            Some(_) => 1.0,
        }
    }

    /// Full-width squares that fit on one line of a cell `px` pixels wide, at `size` points; at least 1.
    #[must_use]
    pub fn capacity(&self, px: f64, size: f64) -> f64 {
        ((px - self.padding) / (size * self.square)).max(1.0)
    }

    /// Lines that `text` takes in a wrapped cell `px` pixels wide, at `size` points; an empty text takes one.
    ///
    /// Typed line breaks are kept. A hanzi may stand at any place, a run of letters or digits stays together
    /// where it fits; a closing mark that does not fit takes one character along, an opening mark does not end a line.
    #[must_use]
    pub fn lines(&self, text: &str, px: f64, size: f64) -> u32 {
        let capacity = self.capacity(px, size);
        let total: u32 = text.split('\n').map(|line| self.wrapped(line, capacity)).sum();
        total.max(1)
    }

    /// Lines of one paragraph at `capacity` squares a line.
    fn wrapped(&self, paragraph: &str, capacity: f64) -> u32 {
        let mut lines = 1;
        let mut used = 0.0;
        let mut chunk = 0.0;
        let mut previous: Option<char> = None;
        for c in paragraph.chars().filter(|c| *c != '\r') {
            let width = self.char_width(c);
            if previous.is_some_and(|p| may_break(p, c)) {
                used += chunk;
                chunk = 0.0;
            }
            if used + chunk + width > capacity + TOLERANCE && c != ' ' {
                if used > 0.0 {
                    lines += 1;
                    used = 0.0;
                }
                // A run longer than a line is cut where the line ends.
                if chunk + width > capacity + TOLERANCE {
                    lines += 1;
                    chunk = 0.0;
                }
            }
            chunk += width;
            previous = Some(c);
        }
        lines
    }
}

/// Rounding of sums of widths must not make a line of exactly full capacity wrap.
const TOLERANCE: f64 = 1e-6;

/// Whether a line may end between the two characters.
fn may_break(before: char, after: char) -> bool {
    if is_closing(after) || is_opening(before) {
        return false;
    }
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '_' | '-' | '/');
    !(word(before) && word(after)) && after != ' '
}

/// A character of the block of unified ideographs.
fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Marks that do not begin a line.
fn is_closing(c: char) -> bool {
    !is_hanzi(c) && "，。、；：？！”’）》〉〕】」』％…,.;:?!)]}".contains(c)
}

/// Marks that do not end a line.
fn is_opening(c: char) -> bool {
    !is_hanzi(c) && "“‘（《〈〔【「『([{".contains(c)
}

/// Height in points of a form row with `lines` lines at `size` points: 1.46 fits Noto, the tallest substitute face.
#[must_use]
pub fn row_height(lines: u32, size: f64) -> f64 {
    (f64::from(lines) * size).mul_add(1.46, 9.0)
}

/// Height in pixels of a dense list row of a statistic workbook with `lines` lines.
#[must_use]
pub fn list_row_px(lines: u32) -> u32 {
    lines.saturating_mul(18).saturating_add(7)
}

/// [`Measure::text_width`] of a form.
#[must_use]
pub fn text_width(text: &str) -> f64 {
    Measure::FORM.text_width(text)
}

/// [`Measure::lines`] of a form: a column `chars` wide, `size` points.
#[must_use]
pub fn lines(text: &str, chars: f64, size: f64) -> u32 {
    Measure::FORM.lines(text, column_px(chars), size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_dashes_take_a_full_square() {
        for (text, squares) in
            [("完成", 2.0), ("“好”", 3.0), ("——", 2.0), ("…", 1.0), ("１２", 2.0)]
        {
            assert!((text_width(text) - squares).abs() < 1e-9, "{text}");
        }
        assert!((text_width("12.5%") - 5.0 * 0.56).abs() < 1e-9);
    }

    #[test]
    fn lines_follow_the_capacity_of_the_cell() {
        // 17 + 10 squares of 12 px: ten hanzi at 9 pt fit, eleven do not.
        let measure = Measure::FORM;
        assert_eq!(measure.lines("一二三四五六七八九十", 137.0, 9.0), 1);
        assert_eq!(measure.lines("一二三四五六七八九十一", 137.0, 9.0), 2);
        assert_eq!(measure.lines("", 137.0, 9.0), 1);
        assert_eq!(measure.lines("一\n二\n三", 137.0, 9.0), 3);
    }

    #[test]
    fn a_closing_mark_takes_one_character_along() {
        let measure = Measure::FORM;
        assert_eq!(measure.lines("一二三四五六七八九十。", 137.0, 9.0), 2);
        // 19 hanzi and a mark: the mark pulls one hanzi down, so the second line still holds it all.
        assert_eq!(measure.lines("一二三四五六七八九十。二三四五六七八九", 137.0, 9.0), 2);
        // One more, and a third line is needed although 20 squares would do without the rule.
        assert_eq!(measure.lines("一二三四五六七八九十。二三四五六七八九十", 137.0, 9.0), 3);
    }

    #[test]
    fn a_run_longer_than_a_line_is_cut() {
        assert_eq!(Measure::FORM.lines(&"a".repeat(40), 137.0, 9.0), 3);
    }

    #[test]
    fn widths_go_there_and_back() {
        assert!((column_chars(column_px(31.57)) - 31.57).abs() < 1e-9);
    }
}
