//! Cell addresses as Excel shows them.

/// `F` for column 5 (from 0).
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut name = String::with_capacity(LONGEST_NAME);
    push_column(&mut name, column);
    name
}

/// Bytes of the longest cell name, `XFD1048576`.
const LONGEST_NAME: usize = 10;

fn push_column(name: &mut String, column: u32) {
    if let Some(before) = (column / 26).checked_sub(1) {
        push_column(name, before);
    }
    let letter = u8::try_from(column % 26).unwrap_or(0);
    name.push(char::from(b'A' + letter));
}

/// `F12` for row 11, column 5 (from 0).
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    column_name(column) + &(row + 1).to_string()
}

/// `F12:F40`, or `F12` where both ends are one cell.
#[must_use]
pub fn range_name(first: (u32, u32), last: (u32, u32)) -> String {
    if first == last {
        cell_name(first.0, first.1)
    } else {
        format!("{}:{}", cell_name(first.0, first.1), cell_name(last.0, last.1))
    }
}

/// Row and column (from 0) of `F12` or `$F$12`.
#[must_use]
pub fn parse_cell(name: &str) -> Option<(u32, u32)> {
    let (mut letters, mut column) = (0, 0_u32);
    let (mut digits, mut row) = (0, 0_u32);
    for byte in name.bytes() {
        match byte {
            b'$' => {}
            b'0'..=b'9' if digits < 7 => {
                digits += 1;
                row = row * 10 + u32::from(byte - b'0');
            }
            b'A'..=b'Z' | b'a'..=b'z' if letters < 3 && digits == 0 => {
                letters += 1;
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
            }
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_there_and_back() {
        for (row, column, name) in [
            (0, 0, "A1"),
            (11, 5, "F12"),
            (0, 25, "Z1"),
            (0, 26, "AA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(cell_name(row, column), name);
            assert_eq!(parse_cell(name), Some((row, column)));
        }
        assert_eq!(parse_cell("$f$12"), Some((11, 5)));
        for name in ["", "A", "1", "A0", "AAAA1", "A12345678", "A1B", "甲1", "A-1", "A+1"] {
            assert_eq!(parse_cell(name), None, "{name}");
        }
    }
}
