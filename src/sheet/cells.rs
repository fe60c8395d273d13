//! The cells of one xlsx sheet, streamed from its XML.

use std::collections::BTreeMap;

use super::{
    Cell, CellValue, Sheet, cell_name,
    formats::{Look, number},
    guard::Refusal,
    limits::{CELLS, COLUMNS, EXCEL_FORMULA_CHARS, MERGED, ROWS, TEXT_BYTES},
    parse_cell, shared_formula,
    strings::{Shared, Strings, fits_cell, rich_text, unescape},
    usual,
    xml::{Broken, Scanner, Tag, Token},
};

/// What is left of a workbook's budget while its sheets are read one after another.
pub(super) struct Budget {
    /// Cells that may still be kept.
    cells: usize,
    /// Bytes of text that may still be kept.
    text: usize,
    /// Non-blank cells met, kept or not.
    pub(super) seen: u64,
}

impl Budget {
    /// The whole budget of one workbook.
    pub(super) const fn new() -> Self {
        Self { cells: CELLS, text: TEXT_BYTES, seen: 0 }
    }

    /// Whether a cell there with so many bytes of text would be kept.
    pub(super) const fn has_room_for(&self, (row, column): (u32, u32), bytes: usize) -> bool {
        row < ROWS && column < COLUMNS && self.cells > 0 && self.text >= bytes
    }

    /// Whether no further cell will be kept.
    pub(super) const fn is_spent(&self) -> bool {
        self.cells == 0
    }

    /// Counts a non-blank cell; true if it may be kept.
    pub(super) fn admit(
        &mut self,
        row: u32,
        column: u32,
        value: &CellValue,
        formula: Option<&str>,
    ) -> bool {
        self.seen += 1;
        let bytes = formula.map_or(0, str::len)
            + match value {
                CellValue::Text(text) | CellValue::Error(text) => text.len(),
                _ => 0,
            };
        let inside = self.has_room_for((row, column), bytes);
        if inside {
            self.cells -= 1;
            self.text -= bytes;
        }
        inside
    }
}

/// What a sheet's cells refer to in their workbook.
pub(super) struct Workbook<'a> {
    pub(super) strings: &'a Strings,
    pub(super) looks: &'a [Look],
    pub(super) date1904: bool,
}

/// Why a sheet cannot be read: broken XML, or a cell that contradicts the workbook.
enum Trouble {
    Broken,
    Cell(u32, u32),
}

impl From<Broken> for Trouble {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

/// Reads the cells and merged ranges of a sheet's XML into `sheet`.
pub(super) fn read_cells(
    part: &[u8],
    workbook: &Workbook<'_>,
    budget: &mut Budget,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    let mut reader = Reader {
        scanner: Scanner::new(part),
        workbook,
        budget,
        masters: BTreeMap::new(),
        row: 0,
        column: 0,
        sorted: true,
    };
    let place = |at: Trouble, sheet: &Sheet| match at {
        Trouble::Broken => Refusal::Damaged(sheet.name.clone()),
        Trouble::Cell(row, column) => {
            Refusal::Damaged(format!("{}!{}", sheet.name, cell_name(row, column)))
        }
    };
    reader.run(sheet).map_err(|t| place(t, sheet))?;
    if !reader.sorted {
        sheet.cells.sort_by_key(|c| (c.row, c.column));
        // One address twice: programs differ in which one they show, so neither is believed.
        let twice =
            sheet.cells.windows(2).find(|w| (w[0].row, w[0].column) == (w[1].row, w[1].column));
        if let Some(twice) = twice {
            return Err(place(Trouble::Cell(twice[0].row, twice[0].column), sheet));
        }
    }
    Ok(())
}

struct Reader<'a, 'b> {
    scanner: Scanner<'a>,
    workbook: &'b Workbook<'b>,
    budget: &'b mut Budget,
    /// Shared formulas by number: where the first stands and its text.
    masters: BTreeMap<u32, ((u32, u32), String)>,
    row: u32,
    /// Column of the next cell, where it does not say.
    column: u32,
    sorted: bool,
}

/// Shared formulas kept for their followers; a form has a dozen.
const MASTERS: usize = 4_096;

impl Reader<'_, '_> {
    fn run(&mut self, sheet: &mut Sheet) -> Result<(), Trouble> {
        let mut next_row = 0;
        loop {
            while let Some(cell) = self.scanner.shortcut(2, usual::cell) {
                self.usual(&cell, sheet)?;
            }
            let Some(token) = self.scanner.next()? else { return Ok(()) };
            let Token::Start(tag) = token else { continue };
            match tag.name {
                b"c" => self.cell(tag, sheet)?,
                b"row" => {
                    self.row =
                        tag.get(b"r").and_then(number).map_or(next_row, |r| r.saturating_sub(1));
                    next_row = self.row.saturating_add(1);
                    self.column = 0;
                }
                b"mergeCell" => {
                    if sheet.merged.len() < MERGED
                        && let Some(range) = tag.get(b"ref").and_then(merged_range)
                    {
                        sheet.merged.push(range);
                    }
                }
                b"conditionalFormatting"
                | b"dataValidations"
                | b"extLst"
                | b"cols"
                | b"drawing" => {
                    self.scanner.skip_element(tag)?;
                }
                _ => {}
            }
        }
    }

