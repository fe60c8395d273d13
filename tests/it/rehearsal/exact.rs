//! Intake says exactly what was planted: no more, no less.

use std::collections::BTreeMap;

use duban::{
    intake::{Expected, FileFacts, read_return, unread},
    model::Field,
    rehearsal::{Planted, Rehearsal, Sent, fill},
    settings::Settings,
    sheet::read,
    template::{Form, FormSpec, Key, LastFact, LastFacts, Previous, file_names},
};
use rust_decimal::Decimal;

use super::{options, sample};

/// Seeds that are tried; more on request.
fn seeds() -> u64 {
    std::env::var("DUBAN_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20)
}

/// Forms per seed; with 20 seeds, every unit of the sample comes up.
const UNITS: usize = 5;

/// Last facts as a month of returns leaves them.
fn last_facts(forms: &[Form]) -> LastFacts {
    let mut last = LastFacts::new();
    for form in forms {
        for row in &form.rows {
            let mut fact = LastFact::default();
            fact.texts
                .insert(Field::Narrative, "截至2月29日，完成前期准备工作，总体进展平稳。".into());
            fact.previous = match &row.figure {
                Some(figure) => {
                    let tenth = (figure.target / Decimal::TEN).round_dp(figure.target.scale());
                    Previous::Number(tenth)
                }
                None if row.accepts(Field::Progress) => Previous::Number(Decimal::from(9)),
                None => Previous::None,
            };
            last.insert((form.unit.clone(), row.item), fact);
        }
    }
    last
}

/// What intake says of a file, as the manifest would have it.
fn said(file: &Sent, expected: &Expected) -> (Vec<String>, bool) {
    let facts = FileFacts {
        path: file.name.clone(),
        sha256: String::new(),
        received_at: file.received_at,
        presumed: false,
        on_behalf: None,
    };
    let read = match read(&file.bytes, &file.name) {
        Ok(book) => read_return(&book, &facts, expected),
        Err(finding) => unread(&facts, finding, expected),
    };
    let cells = read.value.cells;
    let mut lines: Vec<String> = read
        .findings
        .iter()
        .map(|f| {
            let (sheet, cell) = (f.place.sheet().unwrap_or("—"), f.place.cell().unwrap_or("—"));
            format!("{} {sheet} {cell} “{}”", f.code.printed(), f.found)
        })
        .collect();
    lines.sort();
    (lines, cells.seen == cells.used + cells.explained)
}

fn owed(planted: &[Planted], file: &str) -> Vec<String> {
    let mut lines: Vec<String> = planted
        .iter()
        .filter(|p| p.file == file)
        .map(|p| {
            let (sheet, cell) =
                (p.sheet.as_deref().unwrap_or("—"), p.cell.as_deref().unwrap_or("—"));
            format!("{} {sheet} {cell} “{}”", p.code, p.found)
        })
        .collect();
    lines.sort();
    lines
}

fn check(
    rehearsal: &Rehearsal,
    expected: &Expected,
    seed: u64,
    seen: &mut BTreeMap<&'static str, u32>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in &rehearsal.files {
        let (said, balanced) = said(file, expected);
        let owed = owed(&rehearsal.planted, &file.name);
        if said != owed || !balanced {
            wrong.push(format!(
                "seed {seed} {} balanced {balanced}\n  owed {owed:#?}\n  said {said:#?}",
                file.name
            ));
        }
    }
    for planted in &rehearsal.planted {
        *seen.entry(planted.code).or_default() += 1;
    }
    wrong
}

#[test]
fn intake_says_exactly_what_was_planted() {
    let spec = FormSpec::shipped();
    let plan = sample::plan();
    let bare = sample::sample_forms("2024-03");
    let last = last_facts(&bare);
    let forms = sample::forms_of(&plan, "2024-03", &spec, &last);
    let named: Vec<(String, Form)> = file_names(&forms).into_iter().zip(forms.clone()).collect();
    let expected = Expected::new(
        sample::period("2024-03"),
        forms,
        spec.clone(),
        plan.registry.clone(),
        Settings::default(),
    )
    .with_key(Key::demo(1));
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::new();
    for seed in 0..seeds() {
        let start = usize::try_from(seed).expect("small") * UNITS % named.len();
        let some: Vec<_> = named.iter().cycle().skip(start).take(UNITS).cloned().collect();
        let rehearsal = fill(&some, &spec, &options(seed, seed % 10 != 0)).expect("filled");
        wrong.extend(check(&rehearsal, &expected, seed, &mut seen));
    }
    assert!(wrong.is_empty(), "{}\nplanted so far: {seen:?}", wrong.join("\n"));
    assert!(seen.len() >= 20, "few kinds were planted: {seen:?}");
}
