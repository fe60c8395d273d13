//! What may be opened at all: a zip container vetted before anything in it is parsed.
//!
//! Takes bytes, gives an [`Archive`] whose entries are within the [`super::limits`], named once and inside the
//! container; each part is inflated to its declared size and its checksum verified. Never more memory than declared.

use libdeflater::{Crc, Decompressor};

use super::limits::{PART_BYTES, PART_RATIO, RATIO_FROM_BYTES, READ_BYTES, TOTAL_BYTES, ZIP_PARTS};

/// Why a container or a part of it is not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// Cut off, or not what its first bytes say; the part, where it is one.
    Damaged(String),
    /// The checksum of a part is wrong.
    Checksum(String),
    /// More than a limit: what, how much, the limit.
    TooMuch { part: String, size: u64, limit: u64 },
    /// Two parts of one name, or a name that leads out of the container.
    Name(String),
    /// A part is encrypted.
    Encrypted,
    /// No sheet in it.
    NoSheets,
}

/// An entry of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    /// Name as stored, decoded, `/` between folders.
    pub(super) name: String,
    /// Inflated size as declared.
    pub(super) size: u64,
    packed: u64,
    method: u16,
    crc: u32,
    /// Where the data begin.
    start: usize,
    encrypted: bool,
}

impl Entry {
    /// A folder, not a file.
    pub(super) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Whether the name leads out of the container: `..`, a drive, an absolute path.
    pub(super) fn escapes(&self) -> bool {
        let name = &self.name;
        name.starts_with('/')
            || name.contains('\0')
            || name.split('/').any(|part| part == ".." || part.ends_with(':'))
    }
}

/// A vetted zip container.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    pub(super) entries: Vec<Entry>,
    /// Entries by name in lower case, since part names do not differ by case (ECMA-376 part 2, 6.2.2.3).
    order: Vec<(String, usize)>,
    /// Made when the first part is inflated: it is asked of many files only what their directory says.
    inflate: Option<Decompressor>,
    budget: u64,
}

impl<'a> Archive<'a> {
    /// Vets the directory of a workbook: number of parts, sizes, ratio, names.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut archive = Self::directory(bytes)?;
        archive.vet_sizes(TOTAL_BYTES)?;
        if let Some(out) = archive.entries.iter().find(|e| leads_out(e)) {
            return Err(Refusal::Name(out.name.clone()));
        }
        archive.order = archive
            .entries
            .iter()
            .enumerate()
            .map(|(at, e)| (e.name.trim_start_matches('/').to_ascii_lowercase(), at))
            .collect();
        archive.order.sort();
        match archive.order.windows(2).find(|w| w[0].0 == w[1].0) {
            Some(twins) => Err(Refusal::Name(archive.entries[twins[0].1].name.clone())),
            None => Ok(archive),
        }
    }

    /// The directory of any zip, vetted for its number of entries only.
    pub(super) fn directory(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let entries = directory(bytes)?;
        Ok(Self { bytes, entries, order: Vec::new(), inflate: None, budget: READ_BYTES })
    }

    /// Refuses what would inflate beyond the limits.
    fn vet_sizes(&self, total_limit: u64) -> Result<(), Refusal> {
        let mut total = 0_u64;
        for entry in &self.entries {
            vet_size(entry)?;
            total = total.saturating_add(entry.size);
        }
        if total > total_limit {
            let part = format!("{} 个部分", self.entries.len());
            return Err(Refusal::TooMuch { part, size: total, limit: total_limit });
        }
        Ok(())
    }

    /// Declared inflated bytes of all entries.
    pub(super) fn declared_bytes(&self) -> u64 {
        self.entries.iter().fold(0, |sum, e| sum.saturating_add(e.size))
    }

    /// The part of that name, inflated and verified; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let wanted = name.trim_start_matches('/').to_ascii_lowercase();
        match self.order.binary_search_by(|(n, _)| n.as_str().cmp(&wanted)) {
            Ok(at) => {
                let index = self.order[at].1;
                self.take(index).map(Some)
            }
            Err(_) => Ok(None),
        }
    }

    /// The entry at `index`, inflated and verified, within the budget of one container.
    pub(super) fn take(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let entry = &self.entries[index];
        self.budget = self.budget.checked_sub(entry.size).ok_or_else(|| Refusal::TooMuch {
            part: entry.name.clone(),
            size: entry.size,
            limit: READ_BYTES,
        })?;
        inflate(self.bytes, entry, self.inflate.get_or_insert_default())
    }

    /// Gives the budget of one container anew: for archives, where each file is let go before the next.
    pub(super) const fn renew_budget(&mut self, bytes: u64) {
        self.budget = bytes;
    }
}

