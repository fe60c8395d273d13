//! One filled form in every shape gives the same return, or is refused with the finding that says why.
//!
//! `tests/cases/intake/file-<name>/case.txt` says in its first line who made the file and with what, in its second
//! which shape it has (`shape like-wps`, made by [`super::shapes`]; `soffice ods`, saved by LibreOffice when the test
//! runs). `expected.txt` says what comes of it; `UPDATE_GOLDEN=1` rewrites it, the diff is read before committing.

#![allow(clippy::disallowed_methods, reason = "tests read their cases")]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use duban::{
    diag::Diagnostic,
    sheet::{Book, FileKind, read, read_loaded, sniff, unpack},
    template::write,
    wording::{self, Lang},
};

use super::shapes::shaped;
use crate::intake::scene::{Scene, UNIT, values};

/// The same file saved anew by LibreOffice; none where it is not installed.
fn saved(form: &[u8], to: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let from = folder.path().join("form.xlsx");
    fs::write(&from, form).expect("written");
    let profile = folder.path().join("profile");
    let out = folder.path().join("out");
    Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .args([&out, &from])
        .output()
        .ok()?;
    let extension = to.split(':').next().unwrap_or(to);
    fs::read(out.join(format!("form.{extension}"))).ok()
}

fn opened(bytes: &[u8]) -> Result<Book, Vec<Diagnostic>> {
    match sniff(bytes) {
        FileKind::Zip => {
            let mut inside = unpack(bytes, "报送.zip");
            match inside.value.pop() {
                Some(file) => opened(&file.bytes),
                None => Err(inside.findings),
            }
        }
        kind if kind.needs_worker() => read_loaded(bytes, kind, "报送.xls").map_err(|f| vec![f]),
        _ => read(bytes, "报送.xlsx").map_err(|f| vec![f]),
    }
}

/// What comes of a file: the finding that refuses it, or what is said and where the values differ.
fn outcome(bytes: &[u8], scene: &Scene, sound: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let book = match opened(bytes) {
        Ok(book) => book,
        Err(findings) => {
            for f in findings {
                let (message, advice) =
                    (wording::message(&f, Lang::Zh), wording::advice(&f, Lang::Zh));
                let _ = writeln!(out, "refused {} {message}{advice}", f.code.printed());
            }
            return out;
        }
    };
    // Checks the balance of the file too.
    let checked = scene.read(&book);
    let _ = writeln!(out, "{:?}, {} cells", checked.value.outcome, book.cells_seen);
    for f in &checked.findings {
        let cell = f.place.cell().unwrap_or("—");
        let _ = writeln!(out, "{} {cell} “{}”", f.code.printed(), f.found);
    }
    let taken = values(&checked);
    let same = &taken == sound;
    let _ = writeln!(
        out,
        "{} values{}",
        taken.len(),
        if same { ", the same" } else { ", NOT the same" }
    );
    out
}

fn check(
    folder: &Path,
    scene: &Scene,
    form: &[u8],
    sound: &BTreeMap<String, String>,
) -> Option<String> {
    let case = fs::read_to_string(folder.join("case.txt")).expect("a case").replace("\r\n", "\n");
    let name = folder.display();
    let (note, how) = case.trim_end().split_once('\n').expect("a note and a shape");
    assert!(note.starts_with("# "), "{name}: who made it and with what");
    let bytes = match how.split_once(' ') {
        Some(("shape", shape)) => {
            shaped(shape, form).unwrap_or_else(|| panic!("{name}: no shape {shape}"))
        }
        Some(("soffice", to)) => {
            let Some(bytes) = saved(form, to) else {
                let _ = writeln!(std::io::stderr(), "skipped {name}: soffice is not installed");
                return None;
            };
            bytes
        }
        _ => panic!("{name}: {how}"),
    };
    let shown = outcome(&bytes, scene, sound);
    let expected = folder.join("expected.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&expected, &shown).expect("written");
    }
    let wanted = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
    (shown != wanted).then(|| format!("{name}: expected\n{wanted}got\n{shown}"))
}

#[test]
fn one_content_in_every_shape_is_one_return() {
    let scene = Scene::new();
    let form = write(&scene.filled(UNIT), &scene.spec).expect("written");
    let sound = values(&scene.read(&read(&form, "form.xlsx").expect("readable")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/intake");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .expect("cases")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("file-")))
        .collect();
    folders.sort();
    assert!(folders.len() > 50);
    let wrong: Vec<String> =
        folders.iter().filter_map(|f| check(f, &scene, &form, &sound)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
