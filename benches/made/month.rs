//! One month of an invented district, in memory: its forms, and what its units send back.

use std::{collections::BTreeMap, path::Path};

use duban::{
    intake::{self, Expected, FileFacts},
    ledger::{FormIssue, Incoming, Run, Store},
    model::{Period, Plan},
    plan,
    rehearsal::{self, Options, Sent},
    settings::Settings,
    sheet,
    stats::{self, PeriodStats},
    template::{self, Form, FormSpec, Issue, Key, LastFacts},
    workbook::{Report, Versions},
};
use jiff::Timestamp;

use super::plan::plan as plan_of;

/// The month that is played.
pub(crate) const PERIOD: &str = "2024-03";

/// The office of the invented district in one month.
pub(crate) struct Office {
    /// The month.
    pub(crate) period: Period,
    /// The plan, the same as the plan in force.
    pub(crate) plan: Plan,
    /// Its version.
    pub(crate) version: String,
    /// The shipped settings.
    pub(crate) settings: Settings,
    /// The shipped form.
    pub(crate) spec: FormSpec,
    /// A key.
    pub(crate) key: Key,
}

impl Office {
    /// An office of so many units.
    pub(crate) fn new(units: usize) -> Self {
        let plan = plan_of(units);
        Self {
            period: PERIOD.parse().expect("a month"),
            version: plan::version(&plan).chars().take(12).collect(),
            plan,
            settings: Settings::parse(duban::settings::SHIPPED, "duban.toml").expect("shipped"),
            spec: FormSpec::shipped(),
            key: Key::new([7; 32]),
        }
    }

    /// The forms of the month.
    pub(crate) fn forms(&self) -> Vec<Form> {
        template::forms(&Issue {
            plan: &self.plan,
            plan_version: &self.version,
            period: self.period,
            settings: &self.settings,
            spec: &self.spec,
            last: &LastFacts::new(),
            key: &self.key,
            simulated: true,
        })
    }

    /// What the units send back: `count` workbooks, or as many as came.
    pub(crate) fn returns(&self, forms: &[Form], count: usize) -> Vec<Sent> {
        let names = template::file_names(forms);
        let named: Vec<_> = names.into_iter().zip(forms.iter().cloned()).collect();
        let options = Options {
            seed: 1,
            period: self.period,
            due: self.settings.due(self.period),
            offset: self.settings.offset(),
            messy: false,
        };
        let mut sent = rehearsal::fill(&named, &self.spec, &options).expect("filled").files;
        sent.truncate(count);
        sent
    }

    /// What intake is told.
    pub(crate) fn expected(&self, forms: &[Form]) -> Expected {
        Expected::new(
            self.period,
            forms.iter().cloned(),
            self.spec.clone(),
            self.plan.registry.clone(),
            self.settings.clone(),
        )
        .with_key(self.key.clone())
    }

    /// One return, read and judged.
    pub(crate) fn take(sent: &Sent, expected: &Expected) -> Incoming {
        let facts = FileFacts {
            path: format!("returns/{PERIOD}/{}", sent.name),
            // Stands for the hash: as long, and different for each unit.
            sha256: format!(
                "{:x<64}",
                sent.unit
                    .as_str()
                    .bytes()
                    .fold(0_u64, |h, b| { h.wrapping_mul(1_099_511_628_211) ^ u64::from(b) })
            ),
            received_at: sent.received_at,
            presumed: false,
            on_behalf: None,
        };
        let book = sheet::read(&sent.bytes, &facts.path).expect("a sound workbook");
        let read = intake::read_return(&book, &facts, expected);
        let size = sent.bytes.len() as u64;
        Incoming::new(facts, String::new(), size, read.value, read.findings)
    }

    /// A ledger in `folder` in which the forms were issued.
    pub(crate) fn ledger(&self, folder: &Path, forms: &[Form]) -> Store {
        let mut store = Store::open_or_create(&folder.join("ledger.db"), now()).expect("a ledger");
        let issues: Vec<FormIssue> = forms
            .iter()
            .map(|form| FormIssue {
                unit: form.unit.clone(),
                period: self.period,
                due: form.due,
                plan_version: self.version.clone(),
                form_version: form.stamp.form_version.clone(),
                digest: form.stamp.digest.clone(),
                printed: BTreeMap::new(),
            })
            .collect();
        store.issue(self.period, (&self.version, b"plan"), &issues, now()).expect("issued");
        store
    }

    /// A run of ingest with these files.
    pub(crate) fn run(&self, files: Vec<Incoming>) -> Run {
        Run { period: self.period, files, findings: Vec::new() }
    }

    /// The statistics of the month.
    pub(crate) fn stats(&self, facts: &duban::ledger::Facts) -> PeriodStats {
        stats::compute(&stats::Input {
            plan: &self.plan,
            period: self.period,
            settings: &self.settings,
            facts: &facts.facts,
            confirmations: &facts.confirmations,
            filings: &facts.filings,
        })
        .expect("statistics")
    }

    /// What the workbooks are made from.
    pub(crate) fn report(&self, store: &Store) -> Report {
        let facts = store.facts(&self.plan, &self.settings, self.period, None).expect("facts");
        let status = store
            .status(self.period, &self.plan.registry, &self.settings, now(), None)
            .expect("status");
        Report {
            plan: self.plan.clone(),
            withdrawn: Vec::new(),
            settings: self.settings.clone(),
            period: self.period,
            as_of: Some(now()),
            simulated: true,
            versions: Versions::default(),
            stats: self.stats(&facts),
            states: status.units,
            filings: facts.filings_of(self.period),
            texts: BTreeMap::new(),
            sources: Vec::new(),
        }
    }
}

/// The clock of the measurements: some days after the month's due date.
pub(crate) fn now() -> Timestamp {
    "2024-04-10T09:00:00+08:00".parse().expect("a time")
}
