//! No bytes, however made, may make the import of a plan panic or hang; what is read has tasks with unique numbers.
#![no_main]

use std::collections::BTreeSet;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = duban::plan::import(bytes, "fuzz") {
        let numbers: BTreeSet<u32> = read.value.tasks.iter().map(|t| t.no.0).collect();
        assert!(!numbers.is_empty());
        assert_eq!(numbers.len(), read.value.tasks.len());
    }
});
