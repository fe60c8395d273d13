//! Figures of published reports, and the places where a float would have gone wrong.

use duban::{
    ledger::Fact,
    model::{
        Answer, Comparator, Field, Indicator, IndicatorKind, ItemNo, Leader, Period, Plan,
        Registry, Section, Status, Task, TaskNo, Unit, UnitId,
    },
    settings::Settings,
    stats::{Class, Input, ItemStat, Light, PeriodStats, Rounding, TaskStat, compute, shares},
};
use jiff::civil::date;

fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

/// One task of one unit, with one indicator or none.
fn plan(indicator: Option<Indicator>) -> Plan {
    let unit = Unit {
        id: UnitId("区统计局".into()),
        name: "区统计局".into(),
        short: "统计局".into(),
        category: "部门".into(),
        from: None,
        until: None,
        successor: None,
    };
    let leader = Leader {
        name: "赵一".into(),
        post: String::new(),
        from: None,
        until: None,
        successor: None,
        collective: false,
        members: Vec::new(),
    };
    Plan {
        year: 2024,
        sections: vec![Section {
            no: 1,
            title: "经济".into(),
            short: "经济".into(),
            subsections: Vec::new(),
        }],
        tasks: vec![Task {
            no: TaskNo(1),
            section: 1,
            subsection: None,
            text: String::new(),
            short: String::new(),
            leaders: vec!["赵一".into()],
            lead_units: vec!["区统计局".into()],
            responsible: Vec::new(),
            due: date(2024, 12, 31),
            indicators: indicator.into_iter().collect(),
            from: None,
            until: None,
        }],
        registry: Registry { units: vec![unit], leaders: vec![leader], ..Registry::default() },
        ..Plan::default()
    }
}

fn indicator(kind: IndicatorKind, sign: Comparator, target: &str, unit: &str) -> Indicator {
    Indicator {
        item: ItemNo { task: TaskNo(1), index: 1 },
        name: "指标".into(),
        comparator: sign,
        target: target.parse().expect("a number"),
        unit: unit.into(),
        kind,
        base: None,
        source_unit: None,
        frequency: duban::model::Frequency::Monthly,
        schedule: None,
        quote: String::new(),
        adopted: true,
        doubt: None,
    }
}

fn fact(field: Field, answer: Answer, at: &str, index: u32) -> Fact {
    Fact {
        unit: UnitId("区统计局".into()),
        item: ItemNo { task: TaskNo(1), index },
        field,
        answer,
        period: period(at),
        received_at: "2024-12-31T00:00:00Z".parse().expect("a time"),
    }
}

fn stats(plan: &Plan, facts: &[Fact], at: &str) -> PeriodStats {
    compute(&Input {
        plan,
        period: period(at),
        settings: &Settings::default(),
        facts,
        confirmations: &[],
        filings: &[],
    })
    .expect("statistics")
}

/// The task and its item after one figure in one month.
fn judged(indicator: Indicator, figure: &str, at: &str) -> (TaskStat, ItemStat) {
    let number = Answer::Number(figure.parse().expect("a number"));
    let month = if at.contains('Q') { "2024-03" } else { at };
    let facts = [fact(Field::Cumulative, number, month, 1)];
    let task = stats(&plan(Some(indicator)), &facts, at).now.tasks.remove(0);
    let item = task.parts[0].items[0].clone();
    (task, item)
}

fn near(value: Option<f64>, wanted: f64) -> bool {
    value.is_some_and(|v| (v - wanted).abs() < 1e-9)
}

#[test]
fn eleven_twelfths_is_on_schedule_and_a_hair_less_is_not() {
    let of = |figure: &str| {
        judged(
            indicator(IndicatorKind::Cumulative, Comparator::AtLeast, "1200", "万元"),
            figure,
            "2024-11",
        )
    };
    // 91.666… % is printed as 91.7 %, but 91.66 % is behind and 1100/1200 is not.
    let (task, item) = of("1100");
    assert_eq!((task.class, task.light, task.gap), (Class::OnTrack, Light::Green, Some(0.0)));
    assert_eq!(format!("{:.1}", item.schedule), "91.7");
    let (task, _) = of("1099.999999");
    assert_eq!((task.class, task.light), (Class::Behind, Light::Yellow));
}

#[test]
fn a_third_and_a_sum_that_floats_miss_stand_on_the_bound() {
    // 0.1 of 0.4 in March is exactly a quarter; 0.3 of 1.2 is, too, and floats say 24.999….
    for (target, figure) in [("0.4", "0.1"), ("1.2", "0.3"), ("0.3", "0.075"), ("4.1", "1.025")] {
        let (task, _) = judged(
            indicator(IndicatorKind::Cumulative, Comparator::AtLeast, target, "亿元"),
            figure,
            "2024-03",
        );
        assert_eq!((task.class, task.gap), (Class::OnTrack, Some(0.0)), "{figure} of {target}");
    }
    // Ten points ahead exactly is 超序时.
    let (task, _) = judged(
        indicator(IndicatorKind::Cumulative, Comparator::AtLeast, "300", "万元"),
        "105",
        "2024-03",
    );
    assert_eq!(task.class, Class::Ahead);
}

