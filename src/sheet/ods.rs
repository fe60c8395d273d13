//! `OpenDocument` spreadsheets (ods), streamed: repeated cells are counted, not unrolled without end.
//!
//! Read by our own hand because the library loads whole sheets and does not tell percentages from numbers.

use super::{
    Book, Cell, CellValue, FileKind, Sheet, Visibility,
    cells::Budget,
    formats::number,
    guard::{Archive, Refusal},
    limits::{COLUMNS, EXCEL_COLUMNS, EXCEL_ROWS, MERGED, NAMES, ROWS, SHEETS},
    strings::fits_cell,
    xml::{self, Broken, Scanner, Tag, Token},
};

/// Reads `content.xml` and `meta.xml` of a vetted container.
pub(super) fn read_ods(archive: &mut Archive<'_>, kind: FileKind) -> Result<Book, Refusal> {
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Refusal::Encrypted);
    }
    let damaged = |_: Broken| Refusal::Damaged("content.xml".to_owned());
    let content = archive.part("content.xml")?.ok_or(Broken).map_err(damaged)?;
    let content = xml::utf8(content);
    let mut reader = Reader {
        scanner: Scanner::new(&content),
        budget: Budget::new(),
        sheets: Vec::new(),
        names: Vec::new(),
        hidden: Vec::new(),
    };
    reader.run().map_err(damaged)?;
    let Reader { budget, sheets, names, .. } = reader;
    if sheets.is_empty() {
        return Err(Refusal::NoSheets);
    }
    if sheets.len() > SHEETS {
        let (size, limit) = (sheets.len() as u64, SHEETS as u64);
        return Err(Refusal::TooMuch { part: "content.xml".to_owned(), size, limit });
    }
    let meta = archive.part("meta.xml")?.map(xml::utf8).unwrap_or_default();
    let (generator, properties) = meta_properties(&meta).unwrap_or_default();
    Ok(Book { kind, sheets, names, properties, generator, cells_seen: budget.seen })
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    budget: Budget,
    sheets: Vec<Sheet>,
    names: Vec<(String, String)>,
    /// Table styles that are not displayed.
    hidden: Vec<String>,
}

