//! Presets (预设): rules of practice as data files in `templates/presets/`, each with its reason.

use toml::{Table, Value};

/// A preset as shipped.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Name, as `presets = ["…"]` takes it.
    pub name: &'static str,
    /// Text of its file: `reason` and the settings it stands for.
    pub text: &'static str,
}

macro_rules! presets {
    ($($name:literal)*) => {
        /// Every shipped preset.
        pub const PRESETS: &[Preset] = &[$(Preset {
            name: $name,
            text: include_str!(concat!("../../templates/presets/", $name, ".toml")),
        },)*];
    };
}

presets! {
    "curve-june-60"
    "lights-points-10-30"
    "lights-ratio-80-60"
    "scoring-late-0.1-missing-0.5"
    "scoring-missing-10"
    "weights-5-3"
}

impl Preset {
    /// The preset with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|p| p.name == name)
    }

    /// Why it exists, and what was decided where practice says nothing.
    #[must_use]
    pub fn reason(&self) -> String {
        let table = self.table();
        table.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Its file; a test reads every one of them.
    fn table(&self) -> Table {
        self.text.parse().unwrap_or_default()
    }
}

/// An office's settings over presets over the shipped ones.
///
/// A value of the office's file that is the shipped one gives way to a preset, since `duban init` writes all of them;
/// any other stands.
pub(super) fn merged(shipped: &Table, presets: &[&Preset], own: &Table) -> Table {
    let mut all = shipped.clone();
    for preset in presets {
        let mut table = preset.table();
        table.remove("reason");
        lay(&mut all, &table, None);
    }
    lay(&mut all, own, Some(shipped));
    all
}

/// Lays `over` onto `under`, table by table; what equals `unless` is left out.
fn lay(under: &mut Table, over: &Table, unless: Option<&Table>) {
    for (key, value) in over {
        let shipped = unless.and_then(|t| t.get(key));
        match (under.get_mut(key), value) {
            (Some(Value::Table(below)), Value::Table(above)) if !is_band(above) => {
                lay(below, above, shipped.and_then(Value::as_table));
            }
            _ if unless.is_some() && shipped.is_some_and(|s| same(s, value)) => {}
            _ => _ = under.insert(key.clone(), value.clone()),
        }
    }
}

/// A band is one value, though it is written as a table.
fn is_band(table: &Table) -> bool {
    table.contains_key("green")
}

/// Whether two values are the same setting: 10 is 10.0.
fn same(a: &Value, b: &Value) -> bool {
    let number = |v: &Value| v.as_float().or_else(|| v.as_integer().map(as_float));
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b).is_eq(),
        _ => match (a, b) {
            (Value::Table(a), Value::Table(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(k, v)| b.get(k).is_some_and(|other| same(v, other)))
            }
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            _ => a == b,
        },
    }
}

#[expect(clippy::cast_precision_loss, reason = "settings are small numbers")]
fn as_float(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Band, Measure, Settings};

    #[test]
    fn every_preset_is_read_and_has_a_reason() {
        for preset in PRESETS {
            assert!(
                preset.reason().contains(" / ") || preset.reason().contains("。/"),
                "{}",
                preset.name
            );
            let text = format!("presets = [\"{}\"]\n", preset.name);
            let settings = Settings::parse(&text, "duban.toml").expect(preset.name);
            let plain = Settings { presets: settings.presets.clone(), ..Settings::default() };
            assert_ne!(settings, plain, "{} changes something", preset.name);
        }
    }

    #[test]
    fn the_office_stands_over_the_preset_but_not_with_what_was_shipped() {
        let text = crate::settings::SHIPPED
            .replace("presets = []", "presets = [\"lights-ratio-80-60\", \"weights-5-3\"]")
            .replace("named = 0.5", "named = 2.5");
        let settings = Settings::parse(&text, "duban.toml").expect("settings");
        assert_eq!(settings.lights.measure, Measure::Ratio);
        assert!(settings.lights.growth == Band { green: 80.0, yellow: 60.0 });
        assert!((settings.weights.lead - 5.0).abs() < f64::EPSILON);
        assert!((settings.weights.named - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn bands_with_a_hole_or_an_overlap_are_refused() {
        let bands = |yellow_to: &str| {
            format!(
                "[lights]\non_schedule = [{{ light = \"green\", from = 0 }}, {{ light = \"yellow\", from = -30, to = {yellow_to} }}, {{ light = \"red\", to = -30 }}]\n"
            )
        };
        assert!(Settings::parse(&bands("0"), "duban.toml").is_ok());
        for (to, word) in [("-10", "hole"), ("5", "overlap")] {
            let error = Settings::parse(&bands(to), "duban.toml").expect_err(word);
            assert!(error.to_string().contains(word), "{error}");
            assert!(error.to_string().starts_with("duban.toml:2"), "{error}");
        }
        let unknown = Settings::parse("presets = [\"nothing\"]\n", "duban.toml");
        assert!(unknown.is_err());
    }
}
