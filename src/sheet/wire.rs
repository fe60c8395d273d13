//! A book, or why there is none, as bytes: what the reading process sends back.
//!
//! Lengths are 32-bit little-endian; the bytes live only between two processes of one binary, so there is no version.

use super::{Book, Cell, CellValue, FileKind, Sheet, Visibility};
use crate::diag::{Code, Diagnostic, Place};

/// What the reading process gives as bytes.
#[must_use]
pub fn encode(outcome: &Result<Book, Diagnostic>) -> Vec<u8> {
    let mut out = Writer(Vec::new());
    match outcome {
        Ok(book) => {
            out.0.push(1);
            out.book(book);
        }
        Err(finding) => {
            out.0.push(0);
            out.finding(finding);
        }
    }
    out.0
}

/// Reads back what [`encode`] wrote; none if the bytes are anything else.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Result<Book, Diagnostic>> {
    let mut from = Taker(bytes);
    let outcome = match from.byte()? {
        1 => Ok(from.book()?),
        0 => Err(from.finding()?),
        _ => return None,
    };
    from.0.is_empty().then_some(outcome)
}

/// The kinds of files that travel, by number.
const KINDS: [FileKind; 2] = [FileKind::Xls, FileKind::Xlsb];
const VISIBILITIES: [Visibility; 3] =
    [Visibility::Visible, Visibility::Hidden, Visibility::VeryHidden];
/// The named values of findings about files.
const NAMES: [&str; 3] = ["size", "limit", "kind"];

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, n: u32) {
        self.0.extend(n.to_le_bytes());
    }

    fn wide(&mut self, n: u64) {
        self.0.extend(n.to_le_bytes());
    }

    fn count(&mut self, n: usize) {
        // Counts are bounded by the limits, far below 2^32.
        self.number(u32::try_from(n).unwrap_or(u32::MAX));
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn index<T: PartialEq>(&mut self, of: &T, all: &[T]) {
        let at = all.iter().position(|o| o == of).unwrap_or(all.len());
        self.0.push(u8::try_from(at).unwrap_or(u8::MAX));
    }

    fn option(&mut self, text: Option<&str>) {
        self.0.push(u8::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        self.count(pairs.len());
        for (name, value) in pairs {
            self.text(name);
            self.text(value);
        }
    }

    fn book(&mut self, book: &Book) {
        self.index(&book.kind, &KINDS);
        self.wide(book.cells_seen);
        self.option(book.generator.as_deref());
        self.pairs(&book.names);
        self.pairs(&book.properties);
        self.count(book.sheets.len());
        for sheet in &book.sheets {
            self.text(&sheet.name);
            self.index(&sheet.visibility, &VISIBILITIES);
            self.wide(sheet.beyond_limits);
            self.count(sheet.merged.len());
            for (top, left, bottom, right) in &sheet.merged {
                for n in [top, left, bottom, right] {
                    self.number(*n);
                }
            }
            self.count(sheet.cells.len());
            sheet.cells.iter().for_each(|cell| self.cell(cell));
        }
    }

    fn cell(&mut self, cell: &Cell) {
        self.number(cell.row);
        self.number(cell.column);
        self.0.push(u8::from(cell.percent));
        self.option(cell.formula.as_deref());
        let (kind, text) = match &cell.value {
            CellValue::Text(text) => (0, text),
            CellValue::Date(text) => (1, text),
            CellValue::Error(text) => (2, text),
            CellValue::Number(number) => {
                self.0.push(3);
                self.wide(number.to_bits());
                return;
            }
            CellValue::Bool(value) => {
                self.0.push(4 + u8::from(*value));
                return;
            }
            CellValue::NoResult => {
                self.0.push(6);
                return;
            }
        };
        self.0.push(kind);
        self.text(text);
    }

    fn finding(&mut self, finding: &Diagnostic) {
        self.text(finding.code.printed());
        self.text(finding.place.file().unwrap_or_default());
        self.text(&finding.found);
        self.count(finding.args.len());
        for (name, value) in &finding.args {
            self.index(name, &NAMES);
            self.text(value);
        }
    }
}

struct Taker<'a>(&'a [u8]);

