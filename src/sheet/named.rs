//! Kinds of files that are no workbook, each by what stands in it: the name under which a finding speaks of it.
//!
//! Signatures are those the formats' own descriptions give, or what files of that kind begin with.

use super::guard::Entry;

/// A file whose first bytes, or bytes at a fixed place, say what it is.
const SIGNATURES: &[(usize, &[u8], &str)] = &[
    (0, b"Rar!\x1A\x07", "RAR"),
    (0, b"7z\xBC\xAF\x27\x1C", "7z"),
    (0, b"\x1F\x8B", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xFD7zXZ\x00", "xz"),
    (0, b"\x28\xB5\x2F\xFD", "zstd"),
    (0, b"MSCF\x00\x00\x00\x00", "CAB"),
    (257, b"ustar", "tar"),
    (2, b"-lh", "LHA"),
    (32_769, b"CD001", "ISO"),
    (0, b"MZ", "EXE"),
    (0, b"\x7FELF", "ELF"),
    (0, b"\xCA\xFE\xBA\xBE", "Java"),
    (0, b"SQLite format 3\x00", "SQLite"),
    (4, b"Standard Jet DB", "Access"),
    (4, b"Standard ACE DB", "Access"),
    (0, b"PAR1", "Parquet"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "LNK"),
    (0, b"bplist00", "plist"),
    (0, b"%!PS", "PostScript"),
    (0, b"AT&TFORM", "DjVu"),
    (0, b"#!AMR", "audio"),
    (0, b"ID3", "audio"),
    (0, b"OggS", "audio"),
    (8, b"WAVE", "audio"),
    (4, b"ftypM4A", "audio"),
    (4, b"ftyp", "video"),
    (8, b"AVI ", "video"),
    (0, b"\x1A\x45\xDF\xA3", "video"),
    (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "video"),
];

/// Pictures: received, not readable.
const PICTURES: &[(usize, &[u8])] = &[
    (0, b"\xFF\xD8\xFF"),
    (0, b"\x89PNG\r\n"),
    (0, b"GIF87a"),
    (0, b"GIF89a"),
    (0, b"II*\x00"),
    (0, b"MM\x00*"),
    (0, b"8BPS\x00\x01"),
    (0, b"\xD7\xCD\xC6\x9A"),
    (0, b"\x00\x00\x01\x00"),
    (40, b" EMF"),
    (4, b"jP  \r\n"),
    (8, b"WEBP"),
    (4, b"ftyphe"),
    (4, b"ftypmif1"),
    (4, b"ftypmsf1"),
    (4, b"ftypavif"),
];

/// Kinds that hold printed pages (版式文件): what a unit sends as OFD is a scan by another name.
pub(super) const PAGES: &[&str] = &["OFD", "XPS", "DjVu", "PostScript"];

/// Marks that encryption software of Chinese offices puts at the head of whatever it encrypts.
const LOCKED: &[&[u8]] = &[b"E-SafeNet", b"%TSD-Header-###%"];

fn stands(bytes: &[u8], at: usize, what: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(what))
}

/// The name of a kind that its bytes show; none for text, zips and what is unknown.
pub(super) fn by_signature(bytes: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES.iter().find(|(at, what, _)| stands(bytes, *at, what));
    known.map(|(.., name)| *name).or_else(|| is_dbase(bytes).then_some("dBase"))
}

/// Whether it is a picture.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    // A bitmap says its own size, so that text beginning with BM is none.
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    bitmap || PICTURES.iter().any(|(at, what)| stands(bytes, *at, what))
}

/// Whether encryption software locked the whole file, whatever it was before.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    LOCKED.iter().any(|mark| memchr::memmem::find(head, mark).is_some())
}

/// A dBase table: version, a date, and a header whose length fits its fields of 32 bytes.
fn is_dbase(bytes: &[u8]) -> bool {
    let Some([version, _, month, day, _, _, _, _, low, high]) = bytes.first_chunk::<10>() else {
        return false;
    };
    let header = u16::from_le_bytes([*low, *high]);
    matches!(version, 0x03 | 0x30 | 0x83 | 0x8B | 0xF5)
        && (1..=12).contains(month)
        && (1..=31).contains(day)
        && header >= 33
        && matches!(header % 32, 1 | 8)
}

/// A zip that is neither a workbook nor a parcel of files, by the names in it.
pub(super) fn by_entries(entries: &[Entry]) -> Option<&'static str> {
    const MEMBERS: &[(&str, &str)] = &[
        ("OFD.xml", "OFD"),
        ("Metadata/BuildVersionHistory.plist", "iWork"),
        ("Index/Document.iwa", "iWork"),
        ("buildVersionHistory.plist", "iWork"),
        ("FixedDocumentSequence.fdseq", "XPS"),
        ("FixedDocSeq.fdseq", "XPS"),
        ("uof.xml", "UOF"),
        ("visio/document.xml", "Visio"),
        ("AndroidManifest.xml", "APK"),
        ("META-INF/MANIFEST.MF", "Java"),
    ];
    let has = |name: &str| {
        entries.iter().any(|e| e.name.trim_start_matches('/').eq_ignore_ascii_case(name))
    };
    // Mind maps are zips of two settings files.
    let mind_map = has("metadata.json") && has("content.json");
    MEMBERS
        .iter()
        .find(|(member, _)| has(member))
        .map(|(_, name)| *name)
        .or_else(|| mind_map.then_some("XMind"))
}

/// An OLE container that is no workbook, by the names of its streams; none for documents.
pub(super) fn by_streams<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    names.find_map(|name| match name {
        "VisioDocument" => Some("Visio"),
        "__properties_version1.0" => Some("mail"),
        "HwpSummaryInformation" => Some("HWP"),
        "Catalog" => Some("Thumbs"),
        _ => None,
    })
}

/// Text that is something of its own, by its beginning in lower case; none for plain text.
pub(super) fn by_text(lower: &str) -> Option<&'static str> {
    let starts = |what: &str| lower.starts_with(what);
    let tag = starts("<");
    let head_line = |what: &str| starts(what) || lower.contains(&["\n", what].concat());
    match () {
        () if tag && lower.contains("<office:document") => Some("flat ODF"),
        () if tag && (lower.contains("<uof:") || lower.contains("schemas.uof.org")) => Some("UOF"),
        () if tag && lower.contains("<plist") => Some("plist"),
        () if starts("[internetshortcut]") => Some("URL"),
        () if starts("{") && lower.contains("\"doc_id\"") => Some("Google"),
        () if starts("id;p") => Some("SYLK"),
        () if starts("table\n0,1") || starts("table\r\n0,1") => Some("DIF"),
        () if head_line("from:")
            && (head_line("subject:") || head_line("date:"))
            && (head_line("to:") || head_line("received:") || head_line("mime-version:")) =>
        {
            Some("mail")
        }
        () => None,
    }
}
