//! The definitions with an office's numbers: for the sheet 统计口径, and as docs/definitions.md.

use crate::{
    settings::{LeadRule, Measure, Settings},
    wording::definitions::{ALL, TITLE, bands, fill},
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
    let bounds = [lights.on_schedule, lights.growth, lights.level].map(|b| (b.green, b.yellow));
    let (bands, bands_en) = bands(bounds, lights.measure == Measure::Ratio);
    vec![
        ("small", rules.small_target_pieces.to_string()),
        ("about", rules.about_tolerance.to_string()),
        ("lead_rule", lead_rule.to_owned()),
        ("ahead_on_schedule", rules.ahead_on_schedule.to_string()),
        ("ahead_growth", rules.ahead_growth.to_string()),
        ("ahead_level", rules.ahead_level.to_string()),
        ("bands", bands),
        ("bands_en", bands_en),
        ("lead", weights.lead.to_string()),
        ("named", weights.named.to_string()),
        ("group", weights.group.to_string()),
        ("late", settings.scoring.late.to_string()),
        ("missing", settings.scoring.missing.to_string()),
        ("min_due", settings.ranking.min_due.to_string()),
        ("min_units", settings.ranking.min_units.to_string()),
    ]
}
