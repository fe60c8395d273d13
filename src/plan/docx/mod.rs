//! Word documents (docx): paragraphs with the numbers Word shows, tables with merged cells, headings.

mod body;
mod numbering;
mod table;
mod xml;

use self::{body::Body, numbering::Numbering};
use super::blocks::Block;
use crate::{diag::Diagnostic, sheet};

/// What was read of a document.
pub(super) struct Docx {
    /// Its blocks; places are paragraph numbers, from 1.
    pub(super) blocks: Vec<Block>,
    /// Something was cut at a limit.
    pub(super) cut: bool,
}

/// Reads a Word document.
///
/// # Errors
/// A finding if the container is damaged, encrypted or breaks a limit, or holds no document.
#[expect(clippy::result_large_err, reason = "one per file")]
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Docx, Diagnostic> {
    let names = ["word/document.xml", "word/numbering.xml", "word/styles.xml"];
    let parts = sheet::parts(bytes, file, &names)?;
    let text =
        |n: usize| parts.get(n).and_then(Option::as_deref).map(xml::decode).unwrap_or_default();
    let numbering = Numbering::read(&text(1), &text(2));
    let body = Body::read(&text(0), numbering);
    Ok(Docx { blocks: body.blocks, cut: body.cut })
}