impl Taker<'_> {
    fn take(&mut self, n: usize) -> Option<&[u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn wide(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn count(&mut self) -> Option<usize> {
        self.number().and_then(|n| usize::try_from(n).ok())
    }

    fn text(&mut self) -> Option<String> {
        let len = self.count()?;
        String::from_utf8(self.take(len)?.to_vec()).ok()
    }

    fn index<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let at = self.byte()?;
        all.get(usize::from(at)).copied()
    }

    /// A text that may be absent, as no or one text.
    fn option(&mut self) -> Option<Vec<String>> {
        if self.byte()? == 0 { Some(Vec::new()) } else { Some(vec![self.text()?]) }
    }

    /// As many things as a count says; none if one of them is not there.
    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all)
    }

    fn pairs(&mut self) -> Option<Vec<(String, String)>> {
        self.many(|from| Some((from.text()?, from.text()?)))
    }

    fn book(&mut self) -> Option<Book> {
        Some(Book {
            kind: self.index(&KINDS)?,
            cells_seen: self.wide()?,
            generator: self.option()?.pop(),
            names: self.pairs()?,
            properties: self.pairs()?,
            sheets: self.many(|from| {
                Some(Sheet {
                    name: from.text()?,
                    visibility: from.index(&VISIBILITIES)?,
                    beyond_limits: from.wide()?,
                    merged: from
                        .many(|f| Some((f.number()?, f.number()?, f.number()?, f.number()?)))?,
                    cells: from.many(Self::cell)?,
                })
            })?,
        })
    }

    fn cell(&mut self) -> Option<Cell> {
        let (row, column) = (self.number()?, self.number()?);
        let percent = self.byte()? == 1;
        let formula = self.option()?.pop();
        let value = match self.byte()? {
            0 => CellValue::Text(self.text()?),
            1 => CellValue::Date(self.text()?),
            2 => CellValue::Error(self.text()?),
            3 => CellValue::Number(f64::from_bits(self.wide()?)),
            4 => CellValue::Bool(false),
            5 => CellValue::Bool(true),
            6 => CellValue::NoResult,
            _ => return None,
        };
        Some(Cell { row, column, value, percent, formula })
    }

    fn finding(&mut self) -> Option<Diagnostic> {
        let code = Code::from_printed(&self.text()?)?;
        let place = Place::File { file: self.text()? };
        let found = self.text()?;
        let args = self.many(|from| Some((from.index(&NAMES)?, from.text()?)))?;
        Some(Diagnostic { code, place, found, args })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_and_findings_go_there_and_back() {
        let cell = |row, value| Cell {
            row,
            column: 3,
            value,
            percent: row == 1,
            formula: Some("A1".into()),
        };
        let book = Book {
            kind: FileKind::Xls,
            sheets: vec![Sheet {
                name: "填报表".into(),
                visibility: Visibility::Hidden,
                cells: vec![
                    cell(0, CellValue::Text("甲".into())),
                    cell(1, CellValue::Number(0.85)),
                    cell(2, CellValue::Bool(true)),
                    cell(3, CellValue::Date("2024-03-31".into())),
                    cell(4, CellValue::Error("#N/A".into())),
                    cell(5, CellValue::NoResult),
                ],
                merged: vec![(1, 2, 3, 4)],
                beyond_limits: 7,
            }],
            names: vec![("a".into(), "b".into())],
            properties: vec![("c".into(), "d".into())],
            generator: Some("WPS".into()),
            cells_seen: 13,
        };
        let place = Place::File { file: "甲.xls".into() };
        let finding = Diagnostic::new(Code::FileBeyondLimits, place, "x")
            .with("size", "1")
            .with("limit", "2");
        for outcome in [Ok(book), Err(finding)] {
            let bytes = encode(&outcome);
            assert_eq!(decode(&bytes), Some(outcome));
            for cut in 0..bytes.len() {
                assert_eq!(decode(&bytes[..cut]), None);
            }
        }
    }
}