/// Whether a part's name leads out of the container; a leading `/` is how some writers name parts.
fn leads_out(entry: &Entry) -> bool {
    let name = entry.name.trim_start_matches('/');
    name.contains('\0') || name.split('/').any(|part| part == ".." || part.ends_with(':'))
}

/// Size and ratio of one entry.
pub(super) fn vet_size(entry: &Entry) -> Result<(), Refusal> {
    let too_much = |limit| Refusal::TooMuch { part: entry.name.clone(), size: entry.size, limit };
    if entry.size > PART_BYTES {
        return Err(too_much(PART_BYTES));
    }
    let honest = entry.packed.saturating_mul(PART_RATIO);
    if entry.size > RATIO_FROM_BYTES && entry.size > honest {
        return Err(too_much(honest));
    }
    Ok(())
}

/// Inflates one entry to its declared size and verifies its checksum.
fn inflate(bytes: &[u8], entry: &Entry, inflate: &mut Decompressor) -> Result<Vec<u8>, Refusal> {
    if entry.encrypted {
        return Err(Refusal::Encrypted);
    }
    vet_size(entry)?;
    let damaged = || Refusal::Damaged(entry.name.clone());
    let packed = usize::try_from(entry.packed).map_err(|_| damaged())?;
    let size = usize::try_from(entry.size).map_err(|_| damaged())?;
    let end = entry.start.checked_add(packed).ok_or_else(damaged)?;
    let data = bytes.get(entry.start..end).ok_or_else(damaged)?;
    let out = match entry.method {
        0 => data.to_vec(),
        8 => {
            // A stream that is longer than it says finds no room, a shorter one is cut below.
            let mut out = vec![0; size];
            let written = inflate.deflate_decompress(data, &mut out).map_err(|_| damaged())?;
            out.truncate(written);
            out
        }
        _ => return Err(damaged()),
    };
    if out.len() != size {
        return Err(damaged());
    }
    let mut crc = Crc::new();
    crc.update(&out);
    if crc.sum() == entry.crc { Ok(out) } else { Err(Refusal::Checksum(entry.name.clone())) }
}

/// Little-endian numbers at a place; none past the end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// See [`u16_at`].
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Where the central directory is: (offset of the first header, number of entries, offset of the container itself).
struct Directory {
    start: usize,
    count: u64,
    base: usize,
}

/// The entries of the central directory (APPNOTE 6.3.10, 4.3.12).
fn directory(bytes: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let damaged = || Refusal::Damaged(String::new());
    let place = end_record(bytes).ok_or_else(damaged)?;
    if place.count > ZIP_PARTS as u64 {
        let limit = ZIP_PARTS as u64;
        return Err(Refusal::TooMuch { part: String::new(), size: place.count, limit });
    }
    let mut entries = Vec::new();
    let mut at = place.start;
    for _ in 0..place.count {
        let (entry, next) = central_header(bytes, at, place.base).ok_or_else(damaged)?;
        entries.push(entry);
        at = next;
    }
    Ok(entries)
}

/// The end record, which stands last, before a comment of at most 65,535 bytes. A comment that holds the mark of a
/// record itself is no record: no directory lies where it would say.
fn end_record(bytes: &[u8]) -> Option<Directory> {
    let from = bytes.len().saturating_sub(65_535 + 22);
    let marks = memchr::memmem::rfind_iter(&bytes[from..], b"PK\x05\x06").take(MARKS);
    let mut records = marks.filter_map(|at| end_record_at(bytes, from + at));
    records.find(|r| r.count == 0 || u32_at(bytes, r.start) == Some(CENTRAL_HEADER))
}

