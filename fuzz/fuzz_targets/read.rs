//! No bytes, however made, may make the door to files panic, hang or take more than 512 MB.
#![no_main]

use duban::sheet::{limits, read, sniff, unpack};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = sniff(bytes);
    if let Ok(book) = read(bytes, "fuzz") {
        let kept: usize = book.sheets.iter().map(|s| s.cells.len()).sum();
        assert!(kept <= limits::CELLS);
        let beyond: u64 = book.sheets.iter().map(|s| s.beyond_limits).sum();
        assert_eq!(book.cells_seen, kept as u64 + beyond);
    }
    let _ = unpack(bytes, "fuzz");
});
