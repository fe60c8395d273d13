//! Checks a plan as a whole (核对): names nobody knows, groups without members, amendments that contradict.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    book::{Places, SheetKey, alias, amendment, group, in_words, indicator, leader, task, unit},
    doubtful::{circles, contradiction, is_odd, leads, nearest, section_of, unassigned},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Change, Indicator, Named, Names, Plan, Succession, Task, UnitId, normalise_name},
    wording::book as words,
};

/// Name of the plan workbook in an office folder.
pub const PLAN_FILE: &str = "plan.xlsx";

/// What a person should look at in a plan (问题), placed in the workbook that is written of it.
///
/// The same checks run while a workbook is read back ([`super::read_workbook`]), placed where its rows stand.
#[must_use]
pub fn check(plan: &Plan) -> Vec<Diagnostic> {
    check_at(plan, &Places::canonical(plan, PLAN_FILE))
}

/// The checks of [`check`], placed by `places`.
pub(super) fn check_at(plan: &Plan, places: &Places) -> Vec<Diagnostic> {
    let names = Names::new(&plan.registry);
    let mut checker = Checker { plan, names: &names, places, findings: Vec::new() };
    checker.tasks();
    checker.indicators();
    checker.units();
    checker.aliases();
    checker.groups();
    checker.leaders();
    checker.amendments();
    checker.findings
}

/// The checks, one method per sheet.
struct Checker<'a> {
    plan: &'a Plan,
    /// Its registry.
    names: &'a Names<'a>,
    places: &'a Places,
    findings: Vec<Diagnostic>,
}

/// Where a name is used: sheet, element, column.
type Use = (SheetKey, usize, usize);

