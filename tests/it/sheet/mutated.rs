//! Workbooks of every kind that is read, broken at random: nothing panics or hangs, and what is still read balances.

use duban::sheet::{Book, FileKind, limits, read, read_loaded, sniff, unpack, weight};
use proptest::prelude::*;

use super::{
    loaded::sample,
    parts::{standard, zip},
};

const SHEET: &str = "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='2'><v>45000</v></c><c r='C1'><f t='shared' si='0' ref='C1:C2'>A1</f><v>1</v></c></row>\
    <row><c t='inlineStr'><is><r><t>推进中</t></r><rPh><t>x</t></rPh></is></c><c s='1'><v>0.5</v></c><c><f t='shared' si='0'/><v>2</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>";

const CONTENT: &str = "<office:document-content><office:automatic-styles><style:style style:name='ta1'><style:table-properties table:display='false'/></style:style></office:automatic-styles>\
    <office:body><office:spreadsheet><table:table table:name='填报表' table:style-name='ta1'><table:table-row table:number-rows-repeated='3'><table:table-cell office:value-type='percentage' office:value='0.5' table:number-columns-repeated='2'><text:p>50%</text:p></table:table-cell>\
    <table:table-cell office:value-type='string'><text:p>推进<text:s text:c='3'/>中</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";

/// One change: flip, cut out, put in again what stands elsewhere, or repeat.
#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index, u8),
    Splice(prop::sample::Index, prop::sample::Index, u8),
    Repeat(prop::sample::Index, u8, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(a, b)| Change::Flip(a, b)),
        1 => (at(), 1..80_u8).prop_map(|(a, n)| Change::Cut(a, n)),
        1 => (at(), at(), 1..80_u8).prop_map(|(a, b, n)| Change::Splice(a, b, n)),
        1 => (at(), 1..40_u8, 1..40_u8).prop_map(|(a, n, k)| Change::Repeat(a, n, k)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        let size = bytes.len();
        let piece = |at: &prop::sample::Index, n: u8| {
            let start = at.index(size);
            start..(start + usize::from(n)).min(size)
        };
        match change {
            Change::Flip(at, byte) => bytes[at.index(size)] = *byte,
            Change::Cut(at, n) => drop(bytes.drain(piece(at, *n))),
            Change::Splice(from, to, n) => {
                let taken = bytes[piece(from, *n)].to_vec();
                let to = to.index(size);
                bytes.splice(to..to, taken);
            }
            Change::Repeat(at, n, times) => {
                let range = piece(at, *n);
                let taken = bytes[range.clone()].repeat(usize::from(*times));
                bytes.splice(range.start..range.start, taken);
            }
        }
    }
    bytes
}

/// Cells are in order, once each, and every one met is kept or counted.
fn balances(book: &Book) {
    let kept: usize = book.sheets.iter().map(|s| s.cells.len()).sum();
    let beyond: u64 = book.sheets.iter().map(|s| s.beyond_limits).sum();
    assert_eq!(book.cells_seen, kept as u64 + beyond);
    assert!(kept <= limits::CELLS);
    for sheet in &book.sheets {
        assert!(sheet.cells.is_sorted_by(|a, b| (a.row, a.column) < (b.row, b.column)));
    }
}

fn opened(bytes: &[u8]) {
    let kind = sniff(bytes);
    assert!(weight(bytes) >= bytes.len() as u64);
    let _ = unpack(bytes, "f");
    // The reading process catches what the library panics on; so does this.
    let read = match kind {
        FileKind::Xls | FileKind::Xlsb => {
            std::panic::catch_unwind(|| read_loaded(bytes, kind, "f").ok()).ok().flatten()
        }
        _ => read(bytes, "f").ok(),
    };
    if let Some(book) = read {
        balances(&book);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_an_xlsx(which in 0..7_usize, changes in proptest::collection::vec(change(), 1..10)) {
        let mut parts: Vec<(&str, Vec<u8>)> =
            standard(SHEET.as_bytes()).into_iter().map(|(n, b)| (n, b.to_vec())).collect();
        parts[which].1 = changed(std::mem::take(&mut parts[which].1), &changes);
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (*n, b.as_slice())).collect();
        opened(&zip(&parts));
    }

    #[test]
    fn the_content_of_an_ods(changes in proptest::collection::vec(change(), 1..10)) {
        let content = changed(CONTENT.as_bytes().to_vec(), &changes);
        opened(&zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]));
    }

    #[test]
    fn an_xls(changes in proptest::collection::vec(change(), 1..10)) {
        opened(&changed(sample(), &changes));
    }

    #[test]
    fn the_zip_around_a_workbook(changes in proptest::collection::vec(change(), 1..6)) {
        opened(&changed(zip(&standard(SHEET.as_bytes())), &changes));
    }
}
