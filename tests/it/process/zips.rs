//! `template --zip`: one archive of all forms for the office, or one per unit; the same forms, the same bytes.

use std::{collections::BTreeMap, io::Read};

use super::*;

fn members(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive =
        zip::ZipArchive::new(fs::File::open(path).expect("an archive")).expect("a zip");
    (0..archive.len())
        .map(|n| {
            let mut member = archive.by_index(n).expect("a member");
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).expect("sound");
            (member.name().expect("a name").to_string(), bytes)
        })
        .collect()
}

#[test]
fn archives_hold_the_forms_as_they_lie_there() {
    let office = Office::new();
    let zip = |more: &[&str]| {
        let words = ["template", "-p", "2024-03", "--json", "--now", "2024-03-31T09:00:00"];
        office.json(&[&words[..], more].concat())["archives"].clone()
    };
    let whole = "templates/2024-03/全部填报表_2024-03.zip";
    assert_eq!(zip(&["--zip"]), serde_json::json!([whole]));
    let bytes = fs::read(office.path(whole)).expect("an archive");
    // The forms as they lie there now: the ledger was marked as simulated after they were first written.
    let forms: BTreeMap<String, Vec<u8>> = files(&office.path("templates/2024-03"))
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "xlsx"))
        .map(|p| {
            let name = p.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(p).expect("a form"))
        })
        .collect();
    assert_eq!(forms.len(), 4);
    assert!(members(&office.path(whole)) == forms, "the archive holds other forms");
    zip(&["--zip", "office"]);
    assert!(fs::read(office.path(whole)).expect("an archive") == bytes, "the same bytes");
    // One unit's archive leaves that of all as it is.
    let one = zip(&["--zip", "--unit", "区财政局"]);
    assert_eq!(one, serde_json::json!(["templates/2024-03/区财政局_2024-03_填报表.zip"]));
    assert!(fs::read(office.path(whole)).expect("an archive") == bytes);
    let each = zip(&["--zip", "unit"]);
    assert_eq!(each.as_array().map(Vec::len), Some(4));
    for path in each.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let held = members(&office.path(path));
        assert_eq!(held.len(), 1, "{path}");
        assert!(held.iter().all(|(name, bytes)| forms.get(name) == Some(bytes)), "{path}");
    }
    office.refused(&["template", "-p", "2024-03", "--zip", "everything"], "office");
}
