//! What most commands need of one month: plan, form description, ledger, key, and the forms that were sent.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    path::Path,
};

use super::{
    office::{self, Office},
    output,
};
use crate::{
    diag::{Checked, Error, Result},
    ledger::{FormIssue, PrintedRow, Store},
    model::{ItemNo, Period, Plan, Span, UnitId},
    plan,
    template::{self, Form, FormSpec, Issue, Key, LastFact, LastFacts, Previous},
    wording,
};

/// An office's own form description, holding only what differs from the shipped one.
const FORM: &str = "form.toml";

impl Office {
    /// The reviewed plan with what reading and checking it found; plan.xlsx is read once in a run.
    ///
    /// # Errors
    /// There is no plan.xlsx, or it is no plan workbook.
    pub(crate) fn plan(&self) -> Result<&Checked<Plan>> {
        self.plan_file().map(|(_, plan)| plan)
    }

    /// The bytes of plan.xlsx and the plan in them.
    ///
    /// # Errors
    /// As [`Office::plan`].
    pub(crate) fn plan_file(&self) -> Result<&(Vec<u8>, Checked<Plan>)> {
        if let Some(read) = self.read_plan.get() {
            return Ok(read);
        }
        let path = self.path(office::PLAN);
        if !path.exists() {
            let (zh, en) = wording::cli::no_plan(&self.root.to_string_lossy());
            return Err(Error::Usage { zh, en });
        }
        let bytes = output::read(&path)?;
        let plan = plan::read_workbook(&bytes, office::PLAN)?;
        Ok(self.read_plan.get_or_init(|| (bytes, plan)))
    }

    /// The plan in the ledger's copy of a plan workbook: nearly always that of plan.xlsx, byte for byte.
    ///
    /// # Errors
    /// It is no plan workbook.
    fn plan_of(&self, bytes: &[u8]) -> Result<Cow<'_, Plan>> {
        // A plan.xlsx that cannot be read is told by whoever needs it; the copy can be.
        match self.plan_file() {
            Ok((own, plan)) if own == bytes => Ok(Cow::Borrowed(&plan.value)),
            _ => Ok(Cow::Owned(plan::read_workbook(bytes, office::PLAN)?.value)),
        }
    }

    /// The form description: the shipped one, or with the office's changes.
    ///
    /// # Errors
    /// Broken settings, with file, line and what is allowed.
    pub(crate) fn spec(&self) -> Result<FormSpec> {
        let path = self.path(FORM);
        if path.is_file() {
            FormSpec::parse(&output::read_text(&path)?, FORM)
        } else {
            Ok(FormSpec::shipped())
        }
    }

    /// The key that signs forms.
    ///
    /// # Errors
    /// It is missing or not 32 bytes long.
    pub(crate) fn key(&self) -> Result<Key> {
        let path = self.path(office::KEY);
        let bytes = output::read(&path)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| Error::Io {
            path,
            cause: std::io::Error::new(std::io::ErrorKind::InvalidData, "32 bytes expected"),
        })?;
        Ok(Key::new(bytes))
    }

    /// The ledger, made if it is not there.
    ///
    /// # Errors
    /// It cannot be opened, or is in use.
    pub(crate) fn ledger(&self) -> Result<Store> {
        Store::open_or_create(&self.path(office::LEDGER), self.now)
    }

    /// The ledger for reading, in which forms were issued for `period`, or for a quarter, half-year or year without
    /// forms of its own, for the month at its end.
    ///
    /// # Errors
    /// No ledger, or no such forms: the period may be mistyped.
    pub(crate) fn issued_ledger(&self, period: Period) -> Result<Store> {
        let store = self.ledger_to_read()?;
        if !store.is_owed(store.speaking_for(period)?)? {
            let end = period.last_day();
            let last = Period::month(end.year(), end.month());
            let (zh, en) = match (period.span(), last) {
                (Span::Quarter(_) | Span::Half(_) | Span::Year, Ok(last)) => {
                    wording::cli::no_forms_at_end(&period.to_string(), &last.to_string())
                }
                _ => wording::cli::no_forms(&period.to_string()),
            };
            return Err(Error::Usage { zh, en });
        }
        Ok(store)
    }

    /// The ledger for reading.
    ///
    /// # Errors
    /// There is none yet (nothing was issued), or it cannot be read.
    pub(crate) fn ledger_to_read(&self) -> Result<Store> {
        let path: &Path = &self.path(office::LEDGER);
        if !path.exists() {
            let (zh, en) = wording::cli::no_ledger();
            return Err(Error::Usage { zh, en });
        }
        Store::open_to_read(path)
    }
}

/// One month of an office, opened for writing.
pub(crate) struct Month<'a> {
    office: &'a Office,
    /// The period.
    pub(crate) period: Period,
    /// The form description.
    pub(crate) spec: FormSpec,
    /// The ledger.
    pub(crate) store: Store,
    /// The key.
    pub(crate) key: Key,
}

