//! One filled form in the shapes programs give a file: each made from the parts of the form we write, by rewriting them
//! the way the program in question does. They are **imitations**: no file here was saved by Excel or WPS.

use std::io::{Cursor, Read, Write};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The parts of a workbook, in order.
#[derive(Clone)]
pub(crate) struct Parts(Vec<(String, Vec<u8>)>);

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";
const BOOK: &str = "xl/workbook.xml";

impl Parts {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let take = |at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("inflated");
            (part.name().expect("a name").into_owned(), bytes)
        };
        let count = ZipArchive::new(Cursor::new(bytes)).expect("a zip").len();
        Self((0..count).map(take).collect())
    }

    fn text(&self, name: &str) -> String {
        let (_, bytes) = self.0.iter().find(|(n, _)| n == name).expect(name);
        String::from_utf8(bytes.clone()).expect("UTF-8")
    }

    fn set(&mut self, name: &str, text: impl Into<Vec<u8>>) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, bytes)) => *bytes = text.into(),
            None => self.0.push((name.to_owned(), text.into())),
        }
    }

    fn sheets(&self) -> Vec<String> {
        self.0.iter().map(|(n, _)| n).filter(|n| n.starts_with("xl/worksheets/")).cloned().collect()
    }

    /// Every sheet rewritten.
    fn each_sheet(mut self, change: impl Fn(&str) -> String) -> Self {
        for name in self.sheets() {
            let text = change(&self.text(&name));
            self.set(&name, text);
        }
        self
    }

    /// One part rewritten.
    fn edit(mut self, name: &str, change: impl Fn(&str) -> String) -> Self {
        let text = change(&self.text(name));
        self.set(name, text);
        self
    }

    /// Every XML part below `xl/` as other bytes.
    fn encoded(mut self, encode: impl Fn(&str) -> Vec<u8>) -> Self {
        for (name, bytes) in &mut self.0 {
            if name.starts_with("xl/") && !name.starts_with("xl/_rels/") {
                *bytes = encode(std::str::from_utf8(bytes).expect("UTF-8"));
            }
        }
        self
    }

    fn renamed(mut self, rename: impl Fn(&str) -> String) -> Self {
        for (name, _) in &mut self.0 {
            *name = rename(name);
        }
        self
    }

    fn without(mut self, start: &str) -> Self {
        self.0.retain(|(name, _)| !name.starts_with(start));
        self
    }

    fn zipped(&self, method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        for (name, bytes) in &self.0 {
            writer.start_file(name.as_str(), options).expect("part");
            writer.write_all(bytes).expect("bytes");
        }
        writer.finish().expect("zip").into_inner()
    }

    fn packed(&self) -> Vec<u8> {
        self.zipped(CompressionMethod::Deflated)
    }
}

/// Every element of that name (none inside another) rewritten.
fn elements(text: &str, name: &str, mut change: impl FnMut(&str) -> String) -> String {
    let start = format!("<{name}");
    let end = format!("</{name}>");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&start) {
        let (before, element) = rest.split_at(at);
        out.push_str(before);
        if !element[start.len()..].starts_with([' ', '>', '/']) {
            out.push_str(&start);
            rest = &element[start.len()..];
            continue;
        }
        let tag = element.find('>').expect("a tag") + 1;
        let whole = if element[..tag].ends_with("/>") {
            tag
        } else {
            element.find(&end).expect("an end") + end.len()
        };
        out.push_str(&change(&element[..whole]));
        rest = &element[whole..];
    }
    out + rest
}

/// All elements of that name.
fn listed(text: &str, name: &str) -> Vec<String> {
    let mut all = Vec::new();
    elements(text, name, |element| {
        all.push(element.to_owned());
        String::new()
    });
    all
}

/// The value of an attribute of an element's own tag.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let tag = &element[..element.find('>')?];
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

/// What stands between an element's tags.
fn inside(element: &str) -> &str {
    let from = element.find('>').map_or(0, |at| at + 1);
    let to = element.rfind("</").unwrap_or(element.len());
    element.get(from..to).unwrap_or("")
}

/// The shared strings as written, entities unresolved.
fn strings(parts: &Parts) -> Vec<String> {
    let item = |si: &String| listed(si, "t").iter().map(|t| inside(t)).collect::<String>();
    listed(&parts.text(STRINGS), "si").iter().map(item).collect()
}