    /// One cell that stands as nearly all do.
    fn usual(&mut self, cell: &usual::Cell<'_>, sheet: &mut Sheet) -> Result<(), Trouble> {
        self.column = cell.at.1.saturating_add(1);
        let Some(raw) = cell.value else { return Ok(()) };
        let look = cell.format.map_or(Look::Plain, |format| self.look(format));
        let content = self.value_of(cell.kind, raw, look, cell.at)?;
        self.keep(content, None, look, cell.at, sheet);
        Ok(())
    }

    /// The look of a cell format; what the styles do not know is plain.
    fn look(&self, format: u32) -> Look {
        usize::try_from(format)
            .ok()
            .and_then(|n| self.workbook.looks.get(n))
            .copied()
            .unwrap_or_default()
    }

    /// One cell, from its start tag to its end.
    fn cell(&mut self, tag: Tag<'_>, sheet: &mut Sheet) -> Result<(), Trouble> {
        let (mut row, mut column) = (self.row, self.column);
        let mut kind: &[u8] = b"n";
        let mut look = Look::Plain;
        for (name, value) in tag.attributes() {
            match name {
                b"r" => (row, column) = address(value).unwrap_or((row, column)),
                b"t" => kind = value,
                b"s" => look = number(value).map_or(Look::Plain, |format| self.look(format)),
                _ => {}
            }
        }
        self.column = column.saturating_add(1);
        let (content, formula) = self.content(kind, look, (row, column))?;
        self.keep(content, formula, look, (row, column), sheet);
        Ok(())
    }

    /// Counts a cell and keeps it where it is not blank.
    fn keep(
        &mut self,
        content: Content,
        formula: Option<String>,
        look: Look,
        (row, column): (u32, u32),
        sheet: &mut Sheet,
    ) {
        let value = match (content, &formula) {
            (Content::Value(value), _) => value,
            (Content::Blank, None) => return,
            (Content::Blank, Some(_)) => CellValue::NoResult,
            (Content::TooLong, _) => {
                self.budget.seen += 1;
                sheet.beyond_limits += 1;
                return;
            }
        };
        if formula.is_none() && matches!(&value, CellValue::Text(t) if t.trim().is_empty()) {
            return;
        }
        if !self.budget.admit(row, column, &value, formula.as_deref()) {
            sheet.beyond_limits += 1;
            return;
        }
        if sheet.cells.last().is_some_and(|c| (c.row, c.column) >= (row, column)) {
            self.sorted = false;
        }
        sheet.cells.push(Cell { row, column, value, percent: look == Look::Percent, formula });
    }

    /// Value and formula of a cell.
    fn content(
        &mut self,
        kind: &[u8],
        look: Look,
        at: (u32, u32),
    ) -> Result<(Content, Option<String>), Trouble> {
        let outside = self.scanner.depth() - 1;
        let mut content = Content::Blank;
        let mut formula = None;
        loop {
            match self.scanner.next()?.ok_or(Broken)? {
                Token::Start(tag) => match tag.name {
                    b"v" => content = self.value(kind, look, at)?,
                    b"f" => formula = Some(self.formula(tag, at)?),
                    b"is" => {
                        let mut text = String::new();
                        rich_text(&mut self.scanner, &mut text)?;
                        content = text_content(text);
                    }
                    _ => self.scanner.skip_element(tag)?,
                },
                Token::End if self.scanner.depth() <= outside => return Ok((content, formula)),
                _ => {}
            }
        }
    }

