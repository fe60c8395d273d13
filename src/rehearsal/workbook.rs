//! A draft as a file again: a plain xlsx, or an ods.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::draft::Draft;
use crate::{
    diag::{Error, Result},
    sheet::{Cell, CellValue, Sheet, Visibility},
};

/// The draft as xlsx, styles stripped.
pub(super) fn xlsx(draft: &Draft, name: &str) -> Result<Vec<u8>> {
    let failed = |e: XlsxError| Error::Workbook { name: name.to_owned(), cause: e.to_string() };
    let mut book = Workbook::new();
    for (n, sheet) in draft.sheets.iter().enumerate() {
        let page = book.add_worksheet();
        write_sheet(page, sheet).map_err(failed)?;
        if n == draft.main {
            page.set_active(true);
            for row in &draft.hidden_rows {
                page.set_row_hidden(*row).map_err(failed)?;
            }
        }
    }
    let day = ExcelDateTime::from_ymd(2024, 1, 1).map_err(failed)?;
    let mut properties = DocProperties::new().set_creation_datetime(&day);
    for (name, value) in &draft.properties {
        properties = properties.set_custom_property(name, value.as_str());
    }
    book.set_properties(&properties);
    book.save_to_buffer().map_err(failed)
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet) -> std::result::Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    match sheet.visibility {
        Visibility::Visible => {}
        Visibility::Hidden => {
            page.set_hidden(true);
        }
        Visibility::VeryHidden => {
            page.set_very_hidden(true);
        }
    }
    let percent = Format::new().set_num_format("0%");
    let date = Format::new().set_num_format("m\"月\"d\"日\"");
    for cell in &sheet.cells {
        let column = u16::try_from(cell.column).unwrap_or(u16::MAX);
        match (&cell.value, &cell.formula) {
            (_, Some(formula)) => {
                page.write_formula(cell.row, column, Formula::new(formula).set_result(cell.text()))?
            }
            (CellValue::Number(n), None) if cell.percent => {
                page.write_number_with_format(cell.row, column, *n, &percent)?
            }
            (CellValue::Number(n), None) => page.write_number(cell.row, column, *n)?,
            (CellValue::Bool(b), None) => page.write_boolean(cell.row, column, *b)?,
            (CellValue::Date(day), None) => {
                let day = ExcelDateTime::parse_from_str(day)?;
                page.write_datetime_with_format(cell.row, column, &day, &date)?
            }
            (CellValue::Text(_) | CellValue::Error(_) | CellValue::NoResult, None) => {
                page.write_string(cell.row, column, cell.text())?
            }
        };
    }
    Ok(())
}

/// The draft as ods, as LibreOffice lays one out.
pub(super) fn ods(draft: &Draft, name: &str) -> Result<Vec<u8>> {
    let failed = |e: String| Error::Workbook { name: name.to_owned(), cause: e };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let meta = meta(draft);
    let content = content(draft);
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", CompressionMethod::Stored),
        ("content.xml", content.as_str(), CompressionMethod::Deflated),
        ("meta.xml", meta.as_str(), CompressionMethod::Deflated),
        ("META-INF/manifest.xml", MANIFEST, CompressionMethod::Deflated),
    ];
    for (part, text, method) in parts {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        zip.start_file(part, options).map_err(|e| failed(e.to_string()))?;
        zip.write_all(text.as_bytes()).map_err(|e| failed(e.to_string()))?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|e| failed(e.to_string()))
}

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

fn meta(draft: &Draft) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.2"><office:meta><meta:generator>LibreOffice/7.4 (rehearsed)</meta:generator>"#,
    );
    for (name, value) in &draft.properties {
        out += &[
            r#"<meta:user-defined meta:name=""#,
            &escaped(name),
            r#"">"#,
            &escaped(value),
            "</meta:user-defined>",
        ]
        .concat();
    }
    out + "</office:meta></office:document-meta>"
}

fn content(draft: &Draft) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2"><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>"#,
    );
    for sheet in &draft.sheets {
        let style = if sheet.visibility == Visibility::Visible { "ta1" } else { "ta2" };
        out += &[
            r#"<table:table table:name=""#,
            &escaped(&sheet.name),
            r#"" table:style-name=""#,
            style,
            r#"">"#,
        ]
        .concat();
        let mut next = 0;
        for row in sheet.cells.chunk_by(|a, b| a.row == b.row) {
            let at = row.first().map_or(next, |c| c.row);
            if at > next {
                out += &format!(
                    r#"<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>"#,
                    at - next
                );
            }
            next = at + 1;
            out += "<table:table-row>";
            let mut column = 0;
            for cell in row {
                if cell.column > column {
                    out += &format!(
                        r#"<table:table-cell table:number-columns-repeated="{}"/>"#,
                        cell.column - column
                    );
                }
                column = cell.column + 1;
                out += &element(cell);
            }
            out += "</table:table-row>";
        }
        out += "</table:table>";
    }
    out + "</office:spreadsheet></office:body></office:document-content>"
}

/// One cell; paragraphs are the lines of its text, runs of blanks are written out.
fn element(cell: &Cell) -> String {
    let text = cell.text();
    let shown: Vec<String> =
        text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
    let kind = match &cell.value {
        CellValue::Number(n) if cell.percent => {
            format!(r#"office:value-type="percentage" office:value="{n}""#)
        }
        CellValue::Number(n) => format!(r#"office:value-type="float" office:value="{n}""#),
        CellValue::Bool(b) => format!(r#"office:value-type="boolean" office:boolean-value="{b}""#),
        CellValue::Date(day) => format!(r#"office:value-type="date" office:date-value="{day}""#),
        CellValue::Text(_) | CellValue::Error(_) | CellValue::NoResult => {
            r#"office:value-type="string""#.to_owned()
        }
    };
    format!("<table:table-cell {kind}>{}</table:table-cell>", shown.concat())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
