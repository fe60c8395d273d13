//! The program killed at random points of an ingest. On request: `DUBAN_CRASH=50 cargo test`.
#![expect(clippy::print_stderr, reason = "a skipped test says why, and one on request what it did")]

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use super::*;

/// How many kills; none means skip. The same variable asks for the kills of `ledger::crash`.
const ASKED: &str = "DUBAN_CRASH";

#[test]
fn a_killed_ingest_leaves_a_sound_office_and_a_rerun_completes_it() {
    let Some(kills) = std::env::var(ASKED).ok().and_then(|n| n.parse::<u64>().ok()) else {
        eprintln!("skipped: set {ASKED}=50");
        return;
    };
    let whole = Office::new();
    let fresh = tempfile::tempdir().expect("a folder");
    copy(&whole.folder, &fresh.path().join("office"));
    let clock = Instant::now();
    assert!(whole.run(&INGEST).status.success());
    let length = u64::try_from(clock.elapsed().as_micros()).expect("short");
    let (mut interrupted, mut before, mut after) = (0u64, 0u64, 0u64);
    for n in 0..kills * 10 {
        if interrupted == kills {
            break;
        }
        let temp = tempfile::tempdir().expect("a folder");
        let office = Office { folder: temp.path().join("office"), _temp: temp };
        copy(&fresh.path().join("office"), &office.folder);
        let mut child = office
            .command(&INGEST)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        // Spread over the run in steps that no period of the disk can match.
        std::thread::sleep(Duration::from_micros((n * 7919 * 104_729) % length));
        child.kill().expect("killed");
        if child.wait().expect("ended").success() {
            continue;
        }
        interrupted += 1;
        // Archive and ledger agree at once: what the ledger names is there, byte for byte.
        let verified = office.json(&["ledger", "verify", "--json"]);
        assert_eq!(verified["sound"], true, "{verified}");
        let recorded = office.dump().len();
        assert!(recorded == 0 || recorded == whole.dump().len(), "all of a run or nothing");
        if recorded == 0 {
            before += 1;
        } else {
            after += 1;
        }
        let rerun = office.run(&INGEST);
        assert!(rerun.status.success(), "{}", said(&rerun));
        assert_eq!(office.dump(), whole.dump(), "nothing is lost or doubled");
        assert_eq!(office.json(&["ledger", "verify", "--json"])["sound"], true);
        // Whatever has its final name is whole.
        for path in files(&office.path("archive")) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if !name.starts_with(".duban-") {
                let same = whole.path("archive/2024-03").join(&name);
                assert!(fs::read(&path).ok() == fs::read(same).ok(), "{name}");
            }
        }
    }
    eprintln!("{interrupted} ingests killed: {before} before and {after} after the commit");
    assert_eq!(interrupted, kills, "the kills must fall inside the run");
}

#[test]
fn what_a_kill_left_short_in_the_archive_is_mended_by_a_rerun() {
    let office = Office::new();
    let fresh = tempfile::tempdir().expect("a folder");
    copy(&office.folder, &fresh.path().join("office"));
    assert!(office.run(&INGEST).status.success());
    let begun = Office { folder: fresh.path().join("office"), _temp: fresh };
    let archive = begun.path("archive/2024-03");
    fs::create_dir_all(&archive).expect("a folder");
    let kept = files(&office.path("archive/2024-03"));
    assert!(kept.len() > 2);
    for (n, path) in kept.iter().enumerate() {
        // Nothing, a half, all of it, and what never stood under that name.
        let bytes = fs::read(path).expect("read");
        let left = [&bytes[..0], &bytes[..bytes.len() / 2], &bytes[..], b"other"][n % 4];
        fs::write(archive.join(path.file_name().expect("a name")), left).expect("written");
    }
    assert!(begun.run(&INGEST).status.success());
    assert_eq!(begun.json(&["ledger", "verify", "--json"])["sound"], true);
    for path in &kept {
        let name = path.file_name().expect("a name");
        assert_eq!(fs::read(path).ok(), fs::read(archive.join(name)).ok(), "{name:?}");
    }
    assert_eq!(files(&archive).len(), kept.len());
}

#[test]
fn an_original_that_was_lost_is_put_back_when_its_file_is_taken_in_again() {
    let office = Office::new();
    assert!(office.run(&INGEST).status.success());
    let kept = files(&office.path("archive/2024-03"));
    let (lost, short) = (&kept[0], &kept[1]);
    let bytes = [lost, short].map(|p| fs::read(p).expect("read"));
    fs::remove_file(lost).expect("removed");
    fs::write(short, b"").expect("written");
    let verified = office.run(&["ledger", "verify", "--json"]);
    assert_eq!(verified.status.code(), Some(1), "{}", said(&verified));
    let dump = office.dump();
    assert!(office.run(&INGEST).status.success());
    assert_eq!([lost, short].map(|p| fs::read(p).expect("read")), bytes);
    assert_eq!(office.json(&["ledger", "verify", "--json"])["sound"], true);
    assert_eq!(office.dump(), dump);
}