#[test]
fn fifty_three_point_three_at_nine_months_is_twenty_one_point_seven_behind() {
    let (task, item) = judged(
        indicator(IndicatorKind::Cumulative, Comparator::AtLeast, "100", "万元"),
        "53.3",
        "2024-09",
    );
    assert!(near(item.progress, 53.3) && near(task.gap, -21.7));
    assert_eq!((task.class, task.light), (Class::Behind, Light::Red));
}

#[test]
fn a_growth_of_five_point_four_fails_five_point_five_in_any_month() {
    for month in 1..=12 {
        let at = format!("2024-{month:02}");
        let growth = || indicator(IndicatorKind::Growth, Comparator::AtLeast, "5.5", "%");
        let (task, item) = judged(growth(), "5.4", &at);
        assert_eq!((task.class, item.met), (Class::Behind, Some(false)), "{at}");
        assert_eq!(task.light, Light::Yellow);
        assert_eq!(
            task.progress, None,
            "growth has no progress: it stands near 100 % from January on"
        );
        let (task, item) = judged(growth(), "5.5", &at);
        assert_eq!((task.class, item.met, task.gap), (Class::OnTrack, Some(true), Some(0.0)));
    }
}

#[test]
fn about_is_met_within_five_percent_to_the_digit() {
    let about = || indicator(IndicatorKind::Growth, Comparator::About, "8", "%");
    for (figure, met) in [("7.6", true), ("7.59", false), ("8.4", true), ("8.41", false)] {
        let (task, item) = judged(about(), figure, "2024-06");
        assert_eq!(item.met, Some(met), "{figure}");
        assert_eq!(task.gap.is_some_and(|g| g >= 0.0), met || figure == "8.41", "{figure}");
    }
}

#[test]
fn none_of_an_accident_is_met_and_one_is_not() {
    let zero = || indicator(IndicatorKind::Ceiling, Comparator::AtMost, "0", "起");
    let (task, item) = judged(zero(), "0", "2024-06");
    assert_eq!((item.progress, item.met, task.light), (Some(100.0), Some(true), Light::Green));
    let (task, item) = judged(zero(), "1", "2024-06");
    assert_eq!((item.progress, item.met, task.light), (Some(0.0), Some(false), Light::Red));
    assert_eq!(task.gap, Some(-100.0));
}

#[test]
fn statistics_not_out_are_an_answer_and_let_an_earlier_figure_stand() {
    let plan = plan(Some(indicator(IndicatorKind::Cumulative, Comparator::AtLeast, "120", "万元")));
    let mut facts = vec![
        fact(Field::Cumulative, Answer::NotOut, "2024-03", 1),
        fact(Field::Status, Answer::Status(Status::InProgress), "2024-03", 1),
    ];
    let task = stats(&plan, &facts, "2024-03").now.tasks.remove(0);
    let item = &task.parts[0].items[0];
    assert!(!item.due && item.value.is_none() && item.gap.is_none());
    assert!(task.incomplete && task.parts[0].reported && task.progress.is_none());
    assert_eq!((task.class, task.light), (Class::OnTrack, Light::None));
    facts.push(fact(Field::Cumulative, Answer::Number(20.into()), "2024-02", 1));
    let task = stats(&plan, &facts, "2024-03").now.tasks.remove(0);
    let item = &task.parts[0].items[0];
    assert!(item.due && item.value == Some(20.0) && near(task.gap, 100.0 / 6.0 - 25.0));
    assert_eq!(item.stale.as_deref(), Some("2024-02"));
    assert!(task.incomplete && task.stale);
}

#[test]
fn a_quarter_stands_as_at_its_end() {
    let (task, item) = judged(
        indicator(IndicatorKind::Cumulative, Comparator::AtLeast, "120", "万元"),
        "30",
        "2024-Q1",
    );
    assert_eq!((task.gap, item.stale, task.stale), (Some(0.0), None, false));
}

#[test]
fn a_week_stands_by_the_days_gone_by() {
    // The tenth week of 2024 ends on 10 March, day 70 of 366.
    let of = |figure: &str| {
        judged(
            indicator(IndicatorKind::Cumulative, Comparator::AtLeast, "366", "万元"),
            figure,
            "2024-W10",
        )
    };
    let (task, item) = of("70");
    assert_eq!((task.gap, task.class, task.stale), (Some(0.0), Class::OnTrack, false));
    assert!(near(Some(item.schedule), 7000.0 / 366.0));
    assert_eq!(of("69").0.class, Class::Behind);
    // A week that runs into the next year ends with it.
    assert_eq!(period("2024-W52").last_day().to_string(), "2024-12-29");
}

#[test]
fn a_plan_without_tasks_has_no_rates() {
    let stats = stats(&Plan { year: 2024, ..Plan::default() }, &[], "2024-03");
    assert_eq!(stats.now.total.completion.value(), None);
    assert_eq!(stats.now.total.mean_progress, None);
    assert!(stats.now.leaders.is_empty() && stats.now.units.is_empty());
}

#[test]
fn two_hundred_and_twenty_two_items_in_percent() {
    let counts = [17, 10, 24, 9, 162];
    assert_eq!(shares(&counts, Rounding::Plain).tenths, [77, 45, 108, 41, 730]);
    assert_eq!(shares(&counts, Rounding::LargestRemainder).tenths, [77, 45, 108, 40, 730]);
    // A share of 125 says 125, whatever the text around it counts.
    assert_eq!(shares(&[80, 45], Rounding::Plain).of, 125);
}
