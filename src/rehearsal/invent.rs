//! A plan of any size (任意规模的方案), so that an office can be rehearsed that is larger than any district.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::dice::Dice;
use crate::{
    model::{
        Comparator, Frequency, Group, Indicator, IndicatorKind, ItemNo, Leader, Plan, Registry,
        Section, Subsection, Task, TaskNo, Unit, UnitId, normalise_name,
    },
    wording::{book::CATEGORIES, invented as words, rehearsal::SURNAMES},
};

/// How large a plan is to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// Units, each with at least one task; at most [`MOST_UNITS`].
    pub units: u32,
    /// Tasks, numbered from 1; at most [`MOST_TASKS`].
    pub tasks: u32,
    /// Plan year.
    pub year: i16,
    /// Everything follows from it.
    pub seed: u64,
}

/// Units of one invented district.
const BODIES: u32 = 84;
/// A hundred districts. Plan workbooks are read behind a limit on their cells, which this stays below with as many
/// tasks; beyond it a plan is divided among offices, and they are rolled up.
pub const MOST_UNITS: u32 = 100 * BODIES;
/// See [`MOST_UNITS`].
pub const MOST_TASKS: u32 = 10_000;
/// One leader for so many tasks.
const TASKS_PER_LEADER: u32 = 12;
/// No leadership has more members than this.
const MOST_LEADERS: u32 = 40;

/// An indicator as invented plans know it.
struct Pattern {
    name: &'static str,
    unit: &'static str,
    kind: IndicatorKind,
    comparator: Comparator,
    /// Lowest and highest target, in steps of `10^-digits`.
    target: (u32, u32),
    digits: u32,
    /// The base is this far below the target, in the same steps.
    base: Option<u32>,
    frequency: Frequency,
}

const fn pattern(
    name: &'static str,
    unit: &'static str,
    kind: IndicatorKind,
    comparator: Comparator,
    target: (u32, u32),
    digits: u32,
) -> Pattern {
    Pattern {
        name,
        unit,
        kind,
        comparator,
        target,
        digits,
        base: None,
        frequency: Frequency::Monthly,
    }
}

impl Pattern {
    const fn from(mut self, base: u32) -> Self {
        self.base = Some(base);
        self
    }

    const fn every(mut self, frequency: Frequency) -> Self {
        self.frequency = frequency;
        self
    }
}

/// Indicators of every kind, comparator and frequency.
const PATTERNS: [Pattern; 14] = {
    use Comparator::{About, AtLeast, AtMost, Equal};
    use Frequency::{HalfYearly, Quarterly};
    use IndicatorKind::{Ceiling, Cumulative, Growth, Level};
    [
        pattern("新增规模以上企业", "家", Cumulative, AtLeast, (10, 60), 0),
        pattern("完成投资", "亿元", Cumulative, AtLeast, (25, 900), 1),
        pattern("改造道路", "公里", Cumulative, Equal, (15, 140), 0),
        pattern("增加值增长", "%", Growth, AtLeast, (45, 95), 1),
        pattern("城镇新增就业", "人", Cumulative, AtLeast, (400, 9_000), 0),
        pattern("绿化覆盖率达到", "%", Level, AtLeast, (380, 460), 1),
        pattern("数字化企业占比达到", "%", Level, AtLeast, (420, 700), 1).from(60),
        pattern("投诉率控制在", "%", Ceiling, AtMost, (20, 60), 1),
        pattern("培训", "人次", Cumulative, About, (600, 5_000), 0),
        pattern("零售额增长", "%", Growth, Equal, (50, 90), 1).every(Quarterly),
        pattern("完成清洁取暖改造", "户", Cumulative, AtLeast, (300, 6_000), 0),
        pattern("平均办理时限压缩到", "个工作日", Ceiling, AtMost, (30, 80), 1),
        pattern("建成充电桩", "个", Cumulative, AtLeast, (80, 900), 0),
        pattern("人均可支配收入增长", "%", Growth, AtLeast, (50, 70), 1).every(HalfYearly),
    ]
};

