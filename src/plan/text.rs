//! Text that remembers where it came from: characters, their folded forms, and the line each stands on.

use std::ops::Range;

/// Key of a place in the source: a line of a text document, a paragraph of a Word document, or an index
/// into the cells of a workbook.
pub(super) type Spot = u32;

/// A run of text with, for each stretch, the place it was read from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Text {
    /// As printed.
    pub(super) chars: Vec<char>,
    /// The same characters with punctuation folded ([`fold`]), one for one.
    pub(super) folded: Vec<char>,
    /// Offsets at which a new place begins.
    spots: Vec<(usize, Spot)>,
}

impl Text {
    /// `text` as read at `spot`.
    pub(super) fn new(text: &str, spot: Spot) -> Self {
        let chars: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).collect();
        let folded = chars.iter().map(|c| fold(*c)).collect();
        Self { chars, folded, spots: vec![(0, spot)] }
    }

    /// Number of characters.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether nothing but blanks is there.
    pub(super) fn is_blank(&self) -> bool {
        self.chars.iter().all(|c| c.is_whitespace())
    }

    /// The place of the character at `at`.
    pub(super) fn spot(&self, at: usize) -> Spot {
        let after = self.spots.partition_point(|(from, _)| *from <= at);
        self.spots.get(after.saturating_sub(1)).map_or(0, |(_, spot)| *spot)
    }

    /// Adds `other` at the end, `between` first.
    pub(super) fn append(&mut self, other: &Self, between: Option<char>) {
        if let Some(c) = between {
            self.chars.push(c);
            self.folded.push(c);
        }
        let base = self.len();
        self.chars.extend(&other.chars);
        self.folded.extend(&other.folded);
        self.spots.extend(other.spots.iter().map(|(from, spot)| (from + base, *spot)));
    }

    /// The stretch `range` as a text of its own.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let first = (0, self.spot(range.start));
        let inside = self
            .spots
            .iter()
            .filter(|(from, _)| *from > range.start && *from < range.end)
            .map(|(from, spot)| (from - range.start, *spot));
        Self {
            chars: self.chars[range.clone()].to_vec(),
            folded: self.folded[range.clone()].to_vec(),
            spots: std::iter::once(first).chain(inside).collect(),
        }
    }

    /// Without blanks at both ends.
    pub(super) fn trimmed(&self) -> Self {
        let start = self.chars.iter().take_while(|c| c.is_whitespace()).count();
        let end = self.len() - self.chars.iter().rev().take_while(|c| c.is_whitespace()).count();
        if start >= end { Self::default() } else { self.slice(start..end) }
    }

    /// As it is printed in forms: no line ends, blanks only between two words in Latin letters.
    pub(super) fn tidy(&self) -> String {
        tidy(&self.chars)
    }

    /// The folded characters as a string without blanks, for looking words up.
    pub(super) fn plain(&self) -> String {
        self.folded.iter().filter(|c| !c.is_whitespace()).collect()
    }

    /// The characters of `range`, as printed and tidy.
    pub(super) fn quote(&self, range: Range<usize>) -> String {
        tidy(&self.chars[range])
    }
}

/// Punctuation folded so that half- and full-width texts read alike: ASCII for full-width ASCII, `[` `]` for
/// every kind of square or lens bracket, `,` `;` `:` for theirs. One character for one.
pub(super) const fn fold(c: char) -> char {
    match c {
        '〔' | '【' | '［' | '﹝' | '〖' | '『' | '｛' | '{' | '「' => '[',
        '〕' | '】' | '］' | '﹞' | '〗' | '』' | '｝' | '}' | '」' => ']',
        '﹙' => '(',
        '﹚' => ')',
        '﹔' => ';',
        '﹕' | '∶' | '︰' => ':',
        '﹐' => ',',
        '､' | '﹑' => '、',
        '｡' => '。',
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\t' => ' ',
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(ascii) => ascii,
            None => c,
        },
        other => other,
    }
}

/// Zero-width and control signs that word processors and converters leave behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && c != '\t' && c != '\n')
}

/// Blanks out, except one between two words in Latin letters or digits.
pub(super) fn tidy(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len() * 3);
    let mut blank = false;
    for c in chars {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        let word = |c: char| c.is_ascii_alphanumeric();
        if blank && word(*c) && out.chars().next_back().is_some_and(word) {
            out.push(' ');
        }
        blank = false;
        out.push(*c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_characters() {
        let mut text = Text::new("区地", 3);
        text.append(&Text::new("方金融局", 5), None);
        assert_eq!((text.spot(1), text.spot(2)), (3, 5));
        let part = text.slice(1..4);
        assert_eq!((part.tidy().as_str(), part.spot(0), part.spot(1)), ("地方金", 3, 5));
    }

    #[test]
    fn blanks_go_but_not_between_latin_words() {
        assert_eq!(Text::new("建成 5G 基站 2500 个", 1).tidy(), "建成5G基站2500个");
        assert_eq!(Text::new("　用好 Big Data 平台", 1).tidy(), "用好Big Data平台");
    }
}
