//! Words of exemptions and extensions (免报、延期).

use std::collections::BTreeMap;

use super::Lang;

/// More names of units than this are not listed in a note under a table; `status` lists all.
const MAX_NAMES: usize = 12;

/// What was recorded of an obligation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Granted {
    /// Nothing is owed.
    Exempt,
    /// Owed by a later date.
    Extended,
    /// The grant no longer holds.
    TakenBack,
}

/// How the obligation stands now.
#[must_use]
pub fn granted(granted: Granted, unit: &str, period: &str, due: &str, lang: Lang) -> String {
    match (lang, granted) {
        (Lang::Zh, Granted::Exempt) => format!("{period}：{unit}免报，不计入应报。"),
        (Lang::Zh, Granted::Extended) => {
            format!("{period}：{unit}延期到 {due}，当日 24:00 前报送算按时。")
        }
        (Lang::Zh, Granted::TakenBack) => {
            format!("{period}：{unit}的免报、延期已取消，应于 {due} 前报送。")
        }
        (Lang::En, Granted::Exempt) => format!("{period}: {unit} is exempt and owes no return."),
        (Lang::En, Granted::Extended) => {
            format!("{period}: {unit} has until {due}, 24:00, to return in time.")
        }
        (Lang::En, Granted::TakenBack) => format!(
            "{period}: exemption or extension of {unit} taken back; its return is due {due}."
        ),
    }
}

/// Why it was granted, for lists.
#[must_use]
pub fn exempt_because(reason: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{reason}）"),
        Lang::En => format!("({reason})"),
    }
}

/// Until when and why, for lists.
#[must_use]
pub fn extended_because(due: &str, reason: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("延期到 {due}（{reason}）"),
        Lang::En => format!("extended until {due} ({reason})"),
    }
}

/// What was granted, for the note under 报送情况: exemptions (reason, unit) and extensions (date and reason, unit).
#[must_use]
pub fn in_note(exempt: &[(String, String)], extended: &[(String, String)]) -> String {
    let mut said = String::new();
    if !exempt.is_empty() {
        let list = by_reason(exempt, |reason| exempt_because(reason, Lang::Zh));
        said.push_str(&format!("免报 {} 家不计入应报：{list}。", exempt.len()));
    }
    if !extended.is_empty() {
        let list = by_reason(extended, str::to_owned);
        said.push_str(&format!("延期 {} 家，按延期后的日期判断是否按时：{list}。", extended.len()));
    }
    said
}

/// Units with one reason stand together: 甲、乙（reason）；丙（reason）.
fn by_reason(granted: &[(String, String)], close: impl Fn(&str) -> String) -> String {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (reason, unit) in granted {
        reasons.entry(reason).or_default().push(unit);
    }
    let mut parts = Vec::new();
    for (reason, units) in reasons {
        let shown = units.iter().take(MAX_NAMES).copied().collect::<Vec<_>>().join("、");
        let more =
            if units.len() > MAX_NAMES { format!("等{}家", units.len()) } else { String::new() };
        parts.push(format!("{shown}{more}{}", close(reason)));
    }
    parts.join("；")
}

/// The reason is blank.
#[must_use]
pub fn reason_wanted() -> (String, String) {
    (
        "请写明理由：--reason 后面不能是空的，报表和核查都要用。".to_owned(),
        "Give a reason after --reason: reports and audits show it.".to_owned(),
    )
}

/// The unit is not exempt.
#[must_use]
pub fn not_exempt(unit: &str, period: &str) -> (String, String) {
    (
        format!("{unit} 在 {period} 没有免报，无须取消。"),
        format!("{unit} is not exempt in {period}; there is nothing to take back."),
    )
}

/// The unit has no extension.
#[must_use]
pub fn not_extended(unit: &str, period: &str) -> (String, String) {
    (
        format!("{unit} 在 {period} 没有延期，无须取消。"),
        format!("{unit} has no extension in {period}; there is nothing to take back."),
    )
}

/// The unit is exempt: there is no date to move.
#[must_use]
pub fn exempt_already(unit: &str, period: &str) -> (String, String) {
    (
        format!("{unit} 在 {period} 已经免报。要改为延期，请先用 duban exempt --undo 取消免报。"),
        format!("{unit} is exempt in {period}. To extend instead, run duban exempt --undo first."),
    )
}

/// The date is no later than the one that was set.
#[must_use]
pub fn no_extension(unit: &str, until: &str, due: &str) -> (String, String) {
    (
        format!("{unit} 原定 {due} 截止，“{until}”不比它晚。请写更晚的日期。"),
        format!("{unit} is due {due}; “{until}” is no later. Name a later date."),
    )
}