/// The shared strings written anew, each by `item`.
fn with_strings(parts: Parts, item: impl Fn(&str) -> String) -> Parts {
    let items: String = strings(&parts).iter().map(|s| item(s)).collect();
    parts.edit(STRINGS, |_| {
        format!("<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{items}</sst>")
    })
}

/// Strings in the cells themselves, as many exporting libraries write them.
fn in_line(parts: Parts) -> Parts {
    let strings = strings(&parts);
    parts.each_sheet(|sheet| {
        elements(sheet, "c", |cell| {
            if attribute(cell, "t") != Some("s") {
                return cell.to_owned();
            }
            let at: usize = inside(&listed(cell, "v")[0]).parse().expect("an index");
            let tag = cell[..=cell.find('>').expect("a tag")].replace("t=\"s\"", "t=\"inlineStr\"");
            format!("{tag}<is><t xml:space=\"preserve\">{}</t></is></c>", strings[at])
        })
    })
}

/// Rows and cells without addresses, blanks in between filled up.
fn without_addresses(parts: Parts) -> Parts {
    let column = |cell: &str| {
        let letters = attribute(cell, "r").expect("an address");
        letters
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .fold(0, |n, b| n * 26 + usize::from(b - b'A') + 1)
    };
    parts.each_sheet(|sheet| {
        let mut last = 0;
        elements(sheet, "row", |row| {
            let number: usize = attribute(row, "r").expect("a number").parse().expect("a number");
            let mut out = "<row/>".repeat(number - last - 1);
            last = number;
            out.push_str("<row>");
            let mut before = 0;
            for cell in listed(row, "c") {
                out.push_str(&"<c/>".repeat(column(&cell) - before - 1));
                before = column(&cell);
                let address = format!(" r=\"{}\"", attribute(&cell, "r").expect("an address"));
                out.push_str(&cell.replacen(&address, "", 1));
            }
            out + "</row>"
        })
    })
}

fn reversed(text: &str, outer: &str, inner: &str) -> String {
    elements(text, outer, |element| {
        let mut all = listed(element, inner);
        all.reverse();
        let tag = &element[..=element.find('>').expect("a tag")];
        if tag.ends_with("/>") {
            tag.to_owned()
        } else {
            format!("{tag}{}</{outer}>", all.concat())
        }
    })
}

fn prefixed(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix('/') {
            out.push('/');
            rest = tail;
        }
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push_str("x:");
        }
    }
    (out + rest).replace(" xmlns=\"", " xmlns:x=\"")
}

