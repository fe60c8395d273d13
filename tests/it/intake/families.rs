//! The same content in the shapes programs save it in gives the same return: xlsx as written, and xlsx, xls, ods
//! through LibreOffice where it is installed. Nobody has yet opened these forms in real WPS or Excel.

#![allow(clippy::disallowed_methods, reason = "tests write and read files of their own")]

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use duban::{
    model::Field,
    sheet::{Book, FileKind},
    template::write,
};

use super::scene::{Scene, UNIT, said, values};

fn convert(from: &Path, to: &str, folder: &Path) -> Option<PathBuf> {
    let out = folder.join(to);
    let profile = folder.join("profile");
    Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(from)
        .output()
        .ok()?;
    let path = out.join(format!("form.{to}"));
    path.exists().then_some(path)
}

fn opened(path: &Path) -> Book {
    let bytes = std::fs::read(path).expect("bytes");
    match duban::sheet::sniff(&bytes) {
        kind @ FileKind::Xls => duban::sheet::read_loaded(&bytes, kind, "form").expect("readable"),
        _ => duban::sheet::read(&bytes, "form").expect("readable"),
    }
}

#[test]
fn every_shape_gives_the_same_return() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = Scene::new();
    let mut form = scene.filled(UNIT);
    for row in &mut form.rows {
        match row.item.to_string().as_str() {
            "3" => drop(row.entered.insert(Field::Progress, "快完成了".into())),
            "11-2" => drop(row.entered.insert(Field::Cumulative, "7500万".into())),
            _ => {}
        }
    }
    let path = folder.path().join("form.xlsx");
    std::fs::write(&path, write(&form, &scene.spec).expect("written")).expect("saved");
    let ours = scene.read(&opened(&path));
    assert_eq!(said(&ours), ["I301 L8 快完成了", "I309 K11 7500万"]);
    for kind in ["xlsx", "xls", "ods"] {
        let Some(saved) = convert(&path, kind, folder.path()) else {
            let _ = writeln!(std::io::stderr(), "skipped: soffice is not installed");
            return;
        };
        let theirs = scene.read(&opened(&saved));
        assert_eq!(values(&theirs), values(&ours), "{kind}");
        assert_eq!(said(&theirs), said(&ours), "{kind}");
        assert_eq!(theirs.value.outcome, ours.value.outcome, "{kind}");
    }
}
