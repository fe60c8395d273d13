//! Killed at random points, the ledger verifies and a re-run completes it. On request: `DUBAN_CRASH=50 cargo test`.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use duban::model::Field;

use super::*;

/// How many kills; none means skip.
const ASKED: &str = "DUBAN_CRASH";
/// Tells the child where its ledger is.
const LEDGER: &str = "DUBAN_CRASH_LEDGER";
/// Runs of a child; each brings this many files.
const RUNS: u64 = 6;
const FILES: u64 = 25;

fn runs() -> impl Iterator<Item = Run> {
    (0..RUNS).map(|r| Run {
        period: p("2024-03"),
        findings: vec![],
        files: (0..FILES)
            .map(|n| {
                let cells = (1..30)
                    .map(|i| cell(&i.to_string(), Field::Narrative, "项目已开工，完成投资过半"))
                    .collect();
                file(r * FILES + n, "财政局", "2024-03", "2024-04-01T00:00:00Z", cells)
            })
            .collect(),
    })
}

/// What the child does: take everything in.
#[test]
fn child() {
    let Ok(path) = std::env::var(LEDGER) else { return };
    let mut store =
        Store::open_or_create(path.as_ref(), at("2024-04-01T00:00:00Z")).expect("a ledger");
    for run in runs() {
        store.append(&run, at("2024-04-02T00:00:00Z")).expect("recorded");
    }
}

#[test]
fn a_kill_at_any_point_loses_and_doubles_nothing() {
    let Some(kills) = std::env::var(ASKED).ok().and_then(|n| n.parse::<u64>().ok()) else {
        eprintln!("skipped: set {ASKED}=50");
        return;
    };
    let start = |path: &Path| {
        Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "ledger::crash::child", "--nocapture"])
            .env(LEDGER, path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started")
    };
    let folder = tempfile::tempdir().expect("a folder");
    // How long an undisturbed run takes, so that kills fall inside it.
    let clock = std::time::Instant::now();
    assert!(start(&folder.path().join("whole.db")).wait().expect("ended").success());
    let whole = u64::try_from(clock.elapsed().as_micros()).expect("short");
    let (mut interrupted, mut partly) = (0u64, 0u64);
    // A kill that comes after the end does not count.
    for n in 0..kills * 10 {
        if interrupted == kills {
            break;
        }
        let path = folder.path().join(format!("{n}.db"));
        let mut child = start(&path);
        // Spread over the run in steps that no period of the disk can match.
        std::thread::sleep(Duration::from_micros((n * 7919 * 104_729) % whole));
        child.kill().expect("killed");
        interrupted += u64::from(!child.wait().expect("ended").success());
        // Asking needs no writer, even if a journal was left behind.
        match Store::open_to_read(&path).and_then(|s| s.head()) {
            Ok(_) | Err(duban::diag::Error::NotFound(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
        let recorded = if path.exists() {
            let store =
                Store::open_or_create(&path, at("2024-04-01T00:00:00Z")).expect("a sound ledger");
            let verified = store.verify().expect("verified");
            assert!(verified.findings.is_empty(), "{:?}", verified.findings);
            assert_eq!(verified.submissions % FILES, 0, "a run is whole or not there");
            assert_eq!(verified.entries, verified.submissions * 29);
            verified.submissions
        } else {
            0
        };
        partly += u64::from(recorded > 0 && recorded < RUNS * FILES);
        assert!(start(&path).wait().expect("ended").success(), "the re-run completes it");
        let verified = open(&path).verify().expect("verified");
        assert!(verified.findings.is_empty());
        assert_eq!((verified.submissions, verified.entries), (RUNS * FILES, RUNS * FILES * 29));
    }
    eprintln!("{interrupted} runs killed, {partly} of them between their first and last commit");
    assert_eq!(interrupted, kills, "the kills must fall inside the run");
}
