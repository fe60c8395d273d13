//! What goes out: stdout, stderr, and files that are whole or not there.

use std::{
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::diag::{Error, Result};

/// Prints a result. A closed pipe (`| head`) ends the output quietly.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _closed = out
        .write_all(text.as_bytes())
        .and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
    let _closed = out.flush();
}

/// Prints one JSON document.
pub(crate) fn print_json(value: &serde_json::Value) {
    print(&format!("{value:#}"));
}

/// Says something to the person at the terminal (stderr).
pub(crate) fn say(text: &str) {
    let mut out = std::io::stderr().lock();
    let _closed = writeln!(out, "{text}");
}

/// Reads a whole file.
///
/// # Errors
/// Missing file, a folder, or what the system says.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    if path.is_dir() {
        return Err(Error::IsFolder(path.to_owned()));
    }
    std::fs::read(path).map_err(|cause| Error::io(path, cause))
}

/// Reads a text file as UTF-8 (a byte order mark is dropped, bad bytes become replacement characters).
///
/// # Errors
/// As [`read`].
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let bytes = read(path)?;
    Ok(String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned())
}

/// Makes a folder and those above it.
///
/// # Errors
/// What the system says.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).map_err(|cause| Error::Io { path: path.to_owned(), cause })
}

/// Writes a file whole: beside its place, then renamed, so that a kill or a full disk leaves the old one.
///
/// # Errors
/// What the system says; a folder in the place of the file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    stage(path, bytes)?.settle()
}

/// Writes a file that is named after its content (by its hash), straight into its place.
///
/// What is there already stays. A kill or a full disk may leave it short under that name: whoever comes with the
/// same bytes finds that out and mends it. A name and a move less for each of thousands of files.
///
/// # Errors
/// As [`write`].
pub(crate) fn write_by_content(path: &Path, bytes: &[u8]) -> Result<()> {
    match in_folder(folder_of(path), || create_new(path))? {
        Ok(mut file) => file.write_all(bytes).map_err(|cause| {
            // Room is given back, by what is open: the name may be another process's by now.
            let _tried = file.set_len(0);
            Error::Io { path: path.to_owned(), cause }
        }),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            let there = std::fs::read(path).is_ok_and(|there| there == bytes);
            if there { Ok(()) } else { write(path, bytes) }
        }
        Err(cause) => Err(Error::Io { path: path.to_owned(), cause }),
    }
}

fn create_new(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(READABLE);
    }
    options.open(path)
}

/// The mode of files: for all to read, for the owner to write, as far as the user's umask lets them.
#[cfg(unix)]
const READABLE: u32 = 0o644;

/// Makes a file in a folder. The folder is nearly always there: a thousand receipts need not ask for it a thousand times.
fn in_folder<T>(
    folder: &Path,
    make: impl Fn() -> std::io::Result<T>,
) -> Result<std::io::Result<T>> {
    let made = make();
    if made.as_ref().is_err_and(|e| e.kind() == ErrorKind::NotFound) {
        make_folder(folder)?;
        return Ok(make());
    }
    Ok(made)
}

/// The folder a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file written beside its place, not yet in it.
pub(crate) struct Staged {
    file: tempfile::TempPath,
    to: PathBuf,
}

impl Staged {
    /// Moves the file into its place.
    ///
    /// # Errors
    /// What the system says, naming the file (held open elsewhere, on Windows).
    pub(crate) fn settle(self) -> Result<()> {
        let to = self.to;
        self.file.persist(&to).map_err(|e| {
            if to.is_dir() { Error::IsFolder(to) } else { Error::Io { path: to, cause: e.error } }
        })
    }
}

/// Writes a file beside its place; [`Staged::settle`] moves it there.
///
/// # Errors
/// What the system says; a folder in the place of the file.
pub(crate) fn stage(path: &Path, bytes: &[u8]) -> Result<Staged> {
    let folder = folder_of(path);
    let failed = |cause| Error::Io { path: path.to_owned(), cause };
    let mut named = tempfile::Builder::new();
    named.prefix(".duban-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        named.permissions(std::fs::Permissions::from_mode(READABLE));
    }
    let mut file = in_folder(folder, || named.tempfile_in(folder))?.map_err(failed)?;
    file.as_file_mut().write_all(bytes).map_err(failed)?;
    // Closed at once: a run stages more files than a process may hold open.
    Ok(Staged { file: file.into_temp_path(), to: path.to_owned() })
}

/// Writes all files of a run, or none: each is staged, and only then are all moved into place.
///
/// # Errors
/// The first file that cannot be written; files already there stay as they were unless the very last step fails.
pub(crate) fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    let staged =
        files.iter().map(|(path, bytes)| stage(path, bytes)).collect::<Result<Vec<_>>>()?;
    staged.into_iter().try_for_each(Staged::settle)
}

/// Writes a file that only its owner may read (mode 0600 where there are modes).
///
/// # Errors
/// What the system says.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |cause| Error::Io { path: path.to_owned(), cause };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}

/// A value as JSON.
///
/// # Errors
/// [`Error::Frame`] if it has no JSON form, which no value of ours lacks.
pub(crate) fn value<T: serde::Serialize>(of: &T) -> Result<serde_json::Value> {
    serde_json::to_value(of).map_err(|e| Error::Frame(e.to_string()))
}

/// SHA-256 of bytes, hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    crate::model::hex(&Sha256::digest(bytes))
}
