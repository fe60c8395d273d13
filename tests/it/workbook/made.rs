//! Reports made by hand: the sample plan (or plans of any size), with invented progress that is the same every time.

use std::{collections::BTreeMap, fs};

use duban::{
    ledger::{Fact, Filing},
    model::{
        Answer, Comparator, Field, Frequency, Indicator, IndicatorKind, ItemNo, Period, Plan, Role,
        Section, Status, Task, TaskNo, UnitId, assignments, report_items,
    },
    plan::{apply_registry, build_registry},
    settings::Settings,
    stats::{self, State, UnitState},
    workbook::{Report, Source, Texts, Versions},
};
use jiff::{Timestamp, civil::date};
use rust_decimal::Decimal;

/// Pseudo-random numbers, the same every time.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn roll(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// The sample plan with its registry.
pub(crate) fn sample_plan() -> Plan {
    let text = fs::read_to_string("samples/plan.md").expect("samples/plan.md");
    let table = fs::read_to_string("samples/tasks.tsv").expect("samples/tasks.tsv");
    let registry = fs::read_to_string("samples/registry.toml").expect("samples/registry.toml");
    let mut plan = Plan {
        title: "青禾区2024年政府重点工作责任分工方案".to_owned(),
        doc_no: "青禾政发〔2024〕3号".to_owned(),
        year: 2024,
        ..Plan::default()
    };
    for line in text.lines().filter(|l| l.starts_with('#')) {
        let heading: String = line.chars().filter(|c| !"#* ".contains(*c)).collect();
        if let Some((no, title)) = heading.split_once('、')
            && !no.is_empty()
            && no.chars().all(|c| "一二三四五六七八九十".contains(c))
        {
            let title: String = title.split_whitespace().collect();
            let short = title.rsplit('，').next().unwrap_or(&title);
            let short: String = short.trim_start_matches("在").chars().take(8).collect();
            let no = u32::try_from(plan.sections.len() + 1).expect("few");
            plan.sections.push(Section { no, title, short, subsections: vec![] });
        }
    }
    let texts: BTreeMap<u32, String> = text
        .lines()
        .filter_map(|l| {
            let (no, rest) = l.trim_start_matches('#').trim().split_once('.')?;
            let rest = rest.split(['〔', '[', '【']).next()?.trim();
            Some((no.trim().parse().ok()?, rest.to_owned()))
        })
        .collect();
    for line in table.lines().skip(1) {
        plan.tasks.push(sample_task(line, &texts));
    }
    build_registry(&mut plan);
    apply_registry(&mut plan, &registry, "registry.toml").expect("registry");
    plan
}

fn sample_task(line: &str, texts: &BTreeMap<u32, String>) -> Task {
    let cells: Vec<&str> = line.split('\t').collect();
    let list = |text: &str, by: char| -> Vec<String> {
        text.split(by).filter(|t| !t.is_empty()).map(str::to_owned).collect()
    };
    let no: u32 = cells[0].parse().expect("a number");
    let text = texts.get(&no).cloned().unwrap_or_else(|| format!("第{no}项工作"));
    let short: String = text.split(['，', '。']).next().unwrap_or("").chars().take(20).collect();
    let indicators = list(cells.get(6).unwrap_or(&""), '；')
        .iter()
        .zip(1..)
        .map(|(figure, index)| {
            let parts: Vec<&str> = figure.split('|').collect();
            Indicator {
                item: ItemNo { task: TaskNo(no), index },
                name: parts[0].to_owned(),
                comparator: match parts[1] {
                    ">=" => Comparator::AtLeast,
                    "<=" => Comparator::AtMost,
                    "~" => Comparator::About,
                    _ => Comparator::Equal,
                },
                target: parts[2].parse().expect("a target"),
                unit: parts[3].to_owned(),
                kind: match parts[4] {
                    "growth" => IndicatorKind::Growth,
                    "level" => IndicatorKind::Level,
                    "ceiling" => IndicatorKind::Ceiling,
                    _ => IndicatorKind::Cumulative,
                },
                base: None,
                source_unit: None,
                frequency: Frequency::Monthly,
                schedule: None,
                quote: String::new(),
                adopted: true,
                doubt: None,
            }
        })
        .collect();
    Task {
        no: TaskNo(no),
        section: cells[1].parse().expect("a section"),
        subsection: cells[2].parse().ok(),
        text,
        short,
        leaders: list(cells[3], '、'),
        lead_units: list(cells[4], '；'),
        responsible: list(cells[5], '；'),
        due: if no.is_multiple_of(40) { date(2024, 2, 29) } else { date(2024, 12, 31) },
        indicators,
        from: None,
        until: None,
    }
}

