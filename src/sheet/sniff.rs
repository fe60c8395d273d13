//! What a file is, by its content: the name says nothing (a misnamed .xls is an everyday thing).

use super::{
    FileKind,
    guard::Archive,
    ole::{self, Ole},
};

/// Bytes of the beginning that are looked at in text files.
const HEAD: usize = 4_096;

/// What a file is, by its content (文件类型识别).
///
/// A damaged file keeps the kind its beginning shows, so that reading it says “damaged”, not “unknown”.
#[must_use]
pub fn sniff(bytes: &[u8]) -> FileKind {
    if bytes.is_empty() {
        return FileKind::Empty;
    }
    if bytes.starts_with(b"PK") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(ole::SIGNATURE) {
        return ole_kind(bytes);
    }
    if is_bare_biff(bytes) {
        return FileKind::Xls;
    }
    if named(bytes).is_some() {
        return FileKind::Other;
    }
    if memchr::memmem::find(&bytes[..bytes.len().min(1_024)], b"%PDF-").is_some() {
        return FileKind::Pdf;
    }
    if is_image(bytes) {
        return FileKind::Image;
    }
    text_kind(bytes)
}

/// Name of a recognised kind that stands under [`FileKind::Other`]: OFD, RAR, 7z, gzip, tar, RTF, exe.
#[must_use]
pub fn other_name(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"PK") { "OFD" } else { named(bytes).unwrap_or("?") }
}

fn named(bytes: &[u8]) -> Option<&'static str> {
    const NAMED: &[(&[u8], &str)] = &[
        (b"Rar!\x1A\x07", "RAR"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"\x1F\x8B", "gzip"),
        (b"{\\rtf", "RTF"),
        (b"MZ", "EXE"),
        (b"\x7FELF", "ELF"),
        (b"BZh", "bzip2"),
        (b"\xFD7zXZ\x00", "xz"),
        (b"SQLite format 3\x00", "SQLite"),
    ];
    let tar = bytes.get(257..262) == Some(b"ustar");
    NAMED
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, n)| *n)
        .or(tar.then_some("tar"))
}

fn is_image(bytes: &[u8]) -> bool {
    const MAGIC: &[&[u8]] = &[
        b"\xFF\xD8\xFF",
        b"\x89PNG\r\n",
        b"GIF87a",
        b"GIF89a",
        b"II*\x00",
        b"MM\x00*",
        b"\x00\x00\x01\x00",
    ];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let heif = bytes.get(4..8) == Some(b"ftyp")
        && bytes
            .get(8..12)
            .is_some_and(|b| [b"heic", b"heix", b"mif1", b"avif", b"hevc"].iter().any(|m| b == *m));
    // A bitmap says its own size, so that text beginning with BM is none.
    let bmp = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    webp || heif || bmp || MAGIC.iter().any(|m| bytes.starts_with(m))
}

/// A zip, by the names in it; a cut-off one by the names that still stand before its parts.
fn zip_kind(bytes: &[u8]) -> FileKind {
    let Ok(mut archive) = Archive::directory(bytes) else {
        return cut_off_zip(bytes);
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
        return FileKind::Xlsb;
    }
    if has("OFD.xml") {
        return FileKind::Other;
    }
    if has("[Content_Types].xml") {
        return match () {
            () if has("xl/vbaProject.bin") => FileKind::Xlsm,
            () if under("xl/") => FileKind::Xlsx,
            () if under("word/") => FileKind::Docx,
            () if under("ppt/") => FileKind::Doc,
            () => FileKind::Xlsx,
        };
    }
    let mimetype = archive.entries.iter().position(|e| e.name == "mimetype" && e.size < 200);
    if let Some(at) = mimetype {
        let kind = archive.take(at).unwrap_or_default();
        return if memchr::memmem::find(&kind, b"opendocument.spreadsheet").is_some() {
            FileKind::Ods
        } else {
            FileKind::Doc
        };
    }
    if has("content.xml") && has("META-INF/manifest.xml") {
        return FileKind::Ods;
    }
    if under("xl/") { FileKind::Xlsx } else { FileKind::Zip }
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
fn ole_kind(bytes: &[u8]) -> FileKind {
    let Some(container) = Ole::open(bytes) else {
        // Cut off or looping: what it most probably is, so that reading says “damaged”.
        return FileKind::Xls;
    };
    let has = |name: &str| container.names().any(|n| n.eq_ignore_ascii_case(name));
    match () {
        () if has("EncryptedPackage") || has("EncryptionInfo") => FileKind::Encrypted,
        () if has("Workbook") || has("Book") => {
            if container.workbook_is_encrypted() {
                FileKind::Encrypted
            } else {
                FileKind::Xls
            }
        }
        () => FileKind::Doc,
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
fn text_kind(bytes: &[u8]) -> FileKind {
    let head = &bytes[..bytes.len().min(HEAD)];
    let decoded = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0,
        None if head.contains(&0) => return FileKind::Other,
        None if std::str::from_utf8(head).is_ok_or_cut() => String::from_utf8_lossy(head),
        None => encoding_rs::GB18030.decode(head).0,
    };
    let text = decoded.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_ascii_lowercase();
    if lower.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && lower.starts_with("<?xml")
        && !lower.contains("<html")
    {
        return FileKind::Xml2003;
    }
    let tagged = ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div"];
    if lower.starts_with('<') && tagged.iter().any(|t| lower.contains(t))
        || lower.starts_with("mime-version:")
    {
        return FileKind::Html;
    }
    let odd =
        text.chars().filter(|c| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())).count();
    if text.is_empty() || lower.starts_with("<?xml") || odd * 20 > text.chars().count() {
        return FileKind::Other;
    }
    FileKind::Csv
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
