//! A pull scanner for the XML of spreadsheets: no copies, no DTDs, prefixes dropped.
//!
//! It reads what spreadsheet programs write, well-formed or nearly so, and stops at the first thing that is no XML.
//! It exists because it costs a quarter of a general reader on the hot path; calamine's reader is its differential test.

use std::borrow::Cow;

use super::limits::XML_DEPTH;

/// The document is no XML a spreadsheet program writes: cut off, nested beyond [`XML_DEPTH`], or with a DTD.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Broken;

/// One step of a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    /// A start tag; an empty element is a start followed by an end.
    Start(Tag<'a>),
    /// An end tag; names are not compared.
    End,
    /// Text between tags, entities unresolved.
    Text(&'a [u8]),
    /// Text of a CDATA section, to be taken as it is.
    Data(&'a [u8]),
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Local name, without prefix.
    pub(super) name: &'a [u8],
    /// Name with its prefix.
    full: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Tag<'a> {
    /// Attributes as (local name, raw value).
    pub(super) fn attributes(self) -> Attributes<'a> {
        Attributes { rest: self.rest }
    }

    /// The raw value of the attribute with that local name.
    pub(super) fn get(self, name: &[u8]) -> Option<&'a [u8]> {
        self.attributes().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// The decoded value of the attribute with that local name.
    pub(super) fn text(self, name: &[u8]) -> Option<String> {
        self.get(name).map(|v| decode(v).into_owned())
    }
}

/// Iterates over the attributes of a tag.
pub(super) struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.iter().position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
        let rest = &self.rest[start..];
        let equals = rest.iter().position(|b| *b == b'=')?;
        let name = rest[..equals].trim_ascii_end();
        let value = rest[equals + 1..].trim_ascii_start();
        let (quote, value) = value.split_first()?;
        let end = value.iter().position(|b| b == quote)?;
        self.rest = &value[end + 1..];
        Some((local(name), &value[..end]))
    }
}

/// Walks through a document.
pub(super) struct Scanner<'a> {
    rest: &'a [u8],
    depth: usize,
    /// An empty element was given as a start; its end comes next.
    pending: bool,
    rooted: bool,
}

impl<'a> Scanner<'a> {
    /// A scanner over UTF-8 (or ASCII-compatible) text; see [`utf8`].
    pub(super) fn new(text: &'a [u8]) -> Self {
        let rest = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        Self { rest, depth: 0, pending: false, rooted: false }
    }

    /// Number of open elements.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// The next step, or none at the end of a complete document.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, Broken> {
        if std::mem::take(&mut self.pending) {
            self.depth -= 1;
            return Ok(Some(Token::End));
        }
        loop {
            let Some(first) = self.rest.first() else {
                return if self.depth == 0 && self.rooted { Ok(None) } else { Err(Broken) };
            };
            if *first != b'<' {
                let end = memchr::memchr(b'<', self.rest).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                if self.depth == 0 {
                    if text.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
                        continue;
                    }
                    return Err(Broken);
                }
                return Ok(Some(Token::Text(text)));
            }
            match self.rest.get(1) {
                Some(b'/') => return self.end_tag().map(Some),
                Some(b'?') => self.skip_past(b"?>")?,
                Some(b'!') => {
                    if self.rest.starts_with(b"<!--") {
                        self.rest = &self.rest[4..];
                        self.skip_past(b"-->")?;
                    } else if let Some(data) = self.rest.strip_prefix(b"<![CDATA[") {
                        let end = memchr::memmem::find(data, b"]]>").ok_or(Broken)?;
                        self.rest = &data[end + 3..];
                        return Ok(Some(Token::Data(&data[..end])));
                    } else {
                        // A DTD: OPC forbids it (ECMA-376 part 2, 8.1.4), entity bombs need it.
                        return Err(Broken);
                    }
                }
                Some(_) => return self.start_tag().map(Some),
                None => return Err(Broken),
            }
        }
    }

    /// Takes what `usual` recognises at this place, an element of at most `deep` nested ones; nothing where it stands
    /// otherwise, and then the steps of [`Self::next`] read it.
    pub(super) fn shortcut<T>(
        &mut self,
        deep: usize,
        usual: impl Fn(&'a [u8]) -> Option<(T, &'a [u8])>,
    ) -> Option<T> {
        if self.pending || self.depth == 0 || self.depth + deep > XML_DEPTH {
            return None;
        }
        let (found, rest) = usual(self.rest)?;
        self.rest = rest;
        Some(found)
    }

    /// Goes past the end of the element `tag`, whose start was the last token given.
    pub(super) fn skip_element(&mut self, tag: Tag<'_>) -> Result<(), Broken> {
        let outside = self.depth.saturating_sub(1);
        if !self.pending
            && let Some(end) = plain_end(self.rest, tag.full)
        {
            self.rest = &self.rest[end..];
            self.depth = outside;
            return Ok(());
        }
        while self.depth > outside {
            if self.next()?.is_none() {
                return Err(Broken);
            }
        }
        Ok(())
    }

    /// All text up to the end of the element whose start was the last token given, appended decoded.
    pub(super) fn text_of_element(&mut self, into: &mut String) -> Result<(), Broken> {
        let outside = self.depth.saturating_sub(1);
        loop {
            match self.next()?.ok_or(Broken)? {
                Token::Text(raw) => push_decoded(raw, into),
                Token::Data(raw) => into.push_str(&String::from_utf8_lossy(raw)),
                Token::End if self.depth <= outside => return Ok(()),
                Token::Start(_) | Token::End => {}
            }
        }
    }

    fn skip_past(&mut self, what: &[u8]) -> Result<(), Broken> {
        let at = memchr::memmem::find(self.rest, what).ok_or(Broken)?;
        self.rest = &self.rest[at + what.len()..];
        Ok(())
    }

    fn end_tag(&mut self) -> Result<Token<'a>, Broken> {
        let close = memchr::memchr(b'>', self.rest).ok_or(Broken)?;
        self.rest = &self.rest[close + 1..];
        self.depth = self.depth.checked_sub(1).ok_or(Broken)?;
        Ok(Token::End)
    }

    fn start_tag(&mut self) -> Result<Token<'a>, Broken> {
        let close = tag_end(self.rest).ok_or(Broken)?;
        let inside = &self.rest[1..close];
        self.rest = &self.rest[close + 1..];
        let (inside, empty) = match inside.split_last() {
            Some((b'/', inside)) => (inside, true),
            _ => (inside, false),
        };
        let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        let (full, rest) = inside.split_at(end);
        let name = local(full);
        if name.is_empty() || self.depth >= XML_DEPTH {
            return Err(Broken);
        }
        self.depth += 1;
        self.rooted = true;
        self.pending = empty;
        Ok(Token::Start(Tag { name, full, rest }))
    }
}

