//! The definitions with an office's numbers: for the sheet 统计口径, and as docs/definitions.md.

use crate::{
    settings::{LeadRule, Settings},
    wording::definitions::{ALL, TITLE, fill},
};

/// A definition (口径) as printed: the numbers of the settings put in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DefinitionText {
    /// Key.
    pub key: &'static str,
    /// Chinese name.
    pub zh_name: &'static str,
    /// English name.
    pub en_name: &'static str,
    /// In words, Chinese.
    pub zh: String,
    /// Formula; empty where words say it all.
    pub formula: String,
    /// In words, English.
    pub en: String,
}

/// Every definition in force under `settings`, in order.
#[must_use]
pub fn definitions(settings: &Settings) -> Vec<DefinitionText> {
    let numbers = numbers(settings);
    ALL.iter()
        .map(|d| DefinitionText {
            key: d.key,
            zh_name: d.zh_name,
            en_name: d.en_name,
            zh: fill(d.zh, &numbers),
            formula: fill(d.formula, &numbers),
            en: fill(d.en, &numbers),
        })
        .collect()
}

/// docs/definitions.md: every definition under the shipped settings.
#[must_use]
pub fn definitions_page() -> String {
    let mut page = TITLE.to_owned();
    for d in definitions(&Settings::default()) {
        page.push_str(&format!("\n## {} · {}\n\n{}\n", d.zh_name, d.en_name, d.zh));
        if !d.formula.is_empty() {
            page.push_str(&format!("\n> {}\n", d.formula));
        }
        page.push_str(&format!("\n{}\n", d.en));
    }
    page
}

fn numbers(settings: &Settings) -> Vec<(&'static str, String)> {
    let rules = &settings.rules;
    let lights = &settings.lights;
    let weights = settings.weights;
    let lead_rule = match rules.lead_rule {
        LeadRule::All => "all",
        LeadRule::First => "first",
    };
    let bands = [lights.on_schedule, lights.growth, lights.level];
    let zh = ["序时事项", "增速和以%计的水平", "其他水平和不高于"];
    let en = ["on the schedule", "growth and levels in %", "other levels and ceilings"];
    let describe = |names: [&str; 3], word: &dyn Fn(f64, f64) -> String, comma: &str| {
        let each = names.iter().zip(bands).map(|(n, b)| format!("{n}{}", word(b.green, b.yellow)));
        each.collect::<Vec<_>>().join(comma)
    };
    vec![
        ("small", rules.small_target_pieces.to_string()),
        ("about", rules.about_tolerance.to_string()),
        ("lead_rule", lead_rule.to_owned()),
        ("ahead_on_schedule", rules.ahead_on_schedule.to_string()),
        ("ahead_growth", rules.ahead_growth.to_string()),
        ("ahead_level", rules.ahead_level.to_string()),
        (
            "bands",
            describe(zh, &|g, y| format!("差距不低于{g}点为绿、不低于{y}点为黄、再低为红"), "；"),
        ),
        ("bands_en", describe(en, &|g, y| format!(" green ≥ {g}, yellow ≥ {y}, red below"), "; ")),
        ("lead", weights.lead.to_string()),
        ("named", weights.named.to_string()),
        ("group", weights.group.to_string()),
        ("min_due", settings.ranking.min_due.to_string()),
        ("min_units", settings.ranking.min_units.to_string()),
    ]
}
