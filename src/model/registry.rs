//! The unit registry (单位名录): the only place where names meet ids.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Period, Succession};

/// Id of a unit: its canonical name, normalised. A corrected spelling keeps the old one as an alias.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl UnitId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name in the form in which names are compared and printed: NFKC, no blanks, full-width round brackets.
#[must_use]
pub fn normalise_name(name: &str) -> String {
    let chinese = |c| match c {
        '(' => '（',
        ')' => '）',
        ',' => '，',
        other => other,
    };
    match super::number::usual_text(name) {
        Some(text) if !text.bytes().any(|b| matches!(b, b'(' | b')' | b',')) => text.into_owned(),
        Some(text) => text.chars().map(chinese).collect(),
        None => super::normalise_text(name).nfkc().map(chinese).collect(),
    }
}

/// A unit (单位).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Id, the normalised name.
    pub id: UnitId,
    /// Name as printed.
    pub name: String,
    /// Short name (简称) of at most 10 characters.
    pub short: String,
    /// Category (类别); units are ranked within it.
    pub category: String,
    /// First period in which it exists; none means from the beginning.
    pub from: Option<Period>,
    /// Last period in which it exists.
    pub until: Option<Period>,
    /// Who takes over after `until` (更名、划入、合并).
    pub successor: Option<UnitId>,
}

/// Another name of a unit (别称): no date. Candidates start as not adopted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alias {
    /// The other name.
    pub name: String,
    /// The unit it stands for.
    pub unit: UnitId,
    /// 采用: whether the office has said so.
    pub adopted: bool,
    /// Why it is thought to be the same unit.
    pub reason: String,
}

/// A group (集合称谓): a reference to a set of units that the plan does not list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Name as written.
    pub name: String,
    /// Members; empty until the office has filled them in.
    pub members: Vec<UnitId>,
}

/// A leader (牵头领导), or the collective leadership (集体).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leader {
    /// Name.
    pub name: String,
    /// Post (职务).
    pub post: String,
    /// First period in office.
    pub from: Option<Period>,
    /// Last period in office.
    pub until: Option<Period>,
    /// Name of the successor in the post.
    pub successor: Option<String>,
    /// A collective (区政府全体班子成员) counts as one name with a row of its own.
    pub collective: bool,
    /// Members of a collective.
    pub members: Vec<String>,
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named<'a> {
    /// One unit.
    Unit(&'a Unit),
    /// A group of units.
    Group(&'a Group),
    /// Nothing the registry knows.
    Unknown,
}

/// Units, aliases, groups and leaders of an office.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Registry {
    /// Units in registry order.
    pub units: Vec<Unit>,
    /// Aliases, adopted and proposed.
    pub aliases: Vec<Alias>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Leaders in plan order.
    pub leaders: Vec<Leader>,
}

impl Registry {
    /// What `name` stands for: an adopted alias first, then a unit, then a group.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Named<'_> {
        let wanted = normalise_name(name);
        let aliased = self
            .aliases
            .iter()
            .find(|a| a.adopted && normalise_name(&a.name) == wanted)
            .and_then(|a| self.unit(&a.unit));
        if let Some(unit) = aliased {
            return Named::Unit(unit);
        }
        if let Some(unit) = self.units.iter().find(|u| u.id.0 == wanted) {
            return Named::Unit(unit);
        }
        self.groups
            .iter()
            .find(|g| normalise_name(&g.name) == wanted)
            .map_or(Named::Unknown, Named::Group)
    }

    /// The unit somebody means by what they typed: as [`Registry::resolve`], else the one unit with that 简称.
    #[must_use]
    pub fn meant(&self, typed: &str) -> Option<&Unit> {
        match self.resolve(typed) {
            Named::Unit(unit) => Some(unit),
            Named::Group(_) => None,
            Named::Unknown => {
                let wanted = normalise_name(typed);
                let mut short = self
                    .own_units()
                    .filter(|u| !wanted.is_empty() && normalise_name(&u.short) == wanted);
                let first = short.next()?;
                short.next().is_none().then_some(first)
            }
        }
    }

    /// Units that stand for themselves: those an adopted alias points away from are another one's other name.
    pub fn own_units(&self) -> impl Iterator<Item = &Unit> {
        self.units
            .iter()
            .filter(|u| matches!(self.resolve(u.id.as_str()), Named::Unit(unit) if unit.id == u.id))
    }

    /// The unit with that id.
    #[must_use]
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|u| u.id == *id)
    }

    /// The unit that answers for `id` in `period`: follows successions that have taken effect.
    #[must_use]
    pub fn in_charge<'a>(&'a self, id: &'a UnitId, period: Period) -> &'a UnitId {
        let mut current = id;
        // A chain of successions longer than the registry is a circle.
        for _ in 0..=self.units.len() {
            match self.unit(current) {
                Some(Unit { until: Some(until), successor: Some(next), .. })
                    if until.is_over_by(period) =>
                {
                    current = next;
                }
                _ => break,
            }
        }
        current
    }

    /// Enters a succession of units that takes effect in `effective`.
    ///
    /// The old ones end with the period before; a renamed or new one begins in `effective`. After a split no unit
    /// follows by itself.
    pub(super) fn succeed(
        &mut self,
        kind: Succession,
        old: &[UnitId],
        new: &[UnitId],
        effective: Period,
    ) {
        for unit in &mut self.units {
            if old.contains(&unit.id) && !new.contains(&unit.id) {
                unit.until = Some(effective.previous());
                unit.successor = match kind {
                    Succession::Split => None,
                    _ => new.first().cloned(),
                };
            } else if new.contains(&unit.id)
                && kind != Succession::Absorb
                && !old.contains(&unit.id)
            {
                unit.from.get_or_insert(effective);
            }
        }
    }

    /// The unit `name` means in `period`, successions followed; none for groups and unknown names.
    #[must_use]
    pub fn unit_named(&self, name: &str, period: Period) -> Option<&UnitId> {
        match self.resolve(name) {
            Named::Unit(unit) => Some(self.in_charge(&unit.id, period)),
            Named::Group(_) | Named::Unknown => None,
        }
    }

    /// The leader with that name.
    #[must_use]
    pub fn leader(&self, name: &str) -> Option<&Leader> {
        let wanted = normalise_name(name);
        self.leaders.iter().find(|l| normalise_name(&l.name) == wanted)
    }

    /// The leader who answers for `name` in `period`: the successor in the post takes over the tasks.
    #[must_use]
    pub fn leader_in_charge<'a>(&'a self, name: &'a str, period: Period) -> &'a str {
        // Mostly nobody hands over, and no name need be looked for.
        if self.leaders.iter().all(|l| l.successor.is_none()) {
            return name;
        }
        let mut current = name;
        for _ in 0..=self.leaders.len() {
            match self.leader(current) {
                Some(Leader { until: Some(until), successor: Some(next), .. })
                    if until.is_over_by(period) =>
                {
                    current = next;
                }
                _ => break,
            }
        }
        current
    }
}
