//! Forms: what they ask, how they are written, and what is read back from them.

mod contents;
mod office;
mod sample;
mod written;

use duban::template::{FormSpec, file_names, write};

/// Set to a folder, the forms are written there to be looked at.
const LOOK: &str = "DUBAN_LOOK";

#[test]
#[expect(clippy::disallowed_methods, reason = "written for a person to look at, on request")]
fn every_unit_of_the_sample_gets_a_form_that_can_be_written() {
    let forms = sample::sample_forms("2024-03");
    assert!(forms.len() > 60, "{}", forms.len());
    let spec = FormSpec::shipped();
    let names = file_names(&forms);
    let folder = std::env::var_os(LOOK).map(std::path::PathBuf::from);
    for (form, name) in forms.iter().zip(&names) {
        let bytes = write(form, &spec).expect("a workbook");
        assert!(bytes.starts_with(b"PK"), "{name}");
        if let Some(folder) = &folder {
            std::fs::write(folder.join(name), &bytes).expect("to look at");
        }
    }
}
