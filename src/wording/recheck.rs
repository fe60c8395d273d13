//! Words of the recheck (复核).

use super::Lang;

/// One cell that is judged otherwise, as people read it.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// Item; none for the foot of the form.
    pub item: Option<String>,
    /// Heading of its column.
    pub heading: String,
    /// What was typed.
    pub raw: String,
    /// How: `changed`, `withheld`, `taken` or `moved`.
    pub otherwise: &'static str,
    /// Value as recorded; none if it was withheld.
    pub recorded: Option<String>,
    /// Value by today's rules; none if it is withheld.
    pub now: Option<String>,
    /// The finding that speaks of it: today's, or for a cell that is taken in now, the recorded one.
    pub code: Option<String>,
}

/// One file that is judged otherwise.
#[derive(Clone, Debug)]
pub struct File {
    /// File.
    pub path: String,
    /// Unit.
    pub unit: String,
    /// Outcome as recorded and by today's rules, if they differ.
    pub outcomes: Option<(String, String)>,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// What stands beside the progress bar.
#[must_use]
pub const fn rechecking(lang: Lang) -> &'static str {
    lang.pick("复核", "judging again")
}

/// An outcome as people say it.
#[must_use]
pub fn outcome_word(outcome: &str, lang: Lang) -> &'static str {
    match outcome {
        "accepted" => lang.pick("全部入账", "accepted"),
        "partial" => lang.pick("部分入账", "partial"),
        "rejected" => lang.pick("退回", "rejected"),
        _ => lang.pick("无法读取", "unreadable"),
    }
}

fn value(value: Option<&str>, lang: Lang) -> String {
    match value {
        Some("") => lang.pick("空", "blank").to_owned(),
        Some(value) => value.to_owned(),
        None => lang.pick("不采信", "withheld").to_owned(),
    }
}

fn cell(cell: &Cell, lang: Lang) -> String {
    let item = cell.item.as_deref().map(|i| format!("{i} ")).unwrap_or_default();
    let code = match (&cell.code, lang) {
        (Some(code), Lang::Zh) => format!("（{code}）"),
        (Some(code), Lang::En) => format!(" ({code})"),
        (None, _) => String::new(),
    };
    let moved = if cell.otherwise == "moved" {
        lang.pick("，改归另一事项或栏", ", now for another item or column")
    } else {
        ""
    };
    format!(
        "  {} ▸ {}  {item}{}  “{}”：{} → {}{code}{moved}\n",
        cell.sheet,
        cell.cell,
        cell.heading,
        cell.raw,
        value(cell.recorded.as_deref(), lang),
        value(cell.now.as_deref(), lang),
    )
}

/// The result: what today's rules judge otherwise, and whether it was recorded.
#[must_use]
pub fn result(period: &str, checked: usize, files: &[File], applied: bool, lang: Lang) -> String {
    let mut text = String::new();
    for file in files {
        text.push_str(&format!("{}  {}\n", file.path, file.unit));
        if let Some((then, now)) = &file.outcomes {
            let (then, now) = (outcome_word(then, lang), outcome_word(now, lang));
            text.push_str(&format!("  {then} → {now}\n"));
        }
        text.extend(file.cells.iter().map(|c| cell(c, lang)));
    }
    let cells: usize = files.iter().map(|f| f.cells.len()).sum();
    let count = files.len();
    text.push_str(&match (lang, count, applied) {
        (Lang::Zh, 0, _) => format!("{period}：复核 {checked} 份报送，按现行规则判断不变。"),
        (Lang::En, 0, _) => {
            format!("{period}: {checked} returns judged again; today's rules judge them alike.")
        }
        (Lang::Zh, _, true) => format!(
            "{period}：复核 {checked} 份报送，{count} 份共 {cells} 格改判，已记入台账；原来的判断保留。"
        ),
        (Lang::En, _, true) => format!(
            "{period}: {checked} returns judged again; {cells} cells of {count} files are judged otherwise and recorded so. The earlier judgement is kept."
        ),
        (Lang::Zh, _, false) => format!(
            "{period}：复核 {checked} 份报送，{count} 份共 {cells} 格会改判。台账没有改动；加上 --apply 才记入。"
        ),
        (Lang::En, _, false) => format!(
            "{period}: {checked} returns judged again; {cells} cells of {count} files would be judged otherwise. Nothing was changed; --apply records it."
        ),
    });
    text
}
