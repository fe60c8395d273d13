//! One stage at a time, at 84 and 1,000 returns, on one and on all threads: `cargo bench --bench stages`.
//!
//! Wall time of the library alone; `whole.rs` measures whole processes. Setting up 1,000 returns takes a minute.

mod made {
    pub(crate) mod month;
    pub(crate) mod plan;
}

use std::{fmt, sync::OnceLock};

use divan::{Bencher, counter::ItemsCount};
use duban::{
    ledger,
    rehearsal::Sent,
    sheet,
    template::{self, Form},
    workbook,
};
use made::month::{Office, now};
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// How many returns, and on how many threads.
#[derive(Clone, Copy)]
struct Case {
    returns: usize,
    /// None: as many as there are cores.
    threads: Option<usize>,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let threads = if self.threads.is_some() { "one thread" } else { "all threads" };
        write!(f, "{} returns, {threads}", self.returns)
    }
}

const CASES: [Case; 4] = [
    Case { returns: 84, threads: Some(1) },
    Case { returns: 84, threads: None },
    Case { returns: 1_000, threads: Some(1) },
    Case { returns: 1_000, threads: None },
];

/// Polars has threads of its own, so these stages know one number of them only.
const SIZES: [usize; 2] = [84, 1_000];

/// An office with its forms and returns, made once.
struct Made {
    office: Office,
    forms: Vec<Form>,
    returns: Vec<Sent>,
}

impl Made {
    fn of(returns: usize) -> &'static Self {
        static SMALL: OnceLock<Made> = OnceLock::new();
        static LARGE: OnceLock<Made> = OnceLock::new();
        let cell = if returns == SIZES[0] { &SMALL } else { &LARGE };
        cell.get_or_init(|| {
            // Some units send nothing: a tenth more are asked.
            let office = Office::new(returns * 11 / 10);
            let forms = office.forms();
            let sent = office.returns(&forms, returns);
            assert_eq!(sent.len(), returns, "fewer units answered than were to be measured");
            Self { office, forms, returns: sent }
        })
    }

    fn incoming(&self) -> Vec<ledger::Incoming> {
        let expected = self.office.expected(&self.forms);
        self.returns.par_iter().map(|sent| Office::take(sent, &expected)).collect()
    }
}

impl Case {
    fn run<T: Send>(self, bencher: Bencher<'_, '_>, work: impl Fn(&'static Made) -> T + Sync) {
        let made = Made::of(self.returns);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.unwrap_or_default())
            .build()
            .expect("threads");
        bencher.counter(ItemsCount::new(self.returns)).bench(|| pool.install(|| work(made)));
    }
}

#[divan::bench(args = CASES, max_time = 5)]
fn templates(bencher: Bencher<'_, '_>, case: Case) {
    case.run(bencher, |made| {
        made.forms[..case.returns]
            .par_iter()
            .map(|form| template::write(form, &made.office.spec).expect("written").len())
            .sum::<usize>()
    });
}

#[divan::bench(args = CASES, max_time = 5)]
fn guard_and_read(bencher: Bencher<'_, '_>, case: Case) {
    case.run(bencher, |made| {
        made.returns
            .par_iter()
            .map(|sent| sheet::read(&sent.bytes, &sent.name).expect("read").sheets.len())
            .sum::<usize>()
    });
}

#[divan::bench(args = CASES, max_time = 5)]
fn read_and_judge(bencher: Bencher<'_, '_>, case: Case) {
    let made = Made::of(case.returns);
    let expected = made.office.expected(&made.forms);
    case.run(bencher, |made| {
        made.returns
            .par_iter()
            .map(|sent| Office::take(sent, &expected).findings.len())
            .sum::<usize>()
    });
}

#[divan::bench(args = SIZES, max_time = 5)]
fn expectations(bencher: Bencher<'_, '_>, returns: usize) {
    let made = Made::of(returns);
    bencher.bench(|| made.office.expected(&made.forms));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn record(bencher: Bencher<'_, '_>, returns: usize) {
    let made = Made::of(returns);
    let run = made.office.run(made.incoming());
    bencher
        .counter(ItemsCount::new(returns))
        .with_inputs(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let store = made.office.ledger(folder.path(), &made.forms);
            (folder, store)
        })
        .bench_values(|(folder, mut store)| {
            let appended = store.append(&run, now()).expect("recorded");
            (folder, appended.files.len())
        });
}

#[divan::bench(args = SIZES, max_time = 5)]
fn statistics(bencher: Bencher<'_, '_>, returns: usize) {
    let made = Made::of(returns);
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = made.office.ledger(folder.path(), &made.forms);
    store.append(&made.office.run(made.incoming()), now()).expect("recorded");
    let office = &made.office;
    bencher.counter(ItemsCount::new(returns)).bench_local(|| {
        let facts = store.facts(&office.plan, &office.settings, office.period, None);
        office.stats(&facts.expect("facts")).now.tasks.len()
    });
}

#[divan::bench(args = CASES, max_time = 5)]
fn reports(bencher: Bencher<'_, '_>, case: Case) {
    let made = Made::of(case.returns);
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = made.office.ledger(folder.path(), &made.forms);
    store.append(&made.office.run(made.incoming()), now()).expect("recorded");
    let report = made.office.report(&store);
    case.run(bencher, |_| workbook::all(&report).expect("workbooks").len());
}