    /// The content of a `v` element.
    fn value(&mut self, kind: &[u8], look: Look, at: (u32, u32)) -> Result<Content, Trouble> {
        // Most values are one piece of text without entities.
        let raw = match self.scanner.next()?.ok_or(Broken)? {
            Token::Text(raw) | Token::Data(raw) => raw,
            Token::End if kind == b"str" => {
                return Ok(Content::Value(CellValue::Text(String::new())));
            }
            Token::End => return Ok(Content::Blank),
            Token::Start(_) => return Err(Trouble::Broken),
        };
        let mut pieces = Vec::new();
        let raw = loop {
            match self.scanner.next()?.ok_or(Broken)? {
                Token::End if pieces.is_empty() => break raw,
                Token::End => break pieces.as_slice(),
                Token::Start(_) => return Err(Trouble::Broken),
                Token::Text(more) | Token::Data(more) => {
                    if pieces.is_empty() {
                        pieces.extend_from_slice(raw);
                    }
                    pieces.extend_from_slice(more);
                }
            }
        };
        self.value_of(kind, raw, look, at)
    }

    /// The value that `raw` stands for in a cell of that kind.
    fn value_of(
        &self,
        kind: &[u8],
        raw: &[u8],
        look: Look,
        at: (u32, u32),
    ) -> Result<Content, Trouble> {
        Ok(match kind {
            b"s" => {
                let index = number(raw).and_then(|n| usize::try_from(n).ok());
                match index.and_then(|n| self.workbook.strings.get(n)) {
                    Some(Shared::Text(text)) => Content::Value(CellValue::Text(text.to_owned())),
                    Some(Shared::TooLong) => Content::TooLong,
                    None => return Err(Trouble::Cell(at.0, at.1)),
                }
            }
            b"str" | b"inlineStr" => {
                let mut text = super::xml::decode(raw).into_owned();
                unescape(&mut text, 0);
                text_content(text)
            }
            b"b" => Content::Value(CellValue::Bool(
                raw.trim_ascii() != b"0" && raw.trim_ascii() != b"false",
            )),
            b"e" => Content::Value(CellValue::Error(super::xml::decode(raw).trim().to_owned())),
            b"d" => {
                let text = super::xml::decode(raw);
                let day = text.strip_suffix("T00:00:00").unwrap_or(&text);
                Content::Value(CellValue::Date(day.to_owned()))
            }
            _ => match parse_number(raw) {
                Some(number) => Content::Value(look.value(number, self.workbook.date1904)),
                None => text_content(super::xml::decode(raw).into_owned()),
            },
        })
    }

    /// The text of an `f` element; followers of a shared formula get theirs from the first.
    fn formula(&mut self, tag: Tag<'_>, at: (u32, u32)) -> Result<String, Trouble> {
        let shared = match tag.get(b"t") {
            Some(b"shared") => tag.get(b"si").and_then(number),
            _ => None,
        };
        let mut text = String::new();
        self.scanner.text_of_element(&mut text)?;
        let Some(index) = shared else { return Ok(text) };
        if !text.is_empty() {
            if self.masters.len() < MASTERS && text.len() <= EXCEL_FORMULA_CHARS {
                self.masters.entry(index).or_insert_with(|| (at, text.clone()));
            }
        } else if let Some((from, first)) = self.masters.get(&index)
            // What will not be kept is not worked out: a million followers of a long formula take minutes.
            && self.budget.has_room_for(at, first.len())
        {
            let moved = shared_formula::moved(first, *from, at);
            if self.budget.has_room_for(at, moved.len()) {
                text = moved;
            } else {
                // It grew beyond what is left, and so will those that follow.
                self.masters.remove(&index);
            }
        }
        Ok(text)
    }
}

/// What stands in a cell.
enum Content {
    Blank,
    Value(CellValue),
    /// A text no cell can hold.
    TooLong,
}

fn text_content(text: String) -> Content {
    if fits_cell(&text) { Content::Value(CellValue::Text(text)) } else { Content::TooLong }
}

/// A finite number as XML writes it; words such as `inf` are text.
fn parse_number(raw: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(raw.trim_ascii()).ok()?;
    let first = text.trim_start_matches(['-', '+']).bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

/// A cell address from bytes: `AB12`.
fn address(raw: &[u8]) -> Option<(u32, u32)> {
    std::str::from_utf8(raw).ok().and_then(parse_cell)
}

/// `A1:B2` as first and last cell; a single cell is no range.
fn merged_range(raw: &[u8]) -> Option<(u32, u32, u32, u32)> {
    let (first, last) = std::str::from_utf8(raw).ok()?.split_once(':')?;
    let (first, last) = (parse_cell(first)?, parse_cell(last)?);
    Some((first.0.min(last.0), first.1.min(last.1), first.0.max(last.0), first.1.max(last.1)))
}
