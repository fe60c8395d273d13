//! What the reading library can only load whole: xls and xlsb. Called only inside the reading process.

use std::io::Cursor;

use calamine::{Data, DataRef, Range, Reader, SheetType, SheetVisible, Xls, Xlsb};

use super::{
    Book, Cell, CellValue, FileKind, Sheet, Visibility, biff,
    cells::Budget,
    formats::date_text,
    guard::{Archive, Refusal},
    limits::{DENSE_CELLS, FILE_BYTES, MERGED, NAMES, SHEETS},
    ole::Ole,
    refuse,
    strings::fits_cell,
};
use crate::diag::Diagnostic;

/// Reads a workbook the library can only load whole; `file` is its name in findings.
///
/// The container's chains (xls) or parts (xlsb) are vetted first; what the library then needs is bounded by the
/// memory limit of the process this runs in.
///
/// # Errors
/// A finding (I101–I115) that says why the file is not read.
#[expect(clippy::result_large_err, reason = "one per file")]
pub fn read_loaded(bytes: &[u8], kind: FileKind, file: &str) -> Result<Book, Diagnostic> {
    if bytes.len() > FILE_BYTES {
        return Err(refuse::too_large(bytes.len() as u64, FILE_BYTES as u64, file));
    }
    match kind {
        FileKind::Xls => xls(bytes),
        FileKind::Xlsb => xlsb(bytes),
        _ => return Err(refuse::by_kind(kind, bytes, file)),
    }
    .map_err(|r| refuse::refusal(&r, file))
}

fn xls(bytes: &[u8]) -> Result<Book, Refusal> {
    let damaged = || Refusal::Damaged(String::new());
    // BIFF2–4 come without a container.
    let stream = if bytes.starts_with(super::ole::SIGNATURE) {
        Ole::open(bytes).and_then(|ole| ole.workbook()).ok_or_else(damaged)?
    } else {
        bytes.to_vec()
    };
    let biff::BookScan { sheets: scans, texts } = biff::scan(&stream);
    drop(stream);
    if scans.len() > SHEETS {
        let (size, limit) = (scans.len() as u64, SHEETS as u64);
        return Err(Refusal::TooMuch { part: "Workbook".to_owned(), size, limit });
    }
    let dense: u64 = scans.iter().map(biff::SheetScan::rectangle).sum();
    if dense > DENSE_CELLS {
        return Err(Refusal::TooMuch {
            part: "Workbook".to_owned(),
            size: dense,
            limit: DENSE_CELLS,
        });
    }
    let mut book = match Xls::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(calamine::XlsError::Password) => return Err(Refusal::Encrypted),
        Err(_) => return Err(damaged()),
    };
    let date1904 = book.has_1904_epoch();
    let mut budget = Budget::new();
    let mut sheets = Vec::new();
    let mut worksheets = 0;
    for about in sheet_list(&book)? {
        let (name, visibility, is_worksheet) = about;
        if !is_worksheet {
            continue;
        }
        let scan = scans.get(worksheets);
        worksheets += 1;
        let mut sheet = Sheet { name, visibility, ..Sheet::default() };
        let values =
            book.worksheet_range(&sheet.name).map_err(|_| Refusal::Damaged(sheet.name.clone()))?;
        let formulas = book.worksheet_formula(&sheet.name).unwrap_or_default();
        from_ranges(&values, &formulas, date1904, &mut budget, &mut sheet);
        if let Some(scan) = scan {
            for cell in &mut sheet.cells {
                cell.percent = scan.percent.contains(&(cell.row, cell.column));
            }
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        sheet.merged =
            merged.iter().take(MERGED).map(|m| (m.start.0, m.start.1, m.end.0, m.end.1)).collect();
        sheets.push(sheet);
    }
    let names = with_texts(book.defined_names(), texts);
    let properties = book.workbook_properties().ok();
    finish(FileKind::Xls, sheets, names, properties, &budget)
}

