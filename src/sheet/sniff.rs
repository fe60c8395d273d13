//! What a file is, by its content: the name says nothing (a misnamed .xls is an everyday thing).

use super::{
    FileKind,
    guard::Archive,
    named,
    ole::{self, Ole},
};

/// Bytes of the beginning that are looked at in text files.
const HEAD: usize = 4_096;

/// What a file is, by its content (文件类型识别).
///
/// A damaged file keeps the kind its beginning shows, so that reading it says “damaged”, not “unknown”.
#[must_use]
pub fn sniff(bytes: &[u8]) -> FileKind {
    seen(bytes).0
}

/// Name of a recognised kind that stands under [`FileKind::Other`], as findings keep it: RAR, OFD, mail …
/// (`wording` has the words for each); `unknown` where nothing is recognised.
#[must_use]
pub fn other_name(bytes: &[u8]) -> &'static str {
    seen(bytes).1
}

/// Whether these bytes, sniffed as `kind`, are received but can never be read (收到但读不了): PDF, pictures, and what
/// else holds printed pages. Neither missing nor usable.
#[must_use]
pub fn is_received_unreadable(kind: FileKind, bytes: &[u8]) -> bool {
    match kind {
        FileKind::Pdf | FileKind::Image => true,
        FileKind::Other => named::PAGES.contains(&other_name(bytes)),
        _ => false,
    }
}

/// What is said of [`FileKind::Other`] where nothing is recognised.
const UNKNOWN: &str = "unknown";

/// The kind, and the name of what stands under [`FileKind::Other`].
fn seen(bytes: &[u8]) -> (FileKind, &'static str) {
    let plain = |kind| (kind, UNKNOWN);
    let other = |name| (FileKind::Other, name);
    match () {
        () if bytes.is_empty() => plain(FileKind::Empty),
        () if is_zip(bytes) => zip_kind(bytes),
        () if bytes.starts_with(ole::SIGNATURE) => ole_kind(bytes),
        () if is_bare_biff(bytes) => plain(FileKind::Xls),
        () if named::is_locked(bytes) => plain(FileKind::Encrypted),
        () if bytes.starts_with(b"{\\rtf") => plain(FileKind::Doc),
        () if named::is_picture(bytes) => plain(FileKind::Image),
        () if is_pdf(bytes) => plain(FileKind::Pdf),
        () if bytes.iter().all(|b| *b == 0) => other("zeros"),
        () => match named::by_signature(bytes) {
            Some(name) => other(name),
            None => text_kind(bytes),
        },
    }
}

/// A zip begins with a part, with the end record of an empty one, or with the mark of a divided one. Servers put
/// line ends or a byte order mark before it now and then.
fn is_zip(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| bytes.starts_with(*mark))
}

/// A PDF may have some bytes before its mark (its readers allow 1,024).
fn is_pdf(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(1_024)], b"%PDF-").is_some()
}

/// A zip, by the names in it; a cut-off one by the names that still stand before its parts.
fn zip_kind(bytes: &[u8]) -> (FileKind, &'static str) {
    let plain = |kind| (kind, UNKNOWN);
    let Ok(mut archive) = Archive::directory(bytes) else {
        return plain(cut_off_zip(bytes));
    };
    let has = |name: &str| {
        archive.entries.iter().any(|e| e.name.trim_start_matches('/').eq_ignore_ascii_case(name))
    };
    let under = |folder: &str| {
        archive.entries.iter().any(|e| {
            let name = e.name.trim_start_matches('/');
            name.get(..folder.len()).is_some_and(|n| n.eq_ignore_ascii_case(folder))
        })
    };
    if has("xl/workbook.bin") {
        return plain(FileKind::Xlsb);
    }
    let office = has("[Content_Types].xml");
    if office && under("xl/") || has("xl/workbook.xml") {
        let macros = has("xl/vbaProject.bin");
        return plain(if macros { FileKind::Xlsm } else { FileKind::Xlsx });
    }
    if office && under("word/") || has("word/document.xml") {
        return plain(FileKind::Docx);
    }
    if office && under("ppt/") {
        return plain(FileKind::Doc);
    }
    if let Some(name) = named::by_entries(&archive.entries) {
        return (FileKind::Other, name);
    }
    if office {
        return plain(FileKind::Xlsx);
    }
    let mimetype = archive.entries.iter().position(|e| e.name == "mimetype" && e.size < 200);
    if let Some(at) = mimetype {
        let kind = archive.take(at).unwrap_or_default();
        return if memchr::memmem::find(&kind, b"opendocument.spreadsheet").is_some() {
            plain(FileKind::Ods)
        } else if memchr::memmem::find(&kind, b"uof").is_some() {
            (FileKind::Other, "UOF")
        } else {
            plain(FileKind::Doc)
        };
    }
    let document = has("content.xml") && has("META-INF/manifest.xml");
    plain(if document { FileKind::Ods } else { FileKind::Zip })
}

