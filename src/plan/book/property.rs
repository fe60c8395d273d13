//! Any plan comes back from its workbook as it was.

use proptest::{option::of as option, prelude::*};
use rust_decimal::Decimal;

use super::{read_workbook, write_workbook};
use crate::{
    model::{
        Alias, Amendment, Change, Comparator, Doubt, Frequency, Group, Indicator, IndicatorKind,
        ItemNo, Leader, Period, Plan, Registry, Section, Span, Subsection, Task, TaskNo, Unit,
        UnitId, normalise_name,
    },
    plan::version,
};

/// Names with everything that makes lists hard to take apart.
fn name() -> impl Strategy<Value = String> {
    "[区县甲乙丙丁局委中心、，；/（）【】()\\-等A1“”]{1,9}".prop_filter_map("no name", |n| {
        let name = normalise_name(&n);
        (!name.is_empty() && name == normalise_name(&name)).then_some(name)
    })
}

/// Text as cells hold it: trimmed, with line breaks, quotes, signs that formulas begin with.
fn prose() -> impl Strategy<Value = String> {
    "[=+\\-@'\"<&>%甲乙丙丁任务，。“”𠮷é 0-9\n\t_x]{0,40}".prop_map(|t| t.trim().to_owned())
}

fn said() -> impl Strategy<Value = String> {
    prose().prop_map(|t| if t.is_empty() { "某".to_owned() } else { t })
}

fn period() -> impl Strategy<Value = Period> {
    let span = prop_oneof![
        (1i8..=12).prop_map(Span::Month),
        (1i8..=4).prop_map(Span::Quarter),
        (1i8..=2).prop_map(Span::Half),
        Just(Span::Year),
        (1i8..=52).prop_map(Span::Week),
    ];
    (2000i16..2100, span).prop_map(|(year, span)| Period::new(year, span).expect("a period"))
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0u32..12).prop_map(|(n, scale)| Decimal::new(n, scale).normalize())
}

fn indicator(task: u32, index: u32) -> impl Strategy<Value = Indicator> {
    let comparators =
        [Comparator::AtLeast, Comparator::Equal, Comparator::AtMost, Comparator::About];
    let kinds = [
        IndicatorKind::Cumulative,
        IndicatorKind::Growth,
        IndicatorKind::Level,
        IndicatorKind::Ceiling,
    ];
    let frequencies =
        [Frequency::Monthly, Frequency::Quarterly, Frequency::HalfYearly, Frequency::Yearly];
    let curve = proptest::collection::vec(0i64..=10_000, 12).prop_map(|mut v| {
        v.sort_unstable();
        let mut curve = [Decimal::ZERO; 12];
        curve.iter_mut().zip(v).for_each(|(c, v)| *c = Decimal::new(v, 2).normalize());
        curve
    });
    (
        (
            said(),
            0usize..4,
            decimal(),
            prop_oneof![Just("家"), Just("%"), Just("亿元"), Just("")].prop_map(str::to_owned),
            0usize..4,
        ),
        (option(decimal()), option(name()), 0usize..4, option(curve)),
        (prose(), any::<bool>(), option(said())),
    )
        .prop_map(
            move |((name, c, target, unit, k), (base, source_unit, f, schedule), rest)| {
                let (quote, adopted, doubt) = rest;
                Indicator {
                    item: ItemNo { task: TaskNo(task), index },
                    name,
                    comparator: comparators[c],
                    target,
                    unit,
                    kind: kinds[k],
                    base,
                    source_unit,
                    frequency: frequencies[f],
                    schedule,
                    quote,
                    adopted,
                    doubt,
                }
            },
        )
}