/// The library's names of an xls, those that stand for a text with that text as a formula writes it.
fn with_texts(
    names: &[(String, String)],
    mut texts: Vec<(String, String)>,
) -> Vec<(String, String)> {
    for (_, text) in &mut texts {
        *text = format!("\"{}\"", text.replace('"', "\"\""));
    }
    let read: std::collections::HashSet<&str> = texts.iter().map(|(n, _)| n.as_str()).collect();
    let others: Vec<_> =
        names.iter().filter(|(n, _)| !read.contains(n.as_str())).cloned().collect();
    texts.into_iter().chain(others).take(NAMES).collect()
}

fn xlsb(bytes: &[u8]) -> Result<Book, Refusal> {
    // The library does not verify checksums; taking each part out does.
    let mut archive = Archive::open(bytes)?;
    for index in 0..archive.entries.len() {
        if archive.entries[index].name.to_ascii_lowercase().contains("xl/") {
            archive.take(index)?;
        }
    }
    drop(archive);
    let mut book = match Xlsb::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(calamine::XlsbError::Password) => return Err(Refusal::Encrypted),
        Err(_) => return Err(Refusal::Damaged("xl/workbook.bin".to_owned())),
    };
    let mut budget = Budget::new();
    let mut sheets = Vec::new();
    let date1904 = book.has_1904_epoch();
    for (name, visibility, is_worksheet) in sheet_list(&book)? {
        if is_worksheet {
            let mut sheet = Sheet { name, visibility, ..Sheet::default() };
            xlsb_cells(&mut book, date1904, &mut budget, &mut sheet)
                .map_err(|_| Refusal::Damaged(sheet.name.clone()))?;
            sheets.push(sheet);
        }
    }
    let names = book.defined_names().iter().take(NAMES).cloned().collect();
    let properties = book.workbook_properties().ok();
    finish(FileKind::Xlsb, sheets, names, properties, &budget)
}

/// The cells of one xlsb sheet, streamed; formulas come in a walk of their own.
fn xlsb_cells(
    book: &mut Xlsb<Cursor<&[u8]>>,
    date1904: bool,
    budget: &mut Budget,
    sheet: &mut Sheet,
) -> Result<(), calamine::XlsbError> {
    let mut formulas = std::collections::BTreeMap::new();
    {
        let mut reader = book.worksheet_cells_reader(&sheet.name)?;
        while let Some(cell) = reader.next_formula()? {
            if !cell.get_value().is_empty() && formulas.len() < super::limits::CELLS {
                formulas.insert(cell.get_position(), cell.get_value().clone());
            }
        }
    }
    let mut reader = book.worksheet_cells_reader(&sheet.name)?;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let value = match cell.get_value() {
            DataRef::SharedString(text) => Data::String((*text).to_owned()),
            other => other.clone().into(),
        };
        let formula = formulas.remove(&(row, column));
        put(row, column, &value, formula, date1904, budget, sheet);
    }
    sheet.cells.sort_by_key(|c| (c.row, c.column));
    Ok(())
}

/// Name, visibility, and whether it has cells, of each sheet.
fn sheet_list<R: Reader<RS>, RS: std::io::Read + std::io::Seek>(
    book: &R,
) -> Result<Vec<(String, Visibility, bool)>, Refusal> {
    let all = book.sheets_metadata();
    if all.len() > SHEETS {
        let (size, limit) = (all.len() as u64, SHEETS as u64);
        return Err(Refusal::TooMuch { part: "Workbook".to_owned(), size, limit });
    }
    Ok(all
        .iter()
        .map(|about| {
            let visibility = match about.visible {
                SheetVisible::Visible => Visibility::Visible,
                SheetVisible::Hidden => Visibility::Hidden,
                SheetVisible::VeryHidden => Visibility::VeryHidden,
            };
            (about.name.clone(), visibility, about.typ == SheetType::WorkSheet)
        })
        .collect())
}

