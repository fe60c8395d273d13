//! Files made to do harm: each is refused or read within bounds, none panics or hangs.

use duban::{
    diag::Code,
    sheet::{read, sniff, unpack},
};
use proptest::prelude::*;
use zip::CompressionMethod;

use super::parts::{LINKS, WORKBOOK, replaced, standard, with_sheet, workbook, zip, zip_with};

#[track_caller]
fn refused(bytes: &[u8], code: Code) {
    assert_eq!(read(bytes, "甲局.xlsx").err().map(|d| d.code), Some(code));
}

const SHEET: &[u8] =
    b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>";

/// Puts `to` in place of every `from` of the same length.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, w)| *w == from)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn a_bomb_of_one_part_is_refused() {
    let mut sheet = b"<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>".to_vec();
    sheet.resize(40 << 20, b'x');
    refused(&with_sheet(&sheet), Code::FileBeyondLimits);
    // Below the size of a part, the ratio tells.
    sheet.truncate(8 << 20);
    refused(&with_sheet(&sheet), Code::FileBeyondLimits);
}

#[test]
fn many_parts_are_refused() {
    let names: Vec<String> = (0..5_000).map(|n| format!("xl/p{n}.xml")).collect();
    let mut parts = standard(SHEET);
    parts.extend(names.iter().map(|n| (n.as_str(), &b""[..])));
    refused(&zip(&parts), Code::FileBeyondLimits);
}

#[test]
fn thousands_of_sheets_are_refused() {
    let sheets: Vec<String> =
        (0..3_000).map(|n| format!("<sheet name='{n}' r:id='rId1'/>")).collect();
    let book = format!("<workbook xmlns:r='r'><sheets>{}</sheets></workbook>", sheets.concat());
    refused(&replaced(standard(SHEET), "xl/workbook.xml", book.as_bytes()), Code::FileBeyondLimits);
}

#[test]
fn a_wrong_checksum_is_seen() {
    let stored = zip_with(&standard(SHEET), CompressionMethod::Stored);
    refused(&patched(stored, b"<v>1</v>", b"<v>9</v>"), Code::FileChecksum);
}

#[test]
fn two_parts_of_one_name_are_refused() {
    let mut parts = standard(SHEET);
    parts.push(("xl/worksheets/sheet2.xml", SHEET));
    let stored = zip_with(&parts, CompressionMethod::Stored);
    refused(
        &patched(stored, b"worksheets/sheet2.xml", b"worksheets/sheet1.xml"),
        Code::FilePartNames,
    );
    parts.push(("xl/worksheets/SHEET1.xml", SHEET));
    refused(&zip(&parts), Code::FilePartNames);
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../evil.xml", "xl/../../evil.xml", "C:/evil.xml", "..\\evil.xml"] {
        let mut parts = standard(SHEET);
        parts.push((name, b"x"));
        refused(&zip(&parts), Code::FilePartNames);
    }
}

#[test]
fn a_size_that_lies_is_damage() {
    let bytes = zip(&standard(SHEET));
    let honest = u32::try_from(SHEET.len()).expect("small").to_le_bytes();
    for lie in [1_u32, 20_000] {
        refused(&patched(bytes.clone(), &honest, &lie.to_le_bytes()), Code::FileDamaged);
    }
}

#[test]
fn a_declared_count_is_not_believed() {
    // The shared strings of every workbook in these tests claim to be 4,294,967,295.
    assert!(read(&with_sheet(SHEET), "f").is_ok());
}

#[test]
fn a_long_string_used_everywhere_is_left_out() {
    let strings = format!(
        "<sst><si><t>{}</t></si><si><t>{}</t></si></sst>",
        "长".repeat(40_000),
        "x".repeat(32_000)
    );
    let rows: Vec<String> = (1..=4_000)
        .map(|r| {
            format!(
                "<row r='{r}'><c r='A{r}' t='s'><v>0</v></c><c r='B{r}' t='s'><v>1</v></c></row>"
            )
        })
        .collect();
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
    let parts = standard(sheet.as_bytes());
    let book =
        read(&replaced(parts, "xl/sharedStrings.xml", strings.as_bytes()), "f").expect("readable");
    assert_eq!(book.cells_seen, 8_000);
    let text: usize = book.sheets[0].cells.iter().map(|c| c.text().len()).sum();
    assert!(text <= duban::sheet::limits::TEXT_BYTES);
    assert_eq!(book.sheets[0].beyond_limits + book.sheets[0].cells.len() as u64, 8_000);
}

#[test]
fn entity_bombs_and_nests_are_damage() {
    let bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet><sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>";
    refused(&with_sheet(bomb), Code::FileDamaged);
    refused(&with_sheet("<a>".repeat(1_000_000).as_bytes()), Code::FileDamaged);
}

#[test]
fn contradictions_are_damage() {
    refused(
        &workbook("<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>"),
        Code::FileDamaged,
    );
    refused(&workbook("<row r='1'><c r='A1' t='s'><v>99</v></c></row>"), Code::FileDamaged);
    refused(&with_sheet(b"<worksheet><sheetData>"), Code::FileDamaged);
    refused(&with_sheet(b""), Code::FileDamaged);
    let empty = WORKBOOK.split("<sheet ").next().expect("head").to_owned() + "</sheets></workbook>";
    refused(&replaced(standard(SHEET), "xl/workbook.xml", empty.as_bytes()), Code::FileNoSheets);
    let lost = LINKS.replace("sheet1.xml", "sheet9.xml");
    refused(
        &replaced(standard(SHEET), "xl/_rels/workbook.xml.rels", lost.as_bytes()),
        Code::FileDamaged,
    );
}

