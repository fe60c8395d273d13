//! From a plan as entered to plain vectors, period by period, without `Plan::in_force` or `assignments`.

use duban::model::{
    Answer, Change, Comparator, Field, Frequency, Indicator, Period, Plan, Span, Succession, Task,
};
use jiff::civil::Date;

use super::{
    random::Case,
    scene::{
        Adjusted, Fact, Figure, Filing, Item, Part, Q, Rules, Scene, Value, Word, dec, frac, q,
    },
};

/// Months since the year 0.
pub(super) fn number(period: Period) -> i64 {
    i64::from(period.year()) * 12 + i64::from(period.last_month())
}

/// A unit's end and heir, with successions entered.
struct Ending {
    id: String,
    until: Option<i64>,
    heir: Option<String>,
}

fn endings(plan: &Plan) -> Vec<Ending> {
    let mut all: Vec<Ending> = plan
        .registry
        .units
        .iter()
        .map(|u| Ending {
            id: u.id.0.clone(),
            until: u.until.map(number),
            heir: u.successor.as_ref().map(|s| s.0.clone()),
        })
        .collect();
    let mut amendments: Vec<_> = plan.amendments.iter().collect();
    amendments.sort_by_key(|a| number(a.effective));
    for amendment in amendments {
        if let Change::Succession { kind, old, new } = &amendment.change {
            for ending in all.iter_mut().filter(|e| old.iter().any(|o| o.0 == e.id)) {
                if !new.iter().any(|n| n.0 == ending.id) {
                    ending.until = Some(number(amendment.effective) - 1);
                    ending.heir = match kind {
                        Succession::Split => None,
                        _ => new.first().map(|n| n.0.clone()),
                    };
                }
            }
        }
    }
    all
}

/// The plan's names, in one period.
struct Names<'a> {
    plan: &'a Plan,
    endings: Vec<Ending>,
    now: i64,
}

