//! The settings as values.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

use super::{
    bands::Lights,
    preset::{PRESETS, Preset, merged},
};
use crate::{
    diag::{Error, Result},
    model::Period,
};

/// Settings of an office (督查室设置).
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Presets laid under the office's own values, by name.
    pub presets: Vec<String>,
    /// Who the office is.
    pub office: Office,
    /// Cut-off and due dates.
    pub deadlines: Deadlines,
    /// Who gets a form.
    pub collect: CollectFrom,
    /// Rules of counting.
    pub rules: Rules,
    /// Bands of the lights.
    pub lights: Lights,
    /// Weights of the workload.
    pub weights: Weights,
    /// Deductions for returns.
    pub scoring: Scoring,
    /// Ranking.
    pub ranking: Ranking,
    /// Thresholds of 红黑榜.
    pub red_black: RedBlack,
    /// Paper of the form.
    pub paper: PaperSize,
}

/// Who the office is.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// Printed in headers.
    pub name: String,
    /// Whom units ask.
    pub phone: String,
    /// Offset from UTC, `+08:00`.
    pub timezone: String,
    /// Language of the workbooks.
    pub language: String,
}

impl Default for Office {
    fn default() -> Self {
        Self {
            name: "督查室".into(),
            phone: String::new(),
            timezone: "+08:00".into(),
            language: "zh-CN".into(),
        }
    }
}

/// Cut-off and due dates (数据截至日、报送截止日).
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deadlines {
    /// Months between the period's last month and the due date's.
    pub due_months_after: i8,
    /// Day of the due date; 31 means the last day of that month.
    pub due_day: i8,
    /// Due dates of single periods.
    pub due: BTreeMap<String, String>,
    /// Cut-off dates of single periods.
    pub cut_off: BTreeMap<String, String>,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { due_months_after: 1, due_day: 5, due: BTreeMap::new(), cut_off: BTreeMap::new() }
    }
}

/// Who gets a form (收表范围).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Collect {
    /// Every unit with an assignment, group members included.
    #[default]
    All,
    /// Units named as lead or responsible.
    Named,
    /// Lead units only.
    Lead,
}

/// The section `[collect]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CollectFrom {
    /// Who gets a form.
    pub from: Collect,
}

/// How several lead units make one task.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LeadRule {
    /// The mean over all; complete when every part is.
    #[default]
    All,
    /// The first-named speaks; the next only where it reported nothing.
    First,
}

/// How shares in percent (占比) are rounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Each by itself, half up; they may add up to 99.9 or 100.1.
    #[default]
    Plain,
    /// Largest remainder (最大余额法): they add up to 100.0, which the sheet says.
    LargestRemainder,
}

impl Rounding {
    /// Whether shares rounded so add up to 100.0.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::LargestRemainder)
    }
}

/// Rules of counting (统计口径).
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Several lead units.
    pub lead_rule: LeadRule,
    /// Percent within which 左右 is met.
    pub about_tolerance: f64,
    /// Points ahead that make 超序时, on the schedule.
    pub ahead_on_schedule: f64,
    /// The same for growth and levels in %.
    pub ahead_growth: f64,
    /// The same for other levels and ceilings.
    pub ahead_level: f64,
    /// A figure this many times last period's is asked about.
    pub jump_factor: f64,
    /// A cumulative target of at most this many pieces is due at the year's end.
    pub small_target_pieces: f64,
    /// Percents due at the 12 month ends; empty means n/12.
    pub schedule: Vec<f64>,
    /// Rounding of shares in percent.
    pub share_rounding: Rounding,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            lead_rule: LeadRule::All,
            about_tolerance: 5.0,
            ahead_on_schedule: 10.0,
            ahead_growth: 1.0,
            ahead_level: 5.0,
            jump_factor: 10.0,
            small_target_pieces: 2.0,
            schedule: Vec::new(),
            share_rounding: Rounding::Plain,
        }
    }
}

/// Weights of the workload (工作量).
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Leading.
    pub lead: f64,
    /// Named as responsible.
    pub named: f64,
    /// Member of a group.
    pub group: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { lead: 1.0, named: 0.5, group: 0.0 }
    }
}

/// Deductions for returns (报送扣分), in points of an office's own scheme; none by default.
#[derive(Clone, Copy, PartialEq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scoring {
    /// For each late return; 0 or below.
    pub late: f64,
    /// For each missing return; 0 or below.
    pub missing: f64,
}

/// Who is ranked.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ranking {
    /// Units with fewer tasks in force are not ranked.
    pub min_due: u32,
    /// Categories with fewer units are not ranked.
    pub min_units: u32,
    /// Whether leader workbooks rank colleagues.
    pub leaders_see_ranking: bool,
}

impl Default for Ranking {
    fn default() -> Self {
        Self { min_due: 1, min_units: 3, leaders_see_ranking: false }
    }
}

/// Thresholds of 红黑榜, in percent of the on-schedule rate.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RedBlack {
    /// 红榜 at or above, with every return on time.
    pub red_at_least: f64,
    /// 黑榜 below, or with a return missing.
    pub black_below: f64,
}