/// Invents a plan (编一份演练用方案) with its registry: districts of 84 bodies, leaders, sections, tasks with
/// lead, responsible and group roles, indicators of all kinds.
///
/// Every unit has a part in at least one task. The same size gives the same plan. Sizes above the limits are
/// taken as the limits, 0 as 1.
#[must_use]
pub fn invent(size: &Size) -> Plan {
    let units = size.units.clamp(1, MOST_UNITS);
    let tasks = size.tasks.clamp(1, MOST_TASKS);
    let districts: Vec<District> =
        (0..units.div_ceil(BODIES)).map(|n| District::new(n, units)).collect();
    let leaders = leaders(tasks);
    let sections = sections(tasks);
    let (title, doc_no) = words::masthead(size.year, size.seed);
    let mut plan = Plan { title, doc_no, year: size.year, ..Plan::default() };
    let all: Vec<&Unit> = districts.iter().flat_map(|d| &d.units).collect();
    plan.tasks = (0..tasks)
        .map(|n| {
            Maker { size, n, tasks, sections, leaders: &leaders, units: &all }.task(&districts)
        })
        .collect();
    plan.sections = words::SECTIONS
        .iter()
        .zip(1..=sections)
        .map(|((title, short), no)| Section {
            no,
            title: (*title).to_owned(),
            short: (*short).to_owned(),
            subsections: words::SUBSECTIONS
                .iter()
                .zip(1..)
                .map(|(title, no)| Subsection { no, title: (*title).to_owned() })
                .collect(),
        })
        .collect();
    plan.registry = Registry {
        units: districts.iter().flat_map(|d| d.units.iter().cloned()).collect(),
        aliases: Vec::new(),
        groups: districts.iter().filter_map(|d| d.towns.clone()).collect(),
        leaders,
    };
    plan
}

/// A district with its units.
struct District {
    place: String,
    units: Vec<Unit>,
    /// The group of its towns, if it has any.
    towns: Option<Group>,
}

impl District {
    fn new(number: u32, all: u32) -> Self {
        let at = |n: u32| usize::try_from(n).unwrap_or(0);
        // Neighbours differ in both characters.
        let first = at(number) % words::PLACE_FIRST.len();
        let row = at(number) / words::PLACE_FIRST.len();
        let second = (row + first) % words::PLACE_SECOND.len();
        let place: String =
            [words::PLACE_FIRST[first], words::PLACE_SECOND[second]].into_iter().collect();
        let has = (all - number * BODIES).min(BODIES);
        let mut towns = Vec::new();
        let units = words::BODIES[..at(has)]
            .iter()
            .map(|(name, short, category)| {
                let name = normalise_name(&format!("{place}{}{name}", words::DISTRICT));
                let id = UnitId(name.clone());
                if *category == words::TOWN {
                    towns.push(id.clone());
                }
                Unit {
                    id,
                    name,
                    short: format!("{place}{short}"),
                    category: CATEGORIES[*category].to_owned(),
                    from: None,
                    until: None,
                    successor: None,
                }
            })
            .collect();
        let name = normalise_name(&words::towns_of(&place));
        let towns = (!towns.is_empty()).then_some(Group { name, members: towns });
        Self { place, units, towns }
    }
}

fn leaders(tasks: u32) -> Vec<Leader> {
    let leader = |name: String, post: &str, members: Vec<String>| Leader {
        name,
        post: post.to_owned(),
        from: None,
        until: None,
        successor: None,
        collective: !members.is_empty(),
        members,
    };
    let surnames = SURNAMES.len();
    let count = tasks.div_ceil(TASKS_PER_LEADER).min(MOST_LEADERS);
    let names: Vec<String> = (0..usize::try_from(count).unwrap_or(1))
        .map(|n| {
            let given = words::LEADER_GIVEN[(n + n / surnames) % words::LEADER_GIVEN.len()];
            format!("{}{given}", SURNAMES[n % surnames])
        })
        .collect();
    let all = leader(words::COLLECTIVE.to_owned(), "", names.clone());
    names.into_iter().map(|n| leader(n, words::POST, Vec::new())).chain([all]).collect()
}

/// Sections a plan of so many tasks has.
fn sections(tasks: u32) -> u32 {
    let most = u32::try_from(words::SECTIONS.len()).unwrap_or(1);
    tasks.div_ceil(TASKS_PER_LEADER).min(most)
}

/// Makes the task in place `n` of `tasks`.
struct Maker<'a> {
    size: &'a Size,
    n: u32,
    tasks: u32,
    sections: u32,
    leaders: &'a [Leader],
    units: &'a [&'a Unit],
}

