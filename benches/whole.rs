//! Whole processes: what a month costs from the command line, beside what the machine must do in any case.
//!
//! `cargo bench --bench whole` makes an office of an invented district, plays a month in it with the program as it
//! is built, and prints for each command files per second, cpu seconds (user + system), peak memory and the ratio to
//! a floor measured in the same run. Reading: every part of every file inflated by libdeflate and each byte looked
//! at once. Writing: the same parts deflated once, at the usual level. Nothing is judged here; see
//! docs/performance.md. Peaks below about 100 MB are those of this program, which holds the files meanwhile.
//!
//! `cargo bench --bench whole -- 84 1000` names the numbers of returns, `--runs 5` how often each command is run
//! (the median by cpu is printed).

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a program of its own: it has the disk and the terminal, and rounds what it prints"
)]

mod made {
    pub(crate) mod plan;
}

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use cpu_time::ThreadTime;
use wait4::Wait4;

/// Numbers of returns where none are named.
const SIZES: [usize; 2] = [84, 1_000];
/// The month that is played.
const PERIOD: &str = "2024-03";
/// Runs of each command.
const RUNS: usize = 5;
/// A moment after the month's due date.
const CLOCK: &str = "2024-04-10T09:00:00";
/// Of a number of units, so many are asked to get that number of returns: one in twenty sends nothing.
const ASKED: (usize, usize) = (1_063, 1_000);

fn main() {
    let mut sizes = Vec::new();
    let mut runs = RUNS;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--runs" => runs = words.next().and_then(|n| n.parse().ok()).unwrap_or(RUNS),
            // Cargo's own.
            "--bench" => {}
            number => match number.parse() {
                Ok(size) => sizes.push(size),
                Err(_) => eprintln!("not a number of returns: {number}"),
            },
        }
    }
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    for size in sizes {
        month(size, runs.max(1));
    }
}

/// What a process took.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    peak: u64,
}

/// An office folder that commands are run in.
struct Folder {
    root: tempfile::TempDir,
    threads: Option<&'static str>,
}

impl Folder {
    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Runs one command of the program. Ending with 1 is no failure: the returns have mistakes in them.
    fn run(&self, words: &[&str]) -> Cost {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.arg("-C").arg(self.root.path()).args(["--now", CLOCK]).args(words);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(threads) = self.threads {
            command.env("RAYON_NUM_THREADS", threads).env("POLARS_MAX_THREADS", threads);
        }
        let start = Instant::now();
        let used = command.spawn().and_then(Wait4::wait4).expect("the program runs");
        let wall = start.elapsed();
        let code = used.status.code();
        assert!(code.is_some_and(|c| c <= 1), "{words:?} ended with {code:?}");
        let rusage = used.rusage;
        Cost { wall, cpu: rusage.utime + rusage.stime, peak: rusage.maxrss }
    }

    /// The middle one, by cpu, of several runs, each from the state that `before` makes.
    fn median(&self, runs: usize, words: &[&str], before: impl Fn()) -> Cost {
        let mut costs: Vec<Cost> = (0..runs)
            .map(|_| {
                before();
                self.run(words)
            })
            .collect();
        costs.sort_by_key(|c| c.cpu);
        costs[runs / 2]
    }
}

/// Plays a month with so many returns and prints what each command took.
fn month(returns: usize, runs: usize) {
    let root = tempfile::tempdir().expect("a folder");
    let units = returns * ASKED.0 / ASKED.1;
    let office = root.path().join("office");
    let mut folder = Folder { root, threads: None };
    let made = Command::new(env!("CARGO_BIN_EXE_duban"))
        .arg("init")
        .arg(&office)
        .stdout(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(made.success(), "an office could not be made");
    move_up(&office, folder.root.path());
    let plan = duban::plan::write_workbook(&made::plan::plan(units)).expect("a plan");
    fs::write(folder.path("plan.xlsx"), plan).expect("written");
    let period = ["--period", PERIOD];
    let with = |command: &'static str, more: &[&'static str]| -> Vec<&'static str> {
        [&[command], &period[..], more].concat()
    };

    let templates = folder.path(&format!("templates/{PERIOD}"));
    let aside = folder.path("aside");
    let clean = || {
        put_aside(&folder.path("ledger.db"), &aside);
        put_aside(&folder.path("templates"), &aside);
    };
    let template = folder.median(runs, &with("template", &[]), clean);
    let forms = workbooks(&templates);
    folder.run(&with("simulate", &["--seed", "1"]));
    let sent = workbooks(&folder.path(&format!("returns/{PERIOD}")));
    fs::copy(folder.path("ledger.db"), folder.path("before.db")).expect("copied");

    let (inflating, deflating) = (inflate_and_scan(&sent), deflate(&forms));
    println!("\n{} forms, {} returns, {units} units", forms.len(), sent.len());
    println!(
        "floor: inflate and scan the returns {:.4} s, deflate the forms {:.4} s",
        inflating.as_secs_f64(),
        deflating.as_secs_f64()
    );
    for threads in [None, Some("1")] {
        folder.threads = threads;
        println!("{}", if threads.is_some() { "one thread" } else { "all threads" });
        println!("  command   files   wall s    cpu s  files/s  peak MB  cpu : floor");
        let before_ingest = || {
            fs::copy(folder.path("before.db"), folder.path("ledger.db")).expect("copied");
            put_aside(&folder.path("archive"), &aside);
            put_aside(&folder.path("feedback"), &aside);
        };
        let template = match threads {
            None => template,
            Some(_) => folder.median(runs, &with("template", &[]), || {
                put_aside(&folder.path("ledger.db"), &aside);
                put_aside(&folder.path("templates"), &aside);
            }),
        };
        line("template", forms.len(), template, Some(deflating));
        let ingest = folder.median(runs, &with("ingest", &[]), before_ingest);
        line("ingest", sent.len(), ingest, Some(inflating));
        let status = folder.median(runs, &with("status", &["--json"]), || ());
        line("status", sent.len(), status, None);
        let stats = folder.median(runs, &with("stats", &["--by", "leader", "--json"]), || ());
        line("stats", sent.len(), stats, None);
        let report = folder.median(runs, &with("report", &[]), || ());
        line("report", sent.len(), report, None);
    }
}

