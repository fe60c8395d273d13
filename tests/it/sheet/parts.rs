//! Workbooks made part by part, so that a test can say exactly what is in them.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub(crate) const CONTENT_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
pub(crate) const PACKAGE: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub(crate) const WORKBOOK: &str = r#"<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="填报表" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub(crate) const LINKS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>"#;
pub(crate) const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;
pub(crate) const STRINGS: &str = "<sst count=\"4294967295\" uniqueCount=\"4294967295\"><si><t>推进中</t></si><si><t>无</t></si></sst>";

/// A zip of named parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(parts, CompressionMethod::Deflated)
}

pub(crate) fn zip_with(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("part");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("zip").into_inner()
}

/// A workbook of one sheet: what stands inside `sheetData`, and what follows it.
pub(crate) fn workbook(rows: &str) -> Vec<u8> {
    with_sheet(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
}

/// A workbook whose sheet part is `sheet`.
pub(crate) fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    zip(&standard(sheet))
}

/// The parts of a workbook whose sheet part is `sheet`.
pub(crate) fn standard(sheet: &[u8]) -> Vec<(&str, &[u8])> {
    vec![
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", STRINGS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]
}

/// The same parts with one replaced, by name.
pub(crate) fn replaced<'a>(
    mut parts: Vec<(&'a str, &'a [u8])>,
    name: &str,
    with: &'a [u8],
) -> Vec<u8> {
    for part in &mut parts {
        if part.0 == name {
            part.1 = with;
        }
    }
    zip(&parts)
}