/// What the local headers of a cut-off zip show.
fn cut_off_zip(bytes: &[u8]) -> FileKind {
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    match () {
        () if has(b"xl/workbook.bin") => FileKind::Xlsb,
        () if has(b"xl/") || has(b"xl\\") => FileKind::Xlsx,
        () if has(b"word/") => FileKind::Docx,
        () if has(b"opendocument.spreadsheet") => FileKind::Ods,
        () if has(b"[Content_Types].xml") => FileKind::Xlsx,
        () => FileKind::Zip,
    }
}

/// An OLE container, by the streams in it.
fn ole_kind(bytes: &[u8]) -> (FileKind, &'static str) {
    let plain = |kind| (kind, UNKNOWN);
    let container = Ole::open(bytes).filter(|c| c.names().next().is_some());
    let Some(container) = container else {
        // Cut off or looping: what it most probably is, so that reading says “damaged”.
        return plain(FileKind::Xls);
    };
    let has = |name: &str| container.names().any(|n| n.eq_ignore_ascii_case(name));
    match () {
        () if has("EncryptedPackage") || has("EncryptionInfo") => plain(FileKind::Encrypted),
        () if has("Workbook") || has("Book") => {
            let locked = container.workbook_is_encrypted();
            plain(if locked { FileKind::Encrypted } else { FileKind::Xls })
        }
        () => match named::by_streams(container.names()) {
            Some(name) => (FileKind::Other, name),
            None => plain(FileKind::Doc),
        },
    }
}

/// BIFF2–BIFF4 without a container: a BOF record stands first.
fn is_bare_biff(bytes: &[u8]) -> bool {
    matches!(
        bytes.get(..4),
        Some([0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00])
    )
}

/// HTML, XML spreadsheet 2003, CSV – or nothing known.
fn text_kind(bytes: &[u8]) -> (FileKind, &'static str) {
    let plain = |kind| (kind, UNKNOWN);
    let head = &bytes[..bytes.len().min(HEAD)];
    let decoded = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0,
        None if head.contains(&0) => match utf16_without_mark(head) {
            Some(text) => text.into(),
            None => return plain(FileKind::Other),
        },
        None if std::str::from_utf8(head).is_ok_or_cut() => String::from_utf8_lossy(head),
        None => encoding_rs::GB18030.decode(head).0,
    };
    let text = decoded.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_ascii_lowercase();
    let has = |what: &str| lower.contains(what);
    let tag = lower.starts_with('<');
    // A page saved with its pictures is a mail in form; browsers say so in its head.
    let page = has("multipart/related") && (has("snapshot-content-location") || has("<saved by"));
    if page || lower.starts_with("mime-version:") {
        return plain(FileKind::Html);
    }
    if let Some(name) = named::by_text(&lower) {
        return (FileKind::Other, name);
    }
    if tag && has("urn:schemas-microsoft-com:office:spreadsheet") && !has("<html") {
        return plain(FileKind::Xml2003);
    }
    if tag && (has("<w:worddocument") || has("word.document")) {
        return plain(FileKind::Doc);
    }
    if tag && has("<svg") {
        return plain(FileKind::Image);
    }
    let tags =
        ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<tr"];
    if tag && tags.iter().any(|t| has(t)) {
        return plain(FileKind::Html);
    }
    if lower.starts_with("<?xml") {
        return (FileKind::Other, "XML");
    }
    let odd =
        text.chars().filter(|c| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())).count();
    let unlike = odd * 20 > text.chars().count();
    plain(if unlike { FileKind::Other } else { FileKind::Csv })
}

/// UTF-16 text without a mark: as it is only where nearly every character is one that Chinese text is written in.
fn utf16_without_mark(head: &[u8]) -> Option<String> {
    let usual = |c: char| matches!(c, '\t' | '\r' | '\n' | ' '..='~' | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].into_iter().find_map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(&head[..head.len() & !1]);
        let strange = text.chars().filter(|c| !usual(*c)).count();
        (strange * 50 <= text.chars().count()).then(|| text.into_owned())
    })
}

/// Sound UTF-8, or sound but for a character cut at the end.
trait SoundOrCut {
    fn is_ok_or_cut(&self) -> bool;
}

impl SoundOrCut for Result<&str, std::str::Utf8Error> {
    fn is_ok_or_cut(&self) -> bool {
        self.as_ref().map_or_else(|e| e.error_len().is_none(), |_| true)
    }
}
