//! The message (一句话): sentences made by rule from counts, without adjectives that no rule chose.

use super::text::{self, one, points};
use crate::stats::Rates;

/// A message: the sentence in large type, and the rest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Message {
    /// First sentence.
    pub(super) lead: String,
    /// What follows.
    pub(super) rest: String,
}

/// Counts that the office's message speaks of.
pub(super) struct OfficeFacts<'a> {
    /// Rates of the period.
    pub(super) now: &'a Rates,
    /// Rates of the period before.
    pub(super) last: Option<&'a Rates>,
    /// 上月, 上周 …
    pub(super) last_word: &'a str,
    /// Red tasks that are not started.
    pub(super) red_not_started: u64,
    /// Reported tasks that do not keep up and yet are neither yellow nor red: 未启动 while nothing is due yet.
    pub(super) off_unlit: u64,
    /// Red parts by unit, in registry order: name, count.
    pub(super) reds: &'a [(String, u64)],
}

/// The office's message.
pub(super) fn office(facts: &OfficeFacts) -> Message {
    let rate = facts.now.on_schedule;
    let lights = facts.now.lights;
    let unreported = facts.now.classes.unreported;
    let Some(value) = rate.value() else {
        return Message { lead: "本期没有在册任务。".to_owned(), rest: String::new() };
    };
    if unreported == rate.due {
        return Message {
            lead: format!("{} 项任务都还没有报送。", rate.due),
            rest: "没有数字，不作好坏判断。".to_owned(),
        };
    }
    let lead = format!(
        "{}% 的任务跟上序时，{}，{}。",
        one(value * 100.0),
        count(lights.red, "亮红灯"),
        count(unreported, "未报")
    );
    let before = facts.last.map(|l| (l.on_schedule.done, l.lights));
    let mut rest = format!(
        "{} 项任务中，{} 项已完成或达到序时{}；{} 项偏慢；{} 项滞后{}",
        rate.due,
        rate.done,
        compared(rate.done, before.map(|b| b.0), facts.last_word),
        lights.yellow,
        lights.red,
        compared(lights.red, before.map(|b| b.1.red), facts.last_word),
    );
    if facts.red_not_started > 0 {
        text::add(&mut rest, format_args!("，其中 {} 项尚未启动", facts.red_not_started));
    }
    if facts.off_unlit > 0 {
        text::add(&mut rest, format_args!("；另有 {} 项未跟上序时但不亮黄红灯", facts.off_unlit));
    }
    rest.push('。');
    rest.push_str(&most_reds(facts.reds));
    Message { lead, rest }
}

/// `15 项亮红灯`, `没有亮红灯的`.
fn count(n: u64, what: &str) -> String {
    if n == 0 { format!("没有{what}的") } else { format!("{n} 项{what}") }
}

/// `，比上月多 3 项`, `，与上月持平`, nothing without a last period.
fn compared(now: u64, last: Option<u64>, word: &str) -> String {
    match last {
        None => String::new(),
        Some(last) if now > last => format!("，比{word}多 {} 项", now - last),
        Some(last) if now < last => format!("，比{word}少 {} 项", last - now),
        Some(_) => format!("，与{word}持平"),
    }
}

/// Ties are named up to three, else counted.
const NAMED: usize = 3;

/// Who has most reds: `红灯最多的单位是甲、乙（各 3 项）。`
pub(super) fn most_reds(reds: &[(String, u64)]) -> String {
    let most = reds.iter().map(|(_, n)| *n).max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let names: Vec<&str> =
        reds.iter().filter(|(_, n)| *n == most).map(|(name, _)| name.as_str()).collect();
    match names.as_slice() {
        [one] => format!("红灯最多的单位是{one}（{most} 项）。"),
        few if few.len() <= NAMED => {
            format!("红灯最多的单位是{}（各 {most} 项）。", few.join("、"))
        }
        many if most == 1 => format!("红灯分散在 {} 家单位，各 1 项。", many.len()),
        many => format!("红灯最多的有 {} 家单位，各 {most} 项。", many.len()),
    }
}

/// Counts that a leader's message speaks of.
pub(super) struct LeaderFacts<'a> {
    /// Own rates.
    pub(super) now: &'a Rates,
    /// Own rates of the period before.
    pub(super) last: Option<&'a Rates>,
    /// 上月, 上周 …
    pub(super) last_word: &'a str,
    /// The district's on-schedule rate, a fraction.
    pub(super) district: Option<f64>,
    /// Tasks with something to coordinate.
    pub(super) coordination: u64,
    /// Worst reds: number, first lead unit, gap.
    pub(super) worst: &'a [(u32, String, Option<f64>)],
    /// Numbers of unreported tasks.
    pub(super) unreported: &'a [u32],
}

