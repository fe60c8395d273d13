//! Peak memory of the whole program with its reading processes, over the heaviest files that pass the door. On request:
//! `cargo test --release --test it sheet::memory -- --ignored --nocapture` (Linux: it reads /proc). A debug build works
//! too, with some 60 MB more for the program itself; `DUBAN_PROGRAM` names another build of it.

#![allow(clippy::disallowed_methods, reason = "the test is the person at the terminal")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use zip::CompressionMethod;

use super::parts::{STYLES, replaced, standard, zip, zip_with};

/// What all processes together may take (issue: 512 MB).
const BOUND: u64 = 512;

fn duban(folder: &Path, words: &[&str]) -> Command {
    let program = std::env::var_os("DUBAN_PROGRAM");
    let mut command = Command::new(program.unwrap_or_else(|| env!("CARGO_BIN_EXE_duban").into()));
    command.current_dir(folder).args(words);
    command
}

/// Processes started by a process: one of its threads is each one's parent.
fn children(pid: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    threads
        .filter_map(|t| fs::read_to_string(t.path().join("children")).ok())
        .flat_map(|c| c.split_whitespace().filter_map(|n| n.parse().ok()).collect::<Vec<u32>>())
        .collect()
}

/// A figure of /proc/<pid>/status in MB.
fn megabytes(pid: u32, figure: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(figure)).unwrap_or_default();
    let kilobytes = line.trim_start_matches(':').trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().unwrap_or(0) / 1024
}

/// Peaks of one run: the program's own, the largest of a reading process, and of all together as sampled.
struct Peaks {
    own: u64,
    reader: u64,
    together: u64,
    seconds: f32,
}

fn ingest(office: &Path, files: &Path) -> Peaks {
    let start = Instant::now();
    let mut run = duban(office, &["ingest", "--period", "2024-01", "--json"])
        .arg(files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut peaks = Peaks { own: 0, reader: 0, together: 0, seconds: 0.0 };
    let code = loop {
        let pid = run.id();
        peaks.own = peaks.own.max(megabytes(pid, "VmHWM"));
        let mut now = megabytes(pid, "VmRSS");
        for child in children(pid) {
            peaks.reader = peaks.reader.max(megabytes(child, "VmHWM"));
            now += megabytes(child, "VmRSS");
        }
        peaks.together = peaks.together.max(now);
        if let Some(status) = run.try_wait().expect("waited") {
            break status.code();
        }
        thread::sleep(Duration::from_millis(3));
    };
    assert!(matches!(code, Some(0 | 1)), "{code:?}");
    peaks.seconds = start.elapsed().as_secs_f32();
    peaks
}

fn sheet(rows: &str) -> Vec<u8> {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

/// So many cells with a number, a hundred in a row, and `last` in the last so that each file is another.
fn cells(count: usize, last: u32) -> Vec<u8> {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(100));
    sheet(&(row.repeat(count / 100) + &format!("<row><c><v>{last}</v></c></row>")))
}

fn stored(sheet: &[u8]) -> Vec<u8> {
    zip_with(&standard(sheet), CompressionMethod::Stored)
}

/// A name and what stands under it.
type File = (String, Vec<u8>);

/// The heaviest files the door lets in, each kind by name.
fn files() -> Vec<(&'static str, Vec<File>)> {
    let many = |count: u32, extension: &str, make: &dyn Fn(u32) -> Vec<u8>| {
        (0..count).map(|n| (format!("{n}.{extension}"), make(n))).collect::<Vec<File>>()
    };
    let wide = |n: u32| stored(&cells(2_000_000, n));
    let strings = |n: u32| {
        let long = "长".repeat(10_000);
        let items: Vec<String> =
            (0..500).map(|i| format!("<si><t>{i}{n}{long}</t></si>")).collect();
        let items = items.concat();
        let rows: Vec<String> =
            (0..20_000).map(|r| format!("<row><c t='s'><v>{}</v></c></row>", r % 500)).collect();
        let rows = rows.concat();
        let sheet = sheet(&rows);
        let strings = format!("<sst>{items}</sst>").into_bytes();
        replaced(standard(&sheet), "xl/sharedStrings.xml", &strings)
    };
    let formulas = |n: u32| {
        let first = format!(
            "<row><c><f t='shared' si='0'>{}{n}</f><v>1</v></c></row>",
            "A1+".repeat(2_600)
        );
        stored(&sheet(
            &(first + &"<row><c><f t='shared' si='0'/><v>1</v></c></row>".repeat(250_000)),
        ))
    };
    let utf16 = |n: u32| {
        let text = String::from_utf8(cells(1_000_000, n)).expect("text");
        let bytes: Vec<u8> =
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        stored(&bytes)
    };
    let ods = |n: u32| {
        let cell = "<table:table-cell office:value-type='string'><text:p>推进中</text:p></table:table-cell>";
        let row = format!("<table:table-row>{}</table:table-row>", cell.repeat(100));
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name='{n}'>{}</table:table></office:spreadsheet></office:body></office:document-content>",
            row.repeat(3_300)
        );
        zip_with(
            &[
                ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", content.as_bytes()),
            ],
            CompressionMethod::Stored,
        )
    };
    let styles = |n: u32| {
        let body = format!(
            "{}<!-- {n} -->",
            STYLES
                .replace("</cellXfs>", &("<xf numFmtId=\"9\"/>".repeat(1_400_000) + "</cellXfs>"))
        );
        zip_with(
            &standard(&cells(100, n))
                .into_iter()
                .map(|(name, b)| (name, if name == "xl/styles.xml" { body.as_bytes() } else { b }))
                .collect::<Vec<_>>(),
            CompressionMethod::Stored,
        )
    };
    let packed = |n: u32| {
        let inner: Vec<(String, Vec<u8>)> = many(3, "xlsx", &|k| wide(n * 10 + k));
        let parts: Vec<(&str, &[u8])> =
            inner.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        zip(&parts)
    };
    vec![
        ("ordinary", many(2, "xlsx", &|n| zip(&standard(&cells(800, n))))),
        ("2,000,000 cells", many(4, "xlsx", &wide)),
        ("long strings", many(4, "xlsx", &strings)),
        ("shared formulas", many(4, "xlsx", &formulas)),
        ("UTF-16", many(4, "xlsx", &utf16)),
        ("cell formats", many(4, "xlsx", &styles)),
        ("ods", many(4, "ods", &ods)),
        ("archives", many(2, "zip", &packed)),
        ("xls, many cells", many(6, "xls", &|n| super::loaded::crowded(900, 250, n, 0))),
        ("xls, 30 MB", many(4, "xls", &|n| super::loaded::crowded(900, 250, n, 26 << 20))),
        ("light, full", many(40, "xlsx", &|n| stored(&cells(125_000, n)))),
        ("light xls", many(20, "xls", &|n| super::loaded::crowded(500, 200, n, 0))),
    ]
}