/// Where the `>` of a tag stands, quoted ones passed over.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &tag[at..])?;
        match tag[at] {
            b'>' => return Some(at),
            quote => at += 2 + memchr::memchr(quote, &tag[at + 1..])?,
        }
    }
}

/// Where the element `name` ends, whose start tag stands before `text`; none where it holds one of its own name, or a
/// comment, a CDATA section or an instruction, in which anything may stand.
fn plain_end(text: &[u8], name: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(b'<', &text[at..])? + 1;
        match text.get(at)? {
            b'!' | b'?' => return None,
            b'/' => {
                if let Some(rest) = text[at + 1..].strip_prefix(name)
                    && rest.first() == Some(&b'>')
                {
                    return Some(at + 1 + name.len() + 1);
                }
            }
            _ if text[at..].starts_with(name) => return None,
            _ => {}
        }
    }
}

/// A name without its namespace prefix.
fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|b| *b == b':').map_or(name, |at| &name[at + 1..])
}

/// Text with entities resolved; bytes that are no UTF-8 become U+FFFD.
pub(super) fn decode(raw: &[u8]) -> Cow<'_, str> {
    if memchr::memchr(b'&', raw).is_none() {
        return String::from_utf8_lossy(raw);
    }
    let mut text = String::with_capacity(raw.len());
    push_decoded(raw, &mut text);
    Cow::Owned(text)
}

/// Appends `raw` with entities resolved; what is no entity stays as it stands.
pub(super) fn push_decoded(raw: &[u8], into: &mut String) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest) {
        push_plain(&rest[..at], into);
        rest = &rest[at..];
        let end = rest.iter().take(LONGEST_ENTITY).position(|b| *b == b';');
        if let Some((end, c)) = end.and_then(|end| entity(&rest[1..end]).map(|c| (end, c))) {
            into.push(c);
            rest = &rest[end + 1..];
        } else {
            into.push('&');
            rest = &rest[1..];
        }
    }
    push_plain(rest, into);
}

/// `&#x10FFFF;` with some zeros before it.
const LONGEST_ENTITY: usize = 16;

fn push_plain(raw: &[u8], into: &mut String) {
    match std::str::from_utf8(raw) {
        Ok(text) => into.push_str(text),
        Err(_) => into.push_str(&String::from_utf8_lossy(raw)),
    }
}

