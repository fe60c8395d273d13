//! xls files, made record by record (MS-XLS), read here and in a reading process.

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use duban::{
    cli::worker::{ARGUMENT, Pool},
    diag::Code,
    sheet::{FileKind, read_loaded, sniff},
};

use super::{kinds::ole, reading::shown};

fn record(number: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    [&number.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// A number cell.
fn number(row: u16, column: u16, xf: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[words(&[row, column, xf]), value.to_le_bytes().to_vec()].concat())
}

/// A workbook stream of one sheet with these cell records; cell formats: 0 general, 1 percent, 2 a date.
fn stream(cells: &[Vec<u8>]) -> Vec<u8> {
    let bof = |kind: u16| record(0x0809, &words(&[0x0600, kind, 0, 0, 0, 0, 0, 0]));
    let xf = |format: u16| record(0x00E0, &[words(&[0, format]), vec![0; 16]].concat());
    let text: Vec<u8> = "推进中".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sst = record(0x00FC, &[words(&[1, 0, 1, 0, 3]), vec![1], text].concat());
    let name: Vec<u8> = "填报表".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let head = [bof(5), record(0x0042, &words(&[1200])), xf(0), xf(9), xf(14)].concat();
    let boundsheet =
        |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 3, 1], &name].concat());
    let end = record(0x000A, &[]);
    let start = head.len() + boundsheet(0).len() + sst.len() + end.len();
    let start = u32::try_from(start).expect("small");
    let sheet = [bof(0x10), cells.concat(), end.clone()].concat();
    [head, boundsheet(start), sst, end, sheet].concat()
}

fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    ole(&[("Workbook", &stream(cells))])
}

pub(crate) fn sample() -> Vec<u8> {
    xls(&[
        record(0x00FD, &words(&[0, 0, 0, 0, 0])),
        number(0, 1, 1, 0.85),
        number(0, 2, 2, 45_382.0),
        number(1, 1, 0, 50.0),
    ])
}

/// A full rectangle of number cells, `last` in the last so that each file is another, and so many bytes of records that
/// mean nothing (pictures are such).
pub(crate) fn crowded(rows: u16, columns: u16, last: u32, ballast: usize) -> Vec<u8> {
    let mut cells: Vec<Vec<u8>> =
        (0..rows).flat_map(|r| (0..columns).map(move |c| number(r, c, 0, 1.0))).collect();
    cells.push(number(rows, 0, 0, f64::from(last)));
    let filler = record(0x00EB, &[0; 8_000]);
    cells.extend(std::iter::repeat_n(filler, ballast / 8_004));
    large(&stream(&cells))
}

/// An OLE container with one long workbook stream.
fn large(stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let data = stream.len().div_ceil(512).max(8);
    // Sectors: allocation table, directory, data; the table has 128 numbers a sector.
    let mut tables = 1;
    while tables * 128 < tables + 1 + data {
        tables += 1;
    }
    let lists = tables.saturating_sub(109).div_ceil(127);
    let first = tables + lists + 1;
    let tables = (first + data).div_ceil(128).max(tables);
    let first = tables + lists + 1;
    let n = |at: usize| u32::try_from(at).expect("small");
    let mut fat: Vec<u32> = vec![0xFFFF_FFFD; tables];
    fat.extend(vec![0xFFFF_FFFC; lists]);
    fat.push(END);
    fat.extend((first + 1..first + data).map(n));
    fat.push(END);
    fat.resize(tables * 128, 0xFFFF_FFFF);
    let mut out = ole(&[("Workbook", &[])]);
    let mut directory = out[1024..1536].to_vec();
    directory[128 + 116..128 + 120].copy_from_slice(&n(first).to_le_bytes());
    directory[128 + 120..128 + 124].copy_from_slice(&n(data * 512).to_le_bytes());
    out.truncate(512);
    out[44..48].copy_from_slice(&n(tables).to_le_bytes());
    out[48..52].copy_from_slice(&n(tables + lists).to_le_bytes());
    out[68..72].copy_from_slice(&(if lists == 0 { END } else { n(tables) }).to_le_bytes());
    out[72..76].copy_from_slice(&n(lists).to_le_bytes());
    for i in 0..109 {
        let number = if i < tables { n(i) } else { 0xFFFF_FFFF };
        out[76 + 4 * i..80 + 4 * i].copy_from_slice(&number.to_le_bytes());
    }
    out.extend(fat.iter().flat_map(|n| n.to_le_bytes()));
    for list in 0..lists {
        let mut numbers: Vec<u32> =
            (109 + list * 127..(109 + (list + 1) * 127).min(tables)).map(n).collect();
        numbers.resize(127, 0xFFFF_FFFF);
        numbers.push(if list + 1 == lists { END } else { n(tables + list + 1) });
        out.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    }
    out.extend(directory);
    out.extend_from_slice(stream);
    out.resize(512 + (first + data) * 512, 0);
    out
}

