//! What intake knows before it opens a file: the forms that were sent, and what is known of the file itself.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use jiff::Timestamp;

use crate::{
    model::{Period, Registry, UnitId, normalise_name, normalise_text, normalised},
    settings::Settings,
    template::{Form, FormSpec, Key, LabelKey, LastFacts},
};

use super::{
    headings::{Headings, without_brackets},
    outside::PrintedTexts,
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
    /// The office's key; without it stamps cannot be checked, and that is said.
    pub key: Option<Key>,
    /// What the ledger last knew before the period; items not in it are judged by what their form printed.
    pub last: LastFacts,
    pub(super) headings: Headings,
    names: Names,
    pub(super) printed: PrintedTexts,
    /// Labels of head and foot, normalised.
    labels: BTreeMap<String, LabelKey>,
}

/// Shortest name looked for inside a file name: one character could be anything.
const SHORTEST_NAME: usize = 2;

/// Longest text, in bytes, that is looked at as a label with its value: longer ones are sentences.
const LONGEST_LABELLED: usize = 300;

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
        let headings = Headings::of(&spec, period.last_month());
        let names = Names::of(&registry, period, &by_unit);
        let labels = spec
            .labels
            .iter()
            .rev()
            .flat_map(|l| l.names().map(|n| (normalise_text(n), l.key)))
            .filter(|(n, _)| !n.is_empty())
            .collect();
        let printed = PrintedTexts::of(by_unit.values().flatten(), &spec);
        Self {
            period,
            forms: by_unit,
            spec,
            registry,
            settings,
            key: None,
            last: LastFacts::new(),
            headings,
            names,
            printed,
            labels,
        }
    }

    /// The same with the office's key, by which stamps are checked.
    #[must_use]
    pub fn with_key(mut self, key: Key) -> Self {
        self.key = Some(key);
        self
    }

    /// The same with what the ledger last knew, which may be newer than what the forms printed.
    #[must_use]
    pub fn with_last(mut self, last: LastFacts) -> Self {
        self.last = last;
        self
    }

    /// The label a text begins with, and what stands behind it: `填报单位：区财政局` gives `区财政局`, a bare label
    /// gives nothing.
    pub(super) fn label<'t>(&self, text: &'t str) -> Option<(LabelKey, &'t str)> {
        let text = text.trim();
        if text.len() > LONGEST_LABELLED {
            return None;
        }
        let (label, value) = match text.split_once(['：', ':']) {
            Some((label, value)) => (label, value.trim()),
            None => (text, ""),
        };
        let plain = normalised(label);
        let known = |text: &str| self.labels.get(text).copied();
        let key = known(&plain).or_else(|| match without_brackets(&plain) {
            // 填报单位（盖章）：…
            Cow::Owned(short) => known(&short),
            Cow::Borrowed(_) => None,
        });
        key.map(|key| (key, value))
    }

    /// The unit a name means in the period: name, short name or adopted alias; successions are followed.
    pub(super) fn unit(&self, name: &str) -> Option<&UnitId> {
        let named = |name: &str| self.names.units.get(&normalise_name(name))?.first();
        // 区财政局（盖章）
        let sealed = name.contains(['章', '印']);
        let id =
            named(name).or_else(|| sealed.then(|| named(&without_brackets(name))).flatten())?;
        Some(self.in_charge(id))
    }

    /// Who answers for a unit in the period, successions followed.
    fn in_charge<'a>(&'a self, id: &'a UnitId) -> &'a UnitId {
        self.names.successors.get(id).unwrap_or(id)
    }

    /// The printed name of a unit.
    pub(super) fn name_of<'a>(&'a self, unit: &'a UnitId) -> &'a str {
        self.names.printed.get(unit).map_or(unit.as_str(), String::as_str)
    }

    /// The one unit named inside a text (a file name); none where it names two: `报区财政局_区水利局.xlsx`.
    pub(super) fn unit_within(&self, text: &str) -> Option<&UnitId> {
        match self.units_within(text).as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The units named inside a text, each once. Longer names are looked for first, and a name inside a longer one
    /// (区体育局 in 区教育和体育局) names nobody.
    pub(super) fn units_within(&self, text: &str) -> Vec<&UnitId> {
        let text = normalise_name(text);
        // Where each character begins, and the end: a name is looked up at every place, not every name in the text.
        let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut found: Vec<&UnitId> = Vec::new();
        let mut taken: Vec<(usize, usize)> = Vec::new();
        // A name begins at few of them: only there is anything looked up, at every length.
        let begins: Vec<usize> = (0..)
            .zip(text.chars())
            .filter(|(_, c)| self.names.firsts.contains(c))
            .map(|(at, _)| at)
            .collect();
        for length in self.names.lengths.iter().filter(|l| **l >= SHORTEST_NAME) {
            for at in &begins {
                let (start, Some(&end)) = (edges[*at], edges.get(at + length)) else { break };
                let Some(named) = self.names.units.get(&text[start..end]) else { continue };
                if taken.iter().any(|(from, to)| start < *to && *from < end) {
                    continue;
                }
                taken.push((start, end));
                for id in named {
                    let id = self.in_charge(id);
                    if !found.contains(&id) {
                        found.push(id);
                    }
                }
            }
        }
        found
    }
}

/// Every name under which a unit may call itself, normalised, and who is meant.
#[derive(Clone, Debug, Default)]
struct Names {
    /// The units of a name; the first is meant where it stands alone.
    units: HashMap<String, Vec<UnitId>>,
    /// What names begin with.
    firsts: BTreeSet<char>,
    /// How many characters names have, the most first.
    lengths: Vec<usize>,
    /// The name of a unit as printed.
    printed: HashMap<UnitId, String>,
    /// Who answers in the period for a unit that others follow.
    successors: HashMap<UnitId, UnitId>,
}

impl Names {
    fn of(registry: &Registry, period: Period, forms: &BTreeMap<UnitId, Vec<Form>>) -> Self {
        let mut names = Self::default();
        for unit in &registry.units {
            names.printed.entry(unit.id.clone()).or_insert_with(|| unit.name.clone());
            if unit.successor.is_some() {
                let successor = registry.in_charge(&unit.id, period);
                names.successors.insert(unit.id.clone(), successor.clone());
            }
        }
        // An adopted alias stands before a unit of the same name, as in the registry.
        for alias in registry.aliases.iter().filter(|a| a.adopted) {
            names.add(normalise_name(&alias.name), &alias.unit);
        }
        let mut shorts: HashMap<String, u32> = HashMap::new();
        for unit in &registry.units {
            *shorts.entry(normalise_name(&unit.short)).or_default() += 1;
        }
        for unit in &registry.units {
            names.add(unit.id.0.clone(), &unit.id);
            names.add(normalise_name(&unit.name), &unit.id);
            // A short name two units share names neither.
            let short = normalise_name(&unit.short);
            if shorts.get(&short) == Some(&1) {
                names.add(short, &unit.id);
            }
        }
        for form in forms.values().flatten() {
            names.add(normalise_name(&form.unit_name), &form.unit);
        }
        names.lengths.sort_unstable_by_key(|length| std::cmp::Reverse(*length));
        names.lengths.dedup();
        names
    }

    fn add(&mut self, name: String, unit: &UnitId) {
        if name.is_empty() {
            return;
        }
        self.lengths.push(name.chars().count());
        self.firsts.extend(name.chars().next());
        let units = self.units.entry(name).or_default();
        if !units.contains(unit) {
            units.push(unit.clone());
        }
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