#[test]
fn repeated_ods_cells_are_counted_not_unrolled() {
    let content = "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet><table:table table:name='表'>\
        <table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell></table:table-row>\
        </table:table></office:spreadsheet></office:body></office:document-content>";
    let bytes = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    let book = read(&bytes, "f.ods").expect("readable");
    assert_eq!(book.cells_seen, 1_048_576 * 16_384);
    assert!(book.sheets[0].cells.len() <= duban::sheet::limits::CELLS);
}

#[test]
fn blanks_of_ods_stop_growing_when_no_cell_can_hold_them() {
    let blanks = "<text:s text:c='32767'/>".repeat(200_000);
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='表'><table:table-row>\
         <table:table-cell office:value-type='string'><text:p>a{blanks}</text:p></table:table-cell>\
         </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let stored = zip_with(
        &[("mimetype", kind), ("content.xml", content.as_bytes())],
        CompressionMethod::Stored,
    );
    let book = read(&stored, "f.ods").expect("readable");
    assert_eq!((book.cells_seen, book.sheets[0].beyond_limits), (1, 1));
}

#[test]
fn followers_of_a_long_formula_are_not_worked_out_without_end() {
    // A follower further down is longer: so many references that what is left in the end has room for the first
    // formula and not for the next one.
    let length = |references: usize, row: usize| references * (2 + row.to_string().len()) + 1;
    let left = |references: usize| {
        (1..).try_fold(duban::sheet::limits::TEXT_BYTES, |left, row| {
            left.checked_sub(length(references, row)).ok_or(left)
        })
    };
    let references = (2_000..3_000)
        .find(|n| left(*n).is_err_and(|left| left >= length(*n, 1)))
        .expect("a number");
    let formula = "A1+".repeat(references) + "1";
    let followers = "<row><c><f t='shared' si='0'/><v>1</v></c></row>".repeat(119_999);
    let sheet = format!(
        "<worksheet><sheetData><row r='1'><c r='A1'><f t='shared' si='0'>{formula}</f><v>1</v></c></row>{followers}</sheetData></worksheet>"
    );
    let book = read(&zip_with(&standard(sheet.as_bytes()), CompressionMethod::Stored), "f")
        .expect("readable");
    let kept: usize =
        book.sheets[0].cells.iter().filter_map(|c| c.formula.as_ref()).map(String::len).sum();
    assert!(kept <= duban::sheet::limits::TEXT_BYTES);
    // Where there is no room for a formula there still is for its value, down to the last row that is read.
    assert_eq!(book.cells_seen, 120_000);
    assert_eq!(book.sheets[0].cells.len(), duban::sheet::limits::ROWS as usize);
    assert_eq!(book.sheets[0].cells.len() as u64 + book.sheets[0].beyond_limits, 120_000);
}

#[test]
fn archives_are_unpacked_one_level_deep() {
    let inner = zip(&[("x.xlsx", b"PK")]);
    let bomb = vec![0; 40 << 20];
    let bytes = zip(&[
        ("甲局/甲局.xlsx", SHEET),
        ("../out.xlsx", SHEET),
        ("/abs.xlsx", SHEET),
        ("nested.zip", &inner),
        ("空/", b""),
        ("bomb.xlsx", &bomb),
        ("甲局/甲局.XLSX", SHEET),
    ]);
    let out = unpack(&bytes, "全部.zip");
    let names: Vec<_> = out.value.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["甲局/甲局.xlsx"]);
    assert!(out.findings.iter().all(|f| f.code == Code::ArchiveEntrySkipped));
    let why = |f: &duban::diag::Diagnostic| f.args[0].1.clone();
    let skipped: Vec<_> = out.findings.iter().map(|f| (f.found.as_str(), why(f))).collect();
    let expected = [
        ("../out.xlsx", "name"),
        ("/abs.xlsx", "name"),
        ("nested.zip", "nested"),
        ("bomb.xlsx", "large"),
        ("甲局/甲局.XLSX", "twice"),
    ];
    assert_eq!(skipped, expected.map(|(name, why)| (name, why.to_owned())));
}

#[test]
fn archive_names_without_the_flag_are_gb18030() {
    for name in ["城关镇_2024-03.xlsx", "联通.xlsx"] {
        let gbk = encoding_rs::GB18030.encode(name).0.into_owned();
        let placeholder = "x".repeat(gbk.len());
        let bytes = patched(zip(&[(&placeholder, SHEET)]), placeholder.as_bytes(), &gbk);
        assert_eq!(unpack(&bytes, "z").value[0].name, name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600), head in 0..5_usize) {
        let heads: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"<?xml ", b"\x09\x08\x10\x00"];
        let bytes = [heads[head], &bytes].concat();
        let _ = sniff(&bytes);
        let _ = read(&bytes, "f");
        let _ = unpack(&bytes, "f");
    }

    #[test]
    fn mutated_workbooks_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), shorten in any::<bool>()) {
        let mut bytes = workbook("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='2'><v>45000</v></c><c r='C1'><f>A1</f><v>1</v></c></row>");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read(&bytes, "f");
        let _ = unpack(&bytes, "f");
    }

    #[test]
    fn mutated_sheets_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut sheet = SHEET.to_vec();
        for (at, byte) in changes {
            let at = at.index(sheet.len());
            sheet[at] = byte;
        }
        let _ = read(&with_sheet(&sheet), "f");
    }
}
