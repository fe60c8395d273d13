//! The skeleton of a document: headings, numbered paragraphs, what belongs to none of them.

use super::text::{Line, breaks_off, join, tidy};

/// A heading or a numbered paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Block {
    /// 一、
    Section { no: u32, title: String, line: u32 },
    /// （一）
    Subsection { no: u32, title: String, line: u32 },
    /// 1. with its paragraph, page breaks joined.
    Item { no: u32, text: String, line: u32, joined: Vec<(u32, String)> },
    /// Anything else.
    Prose { text: String, line: u32, heading: bool },
}

/// Numbering that a line opens with.
enum Opening<'a> {
    Section(u32, &'a str),
    Subsection(u32, &'a str),
    Item(u32, &'a str),
}

/// A heading longer than this is a paragraph.
const LONGEST_HEADING: usize = 90;

/// The blocks of a document, in order. Lines after the trailer (抄报、抄送、印发) are left out.
pub(super) fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut last_line = 0;
    let mut ended = false;
    for line in lines {
        if line.rule {
            ended = matches!(blocks.last(), Some(Block::Item { .. }));
            continue;
        }
        if ended && is_trailer(&line.text) {
            break;
        }
        ended = false;
        match opening(&line.text, blocks.last()) {
            Some(Opening::Section(no, title)) => {
                blocks.push(Block::Section { no, title: tidy(title), line: line.no });
            }
            Some(Opening::Subsection(no, title)) => {
                blocks.push(Block::Subsection { no, title: tidy(title), line: line.no });
            }
            Some(Opening::Item(no, text)) => blocks.push(Block::Item {
                no,
                text: text.trim().to_owned(),
                line: line.no,
                joined: Vec::new(),
            }),
            None if is_trailer(&line.text) && matches!(blocks.last(), Some(Block::Item { .. })) => {
                break;
            }
            None => match blocks.last_mut() {
                Some(Block::Item { text, joined, .. }) if !line.heading => {
                    // A paragraph that went on after a page break.
                    if line.no > last_line + 1 && breaks_off(text) {
                        let tail: String = text
                            .chars()
                            .rev()
                            .take(6)
                            .collect::<Vec<_>>()
                            .into_iter()
                            .rev()
                            .collect();
                        let head: String = line.text.chars().take(6).collect();
                        joined.push((line.no, format!("{tail}{head}")));
                    }
                    join(text, &line.text);
                }
                _ => blocks.push(Block::Prose {
                    text: line.text.clone(),
                    line: line.no,
                    heading: line.heading,
                }),
            },
        }
        last_line = line.no;
    }
    blocks
}

fn is_trailer(text: &str) -> bool {
    let plain = tidy(text);
    ["抄报：", "抄送：", "抄报:", "抄送:", "主送：", "附件："].iter().any(|t| plain.starts_with(t))
        || (plain.ends_with("印发") && plain.contains('年') && plain.chars().count() < 40)
}

/// What a line opens, if anything. `before` is the block it would otherwise continue.
fn opening<'a>(text: &'a str, before: Option<&Block>) -> Option<Opening<'a>> {
    let short = text.chars().count() <= LONGEST_HEADING;
    if let Some((number, rest)) = chinese_then(text, &['、', '．', '.']).filter(|_| short) {
        return Some(Opening::Section(number, rest));
    }
    if let Some(inner) = text.strip_prefix(['（', '(']).filter(|_| short)
        && let Some((number, rest)) = chinese_then(inner, &['）', ')'])
        // A clause or a remark in brackets is no heading.
        && !rest.trim().is_empty()
    {
        return Some(Opening::Subsection(number, rest));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let number: u32 = text[..digits].parse().ok().filter(|n| *n > 0)?;
    let mut rest = text[digits..].trim_start().chars();
    let separator = rest.next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let rest = rest.as_str();
    // 5.6万亩 at the beginning of a line goes on with a paragraph; so does a number far out of order.
    if separator == '.' && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(Block::Item { no, text, .. }) = before
        && number <= *no
        && breaks_off(text)
    {
        return None;
    }
    Some(Opening::Item(number, rest))
}

/// A Chinese numeral followed by one of `ends`: its value and the rest.
fn chinese_then<'a>(text: &'a str, ends: &[char]) -> Option<(u32, &'a str)> {
    let trimmed = text.trim_start();
    let end = trimmed.find(|c: char| !"一二三四五六七八九十百".contains(c))?;
    let (number, rest) = trimmed.split_at(end);
    let rest = rest.trim_start().strip_prefix(ends)?;
    Some((chinese_number(number)?, rest))
}

/// 1–199 in Chinese numerals.
pub(super) fn chinese_number(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut digit = None;
    if text.is_empty() {
        return None;
    }
    for sign in text.chars() {
        match sign {
            '十' => {
                total += digit.take().unwrap_or(1) * 10;
            }
            '百' => {
                total += digit.take()? * 100;
            }
            _ => {
                let value = "一二三四五六七八九".chars().position(|c| c == sign)?;
                if digit.is_some() {
                    return None;
                }
                digit = Some(u32::try_from(value).ok()? + 1);
            }
        }
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::{super::text::lines, *};

    #[test]
    fn numerals() {
        for (text, value) in
            [("一", 1), ("十", 10), ("十二", 12), ("二十九", 29), ("一百二十", 120)]
        {
            assert_eq!(chinese_number(text), Some(value));
        }
        assert_eq!(chinese_number("一二"), None);
    }

    #[test]
    fn page_breaks_are_joined_and_numbers_at_the_line_start_are_not_items() {
        let text = "## 一、甲\n### (一) 乙\n1. 建设\n\n\n5.6 万亩，完\n\n成。〔牵头单位：区甲局〕\n\n2.坚持。\n\n---\n抄报：市政府。";
        let blocks = blocks(&lines(text));
        assert_eq!(blocks.len(), 4);
        let Block::Item { text, joined, .. } = &blocks[2] else { panic!("{blocks:?}") };
        assert_eq!(text, "建设5.6 万亩，完成。〔牵头单位：区甲局〕");
        assert_eq!(joined.len(), 2);
    }
}
