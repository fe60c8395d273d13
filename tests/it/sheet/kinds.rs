//! Every kind of file is recognised by its content and named.

use duban::{
    diag::Code,
    sheet::{FileKind, is_received_unreadable, other_name, read, sniff},
    wording::{self, Lang},
};

use super::parts::{workbook, zip};

/// An OLE container with the named streams, each of the given bytes (at most 4 KB together).
pub(crate) fn ole(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const FREE: u32 = 0xFFFF_FFFF;
    const END: u32 = 0xFFFF_FFFE;
    let mut sectors: Vec<Vec<u8>> = vec![vec![0; 512], vec![0; 512]];
    let mut fat: Vec<u32> = vec![0xFFFF_FFFD, END];
    let mut directory = Vec::new();
    let mut entry = |name: &str, kind: u8, start: u32, size: u32| {
        let mut raw = vec![0_u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        raw[..units.len()].copy_from_slice(&units);
        raw[64..66].copy_from_slice(&u16::try_from(units.len() + 2).expect("name").to_le_bytes());
        raw[66] = kind;
        raw[116..120].copy_from_slice(&start.to_le_bytes());
        raw[120..124].copy_from_slice(&size.to_le_bytes());
        directory.extend(raw);
    };
    entry("Root Entry", 5, END, 0);
    for (name, bytes) in streams {
        let start = u32::try_from(sectors.len()).expect("few");
        let mut padded = bytes.to_vec();
        padded.resize(bytes.len().max(4096).next_multiple_of(512), 0);
        for piece in padded.chunks(512) {
            sectors.push(piece.to_vec());
            fat.push(u32::try_from(sectors.len()).expect("few"));
        }
        *fat.last_mut().expect("fat") = END;
        entry(name, 2, start, u32::try_from(padded.len()).expect("small"));
    }
    directory.resize(512, 0);
    sectors[1] = directory;
    fat.resize(128, FREE);
    sectors[0] = fat.iter().flat_map(|n| n.to_le_bytes()).collect();
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..26].copy_from_slice(&0x3E_u16.to_le_bytes());
    header[26..28].copy_from_slice(&3_u16.to_le_bytes());
    header[28..30].copy_from_slice(&0xFFFE_u16.to_le_bytes());
    header[30..32].copy_from_slice(&9_u16.to_le_bytes());
    header[32..34].copy_from_slice(&6_u16.to_le_bytes());
    header[44..48].copy_from_slice(&1_u32.to_le_bytes());
    header[48..52].copy_from_slice(&1_u32.to_le_bytes());
    header[56..60].copy_from_slice(&4096_u32.to_le_bytes());
    header[60..64].copy_from_slice(&END.to_le_bytes());
    header[68..72].copy_from_slice(&END.to_le_bytes());
    for i in 0..109 {
        let number = if i == 0 { 0 } else { FREE };
        header[76 + 4 * i..80 + 4 * i].copy_from_slice(&number.to_le_bytes());
    }
    header.extend(sectors.concat());
    header
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// What holds printed pages was sent, and cannot be read: neither missing nor refused.
#[test]
fn pages_are_received_and_unreadable() {
    let pages = [
        b"%PDF-1.7\n".to_vec(),
        b"\xFF\xD8\xFF\xE0".to_vec(),
        zip(&[("OFD.xml", b"")]),
        zip(&[("FixedDocumentSequence.fdseq", b""), ("[Content_Types].xml", b"")]),
        b"AT&TFORM".to_vec(),
        b"%!PS-Adobe-3.0".to_vec(),
        // A scan of more than the largest workbook is a scan.
        [b"%PDF-1.7\n".to_vec(), vec![0; 33 << 20]].concat(),
    ];
    for bytes in pages {
        let kind = sniff(&bytes);
        assert!(is_received_unreadable(kind, &bytes), "{kind:?}");
        let code = read(&bytes, "f").expect_err("no workbook").code;
        assert!([Code::FilePdf, Code::FileImage, Code::FileUnknown].contains(&code), "{code:?}");
    }
    for bytes in [b"Rar!\x1A\x07\x01\x00".to_vec(), b"1,2\n".to_vec(), Vec::new(), zip(&[])] {
        assert!(!is_received_unreadable(sniff(&bytes), &bytes));
    }
}

#[test]
fn content_decides() {
    let good = workbook("<row r='1'><c r='A1'><v>1</v></c></row>");
    let filepass = [0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0, 2, 0, 1, 0];
    let cases: Vec<(Vec<u8>, FileKind, Option<Code>)> = vec![
        (Vec::new(), FileKind::Empty, Some(Code::FileEmpty)),
        (good.clone(), FileKind::Xlsx, None),
        (good[..good.len() / 2].to_vec(), FileKind::Xlsx, Some(Code::FileDamaged)),
        (zip(&[("[Content_Types].xml", b""), ("word/document.xml", b"")]), FileKind::Docx, Some(Code::FileWord)),
        (zip(&[("xl/workbook.bin", b"")]), FileKind::Xlsb, Some(Code::FileDamaged)),
        (zip(&[("OFD.xml", b"")]), FileKind::Other, Some(Code::FileUnknown)),
        (zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), FileKind::Ods, Some(Code::FileDamaged)),
        (zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), FileKind::Doc, Some(Code::FileWord)),
        (zip(&[("a.xlsx", b"")]), FileKind::Zip, Some(Code::FileDamaged)),
        (ole(&[("Workbook", &[9, 8, 0, 0])]), FileKind::Xls, Some(Code::FileDamaged)),
        (ole(&[("ETExtData", &[]), ("Workbook", &[9, 8, 0, 0])]), FileKind::Xls, Some(Code::FileDamaged)),
        (ole(&[("Workbook", &filepass)]), FileKind::Encrypted, Some(Code::FileEncrypted)),
        (ole(&[("EncryptionInfo", &[]), ("EncryptedPackage", &[])]), FileKind::Encrypted, Some(Code::FileEncrypted)),
        (ole(&[("WordDocument", &[])]), FileKind::Doc, Some(Code::FileWord)),
        (b"%PDF-1.7\n".to_vec(), FileKind::Pdf, Some(Code::FilePdf)),
        (b"\xFF\xD8\xFF\xE0".to_vec(), FileKind::Image, Some(Code::FileImage)),
        (b"\x89PNG\r\n\x1A\n".to_vec(), FileKind::Image, Some(Code::FileImage)),
        (b"Rar!\x1A\x07\x01\x00".to_vec(), FileKind::Other, Some(Code::FileUnknown)),
        (b"7z\xBC\xAF\x27\x1C".to_vec(), FileKind::Other, Some(Code::FileUnknown)),
        (b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), FileKind::Html, Some(Code::FileHtml)),
        (b"\xEF\xBB\xBF  <!DOCTYPE HTML><p>".to_vec(), FileKind::Html, Some(Code::FileHtml)),
        (b"<!-- made by a web system --><tr><td>1</td></tr>".to_vec(), FileKind::Html, Some(Code::FileHtml)),
        (gbk("<meta charset=gbk><table><td>甲局</td>"), FileKind::Html, Some(Code::FileHtml)),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(), FileKind::Xml2003, Some(Code::FileXml2003)),
        (gbk("事项编号,完成进度,进展情况\n43,50%,正在推进\n"), FileKind::Csv, Some(Code::FileCsv)),
        ("事项编号\t完成进度\n43\t50%\n".as_bytes().to_vec(), FileKind::Csv, Some(Code::FileCsv)),
        ([0xFF, 0xFE].into_iter().chain("甲\t乙\n".encode_utf16().flat_map(u16::to_le_bytes)).collect(), FileKind::Csv, Some(Code::FileCsv)),
        (vec![0, 1, 2, 3, 4, 5], FileKind::Other, Some(Code::FileUnknown)),
    ];
    for (at, (bytes, kind, code)) in cases.iter().enumerate() {
        assert_eq!(sniff(bytes), *kind, "case {at}");
        assert_eq!(read(bytes, "f").err().map(|d| d.code), *code, "case {at}");
    }
}