/// What is invented for a report.
pub(crate) struct Invented {
    /// Periods before this one in which units reported.
    pub(crate) months_before: u32,
    /// Whether anybody reports at all.
    pub(crate) returns: bool,
    /// Seed.
    pub(crate) seed: u64,
}

/// A report on `plan` for a month with invented progress.
pub(crate) fn report(plan: &Plan, period: &str, invented: &Invented) -> Report {
    let period: Period = period.parse().expect("a period");
    let settings = Settings::default();
    let mut dice = Dice(invented.seed);
    let mut facts = Vec::new();
    let mut filings = Vec::new();
    let mut states = Vec::new();
    let mut texts = BTreeMap::new();
    let mut sources = Vec::new();
    let mut months = vec![period];
    for _ in 0..invented.months_before {
        months.insert(0, months[0].previous());
    }
    for month in months {
        let now = month == period;
        let in_force = plan.in_force(month);
        let all = assignments(&in_force, month);
        for unit in &plan.registry.units {
            let mine: Vec<_> = all.iter().filter(|a| a.unit == unit.id).collect();
            if mine.is_empty() {
                continue;
            }
            let luck = if invented.returns { dice.roll(100) } else { 0 };
            let (received, late) = (luck >= 6, (6..18).contains(&luck));
            let at: Timestamp = if late { "2024-04-08T02:00:00Z" } else { "2024-04-03T02:30:00Z" }
                .parse()
                .expect("a time");
            let required = mine.len() as u64 * 2;
            filings.push(Filing {
                unit: unit.id.clone(),
                period: month,
                owed: true,
                received,
                on_time: received && !late,
                estimated: received && dice.roll(10) == 0,
                required: if received { required } else { 0 },
                answered: if received { required - dice.roll(2) } else { 0 },
                first_clean: received && dice.roll(4) > 0,
                later: u64::from(received && dice.roll(5) == 0),
            });
            if now {
                states.push(UnitState {
                    unit: unit.id.clone(),
                    state: match (received, late) {
                        (false, _) => State::Missing,
                        (true, true) => State::Late,
                        (true, false) => State::OnTime,
                    },
                    received_at: received.then_some(at),
                    days_late: received.then_some(if late { 3 } else { 0 }),
                    errors: dice.roll(2),
                    warnings: dice.roll(4),
                    due: settings.due(month),
                    exempt: None,
                    extended: None,
                });
            }
            if !received {
                continue;
            }
            for a in mine.iter().filter(|a| a.role == Role::Lead) {
                let Some(task) = in_force.task(a.task) else { continue };
                if dice.roll(25) == 0 {
                    continue;
                }
                let mut told = Told { dice: &mut dice, month, at };
                let said = told.task(task, &unit.id, &in_force, &mut facts);
                if now {
                    for fact in facts.iter().rev().take(said) {
                        sources.push(source(fact, &unit.name, sources.len()));
                    }
                    texts.insert((task.no, unit.id.clone()), told.texts());
                }
            }
        }
    }
    let counted = stats::compute(&stats::Input {
        plan,
        period,
        settings: &settings,
        facts: &facts,
        confirmations: &[],
        filings: &filings,
    })
    .expect("statistics");
    filings.retain(|f| f.period == period);
    Report {
        plan: plan.in_force(period),
        withdrawn: plan.withdrawn(period),
        settings,
        period,
        as_of: "2024-04-08T02:00:00Z".parse().ok(),
        simulated: true,
        versions: Versions {
            plan: "0123456789ab".to_owned(),
            ledger: "ba9876543210".to_owned(),
            program: "0.1.0".to_owned(),
        },
        stats: counted,
        states,
        filings,
        texts,
        sources,
    }
}

