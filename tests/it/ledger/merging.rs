//! Laws of supersession, against a count by brute force.

use std::collections::BTreeMap;

use duban::model::Field;
use proptest::prelude::*;

use super::*;

const UNITS: [&str; 3] = ["财政局", "财局", "民政局"];
const ITEMS: [&str; 3] = ["1-1", "1-2", "2"];
const FIELDS: [Field; 3] = [Field::Cumulative, Field::Status, Field::Narrative];
const STATUSES: [&str; 2] = ["推进中", "已完成"];

fn word(field: Field, value: Option<u8>) -> String {
    match (field, value) {
        (_, None) => String::new(),
        (Field::Cumulative, Some(v)) => v.to_string(),
        (Field::Status, Some(v)) => STATUSES[usize::from(v) % 2].to_owned(),
        (_, Some(v)) => format!("进展{v}"),
    }
}

/// Files of random units, times and cells; times collide on purpose.
fn files() -> impl Strategy<Value = Vec<Incoming>> {
    let cells =
        prop::collection::vec((0..3usize, 0..3usize, prop::option::weighted(0.8, 0..9u8)), 0..5);
    prop::collection::vec((0..3usize, 1..4u8, cells), 1..6).prop_map(|files| {
        files
            .into_iter()
            .enumerate()
            .map(|(n, (u, day, cells))| {
                let mut seen = std::collections::BTreeSet::new();
                let cells = cells
                    .into_iter()
                    // A form has one row per item, and one status per task.
                    .filter(|(i, f, _)| seen.insert((if *f == 0 { *i } else { i / 2 }, *f)))
                    .map(|(i, f, v)| cell(ITEMS[i], FIELDS[f], &word(FIELDS[f], v)))
                    .collect();
                file(n as u64 + 1, UNITS[u], "2024-03", &format!("2024-04-0{day}T00:00:00Z"), cells)
            })
            .collect()
    })
}

/// The rule by brute force over plain vectors.
fn oracle(files: &[Incoming]) -> Vec<String> {
    let mut sorted: Vec<&Incoming> = files.iter().collect();
    sorted.sort_by_key(|f| (f.received_at, f.sha256.clone()));
    let mut cells: BTreeMap<(String, String, Field), Option<(String, String)>> = BTreeMap::new();
    for f in sorted {
        let name = f.unit.as_ref().map(|u| u.0.clone()).expect("a unit");
        let name = if name == "财局" { "财政局".to_owned() } else { name };
        for e in &f.answers.as_ref().expect("answers").entries {
            let item = e.item.expect("an item");
            let place =
                if e.field == Field::Cumulative { item.to_string() } else { item.task.to_string() };
            let value = e.value.as_ref().map(|v| (item.to_string(), v.stored()));
            cells.insert((name.clone(), place, e.field), value);
        }
    }
    let mut rows: Vec<(UnitId, ItemNo, Field, String)> = cells
        .into_iter()
        .filter_map(|((unit, _, field), value)| {
            let (item, value) = value?;
            Some((UnitId(unit), item.parse().expect("an item"), field, value))
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(u, i, f, v)| format!("2024-03 {u} {i} {} {v}", f.key())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn newest_received_wins_cell_by_cell(files in files(), split in 0..6usize, again in 0..6usize) {
        let mut one = Office::new();
        one.take("2024-03", files.clone(), "2024-04-10T00:00:00Z");
        let wanted = oracle(&files);
        prop_assert_eq!(one.counts("2024-03"), wanted.clone());

        // Shuffled, split into many runs, and some of it twice: nothing changes.
        let mut many = Office::new();
        let mut rest = files.clone();
        rest.reverse();
        let tail = rest.split_off(split.min(rest.len()));
        many.take("2024-03", tail, "2024-04-10T00:00:00Z");
        for f in rest {
            many.take("2024-03", vec![f], "2024-04-11T00:00:00Z");
        }
        if let Some(f) = files.get(again) {
            let head = many.store.head().expect("head");
            many.take("2024-03", vec![f.clone(), f.clone()], "2024-04-12T00:00:00Z");
            prop_assert_eq!(many.store.head().expect("head"), head);
        }
        prop_assert_eq!(many.counts("2024-03"), wanted);
        prop_assert!(many.store.verify().expect("verified").findings.is_empty());
    }
}

#[test]
fn later_periods_stand_beside_earlier_ones() {
    let mut office = Office::new();
    for (n, period, day) in
        [(1, "2024-01", "2024-02-01"), (2, "2024-02", "2024-03-01"), (3, "2025-01", "2025-02-01")]
    {
        let cells = vec![cell("1-1", Field::Cumulative, &(n * 10).to_string())];
        office.take(
            period,
            vec![file(n, "农业局", period, &format!("{day}T00:00:00Z"), cells)],
            &format!("{day}T01:00:00Z"),
        );
    }
    assert_eq!(
        office.counts("2024-03"),
        ["2024-01 农业局 1-1 cumulative 10", "2024-02 农业局 1-1 cumulative 20"]
    );
    assert_eq!(office.counts("2024-Q1").len(), 2);
    assert_eq!(office.counts("2024-01").len(), 1);
}