/// Every kind that is no workbook and none of the kinds with a code of its own: a beginning, and its name.
fn named() -> Vec<(Vec<u8>, &'static str)> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let mut iso = vec![1_u8; 32_769];
    iso.extend(b"CD001");
    let mut tar = vec![b'a'; 257];
    tar.extend(b"ustar");
    let dbase = [&[3_u8, 124, 4, 1, 1, 0, 0, 0, 65, 0][..], &[0; 60]].concat();
    vec![
        (b"Rar!\x1A\x07\x01\x00".to_vec(), "RAR"),
        (b"7z\xBC\xAF\x27\x1C".to_vec(), "7z"),
        (b"\x1F\x8B\x08".to_vec(), "gzip"),
        (b"BZh91AY".to_vec(), "bzip2"),
        (b"\xFD7zXZ\x00".to_vec(), "xz"),
        (b"\x28\xB5\x2F\xFD".to_vec(), "zstd"),
        (b"MSCF\x00\x00\x00\x00".to_vec(), "CAB"),
        (b"\x21\x21-lh5-".to_vec(), "LHA"),
        (tar, "tar"),
        (iso, "ISO"),
        (b"MZ\x90\x00".to_vec(), "EXE"),
        (b"\x7FELF\x02".to_vec(), "ELF"),
        (b"\xCA\xFE\xBA\xBE".to_vec(), "Java"),
        (zip(&[("META-INF/MANIFEST.MF", b"")]), "Java"),
        (zip(&[("AndroidManifest.xml", b""), ("META-INF/MANIFEST.MF", b"")]), "APK"),
        (b"SQLite format 3\x00".to_vec(), "SQLite"),
        (b"\x00\x01\x00\x00Standard Jet DB\x00".to_vec(), "Access"),
        (b"PAR1".to_vec(), "Parquet"),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00".to_vec(), "LNK"),
        (b"[InternetShortcut]\r\nURL=https://example.invalid/\r\n".to_vec(), "URL"),
        (br#"{"url": "https://docs.example.invalid/open", "doc_id": "x"}"#.to_vec(), "Google"),
        (b"bplist00".to_vec(), "plist"),
        (b"<?xml version='1.0'?><!DOCTYPE plist><plist/>".to_vec(), "plist"),
        (b"%!PS-Adobe-3.0".to_vec(), "PostScript"),
        (b"AT&TFORM".to_vec(), "DjVu"),
        (b"ID3\x03".to_vec(), "audio"),
        (b"#!AMR\n".to_vec(), "audio"),
        (b"\x00\x00\x00\x18ftypM4A ".to_vec(), "audio"),
        (b"\x00\x00\x00\x18ftypmp42".to_vec(), "video"),
        (b"RIFF\x00\x00\x00\x00AVI LIST".to_vec(), "video"),
        (zip(&[("OFD.xml", b"")]), "OFD"),
        (zip(&[("Index/Document.iwa", b""), ("preview.jpg", b"")]), "iWork"),
        (zip(&[("FixedDocumentSequence.fdseq", b""), ("[Content_Types].xml", b"")]), "XPS"),
        (zip(&[("visio/document.xml", b""), ("[Content_Types].xml", b"")]), "Visio"),
        (zip(&[("content.json", b"{}"), ("metadata.json", b"{}")]), "XMind"),
        (zip(&[("uof.xml", b"")]), "UOF"),
        (zip(&[("mimetype", b"application/vnd.uof.spreadsheet")]), "UOF"),
        (
            "<?xml version=\"1.0\"?><uof:UOF xmlns:uof=\"http://schemas.uof.org/cn/2003/uof\">"
                .into(),
            "UOF",
        ),
        (
            b"<?xml version='1.0'?><office:document office:mimetype='x'><table:table/>".to_vec(),
            "flat ODF",
        ),
        (b"ID;PSCALC3\n".to_vec(), "SYLK"),
        (b"TABLE\r\n0,1\r\n".to_vec(), "DIF"),
        (dbase, "dBase"),
        (b"Received: from x\r\nFrom: a@b\r\nSubject: =?gb2312?B?x?=\r\n".to_vec(), "mail"),
        (ole(&[("__properties_version1.0", &[])]), "mail"),
        (ole(&[("VisioDocument", &[])]), "Visio"),
        (ole(&[("Catalog", &[])]), "Thumbs"),
        (vec![0; 600], "zeros"),
        (b"<?xml version='1.0'?><data/>".to_vec(), "XML"),
        (vec![0, 1, 2, 3, 4, 5], "unknown"),
        (utf16("\u{1}\u{2}\u{3}甲"), "unknown"),
    ]
}

#[test]
fn what_is_no_workbook_is_named_with_what_to_do() {
    for (bytes, name) in named() {
        assert_eq!((sniff(&bytes), other_name(&bytes)), (FileKind::Other, name));
        let refused = read(&bytes, "f").expect_err(name);
        assert_eq!(refused.code, Code::FileUnknown, "{name}");
        for lang in [Lang::Zh, Lang::En] {
            let (message, advice) =
                (wording::message(&refused, lang), wording::advice(&refused, lang));
            assert!(!message.contains(['{', '?']) && !advice.contains('{'), "{message} {advice}");
        }
    }
}

#[test]
fn kinds_with_a_code_of_their_own_in_less_usual_shapes() {
    let utf16be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let utf16le = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let table = "事项编号\t进展情况\n43\t正在推进\n";
    for (bytes, kind) in [
        (utf16le(table), FileKind::Csv),
        (utf16be(table), FileKind::Csv),
        ("我局本月工作进展顺利。".as_bytes().to_vec(), FileKind::Csv),
        (
            b"<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>".to_vec(),
            FileKind::Xml2003,
        ),
        (
            b"From: <Saved by a browser>\r\nSubject: x\r\nTo: y\r\nContent-Type: multipart/related"
                .to_vec(),
            FileKind::Html,
        ),
        (b"{\\rtf1\\ansi".to_vec(), FileKind::Doc),
        (
            b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>".to_vec(),
            FileKind::Doc,
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), FileKind::Image),
        (b"8BPS\x00\x01".to_vec(), FileKind::Image),
        (b"\x00\x00\x00\x18ftypmsf1".to_vec(), FileKind::Image),
        (b"\x00\x00\x00\x0CjP  \r\n\x87\n".to_vec(), FileKind::Image),
        (b"\n\n%PDF-1.7\n".to_vec(), FileKind::Pdf),
        (b"b\x14#e\x57\x00\x00\x00\x00\x00\x00\x00E-SafeNet\x00LOCK".to_vec(), FileKind::Encrypted),
        (b"%TSD-Header-###%\x00\x01".to_vec(), FileKind::Encrypted),
        // A parcel in which somebody named a folder so is a parcel.
        (zip(&[("Word/材料.xlsx", b"PK")]), FileKind::Zip),
        (
            [&b"\r\n"[..], &workbook("<row r='1'><c r='A1'><v>1</v></c></row>")].concat(),
            FileKind::Xlsx,
        ),
    ] {
        assert_eq!(sniff(&bytes), kind, "{}", String::from_utf8_lossy(&bytes));
        if kind == FileKind::Xlsx {
            assert!(read(&bytes, "f").is_ok());
        }
    }
}
