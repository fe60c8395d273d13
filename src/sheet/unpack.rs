//! A zip of workbooks, one level deep (压缩包): what is in it, as if each file had come alone.

use std::collections::BTreeSet;

use super::{
    FileKind,
    guard::{Archive, Refusal},
    limits::{ARCHIVE_BYTES, ARCHIVE_FILES, FILE_BYTES},
    refuse::{amount, refusal},
    sniff,
};
use crate::diag::{Checked, Code, Diagnostic, Place};

/// A file taken out of an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unpacked {
    /// Name in the archive, folders with `/`; never leads out of it.
    pub name: String,
    /// Its bytes, checksum verified.
    pub bytes: Vec<u8>,
}

/// The files of an archive, one after another, so that never more than one of them is in memory.
pub struct Members<'a> {
    archive: Archive<'a>,
    file: String,
    /// Names met before, in lower case: two files of one name overwrite each other when unpacked by hand.
    names: BTreeSet<String>,
    next: usize,
}

/// Opens a zip archive of returns; `file` is its name in findings.
///
/// Names without the UTF-8 flag are GB18030, as Chinese systems write them. Nested archives, encrypted, damaged or
/// oversized entries, a second entry of one name and names that lead out of the archive stay in, each with a finding
/// ([`Code::ArchiveEntrySkipped`]) that says why.
///
/// # Errors
/// A finding (I111, I119) if the archive is damaged, or has too many files or too much in them.
#[expect(clippy::result_large_err, reason = "one per archive")]
pub fn members<'a>(bytes: &'a [u8], file: &str) -> Result<Members<'a>, Diagnostic> {
    Ok(Members {
        archive: vetted(bytes, file)?,
        file: file.to_owned(),
        names: BTreeSet::new(),
        next: 0,
    })
}

impl Iterator for Members<'_> {
    type Item = Result<Unpacked, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let index = self.next;
            self.next += 1;
            let entry = self.archive.entries.get(index)?;
            if entry.is_folder() {
                continue;
            }
            let name = entry.name.clone();
            let taken = if entry.escapes() {
                Err("name")
            } else if !self.names.insert(name.to_lowercase()) {
                Err("twice")
            } else {
                self.take(index)
            };
            return Some(match taken {
                Ok(bytes) => Ok(Unpacked { name, bytes }),
                Err(why) => {
                    let place = Place::File { file: self.file.clone() };
                    Err(Diagnostic::new(Code::ArchiveEntrySkipped, place, name).with("why", why))
                }
            });
        }
    }
}

impl Members<'_> {
    /// The bytes of an entry, or why it stays in.
    fn take(&mut self, index: usize) -> Result<Vec<u8>, &'static str> {
        let bytes = self.archive.take(index).map_err(|refusal| match refusal {
            Refusal::Encrypted => "encrypted",
            Refusal::TooMuch { .. } => "large",
            _ => "damaged",
        })?;
        if sniff(&bytes) == FileKind::Zip { Err("nested") } else { Ok(bytes) }
    }
}

/// Takes all files out of a zip archive at once; see [`members`].
#[must_use]
pub fn unpack(bytes: &[u8], file: &str) -> Checked<Vec<Unpacked>> {
    let mut out = Checked::clean(Vec::new());
    match members(bytes, file) {
        Ok(members) => {
            for member in members {
                match member {
                    Ok(member) => out.value.push(member),
                    Err(finding) => out.findings.push(finding),
                }
            }
        }
        Err(finding) => out.findings.push(finding),
    }
    out
}

/// The archive, if it is whole and within the limits.
#[expect(clippy::result_large_err, reason = "one per archive")]
fn vetted<'a>(bytes: &'a [u8], file: &str) -> Result<Archive<'a>, Diagnostic> {
    let place = || Place::File { file: file.to_owned() };
    let beyond = |size: u64, limit: u64| {
        Diagnostic::new(Code::ArchiveBeyondLimits, place(), file)
            .with("size", amount(size))
            .with("limit", amount(limit))
    };
    if bytes.len() as u64 > ARCHIVE_BYTES {
        return Err(beyond(bytes.len() as u64, ARCHIVE_BYTES));
    }
    let mut archive = Archive::directory(bytes).map_err(|r| match r {
        Refusal::TooMuch { size, limit, .. } => beyond(size, limit),
        other => refusal(&other, file),
    })?;
    if archive.entries.len() > ARCHIVE_FILES {
        return Err(beyond(archive.entries.len() as u64, ARCHIVE_FILES as u64));
    }
    let files = archive.entries.iter().filter(|e| e.size <= FILE_BYTES as u64);
    let total = files.fold(0_u64, |sum, e| sum.saturating_add(e.size));
    if total > ARCHIVE_BYTES {
        return Err(beyond(total, ARCHIVE_BYTES));
    }
    archive.renew_budget(ARCHIVE_BYTES);
    Ok(archive)
}
