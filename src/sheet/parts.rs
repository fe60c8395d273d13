//! Parts of any Office document (docx) behind the same guard as workbooks.

use super::{guard::Archive, limits::FILE_BYTES, refuse};
use crate::diag::Diagnostic;

/// The named parts of a zip document, inflated and verified; none where a part is not there.
///
/// # Errors
/// A finding (I101–I114) if the container breaks a limit or is damaged: a bomb is refused before it is inflated.
#[expect(clippy::result_large_err, reason = "one per file")]
pub fn parts(bytes: &[u8], file: &str, names: &[&str]) -> Result<Vec<Option<Vec<u8>>>, Diagnostic> {
    if bytes.len() > FILE_BYTES {
        return Err(refuse::too_large(bytes.len() as u64, FILE_BYTES as u64, file));
    }
    let read = || {
        let mut archive = Archive::open(bytes)?;
        names.iter().map(|name| archive.part(name)).collect::<Result<Vec<_>, _>>()
    };
    read().map_err(|r| refuse::refusal(&r, file))
}