/// A leader's message.
pub(super) fn leader(facts: &LeaderFacts) -> Message {
    let rate = facts.now.on_schedule;
    let red = facts.now.lights.red;
    let none = facts.now.classes.unreported;
    let Some(value) = rate.value() else {
        return Message {
            lead: "本期没有牵头的在册任务。".to_owned(), rest: String::new()
        };
    };
    let coordination = match facts.coordination {
        0 => "没有需您协调的事项".to_owned(),
        n => format!("{n} 项需您协调"),
    };
    let lead = if none == rate.due {
        format!("{} 项任务都还没有报送。", rate.due)
    } else if rate.done == rate.due {
        format!("{} 项全部跟上序时，{coordination}。", rate.due)
    } else {
        let late = if red == 0 { "没有滞后的".to_owned() } else { format!("{red} 项滞后") };
        format!("{} 项中 {} 项跟上序时，{late}，{coordination}。", rate.due, rate.done)
    };
    let mut rest = format!("达序时率 {}%", one(value * 100.0));
    if let Some(district) = facts.district {
        text::add(&mut rest, format_args!("，全部任务为 {}%", one(district * 100.0)));
    }
    rest.push_str(&compared(rate.done, facts.last.map(|l| l.on_schedule.done), facts.last_word));
    rest.push('。');
    if !facts.worst.is_empty() {
        let worst: Vec<String> = facts
            .worst
            .iter()
            .map(|(no, unit, gap)| match gap {
                Some(gap) => format!("第{no}项（{unit}，{}点）", points(*gap)),
                None => format!("第{no}项（{unit}）"),
            })
            .collect();
        let more = if red > facts.worst.len() as u64 { "等" } else { "" };
        text::add(&mut rest, format_args!("滞后：{}{more}。", worst.join("；")));
    }
    match facts.unreported {
        [] => {}
        few if few.len() <= 8 => {
            let numbers: Vec<String> = few.iter().map(u32::to_string).collect();
            text::add(&mut rest, format_args!("未报：第{}项。", numbers.join("、")));
        }
        many => text::add(&mut rest, format_args!("未报 {} 项。", many.len())),
    }
    Message { lead, rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Rate,
        stats::{ClassCounts, LightCounts},
    };

    fn rates(done: u64, due: u64, red: u64, none: u64) -> Rates {
        Rates {
            on_schedule: Rate::new(done, due),
            lights: LightCounts {
                red,
                none,
                yellow: due - done - red - none,
                ..LightCounts::default()
            },
            classes: ClassCounts { unreported: none, ..ClassCounts::default() },
            ..Rates::default()
        }
    }

    fn said(now: &Rates, last: Option<&Rates>, reds: &[(&str, u64)]) -> String {
        let reds: Vec<(String, u64)> = reds.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
        let off_unlit = now.on_schedule.due
            - now.on_schedule.done
            - now.lights.yellow
            - now.lights.red
            - now.classes.unreported;
        let last_word = "上月";
        let facts =
            OfficeFacts { now, last, last_word, red_not_started: 0, off_unlit, reds: &reds };
        let Message { lead, rest } = office(&facts);
        lead + &rest
    }

    #[test]
    fn the_message_says_counts_and_changes() {
        let now = rates(75, 120, 15, 6);
        let last = rates(64, 120, 21, 5);
        assert_eq!(
            said(&now, Some(&last), &[("甲局", 3), ("乙局", 1)]),
            "62.5% 的任务跟上序时，15 项亮红灯，6 项未报。120 项任务中，75 项已完成或达到序时，比上月多 11 项；\
             24 项偏慢；15 项滞后，比上月少 6 项。红灯最多的单位是甲局（3 项）。"
        );
    }

    #[test]
    fn what_neither_keeps_up_nor_has_a_light_is_said_so_that_all_is_told() {
        let mut now = rates(75, 120, 15, 6);
        now.lights.yellow -= 1;
        now.lights.green += 1;
        assert!(
            said(&now, None, &[])
                .contains("23 项偏慢；15 项滞后；另有 1 项未跟上序时但不亮黄红灯。")
        );
    }

    #[test]
    fn ties_are_named_up_to_three_then_counted() {
        let three = [("甲".to_owned(), 2), ("乙".to_owned(), 2), ("丙".to_owned(), 2)];
        assert_eq!(most_reds(&three), "红灯最多的单位是甲、乙、丙（各 2 项）。");
        let four: Vec<(String, u64)> =
            ["甲", "乙", "丙", "丁"].iter().map(|n| ((*n).to_owned(), 2)).collect();
        assert_eq!(most_reds(&four), "红灯最多的有 4 家单位，各 2 项。");
        let ones: Vec<(String, u64)> = four.iter().map(|(n, _)| (n.clone(), 1)).collect();
        assert_eq!(most_reds(&ones), "红灯分散在 4 家单位，各 1 项。");
        assert_eq!(most_reds(&[("甲".to_owned(), 0)]), "");
    }

    #[test]
    fn no_change_no_last_period_and_nothing_due_are_said_plainly() {
        let now = rates(10, 12, 0, 0);
        assert!(said(&now, Some(&now), &[]).contains("与上月持平"));
        let first = said(&now, None, &[]);
        assert!(!first.contains("上月") && first.contains("没有亮红灯的，没有未报的"), "{first}");
        assert_eq!(said(&Rates::default(), None, &[]), "本期没有在册任务。");
        assert_eq!(
            said(&rates(0, 12, 0, 12), None, &[]),
            "12 项任务都还没有报送。没有数字，不作好坏判断。"
        );
    }

    #[test]
    fn a_leader_hears_what_needs_a_hand() {
        let now = rates(25, 40, 5, 2);
        let worst = [(32, "甲中心".to_owned(), Some(-25.0)), (16, "乙局".to_owned(), Some(-16.14))];
        let facts = LeaderFacts {
            now: &now,
            last: None,
            last_word: "上月",
            district: Some(0.625),
            coordination: 9,
            worst: &worst,
            unreported: &[31, 98],
        };
        let Message { lead, rest } = leader(&facts);
        assert_eq!(lead, "40 项中 25 项跟上序时，5 项滞后，9 项需您协调。");
        assert_eq!(
            rest,
            "达序时率 62.5%，全部任务为 62.5%。滞后：第32项（甲中心，−25.0点）；第16项（乙局，−16.1点）等。未报：第31、98项。"
        );
    }
}
