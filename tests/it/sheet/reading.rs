//! What a sound workbook gives, however it is written.

use duban::sheet::{Book, CellValue, Visibility, cell_name, read};
use proptest::prelude::*;

use super::parts::{
    LINKS, STRINGS, STYLES, WORKBOOK, replaced, standard, with_sheet, workbook, zip,
};

/// Cells of all sheets as `F12=…`, one after another.
pub(crate) fn shown(book: &Book) -> String {
    let mut out = Vec::new();
    for cell in book.sheets.iter().flat_map(|s| &s.cells) {
        let value = match &cell.value {
            CellValue::Text(text) => format!("“{text}”"),
            CellValue::Number(n) => n.to_string(),
            CellValue::Bool(b) => b.to_string(),
            CellValue::Date(text) => format!("@{text}"),
            CellValue::Error(text) => format!("!{text}"),
            CellValue::NoResult => "?".to_owned(),
        };
        let percent = if cell.percent { "%" } else { "" };
        let formula = cell.formula.as_ref().map(|f| format!(" ={f}")).unwrap_or_default();
        out.push(format!("{}={value}{percent}{formula}", cell_name(cell.row, cell.column)));
    }
    out.join(" ")
}

#[track_caller]
fn check(bytes: &[u8], cells: &str) {
    let book = read(bytes, "甲局.xlsx").expect("readable");
    assert_eq!(shown(&book), cells);
    let kept: usize = book.sheets.iter().map(|s| s.cells.len()).sum();
    let beyond: u64 = book.sheets.iter().map(|s| s.beyond_limits).sum();
    assert_eq!(book.cells_seen, kept as u64 + beyond);
}

#[test]
fn every_kind_of_cell_is_read() {
    check(
        &workbook(
            r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>0.85</v></c><c r="C2" s="2"><v>45382</v></c>
            <c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#SPILL!</v></c><c r="F2" t="inlineStr"><is><r><t>甲 </t></r><r><t>乙</t></r><rPh><t>x</t></rPh></is></c>
            <c r="G2" t="str"><f>A2&amp;""</f><v>推进中</v></c><c r="H2"><f>1+1</f><v></v></c><c r="I2"><f>1+1</f></c><c r="J2" s="1"/><c r="K2" t="s"><v>1</v></c>
            <c r="L2" t="d"><v>2024-03-31T00:00:00</v></c><c r="M2" t="str"><f>""</f><v></v></c><c r="N2" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>
            <c r="O2" s="3"><v>1.25</v></c><c r="P2"><v>1E3</v></c></row>"#,
        ),
        "A2=“推进中” B2=0.85% C2=@2024-03-31 D2=true E2=!#SPILL! F2=“甲 乙” G2=“推进中” =A2&\"\" H2=? =1+1 I2=? =1+1 \
         K2=“无” L2=@2024-03-31 M2=“” =\"\" O2=@30:00:00 P2=1000",
    );
}

#[test]
fn cells_and_rows_may_leave_out_their_addresses() {
    check(
        &workbook(
            "<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c><v>3</v></c></row><row><c/><c><v>4</v></c></row>",
        ),
        "A1=1 B1=2 A5=3 B6=4",
    );
}

#[test]
fn cells_out_of_order_are_put_in_order() {
    check(
        &workbook(
            "<row r='2'><c r='B2'><v>2</v></c><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>0</v></c></row>",
        ),
        "A1=0 A2=1 B2=2",
    );
}

#[test]
fn shared_formulas_are_moved() {
    check(
        &workbook(
            "<row r='1'><c r='A1'><f t='shared' si='0' ref='A1:A2'>B1*$C$1</f><v>1</v></c></row><row r='2'><c r='A2'><f t='shared' si='0'/><v>2</v></c></row>",
        ),
        "A1=1 =B1*$C$1 A2=2 =B2*$C$1",
    );
}

#[test]
fn prefixes_strict_types_and_backslashes_do_not_matter() {
    let sheet = "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData><x:row r='1'><x:c r='A1' t='s'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    let links = LINKS.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006",
        "http://purl.oclc.org/ooxml/officeDocument",
    );
    check(
        &replaced(standard(sheet.as_bytes()), "xl/_rels/workbook.xml.rels", links.as_bytes()),
        "A1=“无”",
    );
    let names: Vec<(String, &[u8])> =
        standard(sheet.as_bytes()).into_iter().map(|(n, b)| (n.replace('/', "\\"), b)).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    check(&zip(&parts), "A1=“无”");
}

