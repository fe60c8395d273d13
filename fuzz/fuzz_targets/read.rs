//! No bytes, however made, may make the door to files panic, hang or take more than 512 MB.
#![no_main]

use duban_fuzz::sheet::{Book, limits, members, other_name, read, sniff, weight};

/// Every cell met is kept or counted, in order, once.
fn balanced(book: &Book) {
    let kept: usize = book.sheets.iter().map(|s| s.cells.len()).sum();
    assert!(kept <= limits::CELLS);
    let beyond: u64 = book.sheets.iter().map(|s| s.beyond_limits).sum();
    assert_eq!(book.cells_seen, kept as u64 + beyond);
    for sheet in &book.sheets {
        assert!(sheet.cells.is_sorted_by(|a, b| (a.row, a.column) < (b.row, b.column)));
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = (sniff(bytes), other_name(bytes), weight(bytes));
    if let Ok(book) = read(bytes, "fuzz") {
        balanced(&book);
    }
    for member in members(bytes, "fuzz").into_iter().flatten().flatten() {
        let _ = read(&member.bytes, &member.name);
    }
});