impl Default for RedBlack {
    fn default() -> Self {
        Self { red_at_least: 90.0, black_below: 60.0 }
    }
}

/// Paper of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
pub enum Paper {
    /// A4 landscape; 板块, 牵头领导, 牵头单位 are hidden.
    #[default]
    A4,
    /// A3 landscape; all columns shown.
    A3,
}

/// The section `[paper]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaperSize {
    /// Size.
    pub size: Paper,
}

impl Settings {
    /// Reads the text of a settings file; `file` is its name in messages.
    ///
    /// # Errors
    /// [`Error::Settings`] with line and what is allowed, for unknown keys, wrong types and impossible values.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let broken = |e: &toml::de::Error| {
            let line = e.span().map_or(1, |s| line_of(text, s.start));
            let (problem, allowed) = split_expected(e.message());
            Error::Settings { file: file.to_owned(), line, problem, allowed }
        };
        let mut settings: Self = toml::from_str(text).map_err(|e| broken(&e))?;
        if !settings.presets.is_empty() {
            let mut presets = Vec::new();
            for name in &settings.presets {
                let Some(preset) = Preset::named(name) else {
                    let names: Vec<&str> = PRESETS.iter().map(|p| p.name).collect();
                    return Err(Error::Settings {
                        file: file.to_owned(),
                        line: text.lines().position(|l| l.contains(name)).map_or(1, |n| n + 1),
                        problem: format!("presets: \"{name}\""),
                        allowed: names.join(", "),
                    });
                };
                presets.push(preset);
            }
            let own: toml::Table = toml::from_str(text).map_err(|e| broken(&e))?;
            let shipped: toml::Table = toml::from_str(super::SHIPPED).map_err(|e| broken(&e))?;
            settings = merged(&shipped, &presets, &own).try_into().map_err(|e| broken(&e))?;
        }
        settings.check(text, file)?;
        Ok(settings)
    }

    /// Values that are well-formed but impossible.
    fn check(&self, text: &str, file: &str) -> Result<()> {
        let refuse = |key: &str, problem: String, allowed: &str| {
            let of_key = |l: &str| {
                l.trim_start().strip_prefix(key).is_some_and(|l| l.trim_start().starts_with('='))
            };
            let line = text.lines().position(of_key).map_or(1, |n| n + 1);
            Err(Error::Settings {
                file: file.to_owned(),
                line,
                problem,
                allowed: allowed.to_owned(),
            })
        };
        if offset(&self.office.timezone).is_none() {
            return refuse(
                "timezone",
                format!("timezone = \"{}\"", self.office.timezone),
                "\"+08:00\"",
            );
        }
        if self.office.language != "zh-CN" {
            return refuse(
                "language",
                format!("language = \"{}\"", self.office.language),
                "\"zh-CN\"",
            );
        }
        if !(1..=31).contains(&self.deadlines.due_day) {
            return refuse("due_day", format!("due_day = {}", self.deadlines.due_day), "1–31");
        }
        if !(0..=12).contains(&self.deadlines.due_months_after) {
            return refuse(
                "due_months_after",
                format!("due_months_after = {}", self.deadlines.due_months_after),
                "0–12",
            );
        }
        for (period, date) in self.deadlines.due.iter().chain(&self.deadlines.cut_off) {
            if period.parse::<Period>().is_err() || date.parse::<Date>().is_err() {
                return refuse(
                    &format!("\"{period}\""),
                    format!("\"{period}\" = \"{date}\""),
                    "\"2024-01\" = \"2024-02-08\"",
                );
            }
        }
        for (key, band) in [
            ("on_schedule", self.lights.on_schedule),
            ("growth", self.lights.growth),
            ("level", self.lights.level),
        ] {
            if !(band.green.is_finite() && band.yellow.is_finite() && band.yellow <= band.green) {
                return refuse(
                    key,
                    format!("{key}: green {} yellow {}", band.green, band.yellow),
                    "green >= yellow",
                );
            }
        }
        let curve = &self.rules.schedule;
        let rising = curve.windows(2).all(|w| w[0] <= w[1])
            && curve.iter().all(|v| (0.0..=100.0).contains(v));
        if !(curve.is_empty() || (curve.len() == 12 && rising)) {
            return refuse("schedule", format!("schedule = {curve:?}"), "[] / 12 × 0–100");
        }
        let positive = [
            ("about_tolerance", self.rules.about_tolerance),
            ("ahead_on_schedule", self.rules.ahead_on_schedule),
            ("ahead_growth", self.rules.ahead_growth),
            ("ahead_level", self.rules.ahead_level),
            ("jump_factor", self.rules.jump_factor),
            ("small_target_pieces", self.rules.small_target_pieces),
            ("lead", self.weights.lead),
            ("named", self.weights.named),
            ("group", self.weights.group),
        ];
        for (key, value) in [("late", self.scoring.late), ("missing", self.scoring.missing)] {
            if !(value.is_finite() && value <= 0.0) {
                return refuse(key, format!("{key} = {value}"), "<= 0");
            }
        }
        for (key, value) in [
            ("red_at_least", self.red_black.red_at_least),
            ("black_below", self.red_black.black_below),
        ] {
            if !(0.0..=100.0).contains(&value) {
                return refuse(key, format!("{key} = {value}"), "0–100");
            }
        }
        for (key, value) in positive {
            if !(value.is_finite() && value >= 0.0) {
                return refuse(key, format!("{key} = {value}"), ">= 0");
            }
        }
        Ok(())
    }

    /// The data cut-off date (数据截至日) of a period.
    #[must_use]
    pub fn cut_off(&self, period: Period) -> Date {
        self.deadlines
            .cut_off
            .get(&period.to_string())
            .and_then(|d| d.parse().ok())
            .unwrap_or_else(|| period.last_day())
    }

    /// The due date (报送截止日) of a period; its day ends at 24:00 office time.
    #[must_use]
    pub fn due(&self, period: Period) -> Date {
        if let Some(date) = self.deadlines.due.get(&period.to_string()).and_then(|d| d.parse().ok())
        {
            return date;
        }
        let month = period
            .last_day()
            .first_of_month()
            .saturating_add(self.deadlines.due_months_after.months());
        let day = self.deadlines.due_day.min(month.days_in_month());
        Date::new(month.year(), month.month(), day).unwrap_or(month)
    }

    /// The office's offset from UTC.
    #[must_use]
    pub fn offset(&self) -> Offset {
        offset(&self.office.timezone).unwrap_or(Offset::UTC)
    }
}