/// Marks of end records that are looked at: an honest file has one, or two where a comment holds a zip.
const MARKS: usize = 8;

/// First bytes of a header of the central directory.
const CENTRAL_HEADER: u32 = 0x0201_4b50;

fn end_record_at(bytes: &[u8], at: usize) -> Option<Directory> {
    let mut count = u64::from(u16_at(bytes, at + 10)?);
    let mut size = u64::from(u32_at(bytes, at + 12)?);
    let mut offset = u64::from(u32_at(bytes, at + 16)?);
    let mut end = at;
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
        let locator = at.checked_sub(20)?;
        if u32_at(bytes, locator)? == 0x0706_4b50 {
            let record = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
            if u32_at(bytes, record)? == 0x0606_4b50 {
                count = u64_at(bytes, record + 32)?;
                size = u64_at(bytes, record + 40)?;
                offset = u64_at(bytes, record + 48)?;
                end = record;
            }
        }
    }
    // What stands before the container (a self-extractor) shifts every offset.
    let start = end.checked_sub(usize::try_from(size).ok()?)?;
    let base = start.checked_sub(usize::try_from(offset).ok()?)?;
    Some(Directory { start, count, base })
}

/// One header of the central directory and where the next begins.
fn central_header(bytes: &[u8], at: usize, base: usize) -> Option<(Entry, usize)> {
    if u32_at(bytes, at)? != CENTRAL_HEADER {
        return None;
    }
    let flags = u16_at(bytes, at + 8)?;
    let name_len = usize::from(u16_at(bytes, at + 28)?);
    let extra_len = usize::from(u16_at(bytes, at + 30)?);
    let comment_len = usize::from(u16_at(bytes, at + 32)?);
    let mut packed = u64::from(u32_at(bytes, at + 20)?);
    let mut size = u64::from(u32_at(bytes, at + 24)?);
    let mut offset = u64::from(u32_at(bytes, at + 42)?);
    let raw_name = bytes.get(at + 46..at + 46 + name_len)?;
    let extra = bytes.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
    wide_sizes(extra, &mut size, &mut packed, &mut offset);
    let header = base.checked_add(usize::try_from(offset).ok()?)?;
    if u32_at(bytes, header)? != 0x0403_4b50 {
        return None;
    }
    let local_name = usize::from(u16_at(bytes, header + 26)?);
    let local_extra = usize::from(u16_at(bytes, header + 28)?);
    let mut name = name_text(raw_name, flags & 0x0800 != 0);
    if name.contains('\\') {
        name = name.replace('\\', "/");
    }
    let entry = Entry {
        name,
        size,
        packed,
        method: u16_at(bytes, at + 10)?,
        crc: u32_at(bytes, at + 16)?,
        start: header + 30 + local_name + local_extra,
        encrypted: flags & 1 != 0,
    };
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

/// Sizes beyond 4 GB stand in an extra field (zip64), each only where the short one is full.
fn wide_sizes(extra: &[u8], size: &mut u64, packed: &mut u64, offset: &mut u64) {
    let mut at = 0;
    while let (Some(id), Some(len)) = (u16_at(extra, at), u16_at(extra, at + 2)) {
        if id == 1 {
            let mut field = at + 4;
            for value in [size, packed, offset] {
                if *value == 0xFFFF_FFFF {
                    *value = u64_at(extra, field).unwrap_or(u64::MAX);
                    field += 8;
                }
            }
            return;
        }
        at += 4 + usize::from(len);
    }
}

/// A stored name: UTF-8 where the flag says so; else GB18030 as Chinese systems write it, unless it can hardly be
/// anything but UTF-8 (macOS sets no flag). GB18030 text is seldom sound UTF-8 of three-byte characters.
fn name_text(raw: &[u8], flagged: bool) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) if flagged || name.is_ascii() || name.chars().any(|c| c >= '\u{800}') => {
            name.to_owned()
        }
        _ if flagged => String::from_utf8_lossy(raw).into_owned(),
        _ => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}
