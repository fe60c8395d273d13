//! What a document is, by its bytes, and its text if it is text.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// Bytes of the largest document read; a plan of 5,000 tasks is under 3 MB.
pub(super) const DOCUMENT_BYTES: usize = 32 << 20;

/// Share of broken characters above which a text was read in the wrong encoding: one in this many.
const BROKEN_ONE_IN: usize = 200;

/// Why bytes are not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// More than [`DOCUMENT_BYTES`].
    TooLong,
    /// Text in the wrong encoding.
    Garbled,
    /// A kind of file that is not read: its name, the same in both languages.
    Kind(&'static str),
}

/// What the bytes are.
#[derive(Debug)]
pub(super) enum Document {
    /// Text.
    Text {
        /// The text, without a byte order mark.
        text: String,
        /// Characters that could not be decoded.
        broken: usize,
    },
    /// A Word document.
    Docx,
    /// A workbook of any kind.
    Workbook,
}

/// Says what `bytes` are.
///
/// # Errors
/// The code of the finding that says why they cannot be read and what to do instead.
pub(super) fn recognise(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > DOCUMENT_BYTES {
        return Err(Refusal::TooLong);
    }
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return if has(b"word/document.xml") || has(b"word/document") {
            Ok(Document::Docx)
        } else if has(b"xl/workbook") || has(b"opendocument.spreadsheet") {
            Ok(Document::Workbook)
        } else if has(b"OFD.xml") {
            Err(Refusal::Kind("OFD"))
        } else if has(b"opendocument.text") {
            Err(Refusal::Kind("ODT"))
        } else {
            Err(Refusal::Kind("zip"))
        };
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        // UTF-16 names of OLE streams.
        let stream = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            has(&wide)
        };
        return if stream("WordDocument") {
            Err(Refusal::Kind(".doc"))
        } else if stream("EncryptedPackage") {
            Err(Refusal::Kind("🔒 docx / xlsx"))
        } else if stream("Workbook") || stream("Book") {
            Ok(Document::Workbook)
        } else {
            Err(Refusal::Kind(".doc"))
        };
    }
    let start = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    if start.windows(5).any(|w| w == b"%PDF-") {
        return Err(Refusal::Kind("PDF"));
    }
    let picture: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"];
    if picture.iter().any(|p| bytes.starts_with(p)) && bytes.contains(&0) {
        return Err(Refusal::Kind("JPG / PNG / TIF"));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Refusal::Kind("RTF"));
    }
    text(bytes)
}

/// Decodes text: byte order marks, else UTF-8, else GB18030.
fn text(bytes: &[u8]) -> Result<Document, Refusal> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        String::from_utf8_lossy(rest).into_owned()
    } else if bytes.starts_with(b"\xff\xfe") {
        UTF_16LE.decode_with_bom_removal(bytes).0.into_owned()
    } else if bytes.starts_with(b"\xfe\xff") {
        UTF_16BE.decode_with_bom_removal(bytes).0.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        let utf8 = String::from_utf8_lossy(bytes);
        let national = GB18030.decode_without_bom_handling(bytes).0;
        // A few damaged bytes in UTF-8 do not make it GB18030: the reading with fewer broken characters wins.
        let better = if breaks(&utf8) <= breaks(&national) { utf8 } else { national };
        better.into_owned()
    };
    let broken = breaks(&text);
    let count = text.chars().count();
    if text.contains('\0') {
        return Err(Refusal::Kind("?"));
    }
    if broken * BROKEN_ONE_IN > count || is_mojibake(&text) {
        return Err(Refusal::Garbled);
    }
    let lower = text.get(..text.floor_char_boundary(512)).unwrap_or_default().to_ascii_lowercase();
    if lower.trim_start().starts_with("<!doctype html") || lower.contains("<html") {
        return Err(Refusal::Kind("HTML"));
    }
    Ok(Document::Text { text, broken })
}

/// Characters that no text has: the replacement sign, private use, C1 controls.
fn breaks(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}'))
        .count()
}

/// Whether the text was decoded in the wrong encoding before it was saved.
fn is_mojibake(text: &str) -> bool {
    if text.contains("锟斤拷") || text.contains("烫烫烫") {
        return true;
    }
    let sample: String = text.chars().filter(|c| !c.is_ascii()).take(4000).collect();
    let count = sample.chars().count();
    if count < 20 {
        return false;
    }
    let latin = sample.chars().filter(|c| ('\u{a1}'..='\u{ff}').contains(c)).count();
    if latin * 2 > count {
        return true;
    }
    // UTF-8 read as GBK: its bytes are UTF-8 again, but for a few that were lost. Real Chinese text never is.
    let (bytes, _, _) = GB18030.encode(&sample);
    let again = String::from_utf8_lossy(&bytes);
    let (mut sound, mut lost) = (0usize, 0usize);
    for c in again.chars().filter(|c| !c.is_ascii()) {
        *(if c == '\u{fffd}' { &mut lost } else { &mut sound }) += 1;
    }
    sound > 10 && sound > lost * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "1.地区生产总值增长5.5%以上。（牵头单位：区发展和改革局）";

    fn read(bytes: &[u8]) -> String {
        match recognise(bytes) {
            Ok(Document::Text { text, .. }) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn text_is_read_in_every_encoding_offices_save() {
        assert_eq!(read(LINE.as_bytes()), LINE);
        assert_eq!(read(&[b"\xef\xbb\xbf", LINE.as_bytes()].concat()), LINE);
        assert_eq!(read(&GB18030.encode(LINE).0), LINE);
        let wide: Vec<u8> =
            std::iter::once(0xfeff).chain(LINE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), LINE);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let code = |bytes: &[u8]| recognise(bytes).expect_err("refused");
        assert_eq!(code(b"%PDF-1.7 \xe2\xe3"), Refusal::Kind("PDF"));
        assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Refusal::Kind(".doc"));
        assert_eq!(code(b"PK\x03\x04....OFD.xml"), Refusal::Kind("OFD"));
        assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0"), Refusal::Kind("JPG / PNG / TIF"));
        assert_eq!(code("<html><table>".as_bytes()), Refusal::Kind("HTML"));
        let twice = GB18030.decode_without_bom_handling(LINE.as_bytes()).0.into_owned();
        assert_eq!(code(twice.as_bytes()), Refusal::Garbled);
        let latin: String = LINE.bytes().map(char::from).collect();
        assert_eq!(code(latin.as_bytes()), Refusal::Garbled);
    }
}