impl Names<'_> {
    fn today(&self, id: &str) -> String {
        let mut id = id.to_owned();
        for _ in 0..20 {
            let ending = self.endings.iter().find(|e| e.id == id);
            match ending {
                Some(Ending { until: Some(until), heir: Some(heir), .. }) if *until < self.now => {
                    id.clone_from(heir);
                }
                _ => return id,
            }
        }
        id
    }

    fn unit(&self, name: &str) -> Option<String> {
        let registry = &self.plan.registry;
        let aliased = registry.aliases.iter().find(|a| a.adopted && a.name == name);
        let id = aliased.map_or(name, |a| a.unit.0.as_str());
        registry.units.iter().any(|u| u.id.0 == id).then(|| self.today(id))
    }

    fn units(&self, names: &[String]) -> Vec<String> {
        let mut all = Vec::new();
        for name in names {
            if let Some(unit) = self.unit(name)
                && !all.contains(&unit)
            {
                all.push(unit);
            }
        }
        all
    }

    fn members(&self, names: &[String]) -> Vec<String> {
        let mut all = Vec::new();
        for name in names {
            for group in self.plan.registry.groups.iter().filter(|g| g.name == *name) {
                all.extend(group.members.iter().map(|m| self.today(&m.0)));
            }
        }
        all
    }

    fn leaders(&self, names: &[String]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in names {
            let mut name = name.clone();
            for leader in self.plan.registry.leaders.iter().filter(|l| l.name == name.clone()) {
                if leader.until.is_some_and(|until| number(until) < self.now)
                    && let Some(next) = &leader.successor
                {
                    name.clone_from(next);
                    break;
                }
            }
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    /// Ended units of which `unit` is the heir.
    fn ended(&self, unit: &str) -> Vec<String> {
        let all = self.plan.registry.units.iter().map(|u| u.id.0.clone());
        all.filter(|id| id != unit && self.today(id) == unit).collect()
    }

    /// Whose facts pass over to `unit` in a task whose lead units changed so.
    fn follows(&self, unit: &str, changes: &[(i64, Vec<String>)]) -> Vec<(String, i64, bool)> {
        let mut all: Vec<(String, i64, bool)> = Vec::new();
        let mut add = |name: &str, last: i64, whole: bool| {
            if name != unit && !all.iter().any(|(n, _, _)| n == name) {
                all.push((name.to_owned(), last, whole));
            }
        };
        for ended in self.ended(unit) {
            add(&ended, i64::MAX, true);
        }
        let mut heirs = vec![(unit.to_owned(), true)];
        for k in (1..changes.len()).rev() {
            let (before, after) = (self.units(&changes[k - 1].1), self.units(&changes[k].1));
            let gone: Vec<&String> = before.iter().filter(|u| !after.contains(u)).collect();
            let came: Vec<&String> = after.iter().filter(|u| !before.contains(u)).collect();
            for (heir, whole) in heirs.clone() {
                if !after.contains(&heir) {
                    continue;
                }
                let mut order: Vec<(&String, bool)> = Vec::new();
                let place = came.iter().position(|c| **c == heir).filter(|j| *j < gone.len());
                order.extend(place.map(|j| (gone[j], whole)));
                order.extend(
                    gone.iter()
                        .enumerate()
                        .filter(|(j, _)| Some(*j) != place)
                        .map(|(_, g)| (*g, false)),
                );
                for (old, whole) in order {
                    add(old, changes[k].0 - 1, whole);
                    for ended in self.ended(old) {
                        add(&ended, changes[k].0 - 1, whole);
                    }
                    if !heirs.iter().any(|(h, _)| h == old) {
                        heirs.push((old.clone(), whole));
                    }
                }
            }
        }
        all
    }
}

/// A task as amended up to the period, with the history of its lead units.
struct Amended {
    task: Task,
    changes: Vec<(i64, Vec<String>)>,
    from: Option<i64>,
    until: Option<i64>,
}

fn amended(plan: &Plan, task: &Task, now: i64) -> Amended {
    let mut task = task.clone();
    let mut changes = vec![(0, task.lead_units.clone())];
    let (mut from, mut until) = (task.from.map(number), task.until.map(number));
    let mut amendments: Vec<_> = plan.amendments.iter().collect();
    amendments.sort_by_key(|a| number(a.effective));
    for amendment in &amendments {
        if let Change::Withdraw(no) = &amendment.change
            && *no == task.no
        {
            until = Some(number(amendment.effective) - 1);
        }
    }
    for amendment in amendments {
        let at = number(amendment.effective);
        match &amendment.change {
            Change::Add(no) if *no == task.no => from = Some(at),
            _ if at > now || until.is_some_and(|until| until < at) => {}
            Change::Target(item, target) => {
                for i in task.indicators.iter_mut().filter(|i| i.item == *item) {
                    i.target = *target;
                }
            }
            Change::LeadUnits(no, names) if *no == task.no => {
                task.lead_units.clone_from(names);
                changes.push((at, names.clone()));
            }
            Change::Responsible(no, names) if *no == task.no => task.responsible.clone_from(names),
            Change::Leaders(no, names) if *no == task.no => task.leaders.clone_from(names),
            Change::Due(no, due) if *no == task.no => task.due = *due,
            _ => {}
        }
    }
    Amended { task, changes, from, until }
}

/// Percent of the year's target due at the end of month `m`.
fn schedule(case: &Case, indicator: Option<&Indicator>, m: usize) -> Q {
    if let Some(i) = indicator {
        if let Some(curve) = &i.schedule {
            return dec(&curve[m - 1].to_string());
        }
        let pieces = ["个", "家"].contains(&i.unit.as_str());
        let small = dec(&i.target.to_string()) <= q(2);
        if i.kind.key() == "cumulative" && pieces && small {
            return q(if m == 12 { 100 } else { 0 });
        }
    }
    match case.settings.rules.schedule.get(m - 1) {
        Some(percent) => dec(&percent.to_string()),
        None => frac(100 * m as i64, 12),
    }
}

/// The data cut-off date of a period: what the office set, else its last day.
fn cut_off(case: &Case, period: Period) -> Date {
    let set = case.settings.deadlines.cut_off.get(&period.to_string());
    set.map_or_else(|| period.last_day(), |d| d.parse().expect("a date"))
}

/// Whether a filing counts for a period: its own, or one of the months of a longer one.
fn files_for(filed: Period, period: Period) -> bool {
    let month = matches!(filed.span(), Span::Month(_));
    let longer = !matches!(period.span(), Span::Month(_) | Span::Week(_));
    filed == period
        || (month
            && longer
            && number(filed) <= number(period)
            && filed.first_day() >= period.first_day())
}

/// The scene of one period of a random case: a month, or a longer one as at its end.
pub(super) fn scene(case: &Case, period: Period) -> Scene {
    let now = number(period);
    let m = usize::try_from(period.last_month()).expect("a month");
    let plan = &case.plan;
    let names = Names { plan, endings: endings(plan), now };
    let mut scene = Scene {
        sections: plan.sections.iter().map(|s| s.no).collect(),
        units: plan.registry.units.iter().map(|u| (u.id.0.clone(), u.category.clone())).collect(),
        leaders: plan
            .registry
            .leaders
            .iter()
            .map(|l| (l.name.clone(), l.collective.then(|| names.leaders(&l.members))))
            .collect(),
        rules: rules(case),
        ..Scene::default()
    };
    for task in &plan.tasks {
        let Amended { task, changes, from, until } = amended(plan, task, now);
        if until.is_some_and(|until| until < now) {
            scene.adjusted.push(Adjusted {
                no: task.no.0,
                section: task.section,
                leaders: names.leaders(&task.leaders),
                leads: names.units(&task.lead_units),
            });
            continue;
        }
        if from.is_some_and(|from| from > now) {
            continue;
        }
        let leads = names.units(&task.lead_units);
        let source = |i: &Indicator| {
            let named = i.source_unit.as_deref().and_then(|n| names.unit(n));
            named.filter(|n| leads.contains(n)).or_else(|| leads.first().cloned())
        };
        let parts = leads.iter().map(|unit| {
            let own: Vec<&Indicator> = task
                .indicators
                .iter()
                .filter(|i| i.adopted && source(i).as_ref() == Some(unit))
                .collect();
            let mut items: Vec<Item> = own
                .iter()
                .map(|i| Item {
                    item: i.item.to_string(),
                    figure: Some(one_figure(i, m)),
                    t: schedule(case, Some(i), m),
                })
                .collect();
            if items.is_empty() {
                let t = schedule(case, None, m);
                items.push(Item { item: task.no.to_string(), figure: None, t });
            }
            Part { unit: unit.clone(), items, follows: names.follows(unit, &changes) }
        });
        let parts: Vec<Part> = parts.collect();
        let mut named = names.units(&task.responsible);
        named.retain(|u| !leads.contains(u));
        let mut group = names.members(&task.lead_units);
        group.extend(names.members(&task.responsible));
        group.retain(|u| !leads.contains(u) && !named.contains(u));
        scene.tasks.push(super::scene::Task {
            no: task.no.0,
            section: task.section,
            leaders: names.leaders(&task.leaders),
            overdue: cut_off(case, period) > task.due,
            parts,
            named,
            group,
        });
    }
    scene.facts =
        case.facts.iter().filter(|f| number(f.period) <= now).map(|f| fact(f, now)).collect();
    scene.words = case
        .confirmations
        .iter()
        .filter(|c| number(c.period) <= now)
        .map(|c| Word {
            task: c.task.0,
            when: number(c.period),
            rejected: c.rejected,
            at: c.at.as_second(),
        })
        .collect();
    scene.filings = case
        .filings
        .iter()
        .filter(|f| files_for(f.period, period))
        .map(|f| Filing {
            unit: f.unit.0.clone(),
            owed: f.owed,
            received: f.received,
            on_time: f.on_time,
            clean: f.first_clean,
            required: f.required,
            answered: f.answered,
            later: f.later,
        })
        .collect();
    scene
}

fn one_figure(i: &Indicator, m: usize) -> Figure {
    let first = match i.frequency {
        Frequency::Monthly => 1,
        Frequency::Quarterly => 3,
        Frequency::HalfYearly => 6,
        Frequency::Yearly => 12,
    };
    let sign = match i.comparator {
        Comparator::AtLeast => ">=",
        Comparator::Equal => "=",
        Comparator::AtMost => "<=",
        Comparator::About => "~",
    };
    Figure {
        kind: i.kind.key().to_owned(),
        sign: sign.to_owned(),
        target: dec(&i.target.to_string()),
        percent: i.unit == "%",
        base: i.base.map(|b| dec(&b.to_string())),
        due: m >= first,
    }
}

fn fact(f: &duban::ledger::Fact, now: i64) -> Fact {
    let value = match &f.answer {
        Answer::Number(n) => Value::Number(dec(&n.to_string())),
        Answer::NotOut => Value::NotOut,
        Answer::Status(s) => Value::Word(s.word().to_owned()),
        Answer::Text(t) => Value::Word(t.clone()),
    };
    let field = match f.field {
        Field::Cumulative => "cumulative",
        Field::Progress => "progress",
        Field::Status => "status",
        _ => "narrative",
    };
    Fact {
        unit: f.unit.0.clone(),
        task: f.item.task.0,
        item: f.item.to_string(),
        field: field.to_owned(),
        value,
        when: number(f.period),
        current: number(f.period) == now,
        received: f.received_at.as_second(),
    }
}

fn rules(case: &Case) -> Rules {
    let s = &case.settings;
    let typed = |v: f64| dec(&v.to_string());
    let band = |b: duban::settings::Band| (typed(b.green), typed(b.yellow));
    Rules {
        first: s.rules.lead_rule == duban::settings::LeadRule::First,
        tolerance: typed(s.rules.about_tolerance) / q(100),
        ahead: [s.rules.ahead_on_schedule, s.rules.ahead_growth, s.rules.ahead_level].map(typed),
        bands: [band(s.lights.on_schedule), band(s.lights.growth), band(s.lights.level)],
        ratio: s.lights.measure == duban::settings::Measure::Ratio,
        weights: [s.weights.lead, s.weights.named, s.weights.group].map(typed),
        min_due: u64::from(s.ranking.min_due),
        min_units: s.ranking.min_units as usize,
    }
}