/// A cell element with what its attributes say.
struct Raw {
    column: u32,
    /// How many columns it stands in.
    across: u32,
    value: Option<CellValue>,
    percent: bool,
    formula: Option<String>,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), Broken> {
        let mut style = String::new();
        while let Some(token) = self.scanner.next()? {
            let Token::Start(tag) = token else { continue };
            match tag.name {
                b"style" => style = tag.text(b"name").unwrap_or_default(),
                b"table-properties" if tag.get(b"display") == Some(b"false") => {
                    self.hidden.push(style.clone());
                }
                b"tracked-changes" | b"dde-links" | b"content-validations" => {
                    self.scanner.skip_element(tag)?;
                }
                b"named-range" | b"named-expression" if self.names.len() < NAMES => {
                    let stands_for =
                        tag.text(b"cell-range-address").or_else(|| tag.text(b"expression"));
                    let name = tag.text(b"name").unwrap_or_default();
                    self.names.push((name, stands_for.unwrap_or_default()));
                }
                b"table" => {
                    self.table(tag)?;
                    if self.sheets.len() > SHEETS {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// One sheet, to the end of its element.
    fn table(&mut self, tag: Tag<'_>) -> Result<(), Broken> {
        let outside = self.scanner.depth() - 1;
        let style = tag.text(b"style-name").unwrap_or_default();
        let visibility =
            if self.hidden.contains(&style) { Visibility::Hidden } else { Visibility::Visible };
        let name = tag.text(b"name").unwrap_or_default();
        let mut sheet = Sheet { name, visibility, ..Sheet::default() };
        let mut row = 0_u32;
        loop {
            match self.scanner.next()?.ok_or(Broken)? {
                Token::Start(tag) => match tag.name {
                    b"table-row" => {
                        let down = repeat(tag.get(b"number-rows-repeated"), EXCEL_ROWS);
                        let (cells, outside) = self.row(row, &mut sheet)?;
                        self.put(&cells, outside, row, down, &mut sheet);
                        row = row.saturating_add(down);
                    }
                    b"table" | b"shapes" | b"forms" => self.scanner.skip_element(tag)?,
                    b"named-range" | b"named-expression" if self.names.len() < NAMES => {
                        let name = tag.text(b"name").unwrap_or_default();
                        let stands_for = tag.text(b"cell-range-address").unwrap_or_default();
                        self.names.push((name, stands_for));
                    }
                    _ => {}
                },
                Token::End if self.scanner.depth() <= outside => break,
                _ => {}
            }
        }
        self.sheets.push(sheet);
        Ok(())
    }

    /// The non-blank cells of one row element, and how many more stand right of what is read.
    fn row(&mut self, row: u32, sheet: &mut Sheet) -> Result<(Vec<Raw>, u64), Broken> {
        let outside = self.scanner.depth() - 1;
        let mut cells = Vec::new();
        let mut beyond = 0_u64;
        let mut column = 0_u32;
        loop {
            match self.scanner.next()?.ok_or(Broken)? {
                Token::Start(tag) if matches!(tag.name, b"table-cell" | b"covered-table-cell") => {
                    let across = repeat(tag.get(b"number-columns-repeated"), EXCEL_COLUMNS);
                    merge(tag, row, column, sheet);
                    let cell = self.cell(tag, column, across)?;
                    if cell.value.is_some() && column >= COLUMNS {
                        beyond += u64::from(across);
                    } else if cell.value.is_some() {
                        cells.push(cell);
                    }
                    column = column.saturating_add(across);
                }
                Token::End if self.scanner.depth() <= outside => return Ok((cells, beyond)),
                _ => {}
            }
        }
    }

    /// One cell element, to its end.
    fn cell(&mut self, tag: Tag<'_>, column: u32, across: u32) -> Result<Raw, Broken> {
        let mut kind: &[u8] = b"";
        let mut error = false;
        let mut plain = None;
        let mut formula = None;
        for (name, value) in tag.attributes() {
            match name {
                // LibreOffice repeats the type with a prefix of its own, where it says “error”.
                b"value-type" if kind.is_empty() => {
                    kind = value;
                    error = value == b"error";
                }
                b"value-type" => error |= value == b"error",
                b"value" | b"date-value" | b"time-value" | b"boolean-value" | b"string-value" => {
                    plain = Some(xml::decode(value).into_owned());
                }
                b"formula" => {
                    let text = xml::decode(value);
                    let bare = text.split_once('=').map_or(&*text, |(_, formula)| formula);
                    formula = Some(bare.to_owned());
                }
                _ => {}
            }
        }
        let shown = self.paragraphs()?;
        let value = if error {
            Some(CellValue::Error(shown.trim().to_owned()))
        } else {
            typed(kind, plain, shown, formula.is_some())
        };
        let value = value.or_else(|| formula.is_some().then_some(CellValue::NoResult));
        let blank =
            matches!(&value, Some(CellValue::Text(t)) if t.trim().is_empty() && formula.is_none());
        let value = value.filter(|_| !blank);
        Ok(Raw { column, across, value, percent: kind == b"percentage", formula })
    }

    /// The text of a cell: its paragraphs, comments left out.
    fn paragraphs(&mut self) -> Result<String, Broken> {
        let outside = self.scanner.depth() - 1;
        let mut text = String::new();
        let mut first = true;
        let mut inside = 0_usize;
        loop {
            match self.scanner.next()?.ok_or(Broken)? {
                Token::Start(tag) => match tag.name {
                    b"annotation" | b"table" | b"ruby-text" => self.scanner.skip_element(tag)?,
                    b"p" | b"h" => {
                        if !std::mem::take(&mut first) {
                            text.push('\n');
                        }
                        inside = self.scanner.depth();
                    }
                    b"s" => {
                        let spaces = repeat(tag.get(b"c"), MOST_SPACES);
                        // A text no cell can hold need not grow further: each such element has 30 bytes.
                        if fits_cell(&text) {
                            text.extend(std::iter::repeat_n(' ', spaces as usize));
                        }
                    }
                    b"tab" => text.push('\t'),
                    b"line-break" => text.push('\n'),
                    _ => {}
                },
                Token::Text(raw) if inside > 0 => xml::push_decoded(raw, &mut text),
                Token::Data(raw) if inside > 0 => text.push_str(&String::from_utf8_lossy(raw)),
                Token::End => {
                    let depth = self.scanner.depth();
                    if depth < inside {
                        inside = 0;
                    }
                    if depth <= outside {
                        return Ok(text);
                    }
                }
                _ => {}
            }
        }
    }

    /// Puts the cells of one row element into the `down` rows it stands for; `outside` more are counted in each.
    fn put(&mut self, cells: &[Raw], outside: u64, row: u32, down: u32, sheet: &mut Sheet) {
        let in_row: u64 = cells.iter().map(|c| u64::from(c.across)).sum::<u64>() + outside;
        for step in 0..down {
            let rows_left = u64::from(down - step);
            let here = row.saturating_add(step);
            if here >= ROWS || self.budget.is_spent() {
                self.budget.seen += in_row * rows_left;
                sheet.beyond_limits += in_row * rows_left;
                return;
            }
            if in_row == 0 {
                return;
            }
            for raw in cells {
                self.put_across(raw, here, sheet);
            }
            self.budget.seen += outside;
            sheet.beyond_limits += outside;
        }
    }

    fn put_across(&mut self, raw: &Raw, row: u32, sheet: &mut Sheet) {
        let Some(value) = &raw.value else { return };
        let fits = match value {
            CellValue::Text(text) => fits_cell(text),
            _ => true,
        };
        for step in 0..raw.across {
            let column = raw.column.saturating_add(step);
            if column >= COLUMNS || !fits || self.budget.is_spent() {
                let left = u64::from(raw.across - step);
                self.budget.seen += left;
                sheet.beyond_limits += left;
                return;
            }
            if self.budget.admit(row, column, value, raw.formula.as_deref()) {
                sheet.cells.push(Cell {
                    row,
                    column,
                    value: value.clone(),
                    percent: raw.percent,
                    formula: raw.formula.clone(),
                });
            } else {
                sheet.beyond_limits += 1;
            }
        }
    }
}

/// Blanks that one element may stand for; more than a cell may hold is nonsense.
const MOST_SPACES: u32 = 32_767;

/// A repeat count: at least 1, at most `most`.
fn repeat(raw: Option<&[u8]>, most: u32) -> u32 {
    raw.and_then(number).unwrap_or(1).clamp(1, most)
}

/// A cell's value by its declared type; none for a blank cell.
fn typed(kind: &[u8], plain: Option<String>, shown: String, formula: bool) -> Option<CellValue> {
    match kind {
        b"float" | b"percentage" | b"currency" => {
            let number = plain.as_deref().and_then(|v| v.trim().parse().ok());
            number
                .filter(|n: &f64| n.is_finite())
                .map(CellValue::Number)
                .or(Some(CellValue::Text(shown)))
        }
        b"boolean" => plain.map(|v| CellValue::Bool(v.trim() == "true")),
        b"date" => plain.map(|v| {
            let day = v.strip_suffix("T00:00:00").unwrap_or(&v);
            CellValue::Date(day.split('.').next().unwrap_or(day).to_owned())
        }),
        b"time" => plain.map(|v| CellValue::Date(clock(&v).unwrap_or(v))),
        _ => {
            let text = if shown.is_empty() { plain.unwrap_or(shown) } else { shown };
            // A formula's empty result is a result; an empty cell is none.
            (!text.is_empty() || (formula && kind == b"string")).then_some(CellValue::Text(text))
        }
    }
}

/// `PT09H30M00S` as `09:30:00`.
fn clock(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let seconds = seconds.split(['.', ',']).next()?;
    let parts = [hours, minutes, seconds].map(|p| p.parse::<u32>().ok());
    let [Some(h), Some(m), Some(s)] = parts else { return None };
    Some(format!("{h:02}:{m:02}:{s:02}"))
}

/// A merged range that begins here.
fn merge(tag: Tag<'_>, row: u32, column: u32, sheet: &mut Sheet) {
    let across = repeat(tag.get(b"number-columns-spanned"), EXCEL_COLUMNS);
    let down = repeat(tag.get(b"number-rows-spanned"), EXCEL_ROWS);
    if (across > 1 || down > 1) && sheet.merged.len() < MERGED {
        sheet.merged.push((
            row,
            column,
            row.saturating_add(down - 1),
            column.saturating_add(across - 1),
        ));
    }
}

/// The generator and the custom properties.
type Meta = (Option<String>, Vec<(String, String)>);

fn meta_properties(meta: &[u8]) -> Result<Meta, Broken> {
    let mut scanner = Scanner::new(meta);
    let (mut generator, mut properties) = (None, Vec::new());
    while let Some(token) = scanner.next()? {
        let Token::Start(tag) = token else { continue };
        let mut text = String::new();
        match tag.name {
            b"generator" => {
                scanner.text_of_element(&mut text)?;
                generator = Some(text);
            }
            b"user-defined" if properties.len() < NAMES => {
                let name = tag.text(b"name").unwrap_or_default();
                scanner.text_of_element(&mut text)?;
                properties.push((name, text));
            }
            _ => {}
        }
    }
    Ok((generator, properties))
}
