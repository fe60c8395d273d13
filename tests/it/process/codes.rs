//! Every code about a file as a whole (I1) is raised: not by naming it, by bringing it about with the program.
#![expect(clippy::print_stderr, reason = "what cannot be brought about here says why")]

use std::collections::BTreeSet;

use duban::{cli::worker::Pool, diag::Code, sheet::FileKind};
use zip::CompressionMethod;

use super::*;
use crate::sheet::{
    kinds::ole,
    parts::{replaced, standard, workbook, zip, zip_with},
};

const SHEET: &[u8] =
    b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>";

/// The one place where `from` stands in `bytes`, changed to `to`.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    while let Some(at) = memchr::memmem::find(&bytes, from) {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// A file for each code about what a file is.
fn files_of_every_kind() -> Vec<(&'static str, Vec<u8>)> {
    let far =
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='30000'><c r='A30000'><v>1</v></c></row>";
    let picture = vec![0; 33 << 20];
    let mut heavy = standard(SHEET);
    heavy.push(("xl/media/photograph.jpg", &picture));
    let names: Vec<String> = (0..5_000).map(|n| format!("xl/part{n}.xml")).collect();
    let mut many = standard(SHEET);
    many.extend(names.iter().map(|n| (n.as_str(), b"".as_slice())));
    let mut twice = standard(SHEET);
    twice.push(("xl/worksheets/SHEET1.xml", SHEET));
    let members: Vec<(&str, &[u8])> =
        names.iter().take(2_001).map(|n| (n.as_str(), b"".as_slice())).collect();
    let inner = zip(&[("a.xlsx", b"1")]);
    let no_sheets = b"<workbook><sheets/></workbook>";
    let sound = workbook("<row r='1'><c r='A1'><v>1</v></c></row>");
    vec![
        ("区工业和信息化局.xlsx", Vec::new()),
        ("区财政局.xlsx", Vec::new()),
        ("photographs.xlsx", zip_with(&heavy, CompressionMethod::Stored)),
        ("locked.xlsx", ole(&[("EncryptionInfo", &[]), ("EncryptedPackage", &[])])),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>".to_vec()),
        ("lines.xls", b"1,2,3\n4,5,6\n".to_vec()),
        (
            "old.xml",
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"
                .to_vec(),
        ),
        ("letter.doc", b"{\\rtf1 letter}".to_vec()),
        ("scan.pdf", b"%PDF-1.7\n".to_vec()),
        ("photograph.jpg", b"\xFF\xD8\xFF\xE0".to_vec()),
        ("packed.rar", b"Rar!\x1A\x07\x01\x00".to_vec()),
        ("half.xlsx", sound[..sound.len() / 2].to_vec()),
        (
            "altered.xlsx",
            patched(zip_with(&standard(SHEET), CompressionMethod::Stored), b"<v>1", b"<v>9"),
        ),
        ("parts.xlsx", zip(&many)),
        ("twice.xlsx", zip(&twice)),
        ("no-sheets.xlsx", replaced(standard(SHEET), "xl/workbook.xml", no_sheets)),
        ("far.xlsx", workbook(far)),
        ("nested.zip", zip(&[("inner.zip", &inner)])),
        ("many.zip", zip(&members)),
        ("~$lock.xlsx", b"somebody".to_vec()),
    ]
}

/// Codes in the JSON of an ingest.
fn codes_of(output: &Output) -> BTreeSet<String> {
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = said["files"].as_array().expect("files").iter();
    files
        .flat_map(|f| f["findings"].as_array().expect("findings"))
        .chain(said["findings"].as_array().expect("findings"))
        .map(|f| f["code"].as_str().expect("a code").to_owned())
        .collect()
}

/// A file that may not be opened. Root may open everything, unless it is in a user namespace of its own.
#[cfg(unix)]
fn with_a_file_nobody_may_open(office: &Office) -> Option<Output> {
    use std::os::unix::fs::PermissionsExt;
    let shut = office.path("shut.xlsx");
    fs::write(&shut, b"1").expect("written");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("shut");
    let words = [&INGEST[..], &["shut.xlsx"]].concat();
    if fs::File::open(&shut).is_err() {
        return Some(office.run(&words));
    }
    let output = Command::new("unshare")
        .args(["--user", env!("CARGO_BIN_EXE_duban"), "--lang", "zh-CN"])
        .args(words)
        .current_dir(&office.folder)
        .output()
        .ok()?;
    (!output.stdout.is_empty()).then_some(output)
}

#[test]
fn every_code_about_a_file_is_raised() {
    let office = Office::new();
    let returns = office.path("returns/2024-03");
    // The same answers in other bytes: the later of the two counts.
    let (mine, copy) = ("区民政局_2024-03_填报表.xlsx", "区民政局_2024-03_填报表(1).xlsx");
    let again = [fs::read(returns.join(mine)).expect("a return"), vec![0; 9]].concat();
    fs::write(returns.join(copy), &again).expect("written");
    fs::write(returns.join("again.xlsx"), &again).expect("written");
    for (name, bytes) in files_of_every_kind() {
        fs::write(returns.join(name), bytes).expect("written");
    }
    let mut raised = codes_of(&office.run(&INGEST));
    fs::create_dir(office.path("empty")).expect("a folder");
    raised.extend(codes_of(&office.run(&[&INGEST[..], &["empty"]].concat())));
    let behalf = ["letter.xlsx", "--on-behalf", "区财政局", "--reason", "电话"];
    fs::copy(returns.join("区财政局_2024-03_填报表.xlsx"), office.path("letter.xlsx"))
        .expect("copied");
    let file = fs::File::options().append(true).open(office.path("letter.xlsx")).expect("opened");
    file.set_len(file.metadata().expect("size").len() + 5).expect("longer");
    raised.extend(codes_of(&office.run(&[&INGEST[..], &behalf].concat())));
    let lost = Pool::new(Some(PathBuf::from("no-such-program"))).read(b"x", FileKind::Xls, "a.xls");
    raised.insert(lost.expect_err("lost").code.printed().to_owned());
    #[cfg(unix)]
    let shut = with_a_file_nobody_may_open(&office);
    #[cfg(not(unix))]
    let shut: Option<Output> = None;
    if let Some(output) = shut {
        raised.extend(codes_of(&output));
    } else {
        eprintln!("skipped I125: every file may be opened here");
        raised.insert("I125".to_owned());
    }
    let ours = Code::ALL.iter().map(|c| c.printed()).filter(|c| c.starts_with("I1"));
    let missing: Vec<&str> = ours.filter(|c| !raised.contains(*c)).collect();
    assert!(missing.is_empty(), "brought about by nothing: {missing:?}, of {raised:?}");
}
