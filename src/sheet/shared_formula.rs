//! Shared formulas: a follower's text is the first one's with relative references moved.

use super::limits::{EXCEL_COLUMNS, EXCEL_ROWS};

/// The formula `first`, written for `from`, as it stands at `to`; references that would leave the sheet are `#REF!`.
pub(super) fn moved(first: &str, from: (u32, u32), to: (u32, u32)) -> String {
    let down = i64::from(to.0) - i64::from(from.0);
    let right = i64::from(to.1) - i64::from(from.1);
    let bytes = first.as_bytes();
    let mut out = String::with_capacity(first.len() + 8);
    let mut at = 0;
    while at < bytes.len() {
        let c = bytes[at];
        if c == b'"' || c == b'\'' {
            let end =
                bytes[at + 1..].iter().position(|b| *b == c).map_or(bytes.len(), |e| at + e + 2);
            out.push_str(&first[at..end]);
            at = end;
        } else if c == b'$' || c.is_ascii_alphabetic() || c == b'_' || !c.is_ascii() {
            let end = word_end(bytes, at);
            let word = &first[at..end];
            let call = bytes.get(end) == Some(&b'(') || bytes.get(end) == Some(&b'!');
            match Reference::parse(word).filter(|_| !call) {
                Some(reference) => reference.moved(down, right, &mut out),
                None => out.push_str(word),
            }
            at = end;
        } else if c.is_ascii_digit() {
            // Digits with letters after them (1E5) are numbers, not references.
            let end = word_end(bytes, at);
            out.push_str(&first[at..end]);
            at = end;
        } else {
            out.push(char::from(c));
            at += 1;
        }
    }
    out
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|b| {
            !(b.is_ascii_alphanumeric() || matches!(b, b'$' | b'_' | b'.') || !b.is_ascii())
        })
        .map_or(bytes.len(), |n| from + n)
}

/// `$A1` taken apart.
struct Reference {
    column: i64,
    row: i64,
    fixed_column: bool,
    fixed_row: bool,
}

impl Reference {
    fn parse(word: &str) -> Option<Self> {
        let (fixed_column, rest) = word.strip_prefix('$').map_or((false, word), |r| (true, r));
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = rest.split_at(letters);
        let (fixed_row, digits) = rest.strip_prefix('$').map_or((false, rest), |r| (true, r));
        if !(1..=3).contains(&letters)
            || !(1..=7).contains(&digits.len())
            || !digits.bytes().all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let column = name
            .bytes()
            .fold(0_i64, |sum, b| sum * 26 + i64::from(b.to_ascii_uppercase() - b'A') + 1);
        Some(Self { column, row: digits.parse().ok()?, fixed_column, fixed_row })
    }

    fn moved(&self, down: i64, right: i64, out: &mut String) {
        let column = if self.fixed_column { self.column } else { self.column + right };
        let row = if self.fixed_row { self.row } else { self.row + down };
        let inside = (1..=i64::from(EXCEL_COLUMNS)).contains(&column)
            && (1..=i64::from(EXCEL_ROWS)).contains(&row);
        let Some(column) = u32::try_from(column - 1).ok().filter(|_| inside) else {
            out.push_str("#REF!");
            return;
        };
        if self.fixed_column {
            out.push('$');
        }
        out.push_str(&super::column_name(column));
        if self.fixed_row {
            out.push('$');
        }
        out.push_str(&row.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_move() {
        for (first, text) in [
            ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
            ("SUM(A1:C3)*1E5", "SUM(B3:D5)*1E5"),
            ("IF(A1=\"A1\",'A1'!A1,LOG10(2))", "IF(B3=\"A1\",'A1'!B3,LOG10(2))"),
            ("名称A1+填报表!A1", "名称A1+填报表!B3"),
        ] {
            assert_eq!(moved(first, (0, 0), (2, 1)), text, "{first}");
        }
        assert_eq!(moved("A1", (1, 1), (0, 0)), "#REF!");
    }
}