impl Maker<'_> {
    fn dice(&self, what: &str) -> Dice {
        Dice::new(self.size.seed, &[what, &self.n.to_string()])
    }

    fn task(&self, districts: &[District]) -> Task {
        let at = |n: u32| usize::try_from(n).unwrap_or(0);
        let count = u32::try_from(districts.len()).unwrap_or(1);
        let district = &districts[at(self.n % count)];
        let (topic, how) = words::TOPICS[at(self.dice("topic").below(24))];
        let (leads, responsible) = self.units_of(district, self.n / count);
        let indicators = self.indicators(&leads);
        let quotes: Vec<String> = indicators.iter().map(|i| i.quote.clone()).collect();
        let place = u64::from(self.n) * u64::from(self.sections) / u64::from(self.tasks);
        let mut dice = self.dice("due");
        Task {
            no: TaskNo(self.n + 1),
            section: u32::try_from(place).unwrap_or(0) + 1,
            subsection: Some(self.n % 2 + 1),
            text: words::task(&district.place, topic, how, &quotes),
            short: format!("{}{topic}", district.place),
            leaders: self.leaders_of(),
            lead_units: leads,
            responsible,
            due: due(self.size.year, dice.chance(15)),
            indicators,
            from: None,
            until: None,
        }
    }

    /// One leader, now and then two, the leadership together or none.
    fn leaders_of(&self) -> Vec<String> {
        let mut dice = self.dice("leaders");
        let [persons @ .., all] = self.leaders else { return Vec::new() };
        let mut pick = || dice.pick(persons).map_or_else(String::new, |l| l.name.clone());
        let (first, second) = (pick(), pick());
        match dice.below(50) {
            0 => Vec::new(),
            1 | 2 => vec![all.name.clone()],
            3..=9 if second != first => vec![first, second],
            _ => vec![first],
        }
    }

    /// Lead units and responsible units: units take turns, so that everybody has a part.
    fn units_of(&self, district: &District, turn: u32) -> (Vec<String>, Vec<String>) {
        let own = &district.units;
        let name = |n: usize| own[n % own.len()].name.clone();
        let first = usize::try_from(turn).unwrap_or(0);
        let mut dice = self.dice("units");
        let leads = match dice.below(20) {
            0 => 3,
            1..=3 => 2,
            _ => 1,
        };
        let mut lead_units: Vec<String> = Vec::new();
        for lead in (0..leads).map(|k| name(first + k)) {
            if !lead_units.contains(&lead) {
                lead_units.push(lead);
            }
        }
        // Where there are more units than tasks, each task names as many as it takes.
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let share = self.units.len().div_ceil(at(self.tasks));
        let due_a_part = self.units.iter().skip(at(self.n).saturating_mul(share)).take(share);
        let few = usize::try_from(dice.between(1, 3)).unwrap_or(1);
        let neighbours = (0..few).map(|k| name(first + 7 * (k + 1)));
        let mut responsible: Vec<String> = Vec::new();
        for named in due_a_part.map(|u| u.name.clone()).chain(neighbours) {
            if !lead_units.contains(&named) && !responsible.contains(&named) {
                responsible.push(named);
            }
        }
        if let Some(towns) = &district.towns
            && dice.chance(12)
        {
            responsible.push(towns.name.clone());
        }
        (lead_units, responsible)
    }

    /// No indicator, one, or up to three different ones.
    fn indicators(&self, leads: &[String]) -> Vec<Indicator> {
        let mut dice = self.dice("indicators");
        let count = match dice.below(20) {
            0..=7 => 0,
            8..=14 => 1,
            15..=17 => 2,
            _ => 3,
        };
        let first = dice.below(u32::try_from(PATTERNS.len()).unwrap_or(1));
        (0..count)
            .map(|k| {
                let at = usize::try_from(first + k * 5).unwrap_or(0) % PATTERNS.len();
                let second = k > 0 && dice.chance(30);
                let source = leads.get(1).filter(|_| second).cloned();
                indicator(&PATTERNS[at], self.n + 1, k + 1, source, &mut dice)
            })
            .collect()
    }
}