#[test]
fn a_crowded_xls_of_many_sectors_is_read() {
    for ballast in [0, 8 << 20] {
        let bytes = crowded(40, 20, 7, ballast);
        let book = read_loaded(&bytes, FileKind::Xls, "f").expect("readable");
        assert_eq!(book.cells_seen, 801);
    }
}

fn pool() -> Pool {
    Pool::new(Some(PathBuf::from(env!("CARGO_BIN_EXE_duban"))))
}

#[test]
fn an_xls_says_what_an_xlsx_would() {
    let bytes = sample();
    assert_eq!(sniff(&bytes), FileKind::Xls);
    let here = read_loaded(&bytes, FileKind::Xls, "甲局.xls").expect("readable");
    assert_eq!(shown(&here), "A1=“推进中” B1=0.85% C1=@2024-03-31 B2=50");
    assert_eq!(here.sheets[0].name, "填报表");
    let there = pool().read(&bytes, FileKind::Xls, "甲局.xls").expect("readable");
    assert_eq!(here, there);
}

#[test]
fn a_cell_far_outside_is_refused_before_it_is_laid_out() {
    let bytes = xls(&[number(0, 0, 0, 1.0), number(65_535, 255, 0, 1.0)]);
    let refused = read_loaded(&bytes, FileKind::Xls, "f").expect_err("refused");
    assert_eq!(refused.code, Code::FileBeyondLimits);
}

#[test]
fn a_looping_chain_is_damage() {
    let mut bytes = sample();
    // The second sector of the workbook stream points back to its first.
    let fat = 512;
    bytes[fat + 4 * 3..fat + 4 * 4].copy_from_slice(&2_u32.to_le_bytes());
    let refused = pool().read(&bytes, FileKind::Xls, "f").expect_err("refused");
    assert_eq!(refused.code, Code::FileDamaged);
    // So does the directory's chain.
    let mut bytes = sample();
    bytes[fat + 4..fat + 8].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(sniff(&bytes), FileKind::Xls);
    assert!(pool().read(&bytes, FileKind::Xls, "f").is_err());
}

#[test]
fn a_death_costs_one_file() {
    let pool = pool();
    let good = sample();
    assert!(pool.read(&good, FileKind::Xls, "a").is_ok());
    let mut seed = 7_u32;
    for _ in 0..60 {
        let mut bad = good.clone();
        for _ in 0..8 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = 512 + (seed >> 8) as usize % (bad.len() - 512);
            bad[at] = seed.to_le_bytes()[3];
        }
        // Whatever comes of it, the next file is read.
        let _ = pool.read(&bad, FileKind::Xls, "b");
    }
    assert!(pool.read(&good, FileKind::Xls, "c").is_ok());
}

#[test]
fn a_process_that_cannot_start_or_hangs_is_a_finding() {
    let nowhere = Pool::new(Some(PathBuf::from("no-such-program")));
    let lost = nowhere.read(&sample(), FileKind::Xls, "甲.xls").expect_err("lost");
    assert_eq!((lost.code, lost.place.file()), (Code::ReaderLost, Some("甲.xls")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("folder");
        let script = folder.path().join("hangs");
        #[expect(clippy::disallowed_methods, reason = "tests may write files")]
        std::fs::write(&script, "#!/bin/sh\nexec sleep 60\n").expect("script");
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("mode");
        let hanging = Pool::new(Some(script)).with_patience(Duration::from_millis(200));
        assert_eq!(
            hanging.read(&sample(), FileKind::Xls, "f").expect_err("lost").code,
            Code::ReaderLost
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_limits_its_own_memory() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args([ARGUMENT, "8000000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut to = child.stdin.take().expect("input");
    // A file larger than the limit: the process dies before it can answer.
    let frame = vec![0_u8; 20 << 20];
    let length = u32::try_from(frame.len()).expect("short").to_le_bytes();
    let _ = to.write_all(&length).and_then(|()| to.write_all(&frame));
    drop(to);
    let mut answer = Vec::new();
    child.stdout.take().expect("output").read_to_end(&mut answer).expect("read");
    assert!(answer.is_empty());
    assert!(!child.wait().expect("ended").success());
}
