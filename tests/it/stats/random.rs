//! Random plans and returns: small, crowded, and with every oddity that the definitions speak of.

use duban::{
    ledger::{Confirmation, Fact, Filing},
    model::{
        Alias, Amendment, Answer, Change, Comparator, Field, Frequency, Group, Indicator,
        IndicatorKind, ItemNo, Leader, Period, Plan, Registry, Section, Span, Status, Succession,
        Task, TaskNo, Unit, UnitId,
    },
    settings::{LeadRule, Settings},
};
use jiff::{Timestamp, ToSpan, civil::date};
use rust_decimal::Decimal;

/// A reproducible stream of choices (splitmix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).expect("below n")
    }

    /// True in `percent` of 100 cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// The same things in another order.
    pub(super) fn shuffled<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        let mut all = of.to_vec();
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
        all
    }
}

/// Everything one computation takes.
pub(super) struct Case {
    pub plan: Plan,
    pub settings: Settings,
    pub facts: Vec<Fact>,
    pub confirmations: Vec<Confirmation>,
    pub filings: Vec<Filing>,
    pub period: Period,
}

pub(super) fn month(month: usize) -> Period {
    Period::month(2024, i8::try_from(month).expect("a month")).expect("a period")
}

/// A plan of 2024 with its returns up to a month of it.
pub(super) fn case(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    let last = if dice.chance(15) { 12 } else { 1 + dice.below(6) };
    let plan = plan(&mut dice);
    let mut settings = Settings::default();
    if dice.chance(25) {
        settings.rules.lead_rule = LeadRule::First;
    }
    if dice.chance(20) {
        settings.rules.schedule =
            vec![5.0, 10.0, 18.3, 30.0, 45.0, 60.0, 66.0, 72.0, 80.0, 87.0, 94.0, 100.0];
    }
    if dice.chance(20) {
        settings.lights.on_schedule.yellow = -30.0;
        settings.lights.on_schedule.green = -10.0;
        settings.rules.about_tolerance = 2.5;
        settings.weights.group = 0.1;
    }
    if dice.chance(15) {
        let preset = "presets = [\"lights-ratio-80-60\"]\n";
        settings.lights = Settings::parse(preset, "duban.toml").expect("a preset").lights;
    }
    let facts = facts(&mut dice, &plan, last);
    let confirmations = confirmations(&mut dice, &plan, last);
    let filings = filings(&mut dice, &plan, last);
    let period = if dice.chance(60) { longer(&mut dice, last) } else { month(last) };
    if dice.chance(15) {
        // The data may be cut off before the period ends, or after.
        let day = period.last_day().saturating_add((10 - 5 * dice.below(5) as i64).days());
        settings.deadlines.cut_off.insert(period.to_string(), day.to_string());
    }
    Case { plan, settings, facts, confirmations, filings, period }
}

/// A quarter, half-year or year that ends with the month, where one does.
fn longer(dice: &mut Dice, last: usize) -> Period {
    let mut ending = vec![month(last)];
    let n = i8::try_from(last).expect("a month");
    if last.is_multiple_of(3) {
        ending.push(Period::new(2024, Span::Quarter(n / 3)).expect("a quarter"));
    }
    if last.is_multiple_of(6) {
        ending.push(Period::new(2024, Span::Half(n / 6)).expect("a half-year"));
    }
    if last == 12 {
        ending.push(Period::new(2024, Span::Year).expect("a year"));
    }
    *dice.pick(&ending)
}

