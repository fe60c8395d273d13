//! What intake knows before it opens a file: the forms that were sent, and what is known of the file itself.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    model::{Period, Registry, UnitId},
    settings::Settings,
    template::{Form, FormSpec},
};

/// What was sent out for a period and what returns are judged by (应收的填报表).
///
/// Made once per run; [`crate::intake::read_return`] then reads every file by it, in any order and on any thread.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The period that is being taken in.
    pub period: Period,
    /// The forms issued for the period, per unit in order of issue: a form written anew after an amendment
    /// stands last, the earlier one is still recognised by its stamp.
    pub forms: BTreeMap<UnitId, Vec<Form>>,
    /// Description of the form in use.
    pub spec: FormSpec,
    /// Units, aliases, groups.
    pub registry: Registry,
    /// Settings of the office.
    pub settings: Settings,
}

impl Expected {
    /// What is expected back, from the forms issued for `period` in order of issue.
    #[must_use]
    pub fn new(
        period: Period,
        forms: impl IntoIterator<Item = Form>,
        spec: FormSpec,
        registry: Registry,
        settings: Settings,
    ) -> Self {
        let mut by_unit: BTreeMap<UnitId, Vec<Form>> = BTreeMap::new();
        for form in forms {
            by_unit.entry(form.unit.clone()).or_default().push(form);
        }
        Self { period, forms: by_unit, spec, registry, settings }
    }
}

/// What is known of a file besides its content (收件信息).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileFacts {
    /// Path relative to the office folder, with `/`; a member of an archive as `returns/2024-03/x.zip/财政局.xlsx`.
    pub path: String,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whether that time is presumed (推定) from the file's modification time.
    pub presumed: bool,
    /// Entered by the office for a unit (`--on-behalf`), by telephone or from a scan.
    pub on_behalf: Option<OnBehalf>,
}

/// The office filled the form for a unit (代填).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnBehalf {
    /// The unit as typed: decides the attribution.
    pub name: String,
    /// Why, as typed.
    pub reason: String,
}
