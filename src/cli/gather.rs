//! What was dropped for intake: files, folders and archives become a list of files to read.
//!
//! Nothing is opened blindly: links, pipes, folders inside folders beyond [`DEPTH`], lock files and hidden files are
//! noticed and left alone. Paths are sorted, so the order in which a system lists a folder never matters.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    office::{Office, name_text},
    output,
};
use crate::{
    diag::{Checked, Code, Diagnostic, Error, Place, Result},
    ledger,
    sheet::{self, limits},
};

/// Folders inside the returns folder are searched this deep: a clerk may sort files by category, not deeper.
const DEPTH: usize = 4;
/// More files than this in one run are not a month's returns; they are taken in by several runs.
const MOST_FILES: usize = 200_000;
/// The register of receipts: file, time.
pub(crate) const REGISTER: &str = "收件登记.csv";

/// A file that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// As printed: relative to the office folder.
    pub(crate) shown: String,
    /// Its modification time, where the system tells.
    pub(crate) modified: Option<Timestamp>,
    /// Its size in bytes.
    pub(crate) size: u64,
}

/// What was found below the paths named.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Files to read, in order of their printed paths.
    pub(crate) files: Vec<Found>,
    /// Things noticed and not opened: (printed path, finding).
    pub(crate) ignored: Vec<(String, Diagnostic)>,
}

/// Lists what stands below `paths`.
///
/// # Errors
/// A path that was named does not exist; a folder that cannot be listed.
pub(crate) fn gather(office: &Office, paths: &[PathBuf]) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    for path in paths {
        // What is named is meant, a link too: an office's folder may be a link to its network drive.
        let kind = std::fs::metadata(path).map_err(|cause| Error::io(path, cause))?;
        look(office, path, &kind, 0, &mut gathered)?;
    }
    gathered.files.sort_by(|a, b| (&a.shown, &a.path).cmp(&(&b.shown, &b.path)));
    // A file named twice is one; two files whose names only look alike are two.
    gathered.files.dedup_by(|a, b| a.shown == b.shown && same_file(&a.path, &b.path));
    gathered.ignored.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(gathered)
}

/// Whether a name is that of a lock file, a hidden file or what a system puts into folders: no return, also in an
/// archive.
pub(crate) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || ["thumbs.db", "desktop.ini", "ehthumbs.db"].iter().any(|n| name.eq_ignore_ascii_case(n))
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

fn look(
    office: &Office,
    path: &Path,
    kind: &std::fs::Metadata,
    depth: usize,
    into: &mut Gathered,
) -> Result<()> {
    let shown = office.relative(path);
    let name = file_name(path);
    let mut ignore = || {
        let place = Place::File { file: shown.clone() };
        into.ignored.push((shown.clone(), Diagnostic::new(Code::FileIgnored, place, name.clone())));
    };
    let hidden = is_hidden(&name);
    if kind.is_dir() && depth < DEPTH && (depth == 0 || !hidden) {
        let failed = |cause| Error::Io { path: path.to_owned(), cause };
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // Of the entry itself, as for a link: what it leads to is not asked for.
            let kind = entry.metadata().map_err(failed)?;
            look(office, &entry.path(), &kind, depth + 1, into)?;
        }
    } else if name == REGISTER && kind.is_file() {
        // Read by [`register`]; no return.
    } else if !kind.is_file() || hidden || into.files.len() >= MOST_FILES {
        // Links, pipes, folders too deep, lock files, hidden files.
        ignore();
    } else {
        let modified = kind.modified().ok().and_then(|t| Timestamp::try_from(t).ok());
        into.files.push(Found { path: path.to_owned(), shown, modified, size: kind.len() });
    }
    Ok(())
}

/// The last part of a path as text; see [`name_text`].
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name_text(name).into_owned())
}

/// The bytes of a file, never more than the limit on a file plus one: what is longer is refused by its size. What
/// begins as a zip may be an archive of many returns, for which the limit is that of archives.
///
/// # Errors
/// What the system says; a file that is no longer an ordinary one.
pub(crate) fn bytes_of(found: &Found) -> Result<Vec<u8>> {
    let failed = |cause| Error::io(&found.path, cause);
    let mut file = std::fs::File::open(&found.path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::new();
    let mut most = limits::FILE_BYTES as u64 + 1;
    if size >= most {
        file.by_ref().take(4).read_to_end(&mut bytes).map_err(failed)?;
        if bytes == b"PK\x03\x04" {
            most = limits::ARCHIVE_BYTES + 1;
        }
    }
    // A file that grows meanwhile is read as long as it was; one that shrank, as long as it is.
    let begun = bytes.len();
    bytes.resize(usize::try_from(size.min(most)).unwrap_or(usize::MAX).max(begun), 0);
    let read = fill(&mut file, &mut bytes[begun..]).map_err(failed)?;
    bytes.truncate(begun + read);
    Ok(bytes)
}

/// Reads until `into` is full or the file ends; gives how many bytes there were. Mostly it takes one call.
fn fill(file: &mut std::fs::File, into: &mut [u8]) -> std::io::Result<usize> {
    let mut read = 0;
    while read < into.len() {
        match file.read(&mut into[read..]) {
            Ok(0) => break,
            Ok(n) => read += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(read)
}

/// The register is a line per file; an office with 2,000 units and four returns each writes 500 KB.
const REGISTER_BYTES: u64 = 4 << 20;

/// When files came, as the office noted it in 收件登记.csv of a folder, by file name.
///
/// # Errors
/// What the system says.
pub(crate) fn register(
    office: &Office,
    folder: &Path,
) -> Result<Checked<BTreeMap<String, Timestamp>>> {
    let path = folder.join(REGISTER);
    // A link may lead anywhere, a pipe never ends: neither is the register.
    let Some(about) = std::fs::symlink_metadata(&path).ok().filter(std::fs::Metadata::is_file)
    else {
        return Ok(Checked::clean(BTreeMap::new()));
    };
    if about.len() > REGISTER_BYTES {
        let finding = sheet::too_large(about.len(), REGISTER_BYTES, &office.relative(&path));
        return Ok(Checked { value: BTreeMap::new(), findings: vec![finding] });
    }
    let bytes = output::read(&path)?;
    Ok(ledger::register(&bytes, &office.relative(&path), office.settings.offset()))
}
