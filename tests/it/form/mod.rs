//! Forms: what they ask, how they are written, and what is read back from them.

mod contents;
mod correction;
mod office;
mod real;
pub(crate) mod sample;
mod written;

use duban::template::{FormSpec, file_names, write};

/// Set to a folder, workbooks are written there to be looked at.
const LOOK: &str = "DUBAN_LOOK";

/// Writes a workbook to be looked at, where that was asked for.
#[expect(clippy::disallowed_methods, reason = "written for a person to look at, on request")]
fn look(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os(LOOK).map(std::path::PathBuf::from) {
        std::fs::write(folder.join(name), bytes).expect("to look at");
    }
}

#[test]
fn every_unit_of_the_sample_gets_a_form_that_can_be_written() {
    let forms = sample::sample_forms("2024-03");
    assert!(forms.len() > 60, "{}", forms.len());
    let spec = FormSpec::shipped();
    for (form, name) in forms.iter().zip(file_names(&forms)) {
        let bytes = write(form, &spec).expect("a workbook");
        assert!(bytes.starts_with(b"PK"), "{name}");
        look(&name, &bytes);
    }
}