fn names(dice: &mut Dice, of: &[&str], most: usize) -> Vec<String> {
    let n = dice.below(most + 1);
    let mut all: Vec<String> = Vec::new();
    for _ in 0..n {
        let name = (*dice.pick(of)).to_owned();
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

const UNITS: [&str; 8] =
    ["区甲局", "区乙局", "区丙局", "区丁局", "区戊局", "城关镇", "东关镇", "西关镇"];
const NAMED: [&str; 11] = [
    "区甲局",
    "区乙局",
    "区丙局",
    "区丁局",
    "区戊局",
    "区甲厅",
    "各镇",
    "城关镇",
    "东关镇",
    "查无此局",
    "区新局",
];
const LEADERS: [&str; 6] = ["赵一", "钱二", "孙三", "李四", "班子成员", "生面孔"];

fn registry(dice: &mut Dice) -> Registry {
    let mut registry = Registry::default();
    for (n, name) in UNITS.iter().copied().chain(["区新局"]).enumerate() {
        registry.units.push(Unit {
            id: UnitId(name.to_owned()),
            name: name.to_owned(),
            short: name.to_owned(),
            category: ["部门", "镇街"][usize::from((5..8).contains(&n))].to_owned(),
            from: None,
            until: None,
            successor: None,
        });
    }
    if dice.chance(30) {
        let unit = &mut registry.units[2];
        unit.until = Some(month(1 + dice.below(4)));
        unit.successor = Some(UnitId("区丁局".to_owned()));
    }
    registry.aliases.push(Alias {
        name: "区甲厅".to_owned(),
        unit: UnitId("区甲局".to_owned()),
        adopted: true,
        reason: String::new(),
    });
    let members = ["城关镇", "东关镇", "西关镇"].map(|m| UnitId(m.to_owned()));
    registry.groups.push(Group { name: "各镇".to_owned(), members: members.to_vec() });
    for name in &LEADERS[..5] {
        registry.leaders.push(Leader {
            name: (*name).to_owned(),
            post: String::new(),
            from: None,
            until: None,
            successor: None,
            collective: false,
            members: Vec::new(),
        });
    }
    registry.leaders[4].collective = true;
    registry.leaders[4].members = ["赵一", "钱二"].map(str::to_owned).to_vec();
    if dice.chance(30) {
        registry.leaders[1].until = Some(month(1 + dice.below(4)));
        registry.leaders[1].successor = Some("李四".to_owned());
    }
    registry
}

fn decimal(dice: &mut Dice) -> Decimal {
    let texts =
        ["0", "1", "2", "3", "12", "30", "48", "5.5", "8", "95.5", "120", "3600", "-6", "0.3"];
    dice.pick(&texts).parse().expect("a decimal")
}

fn plan(dice: &mut Dice) -> Plan {
    let mut plan = Plan { year: 2024, registry: registry(dice), ..Plan::default() };
    for no in 1..=3 {
        plan.sections.push(Section {
            no,
            title: format!("板块{no}"),
            short: format!("板块{no}"),
            subsections: Vec::new(),
        });
    }
    let n = if dice.chance(5) { 0 } else { 2 + dice.below(6) };
    let mut no = 0;
    for _ in 0..n {
        no += 1 + u32::from(dice.chance(10));
        let task = task(dice, no);
        plan.tasks.push(task);
    }
    for _ in 0..dice.below(4) {
        amend(dice, &mut plan);
    }
    plan
}

fn task(dice: &mut Dice, no: u32) -> Task {
    let mut lead_units = names(dice, &NAMED, 3);
    if lead_units.is_empty() && dice.chance(80) {
        lead_units.push("区甲局".to_owned());
    }
    let mut task = Task {
        no: TaskNo(no),
        section: 1 + u32::try_from(dice.below(3)).expect("small"),
        subsection: None,
        text: format!("任务{no}"),
        short: format!("任务{no}"),
        leaders: names(dice, &LEADERS, 3),
        lead_units,
        responsible: names(dice, &NAMED, 3),
        due: date(2024, 12, 31),
        indicators: Vec::new(),
        from: dice.chance(8).then(|| month(2)),
        until: dice.chance(8).then(|| month(3)),
    };
    if dice.chance(20) {
        task.due = date(2024, i8::try_from(1 + dice.below(6)).expect("month"), 28);
    }
    let k = [0, 0, 1, 1, 2, 3][dice.below(6)];
    for index in 1..=k {
        let indicator = indicator(dice, TaskNo(no), index, &task.lead_units);
        task.indicators.push(indicator);
    }
    task
}

fn indicator(dice: &mut Dice, task: TaskNo, index: u32, leads: &[String]) -> Indicator {
    let kind = *dice.pick(&[
        IndicatorKind::Cumulative,
        IndicatorKind::Cumulative,
        IndicatorKind::Growth,
        IndicatorKind::Level,
        IndicatorKind::Level,
        IndicatorKind::Ceiling,
    ]);
    let comparator = match kind {
        IndicatorKind::Ceiling => Comparator::AtMost,
        _ => *dice.pick(&[Comparator::AtLeast, Comparator::Equal, Comparator::About]),
    };
    Indicator {
        item: ItemNo { task, index },
        name: format!("指标{index}"),
        comparator,
        target: decimal(dice),
        unit: (*dice.pick(&["%", "个", "万元", "家"])).to_owned(),
        kind,
        base: dice.chance(30).then(|| decimal(dice)),
        source_unit: (dice.chance(30) && !leads.is_empty()).then(|| dice.pick(leads).clone()),
        frequency: *dice.pick(&[
            Frequency::Monthly,
            Frequency::Monthly,
            Frequency::Quarterly,
            Frequency::HalfYearly,
            Frequency::Yearly,
        ]),
        schedule: dice.chance(10).then(|| {
            std::array::from_fn(|m| Decimal::from(if m < 5 { 0 } else { 10 * (m - 4) + 30 }))
        }),
        quote: String::new(),
        adopted: dice.chance(92),
        doubt: None,
    }
}

fn amend(dice: &mut Dice, plan: &mut Plan) {
    if plan.tasks.is_empty() {
        return;
    }
    let task = plan.tasks[dice.below(plan.tasks.len())].clone();
    let no = task.no;
    let unit = |name: &str| UnitId(name.to_owned());
    let change = match dice.below(8) {
        0 => Change::Withdraw(no),
        1 => Change::Add(no),
        2 => match task.indicators.first() {
            Some(i) => Change::Target(i.item, decimal(dice)),
            None => return,
        },
        3 => {
            let mut leads = names(dice, &NAMED, 2);
            leads.push("区乙局".to_owned());
            leads.dedup();
            Change::LeadUnits(no, leads)
        }
        4 => Change::Responsible(no, names(dice, &NAMED, 3)),
        5 => Change::Leaders(no, names(dice, &LEADERS, 2)),
        6 => Change::Due(no, date(2024, 3, 15)),
        _ => Change::Succession {
            kind: *dice.pick(&[Succession::Merge, Succession::Rename, Succession::Split]),
            old: vec![unit("区戊局")],
            new: vec![unit("区新局")],
        },
    };
    plan.amendments.push(Amendment {
        effective: month(1 + dice.below(5)),
        change,
        reason: "测试".to_owned(),
    });
}

fn received(dice: &mut Dice, period: Period) -> Timestamp {
    let day = period.last_day().saturating_add(i64::try_from(dice.below(9)).expect("days").days());
    day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a time").timestamp()
}

/// A figure that likes to stand exactly on a bound.
fn figure(dice: &mut Dice, i: &Indicator, m: usize) -> Decimal {
    let month = Decimal::from(m);
    let twelve = Decimal::from(12);
    match dice.below(9) {
        0 => i.target,
        1 => i.target * month / twelve,
        2 => i.target * month / twelve + Decimal::from(1),
        3 => i.target * Decimal::new(95, 2),
        4 => i.target * Decimal::new(105, 2),
        5 => Decimal::ZERO,
        6 => i.target - Decimal::new(1, 1),
        7 => i.target + Decimal::from(6),
        _ => decimal(dice),
    }
    .round_dp(6)
    .normalize()
}

fn facts(dice: &mut Dice, plan: &Plan, last: usize) -> Vec<Fact> {
    let mut all: Vec<Fact> = Vec::new();
    let zealous = 30 + dice.below(60);
    for m in 1..=last {
        for unit in UNITS.iter().copied().chain(["区新局"]) {
            if !dice.chance(zealous) {
                continue;
            }
            let period = month(m);
            let received_at = received(dice, period);
            for task in &plan.tasks {
                let mut add = |item: ItemNo, field: Field, answer: Answer| {
                    let unit = UnitId(unit.to_owned());
                    all.push(Fact { unit, item, field, answer, period, received_at });
                };
                let whole = ItemNo::whole(task.no);
                for i in &task.indicators {
                    if dice.chance(8) {
                        add(i.item, Field::Cumulative, Answer::NotOut);
                    } else if dice.chance(70) {
                        add(i.item, Field::Cumulative, Answer::Number(figure(dice, i, m)));
                    }
                }
                if dice.chance(50) {
                    let percent = Decimal::from(dice.below(11) * 10);
                    let answer =
                        if dice.chance(5) { Answer::NotOut } else { Answer::Number(percent) };
                    add(whole, Field::Progress, answer);
                }
                if dice.chance(70) {
                    let item = task.indicators.first().map_or(whole, |i| i.item);
                    let item = if dice.chance(50) { item } else { whole };
                    add(item, Field::Status, Answer::Status(*dice.pick(&Status::ALL)));
                }
                if dice.chance(40) {
                    add(whole, Field::Narrative, Answer::Text("有进展".to_owned()));
                }
            }
        }
    }
    all
}

fn confirmations(dice: &mut Dice, plan: &Plan, last: usize) -> Vec<Confirmation> {
    let mut all = Vec::new();
    for task in &plan.tasks {
        for _ in 0..2 {
            if dice.chance(25) {
                let period = month(1 + dice.below(last));
                all.push(Confirmation {
                    task: task.no,
                    period,
                    rejected: dice.chance(60),
                    at: received(dice, period)
                        + jiff::SignedDuration::from_mins(
                            i64::try_from(dice.below(600)).expect("minutes"),
                        ),
                });
            }
        }
    }
    all
}

fn filings(dice: &mut Dice, plan: &Plan, last: usize) -> Vec<Filing> {
    let mut all = Vec::new();
    for m in 1..=last {
        for unit in &plan.registry.units {
            if dice.chance(20) {
                continue;
            }
            let received = dice.chance(75);
            let required = dice.below(9) as u64;
            all.push(Filing {
                unit: unit.id.clone(),
                period: month(m),
                owed: dice.chance(90),
                received,
                on_time: received && dice.chance(70),
                estimated: dice.chance(20),
                required: if received { required } else { 0 },
                answered: if received { dice.below(9) as u64 % (required + 1) } else { 0 },
                first_clean: received && dice.chance(60),
                later: dice.below(3) as u64,
            });
        }
    }
    all
}
