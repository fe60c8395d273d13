//! A full disk and a folder that may only be read: said in words a clerk understands, and nothing half-written.
//!
//! Both need a file system of their own, mounted in a namespace of its own; where that is not allowed the tests
//! say so and are skipped.
#![expect(clippy::print_stderr, reason = "a skipped test says why")]

use super::*;

/// Runs a shell script as root of a new mount namespace, with the office in `$1` and the program in `$2`.
fn in_namespace(office: &Office, script: &str) -> Option<Output> {
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, "sh"])
        .arg(&office.folder)
        .arg(env!("CARGO_BIN_EXE_duban"))
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .ok()?;
    (output.status.code() != Some(77)).then_some(output)
}

/// Ends with 77 if nothing can be mounted here.
const MOUNT: &str = "mkdir -p \"$1/../mnt\" && cd \"$1/..\" && ";

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), said(output))
}

#[test]
fn a_full_disk_is_said_and_leaves_the_last_good_state() {
    let office = Office::new();
    let whole = Office::new();
    fs::remove_dir_all(&whole.folder).expect("removed");
    copy(&office.folder, &whole.folder);
    assert!(whole.run(&INGEST).status.success());
    let cells = format!("CELLS {}\n", whole.dump().len());
    // Room is left for less and less of the run: it fails in archive, ledger and feedback in turn.
    let mut full = 0;
    for free in [0, 8, 24, 48, 72, 96] {
        let script = format!(
            "{MOUNT} mount -t tmpfs -o size=2m tmpfs mnt 2>/dev/null || exit 77\n\
             cp -a office mnt/ && cd mnt/office || exit 77\n\
             avail=$(df -k . | awk 'NR==2 {{print $4}}')\n\
             head -c $(( (avail - {free}) * 1024 )) /dev/zero > ../filler\n\
             \"$2\" ingest -p 2024-03 --now 2024-04-12T09:00:00; code=$?\n\
             rm ../filler\n\
             find . -name '.duban-*' | sed 's/^/LEFT /'\n\
             \"$2\" ledger verify || exit 70\n\
             \"$2\" ingest -p 2024-03 --now 2024-04-12T09:00:00 >/dev/null || exit 71\n\
             \"$2\" ledger dump -p 2024-03 --json | grep -c '\"raw\"' | sed 's/^/CELLS /'\n\
             exit $code"
        );
        let Some(output) = in_namespace(&office, &script) else {
            eprintln!("skipped: no file system can be mounted here");
            return;
        };
        let words = told(&output);
        assert!(words.contains("台账完好"), "{free}: {words}");
        assert!(!words.contains("LEFT"), "{free}: {words}");
        let code = output.status.code();
        if code == Some(2) {
            assert!(words.contains("磁盘已满"), "{free}: {words}");
            full += 1;
        } else {
            assert_eq!(code, Some(0), "{free}: {words}");
        }
        assert!(words.contains(&cells), "{free}: {words}");
    }
    assert!(full >= 2, "the disk must have been full at least twice");
}

#[test]
fn a_folder_that_may_only_be_read_is_said() {
    let office = Office::new();
    let script = format!(
        "{MOUNT} mount --bind office mnt 2>/dev/null && mount -o remount,bind,ro mnt 2>/dev/null || exit 77\n\
         cd mnt || exit 77\n\
         for words in 'ingest -p 2024-03' 'template -p 2024-04' 'exempt -p 2024-03 --unit 区民政局 --reason x' \
         'confirm -p 2024-03 --task 3' 'report -p 2024-03'; do\n\
         \"$2\" $words; echo \"CODE $?\"\ndone\n\
         \"$2\" status -p 2024-03; echo \"READ $?\"; \"$2\" ledger verify; echo \"READ $?\""
    );
    let Some(output) = in_namespace(&office, &script) else {
        eprintln!("skipped: no file system can be mounted here");
        return;
    };
    let words = told(&output);
    assert_eq!(words.matches("CODE 2").count(), 5, "{words}");
    assert_eq!(words.matches("READ 0").count(), 2, "reading needs no permission to write: {words}");
    let plain = ["不能写入", "没有读写权限"];
    let said: usize = plain.iter().map(|p| words.matches(p).count()).sum();
    assert!(said >= 5, "{words}");
    assert!(!words.contains("os error"), "{words}");
}