impl Checker<'_> {
    fn say(&mut self, code: Code, at: Use, found: &str) -> &mut Diagnostic {
        let place = self.places.place(at.0, at.1, at.2);
        let column = at.0.text().columns[at.2].heading;
        self.findings.push(Diagnostic::new(code, place, found).with("column", column));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn tasks(&mut self) {
        let plan = self.plan;
        // A plan that names no leaders at all is one cause: one message.
        let leaderless = match plan.tasks.as_slice() {
            [first, .., last] if plan.tasks.iter().all(|t| t.leaders.is_empty()) => {
                let found = format!("{}—{}", first.no, last.no);
                self.say(Code::NoLeader, (SheetKey::Tasks, 0, task::LEADERS), &found);
                true
            }
            _ => false,
        };
        for (at, t) in plan.tasks.iter().enumerate() {
            if t.lead_units.is_empty() {
                self.say(
                    Code::NoLeadUnit,
                    (SheetKey::Tasks, at, task::LEAD_UNITS),
                    &t.no.to_string(),
                );
            }
            if t.leaders.is_empty() && !leaderless {
                self.say(Code::NoLeader, (SheetKey::Tasks, at, task::LEADERS), &t.no.to_string());
            }
            if let Some((column, found)) = section_of(plan, t) {
                let finding = self.say(Code::SectionUnknown, (SheetKey::Tasks, at, column), &found);
                finding.args.push(("task", t.no.to_string()));
            }
            if t.from.zip(t.until).is_some_and(|(from, until)| until < from) {
                self.say(Code::ChangeOrder, (SheetKey::Tasks, at, task::UNTIL), &t.no.to_string());
            }
        }
        self.unknown_names();
        self.odd_names();
    }

    /// Names that stand for nothing, each once, at the first cell that uses it.
    fn unknown_names(&mut self) {
        let plan = self.plan;
        let mut units: BTreeMap<String, (Use, usize)> = BTreeMap::new();
        let mut leaders = units.clone();
        let mut order: Vec<(bool, String)> = Vec::new();
        let in_office: BTreeSet<String> =
            plan.registry.leaders.iter().map(|l| normalise_name(&l.name)).collect();
        let unknown =
            |name: &str| !in_office.contains(name) && !in_office.contains(&normalise_name(name));
        let mut note = |is_unit: bool, name: &str, at: Use| {
            let uses = if is_unit { &mut units } else { &mut leaders };
            uses.entry(name.to_owned()).and_modify(|(_, count)| *count += 1).or_insert_with(|| {
                order.push((is_unit, name.to_owned()));
                (at, 1)
            });
        };
        for (at, t) in plan.tasks.iter().enumerate() {
            for (names, column) in
                [(&t.lead_units, task::LEAD_UNITS), (&t.responsible, task::RESPONSIBLE)]
            {
                for name in names {
                    if self.names.resolve(name) == Named::Unknown {
                        note(true, name, (SheetKey::Tasks, at, column));
                    }
                }
            }
            for name in t.leaders.iter().filter(|n| unknown(n)) {
                note(false, name, (SheetKey::Tasks, at, task::LEADERS));
            }
        }
        for (at, i) in indicators(plan).enumerate() {
            if let Some(name) = i.1.source_unit.as_deref()
                && self.names.resolve(name) == Named::Unknown
            {
                note(true, name, (SheetKey::Indicators, at, indicator::SOURCE));
            }
        }
        for (at, a) in plan.amendments.iter().enumerate() {
            let here = (SheetKey::Amendments, at, amendment::VALUE);
            match &a.change {
                Change::LeadUnits(_, names) | Change::Responsible(_, names) => {
                    for name in names.iter().filter(|n| self.names.resolve(n) == Named::Unknown) {
                        note(true, name, here);
                    }
                }
                Change::Leaders(_, names) => {
                    for name in names.iter().filter(|n| unknown(n)) {
                        note(false, name, here);
                    }
                }
                _ => {}
            }
        }
        // Without the sheets that hold the names, every name would be unknown for one cause, which has been said.
        let no_units = plan.registry.units.is_empty();
        let no_leaders = plan.registry.leaders.is_empty();
        for (is_unit, name) in order {
            if (is_unit && no_units) || (!is_unit && no_leaders) {
                continue;
            }
            let uses = if is_unit { &units } else { &leaders };
            let Some(&(at, count)) = uses.get(&name) else { continue };
            let near = nearest(&plan.registry, &name, is_unit);
            let code = if is_unit { Code::NameUnknown } else { Code::LeaderUnknown };
            let finding = self.say(code, at, &name);
            finding.args.push(("count", count.to_string()));
            finding.args.push(("near", near));
        }
    }

    /// Names that look like pieces of text.
    fn odd_names(&mut self) {
        let plan = self.plan;
        let mut seen = BTreeSet::new();
        for (at, t) in plan.tasks.iter().enumerate() {
            for (names, column) in [
                (&t.leaders, task::LEADERS),
                (&t.lead_units, task::LEAD_UNITS),
                (&t.responsible, task::RESPONSIBLE),
            ] {
                for name in names.iter().filter(|n| is_odd(n)) {
                    if seen.insert(name.as_str()) {
                        self.say(Code::NameOdd, (SheetKey::Tasks, at, column), name);
                    }
                }
            }
        }
    }

    fn indicators(&mut self) {
        let plan = self.plan;
        for (at, (t, i)) in indicators(plan).enumerate() {
            if let Some(source) = i.source_unit.as_deref()
                && let Named::Unit(unit) = self.names.resolve(source)
                && !leads(plan, self.names, t, &unit.id)
            {
                let here = (SheetKey::Indicators, at, indicator::SOURCE);
                let finding = self.say(Code::SourceNotLead, here, source);
                finding.args.push(("item", i.item.to_string()));
            }
            if let Some((column, found, other)) = contradiction(i) {
                let here = (SheetKey::Indicators, at, column);
                let finding = self.say(Code::IndicatorOdd, here, &found);
                finding.args.push(("item", i.item.to_string()));
                finding.args.push(("other", other));
            }
        }
    }

    fn units(&mut self) {
        let plan = self.plan;
        let mut shorts: BTreeMap<&str, &str> = BTreeMap::new();
        // Successions of the sheet 变更 entered: circles may go through both.
        let successions = plan.with_successions();
        let names = Names::new(&successions);
        for (at, u) in plan.registry.units.iter().enumerate() {
            if let Some(next) = &u.successor {
                let here = (SheetKey::Units, at, unit::SUCCESSOR);
                if self.names.unit(next).is_none() {
                    let near = nearest(&plan.registry, next.as_str(), true);
                    let finding = self.say(Code::NameUnknown, here, next.as_str());
                    finding.args.push(("count", "1".into()));
                    finding.args.push(("near", near));
                }
            }
            if circles(&u.id, |id| names.unit(id).and_then(|u| u.successor.as_ref())) {
                self.say(Code::SuccessionCircle, (SheetKey::Units, at, unit::SUCCESSOR), &u.name);
            }
            // A unit that an adopted alias points away from is no unit of its own any more.
            let merged =
                matches!(self.names.resolve(&u.name), Named::Unit(other) if other.id != u.id);
            if !u.short.is_empty()
                && !merged
                && let Some(first) = shorts.insert(u.short.as_str(), u.name.as_str())
            {
                let here = (SheetKey::Units, at, unit::SHORT);
                let finding = self.say(Code::ShortTwice, here, &u.short);
                finding.args.push(("first", first.to_owned()));
                finding.args.push(("second", u.name.clone()));
            }
        }
    }

    fn aliases(&mut self) {
        let plan = self.plan;
        let mut adopted: BTreeMap<String, &UnitId> = BTreeMap::new();
        for (at, a) in plan.registry.aliases.iter().enumerate() {
            if self.names.unit(&a.unit).is_none() {
                let near = nearest(&plan.registry, a.unit.as_str(), true);
                let finding = self.say(
                    Code::NameUnknown,
                    (SheetKey::Aliases, at, alias::UNIT),
                    a.unit.as_str(),
                );
                finding.args.push(("count", "1".into()));
                finding.args.push(("near", near));
            }
            let here = (SheetKey::Aliases, at, alias::NAME);
            if !a.adopted {
                // An old candidate whose name is a unit's own stays a question; others answer themselves.
                if self.names.unit(&UnitId(normalise_name(&a.name))).is_some() {
                    let finding = self.say(Code::AliasCandidate, here, &a.name);
                    finding.args.push(("unit", a.unit.to_string()));
                    finding.args.push(("reason", a.reason.clone()));
                }
                continue;
            }
            if let Some(first) = adopted.insert(normalise_name(&a.name), &a.unit)
                && *first != a.unit
            {
                let first = first.to_string();
                let finding = self.say(Code::AliasConflict, here, &a.name);
                finding.args.push(("first", first));
                finding.args.push(("second", a.unit.to_string()));
            }
        }
    }

    fn groups(&mut self) {
        let plan = self.plan;
        for (at, g) in plan.registry.groups.iter().enumerate() {
            if self.names.unit(&UnitId(normalise_name(&g.name))).is_some() {
                self.say(Code::NameBoth, (SheetKey::Groups, at, group::NAME), &g.name);
            }
            let here = (SheetKey::Groups, at, group::MEMBERS);
            if g.members.is_empty() {
                let name = normalise_name(&g.name);
                let used = |t: &&Task| {
                    t.lead_units.iter().chain(&t.responsible).any(|n| normalise_name(n) == name)
                };
                let tasks = plan.tasks.iter().filter(used).count();
                if tasks > 0 {
                    let finding = self.say(Code::GroupUnresolved, here, &g.name);
                    finding.args.push(("tasks", tasks.to_string()));
                }
            }
            for member in &g.members {
                if !matches!(self.names.resolve(member.as_str()), Named::Unit(_)) {
                    let near = nearest(&plan.registry, member.as_str(), true);
                    let finding = self.say(Code::NameUnknown, here, member.as_str());
                    finding.args.push(("count", "1".into()));
                    finding.args.push(("near", near));
                }
            }
        }
    }

    fn leaders(&mut self) {
        let plan = self.plan;
        for (at, l) in plan.registry.leaders.iter().enumerate() {
            if l.collective && l.members.is_empty() {
                self.say(
                    Code::CollectiveUnresolved,
                    (SheetKey::Leaders, at, leader::MEMBERS),
                    &l.name,
                );
            }
            let names = l.members.iter().map(|n| (n, leader::MEMBERS));
            for (name, column) in names.chain(l.successor.iter().map(|n| (n, leader::SUCCESSOR))) {
                if plan.registry.leader(name).is_none() {
                    let near = nearest(&plan.registry, name, false);
                    let finding =
                        self.say(Code::LeaderUnknown, (SheetKey::Leaders, at, column), name);
                    finding.args.push(("count", "1".into()));
                    finding.args.push(("near", near));
                }
            }
            let next =
                |name: &String| plan.registry.leader(name).and_then(|l| l.successor.as_ref());
            if circles(&l.name, next) {
                self.say(
                    Code::SuccessionCircle,
                    (SheetKey::Leaders, at, leader::SUCCESSOR),
                    &l.name,
                );
            }
        }
    }

    fn amendments(&mut self) {
        let plan = self.plan;
        for (at, a) in plan.amendments.iter().enumerate() {
            let (which, object, _) = in_words(&a.change, &|_| false);
            let change = words::CHANGES[which][0];
            if plan.year != 0 && a.effective.year() != plan.year {
                let here = (SheetKey::Amendments, at, amendment::EFFECTIVE);
                let finding = self.say(Code::ChangeOutside, here, &a.effective.to_string());
                finding.args.push(("change", change.to_owned()));
                finding.args.push(("year", plan.year.to_string()));
            }
            if let Change::Succession { kind: Succession::Split, old, .. } = &a.change {
                let open = unassigned(plan, old, a.effective);
                if !open.is_empty() {
                    let here = (SheetKey::Amendments, at, amendment::OBJECT);
                    let finding = self.say(Code::SplitOpen, here, &object);
                    finding.args.push(("period", a.effective.to_string()));
                    finding.args.push(("tasks", open.join("、")));
                }
            }
            let order = match &a.change {
                Change::Withdraw(no) => plan
                    .amendments
                    .iter()
                    .any(|b| b.change == Change::Add(*no) && b.effective >= a.effective),
                _ => false,
            };
            if order {
                let here = (SheetKey::Amendments, at, amendment::EFFECTIVE);
                self.say(Code::ChangeOrder, here, &object);
            }
        }
    }
}

/// Indicators with their tasks, in the order of the sheet 指标.
fn indicators(plan: &Plan) -> impl Iterator<Item = (&Task, &Indicator)> {
    plan.tasks.iter().flat_map(|t| t.indicators.iter().map(move |i| (t, i)))
}
