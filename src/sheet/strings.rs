//! Shared strings of a workbook, kept in one piece of memory.

use super::{
    guard::Refusal,
    limits::{EXCEL_CELL_CHARS, SHARED_STRINGS},
    usual,
    xml::{self, Broken, Scanner, Token},
};

/// The shared strings of a workbook.
#[derive(Default)]
pub(super) struct Strings {
    all: String,
    /// Where each ends; a string longer than a cell may hold is marked.
    ends: Vec<(usize, bool)>,
}

/// A shared string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shared<'a> {
    /// Its text.
    Text(&'a str),
    /// Longer than a cell may hold; left out.
    TooLong,
}

impl Strings {
    /// Reads `sharedStrings.xml`; the count it declares is not believed.
    pub(super) fn read(part: &[u8], name: &str) -> Result<Self, Refusal> {
        let mut strings = Self::default();
        strings.fill(part).map_err(|_| Refusal::Damaged(name.to_owned()))?;
        if strings.ends.len() > SHARED_STRINGS {
            let (size, limit) = (strings.ends.len() as u64, SHARED_STRINGS as u64);
            return Err(Refusal::TooMuch { part: name.to_owned(), size, limit });
        }
        Ok(strings)
    }

    fn fill(&mut self, part: &[u8]) -> Result<(), Broken> {
        let mut scanner = Scanner::new(part);
        while self.ends.len() <= SHARED_STRINGS {
            let from = self.all.len();
            if let Some(raw) = scanner.shortcut(2, usual::string) {
                xml::push_decoded(raw, &mut self.all);
                unescape(&mut self.all, from);
            } else {
                match scanner.next()? {
                    None => break,
                    Some(Token::Start(tag)) if tag.name == b"si" => {
                        rich_text(&mut scanner, &mut self.all)?;
                    }
                    Some(_) => continue,
                }
            }
            let fits = fits_cell(&self.all[from..]);
            if !fits {
                self.all.truncate(from);
            }
            self.ends.push((self.all.len(), fits));
        }
        Ok(())
    }

    /// The string at `index`.
    pub(super) fn get(&self, index: usize) -> Option<Shared<'_>> {
        let (end, fits) = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before].0);
        Some(if fits { Shared::Text(&self.all[start..end]) } else { Shared::TooLong })
    }
}

/// Whether a cell may hold the text (Excel: 32,767 characters).
pub(super) fn fits_cell(text: &str) -> bool {
    text.len() <= EXCEL_CELL_CHARS || text.chars().count() <= EXCEL_CELL_CHARS
}

/// The text of a string item or in-line string whose start was the last token: all runs, no phonetic hints.
pub(super) fn rich_text(scanner: &mut Scanner<'_>, into: &mut String) -> Result<(), Broken> {
    let outside = scanner.depth() - 1;
    let from = into.len();
    loop {
        match scanner.next()?.ok_or(Broken)? {
            Token::Start(tag) if tag.name == b"t" => scanner.text_of_element(into)?,
            Token::Start(tag) if matches!(tag.name, b"rPr" | b"rPh") => {
                scanner.skip_element(tag)?;
            }
            Token::End if scanner.depth() <= outside => break,
            _ => {}
        }
    }
    unescape(into, from);
    Ok(())
}

/// Resolves `_x000D_`, by which spreadsheets write characters that XML cannot (ECMA-376 part 1, 22.9.2.19).
pub(super) fn unescape(text: &mut String, from: usize) {
    if memchr::memmem::find(&text.as_bytes()[from..], b"_x").is_none() {
        return;
    }
    let tail = text.split_off(from);
    let mut rest = tail.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        text.push_str(before);
        let code = escape
            .get(2..7)
            .filter(|hex| hex.ends_with('_'))
            .and_then(|hex| u32::from_str_radix(&hex[..4], 16).ok())
            .and_then(char::from_u32);
        if let Some(c) = code {
            text.push(c);
            rest = &escape[7..];
        } else {
            text.push_str("_x");
            rest = &escape[2..];
        }
    }
    text.push_str(rest);
}

/// Decodes a raw text into an own string, escapes resolved.
pub(super) fn own(raw: &[u8]) -> String {
    let mut text = xml::decode(raw).into_owned();
    unescape(&mut text, 0);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_hints_left_out() {
        let xml = "<x:sst xmlns:x='m' count='9'><x:si><x:t> 甲 </x:t></x:si>\
            <x:si><x:r><x:t>乙</x:t></x:r><x:r><x:rPr/><x:t>丙&amp;</x:t></x:r><x:rPh><x:t>yi</x:t></x:rPh></x:si>\
            <x:si/><x:si><x:t>a_x000D_b_x00_</x:t></x:si></x:sst>";
        let strings = Strings::read(xml.as_bytes(), "s").expect("strings");
        let texts: Vec<_> = (0..5).map(|i| strings.get(i)).collect();
        assert_eq!(
            texts,
            [
                Some(Shared::Text(" 甲 ")),
                Some(Shared::Text("乙丙&")),
                Some(Shared::Text("")),
                Some(Shared::Text("a\rb_x00_")),
                None
            ]
        );
    }

    #[test]
    fn a_string_no_cell_can_hold_is_marked() {
        let xml = format!("<sst><si><t>{}</t></si><si><t>乙</t></si></sst>", "x".repeat(40_000));
        let strings = Strings::read(xml.as_bytes(), "s").expect("strings");
        assert_eq!(strings.get(0), Some(Shared::TooLong));
        assert_eq!(strings.get(1), Some(Shared::Text("乙")));
    }
}
