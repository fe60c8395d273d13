//! Rehearsals: the same seed gives the same returns, and they look like returns.

mod exact;

use std::collections::BTreeSet;

use duban::{
    rehearsal::{Options, Rehearsal, fill},
    sheet::read,
    template::{Form, FormSpec, file_names, stamp_of},
};
use jiff::tz::Offset;

use crate::form::sample;

fn options(seed: u64, messy: bool) -> Options {
    Options {
        seed,
        period: sample::period("2024-03"),
        due: jiff::civil::date(2024, 4, 5),
        offset: Offset::constant(8),
        messy,
    }
}

/// Forms of a dozen units, which is enough and quick.
fn some_forms() -> Vec<(String, Form)> {
    let forms: Vec<Form> = sample::sample_forms("2024-03").into_iter().step_by(5).collect();
    file_names(&forms).into_iter().zip(forms).collect()
}

fn rehearse(seed: u64) -> Rehearsal {
    fill(&some_forms(), &FormSpec::shipped(), &options(seed, false)).expect("filled")
}

#[test]
fn a_seed_gives_the_same_returns() {
    let (one, two) = (rehearse(7), rehearse(7));
    assert!(one == two);
    assert!(rehearse(8) != one);
}

#[test]
fn every_unit_sends_or_is_missing() {
    let forms = some_forms();
    let out = rehearse(11);
    let sent: BTreeSet<_> = out.files.iter().map(|f| &f.unit).collect();
    let missing: BTreeSet<_> = out.missing.iter().collect();
    assert!(sent.is_disjoint(&missing));
    assert_eq!(sent.len() + missing.len(), forms.len());
    for file in &out.files {
        let book = read(&file.bytes, &file.name).expect("readable");
        assert_eq!(stamp_of(&book).map(|s| s.unit), Some(file.unit.0.clone()));
        assert!(book.sheets.iter().all(|s| s.beyond_limits == 0));
        let day = Offset::constant(8).to_datetime(file.received_at).date();
        let late = out.late.contains(&file.unit);
        assert_eq!(day > jiff::civil::date(2024, 4, 5), late);
    }
    for planted in &out.planted {
        assert!(out.files.iter().any(|f| f.name == planted.file && f.unit == planted.unit));
    }
}
