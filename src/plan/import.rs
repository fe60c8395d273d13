//! From the bytes of a plan document to a [`Plan`].

use crate::{
    diag::{Checked, Code, Diagnostic, Error, Place, Result},
    model::Plan,
};

/// Reads a responsibility plan (责任分工方案) from the bytes of a document; `file` is its name in findings.
///
/// # Errors
/// [`Error::Document`] if nothing can be read as a plan; its findings say why and what to do instead.
pub fn import(bytes: &[u8], file: &str) -> Result<Checked<Plan>> {
    let _ = bytes;
    let place = Place::File { file: file.to_owned() };
    Err(Error::Document {
        file: file.to_owned(),
        findings: vec![Diagnostic::new(Code::PlanEmpty, place, file)],
    })
}
