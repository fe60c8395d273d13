//! From bytes to lines: encoding, markdown marks, blanks.

use encoding_rs::GB18030;

use crate::{
    diag::{Code, Diagnostic, Place},
    sheet::limits,
};

/// A plan of more characters than this is no plan: the real ones have some twenty thousand.
pub(super) const MOST_CHARS: usize = 4_000_000;

/// A line of the document without its markdown marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// Number in the document, from 1.
    pub(super) no: u32,
    /// Text, trimmed.
    pub(super) text: String,
    /// It carried a heading mark (`#`) in markdown or a heading style in a word document.
    pub(super) heading: bool,
    /// A rule (`---`) across the page.
    pub(super) rule: bool,
}

/// Reads text: UTF-8 with or without a byte order mark, else GB18030.
///
/// # Errors
/// A finding if the bytes are neither, or far too many.
pub(super) fn decode(bytes: &[u8], file: &str) -> Result<String, Box<Diagnostic>> {
    let refuse =
        |code| Box::new(Diagnostic::new(code, Place::File { file: file.to_owned() }, file));
    if bytes.len() > limits::FILE_BYTES {
        return Err(refuse(Code::PlanTooLong));
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(plain) {
        Ok(text) => text.to_owned(),
        Err(_) => match bytes {
            [0xff, 0xfe, rest @ ..] => {
                encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned()
            }
            [0xfe, 0xff, rest @ ..] => {
                encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
            }
            _ => GB18030
                .decode_without_bom_handling_and_without_replacement(bytes)
                .ok_or_else(|| refuse(Code::PlanGarbled))?
                .into_owned(),
        },
    };
    if text.contains('\0') || text.chars().filter(|c| *c == '\u{fffd}').count() > 8 {
        return Err(refuse(Code::PlanGarbled));
    }
    if text.chars().nth(MOST_CHARS).is_some() {
        return Err(refuse(Code::PlanTooLong));
    }
    Ok(text)
}

/// The non-blank lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line> {
    text.lines()
        .zip(1u32..)
        .filter_map(|(raw, no)| {
            let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let rule = trimmed.chars().count() >= 3
                && ["-", "*", "_"]
                    .iter()
                    .any(|m| trimmed.replace(' ', "").chars().all(|c| m.contains(c)));
            let heading = trimmed.starts_with('#');
            let text = trimmed.trim_start_matches(['#', '>']).replace("**", "").replace("__", "");
            let text = text.trim().to_owned();
            (!text.is_empty() || rule).then_some(Line { no, text, heading, rule })
        })
        .collect()
}

/// Puts the pieces of a paragraph together: Chinese needs no blank between lines, two Latin words do.
pub(super) fn join(into: &mut String, next: &str) {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if latin(into.chars().next_back()) && latin(next.chars().next()) {
        into.push(' ');
    }
    into.push_str(next);
}

/// Text as kept: blanks beside Chinese characters go (they are typography), those between Latin words stay single.
pub(super) fn tidy(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let wide = |c: Option<&char>| c.is_none_or(|c| !c.is_ascii());
    let mut out = String::with_capacity(text.len());
    for (at, sign) in chars.iter().enumerate() {
        if !sign.is_whitespace() {
            out.push(*sign);
            continue;
        }
        let before = chars[..at].iter().rev().find(|c| !c.is_whitespace());
        let after = chars[at..].iter().find(|c| !c.is_whitespace());
        let single = at == 0 || !chars[at - 1].is_whitespace();
        if single && !wide(before) && !wide(after) {
            out.push(' ');
        }
    }
    out
}

/// Whether a line breaks off in the middle: no sign that ends a sentence or a clause.
pub(super) fn breaks_off(text: &str) -> bool {
    !text.ends_with(['。', '；', '：', '〕', '］', ']', '】', '）', ')', '！', '？', ';', ':', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_beside_chinese_go() {
        assert_eq!(tidy("建设 5.6 万亩、 new town hall"), "建设5.6万亩、new town hall");
    }

    #[test]
    fn utf8_and_gb18030_read_alike() {
        let (gb, _, _) = GB18030.encode("一、主要目标");
        assert_eq!(decode(&gb, "x").as_deref(), Ok("一、主要目标"));
        assert_eq!(decode("\u{feff}一、主要目标".as_bytes(), "x").as_deref(), Ok("一、主要目标"));
        assert!(decode(&[0x81, 0x00, 0xff], "x").is_err());
    }

    #[test]
    fn lines_lose_their_marks() {
        let lines = lines("## **六、题目**\n\n---\n51. 文字\n");
        assert_eq!(lines[0].text, "六、题目");
        assert!(lines[0].heading && lines[1].rule && !lines[2].heading);
        assert_eq!(lines[2].no, 4);
    }
}