impl<'a> Month<'a> {
    /// Opens what the month needs.
    ///
    /// # Errors
    /// Anything of it is missing or broken.
    pub(crate) fn open(office: &'a Office, period: Period) -> Result<Self> {
        Ok(Self {
            office,
            period,
            spec: office.spec()?,
            store: office.ledger()?,
            key: office.key()?,
        })
    }

    /// Every form issued for the period, in order of issue, exactly as it was sent: built from the plan version of
    /// its time and what was printed of the last period.
    ///
    /// # Errors
    /// None was issued; a plan version that cannot be read.
    pub(crate) fn all_issued(&self) -> Result<Vec<Form>> {
        let issues = self.store.form_issues(self.period)?;
        if issues.is_empty() {
            let (zh, en) = wording::cli::no_forms(&self.period.to_string());
            return Err(Error::Usage { zh, en });
        }
        let simulated = self.store.simulated()?;
        // Forms of one plan version with one set of printed values were made in one run: rebuild them together.
        let mut by_version: BTreeMap<&str, Vec<&FormIssue>> = BTreeMap::new();
        for row in &issues {
            by_version.entry(&row.issue.plan_version).or_default().push(&row.issue);
        }
        let mut forms: BTreeMap<(UnitId, String), Form> = BTreeMap::new();
        for (version, issues) in by_version {
            let content = self.store.plan_content(version)?.unwrap_or_default();
            let plan = self.office.plan_of(&content)?.in_force(self.period);
            // A unit may have been issued twice from one version: rebuild in rounds, one issue per unit in each.
            let mut rounds: Vec<Vec<&FormIssue>> = Vec::new();
            let mut issued: BTreeMap<&UnitId, usize> = BTreeMap::new();
            for issue in issues {
                let round = issued.entry(&issue.unit).and_modify(|n| *n += 1).or_insert(0);
                match rounds.get_mut(*round) {
                    Some(round) => round.push(issue),
                    None => rounds.push(vec![issue]),
                }
            }
            for round in rounds {
                let last = printed(&round);
                let built = template::forms(&Issue {
                    plan: &plan,
                    plan_version: version,
                    period: self.period,
                    settings: &self.office.settings,
                    spec: &self.spec,
                    last: &last,
                    key: &self.key,
                    simulated,
                });
                let issues: BTreeMap<&UnitId, &FormIssue> =
                    round.iter().map(|i| (&i.unit, *i)).collect();
                for form in built {
                    if let Some(issue) = issues.get(&form.unit) {
                        forms.insert((form.unit.clone(), issue.digest.clone()), form);
                    }
                }
            }
        }
        let mut all: Vec<Form> = Vec::with_capacity(issues.len());
        let mut placed: HashMap<(UnitId, String), usize> = HashMap::new();
        for row in issues {
            let key = (row.issue.unit, row.issue.digest);
            if let Some(form) = forms.remove(&key) {
                placed.insert(key, all.len());
                all.push(form);
            } else if let Some(again) = placed.get(&key).map(|at| all[*at].clone()) {
                // The same form was issued twice.
                all.push(again);
            }
        }
        Ok(all)
    }

    /// The newest form of each unit.
    ///
    /// # Errors
    /// As [`Month::all_issued`].
    pub(crate) fn issued_forms(&self) -> Result<Vec<Form>> {
        let mut newest: Vec<Form> = Vec::new();
        let mut place: BTreeMap<UnitId, usize> = BTreeMap::new();
        for form in self.all_issued()? {
            if let Some(older) = place.get(&form.unit).and_then(|at| newest.get_mut(*at)) {
                *older = form;
            } else {
                place.insert(form.unit.clone(), newest.len());
                newest.push(form);
            }
        }
        Ok(newest)
    }
}

/// What was printed of the last period, as the last facts the forms are built from.
fn printed(issues: &[&FormIssue]) -> LastFacts {
    issues
        .iter()
        .flat_map(|issue| {
            issue.printed.iter().map(|(item, row)| ((issue.unit.clone(), *item), last_fact(row)))
        })
        .collect()
}

fn last_fact(row: &PrintedRow) -> LastFact {
    let number = row.number.as_deref().and_then(crate::model::parse_decimal);
    let previous = match (number, row.not_out, row.status) {
        (Some(value), _, _) => Previous::Number(value),
        (None, true, _) => Previous::NotOut,
        (None, false, Some(status)) => Previous::Status(status),
        (None, false, None) => Previous::None,
    };
    LastFact { previous, texts: row.texts.clone(), confirmed: row.confirmed }
}

/// What a form prints of the last period, to be kept with its issue.
pub(super) fn printed_rows(form: &Form) -> BTreeMap<ItemNo, PrintedRow> {
    form.rows
        .iter()
        .map(|row| {
            let mut kept = PrintedRow {
                texts: row.previous_texts.clone(),
                confirmed: row.confirmed,
                ..PrintedRow::default()
            };
            match &row.previous {
                Previous::None => {}
                Previous::Number(value) => kept.number = Some(crate::model::decimal_text(*value)),
                Previous::NotOut => kept.not_out = true,
                Previous::Status(status) => kept.status = Some(*status),
            }
            (row.item, kept)
        })
        .collect()
}
