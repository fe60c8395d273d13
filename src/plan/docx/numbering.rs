//! Automatic numbers as Word shows them (自动编号): 一、 （一） 1. are not in the text of a document.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::{Step, attribute, number, walk};

/// Levels of a list (ECMA-376: nine).
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new() }
    }
}

/// A style of paragraphs.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    outline: bool,
}

/// A list that a paragraph belongs to: `w:num`.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    restarts: BTreeMap<usize, u32>,
}

/// Lists and styles of a document, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Vec<Level>>,
    lists: BTreeMap<String, List>,
    styles: BTreeMap<String, Style>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own start has been taken.
    begun: BTreeSet<String>,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`.
    pub(super) fn read(numbering: &str, styles: &str) -> Self {
        let mut read = Self::default();
        read.read_lists(numbering);
        read.read_styles(styles);
        read
    }

    fn read_lists(&mut self, xml: &str) {
        let (mut definition, mut list) = (None::<String>, None::<String>);
        let (mut level, mut overridden) = (0usize, 0usize);
        walk(xml, |step| match step {
            Step::Start("abstractNum", tag) => {
                definition = attribute(tag, "abstractNumId");
                if let Some(id) = &definition {
                    self.definitions.insert(id.clone(), vec![Level::default(); LEVELS]);
                }
            }
            Step::End("abstractNum") => definition = None,
            Step::Start("num", tag) => {
                list = attribute(tag, "numId");
                if let Some(id) = &list {
                    self.lists.insert(id.clone(), List::default());
                }
            }
            Step::End("num") => list = None,
            Step::Start("abstractNumId", tag) => {
                if let Some(list) = list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                    list.definition = attribute(tag, "val").unwrap_or_default();
                }
            }
            Step::Start("lvlOverride", tag) => {
                overridden = (number(tag, "ilvl").unwrap_or(0) as usize).min(LEVELS - 1);
            }
            Step::Start("startOverride", tag) => {
                if let Some(list) = list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                    list.restarts.insert(overridden, number(tag, "val").unwrap_or(1));
                }
            }
            Step::Start("lvl", tag) => {
                level = (number(tag, "ilvl").unwrap_or(0) as usize).min(LEVELS - 1);
            }
            Step::Start(name @ ("start" | "numFmt" | "lvlText"), tag) => {
                let levels = definition.as_ref().and_then(|id| self.definitions.get_mut(id));
                let Some(level) = levels.and_then(|l| l.get_mut(level)) else { return };
                match name {
                    "start" => level.start = number(tag, "val").unwrap_or(1),
                    "numFmt" => level.format = attribute(tag, "val").unwrap_or_default(),
                    _ => level.text = attribute(tag, "val").unwrap_or_default(),
                }
            }
            _ => {}
        });
    }

    fn read_styles(&mut self, xml: &str) {
        let mut current = None::<String>;
        walk(xml, |step| match step {
            Step::Start("style", tag) => {
                current = attribute(tag, "styleId");
                if let Some(id) = &current {
                    self.styles.insert(id.clone(), Style::default());
                }
            }
            Step::End("style") => current = None,
            Step::Start(name, tag) => {
                let Some(style) = current.as_ref().and_then(|id| self.styles.get_mut(id)) else {
                    return;
                };
                match name {
                    "name" => style.name = attribute(tag, "val").unwrap_or_default().to_lowercase(),
                    "basedOn" => style.based_on = attribute(tag, "val"),
                    "numId" => style.list = attribute(tag, "val"),
                    "ilvl" => style.level = number(tag, "val").map(|l| l as usize),
                    "outlineLvl" => style.outline = number(tag, "val").is_some_and(|l| l < 9),
                    _ => {}
                }
            }
            _ => {}
        });
    }

    /// The style and those it is based on; a circle ends after as many steps as there are styles.
    fn chain<'a>(&'a self, style: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let mut next = style;
        (0..=self.styles.len().min(64)).map_while(move |_| {
            let style = self.styles.get(next?)?;
            next = style.based_on.as_deref();
            Some(style)
        })
    }

    /// Whether paragraphs of that style are headings.
    pub(super) fn is_heading(&self, style: Option<&str>) -> bool {
        self.chain(style)
            .any(|s| s.outline || s.name.starts_with("heading") || s.name.starts_with("标题"))
    }

    /// Whether paragraphs of that style are a table of contents.
    pub(super) fn is_contents(&self, style: Option<&str>) -> bool {
        let named = style.is_some_and(|s| s.to_lowercase().starts_with("toc"));
        named || self.chain(style).any(|s| s.name.starts_with("toc"))
    }

    /// The number shown before the next paragraph with that style, list and level; counts on.
    pub(super) fn next(
        &mut self,
        style: Option<&str>,
        list: Option<&str>,
        level: Option<u32>,
    ) -> Option<String> {
        let own = list.map(str::to_owned);
        let list_id = own.or_else(|| self.chain(style).find_map(|s| s.list.clone()))?;
        let level = level
            .map(|l| l as usize)
            .or_else(|| self.chain(style).find_map(|s| s.level))
            .unwrap_or(0)
            .min(LEVELS - 1);
        let list = self.lists.get(&list_id)?;
        let levels = self.definitions.get(&list.definition)?;
        let counts = self.counts.entry(list.definition.clone()).or_default();
        if self.begun.insert(list_id.clone()) {
            for (level, start) in &list.restarts {
                counts[*level] = start.checked_sub(1);
                // A start of 0 counts from 0.
                if *start == 0 {
                    counts[*level] = None;
                }
            }
        }
        let start = levels[level].start;
        counts[level] = Some(counts[level].map_or(start, |n| n.saturating_add(1)));
        for deeper in &mut counts[level + 1..] {
            *deeper = None;
        }
        let counts = *counts;
        Some(shown(levels, level, &counts))
    }
}

/// `%1.%2` with the counts put in.
fn shown(levels: &[Level], level: usize, counts: &[Option<u32>; LEVELS]) -> String {
    if matches!(levels[level].format.as_str(), "bullet" | "none") {
        return String::new();
    }
    let mut out = String::new();
    let mut signs = levels[level].text.chars().peekable();
    while let Some(sign) = signs.next() {
        let digit = signs.peek().and_then(|d| d.to_digit(10)).filter(|_| sign == '%');
        match digit {
            Some(d) if (1..=9).contains(&d) => {
                signs.next();
                let of = d as usize - 1;
                let count = counts[of].unwrap_or(levels[of].start);
                out.push_str(&formatted(count, &levels[of].format));
            }
            _ => out.push(sign),
        }
    }
    out
}

/// A count in a number format (ECMA-376, 17.18.59).
fn formatted(count: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "koreanCounting" => chinese(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            char::from_u32(0x245f + count).map_or_else(String::new, String::from)
        }
        "upperLetter" | "lowerLetter" => {
            let base = if format == "upperLetter" { b'A' } else { b'a' };
            let letter = u8::try_from((count.max(1) - 1) % 26).unwrap_or(0);
            char::from(base + letter).to_string()
        }
        _ => count.to_string(),
    }
}

/// 1–999 in Chinese numerals.
fn chinese(count: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match count {
        0..=9 => digit(count).to_string(),
        10..=99 => {
            let mut out = String::new();
            if count >= 20 {
                out.push(digit(count / 10));
            }
            out.push('十');
            if !count.is_multiple_of(10) {
                out.push(digit(count));
            }
            out
        }
        100..=999 => {
            let rest = count % 100;
            let head = format!("{}百", digit(count / 100));
            match rest {
                0 => head,
                1..=9 => format!("{head}零{}", digit(rest)),
                10..=19 => format!("{head}一{}", chinese(rest)),
                _ => format!("{head}{}", chinese(rest)),
            }
        }
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
      <w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
      </w:abstractNum>
      <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
      <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    #[test]
    fn numbers_are_counted_as_word_shows_them() {
        let mut n = Numbering::read(LISTS, "");
        let mut next =
            |list: &str, level| n.next(None, Some(list), Some(level)).unwrap_or_default();
        assert_eq!(next("1", 0), "一、");
        assert_eq!(next("1", 1), "（一）");
        assert_eq!(next("1", 1), "（二）");
        assert_eq!(next("2", 0), "1.");
        assert_eq!(next("1", 0), "二、");
        assert_eq!(next("1", 1), "（一）");
        assert_eq!(next("2", 0), "2.");
        assert_eq!(next("3", 0), "1.");
        assert_eq!(next("9", 0), "");
        assert_eq!(
            [chinese(12), chinese(20), chinese(105), chinese(110)],
            ["十二", "二十", "一百零五", "一百一十"]
        );
    }

    #[test]
    fn styles_carry_numbers_and_headings() {
        let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="c"><w:basedOn w:val="c"/></w:style></w:styles>"#;
        let mut n = Numbering::read(LISTS, styles);
        assert!(n.is_heading(Some("b")) && !n.is_heading(Some("c")));
        assert_eq!(n.next(Some("b"), None, None).as_deref(), Some("一、"));
        assert_eq!(n.next(Some("b"), Some("0"), None), None);
    }
}
