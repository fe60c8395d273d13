//! What comes instead of a workbook: scans, encrypted files, web pages – each a few bytes of the real thing.

use crate::diag::Code;

/// A file that is no readable workbook.
pub(super) struct Other {
    /// Its extension.
    pub(super) extension: &'static str,
    /// The finding it owes.
    pub(super) code: Code,
    /// Its bytes.
    pub(super) bytes: fn(&str) -> Vec<u8>,
    /// In a few words.
    pub(super) what: &'static str,
}

/// All of them.
pub(super) const OTHERS: &[Other] = &[
    Other { extension: "pdf", code: Code::FilePdf, bytes: pdf, what: "发来扫描件" },
    Other {
        extension: "xlsx", code: Code::FileEncrypted, bytes: encrypted, what: "文件加了密码"
    },
    Other { extension: "xls", code: Code::FileHtml, bytes: html, what: "网页另存为 xls" },
    Other { extension: "xls", code: Code::FileCsv, bytes: csv, what: "另存为 CSV" },
    Other { extension: "jpg", code: Code::FileImage, bytes: picture, what: "发来照片" },
];

fn pdf(unit: &str) -> Vec<u8> {
    format!("%PDF-1.4\n% {unit}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
        .into_bytes()
}

fn html(unit: &str) -> Vec<u8> {
    format!(
        "<html><meta charset=\"utf-8\"><body><table><tr><td>{unit}</td></tr></table></body></html>"
    )
    .into_bytes()
}

fn csv(unit: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(&format!("填报单位,{unit}\r\n事项编号,进展情况\r\n")).0.into_owned()
}

fn picture(unit: &str) -> Vec<u8> {
    [b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00", unit.as_bytes(), b"\xFF\xD9"].concat()
}

/// The container of an encrypted workbook (MS-OFFCRYPTO): its two streams, empty but for the unit's name.
fn encrypted(unit: &str) -> Vec<u8> {
    const FREE: [u8; 4] = [0xFF; 4];
    const END: [u8; 4] = [0xFE, 0xFF, 0xFF, 0xFF];
    const FAT: [u8; 4] = [0xFD, 0xFF, 0xFF, 0xFF];
    let mut header = vec![0_u8; 512];
    let mut set = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    set(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    set(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    set(44, &[1, 0, 0, 0]);
    set(48, &[1, 0, 0, 0]);
    set(56, &[0, 0x10, 0, 0]);
    set(60, &END);
    set(68, &END);
    for entry in 1..109 {
        set(76 + 4 * entry, &FREE);
    }
    // Sectors: the allocation table, the directory, and one chain of eight for each stream.
    let chain = |first: u8| (first + 1..first + 8).flat_map(|n| [n, 0, 0, 0]).chain(END);
    let mut table: Vec<u8> = [FAT, END].concat();
    table.extend(chain(2));
    table.extend(chain(10));
    table.resize(512, 0xFF);
    let entry = |name: &str, kind: u8, start: [u8; 4], size: u16| {
        let mut raw = vec![0_u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        raw[..units.len()].copy_from_slice(&units);
        raw[64] = u8::try_from(units.len() + 2).unwrap_or(0);
        raw[66] = kind;
        raw[116..120].copy_from_slice(&start);
        raw[120..122].copy_from_slice(&size.to_le_bytes());
        raw
    };
    let directory = [
        entry("Root Entry", 5, END, 0),
        entry("EncryptionInfo", 2, [2, 0, 0, 0], 4096),
        entry("EncryptedPackage", 2, [10, 0, 0, 0], 4096),
        vec![0; 128],
    ]
    .concat();
    let mut streams = unit.as_bytes().to_vec();
    streams.resize(16 * 512, 0);
    [header, table, directory, streams].concat()
}
