//! Words of `plan show` and `plan diff` on the command line, in both languages.

use super::Lang;

/// Nothing differs.
#[must_use]
pub const fn no_difference(lang: Lang) -> &'static str {
    lang.pick("两份方案没有差别。", "The plans do not differ.")
}

/// Heading of the differences of one sheet.
#[must_use]
pub fn diff_sheet(sheet: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("【{sheet}】"),
        Lang::En => format!("[{sheet}]"),
    }
}

/// A row only the new plan has.
#[must_use]
pub fn diff_added(key: &str, new: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("＋ {key}：新增（{new}）"),
        Lang::En => format!("+ {key}: added ({new})"),
    }
}

/// A row only the old plan has.
#[must_use]
pub fn diff_removed(key: &str, old: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("－ {key}：没有了（原为：{old}）"),
        Lang::En => format!("- {key}: gone (was: {old})"),
    }
}

/// A cell that differs.
#[must_use]
pub fn diff_changed(key: &str, column: &str, old: &str, new: &str, lang: Lang) -> String {
    let shown = |text: &str| match (text.is_empty(), lang) {
        (false, _) => format!("“{text}”"),
        (true, Lang::Zh) => "空白".to_owned(),
        (true, Lang::En) => "blank".to_owned(),
    };
    let key = if key.is_empty() { String::new() } else { format!("{key} ") };
    match lang {
        Lang::Zh => format!("＊ {key}{column}：{} 改为 {}", shown(old), shown(new)),
        Lang::En => format!("* {key}{column}: {} became {}", shown(old), shown(new)),
    }
}

/// Warns that an item number means something else now.
#[must_use]
pub const fn diff_reused(lang: Lang) -> &'static str {
    lang.pick(
        "　※ 同一编号换了指标，以前的数会对不上，请另编新号。",
        "  (!) The number stands for another indicator now; earlier figures would be misread: give it a new number.",
    )
}

/// The last line.
#[must_use]
pub fn diff_total(added: usize, removed: usize, changed: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("合计：新增 {added} 处，减少 {removed} 处，改动 {changed} 处。"),
        Lang::En => format!("In all: {added} added, {removed} removed, {changed} changed."),
    }
}