fn line(command: &str, files: usize, cost: Cost, floor: Option<Duration>) {
    let ratio = floor.map_or_else(
        || "-".to_owned(),
        |f| format!("{:.1}", cost.cpu.as_secs_f64() / f.as_secs_f64()),
    );
    println!(
        "  {command:<9} {files:>5}  {:>7.3}  {:>7.3}  {:>7.0}  {:>7.1}  {ratio:>11}",
        cost.wall.as_secs_f64(),
        cost.cpu.as_secs_f64(),
        files as f64 / cost.wall.as_secs_f64(),
        cost.peak as f64 / 1e6,
    );
    std::io::stdout().flush().expect("standard output");
}

/// Moves what stands in a folder one level up.
fn move_up(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::rename(entry.path(), to.join(entry.file_name())).expect("moved");
    }
    fs::remove_dir(from).expect("removed");
}

/// Puts a file or folder aside, if it is there. Nothing is removed while commands are measured: some file systems
/// are slow to make files where others were just removed.
fn put_aside(path: &Path, aside: &Path) {
    fs::create_dir_all(aside).expect("a folder");
    let number = fs::read_dir(aside).expect("a folder").count();
    if let Err(e) = fs::rename(path, aside.join(number.to_string())) {
        assert!(e.kind() == std::io::ErrorKind::NotFound, "{}: {e}", path.display());
    }
}

/// The bytes of every workbook in a folder.
fn workbooks(folder: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "xlsx"))
        .map(|path| fs::read(path).expect("read"))
        .collect()
}

/// Where a part's packed bytes stand, and how many it inflates to; none where it is stored as it is.
struct Part {
    start: usize,
    packed: usize,
    size: usize,
    deflated: bool,
}

fn parts(file: &[u8]) -> Vec<Part> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("a workbook");
    (0..archive.len())
        .map(|n| {
            let entry = archive.by_index_raw(n).expect("a part");
            Part {
                start: usize::try_from(entry.data_start().expect("a place")).expect("in memory"),
                packed: usize::try_from(entry.compressed_size()).expect("in memory"),
                size: usize::try_from(entry.size()).expect("in memory"),
                deflated: entry.compression() == zip::CompressionMethod::Deflated,
            }
        })
        .collect()
}

/// The floor of reading: the quickest of five times.
fn inflate_and_scan(files: &[Vec<u8>]) -> Duration {
    let all: Vec<Vec<Part>> = files.iter().map(|f| parts(f)).collect();
    let largest = all.iter().flatten().map(|p| p.size).max().unwrap_or_default();
    let mut inflater = libdeflater::Decompressor::new();
    let mut out = vec![0; largest];
    let mut seen = 0;
    let mut once = || {
        let start = ThreadTime::now();
        for (file, parts) in files.iter().zip(&all) {
            for part in parts {
                let data = &file[part.start..part.start + part.packed];
                let text = if part.deflated {
                    let n = inflater.deflate_decompress(data, &mut out).expect("sound");
                    &out[..n]
                } else {
                    data
                };
                seen += memchr::memchr_iter(b'<', text).count();
            }
        }
        start.elapsed()
    };
    let quickest = (0..5).map(|_| once()).min().unwrap_or_default();
    assert!(seen > 0, "no workbook has a tag in it");
    quickest
}

/// The floor of writing: the quickest of five times.
fn deflate(files: &[Vec<u8>]) -> Duration {
    let texts: Vec<Vec<u8>> = files
        .iter()
        .flat_map(|file| {
            parts(file).into_iter().map(|part| {
                let data = &file[part.start..part.start + part.packed];
                let mut text = Vec::with_capacity(part.size);
                if part.deflated {
                    let mut inflater = flate2::read::DeflateDecoder::new(data);
                    inflater.read_to_end(&mut text).expect("sound");
                } else {
                    text.extend_from_slice(data);
                }
                text
            })
        })
        .collect();
    let once = || {
        let start = ThreadTime::now();
        for text in &texts {
            let to = Vec::with_capacity(text.len());
            let mut deflater =
                flate2::write::DeflateEncoder::new(to, flate2::Compression::default());
            deflater.write_all(text).expect("memory");
            std::hint::black_box(deflater.finish().expect("memory"));
        }
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}