/// `+08:00` as an offset.
fn offset(text: &str) -> Option<Offset> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let sound = (0..=14).contains(&hours) && (0..=59).contains(&minutes);
    sound.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()).flatten()
}

/// The line a byte offset stands on, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// Splits the settings reader's “unknown field `x`, expected one of …” into problem and what is allowed.
fn split_expected(message: &str) -> (String, String) {
    match message.split_once(", expected ") {
        Some((problem, allowed)) => {
            (problem.to_owned(), allowed.trim_start_matches("one of ").to_owned())
        }
        None => (message.trim_end().replace('\n', " "), "templates/office.toml".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_says_what_the_code_assumes() {
        assert_eq!(
            Settings::parse(super::super::SHIPPED, "duban.toml").expect("shipped"),
            Settings::default()
        );
    }

    #[test]
    fn a_typing_mistake_is_refused_with_its_line() {
        let error =
            Settings::parse("[rules]\nlead_rul = \"all\"\n", "duban.toml").expect_err("refused");
        let Error::Settings { line, allowed, .. } = error else { panic!("{error}") };
        assert_eq!(line, 2);
        assert!(allowed.contains("lead_rule"), "{allowed}");
    }

    #[test]
    fn impossible_values_are_refused_with_file_line_and_what_is_allowed() {
        for (text, wanted, part) in [
            ("presets = [\n  \"curve-june-61\",\n]", 2, "curve-june-60"),
            ("[rules]\nlead_rule = \"all\"\nschedule = [1, 2, 3]", 3, "12"),
            ("[rules]\nschedule = [9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1, 1]", 2, "12"),
            ("[rules]\n\nabout_tolerance = -1", 3, ">= 0"),
            ("[rules]\nabout_tolerance = nan", 2, ">= 0"),
            ("[rules]\nlead_rule = \"second\"", 2, "first"),
            ("[rules]\nshare_rounding = \"fair\"", 2, "largest_remainder"),
            ("[lights]\non_schedule = { green = -5, yellow = 0 }", 2, "green >= yellow"),
            ("[lights]\nmeasure = \"percent\"", 2, "ratio"),
            ("[rules]\nlead_rule = \"all\"\n[weights]\nlead = -2", 4, ">= 0"),
            ("[scoring]\nlate = 0.1", 2, "<= 0"),
            ("[scoring]\nlate = -0.1\nmissing = inf", 3, "<= 0"),
            ("[red_black]\nred_at_least = 900", 2, "0–100"),
            ("[deadlines]\ndue_day = 32", 2, "1–31"),
            ("[deadlines.due]\n\"2024-13\" = \"2024-02-08\"", 2, "2024-01"),
            ("[office]\ntimezone = \"北京\"", 2, "+08:00"),
            ("[lights\n", 1, "]"),
        ] {
            let error = Settings::parse(text, "duban.toml").expect_err(text);
            let Error::Settings { file, line, problem, allowed } = error else { panic!("{text}") };
            assert_eq!((file.as_str(), line), ("duban.toml", wanted), "{text}: {problem}");
            assert!(format!("{problem} {allowed}").contains(part), "{text}: {problem}: {allowed}");
        }
    }

    #[test]
    fn due_dates_follow_the_month() {
        let settings = Settings::default();
        let p: Period = "2024-12".parse().expect("period");
        assert_eq!(settings.due(p).to_string(), "2025-01-05");
    }
}
