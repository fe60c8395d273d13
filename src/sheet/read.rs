//! Any workbook that can be streamed → [`Book`]: Office Open XML (xlsx, xlsm), behind the guard.
//!
//! Each part is inflated once and walked through once; memory is bounded by [`super::limits`], whatever the file says.

use std::rc::Rc;

use super::{
    Book, FileKind, Sheet, Visibility,
    cells::{Budget, Workbook, read_cells},
    formats::{Look, looks_of},
    guard::{Archive, Refusal},
    limits::{FILE_BYTES, NAMES, SHEETS},
    ods, refuse, sniff,
    strings::{Strings, own},
    xml::{self, Scanner, Token},
};
use crate::diag::Diagnostic;

/// How heavy a file is (文件分量): bytes it unpacks to, or its own where it is no zip or more than that.
///
/// Whoever reads several files at once reads one alone that weighs more than [`super::limits::HEAVY_BYTES`].
#[must_use]
pub fn weight(bytes: &[u8]) -> u64 {
    let packed = bytes.len() as u64;
    Archive::directory(bytes).map_or(packed, |archive| archive.declared_bytes().max(packed))
}

/// Reads a workbook that can be streamed: xlsx, xlsm and ods; `file` is its name in findings.
///
/// # Errors
/// A finding (I101–I115) that says why the file is not read. Kinds for which [`FileKind::needs_worker`] holds are
/// read by [`super::read_loaded`] and refused here.
#[expect(clippy::result_large_err, reason = "one per file")]
pub fn read(bytes: &[u8], file: &str) -> Result<Book, Diagnostic> {
    read_as(bytes, sniff(bytes), file)
}

/// The same for bytes whose kind [`sniff`] gave already.
///
/// # Errors
/// As [`read`].
#[expect(clippy::result_large_err, reason = "one per file")]
pub fn read_as(bytes: &[u8], kind: FileKind, file: &str) -> Result<Book, Diagnostic> {
    // What is not read at all is named by its kind: a scan of 40 MB is a scan.
    let large = bytes.len() > FILE_BYTES;
    match kind {
        FileKind::Xlsx | FileKind::Xlsm | FileKind::Ods if large => {
            return Err(refuse::too_large(bytes.len() as u64, FILE_BYTES as u64, file));
        }
        FileKind::Xlsx | FileKind::Xlsm => streamed(bytes, kind, read_ooxml),
        FileKind::Ods => streamed(bytes, kind, ods::read_ods),
        _ => return Err(refuse::by_kind(kind, bytes, file)),
    }
    .map_err(|r| refuse::refusal(&r, file))
}

