//! Elements as nearly every program writes them, recognised at one look.
//!
//! Excel, WPS, LibreOffice, openpyxl and `rust_xlsxwriter` write nearly all cells and strings in these few shapes. Whatever
//! stands otherwise, by a blank only, is left to [`super::xml::Scanner`], which gives the same: see the tests. Reading
//! the cells of a form this way costs a third of the steps.

/// A cell without formula: `<c r="B7" s="3" t="s"><v>12</v></c>`, or a blank one: `<c r="B7" s="3"/>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cell<'a> {
    /// Row and column, from 0.
    pub(super) at: (u32, u32),
    /// Number of its format.
    pub(super) format: Option<u32>,
    /// Its type (ECMA-376 part 1, 18.18.11); `n` where none is named.
    pub(super) kind: &'a [u8],
    /// What stands in it, entities unresolved.
    pub(super) value: Option<&'a [u8]>,
}

/// The cell that `text` begins with, and what follows it.
pub(super) fn cell(text: &[u8]) -> Option<(Cell<'_>, &[u8])> {
    let (at, rest) = address(text.strip_prefix(b"<c r=\"")?)?;
    let (format, rest) = match rest.strip_prefix(b" s=\"") {
        Some(rest) => {
            let (number, rest) = number(rest, FORMAT_DIGITS)?;
            (Some(number), rest.strip_prefix(b"\"")?)
        }
        None => (None, rest),
    };
    let (kind, rest) = match rest.strip_prefix(b" t=\"") {
        Some(rest) => {
            let end = rest.iter().take(LONGEST_KIND + 1).position(|b| *b == b'"')?;
            (&rest[..end], &rest[end + 1..])
        }
        None => (&b"n"[..], rest),
    };
    if let Some(rest) = rest.strip_prefix(b"/>") {
        return Some((Cell { at, format, kind, value: None }, rest));
    }
    let (value, rest) = text_before(rest.strip_prefix(b"><v>")?, b"</v></c>")?;
    // An empty value is nothing in one kind and an empty text in another.
    (!value.is_empty()).then_some((Cell { at, format, kind, value: Some(value) }, rest))
}

/// The shared string of one run that `text` begins with, entities unresolved, and what follows it.
pub(super) fn string(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = text.strip_prefix(b"<si><t")?;
    let rest =
        rest.strip_prefix(b">").or_else(|| rest.strip_prefix(b" xml:space=\"preserve\">"))?;
    text_before(rest, b"</t></si>")
}

/// `inlineStr`, the longest type of a cell.
const LONGEST_KIND: usize = 9;
/// Excel knows 65,490 formats.
const FORMAT_DIGITS: usize = 6;
/// Digits of a row: 1,048,576.
const ROW_DIGITS: usize = 7;

/// `B7"`, and what follows it.
fn address(text: &[u8]) -> Option<((u32, u32), &[u8])> {
    let letters = text.iter().take(4).take_while(|b| b.is_ascii_uppercase()).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = text[..letters].iter().fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1);
    let (row, rest) = number(&text[letters..], ROW_DIGITS)?;
    Some(((row.checked_sub(1)?, column - 1), rest.strip_prefix(b"\"")?))
}

/// A whole number of at most `most` digits, and what follows it.
fn number(text: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let digits = text.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    let number = text[..digits].iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
    (digits > 0).then_some((number, &text[digits..]))
}

/// The text before the tags `end`, with no other tag in it, and what follows them.
fn text_before<'a>(text: &'a [u8], end: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (inside, rest) = text.split_at(memchr::memchr(b'<', text)?);
    Some((inside, rest.strip_prefix(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nearly_all_write_is_recognised() {
        for (text, at, format, kind, value) in [
            (r#"<c r="B7" s="3" t="s"><v>12</v></c>"#, (6, 1), Some(3), "s", Some("12")),
            (r#"<c r="A1"><v>1.5</v></c>"#, (0, 0), None, "n", Some("1.5")),
            (r#"<c r="AA10" s="34"/>"#, (9, 26), Some(34), "n", None),
            (r#"<c r="C2" t="str"><v>a&amp;b</v></c>"#, (1, 2), None, "str", Some("a&amp;b")),
        ] {
            let (kind, value) = (kind.as_bytes(), value.map(str::as_bytes));
            let cell = Cell { at, format, kind, value };
            let followed = [text, "<x/>"].concat();
            assert_eq!(super::cell(followed.as_bytes()), Some((cell, &b"<x/>"[..])), "{text}");
        }
        assert_eq!(string(b"<si><t>a</t></si>b"), Some((&b"a"[..], &b"b"[..])));
        assert_eq!(
            string(b"<si><t xml:space=\"preserve\"> a</t></si>"),
            Some((&b" a"[..], &b""[..]))
        );
    }

    #[test]
    fn everything_else_is_left_to_the_scanner() {
        for text in [
            "",
            "<c",
            r#"<c r="B7" s="3" t="s"><v>12</v>"#,
            r#"<c r="B7" t="s" s="3"><v>12</v></c>"#,
            r#"<c r="B7"><f>A1</f><v>12</v></c>"#,
            r#"<c r="B7"><v/></c>"#,
            r#"<c r="B7"><v></v></c>"#,
            r#"<c r="B7"><v>1<!-- --></v></c>"#,
            r#"<c r="B7" ><v>1</v></c>"#,
            r#"<c r="b7"><v>1</v></c>"#,
            r#"<c r="B0"><v>1</v></c>"#,
            r#"<c r="ABCD7"><v>1</v></c>"#,
            r#"<c r="B12345678"><v>1</v></c>"#,
            r#"<c r="B7" s="1234567"><v>1</v></c>"#,
            r#"<c r="B7" t="something else"><v>1</v></c>"#,
            r#"<c s="3"/>"#,
            r#"<col r="B7"/>"#,
        ] {
            assert_eq!(cell(text.as_bytes()), None, "{text}");
        }
        for text in
            ["<si/>", "<si><t/></si>", "<si><r><t>a</t></r></si>", "<si><t>a</t>", "<si><t>a"]
        {
            assert_eq!(string(text.as_bytes()), None, "{text}");
        }
    }
}