fn indicator(
    of: &Pattern,
    task: u32,
    index: u32,
    source_unit: Option<String>,
    dice: &mut Dice,
) -> Indicator {
    let steps = |n: u32| Decimal::new(i64::from(n), of.digits).normalize();
    let target = dice.between(of.target.0, of.target.1);
    let (name, unit) = (of.name.to_owned(), of.unit.to_owned());
    let quote = format!("{name}{}{unit}{}", steps(target), words::bound(of.comparator.sign()));
    Indicator {
        item: ItemNo { task: TaskNo(task), index },
        name,
        comparator: of.comparator,
        target: steps(target),
        unit,
        kind: of.kind,
        base: of.base.map(|below| steps(target - below)),
        source_unit,
        frequency: of.frequency,
        schedule: None,
        quote,
        adopted: true,
        doubt: None,
    }
}

/// The end of the year, or of its third quarter.
fn due(year: i16, early: bool) -> Date {
    let (month, day) = if early { (9, 30) } else { (12, 31) };
    Date::new(year, month, day).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        model::{Role, assignments},
        plan,
    };

    fn size(units: u32, tasks: u32) -> Size {
        Size { units, tasks, year: 2024, seed: 7 }
    }

    #[test]
    fn a_plan_of_any_size_is_a_plan_without_errors_in_which_every_unit_has_a_part() {
        let period = "2024-03".parse().expect("a period");
        for (units, tasks) in [(1, 1), (5, 40), (84, 120), (300, 20), (700, 900)] {
            let made = invent(&size(units, tasks));
            assert_eq!(made.registry.units.len(), units as usize, "{units} units");
            assert_eq!(made.tasks.len(), tasks as usize);
            let given = assignments(&made, period);
            let with: BTreeSet<&UnitId> = given.iter().map(|a| &a.unit).collect();
            assert_eq!(with.len(), units as usize, "{units} units, {tasks} tasks");
            let errors: Vec<_> = plan::check(&made)
                .into_iter()
                .filter(|f| f.severity() == crate::diag::Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{errors:?}");
            assert!(made.registry.units.iter().all(|u| u.short.chars().count() <= 10));
            assert!(made.tasks.iter().all(|t| t.short.chars().count() <= 20));
        }
    }

    #[test]
    fn every_kind_role_and_leadership_occurs() {
        let made = invent(&size(168, 400));
        let kinds: BTreeSet<_> =
            made.tasks.iter().flat_map(|t| &t.indicators).map(|i| i.kind.key()).collect();
        assert_eq!(kinds.len(), 4);
        let roles: BTreeSet<Role> = assignments(&made, "2024-03".parse().expect("a period"))
            .iter()
            .map(|a| a.role)
            .collect();
        assert_eq!(roles.len(), 3);
        let counts: BTreeSet<usize> = made.tasks.iter().map(|t| t.leaders.len()).collect();
        assert_eq!(counts, BTreeSet::from([0, 1, 2]));
        assert!(made.tasks.iter().any(|t| t.leaders == [words::COLLECTIVE]));
        assert!(made.tasks.iter().flat_map(|t| &t.indicators).any(|i| i.source_unit.is_some()));
        for i in made.tasks.iter().flat_map(|t| t.indicators.iter().map(move |i| (t, i))) {
            assert!(i.0.text.contains(&i.1.quote), "{}", i.0.text);
        }
    }

    #[test]
    fn the_same_size_and_seed_give_the_same_plan_and_names_are_each_ones_own() {
        assert_eq!(invent(&size(90, 50)), invent(&size(90, 50)));
        assert_ne!(invent(&size(90, 50)), invent(&Size { seed: 8, ..size(90, 50) }));
        let made = invent(&size(MOST_UNITS, 1));
        let ids: BTreeSet<&UnitId> = made.registry.units.iter().map(|u| &u.id).collect();
        assert_eq!(ids.len(), MOST_UNITS as usize);
        let shorts: BTreeSet<&str> = made.registry.units.iter().map(|u| u.short.as_str()).collect();
        assert_eq!(shorts.len(), MOST_UNITS as usize);
        let made = invent(&size(1, MOST_TASKS));
        let names: BTreeSet<&str> = made.registry.leaders.iter().map(|l| l.name.as_str()).collect();
        assert_eq!(names.len(), made.registry.leaders.len());
    }
}
