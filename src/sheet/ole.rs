//! The container of Excel 97–2003 and of encrypted workbooks (OLE, MS-CFB), walked with every chain bounded.
//!
//! The reading library trusts sector chains, and a 1 KB file whose chain loops kills its process; so the chains are
//! walked here first.

use super::guard::{u16_at, u32_at};

/// First bytes of an OLE container.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Sector numbers from here on are marks, not sectors (MS-CFB 2.1).
const MARKS: u32 = 0xFFFF_FFFA;

/// An OLE container whose sector chains are sound.
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    shift: u32,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u64,
    entries: Vec<Stream>,
}

/// A stream or storage.
struct Stream {
    name: String,
    start: u32,
    size: u64,
    holds_bytes: bool,
}

impl<'a> Ole<'a> {
    /// Reads the directory; none if the container is cut off or a chain loops.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if !bytes.starts_with(SIGNATURE) || !(shift == 9 || shift == 12) {
            return None;
        }
        let mut ole = Self {
            bytes,
            shift,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: u64::from(u32_at(bytes, 56)?),
            entries: Vec::new(),
        };
        ole.fat = ole.read_fat()?;
        let directory = ole.chain(u32_at(bytes, 48)?)?;
        ole.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let mini_fat = ole.chain(u32_at(bytes, 60)?)?;
        ole.mini_fat = mini_fat.chunks_exact(4).filter_map(|b| u32_at(b, 0)).collect();
        let root = directory.chunks_exact(128).find(|e| e[66] == 5).and_then(|e| u32_at(e, 116));
        ole.mini_stream = match root {
            Some(start) => ole.chain(start)?,
            None => Vec::new(),
        };
        Some(ole)
    }

    /// Names of all streams and storages.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.name.as_str())
    }

    /// The bytes of the stream of that name; none if there is none or its chain is broken.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let found =
            self.entries.iter().find(|e| e.holds_bytes && e.name.eq_ignore_ascii_case(name))?;
        let mut data = if found.size < self.mini_cutoff {
            self.mini_chain(found.start)?
        } else {
            self.chain(found.start)?
        };
        let size = usize::try_from(found.size).ok()?;
        if data.len() < size {
            return None;
        }
        data.truncate(size);
        Some(data)
    }

    /// The workbook stream (BIFF8 `Workbook`, BIFF5 `Book`).
    pub(super) fn workbook(&self) -> Option<Vec<u8>> {
        self.stream("Workbook").or_else(|| self.stream("Book"))
    }

    /// Whether the workbook stream carries a FILEPASS record right after its beginning (MS-XLS 2.4.117).
    pub(super) fn workbook_is_encrypted(&self) -> bool {
        let Some(data) = self.workbook() else { return false };
        let mut at = 0;
        // FILEPASS stands among the first records: after BOF, WRITEPROT at most.
        for _ in 0..4 {
            match (u16_at(&data, at), u16_at(&data, at + 2)) {
                (Some(0x002F), Some(_)) => return true,
                (Some(_), Some(len)) => at += 4 + usize::from(len),
                _ => return false,
            }
        }
        false
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let size = 1_usize << self.shift;
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(size)?;
        // The last sector may be cut short by writers that do not pad.
        let end = start.checked_add(size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|s| !s.is_empty())
    }

    /// The sector numbers of the allocation table: 109 in the header, the rest in a chain of their own.
    fn read_fat(&self) -> Option<Vec<u32>> {
        let mut fat = Vec::new();
        let limit = self.bytes.len() >> self.shift;
        let mut add = |number: u32| -> Option<()> {
            if number < MARKS && fat.len() <= limit {
                let sector = self.sector(number)?;
                fat.extend(sector.chunks_exact(4).filter_map(|b| u32_at(b, 0)));
            }
            Some(())
        };
        for i in 0..109 {
            add(u32_at(self.bytes, 76 + 4 * i)?)?;
        }
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while next < MARKS {
            steps += 1;
            if steps > limit {
                return None;
            }
            let sector = self.sector(next)?;
            let (numbers, last) = sector.split_at_checked((1 << self.shift) - 4)?;
            for number in numbers.chunks_exact(4).filter_map(|b| u32_at(b, 0)) {
                add(number)?;
            }
            next = u32_at(last, 0)?;
        }
        Some(fat)
    }

    /// The bytes of a chain of sectors; none if it is longer than the file (it loops) or leads out of it.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        while next < MARKS {
            if out.len() > self.bytes.len() {
                return None;
            }
            out.extend_from_slice(self.sector(next)?);
            next = *self.fat.get(usize::try_from(next).ok()?)?;
        }
        Some(out)
    }

    /// The same in 64-byte sectors of the mini stream.
    fn mini_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        while next < MARKS {
            if out.len() > self.mini_stream.len() {
                return None;
            }
            let index = usize::try_from(next).ok()?;
            let at = index.checked_mul(64)?;
            let end = at.checked_add(64)?.min(self.mini_stream.len());
            out.extend_from_slice(self.mini_stream.get(at..end)?);
            next = *self.mini_fat.get(index)?;
        }
        Some(out)
    }
}

/// A directory entry (MS-CFB 2.6.1); none for unused ones.
fn entry(raw: &[u8]) -> Option<Stream> {
    let kind = *raw.get(66)?;
    if !(1..=5).contains(&kind) {
        return None;
    }
    let len = usize::from(u16_at(raw, 64)?).saturating_sub(2).min(62);
    let name: Vec<u16> = raw[..len].chunks_exact(2).filter_map(|b| u16_at(b, 0)).collect();
    Some(Stream {
        name: String::from_utf16_lossy(&name),
        start: u32_at(raw, 116)?,
        size: u64::from(u32_at(raw, 120)?),
        holds_bytes: kind == 2,
    })
}
