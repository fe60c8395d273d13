//! The body of a Word document as blocks.

use quick_xml::events::BytesStart;

use super::{
    numbering::Numbering,
    table::TableBuilder,
    xml::{Step, attribute, is_on, number, walk},
};
use crate::plan::{
    blocks::{Block, LINE_CHARS, LINES, is_page_number},
    text::{Spot, Text},
};

/// Characters kept of one document; a plan has some tens of thousands.
const DOCUMENT_CHARS: usize = 4_000_000;

/// Tables within tables that are told apart; deeper ones are text of the cell.
const TABLE_DEPTH: usize = 1;

/// What was read.
#[derive(Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) cut: bool,
}

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<u32>,
    outline: bool,
}

struct Reading {
    body: Body,
    numbering: Numbering,
    /// Paragraphs that are open: one within another in text boxes.
    paragraphs: Vec<Paragraph>,
    tables: Vec<TableBuilder>,
    /// Elements of which nothing is read, by nesting.
    skipped: usize,
    in_text: bool,
    in_properties: usize,
    hidden: bool,
    count: Spot,
    chars: usize,
}

impl Body {
    /// Reads `document.xml`.
    pub(super) fn read(xml: &str, numbering: Numbering) -> Self {
        let mut reading = Reading {
            body: Self::default(),
            numbering,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            skipped: 0,
            in_text: false,
            in_properties: 0,
            hidden: false,
            count: 0,
            chars: 0,
        };
        let whole = walk(xml, |step| match step {
            Step::Start(name, tag) => reading.start(name, tag),
            Step::End(name) => reading.end(name),
            Step::Text(text) => reading.text(text),
        });
        reading.body.cut |= !whole;
        while let Some(table) = reading.tables.pop() {
            reading.body.blocks.extend(table.finish());
        }
        reading.body
    }
}

/// Elements of which nothing is shown: deleted and moved text, field codes, fall-backs of pictures.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "Fallback"
            | "instrText"
            | "delText"
            | "pict"
            | "pPrChange"
            | "rPrChange"
            | "numberingChange"
    )
}

impl Reading {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        // A mark of a deleted paragraph sign in properties is no deleted text.
        if self.skipped > 0 || (is_skipped(name) && !(name == "del" && self.in_properties > 0)) {
            self.skipped += 1;
            return;
        }
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" | "rPr" => self.in_properties += 1,
            "r" => self.hidden = false,
            "t" => self.in_text = true,
            "vanish" if self.paragraphs.last().is_some_and(|_| is_on(tag)) => self.hidden = true,
            "tab" if self.in_properties == 0 => self.push(" "),
            "br" if attribute(tag, "type").is_none_or(|t| t == "textWrapping") => self.push("\n"),
            "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "tbl" => {
                if self.tables.len() < TABLE_DEPTH {
                    self.tables.push(TableBuilder::default());
                } else if let Some(table) = self.tables.last_mut() {
                    table.nested += 1;
                }
            }
            "tr" | "tc" => {
                if let Some(table) = self.tables.last_mut().filter(|t| t.nested == 0) {
                    if name == "tr" { table.row() } else { table.cell() }
                }
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut().filter(|t| t.nested == 0) {
                    table.span(number(tag, "val").unwrap_or(1));
                }
            }
            "gridBefore" => {
                if let Some(table) = self.tables.last_mut().filter(|t| t.nested == 0) {
                    table.skip(number(tag, "val").unwrap_or(0));
                }
            }
            "vMerge" => {
                let goes_on = attribute(tag, "val").is_none_or(|v| v != "restart");
                if let Some(table) = self.tables.last_mut().filter(|t| t.nested == 0) {
                    table.merge(goes_on);
                }
            }
            _ => self.property(name, tag),
        }
    }

    /// Properties of the open paragraph.
    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.in_properties > 0) else {
            return;
        };
        match name {
            "pStyle" => paragraph.style = attribute(tag, "val"),
            "numId" => paragraph.list = attribute(tag, "val"),
            "ilvl" => paragraph.level = number(tag, "val"),
            "outlineLvl" => paragraph.outline = number(tag, "val").is_some_and(|l| l < 9),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.paragraph_ends(),
            "pPr" | "rPr" => self.in_properties = self.in_properties.saturating_sub(1),
            "r" => self.hidden = false,
            "t" => self.in_text = false,
            "tbl" => match self.tables.last_mut() {
                Some(table) if table.nested > 0 => table.nested -= 1,
                _ => {
                    if let Some(table) = self.tables.pop() {
                        self.body.cut |= table.cut;
                        self.body.blocks.extend(table.finish());
                    }
                }
            },
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.in_text && !self.hidden {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if self.chars >= DOCUMENT_CHARS || paragraph.text.len() >= LINE_CHARS * 3 {
            self.body.cut = true;
            return;
        }
        self.chars += text.chars().count();
        paragraph.text.push_str(text);
    }

    fn paragraph_ends(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        self.count = self.count.saturating_add(1);
        let style = paragraph.style.as_deref();
        let blank = paragraph.text.trim().is_empty();
        // Word counts empty numbered paragraphs too.
        let list = paragraph.list.as_deref();
        let shown = if list == Some("0") {
            None
        } else {
            self.numbering.next(style, list, paragraph.level)
        };
        if blank || self.numbering.is_contents(style) {
            return;
        }
        let number = shown.filter(|n| !n.is_empty());
        let whole = match number {
            Some(number) => format!("{number} {}", paragraph.text),
            None => paragraph.text,
        };
        if let Some(table) = self.tables.last_mut() {
            table.text(&whole, self.count);
            return;
        }
        if self.body.blocks.len() >= LINES {
            self.body.cut = true;
            return;
        }
        let heading = paragraph.outline || self.numbering.is_heading(style);
        // A line break within a paragraph separates lines as a paragraph's end does.
        for line in whole.split('\n') {
            let text = Text::new(line, self.count).trimmed();
            if !text.is_blank() && !is_page_number(&text) {
                self.body.blocks.push(Block::Para { text, heading });
            }
        }
    }
}