/// The character an entity stands for.
fn entity(name: &[u8]) -> Option<char> {
    match name {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => {
            let digits = std::str::from_utf8(name.strip_prefix(b"#")?).ok()?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// The document as UTF-8: by byte order mark, then by its declaration; UTF-8 comes back as it is.
pub(super) fn utf8(bytes: Vec<u8>) -> Vec<u8> {
    let encoding = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => Some(encoding),
        None => declared(&bytes),
    };
    match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 => {
            encoding.decode_with_bom_removal(&bytes).0.into_owned().into_bytes()
        }
        _ => bytes,
    }
}

/// The encoding an XML declaration names, or UTF-16 seen without a mark.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes.get(..4)? {
        [b'<', 0, _, 0] => return Some(encoding_rs::UTF_16LE),
        [0, b'<', 0, _] => return Some(encoding_rs::UTF_16BE),
        [b'<', b'?', _, _] => {}
        _ => return None,
    }
    let end = bytes.iter().take(200).position(|b| *b == b'>')?;
    let head = &bytes[..end];
    let at = memchr::memmem::find(head, b"encoding")?;
    let value = head[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let label = &value[..value.iter().position(|b| b == quote)?];
    // A declaration of UTF-16 that could be read byte by byte is not UTF-16.
    encoding_rs::Encoding::for_label(label)
        .filter(|e| *e != encoding_rs::UTF_16LE && *e != encoding_rs::UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Result<String, Broken> {
        let mut scanner = Scanner::new(text.as_bytes());
        let mut out = String::new();
        while let Some(token) = scanner.next()? {
            match token {
                Token::Start(tag) => {
                    out.push('<');
                    out.push_str(&String::from_utf8_lossy(tag.name));
                    for (name, value) in tag.attributes() {
                        out += &[" ", &String::from_utf8_lossy(name), "=", &decode(value)].concat();
                    }
                    out.push('>');
                }
                Token::End => out.push_str("</>"),
                Token::Text(raw) => out.push_str(&decode(raw)),
                Token::Data(raw) => out.push_str(&String::from_utf8_lossy(raw)),
            }
        }
        Ok(out)
    }

    #[test]
    fn documents_are_walked_through() {
        for (text, walked) in [
            ("<a/>", "<a></>"),
            (
                "<?xml version='1.0'?><x:a x:b='1' c = \"2>3\"><!-- <b> -->t&lt;&#x4E00;</x:a>\n",
                "<a b=1 c=2>3>t<一</>",
            ),
            ("<a><![CDATA[<&]]></a >", "<a><&</>"),
            ("<a>&nope; & b</a>", "<a>&nope; & b</>"),
            ("<a b='/'/>", "<a b=/></>"),
        ] {
            assert_eq!(steps(text).as_deref(), Ok(walked), "{text}");
        }
    }

    #[test]
    fn elements_are_skipped_whole() {
        for inside in [
            "",
            "x",
            "<b/><c>t</c>",
            "<a>t</a><ab/>",
            "<ab></ab>",
            "<!-- </a> -->",
            "<![CDATA[</a>]]>",
            "<?p </a>?>",
            "<b c='1'><a/></b>",
        ] {
            let text = format!("<r><a>{inside}</a><a/><end/></r>");
            let mut scanner = Scanner::new(text.as_bytes());
            let mut names = Vec::new();
            while let Some(token) = scanner.next().expect("a document") {
                let Token::Start(tag) = token else { continue };
                names.push(tag.name);
                if tag.name == b"a" {
                    scanner.skip_element(tag).expect("its end");
                }
            }
            assert_eq!(names, [&b"r"[..], b"a", b"a", b"end"], "{text}");
        }
        let mut scanner = Scanner::new(b"<r><a><b>");
        let tag = loop {
            if let Some(Token::Start(tag)) = scanner.next().expect("a token")
                && tag.name == b"a"
            {
                break tag;
            }
        };
        assert_eq!(scanner.skip_element(tag), Err(Broken));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for text in [
            "",
            "<a>",
            "<a",
            "</a>",
            "<a></a></a>",
            "x<a/>",
            "<!DOCTYPE a><a/>",
            "<a b='",
            "<!-- ",
            "<>",
        ] {
            assert_eq!(steps(text), Err(Broken), "{text}");
        }
        assert_eq!(steps(&"<a>".repeat(100_000)), Err(Broken));
    }

    #[test]
    fn other_encodings_become_utf8() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>一</a>";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = [vec![0xFF, 0xFE], le.clone()].concat();
        for bytes in [le, be, marked] {
            assert_eq!(String::from_utf8_lossy(&utf8(bytes)), text);
        }
        let gbk = encoding_rs::GB18030.encode("<?xml version='1.0' encoding='gb2312'?><a>一</a>").0;
        assert!(String::from_utf8_lossy(&utf8(gbk.into_owned())).contains("一"));
    }
}
