//! A look through the records of a BIFF workbook (xls) before the library loads it: which cells show percentages,
//! and how large a sheet would become, since the library lays every sheet out as a full rectangle.

use std::collections::BTreeSet;

use super::{
    formats::Look,
    guard::{u16_at, u32_at},
    limits::{NAMES, SHEETS},
};

/// What the records of one sheet say.
#[derive(Default)]
pub(super) struct SheetScan {
    /// Cells whose number format is a percentage.
    pub(super) percent: BTreeSet<(u32, u32)>,
    /// First row, first column, last row, last column of the cells.
    bounds: Option<(u32, u32, u32, u32)>,
}

impl SheetScan {
    /// Cells of the rectangle around all cells.
    pub(super) fn rectangle(&self) -> u64 {
        self.bounds.map_or(0, |(top, left, bottom, right)| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    }

    fn cover(&mut self, row: u16, first: u16, last: u16) {
        let (row, first, last) = (u32::from(row), u32::from(first), u32::from(last));
        let (top, left, bottom, right) = self.bounds.unwrap_or((row, first, row, last));
        self.bounds = Some((top.min(row), left.min(first), bottom.max(row), right.max(last)));
    }
}

/// What the records of a workbook say.
pub(super) struct BookScan {
    /// Its sheets in order.
    pub(super) sheets: Vec<SheetScan>,
    /// Defined names that stand for a text, and that text: the library does not read these.
    pub(super) texts: Vec<(String, String)>,
}

/// The sheets of a workbook stream in order (MS-XLS 2.1.7.20.1), one more than are read at most; what is cut off ends
/// the look.
pub(super) fn scan(stream: &[u8]) -> BookScan {
    let globals = globals(stream);
    let sheets = globals.sheets.iter().map(|start| sheet(stream, *start, &globals.percent));
    BookScan { sheets: sheets.collect(), texts: globals.texts }
}

/// What the workbook globals say.
#[derive(Default)]
struct Globals {
    /// Where each sheet begins.
    sheets: Vec<usize>,
    /// Whether each cell format is a percentage.
    percent: Vec<bool>,
    /// Names of texts.
    texts: Vec<(String, String)>,
}

/// A record: its number, its data, and where the next begins.
fn record(stream: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let number = u16_at(stream, at)?;
    let len = usize::from(u16_at(stream, at + 2)?);
    Some((number, stream.get(at + 4..at + 4 + len)?, at + 4 + len))
}

fn globals(stream: &[u8]) -> Globals {
    let mut out = Globals::default();
    let mut custom: Vec<(u16, Look)> = Vec::new();
    let mut biff8 = true;
    let mut at = 0;
    while let Some((number, data, next)) = record(stream, at) {
        at = next;
        match number {
            // BOF: version 0x0600 is BIFF8.
            0x0809 => biff8 = u16_at(data, 0) == Some(0x0600),
            // FORMAT
            0x041E => {
                if let Some(id) = u16_at(data, 0) {
                    custom.push((id, Look::of_code(&format_code(data, biff8))));
                }
            }
            // XF
            0x00E0 => {
                let id = u16_at(data, 2).unwrap_or(0);
                let own = custom.iter().rev().find(|(n, _)| *n == id).map(|(_, look)| *look);
                let look = own.unwrap_or(Look::builtin(u32::from(id)));
                out.percent.push(look == Look::Percent);
            }
            // BOUNDSHEET, worksheets only
            0x0085 if data.get(5) == Some(&0) && out.sheets.len() <= SHEETS => {
                let start = u32_at(data, 0).and_then(|n| usize::try_from(n).ok());
                out.sheets.push(start.unwrap_or(usize::MAX));
            }
            // Lbl
            0x0018 if biff8 && out.texts.len() < NAMES => out.texts.extend(named_text(data)),
            // EOF
            0x000A => break,
            _ => {}
        }
    }
    out
}

/// The name and the text of an Lbl record whose formula is one text constant (MS-XLS 2.4.150, 2.5.198.89).
fn named_text(data: &[u8]) -> Option<(String, String)> {
    let name_len = usize::from(*data.get(3)?);
    let formula_len = usize::from(u16_at(data, 4)?);
    let (name, rest) = unicode(data.get(14..)?, name_len)?;
    let formula = rest.get(..formula_len)?;
    let (0x17, text_len) = (*formula.first()?, usize::from(*formula.get(1)?)) else { return None };
    let (text, rest) = unicode(formula.get(2..)?, text_len)?;
    rest.is_empty().then_some((name, text))
}

/// A string of `len` characters behind its flags, one or two bytes each, and what follows it.
fn unicode(data: &[u8], len: usize) -> Option<(String, &[u8])> {
    let (flags, data) = data.split_first()?;
    if flags & 1 == 1 {
        let (text, rest) = data.split_at_checked(len * 2)?;
        let units: Vec<u16> = text.chunks_exact(2).filter_map(|b| u16_at(b, 0)).collect();
        Some((String::from_utf16_lossy(&units), rest))
    } else {
        let (text, rest) = data.split_at_checked(len)?;
        Some((text.iter().map(|b| char::from(*b)).collect(), rest))
    }
}

/// The code of a FORMAT record; only ASCII signs matter, so other characters may come out as anything.
fn format_code(data: &[u8], biff8: bool) -> String {
    let body = data.get(2..).unwrap_or_default();
    match (biff8, body) {
        (true, [_, _, flags, text @ ..]) if flags & 1 == 1 => {
            let units: Vec<u16> = text.chunks_exact(2).filter_map(|b| u16_at(b, 0)).collect();
            String::from_utf16_lossy(&units)
        }
        (true, [_, _, _, text @ ..]) | (false, [_, text @ ..]) => {
            text.iter().map(|b| char::from(*b)).collect()
        }
        _ => String::new(),
    }
}

fn sheet(stream: &[u8], start: usize, percent: &[bool]) -> SheetScan {
    let mut out = SheetScan::default();
    let mut at = start;
    let mut depth = 0_u32;
    while let Some((number, data, next)) = record(stream, at) {
        at = next;
        match number {
            0x0809 => depth += 1,
            0x000A => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            // An embedded chart has records of its own.
            _ if depth != 1 => {}
            // FORMULA, NUMBER, RK, LABELSST, LABEL, BOOLERR, RSTRING
            0x0006 | 0x0203 | 0x027E | 0x00FD | 0x0204 | 0x0205 | 0x00D6 => {
                if let (Some(row), Some(column), Some(xf)) =
                    (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4))
                {
                    out.cover(row, column, column);
                    if percent.get(usize::from(xf)) == Some(&true) {
                        out.percent.insert((u32::from(row), u32::from(column)));
                    }
                }
            }
            // MULRK
            0x00BD => {
                let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                let pairs = data[4..].chunks_exact(6);
                let count = u16::try_from(pairs.len()).unwrap_or(0);
                out.cover(row, first, first.saturating_add(count.saturating_sub(1)));
                for (column, pair) in (u32::from(first)..).zip(pairs) {
                    let xf = u16_at(pair, 0).map(usize::from);
                    if xf.and_then(|xf| percent.get(xf)) == Some(&true) {
                        out.percent.insert((u32::from(row), column));
                    }
                }
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An Lbl record's data: a name and a formula of one text constant.
    fn label(name: &[u8], formula: &[u8]) -> Vec<u8> {
        let mut data = vec![0, 0, 0, u8::try_from(name.len()).expect("short")];
        data.extend(u16::try_from(formula.len()).expect("short").to_le_bytes());
        data.extend([0; 8]);
        data.push(0);
        data.extend(name);
        data.extend(formula);
        data
    }

    #[test]
    fn a_name_for_a_text_is_read_in_one_and_two_bytes() {
        let narrow = label(b"_duban_1", b"\x17\x03\x00abc");
        assert_eq!(named_text(&narrow), Some(("_duban_1".to_owned(), "abc".to_owned())));
        let mut wide = b"\x17\x02\x01".to_vec();
        wide.extend("督办".encode_utf16().flat_map(u16::to_le_bytes));
        let wide = label(b"n", &wide);
        assert_eq!(named_text(&wide), Some(("n".to_owned(), "督办".to_owned())));
    }

    #[test]
    fn other_names_and_cut_records_are_none() {
        let number = label(b"n", b"\x1e\x05\x00");
        let sum = label(b"n", b"\x17\x01\x00a\x17\x01\x00b\x08");
        assert_eq!((named_text(&number), named_text(&sum)), (None, None));
        let whole = label(b"name", b"\x17\x03\x00abc");
        for cut in 0..whole.len() {
            assert_eq!(named_text(&whole[..cut]), None, "{cut}");
        }
        let mut long = whole.clone();
        long[15 + 4 + 1] = 200;
        assert_eq!(named_text(&long), None, "a text longer than its formula");
    }
}