fn task(no: u32) -> impl Strategy<Value = Task> {
    let names = || proptest::collection::vec(name(), 0..4);
    let indicators = (indicator(no, 1), indicator(no, 2), 0usize..3)
        .prop_map(|(a, b, n)| [a, b].into_iter().take(n).collect::<Vec<_>>());
    let date = (1i16..=9999, 1i8..=12, 1i8..=28)
        .prop_map(|(y, m, d)| jiff::civil::Date::new(y, m, d).expect("a date"));
    (
        (1u32..20, option(1u32..9), said(), prose()),
        (names(), names(), names()),
        (date, indicators, option(period()), option(period())),
    )
        .prop_map(move |((section, subsection, text, short), names, rest)| {
            let (leaders, lead_units, responsible) = names;
            let (due, indicators, from, until) = rest;
            Task {
                no: TaskNo(no),
                section,
                subsection,
                text,
                short,
                leaders,
                lead_units,
                responsible,
                due,
                indicators,
                from,
                until,
            }
        })
}

/// A registry with distinct names.
fn registry() -> impl Strategy<Value = Registry> {
    let names = proptest::collection::btree_set(name(), 6..12);
    (names, prose(), option(period()), option(period()), any::<bool>()).prop_map(
        |(names, text, from, until, yes)| {
            let names: Vec<String> = names.into_iter().collect();
            let id = |n: usize| UnitId(names[n].clone());
            let unit = |n: usize| Unit {
                id: id(n),
                name: names[n].clone(),
                short: text.chars().take(10).collect::<String>().trim().to_owned(),
                category: text.clone(),
                from,
                until,
                successor: yes.then(|| id(0)),
            };
            let leader = |n: usize| Leader {
                name: names[n].clone(),
                post: text.clone(),
                from,
                until,
                successor: yes.then(|| names[5].clone()),
                collective: yes,
                members: names[3..].to_vec(),
            };
            Registry {
                units: (0..3).map(unit).collect(),
                aliases: vec![Alias {
                    name: names[3].clone(),
                    unit: id(1),
                    adopted: yes,
                    reason: text.clone(),
                }],
                groups: vec![
                    Group { name: names[4].clone(), members: (0..4).map(id).collect() },
                    Group { name: names[5].clone(), members: Vec::new() },
                ],
                leaders: (4..6).map(leader).collect(),
            }
        },
    )
}

fn amendment() -> impl Strategy<Value = Amendment> {
    let names = || proptest::collection::vec(name(), 1..4);
    let change = prop_oneof![
        Just(Change::Add(TaskNo(1))),
        Just(Change::Withdraw(TaskNo(2))),
        names().prop_map(|n| Change::LeadUnits(TaskNo(1), n)),
        names().prop_map(|n| Change::Responsible(TaskNo(2), n)),
        names().prop_map(|n| Change::Leaders(TaskNo(2), n)),
        Just(Change::Due(TaskNo(1), jiff::civil::date(2024, 9, 30))),
    ];
    (period(), change, prose()).prop_map(|(effective, change, reason)| Amendment {
        effective,
        change,
        reason,
    })
}

fn doubt() -> impl Strategy<Value = Doubt> {
    (said(), option(1u32..9999), option(1u32..3), prose(), prose(), any::<bool>()).prop_map(
        |(code, line, task, quote, note, settled)| Doubt {
            code,
            line,
            task: task.map(TaskNo),
            quote,
            note,
            target: "任务!A5".to_owned(),
            settled,
        },
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    let amendments = proptest::collection::vec(amendment(), 0..4);
    let doubts = proptest::collection::vec(doubt(), 0..3);
    (prose(), prose(), 0i16..3000, said(), task(1), task(2), registry(), amendments, doubts)
        .prop_map(|(title, doc_no, year, text, first, second, registry, amendments, doubts)| {
            let short = text.chars().take(10).collect::<String>().trim().to_owned();
            let subsections = vec![Subsection { no: 1, title: text.clone() }];
            Plan {
                title,
                doc_no,
                year,
                sections: vec![Section { no: 1, title: text, short, subsections }],
                tasks: vec![second, first],
                registry,
                amendments,
                doubts,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_comes_back_as_it_was(plan in plan()) {
        let bytes = write_workbook(&plan).expect("written");
        let read = read_workbook(&bytes, "plan.xlsx").expect("read").value;
        prop_assert_eq!(&read, &plan);
        prop_assert_eq!(version::full_digest(&read), version::full_digest(&plan));
    }
}