fn utf16(text: &str) -> Vec<u8> {
    let text = text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What Excel is known to write beside our own: its name, alternate content, a dyDescent on every row, a chain of
/// calculation.
fn like_excel(parts: Parts) -> Parts {
    let mut parts = parts
        .edit(BOOK, |book| {
            book.replace("<bookViews>", "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"x15\"><x15ac:absPath xmlns:x15ac=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac\" url=\"C:\\报送\\\"/></mc:Choice></mc:AlternateContent><bookViews>")
        })
        .each_sheet(|sheet| {
            sheet.replace("<row ", "<row xmlns:x14ac=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac\" x14ac:dyDescent=\"0.15\" ")
        });
    parts.set("xl/calcChain.xml", "<calcChain><c r=\"L6\" i=\"1\"/></calcChain>");
    parts.set("docProps/app.xml", "<Properties><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>");
    parts
}

/// What WPS is known to write beside our own: its name and its build among the properties, strings as phonetic-free
/// runs with a font of their own.
fn like_wps(parts: Parts) -> Parts {
    let custom = "docProps/custom.xml";
    let mut parts = with_strings(parts, |s| {
        format!("<si><r><rPr><rFont val=\"仿宋\"/><charset val=\"134\"/></rPr><t xml:space=\"preserve\">{s}</t></r></si>")
    })
    .edit(custom, |text| {
        text.replace("</Properties>", "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"90\" name=\"KSOProductBuildVer\"><vt:lpwstr xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">2052-12.1.0.16388</vt:lpwstr></property></Properties>")
    });
    parts.set("docProps/app.xml", "<Properties><Application>WPS 表格</Application></Properties>");
    parts
}

/// The shape of that name, made from the bytes of a filled form; none for a name that is no shape.
pub(crate) fn shaped(name: &str, form: &[u8]) -> Option<Vec<u8>> {
    let parts = Parts::of(form);
    let xml = match name {
        "as-written" => return Some(form.to_vec()),
        "inline-strings" => in_line(parts),
        "no-shared-strings" => in_line(parts)
            .edit(LINKS, |links| {
                elements(links, "Relationship", |l| {
                    if l.contains("sharedStrings") { String::new() } else { l.to_owned() }
                })
            })
            .without(STRINGS),
        "empty-shared-strings" => in_line(parts).edit(STRINGS, |_| "<sst count=\"0\"/>".to_owned()),
        "prefixes" => parts.encoded(|text| prefixed(text).into_bytes()),
        "strict" => parts.encoded(|text| {
            text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main").into_bytes()
        })
        .edit(LINKS, |links| links.replace("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"))
        .edit("_rels/.rels", |links| links.replace("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument")),
        "utf16" => parts.encoded(|text| [vec![0xFF, 0xFE], utf16(text)].concat()),
        "utf16-unmarked" => parts.encoded(utf16),
        "utf8-marked" => parts.encoded(|text| ["\u{feff}", text].concat().into_bytes()),
        "gb18030" => parts.encoded(|text| {
            let text = text.replace("encoding=\"UTF-8\"", "encoding=\"GB18030\"");
            encoding_rs::GB18030.encode(&text).0.into_owned()
        }),
        "no-addresses" => without_addresses(parts),
        "rich-text" => with_strings(parts, |s| {
            let cut = s.char_indices().nth(2).map_or(0, |(at, _)| at);
            let cut = if s.contains('&') { 0 } else { cut };
            let (a, b) = s.split_at(cut);
            format!("<si><r><t xml:space=\"preserve\">{a}</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">{b}</t></r><rPh sb=\"0\" eb=\"1\"><t>zhu yin</t></rPh><phoneticPr fontId=\"1\"/></si>")
        }),
        "cdata" => with_strings(parts, |s| {
            let plain = s.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
            format!("<si><t><![CDATA[{plain}]]></t></si>")
        }),
        "escapes" => with_strings(parts, |s| {
            let escaped = |c: char| match c {
                '\u{4e00}'..='\u{9fff}' => format!("_x{:04X}_", u32::from(c)),
                c => c.to_string(),
            };
            format!("<si><t xml:space=\"preserve\">{}</t></si>", s.chars().map(escaped).collect::<String>())
        }),
        "entities" => with_strings(parts, |s| {
            let entity = |c: char| if c.is_ascii() { c.to_string() } else { format!("&#x{:X};", u32::from(c)) };
            format!("<si><t xml:space=\"preserve\">{}</t></si>", s.chars().map(entity).collect::<String>())
        }),
        "no-properties" => parts.without("docProps/"),
        "no-styles" => parts.without("xl/styles.xml").without("xl/theme"),
        "no-content-types" => parts.without("[Content_Types]"),
        "no-package-links" => parts.without("_rels/"),
        "dimension-lies" => parts.each_sheet(|s| elements(s, "dimension", |_| "<dimension ref=\"A1:XFD1048576\"/>".to_owned())),
        "absolute-targets" => parts.edit(LINKS, |l| l.replace("Target=\"", "Target=\"/xl/")),
        "backslashes" => parts.edit(LINKS, |l| l.replace("worksheets/", "worksheets\\")).renamed(|n| n.replace('/', "\\")),
        "escaped-targets" => parts.edit(LINKS, |l| l.replace("sheet1.xml", "sheet%31.xml")),
        "upper-case-parts" => parts.renamed(str::to_uppercase),
        "other-quotes" => parts.each_sheet(|s| elements(s, "c", |c| c.replace('"', "'").replace(" r=", "\n r = ")).replace("<sheetData>", "<sheetData >")),
        "comments-inside" => parts.each_sheet(|s| s.replace("<c ", "<!-- <c r=\"Z9\"/> --><?note x?><c ").replace("<v>", "<v><!-- 1 -->")),
        "false-extension" => parts.each_sheet(|s| s.replace("</worksheet>", "<extLst><ext uri=\"{0}\"><row r=\"1\"><c r=\"A1\"><v>999</v></c></row></ext></extLst></worksheet>")),
        "rows-reversed" => parts.each_sheet(|s| reversed(s, "sheetData", "row")),
        "cells-reversed" => parts.each_sheet(|s| reversed(s, "row", "c")),
        "lower-case-addresses" => parts.each_sheet(|s| {
            elements(s, "c", |c| {
                let address = attribute(c, "r").expect("an address");
                c.replacen(address, &address.to_lowercase(), 1)
            })
        }),
        "blank-far-cells" => parts.each_sheet(|s| s.replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row></sheetData>")),
        "date1904" => parts.edit(BOOK, |b| b.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")),
        "like-excel" => like_excel(parts),
        "like-wps" => like_wps(parts),
        "macros-and-links" => {
            let mut parts = parts;
            parts.set("xl/vbaProject.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 never run".to_vec());
            parts.set("xl/externalLinks/externalLink1.xml", "<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/c calc\"/></externalLink>");
            parts
        }
        // From here on the content is not the same.
        "far-value" => parts.edit(SHEET, |s| s.replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>")),
        "cell-twice" => parts.edit(SHEET, |s| elements(s, "c", |c| if attribute(c, "r") == Some("K6") { c.repeat(2) } else { c.to_owned() })),
        "row-twice" => parts.edit(SHEET, |s| elements(s, "row", |r| if attribute(r, "r") == Some("6") { r.repeat(2) } else { r.to_owned() })),
        "sheet-missing" => parts.without("xl/worksheets/sheet3.xml"),
        "strings-missing" => parts.without(STRINGS),
        "sheet-elsewhere" => parts.edit(LINKS, |l| l.replace("Target=\"worksheets/sheet1.xml\"", "Target=\"http://example.invalid/sheet1.xml\" TargetMode=\"External\"")),
        "entity-bomb" => parts.edit(SHEET, |s| s.replacen("<worksheet", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet", 1)),
        "outside-entity" => parts.edit(SHEET, |s| s.replacen("<worksheet", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet", 1)),
        "bomb" => parts.edit(SHEET, |s| s.replace("</sheetData>", &format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row></sheetData>", "x".repeat(12 << 20)))),
        _ => return contained(name, form, &parts),
    };
    Some(xml.packed())
}

/// Shapes of the container, and whole files.
fn contained(name: &str, form: &[u8], parts: &Parts) -> Option<Vec<u8>> {
    let one = |name: &str, bytes: &[u8]| Parts(vec![(name.to_owned(), bytes.to_vec())]).packed();
    Some(match name {
        "stored" => parts.zipped(CompressionMethod::Stored),
        "data-descriptors" => {
            let mut writer = ZipWriter::new_stream(Vec::new());
            for (name, bytes) in &parts.0 {
                writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("part");
                writer.write_all(bytes).expect("bytes");
            }
            writer.finish().expect("zip").into_inner()
        }
        "trailing-bytes" => [form, &[0; 700]].concat(),
        "line-end-before" => [b"\r\n", form].concat(),
        "mark-before" => [b"\xEF\xBB\xBF", form].concat(),
        "record-in-comment" => {
            let comment = b"PK\x05\x06, as a comment may say";
            let mut bytes = form.to_vec();
            let length = u16::try_from(comment.len()).expect("short").to_le_bytes();
            bytes.truncate(form.len() - 2);
            [&bytes[..], &length, comment].concat()
        }
        "cut-off" => form[..form.len() * 2 / 3].to_vec(),
        "byte-changed" => {
            let mut bytes = parts.zipped(CompressionMethod::Stored);
            let at = memchr::memmem::find(&bytes, b"</sheetData>").expect("a sheet") - 20;
            bytes[at] ^= 1;
            bytes
        }
        "part-twice" => {
            let mut twice = parts.clone();
            twice.0.push(("xl/worksheets/sheeX1.xml".to_owned(), parts.text(SHEET).into_bytes()));
            let mut bytes = twice.packed();
            while let Some(at) = memchr::memmem::find(&bytes, b"sheeX1") {
                bytes[at + 4] = b't';
            }
            bytes
        }
        "part-leads-out" => {
            let mut out = parts.clone();
            out.0.push(("../../duban.toml".to_owned(), b"x".to_vec()));
            out.packed()
        }
        "archive" => one("城关/区工业和信息化局.xlsx", form),
        "archive-nested" => one("里层.zip", &one("a.xlsx", form)),
        "archive-leads-out" => one("../../区工业和信息化局.xlsx", form),
        _ => return None,
    })
}