#[test]
fn a_utf16_sheet_is_read() {
    let sheet = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>甲</t></is></c></row></sheetData></worksheet>";
    let bytes: Vec<u8> =
        [0xFEFF].into_iter().chain(sheet.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check(&with_sheet(&bytes), "A1=“甲”");
}

#[test]
fn the_1904_calendar_is_four_years_off() {
    let book = WORKBOOK.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    let sheet = b"<worksheet><sheetData><row r='1'><c r='A1' s='2'><v>43920</v></c></row></sheetData></worksheet>";
    check(&replaced(standard(sheet), "xl/workbook.xml", book.as_bytes()), "A1=@2024-03-31");
}

#[test]
fn what_stands_beside_the_cells_is_kept() {
    let book = "<workbook xmlns:r='r'><sheets><sheet name='填报表' r:id='rId1'/><sheet name='_duban' state='veryHidden' r:id='rId1'/><sheet name='图' r:id='rId9'/></sheets>\
        <definedNames><definedName name='duban_stamp'>'_duban'!$A$1</definedName></definedNames></workbook>";
    let links = LINKS.replace("</Relationships>", "<Relationship Id='rId9' Type='x/chartsheet' Target='chartsheets/sheet1.xml'/></Relationships>");
    let sheet = b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><mergeCells count='1'><mergeCell ref='P2:R3'/></mergeCells></worksheet>";
    let mut parts = standard(sheet);
    parts[2].1 = book.as_bytes();
    parts[3].1 = links.as_bytes();
    parts.push(("docProps/app.xml", b"<Properties><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"));
    parts.push(("docProps/custom.xml", b"<Properties xmlns:vt='v'><property name='duban'><vt:lpwstr>2024-03</vt:lpwstr></property></Properties>"));
    let book = read(&zip(&parts), "甲局.xlsx").expect("readable");
    let sheets: Vec<_> = book.sheets.iter().map(|s| (s.name.as_str(), s.visibility)).collect();
    assert_eq!(sheets, [("填报表", Visibility::Visible), ("_duban", Visibility::VeryHidden)]);
    assert_eq!(book.sheets[0].merged, [(1, 15, 2, 17)]);
    assert_eq!(book.names, [("duban_stamp".to_owned(), "'_duban'!$A$1".to_owned())]);
    assert_eq!(book.properties, [("duban".to_owned(), "2024-03".to_owned())]);
    assert_eq!(book.generator.as_deref(), Some("Microsoft Excel 16.0300"));
}

#[test]
fn cells_beyond_the_range_are_counted() {
    let book = read(&workbook("<row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>"), "f")
        .expect("readable");
    assert_eq!(
        (book.cells_seen, book.sheets[0].beyond_limits, book.sheets[0].cells.len()),
        (3, 2, 1)
    );
}

#[test]
fn a_workbook_without_styles_or_strings_is_read() {
    let sheet = b"<worksheet><sheetData><row r='1'><c r='A1' s='7'><v>1</v></c></row></sheetData></worksheet>";
    let parts: Vec<_> = standard(sheet)
        .into_iter()
        .filter(|(n, _)| !n.contains("styles") && !n.contains("shared"))
        .collect();
    check(&zip(&parts), "A1=1");
    assert!(STYLES.len() > 10 && STRINGS.len() > 10);
}

/// A cell as XML: address by chance left out, a format that may not exist, any type, a value that may make no sense.
fn any_cell() -> impl Strategy<Value = String> {
    let kind = prop_oneof!["", "n", "s", "str", "b", "e", "d", "inlineStr", "x"];
    let value =
        "[0-9]|[0-9]{1,4}\\.[0-9]|-?1E[0-9]|&amp;|&#x4E00;|_x000D_|中文| +|true|#REF!|2024-03-31|";
    let place = prop_oneof![
        "[A-D][1-9]".prop_map(Some),
        "[a-d][1-9]|[A-D]0|\\$B\\$2|XFE1".prop_map(Some),
        Just(None)
    ];
    (place, proptest::option::of(0..9_u32), kind, proptest::option::of(value)).prop_map(
        |(place, format, kind, value)| {
            let place = place.map(|p| format!(" r=\"{p}\"")).unwrap_or_default();
            let format = format.map(|f| format!(" s=\"{f}\"")).unwrap_or_default();
            let kind = if kind.is_empty() { kind } else { format!(" t=\"{kind}\"") };
            match value {
                Some(value) => format!("<c{place}{format}{kind}><v>{value}</v></c>"),
                None => format!("<c{place}{format}{kind}/>"),
            }
        },
    )
}

proptest! {
    /// A blank more in each tag, and nothing is recognised at one look: what is read must not depend on it.
    #[test]
    fn usual_and_unusual_writing_say_the_same(cells in prop::collection::vec(any_cell(), 0..8)) {
        let said = |rows: &str, strings: &[u8]| {
            let sheet = format!("<worksheet><sheetData><row r=\"1\">{rows}</row></sheetData></worksheet>");
            let bytes = replaced(standard(sheet.as_bytes()), "xl/sharedStrings.xml", strings);
            read(&bytes, "甲局.xlsx").map(|book| (shown(&book), book.cells_seen)).map_err(|f| f.code)
        };
        let usual = cells.concat();
        let unusual = usual.replace("<c", "<c ").replace("<v>", "<v >");
        let strings = "<sst><si><t>推进中</t></si><si><t xml:space=\"preserve\"> 无&lt;_x0041_</t></si></sst>";
        let loose = strings.replace("<t", "<t ").replace("<si>", "<si >");
        prop_assert_eq!(said(&usual, strings.as_bytes()), said(&unusual, loose.as_bytes()));
    }
}