struct Told<'a> {
    dice: &'a mut Dice,
    month: Period,
    at: Timestamp,
}

impl Told<'_> {
    /// What a lead unit reports of a task; gives the number of facts.
    fn task(&mut self, task: &Task, unit: &UnitId, plan: &Plan, facts: &mut Vec<Fact>) -> usize {
        let elapsed = i64::from(self.month.last_month());
        let before = facts.len();
        let pace = [3, 6, 8, 9, 10, 11, 12, 14, 18][usize::try_from(self.dice.roll(9)).expect("9")];
        let mut put = |item: ItemNo, field: Field, answer: Answer| {
            facts.push(Fact {
                unit: unit.clone(),
                item,
                field,
                answer,
                period: self.month,
                received_at: self.at,
            });
        };
        let items = report_items(task, unit, &plan.registry, self.month);
        let finished = task.no.0.is_multiple_of(23);
        for row in &items {
            if let Some(indicator) = row.indicator {
                let target = indicator.target;
                let share = Decimal::from(pace * elapsed) / Decimal::from(120);
                let value = match indicator.kind {
                    IndicatorKind::Cumulative => (target * share).round_dp(1),
                    _ => target * Decimal::from(90 + pace) / Decimal::from(100),
                };
                let value = if finished { target } else { value };
                if self.dice.roll(15) > 0 {
                    put(row.item, Field::Cumulative, Answer::Number(value.normalize()));
                }
            } else {
                let done = Decimal::from((pace * elapsed * 100 / 120).min(99));
                put(
                    row.item,
                    Field::Progress,
                    Answer::Number(if finished { 100.into() } else { done }),
                );
            }
            if row.first {
                let status = match (finished, pace) {
                    (true, _) => Status::Done,
                    (_, 3) if task.no.0.is_multiple_of(3) => Status::NotStarted,
                    (_, 3 | 6) => Status::Lagging,
                    _ => Status::InProgress,
                };
                put(row.item, Field::Status, Answer::Status(status));
            }
        }
        facts.len() - before
    }

    fn texts(&mut self) -> Texts {
        let mut pick = |texts: &[&str]| {
            let at = usize::try_from(self.dice.roll(texts.len() as u64)).expect("few");
            Some(texts[at].to_owned()).filter(|t| !t.is_empty())
        };
        Texts {
            narrative: pick(&[
                "按计划推进，一季度节点已完成。",
                "已召开专题会议，明确责任分工，制定实施方案并印发各镇街；目前完成前期摸底，正在组织项目单位办理手续。",
                "提前完成一季度任务",
            ]),
            problems: pick(&[
                "",
                "资金缺口约600万元",
                "施工招标流标1次，需重新组织；拆迁协议尚有3户未签。",
            ]),
            coordination: pick(&["", "", "请区财政局落实首期资金", "请4月15日前明确用地指标"]),
            next_steps: pick(&["下月完成招标。", "加快手续办理，力争二季度开工。", ""]),
        }
    }
}

fn source(fact: &Fact, unit: &str, at: usize) -> Source {
    let value = fact.answer.stored();
    Source {
        unit: fact.unit.clone(),
        item: fact.item,
        field: fact.field,
        raw: value.clone(),
        value,
        file: format!("returns/{}/{unit}_{}.xlsx", fact.period, fact.period),
        sheet: "填报表".to_owned(),
        cell: format!("K{}", 5 + at % 40),
        received_at: fact.received_at,
        period: fact.period,
    }
}