/// Opens the container and reads it.
fn streamed(
    bytes: &[u8],
    kind: FileKind,
    reader: fn(&mut Archive<'_>, FileKind) -> Result<Book, Refusal>,
) -> Result<Book, Refusal> {
    reader(&mut Archive::open(bytes)?, kind)
}

fn read_ooxml(archive: &mut Archive<'_>, kind: FileKind) -> Result<Book, Refusal> {
    let package = relations(archive, "")?;
    let by_type = |wanted: &str| package.iter().find(|r| r.is(wanted)).map(|r| r.target.clone());
    let main = by_type("officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let workbook = workbook_part(archive, &main)?;
    let links = relations(archive, &main)?;
    let of_type = |wanted: &str| links.iter().find(|r| r.is(wanted)).map(|r| r.target.as_str());

    let strings = match of_type("sharedStrings") {
        Some(name) => match part(archive, name)? {
            Some(bytes) => Strings::read(&bytes, name)?,
            None => Strings::default(),
        },
        None => Strings::default(),
    };
    let looks = match of_type("styles") {
        Some(name) => match part(archive, name)? {
            Some(bytes) => looks_of(bytes).map_err(|_| Refusal::Damaged(name.to_owned()))?,
            None => Rc::default(),
        },
        None => Rc::default(),
    };
    let sheets = read_sheets(archive, &workbook, &links, &strings, &looks)?;
    let application =
        properties(archive, by_type("extended-properties"), "docProps/app.xml", application)?;
    let custom = properties(archive, by_type("custom-properties"), "docProps/custom.xml", custom)?;
    let wps = custom.iter().find(|(name, _)| name == "KSOProductBuildVer");
    Ok(Book {
        kind,
        sheets: sheets.0,
        names: workbook.names,
        generator: wps
            .map(|(_, build)| format!("WPS {build}"))
            .or_else(|| application.into_iter().next()),
        properties: custom,
        cells_seen: sheets.1,
    })
}

/// The sheets in order, and the non-blank cells met in all of them.
fn read_sheets(
    archive: &mut Archive<'_>,
    workbook: &WorkbookPart,
    links: &[Relation],
    strings: &Strings,
    looks: &[Look],
) -> Result<(Vec<Sheet>, u64), Refusal> {
    let context = Workbook { strings, looks, date1904: workbook.date1904 };
    let mut budget = Budget::new();
    let mut sheets = Vec::new();
    for (name, visibility, id) in &workbook.sheets {
        let damaged = || Refusal::Damaged(name.clone());
        let link = links.iter().find(|r| r.id == *id).ok_or_else(damaged)?;
        // Chart and dialogue sheets have no cells.
        if !link.is("worksheet") {
            continue;
        }
        let bytes = part(archive, &link.target)?.ok_or_else(damaged)?;
        let mut sheet = Sheet { name: name.clone(), visibility: *visibility, ..Sheet::default() };
        read_cells(&bytes, &context, &mut budget, &mut sheet)?;
        sheets.push(sheet);
    }
    if sheets.is_empty() { Err(Refusal::NoSheets) } else { Ok((sheets, budget.seen)) }
}

/// A part as UTF-8. Some writers escape characters of a target that stand plainly in the part's name.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
    let mut found = archive.part(name)?;
    if found.is_none() && name.contains('%') {
        found = archive.part(&unescaped(name))?;
    }
    Ok(found.map(xml::utf8))
}

/// A part name with its `%20` resolved (RFC 3986, 2.1).
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A relationship of a part.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    /// Whether its type ends with `kind`; strict and transitional files differ in what stands before.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The relationships of the part `of` (of the package where it is empty), targets resolved.
fn relations(archive: &mut Archive<'_>, of: &str) -> Result<Vec<Relation>, Refusal> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{slash}_rels/{name}.rels");
    let Some(bytes) = part(archive, &path)? else { return Ok(Vec::new()) };
    let broken = |_| Refusal::Damaged(path.clone());
    let mut scanner = Scanner::new(&bytes);
    let mut all = Vec::new();
    while let Some(token) = scanner.next().map_err(broken)? {
        let Token::Start(tag) = token else { continue };
        if tag.name == b"Relationship"
            && let (Some(id), Some(kind), Some(target)) =
                (tag.text(b"Id"), tag.text(b"Type"), tag.text(b"Target"))
            // Nothing outside the file is ever fetched.
            && tag.get(b"TargetMode") != Some(b"External")
        {
            all.push(Relation { id, kind, target: resolve(folder, &target) });
        }
    }
    Ok(all)
}

/// A relationship target as a part name: relative to `folder`, or absolute.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|s| !s.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What the workbook part says.
#[derive(Default)]
struct WorkbookPart {
    /// Name, visibility, relationship id.
    sheets: Vec<(String, Visibility, String)>,
    names: Vec<(String, String)>,
    date1904: bool,
}

fn workbook_part(archive: &mut Archive<'_>, name: &str) -> Result<WorkbookPart, Refusal> {
    let damaged = || Refusal::Damaged(name.to_owned());
    let bytes = part(archive, name)?.ok_or_else(damaged)?;
    let mut out = WorkbookPart::default();
    let mut scanner = Scanner::new(&bytes);
    while let Some(token) = scanner.next().map_err(|_| damaged())? {
        let Token::Start(tag) = token else { continue };
        match tag.name {
            b"sheet" => {
                let visibility = match tag.get(b"state") {
                    Some(b"hidden") => Visibility::Hidden,
                    Some(b"veryHidden") => Visibility::VeryHidden,
                    _ => Visibility::Visible,
                };
                let id = tag.text(b"id").unwrap_or_default();
                out.sheets.push((tag.text(b"name").unwrap_or_default(), visibility, id));
                if out.sheets.len() > SHEETS {
                    let (size, limit) = (out.sheets.len() as u64, SHEETS as u64);
                    return Err(Refusal::TooMuch { part: name.to_owned(), size, limit });
                }
            }
            b"workbookPr" => {
                out.date1904 = matches!(tag.get(b"date1904"), Some(b"1" | b"true" | b"on"));
            }
            b"definedName" => {
                let defined = tag.text(b"name").unwrap_or_default();
                let mut text = String::new();
                scanner.text_of_element(&mut text).map_err(|_| damaged())?;
                if out.names.len() < NAMES {
                    out.names.push((defined, text));
                }
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Reads a part of document properties; broken or absent ones say nothing.
fn properties<T: Default>(
    archive: &mut Archive<'_>,
    linked: Option<String>,
    usual: &str,
    reader: fn(&[u8]) -> Result<T, xml::Broken>,
) -> Result<T, Refusal> {
    let name = linked.unwrap_or_else(|| usual.to_owned());
    Ok(part(archive, &name)?.and_then(|bytes| reader(&bytes).ok()).unwrap_or_default())
}

/// The program that saved the file, with its version.
fn application(part: &[u8]) -> Result<Option<String>, xml::Broken> {
    let mut scanner = Scanner::new(part);
    let (mut program, mut version) = (String::new(), String::new());
    while let Some(token) = scanner.next()? {
        let Token::Start(tag) = token else { continue };
        match tag.name {
            b"Application" => scanner.text_of_element(&mut program)?,
            b"AppVersion" => scanner.text_of_element(&mut version)?,
            _ => {}
        }
    }
    let saved = format!("{} {}", program.trim(), version.trim()).trim().to_owned();
    Ok((!saved.is_empty()).then_some(saved))
}

/// Custom document properties: name and value as text.
fn custom(part: &[u8]) -> Result<Vec<(String, String)>, xml::Broken> {
    let mut scanner = Scanner::new(part);
    let mut all = Vec::new();
    while let Some(token) = scanner.next()? {
        let Token::Start(tag) = token else { continue };
        if tag.name == b"property" {
            let name = tag.get(b"name").map(own).unwrap_or_default();
            let mut value = String::new();
            scanner.text_of_element(&mut value)?;
            if all.len() < NAMES {
                all.push((name, value.trim().to_owned()));
            }
        }
    }
    Ok(all)
}