/// Cells of two ranges that may begin at different places.
fn from_ranges(
    values: &Range<Data>,
    formulas: &Range<String>,
    date1904: bool,
    budget: &mut Budget,
    sheet: &mut Sheet,
) {
    let formula_at = |at: (u32, u32)| formulas.get_value(at).filter(|f| !f.is_empty()).cloned();
    let (top, left) = values.start().unwrap_or_default();
    for (row, column, value) in values.used_cells() {
        let (row, column) = (offset(top, row), offset(left, column));
        put(row, column, value, formula_at((row, column)), date1904, budget, sheet);
    }
    // Formulas without a stored result are in the formula range alone.
    let (top, left) = formulas.start().unwrap_or_default();
    let before = sheet.cells.len();
    for (row, column, formula) in formulas.used_cells() {
        let at = (offset(top, row), offset(left, column));
        let has_value = values.get_value(at).is_some_and(|v| *v != Data::Empty);
        if !formula.is_empty() && !has_value {
            put(at.0, at.1, &Data::Empty, Some(formula.clone()), date1904, budget, sheet);
        }
    }
    if sheet.cells.len() > before {
        sheet.cells.sort_by_key(|c| (c.row, c.column));
    }
}

fn offset(start: u32, step: usize) -> u32 {
    start.saturating_add(u32::try_from(step).unwrap_or(u32::MAX))
}

/// Puts one cell into the sheet, if it is not blank and within the limits.
fn put(
    row: u32,
    column: u32,
    value: &Data,
    formula: Option<String>,
    date1904: bool,
    budget: &mut Budget,
    sheet: &mut Sheet,
) {
    let value = match value {
        Data::Empty if formula.is_none() => return,
        Data::Empty => CellValue::NoResult,
        Data::String(text) if formula.is_none() && text.trim().is_empty() => return,
        Data::String(text) => CellValue::Text(text.clone()),
        Data::Int(number) => CellValue::Number(whole(*number)),
        Data::Float(number) => CellValue::Number(*number),
        Data::Bool(value) => CellValue::Bool(*value),
        Data::DateTime(date) => {
            let serial = date.as_f64();
            date_text(serial, date1904).map_or(CellValue::Number(serial), CellValue::Date)
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => CellValue::Date(text.clone()),
        Data::Error(error) => CellValue::Error(error.to_string()),
    };
    let fits = !matches!(&value, CellValue::Text(text) if !fits_cell(text));
    if !fits {
        budget.seen += 1;
    }
    if fits && budget.admit(row, column, &value, formula.as_deref()) {
        sheet.cells.push(Cell { row, column, value, percent: false, formula });
    } else {
        sheet.beyond_limits += 1;
    }
}

#[expect(clippy::cast_precision_loss, reason = "BIFF integers have 30 bits")]
const fn whole(number: i64) -> f64 {
    number as f64
}

fn finish(
    kind: FileKind,
    sheets: Vec<Sheet>,
    names: Vec<(String, String)>,
    said: Option<calamine::WorkbookProperties>,
    budget: &Budget,
) -> Result<Book, Refusal> {
    if sheets.is_empty() {
        return Err(Refusal::NoSheets);
    }
    let mut custom = Vec::new();
    let mut generator = None;
    if let Some(calamine::WorkbookProperties {
        application, app_version, custom_properties, ..
    }) = said
    {
        let program: Vec<String> = [application, app_version].into_iter().flatten().collect();
        let sorted: std::collections::BTreeMap<_, _> = custom_properties.into_iter().collect();
        generator = match sorted.get("KSOProductBuildVer") {
            Some(build) => Some(format!("WPS {build}")),
            None => Some(program.join(" ")).filter(|g| !g.is_empty()),
        };
        custom = sorted.into_iter().take(NAMES).collect();
    }
    Ok(Book { kind, sheets, names, properties: custom, generator, cells_seen: budget.seen })
}