#[test]
#[ignore = "on request: writes 700 MB of files and takes a minute"]
fn the_heaviest_files_stay_within_the_bound() {
    if !Path::new("/proc/self/status").exists() {
        let _ = writeln!(std::io::stderr(), "skipped: there is no /proc to read peaks from");
        return;
    }
    let temp = tempfile::tempdir().expect("a folder");
    let sample = |name: &str| format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let words =
        ["init", "office", "--plan", &sample("plan.md"), "--registry", &sample("registry.toml")];
    assert!(duban(temp.path(), &words).output().expect("runs").status.success());
    let office = temp.path().join("office");
    let words = ["template", "--period", "2024-01", "--now", "2024-01-31T09:00:00"];
    assert!(duban(&office, &words).output().expect("runs").status.success());
    let mut over = BTreeMap::new();
    for (kind, files) in files() {
        let folder = temp.path().join("files");
        fs::create_dir(&folder).expect("a folder");
        let largest = files.iter().map(|(_, bytes)| bytes.len()).max().unwrap_or(0);
        for (name, bytes) in &files {
            fs::write(folder.join(name), bytes).expect("written");
        }
        let count = files.len();
        drop(files);
        let peaks = ingest(&office, &folder);
        let _ = writeln!(
            std::io::stderr(),
            "{kind:<18} {count:>3} files up to {:>2} MB: program {:>3} MB, reader {:>3} MB, together {:>3} MB, {:.1} s",
            largest >> 20,
            peaks.own,
            peaks.reader,
            peaks.together,
            peaks.seconds
        );
        if peaks.together.max(peaks.own) > BOUND {
            over.insert(kind, peaks.together);
        }
        fs::remove_dir_all(&folder).expect("removed");
    }
    assert!(over.is_empty(), "{over:?}");
}
