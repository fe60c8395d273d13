//! Every kind of file is recognised by its content and named.

use duban::{
    diag::Code,
    sheet::{FileKind, read, sniff},
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
