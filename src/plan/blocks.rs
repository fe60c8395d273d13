//! A document as blocks: paragraphs, tables and rules, whatever file it came from.

use std::rc::Rc;

use super::text::{Spot, Text, fold};

/// Lines of the longest document read; a plan has some thousands.
pub(super) const LINES: usize = 200_000;

/// Characters of the longest line kept; what is longer is no paragraph of a plan.
pub(super) const LINE_CHARS: usize = 20_000;

/// A piece of a document.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Block {
    /// A paragraph, or a line of a text file.
    Para {
        /// Its text, with the number that a word processor shows before it.
        text: Text,
        /// Marked as a heading (Markdown `#`, a heading style).
        heading: bool,
    },
    /// A table.
    Table(Grid),
    /// A rule or a page of another part: nothing goes on across it.
    Rule,
}

/// A table: merged cells are repeated, with the same `id`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Grid {
    /// Rows from the top.
    pub(super) rows: Vec<Vec<Slot>>,
    /// Name of the sheet it stands on; empty in a document.
    pub(super) sheet: String,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Slot {
    /// Text, paragraphs separated by line ends; shared by all cells of a merged range.
    pub(super) text: Rc<Text>,
    /// The same for all cells of one merged range, different otherwise.
    pub(super) id: u32,
}

/// Reads a text or Markdown file. The flag says whether something was cut at a limit.
pub(super) fn from_text(text: &str) -> (Vec<Block>, bool) {
    let mut blocks = Vec::new();
    let mut cut = false;
    let mut table: Vec<(Spot, &str)> = Vec::new();
    // A form feed is a page break: the text goes on.
    for (at, line) in text.split(['\n', '\u{c}']).enumerate() {
        if at >= LINES {
            cut = true;
            break;
        }
        let spot = Spot::try_from(at + 1).unwrap_or(Spot::MAX);
        let line = line.trim_end_matches('\r');
        let end = line.char_indices().nth(LINE_CHARS).map_or(line.len(), |(end, _)| end);
        cut |= end < line.len();
        let line = &line[..end];
        let trimmed = line.trim();
        if trimmed.starts_with('|') && trimmed.len() > 1 {
            table.push((spot, trimmed));
            continue;
        }
        flush_table(&mut table, &mut blocks);
        if is_rule(trimmed) {
            blocks.push(Block::Rule);
            continue;
        }
        if is_page_number(&Text::new(trimmed, spot)) {
            continue;
        }
        let (line, heading) = unmarked(trimmed);
        let text = Text::new(&line, spot).trimmed();
        if !text.is_blank() {
            blocks.push(Block::Para { text, heading });
        }
    }
    flush_table(&mut table, &mut blocks);
    (blocks, cut)
}

/// A line of dashes, stars or underscores.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    line.chars().count() >= 3 && first.is_some_and(|f| "-*_=".contains(f) && signs.all(|c| c == f))
}

/// A page number on a line of its own: — 3 —, - 3 -, 第3页, 3/20.
pub(super) fn is_page_number(text: &Text) -> bool {
    let plain = text.plain();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && plain.chars().all(|c| c.is_ascii_digit() || "-—–―－·第页共/".contains(c))
        && (plain.contains('页')
            || plain.starts_with(['-', '—', '–', '―', '·'])
            || digits == plain.len())
}

/// A line without Markdown's signs, and whether it was a heading.
fn unmarked(line: &str) -> (String, bool) {
    let mut rest = line.trim_start_matches(['>', ' ']);
    let hashes = rest.chars().take_while(|c| *c == '#').count();
    let heading = (1..=6).contains(&hashes)
        && !rest[hashes..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if heading {
        rest = rest[hashes..].trim_end_matches('#');
    }
    for bullet in ["- ", "* ", "+ ", "• ", "● "] {
        rest = rest.strip_prefix(bullet).unwrap_or(rest);
    }
    (without_tags(&rest.replace("**", "").replace("__", "").replace("~~", "")), heading)
}

/// Takes out HTML tags and comments that converters leave, and backslashes before punctuation.
fn without_tags(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        if c == '<' && (next.is_ascii_alphabetic() || next == '/' || next == '!') {
            // Tags are short; a lone < stays.
            if let Some(len) = chars[at..].iter().take(200).position(|c| *c == '>') {
                let tag: String = chars[at..at + len].iter().collect();
                out.push_str(if tag.to_ascii_lowercase().starts_with("<br") { "\n" } else { "" });
                at += len + 1;
                continue;
            }
        }
        if !(c == '\\' && next.is_ascii_punctuation()) {
            out.push(c);
        }
        at += 1;
    }
    out.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

/// The lines of a Markdown table as a grid.
fn flush_table(lines: &mut Vec<(Spot, &str)>, blocks: &mut Vec<Block>) {
    let mut rows = Vec::new();
    let mut id = 0;
    for (spot, line) in lines.drain(..) {
        let inner = line.strip_prefix('|').unwrap_or(line);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        if inner.chars().map(fold).all(|c| "-:| ".contains(c)) {
            continue;
        }
        let cells = inner.split('|').map(|cell| {
            id += 1;
            Slot { text: Rc::new(Text::new(&unmarked(cell.trim()).0, spot)), id }
        });
        rows.push(cells.collect());
    }
    if !rows.is_empty() {
        blocks.push(Block::Table(Grid { rows, sheet: String::new() }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let shown = |b: Block| match b {
            Block::Para { text, heading } => {
                format!("{}{}", if heading { "#" } else { "" }, text.tidy())
            }
            Block::Table(grid) => format!("{}×{}", grid.rows.len(), grid.rows[0].len()),
            Block::Rule => "—".to_owned(),
        };
        from_text(text).0.into_iter().map(shown).collect()
    }

    #[test]
    fn markdown_signs_are_not_text() {
        let text = "## **一、目标**\n\n- 3 -\n1\\. 做好<u>工作</u>\r\n---\n|序号|任务|\n|--|:--|\n|1|修路|\n第 3 页";
        assert_eq!(lines(text), ["#一、目标", "1.做好工作", "—", "2×2"]);
    }
}
