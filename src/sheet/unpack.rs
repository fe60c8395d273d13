//! A zip of workbooks, one level deep (压缩包): what is in it, as if each file had come alone.

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

/// Takes the files out of a zip archive, one level deep; `file` is its name in findings.
///
/// Names without the UTF-8 flag are GB18030, as Chinese systems write them. Nested archives, encrypted or damaged
/// entries and names that lead out of the archive stay in, each with a finding ([`Code::ArchiveEntrySkipped`]).
/// Findings: I103, I111, I113, I118, I119.
#[must_use]
pub fn unpack(bytes: &[u8], file: &str) -> Checked<Vec<Unpacked>> {
    let mut archive = match vetted(bytes, file) {
        Ok(archive) => archive,
        Err(finding) => return Checked { value: Vec::new(), findings: vec![finding] },
    };
    let mut out = Checked::clean(Vec::new());
    for index in 0..archive.entries.len() {
        let entry = &archive.entries[index];
        if entry.is_folder() {
            continue;
        }
        let name = entry.name.clone();
        let taken = if entry.escapes() { None } else { archive.take(index).ok() };
        if let Some(bytes) = taken.filter(|inside| sniff(inside) != FileKind::Zip) {
            out.value.push(Unpacked { name, bytes });
        } else {
            let place = Place::File { file: file.to_owned() };
            out.findings.push(Diagnostic::new(Code::ArchiveEntrySkipped, place, name));
        }
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
