//! Cell addresses as Excel shows them.

/// `F` for column 5 (from 0).
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        name.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    name.iter().rev().collect()
}

/// `F12` for row 11, column 5 (from 0).
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
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
    let plain: String = name.chars().filter(|c| *c != '$').collect();
    let digits = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = plain.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || number.len() > 7 {
        return None;
    }
    let mut column = 0u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        if value > 25 {
            return None;
        }
        column = column * 26 + value + 1;
    }
    let row: u32 = number.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
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
        for name in ["", "A", "1", "A0", "AAAA1", "甲1"] {
            assert_eq!(parse_cell(name), None, "{name}");
        }
    }
}
