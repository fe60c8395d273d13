//! The registry's answers, looked up many times.

use std::collections::HashMap;

use super::{Named, Period, Registry, Unit, UnitId, normalise_name};

/// An index over a registry (名录索引): the same answers as [`Registry::resolve`], [`Registry::unit_named`] and
/// [`Registry::in_charge`], each found at once.
///
/// Worth making where names are looked up by the hundred: assignments, forms, statistics.
#[derive(Clone, Debug)]
pub struct Names<'a> {
    registry: &'a Registry,
    named: HashMap<String, Named<'a>>,
    units: HashMap<&'a UnitId, &'a Unit>,
}

impl<'a> Names<'a> {
    /// Indexes a registry.
    #[must_use]
    pub fn new(registry: &'a Registry) -> Self {
        let mut units: HashMap<&UnitId, &Unit> = HashMap::with_capacity(registry.units.len());
        for unit in &registry.units {
            units.entry(&unit.id).or_insert(unit);
        }
        let mut named: HashMap<String, Named<'a>> = HashMap::with_capacity(registry.units.len());
        // As `resolve` looks: the first adopted alias of a name, then a unit's id, then a group.
        for alias in registry.aliases.iter().filter(|a| a.adopted) {
            let unit = units.get(&alias.unit).map_or(Named::Unknown, |u| Named::Unit(u));
            named.entry(normalise_name(&alias.name)).or_insert(unit);
        }
        let mut add = |name: String, means: Named<'a>| {
            let known = named.entry(name).or_insert(means);
            // An alias of a unit that is not there names nothing.
            if *known == Named::Unknown {
                *known = means;
            }
        };
        // Names are looked up in their normal form, so an id that has another is never met.
        for unit in registry.units.iter().filter(|u| is_normal(&u.id.0)) {
            add(unit.id.0.clone(), Named::Unit(unit));
        }
        for group in &registry.groups {
            add(normalise_name(&group.name), Named::Group(group));
        }
        Self { registry, named, units }
    }

    /// What a name means: as [`Registry::resolve`].
    #[must_use]
    pub fn resolve(&self, name: &str) -> Named<'a> {
        // A name already in its normal form, as nearly all are, is found as it stands.
        self.named
            .get(name)
            .or_else(|| self.named.get(&normalise_name(name)))
            .copied()
            .unwrap_or(Named::Unknown)
    }

    /// The unit with that id.
    #[must_use]
    pub fn unit(&self, id: &UnitId) -> Option<&'a Unit> {
        self.units.get(id).copied()
    }

    /// Who answers for the unit in the period: as [`Registry::in_charge`].
    #[must_use]
    pub fn in_charge<'b>(&self, id: &'b UnitId, period: Period) -> &'b UnitId
    where
        'a: 'b,
    {
        match self.unit(id) {
            // Only a unit with a successor needs the whole chain.
            Some(unit) if unit.successor.is_some() => self.registry.in_charge(id, period),
            _ => id,
        }
    }

    /// The unit a name means in the period, successions followed: as [`Registry::unit_named`].
    #[must_use]
    pub fn unit_named(&self, name: &str, period: Period) -> Option<&'a UnitId> {
        match self.resolve(name) {
            Named::Unit(unit) => Some(self.in_charge(&unit.id, period)),
            Named::Group(_) | Named::Unknown => None,
        }
    }
}

/// Whether a name is in its normal form: nearly always told by its signs, which stand for themselves.
fn is_normal(name: &str) -> bool {
    let usual = |c| matches!(c, '\u{4e00}'..='\u{9fff}' | '（' | '）' | '0'..='9' | 'A'..='Z');
    name.chars().all(usual) || normalise_name(name) == name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Alias, Group};

    fn id(text: &str) -> UnitId {
        UnitId(text.to_owned())
    }

    fn unit(name: &str, successor: Option<&str>) -> Unit {
        Unit {
            id: id(name),
            name: name.to_owned(),
            short: name.to_owned(),
            category: String::new(),
            from: None,
            until: successor.map(|_| "2024-01".parse().expect("a period")),
            successor: successor.map(id),
        }
    }

    #[test]
    fn the_index_answers_as_the_registry_does() {
        let alias = |name: &str, unit: &str, adopted: bool| Alias {
            name: name.to_owned(),
            unit: id(unit),
            adopted,
            reason: String::new(),
        };
        let group = |name: &str| Group { name: name.to_owned(), members: vec![id("区教育局")] };
        let registry = Registry {
            units: vec![
                unit("区教育局", None),
                unit("区体育局", Some("区教育局")),
                unit("圈甲", Some("圈乙")),
                unit("圈乙", Some("圈甲")),
                unit("区（县）局", None),
                unit("区(镇)局", None),
                unit("区文旅局", None),
            ],
            aliases: vec![
                alias("教委", "区教育局", true),
                alias("教委", "区文旅局", true),
                alias("文旅委", "区文旅局", false),
                alias("区体育局", "区文旅局", true),
                alias("各局", "不存在", true),
                alias("幽灵", "不存在", true),
                alias("幽灵", "区教育局", true),
            ],
            groups: vec![group("各局"), group("各 镇（街）"), group("区教育局")],
            ..Registry::default()
        };
        let names = Names::new(&registry);
        for period in ["2023-12", "2024-02"] {
            let period: Period = period.parse().expect("a period");
            for name in [
                "区教育局",
                " 区教育局",
                "区体育局",
                "圈甲",
                "圈乙",
                "区(县)局",
                "区（县）局",
                "区(镇)局",
                "教委",
                "文旅委",
                "区文旅局",
                "各局",
                "各镇(街)",
                "各 镇（街）",
                "幽灵",
                "不存在",
                "",
            ] {
                assert_eq!(names.resolve(name), registry.resolve(name), "{name}");
                assert_eq!(
                    names.unit_named(name, period),
                    registry.unit_named(name, period),
                    "{name}"
                );
                let id = id(name);
                assert_eq!(names.in_charge(&id, period), registry.in_charge(&id, period), "{name}");
                assert_eq!(names.unit(&id), registry.unit(&id), "{name}");
            }
        }
    }
}
